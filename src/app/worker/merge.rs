//! Copies held against the plan and taken over, on the file's thread.

use super::{Event, Owner, backup_before, in_words, no_plan};
use crate::app::Trouble;
use crate::app::merging::Merge;
use crate::share::merge::{self, Refused, Returned};
use crate::store::{EntryKind, Stamp, StoreError};
use chrono::{Local, Utc};
use std::sync::Arc;

impl Owner {
    /// Holds a copy against the plan as the file has it now.
    pub(super) fn reconcile(&self, returned: &Returned) -> Event {
        let Some(file) = &self.file else { return Event::NotMerged(no_plan()) };
        match merge::look(file, returned, Some(Local::now().date_naive())) {
            Ok(merging) => Event::Reconciled(Arc::new(merging)),
            Err(refused) => Event::NotMerged(told(&refused)),
        }
    }

    /// Writes a merge. What was decided is held against the file as it is now: where it comes to something else
    /// than what was shown, nothing is written and the new state is shown.
    pub(super) fn merge(&mut self, wanted: &Merge) -> Event {
        let now = Utc::now();
        let backups = self.folders.backups();
        let Some(file) = &mut self.file else { return Event::NotMerged(no_plan()) };
        let today = Some(now.with_timezone(&Local).date_naive());
        let merging = match merge::look(file, &wanted.returned, today) {
            Ok(merging) => merging,
            Err(refused) => return Event::NotMerged(told(&refused)),
        };
        if !merging.is_same_as(&wanted.shown) {
            return Event::MergeChanged(Arc::new(merging));
        }
        let decided = match merging.decide(&wanted.answers) {
            Ok(decided) => decided,
            Err(refused) => return Event::NotMerged(told(&refused)),
        };
        let stamp = Stamp { who: &self.who, at: now, kind: EntryKind::Merge };
        let done = backup_before(file, &backups, EntryKind::Merge, self.backed_up, now).and_then(|day| {
            self.backed_up = day;
            Ok((merge::write(file, &wanted.returned, &decided, &stamp)?, file.reversible()?))
        });
        match done {
            Ok((merged, reversible)) => Event::Merged(merged.map(Box::new), reversible),
            Err(StoreError::Underneath { .. }) => self.seen_too_late(),
            Err(error) => Event::NotMerged(in_words(&error, file.path())),
        }
    }
}

/// Why a copy cannot be merged, in words; the path stands in them already.
pub(in crate::app) fn told(refused: &Refused) -> Trouble {
    Trouble::new(format!("The copy was not merged: {refused}"), refused.remedy())
}
