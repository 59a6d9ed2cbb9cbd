//! How high a row must be to show its wrapped text. Excel works that out itself; LibreOffice and most
//! viewers show one line where the file does not say it.

use crate::model::workbook::Cell;

/// The highest row that Excel has, in points.
const MOST: f64 = 409.0;
/// A line of the body's letters, in points, and what stands above and below the text.
const LINE: f64 = 12.75;
const EDGE: f64 = 2.25;
/// The lines of the highest row.
const MOST_LINES: usize = 31;
/// A column's width counts digits of another font than the body's: what a digit is wide in tenths of
/// the body's average letter. Somewhat less than measured: a blank line is better than a lost one.
const DIGIT: f64 = 10.5;

/// The height of a row of cells, each with the width of its column in characters.
pub(super) fn of_row<'c>(cells: impl Iterator<Item = (&'c Cell, u16)>) -> f64 {
    let lines = cells.map(|(cell, width)| lines_of(&cell.words(), width)).max().unwrap_or(1);
    of_lines(lines)
}

/// The height of a row of texts, each with the width of its column in characters; `None` for a single line.
pub(in crate::report) fn of_texts<'t>(texts: impl Iterator<Item = (&'t str, u16)>) -> Option<f64> {
    let lines = texts.map(|(text, width)| lines_of(text, width)).max().unwrap_or(1);
    (lines > 1).then(|| of_lines(lines))
}

/// The height of the header: titles with the widths of their columns; bold letters are wider.
pub(super) fn of_header<'t>(titles: impl Iterator<Item = (&'t str, u16)>) -> f64 {
    of_lines(titles.map(|(title, width)| lines_of(title, width - width / 6)).max().unwrap_or(1))
}

/// How wide a column must be, in characters, for its longest text to be seen whole in the highest row,
/// and no wider than a page bears.
pub(super) fn width_for<'c>(cells: impl Iterator<Item = &'c Cell>, width: u16) -> u16 {
    /// Of the columns of a page on its side one may take so much.
    const WIDEST: u16 = 100;
    let texts = cells.filter_map(|cell| match cell {
        Cell::Text(text) => Some(text.as_str()),
        _ => None,
    });
    // a text that fits into half the highest row in the worst case need not be measured
    let room = usize::from(width) * MOST_LINES / 2;
    let long = texts.filter(|text| text.len() > room || text.matches('\n').count() > MOST_LINES / 2);
    long.fold(width, |mut width, text| {
        while width < WIDEST && is_cut(text, width) {
            width = (width + width / 8 + 1).min(WIDEST);
        }
        width
    })
}

/// Whether the highest row is too low for a text.
pub(super) fn is_cut(text: &str, width: u16) -> bool {
    lines_of(text, width) > MOST_LINES
}

/// The height of so many lines.
fn of_lines(lines: usize) -> f64 {
    // more lines than any row can show need not be counted out
    let lines = f64::from(u16::try_from(lines.max(1)).unwrap_or(u16::MAX));
    (lines * LINE + EDGE).min(MOST)
}

/// How many lines a text takes in a column.
fn lines_of(text: &str, width: u16) -> usize {
    let room = f64::from(width) * DIGIT;
    text.split('\n').map(|line| wrapped(line, room)).sum()
}

/// How many lines a paragraph takes, broken between words; a word that is wider than the column is
/// broken inside.
fn wrapped(text: &str, room: f64) -> usize {
    let (mut lines, mut used) = (1, 0.0);
    for word in text.split(' ') {
        let wide: f64 = word.chars().map(letter).sum();
        let gap = if used > 0.0 { letter(' ') } else { 0.0 };
        if used + gap + wide <= room {
            used += gap + wide;
            continue;
        }
        lines += usize::from(used > 0.0);
        used = wide;
        while used > room && room > 0.0 {
            lines += 1;
            used -= room;
        }
    }
    lines
}

/// How wide a letter is, in tenths of an average one.
fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' => 4.5,
        ' ' | 't' | 'f' | 'r' | '-' | '(' | ')' | '/' | '[' | ']' => 6.0,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 15.0,
        _ if letter.is_uppercase() => 12.5,
        // letters of other scripts may be twice as wide
        _ if u32::from(letter) > 0x2e80 => 20.0,
        _ => 10.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_the_lines_that_its_column_leaves_it() {
        let cases = [
            ("", 20, 1),
            ("A short one", 20, 1),
            ("Agree the monthly extract of complaints with the trust", 20, 3),
            ("one\ntwo\nthree", 20, 3),
            ("Agree the extract", 3, 5),
            ("123, 124", 0, 2),
        ];
        for (text, width, expected) in cases {
            let found = lines_of(text, width);
            assert!(found.abs_diff(expected) <= 1, "{text:?} in {width}: {found} lines, not {expected}");
        }
    }

    #[test]
    fn a_column_is_as_wide_as_its_longest_text_needs() {
        let of = |text: &str| width_for([&Cell::Text(text.to_owned())].into_iter(), 34);
        assert_eq!(of("Signed"), 34, "as laid out");
        let wider = of(&"words and more words ".repeat(70));
        assert!((40..=80).contains(&wider), "{wider}");
        assert!(!is_cut(&"words and more words ".repeat(70), wider), "seen whole");
        assert_eq!(of(&"words and more words ".repeat(2_000)), 100, "and no wider than a page bears");
    }

    #[test]
    fn no_row_is_higher_than_excel_can_have() {
        let long = Cell::Text("words and more words ".repeat(2_000));
        assert!((of_row([(&long, 40)].into_iter()) - MOST).abs() < f64::EPSILON, "cut");
        assert!(of_row(std::iter::empty()) > LINE, "a row without cells has its line");
    }
}
