//! The cursor of the grid: which cell it stands on, where it goes, and how it is seen and heard.

use super::Grid;
use super::filter::GridRow;
use super::open_cell::OpenCell;
use crate::model::Id;
use crate::model::view::Column;
use crate::ui::theme::Tokens;
use egui::{Rect, StrokeKind, Ui};
use std::ops::Range;

/// The cursor and the cell that is open.
#[derive(Debug)]
pub struct Cursor {
    /// Its column; its row is the selected recommendation.
    pub(super) column: Column,
    /// The cell that is changed in place.
    pub(super) open: Option<OpenCell>,
    /// Bring its column into view in the next frame.
    pub(super) show_column: bool,
    /// The rows that were on screen last.
    pub(super) visible: Range<u64>,
    /// Something was being typed in the last frame: rows on screen are measured once more.
    pub(super) typing: bool,
    /// The cell under the cursor as a screen reader knows it, where it is on screen.
    pub(super) node: Option<egui::Id>,
}

impl Default for Cursor {
    fn default() -> Self {
        Self {
            // what changes most, and what a meeting is about
            column: Column::Position,
            open: None,
            show_column: false,
            visible: 0..0,
            typing: false,
            node: None,
        }
    }
}

/// What has the keyboard while somebody moves about the grid.
#[must_use]
pub fn keyboard() -> egui::Id {
    egui::Id::unique("the grid of recommendations")
}

impl Grid {
    /// Whether a cell is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.cursor.open.is_some()
    }

    /// The column that the cursor stands in: one that is shown.
    #[must_use]
    pub fn cursor_column(&self) -> Column {
        let shown = self.columns.contains(&self.cursor.column);
        let instead = self.columns.get(1).or(self.columns.first()).copied();
        if shown { self.cursor.column } else { instead.unwrap_or(Column::Reference) }
    }

    /// Whether keys go to the grid: to it, or to nothing.
    #[must_use]
    pub fn has_keys(&self, ui: &Ui) -> bool {
        let focused = ui.memory(egui::Memory::focused);
        !self.is_open() && !egui::Popup::is_any_open(ui.ctx()) && focused.is_none_or(|id| id == keyboard())
    }

    /// Puts the cursor into a column and brings it into view.
    pub fn set_cursor(&mut self, column: Column) {
        self.cursor.column = column;
        self.cursor.show_column = true;
    }

    /// The column `by` places to the right of the cursor, or the last one there is.
    #[must_use]
    pub(super) fn column_beside(&self, by: isize) -> Column {
        let last = self.columns.len().saturating_sub(1);
        let to = self.place_of_cursor().saturating_add_signed(by).min(last);
        self.columns.get(to).copied().unwrap_or(Column::Reference)
    }

    fn place_of_cursor(&self) -> usize {
        let cursor = self.cursor_column();
        self.columns.iter().position(|column| *column == cursor).unwrap_or(0)
    }

    /// The cell after or before the cursor's, on into the next row; `None` at the end of the grid.
    #[must_use]
    pub(super) fn next_cell(&mut self, row: Id, by: isize) -> Option<(Id, Column)> {
        let place = self.place_of_cursor().checked_add_signed(by).filter(|place| *place < self.columns.len());
        if let Some(place) = place {
            return Some((row, *self.columns.get(place)?));
        }
        let to = self.step(Some(row), by).filter(|to| *to != row)?;
        let column = if by > 0 { self.columns.first() } else { self.columns.last() };
        Some((to, *column?))
    }

    /// How many rows make a screen.
    #[must_use]
    pub(super) fn screenful(&self) -> isize {
        let visible = self.rows.iter().skip(self.cursor.visible.start as usize);
        let visible = visible.take((self.cursor.visible.end - self.cursor.visible.start) as usize);
        let rows = visible.filter(|row| matches!(row, GridRow::Recommendation(_))).count();
        isize::try_from(rows).unwrap_or(1).saturating_sub(1).max(1)
    }
}

/// The column at a place on the screen, in a row that begins at `left`.
#[must_use]
pub(super) fn column_at(columns: &[Column], widths: &[f32], left: f32, x: f32) -> Option<Column> {
    let mut right = left;
    columns.iter().zip(widths).find_map(|(column, width)| {
        right += width;
        (x < right).then_some(*column)
    })
}

/// The frame round the cell that the cursor stands on; thinner while the keyboard is elsewhere.
pub(super) fn paint_frame(ui: &Ui, theme: &Tokens, rect: Rect, active: bool) {
    let width = if active { 2.0 } else { 1.0 };
    let rect = rect.with_max_y(rect.bottom() - 1.0).shrink2(egui::vec2(1.0, 0.0));
    ui.painter().rect_stroke(rect, 2.0, egui::Stroke::new(width, theme.accent), StrokeKind::Inside);
}

/// Gives the grid a place that the keyboard can be at; a screen reader hears the cell under the cursor.
pub(super) fn take_keys(ui: &mut Ui, rect: Rect, node: Option<egui::Id>) {
    let id = keyboard();
    let response = ui.interact(rect, id, egui::Sense::focusable_noninteractive());
    if ui.memory(|memory| memory.has_focus(id)) {
        // arrows, Tab and Esc are the grid's own
        let filter = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Grid, true, "Recommendations, their positions and actions")
    });
    if let Some(node) = node {
        ui.ctx().accesskit_node_builder(id, |grid| grid.set_active_descendant(node.accesskit_id()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_the_screen_is_in_one_column() {
        let columns = [Column::Reference, Column::Position, Column::Actions];
        let widths = [50.0, 100.0, 100.0];
        let at = |x: f32| column_at(&columns, &widths, 10.0, x);
        assert_eq!(at(20.0), Some(Column::Reference));
        assert_eq!(at(60.0), Some(Column::Position), "where it begins");
        assert_eq!(at(259.0), Some(Column::Actions));
        assert_eq!(at(260.0), None, "right of them all");
    }

    #[test]
    fn tab_goes_through_a_row_and_on_into_the_next() {
        let (a, b) = (Id::NIL.derive(&["a"]), Id::NIL.derive(&["b"]));
        let mut grid = Grid::default();
        grid.set_cursor(Column::Actions);
        grid.rows = vec![GridRow::Recommendation(a), GridRow::Recommendation(b)];
        assert_eq!(grid.next_cell(a, 1), Some((b, Column::Reference)), "from the end of a row to the next");
        assert_eq!(grid.next_cell(b, 1), None, "the grid ends");
        assert_eq!(grid.next_cell(a, -1), Some((a, Column::Position)));
        grid.set_cursor(Column::Reference);
        assert_eq!(grid.next_cell(b, -1), Some((a, Column::Actions)), "and back");
        grid.columns = vec![Column::Reference, Column::State];
        assert_eq!(grid.cursor_column(), Column::Reference, "a column that is shown");
        grid.cursor.column = Column::Actions;
        assert_eq!(grid.cursor_column(), Column::State, "instead of one that is hidden");
    }
}
