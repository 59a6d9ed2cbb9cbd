//! A plan's rows by what they belong to, worked out once a revision: what lists of thousands are
//! drawn and printed from.

use super::due::Due;
use super::plan::current_of;
use super::{Action, Evidence, Id, Plan, Position, Recommendation, Remark, Revision, Timescale, Update};
use chrono::NaiveDate;
use std::collections::HashMap;

/// When an action is due, and by whose words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectiveDue<'p> {
    /// The words as they were written; more than one where several timescales were paired with it.
    pub words: Vec<&'p str>,
    /// What each comes to.
    pub readings: Vec<Due>,
    /// They stand at its responsibility, not at itself.
    pub inherited: bool,
}

impl EffectiveDue<'_> {
    /// The words in one line; blank where there are none.
    #[must_use]
    pub fn text(&self) -> String {
        self.words.join("; ")
    }
}

/// Which rows belong to which. Holds ids only, so that it can live beside the plan it was made of;
/// asked about any other plan it gives what both know.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Recommendations in the grid's order.
    pub recommendations: Vec<Id>,
    positions: HashMap<Id, Vec<Id>>,
    actions: HashMap<Id, Vec<Id>>,
    served: HashMap<Id, Vec<Id>>,
    under: HashMap<Option<Id>, Vec<Id>>,
    timescales: HashMap<Id, Vec<Id>>,
    updates: HashMap<Id, Vec<Id>>,
    revisions: HashMap<Id, Vec<Id>>,
    evidence: HashMap<Id, Vec<Id>>,
    shown: HashMap<Id, Vec<Id>>,
    remarks: HashMap<Id, Vec<Id>>,
}

impl Index {
    /// Sorts a plan's rows to what they belong to.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut index = Self {
            recommendations: plan.recommendations_in_order().iter().map(|row| row.id).collect(),
            ..Self::default()
        };
        for row in sorted(plan.positions.values(), |row| (row.as_at, row.id)) {
            index.positions.entry(row.recommendation).or_default().push(row.id);
        }
        for link in sorted(plan.links.values(), |link| (&link.order, link.id)) {
            index.actions.entry(link.recommendation).or_default().push(link.action);
        }
        for recommendation in &index.recommendations {
            for action in index.actions.get(recommendation).into_iter().flatten() {
                index.served.entry(*action).or_default().push(*recommendation);
            }
        }
        for action in sorted(plan.actions.values(), |row| (&row.order, row.id)) {
            index.under.entry(action.responsibility).or_default().push(action.id);
        }
        for row in sorted(plan.timescales.values(), |row| (&row.order, row.id)) {
            index.timescales.entry(row.responsibility).or_default().push(row.id);
        }
        for row in sorted(plan.updates.values(), |row| (row.date, row.id)) {
            index.updates.entry(row.action).or_default().push(row.id);
        }
        for row in sorted(plan.revisions.values(), |row| (row.date, row.id)) {
            index.revisions.entry(row.timescale).or_default().push(row.id);
        }
        for link in sorted(plan.evidence_links.values(), |link| (&link.order, link.id)) {
            index.evidence.entry(link.recommendation).or_default().push(link.evidence);
        }
        for recommendation in &index.recommendations {
            for evidence in index.evidence.get(recommendation).into_iter().flatten() {
                index.shown.entry(*evidence).or_default().push(*recommendation);
            }
        }
        for row in plan.remarks_in_order() {
            index.remarks.entry(row.row).or_default().push(row.id);
        }
        index
    }

    /// The positions of a recommendation: undated first, then by date.
    #[must_use]
    pub fn positions<'p>(&self, plan: &'p Plan, recommendation: Id) -> Vec<&'p Position> {
        rows(self.positions.get(&recommendation), &plan.positions)
    }

    /// Where the CCG stood on a recommendation at a date; see [`current_of`].
    #[must_use]
    pub fn positions_at<'p>(&self, plan: &'p Plan, recommendation: Id, as_at: NaiveDate) -> Vec<&'p Position> {
        current_of(&self.positions(plan, recommendation), as_at)
    }

    /// The actions that serve a recommendation, in its order.
    #[must_use]
    pub fn actions<'p>(&self, plan: &'p Plan, recommendation: Id) -> Vec<&'p Action> {
        rows(self.actions.get(&recommendation), &plan.actions)
    }

    /// The recommendations an action serves, in the grid's order.
    #[must_use]
    pub fn served<'p>(&self, plan: &'p Plan, action: Id) -> Vec<&'p Recommendation> {
        rows(self.served.get(&action), &plan.recommendations)
    }

    /// Whether an action serves a recommendation.
    #[must_use]
    pub fn serves_any(&self, action: Id) -> bool {
        self.served.contains_key(&action)
    }

    /// The actions under a responsibility or, for `None`, under none.
    #[must_use]
    pub fn actions_under<'p>(&self, plan: &'p Plan, responsibility: Option<Id>) -> Vec<&'p Action> {
        rows(self.under.get(&responsibility), &plan.actions)
    }

    /// The timescales of a responsibility.
    #[must_use]
    pub fn timescales<'p>(&self, plan: &'p Plan, responsibility: Id) -> Vec<&'p Timescale> {
        rows(self.timescales.get(&responsibility), &plan.timescales)
    }

    /// When an action is due: by its own words, else by the timescales that were paired with it,
    /// else by the only timescale of its responsibility.
    #[must_use]
    pub fn due<'p>(&self, plan: &'p Plan, action: &'p Action) -> EffectiveDue<'p> {
        if !action.due_words.is_empty() || !action.due_reading.is_empty() {
            let readings = vec![Due::of(&action.due_words, &action.due_reading, plan.due_anchor())];
            return EffectiveDue { words: vec![&action.due_words], readings, inherited: false };
        }
        let all = action.responsibility.map(|id| self.timescales(plan, id)).unwrap_or_default();
        let paired: Vec<&Timescale> = all.iter().copied().filter(|row| row.action == Some(action.id)).collect();
        let its = match (&paired[..], &all[..]) {
            ([], [only]) if only.action.is_none() => all,
            _ => paired,
        };
        EffectiveDue {
            words: its.iter().map(|row| row.words.as_str()).collect(),
            readings: its.iter().map(|row| Due::of(&row.words, &row.reading, plan.due_anchor())).collect(),
            inherited: !its.is_empty(),
        }
    }

    /// Whether an action is late as at a date. One that is done with, on hold or tentative never is.
    #[must_use]
    pub fn is_overdue(&self, plan: &Plan, action: &Action, as_at: NaiveDate) -> bool {
        use super::ActionState::{Complete, NoLongerNeeded, OnHold};
        let open = !action.tentative && !matches!(action.state, Complete | NoLongerNeeded | OnHold);
        open && self.due(plan, action).readings.iter().any(|due| due.is_past(as_at))
    }

    /// The notes on an action, oldest first.
    #[must_use]
    pub fn updates<'p>(&self, plan: &'p Plan, action: Id) -> Vec<&'p Update> {
        rows(self.updates.get(&action), &plan.updates)
    }

    /// How a timescale was revised, oldest first.
    #[must_use]
    pub fn revisions<'p>(&self, plan: &'p Plan, timescale: Id) -> Vec<&'p Revision> {
        rows(self.revisions.get(&timescale), &plan.revisions)
    }

    /// The evidence that stands behind a recommendation, in its order.
    #[must_use]
    pub fn evidence<'p>(&self, plan: &'p Plan, recommendation: Id) -> Vec<&'p Evidence> {
        rows(self.evidence.get(&recommendation), &plan.evidence)
    }

    /// The recommendations that evidence stands behind, in the grid's order.
    #[must_use]
    pub fn shown_by<'p>(&self, plan: &'p Plan, evidence: Id) -> Vec<&'p Recommendation> {
        rows(self.shown.get(&evidence), &plan.recommendations)
    }

    /// What documents said of a recommendation, action or responsibility that the plan has no field for.
    #[must_use]
    pub fn remarks<'p>(&self, plan: &'p Plan, row: Id) -> Vec<&'p Remark> {
        rows(self.remarks.get(&row), &plan.remarks)
    }
}

fn sorted<'p, T, K: Ord>(rows: impl Iterator<Item = &'p T>, key: impl Fn(&'p T) -> K) -> Vec<&'p T> {
    let mut rows: Vec<&T> = rows.collect();
    rows.sort_by_key(|row| key(row));
    rows
}

fn rows<'p, T>(ids: Option<&Vec<Id>>, of: &'p super::Rows<T>) -> Vec<&'p T> {
    ids.into_iter().flatten().filter_map(|id| of.get(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EditBuilder, Responsibility, Timescale};

    #[test]
    fn an_action_is_due_by_its_own_words_then_by_its_timescale_then_by_the_only_one() {
        let id = |name: &str| Id::NIL.derive(&[name]);
        let mut plan = Plan::default();
        let mut edit = EditBuilder::new(&plan, "Fill");
        for name in ["one", "many"] {
            edit.put(&Responsibility { id: id(name), text: name.into(), ..Responsibility::default() });
        }
        let action = |name: &str, of: &str, due: &str| Action {
            id: id(name),
            responsibility: Some(id(of)),
            due_words: due.into(),
            ..Action::default()
        };
        let actions = [
            action("own", "one", "July 2013"),
            action("heir", "one", ""),
            action("paired", "many", ""),
            action("open", "many", ""),
        ];
        actions.iter().for_each(|action| edit.put(action));
        let timescale = |name: &str, of: &str, action: Option<Id>| Timescale {
            id: id(name),
            responsibility: id(of),
            words: name.into(),
            action,
            ..Timescale::default()
        };
        edit.put(&timescale("June 2013", "one", None));
        edit.put(&timescale("August 2013", "many", Some(id("paired"))));
        edit.put(&timescale("October 2013", "many", None));
        edit.finish().apply(&mut plan).expect("fits");
        let index = Index::of(&plan);
        let due = |name: &str| index.due(&plan, &plan.actions[&id(name)]).text();
        assert_eq!(
            [due("own"), due("heir"), due("paired"), due("open")],
            ["July 2013", "June 2013", "August 2013", ""],
            "never paired by guess"
        );
        let day = |month| NaiveDate::from_ymd_opt(2013, month, 1).expect("a date");
        let late = |name: &str, month| index.is_overdue(&plan, &plan.actions[&id(name)], day(month));
        assert_eq!(
            [late("heir", 6), late("heir", 7), late("open", 12)],
            [false, true, false],
            "by the due it inherits"
        );
    }

    #[test]
    fn a_due_without_a_year_is_counted_from_the_plans_date_whatever_the_view() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        let id = Id::NIL.derive(&["action"]);
        let late = |dated: Option<NaiveDate>, as_at: NaiveDate| {
            let mut plan = Plan::default();
            crate::model::intent::create_plan(Id::NIL.derive(&["plan"]), "Northmoor", "Plan", dated)
                .apply(&mut plan)
                .expect("fits");
            let mut edit = EditBuilder::new(&plan, "Fill");
            edit.put(&Action { id, due_words: "by 31 July".into(), ..Action::default() });
            edit.finish().apply(&mut plan).expect("fits");
            Index::of(&plan).is_overdue(&plan, &plan.actions[&id], as_at)
        };
        let paper = Some(day(2013, 5, 28));
        assert!(!late(paper, day(2013, 7, 31)), "on the day");
        assert!(late(paper, day(2013, 8, 1)), "the day after");
        assert!(late(paper, day(2014, 6, 1)), "a later view does not move it into its own year");
        assert!(!late(None, day(2014, 6, 1)), "a plan without a date gives it no year");
    }
}
