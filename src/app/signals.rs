//! Signals on their way into the plan, between the window and the file.

mod at_once;

pub use at_once::{CameIn, NotTaken, Source, take_at_once};

use crate::import::signals::{Options, Proposal, Rows};
use crate::model::intent::intelligence::{Taken, take_batch};
use crate::model::{Edit, Entity, Id, Plan, Provider};
use crate::store::{Compared, Incoming, Standing};
use chrono::NaiveDate;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A source that was read and waits for a decision.
pub struct SignalsWaiting {
    /// Where it lies.
    pub path: PathBuf,
    /// What is in it, to be read in another way.
    pub(super) bytes: Arc<Vec<u8>>,
    /// What it would bring.
    pub proposal: Box<Proposal>,
    /// What goes into the plan as it was decided so far.
    pub rows: Arc<Rows>,
    /// Subjects that lead to no theme, with how many signals have each, the most frequent first.
    pub unmapped: Vec<(String, usize)>,
    /// What of it is new, changed or known already; `None` until the file has answered.
    pub compared: Option<Compared>,
}

impl SignalsWaiting {
    /// How it was asked to be read.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.proposal.options
    }

    /// Whether it can be taken: nothing is left to say, and something came.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.compared.is_some() && self.proposal.open().is_empty() && !self.rows.covered.is_empty()
    }
}

/// What an import came to, in words: "120 new, 3 updated, 5 unchanged".
#[must_use]
pub fn outcome_words(compared: &Compared) -> String {
    let part = |standing: Standing, word: &str| match compared.count(standing) {
        0 => None,
        count => Some(format!("{count} {word}")),
    };
    let parts =
        [part(Standing::New, "new"), part(Standing::Updated, "updated"), part(Standing::Unchanged, "unchanged")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no rows".to_owned() } else { parts.join(", ") }
}

/// How far the writing of a batch is, and whether it shall stop; seen from both sides.
#[derive(Debug, Default)]
pub struct Writing {
    done: AtomicUsize,
    all: AtomicUsize,
    stop: AtomicBool,
}

impl Writing {
    /// How far it is, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f32 {
        let all = self.all.load(Ordering::Relaxed).max(1);
        self.done.load(Ordering::Relaxed) as f32 / all as f32
    }

    /// Tells it to stop; the plan is then as it was.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Says how far it is; `false` where it shall stop.
    pub(super) fn at(&self, done: usize, all: usize) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
        !self.stop.load(Ordering::Relaxed)
    }
}

/// A batch to write, with the edit that makes it count.
#[derive(Debug, Clone)]
pub struct Taking {
    /// The batch.
    pub batch: Id,
    /// Its rows.
    pub rows: Arc<Rows>,
    /// Signals that are no more, by their rows in the file.
    pub gone: Vec<i64>,
    /// The edit.
    pub edit: Edit,
    /// Whether a person put it in by hand, rather than that it came in a file.
    pub by_hand: bool,
    /// How far it is.
    pub writing: Arc<Writing>,
}

impl Taking {
    /// What the store is given.
    #[must_use]
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { batch: self.batch, signals: &self.rows.signals, measures: &self.rows.measures, gone: &self.gone }
    }
}

/// The edit that makes a source's batch count, with the batch's id.
#[must_use]
pub fn import_edit(plan: &Plan, proposal: &Proposal, rows: &Rows, outcome: &str, today: NaiveDate) -> (Id, Edit) {
    let id = Id::random();
    (id, import_edit_as(id, plan, proposal, rows, outcome, today))
}

fn import_edit_as(id: Id, plan: &Plan, proposal: &Proposal, rows: &Rows, outcome: &str, today: NaiveDate) -> Edit {
    let (new, aliases) = proposal.names(plan);
    let providers = new.into_iter().map(|(id, name)| Provider { id, name, ..Provider::default() }).collect();
    let receipts = rows.covered.clone();
    let batch = proposal.batch(id, rows, today, outcome.to_owned());
    let taken = Taken { batch, providers, aliases, receipts, label: proposal.label(rows) };
    take_batch(plan, &taken)
}

/// Whether an edit does more than note down that a batch came.
#[must_use]
pub fn changes_more_than_batch(edit: &Edit) -> bool {
    edit.changes.iter().any(|change| change.entity != Entity::Batch)
}
