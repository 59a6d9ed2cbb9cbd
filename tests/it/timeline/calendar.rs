//! The calendar: what is due on which day, and what a second import changes.

use super::{action, after_a_meeting, apply, day, options, options_at, sample};
use crate::cli::Shell;
use recap::model::timeline::DueRow;
use recap::model::{Id, Index, Plan, intent};
use recap::report::{self, Exported, Options, ReportName};
use std::collections::BTreeMap;

/// An event's properties, unfolded.
type Event = BTreeMap<String, String>;

fn calendar(plan: &Plan, options: &Options) -> (Vec<Event>, Exported) {
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().join("dues.ics");
    let index = Index::of(plan);
    let exported = report::export(plan, &index, ReportName::Timeline, options, &to, &|_| Ok(())).expect("writes");
    (events(&std::fs::read_to_string(to).expect("written")), exported)
}

fn events(file: &str) -> Vec<Event> {
    let file = file.replace("\r\n ", "");
    let events = file.split("BEGIN:VEVENT").skip(1).filter_map(|rest| rest.split("END:VEVENT").next());
    events
        .map(|event| event.lines().filter_map(|line| line.split_once(':')).map(|(k, v)| (k.into(), v.into())).collect())
        .collect()
}

fn about<'e>(events: &'e [Event], words: &str) -> Vec<&'e Event> {
    events.iter().filter(|event| event["SUMMARY"].contains(words)).collect()
}

#[test]
fn what_is_due_stands_on_its_day_or_on_the_months_last_working_day() {
    let (events, exported) = calendar(&sample(), &options());
    let on =
        |words: &str| about(&events, words).iter().map(|event| event["DTSTART;VALUE=DATE"].clone()).collect::<Vec<_>>();
    assert_eq!(on("Have the quality reports on NHS 111"), ["20130517"], "the named day, late as it is");
    assert_eq!(on("Publish a four-page summary"), ["20130628"], "30 June 2013 is a Sunday");
    assert_eq!(on("Hold an open evening"), ["20130930", "20140331"], "what recurs, for a year");
    assert!(on("Name a GP quality lead").is_empty(), "what was done before the date is left to the past");
    let summary = &about(&events, "Publish a four-page")[0];
    assert_eq!(summary["SUMMARY"], "Due: Publish a four-page summary of this plan in plain words");
    for wanted in
        ["Owner: Communications manager", "State: G – In progress", "Due: June 2013", "Recommendations: 1\\, 135"]
    {
        assert!(summary["DESCRIPTION"].contains(wanted), "{wanted}: {}", summary["DESCRIPTION"]);
    }
    assert!(events.iter().all(|event| !event.contains_key("TRIGGER")), "nobody's calendar rings unasked");
    let note = format!("{} cards have no date and are not in the calendar", exported.undated);
    assert!(exported.undated > 1 && exported.notes().contains(&note), "{:?}", exported.notes());
}

#[test]
fn what_is_ongoing_stands_there_by_its_review() {
    let (events, _) = calendar(&after_a_meeting(), &options());
    let review = about(&events, "Put practice alerts");
    assert_eq!(review.len(), 1, "once");
    assert!(review[0]["SUMMARY"].starts_with("Review: "), "{}", review[0]["SUMMARY"]);
    assert_eq!(review[0]["DTSTART;VALUE=DATE"], "20130930");
}

#[test]
fn a_second_import_changes_the_events_that_are_there() {
    let mut plan = sample();
    let moved = [DueRow::Action(action(&plan, "Publish a four-page summary"))];
    let first = calendar(&plan, &options_at("2013-05-28T09:30:00Z")).0;
    assert_eq!(first, calendar(&plan, &options_at("2013-05-28T09:30:00Z")).0, "the same twice");
    let edit = intent::revise_due(&plan, &moved, "October 2013", day("2013-05-28"), "", Id::NIL.derive(&["new"]));
    apply(&mut plan, &edit);
    let second = calendar(&plan, &options_at("2013-05-28T09:31:00Z")).0;
    let uids =
        |events: &[Event]| events.iter().map(|event| event["UID"].clone()).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(uids(&first), uids(&second), "no event is new");
    assert_eq!(uids(&first).len(), first.len(), "and no two are one");
    let number =
        |events: &[Event]| about(events, "Publish a four-page")[0]["SEQUENCE"].parse::<u32>().expect("a number");
    assert!(number(&second) > number(&first), "the later one counts");
    assert_eq!(about(&second, "Publish a four-page")[0]["DTSTART;VALUE=DATE"], "20131031");
    let done = intent::complete(&plan, &moved, day("2013-05-28"), "", Id::NIL.derive(&["done"]));
    apply(&mut plan, &done);
    let third = calendar(&plan, &options_at("2013-05-29T09:31:00Z")).0;
    let done = about(&third, "Publish a four-page")[0];
    assert_eq!((done["STATUS"].as_str(), &done["UID"]), ("CANCELLED", &about(&first, "Publish a four-page")[0]["UID"]));
    assert!(done["SUMMARY"].starts_with("No longer due: "), "where a calendar shows it all the same: {done:?}");
}

#[test]
fn a_due_that_lost_its_date_is_cancelled() {
    let mut plan = sample();
    let moved = [DueRow::Action(action(&plan, "Publish a four-page summary"))];
    let before = calendar(&plan, &options()).1.undated;
    let edit = intent::revise_due(&plan, &moved, "TBC", day("2013-05-28"), "No printer", Id::NIL.derive(&["new"]));
    apply(&mut plan, &edit);
    let (events, exported) = calendar(&plan, &options());
    let event = about(&events, "Publish a four-page")[0];
    assert_eq!((event["STATUS"].as_str(), event["DTSTART;VALUE=DATE"].as_str()), ("CANCELLED", "20130628"));
    assert_eq!(exported.undated, before + 1, "and it is told that it has no date");
}

#[test]
fn what_recurs_is_cancelled_when_it_is_done_or_comes_up_less_often() {
    let mut plan = sample();
    let row = [DueRow::Action(action(&plan, "Hold an open evening"))];
    let states = |plan: &Plan| {
        let events = calendar(plan, &options()).0;
        let of = about(&events, "Hold an open evening").into_iter();
        of.map(|event| format!("{} {}", event["DTSTART;VALUE=DATE"], event["STATUS"])).collect::<Vec<_>>()
    };
    assert_eq!(states(&plan), ["20130930 CONFIRMED", "20140331 CONFIRMED"], "every six months");
    let edit = intent::revise_due(&plan, &row, "annually", day("2013-05-28"), "", Id::NIL.derive(&["new"]));
    apply(&mut plan, &edit);
    assert_eq!(states(&plan), ["20140331 CONFIRMED", "20130930 CANCELLED"], "the one between no longer");
    let edit = intent::complete(&plan, &row, day("2013-05-28"), "", Id::NIL.derive(&["done"]));
    apply(&mut plan, &edit);
    assert_eq!(states(&plan), ["20140331 CANCELLED", "20130930 CANCELLED"], "and none when it is done");
}

#[test]
fn from_the_command_line_with_a_reminder_where_asked() {
    let shell = Shell::with_sample();
    let ran = shell.run("export plan.db dues.ics --alarm 7");
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    assert!(ran.message.contains("cards have no date and are not in the calendar"), "{}", ran.message);
    let text = std::fs::read_to_string(shell.path("dues.ics")).expect("written");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("TRIGGER:-P7D\r\n"), "{}", &text[..300]);
    let ahead = |event: &&Event| event["STATUS"] == "CONFIRMED" && event["DTSTART;VALUE=DATE"].as_str() >= "20130528";
    let ahead = events(&text).iter().filter(ahead).count();
    assert_eq!(
        text.matches("BEGIN:VALARM").count(),
        ahead,
        "one for each day to come; what is past would ring at once"
    );
    assert_eq!(shell.run("export plan.db dues.ics --alarm soon").status, Some(2), "a number of days");
}
