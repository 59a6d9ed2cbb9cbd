//! What the world does to a file: write protection, crashes, other programs, moved files.

use super::{Place, assert_sound, at, id, open, owner, stamp};
use recap::model::{Action, EditBuilder};
use recap::store::{Access, Away, Found, PlanFile, ReadOnlyReason, StoreError, Wanted, presence};
use rusqlite::Connection;
use std::path::Path;

pub(crate) fn protect(path: &Path, on: bool) {
    let mut permissions = std::fs::metadata(path).expect("there").permissions();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let write = if on { 0 } else { 0o200 };
        permissions.set_mode(permissions.mode() & !0o222 | write);
    }
    #[cfg(not(unix))]
    permissions.set_readonly(on);
    std::fs::set_permissions(path, permissions).expect("sets");
}

/// A plan, and the same with a change of all its actions half written: the plan file as it was in
/// the middle, with the journal SQLite had beside it.
pub(crate) fn half_written() -> (Place, recap::model::Plan) {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let mut edit = EditBuilder::new(&plan, "Many actions");
    for number in 0..300 {
        let text = format!("{number} ").repeat(200);
        edit.put(&Action { id: id(&format!("many {number}")), text, ..Action::default() });
    }
    file.commit(&edit.finish(), &stamp(100)).expect("commits");
    let plan = file.read().expect("reads");
    file.close();
    let writer = Connection::open(place.plan()).expect("opens");
    // a tiny cache spills: the file is changed before the commit
    writer.execute_batch("PRAGMA cache_size = 1; BEGIN; UPDATE \"action\" SET owner = 'Half';").expect("runs");
    std::fs::create_dir(place.path("crashed")).expect("makes");
    for name in ["plan.db", "plan.db-journal"] {
        std::fs::copy(place.path(name), place.path("crashed").join(name)).expect("copies");
    }
    (place, plan)
}

#[test]
fn a_change_that_a_crash_cut_off_is_rolled_back() {
    let (place, plan) = half_written();
    let file = open(&place.path("crashed/plan.db")).expect("opens");
    assert_eq!(file.read().expect("reads"), plan, "as before it");
    assert_sound(&file);
    assert!(!place.path("crashed/plan.db-journal").exists(), "and the journal is gone");
}

#[test]
fn a_cut_off_change_that_cannot_be_rolled_back_is_not_shown() {
    let (place, _) = half_written();
    let path = place.path("crashed/plan.db");
    let before = std::fs::read(&path).expect("reads");
    assert!(matches!(PlanFile::open(&path, Wanted::ReadOnly), Err(StoreError::HotJournal { .. })), "to read");
    protect(&path, true);
    let error = open(&path).err().expect("cannot be put right");
    assert!(matches!(error, StoreError::HotJournal { .. }) && error.remedy().contains("-journal"), "{error}");
    assert!(!error.refused(), "exit status 4");
    assert!(std::fs::read(&path).expect("reads") == before, "left as it is");
}

#[test]
fn a_file_copied_without_its_journal_is_found_out() {
    let (place, plan) = half_written();
    std::fs::remove_file(place.path("crashed/plan.db-journal")).expect("removes");
    let file = open(&place.path("crashed/plan.db")).expect("SQLite sees nothing");
    assert_ne!(file.read().expect("reads"), plan, "half of it is there");
    let soundness = file.check().expect("can be checked");
    assert!(!soundness.sound, "the journal says otherwise");
    let finding = &soundness.findings[0];
    assert_eq!(finding.field, Some("owner"), "{finding:?}");
    assert!(finding.what.contains("\"Half\"; the history says \"\""), "{finding:?}");
}

#[test]
fn a_protected_file_or_folder_opens_to_read_only_and_says_why() {
    let (place, file) = Place::with_plan();
    let plan = file.read().expect("reads");
    file.close();
    let wants = |reason: ReadOnlyReason| {
        let before = std::fs::read(place.plan()).expect("reads");
        let mut file = place.open().expect("opens");
        assert_eq!(file.access(), &Access::ReadOnly(reason));
        assert_eq!(file.read().expect("reads"), plan);
        let refused = file.commit(&owner(&plan, "a9", "Somebody"), &stamp(100)).expect_err("read only");
        assert!(refused.to_string().contains(reason.words()) && !refused.remedy().is_empty(), "{refused}");
        assert!(matches!(file.undo(&stamp(100)), Err(StoreError::ReadOnly { .. })));
        file.close();
        assert!(std::fs::read(place.plan()).expect("reads") == before, "as it was");
    };
    protect(&place.plan(), true);
    wants(ReadOnlyReason::File);
    protect(&place.plan(), false);
    if cfg!(unix) {
        protect(place.folder.path(), true);
        wants(ReadOnlyReason::Folder);
        protect(place.folder.path(), false);
    }
    let mut file = PlanFile::open(&place.plan(), Wanted::ReadOnly).expect("opens");
    assert_eq!(file.access(), &Access::ReadOnly(ReadOnlyReason::Asked));
    assert!(file.commit(&owner(&plan, "a9", "Somebody"), &stamp(100)).is_err());
    assert_eq!(place.open().expect("opens").access(), &Access::Write);
}

#[test]
fn opening_and_closing_changes_no_byte() {
    let (place, file) = Place::with_plan();
    file.close();
    let before = std::fs::read(place.plan()).expect("reads");
    let file = place.open().expect("opens");
    file.read().expect("reads");
    file.check().expect("checks");
    file.close();
    assert!(std::fs::read(place.plan()).expect("reads") == before);
    assert_eq!(std::fs::read_dir(place.folder.path()).expect("reads").count(), 1, "nothing beside it");
}

#[test]
fn a_file_in_wal_mode_becomes_one_file_again() {
    let (place, file) = Place::with_plan();
    let plan = file.read().expect("reads");
    file.close();
    let tool = Connection::open(place.plan()).expect("opens");
    tool.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())).expect("sets");
    drop(tool);
    assert_eq!(std::fs::read(place.plan()).expect("reads")[18], 2, "it is one");
    assert_eq!(place.open().expect("opens").read().expect("reads"), plan);
    assert_eq!(std::fs::read(place.plan()).expect("reads")[18], 1, "not any more");
    assert_eq!(std::fs::read_dir(place.folder.path()).expect("reads").count(), 1, "nothing beside it");
}

#[test]
fn a_plan_that_somebody_is_writing_says_who_has_it() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let _claim = presence::claim(&place.plan(), "Safety lead", "PC-7", at(0)).expect("first");
    let writer = Connection::open(place.plan()).expect("opens");
    writer.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let locked = file.commit(&owner(&plan, "a9", "Quality lead"), &stamp(100)).expect_err("locked");
    assert!(
        matches!(locked, StoreError::Locked { .. }) && locked.to_string().contains("Safety lead on PC-7"),
        "{locked}"
    );
    writer.execute_batch("ROLLBACK").expect("unlocks");
    file.commit(&owner(&plan, "a9", "Quality lead"), &stamp(100)).expect("now it goes");
}

#[test]
fn a_plan_that_was_moved_or_replaced_is_not_written() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    std::fs::copy(place.plan(), place.path("other.db")).expect("copies");
    std::fs::rename(place.plan(), place.path("moved.db")).expect("moves");
    assert!(matches!(file.look(), Ok(Found::Away(Away::Gone))), "moved");
    let refused = file.commit(&owner(&plan, "a9", "Lost"), &stamp(100)).expect_err("it would go to the wrong file");
    assert!(matches!(refused, StoreError::Gone { .. }), "{refused}");
    std::fs::rename(place.path("other.db"), place.plan()).expect("a sync tool does this");
    let refused = file.commit(&owner(&plan, "a9", "Lost"), &stamp(100)).expect_err("the name leads to another file");
    assert!(matches!(refused, StoreError::Gone { .. }), "{refused}");
    assert!(matches!(file.look(), Ok(Found::Same)), "the same plan to the last entry: nothing can be mixed");
    file.commit(&owner(&plan, "a9", "In the new file"), &stamp(101)).expect("and work goes on in it");
    assert_eq!(open(&place.plan()).expect("opens").read().expect("reads").actions[&id("a9")].owner, "In the new file");
    assert_eq!(open(&place.path("moved.db")).expect("opens").read().expect("reads"), plan, "untouched");
}

#[test]
fn presence_tells_who_until_it_is_dropped() {
    let (place, file) = Place::with_plan();
    let path = place.plan();
    let claim = presence::claim(&path, "Quality lead", "PC-1", at(0)).expect("nobody has it");
    assert!(claim.is_seen() && place.path("plan.db.open").exists(), "beside the plan");
    let other = presence::claim(&path, "Safety lead", "PC-2", at(60)).expect_err("taken");
    assert_eq!((other.name.as_str(), other.machine.as_str(), other.since), ("Quality lead", "PC-1", at(0)));
    let taken = presence::take_over(&path, "Safety lead", "PC-2", at(60));
    drop(claim);
    assert_eq!(presence::look(&path).expect("still said").name, "Safety lead", "not ours to remove any more");
    drop(taken);
    assert_eq!(presence::look(&path), None, "gone when dropped");
    std::fs::write(place.path("plan.db.open"), b"\xff not ours").expect("writes");
    let unreadable = presence::claim(&path, "Quality lead", "PC-1", at(0)).expect_err("somebody");
    assert!(unreadable.to_string().starts_with("somebody, who opened it on"), "{unreadable}");
    file.check().expect("SQLite does not care");
}

#[test]
fn what_a_crash_on_this_machine_left_behind_keeps_nobody_out() {
    let (place, _file) = Place::with_plan();
    let (path, beside) = (place.plan(), place.path("plan.db.open"));
    let crashed = presence::claim(&path, "Quality lead", "PC-1", at(0)).expect("first");
    presence::claim(&path, "Quality lead", "PC-1", at(60)).expect_err("it runs, in another window");
    let left = std::fs::read(&beside).expect("reads");
    drop(crashed);
    std::fs::write(&beside, &left).expect("writes");
    presence::claim(&path, "Safety lead", "PC-2", at(60)).expect_err("another machine cannot know");
    let again = presence::claim(&path, "Safety lead", "PC-1", at(60)).expect("the same machine can");
    assert_eq!(presence::look(&path).expect("said").name, "Safety lead", "theirs now");
    drop(again);
    assert!(!beside.exists(), "and gone with them");
}

#[cfg(unix)]
#[test]
fn two_names_of_one_file_are_one_plan() {
    let (place, file) = Place::with_plan();
    std::os::unix::fs::symlink(place.plan(), place.path("link.db")).expect("links");
    let linked = open(&place.path("link.db")).expect("opens");
    assert_eq!(linked.path(), file.path());
    let _claim = presence::claim(&place.path("link.db"), "Quality lead", "PC-1", at(0)).expect("first");
    assert!(presence::claim(&place.plan(), "Safety lead", "PC-2", at(0)).is_err(), "one file to say it");
}
