//! Numbers that somebody else counted: test scores, survey results, activity.

use super::Source;
use super::source::as_word;
use crate::model::due::Month;
use crate::model::text::words_key;
use crate::model::triangulation::Witness as _;
use crate::model::value::vocabulary;
use crate::model::xmr::Good;
use serde::{Serialize, Serializer};

vocabulary!(
    /// How the Friends and Family Test was scored. Three rules that give three different numbers of the
    /// same answers: they are never one series.
    Scoring, "a scoring rule of the Friends and Family Test", {
        /// To September 2014: extremely likely less (neither, unlikely and extremely unlikely), of all
        /// but "don't know"; -100 to 100.
        NetScore = "net score",
        /// October 2014 to March 2020: extremely likely and likely, of all; 0 to 100 per cent.
        Recommend = "% recommend",
        /// Since April 2020: very good and good, of all; 0 to 100 per cent.
        Positive = "% positive",
    }
);

as_word!(Scoring);

impl Scoring {
    /// The rule in force in a month (NHS England; the first change was published with the data of
    /// October 2014, the second came with the question of April 2020).
    #[must_use]
    pub fn of(month: Month) -> Self {
        match (month.year, month.month) {
            (..=2013, _) | (2014, ..=9) => Self::NetScore,
            (2014..=2019, _) | (2020, ..=3) => Self::Recommend,
            _ => Self::Positive,
        }
    }
}

/// Words, in the singular, of which one must stand in the name of an activity.
const ACTIVITY: [&str; 10] = [
    "contact",
    "activity",
    "attendance",
    "spell",
    "admission",
    "bed",
    "discharge",
    "appointment",
    "episode",
    "referral",
];
/// Words that may stand beside them.
const BESIDE: [&str; 25] = [
    "number",
    "no",
    "of",
    "total",
    "all",
    "patient",
    "inpatient",
    "outpatient",
    "day",
    "occupied",
    "case",
    "a",
    "e",
    "ae",
    "emergency",
    "elective",
    "non",
    "finished",
    "consultant",
    "first",
    "follow",
    "up",
    "community",
    "hospital",
    "clinic",
];
/// Parts of names of what is better the less of it there is.
const ADVERSE: [&str; 7] = ["harass", "bull", "abuse", "discriminat", "violence", "witnessing", "work related stress"];

/// One number of a provider for a month.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    /// The kind of source.
    pub source: Source,
    /// The provider as the source names it, or as the person named it for the whole file.
    pub provider_given: String,
    /// The provider's name in the plan, where the given one is known as it.
    pub provider: Option<String>,
    /// The month it is of.
    #[serde(serialize_with = "month")]
    pub month: Month,
    /// How many months it covers from that one on: 1, 3 for a quarter, 12 for a year.
    pub months: u32,
    /// What is measured: the column's heading, or the survey's question.
    pub what: String,
    /// The count above the line; below zero for a net score with more detractors. Where there is no
    /// denominator, the number as it was given.
    pub numerator: f64,
    /// The count below the line: answers, contacts. `None` where the source gives a number alone.
    pub denominator: Option<f64>,
    /// The scoring rule, for the Friends and Family Test.
    pub scoring: Option<Scoring>,
    /// The division, service or group.
    pub service: String,
    /// The site or ward.
    pub site: String,
    /// Where it stands in the source: the line or row, from 1; 0 for one made by hand.
    pub row: usize,
}

impl Measure {
    /// The share, -1 to 1, or the number as given where there is no denominator; `None` where the
    /// denominator is zero: nobody answered, and that is no nought.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self.denominator {
            None => Some(self.numerator),
            Some(base) if base > 0.0 => Some(self.numerator / base),
            Some(_) => None,
        }
    }

    /// Whether it counts what a provider did (contacts, attendances, bed days): a base for rates, and no row of
    /// its own. Every word of its name must be one of activity, so that "cancelled appointments" is none.
    #[must_use]
    pub fn is_activity(&self) -> bool {
        let key = words_key(&self.what);
        let mut words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        let mut core = false;
        let all = words.all(|word| {
            let one = word.strip_suffix('s').unwrap_or(word);
            core |= ACTIVITY.contains(&one);
            ACTIVITY.contains(&one) || BESIDE.contains(&one)
        });
        // what is told to PALS are contacts too, and those are what the source counts
        self.denominator.is_none() && all && core && self.source != Source::Pals
    }

    /// Which direction of it is good: its source's, but for what is plainly asked the other way round
    /// ("staff experiencing harassment"). Shown with every chart, so that a wrong guess is seen.
    #[must_use]
    pub fn good(&self) -> Good {
        let words = words_key(&self.what);
        let negated = words.split(' ').any(|word| matches!(word, "not" | "no" | "never" | "without" | "free"));
        let bad = ADVERSE.iter().any(|part| words.contains(part)) && !negated;
        match self.source.good() {
            Good::Increase if bad => Good::Decrease,
            good => good,
        }
    }

    /// Whether two measures may stand in one series: the same thing of the same provider and place, by
    /// the same scoring rule.
    #[must_use]
    pub fn is_series_with(&self, other: &Self) -> bool {
        let name = |of: &Self| of.provider.clone().unwrap_or_else(|| of.provider_given.clone());
        self.source == other.source
            && self.what == other.what
            && self.scoring == other.scoring
            && self.months == other.months
            && self.denominator.is_some() == other.denominator.is_some()
            && (&self.service, &self.site) == (&other.service, &other.site)
            && name(self) == name(other)
    }
}

fn month<S: Serializer>(month: &Month, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).expect("a month")
    }

    fn score(text: &str) -> Measure {
        Measure {
            source: Source::FriendsAndFamily,
            provider_given: "Northmoor Hospitals".to_owned(),
            provider: None,
            month: month(text),
            months: 1,
            what: "A&E".to_owned(),
            numerator: 30.0,
            denominator: Some(60.0),
            scoring: Some(Scoring::of(month(text))),
            service: String::new(),
            site: String::new(),
            row: 1,
        }
    }

    #[test]
    fn the_test_was_scored_in_three_ways() {
        for (text, rule) in [
            ("2013-04", Scoring::NetScore),
            ("2014-09", Scoring::NetScore),
            ("2014-10", Scoring::Recommend),
            ("2020-03", Scoring::Recommend),
            ("2020-04", Scoring::Positive),
            ("2024-01", Scoring::Positive),
        ] {
            assert_eq!(Scoring::of(month(text)), rule, "{text}");
        }
        assert!(score("2014-08").is_series_with(&score("2014-09")), "one rule");
        assert!(!score("2014-09").is_series_with(&score("2014-10")), "never over a change of rule");
    }

    #[test]
    fn nobody_answered_is_no_nought() {
        let empty = Measure { numerator: 0.0, denominator: Some(0.0), ..score("2014-08") };
        assert_eq!(empty.value(), None, "no answers, no share");
        assert_eq!(score("2014-08").value(), Some(0.5), "a share");
        assert_eq!(Measure { denominator: None, ..score("2014-08") }.value(), Some(30.0), "a number alone");
    }
}
