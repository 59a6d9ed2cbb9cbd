//! Numbers that somebody else counted, by provider, source, theme and month.

use super::axis::{Axis, SOURCES};
use super::themes::{ALL, Guide, Leads, Themes};
use crate::model::Id;
use crate::model::due::Month;
use crate::model::signal::{Facts, Measure, MeasureFact, Scoring, Source};
use crate::model::text::words_key;
use crate::model::xmr::Good;
use std::collections::{BTreeMap, BTreeSet};

/// Words of which one must stand in the name of a total.
const TOTAL: [&str; 4] = ["total", "all", "overall", "combined"];
/// Words that may stand beside it.
const BESIDE: [&str; 11] =
    ["new", "number", "of", "the", "complaints", "received", "services", "trust", "score", "sites", "departments"];

/// A sum, and the base it is of; the base is 0 where there is none.
pub(super) type Sum = (f64, f64);

/// Values that may stand in one series.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scores {
    /// What is measured; blank where several things are pooled.
    pub(super) name: String,
    /// How many months each covers.
    pub(super) span: u32,
    pub(super) scoring: Option<Scoring>,
    /// Whether they are shares of a base.
    pub(super) shares: bool,
    pub(super) good: Good,
    pub(super) points: BTreeMap<Month, Sum>,
}

/// What a provider did, month by month.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Activity {
    /// What it counts, "contacts".
    pub(super) what: String,
    pub(super) months: BTreeMap<Month, f64>,
}

/// All measures, sorted into what they serve.
#[derive(Debug, Clone, Default)]
pub(super) struct Measures {
    /// Scores and shares by provider, source and place of theme.
    scores: BTreeMap<(usize, Source, usize), Vec<Scores>>,
    /// Counts of what other sources count item by item.
    counts: BTreeMap<(usize, Source, usize), Vec<Scores>>,
    activity: BTreeMap<usize, Activity>,
    /// The places of themes that some measure of a source is about.
    themes: BTreeSet<(Source, usize)>,
    /// Shares of sources that are counted: no counts of them.
    pub(super) left_out: u64,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    provider: usize,
    source: Source,
    theme: usize,
    span: u32,
    scoring: Option<Scoring>,
    shares: bool,
    less_is_good: bool,
    name: String,
}

/// Numbers of a month: the sum of parts, and of what is given for the whole.
#[derive(Default, Clone, Copy)]
struct Parts {
    parts: Sum,
    whole: Option<Sum>,
}

impl Parts {
    fn add(&mut self, sum: Sum, is_whole: bool) {
        let into = if is_whole { self.whole.get_or_insert((0.0, 0.0)) } else { &mut self.parts };
        into.0 += sum.0;
        into.1 += sum.1;
    }

    /// A number for the whole goes before its parts: wards and their hospital are not added up.
    fn sum(self) -> Sum {
        self.whole.unwrap_or(self.parts)
    }
}

type Table = BTreeMap<Key, BTreeMap<Month, Parts>>;

impl Measures {
    /// Sorts all measures, or those of one service.
    pub(super) fn of(
        facts: &Facts,
        themes: &Themes,
        places: &BTreeMap<Id, usize>,
        guide: &mut Guide<'_>,
        service: Option<&str>,
    ) -> Self {
        let mut measures = Self::default();
        let (mut scores, mut counts, mut activity) = (Table::new(), Table::new(), Table::new());
        for MeasureFact { provider, measure } in &facts.measures {
            let Some(provider) = provider.and_then(|id| places.get(&id).copied()) else { continue };
            let is_activity = measure.is_activity();
            // a rate of one service needs the activity of that service
            if service.is_some_and(|wanted| measure.service != wanted) {
                continue;
            }
            let is_whole = measure.site.is_empty() && (service.is_some() || measure.service.is_empty());
            let table = if is_activity {
                &mut activity
            } else if measure.source.is_measured() {
                &mut scores
            } else if measure.denominator.is_some() {
                measures.left_out += 1;
                continue;
            } else {
                &mut counts
            };
            let theme = if is_activity { ALL } else { theme_of(measure, themes, guide) };
            let key = key_of(provider, measure, theme);
            let sum = (measure.numerator, measure.denominator.unwrap_or(0.0));
            table.entry(key).or_default().entry(measure.month).or_default().add(sum, is_whole);
        }
        measures.scores = pooled(scores, false);
        measures.counts = pooled(counts, true);
        let all = measures.scores.keys().chain(measures.counts.keys());
        measures.themes = all.map(|(_, source, theme)| (*source, *theme)).collect();
        for ((provider, ..), mut lines) in pooled(activity, true) {
            // contacts and bed days are not added up: the one that is known for most months is the base
            lines.retain(|line| line.span == 1);
            if let Some(best) = lines.into_iter().max_by_key(|line| line.points.len()) {
                let months: BTreeMap<Month, f64> = best.points.into_iter().map(|(month, sum)| (month, sum.0)).collect();
                let held = measures.activity.get(&provider).map_or(0, |held| held.months.len());
                if months.len() > held {
                    measures.activity.insert(provider, Activity { what: best.name, months });
                }
            }
        }
        measures
    }

    pub(super) fn scores(&self, provider: usize, source: Source, theme: usize) -> &[Scores] {
        self.scores.get(&(provider, source, theme)).map_or(&[], Vec::as_slice)
    }

    /// Counts of the source by somebody else, by month.
    pub(super) fn monthly(&self, provider: usize, source: Source, theme: usize) -> Option<&BTreeMap<Month, Sum>> {
        let lines = self.counts.get(&(provider, source, theme))?;
        lines.iter().find(|line| line.span == 1).map(|line| &line.points)
    }

    /// The same by quarter or year, where it comes so.
    pub(super) fn by_span(&self, provider: usize, source: Source, theme: usize) -> Option<&Scores> {
        self.counts.get(&(provider, source, theme))?.iter().find(|line| line.span > 1)
    }

    pub(super) fn activity(&self, provider: usize) -> Option<&Activity> {
        self.activity.get(&provider)
    }

    /// Whether some measure of a source, of whatever provider, is about a theme.
    pub(super) fn is_about(&self, source: Source, theme: usize) -> bool {
        self.themes.contains(&(source, theme))
    }
}

/// Which months measures came for, a flag by provider, source and month.
pub(super) fn came(facts: &Facts, places: &BTreeMap<Id, usize>, axis: Axis) -> Vec<bool> {
    let mut came = vec![false; places.len() * SOURCES * axis.len];
    for MeasureFact { provider, measure } in &facts.measures {
        let Some(provider) = provider.and_then(|id| places.get(&id).copied()) else { continue };
        if measure.is_activity() || (!measure.source.is_measured() && measure.denominator.is_some()) {
            continue;
        }
        let last = measure.month.plus(i32::try_from(measure.months.max(1) - 1).unwrap_or(0));
        for month in axis.places(measure.month, last) {
            came[(provider * SOURCES + measure.source as usize) * axis.len + month] = true;
        }
    }
    came
}

/// The theme of a measure: of the whole name, else of a part of it. What has none is of all of a source; but a
/// count of one subject that nobody mapped is not the total.
fn theme_of(measure: &Measure, themes: &Themes, guide: &mut Guide<'_>) -> usize {
    let parts = std::iter::once(measure.what.as_str()).chain(measure.what.split(": "));
    for part in parts {
        match guide.leads(part) {
            Leads::To(place) => return place,
            Leads::Nowhere => break,
            Leads::Unknown => {}
        }
    }
    let of_a_subject = !measure.source.is_measured() && measure.what.contains(": ") && !is_total(&measure.what);
    if of_a_subject { themes.unmapped() } else { ALL }
}

/// Whether a name says that it is of everything: "Total", "All services", but not "All aspects of clinical treatment".
/// Where a subject stands before the column's heading, that alone says it.
fn is_total(what: &str) -> bool {
    let key = words_key(what.split(": ").next().unwrap_or(what));
    let mut words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut says = false;
    words.all(|word| {
        says |= TOTAL.contains(&word);
        TOTAL.contains(&word) || BESIDE.contains(&word)
    }) && says
}

fn key_of(provider: usize, measure: &Measure, theme: usize) -> Key {
    let shares = measure.denominator.is_some();
    let name = match (measure.source.is_measured() && !shares, measure.service.as_str(), measure.site.as_str()) {
        // scores without a base cannot be pooled: each place has its own
        (true, service, site) => [measure.what.as_str(), service, site]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        (false, ..) => measure.what.clone(),
    };
    Key {
        provider,
        source: measure.source,
        theme,
        span: measure.months.max(1),
        scoring: measure.scoring,
        shares,
        less_is_good: measure.good() == Good::Decrease,
        name,
    }
}

/// Pools what may be pooled. Of totals counted in several ways (`one` of "received", "closed") one is taken.
fn pooled(table: Table, one: bool) -> BTreeMap<(usize, Source, usize), Vec<Scores>> {
    let mut lines: BTreeMap<(usize, Source, usize), Vec<Scores>> = BTreeMap::new();
    for (key, months) in table {
        let good = match (key.source.is_measured(), key.less_is_good) {
            (true, true) => Good::Decrease,
            (true, false) => Good::Increase,
            (false, _) => crate::model::triangulation::Witness::good(key.source),
        };
        let points = months.into_iter().map(|(month, parts)| (month, parts.sum())).collect();
        let line = Scores { name: key.name, span: key.span, scoring: key.scoring, shares: key.shares, good, points };
        lines.entry((key.provider, key.source, key.theme)).or_default().push(line);
    }
    for ((_, source, theme), held) in &mut lines {
        let found = std::mem::take(held);
        *held = match (one, source.is_measured()) {
            (true, _) if *theme == ALL => best(found),
            (false, true) => sum_up(found, |line| line.shares),
            _ => sum_up(found, |_| true),
        };
    }
    lines
}

/// Of counts of all that came, one of each span: what came in before what was closed, then the longest.
fn best(lines: Vec<Scores>) -> Vec<Scores> {
    let rank = |line: &Scores| {
        let key = words_key(&line.name);
        let other = ["closed", "upheld", "resolved", "open", "outstanding", "withdrawn", "carried", "responded"];
        (!other.iter().any(|word| key.contains(word)), line.points.len())
    };
    let mut best: BTreeMap<u32, Scores> = BTreeMap::new();
    for line in lines {
        if best.get(&line.span).is_none_or(|held| rank(held) < rank(&line)) {
            best.insert(line.span, line);
        }
    }
    best.into_values().collect()
}

/// Adds up what counts alike; where one of them is the total, that alone stands.
fn sum_up(lines: Vec<Scores>, may: impl Fn(&Scores) -> bool) -> Vec<Scores> {
    let total = lines.iter().any(|line| may(line) && is_total(&line.name));
    let mut pooled: Vec<Scores> = Vec::new();
    for line in lines {
        if !may(&line) {
            pooled.push(line);
            continue;
        }
        if total && !is_total(&line.name) {
            continue;
        }
        let alike = |held: &&mut Scores| {
            may(held)
                && (held.span, held.scoring, held.shares, held.good)
                    == (line.span, line.scoring, line.shares, line.good)
        };
        match pooled.iter_mut().find(alike) {
            None => pooled.push(line),
            Some(held) => {
                held.name.clear();
                for (month, sum) in line.points {
                    let into = held.points.entry(month).or_insert((0.0, 0.0));
                    into.0 += sum.0;
                    into.1 += sum.1;
                }
            }
        }
    }
    pooled
}
