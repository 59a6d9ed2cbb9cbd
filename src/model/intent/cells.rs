//! Edits that a cell of the grid comes to: clearing it, a theme that is typed, a new position taken back.

use super::{put_theme, row_name, set_position_state, update};
use crate::model::view::Column;
use crate::model::{Edit, EditBuilder, Entity, Id, Plan, Position, Recommendation, delete};
use chrono::NaiveDate;

/// What clearing a cell comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cleared {
    /// This change.
    Edit(Edit),
    /// There is nothing in it.
    Nothing,
    /// More than words would go, or what must stay: what to do instead.
    Instead(&'static str),
}

/// Clears a cell of a recommendation, where only its words go and what is shown then is no surprise.
#[must_use]
pub fn clear_cell(plan: &Plan, recommendation: Id, column: Column, as_at: NaiveDate) -> Cleared {
    let Some(row) = plan.recommendations.get(&recommendation) else { return Cleared::Nothing };
    match column {
        Column::Position => clear_position(plan, row, as_at),
        Column::Recommendation => clear_wording(plan, row),
        Column::Answer => clear_answer(plan, row),
        Column::State => clear_state(plan, row, as_at),
        Column::Theme if row.theme.is_none() => Cleared::Nothing,
        Column::Theme => {
            let label = format!("Take {} out of its theme", name(plan, row));
            Cleared::Edit(update::<Recommendation>(plan, row.id, &label, |row| row.theme = None))
        }
        Column::Response if row.response.is_empty() && row.response_status.is_empty() => Cleared::Nothing,
        Column::Response => Cleared::Instead("It is what the government said. Open the cell with Enter to change it."),
        Column::Actions | Column::Owners | Column::Due if plan.actions_of(row.id).is_empty() => Cleared::Nothing,
        Column::Actions => Cleared::Instead(
            "An action may stand at other recommendations, too. Open it in the editor to take it off this one, or to \
             delete it.",
        ),
        Column::Owners | Column::Due => Cleared::Instead("Open the cell with Enter and change it at its action."),
        Column::Evidence => Cleared::Instead("Open it in the editor to take it off this recommendation, or delete it."),
        Column::Reference | Column::Report => Cleared::Instead("A recommendation keeps its number and its report."),
    }
}

fn name(plan: &Plan, row: &Recommendation) -> String {
    row_name(plan, Entity::Recommendation, row.id)
}

fn clear_position(plan: &Plan, row: &Recommendation, as_at: NaiveDate) -> Cleared {
    match plan.positions_at(row.id, as_at)[..] {
        [] => Cleared::Nothing,
        [only] if only.text.is_empty() => Cleared::Nothing,
        [only] if only.as_at.is_some_and(|date| date < as_at) => {
            Cleared::Instead("This position is of an earlier date, and stays as it was. Type to start a new one.")
        }
        [only] => {
            let label = format!("Clear position of {}", name(plan, row));
            Cleared::Edit(update::<Position>(plan, only.id, &label, |position| position.text.clear()))
        }
        _ => Cleared::Instead("There are several positions of this date. Open the cell with Enter to clear one."),
    }
}

fn clear_wording(plan: &Plan, row: &Recommendation) -> Cleared {
    let ours = !row.local_title.is_empty() || !row.local_text.is_empty();
    if !ours {
        return Cleared::Instead("There is no wording of your own here to clear; the recommendation's text stays.");
    }
    if row.text.is_empty() && row.title.is_empty() {
        return Cleared::Instead("Nothing would be left of it. Open the cell with Enter to change its words.");
    }
    let label = format!("Clear our wording of {}", name(plan, row));
    Cleared::Edit(update::<Recommendation>(plan, row.id, &label, |row| {
        row.local_title.clear();
        row.local_text.clear();
    }))
}

fn clear_answer(plan: &Plan, row: &Recommendation) -> Cleared {
    if row.acceptance_reason.is_empty() {
        let empty = row.acceptance.is_none() && row.acceptance_date.is_none();
        let instead = Cleared::Instead("Open the cell with Enter and choose another answer, or none.");
        return if empty { Cleared::Nothing } else { instead };
    }
    let label = format!("Clear the reason of our answer to {}", name(plan, row));
    Cleared::Edit(update::<Recommendation>(plan, row.id, &label, |row| row.acceptance_reason.clear()))
}

fn clear_state(plan: &Plan, row: &Recommendation, as_at: NaiveDate) -> Cleared {
    match plan.positions_at(row.id, as_at).last() {
        Some(position) if position.state.is_none() => Cleared::Nothing,
        Some(position) if position.as_at.is_some_and(|date| date < as_at) => Cleared::Instead(
            "This state is of an earlier date, and stays. Open the cell with Enter to choose a new one.",
        ),
        Some(_) => Cleared::Edit(set_position_state(plan, row.id, Id::NIL, as_at, None)),
        None => Cleared::Nothing,
    }
}

/// Puts a recommendation under a theme that is new, after the last one.
#[must_use]
pub fn into_new_theme(plan: &Plan, recommendation: Id, new: Id, title: &str) -> Edit {
    let of = row_name(plan, Entity::Recommendation, recommendation);
    let mut edit = EditBuilder::new(plan, format!("New theme “{}” for {of}", title.trim()));
    put_theme(&mut edit, new, title.trim());
    edit.update::<Recommendation>(recommendation, |row| row.theme = Some(new));
    edit.finish()
}

/// Takes a position back that was begun and is not wanted.
#[must_use]
pub fn take_back_position(plan: &Plan, position: Id) -> Edit {
    let of = plan.positions.get(&position).map(|row| row.recommendation).unwrap_or_default();
    let of = row_name(plan, Entity::Recommendation, of);
    let mut edit = EditBuilder::new(plan, format!("Take back the new position on {of}"));
    delete::row(&mut edit, Entity::Position, position);
    edit.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::intent::write_position;
    use crate::model::{Acceptance, Action, PositionState, Theme};

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
    }

    fn plan(change: impl FnOnce(&mut Recommendation)) -> (Plan, Id) {
        let mut row = Recommendation {
            id: Id::random(),
            reference: "9".into(),
            title: "Published".into(),
            text: "Published words".into(),
            ..Default::default()
        };
        change(&mut row);
        let (mut plan, id) = (Plan::default(), row.id);
        plan.recommendations.insert(id, row);
        (plan, id)
    }

    fn cleared(plan: &mut Plan, id: Id, column: Column) -> &'static str {
        match clear_cell(plan, id, column, day("2013-05-28")) {
            Cleared::Edit(edit) => {
                edit.apply(plan).expect("fits");
                "cleared"
            }
            Cleared::Nothing => "nothing",
            Cleared::Instead(_) => "told",
        }
    }

    #[test]
    fn clearing_takes_words_and_leaves_what_stands() {
        let (mut plan, id) = plan(|row| {
            row.local_text = "Our words".into();
            row.acceptance = Some(Acceptance::InPart);
            row.acceptance_reason = "Because".into();
            row.response = "Accepted".into();
        });
        write_position(&plan, id, Id::random(), day("2013-05-28"), "Gap").apply(&mut plan).expect("fits");
        let cases = [
            (Column::Recommendation, "cleared"),
            (Column::Recommendation, "told"),
            (Column::Position, "cleared"),
            (Column::Position, "nothing"),
            (Column::Answer, "cleared"),
            (Column::Answer, "told"),
            (Column::Response, "told"),
            (Column::Actions, "nothing"),
            (Column::Theme, "nothing"),
            (Column::Reference, "told"),
        ];
        for (column, expected) in cases {
            assert_eq!(cleared(&mut plan, id, column), expected, "{column:?}");
        }
        let row = &plan.recommendations[&id];
        assert_eq!((row.shown_text(), row.acceptance), ("Published words", Some(Acceptance::InPart)), "these stay");
    }

    #[test]
    fn a_position_of_an_earlier_date_is_not_cleared_from_here() {
        let (mut plan, id) = plan(|_| {});
        write_position(&plan, id, Id::random(), day("2013-03-26"), "Then").apply(&mut plan).expect("fits");
        set_position_state(&plan, id, Id::random(), day("2013-03-26"), Some(PositionState::Gap))
            .apply(&mut plan)
            .expect("fits");
        assert_eq!(cleared(&mut plan, id, Column::Position), "told");
        assert_eq!(cleared(&mut plan, id, Column::State), "told");
        assert_eq!(plan.positions_of(id)[0].text, "Then", "it stands");
    }

    #[test]
    fn actions_and_themes_are_told_and_taken_off() {
        let theme = Theme { id: Id::random(), title: "Complaints".into(), order: "a".into() };
        let (mut plan, id) = plan(|row| row.theme = Some(theme.id));
        plan.themes.insert(theme.id, theme);
        let action = Action { id: Id::random(), text: "Agree it".into(), ..Action::default() };
        super::super::add_action(&plan, action, Some(id)).apply(&mut plan).expect("fits");
        assert_eq!(cleared(&mut plan, id, Column::Actions), "told");
        assert_eq!(cleared(&mut plan, id, Column::Theme), "cleared");
        assert_eq!(plan.recommendations[&id].theme, None, "out of it");
        assert_eq!((plan.actions.len(), plan.themes.len()), (1, 1), "both stay in the plan");
    }

    #[test]
    fn a_new_theme_stands_after_the_others_and_has_the_recommendation() {
        let (mut plan, id) = plan(|_| {});
        for title in ["First", " Second "] {
            into_new_theme(&plan, id, Id::random(), title).apply(&mut plan).expect("fits");
        }
        let titles: Vec<_> = plan.themes_in_order().iter().map(|theme| theme.title.clone()).collect();
        assert_eq!(titles, ["First", "Second"], "in order");
        let of = plan.recommendations[&id].theme.and_then(|id| plan.themes.get(&id)).map(|theme| theme.title.as_str());
        assert_eq!(of, Some("Second"));
    }
}
