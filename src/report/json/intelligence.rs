//! Providers, themes of signals, and what hangs on them.

use super::{field, list};
use crate::model::{Batch, NotedFinding, Plan, Provider, Rebase, Receipt, SignalTheme, Subject, WatchLevel};
use serde_json::{Value, json};

/// A text that holds a list, a line each.
fn lines(text: &str) -> Value {
    if text.is_empty() { json!([]) } else { text.split('\n').collect() }
}

pub(super) fn provider(plan: &Plan, row: &Provider) -> Value {
    json!({
        "id": field(&row.id),
        "name": field(&row.name),
        "kind": field(&row.kind),
        "aliases": lines(&row.aliases),
        "board_response": field(&row.board_response),
        "action_plan": field(&row.action_plan),
        "watch": list(plan.watch_levels_of(row.id), watch),
    })
}

fn watch(row: &WatchLevel) -> Value {
    json!({
        "id": field(&row.id),
        "level": field(&row.level),
        "date": field(&row.date),
        "reason": field(&row.reason),
        "review": field(&row.review),
        "shared": field(&row.shared),
        "finding": field(&row.finding),
    })
}

pub(super) fn signal_theme(plan: &Plan, row: &SignalTheme) -> Value {
    json!({
        "id": field(&row.id),
        "title": field(&row.title),
        "not_asked": lines(&row.not_asked),
        "subjects": list(plan.subjects_of(Some(row.id)), subject),
    })
}

pub(super) fn subject(row: &Subject) -> Value {
    json!({"id": field(&row.id), "text": field(&row.text)})
}

pub(super) fn receipt(row: &Receipt) -> Value {
    json!({
        "id": field(&row.id),
        "provider": field(&row.provider),
        "source": field(&row.source),
        "month": field(&row.month),
        "state": field(&row.state),
        "note": field(&row.note),
    })
}

pub(super) fn batch(row: &Batch) -> Value {
    json!({
        "id": field(&row.id),
        "name": field(&row.name),
        "source": field(&row.source),
        "provider": field(&row.provider),
        "taken_on": field(&row.taken_on),
        "by_hand": row.by_hand,
        "from": field(&row.from),
        "to": field(&row.to),
        "kept": lines(&row.kept),
        "header": field(&row.header),
        "roles": lines(&row.roles),
        "outcome": field(&row.outcome),
    })
}

pub(super) fn finding(plan: &Plan, row: &NotedFinding) -> Value {
    json!({
        "id": field(&row.id),
        "provider": field(&row.provider),
        "theme": field(&row.theme),
        "from": field(&row.from),
        "to": field(&row.to),
        "verdict": field(&row.verdict),
        "sources": lines(&row.sources),
        "judgement": field(&row.judgement),
        "date": field(&row.date),
        "actions": list(plan.actions_of_finding(row.id), |action| field(&action.id)),
        "recommendations": list(plan.recommendations_of_finding(row.id), |about| field(&about.id)),
    })
}

pub(super) fn rebase(row: &Rebase) -> Value {
    json!({
        "id": field(&row.id),
        "provider": field(&row.provider),
        "source": field(&row.source),
        "theme": field(&row.theme),
        "month": field(&row.month),
        "reason": field(&row.reason),
    })
}
