//! Find in the grid: the search narrows the list or leaves it whole, marks its matches in the cells and steps through
//! them; a strip under the bars says which of how many.

pub mod hits;
pub mod marks;

use super::App;
use super::context::{Ctx, Wish};
use super::dialogs::{Dialog, replace::Replace};
use super::recommendations::Grid;
use super::theme::{self, size, space, tokens};
use super::widgets::{buttons::command_tooltip, icon_button, link_button};
use super::window::Tab;
use crate::app::Command;
use crate::model::Id;
use crate::model::find::Sought;
use crate::model::intent::Step;
use crate::model::view::Column;
use egui::{Align, Checkbox, Key, Label, Layout, RichText, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_KEYBOARD_ARROW_DOWN, ICON_KEYBOARD_ARROW_UP};
use hits::{Hit, Hits};
use marks::Marks;
use std::time::{Duration, Instant};

/// How long a frame looks for matches: less than half of what a frame has.
const BUDGET: Duration = Duration::from_millis(5);

/// Height of the strip in points.
pub const STRIP: f32 = 34.0;

/// What finding in the grid remembers between frames.
#[derive(Debug)]
pub struct Find {
    /// The list shows only rows that hold what is searched for.
    pub narrow: bool,
    /// The match that was stepped to.
    pub current: Option<Hit>,
    /// The last step went on from the other end.
    around: bool,
    /// The match is still to be brought into view.
    pending: bool,
    /// The editor lies over the grid, on a small screen.
    overlaid: bool,
    hits: Hits,
    done: bool,
}

impl Default for Find {
    fn default() -> Self {
        Self {
            narrow: true,
            current: None,
            around: false,
            pending: false,
            overlaid: false,
            hits: Hits::default(),
            done: true,
        }
    }
}

impl Grid {
    /// What is looked for; `None` where nothing is.
    #[must_use]
    pub fn sought(&self) -> Option<Sought> {
        let words = self.query.trim();
        (!words.is_empty()).then(|| Sought::new(words))
    }

    /// What narrows the list; blank where the search leaves it whole.
    #[must_use]
    pub fn narrowed_by(&self) -> &str {
        if self.find.narrow { &self.query } else { "" }
    }

    /// The recommendations that are listed, with those under folded headings; each once.
    fn listed(&self) -> Vec<Id> {
        let mut seen = std::collections::HashSet::new();
        self.under_headings().flatten().copied().filter(|id| seen.insert(*id)).collect()
    }

    /// Looks for matches until it is time, or to the end.
    fn seek(&mut self, ctx: &Ctx<'_>, until: Option<Instant>) {
        let Some(sought) = self.sought() else {
            self.find.hits = Hits::default();
            self.find.current = None;
            return;
        };
        let key = hits::Key {
            sought,
            of: (ctx.revision, ctx.as_at),
            columns: self.columns.clone(),
            rows: self.listed(),
            narrowed: self.find.narrow,
        };
        self.find.done = self.find.hits.look(ctx, key, until);
    }

    /// Steps to the next match or the one before; without one, from a row on.
    pub fn step_match(&mut self, ctx: &Ctx<'_>, row: Option<Id>, step: Step) -> Option<Hit> {
        self.seek(ctx, None);
        let from = self.find.current.filter(|hit| row.is_none_or(|row| row == hit.row));
        let (hit, around) = self.find.hits.step(from, row, step)?;
        self.find.current = Some(hit);
        self.find.around = around;
        self.find.pending = hit.column.is_some();
        self.uncover(hit.row);
        self.scroll_to(hit.row);
        Some(hit)
    }

    /// Makes a recommendation one that is shown: its heading opens, and filters and a search that hide it are put away.
    pub fn uncover(&mut self, id: Id) {
        let under: Vec<usize> =
            self.under_headings().enumerate().filter(|(_, rows)| rows.contains(&id)).map(|(at, _)| at).collect();
        if under.is_empty() {
            self.show_all();
            self.closed.clear();
        }
        for heading in under {
            if let Some(heading) = self.headings.get(heading) {
                self.closed.remove(&heading.key);
            }
        }
    }

    /// What is marked in a cell.
    #[must_use]
    pub fn marks(&self, row: Id, column: Column) -> Marks {
        let Some(sought) = self.sought() else { return Marks::default() };
        let here = self.find.current.filter(|hit| (hit.row, hit.column) == (row, Some(column)));
        Marks::new(sought, here.map(|hit| hit.nth))
    }

    /// Brings the match that was stepped to into view once its cell is drawn; a row that is cut before it opens.
    pub fn show_match(&mut self, ui: &Ui, row: Id, marks: &Marks) {
        if marks.current.is_none() || !self.find.pending {
            return;
        }
        match marks.at {
            Some(rect) => {
                // with a line above and below, not at the very edge
                ui.scroll_to_rect(rect.expand2(egui::vec2(space::WIDE, size::LINE)), None);
                self.find.pending = false;
            }
            None if self.open_row(row) => {}
            None => self.find.pending = false,
        }
        ui.ctx().request_repaint();
    }
}

/// "Current position of 120": where a match stands.
fn place_of(ctx: &Ctx<'_>, grid: &Grid, hit: Hit) -> String {
    let reference = ctx.plan.recommendations.get(&hit.row).map_or("", |row| row.reference.as_str());
    match hit.column {
        None => format!("{reference}, in words that no column shows, such as an action's partners"),
        Some(column) if grid.columns.contains(&column) => format!("{} of {reference}", column.name()),
        Some(column) => format!("{} of {reference}, a column that is not shown", column.name()),
    }
}

/// The strip: which match of how many, steps, and whether the list is narrowed.
pub fn strip(ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid) {
    let theme = tokens(ui);
    grid.find.overlaid = ui.ctx().content_rect().width() < 1200.0;
    grid.seek(ctx, Some(Instant::now() + BUDGET));
    if !grid.find.done {
        ui.ctx().request_repaint();
    }
    let count = grid.find.hits.count();
    let number = grid.find.current.and_then(|hit| grid.find.hits.number(hit));
    let more = if grid.find.done { "" } else { "+" };
    let words = match (number, count) {
        (_, 0) if grid.find.done => "No match".to_owned(),
        (_, 0) => "Looking…".to_owned(),
        (Some(number), count) => format!("{} of {count}{more}", number + 1),
        (None, 1) if grid.find.done => "1 match".to_owned(),
        (None, count) => format!("{count}{more} matches"),
    };
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let label = ui.label(RichText::new(&words).font(theme::strong(size::BODY)));
        // a screen reader says it as it changes
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        for (icon, name, command) in [
            (ICON_KEYBOARD_ARROW_UP, "Previous match (Shift+F3)", Command::FindPrevious),
            (ICON_KEYBOARD_ARROW_DOWN, "Next match (F3)", Command::FindNext),
        ] {
            if icon_button(ui, icon, name, count > 0).clicked() {
                ctx.send(Wish::Run(command));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, ICON_CLOSE, "Clear the search", true).clicked() {
                grid.query.clear();
            }
            if Command::Replace.enabled(ctx.now)
                && link_button(ui, "Replace…").on_hover_text(command_tooltip(Command::Replace)).clicked()
            {
                ctx.send(Wish::Run(Command::Replace));
            }
            let tip = "On, the list shows only what holds the words. Off, it stays whole, and you step through it";
            ui.add(Checkbox::new(&mut grid.find.narrow, "Narrow the list")).on_hover_text(tip);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let Some(hit) = grid.find.current.filter(|_| number.is_some()) else { return };
                let from = if grid.find.around { "From the other end again: " } else { "" };
                let place = format!("{from}{}", place_of(ctx, grid, hit));
                ui.add(Label::new(RichText::new(place).color(theme.ink_second)).truncate());
            });
        });
    });
}

/// Enter in the search box steps on, Shift+Enter back; the cursor stays in it.
pub fn enter(ui: &Ui, field: &egui::Response, wishes: &std::cell::RefCell<Vec<Wish>>) {
    if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        let back = ui.input(|input| input.modifiers.shift);
        wishes.borrow_mut().push(Wish::Run(if back { Command::FindPrevious } else { Command::FindNext }));
        field.request_focus();
    }
}

impl App {
    /// Steps through the matches of the search; where nothing is searched for yet, asks for it.
    pub(super) fn step_find(&mut self, step: Step) {
        if self.tab != Tab::Recommendations || self.grid.sought().is_none() {
            self.run(Command::Find);
            return;
        }
        self.session.flush(true);
        let now = self.circumstances();
        let Some(open) = &self.session.open else { return };
        let ctx = Ctx::new(open, &self.session.settings, now, &self.wishes);
        let Some(hit) = self.grid.step_match(&ctx, self.selected, step) else { return };
        // the editor follows where it stands beside the grid, and does not lie over what was found
        if self.grid.find.overlaid {
            self.editor = None;
        } else if self.selected != Some(hit.row)
            && let Some(editor) = &mut self.editor
        {
            *editor = editor.for_another_row();
        }
        if let Some(column) = hit.column.filter(|column| self.grid.columns.contains(column)) {
            self.grid.set_cursor(column);
        }
        self.selected = Some(hit.row);
    }

    /// Asks for words to replace; those that are searched for stand there already.
    pub(super) fn open_replace(&mut self) {
        self.session.flush(true);
        let words = if self.tab == Tab::Recommendations { self.grid.query.trim() } else { "" };
        self.dialog = Some(Dialog::Replace(Box::new(Replace::of(words))));
    }

    /// Asks for a number to go to.
    pub(super) fn open_go_to(&mut self) {
        self.dialog = Some(Dialog::GoTo(Box::default()));
    }

    /// Shows a recommendation and selects it.
    pub(super) fn go_to(&mut self, id: Id) {
        self.grid.uncover(id);
        self.wishes.borrow_mut().push(Wish::Select(Some(id)));
    }
}
