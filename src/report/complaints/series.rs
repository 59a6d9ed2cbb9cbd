//! The series of the report: those behind the findings, then the totals of each source, each drawn or told in words.

pub(super) use crate::model::intelligence::Charted;

use super::numbers::{Key, Numbers, whole};
use super::{plot, share};
use crate::model::intelligence::{Intelligence, Picture, ThemeKey, Unit, View, upper_first};
use crate::model::suppression::{SMALL, Shown, alone};
use crate::model::text::count;
use crate::model::triangulation::Verdict;
use crate::model::xmr::{Group, Judgement, Label, TRIAL_BELOW};
use crate::report::section::Plot;
use std::collections::BTreeSet;

/// A series as it is told.
pub(super) struct Told {
    pub(super) chart: Charted,
    /// Its name with the provider's.
    pub(super) title: String,
    /// The values as they are published; `None` for a series that is told in words.
    pub(super) values: Option<Vec<f64>>,
    /// All that it shows, in sentences.
    pub(super) description: Vec<String>,
    /// What a reader must know of it.
    pub(super) notes: Vec<String>,
    pub(super) plot: Option<Plot>,
    /// Nothing was counted in any month that came: a sentence says that better than a picture.
    pub(super) is_nothing: bool,
    /// Mean and limits as published, by group.
    pub(super) levels: Vec<Levels>,
}

/// Mean and limits of a group as they are published; `None` for what is not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Levels {
    pub(super) mean: Option<f64>,
    pub(super) lower: Option<f64>,
    pub(super) upper: Option<f64>,
}

/// The series of a view, the most telling first; each once.
pub(super) fn of(on: &Intelligence, view: &View, picture: &Picture) -> Vec<Charted> {
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    let mut charts = Vec::new();
    let mut add = |key: Key| {
        if seen.insert(key) {
            charts.extend(on.chart(view, key.0, key.1, key.2));
        }
    };
    for verdict in [Verdict::Corroborated, Verdict::SingleSource] {
        for provider in &picture.providers {
            for found in provider.findings().into_iter().filter(|found| found.verdict() == verdict) {
                found.sources().into_iter().for_each(|source| add((found.provider, found.theme, source)));
            }
        }
    }
    for provider in &picture.providers {
        for source in &picture.sources {
            add((provider.provider.id, ThemeKey::All, *source));
        }
    }
    charts
}

impl Told {
    pub(super) fn of(chart: Charted, numbers: &Numbers, on: &Intelligence, internal: bool) -> Self {
        // two points are no picture
        let is_nothing = chart.unit == Unit::Count && chart.xmr.points.iter().all(|point| point.value == 0.0);
        let drawn = chart.xmr.points.len() > 2 && !is_nothing && numbers.is_drawn(&chart);
        let values = drawn.then(|| values(&chart, internal));
        let levels: Vec<Levels> = chart.xmr.groups.iter().map(|group| Levels::of(&chart, group, internal)).collect();
        let mut notes = chart.notes();
        let rules = on.rules().chart;
        notes.push(format!(
            "A shift is {} points on one side of the mean, a trend {} that rise or fall.",
            rules.shift, rules.trend
        ));
        if !internal && drawn && chart.unit == Unit::Count {
            notes.push("Values are drawn to the nearest 5; the marks come from the values as they are.".to_owned());
        }
        let description = if internal { as_it_is(&chart) } else { published(&chart, &levels, drawn) };
        let title = format!("{}: {}", chart.provider_name, chart.title);
        let plot =
            values.as_deref().map(|values| plot::of(&chart, &title, values, &levels, &description, &notes, internal));
        Self { chart, title, values, description, notes, plot, is_nothing, levels }
    }
}

fn values(chart: &Charted, internal: bool) -> Vec<f64> {
    let points = chart.series.points.iter().zip(&chart.of);
    let value = |(point, of): (&crate::model::xmr::Observation, &Option<(f64, f64)>)| match chart.unit {
        _ if internal => point.value,
        Unit::Count => match alone(whole(point.value)) {
            Shown::Number(number) => number as f64,
            Shown::Hidden => 0.0,
        },
        unit => share::published(unit, point.value, *of).unwrap_or_default(),
    };
    points.map(value).collect()
}

impl Levels {
    fn of(chart: &Charted, group: &Group, internal: bool) -> Self {
        let few = group.range.len() < TRIAL_BELOW;
        let level = |value: f64| match chart.unit {
            _ if internal => Some(value),
            // the mean of a few counts is as good as one of them
            Unit::Count | Unit::PerThousand => {
                let value = if few { (value / 5.0).round() * 5.0 } else { value.round() };
                Some(value).filter(|value| !SMALL.contains(&whole(*value)))
            }
            Unit::Percent => Some(value.round()),
            Unit::Score => Some((value * 10.0).round() / 10.0),
        };
        let limit = |value: f64| match chart.unit {
            Unit::Count | Unit::PerThousand => level(value.max(0.0)),
            _ => level(value),
        };
        Self {
            mean: level(group.mean),
            lower: group.limits.and_then(|limits| limit(limits.lower)),
            upper: group.limits.and_then(|limits| limit(limits.upper)),
        }
    }
}

/// What the series shows, in sentences and with its numbers as they are.
fn as_it_is(chart: &Charted) -> Vec<String> {
    let notes = chart.notes().len();
    let mut words = chart.words();
    words.truncate(words.len().saturating_sub(notes));
    words
}

/// What the series shows, in sentences: without a number where it is not drawn.
fn published(chart: &Charted, levels: &[Levels], drawn: bool) -> Vec<String> {
    let mut said: Vec<String> =
        chart.xmr.groups.iter().zip(levels).map(|(group, levels)| group_words(chart, group, levels, drawn)).collect();
    let special = special(chart);
    said.push(match special.len() {
        0 => "No month is a special cause.".to_owned(),
        _ => format!("{}.", upper_first(&special.join("; "))),
    });
    said
}

/// The special causes, those that follow each other and mean the same together: "January 2013 to June 2013 concern
/// (outside)".
fn special(chart: &Charted) -> Vec<String> {
    struct Run {
        judged: Judgement,
        from: usize,
        to: usize,
        labels: BTreeSet<Label>,
    }
    let mut runs: Vec<Run> = Vec::new();
    for (place, point) in chart.xmr.points.iter().enumerate().filter(|(_, point)| point.label.is_special()) {
        let Some(judged) = chart.xmr.judge(place, chart.good) else { continue };
        match runs.last_mut() {
            Some(run) if run.judged == judged && run.to + 1 == place => {
                run.to = place;
                run.labels.insert(point.label);
            }
            _ => runs.push(Run { judged, from: place, to: place, labels: BTreeSet::from([point.label]) }),
        }
    }
    let at = |place: usize| chart.series.points.get(place).map_or("", |point| point.at.as_str());
    let words = |run: &Run| {
        let labels: Vec<&str> = run.labels.iter().map(|label| label.word()).collect();
        let when =
            if run.from == run.to { at(run.from).to_owned() } else { format!("{} to {}", at(run.from), at(run.to)) };
        let meant = match run.judged {
            Judgement::Concern => "adverse",
            Judgement::Improvement => "good",
            Judgement::Neutral | Judgement::CommonCause => "neither good nor bad by itself",
        };
        format!("{when}: special cause, {meant} ({})", labels.join(", "))
    };
    runs.iter().map(words).collect()
}

fn group_words(chart: &Charted, group: &Group, levels: &Levels, drawn: bool) -> String {
    let points = &chart.series.points[group.range.clone()];
    let what = match chart.span {
        1 => "month",
        3 => "quarter",
        12 => "year",
        _ => "value",
    };
    let ends = match (points.first(), points.last()) {
        (Some(first), Some(last)) if points.len() > 1 => format!(" from {} to {}", first.at, last.at),
        (Some(first), _) => format!(", {}", first.at),
        _ => String::new(),
    };
    let levels = if drawn { level_words(chart.unit, levels, group.limits.is_some()) } else { String::new() };
    format!("{}{ends}{levels}.", upper_first(&count(points.len(), what)))
}

fn level_words(unit: Unit, levels: &Levels, has_limits: bool) -> String {
    let about = |value: Option<f64>| value.map_or_else(|| "below 8".to_owned(), |value| unit.words(value));
    let limits = match (has_limits, levels.lower) {
        (false, _) => String::new(),
        (true, Some(lower)) if lower == 0.0 && unit == Unit::Count => {
            format!(", upper limit about {}", about(levels.upper))
        }
        (true, lower) => format!(", limits about {} to {}", about(lower), about(levels.upper)),
    };
    format!(", mean about {}{limits}", about(levels.mean))
}
