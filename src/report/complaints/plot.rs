//! A series as it is drawn.

use super::series::{Charted, Levels};
use crate::model::due::Month;
use crate::model::intelligence::Unit;
use crate::model::xmr::{Judgement, Label};
use crate::report::chart::{END, Place};
use crate::report::section::{Plot, PlotDot, PlotLine, PlotSign};

/// The most words along the lower axis, and the most along the other.
const MONTHS: i32 = 5;
const LEVELS: f64 = 6.0;
/// What the axis has before its first month and after its last.
const EDGE: f64 = 0.03;

/// The places of months and values.
struct Scale {
    first: Month,
    steps: f64,
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    fn of(chart: &Charted, values: &[f64], levels: &[Levels], internal: bool) -> Self {
        let months: Vec<Month> = chart.series.points.iter().filter_map(|point| point.month).collect();
        let first = months.first().copied().unwrap_or(Month { year: 2000, month: 1 });
        let last = months.last().copied().unwrap_or(first);
        let counts = matches!(chart.unit, Unit::Count | Unit::PerThousand);
        let lines = levels.iter().flat_map(|levels| [levels.mean, levels.lower, levels.upper]).flatten();
        let all: Vec<f64> = values.iter().copied().chain(lines).collect();
        let low = if counts { 0.0 } else { all.iter().copied().fold(f64::INFINITY, f64::min) };
        let high = all.iter().copied().fold(low, f64::max);
        let mut step = step_of(high - low);
        // a word on the axis must not look like a small number that is shown
        if counts && !internal {
            step = step.max(10.0);
        }
        let mut low = (low / step).floor() * step;
        let mut high = ((high / step).ceil() * step).max(low + step);
        if chart.unit == Unit::Percent {
            (low, high) = (low.max(0.0), high.min(100.0).max(low + step));
        }
        // a letter above the highest value needs room
        if all.iter().any(|value| *value > high - (high - low) * 0.08) && (counts || high < 100.0) {
            high += step;
        }
        Self { first, steps: f64::from(first.months_to(last).max(1)), low, high, step }
    }

    fn x(&self, month: Month, shift: f64) -> Place {
        let share = (f64::from(self.first.months_to(month)) + shift) / self.steps;
        place(EDGE + share * (1.0 - 2.0 * EDGE))
    }

    fn y(&self, value: f64) -> Place {
        place((value - self.low) / (self.high - self.low))
    }
}

fn place(share: f64) -> Place {
    (share.clamp(0.0, 1.0) * f64::from(END)).round() as Place
}

/// A step of 1, 2 or 5 times a power of ten that cuts a length into a few.
fn step_of(length: f64) -> f64 {
    let rough = (length / (LEVELS - 1.0)).max(1e-9);
    let power = 10_f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= rough).unwrap_or(10.0);
    if length <= 0.0 { 1.0 } else { times * power }
}

/// Draws a series with the values and levels that are published.
pub(super) fn of(
    chart: &Charted,
    title: &str,
    values: &[f64],
    levels: &[Levels],
    description: &[String],
    notes: &[String],
    internal: bool,
) -> Plot {
    let scale = Scale::of(chart, values, levels, internal);
    let month = |place: usize| chart.series.points.get(place).and_then(|point| point.month);
    let dots: Vec<PlotDot> = values
        .iter()
        .enumerate()
        .filter_map(|(at, value)| {
            let (sign, letter) = sign(chart, at);
            Some(PlotDot { x: scale.x(month(at)?, 0.0), y: scale.y(*value), sign, letter })
        })
        .collect();
    Plot {
        title: title.to_owned(),
        description: format!("{title}. {}", description.join(" ")),
        notes: notes.to_vec(),
        months: months(chart, &scale),
        levels: level_words(chart.unit, &scale),
        lines: lines(chart, levels, &scale),
        runs: runs(chart, &dots),
        dots,
        breaks: chart.rebased.iter().filter_map(|mark| Some(scale.x(month(mark.place)?, -0.5))).collect(),
    }
}

fn sign(chart: &Charted, at: usize) -> (PlotSign, &'static str) {
    let sign = match chart.xmr.judge(at, chart.good) {
        Some(Judgement::Concern) => PlotSign::Concern,
        Some(Judgement::Improvement) => PlotSign::Improvement,
        Some(Judgement::Neutral) => PlotSign::Neutral,
        Some(Judgement::CommonCause) | None => PlotSign::Common,
    };
    let letter = match chart.xmr.points.get(at).map(|point| point.label) {
        Some(Label::Outside) => "O",
        Some(Label::Trend) => "T",
        Some(Label::TwoInThree) => "2",
        Some(Label::Shift) => "S",
        Some(Label::CommonCause) | None => "",
    };
    (sign, letter)
}

fn lines(chart: &Charted, levels: &[Levels], scale: &Scale) -> Vec<PlotLine> {
    let month = |place: usize| chart.series.points.get(place).and_then(|point| point.month);
    let mut lines = Vec::new();
    for (group, levels) in chart.xmr.groups.iter().zip(levels) {
        let ends = month(group.range.start).zip(month(group.range.end.saturating_sub(1)));
        let Some((first, last)) = ends else { continue };
        let (from, to) = (scale.x(first, -0.5), scale.x(last, 0.5));
        let line = |mean: bool, level: Option<f64>| level.map(|level| PlotLine { mean, from, to, at: scale.y(level) });
        lines.extend(
            [line(true, levels.mean), line(false, levels.lower), line(false, levels.upper)].into_iter().flatten(),
        );
    }
    lines
}

/// The dots joined, but not across a month that did not come nor where new limits begin.
fn runs(chart: &Charted, dots: &[PlotDot]) -> Vec<Vec<(Place, Place)>> {
    let mut runs: Vec<Vec<(Place, Place)>> = Vec::new();
    let mut before: Option<Month> = None;
    let span = i32::try_from(chart.span.max(1)).unwrap_or(1);
    for (at, (dot, point)) in dots.iter().zip(&chart.series.points).enumerate() {
        let follows = before.zip(point.month).is_some_and(|(before, now)| before.months_to(now) <= span);
        let begins = chart.xmr.groups.iter().any(|group| group.range.start == at);
        match runs.last_mut() {
            Some(run) if follows && !begins => run.push((dot.x, dot.y)),
            _ => runs.push(vec![(dot.x, dot.y)]),
        }
        before = point.month;
    }
    runs
}

fn months(chart: &Charted, scale: &Scale) -> Vec<(Place, String)> {
    let Some(last) = chart.series.points.iter().rev().find_map(|point| point.month) else { return Vec::new() };
    let count = scale.first.months_to(last);
    let every = (count / (MONTHS - 1)).max(1) + i32::from(count % (MONTHS - 1) != 0 && count >= MONTHS);
    let steps = (0..=count).step_by(usize::try_from(every).unwrap_or(1));
    steps.map(|step| (scale.x(scale.first.plus(step), 0.0), scale.first.plus(step).label())).collect()
}

fn level_words(unit: Unit, scale: &Scale) -> Vec<(Place, String)> {
    let count = ((scale.high - scale.low) / scale.step).round() as usize;
    let level = |step: usize| scale.low + step as f64 * scale.step;
    let words = |value: f64| if unit == Unit::PerThousand { Unit::Score.words(value) } else { unit.words(value) };
    (0..=count.min(20)).map(|step| (scale.y(level(step)), words(level(step)))).collect()
}
