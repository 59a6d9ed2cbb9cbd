//! Gaps as JSON and as plain words: what `recap check` says.

use super::{named, summary};
use crate::model::gap::{Asked, Rule, place};
use crate::model::printed::day;
use crate::model::{Entity, Index, Plan};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The gaps as JSON, in the order of the grid.
#[must_use]
pub fn json(plan: &Plan, index: &Index, all: &[Asked]) -> Value {
    all.iter().map(|one| gap(plan, index, one)).collect()
}

fn gap(plan: &Plan, index: &Index, one: &Asked) -> Value {
    let place = place(plan, index, one.gap.entity, one.gap.row);
    let other = one.gap.other.map(|(entity, row)| {
        let name = named(plan, index, entity, row);
        json!({ "entity": entity.word(), "id": row, "name": name })
    });
    let text = |words: &str| if words.is_empty() { Value::Null } else { words.into() };
    let answer = one.answer.as_ref();
    json!({
        "rule": one.gap.rule.word(),
        "entity": one.gap.entity.word(),
        "id": one.gap.row,
        "text": one.gap.text,
        "answered": answer.is_some(),
        "reference": text(&place.reference),
        "name": place.name,
        "other": other,
        "about": text(&one.gap.about),
        "reason": answer.map(|answer| answer.reason.clone()),
        "answered_on": answer.and_then(|answer| answer.date),
    })
}

/// The gaps in words: how many, then the open ones by kind, then what was answered.
#[must_use]
pub fn words(plan: &Plan, index: &Index, all: &[Asked], as_at: NaiveDate) -> String {
    let mut lines = vec![format!("{} as at {}", summary(all), day(as_at))];
    for rule in Rule::ALL {
        let open: Vec<&Asked> = all.iter().filter(|one| one.gap.rule == *rule && one.answer.is_none()).collect();
        if open.is_empty() {
            continue;
        }
        lines.push(format!("\n{} ({}). {}", rule.title(), open.len(), rule.remedy()));
        lines.extend(open.into_iter().map(|one| line(plan, index, one)));
    }
    let answered: Vec<&Asked> = all.iter().filter(|one| one.answer.is_some()).collect();
    if !answered.is_empty() {
        lines.push(format!("\nAnswered: not an issue ({})", answered.len()));
        for one in answered {
            lines.push(format!("{} [{}]", line(plan, index, one), one.gap.rule.title()));
            if let Some(answer) = &one.answer {
                let date = answer.date.map(|date| format!(" ({})", day(date))).unwrap_or_default();
                let reason: Vec<&str> = answer.reason.split_whitespace().collect();
                lines.push(format!("  because: {}{date}", reason.join(" ")));
            }
        }
    }
    lines.join("\n")
}

fn line(plan: &Plan, index: &Index, one: &Asked) -> String {
    let place = place(plan, index, one.gap.entity, one.gap.row);
    let short = crate::model::text::excerpt(&place.name, "", 70);
    let head = match (one.gap.entity, place.reference.as_str()) {
        (Entity::Action, "") => format!("action \"{short}\""),
        (Entity::Action, serves) => format!("{serves}, action \"{short}\""),
        (_, reference) => format!("{reference} {short}"),
    };
    format!("- {head}: {}", one.gap.text)
}
