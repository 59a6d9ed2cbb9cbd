//! What was made: where it lies, and the sum by which it is known.

use super::super::Outcome;
use crate::app::Session;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{field, primary_button};
use egui::{Label, RichText, Ui};

/// Draws it.
pub(super) fn show(ui: &mut Ui, session: &mut Session) -> Outcome {
    let Some(shared) = &session.sharing.made else { return Outcome::Close };
    let good = tokens(ui).tint(Tone::Good).ink;
    ui.label(RichText::new("✓ The copy was made and proven").font(theme::strong(size::BODY)).color(good));
    let proven = "Every row was read back and held against what was to go, and the file's bytes were searched for \
                  every text that was to stay here. That says what the file holds; whether its texts may be passed on, \
                  only reading them can tell.";
    ui.add(Label::new(proven).wrap());
    ui.add_space(space::NORMAL);
    field::label(ui, "The copy");
    ui.add(Label::new(shared.path.display().to_string()).wrap().selectable(true));
    ui.label(format!(
        "{} kB, {}",
        shared.made.file.size.div_ceil(1024),
        if shared.made.manifest.to_edit { "to be edited and to come back" } else { "to be read only" }
    ));
    ui.add_space(space::NORMAL);
    field::label(ui, "Its SHA-256, by which the neighbour can see that it arrived as it left");
    ui.horizontal_wrapped(|ui| {
        ui.add(Label::new(RichText::new(&shared.made.file.sha256).monospace()).wrap().selectable(true));
        if ui.button("Copy the SHA-256").clicked() {
            ui.ctx().copy_text(shared.made.file.sha256.clone());
        }
    });
    if let Some(page) = &shared.reading_copy {
        ui.add_space(space::NORMAL);
        field::label(ui, "The web page to read");
        ui.add(Label::new(page.display().to_string()).wrap().selectable(true));
    }
    if let Some(problem) = &shared.no_reading_copy {
        ui.add_space(space::NORMAL);
        let bad = tokens(ui).tint(Tone::Bad).ink;
        let text = format!("The web page was not written: {problem}");
        ui.add(Label::new(RichText::new(text).color(bad)).wrap());
    }
    ui.add_space(space::NORMAL);
    ui.add(Label::new("It is in this plan's list of earlier copies, and in its history.").wrap());
    ui.add_space(space::WIDE);
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        if primary_button(ui, "Done").clicked() {
            outcome = Outcome::Close;
        }
        if ui.button("Make another copy").clicked() {
            session.leave_share();
        }
    });
    outcome
}
