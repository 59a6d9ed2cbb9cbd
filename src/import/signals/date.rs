//! Dates and periods of exports: the day stands first, as in the whole of the NHS.

use crate::model::due::Month;
use crate::model::text::fold;
use chrono::{Days, NaiveDate};

/// What a cell of a date column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing, or that it is not known.
    Nothing,
    /// A day. `ambiguous` where it would be another one with the month first.
    Day { date: NaiveDate, ambiguous: bool },
    /// No day that there is.
    Impossible,
}

/// Reads a date: 31/07/2013, 31-7-13, 31.07.2013, 31 July 2013, 31-Jul-13, 2013-07-31, July 31, 2013,
/// Excel's count of days (41486); a time after it is passed over.
pub(super) fn read(text: &str) -> Said {
    let text = text.trim();
    if text.is_empty() || is_unknown(text) {
        return Said::Nothing;
    }
    numeric(text).or_else(|| named(text)).or_else(|| serial(text)).unwrap_or(Said::Impossible)
}

/// What people write where there is no date.
fn is_unknown(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "-",
        "–",
        "n/a",
        "na",
        "none",
        "nil",
        "tbc",
        "tba",
        "unknown",
        "not known",
        "not applicable",
        "not stated",
        "?",
        "ongoing",
        "open",
        "awaited",
        "pending",
        "not yet",
        "null",
        "blank",
        "(blank)",
        "not set",
        "outstanding",
    ];
    text.len() < 20 && WORDS.contains(&fold(text).as_str())
}

/// The years that a date of an export can lie in: the NHS's own, to the end of this century.
fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (1948..2100).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, day)).flatten()
}

/// A year of two digits: 70 to 99 are of the last century.
fn century(year: u32, digits: usize) -> Option<i32> {
    let year = i32::try_from(year).ok()?;
    match digits {
        4 => Some(year),
        2 => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

/// A number that begins a text, its digits, and the rest.
fn number(text: &str) -> Option<(u32, usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits)?.parse().ok()?;
    Some((number, digits, &text[digits..]))
}

/// Whether the rest of a cell is nothing but a time.
fn is_time(rest: &str) -> bool {
    let rest = rest.strip_prefix('T').unwrap_or(rest).trim();
    rest.bytes().all(|byte| byte.is_ascii_digit() || b":.+-Z ".contains(&byte))
        || rest
            .to_ascii_lowercase()
            .trim_end_matches(['a', 'p', 'm', '.', ' '])
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b':')
}

/// Three numbers with one mark between them.
fn numeric(text: &str) -> Option<Said> {
    let (first, first_digits, rest) = number(text)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '/' | '-' | '.'))?;
    let (second, second_digits, rest) = number(&rest[1..])?;
    let (third, third_digits, rest) = number(rest.strip_prefix(mark)?)?;
    if !is_time(rest) || second_digits > 2 {
        return Some(Said::Impossible);
    }
    if first_digits == 4 {
        let date = day(i32::try_from(first).ok()?, second, third).filter(|_| third_digits <= 2);
        return Some(date.map_or(Said::Impossible, |date| Said::Day { date, ambiguous: false }));
    }
    let date = century(third, third_digits).filter(|_| first_digits <= 2).and_then(|year| day(year, second, first));
    // the same day and month either way is no question
    let ambiguous = first <= 12 && second <= 12 && first != second;
    Some(date.map_or(Said::Impossible, |date| Said::Day { date, ambiguous }))
}

/// A date with the month in letters, before or after the day; a weekday before it is passed over.
fn named(text: &str) -> Option<Said> {
    let mut words =
        text.split([' ', '-', ',', '/', '\u{a0}', '.']).filter(|word| !word.is_empty() && *word != "of").peekable();
    words.next_if(|word| is_weekday(word));
    let (first, second, third) = (words.next()?, words.next()?, words.next()?);
    let of_day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = &word[digits.len()..];
        (digits.len() <= 2 && ["", "st", "nd", "rd", "th"].contains(&ordinal)).then(|| digits.parse().ok())?
    };
    let (in_month, month) = match month(second) {
        Some(month) => (of_day(first)?, month),
        None => (of_day(second)?, month(first)?),
    };
    let year = number(third).filter(|(_, _, rest)| is_time(rest)).and_then(|(year, digits, _)| century(year, digits));
    let date = year.and_then(|year| day(year, month, in_month)).filter(|_| words.all(is_time));
    Some(date.map_or(Said::Impossible, |date| Said::Day { date, ambiguous: false }))
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    word.len() > 2
        && ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
        && (word.len() == 3 || word.ends_with("day"))
}

/// Excel's count of days, as it stands in a CSV whose column had lost its format: 1982 to 2064.
fn serial(text: &str) -> Option<Said> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (days, digits, rest) = number(whole)?;
    let fits = digits == 5 && rest.is_empty() && (30_000..=60_000).contains(&days);
    if !fits || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // it counts from the last day of 1899, with one too many in 1900
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days.into()))?;
    Some(Said::Day { date, ambiguous: false })
}

/// The month that a word names, in full or cut to three letters or four.
fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    if !(3..=9).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let at = Month::NAMES.iter().position(|month| month.starts_with(&lower))?;
    u32::try_from(at + 1).ok()
}

/// Some months that a number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) first: Month,
    /// 1, 3 for a quarter, 12 for a year.
    pub(super) months: u32,
}

/// Reads a period: "Apr-13", "April 2013", "2013-04", "01/04/2013", "Q1 2013/14", "2013-14 Quarter 1",
/// "2013/14". Quarters and years are the financial ones.
pub(super) fn period(text: &str) -> Option<Period> {
    let text = text.trim();
    let month_of = |first| Some(Period { first, months: 1 });
    if let Some(first) = Month::parse(text) {
        return month_of(first);
    }
    if let Said::Day { date, .. } = read(text) {
        return month_of(Month::of(date));
    }
    let folded = fold(text).replace("quarter ", "q").replace("quarter", "q").replace("qtr ", "q").replace("qtr", "q");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = words.iter().find_map(|word| month(word));
    let years: Vec<i32> = words.iter().filter_map(|word| year(word)).collect();
    let first_year = *years.first()?;
    if let Some(month) = named.filter(|_| years.len() == 1 && words.len() <= 3) {
        return month_of(Month { year: first_year, month });
    }
    let quarter = words.iter().find_map(|word| word.strip_prefix('q')?.parse::<u32>().ok());
    let quarter =
        quarter.or_else(|| words.iter().position(|word| *word == "q").and_then(|at| words.get(at + 1)?.parse().ok()));
    match quarter {
        Some(quarter @ 1..=4) if named.is_none() => {
            let first = Month { year: first_year, month: 4 }.plus(i32::try_from(quarter).ok()? * 3 - 3);
            Some(Period { first, months: 3 })
        }
        None if named.is_none() && years.len() == words.len() && years.len() == 2 && years[1] == first_year + 1 => {
            Some(Period { first: Month { year: first_year, month: 4 }, months: 12 })
        }
        _ => None,
    }
}

/// A year of four digits, or the two after the stroke of a financial year or an apostrophe.
fn year(word: &str) -> Option<i32> {
    let (number, digits, rest) = number(word)?;
    century(number, digits).filter(|year| rest.is_empty() && (1990..2100).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<(String, bool)> {
        match read(text) {
            Said::Day { date, ambiguous } => Some((date.to_string(), ambiguous)),
            Said::Nothing | Said::Impossible => None,
        }
    }

    #[test]
    fn dates_are_read_with_the_day_first() {
        for (text, date, ambiguous) in [
            ("31/07/2013", "2013-07-31", false),
            ("1/7/13", "2013-07-01", true),
            ("07/07/2013", "2013-07-07", false),
            ("31-07-2013 14:30", "2013-07-31", false),
            ("31.07.2013", "2013-07-31", false),
            ("2013-07-31", "2013-07-31", false),
            ("2013-07-01T09:15:00Z", "2013-07-01", false),
            ("31 July 2013", "2013-07-31", false),
            ("31 July 2013 14:30", "2013-07-31", false),
            ("Wed 31st July 2013", "2013-07-31", false),
            ("31-Jul-13", "2013-07-31", false),
            ("July 31, 2013", "2013-07-31", false),
            ("01/07/2013 9:15 am", "2013-07-01", true),
            ("41486", "2013-07-31", false),
            ("41486.604", "2013-07-31", false),
            ("29/02/2012", "2012-02-29", false),
        ] {
            assert_eq!(iso(text), Some((date.to_owned(), ambiguous)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_made_one() {
        for text in [
            "31/02/2013",
            "29/02/2013",
            "07/31/2013",
            "00/01/2013",
            "31/07/0213",
            "32 July 2013",
            "soon",
            "7",
            "12/13",
            "1/2/3/4",
            "2013",
            "99999",
            "31/07/213",
        ] {
            assert_eq!(read(text), Said::Impossible, "{text}");
        }
        for text in ["", " ", "N/A", "tbc", "-", "Not known"] {
            assert_eq!(read(text), Said::Nothing, "{text:?}");
        }
    }

    #[test]
    fn periods_are_months_quarters_and_financial_years() {
        for (text, first, months) in [
            ("Apr-13", "2013-04", 1),
            ("April 2013", "2013-04", 1),
            ("Sept 2013", "2013-09", 1),
            ("2013-04", "2013-04", 1),
            ("01/04/2013", "2013-04", 1),
            ("1 April 2013", "2013-04", 1),
            ("Q1 2013/14", "2013-04", 3),
            ("2013-14 Q4", "2014-01", 3),
            ("Quarter 2 2015-16", "2015-07", 3),
            ("2015/16 Qtr 3", "2015-10", 3),
            ("2013/14", "2013-04", 12),
            ("2013-14", "2013-04", 12),
        ] {
            let found = period(text).map(|period| (period.first.to_string(), period.months));
            assert_eq!(found, Some((first.to_owned(), months)), "{text}");
        }
        for text in ["", "April", "Q5 2013/14", "Q1", "2013/15", "next year"] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
