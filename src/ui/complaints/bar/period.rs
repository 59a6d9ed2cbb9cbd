//! The period that is looked at: the usual ones, the one before and after, or any other.

use super::{BarView, ComplaintsTab};
use crate::app::draft;
use crate::model::due::Month;
use crate::model::intelligence::{View, periods};
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::drop_down;
use egui::{Button, RichText, TextEdit, Ui};

/// A period as a chip names it: "Apr – Jun 2013".
fn short_period(from: Month, to: Month) -> String {
    let month = |month: Month, format: &str| month.first_day().format(format).to_string();
    match () {
        () if from == to => from.label(),
        () if from.year == to.year => format!("{} – {}", month(from, "%b"), month(to, "%b %Y")),
        () => format!("{} – {}", month(from, "%b %Y"), month(to, "%b %Y")),
    }
}

pub(super) fn show(ui: &mut Ui, tab: &mut ComplaintsTab) {
    let (Some(given), Some(view)) = (tab.given.clone(), &mut tab.view) else { return };
    let typed = &mut tab.bar;
    ui.spacing_mut().item_spacing.x = 2.0;
    step(ui, view, "‹", "The period before", -1);
    drop_down(ui, "period", &short_period(view.from, view.to), false, |ui| {
        ui.set_min_width(250.0);
        for usual in given.periods() {
            let on = (usual.from, usual.to) == (view.from, view.to);
            let words = format!("{}: {}", usual.name, short_period(usual.from, usual.to));
            if ui.radio(on, words).clicked() {
                (view.from, view.to) = (usual.from, usual.to);
                ui.close();
            }
        }
        let (from, to) = periods::quarter_of(given.last_whole_month());
        if to != given.last_whole_month() {
            let words = format!("Quarter that runs: {}", short_period(from, to));
            if ui.radio((from, to) == (view.from, view.to), words).clicked() {
                (view.from, view.to) = (from, to);
                ui.close();
            }
        }
        ui.separator();
        own_period(ui, view, typed);
    });
    step(ui, view, "›", "The period after", 1);
    ui.spacing_mut().item_spacing.x = 6.0;
}

fn step(ui: &mut Ui, view: &mut View, sign: &str, name: &str, by: i32) {
    let button = Button::new(sign).frame(false).min_size(egui::vec2(16.0, 24.0));
    if ui.add(button).on_hover_text(name).accessible_name(name).clicked() {
        (view.from, view.to) = periods::step(view.from, view.to, by);
    }
}

/// Reads a month as people type one: "April 2013", "2013-04", "04/2013".
fn read_month(text: &str) -> Option<Month> {
    let text = text.trim();
    Month::parse(text)
        .or_else(|| draft::parse_date(&format!("1 {text}")).map(Month::of))
        .or_else(|| draft::parse_date(&format!("01/{text}")).map(Month::of))
        .or_else(|| draft::parse_date(text).map(Month::of))
}

fn own_period(ui: &mut Ui, view: &mut View, typed: &mut BarView) {
    let theme = tokens(ui);
    ui.label("Another period");
    ui.horizontal(|ui| {
        for (name, hint, text) in [("From", "April 2013", &mut typed.from), ("To", "June 2013", &mut typed.to)] {
            ui.label(RichText::new(name).size(size::SMALL).color(theme.ink_second));
            let hint = RichText::new(hint).color(theme.ink_faint);
            let edit =
                TextEdit::singleline(text).hint_text(hint).desired_width(84.0).margin(egui::Margin::symmetric(6, 4));
            ui.add(edit).accessible_name(format!("{name} month"));
        }
    });
    let period = read_month(&typed.from).zip(read_month(&typed.to)).filter(|(from, to)| from <= to);
    let words = match period {
        Some((from, to)) => format!("Use {}", short_period(from, to)),
        None => "Use it".to_owned(),
    };
    let button = ui.add_enabled(period.is_some(), Button::new(words));
    let button = button.on_disabled_hover_text("Two months, the first before the last: April 2013, or 2013-04");
    if let Some((from, to)) = period.filter(|_| button.clicked()) {
        (view.from, view.to) = (from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_as_people_type_them() {
        let april = Month { year: 2013, month: 4 };
        for text in ["April 2013", "2013-04", "04/2013", "Apr 2013", " april 2013 ", "12 April 2013"] {
            assert_eq!(read_month(text), Some(april), "{text}");
        }
        for text in ["", "April", "2013", "month"] {
            assert_eq!(read_month(text), None, "{text}");
        }
    }
}
