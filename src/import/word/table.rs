//! A table while it is read: rows, cells, what spans and what is merged, tables inside cells.

use crate::import::colour::{self, Rag};
use crate::import::document::{BlockKind, Cell, Row};
use std::collections::BTreeMap;

/// The most blank cells that spans may make in all.
const MOST_SPARE: usize = 100_000;

/// What stands in a cell, in reading order.
pub(super) enum Content {
    /// A paragraph: as a block of the document, and as lines of the cell.
    Text { met: usize, kind: BlockKind, lines: String },
    /// A table inside the cell.
    Table { met: usize, rows: Vec<Row> },
}

/// A table whose end is not reached.
pub(super) struct Open {
    /// The number in which the walk met it.
    pub(super) met: usize,
    rows: Vec<(usize, Vec<Filled>)>,
    row: Option<OpenRow>,
    /// How many rows it has so far.
    pub(super) count: usize,
    nested: bool,
}

/// A cell whose end was reached.
#[derive(Default)]
struct Filled {
    content: Vec<Content>,
    fill: Option<[u8; 3]>,
}

#[derive(Default)]
struct OpenRow {
    met: usize,
    cells: Vec<Filled>,
    cell: Option<OpenCell>,
    /// Blank columns at its end.
    after: usize,
    deleted: bool,
}

#[derive(Default)]
struct OpenCell {
    content: Vec<Content>,
    span: usize,
    /// Whether a cell above goes on here.
    covered: bool,
    fill: Option<[u8; 3]>,
}

/// What a finished table is.
pub(super) enum Finished {
    /// Rows of cells, and how many of them hold the word of their colour.
    Rows(Vec<Row>, BTreeMap<Rag, usize>),
    /// Only a frame around what stands in it.
    Frame(Vec<Content>),
}

impl Open {
    pub(super) fn new(met: usize) -> Self {
        Self { met, rows: Vec::new(), row: None, count: 0, nested: false }
    }

    pub(super) fn begin_row(&mut self, met: usize) {
        self.count += 1;
        self.row = Some(OpenRow { met, ..OpenRow::default() });
    }

    /// What a row says of itself: blank columns before and after, and whether it was deleted.
    pub(super) fn row_is(&mut self, before: usize, after: usize, deleted: bool, spare: &mut Spare) {
        if let Some(row) = &mut self.row {
            row.cells.extend((0..spare.take(before)).map(|_| Filled::default()));
            row.after = after;
            row.deleted |= deleted;
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = &mut self.row {
            row.cell = Some(OpenCell { span: 1, ..OpenCell::default() });
        }
    }

    /// What a cell says of itself: how many columns it spans, whether one above it goes on in it, and
    /// what colour it has.
    pub(super) fn cell_is(&mut self, span: usize, covered: bool, fill: Option<[u8; 3]>) {
        if let Some(cell) = self.row.as_mut().and_then(|row| row.cell.as_mut()) {
            cell.span = span.max(1);
            cell.covered = covered;
            cell.fill = fill;
        }
    }

    /// Puts something into the cell that is open; gives it back where none is.
    pub(super) fn put(&mut self, content: Content) -> Option<Content> {
        self.nested |= matches!(content, Content::Table { .. });
        match self.row.as_mut().and_then(|row| row.cell.as_mut()) {
            Some(cell) => {
                cell.content.push(content);
                None
            }
            None => Some(content),
        }
    }

    pub(super) fn end_cell(&mut self, spare: &mut Spare) {
        let Some(row) = &mut self.row else { return };
        let Some(cell) = row.cell.take() else { return };
        let OpenCell { content, span, covered, fill } = cell;
        row.cells.push(if covered { Filled::default() } else { Filled { content, fill } });
        row.cells.extend((0..spare.take(span - 1)).map(|_| Filled::default()));
    }

    pub(super) fn end_row(&mut self, spare: &mut Spare) {
        self.end_cell(spare);
        let Some(mut row) = self.row.take().filter(|row| !row.deleted) else { return };
        row.cells.extend((0..spare.take(row.after)).map(|_| Filled::default()));
        self.rows.push((row.met, row.cells));
    }

    /// A table around other tables, with one filled cell a row, is a frame and no table.
    pub(super) fn finish(mut self, spare: &mut Spare) -> Finished {
        self.end_row(spare);
        let alone = |cells: &[Filled]| cells.iter().filter(|cell| !cell.content.is_empty()).count() <= 1;
        if self.nested && self.rows.iter().all(|(_, cells)| alone(cells)) {
            return Finished::Frame(
                self.rows.into_iter().flat_map(|(_, cells)| cells).flat_map(|cell| cell.content).collect(),
            );
        }
        let mut coloured = BTreeMap::new();
        let rows = self.rows.into_iter().map(|(met, cells)| row(met, cells, &mut coloured));
        let rows = rows.filter(|row| !row.is_blank()).collect();
        Finished::Rows(rows, coloured)
    }
}

/// A row with the texts of its cells; where a colour stands for a word, that word.
fn row(met: usize, cells: Vec<Filled>, coloured: &mut BTreeMap<Rag, usize>) -> Row {
    let mut cells: Vec<(String, Option<[u8; 3]>)> =
        cells.into_iter().map(|cell| (lines(cell.content), cell.fill)).collect();
    let seen: Vec<_> = cells.iter().map(|(text, fill)| (text.as_str(), *fill)).collect();
    let read = colour::words_of_row(&seen);
    for ((text, _), rag) in cells.iter_mut().zip(read) {
        let Some(rag) = rag else { continue };
        rag.word().clone_into(text);
        *coloured.entry(rag).or_default() += 1;
    }
    Row { line: met, cells: cells.into_iter().map(|(text, _)| Cell { text, line: met }).collect() }
}

/// A cell's text; each row of a table inside it is a line.
fn lines(content: Vec<Content>) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in content {
        match part {
            Content::Text { lines: text, .. } => lines.push(text),
            Content::Table { rows, .. } => {
                for row in rows {
                    let cells = row.cells.iter().map(|cell| cell.text.replace('\n', " "));
                    lines.push(cells.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | "));
                }
            }
        }
    }
    lines.join("\n")
}

/// How many blank cells spans may still make.
pub(super) struct Spare(usize);

impl Default for Spare {
    fn default() -> Self {
        Self(MOST_SPARE)
    }
}

impl Spare {
    fn take(&mut self, cells: usize) -> usize {
        let taken = cells.min(self.0).min(1_000);
        self.0 -= taken;
        taken
    }
}
