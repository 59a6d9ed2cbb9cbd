//! The walk through a document's text, tag by tag.

use super::numbering::{Mark, Numbering};
use super::styles::{Look, Styles};
use super::table::{Content, Finished, Open, Spare};
use super::{Asides, Word, note, number};
use crate::import::colour;
use crate::import::decode::{Cleaned, clean};
use crate::import::document::{Block, BlockKind, Table, written};
use crate::import::xml::{Event, Reader, Tag};
use crate::import::{ImportError, Level, MOST_CELLS, Note};
use crate::model::text;
use std::collections::BTreeMap;

/// How many tables may stand in one another; one deeper is read as the paragraphs that it has.
const DEEPEST: usize = 16;

/// A paragraph whose end is not reached.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: String,
    look: Look,
    list: Option<String>,
    level: Option<usize>,
    heading: bool,
    /// Its end was deleted: the next one goes on with it.
    joins_next: bool,
}

/// How much was read in a way to speak of.
#[derive(Default)]
struct Tally {
    inserted: usize,
    deleted: usize,
    hidden: usize,
    contents: usize,
    embedded: usize,
}

pub(super) struct Walker {
    name: String,
    styles: Styles,
    numbering: Numbering,
    asides: Asides,
    blocks: Vec<Block>,
    notes: Vec<Note>,
    cleaned: Cleaned,
    tally: Tally,
    tables: Vec<Open>,
    /// Tables that are read as paragraphs.
    too_deep: usize,
    /// A text box stands in a paragraph, and has its own.
    paragraphs: Vec<Paragraph>,
    /// A paragraph that goes on in the next.
    joined: Option<Paragraph>,
    /// For each content control that is open whether it shows only what to type there.
    controls: Vec<bool>,
    in_text: bool,
    hidden: bool,
    /// How many paragraphs and rows the walk met.
    met: usize,
    /// The number in its table of each row.
    rows: BTreeMap<usize, usize>,
    cells: usize,
    spare: Spare,
}

impl Walker {
    pub(super) fn new(name: &str, styles: Styles, numbering: Numbering, asides: Asides) -> Self {
        Self {
            name: name.to_owned(),
            styles,
            numbering,
            asides,
            blocks: Vec::new(),
            notes: Vec::new(),
            cleaned: Cleaned::default(),
            tally: Tally::default(),
            tables: Vec::new(),
            too_deep: 0,
            paragraphs: Vec::new(),
            joined: None,
            controls: Vec::new(),
            in_text: false,
            hidden: false,
            met: 0,
            rows: BTreeMap::new(),
            cells: 0,
            spare: Spare::default(),
        }
    }

    pub(super) fn walk(mut self, source: &str) -> Result<Word, ImportError> {
        let mut reader = Reader::new(source);
        while let Some(event) = reader.next() {
            match event {
                Event::Start(tag) => self.start(&tag, &mut reader)?,
                Event::End(name) => self.end(name),
                Event::Text(words) if self.in_text => self.words(&words),
                Event::Text(_) => {}
            }
        }
        // what was cut off is read as far as it goes
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        self.flush_joined();
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.say_tally();
        let (blocks, notes, places) = number(self.blocks, self.notes, &self.rows);
        Ok(Word { blocks, places, notes, cleaned: self.cleaned })
    }

    fn start(&mut self, tag: &Tag<'_>, reader: &mut Reader<'_>) -> Result<(), ImportError> {
        match tag.name {
            "del" | "moveFrom" => {
                self.tally.deleted += 1;
                reader.pass_over();
            }
            "ins" | "moveTo" => self.tally.inserted += 1,
            // the same again for older programs; layout; the codes of fields, whose results are read
            "Fallback" | "tblPr" | "tblPrEx" | "tblGrid" | "sectPr" | "instrText" | "delText" | "delInstrText"
            | "sdtEndPr" | "fldData" => reader.pass_over(),
            "altChunk" => self.tally.embedded += 1,
            "p" => self.paragraphs.push(self.joined.take().unwrap_or_default()),
            "pPr" => self.paragraph_is(reader),
            "r" => self.hidden = self.paragraphs.last().is_some_and(|paragraph| paragraph.look.hidden),
            "rPr" => self.run_is(reader),
            "t" => self.in_text = true,
            "tab" | "ptab" => self.words("\t"),
            "br" | "cr" => self.words("\u{2028}"),
            "noBreakHyphen" => self.words("-"),
            "sym" => self.symbol(tag),
            "footnoteReference" => self.aside(tag, "footnote"),
            "endnoteReference" => self.aside(tag, "endnote"),
            "commentReference" => self.aside(tag, "comment"),
            "sdt" => self.controls.push(false),
            "sdtPr" => self.control_is(reader),
            "tbl" | "tr" | "trPr" | "tc" | "tcPr" => self.start_in_table(tag, reader)?,
            _ => {}
        }
        Ok(())
    }

    fn start_in_table(&mut self, tag: &Tag<'_>, reader: &mut Reader<'_>) -> Result<(), ImportError> {
        if tag.name == "tbl" {
            self.flush_joined();
            if self.tables.len() < DEEPEST && self.too_deep == 0 {
                self.met += 1;
                self.tables.push(Open::new(self.met));
            } else {
                self.too_deep += 1;
            }
            return Ok(());
        }
        let Some(table) = self.tables.last_mut().filter(|_| self.too_deep == 0) else { return Ok(()) };
        match tag.name {
            "tr" => {
                self.met += 1;
                table.begin_row(self.met);
                self.rows.insert(self.met, table.count);
            }
            "trPr" => {
                let (mut before, mut after, mut deleted) = (0, 0, false);
                properties(reader, |tag| match tag.name {
                    "gridBefore" => before = tag.number("val").unwrap_or(0),
                    "gridAfter" => after = tag.number("val").unwrap_or(0),
                    "del" => deleted = true,
                    _ => {}
                });
                self.tally.deleted += usize::from(deleted);
                table.row_is(before, after, deleted, &mut self.spare);
            }
            "tc" => {
                self.cells += 1;
                if self.cells > MOST_CELLS {
                    let (cells, limit, name) = (self.cells, MOST_CELLS, self.name.clone());
                    return Err(ImportError::TooManyCells { cells, limit, name });
                }
                table.begin_cell();
            }
            _ => {
                let (mut span, mut covered, mut fill) = (1, false, None);
                properties(reader, |tag| match tag.name {
                    "gridSpan" => span = tag.number("val").unwrap_or(1),
                    "vMerge" | "hMerge" => covered = tag.attribute("val").as_deref() != Some("restart"),
                    "shd" => fill = shade(tag),
                    _ => {}
                });
                table.cell_is(span, covered, fill);
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => self.hidden = false,
            "p" => self.end_paragraph(),
            "sdt" => {
                self.controls.pop();
            }
            "tbl" if self.too_deep > 0 => self.too_deep -= 1,
            "tbl" => self.end_table(),
            "tr" | "tc" if self.too_deep == 0 => {
                self.flush_joined();
                if let Some(table) = self.tables.last_mut() {
                    if name == "tc" { table.end_cell(&mut self.spare) } else { table.end_row(&mut self.spare) }
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.controls.contains(&true) {
            return;
        }
        if self.hidden {
            self.tally.hidden += usize::from(!words.trim().is_empty());
        } else if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(words);
        }
    }

    /// A character of a symbol font, by its number there.
    fn symbol(&mut self, tag: &Tag<'_>) {
        let code = tag.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0);
        let code = if code < 0x100 { code + 0xF000 } else { code };
        if let Some(sign) = char::from_u32(code) {
            self.words(sign.encode_utf8(&mut [0; 4]));
        }
    }

    fn aside(&mut self, tag: &Tag<'_>, what: &'static str) {
        let said = tag.attribute("id").and_then(|id| self.asides.take(what, &id));
        if let Some(said) = said {
            // a paragraph outside tables gets its number at its end
            let met = if self.tables.is_empty() { self.met + 1 } else { self.met };
            let article = if what == "endnote" { "an" } else { "a" };
            self.notes.push(note(met, format!("Not taken, {article} {what}: {said}"), Level::Unread));
        }
    }

    fn paragraph_is(&mut self, reader: &mut Reader<'_>) {
        let (mut style, mut list, mut level, mut outline, mut joins_next) = (String::new(), None, None, None, false);
        let mut inserted = 0;
        properties(reader, |tag| match tag.name {
            "pStyle" => style = tag.attribute("val").unwrap_or_default().into_owned(),
            "numId" => list = tag.attribute("val").map(|list| list.into_owned()),
            "ilvl" => level = tag.number("val"),
            "outlineLvl" => outline = tag.number("val"),
            "del" | "moveFrom" => joins_next = true,
            "ins" | "moveTo" => inserted += 1,
            _ => {}
        });
        self.tally.inserted += inserted;
        self.tally.deleted += usize::from(joins_next);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        paragraph.look = self.styles.look(&style);
        paragraph.heading = outline.map_or(paragraph.look.heading, |level| level < 9);
        paragraph.list = list.or_else(|| paragraph.look.list.clone());
        paragraph.level = level.or(paragraph.look.level);
        paragraph.joins_next = joins_next;
        paragraph.style = style;
    }

    fn run_is(&mut self, reader: &mut Reader<'_>) {
        let (mut style, mut hidden) = (None, None);
        properties(reader, |tag| match tag.name {
            "rStyle" => style = tag.attribute("val").map(|style| style.into_owned()),
            "vanish" => hidden = Some(tag.is_on()),
            _ => {}
        });
        let styled = style.filter(|_| hidden.is_none()).is_some_and(|style| self.styles.look(&style).hidden);
        self.hidden = hidden.unwrap_or(self.hidden || styled);
    }

    fn control_is(&mut self, reader: &mut Reader<'_>) {
        let mut placeholder = false;
        properties(reader, |tag| placeholder |= tag.name == "showingPlcHdr" && tag.is_on());
        if let Some(open) = self.controls.last_mut() {
            *open = placeholder;
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.joins_next {
            self.joined = Some(Paragraph { joins_next: false, ..paragraph });
            return;
        }
        self.take(&paragraph);
    }

    /// A paragraph that has no next one to go on in is one of its own.
    fn flush_joined(&mut self) {
        if let Some(paragraph) = self.joined.take() {
            self.take(&paragraph);
        }
    }

    fn take(&mut self, paragraph: &Paragraph) {
        let text = written(&clean(&paragraph.text, &mut self.cleaned));
        let in_table = !self.tables.is_empty();
        if paragraph.look.contents {
            self.tally.contents += usize::from(!text.is_empty());
            return;
        }
        // a number may stand in a cell alone; outside tables it is nothing without words
        if text.is_empty() && !in_table {
            return;
        }
        let list = paragraph.list.as_deref().filter(|list| *list != "0");
        let mark = list.map_or(Mark::None, |list| self.numbering.mark(list, paragraph.level, &paragraph.style));
        let mark = match mark {
            Mark::Bullet(level) => Mark::Bullet(level.max(paragraph.look.depth)),
            other => other,
        };
        let (kind, lines) = blocks(&text, &mark, paragraph.heading);
        if lines.is_empty() {
            return;
        }
        self.met += 1;
        self.put(Content::Text { met: self.met, kind, lines });
    }

    fn end_table(&mut self) {
        self.flush_joined();
        let Some(table) = self.tables.pop() else { return };
        let met = table.met;
        match table.finish(&mut self.spare) {
            Finished::Rows(rows, _) if rows.is_empty() => {}
            Finished::Rows(rows, coloured) => {
                if let Some(first) = rows.first().filter(|_| !coloured.is_empty()) {
                    let counts = colour::told(coloured.into_iter());
                    let text = format!("Colours of cells are read as their words in this table: {counts}");
                    self.notes.push(note(first.line, text, Level::Info));
                }
                self.put(Content::Table { met, rows });
            }
            Finished::Frame(content) => content.into_iter().for_each(|part| self.put(part)),
        }
    }

    /// Into the cell that is open, else into the document.
    fn put(&mut self, content: Content) {
        let left = match self.tables.last_mut() {
            Some(table) => table.put(content),
            None => Some(content),
        };
        match left {
            Some(Content::Text { met, kind, .. }) => self.blocks.push(Block { line: met, kind }),
            Some(Content::Table { met, rows }) => {
                self.blocks.push(Block { line: met, kind: BlockKind::Table(Table { rows }) });
            }
            None => {}
        }
    }

    fn say_tally(&mut self) {
        let Tally { inserted, deleted, hidden, contents, embedded } = self.tally;
        let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
        let mut say = |text: String, level| self.notes.push(note(0, text, level));
        if inserted + deleted > 0 {
            let (inserted, deleted) = (count(inserted, "insertion"), count(deleted, "deletion"));
            let text = format!("Tracked changes are read as if they were accepted: {inserted}, {deleted}");
            say(text, Level::Info);
        }
        if hidden > 0 {
            say(format!("Not taken: hidden text, in {}", count(hidden, "place")), Level::Unread);
        }
        if contents > 0 {
            say(format!("Not taken: the table of contents, {}", count(contents, "line")), Level::Unread);
        }
        if embedded > 0 {
            say(format!("Not taken: {} inside this one", count(embedded, "document")), Level::Unread);
        }
    }
}

/// The colour of a cell: behind its text, or over all of it where the pattern is solid.
fn shade(tag: &Tag<'_>) -> Option<[u8; 3]> {
    let solid = tag.attribute("val").as_deref() == Some("solid");
    tag.attribute(if solid { "color" } else { "fill" }).and_then(|hex| colour::from_hex(&hex))
}

/// Looks at each tag of a list of properties, up to its end; what they were before a tracked change
/// is no property.
fn properties(reader: &mut Reader<'_>, mut look: impl FnMut(&Tag<'_>)) {
    let mut depth = 1usize;
    while let Some(event) = reader.next() {
        match event {
            Event::Start(tag) if tag.name.ends_with("PrChange") || tag.name == "sectPr" => reader.pass_over(),
            Event::Start(tag) => {
                depth += 1;
                look(&tag);
            }
            Event::End(_) => {
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
            Event::Text(_) => {}
        }
    }
}

/// A paragraph as a block of the document, and as the lines of a cell.
fn blocks(text: &str, mark: &Mark, heading: bool) -> (BlockKind, String) {
    let typed = text::blocks(text).next().is_some_and(|block| block.bullet.is_some());
    let (lines, bullet) = match mark {
        Mark::Bullet(_) if text.is_empty() => (String::new(), true),
        Mark::Bullet(level) if !typed => (format!("{}• {text}", "  ".repeat((*level).min(3))), true),
        Mark::Number(number) if text.is_empty() => (number.clone(), false),
        Mark::Number(number) => (format!("{number} {}", text.trim_start_matches(['•', ' '])), false),
        _ => (text.to_owned(), typed),
    };
    // "1." before an item is only its place in the list; "2.1" is what others refer to
    let plain =
        matches!(mark, Mark::Number(number) if !number.trim_matches(|c: char| !c.is_alphanumeric()).contains('.'));
    let words = text.trim_start_matches(['•', ' ']).to_owned();
    let kind = if heading {
        BlockKind::Heading(lines.trim_start_matches(['•', ' ']).to_owned())
    } else if bullet || plain {
        BlockKind::Bullet(words)
    } else {
        BlockKind::Paragraph(lines.clone())
    };
    (kind, lines)
}
