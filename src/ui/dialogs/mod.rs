//! What lies over the window until it is settled or closed.

pub mod add;
pub mod away;
pub mod bin;
pub mod bulk;
pub mod choices;
pub mod conflicts;
pub mod details;
pub mod go_to;
pub mod import;
pub mod lists;
pub mod merge;
pub mod new_plan;
pub mod paste;
pub mod print;
pub mod providers;
pub mod receipts;
pub mod replace;
mod rules;
pub mod settings;
pub mod share;
pub mod shared_copy;
pub mod signal;
pub mod signal_themes;
pub mod signals_in;
pub mod source;
pub mod state_words;
pub mod theirs;
pub mod themes;
pub mod unsaved;
pub mod workbook;

use super::App;
use super::complaints::Question;
use super::context::{Ctx, Wish};
use super::theme::{self, size, space};
use super::timeline::Asking;
use super::widgets::icon_button;
use crate::model::Id;
use egui::{Modal, RichText, Ui};
use egui_material_icons::icons::ICON_CLOSE;
use std::borrow::Cow;

/// The dialog that is open, with its own state.
pub enum Dialog {
    /// Organisation and recommendations of a new plan.
    NewPlan(new_plan::NewPlan),
    /// What a document would change.
    Import(import::Preview),
    /// What a copy of the plan would bring.
    Merge(Box<merge::MergePreview>),
    /// A report as PDF or Word.
    Print(Box<print::Print>),
    /// A copy for somebody else.
    Share(Box<share::ShareForm>),
    /// What the open plan is, where it is a copy that somebody shared.
    SharedCopy,
    /// Something about cards of the timeline.
    Ask(Box<Asking>),
    /// Something about what the sources say.
    Question(Box<Question>),
    /// Something for all of the selected recommendations.
    Bulk(Box<bulk::Bulk>),
    /// What a pasted block would change.
    Paste,
    /// What was deleted.
    Bin(Box<bin::Bin>),
    /// Recommendations to add.
    Add(add::Add),
    /// The plan's themes.
    Themes(Box<themes::Themes>),
    /// Words to put in place of others.
    Replace(Box<replace::Replace>),
    /// A number to go to.
    GoTo(Box<go_to::GoTo>),
    /// The plan's name, dates and summary sheet.
    Details,
    /// What imports left open.
    Choices(choices::Choices),
    /// What a file of signals would bring.
    Signals(Box<signals_in::SignalsIn>),
    /// One signal, by hand.
    Signal(Box<signal::SignalForm>),
    /// What came of which source.
    Receipts(Box<receipts::Receipts>),
    /// The organisations that signals are of.
    Providers(Box<providers::Providers>),
    /// The themes of signals and their subjects.
    SignalThemes(Box<signal_themes::SignalThemes>),
    /// Changes of a row, or all.
    History(Option<Id>),
    /// Earlier states.
    Backups,
    /// Whether the file is sound.
    Check,
    /// The user's settings.
    Settings,
    /// What every key does.
    Keys,
    /// The plan is to be left, and something is not saved.
    Unsaved,
    /// What was changed here and elsewhere, to be decided.
    Conflicts(conflicts::Conflicts),
    /// What others changed.
    Theirs(Box<theirs::Theirs>),
    /// The plan's file is not to be had.
    Away,
}

/// What a frame of a dialog came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It stays.
    Open,
    /// It is done with.
    Close,
}

impl App {
    /// Draws the open dialog.
    pub(super) fn dialogs(&mut self, ui: &mut Ui) {
        let Some(mut dialog) = self.dialog.take() else { return };
        let screen = ui.ctx().content_rect().size();
        let (title, width) = frame_of(&dialog);
        let width = width.min(screen.x - 80.0);
        let mut close = false;
        let frame = egui::Frame::popup(ui.style()).inner_margin(egui::Margin::symmetric(20, 16));
        let modal = Modal::new(egui::Id::unique("dialog")).frame(frame).show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.set_max_height(screen.y - 90.0);
            if matches!(dialog, Dialog::History(_) | Dialog::Bin(_) | Dialog::Backups | Dialog::Check) {
                // they fill a moment later: what was under the pointer must not move away
                ui.set_min_height((screen.y - 90.0).min(420.0));
            }
            ui.horizontal(|ui| {
                ui.label(RichText::new(title.clone()).font(theme::strong(size::TITLE)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    close = icon_button(ui, ICON_CLOSE, "Close", true).clicked();
                });
            });
            ui.add_space(space::TIGHT);
            self.dialog_contents(ui, &mut dialog)
        });
        let done = close || modal.inner == Outcome::Close || modal.should_close();
        if done {
            self.dismissed(&dialog);
        } else if self.dialog.is_none() {
            self.dialog = Some(dialog);
        }
    }

    fn dialog_contents(&mut self, ui: &mut Ui, dialog: &mut Dialog) -> Outcome {
        match dialog {
            Dialog::NewPlan(new) => new_plan::show(ui, new, self.picker.as_mut()),
            Dialog::Import(preview) => import::show(ui, preview, &mut self.session),
            Dialog::Merge(preview) => merge::show(ui, preview, &mut self.session),
            Dialog::Signals(state) => signals_in::show(ui, state, &mut self.session),
            Dialog::Signal(form) => signal::show(ui, form, &mut self.session),
            Dialog::Receipts(_) | Dialog::Providers(_) | Dialog::SignalThemes(_) => self.signals_dialog(ui, dialog),
            Dialog::Print(print) => print::show(ui, print, self),
            Dialog::Share(form) => share::show(ui, form, self),
            Dialog::SharedCopy => shared_copy::show(ui, &self.session),
            Dialog::Settings => settings::show(ui, &mut self.session),
            Dialog::Keys => settings::keys(ui),
            Dialog::Unsaved => {
                let mut chosen = away::Chosen::Nothing;
                let outcome = unsaved::show(ui, &mut self.session, &mut chosen);
                self.go_where(chosen);
                outcome
            }
            Dialog::Conflicts(state) => conflicts::show(ui, state, &mut self.session),
            Dialog::Away => {
                let mut chosen = away::Chosen::Nothing;
                let outcome = away::show(ui, &mut self.session, &mut chosen);
                self.go_where(chosen);
                outcome
            }
            Dialog::Theirs(state) => {
                let mut lead = None;
                let outcome = theirs::show(ui, state, &self.session, &mut lead);
                if lead.is_some() {
                    self.wishes.borrow_mut().push(Wish::Select(lead));
                }
                outcome
            }
            Dialog::Bin(state) => bin::show(ui, state, &mut self.session),
            Dialog::Paste => paste::show(ui, &mut self.session),
            Dialog::Backups => lists::backups(ui, &self.session, self.picker.as_mut()),
            Dialog::Check => lists::check(ui, &self.session),
            Dialog::History(row) => lists::history(ui, &self.session, *row),
            Dialog::Themes(_) | Dialog::Replace(_) | Dialog::GoTo(_) | Dialog::Bulk(_) => self.plan_dialog(ui, dialog),
            Dialog::Add(_) | Dialog::Ask(_) | Dialog::Question(_) | Dialog::Details | Dialog::Choices(_) => {
                self.plan_dialog(ui, dialog)
            }
        }
    }

    /// Dialogs that need an open plan.
    fn plan_dialog(&self, ui: &mut Ui, dialog: &mut Dialog) -> Outcome {
        let now = self.circumstances();
        let Some(open) = &self.session.open else { return Outcome::Close };
        let ctx = Ctx::new(open, &self.session.settings, now, &self.wishes);
        match dialog {
            Dialog::Add(add) => add::show(ui, &ctx, add),
            Dialog::Themes(themes) => themes::show(ui, &ctx, themes),
            Dialog::Replace(replace) => replace::show(ui, &ctx, replace),
            Dialog::GoTo(go_to) => go_to::show(ui, &ctx, go_to),
            Dialog::Bulk(bulk) => bulk.show(ui, &ctx),
            Dialog::Ask(asking) => asking.show(ui, &ctx),
            Dialog::Question(question) => question.show(ui, &ctx),
            Dialog::Choices(choices) => choices::show(ui, &ctx, choices),
            _ => details::show(ui, &ctx),
        }
    }

    /// Dialogs that need to know what signals there are.
    fn signals_dialog(&mut self, ui: &mut Ui, dialog: &mut Dialog) -> Outcome {
        let facts = self.session.facts();
        let intelligence = self.session.intelligence();
        let now = self.circumstances();
        let Some(open) = &self.session.open else { return Outcome::Close };
        let ctx = Ctx::new(open, &self.session.settings, now, &self.wishes);
        match dialog {
            Dialog::Providers(providers) => providers::show(ui, &ctx, providers, facts.as_ref()),
            Dialog::SignalThemes(themes) => {
                signal_themes::show(ui, &ctx, themes, facts.as_ref(), intelligence.as_ref())
            }
            Dialog::Receipts(receipts) => receipts::show(ui, &ctx, receipts, intelligence.as_ref()),
            _ => Outcome::Close,
        }
    }

    fn go_where(&mut self, chosen: away::Chosen) {
        match chosen {
            away::Chosen::Nothing => {}
            away::Chosen::SaveCopy => self.run(crate::app::Command::SaveCopy),
            away::Chosen::Decide => self.wishes.borrow_mut().push(Wish::Way(crate::app::Way::Decide)),
        }
    }

    fn dismissed(&mut self, dialog: &Dialog) {
        self.session.flush(true);
        match dialog {
            Dialog::Theirs(_) => self.session.looked_at_changes(),
            Dialog::Unsaved => self.session.stay(),
            Dialog::Import(_) => self.session.proposal = None,
            Dialog::Paste => self.session.block = None,
            Dialog::Print(_) => self.session.printed = None,
            Dialog::Share(_) => self.session.leave_share(),
            Dialog::Signals(_) => self.session.leave_signals(),
            Dialog::Merge(_) => self.session.leave_merge(),
            _ => {}
        }
    }
}

fn frame_of(dialog: &Dialog) -> (Cow<'static, str>, f32) {
    let (title, width) = match dialog {
        Dialog::Ask(asking) => return (asking.title().into(), 480.0),
        Dialog::Bulk(bulk) => return (bulk.title().into(), 560.0),
        Dialog::Signal(form) => return (form.title().into(), 700.0),
        Dialog::Question(question) => return (question.title().into(), question.width()),
        Dialog::NewPlan(new) if new.source.is_some() => ("A new plan for this document", 520.0),
        Dialog::NewPlan(_) => ("New plan", 520.0),
        Dialog::Import(_) => ("What would change", 1500.0),
        Dialog::Merge(_) => ("Merge a copy", 1180.0),
        Dialog::Print(_) => ("Print", 1080.0),
        Dialog::Share(_) => ("Share a copy of this plan", 1080.0),
        Dialog::SharedCopy => ("What this copy is", 980.0),
        Dialog::Add(_) => ("Add recommendations", 680.0),
        Dialog::Themes(_) => ("Themes", 820.0),
        Dialog::Replace(_) => ("Replace words", 900.0),
        Dialog::GoTo(_) => ("Go to a recommendation", 460.0),
        Dialog::Paste => ("What pasting would change", 1180.0),
        Dialog::Bin(_) => ("Bin", 820.0),
        Dialog::Signals(_) => ("Import signals", 1180.0),
        Dialog::Receipts(_) => ("Coverage: what came, and what did not", 1240.0),
        Dialog::Providers(_) => ("Providers", 900.0),
        Dialog::SignalThemes(_) => ("Themes of signals", 1040.0),
        Dialog::Details => ("Plan and summary sheet", 720.0),
        Dialog::Choices(_) => ("Open choices", 760.0),
        Dialog::History(_) => ("History", 720.0),
        Dialog::Backups => ("Backups of this plan", 640.0),
        Dialog::Check => ("Is the file sound?", 560.0),
        Dialog::Settings => ("Settings", 440.0),
        Dialog::Keys => ("Keys and help", 560.0),
        Dialog::Unsaved => ("Not everything is saved", 480.0),
        Dialog::Conflicts(_) => ("Changed here and elsewhere", 980.0),
        Dialog::Theirs(_) => ("What others changed", 760.0),
        Dialog::Away => ("What happened to the plan's file", 560.0),
    };
    (title.into(), width)
}
