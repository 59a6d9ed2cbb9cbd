//! What all the sources say: counted, charted and put beside each other, by provider, theme and period.
//!
//! [`Intelligence`] is worked out once from a plan and the facts of its signals, and kept. A [`View`] of it gives a
//! [`Picture`]: the matrix with its verdicts; [`Charted`] charts; [`Timeliness`]; the rows behind a cell.
//!
//! Two things are never mixed: what did not come and what is zero, and the total and the sum over themes. A signal
//! counts once in all and once under each distinct theme of its subjects.

mod axis;
mod cells;
mod charts;
mod lines;
mod measures;
pub mod periods;
mod picture;
mod receipts;
mod rules;
mod tally;
mod themes;
mod timeliness;
mod told;
mod view;

pub use cells::MatrixCell;
pub use charts::{Charted, RebasedAt};
pub use lines::Signalling;
pub use periods::Period;
pub use picture::{Picture, ProviderPicture, RolledCell, RolledRow, Row};
pub use rules::Rules;
pub use tally::Unplaced;
pub use themes::{Offered, ThemeName, Unmapped, themes_of};
pub use timeliness::{Answered, Answers, Timeliness};
pub use told::{Found, lower_first, named, upper_first};
pub use view::{ThemeKey, Unit, View};

use super::due::Month;
use super::signal::{Facts, Source};
use super::triangulation::ReceiptState;
use super::{Id, Plan, Watch};
use axis::{Axis, SOURCES};
use lines::Counting;
use measures::Measures;
use receipts::Receipts;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use tally::{Sieve, Tally};
use themes::{Guide, Themes};

/// A provider with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub id: Id,
    /// Its name in the plan.
    pub name: String,
    /// How closely it is watched as at the date; `None` where nobody said.
    pub watch: Option<Watch>,
}

/// A re-basing of charts, by places.
#[derive(Debug, Clone)]
struct Mark {
    id: Id,
    provider: usize,
    source: Source,
    /// `None` for all charts of the source.
    theme: Option<usize>,
    month: Month,
    reason: String,
}

/// A plan's signals, sorted for counting.
#[derive(Debug, Clone)]
pub struct Intelligence {
    facts: Arc<Facts>,
    rules: Rules,
    axis: Axis,
    providers: Vec<Named>,
    places: BTreeMap<Id, usize>,
    /// The provider's place of each of the facts' providers.
    fact_providers: Vec<Option<usize>>,
    themes: Themes,
    /// Whether any signal of a source is hard, and whether any is soft.
    kinds: [[bool; 2]; SOURCES],
    tally: Tally,
    measures: Measures,
    /// A flag by provider, source and month: somebody counted them.
    measured: Vec<bool>,
    receipts: Receipts,
    marks: Vec<Mark>,
    /// What is needed to sort measures anew for one service, and to list what is not mapped.
    plan: Plan,
    newest: Option<Month>,
}

impl Intelligence {
    /// Sorts the facts of a plan: one pass over all of them.
    #[must_use]
    pub fn of(plan: &Plan, facts: &Arc<Facts>, rules: Rules) -> Self {
        let facts = Arc::clone(facts);
        let axis = axis::axis(plan, &facts, Month::of(rules.as_at));
        let places = axis::places(plan);
        let fact_providers = tally::providers(&facts, &places);
        let mut guide = Guide::of(plan);
        let themes = Themes::of(plan, &facts, &mut guide);
        let tally = Tally::of(&facts, &themes, axis, &fact_providers, &Sieve::open());
        let measures = Measures::of(&facts, &themes, &places, &mut guide, None);
        let measured = measures::came(&facts, &places, axis);
        let came = |provider: usize, source: Source, month: usize| {
            tally.came(provider, source, month)
                || measured.get((provider * SOURCES + source as usize) * axis.len + month).copied().unwrap_or(false)
        };
        let receipts = Receipts::of(plan, &places, axis, &rules, came);
        let newest = newest(axis, &places, came);
        let marks = marks(plan, &places, &themes);
        let providers = plan.providers_in_order().into_iter().map(|row| Named {
            id: row.id,
            name: row.name.clone(),
            watch: plan.watch_level(row.id, rules.as_at).and_then(|level| level.level),
        });
        let providers = providers.collect();
        let kinds = tally::kinds(&facts);
        let plan = what_is_needed(plan);
        Self {
            facts,
            rules,
            axis,
            providers,
            places,
            fact_providers,
            themes,
            kinds,
            tally,
            measures,
            measured,
            receipts,
            marks,
            plan,
            newest,
        }
    }

    /// The rules it was worked out by.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The providers in the plan's order.
    #[must_use]
    pub fn providers(&self) -> &[Named] {
        &self.providers
    }

    /// All rows that a matrix can have: all, the themes, what is not mapped.
    #[must_use]
    pub fn themes(&self) -> &[ThemeName] {
        &self.themes.names
    }

    /// The title of a row.
    #[must_use]
    pub fn theme_title(&self, key: ThemeKey) -> &str {
        self.themes.place(key).map_or("", |place| &self.themes.names[place].title)
    }

    /// The name of a provider; blank for one that is none.
    #[must_use]
    pub fn provider_name(&self, id: Id) -> &str {
        self.places.get(&id).map_or("", |place| &self.providers[*place].name)
    }

    /// The newest month of which any data came.
    #[must_use]
    pub fn newest(&self) -> Option<Month> {
        self.newest
    }

    /// The last month that is over and of which data may be here: the newest with data, but none that still runs at
    /// the date.
    #[must_use]
    pub fn last_whole_month(&self) -> Month {
        let now = Month::of(self.rules.as_at);
        let over = if now.last_day() <= self.rules.as_at { now } else { now.previous() };
        self.newest.map_or(over, |newest| if newest == now { newest.min(over) } else { newest })
    }

    /// The usual periods up to that month.
    #[must_use]
    pub fn periods(&self) -> Vec<Period> {
        periods::usual(self.last_whole_month())
    }

    /// What to begin with: all providers in the last full quarter.
    #[must_use]
    pub fn usual_view(&self) -> View {
        let (from, to) = periods::last_quarter(self.last_whole_month());
        View::of(from, to)
    }

    /// Whether a provider's data of a source for a month came; `None` for a month that begins after the date and of
    /// which nothing is known.
    #[must_use]
    pub fn coverage(&self, provider: Id, source: Source, month: Month) -> Option<ReceiptState> {
        self.receipts.state(*self.places.get(&provider)?, source, month, &self.rules)
    }

    /// Whether there are data or receipts of a provider's source.
    #[must_use]
    pub fn knows(&self, provider: Id, source: Source) -> bool {
        self.places.get(&provider).is_some_and(|place| self.receipts.knows(*place, source))
    }

    /// Services that signals or measures name, in the order of the alphabet.
    #[must_use]
    pub fn services(&self) -> Vec<&str> {
        let signals = self.facts.services.iter().map(String::as_str);
        let measures = self.facts.measures.iter().map(|fact| fact.measure.service.as_str());
        let mut services: Vec<&str> = signals.chain(measures).filter(|name| !name.is_empty()).collect();
        services.sort_unstable();
        services.dedup();
        services
    }

    /// Subjects that lead to no theme, the most frequent first; those that a person set apart last.
    #[must_use]
    pub fn unmapped(&self) -> Vec<Unmapped> {
        themes::unmapped(&self.plan, &self.facts, &self.themes)
    }

    /// The subjects in use that lead to a theme, in the order of the alphabet.
    #[must_use]
    pub fn subjects_of(&self, theme: Id) -> Vec<String> {
        let mut guide = Guide::of(&self.plan);
        let place = self.themes.place(ThemeKey::Theme(theme));
        let signals = self.facts.subjects.iter().flatten();
        let measures = self.facts.measures.iter().map(|fact| &fact.measure.what);
        let mut subjects: Vec<&String> = signals.chain(measures).collect();
        subjects.sort_unstable();
        subjects.dedup();
        subjects.retain(|subject| place.is_some_and(|place| guide.leads(subject) == themes::Leads::To(place)));
        subjects.into_iter().cloned().collect()
    }

    /// Measures that are shares of what other sources count, and are in no count.
    #[must_use]
    pub fn measures_left_out(&self) -> u64 {
        self.measures.left_out
    }

    /// The numbers of the signals behind a cell, newest first: of one source or of all of the view's. Those of months
    /// that a person marked as not received are among them.
    #[must_use]
    pub fn rows(&self, view: &View, theme: ThemeKey, source: Option<Source>) -> Vec<i64> {
        let Some(theme) = self.themes.place(theme).and_then(|place| u16::try_from(place).ok()) else {
            return Vec::new();
        };
        let sieve = Sieve::of(view, &self.facts);
        let wanted = self.wanted(view);
        let mut rows: Vec<(Month, Option<chrono::NaiveDate>, i64)> = Vec::new();
        for fact in self.facts.signals.iter().filter(|fact| sieve.takes(fact)) {
            let Some(month) = fact.month.filter(|month| (view.from..=view.to).contains(month)) else { continue };
            let provider = self.fact_providers.get(fact.provider as usize).copied().flatten();
            let is_source = source.map_or_else(|| self.shows(view, fact.source), |source| fact.source == source);
            if is_source
                && provider.is_some_and(|provider| wanted[provider])
                && self.themes.of_set(fact.subjects).contains(&theme)
            {
                rows.push((month, fact.received, fact.number));
            }
        }
        rows.sort_unstable_by(|a, b| b.cmp(a));
        rows.into_iter().map(|(.., number)| number).collect()
    }

    fn wanted(&self, view: &View) -> Vec<bool> {
        self.providers.iter().map(|one| view.provider.is_none_or(|id| id == one.id)).collect()
    }

    /// The places of the view's providers.
    fn providers_of(&self, view: &View) -> Vec<usize> {
        (0..self.providers.len())
            .filter(|place| view.provider.is_none_or(|id| id == self.providers[*place].id))
            .collect()
    }

    /// The view's columns.
    fn sources_of(&self, view: &View) -> Vec<Source> {
        let providers = self.providers_of(view);
        let known = |source: &Source| providers.iter().any(|provider| self.receipts.knows(*provider, *source));
        Source::ALL.iter().copied().filter(|source| self.shows(view, *source) && known(source)).collect()
    }

    /// Whether a source is among those of a view. One that is of the other hardness, and of which no signal says
    /// otherwise, has no zeros to show.
    fn shows(&self, view: &View, source: Source) -> bool {
        let is = |wanted| source.hardness() == wanted || self.kinds[source as usize][wanted as usize];
        view.takes(source) && view.hardness.is_none_or(is)
    }

    /// The tallies of a view: the plain ones, or anew for what it leaves out.
    fn counting<'a>(&'a self, view: &'a View) -> Counting<'a> {
        let tally = if view.is_narrowed() {
            let sieve = Sieve::of(view, &self.facts);
            Cow::Owned(Tally::of(&self.facts, &self.themes, self.axis, &self.fact_providers, &sieve))
        } else {
            Cow::Borrowed(&self.tally)
        };
        let measures = match &view.service {
            Some(service) => {
                let mut guide = Guide::of(&self.plan);
                Cow::Owned(Measures::of(&self.facts, &self.themes, &self.places, &mut guide, Some(service)))
            }
            None => Cow::Borrowed(&self.measures),
        };
        Counting { on: self, view, tally, measures }
    }

    /// Whether the signals of a month are not here one by one, but as somebody's count.
    fn is_counted_elsewhere(&self, provider: usize, source: Source, place: usize) -> bool {
        let at = (provider * SOURCES + source as usize) * self.axis.len + place;
        self.measured.get(at).copied().unwrap_or(false) && !self.tally.came(provider, source, place)
    }

    /// The re-basings of a chart, in order of months.
    fn rebased(&self, provider: usize, source: Source, theme: usize) -> impl Iterator<Item = &Mark> {
        let fits = move |mark: &&Mark| {
            mark.provider == provider && mark.source == source && mark.theme.is_none_or(|of| of == theme)
        };
        self.marks.iter().filter(fits)
    }

    /// Signals of the view that say no subject.
    fn without_subject(&self, view: &View, providers: &[usize]) -> u64 {
        if !self.facts.subjects.iter().any(Vec::is_empty) {
            return 0;
        }
        let sieve = Sieve::of(view, &self.facts);
        let shown: Vec<bool> = Source::ALL.iter().map(|source| self.shows(view, *source)).collect();
        let is = |fact: &&super::signal::Fact| {
            let provider = self.fact_providers.get(fact.provider as usize).copied().flatten();
            self.themes.says_nothing(fact.subjects)
                && fact.month.is_some_and(|month| (view.from..=view.to).contains(&month))
                && provider.is_some_and(|provider| providers.contains(&provider))
                && shown[fact.source as usize]
                && sieve.takes(fact)
        };
        self.facts.signals.iter().filter(is).count() as u64
    }
}

fn newest(axis: Axis, places: &BTreeMap<Id, usize>, came: impl Fn(usize, Source, usize) -> bool) -> Option<Month> {
    let any = |month: &usize| {
        (0..places.len()).any(|provider| Source::ALL.iter().any(|source| came(provider, *source, *month)))
    };
    (0..axis.len).rev().find(any).map(|place| axis.month(place))
}

fn marks(plan: &Plan, places: &BTreeMap<Id, usize>, themes: &Themes) -> Vec<Mark> {
    let mark = |row: &super::Rebase| {
        let theme = match row.theme {
            // the theme of one that is gone is on no chart
            Some(id) => Some(themes.place(ThemeKey::Theme(id))?),
            None => None,
        };
        let provider = *places.get(&row.provider)?;
        Some(Mark { id: row.id, provider, source: row.source?, theme, month: row.month?, reason: row.reason.clone() })
    };
    let mut marks: Vec<Mark> = plan.rebases.values().filter_map(mark).collect();
    marks.sort_by_key(|mark| mark.month);
    marks
}

/// The part of a plan that subjects are led by.
fn what_is_needed(plan: &Plan) -> Plan {
    Plan {
        infos: plan.infos.clone(),
        signal_themes: plan.signal_themes.clone(),
        subjects: plan.subjects.clone(),
        ..Plan::default()
    }
}

#[cfg(test)]
mod tests;
