//! A web page to blocks.

use super::document::{Block, BlockKind, Cell, Row, Table};
use super::fragment::{DEEPEST, element_lines, keep_words};
use scraper::{ElementRef, Html, Node};

/// The attribute that carries an element's line through the parser, which forgets it.
const LINE: &str = "data-recap-line";

/// Reads a page, or a table of one that begins after `lines_before` lines.
pub(super) fn blocks(source: &str, lines_before: usize) -> Vec<Block> {
    let html = Html::parse_document(&keep_words(&numbered(source, lines_before)));
    let mut page = Page { blocks: Vec::new(), loose: String::new(), line: lines_before + 1, nesting: 0 };
    page.walk(html.root_element());
    page.end_loose();
    page.blocks
}

/// Writes each start tag's line into it.
fn numbered(source: &str, lines_before: usize) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 4);
    let mut line = lines_before + 1;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let (head, tail) = rest.split_at(c.len_utf8());
        out.push_str(head);
        rest = tail;
        if c == '\n' {
            line += 1;
        }
        if c == '<' {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let tag = rest[..end].to_ascii_lowercase();
            let wanted = matches!(
                tag.as_str(),
                "table" | "tr" | "td" | "th" | "p" | "li" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            );
            if wanted && rest[end..].starts_with(|c: char| c.is_whitespace() || c == '>') {
                out.push_str(&rest[..end]);
                out.push_str(&format!(" {LINE}=\"{line}\""));
                rest = &rest[end..];
            }
        }
    }
    out
}

struct Page {
    blocks: Vec<Block>,
    /// Text that stands in no paragraph.
    loose: String,
    line: usize,
    /// How many elements are open.
    nesting: usize,
}

impl Page {
    fn walk(&mut self, element: ElementRef<'_>) {
        if self.nesting > DEEPEST {
            self.loose.extend(element.text());
            return;
        }
        self.nesting += 1;
        self.children(element);
        self.nesting -= 1;
    }

    fn children(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.loose.push_str(text),
                Node::Element(_) => {
                    if let Some(inner) = ElementRef::wrap(child) {
                        self.element(inner);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        let inline =
            matches!(name, "a" | "b" | "i" | "em" | "strong" | "span" | "font" | "u" | "sup" | "sub" | "small");
        if inline {
            self.loose.push_str(&element.text().collect::<String>());
            return;
        }
        self.end_loose();
        if let Some(line) = line_of(element) {
            self.line = line;
        }
        match name {
            "head" | "script" | "style" | "title" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.push(BlockKind::Heading(element_lines(element))),
            "table" => {
                let rows = table_rows(element, self.line);
                if !rows.is_empty() {
                    self.push(BlockKind::Table(Table { rows }));
                }
            }
            "p" => self.push(BlockKind::Paragraph(element_lines(element))),
            "li" => {
                for text in element_lines(element).lines() {
                    self.push(BlockKind::Bullet(text.trim_start_matches([' ', '•']).to_owned()));
                }
            }
            _ => {
                self.walk(element);
                self.end_loose();
            }
        }
    }

    fn push(&mut self, kind: BlockKind) {
        let blank = match &kind {
            BlockKind::Heading(text) | BlockKind::Paragraph(text) | BlockKind::Bullet(text) => text.is_empty(),
            BlockKind::Table(_) => false,
        };
        if !blank {
            self.blocks.push(Block { line: self.line, kind });
        }
    }

    fn end_loose(&mut self) {
        let text = std::mem::take(&mut self.loose);
        let words: Vec<&str> = text.split_whitespace().collect();
        self.push(BlockKind::Paragraph(words.join(" ")));
    }
}

fn line_of(element: ElementRef<'_>) -> Option<usize> {
    element.value().attr(LINE)?.parse().ok()
}

/// The rows of every table of a page one below the other, blank ones too: what is laid over a grid keeps its places.
pub(super) fn grid(source: &str) -> Vec<Row> {
    let html = Html::parse_document(&keep_words(source));
    let is_inner = |table: &ElementRef<'_>| {
        table.ancestors().filter_map(ElementRef::wrap).any(|outer| outer.value().name() == "table")
    };
    let tables = html.root_element().descendants().filter_map(ElementRef::wrap);
    let tables = tables.filter(|element| element.value().name() == "table" && !is_inner(element));
    tables.flat_map(|table| all_rows(table, 1)).collect()
}

/// The rows of a table, none of those of a table inside it.
fn table_rows(table: ElementRef<'_>, line: usize) -> Vec<Row> {
    all_rows(table, line).into_iter().filter(|row| !row.is_blank()).collect()
}

fn all_rows(table: ElementRef<'_>, line: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut held: Vec<usize> = Vec::new();
    let mut spare = 100_000;
    let groups = table.child_elements().flat_map(|child| match child.value().name() {
        "tr" => vec![child],
        "thead" | "tbody" | "tfoot" => child.child_elements().collect(),
        "caption" => vec![child],
        _ => Vec::new(),
    });
    for row in groups {
        let line = line_of(row).unwrap_or(line);
        let row = if row.value().name() == "caption" {
            Row::new(line, [element_lines(row)])
        } else {
            table_row(row, line, &mut held, &mut spare)
        };
        rows.push(row);
    }
    rows
}

/// One row; `held` counts for each column the rows that a cell above still covers, `spare` is how
/// many blank cells spans may still make.
fn table_row(row: ElementRef<'_>, line: usize, held: &mut Vec<usize>, spare: &mut usize) -> Row {
    let mut cells: Vec<Cell> = Vec::new();
    let blank = |cells: &mut Vec<Cell>| cells.push(Cell { text: String::new(), line });
    for cell in row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th")) {
        while held.get(cells.len()).is_some_and(|rows| *rows > 0) {
            held[cells.len()] -= 1;
            blank(&mut cells);
        }
        let span = |name: &str| cell.value().attr(name).and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1);
        let (across, down) = (span("colspan").clamp(1, 100), span("rowspan").clamp(1, 10_000));
        let start = cells.len();
        cells.push(Cell { text: element_lines(cell), line: line_of(cell).unwrap_or(line) });
        let padding = (across - 1).min(*spare);
        *spare -= padding;
        (0..padding).for_each(|_| blank(&mut cells));
        if held.len() < cells.len() {
            held.resize(cells.len(), 0);
        }
        held[start..cells.len()].fill(down - 1);
    }
    for rest in held.iter_mut().skip(cells.len()) {
        *rest = rest.saturating_sub(1);
    }
    Row { line, cells }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_nested_without_end_keeps_its_words() {
        let deep = format!("{}words{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
        let found = blocks(&format!("<p>{deep}</p><table><tr><td>{deep}</td></tr></table>"), 0);
        assert!(format!("{found:?}").matches("words").count() == 2, "both");
    }

    #[test]
    fn a_page_gives_headings_paragraphs_and_rows_with_their_lines() {
        let page = "<html><body>\n<h2>Appendix 1</h2>\n<p>Words</p>\n<table>\n<tr><th>No</th><th>Text</th></tr>\n\
                    <tr><td rowspan=2>1</td><td>a<br>b</td></tr>\n<tr><td>c</td></tr>\n\
                    <tr><td colspan=2>Theme</td></tr>\n</table></body></html>";
        let found = blocks(page, 0);
        let lines: Vec<usize> = found.iter().map(|block| block.line).collect();
        assert_eq!(lines, [2, 3, 4], "heading, paragraph, table");
        let BlockKind::Table(table) = &found[2].kind else { panic!("a table: {found:?}") };
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(
            texts,
            [vec!["No", "Text"], vec!["1", "a\nb"], vec!["", "c"], vec!["Theme", ""]],
            "spans keep columns"
        );
        assert_eq!(table.rows[2].line, 7, "each row knows its line");
    }
}
