//! A whole plan as an Excel workbook, laid out as [`crate::model::workbook`] says: to be read,
//! filtered, printed and edited in Excel, and imported again (`import::own`).
//!
//! Text is written as text, whatever it begins with. A hidden sheet says which plan it is and holds
//! for every row the marks of its cells, so that on the way back a changed cell is known from one
//! that the plan changed meanwhile.

mod formats;
pub(super) mod heights;
mod timeline;

use super::{Options, Progress, ReportError};
use crate::model::value::FieldValue as _;
use crate::model::workbook::{self, Cell, Column, Kind, MARK_SHEET, MARK_WORDS, Sheet};
use crate::model::{Entity, Id, Index, Plan, PositionState, Value};
use chrono::{Datelike as _, NaiveDate};
use formats::Formats;
use rust_xlsxwriter::{
    ColNum, DataValidation, DataValidationErrorStyle, DocProperties, IgnoreError, Note, RowNum, Workbook, Worksheet,
    XlsxError,
};
use std::collections::BTreeMap;

/// Rows below the last that have the lists of words too, for rows that are added.
const SPARE_ROWS: RowNum = 500;
/// The number that Excel has for A4.
const A4: u8 = 9;
/// Wide enough to be found, too narrow to be in the way.
const ID_WIDTH: f64 = 3.0;

impl From<XlsxError> for ReportError {
    fn from(error: XlsxError) -> Self {
        Self::Layout(error.to_string())
    }
}

/// Writes the plan.
///
/// # Errors
/// When the work is given up, or the plan has more rows than a sheet of Excel.
pub fn write(plan: &Plan, index: &Index, options: &Options, progress: Progress<'_>) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let info = plan.info();
    let title = if info.title.is_empty() { "Action plan" } else { &info.title };
    let properties = DocProperties::new().set_title(title).set_author(&info.organisation);
    book.set_properties(&properties.set_creation_datetime(&options.generated));
    let formats = Formats::new();
    let mut marks = Marks::default();
    for (done, layout) in workbook::SHEETS.iter().enumerate() {
        progress(done as f32 / workbook::SHEETS.len() as f32)?;
        let ids = workbook::rows(plan, index, layout.entity);
        if ids.is_empty() && !layout.always {
            continue;
        }
        let table = Table::new(plan, index, options.as_at, layout, ids);
        let sheet = book.add_worksheet();
        sheet.set_name(layout.name)?;
        table.write(sheet, &formats)?;
        set_up_print(sheet, plan, options, &table)?;
        marks.add(plan, &table);
    }
    timeline::add(&mut book, plan, index, options, &formats)?;
    for link in plan.links.values() {
        let values = [("recommendation", link.recommendation.to_value()), ("action", link.action.to_value())];
        marks.row(Entity::Link, link.id, String::new(), values.into_iter().chain([("order", link.order.to_value())]));
    }
    for link in plan.evidence_links.values() {
        let values = [("recommendation", link.recommendation.to_value()), ("evidence", link.evidence.to_value())];
        let order = ("order", link.order.to_value());
        marks.row(Entity::EvidenceLink, link.id, String::new(), values.into_iter().chain([order]));
    }
    for link in plan.finding_links.values() {
        let values = [("finding", link.finding.to_value()), ("row", link.row.to_value())];
        marks.row(Entity::FindingLink, link.id, String::new(), values.into_iter());
    }
    marks.write(book.add_worksheet(), plan, options)?;
    Ok(book.save_to_buffer()?)
}

/// A sheet's cells, before they are written.
struct Table {
    layout: &'static Sheet,
    ids: Vec<Id>,
    /// By row, then by column of the layout.
    cells: Vec<Vec<Cell>>,
    /// How many columns of the sheet each column of the layout takes.
    parts: Vec<usize>,
    /// How wide each column of the layout is.
    widths: Vec<u16>,
}

impl Table {
    fn new(plan: &Plan, index: &Index, as_at: NaiveDate, layout: &'static Sheet, ids: Vec<Id>) -> Self {
        let row = |id: &Id| {
            let cell = |column| workbook::cell(plan, index, as_at, column, layout.entity, *id);
            layout.columns.iter().map(cell).collect::<Vec<_>>()
        };
        let cells: Vec<Vec<Cell>> = ids.iter().map(row).collect();
        let longest = |at: usize| cells.iter().map(|row| parts(&row[at])).max().unwrap_or(1);
        let parts = (0..layout.columns.len()).map(longest).collect();
        let width = |(at, column): (usize, &Column)| heights::width_for(cells.iter().map(|row| &row[at]), column.width);
        let widths = layout.columns.iter().enumerate().map(width).collect();
        Self { layout, ids, cells, parts, widths }
    }

    /// The columns of the layout with the columns of the sheet where they begin.
    fn places(&self) -> Vec<(ColNum, &'static Column, usize)> {
        let mut place = 0;
        let mut places = Vec::new();
        for (column, parts) in self.layout.columns.iter().zip(&self.parts) {
            places.push((place, column, *parts));
            place += ColNum::try_from(*parts).unwrap_or(ColNum::MAX);
        }
        places
    }

    fn id_column(&self) -> ColNum {
        ColNum::try_from(self.parts.iter().sum::<usize>()).unwrap_or(ColNum::MAX)
    }

    fn last_row(&self) -> RowNum {
        RowNum::try_from(self.ids.len()).unwrap_or(RowNum::MAX).max(1)
    }

    fn write(&self, sheet: &mut Worksheet, formats: &Formats) -> Result<(), XlsxError> {
        let (id_column, last) = (self.id_column(), self.last_row());
        for ((place, column, parts), width) in self.places().into_iter().zip(&self.widths) {
            for part in 0..parts {
                let at = place + ColNum::try_from(part).unwrap_or_default();
                sheet.set_column_width(at, f64::from(*width))?;
                sheet.set_column_format(at, formats.body(column.kind))?;
                let title = if part == 0 { column.title.into() } else { workbook::continued(column.title, part + 1) };
                sheet.write_string_with_format(0, at, title, formats.head(column.kind))?;
            }
            offer_words(sheet, place, column, last)?;
        }
        sheet.set_column_width(id_column, ID_WIDTH)?;
        sheet.set_column_format(id_column, &formats.id)?;
        sheet.write_string_with_format(0, id_column, workbook::ID_TITLE, &formats.id)?;
        let titles = self.layout.columns.iter().map(|column| column.title).zip(self.widths.iter().copied());
        sheet.set_row_height(0, heights::of_header(titles))?;
        let widths = || self.widths.iter().copied();
        for (row, (id, cells)) in (1..).zip(self.ids.iter().zip(&self.cells)) {
            for (((place, column, parts), cell), width) in self.places().into_iter().zip(cells).zip(widths()) {
                write_cell(sheet, row, place, column, cell, formats)?;
                if parts == 1 && matches!(cell, Cell::Text(text) if heights::is_cut(text, width)) {
                    let words = "Longer than a row of Excel can show: click into the cell to read all of it.";
                    sheet.insert_note(row, place, &Note::new(words).add_author_prefix(false))?;
                }
            }
            sheet.write_string_with_format(row, id_column, id.to_string(), &formats.id)?;
            sheet.set_row_height(row, heights::of_row(cells.iter().zip(widths())))?;
        }
        let first_is_narrow = self.layout.columns.first().is_some_and(|column| column.width <= 16);
        sheet.set_freeze_panes(1, u16::from(first_is_narrow))?;
        sheet.autofilter(0, 0, last, id_column)?;
        // "12" and "0" are words here, and Excel need not remark on it
        sheet.ignore_error_range(0, 0, last, id_column, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }
}

/// How many cells a cell's text takes.
fn parts(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => workbook::pieces(text).len(),
        _ => 1,
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    row: RowNum,
    at: ColNum,
    column: &Column,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        // before 1900 Excel has no dates
        Cell::Date(date) | Cell::Month(date) if date.year() < 1900 => {
            sheet.write_string_with_format(row, at, cell.words(), formats.body(Kind::Text))?;
        }
        Cell::Date(date) => {
            sheet.write_date_with_format(row, at, date, formats.date(column.kind))?;
        }
        Cell::Month(date) => {
            sheet.write_date_with_format(row, at, date, formats.month(column.kind))?;
        }
        Cell::Text(text) => {
            let pieces = workbook::pieces(text);
            for (at, piece) in (at..).zip(&pieces) {
                sheet.write_string_with_format(row, at, *piece, formats.body(column.kind))?;
            }
            if pieces.len() > 1 {
                let next = workbook::continued(column.title, 2);
                let words = format!("Longer than a cell of Excel can be: the text goes on in the column “{next}”.");
                sheet.insert_note(row, at, &Note::new(words).add_author_prefix(false))?;
            }
        }
    }
    Ok(())
}

/// Offers the words of a closed vocabulary as a list; another word is asked about, not refused.
fn offer_words(sheet: &mut Worksheet, at: ColNum, column: &Column, last: RowNum) -> Result<(), XlsxError> {
    let words = match (column.kind, column.field) {
        (Kind::Word(words), _) => words(),
        (Kind::YesNo, _) => vec!["yes", "no"],
        (_, "position_state") => PositionState::ALL.iter().map(|state| state.word()).collect(),
        _ => return Ok(()),
    };
    let rule = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_title("Not one of the words")?
        .set_error_message("Recap reads only the words of the list here.")?
        .set_error_style(DataValidationErrorStyle::Warning);
    sheet.add_data_validation(1, at, last + SPARE_ROWS, at, &rule)?;
    Ok(())
}

/// The print set-up of a table's sheet. Only the first columns are printed: all of them on one page
/// would be too small to read.
fn set_up_print(sheet: &mut Worksheet, plan: &Plan, options: &Options, table: &Table) -> Result<(), XlsxError> {
    let places = table.places();
    let (place, _, parts) = places[..table.layout.printed].last().copied().unwrap_or((0, &table.layout.columns[0], 1));
    let last = place + ColNum::try_from(parts).unwrap_or(1) - 1;
    let footer = format!("{} – &A", in_header(&plan.info().title));
    set_up_page(sheet, plan, options, &footer)?.set_print_area(0, 0, table.last_row(), last)?;
    Ok(())
}

/// A4 on its side, one page wide, the header on every page; `footer` stands below at the left.
fn set_up_page<'s>(
    sheet: &'s mut Worksheet,
    plan: &Plan,
    options: &Options,
    footer: &str,
) -> Result<&'s mut Worksheet, XlsxError> {
    let date = options.as_at.format("%-d %B %Y");
    let organisation = in_header(&plan.info().organisation);
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_print_gridlines(true)
        .set_margins(0.5, 0.5, 0.75, 0.7, 0.35, 0.35)
        .set_header(format!("&L&\"Arial,Bold\"{organisation}&RPosition as at {date}"))
        .set_footer(format!("&L{footer}&RPage &P of &N"))
        .set_repeat_rows(0, 0)
}

/// Words as a header or footer holds them: short, and no `&` that would be a code.
fn in_header(text: &str) -> String {
    text.chars().take(80).collect::<String>().replace('&', "&&")
}

/// What the hidden sheet says of each row.
#[derive(Default)]
struct Marks {
    rows: Vec<[String; 4]>,
}

impl Marks {
    fn add(&mut self, plan: &Plan, table: &Table) {
        let entity = table.layout.entity;
        for (id, cells) in table.ids.iter().zip(&table.cells) {
            let mark = |(column, cell): (&Column, &Cell)| {
                let more = match parts(cell) {
                    1 => String::new(),
                    parts => format!("/{parts}"),
                };
                format!("{}:{}{more}", column.field, workbook::mark(&cell.words()))
            };
            let marks: Vec<String> = table.layout.columns.iter().zip(cells).map(mark).collect();
            let value = |field| (field, plan.value(entity, *id, field).unwrap_or_default());
            self.row(entity, *id, marks.join(","), table.layout.unseen().map(value));
        }
    }

    fn row(&mut self, entity: Entity, id: Id, marks: String, values: impl Iterator<Item = (&'static str, Value)>) {
        let values: BTreeMap<&str, Value> = values.filter(|(_, value)| *value != Value::Null).collect();
        let values = serde_json::to_string(&values).unwrap_or_default();
        self.rows.push([entity.word().to_owned(), id.to_string(), marks, values]);
    }

    fn write(&self, sheet: &mut Worksheet, plan: &Plan, options: &Options) -> Result<(), XlsxError> {
        let info = plan.info();
        sheet.set_name(MARK_SHEET)?.set_hidden(true);
        sheet.write_string(0, 0, MARK_WORDS)?;
        let facts = [
            ("format", workbook::FORMAT.to_owned()),
            ("plan", plan.id().to_string()),
            ("organisation", info.organisation),
            ("as_at", options.as_at.to_value().to_string()),
            ("made", options.generated.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
        ];
        for (row, (name, value)) in (1..).zip(&facts) {
            sheet.write_string(row, 0, *name)?;
            sheet.write_string(row, 1, workbook::pieces(value)[0])?;
        }
        for (row, texts) in (facts.len() as RowNum + 1..).zip(&self.rows) {
            for (at, text) in (0..).zip(&texts[..3]) {
                sheet.write_string(row, at, text)?;
            }
            for (at, piece) in (3..).zip(workbook::pieces(&texts[3])) {
                sheet.write_string(row, at, piece)?;
            }
        }
        Ok(())
    }
}
