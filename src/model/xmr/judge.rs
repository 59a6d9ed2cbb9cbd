//! What a chart means: which direction is good, and whether a target will be met.

use super::{Label, Limits, Point, Side};

/// Which direction of a measure is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Good {
    /// More is better: a share of patients who would recommend.
    Increase,
    /// Less is better: complaints about one thing.
    Decrease,
    /// Neither by itself: more incidents reported can be good.
    Neutral,
}

/// What a point means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Judgement {
    /// Nothing but the ups and downs of every month.
    CommonCause,
    /// A special cause in the good direction.
    Improvement,
    /// A special cause in the adverse direction.
    Concern,
    /// A special cause where neither direction is good.
    Neutral,
}

impl Judgement {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::CommonCause => "common cause",
            Self::Improvement => "improvement",
            Self::Concern => "concern",
            Self::Neutral => "neutral",
        }
    }
}

/// Whether a target will be met if nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Assurance {
    /// Month after month.
    Pass,
    /// In no month.
    Fail,
    /// In some months and not in others, by chance.
    HitAndMiss,
}

impl Assurance {
    /// The words for it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Pass => "consistently passing the target",
            Self::Fail => "consistently failing the target",
            Self::HitAndMiss => "hit and miss",
        }
    }
}

impl Good {
    /// What a point means. A trend is judged by where it goes, all else by the side of the mean: of
    /// complaints that rise for seven months the first ones are no improvement for lying below the mean.
    #[must_use]
    pub fn judge(self, point: &Point) -> Judgement {
        match (point.label, self, point.toward) {
            (Label::CommonCause, _, _) => Judgement::CommonCause,
            // no special cause but a trend is on the mean, and that has a direction
            (_, Self::Neutral, _) | (_, _, Side::On) => Judgement::Neutral,
            (_, Self::Increase, Side::Above) | (_, Self::Decrease, Side::Below) => Judgement::Improvement,
            (_, Self::Increase, Side::Below) | (_, Self::Decrease, Side::Above) => Judgement::Concern,
        }
    }

    /// Whether a target will be met within limits; a target on a limit is hit and miss. `None` where no
    /// direction is good, or the target is no number.
    #[must_use]
    pub fn assurance(self, target: f64, limits: &Limits) -> Option<Assurance> {
        if self == Self::Neutral || !target.is_finite() {
            return None;
        }
        let above = target > limits.upper;
        let below = target < limits.lower;
        Some(match self {
            _ if !above && !below => Assurance::HitAndMiss,
            Self::Increase if above => Assurance::Fail,
            Self::Decrease if below => Assurance::Fail,
            _ => Assurance::Pass,
        })
    }
}
