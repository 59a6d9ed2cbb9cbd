//! Putting back what stood there before: a field's earlier value, or a row that was deleted. Each is a new edit that
//! starts from the plan as it is now; what it cannot put back it says.

use super::history::Names;
use crate::model::intent::{self, field_name};
use crate::model::{Change, EXISTS, Edit, Entity, Id, Plan, Value, refers};
use std::collections::BTreeSet;

/// Why something is not put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotBack {
    /// It stands there already.
    Same,
    /// The row is there no more: it has to come back first.
    RowGone,
    /// What it names is there no more, in words.
    NamesGone(String),
    /// The field cannot hold it.
    Unfit(String),
}

impl NotBack {
    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Same => "It stands there now".to_owned(),
            Self::RowGone => "What it belongs to was deleted since".to_owned(),
            Self::NamesGone(what) => format!("{what} is not in the plan any more"),
            Self::Unfit(why) => why.clone(),
        }
    }
}

/// Gives a field the value that it had. An action's state brings the day it was done back with it, where the same
/// `entry` changed both.
///
/// # Errors
/// When there is nothing to put back, or what it names is gone.
pub fn put_back(plan: &Plan, names: &Names, change: &Change, value: &Value, entry: &Edit) -> Result<Edit, NotBack> {
    let Change { entity, row, field, .. } = change;
    let (entity, row) = (*entity, *row);
    if !plan.has(entity, row) {
        return Err(NotBack::RowGone);
    }
    if plan.value(entity, row, field).unwrap_or_default() == *value {
        return Err(NotBack::Same);
    }
    if let Some(reference) = refers::of(entity).find(|reference| reference.field == *field)
        && let Some(id) = reference.named(value)
        && reference.target(plan, id).is_none()
    {
        let what = super::history::words_of(plan, names, field, value);
        return Err(NotBack::NamesGone(what));
    }
    let set = intent::set_field(plan, entity, row, field, value.clone());
    let mut edit = set.map_err(|error| NotBack::Unfit(error.to_string()))?;
    edit.label = format!("Put back {} of {}", field_name(field), intent::row_name(plan, entity, row));
    if entity == Entity::Action && *field == "state" {
        let done = entry.changes.iter().find(|other| (other.row, other.field) == (row, "done_on"));
        let now = plan.value(entity, row, "done_on").unwrap_or_default();
        let then = done.map(|done| if *value == change.before { &done.before } else { &done.after });
        if let Some(then) = then.filter(|then| **then != now) {
            edit.changes.push(Change { entity, row, field: "done_on", before: now, after: then.clone() });
        }
    }
    Ok(edit)
}

/// Brings a row back that an entry deleted, with what went with it in that entry and hangs on it, as far as what
/// they name is there. What a row may name and is gone is left blank.
///
/// # Errors
/// When it is there, or what it cannot do without is gone.
pub fn bring_back(plan: &Plan, names: &Names, entity: Entity, row: Id, entry: &Edit) -> Result<Edit, NotBack> {
    if plan.has(entity, row) {
        return Err(NotBack::Same);
    }
    let gone: BTreeSet<(Entity, Id)> = entry
        .changes
        .iter()
        .filter(|change| change.field == EXISTS && change.after == Value::Null)
        .map(|change| (change.entity, change.row))
        .filter(|(entity, row)| !plan.has(*entity, *row))
        .collect();
    let mut back = BTreeSet::from([(entity, row)]);
    if let Some(missing) = missing(plan, &back, entry, entity, row) {
        let what = words_of_missing(plan, names, entry, row, missing);
        return Err(NotBack::NamesGone(what));
    }
    loop {
        let joins = |(entity, row): &(Entity, Id)| {
            !back.contains(&(*entity, *row))
                && hangs_on(&back, entry, *entity, *row)
                && missing(plan, &back, entry, *entity, *row).is_none()
        };
        let more: Vec<(Entity, Id)> = gone.iter().copied().filter(joins).collect();
        if more.is_empty() {
            break;
        }
        back.extend(more);
    }
    let mut changes = Vec::new();
    for (entity, row) in &back {
        let (entity, row) = (*entity, *row);
        changes.push(Change { entity, row, field: EXISTS, before: Value::Null, after: Value::Int(1) });
        for change in of_row(entry, row).filter(|change| change.field != EXISTS) {
            let blank = entity.blank(change.field);
            let lost = refers::of(entity)
                .find(|reference| reference.field == change.field)
                .and_then(|reference| reference.named(&change.before).map(|id| (reference, id)))
                .is_some_and(|(reference, id)| reference.target(plan, id).is_none() && !names_one(&back, id));
            if !lost && change.before != blank {
                changes.push(Change { before: blank, after: change.before.clone(), ..change.clone() });
            }
        }
    }
    let label = format!("Bring back {}", lower(&names.of(plan, entity, row)));
    Ok(Edit { label, changes })
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn of_row(entry: &Edit, row: Id) -> impl Iterator<Item = &Change> {
    entry.changes.iter().filter(move |change| change.row == row)
}

fn names_one(rows: &BTreeSet<(Entity, Id)>, id: Id) -> bool {
    rows.iter().any(|(_, row)| *row == id)
}

/// A row that this one cannot be without, and that is neither there nor coming back.
fn missing(
    plan: &Plan,
    back: &BTreeSet<(Entity, Id)>,
    entry: &Edit,
    entity: Entity,
    row: Id,
) -> Option<&'static refers::Reference> {
    refers::of(entity).filter(|reference| !reference.optional).find(|reference| {
        let named = of_row(entry, row).find(|change| change.field == reference.field);
        let id = named.and_then(|change| reference.named(&change.before));
        id.is_none_or(|id| reference.target(plan, id).is_none() && !names_one(back, id))
    })
}

fn words_of_missing(plan: &Plan, names: &Names, entry: &Edit, row: Id, field: &refers::Reference) -> String {
    let value = of_row(entry, row).find(|change| change.field == field.field).map(|change| &change.before);
    value.map_or_else(
        || "What it belongs to".to_owned(),
        |value| super::history::words_of(plan, names, field.field, value),
    )
}

/// Whether a row belongs to one of those that come back.
fn hangs_on(back: &BTreeSet<(Entity, Id)>, entry: &Edit, entity: Entity, row: Id) -> bool {
    refers::of(entity).filter(|reference| !reference.optional).any(|reference| {
        let named = of_row(entry, row).find(|change| change.field == reference.field);
        named.and_then(|change| reference.named(&change.before)).is_some_and(|id| names_one(back, id))
    })
}
