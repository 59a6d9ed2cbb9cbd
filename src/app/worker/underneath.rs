//! What others do to the open file, seen on the file's thread: before every write, and every few seconds.

use super::{Event, Opened, Owner, first_read, in_words, presence};
use crate::app::Trouble;
use crate::model::hold::difference;
use crate::model::{EXISTS, Entity, Plan, Value};
use crate::store::backup;
use crate::store::{Access, Away, EntryKind, Found, PlanFile, Stamp, StoreError, Wanted};
use chrono::{DateTime, Utc};
use std::path::Path;

/// What a copy was made of whose plan's own file is not to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rescued {
    /// Of the file itself, which could still be read: with its history and signals.
    File,
    /// Of the last backup, of this time, and what memory had since: the history up to then, and the signals
    /// of then. Says how many batches of signals came later and are not in it.
    Backup(DateTime<Utc>, usize),
    /// Of what memory had alone: without history and signals.
    Memory,
}

impl Owner {
    /// Looks before something is written: whether it has to wait, because others changed the plan or the
    /// file is not to be had. That is said then.
    pub(super) fn not_yet(&mut self) -> bool {
        let Some(file) = &mut self.file else { return false };
        match file.look() {
            Ok(found) => self.say(found),
            // writing says the same, of the edit that it is about
            Err(_) => false,
        }
    }

    /// Others wrote between the look and the write: nothing was written.
    pub(super) fn seen_too_late(&mut self) -> Event {
        self.not_yet();
        Event::NotYet
    }

    /// Looks, quietly where nothing is new; another program that is writing just now is no news.
    pub(super) fn look(&mut self) {
        let Some(file) = &mut self.file else { return };
        if let Ok(found) = file.look() {
            self.say(found);
        }
        let also = self.claim.as_ref().and_then(presence::Claim::replaced_by);
        if let Some(other) = also.filter(|other| self.also.as_ref() != Some(other)) {
            self.also = Some(other.clone());
            self.tell(Event::AlsoOpen(other));
        }
    }

    /// The same because a person asked: an answer comes in any case.
    pub(super) fn look_and_say(&mut self) {
        self.look();
        if self.away.is_none() {
            self.tell(Event::Back);
        }
    }

    /// Says what was found, once. Gives whether a write has to wait.
    fn say(&mut self, found: Found) -> bool {
        match found {
            Found::Away(away) => {
                if self.away.as_ref() != Some(&away) {
                    self.away = Some(away.clone());
                    self.tell(Event::Away(away));
                }
                true
            }
            found => {
                if self.away.take().is_some() {
                    self.tell(Event::Back);
                }
                let Found::Changed(underneath) = found else { return false };
                self.tell(Event::Underneath(underneath));
                true
            }
        }
    }

    /// Goes on in the file that has a name now, holding on to the old one if that fails.
    pub(super) fn go_on_in(&mut self, path: &Path) -> Event {
        match self.try_to_go_on(path) {
            Ok(opened) => Event::WentOn(Box::new(opened), None),
            Err(trouble) => Event::Failed(trouble),
        }
    }

    fn try_to_go_on(&mut self, path: &Path) -> Result<Opened, Trouble> {
        let told = |error: StoreError| in_words(&error, path);
        let backups = self.folders.backups();
        let to_write = self.file.as_ref().is_none_or(|file| *file.access() == Access::Write);
        let opened = if to_write {
            PlanFile::open(path, Wanted::Write { backups: &backups, now: Utc::now() })
        } else {
            PlanFile::open_to_read(path, &backups, Utc::now())
        };
        let (mut file, mut opened) = opened.and_then(first_read).map_err(told)?;
        if let Access::ReadOnly(reason) = opened.access
            && to_write
        {
            let what = format!("Work cannot go on there, it can only be read: {reason}");
            return Err(Trouble::new(what, "What you typed is still here. Save a copy elsewhere.").about(path));
        }
        if to_write && !self.claim.as_ref().is_some_and(|claim| claim.is_of(file.path())) {
            let machine = gethostname::gethostname().to_string_lossy().into_owned();
            let claim = match presence::claim(path, &self.who, &machine, Utc::now()) {
                Ok(claim) => claim,
                // this very window said so, when it had the file in another thread
                Err(taken) if taken.name == self.who && taken.machine == machine => {
                    presence::take_over(path, &self.who, &machine, Utc::now())
                }
                Err(taken) => {
                    let what = format!("This plan is open already: {taken}");
                    return Err(Trouble::new(what, "Save a copy under another name.").about(path));
                }
            };
            self.claim = Some(claim);
        }
        if let Some(earlier) = &self.file {
            opened.theirs = file.go_on_from(earlier).map_err(told)?;
            opened.reversible = file.reversible().map_err(told)?;
        }
        self.file = Some(file);
        (self.away, self.also, self.backed_up) = (None, None, None);
        Ok(opened)
    }

    /// Saves a plan whose file is not to be had under another name, from the best there is, and goes on there.
    pub(super) fn rescue(&mut self, to: &Path, plan: &Plan) -> Event {
        let saved = self.save_elsewhere(to, plan).map_err(|error| in_words(&error, to));
        match saved.and_then(|how| Ok((self.try_to_go_on(to)?, how))) {
            Ok((opened, how)) => Event::WentOn(Box::new(opened), Some(how)),
            Err(trouble) => Event::Failed(trouble),
        }
    }

    fn save_elsewhere(&self, to: &Path, plan: &Plan) -> Result<Rescued, StoreError> {
        let file = self.file.as_ref();
        // not one that is there but cannot be reached: that could take for ever
        let readable = file.filter(|file| !matches!(self.away, Some(Away::Unreachable(_))) && file.is_still_ours());
        match readable.map(|file| file.copy_to(to)) {
            Some(Ok(())) => return Ok(Rescued::File),
            Some(Err(error @ StoreError::Exists { .. })) => return Err(error),
            _ => {}
        }
        match self.save_from_backup(to, plan) {
            Some(Ok(how)) => Ok(how),
            Some(Err(error @ StoreError::Exists { .. })) => Err(error),
            _ => {
                let mut whole = difference(&Plan::default(), plan, "Saved from memory: the plan's file was away");
                leave_out_batches(&mut whole.changes);
                let stamp = Stamp { who: &self.who, at: Utc::now(), kind: EntryKind::Edit };
                PlanFile::create(to, &whole, &stamp)?.close();
                Ok(Rescued::Memory)
            }
        }
    }

    fn save_from_backup(&self, to: &Path, plan: &Plan) -> Option<Result<Rescued, StoreError>> {
        let backups = self.folders.backups();
        let newest = backup::list(&backups, Some(plan.id())).into_iter().next()?;
        let save = || {
            backup::restore(&newest, to)?;
            let mut file = PlanFile::open(to, Wanted::Write { backups: &backups, now: Utc::now() })?;
            let mut since = difference(&file.read()?, plan, "Saved from memory: the plan's file was away");
            let lost = leave_out_batches(&mut since.changes);
            // an entry of its own, which further typing does not extend
            file.commit(&since, &Stamp { who: &self.who, at: Utc::now(), kind: EntryKind::Import })?;
            Ok(Rescued::Backup(newest.made, lost))
        };
        let saved = save();
        if matches!(&saved, Err(error) if !matches!(error, StoreError::Exists { .. })) {
            // half of it is not to be taken for the whole
            std::fs::remove_file(to).ok();
        }
        Some(saved)
    }
}

/// Signals lie in the file alone: batches that it would have to bring are left out. Gives how many.
fn leave_out_batches(changes: &mut Vec<crate::model::Change>) -> usize {
    let comes = |change: &&crate::model::Change| {
        change.entity == Entity::Batch && change.field == EXISTS && change.after != Value::Null
    };
    let left_out: Vec<_> = changes.iter().filter(comes).map(|change| change.row).collect();
    changes.retain(|change| change.entity != Entity::Batch || !left_out.contains(&change.row));
    left_out.len()
}
