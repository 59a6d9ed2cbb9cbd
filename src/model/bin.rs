//! The bin: what was deleted from a plan and is not back, worked out from the journal, and bringing it back.
//!
//! Nothing is kept twice: an entry of the journal that deletes a row holds every field the row had. Bringing back is a
//! new edit, the inverse of what of the deletion still fits the plan as it is now.

use super::intent::noun;
use super::text::count;
use super::{Change, EXISTS, Edit, Entity, Id, Plan, Value, refers};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

mod restore;
pub use restore::{Restored, restore};

/// The kinds of row that a person looks for in the bin, in the order they are listed; all others come back with one
/// of these.
pub const KINDS: [Entity; 6] = [
    Entity::Recommendation,
    Entity::Action,
    Entity::Theme,
    Entity::Evidence,
    Entity::Responsibility,
    Entity::Timescale,
];

/// An entry of the journal, as far as the bin needs it.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    /// Its id.
    pub id: Id,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: &'a str,
    /// Whether it took another entry back: a row that goes because its adding was undone was not deleted.
    pub undoes: bool,
    /// What it changed.
    pub edit: &'a Edit,
}

/// A row in the bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// The entry that deleted it.
    pub entry: Id,
    /// Its kind.
    pub entity: Entity,
    /// Which row it was.
    pub row: Id,
    /// What it was called: "120 Access to complaints information".
    pub name: String,
    /// When it was deleted.
    pub at: DateTime<Utc>,
    /// By whom.
    pub who: String,
    /// What that person did, "Delete 3 recommendations".
    pub label: String,
    /// What went with it and comes back with it: "2 positions, 1 link"; blank if nothing did.
    pub with: String,
}

/// The rows that an entry deletes, with what each of their fields held.
type Gone<'a> = BTreeMap<(Entity, Id), BTreeMap<&'static str, &'a Value>>;

/// What an entry deletes.
fn gone(edit: &Edit) -> Gone<'_> {
    let is_end = |change: &&Change| change.field == EXISTS && change.after == Value::Null;
    let mut gone: Gone<'_> =
        edit.changes.iter().filter(is_end).map(|change| ((change.entity, change.row), BTreeMap::new())).collect();
    for change in edit.changes.iter().filter(|change| change.field != EXISTS) {
        if let Some(fields) = gone.get_mut(&(change.entity, change.row)) {
            fields.entry(change.field).or_insert(&change.before);
        }
    }
    gone
}

/// The fields by which a deleted row belongs to another, with the row named.
fn owners<'g>(gone: &'g Gone<'_>, row: (Entity, Id)) -> impl Iterator<Item = Id> + 'g {
    // a question is deleted with what it is about, though it may be about nothing
    let belongs = move |reference: &&refers::Reference| !reference.optional || row.0 == Entity::Choice;
    refers::of(row.0)
        .filter(belongs)
        .filter_map(move |reference| gone.get(&row)?.get(reference.field).and_then(|value| reference.named(value)))
}

/// Of what an entry deletes, the rows that went because these did, and these.
fn with_belongings(gone: &Gone<'_>, roots: &BTreeSet<Id>) -> BTreeSet<(Entity, Id)> {
    let mut belongings: BTreeMap<Id, Vec<(Entity, Id)>> = BTreeMap::new();
    for row in gone.keys() {
        for owner in owners(gone, *row) {
            belongings.entry(owner).or_default().push(*row);
        }
    }
    let mut all: BTreeSet<(Entity, Id)> = gone.keys().filter(|(_, id)| roots.contains(id)).copied().collect();
    let mut queue: Vec<Id> = all.iter().map(|(_, id)| *id).collect();
    while let Some(owner) = queue.pop() {
        for row in belongings.get(&owner).into_iter().flatten() {
            if all.insert(*row) {
                queue.push(row.1);
            }
        }
    }
    all
}

/// What a row was called.
fn name_of(entity: Entity, fields: &BTreeMap<&'static str, &Value>) -> String {
    let text = |field: &str| match fields.get(field) {
        Some(Value::Text(text)) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        _ => String::new(),
    };
    let first = |fields: &[&str]| fields.iter().map(|field| text(field)).find(|text| !text.is_empty());
    let name = match entity {
        Entity::Recommendation => {
            let title = first(&["local_title", "title", "local_text", "text"]).unwrap_or_default();
            Some(format!("{} {title}", text("reference")).trim().to_owned())
        }
        Entity::Theme => first(&["title"]),
        Entity::Timescale => first(&["words"]),
        _ => first(&["text"]),
    };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("{} without words", noun(entity)))
}

/// What went with a row, in words, by kind.
fn with_words(gone: &Gone<'_>, row: (Entity, Id)) -> String {
    let mut counts: BTreeMap<Entity, usize> = BTreeMap::new();
    for (entity, id) in with_belongings(gone, &BTreeSet::from([row.1])) {
        if (entity, id) != row {
            *counts.entry(entity).or_default() += 1;
        }
    }
    let words = counts.into_iter().map(|(entity, number)| {
        let noun = match (entity, row.0) {
            (Entity::Link, Entity::Action) => "link to a recommendation",
            (Entity::Link, _) => "link to an action",
            (Entity::EvidenceLink, Entity::Evidence) => "link to a recommendation",
            (Entity::EvidenceLink, _) => "link to evidence",
            _ => noun(entity),
        };
        match (number, noun.split_once(" to ")) {
            (1, _) | (_, None) => count(number, noun),
            (_, Some((noun, to))) => {
                let to = to.trim_start_matches("an ").trim_start_matches("a ");
                let many = if to == "evidence" { to.to_owned() } else { format!("{to}s") };
                format!("{} to {many}", count(number, noun))
            }
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What is in the bin of a plan, by the entries of its journal that delete rows, newest first. A row that was deleted
/// several times stands there once, as it was last deleted.
#[must_use]
pub fn deleted(plan: &Plan, past: &[Past<'_>]) -> Vec<Deleted> {
    let mut seen: BTreeSet<(Entity, Id)> = BTreeSet::new();
    let mut found = Vec::new();
    for entry in past.iter().filter(|entry| !entry.undoes) {
        let gone = gone(entry.edit);
        let first = found.len();
        for (row, fields) in gone.iter().filter(|((entity, id), _)| KINDS.contains(entity) && !plan.has(*entity, *id)) {
            // what belongs to another row of the bin comes back with it
            let owned = owners(&gone, *row)
                .any(|owner| KINDS.iter().any(|kind| gone.contains_key(&(*kind, owner)) && !plan.has(*kind, owner)));
            if owned || !seen.insert(*row) {
                continue;
            }
            found.push(Deleted {
                entry: entry.id,
                entity: row.0,
                row: row.1,
                name: name_of(row.0, fields),
                at: entry.at,
                who: entry.who.to_owned(),
                label: entry.edit.label.clone(),
                with: with_words(&gone, *row),
            });
        }
        let kind = |entity: Entity| KINDS.iter().position(|kind| *kind == entity);
        found[first..].sort_by(|a, b| {
            kind(a.entity).cmp(&kind(b.entity)).then_with(|| super::reference::natural_cmp(&a.name, &b.name))
        });
    }
    found
}

#[cfg(test)]
mod tests;
