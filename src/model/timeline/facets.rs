//! What the timeline can be filtered by, with how many cards each choice would show.

use super::filter::Test;
use super::{Entry, Filter, Timeline};
use crate::model::state::Shown;
use crate::model::{Id, Plan};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// Names of owners and partners, each with a number.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    /// The numbers of the names in a cell; several stand in lines or with semicolons between. A role
    /// may have a comma in its name, so a comma parts none.
    pub(super) fn split(&mut self, cell: &str, into: &mut Vec<u32>) {
        self.part(cell, &[';', '\n'], into);
    }

    /// The numbers of the organisations in a cell: commas part them too.
    pub(super) fn split_partners(&mut self, cell: &str, into: &mut Vec<u32>) {
        self.part(cell, &[';', '\n', ','], into);
    }

    fn part(&mut self, cell: &str, at: &[char], into: &mut Vec<u32>) {
        for name in cell.split(at).map(str::trim).filter(|name| !name.is_empty()) {
            let number = self.number(name);
            if !into.contains(&number) {
                into.push(number);
            }
        }
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    pub(super) fn known(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(super) fn all(&self) -> &[String] {
        &self.names
    }
}

/// One thing that can be chosen, with how many cards it would show beside what else is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<T> {
    /// What is chosen.
    pub value: T,
    /// How many cards it would show.
    pub count: usize,
}

/// Every choice of every filter. What no card has is left out, unless it is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// Owners by name; blank for none.
    pub owners: Vec<Choice<String>>,
    /// Partners by name; blank for none.
    pub partners: Vec<Choice<String>>,
    /// Responsibilities in the action plan's order; `None` for none.
    pub responsibilities: Vec<Choice<Option<Id>>>,
    /// Themes in the plan's order; `None` for none.
    pub themes: Vec<Choice<Option<Id>>>,
    /// Recommendations in the grid's order; `None` for none.
    pub recommendations: Vec<Choice<Option<Id>>>,
    /// States.
    pub states: Vec<Choice<Shown>>,
    /// How many cards are mine.
    pub mine: usize,
    /// How many fall due soon.
    pub soon: usize,
    /// How many were put off twice or more.
    pub slipped_twice: usize,
}

#[derive(Default)]
struct Counts {
    owners: HashMap<Option<u32>, usize>,
    partners: HashMap<Option<u32>, usize>,
    responsibilities: HashMap<Option<Id>, usize>,
    themes: HashMap<Option<Id>, usize>,
    recommendations: HashMap<Option<Id>, usize>,
    states: HashMap<Shown, usize>,
    mine: usize,
    soon: usize,
    slipped_twice: usize,
}

fn each<T: Eq + std::hash::Hash + Copy>(counts: &mut HashMap<Option<T>, usize>, values: &[T]) {
    if values.is_empty() {
        *counts.entry(None).or_default() += 1;
    }
    for value in values {
        *counts.entry(Some(*value)).or_default() += 1;
    }
}

impl Counts {
    fn add(&mut self, test: Test, entry: &Entry, as_at: NaiveDate) {
        match test {
            Test::Owner => each(&mut self.owners, &entry.owners),
            Test::Partner => each(&mut self.partners, &entry.partners),
            Test::Responsibility => *self.responsibilities.entry(entry.responsibility).or_default() += 1,
            Test::Theme if entry.themes.is_empty() => *self.themes.entry(None).or_default() += 1,
            Test::Theme => entry.themes.iter().for_each(|theme| *self.themes.entry(*theme).or_default() += 1),
            Test::Recommendation => each(&mut self.recommendations, &entry.recommendations),
            Test::State => {
                let state = Shown::of(entry.state).tentative(entry.tentative).overdue(entry.is_overdue(as_at));
                *self.states.entry(state).or_default() += 1;
            }
            Test::Mine => self.mine += 1,
            Test::Soon => self.soon += 1,
            Test::SlippedTwice => self.slipped_twice += 1,
            Test::Text => {}
        }
    }
}

impl Timeline {
    /// What can be chosen and how many cards each choice would show: those that every other filter
    /// lets through.
    #[must_use]
    pub fn facets(&self, plan: &Plan, as_at: NaiveDate, filter: &Filter) -> Facets {
        let ready = filter.ready(self, plan, as_at);
        let mut counts = Counts::default();
        for (place, entry) in self.entries().iter().enumerate() {
            let mut fails = Test::ALL.iter().copied().filter(|test| !ready.passes(*test, place, entry));
            let first = fails.next();
            if fails.next().is_some() {
                continue;
            }
            for test in Test::ALL.iter().copied().filter(|test| first.is_none_or(|failed| failed == *test)) {
                if !test.is_switch() || ready.would_pass(test, entry) {
                    counts.add(test, entry, as_at);
                }
            }
        }
        self.named(plan, filter, &counts)
    }

    fn named(&self, plan: &Plan, filter: &Filter, counts: &Counts) -> Facets {
        let people = |counts: &HashMap<Option<u32>, usize>, chosen: &std::collections::BTreeSet<String>| {
            let name = |number: &Option<u32>| {
                let place = number.and_then(|number| usize::try_from(number).ok());
                place.and_then(|place| self.names.all().get(place)).cloned().unwrap_or_default()
            };
            let mut all: BTreeMap<String, usize> = chosen.iter().map(|name| (name.clone(), 0)).collect();
            all.extend(counts.iter().map(|(number, count)| (name(number), *count)));
            let mut all: Vec<_> = all.into_iter().map(|(value, count)| Choice { value, count }).collect();
            // who has none stands last
            all.sort_by_key(|choice| (choice.value.is_empty(), choice.value.to_lowercase()));
            all
        };
        let themes = plan.themes_in_order().into_iter().map(|row| row.id);
        let responsibilities = plan.responsibilities_in_order().into_iter().map(|row| row.id);
        let recommendations = plan.recommendations_in_order().into_iter().map(|row| row.id);
        Facets {
            owners: people(&counts.owners, &filter.owners),
            partners: people(&counts.partners, &filter.partners),
            responsibilities: in_order(responsibilities, &counts.responsibilities, &filter.responsibilities),
            themes: in_order(themes, &counts.themes, &filter.themes),
            recommendations: in_order(recommendations, &counts.recommendations, &filter.recommendations),
            states: Shown::ALL
                .iter()
                .map(|state| Choice { value: *state, count: counts.states.get(state).copied().unwrap_or(0) })
                .filter(|choice| choice.count > 0 || filter.states.contains(&choice.value))
                .collect(),
            mine: counts.mine,
            soon: counts.soon,
            slipped_twice: counts.slipped_twice,
        }
    }
}

fn in_order(
    order: impl Iterator<Item = Id>,
    counts: &HashMap<Option<Id>, usize>,
    chosen: &std::collections::BTreeSet<Option<Id>>,
) -> Vec<Choice<Option<Id>>> {
    order
        .map(Some)
        .chain([None])
        .map(|value| Choice { value, count: counts.get(&value).copied().unwrap_or(0) })
        .filter(|choice| choice.count > 0 || chosen.contains(&choice.value))
        .collect()
}
