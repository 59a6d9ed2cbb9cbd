//! Word documents to blocks.
//!
//! A reader of its own over the package's XML, because docx-rs, which writes our papers, gives on
//! reading neither what a symbol font shows (`w:sym`), nor a content control's rows, nor a text
//! box's words, nor which text is hidden; and it takes tracked deletions and moves for text.

mod body;
mod numbering;
mod styles;
mod table;

use super::decode::Cleaned;
use super::document::{Block, BlockKind};
use super::package::Zip;
use super::place::{Places, WordPlace};
use super::xml::{Event, Reader};
use super::{ImportError, Level, Note};
use body::Walker;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A Word document as it was read.
pub(super) struct Word {
    pub(super) blocks: Vec<Block>,
    pub(super) places: Places,
    pub(super) notes: Vec<Note>,
    pub(super) cleaned: Cleaned,
}

/// Reads the body of a document; what repeats at the head and foot of its pages is left out.
pub(super) fn read(name: &str, zip: &mut Zip<'_>) -> Result<Word, ImportError> {
    let kinds = ["document.main+xml", "macroEnabled.main+xml", "template.main+xml", "macroEnabledTemplate.main+xml"];
    let main = kinds.iter().find_map(|kind| zip.part_of_type(kind)).and_then(|part| zip.part(&part));
    let Some(text) = main.filter(|text| text.contains("body")) else {
        return Err(ImportError::Damaged { what: "its text is missing", name: name.to_owned() });
    };
    let mut part = |kind: &str| zip.part_of_type(kind).and_then(|part| zip.part(&part)).unwrap_or_default();
    let styles = styles::Styles::read(&part("styles+xml"));
    let numbering = numbering::Numbering::read(&part("numbering+xml"));
    let mut asides = Asides::default();
    for (kind, what) in [("footnotes+xml", "footnote"), ("endnotes+xml", "endnote"), ("comments+xml", "comment")] {
        asides.read(&part(kind), what);
    }
    let walker = Walker::new(name, styles, numbering, asides);
    let mut read = walker.walk(&text)?;
    read.notes.extend(zip.notes());
    Ok(read)
}

/// Footnotes, endnotes and comments by their kind and number. Each is said once.
#[derive(Default)]
struct Asides(BTreeMap<(&'static str, String), String>);

impl Asides {
    fn read(&mut self, part: &str, what: &'static str) {
        let (mut id, mut words, mut in_text) = (None, String::new(), false);
        let mut reader = Reader::new(part);
        while let Some(event) = reader.next() {
            match event {
                Event::Start(tag) if tag.name == what => {
                    id = tag.attribute("id").map(|id| id.into_owned());
                    words.clear();
                }
                Event::Start(tag) if matches!(tag.name, "del" | "Fallback") => reader.pass_over(),
                Event::Start(tag) => in_text = tag.name == "t",
                Event::Text(text) if in_text => words.push_str(&text),
                Event::End(name) if name == what => {
                    let said = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    if let Some(id) = id.take().filter(|_| !said.is_empty()) {
                        self.0.insert((what, id), said);
                    }
                }
                Event::End("p") => words.push(' '),
                Event::End("t") => in_text = false,
                _ => {}
            }
        }
    }

    fn take(&mut self, what: &'static str, id: &str) -> Option<String> {
        self.0.remove(&(what, id.to_owned()))
    }
}

/// Numbers the places of blocks in reading order: one for each line of a paragraph, one for each row
/// of a table. Until then each carries the number in which the walk met it, as do the notes.
fn number(
    mut blocks: Vec<Block>,
    mut notes: Vec<Note>,
    rows: &BTreeMap<usize, usize>,
) -> (Vec<Block>, Vec<Note>, Places) {
    let mut places: Vec<WordPlace> = Vec::new();
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut paragraph, mut table) = (0, 0);
    for block in &mut blocks {
        let line = places.len() + 1;
        match &mut block.kind {
            BlockKind::Heading(text) | BlockKind::Paragraph(text) | BlockKind::Bullet(text) => {
                paragraph += 1;
                met.insert(block.line, line);
                places.extend(text.lines().map(|_| WordPlace::Paragraph(paragraph)));
            }
            BlockKind::Table(inner) => {
                table += 1;
                for row in &mut inner.rows {
                    places.push(WordPlace::Row { table, row: rows.get(&row.line).copied().unwrap_or(1) });
                    met.insert(row.line, places.len());
                    row.line = places.len();
                    row.cells.iter_mut().for_each(|cell| cell.line = row.line);
                }
            }
        }
        block.line = line;
    }
    // what stood in a table inside a cell stands in that cell's row
    for note in notes.iter_mut().filter(|note| note.line > 0) {
        note.line = met.range(..=note.line).next_back().map_or(1, |(_, line)| *line);
    }
    (blocks, notes, Places::Word(Arc::from(places)))
}

fn note(line: usize, text: String, level: Level) -> Note {
    Note { line, text, level }
}
