//! The order that rows are shown in.

use super::facts::{Facts, NO_STATE, next_due, people, place};
use super::{Column, Sort};
use crate::model::reference::natural_cmp;
use crate::model::{Acceptance, Id, Index, Plan, text};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::HashMap;

/// What a cell is sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    /// Nothing in it: last, whichever way.
    Blank,
    Number(usize),
    Day(NaiveDate),
    Words(String),
    Reference(String),
}

fn compare(a: &Key, b: &Key, descending: bool) -> Ordering {
    let order = match (a, b) {
        (Key::Blank, Key::Blank) => return Ordering::Equal,
        (Key::Blank, _) => return Ordering::Greater,
        (_, Key::Blank) => return Ordering::Less,
        (Key::Number(a), Key::Number(b)) => a.cmp(b),
        (Key::Day(a), Key::Day(b)) => a.cmp(b),
        (Key::Reference(a), Key::Reference(b)) => natural_cmp(a, b),
        (Key::Words(a), Key::Words(b)) => a.cmp(b),
        // a column gives keys of one kind
        _ => Ordering::Equal,
    };
    if descending { order.reverse() } else { order }
}

/// The places of recommendations in the plan's order, in the order that they are shown in.
#[derive(Debug, Clone, Default)]
pub struct Order(pub(super) Vec<usize>);

impl Order {
    /// Sorts what is known by columns: numbers naturally, dates as dates, states and answers in their vocabulary's order,
    /// themes in the plan's, what is blank last. Rows that are alike stay in the plan's order.
    #[must_use]
    pub fn of(plan: &Plan, index: &Index, facts: &Facts, sort: &[Sort], as_at: NaiveDate) -> Self {
        let mut places: Vec<usize> = (0..facts.rows.len()).collect();
        if sort.is_empty() {
            return Self(places);
        }
        let themes: HashMap<Id, usize> =
            plan.themes_in_order().iter().enumerate().map(|(at, theme)| (theme.id, at)).collect();
        let keys: Vec<Vec<Key>> = sort
            .iter()
            .map(|sort| {
                let of = |at: &usize| key(plan, index, facts, *at, sort.column, &themes, as_at);
                places.iter().map(of).collect()
            })
            .collect();
        places.sort_by(|a, b| {
            let by = keys.iter().zip(sort).map(|(keys, sort)| compare(&keys[*a], &keys[*b], sort.descending));
            by.fold(Ordering::Equal, Ordering::then)
        });
        Self(places)
    }
}

fn key(
    plan: &Plan,
    index: &Index,
    facts: &Facts,
    at: usize,
    column: Column,
    themes: &HashMap<Id, usize>,
    as_at: NaiveDate,
) -> Key {
    let known = &facts.rows[at];
    let Some(row) = plan.recommendations.get(&known.id) else { return Key::Blank };
    match column {
        Column::Reference if row.reference.trim().is_empty() => Key::Blank,
        Column::Reference => Key::Reference(row.reference.clone()),
        Column::Recommendation => words([row.shown_title(), row.shown_text()]),
        Column::Response => words([row.response_status.as_str(), row.response.as_str()]),
        Column::Position => words(index.positions_at(plan, row.id, as_at).iter().map(|row| row.text.as_str())),
        Column::Actions if known.no_action => Key::Blank,
        Column::Actions => Key::Number(known.actions.len()),
        Column::Theme => row.theme.and_then(|id| themes.get(&id)).map_or(Key::Blank, |at| Key::Number(*at)),
        Column::Report => {
            let report = plan.reports.values().find(|report| report.key == row.report);
            report.map_or(Key::Blank, |report| words([report.short_title.as_str()]))
        }
        Column::Answer if known.answer == Acceptance::ALL.len() => Key::Blank,
        Column::Answer => Key::Number(place(row.acceptance)),
        Column::State if known.states == 1 << NO_STATE => Key::Blank,
        Column::State => Key::Number(known.states.trailing_zeros() as usize),
        Column::Owners => words(index.actions(plan, row.id).iter().flat_map(|action| people(&action.owner))),
        Column::Due => next_due(plan, index, row.id).map_or(Key::Blank, |(day, _)| Key::Day(day)),
        Column::Evidence => words(index.evidence(plan, row.id).iter().map(|row| row.text.as_str())),
    }
}

fn words<'t>(parts: impl IntoIterator<Item = &'t str>) -> Key {
    let filled: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    if filled.is_empty() { Key::Blank } else { Key::Words(text::fold(&filled.join(" "))) }
}

/// What a click on a heading makes of the order; see [`super::View::sort_by`].
pub(super) fn click(sort: &mut Vec<Sort>, column: Column, beside: bool) {
    let was = sort.iter().position(|sort| sort.column == column);
    let next = match was.map(|at| sort[at].descending) {
        None => Some(false),
        Some(false) => Some(true),
        Some(true) => None,
    };
    match (beside, was, next) {
        (false, _, next) => *sort = next.map(|descending| Sort { column, descending }).into_iter().collect(),
        (true, Some(at), Some(descending)) => sort[at].descending = descending,
        (true, Some(at), None) => drop(sort.remove(at)),
        (true, None, _) => sort.push(Sort { column, descending: false }),
    }
}
