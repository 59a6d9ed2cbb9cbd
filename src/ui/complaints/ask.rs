//! What the complaints tab asks before it changes something, and the rule behind its verdicts.

mod finding;
mod rebase;
mod watch;

pub(super) use finding::FindingForm;
pub(super) use rebase::RebaseForm;
pub(super) use watch::WatchForm;

use crate::app::Command;
use crate::app::draft::parse_date;
use crate::model::Edit;
use crate::ui::context::{Ctx, Wish};
use crate::ui::dialogs::Outcome;
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::{field, link_button, primary_button, writing};
use egui::{RichText, ScrollArea, TextEdit, Ui};

/// An open question with what has been typed so far.
#[derive(Debug, Clone)]
pub enum Question {
    /// What a person makes of a finding, and what follows.
    Finding(Box<FindingForm>),
    /// How closely a provider is watched.
    Watch(WatchForm),
    /// New limits of a chart.
    Rebase(RebaseForm),
    /// The rule behind the verdicts; nothing is asked.
    Rule,
}

impl Question {
    /// The dialog's title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::Finding(form) if form.is_new() => "Note a finding",
            Self::Finding(_) => "Change a finding",
            Self::Watch(_) => "How closely the provider is watched",
            Self::Rebase(_) => "New limits from a month on",
            Self::Rule => "The rule behind the verdicts",
        }
    }

    /// How wide the dialog is, in points.
    #[must_use]
    pub fn width(&self) -> f32 {
        match self {
            Self::Finding(_) => 620.0,
            Self::Watch(_) | Self::Rebase(_) => 480.0,
            Self::Rule => 640.0,
        }
    }

    /// Draws the dialog.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
        match self {
            Self::Finding(form) => form.show(ui, ctx),
            Self::Watch(form) => form.show(ui, ctx),
            Self::Rebase(form) => form.show(ui, ctx),
            Self::Rule => rule(ui, ctx),
        }
    }
}

/// Every sentence of the rule as it stands.
fn rule(ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
    let theme = tokens(ui);
    let mut outcome = Outcome::Open;
    let height = (ui.ctx().content_rect().height() - 230.0).max(160.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        for sentence in ctx.settings.rules.at(ctx.as_at).words() {
            ui.horizontal_top(|ui| {
                ui.label(RichText::new("•").color(theme.ink_second));
                ui.add(egui::Label::new(sentence).wrap());
            });
        }
    });
    ui.add_space(space::NORMAL);
    ui.horizontal(|ui| {
        if link_button(ui, "Change its numbers in the settings").clicked() {
            ctx.send(Wish::Run(Command::Settings));
            outcome = Outcome::Close;
        }
    });
    outcome
}

/// A text of several lines under a label.
fn text(ui: &mut Ui, name: &str, text: &mut String, rows: usize) -> egui::Response {
    field::label(ui, name);
    writing::text_box(ui, name, text, rows, "")
}

/// A text of one line under a label.
fn line(ui: &mut Ui, name: &str, hint: &str, text: &mut String) -> egui::Response {
    let theme = tokens(ui);
    field::label(ui, name);
    let edit = TextEdit::singleline(text)
        .hint_text(RichText::new(hint).color(theme.ink_faint))
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6));
    ui.add(edit).accessible_name(name)
}

/// A date under a label, as people write one. Gives whether it can stand: blank or a date.
fn date(ui: &mut Ui, name: &str, text: &mut String) -> bool {
    let theme = tokens(ui);
    line(ui, name, "28 May 2013", text);
    let fits = text.trim().is_empty() || parse_date(text).is_some();
    if !fits {
        let words = RichText::new("Write it as 28 May 2013 or 28/05/2013").size(size::SMALL);
        ui.label(words.color(theme.tint(Tone::Bad).ink));
    }
    fits
}

/// A date as it is written into a field.
fn written(date: Option<chrono::NaiveDate>) -> String {
    date.map(|date| date.format("%-d %B %Y").to_string()).unwrap_or_default()
}

/// The buttons at the foot of a form; the edit is made when it is asked for.
fn foot(ui: &mut Ui, ctx: &Ctx<'_>, verb: &str, missing: Option<&str>, edit: impl FnOnce() -> Edit) -> Outcome {
    ui.add_space(space::NORMAL);
    let complete = missing.is_none();
    let keys = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
    let (mut done, mut close) = (complete && keys, false);
    ui.horizontal(|ui| {
        let pressed = ui.add_enabled_ui(complete, |ui| primary_button(ui, verb)).inner;
        done |= pressed.on_disabled_hover_text(missing.unwrap_or_default()).clicked();
        close = ui.button("Cancel").clicked();
        let hint = missing.unwrap_or("Ctrl+Enter");
        ui.label(RichText::new(hint).size(size::SMALL).color(tokens(ui).ink_second));
    });
    if done {
        let edit = edit();
        if !edit.is_empty() {
            ctx.edit(edit);
        }
        return Outcome::Close;
    }
    if close { Outcome::Close } else { Outcome::Open }
}
