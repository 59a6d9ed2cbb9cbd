//! A copy that came back: read by a job, held against the plan and written by the file's thread.

use super::Session;
use crate::app::job::{JobKind, Outcome};
use crate::app::merging::{Merge, MergeWaiting};
use crate::app::open_plan::Step;
use crate::app::worker::{Request, merge_told};
use crate::app::{Notice, Trouble};
use crate::model::reconcile::{Answer, Place};
use crate::model::text::count;
use crate::share::merge::{Merged, Merging, Returned};
use crate::store::Reversible;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Session {
    /// Reads a copy of the plan and works out what it would bring; [`Session::merging`] is the answer.
    pub fn merge(&mut self, copy: &Path) {
        self.when_saved(super::documents::Task::Merge(copy.to_path_buf()));
    }

    pub(super) fn start_merge(&mut self, copy: PathBuf) {
        self.merging = None;
        self.jobs.start(JobKind::Merge, move |progress| {
            progress.at(0.1)?;
            let returned = Returned::read(&copy).map_err(|refused| merge_told(&refused))?;
            progress.at(1.0)?;
            Ok(Outcome::Returned(Arc::new(returned)))
        });
    }

    pub(super) fn returned(&mut self, returned: Arc<Returned>) {
        if self.open.is_some() {
            self.merging = Some(MergeWaiting::of(returned));
            self.look_again();
        }
    }

    /// While a copy waits and the plan changes, what it would bring is worked out anew.
    pub(super) fn look_again(&mut self) {
        let (Some(waiting), Some(open)) = (&mut self.merging, &self.open) else { return };
        if waiting.asked != open.revision && !waiting.writing {
            waiting.asked = open.revision;
            self.worker.send(Request::Reconcile(Arc::clone(&waiting.returned)));
        }
    }

    pub(super) fn reconciled(&mut self, merging: Arc<Merging>) {
        if let Some(waiting) = &mut self.merging {
            waiting.looked(merging);
        }
    }

    /// Decides a conflict; `None` leaves it open again.
    pub fn answer_conflict(&mut self, place: Place, answer: Option<Answer>) {
        if let Some(waiting) = &mut self.merging {
            match answer {
                Some(answer) => waiting.answers.conflicts.insert(place, answer),
                None => waiting.answers.conflicts.remove(&place),
            };
        }
    }

    /// Decides all conflicts alike.
    pub fn answer_all(&mut self, answer: &Answer) {
        let Some(waiting) = &mut self.merging else { return };
        let Some(merging) = waiting.merging.clone() else { return };
        let all = merging.found.conflicts.iter().map(|conflict| (conflict.place, answer.clone()));
        waiting.answers.conflicts = all.collect();
    }

    /// Takes changes, or leaves them.
    pub fn set_ticked(&mut self, places: &[Place], on: bool) {
        if let Some(waiting) = &mut self.merging {
            for place in places {
                if on {
                    waiting.answers.unticked.remove(place);
                } else {
                    waiting.answers.unticked.insert(*place);
                }
            }
        }
    }

    /// Writes what was decided, after what is still on its way, as one change.
    pub fn accept_merge(&mut self) {
        self.flush(true);
        let (Some(waiting), Some(open)) = (&mut self.merging, &mut self.open) else { return };
        let Some(shown) = waiting.merging.clone() else { return };
        waiting.writing = true;
        waiting.changed = false;
        let (returned, answers) = (Arc::clone(&waiting.returned), waiting.answers.clone());
        open.line_up(Step::Merge(Merge { returned, shown, answers }));
        self.send_next();
    }

    /// Leaves the copy alone.
    pub fn leave_merge(&mut self) {
        self.jobs.cancel(JobKind::Merge);
        // what is being written cannot be called back; its end is told all the same
        self.merging = None;
    }

    pub(super) fn merged(&mut self, merged: Option<Merged>, reversible: Reversible) {
        self.merging = None;
        let Some(Merged { entry, brought }) = merged else {
            self.notices.push(Notice::note("The copy brought nothing", "Your plan has all that it has."));
            self.committed(None, reversible);
            return;
        };
        let came = match (brought.signals, brought.measures) {
            (0, 0) => String::new(),
            (signals, 0) => format!("; {} came over", count(signals, "signal")),
            (signals, measures) => {
                format!("; {} and {} came over", count(signals, "signal"), count(measures, "measure"))
            }
        };
        self.notices.push(Notice::done(format!("{}{came}", entry.edit.label)));
        if brought.left_out > 0 {
            let text = format!("{} of the copy could not be read, and stayed out", count(brought.left_out, "signal"));
            self.notices.push(Notice::note(text, "Ask whoever sent the copy to check their file."));
        }
        self.committed(Some(entry), reversible);
    }

    /// The plan changed between the preview and the writing: nothing was written, and what it comes to now is shown.
    pub(super) fn merge_changed(&mut self, merging: Arc<Merging>) {
        if let Some(waiting) = &mut self.merging {
            waiting.writing = false;
            waiting.looked(merging);
            waiting.changed = true;
        }
        self.arrived();
    }

    pub(super) fn not_merged(&mut self, trouble: Trouble) {
        self.notices.push(trouble.into());
        let was_sent = self.open.as_ref().is_some_and(|open| matches!(open.sent, Some(Step::Merge(_))));
        match &mut self.merging {
            // what was decided stays on screen: a full disk may have room again
            Some(waiting) if waiting.writing => waiting.writing = false,
            _ => self.merging = None,
        }
        if was_sent {
            self.arrived();
        }
    }
}
