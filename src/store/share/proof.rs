//! The proof that nothing which was withheld stands in the copy's bytes.
//!
//! Texts of a piece's length and more are looked for in pieces at every offset, shorter ones whole. What is seen in
//! the copy must stand in what goes as well. So much is looked for at a time that memory stays bounded, however long
//! the history and however many the signals.

use super::super::error::Fault;
use super::super::open;
use super::pieces::{PIECE, Pieces};
use super::short::Short;
use super::sought::Sought;
use super::withheld::{self, Goes};
use super::{ToShare, bytes, cells};
use rusqlite::Connection;
use std::path::Path;
use std::sync::mpsc::Receiver;

/// How many pieces are looked for at a time.
const AT_ONCE: usize = 1 << 20;

struct Proof<'a> {
    copy: &'a Path,
    /// Says when the copy is written, while it is not.
    written: Option<Receiver<()>>,
    pieces: Pieces,
    short: Short,
}

/// Looks for all that was withheld. The copy may still be being written: `written` says when it is done. Its cells
/// are what is passed over, so the proof holds only if every cell of it is held against what was to go as well.
pub(super) fn nothing_else_goes(
    source: &Connection,
    what: &ToShare<'_>,
    goes: &Goes,
    copy: &Path,
    written: Option<Receiver<()>>,
) -> Result<(), Fault> {
    let mut proof = Proof { copy, written, pieces: Pieces::new(AT_ONCE), short: Short::default() };
    withheld::each(source, what, goes, &mut |text| {
        proof.look_for(text.as_bytes())?;
        match in_json(text) {
            Some(written) => proof.look_for(written.as_bytes()),
            None => Ok(()),
        }
    })?;
    proof.now()
}

/// Gives what goes, cell by cell, until the answer is that it was enough.
fn each_cell(copy: &Path, go_on: &mut dyn FnMut(&[u8]) -> bool) -> Result<(), Fault> {
    let file = open::connect(copy, false)?;
    cells::each(&file, go_on)?;
    file.close().map_err(|(_, error)| Fault::Sql(error))
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
            return if self.short.add(text) { self.now() } else { Ok(()) };
        }
        let mut rest = text;
        while let Some(stopped) = self.pieces.add(rest) {
            self.now()?;
            rest = &rest[stopped..];
        }
        Ok(())
    }

    /// Looks for all that was taken in so far, and forgets it.
    fn now(&mut self) -> Result<(), Fault> {
        let (pieces, short) = (&mut self.pieces, &mut self.short);
        if pieces.is_empty() && short.is_empty() {
            return Ok(());
        }
        if let Some(written) = self.written.take() {
            // whoever wrote it says why it could not be
            written.recv().map_err(|_| Fault::Stopped)?;
        }
        let copy = self.copy;
        // nearly always nothing is seen, or little
        let mut pieces_left = || -> Result<(), Fault> {
            bytes::each(copy, &mut |bytes| pieces.see(bytes))?;
            if pieces.seen() == 0 {
                return Ok(());
            }
            each_cell(copy, &mut |cell| {
                pieces.pass_over(cell);
                pieces.seen() > 0
            })
        };
        let short_left = || -> Result<(), Fault> {
            bytes::each(copy, &mut |bytes| short.see(bytes))?;
            if short.seen() == 0 {
                return Ok(());
            }
            each_cell(copy, &mut |cell| {
                short.pass_over(cell);
                short.seen() > 0
            })
        };
        // the two look through the same bytes, and need nothing of each other
        std::thread::scope(|scope| {
            let short_left = scope.spawn(short_left);
            pieces_left()?;
            short_left.join().unwrap_or_else(|_| Err(Fault::Unproven("it could not be looked through".into())))
        })?;
        let left = pieces.seen() + short.seen();
        if left > 0 {
            return Err(Fault::Unproven(format!("parts of texts that were to stay behind stand in it: {left}")));
        }
        pieces.clear();
        short.clear();
        Ok(())
    }
}
