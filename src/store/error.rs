//! What can go wrong with a plan file, told by what a person can do about it.

use super::{Presence, ReadOnlyReason};
use crate::model::EditError;
use rusqlite::{ErrorCode, ffi};
use std::path::{Path, PathBuf};

/// Why a plan file was not opened, read or written. The message says what happened and to what, the
/// path last; [`StoreError::remedy`] says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Some other kind of file.
    #[error("this is {kind}, not a plan: {}", path.display())]
    NotAPlan {
        /// What it is, with its article.
        kind: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// A file of no length, which SQLite would take for a new database.
    #[error("the file is empty, there is no plan in it: {}", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// A SQLite database that another program made.
    #[error("this is a database of another program, not a plan: {}", path.display())]
    SomebodyElses {
        /// The file.
        path: PathBuf,
    },
    /// A plan whose file is broken or cut short.
    #[error("the plan file is damaged ({what}): {}", path.display())]
    Damaged {
        /// What was found.
        what: String,
        /// The file.
        path: PathBuf,
    },
    /// A plan of a schema that this program does not know yet.
    #[error(
        "the plan was made by a newer Recap{} (file format {found}, this program knows up to {known}): {}",
        made_by.as_ref().map(|version| format!(", {version}")).unwrap_or_default(),
        path.display()
    )]
    Newer {
        /// The file's schema.
        found: i64,
        /// The newest one that we know.
        known: i64,
        /// The program that made it, where the file says so.
        made_by: Option<String>,
        /// The file.
        path: PathBuf,
    },
    /// Another program is writing it at this moment.
    #[error("the plan is being written{}: {}", whom(by.as_ref()), path.display())]
    Locked {
        /// Who has it open, as far as they said.
        by: Option<Presence>,
        /// The file.
        path: PathBuf,
    },
    /// It was opened to read only, or can only be read.
    #[error("the plan can only be read, {reason}: {}", path.display())]
    ReadOnly {
        /// Why.
        reason: ReadOnlyReason,
        /// The file.
        path: PathBuf,
    },
    /// It was left in the middle of a change, and cannot be put right where it lies.
    #[error("the plan was not closed properly, and it cannot be put right where it can only be read: {}", path.display())]
    HotJournal {
        /// The file.
        path: PathBuf,
    },
    /// No room.
    #[error("the disk is full, nothing was changed: {}", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// There is no such file, or no longer; or no folder for a new one.
    #[error("there is no such file or folder: {}", path.display())]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// The drive, share or folder does not answer, or not to this person.
    #[error("the file cannot be reached ({detail}): {}", path.display())]
    Unreachable {
        /// The system's words.
        detail: String,
        /// The file.
        path: PathBuf,
    },
    /// Something stands where a new file was to go.
    #[error("there is a file of this name already, it was left as it is: {}", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The plan has moved on from what the edit started from, or a field cannot hold what it says.
    #[error("{0}")]
    Changed(#[from] EditError),
    /// Others changed the plan since it was read here: nothing is written before that was looked at.
    #[error("somebody else changed the plan, nothing was written yet: {}", path.display())]
    Underneath {
        /// The file.
        path: PathBuf,
    },
    /// The edit would leave a row that belongs to no row, or a plan without its own row.
    #[error("the change does not fit the plan as it is now: {0}")]
    Unfit(String),
    /// The person stopped it.
    #[error("it was stopped, nothing was changed")]
    Stopped,
    /// A copy for somebody else does not hold exactly what was to go.
    #[error("the copy was not made, as it could not be proven that it holds only what was to go ({what}): {}", path.display())]
    Unproven {
        /// What was found, without a word of the plan.
        what: String,
        /// The copy that was to be.
        path: PathBuf,
    },
    /// A file that was to be compared with or taken over, not the plan that is worked on.
    #[error("{0}")]
    Theirs(Box<StoreError>),
    /// Anything else.
    #[error("{detail}: {}", path.display())]
    Other {
        /// SQLite's or the system's words.
        detail: String,
        /// The file.
        path: PathBuf,
    },
}

fn whom(presence: Option<&Presence>) -> String {
    presence.map(|presence| format!(" by {presence}")).unwrap_or_default()
}

impl StoreError {
    /// Whether the file or the input was refused (exit status 3), rather than that it could not be
    /// read or written (4).
    #[must_use]
    pub fn refused(&self) -> bool {
        match self {
            Self::Theirs(error) => error.refused(),
            Self::NotAPlan { .. }
            | Self::Empty { .. }
            | Self::SomebodyElses { .. }
            | Self::Damaged { .. }
            | Self::Newer { .. }
            | Self::Exists { .. }
            | Self::Changed(_)
            | Self::Unproven { .. }
            | Self::Unfit(_) => true,
            Self::Locked { .. }
            | Self::ReadOnly { .. }
            | Self::HotJournal { .. }
            | Self::DiskFull { .. }
            | Self::Gone { .. }
            | Self::Unreachable { .. }
            | Self::Underneath { .. }
            | Self::Stopped
            | Self::Other { .. } => false,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotAPlan { .. } => {
                "Choose a plan, a .db file that Recap made. Tables in a document come into a plan with Import."
            }
            Self::Empty { .. } => {
                "If it is in a cloud folder, wait until it has been downloaded. Otherwise restore a backup."
            }
            Self::SomebodyElses { .. } => "Choose a plan that Recap made; this file was left as it is.",
            Self::Damaged { .. } => "Restore a backup to a new file, and keep this one.",
            Self::Newer { .. } => "Open it with that version of Recap; this file was left as it is.",
            Self::Locked { .. } => "Try again in a moment, or open the plan to read only.",
            Self::ReadOnly { reason, .. } => reason.remedy(),
            Self::HotJournal { .. } => {
                "Open it once for editing, which puts it right. Where it cannot be written, copy the file together \
                 with the -journal or -wal file beside it to a folder of your own, and open it there."
            }
            Self::DiskFull { .. } => "Make room on that disk, or save a copy elsewhere, and try again.",
            Self::Gone { .. } => "Check the name, and whether it was moved or renamed.",
            Self::Unreachable { .. } => {
                "Check that the drive or share is connected and that you may use the folder, and try again."
            }
            Self::Exists { .. } => "Choose another name.",
            Self::Changed(_) => "Look at what it says now, and make the change again if it is still wanted.",
            Self::Underneath { .. } => "Look at what they changed, and try again.",
            Self::Unfit(_) => "Read the plan again, and make the change again if it is still wanted.",
            Self::Unproven { .. } => {
                "Nothing was shared and no file was left. Try again; if it happens again, it is a fault of the program: \
                 report it, and send a printed paper meanwhile."
            }
            Self::Stopped => "Start it again when it is wanted.",
            Self::Theirs(error) => error.remedy_of_theirs(),
            Self::Other { .. } => "Try again; if it happens again, restore a backup to a new file.",
        }
    }

    /// What to do about somebody else's file, which is not ours to put right.
    fn remedy_of_theirs(&self) -> &'static str {
        match self {
            Self::Damaged { .. } | Self::Other { .. } => "Ask for the file again, and save it in a folder of your own.",
            Self::Empty { .. } => {
                "If it is in a cloud folder, wait until it has been downloaded. Otherwise ask for the file again."
            }
            Self::Locked { .. } => "Try again in a moment, or ask for a copy of the file.",
            Self::HotJournal { .. } => {
                "Somebody is writing it, or it was not closed properly. Try again in a moment. If that does not help, \
                 copy it together with the -journal or -wal file beside it to a folder of your own, open the copy \
                 once, and take that."
            }
            Self::Newer { .. } => "Use a Recap that is as new; the file was left as it is.",
            other => other.remedy(),
        }
    }
}

/// What goes wrong inside the layer, before it is known which file it was.
#[derive(Debug)]
pub(super) enum Fault {
    /// SQLite's answer.
    Sql(rusqlite::Error),
    /// The file system's.
    Io(std::io::Error),
    /// The edit does not fit.
    Edit(EditError),
    /// A reference or rule of the plan that the edit would break.
    Unfit(String),
    /// What the file holds cannot be.
    Damaged(String),
    /// Something we meant to make is there.
    Exists,
    /// The folder for it is not.
    NoFolder(PathBuf),
    /// A change of it waits in a file beside it.
    HalfWritten,
    /// Only to be read.
    ReadOnly(ReadOnlyReason),
    /// Others changed the plan since it was read.
    Underneath,
    /// The person stopped it.
    Stopped,
    /// A copy that is not what it was to be.
    Unproven(String),
    /// An error that was told of a file already.
    Told(Box<StoreError>),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<EditError> for Fault {
    fn from(error: EditError) -> Self {
        Self::Edit(error)
    }
}

impl Fault {
    /// The error as a person is told it, of a certain file.
    pub(super) fn at(self, path: &Path) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::Edit(error) => StoreError::Changed(error),
            Self::Unfit(what) => StoreError::Unfit(what),
            Self::Damaged(what) => StoreError::Damaged { what, path },
            Self::Exists => StoreError::Exists { path },
            Self::HalfWritten => StoreError::HotJournal { path },
            Self::NoFolder(folder) => StoreError::Gone { path: folder },
            Self::ReadOnly(reason) => StoreError::ReadOnly { reason, path },
            Self::Underneath => StoreError::Underneath { path },
            Self::Stopped => StoreError::Stopped,
            Self::Unproven(what) => StoreError::Unproven { what, path },
            Self::Told(error) => *error,
            Self::Io(error) => from_io(&error, path),
            Self::Sql(error) => from_sql(&error, path),
        }
    }
}

fn from_io(error: &std::io::Error, path: PathBuf) -> StoreError {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => StoreError::Gone { path },
        ErrorKind::AlreadyExists => StoreError::Exists { path },
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::DiskFull { path },
        ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly { reason: ReadOnlyReason::Folder, path },
        _ => StoreError::Unreachable { detail: error.to_string(), path },
    }
}

fn from_sql(error: &rusqlite::Error, path: PathBuf) -> StoreError {
    let detail = error.to_string();
    let Some(code) = error.sqlite_error() else { return StoreError::Damaged { what: detail, path } };
    match code.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            StoreError::Locked { by: super::presence::look(&path), path }
        }
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StoreError::Damaged { what: detail, path },
        ErrorCode::DiskFull => StoreError::DiskFull { path },
        ErrorCode::ReadOnly => match code.extended_code {
            ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY | ffi::SQLITE_READONLY_CANTINIT => {
                StoreError::HotJournal { path }
            }
            // SQLite noticed that the name now leads to another file, or to none
            ffi::SQLITE_READONLY_DBMOVED => StoreError::Gone { path },
            ffi::SQLITE_READONLY_DIRECTORY => StoreError::ReadOnly { reason: ReadOnlyReason::Folder, path },
            _ => StoreError::ReadOnly { reason: ReadOnlyReason::File, path },
        },
        ErrorCode::CannotOpen if !path.exists() => StoreError::Gone { path },
        ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::PermissionDenied => {
            StoreError::Unreachable { detail, path }
        }
        _ => StoreError::Other { detail, path },
    }
}
