//! The menu of views: ways to look at the grid that are kept in the plan by name.

use super::Grid;
use super::facets::note;
use crate::model::view::{View, Widths};
use crate::model::{Id, SavedView, intent};
use crate::ui::context::Ctx;
use crate::ui::theme::tokens;
use crate::ui::widgets::drop_down;
use egui::{Button, RichText, ScrollArea, TextEdit, Ui};

/// Draws the menu.
pub(super) fn menu(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid) {
    let chosen = grid.chosen_view(ctx.plan).cloned();
    let changed = grid.is_changed(ctx.plan);
    let label = match &chosen {
        None => "Views".to_owned(),
        Some(row) => format!("View: {}{}", short(&row.name), if changed { " (changed)" } else { "" }),
    };
    drop_down(ui, "views", &label, chosen.is_some(), |ui| {
        ui.set_min_width(270.0);
        ui.set_max_width(400.0);
        list(ui, ctx, grid, changed);
        if ctx.editable {
            ui.separator();
            if let Some(row) = &chosen {
                of_chosen(ui, ctx, grid, row, changed);
            }
            keep(ui, ctx, grid, chosen.as_ref());
        }
    });
}

fn short(name: &str) -> String {
    let cut: String = name.chars().take(24).collect();
    if cut.len() < name.len() { format!("{}…", cut.trim_end()) } else { cut }
}

fn list(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, changed: bool) {
    let rows = ctx.plan.saved_views_in_order();
    if ui.radio(grid.chosen_view(ctx.plan).is_none(), "The whole plan").clicked() {
        let kept = ctx.settings.columns_of(ctx.plan.id());
        grid.look_at(View { columns: kept.shown, widths: kept.widths, ..View::default() });
        grid.chosen = None;
        ui.close();
    }
    if rows.is_empty() {
        let told = "A view keeps filter, search, order, headings and columns under a name, in the plan.";
        note(ui, told);
    }
    ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
        for row in rows {
            let read = View::read(&row.definition);
            let is_chosen = grid.chosen == Some(row.id);
            let name = if is_chosen && changed { format!("{} (changed)", row.name) } else { row.name.clone() };
            let response = ui.add_enabled(read.is_ok(), egui::RadioButton::new(is_chosen, name));
            match read {
                Ok(read) => {
                    if response.clicked() {
                        choose(ctx, grid, row.id, read.view);
                        ui.close();
                    }
                    if !read.unknown.is_empty() {
                        let told = format!("A newer Recap saved it; not known here: {}", read.unknown.join(", "));
                        note(ui, &told);
                    }
                }
                Err(_) => {
                    let told = "It is damaged and cannot be shown. Keep another view under its name in its place.";
                    note(ui, told);
                }
            }
        }
    });
}

fn choose(ctx: &Ctx<'_>, grid: &mut Grid, id: Id, mut view: View) {
    view.fit(ctx.plan);
    if view.widths == Widths::new() {
        // a view that says nothing of widths leaves them as they are
        view.widths.clone_from(&grid.widths);
    }
    grid.look_at(view);
    grid.chosen = Some(id);
}

/// What can be done with the view that is looked at.
fn of_chosen(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, row: &SavedView, changed: bool) {
    let name = short(&row.name);
    ui.horizontal_wrapped(|ui| {
        if changed && ui.button(format!("Save changes to “{name}”")).clicked() {
            ctx.edit(intent::save_view(ctx.plan, row.id, &row.name, &grid.view()));
            ui.close();
        }
        if changed && ui.button("Take changes back").clicked() {
            if let Ok(read) = View::read(&row.definition) {
                choose(ctx, grid, row.id, read.view);
            }
            ui.close();
        }
        if ui
            .button(format!("Delete “{name}”"))
            .on_hover_text("The list stays as it is; undo brings the view back")
            .clicked()
        {
            ctx.edit(intent::delete_view(ctx.plan, row.id));
            grid.chosen = None;
            ui.close();
        }
    });
}

/// Keeps what is looked at under the name that is typed, or gives the chosen view that name.
fn keep(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, chosen: Option<&SavedView>) {
    let theme = tokens(ui);
    ui.label("Keep what is shown as a view");
    let hint = RichText::new("For the March meeting").color(theme.ink_faint);
    let edit = TextEdit::singleline(&mut grid.naming)
        .hint_text(hint)
        .desired_width(250.0)
        .margin(egui::Margin::symmetric(8, 5))
        .background_color(theme.ground);
    let response = ui.add(edit).accessible_name("Name of the view");
    let entered =
        response.lost_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
    let name = grid.naming.trim().to_owned();
    let taken = intent::view_named(ctx.plan, &name);
    ui.horizontal_wrapped(|ui| {
        let words = if taken.is_some() { "Save over it" } else { "Save view" };
        let save = ui.add_enabled(!name.is_empty(), Button::new(words));
        if save.clicked() || (entered && !name.is_empty()) {
            let new = Id::random();
            grid.chosen = Some(taken.map_or(new, |row| row.id));
            ctx.edit(intent::save_view(ctx.plan, new, &name, &grid.view()));
            grid.naming.clear();
            ui.close();
        }
        if let Some(row) = chosen.filter(|_| !name.is_empty() && taken.is_none())
            && ui.button(format!("Rename “{}” to it", short(&row.name))).clicked()
        {
            ctx.edit(intent::rename_view(ctx.plan, row.id, &name));
            grid.naming.clear();
            ui.close();
        }
    });
}
