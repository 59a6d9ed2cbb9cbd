//! How a due was moved: from what to what, when and why.

use crate::model::due::Due;
use crate::model::{Action, Index, Plan, Timescale};
use chrono::NaiveDate;

/// One state of a due: the words, and what is known of how they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move<'p> {
    /// The words from then on.
    pub words: &'p str,
    /// When they were given.
    pub date: Option<NaiveDate>,
    /// Why; blank for the first.
    pub reason: &'p str,
}

/// An action's dues in the order they held, the first and the present one among them.
#[must_use]
pub fn moves<'p>(plan: &'p Plan, index: &Index, action: &'p Action) -> Vec<Move<'p>> {
    let revised = index.updates(plan, action.id).into_iter().filter(|row| !row.due.is_empty());
    let revised = revised.map(|row| Move { words: &row.due, date: row.date, reason: &row.reason });
    chain(&action.original_due_words, revised, &action.due_words)
}

/// A timescale's dues in the order they held.
#[must_use]
pub(super) fn moves_of_timescale<'p>(plan: &'p Plan, index: &Index, row: &'p Timescale) -> Vec<Move<'p>> {
    let revised = index.revisions(plan, row.id).into_iter();
    let revised: Vec<Move<'p>> =
        revised.map(|row| Move { words: &row.words, date: row.date, reason: &row.reason }).collect();
    let mut moves = chain(&row.original, revised, &row.words);
    // a plan of before revisions were kept has one reason only
    if let Some(last) = moves.last_mut()
        && last.reason.is_empty()
        && !row.original.is_empty()
    {
        last.reason = &row.reason;
    }
    moves
}

fn chain<'p>(first: &'p str, revised: impl IntoIterator<Item = Move<'p>>, now: &'p str) -> Vec<Move<'p>> {
    let mut moves: Vec<Move<'p>> = Vec::new();
    if !first.is_empty() {
        moves.push(Move { words: first, date: None, reason: "" });
    }
    for next in revised {
        if moves.last().is_none_or(|last| last.words != next.words) {
            moves.push(next);
        }
    }
    if moves.last().is_none_or(|last| last.words != now) {
        moves.push(Move { words: now, date: None, reason: "" });
    }
    moves
}

/// How often a due was put off: to a later day, or to no day at all.
#[must_use]
pub fn slips(plan: &Plan, moves: &[Move<'_>]) -> usize {
    let readings: Vec<Due> = moves.iter().map(|step| Due::of(step.words, "", plan.due_anchor())).collect();
    let later = |pair: &[Due]| match (pair[0].last_day(), pair[1].last_day()) {
        (Some(before), Some(after)) => after > before,
        (Some(_), None) => pair[1] == Due::None,
        (None, _) => false,
    };
    readings.windows(2).filter(|pair| later(pair)).count()
}

pub(super) fn slips_of_timescale(plan: &Plan, index: &Index, row: &Timescale) -> usize {
    if row.original.is_empty() { 0 } else { slips(plan, &moves_of_timescale(plan, index, row)) }
}

impl super::Entry {
    /// Its dues in the order they held, the present one last.
    #[must_use]
    pub fn moves<'p>(&self, plan: &'p Plan, index: &Index) -> Vec<Move<'p>> {
        match self.row {
            super::DueRow::Action(id) => plan.actions.get(&id).map(|row| moves(plan, index, row)),
            super::DueRow::Timescale(id) => plan.timescales.get(&id).map(|row| moves_of_timescale(plan, index, row)),
        }
        .unwrap_or_default()
    }
}
