//! Rows under their headings.

use super::facts::{Facts, NO_STATE};
use super::{Facets, Filter, Group, Order};
use crate::model::{Id, Plan, PositionState, printed, text};
use std::collections::{BTreeMap, BTreeSet};

/// What rows stand under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKey {
    /// Nothing: all of them.
    All,
    /// A theme; `None` for none.
    Theme(Option<Id>),
    /// A report, by its key.
    Report(String),
    /// What the government answered; blank for nothing.
    Response(String),
    /// Where the CCG stands; `None` for no state.
    State(Option<PositionState>),
    /// Who has actions; blank for nobody.
    Owner(String),
}

impl GroupKey {
    /// Its heading; blank where it has none.
    #[must_use]
    pub fn title(&self, plan: &Plan) -> String {
        let or = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
        match self {
            Self::All => String::new(),
            Self::Theme(theme) => {
                let theme = theme.and_then(|id| plan.themes.get(&id));
                theme.map_or_else(|| "Without a theme".to_owned(), |theme| theme.title.clone())
            }
            Self::Report(key) => or(report_name(plan, key), "Without a report"),
            Self::Response(word) => or(word, "No response recorded"),
            Self::State(state) => state.map_or_else(|| "No state".to_owned(), |state| printed::capital(state.word())),
            Self::Owner(name) => or(name, "No owner"),
        }
    }

    /// What kind of heading it is, "Theme".
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::All => "",
            Self::Theme(_) => "Theme",
            Self::Report(_) => "Report",
            Self::Response(_) => "Government response",
            Self::State(_) => "State",
            Self::Owner(_) => "Owner",
        }
    }
}

/// The name of a report by its key; the key itself where the plan does not have it.
pub(super) fn report_name<'p>(plan: &'p Plan, key: &'p str) -> &'p str {
    let report = plan.reports.values().find(|report| report.key == key);
    report.map(|report| report.short_title.as_str()).filter(|name| !name.is_empty()).unwrap_or(key)
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListGroup {
    /// The heading.
    pub key: GroupKey,
    /// The recommendations under it, in order.
    pub rows: Vec<Id>,
    /// How many actions serve them, each counted once.
    pub actions: usize,
}

/// What is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// The headings in order, each with its rows. An owner's recommendation stands under each of its owners.
    pub groups: Vec<ListGroup>,
    /// Whether headings are shown: not where nothing is grouped, or the plan has no themes.
    pub has_headings: bool,
    /// How many recommendations are shown, each counted once.
    pub shown: usize,
    /// How many there are.
    pub of: usize,
    /// What further choices would leave.
    pub facets: Facets,
}

impl List {
    /// Puts together what a filter lets through. While nothing is filtered, themes without a recommendation are there too.
    #[must_use]
    pub fn of(
        plan: &Plan,
        facts: &Facts,
        order: &Order,
        filter: &Filter,
        group: Group,
        changed: Option<&BTreeSet<Id>>,
    ) -> Self {
        let mut passed = vec![false; facts.rows.len()];
        let facets = Facets::with(plan, facts, filter, changed, |place| passed[place] = true);
        let places = order.0.iter().copied().filter(|place| passed.get(*place).copied().unwrap_or(false));
        let mut buckets = buckets(facts, group, places, filter);
        if group == Group::Theme && filter.is_empty() {
            for theme in plan.themes.keys() {
                buckets.entry(GroupKey::Theme(Some(*theme))).or_default();
            }
        }
        let mut counted = vec![0_usize; facts.actions];
        let mut groups: Vec<ListGroup> = Vec::with_capacity(buckets.len());
        for (at, (key, places)) in in_order(plan, buckets).into_iter().enumerate() {
            let mut actions = 0;
            for action in places.iter().flat_map(|place| &facts.rows[*place].actions) {
                actions += usize::from(counted[*action] != at + 1);
                counted[*action] = at + 1;
            }
            let rows = places.iter().map(|place| facts.rows[*place].id).collect();
            groups.push(ListGroup { key, rows, actions });
        }
        let has_headings = group != Group::None && !(group == Group::Theme && plan.themes.is_empty());
        Self { groups, has_headings, shown: facets.shown, of: facts.rows.len(), facets }
    }

    /// The recommendations from top to bottom; of several owners several times.
    pub fn rows(&self) -> impl Iterator<Item = Id> + '_ {
        self.groups.iter().flat_map(|group| group.rows.iter().copied())
    }
}

/// The places under each heading. Of owners and states that are filtered by, only those that were chosen have a heading.
fn buckets(
    facts: &Facts,
    group: Group,
    places: impl Iterator<Item = usize>,
    filter: &Filter,
) -> BTreeMap<GroupKey, Vec<usize>> {
    let numbers = match group {
        Group::None => 1,
        Group::Theme => facts.themes.all().len(),
        Group::Report => facts.reports.all().len(),
        Group::Response => facts.responses.all().len(),
        Group::State => NO_STATE + 1,
        Group::Owner => facts.owners.all().len(),
    };
    let mut by_number: Vec<Vec<usize>> = vec![Vec::new(); numbers];
    for place in places {
        let row = &facts.rows[place];
        let mut put = |number: usize| by_number[number].push(place);
        match group {
            Group::None => put(0),
            Group::Theme => put(row.theme),
            Group::Report => put(row.report),
            Group::Response => put(row.response),
            Group::State => {
                let chosen = |at: &usize| filter.states.is_empty() || filter.states.contains(&state(*at));
                let its = (0..=NO_STATE).filter(|at| row.states & (1 << at) != 0);
                its.filter(chosen).for_each(put);
            }
            Group::Owner => {
                let names = facts.owners.all();
                let chosen = |at: &&usize| filter.owners.is_empty() || filter.owners.contains(&names[**at]);
                row.owners.iter().filter(chosen).copied().for_each(put);
            }
        }
    }
    let key = |number: usize| match group {
        Group::None => GroupKey::All,
        Group::Theme => GroupKey::Theme(facts.themes.all()[number]),
        Group::Report => GroupKey::Report(facts.reports.all()[number].clone()),
        Group::Response => GroupKey::Response(facts.responses.all()[number].clone()),
        Group::State => GroupKey::State(state(number)),
        Group::Owner => GroupKey::Owner(facts.owners.all()[number].clone()),
    };
    let filled = by_number.into_iter().enumerate().filter(|(_, places)| !places.is_empty());
    filled.map(|(number, places)| (key(number), places)).collect()
}

fn state(at: usize) -> Option<PositionState> {
    PositionState::ALL.get(at).copied()
}

/// Headings in order: themes as the plan has them, states as they are offered, all else by name; what is none last.
fn in_order(plan: &Plan, buckets: BTreeMap<GroupKey, Vec<usize>>) -> Vec<(GroupKey, Vec<usize>)> {
    let themes: BTreeMap<Id, usize> =
        plan.themes_in_order().iter().enumerate().map(|(at, theme)| (theme.id, at)).collect();
    let mut all: Vec<_> = buckets.into_iter().collect();
    all.sort_by_cached_key(|(key, _)| match key {
        GroupKey::All => (0, String::new()),
        GroupKey::Theme(theme) => (theme.and_then(|id| themes.get(&id)).copied().unwrap_or(usize::MAX), String::new()),
        GroupKey::State(state) => (state.map_or(usize::MAX, |state| state as usize), String::new()),
        GroupKey::Report(key) => (usize::from(key.is_empty()), text::fold(report_name(plan, key))),
        GroupKey::Response(name) | GroupKey::Owner(name) => (usize::from(name.is_empty()), text::fold(name)),
    });
    all
}
