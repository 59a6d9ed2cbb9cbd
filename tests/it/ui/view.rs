//! The list's views: filter, order, headings, columns, kept by name, printed as shown.

use super::*;
use egui::{Key, Modifiers};
use recap::model::PositionState;
use recap::model::view::{Column, Group, Switch};

impl Window {
    /// The tick or radio button whose name begins so.
    fn choice_named(&self, role: Role, start: &str) -> String {
        let all = self.harness.query_all_by_role(role);
        let mut names = all.filter_map(|node| node.accesskit_node().label());
        names.find(|name| name.starts_with(start)).unwrap_or_else(|| panic!("a choice that begins \"{start}\""))
    }

    /// The numbers that the list shows, from top to bottom.
    fn numbers(&self) -> Vec<String> {
        let plan = self.plan();
        self.app().grid.steps().map(|id| plan.recommendations[&id].reference.clone()).collect()
    }

    /// Clicks the heading of a column.
    fn click_heading(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::ColumnHeader, name).click();
        self.harness.run_steps(4);
    }

    /// Clicks what has this role and name.
    fn click_as(&mut self, role: Role, name: &str) {
        self.harness.get_by_role_and_label(role, name).click();
        self.harness.run_steps(3);
    }

    /// Closes a menu.
    fn close_menu(&mut self) {
        self.press(Modifiers::NONE, Key::Escape);
    }
}

#[test]
fn filters_combine_say_how_many_and_are_taken_back_one_by_one_or_all_at_once() {
    let mut window = Window::sample();
    window.harness.get_by_label("22 recommendations");
    window.click("Any state");
    let gap = window.choice_named(Role::CheckBox, "Gap · ");
    let count: usize = gap.trim_start_matches("Gap · ").parse().expect("a number");
    window.click(&gap);
    window.close_menu();
    assert_eq!(window.app().grid.shown(), count, "as its count promised");
    window.harness.get_by_label(&format!("{count} of 22 recommendations"));
    assert_eq!(window.app().grid.filter.states, [Some(PositionState::Gap)].into());
    let none = window.choice_named(Role::Button, "No action · ");
    let left: usize = none.trim_start_matches("No action · ").parse().expect("a number");
    window.click(&none);
    assert_eq!(window.app().grid.shown(), left, "both together");
    window.click("Clear filter: State");
    let grid = &window.app().grid;
    assert!(grid.filter.states.is_empty() && grid.filter.switches.contains(&Switch::NoAction), "the other one stays");
    window.click("Show all");
    assert_eq!(window.app().grid.shown(), 22);
    assert!(window.harness.query_by_label("Show all").is_none(), "nothing left to clear");
}

#[test]
fn changed_since_asks_the_history() {
    let mut window = Window::sample();
    let row = window.plan().recommendations_in_order()[3].clone();
    let edit = |plan: &Plan| {
        let words = recap::model::Value::Text("Answered today".into());
        recap::model::intent::set_field(plan, recap::model::Entity::Recommendation, row.id, "response", words)
            .expect("fits")
    };
    // the sample was made today, so all of it was changed today
    window.click("Changed since…");
    let today = window.choice_named(Role::RadioButton, "Today");
    window.click(&today);
    window.until("the history has answered", |app| !app.grid.waits_for_history());
    assert_eq!(window.app().grid.shown(), 22, "all of it was made today");
    window.fill("Changed since another day", "1 January 2031");
    window.click("Since 1 January 2031");
    window.close_menu();
    window.until("none since then", |app| app.grid.shown() == 0);
    window.harness.get_by_label("None of 22 recommendations is like that");
    let edit = edit(&window.plan());
    window.harness.state_mut().app.session.edit(edit);
    window.saved();
    window.until("asked again after a change", |app| app.grid.shown() == 0 && !app.grid.waits_for_history());
}

#[test]
fn a_heading_sorts_up_down_and_back_and_with_shift_beside_the_other() {
    let mut window = Window::sample();
    let as_it_stands = window.numbers();
    window.click_heading("Ref");
    let up = window.numbers();
    let mut sorted = as_it_stands.clone();
    sorted.sort_by(|a, b| recap::model::reference::natural_cmp(a, b));
    let by_theme: std::collections::BTreeSet<&String> = sorted.iter().collect();
    assert_eq!(by_theme, up.iter().collect(), "the same rows");
    window.harness.state_mut().app.grid.group = Group::None;
    window.harness.run_steps(3);
    assert_eq!(window.numbers(), sorted, "in one list by number");
    window.click_heading("Ref");
    sorted.reverse();
    assert_eq!(window.numbers(), sorted, "down");
    window.click_heading("Ref");
    window.harness.state_mut().app.grid.group = Group::Theme;
    window.harness.run_steps(3);
    assert_eq!(window.numbers(), as_it_stands, "as the plan has it");
    window.click_heading("Actions");
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Ref").click_modifiers(Modifiers::SHIFT);
    window.harness.run_steps(4);
    let keys: Vec<Column> = window.app().grid.sort.iter().map(|sort| sort.column).collect();
    assert_eq!(keys, [Column::Actions, Column::Reference]);
}

#[test]
fn rows_stand_under_owners_and_fold() {
    let mut window = Window::sample();
    window.click("By theme");
    window.click("Owner");
    window.close_menu();
    assert_eq!(window.app().grid.group, Group::Owner);
    let steps = window.app().grid.steps().count();
    assert!(steps > 22, "{steps}: a recommendation stands under each of its owners");
    window.harness.get_by_label("22 recommendations");
    // keys go through all places, also of what stands twice
    let (mut at, mut seen) = (None, Vec::new());
    for _ in 0..steps {
        let next = window.harness.state_mut().app.grid.step(at, 1).expect("a row");
        seen.push(next);
        at = Some(next);
    }
    assert_eq!(seen, window.app().grid.steps().collect::<Vec<_>>(), "each place once, in order");
    window.click("By owner");
    window.click("Fold all headings");
    assert_eq!(window.app().grid.steps().count(), 0, "all folded");
    let all = window.harness.query_all_by_role(Role::Row).filter_map(|node| node.accesskit_node().label());
    let heading = all.into_iter().find(|name| name.starts_with("Owner ")).expect("a heading that says what it is");
    window.click(&heading);
    assert!(window.app().grid.steps().count() > 0, "one is open");
}

#[test]
fn columns_are_shown_moved_widened_and_remembered_for_the_plan() {
    let mut window = Window::sample();
    window.click("Columns");
    window.click_as(Role::CheckBox, "Next due");
    window.click_as(Role::CheckBox, "Government response");
    window.click("Move Next due to the left");
    window.close_menu();
    let columns = [Column::Reference, Column::Recommendation, Column::Position, Column::Due, Column::Actions];
    assert_eq!(window.app().grid.columns, columns);
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Next due");
    assert!(window.harness.query_by_role_and_label(Role::ColumnHeader, "Government response").is_none());
    let plan = window.plan().id();
    assert_eq!(window.app().session.settings.columns_of(plan).shown, columns, "in the settings");
    // with the keyboard on the heading itself
    window.harness.get_by_role_and_label(Role::ColumnHeader, "Actions").focus();
    window.harness.run_steps(2);
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    window.harness.run_steps(3);
    assert_eq!(window.app().grid.columns[3..], [Column::Actions, Column::Due]);
    // and with the mouse
    let center =
        |window: &Window, name: &str| window.harness.get_by_role_and_label(Role::ColumnHeader, name).rect().center();
    let (from, to) = (center(&window, "Next due"), center(&window, "Recommendation"));
    window.harness.drag_at(from);
    window.harness.run_steps(2);
    window.harness.hover_at(from - egui::vec2(40.0, 0.0));
    window.harness.run_steps(2);
    window.harness.hover_at(to - egui::vec2(30.0, 0.0));
    window.harness.run_steps(2);
    window.harness.drop_at(to - egui::vec2(30.0, 0.0));
    window.harness.run_steps(4);
    assert_eq!(window.app().grid.columns[..2], [Column::Reference, Column::Due], "dropped before it");
    assert_eq!(window.app().grid.sort, [], "a drag is no click");
    // an edge widens its column
    let rect = window.harness.get_by_role_and_label(Role::ColumnHeader, "Next due").rect();
    let edge = egui::pos2(rect.right(), rect.center().y);
    window.harness.drag_at(edge);
    window.harness.run_steps(2);
    window.harness.hover_at(edge + egui::vec2(60.0, 0.0));
    window.harness.run_steps(2);
    window.harness.drop_at(edge + egui::vec2(60.0, 0.0));
    window.harness.run_steps(4);
    let width = window.app().session.settings.columns_of(plan).widths.get(&Column::Due).copied();
    assert!(
        width.is_some_and(|width| (width as f32 - rect.width() - 60.0).abs() < 4.0),
        "{width:?} from {}",
        rect.width()
    );
    window.click("Columns");
    window.click("As they were");
    window.close_menu();
    assert_eq!(window.app().grid.columns, Column::USUAL);
    assert!(window.app().grid.widths.is_empty(), "and as wide");
}

#[test]
fn a_view_is_kept_chosen_changed_kept_again_renamed_and_deleted_each_one_undo() {
    let mut window = Window::sample();
    let overdue = window.choice_named(Role::Button, "Overdue · ");
    window.click(&overdue);
    window.click_heading("Ref");
    let shown = window.numbers();
    window.click("Views");
    window.fill("Name of the view", "March meeting");
    window.click("Save view");
    window.saved();
    window.harness.run_steps(3);
    window.harness.get_by_label("View: March meeting");
    window.click("View: March meeting");
    window.click("The whole plan");
    assert_eq!(window.app().grid.shown(), 22, "everything again");
    window.click("Views");
    window.click("March meeting");
    assert_eq!(window.numbers(), shown, "as it was kept");
    window.click_heading("Ref");
    window.harness.get_by_label("View: March meeting (changed)");
    window.click("View: March meeting (changed)");
    window.click("Save changes to “March meeting”");
    window.saved();
    window.harness.run_steps(3);
    window.harness.get_by_label("View: March meeting");
    window.undo("Save view “March meeting”");
    window.harness.get_by_label("View: March meeting (changed)");
    window.click("View: March meeting (changed)");
    window.fill("Name of the view", "April meeting");
    window.click("Rename “March meeting” to it");
    window.saved();
    window.harness.run_steps(3);
    window.click("View: April meeting (changed)");
    window.click("Delete “April meeting”");
    window.saved();
    assert!(window.plan().saved_views.is_empty(), "gone");
    window.undo("Delete view “April meeting”");
    assert_eq!(window.plan().saved_views.len(), 1, "and back");
}

#[test]
fn a_damaged_view_is_told_and_does_no_harm() {
    let mut window = Window::sample();
    let plan = window.plan();
    let mut edit = recap::model::EditBuilder::new(&plan, "Break");
    let id = recap::model::Id::NIL.derive(&["broken"]);
    edit.put(&recap::model::SavedView { id, order: "1".into(), name: "Old".into(), definition: "{broken".into() });
    window.harness.state_mut().app.session.edit(edit.finish());
    window.saved();
    window.click("Views");
    window.harness.get_by_label_contains("damaged and cannot be shown");
    window.click("Old");
    assert_eq!(window.app().grid.shown(), 22, "nothing is chosen");
}

#[test]
fn what_the_list_shows_is_printed_and_saved_if_asked() {
    let mut window = Window::sample();
    let none = window.choice_named(Role::Button, "No action · ");
    window.click(&none);
    let numbers = window.numbers();
    window.run(Command::Print);
    let ticked = window.harness.get_by_label("Only what the list shows");
    assert_eq!(ticked.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True), "a filter is on");
    let told = format!("{} of 22 recommendations", numbers.len());
    assert_eq!(window.harness.query_all_by_label(&told).count(), 2, "on the bar and in the dialog");
    let path = window.folder.path().join("list.csv");
    *window.answers.path.borrow_mut() = Some(path.clone());
    window.click("Save as CSV…");
    window.until("it is written", |app| app.session.notices.iter().any(|notice| notice.text == "Saved"));
    let rows = |path: &std::path::Path| {
        let bytes = std::fs::read(path).expect("written");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes.as_slice());
        reader
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
            .collect::<Vec<Vec<String>>>()
    };
    let table = rows(&path);
    let head = ["Theme", "No.", "Title", "Recommendation", "Government response", "Current position", "Actions"];
    assert_eq!(table[0], head);
    assert_eq!(table[1..].iter().map(|row| row[1].clone()).collect::<Vec<_>>(), numbers, "its rows in its order");
    window.click("All of them, as the plan has them");
    let whole = window.folder.path().join("whole.csv");
    *window.answers.path.borrow_mut() = Some(whole.clone());
    window.click("Save as CSV…");
    window.until("that too", |_| whole.exists());
    assert_eq!(rows(&whole)[0][0], "No.", "the whole appendix");
}

#[test]
fn on_a_narrow_screen_what_does_not_fit_stands_under_more() {
    let mut window = Window::sample();
    window.harness.set_size(egui::vec2(1024.0, 768.0));
    window.harness.run_steps(4);
    assert!(window.harness.query_by_label("No evidence · 0").is_none(), "no room");
    window.click("More");
    let evidence = window.choice_named(Role::CheckBox, "No evidence · ");
    window.click(&evidence);
    window.close_menu();
    assert!(window.app().grid.filter.switches.contains(&Switch::NoEvidence));
    // what holds is always to be seen
    let label = window.choice_named(Role::Button, "No evidence · ");
    window.click(&label);
    assert!(window.app().grid.filter.is_empty(), "and taken back there");
}
