//! Which rows the merged plan has: what it names is there, and what belongs to a kept row is kept with it.

use super::{Kept, Lapsed, Side, Sides, Why};
use crate::model::refers::{self, Reference};
use crate::model::{Entity, Id, InPlan, Plan, Value, Visit};
use std::collections::{BTreeMap, BTreeSet};

type Row = (Entity, Id);

/// Which rows go and come, as far as it is known.
pub(super) struct Rows<'a> {
    sides: Sides<'a>,
    /// Rows of this side that are deleted.
    pub(super) gone: BTreeSet<Row>,
    /// Rows of the other side that come in.
    pub(super) come: BTreeSet<Row>,
    /// What fields of rows on both sides will say, where that is not what this side says.
    fields: BTreeMap<(Entity, Id, &'static str), &'a Value>,
    /// Rows that one side deleted and that stay or come back, with why.
    pub(super) kept: Vec<Kept>,
    /// Rows to look at, and whether one side deleted them: then what belongs to them comes back with them.
    queue: Vec<(Row, bool)>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(sides: Sides<'a>) -> Self {
        let (gone, come, fields) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
        Self { sides, gone, come, fields, kept: Vec::new(), queue: Vec::new() }
    }

    /// Notes what a field will say.
    pub(super) fn will_say(&mut self, entity: Entity, id: Id, field: &'static str, value: &'a Value) {
        if refers::of(entity).any(|reference| reference.field == field) {
            self.fields.insert((entity, id, field), value);
            self.queue.push(((entity, id), false));
        }
    }

    /// Notes a row that one side deleted and that is there all the same.
    pub(super) fn keeps(&mut self, row: Row) {
        self.queue.push((row, true));
    }

    fn is_there(&self, row: Row) -> bool {
        (self.sides.mine.has(row.0, row.1) && !self.gone.contains(&row)) || self.come.contains(&row)
    }

    /// What a row of the merged plan says in a field that names another.
    fn says(&self, row: Row, reference: &Reference) -> Option<Id> {
        if let Some(value) = self.fields.get(&(row.0, row.1, reference.field)) {
            return reference.named(value);
        }
        let plan = if self.sides.mine.has(row.0, row.1) { self.sides.mine } else { self.sides.theirs };
        plan.value(row.0, row.1, reference.field).and_then(|value| reference.named(&value))
    }

    /// Keeps and brings back until nothing names what is not there.
    pub(super) fn close(&mut self, lapsed: &[Lapsed]) {
        let look = self.come.iter().copied().chain(names_gone(self));
        self.queue.extend(look.map(|row| (row, false)).collect::<Vec<_>>());
        let belongs = self.belonging(lapsed);
        while let Some((row, was_deleted)) = self.queue.pop() {
            if !self.is_there(row) {
                continue;
            }
            for reference in refers::of(row.0) {
                let Some(named) = self.says(row, reference) else { continue };
                if reference.to.iter().any(|entity| self.is_there((*entity, named))) {
                    continue;
                }
                let target = reference.target(self.sides.mine, named);
                if let Some(entity) = target.or_else(|| reference.target(self.sides.theirs, named)) {
                    self.restore((entity, named), Why::Named);
                }
            }
            for child in belongs.get(&row.1).into_iter().flatten().filter(|_| was_deleted) {
                if !self.is_there(*child) && self.is_whole(*child) {
                    self.restore(*child, Why::Belongs);
                }
            }
        }
    }

    /// Rows that one side deleted, by each row that they belong to. The sort of row that deleting takes along.
    fn belonging(&self, lapsed: &[Lapsed]) -> BTreeMap<Id, Vec<Row>> {
        let mut belongs: BTreeMap<Id, Vec<Row>> = BTreeMap::new();
        for Lapsed { entity, row, .. } in lapsed {
            for reference in refers::of(*entity).filter(|reference| !reference.optional) {
                if let Some(parent) = self.says((*entity, *row), reference) {
                    belongs.entry(parent).or_default().push((*entity, *row));
                }
            }
        }
        belongs
    }

    /// Whether all that a row belongs to is there.
    fn is_whole(&self, row: Row) -> bool {
        refers::of(row.0).filter(|reference| !reference.optional).all(|reference| {
            let named = self.says(row, reference);
            named.is_some_and(|named| reference.to.iter().any(|entity| self.is_there((*entity, named))))
        })
    }

    fn restore(&mut self, row: Row, why: Why) {
        let deleted_by = if self.gone.remove(&row) {
            Side::Theirs
        } else {
            self.come.insert(row);
            Side::Mine
        };
        self.kept.push(Kept { entity: row.0, row: row.1, deleted_by, why, subject: row });
        self.queue.push((row, true));
    }
}

/// Rows of this side that name one that goes.
fn names_gone(rows: &Rows<'_>) -> Vec<Row> {
    let mut found = Vec::new();
    if rows.gone.is_empty() {
        return found;
    }
    let kinds: BTreeSet<Entity> = rows.gone.iter().map(|(entity, _)| *entity).collect();
    let ids: BTreeSet<Id> = rows.gone.iter().map(|(_, id)| *id).collect();
    for reference in refers::REFERENCES.iter().filter(|reference| reference.to.iter().any(|to| kinds.contains(to))) {
        let look = Look { plan: rows.sides.mine, reference, ids: &ids, found: &mut found };
        reference.from.visit(look);
    }
    found
}

struct Look<'a> {
    plan: &'a Plan,
    reference: &'static Reference,
    ids: &'a BTreeSet<Id>,
    found: &'a mut Vec<Row>,
}

impl Visit for Look<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        for row in T::rows(self.plan).values() {
            let named = row.get(self.reference.field).and_then(|value| self.reference.named(&value));
            if named.is_some_and(|named| self.ids.contains(&named)) {
                self.found.push((T::ENTITY, row.id()));
            }
        }
    }
}
