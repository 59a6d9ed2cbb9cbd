//! Share: for whom, why and what; then what would leave, looked at before it does; then what was made.

mod done;
mod earlier;
mod leaves;

use super::Outcome;
use crate::app::sharing::{Preview, file_name};
use crate::app::{OpenPlan, Session};
use crate::model::Id;
use crate::share::{Part, ROWS_WARNING, SignalsAs, Wanted};
use crate::store::Access;
use crate::ui::App;
use crate::ui::files::Purpose;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{field, primary_button};
use egui::{RichText, ScrollArea, TextEdit, Ui};
use std::path::Path;

/// What is filled in for a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareForm {
    plan: Id,
    wanted: Wanted,
    reading_copy: bool,
    /// What was asked for last, and of which state of the plan.
    asked: Option<(Wanted, u64)>,
    /// The list of earlier copies is shown instead.
    earlier: bool,
}

impl ShareForm {
    /// Nothing filled in, and the usual parts ticked.
    #[must_use]
    pub fn of_plan(plan: Id) -> Self {
        Self { plan, wanted: Wanted::default(), reading_copy: false, asked: None, earlier: false }
    }

    /// The plan that it is about.
    #[must_use]
    pub fn of(&self) -> Id {
        self.plan
    }

    /// Makes the copy.
    pub fn make(&mut self, session: &mut Session, to: &Path) {
        session.share(self.wanted.clone(), to, self.reading_copy);
    }

    /// Asks what would go, where that is not known: words that are being typed are looked at when they are done.
    fn ask(&mut self, ui: &Ui, session: &mut Session) {
        let Some(revision) = session.open.as_ref().map(|open| open.revision) else { return };
        let stale = match &self.asked {
            None => true,
            Some((asked, seen)) => {
                let other_words = asked != &self.wanted && !ui.ctx().text_edit_focused();
                asked.scope != self.wanted.scope || *seen != revision || other_words
            }
        };
        if stale && session.sharing.writing.is_none() && session.sharing.made.is_none() {
            self.asked = Some((self.wanted.clone(), revision));
            session.preview_share(self.wanted.clone());
        }
    }

    /// The preview, where it is of what is ticked now.
    fn preview<'s>(&self, session: &'s Session) -> Option<&'s Preview> {
        session.sharing.preview.as_deref().filter(|preview| preview.wanted.scope == self.wanted.scope)
    }
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, form: &mut ShareForm, app: &mut App) -> Outcome {
    if app.session.sharing.made.is_some() {
        return done::show(ui, &mut app.session);
    }
    let Some(open) = &app.session.open else { return Outcome::Close };
    pages(ui, form, open.plan.shares.len());
    if form.earlier {
        earlier::show(ui, &open.plan);
        return Outcome::Open;
    }
    if let Access::ReadOnly(reason) = open.access {
        let text = format!("No copy can be made of this plan, since it can only be read: {}.", reason.words());
        ui.add(egui::Label::new(RichText::new(text).font(theme::strong(size::BODY))).wrap());
        ui.add(egui::Label::new("Each share is logged in the plan that it is made of.").wrap());
        ui.add(egui::Label::new(reason.remedy()).wrap());
        return Outcome::Open;
    }
    form.ask(ui, &mut app.session);
    side_by_side(
        ui,
        |ui| line(ui, "For whom", &mut form.wanted.for_whom, "e.g. NHS Southmoor CCG"),
        |ui| line(ui, "What for", &mut form.wanted.why, "e.g. Joint actions for our shared provider"),
    );
    ui.add_space(space::TIGHT);
    let height = ui.ctx().content_rect().height() - 248.0;
    let mut lead = None;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(340.0_f32.min(ui.available_width() * 0.45));
            ScrollArea::vertical().id_salt("what to share").max_height(height - 40.0).show(ui, |ui| {
                // all that can be chosen is seen at once
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.spacing_mut().interact_size.y = 22.0;
                fields(ui, form);
            });
            ui.add_space(space::NORMAL);
            make(ui, form, app);
        });
        ui.add_space(space::WIDE);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ScrollArea::vertical().id_salt("what leaves").max_height(height).auto_shrink(false).show(ui, |ui| {
                lead = leaves::show(ui, form.preview(&app.session), &app.session.sharing);
            });
        });
    });
    match lead {
        Some(wish) => {
            // it is there again when the command is given again
            app.share_form = Some(Box::new(ShareForm { asked: None, ..form.clone() }));
            app.wishes.borrow_mut().push(wish);
            Outcome::Close
        }
        None => Outcome::Open,
    }
}

fn pages(ui: &mut Ui, form: &mut ShareForm, count: usize) {
    ui.horizontal(|ui| {
        ui.selectable_value(&mut form.earlier, false, "New copy");
        ui.selectable_value(&mut form.earlier, true, format!("Earlier copies ({count})"));
    });
    ui.separator();
}

fn line(ui: &mut Ui, name: &str, text: &mut String, hint: &str) {
    field::label(ui, name);
    let faint = tokens(ui).ink_faint;
    let edit = TextEdit::singleline(text)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(8, 6))
        .hint_text(RichText::new(hint).color(faint));
    ui.add(edit).accessible_name(name);
}

/// Two columns of the same width.
pub(super) fn side_by_side(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let width = (ui.available_width() - space::WIDE) / 2.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::WIDE;
        ui.vertical(|ui| {
            ui.set_width(width);
            left(ui);
        });
        ui.vertical(|ui| {
            ui.set_width(width);
            right(ui);
        });
    });
}

fn small(ui: &mut Ui, text: &str) {
    let ink = tokens(ui).ink_second;
    ui.add(egui::Label::new(RichText::new(text).size(size::SMALL).color(ink)).wrap());
}

fn fields(ui: &mut Ui, form: &mut ShareForm) {
    field::label(ui, "What goes");
    small(ui, "Always: themes, recommendations with the published text, your wording, and your answers to them.");
    for part in Part::ALL.iter().copied() {
        let mut on = form.wanted.scope.has(part);
        let needed = form.wanted.scope.needs(part);
        let response = ui.add_enabled(!needed, egui::Checkbox::new(&mut on, part.title()));
        if response.on_disabled_hover_text("Signals say nothing without the names of their providers").changed() {
            let scope = form.wanted.scope.clone();
            form.wanted.scope = if on { scope.with(part) } else { scope.without(part) };
        }
    }
    small(ui, "Never: history, names of users and files, findings, levels of watch, open choices.");
    ui.add_space(space::NORMAL);
    field::label(ui, "Signals");
    let signals = &mut form.wanted.scope.signals;
    ui.radio_value(signals, SignalsAs::None, "None");
    ui.radio_value(signals, SignalsAs::Counts, "Counts of the last 12 months, small ones hidden");
    ui.radio_value(signals, SignalsAs::Rows, "Row by row");
    if *signals == SignalsAs::Rows {
        warning(ui);
    }
    ui.add_space(space::NORMAL);
    field::label(ui, "The copy is");
    ui.radio_value(&mut form.wanted.to_edit, false, "to be read only");
    ui.radio_value(&mut form.wanted.to_edit, true, "to be edited, and to come back");
    ui.checkbox(&mut form.reading_copy, "A web page beside it, for somebody without Recap");
}

fn warning(ui: &mut Ui) {
    let tint = tokens(ui).tint(Tone::Amber);
    egui::Frame::new().fill(tint.ground).inner_margin(egui::Margin::same(8)).show(ui, |ui| {
        let text = format!("Warning. {ROWS_WARNING}");
        ui.add(egui::Label::new(RichText::new(text).color(tint.ink)).wrap());
    });
}

/// The button that makes the copy, or how far it is.
fn make(ui: &mut Ui, form: &ShareForm, app: &mut App) {
    if let Some(writing) = app.session.sharing.writing.clone() {
        ui.label("Making the copy and proving it…");
        ui.add(egui::ProgressBar::new(writing.share()).desired_width(260.0));
        if ui.button("Stop").clicked() {
            writing.stop();
        }
        return;
    }
    let ready = form.preview(&app.session).is_some();
    let button = ui.add_enabled_ui(ready, |ui| primary_button(ui, "Save the copy…")).inner;
    let hint = "Made anew from what goes, read back, and searched for everything that stays";
    let response = button.on_hover_text(hint).on_disabled_hover_text("Looking at what would leave…");
    if response.clicked()
        && let Some(open) = &app.session.open
    {
        let name = suggested(open, app.session.today(), &form.wanted.for_whom);
        app.picker.ask(Purpose::ShareCopy, &name);
    }
}

fn suggested(open: &OpenPlan, today: chrono::NaiveDate, for_whom: &str) -> String {
    file_name(&open.plan, today, for_whom)
}
