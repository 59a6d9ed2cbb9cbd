//! The two journals, as finding what both began from asks for them.

use super::Returned;
use crate::model::reconcile::History;
use crate::model::{Edit, Id, Plan};
use crate::store::{Entry, Foreign, PlanFile, StoreError};
use std::collections::BTreeMap;

/// A journal's entries by their places.
struct Journal {
    ids: Vec<Id>,
    seqs: Vec<i64>,
    was: Vec<(Id, usize)>,
}

impl Journal {
    fn new(entries: &[(i64, Id)], earlier: &[(i64, Id)]) -> Self {
        let places: BTreeMap<i64, usize> = entries.iter().enumerate().map(|(place, (seq, _))| (*seq, place)).collect();
        let was = earlier.iter().filter_map(|(seq, id)| Some((*id, *places.get(seq)?))).collect();
        Self {
            ids: entries.iter().map(|(_, id)| *id).collect(),
            seqs: entries.iter().map(|(seq, _)| *seq).collect(),
            was,
        }
    }

    fn seq(&self, place: usize) -> i64 {
        self.seqs.get(place).copied().unwrap_or(i64::MAX)
    }
}

fn edits(entries: Vec<Entry>) -> Vec<Edit> {
    entries.into_iter().map(|entry| entry.edit).collect()
}

/// The plan's own side.
pub(super) struct Mine<'a> {
    file: &'a PlanFile,
    plan: &'a Plan,
    journal: Journal,
}

impl<'a> Mine<'a> {
    pub(super) fn new(file: &'a PlanFile, plan: &'a Plan) -> Result<Self, StoreError> {
        Ok(Self { file, plan, journal: Journal::new(&file.history_ids()?, &file.earlier_ids()?) })
    }
}

impl History for Mine<'_> {
    type Error = StoreError;

    fn plan(&self) -> &Plan {
        self.plan
    }

    fn ids(&self) -> &[Id] {
        &self.journal.ids
    }

    fn was(&self) -> &[(Id, usize)] {
        &self.journal.was
    }

    fn share_base(&self) -> Option<Id> {
        self.file.manifest().map(|manifest| manifest.base)
    }

    fn edits_after(&self, place: usize) -> Result<Vec<Edit>, StoreError> {
        Ok(edits(self.file.entries_after(self.journal.seq(place))?))
    }

    fn edit_at(&self, place: usize) -> Result<Option<Edit>, StoreError> {
        let entries = self.file.entries_after(self.journal.seq(place).saturating_sub(1))?;
        Ok(entries.into_iter().next().map(|entry| entry.edit))
    }
}

/// The copy's side.
pub(super) struct Theirs<'a> {
    returned: &'a Returned,
    file: &'a Foreign,
    journal: Journal,
}

impl<'a> Theirs<'a> {
    pub(super) fn new(returned: &'a Returned, file: &'a Foreign) -> Self {
        Self { returned, file, journal: Journal::new(&returned.entries, &returned.earlier) }
    }
}

impl History for Theirs<'_> {
    type Error = StoreError;

    fn plan(&self) -> &Plan {
        &self.returned.plan
    }

    fn ids(&self) -> &[Id] {
        &self.journal.ids
    }

    fn was(&self) -> &[(Id, usize)] {
        &self.journal.was
    }

    fn share_base(&self) -> Option<Id> {
        self.returned.manifest.as_ref().map(|manifest| manifest.base)
    }

    fn edits_after(&self, place: usize) -> Result<Vec<Edit>, StoreError> {
        Ok(edits(self.file.entries_after(self.journal.seq(place))?))
    }

    fn edit_at(&self, place: usize) -> Result<Option<Edit>, StoreError> {
        let entries = self.file.entries_after(self.journal.seq(place).saturating_sub(1))?;
        Ok(entries.into_iter().next().map(|entry| entry.edit))
    }
}
