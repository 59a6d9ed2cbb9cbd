//! The open cell in its place in the grid.

use super::{Close, OpenCell};
use crate::model::{Id, Recommendation};
use crate::ui::context::{Ctx, Wish};
use crate::ui::recommendations::cursor::{keyboard, paint_frame};
use crate::ui::recommendations::filter::GridRow;
use crate::ui::recommendations::{Grid, cell};
use crate::ui::theme::{self, size, space, tokens};
use egui::{Align, Layout, Rect, TextWrapMode, Ui, UiBuilder, vec2};

impl Grid {
    /// Closes a cell that is not to be seen any more: its row or its column went.
    pub(in crate::ui::recommendations) fn begin_open_cell(&mut self, ctx: &Ctx<'_>) {
        let Some(open) = &mut self.cursor.open else { return };
        let row = GridRow::Recommendation(open.row);
        if self.rows.contains(&row) && self.columns.contains(&open.column) && ctx.editable {
            open.begin_frame();
        } else {
            open.end(ctx);
            self.cursor.open = None;
        }
    }

    /// What the open cell of a row needs from its top to its bottom, in points; `None` where none is open.
    pub(in crate::ui::recommendations) fn open_height(&self, row: Id) -> Option<f32> {
        let open = self.cursor.open.as_ref().filter(|open| open.row == row)?;
        Some(open.height + 2.0 * space::CELL_TOP)
    }

    /// Draws the open cell.
    pub(in crate::ui::recommendations) fn open_cell_ui(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let Some(mut open) = self.cursor.open.take() else { return };
        let tokens = tokens(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, tokens.paper);
        let inner = cell::inner(rect);
        let room = Rect::from_min_size(inner.min, vec2(inner.width(), 1e6));
        let builder = UiBuilder::new().id_salt(("open cell", row.id)).max_rect(room);
        let mut child = ui.new_child(builder.layout(Layout::top_down(Align::Min)));
        // the table turns wrapping off
        child.style_mut().wrap_mode = Some(TextWrapMode::Wrap);
        // lines as far apart as in a cell that is closed
        let line = ui.fonts_mut(|fonts| fonts.row_height(&theme::regular(size::BODY)));
        child.spacing_mut().extra_text_line_spacing = (size::LINE - line).max(0.0);
        let mut close = open.show(&mut child, ctx, row);
        let height = child.min_rect().height().ceil();
        if (height - open.height).abs() > 0.5 {
            open.height = height;
            // the row is drawn again in this frame, as high as it has to be
            ui.ctx().request_discard("a cell grew while it was typed into");
        }
        paint_frame(ui, tokens, rect, true);
        if close.is_none() && open.was_left(ui, ctx, rect) {
            open.end(ctx);
            close = Some(Close::Elsewhere);
        }
        match close {
            None => self.cursor.open = Some(open),
            Some(close) => self.closed(ui, ctx, &open, close),
        }
    }

    fn closed(&mut self, ui: &Ui, ctx: &Ctx<'_>, open: &OpenCell, close: Close) {
        self.measure_again(open.row);
        ui.ctx().request_repaint();
        if close == Close::Elsewhere {
            return;
        }
        ui.memory_mut(|memory| memory.request_focus(keyboard()));
        let Close::Beside(by) = close else { return };
        if let Some((row, column)) = self.next_cell(open.row, by) {
            self.set_cursor(column);
            if row != open.row {
                ctx.send(Wish::Select(Some(row)));
            }
            self.scroll_to(row);
        }
    }
}
