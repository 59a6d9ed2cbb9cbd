//! What a copy of the plan would bring: by recommendation, each change with a tick, each conflict with what both
//! began from and what each side made of it.

mod conflict;
mod group;

use super::Outcome;
use crate::app::{MergeWaiting, Session};
use crate::model::reconcile::{Answer, Place};
use crate::model::text::count;
use crate::model::{Entity, Id};
use crate::share::merge::Merging;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::primary_button;
use egui::{RichText, ScrollArea, Ui};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The room of the lines above and below the list, in points.
const AROUND: f32 = 310.0;

/// From so many groups on, only those in sight are drawn.
const MANY: usize = 80;

/// What the preview remembers between frames.
#[derive(Default)]
pub struct MergePreview {
    /// Third texts, as far as they are written.
    thirds: BTreeMap<Place, String>,
    /// How high each group was when it was drawn last.
    heights: BTreeMap<(Entity, Id), f32>,
}

/// What a person asked for in a frame.
enum Asks {
    Answer(Place, Option<Answer>),
    Tick(Vec<Place>, bool),
}

/// Draws the preview.
pub fn show(ui: &mut Ui, preview: &mut MergePreview, session: &mut Session) -> Outcome {
    // written, refused, or another plan was opened
    let Some(waiting) = &session.merging else { return Outcome::Close };
    let Some(merging) = waiting.merging.clone() else {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label("Looking what the copy would bring…");
        });
        return Outcome::Open;
    };
    head(ui, waiting, &merging);
    if merging.found.is_empty() {
        return nothing(ui, session, &merging);
    }
    let mut all = None;
    if !merging.found.conflicts.is_empty() {
        all = all_alike(ui, waiting);
    }
    ui.add_space(space::TIGHT);
    let mut asks = Vec::new();
    let height = (ui.ctx().content_rect().height() - AROUND).max(140.0);
    ui.add_enabled_ui(!waiting.writing, |ui| {
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - space::WIDE);
            groups(ui, preview, waiting, &merging, &mut asks);
        });
    });
    let outcome = foot(ui, session, &merging);
    for ask in asks {
        match ask {
            Asks::Answer(place, answer) => session.answer_conflict(place, answer),
            Asks::Tick(places, on) => session.set_ticked(&places, on),
        }
    }
    if let Some(answer) = all {
        session.answer_all(&answer);
    }
    outcome
}

fn head(ui: &mut Ui, waiting: &MergeWaiting, merging: &Merging) {
    let theme = tokens(ui);
    ui.label(RichText::new(sentence_case(&merging.name)).font(theme::strong(size::HEADING)));
    ui.label(RichText::new(waiting.returned.path.display().to_string()).size(size::SMALL).color(theme.ink_second));
    ui.add_space(space::TIGHT);
    if !merging.found.is_empty() {
        ui.label(merging.found.counts_words());
    }
    if waiting.changed {
        let text = "Your plan was changed while you looked: this is what the copy brings to it now. Look again before \
                    you merge.";
        ui.label(RichText::new(text).color(theme.tint(Tone::Amber).ink));
    }
    if !waiting.returned.ignored.is_empty() {
        let text =
            format!("Added to the file by something else, and not looked at: {}", waiting.returned.ignored.join(", "));
        ui.label(RichText::new(text).size(size::SMALL).color(theme.ink_second));
    }
}

/// The copy is an older one, or was merged already.
fn nothing(ui: &mut Ui, session: &mut Session, merging: &Merging) -> Outcome {
    ui.add_space(space::NORMAL);
    ui.label(format!("Nothing to take: your plan has all that {} has.", merging.name));
    if !merging.only_noted {
        ui.add_space(space::WIDE);
        return if primary_button(ui, "Done").clicked() { Outcome::Close } else { Outcome::Open };
    }
    let why = "Both sides made the same changes. Noted as taken, they are not asked about when one side changes them \
               again later.";
    ui.label(RichText::new(why).color(tokens(ui).ink_second));
    ui.add_space(space::WIDE);
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        if primary_button(ui, "Note it as taken").clicked() {
            session.accept_merge();
        }
        if ui.button("Cancel").clicked() {
            outcome = Outcome::Close;
        }
    });
    outcome
}

/// Both sides changed the same: how many are decided, and buttons that decide all.
fn all_alike(ui: &mut Ui, waiting: &MergeWaiting) -> Option<Answer> {
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        let theme = tokens(ui);
        let open = waiting.undecided();
        let words = match open {
            0 => "Every conflict is decided.".to_owned(),
            open => format!("{} not decided yet: ours stays there.", count(open, "conflict")),
        };
        ui.label(RichText::new(words).color(if open == 0 { theme.ink_second } else { theme.tint(Tone::Amber).ink }));
        ui.add_enabled_ui(!waiting.writing, |ui| {
            if ui.button("Keep ours in all").on_hover_text("Keep our words wherever both sides changed").clicked() {
                asked = Some(Answer::Ours);
            }
            if ui.button("Take theirs in all").on_hover_text("Take their words wherever both sides changed").clicked() {
                asked = Some(Answer::Theirs);
            }
        });
    });
    asked
}

fn groups(
    ui: &mut Ui,
    preview: &mut MergePreview,
    waiting: &MergeWaiting,
    merging: &Arc<Merging>,
    asks: &mut Vec<Asks>,
) {
    let groups = merging.found.by_subject();
    let many = groups.len() > MANY;
    let sight = ui.clip_rect().expand(300.0);
    for (subject, group) in &groups {
        let top = ui.cursor().top();
        if let Some(height) = preview.heights.get(subject).filter(|_| many)
            && (top + height < sight.top() || top > sight.bottom())
        {
            ui.add_space(*height);
            continue;
        }
        ui.push_id(subject.1.to_string(), |ui| {
            group::show(ui, &mut preview.thirds, waiting, merging, *subject, group, asks);
        });
        let height = ui.cursor().top() - top;
        preview.heights.insert(*subject, height);
    }
}

/// What is written, and what becomes of it.
fn foot(ui: &mut Ui, session: &mut Session, merging: &Merging) -> Outcome {
    let Some(waiting) = &session.merging else { return Outcome::Close };
    let theme = tokens(ui);
    ui.separator();
    if waiting.writing {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label("Merging…");
        });
        return Outcome::Open;
    }
    let taken = merging.found.told().filter(|change| !waiting.answers.unticked.contains(&change.place)).count();
    let theirs = waiting.answers.conflicts.values().filter(|answer| **answer != Answer::Ours).count();
    let mut outcome = Outcome::Open;
    ui.horizontal_wrapped(|ui| {
        let name = match taken + theirs {
            0 => "Merge nothing, and ask no more about it".to_owned(),
            some => format!("Merge {}", count(some, "change")),
        };
        if primary_button(ui, &name).clicked() {
            session.accept_merge();
        }
        if ui.button("Cancel").clicked() {
            outcome = Outcome::Close;
        }
        let words = "A backup is made first, and one undo takes all of it back. What is not taken stands in history.";
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
    });
    outcome
}
