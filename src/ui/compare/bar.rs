//! The bar above the comparison: which rows are shown, with how many there are of each.

use super::CompareTab;
use crate::app::Comparing;
use crate::model::compare::{Joint, Status};
use crate::model::printed::day;
use crate::ui::bars;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::{chip, drop_down, link_button};
use egui::{Align, Layout, RichText, Ui};

/// The statuses in the order of the bar, with what a chip says.
const CHIPS: [(Option<Status>, &str); 5] = [
    (None, "All"),
    (Some(Status::Differs), "Differs"),
    (Some(Status::OnlyMine), "Only ours"),
    (Some(Status::OnlyTheirs), "Only theirs"),
    (Some(Status::Same), "Same"),
];

pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &CompareTab, comparing: &mut Comparing, focus_search: &mut bool) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        for (status, word) in CHIPS {
            let on = comparing.filter.status == status;
            if chip(ui, &format!("{word} {}", tab.counts.of(status)), on).clicked() {
                comparing.filter.status = status;
            }
        }
        ui.add_space(4.0);
        joint(ui, tab, comparing);
        theme(ui, tab, comparing);
        date(ui, ctx, comparing);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if bars::is_narrow(ui) {
                bars::search(ui, &mut comparing.filter.text, focus_search);
            } else if !comparing.filter.is_all() && link_button(ui, "Show all").clicked() {
                comparing.filter = Default::default();
            }
        });
    });
}

fn joint(ui: &mut Ui, tab: &CompareTab, comparing: &mut Comparing) {
    let choices = [
        (Joint::Any, "All rows".to_owned(), "Joint"),
        (Joint::Joint, format!("With joint actions: {}", tab.counts.joint), "Joint actions"),
        (Joint::Progress, format!("Their progress on joint actions: {}", tab.counts.progress), "Their progress"),
    ];
    let now = comparing.filter.joint;
    let label = choices.iter().find(|(joint, ..)| *joint == now).map_or("Joint", |(_, _, label)| label);
    drop_down(ui, "joint", label, now != Joint::Any, |ui| {
        ui.set_min_width(230.0);
        for (joint, words, _) in choices {
            if ui.radio(now == joint, words).clicked() {
                comparing.filter.joint = joint;
                ui.close();
            }
        }
        let text = "A joint action is one action in both plans: it was taken over from one into the other";
        ui.label(RichText::new(text).size(size::SMALL).color(tokens(ui).ink_second));
    });
}

fn theme(ui: &mut Ui, tab: &CompareTab, comparing: &mut Comparing) {
    if tab.themes.is_empty() {
        return;
    }
    let now = comparing.filter.theme.clone();
    let label = now.as_deref().map_or_else(|| "Theme".to_owned(), |theme| theme.chars().take(24).collect());
    drop_down(ui, "compared theme", &label, now.is_some(), |ui| {
        ui.set_min_width(260.0);
        egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            if ui.radio(now.is_none(), "All themes").clicked() {
                comparing.filter.theme = None;
                ui.close();
            }
            for theme in &tab.themes {
                if ui.radio(now.as_ref() == Some(theme), theme).clicked() {
                    comparing.filter.theme = Some(theme.clone());
                    ui.close();
                }
            }
        });
    });
}

/// The date that their positions are looked up at.
fn date(ui: &mut Ui, ctx: &Ctx<'_>, comparing: &mut Comparing) {
    let own = comparing.theirs.own_date(ctx.today);
    if own == ctx.as_at {
        return;
    }
    let label = format!("Theirs as at {}", day(comparing.their_date(ctx.as_at, ctx.today)));
    drop_down(ui, "their date", &label, comparing.same_date, |ui| {
        ui.set_min_width(260.0);
        for (same, words) in
            [(false, format!("Their plan's own date, {}", day(own))), (true, format!("Our date, {}", day(ctx.as_at)))]
        {
            if ui.radio(comparing.same_date == same, words).clicked() {
                comparing.same_date = same;
                ctx.send(Wish::CompareAnew);
                ui.close();
            }
        }
    });
}
