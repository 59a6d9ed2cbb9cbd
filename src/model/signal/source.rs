//! The kinds of source, and what is so of each unless a person says otherwise.

use crate::model::text::words_key;
use crate::model::triangulation::Witness;
use crate::model::value::vocabulary;
use crate::model::xmr::Good;

vocabulary!(
    /// A kind of source of intelligence.
    Source, "a source of signals", {
        /// A written complaint.
        Complaint = "complaint",
        /// What was told to a patient advice and liaison service.
        Pals = "PALS",
        /// A reported patient safety incident.
        Incident = "incident",
        /// One that was put on StEIS.
        SeriousIncident = "serious incident",
        /// A survey of patients.
        PatientSurvey = "patient survey",
        /// A survey of staff.
        StaffSurvey = "staff survey",
        /// Whether patients would recommend a service.
        FriendsAndFamily = "Friends and Family Test",
        /// A finding of the Care Quality Commission.
        Cqc = "CQC",
        /// A report of local Healthwatch.
        Healthwatch = "Healthwatch",
        /// A worry that a practice passed on.
        GpAlert = "GP alert",
        /// A visit of the CCG's own.
        QualityVisit = "quality visit",
        /// What one patient told.
        PatientStory = "patient story",
    }
);

vocabulary!(
    /// What kind of knowledge a signal is.
    Hardness, "hard or soft", {
        /// Counted, graded or inspected.
        Hard = "hard",
        /// Somebody's word, a worry, an impression.
        Soft = "soft",
    }
);

vocabulary!(
    /// Which of a signal's dates puts it into a month.
    CountedBy, "a date that counts", {
        /// The day it was received.
        Received = "received",
        /// The day it happened.
        Happened = "happened",
    }
);

/// Writes vocabularies as their words.
macro_rules! as_word {
    ($($name:ident),+) => {
        $(impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        })+
    };
}
pub(super) use as_word;

as_word!(Source, Hardness, CountedBy);

impl Source {
    /// Whether it comes item by item, too seldom for a chart: it signals when an item is judged adverse.
    #[must_use]
    pub fn is_item_by_item(self) -> bool {
        matches!(self, Self::Cqc | Self::Healthwatch | Self::QualityVisit | Self::PatientStory)
    }

    /// Hard or soft, unless a person says otherwise of one signal.
    #[must_use]
    pub fn hardness(self) -> Hardness {
        match self {
            Self::Pals | Self::Healthwatch | Self::GpAlert | Self::QualityVisit | Self::PatientStory => Hardness::Soft,
            _ => Hardness::Hard,
        }
    }

    /// The date that counts: complaints and all that is told to somebody by the day it was received,
    /// incidents, surveys and visits by the day they happened.
    #[must_use]
    pub fn counted_by(self) -> CountedBy {
        match self {
            Self::Incident
            | Self::SeriousIncident
            | Self::PatientSurvey
            | Self::StaffSurvey
            | Self::FriendsAndFamily
            | Self::QualityVisit => CountedBy::Happened,
            _ => CountedBy::Received,
        }
    }

    /// Whether it comes as measures, a count and its base by month, rather than item by item.
    #[must_use]
    pub fn is_measured(self) -> bool {
        matches!(self, Self::PatientSurvey | Self::StaffSurvey | Self::FriendsAndFamily)
    }

    /// Several of it, as a sentence names them: "complaints", "GP alerts".
    #[must_use]
    pub fn several(self) -> &'static str {
        match self {
            Self::Complaint => "complaints",
            Self::Pals => "PALS comments",
            Self::Incident => "incidents",
            Self::SeriousIncident => "serious incidents",
            Self::PatientSurvey => "patient surveys",
            Self::StaffSurvey => "staff surveys",
            Self::FriendsAndFamily => "Friends and Family Test results",
            Self::Cqc => "CQC findings",
            Self::Healthwatch => "Healthwatch reports",
            Self::GpAlert => "GP alerts",
            Self::QualityVisit => "quality visits",
            Self::PatientStory => "patient stories",
        }
    }

    /// The source that a person means: its word, its plural, or what it is called for short.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let words = words_key(text).replace(['-', '_'], " ");
        let one = words.strip_suffix('s').unwrap_or(&words);
        Self::from_word(&words).or_else(|| Self::from_word(one)).or(match one {
            "complaint/pal" | "written complaint" | "formal complaint" => Some(Self::Complaint),
            "pal" | "pals comment" | "pals contact" | "concern" => Some(Self::Pals),
            "datix" | "patient safety incident" => Some(Self::Incident),
            "si" | "sui" | "siri" | "stei" | "serious untoward incident" => Some(Self::SeriousIncident),
            "survey" | "inpatient survey" | "patient experience survey" => Some(Self::PatientSurvey),
            "nhs staff survey" => Some(Self::StaffSurvey),
            "fft" | "friends and family" | "friend and family test" => Some(Self::FriendsAndFamily),
            "care quality commission" | "cqc report" | "inspection" => Some(Self::Cqc),
            "healthwatch report" | "local healthwatch" => Some(Self::Healthwatch),
            "alert" | "gp concern" | "quality alert" => Some(Self::GpAlert),
            "visit" | "walkabout" | "walkaround" => Some(Self::QualityVisit),
            "story" | "patient storie" => Some(Self::PatientStory),
            _ => None,
        })
    }
}

impl Witness for Source {
    /// What a patient told PALS often comes as a complaint later, so the two are one type. Every other
    /// source is its own.
    fn independent_type(self) -> Self {
        match self {
            Self::Pals => Self::Complaint,
            other => other,
        }
    }

    /// For counts of its signals and for its measures. Neutral for incidents: a provider that reports
    /// more may be the safer one. A serious incident is not reported out of zeal.
    fn good(self) -> Good {
        match self {
            Self::Incident => Good::Neutral,
            Self::PatientSurvey | Self::StaffSurvey | Self::FriendsAndFamily => Good::Increase,
            _ => Good::Decrease,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn pals_and_complaints_are_one_witness_and_all_others_their_own() {
        let types: BTreeSet<Source> = Source::ALL.iter().map(|source| source.independent_type()).collect();
        assert_eq!(types.len(), 11, "twelve sources, eleven types");
        assert_eq!(Source::Pals.independent_type(), Source::Complaint, "PALS is no second witness");
        let again = Source::ALL.iter().all(|source| {
            let kind = source.independent_type();
            kind.independent_type() == kind
        });
        assert!(again, "a type is its own type");
    }

    #[test]
    fn sources_are_known_by_the_names_people_give_them() {
        for source in Source::ALL {
            assert_eq!(Source::named(source.word()), Some(*source), "{source}");
            assert_eq!(Source::named(&format!("{source}s").to_uppercase()), Some(*source), "{source}s");
        }
        for (name, source) in [
            ("SIs", Source::SeriousIncident),
            ("FFT", Source::FriendsAndFamily),
            ("gp-alerts", Source::GpAlert),
            ("Patient stories", Source::PatientStory),
            ("visit", Source::QualityVisit),
        ] {
            assert_eq!(Source::named(name), Some(source), "{name}");
        }
        assert_eq!(Source::named("weather"), None, "what is none");
    }

    #[test]
    fn reporting_more_incidents_is_neither_good_nor_bad() {
        let neutral: Vec<Source> =
            Source::ALL.iter().copied().filter(|source| source.good() == Good::Neutral).collect();
        assert_eq!(neutral, [Source::Incident], "all others have a direction");
        assert_eq!(Source::Complaint.counted_by(), CountedBy::Received, "complaints");
        assert_eq!(Source::SeriousIncident.counted_by(), CountedBy::Happened, "incidents");
    }
}
