//! The matrix by keyboard: arrows move among its cells, Home and End to the first and the last line, Enter opens the
//! rows behind one.

use super::matrix::step;
use super::{ComplaintsTab, Layout, Spot};
use crate::ui::context::Ctx;
use egui::{EventFilter, Key, Modifiers, Ui};

/// The id of a cell, by which it has the keyboard's focus.
pub(super) fn cell_id(spot: Spot) -> egui::Id {
    egui::Id::unique(("matrix cell", spot.provider, spot.theme, spot.source.map(|source| source as u8)))
}

/// Does what the keys ask for. Nothing fires while something is typed or asked.
pub(super) fn act(ui: &Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab) {
    if ctx.asking || ui.ctx().text_edit_focused() || tab.layout == Layout::Timeliness {
        return;
    }
    let Some(spot) = tab.cursor else { return };
    let Some(worked) = &tab.worked else { return };
    let focused = ui.memory(|memory| memory.focused());
    let id = cell_id(spot);
    if let Some(other) = focused.filter(|focused| *focused != id) {
        // Tab led to another cell: the cursor goes with it
        let cells = worked.sheet.lines.iter().flat_map(|line| &line.cells);
        if let Some(cell) = cells.into_iter().find(|cell| cell_id(cell.spot) == other) {
            tab.cursor = Some(cell.spot);
            tab.reveal = true;
        }
        return;
    }
    let far = isize::MAX / 2;
    let arrows = [
        (Key::ArrowUp, 0, -1),
        (Key::ArrowDown, 0, 1),
        (Key::ArrowLeft, -1, 0),
        (Key::ArrowRight, 1, 0),
        (Key::Home, 0, -far),
        (Key::End, 0, far),
    ];
    if focused == Some(id) {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    if ui.input(|input| arrows.iter().any(|(key, ..)| input.key_pressed(*key))) {
        // a cell that has had the focus for one frame only could not keep egui from moving it
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    }
    for (key, right, down) in arrows {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
            && let Some(to) = step(&worked.sheet, spot, right, down)
        {
            tab.cursor = Some(to);
            tab.panel.one = None;
            tab.reveal = true;
            ui.memory_mut(|memory| memory.request_focus(cell_id(to)));
            return;
        }
    }
}
