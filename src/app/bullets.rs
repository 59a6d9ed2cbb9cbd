//! Bullets as people type them: what a text becomes when a space, Enter, Backspace or Tab was typed in it.
//!
//! A bullet's line is kept as [`crate::model::text`] reads it: two spaces a level, `• `, the words. Cursors are
//! counted in characters from the start of the text.

use crate::model::text;
use std::ops::Range;

/// The mark of a bullet as it is written.
const MARK: &str = "• ";
/// As deep as bullets go.
const DEEPEST: usize = 3;

/// How a change came into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Key by key.
    Typed,
    /// At once, from the clipboard: line ends in it are its own.
    Pasted,
}

/// Which way a bullet goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    /// One level down.
    Deeper,
    /// One level up.
    Higher,
}

/// What a text becomes after a field took in what was typed: `- ` or `* ` at a line's start is a bullet, Enter
/// begins the next one or ends the list at an empty one, Backspace at a bullet takes it off. `cursor` stands in
/// `after`. `None` where it stays as the field has it, else the text and its cursor.
#[must_use]
pub fn typed(before: &str, after: &str, cursor: usize, how: How) -> Option<(String, usize)> {
    let at = byte(after, cursor);
    let (head, rest) = after.split_at(at);
    let old = before.strip_suffix(rest)?;
    let same: usize = old.chars().zip(head.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (gone, new) = (&old[same..], &head[same..]);
    let mut text = head[..same].to_owned();
    if new.is_empty() {
        // Backspace behind the mark took its space: the mark goes with it
        let line = line_start(&text);
        if gone != " " || text[line..].trim_start_matches(' ') != "•" {
            return None;
        }
        text.truncate(line);
    }
    for c in new.chars() {
        let line = line_start(&text);
        match c {
            '\n' if how == How::Typed && is_empty_bullet(&text[line..]) && rest_of_line(rest).is_empty() => {
                text.truncate(line);
            }
            '\n' if how == How::Typed => {
                let next = mark_of(&text[line..]).map(|mark| format!("{}{MARK}", " ".repeat(mark.indent)));
                text.push('\n');
                text.push_str(&next.unwrap_or_default());
            }
            ' ' if matches!(text[line..].trim_start_matches(' '), "-" | "*") => {
                text.pop();
                text.push_str(MARK);
            }
            // a mark typed at a bullet that began by itself
            ' ' if matches!(text[line..].trim_start_matches(' '), "• -" | "• *") => {
                text.pop();
            }
            c => text.push(c),
        }
    }
    let cursor = text.chars().count();
    // what stood behind the cursor begins the next bullet, without the space between
    let rest = if text.ends_with(MARK) && new.ends_with('\n') { rest.trim_start_matches(' ') } else { rest };
    text.push_str(rest);
    (text != after).then_some((text, cursor))
}

/// Moves the bullet that the cursor stands at the start of one level; `None` where it does not stand at one, or
/// the bullet is outermost and cannot go higher. The deepest stays where it is.
#[must_use]
pub fn shift(text: &str, cursor: usize, way: Shift) -> Option<(String, usize)> {
    let at = byte(text, cursor);
    let line = line_start(&text[..at]);
    let mark = mark_of(&text[line..])?;
    if at - line > mark.indent + mark.length {
        return None;
    }
    let level = mark.indent / 2;
    let level = match way {
        Shift::Deeper => (level + 1).min(DEEPEST),
        Shift::Higher => level.checked_sub(1)?,
    };
    let start = format!("{}{}{MARK}", &text[..line], "  ".repeat(level));
    let cursor = start.chars().count();
    Some((start + &text[line + mark.indent + mark.length..], cursor))
}

/// Makes bullets of the lines that are selected, or takes them off where all of them are. Gives the text and what
/// is selected then.
#[must_use]
pub fn toggle(text: &str, selected: &Range<usize>) -> (String, Range<usize>) {
    let (start, end) = (byte(text, selected.start), byte(text, selected.end));
    let first = line_start(&text[..start]);
    let last = end + rest_of_line(&text[end..]).len();
    let lines: Vec<&str> = text[first..last].split('\n').collect();
    let all = lines.iter().filter(|line| !is_blank(line)).all(|line| mark_of(line).is_some());
    let take_off = all && !lines.iter().all(|line| is_blank(line));
    let changed: Vec<String> = lines
        .iter()
        .map(|line| match mark_of(line) {
            Some(mark) if take_off => line[mark.indent + mark.length..].to_owned(),
            Some(_) => (*line).to_owned(),
            None if is_blank(line) && lines.len() > 1 => (*line).to_owned(),
            None => format!("{MARK}{}", line.trim_start()),
        })
        .collect();
    let changed = changed.join("\n");
    let before = text[..first].chars().count();
    let length = changed.chars().count();
    let selected = if selected.is_empty() {
        // the cursor stays as far from the line's end as it was
        let cursor = before + length.saturating_sub(text[end..last].chars().count());
        cursor..cursor
    } else {
        before..before + length
    };
    (format!("{}{changed}{}", &text[..first], &text[last..]), selected)
}

/// A bullet's mark: its indent and its own length with the space behind it, in bytes.
struct Mark {
    indent: usize,
    length: usize,
}

fn mark_of(line: &str) -> Option<Mark> {
    let line = rest_of_line(line);
    let body = line.trim_start_matches(' ');
    let indent = line.len() - body.len();
    let mark = body.chars().next()?.len_utf8();
    // a mark without words is none to who reads, but it is while one types
    let bullet = is_empty_bullet(line) || text::blocks(line).next().is_some_and(|block| block.bullet.is_some());
    let space = usize::from(body[mark..].starts_with(' '));
    bullet.then_some(Mark { indent, length: mark + space })
}

fn is_empty_bullet(line: &str) -> bool {
    rest_of_line(line).trim() == "•"
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Where the last line of a text begins, in bytes.
fn line_start(text: &str) -> usize {
    text.rfind('\n').map_or(0, |at| at + 1)
}

fn rest_of_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// The place of a character in bytes; the end where there are fewer.
fn byte(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with its cursor written as `|`.
    fn with_cursor(text: &str) -> (String, usize) {
        let at = text.find('|').expect("a cursor");
        (text.replacen('|', "", 1), text[..at].chars().count())
    }

    fn shown((text, cursor): (String, usize)) -> String {
        let at = byte(&text, cursor);
        format!("{}|{}", &text[..at], &text[at..])
    }

    #[test]
    fn what_is_typed_becomes_bullets() {
        // before, after with the cursor, what it comes to (blank: as the field has it)
        let cases = [
            ("-", "- |", "• |"),
            ("*", "* |", "• |"),
            ("", "- Monthly report|", "• Monthly report|"),
            ("a\n-", "a\n- |", "a\n• |"),
            ("  -", "  - |", "  • |"),
            ("-words", "- |words", "• |words"),
            ("a -", "a - |", ""),
            ("-5", "-5 |", ""),
            ("• a\n• -", "• a\n• - |", "• a\n• |"),
            ("• a -", "• a - |", ""),
            ("–", "– |", ""),
            ("• a", "• a\n|", "• a\n• |"),
            ("• a", "• a\nb|", "• a\n• b|"),
            ("  • a", "  • a\n|", "  • a\n  • |"),
            ("• a b", "• a\n| b", "• a\n• |b"),
            ("• ab\n• c", "• a\n|b\n• c", "• a\n• |b\n• c"),
            ("• a\n• ", "• a\n• \n|", "• a\n|"),
            ("• a\n  • ", "• a\n  • \n|", "• a\n|"),
            ("• \nb", "• \n|\nb", "|\nb"),
            ("a", "a\n|", ""),
            ("• a", "\n|• a", ""),
            ("- a", "- a\n|", "- a\n• |"),
            ("• abc", "•|abc", "|abc"),
            ("x\n  • abc", "x\n  •|abc", "x\n|abc"),
            ("• a b", "• a|b", ""),
            ("• é", "• é\n|", "• é\n• |"),
            ("abc", "ab|", ""),
        ];
        for (before, after, expected) in cases {
            let (after, cursor) = with_cursor(after);
            let got = typed(before, &after, cursor, How::Typed).map(shown).unwrap_or_default();
            assert_eq!(got, expected, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn what_is_pasted_keeps_its_own_line_ends() {
        let cases = [("• ", "• one\ntwo|", ""), ("", "- one\n- two|", "• one\n• two|"), ("• a", "• a\n|", "")];
        for (before, after, expected) in cases {
            let (after, cursor) = with_cursor(after);
            let got = typed(before, &after, cursor, How::Pasted).map(shown).unwrap_or_default();
            assert_eq!(got, expected, "{before:?} to {after:?}");
        }
    }

    #[test]
    fn tab_moves_a_bullet_only_at_its_start() {
        use Shift::{Deeper, Higher};
        let cases = [
            ("• |a", Deeper, "  • |a"),
            ("|• a", Deeper, "  • |a"),
            ("x\n• |", Deeper, "x\n  • |"),
            ("  • |a\n• b", Higher, "• |a\n• b"),
            ("- |a", Deeper, "  • |a"),
            ("      • |a", Deeper, "      • |a"),
            ("• |a", Higher, ""),
            ("• a|", Deeper, ""),
            ("a|", Deeper, ""),
            ("|", Deeper, ""),
        ];
        for (text, way, expected) in cases {
            let (plain, cursor) = with_cursor(text);
            assert_eq!(shift(&plain, cursor, way).map(shown).unwrap_or_default(), expected, "{text:?} {way:?}");
        }
    }

    #[test]
    fn the_bullet_key_makes_bullets_of_the_selected_lines_and_takes_them_off() {
        let cases = [
            ("a\nb", 0..3, "• a\n• b", 0..7),
            ("• a\n• b", 0..7, "a\nb", 0..3),
            ("• a\nb", 2..5, "• a\n• b", 0..7),
            ("a\n\nb", 0..4, "• a\n\n• b", 0..8),
            ("ab", 1..1, "• ab", 3..3),
            ("x\n  • ab\ny", 7..7, "x\nab\ny", 3..3),
            ("", 0..0, "• ", 2..2),
            ("a\n", 2..2, "a\n• ", 4..4),
        ];
        for (text, selected, expected, then) in cases {
            assert_eq!(toggle(text, &selected), (expected.to_owned(), then), "{text:?} {selected:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_was_typed_is_lost(
            old in "[ \\-•a-c\n*]{0,16}", new in "[ \\-a-c\n*]{0,6}", at in 0_usize..17
        ) {
            let at = at.min(old.chars().count());
            let (head, rest) = old.split_at(byte(&old, at));
            let after = format!("{head}{new}{rest}");
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
            if let Some((text, cursor)) = typed(&old, &after, at + new.chars().count(), How::Typed) {
                proptest::prop_assert_eq!(letters(&text), letters(&after));
                proptest::prop_assert!(cursor <= text.chars().count());
            }
            let (text, selected) = toggle(&after, &(0..at));
            proptest::prop_assert_eq!(letters(&text), letters(&after));
            proptest::prop_assert!(selected.end <= text.chars().count());
        }
    }
}
