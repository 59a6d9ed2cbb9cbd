//! Verbs about changes: history, undo, redo.

use super::arguments::{History, PlanArgument};
use super::output::Output;
use super::{DONE, Desk, Stop};
use crate::model::intent::{field_name, is_told, row_name, value_words};
use crate::model::{Change, EXISTS, Entity, Id, Plan, Value};
use crate::store::{Entry, EntryKind, HistoryOf, PlanFile, Stamp, StoreError};
use chrono::Utc;
use serde_json::json;
use std::collections::BTreeSet;

pub(super) fn history(desk: &Desk<'_>, history: &History, output: &mut Output) -> Result<u8, Stop> {
    let refused = |what: String| Stop::refused(what, "Take an id from `recap export PLAN.db OUT.json`.");
    let parsed = history.row.as_ref().map(|text| text.parse::<Id>().map_err(|error| refused(error.to_string())));
    let row = parsed.transpose()?;
    let field = history.field.as_deref().map(field_called).transpose()?;
    let file = desk.open_to_read(&history.plan, Utc::now())?;
    let entries = file.history(&HistoryOf { row, field, limit: history.limit })?;
    // every row came in by an entry, so one without any was never in this plan
    if let (Some(row), None, true) = (row, field, entries.is_empty() && history.limit != Some(0)) {
        return Err(refused(format!("no row of this plan has or had the id {row}: {}", history.plan.display())));
    }
    let value = || {
        let list: Vec<_> = entries.iter().map(|entry| entry_value(entry, true)).collect();
        json!({ "entries": list })
    };
    let plan = file.read()?;
    let told = |entry| entry_words(&plan, entry, row.is_some());
    output.result(value, || entries.iter().map(told).collect::<Vec<_>>().join("\n"));
    Ok(DONE)
}

/// A field by its name in the JSON, or as people call it.
fn field_called(name: &str) -> Result<&'static str, Stop> {
    let fields = || Entity::ALL.iter().flat_map(|entity| entity.fields()).copied();
    let found = fields().find(|field| *field == name).or_else(|| fields().find(|field| field_name(field) == name));
    found.ok_or_else(|| {
        let known: BTreeSet<&str> = fields().filter(|field| is_told(field)).collect();
        let list: Vec<&str> = known.into_iter().collect();
        Stop::refused(format!("no row has a field \"{name}\""), format!("These are the fields: {}.", list.join(", ")))
    })
}

fn entry_value(entry: &Entry, changes: bool) -> serde_json::Value {
    let mut value = json!({
        "id": entry.id,
        "at": entry.at,
        "who": entry.who,
        "kind": entry.kind.word(),
        "label": entry.edit.label,
        "reverses": entry.reverses,
    });
    if changes {
        value["changes"] = json!(entry.edit.changes);
    }
    value
}

fn entry_words(plan: &Plan, entry: &Entry, detailed: bool) -> String {
    let mut text = format!("{}  {}  {}", entry.at.format("%Y-%m-%d %H:%M UTC"), entry.who, entry.edit.label);
    if detailed {
        for change in entry.edit.changes.iter().filter(|change| is_told(change.field)) {
            text.push_str(&format!("\n    {}", change_words(plan, change)));
        }
    }
    text
}

fn change_words(plan: &Plan, change: &Change) -> String {
    let shown = |value: &Value| {
        let words = value_words(plan, change.field, value);
        if matches!(value, Value::Text(_)) { format!("\"{words}\"") } else { words }
    };
    let name = || row_name(plan, change.entity, change.row);
    match (change.field, &change.after) {
        (EXISTS, Value::Null) => format!("{} deleted", name()),
        (EXISTS, _) => format!("{} added", name()),
        (field, after) => format!("{}: {} -> {}", field_name(field), shown(&change.before), shown(after)),
    }
}

pub(super) fn undo(desk: &Desk<'_>, plan: &PlanArgument, output: &mut Output) -> Result<u8, Stop> {
    reverse(desk, plan, output, EntryKind::Undo, PlanFile::undo)
}

pub(super) fn redo(desk: &Desk<'_>, plan: &PlanArgument, output: &mut Output) -> Result<u8, Stop> {
    reverse(desk, plan, output, EntryKind::Redo, PlanFile::redo)
}

fn reverse(
    desk: &Desk<'_>,
    plan: &PlanArgument,
    output: &mut Output,
    kind: EntryKind,
    how: impl FnOnce(&mut PlanFile, &Stamp<'_>) -> Result<Option<Entry>, StoreError>,
) -> Result<u8, Stop> {
    let now = Utc::now();
    let mut file = desk.open_to_change(&plan.plan, now)?;
    let entry = how(&mut file, &Stamp { who: &desk.who, at: now, kind })?;
    file.close();
    let value = json!({ "done": entry.as_ref().map(|entry| entry_value(entry, false)) });
    output.result(
        || value,
        || entry.as_ref().map_or_else(|| format!("Nothing to {kind}"), |entry| entry.edit.label.clone()),
    );
    Ok(DONE)
}
