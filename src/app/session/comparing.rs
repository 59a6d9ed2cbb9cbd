//! Comparing: a neighbour's plan is read on a thread of its own, and held against ours anew whenever ours changes.

use super::Session;
use crate::app::job::{Ended, JobKind, Outcome};
use crate::app::theirs::{Comparing, Of, Theirs};
use crate::app::{Notice, Trouble};
use crate::model::compare::{Comparison, Side};
use crate::model::intent::Adopt;
use crate::store::{Foreign, StoreError};
use std::path::Path;
use std::sync::Arc;

impl Session {
    /// Reads a neighbour's plan to compare with the open one; [`Session::comparing`] is the answer. The file is
    /// only read.
    pub fn compare_with(&mut self, path: &Path) {
        if self.open.is_none() {
            return;
        }
        let path = path.to_path_buf();
        self.jobs.start(JobKind::Theirs, move |progress| {
            progress.at(0.1)?;
            let foreign = Foreign::read(&path).map_err(|error| told(&error, &path))?;
            progress.at(0.8)?;
            Ok(Outcome::Theirs(Box::new(foreign.into())))
        });
    }

    pub(super) fn theirs_read(&mut self, theirs: Theirs) {
        let info = theirs.plan.info();
        self.settings.remember_compared(&theirs.path, &info.organisation, info.as_at);
        let filter = self.comparing.take().map(|before| before.filter).unwrap_or_default();
        let ours = self.open.as_ref().and_then(|open| open.manifest.as_ref());
        self.comparing = Some(Comparing { filter, ..Comparing::new(theirs, ours) });
        self.save_settings();
        self.compare_anew();
    }

    /// Puts their plan away.
    pub fn end_comparing(&mut self) {
        self.jobs.cancel(JobKind::Theirs);
        self.jobs.cancel(JobKind::Compare);
        self.comparing = None;
    }

    /// Works the comparison out where it is not of what is on screen now.
    pub fn compare_anew(&mut self) {
        let (Some(open), Some(comparing)) = (&self.open, &mut self.comparing) else { return };
        let dates = (open.as_at, comparing.their_date(open.as_at, open.today()));
        let wanted: Of = (open.revision, dates.0, dates.1);
        if comparing.of == Some(wanted) || comparing.asked == Some(wanted) {
            return;
        }
        comparing.asked = Some(wanted);
        let (plan, index, theirs) = (Arc::clone(&open.plan), Arc::clone(&open.index), Arc::clone(&comparing.theirs));
        let ours = Arc::clone(&comparing.ours);
        self.jobs.start(JobKind::Compare, move |_| {
            let mine = Side { plan: &plan, index: &index, as_at: dates.0, withheld: &ours };
            let comparison = Comparison::of(mine, theirs.side(dates.1));
            Ok(Outcome::Compared(Arc::new(comparison), wanted))
        });
    }

    pub(super) fn compared(&mut self, comparison: Arc<Comparison>, of: Of) {
        let Some(comparing) = &mut self.comparing else { return };
        if comparing.asked == Some(of) {
            comparing.asked = None;
        }
        comparing.comparison = Some(comparison);
        comparing.of = Some(of);
    }

    /// Takes something over from their plan, as a change like any other. A position is dated as at the date that
    /// everything is judged against.
    pub fn adopt(&mut self, what: Adopt) {
        self.flush(true);
        let (Some(open), Some(comparing)) = (&self.open, &self.comparing) else { return };
        if !open.editable() {
            return;
        }
        let theirs = comparing.theirs.side(comparing.their_date(open.as_at, open.today()));
        let edit = what.edit(&open.plan, theirs, open.as_at);
        if edit.is_empty() {
            let hint = "Your plan has it already, or there is nothing of it in theirs.";
            self.notices.push(Notice::note("Nothing was taken over", hint));
            return;
        }
        self.notices.push(Notice::done(edit.label.clone()));
        self.edit(edit);
    }
}

fn told(error: &StoreError, path: &Path) -> Ended {
    Ended::Failed(Trouble::new(format!("That plan cannot be compared: {error}"), error.remedy()).about(path))
}
