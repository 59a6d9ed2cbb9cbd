//! What stands in a cell, and in which order the rows do.

use super::{Column, Kind, writable};
use crate::model::due::{Due, Month};
use crate::model::{Action, Entity, FieldValue as _, Id, Index, Plan, Position, Value, intent};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Words, however much they look like a number or a formula.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// The last day of a month, to be shown as the month.
    Month(NaiveDate),
}

impl Cell {
    /// Its words as they are compared: a date in ISO form, nothing for a blank.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Date(date) | Self::Month(date) => date.to_value().to_string(),
        }
    }

    fn text(text: impl Into<String>) -> Self {
        let text = writable(&text.into());
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }
}

/// The rows of a kind in the order of their sheet.
#[must_use]
pub fn rows(plan: &Plan, index: &Index, entity: Entity) -> Vec<Id> {
    let mut ids: Vec<Id> = match entity {
        Entity::Recommendation => index.recommendations.clone(),
        Entity::Theme => plan.themes_in_order().iter().map(|row| row.id).collect(),
        Entity::Responsibility => plan.responsibilities_in_order().iter().map(|row| row.id).collect(),
        Entity::PaperField => plan.paper_in_order().iter().map(|row| row.id).collect(),
        Entity::Action => actions(plan, index),
        Entity::Timescale => {
            let under = plan.responsibilities_in_order().into_iter().flat_map(|row| index.timescales(plan, row.id));
            under.map(|row| row.id).collect()
        }
        Entity::Position => {
            index.recommendations.iter().flat_map(|id| index.positions(plan, *id)).map(|row| row.id).collect()
        }
        Entity::Update => {
            actions(plan, index).into_iter().flat_map(|id| index.updates(plan, id)).map(|row| row.id).collect()
        }
        Entity::Revision => {
            let under = plan.responsibilities_in_order().into_iter().flat_map(|row| index.timescales(plan, row.id));
            under.flat_map(|row| index.revisions(plan, row.id)).map(|row| row.id).collect()
        }
        Entity::CrossReference => {
            index.recommendations.iter().flat_map(|id| plan.cross_references_of(*id)).map(|row| row.id).collect()
        }
        Entity::Evidence => plan.evidence_in_order().iter().map(|row| row.id).collect(),
        Entity::Remark => plan.remarks_in_order().iter().map(|row| row.id).collect(),
        Entity::Provider => plan.providers_in_order().iter().map(|row| row.id).collect(),
        Entity::SignalTheme => plan.signal_themes_in_order().iter().map(|row| row.id).collect(),
        Entity::Subject => {
            let themes = plan.signal_themes_in_order().into_iter().map(|row| Some(row.id));
            themes.chain([None]).flat_map(|theme| plan.subjects_of(theme)).map(|row| row.id).collect()
        }
        Entity::WatchLevel => {
            let of = plan.providers_in_order().into_iter().flat_map(|row| plan.watch_levels_of(row.id));
            of.map(|row| row.id).collect()
        }
        Entity::Receipt => plan.receipts_in_order().iter().map(|row| row.id).collect(),
        Entity::NotedFinding => plan.findings_in_order().iter().map(|row| row.id).collect(),
        Entity::Rebase => plan.rebases_in_order().iter().map(|row| row.id).collect(),
        Entity::Batch => plan.batches_in_order().iter().map(|row| row.id).collect(),
        Entity::Choice => {
            let mut rows: Vec<_> = plan.choices.values().collect();
            rows.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
            rows.into_iter().map(|row| row.id).collect()
        }
        _ => Vec::new(),
    };
    // what hangs on a row that is gone is still the plan's
    let listed: BTreeSet<Id> = ids.iter().copied().collect();
    ids.extend(plan.ids(entity).into_iter().filter(|id| !listed.contains(id)));
    ids
}

fn actions(plan: &Plan, index: &Index) -> Vec<Id> {
    let headings = plan.responsibilities_in_order().into_iter().map(|row| Some(row.id));
    headings.chain([None]).flat_map(|id| index.actions_under(plan, id)).map(|row| row.id).collect()
}

/// What stands in a cell of a row.
#[must_use]
pub fn cell(plan: &Plan, index: &Index, as_at: NaiveDate, column: &Column, entity: Entity, id: Id) -> Cell {
    let value = || plan.value(entity, id, column.field).unwrap_or_default();
    let other = || value().to_string().parse::<Id>().ok();
    match column.kind {
        Kind::Text | Kind::Word(_) | Kind::Reading => Cell::text(value().to_string()),
        Kind::Date => NaiveDate::from_value(&value()).map_or(Cell::Blank, Cell::Date),
        Kind::YesNo => Cell::text(if value() == Value::Int(1) { "yes" } else { "no" }),
        Kind::Theme => Cell::text(other().and_then(|id| plan.themes.get(&id)).map_or("", |row| &row.title)),
        Kind::Report => {
            let key = value().to_string();
            let report = plan.reports.values().find(|row| row.key == key && !row.short_title.is_empty());
            Cell::text(report.map_or(key, |row| row.short_title.clone()))
        }
        Kind::Responsibility => {
            Cell::text(other().and_then(|id| plan.responsibilities.get(&id)).map_or("", |row| &row.text))
        }
        Kind::Action => Cell::text(other().and_then(|id| plan.actions.get(&id)).map_or("", |row| &row.text)),
        Kind::Recommendation => {
            let row = other().and_then(|id| plan.recommendations.get(&id));
            Cell::text(row.map(|row| plan.reference_name(row)).unwrap_or_default())
        }
        Kind::Provider => Cell::text(other().and_then(|id| plan.providers.get(&id)).map_or("", |row| &row.name)),
        Kind::SignalTheme => {
            Cell::text(other().and_then(|id| plan.signal_themes.get(&id)).map_or("", |row| &row.title))
        }
        Kind::Month => Month::from_value(&value()).map_or(Cell::Blank, |month| Cell::Month(month.last_day())),
        Kind::Serves => {
            let rows = match entity {
                Entity::Evidence => index.shown_by(plan, id),
                Entity::NotedFinding => plan.recommendations_of_finding(id),
                _ => index.served(plan, id),
            };
            let names = rows.into_iter().map(|row| plan.reference_name(row));
            Cell::text(names.collect::<Vec<_>>().join(", "))
        }
        Kind::Position => position(&index.positions_at(plan, id, as_at), column.field),
        Kind::Computed => computed(plan, index, as_at, column.field, entity, id),
    }
}

/// The position as at the date; several of one day stand under each other.
fn position(current: &[&Position], field: &str) -> Cell {
    let of = |row: &&Position| match field {
        "position_state" => row.state.map(|state| state.word().to_owned()).unwrap_or_default(),
        _ => row.text.clone(),
    };
    let words: Vec<String> = current.iter().map(of).filter(|words| !words.is_empty()).collect();
    Cell::text(words.join("\n"))
}

fn computed(plan: &Plan, index: &Index, as_at: NaiveDate, field: &str, entity: Entity, id: Id) -> Cell {
    let action = plan.actions.get(&id).filter(|_| entity == Entity::Action);
    match (field, entity) {
        ("position_date", _) => {
            let date = index.positions_at(plan, id, as_at).first().and_then(|row| row.as_at);
            date.map_or(Cell::Blank, Cell::Date)
        }
        ("watched", _) => {
            let level = plan.watch_level(id, as_at).and_then(|row| row.level);
            Cell::text(level.map(|level| level.word()).unwrap_or_default())
        }
        ("actions", Entity::NotedFinding) => list(plan, index, &plan.actions_of_finding(id)),
        ("actions", Entity::Recommendation) => list(plan, index, &index.actions(plan, id)),
        ("actions", _) => list(plan, index, &index.actions_under(plan, Some(id))),
        ("evidence", _) => {
            let lines: Vec<String> = index.evidence(plan, id).iter().map(|row| format!("• {}", row.text)).collect();
            Cell::text(lines.join("\n"))
        }
        ("timescales", _) => {
            let words: Vec<&str> = index.timescales(plan, id).iter().map(|row| row.words.as_str()).collect();
            Cell::text(words.join("\n"))
        }
        ("due", _) => Cell::text(action.map(|row| index.due(plan, row).text()).unwrap_or_default()),
        ("due_by", Entity::Timescale) => {
            let due = |row: &crate::model::Timescale| Due::of(&row.words, &row.reading, plan.due_anchor());
            plan.timescales.get(&id).map_or(Cell::Blank, |row| due_by(&[due(row)]))
        }
        ("due_by", _) => action.map_or(Cell::Blank, |row| due_by(&index.due(plan, row).readings)),
        ("overdue", _) => {
            let late = action.is_some_and(|row| index.is_overdue(plan, row, as_at));
            Cell::text(if late { "yes" } else { "no" })
        }
        ("about", Entity::Revision) => {
            let timescale = plan.revisions.get(&id).and_then(|row| plan.timescales.get(&row.timescale));
            Cell::text(timescale.map_or("", |row| row.words.as_str()))
        }
        ("about", Entity::WatchLevel) => {
            let finding = plan.watch_levels.get(&id).and_then(|row| plan.findings.get(&row.finding?));
            Cell::text(finding.map(|row| intent::finding_name(plan, row)).unwrap_or_default())
        }
        ("about", _) => Cell::text(about(plan, id)),
        _ => Cell::Blank,
    }
}

/// Actions with who has them, by when, and how far they have got.
fn list(plan: &Plan, index: &Index, actions: &[&Action]) -> Cell {
    let line = |row: &&Action| {
        let facts = [row.owner.clone(), index.due(plan, row).text(), row.state.word().to_owned()];
        let facts: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        format!("• {} ({})", row.text, facts.join(", "))
    };
    Cell::text(actions.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// The first day by which one of several dues is over.
fn due_by(readings: &[Due]) -> Cell {
    let dated = readings.iter().filter_map(|due| due.last_day().map(|last| (last, *due)));
    match dated.min_by_key(|(last, _)| *last) {
        Some((day, Due::Month { day: Some(_), .. })) => Cell::Date(day),
        Some((month, _)) => Cell::Month(month),
        None => Cell::Blank,
    }
}

/// The row that an open question or a remark is about, as people call it.
fn about(plan: &Plan, id: Id) -> String {
    let remark = plan.remarks.get(&id).map(|row| row.row);
    let Some(subject) = remark.or_else(|| plan.choices.get(&id)?.subject) else { return String::new() };
    let kind = Entity::ALL.iter().copied().find(|kind| plan.has(*kind, subject));
    match kind {
        Some(Entity::Action | Entity::Responsibility | Entity::Evidence) | None => {
            let words = kind.and_then(|kind| plan.value(kind, subject, "text"));
            words.map(|words| words.to_string()).unwrap_or_default()
        }
        Some(kind) => intent::row_name(plan, kind, subject),
    }
}
