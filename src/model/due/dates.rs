//! The dates that due words name, one after the other, each with or without its year.

use super::part::{Part, Year};
use super::tokens::{Kind, Token, count, is, is_any, number};
use super::{Month, numeric};

/// A date in due words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    /// The place of its first token.
    pub(super) at: usize,
    /// The place after its last token.
    pub(super) end: usize,
    /// What it names; `None` for what looks like a date and is none, so that no half of it is read.
    pub(super) part: Option<Part>,
    pub(super) year: Year,
}

impl Named {
    pub(super) fn new(at: usize, end: usize, part: Part, year: Year) -> Self {
        Self { at, end, part: Some(part), year }
    }

    pub(super) fn none(at: usize, end: usize) -> Self {
        Self { at, end, part: None, year: Year::Unsaid }
    }
}

/// All dates, from left to right.
pub(super) fn dates(tokens: &[Token]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let named = match tokens[at].kind {
            Kind::Number { .. } => day_and_month(tokens, at).or_else(|| numeric::date(tokens, at)),
            Kind::Word => {
                if let Some(end) = numeric::label(tokens, at) {
                    at = end;
                    continue;
                }
                worded(tokens, at)
            }
            Kind::Junk | Kind::Mark => None,
        };
        match named {
            Some(named) => {
                at = named.end.max(at + 1);
                found.push(named);
            }
            None => at += 1,
        }
    }
    found
}

/// "31 July 2013", "31st of July", "31-Jul-13".
fn day_and_month(tokens: &[Token], at: usize) -> Option<Named> {
    let (day, digits) = number(tokens, at)?;
    if digits > 2 {
        return None;
    }
    let after = at + 1;
    let place = if is_any(tokens, after, &["of", "-", "/", ".", ","]) { after + 1 } else { after };
    let place = if is(tokens, place, "of") { place + 1 } else { place };
    let month = month(tokens, place)?;
    let (year, end) = year_after(tokens, place + 1, true);
    if year == Year::Unsaid && !stands_for_a_month(tokens, place, true) {
        return None;
    }
    if !(1..=31).contains(&day) || junk_follows(tokens, end) {
        return Some(Named::none(at, end));
    }
    Some(Named::new(at, end, Part::Day { month, day }, year))
}

fn worded(tokens: &[Token], at: usize) -> Option<Named> {
    month_first(tokens, at)
        .or_else(|| of_financial_year(tokens, at))
        .or_else(|| season_or_feast(tokens, at))
        .or_else(|| year_in_words(tokens, at))
}

/// "July 2013", "July 31, 2013", "Jul-13", "July".
fn month_first(tokens: &[Token], at: usize) -> Option<Named> {
    let month = month(tokens, at)?;
    let next = at + 1;
    if let Some((day, digits)) = number(tokens, next).filter(|(day, _)| (1..=31).contains(day)) {
        let ordinal = matches!(tokens[next].kind, Kind::Number { ordinal: true, .. });
        let (year, end) = year_after(tokens, next + 1, true);
        // "July 31 2013"; "July 13 2014" too. But "July 13" alone is a month of 2013: the day stands first here
        if year != Year::Unsaid && digits <= 2 {
            return Some(Named::new(at, end, Part::Day { month, day }, year));
        }
        if ordinal || day < 10 && digits == 1 || day == 31 {
            return Some(Named::new(at, next + 1, Part::Day { month, day }, Year::Unsaid));
        }
    }
    let (year, end) = year_after(tokens, next, false);
    if year == Year::Unsaid && !stands_for_a_month(tokens, at, false) {
        return None;
    }
    Some(if junk_follows(tokens, end) {
        Named::none(at, end + 1)
    } else {
        Named::new(at, end, Part::Month(month), year)
    })
}

/// A number that is no year where a year would stand.
fn junk_follows(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.kind == Kind::Junk)
}

/// The month a word names, 1 to 12, one letter wrong or missing at most in the long names.
pub(super) fn month(tokens: &[Token], at: usize) -> Option<u32> {
    let token = tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    let word = token.text.as_str();
    let exact = |name: &&str| **name == *word || name[..3] == *word || (word == "sept" && **name == *"september");
    // the short names are one letter from other words: "marsh", "tune", "duly"
    let near = |name: &&str| {
        let length = word.is_ascii() && name.len() >= 6 && word.len() >= 5 && name.len().abs_diff(word.len()) <= 1;
        // cheap, and true of all but the oddest slip
        let alike = name.chars().next() == word.chars().next() || name.chars().next_back() == word.chars().next_back();
        length && alike && strsim::osa_distance(name, word) <= 1
    };
    let place = Month::NAMES.iter().position(exact).or_else(|| Month::NAMES.iter().position(near));
    let place = place.or_else(|| matches!(word, "apirl" | "arpil" | "aprl").then_some(3))?;
    u32::try_from(place + 1).ok()
}

/// Whether a month's name without a year beside it is meant as one: "may be reviewed", "march on" and
/// "June to lead" are not.
fn stands_for_a_month(tokens: &[Token], at: usize, day_before: bool) -> bool {
    const BEFORE: &[&str] = &[
        "by",
        "in",
        "end",
        "of",
        "mid",
        "early",
        "late",
        "from",
        "until",
        "till",
        "to",
        "during",
        "before",
        "after",
        "since",
        "next",
        "this",
        "every",
        "each",
        "last",
        "beginning",
        "start",
        "starting",
        "commencing",
        "review",
        "due",
        "completed",
        "complete",
        "target",
        "date",
        "for",
        "and",
        "or",
        "now",
        "the",
        "middle",
        "first",
    ];
    const AFTER: &[&str] = &[
        "and",
        "or",
        "onward",
        "onwards",
        "then",
        "ongoing",
        "meeting",
        "meetings",
        "governing",
        "board",
        "committee",
        "at",
        "latest",
        "each",
        "every",
        "annually",
        "this",
        "next",
    ];
    let goes_on = is(tokens, at + 1, "to")
        && tokens.get(at + 2).is_some_and(|token| token.kind == Kind::Word)
        && !is_any(tokens, at + 2, &["be", "end", "early", "mid", "late", "the"])
        && month(tokens, at + 2).is_none();
    if goes_on {
        return false;
    }
    if !matches!(tokens[at].text.as_str(), "may" | "march" | "mar") {
        return true;
    }
    let no_word = |at: usize| tokens.get(at).is_none_or(|token| token.kind != Kind::Word);
    let before = day_before || at.checked_sub(1).is_none_or(|before| no_word(before) || is_any(tokens, before, BEFORE));
    before && (no_word(at + 1) || is_any(tokens, at + 1, AFTER) || is(tokens, at + 1, "to"))
}

/// The year that follows a month or a day, and the place after it. Two figures are a year after a day
/// ("31 July 13"), a dash or an apostrophe, and alone from 10 to 30 ("Sept 13").
fn year_after(tokens: &[Token], at: usize, day_named: bool) -> (Year, usize) {
    let unsaid = (Year::Unsaid, at);
    if is_any(tokens, at, &["this", "next"]) && is(tokens, at + 1, "year") {
        return (Year::FromNow(i32::from(is(tokens, at, "next"))), at + 2);
    }
    if let Some((start, end)) = numeric::financial_year(tokens, at, false) {
        return (Year::Financial(start), end);
    }
    let mark = is_any(tokens, at, &[",", ".", "-", "/", "of", "'"]);
    let joined = is_any(tokens, at, &["-", "/", "'", "."]) && tokens.get(at + 1).is_some_and(|token| token.glued);
    let place = if mark { at + 1 } else { at };
    let place = if mark && is(tokens, place, "'") { place + 1 } else { place };
    let Some((value, digits)) = number(tokens, place) else { return unsaid };
    if let Some((start, end)) = numeric::financial_year(tokens, place, false) {
        return (Year::Financial(start), end);
    }
    if matches!(tokens[place].kind, Kind::Number { ordinal: true, .. }) {
        return unsaid;
    }
    let year = i32::try_from(value).unwrap_or_default();
    match digits {
        4 if (1990..=2099).contains(&year) => (Year::Calendar(year), place + 1),
        // "31 July - 31 August": the second 31 belongs to what follows
        2 if month(tokens, place + 1).is_some() || time_of_day(tokens, place) => unsaid,
        2 if joined || (day_named && !mark) || (10..=30).contains(&year) && !mark => {
            (Year::Calendar(2000 + year), place + 1)
        }
        _ => unsaid,
    }
}

/// Whether a number is the hour of "14:00" or "10am".
fn time_of_day(tokens: &[Token], at: usize) -> bool {
    let glued = tokens.get(at + 1).is_some_and(|token| token.glued);
    glued && is_any(tokens, at + 1, &[":", "am", "pm", "hrs"])
}

/// "Q2 2013/14", "second quarter", "H1", "first half of 2013/14", "next quarter".
fn of_financial_year(tokens: &[Token], at: usize) -> Option<Named> {
    let Some((part, end)) = quarter_or_half(tokens, at) else {
        // "Q5 2013/14" is no quarter, nor all of the year
        let numbered = is_any(tokens, at, &["q", "qtr", "quarter"]) && number(tokens, at + 1).is_some();
        return numbered.then(|| Named::none(at, financial_year_after(tokens, at + 2).1));
    };
    let (year, end) = financial_year_after(tokens, end);
    match year {
        // "Q2 2013" is of the calendar year, or of 2013/14
        Some(year) => Some(Named::new(at, end, part, year)),
        None => Some(Named::none(at, end)),
    }
}

pub(super) fn quarter_or_half(tokens: &[Token], at: usize) -> Option<(Part, usize)> {
    let figure = |at: usize| number(tokens, at).filter(|(_, digits)| *digits == 1).map(|(value, _)| value);
    if is_any(tokens, at, &["q", "qtr", "quarter"]) {
        let place = if is(tokens, at + 1, ".") { at + 2 } else { at + 1 };
        let number = figure(place).or_else(|| count(tokens, place).filter(|_| is(tokens, at, "quarter")))?;
        return Part::quarter(number).map(|part| (part, place + 1));
    }
    if is(tokens, at, "h") && tokens.get(at + 1).is_some_and(|token| token.glued) {
        return Part::half(figure(at + 1)?).map(|part| (part, at + 2));
    }
    let last = is_any(tokens, at, &["last", "final"]);
    if is_any(tokens, at + 1, &["quarter", "qtr"]) {
        let number = if last { 4 } else { count(tokens, at)? };
        return Part::quarter(number).map(|part| (part, at + 2));
    }
    // "the first half of June" is a part of June
    let of_month = is(tokens, at + 2, "of") && month(tokens, at + 3).is_some();
    if is(tokens, at + 1, "half") && !of_month && !is_any(tokens, at + 2, &["day", "term"]) {
        return Part::half(count(tokens, at)?).map(|part| (part, at + 2));
    }
    None
}

/// The financial year after a quarter; `Some(Unsaid)` where none stands, `None` where a year stands
/// that is no financial year.
fn financial_year_after(tokens: &[Token], at: usize) -> (Option<Year>, usize) {
    let mut place = at;
    while is_any(tokens, place, &["of", "in", "(", ",", "-", ":", "the", "fy", "financial", "for"])
        || (is(tokens, place, "year") && number(tokens, place + 1).is_some())
    {
        place += 1;
    }
    if let Some((start, end)) = numeric::financial_year(tokens, place, true) {
        return (Some(Year::Financial(start)), end);
    }
    if is_any(tokens, place, &["this", "next", "current"]) {
        let after = place + 1 + usize::from(is(tokens, place + 1, "financial"));
        if is(tokens, after, "year") {
            return (Some(Year::FromNow(i32::from(is(tokens, place, "next")))), after + 1);
        }
    }
    match number(tokens, place) {
        Some((_, 4)) => (None, place + 1),
        _ => (Some(Year::Unsaid), at),
    }
}

fn season_or_feast(tokens: &[Token], at: usize) -> Option<Named> {
    let part = match tokens[at].text.as_str() {
        "spring" => Part::Season(3),
        "summer" => Part::Season(6),
        "autumn" => Part::Season(9),
        "winter" => Part::Season(12),
        "easter" => Part::Easter,
        "christmas" | "xmas" => Part::Day { month: 12, day: 25 },
        _ => return None,
    };
    let (year, end) = year_after(tokens, at + 1, false);
    Some(Named::new(at, end, part, year))
}

/// "financial year end", "end of next financial year", "FY14/15", "next month". A year that is said
/// after them is read where it stands.
fn year_in_words(tokens: &[Token], at: usize) -> Option<Named> {
    let number_follows = |at: usize| number(tokens, at).is_some();
    if is(tokens, at, "fy") {
        return Some(match numeric::financial_year(tokens, at + 1, true) {
            Some((start, end)) => Named::new(at, end, Part::FINANCIAL_YEAR, Year::Financial(start)),
            None => Named::none(at, at + 1 + usize::from(number_follows(at + 1))),
        });
    }
    if is_any(tokens, at, &["this", "next"]) && is(tokens, at + 1, "month") {
        return Some(Named::new(at, at + 2, Part::FromNow(i32::from(is(tokens, at, "next"))), Year::Unsaid));
    }
    let financial = is_any(tokens, at, &["financial", "fiscal"]) && is(tokens, at + 1, "year");
    let year_end = is(tokens, at, "year") && is_any(tokens, at + 1, &["end", "-"]);
    if !financial && !year_end {
        return None;
    }
    let mut end = at + 2;
    while is_any(tokens, end, &["-", "end", "("]) {
        end += 1;
    }
    if year_end && !tokens[at..end].iter().any(|token| token.text == "end") {
        return None;
    }
    let previous = at.checked_sub(1);
    if number_follows(end) {
        let start = numeric::financial_year(tokens, end, true);
        return Some(start.map_or(Named::none(at, end + 1), |(start, end)| {
            Named::new(at, end, Part::FINANCIAL_YEAR, Year::Financial(start))
        }));
    }
    if previous.is_some_and(|before| is_any(tokens, before, &["last", "previous", "calendar", "each", "every", "per"]))
    {
        return Some(Named::none(at, end));
    }
    let next = previous.is_some_and(|before| is_any(tokens, before, &["next", "following"]));
    Some(Named::new(at, end, Part::FINANCIAL_YEAR, Year::FromNow(i32::from(next))))
}
