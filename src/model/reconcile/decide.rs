//! From what was found and what a person answered to the edit that is the merge.

use super::close::Rows;
use super::edit::Writer;
use super::{Kept, Place, Reconciled, Side, Sides, What, Why};
use crate::model::{BadValue, Edit, Entity, Id, InPlan, MergeMark, Plan, Record as _, Value, Visit};
use std::collections::{BTreeMap, BTreeSet};

/// What is to stand where both sides changed a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Answer {
    /// What this side says.
    #[default]
    Ours,
    /// What the other side says.
    Theirs,
    /// Something else.
    Text(Value),
}

/// What a person answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// What is to stand where both sides changed a field, by its place.
    pub conflicts: BTreeMap<Place, Answer>,
    /// What stands in conflicts that nobody answered.
    pub otherwise: Answer,
    /// Changes that are not taken, and rows deleted here that do not come back.
    pub unticked: BTreeSet<Place>,
}

impl Answers {
    /// The answer to a conflict.
    #[must_use]
    pub fn to(&self, place: Place) -> &Answer {
        self.conflicts.get(&place).unwrap_or(&self.otherwise)
    }
}

/// A merge that can be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    /// What changes, with what lost inside it. Only the mark where both sides did the same; empty where the other
    /// side did nothing since it was last taken.
    pub edit: Edit,
    /// What is deleted on one side and kept all the same, as it was decided.
    pub kept: Vec<Kept>,
    /// Batches of signals that come over.
    pub batches: Vec<Id>,
}

/// The edit that merges, ending in the mark that says how far the other side was taken.
///
/// # Errors
/// When a field cannot hold the text that was written for it.
pub fn decide(
    sides: &Sides<'_>,
    found: &Reconciled,
    answers: &Answers,
    mark: &MergeMark,
    label: impl Into<String>,
) -> Result<Decided, (Place, BadValue)> {
    let label = label.into();
    if found.is_empty() && !is_news(sides) {
        return Ok(Decided { edit: Edit { label, changes: Vec::new() }, ..Decided::default() });
    }
    let says = texts(found, answers)?;
    let rows = rows(sides, found, answers, &says);
    let mut write = Writer::new(sides);
    for change in &found.changes {
        let Place { entity, row, field } = change.place;
        let unticked = answers.unticked.contains(&change.place);
        match &change.what {
            What::Changed { mine, to } if unticked => write.field((entity, row, field), &[mine, to, mine]),
            What::Changed { mine, to } => write.field((entity, row, field), &[mine, to]),
            What::Added if !rows.come.contains(&(entity, row)) => write.is_left(entity, row),
            What::Added | What::Removed => {}
        }
    }
    for conflict in &found.conflicts {
        let Place { entity, row, field } = conflict.place;
        let end = says.get(&conflict.place).unwrap_or(&conflict.mine);
        write.field((entity, row, field), &[&conflict.mine, &conflict.theirs, end]);
    }
    let changed = |kept: &&Kept| kept.deleted_by == Side::Mine && kept.why == Why::Changed;
    for kept in found.deletions_kept.iter().filter(changed) {
        if !rows.come.contains(&(kept.entity, kept.row)) {
            write.is_left(kept.entity, kept.row);
        }
    }
    for (entity, row) in &rows.come {
        write.comes(*entity, *row);
    }
    for (entity, row) in &rows.gone {
        write.goes(*entity, *row);
    }
    let marked = sides.mine.has(Entity::MergeMark, mark.id()) || rows.come.contains(&(Entity::MergeMark, mark.id()));
    let mut changes = write.changes;
    if !marked {
        let mut edit = crate::model::EditBuilder::new(sides.mine, "");
        edit.put(mark);
        changes.extend(edit.finish().changes);
    }
    let batches = rows.come.iter().filter(|(entity, _)| *entity == Entity::Batch).map(|(_, id)| *id).collect();
    let kept = kept(found, answers, rows.kept);
    Ok(Decided { edit: Edit { label, changes }, kept, batches })
}

/// Whether the other side did anything since it was last taken, even if this side did the same: without a mark of
/// that, what either takes back later would look like a change of the other's.
fn is_news(sides: &Sides<'_>) -> bool {
    let known = [Some(sides.bases.theirs), sides.bases.crossed.map(|(taken, _)| taken)];
    !known.into_iter().flatten().any(|known| same_but_for_marks(known, sides.theirs))
}

fn same_but_for_marks(one: &Plan, other: &Plan) -> bool {
    let differ = |entity: &&Entity| **entity != Entity::MergeMark && !entity.visit(SameRows { one, other });
    !Entity::ALL.iter().any(|entity| differ(&entity))
}

/// Whether two plans have the same rows of a kind.
struct SameRows<'a> {
    one: &'a Plan,
    other: &'a Plan,
}

impl Visit for SameRows<'_> {
    type Output = bool;

    fn visit<T: InPlan>(self) -> bool {
        T::rows(self.one) == T::rows(self.other)
    }
}

/// What was found as kept, less what was unticked, with what follows from the answers.
fn kept(found: &Reconciled, answers: &Answers, closed: Vec<Kept>) -> Vec<Kept> {
    let known =
        |kept: &&Kept| kept.why == Why::Changed && !answers.unticked.contains(&Place::row(kept.entity, kept.row));
    found.deletions_kept.iter().filter(known).cloned().chain(closed).collect()
}

/// What conflicts end as, where that is not what this side says.
fn texts(found: &Reconciled, answers: &Answers) -> Result<BTreeMap<Place, Value>, (Place, BadValue)> {
    let mut says = BTreeMap::new();
    for conflict in &found.conflicts {
        let end = match answers.to(conflict.place) {
            Answer::Ours => continue,
            Answer::Theirs => conflict.theirs.clone(),
            Answer::Text(value) => conflict
                .place
                .entity
                .visit(Fits { field: conflict.place.field, value })
                .map_err(|error| (conflict.place, error))?,
        };
        says.insert(conflict.place, end);
    }
    Ok(says)
}

/// A value as a field spells it.
struct Fits<'a> {
    field: &'static str,
    value: &'a Value,
}

impl Visit for Fits<'_> {
    type Output = Result<Value, BadValue>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let mut row = T::default();
        row.set(self.field, self.value)?;
        Ok(row.get(self.field).unwrap_or_default())
    }
}

/// Which rows come and go.
fn rows<'a>(sides: &Sides<'a>, found: &'a Reconciled, answers: &Answers, says: &'a BTreeMap<Place, Value>) -> Rows<'a> {
    let mut rows = Rows::new(*sides);
    for change in &found.changes {
        let Place { entity, row, field } = change.place;
        match (&change.what, answers.unticked.contains(&change.place)) {
            (What::Added, false) => {
                rows.come.insert((entity, row));
            }
            (What::Removed, false) => {
                rows.gone.insert((entity, row));
            }
            // what a person wants to keep, keeps what belongs to it
            (What::Removed, true) => rows.keeps((entity, row)),
            (What::Changed { to, .. }, false) => rows.will_say(entity, row, field, to),
            (What::Added | What::Changed { .. }, true) => {}
        }
    }
    for (place, value) in says {
        rows.will_say(place.entity, place.row, place.field, value);
    }
    for kept in found.deletions_kept.iter().filter(|kept| kept.why == Why::Changed) {
        let row = (kept.entity, kept.row);
        match kept.deleted_by {
            Side::Theirs => rows.keeps(row),
            Side::Mine if answers.unticked.contains(&Place::row(kept.entity, kept.row)) => {}
            Side::Mine => {
                rows.come.insert(row);
                rows.keeps(row);
            }
        }
    }
    rows.close(&found.lapsed);
    rows
}

/// What is kept if nobody unticks anything and conflicts are left as this side has them.
pub(super) fn kept_by_default(sides: &Sides<'_>, found: &Reconciled) -> Vec<Kept> {
    let (answers, says) = (Answers::default(), BTreeMap::new());
    let closed = rows(sides, found, &answers, &says).kept;
    kept(found, &answers, closed)
}
