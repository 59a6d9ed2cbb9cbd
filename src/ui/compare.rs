//! The tab that shows a neighbour's plan beside one's own, and takes over from it.

mod bar;
mod cell;
mod head;
mod table;

use super::context::Ctx;
use super::recommendations::heights::{Estimator, RowHeights};
use crate::app::settings::Recent;
use crate::app::{Comparing, theirs::Of};
use crate::model::compare::{Counts, Filter, Kind, Side, texts, whose};
use crate::model::{Id, Index, Plan};
use chrono::NaiveDate;
use egui::Ui;
use std::collections::{BTreeSet, HashMap};

/// A row of the table: a row of the comparison, or the pair of actions in it with this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TableRow {
    row: usize,
    pair: Option<usize>,
}

impl TableRow {
    /// What its height is kept under.
    fn id(self) -> Id {
        let pair = self.pair.map_or(String::new(), |pair| pair.to_string());
        Id::NIL.derive(&[&self.row.to_string(), &pair])
    }
}

/// What the tab remembers between frames.
#[derive(Default)]
pub struct CompareTab {
    rows: Vec<(TableRow, Id)>,
    rows_of: Option<(Of, Filter)>,
    counts: Counts,
    themes: Vec<String>,
    words: Vec<String>,
    words_of: Option<Of>,
    stamps: HashMap<Id, u64>,
    stamps_of: Option<Of>,
    filled: bool,
    heights: RowHeights,
    estimator: Option<(f32, Estimator)>,
    /// Rows that are shown whole however long.
    opened: BTreeSet<Id>,
    selected: Option<usize>,
    scroll_to: Option<usize>,
    /// The list of what could not be used is open.
    listed: bool,
}

/// The two plans as they are drawn.
#[derive(Clone, Copy)]
struct Sides<'a> {
    mine: Side<'a>,
    theirs: Side<'a>,
}

impl<'a> Sides<'a> {
    fn of(plan: &'a Plan, index: &'a Index, as_at: NaiveDate, today: NaiveDate, comparing: &'a Comparing) -> Self {
        Self {
            mine: Side { plan, index, as_at, withheld: &comparing.ours },
            theirs: comparing.theirs.side(comparing.their_date(as_at, today)),
        }
    }

    fn us(&self) -> String {
        whose(self.mine, self.theirs, "Your plan")
    }

    fn them(&self) -> String {
        whose(self.theirs, self.mine, "The other plan")
    }
}

impl CompareTab {
    /// Draws the bar with the filters.
    pub fn bar(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, comparing: Option<&mut Comparing>, focus_search: &mut bool) {
        if let Some(comparing) = comparing {
            self.update_rows(ctx, comparing);
            bar::show(ui, ctx, self, comparing, focus_search);
        }
    }

    /// Draws the tab.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, comparing: Option<&mut Comparing>, recent: &[Recent]) {
        let Some(comparing) = comparing else {
            head::empty(ui, ctx, recent);
            return;
        };
        self.update_rows(ctx, comparing);
        head::show(ui, ctx, self, comparing);
        if comparing.comparison.is_none() {
            ui.vertical_centered(|ui| {
                ui.add_space(40.0);
                ui.label("Comparing the two plans…");
            });
            return;
        }
        if self.rows.is_empty() {
            head::nothing_shown(ui, comparing);
            return;
        }
        table::show(ui, ctx, self, comparing);
    }

    fn update_rows(&mut self, ctx: &Ctx<'_>, comparing: &Comparing) {
        let (Some(of), Some(comparison)) = (comparing.stamp(), &comparing.comparison) else { return };
        if self.rows_of.as_ref().is_some_and(|(known, filter)| *known == of && *filter == comparing.filter) {
            return;
        }
        let Sides { mine, theirs } = Sides::of(ctx.plan, ctx.index, ctx.as_at, ctx.today, comparing);
        if self.words_of != Some(of) && !comparing.filter.text.trim().is_empty() {
            self.words = texts(comparison, mine, theirs);
            self.words_of = Some(of);
        }
        if self.rows_of.as_ref().is_none_or(|(known, _)| *known != of) {
            let all: BTreeSet<&str> = comparison.rows.iter().map(|row| row.theme(mine, theirs)).collect();
            self.themes = all.into_iter().filter(|theme| !theme.is_empty()).map(str::to_owned).collect();
        }
        let (places, counts) = comparing.filter.rows(comparison, mine, theirs, &self.words);
        let selected = self.selected.and_then(|place| self.rows.get(place)).map(|(row, _)| *row);
        self.rows.clear();
        for place in places {
            let row = &comparison.rows[place];
            if row.kind != Kind::Alone {
                self.rows.push(TableRow { row: place, pair: None }.with_id());
            }
            self.rows.extend((0..row.pairs.len()).map(|pair| TableRow { row: place, pair: Some(pair) }.with_id()));
        }
        self.counts = counts;
        self.selected = selected.and_then(|row| self.rows.iter().position(|(other, _)| *other == row));
        self.rows_of = Some((of, comparing.filter.clone()));
        self.filled = false;
    }
}

impl TableRow {
    fn with_id(self) -> (Self, Id) {
        (self, self.id())
    }
}
