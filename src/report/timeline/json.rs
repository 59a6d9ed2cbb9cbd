//! The timeline as JSON, for scripts.

use super::{Item, View};
use crate::model::timeline::{DueRow, Filter, Kind};
use crate::model::{Index, Plan};
use crate::report::json::reading;
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The timeline as at a date: its lanes with their cards, counts, and what is due and done month by
/// month. A blank field is `null`, as in the plan's own JSON.
#[must_use]
pub fn json(plan: &Plan, index: &Index, as_at: NaiveDate) -> Value {
    let view = View::of(plan, index, as_at);
    let lanes: Vec<Value> = view
        .board
        .lanes
        .iter()
        .map(|lane| {
            let cards: Vec<Value> = view.items(lane).map(|item| card(&item)).collect();
            json!({ "key": lane.key.to_string(), "label": lane.key.label(), "cards": cards })
        })
        .collect();
    let burn = view.timeline.burn_up(plan, as_at, &Filter::default());
    let months: Vec<Value> = burn
        .months
        .iter()
        .map(|row| json!({ "month": row.month.to_string(), "due": row.due, "done": row.done }))
        .collect();
    json!({
        "as_at": as_at,
        "shown": view.board.shown,
        "complete": view.board.complete,
        "overdue": view.board.overdue,
        "lanes": lanes,
        "burn_up": { "all": burn.all, "done": burn.done, "undated": burn.undated, "months": months },
    })
}

fn card(item: &Item<'_>) -> Value {
    let entry = item.entry;
    let moves = item.moves();
    let revised = moves.len() > 1;
    let text = |words: &str| if words.is_empty() { Value::Null } else { Value::from(words) };
    let timescale = match entry.row {
        DueRow::Timescale(id) => Some(id),
        DueRow::Action(_) => None,
    };
    // two timescales of one responsibility are two cards
    let id = match entry.kind {
        Kind::Action(id) => id,
        Kind::Responsibility(_) => entry.row.id(),
    };
    let original = moves.first().filter(|_| revised).map(|step| step.words);
    let moves: Vec<Value> = moves
        .iter()
        .map(|step| json!({ "words": text(step.words), "date": step.date, "reason": text(step.reason) }))
        .collect();
    json!({
        "id": id,
        "kind": entry.kind.word(),
        "text": text(item.text()),
        "owner": text(&item.owner()),
        "partners": text(&item.partners()),
        "state": entry.state.word(),
        "shown": item.shown().word(),
        "tentative": entry.tentative,
        "overdue": item.is_overdue(),
        "due_words": text(item.due_words()),
        "due": reading(entry.due, item.is_overruled()),
        "original": original,
        "revised": revised.then(|| item.due_words()),
        "slips": entry.slips,
        "moves": moves,
        "done_on": entry.done_on,
        "next_review": entry.next_review,
        "responsibility": entry.responsibility(),
        "timescale": timescale,
        "actions": entry.actions,
        "recommendations": item.recommendations(),
    })
}
