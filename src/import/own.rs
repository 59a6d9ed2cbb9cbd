//! Our own workbook come back from Excel (`report::xlsx` wrote it): what a person changed in it, as
//! one edit.
//!
//! Rows are matched by the id in their last column, columns by their heading: they may be moved,
//! hidden or removed. A cell counts as changed when it is not what was written; what the plan changed
//! since the workbook was made stays the plan's, and is told. A row that is gone from the workbook is
//! never deleted unasked. A file that nobody changed changes nothing.

mod again;
mod compare;
mod links;
mod lookup;
mod new_rows;
mod read;
mod taken;
mod value;

pub use compare::{Changes, Missing};
pub use read::read;
pub use taken::Taken;

use crate::model::workbook::{Sheet, mark};
use crate::model::{EXISTS, Edit, Entity, Id, Plan, Value, intent, text};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A workbook that has our mark and cannot be read all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnError {
    /// A later form than this program knows.
    #[error("the workbook was made by a newer Recap (\"{0}\"); import it there, or export it again with this one")]
    Newer(String),
    /// More than a plan can be.
    #[error("the workbook has more than {limit} cells; delete what does not belong to the plan, and import it again")]
    TooManyCells {
        /// The most that are read.
        limit: usize,
    },
    /// A workbook that the reader refuses.
    #[error("the workbook is damaged ({0}); open it in Excel, save it again as .xlsx, and import that")]
    Damaged(String),
    /// Its rows do not go together.
    #[error("the workbook does not make a plan: {0}")]
    NoPlan(String),
}

/// A workbook that was read, before it is held against a plan.
#[derive(Debug, Clone)]
pub struct OwnWorkbook {
    /// Its file name.
    pub name: String,
    /// The plan it was made of.
    pub plan: Id,
    /// Whose plan that is.
    pub organisation: String,
    /// The date that its positions stand as at.
    as_at: NaiveDate,
    /// When it was made.
    made: String,
    sheets: Vec<ReadSheet>,
    known: BTreeMap<(Entity, Id), Known>,
    /// What to say of it whatever plan it is held against.
    warnings: Vec<String>,
}

/// A sheet as it was found.
#[derive(Debug, Clone)]
struct ReadSheet {
    layout: &'static Sheet,
    rows: Vec<ReadRow>,
}

/// A row as it was found.
#[derive(Debug, Clone)]
struct ReadRow {
    /// Its number in Excel.
    number: u32,
    id: Option<Id>,
    /// A cell for each column of the layout; `None` where the column was removed.
    cells: Vec<Option<Found>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    /// Words, or what Excel shows as such.
    Words(String),
    /// A day that Excel knows as one.
    Date(NaiveDate),
    /// An error of a formula, `#NAME?`.
    Error,
}

/// What the workbook knows of a row since it was made.
#[derive(Debug, Clone, Default)]
struct Known {
    /// The marks of its cells, with the number of cells that each took.
    marks: BTreeMap<String, (String, usize)>,
    /// The fields that stand in no cell.
    values: BTreeMap<String, Value>,
}

impl Found {
    /// Its words as they are compared.
    fn words(&self) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Date(date) => date.format("%Y-%m-%d").to_string(),
            Self::Error => "#".to_owned(),
        }
    }
}

impl OwnWorkbook {
    /// What it changes in the plan it was made of. The rows named in `delete` are deleted; other rows
    /// that are gone from it stay and are listed.
    #[must_use]
    pub fn against(&self, plan: &Plan, delete: &BTreeSet<(Entity, Id)>) -> Changes {
        compare::compare(self, plan, delete, false)
    }

    /// The whole plan that it holds, for another plan to take over, with what to say of it.
    ///
    /// # Errors
    /// When its rows do not make a plan.
    pub fn to_plan(&self) -> Result<(Plan, Vec<String>), OwnError> {
        let mut plan = Plan::default();
        let changes = compare::compare(self, &plan.clone(), &BTreeSet::new(), true);
        changes.edit.apply(&mut plan).map_err(|error| OwnError::NoPlan(error.to_string()))?;
        Ok((plan, changes.warnings))
    }

    /// Whether a cell says something else than when the workbook was made; `None` where that is not
    /// known.
    fn is_changed(&self, entity: Entity, id: Id, field: &str, words: &str) -> Option<bool> {
        let (known, _) = self.known.get(&(entity, id))?.marks.get(field)?;
        Some(*known != mark(words))
    }
}

/// What an edit comes to, a line for each kind of row: "2 actions changed, 1 added".
#[must_use]
pub fn tally(edit: &Edit) -> Vec<String> {
    let mut kinds: BTreeMap<Entity, [BTreeSet<Id>; 3]> = BTreeMap::new();
    let of = |wanted: &dyn Fn(&Value) -> bool| -> BTreeSet<(Entity, Id)> {
        let rows = edit.changes.iter().filter(|change| change.field == EXISTS && wanted(&change.after));
        rows.map(|change| (change.entity, change.row)).collect()
    };
    let (added, deleted) = (of(&|after| *after != Value::Null), of(&|after| *after == Value::Null));
    for row in edit.rows() {
        let place = if deleted.contains(&row) { 2 } else { usize::from(added.contains(&row)) };
        kinds.entry(row.0).or_default()[place].insert(row.1);
    }
    let line = |(kind, rows): (Entity, [BTreeSet<Id>; 3])| {
        let counted = rows.iter().zip(["changed", "added", "deleted"]).filter(|(rows, _)| !rows.is_empty());
        let parts = counted.map(|(rows, word)| format!("{} {word}", text::count(rows.len(), intent::noun(kind))));
        parts.collect::<Vec<_>>().join(", ")
    };
    kinds.into_iter().map(line).collect()
}

/// Takes out of a plan what says that signals came: they do not travel in a workbook, and "received" without
/// them would read as a zero. Gives what a person is told, if there was any.
pub fn leave_what_needs_signals(plan: &mut Plan) -> Option<String> {
    if plan.batches.is_empty() && plan.receipts.is_empty() {
        return None;
    }
    plan.batches.clear();
    plan.receipts.clear();
    Some(
        "Signals do not travel in a workbook, so what came and what did not was left out as well; export the plan as JSON to take them along"
            .to_owned(),
    )
}
