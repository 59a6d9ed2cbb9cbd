//! Two copies of one plan that went their own ways, brought together field by field against what both began from.
//!
//! [`reconcile`] says what the other side changed, where both changed one thing differently, and what was deleted
//! on one side though the other one changed it. [`decide()`] makes of that, and of what a person answered, the one
//! edit that is the merge. What loses stands in that edit too, there and back, so that history keeps it.
//!
//! Clocks decide nothing. What neither side changed since the base is left alone; the same change on both sides is
//! no conflict. Sort keys never conflict, and lists in a text merge member by member.

mod ancestry;
mod base;
mod close;
mod decide;
mod edit;
mod members;
mod rows;
mod subject;
#[cfg(test)]
mod tests;
pub mod told;

pub use ancestry::{Common, History, NoBase, common};
pub use base::Bases;
pub use decide::{Answer, Answers, Decided, decide};
pub use subject::Grouped;

pub(super) use members::together;

use super::{EXISTS, Entity, Id, MergeMark, Plan, Value};
use std::fmt;

/// One field of one row, or with [`EXISTS`] the row: what a change, a conflict and an answer are known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The kind of row.
    pub entity: Entity,
    /// Which row.
    pub row: Id,
    /// Which field, or [`EXISTS`].
    pub field: &'static str,
}

impl Place {
    /// A whole row.
    #[must_use]
    pub fn row(entity: Entity, row: Id) -> Self {
        Self { entity, row, field: EXISTS }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.entity, self.row, self.field)
    }
}

/// Two copies and what they began from.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// What both began from.
    pub bases: Bases<'a>,
    /// The plan that is merged into.
    pub mine: &'a Plan,
    /// The plan that is taken from.
    pub theirs: &'a Plan,
}

/// What the other side did that this side did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A new row.
    Added,
    /// A row that is no longer theirs, and that nobody changed here.
    Removed,
    /// A field says something else.
    Changed {
        /// What it says here.
        mine: Value,
        /// What it will say: theirs, or both together in a list.
        to: Value,
    },
}

/// A change that the merge takes over unless it is unticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where; the same however often the two are reconciled.
    pub place: Place,
    /// What.
    pub what: What,
    /// What it is about: the recommendation where there is one.
    pub subject: (Entity, Id),
}

impl Change {
    /// Whether it is book-keeping that a person has nothing to say to: how far copies were taken.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.place.entity == Entity::MergeMark
    }
}

/// A field that both sides changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Where.
    pub place: Place,
    /// What both began from; `None` where nobody can say.
    pub base: Option<Value>,
    /// What it says here.
    pub mine: Value,
    /// What it says there.
    pub theirs: Value,
    /// What it is about.
    pub subject: (Entity, Id),
}

/// Which side did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// This one.
    Mine,
    /// The other one.
    Theirs,
}

/// Why a row that one side deleted is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The other side changed it since.
    Changed,
    /// A row that is kept or comes in names it.
    Named,
    /// It belongs to a row that is kept.
    Belongs,
}

/// A row that one side deleted and that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The kind of row.
    pub entity: Entity,
    /// Which row.
    pub row: Id,
    /// Who deleted it.
    pub deleted_by: Side,
    /// Why it is kept.
    pub why: Why,
    /// What it is about.
    pub subject: (Entity, Id),
}

/// Two positions of one recommendation for one date, one made on each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twins {
    /// The recommendation.
    pub recommendation: Id,
    /// The one that was made here.
    pub mine: Id,
    /// The one that was made there.
    pub theirs: Id,
}

/// A row that one side deleted and the other left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lapsed {
    entity: Entity,
    row: Id,
    deleted_by: Side,
}

/// What two copies come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reconciled {
    /// What comes over, in the order of its subjects.
    pub changes: Vec<Change>,
    /// What a person has to decide.
    pub conflicts: Vec<Conflict>,
    /// What was deleted on one side and is kept all the same.
    pub deletions_kept: Vec<Kept>,
    /// Positions made on both sides for one date; both are kept.
    pub twins: Vec<Twins>,
    /// What all of it is about, in order.
    subjects: Vec<(Entity, Id)>,
    lapsed: Vec<Lapsed>,
}

impl Reconciled {
    /// Whether there is nothing to take and nothing to decide. Marks of merges alone are no reason for another.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.conflicts.is_empty() && self.told().next().is_none() && self.deletions_kept.is_empty()
    }

    /// The changes that a person is asked about.
    pub fn told(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| !change.is_quiet())
    }
}

/// Holds two copies against what they began from.
#[must_use]
pub fn reconcile(sides: &Sides<'_>) -> Reconciled {
    let mut found = rows::find(sides);
    found.deletions_kept = decide::kept_by_default(sides, &found);
    subject::arrange(sides, &mut found);
    found
}

/// The row that says how far another copy was taken.
#[must_use]
pub fn mark(plan: Id, entry: Id, from_whom: &str, date: Option<chrono::NaiveDate>) -> MergeMark {
    MergeMark { id: MergeMark::id_of(plan, entry), entry, from_whom: from_whom.to_owned(), date }
}
