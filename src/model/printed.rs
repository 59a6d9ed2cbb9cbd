//! What papers say of a row in the program's own words, and how it is read back. `report` writes
//! these words and `import` reads them: they stand here so that both mean the same.

mod facts;
mod timescales;

use super::state::{Shown, StateWords};
use super::text::fold;
use super::{Acceptance, PositionState};
use chrono::NaiveDate;

pub use facts::{Facts, in_our_words, people, read_due, read_owner};
pub use timescales::{TimescaleFacts, read_timescales, timescale_label, timescale_lines};

/// The appendix's columns, after the number's.
pub const APPENDIX: [&str; 4] = ["Recommendation", "Government response", "Current position", "Actions"];
/// The action plan's columns.
pub const ACTION_PLAN: [&str; 5] = ["Action", "Owner", "Timescale", "State", "Recommendations"];
/// The appendix's columns as separated values.
pub const APPENDIX_VALUES: &[&str] = &[
    "No.",
    "Theme",
    "Title",
    "Recommendation",
    "Government response",
    "Acceptance",
    "Why",
    "Current position",
    "Position as at",
    "Position in a word",
    "Evidence",
    "Action",
    "Owner",
    "Partners",
    "Timescale",
    "State",
    "Overdue",
];
/// The action plan's columns as separated values.
pub const ACTION_PLAN_VALUES: &[&str] =
    &["Key responsibility", "Action", "Owner", "Partners", "Timescale", "State", "Overdue", "Recommendations"];

/// The timeline's columns.
pub const TIMELINE: [&str; 5] = ["Action", "Owner", "Due", "State", "Latest progress"];
/// Some of the timeline's columns as separated values: enough to know it by.
pub const TIMELINE_VALUES: [&str; 5] = ["When", "Quarter", "Due", "Due by", "Times put off"];

/// The heading over recommendations that stand under no theme, where others stand under themes.
pub const NO_THEME: &str = "Under no theme";
/// What a responsibility's heading begins with.
pub const RESPONSIBILITY: &str = "Key responsibility";
/// The heading over actions that stand under no responsibility.
pub const NO_RESPONSIBILITY: &str = "Actions under no key responsibility";
/// What stands under a responsibility that has no actions.
pub const NO_ACTIONS: &str = "No actions yet";
/// Stands under a recommendation that the organisation words itself.
pub const OWN_WORDING: &str = "In our own wording";
/// Stands before whoever recorded a response.
pub const RECORDED_BY: &str = "as recorded by ";
/// Stands before the organisation's own answer.
pub const OUR_ANSWER: &str = "Our answer: ";
/// Stands between the reasons of an answer and a position that has no line of its own above it.
pub const POSITION: &str = "Where we stand:";
/// Stands before each piece of evidence.
pub const EVIDENCE: &str = "Evidence: ";
/// Stands before the day that a position is of.
pub const AS_AT: &str = "as at ";
/// Stands between the parts of a line.
pub const DOT: &str = " · ";

/// "28 May 2013".
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// Reads what [`day`] wrote.
#[must_use]
pub fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%d %B %Y").ok()
}

/// A word with a capital.
#[must_use]
pub fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A state of an action: the plan's own word where it has one, its letter before it. "B – Delivered".
#[must_use]
pub fn state_word(words: &StateWords, state: Shown) -> String {
    let word = capital(words.word(state));
    match words.letter(state) {
        "" => word,
        letter => format!("{letter} – {word}"),
    }
}

/// The responsibility that a heading names; blank for the one over actions that stand alone.
#[must_use]
pub fn read_responsibility(heading: &str) -> Option<&str> {
    if heading.trim() == NO_RESPONSIBILITY {
        return Some("");
    }
    heading.strip_prefix(RESPONSIBILITY)?.strip_prefix(": ").map(str::trim).filter(|text| !text.is_empty())
}

/// Whether a table's headings are those of a paper of ours.
#[must_use]
pub fn has_headings<'h>(headings: impl Iterator<Item = &'h str>, ours: &[&str]) -> bool {
    let found: Vec<String> = headings.map(|heading| fold(heading.trim())).collect();
    ours.iter().all(|wanted| found.iter().any(|heading| *heading == fold(wanted)))
}

/// Evidence as a line of the appendix says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EvidenceFacts {
    /// What it is.
    pub text: String,
    /// Its sort.
    pub kind: String,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Where it is held.
    pub held: String,
    /// The last day it can be relied on.
    pub valid_until: Option<NaiveDate>,
}

impl EvidenceFacts {
    /// What follows the text, part by part.
    #[must_use]
    pub fn parts(&self, as_at: NaiveDate) -> Vec<String> {
        let held = if self.held.is_empty() { String::new() } else { format!("held: {}", self.held) };
        let until = self.valid_until.map(|until| {
            let word = if until < as_at { "was valid until" } else { "valid until" };
            format!("{word} {}", day(until))
        });
        [self.kind.clone(), self.date.map(day).unwrap_or_default(), held, until.unwrap_or_default()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect()
    }

    /// Reads a line of evidence; `None` for any other.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let mut parts: Vec<&str> = line.strip_prefix(EVIDENCE)?.split(DOT).collect();
        let mut found = Self::default();
        let last = |parts: &Vec<&str>| parts.last().copied().filter(|_| parts.len() > 1).unwrap_or_default().to_owned();
        let until = last(&parts);
        let until = until.strip_prefix("was ").unwrap_or(&until).strip_prefix("valid until ").and_then(read_day);
        if until.is_some() {
            (found.valid_until, _) = (until, parts.pop());
        }
        if let Some(held) = last(&parts).strip_prefix("held: ") {
            (found.held, _) = (held.to_owned(), parts.pop());
        }
        if let Some(date) = read_day(&last(&parts)) {
            (found.date, _) = (Some(date), parts.pop());
        }
        if parts.len() > 1 {
            found.kind = parts.pop().unwrap_or_default().to_owned();
        }
        found.text = parts.join(DOT);
        Some(found)
    }
}

/// A position's line over its text: its state's word and the day it is of.
#[must_use]
pub fn read_position(line: &str) -> Option<(Option<PositionState>, Option<NaiveDate>)> {
    let (word, of) = line.split_once(DOT).unwrap_or((line, ""));
    let state = |word: &str| PositionState::ALL.iter().copied().find(|state| capital(state.word()) == word.trim());
    let date = |text: &str| text.trim().strip_prefix(AS_AT).and_then(read_day);
    match (state(word), date(of), date(word)) {
        (Some(state), None, _) if of.is_empty() => Some((Some(state), None)),
        (Some(state), Some(of), _) => Some((Some(state), Some(of))),
        (None, None, Some(of_it)) if of.is_empty() => Some((None, Some(of_it))),
        _ => None,
    }
}

/// The organisation's own answer: "Our answer: accepted, 21 May 2013".
#[must_use]
pub fn read_answer(line: &str) -> Option<(Acceptance, Option<NaiveDate>)> {
    let text = line.strip_prefix(OUR_ANSWER)?;
    let word = |word: &str| Acceptance::ALL.iter().copied().find(|answer| answer.word() == word.trim());
    if let Some(answer) = word(text) {
        return Some((answer, None));
    }
    let (head, of) = text.rsplit_once(", ")?;
    Some((word(head)?, Some(read_day(of)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_and_positions_read_back() {
        let day = |text: &str| read_day(text);
        let facts = EvidenceFacts {
            text: "Walk-round · six wards".into(),
            kind: "audit".into(),
            date: day("16 April 2013"),
            held: "Shared folder".into(),
            valid_until: day("27 May 2013"),
        };
        let as_at = day("28 May 2013").expect("a day");
        let parts = [vec![facts.text.clone()], facts.parts(as_at)].concat().join(DOT);
        assert_eq!(EvidenceFacts::read(&format!("{EVIDENCE}{parts}")), Some(facts), "{parts}");
        assert_eq!(read_position("Partly · as at 1 May 2013").map(|read| read.1), Some(day("1 May 2013")));
        assert_eq!(read_position("Partly agreed with the trust"), None, "somebody's words");
        assert_eq!(read_answer("Our answer: accepted, 1 May 2013").map(|read| read.1), Some(day("1 May 2013")));
    }
}
