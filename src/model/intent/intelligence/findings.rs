//! Edits of what a person made of what the sources say, and of what follows from it.

use super::providers::name_of;
use crate::model::intent::{put_action, put_link};
use crate::model::{
    Action, Edit, EditBuilder, Entity, FindingLink, Id, NotedFinding, Plan, Rebase, WatchLevel, delete,
};

/// Notes a finding, linked to actions and recommendations. A new action is linked to it too, and serves those
/// recommendations.
#[must_use]
pub fn note_finding(
    plan: &Plan,
    finding: &NotedFinding,
    actions: &[Id],
    recommendations: &[Id],
    new_action: Option<Action>,
) -> Edit {
    let label = match finding.provider {
        Some(provider) => format!("Note a finding about {}", name_of(plan, provider)),
        None => "Note a finding".to_owned(),
    };
    let mut edit = EditBuilder::new(plan, label);
    edit.put(finding);
    let new = new_action.as_ref().map(|action| action.id);
    if let Some(action) = new_action {
        let id = action.id;
        put_action(&mut edit, action, None);
        recommendations.iter().for_each(|row| put_link(&mut edit, *row, id));
    }
    for row in actions.iter().chain(recommendations).chain(new.iter()) {
        put_finding_link(&mut edit, finding.id, *row);
    }
    edit.finish()
}

fn put_finding_link(edit: &mut EditBuilder<'_>, finding: Id, row: Id) {
    edit.put(&FindingLink { id: FindingLink::id_of(finding, row), finding, row });
}

/// Changes a finding that was noted.
#[must_use]
pub fn change_finding(plan: &Plan, finding: &NotedFinding) -> Edit {
    let mut edit = EditBuilder::new(plan, "Change a finding");
    if plan.findings.contains_key(&finding.id) {
        edit.put(finding);
    }
    edit.finish()
}

/// Deletes a finding with its links; levels of watch that it led to stay.
#[must_use]
pub fn delete_finding(plan: &Plan, finding: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, "Delete a finding");
    delete::row(&mut edit, Entity::NotedFinding, finding);
    edit.finish()
}

/// Links a finding to an action or a recommendation.
#[must_use]
pub fn link_finding(plan: &Plan, finding: Id, row: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Link a finding to {}", named(plan, row)));
    if plan.findings.contains_key(&finding) {
        put_finding_link(&mut edit, finding, row);
    }
    edit.finish()
}

/// Takes a finding off an action or a recommendation.
#[must_use]
pub fn unlink_finding(plan: &Plan, finding: Id, row: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Take a finding off {}", named(plan, row)));
    edit.delete::<FindingLink>(FindingLink::id_of(finding, row));
    edit.finish()
}

fn named(plan: &Plan, row: Id) -> String {
    match plan.recommendations.contains_key(&row) {
        true => crate::model::intent::row_name(plan, Entity::Recommendation, row),
        false => "an action".to_owned(),
    }
}

/// Says how closely a provider is watched from a day on. Earlier levels stand: they are its history.
#[must_use]
pub fn set_watch_level(plan: &Plan, level: &WatchLevel) -> Edit {
    let name = name_of(plan, level.provider);
    let word = level.level.map_or("not said", crate::model::Watch::word);
    let mut edit = EditBuilder::new(plan, format!("Set the level of watch of {name}: {word}"));
    edit.put(level);
    edit.finish()
}

/// Deletes a level of watch that was set by mistake.
#[must_use]
pub fn delete_watch_level(plan: &Plan, level: Id) -> Edit {
    let of = plan.watch_levels.get(&level).map(|row| name_of(plan, row.provider)).unwrap_or_default();
    let mut edit = EditBuilder::new(plan, format!("Delete a level of watch of {of}"));
    edit.delete::<WatchLevel>(level);
    edit.finish()
}

/// Gives a chart new limits from a month on. Where it has them from that month already, the reason is changed.
#[must_use]
pub fn rebase_chart(plan: &Plan, rebase: &Rebase) -> Edit {
    let name = name_of(plan, rebase.provider);
    let month = rebase.month.map(|month| format!(" from {}", month.label())).unwrap_or_default();
    let mut edit = EditBuilder::new(plan, format!("Re-base a chart of {name}{month}"));
    let same = |row: &&Rebase| {
        (row.provider, row.source, row.theme, row.month) == (rebase.provider, rebase.source, rebase.theme, rebase.month)
    };
    let id = plan.rebases.values().find(same).map_or(rebase.id, |row| row.id);
    edit.put(&Rebase { id, ..rebase.clone() });
    edit.finish()
}

/// Takes a re-basing back.
#[must_use]
pub fn delete_rebase(plan: &Plan, rebase: Id) -> Edit {
    let of = plan.rebases.get(&rebase).map(|row| name_of(plan, row.provider)).unwrap_or_default();
    let mut edit = EditBuilder::new(plan, format!("Take back the re-basing of a chart of {of}"));
    edit.delete::<Rebase>(rebase);
    edit.finish()
}
