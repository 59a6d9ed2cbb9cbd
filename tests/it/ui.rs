//! The window, driven by the names that a screen reader is given.

#![expect(clippy::panic, reason = "a test that cannot go on says where and why")]

mod cells;
mod compare;
mod complaints;
mod gaps;
mod merge;
mod rows;
mod share;
mod signals;
mod story;
mod themes;
mod timeline;
mod two;
mod view;

use crate::session::Desk;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recap::app::{Command, Waiting};
use recap::model::Plan;
use recap::ui::context::Wish;
use recap::ui::files::{Picker, Purpose};
use recap::ui::{App, theme};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Answers every question for a file with the same path, and remembers what was asked.
#[derive(Default, Clone)]
struct Answers {
    path: Rc<RefCell<Option<PathBuf>>>,
    asked: Rc<RefCell<Vec<(Purpose, String)>>>,
}

impl Picker for Answers {
    fn ask(&mut self, purpose: Purpose, suggestion: &str) {
        self.asked.borrow_mut().push((purpose, suggestion.to_owned()));
    }

    fn answer(&mut self) -> Option<(Purpose, PathBuf)> {
        let path = self.path.borrow().clone()?;
        let (purpose, _) = self.asked.borrow_mut().pop()?;
        Some((purpose, path))
    }
}

/// The window, which has its fonts from its second frame on.
pub(crate) struct Shown {
    app: App,
    ready: bool,
}

pub(crate) struct Window {
    pub(crate) harness: Harness<'static, Shown>,
    answers: Answers,
    folder: tempfile::TempDir,
}

impl Window {
    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_steps(4);
    }

    /// Types into a field by its label.
    fn fill(&mut self, field: &str, words: &str) {
        self.harness.get_by_label(field).focus();
        self.harness.run_steps(2);
        self.harness.get_by_label(field).type_text(words);
        self.harness.run_steps(3);
    }

    fn on(desk: Desk) -> Self {
        let answers = Answers::default();
        let shown = Shown { app: App::new(desk.session, Box::new(answers.clone())), ready: false };
        let harness = Harness::builder().with_size(egui::vec2(1366.0, 768.0)).build_ui_state(
            |ui, shown: &mut Shown| {
                if shown.ready {
                    shown.app.logic(&ui.ctx().clone());
                    shown.app.frame(ui);
                } else {
                    theme::install(ui.ctx());
                    shown.ready = true;
                }
            },
            shown,
        );
        let mut window = Self { harness, answers, folder: desk.folder };
        window.harness.run_steps(3);
        window
    }

    pub(crate) fn sample() -> Self {
        let mut desk = Desk::new();
        let path = desk.path("sample.db");
        desk.session.sample_plan(&path);
        desk.until("the sample is open", |session| session.open.is_some());
        Self::on(desk)
    }

    fn app(&self) -> &App {
        &self.harness.state().app
    }

    pub(crate) fn plan(&self) -> Arc<Plan> {
        Arc::clone(&self.app().session.open.as_ref().expect("a plan is open").plan)
    }

    /// Draws frames until something holds.
    fn until(&mut self, what: &str, holds: impl Fn(&App) -> bool) {
        let begun = Instant::now();
        while !holds(self.app()) {
            assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain until {what}");
            self.harness.run_steps(1);
            std::thread::sleep(Duration::from_millis(5));
        }
        self.harness.run_steps(2);
    }

    fn saved(&mut self) {
        self.until("all is saved", |app| app.session.open.as_ref().is_some_and(recap::app::OpenPlan::all_saved));
    }

    pub(crate) fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).scroll_to_me();
        self.harness.run_steps(3);
        self.harness.get_by_label(name).click();
        self.harness.run_steps(3);
    }

    /// Takes the last change back by the name that its button has.
    fn undo(&mut self, label: &str) {
        self.click(&format!("Undo: {label}"));
        self.until("it is taken back", |app| {
            app.session.open.as_ref().is_some_and(|open| open.reversible.redo.is_some())
        });
    }

    fn run(&mut self, command: Command) {
        self.harness.state_mut().app.wishes.borrow_mut().push(Wish::Run(command));
        self.harness.run_steps(4);
    }

    fn select(&mut self, reference: &str) {
        let start = format!("Recommendation {reference},");
        let node = self
            .harness
            .query_all_by_role(Role::Row)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&start)));
        node.unwrap_or_else(|| panic!("row {reference} is on screen")).click();
        self.harness.run_steps(4);
    }
}

#[test]
fn the_start_screen_makes_a_plan_of_the_chosen_recommendations() {
    let mut window = Window::on(Desk::new());
    window.click("New plan…");
    window.harness.get_by_role_and_label(Role::TextInput, "Organisation").focus();
    window.harness.run_steps(1);
    window.harness.get_by_role_and_label(Role::TextInput, "Organisation").type_text("NHS Southmoor CCG");
    window.harness.run_steps(2);
    window.click("Only these numbers");
    window.harness.get_by_label("Numbers and ranges of recommendations").focus();
    window.harness.get_by_label("Numbers and ranges of recommendations").type_text("123-126, 1");
    window.harness.run_steps(2);
    *window.answers.path.borrow_mut() = Some(window.folder.path().join("south.db"));
    window.click("Choose where to save it…");
    window.until("the plan is open", |app| app.session.open.is_some());
    assert_eq!(window.plan().recommendations.len(), 5, "as chosen");
    assert_eq!(window.plan().info().organisation, "NHS Southmoor CCG", "as typed");
}

#[test]
fn typing_a_position_in_the_editor_saves_it_and_undo_names_it() {
    let mut window = Window::sample();
    let row = window.plan().recommendations_in_order()[0].clone();
    window.select(&row.reference);
    let field = "Current position, as at 28 May 2013";
    window.harness.get_by_role_and_label(Role::MultilineTextInput, field).focus();
    window.harness.run_steps(1);
    window.harness.get_by_role_and_label(Role::MultilineTextInput, field).type_text("Zebra ");
    window.harness.run_steps(2);
    window.saved();
    let plan = window.plan();
    let position = plan.positions_at(row.id, plan.info().as_at.expect("dated"));
    assert!(position[0].text.contains("Zebra"), "in the plan: {}", position[0].text);
    let name = format!("Change position of recommendation {}", row.reference);
    window.undo(&name);
    let plan = window.plan();
    assert!(!plan.positions_at(row.id, plan.info().as_at.expect("dated"))[0].text.contains("Zebra"), "as before");
}

#[test]
fn the_search_narrows_the_grid_as_one_types() {
    let mut window = Window::sample();
    let rows = |window: &Window| window.app().grid.shown();
    assert_eq!(rows(&window), 22, "all");
    window.harness.get_by_label("Search the plan").focus();
    window.harness.run_steps(1);
    window.harness.get_by_label("Search the plan").type_text("corporate memory");
    window.harness.run_steps(3);
    assert!(rows(&window) < 5, "{} rows hold it", rows(&window));
    window.harness.get_by_label_contains("of 22 recommendations");
}

#[test]
fn an_action_is_added_and_filled_in_by_name() {
    let mut window = Window::sample();
    let row = window.plan().recommendations_in_order()[0].clone();
    let before = window.plan().actions_of(row.id).len();
    window.select(&row.reference);
    window.click("+ Action");
    window.saved();
    window.harness.run_steps(3);
    for (field, words) in [("Action", "Agree the extract"), ("Due, in your words", "From June 2013")] {
        let role = if field == "Action" { Role::MultilineTextInput } else { Role::TextInput };
        window.harness.get_by_role_and_label(role, field).focus();
        window.harness.run_steps(1);
        window.harness.get_by_role_and_label(role, field).type_text(words);
        window.harness.run_steps(2);
    }
    window.saved();
    let plan = window.plan();
    let actions = plan.actions_of(row.id);
    assert_eq!(actions.len(), before + 1, "one more");
    let action = actions.last().expect("there");
    assert_eq!((action.text.as_str(), action.due_words.as_str()), ("Agree the extract", "From June 2013"), "as typed");
    window.harness.get_by_label("Read as: starts in June 2013");
}

#[test]
fn changing_the_as_at_date_is_no_edit_and_shows_the_older_position() {
    let mut window = Window::sample();
    window.click("As at 28 May 2013");
    window.harness.get_by_label("Another as-at date").focus();
    window.harness.run_steps(1);
    window.harness.get_by_label("Another as-at date").type_text("26/03/2013");
    window.harness.run_steps(2);
    window.click("Use 26 March 2013");
    let open = window.app().session.open.as_ref().expect("open");
    assert_eq!(open.as_at.to_string(), "2013-03-26", "the view's date");
    assert_eq!(open.reversible.undo, None, "nothing to undo");
}

#[test]
fn a_document_is_imported_from_its_preview_and_taken_back_with_one_undo() {
    let mut desk = Desk::new();
    let path = desk.path("north.db");
    desk.session.new_plan(&path, "NHS Northmoor CCG", "none");
    desk.until("the plan is open", |session| session.open.is_some());
    let mut window = Window::on(desk);
    *window.answers.path.borrow_mut() = Some(PathBuf::from("tests/fixtures/northmoor.txt"));
    window.run(Command::ImportDocument);
    window.until("the preview is there", |app| app.dialog.is_some());
    assert!(window.plan().recommendations.is_empty(), "nothing is written before it is accepted");
    window.harness.get_by_label_contains("Its positions stand as at");
    let boxes = window.harness.query_all_by_role(Role::CheckBox).filter_map(|node| node.accesskit_node().label());
    let left_out = boxes.into_iter().find(|name| name.starts_with("Take 124 ")).expect("a tick for each row");
    window.click(&left_out);
    window.click("Import what is ticked");
    window.saved();
    let plan = window.plan();
    let references: Vec<&str> = plan.recommendations_in_order().iter().map(|row| row.reference.as_str()).collect();
    assert!(references.contains(&"109") && !references.contains(&"124"), "what was ticked: {references:?}");
    let undo = window.app().session.open.as_ref().and_then(|open| open.reversible.undo.clone()).expect("named");
    window.undo(&undo);
    assert!(window.plan().recommendations.is_empty(), "whole");
}

#[test]
fn a_column_is_given_a_meaning_and_the_next_document_of_that_shape_is_read_so() {
    let table = |numbers: [&str; 2]| {
        let row =
            |number| format!("{number},Commissioners should require it,It is required in contracts,Contract file\n");
        let rows: String = numbers.into_iter().map(row).collect();
        format!("Ref,Recommendation,Current position,Shelf mark\n{rows}")
    };
    let mut desk = Desk::new();
    let path = desk.path("north.db");
    desk.session.new_plan(&path, "NHS Northmoor CCG", "none");
    desk.until("the plan is open", |session| session.open.is_some());
    let document = desk.path("first.csv");
    std::fs::write(&document, table(["123", "124"])).expect("writes");
    std::fs::write(desk.path("second.csv"), table(["125", "126"])).expect("writes");
    let evidence = |app: &App| match &app.session.proposal {
        Some(Waiting::Tables { proposal, .. }) => proposal.rows.iter().map(|row| row.evidence.len()).sum::<usize>(),
        _ => 0,
    };
    let mut window = Window::on(desk);
    *window.answers.path.borrow_mut() = Some(document);
    window.run(Command::ImportDocument);
    window.until("the preview is there", |app| app.dialog.is_some());
    assert_eq!(evidence(window.app()), 0, "not understood");
    window.click("What “Shelf mark” holds");
    window.click("Evidence");
    window.until("it is read again", |app| evidence(app) == 2);
    window.click("Import what is ticked");
    window.saved();
    assert_eq!(window.plan().evidence_links.len(), 2, "as it was said to be");
    *window.answers.path.borrow_mut() = Some(window.folder.path().join("second.csv"));
    window.run(Command::ImportDocument);
    window.until("the next is read as the first", |app| evidence(app) == 2);
    // a row that is left out is none
    window.harness.get_by_label("line 2").click();
    window.harness.run_steps(3);
    window.click("Leave out");
    window.until("it is read without the row", |app| evidence(app) == 1);
}

#[test]
fn the_appendix_is_shown_page_by_page_and_saved() {
    let mut window = Window::sample();
    window.run(Command::Print);
    window.until("the PDF is made", |app| app.session.printed.is_some());
    window.until("a page is drawn", |app| app.session.jobs.states().is_empty());
    let count = window.app().session.printed.as_ref().expect("made").count();
    assert!(count > 5, "{count} pages");
    window.harness.get_by_role_and_label(Role::Image, &format!("Page 1 of {count}"));
    window.click("Next page ›");
    window.until("the next is drawn", |app| app.session.jobs.states().is_empty());
    window.harness.get_by_role_and_label(Role::Image, &format!("Page 2 of {count}"));
    let path = window.folder.path().join("appendix.pdf");
    *window.answers.path.borrow_mut() = Some(path.clone());
    window.click("Save as PDF…");
    window.until("it is written", |app| app.session.notices.iter().any(|notice| notice.text == "Saved"));
    assert!(std::fs::read(&path).expect("reads").starts_with(b"%PDF"), "a PDF");
    let asked = window.answers.asked.borrow().len();
    assert_eq!(asked, 0, "answered");
}

#[test]
fn the_timeline_is_printed_and_goes_out_as_a_calendar() {
    let mut window = Window::sample();
    window.run(Command::Print);
    let calendar = "Save as calendar (.ics)…";
    assert!(window.harness.query_by_label(calendar).is_none(), "the appendix has no days");
    window.click("Action timeline");
    window.until("the PDF is made", |app| app.session.printed.is_some());
    let path = window.folder.path().join("dues.ics");
    *window.answers.path.borrow_mut() = Some(path.clone());
    window.click(calendar);
    let told = |app: &App| app.session.notices.iter().any(|n| n.text.contains("not in the calendar"));
    window.until("it is written, and what has no date is told", told);
    assert!(std::fs::read(&path).expect("written").starts_with(b"BEGIN:VCALENDAR"), "a calendar");
}

#[test]
fn a_workbook_comes_back_from_excel_and_what_is_gone_is_deleted_only_when_ticked() {
    let mut window = Window::sample();
    let path = window.folder.path().join("plan.xlsx");
    *window.answers.path.borrow_mut() = Some(path.clone());
    window.run(Command::Print);
    window.click("Save as Excel workbook…");
    window.until("it is written", |app| app.session.notices.iter().any(|notice| notice.text == "Saved"));
    window.click("Close");
    let bytes = std::fs::read(&path).expect("written");
    let gone = crate::out::workbook::id(&crate::out::workbook::cells(&bytes, "Actions"), 2);
    let edited = crate::out::workbook::edited(&bytes, "Actions", |cells| {
        crate::out::workbook::set(cells, 1, "Owner", "Board secretary");
        cells.remove(2);
    });
    std::fs::write(&path, edited).expect("written");
    let before = window.plan();
    for (tick, left) in [(false, before.actions.len()), (true, before.actions.len() - 1)] {
        *window.answers.path.borrow_mut() = Some(path.clone());
        window.run(Command::ImportDocument);
        window.until("the preview is there", |app| app.dialog.is_some());
        if tick {
            let boxes =
                window.harness.query_all_by_role(Role::CheckBox).filter_map(|node| node.accesskit_node().label());
            let delete = boxes.into_iter().find(|name| name.starts_with("Delete action")).expect("a tick");
            window.click(&delete);
        }
        window.click("Import the changes");
        window.saved();
        assert_eq!(window.plan().actions.len(), left, "ticked: {tick}");
    }
    assert!(!window.plan().actions.contains_key(&gone), "the one that was gone");
    assert!(window.plan().actions.values().any(|row| row.owner == "Board secretary"), "what was changed came too");
}

#[test]
fn every_dialog_opens_and_closes_with_names_on_all_its_parts() {
    // the harness fails by itself on an input without an accessible name
    let mut window = Window::sample();
    for command in [
        Command::AddRecommendation,
        Command::Themes,
        Command::Replace,
        Command::GoTo,
        Command::PlanDetails,
        Command::OpenChoices,
        Command::History,
        Command::Backups,
        Command::CheckFile,
        Command::Settings,
        Command::Keys,
        Command::NewPlan,
        Command::AddSignal,
        Command::Receipts,
        Command::Providers,
        Command::SignalThemes,
    ] {
        window.run(command);
        assert!(window.app().dialog.is_some(), "{command:?} is open");
        window.click("Close");
        assert!(window.app().dialog.is_none(), "{command:?} is closed");
    }
}

#[test]
fn the_history_dialog_names_the_rows_that_were_changed() {
    let mut window = Window::sample();
    let mut change = |edit: &dyn Fn(&Plan) -> recap::model::Edit| {
        let edit = edit(&window.plan());
        window.harness.state_mut().app.session.edit(edit);
        window.saved();
    };
    let hospital = crate::intelligence::id("hospital");
    change(&crate::intelligence::some_intelligence);
    change(&|plan| {
        let words = recap::model::Value::Text("Received in May".into());
        recap::model::intent::set_field(plan, recap::model::Entity::Provider, hospital, "board_response", words)
            .expect("fits")
    });
    window.run(Command::History);
    let title = "Change board response of provider Northmoor General Hospital";
    window.until("the history is read", |app| app.session.history.is_some());
    window.click(title);
    window.harness.get_by_label("Provider Northmoor General Hospital: board response");
    window.harness.get_by_label("before: Asked for in May");
    window.harness.get_by_label("after: Received in May");
}

#[test]
fn a_plan_that_is_none_is_refused_with_the_reason_on_screen() {
    let desk = Desk::new();
    let path = desk.path("letter.db");
    std::fs::write(&path, "Dear colleague, this is not a plan but a letter of some length.").expect("writes");
    let mut window = Window::on(desk);
    *window.answers.path.borrow_mut() = Some(path);
    window.click("Open…");
    window.until("it is refused", |app| app.session.not_opened.is_some());
    window.harness.get_by_label_contains("not a plan");
    window.click("Dismiss");
    assert!(window.app().session.not_opened.is_none(), "put away");
}

#[test]
fn evidence_is_added_and_filled_in_by_name_and_what_was_kept_can_be_deleted() {
    let mut window = Window::sample();
    let row = window.plan().recommendation("francis-2013", "1").expect("in the sample").clone();
    let behind = |plan: &Plan, of| recap::model::Index::of(plan).evidence(plan, of).len();
    let before = behind(&window.plan(), row.id);
    window.select("1");
    window.click(&format!("Evidence {before}"));
    window.click("+ Evidence");
    window.saved();
    window.harness.run_steps(3);
    for (role, field, words) in [
        (Role::MultilineTextInput, "What it is", "Minutes of the April meeting"),
        (Role::TextInput, "Where it is held", "Secretary"),
        (Role::TextInput, "Valid until", "31 March 2014"),
    ] {
        window.harness.get_by_role_and_label(role, field).focus();
        window.harness.run_steps(1);
        window.harness.get_by_role_and_label(role, field).type_text(words);
        window.harness.run_steps(2);
    }
    window.saved();
    let plan = window.plan();
    assert_eq!(behind(&plan, row.id), before + 1, "behind this recommendation");
    let new = plan.evidence.values().find(|row| row.text == "Minutes of the April meeting").expect("as typed");
    let until = new.valid_until.map(|day| day.to_string());
    assert_eq!((new.held.as_str(), until.as_deref()), ("Secretary", Some("2014-03-31")), "with all its fields");

    let kept =
        plan.remarks.values().find(|remark| plan.recommendations.contains_key(&remark.row)).expect("in the sample");
    let (label, of) = (kept.label.clone(), kept.row);
    let count = plan.remarks.len();
    window.harness.state_mut().app.wishes.borrow_mut().push(Wish::Select(Some(of)));
    window.harness.run_steps(4);
    window.click("Details");
    window.click(&format!("Delete remark: {label}"));
    window.saved();
    window.until("it is gone", |app| app.session.open.as_ref().is_some_and(|open| open.plan.remarks.len() < count));
}
