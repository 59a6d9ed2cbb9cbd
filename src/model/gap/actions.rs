//! Gaps of actions: owner, due, and how long one has been tentative.

use super::{Gap, Look, Rule, TENTATIVE_DAYS};
use crate::model::due::Due;
use crate::model::{Action, ActionState, Entity, text};
use chrono::NaiveDate;

pub(super) fn gaps(look: &Look<'_>) -> Vec<Gap> {
    let headings = look.plan.responsibilities_in_order().into_iter().map(|row| Some(row.id)).chain([None]);
    let actions = headings.flat_map(|id| look.index.actions_under(look.plan, id));
    actions.filter(|row| is_open(row)).flat_map(|row| of(look, row)).collect()
}

fn is_open(row: &Action) -> bool {
    !matches!(row.state, ActionState::Complete | ActionState::NoLongerNeeded)
}

fn of(look: &Look<'_>, row: &Action) -> Vec<Gap> {
    let gap = |rule, text: String| Gap::at(rule, Entity::Action, row.id, text);
    let mut found = Vec::new();
    if row.owner.is_empty() {
        found.push(gap(Rule::NoOwner, "Nobody has it".to_owned()));
    }
    let due = look.index.due(look.plan, row);
    let words = due.text();
    if words.is_empty() && due.readings.iter().all(|reading| *reading == Due::None) {
        found.push(gap(Rule::NoDue, undated(look, row)));
    } else if due.readings.iter().any(|reading| *reading == Due::None || reading.must_ask()) {
        found.push(gap(Rule::DueNotRead, format!("\"{words}\" cannot be read as a date")));
    }
    found.extend(since(look, row).filter(|_| row.tentative).and_then(|since| {
        let days = (look.as_at - since).num_days();
        let text = || format!("Not confirmed for {days} days, since {}", since.format("%-d %B %Y"));
        (days > TENTATIVE_DAYS).then(|| gap(Rule::Tentative, text()))
    }));
    found
}

/// Why nothing says when it is due: its responsibility may have timescales, and which of them is its own is open.
fn undated(look: &Look<'_>, row: &Action) -> String {
    let all = row.responsibility.map_or_else(Vec::new, |id| look.index.timescales(look.plan, id));
    let free: Vec<&str> = all.iter().filter(|one| one.action.is_none()).map(|one| one.words.as_str()).collect();
    match free[..] {
        [] => "Nothing says when it is due".to_owned(),
        _ => format!(
            "Its key responsibility has {} that nobody has paired with an action ({}); whether one is its due is open",
            text::count(free.len(), "timescale"),
            free.join(", ")
        ),
    }
}

/// When a person last said something of it: its last progress note, else the plan's own date.
fn since(look: &Look<'_>, row: &Action) -> Option<NaiveDate> {
    let notes = look.index.updates(look.plan, row.id).into_iter().filter_map(|note| note.date);
    notes.filter(|date| *date <= look.as_at).max().or_else(|| look.plan.due_anchor())
}
