//! Places of months and providers in flat arrays.

use crate::model::due::Month;
use crate::model::signal::{Facts, Source};
use crate::model::{Id, Plan};
use std::collections::BTreeMap;

/// How many kinds of source there are.
pub(super) const SOURCES: usize = Source::ALL.len();
/// How many months before the date, and how many after, are looked at: a mistyped year is no month.
const BACK: i32 = 600;
const AHEAD: i32 = 240;

/// The months that anything is known of, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Axis {
    pub(super) first: Month,
    pub(super) len: usize,
}

impl Axis {
    /// From the first to the last of all months, with the month of the date among them.
    pub(super) fn of(now: Month, months: impl Iterator<Item = Month>) -> Self {
        let (lowest, highest) = (now.plus(-BACK), now.plus(AHEAD));
        let (mut first, mut last) = (now, now);
        for month in months.filter(|month| (lowest..=highest).contains(month)) {
            first = first.min(month);
            last = last.max(month);
        }
        Self { first, len: usize::try_from(first.months_to(last) + 1).unwrap_or(1) }
    }

    pub(super) fn place(self, month: Month) -> Option<usize> {
        usize::try_from(self.first.months_to(month)).ok().filter(|place| *place < self.len)
    }

    pub(super) fn month(self, place: usize) -> Month {
        self.first.plus(i32::try_from(place).unwrap_or(i32::MAX))
    }

    /// The places of the months of a period, as far as the axis goes.
    pub(super) fn places(self, from: Month, to: Month) -> std::ops::Range<usize> {
        let start = usize::try_from(self.first.months_to(from)).unwrap_or(0).min(self.len);
        let end = usize::try_from(self.first.months_to(to).saturating_add(1)).unwrap_or(0).min(self.len);
        start..end.max(start)
    }
}

/// All months that facts, measures and receipts speak of.
pub(super) fn axis(plan: &Plan, facts: &Facts, now: Month) -> Axis {
    let signals = facts.signals.iter().filter_map(|fact| fact.month);
    let measures = facts.measures.iter().flat_map(|fact| {
        let span = i32::try_from(fact.measure.months.max(1) - 1).unwrap_or(0);
        [fact.measure.month, fact.measure.month.plus(span)]
    });
    let receipts = plan.receipts.values().filter_map(|row| row.month);
    Axis::of(now, signals.chain(measures).chain(receipts))
}

/// Providers in the plan's order, and the place of each among them.
pub(super) fn places(plan: &Plan) -> BTreeMap<Id, usize> {
    plan.providers_in_order().iter().enumerate().map(|(place, row)| (row.id, place)).collect()
}
