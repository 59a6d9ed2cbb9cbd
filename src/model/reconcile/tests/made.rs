//! Copies with a history, and random steps that they go.

use super::super::{History, Place};
use crate::model::{
    Action, CrossReference, Edit, EditBuilder, Entity, Id, Link, Plan, Position, Recommendation, Remark,
    Responsibility, Theme, Timescale, Update, delete, intent, order,
};
use proptest::prelude::*;
use std::convert::Infallible;

pub(super) fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

/// A copy of a plan with its journal.
#[derive(Debug, Clone)]
pub(super) struct Copied {
    pub(super) plan: Plan,
    pub(super) ids: Vec<Id>,
    was: Vec<(Id, usize)>,
    edits: Vec<Edit>,
    share: Option<Id>,
    made: usize,
    /// Entries before this one are not typed on in.
    pub(super) settled: usize,
}

impl History for Copied {
    type Error = Infallible;

    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn ids(&self) -> &[Id] {
        &self.ids
    }

    fn was(&self) -> &[(Id, usize)] {
        &self.was
    }

    fn share_base(&self) -> Option<Id> {
        self.share
    }

    fn edits_after(&self, place: usize) -> Result<Vec<Edit>, Infallible> {
        Ok(self.edits[place + 1..].to_vec())
    }

    fn edit_at(&self, place: usize) -> Result<Option<Edit>, Infallible> {
        Ok(self.edits.get(place).cloned())
    }
}

/// One random step: what is done, to which row, with which words.
pub(super) type Step = (u8, u8, u8);

pub(super) fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec((0..18u8, any::<u8>(), any::<u8>()), 0..most)
}

/// Whether any text may stand in a place.
pub(super) fn is_free(place: Place) -> bool {
    ["text", "local_text", "title", "owner", "note", "words", "due_words"].contains(&place.field)
}

impl Copied {
    pub(super) fn new() -> Self {
        let mut copy =
            Self { plan: Plan::default(), ids: vec![], was: vec![], edits: vec![], share: None, made: 0, settled: 0 };
        copy.write(intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None));
        copy
    }

    /// A copy for sharing: the plan less what is withheld, with a journal of one entry.
    pub(super) fn shared(&self, withhold: impl FnOnce(&mut Plan)) -> Self {
        let mut plan = self.plan.clone();
        withhold(&mut plan);
        let ids = vec![id("the share's first entry")];
        let share = self.ids.last().copied();
        Self { plan, ids, was: vec![], edits: vec![Edit::default()], share, made: 0, settled: 0 }
    }

    pub(super) fn write(&mut self, edit: Edit) {
        if edit.is_empty() {
            return;
        }
        edit.apply(&mut self.plan).expect("fits");
        // an id that no other copy's entry has: a copy goes on with what it alone did
        let what = format!("{:?}", edit.changes);
        let last = self.ids.last().copied().unwrap_or_default();
        self.ids.push(last.derive(&[&what, &edit.label]));
        self.edits.push(edit);
    }

    pub(super) fn put(&mut self, label: &str, change: impl FnOnce(&mut EditBuilder<'_>)) {
        let mut edit = EditBuilder::new(&self.plan, label);
        change(&mut edit);
        let edit = edit.finish();
        self.write(edit);
    }

    /// Goes on typing in the field of the last entry.
    pub(super) fn extend_last(&mut self, text: &str) {
        let place = self.edits.len() - 1;
        let [change] = self.edits[place].changes.as_mut_slice() else { return };
        if place < self.settled || !["local_text", "text"].contains(&change.field) {
            return;
        }
        let was = self.ids[place];
        let after = crate::model::Value::Text(text.to_owned());
        let typed = crate::model::Change { before: change.after.clone(), after: after.clone(), ..change.clone() };
        if typed.before == after || change.before == after {
            return;
        }
        change.after = after;
        Edit { label: String::new(), changes: vec![typed] }.apply(&mut self.plan).expect("fits");
        self.was.push((was, place));
        self.ids[place] = was.derive(&["typed on", text]);
    }

    /// One step of a side. Words are mostly its own, sometimes those that the other side would use, too.
    pub(super) fn act(&mut self, side: &'static str, (what, which, word): Step) {
        self.made += 1;
        let own = format!("{side} {}", self.made);
        let words = if word % 5 == 0 { format!("common {}", word % 3) } else { own.clone() };
        let new = if word % 7 == 0 { id(&format!("new {which}")) } else { id(&own) };
        let plan = self.plan.clone();
        let pick = |entity: Entity| {
            let ids = plan.ids(entity);
            if ids.is_empty() { None } else { Some(ids[usize::from(which) % ids.len()]) }
        };
        let label = own.clone();
        match what {
            0 => self.put(&label, |edit| edit.put(&Theme { id: new, title: words, order: key(word) })),
            1 | 2 => self.put(&label, |edit| {
                let id = if plan.recommendations.contains_key(&new) { id(&own) } else { new };
                let theme = pick(Entity::Theme);
                edit.put(&Recommendation { id, theme, local_text: words, ..Recommendation::default() });
            }),
            3 => self.update::<Recommendation>(&label, pick(Entity::Recommendation), |row| row.local_text = words),
            4 => self.update::<Recommendation>(&label, pick(Entity::Recommendation), |row| {
                row.theme = plan.themes.keys().nth(usize::from(word) % 3).copied();
            }),
            5 => {
                let Some(recommendation) = pick(Entity::Recommendation) else { return };
                let as_at = chrono::NaiveDate::from_ymd_opt(2013, 1 + u32::from(word % 3), 1);
                let row = Position { id: id(&own), recommendation, as_at, text: words, ..Position::default() };
                self.put(&label, |edit| edit.put(&row));
            }
            6 => self.update::<Position>(&label, pick(Entity::Position), |row| row.text = words),
            7 => {
                let action = Action { id: id(&own), text: words, order: key(word), ..Action::default() };
                let responsibility = plan.responsibilities.keys().nth(usize::from(word) % 4).copied();
                let edit = intent::add_action(&plan, Action { responsibility, ..action }, pick(Entity::Recommendation));
                self.write(Edit { label, ..edit });
            }
            8 => self.update::<Action>(&label, pick(Entity::Action), |row| row.text = words),
            9 => self.update::<Action>(&label, pick(Entity::Action), |row| {
                row.partners = format!("{}, p{}", row.partners, word % 6).trim_matches([',', ' ']).to_owned();
            }),
            10 => self.update::<Action>(&label, pick(Entity::Action), |row| {
                row.partners = row.partners.split_once(", ").map_or(String::new(), |(_, rest)| rest.to_owned());
            }),
            11 => self.update::<Action>(&label, pick(Entity::Action), |row| row.order = key(word)),
            12 => {
                let Some(action) = pick(Entity::Action) else { return };
                let recommendation = plan.recommendations.keys().nth(usize::from(word) % 4).copied();
                let Some(recommendation) = recommendation else { return };
                if plan.links.contains_key(&Link::id_of(recommendation, action)) {
                    self.put(&label, |edit| edit.delete::<Link>(Link::id_of(recommendation, action)));
                } else {
                    self.put(&label, |edit| intent::put_link(edit, recommendation, action));
                }
            }
            13 => self.put(&label, |edit| {
                let under = id(&own);
                edit.put(&Responsibility { id: under, text: words.clone(), order: key(word) });
                let timescale = Timescale { id: id(&words), responsibility: under, words, ..Timescale::default() };
                edit.put(&Timescale { action: pick(Entity::Action), ..timescale });
            }),
            14 => {
                let Some(row) = pick(Entity::Action).or_else(|| pick(Entity::Recommendation)) else { return };
                self.put(&label, |edit| {
                    edit.put(&Remark { id: id(&own), row, text: words.clone(), ..Remark::default() });
                    if plan.actions.contains_key(&row) {
                        edit.put(&Update { id: new, action: row, note: words, ..Update::default() });
                    }
                    if let Some(recommendation) = pick(Entity::Recommendation) {
                        let target = plan.recommendations.keys().next().copied();
                        let row = CrossReference { id: id(&own), recommendation, words: "See".into(), target };
                        edit.put(&row);
                    }
                });
            }
            15 => {
                // a merge stays: taking it back is no change of this side's own
                let own = |edit: &&Edit| self.edits.len() > 1 && edit.label != "Merge";
                let Some(edit) = self.edits.last().filter(own) else { return };
                let undo = edit.inverse(format!("Undo {label}"));
                self.write(undo);
            }
            16 => self.extend_last(&words),
            _ => {
                let kinds = [
                    Entity::Theme,
                    Entity::Recommendation,
                    Entity::Action,
                    Entity::Responsibility,
                    Entity::Position,
                    Entity::Timescale,
                ];
                let entity = kinds[usize::from(word) % kinds.len()];
                if let Some(row) = pick(entity) {
                    self.put(&label, |edit| delete::row(edit, entity, row));
                }
            }
        }
    }

    fn update<T: crate::model::InPlan>(&mut self, label: &str, row: Option<Id>, change: impl FnOnce(&mut T)) {
        if let Some(row) = row {
            self.put(label, |edit| edit.update::<T>(row, change));
        }
    }
}

fn key(word: u8) -> String {
    order::after("", 40).swap_remove(usize::from(word) % 40)
}
