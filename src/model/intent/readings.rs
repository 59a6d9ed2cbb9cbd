//! Readings that stay what they were.

use crate::model::due::{Due, read_from};
use crate::model::{Action, EditBuilder, PlanInfo, Timescale};

/// When an edit moves the plan's own date, due words without a year keep the year they were read
/// with: "by 31 July" of a paper of May 2013 must not become July 2014 when the plan is dated
/// September, and what was late must not stop being late. A reading is written where the words alone
/// would now say something else.
pub fn keep_readings(edit: &mut EditBuilder<'_>) {
    let plan = edit.plan();
    let before = plan.due_anchor();
    let after = edit.current::<PlanInfo>(plan.id()).and_then(|info| info.as_at);
    if before.is_none() || before == after {
        return;
    }
    let kept = |words: &str| {
        let was = read_from(words, before);
        (was != read_from(words, after) && was != Due::None).then(|| was.code())
    };
    for row in plan.actions.values().filter(|row| row.due_reading.is_empty()) {
        if let Some(code) = kept(&row.due_words) {
            edit.update::<Action>(row.id, |now| {
                if now.due_words == row.due_words && now.due_reading.is_empty() {
                    now.due_reading = code;
                }
            });
        }
    }
    for row in plan.timescales.values().filter(|row| row.reading.is_empty()) {
        if let Some(code) = kept(&row.words) {
            edit.update::<Timescale>(row.id, |now| {
                if now.words == row.words && now.reading.is_empty() {
                    now.reading = code;
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entity, FieldValue as _, Id, Plan, Value, intent};
    use chrono::NaiveDate;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
    }

    #[test]
    fn a_later_paper_does_not_give_late_actions_another_year() {
        let mut plan = Plan::default();
        let id = Id::NIL.derive(&["plan"]);
        intent::create_plan(id, "NHS Northmoor CCG", "", Some(day("2013-05-28"))).apply(&mut plan).expect("fits");
        let name = |name: &str| Id::NIL.derive(&[name]);
        let mut edit = EditBuilder::new(&plan, "Fill");
        for words in ["by 31 July", "July 2013", "quarterly", "TBC"] {
            edit.put(&Action { id: name(words), due_words: words.into(), ..Action::default() });
        }
        edit.finish().apply(&mut plan).expect("fits");
        let due = |plan: &Plan, words: &str| {
            let row = &plan.actions[&name(words)];
            Due::of(&row.due_words, &row.due_reading, plan.due_anchor())
        };
        let before = due(&plan, "by 31 July");
        assert!(before.is_past(day("2013-08-01")), "late in August");
        let date = day("2013-09-24").to_value();
        let moved = intent::set_field(&plan, Entity::PlanInfo, id, "as_at", date).expect("a date");
        moved.apply(&mut plan).expect("fits");
        assert_eq!(due(&plan, "by 31 July"), before, "still late");
        let pinned: Vec<_> = plan.actions.values().filter(|row| !row.due_reading.is_empty()).collect();
        assert_eq!(pinned.len(), 1, "what names its year, or no day at all, is left alone");
        let emptied = intent::set_field(&plan, Entity::PlanInfo, id, "as_at", Value::Null).expect("blank");
        emptied.apply(&mut plan).expect("fits");
        assert_eq!(due(&plan, "by 31 July"), before, "and without a date");
    }
}
