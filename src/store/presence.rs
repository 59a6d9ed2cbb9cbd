//! Who has a plan open: a small file beside it, to tell people and for nothing else. SQLite's locks
//! decide who may write.

use super::sniff::with_ending;
use crate::model::Id;
use chrono::{DateTime, Local, Utc};
use serde::{Deserialize, Serialize};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
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
}

impl Claim {
    /// Whether others can see it.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.path.is_some()
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
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

/// Says that a plan is open here, unless somebody says so already.
///
/// # Errors
/// With who that is. They may have gone without a word: then [`take_over`].
pub fn claim(plan: &Path, name: &str, machine: &str, now: DateTime<Utc>) -> Result<Claim, Presence> {
    let path = file_of(plan);
    let presence = Presence { name: name.to_owned(), machine: machine.to_owned(), since: now, token: Id::random() };
    let token = presence.token;
    let written = serde_json::to_string(&presence)
        .map_err(std::io::Error::other)
        .and_then(|text| OpenOptions::new().write(true).create_new(true).open(&path)?.write_all(text.as_bytes()));
    match written {
        Ok(()) => Ok(Claim { path: Some(path), token }),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => match read(&path) {
            Some(other) => Err(other),
            None => Ok(Claim { path: None, token }),
        },
        Err(_) => Ok(Claim { path: None, token }),
    }
}

/// Says so in place of somebody who has it open no more.
#[must_use]
pub fn take_over(plan: &Path, name: &str, machine: &str, now: DateTime<Utc>) -> Claim {
    std::fs::remove_file(file_of(plan)).ok();
    claim(plan, name, machine, now).unwrap_or(Claim { path: None, token: Id::NIL })
}
