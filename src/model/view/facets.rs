//! What the grid can be filtered by, with how many recommendations each choice would show.

use super::facts::{Facts, NO_STATE, Row};
use super::filter::{Fate, Test};
use super::{Filter, Switch};
use crate::model::{Acceptance, Id, Plan, PositionState, text};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What is chosen.
    pub value: T,
    /// How many recommendations it would show beside what else is chosen.
    pub count: usize,
}

/// Every choice of every filter. What no recommendation has is left out, unless it is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Themes in the plan's order; `None` for none.
    pub themes: Vec<Choice<Option<Id>>>,
    /// Reports by their names.
    pub reports: Vec<Choice<String>>,
    /// The government's responses; blank for none.
    pub responses: Vec<Choice<String>>,
    /// The CCG's answers; `None` for none.
    pub answers: Vec<Choice<Option<Acceptance>>>,
    /// States of the position; `None` for no state.
    pub states: Vec<Choice<Option<PositionState>>>,
    /// Owners by name; blank for none.
    pub owners: Vec<Choice<String>>,
    /// How many each switch would leave.
    pub switches: BTreeMap<Switch, usize>,
    /// How many are shown.
    pub shown: usize,
}

struct Counts {
    themes: Vec<usize>,
    reports: Vec<usize>,
    responses: Vec<usize>,
    owners: Vec<usize>,
    answers: [usize; Acceptance::ALL.len() + 1],
    states: [usize; NO_STATE + 1],
    switches: [usize; Switch::ALL.len()],
}

impl Counts {
    fn add(&mut self, test: Test, row: &Row) {
        match test {
            Test::Theme => self.themes[row.theme] += 1,
            Test::Report => self.reports[row.report] += 1,
            Test::Response => self.responses[row.response] += 1,
            Test::Answer => self.answers[row.answer] += 1,
            Test::State => {
                let mut bits = row.states;
                while bits != 0 {
                    self.states[bits.trailing_zeros() as usize] += 1;
                    bits &= bits - 1;
                }
            }
            Test::Owner => row.owners.iter().for_each(|owner| self.owners[*owner] += 1),
            Test::Switch(switch) if switch.holds(row) => self.switches[switch as usize] += 1,
            Test::Switch(_) | Test::Changed | Test::Text => {}
        }
    }
}

impl Facets {
    /// Counts what each choice would show: what every other kind of choice lets through.
    #[must_use]
    pub fn of(plan: &Plan, facts: &Facts, filter: &Filter, changed: Option<&BTreeSet<Id>>) -> Self {
        Self::with(plan, facts, filter, changed, |_| {})
    }

    /// The same; the places of what is shown are given one by one, so that rows and counts cost one search.
    pub(super) fn with(
        plan: &Plan,
        facts: &Facts,
        filter: &Filter,
        changed: Option<&BTreeSet<Id>>,
        mut shown: impl FnMut(usize),
    ) -> Self {
        let ready = filter.ready(facts, changed);
        let mut counts = Counts {
            themes: vec![0; facts.themes.all().len()],
            reports: vec![0; facts.reports.all().len()],
            responses: vec![0; facts.responses.all().len()],
            owners: vec![0; facts.owners.all().len()],
            answers: [0; Acceptance::ALL.len() + 1],
            states: [0; NO_STATE + 1],
            switches: [0; Switch::ALL.len()],
        };
        let mut all = 0;
        for (place, row) in facts.rows.iter().enumerate() {
            match ready.fate(facts, place) {
                Fate::Shown => {
                    all += 1;
                    shown(place);
                    Test::ALL.iter().for_each(|test| counts.add(*test, row));
                }
                Fate::But(test) => counts.add(test, row),
                Fate::Out => {}
            }
        }
        Self::named(plan, facts, filter, &counts, all)
    }

    fn named(plan: &Plan, facts: &Facts, filter: &Filter, counts: &Counts, shown: usize) -> Self {
        let place: BTreeMap<Option<Id>, usize> =
            plan.themes_in_order().iter().enumerate().map(|(at, theme)| (Some(theme.id), at)).collect();
        let themes = choices(facts.themes.all(), &counts.themes, &filter.themes);
        let last = |name: &String| (name.is_empty(), text::fold(name));
        let fixed = |count: &[usize]| count.to_vec();
        let answers: Vec<_> = Acceptance::ALL.iter().copied().map(Some).chain([None]).collect();
        let states: Vec<_> = PositionState::ALL.iter().copied().map(Some).chain([None]).collect();
        Self {
            themes: sorted(themes, |theme| place.get(theme).copied().unwrap_or(usize::MAX)),
            reports: sorted(choices(facts.reports.all(), &counts.reports, &filter.reports), last),
            responses: sorted(choices(facts.responses.all(), &counts.responses, &filter.responses), last),
            owners: sorted(choices(facts.owners.all(), &counts.owners, &filter.owners), last),
            answers: choices(&answers, &fixed(&counts.answers), &filter.answers),
            states: choices(&states, &fixed(&counts.states), &filter.states),
            switches: Switch::ALL.iter().map(|switch| (*switch, counts.switches[*switch as usize])).collect(),
            shown,
        }
    }
}

/// Values with their counts: those that any recommendation has, and those that are chosen.
fn choices<T: Clone + Ord>(values: &[T], counts: &[usize], chosen: &BTreeSet<T>) -> Vec<Choice<T>> {
    let met = values.iter().zip(counts).filter(|(value, count)| **count > 0 || chosen.contains(value));
    let mut all: Vec<Choice<T>> = met.map(|(value, count)| Choice { value: value.clone(), count: *count }).collect();
    let gone = chosen.iter().filter(|value| !values.contains(value));
    all.extend(gone.map(|value| Choice { value: value.clone(), count: 0 }));
    all
}

fn sorted<T, K: Ord>(mut choices: Vec<Choice<T>>, key: impl Fn(&T) -> K) -> Vec<Choice<T>> {
    choices.sort_by_cached_key(|choice| key(&choice.value));
    choices
}
