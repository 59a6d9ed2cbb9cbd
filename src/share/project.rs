//! The plan as it goes: only what the allow-list names, and no row that names one which stays behind.

use super::scope::{self, Scope};
use crate::model::{Batch, Entity, Id, InPlan, Plan, Subject, Value, Visit, refers};
use std::collections::BTreeSet;

struct Take<'a> {
    from: &'a Plan,
    to: &'a mut Plan,
    fields: &'a [&'static str],
}

impl Visit for Take<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        if self.fields.len() == T::FIELDS.len() {
            T::rows_mut(self.to).clone_from(T::rows(self.from));
            return;
        }
        let rows = T::rows(self.from).values().map(|row| {
            let mut goes = T::blank(row.id());
            for field in self.fields {
                let set = goes.set(field, &row.get(field).unwrap_or_default());
                debug_assert!(set.is_ok(), "a field takes what it gave");
            }
            (row.id(), goes)
        });
        *T::rows_mut(self.to) = rows.collect();
    }
}

/// What is done about a row that names one which stays behind.
struct Mend<'a> {
    plan: &'a mut Plan,
    row: Id,
    field: &'static str,
    optional: bool,
}

impl Visit for Mend<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        let rows = T::rows_mut(self.plan);
        match rows.get_mut(&self.row) {
            Some(row) if self.optional => {
                let set = row.set(self.field, &Value::Null);
                debug_assert!(set.is_ok(), "what may be blank can be");
            }
            _ => {
                rows.remove(&self.row);
            }
        }
    }
}

/// The plan as it goes, without signals. A reference to a row that stays behind is blank, and a row that must name
/// one stays behind with it. Of the subjects only those go that signals have which go: `subjects`, by their ids.
#[must_use]
pub fn project(plan: &Plan, scope: &Scope, subjects: &BTreeSet<Id>) -> Plan {
    let mut goes = Plan::default();
    for entity in Entity::ALL.iter().copied() {
        // batches say which files were read: what goes comes in one of its own
        if entity == Entity::Batch {
            continue;
        }
        if let Some(fields) = scope::fields_of(scope, entity) {
            entity.visit(Take { from: plan, to: &mut goes, fields: &fields });
        }
    }
    goes.subjects.retain(|id, _| subjects.contains(id));
    loop {
        let dangling = refers::dangling(&goes);
        if dangling.is_empty() {
            return goes;
        }
        for one in dangling {
            let refers::Reference { from, field, optional, .. } = *one.reference;
            from.visit(Mend { plan: &mut goes, row: one.row, field, optional });
        }
    }
}

/// The ids of subjects, as a plan that maps them has them.
pub(super) fn subject_ids<'s>(plan: Id, subjects: impl Iterator<Item = &'s str>) -> BTreeSet<Id> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    subjects.filter(|text| seen.insert(text)).map(|text| Subject::id_of(plan, text)).collect()
}

/// The batch that shared signals come in.
pub(super) fn batch(id: Id, from: &str, taken_on: chrono::NaiveDate) -> Batch {
    Batch { id, name: format!("Shared by {from}"), taken_on: Some(taken_on), ..Batch::default() }
}

#[cfg(test)]
mod tests {
    use super::super::scope::Part;
    use super::*;
    use crate::model::{
        Action, Evidence, EvidenceLink, Link, Position, Recommendation, Remark, Responsibility, Timescale,
    };

    fn id(name: &str) -> Id {
        Id::NIL.derive(&[name])
    }

    fn put<T: InPlan>(plan: &mut Plan, row: T) {
        T::rows_mut(plan).insert(row.id(), row);
    }

    fn plan() -> Plan {
        let mut plan = Plan::default();
        let (one, act, duty, shows) = (id("r"), id("a"), id("duty"), id("e"));
        put(
            &mut plan,
            Recommendation {
                id: one,
                title: "Published".into(),
                response: "Accepted".into(),
                local_text: "Ours".into(),
                ..Recommendation::default()
            },
        );
        put(&mut plan, Position { id: id("p"), recommendation: one, text: "We stand".into(), ..Position::default() });
        put(&mut plan, Responsibility { id: duty, text: "Duty".into(), ..Responsibility::default() });
        put(&mut plan, Action { id: act, responsibility: Some(duty), text: "Do".into(), ..Action::default() });
        put(&mut plan, Timescale { id: id("t"), responsibility: duty, action: Some(act), ..Timescale::default() });
        put(&mut plan, Link { id: Link::id_of(one, act), recommendation: one, action: act, ..Link::default() });
        put(&mut plan, Evidence { id: shows, text: "Minutes".into(), held: "Drawer 3".into(), ..Evidence::default() });
        let link = EvidenceLink { recommendation: one, evidence: shows, ..EvidenceLink::default() };
        put(&mut plan, EvidenceLink { id: id("el"), ..link });
        for (name, row) in [("at the recommendation", one), ("at the action", act)] {
            let remark =
                Remark { id: id(name), row, text: name.into(), source: "plan.docx".into(), ..Remark::default() };
            put(&mut plan, remark);
        }
        plan
    }

    fn goes(scope: &Scope) -> Plan {
        project(&plan(), scope, &BTreeSet::new())
    }

    #[test]
    fn a_field_that_is_not_allowed_is_blank_and_the_row_keeps_its_id() {
        let goes = goes(&Scope::default().with(Part::Evidence).with(Part::Remarks));
        let evidence = &goes.evidence[&id("e")];
        assert_eq!((evidence.text.as_str(), evidence.held.as_str()), ("Minutes", ""), "what, not where");
        assert!(goes.remarks.values().all(|remark| remark.source.is_empty() && !remark.text.is_empty()), "no file");
        assert_eq!(goes.recommendations[&id("r")].local_text, "Ours", "the CCG's wording goes");
    }

    #[test]
    fn without_actions_nothing_is_left_that_names_one() {
        let goes = goes(&Scope::default().without(Part::Actions).with(Part::Remarks));
        assert!(goes.actions.is_empty() && goes.links.is_empty() && goes.timescales.is_empty(), "they stay together");
        assert_eq!(goes.remarks.len(), 1, "the remark at the action stays with it");
        assert_eq!(refers::dangling(&goes), [], "whole");
    }

    #[test]
    fn evidence_and_its_links_go_together_or_not_at_all() {
        assert!(goes(&Scope::default()).evidence_links.is_empty(), "not unless it is ticked");
        assert_eq!(goes(&Scope::default().with(Part::Evidence)).evidence_links.len(), 1, "both");
    }

    #[test]
    fn responses_can_stay_while_the_recommendation_goes() {
        let row = goes(&Scope::default().without(Part::Responses)).recommendations.remove(&id("r")).expect("goes");
        assert_eq!((row.title.as_str(), row.response.as_str()), ("Published", ""));
    }
}
