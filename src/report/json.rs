//! A whole plan as JSON, in the shape the design gives it; `import::json` reads it back.
//!
//! A blank field is `null`, never an empty text. What is computed (the reading of due words) stands
//! beside the words it was computed from; sort keys are left out, arrays stand in the plan's order.
//! Signals and measures come by the hundred thousand: each is a line, with only what it says.

mod intelligence;
mod lines;
mod looking;
mod sharing;

use crate::model::due::Due;
use crate::model::signal::{Held, MeasureFact};
use crate::model::{
    Action, Choice, CrossReference, Evidence, FieldValue, Index, PLAN_FORMAT, PaperField, Plan, PlanInfo, Position,
    Recommendation, Remark, Report, Responsibility, Revision, StateWord, Theme, Timescale, Update,
};
use serde::Serialize as _;
use serde_json::{Map, Value, json};

/// Writes a plan, with its signals and measures in the order in which they are given.
#[must_use]
pub fn write(plan: &Plan, signals: &[Held], measures: &[MeasureFact]) -> String {
    let index = Index::of(plan);
    let recommendations = index.recommendations.iter().filter_map(|id| plan.recommendations.get(id));
    let mut reports: Vec<&Report> = plan.reports.values().collect();
    reports.sort_by(|a, b| (a.published, &a.key, a.id).cmp(&(b.published, &b.key, b.id)));
    let mut choices: Vec<&Choice> = plan.choices.values().collect();
    choices.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    let fields = plan.paper_in_order();
    let short: Map<String, Value> = fields.iter().map(|row| (row.key.clone(), field(&row.text))).collect();
    let whole = json!({
        "format": PLAN_FORMAT,
        "plan": info(&plan.info()),
        "paper": short,
        "paper_fields": list(fields, paper_field),
        "reports": list(reports, report),
        "themes": list(plan.themes_in_order(), theme),
        "recommendations": list(recommendations, |row| recommendation(plan, &index, row)),
        "actions": list(actions_in_order(plan, &index), |row| action(plan, &index, row)),
        "responsibilities": list(plan.responsibilities_in_order(), |row| responsibility(plan, &index, row)),
        "choices": list(choices, choice),
        "evidence": list(plan.evidence_in_order(), |row| evidence(plan, &index, row)),
        "remarks": list(plan.remarks_in_order(), remark),
        "state_words": list(plan.state_words.values(), state_word),
        "providers": list(plan.providers_in_order(), |row| intelligence::provider(plan, row)),
        "signal_themes": list(plan.signal_themes_in_order(), |row| intelligence::signal_theme(plan, row)),
        "subjects": list(plan.subjects_of(None), intelligence::subject),
        "receipts": list(plan.receipts_in_order(), intelligence::receipt),
        "batches": list(plan.batches_in_order(), intelligence::batch),
        "findings": list(plan.findings_in_order(), |row| intelligence::finding(plan, row)),
        "rebases": list(plan.rebases_in_order(), intelligence::rebase),
        "shares": list(plan.shares_in_order(), sharing::share),
        "merge_marks": list(plan.merge_marks.values(), sharing::merge_mark),
        "saved_views": list(plan.saved_views_in_order(), looking::saved_view),
        "gap_answers": list(plan.gap_answers.values(), looking::gap_answer),
    });
    let mut text = pretty(&whole);
    // the closing brace goes behind the lines
    text.truncate(text.trim_end().trim_end_matches('}').trim_end().len());
    lines::write(&mut text, "signals", signals.iter().map(lines::Signal::of));
    lines::write(&mut text, "measures", measures.iter().map(lines::Measure::of));
    text.push_str("\n}\n");
    text
}

fn pretty(value: &Value) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let written = value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, formatter));
    debug_assert!(written.is_ok(), "a value whose keys are text always has a JSON form");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn list<'p, T: 'p>(rows: impl IntoIterator<Item = &'p T>, write: impl Fn(&'p T) -> Value) -> Value {
    rows.into_iter().map(write).collect()
}

/// Those under responsibilities in the action plan's order, then those that stand alone.
fn actions_in_order<'p>(plan: &'p Plan, index: &Index) -> Vec<&'p Action> {
    let headings = plan.responsibilities_in_order().into_iter().map(|row| Some(row.id));
    let mut rows: Vec<&Action> = headings.chain([None]).flat_map(|id| index.actions_under(plan, id)).collect();
    rows.extend(plan.actions.values().filter(|row| {
        row.responsibility.is_some_and(|id| !plan.responsibilities.contains_key(&id)) // a heading that is gone
    }));
    rows
}

fn field<T: FieldValue>(value: &T) -> Value {
    match value.to_value() {
        crate::model::Value::Null => Value::Null,
        crate::model::Value::Int(number) => number.into(),
        crate::model::Value::Text(text) => text.into(),
    }
}

fn info(row: &PlanInfo) -> Value {
    json!({
        "id": field(&row.id),
        "organisation": field(&row.organisation),
        "title": field(&row.title),
        "version": field(&row.version),
        "status": field(&row.status),
        "as_at": field(&row.as_at),
    })
}

fn paper_field(row: &PaperField) -> Value {
    json!({"id": field(&row.id), "key": field(&row.key), "label": field(&row.label), "text": field(&row.text)})
}

fn report(row: &Report) -> Value {
    json!({
        "id": field(&row.id),
        "key": field(&row.key),
        "title": field(&row.title),
        "short_title": field(&row.short_title),
        "published": field(&row.published),
    })
}

fn theme(row: &Theme) -> Value {
    json!({"id": field(&row.id), "title": field(&row.title)})
}

fn recommendation(plan: &Plan, index: &Index, row: &Recommendation) -> Value {
    let references = plan.cross_references_of(row.id);
    json!({
        "id": field(&row.id),
        "report": field(&row.report),
        "reference": field(&row.reference),
        "theme": field(&row.theme),
        "section": field(&row.section),
        "title": field(&row.title),
        "text": field(&row.text),
        "local_title": field(&row.local_title),
        "local_text": field(&row.local_text),
        "response_status": field(&row.response_status),
        "response": field(&row.response),
        "response_by": field(&row.response_by),
        "acceptance": field(&row.acceptance),
        "acceptance_date": field(&row.acceptance_date),
        "acceptance_reason": field(&row.acceptance_reason),
        "positions": list(index.positions(plan, row.id), position),
        "actions": list(index.actions(plan, row.id), |action| field(&action.id)),
        "evidence": list(index.evidence(plan, row.id), |evidence| field(&evidence.id)),
        "cross_references": list(references, cross_reference),
    })
}

fn position(row: &Position) -> Value {
    json!({
        "id": field(&row.id),
        "as_at": field(&row.as_at),
        "text": field(&row.text),
        "state": field(&row.state),
    })
}

fn cross_reference(row: &CrossReference) -> Value {
    json!({"id": field(&row.id), "words": field(&row.words), "target": field(&row.target)})
}

fn action(plan: &Plan, index: &Index, row: &Action) -> Value {
    json!({
        "id": field(&row.id),
        "text": field(&row.text),
        "responsibility": field(&row.responsibility),
        "owner": field(&row.owner),
        "partners": field(&row.partners),
        "state": field(&row.state),
        "tentative": row.tentative,
        "due_words": field(&row.due_words),
        "original_due_words": field(&row.original_due_words),
        "due": due(plan, &row.due_words, &row.due_reading),
        "done_on": field(&row.done_on),
        "starts_on": field(&row.starts_on),
        "next_review": field(&row.next_review),
        "updates": list(index.updates(plan, row.id), update),
        "recommendations": list(index.served(plan, row.id), |served| field(&served.id)),
    })
}

fn update(row: &Update) -> Value {
    json!({
        "id": field(&row.id),
        "date": field(&row.date),
        "note": field(&row.note),
        "state": field(&row.state),
        "due": field(&row.due),
        "reason": field(&row.reason),
    })
}

fn due(plan: &Plan, words: &str, overruled: &str) -> Value {
    reading(Due::of(words, overruled, plan.due_anchor()), Due::from_code(overruled).is_some())
}

/// What due words come to, and whether a person said so.
pub(super) fn reading(due: Due, overruled: bool) -> Value {
    let (month, day, start, every) = match due {
        Due::Month { month, day } => (Some(month), day, None, None),
        Due::From { start } => (None, None, Some(start), None),
        Due::Recurring { every, start } => (None, None, start, every),
        Due::Ongoing | Due::None => (None, None, None, None),
    };
    json!({
        "kind": due.kind(),
        "month": month.map(|month| month.to_string()),
        "day": field(&day),
        "start": start.map(|month| month.to_string()),
        "every": every.map(crate::model::due::Every::word),
        "overruled": overruled,
    })
}

fn responsibility(plan: &Plan, index: &Index, row: &Responsibility) -> Value {
    json!({
        "id": field(&row.id),
        "text": field(&row.text),
        "actions": list(index.actions_under(plan, Some(row.id)), |action| field(&action.id)),
        "timescales": list(index.timescales(plan, row.id), |row| timescale(plan, index, row)),
    })
}

fn timescale(plan: &Plan, index: &Index, row: &Timescale) -> Value {
    json!({
        "id": field(&row.id),
        "words": field(&row.words),
        "due": due(plan, &row.words, &row.reading),
        "original": field(&row.original),
        "reason": field(&row.reason),
        "state": if row.done { "done" } else { "open" },
        "action": field(&row.action),
        "done_on": field(&row.done_on),
        "revisions": list(index.revisions(plan, row.id), revision),
    })
}

fn revision(row: &Revision) -> Value {
    json!({
        "id": field(&row.id),
        "date": field(&row.date),
        "words": field(&row.words),
        "reason": field(&row.reason),
    })
}

fn state_word(row: &StateWord) -> Value {
    json!({
        "id": field(&row.id),
        "key": field(&row.key),
        "word": field(&row.word),
        "letter": field(&row.letter),
    })
}

fn choice(row: &Choice) -> Value {
    json!({
        "id": field(&row.id),
        "kind": field(&row.kind),
        "subject": field(&row.subject),
        "field": field(&row.field),
        "text": field(&row.text),
        "source": field(&row.source),
        "answer": field(&row.answer),
    })
}

fn evidence(plan: &Plan, index: &Index, row: &Evidence) -> Value {
    json!({
        "id": field(&row.id),
        "text": field(&row.text),
        "kind": field(&row.kind),
        "date": field(&row.date),
        "held": field(&row.held),
        "valid_until": field(&row.valid_until),
        "recommendations": list(index.shown_by(plan, row.id), |shown| field(&shown.id)),
    })
}

fn remark(row: &Remark) -> Value {
    json!({
        "id": field(&row.id),
        "row": field(&row.row),
        "label": field(&row.label),
        "text": field(&row.text),
        "source": field(&row.source),
    })
}
