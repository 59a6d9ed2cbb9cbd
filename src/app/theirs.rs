//! A neighbour's plan beside the open one: read once, held against ours as often as ours changes.

use crate::model::compare::{Comparison, Filter, Side, Withheld, source_name};
use crate::model::printed::day;
use crate::model::text::count;
use crate::model::{Id, Index, Plan};
use crate::store::{BadRow, Foreign, Manifest};
use chrono::NaiveDate;
use std::path::PathBuf;
use std::sync::Arc;

/// A neighbour's plan as it was read.
pub struct Theirs {
    /// Where its file lies.
    pub path: PathBuf,
    /// What of it could be used.
    pub plan: Plan,
    /// Its rows by what they belong to.
    pub index: Index,
    /// What the file says of itself, where it is a shared copy.
    pub manifest: Option<Manifest>,
    /// What a shared copy leaves out.
    pub withheld: Withheld,
    /// Rows that could not be used.
    pub bad: Vec<BadRow>,
    /// What is in the file that Recap did not make, and that was not read.
    pub ignored: Vec<String>,
    /// What is to be said of whole tables.
    pub notes: Vec<String>,
}

/// What a copy leaves out; nothing where it is no copy that was shared.
pub(super) fn withheld(manifest: Option<&Manifest>) -> Withheld {
    manifest.map(|one| Withheld::new(one.withheld.clone())).unwrap_or_default()
}

impl From<Foreign> for Theirs {
    fn from(foreign: Foreign) -> Self {
        let path = foreign.path().to_path_buf();
        let Foreign { plan, manifest, bad, ignored, notes, .. } = foreign;
        let withheld = withheld(manifest.as_ref());
        Self { index: Index::of(&plan), path, plan, manifest, withheld, bad, ignored, notes }
    }
}

impl Theirs {
    /// The date its positions are looked up at, where no other is chosen: its own, else `today`.
    #[must_use]
    pub fn own_date(&self, today: NaiveDate) -> NaiveDate {
        self.plan.info().as_at.unwrap_or(today)
    }

    /// As one of two sides.
    #[must_use]
    pub fn side(&self, as_at: NaiveDate) -> Side<'_> {
        Side { plan: &self.plan, index: &self.index, as_at, withheld: &self.withheld }
    }

    /// Its name: whose plan of which date.
    #[must_use]
    pub fn name(&self) -> String {
        source_name(&self.plan)
    }

    /// What it is as a shared copy, and what it does not share; blank for a plan as it is.
    #[must_use]
    pub fn shared_words(&self) -> String {
        let Some(manifest) = &self.manifest else { return String::new() };
        let whose = if manifest.made_by.is_empty() { "the other organisation" } else { &manifest.made_by };
        let date = day(manifest.made_at.date_naive());
        let mut words = format!("This is a copy that {whose} made to share on {date}");
        if !manifest.for_whom.is_empty() {
            words.push_str(&format!(", for {}", manifest.for_whom));
        }
        words.push('.');
        if !manifest.left_out.is_empty() {
            words.push_str(&format!(" Not shared: {}.", manifest.left_out.join(", ")));
        }
        words
    }

    /// What is to be said before anybody relies on the comparison, a sentence each: the copy and what it leaves out,
    /// rows that could not be used, what was not read.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        let mut said = Vec::new();
        let shared = self.shared_words();
        if !shared.is_empty() {
            said.push(shared);
        }
        if !self.bad.is_empty() {
            let rows = count(self.bad.len(), "row");
            said.push(format!("{rows} of their file could not be used as they stand; the rest is compared."));
        }
        said.extend(self.notes.iter().map(|note| format!("In their file {note}.")));
        if !self.ignored.is_empty() {
            said.push(format!(
                "Their file holds what Recap did not make; it was not read: {}.",
                self.ignored.join(", ")
            ));
        }
        said
    }
}

/// What a comparison was worked out from: our plan's state, our date, theirs.
pub type Of = (u64, NaiveDate, NaiveDate);

/// A neighbour's plan beside ours, and what is shown of the two.
pub struct Comparing {
    /// Theirs.
    pub theirs: Arc<Theirs>,
    /// What our own plan leaves out, where it is a copy that was shared.
    pub ours: Arc<Withheld>,
    /// Their positions are looked up at our date, not at their own.
    pub same_date: bool,
    /// Which rows are shown, on screen and in print.
    pub filter: Filter,
    /// What was worked out last; `None` until it was.
    pub comparison: Option<Arc<Comparison>>,
    /// What it was worked out from.
    pub(super) of: Option<Of>,
    /// What is being worked out.
    pub(super) asked: Option<Of>,
}

impl Comparing {
    pub(super) fn new(theirs: Theirs, ours: Option<&Manifest>) -> Self {
        Self {
            theirs: Arc::new(theirs),
            ours: Arc::new(withheld(ours)),
            same_date: false,
            filter: Filter::default(),
            comparison: None,
            of: None,
            asked: None,
        }
    }

    /// The date that their positions are looked up at.
    #[must_use]
    pub fn their_date(&self, ours: NaiveDate, today: NaiveDate) -> NaiveDate {
        if self.same_date { ours } else { self.theirs.own_date(today) }
    }

    /// Another number for every state of what is shown, for what is kept about it.
    #[must_use]
    pub fn stamp(&self) -> Option<Of> {
        self.of
    }

    /// Whether the file is a copy of the open plan, which can be merged.
    #[must_use]
    pub fn is_copy_of(&self, plan: Id) -> bool {
        self.theirs.plan.id() == plan
    }
}
