//! Buttons by meaning.

use crate::app::Command;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, tokens};
use egui::{Button, Response, RichText, Ui};
use egui_material_icons::MaterialIcon;

/// The one thing to do next on a screen.
pub fn primary_button(ui: &mut Ui, text: &str) -> Response {
    let theme = tokens(ui);
    let text = RichText::new(text).font(theme::strong(size::BODY)).color(theme.on_accent);
    ui.add(Button::new(text).fill(theme.accent).stroke(egui::Stroke::NONE))
}

/// A button that is only an icon: its name is given to screen readers and on hover.
pub fn icon_button(ui: &mut Ui, icon: MaterialIcon, name: &str, enabled: bool) -> Response {
    let theme = tokens(ui);
    let ink = if enabled { theme.ink_second } else { theme.line_field };
    let text = RichText::new(icon.codepoint).font(egui::FontId::new(18.0, icon.font_family())).color(ink);
    let response = ui.add_enabled(enabled, Button::new(text).frame(false).min_size(egui::vec2(28.0, 28.0)));
    response.accessible_name(name).on_hover_text(name).on_disabled_hover_text(name)
}

/// A button that reads as a link.
pub fn link_button(ui: &mut Ui, text: &str) -> Response {
    let theme = tokens(ui);
    ui.add(Button::new(RichText::new(text).color(theme.accent)).frame(false))
}

/// A command's name and key as its tooltip.
#[must_use]
pub fn command_tooltip(command: Command) -> String {
    let offer = command.offer();
    match offer.shortcut {
        Some(shortcut) => format!("{} ({shortcut})", offer.tooltip),
        None => offer.tooltip.to_owned(),
    }
}

/// A button that runs a command.
pub fn command_button(ui: &mut Ui, ctx: &Ctx<'_>, command: Command) -> Response {
    let response = ui.add_enabled(command.enabled(ctx.now), Button::new(command.offer().name));
    let response = response.on_hover_text(command_tooltip(command));
    if response.clicked() {
        ctx.send(Wish::Run(command));
    }
    response
}
