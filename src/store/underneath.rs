//! What others do to the file while it is open here: their changes are seen before anything is written
//! on top, and a file that is not the one any more that was opened is known for what it is.
//!
//! SQLite counts the commits of others, but only where they went through SQLite. A copy that was laid
//! over the file by hand or by a sync tool is told by the file itself (which one, how long, how old)
//! and by the journal: the last entry that we know must stand in it.

use super::error::{Fault, StoreError};
use super::journal::{self, Entry, Reversible};
use super::open::{self, Access, Wanted};
use super::sniff::{self, Here};
use super::{PlanFile, data_version, rows, schema};
use crate::model::{Id, Plan};
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeSet;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::Path;
use std::time::SystemTime;

/// How the file stands at its place.
#[derive(Debug)]
pub enum Found {
    /// As it was read.
    Same,
    /// Others changed the plan.
    Changed(Box<Underneath>),
    /// It is not the file that was opened, or cannot be reached. Nothing is read from it or written to it.
    Away(Away),
}

/// A plan that others changed since it was last read.
#[derive(Debug)]
pub struct Underneath {
    /// All of it, as it is now.
    pub plan: Plan,
    /// Their entries in the journal, oldest first.
    pub entries: Vec<Entry>,
    /// The first of them goes on with the last entry that was known: its `before` is older than what was
    /// read here.
    pub extended: bool,
    /// What can be taken back. Not what others did: that is never taken back unasked.
    pub reversible: Reversible,
}

/// Why a plan's file is not to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Away {
    /// Nothing has its name: it was renamed, moved or deleted.
    Gone,
    /// Something else has its name.
    Replaced(There),
    /// Its folder is not there, or does not answer.
    Unreachable(String),
}

/// What stands in a plan file's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum There {
    /// A copy of the plan that holds all that was saved here, and so many later entries.
    Later(usize),
    /// The plan as it was earlier.
    Earlier,
    /// A copy of the plan that was changed elsewhere, without all that was saved here.
    Other,
    /// Another plan, of this organisation.
    AnotherPlan(String),
    /// Nothing that could be opened as a plan, and why.
    NoPlan(String),
}

/// Which file has a name, and how it looks from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    file: Option<(u64, u64)>,
    made: Option<SystemTime>,
    length: u64,
    changed: Option<SystemTime>,
}

impl Mark {
    fn of(path: &Path) -> std::io::Result<Self> {
        let found = std::fs::metadata(path)?;
        Ok(Self {
            file: identity(&found),
            made: if cfg!(windows) { found.created().ok() } else { None },
            length: found.len(),
            changed: found.modified().ok(),
        })
    }

    fn is_file_of(&self, other: &Self) -> bool {
        (self.file, self.made) == (other.file, other.made)
    }
}

/// Tells one file from another of the same name, where the system does.
pub(super) fn identity(file: &Metadata) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        Some((file.dev(), file.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        None
    }
}

/// The last entry of a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    seq: i64,
    id: Id,
}

/// What an open file was when it was last read or written here.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// SQLite's count of other programs' commits.
    seen: i64,
    mark: Option<Mark>,
    known: Option<Known>,
    /// Nothing is written on top of what was not read.
    on: bool,
    /// Entries that others made since the plan was opened here.
    theirs: BTreeSet<Id>,
    /// What stood there in its place, the last time it did, and how that looked.
    doubt: Option<(Mark, Away)>,
}

impl Watch {
    /// Whether others made an entry since the plan was opened here.
    pub(super) fn is_theirs(&self, entry: Id) -> bool {
        self.theirs.contains(&entry)
    }

    /// Refuses to write on top of what was not read.
    pub(super) fn guard(&self, file: &Connection) -> Result<(), Fault> {
        if self.on && data_version(file)? != self.seen { Err(Fault::Underneath) } else { Ok(()) }
    }
}

/// How a journal goes on after the last entry that we know.
enum Tail {
    Later { entries: Vec<Entry>, extended: bool },
    Earlier,
    Other,
    AnotherPlan(String),
}

impl PlanFile {
    /// From now on nothing is written on top of what was not read: once others changed the plan, every
    /// write is refused with [`StoreError::Underneath`] until [`PlanFile::look`] has told what they did.
    pub fn watch(&mut self) {
        self.watch.on = true;
    }

    /// Takes the file as it is for what was read.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        self.watch.seen = self.asks(data_version)?;
        self.watch.known = self.asks(last_known)?;
        self.watch.mark = Mark::of(&self.path).ok();
        self.watch.doubt = None;
        Ok(())
    }

    /// Remembers what was written here.
    pub(super) fn wrote(&mut self, entry: Option<&Entry>) {
        if let Some(entry) = entry {
            self.watch.known = Some(Known { seq: entry.seq, id: entry.id });
            self.watch.mark = Mark::of(&self.path).ok();
        }
    }

    /// Reads the plan as it is now, whatever was read before.
    ///
    /// # Errors
    /// When the file cannot be read, a row of it cannot be, or one belongs to a row that is not there.
    pub fn read_again(&mut self) -> Result<Underneath, StoreError> {
        let theirs = &self.watch.theirs;
        let (seen, known, now) = self.asks(|file| {
            let moment = file.unchecked_transaction()?;
            let reversible = journal::steps(&moment)?.reversible(|entry| theirs.contains(&entry));
            let plan = rows::read_plan(&moment)?;
            let now = Underneath { plan, entries: Vec::new(), extended: false, reversible };
            Ok((data_version(&moment)?, last_known(&moment)?, now))
        })?;
        (self.watch.seen, self.watch.known) = (seen, known);
        Ok(now)
    }

    /// Takes over what is known of others from the file that this one goes on from. What came in meanwhile
    /// is theirs: it is given, oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn go_on_from(&mut self, earlier: &Self) -> Result<Vec<Entry>, StoreError> {
        self.watch.on = earlier.watch.on;
        self.watch.theirs.clone_from(&earlier.watch.theirs);
        let tail = self.asks(|file| tail(file, earlier.plan, earlier.watch.known))?;
        let Tail::Later { entries, .. } = tail else { return Ok(Vec::new()) };
        self.watch.theirs.extend(entries.iter().map(|entry| entry.id));
        Ok(entries)
    }

    /// Looks how the file stands at its place. What others changed is told once.
    ///
    /// # Errors
    /// When another program is writing at this moment: look again later.
    pub fn look(&mut self) -> Result<Found, StoreError> {
        let mark = match Mark::of(&self.path) {
            Ok(mark) => mark,
            Err(error) => return Ok(Found::Away(self.absent(&error))),
        };
        if let Some((doubtful, away)) = &self.watch.doubt
            && *doubtful == mark
        {
            return Ok(Found::Away(away.clone()));
        }
        let found = self.look_at(&mark);
        match found {
            Ok(Found::Away(away)) => {
                self.watch.doubt = Some((mark, away.clone()));
                Ok(Found::Away(away))
            }
            Ok(found) => {
                self.watch.mark = Some(mark);
                self.watch.doubt = None;
                Ok(found)
            }
            Err(StoreError::Locked { by, path }) => Err(StoreError::Locked { by, path }),
            Err(error) => {
                // nothing is locked between two transactions, so the file can be looked at by hand
                let away = unfit(&sniff::sniff(&self.path, schema::LADDER).err().unwrap_or(error));
                self.watch.doubt = Some((mark, away.clone()));
                Ok(Found::Away(away))
            }
        }
    }

    fn look_at(&mut self, mark: &Mark) -> Result<Found, StoreError> {
        let other_file = self.watch.mark.as_ref().is_some_and(|known| !known.is_file_of(mark)) || self.is_moved();
        if other_file {
            let there = open::open(&self.path, Wanted::ReadOnly, schema::LADDER)?;
            let tail = tail(&there.file, self.plan, self.watch.known).map_err(|fault| fault.at(&self.path))?;
            return match there_of(tail) {
                // moved away and back, or put back from a copy: nothing is lost and nothing came in
                There::Later(0) => {
                    self.refresh()?;
                    self.settle()?;
                    Ok(Found::Same)
                }
                there => Ok(Found::Away(Away::Replaced(there))),
            };
        }
        let doubted = self.watch.doubt.is_some();
        // once in doubt the old connection is not asked: what it remembers may be of another file
        let counted = !doubted && self.asks(data_version)? != self.watch.seen;
        if !counted && !doubted && self.watch.mark.as_ref() == Some(mark) {
            return Ok(Found::Same);
        }
        let by_hand = !counted;
        if by_hand {
            // something wrote without SQLite
            self.refresh()?;
        }
        self.read_on(!by_hand)
    }

    /// Reads what others did, if the journal goes on from what is known.
    fn read_on(&mut self, counted: bool) -> Result<Found, StoreError> {
        let (plan, known, theirs) = (self.plan, self.watch.known, &self.watch.theirs);
        let (seen, tail, read) = self.asks(|file| {
            let moment = file.unchecked_transaction()?;
            let seen = data_version(&moment)?;
            let tail = tail(&moment, plan, known)?;
            let read = match &tail {
                Tail::Later { entries, .. } if counted || !entries.is_empty() => {
                    let theirs = entries.iter().map(|entry| entry.id).chain(theirs.iter().copied()).collect();
                    let reversible = journal::steps(&moment)?.reversible(|entry| BTreeSet::contains(&theirs, &entry));
                    Some((rows::read_plan(&moment)?, last_known(&moment)?, theirs, reversible))
                }
                _ => None,
            };
            Ok((seen, tail, read))
        })?;
        let (entries, extended) = match tail {
            Tail::Later { entries, extended } => (entries, extended),
            tail => return Ok(Found::Away(Away::Replaced(there_of(tail)))),
        };
        self.watch.seen = seen;
        let Some((plan, known, theirs, reversible)) = read else { return Ok(Found::Same) };
        self.watch.known = known;
        self.watch.theirs = theirs;
        Ok(Found::Changed(Box::new(Underneath { plan, entries, extended, reversible })))
    }

    /// Opens the file anew: the connection then remembers nothing of it.
    fn refresh(&mut self) -> Result<(), StoreError> {
        if self.access != Access::Write {
            let opened = open::open(&self.path, Wanted::ReadOnly, schema::LADDER)?;
            (self.file, self.here) = (opened.file, opened.here);
            return Ok(());
        }
        let here = Here::enter(&self.path, schema::LADDER)?;
        let opened = open::open_as(&self.path, Access::Write, schema::LADDER)
            .and_then(|(file, access)| Ok((schema::version(&file)?, file, access)));
        let (version, file, access) = opened.map_err(|fault| fault.at(&self.path))?;
        if access != Access::Write || version != schema::newest(schema::LADDER) {
            let what = "it is of an older format, or write-protected now".to_owned();
            return Err(StoreError::Damaged { what, path: self.path.clone() });
        }
        (self.file, self.here) = (file, here);
        Ok(())
    }

    fn absent(&self, error: &std::io::Error) -> Away {
        let folder = self.path.parent().unwrap_or(&self.path);
        match error.kind() {
            ErrorKind::NotFound if folder.is_dir() => Away::Gone,
            ErrorKind::NotFound => Away::Unreachable("its folder is not there".to_owned()),
            _ => Away::Unreachable(error.to_string()),
        }
    }

    /// Whether the open file can still be read, though its name leads elsewhere.
    #[must_use]
    pub fn is_still_ours(&self) -> bool {
        let same = Mark::of(&self.path).is_ok_and(|now| self.watch.mark.as_ref().is_some_and(|m| m.is_file_of(&now)));
        // what was laid over the file in its place is what the connection would read
        !(same && self.watch.doubt.is_some())
    }
}

/// What an error says of the file in a plan's place.
fn unfit(error: &StoreError) -> Away {
    match error {
        StoreError::Gone { .. } => Away::Gone,
        StoreError::Unreachable { detail, .. } => Away::Unreachable(detail.clone()),
        StoreError::NotAPlan { kind, .. } => Away::Replaced(There::NoPlan(format!("it is {kind}"))),
        StoreError::Damaged { what, .. } => Away::Replaced(There::NoPlan(what.clone())),
        StoreError::Other { detail, .. } => Away::Replaced(There::NoPlan(detail.clone())),
        StoreError::Empty { .. } => Away::Replaced(There::NoPlan("it is empty".to_owned())),
        StoreError::SomebodyElses { .. } => {
            Away::Replaced(There::NoPlan("it is a database of another program".to_owned()))
        }
        StoreError::Newer { .. } => Away::Replaced(There::NoPlan("it was made by a newer Recap".to_owned())),
        error => Away::Replaced(There::NoPlan(error.to_string())),
    }
}

fn there_of(tail: Tail) -> There {
    match tail {
        Tail::Later { entries, .. } => There::Later(entries.len()),
        Tail::Earlier => There::Earlier,
        Tail::Other => There::Other,
        Tail::AnotherPlan(organisation) => There::AnotherPlan(organisation),
    }
}

fn last_known(file: &Connection) -> Result<Option<Known>, Fault> {
    let mut statement = file.prepare("SELECT seq, id FROM entry ORDER BY seq DESC LIMIT 1")?;
    let mut found = statement.query([])?;
    let Some(row) = found.next()? else { return Ok(None) };
    Ok(Some(Known { seq: row.get(0)?, id: rows::id(row.get_ref(1)?)? }))
}

fn tail(file: &Connection, plan: Id, known: Option<Known>) -> Result<Tail, Fault> {
    let (id, organisation): (String, Option<String>) =
        file.query_row("SELECT id, organisation FROM \"plan\"", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if id != plan.to_string() {
        return Ok(Tail::AnotherPlan(organisation.unwrap_or_default()));
    }
    let Some(known) = known else { return Ok(Tail::Later { entries: Vec::new(), extended: false }) };
    let here: Option<String> =
        file.query_row("SELECT id FROM entry WHERE seq = ?1", [known.seq], |row| row.get(0)).optional()?;
    let extended = here.is_some() && here != Some(known.id.to_string());
    if here.is_none() || (extended && !journal::was_called(file, known.id, known.seq)?) {
        let last = last_known(file)?.map_or(0, |last| last.seq);
        return Ok(if last < known.seq { Tail::Earlier } else { Tail::Other });
    }
    let from = if extended { known.seq } else { known.seq + 1 };
    Ok(Tail::Later { entries: journal::from(file, from)?, extended })
}
