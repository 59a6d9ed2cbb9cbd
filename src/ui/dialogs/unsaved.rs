//! Leaving a plan whose changes do not get into the file: the person decides.

use super::Outcome;
use crate::app::{OpenPlan, Session};
use crate::ui::theme::{Tone, space, tokens};
use crate::ui::widgets::{link_button, primary_button};
use egui::{RichText, Ui};

/// Draws the dialog. It goes by itself once everything is saved.
pub fn show(ui: &mut Ui, session: &mut Session) -> Outcome {
    if !session.is_leaving() {
        return Outcome::Close;
    }
    let theme = tokens(ui);
    let busy = session.open.as_ref().is_some_and(OpenPlan::busy);
    if busy {
        ui.add(
            egui::Label::new("The file has not answered yet. If it is on a network share, the share may be away.")
                .wrap(),
        );
    } else {
        ui.add(egui::Label::new("The last changes could not be written into the plan.").wrap());
    }
    for problem in session.open.iter().flat_map(OpenPlan::problems) {
        ui.add(egui::Label::new(RichText::new(problem).color(theme.tint(Tone::Bad).ink)).wrap());
    }
    ui.add_space(space::WIDE);
    let mut outcome = Outcome::Open;
    ui.horizontal_wrapped(|ui| {
        if primary_button(ui, "Stay at the plan").clicked() {
            outcome = Outcome::Close;
        }
        if !busy && ui.button("Try again").clicked() {
            session.retry();
        }
        if link_button(ui, "Leave without saving them").clicked() {
            session.leave_now();
            outcome = Outcome::Close;
        }
    });
    outcome
}
