//! XmR charts: is a value that month by month goes up and down doing anything else?
//!
//! The arithmetic is that of NHSRplotthedots 0.2.2, and with [`Options::screen`] off that of NHS
//! England's Making Data Count workbook, so that anybody can hold a chart of ours against theirs.
//!
//! A month without data is no zero and no point. Like both of those tools, limits and runs go over the
//! points in their order, across such a month: a chart that began afresh at each gap would in a thin
//! series never see seven of anything, and would agree with no other tool. What is missing is listed in
//! [`Series::missing`], and whoever shows a chart says so beside it.

mod judge;
mod limits;
mod rules;
mod series;

pub use judge::{Assurance, Good, Judgement};
pub use limits::{LIMIT, Limits, NEAR, SCREEN};
pub use rules::{Label, Side};
pub use series::{Observation, Series, SeriesError};

use std::ops::Range;

/// Points below which the limits of a group are called trial limits. Source: the warning of NHSRplotthedots
/// (its words say 12, its code 13).
pub const TRIAL_BELOW: usize = 13;
/// A mean of counts, per period, below which the chart's arithmetic misleads: runs of zeros and few values.
/// A rule of thumb; charts for rare events (g, t) fit there.
pub const SMALL_BELOW: f64 = 5.0;
/// The fewest points that limits may be fixed on. Source: NHSRplotthedots.
pub const FIX_AT_LEAST: usize = 12;
/// The largest value that is taken, either side of zero: beyond it no count, rate or sum of the NHS lies,
/// and a double no longer holds every whole number.
pub const LARGEST: f64 = 1e15;

/// How a chart is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether moving ranges that stand out are left out of the limits, once.
    pub screen: bool,
    /// How many points on one side of the mean make a shift; at least 2.
    pub shift: usize,
    /// How many points that rise, or fall, make a trend; at least 3.
    pub trend: usize,
    /// Rest the limits of each group on so many of its first points; at least [`FIX_AT_LEAST`].
    pub fix_after: Option<usize>,
    /// Whether the values count things, so that [`SMALL_BELOW`] means something.
    pub counts: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { screen: true, shift: 7, trend: 7, fix_after: None, counts: false }
    }
}

/// A chart: its points with their labels, and the limits of each group.
#[derive(Debug, Clone, PartialEq)]
pub struct Xmr {
    /// In the order of the series.
    pub points: Vec<Point>,
    /// The stretches between re-bases, in order; at least one.
    pub groups: Vec<Group>,
    /// Whether ranges that stand out were left out of the limits; as it was asked for.
    pub screened: bool,
}

/// A point of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// As in the series.
    pub value: f64,
    /// What the rules say of it.
    pub label: Label,
    /// Where it stands to the mean of its group.
    pub side: Side,
    /// Where its label points: up or down for a trend, else its side. A complaint count that rises for
    /// seven months points up also in those that lie below the mean.
    pub toward: Side,
}

/// Points that have their mean and limits in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its points by their places in the series.
    pub range: Range<usize>,
    /// The average, in the unit of the values.
    pub mean: f64,
    /// The average moving range after screening, in the unit of the values, 0 or more; `None` for one point.
    pub amr: Option<f64>,
    /// The limits as computed, also where they lie below zero; `None` for one point. See
    /// [`Limits::drawn`].
    pub limits: Option<Limits>,
    /// How many ranges screening left out.
    pub left_out: usize,
    /// Fewer than [`TRIAL_BELOW`] points.
    pub trial: bool,
    /// Counts with a mean below [`SMALL_BELOW`].
    pub small: bool,
}

impl Group {
    /// Whether the values vary and yet the limits have no width: most months are alike, and screening
    /// left the others out. Every point that is off the mean is then outside, which says nothing.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        self.left_out > 0 && self.amr == Some(0.0)
    }
}

/// Why there is no chart.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum XmrError {
    /// No points.
    #[error("there are no values to chart")]
    Empty,
    /// Not finite, or beyond [`LARGEST`].
    #[error("value {number} is {value}, which cannot be charted: take it out or put it right")]
    Value {
        /// Its place, from 1.
        number: usize,
        /// As it is.
        value: f64,
    },
    /// No second point or later one of the series.
    #[error("there is no re-basing at point {number}: choose one from 2 to {points}")]
    Rebase {
        /// What was asked for, from 1.
        number: usize,
        /// How many points there are.
        points: usize,
    },
    /// Too short a run, which would mark half of all points.
    #[error("a shift has 2 points or more and a trend 3 or more, not {shift} and {trend}")]
    Runs {
        /// What was asked for.
        shift: usize,
        /// What was asked for.
        trend: usize,
    },
    /// Limits fixed on too few points.
    #[error("limits can be fixed on {FIX_AT_LEAST} points or more, not on {0}")]
    Fix(usize),
}

impl Xmr {
    /// The chart of values in their order, re-based at places (from 0) where a new group begins. Places
    /// may stand in any order and twice.
    ///
    /// # Errors
    /// When there is no value, one that is no number or beyond [`LARGEST`], a re-base at the first point or
    /// behind the last one, or options that make no chart.
    pub fn of(values: &[f64], rebase: &[usize], options: &Options) -> Result<Self, XmrError> {
        check(values, rebase, options)?;
        let mut starts = vec![0];
        starts.extend(rebase);
        starts.sort_unstable();
        starts.dedup();
        let ends = starts.iter().skip(1).copied().chain([values.len()]);
        let ranges: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
        let mut points = Vec::with_capacity(values.len());
        let mut groups = Vec::with_capacity(ranges.len());
        for range in ranges {
            let inside = &values[range.clone()];
            let group = limits::group(inside, range, options);
            points.extend(rules::points(inside, &group, options));
            groups.push(group);
        }
        Ok(Self { points, groups, screened: options.screen })
    }

    /// As [`Xmr::of`], but without screening where it leaves a group limits without width
    /// ([`Group::is_flat`]): the chart of a series in which most months are alike, to draw conclusions from.
    /// [`Xmr::screened`] says which it is.
    ///
    /// # Errors
    /// As [`Xmr::of`].
    pub fn readable(values: &[f64], rebase: &[usize], options: &Options) -> Result<Self, XmrError> {
        let chart = Self::of(values, rebase, options)?;
        if chart.groups.iter().any(Group::is_flat) {
            return Self::of(values, rebase, &Options { screen: false, ..*options });
        }
        Ok(chart)
    }

    /// The last group: what holds now.
    #[must_use]
    pub fn now(&self) -> Option<&Group> {
        self.groups.last()
    }

    /// The group of a point.
    #[must_use]
    pub fn group_of(&self, place: usize) -> Option<&Group> {
        self.groups.iter().find(|group| group.range.contains(&place))
    }

    /// What a point means where a direction is good; `None` for one beyond the last.
    #[must_use]
    pub fn judge(&self, place: usize, good: Good) -> Option<Judgement> {
        self.points.get(place).map(|point| good.judge(point))
    }

    /// Whether a target will be met, by the last limits; `None` where no direction is good or one point
    /// has no limits.
    #[must_use]
    pub fn assurance(&self, target: f64, good: Good) -> Option<Assurance> {
        good.assurance(target, self.now()?.limits.as_ref()?)
    }
}

fn check(values: &[f64], rebase: &[usize], options: &Options) -> Result<(), XmrError> {
    if values.is_empty() {
        return Err(XmrError::Empty);
    }
    // a NaN is in no range
    if let Some(at) = values.iter().position(|value| !(-LARGEST..=LARGEST).contains(value)) {
        return Err(XmrError::Value { number: at + 1, value: values[at] });
    }
    if let Some(at) = rebase.iter().find(|at| !(1..values.len()).contains(*at)) {
        return Err(XmrError::Rebase { number: at.saturating_add(1), points: values.len() });
    }
    if options.shift < 2 || options.trend < 3 {
        return Err(XmrError::Runs { shift: options.shift, trend: options.trend });
    }
    match options.fix_after {
        Some(points) if points < FIX_AT_LEAST => Err(XmrError::Fix(points)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
