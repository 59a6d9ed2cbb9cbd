//! Merging a copy in the window, by the names that a person has.

use super::*;
use chrono::{DateTime, TimeDelta};
use recap::model::reconcile::Answer;
use recap::model::{Action, Edit, Id, Recommendation, intent};
use recap::store::{EntryKind, PlanFile, Stamp, Wanted};
use std::path::Path;

fn change(path: &Path, home: &Path, minutes: i64, edit: impl FnOnce(&Plan) -> Edit) {
    let now = DateTime::from_timestamp(1_400_000_000, 0).expect("a time") + TimeDelta::minutes(minutes);
    let mut file = PlanFile::open(path, Wanted::Write { backups: home, now }).expect("opens");
    let edit = edit(&file.read().expect("reads"));
    file.commit(&edit, &Stamp { who: "Somebody else", at: now, kind: EntryKind::Edit }).expect("commits");
}

fn first(plan: &Plan) -> &Recommendation {
    plan.recommendations_in_order()[0]
}

fn wording(plan: &Plan, words: &str) -> Edit {
    intent::update::<Recommendation>(plan, first(plan).id, "Change our wording", |row| row.local_text = words.into())
}

fn new_action(plan: &Plan) -> Edit {
    let action =
        Action { id: Id::NIL.derive(&["theirs"]), text: "Visit the wards at night".into(), ..Action::default() };
    intent::add_action(plan, action, Some(first(plan).id))
}

impl Window {
    /// The sample plan, changed, with the preview of a copy that somebody changed too.
    fn with_copy() -> Self {
        let mut window = Self::sample();
        let (plan, copy) = (window.folder.path().join("sample.db"), window.folder.path().join("returned.db"));
        std::fs::copy(plan, &copy).expect("copies");
        let home = window.folder.path().join("home");
        change(&copy, &home, 1, |plan| wording(plan, "Concerns are reported to the board weekly"));
        change(&copy, &home, 2, new_action);
        let edit = wording(&window.plan(), "Concerns are reported to the committee monthly");
        window.harness.state_mut().app.session.edit(edit);
        window.saved();
        *window.answers.path.borrow_mut() = Some(copy);
        window.run(Command::MergeCopy);
        window.until("the copy is read", |app| {
            app.session.merging.as_ref().is_some_and(|waiting| waiting.merging.is_some())
        });
        window.harness.run_steps(3);
        window
    }
}

#[test]
fn a_copy_is_merged_from_its_preview_with_a_third_text_and_undone_as_one() {
    let mut window = Window::with_copy();
    let before = window.plan();
    window.harness.get_by_label("The copy “returned.db”");
    window.harness.get_by_label("2 changes, 1 conflict");
    window.harness.get_by_label_contains("Both changed: Our wording of recommendation");
    window.harness.get_by_label("Theirs: Concerns are reported to the board weekly. Only here: “board weekly”.");
    window.harness.get_by_label("1 conflict not decided yet: ours stays there.");
    let name = format!("Our wording of recommendation {}", first(&before).reference);
    window.click(&format!("Write a third: {name}"));
    let field = format!("What shall stand: {name}");
    window.harness.get_by_label(&field).focus();
    window.harness.run_steps(1);
    window.harness.get_by_label(&field).type_text("Both: ");
    window.harness.run_steps(3);
    window.harness.get_by_label("Every conflict is decided.");
    window.click("Merge 3 changes");
    window.until("it is merged", |app| app.session.merging.is_none());
    window.saved();
    let plan = window.plan();
    let text = &first(&plan).local_text;
    assert!(text.contains("Both: ") && text.contains("committee monthly"), "the third text stands: {text}");
    assert!(plan.actions.contains_key(&Id::NIL.derive(&["theirs"])), "their action came");
    assert!(window.app().dialog.is_none(), "the preview is closed");
    let told =
        window.app().session.notices.iter().any(|notice| notice.text == "Merge 3 changes from the copy “returned.db”");
    assert!(told, "{:?}", window.app().session.notices);
    window.undo("Merge 3 changes from the copy “returned.db”");
    assert_eq!(window.plan(), before, "one undo takes all of it back");
}

#[test]
fn what_is_unticked_does_not_come_and_all_conflicts_are_decided_alike() {
    let mut window = Window::with_copy();
    window.click("Take theirs in all");
    window.click("New: action “Visit the wards at night”");
    window.click("New: link to the action “Visit the wards at night”");
    window.click("Merge 1 change");
    window.until("it is merged", |app| app.session.merging.is_none());
    window.saved();
    let plan = window.plan();
    assert_eq!(first(&plan).local_text, "Concerns are reported to the board weekly", "theirs");
    assert!(!plan.actions.contains_key(&Id::NIL.derive(&["theirs"])), "left out");
}

#[test]
fn a_plan_that_changes_while_the_preview_is_open_is_looked_at_anew_and_nothing_stale_is_written() {
    let mut window = Window::with_copy();
    window.click("Take theirs in all");
    let edit = wording(&window.plan(), "Changed once more");
    window.harness.state_mut().app.session.edit(edit);
    window.until("it is looked at anew", |app| app.session.merging.as_ref().is_some_and(|waiting| waiting.changed));
    window.harness.run_steps(2);
    window.harness.get_by_label_contains("Your plan was changed while you looked");
    window.harness.get_by_label("1 conflict not decided yet: ours stays there.");
    // another program changes the file, and the window has not noticed yet
    let (path, home) = (window.folder.path().join("sample.db"), window.folder.path().join("home"));
    change(&path, &home, 9, |plan| wording(plan, "By somebody at another desk"));
    let session = &mut window.harness.state_mut().app.session;
    session.answer_all(&Answer::Theirs);
    session.accept_merge();
    window.until("it is shown", |app| {
        let waiting = app.session.merging.as_ref();
        waiting.is_some_and(|waiting| waiting.changed && !waiting.writing && waiting.undecided() == 1)
    });
    let file = PlanFile::open(&path, Wanted::ReadOnly).expect("opens");
    assert_eq!(first(&file.read().expect("reads")).local_text, "By somebody at another desk", "not overwritten");
}

#[test]
fn what_is_no_copy_of_this_plan_is_refused_in_words() {
    let mut window = Window::sample();
    let other = window.folder.path().join("other.db");
    let edit = intent::create_plan(Id::NIL.derive(&["other"]), "NHS Southmoor CCG", "", None);
    let stamp = Stamp { who: "Somebody else", at: DateTime::default(), kind: EntryKind::Edit };
    PlanFile::create(&other, &edit, &stamp).expect("makes").close();
    *window.answers.path.borrow_mut() = Some(other);
    window.run(Command::MergeCopy);
    window.until("it is refused", |app| !app.session.notices.is_empty());
    let notice = window.app().session.notices[0].clone();
    assert!(notice.text.contains("another plan (NHS Southmoor CCG)"), "{notice:?}");
    assert!(window.app().dialog.is_none() && window.app().session.merging.is_none(), "nothing is open");
}

#[test]
fn a_copy_that_did_the_same_is_noted_as_taken_and_that_can_be_undone() {
    let mut window = Window::sample();
    let (plan, copy) = (window.folder.path().join("sample.db"), window.folder.path().join("returned.db"));
    std::fs::copy(plan, &copy).expect("copies");
    let home = window.folder.path().join("home");
    let same = "Concerns are reported to the board weekly";
    change(&copy, &home, 1, |plan| wording(plan, same));
    let edit = wording(&window.plan(), same);
    window.harness.state_mut().app.session.edit(edit);
    window.saved();
    *window.answers.path.borrow_mut() = Some(copy);
    window.run(Command::MergeCopy);
    window
        .until("the copy is read", |app| app.session.merging.as_ref().is_some_and(|waiting| waiting.merging.is_some()));
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("Nothing to take");
    window.click("Note it as taken");
    window.until("it is noted", |app| app.session.merging.is_none());
    window.saved();
    assert_eq!(window.plan().merge_marks.len(), 1, "noted");
    assert_eq!(first(&window.plan()).local_text, same, "and nothing else");
    window.undo("Note that the copy “returned.db” was taken: both said the same");
    assert_eq!(window.plan().merge_marks.len(), 0, "taken back");
}
