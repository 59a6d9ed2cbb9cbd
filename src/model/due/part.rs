//! Parts of a year as words name them, and the dates they come to once the year is known.

use super::Month;
use crate::model::calendar::easter_sunday;
use chrono::NaiveDate;

/// What words name, without the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A day of a month.
    Day {
        month: u32,
        day: u32,
    },
    /// A month, 1 to 12.
    Month(u32),
    /// Three months from this one on; winter runs into the next year.
    Season(u32),
    Easter,
    /// Months of the financial year: how many lie before it, and how many it has.
    OfFinancialYear {
        skip: i32,
        months: i32,
    },
    /// January to December.
    CalendarYear,
    /// The month of the anchor, or so many after it.
    FromNow(i32),
}

impl Part {
    pub(super) const FINANCIAL_YEAR: Self = Self::OfFinancialYear { skip: 0, months: 12 };

    pub(super) fn quarter(number: u32) -> Option<Self> {
        let before = i32::try_from(number).ok().filter(|n| (1..=4).contains(n))? - 1;
        Some(Self::OfFinancialYear { skip: before * 3, months: 3 })
    }

    pub(super) fn half(number: u32) -> Option<Self> {
        let before = i32::try_from(number).ok().filter(|n| (1..=2).contains(n))? - 1;
        Some(Self::OfFinancialYear { skip: before * 6, months: 6 })
    }
}

/// The year that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// None: the anchor decides.
    Unsaid,
    Calendar(i32),
    /// By the calendar year it begins in.
    Financial(i32),
    /// So many years after the anchor's.
    FromNow(i32),
}

/// A day, or whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Day(NaiveDate),
    Months { first: Month, last: Month },
}

impl When {
    fn month(month: Month) -> Self {
        Self::Months { first: month, last: month }
    }

    pub(super) fn first_month(self) -> Month {
        match self {
            Self::Day(day) => Month::of(day),
            Self::Months { first, .. } => first,
        }
    }

    pub(super) fn last_month(self) -> Month {
        match self {
            Self::Day(day) => Month::of(day),
            Self::Months { last, .. } => last,
        }
    }

    pub(super) fn last_day(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Months { last, .. } => last.last_day(),
        }
    }
}

/// What a part of a named year comes to; `None` where the year has no such part ("31 February"), or
/// the words can mean two years ("Q2 2013" is of 2013/14, or of the calendar year).
pub(super) fn in_year(part: Part, year: Year, anchor: Option<NaiveDate>) -> Option<When> {
    let year = match year {
        Year::FromNow(years) => {
            let anchor = Month::of(anchor?);
            match part {
                Part::OfFinancialYear { .. } => Year::Financial(anchor.financial_year_start() + years),
                _ => Year::Calendar(anchor.year + years),
            }
        }
        said => said,
    };
    match (part, year) {
        (_, Year::Unsaid | Year::FromNow(_)) => None,
        (Part::OfFinancialYear { skip, months }, Year::Financial(start)) => {
            let first = Month { year: start, month: 4 }.plus(skip);
            Some(When::Months { first, last: first.plus(months - 1) })
        }
        (Part::OfFinancialYear { .. } | Part::FromNow(_), _) => None,
        (part, Year::Calendar(year)) => of_calendar(part, year),
        // a financial year has two Marches but in name, and parts of two springs
        (Part::Day { month, .. } | Part::Month(month), Year::Financial(start)) => {
            of_calendar(part, if month >= 4 { start } else { start + 1 })
        }
        (Part::Season(first), Year::Financial(start)) if first >= 6 => of_calendar(part, start),
        (Part::Season(_) | Part::Easter | Part::CalendarYear, Year::Financial(_)) => None,
    }
}

fn of_calendar(part: Part, year: i32) -> Option<When> {
    match part {
        Part::Day { month, day } => NaiveDate::from_ymd_opt(year, month, day).map(When::Day),
        Part::Month(month) => Some(When::month(Month { year, month })),
        Part::Season(month) => {
            let first = Month { year, month };
            Some(When::Months { first, last: first.plus(2) })
        }
        Part::Easter => easter_sunday(year).map(When::Day),
        Part::CalendarYear => Some(When::Months { first: Month { year, month: 1 }, last: Month { year, month: 12 } }),
        Part::OfFinancialYear { .. } | Part::FromNow(_) => None,
    }
}

/// The next such part whose last month is not before a month. A day that the year does not have is
/// none: "29 February" is not looked for in a later year.
pub(super) fn on_or_after(part: Part, month: Month) -> Option<When> {
    if let Part::FromNow(months) = part {
        return Some(When::month(month.plus(months)));
    }
    years(part, month, [-1, 0, 1])
        .find(|(_, whole)| whole.last_month() >= month)
        .and_then(|(year, _)| in_year(part, year, None))
}

/// The last such part that does not begin after a month: "June" of "June - September 2013".
pub(super) fn on_or_before(part: Part, month: Month) -> Option<When> {
    years(part, month, [1, 0, -1])
        .find(|(_, whole)| whole.first_month() <= month)
        .and_then(|(year, _)| in_year(part, year, None))
}

/// The part in the years around a month; a day as the month it is in, which every year has.
fn years(part: Part, month: Month, around: [i32; 3]) -> impl Iterator<Item = (Year, When)> {
    let whole = match part {
        Part::Day { month, .. } => Part::Month(month),
        other => other,
    };
    around.into_iter().filter_map(move |years| {
        let year = match part {
            Part::OfFinancialYear { .. } => Year::Financial(month.financial_year_start() + years),
            _ => Year::Calendar(month.year + years),
        };
        in_year(whole, year, None).map(|when| (year, when))
    })
}
