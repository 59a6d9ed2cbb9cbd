//! The timeline's promise: what a new as-at date or a filter costs with 20,000 actions (building the
//! lanes) is at most 3 times a bare sort of the same rows by due and order. Ratios within one run;
//! milliseconds are only printed, among them what opening the tab and counting the filters cost.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use chrono::NaiveDate;
use recap::model::due::Due;
use recap::model::timeline::{Filter, GroupBy, Timeline};
use recap::model::{
    Action, ActionState, EditBuilder, Id, Index, Link, Plan, Recommendation, Responsibility, Theme, intent, order,
};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ACTIONS: usize = 20_000;
const RUNS: usize = 31;

/// Actions of 40 owners under 200 responsibilities, serving 5,000 recommendations, due over 6 years.
fn plan() -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["bench"]);
    let paper = NaiveDate::from_ymd_opt(2013, 5, 28);
    intent::create_plan(id, "NHS Northmoor CCG", "Bench", paper).apply(&mut plan).expect("fits an empty plan");
    let mut edit = EditBuilder::new(&plan, "Fill");
    for number in 0..5_000 {
        let theme = id.derive(&["theme", &(number / 200).to_string()]);
        edit.put(&Theme {
            id: theme,
            order: format!("{:05}", number / 200 + 1),
            title: format!("Theme {}", number / 200),
        });
        edit.put(&Recommendation {
            id: id.derive(&["recommendation", &number.to_string()]),
            reference: number.to_string(),
            theme: Some(theme),
            ..Recommendation::default()
        });
    }
    for (number, key) in order::after("", ACTIONS).into_iter().enumerate() {
        let under = id.derive(&["responsibility", &(number % 200).to_string()]);
        edit.put(&Responsibility {
            id: under,
            order: format!("{:05}", number % 200 + 1),
            text: format!("Heading {number}"),
        });
        let due = match number % 20 {
            0 => "ongoing".to_owned(),
            1 => "quarterly".to_owned(),
            2 => "From June 2013".to_owned(),
            3 => "TBC".to_owned(),
            _ => {
                let month = u32::try_from(number * 7 % 12).unwrap_or(0) + 1;
                let first = NaiveDate::from_ymd_opt(2012, month, 1).expect("a month");
                format!("{} {}", first.format("%B"), 2012 + number % 6)
            }
        };
        let action = Action {
            id: id.derive(&["action", &number.to_string()]),
            order: key,
            text: format!("Action {number}: agree the measure with each provider and report it to the committee"),
            responsibility: Some(under),
            owner: format!("Owner {}", number % 40),
            state: ActionState::ALL[number % ActionState::ALL.len()],
            due_words: due,
            ..Action::default()
        };
        let recommendation = id.derive(&["recommendation", &(number % 5_000).to_string()]);
        let link = Link::id_of(recommendation, action.id);
        edit.put(&Link { id: link, recommendation, action: action.id, order: "1".into() });
        edit.put(&action);
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// The median of several runs.
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn main() {
    let plan = plan();
    let index = Index::of(&plan);
    let as_at = NaiveDate::from_ymd_opt(2014, 2, 12).expect("a date");
    let timeline = Timeline::of(&plan, &index);
    // the rows as they lie in the plan: by their ids, which is no order of dues
    let rows: Vec<(Option<NaiveDate>, &Action)> = plan
        .actions
        .values()
        .map(|row| (Due::of(&row.due_words, &row.due_reading, plan.due_anchor()).last_day(), row))
        .collect();
    let bare = median(|| {
        let mut rows = rows.clone();
        rows.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.order.cmp(&b.1.order)));
        black_box(&rows);
    });
    let none = Filter::default();
    let owner = Filter { owners: ["Owner 7".to_owned()].into(), ..Filter::default() };
    let words = Filter { text: "measure 77".into(), ..Filter::default() };
    black_box(timeline.board(&plan, as_at, &words));
    let tell = |what: &str, took: Duration| {
        let ratio = took.as_secs_f64() / bare.as_secs_f64();
        println!("{what}: {:.2} ms, {ratio:.2} times the bare sort", took.as_secs_f64() * 1000.0);
        ratio
    };
    println!("{ACTIONS} actions; a bare sort by due and order: {:.2} ms", bare.as_secs_f64() * 1000.0);
    let lanes = [("the lanes", &none), ("the lanes of one owner", &owner), ("the lanes with two words", &words)]
        .map(|(what, filter)| tell(what, median(|| drop(black_box(timeline.board(&plan, as_at, filter))))));
    tell("the filters' counts", median(|| drop(black_box(timeline.facets(&plan, as_at, &none)))));
    tell("due and done", median(|| drop(black_box(timeline.burn_up(&plan, as_at, &none)))));
    tell("the chart", median(|| drop(black_box(timeline.chart(&plan, &index, as_at, &none, GroupBy::Owner)))));
    tell("the timeline, once a change of the plan", median(|| drop(black_box(Timeline::of(&plan, &index)))));
    for ratio in lanes {
        assert!(ratio <= 3.0, "building the lanes costs {ratio:.2} times a bare sort; 3 is promised");
    }
}
