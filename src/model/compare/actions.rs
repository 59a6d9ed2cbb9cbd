//! Which action of one plan is which of the other: by id, then by the same words, else alone.

use super::side::Told;
use super::{Pair, Part, Parts, Side, Work, paired};
use crate::model::text::words_key;
use crate::model::{Action, Entity, Id};
use std::collections::HashSet;

impl Work<'_> {
    /// Pairs the actions of one place in both plans. A joint action that the other plan has elsewhere is still
    /// shown beside ours: what is known of it there is wanted.
    pub(super) fn pairs(&self, mine: &[&Action], theirs: &[&Action]) -> Vec<Pair> {
        if mine.is_empty() && theirs.is_empty() {
            return Vec::new();
        }
        let here: HashSet<Id> = theirs.iter().map(|row| row.id).collect();
        let ours: HashSet<Id> = mine.iter().map(|row| row.id).collect();
        let joint = |id: Id| self.mine.plan.actions.contains_key(&id) && self.theirs.plan.actions.contains_key(&id);
        // a joint action is paired by its id; the rest by words
        let key =
            |row: &Action| if joint(row.id) { (Some(row.id), String::new()) } else { (None, words_key(&row.text)) };
        let mut pairs = Vec::new();
        for (ours_here, theirs_here) in paired(mine, theirs, key, key) {
            let there = |id: Id| self.theirs.plan.actions.get(&id).filter(|_| !here.contains(&id));
            let at_home = |id: Id| self.mine.plan.actions.get(&id).filter(|_| !ours.contains(&id));
            let (one, other, elsewhere) = match (ours_here, theirs_here) {
                (Some(one), None) => (Some(one), there(one.id), there(one.id).is_some()),
                (None, Some(other)) => (at_home(other.id), Some(other), at_home(other.id).is_some()),
                both => (both.0, both.1, false),
            };
            pairs.push(self.pair(one, other, elsewhere));
        }
        pairs
    }

    fn pair(&self, mine: Option<&Action>, theirs: Option<&Action>, elsewhere: bool) -> Pair {
        let mut pair =
            Pair { mine: mine.map(|row| row.id), theirs: theirs.map(|row| row.id), elsewhere, ..Pair::default() };
        let (Some(ours), Some(other)) = (mine, theirs) else {
            pair.differs.insert(Part::Actions);
            return pair;
        };
        pair.joint = ours.id == other.id;
        pair.differs = differing(self.mine, ours, self.theirs, other);
        if elsewhere {
            pair.differs.insert(Part::Actions);
        }
        if pair.joint && !self.theirs.withheld.hides(Entity::Update, "note") {
            let theirs = self.theirs.index.updates(self.theirs.plan, other.id);
            let unknown = theirs.iter().filter(|row| !self.mine.plan.updates.contains_key(&row.id));
            pair.news = unknown.map(|row| row.id).collect();
        }
        pair
    }
}

fn differing<'p>(mine: Side<'p>, ours: &'p Action, theirs: Side<'p>, other: &'p Action) -> Parts {
    let mut differs = Parts::default();
    for part in [Part::Actions, Part::Progress, Part::Owner, Part::Due] {
        let (a, b): (Told<'_>, Told<'_>) = (mine.told_of(part, ours), theirs.told_of(part, other));
        if a.same(&b) == Some(false) {
            differs.insert(part);
        }
    }
    differs
}
