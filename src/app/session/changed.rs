//! The filter "changed since": the file's history says which recommendations were.

use super::Session;
use crate::app::worker::Request;
use crate::model::view::changed_recommendations;
use crate::model::{Change, Id};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Session {
    /// The recommendations that were changed on a day or later; `None` until the file has answered. While it is asked
    /// again after a change, what it said before holds.
    pub fn changed_since(&mut self, day: NaiveDate) -> Option<Arc<BTreeSet<Id>>> {
        let open = self.open.as_ref()?;
        let wanted = (open.revision, day);
        if self.changed.asked != Some(wanted) && open.away.is_none() {
            self.changed.asked = Some(wanted);
            self.worker.send(Request::ChangedSince(day));
        }
        let known = self.changed.known.as_ref();
        known.filter(|(plan, of, _)| *plan == open.plan.id() && *of == day).map(|(_, _, ids)| Arc::clone(ids))
    }

    /// Takes in what was changed.
    pub(super) fn changes_found(&mut self, day: NaiveDate, changes: &[Change]) {
        let Some(open) = &self.open else { return };
        let ids = changed_recommendations(&open.plan, &open.index, changes);
        self.changed.known = Some((open.plan.id(), day, Arc::new(ids)));
    }
}
