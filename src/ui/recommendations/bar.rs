//! The bar above the grid: views, filters, how many of how many, headings, columns.

use super::facets::{PARTS, Part, groups};
use super::{Grid, columns, views};
use crate::app::Command;
use crate::model::text::count;
use crate::ui::bars::{is_narrow, search};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::buttons::command_tooltip;
use crate::ui::widgets::{chip, link_button};
use egui::{Align, Button, Layout, RichText, Ui};

/// Room between two parts, in points.
const GAP: f32 = 6.0;

/// Draws the bar.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, focus_search: &mut bool, editor_shown: bool) {
    grid.update_rows(ctx);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        views::menu(ui, ctx, grid);
        filters(ui, ctx, grid);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let right = ui.max_rect().right();
            right_part(ui, ctx, grid, editor_shown);
            if is_narrow(ui) {
                let field = search(ui, &mut grid.query, focus_search);
                crate::ui::find::enter(ui, &field, ctx.wishes());
            }
            let used = right - ui.min_rect().left();
            if (used - grid.bar_right).abs() > 1.0 {
                // the filters take the room that is left in the next frame
                grid.bar_right = used;
                ui.ctx().request_repaint();
            }
        });
    });
}

/// Whether headings have a menu of their own on the bar, not under "More".
fn has_room(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() >= 1200.0
}

fn filters(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid) {
    let facets = grid.facets().clone();
    let offered: Vec<Part> = PARTS.into_iter().filter(|part| part.is_offered(ctx, grid)).collect();
    let widths: Vec<f32> = offered
        .iter()
        .map(|part| {
            let label = part.label(ctx, grid, &facets);
            // a menu's arrow, or the cross of one that holds
            let more = if part.is_on(grid) { 18.0 } else { if matches!(part, Part::Switch(_)) { 4.0 } else { 16.0 } };
            text_width(ui, &label) + 18.0 + more + GAP
        })
        .collect();
    let clear = if grid.is_narrowed() { text_width(ui, "Show all") + 18.0 + GAP } else { 0.0 };
    let more = text_width(ui, "More: 9") + 36.0 + GAP;
    let room = ui.available_width() - grid.bar_right - clear - GAP;
    let on: Vec<bool> = offered.iter().map(|part| part.is_on(grid)).collect();
    let fits = that_fit(&widths, &on, room, more);
    for (part, _) in offered.iter().zip(&fits).filter(|(_, fits)| **fits) {
        part.show(ui, ctx, grid, &facets);
    }
    let rest: Vec<Part> = offered.iter().zip(&fits).filter(|(_, fits)| !**fits).map(|(part, _)| *part).collect();
    if !rest.is_empty() || !has_room(ui) {
        let held = rest.iter().filter(|part| part.is_on(grid)).count();
        let label = if held > 0 { format!("More: {held} ▾") } else { "More ▾".to_owned() };
        let button = chip(ui, &label, held > 0).on_hover_text("More filters");
        let close = egui::PopupCloseBehavior::CloseOnClickOutside;
        egui::Popup::menu(&button).id(egui::Id::unique("more filters")).close_behavior(close).show(|ui| {
            ui.set_min_width(200.0);
            for part in &rest {
                part.show(ui, ctx, grid, &facets);
            }
            if !has_room(ui) {
                ui.separator();
                groups(ui, grid);
            }
        });
    }
    if grid.is_narrowed() && link_button(ui, "Show all").on_hover_text("Clear all filters and the search").clicked() {
        grid.show_all();
    }
}

/// Which parts stand on the bar: those that hold first, then as many as there is room for, in order. Where not all fit,
/// `more` is kept free for the menu with the rest.
fn that_fit(widths: &[f32], on: &[bool], room: f32, more: f32) -> Vec<bool> {
    if widths.iter().sum::<f32>() <= room {
        return vec![true; widths.len()];
    }
    let mut left = room - more;
    let mut fits = vec![false; widths.len()];
    for holds in [true, false] {
        for (at, width) in widths.iter().enumerate().filter(|(at, _)| on[*at] == holds) {
            if *width <= left {
                fits[at] = true;
                left -= width;
            } else if !holds {
                // no later one before an earlier one
                return fits;
            }
        }
    }
    fits
}

fn text_width(ui: &Ui, text: &str) -> f32 {
    let ink = tokens(ui).ink;
    ui.painter().layout_no_wrap(text.to_owned(), theme::regular(size::SMALL), ink).size().x
}

/// From right to left: adding, columns, headings, how many.
fn right_part(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, editor_shown: bool) {
    let theme = tokens(ui);
    let enabled = Command::AddRecommendation.enabled(ctx.now);
    let add = ui.add_enabled(enabled, Button::new("+ Add")).on_hover_text(command_tooltip(Command::AddRecommendation));
    if add.clicked() {
        ctx.send(Wish::Run(Command::AddRecommendation));
    }
    columns::menu(ui, ctx, grid);
    if has_room(ui) {
        groups(ui, grid);
    }
    if !editor_shown && ui.button("Show the editor").on_hover_text(command_tooltip(Command::ToggleEditor)).clicked() {
        ctx.send(Wish::Run(Command::ToggleEditor));
    }
    let all = ctx.plan.recommendations.len();
    let whole = if grid.is_narrowed() {
        format!("{} of {}", grid.shown(), count(all, "recommendation"))
    } else {
        count(all, "recommendation")
    };
    let brief = if grid.is_narrowed() { format!("{} of {all}", grid.shown()) } else { all.to_string() };
    let words = if is_narrow(ui) { brief } else { whole.clone() };
    let label = ui.add(egui::Label::new(RichText::new(words).color(theme.ink_second)).extend());
    label.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &whole));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_stays_on_the_bar_and_the_rest_in_order_as_far_as_there_is_room() {
        let widths = [50.0, 60.0, 70.0, 80.0];
        let cases = [
            (260.0, [false; 4], [true; 4]),
            (250.0, [false; 4], [true, true, true, false]),
            (170.0, [false; 4], [true, true, false, false]),
            (150.0, [false, false, false, true], [false, false, false, true]),
            (185.0, [false, false, false, true], [true, false, false, true]),
            (40.0, [true; 4], [false; 4]),
        ];
        for (room, on, expected) in cases {
            assert_eq!(that_fit(&widths, &on, room, 50.0), expected, "room {room}, on {on:?}");
        }
    }
}
