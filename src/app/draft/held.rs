//! Drafts held against a plan that changed under them.

use super::{Asks, Began, Draft, DraftKey, Drafts, clean, position_text, saved_text};
use crate::model::intent::{place_name, row_name};
use crate::model::{Entity, Id, Plan};

/// How a draft stands to a plan that others changed.
enum Stands {
    /// It can be saved.
    Free,
    /// Nothing is left to save: they wrote the same, or nothing was changed here.
    Settled,
    /// It becomes a position beside this one, of the same date.
    Beside(Id),
    /// They wrote this there.
    Changed(String),
    /// They deleted the row.
    Gone,
}

impl Draft {
    fn stands(&self, key: DraftKey, now: &Plan) -> Stands {
        let mine = clean(&self.text);
        let theirs = match key {
            DraftKey::Field(entity, id, _) if !now.has(entity, id) => return Stands::Gone,
            DraftKey::Field(..) => saved_text(now, key),
            DraftKey::Position(recommendation, _) if !now.has(Entity::Recommendation, recommendation) => {
                return Stands::Gone;
            }
            DraftKey::New(_, recommendation, _) if !now.has(Entity::Recommendation, recommendation) => {
                return Stands::Gone;
            }
            DraftKey::New(entity, _, id) if self.began.row.is_some() && !now.has(entity, id) => return Stands::Gone,
            DraftKey::New(..) => saved_text(now, key),
            DraftKey::Position(..) => match self.began.row {
                Some(row) if !now.has(Entity::Position, row) => return Stands::Gone,
                Some(row) => position_text(now, row),
                None => return Began::of(now, key).row.map_or(Stands::Free, Stands::Beside),
            },
        };
        if theirs == self.began.text {
            Stands::Free
        } else if theirs == mine || mine == clean(&self.began.text) {
            Stands::Settled
        } else {
            Stands::Changed(theirs)
        }
    }
}

/// What holding drafts against a changed plan came to.
#[derive(Debug, Default)]
pub(in crate::app) struct HeldDrafts {
    /// A person must decide about these.
    pub(in crate::app) asking: Vec<DraftKey>,
    /// These become a second position of their date, beside that one.
    pub(in crate::app) beside: Vec<(DraftKey, Id)>,
}

impl Drafts {
    /// Follows a change of our own: what was typed on top of it began from it, and what waited for a row
    /// that is back can go on.
    pub(in crate::app) fn follow(&mut self, before: &Plan, after: &Plan) {
        for (key, draft) in &mut self.drafts {
            if matches!(draft.asks, Some(Asks::Gone { .. })) {
                match draft.stands(*key, after) {
                    Stands::Gone => {}
                    Stands::Changed(theirs) => draft.asks = Some(Asks::Changed { theirs }),
                    Stands::Free | Stands::Settled | Stands::Beside(_) => draft.asks = None,
                }
                continue;
            }
            let (was, is) = (Began::of(before, *key), Began::of(after, *key));
            if draft.began == was && was != is {
                draft.began = is;
            }
        }
    }

    /// Holds every draft against a plan that others changed. Gives those that a person must decide about
    /// and did not have to before, and those that become a second position of their date.
    pub(in crate::app) fn hold(&mut self, before: &Plan, now: &Plan) -> HeldDrafts {
        let mut held = HeldDrafts::default();
        let mut done = Vec::new();
        for (key, draft) in &mut self.drafts {
            let asked = draft.asks.take();
            match draft.stands(*key, now) {
                Stands::Free => {}
                Stands::Settled => done.push(*key),
                Stands::Beside(other) => {
                    if before.positions.get(&other) != now.positions.get(&other) {
                        held.beside.push((*key, other));
                    }
                }
                Stands::Changed(theirs) => draft.asks = Some(Asks::Changed { theirs }),
                Stands::Gone => {
                    let name = match (asked.clone(), key) {
                        (Some(Asks::Gone { name }), _) => name,
                        (_, DraftKey::Field(entity, id, _)) => place_name(before, *entity, *id, "text"),
                        (_, DraftKey::New(entity, _, id)) if draft.began.row.is_some() => {
                            place_name(before, *entity, *id, "text")
                        }
                        (_, DraftKey::Position(id, _) | DraftKey::New(_, id, _)) => {
                            row_name(before, Entity::Recommendation, *id)
                        }
                    };
                    draft.asks = Some(Asks::Gone { name });
                }
            }
            if draft.asks.is_some() && draft.asks != asked {
                draft.sent = false;
                held.asking.push(*key);
            }
        }
        for key in done {
            self.drafts.remove(&key);
        }
        held
    }
}
