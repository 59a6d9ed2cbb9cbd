//! Documents in: Word, Excel, text, Markdown, HTML and CSV to proposed edits.
//!
//! [`read`] makes blocks and tables of bytes; [`propose()`] understands them and holds them against a
//! plan; a person looks at the [`Proposal`], and [`Proposal::edit`] makes one edit of what is taken.
//! Nothing here writes to a plan, opens a file or knows the clock.
//!
//! The steps, a file each: `clipboard` (what was copied elsewhere), `decode` (bytes to clean text), `scan`, `html`, `delimited` (text to
//! blocks), `package` and `compound` (what a file of Word or Excel is, and whether it may be
//! unpacked), `word`, `workbook` (their parts to blocks, through `xml`), `colour`
//! (what a cell's colour stands for), `place` (how places are
//! named), `fragment` (a cell's markup to paragraphs and bullets), `grid` (tables that pages cut,
//! whole), `role`, `ours` and `columns` (what each column means), `rows`, `action_plan`, `sheet`, `narrative`
//! (what the rows and the words around them say), `items` (several actions in one cell), `printed_cells` (what our own
//! papers say in theirs), `propose`
//! (against the plan), `keep` (what the plan has no field for), `keys` (where new rows stand), `names` (owners that are spelt almost
//! alike), `apply` (the edit), `resolve` (answers to what was left open), `decisions` (what a person
//! decided, from one reading to the next). [`series`] reads something else: one column of values for a
//! chart. Sources of signals come by a way of their own, [`signals`], which shares the readers of bytes
//! and workbooks.
//!
//! Invariants: the person's words are never reworded; what is not understood is kept beside its row,
//! or is a note with its place; no more memory is taken than a document holds, whatever it claims;
//! what the plan has is never replaced unless a person took it; the same document again
//! changes nothing.

mod action_plan;
mod apply;
mod clipboard;
mod colour;
mod columns;
mod compound;
mod decisions;
mod decode;
mod delimited;
mod document;
mod error;
mod fragment;
mod grid;
mod heal;
mod html;
mod items;
pub mod json;
mod keep;
mod keys;
mod names;
mod narrative;
mod number;
mod ours;
pub mod own;
mod package;
mod place;
mod pointer;
mod printed_cells;
mod proposal;
mod propose;
mod propose_actions;
mod resolve;
mod response;
mod role;
mod rows;
mod scan;
pub mod series;
mod sheet;
pub mod signals;
mod state;
mod summary;
mod understand;
mod understood;
mod word;
mod workbook;
mod xml;

pub use clipboard::{Pasted, pasted};
pub use decode::{Cleaned, LIMIT_MB};
pub use document::{Block, BlockKind, Cell, Document, Format, Row, Table};
pub use error::ImportError;
pub use names::ProposedName;
pub use place::{Places, WordPlace};
pub use proposal::{
    Assigned, DateSource, Level, Note, Options, Proposal, ProposedAction, ProposedChoice, ProposedEvidence,
    ProposedField, ProposedPaper, ProposedPointer, ProposedPosition, ProposedRemark, ProposedResponsibility,
    ProposedRow, ProposedTheme, ProposedTimescale, RowEdit, RowHow, Status, Wording,
};
pub use propose::propose;
pub use resolve::{Answer, DISMISSED, date_positions, resolve};
pub use role::Role;
pub use summary::{AlmostName, Counts, Line, Open, Summary, Told};
pub use understood::{RowFate, SourceRow, TableKind, TableReading};

use package::{Kind, Package};
use word::Word;
use workbook::Workbook;

/// The most cells that are read: a plan of 290 recommendations has some two thousand.
const MOST_CELLS: usize = 2_000_000;

/// The endings of a document that is read, as a file dialog lists them.
pub const ENDINGS: &[&str] = &["docx", "docm", "xlsx", "xlsm", "xls", "ods", "txt", "md", "html", "htm", "csv", "tsv"];

/// Reads a document by what is in it, and where that leaves it open by the ending of its name.
///
/// # Errors
/// When the ending is none of a format that is read, when the bytes are no document, are nothing, or
/// are more than is read, and when they are protected, damaged or made to do harm.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if bytes.starts_with(b"SQLite format 3\0") {
        return Err(ImportError::Plan { name: file.to_owned() });
    }
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let document = match package::open(file, bytes)? {
        Some(package) => read_package(file, &ending, package)?,
        None => read_text(file, &ending, bytes)?,
    };
    if document.blocks.is_empty() {
        return Err(ImportError::Empty { name: file.to_owned() });
    }
    Ok(document)
}

/// Reads a file of Word or Excel.
fn read_package(file: &str, ending: &str, package: Package<'_>) -> Result<Document, ImportError> {
    let name = file.to_owned();
    let (kind, mut document) = match package {
        Package::Zip(mut zip) if zip.kind == Kind::Word => {
            let Word { blocks, places, notes, cleaned } = word::read(file, &mut zip)?;
            let (format, encoding) = (Format::Word, zip.kind.name());
            (zip.kind, Document { name, format, encoding, cleaned, blocks, places, notes })
        }
        Package::Zip(mut zip) => (zip.kind, workbook_document(name, zip.kind, workbook::read_zip(file, &mut zip)?)),
        Package::Compound(old) => (Kind::Xls, workbook_document(name, Kind::Xls, workbook::read_old(file, &old)?)),
    };
    if Kind::by_ending(ending) != Some(kind) {
        document.notes.push(ending_lies(ending, kind.name()));
    }
    Ok(document)
}

fn workbook_document(name: String, kind: Kind, workbook: Workbook) -> Document {
    let Workbook { blocks, places, notes, cleaned } = workbook;
    Document { name, format: Format::Workbook, encoding: kind.name(), cleaned, blocks, places, notes }
}

/// Reads text, of whatever format. Programs save web pages and separated values as .xls and .doc, too.
fn read_text(file: &str, ending: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let office = Kind::by_ending(ending);
    let by_ending = match ending {
        "txt" | "text" | "" => None,
        "md" | "markdown" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "csv" | "tsv" | "tab" => Some(Format::Delimited),
        _ if office.is_some() => None,
        _ => return Err(ImportError::Ending { ending: ending.to_owned(), name: file.to_owned() }),
    };
    let decoded = decode::decode(file, bytes)?;
    if office.is_some() && decoded.text.trim_start().starts_with("<?xml") && sniff(&decoded.text) != Format::Html {
        let (found, save_as) = ("one of Office's old XML files", ".docx or .xlsx");
        return Err(ImportError::OtherKind { found, save_as, name: file.to_owned() });
    }
    let format = by_ending.unwrap_or_else(|| match (sniff(&decoded.text), office) {
        (Format::Text, Some(Kind::Xls | Kind::Xlsx | Kind::Ods)) => Format::Delimited,
        (format, _) => format,
    });
    let separators: &[u8] = if format == Format::Delimited { b",;\t|" } else { b"\t|" };
    let cells = decoded.text.bytes().filter(|byte| separators.contains(byte)).count();
    if cells > MOST_CELLS {
        return Err(ImportError::TooManyCells { cells, limit: MOST_CELLS, name: file.to_owned() });
    }
    let blocks = match format {
        Format::Html => html::blocks(&decoded.text, 0),
        Format::Delimited => delimited::blocks(&decoded.text),
        _ => scan::blocks(&decoded.text),
    };
    let found = if format == Format::Html { "web page" } else { "text file" };
    let notes = office.map(|_| ending_lies(ending, found)).into_iter().collect();
    Ok(Document {
        name: file.to_owned(),
        format,
        encoding: decoded.encoding,
        cleaned: decoded.cleaned,
        blocks,
        places: Places::Lines,
        notes,
    })
}

fn ending_lies(ending: &str, found: &str) -> Note {
    let text = if ending.is_empty() {
        format!("The file's name has no ending; it is a {found}, and is read as one")
    } else {
        format!("The file's name ends in .{ending}; it is a {found}, and is read as one")
    };
    Note { line: 0, text: text.replace(" a Excel", " an Excel").replace(" a Open", " an Open"), level: Level::Info }
}

/// What a text file holds: a web page begins as one, perhaps after a declaration of XML, a Markdown table has its line of dashes.
fn sniff(text: &str) -> Format {
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    let start = match start.split_once("?>") {
        Some((declared, rest)) if declared.starts_with("<?xml") => rest.trim_start(),
        _ => start.as_str(),
    };
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Format::Html;
    }
    let dashes = |line: &str| line.contains("--") && line.contains('|') && line.chars().all(|c| "|-: \t".contains(c));
    if text.lines().any(dashes) { Format::Markdown } else { Format::Text }
}
