//! What in the texts that go may say who somebody is, with the place of each.
//!
//! It finds forms and references, not people. That nothing is found does not make a text anonymous.

use super::{Contents, scope};
use crate::model::identifiable::{self, Identifier};
use crate::model::signal::Signal;
use crate::model::{Entity, Id, InPlan, Value, Visit};
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::Range;

/// What a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundKind {
    /// The form of something that says who somebody is.
    Identifier(Identifier),
    /// The reference of a signal, which itself stays behind.
    Reference,
}

impl fmt::Display for FoundKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identifier(kind) => kind.fmt(f),
            Self::Reference => f.write_str("reference of a signal"),
        }
    }
}

/// Whose text something was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundIn {
    /// A row of the plan.
    Row(Entity, Id),
    /// A signal, by its row in the file.
    Signal(i64),
    /// What the person says of the share: for whom, why.
    Share,
}

/// Something found in a text that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: FoundKind,
    /// Whose text.
    pub place: FoundIn,
    /// Which of its fields.
    pub field: &'static str,
    /// The text that goes, whole.
    pub text: String,
    /// Where in it, in bytes.
    pub at: Range<usize>,
}

impl Found {
    /// The words that were found.
    #[must_use]
    pub fn words(&self) -> &str {
        self.text.get(self.at.clone()).unwrap_or_default()
    }

    /// Some words before those that were found and some after, cut at spaces.
    #[must_use]
    pub fn beside(&self) -> (String, String) {
        const SIDE: usize = 40;
        let (before, after) = (&self.text[..self.at.start], &self.text[self.at.end..]);
        let start = before.char_indices().rev().nth(SIDE).map_or(0, |(at, _)| at);
        let start = if start == 0 { 0 } else { before[start..].find(' ').map_or(start, |space| start + space + 1) };
        let end = after.char_indices().nth(SIDE).map_or(after.len(), |(at, _)| at);
        let end = if end == after.len() { end } else { after[..end].rfind(' ').unwrap_or(end) };
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (left, right) = (&before[start..], &after[..end]);
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        let gap = |touches: bool| if touches { " " } else { "" };
        (
            format!("{}{}{}", cut(start > 0), line(left), gap(left.ends_with(char::is_whitespace))),
            format!("{}{}{}", gap(right.starts_with(char::is_whitespace)), line(right), cut(end < after.len())),
        )
    }

    /// What was found, with the words beside it.
    #[must_use]
    pub fn around(&self) -> String {
        let (before, after) = self.beside();
        format!("{before}{}{after}", self.words())
    }
}

/// References of signals, to be found as whole words.
pub(super) struct References {
    /// By the letters and digits that each begins with.
    by_beginning: HashMap<String, Vec<String>>,
}

/// The letters and digits that a text begins with.
fn beginning(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

impl References {
    /// Those that say something: of four characters and more with a digit in them, and of more than a number of
    /// five digits, which may be anything.
    pub(super) fn of(references: impl IntoIterator<Item = String>) -> Self {
        let mut by_beginning: HashMap<String, Vec<String>> = HashMap::new();
        let says = |text: &str| {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            let letters = text.chars().any(char::is_alphabetic);
            text.chars().count() >= 4 && digits > 0 && (letters || digits > 5)
        };
        let distinct: BTreeSet<String> = references.into_iter().map(|text| text.trim().to_owned()).collect();
        for text in distinct.into_iter().filter(|text| says(text)) {
            by_beginning.entry(beginning(&text).to_owned()).or_default().push(text);
        }
        Self { by_beginning }
    }

    /// Where they stand in a text, as whole words.
    fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.by_beginning.is_empty() {
            return found;
        }
        let mut at = 0;
        while at < text.len() {
            let word = beginning(&text[at..]);
            let length = self
                .by_beginning
                .get(word)
                .and_then(|ones| ones.iter().filter(|one| stands_at(text, at, one)).map(String::len).max());
            if let Some(length) = length {
                found.push(at..at + length);
                at += length;
            } else {
                at += word.len().max(text[at..].chars().next().map_or(1, char::len_utf8));
            }
        }
        found
    }
}

fn stands_at(text: &str, at: usize, reference: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    text[at..].strip_prefix(reference).is_some_and(ends)
}

/// Looks through a text.
fn look(found: &mut Vec<Found>, references: &References, place: FoundIn, field: &'static str, text: &str) {
    let mut add = |kind, at| found.push(Found { kind, place, field, text: text.to_owned(), at });
    for one in identifiable::find(text) {
        add(FoundKind::Identifier(one.kind), one.at);
    }
    for at in references.find(text) {
        add(FoundKind::Reference, at);
    }
}

struct Look<'a> {
    contents: &'a Contents,
    references: &'a References,
    found: &'a mut Vec<Found>,
}

impl Visit for Look<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        let fields: Vec<&'static str> =
            T::FIELDS.iter().copied().filter(|field| scope::is_words(T::ENTITY, field)).collect();
        for row in T::rows(&self.contents.plan).values() {
            for field in &fields {
                if let Some(Value::Text(text)) = row.get(field) {
                    look(self.found, self.references, FoundIn::Row(T::ENTITY, row.id()), field, &text);
                }
            }
        }
    }
}

fn texts(signal: &Signal) -> impl Iterator<Item = (&'static str, &str)> {
    let own = [
        ("service", &signal.service),
        ("specialty", &signal.specialty),
        ("site", &signal.site),
        ("state", &signal.state),
        ("outcome", &signal.outcome),
        ("grade", &signal.grade),
        ("learning", &signal.learning),
        ("improvement", &signal.improvement),
    ];
    let own = own.into_iter().map(|(field, text)| (field, text.as_str()));
    own.chain(signal.subjects.iter().map(|subject| ("subjects", subject.as_str())))
}

/// Everything found in what goes: rows in the order of their kinds, then signals, then what is said of the share.
pub(super) fn find(contents: &Contents, said: [(&'static str, &str); 2]) -> Vec<Found> {
    let mut found = Vec::new();
    let references = &contents.reference_words;
    for entity in Entity::ALL {
        entity.visit(Look { contents, references, found: &mut found });
    }
    for (number, held) in contents.numbers.iter().zip(&contents.signals) {
        for (field, text) in texts(&held.signal) {
            look(&mut found, references, FoundIn::Signal(*number), field, text);
        }
    }
    for (field, text) in said {
        look(&mut found, references, FoundIn::Share, field, text);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_as_whole_words_and_numbers_of_years_are_none() {
        let references =
            References::of(["C/2013/0041", "W123", "2013", "88001234", "Ward", "C/2013/004"].map(str::to_owned));
        let found =
            |text: &str| -> Vec<String> { references.find(text).into_iter().map(|at| text[at].to_owned()).collect() };
        assert_eq!(found("As complaint C/2013/0041 says, and W123."), ["C/2013/0041", "W123"]);
        assert_eq!(found("See 88001234; since 2013 on Ward 4"), ["88001234"], "a year is no reference");
        assert!(found("W1234 and XW123 and C/2013/00412").is_empty(), "parts of others");
    }

    #[test]
    fn what_is_found_is_shown_with_the_words_around_it() {
        let text = "The matron rang the family's spokesman on 01234 567890 after the visit in the spring, as agreed.";
        let at = text.find("01234").expect("there");
        let found = Found {
            kind: FoundKind::Identifier(Identifier::Phone),
            place: FoundIn::Share,
            field: "why",
            text: text.into(),
            at: at..at + 12,
        };
        assert_eq!(found.words(), "01234 567890");
        let around = found.around();
        assert!(around.contains("spokesman on 01234 567890 after the visit"), "{around}");
        assert!(around.ends_with('…'), "cut: {around}");
    }
}
