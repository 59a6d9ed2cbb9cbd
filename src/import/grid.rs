//! Tables that page breaks cut, put together again: one grid with the places where a page began.

use super::document::{Block, BlockKind, Document, Row};
use super::heal::{self, Manner};
use super::place::Places;
use super::proposal::RowHow;
use crate::model::text::words_key;
use std::collections::BTreeMap;

/// A whole table of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// The heading, or the last short paragraph, that stands above it.
    pub(super) heading: String,
    /// Whether that is a heading, directly above.
    pub(super) headed: bool,
    /// The heading that it stands under, with paragraphs between perhaps.
    pub(super) section: String,
    /// The same with those paragraphs, each with its line.
    pub(super) above: Vec<(usize, String)>,
    /// The line it begins on.
    pub(super) line: usize,
    /// Its rows, repeated headers too.
    pub(super) rows: Vec<GridRow>,
    /// How the document's places are named.
    pub(super) places: Places,
}

/// A row of a grid.
#[derive(Debug, Clone)]
pub(super) struct GridRow {
    pub(super) row: Row,
    /// Whether it is the first row of a page.
    pub(super) starts_page: bool,
    /// Whether a person said that it is not the rest of what stood before it.
    pub(super) own: bool,
}

impl Grid {
    /// The number of columns: as many as the widest row has.
    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(|row| row.row.cells.len()).max().unwrap_or(0)
    }
}

/// A grid with what a person asked of its rows, and where each of its rows has gone.
pub(super) struct EditedGrid {
    pub(super) grid: Grid,
    /// For each row of the grid as it was: its place now, and whether it was joined to the row above
    /// it; `None` for one that was left out.
    pub(super) places: Vec<Option<(usize, bool)>>,
}

impl Grid {
    /// Joins, parts and leaves out rows as a person said.
    pub(super) fn edited(self, asked: &BTreeMap<usize, RowHow>) -> EditedGrid {
        let mut grid = Self { rows: Vec::with_capacity(self.rows.len()), ..self };
        let mut places = Vec::with_capacity(self.rows.len());
        for (at, mut row) in self.rows.into_iter().enumerate() {
            match (asked.get(&at), grid.rows.last_mut()) {
                (Some(RowHow::Leave), _) => places.push(None),
                (Some(RowHow::JoinToAbove), Some(above)) => {
                    join(&mut above.row, &row.row);
                    places.push(Some((grid.rows.len() - 1, true)));
                }
                (how, _) => {
                    row.own = how == Some(&RowHow::OfItsOwn);
                    places.push(Some((grid.rows.len(), false)));
                    grid.rows.push(row);
                }
            }
        }
        EditedGrid { grid, places }
    }
}

/// Puts the cells of a row to those above them.
fn join(above: &mut Row, row: &Row) {
    for (column, cell) in row.cells.iter().enumerate() {
        match above.cells.get_mut(column) {
            Some(into) => into.text = heal::join(&into.text, &cell.text, Manner::Prose, None),
            None => above.cells.push(cell.clone()),
        }
    }
}

/// A document's tables, each whole.
pub(super) fn grids(document: &Document) -> Vec<Grid> {
    let mut grids: Vec<Grid> = Vec::new();
    let (mut heading, mut headed) = (String::new(), false);
    let (mut section, mut above) = (String::new(), Vec::new());
    // whether only page furniture stood between the last table and here
    let mut open = false;
    for block in &document.blocks {
        match &block.kind {
            BlockKind::Heading(text) => {
                heading.clone_from(text);
                section.clone_from(text);
                above.clear();
                above.push((block.line, text.clone()));
                (open, headed) = (false, true);
            }
            BlockKind::Paragraph(text) if is_furniture(text) => {}
            BlockKind::Paragraph(text) => {
                above.push((block.line, text.clone()));
                if text.chars().count() <= 160 {
                    heading.clone_from(text);
                }
                (open, headed) = (false, false);
            }
            BlockKind::Bullet(_) => (open, headed) = (false, false),
            BlockKind::Table(table) => {
                let rows = table.rows.iter().enumerate().map(|(at, row)| GridRow {
                    row: row.clone(),
                    starts_page: at == 0,
                    own: false,
                });
                match grids.last_mut() {
                    Some(last) if open && goes_on(last, &table.rows) => last.rows.extend(rows),
                    _ => {
                        let heading = std::mem::take(&mut heading);
                        let places = document.places.clone();
                        let (section, above) = (std::mem::take(&mut section), std::mem::take(&mut above));
                        let rows = rows.collect();
                        let mut grid = Grid { heading, section, above, headed, line: block.line, rows, places };
                        if let Some(first) = grid.rows.first_mut() {
                            first.starts_page = false;
                        }
                        grids.push(grid);
                    }
                }
                (open, headed) = (true, false);
            }
        }
    }
    grids
}

/// Whether a table that follows another with nothing between is its next page.
fn goes_on(grid: &Grid, rows: &[Row]) -> bool {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if grid.width() == width {
        return true;
    }
    let key = |row: &Row| row.cells.iter().map(|cell| words_key(&cell.text)).collect::<Vec<_>>().join("\u{1f}");
    matches!((grid.rows.first(), rows.first()), (Some(a), Some(b)) if key(&a.row) == key(b))
}

/// "Page 3 of 12", "12": what a page carries at its foot.
pub(super) fn is_furniture(text: &str) -> bool {
    let key = words_key(text);
    let words: Vec<&str> = key.split_whitespace().collect();
    words.len() <= 4
        && words.iter().any(|word| word.chars().all(|c| c.is_ascii_digit()))
        && words
            .iter()
            .all(|word| word.chars().all(|c| c.is_ascii_digit()) || matches!(*word, "page" | "of" | "-" | "/"))
}

/// The first line of a block, for notes.
pub(super) fn block_text(block: &Block) -> &str {
    match &block.kind {
        BlockKind::Heading(text) | BlockKind::Paragraph(text) | BlockKind::Bullet(text) => text,
        BlockKind::Table(_) => "",
    }
}
