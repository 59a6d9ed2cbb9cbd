//! The verb that takes signals in.

use super::arguments::ImportSignals;
use super::output::Output;
use super::{DONE, Desk, Stop, same_file};
use crate::app::signals::{CameIn, NotTaken, Source, outcome_words, take_at_once};
use crate::import::signals::{Decision, Options, Proposal, Role, propose};
use crate::model::due::Month;
use crate::model::signal;
use crate::model::{Id, Plan};
use crate::store::backup::{self, BackupReason};
use crate::store::{Access, EntryKind, Incoming, PlanFile, Stamp, Standing, StoreError, Wanted};
use chrono::{DateTime, Local, Utc};
use serde_json::json;

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
    let came = match said(&plan, &asked.same) {
        Ok(said) if !asked.preview && *file.access() == Access::Write => {
            let source = Source { name: &name, bytes: &bytes, options: &options, said: &said };
            take(desk, &mut file, &plan, source, now)?
        }
        // what was said cannot be: what is wrong first is told when it is known what the file names
        _ => look(&file, &plan, &name, &bytes, &options, asked)?,
    };
    file.close();
    let CameIn { proposal, rows, compared, updated, entry } = &came;
    let open = open_names(proposal);
    let ending = match (entry.is_some(), asked.preview) {
        (true, _) => format!("{}: {}", proposal.label(rows), outcome_words(compared)),
        (false, true) => format!("Preview: nothing was written; {}", outcome_words(compared)),
        (false, false) => "Nothing changes: the plan holds all of it".to_owned(),
    };
    output.result(
        || {
            let mut value = proposal.json(&plan, rows);
            value["counts"] = json!({ "new": compared.count(Standing::New), "updated": compared.count(Standing::Updated),
                "unchanged": compared.count(Standing::Unchanged), "updated_rows": updated });
            value["written"] = json!(entry.is_some());
            value
        },
        || {
            let question = open.as_ref().map(|(what, remedy)| format!("{what}. {remedy}\n")).unwrap_or_default();
            format!("{}{question}{ending}", proposal.words(&plan, rows))
        },
    );
    Ok(DONE)
}

/// Reads the source and takes it in; where something is left to say, the plan is as it was.
fn take(
    desk: &Desk<'_>,
    file: &mut PlanFile,
    plan: &Plan,
    source: Source<'_>,
    now: DateTime<Utc>,
) -> Result<CameIn, Stop> {
    let path = file.path().to_owned();
    // the file is being written: the copy is made of what stands on the disk, which is still what was there before
    let before = || {
        let as_it_was = PlanFile::open(&path, Wanted::ReadOnly)?;
        backup::make(&as_it_was, &desk.folders.backups(), BackupReason::Import, now).map(drop)
    };
    let stamp = Stamp { who: &desk.who, at: now, kind: EntryKind::Import };
    let today = now.with_timezone(&Local).date_naive();
    take_at_once(file, plan, source, today, &stamp, before).map_err(|error| match error {
        NotTaken::Source(error) => Stop::refused(error.to_string(), ""),
        NotTaken::Store(error) => error.into(),
        NotTaken::Unsaid(proposal) => {
            let unknown = source.said.iter().find_map(|(given, _)| not_in_file(&proposal, given));
            unknown.unwrap_or_else(|| {
                let (what, remedy) = open_names(&proposal).unwrap_or_default();
                Stop::refused(what, remedy)
            })
        }
    })
}

/// Reads the source and says what it would do to the plan, which is not written: for a preview, and to tell
/// what is wrong.
fn look(
    file: &PlanFile,
    plan: &Plan,
    name: &str,
    bytes: &[u8],
    options: &Options,
    asked: &ImportSignals,
) -> Result<CameIn, Stop> {
    let mut proposal =
        propose(plan, name, bytes, options, &mut |_, _| true).map_err(|error| Stop::refused(error.to_string(), ""))?;
    for pair in &asked.same {
        let (given, whose) = parts(pair)?;
        if let Some(stop) = not_in_file(&proposal, given) {
            return Err(stop);
        }
        proposal.decide(given, &decision(plan, whose)?);
    }
    let rows = proposal.incoming();
    let incoming = Incoming { batch: Id::NIL, signals: &rows.signals, measures: &rows.measures, gone: &[] };
    let compared = file.compare_signals(&incoming)?;
    if !asked.preview {
        if let Some((what, remedy)) = open_names(&proposal) {
            return Err(Stop::refused(what, remedy));
        }
        if let Access::ReadOnly(reason) = *file.access() {
            return Err(StoreError::ReadOnly { reason, path: file.path().to_owned() }.into());
        }
    }
    let lines =
        rows.signals.iter().map(|held| held.signal.row).chain(rows.measures.iter().map(|fact| fact.measure.row));
    let standings = compared.signals.iter().chain(&compared.measures);
    let updated = lines.zip(standings).filter(|(_, standing)| **standing == Standing::Updated);
    let updated = updated.map(|(line, _)| line).collect();
    Ok(CameIn { proposal, rows, compared, updated, entry: None })
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

/// What was said of names in the file, before it is known which it has.
fn said(plan: &Plan, same: &[String]) -> Result<Vec<(String, Decision)>, Stop> {
    let each = same.iter().map(|pair| {
        let (given, whose) = parts(pair)?;
        Ok((given.to_owned(), decision(plan, whose)?))
    });
    each.collect()
}

/// "Name in the file=Provider of the plan", or "=new", or "=none".
fn parts(pair: &str) -> Result<(&str, &str), Stop> {
    let parts = pair.rsplit_once('=').map(|(given, whose)| (given.trim(), whose.trim()));
    parts.ok_or_else(|| {
        usage(
            &format!("\"{pair}\" does not say whose rows they are"),
            "Write --same \"NAME IN THE FILE=PROVIDER\", =new for a new provider, =none to leave its rows out.",
        )
    })
}

/// What to say of a name that the file does not have.
fn not_in_file(proposal: &Proposal, given: &str) -> Option<Stop> {
    if proposal.whose.iter().any(|one| one.given == given) {
        return None;
    }
    let names: Vec<String> = proposal.whose.iter().map(|one| format!("\"{}\"", one.given)).collect();
    Some(usage(&format!("there is no provider \"{given}\" in the file"), &format!("It names {}.", names.join(", "))))
}

fn decision(plan: &Plan, whose: &str) -> Result<Decision, Stop> {
    Ok(match whose.to_lowercase().as_str() {
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
    })
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

/// A kind of source as a person names it.
pub(super) fn kind(text: &str) -> Result<signal::Source, String> {
    signal::Source::named(text).ok_or_else(|| {
        let words: Vec<&str> = signal::Source::ALL.iter().map(|source| source.word()).collect();
        format!("write one of: {}", words.join(", "))
    })
}

/// A month as YYYY-MM.
pub(super) fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "write the month as YYYY-MM, 2013-05".to_owned())
}
