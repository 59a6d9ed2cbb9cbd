//! A new plan: whose it is, and which recommendations it begins with.

use super::Outcome;
use crate::model::catalogue::Catalogue;
use crate::ui::files::{Picker, Purpose, safe_name};
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::{field, primary_button};
use egui::{RichText, Ui};
use std::path::PathBuf;

/// Which recommendations a new plan begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Begin {
    /// All of the catalogue.
    #[default]
    All,
    /// Those that are typed.
    Some,
    /// None: a document brings them.
    None,
}

/// What was filled in so far.
#[derive(Debug, Default)]
pub struct NewPlan {
    /// Whose plan it is.
    pub organisation: String,
    /// Which recommendations.
    pub begin: Begin,
    /// Numbers and ranges, `123-144, 1`.
    pub numbers: String,
    /// The document the plan is made for.
    pub source: Option<PathBuf>,
}

impl NewPlan {
    /// The selection as the catalogue takes it.
    #[must_use]
    pub fn selection(&self) -> String {
        match self.begin {
            Begin::All => "all".into(),
            Begin::Some => self.numbers.clone(),
            Begin::None => "none".into(),
        }
    }
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, new: &mut NewPlan, picker: &mut dyn Picker) -> Outcome {
    let theme = tokens(ui);
    field::label(ui, "Organisation");
    let edit = egui::TextEdit::singleline(&mut new.organisation)
        .hint_text("for example, NHS Northmoor CCG")
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6));
    let response = ui.add(edit).accessible_name("Organisation");
    if new.organisation.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    let mut problem = None;
    if new.source.is_none() {
        ui.add_space(space::NORMAL);
        problem = recommendations(ui, new);
    }
    if let Some(problem) = &problem {
        ui.label(RichText::new(problem).color(theme.tint(Tone::Bad).ink));
    }
    ui.add_space(space::WIDE);
    let ready = !new.organisation.trim().is_empty() && problem.is_none();
    ui.add_enabled_ui(ready, |ui| {
        if primary_button(ui, "Choose where to save it…").clicked() {
            let name = format!("{} Francis action plan.db", safe_name(&new.organisation));
            let purpose = new.source.clone().map_or(Purpose::NewPlan, Purpose::NewPlanFor);
            picker.ask(purpose, &name);
        }
    });
    Outcome::Open
}

/// The choice of recommendations; gives what is wrong with it.
fn recommendations(ui: &mut Ui, new: &mut NewPlan) -> Option<String> {
    let catalogue = match Catalogue::francis() {
        Ok(catalogue) => catalogue,
        Err(error) => return Some(error.to_string()),
    };
    field::label(ui, "Recommendations");
    let all =
        format!("All {} of the {} that came with Recap", catalogue.recommendations.len(), catalogue.report.short_title);
    ui.radio_value(&mut new.begin, Begin::All, all);
    ui.radio_value(&mut new.begin, Begin::Some, "Only these numbers");
    if new.begin == Begin::Some {
        let edit = egui::TextEdit::singleline(&mut new.numbers).hint_text("123-144, 1").desired_width(280.0);
        ui.add(edit).accessible_name("Numbers and ranges of recommendations");
    }
    ui.radio_value(&mut new.begin, Begin::None, "None: a document will bring them");
    let theme = tokens(ui);
    match catalogue.select(&new.selection()) {
        Ok(chosen) => {
            let words = crate::model::text::count(chosen.len(), "recommendation");
            ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
            None
        }
        Err(error) => Some(error.to_string()),
    }
}
