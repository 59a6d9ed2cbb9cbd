//! Signals into the file and out of it, on the file's thread.

use super::{Event, Owner, backup_before, in_words, no_plan};
use crate::app::signals::Taking;
use crate::app::{Trouble, WholePlan};
use crate::import::signals::Rows;
use crate::model::Id;
use crate::report;
use crate::store::{EntryKind, Incoming, Stamp, StoreError};
use chrono::Utc;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

impl Owner {
    pub(super) fn take(&mut self, taking: &Taking) -> Event {
        let now = Utc::now();
        let backups = self.folders.backups();
        let Some(file) = &mut self.file else { return Event::NotTaken(Some(no_plan())) };
        let kind = if taking.by_hand { EntryKind::Edit } else { EntryKind::Import };
        match backup_before(file, &backups, kind, self.backed_up, now) {
            Ok(day) => self.backed_up = day,
            Err(error) => return Event::NotTaken(Some(in_words(&error, file.path()))),
        }
        let stamp = Stamp { who: &self.who, at: now, kind };
        let mut told = Instant::now();
        let wake = &self.wake;
        let mut go_on = |done: usize, all: usize| {
            if told.elapsed() >= Duration::from_millis(100) {
                told = Instant::now();
                wake();
            }
            taking.writing.at(done, all)
        };
        let done = file
            .take_signals(&taking.incoming(), &taking.edit, &stamp, &mut go_on)
            .and_then(|entry| Ok((entry, file.reversible()?)));
        match done {
            Ok((entry, reversible)) => Event::Committed(entry, reversible),
            Err(StoreError::Stopped) => Event::NotTaken(None),
            Err(StoreError::Underneath { .. }) => self.seen_too_late(),
            Err(error) => Event::NotTaken(Some(in_words(&error, file.path()))),
        }
    }

    pub(super) fn take_whole_plan(&mut self, whole: &WholePlan) -> Event {
        let now = Utc::now();
        let backups = self.folders.backups();
        let Some(file) = &mut self.file else { return Event::NotTaken(Some(no_plan())) };
        let stamp = Stamp { who: &self.who, at: now, kind: EntryKind::Import };
        let done = whole.is_known_to(file).and_then(|known| {
            if known {
                return Ok((None, file.reversible()?));
            }
            self.backed_up = backup_before(file, &backups, EntryKind::Import, self.backed_up, now)?;
            Ok((whole.write(file, &stamp, &mut |_, _| true)?, file.reversible()?))
        });
        match done {
            Ok((entry, reversible)) => Event::WholePlanTaken(whole.edit.label.clone(), entry, reversible),
            Err(StoreError::Underneath { .. }) => self.seen_too_late(),
            Err(error) => Event::NotTaken(Some(in_words(&error, file.path()))),
        }
    }

    pub(super) fn export_json(&mut self, to: PathBuf) -> Event {
        self.with_file(|file| {
            let text = report::json::write(&file.read()?, &file.held_signals()?, &file.held_measures()?);
            Ok(match report::save(&to, text.as_bytes()) {
                Ok(()) => Event::Copied(to),
                Err(error) => Event::Failed(Trouble::new(error.to_string(), "The plan is as it was.")),
            })
        })
    }

    /// What of signals is new, changed or known already.
    pub(super) fn compare(&mut self, rows: &Arc<Rows>) -> Event {
        self.with_file(|file| {
            let (signals, measures) = (rows.signals.as_slice(), rows.measures.as_slice());
            let compared = file.compare_signals(&Incoming { batch: Id::NIL, signals, measures, gone: &[] })?;
            Ok(Event::Compared(Arc::clone(rows), compared))
        })
    }
}
