//! Moving recommendations by dragging their numbers, onto a place or a theme's heading.

use super::Grid;
use super::filter::GridRow;
use crate::model::Id;
use crate::model::intent::Place;
use crate::model::view::Group;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, tokens};
use crate::ui::themes::Arrange;
use egui::{CursorIcon, Key, Rect, Response, Stroke, StrokeKind, Ui, pos2, vec2};
use egui_material_icons::icons::ICON_DRAG_INDICATOR;

/// So close to the grid's edge, in points, a drag scrolls it.
const EDGE: f32 = 36.0;

/// What moving remembers between frames.
#[derive(Debug, Default)]
pub struct Moving {
    /// What is being dragged.
    dragged: Option<Id>,
    /// Where it would go.
    over: Option<Place>,
    /// The grid was scrolled in this frame.
    scrolled: bool,
}

impl Grid {
    /// Whether a recommendation is being dragged: Esc then ends that, and nothing else.
    #[must_use]
    pub fn is_dragging(&self) -> bool {
        self.moving.dragged.is_some()
    }

    /// Why rows cannot be moved as the grid is looked at; `None` where they can.
    #[must_use]
    pub fn why_fixed(&self) -> Option<&'static str> {
        if self.is_narrowed() {
            Some(
                "The list is narrowed. Choose “Show all”, or untick “Narrow the list” beside a search, and move again.",
            )
        } else if !self.sort.is_empty() {
            Some("The list is sorted by a column. Click its heading until no arrow is left, and move again.")
        } else if self.group != Group::Theme {
            Some("The list does not stand under its themes. Choose themes as its headings, and move again.")
        } else {
            None
        }
    }
}

/// What dragging has to do with a row; `handle` is its number, which is dragged. `place` is its number in the grid.
pub fn row(ui: &Ui, ctx: &Ctx<'_>, grid: &mut Grid, (place, id): (usize, Id), handle: Option<&Response>) {
    let rect = ui.max_rect();
    if let Some(handle) = handle.filter(|_| ctx.editable) {
        grip(ui, ctx, grid, id, handle);
    } else if grid.moving.dragged.is_some() {
        scroll(ui, grid);
    }
    let Some(pointer) = over(ui, grid, rect) else { return };
    let theme = ctx.plan.recommendations.get(&id).and_then(|row| row.theme);
    let theme = theme.filter(|theme| ctx.plan.themes.contains_key(theme));
    let above = pointer < rect.center().y;
    let next = grid.rows.get(place + 1).and_then(|row| match row {
        GridRow::Recommendation(next) => Some(*next),
        GridRow::Heading(_) => None,
    });
    grid.moving.over = Some(Place { theme, before: if above { Some(id) } else { next } });
    let y = if above { rect.top() + 1.0 } else { rect.bottom() - 1.5 };
    ui.painter().hline(rect.x_range(), y, Stroke::new(3.0, tokens(ui).accent));
}

/// What dragging has to do with a theme's heading: what is let go on it becomes the first under it.
pub fn heading(ui: &Ui, ctx: &Ctx<'_>, grid: &mut Grid, theme: Option<Id>) {
    let rect = ui.max_rect();
    if over(ui, grid, rect).is_none() {
        return;
    }
    let of = |id: &Id| ctx.plan.recommendations.get(id).and_then(|row| row.theme);
    let of = |id: &Id| of(id).filter(|theme| ctx.plan.themes.contains_key(theme));
    let first = ctx.index.recommendations.iter().find(|id| of(id) == theme).copied();
    grid.moving.over = Some(Place { theme, before: first });
    ui.painter().rect_stroke(rect.shrink(1.0), 0.0, Stroke::new(2.0, tokens(ui).accent), StrokeKind::Inside);
}

/// The height of the pointer, where something is dragged over a row.
fn over(ui: &Ui, grid: &Grid, rect: Rect) -> Option<f32> {
    grid.moving.dragged?;
    let pointer = ui.input(|input| input.pointer.latest_pos())?;
    let seen = ui.clip_rect().y_range();
    (rect.y_range().contains(pointer.y) && seen.contains(pointer.y)).then_some(pointer.y)
}

fn grip(ui: &Ui, ctx: &Ctx<'_>, grid: &mut Grid, id: Id, handle: &Response) {
    let theme = tokens(ui);
    let rect = handle.rect;
    if handle.hovered() && grid.moving.dragged.is_none() {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
        let font = egui::FontId::new(16.0, ICON_DRAG_INDICATOR.font_family());
        let at = pos2(rect.left() + 8.0, rect.top() + 32.0);
        if at.y + 16.0 < rect.bottom() {
            ui.painter().text(at, egui::Align2::LEFT_TOP, ICON_DRAG_INDICATOR.codepoint, font, theme.ink_second);
        }
    }
    if handle.drag_started_by(egui::PointerButton::Primary) {
        if grid.why_fixed().is_some() {
            // says why not
            ctx.send(Wish::Arrange(Arrange::Drop { dragged: id, place: Place { theme: None, before: None } }));
        } else {
            grid.moving.dragged = Some(id);
        }
    }
}

/// Scrolls while something is held near the upper or lower edge.
fn scroll(ui: &Ui, grid: &mut Grid) {
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let seen = ui.clip_rect();
    if std::mem::replace(&mut grid.moving.scrolled, true) {
        return;
    }
    let by = if pointer.y < seen.top() + EDGE {
        (seen.top() + EDGE - pointer.y).min(EDGE) / 3.0
    } else if pointer.y > seen.bottom() - EDGE {
        (seen.bottom() - EDGE - pointer.y).max(-EDGE) / 3.0
    } else {
        return;
    };
    ui.scroll_with_delta(vec2(0.0, by));
    ui.ctx().request_repaint();
}

/// After all rows: what is dragged goes along with the pointer, and goes where it is let go. Esc lets it be.
pub fn finish(ui: &Ui, ctx: &Ctx<'_>, grid: &mut Grid) {
    grid.moving.scrolled = false;
    let over = grid.moving.over.take();
    let Some(dragged) = grid.moving.dragged else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    // the press itself may be somebody else's already
    if ui.input(|input| input.key_down(Key::Escape)) {
        grid.moving.dragged = None;
        return;
    }
    if ui.input(|input| input.pointer.primary_down()) {
        let together = if grid.marked.contains(&dragged) { grid.marked.len() } else { 1 };
        ghost(ui, ctx, dragged, together);
        return;
    }
    grid.moving.dragged = None;
    if let Some(place) = over {
        ctx.send(Wish::Arrange(Arrange::Drop { dragged, place }));
    }
}

/// What is dragged, beside the pointer.
fn ghost(ui: &Ui, ctx: &Ctx<'_>, dragged: Id, together: usize) {
    let theme = tokens(ui);
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let reference = ctx.plan.recommendations.get(&dragged).map_or("", |row| row.reference.as_str());
    let words = match together {
        0 | 1 => format!("Move {reference}"),
        several => format!("Move {several} recommendations"),
    };
    let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("moving"));
    let painter = ui.ctx().layer_painter(layer);
    let galley = painter.layout_no_wrap(words, theme::strong(size::SMALL), theme.on_accent);
    let rect = Rect::from_min_size(pointer + vec2(14.0, 10.0), galley.size() + vec2(16.0, 8.0));
    painter.rect_filled(rect, 4.0, theme.accent);
    painter.galley(rect.min + vec2(8.0, 4.0), galley, theme.on_accent);
}
