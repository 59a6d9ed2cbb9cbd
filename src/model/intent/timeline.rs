//! Edits of the timeline: due dates revised, things ticked done, notes, states, and several at once.

use crate::model::due::Due;
use crate::model::state::{Shown, StateWords};
use crate::model::text::count;
use crate::model::timeline::DueRow;
use crate::model::{
    Action, ActionState, Choice, ChoiceKind, Edit, EditBuilder, Id, Link, Plan, Revision, StateWord, Timescale, Update,
    order,
};
use chrono::NaiveDate;

/// "an action", "3 actions", "a timescale", "2 actions and 1 timescale".
fn named(rows: &[DueRow]) -> String {
    let actions = rows.iter().filter(|row| matches!(row, DueRow::Action(_))).count();
    let timescales = rows.len() - actions;
    match (actions, timescales) {
        (1, 0) => "an action".into(),
        (0, 1) => "a timescale".into(),
        (_, 0) => count(actions, "action"),
        (0, _) => count(timescales, "timescale"),
        _ => format!("{} and {}", count(actions, "action"), count(timescales, "timescale")),
    }
}

/// Gives rows a new due and keeps the first one, the new one and the reason. A due that was never
/// given is given, which is no revision. `new` is an id that no row has yet.
#[must_use]
pub fn revise_due(plan: &Plan, rows: &[DueRow], words: &str, on: NaiveDate, reason: &str, new: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Revise due of {}", named(rows)));
    let words = words.trim();
    for row in rows {
        let id = new.derive(&[&row.id().to_string()]);
        match *row {
            DueRow::Action(action) => {
                let Some(before) = plan.actions.get(&action) else { continue };
                if before.due_words == words && before.due_reading.is_empty() {
                    continue;
                }
                let first = before.due_words.is_empty() && before.original_due_words.is_empty();
                edit.update::<Action>(action, |row| {
                    if row.original_due_words.is_empty() {
                        row.original_due_words.clone_from(&row.due_words);
                    }
                    words.clone_into(&mut row.due_words);
                    row.due_reading.clear();
                });
                if !first {
                    let reason = reason.trim().to_owned();
                    let due = words.to_owned();
                    edit.put(&Update { id, action, date: Some(on), due, reason, ..Update::default() });
                }
            }
            DueRow::Timescale(timescale) => {
                let Some(before) = plan.timescales.get(&timescale) else { continue };
                if before.words == words && before.reading.is_empty() {
                    continue;
                }
                let first = before.words.is_empty() && before.original.is_empty();
                edit.update::<Timescale>(timescale, |row| {
                    if row.original.is_empty() {
                        row.original.clone_from(&row.words);
                    }
                    words.clone_into(&mut row.words);
                    row.reading.clear();
                    if !first {
                        reason.trim().clone_into(&mut row.reason);
                    }
                });
                if !first {
                    let reason = reason.trim().to_owned();
                    edit.put(&Revision { id, timescale, date: Some(on), words: words.to_owned(), reason });
                }
            }
        }
    }
    edit.finish()
}

/// Corrects a due that was written wrongly: nothing was put off, so nothing but the journal keeps it.
#[must_use]
pub fn correct_due(plan: &Plan, rows: &[DueRow], words: &str) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Correct due of {}", named(rows)));
    for row in rows {
        match *row {
            DueRow::Action(id) => edit.update::<Action>(id, |row| {
                words.trim().clone_into(&mut row.due_words);
                row.due_reading.clear();
            }),
            DueRow::Timescale(id) => edit.update::<Timescale>(id, |row| {
                words.trim().clone_into(&mut row.words);
                row.reading.clear();
            }),
        }
    }
    edit.finish()
}

/// Overrules how due words are read; the words stay. `None` reads the words again.
#[must_use]
pub fn read_due_as(plan: &Plan, row: DueRow, reading: Option<Due>) -> Edit {
    let mut edit = EditBuilder::new(plan, "Say how the due is meant");
    let code = reading.map(Due::code).unwrap_or_default();
    match row {
        DueRow::Action(id) => edit.update::<Action>(id, |row| row.due_reading = code),
        DueRow::Timescale(id) => edit.update::<Timescale>(id, |row| row.reading = code),
    }
    edit.finish()
}

/// Whether a note on rows that are ticked has a place to be kept: an action of each, or under one.
#[must_use]
pub fn takes_note(plan: &Plan, rows: &[DueRow]) -> bool {
    rows.iter().any(|row| match *row {
        DueRow::Action(_) => true,
        DueRow::Timescale(id) => plan
            .timescales
            .get(&id)
            .is_some_and(|row| row.action.is_some() || !inheriting(plan, row.responsibility).is_empty()),
    })
}

/// The actions under a responsibility that have no due but its timescales.
fn inheriting(plan: &Plan, responsibility: Id) -> Vec<Id> {
    let paired = |id: Id| plan.timescales.values().any(|row| row.action == Some(id));
    let under = plan.actions.values().filter(|row| row.responsibility == Some(responsibility));
    let bare = under.filter(|row| row.due_words.is_empty() && row.due_reading.is_empty() && !paired(row.id));
    bare.map(|row| row.id).collect()
}

/// Ticks rows done on a date, with a note if there is one. A timescale that is paired is ticked with
/// its action; a note on one that is not is kept with every action that it stands for.
#[must_use]
pub fn complete(plan: &Plan, rows: &[DueRow], on: NaiveDate, note: &str, new: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Complete {}", named(rows)));
    for row in rows {
        match *row {
            DueRow::Action(id) => complete_action(&mut edit, id, on, note, new),
            DueRow::Timescale(id) => {
                edit.update::<Timescale>(id, |row| {
                    row.done = true;
                    row.done_on = Some(on);
                });
                let Some(timescale) = plan.timescales.get(&id) else { continue };
                // the action is done when the last of its timescales is
                let open = |action: Id| {
                    plan.timescales.values().any(|other| {
                        other.action == Some(action) && !other.done && !rows.contains(&DueRow::Timescale(other.id))
                    })
                };
                if let Some(action) = timescale.action.filter(|action| !open(*action)) {
                    complete_action(&mut edit, action, on, note, new);
                } else if !note.trim().is_empty() {
                    let noted =
                        timescale.action.map_or_else(|| inheriting(plan, timescale.responsibility), |id| vec![id]);
                    noted.into_iter().for_each(|action| put_note(&mut edit, new, action, on, note, None));
                }
            }
        }
    }
    edit.finish()
}

fn complete_action(edit: &mut EditBuilder<'_>, action: Id, on: NaiveDate, note: &str, new: Id) {
    if edit.current::<Action>(action).is_none() {
        return;
    }
    edit.update::<Action>(action, |row| {
        row.state = ActionState::Complete;
        row.done_on = Some(on);
        row.tentative = false;
    });
    put_note(edit, new, action, on, note, Some(ActionState::Complete));
}

fn put_note(edit: &mut EditBuilder<'_>, new: Id, action: Id, on: NaiveDate, note: &str, state: Option<ActionState>) {
    let id = new.derive(&["note", &action.to_string()]);
    edit.put(&Update { id, action, date: Some(on), note: note.trim().to_owned(), state, ..Update::default() });
}

/// Takes a tick back: the row is in progress again and has no date on which it was done.
#[must_use]
pub fn reopen(plan: &Plan, rows: &[DueRow]) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Reopen {}", named(rows)));
    for row in rows {
        match *row {
            DueRow::Action(id) => reopen_action(&mut edit, id),
            DueRow::Timescale(id) => {
                edit.update::<Timescale>(id, |row| {
                    row.done = false;
                    row.done_on = None;
                });
                if let Some(action) = plan.timescales.get(&id).and_then(|row| row.action) {
                    reopen_action(&mut edit, action);
                }
            }
        }
    }
    edit.finish()
}

fn reopen_action(edit: &mut EditBuilder<'_>, id: Id) {
    edit.update::<Action>(id, |row| {
        if matches!(row.state, ActionState::Complete | ActionState::NoLongerNeeded) {
            row.state = ActionState::InProgress;
        }
        row.done_on = None;
    });
}

/// Adds a dated note of progress to actions, and with it a state if one is given. Notes are never
/// overwritten.
#[must_use]
pub fn add_note(plan: &Plan, actions: &[Id], on: NaiveDate, note: &str, state: Option<ActionState>, new: Id) -> Edit {
    let what = if actions.len() == 1 { "an action".into() } else { count(actions.len(), "action") };
    let mut edit = EditBuilder::new(plan, format!("Note progress on {what}"));
    for action in actions.iter().filter(|id| plan.actions.contains_key(id)) {
        put_note(&mut edit, new, *action, on, note, state);
        if let Some(state) = state {
            edit.update::<Action>(*action, |row| set_state_of(row, state, on));
        }
    }
    edit.finish()
}

fn set_state_of(row: &mut Action, state: ActionState, on: NaiveDate) {
    row.state = state;
    match state {
        ActionState::Complete => row.done_on = row.done_on.or(Some(on)),
        _ => row.done_on = None,
    }
}

/// Sets the state of actions. What is set complete gets that date as the day it was done.
#[must_use]
pub fn set_states(plan: &Plan, actions: &[Id], state: ActionState, on: NaiveDate) -> Edit {
    let what = if actions.len() == 1 { "an action".into() } else { count(actions.len(), "action") };
    let mut edit = EditBuilder::new(plan, format!("Set {what} to {state}"));
    for action in actions {
        edit.update::<Action>(*action, |row| set_state_of(row, state, on));
    }
    edit.finish()
}

/// Gives actions an owner.
#[must_use]
pub fn set_owners(plan: &Plan, actions: &[Id], owner: &str) -> Edit {
    let what = if actions.len() == 1 { "an action".into() } else { count(actions.len(), "action") };
    let mut edit = EditBuilder::new(plan, format!("Change owner of {what}"));
    for action in actions {
        edit.update::<Action>(*action, |row| owner.trim().clone_into(&mut row.owner));
    }
    edit.finish()
}

/// Marks actions as tentative, or confirms them.
#[must_use]
pub fn set_tentative(plan: &Plan, actions: &[Id], tentative: bool) -> Edit {
    let what = if actions.len() == 1 { "an action".into() } else { count(actions.len(), "action") };
    let verb = if tentative { "Mark" } else { "Confirm" };
    let end = if tentative { " as tentative" } else { "" };
    let mut edit = EditBuilder::new(plan, format!("{verb} {what}{end}"));
    for action in actions {
        edit.update::<Action>(*action, |row| row.tentative = tentative);
    }
    edit.finish()
}

/// Says when actions are looked at next; `None` for no more.
#[must_use]
pub fn set_next_review(plan: &Plan, actions: &[Id], on: Option<NaiveDate>) -> Edit {
    let what = if actions.len() == 1 { "an action".into() } else { count(actions.len(), "action") };
    let mut edit = EditBuilder::new(plan, format!("Set the next review of {what}"));
    for action in actions {
        edit.update::<Action>(*action, |row| row.next_review = on);
    }
    edit.finish()
}

/// Makes a timescale the due of an action of its responsibility, or of none.
#[must_use]
pub fn pair(plan: &Plan, timescale: Id, action: Option<Id>) -> Edit {
    let label = if action.is_some() { "Pair a timescale with an action" } else { "Take a timescale off its action" };
    let mut edit = EditBuilder::new(plan, label);
    let fits = |action: Id| {
        let of = plan.actions.get(&action).and_then(|row| row.responsibility);
        plan.timescales.get(&timescale).is_some_and(|row| Some(row.responsibility) == of)
    };
    if action.is_none_or(fits) {
        edit.update::<Timescale>(timescale, |row| row.action = action);
        answer_pairing(&mut edit, timescale);
    }
    edit.finish()
}

/// An import's question which timescale belongs to which action is answered when each has one.
fn answer_pairing(edit: &mut EditBuilder<'_>, timescale: Id) {
    let plan = edit.plan();
    let Some(of) = plan.timescales.get(&timescale).map(|row| row.responsibility) else { return };
    let all = plan.timescales_of(of);
    let paired = all.iter().all(|row| edit.current::<Timescale>(row.id).is_some_and(|row| row.action.is_some()));
    let open = plan.choices.values().filter(|row| {
        row.kind == ChoiceKind::Pairing && row.subject == Some(of) && row.answer.is_empty() && row.field == "action"
    });
    for row in open.filter(|_| paired) {
        edit.update::<Choice>(row.id, |row| row.answer = "paired".to_owned());
    }
}

/// A second action beside one, with the same words, owner, due and links; not begun, without history.
#[must_use]
pub fn duplicate_action(plan: &Plan, action: Id, new: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, "Duplicate an action");
    copy(&mut edit, action, new, None);
    edit.finish()
}

/// Makes several actions of one: the first text stays with the action and its history, each further
/// text becomes an action beside it with the same owner, due and links. Blank texts are left out.
#[must_use]
pub fn split_action(plan: &Plan, action: Id, texts: &[String], new: Id) -> Edit {
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    let mut edit = EditBuilder::new(plan, format!("Split an action in {}", texts.len()));
    let [first, rest @ ..] = &texts[..] else { return edit.finish() };
    edit.update::<Action>(action, |row| (*first).clone_into(&mut row.text));
    for (place, text) in rest.iter().enumerate().rev() {
        // from the last to the first, each right behind the action: they end up in their order
        copy(&mut edit, action, new.derive(&["part", &place.to_string()]), Some(text));
    }
    edit.finish()
}

fn copy(edit: &mut EditBuilder<'_>, action: Id, new: Id, text: Option<&str>) {
    let plan = edit.plan();
    let Some(row) = edit.current::<Action>(action) else { return };
    let made: Vec<String> = plan
        .actions_under(row.responsibility)
        .iter()
        .map(|other| other.order.clone())
        .filter(|order| *order > row.order)
        .collect();
    // what this edit put behind it stands before what the plan has there
    let upper = edit_orders(edit, row.responsibility, &row.order).into_iter().chain(made).min().unwrap_or_default();
    let order = order::between(&row.order, &upper);
    let state = if text.is_some() { row.state } else { ActionState::NotStarted };
    edit.put(&Action {
        id: new,
        order,
        text: text.unwrap_or(&row.text).to_owned(),
        state,
        done_on: row.done_on.filter(|_| text.is_some()),
        original_due_words: if text.is_some() { row.original_due_words.clone() } else { String::new() },
        next_review: row.next_review,
        ..row
    });
    for link in plan.links.values().filter(|link| link.action == action) {
        let id = Link::id_of(link.recommendation, new);
        let added = edit.added::<Link>();
        let others = plan.links.values().chain(&added);
        let after = others
            .filter(|other| other.recommendation == link.recommendation && other.order > link.order)
            .map(|other| other.order.clone())
            .min()
            .unwrap_or_default();
        let order = order::between(&link.order, &after);
        edit.put(&Link { id, recommendation: link.recommendation, action: new, order });
    }
}

/// The sort keys behind one, of rows that the edit has added so far.
fn edit_orders(edit: &EditBuilder<'_>, responsibility: Option<Id>, behind: &str) -> Vec<String> {
    let added = edit.added::<Action>();
    let rows = added.into_iter().filter(|row| row.responsibility == responsibility && row.order.as_str() > behind);
    rows.map(|row| row.order).collect()
}

/// Sets the plan's own word and letter for a state; both blank for ours.
#[must_use]
pub fn set_state_word(plan: &Plan, state: Shown, word: &str, letter: &str) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Change the word for {state}"));
    put_state_word(&mut edit, state, word, letter);
    edit.finish()
}

fn put_state_word(edit: &mut EditBuilder<'_>, state: Shown, word: &str, letter: &str) {
    let id = StateWord::id_of(edit.plan().id(), state);
    let word = word.trim();
    let word = if word.eq_ignore_ascii_case(state.word()) { "" } else { word };
    if word.is_empty() && letter.trim().is_empty() {
        edit.delete::<StateWord>(id);
    } else {
        let (word, letter) = (word.to_owned(), letter.trim().to_owned());
        edit.put(&StateWord { id, key: state.word().to_owned(), word, letter });
    }
}

/// Gives every state the letter that most NHS papers give it; the words stay.
#[must_use]
pub fn set_usual_letters(plan: &Plan) -> Edit {
    let words = StateWords::of(plan);
    let mut edit = EditBuilder::new(plan, "Use the usual letters for states");
    for state in Shown::ALL {
        let word = Some(words.word(*state)).filter(|word| *word != state.word()).unwrap_or_default();
        put_state_word(&mut edit, *state, word, state.usual_letter());
    }
    edit.finish()
}

#[cfg(test)]
mod tests;
