//! A neighbour's file is hostile until it is read: what it may hold, and that it stays as it is.

use super::faults::half_written;
use super::{Place, id, open, owner, stamp};
use crate::intelligence::some_intelligence;
use recap::model::Plan;
use recap::store::{Foreign, PlanFile, StoreError, Wanted};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every file of a folder, byte for byte.
fn folder(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(path).expect("reads").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.is_file()).map(|path| (path.clone(), std::fs::read(path).expect("reads"))).collect()
}

/// Reads a file and wants its folder untouched.
fn read(path: &Path) -> Result<Foreign, StoreError> {
    let beside = path.parent().expect("a folder");
    let before = folder(beside);
    let read = Foreign::read(path);
    assert!(folder(beside) == before, "the folder was touched");
    read
}

/// A plan whose file somebody did something to with a tool.
fn with(sql: &str) -> (Place, Plan) {
    let (place, file) = Place::with_plan();
    let plan = file.read().expect("reads");
    file.close();
    let tool = Connection::open(place.plan()).expect("opens");
    tool.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").expect("runs");
    tool.execute_batch(sql).expect("runs");
    drop(tool);
    (place, plan)
}

/// The same, with the text of a table's schema changed first, so that anything can be put into it.
fn with_table(table: &str, made: &str, sql: &str) -> (Place, Plan) {
    with(&format!(
        "CREATE TEMP TABLE kept AS SELECT * FROM \"{table}\"; DROP TABLE \"{table}\"; {made};
         INSERT INTO \"{table}\" SELECT * FROM kept; {sql}"
    ))
}

fn refused(path: &Path) -> StoreError {
    let error = read(path).err().expect("refused");
    let StoreError::Theirs(error) = error else { panic!("not said to be theirs: {error}") };
    *error
}

fn whys(foreign: &Foreign) -> Vec<String> {
    foreign.bad.iter().map(ToString::to_string).collect()
}

#[test]
fn a_plan_is_read_whole_and_nothing_is_touched() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    file.commit(&some_intelligence(&plan), &stamp(100)).expect("commits");
    let plan = file.read().expect("reads");
    let history: Vec<_> = file.history(&recap::store::HistoryOf::default()).expect("reads").into_iter().rev().collect();
    file.close();
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!(foreign.plan, plan, "row for row");
    assert!(foreign.is_clean(), "{:?} {:?} {:?}", foreign.bad, foreign.ignored, foreign.notes);
    let ids: Vec<_> = history.iter().map(|entry| (entry.seq, entry.id)).collect();
    assert_eq!(foreign.history_ids().expect("reads"), ids);
    assert_eq!(foreign.entries_after(ids[0].0).expect("reads"), history[1..]);
}

#[test]
fn a_plan_that_is_open_here_is_read_too_and_keeps_its_locks() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    assert_eq!(Foreign::read(&place.plan()).expect("reads").plan, plan);
    file.commit(&owner(&plan, "a9", "Quality lead"), &stamp(100)).expect("still ours to write");
    assert_eq!(Foreign::read(&place.plan()).expect("reads").plan, file.read().expect("reads"));
}

/// What the ladder says of older files and what blank columns say is one thing; a step that transforms must be told.
#[test]
fn every_schema_that_there_was_reads_as_on_the_way_up() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut schemas = 0;
    for entry in std::fs::read_dir(fixtures).expect("there").map(|entry| entry.expect("an entry").path()) {
        if entry.extension().is_none_or(|ending| ending != "db") {
            continue;
        }
        let place = Place::new();
        std::fs::copy(&entry, place.plan()).expect("copies");
        let foreign = read(&place.plan()).unwrap_or_else(|error| panic!("{}: {error}", entry.display()));
        let opened = PlanFile::open(&place.plan(), Wanted::ReadOnly).expect("opens");
        assert_eq!(foreign.plan, opened.read().expect("reads"), "{}", entry.display());
        assert!(foreign.is_clean(), "{}: {:?} {:?}", entry.display(), foreign.ignored, foreign.notes);
        let newest = recap::store::HistoryOf { limit: Some(1), ..Default::default() };
        let last = opened.history(&newest).expect("reads").pop().expect("one").id;
        assert_eq!(foreign.history_ids().expect("reads").last().expect("one").1, last, "its journal too");
        schemas += 1;
    }
    assert!(schemas >= 5, "all of them");
}

#[test]
fn what_is_not_ours_is_named_and_never_run() {
    let (place, plan) = with(
        "CREATE TABLE loot (what TEXT);
         CREATE TRIGGER boom AFTER INSERT ON \"action\" BEGIN DELETE FROM \"position\"; END;
         CREATE VIEW spy AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;
         CREATE INDEX hint ON \"action\" (owner);",
    );
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!(foreign.plan, plan);
    let mut named = foreign.ignored.clone();
    named.sort();
    assert_eq!(named, ["the index hint", "the table loot", "the trigger boom", "the view spy"]);
    assert!(foreign.bad.is_empty() && foreign.notes.is_empty());
}

#[test]
fn a_view_or_virtual_table_in_place_of_a_table_is_not_read() {
    let spy = "CREATE VIEW \"choice\" AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n";
    let (place, plan) = with(&format!("DROP TABLE \"choice\"; {spy};"));
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!(foreign.plan, plan, "there was no choice in it");
    assert_eq!(
        (foreign.ignored, foreign.notes),
        (vec!["the view choice".into()], vec!["the table choice is missing".into()])
    );
    let (place, _) = with(
        "DROP TABLE \"position\"; CREATE VIRTUAL TABLE \"position\" USING fts5(id, recommendation, text);
        INSERT INTO \"position\" VALUES ('x', 'y', 'z');",
    );
    let foreign = read(&place.plan()).expect("reads");
    assert!(foreign.plan.positions.is_empty() && foreign.plan.recommendations.len() == 3);
    assert!(
        foreign.notes.iter().any(|note| note.contains("position") && note.contains("not read")),
        "{:?}",
        foreign.notes
    );
}

#[test]
fn computed_columns_and_checks_are_not_evaluated() {
    let made = "CREATE TABLE \"theme\" (id TEXT PRIMARY KEY, \"order\" TEXT, title TEXT,
        loot TEXT GENERATED ALWAYS AS (hex(zeroblob(90000000))) VIRTUAL,
        CHECK (length(hex(zeroblob(90000000))) > 0 AND abs(-9223372036854775807 - 1) > 0))";
    let (place, plan) = with(&format!(
        "CREATE TEMP TABLE kept AS SELECT * FROM \"theme\"; DROP TABLE \"theme\"; {made};
         INSERT INTO \"theme\" (id, \"order\", title) SELECT * FROM kept;"
    ));
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!(foreign.plan, plan, "the three columns are ours");
    assert_eq!(foreign.notes, ["the table theme is not made as Recap makes it; it was read as far as it goes"]);
    let (place, _) =
        with("ALTER TABLE \"theme\" DROP COLUMN title; ALTER TABLE \"theme\" ADD COLUMN title TEXT AS (hex(id));");
    let foreign = read(&place.plan()).expect("reads");
    assert!(foreign.plan.themes.values().all(|theme| theme.title.is_empty()), "a computed title is none");
    assert!(
        foreign.notes.iter().any(|note| note == "the table theme has not title: read as blank"),
        "{:?}",
        foreign.notes
    );
}

#[test]
fn rows_of_wrong_types_are_listed_and_the_rest_is_usable() {
    let loose = "CREATE TABLE \"action\" (id, \"order\", \"text\", responsibility, owner, partners, state, tentative,
        due_words, due_reading, original_due_words, done_on, starts_on, next_review)";
    let good = id("a9");
    let (place, plan) = with_table("action", loose, &format!(
        "INSERT INTO \"action\" SELECT NULL, \"order\", 'no id', NULL, NULL, NULL, 'not started', 0, NULL, NULL, NULL, NULL, NULL, NULL FROM \"action\" LIMIT 1;
         INSERT INTO \"action\" (id, state, tentative) VALUES ('nonsense', 'not started', 0);
         INSERT INTO \"action\" (id, state, tentative) VALUES ('00000000-0000-0000-0000-000000000000', 'not started', 0);
         INSERT INTO \"action\" (id, state, tentative) VALUES ('{good}', 'complete', 0);
         INSERT INTO \"action\" (id, state, tentative) VALUES ('00000000-0000-4000-8000-000000000001', 'nearly', 0);
         INSERT INTO \"action\" (id, state, tentative) VALUES ('00000000-0000-4000-8000-000000000002', 'complete', 2);
         INSERT INTO \"action\" (id, state, tentative, \"text\") VALUES ('00000000-0000-4000-8000-000000000003', 'complete', 0, x'00ff');
         INSERT INTO \"action\" (id, state, tentative, \"text\") VALUES ('00000000-0000-4000-8000-000000000004', 'complete', 0, cast(x'c328' AS TEXT));
         INSERT INTO \"action\" (id, state, tentative, \"text\") VALUES ('00000000-0000-4000-8000-000000000005', 'complete', 0, 1.5);
         INSERT INTO \"action\" (id, state, tentative, done_on) VALUES ('00000000-0000-4000-8000-000000000006', 'complete', 0, '2013-02-31');
         INSERT INTO \"action\" (id, state, tentative, done_on) VALUES ('00000000-0000-4000-8000-000000000007', 'complete', 0, '+200000-01-01');
         INSERT INTO \"action\" (id, state, tentative, \"text\") VALUES ('00000000-0000-4000-8000-000000000008', 'complete', 0, printf('%.*c', 1500000, 'x'));
         INSERT INTO \"action\" (id, state, tentative, responsibility) VALUES ('00000000-0000-4000-8000-000000000009', 'complete', 0, 7);"
    ));
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!(foreign.plan, plan, "the good rows, the first of the two with one id");
    let wanted = [
        "action without an id: its id is none; left out".to_owned(),
        "action nonsense: its id is none; left out".into(),
        "action 00000000-0000-0000-0000-000000000000: its id is none; left out".into(),
        format!("action {good}: it is there twice; the first was taken"),
        "action 00000000-0000-4000-8000-000000000001: the state: \"nearly\" is not a state of an action; left out"
            .into(),
        "action 00000000-0000-4000-8000-000000000002: the tentative: \"2\" is not 0 or 1; left out".into(),
        "action 00000000-0000-4000-8000-000000000003: the text is neither text nor number; left out".into(),
        "action 00000000-0000-4000-8000-000000000004: the text is not readable text; left out".into(),
        "action 00000000-0000-4000-8000-000000000005: the text is neither text nor number; left out".into(),
        "action 00000000-0000-4000-8000-000000000006: the done on: \"2013-02-31\" is not a date (YYYY-MM-DD); left out"
            .into(),
        "action 00000000-0000-4000-8000-000000000007: the done on is no date that a plan can have; left out".into(),
        "action 00000000-0000-4000-8000-000000000008: the text is longer than any text of a plan; left out".into(),
        "action 00000000-0000-4000-8000-000000000009: the responsibility: \"7\" is not a row id; left out".into(),
    ];
    assert_eq!(whys(&foreign), wanted);
}

#[test]
fn rows_that_point_at_nothing_are_listed_and_what_can_stand_alone_stays() {
    let (place, plan) = with("DELETE FROM \"theme\" WHERE title = 'Complaints'; DELETE FROM \"action\" WHERE id IN (SELECT \"action\" FROM \"link\" LIMIT 1);
         DELETE FROM \"recommendation\" WHERE reference = '9';");
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!((foreign.plan.recommendations.len(), foreign.plan.positions.len()), (2, 2), "with theirs");
    assert!(foreign.plan.recommendations.values().all(|row| row.theme.is_none()), "kept without their theme");
    assert!(foreign.plan.links.len() < plan.links.len(), "no link leads nowhere");
    let all = whys(&foreign).join("\n");
    assert!(all.contains("its theme is not there; kept without it"), "{all}");
    assert!(all.contains(&format!("position {}: its recommendation is not there; left out", id("p9"))), "{all}");
    assert!(all.contains("link") && all.contains("its action is not there; left out"), "{all}");
}

#[test]
fn a_file_without_a_plan_row_is_refused_and_of_two_the_first_is_taken() {
    let (place, _) = with("DELETE FROM \"plan\"");
    assert!(refused(&place.plan()).to_string().contains("there is no plan in it"));
    let (place, _) =
        with("INSERT INTO \"plan\" (id, organisation) VALUES ('ffffffff-ffff-4fff-8fff-ffffffffffff', 'Another')");
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!(foreign.plan.info().organisation, "NHS Northmoor CCG");
    assert_eq!(foreign.bad.len(), 1, "{:?}", foreign.bad);
}

#[test]
fn other_files_are_refused_by_what_they_are() {
    let place = Place::new();
    let cases: [(&[u8], &str); 3] =
        [(b"", "empty"), (b"PK\x03\x04..word/document.xml", "a Word document"), (b"SQLite format 3\0", "cut short")];
    for (bytes, what) in cases {
        std::fs::write(place.plan(), bytes).expect("writes");
        let error = refused(&place.plan());
        assert!(error.to_string().contains(what), "{error}");
    }
    let (place, _) = with("PRAGMA application_id = 7");
    assert!(matches!(refused(&place.plan()), StoreError::SomebodyElses { .. }));
    let (place, _) = with("PRAGMA user_version = 99");
    assert!(matches!(refused(&place.plan()), StoreError::Newer { found: 99, .. }));
    assert!(
        matches!(Foreign::read(&place.path("none.db")), Err(StoreError::Theirs(error)) if matches!(*error, StoreError::Gone { .. }))
    );
}

#[test]
fn a_newer_file_whose_mark_is_a_view_is_not_run() {
    let (place, _) = with(
        "DROP TABLE meta; CREATE VIEW meta AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
         SELECT 'made_by' AS \"key\", max(i) AS value FROM n; PRAGMA user_version = 99",
    );
    assert!(matches!(refused(&place.plan()), StoreError::Newer { made_by: None, .. }));
}

#[test]
fn thousands_of_tables_are_counted_and_more_are_refused() {
    let (place, plan) = with(&tables(10_000));
    let foreign = read(&place.plan()).expect("reads");
    assert_eq!(foreign.plan, plan);
    assert_eq!(foreign.ignored.last().map(String::as_str), Some("9950 more"));
    let (place, _) = with(&tables(21_000));
    let error = refused(&place.plan());
    assert!(error.refused() && error.to_string().contains("thousands of tables"), "{error}");
}

fn tables(count: usize) -> String {
    let mut sql = String::from("BEGIN;");
    for number in 0..count {
        sql.push_str(&format!("CREATE TABLE t{number} (a);"));
    }
    sql.push_str("COMMIT;");
    sql
}

#[test]
fn a_file_cut_short_is_refused() {
    let (place, file) = Place::with_plan();
    file.close();
    let whole = std::fs::read(place.plan()).expect("reads");
    for length in (4096..whole.len()).step_by(4096).chain([100, 511, whole.len() - 1]) {
        std::fs::write(place.plan(), &whole[..length]).expect("writes");
        let error = refused(&place.plan());
        assert!(matches!(error, StoreError::Damaged { .. }) && error.refused(), "{length}: {error}");
    }
}

/// Whatever bit is flipped: it is read or refused in words, never a crash; and no row points at nothing.
#[test]
fn no_flipped_bit_does_harm() {
    let (place, file) = Place::with_plan();
    file.close();
    let whole = std::fs::read(place.plan()).expect("reads");
    let (mut read_all_the_same, mut lost) = (0, 0);
    for bit in (0..100 * 8).step_by(7).chain((800..whole.len() * 8).step_by(8_009)) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        std::fs::write(place.plan(), &bytes).expect("writes");
        match Foreign::read(&place.plan()) {
            Ok(foreign) => {
                read_all_the_same += 1;
                for link in foreign.plan.links.values() {
                    assert!(foreign.plan.actions.contains_key(&link.action), "bit {bit}: a link to nothing");
                }
            }
            Err(error) => {
                lost += 1;
                assert!(!error.to_string().is_empty() && !error.remedy().is_empty(), "bit {bit}");
            }
        }
        assert_eq!(folder(place.folder.path()).len(), 1, "bit {bit}: nothing beside it");
    }
    assert!(read_all_the_same > lost, "{read_all_the_same} read, {lost} refused");
}

#[test]
fn what_lies_before_and_behind_a_damaged_page_is_read() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let mut edit = recap::model::EditBuilder::new(&plan, "Many actions");
    for number in 0..400 {
        let text = format!("MARK{number:03} {}", "words ".repeat(40));
        edit.put(&recap::model::Action { id: id(&format!("many {number}")), text, ..Default::default() });
    }
    file.commit(&edit.finish(), &stamp(100)).expect("commits");
    let wanted = file.read().expect("reads").actions.len();
    file.close();
    let mut bytes = std::fs::read(place.plan()).expect("reads");
    let row = id("many 200").to_string();
    // the row's own page, not the journal's: the id stands right before its words there
    let page = (0..bytes.len() - 50)
        .rev()
        .find(|at| bytes[*at..].starts_with(row.as_bytes()) && bytes[*at + 36..].starts_with(b"MARK200"));
    let page = page.expect("the row lies in the file") / 4096 * 4096;
    bytes[page..page + 4096].fill(0xAA);
    std::fs::write(place.plan(), &bytes).expect("writes");
    let foreign = read(&place.plan()).expect("reads");
    let found = foreign.plan.actions.len();
    assert!(found > wanted / 2 && found < wanted, "{found} of {wanted}");
    assert!(foreign.notes.iter().any(|note| note.starts_with("the table action is damaged")), "{:?}", foreign.notes);
}

#[test]
fn a_wal_file_is_read_as_one_file_unless_changes_wait_beside_it() {
    let (place, plan) = with("PRAGMA journal_mode = WAL");
    assert_eq!(std::fs::read(place.plan()).expect("reads")[18], 2, "it is one");
    assert_eq!(read(&place.plan()).expect("reads").plan, plan);
    std::fs::write(place.path("plan.db-wal"), b"changes").expect("writes");
    let error = read(&place.plan()).err().expect("changes wait");
    assert!(error.remedy().contains("-wal file beside it") && !error.refused(), "{error}");
}

#[test]
fn a_half_written_file_is_refused_with_what_to_do() {
    let (place, _) = half_written();
    let error = read(&place.path("crashed/plan.db")).err().expect("half written");
    assert!(matches!(&error, StoreError::Theirs(inner) if matches!(**inner, StoreError::HotJournal { .. })), "{error}");
    assert!(error.remedy().contains("copy it together with the -journal"), "{}", error.remedy());
}

#[test]
fn a_file_that_is_being_written_says_so() {
    let (place, file) = Place::with_plan();
    let plan = file.read().expect("reads");
    file.close();
    let writer = Connection::open(place.plan()).expect("opens");
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE \"action\" SET owner = 'Half'").expect("writes");
    assert_eq!(Foreign::read(&place.plan()).expect("what stood before").plan, plan, "not the half-made change");
    writer.execute_batch("ROLLBACK; BEGIN EXCLUSIVE").expect("locks");
    let error = Foreign::read(&place.plan()).err().expect("locked");
    assert!(matches!(&error, StoreError::Theirs(inner) if matches!(**inner, StoreError::Locked { .. })), "{error}");
}

#[test]
fn a_journal_that_was_changed_by_hand_is_not_believed() {
    let (place, _) = with("UPDATE entry SET who = 'Somebody else' WHERE seq = 2");
    let foreign = read(&place.plan()).expect("the rows are sound");
    assert_eq!(foreign.history_ids().expect("reads").len(), 2);
    assert!(foreign.entries_after(0).is_err_and(|error| error.to_string().contains("not as it was written")));
    let (place, _) = with("DROP TABLE entry");
    assert!(
        read(&place.plan()).expect("reads").history_ids().is_err_and(|error| error.to_string().contains("no history"))
    );
}

#[test]
fn a_copy_of_a_foreign_file_opens_as_a_plan() {
    let (place, plan) = with("SELECT 1");
    assert_eq!(open(&place.plan()).expect("opens").read().expect("reads"), plan, "the helper harms nothing");
}
