//! The paper around the tables: its summary sheet, its date, what the governing body is asked.

use super::document::{BlockKind, Document, Row};
use super::grid::Grid;
use super::heal::{self, Manner};
use super::number;
use super::understood::{SheetField, StatedDate, Understood};
use crate::model::due;
use crate::model::paper;
use crate::model::text::fold;
use chrono::NaiveDate;

/// Whether a table is a form of a paper: labels that the program knows, each with what was filled in.
pub(super) fn is_sheet(grid: &Grid) -> bool {
    let labels: Vec<&str> = grid.rows.iter().map(|row| row.row.text(0)).filter(|text| !text.is_empty()).collect();
    let known = labels.iter().filter(|label| label.chars().count() <= 110 && paper::by_label(label).is_some()).count();
    let numbered = labels.iter().any(|label| number::whole_cell(label).is_some() || number::leading(label).is_some());
    grid.width() <= 3 && known >= 3 && known * 2 >= labels.len() && !numbered
}

/// Reads the form's rows.
pub(super) fn read(grid: &Grid, found: &mut Understood) {
    for row in &grid.rows {
        let label = row.row.text(0).replace('\n', " ");
        let value: Vec<&str> =
            row.row.cells.iter().skip(1).map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let value = value.join("\n");
        match found.paper.last_mut() {
            // a label left blank: the field before goes on
            Some(last) if label.is_empty() => last.text = heal::join(&last.text, &value, Manner::List, None),
            _ => push(found, row.row.line, &label, value),
        }
    }
}

fn push(found: &mut Understood, line: usize, label: &str, text: String) {
    let label = label.trim().trim_end_matches(':').trim();
    let known = paper::by_label(label).map(|known| known.key.to_owned());
    let taken = |key: &str, found: &Understood| found.paper.iter().any(|field| field.key == key);
    let key = known.filter(|key| !taken(key, found)).unwrap_or_else(|| paper::key_for(label));
    if let Some(field) = found.paper.iter_mut().find(|field| field.key == key) {
        field.text = format!("{}\n{text}", field.text);
        return;
    }
    found.paper.push(SheetField { line, key, label: label.to_owned(), text });
}

/// What stands around the form: its heading and the lines above it, the subject, the ask; a blank
/// decision, for it to be recorded.
pub(super) fn read_around(document: &Document, sheet_line: Option<usize>, found: &mut Understood) {
    let Some(sheet_line) = sheet_line else { return };
    let rows = std::mem::take(&mut found.paper);
    above(document, sheet_line, found);
    for row in rows {
        push(found, row.line, &row.label, row.text);
    }
    for block in &document.blocks {
        let (BlockKind::Heading(text) | BlockKind::Paragraph(text)) = &block.kind else { continue };
        if let Some(subject) = after_label(text, "subject:") {
            push(found, block.line, "Subject", subject.to_owned());
        }
        let asks = fold(text);
        if matches!(block.kind, BlockKind::Paragraph(_))
            && (asks.contains(" is asked to ") || asks.contains(" are asked to "))
        {
            add(found, block.line, "ask", text);
        }
    }
    if !found.paper.iter().any(|field| field.key == "decision") {
        add(found, sheet_line, "decision", "");
    }
}

/// A field that the form has no label for.
fn add(found: &mut Understood, line: usize, key: &str, text: &str) {
    let label = paper::by_key(key).map_or(key, |known| known.label).to_owned();
    match found.paper.iter_mut().find(|field| field.key == key) {
        Some(field) if !field.text.contains(text) => field.text = format!("{}\n{text}", field.text),
        Some(_) => {}
        None => found.paper.push(SheetField { line, key: key.to_owned(), label, text: text.to_owned() }),
    }
}

/// The lines above the form: `Label: value` where the label is known, the heading else.
fn above(document: &Document, sheet_line: usize, found: &mut Understood) {
    let mut heading: Vec<String> = Vec::new();
    let mut heading_line = 0;
    for block in document.blocks.iter().take_while(|block| block.line < sheet_line) {
        let (BlockKind::Heading(text) | BlockKind::Paragraph(text)) = &block.kind else { continue };
        for (at, line) in text.lines().enumerate() {
            let known = line.split_once(':').filter(|(label, _)| paper::by_label(label).is_some());
            if let Some((label, value)) = known {
                push(found, document.places.further(block.line, at), label, value.trim().to_owned());
            } else {
                if heading.is_empty() {
                    heading_line = block.line;
                }
                heading.push(line.to_owned());
            }
        }
    }
    if !heading.is_empty() {
        let field = SheetField {
            line: heading_line,
            key: "heading".to_owned(),
            label: paper::by_key("heading").map_or("Meeting", |known| known.label).to_owned(),
            text: heading.join("\n"),
        };
        found.paper.insert(0, field);
    }
}

fn after_label<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let head = text.get(..label.len())?;
    (head.eq_ignore_ascii_case(label)).then(|| text[label.len()..].trim())
}

/// The date that the document states of itself: the meeting's, or the one its positions are as at.
pub(super) fn stated_date(document: &Document, found: &Understood) -> Option<StatedDate> {
    let on_sheet = found.paper.iter().filter(|field| field.key == "date_of_meeting");
    let on_sheet = on_sheet.map(|field| (field.line, format!("{}: {}", field.label, field.text)));
    let in_text = document.blocks.iter().flat_map(|block| match &block.kind {
        BlockKind::Heading(text) | BlockKind::Paragraph(text) if text.chars().count() <= 400 => {
            let place = |at| document.places.further(block.line, at);
            text.lines().enumerate().map(|(at, line)| (place(at), line.to_owned())).collect::<Vec<_>>()
        }
        BlockKind::Table(table) => {
            let rows = table.rows.iter().take(3);
            let cells = rows.clone().flat_map(|row| &row.cells).map(|cell| (cell.line, cell.text.clone()));
            // the words may stand in one cell and the day in the next
            let filled = |row: &Row| {
                let texts = row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
                texts.collect::<Vec<_>>().join(" ")
            };
            let rows = rows.map(|row| (row.line, filled(row)));
            cells.chain(rows).filter(|(_, text)| text.chars().count() <= 160).collect()
        }
        _ => Vec::new(),
    });
    let dated = |(line, words): (usize, String)| {
        let date = date_in(&words)?;
        Some(StatedDate { date, line, words })
    };
    on_sheet.chain(in_text).find_map(dated)
}

/// The day that stands after "date of meeting", "as at" or "last updated".
fn date_in(text: &str) -> Option<NaiveDate> {
    const LABELS: &[&str] = &[
        "date of meeting",
        "meeting date",
        "date of the meeting",
        "date of paper",
        "as at",
        "as of",
        "last updated",
        "updated on",
        "updated:",
        "correct at",
    ];
    let folded = fold(text);
    let after = LABELS.iter().find_map(|label| folded.split_once(label).map(|(_, after)| after.to_owned()))?;
    let near: String = after.chars().take(50).collect();
    due::first_day(&near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_the_documents_own_only_where_it_says_so() {
        let date = |text: &str| date_in(text).map(|date| date.to_string());
        assert_eq!(date("Date of Meeting: 28 May 2013").as_deref(), Some("2013-05-28"), "the form's");
        assert_eq!(date("Position as at 30th September 2013").as_deref(), Some("2013-09-30"), "a heading's");
        assert_eq!(date("Francis log, last updated 14/02/2014").as_deref(), Some("2014-02-14"), "a log's");
        assert_eq!(date("To be updated in May 2013"), None, "a plan");
        assert_eq!(date("Published on 28 May 2013"), None, "another date");
        assert_eq!(date("Date of meeting: May 2013"), None, "a month is no date");
    }
}
