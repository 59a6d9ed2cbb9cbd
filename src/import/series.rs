//! Values for an XmR chart: one column of numbers out of separated values, with the dates or words beside it.
//!
//! Columns are known by what is in them, so that a header may be there or not. Nothing is guessed that would
//! change the arithmetic: a cell that is no number is refused with its row, and so is a file in which a comma
//! may part columns or thousands.

mod columns;
mod error;
mod number;

pub use error::SeriesRefused;

use super::{ImportError, decode, delimited};
use crate::model::due::{Due, Month};
use crate::model::xmr::{LARGEST, Observation, Series};
use chrono::NaiveDate;
use columns::Columns;
use number::Number;

/// A series as a file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesFile {
    /// The file's name.
    pub name: String,
    /// The heading of the values; blank where the file has none.
    pub heading: String,
    /// The values, by date where every one has one, else as they stand.
    pub series: Series,
    /// Whether they are percentages, as written: 85% is 85.
    pub percent: bool,
    /// Whether all are whole and none below zero, as counts are.
    pub counts: bool,
    /// Rows without a value: neither a point nor a zero.
    pub blank: Vec<Blank>,
    /// Whether the rows stood in another order than that of their dates.
    pub sorted: bool,
}

/// A row without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// Its number in the file, from 1.
    pub row: usize,
    /// Its date or words; blank for none.
    pub at: String,
}

/// A row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// From 1, blank rows counted.
    number: usize,
    cells: Vec<String>,
}

impl Row {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A value with its row.
struct Found {
    row: usize,
    date: Option<NaiveDate>,
    point: Observation,
}

/// Reads values from the bytes of a file.
///
/// # Errors
/// When the bytes are no text, when no column or several hold numbers, and when a value or a date cannot be
/// read; the message names the row and says what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<SeriesFile, SeriesRefused> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let decoded = decode::decode(name, bytes).map_err(|error| match error {
        ImportError::NotText { found, name } => SeriesRefused::NotText { found, name },
        other => SeriesRefused::Unread(other),
    })?;
    let rows = rows(&decoded.text)?;
    let columns = Columns::of(&rows)?;
    let body = &rows[usize::from(columns.header)..];
    let mut found = Vec::new();
    let mut blank = Vec::new();
    let mut percent: Option<bool> = None;
    for row in body {
        let at = columns.at.map_or("", |column| row.cell(column)).to_owned();
        let date = if columns.dated { Some(date_of(row, &at)?) } else { None };
        let text = row.cell(columns.values);
        if number::is_blank(text) {
            blank.push(Blank { row: row.number, at });
            continue;
        }
        let value = value_of(row, text)?;
        if *percent.get_or_insert(value.percent) != value.percent {
            return Err(SeriesRefused::Percent { row: row.number, text: text.to_owned() });
        }
        let month = date.map(|(month, _)| month);
        let date = date.map(|(_, day)| day);
        found.push(Found { row: row.number, date, point: Observation { at, month, value: value.value } });
    }
    let sorted = in_order(&mut found)?;
    let percent = percent.unwrap_or_default();
    let counts = !percent && found.iter().all(|found| found.point.value >= 0.0 && found.point.value.fract() == 0.0);
    let heading = if columns.header { rows[0].cell(columns.values).to_owned() } else { String::new() };
    let series = Series::of(found.into_iter().map(|found| found.point).collect());
    Ok(SeriesFile { name: name.to_owned(), heading, series, percent, counts, blank, sorted })
}

/// The rows that are not blank.
fn rows(text: &str) -> Result<Vec<Row>, SeriesRefused> {
    let (delimiter, text, skipped) = delimited::delimiter_of(text);
    if let Some((line, text)) = columns::thousands_or_columns(text, delimiter)? {
        // one column, whose commas part thousands
        let rows = text.lines().zip(line + skipped..).filter(|(text, _)| !text.trim().is_empty());
        return Ok(rows.map(|(text, number)| Row { number, cells: vec![text.trim().to_owned()] }).collect());
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        // the text is valid UTF-8 and any number of cells is taken: the reader has nothing to refuse
        let Ok(record) = record else { continue };
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        // blank lines that the reader passes over before a record count
        let passed = text[start..].bytes().take_while(|byte| *byte == b'\n').count();
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        let cells: Vec<String> = record.iter().map(|cell| delimited::unguarded(cell.trim()).to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number: line + skipped + passed, cells });
        }
    }
    Ok(rows)
}

fn value_of(row: &Row, text: &str) -> Result<Number, SeriesRefused> {
    let refused = || SeriesRefused::Value { row: row.number, text: text.to_owned() };
    number::read(text).filter(|number| number.value.abs() <= LARGEST).ok_or_else(refused)
}

/// The month and the day that a date is sorted by.
fn date_of(row: &Row, text: &str) -> Result<(Month, NaiveDate), SeriesRefused> {
    date(text).ok_or_else(|| SeriesRefused::Date { row: row.number, text: text.to_owned() })
}

/// Reads a date as people in the UK write it, with or without its day and a time: "31/05/2013 00:00",
/// "May-13", "2013-05", "31 May 2013".
fn date(text: &str) -> Option<(Month, NaiveDate)> {
    let text = text.trim();
    let (words, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let is_time = time.contains(':') && time.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+'));
    let words = if is_time { words } else { text };
    match Due::of(words, "", None) {
        Due::Month { month, day } if words.chars().any(|c| c.is_ascii_digit()) => {
            Some((month, day.unwrap_or_else(|| month.first_day())))
        }
        _ => None,
    }
}

/// Puts values in the order of their dates; whether they were in another.
fn in_order(found: &mut [Found]) -> Result<bool, SeriesRefused> {
    let sorted = !found.is_sorted_by_key(|found| found.date);
    found.sort_by_key(|found| found.date);
    match found.windows(2).find(|pair| pair[0].date.is_some() && pair[0].date == pair[1].date) {
        Some(pair) => {
            let at = pair[1].point.at.clone();
            Err(SeriesRefused::Twice { row: pair[0].row.max(pair[1].row), first: pair[0].row.min(pair[1].row), at })
        }
        None => Ok(sorted),
    }
}

#[cfg(test)]
mod tests;
