//! A row of the chart in words: what is read out, and what is told on hover.

use crate::model::state::StateWords;
use crate::model::timeline::{Bar, GroupBy, Shape};
use chrono::NaiveDate;

/// "12 July 2013".
fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// Everything that a row's marks say, a line each: state, owner, start, first due, due, done, slips.
pub(super) fn facts(bar: &Bar, words: &StateWords) -> Vec<String> {
    let mut facts = vec![words.word(bar.state).to_owned()];
    facts.push(if bar.owner.trim().is_empty() { "no owner".into() } else { bar.owner.trim().to_owned() });
    facts.push(bar.start.map_or_else(|| "start not known".into(), |start| format!("start {}", day(start))));
    let written = bar.due_words.trim();
    match &bar.shape {
        Shape::Until { last, first } => {
            facts.extend(first.map(|first| format!("first due {}", day(first))));
            let now = day(*last);
            // the person's own words stand beside the reading, where they say more than it
            let beside =
                if written.is_empty() || now.contains(written) { String::new() } else { format!(" ({written})") };
            facts.push(format!("due {now}{beside}"));
        }
        Shape::Onwards | Shape::Recurring(_) => facts.push(format!("due {written}, with no end")),
        Shape::Unpaired => facts.push("not paired with one of its responsibility's timescales".into()),
        Shape::None if written.is_empty() => facts.push("no due".into()),
        Shape::None => facts.push(format!("due {written}, which names no date")),
    }
    facts.extend(bar.done_on.map(|done| format!("done {}", day(done))));
    facts.extend(match bar.slips {
        0 => None,
        1 => Some("slipped once".into()),
        2 => Some("slipped twice".to_owned()),
        more => Some(format!("slipped {more} times")),
    });
    if bar.inherited {
        facts.push("the due is its responsibility's timescale".into());
    } else if bar.action.is_none() {
        facts.push("a timescale that no action is paired with".into());
    }
    facts
}

/// What a screen reader says of a row.
pub(super) fn spoken(bar: &Bar, words: &StateWords) -> String {
    let what = if bar.action.is_some() { "Action" } else { "Responsibility" };
    format!("{what}: {}, {}", one_line(&bar.text), facts(bar, words).join(", "))
}

/// A row's first line. A timescale under its own responsibility's heading does not say that again.
pub(super) fn title(bar: &Bar, by: GroupBy) -> String {
    match (bar.action, by) {
        (None, GroupBy::Responsibility) => format!("Timescale: {}", one_line(&bar.due_words)),
        _ => one_line(&bar.text),
    }
}

/// Below a row's first line: who has it, unless the heading says so, and its due as it was written.
pub(super) fn below(bar: &Bar, by: GroupBy) -> String {
    if bar.action.is_none() && by == GroupBy::Responsibility {
        return "Not paired with an action".into();
    }
    let with_owner = by != GroupBy::Owner;
    let owner = bar.owner.trim();
    let owner = if owner.is_empty() { "No owner" } else { owner };
    match (with_owner, one_line(&bar.due_words)) {
        (true, due) if due.is_empty() => owner.to_owned(),
        (true, due) => format!("{owner} · {due}"),
        (false, due) if due.is_empty() => {
            if bar.shape == Shape::Unpaired {
                String::new()
            } else {
                "No due".into()
            }
        }
        (false, due) => due,
    }
}

/// A text without breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;
    use crate::model::state::Shown;
    use crate::model::timeline::DueRow;

    fn bar() -> Bar {
        let day = |month, day| NaiveDate::from_ymd_opt(2013, month, day);
        Bar {
            row: DueRow::Action(Id::NIL),
            action: Some(Id::NIL),
            text: "Agree the\nextract".into(),
            owner: "Quality lead".into(),
            due_words: "July 2013".into(),
            inherited: false,
            start: day(4, 1),
            shape: Shape::Until { last: day(7, 31).expect("a date"), first: day(5, 31) },
            done_on: None,
            state: Shown::Overdue,
            slips: 2,
        }
    }

    #[test]
    fn a_row_is_read_out_with_all_that_its_marks_say() {
        let said = spoken(&bar(), &StateWords::default());
        assert_eq!(
            said,
            "Action: Agree the extract, overdue, Quality lead, start 1 April 2013, first due 31 May 2013, \
             due 31 July 2013, slipped twice",
            "the due as written adds nothing to the day"
        );
        let unknown = Bar { start: None, inherited: true, due_words: "by summer's end".into(), ..bar() };
        let said = spoken(&unknown, &StateWords::default());
        for part in ["start not known", "due 31 July 2013 (by summer's end)", "responsibility's timescale"] {
            assert!(said.contains(part), "{part} is said: {said}");
        }
    }

    #[test]
    fn what_has_no_date_says_its_own_words() {
        let said = |words: &str| {
            let bar = Bar { shape: Shape::None, due_words: words.into(), ..bar() };
            spoken(&bar, &StateWords::default())
        };
        assert!(said("TBC").contains("due TBC, which names no date"), "{}", said("TBC"));
        assert!(said("").contains("no due"), "blank is said as such: {}", said(""));
    }
}
