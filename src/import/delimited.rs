//! Comma, semicolon and tab separated values to blocks.

use super::document::{Block, BlockKind, Row, Table};
use super::fragment;

/// Reads separated values; a blank row ends a table.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let (delimiter, text, skipped) = delimiter_of(text);
    separated(delimiter, text, skipped)
}

/// The same where the separator is known, after so many lines that are none of it.
pub(super) fn separated(delimiter: u8, text: &str, skipped: usize) -> Vec<Block> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut blocks = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for record in reader.records() {
        // the text is valid UTF-8 and any number of cells is taken: the reader has nothing to refuse
        let Ok(record) = record else { continue };
        // the reader passes over blank lines; they still count, and end a table
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let blank = text[start..].bytes().take_while(|byte| *byte == b'\n').count();
        let line = record.position().map_or(0, |position| position.line()) as usize + skipped + blank;
        if blank > 0 {
            end(&mut blocks, &mut rows);
        }
        let row = Row::new(line, record.iter().map(|cell| fragment::lines(&unguarded(cell).replace('\n', "\u{2028}"))));
        if row.is_blank() {
            end(&mut blocks, &mut rows);
        } else {
            rows.push(row);
        }
    }
    end(&mut blocks, &mut rows);
    blocks
}

/// A cell without the apostrophe that keeps programs from taking it for a formula, as
/// `report::csv` writes it.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(cell)
}

/// Ends a table. Single cells above the first one are its title.
fn end(blocks: &mut Vec<Block>, rows: &mut Vec<Row>) {
    let rows = std::mem::take(rows);
    let title = |row: &Row| row.cells.iter().skip(1).all(|cell| cell.text.is_empty());
    let begun = blocks.iter().any(|block| matches!(block.kind, BlockKind::Table(_)));
    if !begun && rows.iter().all(title) {
        blocks.extend(
            rows.iter().map(|row| Block { line: row.line, kind: BlockKind::Paragraph(row.text(0).to_owned()) }),
        );
    } else if let Some(first) = rows.first() {
        blocks.push(Block { line: first.line, kind: BlockKind::Table(Table { rows }) });
    }
}

/// The separator: what a `sep=` line says, else the one that most of the first lines share.
pub(super) fn delimiter_of(text: &str) -> (u8, &str, usize) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let (Some(&delimiter), Some((_, body))) = (rest.as_bytes().first(), rest.split_once('\n'))
    {
        return (delimiter, body, 1);
    }
    let score = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let widths: Vec<usize> = reader.records().take(20).flatten().map(|record| record.len()).collect();
        let usual = widths
            .iter()
            .copied()
            .filter(|width| *width > 1)
            .max_by_key(|width| (widths.iter().filter(|other| *other == width).count(), *width));
        usual.map_or(0, |usual| widths.iter().filter(|width| **width == usual).count() * 10 + usual)
    };
    let best = [b'\t', b';', b',', b'|'].into_iter().max_by_key(|delimiter| score(*delimiter));
    (best.unwrap_or(b','), text, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for block in blocks(text) {
            let BlockKind::Table(table) = block.kind else { continue };
            rows.extend(
                table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>()),
            );
        }
        rows
    }

    #[test]
    fn any_separator_and_lines_inside_cells() {
        for (text, separator) in [
            ("No,Text\n1,\"a, b\nc\"\n", ","),
            ("No;Text\n1;\"a, b\nc\"\n", ";"),
            ("sep=;\nNo;Text\n1;\"a, b\nc\"\n", "sep"),
        ] {
            assert_eq!(rows(text), [["No", "Text"], ["1", "a, b\nc"]], "{separator}");
        }
        let BlockKind::Table(table) = &blocks("sep=;\nNo;Text\n1;\"b\nc\"\n2;d\n")[0].kind else { panic!("a table") };
        let lines: Vec<usize> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 3, 5], "lines as an editor counts them");
        let pages = blocks("No,Text\n1,a\n\n\n2,b\n");
        assert_eq!((pages.len(), pages[1].line), (2, 5), "a blank line ends a table");
    }
}
