//! Leaving a plan whose changes do not get into the file: the person decides.

use super::Outcome;
use super::away::Chosen;
use crate::app::{OpenPlan, Session, away};
use crate::ui::theme::{Tone, space, tokens};
use crate::ui::widgets::{link_button, primary_button};
use egui::{RichText, Ui};

/// Draws the dialog. It goes by itself once everything is saved.
pub fn show(ui: &mut Ui, session: &mut Session, chosen: &mut Chosen) -> Outcome {
    if !session.is_leaving() {
        return Outcome::Close;
    }
    let theme = tokens(ui);
    let busy = session.open.as_ref().is_some_and(OpenPlan::busy);
    let away = session.open.as_ref().and_then(|open| open.away.clone());
    let undecided = session.open.as_ref().map_or(0, OpenPlan::undecided);
    if let Some(away) = &away {
        ui.add(egui::Label::new(format!("{}.", away::what(away))).wrap());
        let to_do =
            "What you typed since is not saved anywhere. Save a copy: it holds everything, and then you can leave.";
        ui.add(egui::Label::new(to_do).wrap());
    } else if undecided > 0 {
        let words = "Something was changed here and elsewhere, and waits for you to say which shall stand. The file holds theirs.";
        ui.add(egui::Label::new(words).wrap());
    } else if busy {
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
        if undecided > 0 && primary_button(ui, "Decide…").clicked() {
            *chosen = Chosen::Decide;
            outcome = Outcome::Close;
        }
        let rescues = away.is_some() || session.silent_for().is_some();
        if rescues && primary_button(ui, "Save a copy…").clicked() {
            *chosen = Chosen::SaveCopy;
        }
        let stay = if rescues || undecided > 0 {
            ui.button("Stay at the plan")
        } else {
            primary_button(ui, "Stay at the plan")
        };
        if stay.clicked() {
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
