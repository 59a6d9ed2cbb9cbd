//! Two at one plan, and a file that went away, by the names that a person has.

use super::*;
use crate::session::in_file;
use crate::session_two::theirs;
use recap::app::Way;
use recap::model::{Edit, Entity, Id, Value, intent};

const FIELD: &str = "Our title, where it differs";

fn title(id: Id, words: &'static str) -> impl FnOnce(&Plan) -> Edit {
    move |plan| {
        intent::set_field(plan, Entity::Recommendation, id, "local_title", Value::Text(words.into())).expect("fits")
    }
}

impl Window {
    /// The sample with its first recommendation in the editor, which has a title of ours.
    fn typing() -> (Self, Id) {
        let mut window = Self::sample();
        let row = window.plan().recommendations_in_order()[0].clone();
        let edit = title(row.id, "As agreed")(&window.plan());
        window.harness.state_mut().app.session.edit(edit);
        window.harness.run_steps(2);
        window.saved();
        window.select(&row.reference);
        (window, row.id)
    }

    fn types(&mut self, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, FIELD).scroll_to_me();
        self.harness.run_steps(3);
        self.harness.get_by_role_and_label(Role::TextInput, FIELD).focus();
        self.harness.run_steps(2);
        self.harness.get_by_role_and_label(Role::TextInput, FIELD).type_text(text);
        self.harness.run_steps(2);
    }

    fn path(&self) -> PathBuf {
        self.app().session.open.as_ref().expect("a plan is open").path.clone()
    }

    fn told(&self, way: Way) -> bool {
        self.app().session.notices.iter().any(|notice| notice.way == Some(way))
    }

    /// The window with a conflict about the title, its dialog open.
    fn deciding() -> (Self, Id, String) {
        let (mut window, id) = Self::typing();
        let path = window.path();
        window.types("Mine ");
        theirs(&path, "Safety lead", title(id, "Theirs"));
        window.until("it is told", |app| app.session.notices.iter().any(|notice| notice.way == Some(Way::Decide)));
        window.click(&format!("Decide: {FIELD}"));
        let name = format!("Our title of recommendation {}", window.plan().recommendations[&id].reference);
        (window, id, name)
    }
}

#[test]
fn a_conflict_is_decided_by_keeping_mine_or_taking_theirs() {
    for (choice, wanted) in [("Keep yours", "Mine"), ("Take theirs", "Theirs")] {
        let (mut window, id, name) = Window::deciding();
        window.harness.get_by_label("Before: As agreed.");
        window.harness.get_by_label_contains("Yours: As agreedMine");
        window.harness.get_by_label_contains("Added: “Theirs”.");
        assert_eq!(in_file(&window.path()).recommendations[&id].local_title, "Theirs", "nothing is written yet");
        window.click(&format!("{choice}: {name}"));
        window.click("Save this decision");
        window.saved();
        let title = in_file(&window.path()).recommendations[&id].local_title.clone();
        assert!(title.contains(wanted) && (wanted == "Theirs") == (title == "Theirs"), "{choice}: {title}");
        assert!(window.app().dialog.is_none() && !window.told(Way::Decide), "nothing is asked any more");
    }
}

#[test]
fn a_conflict_is_decided_with_a_third_text() {
    let (mut window, id, name) = Window::deciding();
    window.click(&format!("Write another text: {name}"));
    let field = format!("Another text: {name}");
    window.harness.get_by_role_and_label(Role::MultilineTextInput, &field).focus();
    window.harness.run_steps(2);
    window.harness.get_by_role_and_label(Role::MultilineTextInput, &field).type_text(" and theirs");
    window.harness.run_steps(2);
    window.click("Save this decision");
    window.saved();
    let title = &in_file(&window.path()).recommendations[&id].local_title;
    assert!(title.contains("Mine") && title.contains("and theirs"), "{title}");
}

#[test]
fn what_others_changed_is_shown_by_recommendation_and_leads_there() {
    let (mut window, _) = Window::typing();
    let other = window.plan().recommendations_in_order()[3].clone();
    theirs(&window.path(), "Safety lead", title(other.id, "Theirs"));
    window.until("it is told", |app| app.session.notices.iter().any(|notice| notice.way == Some(Way::Changes)));
    window.harness.get_by_label("Safety lead changed 1 thing");
    window.click("Show what changed");
    window.harness.get_by_label("Safety lead changed 1 thing.");
    window.harness.get_by_label_contains("Added: “Theirs”.");
    let row = window.plan().recommendations[&other.id].clone();
    window.click(&format!("Recommendation {} {}", row.reference, row.shown_title()));
    assert_eq!(window.app().selected, Some(other.id), "it leads there");
    assert!(!window.told(Way::Changes), "and was looked at");
}

#[test]
fn while_the_file_is_gone_typing_goes_on_and_a_copy_holds_it() {
    let (mut window, id) = Window::typing();
    let path = window.path();
    std::fs::rename(&path, path.with_file_name("renamed.db")).expect("renames");
    window.types("Typed while it was gone");
    window.until("it is noticed", |app| app.session.open.as_ref().is_some_and(|open| open.away.is_some()));
    window.until("it counts", |app| app.session.open.as_ref().is_some_and(|open| open.unsaved() == 1));
    window.click("File not there · 1 not saved");
    window.harness.get_by_label("The plan's file was renamed, moved or deleted.");
    let copy = path.with_file_name("copy.db");
    *window.answers.path.borrow_mut() = Some(copy.clone());
    window.click("Save a copy…");
    window.until("work goes on in the copy", |app| {
        app.session.open.as_ref().is_some_and(|open| open.path.ends_with("copy.db"))
    });
    window.saved();
    let title = &in_file(&copy).recommendations[&id].local_title;
    assert!(title.contains("Typed while it was gone"), "{title}");
    assert!(window.app().dialog.is_none(), "and the dialog went by itself");
}

#[test]
fn a_row_that_they_deleted_shows_what_was_typed_in_it() {
    let (mut window, id) = Window::typing();
    window.types("Typed into what they deleted");
    theirs(&window.path(), "Safety lead", |plan| intent::delete_recommendation(plan, id));
    window.until("it is told", |app| app.session.notices.iter().any(|notice| notice.way == Some(Way::Decide)));
    window.click("Decide…");
    window.harness.get_by_label_contains("Yours: As agreedTyped into what they deleted");
    let node = window.harness.query_all_by_role(Role::RadioButton);
    let names: Vec<String> = node.filter_map(|node| node.accesskit_node().label()).collect();
    let back = names.iter().find(|name| name.starts_with("Bring it back")).expect("it can come back").clone();
    window.click(&back);
    window.click("Save this decision");
    window.saved();
    let title = &in_file(&window.path()).recommendations[&id].local_title;
    assert!(title.contains("Typed into what they deleted"), "{title}");
}
