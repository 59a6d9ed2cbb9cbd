//! The plan file: one SQLite database that is opened only when it was looked at, changed only by
//! edits, and keeps every one of them in its journal.
//!
//! Knows the model and SQLite; no window, no report, no import. What it promises:
//! - a file that is refused stays as it is, byte for byte;
//! - an edit and its journal entry are written together or not at all, and an edit whose `before` is
//!   not what the file holds is refused whole;
//! - [`PlanFile::check`] finds what SQLite cannot, by replaying the journal;
//! - a file that is made anew appears whole or not at all, and never over another;
//! - a copy that is shared holds what was to go and nothing else, which is proven before it gets its name.

pub mod backup;
mod check;
mod commit;
mod error;
pub mod foreign;
mod journal;
mod manifest;
mod merging;
mod new_file;
mod open;
pub mod presence;
mod rows;
mod schema;
mod share;
mod signals;
mod sniff;
mod story;
mod underneath;

pub use backup::{Backup, BackupReason};
pub use check::{Finding, Soundness};
pub use error::StoreError;
pub use foreign::{BadRow, Foreign};
pub use journal::{Entry, EntryKind, HistoryOf, Reversible};
pub use manifest::Manifest;
pub use open::{Access, ReadOnlyReason, Wanted};
pub use presence::{Claim, Presence};
pub use share::{Beside, SharedCount, SharedFile, ToShare};
pub use signals::{Batching, Brought, Compared, Incoming, Standing};
pub use underneath::{Away, Found, There, Underneath};

use crate::model::{Change, Edit, Id, Plan, intent, view};
use chrono::{DateTime, Utc};
use error::Fault;
use new_file::NewFile;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use underneath::Watch;

/// Who changes a plan, when, and how it comes about.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// The name in settings, else the account's.
    pub who: &'a str,
    /// When.
    pub at: DateTime<Utc>,
    /// Edit, import or merge; undo and redo see to their own.
    pub kind: EntryKind,
}

/// An open plan.
pub struct PlanFile {
    // closed first: the mark that the file is open here goes after it
    file: Connection,
    path: PathBuf,
    access: Access,
    manifest: Option<Manifest>,
    plan: Id,
    watch: Watch,
    here: sniff::Here,
}

impl PlanFile {
    /// Makes a new plan that begins with an edit, and opens it. If it fails, there is no file.
    ///
    /// # Errors
    /// When a file of that name exists, the folder cannot be written to, or the edit makes no plan.
    pub fn create(path: &Path, first: &Edit, stamp: &Stamp<'_>) -> Result<Self, StoreError> {
        let nothing = Incoming { batch: Id::NIL, signals: &[], measures: &[], gone: &[] };
        Self::create_with(path, first, &nothing, stamp)
    }

    /// The same, with signals from the start; the edit must put the batch that they belong to.
    ///
    /// # Errors
    /// As [`PlanFile::create`].
    pub fn create_with(
        path: &Path,
        first: &Edit,
        incoming: &Incoming<'_>,
        stamp: &Stamp<'_>,
    ) -> Result<Self, StoreError> {
        let make = || -> Result<(), Fault> {
            let new = NewFile::at(path)?;
            let mut file = open::connect(new.path(), true)?;
            schema::climb(&mut file, schema::LADDER)?;
            let entry = commit::transact(&mut file, |file| {
                if !incoming.is_empty() {
                    signals::write(file, incoming, &mut |_, _| true)?;
                }
                commit::write(file, first, stamp, None)
            })?;
            let plans: i64 = file.query_row("SELECT count(*) FROM \"plan\"", [], |row| row.get(0))?;
            if entry.is_none() || plans != 1 {
                return Err(Fault::Unfit("it makes no plan".into()));
            }
            file.close().map_err(|(_, error)| error)?;
            new.place()
        };
        make().map_err(|fault| fault.at(path))?;
        // of our own schema, so the folder for backups is not asked for
        Self::open(path, Wanted::Write { backups: Path::new(""), now: stamp.at })
    }

    /// Opens a plan, looked at before it is trusted. One that cannot be written is opened to read
    /// only, and [`PlanFile::access`] says why.
    ///
    /// # Errors
    /// When it is no plan, or damaged, newer, locked, or out of reach. It is then as it was.
    pub fn open(path: &Path, wanted: Wanted<'_>) -> Result<Self, StoreError> {
        let opened = open::open(path, wanted, schema::LADDER)?;
        let open::Opened { file, mut access, path, here } = opened;
        let manifest = manifest::read(&file).map_err(|fault| fault.at(&path))?;
        if access == Access::Write
            && let Some(reason) = manifest.as_ref().and_then(Manifest::read_only)
        {
            access = Access::ReadOnly(reason);
        }
        let mut plan = Self { file, path, access, manifest, plan: Id::NIL, watch: Watch::default(), here };
        plan.plan = plan.asks(plan_id)?;
        plan.settle()?;
        Ok(plan)
    }

    /// Opens a plan to read only. The file stays as it is, but for a change that a killed program
    /// left half done: nothing can be read before that is taken back, and only opening to write
    /// takes it back.
    ///
    /// # Errors
    /// As for [`PlanFile::open`].
    pub fn open_to_read(path: &Path, backups: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        match Self::open(path, Wanted::ReadOnly) {
            Err(StoreError::HotJournal { .. }) => {
                Self::open(path, Wanted::Write { backups, now })?.close();
                Self::open(path, Wanted::ReadOnly)
            }
            opened => opened,
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What can be done with it.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// What it is, where it was shared; `None` for a plan of one's own.
    #[must_use]
    pub fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_ref()
    }

    /// The plan's id, which a copy for editing keeps.
    #[must_use]
    pub fn plan_id(&self) -> Id {
        self.plan
    }

    fn asks<T>(&self, what: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        what(&self.file).map_err(|fault| fault.at(&self.path))
    }

    /// Reads the whole plan, as it was at one moment.
    ///
    /// # Errors
    /// When the file cannot be read, a row of it cannot be, or one belongs to a row that is not there.
    pub fn read(&self) -> Result<Plan, StoreError> {
        self.asks(|file| {
            let moment = file.unchecked_transaction()?;
            rows::read_plan(&moment)
        })
    }

    /// Writes an edit and its journal entry. `None`: it changes nothing, and nothing was written.
    ///
    /// The entry that comes back holds the edit as it was written, for memory to apply: spelled as
    /// the file spells it, without NUL. Where it extended an earlier entry, only what was new.
    ///
    /// # Errors
    /// When a `before` is not what the file holds ([`StoreError::Changed`]), a row would belong to
    /// none, or the file cannot be written. Nothing was changed then.
    pub fn commit(&mut self, edit: &Edit, stamp: &Stamp<'_>) -> Result<Option<Entry>, StoreError> {
        self.writes(|file, _| commit::write(file, edit, stamp, None))
    }

    /// Takes back the last act that was not taken back yet, but not what others did since the plan was
    /// opened here. `None`: there is none.
    ///
    /// # Errors
    /// As [`PlanFile::commit`].
    pub fn undo(&mut self, stamp: &Stamp<'_>) -> Result<Option<Entry>, StoreError> {
        self.reverses(stamp, EntryKind::Undo)
    }

    /// Does again what was last taken back, if nothing else was done since. `None`: there is nothing.
    ///
    /// # Errors
    /// As [`PlanFile::commit`].
    pub fn redo(&mut self, stamp: &Stamp<'_>) -> Result<Option<Entry>, StoreError> {
        self.reverses(stamp, EntryKind::Redo)
    }

    fn reverses(&mut self, stamp: &Stamp<'_>, kind: EntryKind) -> Result<Option<Entry>, StoreError> {
        self.writes(|file, watch| {
            let steps = journal::steps(file)?;
            let (from, word) = if kind == EntryKind::Undo { (steps.undo, "Undo") } else { (steps.redo, "Redo") };
            let Some(step) = from.iter().rfind(|step| !watch.is_theirs(step.entry)) else { return Ok(None) };
            let entry = journal::find(file, "id", &step.entry.to_string())?;
            let edit = entry.edit.inverse(intent::reversal_label(word, &step.label));
            commit::write(file, &edit, &Stamp { kind, ..*stamp }, Some(entry.id))
        })
    }

    fn writes(
        &mut self,
        work: impl FnOnce(&Connection, &Watch) -> Result<Option<Entry>, Fault>,
    ) -> Result<Option<Entry>, StoreError> {
        let watch = &self.watch;
        let written = match self.access {
            Access::ReadOnly(reason) => Err(Fault::ReadOnly(reason)),
            Access::Write => commit::transact(&mut self.file, |file| {
                // in the transaction: from here on nobody else can write
                watch.guard(file)?;
                work(file, watch)
            }),
        };
        let entry = written.map_err(|fault| fault.at(&self.path))?;
        self.wrote(entry.as_ref());
        self.plan = self.asks(plan_id)?;
        Ok(entry)
    }

    /// What undo and redo would do.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn reversible(&self) -> Result<Reversible, StoreError> {
        self.asks(|file| Ok(journal::steps(file)?.reversible(|entry| self.watch.is_theirs(entry))))
    }

    /// The journal's entries, newest first; of a row or field, with only its changes in them.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn history(&self, of: &HistoryOf<'_>) -> Result<Vec<Entry>, StoreError> {
        self.asks(|file| journal::history(file, of))
    }

    /// What was changed from a time on, as the history has it; what was changed and changed back is left out.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn changes_since(&self, at: DateTime<Utc>) -> Result<Vec<Change>, StoreError> {
        self.asks(|file| journal::since(file, at)).map(view::net)
    }

    /// The entries that delete rows, newest first: what the bin is made of.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn deletions(&self) -> Result<Vec<Entry>, StoreError> {
        self.asks(journal::deletions)
    }

    /// Checks the file through and through; takes about as long as reading all of it.
    ///
    /// # Errors
    /// When the file is out of reach; what is wrong inside it is a finding.
    pub fn check(&self) -> Result<Soundness, StoreError> {
        self.asks(|file| {
            let moment = file.unchecked_transaction()?;
            Ok(check::check(&moment))
        })
    }

    fn is_moved(&self) -> bool {
        #[cfg(unix)]
        if self.file.path().is_some_and(|path| !path.is_empty()) {
            let mut moved = 0;
            let asked = self.file.file_control(Some("main"), rusqlite::FileControl::HasMoved(&mut moved));
            return asked.is_ok() && moved != 0;
        }
        self.path.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
    }

    /// Writes the plan as one sound file elsewhere: a copy that opens like this one, with its history.
    ///
    /// # Errors
    /// When there is a file of that name, it cannot be written, or the plan is not sound.
    pub fn copy_to(&self, to: &Path) -> Result<(), StoreError> {
        backup::copy_to(self, to)
    }

    /// Closes it.
    pub fn close(self) {
        drop(self);
    }
}

fn plan_id(file: &Connection) -> Result<Id, Fault> {
    let mut statement = file.prepare("SELECT id FROM \"plan\"")?;
    let mut found = statement.query([])?;
    let Some(row) = found.next()? else { return Err(Fault::Damaged("there is no plan in it".into())) };
    rows::id(row.get_ref(0)?)
}

fn data_version(file: &Connection) -> Result<i64, Fault> {
    Ok(file.pragma_query_value(None, "data_version", |row| row.get(0))?)
}
