//! How often something recurs, and in which months that falls.

use super::Month;
use crate::model::value::vocabulary;
use chrono::Days;

vocabulary!(
    /// How often something recurs.
    Every, "an interval", {
        /// One day.
        Day = "day",
        /// Seven days.
        Week = "week",
        /// Fourteen days.
        TwoWeeks = "two weeks",
        /// Twenty-eight days.
        FourWeeks = "four weeks",
        /// Forty-two days.
        SixWeeks = "six weeks",
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
        /// Four months.
        FourMonths = "four months",
        /// Six months.
        SixMonths = "six months",
        /// Twelve months.
        Year = "year",
        /// Twenty-four months.
        TwoYears = "two years",
        /// Thirty-six months.
        ThreeYears = "three years",
    }
);

impl Every {
    /// As people say it: "every six months", "twice a month".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::HalfMonth => "twice a month".into(),
            Self::HalfWeek => "twice a week".into(),
            other => format!("every {}", other.word()),
        }
    }

    /// How many months lie between two occurrences: 1 to 36. What recurs more often than once a month
    /// counts as 1; six weeks, which is no number of months, as 1 too (see [`Every::months_between`]).
    #[must_use]
    pub fn months(self) -> i32 {
        match self {
            Self::Day
            | Self::Week
            | Self::TwoWeeks
            | Self::FourWeeks
            | Self::SixWeeks
            | Self::HalfMonth
            | Self::HalfWeek
            | Self::Month => 1,
            Self::TwoMonths => 2,
            Self::Quarter => 3,
            Self::FourMonths => 4,
            Self::SixMonths => 6,
            Self::Year => 12,
            Self::TwoYears => 24,
            Self::ThreeYears => 36,
        }
    }

    /// The months from `from` to `to`, both included, in which it falls, one entry a month however
    /// often it falls in it.
    ///
    /// With a start it falls in the start's month and at every interval after it, never before. Without
    /// one, the NHS financial year is cut into intervals and each is due in its last month: quarterly in
    /// June, September, December and March, every six months in September and March, yearly in March.
    /// Every two or three years without a start says nothing of the year: it falls nowhere.
    #[must_use]
    pub fn months_between(self, start: Option<Month>, from: Month, to: Month) -> Vec<Month> {
        if self == Self::SixWeeks {
            return six_weekly(start, from, to);
        }
        let step = self.months();
        let first = match start {
            Some(start) => start,
            None if step > 12 => return Vec::new(),
            // the end of the first interval of the financial year that `from` lies in
            None => Month { year: from.financial_year_start(), month: 4 }.plus(step - 1),
        };
        let behind = first.months_to(from).max(0);
        let mut month = first.plus((behind + step - 1) / step * step);
        let mut months = Vec::new();
        while month <= to {
            months.push(month);
            month = month.plus(step);
        }
        months
    }
}

/// Counted in days from the first of the start's month, or of April: some months have none.
fn six_weekly(start: Option<Month>, from: Month, to: Month) -> Vec<Month> {
    let first = start.unwrap_or(Month { year: from.financial_year_start(), month: 4 });
    let mut months = Vec::new();
    let mut day = Some(first.first_day());
    while let Some(at) = day.filter(|at| Month::of(*at) <= to) {
        let month = Month::of(at);
        if month >= from && months.last() != Some(&month) {
            months.push(month);
        }
        day = at.checked_add_days(Days::new(42));
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recurring_due_falls_in_these_months() {
        let month = |text: &str| Month::parse(text).expect("a month");
        let cases = [
            (Every::Quarter, None, "2013-06 2013-09 2013-12 2014-03"),
            (Every::Quarter, Some("2013-07"), "2013-07 2013-10 2014-01 2014-04"),
            (Every::SixMonths, None, "2013-09 2014-03"),
            (Every::SixMonths, Some("2012-04"), "2013-10 2014-04"),
            (Every::FourMonths, None, "2013-07 2013-11 2014-03"),
            (Every::TwoMonths, None, "2013-05 2013-07 2013-09 2013-11 2014-01 2014-03"),
            (Every::Year, None, "2014-03"),
            (Every::Year, Some("2013-05"), "2013-05"),
            (Every::TwoYears, None, ""),
            (Every::TwoYears, Some("2012-01"), "2014-01"),
            (Every::ThreeYears, Some("2014-06"), ""),
            (Every::Week, Some("2014-02"), "2014-02 2014-03 2014-04"),
            (Every::SixWeeks, Some("2013-12"), "2013-12 2014-01 2014-02 2014-04"),
        ];
        for (every, start, expected) in cases {
            let months = every.months_between(start.map(month), month("2013-05"), month("2014-04"));
            let months: Vec<String> = months.iter().map(Month::to_string).collect();
            assert_eq!(months.join(" "), expected, "{every:?} from {start:?}");
        }
        assert!(Every::Month.months_between(None, month("2014-01"), month("2013-01")).is_empty(), "an empty range");
    }
}
