//! The editor's tabs: what a recommendation's story is made of.

use super::Editor;
use crate::model::Id;
use crate::ui::context::Ctx;
use crate::ui::theme::{space, tokens};
use egui::{Button, EventFilter, Key, Modifiers, RichText, Stroke, Ui, accesskit::Role};

/// A part of a recommendation's story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum EditorTab {
    /// Position, answer, response, wording.
    #[default]
    Details,
    /// What is done for it.
    Actions,
    /// What shows it.
    Evidence,
    /// Who changed what when.
    History,
}

impl EditorTab {
    const ALL: [Self; 4] = [Self::Details, Self::Actions, Self::Evidence, Self::History];

    fn step(self, by: isize) -> Self {
        let at = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        let last = Self::ALL.len() - 1;
        Self::ALL[at.saturating_add_signed(by).min(last)]
    }

    fn name(self, ctx: &Ctx<'_>, row: Id) -> String {
        match self {
            Self::Details => "Details".to_owned(),
            Self::Actions => format!("Actions {}", ctx.index.actions(ctx.plan, row).len()),
            Self::Evidence => format!("Evidence {}", ctx.index.evidence(ctx.plan, row).len()),
            Self::History => "History".to_owned(),
        }
    }
}

impl Editor {
    /// Draws the tabs. Ctrl+PgDn and Ctrl+PgUp step through them, arrows while one has the focus.
    pub(super) fn tabs(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: Id) {
        let mut shown = self.tab;
        if !ctx.asking {
            for (key, by) in [(Key::PageDown, 1), (Key::PageUp, -1)] {
                if ui.input_mut(|input| input.consume_key(Modifiers::CTRL, key)) {
                    shown = self.tab.step(by);
                }
            }
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            for tab in EditorTab::ALL {
                let response = tab_button(ui, ctx, tab, tab == self.tab, row);
                if tab == self.tab && std::mem::take(&mut self.focus_tab) {
                    response.request_focus();
                }
                if response.clicked() {
                    shown = tab;
                }
                if response.has_focus() {
                    let arrows = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
                    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
                    for (key, by) in [(Key::ArrowRight, 1), (Key::ArrowLeft, -1)] {
                        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                            shown = tab.step(by);
                            self.focus_tab = true;
                        }
                    }
                }
            }
        });
        if shown != self.tab {
            // what was typed is an edit before its field goes
            ctx.send(crate::ui::context::Wish::Flush);
            self.tab = shown;
        }
        ui.add_space(space::TIGHT);
    }
}

fn tab_button(ui: &mut Ui, ctx: &Ctx<'_>, tab: EditorTab, on: bool, row: Id) -> egui::Response {
    let theme = tokens(ui);
    let name = tab.name(ctx, row);
    let ink = if on { theme.ink } else { theme.ink_second };
    let line = Stroke::new(1.0, if on { theme.line } else { egui::Color32::TRANSPARENT });
    let fill = if on { theme.paper } else { egui::Color32::TRANSPARENT };
    let button = Button::new(RichText::new(&name).color(ink)).fill(fill).stroke(line);
    let response = ui.add(button).on_hover_text("Ctrl+PgUp and Ctrl+PgDn step through these");
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Tab, true, &name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(on));
    response
}
