//! Doing what views and keys ask for. Every arm is one call.

use super::context::Wish;
use super::dialogs::receipts::Receipts;
use super::dialogs::share::ShareForm;
use super::dialogs::signal::SignalForm;
use super::dialogs::{self, Dialog};
use super::editor::Editor;
use super::files::{Purpose, safe_name};
use super::{App, Tab};
use crate::app::worker::OpenFor;
use crate::app::{Command, Notice, Way};
use crate::model::intent::Step;
use crate::model::{Action, Id, intent};
use crate::report::{Manner, ReportName};
use std::path::Path;

impl App {
    /// Does what a view asked for.
    pub(super) fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Edit(edit) => self.session.edit(edit),
            Wish::Typed(key, text) => self.session.typed(key, text),
            Wish::Forget(key) => self.session.forget(key),
            Wish::Flush => self.session.flush(true),
            Wish::Retry => self.session.retry(),
            Wish::Run(command) => self.run(command),
            Wish::Select(id) => self.select(id),
            Wish::GoTo(id) => self.go_to(id),
            Wish::Arrange(what) => self.arrange(what),
            Wish::Mark(rows, cursor) => self.mark(rows, cursor),
            Wish::Bulk(what) => self.ask_bulk(what),
            Wish::Copy { cut } => self.copy_rows(cut),
            Wish::Paste(text) => self.paste_here(text),
            Wish::EditPosition(id) => self.edit_position(id),
            Wish::OpenCell { row, column, typed } => self.open_cell(row, column, &typed),
            Wish::AsAt(date) => self.set_as_at(date),
            Wish::Story(id, most) => self.session.ask_story(id, most),
            Wish::HistoryOf(id) => self.show_history(Some(id)),
            Wish::KeepColumns => self.keep_columns(),
            Wish::UsualColumns => self.begin_with_columns(),
            Wish::Ask(asking) => self.dialog = Some(Dialog::Ask(asking)),
            Wish::Question(question) => self.dialog = Some(Dialog::Question(question)),
            Wish::ShowGap(gap) => self.show_gap(&gap),
            Wish::PrintReport(name) => self.dialog = Some(Dialog::Print(Box::new(dialogs::print::Print::of(name)))),
            Wish::ShowAction(id) => self.show_action(id),
            Wish::ShowFinding(id) => self.show_finding(id),
            // the form for a signal opens here
            Wish::EditSignal(held) => self.dialog = Some(Dialog::Signal(Box::new(SignalForm::edit(*held)))),
            Wish::DeleteSignals(numbers) => self.session.delete_signals(numbers),
            Wish::SharedCopy => self.dialog = Some(Dialog::SharedCopy),
            Wish::Way(way) => self.go(way),
            Wish::CompareWith(path) => self.session.compare_with(&path),
            Wish::CompareAnew => self.session.compare_anew(),
            Wish::Merge(copy) => self.session.merge(&copy),
            Wish::EndComparing => self.session.end_comparing(),
            Wish::Adopt(what) => self.session.adopt(what),
            Wish::OpenPath(path) => self.session.open_plan(&path, OpenFor::Editing),
        }
    }

    /// Runs a command.
    pub(super) fn run(&mut self, command: Command) {
        match command {
            Command::NewPlan => self.dialog = Some(Dialog::NewPlan(dialogs::new_plan::NewPlan::default())),
            Command::OpenPlan => self.picker.ask(Purpose::OpenPlan, ""),
            Command::SamplePlan => self.picker.ask(Purpose::SamplePlan, "Sample plan.db"),
            Command::ImportDocument => self.picker.ask(Purpose::ImportDocument, ""),
            Command::MergeCopy => self.picker.ask(Purpose::MergeCopy, ""),
            Command::Print => self.print(),
            Command::Share => self.open_share(),
            Command::SaveCopy => self.ask_with_name(Purpose::SaveCopy, " copy.db"),
            Command::ClosePlan => self.session.close_plan(),
            Command::Quit => self.session.ask_quit(),
            Command::Undo => self.session.undo(),
            Command::Redo => self.session.redo(),
            Command::Find => self.find(),
            Command::FindNext => self.step_find(Step::Down),
            Command::FindPrevious => self.step_find(Step::Up),
            Command::Replace => self.open_replace(),
            Command::GoTo => self.open_go_to(),
            Command::Themes => self.open_themes(),
            Command::MoveUp => self.nudge(Step::Up),
            Command::MoveDown => self.nudge(Step::Down),
            Command::Duplicate => self.duplicate_rows(),
            Command::DeleteRows => self.delete_rows(),
            Command::Bin => self.show_bin(),
            Command::PasteTable => self.paste_here(String::new()),
            Command::Gaps => self.toggle_gaps(),
            Command::NextGap => self.step_gap(1),
            Command::PreviousGap => self.step_gap(-1),
            Command::AddRecommendation => self.open_add(),
            Command::AddAction => self.add_action(),
            Command::ToggleEditor => self.toggle_editor(),
            Command::Recommendations => self.tab = Tab::Recommendations,
            Command::Timeline => self.tab = Tab::Timeline,
            Command::Complaints => self.tab = Tab::Complaints,
            Command::ImportSignals => self.picker.ask(Purpose::ImportSignals, ""),
            Command::AddSignal => self.add_signal(),
            Command::Receipts => self.dialog = Some(Dialog::Receipts(Box::new(Receipts::of(self.looked_at())))),
            Command::Providers => self.dialog = Some(Dialog::Providers(Box::default())),
            Command::SignalThemes => self.dialog = Some(Dialog::SignalThemes(Box::default())),
            Command::ActionPlan => self.tab = Tab::ActionPlan,
            Command::Compare => self.tab = Tab::Compare,
            Command::CompareWith => self.open_theirs(),
            Command::PlanDetails => self.dialog = Some(Dialog::Details),
            Command::OpenChoices => self.dialog = Some(Dialog::Choices(dialogs::choices::Choices::default())),
            Command::History => self.show_history(None),
            Command::Backups => self.show_backups(),
            Command::CheckFile => self.check_file(),
            Command::Settings => self.dialog = Some(Dialog::Settings),
            Command::Keys => self.dialog = Some(Dialog::Keys),
            Command::ZoomIn => self.zoom(1.1),
            Command::ZoomOut => self.zoom(1.0 / 1.1),
            Command::ZoomReset => self.zoom(0.0),
        }
    }

    /// Does what a file was chosen for.
    pub(super) fn chosen(&mut self, purpose: Purpose, path: &Path) {
        match purpose {
            Purpose::OpenPlan => self.session.open_plan(path, OpenFor::Editing),
            Purpose::OpenTheirs => self.session.compare_with(path),
            Purpose::NewPlan => self.create_plan(path),
            Purpose::SamplePlan => self.session.sample_plan(path),
            Purpose::ImportDocument => self.import(path),
            Purpose::ImportSignals => self.import_signals(path),
            Purpose::MergeCopy => self.session.merge(path),
            Purpose::NewPlanFor(source) => self.create_plan_for(&source, path),
            Purpose::SaveCopy => self.session.copy_to(path),
            Purpose::ShareCopy => self.share_to(path),
            Purpose::Restore(id) => self.session.restore(&id, path),
            Purpose::SavePdf => self.session.save_printed(path),
            Purpose::SaveWord
            | Purpose::SaveExcel
            | Purpose::SaveWebPage
            | Purpose::SaveCsv
            | Purpose::SaveCalendar
            | Purpose::SaveJson => {
                self.export(path);
            }
        }
    }

    fn go(&mut self, way: Way) {
        match way {
            Way::Decide => self.dialog = Some(Dialog::Conflicts(dialogs::conflicts::Conflicts::default())),
            Way::Away => self.dialog = Some(Dialog::Away),
            Way::HistoryOf(row) => self.show_history(Some(row)),
            Way::Changes => {
                let me = self.session.settings.who();
                let list = self.session.open.as_ref().map(|open| dialogs::theirs::Theirs::of(open, &me));
                self.dialog = list.map(|list| Dialog::Theirs(Box::new(list)));
            }
        }
    }

    pub(super) fn select(&mut self, id: Option<Id>) {
        self.session.flush(true);
        self.grid.marked.clear();
        if id.is_some() && self.editor.is_none() && !self.narrow {
            self.editor = Some(Editor::default());
        }
        if self.selected != id
            && let Some(editor) = &mut self.editor
        {
            *editor = editor.for_another_row();
        }
        self.selected = id;
        if let Some(id) = id {
            self.tab = Tab::Recommendations;
            self.grid.scroll_to(id);
        }
    }

    fn show_action(&mut self, id: Id) {
        self.session.flush(true);
        self.tab = Tab::Timeline;
        self.timeline.lead_to(id);
    }

    /// Where somebody was led to a finding before, the form is as they left it.
    fn open_share(&mut self) {
        let plan = self.session.open.as_ref().map(|open| open.plan.id());
        let kept = self.share_form.take().filter(|form| plan == Some(form.of()));
        self.dialog = plan.map(|plan| Dialog::Share(kept.unwrap_or_else(|| Box::new(ShareForm::of_plan(plan)))));
    }

    fn share_to(&mut self, path: &Path) {
        if let Some(Dialog::Share(form)) = &mut self.dialog {
            form.make(&mut self.session, path);
        }
    }

    fn show_finding(&mut self, id: Id) {
        self.session.flush(true);
        let finding = self.session.open.as_ref().and_then(|open| open.plan.findings.get(&id));
        if let Some(finding) = finding {
            self.tab = Tab::Complaints;
            self.complaints.lead_to(finding);
        }
    }

    fn edit_position(&mut self, id: Id) {
        self.select(Some(id));
        self.editor.get_or_insert_default().lead_to_position();
    }

    fn set_as_at(&mut self, date: chrono::NaiveDate) {
        self.session.flush(true);
        if let Some(open) = &mut self.session.open {
            open.as_at = date;
        }
    }

    fn show_history(&mut self, row: Option<Id>) {
        self.session.ask_history(row);
        self.dialog = Some(Dialog::History(row));
    }

    fn show_backups(&mut self) {
        self.session.ask_backups();
        self.dialog = Some(Dialog::Backups);
    }

    fn show_bin(&mut self) {
        self.session.ask_deletions();
        self.dialog = Some(Dialog::Bin(Box::default()));
    }

    fn check_file(&mut self) {
        self.session.ask_check();
        self.dialog = Some(Dialog::Check);
    }

    /// While a saved view is looked at, its columns are its own.
    fn keep_columns(&mut self) {
        if self.grid.chosen.is_none() {
            self.session.settings.keep_columns(&self.grid.kept_columns());
            self.session.save_settings();
        }
    }

    fn begin_with_columns(&mut self) {
        self.session.settings.begin_with_columns(&self.grid.kept_columns());
        self.session.save_settings();
    }

    /// The report that is offered first is the one of the tab.
    fn print(&mut self) {
        let report = match self.tab {
            Tab::Recommendations => ReportName::Appendix,
            Tab::Complaints => ReportName::Complaints,
            Tab::Timeline => ReportName::Timeline,
            Tab::ActionPlan => ReportName::ActionPlan,
            // without a plan beside ours there is nothing to print of two
            Tab::Compare if self.session.comparing.is_some() => ReportName::Compare,
            Tab::Compare => ReportName::Appendix,
        };
        let mut print = dialogs::print::Print::of(report);
        if let Some(comparing) = &self.session.comparing {
            print.rows = comparing.filter.clone();
        }
        if let Some(open) = &self.session.open {
            let look = self.grid.look(&open.plan);
            let list = look.list(&open.plan, &open.index, open.as_at);
            print.list(&look, &list, self.tab == Tab::Recommendations && self.grid.is_narrowed());
        }
        // what is looked at is what is printed
        let view = self.complaints.view.clone().filter(|_| self.tab == Tab::Complaints);
        let print = match view {
            Some(view) => print.about(view),
            None => print,
        };
        self.dialog = Some(Dialog::Print(Box::new(print)));
    }

    fn find(&mut self) {
        let nothing = self.tab == Tab::Compare && self.session.comparing.is_none();
        if nothing || matches!(self.tab, Tab::Complaints | Tab::ActionPlan) {
            self.tab = Tab::Recommendations;
        }
        self.focus_search = true;
    }

    fn open_theirs(&mut self) {
        self.tab = Tab::Compare;
        self.picker.ask(Purpose::OpenTheirs, "");
    }

    fn toggle_editor(&mut self) {
        self.session.flush(true);
        self.editor = if self.editor.is_some() { None } else { Some(Editor::default()) };
    }

    fn add_action(&mut self) {
        let (Some(open), Some(selected)) = (&self.session.open, self.selected) else { return };
        let action = Action { id: Id::random(), ..Action::default() };
        let edit = intent::add_action(&open.plan, action.clone(), Some(selected));
        self.session.edit(edit);
        let editor = self.editor.get_or_insert_default();
        editor.lead_to_action(action.id);
    }

    fn zoom(&mut self, by: f32) {
        let settings = &mut self.session.settings;
        settings.zoom = if by == 0.0 { 1.0 } else { (settings.zoom * by).clamp(0.5, 3.0) };
        self.session.save_settings();
    }

    /// Asks where to save, suggesting the organisation's name.
    pub(super) fn ask_with_name(&mut self, purpose: Purpose, ending: &str) {
        let name = match &self.session.open {
            Some(open) => {
                let info = open.plan.info();
                safe_name(&format!("{} {}", info.organisation, info.title))
            }
            None => "Plan".into(),
        };
        self.picker.ask(purpose, &format!("{name}{ending}"));
    }

    fn create_plan(&mut self, path: &Path) {
        if let Some(Dialog::NewPlan(new)) = &self.dialog {
            self.session.new_plan(path, &new.organisation, &new.selection());
            self.dialog = None;
        }
    }

    fn create_plan_for(&mut self, source: &Path, path: &Path) {
        if let Some(Dialog::NewPlan(new)) = &self.dialog {
            self.session.import_into_new(source, path, &new.organisation);
            self.dialog = None;
        }
    }

    /// Imports into the open plan; without one, asks for a new plan first.
    pub(super) fn import(&mut self, source: &Path) {
        if self.session.open.is_some() {
            self.session.import(source);
        } else {
            let new = dialogs::new_plan::NewPlan { source: Some(source.to_path_buf()), ..Default::default() };
            self.dialog = Some(Dialog::NewPlan(new));
        }
    }

    /// Reads a source of signals for the guided import.
    pub(super) fn import_signals(&mut self, source: &Path) {
        if !self.circumstances().editable {
            let hint = "Save a copy of it, or open your own, to take signals in.";
            self.session.notices.push(Notice::note("This plan can only be read", hint));
            return;
        }
        self.session.read_signals_guessing(source);
        self.dialog = Some(Dialog::Signals(Box::default()));
    }

    /// The provider that the complaints tab shows, if it shows one alone.
    fn looked_at(&self) -> Option<Id> {
        let view = self.complaints.view.as_ref().filter(|_| self.tab == Tab::Complaints);
        view.and_then(|view| view.provider)
    }

    /// Asks for one signal, dated as everything is looked at.
    fn add_signal(&mut self) {
        if let Some(open) = &self.session.open {
            self.dialog = Some(Dialog::Signal(Box::new(SignalForm::new(None, self.looked_at(), open.as_at))));
        }
    }

    fn export(&mut self, path: &Path) {
        let (name, manner) = match &self.dialog {
            Some(Dialog::Print(print)) => (print.report, print.manner()),
            _ => (ReportName::Appendix, Manner::default()),
        };
        self.session.export(name, manner, path);
    }

    /// A file that was dropped on the window: a plan is opened, or compared with where that is looked at; a document
    /// is imported, on the complaints taken for signals.
    pub(super) fn dropped(&mut self, ui: &egui::Ui) {
        let files = ui.input(|input| input.raw.dropped_files.clone());
        let Some(path) = files.first().map(|file| file.path().to_path_buf()) else { return };
        let is_plan = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("db"));
        if is_plan && self.session.open.is_some() && self.tab == Tab::Compare {
            self.session.compare_with(&path);
        } else if is_plan {
            self.session.open_plan(&path, OpenFor::Editing);
        } else if self.session.open.is_some() && self.tab == Tab::Complaints {
            self.import_signals(&path);
        } else {
            self.import(&path);
        }
    }
}
