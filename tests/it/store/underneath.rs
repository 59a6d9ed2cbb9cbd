//! What others do to an open file: seen before anything is written on top, and never mixed.

use super::{Place, assert_sound, at, id, open, owner, stamp};
use recap::model::{Action, EditBuilder};
use recap::store::{Away, EntryKind, Found, PlanFile, Stamp, StoreError, There, Wanted};
use std::path::Path;

fn by(who: &str, seconds: i64) -> Stamp<'_> {
    Stamp { who, at: at(seconds), kind: EntryKind::Edit }
}

fn found(file: &mut PlanFile) -> Found {
    file.look().expect("nobody is writing")
}

/// Lays a file over another in its place, as `cp` does: the name leads to the same file, with other content.
fn lay_over(from: &Path, to: &Path) {
    let bytes = std::fs::read(from).expect("reads");
    std::fs::write(to, bytes).expect("writes");
}

#[test]
fn nothing_is_written_on_top_of_what_was_not_read() {
    let (place, mut ours) = Place::with_plan();
    ours.watch();
    let plan = ours.read().expect("reads");
    let mut theirs = place.open().expect("two at one plan");
    theirs.commit(&owner(&plan, "a9", "Theirs"), &by("Safety lead", 100)).expect("commits");
    let refused = ours.commit(&owner(&plan, "a123", "Ours"), &stamp(101)).expect_err("not seen yet");
    assert!(matches!(refused, StoreError::Underneath { .. }), "{refused}");
    assert!(matches!(ours.undo(&stamp(101)), Err(StoreError::Underneath { .. })), "nor is anything taken back");
    let Found::Changed(seen) = found(&mut ours) else { panic!("they changed it") };
    assert_eq!(seen.entries.iter().map(|entry| entry.who.as_str()).collect::<Vec<_>>(), ["Safety lead"]);
    ours.commit(&owner(&plan, "a123", "Ours"), &stamp(102)).expect("seen");
    let now = ours.read().expect("reads");
    assert_eq!([&now.actions[&id("a9")].owner, &now.actions[&id("a123")].owner], ["Theirs", "Ours"], "both");
    assert_sound(&ours);
}

#[test]
fn what_others_did_is_not_taken_back_by_undo() {
    let (place, mut ours) = Place::with_plan();
    let plan = ours.read().expect("reads");
    ours.commit(&owner(&plan, "a9", "Ours"), &stamp(100)).expect("commits");
    let mut theirs = place.open().expect("opens");
    theirs.commit(&owner(&plan, "a123", "Theirs"), &by("Safety lead", 101)).expect("commits");
    let Found::Changed(seen) = found(&mut ours) else { panic!("they changed it") };
    assert_eq!(seen.reversible, ours.reversible().expect("reads"), "told with what came");
    ours.undo(&stamp(102)).expect("undoes").expect("something");
    let now = ours.read().expect("reads");
    assert_eq!([&now.actions[&id("a9")].owner, &now.actions[&id("a123")].owner], ["", "Theirs"], "ours alone");
    assert_sound(&ours);
}

#[test]
fn typing_that_goes_on_with_the_last_entry_is_no_other_history() {
    let (place, mut ours) = Place::with_plan();
    let plan = ours.read().expect("reads");
    ours.commit(&owner(&plan, "a9", "Ou"), &stamp(100)).expect("commits");
    let mut theirs = place.open().expect("the same person's second window");
    let now = theirs.read().expect("reads");
    theirs.commit(&owner(&now, "a9", "Ours, longer"), &stamp(110)).expect("extends the entry");
    let Found::Changed(seen) = found(&mut ours) else { panic!("it goes on") };
    assert!(seen.extended && seen.entries.len() == 1, "{seen:?}");
    assert_eq!(seen.plan.actions[&id("a9")].owner, "Ours, longer");
}

#[test]
fn a_copy_laid_over_the_file_is_told_from_a_change() {
    let (place, mut ours) = Place::with_plan();
    ours.watch();
    let plan = ours.read().expect("reads");
    std::fs::copy(place.plan(), place.path("early.db")).expect("copies");
    ours.commit(&owner(&plan, "a9", "Saved here"), &stamp(100)).expect("commits");
    std::fs::copy(place.plan(), place.path("good.db")).expect("copies");
    // as many commits as ours had: SQLite's own count says that nothing changed
    let mut fork = open(&place.path("early.db")).expect("opens");
    fork.commit(&owner(&plan, "a9", "Else where"), &by("Neighbour", 100)).expect("commits");
    fork.close();
    std::fs::copy(place.path("good.db"), place.path("later.db")).expect("copies");
    let mut later = open(&place.path("later.db")).expect("opens");
    let now = later.read().expect("reads");
    later.commit(&owner(&now, "a123", "Later"), &by("Neighbour", 200)).expect("commits");
    later.close();
    let first = recap::model::intent::create_plan(id("another"), "NHS Southmoor CCG", "", None);
    PlanFile::create(&place.path("another.db"), &first, &stamp(0)).expect("makes").close();
    std::fs::write(place.path("word.db"), b"PK\x03\x04 word/document.xml, which is no plan").expect("writes");
    std::fs::write(place.path("empty.db"), b"").expect("writes");

    for (laid, wanted) in [
        ("early.db", "other"),
        ("another.db", "NHS Southmoor CCG"),
        ("word.db", "a Word document"),
        ("empty.db", "empty"),
    ] {
        lay_over(&place.path(laid), &place.plan());
        let before = std::fs::read(place.plan()).expect("reads");
        let Found::Away(Away::Replaced(there)) = found(&mut ours) else { panic!("{laid} was laid over it") };
        let told = format!("{there:?}").to_lowercase();
        assert!(told.contains(&wanted.to_lowercase()), "{laid}: {told}");
        assert!(matches!(found(&mut ours), Found::Away(_)), "{laid}: still");
        assert!(!ours.is_still_ours(), "{laid}: what can be read of it is not the plan");
        assert!(std::fs::read(place.plan()).expect("reads") == before, "{laid}: nothing was written into it");
        lay_over(&place.path("good.db"), &place.plan());
        assert!(matches!(found(&mut ours), Found::Same), "{laid}: the plan is back");
        assert_eq!(ours.read().expect("reads").actions[&id("a9")].owner, "Saved here", "{laid}");
    }
    lay_over(&place.path("later.db"), &place.plan());
    let Found::Changed(seen) = found(&mut ours) else { panic!("it goes on from what was saved here") };
    assert_eq!(seen.plan.actions[&id("a123")].owner, "Later");
    ours.commit(&owner(&seen.plan, "a2.5.10", "On top"), &stamp(300)).expect("commits");
    assert_sound(&ours);
}

#[cfg(unix)]
#[test]
fn another_file_of_the_same_name_is_told_by_its_journal() {
    let (place, mut ours) = Place::with_plan();
    let plan = ours.read().expect("reads");
    std::fs::copy(place.plan(), place.path("early.db")).expect("copies");
    ours.commit(&owner(&plan, "a9", "Saved here"), &stamp(100)).expect("commits");
    std::fs::copy(place.plan(), place.path("later.db")).expect("copies");
    let mut later = open(&place.path("later.db")).expect("opens");
    let now = later.read().expect("reads");
    later.commit(&owner(&now, "a123", "Later"), &by("Neighbour", 200)).expect("commits");
    later.close();
    std::fs::rename(place.plan(), place.path("moved.db")).expect("moves");
    assert!(matches!(found(&mut ours), Found::Away(Away::Gone)));
    assert!(ours.is_still_ours(), "what was moved can still be read");
    for (name, wanted) in [("early.db", There::Earlier), ("later.db", There::Later(1))] {
        std::fs::rename(place.path(name), place.plan()).expect("a sync tool does this");
        let Found::Away(Away::Replaced(there)) = found(&mut ours) else { panic!("{name} is there") };
        assert_eq!(there, wanted, "{name}");
        assert!(ours.commit(&owner(&plan, "a9", "Lost"), &stamp(300)).is_err(), "{name}: nothing is written");
        std::fs::rename(place.plan(), place.path(name)).expect("away again");
    }
    std::fs::rename(place.path("moved.db"), place.plan()).expect("moves back");
    assert!(matches!(found(&mut ours), Found::Same), "the same file again");
    let now = ours.read().expect("reads");
    ours.commit(&owner(&now, "a9", "Goes on"), &stamp(301)).expect("and it is written");
    std::fs::rename(place.folder.path().join("plan.db"), place.path("x.db")).expect("moves");
    std::fs::create_dir(place.plan()).expect("a folder of that name");
    assert!(matches!(found(&mut ours), Found::Away(Away::Replaced(There::NoPlan(_)))), "a folder is no plan");
}

#[cfg(unix)]
#[test]
fn a_share_that_is_away_is_not_a_file_that_is_gone() {
    let place = Place::new();
    let share = place.path("share");
    std::fs::create_dir(&share).expect("makes");
    let first = recap::model::intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None);
    let mut file = PlanFile::create(&share.join("plan.db"), &first, &stamp(0)).expect("makes");
    std::fs::rename(&share, place.path("unmounted")).expect("moves");
    assert!(matches!(found(&mut file), Found::Away(Away::Unreachable(_))));
    std::fs::rename(place.path("unmounted"), &share).expect("moves");
    assert!(matches!(found(&mut file), Found::Same), "back");
}

#[cfg(unix)]
#[test]
fn a_second_name_of_the_file_shows_the_same_changes() {
    let (place, mut ours) = Place::with_plan();
    let plan = ours.read().expect("reads");
    std::fs::hard_link(place.plan(), place.path("second.db")).expect("links");
    let mut theirs = open(&place.path("second.db")).expect("opens");
    theirs.commit(&owner(&plan, "a9", "Through the other name"), &by("Safety lead", 100)).expect("commits");
    let Found::Changed(seen) = found(&mut ours) else { panic!("it is one file") };
    assert_eq!(seen.plan.actions[&id("a9")].owner, "Through the other name");
}

#[test]
fn to_read_only_changes_of_others_are_seen_too() {
    let (place, mut writer) = Place::with_plan();
    let plan = writer.read().expect("reads");
    let mut reader = PlanFile::open(&place.plan(), Wanted::ReadOnly).expect("opens");
    let mut edit = EditBuilder::new(&plan, "Change owner");
    edit.update::<Action>(id("a9"), |row| row.owner = "Seen".into());
    writer.commit(&edit.finish(), &stamp(100)).expect("commits");
    let Found::Changed(seen) = found(&mut reader) else { panic!("it changed") };
    assert_eq!(seen.plan.actions[&id("a9")].owner, "Seen");
    assert!(matches!(found(&mut reader), Found::Same), "once");
}
