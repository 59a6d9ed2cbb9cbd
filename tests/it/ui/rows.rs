//! Many rows at once, copying, pasting and the bin, as somebody does them in the window.

use super::Window;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use recap::app::{Clip, Command};
use recap::model::view::Column;
use recap::model::{Id, PositionState, Recommendation};
use recap::report::clipboard::Copied;
use recap::ui::App;
use recap::ui::clipboard::{Clipboard, Make, Told};
use std::cell::RefCell;
use std::rc::Rc;

/// A clipboard that a test looks into and puts things on.
#[derive(Default, Clone)]
struct Board {
    copied: Rc<RefCell<Option<Copied>>>,
    clip: Rc<RefCell<Clip>>,
    told: Rc<RefCell<Vec<Told>>>,
}

impl Clipboard for Board {
    fn copy(&mut self, what: String, make: Make) {
        *self.copied.borrow_mut() = Some(make());
        self.told.borrow_mut().push(Told::Copied(what));
    }

    fn ask(&mut self, text: String) {
        let clip = self.clip.borrow().clone();
        let text = if clip.text.is_empty() { text } else { clip.text };
        self.told.borrow_mut().push(Told::Pasted(Clip { text, ..clip }));
    }

    fn told(&mut self) -> Option<Told> {
        self.told.borrow_mut().pop()
    }
}

/// The sample plan in a window with such a clipboard.
fn sample() -> (Window, Board) {
    let mut window = Window::sample();
    let board = Board::default();
    window.harness.state_mut().app.clipboard = Box::new(board.clone());
    (window, board)
}

impl Window {
    fn in_order(&self) -> Vec<Recommendation> {
        self.plan().recommendations_in_order().into_iter().cloned().collect()
    }

    fn select_with(&mut self, reference: &str, modifiers: Modifiers) {
        let start = format!("Recommendation {reference},");
        let rows = self.harness.query_all_by_role(Role::Row);
        let row =
            rows.into_iter().find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(&start)));
        row.unwrap_or_else(|| panic!("row {reference} is on screen")).click_modifiers(modifiers);
        self.harness.run_steps(5);
    }

    fn chosen(&self) -> Vec<Id> {
        self.app().chosen_rows()
    }

    fn put(&mut self, event: Event) {
        self.harness.event(event);
        self.harness.run_steps(4);
    }

    fn type_words(&mut self, name: &str, words: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, name).focus();
        self.harness.run_steps(2);
        self.harness.get_by_role_and_label(Role::TextInput, name).type_text(words);
        self.harness.run_steps(3);
    }

    fn choose(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::RadioButton, name).click();
        self.harness.run_steps(3);
    }

    fn done(&mut self, label: &str) {
        self.saved();
        let undo = |app: &App| app.session.open.as_ref().and_then(|open| open.reversible.undo.clone());
        assert_eq!(undo(self.app()).as_deref(), Some(label), "one named step");
    }
}

#[test]
fn rows_selected_with_shift_move_to_a_theme_as_one_step() {
    let (mut window, _) = sample();
    let rows = window.in_order();
    window.select(&rows[0].reference);
    window.select_with(&rows[1].reference, Modifiers::SHIFT);
    let ids = [rows[0].id, rows[1].id];
    assert_eq!(window.chosen(), ids, "from the first to the second");
    window.harness.get_by_label("2 selected");
    window.click("Theme…");
    window.type_words("Or a new theme", "For the board");
    window.click("Move 2 recommendations");
    window.done("Move 2 recommendations to theme “For the board”");
    let plan = window.plan();
    let theme = plan.themes.values().find(|theme| theme.title == "For the board").expect("made").id;
    assert!(ids.iter().all(|id| plan.recommendations[id].theme == Some(theme)), "both stand there");
    assert_eq!(window.chosen(), ids, "and are still selected");
    window.undo("Move 2 recommendations to theme “For the board”");
    assert_eq!(window.in_order(), rows, "as before");
}

#[test]
fn all_rows_by_key_get_a_state_and_the_dialog_says_how_many_of_what() {
    let (mut window, _) = sample();
    let all = window.in_order().len();
    window.press(Modifiers::COMMAND, Key::A);
    assert_eq!(window.chosen().len(), all);
    window.harness.get_by_label(&format!("{all} selected"));
    window.click("State…");
    window.harness.get_by_label_contains("How far the actions are: ");
    window.choose(&format!("Where we stand: the positions of {all} recommendations as at 28 May 2013"));
    window.choose("Planned");
    window.click(&format!("Set {all} recommendations"));
    window.done(&format!("Set the position of {all} recommendations to planned"));
    let plan = window.plan();
    let day = plan.info().as_at.expect("dated");
    let planned = |id: &Id| plan.positions_at(*id, day).iter().all(|p| p.state == Some(PositionState::Planned));
    assert!(plan.recommendations.keys().all(planned), "every one");
    window.press(Modifiers::NONE, Key::Escape);
    assert!(window.app().grid.marked.is_empty(), "Esc lets go of them");
}

#[test]
fn rows_taken_in_one_by_one_get_an_owner_and_one_action_for_all() {
    let (mut window, _) = sample();
    let rows = window.in_order();
    window.press(Modifiers::NONE, Key::ArrowDown);
    window.press(Modifiers::COMMAND, Key::ArrowDown);
    window.press(Modifiers::COMMAND, Key::ArrowDown);
    window.press(Modifiers::COMMAND, Key::Space);
    assert_eq!(window.chosen(), [rows[0].id, rows[2].id], "the second was passed over");
    window.click("Link an action…");
    window.type_words("Find an action of the plan, or write a new one", "Ask every provider for its plan");
    window.type_words("Owner of the new action", "Quality lead");
    window.click("Add it to 2 recommendations");
    window.done("Add an action to 2 recommendations");
    let plan = window.plan();
    let action =
        plan.actions.values().find(|action| action.owner == "Quality lead" && action.text.starts_with("Ask every"));
    assert_eq!(plan.served_by(action.expect("made").id).len(), 2, "one action serves both");
    let of_both = window.chosen().into_iter().flat_map(|id| plan.actions_of(id)).map(|action| action.id);
    let number = of_both.collect::<std::collections::BTreeSet<_>>().len();
    window.click("Owner…");
    window.harness.get_by_label(&format!("Owner of {number} actions of 2 recommendations"));
    window.type_words("The role that has it", "Chair");
    window.click("Save");
    window.done(&format!("Change owner of {number} actions"));
}

#[test]
fn a_duplicate_is_selected_and_a_deleted_row_comes_back_from_the_bin() {
    let (mut window, _) = sample();
    let rows = window.in_order();
    let first = &rows[0];
    window.select(&first.reference);
    window.run(Command::Duplicate);
    window.saved();
    window.harness.run_steps(3);
    let copy = window.plan().recommendations_in_order()[1].clone();
    assert_eq!(copy.reference, format!("{}a", first.reference), "right behind it, under a free number");
    assert_eq!(window.app().selected, Some(copy.id), "it is what one goes on with");
    let before = window.plan();
    window.press(Modifiers::COMMAND, Key::Delete);
    window.done(&format!("Delete recommendation {}", copy.reference));
    assert!(!window.plan().recommendations.contains_key(&copy.id), "gone");
    window.run(Command::Bin);
    window.until("the bin is read", |app| app.session.deletions.is_some());
    window.click(&format!("Recommendation {} {}", copy.reference, copy.shown_title()));
    window.click("Bring back 1 item");
    window.done(&format!("Bring back recommendation {}", copy.reference));
    assert_eq!(window.plan(), before, "with its position, its actions and its evidence");
    window.harness.get_by_label("The bin is empty");
}

#[test]
fn rows_go_to_the_clipboard_as_text_and_table_and_come_back_unchanged() {
    let (mut window, board) = sample();
    let rows = window.in_order();
    window.select(&rows[0].reference);
    window.select_with(&rows[1].reference, Modifiers::SHIFT);
    window.put(Event::Copy);
    let copied = board.copied.borrow().clone().expect("copied");
    let lines: Vec<&str> = copied.text.split("\r\n").collect();
    assert_eq!(lines.len(), 4, "headings, two rows, the end: {}", copied.text);
    assert!(lines[0].starts_with("No.\tRecommendation\tGovernment response\t"), "{}", lines[0]);
    assert!(copied.html.contains("<table") && copied.html.contains("<li>"), "{}", copied.html);
    window.harness.get_by_label("Copied: 2 recommendations");
    for (html, text) in [(Some(copied.html.clone()), String::new()), (None, copied.text.clone())] {
        *board.clip.borrow_mut() = Clip { html, text };
        window.put(Event::Paste("x".into()));
        window.until("the preview is there", |app| app.session.proposal.is_some());
        let before = window.plan();
        window.click("Import what is ticked");
        window.saved();
        assert_eq!(window.plan(), before, "the plan says all of it");
    }
    window.press(Modifiers::NONE, Key::Escape);
    window.select(&rows[0].reference);
    window.harness.state_mut().app.grid.set_cursor(Column::Recommendation);
    window.put(Event::Copy);
    let copied = board.copied.borrow().clone().expect("copied");
    assert_eq!(copied.text, format!("{}\n{}", rows[0].shown_title(), rows[0].shown_text()), "one cell is its words");
}

/// As Word puts it on the clipboard.
const WORD: &str = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- p {margin:0} --></style></head><body>\
    <!--StartFragment--><table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Recommendation No<o:p></o:p></b></p></td>\
    <td><p class=MsoNormal><b>Current position<o:p></o:p></b></p></td></tr>\
    <tr><td><p>FIRST</p></td><td><p>Zebra crossing opened</p><p class=MsoListParagraph><![if !supportLists]><span>·<span>&nbsp; </span></span><![endif]>two wards</p></td></tr>\
    <tr><td><p>SECOND</p></td><td><p>Zebra crossing planned</p></td></tr></table><!--EndFragment--></body></html>";

#[test]
fn a_table_from_word_is_previewed_and_goes_to_the_rows_of_its_numbers() {
    let (mut window, board) = sample();
    let rows = window.in_order();
    let html = WORD.replace("FIRST", &rows[3].reference).replace("SECOND", &rows[1].reference);
    *board.clip.borrow_mut() = Clip { html: Some(html), text: "x".into() };
    window.select(&rows[0].reference);
    let before = window.plan();
    window.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::V);
    window.until("the preview is there", |app| app.dialog.is_some());
    window.harness.get_by_label_contains("Its positions are taken as at 28 May 2013");
    assert_eq!(window.plan(), before, "nothing is written before it is accepted");
    // what differs is not taken unless somebody says so
    let boxes = |window: &Window| window.harness.query_all_by_label("Take the document's").count();
    for at in 0..boxes(&window) {
        let one = |window: &mut Window, click: bool| {
            let node = window.harness.query_all_by_label("Take the document's").nth(at).expect("there");
            if click { node.click() } else { node.scroll_to_me() }
        };
        one(&mut window, false);
        window.harness.run_steps(4);
        one(&mut window, true);
        window.harness.run_steps(3);
    }
    window.click("Import what is ticked");
    window.saved();
    let plan = window.plan();
    let day = plan.info().as_at.expect("dated");
    let text = |row: &Recommendation| plan.positions_at(row.id, day).iter().map(|p| p.text.clone()).collect::<String>();
    assert_eq!(text(&rows[3]), "Zebra crossing opened\n• two wards");
    assert_eq!(text(&rows[1]), "Zebra crossing planned");
    let label = window.app().session.open.as_ref().and_then(|open| open.reversible.undo.clone()).expect("one step");
    window.undo(&label);
    assert_eq!(window.plan(), before, "one undo takes it back");
}

#[test]
fn a_column_without_numbers_goes_to_the_cursor_after_a_preview() {
    let (mut window, board) = sample();
    let rows = window.in_order();
    let html = "<html><body><table><!--StartFragment--><tr><td>Zebra one</td></tr><tr><td></td></tr><tr><td>Zebra three</td></tr>\
        <!--EndFragment--></table></body></html>";
    *board.clip.borrow_mut() = Clip { html: Some(html.into()), text: "Zebra one\n\nZebra three".into() };
    window.select(&rows[1].reference);
    window.harness.state_mut().app.grid.set_cursor(Column::Position);
    let before = window.plan();
    window.put(Event::Paste("Zebra".into()));
    window.until("the preview is there", |app| app.session.block.is_some());
    window.harness.run_steps(3);
    let from = format!("3 rows from recommendation {} down, into: Current position", rows[1].reference);
    window.harness.get_by_label(&from);
    assert_eq!(window.plan(), before, "nothing is changed before it is accepted");
    window.click("Paste 2 cells");
    window.done("Paste 2 cells");
    let plan = window.plan();
    let day = plan.info().as_at.expect("dated");
    let text = |at: usize| plan.positions_at(rows[at].id, day).iter().map(|p| p.text.clone()).collect::<String>();
    assert_eq!((text(1).as_str(), text(3).as_str()), ("Zebra one", "Zebra three"), "each in its place");
    assert_eq!(plan.positions_of(rows[2].id), before.positions_of(rows[2].id), "a blank cell leaves what stands there");
    window.undo("Paste 2 cells");
    assert_eq!(window.plan(), before, "one undo takes it back");
}

#[test]
fn keys_for_rows_leave_a_field_alone_and_a_search_lets_go_of_hidden_rows() {
    let (mut window, _) = sample();
    let rows = window.in_order();
    window.press(Modifiers::COMMAND, Key::A);
    window.harness.get_by_label("Search the plan").focus();
    window.harness.run_steps(2);
    window.harness.get_by_label("Search the plan").type_text("corporate memory");
    window.harness.run_steps(4);
    let shown = window.app().grid.shown();
    assert!(window.chosen().len() <= shown && shown < rows.len(), "what is not shown is not selected");
    let before = window.plan();
    window.press(Modifiers::COMMAND, Key::Delete);
    window.press(Modifiers::COMMAND, Key::A);
    window.saved();
    assert_eq!(window.plan(), before, "the keys are the field's");
}

#[test]
fn five_thousand_pasted_rows_are_drawn_as_far_as_they_are_seen_and_come_in_as_one_step() {
    let (mut window, board) = sample();
    let row = |at: usize| format!("<tr><td>{at}</td><td>Title {at}</td><td>Where we stand on number {at}</td></tr>");
    let rows: String = (1000..6000).map(row).collect();
    let header = "<tr><th>Recommendation No</th><th>Recommendation</th><th>Current position</th></tr>";
    let html = format!("<table>{header}{rows}</table>");
    *board.clip.borrow_mut() = Clip { html: Some(html), text: "x".into() };
    let before = window.plan();
    window.run(Command::PasteTable);
    window.until("the preview is there", |app| app.session.proposal.is_some());
    window.harness.run_steps(3);
    let drawn = window.harness.query_all_by_label_contains("Take 1").count();
    assert!(drawn > 3 && drawn < 200, "{drawn} of 5,000 are drawn");
    window.click("Import what is ticked");
    window.saved();
    assert_eq!(window.plan().recommendations.len(), before.recommendations.len() + 5000, "all are there");
    let label = window.app().session.open.as_ref().and_then(|open| open.reversible.undo.clone()).expect("one step");
    window.undo(&label);
    assert_eq!(window.plan(), before, "one undo takes them back");
}
