//! Leaving the open plan: for another, for the start screen, or for good. What was typed is in the
//! file first; where it cannot be, the person decides, and nothing waits on the drawing thread.

use super::Session;
use crate::app::WholePlan;
use crate::app::begin::{new_plan_edit, sample_plan};
use crate::app::worker::{OpenFor, Request};
use crate::app::{OpenPlan, Trouble};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Saving that takes longer than this, in milliseconds, is told to a person who wants to leave.
const PATIENCE_MS: i64 = 1500;

/// What comes after the open plan.
#[derive(Debug)]
pub enum Leaving {
    /// The start screen.
    Close,
    /// Nothing: the program ends.
    Quit,
    /// Another plan.
    Open {
        /// Where it lies.
        path: PathBuf,
        /// To change it, or to read only.
        wanted: OpenFor,
    },
    /// A new plan.
    Create {
        /// Where it shall lie.
        path: PathBuf,
        /// What it begins with.
        first: Box<WholePlan>,
        /// A document to import once it is open.
        import: Option<PathBuf>,
    },
}

impl Session {
    /// Opens a plan.
    pub fn open_plan(&mut self, path: &Path, wanted: OpenFor) {
        self.leave(Leaving::Open { path: path.to_path_buf(), wanted });
    }

    /// Makes a new plan with the chosen recommendations of the catalogue (see
    /// [`Catalogue::select`](crate::model::catalogue::Catalogue::select)) and opens it.
    pub fn new_plan(&mut self, path: &Path, organisation: &str, selection: &str) {
        self.create(path, new_plan_edit(organisation, selection).map(WholePlan::rows_only), None);
    }

    /// Makes the sample plan and opens it.
    pub fn sample_plan(&mut self, path: &Path) {
        self.create(path, sample_plan(self.today()), None);
    }

    pub(super) fn create(&mut self, path: &Path, first: Result<WholePlan, Trouble>, import: Option<PathBuf>) {
        match first {
            Ok(first) => self.leave(Leaving::Create { path: path.to_path_buf(), first: Box::new(first), import }),
            Err(trouble) => self.notices.push(trouble.into()),
        }
    }

    /// Goes back to the start screen once everything is saved.
    pub fn close_plan(&mut self) {
        self.leave(Leaving::Close);
    }

    /// Ends the program once everything is saved: [`Session::quit`] says when.
    pub fn ask_quit(&mut self) {
        self.leave(Leaving::Quit);
    }

    fn leave(&mut self, next: Leaving) {
        self.flush(true);
        self.leaving = Some((next, self.now()));
        self.leave_if_saved();
    }

    pub(super) fn leave_if_saved(&mut self) {
        if self.leaving.is_some() && self.open.as_ref().is_none_or(OpenPlan::all_saved) {
            self.leave_now();
        }
    }

    /// Whether a person wants to leave a plan that does not get saved: they decide what to do.
    #[must_use]
    pub fn leaving_unsaved(&self) -> bool {
        let Some((_, since)) = &self.leaving else { return false };
        let stuck = self.open.as_ref().is_some_and(|open| !open.busy() && !open.all_saved());
        stuck || (self.now() - *since).num_milliseconds() > PATIENCE_MS
    }

    /// Whether a person wants to leave the plan.
    #[must_use]
    pub fn is_leaving(&self) -> bool {
        self.leaving.is_some()
    }

    /// Stays at the plan after all.
    pub fn stay(&mut self) {
        self.leaving = None;
    }

    /// Leaves, whether everything is saved or not.
    pub fn leave_now(&mut self) {
        let Some((next, _)) = self.leaving.take() else { return };
        self.put_away();
        match next {
            Leaving::Close => {}
            Leaving::Quit => self.quit = true,
            Leaving::Open { path, wanted } => {
                self.opening = Some(path.clone());
                self.worker.send(Request::Open { path, wanted });
            }
            Leaving::Create { path, first, import } => {
                self.opening = Some(path.clone());
                self.import_next = import;
                self.worker.send(Request::Create { path, first });
            }
        }
    }

    /// Forgets the open plan and everything about it.
    fn put_away(&mut self) {
        if self.open.take().is_some() {
            self.worker.send(Request::Close);
        }
        self.not_opened = None;
        self.proposal = None;
        self.printed = None;
        self.page = None;
        self.history = None;
        self.checked = None;
        self.backups = None;
        self.tasks.clear();
    }

    /// Saves and closes, waiting for the file at most three seconds. Only for the end of the
    /// program, where nothing is left to draw.
    pub fn finish(&mut self) {
        let until = Instant::now() + Duration::from_secs(3);
        loop {
            self.flush(true);
            let busy = self.open.as_ref().is_some_and(OpenPlan::busy);
            let left = until.saturating_duration_since(Instant::now());
            if !busy || left.is_zero() {
                break;
            }
            if let Some(event) = self.worker.wait(left) {
                self.take(event);
            }
        }
        self.put_away();
    }
}
