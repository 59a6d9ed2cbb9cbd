//! Cells that a page break cut, joined again: a sentence with one space, a new thought as a new paragraph.

use crate::model::text::{blocks, fold, words_key};

/// What the cells of a column are like, where the words alone cannot say whether a sentence goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Paragraphs and bullets.
    Prose,
    /// One thing a line: timescales, names. Only a line that is clearly cut is joined.
    List,
}

/// The words after which no sentence ends.
const OPEN_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "been", "between", "but", "by", "each", "for", "from", "has",
    "have", "if", "in", "into", "is", "its", "may", "must", "no", "not", "of", "on", "or", "our", "should", "such",
    "than", "that", "the", "their", "these", "this", "those", "through", "to", "under", "was", "were", "when", "where",
    "which", "who", "will", "with", "within",
];

/// Joins the part of a cell before a page break with the part after it. `published` is the text the
/// whole is likely to be, where that is known.
pub(super) fn join(before: &str, after: &str, manner: Manner, published: Option<&str>) -> String {
    if before.is_empty() || after.is_empty() {
        return format!("{before}{after}");
    }
    let Some((first, rest)) = split_first(after) else { return before.to_owned() };
    let last = before.lines().last().unwrap_or_default();
    if !goes_on(before, last, &first, manner, published) {
        return format!("{before}\n{after}");
    }
    let cut_word = last.ends_with('-') && last.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    let space = if cut_word { "" } else { " " };
    format!("{before}{space}{}{rest}", first.words)
}

/// The first paragraph or bullet of a text.
struct First<'a> {
    bullet: bool,
    words: &'a str,
}

fn split_first(text: &str) -> Option<(First<'_>, &str)> {
    let (line, rest) = text.split_at(text.find('\n').unwrap_or(text.len()));
    let block = blocks(line).next()?;
    Some((First { bullet: block.bullet.is_some(), words: block.text }, rest))
}

fn goes_on(before: &str, last: &str, first: &First<'_>, manner: Manner, published: Option<&str>) -> bool {
    let ended = last.trim_end_matches(['"', '\'', '’', '”', ')', ' ']).ends_with(['.', '!', '?']);
    let opens = first.words.trim_start_matches(['"', '\'', '‘', '“', '(']).chars().next();
    let lower = opens.is_some_and(char::is_lowercase);
    if lower {
        // a stray mark before the rest of a sentence is no bullet
        return !(first.bullet && (ended || last.ends_with([';', ':']))) && !(ended && manner == Manner::List);
    }
    if first.bullet || ended {
        return false;
    }
    if published.is_some_and(|published| stands_in(published, last, first.words)) {
        return true;
    }
    let last_word = last.rsplit([' ', '•']).next().unwrap_or_default();
    if OPEN_WORDS.contains(&fold(last_word).as_str()) || last.ends_with([',', '-', '–', '(', '/', '&']) {
        return true;
    }
    // "NHS Northmoor" + "CCG has …": a name was cut; in a list of short lines it is the next line
    let named = last_word.chars().next().is_some_and(char::is_uppercase);
    let list = blocks(before).count() > 1 && blocks(before).all(|block| !block.text.ends_with('.'));
    manner == Manner::Prose
        && named
        && !list
        && last.split_whitespace().count() > 2
        && opens.is_some_and(char::is_uppercase)
}

/// Whether a text has the last words of one part directly before the first of the next.
fn stands_in(published: &str, last: &str, first: &str) -> bool {
    let (last, first) = (words_key(last), words_key(first));
    let tail: Vec<&str> = last.rsplit(' ').take(3).collect();
    let head: Vec<&str> = first.split(' ').take(3).collect();
    let seam = tail.iter().rev().chain(&head).copied().collect::<Vec<_>>().join(" ");
    words_key(published).contains(&seam)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_sentence_is_healed_and_a_new_one_is_not_glued() {
        let cases = [
            ("lines of referral, so that", "the manager knows", "lines of referral, so that the manager knows"),
            ("support from the", "Contracting Unit.\n• More", "support from the Contracting Unit.\n• More"),
            ("It is agreed. NHS Northmoor", "CCG leads", "It is agreed. NHS Northmoor CCG leads"),
            ("• Flows need work.", "Contract monitored", "• Flows need work.\nContract monitored"),
            ("?Need a talk on memory", "Code of practice", "?Need a talk on memory\nCode of practice"),
            ("• One is cut", "• and goes on\n• Two", "• One is cut and goes on\n• Two"),
            ("• One.", "• two", "• One.\n• two"),
            ("• One", "• Two", "• One\n• Two"),
            ("jointly-", "run services", "jointly-run services"),
            ("", "All of it", "All of it"),
            ("All of it", "", "All of it"),
        ];
        for (before, after, whole) in cases {
            assert_eq!(join(before, after, Manner::Prose, None), whole, "{before:?} + {after:?}");
        }
        assert_eq!(join("July 2013", "July 2013", Manner::List, None), "July 2013\nJuly 2013", "two dates");
        assert_eq!(join("end of", "July 2013", Manner::List, None), "end of July 2013", "one date that was cut");
        let published = "checked by the lead Nurse Director each month";
        assert_eq!(
            join("checked by the lead nurse", "Director each month", Manner::Prose, Some(published)),
            "checked by the lead nurse Director each month",
            "the published text knows"
        );
    }
}
