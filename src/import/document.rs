//! What every reader makes of its format: blocks in reading order, tables as rows of cells, each
//! with the line it stands on.

use super::Note;
use super::decode::{Cleaned, SOFT_BREAK};
use super::place::Places;
use crate::model::text::tidy;

/// A document that was read, before anything in it was understood.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its file name, as notes and choices quote it.
    pub name: String,
    /// Which reader it went through.
    pub format: Format,
    /// The encoding of its bytes, "UTF-8"; of a package what it is, "Word document".
    pub encoding: &'static str,
    /// What was cleaned out of its text.
    pub cleaned: Cleaned,
    /// Its parts in reading order.
    pub blocks: Vec<Block>,
    /// How its places are named.
    pub places: Places,
    /// What the reader has to say of it.
    pub notes: Vec<Note>,
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines, with tabs between cells.
    Text,
    /// Markdown, with pipes between cells.
    Markdown,
    /// A web page.
    Html,
    /// Comma, semicolon or tab separated values.
    Delimited,
    /// A Word document.
    Word,
    /// A workbook: .xlsx, .xls or .ods.
    Workbook,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub struct Block {
    /// The line it begins on, from 1; in a Word document or a workbook the number of its place, which
    /// [`Document::place`] names.
    pub line: usize,
    /// What it is.
    pub kind: BlockKind,
}

/// What a part of a document is.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A heading.
    Heading(String),
    /// A paragraph; lines of its own are lines of the text.
    Paragraph(String),
    /// One bullet of a list.
    Bullet(String),
    /// A table, or the part of one that stands on one page.
    Table(Table),
}

/// Rows of cells.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its rows, the header's too.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its cells; a cell that spans columns is followed by blank ones.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its paragraphs and bullets in the written form of `model::text`.
    pub text: String,
    /// The line it begins on, from 1.
    pub line: usize,
}

impl Row {
    /// A row whose cells stand on its line.
    #[must_use]
    pub fn new(line: usize, cells: impl IntoIterator<Item = String>) -> Self {
        Self { line, cells: cells.into_iter().map(|text| Cell { text, line }).collect() }
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.is_empty())
    }

    /// The text of a cell; blank beyond the last.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }
}

impl Document {
    /// What a place is called: "line 12", "table 2, row 3", "Actions, row 12".
    #[must_use]
    pub fn place(&self, line: usize) -> String {
        self.places.name(line)
    }

    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        })
    }
}

/// The words of a cell or a paragraph in the written form of `model::text`: each line a block.
pub(super) fn written(text: &str) -> String {
    let line = |line: &str| {
        let indent = line.chars().take_while(|c| *c == ' ').count().min(6);
        let words: Vec<&str> = line.split_whitespace().collect();
        format!("{}{}", " ".repeat(indent), words.join(" "))
    };
    let lines: Vec<String> = text.split(['\n', SOFT_BREAK]).map(line).collect();
    tidy(&lines.join("\n"))
}
