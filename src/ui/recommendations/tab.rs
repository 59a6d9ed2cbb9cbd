//! The tab as a whole: bars, the editor beside the grid or over it, the grid, and the bar for many rows.

use super::{Grid, bar, bulk_bar};
use crate::model::Id;
use crate::ui::context::{Ctx, Wish};
use crate::ui::editor::Editor;
use crate::ui::find;
use crate::ui::theme::{Tone, tokens};
use crate::ui::window::{filter_bar, over_the_view};
use egui::{CentralPanel, Frame, Margin, Panel, Ui};

/// What the tab draws with.
pub struct ListTab<'a> {
    /// The grid.
    pub grid: &'a mut Grid,
    /// Put the cursor into the search box.
    pub focus_search: &'a mut bool,
    /// The editor, unless it is hidden.
    pub editor: &'a mut Option<Editor>,
    /// The recommendation that is selected.
    pub selected: Option<Id>,
    /// The window is too narrow for the editor beside the grid.
    pub narrow: bool,
}

impl ListTab<'_> {
    /// Draws the tab.
    pub fn show(mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        filter_bar(ui, |ui| bar::show(ui, ctx, self.grid, self.focus_search, self.editor.is_some()));
        let theme = tokens(ui);
        if self.grid.sought().is_some() {
            let bar = Frame::new().fill(theme.paper).inner_margin(Margin::symmetric(14, 2));
            Panel::top("find").exact_size(find::STRIP).resizable(false).frame(bar).show(ui, |ui| {
                find::strip(ui, ctx, self.grid);
            });
        }
        if !self.narrow {
            self.editor_beside(ui, ctx);
        }
        if !self.grid.marked.is_empty() {
            let bar = Frame::new().fill(theme.tint(Tone::Blue).ground).inner_margin(Margin::symmetric(14, 5));
            let panel = Panel::bottom("selected rows").exact_size(bulk_bar::HEIGHT).resizable(false).frame(bar);
            panel.show(ui, |ui| bulk_bar::show(ui, ctx, self.grid, self.selected));
        }
        CentralPanel::default().frame(Frame::new().fill(theme.paper)).show(ui, |ui| {
            self.grid.show(ui, ctx, self.selected);
        });
        // it would hide the bar for many rows, and show one of them
        if self.narrow && !self.grid.is_open() && self.grid.marked.is_empty() {
            self.editor_over(ui, ctx);
        }
    }

    fn editor_beside(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let (Some(editor), Some(selected)) = (self.editor.as_mut(), self.selected) else { return };
        let frame = Frame::new().fill(tokens(ui).paper).inner_margin(Margin { left: 14, right: 6, top: 10, bottom: 6 });
        let panel = Panel::right("editor").default_size(ctx.settings.editor_width).size_range(280.0..=640.0);
        if panel.resizable(true).frame(frame).show(ui, |ui| editor.show(ui, ctx, selected)).inner {
            ctx.send(Wish::Select(None));
        }
    }

    /// On a narrow screen the editor lies over the grid.
    fn editor_over(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let (Some(editor), Some(selected)) = (self.editor.as_mut(), self.selected) else { return };
        over_the_view(ui, "editor over the grid", |ui| {
            if editor.show(ui, ctx, selected) {
                ctx.send(Wish::Select(None));
            }
        });
    }
}
