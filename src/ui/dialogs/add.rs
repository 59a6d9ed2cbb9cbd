//! Recommendations to add: from the report's catalogue, or one of the CCG's own.

mod catalogue;
mod own;

use super::Outcome;
use crate::ui::context::Ctx;
use crate::ui::theme::space;
use egui::{Button, Ui};
use std::collections::BTreeSet;

/// Where what is added comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum From {
    /// The report's published recommendations.
    #[default]
    Catalogue,
    /// The CCG itself, or a report that does not ship.
    Own,
}

/// What was chosen so far.
#[derive(Debug, Default)]
pub struct Add {
    from: From,
    query: String,
    chosen: BTreeSet<String>,
    own: own::Form,
}

impl Add {
    /// Asks what to add; one of the CCG's own stands under a theme at first, blank for none.
    #[must_use]
    pub fn under(theme: &str) -> Self {
        Self { own: own::Form::under(theme), ..Self::default() }
    }
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, add: &mut Add) -> Outcome {
    ui.horizontal(|ui| {
        for (from, name) in [(From::Catalogue, "From the report"), (From::Own, "One of your own")] {
            let button = Button::selectable(add.from == from, name).min_size(egui::vec2(130.0, 28.0));
            if ui.add(button).clicked() {
                add.from = from;
            }
        }
    });
    ui.add_space(space::NORMAL);
    match add.from {
        From::Catalogue => catalogue::show(ui, ctx, &mut add.query, &mut add.chosen),
        From::Own => own::show(ui, ctx, &mut add.own),
    }
}
