//! The editor's first tab: where the CCG stands, what it was asked and answered, and what is done, on one page.

use super::Editor;
use crate::app::{Command, DraftKey};
use crate::model::{Entity, Id, Recommendation, intent};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::{choice_field, link_button, text_field};
use egui::{RichText, Ui};

pub(super) fn section(ui: &mut Ui, name: &str) {
    let theme = tokens(ui);
    ui.add_space(space::NORMAL);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, theme.line_faint));
    ui.add_space(space::TIGHT);
    ui.label(RichText::new(name).font(theme::strong(size::BODY)));
}

impl Editor {
    pub(super) fn details(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        self.position(ui, ctx, row);
        self.earlier(ui, ctx, row);
        self.pointing(ui, ctx, row);
        super::position::answer_details(ui, ctx, row);
        response(ui, ctx, row);
        self.wording(ui, ctx, row);
        section(ui, "Actions");
        self.action_list(ui, ctx, row);
        if !ctx.plan.findings_about(row.id).is_empty() {
            section(ui, "Findings");
            crate::ui::complaints::findings_list(ui, ctx, row.id);
        }
        super::remarks(ui, ctx, row.id);
        section(ui, "In the plan");
        theme_choice(ui, ctx, row);
        self.delete(ui, ctx, row);
    }

    /// The actions with what can be added to them.
    pub(super) fn action_list(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let actions = ctx.index.actions(ctx.plan, row.id);
        if actions.is_empty() {
            ui.label(RichText::new("No action yet").color(tokens(ui).ink_second));
        }
        for action in actions {
            let shown = self.open_action == Some(action.id) && std::mem::take(&mut self.show_action);
            let top = ui.cursor().min;
            super::action_card(ui, ctx, &mut self.open_action, action, Some(row.id));
            if shown {
                let area = egui::Rect::from_min_max(top, ui.min_rect().right_bottom());
                ui.scroll_to_rect(area, None);
            }
        }
        if !ctx.editable {
            return;
        }
        ui.horizontal(|ui| {
            if ui.button("+ Action").on_hover_text(Command::AddAction.offer().tooltip).clicked() {
                ctx.send(Wish::Run(Command::AddAction));
            }
            if link_button(ui, "Link existing…").clicked() {
                self.link_query = if self.link_query.is_some() { None } else { Some(String::new()) };
            }
        });
        self.link_existing(ui, ctx, row);
    }

    fn delete(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        if !ctx.editable {
            return;
        }
        section(ui, "Take out of the plan");
        if self.confirm_delete == Some(row.id) {
            ui.horizontal_wrapped(|ui| {
                ui.label("Its positions and remarks go with it; its actions and evidence stay. You can undo this.");
                if ui.button("Delete").clicked() {
                    self.confirm_delete = None;
                    ctx.edit(intent::delete_recommendation(ctx.plan, row.id));
                }
                if link_button(ui, "Keep it").clicked() {
                    self.confirm_delete = None;
                }
            });
        } else if link_button(ui, "Delete this recommendation…").clicked() {
            self.confirm_delete = Some(row.id);
        }
    }
}

fn response(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    section(ui, "Government response");
    let key = |field| DraftKey::Field(Entity::Recommendation, row.id, field);
    ui.columns_const(|[left, right]| {
        text_field(left, ctx, key("response_status"), "Answer", 1);
        text_field(right, ctx, key("response_by"), "As recorded by", 1);
    });
    text_field(ui, ctx, key("response"), "In its words", 3);
}

fn theme_choice(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    let themes = ctx.plan.themes_in_order();
    let ids: Vec<Id> = themes.iter().map(|theme| theme.id).collect();
    let name = |id: Id| ctx.plan.themes.get(&id).map_or_else(String::new, |theme| theme.title.clone());
    ui.add_space(space::TIGHT);
    if let Some(theme) = choice_field(ui, "Theme", ctx.editable, row.theme, &ids, name) {
        let label = format!("Change theme of {}", intent::row_name(ctx.plan, Entity::Recommendation, row.id));
        ctx.edit(intent::update::<Recommendation>(ctx.plan, row.id, &label, |row| row.theme = theme));
    }
}
