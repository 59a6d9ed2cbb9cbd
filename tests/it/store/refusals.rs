//! What is no sound plan is refused, and left as it is.

use super::{Place, at, everything, id, open, stamp};
use crate::intelligence::some_intelligence;
use recap::model::{
    Action, Edit, EditBuilder, Entity, Evidence, GapAnswer, MergeMark, Plan, Remark, Responsibility, Revision,
    SavedView, Share, StateWord, Timescale, Value, intent,
};
use recap::store::{EntryKind, PlanFile, Stamp, StoreError, Wanted};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// Opens a file to write and to read, wants it refused, and left alone.
fn refused(path: &Path) -> StoreError {
    let before = std::fs::read(path).expect("there");
    PlanFile::open(path, Wanted::ReadOnly).err().unwrap_or_else(|| panic!("{} is no plan, to read", path.display()));
    let error = open(path).err().unwrap_or_else(|| panic!("{} is no plan", path.display()));
    assert!(std::fs::read(path).expect("there") == before, "{error}: the file was changed");
    let beside = std::fs::read_dir(path.parent().expect("a folder")).expect("reads");
    let beside: Vec<_> = beside.map(|entry| entry.expect("reads").file_name()).collect();
    assert_eq!(beside.len(), 1, "{error}: something was left beside it: {beside:?}");
    assert!(error.refused(), "{error}: exit status 3");
    assert!(!error.remedy().is_empty(), "{error}: says what to do");
    assert!(error.to_string().ends_with(&path.display().to_string()), "{error}: the path stands last");
    error
}

fn refused_bytes(bytes: &[u8]) -> StoreError {
    let place = Place::new();
    std::fs::write(place.plan(), bytes).expect("writes");
    refused(&place.plan())
}

#[test]
fn other_kinds_of_file_are_named() {
    let cases: [(&[u8], &str); 6] = [
        (b"PK\x03\x04....[Content_Types].xml..word/document.xml", "a Word document"),
        (b"%PDF-1.4\n%", "a PDF"),
        (b"Recommendation\tPosition\n9\tGap\n", "a text file"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an older Office document"),
        (b"\x13\x9b\xd1\xfe\x00\x80\xff", "encrypted"),
        (b"SQLite format 2\0", "another kind"),
    ];
    for (bytes, kind) in cases {
        let error = refused_bytes(bytes);
        assert!(matches!(&error, StoreError::NotAPlan { .. }) && error.to_string().contains(kind), "{error}");
    }
}

#[test]
fn an_empty_file_is_no_new_plan_and_a_missing_one_is_not_made() {
    assert!(matches!(refused_bytes(b""), StoreError::Empty { .. }));
    let place = Place::new();
    assert!(matches!(place.open(), Err(StoreError::Gone { .. })), "not there");
    assert!(!place.plan().exists(), "and not made");
    assert!(matches!(open(place.folder.path()), Err(StoreError::NotAPlan { kind: "a folder", .. })));
}

#[test]
fn somebody_elses_database_is_left_alone() {
    let place = Place::new();
    let other = Connection::open(place.plan()).expect("opens");
    other.execute_batch("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('theirs');").expect("runs");
    drop(other);
    assert!(matches!(refused(&place.plan()), StoreError::SomebodyElses { .. }));
}

#[test]
fn a_newer_schema_is_refused_with_what_made_it() {
    let (place, file) = Place::with_plan();
    file.close();
    let newer = Connection::open(place.plan()).expect("opens");
    newer.execute_batch("UPDATE meta SET value = 'Recap 9.0'; PRAGMA user_version = 7;").expect("runs");
    drop(newer);
    match refused(&place.plan()) {
        StoreError::Newer { found: 7, known: NEWEST, made_by: Some(made_by), .. } => assert_eq!(made_by, "Recap 9.0"),
        other => panic!("{other}"),
    }
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let (place, file) = Place::with_plan();
    file.close();
    let whole = std::fs::read(place.plan()).expect("reads");
    let mut lengths = vec![1, 15, 16, 50, 99, 100, 101, 511, 512, 4095, 4096, 4097, whole.len() - 1];
    lengths.extend((4096..whole.len()).step_by(5 * 4096));
    for length in lengths {
        let error = refused_bytes(&whole[..length]);
        let kinds = matches!(error, StoreError::Damaged { .. } | StoreError::NotAPlan { .. });
        assert!(kinds, "{length} of {} bytes: {error}", whole.len());
    }
}

#[test]
fn a_file_with_something_appended_still_opens() {
    let (place, file) = Place::with_plan();
    let before = file.read().expect("reads");
    file.close();
    let mut bytes = std::fs::read(place.plan()).expect("reads");
    bytes.extend(b"-- appended by a mail gateway");
    std::fs::write(place.plan(), &bytes).expect("writes");
    assert_eq!(place.open().expect("opens").read().expect("reads"), before);
}

#[test]
fn no_flipped_bit_passes_unseen() {
    let (place, file) = Place::with_plan();
    let wanted = everything(&file).expect("reads");
    file.close();
    let whole = std::fs::read(place.plan()).expect("reads");
    // every place that holds something in the header, then every so many bits; a prime reaches every part of a page
    let bits = (0..100 * 8).step_by(7).chain((800..whole.len() * 8).step_by(8_009));
    let (mut caught, mut missed) = (0, Vec::new());
    for bit in bits {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let path = place.path("flipped.db");
        std::fs::write(&path, &bytes).expect("writes");
        let seen = match PlanFile::open(&path, Wanted::ReadOnly) {
            Err(_) => true,
            // a bit of an empty place in a page says nothing; one that says something must be found
            Ok(file) => !file.check().is_ok_and(|s| s.sound) || everything(&file).is_ok_and(|found| found == wanted),
        };
        if seen { caught += 1 } else { missed.push(bit) }
    }
    assert!(missed.is_empty(), "{caught} were seen, not those at {missed:?}");
}

#[test]
fn a_bit_flipped_in_a_text_is_found_by_replaying_the_journal() {
    let (place, file) = Place::with_plan();
    file.close();
    let whole = std::fs::read(place.plan()).expect("reads");
    let words = "Agree the extract".as_bytes();
    let places: Vec<usize> = (0..whole.len()).filter(|at| whole[*at..].starts_with(words)).collect();
    assert!(places.len() >= 4, "three rows and the journal");
    for at in places {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        let path = place.path("flipped.db");
        std::fs::write(&path, &bytes).expect("writes");
        let file = PlanFile::open(&path, Wanted::ReadOnly).expect("SQLite sees nothing");
        let soundness = file.check().expect("can be checked");
        assert!(!soundness.sound, "a changed letter at {at}");
        let what = &soundness.findings[0].what;
        assert!(what.contains("Agree the extract") || what.contains("history"), "{what}");
    }
}

#[test]
fn a_new_plan_never_takes_the_place_of_a_file() {
    let place = Place::new();
    std::fs::write(place.plan(), b"something of mine").expect("writes");
    let first = intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None);
    assert!(matches!(PlanFile::create(&place.plan(), &first, &stamp(0)), Err(StoreError::Exists { .. })));
    assert_eq!(std::fs::read(place.plan()).expect("reads"), b"something of mine");
    let nowhere = place.path("no/such/folder/plan.db");
    assert!(matches!(PlanFile::create(&nowhere, &first, &stamp(0)), Err(StoreError::Gone { .. })));
}

#[test]
fn a_plan_that_could_not_be_made_leaves_nothing() {
    let place = Place::new();
    let failed = PlanFile::create(&place.plan(), &Edit::default(), &stamp(0));
    assert!(matches!(failed, Err(StoreError::Unfit(_))), "an edit that makes no plan");
    assert_eq!(std::fs::read_dir(place.folder.path()).expect("reads").count(), 0, "no file, no temporary file");
}

#[test]
fn what_somebody_added_to_the_schema_is_named_and_never_run() {
    let (place, file) = Place::with_plan();
    file.close();
    let hostile = Connection::open(place.plan()).expect("opens");
    hostile
        .execute_batch(
            "CREATE TRIGGER boom AFTER UPDATE ON \"action\" BEGIN DELETE FROM \"position\"; END;
             CREATE VIEW spy AS SELECT * FROM entry;",
        )
        .expect("runs");
    drop(hostile);
    let mut file = place.open().expect("opens");
    let plan = file.read().expect("reads");
    file.commit(&super::owner(&plan, "a9", "Head of contracting"), &stamp(100)).expect("commits");
    assert_eq!(file.read().expect("reads").positions.len(), 3, "the trigger did not fire");
    let soundness = file.check().expect("can be checked");
    let named: Vec<_> = soundness.findings.iter().map(|finding| finding.what.as_str()).collect();
    assert_eq!(named, ["the trigger boom was not made by Recap", "the view spy was not made by Recap"]);
    assert!(soundness.sound, "they do no harm here");
}

#[test]
fn a_table_made_otherwise_is_not_trusted() {
    let (place, file) = Place::with_plan();
    file.close();
    let hostile = Connection::open(place.plan()).expect("opens");
    hostile.execute_batch("DROP TABLE \"choice\"; CREATE TABLE \"choice\" (id TEXT PRIMARY KEY);").expect("runs");
    drop(hostile);
    assert!(refused(&place.plan()).to_string().contains("the table choice"), "names it");
}

#[test]
fn a_row_that_belongs_to_none_is_not_read_as_if_nothing_were_missing() {
    let (place, file) = Place::with_plan();
    file.close();
    let tool = Connection::open(place.plan()).expect("opens");
    tool.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM \"theme\" WHERE title = 'Complaints'").expect("runs");
    drop(tool);
    let file = place.open().expect("its tables are sound");
    let refused = file.read().expect_err("two recommendations stood under it");
    assert!(refused.to_string().contains("a recommendation belongs to a theme that does not exist"), "{refused}");
    let soundness = file.check().expect("can be checked");
    assert!(soundness.findings.iter().any(|f| f.what.contains("is missing; the history has it")), "{soundness:?}");
}

#[test]
fn a_plan_can_be_handed_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<PlanFile>();
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The schema of this program.
const NEWEST: i64 = 6;

fn schema_of(path: &Path) -> i64 {
    let file = Connection::open(path).expect("opens");
    file.pragma_query_value(None, "user_version", |row| row.get(0)).expect("reads")
}

/// The oldest file that must always open. Its schema is somebody's by now: it is never made anew.
#[test]
fn a_file_of_schema_1_opens_is_backed_up_and_brought_up() {
    let place = Place::new();
    std::fs::copy(fixture("schema-1.db"), place.plan()).expect("the fixture is there");
    assert_eq!(schema_of(&place.plan()), 1, "as it was made");
    let mut file = place.open().expect("opens");
    let backups = recap::store::backup::list(&place.backups(), None);
    let [backup] = &backups[..] else { panic!("one backup before anything is changed: {backups:?}") };
    assert_eq!(
        (schema_of(&backup.path), schema_of(&place.plan())),
        (1, NEWEST),
        "the old file is kept, the plan is brought up"
    );
    super::assert_sound(&file);
    let plan = file.read().expect("reads");
    assert_eq!((plan.recommendations.len(), plan.actions.len(), plan.links.len()), (3, 3, 3));
    assert_eq!(plan.info().organisation, "NHS Northmoor CCG");
    file.redo(&stamp(300)).expect("redoes");
    assert_eq!(file.read().expect("reads").actions[&id("a9")].owner, "Head of contracting");
    assert_eq!(file.history(&recap::store::HistoryOf::default()).expect("reads")[0].at, at(300));
    let plan = file.read().expect("reads");
    let minutes = Evidence { id: id("minutes"), text: "Minutes of April".into(), ..Evidence::default() };
    file.commit(&intent::add_evidence(&plan, minutes, Some(id("9"))), &stamp(400))
        .expect("it has a place for evidence");
    super::assert_sound(&file);
}

/// Its schema is somebody's by now: it is never made anew.
#[test]
fn a_file_of_schema_2_opens_and_is_brought_up() {
    let place = Place::new();
    std::fs::copy(fixture("schema-2.db"), place.plan()).expect("the fixture is there");
    assert_eq!(schema_of(&place.plan()), 2, "as it was made");
    let file = place.open().expect("opens");
    assert_eq!(schema_of(&place.plan()), NEWEST, "brought up");
    super::assert_sound(&file);
    let plan = file.read().expect("reads");
    let mut same = Place::with_plan().1.read().expect("reads");
    some_evidence(&same).apply(&mut same).expect("fits");
    assert_eq!(plan, same, "row for row");
    assert_eq!((plan.evidence.len(), plan.evidence_links.len(), plan.remarks.len()), (1, 2, 3));
}

/// Its schema is somebody's by now: it is never made anew.
#[test]
fn a_file_of_schema_3_opens_and_is_brought_up() {
    let place = Place::new();
    std::fs::copy(fixture("schema-3.db"), place.plan()).expect("the fixture is there");
    assert_eq!(schema_of(&place.plan()), 3, "as it was made");
    let file = place.open().expect("opens");
    assert_eq!(schema_of(&place.plan()), NEWEST, "brought up");
    super::assert_sound(&file);
    let plan = file.read().expect("reads");
    let mut same = Place::with_plan().1.read().expect("reads");
    some_revisions(&same).apply(&mut same).expect("fits");
    assert_eq!(plan, same, "row for row");
    assert_eq!((plan.revisions.len(), plan.state_words.len()), (1, 1));
    let mut file = file;
    file.commit(&some_intelligence(&plan), &stamp(400)).expect("it has a place for providers");
    super::assert_sound(&file);
}

/// Its schema is somebody's by now: it is never made anew.
#[test]
fn a_file_of_schema_4_opens_and_is_brought_up() {
    let place = Place::new();
    std::fs::copy(fixture("schema-4.db"), place.plan()).expect("the fixture is there");
    assert_eq!(schema_of(&place.plan()), 4, "as it was made");
    let file = place.open().expect("opens");
    assert_eq!(schema_of(&place.plan()), NEWEST, "brought up");
    super::assert_sound(&file);
    let plan = file.read().expect("reads");
    let mut same = Place::with_plan().1.read().expect("reads");
    some_intelligence(&same).apply(&mut same).expect("fits");
    assert_eq!(plan, same, "row for row");
    let of_signals = [
        Entity::Provider,
        Entity::SignalTheme,
        Entity::Subject,
        Entity::Receipt,
        Entity::Batch,
        Entity::NotedFinding,
        Entity::FindingLink,
        Entity::WatchLevel,
        Entity::Rebase,
    ];
    for kind in of_signals {
        assert!(!plan.ids(kind).is_empty(), "a {kind}");
    }
}

fn some_revisions(plan: &Plan) -> Edit {
    let day = at(0).date_naive();
    let mut edit = EditBuilder::new(plan, "Revise a timescale");
    edit.put(&Responsibility { id: id("hear"), text: "Hear from patients".into(), ..Responsibility::default() });
    edit.put(&Timescale {
        id: id("june"),
        responsibility: id("hear"),
        words: "August 2013".into(),
        original: "June 2013".into(),
        done: true,
        done_on: Some(day),
        ..Timescale::default()
    });
    edit.put(&Revision {
        id: id("later"),
        timescale: id("june"),
        date: Some(day),
        words: "August 2013".into(),
        reason: "The survey is late".into(),
    });
    edit.put(&StateWord { id: id("word"), key: "complete".into(), word: "Delivered".into(), letter: "B".into() });
    edit.update::<Action>(id("a9"), |row| {
        row.starts_on = Some(day);
        row.next_review = Some(day);
    });
    edit.finish()
}

fn some_evidence(plan: &Plan) -> Edit {
    let mut edit = EditBuilder::new(plan, "Import a document");
    edit.put(&Evidence {
        id: id("minutes"),
        order: "1".into(),
        text: "Minutes of the Quality Committee".into(),
        kind: "minutes".into(),
        date: Some(at(0).date_naive()),
        held: "Quality team's shared folder".into(),
        valid_until: None,
    });
    for reference in ["9", "123"] {
        intent::put_evidence_link(&mut edit, id(reference), id("minutes"));
    }
    edit.put(&Responsibility { id: id("hear"), text: "Hear from patients".into(), ..Responsibility::default() });
    for (place, row) in [id("9"), id("a9"), id("hear")].into_iter().enumerate() {
        let remark = row.derive(&["remark"]);
        edit.put(&Remark {
            id: remark,
            order: format!("{}", place + 1),
            row,
            label: "Assurance".into(),
            text: "None".into(),
            source: "plan.docx, table 1, row 2".into(),
        });
    }
    edit.finish()
}

/// Evidence that stands behind a recommendation which is gone is refused like any other orphan.
#[test]
fn a_link_to_evidence_that_is_gone_is_seen() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    file.commit(&some_evidence(&plan), &stamp(100)).expect("commits");
    file.close();
    let tool = Connection::open(place.plan()).expect("opens");
    tool.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM \"evidence\"").expect("runs");
    drop(tool);
    let refused = place.open().expect("its tables are sound").read().expect_err("two links pointed at it");
    assert!(
        refused.to_string().contains("an evidence link belongs to an evidence item that does not exist"),
        "{refused}"
    );
}

/// A share, a mark of a merge, and typing that extended an entry.
fn some_sharing(file: &mut PlanFile) {
    let plan = file.read().expect("reads");
    for (after, text) in [(0, "Agree the extr"), (20, "Agree the extract")] {
        let edit =
            intent::set_field(&file.read().expect("reads"), Entity::Action, id("a9"), "text", Value::Text(text.into()));
        file.commit(&edit.expect("fits"), &stamp(500 + after)).expect("commits");
    }
    let mut edit = EditBuilder::new(&plan, "Shared with NHS Southmoor CCG");
    let of = Share {
        id: id("share"),
        date: chrono::NaiveDate::from_ymd_opt(2013, 5, 28),
        for_whom: "NHS Southmoor CCG".into(),
        why: "Joint actions".into(),
        goes: "3 recommendations".into(),
        left_out: "Signals".into(),
        file: "Northmoor for Southmoor.db".into(),
        sha256: "0".repeat(64),
        base: id("entry"),
        to_edit: true,
    };
    edit.put(&of);
    let share = Stamp { kind: EntryKind::Share, ..stamp(600) };
    file.commit(&edit.finish(), &share).expect("commits");
    let mut edit = EditBuilder::new(&plan, "Merge a copy");
    let entry = id("their entry");
    edit.put(&MergeMark {
        id: MergeMark::id_of(plan.id(), entry),
        entry,
        from_whom: "NHS Southmoor CCG".into(),
        date: of.date,
    });
    file.commit(&edit.finish(), &Stamp { kind: EntryKind::Merge, ..stamp(700) }).expect("commits");
}

/// Its schema is somebody's by now: it is never made anew.
#[test]
fn a_file_of_schema_5_opens_and_is_brought_up() {
    let place = Place::new();
    std::fs::copy(fixture("schema-5.db"), place.plan()).expect("the fixture is there");
    assert_eq!(schema_of(&place.plan()), 5, "as it was made");
    let mut file = place.open().expect("opens");
    assert_eq!(schema_of(&place.plan()), NEWEST, "brought up");
    super::assert_sound(&file);
    let (_made, mut same) = Place::with_plan();
    some_sharing(&mut same);
    assert_eq!(file.read().expect("reads"), same.read().expect("reads"), "row for row");
    file.undo(&stamp(800)).expect("takes the merge back");
    let undo = file.reversible().expect("reads").undo.expect("there is more");
    assert!(undo.contains("action") && !undo.contains("Shared"), "a share is no step of undo: {undo}");
}

/// A saved view and an answer to a gap.
fn some_looking(plan: &Plan) -> Edit {
    let mut edit = EditBuilder::new(plan, "Save a view and answer a gap");
    edit.put(&SavedView {
        id: id("view"),
        order: "5".into(),
        name: "For the March meeting".into(),
        definition: "{}".into(),
    });
    edit.put(&GapAnswer {
        id: GapAnswer::id_of(plan.id(), "no owner", id("a9"), ""),
        rule: "no owner".into(),
        row: id("a9"),
        about: String::new(),
        reason: "The whole team has it".into(),
        date: chrono::NaiveDate::from_ymd_opt(2013, 5, 28),
    });
    edit.finish()
}

/// Made anew with `RECAP_MAKE_FIXTURES=1`, before its schema is anybody's; never after.
#[test]
fn a_file_of_schema_6_opens() {
    let fixture = fixture("schema-6.db");
    if std::env::var_os("RECAP_MAKE_FIXTURES").is_some() {
        let (place, mut file) = Place::with_plan();
        let plan = file.read().expect("reads");
        file.commit(&some_looking(&plan), &stamp(500)).expect("commits");
        file.close();
        std::fs::copy(place.plan(), &fixture).expect("copies");
    }
    let place = Place::new();
    std::fs::copy(&fixture, place.plan()).expect("the fixture is there");
    assert_eq!(schema_of(&place.plan()), NEWEST, "as it was made");
    let file = place.open().expect("opens");
    super::assert_sound(&file);
    let mut same = Place::with_plan().1.read().expect("reads");
    some_looking(&same).apply(&mut same).expect("fits");
    assert_eq!(file.read().expect("reads"), same, "row for row");
}
