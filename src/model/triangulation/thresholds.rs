//! The numbers of the rule, and the rule in words.

use crate::model::xmr;

/// The numbers that a person may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// How many independent types of source make a theme corroborated; 2 or more.
    pub corroborated_from: usize,
    /// The share of the sources that cover a theme, in per cent, 0 to 100, below which it is blind.
    pub received_percent: usize,
    /// The fewest points of a chart that is read. Source: Wheeler reads limits from five or six on.
    pub least_points: usize,
    /// Whether a source that nobody asked for counts as one that could have been heard.
    pub never_asked_counts: bool,
    /// Whether the lack of a signal in small counts (see [`xmr::SMALL_BELOW`]) counts as "no signal".
    pub small_can_tell: bool,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            corroborated_from: 2,
            received_percent: 50,
            least_points: 6,
            never_asked_counts: true,
            small_can_tell: false,
        }
    }
}

impl Thresholds {
    /// Whether too few of the sources that cover a theme were received to see. Where none covers it, nobody
    /// looks.
    #[must_use]
    pub(super) fn is_blind(&self, received: usize, covering: usize) -> bool {
        covering == 0 || received * 100 < covering * self.received_percent
    }

    /// The rule as it stands, a sentence for each of its parts, as it is printed with every report.
    #[must_use]
    pub fn words(&self, chart: &xmr::Options) -> Vec<String> {
        let share = match self.received_percent {
            50 => "half".to_owned(),
            percent => format!("{percent} per cent"),
        };
        let small = xmr::SMALL_BELOW;
        let never = if self.never_asked_counts { "counts as not received" } else { "is left out" };
        let quiet = if self.small_can_tell {
            "are read like others"
        } else {
            "can give a signal, but the lack of one says nothing"
        };
        let screened = if chart.screen { "with" } else { "without" };
        vec![
            format!("Corroborated: adverse signals from {} or more independent types of source for the same provider, theme and period. PALS comments and complaints are one type.", self.corroborated_from),
            "Single source: an adverse signal, but not from so many.".to_owned(),
            format!("Blind: no adverse signal, and fewer than {share} of the sources that cover the theme were received for the whole period. A source that was never asked for {never}; one that does not apply to the provider, or does not cover the theme, is left out. An adverse signal is told even where most else was not received."),
            "Too few to tell: received, but nothing that was received has enough points, large enough counts or a judgement.".to_owned(),
            "No signal: nothing adverse in what was received. This is not the same as good.".to_owned(),
            format!("A source signals if any month of the period is a special cause in the adverse direction on its XmR chart: outside a limit, {} months rising or falling, two of three near a limit, or {} months on one side of the mean; {screened} screening of ranges that stand out. Charts of fewer than {} months are not read. Counts with a mean below {small} {quiet}.", chart.trend, chart.shift, self.least_points),
            "Where neither direction is good, as for reported incidents, a special cause counts only beside an adverse signal from another type of source.".to_owned(),
            "A source that comes item by item (CQC, Healthwatch, visits, patient stories) signals when an item is judged adverse.".to_owned(),
        ]
    }
}
