//! Signals and measures in the file: taken in by the batch, asked for as facts and as pages of rows.
//!
//! The one exception to "every change is in the journal field by field": they come by the hundred thousand.
//! What counts is, of each key (source, provider, and the signal's own key), the row of the newest batch
//! that stands in the plan as a [`crate::model::Batch`]. So undo of an import is the undo of that one row:
//! its signals no longer count, and those they had replaced do again.
//!
//! A batch is written in one transaction with its journal entry. Nothing reaches the file before its end
//! (the page cache does not spill): cancelled, killed or out of room, the file is as it was.

mod brought;
mod facts;
mod held;
mod soundness;
mod take;
mod writer;

pub use take::{Compared, Incoming, Standing};
pub use writer::Batching;

pub use brought::Brought;
pub(super) use brought::bring;
pub(super) use held::{each as each_held, measures as all_measures};
pub(super) use soundness::check;
pub(super) use take::{batches_changed, write};

use super::commit;
use super::error::Fault;
use super::{Access, Entry, PlanFile, Stamp, StoreError};
use crate::model::signal::{Facts, Held, MeasureFact};
use crate::model::{Edit, Id};
use rusqlite::Connection;
use std::collections::BTreeSet;

impl PlanFile {
    /// What of incoming rows is new, changed or known already. Nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn compare_signals(&self, incoming: &Incoming<'_>) -> Result<Compared, StoreError> {
        self.asks(|file| take::compare(file, incoming))
    }

    /// Writes a batch and the edit that makes it count, which must put a [`crate::model::Batch`] of its id.
    /// Rows that say what the file holds already are not written again. After every thousand rows it is said
    /// how many are done and of how many; `false` for an answer stops it.
    ///
    /// # Errors
    /// As [`PlanFile::commit`], and [`StoreError::Stopped`]. Nothing was changed then.
    pub fn take_signals(
        &mut self,
        incoming: &Incoming<'_>,
        edit: &Edit,
        stamp: &Stamp<'_>,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Entry>, StoreError> {
        self.writes(|file, _| {
            write(file, incoming, go_on)?;
            commit::write(file, edit, stamp, None)
        })
    }

    /// Writes a batch piece by piece, in one transaction that ends with the edit that makes it count: the work
    /// writes the rows and gives that edit. `None` for an edit leaves the file as it was.
    ///
    /// # Errors
    /// As [`PlanFile::commit`], and those of the work. Nothing was changed then.
    pub fn take_signals_by(
        &mut self,
        batch: Id,
        stamp: &Stamp<'_>,
        work: impl FnOnce(&mut Batching<'_>) -> Result<Option<Edit>, StoreError>,
    ) -> Result<Option<Entry>, StoreError> {
        let path = self.path.clone();
        self.writes(|file, _| {
            let mut batching = Batching::new(file, batch, &path)?;
            let Some(edit) = work(&mut batching).map_err(|error| Fault::Told(Box::new(error)))? else {
                return Ok(None);
            };
            batching.end()?;
            commit::write(file, &edit, stamp, None)
        })
    }

    /// All signals that count, as far as they are counted, and all measures.
    ///
    /// # Errors
    /// When the file cannot be read, or a row of it cannot be.
    pub fn facts(&self) -> Result<Facts, StoreError> {
        self.asks(facts::read)
    }

    /// Signals whole, by their rows in the file and in the order asked for. Rows that are not there any more
    /// are left out.
    ///
    /// # Errors
    /// As [`PlanFile::facts`].
    pub fn signals(&self, numbers: &[i64]) -> Result<Vec<Held>, StoreError> {
        self.asks(|file| held::some(file, numbers))
    }

    /// All signals that count, one by one in the order in which they came.
    ///
    /// # Errors
    /// As [`PlanFile::facts`].
    pub fn each_signal(&self, mut with: impl FnMut(Held)) -> Result<(), StoreError> {
        self.asks(|file| held::each(file, &mut with))
    }

    /// All signals that count.
    ///
    /// # Errors
    /// As [`PlanFile::facts`].
    pub fn held_signals(&self) -> Result<Vec<Held>, StoreError> {
        let mut all = Vec::new();
        self.each_signal(|held| all.push(held))?;
        Ok(all)
    }

    /// All measures that count.
    ///
    /// # Errors
    /// As [`PlanFile::facts`].
    pub fn held_measures(&self) -> Result<Vec<MeasureFact>, StoreError> {
        self.asks(held::measures)
    }

    /// Whether the file has any signals or measures at all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_signals(&self) -> Result<bool, StoreError> {
        self.asks(|file| Ok(!live(file)?.is_empty()))
    }

    /// Whether signals can be written here at all.
    #[must_use]
    pub fn takes_signals(&self) -> bool {
        self.access == Access::Write
    }
}

/// The numbers of the batches that count.
fn live(file: &Connection) -> Result<BTreeSet<i64>, Fault> {
    let sql = "SELECT number FROM signal_batch JOIN \"batch\" ON \"batch\".id = signal_batch.id";
    Ok(file.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
