//! Workbooks to blocks: each sheet a heading with its tables.
//!
//! Three readers, one for each format, give the cells that are used, one by one and no more of them
//! than [`MOST_CELLS`]; `arrange` makes tables of them. Nothing here makes room for what a sheet
//! claims to be: one used cell in the last row and column is one cell.

mod arrange;
mod number;
mod ods;
mod records;
mod stream;
mod xls;
pub(super) mod xlsx;

use super::colour::Rag;
use super::compound::Compound;
use super::document::Block;
use super::package::{Kind, Zip};
use super::place::Places;
use super::{Cleaned, ImportError, Level, MOST_CELLS, Note, decode};
use crate::model::workbook::{MARK_SHEET, MARK_WORDS};
use std::collections::BTreeMap;
use std::sync::Arc;
pub(super) use stream::each_row;

/// The most text of all cells together.
const MOST_TEXT_MB: usize = 100;
/// The most sheets: Excel's own people have some dozens.
const MOST_SHEETS: usize = 1_000;

/// A workbook as it was read.
pub(super) struct Workbook {
    pub(super) blocks: Vec<Block>,
    pub(super) places: Places,
    pub(super) notes: Vec<Note>,
    pub(super) cleaned: Cleaned,
}

/// Reads a workbook that is a zip package.
pub(super) fn read_zip(name: &str, zip: &mut Zip<'_>) -> Result<Workbook, ImportError> {
    let mut book = Book::new(name);
    match zip.kind {
        Kind::Ods => ods::read(zip, &mut book)?,
        _ => xlsx::read(zip, &mut book)?,
    }
    book.notes.extend(zip.notes());
    book.finish()
}

/// Reads a workbook of Excel 97 to 2003.
pub(super) fn read_old(name: &str, compound: &Compound<'_>) -> Result<Workbook, ImportError> {
    let mut book = Book::new(name);
    xls::read(compound, &mut book)?;
    if compound.has("_VBA_PROJECT_CUR") {
        book.note("It has macros; they were not run, and nothing of them is taken".to_owned());
    }
    book.finish()
}

/// A workbook while it is read.
struct Book {
    name: String,
    sheets: Vec<Sheet>,
    notes: Vec<Note>,
    cleaned: Cleaned,
    cells: usize,
    text: usize,
}

/// The used cells of a sheet.
#[derive(Default)]
struct Sheet {
    name: String,
    hidden: bool,
    rows: BTreeMap<usize, Vec<Used>>,
    /// First row, first column, last row, last column of cells that are one.
    merged: Vec<[usize; 4]>,
    /// First and last of rows, and of columns, that are not shown.
    hidden_rows: Vec<(usize, usize)>,
    hidden_columns: Vec<(usize, usize)>,
    /// Rows with an error where a value should be, and the error.
    errors: Vec<(usize, String)>,
    /// Rows with a formula whose result the file does not have.
    unworked: Vec<usize>,
    comments: usize,
}

/// A cell that has words or a colour.
struct Used {
    column: usize,
    text: String,
    /// Its colour, whatever it stands for.
    fill: Option<[u8; 3]>,
}

impl Book {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            sheets: Vec::new(),
            notes: Vec::new(),
            cleaned: Cleaned::default(),
            cells: 0,
            text: 0,
        }
    }

    fn note(&mut self, text: String) {
        self.notes.push(Note { line: 0, text, level: Level::Info });
    }

    fn damaged(&self, what: &'static str) -> ImportError {
        ImportError::Damaged { what, name: self.name.clone() }
    }

    /// Begins a sheet; its cells come next.
    fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), ImportError> {
        if self.sheets.len() == MOST_SHEETS {
            return Err(ImportError::TooManyParts { limit: MOST_SHEETS, name: self.name.clone() });
        }
        let name = decode::clean(name, &mut self.cleaned);
        self.sheets.push(Sheet { name, hidden, ..Sheet::default() });
        Ok(())
    }

    /// The sheet whose cells come.
    fn last(&mut self) -> Option<&mut Sheet> {
        self.sheets.last_mut()
    }

    /// Takes a used cell of the last sheet; rows and columns from 0.
    fn cell(&mut self, row: usize, column: usize, text: &str, fill: Option<[u8; 3]>) -> Result<(), ImportError> {
        let text = decode::clean(text, &mut self.cleaned);
        // only a colour that may stand for something is worth a cell that has no words
        if text.trim().is_empty() && fill.and_then(Rag::of).is_none() {
            return Ok(());
        }
        self.cells += 1;
        self.text += text.len();
        if self.cells > MOST_CELLS {
            return Err(ImportError::TooManyCells { cells: self.cells, limit: MOST_CELLS, name: self.name.clone() });
        }
        if self.text > MOST_TEXT_MB * 1024 * 1024 {
            return Err(ImportError::TooLarge {
                megabytes: self.text / (1024 * 1024),
                limit: MOST_TEXT_MB,
                name: self.name.clone(),
            });
        }
        if let Some(sheet) = self.sheets.last_mut() {
            let cells = sheet.rows.entry(row).or_default();
            let used = Used { column, text, fill };
            // written once more, a cell is what it is at last
            match cells.last() {
                Some(last) if last.column >= column => match cells.binary_search_by_key(&column, |cell| cell.column) {
                    Ok(at) => cells[at] = used,
                    Err(at) => cells.insert(at, used),
                },
                _ => cells.push(used),
            }
        }
        Ok(())
    }

    /// Notes an error that stands where a value should.
    fn error(&mut self, row: usize, error: &str) {
        let error = error.to_owned();
        if let Some(sheet) = self.last() {
            sheet.errors.push((row, error));
        }
    }

    /// Whether it is a plan's own workbook. As .xlsx it is read as one (`own`), and does not come here.
    fn is_own(&self) -> bool {
        let mark = self.sheets.iter().find(|sheet| sheet.name == MARK_SHEET);
        mark.and_then(|sheet| sheet.rows.get(&0)?.first()).is_some_and(|cell| cell.text == MARK_WORDS)
    }

    fn finish(self) -> Result<Workbook, ImportError> {
        if self.is_own() {
            return Err(ImportError::OwnWorkbook { name: self.name });
        }
        let mut book =
            Workbook { blocks: Vec::new(), places: Places::default(), notes: self.notes, cleaned: self.cleaned };
        let (mut before, mut starts) = (0, Vec::new());
        for sheet in self.sheets {
            starts.push((before, sheet.name.clone()));
            let rows = sheet.rows.last_key_value().map_or(0, |(row, _)| row + 1);
            arrange::sheet(sheet, before, &mut book).map_err(|wide| wide.error(&self.name))?;
            before += rows + 1;
        }
        book.places = Places::Sheets(Arc::from(starts));
        Ok(book)
    }
}

/// Adds a row to those that are not shown; rows that follow each other are one entry.
fn add_row(rows: &mut Vec<(usize, usize)>, row: usize) {
    match rows.last_mut() {
        Some((_, last)) if *last + 1 == row => *last = row,
        _ => rows.push((row, row)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plans_own_workbook_in_another_format_is_refused_with_what_to_do() {
        let book = |words: &str| {
            let mut book = Book::new("plan.ods");
            book.sheet("Actions", false)?;
            book.cell(0, 0, "Action", None)?;
            book.sheet(MARK_SHEET, true)?;
            book.cell(0, 0, words, None)?;
            book.finish().map(|_| ())
        };
        assert_eq!(book(MARK_WORDS), Err(ImportError::OwnWorkbook { name: "plan.ods".into() }));
        assert_eq!(book("Recap of the year"), Ok(()), "anybody may call a sheet so");
    }
}
