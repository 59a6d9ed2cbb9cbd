//! The Compare tab by the names and keys that a person has.

use super::*;
use crate::compare::{ours, theirs};
use crate::store::id;
use egui::{Key, Modifiers};
use recap::model::ActionState;
use recap::model::compare::Status;

impl Window {
    /// Our plan, on its Compare tab, with nothing beside it yet.
    fn compare() -> Self {
        let mut desk = Desk::new();
        ours(&desk.path("ours.db"));
        theirs(&desk.path("theirs.db"));
        let mine = desk.path("ours.db");
        desk.session.open_plan(&mine, recap::app::worker::OpenFor::Editing);
        desk.until("ours is open", |session| session.open.is_some());
        let mut window = Self::on(desk);
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
        window.harness.run_steps(4);
        window
    }

    /// The same with theirs beside it.
    fn compared() -> Self {
        let mut window = Self::compare();
        *window.answers.path.borrow_mut() = Some(window.folder.path().join("theirs.db"));
        window.click("Open a neighbour's plan…");
        window.until("they are compared", |app| {
            app.session.comparing.as_ref().is_some_and(|comparing| comparing.comparison.is_some())
        });
        window.harness.run_steps(6);
        window
    }

    fn rows(&self) -> Vec<String> {
        let all = self.harness.query_all_by_role(Role::Row);
        all.filter_map(|node| node.accesskit_node().label()).collect()
    }

    fn cells(&self) -> String {
        let all = self.harness.query_all_by_role(Role::Cell);
        all.filter_map(|node| node.accesskit_node().label()).collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn without_a_plan_the_tab_says_what_it_is_for() {
    let window = Window::compare();
    window.harness.get_by_label("Compare with a neighbour's plan");
    window.harness.get_by_label("Open a neighbour's plan…");
    window.harness.get_by_role_and_label(Role::Tab, "Compare");
}

#[test]
fn both_plans_stand_side_by_side_and_filters_count() {
    let mut window = Window::compared();
    assert_eq!(window.answers.asked.borrow().len(), 0, "asked once for a file");
    let cells = window.cells();
    for wanted in [
        "NHS Northmoor CCG: In place. Monthly report to the Board",
        "NHS Southmoor CCG: In place. Quarterly report to the Board",
        "Owner: Head of quality. Due: July 2013. 20 May 2013: First draft with the providers",
    ] {
        assert!(cells.contains(wanted), "{wanted:?} in {cells}");
    }
    assert!(
        window.rows().iter().any(|row| row.starts_with("123 ") && row.contains("Differs. Position")),
        "{:?}",
        window.rows()
    );
    window.click("Same 1");
    assert_eq!(window.rows().len(), 2, "a recommendation and its action: {:?}", window.rows());
    window.click("Only theirs 1");
    assert!(window.rows()[0].contains("Hear from patients"), "{:?}", window.rows());
    assert!(window.cells().contains("NHS Northmoor CCG: Not in this plan"), "{}", window.cells());
    window.click("Show all");
    window.click("Joint");
    window.click("Their progress on joint actions: 1");
    assert!(window.rows().iter().all(|row| !row.starts_with("124")), "{:?}", window.rows());
}

#[test]
fn an_action_is_taken_over_with_one_click_and_is_joint_from_then_on() {
    let mut window = Window::compared();
    window.harness.key_press(Key::End);
    window.harness.run_steps(6);
    window.click("Take over this action");
    window.saved();
    let plan = window.plan();
    assert_eq!(plan.actions[&id("theirs")].state, ActionState::NotStarted, "ours to begin");
    window.until("it is compared anew", |app| {
        let found = app.session.comparing.as_ref().and_then(|comparing| comparing.comparison.clone());
        found.is_some_and(|found| {
            found.rows.iter().flat_map(|row| &row.pairs).any(|pair| pair.joint && pair.mine == Some(id("theirs")))
        })
    });
    assert!(window.harness.query_by_label("Take over this action").is_none(), "nothing more to take of it");
    window.undo("Take over an action from NHS Southmoor CCG's plan of 28 May 2013");
    assert!(!window.plan().actions.contains_key(&id("theirs")), "one undo");
}

#[test]
fn a_position_is_taken_over_from_the_keyboard() {
    let mut window = Window::compared();
    let before = window.plan().positions.len();
    window.harness.key_press(Key::ArrowDown);
    window.harness.run_steps(3);
    assert!(window.rows()[0].starts_with("123 "), "the first row: {:?}", window.rows());
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.harness.run_steps(3);
    window.saved();
    let plan = window.plan();
    assert_eq!(plan.positions.len(), before + 1, "a new one; the old one stays");
    assert!(plan.positions.values().any(|row| row.text == "Quarterly report to the Board"));
}

#[test]
fn what_could_not_be_used_is_said_with_a_list() {
    let mut window = Window::compare();
    let path = window.folder.path().join("theirs.db");
    let tool = rusqlite::Connection::open(&path).expect("opens");
    tool.execute_batch(
        "PRAGMA foreign_keys = OFF; DELETE FROM \"action\" WHERE text LIKE 'Map%'; CREATE VIEW spy AS SELECT 1",
    )
    .expect("runs");
    drop(tool);
    *window.answers.path.borrow_mut() = Some(path);
    window.click("Open a neighbour's plan…");
    window.until("they are compared", |app| {
        app.session.comparing.as_ref().is_some_and(|comparing| comparing.comparison.is_some())
    });
    window.harness.get_by_label("1 row of their file could not be used as they stand; the rest is compared.");
    window.harness.get_by_label("Their file holds what Recap did not make; it was not read: the view spy.");
    window.click("List what could not be used");
    assert!(window.harness.query_by_label_contains("its action is not there; left out").is_some());
    window.click("Put away");
    window.harness.get_by_label("Compare with a neighbour's plan");
}

#[test]
fn a_copy_of_ones_own_plan_is_said_to_be_one() {
    let mut window = Window::compare();
    let copy = window.folder.path().join("copy.db");
    std::fs::copy(window.folder.path().join("ours.db"), &copy).expect("copies");
    *window.answers.path.borrow_mut() = Some(copy);
    window.click("Open a neighbour's plan…");
    window.until("they are compared", |app| {
        app.session.comparing.as_ref().is_some_and(|comparing| comparing.comparison.is_some())
    });
    assert!(window.harness.query_by_label_contains("This is a copy of your own plan").is_some());
    let comparison = window.app().session.comparing.as_ref().and_then(|comparing| comparing.comparison.clone());
    assert!(comparison.is_some_and(|found| found.rows.iter().all(|row| row.status == Status::Same)));
}

#[test]
fn the_comparison_is_printed_as_it_is_filtered() {
    let mut window = Window::compared();
    window.click("Same 1");
    window.run(Command::Print);
    window.until("pages are made", |app| app.session.printed.is_some());
    window.harness.get_by_label("Comparison of two plans");
    window.harness.get_by_label("Those on screen; what is left out is said");
}
