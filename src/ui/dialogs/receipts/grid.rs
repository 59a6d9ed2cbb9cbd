//! One provider: sources down, months across, a shape in each cell.

use super::{Place, Receipts, look, said};
use crate::model::Id;
use crate::model::due::Month;
use crate::model::intelligence::{Intelligence, upper_first};
use crate::model::signal::Source;
use crate::model::triangulation::ReceiptState;
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::draw_shape;
use egui::accesskit::Role;
use egui::containers::menu::menu_style;
use egui::{
    Align2, EventFilter, Key, Popup, PopupCloseBehavior, PopupKind, Rect, Response, Sense, SetOpenCommand, Ui,
    WidgetInfo, pos2, vec2,
};

/// Width of the sources' names, and heights of a row and of the months' names, in points.
const NAMES: f32 = 196.0;
const ROW: f32 = 26.0;
const HEAD: f32 = 36.0;

/// Where everything lies.
struct Layout {
    at: Rect,
    cell: f32,
}

impl Layout {
    fn cell(&self, place: Place) -> Rect {
        let corner = pos2(
            self.at.left() + NAMES + place.column as f32 * self.cell,
            self.at.top() + HEAD + place.row as f32 * ROW,
        );
        Rect::from_min_size(corner, vec2(self.cell, ROW))
    }

    /// The cell under a point, or the nearest one.
    fn under(&self, point: egui::Pos2, columns: usize) -> Place {
        let step = |distance: f32, size: f32, all: usize| {
            let at = (distance / size).floor().max(0.0) as usize;
            at.min(all.saturating_sub(1))
        };
        Place {
            row: step(point.y - self.at.top() - HEAD, ROW, Source::ALL.len()),
            column: step(point.x - self.at.left() - NAMES, self.cell, columns),
        }
    }
}

/// Draws the grid and does what is done in it.
pub(super) fn show(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    receipts: &mut Receipts,
    provider: Id,
    intelligence: Option<&Intelligence>,
) {
    let months = receipts.months();
    let columns = months.len();
    if !std::mem::replace(&mut receipts.begun, true) {
        (receipts.cursor.column, receipts.anchor.column) = (columns - 1, columns - 1);
    }
    receipts.cursor.column = receipts.cursor.column.min(columns - 1);
    receipts.anchor.column = receipts.anchor.column.min(columns - 1);
    let cell = ((ui.available_width() - NAMES - 4.0) / columns as f32).clamp(18.0, 44.0);
    let wanted = vec2(NAMES + cell * columns as f32, HEAD + ROW * Source::ALL.len() as f32);
    let (at, _) = ui.allocate_exact_size(wanted, Sense::hover());
    let layout = Layout { at, cell };
    heads(ui, receipts, &layout, &months);
    let id = egui::Id::unique("receipts of a provider");
    let mut focused = false;
    for (row, source) in Source::ALL.iter().enumerate() {
        for (column, month) in months.iter().enumerate() {
            let place = Place { row, column };
            let state = intelligence.map_or_else(
                || said(ctx.plan, provider, place, &months).and_then(|row| row.state),
                |all| all.coverage(provider, *source, *month),
            );
            let is_said = said(ctx.plan, provider, place, &months).is_some();
            let response = cell_at(ui, receipts, &layout, id, place);
            paint(ui, receipts, &layout, place, state, is_said);
            let name = format!("{}, {}: {}", upper_first(source.several()), month.label(), words(state));
            let selected = receipts.is_selected(place);
            response.widget_info(|| WidgetInfo::selected(Role::Cell, ctx.editable, selected, &name));
            if response.hovered() {
                let note = said(ctx.plan, provider, place, &months).map_or("", |row| row.note.as_str());
                hover(&response, &name, is_said, note);
            }
            focused |= response.has_focus();
            act(ui, ctx, receipts, &layout, &response, place, columns);
            if place == receipts.cursor {
                menu(ctx, receipts, &response, provider);
                if std::mem::take(&mut receipts.refocus) {
                    // what chose the state is gone: the keys go on from the cell
                    response.request_focus();
                }
            }
        }
    }
    if focused {
        follow_keys(ui, ctx, receipts, provider, id);
    }
}

fn cell_id(id: egui::Id, place: Place) -> egui::Id {
    id.with((place.row, place.column))
}

/// Only the cell of the cursor is reached by Tab; from there the arrows lead on.
fn cell_at(ui: &Ui, receipts: &Receipts, layout: &Layout, id: egui::Id, place: Place) -> Response {
    let mut sense = Sense::CLICK | Sense::DRAG;
    if place == receipts.cursor {
        sense |= Sense::FOCUSABLE;
    }
    ui.interact(layout.cell(place), cell_id(id, place), sense)
}

fn act(
    ui: &Ui,
    ctx: &Ctx<'_>,
    receipts: &mut Receipts,
    layout: &Layout,
    response: &Response,
    place: Place,
    columns: usize,
) {
    if response.clicked() {
        if !ui.input(|input| input.modifiers.shift) {
            receipts.anchor = place;
        }
        receipts.cursor = place;
        receipts.menu = Some(ctx.editable);
        response.request_focus();
    }
    if response.drag_started() {
        let from = ui.input(|input| input.pointer.press_origin()).map_or(place, |at| layout.under(at, columns));
        (receipts.anchor, receipts.cursor) = (from, from);
        receipts.menu = Some(false);
    }
    if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
    {
        receipts.cursor = layout.under(at, columns);
    }
    if response.drag_stopped() {
        receipts.menu = Some(ctx.editable);
    }
}

fn menu(ctx: &Ctx<'_>, receipts: &mut Receipts, response: &Response, provider: Id) {
    let set = receipts.menu.take().map(SetOpenCommand::Bool);
    let at = (receipts.cursor.row, receipts.cursor.column);
    let popup = Popup::from_response(response)
        // a menu of its own for each cell: the click that closes one may open the other
        .id(egui::Id::unique(("menu of receipts", at)))
        .kind(PopupKind::Menu)
        .layout(egui::Layout::top_down_justified(egui::Align::Min))
        .style(menu_style)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .open_memory(set);
    popup.show(|ui| {
        ui.set_min_width(220.0);
        receipts.menu(ui, ctx, provider);
    });
}

/// The arrows belong to the grid while a cell has the focus.
fn follow_keys(ui: &Ui, ctx: &Ctx<'_>, receipts: &mut Receipts, provider: Id, id: egui::Id) {
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(cell_id(id, receipts.cursor), filter));
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    if ui.input(|input| arrows.iter().any(|key| input.key_pressed(*key))) {
        // a cell that has had the focus for one frame only could not keep egui from moving it
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    }
    if receipts.keys(ui, ctx, provider) {
        ui.memory_mut(|memory| memory.request_focus(cell_id(id, receipts.cursor)));
    }
}

/// The names of sources and months; each selects all of its row or column.
fn heads(ui: &Ui, receipts: &mut Receipts, layout: &Layout, months: &[Month]) {
    let theme = tokens(ui);
    let (rows, columns) = (Source::ALL.len(), months.len());
    for (row, source) in Source::ALL.iter().enumerate() {
        let top = layout.at.top() + HEAD + row as f32 * ROW;
        let rect = Rect::from_min_size(pos2(layout.at.left(), top), vec2(NAMES - 6.0, ROW));
        let name = upper_first(source.several());
        let response = ui.interact(rect, egui::Id::unique(("receipts of a source", row)), Sense::CLICK);
        let spoken = format!("{name}: every month shown");
        response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, &spoken));
        let ink = if response.hovered() { theme.accent } else { theme.ink };
        let place = rect.left_center();
        let fits = ui.painter().with_clip_rect(rect);
        fits.text(place, Align2::LEFT_CENTER, &name, theme::regular(size::SMALL), ink);
        ui.painter().hline(layout.at.x_range(), top, egui::Stroke::new(1.0, theme.line_faint));
        if response.clicked() {
            receipts.anchor = Place { row, column: 0 };
            receipts.cursor = Place { row, column: columns - 1 };
            receipts.menu = Some(true);
        }
    }
    for (column, month) in months.iter().enumerate() {
        let left = layout.at.left() + NAMES + column as f32 * layout.cell;
        let rect = Rect::from_min_size(pos2(left, layout.at.top()), vec2(layout.cell, HEAD));
        let response = ui.interact(rect, egui::Id::unique(("receipts of a month", column)), Sense::CLICK);
        let spoken = format!("{}: every source", month.label());
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &spoken));
        let ink = if response.hovered() { theme.accent } else { theme.ink_second };
        month_head(ui, rect, *month, column == 0, ink);
        if response.on_hover_text(month.label()).clicked() {
            receipts.anchor = Place { row: 0, column };
            receipts.cursor = Place { row: rows - 1, column };
            receipts.menu = Some(true);
        }
    }
}

/// "Apr" where it fits, else "A"; the year above January and the first month.
fn month_head(ui: &Ui, rect: Rect, month: Month, first: bool, ink: egui::Color32) {
    let theme = tokens(ui);
    let label = month.label();
    let (name, year) = label.split_once(' ').unwrap_or((&label, ""));
    let letters = if rect.width() < 30.0 { 1 } else { 3 };
    let short: String = name.chars().take(letters).collect();
    let font = theme::regular(size::TINY);
    ui.painter().text(rect.center_bottom() - vec2(0.0, 3.0), Align2::CENTER_BOTTOM, short, font.clone(), ink);
    let begins = name == "January";
    if first || begins {
        ui.painter().text(rect.left_top() + vec2(3.0, 2.0), Align2::LEFT_TOP, year, font, theme.ink_second);
    }
    if begins {
        ui.painter().vline(rect.left(), rect.y_range(), egui::Stroke::new(1.0, theme.line));
    }
}

fn paint(ui: &Ui, receipts: &Receipts, layout: &Layout, place: Place, state: Option<ReceiptState>, is_said: bool) {
    let theme = tokens(ui);
    let rect = layout.cell(place).shrink(1.5);
    if let Some(state) = state {
        let (shape, tone) = look(state);
        let tint = theme.tint(tone);
        if is_said {
            ui.painter().rect_filled(rect, 3.0, tint.ground);
        }
        let ink = if is_said { tint.ink } else { tint.ink.gamma_multiply(0.72) };
        draw_shape(ui.painter(), rect.center(), if is_said { 12.0 } else { 10.0 }, shape, ink);
    }
    if receipts.is_selected(place) {
        let width = if place == receipts.cursor { 2.0 } else { 1.0 };
        let stroke = egui::Stroke::new(width, theme.accent);
        ui.painter().rect_stroke(rect, 3.0, stroke, egui::StrokeKind::Inside);
    }
}

/// A month that begins after the date is not judged yet.
fn words(state: Option<ReceiptState>) -> &'static str {
    state.map_or("not yet", ReceiptState::word)
}

fn hover(response: &Response, name: &str, is_said: bool, note: &str) {
    let how = if is_said { "somebody said so" } else { "it follows from the data" };
    let note = if note.is_empty() { String::new() } else { format!("\n{note}") };
    response.clone().on_hover_text(format!("{name}\n{}{note}", crate::ui::widgets::pill::sentence_case(how)));
}
