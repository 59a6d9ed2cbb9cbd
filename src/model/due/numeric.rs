//! Dates in figures, and figures that are none.

use super::dates::{Named, month, quarter_or_half};
use super::part::{Part, Year};
use super::tokens::{Kind, Token, is, is_any, number};

/// What a number after them counts or names; no date begins there.
const LABELS: &[&str] = &[
    "rec",
    "recs",
    "recommendation",
    "recommendations",
    "no",
    "number",
    "para",
    "paragraph",
    "section",
    "page",
    "item",
    "ref",
    "version",
    "appendix",
    "table",
    "standard",
    "phase",
    "stage",
    "step",
    "tranche",
    "wave",
    "objective",
];

/// What is counted after a number: "14-15 months" is no year.
const COUNTED: &[&str] = &[
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "monthly",
    "weekly",
    "year",
    "years",
    "yearly",
    "hour",
    "hours",
    "working",
    "patients",
    "providers",
    "staff",
    "people",
    "beds",
    "%",
];

/// The place after a label and its numbers: "Rec 123", "recommendations 14-15".
pub(super) fn label(tokens: &[Token], at: usize) -> Option<usize> {
    if !LABELS.contains(&tokens[at].text.as_str()) {
        return None;
    }
    let first = if is_any(tokens, at + 1, &[".", ":", "-"]) { at + 2 } else { at + 1 };
    number(tokens, first)?;
    let mut end = first + 1;
    // "Recs 12, 3 June": the 3 is a day
    while is_any(tokens, end, &["-", "/", ".", ",", "&", "and"])
        && number(tokens, end + 1).is_some_and(|(_, digits)| digits < 4)
        && month(tokens, end + 2).is_none()
    {
        end += 2;
    }
    Some(end)
}

/// A date that begins with a number and names no month in letters.
pub(super) fn date(tokens: &[Token], at: usize) -> Option<Named> {
    if let Some(named) = three_numbers(tokens, at) {
        return Some(named);
    }
    let forced = at.checked_sub(1).is_some_and(|before| is_any(tokens, before, &["year", "end", "fy"]));
    if let Some((start, end)) = financial_year(tokens, at, forced) {
        return Some(of_financial_year(tokens, at, start, end));
    }
    if let Some(named) = two_numbers(tokens, at) {
        return Some(named);
    }
    calendar_year(tokens, at)
}

/// "2013/14", and "2013/14 Q2" with the quarter behind the year.
fn of_financial_year(tokens: &[Token], at: usize, start: i32, end: usize) -> Named {
    let place = if is_any(tokens, end, &[",", "-", "(", ":"]) { end + 1 } else { end };
    let (part, end) = match quarter_or_half(tokens, place) {
        Some((part, after)) if financial_year(tokens, after, true).is_none() => (part, after),
        _ => (Part::FINANCIAL_YEAR, end),
    };
    Named::new(at, end, part, Year::Financial(start))
}

/// The separator between two numbers that stand together without a space.
fn joined(tokens: &[Token], at: usize) -> Option<char> {
    let (mark, next) = (tokens.get(at + 1)?, tokens.get(at + 2)?);
    let separator = mark.text.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    (mark.glued && next.glued && number(tokens, at + 2).is_some()).then_some(separator)
}

/// A year of four figures, or of two in this century.
fn year(value: u32, digits: usize) -> Option<i32> {
    let year = i32::try_from(value).ok()?;
    match digits {
        4 if (1990..=2099).contains(&year) => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// `31/07/2013`, `31.07.13`, `2013-07-31`: UK order or ISO. `07/08/2013` is 7 August, and `07/31/2013`
/// is none: whoever wrote it may have meant American order, or mistyped.
fn three_numbers(tokens: &[Token], at: usize) -> Option<Named> {
    let separator = joined(tokens, at)?;
    if joined(tokens, at + 2)? != separator {
        return None;
    }
    let end = at + 5;
    let ((a, wide), (b, middle), (c, narrow)) = (number(tokens, at)?, number(tokens, at + 2)?, number(tokens, at + 4)?);
    // "1.2.3.4" is no date, nor "2.5.10", which is the number of a recommendation
    let numbering = separator == '.' && (middle < 2 || narrow == 1) && !(wide == 2 && narrow == 2) && narrow != 4;
    if joined(tokens, at + 4).is_some() || numbering {
        return Some(Named::none(at, end));
    }
    let (day, month, year) = match wide {
        4 => (c, b, year(a, wide)),
        _ => (a, b, year(c, narrow)),
    };
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
    Some(match year.filter(|_| valid) {
        Some(year) => Named::new(at, end, Part::Day { month, day }, Year::Calendar(year)),
        None => Named::none(at, end),
    })
}

/// `2013/14`, `2014-15`, `14-15`, `2013 - 2014`: the calendar year it begins in, and the place after it.
/// Two figures that could be a day and a month ("09/10") are one only where a financial year is asked for.
pub(super) fn financial_year(tokens: &[Token], at: usize, asked: bool) -> Option<(i32, usize)> {
    let ((a, wide), (b, narrow)) = (number(tokens, at)?, number(tokens, at + 2)?);
    let together = joined(tokens, at).is_some_and(|separator| separator != '.');
    let apart = is_any(tokens, at + 1, &["-", "/"]) && wide == 4 && narrow == 4;
    if !together && !apart || joined(tokens, at + 2).is_some() {
        return None;
    }
    let start = year(a, wide)?;
    let century = start - start.rem_euclid(100);
    let end = if narrow == 2 { century + i32::try_from(b).ok()? } else { year(b, narrow)? };
    let follows = end == start + 1 || narrow == 2 && end + 100 == start + 1;
    let other = month(tokens, at + 3).is_some() && wide == 2 || is_any(tokens, at + 3, COUNTED);
    let unsure = wide == 2 && b <= 12 && !asked;
    (follows && !other && !unsure).then_some((start, at + 3))
}

/// `2013-07`, `07/2013`, and `31/07` where it can be nothing else. All other pairs ("24/7", "9-5",
/// "11/12") are no date.
fn two_numbers(tokens: &[Token], at: usize) -> Option<Named> {
    let separator = joined(tokens, at)?;
    let end = at + 3;
    let ((a, wide), (b, narrow)) = (number(tokens, at)?, number(tokens, at + 2)?);
    // "13-14 June 2013": the second is the day
    if month(tokens, end).is_some() && narrow <= 2 {
        return None;
    }
    let named = |part, year| Some(Named::new(at, end, part, year));
    match (year(a, wide), year(b, narrow)) {
        (Some(year), _) if wide == 4 && narrow == 2 && (1..=12).contains(&b) => {
            named(Part::Month(b), Year::Calendar(year))
        }
        (_, Some(year)) if narrow == 4 && (1..=12).contains(&a) => named(Part::Month(a), Year::Calendar(year)),
        _ => {
            let pads = wide == 2 && narrow == 2 && (1..=12).contains(&b) && (1..=31).contains(&a) && (b < 10 || a > 12);
            let counted = is_any(tokens, end, COUNTED);
            if separator == '/' && pads && a + 1 != b && !counted {
                return named(Part::Day { month: b, day: a }, Year::Unsaid);
            }
            Some(Named::none(at, end))
        }
    }
}

/// "2014" alone, or after a word that makes it a year. "By 2014" may mean its beginning or its end, and
/// "early 2014" none that can be named: they are no date.
fn calendar_year(tokens: &[Token], at: usize) -> Option<Named> {
    const BEFORE: &[&str] = &[
        "in",
        "during",
        "end",
        "of",
        "for",
        "from",
        "until",
        "till",
        "before",
        "after",
        "since",
        "late",
        "throughout",
        "calendar",
        "to",
        "starting",
        "and",
    ];
    let (value, digits) = number(tokens, at)?;
    let year = year(value, digits).filter(|_| digits == 4)?;
    let named = Named::new(at, at + 1, Part::CalendarYear, Year::Calendar(year));
    let vague = at.checked_sub(1).is_some_and(|before| {
        is_any(tokens, before, &["early", "mid", "by", "half"])
            || is(tokens, before, "-") && before.checked_sub(1).is_some_and(|b| is_any(tokens, b, &["early", "mid"]))
    });
    if vague {
        return Some(Named::none(at, at + 1));
    }
    let alone = tokens.iter().filter(|token| token.kind != Kind::Mark).count() == 1;
    let named_year = at >= 2 && is(tokens, at - 1, "year") && is(tokens, at - 2, "calendar");
    let led = alone || named_year || at.checked_sub(1).is_some_and(|before| is_any(tokens, before, BEFORE));
    led.then_some(named)
}
