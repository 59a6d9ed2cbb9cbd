//! The periods that people usually look at.

use crate::model::due::Month;

/// A period with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// "Last full quarter".
    pub name: &'static str,
    /// The first month.
    pub from: Month,
    /// The last month.
    pub to: Month,
}

/// The usual periods, the last of each that ends with or before a month that is whole.
#[must_use]
pub fn usual(whole: Month) -> Vec<Period> {
    let period = |name, from, to| Period { name, from, to };
    let (from, to) = last_quarter(whole);
    let year = Month { year: whole.financial_year_start(), month: 4 };
    vec![
        period("Last full month", whole, whole),
        period("Last full quarter", from, to),
        period("Last 12 months", whole.plus(-11), whole),
        period("Financial year so far", year, whole),
        period("Financial year before", year.plus(-12), year.previous()),
    ]
}

/// The months of the quarter of the NHS year that a month lies in.
#[must_use]
pub fn quarter_of(month: Month) -> (Month, Month) {
    let into = i32::try_from((month.month + 8) % 3).unwrap_or(0);
    (month.plus(-into), month.plus(2 - into))
}

/// The last quarter that ends with or before a month.
#[must_use]
pub fn last_quarter(whole: Month) -> (Month, Month) {
    let (from, to) = quarter_of(whole);
    if to == whole { (from, to) } else { (from.plus(-3), to.plus(-3)) }
}

/// The period of the same length so many times later, or earlier for a negative number.
#[must_use]
pub fn step(from: Month, to: Month, times: i32) -> (Month, Month) {
    let months = from.months_to(to).saturating_add(1).max(1).saturating_mul(times);
    (from.plus(months), to.plus(months))
}

/// A period in words: "May 2013", "quarter 1 of 2013/14", "April 2013 to July 2013".
#[must_use]
pub fn words(from: Month, to: Month) -> String {
    if from == to {
        return from.label();
    }
    if (from, to) == quarter_of(from) {
        return format!("quarter {} of {} ({} to {})", from.quarter(), from.financial_year(), from.label(), to.label());
    }
    format!("{} to {}", from.label(), to.label())
}
