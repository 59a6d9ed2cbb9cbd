//! Looking for gaps takes time in proportion to the plan: ten times the rows (5,000 recommendations and 20,000 actions)
//! cost at most 15 times as much. A ratio within one run; milliseconds are only printed. The window looks off the
//! thread that draws.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use chrono::NaiveDate;
use recap::model::compare::Withheld;
use recap::model::gap::asked;
use recap::model::{
    Acceptance, Action, CrossReference, EditBuilder, Id, Index, Plan, Position, Recommendation, intent,
};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A large plan: every position promises something, no action is linked, and some words are everywhere.
fn promising(rows: usize) -> Plan {
    let words = |seed: usize| {
        let word = |at: usize| format!("topic{:x}", (seed * 7919 + at * 104_729) % 4_001);
        (0..24).map(word).collect::<Vec<_>>().join(" ")
    };
    let id = |name: &str, at: usize| Id::NIL.derive(&[name, &at.to_string()]);
    let mut plan = Plan::default();
    let paper = NaiveDate::from_ymd_opt(2013, 5, 28);
    intent::create_plan(id("plan", 0), "NHS Northmoor CCG", "Bench", paper).apply(&mut plan).expect("fits");
    let mut edit = EditBuilder::new(&plan, "Fill");
    for at in 0..rows {
        let recommendation = id("recommendation", at);
        edit.put(&Recommendation {
            id: recommendation,
            report: "francis-2013".into(),
            reference: at.to_string(),
            title: words(at),
            acceptance: Some(Acceptance::Accepted),
            ..Recommendation::default()
        });
        let said = words(at + 1);
        let text = format!("Common words everywhere {said}; this will be reflected in the action plan.");
        edit.put(&Position { id: id("position", at), recommendation, text, ..Position::default() });
        let words = "see below".to_owned();
        edit.put(&CrossReference { id: id("reference", at), recommendation, words, target: None });
    }
    for at in 0..rows * 4 {
        let text = format!("Common words everywhere {}", words(at * 3));
        edit.put(&Action { id: id("action", at), text, ..Action::default() });
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// The shortest of five runs: what else the machine does only lengthens one.
fn shortest(rows: usize) -> Duration {
    let plan = promising(rows);
    let index = Index::of(&plan);
    let as_at = NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
    let once = |_| {
        let begun = Instant::now();
        let found = black_box(asked(&plan, &index, as_at, &Withheld::default()));
        let took = begun.elapsed();
        assert!(found.len() >= rows * 3, "every row asks something: {}", found.len());
        took
    };
    (0..5).map(once).min().expect("five runs")
}

fn main() {
    let (few, many) = (shortest(500), shortest(5_000));
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!("500 recommendations and 2,000 actions: {:.1} ms", few.as_secs_f64() * 1e3);
    println!(
        "5,000 recommendations and 20,000 actions: {:.1} ms, {ratio:.1} times (promised 15)",
        many.as_secs_f64() * 1e3
    );
    assert!(ratio <= 15.0, "{ratio:.1} times for ten times the rows");
}
