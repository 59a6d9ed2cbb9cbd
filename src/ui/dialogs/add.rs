//! Recommendations to add: from the catalogue, or one of the CCG's own.

use super::Outcome;
use crate::model::catalogue::Catalogue;
use crate::model::{EditBuilder, Id, Recommendation, text};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::{field, primary_button};
use egui::{RichText, ScrollArea, Ui};
use std::collections::BTreeSet;

/// What was chosen so far.
#[derive(Debug, Default)]
pub struct Add {
    query: String,
    chosen: BTreeSet<String>,
    own_number: String,
    own_title: String,
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, add: &mut Add) -> Outcome {
    let Ok(catalogue) = Catalogue::francis() else { return Outcome::Close };
    let mut outcome = from_catalogue(ui, ctx, add, &catalogue);
    ui.add_space(space::NORMAL);
    ui.separator();
    if own(ui, ctx, add) == Outcome::Close {
        outcome = Outcome::Close;
    }
    outcome
}

fn from_catalogue(ui: &mut Ui, ctx: &Ctx<'_>, add: &mut Add, catalogue: &Catalogue) -> Outcome {
    let theme = tokens(ui);
    field::label(ui, &format!("From the {}", catalogue.report.short_title));
    let edit = egui::TextEdit::singleline(&mut add.query).hint_text("Number or words").desired_width(f32::INFINITY);
    ui.add(edit).accessible_name("Search the report's recommendations");
    let wanted = text::fold(add.query.trim());
    let missing: Vec<_> = catalogue
        .recommendations
        .iter()
        .filter(|entry| ctx.plan.recommendation(&catalogue.report.key, &entry.reference).is_none())
        .filter(|entry| {
            wanted.is_empty()
                || text::fold(&format!("{} {} {}", entry.reference, entry.title, entry.text)).contains(&wanted)
        })
        .collect();
    ScrollArea::vertical().max_height(280.0).auto_shrink([false, true]).show(ui, |ui| {
        if missing.is_empty() {
            ui.label(RichText::new("All that match are in the plan already").color(theme.ink_second));
        }
        for entry in &missing {
            let mut ticked = add.chosen.contains(&entry.reference);
            if ui.checkbox(&mut ticked, format!("{}  {}", entry.reference, entry.title)).changed() {
                if ticked {
                    add.chosen.insert(entry.reference.clone());
                } else {
                    add.chosen.remove(&entry.reference);
                }
            }
        }
    });
    let chosen: Vec<_> =
        catalogue.recommendations.iter().filter(|entry| add.chosen.contains(&entry.reference)).collect();
    let words = text::count(chosen.len(), "recommendation");
    let clicked =
        ui.add_enabled_ui(!chosen.is_empty(), |ui| primary_button(ui, &format!("Add {words}")).clicked()).inner;
    if clicked {
        let mut edit = EditBuilder::new(ctx.plan, format!("Add {words}"));
        catalogue.add_to(&mut edit, ctx.plan.id(), &chosen);
        ctx.edit(edit.finish());
        return Outcome::Close;
    }
    Outcome::Open
}

fn own(ui: &mut Ui, ctx: &Ctx<'_>, add: &mut Add) -> Outcome {
    let theme = tokens(ui);
    field::label(ui, "One of your own");
    ui.horizontal(|ui| {
        let number = egui::TextEdit::singleline(&mut add.own_number).hint_text("Number").desired_width(80.0);
        ui.add(number).accessible_name("Number of your own recommendation");
        let title = egui::TextEdit::singleline(&mut add.own_title).hint_text("Title").desired_width(340.0);
        ui.add(title).accessible_name("Title of your own recommendation");
    });
    let taken = ctx.plan.recommendations.values().any(|row| row.reference.eq_ignore_ascii_case(add.own_number.trim()));
    if taken && !add.own_number.trim().is_empty() {
        ui.label(RichText::new("The plan has that number already").size(size::SMALL).color(theme.ink_second));
    }
    let ready = !taken && !add.own_number.trim().is_empty();
    if ui.add_enabled(ready, egui::Button::new("Add your own")).clicked() {
        let row = Recommendation {
            id: Id::random(),
            reference: add.own_number.trim().to_owned(),
            title: add.own_title.trim().to_owned(),
            ..Recommendation::default()
        };
        let mut edit = EditBuilder::new(ctx.plan, format!("Add recommendation {}", row.reference));
        edit.put(&row);
        ctx.edit(edit.finish());
        ctx.send(Wish::Select(Some(row.id)));
        return Outcome::Close;
    }
    Outcome::Open
}
