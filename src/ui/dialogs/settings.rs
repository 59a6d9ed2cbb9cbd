//! The user's settings, and the list of keys.

use super::{Outcome, rules};
use crate::app::Session;
use crate::app::command::{EDITOR_KEYS, FIELD_KEYS, GRID_KEYS, OFFERS, ROW_KEYS};
use crate::app::settings::Appearance;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::field;
use egui::{RichText, ScrollArea, Ui};

/// Draws the settings. Each holds at once.
pub fn show(ui: &mut Ui, session: &mut Session) -> Outcome {
    let before = session.settings.clone();
    let height = (ui.ctx().content_rect().height() - 150.0).max(200.0);
    ScrollArea::vertical().id_salt("settings").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        fields(ui, session);
        ui.add_space(space::NORMAL);
        rules::show(ui, &mut session.settings.rules);
    });
    if session.settings != before {
        session.save_settings();
    }
    Outcome::Open
}

fn fields(ui: &mut Ui, session: &mut Session) {
    let theme = tokens(ui);
    field::label(ui, "Your name, as the history shows it");
    let account = crate::app::Settings::default().who();
    let edit = egui::TextEdit::singleline(&mut session.settings.name).hint_text(account).desired_width(f32::INFINITY);
    ui.add(edit).accessible_name("Your name");
    ui.label(
        RichText::new("It holds for changes from the next time you open a plan")
            .size(size::SMALL)
            .color(theme.ink_second),
    );
    ui.add_space(space::NORMAL);
    field::label(ui, "Your roles, as actions name their owners");
    let edit = egui::TextEdit::singleline(&mut session.settings.roles)
        .hint_text("Quality lead, Head of contracting")
        .desired_width(f32::INFINITY);
    ui.add(edit).accessible_name("Your roles");
    let text = "With commas between. The timeline's \"Mine\" shows the cards that these own or share";
    ui.add(egui::Label::new(RichText::new(text).size(size::SMALL).color(theme.ink_second)).wrap());
    ui.add_space(space::NORMAL);
    field::label(ui, "Appearance");
    for (appearance, words) in
        [(Appearance::System, "As the system has it"), (Appearance::Light, "Light"), (Appearance::Dark, "Dark")]
    {
        ui.radio_value(&mut session.settings.appearance, appearance, words);
    }
    ui.add_space(space::NORMAL);
    field::label(ui, "Size of everything");
    let mut percent = (session.settings.zoom * 100.0).round();
    let slider = egui::Slider::new(&mut percent, 70.0..=200.0).step_by(10.0).suffix(" %");
    // the window would change under the mouse: the size holds when the slider is let go
    let response = ui.add(slider).accessible_name("Size of everything in per cent");
    if response.drag_stopped() || (response.changed() && !response.dragged()) {
        session.settings.zoom = percent / 100.0;
    }
}

/// Draws the list of keys.
pub fn keys(ui: &mut Ui) -> Outcome {
    let theme = tokens(ui);
    let row = |ui: &mut Ui, key: &str, words: &str| {
        ui.horizontal(|ui| {
            ui.scope(|ui| {
                ui.set_width(130.0);
                ui.label(RichText::new(key).font(theme::strong(size::BODY)));
            });
            ui.add(egui::Label::new(words).wrap());
        });
    };
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        for offer in OFFERS {
            if let Some(shortcut) = offer.shortcut {
                row(ui, &shortcut.to_string(), offer.tooltip);
            }
        }
        ui.separator();
        for (key, words) in [
            ("Ctrl+Enter", "Save what you are typing now; it is also saved when you leave the field or pause"),
            ("Esc", "Take back what you are typing, or close a dialog"),
            ("Tab", "To the next field or button"),
        ] {
            row(ui, key, words);
        }
        for (place, table) in [
            ("In the table of recommendations", GRID_KEYS),
            ("For several rows at once", ROW_KEYS),
            ("In the editor beside it", EDITOR_KEYS),
            ("In a cell that is open, and where several lines are typed", FIELD_KEYS),
        ] {
            ui.separator();
            ui.label(RichText::new(place).font(theme::strong(size::BODY)));
            for keys in table {
                row(ui, &keys.names(), keys.does);
            }
        }
        ui.separator();
        ui.label(RichText::new("In the table of coverage").font(theme::strong(size::BODY)));
        for (key, words) in [
            ("Arrows", "From month to month and source to source; with Shift select several"),
            ("R E L N A", "Received, expected, late, never asked, not applicable"),
            ("Enter", "All of them to choose from"),
            ("Delete", "Take back what was said: what follows from the data is shown again"),
        ] {
            row(ui, key, words);
        }
        ui.separator();
        ui.label(RichText::new("Beside a neighbour's plan").font(theme::strong(size::BODY)));
        for (key, words) in [
            ("Arrows", "From row to row"),
            ("Ctrl+Enter", "Take over what the selected row offers: the position, the action or the recommendation"),
        ] {
            row(ui, key, words);
        }
        ui.separator();
        ui.label(RichText::new("On the timeline").font(theme::strong(size::BODY)));
        for (key, words) in [
            ("Arrows", "From card to card; Home and End to the first and last"),
            ("Ctrl+Left, Right", "Move the card by a month: the reason is asked for"),
            ("R", "A new due, or how often"),
            ("D", "Done: the date and a note"),
            ("N", "A note of progress"),
            ("P", "Say whose due a timescale is"),
            ("Enter", "Everything of the card, beside the board"),
            ("Space", "Choose the card; Shift with the arrows chooses more, Ctrl+A all"),
        ] {
            row(ui, key, words);
        }
        ui.separator();
        let about = format!("Recap {} ({})", env!("CARGO_PKG_VERSION"), option_env!("RECAP_COMMIT").unwrap_or("no commit"));
        ui.label(RichText::new(about).size(size::SMALL).color(theme.ink_second));
        let licence = "Recommendations quoted under the Open Government Licence v3.0. Fonts: Inter, Liberation Sans, DejaVu Sans.";
        ui.add(egui::Label::new(RichText::new(licence).size(size::SMALL).color(theme.ink_second)).wrap());
    });
    Outcome::Open
}
