//! The comparison as JSON.

use super::Compared;
use crate::model::compare::{Kind, Pair, Part, Row, Side, Told};
use crate::model::{Action, Id};
use serde_json::{Map, Value, json};

/// Every row, whatever is filtered: `recommendations[]` with `reference`, `mine`, `theirs` and `status`; a side that
/// has not the row is null. What a side does not share is named in its `not_shared`, and its value is null.
#[must_use]
pub fn json(of: &Compared<'_>) -> Value {
    let of_kind = |wanted: Kind| -> Vec<Value> {
        of.comparison.rows.iter().filter(|row| row.kind == wanted).map(|row| one(of, row)).collect()
    };
    let alone = of.comparison.rows.iter().filter(|row| row.kind == Kind::Alone);
    let alone: Vec<Value> = alone.flat_map(|row| row.pairs.iter().map(|pair| action_pair(of, pair))).collect();
    json!({
        "mine": plan(of.mine),
        "theirs": plan(of.theirs),
        "one_plan": of.comparison.one_plan,
        "counts": counts(of),
        "recommendations": of_kind(Kind::Recommendation),
        "responsibilities": of_kind(Kind::Responsibility),
        "actions": alone,
    })
}

fn plan(side: Side<'_>) -> Value {
    let info = side.plan.info();
    json!({
        "id": side.plan.id(),
        "organisation": text(&info.organisation),
        "title": text(&info.title),
        "version": text(&info.version),
        "date": info.as_at,
        "as_at": side.as_at,
    })
}

fn counts(of: &Compared<'_>) -> Value {
    let count = |status| of.comparison.recommendations(status);
    let all = crate::model::compare::Status::ALL.iter().map(|status| (status.word().to_owned(), json!(count(*status))));
    Value::Object(all.collect::<Map<_, _>>())
}

/// A blank is null; "none" and "0" are text.
fn text(words: &str) -> Value {
    if words.is_empty() { Value::Null } else { json!(words) }
}

fn one(of: &Compared<'_>, row: &Row) -> Value {
    let (_, title) = row.name(of.mine, of.theirs);
    let find = |side: Side<'_>, id: Option<Id>| {
        let row = side.plan.recommendations.get(&id?)?;
        Some((row.report.clone(), row.reference.clone()))
    };
    let (report, reference) = find(of.mine, row.mine).or_else(|| find(of.theirs, row.theirs)).unwrap_or_default();
    let mut value = json!({
        "reference": text(&reference),
        "report": text(&report),
        "title": text(title),
        "status": row.status.word(),
        "differs": row.differs.iter().map(Part::word).collect::<Vec<_>>(),
        "not_shared": row.not_shared.iter().map(Part::word).collect::<Vec<_>>(),
        "mine": side(of.mine, row, row.mine),
        "theirs": side(of.theirs, row, row.theirs),
        "actions": row.pairs.iter().map(|pair| action_pair(of, pair)).collect::<Vec<_>>(),
    });
    if row.kind == Kind::Responsibility
        && let Some(object) = value.as_object_mut()
    {
        object.remove("reference");
        object.remove("report");
    }
    value
}

fn side(side: Side<'_>, row: &Row, id: Option<Id>) -> Value {
    let Some(id) = id else { return Value::Null };
    if row.kind == Kind::Responsibility {
        let words = side.plan.responsibilities.get(&id).map_or("", |row| row.text.as_str());
        return json!({ "id": id, "text": text(words), "due": told(&side.timescales(id)) });
    }
    let of = |part: Part| told(&side.told(part, id));
    json!({
        "id": id,
        "wording": of(Part::Wording),
        "acceptance": of(Part::Acceptance),
        "response_status": of(Part::Response),
        "position": of(Part::Position),
        "position_as_at": side.position_day(id),
        "state": of(Part::State),
        "not_shared": not_shared(|part| side.told(part, id), &[Part::Wording, Part::Acceptance, Part::Response, Part::Position, Part::State]),
    })
}

fn told(told: &Told<'_>) -> Value {
    text(told.text())
}

fn not_shared<'p>(told: impl Fn(Part) -> Told<'p>, parts: &[Part]) -> Vec<&'static str> {
    parts.iter().filter(|part| told(**part) == Told::NotShared).map(|part| part.word()).collect()
}

fn action_pair(of: &Compared<'_>, pair: &Pair) -> Value {
    let status = match (pair.mine, pair.theirs) {
        (Some(_), None) => "only mine",
        (None, _) => "only theirs",
        _ if pair.differs.is_empty() => "same",
        _ => "differs",
    };
    let both = pair.mine.is_some() && pair.theirs.is_some();
    let differs: Vec<&str> = if both { pair.differs.iter().map(Part::word).collect() } else { Vec::new() };
    let news = pair.news.iter().filter_map(|id| of.theirs.plan.updates.get(id));
    let news: Vec<Value> = news.map(|row| json!({ "date": row.date, "note": text(&row.note) })).collect();
    json!({
        "status": status,
        "joint": pair.joint,
        "elsewhere": pair.elsewhere,
        "differs": differs,
        "mine": action(of.mine, pair.mine),
        "theirs": action(of.theirs, pair.theirs),
        "news": news,
    })
}

fn action(side: Side<'_>, id: Option<Id>) -> Value {
    let Some(row): Option<&Action> = id.and_then(|id| side.plan.actions.get(&id)) else { return Value::Null };
    let of = |part: Part| told(&side.told_of(part, row));
    json!({
        "id": row.id,
        "text": text(&row.text),
        "state": of(Part::Progress),
        "owner": of(Part::Owner),
        "due": of(Part::Due),
        "not_shared": not_shared(|part| side.told_of(part, row), &[Part::Progress, Part::Owner, Part::Due]),
    })
}
