//! The plan's own workbook come back from Excel: what was changed in it, what is gone from it, what
//! was not taken.

use crate::import::own::{Changes, tally};
use crate::model::{Entity, Id};
use crate::ui::theme::{self, Tone, size, space, tokens};
use egui::{RichText, Ui};
use std::collections::BTreeSet;

/// Draws it; `delete` takes what is ticked.
pub fn show(ui: &mut Ui, name: &str, changes: &Changes, delete: &mut BTreeSet<(Entity, Id)>) {
    let theme = tokens(ui);
    ui.label(RichText::new(name).color(theme.ink_second));
    ui.add_space(space::TIGHT);
    if changes.edit.is_empty() {
        ui.label("Nothing in the workbook differs from when it was made.");
    }
    for line in tally(&changes.edit) {
        ui.label(line);
    }
    gone(ui, changes, delete);
    not_taken(ui, changes);
    taken(ui, changes);
}

/// What is taken over, cell by cell.
fn taken(ui: &mut Ui, changes: &Changes) {
    /// More lines than anybody reads; what is beyond them is counted.
    const MOST: usize = 500;
    if changes.taken.is_empty() {
        return;
    }
    heading(ui, "What changes, cell by cell");
    for taken in changes.taken.iter().take(MOST) {
        ui.add(egui::Label::new(taken.to_string()).wrap());
    }
    if let Some(more) = changes.taken.len().checked_sub(MOST).filter(|more| *more > 0) {
        ui.label(format!("and {more} more"));
    }
}

/// The rows that are gone: they stay unless they are ticked.
fn gone(ui: &mut Ui, changes: &Changes, delete: &mut BTreeSet<(Entity, Id)>) {
    if changes.missing.is_empty() {
        return;
    }
    let theme = tokens(ui);
    heading(ui, "Gone from the workbook");
    ui.label("They stay in the plan. Tick those that shall be deleted from it, with what hangs on them.");
    for row in &changes.missing {
        ui.horizontal_wrapped(|ui| {
            let key = (row.entity, row.id);
            let mut ticked = delete.contains(&key);
            if ui.checkbox(&mut ticked, format!("Delete {}", row.name)).changed() {
                if ticked {
                    delete.insert(key)
                } else {
                    delete.remove(&key)
                };
            }
            if row.changed {
                let text = "the plan changed it since the workbook was made";
                ui.label(RichText::new(text).size(size::SMALL).color(theme.tint(Tone::Amber).ink));
            }
        });
    }
}

fn not_taken(ui: &mut Ui, changes: &Changes) {
    if changes.warnings.is_empty() {
        return;
    }
    let theme = tokens(ui);
    heading(ui, "Not taken");
    for warning in &changes.warnings {
        ui.add(egui::Label::new(RichText::new(warning).color(theme.tint(Tone::Amber).ink)).wrap());
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(space::NORMAL);
    ui.label(RichText::new(words).font(theme::strong(size::BODY)));
}
