//! Numbers and dates of cells in words, as near to what the cell shows as matters to a reader.

use chrono::{Duration, NaiveDate, NaiveDateTime, Timelike as _};

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As it is.
    Plain,
    /// With this many places after the point, and perhaps as a percentage.
    Fixed { places: usize, percent: bool },
    /// A day; a time beside it where there is one.
    Day,
    /// A month and a year.
    Month,
    /// A time of day or a span of hours.
    Time,
}

impl Shape {
    /// By a format's code: "0.00%", "dd/mm/yyyy".
    pub(super) fn of(code: &str) -> Self {
        // of the parts for positive, negative and other numbers the first; its words say nothing
        let mut first = String::new();
        let mut signs = code.chars();
        while let Some(c) = signs.next() {
            match c {
                ';' => break,
                '"' => while signs.next().is_some_and(|c| c != '"') {},
                // a bracket with hours in it counts, one with a colour or a currency does not
                '[' => {
                    let inner: String = signs.by_ref().take_while(|c| *c != ']').collect();
                    let inner = inner.to_ascii_lowercase();
                    if !inner.is_empty() && inner.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
                        first.push_str(&inner);
                    }
                }
                '\\' | '_' | '*' => {
                    signs.next();
                }
                _ => first.push(c.to_ascii_lowercase()),
            }
        }
        let first = first.replace("general", "").replace("am/pm", "").replace("a/p", "");
        let has = |c: char| first.contains(c);
        if has('d') && (has('m') || has('y')) || has('y') && !has('m') {
            return Self::Day;
        }
        if has('m') && has('y') {
            return Self::Month;
        }
        if has('h') || has('s') {
            return Self::Time;
        }
        if has('d') || first.contains("mmm") {
            return Self::Day;
        }
        let percent = has('%');
        let number = first.trim_matches(|c: char| c != '0' && c != '#' && c != '.');
        let places = number.split_once('.').map(|(_, after)| after.chars().take_while(|c| *c == '0').count());
        match places {
            Some(places) => Self::Fixed { places, percent },
            None if percent => Self::Fixed { places: 0, percent },
            None => Self::Plain,
        }
    }

    /// By the number of a format that Excel has built in.
    pub(super) fn built_in(id: u16) -> Self {
        match id {
            2 | 4 | 39 | 40 => Self::Fixed { places: 2, percent: false },
            9 => Self::Fixed { places: 0, percent: true },
            10 => Self::Fixed { places: 2, percent: true },
            14..=16 | 22 | 27..=31 | 34..=36 | 50..=58 => Self::Day,
            17 => Self::Month,
            18..=21 | 32 | 33 | 45..=47 => Self::Time,
            _ => Self::Plain,
        }
    }
}

/// A number in words. `since_1904` is the workbook's own count of days.
pub(super) fn words(number: f64, shape: Shape, since_1904: bool) -> String {
    match shape {
        Shape::Plain => plain(number),
        Shape::Fixed { places, percent: false } => format!("{number:.places$}"),
        Shape::Fixed { places, percent: true } => format!("{:.places$}%", number * 100.0),
        Shape::Day | Shape::Month | Shape::Time => {
            moment(number, since_1904).map_or_else(|| plain(number), |moment| dated(moment, number, shape))
        }
    }
}

/// A day of a workbook: days since the last of 1899, where 1900 is a leap year as Lotus had it, or since 1904.
fn moment(days: f64, since_1904: bool) -> Option<NaiveDateTime> {
    // the last day that Excel has is in the year 9999
    if !(0.0..2_958_466.0).contains(&days) {
        return None;
    }
    let epoch = if since_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else if days < 60.0 {
        NaiveDate::from_ymd_opt(1899, 12, 31)?
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)?
    };
    let whole = days.trunc();
    let seconds = ((days - whole) * 86_400.0).round();
    epoch.and_hms_opt(0, 0, 0)?.checked_add_signed(Duration::days(whole as i64) + Duration::seconds(seconds as i64))
}

fn dated(moment: NaiveDateTime, number: f64, shape: Shape) -> String {
    let has_time = moment.num_seconds_from_midnight() != 0;
    match shape {
        Shape::Month => month(moment.date()),
        Shape::Time if number < 1.0 => moment.format("%H:%M").to_string(),
        Shape::Time => {
            let minutes = (number * 1_440.0).round() as i64;
            format!("{}:{:02}", minutes / 60, minutes % 60)
        }
        _ if has_time => moment.format("%-d %B %Y %H:%M").to_string(),
        _ => day(moment.date()),
    }
}

/// "31 July 2013".
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// "July 2013".
pub(super) fn month(date: NaiveDate) -> String {
    date.format("%B %Y").to_string()
}

/// A number without what only the machine knows: 123 and not 123.0, 0.3 and not 0.30000000000000004.
fn plain(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if shown != 0.0 && !(1e-9..1e15).contains(&shown.abs()) { format!("{shown:e}") } else { format!("{shown}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_a_cell_shows_them() {
        for (number, code, said) in [
            (123.0, "General", "123"),
            (0.1 + 0.2, "General", "0.3"),
            (-4.5, "General", "-4.5"),
            (2.1, "0.00", "2.10"),
            (0.125, "0.0%", "12.5%"),
            (0.5, "0%", "50%"),
            (41486.0, "dd/mm/yyyy", "31 July 2013"),
            (41486.0, "[$-809]d mmmm yyyy;@", "31 July 2013"),
            (41456.0, "mmm-yy", "July 2013"),
            (41_486.604_166_666_7, "dd/mm/yy hh:mm", "31 July 2013 14:30"),
            (0.604_166_666_7, "h:mm AM/PM", "14:30"),
            (1.5, "[h]:mm", "36:00"),
            (1500.0, "[$£-809]#,##0", "1500"),
            (3.0, "0 \"days\"", "3"),
            (59.0, "d/m/yy", "28 February 1900"),
        ] {
            assert_eq!(words(number, Shape::of(code), false), said, "{number} as {code}");
        }
        assert_eq!(words(40024.0, Shape::Day, true), "31 July 2013", "a workbook that counts from 1904");
        assert_eq!(words(-1.0, Shape::Day, false), "-1", "no day");
        assert_eq!(words(41486.0, Shape::built_in(14), false), "31 July 2013", "the usual format");
    }
}
