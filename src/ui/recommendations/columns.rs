//! The menu of columns: which are shown, in which order, how wide.

use super::Grid;
use super::cell::least_width;
use super::facets::note;
use crate::model::view::{Column, move_column, show_column};
use crate::ui::context::{Ctx, Wish};
use crate::ui::widgets::{drop_down, icon_button};
use egui::{DragValue, Ui};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD};

/// Draws the menu.
pub(super) fn menu(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid) {
    drop_down(ui, "columns", "Columns", false, |ui| {
        ui.set_min_width(330.0);
        ui.set_max_width(360.0);
        let before = (grid.columns.clone(), grid.widths.clone());
        egui::Grid::new("columns").num_columns(4).spacing([10.0, 4.0]).show(ui, |ui| {
            for (at, column) in before.0.iter().enumerate() {
                row(ui, grid, *column, Some(at));
                ui.end_row();
            }
            for column in Column::ALL.iter().filter(|column| !before.0.contains(column)) {
                row(ui, grid, *column, None);
                ui.end_row();
            }
        });
        ui.separator();
        ui.horizontal(|ui| {
            let tip = "The columns that lists begin with, in their widths";
            if ui.button("As they were").on_hover_text(tip).clicked() {
                let usual = ctx.settings.usual_columns();
                (grid.columns, grid.widths) = (usual.shown, usual.widths);
            }
            let tip = "The list of every plan whose columns nobody changed begins with these";
            if ui.button("Use for new plans").on_hover_text(tip).clicked() {
                ctx.send(Wish::UsualColumns);
            }
        });
        let told = "The headings can also be dragged, by their edges to widen them. Remembered for this plan on this computer, and by a saved view.";
        note(ui, told);
        if before != (grid.columns.clone(), grid.widths.clone()) {
            ctx.send(Wish::KeepColumns);
        }
    });
}

/// A column's line: shown or not, and for one that is, its place and width.
fn row(ui: &mut Ui, grid: &mut Grid, column: Column, at: Option<usize>) {
    let name = if column == Column::Reference { "Number" } else { column.name() };
    let mut shown = at.is_some();
    let tick = ui.add_enabled(column != Column::Reference, egui::Checkbox::new(&mut shown, name));
    if tick.on_disabled_hover_text("The number is always the first").changed() {
        show_column(&mut grid.columns, column, shown);
    }
    let Some(at) = at else { return };
    let last = grid.columns.len() - 1;
    let left = icon_button(ui, ICON_ARROW_UPWARD, &format!("Move {name} to the left"), at > 1);
    if left.clicked() {
        move_column(&mut grid.columns, column, at - 1);
    }
    let right = icon_button(ui, ICON_ARROW_DOWNWARD, &format!("Move {name} to the right"), at > 0 && at < last);
    if right.clicked() {
        move_column(&mut grid.columns, column, at + 1);
    }
    let mut width = grid.width_of(column);
    let field = DragValue::new(&mut width).range(least_width(column) as u16..=900).suffix(" points").speed(2.0);
    if ui.add(field).accessible_name(format!("Width of {name} in points")).changed() {
        grid.widths.insert(column, width);
    }
}
