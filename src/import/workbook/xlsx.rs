//! .xlsx: calamine reads its cells one by one, a look at the sheet's own XML says what is hidden and
//! what is merged.

use super::number::{self, Shape};
use super::{Book, Sheet};
use crate::import::ImportError;
use crate::import::package::Zip;
use crate::import::xml::{Event, Reader};
use calamine::{DataRef, FillPattern, Reader as _, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The most cell formats that Excel itself has.
const MOST_FORMATS: usize = 65_490;
/// The most that all sheets together may be, each as often as it is named.
const MOST_SHEETS_MB: u64 = 200;

/// Reads the sheets of a package.
pub(super) fn read(zip: &mut Zip<'_>, book: &mut Book) -> Result<(), ImportError> {
    let parts = parts(zip);
    let total: u64 = parts.values().map(|part| zip.size(part)).sum();
    if total > MOST_SHEETS_MB * 1024 * 1024 {
        return Err(ImportError::UnpacksTooLarge { limit: MOST_SHEETS_MB, name: book.name.clone() });
    }
    let styles = zip.part_of_type("styles+xml").and_then(|part| zip.part(&part)).unwrap_or_default();
    let formats = Reader::new(&styles).filter(|event| matches!(event, Event::Start(tag) if tag.name == "xf"));
    if formats.take(MOST_FORMATS * 2 + 1).count() > MOST_FORMATS * 2 {
        return Err(book.damaged("it has more cell formats than Excel can make"));
    }
    drop(styles);
    stream(&book.name.clone(), zip.bytes, book)?;
    for sheet in &mut book.sheets {
        if let Some(text) = parts.get(&sheet.name).and_then(|part| zip.part(part)) {
            look(&text, sheet);
            sheet.unworked.extend(formulas_without_results(&text).into_iter().map(|(row, _)| row));
        }
    }
    Ok(())
}

enum Stop {
    Library(XlsxError),
    Cells(ImportError),
}

impl From<XlsxError> for Stop {
    fn from(error: XlsxError) -> Self {
        Self::Library(error)
    }
}

impl From<ImportError> for Stop {
    fn from(error: ImportError) -> Self {
        Self::Cells(error)
    }
}

/// How a format of the workbook shows its cells.
struct Look {
    shape: Shape,
    fill: Option<[u8; 3]>,
}

impl Look {
    fn of(style: &Style) -> Self {
        let shape = style.number_format.as_ref().map_or(Shape::Plain, |format| Shape::of(&format.format_code));
        let fill = style.fill.as_ref().filter(|fill| fill.pattern == FillPattern::Solid);
        let colour = fill.and_then(|fill| fill.foreground_color).map(|colour| [colour.red, colour.green, colour.blue]);
        Self { shape, fill: colour }
    }
}

/// Takes the cells of a package as they are read, in the order of their rows.
pub(super) trait Cells {
    /// What is said of the workbook.
    fn note(&mut self, text: String);
    /// A sheet begins.
    fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), ImportError>;
    /// A cell; row and column from 0.
    fn cell(&mut self, row: usize, column: usize, text: &str, fill: Option<[u8; 3]>) -> Result<(), ImportError>;
    /// An error that stands where a value should.
    fn error(&mut self, row: usize, error: &str);
}

impl Cells for Book {
    fn note(&mut self, text: String) {
        Self::note(self, text);
    }

    fn sheet(&mut self, name: &str, hidden: bool) -> Result<(), ImportError> {
        Self::sheet(self, name, hidden)
    }

    fn cell(&mut self, row: usize, column: usize, text: &str, fill: Option<[u8; 3]>) -> Result<(), ImportError> {
        Self::cell(self, row, column, text, fill)
    }

    fn error(&mut self, row: usize, error: &str) {
        Self::error(self, row, error);
    }
}

/// Hands over the cells of all sheets, holding none of them.
pub(super) fn stream(name: &str, bytes: &[u8], book: &mut impl Cells) -> Result<(), ImportError> {
    let damaged = || ImportError::Damaged { what: "its sheets cannot be read", name: name.to_owned() };
    // a fault of the library is met by a damaged file, and is no more to a person than that
    match catch_unwind(AssertUnwindSafe(|| sheets(bytes, book))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(Stop::Cells(error))) => Err(error),
        Ok(Err(Stop::Library(XlsxError::Password))) => Err(ImportError::Protected { name: name.to_owned() }),
        Ok(Err(Stop::Library(_))) | Err(_) => Err(damaged()),
    }
}

fn sheets(bytes: &[u8], book: &mut impl Cells) -> Result<(), Stop> {
    let mut xlsx = Xlsx::new(Cursor::new(bytes))?;
    let since_1904 = xlsx.has_1904_epoch();
    let mut looks: Vec<Look> = Vec::new();
    for sheet in xlsx.sheets_metadata().to_vec() {
        match sheet.typ {
            SheetType::WorkSheet => {}
            SheetType::ChartSheet => continue,
            _ => {
                book.note(format!("Sheet {} holds macros, not a table; it is not read", sheet.name));
                continue;
            }
        }
        book.sheet(&sheet.name, sheet.visible != SheetVisible::Visible)?;
        let mut cells = xlsx.worksheet_cells_reader(&sheet.name)?;
        if looks.is_empty() {
            looks = cells.styles().iter().map(Look::of).collect();
        }
        while let Some((cell, style)) = cells.next_cell_with_style_id()? {
            let (row, column) = cell.get_position();
            let look = looks.get(style);
            let shape = look.map_or(Shape::Plain, |look| look.shape);
            let text = match cell.get_value() {
                DataRef::Error(error) => {
                    book.error(row as usize, &error.to_string());
                    String::new()
                }
                value => words(value, shape, since_1904),
            };
            book.cell(row as usize, column as usize, &text, look.and_then(|look| look.fill))?;
        }
    }
    Ok(())
}

fn words(value: &DataRef<'_>, shape: Shape, since_1904: bool) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
        DataRef::Int(number) => number::words(*number as f64, shape, since_1904),
        DataRef::Float(number) => number::words(*number, shape, since_1904),
        DataRef::DateTime(moment) => {
            let shape = if matches!(shape, Shape::Day | Shape::Month | Shape::Time) { shape } else { Shape::Day };
            number::words(moment.as_f64(), shape, since_1904)
        }
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
            day.map_or_else(|| text.clone(), number::day)
        }
        DataRef::DurationIso(text) => text.clone(),
        _ => String::new(),
    }
}

/// The part of each sheet, by the sheet's name.
pub(in crate::import) fn parts(zip: &mut Zip<'_>) -> BTreeMap<String, String> {
    let kinds =
        ["sheet.main+xml", "sheet.macroEnabled.main+xml", "template.main+xml", "template.macroEnabled.main+xml"];
    let Some(workbook) = kinds.iter().find_map(|kind| zip.part_of_type(kind)) else { return BTreeMap::new() };
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let relations = zip.part(&format!("{folder}/_rels/{file}.rels")).unwrap_or_default();
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    for event in Reader::new(&relations) {
        if let Event::Start(tag) = event
            && let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
        {
            let target = if target.starts_with('/') { target.into_owned() } else { format!("{folder}/{target}") };
            targets.insert(id.into_owned(), target);
        }
    }
    let mut parts = BTreeMap::new();
    let text = zip.part(&workbook).unwrap_or_default();
    for event in Reader::new(&text) {
        let Event::Start(tag) = event else { continue };
        // "r:id" beside "sheetId"
        if tag.name == "sheet"
            && let (Some(name), Some(id)) = (tag.attribute("name"), tag.attribute("id"))
            && let Some(target) = targets.get(id.as_ref())
        {
            parts.insert(name.into_owned(), target.clone());
        }
    }
    parts
}

/// Reads what is hidden and what is merged in a sheet.
fn look(text: &str, sheet: &mut Sheet) {
    let mut row = 0;
    for event in Reader::new(text) {
        let Event::Start(tag) = event else { continue };
        let hidden = || tag.attribute("hidden").is_some_and(|hidden| matches!(hidden.as_ref(), "1" | "true"));
        match tag.name {
            "col" if hidden() => {
                if let (Some(first), Some(last)) = (tag.number("min"), tag.number("max")) {
                    sheet.hidden_columns.push((first.saturating_sub(1), last.saturating_sub(1)));
                }
            }
            "row" => {
                row = tag.number("r").unwrap_or(row + 1);
                if hidden() {
                    super::add_row(&mut sheet.hidden_rows, row.saturating_sub(1));
                }
            }
            "mergeCell" => {
                let cells = tag.attribute("ref").and_then(|cells| range(&cells));
                sheet.merged.extend(cells);
            }
            "legacyDrawing" => sheet.comments += 1,
            _ => {}
        }
    }
}

/// The cells of a sheet whose formula has no result in the file, rows and columns from 0: programs
/// that write formulas and cannot work them out leave it to Excel. Such a cell is not a blank one.
pub(in crate::import) fn formulas_without_results(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut cell, mut formula, mut result, mut in_value) = (None, false, false, false);
    for event in Reader::new(text) {
        match event {
            Event::Start(tag) if tag.name == "c" => {
                cell = tag.attribute("r").and_then(|cell| address(&cell));
                // text as a result may well be none
                (formula, result) = (false, tag.attribute("t").as_deref() == Some("str"));
            }
            Event::Start(tag) => {
                formula |= tag.name == "f";
                in_value = tag.name == "v";
            }
            Event::Text(value) if in_value => result |= !value.trim().is_empty(),
            Event::Text(_) => {}
            Event::End("v") => in_value = false,
            Event::End("c") => found.extend(cell.take().filter(|_| formula && !result)),
            Event::End(_) => {}
        }
    }
    found
}

/// "A1:C3" as first row and column, last row and column.
fn range(cells: &str) -> Option<[usize; 4]> {
    let (first, last) = cells.split_once(':')?;
    let (first, last) = (address(first)?, address(last)?);
    Some([first.0, first.1, last.0, last.1])
}

fn address(cell: &str) -> Option<(usize, usize)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = cell.split_at(digits);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        column = column * 26 + usize::from(letter.checked_sub(b'A')?) + 1;
    }
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_without_its_result_is_no_blank_cell() {
        let text = "<sheetData><row r='4'><c r='A4'><f>B4+1</f><v></v></c><c r='B4'><f>1+1</f><v>2</v></c></row>\
            <row r='5'><c r='C5'><f>TODAY()</f></c><c r='D5' t='str'><f>IF(A4=1,A4,\"\")</f><v></v></c>\
            <c r='E5'><v>7</v></c><c r='F5'/></row></sheetData>";
        assert_eq!(formulas_without_results(text), [(3, 0), (4, 2)], "blank text is a result, too");
    }
}
