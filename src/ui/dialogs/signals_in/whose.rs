//! The names of providers in a file, each with whose it is.

use super::digest::Digest;
use crate::app::SignalsWaiting;
use crate::import::signals::{Decision, Whose};
use crate::model::text::count;
use crate::model::{Id, Plan};
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{Badge, pill};
use egui::{ComboBox, Label, RichText, ScrollArea, Ui};

/// Height of a name's row in points.
const ROW: f32 = 62.0;

/// Draws the names, those first that are open; gives what was said of one.
pub(super) fn show(
    ui: &mut Ui,
    plan: &Plan,
    digest: &Digest,
    waiting: &SignalsWaiting,
    height: f32,
) -> Option<(String, Decision)> {
    let mut said = None;
    let area = ScrollArea::vertical().id_salt("whose rows").max_height(height).min_scrolled_height(height);
    let whose = &waiting.proposal.whose;
    area.auto_shrink(false).show_rows(ui, ROW, digest.order.len(), |ui, range| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        for at in range {
            if let Some(one) = digest.order.get(at).and_then(|at| whose.get(*at)) {
                ui.push_id(&one.given, |ui| {
                    ui.scope(|ui| {
                        ui.set_height(ROW - 8.0);
                        said = name(ui, plan, one).or(said.take());
                    });
                    ui.painter().hline(
                        ui.max_rect().x_range(),
                        ui.cursor().top() - 4.0,
                        egui::Stroke::new(1.0, tokens(ui).line_faint),
                    );
                });
            }
        }
    });
    said
}

fn name(ui: &mut Ui, plan: &Plan, one: &Whose) -> Option<(String, Decision)> {
    let theme = tokens(ui);
    let mut chosen = None;
    let named = |id: &Id| plan.providers.get(id).map_or("a provider", |row| row.name.as_str());
    let title = if one.given.is_empty() { "Rows that name nobody" } else { &one.given };
    ui.horizontal(|ui| {
        pill(ui, &badge(&one.decision));
        ui.add(Label::new(RichText::new(title).font(theme::strong(size::BODY))).truncate());
        ui.label(RichText::new(count(one.rows, "row")).size(size::SMALL).color(theme.ink_second));
    });
    ui.horizontal(|ui| {
        let shown = match &one.decision {
            Decision::Known(id) => named(id).to_owned(),
            Decision::New => "A new provider".to_owned(),
            Decision::Open(_) => "Say whose".to_owned(),
            Decision::LeftOut => "Leave these rows out".to_owned(),
        };
        let combo = ComboBox::from_id_salt("decision").width(280.0).truncate().selected_text(&shown);
        let response = combo.show_ui(ui, |ui| {
            for row in plan.providers_in_order() {
                if ui.selectable_label(one.decision == Decision::Known(row.id), &row.name).clicked() {
                    chosen = Some(Decision::Known(row.id));
                }
            }
            if !one.given.is_empty() && ui.selectable_label(one.decision == Decision::New, "A new provider").clicked() {
                chosen = Some(Decision::New);
            }
            if ui.selectable_label(one.decision == Decision::LeftOut, "Leave these rows out").clicked() {
                chosen = Some(Decision::LeftOut);
            }
        });
        response.response.accessible_name(format!("Whose the rows of “{title}” are: {shown}"));
        match &one.decision {
            Decision::Open(near) => {
                for near in near {
                    let id = plan.providers.values().find(|row| row.name == *near).map(|row| row.id);
                    if let Some(id) = id.filter(|_| ui.button(format!("It is {near}")).clicked()) {
                        chosen = Some(Decision::Known(id));
                    }
                }
                if !one.given.is_empty() && ui.button("It is a new one").clicked() {
                    chosen = Some(Decision::New);
                }
            }
            Decision::Known(id) if named(id) != one.given && !one.given.is_empty() => {
                ui.label(RichText::new("This name is remembered for it").size(size::SMALL).color(theme.ink_second));
            }
            _ => {}
        }
    });
    chosen.filter(|chosen| *chosen != one.decision).map(|chosen| (one.given.clone(), chosen))
}

fn badge(decision: &Decision) -> Badge {
    let (word, tone) = match decision {
        Decision::Known(_) => ("Known", Tone::Good),
        Decision::New => ("New", Tone::Blue),
        Decision::Open(near) if near.is_empty() => ("To decide", Tone::Amber),
        Decision::Open(_) => ("Almost a known name", Tone::Amber),
        Decision::LeftOut => ("Left out", Tone::Grey),
    };
    Badge { word: word.into(), tone, shape: None }
}
