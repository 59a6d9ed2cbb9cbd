//! A plan that came as JSON, ready to be written: its rows as an edit, its signals as a batch.

use crate::import::json::JsonImport;
use crate::import::signals::Rows;
use crate::model::{Batch, EXISTS, Edit, EditBuilder, Entity, Id, Plan};
use crate::store::{Entry, Incoming, PlanFile, Stamp, StoreError};
use chrono::NaiveDate;
use std::sync::Arc;

/// What a plan begins with, or takes from another's file.
#[derive(Debug, Clone)]
pub struct WholePlan {
    /// Its rows.
    pub edit: Edit,
    /// Its signals and measures.
    pub rows: Arc<Rows>,
    /// The batch that they come under: the last one that the edit adds, else a new one.
    batch: Id,
    /// The edit with that batch in it.
    with_batch: Edit,
}

impl WholePlan {
    /// Rows alone.
    #[must_use]
    pub fn rows_only(edit: Edit) -> Self {
        Self { with_batch: edit.clone(), edit, rows: Arc::default(), batch: Id::NIL }
    }

    /// What was read from a file, into the plan it was read for.
    #[must_use]
    pub fn of(plan: &Plan, read: JsonImport, name: &str, today: NaiveDate) -> Self {
        let JsonImport { edit, signals, measures, .. } = read;
        let added = |change: &&crate::model::Change| change.entity == Entity::Batch && change.field == EXISTS;
        let (batch, with_batch) = match edit.changes.iter().rev().find(added) {
            Some(change) => (change.row, edit.clone()),
            None => {
                let id = Id::random();
                let mut batch = EditBuilder::new(plan, "");
                batch.put(&Batch { id, name: name.to_owned(), taken_on: Some(today), ..Batch::default() });
                let mut with = edit.clone();
                with.changes.extend(batch.finish().changes);
                (id, with)
            }
        };
        Self { edit, rows: Arc::new(Rows { signals, measures, ..Rows::default() }), batch, with_batch }
    }

    /// Its signals as the store takes them.
    #[must_use]
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { batch: self.batch, signals: &self.rows.signals, measures: &self.rows.measures, gone: &[] }
    }

    /// The edit that makes the signals count.
    #[must_use]
    pub fn edit_with_batch(&self) -> &Edit {
        if self.incoming().is_empty() { &self.edit } else { &self.with_batch }
    }

    /// Whether a file holds all of it already.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_known_to(&self, file: &PlanFile) -> Result<bool, StoreError> {
        Ok(self.edit.is_empty() && self.has_known_signals(file)?)
    }

    fn has_known_signals(&self, file: &PlanFile) -> Result<bool, StoreError> {
        let incoming = self.incoming();
        Ok(incoming.is_empty() || file.compare_signals(&incoming)?.is_known())
    }

    /// Writes it; `None` where there was nothing to write. `go_on` is as for [`PlanFile::take_signals`].
    ///
    /// # Errors
    /// As [`PlanFile::take_signals`].
    pub fn write(
        &self,
        file: &mut PlanFile,
        stamp: &Stamp<'_>,
        go_on: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<Option<Entry>, StoreError> {
        // signals that the file holds already need no batch of their own
        if self.has_known_signals(file)? {
            return file.commit(&self.edit, stamp);
        }
        file.take_signals(&self.incoming(), &self.with_batch, stamp, go_on)
    }
}
