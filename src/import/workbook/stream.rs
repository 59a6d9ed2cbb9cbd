//! The rows of a workbook one by one, for sources of a hundred thousand of them: nothing of an .xlsx is
//! held but the row that is read. The older kinds are read whole first; they hold less.

use super::xlsx::{self, Cells};
use super::{Book, decode, ods, xls};
use crate::import::package::{Kind, Package};
use crate::import::{Cleaned, ImportError};

/// The most cells of a workbook whose rows go by: 100,000 rows of 100 columns.
const MOST_CELLS: usize = 10_000_000;
/// The widest sheet that Excel has.
const WIDEST: usize = 16_384;

/// Takes a row: its sheet, its number from 1, its cells. `false` stops the reading.
pub(in crate::import) type Take<'t> = dyn FnMut(&str, usize, &[&str]) -> bool + 't;

/// Hands over the rows of all sheets that have anything in them, and says what is to be said of the
/// workbook. A reading that was stopped ends without an error of its own.
pub(in crate::import) fn each_row(
    name: &str,
    package: Package<'_>,
    take: &mut Take<'_>,
) -> Result<Vec<String>, ImportError> {
    let mut book = Book::new(name);
    match package {
        Package::Zip(zip) if zip.kind != Kind::Ods => {
            let mut rows = Passing::new(name, take);
            let read = xlsx::stream(name, zip.bytes, &mut rows);
            rows.end_row();
            return match read {
                Err(_) if rows.stopped => Ok(Vec::new()),
                Err(error) => Err(error),
                Ok(()) => Ok(rows.notes),
            };
        }
        Package::Zip(mut zip) => ods::read(&mut zip, &mut book)?,
        Package::Compound(old) => xls::read(&old, &mut book)?,
    }
    let mut texts: Vec<&str> = Vec::new();
    for sheet in &book.sheets {
        for (row, cells) in &sheet.rows {
            texts.clear();
            for cell in cells {
                texts.resize(texts.len().max(cell.column + 1), "");
                texts[cell.column] = &cell.text;
            }
            if !take(&sheet.name, row + 1, &texts) {
                return Ok(Vec::new());
            }
        }
    }
    Ok(book.notes.into_iter().map(|note| note.text).collect())
}

/// The row of an .xlsx that is being read.
struct Passing<'p, 't> {
    name: &'p str,
    take: &'p mut Take<'t>,
    sheet: String,
    row: usize,
    cells: Vec<String>,
    /// How many of them this row has filled.
    used: usize,
    count: usize,
    stopped: bool,
    notes: Vec<String>,
}

impl<'p, 't> Passing<'p, 't> {
    fn new(name: &'p str, take: &'p mut Take<'t>) -> Self {
        let (sheet, cells, notes) = (String::new(), Vec::new(), Vec::new());
        Self { name, take, sheet, row: 0, cells, used: 0, count: 0, stopped: false, notes }
    }

    /// Hands over the row, where there is one.
    fn end_row(&mut self) {
        if self.used > 0 && !self.stopped {
            let texts: Vec<&str> = self.cells[..self.used].iter().map(String::as_str).collect();
            self.stopped = !(self.take)(&self.sheet, self.row + 1, &texts);
        }
        self.used = 0;
    }

    fn damaged(&self, what: &'static str) -> ImportError {
        ImportError::Damaged { what, name: self.name.to_owned() }
    }
}

impl Cells for Passing<'_, '_> {
    fn note(&mut self, text: String) {
        self.notes.push(text);
    }

    fn sheet(&mut self, name: &str, _hidden: bool) -> Result<(), ImportError> {
        self.end_row();
        (self.sheet, self.row) = (name.to_owned(), 0);
        Ok(())
    }

    fn cell(&mut self, row: usize, column: usize, text: &str, _fill: Option<[u8; 3]>) -> Result<(), ImportError> {
        if text.trim().is_empty() || column >= WIDEST {
            return Ok(());
        }
        self.count += 1;
        if self.count > MOST_CELLS {
            return Err(ImportError::TooManyCells { cells: self.count, limit: MOST_CELLS, name: self.name.to_owned() });
        }
        if row != self.row {
            if self.used > 0 && row < self.row {
                return Err(self.damaged("its rows do not follow each other"));
            }
            self.end_row();
            self.row = row;
        }
        if self.stopped {
            return Err(self.damaged("it was not read to its end"));
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        for cell in self.cells.iter_mut().take(column).skip(self.used) {
            cell.clear();
        }
        self.cells[column] = decode::clean(text, &mut Cleaned::default());
        self.used = self.used.max(column + 1);
        Ok(())
    }

    fn error(&mut self, row: usize, error: &str) {
        let text = format!(
            "Not taken: the error {error} where a value should stand, in row {} of sheet {}",
            row + 1,
            self.sheet
        );
        // the first ones say enough
        if self.notes.len() < 20 {
            self.notes.push(text);
        }
    }
}
