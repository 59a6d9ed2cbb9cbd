//! What imports left open: each question with its answers.

use super::Outcome;
use crate::app::draft;
use crate::import::{Answer, date_positions, resolve};
use crate::model::due::meanings;
use crate::model::{Choice, ChoiceKind, Id, intent};
use crate::ui::context::{Ctx, Wish};
use crate::ui::editor::capital;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::link_button;
use egui::{RichText, ScrollArea, Ui};
use std::collections::BTreeMap;

/// What was filled in so far.
#[derive(Debug, Default)]
pub struct Choices {
    /// The action chosen for a timescale.
    pairs: BTreeMap<Id, Id>,
    date: String,
}

/// What a kind of question asks.
#[must_use]
pub fn asked(kind: ChoiceKind) -> &'static str {
    match kind {
        ChoiceKind::CandidateAction => "Is this an action?",
        ChoiceKind::Pairing => "Which timescale belongs to which action?",
        ChoiceKind::Interval => "How often is meant?",
        ChoiceKind::CrossReference => "What does this point at?",
        ChoiceKind::Differs => "The document says something else. Take its words?",
        ChoiceKind::UndatedPosition => "Which date is this position of?",
    }
}

/// Draws the list.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, choices: &mut Choices) -> Outcome {
    let open = ctx.plan.open_choices();
    let theme = tokens(ui);
    if open.is_empty() {
        ui.label("Nothing is left open");
        return Outcome::Open;
    }
    let undated = open.iter().filter(|row| row.kind == ChoiceKind::UndatedPosition).count();
    if undated > 1 && ctx.editable {
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("{undated} positions have no date. All of them stand as at"));
            if let Some(date) = typed_date(ui, choices) {
                ctx.edit(date_positions(ctx.plan, date));
            }
        });
        ui.separator();
    }
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        for row in open {
            ui.push_id(row.id.to_string(), |ui| {
                question(ui, ctx, choices, row);
                ui.label(RichText::new(&row.source).size(size::SMALL).color(theme.ink_second));
                ui.separator();
            });
        }
    });
    Outcome::Open
}

fn typed_date(ui: &mut Ui, choices: &mut Choices) -> Option<chrono::NaiveDate> {
    let edit = egui::TextEdit::singleline(&mut choices.date).hint_text("28 May 2013").desired_width(120.0);
    ui.add(edit).accessible_name("Date of the position");
    let date = draft::parse_date(&choices.date);
    let clicked = ui.add_enabled(date.is_some(), egui::Button::new("Use this date")).clicked();
    date.filter(|_| clicked)
}

fn question(ui: &mut Ui, ctx: &Ctx<'_>, choices: &mut Choices, row: &Choice) {
    let subject = row.subject.and_then(|id| ctx.plan.recommendations.get(&id));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(asked(row.kind)).font(theme::strong(size::BODY)));
        if let Some(subject) = subject
            && link_button(ui, &format!("Recommendation {}", subject.reference)).clicked()
        {
            ctx.send(Wish::Select(Some(subject.id)));
        }
    });
    if row.kind == ChoiceKind::Differs
        && let Some(subject) = row.subject
    {
        let theme = tokens(ui);
        let words = format!("About {}", intent::field_name(&row.field));
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second)).on_hover_text(subject.to_string());
    }
    if let Some(responsibility) = row.subject.and_then(|id| ctx.plan.responsibilities.get(&id)) {
        let theme = tokens(ui);
        ui.add(egui::Label::new(RichText::new(&responsibility.text).color(theme.ink_second)).wrap());
    }
    if row.kind != ChoiceKind::Pairing {
        ui.add(egui::Label::new(&row.text).wrap());
    }
    if !ctx.editable {
        return;
    }
    let answer = |answer: Answer| ctx.edit(resolve(ctx.plan, row.id, &answer));
    ui.horizontal_wrapped(|ui| {
        match row.kind {
            ChoiceKind::CandidateAction | ChoiceKind::Differs => {
                let word = if row.kind == ChoiceKind::Differs { "Take its words" } else { "Make it an action" };
                if ui.button(word).clicked() {
                    answer(Answer::Take);
                }
            }
            ChoiceKind::Interval => {
                for meant in meanings(&row.text, ctx.plan.due_anchor()) {
                    if ui.button(capital(&meant.words())).clicked() {
                        answer(Answer::Reading(meant));
                    }
                }
            }
            ChoiceKind::CrossReference => {
                let mut target = None;
                egui::ComboBox::from_id_salt("target").selected_text("Choose a recommendation").show_ui(ui, |ui| {
                    for id in &ctx.index.recommendations {
                        let Some(other) = ctx.plan.recommendations.get(id) else { continue };
                        if ui.selectable_label(false, format!("{} {}", other.reference, other.shown_title())).clicked()
                        {
                            target = Some(*id);
                        }
                    }
                });
                if let Some(target) = target {
                    answer(Answer::Target(target));
                }
            }
            ChoiceKind::UndatedPosition => {
                if let Some(date) = typed_date(ui, choices) {
                    answer(Answer::Date(date));
                }
            }
            ChoiceKind::Pairing => pairing(ui, ctx, choices, row),
        }
        if ui
            .add(egui::Button::new("Dismiss").frame(false))
            .on_hover_text("Leave it as it is and ask no more")
            .clicked()
        {
            answer(Answer::Dismiss);
        }
    });
}

/// Each timescale of a responsibility with a choice of its actions.
fn pairing(ui: &mut Ui, ctx: &Ctx<'_>, choices: &mut Choices, row: &Choice) {
    let Some(responsibility) = row.subject else { return };
    let actions = ctx.index.actions_under(ctx.plan, Some(responsibility));
    let timescales = ctx.index.timescales(ctx.plan, responsibility);
    ui.vertical(|ui| {
        for timescale in &timescales {
            ui.horizontal(|ui| {
                ui.label(format!("{} is the due of", timescale.words));
                let chosen = choices
                    .pairs
                    .get(&timescale.id)
                    .or(timescale.action.as_ref())
                    .and_then(|id| ctx.plan.actions.get(id));
                let shown: String =
                    chosen.map_or_else(|| "no single action".into(), |action| action.text.chars().take(60).collect());
                let combo = egui::ComboBox::from_id_salt(timescale.id.to_string()).width(380.0).selected_text(shown);
                let response = combo.show_ui(ui, |ui| {
                    for action in &actions {
                        let short: String = action.text.chars().take(90).collect();
                        if ui.selectable_label(chosen.is_some_and(|c| c.id == action.id), short).clicked() {
                            choices.pairs.insert(timescale.id, action.id);
                        }
                    }
                });
                response.response.accessible_name(format!("Action of the timescale {}", timescale.words));
            });
        }
        let pairs: Vec<(Id, Id)> =
            timescales.iter().filter_map(|row| choices.pairs.get(&row.id).map(|action| (row.id, *action))).collect();
        if ui.add_enabled(!pairs.is_empty(), egui::Button::new("Pair them")).clicked() {
            ctx.edit(resolve(ctx.plan, row.id, &Answer::Pair(pairs)));
        }
    });
}
