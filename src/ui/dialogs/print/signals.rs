//! What a report on signals is about, and for whom it is.

use super::Print;
use crate::model::Id;
use crate::model::intelligence::{Intelligence, View, periods, upper_first};
use crate::report::complaints::INTERNAL;
use crate::ui::App;
use crate::ui::theme::{Tone, space, tokens};
use crate::ui::widgets::field;
use egui::{ComboBox, RichText, Ui};

/// Draws the choices of provider, period and use.
pub(super) fn options(ui: &mut Ui, print: &mut Print, app: &mut App) {
    ui.add_space(space::NORMAL);
    match app.session.intelligence() {
        Some(intelligence) => {
            let mut view = print.view.clone().unwrap_or_else(|| intelligence.usual_view());
            let before = view.clone();
            provider(ui, &mut view, &intelligence);
            period(ui, &mut view, &intelligence);
            if view != before {
                print.view = Some(view);
            }
        }
        None => {
            ui.label("Counting the signals…");
        }
    }
    let tick = "For internal use: show small numbers";
    let about = "Without it the report is for publication: small numbers are hidden. With it every page is marked.";
    ui.checkbox(&mut print.internal, tick).on_hover_text(about);
    if print.internal {
        let theme = tokens(ui);
        ui.label(RichText::new(INTERNAL).color(theme.tint(Tone::Amber).ink));
    }
}

fn provider(ui: &mut Ui, view: &mut View, of: &Intelligence) {
    field::label(ui, "Provider");
    let name = |id: Option<Id>| id.map_or("All providers", |id| of.provider_name(id)).to_owned();
    let shown = name(view.provider);
    let combo = ComboBox::from_id_salt("report provider").width(190.0).selected_text(&shown).truncate();
    let response = combo.show_ui(ui, |ui| {
        for id in std::iter::once(None).chain(of.providers().iter().map(|one| Some(one.id))) {
            ui.selectable_value(&mut view.provider, id, name(id));
        }
    });
    response.response.accessible_name(format!("Provider of the report: {shown}"));
}

fn period(ui: &mut Ui, view: &mut View, of: &Intelligence) {
    field::label(ui, "Period");
    let shown = upper_first(&periods::words(view.from, view.to));
    let combo = ComboBox::from_id_salt("report period").width(190.0).selected_text(&shown).truncate();
    let mut chosen = (view.from, view.to);
    let response = combo.show_ui(ui, |ui| {
        for period in of.periods() {
            let words = format!("{}: {}", period.name, periods::words(period.from, period.to));
            ui.selectable_value(&mut chosen, (period.from, period.to), words);
        }
    });
    (view.from, view.to) = chosen;
    response.response.accessible_name(format!("Period of the report: {shown}"));
    ui.add_space(space::NORMAL);
}
