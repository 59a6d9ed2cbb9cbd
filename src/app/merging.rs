//! A copy of the plan on its way into it: read, held against the plan, decided, written.

use crate::model::reconcile::{Answers, Conflict, Place};
use crate::share::merge::{Merging, Returned};
use std::sync::Arc;

/// A copy that was read and waits for a decision.
pub struct MergeWaiting {
    /// The copy.
    pub returned: Arc<Returned>,
    /// What it comes to; `None` until the file has answered.
    pub merging: Option<Arc<Merging>>,
    /// What was decided so far.
    pub answers: Answers,
    /// What it comes to has changed since it was first shown, because the plan was changed meanwhile.
    pub changed: bool,
    /// It is being written.
    pub writing: bool,
    /// The state of the plan that was last asked about.
    pub(super) asked: u64,
}

impl MergeWaiting {
    pub(super) fn of(returned: Arc<Returned>) -> Self {
        Self { returned, merging: None, answers: Answers::default(), changed: false, writing: false, asked: 0 }
    }

    /// Takes in what the copy comes to now. What was decided of what is still there stays decided.
    pub(super) fn looked(&mut self, merging: Arc<Merging>) {
        self.changed |= self.merging.as_ref().is_some_and(|before| !before.is_same_as(&merging));
        // an answer to a question that is another one now is asked again
        let same = |place: &Place| {
            let texts = |conflict: &Conflict| (conflict.mine.clone(), conflict.theirs.clone());
            let before = self.merging.as_ref().and_then(|before| before.conflict(*place)).map(texts);
            before == merging.conflict(*place).map(texts)
        };
        let kept = self.answers.conflicts.iter().filter(|(place, _)| same(place));
        self.answers.conflicts = kept.map(|(place, answer)| (*place, answer.clone())).collect();
        self.merging = Some(merging);
    }

    /// Conflicts that nobody has decided yet: ours stays in them.
    #[must_use]
    pub fn undecided(&self) -> usize {
        let open = |conflict: &&Conflict| !self.answers.conflicts.contains_key(&conflict.place);
        self.merging.as_ref().map_or(0, |merging| merging.found.conflicts.iter().filter(open).count())
    }
}

/// A merge as it was decided, on its way to the file.
#[derive(Debug, Clone)]
pub struct Merge {
    /// The copy.
    pub returned: Arc<Returned>,
    /// What was shown when it was decided.
    pub shown: Arc<Merging>,
    /// What was decided.
    pub answers: Answers,
}
