//! What the program says about rows on paper: states as shape and word, dues, dates, references.

use super::paper::{Block, Mark, Run, State, Tone};
use crate::model::{Action, ActionState, Index, Plan, PositionState};
use chrono::NaiveDate;

/// "28 May 2013".
pub(super) fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A word with a capital.
pub(super) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The state of a position.
pub(super) fn position(state: PositionState) -> State {
    let (mark, tone) = match state {
        PositionState::InPlace => (Mark::Dot, Tone::Good),
        PositionState::Partly => (Mark::Half, Tone::Watch),
        PositionState::Gap => (Mark::Triangle, Tone::Bad),
        PositionState::Planned => (Mark::Diamond, Tone::Active),
        PositionState::Waiting => (Mark::Clock, Tone::Open),
        PositionState::NoLongerNeeded => (Mark::Dash, Tone::Plain),
    };
    State { mark, tone, word: capital(state.word()) }
}

/// The state of an action; overdue and tentative come before what was recorded.
pub(super) fn action(action: &Action, overdue: bool) -> Vec<Run> {
    let (mark, tone) = match action.state {
        ActionState::NotStarted => (Mark::Circle, Tone::Plain),
        ActionState::InProgress => (Mark::Half, Tone::Active),
        ActionState::Complete => (Mark::Tick, Tone::Good),
        ActionState::OnHold => (Mark::Bars, Tone::Watch),
        ActionState::NoLongerNeeded => (Mark::Dash, Tone::Plain),
    };
    let over = matches!(action.state, ActionState::Complete | ActionState::NoLongerNeeded);
    let first = |mark, tone, word: &str, more: String| {
        let state = Run::State(State { mark, tone, word: word.to_owned() });
        let more = (!more.is_empty()).then(|| Run::Quiet(format!(", {more}")));
        std::iter::once(state).chain(more).collect()
    };
    if action.tentative && !over {
        return first(Mark::Question, Tone::Open, "Tentative", action.state.to_string());
    }
    if overdue {
        return first(Mark::Triangle, Tone::Bad, "Overdue", action.state.to_string());
    }
    let done_on = action.done_on.filter(|_| action.state == ActionState::Complete);
    first(mark, tone, &capital(action.state.word()), done_on.map(date).unwrap_or_default())
}

/// An action's due, with what it was before: "July 2013 (was June 2013)".
pub(super) fn due(plan: &Plan, index: &Index, action: &Action) -> String {
    let due = index.due(plan, action);
    let mut text = due.text();
    let original = action.original_due_words.as_str();
    if !original.is_empty() && !due.words.contains(&original) {
        text.push_str(&format!(" (was {original})"));
    }
    text.trim().to_owned()
}

/// Who has an action: "Head of contracting, with NHS Eastmere CCG".
pub(super) fn owner(action: &Action) -> String {
    match (action.owner.trim(), action.partners.trim()) {
        (owner, "") => owner.to_owned(),
        ("", partners) => format!("With {partners}"),
        (owner, partners) => format!("{owner}, with {partners}"),
    }
}

/// Parts of a line with a dot between those that have words.
pub(super) fn joined(parts: impl IntoIterator<Item = Vec<Run>>) -> Vec<Run> {
    let mut line: Vec<Run> = Vec::new();
    for part in parts {
        if part.iter().all(|run| run.text().is_empty()) {
            continue;
        }
        if !line.is_empty() {
            line.push(Run::Quiet(" · ".into()));
        }
        line.extend(part);
    }
    line
}

/// A paragraph of one line's words; none if it has none.
pub(super) fn line(text: &str) -> Vec<Block> {
    if text.is_empty() { Vec::new() } else { vec![Block::paragraph(vec![Run::Plain(text.to_owned())])] }
}
