//! The plan's name, version, dates, and the paper's summary sheet.

use super::Outcome;
use crate::app::DraftKey;
use crate::model::{EditBuilder, Entity, Id, PaperField, PlanInfo, PlanStatus, Theme, intent, order, paper};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{choice_field, date_field, link_button, text_field};
use egui::{RichText, ScrollArea, Ui};

/// Draws the dialog.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        plan(ui, ctx);
        themes(ui, ctx);
        sheet(ui, ctx);
        heading(ui, "Words for states");
        super::state_words::show(ui, ctx);
    });
    Outcome::Open
}

fn plan(ui: &mut Ui, ctx: &Ctx<'_>) {
    let id = ctx.plan.id();
    let key = |field| DraftKey::Field(Entity::PlanInfo, id, field);
    text_field(ui, ctx, key("organisation"), "Organisation", 1);
    text_field(ui, ctx, key("title"), "Title of the plan", 1);
    ui.columns_const(|[a, b, c]| {
        text_field(a, ctx, key("version"), "Version", 1);
        let word = |status: PlanStatus| sentence_case(status.word());
        if let Some(status) = choice_field(b, "Status", ctx.editable, ctx.plan.info().status, PlanStatus::ALL, word) {
            ctx.edit(intent::update::<PlanInfo>(ctx.plan, id, "Change status of the plan", |row| row.status = status));
        }
        date_field(c, ctx, key("as_at"), "Date of the paper");
    });
}

fn themes(ui: &mut Ui, ctx: &Ctx<'_>) {
    heading(ui, "Themes");
    for theme in ctx.plan.themes_in_order() {
        let name = format!("Theme {}", theme.title);
        let key = DraftKey::Field(Entity::Theme, theme.id, "title");
        crate::ui::widgets::field::bare_field(ui, ctx, key, &name, 1, "Name of the theme");
    }
    if ctx.editable && link_button(ui, "+ Theme").clicked() {
        let last = ctx.plan.themes_in_order().last().map_or_else(String::new, |theme| theme.order.clone());
        let mut edit = EditBuilder::new(ctx.plan, "Add a theme");
        edit.put(&Theme { id: Id::random(), order: order::between(&last, ""), title: "New theme".into() });
        ctx.edit(edit.finish());
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(space::WIDE);
    ui.label(RichText::new(words).font(theme::strong(size::HEADING)));
}

fn sheet(ui: &mut Ui, ctx: &Ctx<'_>) {
    heading(ui, "Summary sheet");
    let fields = ctx.plan.paper_in_order();
    for row in &fields {
        let rows = if row.text.len() > 90 || row.text.contains('\n') { 3 } else { 1 };
        let label = row.label.trim_end_matches(':');
        text_field(ui, ctx, DraftKey::Field(Entity::PaperField, row.id, "text"), label, rows);
    }
    let missing: Vec<_> = paper::KNOWN.iter().filter(|known| !fields.iter().any(|row| row.key == known.key)).collect();
    if !ctx.editable || missing.is_empty() {
        return;
    }
    ui.add_space(space::TIGHT);
    let theme = tokens(ui);
    ui.menu_button("+ Field of the summary sheet", |ui| {
        for known in missing {
            if ui.button(known.label).clicked() {
                let last = fields.last().map_or_else(String::new, |row| row.order.clone());
                let row = PaperField {
                    id: ctx.plan.id().derive(&["paper", known.key]),
                    order: order::between(&last, ""),
                    key: known.key.into(),
                    label: known.label.into(),
                    text: String::new(),
                };
                let mut edit = EditBuilder::new(ctx.plan, format!("Add {} to the summary sheet", known.label));
                edit.put(&row);
                ctx.edit(edit.finish());
            }
        }
    });
    ui.label(RichText::new("What you leave blank is printed blank").size(size::SMALL).color(theme.ink_second));
}
