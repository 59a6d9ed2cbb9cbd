//! Mean, moving ranges and limits of a group.

use super::{Group, Options, SMALL_BELOW, TRIAL_BELOW};
use std::cmp::Ordering;
use std::ops::Range;

/// Average moving ranges from the mean to a limit: three standard deviations, each estimated as the average
/// range over 1.128. Source: Shewhart's constant for ranges of two, as Making Data Count rounds it.
pub const LIMIT: f64 = 2.66;
/// Average moving ranges from the mean to a near line: two standard deviations.
pub const NEAR: f64 = LIMIT * 2.0 / 3.0;
/// Average moving ranges from which on a range stands out. Source: Nelson 1982, the upper limit of a chart
/// of ranges of two.
pub const SCREEN: f64 = 3.267;

/// The lines of a chart beside its mean, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The lower process limit.
    pub lower: f64,
    /// Two thirds of the way down from the mean to it.
    pub near_lower: f64,
    /// Two thirds of the way up from the mean to the upper limit.
    pub near_upper: f64,
    /// The upper process limit.
    pub upper: f64,
}

impl Limits {
    fn around(mean: f64, amr: f64) -> Self {
        Self {
            lower: mean - LIMIT * amr,
            near_lower: mean - NEAR * amr,
            near_upper: mean + NEAR * amr,
            upper: mean + LIMIT * amr,
        }
    }

    /// The lines as they are drawn where nothing can lie below zero. For drawing only: the rules hold points
    /// against the limits as computed.
    #[must_use]
    pub fn drawn(self) -> Self {
        let drawn = |line: f64| line.max(0.0);
        Self {
            lower: drawn(self.lower),
            near_lower: drawn(self.near_lower),
            near_upper: drawn(self.near_upper),
            upper: drawn(self.upper),
        }
    }
}

/// Compares values of one group as they were written: what differs by less than rounding does is equal.
/// Seven times 0.1 lie on their mean, though their sum over seven does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Below this a difference is rounding.
    least: f64,
}

impl Scale {
    pub(super) fn of(values: &[f64]) -> Self {
        let largest = values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        // some thousand times the rounding of a double, far below a difference that anybody wrote
        Self { least: largest * 1e-12 }
    }

    pub(super) fn compare(self, one: f64, other: f64) -> Ordering {
        let apart = one - other;
        if apart.abs() <= self.least { Ordering::Equal } else { apart.total_cmp(&0.0) }
    }
}

/// Works out a group; `values` are those of its range, one at least.
pub(super) fn group(values: &[f64], range: Range<usize>, options: &Options) -> Group {
    let base = &values[..options.fix_after.unwrap_or(values.len()).min(values.len())];
    let mean = average(base).unwrap_or_default();
    let ranges: Vec<f64> = base.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let (amr, left_out) = average_range(&ranges, Scale::of(values), options.screen);
    Group {
        range,
        mean,
        amr,
        limits: amr.map(|amr| Limits::around(mean, amr)),
        left_out,
        trial: values.len() < TRIAL_BELOW,
        small: options.counts && mean < SMALL_BELOW,
    }
}

/// The average range, and how many were left out of it.
fn average_range(ranges: &[f64], scale: Scale, screen: bool) -> (Option<f64>, usize) {
    let first = average(ranges);
    let Some(amr) = first.filter(|amr| screen && *amr > 0.0) else {
        // where nothing varies the strict comparison would leave out all, and leave no average
        return (first, 0);
    };
    let kept: Vec<f64> =
        ranges.iter().copied().filter(|range| scale.compare(*range, SCREEN * amr) == Ordering::Less).collect();
    (average(&kept).or(first), ranges.len() - kept.len())
}

/// The average, as the first value and the average way from it: exact where all are alike.
fn average(values: &[f64]) -> Option<f64> {
    let first = *values.first()?;
    let ways: f64 = values.iter().map(|value| value - first).sum();
    // a count of values, far below what a double holds
    Some(first + ways / values.len() as f64)
}
