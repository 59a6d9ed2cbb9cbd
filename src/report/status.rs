//! What the program says about rows on paper: states as shape and word, dues, dates, references.

use super::paper::{Block, Mark, Run, State, Tone};
use crate::model::printed::{DOT, Facts};
use crate::model::{ActionState, PositionState};

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

/// The state of an action; overdue and tentative come before what was recorded.
pub(super) fn action(facts: &Facts) -> Vec<Run> {
    let (mark, tone) = match facts.state {
        _ if facts.tentative => (Mark::Question, Tone::Open),
        _ if facts.overdue => (Mark::Triangle, Tone::Bad),
        ActionState::NotStarted => (Mark::Circle, Tone::Plain),
        ActionState::InProgress => (Mark::Half, Tone::Active),
        ActionState::Complete => (Mark::Tick, Tone::Good),
        ActionState::OnHold => (Mark::Bars, Tone::Watch),
        ActionState::NoLongerNeeded => (Mark::Dash, Tone::Plain),
    };
    let (word, more) = facts.state_words();
    let state = Run::State(State { mark, tone, word });
    let more = (!more.is_empty()).then(|| Run::Quiet(format!(", {more}")));
    std::iter::once(state).chain(more).collect()
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
