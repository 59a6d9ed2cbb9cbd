//! The editor's tab of actions: those of the recommendation in its order, and which others there are to link.

use super::Editor;
use crate::model::{Action, EditBuilder, Entity, Id, Recommendation, intent, text};
use crate::ui::context::Ctx;
use crate::ui::theme::tokens;
use egui::{RichText, Ui};

/// How many actions are offered at once for linking.
const OFFERED: usize = 8;

impl Editor {
    pub(super) fn actions(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        self.action_list(ui, ctx, row);
    }

    /// Actions of the plan that do not serve this recommendation yet, by what is typed.
    pub(super) fn link_existing(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let Some(query) = &mut self.link_query else { return };
        let edit = egui::TextEdit::singleline(query).hint_text("Words of the action").desired_width(f32::INFINITY);
        ui.add(edit).accessible_name("Find an action to link");
        let wanted = text::fold(query.trim());
        let linked: Vec<Id> = ctx.index.actions(ctx.plan, row.id).iter().map(|action| action.id).collect();
        let matches = |action: &&Action| !linked.contains(&action.id) && text::fold(&action.text).contains(&wanted);
        let mut chosen = None;
        let mut any = false;
        for action in ctx.plan.actions.values().filter(matches).take(OFFERED) {
            any = true;
            let short = text::excerpt(&action.text, "", 90);
            let served = served(ctx, action.id, None);
            let offered = if served.is_empty() { short } else { format!("{short} (at {served})") };
            let response = ui.add(egui::Button::new(offered).frame(false).wrap());
            if response.on_hover_text("Link this action to the recommendation").clicked() {
                chosen = Some(action.id);
            }
        }
        if !any {
            ui.label(RichText::new("No other action has these words").color(tokens(ui).ink_second));
        }
        if let Some(action) = chosen {
            let label = format!("Link an action to {}", intent::row_name(ctx.plan, Entity::Recommendation, row.id));
            let mut edit = EditBuilder::new(ctx.plan, label);
            intent::put_link(&mut edit, row.id, action);
            ctx.edit(edit.finish());
            self.link_query = None;
        }
    }
}

/// The recommendations that an action serves, but for one: "133, 134"; blank for none.
pub(super) fn served(ctx: &Ctx<'_>, action: Id, but: Option<Id>) -> String {
    let rows = ctx.index.served(ctx.plan, action).into_iter().filter(|row| Some(row.id) != but);
    rows.map(|row| ctx.plan.reference_name(row)).collect::<Vec<_>>().join(", ")
}
