//! The open plan in memory, and its changes on their way to the file.

use super::draft::{DraftKey, Drafts};
use crate::model::{Edit, EditError, Index, Plan};
use crate::store::{Access, EntryKind, Reversible};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

/// An edit that has not reached the file.
#[derive(Debug, Clone)]
pub struct Pending {
    /// What changes.
    pub edit: Edit,
    /// Whose it is.
    pub kind: EntryKind,
    /// The draft it came from, with the text it was made of.
    pub draft: Option<(DraftKey, String)>,
}

/// The plan that is open.
#[derive(Debug)]
pub struct OpenPlan {
    /// Where it lies.
    pub path: PathBuf,
    /// All of it, as the file has it.
    pub plan: Arc<Plan>,
    /// Its rows by what they belong to.
    pub index: Arc<Index>,
    /// Counts up with every change of `plan`.
    pub revision: u64,
    /// Whether it can be changed, and why not.
    pub access: Access,
    /// What everything is judged against: state of the view, not of the plan.
    pub as_at: NaiveDate,
    /// What is being typed.
    pub drafts: Drafts,
    /// What can be taken back.
    pub reversible: Reversible,
    /// When the file last took a change of this session.
    pub saved: Option<DateTime<Utc>>,
    /// Why the last change is not in the file.
    pub not_saved: Option<String>,
    pub(super) sent: Option<Pending>,
    pub(super) queue: VecDeque<Pending>,
}

impl OpenPlan {
    /// A plan that was just opened, judged as at its own date or else `today`.
    #[must_use]
    pub fn new(path: PathBuf, plan: Plan, access: Access, reversible: Reversible, today: NaiveDate) -> Self {
        Self {
            path,
            as_at: plan.info().as_at.unwrap_or(today),
            index: Arc::new(Index::of(&plan)),
            plan: Arc::new(plan),
            revision: 1,
            access,
            drafts: Drafts::default(),
            reversible,
            saved: None,
            not_saved: None,
            sent: None,
            queue: VecDeque::new(),
        }
    }

    /// Whether it can be changed.
    #[must_use]
    pub fn editable(&self) -> bool {
        self.access == Access::Write
    }

    /// Whether everything typed and done is in the file.
    #[must_use]
    pub fn all_saved(&self) -> bool {
        self.sent.is_none() && self.queue.is_empty() && self.drafts.is_empty()
    }

    /// Whether something is still on its way and may yet arrive.
    #[must_use]
    pub fn busy(&self) -> bool {
        self.sent.is_some() || !self.queue.is_empty() || self.drafts.waiting()
    }

    /// Puts an edit in line; one that changes nothing is not worth it.
    pub fn enqueue(&mut self, pending: Pending) {
        if !pending.edit.is_empty() && self.editable() {
            self.queue.push_back(pending);
        }
    }

    /// The next edit to send, if none is under way.
    pub(super) fn take_next(&mut self) -> Option<Pending> {
        if self.sent.is_some() {
            return None;
        }
        while let Some(pending) = self.queue.pop_front() {
            if pending.edit.is_empty() {
                self.settle_draft(&pending);
                continue;
            }
            self.sent = Some(pending.clone());
            return Some(pending);
        }
        None
    }

    /// Applies to memory what the file now holds.
    ///
    /// # Errors
    /// When memory is not what the file was: the plan must then be read anew.
    pub(super) fn apply(&mut self, edit: &Edit) -> Result<(), EditError> {
        edit.apply(Arc::make_mut(&mut self.plan))?;
        self.index = Arc::new(Index::of(&self.plan));
        self.revision += 1;
        for pending in &mut self.queue {
            pending.edit = std::mem::take(&mut pending.edit).rebased_on(edit);
        }
        Ok(())
    }

    /// Takes in a plan that was read anew.
    pub(super) fn replace(&mut self, plan: Plan) {
        self.index = Arc::new(Index::of(&plan));
        self.plan = Arc::new(plan);
        self.revision += 1;
    }

    /// The draft behind an edit that has arrived is done with.
    pub(super) fn settle_draft(&mut self, pending: &Pending) {
        if let Some((key, text)) = &pending.draft {
            self.drafts.saved(*key, text);
        }
    }
}
