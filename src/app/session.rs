//! The program's state between two frames: the open plan, settings, notices, jobs.

use super::draft::{self, DraftKey};
use super::job::{Ended, JobKind, Jobs, Outcome};
use super::open_plan::Pending;
use super::worker::{self, Event, NotOpened, OpenFor, Request, Wake, Worker};
use super::{Folders, Notice, OpenPlan, Settings, Trouble};
use crate::import::{self, Document, Proposal};
use crate::model::catalogue::Catalogue;
use crate::model::{Edit, EditBuilder, Id, Plan, intent};
use crate::report::pdf::{Pages, Picture};
use crate::report::{self, ReportName};
use crate::store::backup::Backup;
use crate::store::{Access, Entry, EntryKind, Soundness};
use chrono::{DateTime, Local, NaiveDate, Utc};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How often the file is looked at for changes from outside, in seconds.
const LOOK_SECONDS: i64 = 3;

/// Everything the window shows that is not its own.
pub struct Session {
    /// The user's settings; [`Session::save_settings`] writes them.
    pub settings: Settings,
    /// The plan that is open.
    pub open: Option<OpenPlan>,
    /// Messages not yet put away, newest last.
    pub notices: Vec<Notice>,
    /// A plan that could not be opened, and what to offer.
    pub not_opened: Option<NotOpened>,
    /// A document that was read and waits for a decision.
    pub proposal: Option<Box<Proposal>>,
    document: Option<Arc<Document>>,
    /// A PDF that was made and waits to be saved or opened.
    pub printed: Option<Arc<Pages>>,
    /// The page of it that was drawn last, with its number from 0.
    pub page: Option<(usize, Picture)>,
    /// Changes that were asked for, newest first.
    pub history: Option<Vec<Entry>>,
    /// The open plan's backups, when they were asked for.
    pub backups: Option<Vec<Backup>>,
    /// What checking the file found.
    pub checked: Option<Soundness>,
    /// Long work.
    pub jobs: Jobs,
    folders: Folders,
    worker: Worker,
    clock: fn() -> DateTime<Utc>,
    opening: Option<PathBuf>,
    looked: DateTime<Utc>,
    /// Import this once the plan is open.
    import_next: Option<PathBuf>,
}

impl Session {
    /// A session with no plan open. `wake` is called whenever there is something to take in.
    #[must_use]
    pub fn new(folders: Folders, clock: fn() -> DateTime<Utc>, wake: Wake) -> Self {
        let (settings, told) = Settings::load(&folders.settings());
        let worker = Worker::start(folders.clone(), settings.who(), Arc::clone(&wake));
        let notices = told.map(|text| Notice::note(text, "")).into_iter().collect();
        Self {
            settings,
            open: None,
            notices,
            not_opened: None,
            proposal: None,
            document: None,
            printed: None,
            page: None,
            history: None,
            backups: None,
            checked: None,
            jobs: Jobs::new(wake),
            folders,
            worker,
            clock,
            opening: None,
            looked: clock(),
            import_next: None,
        }
    }

    /// The time by the session's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Today where the user is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Local).date_naive()
    }

    /// The plan that is being opened, if it takes time.
    #[must_use]
    pub fn opening(&self) -> Option<&Path> {
        self.opening.as_deref()
    }

    /// Takes in what threads have to say, and sends what is due. Call once a frame; the result says
    /// in how many milliseconds to call again if nothing happens before.
    pub fn tick(&mut self) -> Option<u64> {
        while let Some(event) = self.worker.next_event() {
            self.take(event);
        }
        while let Some((kind, result)) = self.jobs.next_ended() {
            self.take_outcome(kind, result);
        }
        self.flush(false);
        let now = self.now();
        if self.open.is_some() && (now - self.looked).num_seconds() >= LOOK_SECONDS {
            self.looked = now;
            self.worker.send(Request::Look);
        }
        let open = self.open.as_ref()?;
        Some(if open.drafts.waiting() { 250 } else { 3_000 })
    }

    /// Turns drafts into edits, all of them or those at rest, and sends the next edit.
    pub fn flush(&mut self, all: bool) {
        let now = self.now();
        let Some(open) = &mut self.open else { return };
        while let Some((key, text)) = open.drafts.next_due(now, all) {
            open.drafts.sent(key);
            match draft::edit_of(&open.plan, key, &text) {
                Ok(edit) if edit.is_empty() => open.drafts.saved(key, &text),
                Ok(edit) => {
                    open.enqueue(Pending { edit, kind: EntryKind::Edit, draft: Some((key, text)) });
                }
                Err(problem) => open.drafts.failed(key, problem.to_string()),
            }
        }
        self.send_next();
    }

    fn send_next(&mut self) {
        if let Some(pending) = self.open.as_mut().and_then(OpenPlan::take_next) {
            self.worker.send(Request::Commit { edit: pending.edit, kind: pending.kind });
        }
    }

    /// Changes the plan. What is being typed goes first, so that nothing overtakes it.
    pub fn edit(&mut self, edit: Edit) {
        self.apply(edit, EntryKind::Edit);
    }

    fn apply(&mut self, edit: Edit, kind: EntryKind) {
        self.flush(true);
        if let Some(open) = &mut self.open {
            open.enqueue(Pending { edit, kind, draft: None });
        }
        self.send_next();
    }

    /// Takes in what a field holds now.
    pub fn typed(&mut self, key: DraftKey, text: String) {
        let now = self.now();
        if let Some(open) = &mut self.open
            && open.editable()
        {
            open.drafts.typed(key, text, now);
        }
    }

    /// Takes the last change back.
    pub fn undo(&mut self) {
        self.flush(true);
        self.worker.send(Request::Undo);
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) {
        self.flush(true);
        self.worker.send(Request::Redo);
    }

    /// Tries again to save what could not be saved.
    pub fn retry(&mut self) {
        if let Some(open) = &mut self.open {
            open.not_saved = None;
            open.drafts.retry();
        }
        self.flush(true);
    }

    /// Opens a plan.
    pub fn open_plan(&mut self, path: &Path, wanted: OpenFor) {
        self.close_plan();
        self.opening = Some(path.to_path_buf());
        self.not_opened = None;
        self.worker.send(Request::Open { path: path.to_path_buf(), wanted });
    }

    /// Makes a new plan with the chosen recommendations of the catalogue (see
    /// [`Catalogue::select`]) and opens it.
    pub fn new_plan(&mut self, path: &Path, organisation: &str, selection: &str) {
        let first = new_plan_edit(organisation, selection);
        self.create(path, first);
    }

    /// Makes the sample plan and opens it.
    pub fn sample_plan(&mut self, path: &Path) {
        self.create(path, sample_edit());
    }

    fn create(&mut self, path: &Path, first: Result<Edit, Trouble>) {
        match first {
            Ok(first) => {
                self.close_plan();
                self.opening = Some(path.to_path_buf());
                self.worker.send(Request::Create { path: path.to_path_buf(), first });
            }
            Err(trouble) => self.notices.push(trouble.into()),
        }
    }

    /// Closes the plan; what was typed is saved first.
    pub fn close_plan(&mut self) {
        self.flush(true);
        self.settle(std::time::Duration::from_secs(3));
        if self.open.take().is_some() {
            self.worker.send(Request::Close);
        }
        self.proposal = None;
        self.printed = None;
        self.history = None;
        self.checked = None;
        self.backups = None;
    }

    /// Waits until everything typed and done is in the file, or until `at_most` is over. Only for
    /// closing, where the window has nothing left to draw.
    pub fn settle(&mut self, at_most: std::time::Duration) {
        let until = std::time::Instant::now() + at_most;
        loop {
            self.flush(true);
            let busy = self.open.as_ref().is_some_and(OpenPlan::busy);
            let left = until.saturating_duration_since(std::time::Instant::now());
            if !busy || left.is_zero() {
                return;
            }
            if let Some(event) = self.worker.wait(left) {
                self.take(event);
            }
        }
    }

    /// Reads a document and works out what it would change; [`Session::proposal`] is the answer.
    /// Without an open plan, `then` is asked for first: see [`Session::import_into_new`].
    pub fn import(&mut self, source: &Path) {
        self.flush(true);
        let Some(open) = &self.open else { return };
        let plan = Arc::clone(&open.plan);
        let source = source.to_path_buf();
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
            let refused =
                |error: import::ImportError| Trouble::new(error.to_string(), "The plan is as it was.").about(&source);
            let document = import::read(&name, &bytes).map_err(refused)?;
            progress.at(0.7)?;
            let proposal = propose(&plan, &document, None).map_err(|trouble| trouble.about(&source))?;
            progress.at(1.0)?;
            Ok(Outcome::Proposal(Arc::new(document), Box::new(proposal)))
        });
    }

    /// Holds the document that waits against the plan again, with a date for its positions.
    pub fn propose_as_at(&mut self, date: NaiveDate) {
        let (Some(document), Some(open)) = (&self.document, &self.open) else { return };
        let (document, plan) = (Arc::clone(document), Arc::clone(&open.plan));
        self.jobs.start(JobKind::Import, move |_| {
            let proposal = propose(&plan, &document, Some(date))?;
            Ok(Outcome::Proposal(document, Box::new(proposal)))
        });
    }

    /// Makes a plan and imports a document into it once it is open.
    pub fn import_into_new(&mut self, source: &Path, path: &Path, organisation: &str) {
        self.import_next = Some(source.to_path_buf());
        self.new_plan(path, organisation, "none");
    }

    /// Writes what was accepted of the proposal, as one change.
    pub fn accept_proposal(&mut self) {
        let Some(proposal) = self.proposal.take() else { return };
        let Some(open) = &self.open else { return };
        let edit = proposal.edit(&open.plan);
        if edit.is_empty() {
            self.notices
                .push(Notice::note("The document changed nothing", "The plan already holds all that was accepted."));
            return;
        }
        self.notices.push(Notice::done(edit.label.clone()));
        self.apply(edit, EntryKind::Import);
    }

    /// Makes a report's PDF; [`Session::printed`] is the answer.
    pub fn print(&mut self, name: ReportName, compact: bool) {
        self.flush(true);
        let Some(open) = &self.open else { return };
        let (plan, index) = (Arc::clone(&open.plan), Arc::clone(&open.index));
        let options = report::Options { as_at: open.as_at, compact, generated: self.now() };
        self.printed = None;
        self.page = None;
        self.jobs.start(JobKind::Print, move |progress| {
            let step = |done: f32| progress.at(done).map_err(|_| report::Cancelled);
            let paper = report::build(&plan, &index, name, &options);
            let pages = report::pdf::pages(&paper, &options, &step).map_err(report_ended)?;
            Ok(Outcome::Printed(Arc::new(pages)))
        });
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
    pub fn export(&mut self, name: ReportName, compact: bool, to: &Path) {
        self.flush(true);
        let Some(open) = &self.open else { return };
        let (plan, index) = (Arc::clone(&open.plan), Arc::clone(&open.index));
        let options = report::Options { as_at: open.as_at, compact, generated: self.now() };
        let to = to.to_path_buf();
        self.jobs.start(JobKind::Export, move |progress| {
            let step = |done: f32| progress.at(done).map_err(|_| report::Cancelled);
            report::export(&plan, &index, name, &options, &to, &step).map_err(report_ended)?;
            Ok(Outcome::Saved(to))
        });
    }

    /// Asks for the changes of a row, or all.
    pub fn ask_history(&mut self, row: Option<Id>) {
        self.history = None;
        self.worker.send(Request::History(row));
    }

    /// Asks whether the file is sound.
    pub fn ask_check(&mut self) {
        self.flush(true);
        self.checked = None;
        self.worker.send(Request::Check);
    }

    /// Asks for the plan's backups.
    pub fn ask_backups(&mut self) {
        self.backups = None;
        self.worker.send(Request::Backups);
    }

    /// Writes a backup to a new file.
    pub fn restore(&mut self, id: &str, to: &Path) {
        self.worker.send(Request::Restore { id: id.to_owned(), to: to.to_path_buf() });
    }

    /// Writes the plan as one sound file elsewhere.
    pub fn copy_to(&mut self, to: &Path) {
        self.flush(true);
        self.worker.send(Request::CopyTo(to.to_path_buf()));
    }

    /// Writes the settings; a failure is told once.
    pub fn save_settings(&mut self) {
        let path = self.folders.settings();
        if let Err(error) = self.settings.save(&path) {
            log::warn!("settings not saved: {error}");
            let text = "The settings could not be saved";
            if !self.notices.iter().any(|notice| notice.text == text) {
                self.notices.push(Notice::note(text, "They hold until you quit.").about(&path));
            }
        }
    }

    fn take_outcome(&mut self, kind: JobKind, result: Result<Outcome, Ended>) {
        match result {
            Ok(Outcome::Proposal(document, proposal)) => {
                self.proposal = Some(proposal);
                self.document = Some(document);
            }
            Ok(Outcome::Printed(printed)) => self.printed = Some(printed),
            Ok(Outcome::Page(number, picture)) => self.page = Some((number, picture)),
            Ok(Outcome::Opened) => {}
            Ok(Outcome::Saved(path)) => self.notices.push(Notice::done("Saved").about(&path)),
            Err(Ended::Failed(trouble)) => self.notices.push(trouble.into()),
            Err(Ended::Cancelled) => log::info!("cancelled: {}", kind.words()),
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Opened(opened) => self.opened(*opened),
            Event::NotOpened(not_opened) => {
                self.opening = None;
                self.import_next = None;
                self.not_opened = Some(not_opened);
            }
            Event::Committed(entry, reversible) => self.committed(entry, reversible),
            Event::Refused(edit, trouble) => self.refused(&edit, trouble),
            Event::Reversed(entry, reversible) => self.reversed(entry, reversible),
            Event::NotReversed(trouble) | Event::Failed(trouble) => self.notices.push(trouble.into()),
            Event::Reloaded(plan, reversible) => {
                if let Some(open) = &mut self.open {
                    open.replace(*plan);
                    open.reversible = reversible;
                    let hint = "What you see is what the file holds now. What you are typing is kept.";
                    self.notices.push(Notice::note("Somebody else changed this plan", hint));
                }
            }
            Event::History(entries) => self.history = Some(entries),
            Event::Checked(soundness) => self.checked = Some(soundness),
            Event::Backups(backups) => self.backups = Some(backups),
            Event::Copied(path) => self.notices.push(Notice::done("Saved").about(&path)),
            Event::Closed => {}
        }
    }

    fn opened(&mut self, opened: worker::Opened) {
        self.opening = None;
        self.not_opened = None;
        let today = self.today();
        let open = OpenPlan::new(opened.path, opened.plan, opened.access, opened.reversible, today);
        if let Access::ReadOnly(reason) = open.access {
            let text = format!("The plan can only be read: {}", reason.words());
            self.notices.push(Notice::note(text, reason.remedy()).about(&open.path));
        }
        let info = open.plan.info();
        self.settings.remember(&open.path, &info.organisation, info.as_at);
        self.open = Some(open);
        self.save_settings();
        if let Some(source) = self.import_next.take() {
            self.import(&source);
        }
    }

    fn committed(&mut self, entry: Option<Entry>, reversible: crate::store::Reversible) {
        let now = self.now();
        let Some(open) = &mut self.open else { return };
        open.reversible = reversible;
        let sent = open.sent.take();
        if let Some(entry) = entry
            && open.apply(&entry.edit).is_err()
        {
            // memory is not what the file was: the file counts
            self.worker.send(Request::Look);
        }
        open.saved = Some(now);
        open.not_saved = None;
        if let Some(pending) = sent {
            open.settle_draft(&pending);
        }
        self.send_next();
    }

    fn refused(&mut self, edit: &Edit, trouble: Trouble) {
        let Some(open) = &mut self.open else { return };
        let sent = open.sent.take();
        open.not_saved = Some(trouble.what.clone());
        if let Some((key, _)) = sent.and_then(|pending| pending.draft) {
            open.drafts.failed(key, trouble.what.clone());
        }
        log::warn!("an edit of {} rows was refused", edit.rows().len());
        let what = format!("Not saved: {}. {}", edit.label, trouble.what);
        self.notices.push(Notice::from(Trouble { what, ..trouble }));
        self.worker.send(Request::Look);
        self.send_next();
    }

    fn reversed(&mut self, entry: Option<Entry>, reversible: crate::store::Reversible) {
        let now = self.now();
        let Some(open) = &mut self.open else { return };
        open.reversible = reversible;
        let Some(entry) = entry else { return };
        open.drafts.clear();
        open.saved = Some(now);
        if open.apply(&entry.edit).is_err() {
            self.worker.send(Request::Look);
        }
    }
}

/// The edit that a new plan begins with, with the chosen recommendations of the catalogue.
///
/// # Errors
/// When the selection names a number that the catalogue does not have.
pub fn new_plan_edit(organisation: &str, selection: &str) -> Result<Edit, Trouble> {
    let in_words = |error: crate::model::catalogue::CatalogueError| {
        Trouble::new(error.to_string(), "Write all, none, or numbers and ranges such as 123-144, 1.")
    };
    let catalogue = Catalogue::francis().map_err(in_words)?;
    let entries = catalogue.select(selection).map_err(in_words)?;
    let id = Id::random();
    let mut first = intent::create_plan(id, organisation, "Francis action plan", None);
    let mut plan = Plan::default();
    let mut rows = EditBuilder::new(&plan, "");
    catalogue.add_to(&mut rows, id, &entries);
    let rows = rows.finish();
    first.changes.extend(rows.changes);
    first.apply(&mut plan).map_err(|error| Trouble::new(error.to_string(), "Install the program again."))?;
    Ok(first)
}

fn propose(plan: &Plan, document: &Document, as_at: Option<NaiveDate>) -> Result<Proposal, Trouble> {
    let catalogue =
        Catalogue::francis().map_err(|error| Trouble::new(error.to_string(), "Install the program again."))?;
    let options = import::Options::new(&catalogue).as_at(as_at);
    import::propose(plan, document, &options).map_err(|error| Trouble::new(error.to_string(), "The plan is as it was."))
}

/// The edit that makes the sample plan.
///
/// # Errors
/// Never for the sample as shipped, which a test reads.
pub fn sample_edit() -> Result<Edit, Trouble> {
    const SAMPLE: &str = include_str!("../../assets/sample-plan.json");
    let read = import::json::read(SAMPLE, &Plan::default())
        .map_err(|error| Trouble::new(error.to_string(), "Install the program again."))?;
    let mut edit = read.edit;
    edit.label = "Create the sample plan".into();
    Ok(edit)
}

fn report_ended(error: report::ReportError) -> Ended {
    match error {
        report::ReportError::Cancelled(_) => Ended::Cancelled,
        other => Ended::Failed(Trouble::new(other.to_string(), "The plan is as it was.")),
    }
}
