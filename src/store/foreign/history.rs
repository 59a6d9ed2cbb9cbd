//! The journal of a neighbour's file: what merging asks of it.

use super::super::error::{Fault, StoreError};
use super::super::journal::{self, Entry};
use super::super::rows;
use super::Foreign;
use crate::model::Id;

/// More entries than a history can have: a page of the file that leads to itself is read for ever.
const MOST_ENTRIES: usize = 5_000_000;

fn out_of_order() -> Fault {
    Fault::Damaged("its history is not in order".into())
}

impl Foreign {
    /// The entries of its journal, oldest first: place and id.
    ///
    /// # Errors
    /// When there is no journal, or it cannot be read to its end: half of one would give a wrong base.
    pub fn history_ids(&self) -> Result<Vec<(i64, Id)>, StoreError> {
        self.journal(|| {
            let ids = self.numbered("SELECT seq, id FROM entry NOT INDEXED ORDER BY seq")?;
            if ids.is_sorted_by(|a, b| a.0 < b.0) { Ok(ids) } else { Err(out_of_order()) }
        })
    }

    /// The entries after a place, oldest first, each held against its checksum.
    ///
    /// # Errors
    /// When one is not as it was written, or the journal cannot be read.
    pub fn entries_after(&self, seq: i64) -> Result<Vec<Entry>, StoreError> {
        self.journal(|| {
            let sql = format!("SELECT {} FROM entry NOT INDEXED WHERE seq > ?1 ORDER BY seq", journal::COLUMNS);
            let mut statement = self.file.prepare(&sql)?;
            let mut found = statement.query([seq])?;
            let mut entries: Vec<Entry> = Vec::new();
            while let Some(row) = found.next()? {
                let entry = journal::entry(row)?;
                if entries.last().is_some_and(|last| last.seq >= entry.seq) {
                    return Err(out_of_order());
                }
                entries.push(entry);
            }
            Ok(entries)
        })
    }

    /// The ids that entries had before further typing extended them, with the place of the entry; none in a file
    /// that was made before they were kept.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn earlier_ids(&self) -> Result<Vec<(i64, Id)>, StoreError> {
        if !self.layout.has(&self.file, "entry_was", &["id", "seq"]) {
            return Ok(Vec::new());
        }
        self.numbered("SELECT seq, id FROM entry_was NOT INDEXED ORDER BY seq, id").map_err(|fault| self.told(fault))
    }

    fn numbered(&self, sql: &str) -> Result<Vec<(i64, Id)>, Fault> {
        let mut statement = self.file.prepare(sql)?;
        let mut found = statement.query([])?;
        let mut ids = Vec::new();
        while let Some(row) = found.next()? {
            ids.push((row.get(0)?, rows::id(row.get_ref(1)?)?));
            if ids.len() > MOST_ENTRIES {
                return Err(Fault::Damaged("its history is longer than any can be".into()));
            }
        }
        Ok(ids)
    }

    fn journal<T>(&self, read: impl FnOnce() -> Result<T, Fault>) -> Result<T, StoreError> {
        let columns = ["seq", "id", "at", "who", "kind", "label", "reverses", "checksum", "changes"];
        if !self.layout.has(&self.file, "entry", &columns) {
            return Err(self.told(Fault::Damaged("it has no history".into())));
        }
        read().map_err(|fault| self.told(fault))
    }

    fn told(&self, fault: Fault) -> StoreError {
        StoreError::Theirs(Box::new(fault.at(&self.path)))
    }
}
