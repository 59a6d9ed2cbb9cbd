//! The editor beside the grid: everything of the selected recommendation as a labelled form.

mod action;
mod evidence;
mod recommendation;

use crate::model::Id;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::icon_button;
use egui::{RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_HISTORY};

pub(super) use action::capital;
pub use action::{action_card, action_fields, due_in_words, notes};
pub use evidence::remarks;

/// What the editor remembers between frames.
#[derive(Debug, Default)]
pub struct Editor {
    /// The action whose fields are shown.
    pub open_action: Option<Id>,
    /// An earlier position that is being edited.
    old_position: Option<Id>,
    /// What is searched for among actions to link.
    link_query: Option<String>,
    /// The evidence whose fields are shown.
    open_evidence: Option<Id>,
    /// What is searched for among evidence to link.
    evidence_query: Option<String>,
    /// Put the cursor into the position in the next frame.
    pub focus_position: bool,
    /// The published text is shown.
    published_open: bool,
    /// A deletion waits for a second click.
    confirm_delete: Option<Id>,
}

/// What of a recommendation somebody is led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// Its position, its answer.
    Details,
    /// An action that serves it.
    Action(Id),
    /// Evidence that stands behind it.
    Evidence(Id),
}

impl Editor {
    /// Opens what somebody is led to.
    pub fn lead_to(&mut self, lead: Lead) {
        match lead {
            Lead::Details => {}
            Lead::Action(id) => self.open_action = Some(id),
            Lead::Evidence(id) => self.open_evidence = Some(id),
        }
    }

    /// Draws the editor for a recommendation; gives true if it is to be closed.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, id: Id) -> bool {
        let Some(row) = ctx.plan.recommendations.get(&id) else { return true };
        let theme = tokens(ui);
        let mut close = false;
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("Recommendation {}", row.reference)).color(theme.ink_second));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                close = icon_button(ui, ICON_CLOSE, "Close the editor", true).clicked();
                if icon_button(ui, ICON_HISTORY, "History of this recommendation", true).clicked() {
                    ctx.send(Wish::HistoryOf(id));
                }
            });
        });
        ScrollArea::vertical().id_salt(("editor", id)).auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - space::NORMAL);
            ui.add(egui::Label::new(RichText::new(row.shown_title()).font(theme::strong(size::HEADING))).wrap());
            ui.add_space(space::TIGHT);
            self.recommendation(ui, ctx, row);
        });
        close
    }
}
