//! Words that point at another recommendation: what each leads to, and how a person says so.

use super::Editor;
use super::position::warn;
use super::recommendation::section;
use crate::model::story::{self, Points, points_at};
use crate::model::{CrossReference, Id, Recommendation};
use crate::ui::context::Ctx;
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::{field, link_button};
use egui::{Response, RichText, TextEdit, Ui};

/// How many recommendations are offered at once.
const OFFERED: usize = 6;

/// What is being pointed somewhere.
#[derive(Debug, Default)]
pub(super) struct Pointing {
    /// The cross-reference that is pointed anew; none for new words.
    reference: Option<Id>,
    words: String,
    query: String,
}

impl Editor {
    /// Remembers the words that are selected in a field, so that they can be made a link.
    pub(super) fn note_selection(&mut self, ui: &Ui, response: &Response, text: &str) {
        if !response.has_focus() {
            return;
        }
        let state = TextEdit::load_state(ui.ctx(), response.id);
        let range = state.and_then(|state| state.cursor.char_range());
        let words = range.filter(|range| !range.is_empty()).map(|range| range.slice_str(text).trim().to_owned());
        self.selected_words = words.filter(|words| !words.is_empty() && !words.contains('\n'));
    }

    pub(super) fn pointing(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let mut references = ctx.plan.cross_references_of(row.id);
        references.sort_by_key(|row| row.id);
        if !references.is_empty() {
            section(ui, "Points at");
        }
        for reference in &references {
            self.one(ui, ctx, reference);
        }
        if !ctx.editable {
            return;
        }
        if self.pointing.is_none() {
            let selected = self.selected_words.clone().filter(|words| words.chars().count() <= 80);
            let name = match &selected {
                Some(words) => format!("Link “{words}” to a recommendation…"),
                None => "Link words to a recommendation…".to_owned(),
            };
            let button = ui.add(egui::Button::new(RichText::new(name).color(tokens(ui).accent)).frame(false).wrap());
            let told = "Words like “see above” become a link; they print as they are. Select them in a text first.";
            if button.on_hover_text(told).clicked() {
                self.pointing = Some(Pointing { words: selected.unwrap_or_default(), ..Pointing::default() });
            }
        }
        self.choose_target(ui, ctx, row);
    }

    /// One cross-reference: its words, where they lead, and how to change that.
    fn one(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, reference: &CrossReference) {
        let words = &reference.words;
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("“{words}”"));
            match points_at(ctx.plan, reference, ctx.story.gone()) {
                Points::At(id) => {
                    let Some(target) = ctx.plan.recommendations.get(&id) else { return };
                    let name = format!("{} {}", ctx.plan.reference_name(target), target.shown_title());
                    let button =
                        ui.add(egui::Button::new(RichText::new(name).color(tokens(ui).accent)).frame(false).wrap());
                    if button.on_hover_text("Go there").clicked() {
                        Self::go(ctx, id);
                    }
                }
                points => warn(ui, &points.words(ctx.plan)),
            }
            if !ctx.editable {
                return;
            }
            if link_button(ui, "Change…").accessible_name(format!("Change what “{words}” points at")).clicked() {
                let words = words.clone();
                self.pointing = Some(Pointing { reference: Some(reference.id), words, query: String::new() });
            }
            let remove = link_button(ui, "Remove").on_hover_text("The words stay; they are no link any more");
            if remove.accessible_name(format!("Remove the link of “{words}”")).clicked() {
                self.pointing = None;
                ctx.edit(story::remove_reference(ctx.plan, reference.id));
            }
        });
    }

    /// Asks what words point at.
    fn choose_target(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let Some(state) = &mut self.pointing else { return };
        let theme = tokens(ui);
        let mut chosen = None;
        let mut done = false;
        let frame = egui::Frame::new().fill(theme.ground).corner_radius(4).inner_margin(egui::Margin::same(10));
        frame.show(ui, |ui| {
            let input = |ui: &mut Ui, text: &mut String, name: &str, hint: &str| {
                field::label(ui, name);
                let hint = RichText::new(hint.to_owned()).color(theme.ink_faint);
                let edit = TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY);
                ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name(name);
            };
            if state.reference.is_none() {
                input(ui, &mut state.words, "Words that point elsewhere", "See above");
            } else {
                field::label(ui, &format!("“{}” points at", state.words));
            }
            input(ui, &mut state.query, "Number or words of the recommendation", "133, or complaints");
            if !state.words.trim().is_empty() {
                for id in story::targets(ctx.plan, row.id, &state.query, OFFERED) {
                    let Some(target) = ctx.plan.recommendations.get(&id) else { continue };
                    let name = format!("{} {}", ctx.plan.reference_name(target), target.shown_title());
                    let button =
                        ui.add(egui::Button::new(RichText::new(&name).color(theme.accent)).frame(false).wrap());
                    if button.accessible_name(format!("Point at {name}")).clicked() {
                        chosen = Some(id);
                    }
                }
            } else {
                ui.label(RichText::new("First the words").size(size::SMALL).color(theme.ink_second));
            }
            done = link_button(ui, "Cancel").accessible_name("Cancel the link").clicked();
        });
        if let Some(target) = chosen {
            ctx.edit(match state.reference {
                Some(reference) => story::point_at(ctx.plan, reference, Some(target)),
                None => story::add_reference(ctx.plan, Id::random(), row.id, &state.words, target),
            });
            self.selected_words = None;
        }
        if chosen.is_some() || done {
            self.pointing = None;
        }
    }
}
