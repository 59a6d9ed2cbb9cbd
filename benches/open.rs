//! Opening a plan of 290 recommendations and 2,000 actions costs at most twice what reading the same
//! rows with bare SQL costs. A ratio within one run, pair by pair; milliseconds are only printed.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use chrono::Utc;
use recap::model::{
    Action, ActionState, Edit, EditBuilder, Entity, Id, Link, Plan, Position, Recommendation, intent, order,
};
use recap::store::{EntryKind, PlanFile, Stamp, Wanted};
use std::path::Path;
use std::time::{Duration, Instant};

const WORDS: &str = "Quality visits take place with every provider and are reported to the committee each quarter, \
with what patients said, what staff said and what was done about it since the visit before. ";

fn large_plan() -> Edit {
    let id = Id::NIL.derive(&["bench"]);
    let mut first = intent::create_plan(id, "NHS Northmoor CCG", "Bench", None);
    let empty = Plan::default();
    let mut rows = EditBuilder::new(&empty, "");
    let keys = order::after("", 2_000);
    let recommendation = |i: usize| id.derive(&["row", &i.to_string()]);
    for (i, key) in keys.iter().take(290).enumerate() {
        rows.put(&Recommendation {
            id: recommendation(i),
            report: "francis-2013".into(),
            reference: (i + 1).to_string(),
            order: key.clone(),
            title: format!("Recommendation {i}"),
            text: WORDS.repeat(3),
            response_status: "Accepted".into(),
            response: WORDS.into(),
            ..Recommendation::default()
        });
        rows.put(&Position {
            id: id.derive(&["position", &i.to_string()]),
            recommendation: recommendation(i),
            text: WORDS.repeat(2),
            ..Position::default()
        });
    }
    for (i, key) in keys.iter().enumerate() {
        let action = id.derive(&["action", &i.to_string()]);
        rows.put(&Action {
            id: action,
            order: key.clone(),
            text: WORDS.into(),
            owner: "Head of contracting".into(),
            state: ActionState::InProgress,
            due_words: "July 2013".into(),
            ..Action::default()
        });
        let of = recommendation(i % 290);
        rows.put(&Link { id: Link::id_of(of, action), recommendation: of, action, order: key.clone() });
    }
    first.changes.extend(rows.finish().changes);
    first
}

/// Every column of every row of every table, into strings, and nothing else.
fn bare_sql(path: &Path) -> usize {
    let file = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).expect("opens");
    let mut seen = 0;
    for entity in Entity::ALL {
        let columns: Vec<String> = entity.fields().iter().map(|field| format!("\"{field}\"")).collect();
        let sql = format!("SELECT id, {} FROM \"{}\"", columns.join(", "), entity.word());
        let mut statement = file.prepare(&sql).expect("prepares");
        let count = statement.column_count();
        let mut rows = statement.query([]).expect("queries");
        let mut kept: Vec<Vec<rusqlite::types::Value>> = Vec::new();
        while let Some(row) = rows.next().expect("reads") {
            kept.push((0..count).map(|i| row.get(i).expect("a value")).collect());
        }
        seen += kept.len();
    }
    seen
}

fn main() -> std::process::ExitCode {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.db");
    let stamp = Stamp { who: "Bench", at: Utc::now(), kind: EntryKind::Edit };
    PlanFile::create(&path, &large_plan(), &stamp).expect("creates").close();
    let mut pairs: Vec<(Duration, Duration)> = (0..41)
        .map(|_| {
            let begun = Instant::now();
            let wanted = Wanted::Write { backups: folder.path(), now: Utc::now() };
            let file = PlanFile::open(&path, wanted).expect("opens");
            let plan = file.read().expect("reads");
            let ours = begun.elapsed();
            assert_eq!(plan.actions.len(), 2_000, "all of it");
            file.close();
            let begun = Instant::now();
            assert!(bare_sql(&path) >= 4_580, "all of it");
            (ours, begun.elapsed())
        })
        .collect();
    pairs.sort_by(|a, b| (a.0.as_secs_f64() / a.1.as_secs_f64()).total_cmp(&(b.0.as_secs_f64() / b.1.as_secs_f64())));
    let (ours, bare) = pairs[pairs.len() / 2];
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!(
        "opening 290 recommendations and 2,000 actions: {ours:.1?}, bare SQL {bare:.1?}: {ratio:.2} times (promised: at most 2; aim 100 ms)"
    );
    if ratio <= 2.0 { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
