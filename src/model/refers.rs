//! Which fields name a row of which kind: what must be there for a row to be whole.

use super::{Entity, Id, InPlan, Plan, Value, Visit};

/// A field that names a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The kind of row that names another.
    pub from: Entity,
    /// The field that does.
    pub field: &'static str,
    /// The kinds of row it may name.
    pub to: &'static [Entity],
    /// Whether it may be blank. One that may not belongs to the row that it names.
    pub optional: bool,
}

const fn must(from: Entity, field: &'static str, to: &'static [Entity]) -> Reference {
    Reference { from, field, to, optional: false }
}

const fn may(from: Entity, field: &'static str, to: &'static [Entity]) -> Reference {
    Reference { from, field, to, optional: true }
}

/// Every field that names a row. The file holds those of one kind with foreign keys; a remark, a choice, an
/// answer to a gap and a finding's link name a row of several kinds, which no foreign key can hold.
pub const REFERENCES: &[Reference] = &[
    may(Entity::Recommendation, "theme", &[Entity::Theme]),
    must(Entity::Position, "recommendation", &[Entity::Recommendation]),
    may(Entity::Action, "responsibility", &[Entity::Responsibility]),
    must(Entity::Timescale, "responsibility", &[Entity::Responsibility]),
    may(Entity::Timescale, "action", &[Entity::Action]),
    must(Entity::Update, "action", &[Entity::Action]),
    must(Entity::Link, "recommendation", &[Entity::Recommendation]),
    must(Entity::Link, "action", &[Entity::Action]),
    must(Entity::CrossReference, "recommendation", &[Entity::Recommendation]),
    may(Entity::CrossReference, "target", &[Entity::Recommendation]),
    must(Entity::EvidenceLink, "recommendation", &[Entity::Recommendation]),
    must(Entity::EvidenceLink, "evidence", &[Entity::Evidence]),
    must(Entity::Revision, "timescale", &[Entity::Timescale]),
    may(Entity::Subject, "theme", &[Entity::SignalTheme]),
    must(Entity::Receipt, "provider", &[Entity::Provider]),
    may(Entity::Batch, "provider", &[Entity::Provider]),
    may(Entity::NotedFinding, "provider", &[Entity::Provider]),
    may(Entity::NotedFinding, "theme", &[Entity::SignalTheme]),
    must(Entity::FindingLink, "finding", &[Entity::NotedFinding]),
    must(Entity::FindingLink, "row", &[Entity::Action, Entity::Recommendation]),
    must(Entity::WatchLevel, "provider", &[Entity::Provider]),
    may(Entity::WatchLevel, "finding", &[Entity::NotedFinding]),
    must(Entity::Rebase, "provider", &[Entity::Provider]),
    may(Entity::Rebase, "theme", &[Entity::SignalTheme]),
    may(Entity::Choice, "subject", Entity::ALL),
    must(Entity::Remark, "row", &[Entity::Recommendation, Entity::Action, Entity::Responsibility]),
    must(Entity::GapAnswer, "row", &[Entity::Recommendation, Entity::Action]),
];

/// The references of a kind of row.
pub fn of(entity: Entity) -> impl Iterator<Item = &'static Reference> {
    REFERENCES.iter().filter(move |reference| reference.from == entity)
}

impl Reference {
    /// The row that a value of this field names, of whatever kind; `None` for a blank one.
    #[must_use]
    pub fn named(&self, value: &Value) -> Option<Id> {
        match value {
            Value::Text(text) => text.parse().ok().filter(|id: &Id| !id.is_nil()),
            Value::Null | Value::Int(_) => None,
        }
    }

    /// The kind under which a plan has the row of this id; `None` if it has it not.
    #[must_use]
    pub fn target(&self, plan: &Plan, id: Id) -> Option<Entity> {
        self.to.iter().copied().find(|entity| plan.has(*entity, id))
    }
}

/// A row that names one which is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dangling {
    /// The field that names it.
    pub reference: &'static Reference,
    /// The row that names it.
    pub row: Id,
    /// The row that is missing.
    pub missing: Id,
}

/// Rows of a plan that name rows which are not there.
#[must_use]
pub fn dangling(plan: &Plan) -> Vec<Dangling> {
    let mut found = Vec::new();
    for reference in REFERENCES {
        reference.from.visit(Look { plan, reference, found: &mut found });
    }
    found
}

struct Look<'a> {
    plan: &'a Plan,
    reference: &'static Reference,
    found: &'a mut Vec<Dangling>,
}

impl Visit for Look<'_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        for row in T::rows(self.plan).values() {
            let value = row.get(self.reference.field).unwrap_or_default();
            if let Some(missing) = self.reference.named(&value)
                && self.reference.target(self.plan, missing).is_none()
            {
                self.found.push(Dangling { reference: self.reference, row: row.id(), missing });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, Link, Recommendation};

    #[test]
    fn every_reference_is_of_a_field_that_its_kind_has() {
        for reference in REFERENCES {
            assert!(reference.from.fields().contains(&reference.field), "{} of {}", reference.field, reference.from);
            assert!(!reference.to.is_empty(), "{} names something", reference.field);
        }
    }

    #[test]
    fn a_row_that_names_a_missing_one_is_found() {
        let id = |name: &str| Id::NIL.derive(&[name]);
        let mut plan = Plan::default();
        plan.actions.insert(id("a"), Action { id: id("a"), ..Action::default() });
        plan.recommendations.insert(id("r"), Recommendation { id: id("r"), ..Recommendation::default() });
        let link = Link { id: id("l"), recommendation: id("r"), action: id("a"), ..Link::default() };
        plan.links.insert(link.id, link);
        assert_eq!(dangling(&plan), [], "whole");
        plan.actions.clear();
        let found = dangling(&plan);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].reference.field, found[0].row, found[0].missing), ("action", id("l"), id("a")));
    }
}
