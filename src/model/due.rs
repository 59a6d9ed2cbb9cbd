//! Due words read into a month, a start, a recurrence, ongoing, or none. The words always stay;
//! what cannot be read is none, never a guess.

mod dates;
mod every;
mod month;
mod numeric;
mod part;
#[cfg(test)]
mod phrasings;
mod recurrence;
mod role;
mod tokens;
mod words;

use chrono::NaiveDate;

pub use every::Every;
pub use month::Month;
pub use words::{first_day, meanings, read, read_from};

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

    /// The reading that counts: a person's where there is one, else what the words say, counted from
    /// the plan's own date where they name no year (see [`read_from`]; not from the date of a view, so
    /// that a reading does not move when the view does).
    #[must_use]
    pub fn of(words: &str, overruled: &str, anchor: Option<NaiveDate>) -> Self {
        Self::from_code(overruled).unwrap_or_else(|| read_from(words, anchor))
    }

    /// As people say it: "July 2013", "31 July 2013", "from June 2013", "every six months", "every year
    /// from March 2014", "ongoing", "no date".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::None => "no date".into(),
            Self::Ongoing => "ongoing".into(),
            Self::Month { day: Some(day), .. } => day.format("%-d %B %Y").to_string(),
            Self::Month { month, .. } => month.label(),
            Self::From { start } => format!("from {}", start.label()),
            Self::Recurring { every, start } => {
                let every = every.map_or_else(|| "again and again".into(), Every::words);
                start.map_or(every.clone(), |start| format!("{every} from {}", start.label()))
            }
        }
    }

    /// The months from `from` to `to`, both included, in which something is to be seen: the month it is
    /// due in, the month it starts in, or each month it falls in (see [`Every::months_between`]). None
    /// for what is ongoing, has no date, or recurs in one of two ways and nobody has said which.
    #[must_use]
    pub fn occurrences(self, from: Month, to: Month) -> Vec<Month> {
        match self {
            Self::Month { month, .. } | Self::From { start: month } if (from..=to).contains(&month) => vec![month],
            Self::Recurring { every: Some(every), start } => every.months_between(start, from, to),
            _ => Vec::new(),
        }
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
            Due::of("bi monthly", "recurring two months", None),
            Due::Recurring { every: Some(Every::TwoMonths), start: None }
        );
        assert_eq!(Due::of("July 2013", "", None), read("July 2013"), "without one, the words count");
        let paper = NaiveDate::from_ymd_opt(2013, 5, 28);
        assert_eq!(Due::of("by 31 July", "", paper), read("31 July 2013"), "by the plan's own date");
        assert_eq!(Due::of("by 31 July", "", None), Due::None, "without a date of the plan there is no year");
    }

    #[test]
    fn a_reading_is_said_in_words() {
        for (code, words) in [
            ("none", "no date"),
            ("ongoing", "ongoing"),
            ("month 2013-07", "July 2013"),
            ("day 2013-07-31", "31 July 2013"),
            ("from 2013-06", "from June 2013"),
            ("recurring six months", "every six months"),
            ("recurring half month", "twice a month"),
            ("recurring year 2014-03", "every year from March 2014"),
            ("recurring ?", "again and again"),
        ] {
            assert_eq!(Due::from_code(code).map(Due::words).as_deref(), Some(words), "{code}");
        }
    }

    #[test]
    fn the_timeline_shows_a_due_in_these_months() {
        let month = |text: &str| Month::parse(text).expect("a month");
        for (code, expected) in [
            ("month 2013-07", "2013-07"),
            ("day 2013-07-31", "2013-07"),
            ("month 2013-12", ""),
            ("from 2013-06", "2013-06"),
            ("recurring quarter", "2013-06 2013-09"),
            ("recurring six months 2013-10", "2013-10"),
            ("recurring ?", ""),
            ("ongoing", ""),
            ("none", ""),
        ] {
            let due = Due::from_code(code).expect("a code");
            let months: Vec<String> =
                due.occurrences(month("2013-05"), month("2013-10")).iter().map(Month::to_string).collect();
            assert_eq!(months.join(" "), expected, "{code}");
        }
    }

    #[test]
    fn every_interval_has_a_code_that_reads_back() {
        for every in Every::ALL {
            for start in [None, Month::parse("2013-10")] {
                let due = Due::Recurring { every: Some(*every), start };
                assert_eq!(Due::from_code(&due.code()), Some(due), "{}", due.code());
            }
        }
    }
}
