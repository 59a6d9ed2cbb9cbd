//! The plan's file is not to be had: what happened, what is not saved, and the ways on.

use super::Outcome;
use crate::app::conflict::draft_name;
use crate::app::{OpenPlan, Session, away};
use crate::model::text::{count, excerpt, sentence_case};
use crate::store::Away;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::{link_button, primary_button};
use egui::{Label, RichText, ScrollArea, Ui};

/// What a person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing yet.
    Nothing,
    /// To save a copy.
    SaveCopy,
    /// To decide what was changed here and elsewhere.
    Decide,
}

/// Draws the dialog. It goes by itself once the file is back.
pub fn show(ui: &mut Ui, session: &mut Session, chosen: &mut Chosen) -> Outcome {
    let Some(open) = &session.open else { return Outcome::Close };
    let unanswered = || Away::Unreachable("it does not answer".to_owned());
    let silent = session.silent_for();
    let Some(why) = open.away.clone().or_else(|| silent.map(|_| unanswered())) else { return Outcome::Close };
    let theme = tokens(ui);
    let what = silent.map_or_else(|| away::what(&why), away::silent);
    ui.add(Label::new(RichText::new(format!("{what}.")).font(theme::strong(size::BODY))).wrap());
    ui.add(Label::new(RichText::new(open.path.display().to_string()).size(size::SMALL).color(theme.ink_second)).wrap());
    ui.add_space(space::NORMAL);
    ui.add(Label::new(away::to_do(&why)).wrap());
    ui.add_space(space::NORMAL);
    unsaved(ui, open);
    ui.add_space(space::WIDE);
    let mut outcome = Outcome::Open;
    ui.horizontal_wrapped(|ui| {
        let save = primary_button(ui, "Save a copy…");
        if save.on_hover_text("With everything that was typed; you then work in the copy").clicked() {
            *chosen = Chosen::SaveCopy;
        }
        if (away::is_this_plan(&why) || away::is_another_plan(&why)) && ui.button("Open what is there now").clicked() {
            session.open_what_is_there();
            outcome = Outcome::Close;
        }
        if ui.button("Try again").clicked() {
            session.retry();
        }
        if link_button(ui, "Go on without").on_hover_text("What you type stays here, not saved").clicked() {
            outcome = Outcome::Close;
        }
    });
    outcome
}

/// What is not in the file.
fn unsaved(ui: &mut Ui, open: &OpenPlan) {
    if open.all_saved() {
        ui.label("Everything you typed was saved before that.");
        return;
    }
    ui.label(
        RichText::new(format!("{} not saved:", sentence_case(&count(open.unsaved(), "change"))))
            .font(theme::strong(size::SMALL)),
    );
    ScrollArea::vertical().max_height(160.0).auto_shrink([false, true]).show(ui, |ui| {
        for (key, draft) in open.drafts.iter() {
            let name = sentence_case(&draft_name(&open.plan, key));
            let words = excerpt(&draft.text, &draft.began.text, 120);
            ui.add(Label::new(format!("• {name}: {words}")).truncate());
        }
        for edit in open.waiting_edits() {
            ui.add(Label::new(format!("• {}", edit.label)).truncate());
        }
    });
}
