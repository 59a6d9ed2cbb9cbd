//! The actions by due month: what falls due, what is late, who has it, what has moved.
//!
//! [`Timeline`] is worked out once a revision; from it [`Timeline::board`] puts the cards in lanes
//! as at a date, in one pass and without sorting.

mod board;
mod chart;
mod entry;
mod facets;
mod filter;
mod slips;

pub use board::{Board, Card, Lane, LaneKey};
pub use chart::{Bar, BurnUp, BurnUpMonth, Chart, ChartGroup, GroupBy, Shape};
pub use entry::{DueRow, Entry, Kind};
pub use facets::{Choice, Facets};
pub use filter::{Filter, Mine};
pub use slips::{Move, moves, slips};

use super::{Id, Index, Plan};
use std::cell::OnceCell;

/// Every row that is due some time, sorted as lanes show them.
#[derive(Debug, Default)]
pub struct Timeline {
    entries: Vec<Entry>,
    /// The names that entries number.
    names: facets::Names,
    /// What the search looks through, folded, made when first it is asked for.
    texts: OnceCell<Vec<String>>,
}

impl Timeline {
    /// What of a plan stands on its timeline.
    #[must_use]
    pub fn of(plan: &Plan, index: &Index) -> Self {
        let mut names = facets::Names::default();
        let entries = entry::entries(plan, index, &mut names);
        Self { entries, names, texts: OnceCell::new() }
    }

    /// The rows, by the last day of their due, then in the action plan's order; undated ones last.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An entry by its place.
    #[must_use]
    pub fn entry(&self, place: usize) -> Option<&Entry> {
        self.entries.get(place)
    }

    /// The place of the entry for a row.
    #[must_use]
    pub fn place_of(&self, row: DueRow) -> Option<usize> {
        self.entries.iter().position(|entry| entry.row == row)
    }

    fn texts(&self, plan: &Plan) -> &[String] {
        self.texts.get_or_init(|| self.entries.iter().map(|entry| entry.searched(plan)).collect())
    }
}

/// The actions of a plan that no entry stands for by itself: they inherit a timescale, or are not
/// yet paired with one.
#[must_use]
pub fn listed_under(plan: &Plan, index: &Index, responsibility: Id) -> Vec<Id> {
    entry::without_own_due(plan, index, responsibility)
}

#[cfg(test)]
mod tests;
