//! Merging a copy of a plan of 5,000 recommendations and 20,000 actions, with 2,000 changes on each side: finding
//! what both began from and holding the two against it costs at most three times what reading both files costs
//! (aim: a second), and ten times the changes cost at most fifteen times as much beyond what no change costs.
//! Ratios within one run; milliseconds are only printed.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use chrono::{TimeDelta, Utc};
use recap::model::reconcile::Answers;
use recap::model::{Action, ActionState, Edit, EditBuilder, Id, Link, Plan, Position, Recommendation, intent, order};
use recap::share::merge::{Returned, look};
use recap::store::{EntryKind, PlanFile, Stamp, Wanted};
use std::path::Path;
use std::time::{Duration, Instant};

const RECOMMENDATIONS: usize = 5_000;
const ACTIONS: usize = 20_000;
/// Changes of one step, as a person makes them with several rows selected.
const AT_ONCE: usize = 10;
const RUNS: usize = 7;

const WORDS: &str = "Quality visits take place with every provider and are reported to the committee each quarter, \
with what patients said, what staff said and what was done about it since the visit before. ";

fn id(kind: &str, number: usize) -> Id {
    Id::NIL.derive(&["bench", kind, &number.to_string()])
}

fn large_plan() -> Edit {
    let mut first = intent::create_plan(id("plan", 0), "NHS Northmoor CCG", "Bench", None);
    let empty = Plan::default();
    let mut rows = EditBuilder::new(&empty, "");
    let keys = order::after("", ACTIONS);
    for (number, key) in keys.iter().take(RECOMMENDATIONS).enumerate() {
        let recommendation = id("recommendation", number);
        rows.put(&Recommendation {
            id: recommendation,
            report: "francis-2013".into(),
            reference: (number + 1).to_string(),
            order: key.clone(),
            title: format!("Recommendation {number}"),
            text: WORDS.repeat(3),
            response_status: "Accepted".into(),
            response: WORDS.into(),
            ..Recommendation::default()
        });
        rows.put(&Position {
            id: id("position", number),
            recommendation,
            text: WORDS.repeat(2),
            ..Position::default()
        });
    }
    for (number, key) in keys.iter().enumerate() {
        let (action, recommendation) = (id("action", number), id("recommendation", number % RECOMMENDATIONS));
        rows.put(&Action {
            id: action,
            order: key.clone(),
            text: WORDS.into(),
            owner: "Head of contracting".into(),
            state: ActionState::InProgress,
            due_words: "July 2013".into(),
            ..Action::default()
        });
        rows.put(&Link { id: Link::id_of(recommendation, action), recommendation, action, order: key.clone() });
    }
    first.changes.extend(rows.finish().changes);
    first
}

fn open(path: &Path) -> PlanFile {
    PlanFile::open(path, Wanted::Write { backups: Path::new(""), now: Utc::now() }).expect("opens")
}

/// Makes a copy of a plan and changes it: owners and positions, and one in fifty a new action or a deleted one.
fn changed(base: &Path, to: &Path, side: &str, count: usize) {
    std::fs::copy(base, to).expect("copies");
    let mut file = open(to);
    let mut plan = file.read().expect("reads");
    // the two sides mostly change other rows: one of them counts from the other end
    let at = |number: usize| if side == "mine" { number * 7 } else { ACTIONS - 1 - number * 5 } % ACTIONS;
    for step in 0..count / AT_ONCE {
        let mut edit = EditBuilder::new(&plan, "Several changes");
        for number in step * AT_ONCE..(step + 1) * AT_ONCE {
            let action = id("action", at(number));
            match number % 50 {
                48 => edit.put(&Action { id: id(side, number), text: WORDS.into(), ..Action::default() }),
                49 => recap::model::delete::row(&mut edit, recap::model::Entity::Action, action),
                _ if number % 2 == 0 => edit.update::<Action>(action, |row| row.owner = format!("{side} {number}")),
                _ => edit.update::<Position>(id("position", at(number) % RECOMMENDATIONS), |row| {
                    row.text = format!("{side} {number}: {WORDS}");
                }),
            }
        }
        let edit = edit.finish();
        let at = Utc::now() + TimeDelta::minutes(i64::try_from(step).expect("few"));
        file.commit(&edit, &Stamp { who: side, at, kind: EntryKind::Edit }).expect("commits");
        edit.apply(&mut plan).expect("fits");
    }
    file.close();
}

/// The medians of reading both files, and of finding what both began from and holding them against it.
fn measured(mine: &Path, theirs: &Path) -> (Duration, Duration) {
    let mut pairs: Vec<(Duration, Duration)> = (0..RUNS)
        .map(|_| {
            let begun = Instant::now();
            let file = open(mine);
            assert!(file.read().expect("reads").actions.len() > ACTIONS / 2, "all of it");
            let returned = Returned::read(theirs).expect("reads");
            let reading = begun.elapsed();
            let begun = Instant::now();
            let merging = look(&file, &returned, None).expect("a copy");
            let looking = begun.elapsed();
            merging.decide(&Answers::default()).expect("fits");
            (reading, looking)
        })
        .collect();
    pairs.sort_by_key(|pair| pair.0);
    let reading = pairs[RUNS / 2].0;
    pairs.sort_by_key(|pair| pair.1);
    (reading, pairs[RUNS / 2].1)
}

fn main() -> std::process::ExitCode {
    let folder = tempfile::tempdir().expect("a folder");
    let base = folder.path().join("base.db");
    let stamp = Stamp { who: "Bench", at: Utc::now(), kind: EntryKind::Edit };
    PlanFile::create(&base, &large_plan(), &stamp).expect("creates").close();
    let mut looked = Vec::new();
    let mut ratio = 0.0;
    for count in [0, 200, 2_000] {
        let (mine, theirs) =
            (folder.path().join(format!("mine {count}.db")), folder.path().join(format!("{count}.db")));
        changed(&base, &mine, "mine", count);
        changed(&base, &theirs, "theirs", count);
        let (reading, looking) = measured(&mine, &theirs);
        ratio = looking.as_secs_f64() / reading.as_secs_f64();
        println!("{count} changes each: reading both files {reading:.1?}, merging {looking:.1?}: {ratio:.2} times");
        looked.push(looking.as_secs_f64());
    }
    let [none, some, many] = looked.as_slice() else { return std::process::ExitCode::FAILURE };
    // below a millisecond the difference of two medians is noise
    let growth = (many - none) / (some - none).max(0.001);
    println!("2,000 changes each: {ratio:.2} times reading both files (promised: at most 3; aim: a second)");
    println!("ten times the changes: {growth:.1} times the time beyond no change (promised: at most 15)");
    if ratio <= 3.0 && growth <= 15.0 { std::process::ExitCode::SUCCESS } else { std::process::ExitCode::FAILURE }
}
