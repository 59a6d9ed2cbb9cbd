//! The timeline as bars over months, and as a line of what is due and what is done.

use super::{DueRow, Entry, Filter, Kind, Timeline};
use crate::model::due::{Due, Month};
use crate::model::state::Shown;
use crate::model::{Action, ActionState, Id, Index, Plan};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What bars are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupBy {
    /// By key responsibility.
    #[default]
    Responsibility,
    /// By owner.
    Owner,
    /// By the theme of the first recommendation it serves.
    Theme,
}

/// How a bar is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Up to a day.
    Until {
        /// The last day.
        last: NaiveDate,
        /// The last day before the first revision, where it was another.
        first: Option<NaiveDate>,
    },
    /// From its start on, with no end.
    Onwards,
    /// A mark in each of these months.
    Recurring(Vec<Month>),
    /// No bar: no date can be read.
    None,
    /// No bar: the responsibility has several timescales, and nobody has said which is its due.
    Unpaired,
}

/// One row of the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The row whose due it is, where it has one; what a click leads to.
    pub row: DueRow,
    /// The action, where it is one.
    pub action: Option<Id>,
    /// Its words.
    pub text: String,
    /// Who has it.
    pub owner: String,
    /// The due as it was written.
    pub due_words: String,
    /// The due stands at the responsibility.
    pub inherited: bool,
    /// When work begins or began, where that is known.
    pub start: Option<NaiveDate>,
    /// What is drawn.
    pub shape: Shape,
    /// When it was done, where that is known.
    pub done_on: Option<NaiveDate>,
    /// Its state as at the chart's date.
    pub state: Shown,
    /// How often it was put off.
    pub slips: usize,
}

/// Bars under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartGroup {
    /// The heading.
    pub title: String,
    /// Its bars, those due first standing first, those of which nobody knows last.
    pub bars: Vec<Bar>,
}

/// What was due and done by the end of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BurnUpMonth {
    /// The month.
    pub month: Month,
    /// How many were due by its end.
    pub due: usize,
    /// How many were done by its end, or by the chart's date where that is earlier; `None` for a
    /// month after it.
    pub done: Option<usize>,
}

/// What was due by then, what was done by then. Tentative and given-up ones are in neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BurnUp {
    /// Month by month.
    pub months: Vec<BurnUpMonth>,
    /// How many cards count.
    pub all: usize,
    /// How many are done as at the date.
    pub done: usize,
    /// How many of those have no date on which they were done; they count from the as-at date on.
    pub undated: usize,
}

/// The chart as at a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The first month of the axis.
    pub first: Month,
    /// The last month of the axis.
    pub last: Month,
    /// The groups that have a bar.
    pub groups: Vec<ChartGroup>,
    /// Due and done.
    pub burn_up: BurnUp,
}

/// How many months a chart spans at most, half of them before its date; what lies beyond is drawn at
/// its edge.
const MOST_MONTHS: i32 = 240;

impl Timeline {
    /// The bars that a filter lets through, as at a date.
    #[must_use]
    pub fn chart(&self, plan: &Plan, index: &Index, as_at: NaiveDate, filter: &Filter, by: GroupBy) -> Chart {
        let ready = filter.ready(self, plan, as_at);
        let entries = self.entries().iter().enumerate().filter(|(place, entry)| ready.lets(*place, entry));
        let entries: Vec<&Entry> = entries.map(|(_, entry)| entry).collect();
        let (first, last) = axis(plan, index, &entries, as_at);
        let places = Places::of(plan);
        let mut groups: BTreeMap<(usize, String), Vec<Bar>> = BTreeMap::new();
        let mut listed = HashSet::new();
        let mut open = Vec::new();
        for entry in &entries {
            for bar in bars(plan, index, entry, as_at, (first, last)) {
                if let (Kind::Responsibility(id), None) = (entry.kind, bar.action)
                    && listed.insert(id)
                {
                    open.extend(unpaired(plan, index, entry, as_at).into_iter().map(|bar| (entry, bar)));
                }
                groups.entry(places.heading(plan, entry, &bar, by)).or_default().push(bar);
            }
        }
        for (entry, bar) in open {
            groups.entry(places.heading(plan, entry, &bar, by)).or_default().push(bar);
        }
        let groups = groups.into_iter().map(|((_, title), bars)| ChartGroup { title, bars }).collect();
        Chart { first, last, groups, burn_up: burn_up(&entries, as_at, (first, last)) }
    }

    /// What is due and done, of the cards that a filter lets through.
    #[must_use]
    pub fn burn_up(&self, plan: &Plan, as_at: NaiveDate, filter: &Filter) -> BurnUp {
        let ready = filter.ready(self, plan, as_at);
        let entries = self.entries().iter().enumerate().filter(|(place, entry)| ready.lets(*place, entry));
        let entries: Vec<&Entry> = entries.map(|(_, entry)| entry).collect();
        burn_up(&entries, as_at, range(&entries, as_at))
    }
}

/// How many months after the date a chart shows at least what goes on or comes again.
const AHEAD: i32 = 3;

/// The months of a chart: those of what is due and done, and those in which work begins.
fn axis(plan: &Plan, index: &Index, entries: &[&Entry], as_at: NaiveDate) -> (Month, Month) {
    let actions = |entry: &Entry| match entry.kind {
        Kind::Action(id) => vec![id],
        Kind::Responsibility(_) => entry.actions.clone(),
    };
    let begins = |entry: &Entry| {
        let actions = actions(entry);
        actions.iter().filter_map(|id| start(plan, index, entry, plan.actions.get(id))).map(Month::of).min()
    };
    let begins = entries.iter().filter_map(|entry| begins(entry)).min();
    let goes_on = |entry: &&Entry| matches!(entry.due, Due::From { .. } | Due::Recurring { .. } | Due::Ongoing);
    let ahead = entries.iter().any(goes_on).then(|| Month::of(as_at).plus(AHEAD));
    let (first, last) = range(entries, as_at);
    let (first, last) = (begins.map_or(first, |month| month.min(first)), ahead.map_or(last, |month| month.max(last)));
    within_most((first, last), as_at)
}

/// From the first month that anything falls in to the last, the date's own among them.
fn range(entries: &[&Entry], as_at: NaiveDate) -> (Month, Month) {
    let now = Month::of(as_at);
    let months = entries.iter().flat_map(|entry| {
        let start = match entry.due {
            Due::From { start } | Due::Recurring { start: Some(start), .. } => Some(start),
            _ => None,
        };
        [entry.due.last_day(), entry.first.last_day(), entry.done_on]
            .into_iter()
            .flatten()
            .map(Month::of)
            .chain(start)
            .collect::<Vec<_>>()
    });
    within_most(months.fold((now, now), |(first, last), month| (first.min(month), last.max(month))), as_at)
}

fn within_most((mut first, mut last): (Month, Month), as_at: NaiveDate) -> (Month, Month) {
    let now = Month::of(as_at);
    if first.months_to(last) > MOST_MONTHS {
        first = first.max(now.plus(-MOST_MONTHS / 2));
        last = last.min(now.plus(MOST_MONTHS / 2));
    }
    (first, last)
}

fn bars(plan: &Plan, index: &Index, entry: &Entry, as_at: NaiveDate, range: (Month, Month)) -> Vec<Bar> {
    let overdue = entry.is_overdue(as_at);
    let bar = |action: Option<&Action>, inherited: bool| Bar {
        row: entry.row,
        action: action.map(|row| row.id),
        text: action.map_or_else(|| entry.text(plan).to_owned(), |row| row.text.clone()),
        owner: action.map_or_else(|| entry.owner(plan), |row| row.owner.clone()),
        due_words: entry.due_words(plan).to_owned(),
        inherited,
        start: start(plan, index, entry, action),
        shape: shape(entry, range),
        done_on: if inherited { action.and_then(|row| row.done_on) } else { entry.done_on },
        state: match action.filter(|_| inherited) {
            Some(row) => Shown::of(row.state).tentative(row.tentative).overdue(index.is_overdue(plan, row, as_at)),
            None => Shown::of(entry.state).tentative(entry.tentative).overdue(overdue),
        },
        slips: entry.slips,
    };
    let only = entry.responsibility.is_some_and(|id| index.timescales(plan, id).len() == 1);
    match entry.kind {
        Kind::Action(id) => vec![bar(plan.actions.get(&id), false)],
        // its only timescale is the due of each of its actions; of several nobody has said whose they are
        Kind::Responsibility(_) if only && !entry.actions.is_empty() => {
            let actions = entry.actions.iter().filter_map(|id| plan.actions.get(id));
            actions.map(|action| bar(Some(action), true)).collect()
        }
        Kind::Responsibility(_) => vec![bar(None, false)],
    }
}

/// The actions under a responsibility that nobody has paired with one of its timescales. They stand
/// with the first of those; a click leads there, where they can be paired.
fn unpaired(plan: &Plan, index: &Index, entry: &Entry, as_at: NaiveDate) -> Vec<Bar> {
    let actions = entry.actions.iter().filter_map(|id| plan.actions.get(id));
    let bar = |action: &Action| Bar {
        row: entry.row,
        action: Some(action.id),
        text: action.text.clone(),
        owner: action.owner.clone(),
        due_words: String::new(),
        inherited: false,
        start: start(plan, index, entry, Some(action)),
        shape: Shape::Unpaired,
        done_on: action.done_on,
        state: Shown::of(action.state).tentative(action.tentative).overdue(index.is_overdue(plan, action, as_at)),
        slips: 0,
    };
    actions.map(bar).collect()
}

fn start(plan: &Plan, index: &Index, entry: &Entry, action: Option<&Action>) -> Option<NaiveDate> {
    let said = action.and_then(|row| row.starts_on);
    let words = match entry.due {
        Due::From { start } | Due::Recurring { start: Some(start), .. } => Some(start.first_day()),
        _ => None,
    };
    let begun = action.and_then(|row| {
        let notes = index.updates(plan, row.id).into_iter();
        notes.filter(|note| note.state == Some(ActionState::InProgress)).filter_map(|note| note.date).min()
    });
    said.or(words).or(begun)
}

fn shape(entry: &Entry, (from, to): (Month, Month)) -> Shape {
    match entry.due {
        Due::Month { .. } => match entry.due.last_day() {
            Some(last) => Shape::Until { last, first: entry.first.last_day().filter(|first| *first != last) },
            None => Shape::None,
        },
        Due::From { .. } | Due::Ongoing => Shape::Onwards,
        Due::Recurring { .. } => Shape::Recurring(entry.due.occurrences(from, to)),
        Due::None => Shape::None,
    }
}

/// Where the headings stand.
struct Places {
    responsibilities: HashMap<Id, usize>,
    themes: HashMap<Id, usize>,
}

impl Places {
    fn of(plan: &Plan) -> Self {
        let responsibilities = plan.responsibilities_in_order().into_iter().map(|row| row.id);
        let themes = plan.themes_in_order().into_iter().map(|row| row.id);
        Self { responsibilities: responsibilities.zip(0..).collect(), themes: themes.zip(0..).collect() }
    }

    /// The group of a bar: its place among the groups, and its words. Owners stand by their names.
    fn heading(&self, plan: &Plan, entry: &Entry, bar: &Bar, by: GroupBy) -> (usize, String) {
        let place = |places: &HashMap<Id, usize>, id| places.get(&id).copied().unwrap_or(usize::MAX - 1);
        match by {
            GroupBy::Owner if bar.owner.trim().is_empty() => (1, "No owner".into()),
            GroupBy::Owner => (0, bar.owner.trim().to_owned()),
            GroupBy::Responsibility => match entry.responsibility.and_then(|id| plan.responsibilities.get(&id)) {
                Some(row) => (place(&self.responsibilities, row.id), row.text.clone()),
                None => (usize::MAX, "Under no responsibility".into()),
            },
            GroupBy::Theme => match entry.themes.iter().flatten().find_map(|id| plan.themes.get(id)) {
                Some(row) => (place(&self.themes, row.id), row.title.clone()),
                None => (usize::MAX, "No theme".into()),
            },
        }
    }
}

fn burn_up(entries: &[&Entry], as_at: NaiveDate, (first, last): (Month, Month)) -> BurnUp {
    let counted: Vec<&&Entry> =
        entries.iter().filter(|entry| !entry.tentative && entry.state != ActionState::NoLongerNeeded).collect();
    let done: Vec<Option<NaiveDate>> =
        counted.iter().filter(|entry| entry.state == ActionState::Complete).map(|entry| entry.done_on).collect();
    let mut dues: Vec<NaiveDate> = counted.iter().filter_map(|entry| entry.due.last_day()).collect();
    dues.sort_unstable();
    let by = |day: NaiveDate| done.iter().filter(|on| on.map_or(day >= as_at, |on| on <= day)).count();
    let now = Month::of(as_at);
    let mut months = Vec::new();
    let mut month = first;
    while month <= last {
        let end = month.last_day();
        months.push(BurnUpMonth {
            month,
            due: dues.partition_point(|day| *day <= end),
            done: (month <= now).then(|| by(end.min(as_at))),
        });
        month = month.next();
    }
    BurnUp { months, all: counted.len(), done: by(as_at), undated: done.iter().filter(|on| on.is_none()).count() }
}
