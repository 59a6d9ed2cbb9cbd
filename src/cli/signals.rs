//! The verb that takes signals in.

use super::arguments::ImportSignals;
use super::output::Output;
use super::{DONE, Desk, Stop, same_file};
use crate::app::signals::{changes_more_than_batch, import_edit, outcome_words};
use crate::import::signals::{Decision, Options, Proposal, Role, Rows, propose};
use crate::model::due::Month;
use crate::model::signal::Source;
use crate::model::{Id, Plan};
use crate::store::backup::{self, BackupReason};
use crate::store::{Access, Compared, EntryKind, Incoming, PlanFile, Stamp, Standing, StoreError};
use chrono::{DateTime, Local, Utc};
use serde_json::{Value, json};

pub(super) fn import(desk: &Desk<'_>, asked: &ImportSignals, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    if same_file(&asked.source, &asked.plan) {
        let what = format!("the file to import is the plan itself: {}", asked.source.display());
        return Err(Stop::refused(what, "Name an export of complaints, incidents or another source."));
    }
    let bytes = std::fs::read(&asked.source).map_err(|error| {
        let what = format!("the file could not be read ({error}): {}", asked.source.display());
        Stop::failed(what, "Look whether it is there and not locked by another program.")
    })?;
    let mut file =
        if asked.preview { desk.open_to_read(&asked.plan, now) } else { desk.open_to_change(&asked.plan, now) }?;
    let plan = file.read()?;
    let options = options(&plan, asked)?;
    let name = asked.source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut proposal = propose(&plan, &name, &bytes, &options, &mut |_, _| true)
        .map_err(|error| Stop::refused(error.to_string(), ""))?;
    drop(bytes);
    for given in &asked.same {
        decide(&plan, &mut proposal, given)?;
    }
    let rows = proposal.incoming();
    let incoming = Incoming { batch: Id::NIL, signals: &rows.signals, measures: &rows.measures, gone: &[] };
    let compared = file.compare_signals(&incoming)?;
    let open = open_names(&proposal);
    let written = match &open {
        _ if asked.preview => false,
        Some(stop) => return Err(Stop::refused(stop.0.clone(), stop.1.clone())),
        None => write(desk, &mut file, &plan, &proposal, &rows, &outcome_words(&compared), now)?,
    };
    file.close();
    let ending = match (written, asked.preview) {
        (true, _) => format!("{}: {}", proposal.label(&rows), outcome_words(&compared)),
        (false, true) => format!("Preview: nothing was written; {}", outcome_words(&compared)),
        (false, false) => "Nothing changes: the plan holds all of it".to_owned(),
    };
    output.result(
        || {
            let mut value = proposal.json(&plan, &rows);
            value["counts"] = standings(&rows, &compared);
            value["written"] = json!(written);
            value
        },
        || {
            let question = open.as_ref().map(|(what, remedy)| format!("{what}. {remedy}\n")).unwrap_or_default();
            format!("{}{question}{ending}", proposal.words(&plan, &rows))
        },
    );
    Ok(DONE)
}

/// How many rows are new, changed and known, and which ones are changed.
fn standings(rows: &Rows, compared: &Compared) -> Value {
    let lines =
        rows.signals.iter().map(|held| held.signal.row).chain(rows.measures.iter().map(|fact| fact.measure.row));
    let standings = compared.signals.iter().chain(&compared.measures);
    let updated: Vec<usize> =
        lines.zip(standings).filter(|(_, standing)| **standing == Standing::Updated).map(|(line, _)| line).collect();
    json!({ "new": compared.count(Standing::New), "updated": compared.count(Standing::Updated),
        "unchanged": compared.count(Standing::Unchanged), "updated_rows": updated })
}

fn options(plan: &Plan, asked: &ImportSignals) -> Result<Options, Stop> {
    let mut options = Options::of(plan, asked.source_kind);
    options.provider = asked.provider.as_ref().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    (options.from, options.to) = (asked.from, asked.to);
    if options.from.zip(options.to).is_some_and(|(from, to)| from > to) {
        return Err(usage("--from is a later month than --to", "Name the first month with --from."));
    }
    options.sheet.clone_from(&asked.sheet);
    options.keep.clone_from(&asked.keep);
    for pair in &asked.map {
        let parts = pair.split_once('=').map(|(field, column)| (Role::from_word(field.trim()), column.trim()));
        match parts {
            Some((Some(role), column)) if !column.is_empty() => options.map.push((role, column.to_owned())),
            _ => {
                let fields: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
                return Err(usage(
                    &format!("\"{pair}\" does not say which column is which"),
                    &format!("Write --map \"FIELD=COLUMN\"; the fields are: {}.", fields.join(", ")),
                ));
            }
        }
    }
    Ok(options)
}

fn usage(what: &str, remedy: &str) -> Stop {
    Stop { status: super::USAGE, what: what.to_owned(), remedy: remedy.to_owned() }
}

/// "Name in the file=Provider of the plan", or "=new", or "=leave out".
fn decide(plan: &Plan, proposal: &mut Proposal, pair: &str) -> Result<(), Stop> {
    let Some((given, whose)) = pair.rsplit_once('=') else {
        return Err(usage(
            &format!("\"{pair}\" does not say whose rows they are"),
            "Write --same \"NAME IN THE FILE=PROVIDER\", =new for a new provider, =none to leave its rows out.",
        ));
    };
    let (given, whose) = (given.trim(), whose.trim());
    if !proposal.whose.iter().any(|one| one.given == given) {
        let names: Vec<String> = proposal.whose.iter().map(|one| format!("\"{}\"", one.given)).collect();
        return Err(usage(
            &format!("there is no provider \"{given}\" in the file"),
            &format!("It names {}.", names.join(", ")),
        ));
    }
    let decision = match whose.to_lowercase().as_str() {
        "new" => Decision::New,
        "none" => Decision::LeftOut,
        name => {
            let found = plan.providers.values().find(|row| row.name.to_lowercase() == name);
            let Some(row) = found else {
                let names: Vec<String> =
                    plan.providers_in_order().iter().map(|row| format!("\"{}\"", row.name)).collect();
                let has = if names.is_empty() { "none yet".to_owned() } else { names.join(", ") };
                return Err(usage(&format!("the plan has no provider \"{whose}\""), &format!("It has {has}.")));
            };
            Decision::Known(row.id)
        }
    };
    proposal.decide(given, decision);
    Ok(())
}

/// What has to be said before the rows can be taken, and how.
fn open_names(proposal: &Proposal) -> Option<(String, String)> {
    let open = proposal.open();
    let one = open.first()?;
    if one.given.is_empty() {
        return Some((
            format!("{} of {} name no provider", one.rows, proposal.name),
            "Say whose they are with --provider, or leave them out with --same \"=none\".".to_owned(),
        ));
    }
    let names: Vec<String> = open
        .iter()
        .map(|one| match &one.decision {
            Decision::Open(near) if !near.is_empty() => format!("\"{}\" (almost {})", one.given, near.join(" or ")),
            _ => format!("\"{}\"", one.given),
        })
        .collect();
    Some((
        format!("it is not certain whose these rows are: {}", names.join(", ")),
        format!("Say it with --same \"{}=PROVIDER\", =new for a new provider, =none to leave its rows out.", one.given),
    ))
}

fn write(
    desk: &Desk<'_>,
    file: &mut PlanFile,
    plan: &Plan,
    proposal: &Proposal,
    rows: &Rows,
    outcome: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    if let Access::ReadOnly(reason) = *file.access() {
        return Err(StoreError::ReadOnly { reason, path: file.path().to_owned() });
    }
    let (batch, edit) = import_edit(plan, proposal, rows, outcome, now.with_timezone(&Local).date_naive());
    let incoming = Incoming { batch, signals: &rows.signals, measures: &rows.measures, gone: &[] };
    if file.compare_signals(&incoming)?.is_known() && !changes_more_than_batch(&edit) {
        return Ok(false);
    }
    backup::make(file, &desk.folders.backups(), BackupReason::Import, now)?;
    let stamp = Stamp { who: &desk.who, at: now, kind: EntryKind::Import };
    Ok(file.take_signals(&incoming, &edit, &stamp, &mut |_, _| true)?.is_some())
}

/// A kind of source as a person names it.
pub(super) fn kind(text: &str) -> Result<Source, String> {
    Source::named(text).ok_or_else(|| {
        let words: Vec<&str> = Source::ALL.iter().map(|source| source.word()).collect();
        format!("write one of: {}", words.join(", "))
    })
}

/// A month as YYYY-MM.
pub(super) fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "write the month as YYYY-MM, 2013-05".to_owned())
}
