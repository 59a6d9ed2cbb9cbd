//! The text of a cell: paragraphs and bullets in plain lines, folding for search, words that differ.
//!
//! A cell's text is lines. A line that starts with a bullet mark is a bullet, two spaces before the
//! mark are one level down; any other line is a paragraph. Written form: `• ` for a bullet.

use unicode_normalization::UnicodeNormalization as _;

/// One paragraph or bullet of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block<'a> {
    /// `None` for a paragraph, else the bullet's level: 0 for the outermost, at most 3.
    pub bullet: Option<u8>,
    /// Its words, without the mark.
    pub text: &'a str,
}

const BULLETS: &[char] = &['•', '◦', '▪', '●', '‣', '·', '\u{f0b7}', '\u{f0a7}', '\u{f076}', '\u{f0d8}'];

/// The paragraphs and bullets of a text; blank lines are none.
pub fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    text.lines().filter(|line| !line.trim().is_empty()).map(block)
}

fn block(line: &str) -> Block<'_> {
    let body = line.trim_start_matches([' ', '\t']);
    let indent = line[..line.len() - body.len()].chars().map(|c| if c == '\t' { 2 } else { 1 }).sum::<usize>();
    let level = u8::try_from((indent / 2).min(3)).unwrap_or(3);
    if let Some(rest) = body.strip_prefix(BULLETS) {
        return Block { bullet: Some(level), text: rest.trim() };
    }
    // as people type them: "- " and "* ", never a minus that belongs to a number
    match body.strip_prefix(['-', '*', '–']) {
        Some(rest) if rest.starts_with([' ', '\t']) => Block { bullet: Some(level), text: rest.trim() },
        _ => Block { bullet: None, text: body.trim() },
    }
}

/// A text in its written form: one line a block, `• ` before a bullet, no blank lines, no spaces at
/// the ends.
#[must_use]
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for block in blocks(text) {
        if !tidied.is_empty() {
            tidied.push('\n');
        }
        if let Some(level) = block.bullet {
            for _ in 0..level {
                tidied.push_str("  ");
            }
            tidied.push_str("• ");
        }
        tidied.push_str(block.text);
    }
    tidied
}

/// A text folded for search: case, accents, width and the shapes of quotes and dashes do not count.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| match c {
            '‘' | '’' | '‛' | '′' => '\'',
            '“' | '”' | '„' | '″' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether two texts say the same: bullets, spaces, case, and the shapes of quotes and dashes do not
/// count, nor does a full stop at the end.
#[must_use]
pub fn same_words(a: &str, b: &str) -> bool {
    a == b || words_key(a) == words_key(b)
}

/// The key under which texts that say the same are equal; see [`same_words`].
#[must_use]
pub fn words_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for block in blocks(text) {
        for word in fold(block.text).split_whitespace() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
    }
    key.truncate(key.trim_end_matches(['.', ';', ',', ' ']).len());
    key
}

/// A run of words that two texts share, or that only one of them has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run<'a> {
    /// In both.
    Same(&'a str),
    /// Only in the first.
    Gone(&'a str),
    /// Only in the second.
    New(&'a str),
}

/// What differs between two texts, word by word, in reading order.
#[must_use]
pub fn word_diff<'a>(old: &'a str, new: &'a str) -> Vec<Run<'a>> {
    similar::TextDiff::from_words(old, new)
        .iter_all_changes()
        .filter_map(|change| {
            let text: &'a str = match change.tag() {
                similar::ChangeTag::Insert => new.get(change_range(new, change.value())?)?,
                _ => old.get(change_range(old, change.value())?)?,
            };
            Some(match change.tag() {
                similar::ChangeTag::Equal => Run::Same(text),
                similar::ChangeTag::Delete => Run::Gone(text),
                similar::ChangeTag::Insert => Run::New(text),
            })
        })
        .collect()
}

/// Where a slice of `whole` lies in it.
fn change_range(whole: &str, part: &str) -> Option<std::ops::Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    Some(start..start + part.len())
}

/// As much of a text as fits a message, on one line, blank as a word. Where a long text begins as another one
/// does, only from the word on in which it differs: two long ones mostly begin alike.
#[must_use]
pub fn excerpt(text: &str, other: &str, characters: usize) -> String {
    let alike = text.char_indices().zip(other.chars()).take_while(|((_, a), b)| a == b).last();
    let end = alike.map_or(0, |((at, letter), _)| at + letter.len_utf8());
    let from = if end < 40 || end == text.len() { 0 } else { text[..end].rfind(char::is_whitespace).unwrap_or(0) };
    let one_line = text.get(from..).unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match one_line.char_indices().nth(characters) {
        _ if one_line.is_empty() => "nothing".to_owned(),
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

/// A word or sentence with its first letter large.
#[must_use]
pub fn sentence_case(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// "1 action", "3 actions", "2 responsibilities", "no actions".
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        return format!("1 {noun}");
    }
    let plural = match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    if number == 0 { format!("no {plural}") } else { format!("{number} {plural}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bullets_are_known_however_they_were_typed() {
        let cases = [
            ("• a", Some(0), "a"),
            ("- a", Some(0), "a"),
            ("* a", Some(0), "a"),
            ("\u{f0b7} a", Some(0), "a"),
            ("•a", Some(0), "a"),
            ("  • b", Some(1), "b"),
            ("-5 degrees", None, "-5 degrees"),
            ("a - b", None, "a - b"),
            ("?Need a plan", None, "?Need a plan"),
        ];
        for (line, bullet, text) in cases {
            assert_eq!(blocks(line).next(), Some(Block { bullet, text }), "{line:?}");
        }
    }

    #[test]
    fn search_folds_case_and_accents() {
        assert!(fold("Reports of SIs, Café").contains(&fold("si")), "SI finds SIs");
        assert_eq!(fold("Zoë’s"), "zoe's", "accents and quotes");
    }

    #[test]
    fn the_same_words_are_the_same_whatever_their_dress() {
        assert!(same_words("• CQRMs in place.", "CQRMs  in place"), "bullet, space and stop");
        assert!(!same_words("CQRMs in place", "CQRMs not in place"), "a word counts");
    }

    #[test]
    fn what_differs_is_marked_word_by_word() {
        let runs = word_diff("the NHS Commissioning Board must", "the NHS England must");
        let gone: String = runs.iter().filter_map(|r| if let Run::Gone(t) = r { Some(*t) } else { None }).collect();
        assert_eq!(gone.trim(), "Commissioning Board", "{runs:?}");
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "[ \\-•a-c\n\t*]{0,40}") {
            let once = tidy(&text);
            prop_assert_eq!(tidy(&once), once);
        }

        #[test]
        fn a_diff_loses_no_word(old in "[a-c ]{0,30}", new in "[a-c ]{0,30}") {
            let runs = word_diff(&old, &new);
            let side = |mine: bool| runs.iter().filter_map(|run| match run {
                Run::Same(text) => Some(*text),
                Run::Gone(text) if mine => Some(*text),
                Run::New(text) if !mine => Some(*text),
                _ => None,
            }).collect::<String>();
            prop_assert_eq!(side(true), old.clone());
            prop_assert_eq!(side(false), new.clone());
        }
    }

    #[test]
    fn an_excerpt_of_a_long_text_begins_where_it_differs() {
        let old = "Every member of the Governing Body has the executive summary";
        let new = format!("{old}, checked with the trust on Monday");
        assert_eq!(excerpt(&new, old, 40), "summary, checked with the trust on Monda…");
        assert_eq!(excerpt("Mine\nand more", "Mine", 40), "Mine and more", "a short one is shown whole");
        assert_eq!(excerpt("", old, 40), "nothing");
    }

    #[test]
    fn counts_read_as_people_say_them() {
        let said = [count(0, "action"), count(1, "responsibility"), count(2, "responsibility"), count(3, "day")];
        assert_eq!(said, ["no actions", "1 responsibility", "2 responsibilities", "3 days"]);
    }
}
