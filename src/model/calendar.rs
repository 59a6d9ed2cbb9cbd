//! England's working days: Monday to Friday without the bank holidays of England and Wales.

use super::due::Month;
use chrono::{Datelike as _, Days, NaiveDate, Weekday};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One line a holiday: its date and its name. Source: the list that GOV.UK publishes
/// (gov.uk/bank-holidays), with proclamations for one-off days.
const LIST: &str = include_str!("../../assets/bank-holidays-england.csv");

static HOLIDAYS: LazyLock<BTreeMap<NaiveDate, &str>> = LazyLock::new(|| LIST.lines().filter_map(holiday).collect());

fn holiday(line: &str) -> Option<(NaiveDate, &str)> {
    let (date, name) = line.split_once(',')?;
    Some((NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?, name.trim()))
}

/// The first and the last year whose bank holidays are known: 2010 to 2027. The days of later years can
/// still be moved by proclamation.
#[must_use]
pub fn years() -> (i32, i32) {
    let year = |entry: Option<(&NaiveDate, &&str)>| entry.map_or(0, |(date, _)| date.year());
    (year(HOLIDAYS.first_key_value()), year(HOLIDAYS.last_key_value()))
}

/// Whether a year's bank holidays are known. Where they are not, the functions below know weekends only,
/// and whoever shows what they give should say so: a computed Easter or New Year would look like a known
/// date, and miss the days that are moved or added.
#[must_use]
pub fn covers(year: i32) -> bool {
    let (first, last) = years();
    (first..=last).contains(&year)
}

/// The name of the bank holiday on a date; `None` for other days, and outside [`years`].
#[must_use]
pub fn bank_holiday(date: NaiveDate) -> Option<&'static str> {
    HOLIDAYS.get(&date).copied()
}

/// Whether a date is no Saturday, no Sunday and no bank holiday. Outside [`years`] bank holidays are not
/// known and count as working days; see [`covers`].
#[must_use]
pub fn is_working_day(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && bank_holiday(date).is_none()
}

/// The last working day of a month.
#[must_use]
pub fn last_working_day(month: Month) -> NaiveDate {
    on_or_before(month.last_day())
}

/// The date itself if it is a working day, else the last one before it.
#[must_use]
pub fn on_or_before(date: NaiveDate) -> NaiveDate {
    let days = (0..).map_while(|back| date.checked_sub_days(Days::new(back)));
    days.into_iter().find(|day| is_working_day(*day)).unwrap_or(date)
}

/// The date so many working days after another, as deadlines are counted: the day after it is the first.
/// Before it for a negative number; for 0 the date itself, be it a working day or not. Stops at the ends
/// of the calendar.
#[must_use]
pub fn add_working_days(date: NaiveDate, days: i32) -> NaiveDate {
    let mut day = date;
    let mut left = days.unsigned_abs();
    while left > 0 {
        let next = if days > 0 { day.succ_opt() } else { day.pred_opt() };
        let Some(next) = next else { return day };
        day = next;
        left -= u32::from(is_working_day(day));
    }
    day
}

/// How many working days lie after `from`, up to and with `to`; negative where `to` is the earlier. A
/// report of Friday that is due on Monday has 1.
#[must_use]
pub fn working_days_between(from: NaiveDate, to: NaiveDate) -> i32 {
    let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
    let after = first.iter_days().skip(1).take_while(|day| *day <= last);
    let count = after.filter(|day| is_working_day(*day)).count();
    sign * i32::try_from(count).unwrap_or(i32::MAX)
}

/// Easter Sunday of a year of the Gregorian calendar; `None` before 1583.
///
/// The epact gives the age of the moon at the year's beginning, from it follows the date of the
/// paschal full moon, and Easter is the Sunday after that.
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let century = year / 100;
    let golden = year % 19;
    // the leap days that centuries leave out, and the moon's slow lead over the 19-year cycle
    let correction = century - century / 4 - (8 * century + 13) / 25;
    let mut after_21_march = (19 * golden + correction + 15) % 30;
    // the full moon never falls later than 18 April, nor twice on that day in one cycle
    if after_21_march == 29 || (after_21_march == 28 && golden > 10) {
        after_21_march -= 1;
    }
    let full_moon = NaiveDate::from_ymd_opt(year, 3, 21)? + Days::new(u64::try_from(after_21_march).ok()?);
    let to_sunday = 7 - full_moon.weekday().num_days_from_sunday();
    full_moon.checked_add_days(Days::new(to_sunday.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
    }

    fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a date")
    }

    #[test]
    fn easter_is_where_the_church_has_it() {
        for text in [
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "2008-03-23",
            "2010-04-04",
            "2011-04-24",
            "2012-04-08",
            "2013-03-31",
            "2014-04-20",
            "2015-04-05",
            "2016-03-27",
            "2017-04-16",
            "2018-04-01",
            "2019-04-21",
            "2020-04-12",
            "2021-04-04",
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
        ] {
            assert_eq!(easter_sunday(date(text).year()), Some(date(text)), "{text}");
        }
        assert_eq!(easter_sunday(1500), None, "before the calendar");
    }

    /// The days that law and custom give, with those that were moved or added.
    fn expected(year: i32) -> Vec<NaiveDate> {
        let monday = |month, first: u32| {
            (first..first + 7).map(|day| ymd(year, month, day)).find(|day| day.weekday() == Weekday::Mon).expect("one")
        };
        let easter = easter_sunday(year).expect("a year");
        let early_may = match year {
            2020 => ymd(2020, 5, 8),
            _ => monday(5, 1),
        };
        let spring = match year {
            2012 => ymd(2012, 6, 4),
            2022 => ymd(2022, 6, 2),
            _ => monday(5, 25),
        };
        let mut days = vec![easter - Days::new(2), easter + Days::new(1), early_may, spring, monday(8, 25)];
        // a day at a weekend moves to the next that is none
        for day in [ymd(year, 1, 1), ymd(year, 12, 25), ymd(year, 12, 26)] {
            let mut day = day;
            while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || days.contains(&day) {
                day = day + Days::new(1);
            }
            days.push(day);
        }
        let once = ["2011-04-29", "2012-06-05", "2022-06-03", "2022-09-19", "2023-05-08"].map(date);
        days.extend(once.into_iter().filter(|day| day.year() == year));
        days.sort();
        days
    }

    #[test]
    fn the_list_holds_the_bank_holidays_of_each_year_it_covers() {
        assert_eq!(years(), (2010, 2027), "the years of the list");
        for year in 2010..=2027 {
            let listed: Vec<NaiveDate> = HOLIDAYS.keys().copied().filter(|day| day.year() == year).collect();
            assert_eq!(listed, expected(year), "{year}");
        }
        let lines = LIST.lines().filter(|line| line.starts_with("20")).count();
        assert_eq!(lines, HOLIDAYS.len(), "every line is a date and no date stands twice");
        assert!(covers(2013) && !covers(2028) && !covers(2009), "and it says where it ends");
    }

    #[test]
    fn a_working_day_is_no_weekend_and_no_bank_holiday() {
        for (text, working) in [
            ("2013-05-27", false), // spring bank holiday
            ("2013-05-28", true),
            ("2013-06-01", false), // a Saturday
            ("2011-04-29", false), // royal wedding
            ("2012-05-28", true),  // its holiday was moved to June
            ("2012-06-04", false),
            ("2012-06-05", false), // Diamond Jubilee
            ("2020-05-04", true),
            ("2020-05-08", false), // VE day
            ("2021-12-27", false),
            ("2021-12-28", false), // Christmas at a weekend
            ("2022-09-19", false), // State Funeral
            ("2023-05-08", false), // Coronation
            ("2040-12-25", true),  // a Tuesday that the list does not know
        ] {
            assert_eq!(is_working_day(date(text)), working, "{text}");
        }
    }

    #[test]
    fn working_days_are_counted_over_weekends_and_holidays() {
        for (from, days, to) in [
            ("2013-05-24", 1, "2013-05-28"), // over a bank holiday weekend
            ("2013-05-28", 0, "2013-05-28"),
            ("2013-05-25", 0, "2013-05-25"),
            ("2013-05-28", 10, "2013-06-11"),
            ("2013-12-24", 1, "2013-12-27"),
            ("2013-05-28", -1, "2013-05-24"),
            ("2013-03-28", 1, "2013-04-02"), // over Easter
            ("2013-05-28", 25, "2013-07-02"),
        ] {
            assert_eq!(add_working_days(date(from), days), date(to), "{from} and {days}");
            assert_eq!(working_days_between(date(from), date(to)), days, "from {from} to {to}");
        }
        let saturday = working_days_between(date("2013-06-01"), date("2013-06-02"));
        assert_eq!(saturday, 0, "a weekend has none");
    }

    #[test]
    fn a_month_ends_with_its_last_working_day() {
        for (month, day) in [
            ("2013-05", "2013-05-31"),
            ("2013-06", "2013-06-28"),
            ("2013-03", "2013-03-28"), // Good Friday is the 29th
            ("2013-08", "2013-08-30"),
            ("2024-03", "2024-03-28"),
            ("2015-08", "2015-08-28"), // the 31st is the bank holiday
        ] {
            assert_eq!(last_working_day(Month::parse(month).expect("a month")), date(day), "{month}");
        }
    }
}
