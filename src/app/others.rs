//! What others changed in the open plan since it was opened here: told, shown, and brought back from.

use crate::model::intent::is_told;
use crate::model::{Change, EXISTS, Edit, Entity, Id, Plan, Value};
use crate::store::Entry;
use std::collections::BTreeSet;
use std::sync::Arc;

/// More entries than this are not kept: the history has them all.
const MOST: usize = 2_000;

/// Their entries, and what of them a person has not looked at.
#[derive(Debug, Default)]
pub struct Others {
    entries: Vec<Entry>,
    looked_at: usize,
    /// The plan before the last of them came in.
    before: Option<Arc<Plan>>,
}

impl Others {
    /// Takes in what came, oldest first. `extended` as in [`crate::store::Underneath`].
    pub(super) fn came(&mut self, mut entries: Vec<Entry>, extended: bool, before: &Arc<Plan>) {
        if let (true, Some(first)) = (extended, entries.first_mut()) {
            for change in first.edit.changes.iter_mut().filter(|change| change.field != EXISTS) {
                change.before = before.value(change.entity, change.row, change.field).unwrap_or_default();
            }
            first.edit.changes.retain(|change| change.before != change.after);
        }
        self.before = Some(Arc::clone(before));
        self.entries.extend(entries);
        let over = self.entries.len().saturating_sub(MOST);
        self.entries.drain(..over);
        self.looked_at = self.looked_at.saturating_sub(over);
    }

    /// What nobody here has looked at yet, oldest first.
    #[must_use]
    pub fn unseen(&self) -> &[Entry] {
        self.entries.get(self.looked_at..).unwrap_or_default()
    }

    /// All that is kept, oldest first.
    #[must_use]
    pub fn all(&self) -> &[Entry] {
        &self.entries
    }

    /// A person looked at it.
    pub(super) fn looked(&mut self) {
        self.looked_at = self.entries.len();
    }

    /// The last entry of theirs that changed a field, or else the row.
    #[must_use]
    pub fn of(&self, row: Id, field: &str) -> Option<&Entry> {
        let touches = |entry: &&Entry, exact: bool| {
            let one = |change: &Change| change.row == row && (!exact || change.field == field);
            entry.edit.changes.iter().any(one)
        };
        let last = |exact| self.entries.iter().rfind(|entry| touches(entry, exact));
        last(true).or_else(|| last(false))
    }

    /// The edit that brings a row back which they deleted, with all that went with it.
    #[must_use]
    pub(super) fn bring_back(&self, now: &Plan, row: (Entity, Id)) -> Option<Edit> {
        let deletes = |change: &Change| {
            (change.field == EXISTS && change.after == Value::Null).then_some((change.entity, change.row))
        };
        let entry = self.entries.iter().rfind(|entry| entry.edit.changes.iter().filter_map(deletes).any(|d| d == row));
        let Some(entry) = entry else { return self.row_alone(row) };
        let gone: BTreeSet<_> =
            entry.edit.changes.iter().filter_map(deletes).filter(|(entity, id)| !now.has(*entity, *id)).collect();
        let mut back = entry.edit.inverse(format!("Bring back: {}", entry.edit.label));
        back.changes.retain(|change| gone.contains(&(change.entity, change.row)));
        Some(back)
    }

    /// The row alone, where no entry says how it went.
    fn row_alone(&self, (entity, row): (Entity, Id)) -> Option<Edit> {
        let before = self.before.as_ref().filter(|plan| plan.has(entity, row))?;
        let there = Change { entity, row, field: EXISTS, before: Value::Null, after: Value::Int(1) };
        let filled = before.filled(entity, row).into_iter().map(|(field, after)| {
            let before = entity.blank(field);
            Change { entity, row, field, before, after }
        });
        let changes = std::iter::once(there).chain(filled).filter(|change| change.before != change.after).collect();
        Some(Edit { label: format!("Bring back: {}", crate::model::intent::noun(entity)), changes })
    }
}

/// How many things entries changed: fields, and rows that came or went.
#[must_use]
pub fn things(entries: &[Entry]) -> usize {
    let changes = || entries.iter().flat_map(|entry| &entry.edit.changes);
    let whole: BTreeSet<(Entity, Id)> =
        changes().filter(|change| change.field == EXISTS).map(|change| (change.entity, change.row)).collect();
    let fields: BTreeSet<(Entity, Id, &str)> = changes()
        .filter(|change| is_told(change.field) && !whole.contains(&(change.entity, change.row)))
        .map(|change| (change.entity, change.row, change.field))
        .collect();
    whole.len() + fields.len()
}

/// Who made entries, in the order of their first: "Safety lead", "Safety lead and Quality lead", "Safety lead
/// and 2 others". A person's own name is theirs from another window or the command line.
#[must_use]
pub fn who(entries: &[Entry], me: &str) -> String {
    let mut names: Vec<String> = Vec::new();
    for entry in entries {
        let name = person(&entry.who, me);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut names = names.into_iter();
    let first = names.next().unwrap_or_else(|| "Somebody".to_owned());
    match (names.next(), names.count()) {
        (None, _) => first,
        (Some(second), 0) => format!("{first} and {second}"),
        (Some(_), more) => format!("{first} and {} others", more + 1),
    }
}

/// How one of them is called.
#[must_use]
pub fn person(name: &str, me: &str) -> String {
    if name.is_empty() {
        "Somebody".to_owned()
    } else if name == me {
        "You, in another window or program,".to_owned()
    } else {
        name.to_owned()
    }
}

/// The recommendation that a change is about; none where it is about the plan, or several serve alike.
#[must_use]
pub fn about(plan: &Plan, entry: &Entry, change: &Change) -> Option<Id> {
    if change.entity == Entity::Recommendation {
        return Some(change.row);
    }
    // a row that they deleted is not there to ask: the entry says what it named
    let named = |field: &str| -> Option<Id> {
        let of = |one: &&Change| one.row == change.row && one.field == field;
        let there = plan.value(change.entity, change.row, field).filter(|value| *value != Value::Null);
        let value = there.or_else(|| {
            let one = entry.edit.changes.iter().find(of)?;
            Some(if one.before == Value::Null { one.after.clone() } else { one.before.clone() })
        })?;
        value.to_string().parse().ok()
    };
    let recommendation = |id: &Id| plan.recommendations.contains_key(id);
    if let Some(id) = ["recommendation", "row", "subject"].into_iter().filter_map(named).find(recommendation) {
        return Some(id);
    }
    let action = if change.entity == Entity::Action { Some(change.row) } else { named("action") };
    let serves = |link: &&Change| {
        link.entity == Entity::Link
            && link.field == "action"
            && action
                .is_some_and(|id| [&link.before, &link.after].iter().any(|value| value.to_string() == id.to_string()))
    };
    plan.served_by(action?).first().map(|row| row.id).or_else(|| {
        let link = entry.edit.changes.iter().find(serves)?;
        about(plan, entry, link)
    })
}
