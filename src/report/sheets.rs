//! Plain sheets of an Excel workbook: a heading row, rows below it, made to be read, sorted and filtered.
//!
//! Text is written as text, whatever it begins with: a cell that says `=1+1` says just that.

use super::xlsx::heights;
use super::{Progress, ReportError};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use rust_xlsxwriter::{Color, DocProperties, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The most characters of a cell of Excel.
const LONGEST: usize = 32_767;
/// The most rows of a sheet of Excel, below its headings.
const MOST_ROWS: usize = 1_048_575;
const A4: u8 = 9;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Blank,
    Text(String),
    Number(f64),
    Date(NaiveDate),
    /// A month, by its first day.
    Month(NaiveDate),
}

impl Cell {
    /// Words, or nothing where there are none.
    pub(super) fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Blank } else { Self::Text(words) }
    }

    /// A day, or nothing.
    pub(super) fn date(date: Option<NaiveDate>) -> Self {
        date.map_or(Self::Blank, Self::Date)
    }
}

/// A sheet.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: &'static str,
    /// Its headings, each with how wide its column is, in characters.
    pub(super) columns: Vec<(String, u16)>,
    /// Its rows.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// What all sheets of a workbook have in common.
pub(super) struct Cover<'a> {
    /// The workbook's title.
    pub(super) title: String,
    /// Whose it is.
    pub(super) organisation: &'a str,
    /// For whom it is, on every printed page; blank for nothing.
    pub(super) mark: &'a str,
    /// When it is made.
    pub(super) generated: DateTime<Utc>,
}

struct Formats {
    head: Format,
    text: Format,
    number: Format,
    date: Format,
    month: Format,
}

impl Formats {
    fn new() -> Self {
        let base = || Format::new().set_font_name("Arial").set_font_size(10).set_align(FormatAlign::Top);
        let date = base().set_num_format("d mmmm yyyy").set_align(FormatAlign::Left);
        Self {
            month: date.clone().set_num_format("mmmm yyyy"),
            head: base()
                .set_bold()
                .set_text_wrap()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x0000_5EB8)),
            // "@": what is typed over stays as it was typed
            text: base().set_text_wrap().set_num_format("@"),
            number: base().set_num_format("General"),
            date,
        }
    }
}

/// Writes the sheets.
///
/// # Errors
/// When the work is given up, or a sheet has more rows than Excel.
pub(super) fn write(cover: &Cover<'_>, sheets: &[Sheet], progress: Progress<'_>) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let properties = DocProperties::new().set_title(&cover.title).set_author(cover.organisation);
    book.set_properties(&properties.set_creation_datetime(&cover.generated));
    let formats = Formats::new();
    for (done, sheet) in sheets.iter().enumerate() {
        progress(done as f32 / sheets.len() as f32)?;
        if sheet.rows.len() > MOST_ROWS {
            let what = format!(
                "{} has {} rows, more than a sheet of Excel; choose a shorter period",
                sheet.name,
                sheet.rows.len()
            );
            return Err(ReportError::Layout(what));
        }
        add(book.add_worksheet(), cover, sheet, &formats)?;
    }
    Ok(book.save_to_buffer()?)
}

fn add(page: &mut Worksheet, cover: &Cover<'_>, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    page.set_name(sheet.name)?;
    for (at, (title, width)) in (0_u16..).zip(&sheet.columns) {
        page.set_column_width(at, f64::from(*width))?;
        page.write_string_with_format(0, at, title, &formats.head)?;
    }
    // bold letters are wider
    let titles = sheet.columns.iter().map(|(title, width)| (title.as_str(), width - width / 6));
    if let Some(height) = heights::of_texts(titles) {
        page.set_row_height(0, height)?;
    }
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        let texts = cells.iter().zip(&sheet.columns).filter_map(|(cell, (_, width))| match cell {
            Cell::Text(text) => Some((text.as_str(), *width)),
            _ => None,
        });
        if let Some(height) = heights::of_texts(texts) {
            page.set_row_height(row, height)?;
        }
        for (at, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Blank => {}
                // before 1900 Excel has no dates
                Cell::Date(date) | Cell::Month(date) if date.year() < 1900 => {
                    page.write_string_with_format(row, at, date.to_string(), &formats.text)?;
                }
                Cell::Date(date) => {
                    page.write_date_with_format(row, at, date, &formats.date)?;
                }
                Cell::Month(date) => {
                    page.write_date_with_format(row, at, date, &formats.month)?;
                }
                Cell::Number(number) => {
                    page.write_number_with_format(row, at, *number, &formats.number)?;
                }
                Cell::Text(text) => {
                    page.write_string_with_format(row, at, cut(text), &formats.text)?;
                }
            }
        }
    }
    page.set_freeze_panes(1, 0)?;
    let last = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let width = u16::try_from(sheet.columns.len().max(1)).unwrap_or(u16::MAX) - 1;
    page.autofilter(0, 0, last, width)?;
    let code = |text: &str| text.chars().take(110).collect::<String>().replace('&', "&&");
    let mark = if cover.mark.is_empty() { String::new() } else { format!("&C&\"Arial,Bold\"{}", code(cover.mark)) };
    page.set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.75, 0.7, 0.35, 0.35)
        .set_header(format!("&L{}{mark}", code(cover.organisation)))
        .set_footer(format!("&L{} – &A{mark}&RPage &P of &N", code(&cover.title)))
        .set_repeat_rows(0, 0)?;
    Ok(())
}

/// As much of a text as a cell of Excel can hold, with a sign that there is more.
fn cut(text: &str) -> String {
    // Excel counts in pieces of UTF-16
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let mut left = LONGEST - 1;
    let fits = |c: &char| {
        let takes = c.len_utf16();
        let fits = left >= takes;
        left = left.saturating_sub(takes);
        fits
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.push('…');
    kept
}
