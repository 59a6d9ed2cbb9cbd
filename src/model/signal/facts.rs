//! What the rules need to know of every signal, and no more: some fifty bytes each, so that a quarter of a
//! million of them are counted anew at once when a filter changes.

use super::{Hardness, Harm, Measure, Outcome, Signal, Source};
use crate::model::Id;
use crate::model::due::Month;
use chrono::NaiveDate;

/// A number for a text that many signals have: its place in a list of [`Facts`].
pub type Place = u32;

/// A signal, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Its row in the file, by which all of it is asked for.
    pub number: i64,
    /// The kind of source.
    pub source: Source,
    /// The provider: a place in [`Facts::providers`].
    pub provider: Place,
    /// The month it counts in; see [`super::Signal::counted_month`].
    pub month: Option<Month>,
    /// The day it was received.
    pub received: Option<NaiveDate>,
    /// The day an answer is due.
    pub due: Option<NaiveDate>,
    /// The day it was closed.
    pub closed: Option<NaiveDate>,
    /// What it is about: a place in [`Facts::subjects`].
    pub subjects: Place,
    /// The division, service or group: a place in [`Facts::services`].
    pub service: Place,
    /// How it ended, where that is understood.
    pub outcome: Option<Outcome>,
    /// The degree of harm, where that is understood.
    pub harm: Option<Harm>,
    /// Whether somebody judged it adverse.
    pub adverse: Option<bool>,
    /// Whether the handling gives concern.
    pub handling_concern: Option<bool>,
    /// Hard or soft.
    pub hardness: Hardness,
    /// Whether it says what was learnt.
    pub has_learning: bool,
    /// Whether it says what was made better.
    pub has_improvement: bool,
}

/// All signals that count, and all measures, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The signals.
    pub signals: Vec<Fact>,
    /// Providers by their ids; `None` where nobody said whose it is. Texts and ids stand once.
    pub providers: Vec<Option<Id>>,
    /// What signals are about: the subjects of one signal, each as given; an empty list for none.
    pub subjects: Vec<Vec<String>>,
    /// Divisions, services, groups; blank for none.
    pub services: Vec<String>,
    /// The numbers that somebody else counted.
    pub measures: Vec<MeasureFact>,
}

/// A measure with the provider that it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureFact {
    /// The provider; `None` where nobody said.
    pub provider: Option<Id>,
    /// The measure.
    pub measure: Measure,
}

/// A signal as the file holds it, or is to hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its row in the file; 0 for one that is not in it.
    pub number: i64,
    /// The provider; `None` where nobody said.
    pub provider: Option<Id>,
    /// The signal. Its own [`Signal::provider`] says nothing beside `provider`.
    pub signal: Signal,
}
