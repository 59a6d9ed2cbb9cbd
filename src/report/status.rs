//! What the program says about rows on paper: states as shape and word, dues, dates, references.

use super::paper::{Block, Mark, Run, State, Tone};
use crate::model::state::{Shown, StateWords};
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
    let word = capital(words.word(state));
    let word = match words.letter(state) {
        "" => word,
        letter => format!("{letter} – {word}"),
    };
    State { mark, tone, word }
}

/// A state with what was recorded where that is something else, and when it was done.
pub(super) fn told(words: &StateWords, state: Shown, recorded: ActionState, done_on: Option<NaiveDate>) -> Vec<Run> {
    let recorded = Shown::of(recorded, false, false);
    let more = match state {
        Shown::Overdue | Shown::Tentative => words.word(recorded).to_owned(),
        Shown::Complete => done_on.map(date).unwrap_or_default(),
        _ => String::new(),
    };
    let more = (!more.is_empty()).then(|| Run::Quiet(format!(", {more}")));
    std::iter::once(Run::State(shown(words, state))).chain(more).collect()
}

/// The state of an action; overdue and tentative come before what was recorded.
pub(super) fn action(words: &StateWords, action: &Action, overdue: bool) -> Vec<Run> {
    told(words, Shown::of(action.state, action.tentative, overdue), action.state, action.done_on)
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
    people(&action.owner, &action.partners)
}

/// Who has something, and with whom.
pub(super) fn people(owner: &str, partners: &str) -> String {
    match (owner.trim(), partners.trim()) {
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
