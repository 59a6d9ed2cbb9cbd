//! The line under an action: its state, who has it, when it is due.

use super::{DOT, capital, read_day, state_word};
use crate::model::state::{Shown, StateWords};
use crate::model::{Action, ActionState, Index, Plan, due};
use chrono::NaiveDate;

/// The labels of parts that would be taken for another without one, in their order.
const LABELS: [&str; 4] = ["owner: ", "with: ", "due: ", "was: "];
/// The shapes of states, as they come along with a copied line.
const SHAPES: [char; 10] = ['○', '◐', '●', '✓', '▲', '‖', '?', '◷', '◇', '–'];

/// Who has an action, when it is due and how far it is, as papers say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How far it is.
    pub state: ActionState,
    /// Whether it is only an idea yet.
    pub tentative: bool,
    /// Whether it is late.
    pub overdue: bool,
    /// The day it was done.
    pub done_on: Option<NaiveDate>,
    /// Who has it.
    pub owner: String,
    /// Who else is in it.
    pub partners: String,
    /// Its due words.
    pub due: String,
    /// The due words before the first revision.
    pub was: String,
}

impl Facts {
    /// What a paper says of an action, judged against a date.
    #[must_use]
    pub fn of(plan: &Plan, index: &Index, action: &Action, as_at: NaiveDate) -> Self {
        let over = matches!(action.state, ActionState::Complete | ActionState::NoLongerNeeded);
        let due = index.due(plan, action);
        let was = action.original_due_words.as_str();
        let known = due.words.contains(&was);
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            state: action.state,
            tentative: action.tentative && !over,
            overdue: index.is_overdue(plan, action, as_at),
            done_on: action.done_on.filter(|_| action.state == ActionState::Complete),
            owner: line(&action.owner),
            partners: line(&action.partners),
            due: line(&due.text()),
            was: if known { String::new() } else { line(was) },
        }
    }

    /// How its state is shown.
    #[must_use]
    pub fn shown(&self) -> Shown {
        Shown::of(self.state).tentative(self.tentative).overdue(self.overdue)
    }

    /// Owner and partners in a cell of their own: "Head of contracting, with NHS Eastmere CCG".
    #[must_use]
    pub fn owner_cell(&self) -> String {
        let cell = people(&self.owner, &self.partners);
        let read = read_owner(&cell);
        if read == (self.owner.clone(), self.partners.clone()) { cell } else { self.labelled(0..2) }
    }

    /// The due in a cell of its own: "July 2013 (was June 2013)".
    #[must_use]
    pub fn due_cell(&self) -> String {
        let cell = dated(&self.due, &self.was);
        let read = read_due(&cell);
        if read == (self.due.clone(), self.was.clone()) { cell } else { self.labelled(2..4) }
    }

    /// Owner and due as the parts of a line; with labels where they could not be told apart.
    #[must_use]
    pub fn parts(&self) -> Vec<String> {
        let plain = [people(&self.owner, &self.partners), dated(&self.due, &self.was)];
        let plain: Vec<String> = plain.into_iter().filter(|part| !part.is_empty()).collect();
        let mut read = Self { overdue: self.overdue, done_on: self.done_on, ..Self::blank(self.state, self.tentative) };
        if read.read_parts(&plain.join(DOT)).is_some() && read == *self {
            return plain;
        }
        let labelled = self.labelled(0..4);
        if labelled.is_empty() { Vec::new() } else { vec![labelled] }
    }

    fn blank(state: ActionState, tentative: bool) -> Self {
        let (owner, partners, due, was) = (String::new(), String::new(), String::new(), String::new());
        Self { state, tentative, overdue: false, done_on: None, owner, partners, due, was }
    }

    fn labelled(&self, which: std::ops::Range<usize>) -> String {
        let values = [&self.owner, &self.partners, &self.due, &self.was];
        let parts = LABELS.iter().zip(values).take(which.end).skip(which.start);
        let parts = parts.filter(|(_, value)| !value.is_empty()).map(|(label, value)| format!("{label}{value}"));
        parts.collect::<Vec<_>>().join(DOT)
    }

    /// Reads a whole line: "Overdue, in progress · Quality lead · July 2013". `None` for any other.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let line = line.trim();
        let (state, parts) = line.split_once(DOT).unwrap_or((line, ""));
        let mut facts = Self::read_state(state)?;
        facts.read_parts(parts)?;
        Some(facts)
    }

    /// Reads the state alone: "Complete, 21 May 2013".
    #[must_use]
    pub fn read_state(text: &str) -> Option<Self> {
        let (shown, more) = read_shown(text, &StateWords::default())?;
        // as it is written: what people write is theirs
        let recorded = || ActionState::ALL.iter().copied().find(|state| state.word() == more);
        Some(match shown {
            Shown::Tentative => Self::blank(recorded()?, true),
            Shown::Overdue => Self { overdue: true, ..Self::blank(recorded()?, false) },
            _ => {
                let state = ActionState::from_word(shown.word())?;
                let done_on = if more.is_empty() { None } else { Some(read_day(more)?) };
                if done_on.is_some() && state != ActionState::Complete {
                    return None;
                }
                Self { done_on, ..Self::blank(state, false) }
            }
        })
    }

    /// Reads what stands after the state.
    fn read_parts(&mut self, text: &str) -> Option<()> {
        if LABELS.iter().any(|label| text.starts_with(label)) {
            [self.owner, self.partners, self.due, self.was] = read_labelled(text);
            return Some(());
        }
        let parts: Vec<&str> = text.split(DOT).filter(|part| !part.is_empty()).collect();
        match parts[..] {
            [] => {}
            [only] if is_due(only) => (self.due, self.was) = read_due(only),
            [only] => (self.owner, self.partners) = read_owner(only),
            [owner, due] => {
                (self.owner, self.partners) = read_owner(owner);
                (self.due, self.was) = read_due(due);
            }
            _ => return None,
        }
        Some(())
    }
}

/// Who has something, and with whom: "Head of contracting, with NHS Eastmere CCG".
#[must_use]
pub fn people(owner: &str, partners: &str) -> String {
    match (owner, partners) {
        (owner, "") => owner.to_owned(),
        ("", partners) => format!("With {partners}"),
        (owner, partners) => format!("{owner}, with {partners}"),
    }
}

fn dated(due: &str, was: &str) -> String {
    match (due, was) {
        (due, "") => due.to_owned(),
        ("", was) => format!("(was {was})"),
        (due, was) => format!("{due} (was {was})"),
    }
}

/// Owner and partners of a cell.
#[must_use]
pub fn read_owner(cell: &str) -> (String, String) {
    if LABELS.iter().any(|label| cell.starts_with(label)) {
        let [owner, partners, ..] = read_labelled(cell);
        return (owner, partners);
    }
    if let Some(partners) = cell.strip_prefix("With ") {
        return (String::new(), partners.to_owned());
    }
    let (owner, partners) = cell.split_once(", with ").unwrap_or((cell, ""));
    (owner.to_owned(), partners.to_owned())
}

/// The due words of a cell, and what they were before.
#[must_use]
pub fn read_due(cell: &str) -> (String, String) {
    if LABELS.iter().any(|label| cell.starts_with(label)) {
        let [.., due, was] = read_labelled(cell);
        return (due, was);
    }
    let was = cell.rfind("(was ").filter(|_| cell.ends_with(')'));
    let Some(at) = was else { return (cell.to_owned(), String::new()) };
    let before = cell.get(at + "(was ".len()..cell.len() - 1).unwrap_or_default();
    (cell[..at].trim_end().to_owned(), before.to_owned())
}

/// A state as papers write it, capital and all, since what people write is theirs; and what follows
/// it after a comma. The longest fits: a plan's own word may begin as another state's does.
fn read_shown<'t>(text: &'t str, words: &StateWords) -> Option<(Shown, &'t str)> {
    let text = text.trim();
    let text = text.strip_prefix(SHAPES).map_or(text, str::trim_start);
    let fitting = |text: &'t str, form: &dyn Fn(Shown) -> String| {
        let all = Shown::ALL.iter().filter_map(|state| {
            let form = form(*state);
            let rest = text.strip_prefix(form.as_str())?;
            let more = if rest.is_empty() { "" } else { rest.strip_prefix(", ")? };
            Some((form.len(), *state, more))
        });
        all.max_by_key(|(length, ..)| *length).map(|(_, state, more)| (state, more))
    };
    // another plan's letter stands before our word: the word says it all
    let lettered = || {
        let (letter, rest) = text.split_once(" – ")?;
        let is_letter = (1..=2).contains(&letter.len()) && letter.chars().all(|c| c.is_ascii_uppercase());
        fitting(rest, &|state| capital(words.word(state))).filter(|_| is_letter)
    };
    fitting(text, &|state| state_word(words, state)).or_else(lettered)
}

/// A line or cell of a paper that says a state in a plan's own words, in ours; `None` for any other.
#[must_use]
pub fn in_our_words(line: &str, words: &StateWords) -> Option<String> {
    let (state, rest) = line.split_once(DOT).map_or((line, None), |(state, rest)| (state, Some(rest)));
    let (shown, more) = read_shown(state, words)?;
    let recorded = ActionState::ALL.iter().copied().find(|state| words.word(Shown::of(*state)) == more);
    let more = match recorded {
        Some(state) => state.word(),
        None => more,
    };
    let mut ours = state_word(&StateWords::default(), shown);
    if !more.is_empty() {
        ours = format!("{ours}, {more}");
    }
    Facts::read_state(&ours)?;
    Some(rest.map_or(ours.clone(), |rest| format!("{ours}{DOT}{rest}")))
}

/// Whether a part that stands alone says when: a person is never "July 2013".
fn is_due(part: &str) -> bool {
    let (words, was) = read_due(part);
    !was.is_empty() || due::read(&words) != due::Due::None
}

/// The values behind the labels, which stand in their order.
fn read_labelled(text: &str) -> [String; 4] {
    let mut values = [const { String::new() }; 4];
    let mut rest = text;
    for (at, label) in LABELS.iter().enumerate() {
        let Some(body) = rest.strip_prefix(label) else { continue };
        let next = LABELS[at + 1..].iter().filter_map(|later| body.find(&format!("{DOT}{later}"))).min();
        let (value, after) = next.map_or((body, ""), |cut| (&body[..cut], &body[cut + DOT.len()..]));
        value.clone_into(&mut values[at]);
        rest = after;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(owner: &str, partners: &str, due: &str, was: &str) -> Facts {
        let [owner, partners, due, was] = [owner, partners, due, was].map(str::to_owned);
        Facts { owner, partners, due, was, ..Facts::blank(ActionState::InProgress, false) }
    }

    fn line(facts: &Facts) -> String {
        let state = state_word(&StateWords::default(), facts.shown());
        std::iter::once(state).chain(facts.parts()).collect::<Vec<_>>().join(DOT)
    }

    #[test]
    fn a_line_says_what_it_can_be_read_back_from() {
        let cases = [
            (facts("", "", "", ""), "In progress"),
            (facts("Quality lead", "", "", ""), "In progress · Quality lead"),
            (facts("", "", "July 2013", ""), "In progress · July 2013"),
            (facts("", "", "TBC", ""), "In progress · due: TBC"),
            (facts("Monthly review group", "", "", ""), "In progress · owner: Monthly review group"),
            (facts("Lead", "CSU", "July 2013", "May 2013"), "In progress · Lead, with CSU · July 2013 (was May 2013)"),
            (facts("", "CSU", "ongoing", ""), "In progress · With CSU · ongoing"),
            (facts("Lead, with hope", "", "", ""), "In progress · owner: Lead, with hope"),
            (facts("A · B", "", "May 2013", ""), "In progress · owner: A · B · due: May 2013"),
            (facts("Lead", "", "May (was June)", ""), "In progress · owner: Lead · due: May (was June)"),
        ];
        for (facts, expected) in cases {
            let written = line(&facts);
            assert_eq!(written, expected, "{facts:?}");
            assert_eq!(Facts::read(&written), Some(facts), "{written}");
        }
    }

    #[test]
    fn states_are_read_with_what_stands_beside_them_and_only_as_papers_write_them() {
        let done = NaiveDate::from_ymd_opt(2013, 5, 21);
        let read = |text: &str| Facts::read(text).map(|facts| (facts.state, facts.tentative, facts.overdue));
        use ActionState::{Complete, InProgress, NotStarted};
        assert_eq!(Facts::read("Complete, 21 May 2013").map(|facts| facts.done_on), Some(done), "the day it was done");
        let cases = [
            ("Not started", Some((NotStarted, false, false))),
            ("○ Not started · Chair", Some((NotStarted, false, false))),
            ("Overdue, in progress · Chair · May 2013", Some((InProgress, false, true))),
            ("? Tentative, not started", Some((NotStarted, true, false))),
            ("✓ B – Complete, 21 May 2013 · Chair", Some((Complete, false, false))),
            ("Rota – Complete", None),
            ("Complete, 21 May 2013 · Chair", Some((Complete, false, false))),
            ("Complete the review", None),
            ("Complete, in full", None),
            ("complete", None),
            ("Overdue", None),
            ("Not started · a · b · c", None),
            ("Agree the list · Chair · May 2013", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
