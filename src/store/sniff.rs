//! What a file is, before SQLite is let near it: a refused file stays as it is, byte for byte.

use super::error::{Fault, StoreError};
use super::schema::{self, Ladder};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Far more than a plan can come to; more than that is not ours, whatever it says.
const LARGEST: u64 = 4 << 30;
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The plans this process has open. On Unix, closing any handle of a file drops the locks that SQLite
/// holds on it for this process, so a file that is open here is not read by hand.
static OPEN_HERE: Mutex<BTreeMap<Key, usize>> = Mutex::new(BTreeMap::new());

/// A file by what the system calls it, whatever its names; else by its name.
type Key = (Option<(u64, u64)>, PathBuf);

fn key(path: &Path) -> Key {
    match std::fs::metadata(path).ok().as_ref().and_then(super::underneath::identity) {
        Some(identity) => (Some(identity), PathBuf::new()),
        None => (None, path.to_owned()),
    }
}

fn open_here() -> MutexGuard<'static, BTreeMap<Key, usize>> {
    // a count is whole at every moment, whatever its last user came to
    OPEN_HERE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Says for as long as it lives that this process has a plan open.
#[derive(Debug)]
pub(super) struct Here(Key);

impl Here {
    /// Looks at a file, unless it is open here already (it was looked at then), and marks it open.
    pub(super) fn enter(path: &Path, ladder: Ladder) -> Result<Self, StoreError> {
        let mut open = open_here();
        let key = key(path);
        if !open.contains_key(&key) {
            sniff(path, ladder)?;
        }
        *open.entry(key.clone()).or_default() += 1;
        Ok(Self(key))
    }

    /// Whether this process has the file open besides.
    pub(super) fn is_open_elsewhere(&self) -> bool {
        open_here().get(&self.0).is_some_and(|count| *count > 1)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut open = open_here();
        if let Some(count) = open.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.0);
            }
        }
    }
}

/// The one name a file has on this machine: two names of one file are one plan, and a relative name
/// that starts with `file:` would be taken for an address.
pub(super) fn real(path: &Path) -> Result<PathBuf, StoreError> {
    // on Windows a canonical path is of a form (\\?\) that other programs are not shown
    let real = if cfg!(windows) { std::path::absolute(path) } else { path.canonicalize() };
    real.map_err(|error| Fault::Io(error).at(path))
}

/// Whether a file stands beside another, its name made longer, with something in it.
pub(super) fn beside(path: &Path, ending: &str) -> bool {
    std::fs::metadata(with_ending(path, ending)).is_ok_and(|file| file.len() > 0)
}

/// A path with something added to the file's name.
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Looks at a file's first bytes. Not while this process holds a lock on it: see [`OPEN_HERE`].
pub(super) fn sniff(path: &Path, ladder: Ladder) -> Result<(), StoreError> {
    let (length, head) = read_head(path).map_err(|error| Fault::Io(error).at(path))?;
    let Some(head) = head else {
        return Err(StoreError::NotAPlan { kind: "a folder", path: path.to_owned() });
    };
    if length == 0 {
        return Err(StoreError::Empty { path: path.to_owned() });
    }
    if !head.starts_with(MAGIC) {
        return Err(StoreError::NotAPlan { kind: kind(&head), path: path.to_owned() });
    }
    let damaged = |what: &str| Err(StoreError::Damaged { what: what.to_owned(), path: path.to_owned() });
    let Some(header) = head.get(..100) else { return damaged("it is cut short") };
    let number =
        |at: usize| i64::from(u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]));
    if number(68) != i64::from(schema::APPLICATION_ID) {
        return Err(StoreError::SomebodyElses { path: path.to_owned() });
    }
    let (found, known) = (number(60), schema::newest(ladder));
    if found > known {
        return Err(StoreError::Newer { found, known, made_by: made_by(path, header[18] == 2), path: path.to_owned() });
    }
    if found == 0 {
        return damaged("it was never finished");
    }
    if length > LARGEST {
        return damaged("it is larger than a plan can be");
    }
    // a page size of 1 stands for 65,536; after a crash the length counts only once SQLite rolled back
    let page = i64::from(u16::from_be_bytes([header[16], header[17]]));
    let whole = number(28) * if page == 1 { 65_536 } else { page };
    if i64::try_from(length).is_ok_and(|length| length < whole) && !beside(path, "-journal") && !beside(path, "-wal") {
        return damaged("it is cut short");
    }
    Ok(())
}

/// Length and first part of a file; no first part for a folder.
fn read_head(path: &Path) -> std::io::Result<(u64, Option<Vec<u8>>)> {
    let found = std::fs::metadata(path)?;
    if found.is_dir() {
        return Ok((0, None));
    }
    if !found.is_file() {
        // reading a pipe would wait for ever
        return Err(std::io::Error::other("it is no ordinary file"));
    }
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::new();
    file.by_ref().take(64 * 1024).read_to_end(&mut head)?;
    Ok((length, Some(head)))
}

/// What a file that is no SQLite database is, by its first bytes.
fn kind(head: &[u8]) -> &'static str {
    let holds = |what: &str| head.windows(what.len()).any(|window| window == what.as_bytes());
    let text = std::str::from_utf8(head).or_else(|error| {
        // the cut at 64 KiB may go through a character
        if error.error_len().is_none() { std::str::from_utf8(&head[..error.valid_up_to()]) } else { Err(error) }
    });
    match head {
        [b'P', b'K', 3, 4, ..] if holds("word/") => "a Word document",
        [b'P', b'K', 3, 4, ..] if holds("xl/") => "an Excel workbook",
        [b'P', b'K', 3, 4, ..] if holds("ppt/") => "a PowerPoint presentation",
        [b'P', b'K', 3, 4, ..] if holds("opendocument.spreadsheet") => "an OpenDocument spreadsheet",
        [b'P', b'K', 3, 4, ..] if holds("opendocument.text") => "an OpenDocument text",
        [b'P', b'K', 3, 4, ..] => "a zip archive",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an older Office document",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] => "a picture",
        [b'{', b'\\', b'r', b't', b'f', ..] => "an RTF document",
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "a text file",
        _ => match text {
            Ok(text) if text.contains('\0') => "a file of another kind",
            Ok(text) if text.trim_start().get(..5).is_some_and(|t| t.eq_ignore_ascii_case("<html")) => "a web page",
            Ok(text) if text.trim_start().get(..9).is_some_and(|t| t.eq_ignore_ascii_case("<!doctype")) => "a web page",
            Ok(_) => "a text file",
            Err(_) => "a file of another kind, or encrypted",
        },
    }
}

/// What a newer program left as its name. Opening a WAL file even to read would leave files beside it.
fn made_by(path: &Path, wal: bool) -> Option<String> {
    if wal || beside(path, "-journal") {
        return None;
    }
    // a table of that name may be a view that never ends
    let file = super::open::connect(path, false).ok()?;
    let made_by: String = file.query_row("SELECT value FROM meta WHERE key = 'made_by'", [], |row| row.get(0)).ok()?;
    Some(made_by.chars().filter(|c| !c.is_control()).take(60).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_first_bytes() {
        let cases: [(&[u8], &str); 7] = [
            (b"PK\x03\x04..word/document.xml", "a Word document"),
            (b"PK\x03\x04..xl/workbook.xml", "an Excel workbook"),
            (b"PK\x03\x04..readme", "a zip archive"),
            (b"%PDF-1.7", "a PDF"),
            (b"Reference\tTheme\n", "a text file"),
            (b"  <!DOCTYPE html>", "a web page"),
            (b"\x9b\x00\xff\xfe\x13", "a file of another kind, or encrypted"),
        ];
        for (head, wanted) in cases {
            assert_eq!(kind(head), wanted, "{head:?}");
        }
    }
}
