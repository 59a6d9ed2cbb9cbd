//! From bytes to rows, one at a time: separated values of any encoding, and workbooks.

use super::SignalsError;
use crate::import::decode::{encoding_of, known_binary};
use crate::import::package::{self, Kind, Package};
use crate::import::{ImportError, delimited, workbook};
use encoding_rs::{CoderResult, Decoder};
use std::io::Read;

/// The most bytes of a file of separated values: 100,000 rows with a story in each have some 100.
pub(super) const LIMIT_MB: usize = 400;
/// How much is decoded at a time.
const CHUNK: usize = 64 * 1024;
/// How much of a file the separator is looked for in.
const HEAD: usize = 128 * 1024;
/// No row has so many bytes or lines: Excel's longest cell has 32,767 characters. One that has, has
/// swallowed others.
const LONGEST_RECORD: usize = 4 * 1024 * 1024;
const MOST_LINES: usize = 1_000;

/// Takes rows as they are read.
pub(super) trait Rows {
    /// A sheet begins.
    fn sheet(&mut self, name: &str) -> Result<(), SignalsError>;
    /// A row: its place from 1, its cells, and how much of the source was read, 0 to 1.
    fn row(&mut self, line: usize, cells: &[&str], share: f32) -> Result<(), SignalsError>;
}

/// How a source is written.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub(super) encoding: &'static str,
    pub(super) notes: Vec<String>,
}

/// Reads a source.
pub(super) fn read(name: &str, bytes: &[u8], rows: &mut dyn Rows) -> Result<Form, SignalsError> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if bytes.starts_with(b"SQLite format 3\0") {
        return Err(SignalsError::Import(ImportError::Plan { name: file.to_owned() }));
    }
    match package::open(file, bytes).map_err(SignalsError::of)? {
        Some(package) => read_workbook(file, package, rows),
        None => read_separated(file, bytes, rows),
    }
}

fn read_workbook(name: &str, package: Package<'_>, rows: &mut dyn Rows) -> Result<Form, SignalsError> {
    if matches!(&package, Package::Zip(zip) if zip.kind == Kind::Word) {
        let other = ImportError::OtherKind {
            found: "a Word document",
            save_as: "an Excel workbook or CSV",
            name: name.to_owned(),
        };
        return Err(SignalsError::Import(other));
    }
    // the reader knows errors of its own kind only; ours waits here
    let mut stopped = None;
    let mut sheet: Option<String> = None;
    let notes = workbook::each_row(name, package, &mut |of_sheet, line, cells| {
        let mut give = || {
            if sheet.as_deref() != Some(of_sheet) {
                sheet = Some(of_sheet.to_owned());
                rows.sheet(of_sheet)?;
            }
            rows.row(line, cells, 0.0)
        };
        give().map_err(|error| stopped = Some(error)).is_ok()
    });
    match (stopped, notes) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(SignalsError::of(error)),
        (None, Ok(notes)) => Ok(Form { encoding: "workbook", notes }),
    }
}

fn read_separated(name: &str, bytes: &[u8], rows: &mut dyn Rows) -> Result<Form, SignalsError> {
    let name = name.to_owned();
    if bytes.len() > LIMIT_MB * 1024 * 1024 {
        return Err(SignalsError::TooLarge { what: format!("{} MB", bytes.len() / (1024 * 1024)), name });
    }
    if let Some(found) = known_binary(bytes) {
        return Err(SignalsError::Import(ImportError::NotText { found, name }));
    }
    let encoding = encoding_of(bytes);
    let mut head = String::new();
    let mut first = Decoding::new(bytes, encoding.new_decoder_with_bom_removal()).take(HEAD as u64);
    // cut within a character, the head's last one is lost, and with it nothing that matters
    let mut raw = Vec::new();
    let _ = first.read_to_end(&mut raw);
    head.push_str(&String::from_utf8_lossy(&raw));
    if head.trim().is_empty() {
        return Err(SignalsError::Import(ImportError::Empty { name }));
    }
    let odd = head.chars().filter(|c| *c == '\0' || *c == '\u{fffd}').count();
    if odd * 10 > head.chars().count() {
        return Err(SignalsError::Import(ImportError::NotText { found: "a binary file", name }));
    }
    let (delimiter, _, skipped) = delimited::delimiter_of(&head);
    let decoding = Decoding::new(bytes, encoding.new_decoder_with_bom_removal());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(CHUNK)
        .from_reader(decoding);
    let mut record = csv::StringRecord::new();
    loop {
        let begun = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            // the decoder gives valid UTF-8 and any number of cells is taken: there is nothing to refuse
            Err(_) => continue,
        }
        let after = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        // the reader passes over blank lines before a record, so its line is told from where it ends
        let within = record.as_slice().bytes().filter(|byte| *byte == b'\n').count();
        if within > MOST_LINES || record.as_slice().len() > LONGEST_RECORD {
            return Err(SignalsError::OpenQuote { line: usize::try_from(begun).unwrap_or(0), name });
        }
        let line = after.saturating_sub(within + 1);
        if line <= skipped {
            continue;
        }
        let cells: Vec<&str> = record.iter().collect();
        let share = reader.get_ref().share();
        rows.row(line, &cells, share)?;
    }
    Ok(Form { encoding: encoding.name(), notes: Vec::new() })
}

/// Decodes bytes as they are asked for, with one kind of line ending, and one at the end.
struct Decoding<'b> {
    bytes: &'b [u8],
    at: usize,
    decoder: Decoder,
    ready: Vec<u8>,
    given: usize,
    after_return: bool,
    done: bool,
}

impl<'b> Decoding<'b> {
    fn new(bytes: &'b [u8], decoder: Decoder) -> Self {
        Self { bytes, at: 0, decoder, ready: Vec::new(), given: 0, after_return: false, done: false }
    }

    /// How much was decoded, 0 to 1.
    fn share(&self) -> f32 {
        if self.bytes.is_empty() { 1.0 } else { self.at as f32 / self.bytes.len() as f32 }
    }

    /// Decodes the next chunk.
    fn fill(&mut self) {
        let end = (self.at + CHUNK).min(self.bytes.len());
        let last = end == self.bytes.len();
        // three bytes of UTF-8 for each byte of any encoding is the most there is
        let mut text = String::with_capacity(CHUNK * 3 + 16);
        let (result, read, _) = self.decoder.decode_to_string(&self.bytes[self.at..end], &mut text, last);
        self.at += read;
        self.ready.clear();
        self.given = 0;
        let mut rest = text.as_str();
        if self.after_return {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
            self.after_return = text.is_empty();
        }
        // "\r\n" and "\r" are "\n"; one whose other half is in the next chunk is remembered
        while let Some((line, after)) = rest.split_once('\r') {
            self.ready.extend_from_slice(line.as_bytes());
            self.ready.push(b'\n');
            self.after_return = after.is_empty();
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        self.ready.extend_from_slice(rest.as_bytes());
        if last && result == CoderResult::InputEmpty {
            self.done = true;
            self.ready.push(b'\n');
        }
    }
}

impl Read for Decoding<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.given == self.ready.len() {
            if self.done {
                return Ok(0);
            }
            self.fill();
        }
        let count = out.len().min(self.ready.len() - self.given);
        out[..count].copy_from_slice(&self.ready[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
