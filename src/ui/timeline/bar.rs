//! The bar above the timeline: board, chart or list, the filters, and what is done with several.

use super::ask::{Ask, Asking};
use super::{TimelineTab, View, actions_of, menus};
use crate::model::state::Shown;
use crate::model::text::count;
use crate::model::timeline::DueRow;
use crate::model::{ActionState, intent};
use crate::ui::bars;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, Tone, size, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Shape, draw_shape, link_button};
use egui::{Align, Button, Layout, RichText, Sense, Stroke, Ui};

/// Draws the bar.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab, focus_search: &mut bool) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        views(ui, tab);
        ui.add_space(6.0);
        if tab.chosen.is_empty() {
            let search = if bars::is_narrow(ui) { 130.0 } else { 0.0 };
            let room = ui.available_width() - counts_width(ui, tab) - search;
            ui.scope(|ui| {
                ui.set_max_width(room.max(120.0));
                menus::filters(ui, ctx, tab, room);
            });
        } else {
            several(ui, ctx, tab);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            counts(ui, tab);
            if bars::is_narrow(ui) {
                bars::search(ui, &mut tab.filter.text, focus_search);
            }
        });
    });
}

fn views(ui: &mut Ui, tab: &mut TimelineTab) {
    let theme = tokens(ui);
    for (view, name) in View::ALL {
        let on = tab.view == view;
        let font = if on { theme::strong(size::BODY) } else { theme::regular(size::BODY) };
        let ink = if on { theme.accent } else { theme.ink };
        let ground = if on { theme.tint(Tone::Blue).ground } else { theme.paper };
        let line = if on { theme.accent } else { theme.line };
        let button = Button::new(RichText::new(name).font(font).color(ink)).fill(ground).stroke(Stroke::new(1.0, line));
        let response = ui.add(button);
        response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, on, name));
        if response.clicked() {
            tab.view = view;
        }
    }
}

/// The room that the counts at the right need.
fn counts_width(ui: &Ui, tab: &TimelineTab) -> f32 {
    let late = if tab.worked.as_ref().is_some_and(|worked| worked.board.overdue > 0) { 90.0 } else { 0.0 };
    late + if bars::is_narrow(ui) { 70.0 } else { 160.0 }
}

fn counts(ui: &mut Ui, tab: &mut TimelineTab) {
    let theme = tokens(ui);
    let Some(worked) = &tab.worked else { return };
    let board = &worked.board;
    if board.overdue > 0 {
        let ink = theme.tint(Tone::Bad).ink;
        let words = format!("{} overdue", board.overdue);
        let text = RichText::new(&words).font(theme::strong(size::BODY)).color(ink);
        let response = ui.add(Button::new(text).frame(false)).on_hover_text("Show only what is overdue");
        let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 12.0), Sense::hover());
        draw_shape(ui.painter(), rect.center(), 11.0, Shape::Triangle, ink);
        if response.clicked() {
            tab.filter.states = [Shown::Overdue].into();
        }
        ui.label(RichText::new("·").color(theme.ink_second));
    }
    let whole = format!("{} · {} complete", count(board.shown, "card"), board.complete);
    let words = if bars::is_narrow(ui) { count(board.shown, "card") } else { whole.clone() };
    ui.label(RichText::new(words).color(theme.ink_second)).on_hover_text(whole);
}

/// What is done with the chosen cards.
fn several(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab) {
    let theme = tokens(ui);
    let rows: Vec<DueRow> = tab.chosen.iter().copied().collect();
    let Some((_, timeline)) = &tab.timeline else { return };
    let actions = actions_of(timeline, &rows);
    let words = format!("{} chosen", count(rows.len(), "card"));
    ui.label(RichText::new(words).font(theme::strong(size::BODY)).color(theme.accent));
    let ask = |ask: Ask, words: String| ctx.send(Wish::Ask(Box::new(Asking::new(ask, words, ctx.as_at))));
    ui.add_enabled_ui(ctx.editable, |ui| {
        if ui.button("New due…").on_hover_text("R").clicked() {
            ask(Ask::Revise(rows.clone()), tab.due_words(ctx, &rows));
        }
        if ui.button("Done…").on_hover_text("D").clicked() {
            ask(Ask::Complete(rows.clone()), String::new());
        }
        ui.add_enabled_ui(!actions.is_empty(), |ui| {
            if ui.button("Note…").on_hover_text("N").clicked() {
                ask(Ask::Note(actions.clone()), String::new());
            }
            if ui.button("Owner…").clicked() {
                ask(Ask::Owner(actions.clone()), String::new());
            }
            ui.menu_button("State ▾", |ui| {
                for state in ActionState::ALL {
                    if ui.button(sentence_case(ctx.state_words.word(Shown::of(*state)))).clicked() {
                        ctx.edit(intent::set_states(ctx.plan, &actions, *state, ctx.as_at));
                        ui.close();
                    }
                }
                ui.separator();
                for (tentative, words) in [(true, "Tentative: not confirmed"), (false, "Confirmed")] {
                    if ui.button(words).clicked() {
                        ctx.edit(intent::set_tentative(ctx.plan, &actions, tentative));
                        ui.close();
                    }
                }
                ui.separator();
                if ui.button("Next review…").clicked() {
                    ask(Ask::Review(actions.clone()), String::new());
                    ui.close();
                }
            });
        });
    });
    if link_button(ui, "Choose none").clicked() {
        tab.chosen.clear();
    }
}
