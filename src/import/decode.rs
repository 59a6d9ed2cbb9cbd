//! Bytes to clean text: any encoding that Word and Excel write, any line ending, nothing in it that
//! a screen or a PDF would refuse.

use super::ImportError;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use serde::Serialize;

/// The most bytes that are read as one document.
pub const LIMIT_MB: usize = 50;

/// A line break inside a line: what Word writes for Shift+Enter. It never ends a row.
pub(super) const SOFT_BREAK: char = '\u{2028}';

/// How many characters were cleaned, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Cleaned {
    /// NUL characters, left out.
    pub nul: usize,
    /// Other control and invisible formatting characters, left out.
    pub control: usize,
    /// Private-use characters (Word's Symbol and Wingdings): bullets and ticks by what they show,
    /// any other by a space.
    pub private_use: usize,
    /// Code points that are no characters, left out.
    pub non_characters: usize,
    /// Bytes that the encoding cannot have written, shown as �.
    pub undecodable: usize,
}

impl Cleaned {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> usize {
        self.nul + self.control + self.private_use + self.non_characters + self.undecodable
    }
}

/// Text and how it was come by.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
    pub(super) cleaned: Cleaned,
}

/// Decodes and cleans a document.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, ImportError> {
    let name = name.to_owned();
    if bytes.len() > LIMIT_MB * 1024 * 1024 {
        let megabytes = bytes.len() / (1024 * 1024);
        return Err(ImportError::TooLarge { megabytes, limit: LIMIT_MB, name });
    }
    if let Some(found) = known_binary(bytes) {
        return Err(ImportError::NotText { found, name });
    }
    let encoding = encoding_of(bytes);
    let (text, _, _) = encoding.decode(bytes);
    let mut cleaned = Cleaned::default();
    let text = clean(&text, &mut cleaned);
    if text.trim().is_empty() {
        return Err(ImportError::Empty { name });
    }
    // one odd character in ten is no document that somebody wrote
    if (cleaned.nul + cleaned.control + cleaned.non_characters + cleaned.undecodable) * 10 > text.chars().count() {
        return Err(ImportError::NotText { found: "a binary file", name });
    }
    Ok(Decoded { text, encoding: encoding.name(), cleaned })
}

/// Names what people mistake for a text file, by its first bytes.
pub(super) fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a Word, Excel or zip file"),
        (b"\xd0\xcf\x11\xe0", "an old Word or Excel file, or one with a password"),
        (b"%PDF", "a PDF"),
        (b"{\\rtf", "a rich text file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
    ];
    KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, found)| *found)
}

pub(super) fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // UTF-16 without a mark: every other byte of English is zero
    let sample = &bytes[..bytes.len().min(4096) / 2 * 2];
    let zeros = |at: usize| sample.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = sample.len() / 2;
    if pairs > 1 && zeros(1) * 10 > pairs * 7 && zeros(0) * 10 < pairs {
        return UTF_16LE;
    }
    if pairs > 1 && zeros(0) * 10 > pairs * 7 && zeros(1) * 10 < pairs {
        return UTF_16BE;
    }
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"uk"), chardetng::Utf8Detection::Deny)
}

/// Whether bytes are UTF-8, but for fewer stray bytes than whole sequences.
fn mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    bad == 0 || good > bad * 4
}

/// One line ending, no character that cannot be shown; counts what it took out.
pub(super) fn clean(text: &str, cleaned: &mut Cleaned) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(c),
            '\u{2029}' | '\u{c}' | '\u{85}' => out.push('\n'),
            '\u{b}' | SOFT_BREAK => out.push(SOFT_BREAK),
            // Word's own: the end of a cell, a hyphen that does not break
            '\u{7}' => {
                cleaned.control += 1;
                out.push('\t');
            }
            '\u{1e}' => {
                cleaned.control += 1;
                out.push('-');
            }
            '\u{a0}' | '\u{202f}' => out.push(' '),
            '\0' => cleaned.nul += 1,
            '\u{fffd}' => {
                cleaned.undecodable += 1;
                out.push(c);
            }
            _ if c.is_control() || matches!(c, '\u{feff}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}') => {
                cleaned.control += 1;
            }
            _ if is_non_character(c) => cleaned.non_characters += 1,
            _ if is_private_use(c) => {
                cleaned.private_use += 1;
                out.push(shown_as(c));
            }
            _ => out.push(c),
        }
    }
    out
}

fn is_non_character(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

fn is_private_use(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF)
}

/// What a character of Word's symbol fonts shows.
fn shown_as(c: char) -> char {
    match u32::from(c) {
        0xF0B7 | 0xF0A7 | 0xF076 | 0xF0D8 | 0xF06C | 0xF06E | 0xF09F | 0xF09E => '•',
        0xF0FC => '✓',
        0xF0FB => '✗',
        0xF0FE => '☑',
        0xF0FD => '☒',
        0xF0A8 | 0xF06F | 0xF071 | 0xF072 => '☐',
        0xF0E0 => '→',
        0xF02D => '–',
        _ => ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        decode("a.txt", bytes).expect("text").text
    }

    #[test]
    fn every_encoding_word_and_excel_write_reads_the_same() {
        let words = "Trust’s café – 3\t“late”";
        let utf16 = |big: bool, mark: bool| {
            let mut bytes = Vec::new();
            for unit in mark.then_some(0xfeffu16).into_iter().chain(words.encode_utf16()) {
                bytes.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            }
            bytes
        };
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(words);
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(words.as_bytes());
        for bytes in [words.as_bytes().to_vec(), marked, utf16(false, true), utf16(true, true), windows.into_owned()] {
            assert_eq!(text(&bytes), words, "{bytes:x?}");
        }
        assert_eq!(text(&utf16(false, false)).chars().count(), words.chars().count(), "without a mark, too");
    }

    #[test]
    fn line_endings_become_one_and_odd_characters_are_counted() {
        assert_eq!(text(b"a\r\nb\rc\nd"), "a\nb\nc\nd", "CRLF, CR and LF");
        let found = decode("a.txt", "one plan\0 with \u{f0b7} two\u{1} odd\u{fdd0} things\u{e123} in it".as_bytes());
        let found = found.expect("text");
        assert_eq!(found.text, "one plan with • two odd things  in it", "bullets are shown, the rest is gone");
        let counts = Cleaned { nul: 1, control: 1, private_use: 2, non_characters: 1, undecodable: 0 };
        assert_eq!(found.cleaned, counts, "and all of it was counted");
    }

    #[test]
    fn what_is_no_text_is_named() {
        let refused = |bytes: &[u8]| decode("x.txt", bytes).err().expect("refused").to_string();
        assert!(refused(b"").contains("empty"), "nothing");
        assert!(refused(b" \r\n\t").contains("empty"), "only blanks");
        assert!(refused(b"PK\x03\x04rest").contains("Word"), "a docx renamed");
        assert!(refused(b"%PDF-1.7").contains("PDF"), "a PDF");
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(refused(&noise).contains("not a text"), "noise");
        assert!(refused(&vec![b' '; LIMIT_MB * 1024 * 1024 + 1]).contains("50 MB"), "too much");
    }
}
