//! What was taken of a proposal, as one edit.

use super::keys::Keys;
use super::names::{self, ProposedName};
use super::proposal::{
    Proposal, ProposedAction, ProposedChoice, ProposedEvidence, ProposedField, ProposedRemark, ProposedResponsibility,
    ProposedRow, Status,
};
use super::propose::differs_id;
use super::resolve::{DISMISSED, resolve, write_field};
use crate::model::{
    Action, Change, Choice, ChoiceKind, EXISTS, Edit, EditBuilder, Entity, Evidence, EvidenceLink, Id, Link, Plan,
    PlanInfo, Position, Recommendation, Remark, Value,
};
use std::collections::BTreeSet;

impl Proposal {
    /// The whole import as one edit of the plan it was proposed for; empty if nothing changes.
    #[must_use]
    pub fn edit(&self, plan: &Plan) -> Edit {
        let rows = self.rows.iter().filter(|row| row.take || row.exists).map(|row| row.row.id);
        let coming = rows.chain(plan.recommendations.keys().copied()).collect();
        let mut import = Import {
            edit: EditBuilder::new(plan, String::new()),
            keys: Keys::default(),
            plan,
            name: &self.name,
            places: &self.places,
            names: &self.names,
            coming,
        };
        import.all(self);
        let mut edit = import.edit.finish();
        let answers: Vec<_> =
            self.candidates.iter().chain(&self.choices).filter_map(|c| Some((c.row.id, c.answer.as_ref()?))).collect();
        if !answers.is_empty() {
            let mut after = plan.clone();
            if edit.apply(&mut after).is_ok() {
                for (choice, answer) in answers {
                    // an answer that does not fit any more leaves its question open
                    let _fits = resolve(&after, choice, answer).apply(&mut after);
                }
                edit = difference(plan, &after);
            }
        }
        edit.label = label(&self.name, &edit);
        edit
    }
}

/// "Import NAME: 17 recommendations, 10 actions".
fn label(name: &str, edit: &Edit) -> String {
    let new = |entity: Entity| {
        edit.changes.iter().filter(|c| c.entity == entity && c.field == EXISTS && c.after != Value::Null).count()
    };
    let mut parts = Vec::new();
    for (entity, one, many) in [
        (Entity::Recommendation, "recommendation", "recommendations"),
        (Entity::Responsibility, "responsibility", "responsibilities"),
        (Entity::Action, "action", "actions"),
        (Entity::Position, "position", "positions"),
        (Entity::PaperField, "summary sheet field", "summary sheet fields"),
    ] {
        let count = new(entity);
        // that new recommendations have positions is obvious
        let said = match entity {
            Entity::Position => new(Entity::Recommendation) < count,
            Entity::PaperField => parts.is_empty(),
            _ => true,
        };
        if count > 0 && said {
            parts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    }
    if parts.is_empty() { format!("Import {name}") } else { format!("Import {name}: {}", parts.join(", ")) }
}

fn last<'k>(keys: impl Iterator<Item = &'k String>) -> String {
    keys.max().cloned().unwrap_or_default()
}

struct Import<'a> {
    edit: EditBuilder<'a>,
    keys: Keys,
    plan: &'a Plan,
    name: &'a str,
    places: &'a super::Places,
    names: &'a [ProposedName],
    /// The recommendations that the plan will have.
    coming: BTreeSet<Id>,
}

impl Import<'_> {
    fn all(&mut self, proposal: &Proposal) {
        let plan = self.plan;
        if let Some(date) = proposal.plan_date {
            self.edit.update::<PlanInfo>(plan.id(), |info| info.as_at = Some(date));
            crate::model::intent::keep_readings(&mut self.edit);
        }
        for paper in proposal.paper.iter().filter(|paper| paper.take) {
            if paper.status == Status::Added && paper.fields.is_empty() {
                let mut row = paper.row.clone();
                row.order =
                    self.keys.next(Entity::PaperField, None, || last(plan.paper.values().map(|row| &row.order)));
                self.edit.put(&row);
            }
            self.fields(&paper.fields);
        }
        if let Some(report) =
            proposal.report.as_ref().filter(|_| proposal.rows.iter().any(|row| row.take && !row.exists))
        {
            self.edit.put(report);
        }
        for theme in proposal.themes.iter().filter(|theme| theme.take && theme.status == Status::Added) {
            let mut row = theme.row.clone();
            row.order = self.keys.next(Entity::Theme, None, || last(plan.themes.values().map(|row| &row.order)));
            self.edit.put(&row);
        }
        for row in proposal.rows.iter().filter(|row| row.take) {
            self.row(row);
        }
        for row in proposal.responsibilities.iter().filter(|row| row.take) {
            self.responsibility(row);
        }
        self.actions(&proposal.actions);
        for choice in proposal.candidates.iter().chain(&proposal.choices) {
            self.choice(choice);
        }
    }

    fn row(&mut self, proposed: &ProposedRow) {
        let plan = self.plan;
        let mut row = proposed.row.clone();
        row.theme = row.theme.filter(|theme| self.edit.current::<crate::model::Theme>(*theme).is_some());
        if proposed.exists {
            self.edit.update::<Recommendation>(row.id, |mine| mine.theme = mine.theme.or(row.theme));
            self.fields(&proposed.fields);
        } else {
            let orders = || last(plan.recommendations.values().map(|row| &row.order));
            row.order = self.keys.next(Entity::Recommendation, None, orders);
            self.edit.put(&row);
        }
        if let Some(position) = &proposed.position {
            match position.status {
                Status::Added if position.take => self.edit.put(&position.row),
                Status::Differs if position.take => {
                    self.edit.update::<Position>(position.row.id, |mine| mine.text.clone_from(&position.row.text));
                }
                Status::Differs if !position.settled => {
                    self.differs(position.line, position.row.id, "text", &position.row.text);
                }
                _ => {}
            }
        }
        self.actions(&proposed.actions);
        self.evidence(&proposed.evidence, row.id);
        self.remarks(&proposed.remarks);
        for pointer in proposed.pointers.iter().filter(|pointer| pointer.status == Status::Added) {
            let mut pointer = pointer.row.clone();
            // what is not taken cannot be pointed at
            pointer.target = pointer.target.filter(|target| self.coming.contains(target));
            self.edit.put(&pointer);
        }
    }

    fn responsibility(&mut self, proposed: &ProposedResponsibility) {
        let plan = self.plan;
        if plan.has(Entity::Responsibility, proposed.row.id) {
            self.fields(&proposed.fields);
        } else {
            let mut row = proposed.row.clone();
            let orders = || last(plan.responsibilities.values().map(|row| &row.order));
            row.order = self.keys.next(Entity::Responsibility, None, orders);
            self.edit.put(&row);
        }
        self.actions(&proposed.actions);
        for timescale in proposed.timescales.iter().filter(|row| row.take && row.status == Status::Added) {
            let mut row = timescale.row.clone();
            let at = row.responsibility;
            let orders = || last(plan.timescales_of(at).iter().map(|row| &row.order));
            row.order = self.keys.next(Entity::Timescale, Some(at), orders);
            row.action = row.action.filter(|action| self.edit.current::<Action>(*action).is_some());
            self.edit.put(&row);
        }
        self.remarks(&proposed.remarks);
    }

    /// Evidence with its link to the recommendation it stands behind.
    fn evidence(&mut self, evidence: &[ProposedEvidence], recommendation: Id) {
        let plan = self.plan;
        for proposed in evidence.iter().filter(|proposed| proposed.take && proposed.status == Status::Added) {
            if self.edit.current::<Evidence>(proposed.row.id).is_none() {
                let mut row = proposed.row.clone();
                row.order =
                    self.keys.next(Entity::Evidence, None, || last(plan.evidence.values().map(|row| &row.order)));
                self.edit.put(&row);
            }
            let id = EvidenceLink::id_of(recommendation, proposed.row.id);
            if self.edit.current::<EvidenceLink>(id).is_none() {
                let links = || plan.evidence_links.values().filter(|link| link.recommendation == recommendation);
                let order = self
                    .keys
                    .next(Entity::EvidenceLink, Some(recommendation), || last(links().map(|link| &link.order)));
                self.edit.put(&EvidenceLink { id, recommendation, evidence: proposed.row.id, order });
            }
        }
    }

    fn remarks(&mut self, remarks: &[ProposedRemark]) {
        let plan = self.plan;
        for proposed in remarks.iter().filter(|proposed| proposed.take && proposed.status == Status::Added) {
            if self.edit.current::<Remark>(proposed.row.id).is_none() {
                let mut row = proposed.row.clone();
                row.order = self.keys.next(Entity::Remark, None, || last(plan.remarks.values().map(|row| &row.order)));
                self.edit.put(&row);
            }
        }
    }

    fn actions(&mut self, actions: &[ProposedAction]) {
        let plan = self.plan;
        for action in actions.iter().filter(|action| action.take) {
            let mut row = action.row.clone();
            if plan.has(Entity::Action, row.id) {
                let fields: Vec<_> =
                    action.fields.iter().map(|field| names::replaced_field(self.names, field)).collect();
                self.fields(&fields);
                self.names_settled(&action.fields);
            } else {
                self.names_in(action.line, &mut row);
                let under = row.responsibility;
                let orders = || last(plan.actions_under(under).iter().map(|row| &row.order));
                row.order = self.keys.next(Entity::Action, under, orders);
                self.edit.put(&row);
            }
            for recommendation in action.serves.iter().filter(|id| self.coming.contains(id)).collect::<Vec<_>>() {
                self.link(*recommendation, row.id);
            }
            if let Some(update) = &action.progress {
                self.edit.put(update);
            }
            self.remarks(&action.remarks);
        }
    }

    /// Takes the names that a person took for those in the document.
    fn names_in(&mut self, line: usize, row: &mut Action) {
        let id = row.id;
        for (field, text) in [("owner", &mut row.owner), ("partners", &mut row.partners)] {
            let taken = names::replaced(self.names, field, text);
            if taken != *text {
                self.settled(line, id, field, text);
                *text = taken;
            }
        }
    }

    /// The same for fields that the document fills in the plan's actions.
    fn names_settled(&mut self, fields: &[ProposedField]) {
        for field in fields.iter().filter(|field| field.take) {
            if names::replaced_field(self.names, field).theirs != field.theirs {
                self.settled(field.line, field.row, field.field, &field.theirs);
            }
        }
    }

    /// Remembers that the document's words were seen and others stand: the same document again
    /// changes nothing.
    fn settled(&mut self, line: usize, row: Id, field: &str, theirs: &str) {
        let mut choice = self.difference(line, row, field, theirs);
        DISMISSED.clone_into(&mut choice.answer);
        self.put_choice(choice);
    }

    fn link(&mut self, recommendation: Id, action: Id) {
        let plan = self.plan;
        let id = Link::id_of(recommendation, action);
        if plan.has(Entity::Link, id) {
            return;
        }
        let orders =
            || last(plan.links.values().filter(|link| link.recommendation == recommendation).map(|link| &link.order));
        let order = self.keys.next(Entity::Link, Some(recommendation), orders);
        self.edit.put(&Link { id, recommendation, action, order });
    }

    fn fields(&mut self, fields: &[ProposedField]) {
        for field in fields {
            if field.take {
                write_field(&mut self.edit, field.entity, field.row, field.field, &field.theirs);
            } else if field.status == Status::Differs && !field.settled {
                self.differs(field.line, field.row, field.field, &field.theirs);
            }
        }
    }

    /// Leaves the document's words as a choice in the plan.
    fn differs(&mut self, line: usize, row: Id, field: &str, theirs: &str) {
        let choice = self.difference(line, row, field, theirs);
        self.put_choice(choice);
    }

    fn difference(&self, line: usize, row: Id, field: &str, theirs: &str) -> Choice {
        let id = differs_id(self.plan.id(), row, field, theirs);
        Choice {
            id,
            kind: ChoiceKind::Differs,
            subject: Some(row),
            field: field.to_owned(),
            text: theirs.to_owned(),
            source: format!("{}, {}", self.name, self.places.name(line)),
            ..Choice::default()
        }
    }

    fn choice(&mut self, choice: &ProposedChoice) {
        // a question about a row that was not taken is none
        let subject = choice.row.subject;
        let there = subject.is_none_or(|id| self.exists(id));
        if choice.status == Status::Added && there {
            self.put_choice(choice.row.clone());
        }
    }

    fn exists(&self, id: Id) -> bool {
        use crate::model::{CrossReference, Responsibility, Timescale};
        self.edit.current::<Recommendation>(id).is_some()
            || self.edit.current::<Position>(id).is_some()
            || self.edit.current::<Action>(id).is_some()
            || self.edit.current::<Responsibility>(id).is_some()
            || self.edit.current::<Timescale>(id).is_some()
            || self.edit.current::<CrossReference>(id).is_some()
    }

    fn put_choice(&mut self, mut choice: Choice) {
        let plan = self.plan;
        if plan.has(Entity::Choice, choice.id) || self.edit.current::<Choice>(choice.id).is_some() {
            return;
        }
        choice.order = self.keys.next(Entity::Choice, None, || last(plan.choices.values().map(|row| &row.order)));
        self.edit.put(&choice);
    }
}

/// The edit that makes one plan of another, row by row.
fn difference(before: &Plan, after: &Plan) -> Edit {
    let mut edit = Edit::default();
    for entity in Entity::ALL {
        for id in after.ids(*entity) {
            if !before.has(*entity, id) {
                let (row, before) = (id, Value::Null);
                edit.changes.push(Change { entity: *entity, row, field: EXISTS, before, after: Value::Int(1) });
            }
            for field in entity.fields() {
                let old = before.value(*entity, id, field).unwrap_or_else(|| entity.blank(field));
                let new = after.value(*entity, id, field).unwrap_or_default();
                if old != new {
                    edit.changes.push(Change { entity: *entity, row: id, field, before: old, after: new });
                }
            }
        }
    }
    edit
}
