//! Beside the matrix: what can be said, what was noted of it, how closely a provider is watched, and the rows
//! behind a cell.

mod findings;
mod rows;
mod watch;

use super::{ComplaintsTab, period_words};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::icon_button;
use egui::{RichText, ScrollArea, Ui};
use egui_material_icons::icons::ICON_CLOSE;

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub(super) struct PanelView {
    /// The rows behind the chosen place.
    pub(super) rows: rows::RowsView,
    /// The signal that is shown whole.
    pub(super) one: Option<i64>,
    /// It lies over the matrix, on a narrow screen.
    pub(super) over: bool,
    /// Bring the rows into view.
    reveal_rows: bool,
    /// Quiet findings are listed too.
    all_findings: bool,
    counts: findings::Counts,
}

impl PanelView {
    /// Brings the rows into view in the next frame.
    pub(super) fn show_rows(&mut self) {
        self.reveal_rows = true;
    }

    /// Something else is known or looked at.
    pub(super) fn forget(&mut self) {
        self.counts.clear();
    }
}

/// Draws the panel; `over` where it can be closed.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab, over: bool) {
    if tab.panel.one.is_some() {
        rows::whole(ui, ctx, tab);
        return;
    }
    let theme = tokens(ui);
    let Some(worked) = &tab.worked else { return };
    let whose = worked.view.provider.map_or("All providers", |id| worked.of.provider_name(id)).to_owned();
    let period = period_words(worked.view.from, worked.view.to);
    ui.horizontal(|ui| {
        ui.label(RichText::new("What we can say").font(theme::strong(size::HEADING)));
        if over {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, ICON_CLOSE, "Close what we can say", true).clicked() {
                    tab.panel.over = false;
                }
            });
        }
    });
    let aside = RichText::new(format!("{whose}, {period}")).size(size::SMALL).color(theme.ink_second);
    ui.add(egui::Label::new(aside).wrap());
    ui.add_space(space::TIGHT);
    ScrollArea::vertical().id_salt("what we can say").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::NORMAL);
        findings::show(ui, ctx, tab);
        findings::noted(ui, ctx, tab);
        watch::show(ui, ctx, tab);
        rows::show(ui, ctx, tab);
        ui.add_space(24.0);
    });
}

/// A heading within the panel.
fn heading(ui: &mut Ui, words: &str) -> egui::Response {
    let theme = tokens(ui);
    ui.add_space(space::NORMAL);
    let response = ui.label(RichText::new(words).font(theme::strong(size::SMALL)).color(theme.ink_second));
    ui.add_space(2.0);
    response
}
