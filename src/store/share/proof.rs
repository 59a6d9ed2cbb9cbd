//! The proof that nothing which was withheld stands in the copy's bytes.
//!
//! Texts of a piece's length and more are looked for in pieces at every offset, shorter ones whole; what stands in
//! what goes as well is passed over. So much is looked for at a time that memory stays bounded, however long the
//! history and however many the signals.

use super::super::error::Fault;
use super::super::open;
use super::pieces::{PIECE, Pieces};
use super::short::Short;
use super::withheld::{self, Goes};
use super::{ToShare, bytes, cells};
use rusqlite::Connection;
use std::path::Path;

/// How many pieces are looked for at a time.
const AT_ONCE: usize = 1 << 20;

struct Proof<'a> {
    copy: &'a Path,
    pieces: Pieces,
    short: Short,
}

/// Looks for all that was withheld. The copy must be closed, and every cell of it must have been held against what
/// was to go: its cells are what is passed over.
pub(super) fn nothing_else_goes(
    source: &Connection,
    what: &ToShare<'_>,
    goes: &Goes,
    copy: &Path,
) -> Result<(), Fault> {
    let mut proof = Proof { copy, pieces: Pieces::new(AT_ONCE), short: Short::default() };
    withheld::each(source, what, goes, &mut |text| {
        proof.look_for(text.as_bytes())?;
        match in_json(text) {
            Some(written) => proof.look_for(written.as_bytes()),
            None => Ok(()),
        }
    })?;
    proof.pieces_now()?;
    proof.short_now()
}

/// A text as the journal would spell it, where that is otherwise.
fn in_json(text: &str) -> Option<String> {
    let plain = text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\');
    if plain {
        return None;
    }
    let written = serde_json::to_string(text).ok()?;
    Some(written[1..written.len() - 1].to_owned())
}

impl Proof<'_> {
    fn look_for(&mut self, text: &[u8]) -> Result<(), Fault> {
        if text.len() < PIECE {
            return if self.short.add(text) { self.short_now() } else { Ok(()) };
        }
        let mut rest = text;
        while let Some(stopped) = self.pieces.add(rest) {
            self.pieces_now()?;
            rest = &rest[stopped..];
        }
        Ok(())
    }

    fn pieces_now(&mut self) -> Result<(), Fault> {
        if !self.pieces.is_empty() {
            each_cell(self.copy, &mut |cell| self.pieces.pass_over(cell))?;
            if !self.pieces.is_empty() {
                found(bytes::look(self.copy, &|bytes| self.pieces.found_in(bytes))?)?;
            }
        }
        self.pieces.clear();
        Ok(())
    }

    fn short_now(&mut self) -> Result<(), Fault> {
        if self.short.is_empty() {
            return Ok(());
        }
        let mut looking = self.short.looking().map_err(|error| Fault::Unproven(error.to_string()))?;
        each_cell(self.copy, &mut |cell| looking.pass_over(cell))?;
        if looking.is_empty() {
            return Ok(());
        }
        found(bytes::look(self.copy, &|bytes| looking.found_in(bytes))?)
    }
}

/// The cells of the copy. SQLite is done with the file before its bytes are read.
fn each_cell(copy: &Path, with: &mut dyn FnMut(&[u8])) -> Result<(), Fault> {
    let file = open::connect(copy, false)?;
    cells::each(&file, with)?;
    file.close().map_err(|(_, error)| Fault::Sql(error))
}

fn found(at: Option<u64>) -> Result<(), Fault> {
    match at {
        None => Ok(()),
        Some(at) => Err(Fault::Unproven(format!("a text that was to stay behind stands at byte {at}"))),
    }
}
