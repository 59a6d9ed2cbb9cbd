//! The verb `merge`: another copy of the plan, taken over.

use super::arguments::{KeepSide, Merge};
use super::output::{Output, shown};
use super::{DONE, Desk, FAILED, LEFT, REFUSED, Stop};
use crate::model::intent;
use crate::model::reconcile::told::{self, change_words, field_words, kept_words, subject_words};
use crate::model::reconcile::{Answer, Answers, Change, Conflict, Kept, Side, What, Why};
use crate::model::text::count;
use crate::model::{Batch, Entity, Id, Value as Field};
use crate::share::merge::{self, Merged, Merging, Refused, Returned};
use crate::store::backup::{self, BackupReason};
use crate::store::{Access, EntryKind, Stamp, StoreError};
use chrono::{Local, Utc};
use serde_json::{Value, json};

impl From<Refused> for Stop {
    fn from(error: Refused) -> Self {
        let status = if error.refused() { REFUSED } else { FAILED };
        Self { status, what: error.to_string(), remedy: error.remedy().to_owned() }
    }
}

pub(super) fn merge(desk: &Desk<'_>, asked: &Merge, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    let theirs = Returned::read(&asked.theirs)?;
    let mut file =
        if asked.preview { desk.open_to_read(&asked.mine, now) } else { desk.open_to_change(&asked.mine, now) }?;
    if let (false, Access::ReadOnly(reason)) = (asked.preview, *file.access()) {
        return Err(StoreError::ReadOnly { reason, path: file.path().to_owned() }.into());
    }
    let merging = merge::look(&file, &theirs, Some(now.with_timezone(&Local).date_naive()))?;
    for what in &theirs.ignored {
        output.note(&format!("in their file, and not looked at: {what}"));
    }
    let otherwise = match asked.conflicts {
        Some(KeepSide::Theirs) => Answer::Theirs,
        Some(KeepSide::Ours) | None => Answer::Ours,
    };
    let decided = merging.decide(&Answers { otherwise, ..Answers::default() })?;
    let mut done = None;
    if !asked.preview && !decided.edit.is_empty() {
        backup::make(&file, &desk.folders.backups(), BackupReason::Merge, now)?;
        let stamp = Stamp { who: &desk.who, at: now, kind: EntryKind::Merge };
        done = merge::write(&mut file, &theirs, &decided, &stamp)?;
    }
    file.close();
    let left = if asked.conflicts.is_none() { merging.found.conflicts.len() } else { 0 };
    output.result(|| value(&merging, &theirs, asked, done.as_ref()), || words(&merging, asked, done.as_ref()));
    Ok(if left > 0 { LEFT } else { DONE })
}

fn field(value: &Field) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn value(merging: &Merging, theirs: &Returned, asked: &Merge, done: Option<&Merged>) -> Value {
    let found = &merging.found;
    let batches = batches(merging);
    json!({
        "theirs": shown(&theirs.path),
        "whose": theirs.whose(),
        "written": done.is_some(),
        "changes": found.told().map(|change| one_change(merging, change)).collect::<Vec<_>>(),
        "conflicts": found.conflicts.iter().map(|conflict| one_conflict(merging, conflict, asked)).collect::<Vec<_>>(),
        "deletions_kept": found.deletions_kept.iter().map(|kept| one_kept(merging, kept)).collect::<Vec<_>>(),
        "two_positions": found.twins.iter().map(|twins| json!({
            "recommendation": twins.recommendation, "mine": twins.mine, "theirs": twins.theirs,
        })).collect::<Vec<_>>(),
        "batches": batches.iter().map(|(id, batch)| json!({ "id": id, "name": batch.name })).collect::<Vec<_>>(),
        "signals": done.map(|done| json!({
            "signals": done.brought.signals, "measures": done.brought.measures, "left_out": done.brought.left_out,
        })),
        "label": done.map(|done| done.entry.edit.label.clone()),
    })
}

fn subject(merging: &Merging, row: (Entity, Id)) -> Value {
    json!({
        "entity": row.0.word(), "id": row.1, "name": subject_words([&merging.mine, &merging.theirs], row),
    })
}

fn one_change(merging: &Merging, change: &Change) -> Value {
    let place = change.place;
    let (what, mine, to) = match &change.what {
        What::Added => ("added", Value::Null, Value::Null),
        What::Removed => ("deleted", Value::Null, Value::Null),
        What::Changed { mine, to } => ("changed", field(mine), field(to)),
    };
    let named = if matches!(change.what, What::Changed { .. }) { Value::from(place.field) } else { Value::Null };
    json!({
        "entity": place.entity.word(), "id": place.row, "field": named, "what": what, "mine": mine, "theirs": to,
        "words": change_words(&merging.mine, &merging.theirs, change), "subject": subject(merging, change.subject),
    })
}

fn one_conflict(merging: &Merging, conflict: &Conflict, asked: &Merge) -> Value {
    let place = conflict.place;
    json!({
        "entity": place.entity.word(), "id": place.row, "field": place.field,
        "base": conflict.base.as_ref().map(field), "mine": field(&conflict.mine), "theirs": field(&conflict.theirs),
        "kept": if asked.conflicts == Some(KeepSide::Theirs) { "theirs" } else { "mine" },
        "words": field_words(&merging.mine, place.entity, place.row, place.field),
        "subject": subject(merging, conflict.subject),
    })
}

fn one_kept(merging: &Merging, kept: &Kept) -> Value {
    let deleted_by = match kept.deleted_by {
        Side::Mine => "mine",
        Side::Theirs => "theirs",
    };
    let why = match kept.why {
        Why::Changed => "changed on the other side",
        Why::Named => "something that is kept needs it",
        Why::Belongs => "it belongs to what is kept",
    };
    json!({
        "entity": kept.entity.word(), "id": kept.row, "deleted_by": deleted_by, "why": why,
        "words": kept_words([&merging.mine, &merging.theirs], kept), "subject": subject(merging, kept.subject),
    })
}

/// Batches of signals that come over.
fn batches(merging: &Merging) -> Vec<(Id, &Batch)> {
    let added = merging.found.told().filter(|change| change.what == What::Added);
    added
        .filter(|change| change.place.entity == Entity::Batch)
        .filter_map(|change| Some((change.place.row, merging.theirs.batches.get(&change.place.row)?)))
        .collect()
}

fn words(merging: &Merging, asked: &Merge, done: Option<&Merged>) -> String {
    let found = &merging.found;
    let plans = [&*merging.mine, &*merging.theirs];
    let mut lines = vec![format!("From {}: {}", merging.name, found.counts_words())];
    if found.is_empty() {
        let nothing = format!("Nothing to take: your plan has all that {} has", merging.name);
        return match done {
            Some(_) => format!("{nothing}. It is noted that it was taken."),
            None => nothing,
        };
    }
    for (subject, group) in found.by_subject() {
        lines.push(String::new());
        lines.push(subject_words(plans, subject));
        for conflict in group.conflicts {
            lines.extend(conflict_lines(merging, conflict, asked));
        }
        for change in group.changes {
            lines.push(format!("  {}", change_words(plans[0], plans[1], change)));
            if let What::Changed { mine, to } = &change.what
                && intent::is_told(change.place.field)
            {
                lines.push(format!("    was:    {}", said(merging, change.place.field, mine)));
                lines.push(format!("    now:    {}", said(merging, change.place.field, to)));
            }
            let plan = if change.what == What::Removed { plans[0] } else { plans[1] };
            if !matches!(change.what, What::Changed { .. })
                && let Some(text) = told::row_text(plan, change.place.entity, change.place.row)
            {
                lines.push(format!("    {}", text.replace('\n', "\n    ")));
            }
        }
        lines.extend(group.kept.iter().map(|kept| format!("  {}", kept_words(plans, kept))));
    }
    for twins in &found.twins {
        let name = subject_words(plans, (Entity::Recommendation, twins.recommendation));
        lines.push(format!("\n{name}\n  Two positions for one date, one made on each side: both are kept"));
    }
    lines.push(String::new());
    lines.push(match done {
        Some(done) if done.brought.signals + done.brought.measures > 0 => {
            let came = [count(done.brought.signals, "signal"), count(done.brought.measures, "measure")].join(", ");
            format!("{}; {came} came over", done.entry.edit.label)
        }
        Some(done) => done.entry.edit.label.clone(),
        None => "Preview: nothing was written".to_owned(),
    });
    lines.join("\n")
}

fn conflict_lines(merging: &Merging, conflict: &Conflict, asked: &Merge) -> Vec<String> {
    let place = conflict.place;
    let kept = if asked.conflicts == Some(KeepSide::Theirs) { "theirs" } else { "ours" };
    let say = |value: &Field| said(merging, place.field, value);
    let base = conflict.base.as_ref().map_or_else(|| "not known".to_owned(), say);
    vec![
        format!("  CONFLICT: {}; {kept} is kept", field_words(&merging.mine, place.entity, place.row, place.field)),
        format!("    before: {base}"),
        format!("    ours:   {}", say(&conflict.mine)),
        format!("    theirs: {}", say(&conflict.theirs)),
    ]
}

/// A value in one line, further lines set in.
fn said(merging: &Merging, name: &str, value: &Field) -> String {
    told::said([&merging.mine, &merging.theirs], name, value).replace('\n', "\n            ")
}
