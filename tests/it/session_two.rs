//! Two at one plan, and a file that does not stay where it was: what is typed is never overwritten
//! unseen, never lost, and never written into the wrong file.

mod away;

use crate::session::{Desk, in_file, reference};
use chrono::{NaiveDate, Utc};
use recap::app::worker::OpenFor;
use recap::app::{Conflict, Decision, DraftKey, Level, OpenPlan, Session, Way};
use recap::model::{Action, Edit, EditBuilder, Entity, Id, Plan, Position, Value, intent};
use recap::store::{EntryKind, HistoryOf, PlanFile, Stamp, Wanted};
use std::path::Path;

/// Somebody else's window, or a verb of the command line: a program of its own that writes the file.
pub(crate) fn theirs(path: &Path, who: &str, edit: impl FnOnce(&Plan) -> Edit) {
    let backups = path.with_file_name("their backups");
    let mut file = PlanFile::open(path, Wanted::Write { backups: &backups, now: Utc::now() }).expect("opens");
    let plan = file.read().expect("reads");
    file.commit(&edit(&plan), &Stamp { who, at: Utc::now(), kind: EntryKind::Edit }).expect("commits");
}

fn title(id: Id, words: &str) -> impl FnOnce(&Plan) -> Edit + '_ {
    move |plan| {
        intent::set_field(plan, Entity::Recommendation, id, "local_title", Value::Text(words.into())).expect("fits")
    }
}

fn key(id: Id) -> DraftKey {
    DraftKey::Field(Entity::Recommendation, id, "local_title")
}

/// A plan with a title of recommendation 124, saved.
fn titled() -> (Desk, Id) {
    let mut desk = Desk::with_plan();
    let id = reference(&desk.plan(), "124");
    desk.session.typed(key(id), "As agreed in May".into());
    desk.saved();
    (desk, id)
}

fn conflicts(session: &Session) -> Vec<Conflict> {
    session.open.as_ref().map(OpenPlan::conflicts).unwrap_or_default()
}

fn told(session: &Session, way: Way) -> Option<String> {
    session.notices.iter().find(|notice| notice.way == Some(way)).map(|notice| notice.text.clone())
}

fn their_title_is_seen(desk: &mut Desk, id: Id, words: &str) {
    desk.session.look();
    desk.until("theirs is seen", |session| {
        session.open.as_ref().is_some_and(|open| open.plan.recommendations[&id].local_title == words)
    });
}

#[test]
fn a_text_that_both_changed_waits_for_a_decision_and_shows_all_three() {
    for (decision, wanted) in [
        (Decision::Mine, "Mine"),
        (Decision::Theirs, "Theirs"),
        (Decision::Third("Both of ours".into()), "Both of ours"),
    ] {
        let (mut desk, id) = titled();
        let path = desk.path("plan.db");
        theirs(&path, "Safety lead", title(id, "Theirs"));
        desk.session.typed(key(id), "Mine".into());
        desk.session.flush(true);
        desk.until("it waits for a decision", |session| !conflicts(session).is_empty());
        let found = conflicts(&desk.session);
        let conflict = &found[0];
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (conflict.base.as_str(), conflict.theirs.as_deref(), conflict.mine.as_str()),
            ("As agreed in May", Some("Theirs"), "Mine"),
        );
        assert_eq!((conflict.who.as_str(), conflict.third), ("Safety lead", true));
        assert_eq!(conflict.name, "our title of recommendation 124");
        assert_eq!(told(&desk.session, Way::Changes).as_deref(), Some("Safety lead changed 1 thing"));
        assert!(told(&desk.session, Way::Decide).is_some(), "and that it waits");
        assert!(!desk.session.open.as_ref().is_some_and(OpenPlan::all_saved), "it counts as not saved");
        desk.session.flush(true);
        desk.session.retry();
        std::thread::sleep(std::time::Duration::from_millis(50));
        desk.session.tick();
        assert_eq!(in_file(&path).recommendations[&id].local_title, "Theirs", "nothing is written before that");
        desk.session.decide(conflict.key, &decision);
        desk.saved();
        assert_eq!(in_file(&path).recommendations[&id].local_title, wanted, "as decided");
        assert_eq!(told(&desk.session, Way::Decide), None, "and nothing is asked any more");
    }
}

#[test]
fn both_texts_stay_in_the_history_when_mine_is_kept() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    theirs(&path, "Safety lead", title(id, "Theirs"));
    desk.session.typed(key(id), "Mine".into());
    desk.session.flush(true);
    desk.until("it waits", |session| !conflicts(session).is_empty());
    desk.session.decide(conflicts(&desk.session)[0].key, &Decision::Mine);
    desk.saved();
    let file = PlanFile::open(&path, Wanted::ReadOnly).expect("opens");
    let last = file.history(&HistoryOf { row: Some(id), field: None, limit: Some(1) }).expect("reads").remove(0);
    let change = &last.edit.changes[0];
    assert_eq!((&change.before, &change.after), (&Value::Text("Theirs".into()), &Value::Text("Mine".into())));
    assert!(file.check().expect("checks").sound, "sound");
}

#[test]
fn a_change_elsewhere_holds_nothing_up_and_is_seen_before_anything_is_written() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    let other = reference(&desk.plan(), "123");
    // not looked at yet: the write itself finds it out
    theirs(&path, "Safety lead", title(other, "Theirs"));
    desk.session.typed(key(id), "Mine".into());
    desk.saved();
    let (plan, file) = (desk.plan(), in_file(&path));
    for plan in [plan.as_ref(), &file] {
        let titles = [id, other].map(|id| plan.recommendations[&id].local_title.as_str());
        assert_eq!(titles, ["Mine", "Theirs"], "both, on screen and in the file");
    }
    assert!(conflicts(&desk.session).is_empty(), "nothing is asked");
    assert_eq!(told(&desk.session, Way::Changes).as_deref(), Some("Safety lead changed 1 thing"), "but told");
}

#[test]
fn the_same_words_on_both_sides_are_no_conflict() {
    let (mut desk, id) = titled();
    theirs(&desk.path("plan.db"), "Safety lead", title(id, "The same"));
    desk.session.typed(key(id), "The same".into());
    desk.session.flush(true);
    desk.saved();
    assert!(conflicts(&desk.session).is_empty());
    assert!(!desk.session.notices.iter().any(|notice| notice.level == Level::Problem), "{:?}", desk.session.notices);
}

#[test]
fn what_was_typed_and_taken_back_leaves_theirs() {
    let (mut desk, id) = titled();
    desk.session.typed(key(id), "As agreed in May, and more".into());
    desk.session.typed(key(id), "As agreed in May".into());
    theirs(&desk.path("plan.db"), "Safety lead", title(id, "Theirs"));
    their_title_is_seen(&mut desk, id, "Theirs");
    desk.saved();
    assert!(conflicts(&desk.session).is_empty(), "nothing of mine is left to decide about");
    assert_eq!(in_file(&desk.path("plan.db")).recommendations[&id].local_title, "Theirs");
}

#[test]
fn theirs_changing_again_while_i_decide_is_asked_again() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    desk.session.typed(key(id), "Mine".into());
    theirs(&path, "Safety lead", title(id, "Theirs"));
    their_title_is_seen(&mut desk, id, "Theirs");
    let first = conflicts(&desk.session).remove(0);
    theirs(&path, "Safety lead", title(id, "Theirs again"));
    desk.session.decide(first.key, &Decision::Mine);
    desk.until("it is asked again", |session| {
        conflicts(session).first().is_some_and(|one| one.theirs.as_deref() == Some("Theirs again"))
    });
    assert_eq!(in_file(&path).recommendations[&id].local_title, "Theirs again", "not overwritten unseen");
}

#[test]
fn two_new_positions_of_one_date_are_both_kept() {
    let mut desk = Desk::with_plan();
    let id = reference(&desk.plan(), "124");
    let day = NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
    desk.session.typed(DraftKey::Position(id, day), "Mine: in every contract".into());
    theirs(&desk.path("plan.db"), "Safety lead", |plan| {
        intent::new_position(plan, id, Id::random(), day, "Theirs: in two of three")
    });
    desk.session.look();
    desk.until("theirs is seen", |session| session.open.as_ref().is_some_and(|open| !open.plan.positions.is_empty()));
    desk.saved();
    let file = in_file(&desk.path("plan.db"));
    let mut texts: Vec<&str> = file.positions_of(id).iter().map(|position| position.text.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["Mine: in every contract", "Theirs: in two of three"]);
    let said = desk.session.notices.iter().any(|notice| notice.text.contains("as at 28 May 2013: both are kept"));
    assert!(said, "{:?}", desk.session.notices);
}

#[test]
fn a_position_that_both_rewrite_is_a_conflict() {
    let mut desk = Desk::with_plan();
    let id = reference(&desk.plan(), "124");
    let day = NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
    desk.session.typed(DraftKey::Position(id, day), "Gap".into());
    desk.saved();
    desk.session.typed(DraftKey::Position(id, day), "Gap, with a plan".into());
    theirs(&desk.path("plan.db"), "Safety lead", |plan| {
        intent::write_position(plan, id, Id::random(), day, "Partly in place")
    });
    desk.session.flush(true);
    desk.until("it waits", |session| !conflicts(session).is_empty());
    let conflict = conflicts(&desk.session).remove(0);
    assert_eq!((conflict.base.as_str(), conflict.theirs.as_deref()), ("Gap", Some("Partly in place")));
    desk.session.decide(conflict.key, &Decision::Third("Partly in place, with a plan".into()));
    desk.saved();
    let file = in_file(&desk.path("plan.db"));
    let texts: Vec<&str> = file.positions_of(id).iter().map(|position| position.text.as_str()).collect();
    assert_eq!(texts, ["Partly in place, with a plan"], "one position, as decided");
}

/// A plan with an action, saved, whose text is being typed into when somebody deletes it.
fn deleted_under_the_cursor() -> (Desk, DraftKey, Id) {
    let mut desk = Desk::with_plan();
    let plan = desk.plan();
    let action = Action { id: Id::random(), text: "Agree the extract".into(), ..Action::default() };
    desk.session.edit(intent::add_action(&plan, action.clone(), Some(reference(&plan, "124"))));
    desk.saved();
    let key = DraftKey::Field(Entity::Action, action.id, "text");
    desk.session.typed(key, "Agree the extract with the trust".into());
    theirs(&desk.path("plan.db"), "Safety lead", |plan| intent::delete_action(plan, action.id));
    desk.session.look();
    desk.until("it is gone", |session| session.open.as_ref().is_some_and(|open| open.plan.actions.is_empty()));
    desk.session.flush(true);
    (desk, key, action.id)
}

#[test]
fn a_row_that_they_deleted_under_my_cursor_keeps_my_text_and_can_come_back() {
    let (mut desk, key, id) = deleted_under_the_cursor();
    let conflict = conflicts(&desk.session).remove(0);
    assert_eq!((conflict.theirs.as_deref(), conflict.who.as_str()), (None, "Safety lead"), "they deleted it");
    assert_eq!(conflict.mine, "Agree the extract with the trust", "what I typed is there to see and copy");
    let draft = desk.session.open.as_ref().and_then(|open| open.drafts.get(key)).map(|draft| draft.text.clone());
    assert_eq!(draft.as_deref(), Some("Agree the extract with the trust"));
    desk.session.decide(conflict.key, &Decision::Mine);
    desk.saved();
    let file = in_file(&desk.path("plan.db"));
    assert_eq!(file.actions[&id].text, "Agree the extract with the trust", "back, with my text");
    assert_eq!(file.served_by(id).len(), 1, "and with its link to the recommendation");
}

#[test]
fn a_row_that_they_deleted_can_be_let_go() {
    let (mut desk, _, _) = deleted_under_the_cursor();
    desk.session.decide(conflicts(&desk.session)[0].key, &Decision::Theirs);
    desk.saved();
    assert!(in_file(&desk.path("plan.db")).actions.is_empty(), "it stays deleted");
}

#[test]
fn a_choice_that_both_made_is_asked_and_the_rest_of_the_edit_waits_with_it() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    let plan = desk.plan();
    let other = reference(&plan, "123");
    let mut two = EditBuilder::new(&plan, "Two titles");
    two.update::<recap::model::Recommendation>(id, |row| row.local_title = "Mine".into());
    two.update::<recap::model::Recommendation>(other, |row| row.local_title = "Also mine".into());
    theirs(&path, "Safety lead", title(id, "Theirs"));
    desk.session.edit(two.finish());
    desk.until("it waits", |session| !conflicts(session).is_empty());
    assert_eq!(in_file(&path).recommendations[&other].local_title, "", "no half of an act");
    desk.session.decide(conflicts(&desk.session)[0].key, &Decision::Theirs);
    desk.saved();
    let file = in_file(&path);
    let titles = [id, other].map(|id| file.recommendations[&id].local_title.as_str());
    assert_eq!(titles, ["Theirs", "Also mine"], "theirs stays, the rest goes through");
}

#[test]
fn a_row_that_i_delete_and_they_changed_stays_until_i_say_so() {
    for (decision, stays) in [(Decision::Theirs, true), (Decision::Mine, false)] {
        let mut desk = Desk::with_plan();
        let plan = desk.plan();
        let action = Action { id: Id::random(), text: "Agree the extract".into(), ..Action::default() };
        desk.session.edit(intent::add_action(&plan, action.clone(), None));
        desk.saved();
        let path = desk.path("plan.db");
        theirs(&path, "Safety lead", |plan| {
            intent::update::<Action>(plan, action.id, "Change owner", |row| row.owner = "Head of contracting".into())
        });
        desk.session.edit(intent::delete_action(&desk.plan(), action.id));
        desk.until("it waits", |session| !conflicts(session).is_empty());
        let conflict = conflicts(&desk.session).remove(0);
        assert!(conflict.theirs.as_ref().is_some_and(|text| text.contains("Head of contracting")), "{conflict:?}");
        desk.session.decide(conflict.key, &decision);
        desk.saved();
        assert_eq!(in_file(&path).actions.contains_key(&action.id), stays, "{decision:?}");
    }
}

#[test]
fn undo_takes_back_my_last_act_and_not_theirs() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    let other = reference(&desk.plan(), "123");
    theirs(&path, "Safety lead", title(other, "Theirs"));
    desk.session.undo();
    desk.until("it is taken back", |session| session.open.as_ref().is_some_and(|open| open.reversible.redo.is_some()));
    let file = in_file(&path);
    let titles = [id, other].map(|id| file.recommendations[&id].local_title.as_str());
    assert_eq!(titles, ["", "Theirs"]);
}

#[test]
fn undo_of_what_they_changed_since_is_refused_with_both_texts() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    theirs(&path, "Safety lead", title(id, "Theirs"));
    desk.session.undo();
    desk.until("it is refused", |session| told(session, Way::HistoryOf(id)).is_some());
    let notice = desk.session.notices.iter().find(|notice| notice.way == Some(Way::HistoryOf(id))).expect("there");
    assert!(notice.text.contains("Safety lead") && notice.text.contains("our title"), "{}", notice.text);
    assert!(notice.hint.contains("Theirs") && notice.hint.contains("As agreed in May"), "{}", notice.hint);
    assert_eq!(in_file(&path).recommendations[&id].local_title, "Theirs", "nothing was changed");
}

#[test]
fn what_they_did_is_kept_to_be_shown_until_it_was_looked_at() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    let day = NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
    theirs(&path, "Safety lead", title(id, "Theirs"));
    theirs(&path, "Contracts lead", |plan| intent::new_position(plan, id, Id::random(), day, "In place"));
    desk.session.look();
    desk.until("it is told", |session| told(session, Way::Changes).is_some());
    let words = told(&desk.session, Way::Changes).expect("told");
    assert_eq!(words, "Safety lead and Contracts lead changed 2 things", "who, and how much");
    let open = desk.session.open.as_ref().expect("open");
    let acts: Vec<&str> = open.others.unseen().iter().map(|entry| entry.edit.label.as_str()).collect();
    assert_eq!(acts[0], "Change our title of recommendation 124", "{acts:?}");
    assert!(open.plan.positions.values().any(|position: &Position| position.text == "In place"), "and it is there");
    desk.session.looked_at_changes();
    assert_eq!(told(&desk.session, Way::Changes), None);
    assert!(desk.session.open.as_ref().is_some_and(|open| open.others.unseen().is_empty()), "looked at");
}

#[test]
fn whoever_had_the_plan_first_learns_that_somebody_else_edits_it_too() {
    let mut first = Desk::with_plan();
    let path = first.path("plan.db");
    let mut second = Desk::new();
    second.session.open_plan(&path, OpenFor::EditingAllTheSame);
    second.until("it is open", |session| session.open.is_some());
    first.session.look();
    first.until("it is told", |session| session.notices.iter().any(|notice| notice.text.contains("editing, too")));
    // both write, and both see both
    let (one, two) = (reference(&first.plan(), "1"), reference(&first.plan(), "2"));
    first.session.typed(key(one), "From the first".into());
    first.saved();
    second.session.typed(key(two), "From the second".into());
    second.saved();
    their_title_is_seen(&mut first, two, "From the second");
    their_title_is_seen(&mut second, one, "From the first");
}

#[test]
fn a_window_that_only_reads_sees_changes_and_claims_nothing() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    let mut reader = Desk::new();
    reader.session.open_plan(&path, OpenFor::Reading);
    reader.until("it is open", |session| session.open.is_some());
    desk.session.typed(key(id), "Changed since".into());
    desk.saved();
    their_title_is_seen(&mut reader, id, "Changed since");
    assert!(told(&reader.session, Way::Changes).is_some(), "and is told who");
    let _folder = desk.close();
    assert!(recap::store::presence::look(&path).is_none(), "nobody has it");
}

#[test]
fn what_was_taken_back_with_esc_is_asked_no_more() {
    let (mut desk, id) = titled();
    desk.session.typed(key(id), "Mine".into());
    theirs(&desk.path("plan.db"), "Safety lead", title(id, "Theirs"));
    their_title_is_seen(&mut desk, id, "Theirs");
    assert!(told(&desk.session, Way::Decide).is_some(), "it waits");
    desk.session.forget(key(id));
    assert_eq!(told(&desk.session, Way::Decide), None);
    assert!(desk.session.open.as_ref().is_some_and(OpenPlan::all_saved), "nothing is left");
}

#[test]
fn typing_on_while_it_waits_keeps_the_conflict_and_the_later_words() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    desk.session.typed(key(id), "Mine".into());
    theirs(&path, "Safety lead", title(id, "Theirs"));
    their_title_is_seen(&mut desk, id, "Theirs");
    desk.session.typed(key(id), "Mine, and more".into());
    desk.session.flush(true);
    desk.session.tick();
    let conflict = conflicts(&desk.session).remove(0);
    assert_eq!((conflict.base.as_str(), conflict.mine.as_str()), ("As agreed in May", "Mine, and more"));
    assert_eq!(in_file(&path).recommendations[&id].local_title, "Theirs", "not overwritten");
}

#[test]
fn a_verb_of_the_command_line_beside_the_window_is_somebody_else() {
    let (mut desk, id) = titled();
    let path = desk.path("plan.db");
    let home = desk.path("home");
    desk.session.typed(key(id), "Typed in the window".into());
    let verb = std::process::Command::new(env!("CARGO_BIN_EXE_recap"))
        .args(["undo".as_ref(), path.as_os_str()])
        .env("RECAP_HOME", &home)
        .status()
        .expect("the verb runs");
    assert!(verb.success(), "undo");
    desk.session.flush(true);
    desk.until("it waits", |session| !conflicts(session).is_empty());
    let conflict = conflicts(&desk.session).remove(0);
    assert_eq!((conflict.theirs.as_deref(), conflict.mine.as_str()), (Some(""), "Typed in the window"));
    let words = told(&desk.session, Way::Changes).expect("told");
    assert!(words.starts_with("You, in another window or program, changed 1 thing"), "{words}");
}
