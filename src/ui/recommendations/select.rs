//! Rows of the grid that are selected together: by Shift, by Ctrl, or all that are shown.

use super::Grid;
use crate::model::Id;
use crate::ui::context::Wish;
use crate::ui::theme::{Tokens, size, space};
use egui::{Event, Key, Modifiers, Painter, Rect, Ui, pos2};
use std::cell::RefCell;
use std::collections::BTreeSet;

impl Grid {
    /// The rows that a command is about, in the grid's order: those selected together, else the cursor's.
    #[must_use]
    pub fn chosen(&self, selected: Option<Id>) -> Vec<Id> {
        if self.marked.is_empty() {
            return selected.into_iter().collect();
        }
        let mut seen = BTreeSet::new();
        self.steps().filter(|id| self.marked.contains(id) && seen.insert(*id)).collect()
    }

    /// The rows from the cursor's down, as the grid shows them.
    #[must_use]
    pub fn from_cursor(&self, selected: Option<Id>) -> Vec<Id> {
        let mut seen = BTreeSet::new();
        let ids: Vec<Id> = self.steps().filter(|id| seen.insert(*id)).collect();
        let at = selected.and_then(|selected| ids.iter().position(|id| *id == selected));
        at.map(|at| ids[at..].to_vec()).unwrap_or_default()
    }

    /// Rows that are not shown any more are not selected: nothing is done to a row that nobody sees.
    pub(super) fn forget_hidden(&mut self) {
        if !self.marked.is_empty() {
            let shown: BTreeSet<Id> = self.steps().collect();
            self.marked.retain(|id| shown.contains(id));
        }
    }

    /// What a click on a row asks for.
    #[must_use]
    pub(super) fn clicked(&mut self, id: Id, modifiers: Modifiers, selected: Option<Id>) -> Wish {
        if modifiers.shift {
            return self.stretch(id, selected, modifiers.command);
        }
        if modifiers.command {
            return self.toggle(id, selected, true);
        }
        Wish::Select(Some(id))
    }

    /// Where a range begins.
    fn anchor(&self, selected: Option<Id>) -> Option<Id> {
        self.anchor.filter(|_| !self.marked.is_empty()).or(selected)
    }

    /// From where the range began to a row; beside what is selected, or in its place.
    fn stretch(&mut self, to: Id, selected: Option<Id>, beside: bool) -> Wish {
        let ids: Vec<Id> = self.steps().collect();
        let place = |id: Id| ids.iter().position(|other| *other == id);
        let anchor = self.anchor(selected).filter(|anchor| place(*anchor).is_some()).unwrap_or(to);
        self.anchor = Some(anchor);
        let (from, end) = (place(anchor).unwrap_or(0), place(to).unwrap_or(0));
        let mut marked = if beside { self.marked.clone() } else { BTreeSet::new() };
        marked.extend(ids.get(from.min(end)..=from.max(end)).unwrap_or_default());
        Wish::Mark(marked, Some(to))
    }

    /// Takes a row in, or out. The editor then shows it, or one that is still selected.
    fn toggle(&mut self, id: Id, selected: Option<Id>, by_mouse: bool) -> Wish {
        let mut marked = if self.marked.is_empty() { selected.into_iter().collect() } else { self.marked.clone() };
        self.anchor = Some(id);
        if marked.insert(id) {
            return Wish::Mark(marked, Some(id));
        }
        marked.remove(&id);
        let last = self.steps().rfind(|other| marked.contains(other));
        // by key the cursor stays: the next arrow goes on from it
        let cursor = if by_mouse || marked.is_empty() { last } else { Some(id) };
        Wish::Mark(marked, cursor)
    }

    /// All rows that are shown.
    #[must_use]
    pub fn mark_all(&mut self, selected: Option<Id>) -> Wish {
        let all: BTreeSet<Id> = self.steps().collect();
        let cursor = selected.filter(|id| all.contains(id)).or_else(|| self.steps().next());
        self.anchor = cursor;
        Wish::Mark(all, cursor)
    }

    /// The keys with Shift or Ctrl in the grid; called where nothing is typed or asked.
    pub fn select_keys(&mut self, ui: &Ui, selected: Option<Id>, wishes: &RefCell<Vec<Wish>>) {
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let send = |wish: Wish| wishes.borrow_mut().push(wish);
        if !self.marked.is_empty() && pressed(Modifiers::NONE, Key::Escape) {
            send(Wish::Mark(BTreeSet::new(), selected));
        }
        const FAR: isize = isize::MAX / 2;
        let steps = [
            (Key::ArrowDown, 1),
            (Key::ArrowUp, -1),
            (Key::PageDown, 5),
            (Key::PageUp, -5),
            (Key::Home, -FAR),
            (Key::End, FAR),
        ];
        for (key, by) in steps {
            let (beside, stretches) =
                (pressed(Modifiers::COMMAND | Modifiers::SHIFT, key), pressed(Modifiers::SHIFT, key));
            if !(beside || stretches) {
                continue;
            }
            if let Some(to) = self.step(selected, by) {
                let wish = self.stretch(to, selected, beside);
                send(wish);
                self.scroll_to(to);
            }
        }
        for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
            if pressed(Modifiers::COMMAND, key)
                && let Some(to) = self.step(selected, by)
            {
                let marked = if self.marked.is_empty() { selected.into_iter().collect() } else { self.marked.clone() };
                send(Wish::Mark(marked, Some(to)));
                self.scroll_to(to);
            }
        }
        if pressed(Modifiers::COMMAND, Key::A) {
            let wish = self.mark_all(selected);
            send(wish);
        }
        if pressed(Modifiers::COMMAND, Key::Space)
            && let Some(id) = selected
        {
            let wish = self.toggle(id, selected, false);
            send(wish);
        }
        clipboard_keys(ui, &send);
    }
}

/// Draws what says of a row, beside its colour, that it is selected with others: a tick under its number.
pub(super) fn tick(painter: &Painter, theme: &Tokens, row: Rect) {
    let icon = egui_material_icons::icons::ICON_CHECK;
    let font = egui::FontId::new(15.0, icon.font_family());
    let at = pos2(row.left() + space::CELL, row.top() + space::CELL_TOP + size::LINE + 1.0);
    painter.text(at, egui::Align2::LEFT_TOP, icon.codepoint, font, theme.accent);
}

/// Copying, cutting and pasting come as events of their own.
fn clipboard_keys(ui: &Ui, send: &impl Fn(Wish)) {
    // words that are selected in a label are copied by the label
    let of_label = ui.ctx().plugin::<egui::text_selection::LabelSelectionState>().lock().has_selection();
    let mut wishes = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let wish = match event {
                Event::Copy if !of_label => Wish::Copy { cut: false },
                Event::Cut if !of_label => Wish::Copy { cut: true },
                Event::Paste(text) => Wish::Paste(text.clone()),
                _ => return true,
            };
            wishes.push(wish);
            false
        });
    });
    wishes.into_iter().for_each(send);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::recommendations::filter::GridRow;

    fn id(name: u8) -> Id {
        Id::NIL.derive(&[&name.to_string()])
    }

    /// A grid of five rows.
    fn grid() -> Grid {
        let mut grid = Grid::default();
        grid.rows = (1..=5).map(|name| GridRow::Recommendation(id(name))).collect();
        grid
    }

    /// Clicks, each with Shift or Ctrl or none; gives what is selected then, and the cursor.
    fn after(clicks: &[(u8, Modifiers)]) -> (Vec<u8>, Option<u8>) {
        let (mut grid, mut selected) = (grid(), None);
        for (name, modifiers) in clicks {
            match grid.clicked(id(*name), *modifiers, selected) {
                Wish::Mark(marked, cursor) => (grid.marked, selected) = (marked, cursor),
                Wish::Select(to) => {
                    grid.marked.clear();
                    selected = to;
                }
                other => panic!("a click asks for a selection, not {other:?}"),
            }
        }
        let name = |wanted: Id| (1..=5).find(|name| id(*name) == wanted).expect("of the grid");
        (grid.chosen(selected).into_iter().map(name).collect(), selected.map(name))
    }

    #[test]
    fn clicks_select_as_in_any_list() {
        const NONE: Modifiers = Modifiers::NONE;
        const SHIFT: Modifiers = Modifiers::SHIFT;
        const CTRL: Modifiers = Modifiers::COMMAND;
        const BOTH: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
        type Case = (&'static [(u8, Modifiers)], &'static [u8], Option<u8>);
        let cases: [Case; 10] = [
            (&[(2, NONE)], &[2], Some(2)),
            (&[(2, NONE), (4, SHIFT)], &[2, 3, 4], Some(4)),
            (&[(4, NONE), (2, SHIFT)], &[2, 3, 4], Some(2)),
            (&[(2, NONE), (4, SHIFT), (3, SHIFT)], &[2, 3], Some(3)),
            (&[(2, NONE), (4, CTRL)], &[2, 4], Some(4)),
            (&[(2, NONE), (4, CTRL), (2, CTRL)], &[4], Some(4)),
            (&[(2, NONE), (2, CTRL)], &[], None),
            (&[(1, NONE), (3, CTRL), (5, BOTH)], &[1, 3, 4, 5], Some(5)),
            (&[(2, NONE), (4, SHIFT), (5, NONE)], &[5], Some(5)),
            (&[(3, SHIFT)], &[3], Some(3)),
        ];
        for (clicks, marked, cursor) in cases {
            assert_eq!(after(clicks), (marked.to_vec(), cursor), "{clicks:?}");
        }
    }

    #[test]
    fn what_is_not_shown_is_not_selected() {
        let mut grid = grid();
        let Wish::Mark(marked, _) = grid.mark_all(None) else { panic!("all are marked") };
        grid.marked = marked;
        assert_eq!(grid.chosen(None).len(), 5);
        grid.rows.truncate(2);
        grid.forget_hidden();
        assert_eq!(grid.chosen(None), [id(1), id(2)]);
    }
}
