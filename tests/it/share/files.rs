//! The files: what the copy is when it is opened, what the log says, and what is left where it fails.

use super::{Desk, asked, names, read_only, who};
use crate::store::at;
use crate::store::faults::protect;
use recap::app::sharing;
use recap::model::{Action, EditBuilder, Share, intent};
use recap::share::{Scope, SignalsAs};
use recap::store::{Access, EntryKind, HistoryOf, PlanFile, ReadOnlyReason, Stamp, StoreError, Wanted};
use std::path::Path;

fn open(path: &Path, backups: &Path) -> PlanFile {
    PlanFile::open(path, Wanted::Write { backups, now: at(0) }).expect("opens")
}

#[test]
fn a_copy_can_only_be_read_unless_it_was_made_to_be_edited() {
    let mut desk = Desk::sample();
    let backups = desk.path("backups");
    let shared = desk.share(Scope::default(), "read.db");
    let copy = open(&shared.path, &backups);
    assert_eq!(*copy.access(), Access::ReadOnly(ReadOnlyReason::Shared), "and it says why");
    assert!(copy.check().expect("checks").sound, "sound");
    let manifest = copy.manifest().expect("it says what it is").clone();
    assert_eq!((manifest.made_by.as_str(), manifest.for_whom.as_str()), ("NHS Northmoor CCG", "NHS Southmoor CCG"));
    assert!(manifest.left_out.iter().any(|line| line.contains("signals")), "{:?}", manifest.left_out);
    copy.close();

    let mut wanted = asked(Scope::default());
    wanted.wanted.to_edit = true;
    let shared = desk.try_share(&wanted, "edit.db").expect("shares");
    let mut copy = open(&shared.path, &backups);
    assert_eq!(*copy.access(), Access::Write, "made to be edited");
    let plan = copy.read().expect("reads");
    let action = plan.actions.values().next().expect("one").id;
    let edit = intent::delete_action(&plan, action);
    copy.commit(&edit, &who(900)).expect("the neighbour edits").expect("something changed");
    assert_eq!(copy.undo(&who(901)).expect("undoes").expect("one").kind, EntryKind::Undo);
    assert_eq!(copy.undo(&who(902)).expect("undoes"), None, "the share itself is no step");
    assert!(copy.check().expect("checks").sound, "still sound");
}

#[test]
fn the_log_has_the_copys_sum_and_undo_leaves_it() {
    let mut desk = Desk::sample();
    let base = desk.file.last_entry().expect("has one");
    let shared = desk.share(Scope::default(), "Northmoor for Southmoor.db");
    let plan = desk.plan();
    let log: Vec<&Share> = plan.shares.values().collect();
    let [log] = log.as_slice() else { panic!("one row, not {}", log.len()) };
    let manifest = read_only(&shared.path).manifest().expect("there").clone();
    assert_eq!((log.id, log.base, manifest.base), (manifest.id, base, base), "the share's mark");
    assert_eq!(log.file, "Northmoor for Southmoor.db");
    assert_eq!((log.for_whom.as_str(), log.to_edit), ("NHS Southmoor CCG", false));
    let bytes = std::fs::read(&shared.path).expect("there");
    assert_eq!(log.sha256, sum(&bytes), "of the file as it was handed over");
    let last = desk.file.history(&HistoryOf { limit: Some(1), ..HistoryOf::default() }).expect("reads");
    assert_eq!((last[0].kind, last[0].edit.label.as_str()), (EntryKind::Share, "Shared a copy with NHS Southmoor CCG"));
    assert_eq!(desk.file.undo(&who(90)).expect("runs"), None, "it happened");
    assert!(desk.file.check().expect("checks").sound, "the log is in the history");
}

fn sum(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(bytes).iter().fold(String::new(), |sum, byte| sum + &format!("{byte:02x}"))
}

#[test]
fn a_copy_is_one_file_with_one_entry_of_history() {
    let mut desk = Desk::sample();
    let shared = desk.share(Scope::default().signals(SignalsAs::Rows), "copy.db");
    assert_eq!(desk.names(), ["Something about a patient.db", "copy.db", "copy.html"], "nothing beside them");
    let copy = read_only(&shared.path);
    let history = copy.history(&HistoryOf::default()).expect("reads");
    assert_eq!(history.len(), 1, "one entry");
    assert_eq!((history[0].who.as_str(), history[0].kind), ("NHS Northmoor CCG", EntryKind::Edit), "nobody's name");
    assert!(copy.check().expect("checks").sound, "it leads to the rows");
}

#[test]
fn the_page_says_on_top_what_it_is_and_holds_what_goes() {
    let mut desk = Desk::sample();
    let shared = desk.share(Scope::default().signals(SignalsAs::Counts), "copy.db");
    let page = std::fs::read_to_string(shared.reading_copy.expect("there")).expect("reads");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("the page does not say \"{words}\""));
    let top = at("NHS Northmoor CCG made this copy of its plan for NHS Southmoor CCG on 28 May 2013.");
    assert!(top < at("Left out") && at("Left out") < at("<table"), "before all else");
    at("Joint actions for our shared provider");
    at("Complaints and other signals");
    let action = desk.plan().actions.into_values().find(|row| row.text.len() > 20 && row.text.is_ascii()).expect("one");
    let first: String =
        action.text.lines().next().expect("a line").trim_start_matches(['•', ' ']).replace('\'', "&#39;");
    assert!(page.contains(&first) || page.contains(&first.replace("&#39;", "'")), "{first}");
}

#[test]
fn what_stands_in_its_place_is_left_and_nothing_is_logged() {
    let mut desk = Desk::sample();
    for name in ["copy.db", "copy.html"] {
        std::fs::write(desk.path(name), b"theirs").expect("writes");
        let refused = desk.try_share(&asked(Scope::default()), "copy.db");
        assert!(matches!(refused, Err(StoreError::Exists { .. })), "{refused:?}");
        assert_eq!(std::fs::read(desk.path(name)).expect("there"), b"theirs", "as it was");
        std::fs::remove_file(desk.path(name)).expect("there");
        assert_eq!(desk.names(), ["Something about a patient.db"], "nothing is left");
    }
    let gone = desk.try_share(&asked(Scope::default()), "no such folder/copy.db");
    assert!(matches!(gone, Err(StoreError::Gone { .. })), "{gone:?}");
    assert!(desk.plan().shares.is_empty(), "none of it is in the log");
}

#[test]
fn a_plan_that_can_only_be_read_is_not_shared() {
    let desk = Desk::sample();
    let path = desk.file.path().to_owned();
    protect(&path, true);
    let mut file = open(&path, &desk.path("backups"));
    let to = desk.path("copy.db");
    let stamp = Stamp { kind: EntryKind::Share, ..who(1) };
    let refused = sharing::share(&mut file, &asked(Scope::default()), &to, None, &stamp, &mut |_| true);
    protect(&path, false);
    assert!(matches!(refused, Err(StoreError::ReadOnly { reason: ReadOnlyReason::File, .. })), "{refused:?}");
    assert!(!to.exists(), "no copy");
}

#[test]
fn a_copy_that_cannot_be_logged_is_taken_away_again() {
    let mut desk = Desk::sample();
    let other = rusqlite::Connection::open(desk.file.path()).expect("opens");
    // somebody writes at this moment: the plan can be read, but not written
    other.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let refused = desk.try_share(&asked(Scope::default()), "copy.db");
    assert!(matches!(refused, Err(StoreError::Locked { .. })), "{refused:?}");
    other.execute_batch("ROLLBACK").expect("unlocks");
    drop(other);
    assert_eq!(desk.names(), ["Something about a patient.db"], "no copy, no page");
    assert!(desk.plan().shares.is_empty(), "and no word of it");
}

#[test]
fn what_was_changed_since_it_was_looked_at_is_not_shared_unseen() {
    let mut desk = Desk::sample();
    let mut asked = asked(Scope::default());
    asked.looked_at = Some(desk.preview(Scope::default()).base);
    let plan = desk.plan();
    let action = plan.actions.values().next().expect("one").id;
    desk.file.commit(&intent::delete_action(&plan, action), &who(5)).expect("commits");
    let refused = desk.try_share(&asked, "copy.db");
    assert!(matches!(refused, Err(StoreError::Unfit(_))), "{refused:?}");
    assert_eq!(desk.names(), ["Something about a patient.db"], "no copy");
}

#[test]
fn a_change_after_the_share_is_not_in_the_copy_and_the_next_one_has_it() {
    let mut desk = Desk::sample();
    desk.share(Scope::default(), "first.db");
    let plan = desk.plan();
    let action = plan.actions.values().next().expect("one").id;
    let mut edit = EditBuilder::new(&plan, "Change an action");
    edit.update::<Action>(action, |row| row.text = "Quite something else".into());
    desk.file.commit(&edit.finish(), &who(300)).expect("commits");
    desk.share(Scope::default(), "second.db");
    let text = |name: &str| read_only(&desk.path(name)).read().expect("reads").actions[&action].text.clone();
    assert_ne!(text("first.db"), "Quite something else");
    assert_eq!(text("second.db"), "Quite something else");
    assert_eq!(desk.plan().shares.len(), 2, "two in the log");
    assert_eq!(names(desk.path("x").parent().expect("a folder")).len(), 5, "the plan, two copies, two pages");
}
