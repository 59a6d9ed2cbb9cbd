//! The numbers of the rule behind verdicts and charts, in the settings.

use crate::app::RuleSettings;
use crate::ui::theme::{size, tokens};
use egui::{Button, CollapsingHeader, DragValue, Label, RichText, Ui};
use std::ops::RangeInclusive;

/// Draws the numbers, each with its range and what it is for.
pub(super) fn show(ui: &mut Ui, rules: &mut RuleSettings) {
    let title = "The rule behind verdicts and charts";
    CollapsingHeader::new(title).id_salt("rules").show(ui, |ui| {
        hint(ui, "They hold for all plans on this computer, and are printed with every report.");
        number(
            ui,
            &mut rules.corroborated_from,
            2..=6,
            "Independent sources that corroborate",
            "So many different kinds of source must signal about one theme. PALS comments and complaints are one kind.",
        );
        number(
            ui,
            &mut rules.received_percent,
            0..=100,
            "Received sources, in per cent",
            "A theme of which fewer of its sources came is blind.",
        );
        number(ui, &mut rules.least_points, 3..=24, "Fewest months of a chart", "A chart with fewer says nothing.");
        number(ui, &mut rules.shift, 5..=12, "Months that make a shift", "So many in a row on one side of the mean.");
        number(
            ui,
            &mut rules.trend,
            5..=12,
            "Months that make a trend",
            "So many in a row that only rise or only fall.",
        );
        number(
            ui,
            &mut rules.late_after_months,
            0..=12,
            "Months until data are late",
            "Counted from a month's end, where the source came before.",
        );
        number(
            ui,
            &mut rules.answer_within,
            1..=250,
            "Working days to answer a complaint",
            "The agreed limit where a complaint names no due date.",
        );
        tick(
            ui,
            &mut rules.screen,
            "Leave out moving ranges that stand out",
            "Limits are then not widened by single extreme months.",
        );
        tick(
            ui,
            &mut rules.never_asked_counts,
            "A source never asked for counts as missing",
            "Otherwise only what was asked for and did not come does.",
        );
        tick(
            ui,
            &mut rules.small_can_tell,
            "Small counts without a signal say something",
            "Otherwise they are too few to tell.",
        );
        let usual = RuleSettings::default();
        if ui.add_enabled(*rules != usual, Button::new("All as usual")).clicked() {
            *rules = usual;
        }
    });
}

fn number<N: egui::emath::Numeric>(ui: &mut Ui, value: &mut N, range: RangeInclusive<N>, name: &str, words: &str) {
    let limits = format!("{} to {}", range.start().to_f64(), range.end().to_f64());
    ui.horizontal(|ui| {
        ui.add(DragValue::new(value).range(range).speed(0.1)).accessible_name(format!("{name}, {limits}"));
        ui.label(name);
        ui.label(RichText::new(limits).size(size::SMALL).color(tokens(ui).ink_second));
    });
    hint(ui, words);
}

fn tick(ui: &mut Ui, value: &mut bool, name: &str, words: &str) {
    ui.checkbox(value, name);
    hint(ui, words);
}

fn hint(ui: &mut Ui, words: &str) {
    ui.add(Label::new(RichText::new(words).size(size::SMALL).color(tokens(ui).ink_second)).wrap());
}
