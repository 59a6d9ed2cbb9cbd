//! The series behind a cell: what is charted, and what the chart says of a period.

use super::Intelligence;
use super::measures::{Measures, Scores};
use super::tally::Tally;
use super::view::{Unit, View};
use crate::model::due::Month;
use crate::model::signal::{Scoring, Source};
use crate::model::triangulation::{Reading, Witness as _};
use crate::model::xmr::{Good, Judgement, Label, Options, SMALL_BELOW, Side, Xmr};
use std::borrow::Cow;
use std::ops::Range;

/// A value of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dot {
    /// The first month it is of.
    pub(super) month: Month,
    pub(super) value: f64,
    /// What it was worked out from; the base is 0 where there is none.
    pub(super) sum: (f64, f64),
}

/// A series before it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) name: String,
    /// How many months each dot covers.
    pub(super) span: u32,
    pub(super) dots: Vec<Dot>,
    /// Months from the first one on that did not come.
    pub(super) missing: Vec<Month>,
    pub(super) unit: Unit,
    /// What a rate is per 1,000 of.
    pub(super) base: Option<String>,
    pub(super) good: Good,
    pub(super) scoring: Option<Scoring>,
}

/// A month of the period that is a special cause on its source's chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signalling {
    /// The month, or the first of several that a value is of.
    pub month: Month,
    /// Which rule.
    pub label: Label,
    /// Where it points: up or down for a trend, else the side of the mean.
    pub toward: Side,
    /// What that means.
    pub judgement: Judgement,
}

/// What is counted for a view.
pub(super) struct Counting<'a> {
    pub(super) on: &'a Intelligence,
    pub(super) view: &'a View,
    pub(super) tally: Cow<'a, Tally>,
    pub(super) measures: Cow<'a, Measures>,
}

impl<'a> Counting<'a> {
    /// Signals of a theme in the month at a place: `None` where they did not come, or where somebody counted them
    /// and not by this theme.
    pub(super) fn count(&self, provider: usize, source: Source, theme: usize, place: usize) -> Option<u64> {
        if !self.on.receipts.is_received(provider, source, place) {
            return None;
        }
        let items = self.tally.months(provider, source, theme).get(place).copied().unwrap_or(0);
        // whether items came is asked of all of them: a service without one in a month had none
        if self.on.tally.came(provider, source, place) || !self.on.is_counted_elsewhere(provider, source, place) {
            return Some(u64::from(items));
        }
        let month = self.on.axis.month(place);
        let (count, _) = self.measures.monthly(provider, source, theme)?.get(&month)?;
        Some(count.round().max(0.0) as u64)
    }

    /// The series behind a cell, up to the view's last month.
    pub(super) fn lines(&self, provider: usize, source: Source, theme: usize) -> Vec<Line> {
        if source.is_item_by_item() {
            return Vec::new();
        }
        if source.is_measured() {
            return self.score_lines(provider, source, theme);
        }
        let by_month = self.count_line(provider, source, theme);
        if by_month.dots.is_empty()
            && let Some(scores) = self.measures.by_span(provider, source, theme)
        {
            let line = self.score_line(scores, Unit::Count);
            return Some(line).filter(|line| !line.dots.is_empty()).into_iter().collect();
        }
        Some(by_month).filter(|line| !line.dots.is_empty()).into_iter().collect()
    }

    fn count_line(&self, provider: usize, source: Source, theme: usize) -> Line {
        let mut line = Line {
            name: String::new(),
            span: 1,
            dots: Vec::new(),
            missing: Vec::new(),
            unit: Unit::Count,
            base: None,
            good: source.good(),
            scoring: None,
        };
        let Some(first) = self.on.receipts.first(provider, source) else { return line };
        let end = self.on.axis.places(self.on.axis.first, self.view.to).end;
        for place in first..end.max(first) {
            let month = self.on.axis.month(place);
            match self.count(provider, source, theme, place) {
                Some(count) => line.dots.push(Dot { month, value: count as f64, sum: (count as f64, 0.0) }),
                None if !self.on.rules.is_ahead(month) => line.missing.push(month),
                None => {}
            }
        }
        self.as_rate(provider, &mut line);
        line
    }

    /// Divides by activity, where that is wished for and known for every month.
    fn as_rate(&self, provider: usize, line: &mut Line) {
        let Some(activity) = self.measures.activity(provider).filter(|_| self.view.rate) else { return };
        let base = |dot: &Dot| activity.months.get(&dot.month).copied().filter(|base| *base > 0.0);
        let Some(bases) = line.dots.iter().map(base).collect::<Option<Vec<f64>>>() else { return };
        for (dot, base) in line.dots.iter_mut().zip(bases) {
            dot.sum.1 = base;
            dot.value = dot.sum.0 / base * 1000.0;
        }
        line.unit = Unit::PerThousand;
        line.base = Some(activity.what.clone());
    }

    /// Scores up to the last month, of the scoring rule of the newest of them alone.
    fn score_lines(&self, provider: usize, source: Source, theme: usize) -> Vec<Line> {
        let all = self.measures.scores(provider, source, theme);
        let newest = |scores: &Scores| scores.points.range(..=self.view.to).next_back().map(|(month, _)| *month);
        let rule =
            all.iter().filter_map(|scores| Some((newest(scores)?, scores.scoring))).max_by_key(|(month, _)| *month);
        let Some((_, scoring)) = rule else { return Vec::new() };
        let lines = all.iter().filter(|scores| scores.scoring == scoring).map(|scores| {
            let percent = scores.shares || matches!(scores.scoring, Some(Scoring::Recommend | Scoring::Positive));
            let net = scores.scoring == Some(Scoring::NetScore);
            self.score_line(scores, if percent && !net { Unit::Percent } else { Unit::Score })
        });
        lines.filter(|line| !line.dots.is_empty()).collect()
    }

    fn score_line(&self, scores: &Scores, unit: Unit) -> Line {
        let dot = |(month, sum): (&Month, &(f64, f64))| {
            let value = match scores.shares {
                // nobody answered: no share
                true if sum.1 <= 0.0 => return None,
                true => sum.0 / sum.1 * 100.0,
                false => sum.0,
            };
            Some(Dot { month: *month, value, sum: *sum })
        };
        let dots: Vec<Dot> = scores.points.range(..=self.view.to).filter_map(dot).collect();
        let mut missing = Vec::new();
        if scores.span == 1
            && let Some(first) = dots.first().map(|dot| dot.month)
        {
            let months = (0..=first.months_to(self.view.to).clamp(0, 1200)).map(|step| first.plus(step));
            let here = |month: &Month| dots.iter().any(|dot| dot.month == *month);
            missing = months.filter(|month| !here(month) && !self.on.rules.is_ahead(*month)).collect();
        }
        Line {
            name: scores.name.clone(),
            span: scores.span,
            dots,
            missing,
            unit,
            base: None,
            good: scores.good,
            scoring: scores.scoring,
        }
    }

    /// The places of a line's dots that touch the period.
    pub(super) fn inside(&self, line: &Line) -> Range<usize> {
        let touches = |dot: &Dot| self.view.touches(dot.month, line.span);
        let start = line.dots.iter().position(touches).unwrap_or(line.dots.len());
        let end = line.dots.iter().rposition(touches).map_or(start, |last| last + 1);
        start..end
    }

    /// The chart of a line with the places where it is re-based; `None` where its values make none.
    pub(super) fn chart(
        &self,
        provider: usize,
        source: Source,
        theme: usize,
        line: &Line,
    ) -> Option<(Xmr, Vec<usize>)> {
        let values: Vec<f64> = line.dots.iter().map(|dot| dot.value).collect();
        let marks = self.on.rebased(provider, source, theme);
        let place = |month: Month| line.dots.iter().position(|dot| dot.month >= month);
        let mut places: Vec<usize> = marks.filter_map(|mark| place(mark.month)).filter(|place| *place > 0).collect();
        places.sort_unstable();
        places.dedup();
        let options = Options { counts: line.unit == Unit::Count, ..self.on.rules.chart };
        let mut chart = Xmr::readable(&values, &places, &options).ok()?;
        if line.unit == Unit::PerThousand {
            // a rate of few things is as uncertain as their count
            for group in &mut chart.groups {
                let counts = &line.dots[group.range.clone()];
                let sum: f64 = counts.iter().map(|dot| dot.sum.0).sum();
                group.small = sum < SMALL_BELOW * counts.len() as f64;
            }
        }
        Some((chart, places))
    }

    /// What a chart says of the period, and the months that say it.
    pub(super) fn read(&self, line: &Line, chart: &Xmr) -> (Reading, Vec<Signalling>) {
        let inside = self.inside(line);
        let thresholds = &self.on.rules.thresholds;
        let reading = Reading::of_chart(chart, inside.clone(), line.good, thresholds);
        let is_read =
            |place: usize| chart.group_of(place).is_some_and(|group| group.range.len() >= thresholds.least_points);
        let signalling = inside.filter(|place| is_read(*place)).filter_map(|place| {
            let point = chart.points.get(place).filter(|point| point.label.is_special())?;
            let judgement = chart.judge(place, line.good)?;
            Some(Signalling { month: line.dots[place].month, label: point.label, toward: point.toward, judgement })
        });
        (reading, signalling.collect())
    }

    /// Whether a source says anything about a theme at all.
    pub(super) fn covers(&self, source: Source, theme: usize) -> bool {
        if self.on.themes.is_not_asked(theme, source) {
            return false;
        }
        !source.is_measured() || self.measures.is_about(source, theme) || self.on.tally.any_of(source, theme)
    }
}
