//! Edits from what a person means: each takes a plan and says what changes, and touches nothing.

use super::{
    Action, Edit, EditBuilder, Entity, FieldValue as _, Id, InPlan, Link, Plan, PlanInfo, Position, PositionState,
    Theme, Value, delete, order,
};
use chrono::NaiveDate;

mod adopt;
mod bulk;
mod cells;
mod evidence;
mod gaps;
pub mod intelligence;
mod moves;
mod readings;
mod themes;
mod timeline;
mod views;
mod words;
pub use adopt::{Adopt, TAKEN_FROM};
pub use bulk::{
    StatesSet, UnderTheme, actions_of_all, add_to_all, delete_recommendations, due_rows, duplicate, free_reference,
    link_to_all, set_position_states, set_theme,
};
pub use cells::{Cleared, clear_cell, into_new_theme, take_back_position};
pub use evidence::{add_evidence, delete_evidence, delete_remark, link_evidence, put_evidence_link, unlink_evidence};
pub use gaps::{answer_gaps, take_back_answers};
pub use moves::{Place, Step, nudge_recommendations, put_recommendations};
pub use readings::keep_readings;
pub use themes::{
    Own, add_from_catalogue, add_own, add_theme, delete_theme, merge_themes, move_theme, nudge_theme, rename_theme,
    theme_titled,
};
pub use timeline::{
    add_note, complete, correct_due, duplicate_action, pair, read_due_as, reopen, revise_due, set_next_review,
    set_owners, set_state_word, set_states, set_tentative, set_usual_letters, split_action, takes_note,
};
pub use views::{delete_view, rename_view, save_view, view_named};
pub use words::{field_name, finding_name, is_told, noun, place_name, row_name, value_words};

/// The edit that a new plan begins with.
#[must_use]
pub fn create_plan(id: Id, organisation: &str, title: &str, as_at: Option<NaiveDate>) -> Edit {
    let empty = Plan::default();
    let mut edit = EditBuilder::new(&empty, "Create the plan");
    edit.put(&PlanInfo {
        id,
        organisation: organisation.trim().to_owned(),
        title: title.trim().to_owned(),
        version: "Draft 1".to_owned(),
        status: Some(super::PlanStatus::Draft),
        as_at,
    });
    edit.finish()
}

/// Sets one field of one row from what was typed.
///
/// # Errors
/// When the field cannot hold the value.
pub fn set_field(plan: &Plan, entity: Entity, id: Id, field: &str, value: Value) -> Result<Edit, super::BadValue> {
    let label = format!("Change {} of {}", field_name(field), row_name(plan, entity, id));
    let before = plan.value(entity, id, field).unwrap_or_default();
    let mut edit = Edit { label, changes: Vec::new() };
    if let Some(field) = entity.fields().iter().copied().find(|name| *name == field)
        && before != value
    {
        edit.changes.push(super::Change { entity, row: id, field, before, after: value });
        // a value that does not fit is refused here, where the person still has it on screen
        if let Err(super::EditError::Unfit { error, .. }) = edit.apply(&mut plan.clone()) {
            return Err(error);
        }
        if entity == Entity::PlanInfo && field == "as_at" {
            let mut whole = EditBuilder::new(plan, edit.label.clone());
            whole.update::<PlanInfo>(id, |info| {
                info.as_at = Option::from_value(&edit.changes[0].after).unwrap_or_default();
            });
            keep_readings(&mut whole);
            return Ok(whole.finish());
        }
    }
    Ok(edit)
}

/// What a person typed as the position of a recommendation, as at a date.
#[must_use]
pub fn write_position(plan: &Plan, recommendation: Id, new: Id, as_at: NaiveDate, text: &str) -> Edit {
    match plan.positions_at(recommendation, as_at).last() {
        Some(position) if position.as_at.is_none_or(|date| date == as_at) => rewrite_position(plan, position.id, text),
        // a position of an earlier date is history: what is typed now is a new one
        _ => new_position(plan, recommendation, new, as_at, text),
    }
}

/// Changes the words of a position that stands.
#[must_use]
pub fn rewrite_position(plan: &Plan, position: Id, text: &str) -> Edit {
    let of = plan.positions.get(&position).map(|row| row.recommendation).unwrap_or_default();
    let name = row_name(plan, Entity::Recommendation, of);
    let mut edit = EditBuilder::new(plan, format!("Change position of {name}"));
    edit.update::<Position>(position, |row| text.clone_into(&mut row.text));
    edit.finish()
}

/// A position of its own as at a date, beside any that is there; it starts in the state of the one before.
#[must_use]
pub fn new_position(plan: &Plan, recommendation: Id, new: Id, as_at: NaiveDate, text: &str) -> Edit {
    let name = row_name(plan, Entity::Recommendation, recommendation);
    let label = format!("New position on {name} as at {}", as_at.format("%-d %B %Y"));
    let state = plan.positions_at(recommendation, as_at).last().and_then(|position| position.state);
    let mut edit = EditBuilder::new(plan, label);
    edit.put(&Position { id: new, recommendation, as_at: Some(as_at), text: text.to_owned(), state });
    edit.finish()
}

/// Sets the state of the position as at a date; a recommendation without one gets a position of that date.
#[must_use]
pub fn set_position_state(
    plan: &Plan,
    recommendation: Id,
    new: Id,
    as_at: NaiveDate,
    state: Option<PositionState>,
) -> Edit {
    let name = row_name(plan, Entity::Recommendation, recommendation);
    let mut edit = EditBuilder::new(plan, format!("Change state of {name}"));
    match plan.positions_at(recommendation, as_at).last() {
        Some(position) if position.as_at.is_none_or(|date| date == as_at) => {
            edit.update::<Position>(position.id, |row| row.state = state);
        }
        earlier => {
            let text = earlier.map(|position| position.text.clone()).unwrap_or_default();
            edit.label(format!("New position on {name} as at {}", as_at.format("%-d %B %Y")));
            edit.put(&Position { id: new, recommendation, as_at: Some(as_at), text, state });
        }
    }
    edit.finish()
}

/// Adds an action, serving a recommendation or standing under a responsibility, or alone.
#[must_use]
pub fn add_action(plan: &Plan, action: Action, serves: Option<Id>) -> Edit {
    let mut edit = EditBuilder::new(plan, "Add an action");
    put_action(&mut edit, action, serves);
    edit.finish()
}

/// Puts an action at the end of where it stands, with its link.
pub fn put_action(edit: &mut EditBuilder<'_>, mut action: Action, serves: Option<Id>) {
    let plan = edit.plan();
    if action.order.is_empty() {
        let last = plan.actions_under(action.responsibility).last().map_or_else(String::new, |row| row.order.clone());
        action.order = order::between(&last, "");
    }
    edit.put(&action);
    if let Some(recommendation) = serves {
        put_link(edit, recommendation, action.id);
    }
}

/// Links an action to a recommendation, at the end of its actions.
pub fn put_link(edit: &mut EditBuilder<'_>, recommendation: Id, action: Id) {
    let last = edit
        .plan()
        .links
        .values()
        .filter(|link| link.recommendation == recommendation)
        .map(|link| link.order.clone())
        .max()
        .unwrap_or_default();
    let id = Link::id_of(recommendation, action);
    edit.put(&Link { id, recommendation, action, order: order::between(&last, "") });
}

/// Takes an action off a recommendation; the action itself stays.
#[must_use]
pub fn unlink(plan: &Plan, recommendation: Id, action: Id) -> Edit {
    let name = row_name(plan, Entity::Recommendation, recommendation);
    let mut edit = EditBuilder::new(plan, format!("Take an action off {name}"));
    edit.delete::<Link>(Link::id_of(recommendation, action));
    edit.finish()
}

/// Deletes an action with its links, notes, pairings and remarks.
#[must_use]
pub fn delete_action(plan: &Plan, action: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, "Delete an action");
    delete::row(&mut edit, Entity::Action, action);
    edit.finish()
}

/// Deletes a recommendation with its positions, links, cross-references and remarks; its actions and
/// its evidence stay.
#[must_use]
pub fn delete_recommendation(plan: &Plan, id: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Delete {}", row_name(plan, Entity::Recommendation, id)));
    delete::row(&mut edit, Entity::Recommendation, id);
    edit.finish()
}

/// Adds a theme after the last.
pub fn put_theme(edit: &mut EditBuilder<'_>, id: Id, title: &str) {
    let last = edit.plan().themes_in_order().last().map_or_else(String::new, |theme| theme.order.clone());
    edit.put(&Theme { id, title: title.to_owned(), order: order::between(&last, "") });
}

/// The label of taking something back or doing it again: "Undo: Change due of 3 actions".
#[must_use]
pub fn reversal_label(word: &str, label: &str) -> String {
    format!("{word}: {label}")
}

/// Sets a field of a typed row; what a view sends for a choice from a list.
#[must_use]
pub fn update<T: InPlan>(plan: &Plan, id: Id, label: &str, change: impl FnOnce(&mut T)) -> Edit {
    let mut edit = EditBuilder::new(plan, label);
    edit.update::<T>(id, change);
    edit.finish()
}

/// The kind's blank value for a field as text, as an editor shows it.
#[must_use]
pub fn text_of(plan: &Plan, entity: Entity, id: Id, field: &str) -> String {
    let value = plan.value(entity, id, field).unwrap_or_default();
    String::from_value(&value).unwrap_or_else(|_| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Recommendation;

    fn date(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
    }

    fn plan() -> (Plan, Id) {
        let mut plan = Plan::default();
        let id = Id::NIL.derive(&["plan"]);
        create_plan(id, "NHS Northmoor CCG", "Francis action plan", None).apply(&mut plan).expect("fits");
        let row = Recommendation {
            id: Recommendation::id_of(id, "r", "9"),
            reference: "9".into(),
            report: "r".into(),
            ..Default::default()
        };
        let mut edit = EditBuilder::new(&plan, "Add");
        edit.put(&row);
        edit.finish().apply(&mut plan).expect("fits");
        (plan, row.id)
    }

    #[test]
    fn typing_into_an_older_position_starts_a_new_one() {
        let (mut plan, row) = plan();
        let (then, now) = (date("2013-03-26"), date("2013-05-28"));
        write_position(&plan, row, Id::random(), then, "Nothing yet").apply(&mut plan).expect("fits");
        write_position(&plan, row, Id::random(), now, "Monthly report").apply(&mut plan).expect("fits");
        write_position(&plan, row, Id::random(), now, "Monthly report agreed").apply(&mut plan).expect("fits");
        let texts: Vec<_> = plan.positions_of(row).iter().map(|p| p.text.clone()).collect();
        assert_eq!(texts, ["Nothing yet", "Monthly report agreed"], "the old one stands, the new one is edited");
        assert_eq!(plan.positions_at(row, date("2013-04-01"))[0].text, "Nothing yet", "as at April");
    }

    #[test]
    fn a_date_that_is_none_is_refused_before_it_is_saved() {
        let (plan, _) = plan();
        assert!(
            set_field(&plan, Entity::PlanInfo, plan.id(), "as_at", Value::Text("31/02".into())).is_err(),
            "no date"
        );
    }

    #[test]
    fn deleting_a_recommendation_leaves_no_row_that_points_at_it() {
        let (mut plan, row) = plan();
        let action = Action { id: Id::random(), text: "Agree it".into(), ..Action::default() };
        add_action(&plan, action, Some(row)).apply(&mut plan).expect("fits");
        write_position(&plan, row, Id::random(), date("2013-05-28"), "Gap").apply(&mut plan).expect("fits");
        delete_recommendation(&plan, row).apply(&mut plan).expect("fits");
        assert!(plan.recommendations.is_empty() && plan.links.is_empty() && plan.positions.is_empty(), "all gone");
        assert_eq!(plan.actions.len(), 1, "the action stays: it may serve others");
    }
}
