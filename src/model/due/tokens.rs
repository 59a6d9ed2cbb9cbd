//! Due words taken apart into words, numbers and marks.

use crate::model::text::fold;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// One to four digits; "31st" is one too.
    Number {
        /// 0 to 9999.
        value: u32,
        /// How many digits were written.
        digits: usize,
        /// Written as "31st".
        ordinal: bool,
    },
    /// More digits than a year has: never part of a date.
    Junk,
    /// One character that is neither.
    Mark,
}

/// A piece of due words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// No space stands before it.
    pub(super) glued: bool,
}

/// Short forms that hold a mark, spelt out, so that they are words.
const SHORT_FORMS: &[(&str, &str)] = &[
    ("w/c", " week commencing "),
    ("w/e", " week ending "),
    ("w.e.f.", " from "),
    ("w.e.f", " from "),
    ("y/e", " year end "),
    ("p.a.", " per annum "),
    ("on-going", " ongoing "),
    ("on going", " ongoing "),
];

/// Takes due words apart. Case, width, accents and the shapes of dashes and spaces do not count.
pub(super) fn tokens(words: &str) -> Vec<Token> {
    let mut folded: String = fold(words)
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        .collect();
    for (short, long) in SHORT_FORMS {
        if folded.contains(short) {
            folded = spelt_out(&folded, short, long);
        }
    }
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let glued = rest.len() < folded.len() && !folded[..folded.len() - rest.len()].ends_with(char::is_whitespace);
        let (length, kind) = next(rest, first);
        tokens.push(Token { text: rest[..length].to_owned(), kind, glued });
        rest = &rest[length..];
    }
    tokens
}

/// The short form replaced where it stands alone: "review/evaluate" holds no "w/e".
fn spelt_out(text: &str, short: &str, long: &str) -> String {
    let mut out = String::with_capacity(text.len() + long.len());
    let mut done = 0;
    for (at, _) in text.match_indices(short) {
        let end = at + short.len();
        let inside = text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
            || text[end..].chars().next().is_some_and(char::is_alphabetic);
        if !inside {
            out.push_str(&text[done..at]);
            out.push_str(long);
            done = end;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The length in bytes of the token a text begins with, and what it is.
fn next(text: &str, first: char) -> (usize, Kind) {
    let run = |belongs: fn(char) -> bool| text.find(|c| !belongs(c)).unwrap_or(text.len());
    if first.is_ascii_digit() {
        let digits = run(|c| c.is_ascii_digit());
        let suffix = &text[digits..];
        let letters = suffix.find(|c: char| !c.is_alphabetic()).unwrap_or(suffix.len());
        let ordinal = matches!(&suffix[..letters], "st" | "nd" | "rd" | "th");
        match text[..digits].parse() {
            Ok(value) if digits <= 4 => {
                (digits + if ordinal { letters } else { 0 }, Kind::Number { value, digits, ordinal })
            }
            _ => (digits, Kind::Junk),
        }
    } else if first.is_alphabetic() {
        (run(char::is_alphabetic), Kind::Word)
    } else {
        (first.len_utf8(), Kind::Mark)
    }
}

/// The token at a place, if it is this word or mark.
pub(super) fn is(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

/// The token at a place, if it is one of these words or marks.
pub(super) fn is_any(tokens: &[Token], at: usize, texts: &[&str]) -> bool {
    tokens.get(at).is_some_and(|token| texts.contains(&token.text.as_str()))
}

/// The number at a place, with how many digits it was written in.
pub(super) fn number(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    match tokens.get(at)?.kind {
        Kind::Number { value, digits, .. } => Some((value, digits)),
        _ => None,
    }
}

/// A small number in figures or in words; "second" and "2nd" count as 2.
pub(super) fn count(tokens: &[Token], at: usize) -> Option<u32> {
    const WORDS: [(&str, &str); 12] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("four", "fourth"),
        ("five", "fifth"),
        ("six", "sixth"),
        ("seven", "seventh"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("ten", "tenth"),
        ("eleven", "eleventh"),
        ("twelve", "twelfth"),
    ];
    if let Some((value, _)) = number(tokens, at) {
        return Some(value);
    }
    let word = tokens.get(at)?.text.as_str();
    let place = WORDS.iter().position(|(cardinal, ordinal)| *cardinal == word || *ordinal == word)?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks_come_apart() {
        let texts = |words: &str| tokens(words).into_iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
        assert_eq!(texts("Q2\u{a0}2013/14"), "q 2 2013 / 14", "a space that does not break");
        assert_eq!(texts("31st–May"), "31st - may", "an ordinal and a typographic dash");
        assert_eq!(texts("w/c 3 June"), "week commencing 3 june", "a short form");
        assert_eq!(texts("review/evaluate"), "review / evaluate", "no short form");
        assert_eq!(texts("４１４８６"), "41486", "wide figures");
        assert_eq!(tokens("41486")[0].kind, Kind::Junk, "five digits are no number of a date");
        let glued: Vec<bool> = tokens("Jul-13 x").iter().map(|token| token.glued).collect();
        assert_eq!(glued, [false, true, true, false], "what has no space before it");
    }
}
