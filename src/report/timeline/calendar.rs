//! The timeline as events for people's calendars, which `report::ics` writes.
//!
//! An event is known by the row whose due it is, so that a later import changes it where it stands. Its
//! `SEQUENCE` is the second of the export: it rises whatever was changed, and falls for no undo, which
//! no count of changes can promise.
//!
//! What is done, given up or lost its date is cancelled while its day is still to come, so that it no
//! longer stands there as due; what lies in the past is left out, and stays in calendars as it was. Of
//! a row that was deleted nothing is known here: its event stays.

use super::{Item, View, one_line};
use crate::model::calendar::{covers, is_working_day, last_working_day};
use crate::model::due::{Due, Month};
use crate::model::{Action, Id, Index, Plan, printed};
use crate::report::ics::{self, Event, uid};
use crate::report::{Options, status};
use chrono::{DateTime, Datelike as _, NaiveDate, TimeZone as _, Utc};
use std::collections::BTreeSet;

/// A calendar, and what there is to say of it.
pub(in crate::report) struct Calendar {
    pub(in crate::report) text: String,
    /// How many open cards have no day.
    pub(in crate::report) undated: usize,
    /// How many events lie in years whose bank holidays are not known.
    pub(in crate::report) unsure: usize,
}

/// The timeline's calendar.
pub(in crate::report) fn calendar(plan: &Plan, index: &Index, options: &Options) -> Calendar {
    let view = View::of(plan, index, options.as_at);
    let mut maker = Maker { view: &view, options, events: Vec::new(), reviewed: BTreeSet::new() };
    let mut undated = 0;
    for item in view.board.lanes.iter().flat_map(|lane| view.items(lane)) {
        let before = maker.events.len();
        maker.card(&item);
        let stands = maker.events[before..].iter().any(|event| !event.cancelled) || item.entry.next_review.is_some();
        undated += usize::from(!stands && !item.entry.is_over());
    }
    let unsure = maker.events.iter().filter(|event| !covers(event.date.year())).count();
    let info = plan.info();
    let names: Vec<&str> =
        [info.organisation.as_str(), info.title.as_str()].into_iter().filter(|name| !name.is_empty()).collect();
    Calendar { text: ics::calendar(&names.join(" – "), &maker.events, options.generated), undated, unsure }
}

struct Maker<'v> {
    view: &'v View<'v>,
    options: &'v Options,
    events: Vec<Event>,
    /// The actions whose review stands in the calendar: two timescales can share an action.
    reviewed: BTreeSet<Id>,
}

impl Maker<'_> {
    fn card(&mut self, item: &Item<'_>) {
        let as_at = self.options.as_at;
        let row = item.entry.row.id().to_string();
        let now = days(item.entry.due, as_at);
        let open = !item.entry.is_over();
        if open {
            for stands in &now {
                self.add(item, uid(&row, &stands.part), stands.day, stands.verb(item), false);
            }
            for action in item.action().into_iter().chain(item.under()) {
                self.review(item, action);
            }
        }
        // what may stand in calendars from an earlier export, the latest due first
        let anchor = self.view.plan.due_anchor();
        let earlier = item.moves().into_iter().rev().flat_map(|step| days(Due::of(step.words, "", anchor), as_at));
        let mut settled: BTreeSet<String> =
            if open { now.iter().map(|stands| stands.part.clone()).collect() } else { BTreeSet::new() };
        for stands in now.iter().cloned().chain(earlier) {
            if stands.day >= as_at && settled.insert(stands.part.clone()) {
                self.add(item, uid(&row, &stands.part), stands.day, "No longer due", true);
            }
        }
    }

    /// When it is looked at next.
    fn review(&mut self, item: &Item<'_>, action: &Action) {
        if let Some(day) = action.next_review
            && self.reviewed.insert(action.id)
        {
            self.add(item, uid(&action.id.to_string(), "review"), day, "Review", false);
        }
    }

    fn add(&mut self, item: &Item<'_>, uid: String, date: NaiveDate, what: &str, cancelled: bool) {
        let state = status::shown(&self.view.words, item.shown()).word;
        self.events.push(Event {
            uid,
            date,
            summary: format!("{what}: {}", one_line(item.text())),
            description: self.description(item, &state),
            categories: vec!["Action plan".into(), state],
            // a reminder of what is past would ring at once
            alarm_days: self.options.alarm_days.filter(|_| date >= self.options.as_at),
            sequence: sequence(self.options.generated),
            last_modified: self.options.generated,
            cancelled,
        });
    }

    fn description(&self, item: &Item<'_>, state: &str) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut line = |label: &str, words: &str| {
            if !words.trim().is_empty() {
                lines.push(format!("{label}: {}", one_line(words)));
            }
        };
        line("Owner", &printed::people(&item.owner(), &item.partners()));
        line("State", state);
        let was = item.was();
        let was = if was.is_empty() { String::new() } else { format!(" ({})", was.join("; ")) };
        line("Due", &format!("{}{was}", item.due_words()));
        line("Recommendations", &item.recommendations().join(", "));
        if !item.is_responsibility() {
            line("Key responsibility", item.responsibility().map_or("", |row| &row.text));
        }
        for action in item.under() {
            line("Action", &action.text);
        }
        line("From the plan as at", &status::date(self.options.as_at));
        lines.join("\n")
    }
}

/// What of a due stands in a calendar.
#[derive(Clone)]
struct Stands {
    /// Which event of the row: blank for its due, a month of what recurs, the start.
    part: String,
    day: NaiveDate,
    starts: bool,
}

impl Stands {
    fn verb(&self, item: &Item<'_>) -> &'static str {
        match (self.starts, item.entry.tentative) {
            (true, _) => "Starts",
            (false, true) => "Due, tentative",
            (false, false) => "Due",
        }
    }
}

/// The days of a due: the one that was named or its month's last working day; the start, where it is
/// still to come; what recurs, for a year.
fn days(due: Due, as_at: NaiveDate) -> Vec<Stands> {
    let first = Month::of(as_at);
    let one = |part: &str, day, starts| vec![Stands { part: part.into(), day, starts }];
    match due {
        Due::Month { month, day } => one("", day.unwrap_or_else(|| last_working_day(month)), false),
        Due::From { start } if start >= first => one("start", first_working_day(start), true),
        Due::Recurring { .. } => {
            let months = due.occurrences(first, first.plus(11)).into_iter();
            months
                .map(|month| Stands { part: month.to_string(), day: last_working_day(month), starts: false })
                .collect()
        }
        Due::From { .. } | Due::Ongoing | Due::None => Vec::new(),
    }
}

fn first_working_day(month: Month) -> NaiveDate {
    let first = month.first_day();
    first.iter_days().take(7).find(|day| is_working_day(*day)).unwrap_or(first)
}

/// Seconds since 2013 began: more with each export, and small enough for RFC 5545's integers until 2081.
fn sequence(generated: DateTime<Utc>) -> u32 {
    let start = Utc.with_ymd_and_hms(2013, 1, 1, 0, 0, 0).single().unwrap_or_default();
    u32::try_from((generated - start).num_seconds().clamp(0, i64::from(i32::MAX))).unwrap_or(0)
}
