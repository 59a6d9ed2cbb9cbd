//! The workbook's bytes to rows: cell by cell, so that a sheet of a million empty rows takes no room.

use super::value::month;
use super::{Found, Known, OwnError, OwnWorkbook, ReadRow, ReadSheet};
use crate::import::package::{self, Package};
use crate::import::workbook::xlsx;
use crate::model::workbook::{
    Column, FORMAT, ID_TITLE, Kind, MARK_SHEET, SHEETS, Sheet, TIMELINE_SHEET, continued, writable,
};
use crate::model::{Entity, Id, Value};
use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::Cursor;

/// The most cells that are read of all sheets.
const MOST_CELLS: usize = 2_000_000;
/// How far down the header is looked for: people put a title above it.
const MOST_ABOVE: usize = 20;

type Rows = BTreeMap<u32, BTreeMap<u32, Found>>;
type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// Reads a workbook that `report::xlsx` wrote; `None` for any other file.
///
/// # Errors
/// When it has our mark and is damaged, too large, or made by a newer program.
pub fn read(name: &str, bytes: &[u8]) -> Result<Option<OwnWorkbook>, OwnError> {
    let Some(mut unworked) = formulas(name, bytes) else { return Ok(None) };
    let damaged = |error: XlsxError| OwnError::Damaged(error.to_string());
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut spare = MOST_CELLS;
    let marks = rows_of(&mut book, MARK_SHEET, &mut spare)?;
    let fact = |wanted: &str| {
        let row = marks.values().find(|row| row.get(&0).is_some_and(|cell| cell.words() == wanted));
        row.and_then(|row| row.get(&1)).map(Found::words).unwrap_or_default()
    };
    let format = fact("format");
    if format != FORMAT {
        let ours = format.starts_with("recap-workbook/");
        return if ours { Err(OwnError::Newer(format)) } else { Ok(None) };
    }
    let plan = fact("plan").parse().map_err(|_| OwnError::Damaged("it does not say of which plan it is".into()))?;
    let as_at = NaiveDate::parse_from_str(&fact("as_at"), "%Y-%m-%d")
        .map_err(|_| OwnError::Damaged("it does not say as at which date it is".into()))?;
    let mut own = OwnWorkbook {
        name: name.to_owned(),
        plan,
        organisation: fact("organisation"),
        as_at,
        made: fact("made"),
        sheets: Vec::new(),
        known: marks.values().filter_map(known).collect(),
        warnings: Vec::new(),
    };
    let names = book.sheet_names();
    for layout in SHEETS {
        match names.iter().find(|name| name.eq_ignore_ascii_case(layout.name)) {
            Some(name) => {
                let mut rows = rows_of(&mut book, name, &mut spare)?;
                // not worked out, and so by no means blank
                for (row, column) in unworked.remove(name).unwrap_or_default() {
                    rows.entry(row).or_default().insert(column, Found::Error);
                }
                own.sheet(layout, &rows);
            }
            None if own.known.keys().any(|(entity, _)| *entity == layout.entity) => {
                let text = format!("The sheet {} is not in the workbook: its rows stay as they are", layout.name);
                own.warnings.push(text);
            }
            None => {}
        }
    }
    let ours = |name: &str| [MARK_SHEET, TIMELINE_SHEET].contains(&name) || Sheet::named(name).is_some();
    for name in names.iter().filter(|name| !ours(name)) {
        own.warnings.push(format!("The sheet {name} is not one of the plan's: nothing of it was taken"));
    }
    Ok(Some(own))
}

/// For a package that may be unpacked and whose list of sheets names the hidden one, by sheet the
/// cells whose formulas have no result. Whatever else it is, the reader of foreign documents says.
fn formulas(name: &str, bytes: &[u8]) -> Option<BTreeMap<String, Vec<(u32, u32)>>> {
    let Ok(Some(Package::Zip(mut zip))) = package::open(name, bytes) else { return None };
    let sheets = zip.part("xl/workbook.xml").unwrap_or_default();
    if zip.kind != package::Kind::Xlsx || !sheets.contains(&format!("name=\"{MARK_SHEET}\"")) {
        return None;
    }
    let mut found = BTreeMap::new();
    for (sheet, part) in xlsx::parts(&mut zip) {
        let cells = zip.part(&part).map(|text| xlsx::formulas_without_results(&text)).unwrap_or_default();
        let narrow = |(row, column): (usize, usize)| Some((u32::try_from(row).ok()?, u32::try_from(column).ok()?));
        let cells: Vec<(u32, u32)> = cells.into_iter().filter_map(narrow).collect();
        if !cells.is_empty() {
            found.insert(sheet, cells);
        }
    }
    Some(found)
}

/// The filled cells of a sheet.
fn rows_of(book: &mut Book<'_>, sheet: &str, spare: &mut usize) -> Result<Rows, OwnError> {
    let damaged = |error: XlsxError| OwnError::Damaged(error.to_string());
    let mut rows = Rows::new();
    let mut reader = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        let Some(found) = found(cell.get_value()) else { continue };
        *spare = spare.checked_sub(1).ok_or(OwnError::TooManyCells { limit: MOST_CELLS })?;
        let (row, column) = cell.get_position();
        rows.entry(row).or_default().insert(column, found);
    }
    Ok(rows)
}

fn found(value: &DataRef<'_>) -> Option<Found> {
    let words = match value {
        DataRef::Empty => return None,
        DataRef::String(text) => writable(text),
        DataRef::SharedString(text) => writable(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => if *truth { "yes" } else { "no" }.to_owned(),
        DataRef::DateTime(moment) => match moment.as_datetime() {
            Some(moment) => return Some(Found::Date(moment.date())),
            None => moment.as_f64().to_string(),
        },
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
            return Some(day.map_or_else(|| Found::Words(text.clone()), Found::Date));
        }
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(_) => return Some(Found::Error),
    };
    (!words.is_empty()).then_some(Found::Words(words))
}

/// What the hidden sheet says of a row.
fn known(row: &BTreeMap<u32, Found>) -> Option<((Entity, Id), Known)> {
    let text = |at: u32| row.get(&at).map(Found::words).unwrap_or_default();
    let entity = Entity::from_word(&text(0))?;
    let id = text(1).parse().ok()?;
    let mark = |mark: &str| {
        let (field, mark) = mark.split_once(':')?;
        let (mark, parts) = mark.split_once('/').unwrap_or((mark, "1"));
        Some((field.to_owned(), (mark.to_owned(), parts.parse().ok()?)))
    };
    let marks = text(2).split(',').filter_map(mark).collect();
    let values: String = row.range(3..).map(|(_, cell)| cell.words()).collect();
    let values: BTreeMap<String, Value> = serde_json::from_str(&values).unwrap_or_default();
    Some(((entity, id), Known { marks, values }))
}

/// Where the columns of a sheet stand in the workbook.
struct Places {
    id: u32,
    /// For each column of the layout the columns that it and its continuations stand in.
    columns: Vec<Vec<u32>>,
}

impl OwnWorkbook {
    /// Takes in a sheet; without the column of the ids nothing of it can be matched.
    fn sheet(&mut self, layout: &'static Sheet, rows: &Rows) {
        let header = rows.iter().take(MOST_ABOVE).find_map(|(number, row)| {
            let id = row.iter().find(|(_, cell)| cell.words().trim() == ID_TITLE)?;
            Some((*number, *id.0, row))
        });
        let Some((header, id, titles)) = header else {
            let text = format!(
                "The sheet {} lacks its last column, \"{ID_TITLE}\", by which rows are matched: nothing of it was taken",
                layout.name
            );
            self.warnings.push(text);
            return;
        };
        let places = self.places(layout, id, titles);
        let read = rows.range(header + 1..).map(|(number, row)| self.row(layout, &places, *number, row)).collect();
        self.sheets.push(ReadSheet { layout, rows: read });
    }

    fn places(&mut self, layout: &'static Sheet, id: u32, titles: &BTreeMap<u32, Found>) -> Places {
        let of = |title: &str| titles.iter().find(|(_, cell)| cell.words().trim() == title).map(|(at, _)| *at);
        let columns: Vec<Vec<u32>> = layout
            .columns
            .iter()
            .map(|column| {
                let Some(first) = of(column.title) else { return Vec::new() };
                let continuations = (2..).map_while(|part| of(&continued(column.title, part)));
                std::iter::once(first).chain(continuations).collect()
            })
            .collect();
        for (at, title) in titles.iter().filter(|(at, _)| **at != id) {
            if !columns.iter().any(|places| places.contains(at)) {
                let text = format!(
                    "The sheet {} has a column \"{}\" that is not one of the plan's: nothing of it was taken",
                    layout.name,
                    title.words()
                );
                self.warnings.push(text);
            }
        }
        Places { id, columns }
    }

    fn row(&self, layout: &'static Sheet, places: &Places, number: u32, row: &BTreeMap<u32, Found>) -> ReadRow {
        let id: Option<Id> = row.get(&places.id).and_then(|cell| cell.words().trim().parse().ok());
        let known = id.and_then(|id| self.known.get(&(layout.entity, id)));
        let cell = |(column, places): (&Column, &Vec<u32>)| {
            // a text whose continuation was removed is not to be taken for a shorter one
            let parts = known.and_then(|known| known.marks.get(column.field)).map_or(1, |(_, parts)| *parts);
            if places.is_empty() || places.len() < parts {
                return None;
            }
            let cells: Vec<&Found> = places.iter().filter_map(|at| row.get(at)).collect();
            Some(match (cells.as_slice(), column.kind) {
                ([only], Kind::Date | Kind::Computed) => (*only).clone(),
                // whichever of its days Excel made of it, as it was written
                ([only], Kind::Month) => month(only).map_or((*only).clone(), |month| Found::Date(month.last_day())),
                ([Found::Date(date)], _) => Found::Words(date.format("%-d %B %Y").to_string()),
                (cells, _) if cells.contains(&&Found::Error) => Found::Error,
                (cells, _) => Found::Words(cells.iter().map(|cell| cell.words()).collect()),
            })
        };
        let cells = layout.columns.iter().zip(&places.columns).map(cell).collect();
        ReadRow { number: number + 1, id, cells }
    }
}
