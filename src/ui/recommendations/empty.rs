//! What stands where the grid has no rows.

use super::Grid;
use crate::app::Command;
use crate::model::text::count;
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, space, tokens};
use egui::{RichText, Ui};

impl Grid {
    /// Says why there is no row, and what to do.
    pub(super) fn empty(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let theme = tokens(ui);
        ui.vertical_centered(|ui| {
            ui.add_space(60.0);
            let title = |text: &str| RichText::new(text).font(theme::strong(size::TITLE));
            let told = |text: &str| RichText::new(text).color(theme.ink_second);
            if !self.is_narrowed() || ctx.plan.recommendations.is_empty() {
                ui.label(title("No recommendations yet"));
                let text = "This is where each recommendation stands with the government's response, your position and your actions.";
                ui.label(told(text));
                ui.add_space(space::NORMAL);
                for command in [Command::ImportDocument, Command::AddRecommendation] {
                    crate::ui::widgets::command_button(ui, ctx, command);
                }
                return;
            }
            let query = self.query.trim();
            if self.filter.is_empty() {
                ui.label(title(&format!("Nothing in the plan holds “{query}”")));
                ui.label(told(
                    "Numbers, titles, texts, answers, positions, actions, owners, due words and evidence were searched",
                ));
            } else {
                let all = count(ctx.plan.recommendations.len(), "recommendation");
                ui.label(title(&format!("None of {all} is like that")));
                ui.label(told(&sentence(&self.view().filter.words(ctx.plan))));
            }
            ui.add_space(space::NORMAL);
            if ui.button("Show all").clicked() {
                self.show_all();
            }
        });
    }
}

fn sentence(parts: &[String]) -> String {
    crate::model::text::sentence_case(&parts.join("; "))
}
