//! What a person looks at: a provider or all, a period, and what is left out.

use crate::model::Id;
use crate::model::due::Month;
use crate::model::signal::{Hardness, Source};

/// A row of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeKey {
    /// Every signal once, whatever it is about; never the sum of the others.
    All,
    /// One theme of the plan.
    Theme(Id),
    /// What is about nothing that is mapped to a theme, or says no subject.
    Unmapped,
}

impl ThemeKey {
    /// The theme's id; `None` for the other two.
    #[must_use]
    pub fn id(self) -> Option<Id> {
        match self {
            Self::Theme(id) => Some(id),
            Self::All | Self::Unmapped => None,
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// One provider; `None` for all.
    pub provider: Option<Id>,
    /// The first month.
    pub from: Month,
    /// The last month; charts end there.
    pub to: Month,
    /// Only these sources; empty for all. Verdicts then rest on these alone.
    pub sources: Vec<Source>,
    /// Only hard or only soft signals.
    pub hardness: Option<Hardness>,
    /// Only this division, service or group, as the sources word it.
    pub service: Option<String>,
    /// Counts per 1,000 of activity, where that is known.
    pub rate: bool,
}

impl View {
    /// All of a period.
    #[must_use]
    pub fn of(from: Month, to: Month) -> Self {
        Self { provider: None, from, to, sources: Vec::new(), hardness: None, service: None, rate: false }
    }

    /// The same for one provider.
    #[must_use]
    pub fn for_provider(&self, provider: Id) -> Self {
        Self { provider: Some(provider), ..self.clone() }
    }

    /// The months of the period in their order; none where it ends before it begins, and at most a hundred
    /// years of them.
    #[must_use]
    pub fn months(&self) -> Vec<Month> {
        let count = (self.from.months_to(self.to).saturating_add(1)).clamp(0, 1200);
        (0..count).map(|step| self.from.plus(step)).collect()
    }

    /// Whether a source may be shown; see [`View::sources`].
    #[must_use]
    pub fn takes(&self, source: Source) -> bool {
        self.sources.is_empty() || self.sources.contains(&source)
    }

    /// Whether it leaves out signals, so that counts are not those of the plain tally.
    pub(super) fn is_narrowed(&self) -> bool {
        self.hardness.is_some() || self.service.is_some()
    }

    /// Whether months from `month` on touch the period.
    pub(super) fn touches(&self, month: Month, span: u32) -> bool {
        let last = month.plus(i32::try_from(span.max(1) - 1).unwrap_or(0));
        month <= self.to && last >= self.from
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Things.
    Count,
    /// Things for each 1,000 of the provider's activity.
    PerThousand,
    /// A share of all answers, 0 to 100.
    Percent,
    /// A score as its source gives it; for the net score -100 to 100.
    Score,
}

impl Unit {
    /// The words for it beside a heading.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::PerThousand => "per 1,000",
            Self::Percent => "%",
            Self::Score => "score",
        }
    }

    /// A number in it: "12", "3.4 per 1,000", "87.5%", "64".
    #[must_use]
    pub fn words(self, value: f64) -> String {
        let number = plain(value, if self == Self::PerThousand { 2 } else { 1 });
        match self {
            Self::Percent => format!("{number}%"),
            Self::PerThousand => format!("{number} per 1,000"),
            Self::Count | Self::Score => number,
        }
    }
}

/// A number to so many places, without noughts that say nothing.
pub(super) fn plain(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
