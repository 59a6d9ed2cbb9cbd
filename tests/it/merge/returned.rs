//! What comes back: of an older version, hostile, another plan's, with signals.

use super::{Two, as_json, open, take, wording};
use crate::store::{Place, assert_sound, at, id, owner, stamp};
use recap::model::reconcile::Answer;
use recap::model::signal::{Held, Signal, Source};
use recap::model::{Action, Batch, EditBuilder, Id, Plan, Provider, intent};
use recap::share::merge::{Refused, Returned, look};
use recap::store::{EntryKind, Incoming, PlanFile, Stamp, StoreError};
use rusqlite::params;
use std::path::Path;

fn complaint(reference: &str, outcome: &str) -> Held {
    let signal = Signal {
        key: reference.into(),
        reference: reference.into(),
        received: at(0).date_naive().into(),
        subjects: vec!["Staffing levels".into()],
        outcome: outcome.into(),
        ..Signal::new(Source::Complaint)
    };
    Held { number: 0, provider: Some(id("General")), signal }
}

fn take_in(file: &mut PlanFile, name: &str, seconds: i64, signals: &[Held]) {
    let plan: Plan = file.read().expect("reads");
    let mut with = EditBuilder::new(&plan, format!("Import {name}"));
    with.put(&Provider {
        id: id("General"),
        order: "1".into(),
        name: "Northmoor General".into(),
        ..Provider::default()
    });
    with.put(&Batch { id: id(name), name: name.into(), source: Some(Source::Complaint), ..Batch::default() });
    let incoming = Incoming { batch: id(name), signals, measures: &[], gone: &[] };
    let stamp = Stamp { kind: EntryKind::Import, ..stamp(seconds) };
    file.take_signals(&incoming, &with.finish(), &stamp, &mut |_, _| true).expect("takes").expect("an entry");
}

fn outcomes(file: &PlanFile) -> Vec<String> {
    let mut found: Vec<String> = file
        .held_signals()
        .expect("reads")
        .iter()
        .map(|held| format!("{} {}", held.signal.key, held.signal.outcome))
        .collect();
    found.sort();
    found
}

#[test]
fn signals_come_over_by_the_batch_and_go_with_undo() {
    let (place, mut mine) = Place::with_plan();
    take_in(&mut mine, "first.csv", 50, &[complaint("C-1", "Upheld"), complaint("C-2", "")]);
    let copy = place.path("copy.db");
    mine.copy_to(&copy).expect("copies");
    let mut theirs = open(&copy).expect("opens");
    take_in(&mut theirs, "second.csv", 100, &[complaint("C-2", "Not upheld"), complaint("C-3", "")]);
    theirs.close();
    take_in(&mut mine, "ours.csv", 120, &[complaint("C-4", "")]);
    let before = as_json(&mine);
    let mut two = Two { place, mine, copy };
    let (_, done) = two.merge(Answer::Ours);
    let brought = done.expect("something came").brought;
    assert_eq!((brought.signals, brought.left_out), (2, 0));
    assert_eq!(outcomes(&two.mine), ["C-1 Upheld", "C-2 Not upheld", "C-3 ", "C-4 "], "the newer says what counts");
    two.mine.undo(&stamp(900)).expect("undoes").expect("one step");
    assert_eq!(as_json(&two.mine), before, "as before, with what counted then");
    assert_sound(&two.mine);
    two.mine.redo(&stamp(910)).expect("redoes").expect("one step");
    assert_eq!(outcomes(&two.mine).len(), 4, "and back");
    assert_sound(&two.mine);
}

/// An entry in a file of an older schema, as the Recap of that time wrote it, with its change.
fn older_edit(path: &Path, action: Id, to: &str) {
    let file = rusqlite::Connection::open(path).expect("opens");
    let before: Option<String> = file
        .query_row("SELECT owner FROM \"action\" WHERE id = ?1", [action.to_string()], |row| row.get(0))
        .expect("there");
    file.execute("UPDATE \"action\" SET owner = ?1 WHERE id = ?2", params![to, action.to_string()]).expect("writes");
    let seq: i64 = file.query_row("SELECT max(seq) + 1 FROM entry", [], |row| row.get(0)).expect("reads");
    let (entry, when) = (Id::NIL.derive(&["older", to]).to_string(), "2013-06-01T10:00:00.000Z");
    let change =
        serde_json::json!([{ "entity": "action", "row": action, "field": "owner", "before": before, "after": to }]);
    let changes = change.to_string();
    let number = seq.to_string();
    let parts =
        [number.as_str(), entry.as_str(), when, "Somebody else", "edit", "Change owner of action", "", &changes];
    let sum = Id::NIL.derive(&parts).to_string();
    file.execute(
        "INSERT INTO entry (seq, id, at, who, kind, label, reverses, checksum, changes)
         VALUES (?1, ?2, ?3, 'Somebody else', 'edit', 'Change owner of action', NULL, ?4, ?5)",
        params![seq, entry, when, sum, changes],
    )
    .expect("writes");
}

#[test]
fn a_copy_of_every_older_schema_merges_and_stays_as_it_is() {
    for schema in 1..=4 {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/schema-{schema}.db"));
        let place = Place::new();
        std::fs::copy(&fixture, place.plan()).expect("copies");
        let copy = place.path("copy.db");
        std::fs::copy(&fixture, &copy).expect("copies");
        let mut mine = place.open().expect("opens, and is brought to the newest schema");
        let plan = mine.read().expect("reads");
        let mut actions = plan.actions.keys().copied();
        let (ours, theirs) = (actions.next().expect("an action"), actions.next());
        let edit = intent::update::<Action>(&plan, ours, "Change", |row| row.text = "Ours since".into());
        mine.commit(&edit, &stamp(100)).expect("commits");
        older_edit(&copy, theirs.unwrap_or(ours), "Their head of contracting");
        let (merging, done) = take(&mut mine, &copy, Answer::Ours);
        assert_eq!((merging.found.conflicts.len(), merging.found.told().count()), (0, 1), "schema {schema}");
        assert!(done.is_some(), "schema {schema}");
        let plan = mine.read().expect("reads");
        assert_eq!(plan.actions[&theirs.unwrap_or(ours)].owner, "Their head of contracting", "schema {schema}");
        assert_eq!(plan.actions[&ours].text, "Ours since", "schema {schema}");
    }
}

#[test]
fn another_plan_the_file_itself_and_what_is_no_plan_are_refused_with_the_reason() {
    let two = Two::new();
    let elsewhere = Place::new();
    let first = intent::create_plan(id("other"), "NHS Southmoor CCG", "", None);
    PlanFile::create(&elsewhere.plan(), &first, &stamp(0)).expect("makes a plan").close();
    let other = Returned::read(&elsewhere.plan()).expect("reads");
    let refused = look(&two.mine, &other, None).expect_err("another plan");
    assert!(refused.to_string().contains("NHS Southmoor CCG"), "{refused}");
    assert!(refused.remedy().contains("recap compare"), "{}", refused.remedy());
    let itself = Returned::read(&two.place.plan()).expect("reads");
    let nothing = look(&two.mine, &itself, None).expect("the file itself is a copy of the plan");
    assert!(nothing.found.is_empty(), "that brings nothing");
    let paper = two.place.path("paper.db");
    std::fs::write(&paper, "A paper").expect("writes");
    assert!(matches!(Returned::read(&paper), Err(Refused::Store(StoreError::Theirs(_)))), "no plan");
    assert!(Returned::read(&two.place.path("gone.db")).is_err(), "not there");
}

#[test]
fn a_copy_that_another_program_changed_is_refused() {
    let two = Two::new();
    two.theirs(100, wording("As they would have it"));
    let file = rusqlite::Connection::open(&two.copy).expect("opens");
    file.execute("UPDATE \"action\" SET owner = 'By hand'", []).expect("writes");
    drop(file);
    assert!(matches!(two.look(), Err(Refused::ChangedOutside(_))), "nobody can tell what was changed");
}

#[test]
fn a_row_of_theirs_that_cannot_be_read_is_not_taken_for_deleted() {
    let two = Two::new();
    let file = rusqlite::Connection::open(&two.copy).expect("opens");
    file.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;").expect("sets");
    file.execute("UPDATE \"action\" SET state = 'whatever' WHERE id = ?1", [id("a9").to_string()]).expect("writes");
    drop(file);
    let refused = two.look().expect_err("a row is missing");
    assert!(matches!(refused, Refused::BadRows { many: 1.., .. }), "{refused}");
}

#[test]
fn what_somebody_added_to_their_file_never_runs() {
    let mut two = Two::new();
    two.theirs(100, |plan| owner(plan, "a9", "Head of contracting"));
    let file = rusqlite::Connection::open(&two.copy).expect("opens");
    file.execute_batch(
        "CREATE VIEW spy AS SELECT * FROM \"action\"; CREATE TABLE extra (x);
         CREATE TRIGGER boom AFTER UPDATE ON \"action\" BEGIN DELETE FROM \"theme\"; END;",
    )
    .expect("adds");
    drop(file);
    let returned = Returned::read(&two.copy).expect("reads");
    assert_eq!(returned.ignored.len(), 3, "named: {:?}", returned.ignored);
    let (merging, _) = two.merge(Answer::Ours);
    assert_eq!(merging.found.told().count(), 1, "only what they changed");
    assert_eq!(two.mine.read().expect("reads").themes.len(), 2, "nothing was deleted");
}
