//! Verbs about documents: import and export.

use super::arguments::{Export, Import};
use super::output::Output;
use super::{DONE, Desk, LEFT, Stop};
use crate::import;
use crate::model::catalogue::Catalogue;
use crate::model::{Edit, Index, Plan};
use crate::report::{self, ReportError, ReportName};
use crate::store::backup::{self, BackupReason};
use crate::store::{EntryKind, PlanFile, Stamp, Wanted};
use chrono::Utc;
use serde_json::{Value, json};

/// What a document comes to.
struct Read {
    edit: Edit,
    /// Questions that stay open in the plan.
    open: usize,
    value: Value,
    words: String,
}

pub(super) fn import(desk: &Desk<'_>, import: &Import, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    let backups = desk.folders.backups();
    let wanted = if import.preview { Wanted::ReadOnly } else { Wanted::Write { backups: &backups, now } };
    let mut file = PlanFile::open(&import.plan, wanted)?;
    let plan = file.read()?;
    let bytes = std::fs::read(&import.source).map_err(|error| {
        let what = format!("The document could not be read ({error}): {}", import.source.display());
        Stop::failed(what, "Look whether it is there and not locked by another program.")
    })?;
    let name = import.source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut read = if name.to_lowercase().ends_with(".json") {
        from_json(&plan, &name, &bytes)?
    } else {
        from_document(&plan, &name, &bytes, import)?
    };
    let changed = !read.edit.is_empty();
    if changed && !import.preview {
        backup::make(&file, &backups, BackupReason::Import, now)?;
        file.commit(&read.edit, &Stamp { who: &desk.who, at: now, kind: EntryKind::Import })?;
    }
    file.close();
    read.value["written"] = json!(changed && !import.preview);
    read.value["changes"] = json!(read.edit.changes.len());
    let ending = match (changed, import.preview) {
        (false, _) => "Nothing changes: the plan holds all of it",
        (true, true) => "Preview: nothing was written",
        (true, false) => read.edit.label.as_str(),
    };
    output.result(|| read.value, || format!("{}\n{ending}", read.words.trim_end()));
    Ok(if read.open > 0 { LEFT } else { DONE })
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
        open: proposal.open_choices(),
        value: serde_json::to_value(&summary).unwrap_or_default(),
        words: summary.to_string(),
    })
}

fn from_json(plan: &Plan, name: &str, bytes: &[u8]) -> Result<Read, Stop> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Stop::refused(format!("{name} is not UTF-8 text"), "Export the plan again as .json."))?;
    let read = import::json::read(text, plan)
        .map_err(|error| Stop::refused(format!("{name}: {error}"), "Export the plan again as .json."))?;
    Ok(Read {
        edit: read.edit,
        open: 0,
        value: json!({ "name": name, "warnings": read.warnings }),
        words: read.warnings.join("\n"),
    })
}

pub(super) fn export(export: &Export, output: &mut Output) -> Result<u8, Stop> {
    let file = PlanFile::open(&export.plan, Wanted::ReadOnly)?;
    let plan = file.read()?;
    file.close();
    let now = Utc::now();
    let as_at = export.as_at.or(plan.info().as_at).unwrap_or_else(|| now.date_naive());
    let options = report::Options { as_at, compact: export.compact, generated: now };
    let name = ReportName::from_word(&export.report).unwrap_or(ReportName::Appendix);
    let replaced = report::export(&plan, &Index::of(&plan), name, &options, &export.out, &|_| Ok(()))
        .map_err(|error| not_written(&error))?;
    if !replaced.is_empty() {
        let letters: String = replaced.iter().collect();
        output.note(&format!("The printing fonts lack some characters; □ stands for them: {letters}"));
    }
    let value = json!({ "written": export.out, "as_at": as_at, "replaced": replaced });
    output.result(|| value, || format!("Wrote {}", export.out.display()));
    Ok(DONE)
}

fn not_written(error: &ReportError) -> Stop {
    let status = if matches!(error, ReportError::Ending(_)) { super::USAGE } else { super::FAILED };
    Stop { status, what: error.to_string(), remedy: String::new() }
}
