//! The panel of gaps by the names and keys that a person has.

use super::*;
use egui::{Key, Modifiers};
use recap::model::gap::Rule;
use recap::ui::Tab;

impl Window {
    /// The sample with the panel open.
    fn gaps() -> Self {
        let mut window = Self::sample();
        window.looked();
        window.run(Command::Gaps);
        window
    }

    /// Waits until the gaps are those of the plan as it is now.
    fn looked(&mut self) {
        self.until("the gaps are found", |app| {
            let open = app.session.open.as_ref().expect("a plan is open");
            open.gaps.as_ref().is_some_and(|gaps| gaps.is_of(open.revision, open.as_at))
        });
    }

    fn open_gaps(&self, rule: Rule) -> usize {
        let open = self.app().session.open.as_ref().expect("a plan is open");
        let gaps = open.gaps.as_ref().expect("they were looked for");
        gaps.all.iter().filter(|one| one.gap.rule == rule && one.answer.is_none()).count()
    }

    /// The row of the list whose spoken name begins so.
    fn gap(&self, start: &str) -> String {
        let all = self.harness.query_all_by_role(Role::ListBoxOption);
        let names: Vec<_> = all.filter_map(|node| node.accesskit_node().label()).collect();
        let found = names.iter().find(|name| name.starts_with(start)).cloned();
        found.unwrap_or_else(|| panic!("a gap that begins \"{start}\" in {names:#?}"))
    }

    fn kind(&mut self, title: &str) {
        let name = self.combo("Kind of gap");
        self.click(&name);
        self.click(title);
    }

    fn combo(&self, start: &str) -> String {
        let all = self.harness.query_all_by_role(Role::ComboBox);
        let names: Vec<_> = all.filter_map(|node| node.accesskit_node().label()).collect();
        let found = names.iter().find(|name| name.starts_with(start)).cloned();
        found.unwrap_or_else(|| panic!("a choice that begins \"{start}\" in {names:?}"))
    }

    fn selected(&self) -> String {
        let id = self.app().selected.expect("a recommendation is selected");
        self.plan().recommendations[&id].reference.clone()
    }
}

#[test]
fn the_rail_counts_the_open_gaps_and_opens_them_beside_the_grid() {
    let mut window = Window::sample();
    window.looked();
    let open = window.app().session.open.as_ref().and_then(|open| open.gaps.clone()).expect("found").open;
    assert!(open > 10, "the sample leaves something to ask: {open}");
    window.click(&format!("Gaps: {open} open"));
    window.harness.get_by_label("What a careful reader would ask");
    window.harness.get_by_label("Evidence out of date: 1");
    window.gap("No decision: 138");
    assert_eq!(window.app().tab, Tab::Recommendations);
    window.click("Close the gaps");
    assert!(window.harness.query_by_label("Next gap (F8)").is_none() && !window.app().gaps.shown, "closed");
}

#[test]
fn a_gap_leads_to_its_row_and_a_decision_taken_there_settles_it() {
    let mut window = Window::gaps();
    let before = window.open_gaps(Rule::NoDecision);
    let name = window.gap("No decision: 138");
    window.click(&name);
    assert_eq!(window.selected(), "138", "the grid shows it, and the editor");
    window.click("Our answer to 138: –");
    window.click("Accepted in principle");
    window.saved();
    window.looked();
    assert_eq!(window.open_gaps(Rule::NoDecision), before - 1);
    window.harness.get_by_label("✓ Settled: nothing is left to ask here");
    window.undo("Change our answer to recommendation 138");
    window.looked();
    assert_eq!(window.open_gaps(Rule::NoDecision), before, "it is asked again");
}

#[test]
fn keys_go_through_the_gaps_and_lead_to_each() {
    let mut window = Window::gaps();
    window.kind("No owner (7)");
    window.harness.key_press(Key::F8);
    window.harness.run_steps(4);
    assert_eq!(window.app().tab, Tab::ActionPlan, "the first has an action that serves no recommendation");
    window.harness.get_by_label("1 of 7");
    window.harness.key_press(Key::F8);
    window.harness.run_steps(4);
    assert_eq!((window.app().tab, window.selected().as_str()), (Tab::Recommendations, "2"), "beside the grid again");
    window.harness.key_press(Key::F8);
    window.harness.run_steps(4);
    assert_eq!(window.selected(), "120");
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::F8);
    window.harness.run_steps(4);
    assert_eq!(window.selected(), "2");
    window.harness.get_by_label("2 of 7");
}

#[test]
fn the_owner_that_is_missing_is_typed_where_the_gap_leads() {
    let mut window = Window::gaps();
    let name = window.gap("No owner: 120");
    window.click(&name);
    window.click("Name the owner");
    window.harness.run_steps(4);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Owner");
    assert!(field.accesskit_node().is_focused(), "the cursor is in the field");
    let before = window.open_gaps(Rule::NoOwner);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Owner");
    field.type_text("Complaints lead");
    window.harness.run_steps(2);
    // the next gap takes what was typed along
    window.harness.key_press(Key::F8);
    window.harness.run_steps(4);
    window.saved();
    window.looked();
    assert_eq!(window.open_gaps(Rule::NoOwner), before - 1);
    let plan = window.plan();
    assert!(plan.actions.values().any(|row| row.owner == "Complaints lead"), "saved");
}

#[test]
fn a_gap_is_answered_with_a_reason_that_is_kept_and_can_be_taken_back() {
    let mut window = Window::gaps();
    let name = window.gap("Evidence out of date: 174");
    window.click(&name);
    assert!(window.harness.get_by_label("Keep this answer").accesskit_node().is_disabled(), "a reason is asked for");
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Not an issue, because").focus();
    window.harness.run_steps(2);
    let field = window.harness.get_by_role_and_label(Role::MultilineTextInput, "Not an issue, because");
    field.type_text("The audit is repeated in July");
    window.harness.run_steps(2);
    window.click("Keep this answer");
    window.saved();
    window.looked();
    assert_eq!(window.open_gaps(Rule::OldEvidence), 0);
    let plan = window.plan();
    let [answer] = &plan.gap_answers.values().collect::<Vec<_>>()[..] else { panic!("one answer") };
    assert_eq!(
        (answer.reason.as_str(), answer.rule.as_str()),
        ("The audit is repeated in July", "evidence out of date")
    );
    assert_eq!(answer.date, window.app().session.open.as_ref().map(recap::app::OpenPlan::today), "said today");
    window.click("Answered 1");
    let name = window.gap("Evidence out of date: 174");
    window.click(&name);
    window.harness.get_by_label("The audit is repeated in July");
    window.click("Take this answer back");
    window.saved();
    window.looked();
    assert_eq!((window.plan().gap_answers.len(), window.open_gaps(Rule::OldEvidence)), (0, 1));
    window.undo("Reopen the gap \"evidence out of date\" of recommendation 174");
    assert_eq!(window.plan().gap_answers.len(), 1, "answered again");
}

#[test]
fn one_reason_answers_all_gaps_of_a_kind_in_one_step() {
    let mut window = Window::gaps();
    let name = window.gap("No decision: 142");
    window.click(&name);
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "Not an issue, because").focus();
    window.harness.run_steps(2);
    let field = window.harness.get_by_role_and_label(Role::MultilineTextInput, "Not an issue, because");
    field.type_text("The board decides in July");
    window.harness.run_steps(2);
    window.click("Same answer to all 2 of this kind");
    window.click("Keep this answer");
    window.saved();
    window.looked();
    assert_eq!(window.open_gaps(Rule::NoDecision), 0);
    window.undo("Answer 2 gaps \"no decision\"");
    window.looked();
    assert_eq!(window.open_gaps(Rule::NoDecision), 2);
}

#[test]
fn the_arrows_go_through_the_list() {
    let mut window = Window::gaps();
    let first = window.gap("Reference does not fit: 142");
    window.click(&first);
    window.harness.get_by_label(&first).focus();
    window.harness.run_steps(2);
    window.harness.key_press(Key::ArrowDown);
    window.harness.run_steps(4);
    assert_eq!(window.selected(), "174", "the next in the list");
    window.harness.key_press(Key::ArrowUp);
    window.harness.run_steps(4);
    assert_eq!(window.selected(), "142");
}

#[test]
fn the_list_is_printed_from_the_panel() {
    let mut window = Window::gaps();
    window.click("Print the gaps…");
    window.until("the pages are made", |app| app.session.printed.is_some());
    let all = window.harness.query_all_by_role(Role::Label);
    let labels: Vec<_> = all.filter_map(|node| node.accesskit_node().value()).collect();
    assert!(labels.iter().any(|label| label.starts_with("Page 1 of ")), "{labels:?}");
}
