//! Who has a plan open: a small file beside it, to tell people and for nothing else. SQLite's locks
//! decide who may write.
//!
//! The one who has it keeps a lock on that file, which the system lets go of when the program ends,
//! however it ends. So what a crash on this machine left behind is known for what it is. Between
//! machines such locks cannot be relied on: there a person is asked.

use super::sniff::with_ending;
use crate::model::Id;
use chrono::{DateTime, Local, Utc};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Seek as _, Write as _};
use std::path::{Path, PathBuf};

/// Who has a plan open, as they said when they opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The person.
    pub name: String,
    /// Their machine.
    pub machine: String,
    /// When they opened it.
    pub since: DateTime<Utc>,
    /// Tells one opening from the next by the same person.
    #[serde(default)]
    token: Id,
    /// A lock on the file goes with it, as long as the program runs.
    #[serde(default)]
    locked: bool,
}

impl std::fmt::Display for Presence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = if self.name.is_empty() { "somebody" } else { &self.name };
        f.write_str(name)?;
        if !self.machine.is_empty() {
            write!(f, " on {}", self.machine)?;
        }
        write!(f, ", who opened it on {}", self.since.with_timezone(&Local).format("%-d %B %Y at %H:%M"))
    }
}

/// Says that a plan is open, until it is dropped.
#[derive(Debug)]
pub struct Claim {
    /// None where nothing could be written: then nobody is told, and nothing else changes.
    path: Option<PathBuf>,
    token: Id,
    /// Holds the lock.
    file: Option<File>,
}

impl Claim {
    const fn unseen() -> Self {
        Self { path: None, token: Id::NIL, file: None }
    }

    /// Who says now, in our place, that they have the plan open.
    #[must_use]
    pub fn replaced_by(&self) -> Option<Presence> {
        read(self.path.as_ref()?).filter(|presence| presence.token != self.token)
    }

    /// Whether it is said of this plan.
    #[must_use]
    pub fn is_of(&self, plan: &Path) -> bool {
        self.path.as_ref().is_some_and(|path| *path == file_of(plan))
    }

    /// Whether others can see it.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.path.is_some()
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Windows removes no file that is open
        self.file = None;
        // somebody who was told that it is not open any more may have put theirs in its place
        if let Some(path) = &self.path
            && read(path).is_some_and(|presence| presence.token == self.token)
        {
            std::fs::remove_file(path).ok();
        }
    }
}

fn file_of(plan: &Path) -> PathBuf {
    // the same name for everybody, whatever link led them here
    let plan = if cfg!(windows) { std::path::absolute(plan) } else { plan.canonicalize() };
    with_ending(plan.as_deref().unwrap_or(Path::new("")), ".open")
}

fn read(path: &Path) -> Option<Presence> {
    // a few hundred bytes of ours; anything longer is not
    let length = std::fs::metadata(path).ok()?.len();
    let text = if length < 10_000 { std::fs::read(path).ok()? } else { Vec::new() };
    let mut presence: Presence = serde_json::from_slice(&text).unwrap_or_else(|_| Presence {
        name: String::new(),
        machine: String::new(),
        since: std::fs::metadata(path).and_then(|file| file.modified()).map(Into::into).unwrap_or_default(),
        token: Id::NIL,
        locked: false,
    });
    for text in [&mut presence.name, &mut presence.machine] {
        *text = text.chars().filter(|c| !c.is_control()).take(80).collect();
    }
    Some(presence)
}

/// Who says that they have a plan open.
#[must_use]
pub fn look(plan: &Path) -> Option<Presence> {
    read(&file_of(plan))
}

/// Says that a plan is open here, unless somebody says so already. What a program that ended without
/// a word left behind on this machine does not count.
///
/// # Errors
/// With who that is. They may have gone without a word: then [`take_over`].
pub fn claim(plan: &Path, name: &str, machine: &str, now: DateTime<Utc>) -> Result<Claim, Presence> {
    let path = file_of(plan);
    match write(&path, name, machine, now) {
        Ok(claim) => Ok(claim),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => match read(&path) {
            Some(other) if other.machine == machine && left_behind(&path, &other) => {
                Ok(take_over(plan, name, machine, now))
            }
            Some(other) => Err(other),
            None => Ok(Claim::unseen()),
        },
        Err(_) => Ok(Claim::unseen()),
    }
}

/// Says so in place of somebody who has it open no more.
#[must_use]
pub fn take_over(plan: &Path, name: &str, machine: &str, now: DateTime<Utc>) -> Claim {
    let path = file_of(plan);
    std::fs::remove_file(&path).ok();
    write(&path, name, machine, now).unwrap_or(Claim::unseen())
}

fn write(path: &Path, name: &str, machine: &str, now: DateTime<Utc>) -> std::io::Result<Claim> {
    let mut file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    let mut presence =
        Presence { name: name.to_owned(), machine: machine.to_owned(), since: now, token: Id::random(), locked: true };
    let text = |presence: &Presence| serde_json::to_string(presence).map_err(std::io::Error::other);
    file.write_all(text(&presence)?.as_bytes())?;
    // shared, so that Windows lets others read who it is
    if file.try_lock_shared().is_err() {
        presence.locked = false;
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(text(&presence)?.as_bytes())?;
    }
    Ok(Claim { path: Some(path.to_path_buf()), token: presence.token, file: Some(file) })
}

/// Whether whoever wrote the file runs no more. In doubt they do.
fn left_behind(path: &Path, presence: &Presence) -> bool {
    presence.locked
        && OpenOptions::new().read(true).write(true).open(path).is_ok_and(|file| match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
        })
}
