//! Sharing a plan of 5,000 recommendations and 20,000 actions, with its proof, costs at most 5 times what writing the
//! same rows with bare SQL costs. A ratio within one run, pair by pair; milliseconds are only printed.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use chrono::Utc;
use recap::model::{
    Action, ActionState, Edit, EditBuilder, Entity, Evidence, EvidenceLink, Id, Link, Plan, Position, Recommendation,
    Value, intent, order,
};
use recap::share::{Contents, Scope, Wanted, make};
use recap::store::{EntryKind, PlanFile, Stamp};
use std::path::Path;
use std::time::{Duration, Instant};

const RECOMMENDATIONS: usize = 5_000;
const ACTIONS: usize = 20_000;
const WORDS: &str = "Quality visits take place with every provider and are reported to the committee each quarter, \
with what patients said, what staff said and what was done about it since the visit before. ";

/// A plan whose rows all say something else, with evidence whose place stays at home.
fn large_plan() -> Edit {
    let id = Id::NIL.derive(&["bench"]);
    let mut first = intent::create_plan(id, "NHS Northmoor CCG", "Bench", None);
    let empty = Plan::default();
    let mut rows = EditBuilder::new(&empty, "");
    let keys = order::after("", ACTIONS);
    let recommendation = |i: usize| id.derive(&["row", &i.to_string()]);
    for (i, key) in keys.iter().take(RECOMMENDATIONS).enumerate() {
        rows.put(&Recommendation {
            id: recommendation(i),
            report: "francis-2013".into(),
            reference: (i + 1).to_string(),
            order: key.clone(),
            title: format!("Recommendation {i}"),
            text: format!("{i}. {}", WORDS.repeat(3)),
            response_status: "Accepted".into(),
            response: format!("{i}: {WORDS}"),
            ..Recommendation::default()
        });
        rows.put(&Position {
            id: id.derive(&["position", &i.to_string()]),
            recommendation: recommendation(i),
            text: format!("At {i}: {}", WORDS.repeat(2)),
            ..Position::default()
        });
        let evidence = id.derive(&["evidence", &i.to_string()]);
        rows.put(&Evidence {
            id: evidence,
            order: key.clone(),
            text: format!("Minutes of meeting {i}"),
            held: format!("Shared folder of the quality team, cabinet {i}, behind the minutes of the year before"),
            ..Evidence::default()
        });
        let link =
            EvidenceLink { recommendation: recommendation(i), evidence, order: key.clone(), ..Default::default() };
        rows.put(&EvidenceLink { id: EvidenceLink::id_of(link.recommendation, evidence), ..link });
    }
    for (i, key) in keys.iter().enumerate() {
        let action = id.derive(&["action", &i.to_string()]);
        rows.put(&Action {
            id: action,
            order: key.clone(),
            text: format!("Action {i}: {WORDS}"),
            owner: "Head of contracting".into(),
            state: ActionState::InProgress,
            due_words: "July 2013".into(),
            ..Action::default()
        });
        let of = recommendation(i % RECOMMENDATIONS);
        rows.put(&Link { id: Link::id_of(of, action), recommendation: of, action, order: key.clone() });
    }
    first.changes.extend(rows.finish().changes);
    first
}

/// The rows of a kind as SQL takes them.
type Rows = Vec<Vec<rusqlite::types::Value>>;

/// The rows that go, as SQL takes them.
fn rows_of(plan: &Plan) -> Vec<(Entity, Rows)> {
    let value = |value: Value| match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Int(number) => rusqlite::types::Value::Integer(number),
        Value::Text(text) => rusqlite::types::Value::Text(text),
    };
    let row = |entity: Entity, id: Id| {
        let fields = entity.fields().iter().map(|field| value(plan.value(entity, id, field).unwrap_or_default()));
        std::iter::once(rusqlite::types::Value::Text(id.to_string())).chain(fields).collect()
    };
    let of = |entity: Entity| (entity, plan.ids(entity).into_iter().map(|id| row(entity, id)).collect());
    Entity::ALL.iter().copied().map(of).collect()
}

/// The same rows into the same tables of an empty file, in one transaction that is on disk at its end.
fn bare_sql(schema: &str, tables: &[(Entity, Rows)], path: &Path) {
    let mut file = rusqlite::Connection::open(path).expect("opens");
    file.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON").expect("sets");
    file.execute_batch(schema).expect("makes the tables");
    let writing = file.transaction().expect("begins");
    for (entity, rows) in tables.iter().filter(|(_, rows)| !rows.is_empty()) {
        let places: Vec<String> = (1..=entity.fields().len() + 1).map(|place| format!("?{place}")).collect();
        let sql = format!("INSERT INTO \"{}\" VALUES ({})", entity.word(), places.join(", "));
        let mut insert = writing.prepare(&sql).expect("prepares");
        for row in rows {
            insert.execute(rusqlite::params_from_iter(row)).expect("writes");
        }
    }
    writing.commit().expect("commits");
    file.close().expect("closes");
}

fn main() -> std::process::ExitCode {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.db");
    let stamp = Stamp { who: "Bench", at: Utc::now(), kind: EntryKind::Edit };
    let mut file = PlanFile::create(&path, &large_plan(), &stamp).expect("creates");
    let wanted = Wanted { for_whom: "NHS Southmoor CCG".into(), ..Wanted::default() };
    let scope = Scope::default().with(recap::share::Part::Evidence);
    let goes = Contents::of(&file, &scope, &[]).expect("reads").plan;
    let tables = rows_of(&goes);
    let schema: String = {
        let source = rusqlite::Connection::open(&path).expect("opens");
        let sql = "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE sql IS NOT NULL";
        source.query_row(sql, [], |row| row.get(0)).expect("reads")
    };
    let mut pairs: Vec<(Duration, Duration)> = (0..9)
        .map(|turn| {
            let (ours, bare) =
                (folder.path().join(format!("{turn}.db")), folder.path().join(format!("{turn}-bare.db")));
            let begun = Instant::now();
            let contents = Contents::of(&file, &scope, &[]).expect("reads");
            let asked = Wanted { scope: scope.clone(), ..wanted.clone() };
            let made = make(&mut file, &contents, &asked, &ours, &stamp, &mut |_| true).expect("shares");
            let share = begun.elapsed();
            assert!(made.file.size > 10_000_000 && contents.plan.actions.len() == ACTIONS, "all of it");
            let begun = Instant::now();
            bare_sql(&schema, &tables, &bare);
            let sql = begun.elapsed();
            std::fs::remove_file(&ours).expect("there");
            std::fs::remove_file(&bare).expect("there");
            (share, sql)
        })
        .collect();
    pairs.sort_by(|a, b| (a.0.as_secs_f64() / a.1.as_secs_f64()).total_cmp(&(b.0.as_secs_f64() / b.1.as_secs_f64())));
    let (ours, bare) = pairs[pairs.len() / 2];
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!(
        "sharing 5,000 recommendations and 20,000 actions with its proof: {ours:.1?}, bare SQL {bare:.1?}: {ratio:.2} times (promised: at most 5; aim 3 s)"
    );
    if ratio <= 5.0 { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
