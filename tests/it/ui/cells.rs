//! The grid's cells: moving about, changing in place, bullets, by keys and by the names that a person has.

use super::*;
use crate::session::in_file;
use crate::session_two::theirs;
use egui::{Event, Key, Modifiers};
use recap::app::Level;
use recap::model::view::Column;
use recap::model::{Edit, Entity, Id, PositionState, Value, intent};

/// Its cells are driven by keys, as somebody does who keeps up with a meeting.
impl Window {
    fn plain(&mut self, key: Key) {
        self.press(Modifiers::NONE, key);
    }

    /// Types as a keyboard does, wherever the cursor is.
    fn typing_keys(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\n' {
                self.harness.key_press(Key::Enter);
            } else {
                self.harness.event(Event::Text(c.to_string()));
            }
            self.harness.run_steps(1);
        }
        self.harness.run_steps(2);
    }

    /// Puts the cursor on a cell by keys.
    fn go(&mut self, reference: &str, column: Column) -> Id {
        self.select(reference);
        self.plain(Key::Home);
        for _ in 0..12 {
            if self.app().grid.cursor_column() != column {
                self.plain(Key::ArrowRight);
            }
        }
        assert_eq!(self.app().grid.cursor_column(), column, "the cursor is there");
        self.app().selected.expect("a row is selected")
    }

    fn shows(&mut self, column: Column) {
        self.harness.state_mut().app.grid.columns.push(column);
        self.harness.run_steps(3);
    }

    /// Whether the field or list of this name has the keyboard.
    fn has_keys(&self, name: &str) -> bool {
        let mut nodes = self.harness.query_all_by_label(name);
        nodes.any(|node| node.accesskit_node().is_focused())
    }

    fn row_height(&self, reference: &str) -> f32 {
        let start = format!("Recommendation {reference},");
        let mut rows = self.harness.query_all_by_role(Role::Row);
        let row = rows.find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&start)));
        row.unwrap_or_else(|| panic!("row {reference} is on screen")).rect().height()
    }

    fn position(&self, row: Id) -> String {
        let open = self.app().session.open.as_ref().expect("a plan is open");
        open.plan.positions_at(row, open.as_at).last().map(|position| position.text.clone()).unwrap_or_default()
    }

    fn as_at(&mut self, day: &str) {
        let date = chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").expect("a date");
        self.harness.state_mut().app.wishes.borrow_mut().push(Wish::AsAt(date));
        self.harness.run_steps(4);
    }

    fn can_undo(&self) -> Option<String> {
        let open = self.app().session.open.as_ref().expect("a plan is open");
        open.reversible.undo.clone().map(|undo| format!("{undo:?}"))
    }
}

const COMMAND: Modifiers = Modifiers::COMMAND;

fn field_of(reference: &str) -> String {
    format!("Position of recommendation {reference} as at 28 May 2013")
}

fn first(window: &Window) -> recap::model::Recommendation {
    let plan = window.plan();
    plan.recommendations_in_order()[0].clone()
}

#[test]
fn a_cell_opens_by_enter_f2_a_double_click_and_typing_and_esc_takes_back() {
    let mut window = Window::sample();
    let row = first(&window);
    let field = field_of(&row.reference);
    let was = window.position(row.id);
    let node = |window: &Window| {
        let is_cell = |label: Option<String>| label.is_some_and(|label| label.starts_with("Current position"));
        let cells = window.harness.query_all_by_role(Role::Cell).filter(|cell| is_cell(cell.accesskit_node().label()));
        let top = cells.map(|cell| cell.rect()).min_by(|a, b| a.top().total_cmp(&b.top()));
        top.expect("the first row is on screen").center()
    };
    for way in ["Enter", "F2", "double click", "typing"] {
        window.go(&row.reference, Column::Position);
        match way {
            "Enter" => window.plain(Key::Enter),
            "F2" => window.plain(Key::F2),
            "typing" => window.typing_keys("Z"),
            _ => {
                let at = node(&window);
                window.harness.event(Event::PointerMoved(at));
                window.harness.run_steps(2);
                // each event has a frame of its own here, which is longer than a double click may take
                window.harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 3.0);
                for pressed in [true, false, true, false] {
                    let button = egui::PointerButton::Primary;
                    window.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
                }
                window.harness.run_steps(4);
            }
        }
        assert!(window.has_keys(&field), "{way} opens it, ready to type");
        window.typing_keys(" and more");
        window.plain(Key::Escape);
        assert!(!window.app().grid.is_open(), "Esc closes it after {way}");
        window.saved();
        assert_eq!(window.position(row.id), was, "Esc takes back what was typed after {way}");
    }
}

#[test]
fn typing_adds_to_what_is_there_ctrl_enter_saves_it_and_the_row_grows_meanwhile() {
    let mut window = Window::sample();
    let row = first(&window);
    window.go(&row.reference, Column::Position);
    let (was, low) = (window.position(row.id), window.row_height(&row.reference));
    window.typing_keys("!\n- One\nTwo\n\nAnd a word\n\n\n\n\n\n\n\n\n\n\nAt the end");
    let high = window.row_height(&row.reference);
    assert!(high > low + 60.0, "the row grew from {low} to {high}");
    window.press(COMMAND, Key::Enter);
    assert!(!window.app().grid.is_open(), "closed");
    window.saved();
    let now = window.position(row.id);
    assert!(now.starts_with(&was), "what was there stays: {now}");
    assert!(now.contains("\n• One\n• Two\nAnd a word\n"), "with the bullets as they were typed: {now}");
    assert_eq!(window.app().grid.cursor_column(), Column::Position, "the cursor stays");
    window.undo(&format!("Change position of recommendation {}", row.reference));
    assert_eq!(window.position(row.id), was, "one step back");
}

#[test]
fn tab_saves_and_goes_on_and_shift_tab_back() {
    let mut window = Window::sample();
    let row = first(&window);
    window.go(&row.reference, Column::Position);
    window.plain(Key::F2);
    window.typing_keys(" Zebra");
    window.plain(Key::Tab);
    assert!(!window.app().grid.is_open(), "closed");
    assert_eq!(window.app().grid.cursor_column(), Column::Actions, "the next cell");
    window.saved();
    assert!(window.position(row.id).ends_with(" Zebra"), "saved");
    window.press(Modifiers::SHIFT, Key::Tab);
    assert_eq!(window.app().grid.cursor_column(), Column::Position, "and back");
    window.plain(Key::Tab);
    window.plain(Key::Tab);
    let second = window.plan().recommendations_in_order()[1].id;
    assert_eq!(
        (window.app().selected, window.app().grid.cursor_column()),
        (Some(second), Column::Reference),
        "next row"
    );
    window.press(Modifiers::SHIFT, Key::Tab);
    assert_eq!(window.app().selected, Some(row.id), "and the row before");
}

#[test]
fn arrows_home_end_and_pages_move_the_cursor_and_letters_elsewhere_do_not() {
    let mut window = Window::sample();
    let rows: Vec<Id> = window.plan().recommendations_in_order().iter().map(|row| row.id).collect();
    window.plain(Key::ArrowDown);
    assert_eq!(window.app().selected, Some(rows[0]), "the first row");
    window.plain(Key::ArrowDown);
    assert_eq!(window.app().selected, Some(rows[1]), "down");
    window.plain(Key::Home);
    assert_eq!(window.app().grid.cursor_column(), Column::Reference, "the first cell");
    window.plain(Key::ArrowRight);
    assert_eq!(window.app().grid.cursor_column(), Column::Recommendation, "right");
    window.plain(Key::End);
    assert_eq!(window.app().grid.cursor_column(), Column::Actions, "the last cell");
    window.press(COMMAND, Key::End);
    assert_eq!(window.app().selected, Some(rows[21]), "the last row");
    window.press(COMMAND, Key::Home);
    window.plain(Key::PageDown);
    let at = rows.iter().position(|id| Some(*id) == window.app().selected).expect("a row");
    assert!((1..8).contains(&at), "a screen further: {at}");
    window.plain(Key::PageUp);
    assert_eq!(window.app().selected, Some(rows[0]), "and back");
    assert!(!window.app().grid.is_open(), "nothing opened meanwhile");
    // in another field letters, arrows and Delete are the field's
    window.harness.get_by_label("Search the plan").focus();
    window.harness.run_steps(2);
    window.typing_keys("corporate");
    window.plain(Key::Delete);
    assert!(!window.app().grid.is_open(), "no cell opens");
    assert_eq!(window.app().grid.query, "corporate", "it is searched for");
}

#[test]
fn the_cell_under_the_cursor_is_what_a_screen_reader_is_at() {
    let mut window = Window::sample();
    let row = first(&window);
    window.go(&row.reference, Column::Actions);
    let focused = window.harness.query_all_by_role(Role::Cell).find(|node| node.accesskit_node().is_focused());
    let label = focused.and_then(|node| node.accesskit_node().label()).expect("a cell is read out");
    assert!(label.starts_with("Actions: "), "the one under the cursor: {label}");
}

#[test]
fn a_position_of_an_earlier_date_stays_and_what_is_typed_starts_a_new_one() {
    let mut window = Window::sample();
    let row = first(&window);
    let was = window.position(row.id);
    let count = window.plan().positions_of(row.id).len();
    window.as_at("2013-08-31");
    window.go(&row.reference, Column::Position);
    window.plain(Key::Enter);
    let note = "This is the position of 28 May 2013. What you type starts a new one as at 31 August 2013.";
    assert_eq!(window.harness.query_all_by_label(note).count(), 2, "the cell says so, as the editor does");
    window.typing_keys(" Zebra");
    // after a second at rest it is in the file; Esc takes it back all the same
    window.until("it was saved by itself", |app| {
        app.session.open.as_ref().is_some_and(|open| open.plan.positions_of(row.id).len() == count + 1)
    });
    window.plain(Key::Escape);
    window.saved();
    assert_eq!(window.plan().positions_of(row.id).len(), count, "no new position");
    window.typing_keys(" Zebra");
    window.press(COMMAND, Key::Enter);
    window.saved();
    let texts: Vec<String> = window.plan().positions_of(row.id).iter().map(|row| row.text.clone()).collect();
    assert_eq!(texts.len(), count + 1, "a new one");
    assert!(texts.contains(&was) && texts.contains(&format!("{was} Zebra")), "beside the old: {texts:?}");
}

#[test]
fn the_old_position_can_be_edited_instead() {
    let mut window = Window::sample();
    let row = first(&window);
    let (was, count) = (window.position(row.id), window.plan().positions_of(row.id).len());
    window.as_at("2013-08-31");
    window.go(&row.reference, Column::Position);
    window.plain(Key::Enter);
    // the editor beside the grid offers the same
    let links: Vec<_> = window.harness.query_all_by_label("Edit the old one").map(|node| node.rect()).collect();
    let left = links.iter().min_by(|a, b| a.left().total_cmp(&b.left())).expect("a link").center();
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        window.harness.event(Event::PointerMoved(left));
        window.harness.event(Event::PointerButton { pos: left, button, pressed, modifiers: Modifiers::NONE });
        window.harness.run_steps(2);
    }
    window.harness.run_steps(3);
    assert!(window.has_keys(&field_of(&row.reference)), "the old one is open");
    window.typing_keys(" Zebra");
    window.press(COMMAND, Key::Enter);
    window.saved();
    assert_eq!(window.plan().positions_of(row.id).len(), count, "no new one");
    assert_eq!(window.position(row.id), format!("{was} Zebra"), "the old one was changed");
}

#[test]
fn the_actions_of_a_cell_are_gone_through_one_by_one_and_a_new_one_is_typed_at_the_end() {
    let mut window = Window::sample();
    let plan = window.plan();
    let index = recap::model::Index::of(&plan);
    let row = plan.recommendations_in_order().into_iter().take(4).find(|row| !index.actions(&plan, row.id).is_empty());
    let row = row.expect("one of the first has actions").clone();
    let ids: Vec<Id> = index.actions(&plan, row.id).iter().map(|action| action.id).collect();
    window.go(&row.reference, Column::Actions);
    window.plain(Key::Enter);
    for (number, _) in ids.iter().enumerate() {
        let name = format!("ction {} of recommendation {}", number + 1, row.reference);
        assert!(window.has_keys(&format!("A{name}")), "action {number}");
        window.typing_keys("!");
        window.plain(Key::Tab);
        assert!(window.has_keys(&format!("Owner of a{name}")), "its owner");
        window.plain(Key::Tab);
        assert!(window.has_keys(&format!("Due of a{name}")), "its due");
        window.plain(Key::Tab);
    }
    assert!(window.has_keys(&format!("New action for recommendation {}", row.reference)), "a new one at the end");
    window.typing_keys("Agree the extract");
    window.plain(Key::Tab);
    window.saved();
    let plan = window.plan();
    let actions = recap::model::Index::of(&plan).actions(&plan, row.id).len();
    assert_eq!(actions, ids.len() + 1, "one more action");
    assert!(ids.iter().all(|id| plan.actions[id].text.ends_with('!')), "each was changed");
    assert!(plan.actions.values().any(|action| action.text == "Agree the extract"), "with its words");
}

#[test]
fn a_state_is_chosen_by_its_letter_and_a_theme_by_name_or_anew() {
    let mut window = Window::sample();
    let row = first(&window);
    window.shows(Column::State);
    window.shows(Column::Theme);
    window.go(&row.reference, Column::State);
    window.typing_keys("g");
    assert!(window.has_keys(&format!("State of recommendation {}", row.reference)), "a list");
    window.plain(Key::Enter);
    window.saved();
    let state = |window: &Window| {
        let open = window.app().session.open.as_ref().expect("open");
        open.plan.positions_at(row.id, open.as_at).last().and_then(|position| position.state)
    };
    assert_eq!(state(&window), Some(PositionState::Gap), "G is for gap");
    window.plain(Key::Enter);
    window.plain(Key::ArrowDown);
    window.plain(Key::Escape);
    window.saved();
    assert_eq!(state(&window), Some(PositionState::Gap), "Esc leaves it");
    window.go(&row.reference, Column::Theme);
    window.typing_keys("Zebras");
    window.harness.get_by_label("New theme “Zebras”");
    window.plain(Key::Enter);
    window.saved();
    let plan = window.plan();
    let theme = plan.recommendations[&row.id].theme.and_then(|id| plan.themes.get(&id)).expect("a theme");
    assert_eq!(theme.title, "Zebras", "a new theme of that name");
}

#[test]
fn our_wording_starts_from_the_published_text_which_stays() {
    let mut window = Window::sample();
    let plan = window.plan();
    let published = |row: &&recap::model::Recommendation| {
        recap::model::catalogue::is_published(row) && row.local_text.is_empty() && row.local_title.is_empty()
    };
    let row = plan.recommendations_in_order().into_iter().take(4).find(published).expect("one of the first").clone();
    window.go(&row.reference, Column::Recommendation);
    window.typing_keys(" here.");
    window.press(COMMAND, Key::Enter);
    window.saved();
    let now = window.plan().recommendations[&row.id].clone();
    assert_eq!(now.text, row.text, "what is published stays");
    assert_eq!(now.local_text, format!("{} here.", row.text), "ours is that with what was typed");
    window.plain(Key::Delete);
    window.saved();
    assert_eq!(window.plan().recommendations[&row.id].local_text, "", "Delete clears our wording");
    window.undo(&format!("Clear our wording of recommendation {}", row.reference));
    window.go(&row.reference, Column::Reference);
    window.plain(Key::F2);
    assert!(!window.app().grid.is_open(), "the number stays");
    let told = &window.app().session.notices;
    assert!(told.iter().any(|n| n.level == Level::Note && n.text.contains("keeps its number")), "and it says why");
}

#[test]
fn delete_clears_a_position_and_says_of_actions_what_to_do() {
    let mut window = Window::sample();
    let row = first(&window);
    let was = window.position(row.id);
    window.go(&row.reference, Column::Position);
    window.plain(Key::Delete);
    window.saved();
    assert_eq!(window.position(row.id), "", "cleared");
    window.undo(&format!("Clear position of recommendation {}", row.reference));
    assert_eq!(window.position(row.id), was, "one step back");
    let plan = window.plan();
    let with = plan.recommendations_in_order().into_iter().take(4).find(|row| !plan.actions_of(row.id).is_empty());
    let with = with.expect("one has actions").clone();
    window.go(&with.reference, Column::Actions);
    let undo = window.can_undo();
    window.plain(Key::Delete);
    assert!(window.app().session.notices.iter().any(|n| n.text.contains("was not cleared")), "it is told");
    assert_eq!(window.can_undo(), undo, "and nothing changed");
}

#[test]
fn a_click_elsewhere_saves_and_a_click_in_the_cell_does_not() {
    let mut window = Window::sample();
    let row = first(&window);
    let second = window.plan().recommendations_in_order()[1].clone();
    window.go(&row.reference, Column::Position);
    window.typing_keys(" Zebra");
    window.click(&field_of(&row.reference));
    assert!(window.app().grid.is_open(), "a click in it leaves it open");
    window.select(&second.reference);
    assert!(!window.app().grid.is_open(), "a click elsewhere closes it");
    assert_eq!(window.app().selected, Some(second.id), "and does what it does");
    window.saved();
    assert!(window.position(row.id).contains("Zebra"), "saved");
}

#[test]
fn what_somebody_else_changed_under_an_open_cell_is_asked_about_in_it() {
    let mut window = Window::sample();
    let row = first(&window);
    let path = window.app().session.open.as_ref().expect("open").path.clone();
    window.go(&row.reference, Column::Position);
    window.typing_keys(" Mine");
    let position = window.plan().positions_of(row.id).last().map(|position| position.id).expect("a position");
    let change = move |plan: &Plan| -> Edit {
        intent::set_field(plan, Entity::Position, position, "text", Value::Text("Theirs".into())).expect("fits")
    };
    theirs(&path, "Safety lead", change);
    let name = format!("Decide: {}", field_of(&row.reference));
    window.until("it is asked", |app| {
        app.session.open.as_ref().is_some_and(|open| open.drafts.asking().next().is_some())
    });
    assert!(window.app().grid.is_open(), "the cell stays open with what was typed");
    window.harness.get_by_label(&name);
    assert_eq!(in_file(&path).positions[&position].text, "Theirs", "nothing is written over theirs");
}

#[test]
fn esc_in_the_editor_takes_back_and_tab_moves_a_bullet_or_leaves() {
    let mut window = Window::sample();
    let row = first(&window);
    window.select(&row.reference);
    let was = window.position(row.id);
    let field = "Current position, as at 28 May 2013";
    window.harness.get_by_role_and_label(Role::MultilineTextInput, field).focus();
    window.harness.run_steps(3);
    window.typing_keys("Zebra");
    window.plain(Key::Escape);
    window.saved();
    assert_eq!(window.position(row.id), was, "as it was");
    window.harness.get_by_role_and_label(Role::MultilineTextInput, field).focus();
    window.harness.run_steps(3);
    window.press(COMMAND, Key::End);
    window.typing_keys("\n- One\n");
    window.plain(Key::Tab);
    window.typing_keys("Two");
    assert!(window.has_keys(field), "Tab at a bullet's start stays in the field");
    window.plain(Key::Tab);
    assert!(!window.has_keys(field), "and leaves it elsewhere");
    window.saved();
    assert!(window.position(row.id).ends_with("• One\n  • Two"), "a level down: {}", window.position(row.id));
}
