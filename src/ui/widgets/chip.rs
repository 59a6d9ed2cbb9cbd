//! Rounded buttons of a filter bar: what is chosen, and what there is to choose from.

use crate::ui::theme::{self, Tone, size, tokens};
use egui::{Button, RichText, Stroke, Ui};

/// A chip that opens what is to choose from. Within a menu it opens beside it: of popups that are not
/// each other's part only one is open, so a second one would close the menu that it stands in.
pub fn drop_down(ui: &mut Ui, id: &str, label: &str, on: bool, content: impl FnOnce(&mut Ui)) {
    let close = egui::PopupCloseBehavior::CloseOnClickOutside;
    if egui::containers::menu::is_in_menu(ui) {
        let theme = tokens(ui);
        let words = RichText::new(label).color(if on { theme.accent } else { theme.ink });
        let config = egui::containers::menu::MenuConfig::new().close_behavior(close);
        egui::containers::menu::SubMenuButton::new(words).config(config).ui(ui, content);
        return;
    }
    let button = chip(ui, &format!("{label} ▾"), on);
    egui::Popup::menu(&button).id(egui::Id::unique(("filter", id))).close_behavior(close).show(content);
}

/// A rounded button; blue while it holds.
pub fn chip(ui: &mut Ui, words: &str, on: bool) -> egui::Response {
    let theme = tokens(ui);
    let ink = if on { theme.accent } else { theme.ink_second };
    let ground = if on { theme.tint(Tone::Blue).ground } else { theme.paper };
    let line = if on { theme.accent } else { theme.line };
    let text = RichText::new(words).font(theme::regular(size::SMALL)).color(ink);
    let button =
        Button::new(text).fill(ground).stroke(Stroke::new(1.0, line)).corner_radius(12).min_size(egui::vec2(0.0, 24.0));
    let response = ui.add(button);
    let name = words.trim_end_matches(" ▾").to_owned();
    response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, on, &name));
    response
}
