//! Share, by the names and keys that a person has.

use super::*;
use egui::{Key, Modifiers};
use recap::app::draft::DraftKey;
use recap::model::{EditBuilder, Position};
use recap::share::Part;
use recap::store::{Access, ReadOnlyReason};

impl Window {
    /// Opens the screen by its key and waits for what would leave.
    fn share_screen(&mut self) {
        self.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
        self.harness.run_steps(3);
        self.until("what would leave is known", |app| app.session.sharing.preview.is_some());
    }

    /// Saves the copy under a name and waits until it is made.
    fn save_copy(&mut self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        *self.answers.path.borrow_mut() = Some(path.clone());
        self.click("Save the copy…");
        self.until("the copy is made", |app| app.session.sharing.made.is_some());
        path
    }
}

#[test]
fn a_copy_is_made_from_what_was_looked_at() {
    let mut window = Window::sample();
    window.share_screen();
    window.harness.get_by_label("• 22 recommendations");
    window.harness.get_by_label("• 8 places where evidence is held");
    assert!(window.harness.query_by_label("• 8 pieces of evidence").is_some(), "it stays here");
    window.click("Evidence, but not where it is held");
    window.until("it is looked at again", |app| {
        let preview = app.session.sharing.preview.as_ref();
        preview.is_some_and(|preview| preview.goes.iter().any(|one| one.to_string() == "8 pieces of evidence"))
    });
    window.click("A web page beside it, for somebody without Recap");
    let path = window.save_copy("for them.db");
    window.harness.get_by_label("✓ The copy was made and proven");
    let made = window.app().session.sharing.made.clone().expect("made");
    window.harness.get_by_label(&made.made.file.sha256);
    assert!(path.exists() && path.with_extension("html").exists(), "the copy and the page");
    window.click("Done");
    assert!(window.app().dialog.is_none() && window.app().session.sharing.made.is_none(), "done with");
    assert_eq!(window.plan().shares.len(), 1, "it is in the log in memory");
    window.share_screen();
    window.click("Earlier copies (1)");
    window.harness.get_by_label("for them.db");
    window.harness.get_by_label_contains(&made.made.file.sha256);
}

#[test]
fn what_is_typed_is_in_the_copy() {
    let mut window = Window::sample();
    let position = window.plan().positions.values().next().expect("one").id;
    let key = DraftKey::Field(recap::model::Entity::Position, position, "text");
    window.harness.state_mut().app.session.typed(key, "Typed a moment before it was shared".into());
    window.share_screen();
    let path = window.save_copy("copy.db");
    let copy = recap::store::PlanFile::open(&path, recap::store::Wanted::ReadOnly).expect("opens");
    assert_eq!(copy.read().expect("reads").positions[&position].text, "Typed a moment before it was shared");
}

#[test]
fn each_finding_leads_to_its_place_and_the_form_is_kept() {
    let mut window = Window::sample();
    let plan = window.plan();
    let position = plan.positions.values().next().expect("one").clone();
    let mut edit = EditBuilder::new(&plan, "Position");
    edit.update::<Position>(position.id, |row| row.text = "Ring the matron on 01234 567890.".into());
    window.harness.state_mut().app.session.edit(edit.finish());
    window.saved();
    window.share_screen();
    // each look is waited for: one that comes later moves what is about to be clicked
    for goes in [false, true] {
        window.click("Positions");
        window.until("it is looked at again", |app| {
            let preview = app.session.sharing.preview.as_ref();
            preview.is_some_and(|preview| {
                preview.wanted.scope.has(Part::Positions) == goes && preview.findings.is_empty() != goes
            })
        });
    }
    window.harness.get_by_label_contains("phone number: ");
    let place = window.app().session.sharing.preview.as_ref().expect("there").findings[0].place.clone();
    window.click(&format!("Show {place}"));
    assert!(window.app().dialog.is_none(), "the dialog makes room");
    assert_eq!(window.app().selected, Some(position.recommendation), "its recommendation is selected");
    window.share_screen();
    assert!(window.harness.query_by_label_contains("phone number: ").is_some(), "and can be gone back to");
}

#[test]
fn rows_of_signals_come_with_a_warning_and_the_names_of_providers() {
    let mut window = Window::sample();
    window.share_screen();
    window.click("Row by row");
    window.harness.get_by_label_contains("tell of single people");
    assert!(window.harness.get_by_label("Names of providers").accesskit_node().is_disabled(), "they are needed");
    window.click("None");
    assert!(window.harness.query_by_label_contains("tell of single people").is_none(), "only where they go");
}

#[test]
fn a_shared_copy_says_what_it_is_and_cannot_be_changed_or_shared() {
    let mut window = Window::sample();
    window.share_screen();
    window.click("Counts of the last 12 months, small ones hidden");
    window.until("it is looked at again", |app| {
        app.session.sharing.preview.as_ref().is_some_and(|preview| !preview.counts.is_empty())
    });
    let path = window.save_copy("copy.db");
    window.click("Done");
    window.harness.state_mut().app.session.open_plan(&path, recap::app::worker::OpenFor::Editing);
    window.until("the copy is open", |app| {
        app.session.open.as_ref().is_some_and(|open| open.access == Access::ReadOnly(ReadOnlyReason::Shared))
    });
    window.harness.run_steps(2);
    window.harness.get_by_label("Shared copy.");
    window.harness.get_by_label_contains("made this copy of its plan");
    window.click("What it holds…");
    window.harness.get_by_label_contains("* is a number from 1 to 7");
    assert!(window.harness.query_all_by_label("not asked").next().is_some(), "the table of counts");
    window.harness.key_press(Key::Escape);
    window.harness.run_steps(3);
    window.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("No copy can be made of this plan");
    assert!(window.harness.query_by_label("Save the copy…").is_none(), "nothing to press");
}
