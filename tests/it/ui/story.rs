//! A recommendation's whole story in the editor, and its links in the grid.

use super::*;
use recap::model::{Edit, Entity, Id, PositionState, Recommendation, Value, intent, story};

impl Window {
    fn row(&self, reference: &str) -> Recommendation {
        self.plan().recommendation("francis-2013", reference).expect("in the sample").clone()
    }

    /// Shows a recommendation, wherever it stands in the grid.
    fn show(&mut self, reference: &str) -> Id {
        let id = self.row(reference).id;
        self.harness.state_mut().app.wishes.borrow_mut().push(Wish::Select(Some(id)));
        self.harness.run_steps(5);
        id
    }

    fn change(&mut self, edit: impl FnOnce(&Plan) -> Edit) {
        let edit = edit(&self.plan());
        self.harness.state_mut().app.session.edit(edit);
        self.saved();
    }

    fn fill_role(&mut self, role: Role, name: &str, words: &str) {
        self.harness.get_by_role_and_label(role, name).scroll_to_me();
        self.harness.run_steps(3);
        self.harness.get_by_role_and_label(role, name).focus();
        self.harness.run_steps(2);
        self.harness.get_by_role_and_label(role, name).type_text(words);
        self.harness.run_steps(3);
    }

    fn reads(&self, part: &str) -> bool {
        self.harness.query_all_by_label_contains(part).next().is_some()
    }

    /// Goes to a tab whose name begins so.
    fn tab(&mut self, word: &str) {
        let tabs = self.harness.query_all_by_role(Role::Tab).filter_map(|node| node.accesskit_node().label());
        let name = tabs.into_iter().find(|name| name.starts_with(word)).expect("a tab");
        self.click(&name);
    }

    fn shown_tab(&self) -> String {
        let tabs = self.harness.query_all_by_role(Role::Tab);
        let on = tabs.into_iter().find(|node| node.accesskit_node().is_selected() == Some(true));
        on.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }
}

#[test]
fn the_tabs_are_stepped_through_by_keys_and_stay_from_row_to_row() {
    let mut window = Window::sample();
    window.show("1");
    assert_eq!(window.shown_tab(), "Details");
    window.harness.key_press_modifiers(Modifiers::CTRL, Key::PageDown);
    window.harness.run_steps(3);
    assert_eq!(window.shown_tab(), "Actions 3", "with how many there are");
    window.click("Evidence 1");
    window.show("2");
    assert!(window.shown_tab().starts_with("Evidence"), "the same tab: {}", window.shown_tab());
    let name = window.shown_tab();
    window.harness.get_by_role_and_label(Role::Tab, &name).focus();
    window.harness.run_steps(2);
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(3);
    assert_eq!(window.shown_tab(), "History", "arrows move among the tabs");
    window.run(Command::Recommendations);
    let id = window.row("1").id;
    window.harness.state_mut().app.wishes.borrow_mut().push(Wish::EditPosition(id));
    window.harness.run_steps(5);
    assert_eq!(window.shown_tab(), "Details", "what leads to the position shows it");
}

#[test]
fn a_new_dated_position_leaves_the_old_one_readable_and_any_two_dates_stand_side_by_side() {
    let mut window = Window::sample();
    let id = window.show("1");
    let before = window.plan().positions_of(id).len();
    window.click("New position as at…");
    window.harness.get_by_label("There is a position of 28 May 2013 already: edit that one");
    let field = "Date of the new position";
    window.harness.get_by_role_and_label(Role::TextInput, field).focus();
    window.harness.run_steps(2);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.get_by_role_and_label(Role::TextInput, field).type_text("30/09/2013");
    window.harness.run_steps(3);
    window.click("Start it");
    window.saved();
    let plan = window.plan();
    assert_eq!(plan.positions_of(id).len(), before + 1, "one more");
    let new = plan.positions_of(id).last().map(|row| (row.id, row.text.clone())).expect("there");
    assert!(new.1.contains("Governing Body"), "it begins with the words before it");
    window.fill_role(Role::MultilineTextInput, "Later, as at 30 September 2013", "Zebra ");
    window.saved();
    assert!(window.plan().positions[&new.0].text.contains("Zebra"), "typed where it stands");
    assert!(window.reads("The shadow Governing Body has read"), "the one of March can still be read");

    window.click("Then and now…");
    window.harness.get_by_label("Then: 26 March 2013");
    window.harness.get_by_label("Now: 28 May 2013");
    assert!(window.reads("planned, now partly"), "the states in words");
    window.fill_role(Role::TextInput, "Now: another date", "1 October 2013");
    window.harness.get_by_label("As at 1 October 2013, from the position of 30 September 2013");
    let told = window.harness.query_all_by_label_contains("Now: ").filter_map(|node| node.accesskit_node().value());
    let told: Vec<String> = told.collect();
    assert!(told.iter().any(|said| said.contains("Zebra") && said.contains("Only here:")), "what differs: {told:?}");
    window.click("Close then and now");
    assert!(!window.reads("from the position of 30 September"), "closed");
}

#[test]
fn words_that_point_elsewhere_are_links_in_the_grid_and_say_so_when_their_target_went() {
    let mut window = Window::sample();
    let (id, target) = (window.row("1").id, window.row("2").id);
    let as_at = window.plan().info().as_at.expect("dated");
    window.change(|plan| intent::write_position(plan, id, Id::random(), as_at, "See above"));
    window.change(|plan| story::add_reference(plan, Id::random(), id, "See above", target));
    window.harness.run_steps(3);
    let title = window.row("2").shown_title().to_owned();
    let name = format!("See above: Points at recommendation 2, {title}");
    window.harness.get_by_role_and_label(Role::Link, &name).click();
    window.harness.run_steps(5);
    assert_eq!(window.app().selected, Some(target), "a click leads there");
    window.change(|plan| intent::delete_recommendation(plan, target));
    let gone = "See above: Points at recommendation 2, which was taken out";
    window.until("the journal says what it was", |app| {
        app.session.open.as_ref().is_some_and(|open| !open.story.gone().is_empty())
    });
    window.harness.get_by_role_and_label(Role::Link, gone);
    let cells = window.harness.query_all_by_role(Role::Cell).filter_map(|node| node.accesskit_node().label());
    assert!(cells.into_iter().any(|cell| cell.contains(gone)), "a screen reader is told with the cell");
    window.show("1");
    assert!(window.reads("Points at recommendation 2, which was taken out"), "the editor says it, too");
    window.undo("Delete recommendation 2");
    window.until("it leads there again", |app| {
        app.session.open.as_ref().is_some_and(|open| open.story.gone().is_empty())
    });
    window.harness.get_by_role_and_label(Role::Link, &name);
}

#[test]
fn selected_words_become_a_link_that_is_changed_and_removed() {
    let mut window = Window::sample();
    let id = window.show("1");
    let as_at = window.plan().info().as_at.expect("dated");
    window.change(|plan| intent::write_position(plan, id, Id::random(), as_at, "As below"));
    let field = "Current position, as at 28 May 2013";
    window.harness.get_by_role_and_label(Role::MultilineTextInput, field).focus();
    window.harness.run_steps(2);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.harness.run_steps(3);
    window.click("Link “As below” to a recommendation…");
    window.fill_role(Role::TextInput, "Number or words of the recommendation", "120");
    let title = window.row("120").shown_title().to_owned();
    window.click(&format!("Point at 120 {title}"));
    window.saved();
    window.harness.run_steps(3);
    let reference = window.plan().cross_references_of(id)[0].clone();
    assert_eq!((reference.words.as_str(), reference.target), ("As below", Some(window.row("120").id)));
    let position = window.plan().positions_at(id, as_at)[0].text.clone();
    assert_eq!(position, "As below", "the words stay as they are");
    window.click("Change what “As below” points at");
    window.fill_role(Role::TextInput, "Number or words of the recommendation", "133");
    let title = window.row("133").shown_title().to_owned();
    window.click(&format!("Point at 133 {title}"));
    window.saved();
    window.harness.run_steps(3);
    assert_eq!(window.plan().cross_references_of(id)[0].target, Some(window.row("133").id), "pointed anew");
    window.click("Remove the link of “As below”");
    window.saved();
    assert!(window.plan().cross_references_of(id).is_empty(), "plain words again");
}

#[test]
fn an_action_of_several_recommendations_is_edited_once_and_leads_to_where_else_it_stands() {
    let mut window = Window::sample();
    let id = window.show("1");
    window.tab("Actions");
    let plan = window.plan();
    let shared = plan.actions_of(id).into_iter().find(|row| plan.served_by(row.id).len() > 1).expect("one").clone();
    let state = window.harness.query_all_by_role(Role::Button).filter_map(|node| node.accesskit_node().label());
    let name =
        state.into_iter().find(|name| name.starts_with(&format!("Edit action: {}", shared.text))).expect("there");
    window.click(&name);
    window.harness.get_by_label("What you change here changes there, too.");
    window.click(&format!("Move up: {}", shared.text));
    window.saved();
    let order: Vec<Id> = window.plan().actions_of(id).iter().map(|row| row.id).collect();
    assert_eq!(order.iter().position(|row| *row == shared.id), Some(1), "one place further up");
    window.fill_role(Role::TextInput, "Partners", "Public Health ");
    window.saved();
    assert!(window.plan().actions[&shared.id].partners.contains("Public Health"), "edited once");
    let other = plan.served_by(shared.id).into_iter().find(|row| row.id != id).expect("another").clone();
    window.click(&format!("Go to recommendation {}", other.reference));
    assert_eq!(window.app().selected, Some(other.id), "it leads there");
    assert!(window.shown_tab().starts_with("Actions"), "in the same tab");
}

#[test]
fn in_place_without_evidence_is_flagged_until_evidence_of_another_recommendation_is_linked() {
    let mut window = Window::sample();
    let plan = window.plan();
    let as_at = plan.info().as_at.expect("dated");
    let index = recap::model::Index::of(&plan);
    let bare = plan.recommendations_in_order().into_iter().find(|row| index.evidence(&plan, row.id).is_empty());
    let bare = bare.expect("one without evidence").clone();
    window.change(|plan| intent::set_position_state(plan, bare.id, Id::random(), as_at, Some(PositionState::InPlace)));
    window.show(&bare.reference);
    window.harness.get_by_label("In place, and no evidence shows it");
    window.click("Add evidence…");
    assert_eq!(window.shown_tab(), "Evidence 0", "it leads to the tab");
    window.click("Link existing evidence…");
    let offered =
        window.harness.query_all_by_label_contains("(behind ").filter_map(|node| node.accesskit_node().label());
    let first = offered.into_iter().next().expect("it says where else it stands");
    window.click(&first);
    window.saved();
    window.harness.run_steps(3);
    assert_eq!(window.shown_tab(), "Evidence 1");
    assert!(!window.reads("no evidence shows it"), "shown now");
    // evidence that has run out is told
    let of =
        window.plan().evidence_links.values().find(|link| link.recommendation == bare.id).expect("linked").evidence;
    window.change(|plan| {
        let value = Value::Text("2013-04-30".into());
        intent::set_field(plan, Entity::Evidence, of, "valid_until", value).expect("fits")
    });
    window.harness.run_steps(2);
    window.harness.get_by_label("It was valid until 30 April 2013 only");
}

#[test]
fn our_wording_is_held_against_the_published_text_word_by_word() {
    let mut window = Window::sample();
    let row = window.row("120");
    let ours = row.text.replacen("should", "must", 1);
    window.change(|plan| {
        intent::set_field(plan, Entity::Recommendation, row.id, "local_text", Value::Text(ours)).expect("fits")
    });
    window.show("120");
    window.harness.get_by_label_contains("Our wording differs in 1 word");
    let said = window.harness.get_by_label_contains("Our wording beside the published text: ");
    let said = said.accesskit_node().value().unwrap_or_default();
    assert!(said.contains("Removed: “should”. Added: “must”."), "{said}");
    window.fill_role(Role::MultilineTextInput, "Reason", "As agreed in May");
    window.harness.get_by_role_and_label(Role::TextInput, "Given on").focus();
    window.harness.run_steps(2);
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.fill_role(Role::TextInput, "Given on", "28 June 2013");
    window.saved();
    assert_eq!(window.row("120").acceptance_date.map(|day| day.to_string()).as_deref(), Some("2013-06-28"));
    let row = window.row("120");
    assert!(row.acceptance_reason.contains("As agreed in May"), "our answer has its reason");
}

#[test]
fn the_history_tells_before_and_after_and_puts_it_back_as_a_new_edit() {
    let mut window = Window::sample();
    let id = window.show("1");
    let position = window.plan().positions_of(id).last().map(|row| (row.id, row.text.clone())).expect("one");
    window.change(|plan| intent::rewrite_position(plan, position.0, "Something else entirely"));
    window.tab("History");
    window.until("it was read", |app| {
        app.session.open.as_ref().is_some_and(|open| open.story.history(id).is_some_and(|told| told.entries.len() > 1))
    });
    window.harness.get_by_label("Change position of recommendation 1");
    let name = "Position as at 28 May 2013: text";
    assert!(window.reads("Added: “Something else entirely"), "what is new is marked");
    window.click(&format!("Put back what stood before: {name}"));
    assert!(window.reads("It would become: "), "what it replaces is shown first");
    assert_eq!(window.plan().positions[&position.0].text, "Something else entirely", "nothing is changed yet");
    window.click(&format!("Put this back now: {name}"));
    window.saved();
    assert_eq!(window.plan().positions[&position.0].text, position.1, "as before");
    let undo = window.app().session.open.as_ref().and_then(|open| open.reversible.undo.clone()).expect("an edit");
    assert!(undo.starts_with("Put back "), "{undo}");
    // a position that was deleted comes back from there
    window.change(|plan| story::delete_position(plan, position.0));
    window.until("it was read again", |_| true);
    let name = "Bring it back: Position as at 28 May 2013";
    window.until("it is told", |app| {
        let open = app.session.open.as_ref();
        open.and_then(|open| open.story.history(id)).is_some_and(|told| told.entries.len() > 3)
    });
    window.click(name);
    window.click("Bring it back now: Position as at 28 May 2013");
    window.saved();
    assert_eq!(window.plan().positions[&position.0].text, position.1, "as it was");
}
