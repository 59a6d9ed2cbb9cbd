//! The open plan without a screen: drafts, saving, undo, two at one plan.

use chrono::{NaiveDate, Utc};
use recap::app::worker::OpenFor;
use recap::app::{DraftKey, Folders, Level, Session};
use recap::model::{Entity, Id, Plan, intent};
use recap::store::{EntryKind, PlanFile, Stamp, Wanted};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A session with a home of its own.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::at(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn at(folder: tempfile::TempDir) -> Self {
        let folders = Folders::under(&folder.path().join("home"));
        Self { session: Session::new(folders, Utc::now, Arc::new(|| {})), folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Lets threads answer until something holds.
    pub(crate) fn until(&mut self, what: &str, holds: impl Fn(&Session) -> bool) {
        let begun = Instant::now();
        while !holds(&self.session) {
            assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain until {what}");
            self.session.tick();
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// A plan with the whole catalogue, open.
    pub(crate) fn with_plan() -> Self {
        let mut desk = Self::new();
        let path = desk.path("plan.db");
        desk.session.new_plan(&path, "NHS Northmoor CCG", "all");
        desk.until("the plan is open", |session| session.open.is_some());
        desk
    }

    pub(crate) fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.session.open.as_ref().expect("a plan is open").plan)
    }

    /// Closes the program; the files stay as long as what comes back.
    pub(crate) fn close(mut self) -> tempfile::TempDir {
        self.session.finish();
        self.folder
    }

    pub(crate) fn saved(&mut self) {
        self.session.flush(true);
        self.until("all is saved", |session| session.open.as_ref().is_some_and(recap::app::OpenPlan::all_saved));
    }
}

pub(crate) fn reference(plan: &Plan, reference: &str) -> Id {
    plan.recommendation("francis-2013", reference).expect("in the catalogue").id
}

pub(crate) fn in_file(path: &Path) -> Plan {
    PlanFile::open(path, Wanted::ReadOnly).and_then(|file| file.read()).expect("the file can be read")
}

#[test]
fn what_is_typed_is_in_the_file_without_a_word_said() {
    let mut desk = Desk::with_plan();
    let id = reference(&desk.plan(), "124");
    let day = NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
    desk.session.typed(DraftKey::Position(id, day), "Quality schedule in every contract".into());
    desk.until("it rests for a second and is saved", |session| {
        session.open.as_ref().is_some_and(|open| open.all_saved() && open.saved.is_some())
    });
    let plan = in_file(&desk.path("plan.db"));
    let texts: Vec<_> = plan.positions_of(id).iter().map(|p| (p.as_at, p.text.clone())).collect();
    assert_eq!(texts, [(Some(day), "Quality schedule in every contract".to_owned())], "as typed, dated");
}

#[test]
fn undo_and_redo_survive_closing() {
    let mut desk = Desk::with_plan();
    let plan = desk.plan();
    let id = reference(&plan, "124");
    desk.session.edit(
        intent::set_field(&plan, Entity::Recommendation, id, "local_title", recap::model::Value::Text("Ours".into()))
            .expect("fits"),
    );
    desk.saved();
    let path = desk.path("plan.db");
    desk.session.open_plan(&path, OpenFor::Editing);
    desk.until("it is open again", |session| session.open.is_some());
    let label = desk.session.open.as_ref().and_then(|open| open.reversible.undo.clone());
    assert_eq!(label.as_deref(), Some("Change our title of recommendation 124"), "named");
    desk.session.undo();
    desk.until("it is taken back", |session| session.open.as_ref().is_some_and(|open| open.reversible.redo.is_some()));
    assert_eq!(desk.plan().recommendations[&id].local_title, "", "blank again");
    desk.session.redo();
    desk.until("it is done again", |session| session.open.as_ref().is_some_and(|open| open.reversible.redo.is_none()));
    assert_eq!(in_file(&path).recommendations[&id].local_title, "Ours", "in the file");
}

#[test]
fn undo_takes_back_what_was_typed_last_though_it_was_still_on_its_way() {
    let mut desk = Desk::with_plan();
    let plan = desk.plan();
    let (first, second) = (reference(&plan, "123"), reference(&plan, "124"));
    let key = |id| DraftKey::Field(Entity::Recommendation, id, "local_title");
    desk.session.typed(key(first), "First".into());
    desk.session.flush(true);
    desk.session.typed(key(second), "Second".into());
    desk.session.undo();
    // typed while the undo is on its way: no part of it
    desk.session.typed(key(first), "First and more".into());
    desk.until("it is taken back", |session| session.open.as_ref().is_some_and(|open| open.reversible.redo.is_some()));
    assert_eq!(desk.plan().recommendations[&second].local_title, "", "the last one went");
    desk.saved();
    assert_eq!(in_file(&desk.path("plan.db")).recommendations[&first].local_title, "First and more", "the rest stays");
}

#[test]
fn an_export_holds_what_was_typed_a_moment_before() {
    let mut desk = Desk::with_plan();
    let id = reference(&desk.plan(), "124");
    let out = desk.path("plan.json");
    for n in 0..5 {
        // several edits are on their way when the export is asked for
        desk.session.typed(DraftKey::Field(Entity::Recommendation, id, "local_title"), format!("Typed {n}"));
        desk.session.flush(true);
    }
    desk.session.typed(DraftKey::Field(Entity::Recommendation, id, "local_text"), "Zebra".into());
    desk.session.export(recap::report::ReportName::Appendix, recap::report::Manner::default(), &out);
    desk.until("it is written", |session| session.notices.iter().any(|notice| notice.level == Level::Done));
    let written = std::fs::read_to_string(&out).expect("reads");
    assert!(written.contains("Typed 4") && written.contains("Zebra"), "all of it");
}

#[test]
fn leaving_waits_for_the_file_and_asks_where_something_cannot_be_saved() {
    let mut desk = Desk::with_plan();
    let id = desk.plan().id();
    let path = desk.path("plan.db");
    desk.session.typed(DraftKey::Field(Entity::PlanInfo, id, "title"), "Typed and left".into());
    desk.session.close_plan();
    desk.until("it is closed", |session| session.open.is_none());
    assert_eq!(in_file(&path).info().title, "Typed and left", "saved first");

    desk.session.open_plan(&path, OpenFor::Editing);
    desk.until("it is open again", |session| session.open.is_some());
    desk.session.typed(DraftKey::Field(Entity::PlanInfo, id, "as_at"), "31 February".into());
    desk.session.ask_quit();
    desk.until("the person is asked", Session::leaving_unsaved);
    assert!(!desk.session.quit && desk.session.open.is_some(), "nothing is thrown away unasked");
    let problems: Vec<String> = desk.session.open.iter().flat_map(|open| open.problems()).map(str::to_owned).collect();
    assert!(problems[0].contains("28 May 2013"), "with the reason: {problems:?}");
    desk.session.stay();
    desk.session.typed(DraftKey::Field(Entity::PlanInfo, id, "as_at"), "28 May 2013".into());
    desk.session.ask_quit();
    desk.until("it is saved and left", |session| session.quit);
    assert_eq!(in_file(&path).info().as_at, NaiveDate::from_ymd_opt(2013, 5, 28), "saved");
}

#[test]
fn a_whole_plan_as_json_is_previewed_and_taken_in_as_one_change() {
    let mut desk = Desk::new();
    let (sample, json, copy) = (desk.path("sample.db"), desk.path("sample.json"), desk.path("copy.db"));
    desk.session.sample_plan(&sample);
    desk.until("the sample is open", |session| session.open.is_some());
    desk.session.export(recap::report::ReportName::Appendix, recap::report::Manner::default(), &json);
    desk.until("it is written", |session| session.notices.iter().any(|notice| notice.level == Level::Done));
    desk.session.import_into_new(&json, &copy, "To be replaced");
    desk.until("it was read", |session| session.proposal.is_some());
    assert!(
        matches!(&desk.session.proposal, Some(recap::app::Waiting::WholePlan { read, .. }) if read.warnings.is_empty())
    );
    assert_eq!(desk.plan().recommendations.len(), 0, "nothing before it is accepted");
    desk.session.accept_proposal();
    desk.saved();
    assert_eq!(desk.plan().recommendations.len(), 22, "all of it");
    assert_eq!(desk.plan().info().organisation, "NHS Northmoor CCG", "whose it is");
}

#[test]
fn a_new_plan_cannot_be_undone_into_nothing() {
    let desk = Desk::with_plan();
    let undo = desk.session.open.as_ref().and_then(|open| open.reversible.undo.clone());
    assert_eq!(undo, None, "making the plan is not an act to take back");
}

#[test]
fn what_somebody_else_changed_is_never_overwritten() {
    let mut desk = Desk::with_plan();
    let plan = desk.plan();
    let id = reference(&plan, "124");
    let path = desk.path("plan.db");
    // another program writes the same field behind our back
    let wanted = Wanted::Write { backups: &desk.path("backups"), now: Utc::now() };
    let mut other = PlanFile::open(&path, wanted).expect("opens");
    let theirs =
        intent::set_field(&plan, Entity::Recommendation, id, "local_text", recap::model::Value::Text("Theirs".into()))
            .expect("fits");
    other.commit(&theirs, &Stamp { who: "Neighbour", at: Utc::now(), kind: EntryKind::Edit }).expect("commits");
    drop(other);
    desk.session.typed(DraftKey::Field(Entity::Recommendation, id, "local_text"), "Ours".into());
    desk.session.flush(true);
    desk.until("it was refused", |session| session.notices.iter().any(|notice| notice.level == Level::Problem));
    let notice = desk.session.notices.iter().find(|notice| notice.level == Level::Problem).expect("there");
    assert!(notice.text.contains("Theirs"), "both texts are shown: {}", notice.text);
    assert_eq!(in_file(&path).recommendations[&id].local_text, "Theirs", "the file is theirs");
    let key = DraftKey::Field(Entity::Recommendation, id, "local_text");
    let draft = desk.session.open.as_ref().and_then(|open| open.drafts.get(key)).expect("still on screen");
    assert_eq!(draft.text, "Ours", "what was typed stays");
    desk.until("theirs is shown", |session| {
        session.open.as_ref().is_some_and(|open| open.plan.recommendations[&id].local_text == "Theirs")
    });
}

#[test]
fn the_second_window_on_a_plan_is_told_who_has_it() {
    let mut first = Desk::with_plan();
    let path = first.path("plan.db");
    let mut second = Desk::new();
    second.session.open_plan(&path, OpenFor::Editing);
    second.until("it is refused", |session| session.not_opened.is_some());
    assert!(second.session.not_opened.as_ref().is_some_and(|refused| refused.taken), "with the ways on");
    second.session.open_plan(&path, OpenFor::Reading);
    second.until("it is open to read", |session| session.open.is_some());
    assert!(second.session.open.as_ref().is_some_and(|open| !open.editable()), "to read only");
    let id = reference(&first.plan(), "1");
    first.session.typed(DraftKey::Field(Entity::Recommendation, id, "local_title"), "Seen".into());
    first.saved();
    second.until("the change arrives", |session| {
        session.open.as_ref().is_some_and(|open| open.plan.recommendations[&id].local_title == "Seen")
    });
    let _folder = first.close();
    second.session.open_plan(&path, OpenFor::Editing);
    second.until("it is free", |session| session.open.as_ref().is_some_and(recap::app::OpenPlan::editable));
}

#[test]
fn a_date_that_is_none_stays_on_screen_with_the_reason() {
    let mut desk = Desk::with_plan();
    let id = desk.plan().id();
    let key = DraftKey::Field(Entity::PlanInfo, id, "as_at");
    desk.session.typed(key, "31 February".into());
    desk.session.flush(true);
    let draft = desk.session.open.as_ref().and_then(|open| open.drafts.get(key)).expect("kept");
    assert!(draft.problem.as_ref().is_some_and(|problem| problem.contains("28 May 2013")), "it says how to write one");
    desk.session.typed(key, "28 May 2013".into());
    desk.saved();
    assert_eq!(desk.plan().info().as_at, NaiveDate::from_ymd_opt(2013, 5, 28), "then it is taken");
}

#[test]
fn the_sample_plan_is_rich_and_sound() {
    let mut desk = Desk::new();
    let path = desk.path("sample.db");
    desk.session.sample_plan(&path);
    desk.until("it is open", |session| session.open.is_some());
    let plan = desk.plan();
    assert_eq!(plan.recommendations.len(), 22, "recommendations");
    assert!(plan.actions.len() >= 20, "{} actions", plan.actions.len());
    assert!(!plan.responsibilities.is_empty() && plan.paper.len() > 10, "responsibilities and a summary sheet");
    let then_and_now = plan.recommendations.keys().filter(|id| plan.positions_of(**id).len() > 1).count();
    assert!(then_and_now >= 5, "{then_and_now} with then and now");
    for state in recap::model::ActionState::ALL {
        assert!(plan.actions.values().any(|action| action.state == *state), "an action that is {state}");
    }
    let kinds: std::collections::BTreeSet<_> = plan
        .actions
        .values()
        .map(|a| recap::model::due::Due::of(&a.due_words, &a.due_reading, plan.due_anchor()).kind())
        .collect();
    assert_eq!(kinds.len(), 5, "every kind of due: {kinds:?}");
    desk.session.ask_check();
    desk.until("it is checked", |session| session.checked.is_some());
    assert!(desk.session.checked.as_ref().is_some_and(|checked| checked.sound), "{:?}", desk.session.checked);
}
