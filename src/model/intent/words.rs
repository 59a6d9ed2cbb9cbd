//! What people call kinds of row, fields, values and rows: what history and labels are made of.

use crate::model::due::Month;
use crate::model::text::excerpt;
use crate::model::{Entity, Id, NotedFinding, Plan, Value};

/// What people call a kind of row, in the singular.
#[must_use]
pub fn noun(entity: Entity) -> &'static str {
    match entity {
        Entity::PlanInfo => "plan",
        Entity::Report => "report",
        Entity::PaperField => "summary sheet field",
        Entity::Theme => "theme",
        Entity::Recommendation => "recommendation",
        Entity::Position => "position",
        Entity::Responsibility => "responsibility",
        Entity::Action => "action",
        Entity::Timescale => "timescale",
        Entity::Update => "progress note",
        Entity::Link => "link",
        Entity::CrossReference => "cross-reference",
        Entity::Choice => "open choice",
        Entity::Evidence => "evidence item",
        Entity::EvidenceLink => "evidence link",
        Entity::Remark => "remark",
        Entity::Revision => "revision of a timescale",
        Entity::StateWord => "word for a state",
        Entity::Provider => "provider",
        Entity::SignalTheme => "theme of signals",
        Entity::Subject => "subject of signals",
        Entity::Receipt => "receipt",
        Entity::Batch => "batch of signals",
        Entity::NotedFinding => "finding",
        Entity::FindingLink => "link of a finding",
        Entity::WatchLevel => "level of watch",
        Entity::Rebase => "re-basing of a chart",
        Entity::Share => "share",
        Entity::MergeMark => "mark of a merge",
        Entity::SavedView => "saved view",
        Entity::GapAnswer => "answer to a gap",
    }
}

/// What people call a field.
#[must_use]
pub fn field_name(field: &str) -> String {
    match field {
        "local_title" => "our title".into(),
        "local_text" => "our wording".into(),
        "response_status" => "government response".into(),
        "response" => "government's words".into(),
        "response_by" => "record of the response".into(),
        "acceptance" => "our answer".into(),
        "acceptance_reason" => "reason for our answer".into(),
        "due_words" | "words" => "due".into(),
        "due_reading" | "reading" => "reading of the due".into(),
        "done_on" => "date done".into(),
        "starts_on" => "start".into(),
        "key" => "state it stands for".into(),
        "as_at" => "date".into(),
        "held" => "place where it is held".into(),
        "aliases" => "other names".into(),
        "not_asked" => "sources that say nothing about it".into(),
        "taken_on" => "date it came in".into(),
        "by_hand" => "put in by hand".into(),
        "from" => "first month".into(),
        "to" => "last month".into(),
        "kept" => "columns that were kept".into(),
        "roles" => "what columns were read as".into(),
        "level" => "level of watch".into(),
        "review" => "next look".into(),
        "shared" => "shared with".into(),
        "for_whom" => "for whom".into(),
        "goes" => "what went".into(),
        "left_out" => "what was left out".into(),
        "sha256" => "SHA-256".into(),
        "to_edit" => "made to be edited".into(),
        "definition" => "what it shows".into(),
        "about" => "what it is about".into(),
        "from_whom" => "whose copy".into(),
        other => other.replace('_', " "),
    }
}

/// A field's value as a person reads it: rows by their names, not their ids.
#[must_use]
pub fn value_words(plan: &Plan, field: &str, value: &Value) -> String {
    let text = match value {
        Value::Null => return "blank".into(),
        Value::Int(truth) if matches!(field, "tentative" | "done" | "by_hand" | "to_edit") => {
            return if *truth == 0 { "no" } else { "yes" }.into();
        }
        Value::Int(number) => return number.to_string(),
        Value::Text(text) => text,
    };
    let named = text.parse::<Id>().ok().and_then(|id| match field {
        "theme" => {
            let of_signals = || plan.signal_themes.get(&id).map(|row| row.title.clone());
            plan.themes.get(&id).map(|row| row.title.clone()).or_else(of_signals)
        }
        "provider" => plan.providers.get(&id).map(|row| row.name.clone()),
        "finding" => plan.findings.get(&id).map(|row| finding_name(plan, row)),
        "responsibility" => plan.responsibilities.get(&id).map(|row| row.text.clone()),
        "action" => plan.actions.get(&id).map(|row| row.text.clone()),
        "timescale" => plan.timescales.get(&id).map(|row| row.words.clone()),
        "evidence" => plan.evidence.get(&id).map(|row| row.text.clone()),
        "recommendation" | "target" | "subject" | "row" => {
            let recommendation = plan.recommendations.get(&id).map(|_| row_name(plan, Entity::Recommendation, id));
            let action = || plan.actions.get(&id).map(|row| row.text.clone());
            recommendation.or_else(action).or_else(|| plan.responsibilities.get(&id).map(|row| row.text.clone()))
        }
        _ => None,
    });
    named.unwrap_or_else(|| text.clone())
}

/// Whether a change of a field says something to a person: sort keys and entries' ids do not.
#[must_use]
pub fn is_told(field: &str) -> bool {
    !matches!(field, "order" | "entry" | "base" | "definition")
}

/// How a row is named in a label: "recommendation 123", "provider Northmoor General Hospital", "action".
#[must_use]
pub fn row_name(plan: &Plan, entity: Entity, id: Id) -> String {
    let reference = |id: Id| plan.recommendations.get(&id).map(|row| row.reference.clone()).unwrap_or_default();
    match entity {
        _ if !plan.has(entity, id) => noun(entity).into(),
        Entity::Recommendation => format!("recommendation {}", reference(id)),
        Entity::Position => {
            let of = plan.positions.get(&id).map(|row| reference(row.recommendation)).unwrap_or_default();
            format!("position on {of}")
        }
        Entity::PaperField => {
            plan.paper.get(&id).map_or_else(String::new, |row| format!("summary sheet: {}", row.label))
        }
        Entity::Share => plan.shares.get(&id).map_or_else(String::new, |row| format!("share with {}", row.for_whom)),
        _ => intelligence_name(plan, entity, id).unwrap_or_else(|| noun(entity).into()),
    }
}

/// How a field of a row is named: "our title of recommendation 124", "position on 9", "owner of action “Agree
/// the extract”".
#[must_use]
pub fn place_name(plan: &Plan, entity: Entity, id: Id, field: &str) -> String {
    let words = match entity {
        Entity::Action | Entity::Responsibility | Entity::Update => {
            plan.value(entity, id, "text").filter(|text| *text != Value::Null)
        }
        _ => None,
    };
    let row = match words {
        Some(words) => format!("{} “{}”", noun(entity), excerpt(&words.to_string(), "", 50)),
        None => row_name(plan, entity, id),
    };
    if field == "text" { row } else { format!("{} of {row}", field_name(field)) }
}

/// The same for what signals bring with them; `None` for other kinds, and for a row that is not there or
/// has no name.
fn intelligence_name(plan: &Plan, entity: Entity, id: Id) -> Option<String> {
    let named = |words: &str, name: &str| (!name.is_empty()).then(|| format!("{words} {name}"));
    let of = |words: &str, provider: Id| named(words, &plan.providers.get(&provider)?.name);
    match entity {
        Entity::Provider => of("provider", id),
        Entity::SignalTheme => named("theme of signals", &plan.signal_themes.get(&id)?.title),
        Entity::Subject => named("subject of signals", &plan.subjects.get(&id)?.text),
        Entity::Batch => named("batch of signals", &plan.batches.get(&id)?.name),
        Entity::Receipt => {
            let row = plan.receipts.get(&id)?;
            let what = [row.source.map(|source| source.to_string()), row.month.map(Month::label)];
            let what = what.into_iter().flatten().collect::<Vec<_>>().join(", ");
            Some(format!("{}: {what}", of("receipt from", row.provider)?))
        }
        Entity::NotedFinding => {
            let name = finding_name(plan, plan.findings.get(&id)?);
            Some(format!("finding: {name}"))
        }
        Entity::WatchLevel => of("level of watch of", plan.watch_levels.get(&id)?.provider),
        Entity::Rebase => {
            let row = plan.rebases.get(&id)?;
            let source = row.source.map(|source| format!(", {source}")).unwrap_or_default();
            Some(format!("{}{source}", of("re-basing of a chart of", row.provider)?))
        }
        _ => None,
    }
}

/// What a finding is called: whose, about what, and of which months, "Northmoor General Hospital,
/// Communication, April 2013 to June 2013".
#[must_use]
pub fn finding_name(plan: &Plan, row: &NotedFinding) -> String {
    let provider = row.provider.and_then(|id| plan.providers.get(&id)).map(|row| row.name.as_str());
    let theme = row.theme.and_then(|id| plan.signal_themes.get(&id)).map(|row| row.title.as_str());
    let months = match (row.from, row.to) {
        (Some(from), Some(to)) if from != to => Some(format!("{} to {}", from.label(), to.label())),
        (from, to) => from.or(to).map(Month::label),
    };
    let parts = [Some(provider.unwrap_or("all providers")), Some(theme.unwrap_or("all themes")), months.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
