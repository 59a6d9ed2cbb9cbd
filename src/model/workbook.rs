//! A plan as the sheets of a workbook: which sheet a kind of row has, which column a field, and what
//! stands in a cell. `report::xlsx` writes it, `import::own` reads it back; that both know one layout
//! is what lets an edited workbook come home.
//!
//! A cell says what a person reads: a theme's title, not its id. What is worked out (the month that
//! due words come to, overdue) stands beside what was written and is never read back.

mod cells;
mod sheets;

pub use cells::{Cell, cell, rows};
pub use sheets::SHEETS;

use super::{Entity, Id};

/// The form of the workbook, as it says of itself.
pub const FORMAT: &str = "recap-workbook/1";
/// The hidden sheet by which a workbook is known again.
pub const MARK_SHEET: &str = "Recap";
/// The sheet of the timeline: worked out as at the workbook's date, and never read back.
pub const TIMELINE_SHEET: &str = "Timeline";
/// What its first cell says to who finds it.
pub const MARK_WORDS: &str = "By this sheet Recap knows the workbook again. Leave it as it is.";
/// The heading of the narrow last column that holds the rows' ids.
pub const ID_TITLE: &str = "Recap id";
/// The most characters of a cell that are written, in UTF-16 as Excel counts them; it holds 32,767.
pub const MOST_CHARACTERS: usize = 32_000;

/// A sheet: the rows of one kind.
#[derive(Debug)]
pub struct Sheet {
    /// Its name on the tab.
    pub name: &'static str,
    /// The kind of its rows.
    pub entity: Entity,
    /// Its columns, those that are printed first.
    pub columns: &'static [Column],
    /// How many of them are printed.
    pub printed: usize,
    /// Whether it is there although it has no rows, so that rows can be added.
    pub always: bool,
}

/// A column of a sheet.
#[derive(Debug)]
pub struct Column {
    /// Its heading.
    pub title: &'static str,
    /// What it is called in the marks: its field's name, or one of its own for what is no field.
    pub field: &'static str,
    /// What stands in it.
    pub kind: Kind,
    /// Its width in characters.
    pub width: u16,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A text.
    Text,
    /// A date.
    Date,
    /// Yes or no.
    YesNo,
    /// A word of a closed vocabulary, with all of them.
    Word(fn() -> Vec<&'static str>),
    /// A person's reading of due words, as [`super::due::Due::code`] writes it.
    Reading,
    /// A theme by its title.
    Theme,
    /// A report by its short title.
    Report,
    /// A responsibility by its words.
    Responsibility,
    /// An action by its words.
    Action,
    /// A recommendation by its number.
    Recommendation,
    /// A provider by its name.
    Provider,
    /// A theme of signals by its title.
    SignalTheme,
    /// A month.
    Month,
    /// The numbers of the recommendations that an action serves, evidence stands behind, or a finding
    /// bears on.
    Serves,
    /// A field of the position as at the workbook's date.
    Position,
    /// Worked out from the rest; never read back.
    Computed,
}

impl Kind {
    /// Whether the cell is the field's own value, and not another row's name or worked out.
    #[must_use]
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Text | Self::Date | Self::Month | Self::YesNo | Self::Word(_) | Self::Reading)
    }
}

impl Sheet {
    /// The sheet for a kind of row.
    #[must_use]
    pub fn of(entity: Entity) -> Option<&'static Self> {
        SHEETS.iter().find(|sheet| sheet.entity == entity)
    }

    /// The sheet with a name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        SHEETS.iter().find(|sheet| sheet.name.eq_ignore_ascii_case(name))
    }

    /// The fields of its rows that no cell holds as they are: ids of other rows, sort keys. They
    /// travel in the hidden sheet.
    pub fn unseen(&self) -> impl Iterator<Item = &'static str> {
        let seen = |field: &str| self.columns.iter().any(|column| column.field == field && column.kind.is_plain());
        self.entity.fields().iter().copied().filter(move |field| !seen(field))
    }
}

/// The heading of a column's continuation: what a cell cannot hold goes on there. `part` is 2 for
/// the first.
#[must_use]
pub fn continued(title: &str, part: usize) -> String {
    format!("{title} (continued {part})")
}

/// A text in pieces that a cell can hold, which put together are the text; cut at a space or line
/// end where one is near.
#[must_use]
pub fn pieces(text: &str) -> Vec<&str> {
    /// How far back a space is looked for.
    const NEAR: usize = 400;
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(end) = cut(rest) {
        let near = rest[..end].char_indices().rev().take(NEAR).find(|(_, c)| c.is_whitespace());
        let end = near.map_or(end, |(at, c)| at + c.len_utf8());
        let (piece, more) = rest.split_at(end);
        pieces.push(piece);
        rest = more;
    }
    pieces.push(rest);
    pieces
}

/// Where a text is longer than a cell holds: the last place that still fits.
fn cut(text: &str) -> Option<usize> {
    if text.len() <= MOST_CHARACTERS {
        return None;
    }
    let mut units = 0;
    text.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > MOST_CHARACTERS).then_some(at)
    })
}

/// A text as a workbook holds it: one kind of line end, no characters that XML cannot say.
#[must_use]
pub fn writable(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| !(c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')))
        .collect()
}

/// The short mark of a cell's text: the same for the same words, so that a changed cell is known.
#[must_use]
pub fn mark(text: &str) -> String {
    let id = Id::NIL.derive(&["cell", &writable(text)]).to_string();
    id.chars().filter(|c| *c != '-').take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_into_pieces_that_fit_and_give_it_back() {
        let words = "A word and another. ".repeat(5_000);
        let astral = "🎉".repeat(20_000);
        for text in ["", "short", &words, &astral] {
            let pieces = pieces(text);
            assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= MOST_CHARACTERS), "each fits");
            assert_eq!(pieces.concat(), text, "nothing is lost");
        }
        assert!(pieces(&words)[0].ends_with(' '), "no word is cut");
        assert_eq!(pieces("short").len(), 1, "what fits is one piece");
    }

    #[test]
    fn every_sheet_names_fields_that_its_rows_have_and_each_once() {
        for sheet in SHEETS {
            let mut fields: Vec<&str> = sheet.columns.iter().map(|column| column.field).collect();
            let mut titles: Vec<&str> = sheet.columns.iter().map(|column| column.title).collect();
            for column in sheet.columns {
                let is_field = sheet.entity.fields().contains(&column.field);
                let own = matches!(column.kind, Kind::Serves | Kind::Position | Kind::Computed);
                assert!(is_field != own, "{}: {} is a field or its kind says why not", sheet.name, column.field);
            }
            assert!(sheet.printed <= fields.len(), "{}: no more is printed than there is", sheet.name);
            for names in [&mut fields, &mut titles] {
                let count = names.len();
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), count, "{}: each name once: {names:?}", sheet.name);
            }
        }
        let without: Vec<Entity> = Entity::ALL.iter().copied().filter(|kind| Sheet::of(*kind).is_none()).collect();
        let links = [Entity::Link, Entity::EvidenceLink, Entity::FindingLink];
        let happened = [Entity::Share, Entity::MergeMark];
        let looking = [Entity::SavedView, Entity::GapAnswer];
        let expected = [&links[..], &happened, &looking].concat();
        assert_eq!(
            without, expected,
            "every kind has a sheet; links are a column, what happened to the file is not edited, nor is how it is looked at"
        );
    }

    #[test]
    fn blank_none_no_and_zero_have_marks_of_their_own() {
        let mut marks = ["", "None", "No", "0"].map(mark).to_vec();
        marks.dedup();
        assert_eq!(marks.len(), 4, "{marks:?}");
        assert_eq!(mark("a\r\nb"), mark("a\nb"), "line ends do not count");
    }
}
