//! What the journal tells of one recommendation with all that belongs to it, and of targets that words lost.

use super::error::StoreError;
use super::journal::{self, Entry};
use super::{HistoryOf, PlanFile};
use crate::model::Id;
use crate::model::story::GoneTarget;
use crate::model::story::history::{Family, find_gone};
use std::collections::{BTreeMap, BTreeSet};

impl PlanFile {
    /// The entries that touch a recommendation or what belongs to it, newest first, with only those changes in
    /// them; at most so many, and whether there are more. Reads the whole journal: what was deleted since belongs
    /// to the story, too.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn story(&self, recommendation: Id, most: usize) -> Result<(Vec<Entry>, bool), StoreError> {
        self.asks(|file| {
            let mut family = Family::of(recommendation);
            // what was linked to it once, before what became of that is looked for
            let id = recommendation.to_string();
            let sql = format!("SELECT {} FROM entry WHERE instr(changes, ?1) ORDER BY seq", journal::COLUMNS);
            let mut statement = file.prepare(&sql)?;
            let mut found = statement.query([&id])?;
            while let Some(row) = found.next()? {
                family.grow(&journal::entry(row)?.edit.changes);
            }
            let mut entries: Vec<Entry> = Vec::new();
            let mut problem = None;
            journal::each(file, |entry| match entry {
                Ok(mut entry) => {
                    family.grow(&entry.edit.changes);
                    entry.edit.changes = family.part(&entry.edit);
                    if !entry.edit.is_empty() {
                        entries.push(entry);
                    }
                }
                Err(error) => problem = Some(error),
            })?;
            if let Some(problem) = problem {
                return Err(problem);
            }
            entries.reverse();
            let more = entries.len() > most;
            entries.truncate(most);
            Ok((entries, more))
        })
    }

    /// What cross-references pointed at before that was taken out of the plan.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn gone_targets(&self, mut of: BTreeSet<Id>) -> Result<BTreeMap<Id, GoneTarget>, StoreError> {
        let mut found = BTreeMap::new();
        if of.is_empty() {
            return Ok(found);
        }
        for entry in self.history(&HistoryOf::default())? {
            find_gone(&entry.edit, &mut of, &mut found);
            if of.is_empty() {
                break;
            }
        }
        Ok(found)
    }
}
