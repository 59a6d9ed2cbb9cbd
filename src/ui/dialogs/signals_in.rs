//! The guided import of signals: what the file is and whose, then what would come of it.

mod asked;
mod columns;
mod digest;
mod lists;
mod whose;

use super::Outcome;
use crate::app::job::JobKind;
use crate::app::{Session, SignalsWaiting};
use crate::import::signals::{Decision, Options};
use crate::model::Plan;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{link_button, primary_button};
use asked::Asked;
use digest::Digest;
use egui::{RichText, ScrollArea, Ui};
use std::sync::Arc;

/// What the import remembers between frames.
#[derive(Default)]
pub struct SignalsIn {
    part: Part,
    asked: Asked,
    digest: Digest,
    /// How it is being read again: what is said meanwhile is said on top of it.
    wanted: Option<Box<Options>>,
    /// It was accepted: what is shown is how far the writing is.
    accepted: bool,
}

/// What of the file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Comes,
    Columns,
    Whose,
    Rows,
}

/// What a person asked for in a frame.
enum Asks {
    /// To read the file in another way.
    Reading(Box<Options>),
    /// Whose the rows of a name are.
    Whose(String, Decision),
    /// To look at another part.
    Part(Part),
}

/// Draws the import.
pub fn show(ui: &mut Ui, state: &mut SignalsIn, session: &mut Session) -> Outcome {
    if state.accepted {
        return writing(ui, session);
    }
    let Some(plan) = session.open.as_ref().map(|open| Arc::clone(&open.plan)) else { return Outcome::Close };
    let again = reading_share(session);
    let Some(waiting) = &session.signals else { return reading(ui, session, again) };
    if again.is_none() {
        state.wanted = None;
    }
    state.digest.follow(&plan, waiting);
    state.asked.follow(waiting);
    let mut asks = preview(ui, state, &plan, waiting);
    let outcome = decide(ui, state, session, again);
    if let Some(Asks::Part(part)) = asks.take_if(|asks| matches!(asks, Asks::Part(_))) {
        state.part = part;
    }
    match asks {
        Some(Asks::Reading(options)) => {
            state.wanted = Some(options.clone());
            session.read_signals_again(*options);
        }
        Some(Asks::Whose(given, decision)) => session.decide_provider(&given, &decision),
        _ => {}
    }
    outcome
}

/// How far the reading is, if it is under way.
fn reading_share(session: &Session) -> Option<f32> {
    session.jobs.states().into_iter().find(|job| job.kind == JobKind::Signals).map(|job| job.done)
}

fn reading(ui: &mut Ui, session: &mut Session, share: Option<f32>) -> Outcome {
    // what went wrong is told by a message; nothing was read and nothing waits
    let Some(share) = share else { return Outcome::Close };
    ui.label("Reading the file. Nothing is written before you have seen what is in it.");
    progress(ui, share);
    if ui.button("Cancel").clicked() {
        session.jobs.cancel(JobKind::Signals);
        return Outcome::Close;
    }
    Outcome::Open
}

fn writing(ui: &mut Ui, session: &mut Session) -> Outcome {
    if !session.open.as_ref().is_some_and(crate::app::OpenPlan::busy) {
        return Outcome::Close;
    }
    ui.label("Writing to the plan. Until the last row is in, nothing of it counts. Closing this lets it go on.");
    let writing = session.writing_signals();
    progress(ui, writing.map_or(0.0, crate::app::signals::Writing::share));
    if ui.button("Cancel").on_hover_text("The plan is then as it was").clicked()
        && let Some(writing) = writing
    {
        writing.stop();
    }
    Outcome::Open
}

fn progress(ui: &mut Ui, share: f32) {
    ui.add(egui::ProgressBar::new(share).desired_width(ui.available_width().min(420.0)).show_percentage());
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
}

fn preview(ui: &mut Ui, state: &mut SignalsIn, plan: &Plan, waiting: &SignalsWaiting) -> Option<Asks> {
    let theme = tokens(ui);
    ui.label(RichText::new(&state.digest.file).color(theme.ink_second));
    let wanted = state.wanted.take();
    let now = wanted.as_deref().unwrap_or_else(|| waiting.options());
    let options = state.asked.show(ui, plan, waiting, now);
    ui.add_space(space::TIGHT);
    ui.separator();
    parts(ui, state);
    let height = (ui.ctx().content_rect().height() - 396.0).max(150.0);
    let mut asks = options.map(|options| Asks::Reading(Box::new(options)));
    match state.part {
        Part::Comes => {
            if let Some(part) = scrolled(ui, height, |ui| lists::comes(ui, &state.digest, waiting)) {
                asks = asks.or(Some(Asks::Part(part)));
            }
        }
        Part::Columns => {
            let changed = columns::show(ui, waiting, now, height);
            asks = asks.or(changed.map(|options| Asks::Reading(Box::new(options))));
        }
        Part::Whose => {
            let said = whose::show(ui, plan, &state.digest, waiting, height);
            asks = asks.or(said.map(|(given, decision)| Asks::Whose(given, decision)));
        }
        Part::Rows => scrolled(ui, height, |ui| lists::rows(ui, &state.digest, waiting)),
    }
    ui.separator();
    state.wanted = wanted;
    asks
}

fn scrolled<R>(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let area = ScrollArea::vertical().id_salt("signals part").max_height(height).min_scrolled_height(height);
    let shown = area.auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        add(ui)
    });
    shown.inner
}

fn parts(ui: &mut Ui, state: &mut SignalsIn) {
    let digest = &state.digest;
    ui.horizontal_wrapped(|ui| {
        for (part, name) in [
            (Part::Comes, "What comes in"),
            (Part::Columns, digest.columns_words.as_str()),
            (Part::Whose, digest.whose_words.as_str()),
            (Part::Rows, digest.rows_words.as_str()),
        ] {
            ui.selectable_value(&mut state.part, part, name);
        }
    });
    ui.add_space(space::TIGHT);
}

/// The last line: import, or what is still to be said.
fn decide(ui: &mut Ui, state: &mut SignalsIn, session: &mut Session, again: Option<f32>) -> Outcome {
    let theme = tokens(ui);
    let mut outcome = Outcome::Open;
    let missing = state.digest.missing.as_deref();
    ui.horizontal_wrapped(|ui| {
        let ready = again.is_none() && missing.is_none();
        if ui.add_enabled_ui(ready, |ui| primary_button(ui, "Import").clicked()).inner {
            state.accepted = true;
            session.accept_signals();
        }
        if link_button(ui, "Import nothing").clicked() {
            outcome = Outcome::Close;
        }
        match (again, missing) {
            (Some(share), _) => {
                ui.label("Reading it again");
                ui.add(egui::ProgressBar::new(share).desired_width(140.0));
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
            }
            (None, Some(missing)) => {
                ui.add(egui::Label::new(RichText::new(missing).color(theme.tint(Tone::Amber).ink)).wrap());
            }
            (None, None) => {
                let words = "The whole import is one change, and one undo takes it back.";
                ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
            }
        }
    });
    outcome
}

/// A line in small grey letters that wraps.
fn hint(ui: &mut Ui, words: &str) {
    let theme = tokens(ui);
    ui.add(egui::Label::new(RichText::new(words).size(size::SMALL).color(theme.ink_second)).wrap());
}

/// A line that warns.
fn warning(ui: &mut Ui, words: &str) {
    let theme = tokens(ui);
    ui.add(egui::Label::new(RichText::new(words).color(theme.tint(Tone::Amber).ink)).wrap());
}

/// A heading within a part.
fn heading(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::strong(size::BODY)));
}
