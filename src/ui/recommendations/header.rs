//! The headings of columns: a click sorts, dragging one moves its column.

use super::Grid;
use super::grid::bounds;
use crate::model::view::{Column, move_column};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use egui::accesskit::{Role, SortDirection};
use egui::{Align2, Key, Modifiers, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

/// What the headings remember between frames.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Where each heading was drawn last.
    places: Vec<(Column, Rect)>,
    /// The column that is dragged.
    dragged: Option<Column>,
    /// How wide columns were when the mouse went down.
    pub(super) pressed: Vec<(Column, f32)>,
}

/// How near its column's edge a heading leaves the mouse to the edge, in points.
const EDGE: f32 = 5.0;

/// Draws a column's heading.
pub(super) fn cell(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, column: Column) {
    let theme = tokens(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, theme.paper);
    grid.header.places.retain(|(other, _)| *other != column);
    grid.header.places.push((column, rect));
    let id = ui.unique_id().with("heading");
    let response = ui.interact(rect.shrink2(vec2(EDGE, 0.0)), id, Sense::click_and_drag());
    let sorted = grid.sort.iter().position(|sort| sort.column == column);
    let descending = sorted.map(|at| grid.sort[at].descending);
    let dragged = grid.header.dragged == Some(column);
    if response.hovered() || response.has_focus() || dragged {
        ui.painter().rect_filled(rect.shrink2(vec2(1.0, 3.0)), 3.0, theme.ground);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, theme.accent);
        ui.painter().rect_stroke(rect.shrink2(vec2(2.0, 4.0)), 3.0, ring, egui::StrokeKind::Inside);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line));
    let ink = if sorted.is_some() { theme.accent } else { theme.ink_second };
    let font = theme::strong(size::SMALL);
    let at = pos2(rect.left() + space::CELL, rect.center().y);
    let drawn = ui.painter().text(at, Align2::LEFT_CENTER, column.name(), font, ink);
    if let (Some(at), Some(descending)) = (sorted, descending) {
        arrow(ui, pos2(drawn.right() + 9.0, rect.center().y), descending, ink);
        if grid.sort.len() > 1 {
            let beside = pos2(drawn.right() + 16.0, rect.center().y);
            ui.painter().text(beside, Align2::LEFT_CENTER, (at + 1).to_string(), theme::regular(size::TINY), ink);
        }
    }
    spoken(ui, grid, column, id, rect, descending);
    let tip = format!(
        "Sort by {}: a click up, the next down, the third as the plan has it. With Shift beside what is sorted by already. Drag to move the column.",
        column.spoken()
    );
    let response = response.on_hover_text(tip);
    if response.clicked() {
        let beside = ui.input(|input| input.modifiers.shift);
        grid.sort_by(column, beside);
    }
    if response.has_focus() {
        moved_by_key(ui, ctx, grid, column);
    }
    drag(ui, ctx, grid, column, &response);
}

/// A triangle that points the way of the order; drawn, as not every font has it.
fn arrow(ui: &Ui, at: egui::Pos2, descending: bool, ink: egui::Color32) {
    let (tip, base) = if descending { (3.0, -2.5) } else { (-3.0, 2.5) };
    let points = vec![at + vec2(0.0, tip), at + vec2(-4.0, base), at + vec2(4.0, base)];
    ui.painter().add(Shape::convex_polygon(points, ink, Stroke::NONE));
}

fn spoken(ui: &Ui, grid: &Grid, column: Column, id: egui::Id, rect: Rect, descending: Option<bool>) {
    let place = grid.sort.iter().position(|sort| sort.column == column).map_or(0, |at| at + 1);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::ColumnHeader);
        node.set_label(column.name());
        node.set_bounds(bounds(rect));
        if let Some(descending) = descending {
            node.set_sort_direction(if descending { SortDirection::Descending } else { SortDirection::Ascending });
            let way = if descending { "last first" } else { "first first" };
            node.set_description(format!("Sorted, {way}, key {place}"));
        }
    });
}

/// Alt and an arrow move the column of the heading that has the focus.
fn moved_by_key(ui: &Ui, ctx: &Ctx<'_>, grid: &mut Grid, column: Column) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::ALT, key));
    let by = isize::from(pressed(Key::ArrowRight)) - isize::from(pressed(Key::ArrowLeft));
    let Some(at) = grid.columns.iter().position(|other| *other == column).filter(|_| by != 0) else { return };
    move_column(&mut grid.columns, column, at.saturating_add_signed(by));
    ctx.send(Wish::KeepColumns);
}

fn drag(ui: &Ui, ctx: &Ctx<'_>, grid: &mut Grid, column: Column, response: &egui::Response) {
    if response.drag_started() && column != Column::Reference {
        grid.header.dragged = Some(column);
    }
    if grid.header.dragged != Some(column) {
        return;
    }
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let Some(pointer) = response.interact_pointer_pos().or_else(|| ui.ctx().pointer_interact_pos()) else { return };
    let places = in_order(grid);
    let (to, x) = target(&places, pointer.x);
    // over all columns, also where the dragged one is not
    let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("dragged column"));
    let painter = ui.ctx().layer_painter(layer);
    if let Some((_, rect)) = places.first() {
        painter.vline(x, rect.y_range(), Stroke::new(3.0, tokens(ui).accent));
    }
    if response.drag_stopped() {
        grid.header.dragged = None;
        let from = grid.columns.iter().position(|other| *other == column).unwrap_or(0);
        // taken out first, what stands right of it moves up
        let to = if to > from { to - 1 } else { to };
        if to != from {
            move_column(&mut grid.columns, column, to);
            ctx.send(Wish::KeepColumns);
        }
    }
}

/// Where the headings stand, from left to right.
fn in_order(grid: &Grid) -> Vec<(Column, Rect)> {
    let place = |column: &Column| grid.header.places.iter().find(|(other, _)| other == column).copied();
    grid.columns.iter().filter_map(place).collect()
}

/// Before which of the columns something dropped at `x` goes, and where the line stands that shows it. Never before the
/// number.
fn target(places: &[(Column, Rect)], x: f32) -> (usize, f32) {
    let before = places.iter().enumerate().skip(1).find(|(_, (_, rect))| x < rect.center().x);
    match (before, places.last()) {
        (Some((at, (_, rect))), _) => (at, rect.left()),
        (None, Some((_, last))) => (places.len(), last.right()),
        (None, None) => (0, x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_dropped_before_the_one_whose_left_half_is_under_the_mouse_and_never_before_the_number() {
        let of = |at: usize, column| {
            (column, Rect::from_min_max(pos2(at as f32 * 100.0, 0.0), pos2(at as f32 * 100.0 + 100.0, 30.0)))
        };
        let places = [of(0, Column::Reference), of(1, Column::Theme), of(2, Column::Due)];
        let cases = [(10.0, 1, 100.0), (120.0, 1, 100.0), (180.0, 2, 200.0), (220.0, 2, 200.0), (290.0, 3, 300.0)];
        for (x, to, line) in cases {
            assert_eq!(target(&places, x), (to, line), "at {x}");
        }
    }
}
