//! Themes, moving, adding, find, replace and go to, by the names and keys that a person has.

use super::*;
use egui::{Key, Modifiers};
use recap::model::Id;

impl Window {
    /// "Theme: 1 2 3" for each theme in order, and "-" for those without.
    fn themes(&self) -> Vec<String> {
        let plan = self.plan();
        let rows = plan.recommendations_in_order();
        let themes = plan.themes_in_order();
        let groups = themes.iter().map(|theme| (theme.title.clone(), Some(theme.id))).chain([("-".to_owned(), None)]);
        let numbers = |theme: Option<Id>| {
            let of = rows.iter().filter(|row| row.theme == theme).map(|row| row.reference.as_str());
            of.collect::<Vec<_>>().join(" ")
        };
        groups.map(|(title, theme)| format!("{title}: {}", numbers(theme))).collect()
    }

    /// Takes a change back and waits for it: the next may have the same name.
    fn take_back(&mut self, label: &str) {
        self.undo(label);
        self.saved();
    }

    /// "2 of 25"
    fn counter(&self) -> String {
        let is = |text: &String| {
            text.split_once(" of ").is_some_and(|(a, b)| [a, b].iter().all(|n| n.parse::<u32>().is_ok()))
        };
        let labels = self.harness.query_all_by_role(Role::Label).filter_map(|node| node.accesskit_node().value());
        labels.into_iter().find(is).unwrap_or_default()
    }

    /// The first two themes.
    fn first_two(&self) -> (recap::model::Theme, recap::model::Theme) {
        let plan = self.plan();
        let themes = plan.themes_in_order();
        (themes[0].clone(), themes[1].clone())
    }

    fn row_top(&self, reference: &str) -> egui::Rect {
        let start = format!("Recommendation {reference},");
        let rows = self.harness.query_all_by_role(Role::Row);
        let mut rows = rows.filter(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&start)));
        rows.next().unwrap_or_else(|| panic!("row {reference} is on screen")).rect()
    }
}

#[test]
fn a_theme_is_renamed_moved_merged_and_deleted_by_name_and_each_is_one_undo() {
    let mut window = Window::sample();
    let before = window.themes();
    let (first, second) = window.first_two();
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    let field = format!("Title of the theme “{}”", first.title);
    window.fill(&field, "New ");
    window.press(Modifiers::NONE, Key::Enter);
    window.saved();
    assert!(window.plan().themes[&first.id].title.contains("New"), "renamed where it stands");
    let title = window.plan().themes[&first.id].title.clone();

    // Alt+Down in its line moves it, and the focus goes along
    window.harness.get_by_label(&format!("Title of the theme “{title}”")).focus();
    window.harness.run_steps(2);
    window.press(Modifiers::ALT, Key::ArrowDown);
    window.saved();
    assert_eq!(window.plan().themes_in_order()[1].id, first.id, "one down");
    window.press(Modifiers::ALT, Key::ArrowUp);
    window.saved();
    assert_eq!(window.plan().themes_in_order()[0].id, first.id, "and up again");
    window.click(&format!("Move “{title}” down"));
    window.saved();
    assert_eq!(window.plan().themes_in_order()[1].id, first.id, "by its button");

    window.click(&format!("Merge “{title}” into another theme"));
    window.click("Theme to merge it into: Choose a theme");
    window.harness.get_all_by_label(&second.title).last().expect("in the list").click();
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("which keeps its title and its place");
    window.click("Merge the two");
    window.saved();
    assert!(!window.plan().themes.contains_key(&first.id), "one of the two is gone");
    let gone = format!("Merged “{title}” into “{}”", second.title);
    window.harness.get_by_label(&gone);
    window.click("Undo");
    window.until("it is back", |app| app.session.open.as_ref().expect("open").plan.themes.contains_key(&first.id));

    window.click(&format!("Delete “{title}”"));
    window.harness.get_by_label_contains("in the plan, under “Without a theme”");
    window.click("Delete the theme");
    window.saved();
    let plan = window.plan();
    assert_eq!(plan.recommendations.len(), 22, "its recommendations stay");
    assert!(plan.recommendations.values().any(|row| row.theme.is_none()), "without a theme");
    window.click("Close");
    window.take_back(&format!("Delete the theme \"{title}\""));
    window.take_back(&format!("Move the theme \"{title}\""));
    window.take_back(&format!("Move the theme \"{title}\""));
    window.take_back(&format!("Move the theme \"{title}\""));
    window.take_back(&format!("Rename the theme \"{}\" to \"{title}\"", first.title));
    assert_eq!(window.themes(), before, "all as before");
}

#[test]
fn a_theme_is_dragged_by_its_dots() {
    let mut window = Window::sample();
    let (first, second) = window.first_two();
    window.run(Command::Themes);
    let place = |window: &Window, title: &str| {
        let name = format!("Move “{title}”: drag, or Alt+Up and Alt+Down");
        window.harness.get_by_label(&name).rect().center()
    };
    let (from, to) = (place(&window, &second.title), place(&window, &first.title));
    window.drag(from, to - egui::vec2(0.0, 8.0));
    window.saved();
    assert_eq!(window.plan().themes_in_order()[0].id, second.id, "it stands first");
}

impl Window {
    fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        self.harness.drag_at(from);
        self.harness.run_steps(2);
        self.harness.hover_at(from.lerp(to, 0.5));
        self.harness.run_steps(2);
        self.harness.hover_at(to);
        self.harness.run_steps(3);
        self.harness.drop_at(to);
        self.harness.run_steps(3);
    }
}

#[test]
fn alt_and_the_arrows_move_a_recommendation_within_its_theme_and_over_its_edge() {
    let mut window = Window::sample();
    let before = window.themes();
    let plan = window.plan();
    let (first, second) = window.first_two();
    let rows: Vec<_> = plan.recommendations_in_order().into_iter().filter(|row| row.theme == Some(first.id)).collect();
    let last = (*rows.last().expect("a row")).clone();
    window.select(&last.reference);
    window.press(Modifiers::ALT, Key::ArrowUp);
    window.saved();
    let now = window.plan();
    let order: Vec<Id> = now.recommendations_in_order().iter().map(|row| row.id).collect();
    assert_eq!(order[rows.len() - 2], last.id, "one up");
    // two at once: the second starts where the first ends, though that is not in the file yet
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.harness.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    window.harness.run_steps(2);
    window.saved();
    assert_eq!(window.plan().recommendations[&last.id].theme, Some(second.id), "over the edge, at the top of the next");
    assert_eq!(window.app().selected, Some(last.id), "still selected");
    window.take_back(&format!("Move recommendation {} to \"{}\"", last.reference, second.title));
    window.take_back(&format!("Move recommendation {}", last.reference));
    window.take_back(&format!("Move recommendation {}", last.reference));
    assert_eq!(window.themes(), before, "as before");
}

#[test]
fn a_recommendation_is_dragged_by_its_number_and_not_out_of_a_narrowed_list() {
    let mut window = Window::sample();
    let plan = window.plan();
    let rows = plan.recommendations_in_order();
    let (first, second) = (rows[0].clone(), rows[1].clone());
    let number = |window: &Window, reference: &str| window.row_top(reference).left_top() + egui::vec2(20.0, 12.0);
    let from = number(&window, &second.reference);
    let to = number(&window, &first.reference);
    window.drag(from, to);
    window.saved();
    assert_eq!(window.plan().recommendations_in_order()[0].id, second.id, "above the first");
    window.take_back(&format!("Move recommendation {}", second.reference));

    window.fill("Search the plan", &second.title);
    let from = number(&window, &second.reference);
    window.drag(from, from + egui::vec2(0.0, 60.0));
    let told = window.app().session.notices.iter().any(|notice| notice.text.contains("plan's own order"));
    assert!(told, "says why not");
    assert_eq!(window.plan().recommendations_in_order()[0].id, first.id, "and nothing moves");
}

#[test]
fn find_steps_through_marked_places_and_the_list_need_not_be_narrowed() {
    let mut window = Window::sample();
    window.fill("Search the plan", "complaints");
    window.harness.get_by_label_contains(" matches");
    let narrowed = window.app().grid.shown();
    window.click("Narrow the list");
    assert_eq!(window.app().grid.shown(), 22, "all of {narrowed}");
    window.press(Modifiers::NONE, Key::F3);
    let first = window.app().grid.find.current.expect("stepped to");
    assert_eq!(window.app().selected, Some(first.row), "selected");
    assert!(window.counter().starts_with("1 of "), "{}", window.counter());
    window.press(Modifiers::NONE, Key::F3);
    assert!(window.counter().starts_with("2 of "), "{}", window.counter());
    window.press(Modifiers::SHIFT, Key::F3);
    assert_eq!(window.app().grid.find.current, Some(first), "back");
    window.press(Modifiers::SHIFT, Key::F3);
    window.harness.get_by_label_contains("From the other end again");
    window.click("Clear the search");
    assert!(window.harness.query_by_label("Narrow the list").is_none(), "the strip goes with the search");
}

#[test]
fn enter_in_the_search_box_steps_on_and_a_folded_theme_opens_for_a_match() {
    let mut window = Window::sample();
    let plan = window.plan();
    let last = (*plan.recommendations_in_order().last().expect("a row")).clone();
    window.click("By theme");
    window.click("Fold all headings");
    window.fill("Search the plan", &last.title);
    window.click("Narrow the list");
    window.harness.get_by_label("Search the plan").focus();
    window.harness.run_steps(2);
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.run_steps(6);
    assert_eq!(window.app().selected, Some(last.id), "found in a folded theme");
    assert!(window.harness.get_by_label("Search the plan").accesskit_node().is_focused(), "one can step on");
    let shown = window.row_top(&last.reference);
    assert!(shown.top() < 768.0 && shown.bottom() > 100.0, "in view: {shown:?}");
}

#[test]
fn words_are_replaced_after_a_preview_in_one_undo_and_single_places_can_stay() {
    let mut window = Window::sample();
    let before = window.plan();
    let holds = |plan: &Plan, words: &str| -> usize {
        let texts = plan.actions.values().flat_map(|row| [row.text.clone(), row.owner.clone(), row.partners.clone()]);
        let texts = texts.chain(plan.positions.values().map(|row| row.text.clone()));
        texts.map(|text| recap::model::find::places(&text, words).len()).sum()
    };
    let count = holds(&before, "provider");
    assert!(count > 2, "the sample speaks of providers: {count}");
    window.press(Modifiers::COMMAND, Key::H);
    window.fill("Words to replace", "provider");
    window.fill("Words in their place", "zebra");
    for part in ["Our wording", "Responsibilities", "Notes", "Evidence", "Summary sheet", "Themes"] {
        let name = recap::model::find::Part::ALL.iter().map(|part| recap::model::text::sentence_case(part.word()));
        let name = name.into_iter().find(|name| name.starts_with(part)).expect("a part");
        window.click(&name);
    }
    window.click("Owners and partners");
    window.click("Owners and partners");
    let boxes = window.harness.query_all_by_role(Role::CheckBox).filter_map(|node| node.accesskit_node().label());
    let places: Vec<String> = boxes.into_iter().filter(|name| name.contains("becomes")).collect();
    assert!(places[0].contains("zebra"), "before and after: {}", places[0]);
    window.click(&places[0]);
    window.harness.get_by_label(&format!("{} of {count} places ticked", count - 1));
    window.click(&format!("Replace {} places", count - 1));
    window.saved();
    let plan = window.plan();
    assert_eq!((holds(&plan, "provider"), holds(&plan, "zebra")), (1, count - 1), "all but one");
    window.take_back(&format!("Replace \"provider\" with \"zebra\" in {} places", count - 1));
    assert_eq!(*window.plan(), *before, "one undo takes all back");
}

#[test]
fn go_to_finds_the_nearest_number_even_where_a_search_or_a_fold_hides_it() {
    let mut window = Window::sample();
    let plan = window.plan();
    let row = (*plan.recommendations_in_order().last().expect("a row")).clone();
    window.click("By theme");
    window.click("Fold all headings");
    window.fill("Search the plan", "no such words at all");
    window.press(Modifiers::COMMAND, Key::G);
    window.fill("Number of a recommendation", &row.reference);
    window.harness.get_by_label(&format!("Go to {}, {}", row.reference, row.shown_title()));
    window.press(Modifiers::NONE, Key::Enter);
    window.harness.run_steps(4);
    assert!(window.app().dialog.is_none(), "done");
    assert_eq!(window.app().selected, Some(row.id), "there");
    window.row_top(&row.reference);
}

#[test]
fn recommendations_are_added_from_the_report_several_at_once_where_their_numbers_belong() {
    let mut window = Window::sample();
    let catalogue = recap::model::catalogue::Catalogue::francis().expect("as shipped");
    let plan = window.plan();
    let is_there = |reference: &str| plan.recommendation("francis-2013", reference).is_some();
    let missing: Vec<_> =
        catalogue.recommendations.iter().filter(|entry| !is_there(&entry.reference)).take(2).collect();
    let there = catalogue.recommendations.iter().find(|entry| is_there(&entry.reference)).expect("some");
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
    let numbers = [missing[0], missing[1], there].map(|entry| entry.reference.clone()).join(", ");
    window.fill("Search the report's recommendations", &numbers);
    let known = window.harness.get_by_label_contains("in the plan already");
    assert!(known.accesskit_node().is_disabled(), "what is there is shown and cannot be added again");
    for entry in &missing {
        window.click(&format!("{}  {}", entry.reference, entry.title));
    }
    window.click("Add 2 recommendations");
    window.saved();
    window.until("the first of them is shown", |app| app.selected.is_some());
    assert_eq!(window.plan().recommendations.len(), 24, "two more");
    window.take_back("Add 2 recommendations");
    assert_eq!(window.plan().recommendations.len(), 22, "one undo");
}

#[test]
fn one_of_our_own_is_added_with_its_words_and_a_new_theme() {
    let mut window = Window::sample();
    window.run(Command::AddRecommendation);
    window.click("One of your own");
    window.fill("Number of your own recommendation", "L1");
    window.fill("Title of your own recommendation", "Night visits");
    window.fill("What your own recommendation says", "Visit wards at night.");
    window.click("Theme: Without a theme");
    window.click("A new theme…");
    window.fill("Title of the theme", "Our own");
    window.click("Add your own");
    window.saved();
    window.until("it is selected", |app| app.selected.is_some());
    let plan = window.plan();
    let row = plan.recommendation("", "l1").expect("added");
    assert_eq!((row.title.as_str(), row.text.as_str()), ("Night visits", "Visit wards at night."), "as typed");
    let theme = row.theme.and_then(|theme| plan.themes.get(&theme)).map(|theme| theme.title.as_str());
    assert_eq!(theme, Some("Our own"), "under its theme");
    assert_eq!(window.app().selected, Some(row.id), "and shown");
}

#[test]
fn a_match_below_the_cut_of_a_long_row_opens_the_row_and_is_in_view() {
    let mut window = Window::sample();
    let plan = window.plan();
    let row = plan.recommendation("francis-2013", "1").expect("in the sample").clone();
    let text = row.shown_text();
    let words: String = text.chars().skip(text.chars().count() - 28).collect();
    assert!(window.harness.query_by_label("More of recommendation 1").is_some(), "the row is cut");
    window.fill("Search the plan", &words);
    window.press(Modifiers::NONE, Key::F3);
    window.harness.run_steps(6);
    assert_eq!(window.app().selected, Some(row.id), "found");
    window.harness.get_by_label("Less of recommendation 1");
}

#[test]
fn words_in_a_column_that_is_not_shown_are_found_and_it_is_said_where() {
    let mut window = Window::sample();
    let plan = window.plan();
    let shown: String = plan
        .recommendations
        .values()
        .map(|row| [row.shown_title(), row.shown_text(), &row.response].join(" "))
        .chain(plan.positions.values().map(|row| row.text.clone()))
        .chain(plan.actions.values().map(|row| row.text.clone()))
        .collect();
    let hidden = |owner: &str| !owner.is_empty() && recap::model::find::places(&shown, owner).is_empty();
    let action = plan.actions.values().find(|row| hidden(&row.owner) && !plan.served_by(row.id).is_empty());
    window.fill("Search the plan", &action.expect("an owner that no text names").owner);
    window.press(Modifiers::NONE, Key::F3);
    window.harness.get_by_label_contains("a column that is not shown");
}
