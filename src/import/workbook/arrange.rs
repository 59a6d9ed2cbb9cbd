//! The used cells of a sheet to a heading, paragraphs and tables.
//!
//! A column that is blank from top to bottom parts two tables that stand side by side; a row of
//! headings after blank rows begins a table of its own, other rows after blank ones go on with it.

use super::{MOST_CELLS, Sheet, Used, Workbook};
use crate::import::colour::{self, Rag};
use crate::import::document::{Block, BlockKind, Row, Table, written};
use crate::import::number::whole_cell;
use crate::import::role::role_of_label;
use crate::import::{ImportError, Level, Note};
use crate::model::text::words_key;
use std::collections::BTreeMap;

/// First and last, from 0.
type Span = (usize, usize);

/// Puts a sheet's blocks and notes into the workbook; `before` places stand before its first row.
pub(super) fn sheet(mut sheet: Sheet, before: usize, book: &mut Workbook) -> Result<(), TooWide> {
    let coloured = take_colours(&mut sheet);
    if sheet.rows.is_empty() {
        return Ok(());
    }
    book.blocks.push(Block { line: before + 1, kind: BlockKind::Heading(sheet.name.clone()) });
    notes(&sheet, before, &coloured, book);
    let columns = column_blocks(&sheet);
    let wide: usize = columns.iter().map(|columns| columns.1 - columns.0 + 1).sum();
    for columns in columns {
        let part = Part::of(&sheet, columns);
        // every cell of a table is held, blank ones too
        let cells = part.rows.len().saturating_mul(wide);
        if cells > MOST_CELLS {
            return Err(TooWide(cells));
        }
        part.blocks(before, &mut book.blocks);
    }
    Ok(())
}

/// A sheet whose tables have more cells than are read, blank ones with them.
pub(super) struct TooWide(usize);

impl TooWide {
    pub(super) fn error(&self, name: &str) -> ImportError {
        ImportError::TooManyCells { cells: self.0, limit: MOST_CELLS, name: name.to_owned() }
    }
}

/// Writes the words of colours into their cells, and drops what is blank after that.
fn take_colours(sheet: &mut Sheet) -> BTreeMap<Rag, Vec<usize>> {
    let mut taken: BTreeMap<Rag, Vec<usize>> = BTreeMap::new();
    for (row, cells) in &mut sheet.rows {
        let seen: Vec<_> = cells.iter().map(|cell| (cell.text.as_str(), cell.fill)).collect();
        let read = colour::words_of_row(&seen);
        for (cell, rag) in cells.iter_mut().zip(read) {
            let Some(rag) = rag else { continue };
            rag.word().clone_into(&mut cell.text);
            taken.entry(rag).or_default().push(*row);
        }
        cells.retain(|cell| !cell.text.trim().is_empty());
    }
    sheet.rows.retain(|_, cells| !cells.is_empty());
    taken
}

/// The columns of each table that stands beside others.
fn column_blocks(sheet: &Sheet) -> Vec<Span> {
    let mut used: BTreeMap<usize, Span> = BTreeMap::new();
    for (row, cells) in &sheet.rows {
        for cell in cells {
            // a title's row says nothing of how far down its column goes
            let row = if cells.len() > 1 { Some(*row) } else { None };
            let rows = used.entry(cell.column).or_insert((usize::MAX, 0));
            if let Some(row) = row {
                *rows = (rows.0.min(row), rows.1.max(row));
            }
        }
    }
    let bridges = bridges(sheet);
    let mut blocks: Vec<(Span, Span)> = Vec::new();
    for (column, rows) in used {
        let near = |last: usize| column == last + 1 || bridges.iter().any(|span| span.0 <= last && column <= span.1);
        match blocks.last_mut() {
            Some((columns, all)) if near(columns.1) || (column == columns.1 + 2 && rows == *all) => {
                columns.1 = column;
                *all = (all.0.min(rows.0), all.1.max(rows.1));
            }
            _ => blocks.push(((column, column), rows)),
        }
    }
    blocks.into_iter().map(|(columns, _)| columns).collect()
}

/// The columns that merged cells hold together, where they overlap as one.
fn bridges(sheet: &Sheet) -> Vec<Span> {
    let mut merged: Vec<Span> = sheet.merged.iter().map(|[_, first, _, last]| (*first, *last)).collect();
    merged.sort_unstable();
    let mut bridges: Vec<Span> = Vec::new();
    for (first, last) in merged {
        match bridges.last_mut() {
            Some(span) if first <= span.1 => span.1 = span.1.max(last),
            _ => bridges.push((first, last)),
        }
    }
    bridges
}

/// The rows of some columns.
struct Part<'s> {
    first: usize,
    rows: Vec<(usize, Vec<&'s Used>)>,
}

impl<'s> Part<'s> {
    fn of(sheet: &'s Sheet, columns: Span) -> Self {
        let within = |cells: &'s Vec<Used>| -> Vec<&'s Used> {
            cells.iter().filter(|cell| (columns.0..=columns.1).contains(&cell.column)).collect()
        };
        let rows = sheet.rows.iter().map(|(row, cells)| (*row, within(cells)));
        Self { first: columns.0, rows: rows.filter(|(_, cells)| !cells.is_empty()).collect() }
    }

    fn blocks(&self, before: usize, blocks: &mut Vec<Block>) {
        let mut table = Tables { blocks, before, first: self.first, rows: Vec::new(), header: String::new() };
        // rows of one cell that may yet be a title, a theme or a last remark
        let mut alone: Vec<&(usize, Vec<&Used>)> = Vec::new();
        let mut last_row = None;
        for row in &self.rows {
            let after_gap = last_row.is_some_and(|last| row.0 > last + 1);
            last_row = Some(row.0);
            if row.1.len() == 1 && (table.rows.is_empty() || after_gap || !alone.is_empty()) {
                alone.push(row);
                continue;
            }
            let begins = table.rows.is_empty() || ((after_gap || !alone.is_empty()) && table.is_other_header(&row.1));
            if begins {
                table.end();
                table.paragraphs(&alone);
                table.header = key(&row.1);
            } else {
                alone.iter().for_each(|row| table.rows.push((row.0, row.1.clone())));
            }
            alone.clear();
            table.rows.push((row.0, row.1.clone()));
        }
        table.end();
        table.paragraphs(&alone);
    }
}

/// Tables on their way into blocks.
struct Tables<'b, 's> {
    blocks: &'b mut Vec<Block>,
    before: usize,
    first: usize,
    rows: Vec<(usize, Vec<&'s Used>)>,
    /// The first row of the table, to know it again.
    header: String,
}

impl Tables<'_, '_> {
    /// Whether a row is the headings of another table.
    fn is_other_header(&self, cells: &[&Used]) -> bool {
        let known = cells.iter().filter(|cell| role_of_label(&cell.text).is_some()).count();
        let numbered = cells.iter().any(|cell| whole_cell(&cell.text).is_some());
        known > 1 && known * 2 >= cells.len() && !numbered && key(cells) != self.header
    }

    fn end(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let Some((first_row, _)) = rows.first() else { return };
        let line = self.before + first_row + 1;
        let last = rows.iter().flat_map(|(_, cells)| cells.last()).map(|cell| cell.column).max().unwrap_or(self.first);
        let rows = rows.iter().map(|(row, cells)| {
            let mut texts = vec![String::new(); last - self.first + 1];
            for cell in cells {
                if let Some(text) = texts.get_mut(cell.column - self.first) {
                    *text = written(&cell.text);
                }
            }
            Row::new(self.before + row + 1, texts)
        });
        if matches!(self.blocks.last(), Some(Block { kind: BlockKind::Table(_), .. })) {
            // a blank paragraph keeps this table from being the next page of the one before
            self.blocks.push(Block { line, kind: BlockKind::Paragraph(String::new()) });
        }
        let table = Table { rows: rows.collect() };
        self.blocks.push(Block { line, kind: BlockKind::Table(table) });
    }

    fn paragraphs(&mut self, rows: &[&(usize, Vec<&Used>)]) {
        for (row, cells) in rows {
            for cell in cells {
                for text in written(&cell.text).lines() {
                    let kind = BlockKind::Paragraph(text.to_owned());
                    self.blocks.push(Block { line: self.before + row + 1, kind });
                }
            }
        }
    }
}

fn key(cells: &[&Used]) -> String {
    cells.iter().map(|cell| words_key(&cell.text)).collect::<Vec<_>>().join("\u{1f}")
}

/// What to say of a sheet: what is hidden in it, what is no value, what was read from colours.
fn notes(sheet: &Sheet, before: usize, coloured: &BTreeMap<Rag, Vec<usize>>, book: &mut Workbook) {
    let name = &sheet.name;
    let mut note = |row: usize, text: String, level| book.notes.push(Note { line: before + row + 1, text, level });
    if sheet.hidden {
        note(0, format!("Hidden in the workbook: sheet {name}; it is read all the same"), Level::Info);
    }
    let hidden = sorted(&sheet.hidden_rows);
    let rows: Vec<Span> = spans(sheet.rows.keys().copied().filter(|row| lies_in(&hidden, *row)));
    if let Some((first, _)) = rows.first() {
        let words = listed(&rows, |row| (row + 1).to_string());
        note(
            *first,
            format!("Hidden in the workbook: {} of sheet {name}; read all the same", many("row", &rows, &words)),
            Level::Info,
        );
    }
    let mut columns: Vec<usize> = sheet.rows.values().flatten().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let hidden = sorted(&sheet.hidden_columns);
    let columns: Vec<Span> = spans(columns.into_iter().filter(|column| lies_in(&hidden, *column)));
    if !columns.is_empty() {
        let words = listed(&columns, letters);
        note(
            0,
            format!("Hidden in the workbook: {} of sheet {name}; read all the same", many("column", &columns, &words)),
            Level::Info,
        );
    }
    if let Some((first, error)) = sheet.errors.first() {
        let rows = spans(sheet.errors.iter().map(|(row, _)| *row));
        let words = listed(&rows, |row| (row + 1).to_string());
        let text = format!(
            "Not taken: errors that stand where a value should, such as {error}, in {} of sheet {name}",
            many("row", &rows, &words)
        );
        note(*first, text, Level::Unread);
    }
    if let Some(first) = sheet.unworked.first() {
        let rows = spans(sheet.unworked.iter().copied());
        let words = listed(&rows, |row| (row + 1).to_string());
        let text = format!(
            "Not taken: formulas whose results are not in the file, in {} of sheet {name}; open it in Excel, save it, and import it again",
            many("row", &rows, &words)
        );
        note(*first, text, Level::Unread);
    }
    if sheet.comments > 0 {
        note(0, format!("Not taken: comments on cells of sheet {name}"), Level::Unread);
    }
    let first = coloured.values().flatten().min();
    if let Some(first) = first {
        let counts = colour::told(coloured.iter().map(|(rag, rows)| (*rag, rows.len())));
        let text = format!("Colours of cells are read as their words in sheet {name}: {counts}");
        note(*first, text, Level::Info);
    }
}

fn sorted(spans: &[Span]) -> Vec<Span> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    spans
}

/// Whether one of some sorted spans holds a number.
fn lies_in(spans: &[Span], at: usize) -> bool {
    let after = spans.partition_point(|(first, _)| *first <= at);
    after.checked_sub(1).is_some_and(|last| spans[last].1 >= at)
}

/// Numbers that follow each other, as from and to.
fn spans(numbers: impl Iterator<Item = usize>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for number in numbers {
        match spans.last_mut() {
            Some((_, last)) if number <= *last + 1 => *last = number.max(*last),
            _ => spans.push((number, number)),
        }
    }
    spans
}

/// "3, 5-7"; of very many the first ones.
fn listed(spans: &[Span], name: impl Fn(usize) -> String) -> String {
    let mut words: Vec<String> = spans
        .iter()
        .take(20)
        .map(|(first, last)| if first == last { name(*first) } else { format!("{}-{}", name(*first), name(*last)) })
        .collect();
    if spans.len() > 20 {
        words.push("and more".to_owned());
    }
    words.join(", ")
}

fn many(noun: &str, spans: &[Span], words: &str) -> String {
    let one = matches!(spans, [(first, last)] if first == last);
    if one { format!("{noun} {words}") } else { format!("{noun}s {words}") }
}

/// "A", "Z", "AA".
fn letters(column: usize) -> String {
    let mut name = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        name.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702, 16383].map(letters), ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn numbers_in_a_row_are_a_span() {
        assert_eq!(listed(&spans([1, 3, 4, 5, 9].into_iter()), |n| n.to_string()), "1, 3-5, 9");
    }
}
