//! Deleting a row with what hangs on it: what is about it goes too, what only names it forgets it.

use super::{
    Action, Batch, Choice, CrossReference, EditBuilder, Entity, Evidence, EvidenceLink, FindingLink, GapAnswer, Id,
    InPlan, Link, NotedFinding, Position, Provider, Rebase, Receipt, Recommendation, Remark, Responsibility, Revision,
    SignalTheme, Subject, Theme, Timescale, Update, Visit, WatchLevel,
};

/// Deletes a row of a plan. The plan's own row stays, whatever is asked.
pub fn row(edit: &mut EditBuilder<'_>, entity: Entity, id: Id) {
    match entity {
        Entity::PlanInfo => {}
        Entity::Theme => theme(edit, id),
        Entity::Recommendation => recommendation(edit, id),
        Entity::Responsibility => responsibility(edit, id),
        Entity::Action => action(edit, id),
        Entity::Evidence => evidence(edit, id),
        Entity::Timescale => timescale(edit, id),
        Entity::Provider => provider(edit, id),
        Entity::SignalTheme => signal_theme(edit, id),
        Entity::NotedFinding => noted_finding(edit, id),
        _ => entity.visit(Alone { edit: &mut *edit, id }),
    }
    about(edit, id);
}

/// A row that nothing hangs on.
struct Alone<'e, 'p> {
    edit: &'e mut EditBuilder<'p>,
    id: Id,
}

impl Visit for Alone<'_, '_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        self.edit.delete::<T>(self.id);
    }
}

fn theme(edit: &mut EditBuilder<'_>, id: Id) {
    for row in edit.plan().recommendations.values().filter(|row| row.theme == Some(id)) {
        edit.update::<Recommendation>(row.id, |row| row.theme = None);
    }
    edit.delete::<Theme>(id);
}

/// With its positions, links and cross-references; its actions and its evidence stay.
fn recommendation(edit: &mut EditBuilder<'_>, id: Id) {
    let plan = edit.plan();
    for row in plan.positions.values().filter(|row| row.recommendation == id) {
        edit.delete::<Position>(row.id);
    }
    for row in plan.links.values().filter(|row| row.recommendation == id) {
        edit.delete::<Link>(row.id);
    }
    for row in plan.cross_references.values() {
        if row.recommendation == id {
            edit.delete::<CrossReference>(row.id);
        } else if row.target == Some(id) {
            edit.update::<CrossReference>(row.id, |row| row.target = None);
        }
    }
    for row in plan.evidence_links.values().filter(|row| row.recommendation == id) {
        edit.delete::<EvidenceLink>(row.id);
    }
    edit.delete::<Recommendation>(id);
}

/// With its timescales; its actions stand alone from then on.
fn responsibility(edit: &mut EditBuilder<'_>, id: Id) {
    let plan = edit.plan();
    for row in plan.timescales.values().filter(|row| row.responsibility == id) {
        timescale(edit, row.id);
    }
    for row in plan.actions.values().filter(|row| row.responsibility == Some(id)) {
        edit.update::<Action>(row.id, |row| row.responsibility = None);
    }
    edit.delete::<Responsibility>(id);
}

/// With the record of how it was revised.
fn timescale(edit: &mut EditBuilder<'_>, id: Id) {
    for row in edit.plan().revisions.values().filter(|row| row.timescale == id) {
        edit.delete::<Revision>(row.id);
    }
    edit.delete::<Timescale>(id);
}

/// With its links and progress; timescales that were paired with it stay.
fn action(edit: &mut EditBuilder<'_>, id: Id) {
    let plan = edit.plan();
    for row in plan.links.values().filter(|row| row.action == id) {
        edit.delete::<Link>(row.id);
    }
    for row in plan.updates.values().filter(|row| row.action == id) {
        edit.delete::<Update>(row.id);
    }
    for row in plan.timescales.values().filter(|row| row.action == Some(id)) {
        edit.update::<Timescale>(row.id, |row| row.action = None);
    }
    edit.delete::<Action>(id);
}

/// With its links.
fn evidence(edit: &mut EditBuilder<'_>, id: Id) {
    for row in edit.plan().evidence_links.values().filter(|row| row.evidence == id) {
        edit.delete::<EvidenceLink>(row.id);
    }
    edit.delete::<Evidence>(id);
}

/// With its receipts, levels of watch and re-basings; findings about it become findings about none.
fn provider(edit: &mut EditBuilder<'_>, id: Id) {
    let plan = edit.plan();
    for row in plan.receipts.values().filter(|row| row.provider == id) {
        edit.delete::<Receipt>(row.id);
    }
    for row in plan.watch_levels.values().filter(|row| row.provider == id) {
        edit.delete::<WatchLevel>(row.id);
    }
    for row in plan.rebases.values().filter(|row| row.provider == id) {
        edit.delete::<Rebase>(row.id);
    }
    for row in plan.batches.values().filter(|row| row.provider == Some(id)) {
        edit.update::<Batch>(row.id, |row| row.provider = None);
    }
    for row in plan.findings.values().filter(|row| row.provider == Some(id)) {
        edit.update::<NotedFinding>(row.id, |row| row.provider = None);
    }
    edit.delete::<Provider>(id);
}

/// With the re-basings of its charts; its subjects belong to none from then on, and count as not mapped.
fn signal_theme(edit: &mut EditBuilder<'_>, id: Id) {
    let plan = edit.plan();
    for row in plan.rebases.values().filter(|row| row.theme == Some(id)) {
        edit.delete::<Rebase>(row.id);
    }
    for row in plan.subjects.values().filter(|row| row.theme == Some(id)) {
        edit.delete::<Subject>(row.id);
    }
    for row in plan.findings.values().filter(|row| row.theme == Some(id)) {
        edit.update::<NotedFinding>(row.id, |row| row.theme = None);
    }
    edit.delete::<SignalTheme>(id);
}

/// With its links; a level of watch that it led to stays.
fn noted_finding(edit: &mut EditBuilder<'_>, id: Id) {
    let plan = edit.plan();
    for row in plan.finding_links.values().filter(|row| row.finding == id) {
        edit.delete::<FindingLink>(row.id);
    }
    for row in plan.watch_levels.values().filter(|row| row.finding == Some(id)) {
        edit.update::<WatchLevel>(row.id, |row| row.finding = None);
    }
    edit.delete::<NotedFinding>(id);
}

/// The choices, remarks and answers to gaps that are about a row.
fn about(edit: &mut EditBuilder<'_>, subject: Id) {
    let plan = edit.plan();
    for row in plan.choices.values().filter(|row| row.subject == Some(subject)) {
        edit.delete::<Choice>(row.id);
    }
    for row in plan.remarks.values().filter(|row| row.row == subject) {
        edit.delete::<Remark>(row.id);
    }
    for row in plan.gap_answers.values().filter(|row| row.row == subject) {
        edit.delete::<GapAnswer>(row.id);
    }
    for row in plan.finding_links.values().filter(|row| row.row == subject) {
        edit.delete::<FindingLink>(row.id);
    }
}

#[cfg(test)]
mod tests;
