//! Reading due words.

use super::{Due, Every, Month};
use crate::model::text::fold;
use chrono::NaiveDate;

const MONTHS: [&str; 12] = [
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

/// Reads due words. A financial year runs from April to March; "Q2 2013/14" is due at the end of
/// September 2013, "2014-15" at the end of March 2015. Seasons end with February (of the following
/// year), May, August and November.
#[must_use]
pub fn read(words: &str) -> Due {
    let folded = fold(words);
    let tokens: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '/' || c == '-'))
        .flat_map(split_dashes)
        .filter(|t| !t.is_empty())
        .collect();
    if tokens.is_empty() {
        return Due::None;
    }
    let date = find_date(&tokens);
    let from = matches!(tokens[0], "from" | "starting" | "start" | "starts" | "commencing" | "beginning" | "since")
        || folded.contains("to start")
        || folded.contains("with effect from");
    if let Some(every) = recurrence(&tokens, &folded) {
        return Due::Recurring { every, start: date.map(Date::month) };
    }
    if from && let Some(date) = date {
        return Due::From { start: date.first_month() };
    }
    if let Some(date) = date {
        return match date {
            Date::Day(day) => Due::Month { month: Month::of(day), day: Some(day) },
            Date::Until { last, .. } => Due::Month { month: last, day: None },
        };
    }
    if tokens.iter().any(|t| matches!(*t, "ongoing" | "continuous" | "continuing"))
        || folded.contains("on-going")
        || folded.contains("on going")
    {
        return Due::Ongoing;
    }
    Due::None
}

/// Keeps `2013/14`, `2014-15`, `31-07-2013` and `bi-monthly` whole, takes other dashes apart.
fn split_dashes(token: &str) -> Vec<&str> {
    let keeps = token.starts_with("bi-") || token.starts_with(|c: char| c.is_ascii_digit()) || token == "on-going";
    if keeps { vec![token] } else { token.split('-').collect() }
}

/// A date as far as words give it.
#[derive(Clone, Copy)]
enum Date {
    Day(NaiveDate),
    /// A month, quarter, season or year.
    Until {
        first: Month,
        last: Month,
    },
}

impl Date {
    fn month(self) -> Month {
        match self {
            Self::Day(day) => Month::of(day),
            Self::Until { last, .. } => last,
        }
    }

    fn first_month(self) -> Month {
        match self {
            Self::Day(day) => Month::of(day),
            Self::Until { first, .. } => first,
        }
    }
}

fn find_date(tokens: &[&str]) -> Option<Date> {
    if let Some(day) = tokens.iter().find_map(|token| numeric_day(token)) {
        return Some(Date::Day(day));
    }
    for (i, token) in tokens.iter().enumerate() {
        if let Some(month) = month_number(token) {
            // "june 2013", "31st july 2013", "july 31 2013"; "march" as a verb has no year beside it
            let (year, day) = match (tokens.get(i + 1), tokens.get(i + 2)) {
                (Some(next), _) if year(next).is_some() => {
                    (year(next), i.checked_sub(1).and_then(|b| day_number(tokens[b])))
                }
                (Some(next), Some(after)) if day_number(next).is_some() && year(after).is_some() => {
                    (year(after), day_number(next))
                }
                _ => (None, None),
            };
            let Some(year) = year else { continue };
            if let Some(day) = day {
                return NaiveDate::from_ymd_opt(year, month, day).map(Date::Day);
            }
            let month = Month { year, month };
            return Some(Date::Until { first: month, last: month });
        }
        if let Some(quarter) = quarter(tokens, i) {
            return Some(quarter);
        }
        if let Some(season) = season(tokens, i) {
            return Some(season);
        }
    }
    let start = tokens.iter().find_map(|token| financial_year(token))?;
    Some(Date::Until { first: Month { year: start, month: 4 }, last: Month { year: start + 1, month: 3 } })
}

fn month_number(token: &str) -> Option<u32> {
    if token.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|name| *name == token || name[..3] == *token || (token == "sept" && *name == "september"))?;
    u32::try_from(at + 1).ok()
}

fn year(token: &str) -> Option<i32> {
    let year: i32 = token.parse().ok()?;
    match token.len() {
        4 if (1990..=2099).contains(&year) => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn day_number(token: &str) -> Option<u32> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &token[digits.len()..];
    let day: u32 = digits.parse().ok()?;
    (matches!(suffix, "" | "st" | "nd" | "rd" | "th") && (1..=31).contains(&day)).then_some(day)
}

/// `31/07/2013`, `31-07-13`, `2013-07-31`: UK order, or ISO.
fn numeric_day(token: &str) -> Option<NaiveDate> {
    let parts: Vec<&str> = token.split(['/', '-']).collect();
    let [a, b, c] = parts[..] else { return None };
    if a.len() == 4 {
        return NaiveDate::from_ymd_opt(a.parse().ok()?, b.parse().ok()?, c.parse().ok()?);
    }
    NaiveDate::from_ymd_opt(year(c)?, b.parse().ok()?, a.parse().ok()?)
}

/// `2013/14`, `2014-15`, `14-15`: the calendar year it begins in.
fn financial_year(token: &str) -> Option<i32> {
    let (a, b) = token.split_once(['/', '-'])?;
    let start = year(a)?;
    let end = year(b)?;
    (end == start + 1).then_some(start)
}

fn quarter(tokens: &[&str], at: usize) -> Option<Date> {
    let number: u32 = match tokens[at].strip_prefix('q') {
        Some(digit) => digit.parse().ok()?,
        None if tokens[at] == "quarter" => tokens.get(at + 1)?.parse().ok()?,
        None => return None,
    };
    let start = tokens[at..].iter().take(4).find_map(|token| financial_year(token))?;
    let first = (1..=4).contains(&number).then(|| (number - 1) * 3 + 4)?;
    let year = if first > 12 { start + 1 } else { start };
    let first = Month { year, month: (first - 1) % 12 + 1 };
    Some(Date::Until { first, last: first.next().next() })
}

fn season(tokens: &[&str], at: usize) -> Option<Date> {
    let (first, months) = match tokens[at] {
        "spring" => (3, 3),
        "summer" => (6, 3),
        "autumn" => (9, 3),
        "winter" => (12, 3),
        _ => return None,
    };
    let token = tokens.get(at + 1)?;
    let year = year(token).or_else(|| financial_year(token))?;
    let first = Month { year, month: first };
    let last = (1..months).fold(first, |month, _| month.next());
    Some(Date::Until { first, last })
}

/// `Some(None)` for what recurs but can be read in two ways.
fn recurrence(tokens: &[&str], folded: &str) -> Option<Option<Every>> {
    let flat = folded.replace('-', " ");
    let after_bi = flat.split("bi ").nth(1).map(str::trim_start).or_else(|| {
        tokens.iter().find_map(|token| token.strip_prefix("bi").filter(|rest| matches!(*rest, "monthly" | "weekly")))
    });
    if let Some(rest) = after_bi {
        if rest.starts_with("monthly") || rest.starts_with("weekly") {
            return Some(None);
        }
        if rest.starts_with("annual") {
            return Some(Some(Every::SixMonths));
        }
    }
    let phrases: &[(&str, Every)] = &[
        ("every six months", Every::SixMonths),
        ("every 6 months", Every::SixMonths),
        ("six monthly", Every::SixMonths),
        ("6 monthly", Every::SixMonths),
        ("twice a year", Every::SixMonths),
        ("biannual", Every::SixMonths),
        ("half yearly", Every::SixMonths),
        ("every two months", Every::TwoMonths),
        ("every 2 months", Every::TwoMonths),
        ("every other month", Every::TwoMonths),
        ("twice a month", Every::HalfMonth),
        ("twice monthly", Every::HalfMonth),
        ("twice a week", Every::HalfWeek),
        ("twice weekly", Every::HalfWeek),
        ("every two weeks", Every::TwoWeeks),
        ("every 2 weeks", Every::TwoWeeks),
        ("every other week", Every::TwoWeeks),
        ("fortnight", Every::TwoWeeks),
        ("every three months", Every::Quarter),
        ("every 3 months", Every::Quarter),
        ("three monthly", Every::Quarter),
        ("3 monthly", Every::Quarter),
        ("quarterly", Every::Quarter),
        ("every quarter", Every::Quarter),
        ("each quarter", Every::Quarter),
        ("weekly", Every::Week),
        ("every week", Every::Week),
        ("each week", Every::Week),
        ("monthly", Every::Month),
        ("every month", Every::Month),
        ("each month", Every::Month),
        ("annually", Every::Year),
        ("annual", Every::Year),
        ("yearly", Every::Year),
        ("every year", Every::Year),
        ("each year", Every::Year),
        ("per annum", Every::Year),
    ];
    phrases.iter().find(|(phrase, _)| flat.contains(phrase)).map(|(_, every)| Some(*every))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn due_words_as_ccgs_write_them() {
        let cases = [
            ("June 2013", "month 2013-06"),
            ("end of May 2013", "month 2013-05"),
            ("by 31 July 2013", "day 2013-07-31"),
            ("31st July 2013", "day 2013-07-31"),
            ("31/07/2013", "day 2013-07-31"),
            ("2013-07-31", "day 2013-07-31"),
            ("Sept 13", "month 2013-09"),
            ("Q2 2013/14", "month 2013-09"),
            ("Q4 2013/14", "month 2014-03"),
            ("2014-15", "month 2015-03"),
            ("14-15", "month 2015-03"),
            ("2013/14", "month 2014-03"),
            ("Autumn 2013", "month 2013-11"),
            ("From June 2013", "from 2013-06"),
            ("Friends and Family Test to start data analysis at the end of May 2013", "from 2013-05"),
            ("every six months", "recurring six months"),
            ("quarterly", "recurring quarter"),
            ("bi monthly", "recurring ?"),
            ("Bi-weekly performance meetings", "recurring ?"),
            ("weekly", "recurring week"),
            ("annually in March 2014", "recurring year 2014-03"),
            ("ongoing", "ongoing"),
            ("On-going", "ongoing"),
            ("within a suitable timeframe", "none"),
            ("TBC", "none"),
            ("immediately", "none"),
            ("on approval", "none"),
            ("as near a real-time basis as possible", "none"),
            ("31 February 2013", "none"),
            ("", "none"),
        ];
        for (words, code) in cases {
            assert_eq!(read(words).code(), code, "{words:?}");
        }
    }

    #[test]
    fn only_an_ambiguous_interval_is_asked_about() {
        assert!(read("bi monthly").must_ask(), "twice a month, or every two months?");
        assert!(!read("monthly").must_ask(), "plain");
    }
}
