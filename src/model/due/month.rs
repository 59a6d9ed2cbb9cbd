//! A month of a year, and the NHS financial year it lies in.

use crate::model::{BadValue, FieldValue, Value};
use chrono::{Datelike as _, NaiveDate};
use std::fmt;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The calendar year.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The months' names in lower case, January first.
    pub const NAMES: [&'static str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];

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
        self.plus(1)
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// The month so many months later, or earlier for a negative number.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let at = self.place() + i64::from(months);
        let year = i32::try_from(at.div_euclid(12)).unwrap_or(self.year);
        Self { year, month: u32::try_from(at.rem_euclid(12)).unwrap_or(0) + 1 }
    }

    /// How many months later another is; negative where it is earlier.
    #[must_use]
    pub fn months_to(self, other: Self) -> i32 {
        let apart = other.place() - self.place();
        i32::try_from(apart).unwrap_or(if apart < 0 { i32::MIN } else { i32::MAX })
    }

    /// Months since January of the year 0.
    fn place(self) -> i64 {
        i64::from(self.year) * 12 + i64::from(self.month) - 1
    }

    /// As people write it, "July 2013".
    #[must_use]
    pub fn label(self) -> String {
        self.first_day().format("%B %Y").to_string()
    }

    /// The calendar year in which its financial year begins: an NHS year runs from 1 April to
    /// 31 March (National Health Service Act 2006, section 275).
    #[must_use]
    pub fn financial_year_start(self) -> i32 {
        if self.month >= 4 { self.year } else { self.year - 1 }
    }

    /// Its NHS financial year as it is written, "2013/14".
    #[must_use]
    pub fn financial_year(self) -> String {
        let start = self.financial_year_start();
        format!("{start}/{:02}", (start + 1).rem_euclid(100))
    }

    /// The quarter of the NHS financial year, 1 (April to June) to 4 (January to March).
    #[must_use]
    pub fn quarter(self) -> u32 {
        (self.month + 8) % 12 / 3 + 1
    }

    /// Reads `2013-07`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        let month = Self { year: year.parse().ok()?, month: month.parse().ok().filter(|_| digits(month, 2))? };
        (digits(year, 4) && NaiveDate::from_ymd_opt(month.year, month.month, 1).is_some()).then_some(month)
    }
}

impl FieldValue for Month {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn from_value(value: &Value) -> Result<Self, BadValue> {
        let wrong = || BadValue { found: value.to_string().chars().take(60).collect(), wanted: "a month (YYYY-MM)" };
        match value {
            Value::Text(text) => Self::parse(text).ok_or_else(wrong),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        Month::parse(text).expect("a month")
    }

    #[test]
    fn a_financial_year_runs_from_april_to_march() {
        for (text, year, quarter) in [
            ("2013-03", "2012/13", 4),
            ("2013-04", "2013/14", 1),
            ("2013-06", "2013/14", 1),
            ("2013-07", "2013/14", 2),
            ("2013-12", "2013/14", 3),
            ("2014-01", "2013/14", 4),
            ("2000-03", "1999/00", 4),
        ] {
            assert_eq!((month(text).financial_year().as_str(), month(text).quarter()), (year, quarter), "{text}");
        }
    }

    #[test]
    fn months_are_counted_over_the_ends_of_years() {
        assert_eq!(month("2013-11").plus(3), month("2014-02"), "later");
        assert_eq!(month("2013-02").plus(-14), month("2011-12"), "earlier");
        assert_eq!(month("2013-01").previous(), month("2012-12"), "the month before");
        assert_eq!(month("2013-12").next(), month("2014-01"), "the month after");
        assert_eq!(month("2013-11").months_to(month("2014-02")), 3, "apart");
        assert_eq!(month("2014-02").months_to(month("2013-11")), -3, "back");
        assert_eq!(month("2012-02").last_day().to_string(), "2012-02-29", "a leap year");
        assert_eq!(month("2013-06").label(), "June 2013", "as people write it");
        assert_eq!(Month::parse("2013-7"), None, "half a code is none");
    }
}
