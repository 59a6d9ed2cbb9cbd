//! .xls of Excel 97 to 2003, record by record.
//!
//! Not through calamine: at its opening that makes room for as many cells as each sheet says it has,
//! and for the whole rectangle between the first and the last, which in a few bytes can be more than
//! any machine holds.

use super::number::{self, Shape};
use super::records::{Records, shared_strings, short_number, string};
use super::{Book, add_row};
use crate::import::ImportError;
use crate::import::compound::{Compound, u16_at, u32_at};
use std::collections::BTreeMap;

/// The kinds of record that are read.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000A;
    pub(super) const NOTE: u16 = 0x001C;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const PASSWORD: u16 = 0x002F;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const COLUMN: u16 = 0x007D;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const PALETTE: u16 = 0x0092;
    pub(super) const NUMBERS: u16 = 0x00BD;
    pub(super) const BLANKS: u16 = 0x00BE;
    pub(super) const CELL_FORMAT: u16 = 0x00E0;
    pub(super) const MERGED: u16 = 0x00E5;
    pub(super) const STRINGS: u16 = 0x00FC;
    pub(super) const SHARED_TEXT: u16 = 0x00FD;
    pub(super) const BLANK: u16 = 0x0201;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const TEXT: u16 = 0x0204;
    pub(super) const YES_OR_ERROR: u16 = 0x0205;
    pub(super) const FORMULA_TEXT: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const SHORT_NUMBER: u16 = 0x027E;
    pub(super) const NUMBER_FORMAT: u16 = 0x041E;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// Reads the sheets of a workbook.
pub(super) fn read(compound: &Compound<'_>, book: &mut Book) -> Result<(), ImportError> {
    let Some(stream) = compound.stream("Workbook") else { return Err(book.damaged("its sheets cannot be read")) };
    let globals = Globals::read(&stream, book)?;
    let mut read = 0;
    for (start, name, hidden) in &globals.sheets {
        book.sheet(name, *hidden)?;
        let mut sheet = SheetReader { globals: &globals, book, formula: None, depth: 0 };
        for record in Records::new(&stream, *start) {
            // each sheet has its own records: sheets that share them are no workbook's
            read += record.data.len() + 4;
            if read > stream.len() * 2 {
                return Err(book.damaged("its sheets lie in one another"));
            }
            if sheet.record(record.kind, record.data)? {
                break;
            }
        }
    }
    if book.sheets.is_empty() {
        return Err(book.damaged("it names no sheets"));
    }
    Ok(())
}

/// What the whole workbook shares.
#[derive(Default)]
struct Globals {
    /// Where each sheet begins, its name, and whether it is hidden.
    sheets: Vec<(usize, String, bool)>,
    strings: Vec<String>,
    looks: Vec<(Shape, Option<[u8; 3]>)>,
    since_1904: bool,
}

impl Globals {
    fn read(stream: &[u8], book: &Book) -> Result<Self, ImportError> {
        let mut globals = Self::default();
        let mut codes: BTreeMap<u16, Shape> = BTreeMap::new();
        let mut formats: Vec<&[u8]> = Vec::new();
        let mut palette = PALETTE.to_vec();
        let mut strings: Vec<&[u8]> = Vec::new();
        let mut last = 0;
        for record in Records::new(stream, 0) {
            let data = record.data;
            match record.kind {
                kind::BEGIN if u16_at(data, 0) != Some(0x0600) => {
                    let (found, save_as, name) = ("a workbook of Excel 95 or older", ".xlsx", book.name.clone());
                    return Err(ImportError::OtherKind { found, save_as, name });
                }
                kind::PASSWORD => return Err(ImportError::Protected { name: book.name.clone() }),
                kind::DATE_MODE => globals.since_1904 = u16_at(data, 0) == Some(1),
                kind::NUMBER_FORMAT => {
                    if let (Some(id), Some(code)) = (u16_at(data, 0), data.get(2..).and_then(|data| string(data, 2))) {
                        codes.insert(id, Shape::of(&code));
                    }
                }
                kind::CELL_FORMAT => formats.push(data),
                kind::PALETTE => {
                    let colours = data.get(2..).unwrap_or_default().chunks_exact(4);
                    for (own, colour) in palette.iter_mut().zip(colours) {
                        *own = [colour[0], colour[1], colour[2]];
                    }
                }
                // visible, hidden and well hidden; 0 is a sheet of cells
                kind::SHEET if data.get(5) == Some(&0) => {
                    let name = data.get(6..).and_then(|data| string(data, 1)).unwrap_or_default();
                    let hidden = data.get(4).is_some_and(|state| state & 3 != 0);
                    let start = u32_at(data, 0).unwrap_or(u32::MAX) as usize;
                    globals.sheets.push((start, name, hidden));
                }
                kind::STRINGS => strings.push(data),
                kind::CONTINUE if last == kind::STRINGS => strings.push(data),
                kind::END => break,
                _ => {}
            }
            if record.kind != kind::CONTINUE {
                last = record.kind;
            }
        }
        globals.strings = shared_strings(&strings);
        globals.looks = formats.iter().map(|data| look(data, &codes, &palette)).collect();
        Ok(globals)
    }
}

/// How a format of the workbook shows its cells.
fn look(data: &[u8], codes: &BTreeMap<u16, Shape>, palette: &[[u8; 3]]) -> (Shape, Option<[u8; 3]>) {
    let id = u16_at(data, 2).unwrap_or(0);
    let shape = codes.get(&id).copied().unwrap_or_else(|| Shape::built_in(id));
    let solid = u32_at(data, 14).is_some_and(|borders| borders >> 26 == 1);
    let colour = u16_at(data, 18).map(|colours| usize::from(colours & 0x7F)).filter(|_| solid);
    (shape, colour.and_then(|colour| palette.get(colour.checked_sub(8)?).copied()))
}

struct SheetReader<'g, 'b> {
    globals: &'g Globals,
    book: &'b mut Book,
    /// The cell whose formula gives a text, which comes in the next record.
    formula: Option<[usize; 3]>,
    /// How many charts inside the sheet are open, and the sheet itself.
    depth: usize,
}

impl SheetReader<'_, '_> {
    /// Takes a record; whether it was the sheet's last.
    fn record(&mut self, kind: u16, data: &[u8]) -> Result<bool, ImportError> {
        match kind {
            kind::BEGIN => self.depth += 1,
            kind::END => {
                self.depth = self.depth.saturating_sub(1);
                return Ok(self.depth == 0);
            }
            _ if self.depth != 1 => {}
            kind::ROW | kind::COLUMN | kind::MERGED | kind::NOTE => self.layout(kind, data),
            kind::FORMULA_TEXT => {
                if let (Some(at), Some(text)) = (self.formula.take(), string(data, 2)) {
                    self.text(at, &text)?;
                }
            }
            _ => {
                if let (Some(row), Some(column), Some(look)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4)) {
                    self.cell(kind, [row, column, look].map(usize::from), data)?;
                }
            }
        }
        Ok(false)
    }

    fn layout(&mut self, kind: u16, data: &[u8]) {
        let numbers: Vec<usize> =
            data.chunks_exact(2).map(|pair| usize::from(u16::from_le_bytes([pair[0], pair[1]]))).collect();
        let Some(sheet) = self.book.last() else { return };
        match (kind, &numbers[..]) {
            (kind::ROW, [row, _, _, _, _, _, flags, ..]) if flags & 0x20 != 0 => add_row(&mut sheet.hidden_rows, *row),
            (kind::COLUMN, [first, last, _, _, flags, ..]) if flags & 1 != 0 => {
                sheet.hidden_columns.push((*first, *last));
            }
            (kind::MERGED, [_, cells @ ..]) => {
                let cells = cells.chunks_exact(4).map(|cells| [cells[0], cells[2], cells[1], cells[3]]);
                sheet.merged.extend(cells);
            }
            (kind::NOTE, _) => sheet.comments += 1,
            _ => {}
        }
    }

    fn cell(&mut self, kind: u16, at: [usize; 3], data: &[u8]) -> Result<(), ImportError> {
        let float =
            |from: usize| -> Option<f64> { Some(f64::from_le_bytes(data.get(from..from + 8)?.try_into().ok()?)) };
        match kind {
            kind::SHARED_TEXT => {
                let globals = self.globals;
                if let Some(text) = u32_at(data, 6).and_then(|at| globals.strings.get(at as usize)) {
                    self.text(at, text)?;
                }
            }
            kind::TEXT => {
                if let Some(text) = data.get(6..).and_then(|data| string(data, 2)) {
                    self.text(at, &text)?;
                }
            }
            kind::NUMBER => self.number(at, float(6))?,
            kind::SHORT_NUMBER => self.number(at, u32_at(data, 6).map(short_number))?,
            kind::NUMBERS => {
                for (nth, packed) in data.get(4..).unwrap_or_default().chunks_exact(6).enumerate() {
                    let look = usize::from(u16_at(packed, 0).unwrap_or(0));
                    self.number([at[0], at[1] + nth, look], u32_at(packed, 2).map(short_number))?;
                }
            }
            kind::BLANK => self.text(at, "")?,
            kind::BLANKS => {
                let looks = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(2);
                for (nth, look) in looks.enumerate() {
                    let look = usize::from(u16::from_le_bytes([look[0], look[1]]));
                    self.text([at[0], at[1] + nth, look], "")?;
                }
            }
            kind::YES_OR_ERROR => self.yes_or_error(at, data.get(6).copied(), data.get(7) == Some(&1))?,
            kind::FORMULA => match (data.get(6).copied(), data.get(12..14)) {
                // a value that is no number says so where its last bytes would be
                (Some(0), Some([0xFF, 0xFF])) => self.formula = Some(at),
                (Some(1), Some([0xFF, 0xFF])) => self.yes_or_error(at, data.get(8).copied(), false)?,
                (Some(2), Some([0xFF, 0xFF])) => self.yes_or_error(at, data.get(8).copied(), true)?,
                (Some(3), Some([0xFF, 0xFF])) => self.text(at, "")?,
                _ => self.number(at, float(6))?,
            },
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, [row, column, look]: [usize; 3], text: &str) -> Result<(), ImportError> {
        let fill = self.globals.looks.get(look).and_then(|look| look.1);
        self.book.cell(row, column, text, fill)
    }

    fn number(&mut self, at: [usize; 3], number: Option<f64>) -> Result<(), ImportError> {
        let shape = self.globals.looks.get(at[2]).map_or(Shape::Plain, |look| look.0);
        match number {
            Some(number) => self.text(at, &number::words(number, shape, self.globals.since_1904)),
            None => Ok(()),
        }
    }

    fn yes_or_error(&mut self, at: [usize; 3], value: Option<u8>, is_error: bool) -> Result<(), ImportError> {
        match (value, is_error) {
            (Some(error), true) => {
                self.book.error(at[0], error_name(error));
                Ok(())
            }
            (Some(yes), false) => self.text(at, if yes == 0 { "No" } else { "Yes" }),
            (None, _) => Ok(()),
        }
    }
}

fn error_name(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// The colours 8 to 63 of a workbook that has none of its own.
const PALETTE: [[u8; 3]; 56] = {
    const HEX: [u32; 56] = [
        0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000, 0x00_8000,
        0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080, 0x99_99FF, 0x99_3366, 0xFF_FFCC, 0xCC_FFFF,
        0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF, 0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF, 0x80_0080, 0x80_0000,
        0x00_8080, 0x00_00FF, 0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99, 0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99,
        0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900, 0xFF_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966,
        0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
    ];
    let mut colours = [[0; 3]; 56];
    let mut at = 0;
    while at < 56 {
        let [_, red, green, blue] = HEX[at].to_be_bytes();
        colours[at] = [red, green, blue];
        at += 1;
    }
    colours
};
