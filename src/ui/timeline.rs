//! The timeline tab: what falls due, what is late, who has it, what has moved.

mod ask;
mod bar;
mod board;
mod burn_up;
mod card;
mod chart;
mod details;
mod keys;
mod lane;
mod list;
mod menus;

pub use ask::{Ask, Asking};

use super::context::{Ctx, Wish};
use super::theme::{self, size, space, tokens};
use crate::app::Command;
use crate::model::timeline::{Board, BurnUp, DueRow, Entry, Facets, Filter, Kind, LaneKey, Mine, Timeline};
use crate::model::{Id, Plan};
use chrono::NaiveDate;
use egui::{CentralPanel, Frame, Margin, Panel, RichText, Ui};
use std::collections::BTreeSet;

/// How the timeline is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Cards in lanes.
    #[default]
    Board,
    /// Bars over months.
    Chart,
    /// A table.
    List,
}

impl View {
    const ALL: [(Self, &'static str); 3] = [(Self::Board, "Board"), (Self::Chart, "Chart"), (Self::List, "List")];
}

/// What is worked out for a revision, a date and a filter.
#[derive(Debug)]
struct Worked {
    of: (u64, NaiveDate, Filter),
    board: Board,
    facets: Facets,
    burn_up: BurnUp,
}

/// What the tab remembers between frames.
#[derive(Debug, Default)]
pub struct TimelineTab {
    /// Which cards are shown.
    pub filter: Filter,
    /// How they are looked at.
    pub view: View,
    /// Months without cards are shown as lanes.
    pub empty_months: bool,
    /// The cards that are chosen, for what is done with several at once.
    pub chosen: BTreeSet<DueRow>,
    /// The card that keys act on, and whose details are shown.
    pub cursor: Option<DueRow>,
    timeline: Option<(u64, Timeline)>,
    worked: Option<Worked>,
    board: board::BoardView,
    chart: chart::ChartView,
    list: list::ListView,
    details: details::DetailsView,
    /// The lane that the card with the cursor stood in when last it was drawn.
    cursor_lane: Option<(DueRow, LaneKey)>,
    burn_up_hidden: bool,
    /// Lead to this action once the timeline is worked out.
    lead: Option<Id>,
    /// What a drag that began in this frame carries.
    dragged_now: Option<card::Dragged>,
}

impl TimelineTab {
    /// Leads to the card of an action, with its details.
    pub fn lead_to(&mut self, action: Id) {
        self.lead = Some(action);
    }

    /// Finds the card that was led to: the action's own, else the one of the timescale that it inherits.
    fn follow_lead(&mut self) {
        let Some(action) = self.lead.take() else { return };
        let Some((_, timeline)) = &self.timeline else { return };
        let is_own = |entry: &&Entry| entry.kind == Kind::Action(action);
        let own = timeline.entries().iter().find(is_own);
        let found = own.or_else(|| timeline.entries().iter().find(|entry| entry.actions.contains(&action)));
        let Some(row) = found.map(|entry| entry.row) else { return };
        self.filter.clear();
        self.chosen.clear();
        self.cursor = Some(row);
        self.details.shown = true;
        self.board.reveal = Some(row);
        self.list.reveal = Some(row);
    }

    /// Works out what is shown, where anything has changed since the last frame.
    fn update(&mut self, ctx: &Ctx<'_>) {
        self.filter.mine = Mine::parse(&ctx.settings.roles);
        if self.timeline.as_ref().is_none_or(|(revision, _)| *revision != ctx.revision) {
            self.timeline = Some((ctx.revision, Timeline::of(ctx.plan, ctx.index)));
            self.board.forget_heights();
        }
        self.follow_lead();
        let Some((_, timeline)) = &self.timeline else { return };
        let changed = self
            .worked
            .as_ref()
            .is_none_or(|worked| (worked.of.0, worked.of.1) != (ctx.revision, ctx.as_at) || worked.of.2 != self.filter);
        if changed {
            self.worked = Some(Worked {
                of: (ctx.revision, ctx.as_at, self.filter.clone()),
                board: timeline.board(ctx.plan, ctx.as_at, &self.filter),
                facets: timeline.facets(ctx.plan, ctx.as_at, &self.filter),
                burn_up: timeline.burn_up(ctx.plan, ctx.as_at, &self.filter),
            });
            let there = |row: &DueRow| timeline.place_of(*row).is_some();
            self.cursor = self.cursor.filter(there);
            self.chosen.retain(there);
        }
        if changed || self.cursor_lane.map(|(row, _)| row) != self.cursor {
            self.follow_cursor();
        }
    }

    /// A card that was moved to another lane is followed there.
    fn follow_cursor(&mut self) {
        let now = self.cursor.and_then(|row| Some((row, self.lane_of(row)?)));
        if let (Some((was_row, was)), Some((row, lane))) = (self.cursor_lane, now)
            && was_row == row
            && was != lane
        {
            self.board.reveal = Some(row);
            self.list.reveal = Some(row);
        }
        self.cursor_lane = now;
    }

    /// What keys and bulk changes act on: the chosen cards, else the one with the cursor.
    fn targets(&self) -> Vec<DueRow> {
        if self.chosen.is_empty() { self.cursor.into_iter().collect() } else { self.chosen.iter().copied().collect() }
    }

    /// Draws the bar above the tab.
    pub fn bar(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, focus_search: &mut bool) {
        self.update(ctx);
        bar::show(ui, ctx, self, focus_search);
    }

    /// Draws the tab.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        self.update(ctx);
        let theme = tokens(ui);
        if self.timeline.as_ref().is_none_or(|(_, timeline)| timeline.entries().is_empty()) {
            empty(ui, ctx);
            return;
        }
        keys::act(ui, ctx, self);
        let wide = ui.ctx().content_rect().width() >= 1100.0;
        let open = self.cursor.filter(|_| self.details.shown);
        if let Some(row) = open.filter(|_| wide) {
            let frame = Frame::new().fill(theme.paper).inner_margin(Margin { left: 14, right: 6, top: 10, bottom: 6 });
            let panel = Panel::right("card").default_size(330.0).size_range(270.0..=560.0).resizable(true).frame(frame);
            panel.show(ui, |ui| details::show(ui, ctx, self, row));
        }
        let tall = ui.available_height() > 420.0;
        if !self.burn_up_hidden && tall && self.view != View::List {
            let frame = Frame::new().fill(theme.paper).inner_margin(Margin::symmetric(14, 6));
            Panel::top("burn-up").exact_size(burn_up::HEIGHT).resizable(false).frame(frame).show(ui, |ui| {
                burn_up::show(ui, ctx, self);
            });
        }
        CentralPanel::default().frame(Frame::new().fill(theme.ground)).show(ui, |ui| {
            if self.worked.as_ref().is_some_and(|worked| worked.board.shown == 0) {
                nothing(ui, self);
                return;
            }
            match self.view {
                View::Board => board::show(ui, ctx, self),
                View::Chart => chart::show(ui, ctx, self),
                View::List => list::show(ui, ctx, self),
            }
        });
        if let Some(row) = open.filter(|_| !wide) {
            super::window::over_the_view(ui, "card over the board", |ui| details::show(ui, ctx, self, row));
        }
    }
}

/// The actions that a row's changes of owner, state or notes go to.
fn actions_of(timeline: &Timeline, rows: &[DueRow]) -> Vec<Id> {
    let mut actions = Vec::new();
    // of 20,000 chosen cards none is to be compared with every other
    let mut seen = BTreeSet::new();
    for entry in rows.iter().filter_map(|row| timeline.entry(timeline.place_of(*row)?)) {
        let of: &[Id] = match &entry.kind {
            Kind::Action(id) => std::slice::from_ref(id),
            Kind::Responsibility(_) => &entry.actions,
        };
        for id in of {
            if seen.insert(*id) {
                actions.push(*id);
            }
        }
    }
    actions
}

/// "Rec 9, 123": the numbers of the recommendations that a card serves.
fn serves(plan: &Plan, entry: &Entry) -> String {
    const MOST: usize = 8;
    let all = entry.recommendations();
    let rows = all.iter().filter_map(|id| plan.recommendations.get(id));
    let names: Vec<String> = rows.take(MOST).map(|row| plan.reference_name(row)).collect();
    match (names.len(), all.len().saturating_sub(MOST)) {
        (0, _) => String::new(),
        (_, 0) => format!("Rec {}", names.join(", ")),
        (_, more) => format!("Rec {} and {more} more", names.join(", ")),
    }
}

/// What the tab is for, on the board's ground, and the first step.
fn empty(ui: &mut Ui, ctx: &Ctx<'_>) {
    let theme = tokens(ui);
    let frame = Frame::new().fill(theme.ground).inner_margin(Margin::same(14));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.label(RichText::new("Nothing is due yet").font(theme::strong(size::TITLE)));
        let text = "This is where actions stand by the month they are due in. Add an action to a recommendation, or import a document with an action plan.";
        ui.add(egui::Label::new(RichText::new(text).color(theme.ink_second)).wrap());
        ui.add_space(space::NORMAL);
        if ctx.editable && ui.button("Import a document…").clicked() {
            ctx.send(Wish::Run(Command::ImportDocument));
        }
    });
}

fn nothing(ui: &mut Ui, tab: &mut TimelineTab) {
    let theme = tokens(ui);
    Frame::new().inner_margin(Margin::same(14)).show(ui, |ui| {
        ui.label(RichText::new("No card passes the filters").font(theme::strong(size::HEADING)));
        ui.label(
            RichText::new("What is chosen of each filter is joined by \"or\", the filters by \"and\".")
                .color(theme.ink_second),
        );
        ui.add_space(space::TIGHT);
        if ui.button("Show all").clicked() {
            tab.filter.clear();
        }
    });
}
