//! The four rules, and which of them a point is labelled with.

use super::limits::Scale;
use super::{Group, Limits, Options, Point};
use std::cmp::Ordering;

/// What the rules say of a point. Where several hold, the first of these in this order, but for
/// [`Label::CommonCause`], which is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Strictly beyond a limit.
    Outside,
    /// One of seven that each lie above the one before, or each below; two alike end it.
    Trend,
    /// One of two or three, in three successive points on one side of the mean, that are beyond a near line
    /// and not outside.
    TwoInThree,
    /// One of seven on one side of the mean; one on the mean ends it.
    Shift,
    /// Nothing but the ups and downs of every month.
    CommonCause,
}

impl Label {
    /// All, in the order in which they win.
    pub const ALL: [Self; 5] = [Self::Outside, Self::Trend, Self::TwoInThree, Self::Shift, Self::CommonCause];

    /// The word for it, on screen, on paper and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Trend => "trend",
            Self::TwoInThree => "two in three",
            Self::Shift => "shift",
            Self::CommonCause => "common cause",
        }
    }

    /// Whether it is a special cause.
    #[must_use]
    pub fn is_special(self) -> bool {
        self != Self::CommonCause
    }
}

/// Where a point stands to a mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Above it.
    Above,
    /// On it.
    On,
    /// Below it.
    Below,
}

impl Side {
    /// The word for it; `None` on the mean, which is no side.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Above => Some("above"),
            Self::On => None,
            Self::Below => Some("below"),
        }
    }

    fn of(ordering: Ordering) -> Self {
        match ordering {
            Ordering::Greater => Self::Above,
            Ordering::Equal => Self::On,
            Ordering::Less => Self::Below,
        }
    }
}

/// The points of a group with their labels.
pub(super) fn points(values: &[f64], group: &Group, options: &Options) -> Vec<Point> {
    let scale = Scale::of(values);
    let sides: Vec<Side> = values.iter().map(|value| Side::of(scale.compare(*value, group.mean))).collect();
    let trends = trends(values, scale, options.trend);
    let shifts = shifts(&sides, options.shift);
    let beyond = |value: f64, lower: f64, upper: f64| {
        scale.compare(value, upper) == Ordering::Greater || scale.compare(value, lower) == Ordering::Less
    };
    let outside = |value: &f64| group.limits.is_some_and(|Limits { lower, upper, .. }| beyond(*value, lower, upper));
    let outside: Vec<bool> = values.iter().map(outside).collect();
    let near = |value: &f64| {
        group.limits.is_some_and(|Limits { near_lower, near_upper, .. }| beyond(*value, near_lower, near_upper))
    };
    let near: Vec<bool> = values.iter().zip(&outside).map(|(value, outside)| !outside && near(value)).collect();
    let pairs = two_in_three(&near, &sides);
    let point = |at: usize| {
        let label = match () {
            () if outside[at] => Label::Outside,
            () if trends[at].is_some() => Label::Trend,
            () if pairs[at] => Label::TwoInThree,
            () if shifts[at] => Label::Shift,
            () => Label::CommonCause,
        };
        let toward = trends[at].filter(|_| label == Label::Trend).unwrap_or(sides[at]);
        Point { value: values[at], label, side: sides[at], toward }
    };
    (0..values.len()).map(point).collect()
}

/// For each point which way the trend goes that it is part of. The point at which a rise turns into a fall
/// is the end of the rise.
fn trends(values: &[f64], scale: Scale, length: usize) -> Vec<Option<Side>> {
    let steps: Vec<Side> = values.windows(2).map(|pair| Side::of(scale.compare(pair[1], pair[0]))).collect();
    let mut marks = vec![None; values.len()];
    for (at, run) in steps.windows(length - 1).enumerate() {
        let way = run[0];
        if way != Side::On && run.iter().all(|step| *step == way) {
            marks[at..at + length].iter_mut().for_each(|mark| *mark = mark.or(Some(way)));
        }
    }
    marks
}

fn shifts(sides: &[Side], length: usize) -> Vec<bool> {
    let mut marks = vec![false; sides.len()];
    for (at, run) in sides.windows(length).enumerate() {
        if run[0] != Side::On && run.iter().all(|side| *side == run[0]) {
            marks[at..at + length].fill(true);
        }
    }
    marks
}

/// The third point need not be near; it must be on the side of the mean that the others are on, and may
/// be outside.
fn two_in_three(near: &[bool], sides: &[Side]) -> Vec<bool> {
    let mut marks = vec![false; near.len()];
    for at in 0..near.len().saturating_sub(2) {
        let three = at..at + 3;
        let count = near[three.clone()].iter().filter(|near| **near).count();
        let one_side = sides[at] != Side::On && sides[three.clone()].iter().all(|side| *side == sides[at]);
        if count >= 2 && one_side {
            three.filter(|place| near[*place]).for_each(|place| marks[place] = true);
        }
    }
    marks
}
