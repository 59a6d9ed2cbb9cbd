//! What in a text may say who a patient or a member of staff is.
//!
//! Whoever keeps, shares or prints free text asks this first. It finds forms, not people: a name
//! without a title passes, so a text without a finding is not thereby anonymous, and nothing may
//! claim it is.

mod digits;
mod words;

use super::value::vocabulary;
use serde::{Serialize, Serializer};
use std::ops::Range;

vocabulary!(
    /// What a finding is.
    Identifier, "a kind of identifier", {
        /// Ten digits whose last one checks the others.
        NhsNumber = "NHS number",
        /// A date that is said to be one, or lies so far back that it can hardly be another.
        DateOfBirth = "date of birth",
        /// A full postcode.
        Postcode = "postcode",
        /// A telephone number.
        Phone = "phone number",
        /// An e-mail address.
        Email = "e-mail address",
        /// A title with a name after it.
        Name = "name",
    }
);

impl Serialize for Identifier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A place in a text that may say who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub kind: Identifier,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
}

/// Finds what may say who somebody is, in reading order; findings do not overlap. The time it takes
/// grows with the length of the text and no faster.
#[must_use]
pub fn find(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let hints = Hints::of(text);
    if !(hints.digit || hints.at || hints.title) {
        return found;
    }
    // every identifier begins with a letter, a digit or "+", and where a word does
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let begins = (c.is_alphanumeric() || matches!(c, '+' | '('))
            && !before.is_some_and(|b: char| b.is_alphanumeric() || matches!(b, '_' | '@'));
        let hit = if begins { starting_at(text, at, hints) } else { None };
        match hit {
            Some(finding) if finding.at.end > at => {
                before = text[..finding.at.end].chars().next_back();
                at = finding.at.end;
                found.push(finding);
            }
            _ => {
                before = Some(c);
                at += c.len_utf8();
            }
        }
    }
    found
}

/// What stands anywhere in a text: without a digit there is no number in it, without "@" no address,
/// without a capital that titles begin with no titled name. Most texts of an export have none of them.
#[derive(Clone, Copy)]
struct Hints {
    digit: bool,
    at: bool,
    title: bool,
}

impl Hints {
    fn of(text: &str) -> Self {
        let mut hints = Self { digit: false, at: false, title: false };
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => hints.digit = true,
                b'@' => hints.at = true,
                b'M' | b'D' | b'P' | b'N' | b'S' | b'R' => hints.title = true,
                _ => {}
            }
        }
        hints
    }
}

/// The finding that begins at a place, the surest kind first.
fn starting_at(text: &str, at: usize, hints: Hints) -> Option<Finding> {
    let rest = &text[at..];
    let first = rest.chars().next()?;
    let found = |kind, length: usize| Finding { kind, at: at..at + length };
    if hints.at
        && let Some(length) = words::email(rest)
    {
        return Some(found(Identifier::Email, length));
    }
    if first.is_ascii_digit() || matches!(first, '+' | '(') {
        let nhs = digits::nhs_number_at(rest).filter(|_| first >= '3' || digits::is_labelled_nhs(&text[..at]));
        if let Some(length) = nhs {
            return Some(found(Identifier::NhsNumber, length));
        }
        if let Some(length) = digits::phone_at(rest) {
            return Some(found(Identifier::Phone, length));
        }
        let birth = digits::date_at(rest).filter(|(_, year)| *year < LAST_YEAR_OF_BIRTH || says_birth(&text[..at]));
        return birth.map(|(length, _)| found(Identifier::DateOfBirth, length));
    }
    if hints.digit
        && let Some(length) = words::postcode(rest).filter(|length| !words::is_of_a_ward(&text[..at], &rest[..*length]))
    {
        return Some(found(Identifier::Postcode, length));
    }
    if !matches!(first, 'M' | 'D' | 'P' | 'N' | 'S' | 'R') {
        return None;
    }
    words::titled_name(rest).map(|length| found(Identifier::Name, length))
}

/// A full date before this year is taken for a date of birth without being called one: what the
/// sources tell of happened after 2005.
const LAST_YEAR_OF_BIRTH: i32 = 1990;

/// Whether the words before a date call it one of birth.
fn says_birth(before: &str) -> bool {
    let start = before.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
    let words = before[start..].to_lowercase();
    let words = words.trim_end_matches([' ', ':', '-', '–', '(', '=', '\n']);
    ["dob", "d.o.b", "d.o.b.", "birth", "born", "born on", "birthday"].iter().any(|label| words.ends_with(label))
}

/// Whether the whole of a text is an NHS number: ten digits, perhaps grouped by spaces or hyphens, of
/// which the last is the check digit (modulus 11, weights 10 to 2) and which are not all the same.
#[must_use]
pub fn is_nhs_number(text: &str) -> bool {
    let text = text.trim();
    digits::nhs_number_at(text).is_some_and(|length| length == text.len())
}

/// The kind of identifier that the whole of a text is, spaces and brackets around it apart.
#[must_use]
pub fn whole(text: &str) -> Option<Identifier> {
    let text = text.trim().trim_end_matches(['.', ',', ')']);
    if is_nhs_number(text) {
        return Some(Identifier::NhsNumber);
    }
    let found = starting_at(text, 0, Hints::of(text))?;
    (found.at.end >= text.len()).then_some(found.kind)
}

#[cfg(test)]
mod tests;
