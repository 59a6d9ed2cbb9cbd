//! A recommendation by its number.

use super::Outcome;
use crate::model::reference::nearest;
use crate::model::{Id, Recommendation};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{size, space, tokens};
use egui::{Button, Key, RichText, TextEdit, Ui};

/// How many are offered.
const OFFERED: usize = 6;

/// What was typed so far.
#[derive(Debug, Default)]
pub struct GoTo {
    typed: String,
    begun: bool,
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut GoTo) -> Outcome {
    let theme = tokens(ui);
    let hint = RichText::new("Number, for instance 124").color(theme.ink_faint);
    let edit = TextEdit::singleline(&mut state.typed).hint_text(hint).desired_width(f32::INFINITY);
    let response = ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name("Number of a recommendation");
    if !std::mem::replace(&mut state.begun, true) {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let rows: Vec<&Recommendation> =
        ctx.index.recommendations.iter().filter_map(|id| ctx.plan.recommendations.get(id)).collect();
    let references: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
    let found: Vec<&Recommendation> = nearest(&references, &state.typed).into_iter().map(|place| rows[place]).collect();
    ui.add_space(space::TIGHT);
    let mut chosen: Option<Id> = entered.then(|| found.first().map(|row| row.id)).flatten();
    let typed = state.typed.trim();
    if typed.is_empty() {
        let words = format!("The nearest number is found. The plan has {}.", range(&references));
        ui.label(RichText::new(words).color(theme.ink_second));
    } else if let Some(first) = found.first() {
        if !first.reference.eq_ignore_ascii_case(typed) {
            let words = format!("The plan has no {typed}. Nearest to it:");
            ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
        }
        for (place, row) in found.iter().take(OFFERED).enumerate() {
            let name = format!("{}  {}", ctx.plan.reference_name(row), row.shown_title());
            let button = Button::selectable(place == 0, name).truncate().right_text("");
            let response = ui.add_sized([ui.available_width(), 26.0], button);
            if response
                .accessible_name(format!("Go to {}, {}", ctx.plan.reference_name(row), row.shown_title()))
                .clicked()
            {
                chosen = Some(row.id);
            }
        }
        if found.len() > 1 {
            let words = "Enter goes to the first";
            ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
        }
    } else {
        ui.label(RichText::new("The plan has no recommendations yet").color(theme.ink_second));
    }
    match chosen {
        Some(id) => {
            ctx.send(Wish::GoTo(id));
            Outcome::Close
        }
        None => {
            if entered {
                response.request_focus();
            }
            Outcome::Open
        }
    }
}

/// "recommendations 1 to 144"
fn range(references: &[&str]) -> String {
    let mut sorted = references.to_vec();
    sorted.sort_by(|a, b| crate::model::reference::natural_cmp(a, b));
    match (sorted.first(), sorted.last()) {
        (Some(first), Some(last)) if first != last => format!("recommendations from {first} to {last}"),
        (Some(only), _) => format!("recommendation {only}"),
        _ => "no recommendations yet".to_owned(),
    }
}
