//! A kill at any moment leaves a plan as it was before or after an edit, never between.
#![expect(clippy::expect_used, reason = "a helper of a test fails as the test does")]

use crate::store::{Place, assert_sound, id, open, stamp};
use recap::model::{Action, EditBuilder, Id, Theme};
use recap::store::{HistoryOf, PlanFile};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PLAN: &str = "RECAP_TEST_COMMIT_UNTIL_KILLED";
const KILLS: u32 = 200;
/// So often a new plan, or checking ever longer journals would be most of the test.
const FRESH: u32 = 10;

/// What every edit of the child changes, all to one number.
fn rows() -> [Id; 3] {
    [id("a9"), id("a123"), id("a2.5.10")]
}

/// Commits edits of several rows without end.
fn commit_until_killed(path: &Path) {
    let mut file = open(path).expect("opens");
    std::fs::write(path.with_extension("ready"), b"").expect("writes");
    for number in 1u64.. {
        let plan = file.read().expect("reads");
        let mut edit = EditBuilder::new(&plan, format!("Number {number}"));
        for row in rows() {
            edit.update::<Action>(row, |action| {
                let next = action.owner.parse::<u64>().unwrap_or(0) + 1;
                action.owner = next.to_string();
                // now a page, now dozens, so that a change takes its time
                action.partners = next.to_string().repeat(if next % 4 == 0 { 5_000 } else { 10 });
            });
        }
        let title = plan.themes[&id("Complaints")].title.parse::<u64>().unwrap_or(0) + 1;
        edit.update::<Theme>(id("Complaints"), |theme| theme.title = title.to_string());
        match number % 5 {
            0 => file.undo(&stamp(0)),
            1 => file.redo(&stamp(0)),
            _ => file.commit(&edit.finish(), &stamp(0)),
        }
        .expect("commits");
    }
}

/// Run as a process of its own by the test below; by itself it does nothing.
#[test]
fn child_that_commits_until_it_is_killed() {
    if let Some(path) = std::env::var_os(PLAN) {
        commit_until_killed(&PathBuf::from(path));
    }
}

fn kill_after(path: &Path, moment: Duration) {
    let ready = path.with_extension("ready");
    std::fs::remove_file(&ready).ok();
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "kill::child_that_commits_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(PLAN, path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let started = Instant::now();
    while !ready.exists() && started.elapsed() < Duration::from_secs(20) {
        assert!(child.try_wait().expect("asks").is_none(), "the child ended by itself");
        std::thread::sleep(Duration::from_micros(200));
    }
    std::thread::sleep(moment);
    child.kill().expect("kills");
    child.wait().expect("ends");
}

/// The number that all rows of the plan and its journal agree on.
fn number_everywhere(file: &PlanFile) -> u64 {
    let plan = file.read().expect("reads");
    let numbers: Vec<&str> = rows()
        .iter()
        .map(|row| plan.actions[row].owner.as_str())
        .chain([plan.themes[&id("Complaints")].title.as_str()])
        .collect();
    let last = file
        .history(&HistoryOf { row: Some(id("a9")), field: Some("owner"), limit: Some(1) })
        .expect("reads")
        .first()
        .map_or_else(String::new, |entry| entry.edit.changes[0].after.to_string());
    let said = if last.is_empty() { ["", "", "", "Complaints"] } else { [last.as_str(); 4] };
    assert_eq!(numbers, said, "every row is of one edit, and the journal of the same");
    last.parse().unwrap_or(0)
}

#[test]
fn a_kill_at_any_moment_leaves_the_plan_before_or_after_an_edit() {
    let (mut place, file) = Place::with_plan();
    file.close();
    let (mut random, mut rolled_back, mut moved) = (0x2013_0206_u64, 0, 0);
    for kill in 0..KILLS {
        if kill % FRESH == 0 {
            let (next, file) = Place::with_plan();
            file.close();
            place = next;
        }
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let before = number_everywhere(&place.open().expect("opens"));
        kill_after(&place.plan(), Duration::from_micros((random >> 33) % 40_000));
        rolled_back += u32::from(place.path("plan.db-journal").exists());
        let file = place.open().unwrap_or_else(|error| panic!("after kill {kill}: {error}"));
        assert_sound(&file);
        moved += u32::from(number_everywhere(&file) != before);
        assert!(!place.path("plan.db-journal").exists(), "put right");
    }
    println!("{KILLS} kills: {moved} plans had moved on, {rolled_back} were left in the middle of a change");
    assert!(moved > KILLS / 20, "the child did commit: {moved}");
    assert!(rolled_back > KILLS / 20, "and was hit in the middle: {rolled_back}");
}
