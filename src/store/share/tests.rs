//! The proof against copies that were tampered with between making and proving.

use super::*;
use crate::model::{Action, EditBuilder, Evidence, Recommendation, intent};
use crate::store::Stamp;
use chrono::DateTime;
use std::collections::BTreeSet;

const HELD: &str = "Quality team's shared folder, drawer 3, behind the minutes";
const STORY: &str = "The daughter of the patient on the third bed rang twice about the call bell and nobody came.";

struct Case {
    folder: tempfile::TempDir,
    file: PlanFile,
    source: Plan,
    goes: Plan,
    manifest: Manifest,
}

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut first = intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None);
        let nothing = Plan::default();
        let mut rows = EditBuilder::new(&nothing, "");
        rows.put(&Recommendation {
            id: id("r"),
            reference: "9".into(),
            text: STORY.replace("third", "first"),
            ..Recommendation::default()
        });
        rows.put(&Action {
            id: id("a"),
            text: "long ".repeat(3_000),
            owner: "Quality lead".into(),
            ..Action::default()
        });
        rows.put(&Evidence { id: id("e"), text: "Minutes".into(), held: HELD.into(), ..Evidence::default() });
        first.changes.extend(rows.finish().changes);
        let stamp = Stamp { who: "A Colleague", at: DateTime::default(), kind: EntryKind::Edit };
        let mut file = PlanFile::create(&folder.path().join("plan.db"), &first, &stamp).expect("makes a plan");
        let plan = file.read().expect("reads");
        let set = |text: &str, plan: &Plan| {
            let mut edit = EditBuilder::new(plan, "Action");
            edit.update::<Action>(id("a"), |action| text.clone_into(&mut action.text));
            edit.finish()
        };
        let before = plan.actions[&id("a")].text.clone();
        // the story stands in the history only
        file.commit(&set(STORY, &plan), &stamp).expect("writes");
        let now = file.read().expect("reads");
        file.commit(&set(&before, &now), &stamp).expect("writes");
        let source = file.read().expect("reads");
        let mut goes = source.clone();
        goes.evidence.clear();
        let manifest = Manifest {
            id: id("share"),
            origin: source.id(),
            base: file.last_entry().expect("has one"),
            made_by: "NHS Northmoor CCG".into(),
            made_at: DateTime::default(),
            for_whom: "NHS Southmoor CCG".into(),
            why: "To read".into(),
            goes: Vec::new(),
            left_out: Vec::new(),
            withheld: BTreeSet::from(["evidence".to_owned(), "choice".to_owned()]),
            to_edit: false,
        };
        Self { folder, file, source, goes, manifest }
    }

    fn what(&self) -> ToShare<'_> {
        ToShare {
            source: &self.source,
            plan: &self.goes,
            batch: None,
            signals: &[],
            measures: &[],
            counts: &[],
            manifest: &self.manifest,
            label: "Shared by NHS Northmoor CCG",
            names: &[],
        }
    }

    /// Makes the copy, tampers with it, and reads it back and looks through its bytes.
    fn tampered(&self, tamper: impl FnOnce(&Path)) -> (Result<(), Fault>, Result<(), Fault>) {
        let path = self.folder.path().join("copy.db");
        std::fs::write(&path, b"").expect("writes");
        let what = self.what();
        let entry = write(&path, &what).expect("writes");
        tamper(&path);
        let read = verify::read_back(&path, &what, &entry);
        let goes = withheld::goes(&what).expect("reads");
        let proven = proof::nothing_else_goes(&self.file.file, &what, &goes, &path, None);
        std::fs::remove_file(&path).expect("there");
        (read, proven)
    }
}

fn fails(result: &Result<(), Fault>) -> bool {
    matches!(result, Err(Fault::Unproven(_)))
}

#[test]
fn an_honest_copy_is_proven_and_has_its_sum() {
    let case = Case::new();
    let (read, proven) = case.tampered(|_| ());
    read.expect("as it was to be");
    proven.expect("and nothing else in it");
    let to = case.folder.path().join("Northmoor for Southmoor.db");
    let made = case.file.share_to(&to, &case.what(), &mut |_| true).expect("shares");
    let bytes = std::fs::read(&to).expect("there");
    assert_eq!(made.size, u64::try_from(bytes.len()).expect("fits"));
    let sum = Sha256::digest(&bytes).iter().fold(String::new(), |sum, byte| sum + &format!("{byte:02x}"));
    assert_eq!(made.sha256, sum, "of the file as it lies there");
}

#[test]
fn a_text_that_lies_where_no_row_stands_is_found() {
    let case = Case::new();
    for text in [HELD, &STORY[20..70], "A Colleague"] {
        let (read, proven) = case.tampered(|path| {
            let mut bytes = std::fs::read(path).expect("reads");
            bytes.extend_from_slice(&[0; 700]);
            bytes.extend_from_slice(text.as_bytes());
            bytes.resize(bytes.len().next_multiple_of(4096), 0);
            std::fs::write(path, bytes).expect("writes");
        });
        assert!(read.is_ok(), "SQLite does not see it");
        assert!(fails(&proven), "\"{text}\" was not found: {proven:?}");
    }
}

#[test]
fn a_deleted_text_is_found_even_split_over_pages() {
    let case = Case::new();
    let (read, proven) = case.tampered(|path| {
        let file = Connection::open(path).expect("opens");
        file.execute_batch("PRAGMA secure_delete = OFF; PRAGMA auto_vacuum = NONE").expect("sets");
        for pad in 0..60 {
            let text = format!("{}{HELD}", "x".repeat(4_000 + pad * 5));
            file.execute("INSERT INTO meta VALUES (?1, ?2)", [format!("pad {pad}"), text]).expect("writes");
        }
        file.execute("DELETE FROM meta WHERE key LIKE 'pad %'", []).expect("deletes");
    });
    assert!(fails(&read), "pages are left over");
    assert!(fails(&proven), "and the text in them is found: {proven:?}");
}

#[test]
fn a_row_or_field_too_many_fails_the_reading_back() {
    let case = Case::new();
    for sql in [
        "INSERT INTO choice (id, kind) VALUES ('00000000-0000-4000-8000-000000000001', 'pairing')",
        "INSERT INTO evidence (id) VALUES ('00000000-0000-4000-8000-000000000001')",
        "UPDATE \"plan\" SET version = 'Draft 3'",
        "UPDATE manifest SET why = 'Something else'",
        "UPDATE entry SET who = 'A Colleague'",
        "UPDATE entry SET checksum = 'A Colleague'",
        "INSERT INTO entry_was VALUES ('00000000-0000-4000-8000-000000000001', 1)",
        "INSERT INTO meta VALUES ('user', 'A Colleague')",
        "INSERT INTO shared_count (provider, source, theme, \"from\", \"to\", \"count\")
         VALUES ('A', 'b', 'c', '2013-04', '2013-06', '3')",
        "INSERT INTO signal_batch (id) VALUES ('00000000-0000-4000-8000-000000000001')",
        "INSERT INTO signal_stream (source, provider) VALUES ('complaint', '')",
        "CREATE TABLE more (text TEXT)",
    ] {
        let (read, _) = case.tampered(|path| {
            Connection::open(path).expect("opens").execute_batch(sql).expect("tampers");
        });
        assert!(fails(&read), "{sql}: {read:?}");
    }
}

#[test]
fn a_plan_that_was_changed_meanwhile_is_not_shared() {
    let mut case = Case::new();
    case.manifest.base = id("an earlier entry");
    let to = case.folder.path().join("copy.db");
    let shared = case.file.share_to(&to, &case.what(), &mut |_| true);
    assert!(matches!(shared, Err(StoreError::Unfit(_))), "{shared:?}");
    assert!(!to.exists(), "and no file is left");
}

#[test]
fn stopped_half_way_no_file_is_left() {
    let case = Case::new();
    let to = case.folder.path().join("copy.db");
    for stop in [0.01, 0.3, 0.5, 0.9] {
        let shared = case.file.share_to(&to, &case.what(), &mut |done| done < stop);
        assert!(matches!(shared, Err(StoreError::Stopped)), "{shared:?}");
    }
    let left: Vec<_> = std::fs::read_dir(case.folder.path()).expect("reads").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["plan.db"], "nothing beside the plan");
}
