//! The action plan tab: key responsibilities with their actions and timescales, then actions alone.

use super::context::Ctx;
use super::editor::action_card;
use super::theme::{self, size, space, tokens};
use super::widgets::{field, link_button};
use crate::app::DraftKey;
use crate::model::due::Due;
use crate::model::{Action, EditBuilder, Entity, Id, Responsibility, Timescale, intent, order};
use egui::{RichText, ScrollArea, Ui};

/// What the tab remembers between frames.
#[derive(Debug, Default)]
pub struct ActionPlanTab {
    open_action: Option<Id>,
    open_responsibility: Option<Id>,
    /// An action to bring into view.
    bring: Option<Id>,
}

/// Width of the left column, with the responsibility and its timescales, in points.
const LEFT: f32 = 330.0;

impl ActionPlanTab {
    /// Opens an action and brings it into view.
    pub fn lead_to(&mut self, action: Id) {
        (self.open_action, self.bring) = (Some(action), Some(action));
    }

    fn card(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, action: &Action) {
        let shown = ui.scope(|ui| action_card(ui, ctx, &mut self.open_action, action, None)).response;
        if self.bring == Some(action.id) {
            self.bring = None;
            shown.scroll_to_me(Some(egui::Align::Center));
        }
    }

    /// Draws the tab.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let theme = tokens(ui);
        let responsibilities = ctx.plan.responsibilities_in_order();
        ScrollArea::vertical().id_salt("action plan").auto_shrink(false).show(ui, |ui| {
            egui::Frame::new().inner_margin(egui::Margin::same(14)).show(ui, |ui| {
                if responsibilities.is_empty() && ctx.plan.actions.is_empty() {
                    ui.label(RichText::new("No actions yet").font(theme::strong(size::TITLE)));
                    let text = "This is where key responsibilities stand with their actions and timescales. Import a document, or add a responsibility.";
                    ui.label(RichText::new(text).color(theme.ink_second));
                }
                for row in responsibilities {
                    self.responsibility(ui, ctx, row);
                }
                if ctx.editable && ui.button("+ Key responsibility").clicked() {
                    self.add_responsibility(ctx);
                }
                let alone = ctx.index.actions_under(ctx.plan, None);
                if !alone.is_empty() {
                    ui.add_space(space::WIDE);
                    ui.label(RichText::new("Actions under no responsibility").font(theme::strong(size::HEADING)));
                    for action in alone {
                        self.card(ui, ctx, action);
                        ui.separator();
                    }
                }
                ui.add_space(60.0);
            });
        });
    }

    fn responsibility(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Responsibility) {
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(LEFT);
                let editing = self.open_responsibility == Some(row.id);
                if editing {
                    let key = DraftKey::Field(Entity::Responsibility, row.id, "text");
                    field::text_field(ui, ctx, key, "Key responsibility", 3);
                } else {
                    ui.add(egui::Label::new(RichText::new(&row.text).font(theme::strong(size::BODY))).wrap());
                }
                self.timescales(ui, ctx, row, editing);
                if editing {
                    super::editor::remarks(ui, ctx, row.id);
                }
                if ctx.editable
                    && link_button(ui, if editing { "Done" } else { "Edit responsibility and timescales" }).clicked()
                {
                    self.open_responsibility = (!editing).then_some(row.id);
                }
            });
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                for action in ctx.index.actions_under(ctx.plan, Some(row.id)) {
                    self.card(ui, ctx, action);
                }
                if ctx.editable && link_button(ui, "+ Action").clicked() {
                    let action = Action { id: Id::random(), responsibility: Some(row.id), ..Action::default() };
                    self.open_action = Some(action.id);
                    ctx.edit(intent::add_action(ctx.plan, action, None));
                }
            });
        });
        ui.separator();
    }

    fn timescales(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Responsibility, editing: bool) {
        let theme = tokens(ui);
        let timescales = ctx.index.timescales(ctx.plan, row.id);
        let shared = timescales.len() == 1;
        for timescale in &timescales {
            if editing {
                timescale_fields(ui, ctx, row, timescale);
                continue;
            }
            let paired = timescale.action.and_then(|id| ctx.plan.actions.get(&id));
            let aside = match paired {
                Some(action) => format!("for: {}", action.text.chars().take(70).collect::<String>()),
                None if shared => "for all its actions".into(),
                None => "not yet paired with an action".into(),
            };
            let done = if timescale.done { "✓ " } else { "" };
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(format!("{done}{}", timescale.words)).color(theme.accent));
                ui.label(RichText::new(aside).size(size::SMALL).color(theme.ink_second));
            });
        }
        if editing && ctx.editable && link_button(ui, "+ Timescale").clicked() {
            let last = timescales.last().map_or_else(String::new, |row| row.order.clone());
            let new = Timescale {
                id: Id::random(),
                responsibility: row.id,
                order: order::between(&last, ""),
                ..Timescale::default()
            };
            let mut edit = EditBuilder::new(ctx.plan, "Add a timescale");
            edit.put(&new);
            ctx.edit(edit.finish());
        }
    }

    fn add_responsibility(&mut self, ctx: &Ctx<'_>) {
        let last = ctx.plan.responsibilities_in_order().last().map_or_else(String::new, |row| row.order.clone());
        let new = Responsibility { id: Id::random(), order: order::between(&last, ""), text: String::new() };
        let mut edit = EditBuilder::new(ctx.plan, "Add a key responsibility");
        edit.put(&new);
        self.open_responsibility = Some(new.id);
        ctx.edit(edit.finish());
    }
}

fn timescale_fields(ui: &mut Ui, ctx: &Ctx<'_>, row: &Responsibility, timescale: &Timescale) {
    let theme = tokens(ui);
    ui.push_id(timescale.id.to_string(), |ui| {
        field::text_field(
            ui,
            ctx,
            DraftKey::Field(Entity::Timescale, timescale.id, "words"),
            "Timescale, in your words",
            1,
        );
        let due = Due::of(&timescale.words, &timescale.reading, ctx.plan.due_anchor());
        let reading = format!("Read as: {}", super::editor::due_in_words(due));
        ui.label(RichText::new(reading).size(size::SMALL).color(theme.ink_second));
        let actions: Vec<Id> = ctx.index.actions_under(ctx.plan, Some(row.id)).iter().map(|action| action.id).collect();
        let name = |id: Id| {
            ctx.plan.actions.get(&id).map_or_else(String::new, |action| action.text.chars().take(60).collect())
        };
        if let Some(action) =
            field::choice_field(ui, "It is the due of", ctx.editable, timescale.action, &actions, name)
        {
            ctx.edit(intent::update::<Timescale>(ctx.plan, timescale.id, "Pair a timescale with an action", |row| {
                row.action = action;
            }));
        }
        let mut done = timescale.done;
        if ui.add_enabled(ctx.editable, egui::Checkbox::new(&mut done, "Done")).changed() {
            ctx.edit(intent::update::<Timescale>(ctx.plan, timescale.id, "Tick a timescale", |row| row.done = done));
        }
        if ctx.editable && link_button(ui, "Delete the timescale").clicked() {
            let mut edit = EditBuilder::new(ctx.plan, "Delete a timescale");
            edit.delete::<Timescale>(timescale.id);
            ctx.edit(edit.finish());
        }
    });
}
