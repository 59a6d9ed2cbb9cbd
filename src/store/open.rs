//! Opening: nothing is trusted before it was looked at, and nothing is written before it is trusted.

use super::error::{Fault, StoreError};
use super::schema::{self, Ladder};
use super::sniff::{self, Here};
use super::{backup, rows};
use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait for another program's transaction; ours take milliseconds, on a share tens.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a plan is opened for.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    /// To change it. Where that cannot be, it is opened to read only; see [`Access`].
    Write {
        /// Where the backup goes that is made first, should the file be of an older schema.
        backups: &'a Path,
        /// The time of that backup.
        now: DateTime<Utc>,
    },
    /// To read only: the file is left as it is, even where its schema is older.
    ReadOnly,
}

/// What can be done with an open plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It can be changed.
    Write,
    /// It can only be read.
    ReadOnly(ReadOnlyReason),
}

/// Why a plan can only be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnlyReason {
    /// It was asked for.
    Asked,
    /// The file is write-protected, for everybody or for this person.
    File,
    /// The folder is: SQLite could not keep its journal beside the plan.
    Folder,
    /// It is a copy that somebody shared to be read.
    Shared,
}

impl ReadOnlyReason {
    /// Why, in words that follow "the plan can only be read".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Asked => "it was opened that way",
            Self::File => "the file is write-protected",
            Self::Folder => "its folder cannot be written to",
            Self::Shared => "it is a copy that was shared to be read",
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Asked => "Open it again for editing.",
            Self::File => "Take off the write protection, or save a copy elsewhere and work on that.",
            Self::Folder => "Save a copy in a folder of your own and work on that.",
            Self::Shared => {
                "Compare it with your own plan and take over what you want; to change it, ask for a copy to edit."
            }
        }
    }
}

impl std::fmt::Display for ReadOnlyReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

/// An open plan file, looked at and found sound.
pub(super) struct Opened {
    pub(super) file: Connection,
    pub(super) access: Access,
    pub(super) path: PathBuf,
    pub(super) here: Here,
}

/// Opens a plan whose schema is one of a ladder's, and brings it to the newest.
pub(super) fn open(path: &Path, wanted: Wanted<'_>, ladder: Ladder) -> Result<Opened, StoreError> {
    let path = sniff::real(path)?;
    let here = Here::enter(&path, ladder)?;
    let access = match wanted {
        Wanted::ReadOnly => Access::ReadOnly(ReadOnlyReason::Asked),
        Wanted::Write { .. } => protection(&path).map_or(Access::Write, Access::ReadOnly),
    };
    let (mut file, access) = open_as(&path, access, ladder).map_err(|fault| fault.at(&path))?;
    let version = schema::version(&file).map_err(|fault| fault.at(&path))?;
    if version < schema::newest(ladder) {
        match (access, wanted) {
            (Access::Write, Wanted::Write { backups, now }) => {
                backup::before_upgrade(&file, backups, now)?;
            }
            _ => file = in_memory(&file).map_err(|fault| fault.at(&path))?,
        }
        schema::climb(&mut file, ladder).map_err(|fault| fault.at(&path))?;
    }
    Ok(Opened { file, access, path, here })
}

/// Opens a file as it is, looked at and found sound.
pub(super) fn open_as(path: &Path, access: Access, ladder: Ladder) -> Result<(Connection, Access), Fault> {
    let file = connect(path, access == Access::Write)?;
    trust(&file, ladder)?;
    if access != Access::Write {
        return Ok((file, access));
    }
    let reason = if file.is_readonly("main")? {
        Some(ReadOnlyReason::File)
    } else {
        // a WAL file (somebody's tool made it one) goes back to one file that can be mailed
        file.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
        unwritable(&file)?
    };
    match reason {
        None => Ok((file, access)),
        Some(reason) => {
            drop(file);
            Ok((connect(path, false)?, Access::ReadOnly(reason)))
        }
    }
}

/// Opens a connection with every setting that we rely on.
pub(super) fn connect(path: &Path, write: bool) -> Result<Connection, Fault> {
    let mode = if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    // no CREATE: a file that is not there is an error, not a new plan; no URI: a path is a path
    let flags = mode | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let file = Connection::open_with_flags(path, flags)?;
    settle(&file)?;
    Ok(file)
}

fn settle(file: &Connection) -> Result<(), rusqlite::Error> {
    settle_with(file, 2_000)
}

/// The same for a file that may hold so many objects: reading one's schema is what costs.
pub(super) fn settle_with(file: &Connection, objects: i32) -> Result<(), rusqlite::Error> {
    file.busy_timeout(PATIENCE)?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        // we have neither, so those in a file are somebody else's
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        file.set_db_config(setting, on)?;
    }
    for (limit, most) in [
        // an import's entry in the journal is one text
        (Limit::SQLITE_LIMIT_LENGTH, 256 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 100),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 40),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 10),
        // 0 would break VACUUM INTO, which is how backups are made
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
        (Limit::SQLITE_LIMIT_VARIABLE_NUMBER, 100),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_SCHEMA, objects),
    ] {
        file.set_limit(limit, most)?;
    }
    // cache_spill: the file stays untouched until the commit, so that a sync tool copies no half of one.
    // cache_size: in KiB; a plan is read a second time from memory. secure_delete: deleted text is gone. temp_store: no text in temporary files.
    file.execute_batch(
        "PRAGMA cache_size = -32000; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA synchronous = FULL; PRAGMA cache_spill = OFF;
         PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;",
    )
}

/// Whether a file that says it is a plan can be relied on.
fn trust(file: &Connection, ladder: Ladder) -> Result<(), Fault> {
    let version = schema::version(file)?;
    let id: i32 = file.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != schema::APPLICATION_ID || version < 1 || version > schema::newest(ladder) {
        return Err(Fault::Damaged("its marks changed while it was being opened".into()));
    }
    let wrong = schema::differences(file, ladder, version)?.wrong;
    // the journal, most of an old file, is left to `check`: each entry of it carries a checksum, and
    // that a row's row exists is seen where the rows are read, for a tenth of what SQLite needs
    let kinds = schema::kinds(file)?;
    let tables = kinds.iter().map(|entity| integrity(file, &format!("'{}'", entity.word())));
    for found in std::iter::once(Ok(wrong)).chain(tables) {
        if let Some(what) = found?.into_iter().next() {
            return Err(Fault::Damaged(what));
        }
    }
    Ok(())
}

/// What SQLite finds wrong with a file (at most so many things) or with one table of it.
pub(super) fn integrity(file: &Connection, what: &str) -> Result<Vec<String>, Fault> {
    let mut statement = file.prepare(&format!("PRAGMA integrity_check({what})"))?;
    let lines: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

/// Rows that belong to a row which does not exist, in words.
pub(super) fn dangling(file: &Connection) -> Result<Vec<String>, Fault> {
    let mut statement = file.prepare("PRAGMA foreign_key_check")?;
    let rows = statement.query_map([], |row| {
        let (child, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(rows::without(&child, &parent))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the file system says of itself, without trying.
fn protection(path: &Path) -> Option<ReadOnlyReason> {
    let protected = |path: &Path| std::fs::metadata(path).is_ok_and(|found| found.permissions().readonly());
    if protected(path) {
        return Some(ReadOnlyReason::File);
    }
    // on Windows a folder's read-only mark does not stop anybody writing in it
    (cfg!(unix) && path.parent().is_some_and(protected)).then_some(ReadOnlyReason::Folder)
}

/// SQLite's own answer: begins a change that needs the journal beside the plan, and takes it back.
/// Nothing of it reaches the plan file.
fn unwritable(file: &Connection) -> Result<Option<ReadOnlyReason>, Fault> {
    let version = schema::version(file)?;
    let tried = file.execute_batch(&format!("BEGIN IMMEDIATE; PRAGMA user_version = {version};"));
    if !file.is_autocommit() {
        file.execute_batch("ROLLBACK")?;
    }
    let Err(error) = tried else { return Ok(None) };
    Ok(match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Some(ReadOnlyReason::Folder),
        // somebody else is writing at this moment, so the place can be written to
        _ => None,
    })
}

/// A copy that can be brought to a newer schema while the file stays as it is.
fn in_memory(file: &Connection) -> Result<Connection, Fault> {
    let mut copy = Connection::open_in_memory()?;
    rusqlite::backup::Backup::new(file, &mut copy)?.run_to_completion(1_000, Duration::ZERO, None)?;
    settle(&copy)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::super::schema::LADDER;
    use super::super::{PlanFile, rows};
    use super::*;
    use crate::model::{Id, intent};
    use crate::store::{EntryKind, Stamp};

    /// A schema that does not exist yet, one step above ours.
    const NEXT: Ladder = &[
        LADDER[0],
        LADDER[1],
        LADDER[2],
        LADDER[3],
        LADDER[4],
        LADDER[5],
        "CREATE TABLE later (id TEXT PRIMARY KEY NOT NULL) STRICT;",
    ];

    fn old_plan() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.db");
        let first = intent::create_plan(Id::NIL.derive(&["plan"]), "NHS Northmoor CCG", "", None);
        let stamp = Stamp { who: "Somebody", at: DateTime::default(), kind: EntryKind::Edit };
        PlanFile::create(&path, &first, &stamp).expect("makes a plan");
        (folder, path)
    }

    #[test]
    fn an_older_schema_is_brought_up_after_a_backup() {
        let (folder, path) = old_plan();
        let before = rows::read_plan(&connect(&path, false).expect("opens")).expect("reads");
        let backups = folder.path().join("backups");
        let wanted = Wanted::Write { backups: &backups, now: DateTime::default() };
        let opened = open(&path, wanted, NEXT).expect("opens");
        assert_eq!(schema::version(&opened.file).expect("reads"), schema::newest(NEXT), "newest");
        assert_eq!(rows::read_plan(&opened.file).expect("reads"), before, "with everything in it");
        let backup = backup::list(&backups, None).pop().expect("one was made");
        assert_eq!(
            schema::version(&connect(&backup.path, false).expect("opens")).expect("reads"),
            schema::newest(LADDER),
            "of the old file"
        );
    }

    #[test]
    fn without_a_backup_an_older_schema_stays() {
        let (folder, path) = old_plan();
        let before = std::fs::read(&path).expect("reads");
        let blocked = folder.path().join("backups");
        std::fs::write(&blocked, b"a file where the folder should be").expect("writes");
        let wanted = Wanted::Write { backups: &blocked, now: DateTime::default() };
        assert!(open(&path, wanted, NEXT).is_err(), "no place for the backup");
        assert!(std::fs::read(&path).expect("reads") == before, "as it was");
    }

    #[test]
    fn to_read_an_older_schema_the_file_is_left_alone() {
        let (_folder, path) = old_plan();
        let before = std::fs::read(&path).expect("reads");
        let opened = open(&path, Wanted::ReadOnly, NEXT).expect("opens");
        assert_eq!(schema::version(&opened.file).expect("reads"), schema::newest(NEXT), "newest in memory");
        assert!(std::fs::read(&path).expect("reads") == before, "as it was");
    }
}
