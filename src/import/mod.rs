//! Documents in: text, Markdown, HTML and CSV to proposed edits.
//!
//! [`read`] makes blocks and tables of bytes; [`propose()`] understands them and holds them against a
//! plan; a person looks at the [`Proposal`], and [`Proposal::edit`] makes one edit of what is taken.
//! Nothing here writes to a plan, opens a file or knows the clock.
//!
//! The steps, a file each: `decode` (bytes to clean text), `scan`, `html`, `delimited` (text to
//! blocks; any other format joins here), `fragment` (a cell's markup to paragraphs and bullets),
//! `grid` (tables that pages cut, whole), `role` and `columns` (what each column means), `rows`,
//! `action_plan`, `sheet`, `narrative` (what the rows and the words around them say), `items` (several
//! actions in one cell), `propose` (against the plan), `keep` (what the plan has no field for),
//! `names` (owners that are spelt almost alike), `apply` (the edit), `resolve` (answers to what was
//! left open).
//!
//! Invariants: the person's words are never reworded; what is not understood is kept beside its row,
//! or is a note with its line; what the plan has is never replaced unless a person took it; the same document again
//! changes nothing.

mod action_plan;
mod apply;
mod columns;
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
mod names;
mod narrative;
mod number;
mod pointer;
mod proposal;
mod propose;
mod propose_actions;
mod resolve;
mod response;
mod role;
mod rows;
mod scan;
mod sheet;
mod state;
mod summary;
mod understand;
mod understood;

pub use decode::{Cleaned, LIMIT_MB};
pub use document::{Block, BlockKind, Cell, Document, Format, Row, Table};
pub use error::ImportError;
pub use names::ProposedName;
pub use proposal::{
    Assigned, DateSource, Level, Note, Options, Proposal, ProposedAction, ProposedChoice, ProposedEvidence,
    ProposedField, ProposedPaper, ProposedPointer, ProposedPosition, ProposedRemark, ProposedResponsibility,
    ProposedRow, ProposedTheme, ProposedTimescale, RowEdit, RowHow, Status, Wording,
};
pub use propose::propose;
pub use resolve::{Answer, DISMISSED, date_positions, resolve};
pub use role::Role;
pub use summary::{Counts, Summary};
pub use understood::{RowFate, SourceRow, TableKind, TableReading};

/// The most cells that are read: a plan of 290 recommendations has some two thousand.
const MOST_CELLS: usize = 2_000_000;

/// Reads a document by the ending of its name and by what is in it.
///
/// # Errors
/// When the ending is none of a format that is read, or the bytes are no text, are nothing, or are
/// more than is read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ImportError> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if bytes.starts_with(b"SQLite format 3\0") {
        return Err(ImportError::Plan { name: file.to_owned() });
    }
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let by_ending = match ending.as_str() {
        "txt" | "text" | "" => None,
        "md" | "markdown" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "csv" | "tsv" | "tab" => Some(Format::Delimited),
        _ => return Err(ImportError::Ending { ending, name: file.to_owned() }),
    };
    let decoded = decode::decode(file, bytes)?;
    let format = by_ending.unwrap_or_else(|| sniff(&decoded.text));
    let separators: &[u8] = if format == Format::Delimited { b",;\t|" } else { b"\t|" };
    let cells = decoded.text.bytes().filter(|byte| separators.contains(byte)).count();
    if cells > MOST_CELLS {
        return Err(ImportError::TooManyCells { cells, limit: MOST_CELLS, name: file.to_owned() });
    }
    let blocks = match format {
        Format::Text | Format::Markdown => scan::blocks(&decoded.text),
        Format::Html => html::blocks(&decoded.text, 0),
        Format::Delimited => delimited::blocks(&decoded.text),
    };
    Ok(Document { name: file.to_owned(), format, encoding: decoded.encoding, cleaned: decoded.cleaned, blocks })
}

/// What a text file holds: a web page begins as one, a Markdown table has its line of dashes.
fn sniff(text: &str) -> Format {
    let start: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Format::Html;
    }
    let dashes = |line: &str| line.contains("--") && line.contains('|') && line.chars().all(|c| "|-: \t".contains(c));
    if text.lines().any(dashes) { Format::Markdown } else { Format::Text }
}
