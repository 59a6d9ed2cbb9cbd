//! A copy for somebody else, on the file's thread.

use super::{Event, Owner, backup_before, in_words, no_plan};
use crate::app::Writing;
use crate::app::sharing::{self, Asked};
use crate::store::{EntryKind, Stamp, StoreError};
use chrono::Utc;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A copy that is to be made.
#[derive(Debug)]
pub struct Copying {
    /// For whom, why, what.
    pub asked: Asked,
    /// Where.
    pub to: PathBuf,
    /// Where a page to read shall lie beside it, if one shall.
    pub reading_copy: Option<PathBuf>,
    /// How far it is, and whether it shall stop.
    pub writing: Arc<Writing>,
}

impl Owner {
    pub(super) fn preview_share(&mut self, asked: &Asked) -> Event {
        let Some(file) = &self.file else { return Event::NotShared(Some(no_plan())) };
        match sharing::preview(file, asked) {
            Ok(preview) => Event::SharePreviewed(Box::new(preview)),
            Err(error) => Event::NotShared(Some(in_words(&error, file.path()))),
        }
    }

    pub(super) fn share(&mut self, copying: &Copying) -> Event {
        let now = Utc::now();
        let backups = self.folders.backups();
        // what goes is read from the file itself; what others did is told before the log is written on top of it
        self.look();
        let Some(file) = &mut self.file else { return Event::NotShared(Some(no_plan())) };
        match backup_before(file, &backups, EntryKind::Share, self.backed_up, now) {
            Ok(day) => self.backed_up = day,
            Err(error) => return Event::NotShared(Some(in_words(&error, file.path()))),
        }
        let stamp = Stamp { who: &self.who, at: now, kind: EntryKind::Share };
        let mut told = Instant::now();
        let wake = &self.wake;
        let mut go_on = |done: f32| {
            if told.elapsed() >= Duration::from_millis(100) {
                told = Instant::now();
                wake();
            }
            copying.writing.at((done * 1_000.0) as usize, 1_000)
        };
        let Copying { asked, to, reading_copy, .. } = copying;
        let done = sharing::share(file, asked, to, reading_copy.as_deref(), &stamp, &mut go_on)
            .and_then(|shared| Ok((shared, file.reversible()?)));
        match done {
            Ok((shared, reversible)) => Event::Shared(Box::new(shared), reversible),
            Err(StoreError::Stopped) => Event::NotShared(None),
            Err(error) => Event::NotShared(Some(in_words(&error, to))),
        }
    }
}
