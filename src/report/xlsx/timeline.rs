//! The workbook's sheet of the timeline: worked out, to be read, sorted and filtered; never read back.

use super::formats::Formats;
use super::{Options, set_up_page};
use crate::model::workbook::{Cell, Kind, TIMELINE_SHEET, pieces};
use crate::model::{Index, Plan};
use crate::report::timeline::table::{self, COLUMNS};
use chrono::Datelike as _;
use rust_xlsxwriter::{ColNum, RowNum, Workbook, Worksheet, XlsxError};

/// The columns that are printed: when, what, who and how far. All of them on one page would be too
/// small to read.
const PRINTED: ColNum = 10;

/// Adds the sheet, where the plan has anything on its timeline.
pub(super) fn add(
    book: &mut Workbook,
    plan: &Plan,
    index: &Index,
    options: &Options,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let rows = table::rows(plan, index, options.as_at);
    if rows.is_empty() {
        return Ok(());
    }
    let sheet = book.add_worksheet();
    sheet.set_name(TIMELINE_SHEET)?;
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.set_column_format(at, formats.body(Kind::Computed))?;
        sheet.write_string_with_format(0, at, column.title, formats.head(Kind::Computed))?;
    }
    for (row, cells) in (1..).zip(&rows) {
        for (at, cell) in (0..).zip(cells) {
            write(sheet, row, at, cell, formats)?;
        }
    }
    let last = RowNum::try_from(rows.len()).unwrap_or(RowNum::MAX);
    let width = ColNum::try_from(COLUMNS.len()).unwrap_or(ColNum::MAX);
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last, width - 1)?;
    set_up_page(sheet, plan, options, "&A, worked out from the plan")?.set_print_area(0, 0, last, PRINTED - 1)?;
    Ok(())
}

fn write(sheet: &mut Worksheet, row: RowNum, at: ColNum, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        // before 1900 Excel has no dates
        Cell::Date(date) | Cell::Month(date) if date.year() >= 1900 => {
            sheet.write_date_with_format(row, at, date, formats.date(Kind::Computed))?;
        }
        // the whole of a very long text stands on the sheet that it was worked out from
        other => {
            let words = other.words();
            sheet.write_string_with_format(row, at, pieces(&words)[0], formats.body(Kind::Computed))?;
        }
    }
    Ok(())
}
