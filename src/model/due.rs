//! Due words read into a month, a start, a recurrence, ongoing, or none. The words always stay;
//! what cannot be read is none, never a guess.

mod words;

use super::value::vocabulary;
use chrono::{Datelike as _, NaiveDate};
use std::fmt;

pub use words::read;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The calendar year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month a date lies in.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// The last day: what a month is due by.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or_default()
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }

    /// As people write it, "July 2013".
    #[must_use]
    pub fn words(self) -> String {
        self.first_day().format("%B %Y").to_string()
    }

    /// Reads `2013-07`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let month = Self { year: year.parse().ok()?, month: month.parse().ok()? };
        (year.len() == 4 && NaiveDate::from_ymd_opt(month.year, month.month, 1).is_some()).then_some(month)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

vocabulary!(
    /// How often something recurs.
    Every, "an interval", {
        /// Seven days.
        Week = "week",
        /// Fourteen days.
        TwoWeeks = "two weeks",
        /// Twice in a month.
        HalfMonth = "half month",
        /// Twice in a week.
        HalfWeek = "half week",
        /// One month.
        Month = "month",
        /// Two months.
        TwoMonths = "two months",
        /// Three months.
        Quarter = "quarter",
        /// Six months.
        SixMonths = "six months",
        /// Twelve months.
        Year = "year",
    }
);

/// What due words come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Due {
    /// No date can be read.
    #[default]
    None,
    /// By the end of a month, or by the day where one is named.
    Month {
        /// The month.
        month: Month,
        /// The day that was named.
        day: Option<NaiveDate>,
    },
    /// Starts in a month; never overdue.
    From {
        /// The month it starts in.
        start: Month,
    },
    /// Again and again.
    Recurring {
        /// How often; `None` where the words can mean two things and nobody has said which.
        every: Option<Every>,
        /// The month it starts in, or falls in, where one is named.
        start: Option<Month>,
    },
    /// With no end.
    Ongoing,
}

impl Due {
    /// The kind's name in JSON.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Month { .. } => "month",
            Self::From { .. } => "from",
            Self::Recurring { .. } => "recurring",
            Self::Ongoing => "ongoing",
        }
    }

    /// The last day on which it is not late, where there is one.
    #[must_use]
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::Month { month, day } => Some(day.unwrap_or_else(|| month.last_day())),
            _ => None,
        }
    }

    /// Whether its last day lies before a date.
    #[must_use]
    pub fn is_past(self, as_at: NaiveDate) -> bool {
        self.last_day().is_some_and(|day| day < as_at)
    }

    /// Whether the words can be read in two ways, so that a person must be asked.
    #[must_use]
    pub fn must_ask(self) -> bool {
        matches!(self, Self::Recurring { every: None, .. })
    }

    /// Written so that [`Due::from_code`] reads it back: `month 2013-07`, `day 2013-07-31`,
    /// `from 2013-06`, `recurring six months`, `recurring six months 2013-06`, `ongoing`, `none`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::None => "none".into(),
            Self::Ongoing => "ongoing".into(),
            Self::Month { day: Some(day), .. } => format!("day {}", day.format("%Y-%m-%d")),
            Self::Month { month, .. } => format!("month {month}"),
            Self::From { start } => format!("from {start}"),
            Self::Recurring { every, start } => {
                let mut code = format!("recurring {}", every.map_or("?", Every::word));
                if let Some(start) = start {
                    code.push_str(&format!(" {start}"));
                }
                code
            }
        }
    }

    /// Reads what [`Due::code`] wrote.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let (kind, rest) = code.split_once(' ').unwrap_or((code, ""));
        match kind {
            "none" => Some(Self::None),
            "ongoing" => Some(Self::Ongoing),
            "month" => Month::parse(rest).map(|month| Self::Month { month, day: None }),
            "day" => {
                let day = NaiveDate::parse_from_str(rest, "%Y-%m-%d").ok()?;
                Some(Self::Month { month: Month::of(day), day: Some(day) })
            }
            "from" => Month::parse(rest).map(|start| Self::From { start }),
            "recurring" => {
                let (words, start) = match rest.rsplit_once(' ') {
                    Some((words, last)) if Month::parse(last).is_some() => (words, Month::parse(last)),
                    _ => (rest, None),
                };
                let every = if words == "?" { None } else { Some(Every::from_word(words)?) };
                Some(Self::Recurring { every, start })
            }
            _ => None,
        }
    }

    /// The reading that counts: a person's where there is one, else what the words say.
    #[must_use]
    pub fn of(words: &str, overruled: &str) -> Self {
        Self::from_code(overruled).unwrap_or_else(|| read(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_survives_being_written() {
        for words in [
            "",
            "July 2013",
            "by 31 July 2013",
            "From June 2013",
            "bi monthly",
            "every six months",
            "annually in March 2014",
            "ongoing",
        ] {
            let due = read(words);
            assert_eq!(Due::from_code(&due.code()), Some(due), "{words}: {}", due.code());
        }
    }

    #[test]
    fn a_named_day_is_late_on_the_next_and_a_month_when_it_is_over() {
        let date = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date");
        assert!(!read("by 31 July 2013").is_past(date("2013-07-31")), "on the day");
        assert!(read("by 31 July 2013").is_past(date("2013-08-01")), "the day after");
        assert!(!read("July 2013").is_past(date("2013-07-31")), "on its last day");
        assert!(read("July 2013").is_past(date("2013-08-01")), "when it is over");
        assert!(!read("From June 2013").is_past(date("2020-01-01")), "a start is never overdue");
        assert!(!read("ongoing").is_past(date("2020-01-01")), "nor what has no end");
    }

    #[test]
    fn a_persons_reading_overrules_ours() {
        assert_eq!(
            Due::of("bi monthly", "recurring two months"),
            Due::Recurring { every: Some(Every::TwoMonths), start: None }
        );
        assert_eq!(Due::of("July 2013", ""), read("July 2013"), "without one, the words count");
    }
}
