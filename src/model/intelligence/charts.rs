//! Charts of single sources, with all that stands beside them.

use super::Intelligence;
use super::lines::{Counting, Line, Signalling};
use super::told::{lower_first, upper_first};
use super::view::{ThemeKey, Unit, View, plain};
use crate::model::Id;
use crate::model::due::Month;
use crate::model::signal::{Scoring, Source};
use crate::model::triangulation::Reading;
use crate::model::xmr::{Good, Group, Observation, SMALL_BELOW, Series, TRIAL_BELOW, Xmr};

/// A chart with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Charted {
    /// Whose.
    pub provider: Id,
    /// Its name.
    pub provider_name: String,
    /// About what.
    pub theme: ThemeKey,
    /// Of which source.
    pub source: Source,
    /// "Complaints about staffing levels", "Friends and Family Test results: A&E".
    pub title: String,
    /// The values, with the months between them that did not come.
    pub series: Series,
    /// All months that did not come from the first value on to the last month asked for; never zeros.
    pub missing: Vec<Month>,
    /// The chart.
    pub xmr: Xmr,
    /// Which direction is good.
    pub good: Good,
    /// What the values are.
    pub unit: Unit,
    /// What a rate is per 1,000 of.
    pub base: Option<String>,
    /// How many months each value covers.
    pub span: u32,
    /// The scoring rule; values of another one are on no chart with these.
    pub scoring: Option<Scoring>,
    /// Where new limits begin, with the reason; as far as there are points from there on.
    pub rebased: Vec<RebasedAt>,
    /// What it says of the view's period.
    pub reading: Reading,
    /// The period's months that are special causes.
    pub signalling: Vec<Signalling>,
    /// What each value was worked out from: things or good answers, and activity or answers; `None` without a base.
    pub of: Vec<Option<(f64, f64)>>,
}

/// A place where new limits begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebasedAt {
    /// The row of the plan.
    pub id: Id,
    /// The first month of the new limits.
    pub month: Month,
    /// The place of that point, from 0.
    pub place: usize,
    /// What changed.
    pub reason: String,
}

impl Charted {
    /// Whether the last limits rest on few points.
    #[must_use]
    pub fn is_trial(&self) -> bool {
        self.xmr.now().is_some_and(|group| group.trial)
    }

    /// Whether counts are so small that the chart's arithmetic misleads.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.xmr.now().is_some_and(|group| group.small)
    }

    /// The chart in sentences, for a screen reader or instead of a picture.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let several = self.xmr.groups.len() > 1;
        for group in &self.xmr.groups {
            words.push(self.group_words(group, several));
        }
        let special: Vec<String> = (0..self.xmr.points.len()).filter_map(|place| self.point_words(place)).collect();
        words.push(match special.len() {
            0 => "No month is a special cause.".to_owned(),
            _ => format!("{}.", upper_first(&special.join("; "))),
        });
        words.extend(self.notes());
        words
    }

    fn group_words(&self, group: &Group, several: bool) -> String {
        let points = &self.series.points[group.range.clone()];
        let what = match self.span {
            1 => "month",
            3 => "quarter",
            12 => "year",
            _ => "value",
        };
        let ends = match (points.first(), points.last()) {
            (Some(first), Some(last)) if several => format!(" from {} to {}", first.at, last.at),
            _ => String::new(),
        };
        let limits = group.limits.map_or_else(String::new, |limits| {
            format!(", limits {} to {}", self.number(limits.lower), self.number(limits.upper))
        });
        let count = crate::model::text::count(points.len(), what);
        format!("{}{ends}, mean {}{limits}.", upper_first(&count), self.number(group.mean))
    }

    fn number(&self, value: f64) -> String {
        let text = plain(value, 1);
        if self.unit == Unit::Percent { format!("{text}%") } else { text }
    }

    /// "May 2013 outside, above: concern" of a special cause; `None` for others.
    #[must_use]
    pub fn point_words(&self, place: usize) -> Option<String> {
        let point = self.xmr.points.get(place).filter(|point| point.label.is_special())?;
        let judged = self.xmr.judge(place, self.good)?;
        let side = point.toward.word().map(|side| format!(", {side}")).unwrap_or_default();
        Some(format!("{} {}{side}: {}", self.series.points[place].at, point.label.word(), judged.word()))
    }

    /// What a reader must know of how far the chart can be trusted.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        notes.push(match self.good {
            Good::Increase => "More is better.".to_owned(),
            Good::Decrease => "Less is better.".to_owned(),
            Good::Neutral => "Neither direction is good by itself.".to_owned(),
        });
        if let Some(scoring) = self.scoring {
            notes.push(format!("Scored as {scoring}; values of other scoring rules are not on this chart."));
        }
        if let Some(base) = &self.base {
            notes.push(format!("Per 1,000 of {}.", lower_first(base)));
        }
        if !self.missing.is_empty() {
            notes.push(format!("No data, which is no zero: {}.", stretches(&self.missing).join(", ")));
        }
        for mark in &self.rebased {
            let reason = if mark.reason.is_empty() { String::new() } else { format!(": {}", mark.reason) };
            notes.push(format!("New limits from {}{reason}.", mark.month.label()));
        }
        if self.is_trial() {
            notes.push(format!("Trial limits: fewer than {TRIAL_BELOW} points."));
        }
        if self.is_small() {
            notes.push(format!("Small counts, below {SMALL_BELOW} on average: the lack of a signal says nothing."));
        }
        let left_out: usize = self.xmr.groups.iter().map(|group| group.left_out).sum();
        notes.push(match (self.xmr.screened, left_out) {
            (false, _) => "Limits without screening of ranges that stand out.".to_owned(),
            (true, 0) => "Limits with screening; no range stood out.".to_owned(),
            (true, 1) => "Limits with screening: 1 range stood out and was left out.".to_owned(),
            (true, many) => format!("Limits with screening: {many} ranges stood out and were left out."),
        });
        notes
    }
}

impl Intelligence {
    /// The charts of a provider's source for a theme, up to the view's last month: one, or several where scores
    /// cannot be pooled; none where nothing came, or it comes too seldom and is judged item by item.
    #[must_use]
    pub fn chart(&self, view: &View, provider: Id, theme: ThemeKey, source: Source) -> Vec<Charted> {
        let counting = self.counting(view);
        let place = self.providers.iter().position(|one| one.id == provider);
        place.map_or_else(Vec::new, |place| self.charted(&counting, place, theme, source))
    }

    /// The charts of a source and theme for every provider of the view: small multiples.
    #[must_use]
    pub fn charts(&self, view: &View, theme: ThemeKey, source: Source) -> Vec<Charted> {
        let counting = self.counting(view);
        let providers = self.providers_of(view).into_iter();
        providers.flat_map(|provider| self.charted(&counting, provider, theme, source)).collect()
    }

    /// Every chart that the view's matrix rests on, by provider, theme and source.
    #[must_use]
    pub fn every_chart(&self, view: &View) -> Vec<Charted> {
        let counting = self.counting(view);
        let sources = self.sources_of(view);
        let mut charts = Vec::new();
        for provider in self.providers_of(view) {
            for name in &self.themes.names {
                for source in &sources {
                    charts.extend(self.charted(&counting, provider, name.key, *source));
                }
            }
        }
        charts
    }

    fn charted(&self, counting: &Counting<'_>, provider: usize, theme: ThemeKey, source: Source) -> Vec<Charted> {
        let Some(place) = self.themes.place(theme).filter(|place| counting.covers(source, *place)) else {
            return Vec::new();
        };
        let lines = counting.lines(provider, source, place);
        lines.into_iter().filter_map(|line| self.one(counting, provider, source, place, line)).collect()
    }

    fn one(
        &self,
        counting: &Counting<'_>,
        provider: usize,
        source: Source,
        theme: usize,
        line: Line,
    ) -> Option<Charted> {
        let (xmr, _) = counting.chart(provider, source, theme, &line)?;
        let (reading, signalling) = counting.read(&line, &xmr);
        let place = |month: Month| line.dots.iter().position(|dot| dot.month >= month).filter(|place| *place > 0);
        let marks = self.rebased(provider, source, theme);
        let rebased = marks.filter_map(|mark| {
            let place = place(mark.month)?;
            Some(RebasedAt { id: mark.id, month: mark.month, place, reason: mark.reason.clone() })
        });
        let rebased = rebased.collect();
        let points = line.dots.iter().map(|dot| Observation {
            at: when(dot.month, line.span),
            month: Some(dot.month),
            value: dot.value,
        });
        let of = line.dots.iter().map(|dot| (dot.sum.1 > 0.0).then_some(dot.sum)).collect();
        Some(Charted {
            of,
            provider: self.providers[provider].id,
            provider_name: self.providers[provider].name.clone(),
            theme: self.themes.names[theme].key,
            source,
            title: self.title(source, theme, &line.name),
            series: Series::of(points.collect()),
            missing: line.missing,
            xmr,
            good: line.good,
            unit: line.unit,
            base: line.base,
            span: line.span,
            scoring: line.scoring,
            rebased,
            reading,
            signalling,
        })
    }

    fn title(&self, source: Source, theme: usize, what: &str) -> String {
        let name = &self.themes.names[theme];
        let source = upper_first(source.several());
        let about = match name.key {
            ThemeKey::All => source,
            ThemeKey::Theme(_) => format!("{source} about {}", lower_first(&name.title)),
            ThemeKey::Unmapped => format!("{source} that are not mapped to a theme"),
        };
        if what.is_empty() || name.key == ThemeKey::Unmapped { about } else { format!("{about}: {what}") }
    }
}

/// Months in their order, those that follow each other by the first and the last: "April 2012 to June 2012".
fn stretches(months: &[Month]) -> Vec<String> {
    let follow = |a: &Month, b: &Month| a.next() == *b;
    let words = months.chunk_by(follow).flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{} to {}", first.label(), last.label())],
        few => few.iter().map(|month| month.label()).collect(),
    });
    words.collect()
}

/// The month, or the first and last of several.
fn when(month: Month, span: u32) -> String {
    match i32::try_from(span) {
        Ok(span @ 2..) => format!("{} to {}", month.label(), month.plus(span - 1).label()),
        _ => month.label(),
    }
}
