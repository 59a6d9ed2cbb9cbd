//! Taking another copy over: what the journal is asked for, and the one transaction that writes a merge.

use super::error::{Fault, StoreError};
use super::journal::{self, Entry};
use super::{Brought, Foreign, PlanFile, Stamp, commit, rows, signals};
use crate::model::{EXISTS, Edit, Entity, Id, Value};
use rusqlite::Connection;
use std::collections::BTreeSet;

impl PlanFile {
    /// The entries of the journal, oldest first: place and id.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn history_ids(&self) -> Result<Vec<(i64, Id)>, StoreError> {
        self.asks(|file| numbered(file, "SELECT seq, id FROM entry ORDER BY seq"))
    }

    /// The ids that entries had before further typing extended them, with the place of the entry.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn earlier_ids(&self) -> Result<Vec<(i64, Id)>, StoreError> {
        self.asks(|file| numbered(file, "SELECT seq, id FROM entry_was ORDER BY seq, id"))
    }

    /// The entries after a place, oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn entries_after(&self, seq: i64) -> Result<Vec<Entry>, StoreError> {
        self.asks(|file| {
            let sql = format!("SELECT {} FROM entry WHERE seq > ?1 ORDER BY seq", journal::COLUMNS);
            let mut statement = file.prepare(&sql)?;
            let mut found = statement.query([seq])?;
            let mut entries = Vec::new();
            while let Some(row) = found.next()? {
                entries.push(journal::entry(row)?);
            }
            Ok(entries)
        })
    }

    /// Writes a merge, with the signals of the batches that come over, in one transaction. `None`: there was
    /// nothing to write. With the entry comes how many signals came.
    ///
    /// # Errors
    /// As [`PlanFile::commit`], and when the other file's signals cannot be read. Nothing was changed then.
    pub fn take_merge(
        &mut self,
        edit: &Edit,
        batches: &[Id],
        theirs: &Foreign,
        stamp: &Stamp<'_>,
    ) -> Result<Option<(Entry, Brought)>, StoreError> {
        let mut brought = Brought::default();
        let entry = self.writes(|file, _| {
            let known = providers(file, edit)?;
            brought = signals::bring(file, batches, theirs, &known)?;
            commit::write(file, edit, stamp, None)
        })?;
        Ok(entry.map(|entry| (entry, brought)))
    }
}

fn numbered(file: &Connection, sql: &str) -> Result<Vec<(i64, Id)>, Fault> {
    let mut statement = file.prepare(sql)?;
    let mut found = statement.query([])?;
    let mut ids = Vec::new();
    while let Some(row) = found.next()? {
        ids.push((row.get(0)?, rows::id(row.get_ref(1)?)?));
    }
    Ok(ids)
}

/// The providers that the plan has after an edit: signals of any other are of none.
fn providers(file: &Connection, edit: &Edit) -> Result<BTreeSet<Id>, Fault> {
    let mut statement = file.prepare("SELECT id FROM \"provider\"")?;
    let mut found = statement.query([])?;
    let mut known = BTreeSet::new();
    while let Some(row) = found.next()? {
        known.insert(rows::id(row.get_ref(0)?)?);
    }
    for change in edit.changes.iter().filter(|change| change.entity == Entity::Provider && change.field == EXISTS) {
        if change.after == Value::Null {
            known.remove(&change.row);
        } else {
            known.insert(change.row);
        }
    }
    Ok(known)
}
