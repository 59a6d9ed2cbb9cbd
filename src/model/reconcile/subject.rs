//! What a change is about: the recommendation where there is one.

use super::{Reconciled, Sides};
use crate::model::{
    Action, Choice, CrossReference, Entity, EvidenceLink, FindingLink, GapAnswer, Id, InPlan, Link, Plan, Position,
    Rebase, Receipt, Remark, Revision, Timescale, Update, WatchLevel, reference,
};
use std::collections::{BTreeMap, BTreeSet};

/// Deeper than this nothing belongs to anything.
const DEPTH: usize = 6;

/// Finds the subject of everything that was found, and puts all in the order of the subjects.
pub(super) fn arrange(sides: &Sides<'_>, found: &mut Reconciled) {
    let mut subjects = Subjects::new(sides, found);
    for change in &mut found.changes {
        change.subject = subjects.of(change.subject);
    }
    for conflict in &mut found.conflicts {
        conflict.subject = subjects.of(conflict.subject);
    }
    for kept in &mut found.deletions_kept {
        kept.subject = subjects.of(kept.subject);
    }
    let places = places(sides, &subjects);
    let order = |subject: &(Entity, Id)| places.get(subject).copied().unwrap_or(usize::MAX);
    found.changes.sort_by_key(|change| (order(&change.subject), change.subject, change.place));
    found.conflicts.sort_by_key(|conflict| (order(&conflict.subject), conflict.subject, conflict.place));
    found.deletions_kept.sort_by_key(|kept| (order(&kept.subject), kept.subject, kept.entity, kept.row));
    found.subjects = subjects.seen.iter().copied().collect();
    found.subjects.sort_by_key(|subject| (order(subject), *subject));
}

/// Recommendations in the plan's order, those that only the other side has after them.
fn places(sides: &Sides<'_>, subjects: &Subjects<'_>) -> BTreeMap<(Entity, Id), usize> {
    let mut places = BTreeMap::new();
    for plan in [sides.mine, sides.theirs] {
        if !subjects.seen.iter().any(|(entity, id)| *entity == Entity::Recommendation && plan.has(*entity, *id)) {
            continue;
        }
        for row in plan.recommendations_in_order() {
            let next = places.len();
            places.entry((Entity::Recommendation, row.id)).or_insert(next);
        }
    }
    places
}

/// Finds subjects.
struct Subjects<'a> {
    sides: [&'a Plan; 2],
    /// The first recommendation that an action serves.
    served: BTreeMap<Id, Id>,
    seen: BTreeSet<(Entity, Id)>,
}

impl<'a> Subjects<'a> {
    fn new(sides: &Sides<'a>, found: &Reconciled) -> Self {
        let sides = [sides.mine, sides.theirs];
        let mut subjects = Self { sides, served: BTreeMap::new(), seen: BTreeSet::new() };
        let rows = found.changes.iter().map(|change| change.subject);
        let rows = rows.chain(found.conflicts.iter().map(|conflict| conflict.subject));
        let rows = rows.chain(found.deletions_kept.iter().map(|kept| kept.subject));
        let actions: BTreeSet<Id> = rows
            .map(|row| subjects.up(row))
            .filter(|(entity, _)| *entity == Entity::Action)
            .map(|(_, action)| action)
            .collect();
        subjects.served = served(sides, &actions);
        subjects
    }

    fn row<T: InPlan>(&self, id: Id) -> Option<&'a T> {
        self.sides.iter().find_map(|plan| plan.row::<T>(id))
    }

    fn of(&mut self, row: (Entity, Id)) -> (Entity, Id) {
        let top = self.up(row);
        let subject = match top {
            (Entity::Action, action) => match (self.served.get(&action), self.row::<Action>(action)) {
                (Some(recommendation), _) => (Entity::Recommendation, *recommendation),
                (None, Some(Action { responsibility: Some(under), .. })) => (Entity::Responsibility, *under),
                (None, _) => top,
            },
            _ => top,
        };
        self.seen.insert(subject);
        subject
    }

    /// What a row belongs to, up to an action, a recommendation, or what stands alone.
    fn up(&self, mut at: (Entity, Id)) -> (Entity, Id) {
        for _ in 0..DEPTH {
            match self.parent(at) {
                Some(parent) if parent != at => at = parent,
                _ => break,
            }
        }
        at
    }

    fn parent(&self, (entity, id): (Entity, Id)) -> Option<(Entity, Id)> {
        let recommendation = |id: Id| (Entity::Recommendation, id);
        match entity {
            Entity::Position => self.row::<Position>(id).map(|row| recommendation(row.recommendation)),
            Entity::Link => self.row::<Link>(id).map(|row| recommendation(row.recommendation)),
            Entity::CrossReference => self.row::<CrossReference>(id).map(|row| recommendation(row.recommendation)),
            Entity::EvidenceLink => self.row::<EvidenceLink>(id).map(|row| recommendation(row.recommendation)),
            Entity::Update => self.row::<Update>(id).map(|row| (Entity::Action, row.action)),
            Entity::Timescale => self.row::<Timescale>(id).map(|row| (Entity::Responsibility, row.responsibility)),
            Entity::Revision => self.row::<Revision>(id).map(|row| (Entity::Timescale, row.timescale)),
            Entity::Remark => self.row::<Remark>(id).and_then(|row| self.kind(row.row)),
            Entity::GapAnswer => self.row::<GapAnswer>(id).and_then(|row| self.kind(row.row)),
            Entity::Choice => self.row::<Choice>(id).and_then(|row| self.kind(row.subject?)),
            Entity::Receipt => self.row::<Receipt>(id).map(|row| (Entity::Provider, row.provider)),
            Entity::WatchLevel => self.row::<WatchLevel>(id).map(|row| (Entity::Provider, row.provider)),
            Entity::Rebase => self.row::<Rebase>(id).map(|row| (Entity::Provider, row.provider)),
            Entity::FindingLink => self.row::<FindingLink>(id).map(|row| (Entity::NotedFinding, row.finding)),
            _ => None,
        }
    }

    /// A row whose kind is not known.
    fn kind(&self, id: Id) -> Option<(Entity, Id)> {
        let kinds =
            [Entity::Recommendation, Entity::Action, Entity::Responsibility, Entity::Timescale, Entity::Position];
        let has = |entity: &Entity| self.sides.iter().any(|plan| plan.has(*entity, id));
        kinds.into_iter().find(has).map(|entity| (entity, id))
    }
}

/// The first recommendation that each action serves, by reference.
fn served(sides: [&Plan; 2], actions: &BTreeSet<Id>) -> BTreeMap<Id, Id> {
    let mut served: BTreeMap<Id, (&str, Id)> = BTreeMap::new();
    if actions.is_empty() {
        return BTreeMap::new();
    }
    for plan in sides {
        for link in plan.links.values().filter(|link| actions.contains(&link.action)) {
            let Some(row) = plan.recommendations.get(&link.recommendation) else { continue };
            let this = (row.reference.as_str(), row.id);
            let first = served.entry(link.action).or_insert(this);
            if reference::natural_cmp(this.0, first.0).then(this.1.cmp(&first.1)).is_lt() {
                *first = this;
            }
        }
    }
    served.into_iter().map(|(action, (_, recommendation))| (action, recommendation)).collect()
}

/// Changes, conflicts and kept deletions of one subject.
#[derive(Debug, Default)]
pub struct Grouped<'r> {
    /// What comes over, without book-keeping.
    pub changes: Vec<&'r super::Change>,
    /// What a person has to decide.
    pub conflicts: Vec<&'r super::Conflict>,
    /// What is kept though one side deleted it.
    pub kept: Vec<&'r super::Kept>,
}

impl Reconciled {
    /// All of it by subject, in order.
    #[must_use]
    pub fn by_subject(&self) -> Vec<((Entity, Id), Grouped<'_>)> {
        let places: BTreeMap<(Entity, Id), usize> =
            self.subjects.iter().enumerate().map(|(place, subject)| (*subject, place)).collect();
        let mut groups: Vec<((Entity, Id), Grouped<'_>)> =
            self.subjects.iter().map(|subject| (*subject, Grouped::default())).collect();
        let at = |subject: &(Entity, Id)| places.get(subject).copied().unwrap_or_default();
        for conflict in &self.conflicts {
            groups[at(&conflict.subject)].1.conflicts.push(conflict);
        }
        for change in self.told() {
            groups[at(&change.subject)].1.changes.push(change);
        }
        for kept in &self.deletions_kept {
            groups[at(&kept.subject)].1.kept.push(kept);
        }
        groups.retain(|(_, group)| !group.conflicts.is_empty() || !group.changes.is_empty() || !group.kept.is_empty());
        groups
    }
}
