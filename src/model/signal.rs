//! Signals: single items of intelligence about a provider, and measures, which are counts of them that
//! somebody else made.
//!
//! A signal keeps the words it came with; what is worked out (the month it counts in, the harm in a
//! closed vocabulary) is a function. Signals stay in the file by the hundred thousand, so they are no
//! rows of [`super::Plan`].

mod facts;
mod measure;
mod source;
mod unsaid;

pub use facts::{Fact, Facts, Held, MeasureFact, Place};
pub use measure::{Measure, Scoring};
pub use source::{CountedBy, Hardness, Source};
pub use unsaid::{Facet, Unsaid};

use super::due::Month;
use super::value::vocabulary;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use source::as_word;

vocabulary!(
    /// How a complaint ended, as KO41a counts it: resolved is all three together.
    Outcome, "an outcome of a complaint", {
        /// All of its issues.
        Upheld = "upheld",
        /// One or more of several issues, not all.
        PartlyUpheld = "partly upheld",
        /// None.
        NotUpheld = "not upheld",
    }
);

vocabulary!(
    /// Degree of harm to the patient, as incidents are graded nationally. Severity of a complaint is
    /// something else, and is never read from it.
    Harm, "a degree of harm", {
        /// None.
        None = "none",
        /// Extra observation or minor treatment.
        Low = "low",
        /// Short-term harm that needed further treatment.
        Moderate = "moderate",
        /// Lasting harm.
        Severe = "severe",
        /// Death, as a result of the incident.
        Death = "death",
    }
);

as_word!(Outcome, Harm);

impl Outcome {
    /// Reads an outcome as exports word it: "Partially Upheld", "Upheld - apology given".
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let words = super::text::words_key(text).replace(['-', '_'], " ");
        let has = |part: &str| words.contains(part);
        Some(match () {
            () if has("not upheld") || has("unupheld") || has("not substantiated") => Self::NotUpheld,
            () if (has("part") || has("in some")) && has("upheld") => Self::PartlyUpheld,
            () if has("upheld") => Self::Upheld,
            () => return None,
        })
    }
}

impl Harm {
    /// Reads a degree of harm as exports word it: "None (No harm)", "Low harm - minimal", "Death".
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let words = super::text::words_key(text);
        let first = words.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty())?;
        Some(match first {
            "none" | "no" | "near" => Self::None,
            "low" | "minor" | "minimal" => Self::Low,
            "moderate" => Self::Moderate,
            "severe" | "major" => Self::Severe,
            "death" | "catastrophic" | "fatal" => Self::Death,
            _ => return None,
        })
    }
}

/// The heading under which [`Signal::text`] is written out and read again.
pub const KEPT_HEADING: &str = "Kept text";

/// One item of intelligence. Texts are as the source has them; blank is "not said".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// What it is known by from one import to the next, among the signals of its source and provider:
    /// its reference, or where it has none an id of what it says (see [`Signal::has_reference`]).
    pub key: String,
    /// The reference as the source has it.
    pub reference: String,
    /// The kind of source.
    pub source: Source,
    /// The provider as the source names it, or as the person named it for the whole file.
    pub provider_given: String,
    /// The provider's name in the plan, where the given one is known as it.
    pub provider: Option<String>,
    /// The day it reached whoever counts it.
    pub received: Option<NaiveDate>,
    /// The day it happened: of the incident, the visit, the event complained of.
    pub happened: Option<NaiveDate>,
    /// The day an answer is due.
    pub due: Option<NaiveDate>,
    /// The day it was closed.
    pub closed: Option<NaiveDate>,
    /// The month, where the source says no day.
    #[serde(serialize_with = "month")]
    pub month: Option<Month>,
    /// What it is about, each as given. It counts once in a total and once under each of them.
    pub subjects: Vec<String>,
    /// The division, service or group.
    pub service: String,
    /// The specialty.
    pub specialty: String,
    /// The site or ward.
    pub site: String,
    /// How far it has got, in the source's words.
    pub state: String,
    /// How it ended, in the source's words; see [`Outcome::read`].
    pub outcome: String,
    /// Grade, harm or complexity, in the source's words; see [`Harm::read`].
    pub grade: String,
    /// Whether somebody judged it adverse; `None` where nobody has.
    pub adverse: Option<bool>,
    /// Whether the handling of a complaint gives concern (recommendation 133); `None` where nobody said.
    pub handling_concern: Option<bool>,
    /// What was learnt.
    pub learning: String,
    /// What was made better.
    pub improvement: String,
    /// Counted and checked, or somebody's word.
    pub hardness: Hardness,
    /// Free text that a person chose to keep: each kept column's heading and words on lines of their own.
    pub text: String,
    /// Where it stands in the source: the line or row, from 1; 0 for one made by hand.
    pub row: usize,
    /// What its source has no column for; nothing for one made by hand or read from a plan.
    #[serde(skip)]
    pub unsaid: Unsaid,
}

impl Signal {
    /// A signal of which nothing is said but its source, with what that source is unless said otherwise.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self {
            key: String::new(),
            reference: String::new(),
            source,
            provider_given: String::new(),
            provider: None,
            received: None,
            happened: None,
            due: None,
            closed: None,
            month: None,
            subjects: Vec::new(),
            service: String::new(),
            specialty: String::new(),
            site: String::new(),
            state: String::new(),
            outcome: String::new(),
            grade: String::new(),
            adverse: None,
            handling_concern: None,
            learning: String::new(),
            improvement: String::new(),
            hardness: source.hardness(),
            text: String::new(),
            row: 0,
            unsaid: Unsaid::default(),
        }
    }

    /// Whether the source gave it a reference of its own.
    #[must_use]
    pub fn has_reference(&self) -> bool {
        !self.reference.is_empty()
    }

    /// The day that counts for its source, where the source says it.
    #[must_use]
    pub fn date_that_counts(&self) -> Option<NaiveDate> {
        match self.source.counted_by() {
            CountedBy::Received => self.received,
            CountedBy::Happened => self.happened,
        }
    }

    /// The month it counts in. A source that leaves out the day that counts is counted by the other one
    /// rather than not at all; see [`Signal::is_counted_by_other_date`].
    #[must_use]
    pub fn counted_month(&self) -> Option<Month> {
        let date = self.date_that_counts();
        date.map(Month::of).or(self.month).or_else(|| self.received.or(self.happened).map(Month::of))
    }

    /// Whether the month it counts in is that of a date that is not the one that counts for its source.
    #[must_use]
    pub fn is_counted_by_other_date(&self) -> bool {
        self.date_that_counts().is_none() && self.month.is_none() && self.counted_month().is_some()
    }

    /// Whether it is closed: what has a closing date is.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed.is_some()
    }
}

fn month<S: Serializer>(month: &Option<Month>, serializer: S) -> Result<S::Ok, S::Error> {
    match month {
        Some(month) => serializer.collect_str(month),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
    }

    #[test]
    fn a_complaint_counts_when_received_and_an_incident_when_it_happened() {
        let with = |source| Signal {
            received: Some(date("2013-06-03")),
            happened: Some(date("2013-05-31")),
            ..Signal::new(source)
        };
        let month = |signal: &Signal| signal.counted_month().map(|month| month.to_string());
        assert_eq!(month(&with(Source::Complaint)).as_deref(), Some("2013-06"), "the month it was received");
        assert_eq!(month(&with(Source::Incident)).as_deref(), Some("2013-05"), "the month it happened");
        let reported = Signal { happened: None, ..with(Source::Incident) };
        assert_eq!(month(&reported).as_deref(), Some("2013-06"), "the only date there is");
        assert!(reported.is_counted_by_other_date(), "and that is said");
        assert!(!with(Source::Incident).is_counted_by_other_date(), "only where it is so");
        assert_eq!(month(&Signal::new(Source::Pals)), None, "no date, no month");
    }

    #[test]
    fn outcomes_and_harm_are_read_as_exports_word_them() {
        for (words, outcome) in [
            ("Upheld", Some(Outcome::Upheld)),
            ("Partially Upheld", Some(Outcome::PartlyUpheld)),
            ("Part-upheld", Some(Outcome::PartlyUpheld)),
            ("NOT UPHELD", Some(Outcome::NotUpheld)),
            ("Upheld - apology given", Some(Outcome::Upheld)),
            ("Withdrawn", None),
            ("", None),
        ] {
            assert_eq!(Outcome::read(words), outcome, "{words}");
        }
        for (words, harm) in [
            ("None (No harm)", Some(Harm::None)),
            ("No Harm - Incident occurred but caused no harm", Some(Harm::None)),
            ("Near miss", Some(Harm::None)),
            ("Low harm", Some(Harm::Low)),
            ("MODERATE", Some(Harm::Moderate)),
            ("Severe harm", Some(Harm::Severe)),
            ("Death", Some(Harm::Death)),
            ("Grade 1", None),
            ("", None),
        ] {
            assert_eq!(Harm::read(words), harm, "{words}");
        }
    }
}
