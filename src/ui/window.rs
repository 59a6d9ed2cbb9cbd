//! The window's state and one frame of it.

use super::bars;
use super::clipboard::{Clipboard, NoClipboard};
use super::compare::CompareTab;
use super::complaints::ComplaintsTab;
use super::context::{Ctx, Wish};
use super::dialogs::share::ShareForm;
use super::dialogs::{Dialog, shared_copy};
use super::editor::Editor;
use super::files::Picker;
use super::gaps::GapsPanel;
use super::recommendations::{Grid, bulk_bar};
use super::theme::{self, space};
use super::themes::Follow;
use super::timeline::TimelineTab;
use super::{action_plan::ActionPlanTab, recommendations, start};
use crate::app::Session;
use crate::app::command::{Circumstances, OFFERS};
use crate::app::settings::Appearance;
use crate::model::Id;
use egui::{CentralPanel, Frame, Key, Margin, Modifiers, Panel, Ui};
use std::cell::RefCell;

/// What the rail leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The grid.
    #[default]
    Recommendations,
    /// Actions by due month.
    Timeline,
    /// What all sources say together.
    Complaints,
    /// Responsibilities, actions, timescales.
    ActionPlan,
    /// A neighbour's plan beside ours.
    Compare,
}

/// The window.
pub struct App {
    /// Everything that is not the window's own.
    pub session: Session,
    /// What the views asked for in this frame.
    pub wishes: RefCell<Vec<Wish>>,
    /// The tab that is shown.
    pub tab: Tab,
    /// The recommendation that is selected.
    pub selected: Option<Id>,
    /// The grid's own state.
    pub grid: Grid,
    /// The timeline's own state.
    pub timeline: TimelineTab,
    /// The complaints tab's own state.
    pub complaints: ComplaintsTab,
    /// The action plan's own state.
    pub action_plan: ActionPlanTab,
    /// The comparison's own state.
    pub compare: CompareTab,
    /// The own state of the gaps beside it.
    pub gaps: GapsPanel,
    /// The editor's own state; `None` while it is hidden.
    pub editor: Option<Editor>,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// What was filled in for a copy, while somebody looks at what was found in it.
    pub share_form: Option<Box<ShareForm>>,
    /// Asks for files.
    pub picker: Box<dyn Picker>,
    /// A row to show once the plan has changed.
    pub follow: Option<Follow>,
    /// What people copy and paste.
    pub clipboard: Box<dyn Clipboard>,
    /// Rows that were made, to be selected as soon as the plan has them.
    pub(super) mark_when_there: Vec<Id>,
    /// Once the first is gone from the plan, the second is brought into view.
    pub(super) show_when_gone: Option<(Id, Id)>,
    /// What is on the clipboard goes to the grid's cursor, if it is no table.
    pub(super) paste_at_cursor: bool,
    /// Put the cursor into the search box in the next frame.
    pub focus_search: bool,
    /// The window shall close as soon as everything is saved.
    pub closing: bool,
    /// The window is so narrow that the editor lies over the grid.
    pub narrow: bool,
}

impl App {
    /// A window on a session.
    #[must_use]
    pub fn new(session: Session, picker: Box<dyn Picker>) -> Self {
        Self {
            session,
            wishes: RefCell::new(Vec::new()),
            tab: Tab::default(),
            selected: None,
            grid: Grid::default(),
            timeline: TimelineTab::default(),
            complaints: ComplaintsTab::default(),
            action_plan: ActionPlanTab::default(),
            compare: CompareTab::default(),
            gaps: GapsPanel::default(),
            editor: Some(Editor::default()),
            dialog: None,
            share_form: None,
            picker,
            follow: None,
            clipboard: Box::new(NoClipboard::default()),
            mark_when_there: Vec::new(),
            show_when_gone: None,
            paste_at_cursor: false,
            focus_search: false,
            closing: false,
            narrow: false,
        }
    }

    /// The same with a clipboard.
    #[must_use]
    pub fn with_clipboard(mut self, clipboard: Box<dyn Clipboard>) -> Self {
        self.clipboard = clipboard;
        self
    }

    /// Takes in what threads have to say. Called before every frame, and while nothing is drawn.
    pub fn logic(&mut self, ctx: &egui::Context) {
        if let Some(milliseconds) = self.session.tick() {
            ctx.request_repaint_after(std::time::Duration::from_millis(milliseconds));
        }
        if ctx.input(|input| input.events.contains(&egui::Event::WindowFocused(true))) {
            self.session.look();
        }
        while let Some((purpose, path)) = self.picker.answer() {
            self.chosen(purpose, &path);
        }
        self.hear_clipboard();
        self.follow_made();
        for job in self.session.jobs.states() {
            // what runs longer than half a second is shown: the window has to look then
            let soon = std::time::Duration::from_millis(500).saturating_sub(job.running);
            ctx.request_repaint_after(soon.max(std::time::Duration::from_millis(100)));
        }
        self.follow_plan();
        self.session.gaps();
        let zoom = self.session.settings.zoom;
        if (ctx.zoom_factor() - zoom).abs() > 0.001 {
            ctx.set_zoom_factor(zoom);
        }
        ctx.set_theme(match self.session.settings.appearance {
            Appearance::System => egui::ThemePreference::System,
            Appearance::Light => egui::ThemePreference::Light,
            Appearance::Dark => egui::ThemePreference::Dark,
        });
        self.close_when_saved(ctx);
    }

    /// A window that shall close stays until everything is in the file, or the person decides.
    fn close_when_saved(&mut self, ctx: &egui::Context) {
        if ctx.input(|input| input.viewport().close_requested()) && !self.session.quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.session.ask_quit();
        }
        if self.session.quit && !self.closing {
            self.closing = true;
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    /// A selection that went, a proposal that came: the window's state follows the session's.
    fn follow_plan(&mut self) {
        if self.session.leaving_unsaved() {
            self.dialog.get_or_insert(Dialog::Unsaved);
        }
        let Some(open) = &self.session.open else {
            self.selected = None;
            return;
        };
        if self.selected.is_some_and(|id| !open.plan.recommendations.contains_key(&id)) {
            self.selected = None;
        }
        self.follow_moved();
        if self.session.merging.is_some() && !matches!(self.dialog, Some(Dialog::Merge(_))) {
            self.dialog = Some(Dialog::Merge(Box::default()));
        }
        if self.session.proposal.is_some() && !matches!(self.dialog, Some(Dialog::Import(_))) {
            self.dialog = Some(Dialog::Import(super::dialogs::import::Preview::default()));
        }
        if self.session.block.is_some() && !matches!(self.dialog, Some(Dialog::Paste)) {
            self.dialog = Some(Dialog::Paste);
        }
    }

    /// What holds now, for commands.
    #[must_use]
    pub fn circumstances(&self) -> Circumstances {
        let open = self.session.open.as_ref();
        Circumstances {
            plan_open: open.is_some(),
            editable: open.is_some_and(crate::app::OpenPlan::editable),
            row_selected: (self.selected.is_some() || !self.grid.marked.is_empty()) && self.tab == Tab::Recommendations,
            can_undo: open.is_some_and(|open| open.reversible.undo.is_some() || !open.drafts.is_empty()),
            can_redo: open.is_some_and(|open| open.reversible.redo.is_some()),
        }
    }

    /// The window's title.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.session.open {
            Some(open) => {
                let info = open.plan.info();
                let read_only = if open.editable() { "" } else { " (read-only)" };
                format!("{} · {}{read_only} – Recap", info.organisation, info.title)
            }
            None => "Recap".into(),
        }
    }

    /// Draws one frame and then does what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        self.keys(ui);
        let title = self.title();
        if ui.data(|data| data.get_temp::<String>(egui::Id::unique("title"))).as_ref() != Some(&title) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            ui.data_mut(|data| data.insert_temp(egui::Id::unique("title"), title));
        }
        if self.session.open.is_some() {
            self.plan_ui(ui);
        } else {
            CentralPanel::default().frame(Frame::new().fill(theme::tokens(ui).ground)).show(ui, |ui| {
                start::show(ui, self);
            });
        }
        let foot = if self.grid.marked.is_empty() || self.tab != Tab::Recommendations { 0.0 } else { bulk_bar::HEIGHT };
        ui.data_mut(|data| data.insert_temp(bulk_bar::height_id(), foot));
        bars::notices(ui, &mut self.session, &self.wishes);
        self.dialogs(ui);
        self.dropped(ui);
        for wish in self.wishes.take() {
            self.grant(wish);
        }
    }

    fn plan_ui(&mut self, ui: &mut Ui) {
        let theme = theme::tokens(ui);
        let now = self.circumstances();
        let rail = Frame::new().fill(theme.paper).inner_margin(Margin::symmetric(3, 8));
        Panel::left("rail").exact_size(space::RAIL).resizable(false).frame(rail).show(ui, |ui| {
            let gaps = self.gaps_in_view();
            bars::rail(ui, self.tab, &self.session, gaps, &self.wishes);
        });
        let bar = Frame::new().fill(theme.paper).inner_margin(Margin::symmetric(14, 6));
        Panel::top("bar").exact_size(space::BAR).resizable(false).frame(bar).show(ui, |ui| {
            bars::top(ui, self, now);
        });
        if let Some(manifest) = self.session.open.as_ref().and_then(|open| open.manifest.as_ref()) {
            shared_copy::banner(ui, manifest, &self.wishes);
        }
        if self.tab == Tab::Complaints {
            self.complaints.prepare(&mut self.session);
        }
        self.grid.prepare(&mut self.session);
        let gaps_in_view = self.gaps_in_view();
        let Some(open) = &self.session.open else { return };
        let mut ctx = Ctx::new(open, &self.session.settings, now, &self.wishes);
        ctx.asking = self.dialog.is_some();
        ctx.signals = self.session.asked_signals.as_deref();
        let narrow = ui.ctx().content_rect().width() < 1200.0;
        if gaps_in_view {
            let frame = Frame::new().fill(theme.paper).inner_margin(Margin { left: 12, right: 4, top: 8, bottom: 0 });
            let panel = Panel::left("gaps").default_size(300.0).size_range(250.0..=460.0).resizable(true).frame(frame);
            panel.show(ui, |ui| self.gaps.show(ui, &ctx, open.gaps.as_deref()));
        }
        if narrow && !self.narrow {
            // it would lie over the cells that are worked in: it comes when it is asked for
            self.editor = None;
        }
        self.narrow = narrow;
        match self.tab {
            Tab::Recommendations => {
                let list = recommendations::ListTab {
                    grid: &mut self.grid,
                    focus_search: &mut self.focus_search,
                    editor: &mut self.editor,
                    selected: self.selected,
                    narrow,
                };
                list.show(ui, &ctx);
            }
            Tab::Timeline => {
                filter_bar(ui, |ui| self.timeline.bar(ui, &ctx, &mut self.focus_search));
                self.timeline.show(ui, &ctx);
            }
            Tab::Complaints => {
                filter_bar(ui, |ui| self.complaints.bar(ui, &ctx));
                self.complaints.show(ui, &ctx);
            }
            Tab::Compare => {
                let comparing = &mut self.session.comparing;
                if comparing.is_some() {
                    filter_bar(ui, |ui| self.compare.bar(ui, &ctx, comparing.as_mut(), &mut self.focus_search));
                }
                CentralPanel::default().frame(Frame::new().fill(theme.paper)).show(ui, |ui| {
                    let recent = &self.session.settings.compared;
                    self.compare.show(ui, &ctx, comparing.as_mut(), recent);
                });
            }
            Tab::ActionPlan => {
                CentralPanel::default().frame(Frame::new().fill(theme.paper)).show(ui, |ui| {
                    self.action_plan.show(ui, &ctx);
                });
            }
        }
    }

    /// Commands by their keys. No key fires that would be typed into a field.
    fn keys(&mut self, ui: &mut Ui) {
        let typing = ui.ctx().text_edit_focused();
        let now = self.circumstances();
        let mut offers: Vec<_> = OFFERS.iter().filter(|offer| offer.shortcut.is_some()).collect();
        // those with Shift first: Ctrl+Shift+Z is not Ctrl+Z
        offers.sort_by_key(|offer| std::cmp::Reverse(offer.shortcut.map(|shortcut| (shortcut.shift, shortcut.alt))));
        for offer in offers {
            let Some(shortcut) = offer.shortcut else { continue };
            // a field undoes its own typing first, and deletes and moves in its own text
            let fields_own = typing && shortcut.is_a_fields();
            if fields_own || self.dialog.is_some() || !offer.command.enabled(now) {
                continue;
            }
            let Some(key) = Key::from_name(shortcut.key) else { continue };
            let mut modifiers = if shortcut.control { Modifiers::COMMAND } else { Modifiers::NONE };
            if shortcut.shift {
                modifiers |= Modifiers::SHIFT;
            }
            if shortcut.alt {
                modifiers |= Modifiers::ALT;
            }
            let pressed = ui.input_mut(|input| input.consume_shortcut(&egui::KeyboardShortcut::new(modifiers, key)));
            if pressed {
                self.wishes.borrow_mut().push(Wish::Run(offer.command));
            }
        }
        if !typing && self.dialog.is_none() && self.session.open.is_some() && self.tab == Tab::Recommendations {
            if self.grid.is_dragging() {
                return;
            }
            if self.grid.has_keys(ui) {
                self.grid.select_keys(ui, self.selected, &self.wishes);
            }
            self.grid_keys(ui);
        }
    }
}

/// The bar with a tab's filters, under the bar with the plan's name.
pub(super) fn filter_bar(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let bar = Frame::new().fill(theme::tokens(ui).ground).inner_margin(Margin::symmetric(14, 5));
    Panel::top("filters").exact_size(space::FILTER_BAR).resizable(false).frame(bar).show(ui, add);
}

/// Draws something at the right, over what the tab shows.
pub(super) fn over_the_view(ui: &mut Ui, name: &'static str, add: impl FnOnce(&mut Ui)) {
    let theme = theme::tokens(ui);
    let screen = ui.ctx().content_rect();
    let width = 400.0_f32.min(screen.width() - space::RAIL - 20.0);
    let top = space::BAR + space::FILTER_BAR;
    let area = egui::Area::new(egui::Id::unique(name))
        .order(egui::Order::Middle)
        .fixed_pos(egui::pos2(screen.right() - width, top));
    area.show(ui.ctx(), |ui| {
        let frame =
            Frame::new().fill(theme.paper).stroke(egui::Stroke::new(1.0, theme.line)).inner_margin(Margin::same(14));
        frame.show(ui, |ui| {
            ui.set_width(width - 30.0);
            ui.set_height(screen.height() - top - 30.0);
            add(ui);
        });
    });
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        Self::logic(self, ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.session.finish();
        self.session.save_settings();
    }
}
