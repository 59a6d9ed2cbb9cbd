//! What is taken over from a neighbour's plan: a position's words, a wording, an action, a recommendation. Each names
//! its source in a remark where it stands and in the edit's label, and taking it over twice changes nothing.
//!
//! What is taken over is words, never a judgement: a position comes without its state, an action is not started,
//! an acceptance stays theirs. How far they have got with a joint action is seen when the plans are compared.

use super::{put_action, row_name};
use crate::model::compare::{Part, Side, due_of, matching, source_name};
use crate::model::due::Due;
use crate::model::text::{same_words, words_key};
use crate::model::{
    Action, Edit, EditBuilder, Entity, Id, Link, Plan, Position, Recommendation, Remark, Report, order,
    plan::current_of,
};
use chrono::NaiveDate;

/// The heading under which a source is named.
pub const TAKEN_FROM: &str = "Taken from";

/// What can be taken over from a neighbour's plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Adopt {
    /// Their position's words as a new position of ours.
    Position {
        /// Our recommendation.
        mine: Id,
        /// Theirs.
        theirs: Id,
    },
    /// Their local title and wording in place of ours.
    Wording {
        /// Our recommendation.
        mine: Id,
        /// Theirs.
        theirs: Id,
    },
    /// Their action, under its id, so that it is one action in both plans.
    Action {
        /// The action.
        theirs: Id,
    },
    /// A recommendation that only they have, with its position and actions.
    Recommendation {
        /// Theirs.
        theirs: Id,
    },
}

impl Adopt {
    /// The edit that takes it over; empty where our plan has it already or there is nothing to take. A position is
    /// dated `as_at`, and what stands there stays.
    #[must_use]
    pub fn edit(self, plan: &Plan, theirs: Side<'_>, as_at: NaiveDate) -> Edit {
        let mut taking = Taking { edit: EditBuilder::new(plan, ""), theirs, from: source_name(theirs.plan), as_at };
        let what = match self {
            Self::Position { mine, theirs } => taking.position(mine, theirs),
            Self::Wording { mine, theirs } => taking.wording(mine, theirs),
            Self::Action { theirs } => taking.action(theirs),
            Self::Recommendation { theirs } => taking.recommendation(theirs),
        };
        let Some(what) = what.filter(|_| !taking.edit.is_empty()) else { return Edit::default() };
        let label = format!("Take over {what} from {}", taking.from);
        taking.edit.label(label);
        taking.edit.finish()
    }
}

struct Taking<'p> {
    edit: EditBuilder<'p>,
    theirs: Side<'p>,
    from: String,
    as_at: NaiveDate,
}

impl Taking<'_> {
    /// Says at a row where something of it comes from.
    fn name_source(&mut self, row: Id, what: &str) {
        let text = if what.is_empty() { self.from.clone() } else { format!("{} ({what})", self.from) };
        let id = row.derive(&[TAKEN_FROM, &text]);
        if self.edit.current::<Remark>(id).is_some() {
            return;
        }
        let before = self.edit.plan().remarks.values().map(|row| row.order.as_str());
        let added = self.edit.added::<Remark>();
        let last = before.chain(added.iter().map(|row| row.order.as_str())).max().unwrap_or_default();
        let order = order::between(last, "");
        self.edit.put(&Remark { id, order, row, label: TAKEN_FROM.to_owned(), text, source: String::new() });
    }

    fn position(&mut self, mine: Id, theirs: Id) -> Option<String> {
        self.put_position(mine, theirs)?;
        self.name_source(mine, "position");
        Some(format!("the position on {}", row_name(self.edit.plan(), Entity::Recommendation, mine)))
    }

    /// Puts their words as a position of the date; `None` where there are none, or ours says them.
    fn put_position(&mut self, mine: Id, theirs: Id) -> Option<()> {
        let told = self.theirs.told(Part::Position, theirs);
        let words = told.text();
        self.edit.current::<Recommendation>(mine)?;
        let positions = self.edit.plan().positions_of(mine);
        let says = |row: &&Position| same_words(&row.text, words);
        if words.is_empty() || current_of(&positions, self.as_at).iter().any(says) {
            return None;
        }
        let as_at = self.as_at.to_string();
        let base = mine.derive(&["position", TAKEN_FROM, &self.theirs.plan.id().to_string(), &as_at, words]);
        let mut id = base;
        // one that was taken over before, and reworded since, stays
        for again in 1.. {
            if self.edit.current::<Position>(id).is_none() {
                break;
            }
            id = base.derive(&["again", &format!("{again}")]);
        }
        let (recommendation, text) = (mine, words.to_owned());
        let state = current_of(&positions, self.as_at).last().and_then(|row| row.state);
        self.edit.put(&Position { id, recommendation, as_at: Some(self.as_at), text, state });
        Some(())
    }

    fn wording(&mut self, mine: Id, theirs: Id) -> Option<String> {
        let theirs = self.theirs.plan.recommendations.get(&theirs)?;
        let ours = self.edit.current::<Recommendation>(mine)?;
        if theirs.local_title.is_empty() && theirs.local_text.is_empty() {
            return None;
        }
        if same_words(&ours.local_title, &theirs.local_title) && same_words(&ours.local_text, &theirs.local_text) {
            return None;
        }
        self.edit.update::<Recommendation>(mine, |row| {
            // what they have not worded themselves leaves ours as it is
            for (ours, theirs) in
                [(&mut row.local_title, &theirs.local_title), (&mut row.local_text, &theirs.local_text)]
            {
                if !theirs.is_empty() {
                    theirs.clone_into(ours);
                }
            }
        });
        self.name_source(mine, "wording");
        Some(format!("the wording of {}", row_name(self.edit.plan(), Entity::Recommendation, mine)))
    }

    fn action(&mut self, id: Id) -> Option<String> {
        let serves: Vec<Id> = self.theirs.index.served(self.theirs.plan, id).iter().map(|row| row.id).collect();
        let ours = matching(self.edit.plan(), self.theirs.plan, &serves);
        self.put_action(id, ours.into_iter().flatten())
    }

    /// Puts their action at recommendations of ours; one that is here already is only linked.
    fn put_action(&mut self, id: Id, serves: impl Iterator<Item = Id>) -> Option<String> {
        let theirs = self.theirs.plan.actions.get(&id)?;
        let known = self.edit.current::<Action>(id).is_some();
        if !known {
            let plan = self.edit.plan();
            let key = |text: &str| words_key(text);
            let responsibility = theirs.responsibility.and_then(|of| self.theirs.plan.responsibilities.get(&of));
            let responsibility = responsibility.and_then(|wanted| {
                let same = plan.responsibilities.get(&wanted.id);
                let by_words = || plan.responsibilities.values().find(|row| key(&row.text) == key(&wanted.text));
                same.or_else(by_words).map(|row| row.id)
            });
            let due_words = due_of(self.theirs.plan, self.theirs.index, theirs).into_owned();
            let due_reading = self.reading(theirs, &due_words);
            let action = Action {
                id,
                text: theirs.text.clone(),
                responsibility,
                owner: theirs.owner.clone(),
                partners: theirs.partners.clone(),
                tentative: theirs.tentative,
                due_words,
                due_reading,
                ..Action::default()
            };
            put_action(&mut self.edit, action, None);
            self.name_source(id, "");
        }
        let before = self.edit.is_empty();
        let mut linked = false;
        for recommendation in serves {
            linked |= self.link(recommendation, id);
        }
        (!before || linked).then(|| if known { "what an action serves".to_owned() } else { "an action".to_owned() })
    }

    /// A person's reading of the due, and where words without a year would here be read with another year than in
    /// their plan, the reading that they have there.
    fn reading(&self, theirs: &Action, words: &str) -> String {
        if !theirs.due_reading.is_empty() && !theirs.due_words.is_empty() {
            return theirs.due_reading.clone();
        }
        let there = Due::of(words, "", self.theirs.plan.due_anchor());
        let here = Due::of(words, "", self.edit.plan().due_anchor());
        if there == here || there == Due::None { String::new() } else { there.code() }
    }

    /// Links an action at the end of a recommendation's; whether it was not.
    fn link(&mut self, recommendation: Id, action: Id) -> bool {
        let id = Link::id_of(recommendation, action);
        if self.edit.current::<Link>(id).is_some() {
            return false;
        }
        let before = self.edit.plan().links.values().filter(|link| link.recommendation == recommendation);
        let added = self.edit.added::<Link>();
        let added = added.iter().filter(|link| link.recommendation == recommendation);
        let last = before.chain(added).map(|link| link.order.clone()).max().unwrap_or_default();
        self.edit.put(&Link { id, recommendation, action, order: order::between(&last, "") });
        true
    }

    fn recommendation(&mut self, theirs: Id) -> Option<String> {
        let row = self.theirs.plan.recommendations.get(&theirs)?;
        let plan = self.edit.plan();
        if matching(plan, self.theirs.plan, &[theirs])[0].is_some() {
            return None;
        }
        self.put_report(&row.report);
        let mut id = Recommendation::id_of(plan.id(), &row.report, &row.reference);
        if plan.recommendations.contains_key(&id) {
            // one of our own with that number is another one
            id = plan.id().derive(&["recommendation", TAKEN_FROM, &row.id.to_string()]);
        }
        if plan.recommendations.contains_key(&id) {
            return None;
        }
        let title = row.theme.and_then(|of| self.theirs.plan.themes.get(&of)).map_or("", |theme| &theme.title);
        let theme = plan.themes.values().find(|theme| !title.is_empty() && words_key(&theme.title) == words_key(title));
        let theme = theme.map(|theme| theme.id);
        let last = plan.recommendations.values().filter(|other| other.theme == theme).map(|other| &other.order).max();
        self.edit.put(&Recommendation {
            id,
            order: order::between(last.map_or("", String::as_str), ""),
            theme,
            acceptance: None,
            acceptance_date: None,
            acceptance_reason: String::new(),
            ..row.clone()
        });
        self.put_position(id, theirs);
        for action in self.theirs.index.actions(self.theirs.plan, theirs) {
            let serves: Vec<Id> =
                self.theirs.index.served(self.theirs.plan, action.id).iter().map(|row| row.id).collect();
            let ours = matching(plan, self.theirs.plan, &serves);
            self.put_action(action.id, ours.into_iter().flatten().chain([id]));
        }
        self.name_source(id, "");
        Some(format!("recommendation {}", row.reference))
    }

    /// The report that a recommendation comes from, where ours does not answer it yet.
    fn put_report(&mut self, key: &str) {
        let plan = self.edit.plan();
        if key.is_empty() || plan.reports.values().any(|report| report.key == key) {
            return;
        }
        if let Some(report) = self.theirs.plan.reports.values().find(|report| report.key == key) {
            self.edit.put(&Report { id: plan.id().derive(&["report", key]), ..report.clone() });
        }
    }
}

#[cfg(test)]
mod tests;
