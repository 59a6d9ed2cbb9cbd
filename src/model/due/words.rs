//! Reading due words.

use super::dates::{Named, dates};
use super::part::{When, Year, in_year, on_or_after, on_or_before};
use super::recurrence::{Recurrence, recurrence};
use super::role::{Role, role};
use super::tokens::{Kind, Token, is, is_any, tokens};
use super::{Due, Every, Month};
use chrono::{Days, NaiveDate};

/// Reads due words that name their years; see [`read_from`].
#[must_use]
pub fn read(words: &str) -> Due {
    read_from(words, None)
}

/// Reads due words. `anchor` is the plan's own date, from which words without a year are counted: the
/// next such day, month, quarter or season whose month is the anchor's or later. For a paper of
/// 28 May 2013 "by 31 July" is 31 July 2013, "January" is January 2014, "May" is May 2013. Without an
/// anchor they are none.
///
/// The rules, where words leave a choice:
/// - A financial year runs from April to March; "Q2 2013/14" is due at the end of September 2013,
///   "2014-15" at the end of March 2015. Seasons end with February (of the following year), May, August
///   and November. "Early", "mid" and "first week of" a month are that month.
/// - Of several dates the last is due, for only then is all of it over; but one that is "now" or "revised
///   to" counts before the others, and one that is "original" or "revised from" does not count.
/// - "Completed May 2013" says when it was done, not when it is due: none.
/// - "July 2013 and ongoing" and "July 2013 onwards" start in July and are never overdue.
/// - A length of time ("within 3 months", "12 months from approval") begins at an event that nobody
///   dated: none.
#[must_use]
pub fn read_from(words: &str, anchor: Option<NaiveDate>) -> Due {
    let tokens = tokens(words);
    let found = Found::of(&tokens, anchor);
    match recurrence(&tokens, found.any_with_year) {
        Some(Recurrence::Is(every)) => {
            return Due::Recurring { every: Some(every), start: found.start(Some(every)) };
        }
        Some(Recurrence::Either(_)) => return Due::Recurring { every: None, start: found.start(None) },
        Some(Recurrence::Unclear) => return Due::None,
        None => {}
    }
    let ongoing = (0..tokens.len()).any(|at| is_ongoing(&tokens, at));
    found.once(ongoing).unwrap_or(if ongoing { Due::Ongoing } else { Due::None })
}

/// The two readings that a person is asked to choose from, where the words can mean two: "bi monthly" is
/// every two months or twice a month. Empty where nothing is to be asked; see [`Due::must_ask`].
#[must_use]
pub fn meanings(words: &str, anchor: Option<NaiveDate>) -> Vec<Due> {
    let tokens = tokens(words);
    let found = Found::of(&tokens, anchor);
    match recurrence(&tokens, found.any_with_year) {
        Some(Recurrence::Either(either)) => {
            let start = found.start(None);
            either.map(|every| Due::Recurring { every: Some(every), start }).to_vec()
        }
        _ => Vec::new(),
    }
}

/// The date that a text names first, if it is a day with its year.
#[must_use]
pub fn first_day(text: &str) -> Option<NaiveDate> {
    let first = dates(&tokens(text)).into_iter().next()?;
    match in_year(first.part?, first.year, None)? {
        When::Day(day) => Some(day),
        When::Months { .. } => None,
    }
}

/// A word that says it has no end.
pub(super) fn is_ongoing(tokens: &[Token], at: usize) -> bool {
    is_any(tokens, at, &["ongoing", "continuous", "continuously", "continuing", "continual"])
}

/// The dates that were found, with what they are for.
struct Found {
    dates: Vec<(When, Role)>,
    any_with_year: bool,
}

impl Found {
    fn of(tokens: &[Token], anchor: Option<NaiveDate>) -> Self {
        let named = dates(tokens);
        let mut dates = Vec::new();
        for (place, (date, when)) in named.iter().zip(resolve(tokens, &named, anchor)).enumerate() {
            let Some(when) = when else { continue };
            let (role, at_start) = role(tokens, date, place.checked_sub(1).map(|before| &named[before]));
            let when = match when {
                When::Months { first, .. } if at_start => When::Months { first, last: first },
                // the week that begins on a day is over with its seventh
                When::Day(day) if of_a_week(tokens, date.at) => {
                    When::Day(day.checked_add_days(Days::new(6)).unwrap_or(day))
                }
                other => other,
            };
            dates.push((when, role));
        }
        if let Some(now) = dates.iter().position(|(_, role)| *role == Role::Now) {
            dates.drain(..now);
        }
        dates.retain(|(_, role)| *role != Role::Past);
        // "April 2014 (2014/15 contract)": beside a month or a day a year only says of what
        let is_year = |when: When| when.first_month().months_to(when.last_month()) == 11;
        if dates.iter().any(|(when, _)| !is_year(*when)) {
            dates.retain(|(when, role)| !is_year(*when) || *role == Role::Until);
        }
        let any_with_year = named.iter().any(|date| date.part.is_some() && date.year != Year::Unsaid);
        Self { dates, any_with_year }
    }

    /// The month in which what recurs begins. Of a stretch of months it is where its first interval ends:
    /// quarterly in 2013/14 begins in June.
    fn start(&self, every: Option<Every>) -> Option<Month> {
        let ends = |role: Role| matches!(role, Role::Until | Role::Before);
        let (when, role) = self.dates.iter().find(|(_, role)| !ends(*role))?;
        if *role == Role::After {
            return after(*when);
        }
        let first = when.first_month();
        Some(first.plus(every.map_or(0, Every::months) - 1).clamp(first, when.last_month().max(first)))
    }

    /// What the dates come to for something that does not recur.
    fn once(&self, ongoing: bool) -> Option<Due> {
        let with = |wanted: &[Role]| self.dates.iter().filter(|(_, role)| wanted.contains(role)).collect::<Vec<_>>();
        let last = |dates: &[&(When, Role)]| {
            let dues = dates.iter().filter_map(|(when, role)| due(*when, *role));
            dues.max_by_key(|due| (due.last_day(), matches!(due, Due::Month { day: Some(_), .. })))
        };
        let start = self.dates.iter().find_map(|(when, role)| match role {
            Role::From => Some(when.first_month()),
            Role::After => after(*when),
            _ => None,
        });
        let from = start.map(|start| Due::From { start });
        if ongoing {
            // "ongoing, June 2013" does not say which of its ends June is
            return last(&with(&[Role::Until])).or(from);
        }
        last(&with(&[Role::Due, Role::Until, Role::Before, Role::Now]))
            .or(from)
            .or_else(|| last(&with(&[Role::Review])))
    }
}

fn due(when: When, role: Role) -> Option<Due> {
    Some(match (when, role) {
        (When::Day(day), Role::Before) => {
            let day = day.pred_opt()?;
            Due::Month { month: Month::of(day), day: Some(day) }
        }
        (When::Day(day), _) => Due::Month { month: Month::of(day), day: Some(day) },
        (When::Months { first, .. }, Role::Before) => Due::Month { month: first.previous(), day: None },
        (When::Months { last, .. }, _) => Due::Month { month: last, day: None },
    })
}

/// The month in which a date is over.
fn after(when: When) -> Option<Month> {
    when.last_day().succ_opt().map(Month::of)
}

/// Whether "week commencing" stands before a day.
fn of_a_week(tokens: &[Token], named: usize) -> bool {
    let mut at = named;
    while at > 0 && is_any(tokens, at - 1, &["monday", "mon", "the", ":"]) {
        at -= 1;
    }
    let week = at >= 2 && is_any(tokens, at - 1, &["commencing", "beginning", "of"]) && is(tokens, at - 2, "week");
    // "the first week of June" names no day
    week && tokens.get(named).is_some_and(|token| matches!(token.kind, Kind::Number { .. }))
}

/// What each date comes to. One without a year takes it from the date it is joined to, the last before
/// the one behind it ("June - September 2013"), the next after the one before it ("December 2013 and
/// March"), else from the anchor.
fn resolve(tokens: &[Token], named: &[Named], anchor: Option<NaiveDate>) -> Vec<Option<When>> {
    let mut whens: Vec<Option<When>> = named
        .iter()
        .map(|date| if date.year == Year::Unsaid { None } else { in_year(date.part?, date.year, anchor) })
        .collect();
    for place in (0..named.len().saturating_sub(1)).rev() {
        let (date, next) = (&named[place], &named[place + 1]);
        if let (Year::Unsaid, Some(part), Some(behind)) = (date.year, date.part, whens[place + 1])
            && joined(tokens, date.end, next.at)
        {
            whens[place] = on_or_before(part, behind.last_month());
        }
    }
    for place in 0..named.len() {
        let date = &named[place];
        let Some(part) = date.part.filter(|_| date.year == Year::Unsaid && whens[place].is_none()) else { continue };
        let before = place.checked_sub(1).filter(|before| joined(tokens, named[*before].end, date.at));
        let from = before.and_then(|before| whens[before]).map(When::last_month).or_else(|| anchor.map(Month::of));
        whens[place] = from.and_then(|from| on_or_after(part, from));
    }
    whens
}

/// Whether two dates are one phrase: nothing but joining words stand between them.
fn joined(tokens: &[Token], from: usize, to: usize) -> bool {
    const JOINS: &[&str] = &[
        "-", "/", "to", "and", "&", "or", ",", "until", "end", "the", "of", "by", "then", "early", "mid", "late", "+",
        "through",
    ];
    from < to && (from..to).all(|at| is_any(tokens, at, JOINS))
}
