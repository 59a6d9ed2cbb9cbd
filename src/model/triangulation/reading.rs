//! What one source's data of a period say.

use super::Thresholds;
use crate::model::xmr::{Good, Judgement, Xmr};
use std::ops::Range;

/// What data say. In the order of what they say most, so that several readings of one source are the first of
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// A month of the period is a special cause in the adverse direction, or an item was judged adverse.
    Adverse,
    /// A month is a special cause, and neither direction is good.
    Moved,
    /// A month is a special cause in the good direction, and none in the other.
    Better,
    /// Nothing but the ups and downs of every month, or items of which none is adverse.
    Quiet,
    /// Too few or too small to show anything, or items that nobody has judged.
    Unclear,
}

impl Reading {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Adverse => "adverse",
            Self::Moved => "moved",
            Self::Better => "better",
            Self::Quiet => "no signal",
            Self::Unclear => "too few to tell",
        }
    }

    /// Two readings of one source.
    #[must_use]
    pub(super) fn together(self, other: Self) -> Self {
        self.min(other)
    }

    /// The reading of a chart in a period, given by the places of its points (see [`Xmr::readable`] for the
    /// chart). Points of a group with too few points are not read. Where counts are small a special cause
    /// still counts, but the lack of one says nothing.
    #[must_use]
    pub fn of_chart(chart: &Xmr, period: Range<usize>, good: Good, thresholds: &Thresholds) -> Self {
        let mut readings = Vec::new();
        for group in chart.groups.iter().filter(|group| group.range.len() >= thresholds.least_points) {
            let (start, end) = (group.range.start.max(period.start), group.range.end.min(period.end));
            readings.extend((start..end).filter_map(|place| {
                let quiet = if group.small && !thresholds.small_can_tell { Self::Unclear } else { Self::Quiet };
                Some(match chart.judge(place, good)? {
                    Judgement::Concern => Self::Adverse,
                    Judgement::Neutral => Self::Moved,
                    Judgement::Improvement => Self::Better,
                    Judgement::CommonCause => quiet,
                })
            }));
        }
        readings.into_iter().min().unwrap_or(Self::Unclear)
    }

    /// The reading of a source that comes item by item: how many items were judged adverse, not adverse, and
    /// not at all. No items at all, of a source that was received, are nothing adverse.
    #[must_use]
    pub fn of_items(adverse: usize, unjudged: usize) -> Self {
        match (adverse, unjudged) {
            (0, 0) => Self::Quiet,
            (0, _) => Self::Unclear,
            _ => Self::Adverse,
        }
    }
}
