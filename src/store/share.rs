//! A copy of a plan for somebody else: made anew from what goes, never cut down from what is there, and proven
//! before it gets its name.
//!
//! The proof has two halves. Every table is read back and held against what was to go (`verify`); and the bytes are
//! looked through for all that was to stay behind (`proof`), so that nothing lies in a page where no row stands.
//! Whatever fails, there is no file.

mod bytes;
mod cells;
mod counts;
mod pieces;
mod proof;
mod short;
mod sought;
mod verify;
mod withheld;

pub use counts::SharedCount;

use super::error::Fault;
use super::journal::{self, Entry, EntryKind};
use super::new_file::NewFile;
use super::{Access, Incoming, Manifest, PlanFile, StoreError, manifest, open, rows, schema, signals};
use crate::model::signal::{Held, MeasureFact};
use crate::model::{Change, EXISTS, Edit, Entity, Id, InPlan, Plan, Value, Visit};
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::sync::mpsc::channel;

/// What is to go, and into what.
#[derive(Debug, Clone, Copy)]
pub struct ToShare<'a> {
    /// The plan that it is made of, as the file holds it.
    pub source: &'a Plan,
    /// The rows that go; with signals, the batch that they come in too.
    pub plan: &'a Plan,
    /// The batch's id, where signals go.
    pub batch: Option<Id>,
    /// Signals that go: with fresh keys, without references, kept texts and places in their sources.
    pub signals: &'a [Held],
    /// Measures that go, without places in their sources.
    pub measures: &'a [MeasureFact],
    /// Signals as counts.
    pub counts: &'a [SharedCount],
    /// What the copy says of itself.
    pub manifest: &'a Manifest,
    /// The label of the copy's first journal entry.
    pub label: &'a str,
    /// Names that must not be in the copy: of the person at the desk, of the plan's file.
    pub names: &'a [String],
}

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedFile {
    /// The SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
}

/// What a plan's file holds beside the rows of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside {
    /// Entries of the journal.
    pub entries: usize,
    /// Signals that count.
    pub signals: usize,
    /// Measures that count.
    pub measures: usize,
}

impl PlanFile {
    /// The last entry of the journal: two copies of a plan that have the same one are the same.
    ///
    /// # Errors
    /// When the journal cannot be read, or has none.
    pub fn last_entry(&self) -> Result<Id, StoreError> {
        self.asks(last_entry)
    }

    /// What the file holds beside the rows of the plan, counted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn beside(&self) -> Result<Beside, StoreError> {
        let entries = self.asks(|file| Ok(file.query_row("SELECT count(*) FROM entry", [], |row| row.get(0))?));
        let entries: i64 = entries?;
        let mut signals = 0;
        self.each_signal(|_| signals += 1)?;
        Ok(Beside { entries: usize::try_from(entries).unwrap_or(0), signals, measures: self.held_measures()?.len() })
    }

    /// The counts that the file was shared with; none in a plan of one's own.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shared_counts(&self) -> Result<Vec<SharedCount>, StoreError> {
        self.asks(counts::read)
    }

    /// Makes a copy of what goes, proves it, and gives it its name. `go_on` is told how far it is, 0 to 1; `false`
    /// for an answer stops it. Whatever fails, there is no file.
    ///
    /// # Errors
    /// When this plan can only be read, or was changed since the manifest's base; when a file of that name exists or
    /// cannot be written; and when the proof fails ([`StoreError::Unproven`]).
    pub fn share_to(
        &self,
        to: &Path,
        what: &ToShare<'_>,
        go_on: &mut dyn FnMut(f32) -> bool,
    ) -> Result<SharedFile, StoreError> {
        if let Access::ReadOnly(reason) = self.access {
            return Err(Fault::ReadOnly(reason).at(&self.path));
        }
        let mut at = |done: f32| if go_on(done) { Ok(()) } else { Err(Fault::Stopped) };
        let mut made = || -> Result<SharedFile, Fault> {
            let new = NewFile::at(to)?;
            let moment = self.file.unchecked_transaction()?;
            if last_entry(&moment)? != what.manifest.base {
                return Err(Fault::Unfit("it was changed while it was being shared".into()));
            }
            at(0.05)?;
            let made = make_and_prove(&moment, what, new.path(), &mut at)?;
            new.place()?;
            Ok(made)
        };
        made().map_err(|fault| fault.at(to))
    }
}

/// Writes the copy and reads it back on a thread of its own, while what is to stay behind is gathered here and then
/// looked for in its bytes.
fn make_and_prove(
    source: &Connection,
    what: &ToShare<'_>,
    copy: &Path,
    at: &mut dyn FnMut(f32) -> Result<(), Fault>,
) -> Result<SharedFile, Fault> {
    std::thread::scope(|scope| {
        let (tell, written) = channel();
        let making = scope.spawn(move || {
            let entry = write(copy, what)?;
            // nobody listens where nothing was withheld
            tell.send(()).ok();
            verify::read_back(copy, what, &entry)?;
            measured(copy)
        });
        let prove = || {
            let goes = withheld::goes(what)?;
            at(0.3)?;
            proof::nothing_else_goes(source, what, &goes, copy, Some(written))?;
            at(0.9)
        };
        let proven = prove();
        let made = making.join().unwrap_or_else(|_| Err(Fault::Unproven("it could not be read back".into())))?;
        proven.map(|()| made)
    })
}

fn last_entry(file: &Connection) -> Result<Id, Fault> {
    let id = journal::last_id(file)?.ok_or_else(|| Fault::Damaged("it has no history".into()))?;
    id.parse().map_err(|_| Fault::Damaged("an entry of the history has no id".into()))
}

/// The copy's one journal entry as it was written.
struct FirstEntry {
    id: Id,
    changes: String,
    checksum: String,
}

/// Writes the copy into a file that is empty so far. Nothing is written beside it.
fn write(copy: &Path, what: &ToShare<'_>) -> Result<FirstEntry, Fault> {
    let mut file = open::connect(copy, true)?;
    // nobody misses the file if it is left half made, so what would take its pages back need not be on disk
    file.pragma_update_and_check(None, "journal_mode", "MEMORY", |_| Ok(()))?;
    schema::climb(&mut file, schema::LADDER)?;
    let writing = file.transaction()?;
    // the entry is as long as all rows together: it is written down while they are
    let (rows, entry) = std::thread::scope(|scope| {
        let entry = scope.spawn(|| first_entry(what));
        let rows = write_rows(&writing, what);
        (rows, entry.join().unwrap_or_else(|_| Err(Fault::Unfit("it cannot be written down".into()))))
    });
    rows?;
    let (entry, first) = entry?;
    journal::write_changes(&writing, &entry, &first.changes, &first.checksum)?;
    writing.commit()?;
    file.close().map_err(|(_, error)| Fault::Sql(error))?;
    Ok(first)
}

/// The copy's one journal entry: all rows came to be.
fn first_entry(what: &ToShare<'_>) -> Result<(Entry, FirstEntry), Fault> {
    let mut changes = Vec::new();
    for entity in Entity::ALL {
        entity.visit(Arrive { plan: what.plan, changes: &mut changes });
    }
    let changes =
        serde_json::to_string(&changes).map_err(|error| Fault::Unfit(format!("it cannot be written down: {error}")))?;
    let entry = Entry {
        id: Id::random(),
        seq: 1,
        at: what.manifest.made_at,
        who: what.manifest.made_by.clone(),
        kind: EntryKind::Edit,
        reverses: None,
        edit: Edit { label: what.label.to_owned(), changes: Vec::new() },
    };
    let (id, checksum) = (entry.id, journal::sum(&entry, &changes));
    Ok((entry, FirstEntry { id, changes, checksum }))
}

/// The changes by which rows of a kind come to be.
struct Arrive<'a> {
    plan: &'a Plan,
    changes: &'a mut Vec<Change>,
}

impl Visit for Arrive<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        let blank = T::default();
        let blank: Vec<Value> = T::FIELDS.iter().map(|field| blank.get(field).unwrap_or_default()).collect();
        for row in T::rows(self.plan).values() {
            let mut change = |field, before, after| {
                self.changes.push(Change { entity: T::ENTITY, row: row.id(), field, before, after });
            };
            change(EXISTS, Value::Null, Value::Int(1));
            for (field, blank) in T::FIELDS.iter().zip(&blank) {
                let value = row.get(field).unwrap_or_default();
                if value != *blank {
                    change(field, blank.clone(), value);
                }
            }
        }
    }
}

/// Writes all that goes but the journal's entry.
fn write_rows(file: &Connection, what: &ToShare<'_>) -> Result<(), Fault> {
    for entity in Entity::ALL {
        entity.visit(Insert { file, plan: what.plan })?;
    }
    if let Some(batch) = what.batch {
        let incoming = Incoming { batch, signals: what.signals, measures: what.measures, gone: &[] };
        signals::write(file, &incoming, &mut |_, _| true)?;
    }
    counts::write(file, what.counts)?;
    manifest::write(file, what.manifest)
}

/// Writes all rows of a kind.
struct Insert<'a> {
    file: &'a Connection,
    plan: &'a Plan,
}

impl Visit for Insert<'_> {
    type Output = Result<(), Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let rows = T::rows(self.plan);
        if rows.is_empty() {
            return Ok(());
        }
        let mut insert = self.file.prepare(&rows::insert(T::ENTITY))?;
        for row in rows.values() {
            insert.raw_bind_parameter(1, row.id().to_string())?;
            for (place, field) in T::FIELDS.iter().enumerate() {
                let value = row.get(field).unwrap_or_default();
                insert.raw_bind_parameter(place + 2, rows::borrowed(&value))?;
            }
            insert.raw_execute()?;
        }
        Ok(())
    }
}

/// The size and the SHA-256 of a file that is closed and on disk.
fn measured(file: &Path) -> Result<SharedFile, Fault> {
    let mut file = std::fs::OpenOptions::new().read(true).write(true).open(file)?;
    file.sync_all()?;
    let mut hash = Sha256::new();
    let mut chunk = vec![0; 1 << 16];
    let mut size = 0;
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
        size += u64::try_from(read).unwrap_or(0);
    }
    let mut sha256 = String::with_capacity(64);
    for byte in hash.finalize() {
        // a string takes all that is written to it
        write!(sha256, "{byte:02x}").ok();
    }
    Ok(SharedFile { sha256, size })
}

#[cfg(test)]
mod tests;
