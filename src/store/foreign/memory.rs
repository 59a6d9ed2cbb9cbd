//! A file into memory: looked at first, never opened to write, nothing left beside it.

use super::super::error::{Fault, StoreError};
use super::super::open;
use super::super::sniff::{self, Here};
use super::KNOWN;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, MAIN_DB, OpenFlags};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for somebody who writes the file at this moment.
const PATIENCE: Duration = Duration::from_secs(2);

/// The largest file that is taken into memory, in bytes.
const LARGEST: u64 = 1 << 30;

/// Tables, views and triggers that a file may hold; what is not ours is passed over.
const MOST_OBJECTS: i32 = 20_000;

/// The file in memory, and the one name it has.
pub(super) fn bring(path: &Path) -> Result<(Connection, PathBuf), StoreError> {
    let path = sniff::real(path)?;
    let here = Here::enter(&path, KNOWN)?;
    let file = copy(&path, &here).map_err(|fault| fault.at(&path))?;
    Ok((file, path))
}

fn copy(path: &Path, here: &Here) -> Result<Connection, Fault> {
    if std::fs::metadata(path)?.len() > LARGEST {
        return Err(Fault::Damaged("it is larger than a plan can be".into()));
    }
    let mut file = Connection::open_in_memory()?;
    if is_wal(path, here)? {
        wal_bytes(path, &mut file)?;
    } else {
        by_pages(path, here, &mut file)?;
    }
    open::settle_with(&file, MOST_OBJECTS).map_err(|error| match error.to_string() {
        text if text.contains("too many schema objects") => {
            Fault::Damaged("it holds many thousands of tables that Recap did not make".into())
        }
        _ => Fault::Sql(error),
    })?;
    // what is asked of it is read only; that it could be written, in memory, serves nobody
    file.pragma_update(None, "query_only", true)?;
    Ok(file)
}

/// Whether the header says that changes go to a file beside it. A file that this program has open is not
/// touched by hand, and never is of that kind: opening makes it one file again.
fn is_wal(path: &Path, here: &Here) -> Result<bool, Fault> {
    if here.is_open_elsewhere() {
        return Ok(false);
    }
    let mut header = [0; 20];
    File::open(path)?.read_exact(&mut header)?;
    Ok(header[18] == 2 || header[19] == 2)
}

/// Page by page under SQLite's own lock, so that nobody's half-written change is read. Needs no look at what
/// the pages say. A change that a crash left half done (a `-journal` beside it that nobody holds) is refused by
/// SQLite, since only writing could take it back.
fn by_pages(path: &Path, here: &Here, to: &mut Connection) -> Result<(), Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let from = Connection::open_with_flags(path, flags)?;
    from.busy_timeout(PATIENCE)?;
    if here.is_open_elsewhere() && journal_mode(&from)?.eq_ignore_ascii_case("wal") {
        // open here to read: what belongs beside such a file stands there already
        let mut from = from;
        let bytes = from.serialize(MAIN_DB)?.to_vec();
        return from_bytes(bytes, to);
    }
    let backup = Backup::new(&from, to)?;
    // all in one step: one moment of the file, however long it is
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        _ => {
            Err(Fault::Sql(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY), None)))
        }
    }
}

fn journal_mode(file: &Connection) -> Result<String, Fault> {
    Ok(file.pragma_query_value(None, "journal_mode", |row| row.get(0))?)
}

/// A file in WAL mode would be given a `-wal` and a `-shm` by whoever opens it, so its bytes are read. They are
/// whole only while no change waits beside it.
fn wal_bytes(path: &Path, to: &mut Connection) -> Result<(), Fault> {
    let waits = || if sniff::beside(path, "-wal") { Err(Fault::HalfWritten) } else { Ok(()) };
    waits()?;
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    let mut bytes = Vec::new();
    file.by_ref().take(LARGEST).read_to_end(&mut bytes)?;
    let after = file.metadata()?;
    waits()?;
    if (before.len(), before.modified().ok()) != (after.len(), after.modified().ok()) {
        return Err(Fault::HalfWritten);
    }
    from_bytes(bytes, to)
}

/// The bytes of a whole file, said to be one that keeps no change beside it.
fn from_bytes(mut bytes: Vec<u8>, to: &mut Connection) -> Result<(), Fault> {
    if let Some(versions) = bytes.get_mut(18..20) {
        versions.fill(1);
    }
    to.deserialize_read_exact(MAIN_DB, bytes.as_slice(), bytes.len(), true)?;
    Ok(())
}
