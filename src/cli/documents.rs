//! Verbs about documents: import and export.

use super::arguments::{Export, Import};
use super::output::{Output, shown};
use super::triangulate::view;
use super::views;
use super::{DONE, Desk, LEFT, Stop, judged_at, same_file};
use crate::app::{Settings, WholePlan};
use crate::import;
use crate::import::own::{Missing, OwnWorkbook};
use crate::model::catalogue::Catalogue;
use crate::model::compare::Withheld;
use crate::model::intelligence::{Intelligence, ThemeKey, View};
use crate::model::signal::Held;
use crate::model::{Edit, Index, Plan};
use crate::report::{self, Listed, ReportError, ReportName, Signals, Source};
use crate::store::backup::{self, BackupReason};
use crate::store::{Access, EntryKind, PlanFile, Stamp, StoreError};
use chrono::{DateTime, Local, Utc};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a document comes to.
struct Read {
    edit: Edit,
    /// Signals that come with the rows, as a plan's JSON has them.
    whole: Option<WholePlan>,
    /// Questions that stay open in the plan.
    open: usize,
    value: Value,
    words: String,
}

pub(super) fn import(desk: &Desk<'_>, import: &Import, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    // before the plan is opened: on Unix, closing a handle of a file drops SQLite's locks on it
    let (name, bytes) = source(import)?;
    let mut file =
        if import.preview { desk.open_to_read(&import.plan, now) } else { desk.open_to_change(&import.plan, now) }?;
    let plan = file.read()?;
    let own = import::own::read(&name, &bytes).map_err(|error| Stop::refused(format!("{name}: {error}"), ""))?;
    let mut read = if let Some(book) = own {
        from_workbook(&plan, &book)?
    } else if name.to_lowercase().ends_with(".json") {
        if import.as_at.is_some() {
            output.note("--as-at is for documents: the positions of a plan as .json have the dates that they have");
        }
        from_json(&plan, &name, &bytes, now)?
    } else {
        from_document(&plan, &name, &bytes, import)?
    };
    let changed = match &read.whole {
        Some(whole) => !whole.is_known_to(&file)?,
        None => !read.edit.is_empty(),
    };
    let written = changed && !import.preview && write(desk, &mut file, &read, now)?;
    file.close();
    read.value["written"] = json!(written);
    read.value["changes"] = json!(read.edit.changes.len());
    let ending = match (written, changed) {
        (true, _) => read.edit.label.as_str(),
        (false, true) if import.preview => "Preview: nothing was written",
        (false, _) => "Nothing changes: the plan holds all of it",
    };
    let words = if read.words.is_empty() { String::new() } else { format!("{}\n", read.words.trim_end()) };
    output.result(|| read.value, || format!("{words}{ending}"));
    Ok(if read.open > 0 { LEFT } else { DONE })
}

/// The document's name and what is in it.
fn source(import: &Import) -> Result<(String, Vec<u8>), Stop> {
    let path = &import.source;
    if same_file(path, &import.plan) {
        let what = format!("the document to import is the plan itself: {}", path.display());
        return Err(Stop::refused(
            what,
            "Name a document. A plan is imported as .json: `recap export PLAN.db OUT.json`.",
        ));
    }
    let bytes = std::fs::read(path).map_err(|error| {
        let what = format!("the document could not be read ({error}): {}", path.display());
        Stop::failed(what, "Look whether it is there and not locked by another program.")
    })?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes))
}

/// Writes the edit after a backup; whether there was anything to write.
fn write(desk: &Desk<'_>, file: &mut PlanFile, read: &Read, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if let Access::ReadOnly(reason) = *file.access() {
        return Err(StoreError::ReadOnly { reason, path: file.path().to_owned() });
    }
    backup::make(file, &desk.folders.backups(), BackupReason::Import, now)?;
    let stamp = Stamp { who: &desk.who, at: now, kind: EntryKind::Import };
    let entry = match &read.whole {
        Some(whole) => whole.write(file, &stamp, &mut |_, _| true)?,
        None => file.commit(&read.edit, &stamp)?,
    };
    Ok(entry.is_some())
}

fn from_document(plan: &Plan, name: &str, bytes: &[u8], import: &Import) -> Result<Read, Stop> {
    let refused = |error: import::ImportError| Stop::refused(error.to_string(), "");
    let document = import::read(name, bytes).map_err(refused)?;
    let catalogue =
        Catalogue::francis().map_err(|error| Stop::failed(error.to_string(), "Install the program again."))?;
    let options = import::Options::new(&catalogue).as_at(import.as_at);
    let proposal = import::propose(plan, &document, &options).map_err(refused)?;
    let summary = proposal.summary();
    Ok(Read {
        edit: proposal.edit(plan),
        whole: None,
        open: proposal.open_choices(),
        value: serde_json::to_value(&summary).unwrap_or_default(),
        words: summary.to_string(),
    })
}

fn from_json(plan: &Plan, name: &str, bytes: &[u8], now: DateTime<Utc>) -> Result<Read, Stop> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Stop::refused(format!("{name} is not UTF-8 text"), "Export the plan again as .json."))?;
    let read = import::json::read(text, plan)
        .map_err(|error| Stop::refused(format!("{name}: {error}"), "Export the plan again as .json."))?;
    let value = json!({ "name": name, "warnings": read.warnings,
        "signals": read.signals.len(), "measures": read.measures.len() });
    let words = read.warnings.join("\n");
    let whole = WholePlan::of(plan, read, name, now.with_timezone(&Local).date_naive());
    Ok(Read { edit: whole.edit.clone(), whole: Some(whole), open: 0, value, words })
}

/// Our own workbook: what was changed in it, or where it is another plan's, the whole of it.
fn from_workbook(plan: &Plan, book: &OwnWorkbook) -> Result<Read, Stop> {
    let refused = |error: &dyn std::fmt::Display| Stop::refused(format!("{}: {error}", book.name), "");
    if book.plan != plan.id() {
        let (mut theirs, mut warnings) = book.to_plan().map_err(|error| refused(&error))?;
        warnings.extend(import::own::leave_what_needs_signals(&mut theirs));
        let read =
            import::json::read(&report::json::write(&theirs, &[], &[]), plan).map_err(|error| refused(&error))?;
        warnings.extend(read.warnings);
        let value = json!({ "name": book.name, "warnings": warnings });
        return Ok(Read { edit: read.edit, whole: None, open: 0, value, words: warnings.join("\n") });
    }
    let changes = book.against(plan, &BTreeSet::new());
    let gone = |row: &Missing| {
        let since = if row.changed { ", which the plan changed since" } else { "" };
        format!("Gone from the workbook, and kept in the plan{since}: {}", row.name)
    };
    let missing: Vec<String> = changes.missing.iter().map(gone).collect();
    let ids: Vec<Value> = changes
        .missing
        .iter()
        .map(|row| json!({ "entity": row.entity.word(), "id": row.id, "name": row.name }))
        .collect();
    let value = json!({ "name": book.name, "warnings": changes.warnings, "missing": ids,
        "conflicts": changes.conflicts, "taken": changes.taken.iter().map(ToString::to_string).collect::<Vec<_>>() });
    let taken = changes.taken.iter().map(ToString::to_string);
    let words: Vec<String> = taken.chain(changes.warnings.iter().chain(&missing).cloned()).collect();
    Ok(Read {
        open: changes.missing.len() + changes.conflicts,
        edit: changes.edit,
        whole: None,
        value,
        words: words.join("\n"),
    })
}

pub(super) fn export(desk: &Desk<'_>, export: &Export, output: &mut Output) -> Result<u8, Stop> {
    if same_file(&export.out, &export.plan) {
        let what = format!("this is the plan itself, which no report takes the place of: {}", export.out.display());
        return Err(Stop::refused(what, "Choose another name; the plan was left as it is."));
    }
    let name = ReportName::from_word(&export.report).unwrap_or(ReportName::Appendix);
    if !name.is_of_signals()
        && (export.from, export.to, &export.provider, export.internal) != (None, None, &None, false)
    {
        let what =
            format!("--from, --to, --provider and --internal are for --report complaints and signals, not {name}");
        return Err(Stop { status: super::USAGE, what, remedy: "Leave them away, or name the report.".to_owned() });
    }
    views::is_for(export, name)?;
    let now = Utc::now();
    let file = desk.open_to_read(&export.plan, now)?;
    let plan = file.read()?;
    if export.out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let text = report::json::write(&plan, &file.held_signals()?, &file.held_measures()?);
        report::save(&export.out, text.as_bytes()).map_err(|error| not_written(&error))?;
        let as_at = judged_at(export.as_at, &plan, now);
        let value =
            json!({ "written": shown(&export.out), "as_at": as_at, "replaced": [], "guarded": 0, "undated": 0 });
        output.result(|| value, || format!("Wrote {}", export.out.display()));
        return Ok(DONE);
    }
    let as_at = judged_at(export.as_at, &plan, now);
    let options = report::Options { as_at, compact: export.compact, alarm_days: export.alarm, generated: now };
    let index = Index::of(&plan);
    let withheld = file.manifest().map(|one| Withheld::new(one.withheld.clone())).unwrap_or_default();
    let source = Source::new(&plan, &index).without(&withheld);
    let exported = if name.is_of_signals() {
        let rules = Settings::load(&desk.folders.settings()).0.rules.at(as_at);
        let intelligence = Intelligence::of(&plan, &Arc::new(file.facts()?), rules);
        let view = view(&intelligence, &plan, export.provider.as_deref(), (export.from, export.to))?;
        let held = if export.internal { held(&file, name, export, &intelligence, &view)? } else { Vec::new() };
        let signals = Signals { intelligence: &intelligence, view: &view, held: &held, internal: export.internal };
        source.with(signals).export(name, &options, &export.out, &|_| Ok(()))
    } else if let Some(wanted) = &export.view {
        let look = views::look(&plan, &file, wanted, output)?;
        let list = look.list(&plan, &index, as_at);
        source.as_listed(Listed { look: &look, list: &list }).export(name, &options, &export.out, &|_| Ok(()))
    } else {
        source.export(name, &options, &export.out, &|_| Ok(()))
    };
    file.close();
    let exported = exported.map_err(|error| not_written(&error))?;
    for note in exported.notes() {
        output.note(&note);
    }
    let value = json!({ "written": shown(&export.out), "as_at": as_at, "replaced": exported.replaced, "guarded": exported.guarded, "undated": exported.undated });
    output.result(|| value, || format!("Wrote {}", export.out.display()));
    Ok(DONE)
}

/// The signals of a report, whole: those of its period, or all where rows are asked for and no period.
fn held(
    file: &PlanFile,
    name: ReportName,
    export: &Export,
    of: &Intelligence,
    view: &View,
) -> Result<Vec<Held>, StoreError> {
    if name == ReportName::Signals && export.from.is_none() && export.to.is_none() {
        let mut all = file.held_signals()?;
        all.retain(|held| view.provider.is_none() || held.provider == view.provider);
        return Ok(all);
    }
    file.signals(&of.rows(view, ThemeKey::All, None))
}

pub(super) fn not_written(error: &ReportError) -> Stop {
    let usage = matches!(
        error,
        ReportError::Ending(_)
            | ReportError::Internal
            | ReportError::NoPaper(_)
            | ReportError::NoCalendar
            | ReportError::NoCalendarOfTwo
            | ReportError::NothingCompared
            | ReportError::NotOfList(_)
    );
    let status = if usage { super::USAGE } else { super::FAILED };
    Stop { status, what: error.to_string(), remedy: String::new() }
}
