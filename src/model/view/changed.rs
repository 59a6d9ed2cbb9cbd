//! Which recommendations were changed since a day: what the history says, by what each change belongs to.

use crate::model::{Change, Entity, FieldValue as _, Id, Index, Plan, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a run of changes, oldest first, comes to: a field that ends as it began was not changed.
#[must_use]
pub fn net(changes: impl IntoIterator<Item = Change>) -> Vec<Change> {
    let mut places: HashMap<(Entity, Id, &'static str), usize> = HashMap::new();
    let mut all: Vec<Change> = Vec::new();
    for change in changes {
        match places.get(&(change.entity, change.row, change.field)) {
            Some(place) => all[*place].after = change.after,
            None => {
                places.insert((change.entity, change.row, change.field), all.len());
                all.push(change);
            }
        }
    }
    all.retain(|change| change.before != change.after);
    all
}

/// The recommendations that changes count for: their own fields, positions, actions with their dues and notes, evidence,
/// and what links them. That a row only moved in its order is no change of it.
#[must_use]
pub fn changed_recommendations(plan: &Plan, index: &Index, changes: &[Change]) -> BTreeSet<Id> {
    let mut gone: BTreeMap<(Id, &str), Vec<Id>> = BTreeMap::new();
    for change in changes.iter().filter(|change| is_pointer(change.field)) {
        // what a row pointed at before, and does now: both were changed by it
        let ids = [&change.before, &change.after].into_iter().filter_map(|value| match value {
            Value::Text(_) => Id::from_value(value).ok(),
            _ => None,
        });
        gone.entry((change.row, change.field)).or_default().extend(ids);
    }
    let work = Work { plan, index, pointed: &gone };
    let mut found = BTreeSet::new();
    for change in changes.iter().filter(|change| change.field != "order") {
        work.of(change, &mut found);
    }
    found.retain(|id| plan.recommendations.contains_key(id));
    found
}

/// Whether a field says which row another belongs to.
fn is_pointer(field: &str) -> bool {
    matches!(field, "recommendation" | "action" | "evidence" | "responsibility" | "timescale" | "row")
}

struct Work<'p> {
    plan: &'p Plan,
    index: &'p Index,
    pointed: &'p BTreeMap<(Id, &'p str), Vec<Id>>,
}

impl Work<'_> {
    fn of(&self, change: &Change, found: &mut BTreeSet<Id>) {
        let row = change.row;
        match change.entity {
            Entity::Recommendation => drop(found.insert(row)),
            Entity::Position | Entity::CrossReference | Entity::Link | Entity::EvidenceLink => {
                found.extend(self.targets(change.entity, row, "recommendation"));
            }
            Entity::Action => self.served(row, found),
            Entity::Evidence => found.extend(self.index.shown_by(self.plan, row).iter().map(|row| row.id)),
            Entity::Update => {
                for action in self.targets(change.entity, row, "action") {
                    self.served(action, found);
                }
            }
            Entity::Timescale => self.timescale(row, found),
            Entity::Revision => {
                for timescale in self.targets(change.entity, row, "timescale") {
                    self.timescale(timescale, found);
                }
            }
            Entity::Remark => {
                for at in self.targets(change.entity, row, "row") {
                    found.insert(at);
                    self.served(at, found);
                }
            }
            _ => {}
        }
    }

    /// What a row points at now, and pointed at before.
    fn targets(&self, entity: Entity, row: Id, field: &'static str) -> Vec<Id> {
        let now = self.plan.value(entity, row, field).and_then(|value| Id::from_value(&value).ok());
        let before = self.pointed.get(&(row, field)).into_iter().flatten().copied();
        now.into_iter().chain(before).filter(|id| !id.is_nil()).collect()
    }

    fn served(&self, action: Id, found: &mut BTreeSet<Id>) {
        found.extend(self.index.served(self.plan, action).iter().map(|row| row.id));
    }

    /// A timescale counts for the action that it was paired with, else for all under its responsibility: one of them
    /// may be due by it.
    fn timescale(&self, row: Id, found: &mut BTreeSet<Id>) {
        let paired = self.targets(Entity::Timescale, row, "action");
        let under = self.targets(Entity::Timescale, row, "responsibility");
        let of = |responsibility: Id| self.index.actions_under(self.plan, Some(responsibility)).into_iter();
        let actions: Vec<Id> =
            if paired.is_empty() { under.into_iter().flat_map(of).map(|action| action.id).collect() } else { paired };
        for action in actions {
            self.served(action, found);
        }
    }
}
