//! Cells and rows of the grid for the clipboard: the same as tab-separated text and as an HTML table.
//!
//! The cells say what the grid shows in the form of our papers, so that what is pasted back is understood. In the text
//! a cell that Excel would take for a formula gets the apostrophe that [`super::csv`] gives it, and one of several
//! lines stands in quotes; in the HTML it is marked as text.

use super::csv::guard;
use super::html::escaped;
use super::paper::Block;
use super::{Options, appendix};
use crate::model::state::StateWords;
use crate::model::view::Column;
use crate::model::{Id, Index, Plan, Recommendation};

/// What goes to the clipboard, both at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// Tab-separated text, or the words of one cell.
    pub text: String,
    /// A table, or the paragraphs of one cell, to be put into a page.
    pub html: String,
}

/// Says in HTML that the bytes are UTF-8: not every program takes that for granted.
const UTF_8: &str = "<meta charset=\"utf-8\">";
/// Excel takes the cell for text, whatever it begins with.
const AS_TEXT: &str = " style=\"mso-number-format:'\\@';vertical-align:top\"";

/// Recommendations with some columns, under their headings.
#[must_use]
pub fn rows(plan: &Plan, index: &Index, rows: &[Id], columns: &[Column], options: &Options) -> Copied {
    let words = StateWords::of(plan);
    let mut text = String::new();
    let mut html = format!(
        "{UTF_8}<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" style=\"border-collapse:collapse\"><thead><tr>"
    );
    for (at, column) in columns.iter().enumerate() {
        text.push_str(if at == 0 { "" } else { "\t" });
        text.push_str(&separated(heading(*column)));
        html.push_str(&format!("<th{AS_TEXT}>{}</th>", escaped(heading(*column))));
    }
    text.push_str("\r\n");
    html.push_str("</tr></thead><tbody>");
    for row in rows.iter().filter_map(|id| plan.recommendations.get(id)) {
        html.push_str("<tr>");
        for (at, column) in columns.iter().enumerate() {
            let cell = cell_of(plan, index, &words, row, *column, options);
            text.push_str(if at == 0 { "" } else { "\t" });
            text.push_str(&separated(&written(&cell)));
            html.push_str(&format!("<td{AS_TEXT}>{}</td>", page(&cell)));
        }
        text.push_str("\r\n");
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    Copied { text, html }
}

/// One cell: its words as they stand, and as paragraphs and bullets.
#[must_use]
pub fn cell(plan: &Plan, index: &Index, row: Id, column: Column, options: &Options) -> Copied {
    let Some(row) = plan.recommendations.get(&row) else { return Copied::default() };
    let cell = cell_of(plan, index, &StateWords::of(plan), row, column, options);
    let text = written(&cell);
    let mut guarded = 0;
    let words = guard(text, &mut guarded);
    let html = if guarded > 0 {
        // outside a table Excel would run it
        format!("{UTF_8}<table><tr><td{AS_TEXT}>{}</td></tr></table>", page(&cell))
    } else {
        format!("{UTF_8}{}", page(&cell))
    };
    Copied { text: words, html }
}

/// A column's heading; the number's as our papers have it, so that it is known when it comes back.
fn heading(column: Column) -> &'static str {
    if column == Column::Reference { "No." } else { column.name() }
}

fn line(words: &str) -> Vec<Block> {
    Block::of(words).collect()
}

/// What the grid shows in a cell, as our papers say it.
fn cell_of(
    plan: &Plan,
    index: &Index,
    words: &StateWords,
    row: &Recommendation,
    column: Column,
    options: &Options,
) -> Vec<Block> {
    let actions = || index.actions(plan, row.id);
    match column {
        Column::Reference => line(&row.reference),
        Column::Recommendation => {
            let mut cell = line(row.shown_title());
            cell.extend(Block::of(row.shown_text()));
            cell
        }
        Column::Response => appendix::response(row),
        Column::Position => appendix::positions(plan, index, row, options, false),
        Column::Actions => {
            actions().into_iter().flat_map(|action| appendix::action(plan, index, words, action, options)).collect()
        }
        Column::Theme => {
            row.theme.and_then(|id| plan.themes.get(&id)).map(|theme| line(&theme.title)).unwrap_or_default()
        }
        Column::Report => {
            let report = plan.reports.values().find(|report| report.key == row.report);
            report.map(|report| line(&report.short_title)).unwrap_or_default()
        }
        Column::Answer => {
            let mut cell =
                line(&row.acceptance.map(|answer| super::status::capital(answer.word())).unwrap_or_default());
            cell.extend(row.acceptance_date.iter().flat_map(|day| line(&super::status::date(*day))));
            cell.extend(Block::of(&row.acceptance_reason));
            cell
        }
        Column::State => {
            let now = index.positions_at(plan, row.id, options.as_at);
            let states = now.into_iter().filter_map(|position| position.state);
            states.flat_map(|state| line(&super::status::capital(state.word()))).collect()
        }
        Column::Owners => {
            let mut seen = std::collections::BTreeSet::new();
            let owners = actions().into_iter().map(|action| action.owner.as_str());
            owners.filter(|owner| seen.insert(*owner)).flat_map(line).collect()
        }
        Column::Due => actions().into_iter().flat_map(|action| line(&index.due(plan, action).text())).collect(),
        Column::Evidence => index.evidence(plan, row.id).iter().flat_map(|row| line(&row.text)).collect(),
    }
}

/// A cell in its written form: a line a block, a mark before each bullet.
fn written(cell: &[Block]) -> String {
    let line = |block: &Block| match block.bullet {
        Some(level) => format!("{}• {}", "  ".repeat(usize::from(level)), block.text()),
        None => block.text(),
    };
    cell.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A cell of tab-separated text: guarded, and in quotes where it has a line break, a tab or a quote.
fn separated(words: &str) -> String {
    let cell = guard(words.to_owned(), &mut 0);
    if cell.contains(['\n', '\t', '"', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// A cell as paragraphs and lists. A line that belongs to a bullet stands in its item, below it.
fn page(cell: &[Block]) -> String {
    let mut page = String::new();
    let mut depth = 0_usize;
    let mut lines = 0_usize;
    for block in cell {
        let words = escaped(&block.text());
        let Some(level) = block.bullet else {
            if block.under && depth > 0 {
                page.push_str(&format!("<br>{words}"));
                continue;
            }
            close(&mut page, &mut depth, 0);
            // between paragraphs of a cell, not before the first and not behind a list
            if lines > 0 && !page.ends_with("</ul>") {
                page.push_str("<br style=\"mso-data-placement:same-cell\">");
            }
            page.push_str(&words);
            lines += 1;
            continue;
        };
        let wanted = usize::from(level) + 1;
        if depth >= wanted {
            close(&mut page, &mut depth, wanted);
            page.push_str("</li>");
        }
        while depth < wanted {
            page.push_str("<ul>");
            depth += 1;
            if depth < wanted {
                page.push_str("<li>");
            }
        }
        page.push_str(&format!("<li>{words}"));
        lines += 1;
    }
    close(&mut page, &mut depth, 0);
    page
}

/// Closes lists down to a depth.
fn close(page: &mut String, depth: &mut usize, to: usize) {
    while *depth > to {
        page.push_str("</li></ul>");
        *depth -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_excel_would_break_it_and_never_a_formula() {
        let cases = [
            ("plain", "plain"),
            ("one\n• two", "\"one\n• two\""),
            ("say \"yes\"", "\"say \"\"yes\"\"\""),
            ("=1+1", "'=1+1"),
            ("-", "-"),
            ("@home\nnow", "\"'@home\nnow\""),
        ];
        for (words, cell) in cases {
            assert_eq!(separated(words), cell, "{words:?}");
        }
    }

    #[test]
    fn bullets_are_lists_and_lines_are_lines_of_the_same_cell() {
        let of = |text: &str| {
            page(&Block::of(text).collect::<Vec<_>>()).replace(" style=\"mso-data-placement:same-cell\"", "")
        };
        let cases = [
            ("one\ntwo", "one<br>two"),
            ("It needs:\n• a\n• b & c", "It needs:<ul><li>a</li><li>b &amp; c</li></ul>"),
            ("• a\n  • b\n• c\nend", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>end"),
            ("  • deep", "<ul><li><ul><li>deep</li></ul></li></ul>"),
            ("", ""),
        ];
        for (text, html) in cases {
            assert_eq!(of(text), html, "{text:?}");
        }
        let under = [Block::bullet(vec![super::super::paper::Run::Plain("Agree".into())]), Block::under(Vec::new())];
        assert_eq!(page(&under), "<ul><li>Agree<br></li></ul>", "what belongs to a bullet stands in it");
    }
}
