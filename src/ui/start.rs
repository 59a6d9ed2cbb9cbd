//! The start screen: what can be begun, and what was open before.

use super::App;
use super::context::Wish;
use super::theme::{self, Tone, size, space, tokens};
use super::widgets::buttons::command_tooltip;
use super::widgets::primary_button;
use crate::app::Command;
use crate::app::worker::OpenFor;
use egui::{Button, Frame, Margin, RichText, ScrollArea, Stroke, Ui};

/// Draws the start screen.
pub fn show(ui: &mut Ui, app: &mut App) {
    let theme = tokens(ui);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let width = 720.0_f32.min(ui.available_width() - 40.0);
        let side = ((ui.available_width() - width) / 2.0).max(20.0);
        ui.add_space(56.0);
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.label(RichText::new("Recap").font(theme::strong(26.0)));
                let text = "Your answer to an inquiry report: recommendations, current position, action plan";
                ui.label(RichText::new(text).size(size::HEADING).color(theme.ink_second));
                ui.add_space(space::WIDE);
                begin(ui, app);
                not_opened(ui, app);
                ui.add_space(space::WIDE);
                recent(ui, app);
            });
        });
    });
}

fn begin(ui: &mut Ui, app: &App) {
    let run = |command| app.wishes.borrow_mut().push(Wish::Run(command));
    ui.horizontal_wrapped(|ui| {
        if primary_button(ui, "Open…").on_hover_text(command_tooltip(Command::OpenPlan)).clicked() {
            run(Command::OpenPlan);
        }
        for command in [Command::NewPlan, Command::ImportDocument, Command::SamplePlan] {
            if ui.button(command.offer().name).on_hover_text(command_tooltip(command)).clicked() {
                run(command);
            }
        }
    });
    ui.label(
        RichText::new("You can also drop a plan or a document on this window")
            .size(size::SMALL)
            .color(tokens(ui).ink_second),
    );
}

/// A plan that could not be opened: what happened, and the ways on.
fn not_opened(ui: &mut Ui, app: &mut App) {
    let theme = tokens(ui);
    let Some(refused) = &app.session.not_opened else { return };
    let (path, taken) = (refused.path.clone(), refused.taken);
    let trouble = refused.trouble.clone();
    let mut choice = None;
    ui.add_space(space::NORMAL);
    let frame = Frame::new()
        .fill(theme.paper)
        .stroke(Stroke::new(1.0, theme.tint(Tone::Bad).ink))
        .corner_radius(5)
        .inner_margin(Margin::same(12));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(egui::Label::new(RichText::new(&trouble.what).font(theme::strong(size::BODY))).wrap());
        ui.add(egui::Label::new(&trouble.remedy).wrap());
        ui.add(
            egui::Label::new(RichText::new(path.display().to_string()).size(size::SMALL).color(theme.ink_second))
                .wrap(),
        );
        ui.horizontal(|ui| {
            if ui.button("Try again").clicked() {
                choice = Some(OpenFor::Editing);
            }
            if taken && ui.button("Open to read only").clicked() {
                choice = Some(OpenFor::Reading);
            }
            if taken && ui.button("Open all the same").on_hover_text("Only if you know that they have left").clicked() {
                choice = Some(OpenFor::EditingAllTheSame);
            }
            if ui.button("Dismiss").clicked() {
                app.session.not_opened = None;
            }
        });
    });
    if let Some(wanted) = choice {
        app.session.open_plan(&path, wanted);
    }
}

fn recent(ui: &mut Ui, app: &mut App) {
    let theme = tokens(ui);
    if app.session.settings.recent.is_empty() {
        ui.label(RichText::new("No plan was opened here yet").color(theme.ink_second));
        ui.label(
            RichText::new("Begin with a document you have, or look at the sample plan of a made-up CCG")
                .color(theme.ink_second),
        );
        return;
    }
    ui.label(RichText::new("Recent plans").font(theme::strong(size::HEADING)));
    let mut open = None;
    let mut forget = None;
    for (i, recent) in app.session.settings.recent.iter().enumerate() {
        let as_at = recent.as_at.map_or_else(String::new, |date| format!(" · as at {}", date.format("%-d %B %Y")));
        let frame = Frame::new()
            .fill(theme.paper)
            .stroke(Stroke::new(1.0, theme.line))
            .corner_radius(5)
            .inner_margin(Margin::symmetric(12, 8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.set_height(40.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let name = format!("Take {} off the list", recent.path.display());
                if ui.add(Button::new("Forget").frame(false)).accessible_name(name).clicked() {
                    forget = Some(i);
                }
                let name = format!("Open {}", recent.path.display());
                if ui.add(Button::new("Open")).accessible_name(name).clicked() {
                    open = Some(recent.path.clone());
                }
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let title =
                        RichText::new(format!("{}{as_at}", recent.organisation)).font(theme::strong(size::BODY));
                    ui.add(egui::Label::new(title).truncate());
                    let path =
                        RichText::new(recent.path.display().to_string()).size(size::SMALL).color(theme.ink_second);
                    ui.add(egui::Label::new(path).truncate());
                });
            });
        });
    }
    if let Some(path) = open {
        app.session.open_plan(&path, OpenFor::Editing);
    }
    if let Some(i) = forget {
        app.session.settings.recent.remove(i);
        app.session.save_settings();
    }
}
