//! The file itself goes, or another takes its place.

use super::{conflicts, key, their_title_is_seen, theirs, title, titled, told};
use crate::session::{Desk, in_file};
use chrono::{DateTime, TimeDelta, Utc};
use recap::app::{Decision, Folders, OpenPlan, Session, Way};
use recap::model::{Id, intent};
use recap::store::{EntryKind, PlanFile, Stamp, Wanted};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

fn is_away(session: &Session) -> bool {
    session.open.as_ref().is_some_and(|open| open.away.is_some())
}

fn gone(desk: &mut Desk) {
    desk.session.look();
    desk.until("it is noticed", is_away);
}

fn draft(desk: &Desk, id: Id) -> Option<String> {
    Some(desk.session.open.as_ref()?.drafts.get(key(id))?.text.clone())
}

fn last_entry(path: &Path) -> String {
    let file = PlanFile::open(path, Wanted::ReadOnly).expect("opens");
    assert!(file.check().expect("checks").sound, "sound");
    file.history(&recap::store::HistoryOf { limit: Some(1), ..Default::default() }).expect("reads")[0]
        .edit
        .label
        .clone()
}

#[test]
fn a_file_that_is_renamed_takes_no_text_with_it_and_is_written_again_when_it_is_back() {
    let (mut desk, id) = titled();
    let (path, moved) = (desk.path("plan.db"), desk.path("renamed.db"));
    std::fs::rename(&path, &moved).expect("renames");
    desk.session.typed(key(id), "Typed meanwhile".into());
    desk.session.flush(true);
    desk.until("it is noticed", is_away);
    let words = told(&desk.session, Way::Away).expect("said");
    assert!(words.contains("renamed, moved or deleted"), "{words}");
    for n in 0..3 {
        desk.session.typed(key(id), format!("Typed meanwhile {n}"));
        desk.session.flush(true);
        desk.session.tick();
    }
    let said = desk.session.notices.iter().filter(|notice| notice.level == recap::app::Level::Problem).count();
    assert_eq!(said, 1, "once: {:?}", desk.session.notices);
    assert_eq!(draft(&desk, id).as_deref(), Some("Typed meanwhile 2"), "it stays on screen");
    assert_eq!(desk.session.open.as_ref().map(OpenPlan::unsaved), Some(1), "and counts as not saved");
    assert!(!path.exists(), "nothing is made in its place");
    std::fs::rename(&moved, &path).expect("renames");
    desk.session.look();
    desk.until("it goes on by itself", |session| session.open.as_ref().is_some_and(OpenPlan::all_saved));
    assert_eq!(in_file(&path).recommendations[&id].local_title, "Typed meanwhile 2");
    assert_eq!(told(&desk.session, Way::Away), None, "and nothing is said any more");
}

#[test]
fn what_was_chosen_while_the_file_was_away_is_saved_when_it_is_back() {
    let (mut desk, id) = titled();
    let (path, moved) = (desk.path("plan.db"), desk.path("renamed.db"));
    std::fs::rename(&path, &moved).expect("renames");
    gone(&mut desk);
    desk.session.edit(title(id, "Chosen")(&desk.plan()));
    assert_eq!(desk.session.open.as_ref().map(OpenPlan::unsaved), Some(1), "it waits");
    std::fs::rename(&moved, &path).expect("renames");
    desk.session.retry();
    desk.until("it is saved", |session| session.open.as_ref().is_some_and(OpenPlan::all_saved));
    assert_eq!(in_file(&path).recommendations[&id].local_title, "Chosen");
}

#[test]
fn a_copy_saved_while_the_file_is_gone_holds_everything_and_work_goes_on_in_it() {
    let (mut desk, id) = titled();
    let (path, copy) = (desk.path("plan.db"), desk.path("copy.db"));
    std::fs::remove_file(&path).expect("deletes");
    gone(&mut desk);
    desk.session.typed(key(id), "Typed after it was deleted".into());
    desk.session.copy_to(&copy);
    desk.until("work goes on in the copy", |session| {
        session.open.as_ref().is_some_and(|open| open.away.is_none() && open.path.ends_with("copy.db"))
    });
    desk.saved();
    assert_eq!(in_file(&copy).recommendations[&id].local_title, "Typed after it was deleted");
    assert_eq!(last_entry(&copy), "Change our title of recommendation 124", "with its history");
    assert!(!path.exists(), "and nothing where the file was");
    let undo = desk.session.open.as_ref().and_then(|open| open.reversible.undo.clone());
    assert_eq!(undo.as_deref(), Some("Change our title of recommendation 124"), "which can be taken back");
}

#[test]
fn a_person_who_leaves_is_asked_while_the_file_is_gone() {
    let (mut desk, id) = titled();
    std::fs::remove_file(desk.path("plan.db")).expect("deletes");
    gone(&mut desk);
    desk.session.typed(key(id), "Not saved anywhere".into());
    desk.session.ask_quit();
    desk.until("they are asked", Session::leaving_unsaved);
    assert!(!desk.session.quit, "nothing is thrown away");
    let copy = desk.path("copy.db");
    desk.session.copy_to(&copy);
    desk.until("the copy is whole, and then it ends", |session| session.quit);
    assert_eq!(in_file(&copy).recommendations[&id].local_title, "Not saved anywhere");
}

#[test]
fn another_plan_in_its_place_is_not_written_and_not_mixed() {
    let (mut desk, id) = titled();
    let (path, other) = (desk.path("plan.db"), desk.path("other.db"));
    let first = intent::create_plan(Id::random(), "NHS Southmoor CCG", "Theirs", None);
    let stamp = Stamp { who: "Neighbour", at: Utc::now(), kind: EntryKind::Edit };
    PlanFile::create(&other, &first, &stamp).expect("makes").close();
    let bytes = std::fs::read(&other).expect("reads");
    for by_name in [true, false] {
        let kept = desk.path("kept.db");
        std::fs::copy(&path, &kept).expect("copies");
        if by_name {
            std::fs::copy(&other, desk.path("new.db")).expect("copies");
            std::fs::rename(desk.path("new.db"), &path).expect("as a sync tool does");
        } else {
            std::fs::write(&path, &bytes).expect("as cp does");
        }
        desk.session.typed(key(id), format!("Mine {by_name}"));
        desk.session.flush(true);
        desk.until("it is noticed", is_away);
        let words = told(&desk.session, Way::Away).expect("said");
        assert!(words.contains("Another plan, of NHS Southmoor CCG"), "{words}");
        assert!(std::fs::read(&path).expect("reads") == bytes, "not a byte of it is changed");
        assert_eq!(desk.plan().info().organisation, "NHS Northmoor CCG", "nor is it shown as this plan");
        std::fs::rename(&kept, &path).expect("puts it back");
        desk.session.retry();
        desk.until("it is saved", |session| session.open.as_ref().is_some_and(OpenPlan::all_saved));
        assert_eq!(in_file(&path).recommendations[&id].local_title, format!("Mine {by_name}"));
    }
}

#[test]
fn a_later_copy_in_its_place_is_opened_and_what_was_typed_is_held_against_it() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    let other = crate::session::reference(&desk.plan(), "123");
    std::fs::copy(&path, desk.path("later.db")).expect("copies");
    theirs(&desk.path("later.db"), "Safety lead", title(id, "Theirs"));
    std::fs::rename(desk.path("later.db"), &path).expect("as a sync tool does");
    desk.session.typed(key(id), "Mine".into());
    desk.session.typed(key(other), "Also mine".into());
    gone(&mut desk);
    assert!(told(&desk.session, Way::Away).is_some_and(|words| words.contains("1 later change")), "said");
    assert_eq!(in_file(&path).recommendations[&other].local_title, "", "nothing is written unasked");
    desk.session.open_what_is_there();
    desk.until("work goes on there", |session| !is_away(session));
    desk.until("what they left alone is saved", |session| {
        session.open.as_ref().is_some_and(|open| open.plan.recommendations[&other].local_title == "Also mine")
    });
    let conflict = conflicts(&desk.session).remove(0);
    assert_eq!((conflict.theirs.as_deref(), conflict.mine.as_str()), (Some("Theirs"), "Mine"), "and the rest is asked");
    assert_eq!(told(&desk.session, Way::Changes).as_deref(), Some("Safety lead changed 1 thing"));
    desk.session.decide(conflict.key, &Decision::Mine);
    desk.saved();
    assert_eq!(in_file(&path).recommendations[&id].local_title, "Mine");
}

#[test]
fn an_earlier_copy_in_its_place_is_said_and_mine_can_be_saved_elsewhere() {
    let (mut desk, id) = titled();
    let (path, copy) = (desk.path("plan.db"), desk.path("mine.db"));
    std::fs::copy(&path, desk.path("earlier.db")).expect("copies");
    desk.session.typed(key(crate::session::reference(&desk.plan(), "123")), "Later".into());
    desk.saved();
    std::fs::rename(desk.path("earlier.db"), &path).expect("as a sync tool does");
    desk.session.typed(key(id), "Mine".into());
    gone(&mut desk);
    assert!(told(&desk.session, Way::Away).is_some_and(|words| words.contains("An earlier state")), "said");
    desk.session.copy_to(&copy);
    desk.until("work goes on in the copy", |session| !is_away(session));
    desk.saved();
    let file = in_file(&copy);
    let titles: Vec<&str> = ["123", "124"]
        .map(|number| crate::session::reference(&file, number))
        .map(|id| file.recommendations[&id].local_title.as_str())
        .into();
    assert_eq!(titles, ["Later", "Mine"], "all of mine");
    assert_eq!(in_file(&path).recommendations[&id].local_title, "As agreed in May", "and theirs as it was");
}

#[test]
fn a_file_that_was_overwritten_is_saved_from_the_backup_and_what_memory_has() {
    let (mut desk, id) = titled();
    let (path, copy) = (desk.path("plan.db"), desk.path("copy.db"));
    std::fs::write(&path, b"PK\x03\x04 word/document.xml: saved over the plan by mistake").expect("writes");
    desk.session.typed(key(id), "Typed after".into());
    gone(&mut desk);
    assert!(told(&desk.session, Way::Away).is_some_and(|words| words.contains("a Word document")), "said");
    desk.session.copy_to(&copy);
    desk.until("work goes on in the copy", |session| !is_away(session));
    desk.saved();
    let file = in_file(&copy);
    assert_eq!(file.recommendations.len(), desk.plan().recommendations.len(), "the whole plan");
    assert_eq!(file.recommendations[&id].local_title, "Typed after", "with what was typed");
    let history = PlanFile::open(&copy, Wanted::ReadOnly).expect("opens");
    assert!(history.check().expect("checks").sound, "sound");
    let entries = history.history(&recap::store::HistoryOf::default()).expect("reads");
    assert!(entries.len() >= 3, "the backup's history, what memory had, what was typed: {}", entries.len());
    let said = desk.session.notices.iter().any(|notice| notice.hint.contains("up to the backup of"));
    assert!(said, "and says so: {:?}", desk.session.notices);
}

#[test]
fn a_share_that_is_away_and_comes_back_is_one_message_and_no_loss() {
    let (desk, _) = titled();
    let folder = desk.close();
    let share = folder.path().join("share");
    std::fs::create_dir(&share).expect("makes");
    std::fs::rename(folder.path().join("plan.db"), share.join("plan.db")).expect("moves");
    let mut desk = Desk::at(folder);
    desk.session.open_plan(&share.join("plan.db"), recap::app::worker::OpenFor::Editing);
    desk.until("it is open", |session| session.open.is_some());
    let id = crate::session::reference(&desk.plan(), "124");
    std::fs::rename(&share, desk.path("unmounted")).expect("moves");
    desk.session.typed(key(id), "Typed while it was away".into());
    gone(&mut desk);
    assert!(told(&desk.session, Way::Away).is_some_and(|words| words.contains("cannot be reached")), "said");
    std::fs::rename(desk.path("unmounted"), &share).expect("moves");
    theirs(&share.join("plan.db"), "Safety lead", |plan| {
        title(crate::session::reference(plan, "123"), "Theirs meanwhile")(plan)
    });
    desk.session.retry();
    desk.saved();
    let other = crate::session::reference(&desk.plan(), "123");
    their_title_is_seen(&mut desk, other, "Theirs meanwhile");
    assert_eq!(in_file(&share.join("plan.db")).recommendations[&id].local_title, "Typed while it was away");
}

/// Ten minutes, once a test says so.
static LATER: AtomicI64 = AtomicI64::new(0);

fn clock() -> DateTime<Utc> {
    Utc::now() + TimeDelta::seconds(LATER.load(Ordering::Relaxed))
}

#[test]
fn a_file_that_does_not_answer_keeps_nobody_from_saving_a_copy() {
    let (desk, id) = titled();
    let (path, copy) = (desk.path("plan.db"), desk.path("copy.db"));
    let mut desk = Desk::at(desk.close());
    desk.session = Session::new(Folders::under(&desk.path("home")), clock, Arc::new(|| {}));
    desk.session.open_plan(&path, recap::app::worker::OpenFor::Editing);
    desk.until("it is open", |session| session.open.is_some());
    // whoever asks for the file now waits for two seconds, and then again
    let holds = rusqlite::Connection::open(&path).expect("opens");
    holds.execute_batch("BEGIN EXCLUSIVE").expect("locks");
    desk.session.typed(key(id), "Typed before an empty share".into());
    desk.session.flush(true);
    assert_eq!(desk.session.silent_for(), None, "a moment is no silence");
    LATER.store(600, Ordering::Relaxed);
    assert!(desk.session.silent_for().is_some(), "ten minutes are");
    desk.session.copy_to(&copy);
    desk.until("work goes on in the copy", |session| {
        session.open.as_ref().is_some_and(|open| open.path.ends_with("copy.db"))
    });
    desk.saved();
    assert_eq!(in_file(&copy).recommendations[&id].local_title, "Typed before an empty share");
    holds.execute_batch("ROLLBACK").expect("unlocks");
}
