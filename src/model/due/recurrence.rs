//! How often, as words say it.

use super::Every;
use super::dates::month;
use super::tokens::{Kind, Token, count, is, is_any};

/// What words say of recurring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recurrence {
    /// One interval.
    Is(Every),
    /// One of two, and people mean either by it.
    Either([Every; 2]),
    /// An interval that has no name here ("every five weeks"), or two of them: no date.
    Unclear,
}

/// A stretch of time that recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

fn unit(word: &str) -> Option<Unit> {
    match word {
        "day" | "days" | "daily" => Some(Unit::Day),
        "week" | "weeks" | "weekly" => Some(Unit::Week),
        "month" | "months" | "monthly" => Some(Unit::Month),
        "quarter" | "quarters" | "quarterly" => Some(Unit::Quarter),
        "year" | "years" | "yearly" | "annually" | "annual" | "annum" => Some(Unit::Year),
        _ => None,
    }
}

fn unit_at(tokens: &[Token], at: usize) -> Option<Unit> {
    unit(tokens.get(at)?.text.as_str())
}

/// "Monthly", "daily": the words that recur by themselves.
fn is_adverb(tokens: &[Token], at: usize) -> bool {
    is_any(tokens, at, &["daily", "weekly", "monthly", "quarterly", "yearly", "annually", "annual", "annum"])
}

/// Every so many units.
fn every(count: u32, unit: Unit) -> Option<Every> {
    match (count, unit) {
        (1, Unit::Day) => Some(Every::Day),
        (7, Unit::Day) | (1, Unit::Week) => Some(Every::Week),
        (14, Unit::Day) | (2, Unit::Week) => Some(Every::TwoWeeks),
        (4, Unit::Week) => Some(Every::FourWeeks),
        (6, Unit::Week) => Some(Every::SixWeeks),
        (1, Unit::Month) => Some(Every::Month),
        (2, Unit::Month) => Some(Every::TwoMonths),
        (3, Unit::Month) | (1, Unit::Quarter) => Some(Every::Quarter),
        (4, Unit::Month) => Some(Every::FourMonths),
        (6, Unit::Month) | (2, Unit::Quarter) => Some(Every::SixMonths),
        (12, Unit::Month) | (1, Unit::Year) => Some(Every::Year),
        (24, Unit::Month) | (2, Unit::Year) => Some(Every::TwoYears),
        (36, Unit::Month) | (3, Unit::Year) => Some(Every::ThreeYears),
        _ => None,
    }
}

/// So many times a unit.
fn times(count: u32, unit: Unit) -> Option<Every> {
    match (count, unit) {
        (1, unit) => every(1, unit),
        (2, Unit::Week) => Some(Every::HalfWeek),
        (2, Unit::Month) => Some(Every::HalfMonth),
        (3, Unit::Quarter) | (12, Unit::Year) => Some(Every::Month),
        (2, Unit::Year) => Some(Every::SixMonths),
        (3, Unit::Year) => Some(Every::FourMonths),
        (4, Unit::Year) => Some(Every::Quarter),
        (6, Unit::Year) => Some(Every::TwoMonths),
        _ => None,
    }
}

fn said(every: Option<Every>) -> Recurrence {
    every.map_or(Recurrence::Unclear, Recurrence::Is)
}

/// What the words say of recurring; `None` where they say nothing. `dated` is whether a date with its
/// year stands among them: "Annual report June 2013" is due once, "annual review" each year.
pub(super) fn recurrence(tokens: &[Token], dated: bool) -> Option<Recurrence> {
    let mut found: Option<Recurrence> = None;
    let mut at = 0;
    while at < tokens.len() {
        match phrase(tokens, at, dated) {
            Some((one, end)) => {
                at = end.max(at + 1);
                found = Some(match found {
                    Some(before) => both(before, one),
                    None => one,
                });
            }
            None => at += 1,
        }
    }
    found
}

/// What two phrases say together: "bi-monthly (every two months)" says which.
fn both(first: Recurrence, second: Recurrence) -> Recurrence {
    match (first, second) {
        (Recurrence::Either(either), Recurrence::Is(every)) | (Recurrence::Is(every), Recurrence::Either(either))
            if either.contains(&every) =>
        {
            Recurrence::Is(every)
        }
        _ if first == second => first,
        _ => Recurrence::Unclear,
    }
}

/// The phrase that begins at a place, with the place after it.
fn phrase(tokens: &[Token], at: usize, dated: bool) -> Option<(Recurrence, usize)> {
    if tokens[at].kind == Kind::Mark {
        return None;
    }
    two_ways(tokens, at)
        .or_else(|| every_so_often(tokens, at))
        .or_else(|| so_often(tokens, at))
        .or_else(|| numbered(tokens, at))
        .or_else(|| in_a_word(tokens, at, dated))
}

/// "Bi monthly", "bi-weekly", "biannual": twice in it, or every other one. "Biannual" is twice a year
/// and "biennial" every two years, but people mix the first up, so they are asked.
fn two_ways(tokens: &[Token], at: usize) -> Option<(Recurrence, usize)> {
    let word = tokens[at].text.as_str();
    let (rest, end) = match word.strip_prefix("bi")? {
        "" => {
            let place = if is(tokens, at + 1, "-") { at + 2 } else { at + 1 };
            (tokens.get(place)?.text.as_str(), place + 1)
        }
        rest => (rest, at + 1),
    };
    let either = match rest {
        "monthly" => [Every::TwoMonths, Every::HalfMonth],
        "weekly" => [Every::TwoWeeks, Every::HalfWeek],
        "annual" | "annually" | "yearly" => [Every::SixMonths, Every::TwoYears],
        "ennial" | "ennially" => return Some((Recurrence::Is(Every::TwoYears), end)),
        _ => return None,
    };
    Some((Recurrence::Either(either), end))
}

/// "Every six months", "each quarter", "every other week", "every March", "every Monday".
fn every_so_often(tokens: &[Token], at: usize) -> Option<(Recurrence, usize)> {
    const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    if !is_any(tokens, at, &["every", "each"]) {
        return None;
    }
    let next = at + 1;
    if is_any(tokens, next, WEEKDAYS) {
        return Some((Recurrence::Is(Every::Week), next + 1));
    }
    if is(tokens, next, "fortnight") {
        return Some((Recurrence::Is(Every::TwoWeeks), next + 1));
    }
    if month(tokens, next).is_some() {
        // "every June and December" is twice a year, for which a start is not enough
        let more = is_any(tokens, next + 1, &["and", "&", "/", ","]) && month(tokens, next + 2).is_some();
        return Some((if more { Recurrence::Unclear } else { Recurrence::Is(Every::Year) }, next));
    }
    if is(tokens, next, "half") {
        let place = if is(tokens, next + 1, "-") { next + 2 } else { next + 1 };
        return unit_at(tokens, place)
            .filter(|unit| *unit == Unit::Year)
            .map(|_| (Recurrence::Is(Every::SixMonths), place + 1));
    }
    let financial = usize::from(is_any(tokens, next, &["financial", "calendar", "working"]));
    if let Some(unit) = unit_at(tokens, next + financial) {
        return Some((said(every(1, unit)), next + financial + 1));
    }
    let number = if is(tokens, next, "other") { 2 } else { count(tokens, next)? };
    let place = if is(tokens, next + 1, "-") { next + 2 } else { next + 1 };
    if let Some(unit) = unit_at(tokens, place) {
        return Some((said(every(number, unit)), place + 1));
    }
    // "every 3-6 months", "every 2 to 3 weeks"
    let place = if is_any(tokens, next + 1, &["-", "to", "or"]) { next + 3 } else { return None };
    unit_at(tokens, place).map(|_| (Recurrence::Unclear, place + 1))
}

/// "Twice a month", "3 times per year", "2 per month", "once monthly".
fn so_often(tokens: &[Token], at: usize) -> Option<(Recurrence, usize)> {
    let (number, end) = match tokens[at].text.as_str() {
        "once" => (1, at + 1),
        "twice" => (2, at + 1),
        "thrice" => (3, at + 1),
        "per" => return unit_at(tokens, at + 1).map(|unit| (said(every(1, unit)), at + 2)),
        _ => {
            let number = count(tokens, at)?;
            let timed = is_any(tokens, at + 1, &["times", "time", "x"]);
            if !timed && !is_any(tokens, at + 1, &["per", "every", "each"]) {
                return None;
            }
            (number, at + 1 + usize::from(timed))
        }
    };
    let filler = usize::from(is_any(tokens, end, &["a", "per", "each", "every", "in"]));
    let article = usize::from(is(tokens, end + filler, "a"));
    if filler == 0 && !is_adverb(tokens, end) {
        return None;
    }
    // "once every six months" is told by what follows
    let unit = unit_at(tokens, end + filler + article)?;
    Some((said(times(number, unit)), end + filler + article + 1))
}

/// "Six monthly", "3-monthly", "half-yearly", "semi annual".
fn numbered(tokens: &[Token], at: usize) -> Option<(Recurrence, usize)> {
    let place = if is(tokens, at + 1, "-") { at + 2 } else { at + 1 };
    if !is_adverb(tokens, place) {
        return None;
    }
    let unit = unit_at(tokens, place)?;
    if is_any(tokens, at, &["half", "semi"]) {
        return (unit == Unit::Year).then_some((Recurrence::Is(Every::SixMonths), place + 1));
    }
    if is(tokens, at, "tri") {
        return Some((Recurrence::Unclear, place + 1));
    }
    // "by 31 July 2013 monthly" counts nothing
    let number = count(tokens, at).filter(|number| *number <= 36)?;
    let range = at.checked_sub(1).is_some_and(|before| is_any(tokens, before, &["-", "to"]) && at >= 2);
    let range = range && count(tokens, at - 2).is_some();
    Some((if range { Recurrence::Unclear } else { said(every(number, unit)) }, place + 1))
}

fn in_a_word(tokens: &[Token], at: usize, dated: bool) -> Option<(Recurrence, usize)> {
    let word = tokens[at].text.as_str();
    let every = match word {
        "fortnightly" => Every::TwoWeeks,
        "semiannual" | "semiannually" => Every::SixMonths,
        "triennial" | "triennially" => Every::ThreeYears,
        "annual" if dated => return None,
        _ if is_adverb(tokens, at) => every(1, unit(word)?)?,
        _ => return None,
    };
    Some((Recurrence::Is(every), at + 1))
}
