//! The merge as one edit, with what lost inside it: a text that does not stand in the merged plan is written and
//! taken back, so that history has it.

use super::Sides;
use crate::model::{Change, EXISTS, Entity, Id, InPlan, Plan, Value, Visit};

/// Gathers changes in the order they apply.
pub(super) struct Writer<'a> {
    sides: &'a Sides<'a>,
    pub(super) changes: Vec<Change>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(sides: &'a Sides<'a>) -> Self {
        Self { sides, changes: Vec::new() }
    }

    /// A field that says one thing after the other; the first is what this side says.
    pub(super) fn field(&mut self, (entity, row, field): (Entity, Id, &'static str), says: &[&Value]) {
        for pair in says.windows(2).filter(|pair| pair[0] != pair[1]) {
            let (before, after) = (pair[0].clone(), pair[1].clone());
            self.changes.push(Change { entity, row, field, before, after });
        }
    }

    /// A row of the other side comes in.
    pub(super) fn comes(&mut self, entity: Entity, id: Id) {
        entity.visit(Whole { plan: self.sides.theirs, id, comes: true, changes: &mut self.changes });
    }

    /// A row of this side is deleted.
    pub(super) fn goes(&mut self, entity: Entity, id: Id) {
        entity.visit(Whole { plan: self.sides.mine, id, comes: false, changes: &mut self.changes });
    }

    /// A row of the other side is not wanted: it comes and goes.
    pub(super) fn is_left(&mut self, entity: Entity, id: Id) {
        self.comes(entity, id);
        entity.visit(Whole { plan: self.sides.theirs, id, comes: false, changes: &mut self.changes });
    }
}

struct Whole<'a> {
    plan: &'a Plan,
    id: Id,
    comes: bool,
    changes: &'a mut Vec<Change>,
}

impl Visit for Whole<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        let Some(row) = self.plan.row::<T>(self.id) else { return };
        let change = |field, before, after| Change { entity: T::ENTITY, row: self.id, field, before, after };
        if self.comes {
            self.changes.push(change(EXISTS, Value::Null, Value::Int(1)));
        }
        for field in T::FIELDS {
            let (value, blank) = (row.get(field).unwrap_or_default(), T::ENTITY.blank(field));
            if value != blank {
                let (before, after) = if self.comes { (blank, value) } else { (value, blank) };
                self.changes.push(change(field, before, after));
            }
        }
        if !self.comes {
            self.changes.push(change(EXISTS, Value::Int(1), Value::Null));
        }
    }
}
