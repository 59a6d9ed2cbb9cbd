//! Text made fit for print: PDF/UA refuses a whole file for one character that it cannot name or
//! that no font has.

use super::world::Shared;
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
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && longest_word(text) <= LONG {
            return text.to_owned();
        }
        let mut clean = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                ' '..='~' => clean.push(character),
                '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push(' '),
                // Word's bullets in its private fonts
                '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' => clean.push('•'),
                '\u{200b}' => clean.push(character),
                _ if is_invisible(character) => {}
                _ if self.prints(character) => clean.push(character),
                _ => {
                    self.replaced.insert(character);
                    clean.push(BOX);
                }
            }
        }
        if longest_word(&clean) > LONG { broken(&clean) } else { clean }
    }

    fn prints(&self, character: char) -> bool {
        let private = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        !private && if self.strict { self.fonts.is_plain(character) } else { self.fonts.covers(character) }
    }
}

/// Controls, byte order marks, joiners, direction marks, selectors, non-characters: what has no
/// shape of its own.
fn is_invisible(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(code & 0xffff, 0xfffe | 0xffff)
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
                | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
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
    fn what_has_no_shape_goes_and_what_no_font_has_is_listed() {
        let cases = [
            ("a\u{0}b\u{feff}c\u{ffff}d\u{7}e\u{202e}f\u{ad}", "abcdef", ""),
            ("\u{f0b7} one", "• one", ""),
            ("café – “Ελλάς” Москва ½ £5 €", "café – “Ελλάς” Москва ½ £5 €", ""),
            ("done 🎉 👍", "done □ □", "🎉👍"),
            ("a\tb\r\nc", "a b  c", ""),
            ("\u{e123}", "□", "\u{e123}"),
        ];
        for (text, expected, replaced) in cases {
            assert_eq!(
                clean(text),
                (
                    expected.to_owned(),
                    replaced.chars().collect::<Vec<char>>().into_iter().collect::<BTreeSet<_>>().into_iter().collect()
                ),
                "{text:?}"
            );
        }
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
