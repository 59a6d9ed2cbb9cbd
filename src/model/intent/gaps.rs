//! Answers to gaps: "not an issue, because …", and taking that back.

use super::row_name;
use crate::model::gap::{Gap, Rule};
use crate::model::text::count;
use crate::model::{Edit, EditBuilder, GapAnswer, Plan};
use chrono::NaiveDate;

/// Says of gaps that they are none, and why; one step, however many they are. One that was answered before gets the
/// new reason and date. Without a reason nothing changes: an answer that says nothing is none.
#[must_use]
pub fn answer_gaps(plan: &Plan, gaps: &[&Gap], reason: &str, date: NaiveDate) -> Edit {
    let reason = reason.trim();
    let mut edit = EditBuilder::new(plan, format!("Answer {}", named(plan, gaps)));
    if reason.is_empty() {
        return edit.finish();
    }
    for gap in gaps {
        edit.put(&GapAnswer {
            id: gap.answer_id(plan.id()),
            rule: gap.rule.word().to_owned(),
            row: gap.row,
            about: gap.about.clone(),
            reason: reason.to_owned(),
            date: Some(date),
        });
    }
    edit.finish()
}

/// Takes the answers to gaps back: they are open again.
#[must_use]
pub fn take_back_answers(plan: &Plan, gaps: &[&Gap]) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Reopen {}", named(plan, gaps)));
    for gap in gaps {
        let id = gap.answer_id(plan.id());
        if plan.gap_answers.contains_key(&id) {
            edit.delete::<GapAnswer>(id);
        }
    }
    edit.finish()
}

/// "the gap "no owner" of an action", "22 gaps "no decision"", "3 gaps".
fn named(plan: &Plan, gaps: &[&Gap]) -> String {
    let rule = |rule: Rule| format!("\"{}\"", rule.word());
    match gaps {
        [gap] => format!("the gap {} of {}", rule(gap.rule), row_name(plan, gap.entity, gap.row)),
        [first, rest @ ..] if rest.iter().all(|gap| gap.rule == first.rule) => {
            format!("{} {}", count(gaps.len(), "gap"), rule(first.rule))
        }
        _ => count(gaps.len(), "gap"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, Id, Recommendation, delete};

    fn id(name: &str) -> Id {
        Id::NIL.derive(&[name])
    }

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
    }

    fn plan() -> Plan {
        let mut plan = Plan::default();
        super::super::create_plan(id("plan"), "NHS Northmoor CCG", "Plan", None).apply(&mut plan).expect("fits");
        let mut edit = EditBuilder::new(&plan, "Fill");
        for reference in ["9", "10"] {
            edit.put(&Recommendation { id: id(reference), reference: reference.into(), ..Recommendation::default() });
        }
        edit.finish().apply(&mut plan).expect("fits");
        plan
    }

    fn gap(rule: Rule, reference: &str, about: &str) -> Gap {
        Gap {
            rule,
            entity: Entity::Recommendation,
            row: id(reference),
            other: None,
            about: about.to_owned(),
            text: String::new(),
        }
    }

    #[test]
    fn an_answer_is_one_step_by_a_name_and_can_be_taken_back() {
        let mut plan = plan();
        let (first, second) = (gap(Rule::NoDecision, "9", ""), gap(Rule::NoDecision, "10", ""));
        let edit = answer_gaps(&plan, &[&first, &second], "For the board", day("2013-06-01"));
        assert_eq!(edit.label, "Answer 2 gaps \"no decision\"");
        let before = plan.clone();
        edit.apply(&mut plan).expect("fits");
        assert_eq!(plan.gap_answers.len(), 2);
        let undo = edit.inverse("Undo");
        let mut undone = plan.clone();
        undo.apply(&mut undone).expect("fits");
        assert_eq!(undone, before, "undo takes both back");
        let again = answer_gaps(&plan, &[&first], "Decided on 3 June", day("2013-06-03"));
        assert_eq!(again.label, "Answer the gap \"no decision\" of recommendation 9");
        again.apply(&mut plan).expect("fits");
        assert_eq!(plan.gap_answers[&first.answer_id(plan.id())].reason, "Decided on 3 June", "the new reason");
        let back = take_back_answers(&plan, &[&first]);
        assert_eq!(back.label, "Reopen the gap \"no decision\" of recommendation 9");
        back.apply(&mut plan).expect("fits");
        assert_eq!(plan.gap_answers.len(), 1, "the other stays answered");
        assert!(take_back_answers(&plan, &[&first]).is_empty(), "it was open");
    }

    #[test]
    fn an_answer_without_a_reason_is_none_and_gaps_of_one_row_are_told_apart() {
        let plan = plan();
        let gap_of = |about: &str| gap(Rule::Reference, "9", about);
        assert!(answer_gaps(&plan, &[&gap_of("")], " \n", day("2013-06-01")).is_empty());
        assert_ne!(gap_of("see above").answer_id(plan.id()), gap_of("as above").answer_id(plan.id()));
    }

    #[test]
    fn what_is_deleted_takes_the_answers_to_its_gaps_along() {
        let mut plan = plan();
        let gap = gap(Rule::NoDecision, "9", "");
        answer_gaps(&plan, &[&gap], "For the board", day("2013-06-01")).apply(&mut plan).expect("fits");
        let mut edit = EditBuilder::new(&plan, "Delete");
        delete::row(&mut edit, Entity::Recommendation, id("9"));
        edit.finish().apply(&mut plan).expect("fits");
        assert!(plan.gap_answers.is_empty());
    }
}
