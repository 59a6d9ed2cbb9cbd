//! The timeline's chart, driven by the names that a screen reader is given.

use crate::ui::Window;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// The chart of the sample plan.
fn chart() -> Window {
    let mut window = Window::sample();
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num2);
    window.harness.run_steps(3);
    window.click("Chart");
    window
}

/// What rows or headings in sight are called, from the top down.
fn names(window: &Window, role: Role) -> Vec<String> {
    let mut nodes: Vec<_> = window.harness.query_all_by_role(role).collect();
    nodes.sort_by(|a, b| a.rect().top().total_cmp(&b.rect().top()));
    nodes.iter().filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn every_action_in_sight_is_a_row_that_says_what_its_marks_show() {
    let window = chart();
    let rows = names(&window, Role::Row);
    assert!(rows.len() >= 8, "a window full of rows: {rows:?}");
    let visit = rows.iter().find(|row| row.starts_with("Action: Begin every quality visit")).expect("in sight");
    for part in ["complete", "Quality lead (acute)", "start not known", "due 31 July 2013", "done ", "timescale"] {
        assert!(visit.contains(part), "{part} is said of {visit}");
    }
    assert!(rows.len() < 20, "only what is in sight is drawn: {}", rows.len());
}

#[test]
fn the_rows_are_grouped_as_one_chooses() {
    let mut window = chart();
    let by_responsibility = names(&window, Role::Heading);
    assert!(by_responsibility[0].starts_with("Put patients first"), "the action plan's first: {by_responsibility:?}");
    window.click("Group by owner");
    let by_owner = names(&window, Role::Heading);
    assert!(by_owner.iter().any(|name| name.starts_with("Associate Director of Quality, ")), "{by_owner:?}");
    window.click("Group by theme");
    let by_theme = names(&window, Role::Heading);
    let first = window.plan().themes_in_order()[0].title.clone();
    assert!(by_theme[0].starts_with(&first), "the plan's first theme {first}: {by_theme:?}");
}

#[test]
fn a_click_opens_a_row_and_the_arrows_lead_on_from_it() {
    let mut window = chart();
    let second = names(&window, Role::Row)[1].clone();
    assert!(window.harness.query_by_label("Close the card").is_none(), "nothing is open yet");
    window.click(&second);
    assert!(window.harness.query_by_label("Close the card").is_some(), "its details are beside it");
    window.harness.key_press(Key::ArrowDown);
    window.harness.run_steps(3);
    let third = names(&window, Role::Row)[2].clone();
    let node = window.harness.get_by_label(&third);
    assert!(node.accesskit_node().is_focused(), "one row further, and not two: {third}");
    for _ in 0..12 {
        window.harness.key_press(Key::ArrowDown);
        window.harness.run_steps(3);
    }
    let rows = names(&window, Role::Row);
    assert!(!rows.contains(&third), "the chart scrolls with the focus: {rows:?}");
}
