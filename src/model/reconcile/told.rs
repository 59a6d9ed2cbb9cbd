//! What was found, in words: for the preview, the command line and the notice after.

use super::{Change, Kept, Reconciled, Side, What, Why};
use crate::model::text::count;
use crate::model::{Entity, Id, InPlan, Plan, Value, Visit, intent};

/// So much of a row's own words is said, in characters.
const CUT: usize = 110;

fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= CUT && line.len() == text.len() {
        return line.to_owned();
    }
    let kept: String = line.chars().take(CUT).collect();
    format!("{}…", kept.trim_end())
}

/// A row by its own words: "action “Agree the extract”", "position of 28 May 2013".
#[must_use]
pub fn row_words(plan: &Plan, entity: Entity, id: Id) -> String {
    let quoted = |words: &str, text: Option<&String>| match text.map(|text| cut(text)) {
        Some(text) if !text.is_empty() => format!("{words} “{text}”"),
        _ => words.to_owned(),
    };
    let noun = intent::noun(entity);
    match entity {
        Entity::Theme => quoted(noun, plan.themes.get(&id).map(|row| &row.title)),
        Entity::Action => quoted(noun, plan.actions.get(&id).map(|row| &row.text)),
        Entity::Responsibility => quoted(noun, plan.responsibilities.get(&id).map(|row| &row.text)),
        Entity::Timescale => quoted(noun, plan.timescales.get(&id).map(|row| &row.words)),
        Entity::Update => quoted(noun, plan.updates.get(&id).map(|row| &row.note)),
        Entity::Revision => quoted(noun, plan.revisions.get(&id).map(|row| &row.words)),
        Entity::Remark => quoted(noun, plan.remarks.get(&id).map(|row| &row.text)),
        Entity::Evidence => quoted(noun, plan.evidence.get(&id).map(|row| &row.text)),
        Entity::Choice => quoted(noun, plan.choices.get(&id).map(|row| &row.text)),
        Entity::Report => quoted(noun, plan.reports.get(&id).map(|row| &row.title)),
        Entity::CrossReference => quoted(noun, plan.cross_references.get(&id).map(|row| &row.words)),
        Entity::Link => {
            let action = plan.links.get(&id).and_then(|row| plan.actions.get(&row.action));
            quoted("link to the action", action.map(|row| &row.text))
        }
        Entity::EvidenceLink => {
            let evidence = plan.evidence_links.get(&id).and_then(|row| plan.evidence.get(&row.evidence));
            quoted("link to the evidence", evidence.map(|row| &row.text))
        }
        Entity::Position => match plan.positions.get(&id).map(|row| row.as_at) {
            Some(Some(date)) => format!("position of {}", date.format("%-d %B %Y")),
            Some(None) => "position without a date".to_owned(),
            None => noun.to_owned(),
        },
        _ => intent::row_name(plan, entity, id),
    }
}

/// The words of a row that are more than its name says: the text of a position, of an update, of an action that is
/// longer than its name; `None` where there are no more.
#[must_use]
pub fn row_text(plan: &Plan, entity: Entity, id: Id) -> Option<&str> {
    let longer = |text: &'_ str| text.chars().count() > CUT || text.contains('\n');
    let text = match entity {
        Entity::Position => Some(plan.positions.get(&id)?.text.as_str()),
        Entity::Recommendation => Some(plan.recommendations.get(&id)?.shown_text()),
        Entity::PaperField => Some(plan.paper.get(&id)?.text.as_str()),
        Entity::Action => Some(plan.actions.get(&id)?.text.as_str()).filter(|text| longer(text)),
        Entity::Update => Some(plan.updates.get(&id)?.note.as_str()).filter(|text| longer(text)),
        Entity::Responsibility => Some(plan.responsibilities.get(&id)?.text.as_str()).filter(|text| longer(text)),
        Entity::Remark => Some(plan.remarks.get(&id)?.text.as_str()).filter(|text| longer(text)),
        Entity::Evidence => Some(plan.evidence.get(&id)?.text.as_str()).filter(|text| longer(text)),
        Entity::NotedFinding => Some(plan.findings.get(&id)?.judgement.as_str()),
        Entity::Batch => Some(plan.batches.get(&id)?.outcome.as_str()),
        _ => None,
    };
    text.filter(|text| !text.is_empty())
}

/// A value as a person reads it; a row that only one side has is named by that side.
#[must_use]
pub fn said(plans: [&Plan; 2], field: &str, value: &Value) -> String {
    let words = intent::value_words(plans[0], field, value);
    if words == value.to_string() { intent::value_words(plans[1], field, value) } else { words }
}

/// Whether a field holds free words, so that a third text can stand in it.
#[must_use]
pub fn takes_words(entity: Entity, field: &'static str) -> bool {
    struct Words(&'static str);
    impl Visit for Words {
        type Output = bool;

        fn visit<T: InPlan>(self) -> bool {
            T::default().set(self.0, &Value::Text("any words at all".into())).is_ok()
        }
    }
    entity.visit(Words(field))
}

/// What a group of changes is about, as its heading says it: "Recommendation 9: Staffing".
#[must_use]
pub fn subject_words(plans: [&Plan; 2], (entity, id): (Entity, Id)) -> String {
    let plan = plans.into_iter().find(|plan| plan.has(entity, id)).unwrap_or(plans[0]);
    if let Some(row) = plan.recommendations.get(&id).filter(|_| entity == Entity::Recommendation) {
        let name = plan.reference_name(row);
        let title = cut(row.shown_title());
        return if title.is_empty() {
            format!("Recommendation {name}")
        } else {
            format!("Recommendation {name}: {title}")
        };
    }
    if entity == Entity::PlanInfo {
        return "The plan itself".to_owned();
    }
    let words = row_words(plan, entity, id);
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// What a change does: "New: action “…”", "Deleted: …", "Due of action “…”".
#[must_use]
pub fn change_words(mine: &Plan, theirs: &Plan, change: &Change) -> String {
    let super::Place { entity, row, field } = change.place;
    match &change.what {
        What::Added => format!("New: {}", row_words(theirs, entity, row)),
        What::Removed => format!("Deleted: {}", row_words(mine, entity, row)),
        What::Changed { .. } if field == "order" => format!("Moved: {}", row_words(mine, entity, row)),
        What::Changed { .. } => field_words(mine, entity, row, field),
    }
}

/// A field of a row: "Due of action “…”".
#[must_use]
pub fn field_words(plan: &Plan, entity: Entity, row: Id, field: &str) -> String {
    let name = intent::field_name(field);
    let mut letters = name.chars();
    let name = letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str());
    format!("{} of {}", name.unwrap_or_default(), row_words(plan, entity, row))
}

/// Why a row is kept that one side deleted.
#[must_use]
pub fn kept_words(plans: [&Plan; 2], kept: &Kept) -> String {
    let plan = plans.into_iter().find(|plan| plan.has(kept.entity, kept.row)).unwrap_or(plans[0]);
    let row = row_words(plan, kept.entity, kept.row);
    let (deleted, changed) = match kept.deleted_by {
        Side::Mine => ("deleted here", "changed in their copy"),
        Side::Theirs => ("deleted in their copy", "changed here"),
    };
    match kept.why {
        Why::Changed => format!("Kept: {row} ({deleted}, {changed})"),
        Why::Named => format!("Kept: {row} ({deleted}, but something that stays or comes in needs it)"),
        Why::Belongs => format!("Kept: {row} ({deleted}, but it belongs to what is kept)"),
    }
}

impl Reconciled {
    /// Counts in a line: "12 changes, 2 conflicts, 1 kept deletion".
    #[must_use]
    pub fn counts_words(&self) -> String {
        let mut parts = vec![count(self.told().count(), "change"), count(self.conflicts.len(), "conflict")];
        if !self.deletions_kept.is_empty() {
            parts.push(match self.deletions_kept.len() {
                1 => "1 row kept that one side deleted".to_owned(),
                many => format!("{many} rows kept that one side deleted"),
            });
        }
        if !self.twins.is_empty() {
            parts.push(match self.twins.len() {
                1 => "1 date with two positions".to_owned(),
                many => format!("{many} dates with two positions"),
            });
        }
        parts.join(", ")
    }
}
