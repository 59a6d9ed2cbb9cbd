//! What all the sources say together of one provider, theme and period.
//!
//! No score is made of it. For each source it is known whether its data came ([`Covered`]), and what they
//! say ([`Reading`]: an XmR chart for what is counted, a person's judgement for what comes item by item).
//! [`Finding::of`] counts the independent types of source that say something adverse, and whether enough was
//! received to say anything. The rule in words, as its thresholds stand: [`Thresholds::words`].
//!
//! Two things are decided here that the rule leaves open:
//! - An adverse signal is never hidden by what is missing: a theme is *blind* only where nothing adverse was
//!   seen, and a finding with a signal says by [`Finding::is_blind`] that most of the rest was not.
//! - A source that was never asked for counts as one that could have been heard. One that has nothing to say
//!   of a provider is marked "not applicable", and counts nowhere.

mod coverage;
mod reading;
mod thresholds;

pub use coverage::{Covered, ReceiptState};
pub use reading::Reading;
pub use thresholds::Thresholds;

use crate::model::xmr::Good;
use std::collections::{BTreeMap, BTreeSet};

/// A kind of source, as far as these rules need to know it.
pub trait Witness: Copy + Ord {
    /// The source that it is no independent witness beside: complaints for PALS comments; else itself.
    #[must_use]
    fn independent_type(self) -> Self;

    /// Which direction of its numbers is good.
    #[must_use]
    fn good(self) -> Good;
}

/// What one source gives of a provider, theme and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<S> {
    /// The source.
    pub source: S,
    /// Whether it covers the theme: one that does not was never asked about it.
    pub covers_theme: bool,
    /// Whether its data for the provider and period came.
    pub covered: Covered,
    /// What the data say. Counts for nothing where none came.
    pub reading: Reading,
}

impl<S> Given<S> {
    /// What its cell of the matrix says beside, or instead of, a number.
    #[must_use]
    pub fn cell(&self) -> Cell {
        match self.covered.receipt {
            _ if !self.covers_theme => Cell::NotAsked,
            ReceiptState::NotApplicable => Cell::NotApplicable,
            ReceiptState::NeverAsked if !self.covered.has_data() => Cell::NotAsked,
            _ if !self.covered.has_data() => Cell::NoData,
            _ => Cell::Data { part: self.covered.is_part(), reading: self.reading },
        }
    }
}

/// What a cell of the matrix shows. Only [`Cell::Data`] has a number, which may be a zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The count or rate, and what it says.
    Data {
        /// Whether months of the period are missing.
        part: bool,
        /// What it says.
        reading: Reading,
    },
    /// Asked for, and nothing came.
    NoData,
    /// Never asked for, or not about this theme.
    NotAsked,
    /// The source has nothing to say of such a provider.
    NotApplicable,
}

impl Cell {
    /// The words that stand where no number can; `None` where one does.
    #[must_use]
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::Data { .. } => None,
            Self::NoData => Some("no data"),
            Self::NotAsked => Some("not asked"),
            Self::NotApplicable => Some("not applicable"),
        }
    }
}

/// What the sources say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Something adverse in two or more independent types of source.
    Corroborated,
    /// Something adverse in one.
    SingleSource,
    /// Nothing adverse seen, and most of those that could have shown it were not received.
    Blind,
    /// Received, and too few or too small to show anything.
    TooFew,
    /// Nothing adverse in what was received. No good news: only no signal.
    NoSignal,
}

impl Verdict {
    /// All, the most pressing first.
    pub const ALL: [Self; 5] = [Self::Corroborated, Self::SingleSource, Self::Blind, Self::TooFew, Self::NoSignal];

    /// The words for it, on screen, on paper and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Corroborated => "corroborated",
            Self::SingleSource => "single source",
            Self::Blind => "blind",
            Self::TooFew => "too few to tell",
            Self::NoSignal => "no signal",
        }
    }
}

/// A verdict with what it rests on. Lists are in the order of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<S> {
    /// The verdict.
    pub verdict: Verdict,
    /// The sources with an adverse signal.
    pub adverse: Vec<S>,
    /// Those whose direction is neutral and which moved beside an adverse one of another type.
    pub beside: Vec<S>,
    /// How many independent types both lists make.
    pub types: usize,
    /// The sources that cover the theme and were received for the whole period.
    pub received: Vec<S>,
    /// The sources that cover the theme and were not, or only in part.
    pub missing: Vec<S>,
    /// The sources with data that are too few, too small or not yet judged.
    pub unclear: Vec<S>,
    /// Fewer of the sources that cover the theme were received than it takes to see.
    pub is_blind: bool,
}

impl<S: Witness> Finding<S> {
    /// What sources say together, in whatever order they are given. A source that is given twice (two
    /// measures of one survey) is one source.
    #[must_use]
    pub fn of(given: &[Given<S>], thresholds: &Thresholds) -> Self {
        let (received, missing) = coverage(given, thresholds);
        let mut readings: BTreeMap<S, Reading> = BTreeMap::new();
        for one in given {
            if let Cell::Data { reading, .. } = one.cell() {
                readings.entry(one.source).and_modify(|held| *held = held.together(reading)).or_insert(reading);
            }
        }
        let with = |wanted: Reading| -> Vec<S> {
            readings.iter().filter(|(_, reading)| **reading == wanted).map(|(source, _)| *source).collect()
        };
        let adverse = with(Reading::Adverse);
        let mut types: BTreeSet<S> = adverse.iter().map(|source| source.independent_type()).collect();
        let mut beside = with(Reading::Moved);
        // by itself a neutral movement says nothing, nor does it beside another of its own type
        beside.retain(|source| !types.is_empty() && !types.contains(&source.independent_type()));
        types.extend(beside.iter().map(|source| source.independent_type()));
        let unclear = with(Reading::Unclear);
        let is_blind = thresholds.is_blind(received.len(), received.len() + missing.len());
        let verdict = match types.len() {
            0 if is_blind => Verdict::Blind,
            0 if unclear.len() == readings.len() => Verdict::TooFew,
            0 => Verdict::NoSignal,
            count if count >= thresholds.corroborated_from => Verdict::Corroborated,
            _ => Verdict::SingleSource,
        };
        Self { verdict, adverse, beside, types: types.len(), received, missing, unclear, is_blind }
    }
}

/// The sources that cover the theme: those that were received, and those that were not.
fn coverage<S: Witness>(given: &[Given<S>], thresholds: &Thresholds) -> (Vec<S>, Vec<S>) {
    let mut sources: BTreeMap<S, bool> = BTreeMap::new();
    for one in given {
        let counts = match one.covered.receipt {
            ReceiptState::NotApplicable => false,
            ReceiptState::NeverAsked => thresholds.never_asked_counts,
            _ => true,
        };
        if counts && one.covers_theme {
            *sources.entry(one.source).or_default() |= one.covered.receipt == ReceiptState::Received;
        }
    }
    let (received, missing): (Vec<_>, Vec<_>) = sources.into_iter().partition(|(_, received)| *received);
    let names = |sources: Vec<(S, bool)>| sources.into_iter().map(|(source, _)| source).collect();
    (names(received), names(missing))
}

#[cfg(test)]
mod tests;
