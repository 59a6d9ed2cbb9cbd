//! Documents in and papers out: jobs of the session that read the plan and leave the file alone.

use super::{Clip, PasteAt, Session};
use crate::app::job::{Ended, JobKind, Outcome};
use crate::app::reports::Asked;
use crate::app::settings::Layouts;
use crate::app::worker::Request;
use crate::app::{Notice, Trouble, WholePlan};
use crate::import::json::JsonImport;
use crate::import::own::{Changes, OwnWorkbook};
use crate::import::{self, Assigned, Document, Proposal, Role, RowEdit, TableReading};
use crate::model::catalogue::Catalogue;
use crate::model::{Entity, Id, Plan};
use crate::report::{self, ReportName};
use crate::store::EntryKind;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A document that was read and waits for a decision.
pub enum Waiting {
    /// Tables, held against the plan row by row.
    Tables {
        /// The document, to hold against the plan again.
        document: Arc<Document>,
        /// How it was read.
        reading: Reading,
        /// What it would change.
        proposal: Box<Proposal>,
    },
    /// A whole plan as JSON, as [`report::json`] writes it.
    WholePlan {
        /// The file's name.
        name: String,
        /// What it holds.
        text: String,
        /// What it would change.
        read: Box<JsonImport>,
    },
    /// The plan's own workbook, come back from Excel.
    Workbook {
        /// The workbook, to hold against the plan again.
        book: Arc<OwnWorkbook>,
        /// What it would change.
        changes: Box<Changes>,
        /// Of the rows that are gone from it, those that a person wants deleted.
        delete: BTreeSet<(Entity, Id)>,
    },
}

/// How a person wants a document read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The date of its positions, where it states none itself.
    pub as_at: Option<NaiveDate>,
    /// Columns that were given a meaning.
    pub columns: Vec<Assigned>,
    /// Rows that were joined, parted or left out.
    pub rows: Vec<RowEdit>,
}

/// What begins once the file holds all that was typed.
#[derive(Debug)]
pub(super) enum Task {
    /// Read a document.
    Import(PathBuf),
    /// Read what was on the clipboard.
    Paste(Clip, Option<PasteAt>),
    /// Lay a report out.
    Print(ReportName, report::Manner),
    /// Write a report, or the plan.
    Export(ReportName, report::Manner, PathBuf),
    /// Write the plan as one file elsewhere.
    CopyTo(PathBuf),
    /// Say what would go into a copy for somebody else.
    PreviewShare(Box<crate::app::sharing::Asked>),
    /// Make that copy.
    Share(Box<crate::app::worker::Copying>),
    /// Read a copy that came back.
    Merge(PathBuf),
}

impl Session {
    pub(super) fn start(&mut self, task: Task) {
        match task {
            Task::Import(source) => self.start_import(source),
            Task::Paste(clip, at) => self.start_paste(clip, at),
            Task::Print(name, manner) => self.start_report(Asked { name, manner, to: None }),
            Task::Export(name, manner, to) => self.start_report(Asked { name, manner, to: Some(to) }),
            Task::CopyTo(to) => self.worker.send(Request::CopyTo(to)),
            Task::PreviewShare(asked) => self.worker.send(Request::PreviewShare(asked)),
            Task::Share(copying) => self.worker.send(Request::Share(copying)),
            Task::Merge(copy) => self.start_merge(copy),
        }
    }

    /// Reads a document and works out what it would change; [`Session::proposal`] is the answer.
    /// Without an open plan nothing happens: see [`Session::import_into_new`].
    pub fn import(&mut self, source: &Path) {
        self.when_saved(Task::Import(source.to_path_buf()));
    }

    fn start_import(&mut self, source: PathBuf) {
        let Some(open) = &self.open else { return };
        let plan = Arc::clone(&open.plan);
        let layouts = self.settings.layouts.clone();
        self.jobs.start(JobKind::Import, move |progress| {
            progress.at(0.1)?;
            let bytes = std::fs::read(&source).map_err(|error| {
                Trouble::new(
                    format!("The document could not be read: {error}"),
                    "Look whether it is still there and not locked by another program.",
                )
                .about(&source)
            })?;
            let name = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
            progress.at(0.4)?;
            let own = import::own::read(&name, &bytes)
                .map_err(|error| Trouble::new(error.to_string(), "The plan is as it was.").about(&source))?;
            let waiting = if let Some(book) = own {
                workbook(&plan, book)
            } else if name.to_lowercase().ends_with(".json") {
                whole_plan(&plan, name, &bytes)
            } else {
                import::read(&name, &bytes)
                    .map_err(|error| Trouble::new(error.to_string(), "The plan is as it was."))
                    .and_then(|document| of_document(&plan, document, &layouts, None))
            };
            let waiting = waiting.map_err(|trouble| trouble.about(&source))?;
            progress.at(1.0)?;
            Ok(Outcome::Proposal(waiting))
        });
    }

    /// Reads the document that waits in another way. What was decided of it so far stays decided.
    pub fn read_again(&mut self, reading: Reading) {
        let (Some(Waiting::Tables { document, proposal, .. }), Some(open)) = (&self.proposal, &self.open) else {
            return;
        };
        let (document, plan, before) = (Arc::clone(document), Arc::clone(&open.plan), proposal.clone());
        self.jobs.start(JobKind::Import, move |_| {
            let mut proposal = Box::new(propose(&plan, &document, &reading)?);
            proposal.keep_decisions(*before);
            Ok(Outcome::Proposal(Waiting::Tables { document, reading, proposal }))
        });
    }

    /// Makes a plan and imports a document into it once it is open.
    pub fn import_into_new(&mut self, source: &Path, path: &Path, organisation: &str) {
        let first = crate::app::begin::new_plan_edit(organisation, "none").map(WholePlan::rows_only);
        self.create(path, first, Some(source.to_path_buf()));
    }

    /// Writes what was accepted of the document, as one change.
    pub fn accept_proposal(&mut self) {
        let today = self.today();
        let (Some(waiting), Some(open)) = (self.proposal.take(), &self.open) else { return };
        let edit = match waiting {
            Waiting::Tables { proposal, reading, .. } => {
                for Assigned { table, column, role } in reading.columns {
                    let Some(table) = proposal.tables.get(table) else { continue };
                    let layout = self.settings.layouts.entry(table.layout_key()).or_default();
                    layout.insert(column, role.name().to_owned());
                }
                proposal.edit(&open.plan)
            }
            // the plan may have changed since it was read
            Waiting::WholePlan { text, name, .. } => match import::json::read(&text, &open.plan) {
                Ok(read) => {
                    let whole = WholePlan::of(&open.plan, read, &name, today);
                    self.take_whole_plan(whole);
                    return;
                }
                Err(error) => {
                    self.notices.push(Trouble::new(error.to_string(), "The plan is as it was.").into());
                    return;
                }
            },
            Waiting::Workbook { book, delete, .. } => book.against(&open.plan, &delete).edit,
        };
        if edit.is_empty() {
            self.notices
                .push(Notice::note("The document changed nothing", "The plan already holds all that was accepted."));
            return;
        }
        self.notices.push(Notice::done(edit.label.clone()));
        self.apply(edit, EntryKind::Import);
        self.save_settings();
    }

    /// Makes a report's PDF; [`Session::printed`] is the answer.
    pub fn print(&mut self, name: ReportName, manner: report::Manner) {
        self.printed = None;
        self.page = None;
        self.when_saved(Task::Print(name, manner));
    }

    /// Draws a page of the PDF that was made, counted from 0, at so many pixels a point.
    pub fn draw_page(&mut self, number: usize, pixels_per_point: f32) {
        let Some(printed) = &self.printed else { return };
        let pages = Arc::clone(printed);
        self.jobs.start(JobKind::Page, move |_| {
            let picture = pages.picture(number, pixels_per_point).ok_or(Ended::Cancelled)?;
            Ok(Outcome::Page(number, picture))
        });
    }

    /// Writes the PDF that was made to a file.
    pub fn save_printed(&mut self, to: &Path) {
        let Some(printed) = &self.printed else { return };
        let (pages, to) = (Arc::clone(printed), to.to_path_buf());
        self.jobs.start(JobKind::Export, move |_| {
            let pdf = pages.pdf().map_err(report_ended)?;
            report::save(&to, &pdf.bytes).map_err(report_ended)?;
            Ok(Outcome::Saved(to))
        });
    }

    /// Opens the PDF that was made in the system's viewer, from a file among the program's own.
    pub fn open_printed(&mut self) {
        let Some(printed) = &self.printed else { return };
        let pages = Arc::clone(printed);
        let folder = self.folders.data.join("print");
        let name = self.now().format("Recap %Y-%m-%d %H%M%S.pdf").to_string();
        self.jobs.start(JobKind::Export, move |_| {
            let path = folder.join(name);
            // what was opened before has served its purpose
            std::fs::remove_dir_all(&folder).ok();
            std::fs::create_dir_all(&folder).map_err(|error| {
                Trouble::new(format!("The PDF could not be written: {error}"), "Save it where you like instead.")
                    .about(&path)
            })?;
            let pdf = pages.pdf().map_err(report_ended)?;
            report::save(&path, &pdf.bytes).map_err(report_ended)?;
            opener::open(&path).map_err(|error| {
                log::warn!("no viewer: {error}");
                Trouble::new("No program could be started that shows PDFs", "Save the PDF and open it from its folder.")
                    .about(&path)
            })?;
            Ok(Outcome::Opened)
        });
    }

    /// Writes a report or the whole plan to a file, by the file's ending.
    pub fn export(&mut self, name: ReportName, manner: report::Manner, to: &Path) {
        self.when_saved(Task::Export(name, manner, to.to_path_buf()));
    }
}

/// Holds a document's tables against the plan; a date is for positions of a document that states none.
pub(super) fn of_document(
    plan: &Plan,
    document: Document,
    layouts: &Layouts,
    as_at: Option<NaiveDate>,
) -> Result<Waiting, Trouble> {
    let mut reading = Reading::as_at(as_at);
    let mut proposal = Box::new(propose(plan, &document, &reading)?);
    reading.columns = remembered(&proposal, layouts);
    if !reading.columns.is_empty() {
        proposal = Box::new(propose(plan, &document, &reading)?);
    }
    Ok(Waiting::Tables { document: Arc::new(document), reading, proposal })
}

/// The meanings that a person gave columns of tables of these shapes before.
fn remembered(proposal: &Proposal, layouts: &Layouts) -> Vec<Assigned> {
    let of = |(table, reading): (usize, &TableReading)| {
        let known = layouts.get(&reading.layout_key()).into_iter().flatten();
        known
            .filter_map(|(column, name)| Some(Assigned { table, column: *column, role: Role::from_name(name)? }))
            .collect::<Vec<_>>()
    };
    proposal.tables.iter().enumerate().flat_map(of).collect()
}

fn whole_plan(plan: &Plan, name: String, bytes: &[u8]) -> Result<Waiting, Trouble> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Trouble::new("The file is not UTF-8 text", "Export the plan again as JSON."))?;
    let read = import::json::read(text, plan)
        .map_err(|error| Trouble::new(error.to_string(), "Export the plan again as JSON."))?;
    Ok(Waiting::WholePlan { name, text: text.to_owned(), read: Box::new(read) })
}

/// Our own workbook: what was changed in it, or where it is another plan's, the whole of it.
fn workbook(plan: &Plan, book: OwnWorkbook) -> Result<Waiting, Trouble> {
    let refused = |error: &dyn std::fmt::Display| Trouble::new(error.to_string(), "The plan is as it was.");
    if book.plan == plan.id() {
        let changes = Box::new(book.against(plan, &BTreeSet::new()));
        return Ok(Waiting::Workbook { book: Arc::new(book), changes, delete: BTreeSet::new() });
    }
    let (mut theirs, mut warnings) = book.to_plan().map_err(|error| refused(&error))?;
    warnings.extend(import::own::leave_what_needs_signals(&mut theirs));
    let text = report::json::write(&theirs, &[], &[]);
    let mut read = import::json::read(&text, plan).map_err(|error| refused(&error))?;
    read.warnings.splice(0..0, warnings);
    Ok(Waiting::WholePlan { name: book.name, text, read: Box::new(read) })
}

fn propose(plan: &Plan, document: &Document, reading: &Reading) -> Result<Proposal, Trouble> {
    let catalogue =
        Catalogue::francis().map_err(|error| Trouble::new(error.to_string(), "Install the program again."))?;
    let options = import::Options {
        columns: reading.columns.clone(),
        rows: reading.rows.clone(),
        ..import::Options::new(&catalogue).as_at(reading.as_at)
    };
    import::propose(plan, document, &options).map_err(|error| Trouble::new(error.to_string(), "The plan is as it was."))
}

pub(super) fn report_ended(error: report::ReportError) -> Ended {
    match error {
        report::ReportError::Cancelled(_) => Ended::Cancelled,
        other => Ended::Failed(Trouble::new(other.to_string(), "The plan is as it was.")),
    }
}
