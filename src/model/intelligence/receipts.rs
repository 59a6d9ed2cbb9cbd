//! Whether each provider's data of each source came, month by month.

use super::axis::{Axis, SOURCES};
use super::rules::Rules;
use crate::model::due::Month;
use crate::model::signal::Source;
use crate::model::triangulation::{Covered, ReceiptState};
use crate::model::{Id, Plan};
use std::collections::BTreeMap;

/// The state of every provider's source in every month.
#[derive(Debug, Clone)]
pub(super) struct Receipts {
    axis: Axis,
    /// `None` for a month that is not judged yet.
    states: Vec<Option<ReceiptState>>,
    /// Of each provider's source: the first month that was received.
    first: Vec<Option<usize>>,
    /// Whether there are data or receipts at all.
    known: Vec<bool>,
}

impl Receipts {
    /// Works them out: what a person said goes first, but for months of which data are here and which were
    /// marked as not due or never asked for: what came, came.
    pub(super) fn of(
        plan: &Plan,
        places: &BTreeMap<Id, usize>,
        axis: Axis,
        rules: &Rules,
        came: impl Fn(usize, Source, usize) -> bool,
    ) -> Self {
        let lines = places.len() * SOURCES;
        let mut said: Vec<Option<ReceiptState>> = vec![None; lines * axis.len];
        for row in plan.receipts.values() {
            let place = places.get(&row.provider).zip(row.source).zip(row.month.and_then(|month| axis.place(month)));
            if let Some(((provider, source), month)) = place {
                said[(provider * SOURCES + source as usize) * axis.len + month] = row.state;
            }
        }
        let mut receipts = Self { axis, states: said, first: vec![None; lines], known: vec![false; lines] };
        for provider in 0..places.len() {
            for source in Source::ALL {
                receipts.fill(provider * SOURCES + *source as usize, rules, |month| came(provider, *source, month));
            }
        }
        receipts
    }

    fn fill(&mut self, line: usize, rules: &Rules, came: impl Fn(usize) -> bool) {
        for place in 0..self.axis.len {
            let at = line * self.axis.len + place;
            let said = self.states[at];
            let came = came(place);
            self.known[line] |= came || said.is_some();
            let state = match said {
                Some(ReceiptState::Expected | ReceiptState::NeverAsked) if came => Some(ReceiptState::Received),
                Some(said) => Some(said),
                None if came => Some(ReceiptState::Received),
                None => unsaid(self.axis.month(place), self.first[line].is_some(), rules),
            };
            self.states[at] = state;
            if state == Some(ReceiptState::Received) && self.first[line].is_none() {
                self.first[line] = Some(place);
            }
        }
    }

    /// The state of a month; `None` for one ahead of the date of which nothing is known.
    pub(super) fn state(&self, provider: usize, source: Source, month: Month, rules: &Rules) -> Option<ReceiptState> {
        let line = provider * SOURCES + source as usize;
        match self.axis.place(month) {
            Some(place) => self.states.get(line * self.axis.len + place).copied().flatten(),
            None => unsaid(month, month > self.axis.first && self.first.get(line).is_some_and(Option::is_some), rules),
        }
    }

    /// Whether the month at a place was received.
    pub(super) fn is_received(&self, provider: usize, source: Source, place: usize) -> bool {
        let line = provider * SOURCES + source as usize;
        place < self.axis.len
            && self.states.get(line * self.axis.len + place).copied().flatten() == Some(ReceiptState::Received)
    }

    /// The place of the first month that was received.
    pub(super) fn first(&self, provider: usize, source: Source) -> Option<usize> {
        self.first.get(provider * SOURCES + source as usize).copied().flatten()
    }

    /// Whether there are data or receipts of a provider's source at all.
    pub(super) fn knows(&self, provider: usize, source: Source) -> bool {
        self.known.get(provider * SOURCES + source as usize).copied().unwrap_or(false)
    }

    /// What came of a source in months.
    pub(super) fn covered(&self, provider: usize, source: Source, months: &[Month], rules: &Rules) -> Covered {
        Covered::over(months.iter().filter_map(|month| self.state(provider, source, *month, rules)))
    }
}

/// The state of a month of which nobody said anything and nothing came.
fn unsaid(month: Month, came_before: bool, rules: &Rules) -> Option<ReceiptState> {
    if rules.is_ahead(month) {
        return None;
    }
    Some(match came_before {
        false => ReceiptState::NeverAsked,
        true if rules.is_late(month) => ReceiptState::Late,
        true => ReceiptState::Expected,
    })
}
