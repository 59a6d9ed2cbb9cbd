//! Text made fit for print: PDF/UA refuses a whole file for one character that it cannot name or
//! that no font has.

use super::world::Shared;
use crate::report::printable::printable;
use std::collections::BTreeSet;

/// What stands for a character that cannot be printed.
const BOX: char = '□';
/// A word of more characters than this gets places to break.
const LONG: usize = 28;
/// How far apart those are where the word itself offers none.
const STEP: usize = 14;

/// Cleans texts and remembers what it had to replace.
pub(super) struct Cleaner<'f> {
    fonts: &'f Shared,
    /// Keep to the main font, and no combining marks.
    strict: bool,
    pub(super) replaced: BTreeSet<char>,
}

impl<'f> Cleaner<'f> {
    pub(super) fn new(fonts: &'f Shared, strict: bool) -> Self {
        Self { fonts, strict, replaced: BTreeSet::new() }
    }

    /// The same, kept to the main font and without combining marks.
    pub(super) fn stricter(self) -> Self {
        Self { strict: true, ..self }
    }

    /// A text as it is printed.
    pub(super) fn clean(&mut self, text: &str) -> String {
        let text = printable(text);
        let mut clean = if text.is_ascii() {
            text.into_owned()
        } else {
            let shown = |character| if self.prints(character) { character } else { self.replace(character) };
            text.chars().map(shown).collect()
        };
        if longest_word(&clean) > LONG {
            clean = broken(&clean);
        }
        clean
    }

    fn replace(&mut self, character: char) -> char {
        self.replaced.insert(character);
        BOX
    }

    fn prints(&self, character: char) -> bool {
        if character.is_ascii() || character == '\u{200b}' {
            return true;
        }
        let private = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        !private && if self.strict { self.fonts.is_plain(character) } else { self.fonts.covers(character) }
    }
}

fn longest_word(text: &str) -> usize {
    text.split([' ', '\u{200b}'])
        .map(|word| if word.len() <= LONG { 0 } else { word.chars().count() })
        .max()
        .unwrap_or(0)
}

/// The text with places to break in its long words: after what joins the parts of an address, else
/// every so many characters.
fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for (place, word) in text.split(' ').enumerate() {
        if place > 0 {
            out.push(' ');
        }
        if longest_word(word) <= LONG {
            out.push_str(word);
            continue;
        }
        let mut since = 0;
        let mut characters = word.chars().peekable();
        while let Some(character) = characters.next() {
            out.push(character);
            since += 1;
            let joins = matches!(character, '/' | '.' | '_' | '-' | '?' | '&' | '=' | '@' | ',' | ';' | ':');
            if characters.peek().is_some() && ((joins && since > 3) || since >= STEP) {
                out.push('\u{200b}');
                since = 0;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::pdf::world::shared;

    fn clean(text: &str) -> (String, Vec<char>) {
        let mut cleaner = Cleaner::new(shared(), false);
        (cleaner.clean(text), cleaner.replaced.into_iter().collect())
    }

    #[test]
    fn what_no_font_has_is_listed() {
        assert_eq!(clean("café – “Ελλάς” Москва ½ £5 €").1, Vec::<char>::new(), "all of these have a shape");
        assert_eq!(clean("done 🎉 👍\u{e123}"), ("done □ □□".into(), vec!['\u{e123}', '🎉', '👍']), "these have none");
    }

    #[test]
    fn a_long_word_can_be_broken_and_loses_nothing() {
        let word = "x".repeat(40_000);
        let (text, _) = clean(&format!("see {word} here"));
        assert!(text.split('\u{200b}').all(|part| part.chars().count() < 20), "no part is long");
        assert_eq!(text.replace('\u{200b}', ""), format!("see {word} here"), "nothing is lost");
        let (address, _) = clean("https://www.example.nhs.uk/governing-body/papers/2013");
        assert!(address.contains("governing-\u{200b}body/\u{200b}papers"), "{address:?} breaks where its parts join");
        assert_eq!(clean("institutionalisation").0, "institutionalisation", "an English word stays whole");
    }
}
