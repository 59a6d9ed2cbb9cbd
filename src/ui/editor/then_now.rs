//! Then and now: where the CCG stood on a recommendation at any two dates, side by side, in a window of its own that
//! stays open while one goes from row to row.

use super::Editor;
use crate::app::draft;
use crate::model::story::{Moment, Stand, moments, usual};
use crate::model::{Position, Recommendation};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::{Badge, Show, differing, field, icon_button, pill};
use egui::{RichText, Ui};
use egui_material_icons::icons::ICON_CLOSE;

/// Width of the window in points.
const WIDTH: f32 = 620.0;

/// Which two dates are looked at; none: the usual ones.
#[derive(Debug, Default)]
pub(super) struct ThenNow {
    chosen: [Option<Moment>; 2],
    typed: [String; 2],
}

impl Editor {
    /// Draws it, if it is open.
    pub(super) fn then_and_now(&mut self, ui: &Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let Some(state) = &mut self.then_now else { return };
        let positions = ctx.index.positions(ctx.plan, row.id);
        let screen = ui.ctx().content_rect();
        // beside the editor where there is room
        let width = WIDTH.min(ui.max_rect().left() - space::RAIL - 60.0).max(400.0);
        let left = (ui.max_rect().left() - width - 48.0).max(space::RAIL + 10.0);
        let mut open = true;
        let theme = tokens(ui);
        let frame = egui::Frame::window(ui.style()).fill(theme.paper).inner_margin(14.0);
        egui::Window::new("Then and now")
            .title_bar(false)
            .frame(frame)
            .default_pos(egui::pos2(left, 150.0))
            .default_width(width)
            .default_height((screen.height() - 190.0).min(520.0))
            .min_width(360.0)
            .max_height(screen.height() - 190.0)
            .vscroll(true)
            .show(ui.ctx(), |ui| {
                ui.horizontal(|ui| {
                    let title = format!("Then and now: recommendation {}", ctx.plan.reference_name(row));
                    ui.label(RichText::new(title).font(theme::strong(size::HEADING)));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        open = !icon_button(ui, ICON_CLOSE, "Close then and now", true).clicked();
                    });
                });
                sides(ui, ctx, state, &positions);
            });
        if !open {
            self.then_now = None;
        }
    }
}

fn sides(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut ThenNow, positions: &[&Position]) {
    let usual = usual(positions, ctx.as_at);
    let moment = |state: &ThenNow, side: usize| {
        let typed = draft::parse_date(&state.typed[side]).map(Moment::On);
        typed.or(state.chosen[side]).unwrap_or(if side == 0 { usual.0 } else { usual.1 })
    };
    let mut offered = moments(positions);
    offered.push(Moment::On(ctx.as_at));
    offered.sort_unstable();
    offered.dedup();
    let stands = [0, 1].map(|side| Stand::of(positions, moment(state, side)));
    let change = stands[0].state_change(&stands[1]);
    let words = crate::model::story::words_apart(&stands[0].text, &stands[1].text);
    let told = match (words, change.is_empty()) {
        (0, true) => "The same words and the same state at both".to_owned(),
        (0, false) => format!("The same words; state: {change}"),
        (words, true) => format!("{} differ", crate::model::text::count(words, "word")),
        (words, false) => format!("{} differ; state: {change}", crate::model::text::count(words, "word")),
    };
    ui.add(egui::Label::new(RichText::new(told).size(size::SMALL).color(tokens(ui).ink_second)).wrap());
    ui.add_space(space::TIGHT);
    ui.columns_const(|columns: &mut [Ui; 2]| {
        for (side, ui) in columns.iter_mut().enumerate() {
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                chooser(ui, state, side, stands[side].moment, &offered);
                one(ui, &stands, side);
            });
        }
    });
}

/// A choice among the dates that there are, and a field for any other.
fn chooser(ui: &mut Ui, state: &mut ThenNow, side: usize, now: Moment, offered: &[Moment]) {
    let name = if side == 0 { "Then" } else { "Now" };
    field::label(ui, name);
    let combo = egui::ComboBox::from_id_salt(("then and now", side)).width(ui.available_width() - 8.0);
    let response = combo.selected_text(now.words()).show_ui(ui, |ui| {
        for moment in offered {
            if ui.selectable_label(*moment == now, moment.words()).clicked() {
                state.chosen[side] = Some(*moment);
                state.typed[side].clear();
            }
        }
    });
    response.response.accessible_name(format!("{name}: {}", now.words()));
    let theme = tokens(ui);
    let edit = egui::TextEdit::singleline(&mut state.typed[side])
        .hint_text(RichText::new("or another date").color(theme.ink_faint))
        .desired_width(ui.available_width() - 8.0)
        .margin(egui::Margin::symmetric(8, 4));
    ui.add(edit).accessible_name(format!("{name}: another date"));
    if !state.typed[side].trim().is_empty() && draft::parse_date(&state.typed[side]).is_none() {
        ui.label(RichText::new("Not a date yet").size(size::SMALL).color(theme.ink_second));
    }
    ui.add_space(space::TIGHT);
}

fn one(ui: &mut Ui, stands: &[Stand; 2], side: usize) {
    let stand = &stands[side];
    field::label(ui, &stand.heading());
    ui.horizontal_wrapped(|ui| {
        for state in &stand.states {
            pill(ui, &Badge::position(*state));
        }
        if stand.states.is_empty() {
            ui.label(RichText::new("No state").size(size::SMALL).color(tokens(ui).ink_second));
        }
    });
    if !stand.any {
        ui.label(RichText::new("No position").color(tokens(ui).ink_second));
        return;
    }
    // where the other side says nothing there is nothing to hold it against
    let (old, new) = match (stands[0].any, stands[1].any) {
        (true, true) => (stands[0].text.as_str(), stands[1].text.as_str()),
        _ => (stand.text.as_str(), stand.text.as_str()),
    };
    let (name, show) = if side == 0 { ("Then", Show::Old) } else { ("Now", Show::New) };
    differing(ui, name, old, new, show);
}
