//! What other programs put on the clipboard: a table as HTML, as Word, Excel and browsers write it, or as text with
//! tabs between the cells.

use super::document::{BlockKind, Document, Format};
use super::fragment;
use super::place::Places;
use super::{ImportError, MOST_CELLS, decode, delimited, html, scan};

/// What the document of a paste is called, in messages and in the history.
const NAME: &str = "the clipboard";

/// Tags that say something about a table, its words or their paragraphs; all others go, their words stay.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Elements that no one sees.
const UNSEEN: &[&str] = &["head", "script", "style", "title", "xml"];
/// Attributes that are kept: a cell over several rows or columns.
const SPANS: &[&str] = &["colspan", "rowspan"];

/// Something that was pasted.
#[derive(Debug)]
pub struct Pasted {
    /// As a document, to be understood as a table of a plan.
    pub document: Result<Document, ImportError>,
    /// Cell by cell, blank rows and cells too, to be laid over the grid. Without a table, lines of text are a cell each
    /// one below the other; paragraphs of a page are one cell.
    pub cells: Vec<Vec<String>>,
}

/// Reads what was on the clipboard: its HTML if it says more than the text.
#[must_use]
pub fn pasted(html: Option<&str>, text: &str) -> Pasted {
    match html.map(fragment_of).filter(|html| !html.trim().is_empty()) {
        Some(html) if html.contains("<table") || text.trim().is_empty() || html.contains("<li") => of_page(&html),
        _ => of_text(text),
    }
}

fn of_page(source: &str) -> Pasted {
    let mut cells: Vec<Vec<String>> = Vec::new();
    let document = decode::decode(NAME, source.as_bytes()).and_then(|decoded| {
        few_enough(decoded.text.matches("<td").count())?;
        let rows = html::grid(&decoded.text).into_iter();
        cells = rows.map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect();
        document(Format::Html, html::blocks(&decoded.text, 0), &decoded)
    });
    if let (Ok(document), true) = (&document, cells.is_empty()) {
        cells = vec![vec![words(document)]];
    }
    trim(&mut cells);
    Pasted { document, cells }
}

fn few_enough(cells: usize) -> Result<(), ImportError> {
    let limit = MOST_CELLS;
    if cells > limit { Err(ImportError::TooManyCells { cells, limit, name: NAME.into() }) } else { Ok(()) }
}

fn of_text(text: &str) -> Pasted {
    let mut cells = Vec::new();
    let document = decode::decode(NAME, text.as_bytes()).and_then(|decoded| {
        let tabs = decoded.text.bytes().filter(|byte| *byte == b'\t').count();
        few_enough(tabs)?;
        cells = tabbed(&decoded.text);
        if tabs > 0 {
            document(Format::Delimited, delimited::separated(b'\t', &decoded.text, 0), &decoded)
        } else {
            document(Format::Text, scan::blocks(&decoded.text), &decoded)
        }
    });
    trim(&mut cells);
    Pasted { document, cells }
}

fn document(format: Format, blocks: Vec<super::Block>, decoded: &decode::Decoded) -> Result<Document, ImportError> {
    if blocks.is_empty() {
        return Err(ImportError::Empty { name: NAME.into() });
    }
    let decode::Decoded { encoding, cleaned, .. } = *decoded;
    Ok(Document { name: NAME.into(), format, encoding, cleaned, blocks, places: Places::Lines, notes: Vec::new() })
}

/// All words of a document without a table, in the written form of a cell.
fn words(document: &Document) -> String {
    let lines = document.blocks.iter().map(|block| match &block.kind {
        BlockKind::Heading(text) | BlockKind::Paragraph(text) => text.clone(),
        BlockKind::Bullet(text) => format!("• {text}"),
        BlockKind::Table(_) => String::new(),
    });
    crate::model::text::tidy(&lines.collect::<Vec<_>>().join("\n"))
}

/// Blank rows at the end, and blank columns at the right, are none.
fn trim(cells: &mut Vec<Vec<String>>) {
    for row in cells.iter_mut() {
        while row.last().is_some_and(|cell| cell.trim().is_empty()) {
            row.pop();
        }
    }
    while cells.last().is_some_and(Vec::is_empty) {
        cells.pop();
    }
}

/// The part of a page that was copied, with the tags that say something, each row of a table on a line of its own:
/// the line is then the number of the row.
fn fragment_of(page: &str) -> String {
    let from = page.find("<!--StartFragment-->").map_or(0, |at| at + "<!--StartFragment-->".len());
    let to = page.rfind("<!--EndFragment-->").filter(|to| *to >= from).unwrap_or(page.len());
    let clean = tags(&page[from..to]);
    // Excel begins its fragment inside the table
    let has = |tag: &str| clean.contains(tag);
    if has("<tr") && !has("<table") { format!("<table>{clean}</table>") } else { clean }
}

/// A page without comments, unseen elements, foreign tags and attributes.
fn tags(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut begun = false;
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        put_words(&mut out, &rest[..at]);
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let end = tag_end(rest);
        let tag = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        let (closes, named) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name_end = named.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':')).unwrap_or(named.len());
        let name = named[..name_end].to_ascii_lowercase();
        if UNSEEN.contains(&name.as_str()) && !closes && !tag.ends_with('/') {
            let close = format!("</{name}");
            let lower = rest.to_ascii_lowercase();
            let after = lower.find(&close).map_or(rest.len(), |at| at + tag_end(&rest[at..]) + 1);
            rest = rest.get(after..).unwrap_or("");
        } else if TAGS.contains(&name.as_str()) {
            if name == "tr" && !closes && std::mem::replace(&mut begun, true) {
                out.push('\n');
            }
            out.push('<');
            out.push_str(if closes { "/" } else { "" });
            out.push_str(&name);
            out.push_str(&spans(&named[name_end..]));
            out.push('>');
        }
    }
    put_words(&mut out, rest);
    out
}

/// Words between tags; where a page breaks its lines means nothing.
fn put_words(out: &mut String, words: &str) {
    if words.trim().is_empty() {
        let breaks = words.contains(['\n', '\r']) || words.is_empty();
        out.push_str(if breaks { "" } else { " " });
    } else {
        out.push_str(&words.replace("\r\n", " ").replace(['\n', '\r'], " "));
    }
}

/// Where a tag ends, past quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            ('>', None) => return at,
            _ => {}
        }
    }
    // a quote that nobody closed
    tag.find('>').unwrap_or(tag.len())
}

fn spans(attributes: &str) -> String {
    let mut kept = String::new();
    for name in SPANS {
        let lower = attributes.to_ascii_lowercase();
        let value = lower.find(name).and_then(|at| lower[at + name.len()..].trim_start().strip_prefix('='));
        let digits: String = value
            .map(|value| value.trim_start().trim_start_matches(['"', '\'']))
            .unwrap_or_default()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        if !digits.is_empty() {
            kept.push_str(&format!(" {name}=\"{digits}\""));
        }
    }
    kept
}

/// Text with tabs between cells, as Excel puts it on the clipboard: a cell with a line break, a tab or a quote in it
/// stands in quotes. A quote inside any other cell is a quote.
fn tabbed(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    let end = |rows: &mut Vec<Vec<String>>, cell: &mut String| {
        let words = std::mem::take(cell);
        let words = fragment::lines(&delimited::unguarded(&words).replace('\n', "\u{2028}").replace('<', "&lt;"));
        if let Some(row) = rows.last_mut() {
            row.push(words);
        }
    };
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() && closes(letters.clone()) => quoted = true,
            '\t' if !quoted => end(&mut rows, &mut cell),
            '\r' => {}
            '\n' if !quoted => {
                end(&mut rows, &mut cell);
                rows.push(Vec::new());
            }
            c => cell.push(c),
        }
    }
    end(&mut rows, &mut cell);
    rows
}

/// Whether a quote that opens a cell is closed where the cell ends: else it is a quote like any other.
fn closes(letters: impl Iterator<Item = char>) -> bool {
    let mut letters = letters.peekable();
    while let Some(c) = letters.next() {
        if c == '"' {
            match letters.peek() {
                Some('"') => {
                    letters.next();
                }
                None | Some('\t' | '\n' | '\r') => return true,
                Some(_) => return false,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(html: Option<&str>, text: &str) -> Vec<Vec<String>> {
        pasted(html, text).cells
    }

    /// As Word 2010 puts a table on the clipboard.
    const WORD: &str = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:w=\"urn:schemas-microsoft-com:office:word\">\r\n\
        <head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">\r\n<style><!-- p.MsoNormal {margin:0cm;} td {a>b} --></style>\r\n\
        <!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>\r\n\
        <body lang=EN-GB><!--StartFragment-->\r\n<table class=MsoTableGrid border=1 cellspacing=0 style='border:none;mso-yfti-tbllook:1184'>\r\n\
        <tr style='mso-yfti-irow:0'><td width=96 valign=top style='width:71.8pt'><p class=MsoNormal><b>No<o:p></o:p></b></p></td>\r\n\
        <td><p class=MsoNormal><b>Current\r\nposition<o:p></o:p></b></p></td></tr>\r\n\
        <tr><td><p class=MsoNormal>9<o:p></o:p></p></td><td><p class=MsoNormal>It needs:</p>\r\n\
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times\"'>&nbsp;&nbsp; </span></span></span><![endif]>A lead &amp; a plan<o:p></o:p></p>\r\n\
        </td></tr>\r\n</table>\r\n<!--EndFragment--></body></html>";

    /// As Excel puts cells on the clipboard: the fragment begins inside the table.
    const EXCEL: &str = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta name=ProgId content=Excel.Sheet>\
        <style>\r\n<!--table {mso-displayed-decimal-separator:\"\\.\";} br {mso-data-placement:same-cell;} -->\r\n</style></head>\
        <body link=blue><table border=0 style='border-collapse:collapse'><!--StartFragment-->\r\n <col width=64>\r\n\
        <tr height=20><td height=20 class=xl65 width=64>a</td>\r\n  <td>one<br>\r\n    two</td></tr>\r\n\
        <tr><td></td><td></td></tr>\r\n <tr><td>b</td><td x:num>12</td></tr>\r\n<!--EndFragment--></table></body></html>";

    #[test]
    fn words_table_is_read_without_its_trappings() {
        assert_eq!(cells(Some(WORD), "x"), [["No", "Current position"], ["9", "It needs:\n• A lead & a plan"]]);
        let document = pasted(Some(WORD), "").document.expect("a document");
        assert_eq!(document.tables().count(), 1);
        let lines: Vec<usize> = document.tables().flat_map(|table| &table.rows).map(|row| row.line).collect();
        assert_eq!(lines, [1, 2], "a row's line is its number");
    }

    #[test]
    fn excels_cells_keep_their_places_blank_ones_too() {
        let found = cells(Some(EXCEL), "x");
        assert_eq!(found, [vec!["a", "one\ntwo"], vec![], vec!["b", "12"]], "the blank row is a row");
    }

    #[test]
    fn a_web_page_gives_its_table_or_else_its_paragraphs_as_one_cell() {
        let sheets = "<meta charset='utf-8'><google-sheets-html-origin><style type=\"text/css\"><!--td {border: 1px}--></style>\
            <table data-x='a>b'><colgroup><col></colgroup><tbody><tr><td style=\"a\" colspan=\"2\">Theme</td></tr>\
            <tr><td data-sheets-value=\"{&quot;1&quot;:2}\">1</td><td>x &lt; y</td></tr></tbody></table>";
        assert_eq!(cells(Some(sheets), "x"), [vec!["Theme"], vec!["1", "x < y"]]);
        let page = "<p>We do this:</p><ul><li>one</li><li>two</li></ul>";
        assert_eq!(cells(Some(page), "We do this:\none\ntwo"), [["We do this:\n• one\n• two"]]);
        let bold = "<b>Just words</b>";
        assert_eq!(cells(Some(bold), "Just words"), [["Just words"]], "the text says as much");
        assert!(pasted(Some("<img src=x>"), "").document.is_err(), "a picture is no table");
    }

    #[test]
    fn text_with_tabs_has_cells_in_quotes_and_quotes_in_cells() {
        let cases: [(&str, &[&[&str]]); 7] = [
            ("a\tb\r\nc\td\r\n", &[&["a", "b"], &["c", "d"]]),
            ("\"one\ntwo\"\tb\n", &[&["one\ntwo", "b"]]),
            ("\"say \"\"yes\"\"\nand go\"\tb", &[&["say \"yes\"\nand go", "b"]]),
            ("\"Hello\" he said\tb", &[&["\"Hello\" he said", "b"]]),
            ("a\t\"never closed\nb\tc", &[&["a", "\"never closed"], &["b", "c"]]),
            ("a, b\tc\n\n\td", &[&["a, b", "c"], &[], &["", "d"]]),
            ("one\ntwo", &[&["one"], &["two"]]),
        ];
        for (text, wanted) in cases {
            assert_eq!(cells(None, text), wanted, "{text:?}");
        }
        let document = pasted(None, "No\tText, more\n1\ta, b\n").document.expect("a document");
        let first = document.tables().next().expect("a table");
        assert_eq!(first.rows[1].text(1), "a, b", "a comma is no separator here");
        assert!(pasted(None, "  ").document.is_err() && cells(None, " ").is_empty(), "nothing");
    }
}
