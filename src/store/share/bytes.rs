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
        each_chunk(file, size, &mut |_, chunk| {
            for page in chunk.chunks(size) {
                // any other page begins with its kind, which would be a number beyond all pages
                let goes_on = page.len() == size && number(&page[..4]) <= count;
                let head = page.get(4..4 + SIDE).and_then(|head| head.try_into().ok());
                heads.push(head.filter(|_| goes_on));
            }
            Ok(())
        })?;
        Ok(Self { size, heads })
    }

    /// The text that a page goes on with, by the four bytes that name the page.
    fn head(&self, name: &[u8]) -> Option<&[u8; SIDE]> {
        let page = number(name).checked_sub(1)?;
        self.heads.get(page)?.as_ref()
    }
}

/// Gives the file's bytes, so many whole pages at once, each with its place.
fn each_chunk(file: &mut File, page: usize, with: &mut dyn FnMut(u64, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut chunk = vec![0; (CHUNK / page).max(1) * page];
    let mut at = 0;
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
        with(at, &chunk[..filled])?;
        at += u64::try_from(filled).unwrap_or(0);
    }
}

/// Where in a file something stands that `found_in` finds, if it does: at or near this byte. What it looks for is at
/// most [`PIECE`] bytes long.
pub(super) fn look(path: &Path, found_in: &dyn Fn(&[u8]) -> Option<usize>) -> io::Result<Option<u64>> {
    let mut file = File::open(path)?;
    let pages = Pages::read(&mut file)?;
    let mut found: Option<u64> = None;
    let mut carried: Vec<u8> = Vec::new();
    let offset = |at: usize| u64::try_from(at).unwrap_or(0);
    each_chunk(&mut file, pages.size, &mut |at, chunk| {
        if found.is_some() {
            return Ok(());
        }
        // as the bytes lie
        let across = [&carried[..], &chunk[..chunk.len().min(SIDE)]].concat();
        let hit = found_in(&across).map(|hit| (at + offset(hit)).saturating_sub(offset(carried.len())));
        found = hit.or_else(|| found_in(chunk).map(|hit| at + offset(hit)));
        carried = chunk[chunk.len().saturating_sub(SIDE)..].to_vec();
        for (page, bytes) in chunk.chunks(pages.size).enumerate().filter(|_| found.is_none()) {
            if let Some(hit) = at_breaks(&pages, bytes, found_in) {
                found = Some(at + offset(page * pages.size + hit));
                break;
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// Looks at both sides of every break of a page.
fn at_breaks(pages: &Pages, page: &[u8], found_in: &dyn Fn(&[u8]) -> Option<usize>) -> Option<usize> {
    let mut joined = [0_u8; 2 * SIDE];
    for at in 0..page.len().saturating_sub(3) {
        // most names of pages begin with a zero, and most bytes of a text are none
        let Some(head) = (page[at] < 0x10).then(|| pages.head(&page[at..at + 4])).flatten() else { continue };
        // a page of text that goes on names the next one at its beginning, and ends with what goes on
        let before = if at == 0 { page } else { &page[..at] };
        let before = &before[before.len().saturating_sub(SIDE)..];
        let joint = &mut joined[SIDE - before.len()..];
        joint[..before.len()].copy_from_slice(before);
        joint[before.len()..].copy_from_slice(head);
        if found_in(joint).is_some() {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rusqlite::Connection;

    fn looks_for(text: &[u8]) -> impl Fn(&[u8]) -> Option<usize> {
        let text = text.to_vec();
        move |bytes| bytes.windows(text.len()).position(|window| window == text)
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
                let found = look(&path, &looks_for(piece)).expect("reads");
                prop_assert!(found.is_some(), "the piece at {start} of {length} bytes");
            }
            prop_assert_eq!(look(&path, &looks_for(b"NOT IN IT AT ALL, NOWHERE")).expect("reads"), None);
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
        let found = look(&path, &looks_for(b"a text across two chunks")).expect("reads");
        assert_eq!(found, Some(u64::try_from(CHUNK - 9).expect("fits")), "where it stands");
    }
}
