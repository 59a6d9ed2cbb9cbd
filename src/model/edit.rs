//! The one vocabulary of change: an edit is a label for people and a list of field changes.
//!
//! Undo is the inverse edit, history is the list of past edits, a merge conflict is two edits that
//! touch one field of one row differently. Nothing changes a plan any other way.

use super::plan::InPlan;
use super::{BadValue, Entity, Id, Plan, Value};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// The pseudo-field that says whether a row exists: [`Value::Null`] or 1.
pub const EXISTS: &str = "exists";

/// One field of one row, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The kind of row.
    pub entity: Entity,
    /// Which row.
    pub row: Id,
    /// Which field, or [`EXISTS`].
    pub field: &'static str,
    /// What must stand there for the change to apply.
    pub before: Value,
    /// What stands there then.
    pub after: Value,
}

/// The journal's spelling of a [`Change`].
#[derive(Serialize, Deserialize)]
struct WrittenChange<'a> {
    #[serde(borrow)]
    entity: std::borrow::Cow<'a, str>,
    row: Id,
    #[serde(borrow)]
    field: std::borrow::Cow<'a, str>,
    before: Value,
    after: Value,
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WrittenChange {
            entity: self.entity.word().into(),
            row: self.row,
            field: self.field.into(),
            before: self.before.clone(),
            after: self.after.clone(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let written = WrittenChange::deserialize(deserializer)?;
        let entity = Entity::from_word(&written.entity)
            .ok_or_else(|| D::Error::custom(format!("\"{}\" is not a kind of row", written.entity)))?;
        let field = field_of(entity, &written.field)
            .ok_or_else(|| D::Error::custom(format!("\"{}\" is not a field of a {entity}", written.field)))?;
        Ok(Self { entity, row: written.row, field, before: written.before, after: written.after })
    }
}

fn field_of(entity: Entity, name: &str) -> Option<&'static str> {
    if name == EXISTS { Some(EXISTS) } else { entity.fields().iter().copied().find(|field| *field == name) }
}

/// What one user action changes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Edit {
    /// What a person did, "Change due of 3 actions".
    pub label: String,
    /// In the order they apply.
    pub changes: Vec<Change>,
}

/// An edit that does not fit the plan it was applied to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A field does not hold what the edit says stood there before.
    #[error("the {entity}'s {field} was changed meanwhile: it now says \"{found}\", not \"{before}\"")]
    Stale {
        /// The kind of row.
        entity: Entity,
        /// Which row.
        row: Id,
        /// Which field.
        field: &'static str,
        /// What the edit expected.
        before: Value,
        /// What stands there.
        found: Value,
        /// What the edit would have written.
        after: Value,
    },
    /// A field cannot hold the value.
    #[error("the {entity}'s {field}: {error}")]
    Unfit {
        /// The kind of row.
        entity: Entity,
        /// Which field.
        field: &'static str,
        /// Why not.
        error: BadValue,
    },
}

impl Edit {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The edit that takes this one back: before and after swapped, last change first.
    #[must_use]
    pub fn inverse(&self, label: impl Into<String>) -> Self {
        let changes = self.changes.iter().rev().map(|change| Change {
            before: change.after.clone(),
            after: change.before.clone(),
            ..change.clone()
        });
        Self { label: label.into(), changes: changes.collect() }
    }

    /// The rows it touches.
    #[must_use]
    pub fn rows(&self) -> BTreeSet<(Entity, Id)> {
        self.changes.iter().map(|change| (change.entity, change.row)).collect()
    }

    /// Applies the edit to a plan in memory, whole or not at all.
    ///
    /// # Errors
    /// When a `before` is not what the plan holds, or a field cannot hold an `after`; the plan is
    /// then as it was.
    pub fn apply(&self, plan: &mut Plan) -> Result<(), EditError> {
        for (done, change) in self.changes.iter().enumerate() {
            if let Err(error) = apply_change(plan, change) {
                for change in self.changes[..done].iter().rev() {
                    let back = Change { before: change.after.clone(), after: change.before.clone(), ..change.clone() };
                    let undone = apply_change(plan, &back);
                    debug_assert!(undone.is_ok(), "a change that applied can be taken back");
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// The same edit on top of one of our own that was committed while it waited: where both touch a
    /// field and this one saw what stood before, it now starts from what stands after.
    #[must_use]
    pub fn rebased_on(mut self, committed: &Self) -> Self {
        for change in &mut self.changes {
            let earlier = committed
                .changes
                .iter()
                .find(|c| (c.entity, c.row, c.field) == (change.entity, change.row, change.field));
            if let Some(earlier) = earlier
                && earlier.before == change.before
            {
                change.before = earlier.after.clone();
            }
        }
        self.changes.retain(|change| change.before != change.after);
        self
    }
}

fn apply_change(plan: &mut Plan, change: &Change) -> Result<(), EditError> {
    let Change { entity, row, field, before, after } = change;
    let (entity, row, field) = (*entity, *row, *field);
    let stale =
        |found: Value| EditError::Stale { entity, row, field, before: before.clone(), found, after: after.clone() };
    let exists = plan.has(entity, row);
    if field == EXISTS {
        let found = if exists { Value::Int(1) } else { Value::Null };
        if found != *before {
            return Err(stale(found));
        }
        match after {
            Value::Null => {
                // a row goes only when every field it has was named and emptied: nothing is lost unseen
                if let Some((field, found)) = plan.filled(entity, row).into_iter().next() {
                    let before = entity.blank(field);
                    return Err(EditError::Stale { entity, row, field, before, found, after: Value::Null });
                }
                plan.remove_row(entity, row);
            }
            _ => plan.add_row(entity, row),
        }
        return Ok(());
    }
    let found = plan.value(entity, row, field).unwrap_or_default();
    if !exists || found != *before {
        return Err(stale(found));
    }
    plan.set_value(entity, row, field, after).map_err(|error| EditError::Unfit { entity, field, error })
}

/// Puts an edit together from whole rows; what a row already held drops out by itself.
pub struct EditBuilder<'p> {
    plan: &'p Plan,
    label: String,
    changes: Vec<Change>,
    /// Where in `changes` each row stands.
    places: BTreeMap<(Entity, Id), Vec<usize>>,
}

impl<'p> EditBuilder<'p> {
    /// Starts an edit of a plan.
    pub fn new(plan: &'p Plan, label: impl Into<String>) -> Self {
        Self { plan, label: label.into(), changes: Vec::new(), places: BTreeMap::new() }
    }

    /// The plan as it was before the edit.
    #[must_use]
    pub fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// A row as it stands in the edit so far.
    #[must_use]
    pub fn current<T: InPlan>(&self, id: Id) -> Option<T> {
        let mut row = self.plan.row::<T>(id).cloned();
        for place in self.places.get(&(T::ENTITY, id)).into_iter().flatten() {
            let change = &self.changes[*place];
            if change.field == EXISTS {
                row = (change.after != Value::Null).then(|| T::blank(id));
            } else if let Some(row) = &mut row {
                let set = row.set(change.field, &change.after);
                debug_assert!(set.is_ok(), "the builder writes only what it read from a row");
            }
        }
        row
    }

    /// The rows of a kind that the edit adds, as they stand in it so far.
    #[must_use]
    pub fn added<T: InPlan>(&self) -> Vec<T> {
        let ids = self.places.keys().filter(|(entity, id)| *entity == T::ENTITY && !self.plan.has(*entity, *id));
        ids.filter_map(|(_, id)| self.current::<T>(*id)).collect()
    }

    /// Writes a whole row: added if it is new, else only what differs.
    pub fn put<T: InPlan>(&mut self, row: &T) {
        let current = self.current::<T>(row.id());
        if current.is_none() {
            self.push(T::ENTITY, row.id(), EXISTS, Value::Null, Value::Int(1));
        }
        let current = current.unwrap_or_else(|| T::blank(row.id()));
        for field in T::FIELDS {
            let (before, after) = (current.get(field).unwrap_or_default(), row.get(field).unwrap_or_default());
            if before != after {
                self.push(T::ENTITY, row.id(), field, before, after);
            }
        }
    }

    /// Changes a row through a closure; does nothing if there is no such row.
    pub fn update<T: InPlan>(&mut self, id: Id, change: impl FnOnce(&mut T)) {
        if let Some(mut row) = self.current::<T>(id) {
            change(&mut row);
            self.put(&row);
        }
    }

    /// Removes a row; does nothing if there is no such row.
    pub fn delete<T: InPlan>(&mut self, id: Id) {
        let Some(row) = self.current::<T>(id) else { return };
        for field in T::FIELDS {
            let (before, after) = (row.get(field).unwrap_or_default(), T::ENTITY.blank(field));
            if before != after {
                self.push(T::ENTITY, id, field, before, after);
            }
        }
        self.push(T::ENTITY, id, EXISTS, Value::Int(1), Value::Null);
    }

    fn push(&mut self, entity: Entity, row: Id, field: &'static str, before: Value, after: Value) {
        self.places.entry((entity, row)).or_default().push(self.changes.len());
        self.changes.push(Change { entity, row, field, before, after });
    }

    /// Changes the label, once it is known what the edit came to.
    pub fn label(&mut self, label: impl Into<String>) {
        self.label = label.into();
    }

    /// Whether nothing has changed so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The edit. Several changes of one field become one; what ends as it began is left out.
    #[must_use]
    pub fn finish(self) -> Edit {
        let mut merged: Vec<Change> = Vec::with_capacity(self.changes.len());
        let mut seen: BTreeMap<(Entity, Id, &'static str), usize> = BTreeMap::new();
        for change in self.changes {
            let key = (change.entity, change.row, change.field);
            // a row that comes and goes keeps its order of events
            match seen.get(&key) {
                Some(&place) if change.field != EXISTS => merged[place].after = change.after,
                _ => {
                    if change.field == EXISTS {
                        let first = (change.entity, change.row, "");
                        let of_row = |key: &&(Entity, Id, &'static str)| (key.0, key.1) == (change.entity, change.row);
                        let earlier: Vec<_> =
                            seen.range(first..).map(|(key, _)| key).take_while(of_row).copied().collect();
                        for key in earlier {
                            seen.remove(&key);
                        }
                    }
                    seen.insert(key, merged.len());
                    merged.push(change);
                }
            }
        }
        merged.retain(|change| change.before != change.after);
        Edit { label: self.label, changes: merged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, ActionState, Theme};

    fn plan_with_action() -> (Plan, Id) {
        let mut plan = Plan::default();
        let id = Id::NIL.derive(&["a"]);
        let mut edit = EditBuilder::new(&plan, "Add action");
        edit.put(&Action { id, text: "Agree the extract".into(), owner: "Quality lead".into(), ..Action::default() });
        edit.finish().apply(&mut plan).expect("fits an empty plan");
        (plan, id)
    }

    #[test]
    fn the_inverse_of_any_edit_takes_the_plan_back() {
        let (plan, id) = plan_with_action();
        let mut builder = EditBuilder::new(&plan, "Several things");
        builder.update::<Action>(id, |action| action.state = ActionState::Complete);
        builder.update::<Action>(id, |action| action.owner.clear());
        builder.put(&Theme { id: Id::NIL.derive(&["t"]), title: "Complaints".into(), ..Theme::default() });
        let edit = builder.finish();
        let mut changed = plan.clone();
        edit.apply(&mut changed).expect("fits");
        assert_ne!(changed, plan, "something changed");
        edit.inverse("Undo").apply(&mut changed).expect("the inverse fits");
        assert_eq!(changed, plan, "all of it was taken back");
    }

    #[test]
    fn a_deleted_row_comes_back_whole() {
        let (plan, id) = plan_with_action();
        let mut builder = EditBuilder::new(&plan, "Delete action");
        builder.delete::<Action>(id);
        let edit = builder.finish();
        let mut changed = plan.clone();
        edit.apply(&mut changed).expect("fits");
        assert!(changed.actions.is_empty(), "it is gone");
        edit.inverse("Undo").apply(&mut changed).expect("fits");
        assert_eq!(changed, plan, "with every field");
    }

    #[test]
    fn an_edit_on_changed_ground_is_refused_whole() {
        let (plan, id) = plan_with_action();
        let mut builder = EditBuilder::new(&plan, "Ours");
        builder.put(&Theme { id: Id::NIL.derive(&["t"]), title: "Complaints".into(), ..Theme::default() });
        builder.update::<Action>(id, |action| action.owner = "Head of contracting".into());
        let ours = builder.finish();
        let mut theirs = plan.clone();
        theirs.actions.get_mut(&id).expect("there").owner = "Accountable officer".into();
        let before = theirs.clone();
        let refused = ours.apply(&mut theirs).expect_err("the owner was changed meanwhile");
        assert!(refused.to_string().contains("Accountable officer"), "it shows what stands there: {refused}");
        assert_eq!(theirs, before, "not even the theme was added");
    }

    #[test]
    fn a_row_with_unseen_words_is_not_deleted() {
        let (plan, id) = plan_with_action();
        let mut builder = EditBuilder::new(&plan, "Delete action");
        builder.delete::<Action>(id);
        let edit = builder.finish();
        let mut theirs = plan.clone();
        theirs.actions.get_mut(&id).expect("there").partners = "The council".into();
        assert!(edit.apply(&mut theirs).is_err(), "somebody added partners since");
    }

    #[test]
    fn the_journal_reads_back_what_it_wrote() {
        let (plan, id) = plan_with_action();
        let mut builder = EditBuilder::new(&plan, "Tick");
        builder.update::<Action>(id, |action| action.tentative = true);
        let edit = builder.finish();
        let json = serde_json::to_string(&edit).expect("writes");
        assert_eq!(serde_json::from_str::<Edit>(&json).expect("reads"), edit, "round trip of {json}");
        let foreign = json.replace("tentative", "colour");
        assert!(serde_json::from_str::<Edit>(&foreign).is_err(), "an unknown field is not passed over");
    }

    #[test]
    fn what_ends_as_it_began_is_no_change() {
        let (plan, id) = plan_with_action();
        let mut builder = EditBuilder::new(&plan, "There and back");
        builder.update::<Action>(id, |action| action.owner = "Somebody".into());
        builder.update::<Action>(id, |action| action.owner = "Quality lead".into());
        assert!(builder.finish().is_empty(), "nothing to write");
    }

    #[test]
    fn a_waiting_edit_follows_our_own_earlier_one() {
        let (plan, id) = plan_with_action();
        let set = |owner: &str| {
            let mut builder = EditBuilder::new(&plan, "Owner");
            builder.update::<Action>(id, |action| action.owner = owner.into());
            builder.finish()
        };
        let (first, second) = (set("A"), set("B"));
        let mut now = plan.clone();
        first.apply(&mut now).expect("fits");
        second.rebased_on(&first).apply(&mut now).expect("fits after rebasing");
        assert_eq!(now.actions[&id].owner, "B", "the later word stands");
    }
}
