//! What the journal told of a recommendation, and of targets that words pointed at. The file's thread reads it; here
//! it is kept until the plan changes.

use crate::model::Id;
use crate::model::story::GoneTarget;
use crate::store::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// How many entries are told at first, and how many more each time.
pub const PAGE: usize = 40;

/// The history of a recommendation with all that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowHistory {
    /// The recommendation.
    pub row: Id,
    /// Newest first, with only the changes that are a part of its story.
    pub entries: Vec<Entry>,
    /// There are earlier ones.
    pub more: bool,
}

/// What the open plan's journal was asked.
#[derive(Debug, Default)]
pub struct Story {
    history: Option<RowHistory>,
    asked: Option<(Id, u64, usize)>,
    gone: BTreeMap<Id, GoneTarget>,
    gone_of: BTreeSet<Id>,
    looked: u64,
}

impl Story {
    /// The history of a recommendation, if it was told. While a newer state of the plan is being read it is that of
    /// the one before.
    #[must_use]
    pub fn history(&self, row: Id) -> Option<&RowHistory> {
        self.history.as_ref().filter(|history| history.row == row)
    }

    /// Whether the history of a recommendation was asked for, with at least so many entries, at this state of the
    /// plan.
    #[must_use]
    pub fn is_asked(&self, row: Id, revision: u64, most: usize) -> bool {
        self.asked.is_some_and(|(of, at, many)| of == row && at == revision && many >= most)
    }

    /// What cross-references pointed at that was taken out, by cross-reference.
    #[must_use]
    pub fn gone(&self) -> &BTreeMap<Id, GoneTarget> {
        &self.gone
    }

    pub(super) fn ask(&mut self, row: Id, revision: u64, most: usize) {
        self.asked = Some((row, revision, most));
    }

    pub(super) fn told(&mut self, history: RowHistory) {
        if self.asked.is_some_and(|(row, ..)| row == history.row) {
            self.history = Some(history);
        }
    }

    /// Whether cross-references that lead nowhere are to be asked about: gives them if they are others than before.
    pub(super) fn look(&mut self, revision: u64, lacking: impl FnOnce() -> BTreeSet<Id>) -> Option<BTreeSet<Id>> {
        if self.looked == revision {
            return None;
        }
        self.looked = revision;
        let lacking = lacking();
        if lacking == self.gone_of {
            return None;
        }
        self.gone_of.clone_from(&lacking);
        self.gone.retain(|id, _| lacking.contains(id));
        (!lacking.is_empty()).then_some(lacking)
    }

    pub(super) fn found(&mut self, gone: BTreeMap<Id, GoneTarget>) {
        self.gone = gone;
    }
}
