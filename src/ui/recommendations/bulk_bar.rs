//! The bar at the grid's foot while several rows are selected: how many, and what can be done with them.

use super::Grid;
use crate::app::Command;
use crate::model::Id;
use crate::ui::context::{Ctx, Wish};
use crate::ui::dialogs::bulk::What;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::buttons::command_tooltip;
use crate::ui::widgets::link_button;
use egui::{Align, Button, Layout, RichText, Ui};
use std::collections::BTreeSet;

/// Height of the bar in points.
pub const HEIGHT: f32 = 42.0;
/// From this width on, in points, everything stands in the bar; else what is rarer stands under "More".
const WIDE: f32 = 800.0;

/// Where its height is noted for whatever lies over the grid's foot.
#[must_use]
pub fn height_id() -> egui::Id {
    egui::Id::unique("height of the bar for selected rows")
}

/// Draws the bar.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, selected: Option<Id>) {
    let theme = tokens(ui);
    let wide = ui.available_width() >= WIDE;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT + 2.0;
        let words = format!("{} selected", grid.marked.len());
        let label = ui.label(RichText::new(&words).font(theme::strong(size::BODY)).color(theme.tint(Tone::Blue).ink));
        // said when it changes, without the focus leaving the list
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        let shown = grid.steps().collect::<BTreeSet<_>>().len();
        if grid.marked.len() < shown && link_button(ui, &format!("Select all {shown}")).clicked() {
            let wish = grid.mark_all(selected);
            ctx.send(wish);
        }
        ui.add_space(space::NORMAL);
        let asks = [
            (What::Theme, "Theme…", "Put them under a theme"),
            (What::Owner, "Owner…", "Give their actions an owner"),
            (What::State, "State…", "Set the state of their positions, or of their actions"),
            (What::Due, "Due…", "Give their actions a new due"),
            (What::Link, "Link an action…", "One action for all of them: one that is there, or a new one"),
        ];
        for (what, words, tip) in asks {
            let button = ui.add_enabled(ctx.editable, Button::new(words));
            if button.on_hover_text(tip).clicked() {
                ctx.send(Wish::Bulk(what));
            }
        }
        if wide {
            rest(ui, ctx, true);
        } else {
            ui.menu_button("More ▾", |ui| rest(ui, ctx, false)).response.accessible_name("More for the selected rows");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if link_button(ui, "Clear").on_hover_text("Select the cursor's row alone (Esc)").clicked() {
                ctx.send(Wish::Mark(BTreeSet::new(), selected));
            }
        });
    });
}

fn rest(ui: &mut Ui, ctx: &Ctx<'_>, in_bar: bool) {
    for (command, words) in [(Command::Duplicate, "Duplicate"), (Command::DeleteRows, "Delete")] {
        let button = ui.add_enabled(command.enabled(ctx.now), Button::new(words));
        if button.on_hover_text(command_tooltip(command)).clicked() {
            ctx.send(Wish::Run(command));
        }
    }
    let copy =
        ui.add(Button::new("Copy")).on_hover_text("With the columns that are shown, for Excel and Word (Ctrl+C)");
    if copy.clicked() {
        ctx.send(Wish::Copy { cut: false });
        if !in_bar {
            ui.close();
        }
    }
}
