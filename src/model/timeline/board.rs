//! Cards in lanes, one lane a month.

use super::{Entry, Filter, Timeline};
use crate::model::due::{Due, Month};
use crate::model::state::Shown;
use crate::model::{ActionState, Plan};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::fmt;

/// Which lane, in the board's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaneKey {
    /// Late as at the board's date.
    Overdue,
    /// Due in a month.
    Month(Month),
    /// With no end.
    Ongoing,
    /// Again and again.
    Recurring,
    /// Starts in a month.
    From,
    /// No date can be read.
    None,
}

impl fmt::Display for LaneKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overdue => f.write_str("overdue"),
            Self::Month(month) => month.fmt(f),
            Self::Ongoing => f.write_str("ongoing"),
            Self::Recurring => f.write_str("recurring"),
            Self::From => f.write_str("from"),
            Self::None => f.write_str("none"),
        }
    }
}

impl LaneKey {
    /// The lane's heading.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Overdue => "Overdue".into(),
            Self::Month(month) => month.label(),
            Self::Ongoing => "Ongoing".into(),
            Self::Recurring => "Recurring".into(),
            Self::From => "Starting from".into(),
            Self::None => "No date".into(),
        }
    }

    fn of(entry: &Entry, overdue: bool) -> Self {
        if overdue {
            return Self::Overdue;
        }
        match entry.due {
            Due::Month { month, .. } => Self::Month(month),
            Due::Ongoing => Self::Ongoing,
            Due::Recurring { .. } => Self::Recurring,
            Due::From { .. } => Self::From,
            Due::None => Self::None,
        }
    }
}

/// A card: which entry, and what follows from the board's date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// The place of its entry in [`Timeline::entries`].
    pub entry: usize,
    /// Late as at the board's date.
    pub overdue: bool,
}

/// A lane with its cards, those due first standing first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Which lane.
    pub key: LaneKey,
    /// Its cards.
    pub cards: Vec<Card>,
}

/// The timeline as at a date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// Overdue, the months that hold a card, ongoing, recurring, starts, no date. The lanes that are
    /// no month are there even when they are empty.
    pub lanes: Vec<Lane>,
    /// How many cards there are.
    pub shown: usize,
    /// How many of them are done.
    pub complete: usize,
    /// How many of them are late.
    pub overdue: usize,
}

impl Timeline {
    /// The cards that a filter lets through, in lanes as at a date.
    #[must_use]
    pub fn board(&self, plan: &Plan, as_at: NaiveDate, filter: &Filter) -> Board {
        let passes = filter.ready(self, plan, as_at);
        let mut board = Board::default();
        let mut months: BTreeMap<Month, Vec<Card>> = BTreeMap::new();
        let mut others: BTreeMap<LaneKey, Vec<Card>> =
            [LaneKey::Overdue, LaneKey::Ongoing, LaneKey::Recurring, LaneKey::From, LaneKey::None]
                .map(|key| (key, Vec::new()))
                .into();
        for (place, entry) in self.entries().iter().enumerate() {
            if !passes.lets(place, entry) {
                continue;
            }
            let overdue = entry.is_overdue(as_at);
            board.shown += 1;
            board.overdue += usize::from(overdue);
            board.complete += usize::from(entry.state == ActionState::Complete);
            let card = Card { entry: place, overdue };
            match LaneKey::of(entry, overdue) {
                LaneKey::Month(month) => months.entry(month).or_default().push(card),
                key => others.entry(key).or_default().push(card),
            }
        }
        let months = months.into_iter().map(|(month, cards)| Lane { key: LaneKey::Month(month), cards });
        let others = others.into_iter().map(|(key, cards)| Lane { key, cards });
        board.lanes = others.chain(months).collect();
        board.lanes.sort_by_key(|lane| lane.key);
        board
    }
}

impl Board {
    /// The lane with a key.
    #[must_use]
    pub fn lane(&self, key: LaneKey) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.key == key)
    }

    /// The first and last month that hold a card.
    #[must_use]
    pub fn range(&self) -> Option<(Month, Month)> {
        let mut months = self.lanes.iter().filter_map(|lane| match lane.key {
            LaneKey::Month(month) => Some(month),
            _ => None,
        });
        let first = months.next()?;
        Some((first, months.next_back().unwrap_or(first)))
    }
}

impl Card {
    /// How its state is shown.
    #[must_use]
    pub fn state(self, entry: &Entry) -> Shown {
        Shown::of(entry.state).tentative(entry.tentative).overdue(self.overdue)
    }
}
