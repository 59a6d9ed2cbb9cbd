//! The timeline as a table: the same columns in CSV and on the workbook's sheet.

use super::{Item, View, one_line};
use crate::model::timeline::LaneKey;
use crate::model::workbook::{Cell, writable};
use crate::model::{Index, Plan};
use crate::report::status;
use chrono::NaiveDate;

/// A column of the table.
#[derive(Clone, Copy)]
pub(in crate::report) struct Column {
    /// Its heading.
    pub(in crate::report) title: &'static str,
    /// Its width in characters.
    pub(in crate::report) width: u16,
    cell: fn(&View<'_>, &Item<'_>) -> Cell,
}

fn text(words: impl AsRef<str>) -> Cell {
    let words = writable(words.as_ref());
    if words.is_empty() { Cell::Blank } else { Cell::Text(words) }
}

fn date(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Blank, Cell::Date)
}

fn yes_no(yes: bool) -> Cell {
    text(if yes { "yes" } else { "no" })
}

const fn column(title: &'static str, width: u16, cell: fn(&View<'_>, &Item<'_>) -> Cell) -> Column {
    Column { title, width, cell }
}

/// All that the paper says of a card, and what a table can be sorted and filtered by.
pub(in crate::report) const COLUMNS: &[Column] = &[
    column("When", 16, |_, item| text(item.lane.label())),
    column("Quarter", 12, |_, item| match item.lane {
        LaneKey::Month(month) => text(format!("Q{} {}", month.quarter(), month.financial_year())),
        _ => Cell::Blank,
    }),
    column("Due", 20, |_, item| text(item.due_words())),
    column("Due by", 16, |_, item| date(item.entry.due.last_day())),
    column("Action", 48, |_, item| if item.is_responsibility() { Cell::Blank } else { text(item.text()) }),
    column("Key responsibility", 36, |_, item| text(item.responsibility().map_or("", |row| &row.text))),
    column("Its actions", 48, |_, item| {
        text(item.under().iter().map(|action| one_line(&action.text)).collect::<Vec<_>>().join("\n"))
    }),
    column("Owner", 24, |_, item| text(item.owner())),
    column("Partners", 20, |_, item| text(item.partners())),
    column("State", 18, |view, item| text(status::shown(&view.words, item.shown()).word)),
    column("Recorded state", 16, |_, item| text(item.entry.state.word())),
    column("Overdue", 10, |_, item| yes_no(item.is_overdue())),
    column("Tentative", 10, |_, item| yes_no(item.entry.tentative)),
    column("Done on", 16, |_, item| date(item.entry.done_on)),
    column("First due", 20, |_, item| {
        text(item.moves().first().filter(|first| first.words != item.due_words()).map_or("", |first| first.words))
    }),
    column("How it moved", 36, |_, item| text(item.was().join("\n"))),
    column("Times put off", 10, |_, item| text(item.entry.slips.to_string())),
    column("Next in", 24, |_, item| {
        text(item.next().into_iter().map(|month| month.label()).collect::<Vec<_>>().join(", "))
    }),
    column("Next review", 16, |_, item| date(item.entry.next_review)),
    column("Recommendations", 18, |_, item| text(item.recommendations().join(", "))),
    column("Latest progress", 48, |_, item| text(item.note().map_or("", |note| &note.note))),
    column("Progress on", 16, |_, item| date(item.note().and_then(|note| note.date))),
];

/// The rows lane by lane, with a cell for each of [`COLUMNS`].
pub(in crate::report) fn rows(plan: &Plan, index: &Index, as_at: NaiveDate) -> Vec<Vec<Cell>> {
    let view = View::of(plan, index, as_at);
    let row = |item: Item<'_>| COLUMNS.iter().map(|column| (column.cell)(&view, &item)).collect();
    view.board.lanes.iter().flat_map(|lane| view.items(lane)).map(row).collect()
}
