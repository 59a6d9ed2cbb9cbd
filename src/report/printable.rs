//! Text as any paper can hold it: no controls, no marks without a shape, Word's private bullets as
//! bullets. PDF and Word files are refused whole for one such character.

use std::borrow::Cow;

/// The text without what cannot stand on paper; white space of any kind is a space.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // Word's bullets in its private fonts
            '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' => out.push('•'),
            _ if is_invisible(character) => {}
            _ => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Controls, byte order marks, joiners, direction marks, selectors, non-characters: what has no
/// shape of its own. A zero-width space stays: it says where a word may break.
fn is_invisible(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || matches!(code & 0xffff, 0xfffe | 0xffff)
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_shape_goes() {
        let cases = [
            ("a\u{0}b\u{feff}c\u{ffff}d\u{7}e\u{202e}f\u{ad}", "abcdef"),
            ("\u{f0b7} one", "• one"),
            ("a\tb\r\nc", "a b  c"),
            ("café – “Ελλάς” Москва ½ £5 € 🎉", "café – “Ελλάς” Москва ½ £5 € 🎉"),
        ];
        for (text, expected) in cases {
            assert_eq!(printable(text), expected, "{text:?}");
        }
    }
}
