//! Looks through a SQLite file's bytes, whatever they are part of.
//!
//! A long text does not lie in one piece: what has no room in its page goes on in another one, whose number stands
//! at the break. So besides the bytes as they lie, every such break is looked at with both of its sides together.

use super::pieces::PIECE;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

/// What may stand on each side of a break: all but the last byte of what is looked for.
const SIDE: usize = PIECE - 1;
/// How much is read at once, in bytes.
const CHUNK: usize = 1 << 20;

/// What a file says of its pages.
struct Pages {
    /// In bytes.
    size: usize,
    /// Of each page, from 0, the first bytes of the text it goes on with; `None` where it holds no such text.
    heads: Vec<Option<[u8; SIDE]>>,
}

fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

impl Pages {
    /// One pass over the file.
    fn read(file: &mut File) -> io::Result<Self> {
        let bytes = file.metadata()?.len();
        let mut header = [0; 100];
        file.seek(SeekFrom::Start(0))?;
        file.read_exact(&mut header)?;
        let size = match number(&header[16..18]) {
            1 => 1 << 16,
            size if size >= 512 => size,
            _ => return Err(io::Error::other("the pages of the file have no size")),
        };
        let count = usize::try_from(bytes).unwrap_or(usize::MAX).div_ceil(size);
        let mut heads = Vec::with_capacity(count);
        each_chunk(file, size, &mut |chunk| {
            for page in chunk.chunks(size) {
                // any other page begins with its kind, which would be a number beyond all pages
                let goes_on = page.len() == size && number(&page[..4]) <= count;
                let head = page.get(4..4 + SIDE).and_then(|head| head.try_into().ok());
                heads.push(head.filter(|_| goes_on));
            }
        })?;
        Ok(Self { size, heads })
    }

    /// The text that a page goes on with, by the four bytes that name the page.
    fn head(&self, name: &[u8]) -> Option<&[u8; SIDE]> {
        let page = number(name).checked_sub(1)?;
        self.heads.get(page)?.as_ref()
    }
}

/// Gives the file's bytes, so many whole pages at once.
fn each_chunk(file: &mut File, page: usize, with: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let mut chunk = vec![0; (CHUNK / page).max(1) * page];
    file.seek(SeekFrom::Start(0))?;
    loop {
        let mut filled = 0;
        while filled < chunk.len() {
            match file.read(&mut chunk[filled..])? {
                0 => break,
                more => filled += more,
            }
        }
        if filled == 0 {
            return Ok(());
        }
        with(&chunk[..filled]);
    }
}

/// Gives all bytes of a file in stretches, so that whatever of at most [`PIECE`] bytes stands in it stands in one of
/// them: as they lie, and both sides of each break together.
pub(super) fn each(path: &Path, with: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let mut file = File::open(path)?;
    let pages = Pages::read(&mut file)?;
    let mut carried: Vec<u8> = Vec::new();
    each_chunk(&mut file, pages.size, &mut |chunk| {
        let across = [&carried[..], &chunk[..chunk.len().min(SIDE)]].concat();
        with(&across);
        with(chunk);
        carried = chunk[chunk.len().saturating_sub(SIDE)..].to_vec();
        for page in chunk.chunks(pages.size) {
            each_break(&pages, page, with);
        }
    })
}

/// Gives both sides of every break of a page.
fn each_break(pages: &Pages, page: &[u8], with: &mut dyn FnMut(&[u8])) {
    let mut joined = [0_u8; 2 * SIDE];
    for (at, name) in page.windows(4).enumerate() {
        // most names of pages begin with a zero, and most bytes of a text are none
        let Some(head) = (name[0] < 0x10).then(|| pages.head(name)).flatten() else { continue };
        // a page of text that goes on names the next one at its beginning, and ends with what goes on
        let before = if at == 0 { page } else { &page[..at] };
        let before = &before[before.len().saturating_sub(SIDE)..];
        let joint = &mut joined[SIDE - before.len()..];
        joint[..before.len()].copy_from_slice(before);
        joint[before.len()..].copy_from_slice(head);
        with(joint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusqlite::Connection;

    /// Whether a text stands in one stretch of a file.
    fn has(path: &Path, text: &[u8]) -> bool {
        let mut has = false;
        each(path, &mut |bytes| has |= bytes.windows(text.len()).any(|window| window == text)).expect("reads");
        has
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn every_piece_of_a_text_split_over_pages_is_found(length in 3_000_usize..20_000, seed in 0..1_000_u32) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("a.db");
            let file = Connection::open(&path).expect("opens");
            file.execute_batch("PRAGMA page_size = 1024; CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);")
                .expect("makes a table");
            let mut state = seed;
            let text: String = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    char::from(b'a' + u8::try_from((state >> 24) % 26).unwrap_or(0))
                })
                .collect();
            file.execute("INSERT INTO note (text) VALUES (?1)", [&text]).expect("writes");
            file.close().expect("closes");
            // across every break of a page of 1,024 bytes there are pieces that lie in no one page
            for start in (0..text.len() - PIECE).step_by(11) {
                let piece = &text.as_bytes()[start..start + PIECE];
                prop_assert!(has(&path, piece), "the piece at {start} of {length} bytes");
            }
            prop_assert!(!has(&path, b"NOT IN IT AT ALL, NOWHERE"));
        }
    }

    #[test]
    fn what_stands_across_two_chunks_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let mut bytes = vec![0xff_u8; CHUNK + 4096];
        bytes[16..18].copy_from_slice(&[0x10, 0]);
        bytes[CHUNK - 9..CHUNK + 15].copy_from_slice(b"a text across two chunks");
        std::fs::write(&path, &bytes).expect("writes");
        assert!(has(&path, b"a text across two chunks"), "in one stretch");
    }
}
