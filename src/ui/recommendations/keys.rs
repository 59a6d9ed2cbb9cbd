//! Keys in the grid while no cell is open; what they are is told by [`crate::app::command::GRID_KEYS`].

use super::cursor::keyboard;
use super::open_cell::{OpenCell, why_not};
use crate::app::Notice;
use crate::model::intent::{self, Cleared};
use crate::model::view::Column;
use crate::model::{Entity, Id};
use crate::ui::App;
use crate::ui::context::{Ctx, Wish};
use crate::ui::widgets::writing::pressed;
use egui::{Event, Key, Modifiers, Ui};

impl App {
    /// Does what plain keys ask for in the grid. Keys that a focused button or list has its own use for stay.
    pub(in crate::ui) fn grid_keys(&mut self, ui: &Ui) {
        if egui::Popup::is_any_open(ui.ctx()) {
            return;
        }
        if let Some(open) = &mut self.grid.cursor.open {
            if !open.is_drawn() {
                // it is on its way into view: what is typed meanwhile is not lost
                open.typed.push_str(&take_typed(ui));
                let row = open.row;
                self.grid.scroll_to(row);
            }
            return;
        }
        let focused = ui.memory(|memory| memory.focused());
        if focused.is_some_and(|id| id != keyboard()) {
            return;
        }
        if focused.is_some() {
            // in the first frame of its focus egui takes Tab and arrows for its own
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
        }
        self.row_keys(ui);
        self.column_keys(ui);
        self.cell_keys(ui, focused.is_some());
    }

    fn row_keys(&mut self, ui: &Ui) {
        let screen = self.grid.screenful();
        let all = isize::MAX / 2;
        let steps = [
            (Modifiers::NONE, Key::ArrowDown, 1),
            (Modifiers::NONE, Key::ArrowUp, -1),
            (Modifiers::NONE, Key::PageDown, screen),
            (Modifiers::NONE, Key::PageUp, -screen),
            (Modifiers::COMMAND, Key::Home, -all),
            (Modifiers::COMMAND, Key::End, all),
        ];
        for (modifiers, key, by) in steps {
            while pressed(ui, modifiers, key) {
                if let Some(id) = self.grid.step(self.selected, by) {
                    self.put_cursor(ui, id, self.grid.cursor_column());
                }
            }
        }
    }

    fn column_keys(&mut self, ui: &Ui) {
        let all = isize::MAX / 2;
        let steps = [(Key::ArrowRight, 1), (Key::ArrowLeft, -1), (Key::Home, -all), (Key::End, all)];
        for (key, by) in steps {
            while pressed(ui, Modifiers::NONE, key) {
                // with nothing selected the first row is where one begins
                let to = if self.selected.is_some() { self.grid.column_beside(by) } else { self.grid.cursor_column() };
                if let Some(id) = self.selected.or_else(|| self.grid.step(None, 0)) {
                    self.put_cursor(ui, id, to);
                }
            }
        }
        let Some(row) = self.selected else { return };
        for (modifiers, by, direction) in
            [(Modifiers::SHIFT, -1, egui::FocusDirection::Previous), (Modifiers::NONE, 1, egui::FocusDirection::Next)]
        {
            let has_keys = ui.memory(|memory| memory.has_focus(keyboard()));
            if has_keys && pressed(ui, modifiers, Key::Tab) {
                match self.grid.next_cell(self.selected.unwrap_or(row), by) {
                    Some((row, column)) => self.put_cursor(ui, row, column),
                    // beyond the last cell the window goes on
                    None => ui.memory_mut(|memory| memory.move_focus(direction)),
                }
            }
        }
    }

    fn cell_keys(&mut self, ui: &Ui, has_keys: bool) {
        if pressed(ui, Modifiers::NONE, Key::Escape) {
            ui.memory_mut(|memory| memory.surrender_focus(keyboard()));
            self.wishes.borrow_mut().push(Wish::Select(None));
        }
        let Some(row) = self.selected else { return };
        let column = self.grid.cursor_column();
        for key in [Key::Enter, Key::F2] {
            if pressed(ui, Modifiers::NONE, key) {
                self.wishes.borrow_mut().push(Wish::OpenCell { row, column, typed: String::new() });
                return;
            }
        }
        if pressed(ui, Modifiers::NONE, Key::Delete) {
            self.clear_cell(row, column);
        }
        // letters open a cell only once somebody went to the grid: after a click or an arrow
        let typed = if has_keys { take_typed(ui) } else { String::new() };
        if !typed.is_empty() {
            self.open_cell(row, column, &typed);
        }
    }

    /// Puts the cursor on a cell, with the keyboard.
    fn put_cursor(&mut self, ui: &Ui, row: Id, column: Column) {
        ui.memory_mut(|memory| {
            memory.request_focus(keyboard());
            // the arrow was for the grid: egui must not go on to another widget by it
            memory.move_focus(egui::FocusDirection::None);
        });
        self.grid.set_cursor(column);
        if self.selected != Some(row) {
            self.selected_by_key(row);
        }
        self.grid.scroll_to(row);
    }

    fn selected_by_key(&mut self, row: Id) {
        self.grant(Wish::Select(Some(row)));
    }

    /// Opens a cell to be changed in place, or says why it cannot be.
    pub(in crate::ui) fn open_cell(&mut self, row: Id, column: Column, typed: &str) {
        if self.selected != Some(row) {
            self.selected_by_key(row);
        }
        self.grid.set_cursor(column);
        self.grid.scroll_to(row);
        let now = self.circumstances();
        let Some(open) = &self.session.open else { return };
        let ctx = Ctx::new(open, &self.session.settings, now, &self.wishes);
        match why_not(&ctx, row, column) {
            Some((what, hint)) => self.session.notices.push(Notice::note(what, hint)),
            None => self.grid.cursor.open = Some(OpenCell::new(row, column, typed)),
        }
    }

    fn clear_cell(&mut self, row: Id, column: Column) {
        self.session.flush(true);
        let Some(open) = &self.session.open else { return };
        if !open.editable() {
            return;
        }
        match intent::clear_cell(&open.plan, row, column, open.as_at) {
            Cleared::Edit(edit) => self.session.edit(edit),
            Cleared::Nothing => {}
            Cleared::Instead(hint) => {
                let of = intent::row_name(&open.plan, Entity::Recommendation, row);
                let text = format!("“{}” of {of} was not cleared", column.name());
                self.session.notices.push(Notice::note(text, hint));
            }
        }
    }
}

/// What was typed in this frame; nobody else gets it.
fn take_typed(ui: &Ui) -> String {
    ui.input_mut(|input| {
        let mut typed = String::new();
        input.events.retain(|event| match event {
            Event::Text(text) if !text.chars().all(char::is_control) => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
        typed
    })
}
