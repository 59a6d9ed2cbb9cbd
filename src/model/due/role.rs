//! What a date is for, by the words around it: an end, a start, a date that was given up.

use super::dates::Named;
use super::tokens::{Token, count, is, is_any};

/// What a date among due words is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Due by it.
    Due,
    /// The end of a stretch: "until", or the second date of a range.
    Until,
    /// Due before it begins.
    Before,
    /// Starts in it.
    From,
    /// Starts when it is over.
    After,
    /// Looked at again in it.
    Review,
    /// The date that counts now: "revised to", "now".
    Now,
    /// Says nothing of when it is due: an older date, when it was done, or what a length of time runs from.
    Past,
}

const STARTS: &[&str] = &[
    "from",
    "since",
    "starting",
    "start",
    "starts",
    "started",
    "commencing",
    "commence",
    "commences",
    "commenced",
    "beginning",
    "begin",
    "begins",
    "began",
    "effective",
];
const MOVED: &[&str] = &[
    "revised",
    "moved",
    "changed",
    "deferred",
    "slipped",
    "extended",
    "delayed",
    "postponed",
    "amended",
    "rescheduled",
    "forward",
];
const OLDER: &[&str] =
    &["original", "originally", "was", "previously", "previous", "formerly", "initially", "initial", "old"];
const DONE: &[&str] = &["completed", "done", "achieved", "closed", "delivered", "actioned", "finished", "finalised"];
const REVIEWS: &[&str] = &["review", "reviewed", "reviews", "revisit", "reviewing"];
const TIMES: &[&str] = &["weeks", "months", "month", "days", "years", "year"];
/// What stands between a date and the word that says what it is for.
const BETWEEN: &[&str] = &[
    "the",
    "of",
    "end",
    "early",
    "mid",
    "late",
    "middle",
    "in",
    "on",
    "at",
    "around",
    "about",
    "approx",
    "approximately",
    "circa",
    "c",
    "week",
    "ending",
    "close",
    "date",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "half",
    "timescale",
    "deadline",
    "target",
    "due",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "is",
    "(",
    ":",
    "-",
    "'",
    "~",
];

/// What a date is for, and whether it is the beginning of what it names ("start of Q2").
pub(super) fn role(tokens: &[Token], named: &Named, before: Option<&Named>) -> (Role, bool) {
    let floor = before.map_or(0, |before| before.end);
    let mut at_start = false;
    let mut at = named.at;
    let mut led = None;
    while at > floor {
        at -= 1;
        if is(tokens, at, "commencing") && at > floor && is(tokens, at - 1, "week") {
            at -= 1;
            continue;
        }
        if is_any(tokens, at, &["beginning", "start", "commencement"]) && is(tokens, at + 1, "of") {
            at_start = true;
            continue;
        }
        if let Some(role) = led_by(tokens, at, floor) {
            led = Some(role);
            break;
        }
        if !is_any(tokens, at, BETWEEN) {
            break;
        }
    }
    if let Some(role) = led.filter(|role| *role != Role::Due) {
        return (role, at_start);
    }
    if followed_by_open_end(tokens, named.end) || (led.is_none() && will_start(tokens, floor, named.at)) {
        return (Role::From, at_start);
    }
    let range = before.is_some() && floor < named.at && only_dash(tokens, floor, named.at);
    (if range { Role::Until } else { led.unwrap_or(Role::Due) }, at_start)
}

/// What a word before a date makes of it.
fn led_by(tokens: &[Token], at: usize, floor: usize) -> Option<Role> {
    let back = |n: usize, words: &[&str]| at >= floor + n && is_any(tokens, at - n, words);
    let any = |words: &[&str]| is_any(tokens, at, words);
    if is_length(tokens, at) {
        // "within 3 months of April": three months after what the date says, which is no date yet
        return Some(Role::Past);
    }
    if is(tokens, at, "from") && back(1, MOVED) {
        return Some(Role::Past);
    }
    if any(&["to", "until", "till"]) && back(1, MOVED) || any(&["now", "new"]) || any(MOVED) {
        return Some(Role::Now);
    }
    if is(tokens, at, "of") && back(1, &["as"]) {
        return Some(Role::From);
    }
    // "on or before the 30th" holds the 30th
    if any(&["before", "after"]) && back(1, &["or"]) && back(2, &["on", "in"]) {
        return Some(if is(tokens, at, "before") { Role::Due } else { Role::From });
    }
    if any(STARTS) || any(&["after", "following", "post"]) {
        if at > floor && is_length(tokens, at - 1) {
            return Some(Role::Past);
        }
        return Some(if any(STARTS) { Role::From } else { Role::After });
    }
    if is(tokens, at, "than") {
        return Some(if back(1, &["earlier", "sooner"]) { Role::From } else { Role::Due });
    }
    if any(&["before", "pre"]) {
        return Some(if back(1, &["not"]) { Role::From } else { Role::Before });
    }
    if is(tokens, at, "to") && back(1, &["prior"]) {
        return Some(Role::Before);
    }
    if any(&["until", "till", "til", "to", "through", "thru"]) {
        return Some(Role::Until);
    }
    if is(tokens, at, "by") {
        return Some(Role::Due);
    }
    if any(OLDER) {
        return Some(Role::Past);
    }
    let to_come = back(1, &["be", "to"]);
    if any(DONE) && !to_come || is(tokens, at, "complete") && at == 0 {
        return Some(Role::Past);
    }
    any(REVIEWS).then_some(Role::Review)
}

/// Whether a length of time ends here: "within 3 months", but not "every six months".
fn is_length(tokens: &[Token], at: usize) -> bool {
    const RECURS: &[&str] = &["every", "each", "per", "once", "twice", "times"];
    // "the year 2013/14" is none
    let counted = at >= 1 && (count(tokens, at - 1).is_some() || is_any(tokens, at - 1, &["a", "half", "mid", "-"]));
    let length = is_any(tokens, at, TIMES) && (counted || !is(tokens, at, "year"));
    length && !(1..=3).any(|back| at >= back && is_any(tokens, at - back, RECURS))
}

/// "onwards", "and ongoing", "or later" after a date.
fn followed_by_open_end(tokens: &[Token], at: usize) -> bool {
    if is_any(tokens, at, &["onwards", "onward"]) {
        return true;
    }
    let after = if is_any(tokens, at, &["and", "&", "or", "+", ",", "then"]) { at + 1 } else { at };
    let after = if is(tokens, after, "then") { after + 1 } else { after };
    is_any(tokens, after, &["onwards", "onward", "beyond", "later", "thereafter"])
        || (after > at && super::words::is_ongoing(tokens, after))
        || is(tokens, after, "earliest")
        || (is(tokens, after, "at") && (is(tokens, after + 1, "earliest") || is(tokens, after + 2, "earliest")))
}

/// "to start", "will commence" somewhere before the date.
fn will_start(tokens: &[Token], floor: usize, at: usize) -> bool {
    (floor..at).any(|place| {
        is_any(tokens, place, &["to", "will", "should"]) && is_any(tokens, place + 1, &["start", "commence", "begin"])
    })
}

/// Whether nothing but a dash and words like "end of" stand between two dates.
fn only_dash(tokens: &[Token], from: usize, to: usize) -> bool {
    is_any(tokens, from, &["-"]) && (from + 1..to).all(|at| is_any(tokens, at, BETWEEN))
}
