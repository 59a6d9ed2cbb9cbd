//! The timeline by the names and keys that a person has.

use super::*;
use egui::{Key, Modifiers};
use recap::model::timeline::DueRow;
use recap::model::{Action, ActionState, Id};

impl Window {
    /// The sample, on its timeline.
    fn timeline() -> Self {
        let mut window = Self::sample();
        window.run(Command::Timeline);
        window
    }

    /// The first card whose spoken name begins so.
    fn card(&self, start: &str) -> String {
        let start = format!("Card: {start}");
        let all = self.harness.query_all_by_role(Role::Button);
        let mut names = all.filter_map(|node| node.accesskit_node().label());
        names.find(|name| name.starts_with(&start)).unwrap_or_else(|| panic!("a card that begins \"{start}\""))
    }

    fn heading(&self, start: &str) -> String {
        let all = self.harness.query_all_by_role(Role::Heading);
        let mut names = all.filter_map(|node| node.accesskit_node().label());
        names.find(|name| name.starts_with(start)).unwrap_or_else(|| panic!("a lane that begins \"{start}\""))
    }

    fn action(&self, start: &str) -> Action {
        let plan = self.plan();
        let found = plan.actions.values().find(|row| row.text.starts_with(start));
        found.unwrap_or_else(|| panic!("an action that begins \"{start}\"")).clone()
    }

    fn type_into(&mut self, role: Role, name: &str, text: &str) {
        self.harness.get_by_role_and_label(role, name).focus();
        self.harness.run_steps(2);
        self.harness.get_by_role_and_label(role, name).type_text(text);
        self.harness.run_steps(2);
    }
}

const PUBLISH: &str = "Publish a four-page summary";

#[test]
fn the_board_has_a_lane_a_month_and_follows_the_as_at_date() {
    let mut window = Window::timeline();
    assert_eq!(window.heading("Overdue"), "Overdue, before 28 May 2013: 2 cards");
    assert_eq!(window.heading("May 2013"), "May 2013, Q1 2013/14 · now: 1 card");
    window.harness.get_by_label("42 cards · 3 complete");
    let date = chrono::NaiveDate::from_ymd_opt(2013, 9, 1).expect("a date");
    window.harness.state_mut().app.wishes.borrow_mut().push(Wish::AsAt(date));
    window.harness.run_steps(4);
    let overdue = window.heading("Overdue");
    assert!(overdue.starts_with("Overdue, before 1 September 2013:"), "{overdue}");
    let late: usize = overdue.rsplit(' ').nth(1).and_then(|number| number.parse().ok()).expect("a number");
    assert!(late > 10, "what was due by August and is not done: {overdue}");
    assert!(window.app().session.open.as_ref().is_some_and(|open| open.reversible.undo.is_none()), "it is no edit");
}

#[test]
fn a_card_is_moved_by_keyboard_with_a_reason_that_is_kept() {
    let mut window = Window::timeline();
    let name = window.card(PUBLISH);
    window.click(&name);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
    window.harness.run_steps(4);
    window.harness.get_by_label("Read as: by the end of July 2013");
    let text = window.harness.get_by_role_and_label(Role::MultilineTextInput, "Why, kept for ever");
    assert!(text.accesskit_node().is_focused(), "only the reason is left to say");
    text.type_text("The printer is late");
    window.harness.run_steps(2);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    window.harness.run_steps(3);
    window.saved();
    let action = window.action(PUBLISH);
    assert_eq!((action.original_due_words.as_str(), action.due_words.as_str()), ("June 2013", "July 2013"));
    let plan = window.plan();
    let reasons: Vec<_> = plan.updates_of(action.id).iter().map(|row| row.reason.clone()).collect();
    assert!(reasons.contains(&"The printer is late".to_owned()), "{reasons:?}");
    assert!(window.card(PUBLISH).contains("was June 2013: The printer is late"), "the card tells it");
    window.undo("Revise due of an action");
    assert_eq!(window.action(PUBLISH).due_words, "June 2013", "as before");
}

#[test]
fn without_a_reason_a_due_does_not_move_but_a_correction_needs_none() {
    let mut window = Window::timeline();
    let name = window.card(PUBLISH);
    window.click(&name);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::ArrowRight);
    window.harness.run_steps(4);
    assert!(window.harness.get_by_label("Move it").accesskit_node().is_disabled(), "a reason is asked for");
    window.click("Only a correction: it was never due then");
    window.click("Correct it");
    window.saved();
    let action = window.action(PUBLISH);
    assert_eq!((action.due_words.as_str(), action.original_due_words.as_str()), ("July 2013", ""), "nothing slipped");
}

#[test]
fn a_card_is_dragged_to_another_lane() {
    let mut window = Window::timeline();
    let name = window.card(PUBLISH);
    let from = window.harness.get_by_label(&name).rect().center_top() + egui::vec2(0.0, 10.0);
    let lane = window.heading("April 2013");
    let to = window.harness.get_by_label(&lane).rect().center_bottom() + egui::vec2(0.0, 400.0);
    window.harness.drag_at(from);
    window.harness.run_steps(2);
    for share in [0.2, 0.5, 0.8, 1.0] {
        window.harness.hover_at(from + (to - from) * share);
        window.harness.run_steps(2);
    }
    window.harness.drop_at(to);
    window.harness.run_steps(4);
    window.harness.get_by_label("Read as: by the end of April 2013");
    window.click("Cancel");
    assert_eq!(window.action(PUBLISH).due_words, "June 2013", "nothing moves before it is said why");
}

#[test]
fn done_takes_a_date_and_a_note() {
    let mut window = Window::timeline();
    let name = window.card(PUBLISH);
    window.click(&name);
    window.harness.key_press(Key::D);
    window.harness.run_steps(4);
    window.type_into(Role::MultilineTextInput, "Note, for the record", "On the web since Friday");
    window.click("Tick it done");
    window.saved();
    let action = window.action(PUBLISH);
    assert_eq!(action.state, ActionState::Complete);
    assert_eq!(action.done_on, chrono::NaiveDate::from_ymd_opt(2013, 5, 28), "the as-at date, unless one says another");
    window.click("Reopen");
    window.saved();
    assert_eq!((window.action(PUBLISH).state, window.action(PUBLISH).done_on), (ActionState::InProgress, None));
}

#[test]
fn several_cards_are_changed_as_one() {
    let mut window = Window::timeline();
    let before = window.plan();
    window.click("2 overdue");
    window.harness.get_by_label("2 cards · 0 complete");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.run_steps(3);
    window.harness.get_by_label("2 cards chosen");
    window.click("Owner…");
    window.type_into(Role::TextInput, "The role that has it", "Medical director");
    window.click("Save");
    window.saved();
    let plan = window.plan();
    let changed = plan.actions.values().filter(|row| row.owner == "Medical director").count();
    let had = before.actions.values().filter(|row| row.owner == "Medical director").count();
    assert_eq!(changed, had + 2, "both");
    window.undo("Change owner of 2 actions");
    assert_eq!(window.plan().actions, before.actions, "as one");
}

#[test]
fn a_filter_narrows_and_says_how_many() {
    let mut window = Window::timeline();
    window.click("Owner");
    let chosen = "Clinical Chair · ";
    let label = window
        .harness
        .query_all_by_role(Role::CheckBox)
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.starts_with(chosen))
        .expect("an owner of the sample");
    let count: usize = label.trim_start_matches(chosen).parse().expect("a number");
    window.click(&label);
    window.harness.get_by_label_contains(&format!("{} · ", recap::model::text::count(count, "card")));
    window.harness.key_press(Key::Escape);
    window.harness.run_steps(2);
    window.click("Show all");
    window.harness.get_by_label("42 cards · 3 complete");
}

#[test]
fn a_timescale_is_paired_by_keys() {
    let mut window = Window::timeline();
    let plan = window.plan();
    let several = |of: Id| plan.timescales_of(of).len() > 1 && !plan.actions_under(Some(of)).is_empty();
    let timescale = plan.timescales.values().find(|row| row.action.is_none() && several(row.responsibility));
    let timescale = timescale.expect("the sample has timescales to be paired").clone();
    let first = plan.actions_under(Some(timescale.responsibility))[0].id;
    window.harness.state_mut().app.timeline.cursor = Some(DueRow::Timescale(timescale.id));
    window.harness.run_steps(2);
    window.harness.key_press(Key::P);
    window.harness.run_steps(4);
    window.harness.key_press(Key::Num1);
    window.harness.run_steps(2);
    window.click("Save");
    window.saved();
    assert_eq!(window.plan().timescales[&timescale.id].action, Some(first));
}

#[test]
fn the_list_sorts_and_its_rows_open() {
    let mut window = Window::timeline();
    window.click("List");
    window.click("Sort by Owner");
    let rows: Vec<String> =
        window.harness.query_all_by_role(Role::Row).filter_map(|node| node.accesskit_node().label()).collect();
    assert!(rows.len() > 8, "the rows in sight: {rows:?}");
    assert!(rows[0].contains("Accountable Officer"), "by owner: {}", rows[0]);
    window.harness.get_by_role_and_label(Role::Row, &rows[0]).click();
    window.harness.run_steps(3);
    window.harness.get_by_label("Close the card");
}

#[test]
fn a_state_has_the_plans_own_word_everywhere() {
    let mut window = Window::timeline();
    let edit =
        recap::model::intent::set_state_word(&window.plan(), recap::model::state::Shown::Complete, "Delivered", "B");
    window.harness.state_mut().app.wishes.borrow_mut().push(Wish::Edit(edit));
    window.harness.run_steps(2);
    window.saved();
    assert!(window.card("Name a GP quality lead").contains("Delivered"), "{}", window.card("Name a GP quality lead"));
    window.run(Command::PlanDetails);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Our word for complete");
    assert_eq!(field.value().as_deref(), Some("Delivered"));
}

#[test]
fn a_filter_within_more_opens_and_holds() {
    let mut window = Window::timeline();
    window.click("More");
    // a menu within a menu opens when the pointer comes over it
    window.harness.get_by_label("Partner").hover();
    window.harness.run_steps(4);
    let all = window.harness.query_all_by_role(Role::CheckBox).filter_map(|node| node.accesskit_node().label());
    let label = all.into_iter().find(|label| label.starts_with("CSU · ")).expect("a partner of the sample");
    let count: usize = label.trim_start_matches("CSU · ").parse().expect("a number");
    window.click(&label);
    window.harness.get_by_label_contains(&format!("{} · ", recap::model::text::count(count, "card")));
    assert!(window.app().timeline.filter.partners.contains("CSU"));
}

#[test]
fn any_as_at_date_is_clicked_into_and_typed() {
    let mut window = Window::timeline();
    window.click("As at 28 May 2013");
    window.click("Another as-at date");
    window.type_into(Role::TextInput, "Another as-at date", "1 September 2013");
    window.click("Use 1 September 2013");
    assert!(window.heading("Overdue").starts_with("Overdue, before 1 September 2013:"));
    assert!(window.harness.query_by_label("Another as-at date").is_none(), "the menu is closed");
}

#[test]
fn the_plans_own_words_for_states_are_offered_too() {
    let mut window = Window::timeline();
    let edit =
        recap::model::intent::set_state_word(&window.plan(), recap::model::state::Shown::Complete, "Delivered", "B");
    window.harness.state_mut().app.wishes.borrow_mut().push(Wish::Edit(edit));
    window.harness.run_steps(2);
    window.saved();
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.run_steps(3);
    window.click("State ▾");
    assert!(window.harness.query_by_label("Complete").is_none(), "the word that was given up");
    window.click("Delivered");
    window.saved();
    let plan = window.plan();
    assert!(plan.actions.values().filter(|row| row.state == ActionState::Complete).count() > 30);
}

#[test]
fn keys_ask_about_chosen_cards_without_a_cursor() {
    let mut window = Window::timeline();
    window.click("2 overdue");
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.run_steps(3);
    window.harness.key_press(Key::D);
    window.harness.run_steps(4);
    window.harness.get_by_label("2 cards done");
    window.click("Cancel");
}

#[test]
fn progress_that_is_chosen_brings_and_takes_the_day_it_was_done() {
    let mut window = Window::timeline();
    let id = window.action(PUBLISH).id;
    let edit = recap::model::intent::set_states(
        &window.plan(),
        &[id],
        ActionState::Complete,
        chrono::NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date"),
    );
    window.harness.state_mut().app.wishes.borrow_mut().push(Wish::Edit(edit));
    window.harness.run_steps(2);
    window.saved();
    let name = window.card(PUBLISH);
    window.click(&name);
    window.harness.get_by_role_and_label(Role::ComboBox, "Progress: Complete").click();
    window.harness.run_steps(3);
    window.click("On hold");
    window.saved();
    assert_eq!((window.action(PUBLISH).state, window.action(PUBLISH).done_on), (ActionState::OnHold, None));
}

#[test]
fn arrows_pressed_one_after_the_other_move_among_cards() {
    let mut window = Window::timeline();
    let name = window.card(PUBLISH);
    window.click(&name);
    window.harness.key_press(Key::Escape);
    window.harness.step();
    let mut seen = vec![window.app().timeline.cursor];
    for _ in 0..3 {
        // as in the real window: no frame is drawn between a key and the next
        window.harness.key_press(Key::ArrowRight);
        window.harness.step();
        seen.push(window.app().timeline.cursor);
    }
    let mut different = seen.clone();
    different.dedup();
    assert_eq!(different.len(), 4, "{seen:?}");
}
