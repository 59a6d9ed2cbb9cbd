//! Lines of text and Markdown to blocks: tabs or pipes between cells, headings, bullets, paragraphs.

use super::document::{Block, BlockKind, Cell, Row, Table};
use super::{fragment, html};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads text whose tables have tabs, pipes or HTML tags; which, each table shows for itself.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let mut scan = Scan { lines: &lines, at: 0, blocks: Vec::new(), paragraph: Vec::new(), paragraph_line: 0 };
    while scan.at < lines.len() {
        scan.step();
    }
    scan.end_paragraph();
    scan.blocks
}

struct Scan<'t> {
    lines: &'t [&'t str],
    at: usize,
    blocks: Vec<Block>,
    paragraph: Vec<&'t str>,
    paragraph_line: usize,
}

impl<'t> Scan<'t> {
    fn step(&mut self) {
        let line = self.lines[self.at];
        let trimmed = line.trim();
        if trimmed.is_empty() {
            self.end_paragraph();
            self.at += 1;
        } else if trimmed.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("<table")) {
            self.html_table();
        } else if is_pipe_row(trimmed) && (trimmed.starts_with('|') || self.next_is_delimiter()) {
            self.pipe_table();
        } else if line.contains('\t') && !line.trim_start_matches('\t').is_empty() && !self.is_indented_bullet(line) {
            self.tab_table();
        } else if let Some(heading) = heading(trimmed) {
            self.push(BlockKind::Heading(inline(heading)));
        } else if let Some(item) = bullet(trimmed) {
            self.push(BlockKind::Bullet(inline(item)));
        } else if is_rule(trimmed) {
            // a line of dashes under a paragraph makes it a heading; alone it is a line
            let under = std::mem::take(&mut self.paragraph);
            if !under.is_empty() {
                let line = self.paragraph_line;
                self.blocks.push(Block { line, kind: BlockKind::Heading(inline(&under.join("\n"))) });
            }
            self.at += 1;
        } else {
            if self.paragraph.is_empty() {
                self.paragraph_line = self.at + 1;
            }
            self.paragraph.push(line);
            self.at += 1;
        }
    }

    /// A bullet with tabs before it; unless they are the blank cells of the table above.
    fn is_indented_bullet(&self, line: &str) -> bool {
        let tabs = line.chars().take_while(|c| *c == '\t').count();
        let in_table = self.blocks.last().is_some_and(|block| match &block.kind {
            BlockKind::Table(table) => table.rows.iter().any(|row| row.cells.len() == tabs + 1),
            _ => false,
        });
        bullet(line.trim_start()).is_some_and(|item| !item.contains('\t')) && !(in_table && tabs > 0)
    }

    fn push(&mut self, kind: BlockKind) {
        self.end_paragraph();
        self.at += 1;
        self.blocks.push(Block { line: self.at, kind });
    }

    fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let lines = std::mem::take(&mut self.paragraph);
        // short lines are a form's or a title's; long ones were wrapped
        let form = lines.iter().all(|line| line.trim().chars().count() <= 60);
        let text = inline(&lines.join(if form { "  \n" } else { "\n" }));
        if !text.is_empty() {
            self.blocks.push(Block { line: self.paragraph_line, kind: BlockKind::Paragraph(text) });
        }
    }

    fn next_is_delimiter(&self) -> bool {
        self.lines.get(self.at + 1).is_some_and(|next| is_delimiter(next.trim()))
    }

    fn table(&mut self, line: usize, rows: Vec<Row>) {
        let rows: Vec<Row> = rows.into_iter().filter(|row| !row.is_blank()).collect();
        if !rows.is_empty() {
            self.blocks.push(Block { line, kind: BlockKind::Table(Table { rows }) });
        }
    }

    fn pipe_table(&mut self) {
        self.end_paragraph();
        let first = self.at;
        let mut rows = Vec::new();
        while let Some(line) = self.lines.get(self.at).map(|line| line.trim()).filter(|line| is_pipe_row(line)) {
            self.at += 1;
            if !is_delimiter(line) {
                rows.push(Row::new(self.at, split_pipes(line).iter().map(|cell| inline(cell))));
            }
        }
        self.table(first + 1, rows);
    }

    fn html_table(&mut self) {
        self.end_paragraph();
        let first = self.at;
        let mut source = String::new();
        while let Some(line) = self.lines.get(self.at) {
            self.at += 1;
            source.push_str(line);
            source.push('\n');
            if line.to_ascii_lowercase().contains("</table") {
                break;
            }
        }
        self.blocks.extend(html::blocks(&source, first));
    }

    fn tab_table(&mut self) {
        self.end_paragraph();
        let first = self.at;
        let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
        let columns = self.lines[self.at].split('\t').count();
        while let Some(line) = self.lines.get(self.at).filter(|line| !line.trim().is_empty()) {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            self.at += 1;
            match rows.last_mut() {
                Some((_, last)) if continues(last, &cells, columns) => {
                    let mut cells = cells.into_iter();
                    if let (Some(end), Some(more)) = (last.last_mut(), cells.next()) {
                        end.push('\u{2028}');
                        end.push_str(&more);
                    }
                    last.extend(cells);
                }
                _ => rows.push((self.at, cells)),
            }
        }
        let rows = rows.into_iter().map(|(line, cells)| Row {
            line,
            cells: cells.iter().map(|cell| Cell { text: fragment::lines(&unquoted(cell)), line }).collect(),
        });
        self.table(first + 1, rows.collect());
    }
}

/// Whether a line goes on with the last cell of a row that is short of cells: a table pasted as text
/// has each paragraph of a cell on a line of its own.
fn continues(row: &[String], next: &[String], columns: usize) -> bool {
    let starts_row = next[0].trim().is_empty() || next[0].trim_start().starts_with(|c: char| c.is_ascii_digit());
    row.len() > 1 && row.len() < columns && next.len() < columns && row.len() + next.len() - 1 <= columns && !starts_row
}

/// Excel's text copy puts a cell with line breaks in quotes.
fn unquoted(cell: &str) -> String {
    let inner = cell.trim().strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    match inner {
        Some(inner) if inner.contains('\u{2028}') || inner.contains("\"\"") => inner.replace("\"\"", "\""),
        _ => cell.to_owned(),
    }
}

fn is_pipe_row(line: &str) -> bool {
    line.starts_with('|') || (line.contains('|') && split_pipes(line).len() > 1)
}

/// `|---|:--:|`
fn is_delimiter(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a row, by pipes that no backslash stands before. Cells are never cut to the header's number.
fn split_pipes(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.trim().chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            '|' => {
                if let Some(cell) = cells.last_mut() {
                    cell.pop();
                    cell.push('|');
                }
            }
            _ => {
                if let Some(cell) = cells.last_mut() {
                    cell.push(c);
                }
            }
        }
        escaped = c == '\\' && !escaped;
    }
    if line.trim_start().starts_with('|') {
        cells.remove(0);
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) && line.trim_end().ends_with('|') {
        cells.pop();
    }
    cells
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim().trim_end_matches('#').trim())
}

fn bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '*', '+', '•', '◦', '▪', '●', '‣', '·', '–'])?;
    let marked = rest.starts_with([' ', '\t']) || line.starts_with(['•', '◦', '▪', '●', '‣']);
    (marked && !rest.trim().is_empty()).then(|| rest.trim())
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '=') || line.chars().all(|c| c == '_'))
}

/// Markdown inside a line to plain words: emphasis, links, escapes and entities go, words stay.
pub(super) fn inline(source: &str) -> String {
    if !source.contains(['*', '_', '`', '[', '\\', '<', '&', '~']) {
        return fragment::lines(&source.replace("  \n", "\u{2028}").replace('\n', " "));
    }
    let mut html = String::with_capacity(source.len());
    let mut link: Option<(String, usize)> = None;
    // the mark keeps "120. Title" from being read as item 120 of a list
    let marked = format!("\u{2060}{}", source.replace('\n', " \n\u{2060}"));
    for event in Parser::new_ext(&marked, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(text) | Event::Code(text) => html.push_str(&escaped(&text)),
            Event::InlineHtml(tag) | Event::Html(tag) => html.push_str(&fragment::keep_words(&tag)),
            Event::SoftBreak => html.push(' '),
            Event::HardBreak => html.push_str("<br>"),
            Event::Start(Tag::Link { dest_url, .. }) => link = Some((dest_url.to_string(), html.len())),
            Event::End(TagEnd::Link) => {
                // where a link leads is words too, unless they say it already
                if let Some((url, start)) = link.take()
                    && !html[start..].contains(&escaped(&url))
                {
                    html.push_str(&format!(" ({})", escaped(&url)));
                }
            }
            _ => {}
        }
    }
    fragment::lines(&html.replace('\u{2060}', ""))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
        let table = |block: &Block| match &block.kind {
            BlockKind::Table(table) => {
                Some(table.rows.iter().map(|row| row.cells.iter().map(|c| c.text.clone()).collect()).collect())
            }
            _ => None,
        };
        blocks(text).iter().filter_map(table).collect()
    }

    #[test]
    fn pipes_keep_every_cell_however_ragged() {
        let found = tables("| A | B |\n|---|---|\n| 1 | a \\| b | more |\n| 2 |\n\n|  |  |\n|--|--|\n| x | |\n");
        assert_eq!(found[0], [vec!["A", "B"], vec!["1", "a | b", "more"], vec!["2"]], "no cell is cut off");
        assert_eq!(found[1], [["x", ""]], "a blank header is no row");
    }

    #[test]
    fn tabs_make_rows_and_a_pasted_cell_may_have_lines() {
        let found = tables("No\tText\tPosition\n1\tFirst para\nsecond para\tIn place\n2\tShort\n3\ta\tb\n");
        assert_eq!(found[0][1], ["1", "First para\nsecond para", "In place"], "the cell went on");
        assert_eq!(found[0][2], ["2", "Short"], "a short row stays a row");
        assert_eq!(found[0].len(), 4, "as many rows as there are");
    }

    #[test]
    fn markdown_loses_its_marks_and_no_words() {
        let cases = [
            ("**It is proposed** that", "It is proposed that"),
            ("120. Title", "120. Title"),
            ("*a* & [the report](http://x.y)", "a & the report (http://x.y)"),
            ("<http://x.y>", "http://x.y"),
            ("5 * 3 * 2 snake_case", "5 * 3 * 2 snake_case"),
            ("**A  \nB**", "A\nB"),
        ];
        for (source, text) in cases {
            assert_eq!(inline(source), text, "{source:?}");
        }
    }
}
