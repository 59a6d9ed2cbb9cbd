//! What the program says about rows on paper: states as shape and word, dues, dates, references.

use super::paper::{Block, Mark, Run, State, Tone};
use crate::model::printed::{self, DOT, Facts};
use crate::model::state::{Shown, StateWords};
use crate::model::{Action, ActionState, PositionState};
use chrono::NaiveDate;

pub(super) use crate::model::printed::{capital, day as date};

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

/// A state as shape and word: the CCG's own word where it has one, its letter before it.
pub(super) fn shown(words: &StateWords, state: Shown) -> State {
    let (mark, tone) = match state {
        Shown::NotStarted => (Mark::Circle, Tone::Plain),
        Shown::InProgress => (Mark::Half, Tone::Active),
        Shown::Complete => (Mark::Tick, Tone::Good),
        Shown::Overdue => (Mark::Triangle, Tone::Bad),
        Shown::OnHold => (Mark::Bars, Tone::Watch),
        Shown::NoLongerNeeded => (Mark::Dash, Tone::Plain),
        Shown::Tentative => (Mark::Question, Tone::Open),
    };
    let word = printed::state_word(words, state);
    State { mark, tone, word }
}

/// A state with what was recorded where that is something else, and when it was done.
pub(super) fn told(words: &StateWords, state: Shown, recorded: ActionState, done_on: Option<NaiveDate>) -> Vec<Run> {
    let recorded = Shown::of(recorded);
    let more = match state {
        Shown::Overdue | Shown::Tentative => words.word(recorded).to_owned(),
        Shown::Complete => done_on.map(date).unwrap_or_default(),
        _ => String::new(),
    };
    let more = (!more.is_empty()).then(|| Run::Quiet(format!(", {more}")));
    std::iter::once(Run::State(shown(words, state))).chain(more).collect()
}

/// The state of an action; overdue and tentative come before what was recorded.
pub(super) fn action(words: &StateWords, facts: &Facts) -> Vec<Run> {
    told(words, facts.shown(), facts.state, facts.done_on)
}

/// Who has an action: "Head of contracting, with NHS Eastmere CCG".
pub(super) fn owner(action: &Action) -> String {
    printed::people(action.owner.trim(), action.partners.trim())
}

/// Parts of a line with a dot between those that have words.
pub(super) fn joined(parts: impl IntoIterator<Item = Vec<Run>>) -> Vec<Run> {
    let mut line: Vec<Run> = Vec::new();
    for part in parts {
        if part.iter().all(|run| run.text().is_empty()) {
            continue;
        }
        if !line.is_empty() {
            line.push(Run::Quiet(DOT.into()));
        }
        line.extend(part);
    }
    line
}

/// A paragraph of one line's words; none if it has none.
pub(super) fn line(text: &str) -> Vec<Block> {
    if text.is_empty() { Vec::new() } else { vec![Block::paragraph(vec![Run::Plain(text.to_owned())])] }
}
