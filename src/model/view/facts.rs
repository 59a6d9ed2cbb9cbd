//! What is known of each recommendation as at a date: what it can be found, filtered, counted and grouped by.

use crate::model::{Acceptance, Action, ActionState, Id, Index, Plan, PositionState, Recommendation, text};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Values with a number each, in the order in which they were met.
#[derive(Debug, Clone)]
pub(super) struct Numbered<T> {
    numbers: HashMap<T, usize>,
    values: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), values: Vec::new() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbered<T> {
    pub(super) fn number(&mut self, value: &T) -> usize {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        self.values.push(value.clone());
        self.numbers.insert(value.clone(), self.values.len() - 1);
        self.values.len() - 1
    }

    pub(super) fn all(&self) -> &[T] {
        &self.values
    }
}

/// What is known of one recommendation. Values stand as numbers, so that counting is adding up.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: Id,
    pub(super) theme: usize,
    pub(super) report: usize,
    pub(super) response: usize,
    /// Its place in [`Acceptance::ALL`], or their number for none.
    pub(super) answer: usize,
    /// A bit for each of [`PositionState::ALL`], and one above them for no state.
    pub(super) states: u8,
    /// Of its actions, each once; the blank one where an action has none, or there is no action.
    pub(super) owners: Vec<usize>,
    /// Its actions.
    pub(super) actions: Vec<usize>,
    pub(super) no_action: bool,
    pub(super) no_position: bool,
    pub(super) no_evidence: bool,
    pub(super) overdue: bool,
}

/// The bit that says that no position has a state.
pub(super) const NO_STATE: usize = PositionState::ALL.len();

/// What is known of a plan's recommendations as at a date.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub(super) rows: Vec<Row>,
    texts: Vec<String>,
    pub(super) themes: Numbered<Option<Id>>,
    pub(super) reports: Numbered<String>,
    pub(super) responses: Numbered<String>,
    pub(super) owners: Numbered<String>,
    pub(super) actions: usize,
}

impl Facts {
    /// Works them out, in the plan's order of recommendations.
    #[must_use]
    pub fn of(plan: &Plan, index: &Index, as_at: NaiveDate) -> Self {
        let mut facts = Self::default();
        let mut actions = Numbered::<Id>::default();
        let mut work = Work { late: HashMap::new(), plan, index, as_at };
        for row in index.recommendations.iter().filter_map(|id| plan.recommendations.get(id)) {
            let known = facts.row(&mut work, row, &mut actions);
            facts.rows.push(known);
            facts.texts.push(searchable(plan, index, row, as_at));
        }
        facts.actions = actions.all().len();
        facts
    }

    /// The folded words of each recommendation and of all that is shown with it, in the plan's order: what a search
    /// looks in.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    fn row(&mut self, work: &mut Work<'_>, row: &Recommendation, actions: &mut Numbered<Id>) -> Row {
        let (plan, index) = (work.plan, work.index);
        let theme = row.theme.filter(|id| plan.themes.contains_key(id));
        let positions = index.positions_at(plan, row.id, work.as_at);
        let states = positions.iter().filter_map(|position| position.state).fold(0, |bits, state| bits | bit(state));
        let its = index.actions(plan, row.id);
        let mut owners = Vec::new();
        for action in &its {
            for name in people(&action.owner) {
                let number = self.owners.number(&name.to_owned());
                if !owners.contains(&number) {
                    owners.push(number);
                }
            }
        }
        if its.is_empty() {
            owners.push(self.owners.number(&String::new()));
        }
        Row {
            id: row.id,
            theme: self.themes.number(&theme),
            report: self.reports.number(&row.report),
            response: self.responses.number(&row.response_status.trim().to_owned()),
            answer: place(row.acceptance),
            states: if states == 0 { 1 << NO_STATE } else { states },
            owners,
            overdue: its.iter().any(|action| work.is_late(action)),
            no_action: its.is_empty(),
            no_position: positions.iter().all(|position| position.text.trim().is_empty() && position.state.is_none()),
            no_evidence: index.evidence(plan, row.id).is_empty(),
            actions: its.iter().map(|action| actions.number(&action.id)).collect(),
        }
    }
}

struct Work<'p> {
    late: HashMap<Id, bool>,
    plan: &'p Plan,
    index: &'p Index,
    as_at: NaiveDate,
}

impl Work<'_> {
    /// Whether an action is overdue; asked once each, as one action may serve many.
    fn is_late(&mut self, action: &Action) -> bool {
        let (plan, index, as_at) = (self.plan, self.index, self.as_at);
        *self.late.entry(action.id).or_insert_with(|| index.is_overdue(plan, action, as_at))
    }
}

/// The bit of a state in [`Row::states`].
pub(super) fn bit(state: PositionState) -> u8 {
    PositionState::ALL.iter().position(|other| *other == state).map_or(0, |at| 1 << at)
}

/// The place of an answer in [`Row::answer`].
pub(super) fn place(answer: Option<Acceptance>) -> usize {
    let none = Acceptance::ALL.len();
    answer.and_then(|answer| Acceptance::ALL.iter().position(|other| *other == answer)).unwrap_or(none)
}

/// The names in a cell of owners: several stand in lines or with semicolons between. A role may have a comma in its
/// name. A blank cell is one blank name.
pub(super) fn people(cell: &str) -> impl Iterator<Item = &str> {
    let names = cell.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty());
    names.chain(cell.trim().is_empty().then_some(""))
}

/// When the open actions of a recommendation are first due, where one has a day: that day and the words.
#[must_use]
pub fn next_due(plan: &Plan, index: &Index, row: Id) -> Option<(NaiveDate, String)> {
    let open = |action: &&Action| !matches!(action.state, ActionState::Complete | ActionState::NoLongerNeeded);
    let dues = index.actions(plan, row).into_iter().filter(open).map(|action| index.due(plan, action));
    let dated = dues.filter_map(|due| Some((due.readings.iter().filter_map(|reading| reading.last_day()).min()?, due)));
    dated.min_by_key(|(day, _)| *day).map(|(day, due)| (day, due.text()))
}

/// The roles that have the actions of a recommendation, each once, in the actions' order.
#[must_use]
pub fn owners_of<'p>(plan: &'p Plan, index: &Index, row: Id) -> Vec<&'p str> {
    let mut owners = Vec::new();
    for name in index.actions(plan, row).into_iter().flat_map(|action| people(&action.owner)) {
        if !name.is_empty() && !owners.contains(&name) {
            owners.push(name);
        }
    }
    owners
}

fn searchable(plan: &Plan, index: &Index, row: &Recommendation, as_at: NaiveDate) -> String {
    let mut words = String::new();
    let mut add = |text: &str| {
        words.push_str(text);
        words.push('\n');
    };
    for text in [
        &row.reference,
        &row.title,
        &row.text,
        &row.local_title,
        &row.local_text,
        &row.response_status,
        &row.response,
        &row.acceptance_reason,
    ] {
        add(text);
    }
    add(row.acceptance.map_or("", Acceptance::word));
    for position in index.positions_at(plan, row.id, as_at) {
        add(&position.text);
        add(position.state.map_or("", PositionState::word));
    }
    for action in index.actions(plan, row.id) {
        let due = index.due(plan, action).text();
        for text in [&action.text, &action.owner, &action.partners, &due] {
            add(text);
        }
    }
    for evidence in index.evidence(plan, row.id) {
        add(&evidence.text);
    }
    text::fold(&words)
}
