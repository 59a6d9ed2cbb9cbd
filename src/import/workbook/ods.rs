//! .ods: read from its own XML. calamine makes a row of a sheet for each time that a row is said to
//! be repeated, a million of them for a sheet that LibreOffice coloured to its end.

use super::number;
use super::{Book, add_row};
use crate::import::ImportError;
use crate::import::colour::from_hex;
use crate::import::package::Zip;
use crate::import::xml::{Event, Reader, Tag};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Reads the sheets of a package.
pub(super) fn read(zip: &mut Zip<'_>, book: &mut Book) -> Result<(), ImportError> {
    let Some(content) = zip.part("content.xml") else { return Err(book.damaged("its content is missing")) };
    let named = zip.part("styles.xml").unwrap_or_default();
    let mut styles = Styles::default();
    styles.read(&named);
    styles.read(&content);
    let mut sheets = Sheets { styles, book, row: 0, column: 0, repeated: 1, row_cells: Vec::new(), in_sheet: 0 };
    let mut reader = Reader::new(&content);
    while let Some(event) = reader.next() {
        sheets.event(&event, &mut reader)?;
    }
    Ok(())
}

/// What styles say that matters: what is not shown, what has a colour.
#[derive(Default)]
struct Styles {
    hidden: Vec<String>,
    fills: BTreeMap<String, [u8; 3]>,
}

impl Styles {
    fn read(&mut self, text: &str) {
        let mut name = String::new();
        for event in Reader::new(text) {
            let Event::Start(tag) = event else { continue };
            match tag.name {
                "style" => {
                    name = tag.attribute("name").unwrap_or_default().into_owned();
                    let parent = tag.attribute("parent-style-name").and_then(|parent| self.fills.get(parent.as_ref()));
                    if let Some(fill) = parent.copied() {
                        self.fills.insert(name.clone(), fill);
                    }
                }
                "table-properties" if tag.attribute("display").as_deref() == Some("false") => {
                    self.hidden.push(name.clone());
                }
                "table-cell-properties" => {
                    if let Some(fill) = tag.attribute("background-color") {
                        match from_hex(&fill) {
                            Some(fill) => self.fills.insert(name.clone(), fill),
                            None => self.fills.remove(&name),
                        };
                    }
                }
                _ => {}
            }
        }
    }
}

/// A cell of the row that is read.
struct Found {
    column: usize,
    text: String,
    fill: Option<[u8; 3]>,
    error: bool,
}

struct Sheets<'b> {
    styles: Styles,
    book: &'b mut Book,
    row: usize,
    column: usize,
    /// How often the row stands.
    repeated: usize,
    row_cells: Vec<Found>,
    /// How many tables are open: one may stand in a cell.
    in_sheet: usize,
}

/// Rows and columns beyond these no program shows.
const LAST_ROW: usize = 1_048_576;
const LAST_COLUMN: usize = 16_384;

impl Sheets<'_> {
    fn event(&mut self, event: &Event<'_>, reader: &mut Reader<'_>) -> Result<(), ImportError> {
        match event {
            Event::Start(tag) if tag.name == "table" => {
                self.in_sheet += 1;
                if self.in_sheet == 1 {
                    let style = tag.attribute("style-name").unwrap_or_default();
                    let hidden = self.styles.hidden.iter().any(|name| *name == style);
                    self.book.sheet(&tag.attribute("name").unwrap_or_default(), hidden)?;
                    (self.row, self.column) = (0, 0);
                }
            }
            Event::End("table") => self.in_sheet = self.in_sheet.saturating_sub(1),
            Event::Start(tag) if self.in_sheet > 0 => self.inside(tag, reader)?,
            Event::End("table-row") if self.in_sheet == 1 => self.end_row()?,
            _ => {}
        }
        Ok(())
    }

    fn inside(&mut self, tag: &Tag<'_>, reader: &mut Reader<'_>) -> Result<(), ImportError> {
        let repeated = |name: &str| tag.number(name).unwrap_or(1).clamp(1, LAST_ROW);
        let hidden = || tag.attribute("visibility").is_some_and(|shown| shown != "visible");
        match tag.name {
            "table-column" => {
                let columns = repeated("number-columns-repeated");
                if hidden() {
                    let span = (self.column, self.column + columns - 1);
                    self.book.last().map(|sheet| sheet.hidden_columns.push(span)).unwrap_or_default();
                }
                self.column = (self.column + columns).min(LAST_COLUMN);
            }
            "table-row" => {
                self.repeated = repeated("number-rows-repeated");
                self.column = 0;
                self.row_cells.clear();
                if hidden()
                    && let Some(sheet) = self.book.sheets.last_mut()
                {
                    add_row(&mut sheet.hidden_rows, self.row);
                    sheet.hidden_rows.last_mut().map(|span| span.1 = self.row + self.repeated - 1).unwrap_or_default();
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(tag, reader)?,
            // pictures and forms
            "shapes" | "forms" | "named-expressions" => reader.pass_over(),
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self, tag: &Tag<'_>, reader: &mut Reader<'_>) -> Result<(), ImportError> {
        let repeated = tag.number("number-columns-repeated").unwrap_or(1).clamp(1, LAST_COLUMN);
        let shown = self.shown(reader);
        let fill = tag.attribute("style-name").and_then(|style| self.styles.fills.get(style.as_ref()).copied());
        let text = value(tag, shown);
        let error = tag.attribute("formula").is_some() && (text.starts_with('#') || text.starts_with("Err:"));
        let (across, down) = (tag.number("number-columns-spanned"), tag.number("number-rows-spanned"));
        let (across, down) = (across.unwrap_or(1).clamp(1, LAST_COLUMN), down.unwrap_or(1).clamp(1, LAST_ROW));
        if across * down > 1 {
            let cells = [self.row, self.column, self.row + down - 1, self.column + across - 1];
            self.book.last().map(|sheet| sheet.merged.push(cells)).unwrap_or_default();
        }
        if !text.trim().is_empty() || fill.is_some() {
            for column in (self.column..self.column + repeated).take_while(|column| *column < LAST_COLUMN) {
                self.row_cells.push(Found { column, text: text.clone(), fill, error });
            }
        }
        self.column = (self.column + repeated).min(LAST_COLUMN);
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ImportError> {
        let cells = std::mem::take(&mut self.row_cells);
        // a row that is coloured and has no words is repeated to the end of the sheet
        if cells.iter().any(|cell| !cell.text.trim().is_empty()) {
            for row in (self.row..self.row + self.repeated).take_while(|row| *row < LAST_ROW) {
                for cell in &cells {
                    if cell.error {
                        self.book.error(row, &cell.text);
                    } else {
                        self.book.cell(row, cell.column, &cell.text, cell.fill)?;
                    }
                }
            }
        }
        self.row = (self.row + self.repeated).min(LAST_ROW);
        Ok(())
    }

    /// What a cell shows, up to its end.
    fn shown(&mut self, reader: &mut Reader<'_>) -> String {
        let mut text = String::new();
        let mut depth = 1usize;
        while let Some(event) = reader.next() {
            match event {
                Event::Start(tag) if tag.name == "annotation" => {
                    self.book.last().map(|sheet| sheet.comments += 1).unwrap_or_default();
                    reader.pass_over();
                }
                Event::Start(tag) => {
                    depth += 1;
                    match tag.name {
                        "p" if !text.is_empty() => text.push('\n'),
                        "line-break" => text.push('\n'),
                        "tab" => text.push('\t'),
                        "s" => text.extend(std::iter::repeat_n(' ', tag.number("c").unwrap_or(1).min(100))),
                        _ => {}
                    }
                }
                Event::End(_) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                // between paragraphs stand only the breaks of the file
                Event::Text(words) if depth > 1 => text.push_str(&words),
                Event::Text(_) => {}
            }
        }
        text
    }
}

/// What a cell says: what it shows, but a date in words and an answer as yes or no.
fn value(tag: &Tag<'_>, shown: String) -> String {
    match tag.attribute("value-type").as_deref() {
        Some("boolean") => match tag.attribute("boolean-value").as_deref() {
            Some("true") => "Yes".to_owned(),
            _ => "No".to_owned(),
        },
        Some("date") => {
            let stored = tag.attribute("date-value").unwrap_or_default();
            let day = stored.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
            day.map_or(shown.clone(), |day| dated(day, stored.get(11..16), &shown))
        }
        Some("float" | "percentage" | "currency") if shown.trim().is_empty() => {
            let number = tag.attribute("value").and_then(|value| value.parse().ok());
            number.map_or(shown, |number| number::words(number, number::Shape::Plain, false))
        }
        _ => shown,
    }
}

fn dated(day: NaiveDate, time: Option<&str>, shown: &str) -> String {
    let shown = shown.trim();
    let months = ["%B %Y", "%b %Y", "%b-%Y", "%b %y", "%b-%y", "%m/%Y", "%m/%y"];
    if months.iter().any(|month| day.format(month).to_string() == shown) {
        return number::month(day);
    }
    match time.filter(|time| *time != "00:00") {
        Some(time) => format!("{} {time}", number::day(day)),
        None => number::day(day),
    }
}
