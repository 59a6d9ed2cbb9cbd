//! Words, letters and colours for how far something is.

use super::document::{BlockKind, Document};
use crate::model::text::fold;
use crate::model::{ActionState, PositionState};
use std::collections::BTreeMap;

/// A colour of a traffic light, of three or four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Colour {
    Red,
    Amber,
    Green,
    Blue,
}

/// A state that was read, and whether the words say no more than it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadAs<T> {
    pub(super) state: T,
    /// Where not, the words are kept beside it.
    pub(super) whole: bool,
}

/// What the document's key says of its colours, "Green = complete".
#[derive(Debug, Clone, Default)]
pub(super) struct Key(BTreeMap<Colour, String>);

/// The colour that a letter or a word stands for.
fn colour(text: &str) -> Option<Colour> {
    let folded = fold(text.trim().trim_end_matches('.').trim_start_matches(['(', '[']).trim_end_matches([')', ']']));
    match folded.as_str() {
        "r" | "red" => Some(Colour::Red),
        "a" | "amber" | "y" | "yellow" | "orange" => Some(Colour::Amber),
        "g" | "green" => Some(Colour::Green),
        "b" | "blue" => Some(Colour::Blue),
        _ => None,
    }
}

impl Key {
    /// The key of a document that has one: at least two colours with words behind them in one place.
    pub(super) fn of(document: &Document) -> Self {
        let short = |text: &&str| text.chars().count() <= 600;
        for block in &document.blocks {
            let texts: Vec<&str> = match &block.kind {
                BlockKind::Heading(text) | BlockKind::Paragraph(text) | BlockKind::Bullet(text) => vec![text],
                BlockKind::Table(table) => {
                    table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.as_str()).collect()
                }
            };
            for text in texts.into_iter().filter(short) {
                let key = Self::read(text);
                if key.0.len() > 1 {
                    return key;
                }
            }
        }
        Self::default()
    }

    fn read(text: &str) -> Self {
        let entry = |part: &str| {
            let (name, words) = part.split_once(['=', ':', '–']).or_else(|| part.split_once(" - "))?;
            let name = name.rsplit([':', ' ']).find(|word| !word.is_empty())?;
            Some((colour(name)?, words.trim().to_owned())).filter(|(_, words)| !words.is_empty())
        };
        // "RAG key: Red = …": what stands before the first colour names the key
        let text = text.split_once(':').filter(|(head, _)| colour(head).is_none()).map_or(text, |(_, rest)| rest);
        Self(text.split([',', ';', '\n', '|', '.']).filter_map(entry).collect())
    }

    /// How far an action is. A colour alone says less than people mean by it, and is kept.
    pub(super) fn action(&self, text: &str) -> Option<ReadAs<ActionState>> {
        if let Some(state) = action_word(text) {
            return Some(ReadAs { state, whole: true });
        }
        let colour = colour(text)?;
        if let Some(state) = self.0.get(&colour).and_then(|words| action_word(words)) {
            return Some(ReadAs { state, whole: true });
        }
        let state = match colour {
            Colour::Red => ActionState::NotStarted,
            // green means "done" to some and "on track" to others: nobody's open action becomes a done one
            Colour::Amber | Colour::Green => ActionState::InProgress,
            Colour::Blue => ActionState::Complete,
        };
        Some(ReadAs { state, whole: false })
    }

    /// Where the CCG stands.
    pub(super) fn position(&self, text: &str) -> Option<ReadAs<PositionState>> {
        if let Some(state) = position_word(text) {
            return Some(ReadAs { state, whole: true });
        }
        let colour = colour(text)?;
        if let Some(state) = self.0.get(&colour).and_then(|words| position_word(words)) {
            return Some(ReadAs { state, whole: true });
        }
        let (state, whole) = match colour {
            Colour::Red => (PositionState::Gap, true),
            Colour::Amber => (PositionState::Partly, true),
            Colour::Green => (PositionState::InPlace, true),
            Colour::Blue => (PositionState::InPlace, false),
        };
        Some(ReadAs { state, whole })
    }
}

fn action_word(text: &str) -> Option<ActionState> {
    let text = text.trim().trim_end_matches('.');
    ActionState::from_word(text).or_else(|| match fold(text).as_str() {
        "completed" | "done" | "delivered" | "closed" | "achieved" => Some(ActionState::Complete),
        "started" | "under way" | "underway" | "on track" | "in hand" | "on-going" | "ongoing" => {
            Some(ActionState::InProgress)
        }
        "not yet started" | "to start" | "planned" => Some(ActionState::NotStarted),
        "paused" | "deferred" | "suspended" => Some(ActionState::OnHold),
        _ => None,
    })
}

fn position_word(text: &str) -> Option<PositionState> {
    let text = text.trim().trim_end_matches('.');
    PositionState::from_word(text).or_else(|| match fold(text).as_str() {
        "met" | "fully met" | "compliant" | "fully compliant" | "complete" | "completed" | "done" | "achieved" => {
            Some(PositionState::InPlace)
        }
        "partial"
        | "partially"
        | "partly met"
        | "partially met"
        | "partly compliant"
        | "partially compliant"
        | "partly in place"
        | "partially in place"
        | "in progress"
        | "on track" => Some(PositionState::Partly),
        "not met" | "not in place" | "non-compliant" | "not compliant" | "not started" => Some(PositionState::Gap),
        "awaiting" | "awaited" | "awaiting guidance" => Some(PositionState::Waiting),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_a_colour_and_a_word_are_read_and_a_colour_of_an_action_is_kept() {
        let key = Key::default();
        let cases = [
            ("Complete", Some((ActionState::Complete, true))),
            ("on track.", Some((ActionState::InProgress, true))),
            ("G", Some((ActionState::InProgress, false))),
            ("Amber", Some((ActionState::InProgress, false))),
            ("(R)", Some((ActionState::NotStarted, false))),
            ("Blue", Some((ActionState::Complete, false))),
            ("A/G", None),
            ("3", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(key.action(text).map(|read| (read.state, read.whole)), wanted, "{text}");
        }
        let cases = [
            ("R", Some((PositionState::Gap, true))),
            ("amber", Some((PositionState::Partly, true))),
            ("Green", Some((PositionState::InPlace, true))),
            ("B", Some((PositionState::InPlace, false))),
            ("Partially met", Some((PositionState::Partly, true))),
            ("In place", Some((PositionState::InPlace, true))),
            ("A/R", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(key.position(text).map(|read| (read.state, read.whole)), wanted, "{text}");
        }
    }

    #[test]
    fn a_key_in_the_document_says_what_its_colours_mean() {
        for text in [
            "Key: Red = not started, Amber = in progress, Green = complete",
            "R: not started; A: in progress; G: done",
            "Red – deferred\nGreen – complete",
        ] {
            let key = Key::read(text);
            let green = key.action("G").map(|read| (read.state, read.whole));
            assert_eq!(green, Some((ActionState::Complete, true)), "{text}");
        }
        assert!(Key::read("Green spaces: a paper on parks").0.is_empty(), "no key");
    }
}
