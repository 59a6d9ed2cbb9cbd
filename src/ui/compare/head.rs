//! Above the table: whose plan it is, and what must be said of its file. Without a plan, what the tab is for.

use super::CompareTab;
use crate::app::settings::Recent;
use crate::app::{Command, Comparing};
use crate::model::printed::day;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::buttons::command_tooltip;
use crate::ui::widgets::{Shape, draw_shape, link_button, primary_button};
use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui};

pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut CompareTab, comparing: &Comparing) {
    let theme = tokens(ui);
    let theirs = &comparing.theirs;
    let frame = Frame::new().fill(theme.paper).inner_margin(Margin { left: 14, right: 14, top: 6, bottom: 6 });
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        let line = egui::vec2(ui.available_width(), 30.0);
        ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| {
            if ui.button("Put away").on_hover_text("End comparing; neither file was changed").clicked() {
                ctx.send(Wish::EndComparing);
            }
            if ui.button("Another plan…").on_hover_text(command_tooltip(Command::CompareWith)).clicked() {
                ctx.send(Wish::Run(Command::CompareWith));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let info = theirs.plan.info();
                let parts = [info.title, info.version, info.as_at.map(day).unwrap_or_default()];
                let about = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
                let name = if info.organisation.is_empty() { "The other plan".to_owned() } else { info.organisation };
                ui.label("Beside");
                ui.label(RichText::new(name).font(theme::strong(size::BODY)));
                let about =
                    RichText::new(format!("{about}   Underlined: words of one plan only")).color(theme.ink_second);
                ui.add(Label::new(about).truncate()).on_hover_text(theirs.path.display().to_string());
            });
        });
        if comparing.is_copy_of(ctx.plan.id()) {
            note(ui, "This is a copy of your own plan. Comparing changes nothing; to take its changes over, merge it.");
            let merge = ui.add_enabled(ctx.editable, egui::Button::new("Merge this copy…"));
            if merge.on_hover_text(command_tooltip(Command::MergeCopy)).clicked() {
                ctx.send(Wish::Merge(theirs.path.clone()));
            }
        }
        for said in theirs.said() {
            note(ui, &said);
        }
        bad_rows(ui, tab, comparing);
    });
    ui.painter().hline(ui.min_rect().x_range(), ui.min_rect().bottom(), egui::Stroke::new(1.0, theme.line));
}

fn note(ui: &mut Ui, text: &str) {
    let tint = tokens(ui).tint(Tone::Amber);
    Frame::new().fill(tint.ground).corner_radius(4).inner_margin(Margin::symmetric(8, 3)).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let (place, _) = ui.allocate_exact_size(egui::vec2(12.0, size::LINE), egui::Sense::hover());
            draw_shape(ui.painter(), place.center(), 10.0, Shape::Triangle, tint.ink);
            ui.add(Label::new(RichText::new(text).color(tint.ink)).wrap());
        });
    });
}

/// The rows of their file that could not be used, on demand.
fn bad_rows(ui: &mut Ui, tab: &mut CompareTab, comparing: &Comparing) {
    let bad = &comparing.theirs.bad;
    if bad.is_empty() {
        return;
    }
    let word = if tab.listed { "Hide the list" } else { "List what could not be used" };
    if link_button(ui, word).clicked() {
        tab.listed = !tab.listed;
    }
    if !tab.listed {
        return;
    }
    ScrollArea::vertical().id_salt("bad rows").max_height(140.0).auto_shrink([false, true]).show_rows(
        ui,
        size::LINE,
        bad.len(),
        |ui, shown| {
            for row in &bad[shown] {
                ui.label(RichText::new(crate::model::printed::capital(&row.to_string())).size(size::SMALL));
            }
        },
    );
}

/// No row is left of the filter.
pub(super) fn nothing_shown(ui: &mut Ui, comparing: &mut Comparing) {
    ui.vertical_centered(|ui| {
        ui.add_space(60.0);
        let words =
            if comparing.filter.is_all() { "Neither plan holds anything to compare" } else { "No row is like that" };
        ui.label(RichText::new(words).font(theme::strong(size::TITLE)));
        if !comparing.filter.is_all() && ui.button("Show all").clicked() {
            comparing.filter = Default::default();
        }
    });
}

/// What the tab is for.
pub(super) fn empty(ui: &mut Ui, ctx: &Ctx<'_>, recent: &[Recent]) {
    let theme = tokens(ui);
    ui.vertical_centered(|ui| {
        ui.add_space(60.0);
        ui.label(RichText::new("Compare with a neighbour's plan").font(theme::strong(size::TITLE)));
        let text = "See what they say to each recommendation beside what you say, what only one of you has and what \
                    differs, and take over a wording or an action with its source. Their file is only read, and \
                    nothing of yours goes into it.";
        ui.scope(|ui| {
            ui.set_max_width(560.0);
            ui.add(Label::new(RichText::new(text).color(theme.ink_second)).wrap());
        });
        ui.add_space(space::WIDE);
        if primary_button(ui, Command::CompareWith.offer().name).clicked() {
            ctx.send(Wish::Run(Command::CompareWith));
        }
        let drop = "You can also drop their file on this window";
        ui.label(RichText::new(drop).size(size::SMALL).color(theme.ink_second));
        if recent.is_empty() {
            return;
        }
        ui.add_space(space::WIDE);
        ui.label(RichText::new("Compared before").font(theme::strong(size::SMALL)).color(theme.ink_second));
        for plan in recent {
            let date = plan.as_at.map(|date| format!(", {}", day(date))).unwrap_or_default();
            let name = if plan.organisation.is_empty() { "A plan" } else { &plan.organisation };
            let response = link_button(ui, &format!("{name}{date}"));
            if response.on_hover_text(plan.path.display().to_string()).clicked() {
                ctx.send(Wish::CompareWith(plan.path.clone()));
            }
        }
    });
}
