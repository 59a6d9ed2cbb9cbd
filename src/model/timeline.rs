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
use std::collections::HashMap;

/// Every row that is due some time, sorted as lanes show them.
#[derive(Debug, Default)]
pub struct Timeline {
    entries: Vec<Entry>,
    /// The names that entries number.
    names: facets::Names,
    /// What the search looks through, folded, made when first it is asked for.
    texts: OnceCell<Vec<String>>,
    /// Where each row's entry stands, made when first it is asked for.
    places: OnceCell<HashMap<DueRow, usize>>,
}

impl Timeline {
    /// What of a plan stands on its timeline.
    #[must_use]
    pub fn of(plan: &Plan, index: &Index) -> Self {
        let mut names = facets::Names::default();
        let entries = entry::entries(plan, index, &mut names);
        Self { entries, names, ..Self::default() }
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
        let places = || self.entries.iter().zip(0..).map(|(entry, place)| (entry.row, place)).collect();
        self.places.get_or_init(places).get(&row).copied()
    }

    /// The owners of an entry, each once.
    #[must_use]
    pub fn owners(&self, entry: &Entry) -> Vec<&str> {
        let name = |number: &u32| self.names.all().get(usize::try_from(*number).ok()?).map(String::as_str);
        entry.owners.iter().filter_map(name).collect()
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
