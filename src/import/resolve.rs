//! Answering what an import left open.

use crate::model::due::Due;
use crate::model::{
    Action, Choice, ChoiceKind, CrossReference, Edit, EditBuilder, Entity, FieldValue as _, Id, Plan, Position,
    Timescale, intent,
};
use chrono::NaiveDate;

/// An answer to an open choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Make the candidate an action; take the document's words.
    Take,
    /// Leave it be.
    Dismiss,
    /// Timescales with the actions whose due they are.
    Pair(Vec<(Id, Id)>),
    /// Actions with their due words.
    Dues(Vec<(Id, String)>),
    /// What ambiguous due words mean.
    Reading(Due),
    /// The recommendation that words point at.
    Target(Id),
    /// The date of a position.
    Date(NaiveDate),
}

/// The word that stands in the plan for a choice that was dismissed.
pub const DISMISSED: &str = "dismissed";

/// The edit that answers a choice; empty where the choice does not exist or cannot have that answer.
#[must_use]
pub fn resolve(plan: &Plan, choice: Id, answer: &Answer) -> Edit {
    let mut edit = EditBuilder::new(plan, "Answer an open choice");
    let Some(row) = plan.row::<Choice>(choice) else { return edit.finish() };
    edit.label(label(row.kind, answer));
    if let Some(word) = answered(plan, &mut edit, row, answer) {
        edit.update::<Choice>(choice, |row| row.answer = word);
    }
    edit.finish()
}

/// The edit that gives every undated position that waits for a date the same one.
#[must_use]
pub fn date_positions(plan: &Plan, date: NaiveDate) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Date positions as at {}", date.format("%-d %B %Y")));
    for row in plan.open_choices().into_iter().filter(|row| row.kind == ChoiceKind::UndatedPosition) {
        if let Some(word) = answered(plan, &mut edit, row, &Answer::Date(date)) {
            edit.update::<Choice>(row.id, |row| row.answer = word);
        }
    }
    edit.finish()
}

fn label(kind: ChoiceKind, answer: &Answer) -> &'static str {
    match (kind, answer) {
        (_, Answer::Dismiss) => "Dismiss an open choice",
        (ChoiceKind::CandidateAction, _) => "Make a candidate an action",
        (ChoiceKind::Pairing, _) => "Pair timescales with actions",
        (ChoiceKind::Interval, _) => "Say how often",
        (ChoiceKind::CrossReference, _) => "Say what words point at",
        (ChoiceKind::Differs, _) => "Take the document's words",
        (ChoiceKind::UndatedPosition, _) => "Date a position",
    }
}

/// Changes what the answer is about, and gives the word that records it.
fn answered(plan: &Plan, edit: &mut EditBuilder<'_>, row: &Choice, answer: &Answer) -> Option<String> {
    let subject = row.subject.unwrap_or_default();
    match (row.kind, answer) {
        (_, Answer::Dismiss) => Some(DISMISSED.to_owned()),
        (ChoiceKind::CandidateAction, Answer::Take) => {
            let action = candidate_action(row);
            if !plan.has(Entity::Action, action.id) {
                let serves = row.subject.filter(|id| plan.has(Entity::Recommendation, *id));
                intent::put_action(edit, action, serves);
            }
            Some("taken".to_owned())
        }
        (ChoiceKind::Differs, Answer::Take) => take_words(plan, edit, row).then(|| "taken".to_owned()),
        (ChoiceKind::Interval, Answer::Reading(due)) => {
            edit.update::<Timescale>(subject, |timescale| timescale.reading = due.code());
            edit.update::<Action>(subject, |action| action.due_reading = due.code());
            Some(due.code())
        }
        (ChoiceKind::CrossReference, Answer::Target(target)) => {
            let reference = plan.recommendations.get(target)?.reference.clone();
            edit.update::<CrossReference>(subject, |pointer| pointer.target = Some(*target));
            Some(reference)
        }
        (ChoiceKind::UndatedPosition, Answer::Date(date)) => {
            edit.update::<Position>(subject, |position| position.as_at = Some(*date));
            Some(date.to_string())
        }
        (ChoiceKind::Pairing, Answer::Pair(pairs)) => {
            for (timescale, action) in pairs.iter().filter(|(_, action)| plan.has(Entity::Action, *action)) {
                edit.update::<Timescale>(*timescale, |row| row.action = Some(*action));
            }
            Some("paired".to_owned())
        }
        (ChoiceKind::Pairing, Answer::Dues(dues)) => {
            for (action, words) in dues {
                edit.update::<Action>(*action, |row| row.due_words.clone_from(words));
            }
            Some("paired".to_owned())
        }
        _ => None,
    }
}

/// The action that a candidate becomes, the same on every side that takes it.
pub(super) fn candidate_action(row: &Choice) -> Action {
    Action {
        id: row.id.derive(&["action"]),
        text: row.text.clone(),
        tentative: row.text.trim_start().starts_with('?'),
        ..Action::default()
    }
}

/// Puts the document's words where they differ; `false` if the field is gone or holds no words.
fn take_words(plan: &Plan, edit: &mut EditBuilder<'_>, row: &Choice) -> bool {
    let subject = row.subject.unwrap_or_default();
    let Some(entity) = DIFFERING.iter().copied().find(|entity| plan.has(*entity, subject)) else { return false };
    write_field(edit, entity, subject, &row.field, &row.text)
}

/// The kinds of row whose words a document may give otherwise.
const DIFFERING: &[Entity] = &[
    Entity::Recommendation,
    Entity::Position,
    Entity::Action,
    Entity::Responsibility,
    Entity::Timescale,
    Entity::PaperField,
    Entity::Theme,
    Entity::Evidence,
    Entity::Remark,
];

/// Writes one field of one row from text.
pub(super) fn write_field(edit: &mut EditBuilder<'_>, entity: Entity, id: Id, field: &str, text: &str) -> bool {
    use crate::model::{Evidence, PaperField, Recommendation, Remark, Responsibility, Theme};
    match entity {
        Entity::Recommendation => write::<Recommendation>(edit, id, field, text),
        Entity::Position => write::<Position>(edit, id, field, text),
        Entity::Action => write::<Action>(edit, id, field, text),
        Entity::Responsibility => write::<Responsibility>(edit, id, field, text),
        Entity::Timescale => write::<Timescale>(edit, id, field, text),
        Entity::PaperField => write::<PaperField>(edit, id, field, text),
        Entity::Theme => write::<Theme>(edit, id, field, text),
        Entity::Evidence => write::<Evidence>(edit, id, field, text),
        Entity::Remark => write::<Remark>(edit, id, field, text),
        // what no document differs in; see DIFFERING
        _ => false,
    }
}

fn write<T: crate::model::InPlan>(edit: &mut EditBuilder<'_>, id: Id, field: &str, text: &str) -> bool {
    let value = text.to_owned().to_value();
    let mut fits = false;
    edit.update::<T>(id, |row| fits = row.set(field, &value).is_ok());
    fits
}
