//! The editor beside the grid: everything of the selected recommendation as a labelled form, in four tabs.

mod action;
mod actions;
mod evidence;
mod history;
mod pointing;
mod position;
mod reading;
mod recommendation;
mod tabs;
mod then_now;
mod wording;

use crate::model::Id;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::icon_button;
use egui::{RichText, ScrollArea, Ui};
use egui_material_icons::icons::ICON_CLOSE;

pub(super) use action::capital;
pub use action::{action_card, action_fields, due_in_words, notes};
pub use evidence::remarks;
pub use tabs::EditorTab;

/// What the editor remembers between frames.
#[derive(Debug, Default)]
pub struct Editor {
    /// Which part of the story is shown; kept from row to row.
    tab: EditorTab,
    /// The tab that is shown takes the focus: arrows moved it.
    focus_tab: bool,
    /// The action whose fields are shown.
    open_action: Option<Id>,
    /// Bring the open action into view in the next frame.
    show_action: bool,
    /// An earlier position that is being edited.
    old_position: Option<Id>,
    /// The date of a position that is about to be started, as it is typed.
    new_position: Option<String>,
    /// Then and now, while that is open.
    then_now: Option<then_now::ThenNow>,
    /// What is searched for among actions to link.
    link_query: Option<String>,
    /// The evidence whose fields are shown.
    open_evidence: Option<Id>,
    /// What is searched for among evidence to link.
    evidence_query: Option<String>,
    /// Put the cursor into the position in the next frame.
    focus_position: bool,
    /// Words that were selected last in a field of this recommendation.
    selected_words: Option<String>,
    /// What is being pointed at another recommendation.
    pointing: Option<pointing::Pointing>,
    /// Our wording is asked for though there is none yet.
    wording_open: bool,
    /// The published text is shown without the differences.
    as_published: bool,
    /// How the history is looked at.
    history: history::Looking,
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
    /// The editor for another recommendation: the tab stays, and then and now if it is open.
    #[must_use]
    pub fn for_another_row(&self) -> Self {
        let then_now = self.then_now.as_ref().map(|_| then_now::ThenNow::default());
        Self { tab: self.tab, then_now, ..Self::default() }
    }

    /// Shows the position in the next frame, ready to type.
    pub fn lead_to_position(&mut self) {
        self.tab = EditorTab::Details;
        self.focus_position = true;
    }

    /// Shows an action with its fields.
    pub fn lead_to_action(&mut self, action: Id) {
        if self.tab != EditorTab::Details {
            self.tab = EditorTab::Actions;
        }
        self.open_action = Some(action);
        self.show_action = true;
    }

    /// Shows a tab.
    pub fn lead_to(&mut self, tab: EditorTab) {
        self.tab = tab;
    }

    /// Opens what somebody is led to.
    pub fn follow(&mut self, lead: Lead) {
        match lead {
            Lead::Details => self.tab = EditorTab::Details,
            Lead::Action(id) => self.lead_to_action(id),
            Lead::Evidence(id) => {
                self.tab = EditorTab::Evidence;
                self.open_evidence = Some(id);
            }
        }
    }

    /// Draws the editor for a recommendation; gives true if it is to be closed.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, id: Id) -> bool {
        let Some(row) = ctx.plan.recommendations.get(&id) else { return true };
        let theme = tokens(ui);
        let mut close = false;
        ui.horizontal(|ui| {
            let name = format!("Recommendation {}", ctx.plan.reference_name(row));
            ui.label(RichText::new(name).color(theme.ink_second));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                close = icon_button(ui, ICON_CLOSE, "Close the editor", true).clicked();
            });
        });
        ui.add(egui::Label::new(RichText::new(row.shown_title()).font(theme::strong(size::HEADING))).wrap());
        self.tabs(ui, ctx, id);
        // each tab scrolls by itself
        ScrollArea::vertical().id_salt(("editor", id, self.tab)).auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - space::NORMAL);
            match self.tab {
                EditorTab::Details => self.details(ui, ctx, row),
                EditorTab::Actions => self.actions(ui, ctx, row),
                EditorTab::Evidence => self.evidence(ui, ctx, row),
                EditorTab::History => self.row_history(ui, ctx, row),
            }
            ui.add_space(40.0);
        });
        self.then_and_now(ui, ctx, row);
        close
    }

    /// Asks for another recommendation, in the tab that is shown.
    fn go(ctx: &Ctx<'_>, to: Id) {
        ctx.send(Wish::Select(Some(to)));
    }
}
