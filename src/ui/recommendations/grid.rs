//! The grid: recommendations under themes, with frozen number and header.

use super::cell::{self, Part, default_width, least_width};
use super::filter::{self, GridRow, SearchTexts};
use super::heights::{CAP, Estimator, LayoutKey, RowHeights, Sized};
use crate::model::text::count;
use crate::model::view::Column;
use crate::model::{Id, Recommendation};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use egui::accesskit::Role;
use egui::{Align, Rect, Sense, Stroke, Ui, pos2, vec2};
use egui_table::{
    CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate, TableState,
};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Height of a theme's heading in points.
const THEME_ROW: f32 = 30.0;
/// Height of the header in points.
const HEADER: f32 = 34.0;
/// How much higher a cut row is, for its "more".
const MORE: f32 = 22.0;

/// What the grid remembers between frames.
pub struct Grid {
    /// The columns that are shown, from left to right; the number is always the first.
    pub columns: Vec<Column>,
    /// What is searched for.
    pub query: String,
    /// Themes that are folded.
    pub closed: BTreeSet<Option<Id>>,
    /// Rows that are selected together; blank where it is the cursor's row alone. See `select`.
    pub marked: BTreeSet<Id>,
    /// Where a range of them begins.
    pub(super) anchor: Option<Id>,
    /// The column that the cursor is in.
    pub cursor: Column,
    /// Rows that are shown whole however long.
    opened: BTreeSet<Id>,
    /// The rows that are shown.
    pub rows: Vec<GridRow>,
    shown: usize,
    rows_of: Option<(u64, chrono::NaiveDate, String, BTreeSet<Option<Id>>)>,
    filled_of: Option<(u64, chrono::NaiveDate)>,
    texts: SearchTexts,
    heights: RowHeights,
    estimator: Option<(f32, Estimator)>,
    /// Bring this row into view.
    scroll_to: Option<Id>,
}

impl Default for Grid {
    fn default() -> Self {
        Self {
            columns: Column::USUAL.to_vec(),
            query: String::new(),
            closed: BTreeSet::new(),
            marked: BTreeSet::new(),
            anchor: None,
            cursor: Column::Position,
            opened: BTreeSet::new(),
            rows: Vec::new(),
            shown: 0,
            rows_of: None,
            filled_of: None,
            texts: SearchTexts::default(),
            heights: RowHeights::default(),
            estimator: None,
            scroll_to: None,
        }
    }
}

impl Grid {
    /// Brings a row into view in the next frame.
    pub fn scroll_to(&mut self, id: Id) {
        self.scroll_to = Some(id);
    }

    /// How many recommendations are shown.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.shown
    }

    /// The recommendations that can be stepped through, in order.
    #[must_use]
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = Id> + '_ {
        self.rows.iter().filter_map(|row| if let GridRow::Recommendation(id) = row { Some(*id) } else { None })
    }

    /// The recommendation `by` rows further from the selected one; the first if none is selected.
    #[must_use]
    pub fn step(&self, from: Option<Id>, by: isize) -> Option<Id> {
        let ids: Vec<Id> = self.steps().collect();
        let last = ids.len().checked_sub(1)?;
        let at = from.and_then(|from| ids.iter().position(|id| *id == from));
        let to = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
        ids.get(to).copied()
    }

    /// Draws the grid.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, selected: Option<Id>) {
        self.update_rows(ctx);
        if self.rows.is_empty() {
            empty(ui, ctx, &self.query);
            return;
        }
        let id = TableState::id(ui, egui::IdSalt::new("recommendations"));
        let widths = self.set_widths(ui, ctx, id);
        self.update_heights(ui, ctx, &widths);
        let columns: Vec<TableColumn> = self
            .columns
            .iter()
            .zip(&widths)
            .map(|(column, width)| {
                TableColumn::new(*width).range(least_width(*column)..=900.0).id(egui::Id::unique(column.name()))
            })
            .collect();
        let mut table = Table::new()
            .id_salt("recommendations")
            .num_rows(self.rows.len() as u64)
            .columns(columns)
            .num_sticky_cols(1)
            .headers([HeaderRow::new(HEADER)]);
        if let Some(target) = self.scroll_to.take()
            && let Some(row) = self.rows.iter().position(|row| *row == GridRow::Recommendation(target))
        {
            table = table.scroll_to_row(row as u64, None::<Align>);
        }
        ui.style_mut().visuals.widgets.noninteractive.bg_stroke = Stroke::NONE;
        let mut delegate = Delegate { grid: self, ctx, selected, widths };
        table.show(ui, &mut delegate);
        self.note_widths(ui, ctx, id);
    }

    fn update_rows(&mut self, ctx: &Ctx<'_>) {
        let key = (ctx.revision, ctx.as_at, self.query.clone(), self.closed.clone());
        if self.rows_of.as_ref() != Some(&key) {
            let texts = self.texts.get(ctx.plan, ctx.index, ctx.revision, ctx.as_at);
            self.rows = filter::rows(ctx.plan, ctx.index, texts, &self.query, &self.closed);
            let under = self.rows.iter().map(|row| match row {
                GridRow::Theme { recommendations, .. } => *recommendations,
                GridRow::Recommendation(_) if ctx.plan.themes.is_empty() => 1,
                GridRow::Recommendation(_) => 0,
            });
            self.shown = under.sum();
            self.rows_of = Some(key);
            self.filled_of = None;
            self.forget_hidden();
        }
    }

    /// Gives the table the widths from the settings; the last column takes what is left.
    fn set_widths(&self, ui: &Ui, ctx: &Ctx<'_>, id: egui::Id) -> Vec<f32> {
        let set = |column: &Column| ctx.settings.columns.get(column.name()).copied().unwrap_or(default_width(*column));
        let mut widths: Vec<f32> = self.columns.iter().map(set).collect();
        let used: f32 = widths.iter().sum();
        let spare = ui.available_width() - used - 10.0;
        if spare > 0.0 {
            // the wide columns share what a large screen has to spare
            let wide = |column: &Column| match column {
                Column::Recommendation => 0.4,
                Column::Position => 0.35,
                Column::Actions => 0.25,
                Column::Evidence => 0.15,
                _ => 0.0,
            };
            let all: f32 = self.columns.iter().map(wide).sum();
            for (column, width) in self.columns.iter().zip(&mut widths).filter(|_| all > 0.0) {
                *width += spare * wide(column) / all;
            }
        }
        let mut state = TableState::load(ui.ctx(), id).unwrap_or_default();
        let dragging = ui.input(|input| input.pointer.any_down());
        if !dragging || state.col_widths.is_empty() {
            for (column, width) in self.columns.iter().zip(&widths) {
                state.col_widths.insert(egui::Id::unique(column.name()), width.round());
            }
            state.clone().store(ui.ctx(), id);
        }
        let current = |(column, width): (&Column, &f32)| {
            state.col_widths.get(&egui::Id::unique(column.name())).copied().unwrap_or(width.round())
        };
        self.columns.iter().zip(&widths).map(current).collect()
    }

    /// A column that was dragged is remembered, once the mouse is let go.
    fn note_widths(&self, ui: &Ui, ctx: &Ctx<'_>, id: egui::Id) {
        if !ui.input(|input| input.pointer.any_released()) {
            return;
        }
        let Some(state) = TableState::load(ui.ctx(), id) else { return };
        for (column, was) in self.columns.iter().zip(&self.heights.key().widths) {
            if let Some(width) = state.col_widths.get(&egui::Id::unique(column.name()))
                && (width - was).abs() > 0.5
            {
                ctx.send(Wish::ColumnWidth(column.name(), *width));
            }
        }
    }

    fn update_heights(&mut self, ui: &Ui, ctx: &Ctx<'_>, widths: &[f32]) {
        let pixels = ui.pixels_per_point();
        let key = LayoutKey { widths: widths.to_vec(), pixels_per_point: pixels };
        if self.filled_of == Some((ctx.revision, ctx.as_at)) && *self.heights.key() == key {
            return;
        }
        if self.estimator.as_ref().is_none_or(|(of, _)| *of != pixels) {
            self.estimator = Some((pixels, Estimator::new(ui.ctx())));
        }
        let Some((_, estimator)) = &self.estimator else { return };
        let columns = &self.columns;
        let rows = self.rows.iter().map(|row| match row {
            GridRow::Theme { .. } => Sized::Fixed(THEME_ROW),
            GridRow::Recommendation(id) => Sized::Words(*id, stamp(ctx, *id, columns)),
        });
        let opened = &self.opened;
        self.heights.fill(key, rows, |id| {
            let height = row_height(ctx, id, columns.iter().copied().zip(widths.iter().copied()), |parts, width| {
                estimator.estimate(parts, width)
            });
            capped(height, opened.contains(&id))
        });
        self.filled_of = Some((ctx.revision, ctx.as_at));
    }
}

/// A stamp of what a row shows.
fn stamp(ctx: &Ctx<'_>, id: Id, columns: &[Column]) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Some(row) = ctx.plan.recommendations.get(&id) {
        for column in columns {
            cell::parts(ctx, row, *column).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The height that a row needs, by whichever way its cells are measured.
fn row_height(
    ctx: &Ctx<'_>,
    id: Id,
    columns: impl Iterator<Item = (Column, f32)>,
    measure: impl Fn(&[Part<'_>], f32) -> f32,
) -> f32 {
    let Some(row) = ctx.plan.recommendations.get(&id) else { return THEME_ROW };
    let tallest = columns.map(|(column, width)| measure(&cell::parts(ctx, row, column), width - 2.0 * space::CELL));
    tallest.fold(size::LINE, f32::max) + 2.0 * space::CELL_TOP
}

/// A row's height on screen: cut if it is very long, with room for "more" or "less".
fn capped(height: f32, opened: bool) -> f32 {
    let height = height.ceil();
    if opened { height + MORE } else { height.min(CAP + MORE) }
}

struct Delegate<'g, 'c, 'p> {
    grid: &'g mut Grid,
    ctx: &'c Ctx<'p>,
    selected: Option<Id>,
    widths: Vec<f32>,
}

impl TableDelegate for Delegate<'_, '_, '_> {
    fn prepare(&mut self, _info: &PrefetchInfo) {}

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let theme = tokens(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, theme.paper);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line));
        let Some(column) = self.grid.columns.get(cell.col_range.start).copied() else { return };
        let at = pos2(rect.left() + space::CELL, rect.center().y);
        let font = theme::strong(size::SMALL);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, column.name(), font, theme.ink_second);
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::ColumnHeader);
            node.set_label(column.name());
            node.set_bounds(bounds(rect));
        });
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let Some(row) = self.grid.rows.get(row_nr as usize).copied() else { return };
        match row {
            GridRow::Theme { theme, recommendations, actions, closed } => {
                self.theme_row(ui, theme, recommendations, actions, closed);
            }
            GridRow::Recommendation(id) => self.recommendation_row(ui, row_nr as usize, id),
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(GridRow::Recommendation(id)) = self.grid.rows.get(cell.row_nr as usize).copied() else { return };
        let Some(row) = self.ctx.plan.recommendations.get(&id) else { return };
        let Some(column) = self.grid.columns.get(cell.col_nr).copied() else { return };
        let theme = tokens(ui);
        let parts = cell::parts(self.ctx, row, column);
        let rect = ui.max_rect();
        let inner = cell::inner(rect);
        let cut = self.is_cut(id, rect);
        let bottom = if cut { rect.bottom() - MORE } else { rect.bottom() };
        let clip = ui.clip_rect().intersect(Rect::from_min_max(rect.min, pos2(rect.right(), bottom)));
        let painter = ui.painter().with_clip_rect(clip);
        cell::paint(&painter, theme, &parts, inner.min, inner.width(), bottom);
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Cell);
            node.set_label(format!("{}: {}", column.name(), cell::spoken(&parts, self.ctx.state_words)));
            node.set_bounds(bounds(rect));
        });
    }

    fn row_top_offset(&self, _ctx: &egui::Context, _table_id: egui::Id, row_nr: u64) -> f32 {
        self.grid.heights.top(row_nr as usize)
    }
}

impl Delegate<'_, '_, '_> {
    /// The columns with their widths in points.
    fn columns(&self) -> impl Iterator<Item = (Column, f32)> {
        self.grid.columns.iter().copied().zip(self.widths.iter().copied())
    }

    /// The column so many points from the left edge of a row.
    fn column_at(&self, x: f32) -> Column {
        let mut right = 0.0;
        let ends = self.columns().map(|(column, width)| {
            right += width;
            (column, right)
        });
        ends.filter(|(_, end)| x < *end).map(|(column, _)| column).next().unwrap_or(self.grid.cursor)
    }

    /// Whether a row that is as high as `rect` shows only its beginning, or was opened.
    fn is_cut(&self, id: Id, rect: Rect) -> bool {
        self.grid.opened.contains(&id) || rect.height() >= CAP + MORE - 0.5
    }

    fn theme_row(&mut self, ui: &mut Ui, id: Option<Id>, recommendations: usize, actions: usize, closed: bool) {
        let theme = tokens(ui);
        let rect = ui.max_rect();
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, theme.band);
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line_faint));
        let title = id.and_then(|id| self.ctx.plan.themes.get(&id)).map_or("Without a theme", |theme| &theme.title);
        let icon = if closed {
            egui_material_icons::icons::ICON_CHEVRON_RIGHT
        } else {
            egui_material_icons::icons::ICON_EXPAND_MORE
        };
        let font = egui::FontId::new(16.0, icon.font_family());
        painter.text(
            pos2(rect.left() + 4.0, rect.center().y),
            egui::Align2::LEFT_CENTER,
            icon.codepoint,
            font,
            theme.ink,
        );
        let at = pos2(rect.left() + 22.0, rect.center().y);
        let drawn = painter.text(at, egui::Align2::LEFT_CENTER, title, theme::strong(size::BODY), theme.ink);
        let counts = format!("{} · {}", count(recommendations, "recommendation"), count(actions, "action"));
        let at = pos2(drawn.right() + 10.0, rect.center().y);
        painter.text(at, egui::Align2::LEFT_CENTER, &counts, theme::regular(size::SMALL), theme.ink_second);
        let scrolling = ui.clip_rect().left() > rect.left() + 1.0;
        let response = ui.interact(rect, ui.unique_id().with(("theme", scrolling)), Sense::click());
        if scrolling {
            let name = format!("Theme {title}, {counts}, {}", if closed { "folded" } else { "open" });
            response.widget_info(|| egui::WidgetInfo::labeled(Role::Row, true, &name));
        }
        if response.clicked() && !self.grid.closed.remove(&id) {
            self.grid.closed.insert(id);
        }
    }

    fn recommendation_row(&mut self, ui: &mut Ui, place: usize, id: Id) {
        let theme = tokens(ui);
        let Some(row) = self.ctx.plan.recommendations.get(&id) else { return };
        let rect = ui.max_rect();
        if !self.grid.heights.is_exact(id) {
            let painter = ui.painter().clone();
            let height =
                row_height(self.ctx, id, self.columns(), |parts, width| cell::measure(&painter, theme, parts, width));
            let height = capped(height, self.grid.opened.contains(&id));
            if self.grid.heights.measured(place, id, height) != 0.0 {
                ui.ctx().request_repaint();
            }
        }
        let marked = self.grid.marked.contains(&id);
        let selected = marked || (self.selected == Some(id) && self.grid.marked.is_empty());
        ui.painter().rect_filled(rect, 0.0, if selected { theme.accent_ground } else { theme.paper });
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line_faint));
        // the row is drawn twice, frozen part and scrolling part: it is one row to a screen reader
        let scrolling = ui.clip_rect().left() > rect.left() + 1.0;
        if selected && !scrolling {
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, theme.accent);
        }
        if marked && !scrolling {
            super::select::tick(ui.painter(), theme, rect);
        }
        let response = ui.interact(rect, ui.unique_id().with(("row", scrolling)), Sense::click());
        if scrolling {
            let name = row_name(self.ctx, row);
            response.widget_info(|| egui::WidgetInfo::selected(Role::Row, true, selected, &name));
        }
        if response.double_clicked() {
            self.ctx.send(Wish::EditPosition(id));
        } else if response.clicked() {
            if let Some(at) = response.interact_pointer_pos() {
                self.grid.cursor = self.column_at(at.x - rect.left());
            }
            let wish = self.grid.clicked(id, ui.input(|input| input.modifiers), self.selected);
            self.ctx.send(wish);
        }
        if scrolling {
            self.more(ui, id, rect);
        }
    }

    /// The word under a row that is cut.
    fn more(&mut self, ui: &mut Ui, id: Id, rect: Rect) {
        let theme = tokens(ui);
        let Some(row) = self.ctx.plan.recommendations.get(&id) else { return };
        let opened = self.grid.opened.contains(&id);
        if !self.is_cut(id, rect) {
            return;
        }
        let word = if opened { "Less" } else { "More" };
        let left = rect.left() + self.widths[0] + space::CELL;
        let place = Rect::from_min_size(pos2(left, rect.bottom() - MORE), vec2(60.0, MORE - 2.0));
        let response = ui.interact(place, ui.unique_id().with("more"), Sense::click());
        let name = format!("{word} of recommendation {}", row.reference);
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, &name));
        let font = theme::strong(size::SMALL);
        ui.painter().text(place.left_center(), egui::Align2::LEFT_CENTER, format!("{word}…"), font, theme.accent);
        if response.clicked() {
            if !self.grid.opened.remove(&id) {
                self.grid.opened.insert(id);
            }
            self.grid.heights.forget(id);
            self.grid.filled_of = None;
            ui.ctx().request_repaint();
        }
    }
}

fn bounds(rect: Rect) -> egui::accesskit::Rect {
    egui::accesskit::Rect {
        x0: f64::from(rect.left()),
        y0: f64::from(rect.top()),
        x1: f64::from(rect.right()),
        y1: f64::from(rect.bottom()),
    }
}

/// A row in a sentence, for a screen reader.
fn row_name(ctx: &Ctx<'_>, row: &Recommendation) -> String {
    let mut name = format!("Recommendation {}, {}", row.reference, row.shown_title());
    if !row.response_status.is_empty() {
        name.push_str(&format!(", government response: {}", row.response_status));
    }
    let state = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at).last().map(|position| position.state);
    match state {
        Some(Some(state)) => name.push_str(&format!(", position: {state}")),
        Some(None) => {}
        None => name.push_str(", no position"),
    }
    name.push_str(&format!(", {}", count(ctx.index.actions(ctx.plan, row.id).len(), "action")));
    name
}

fn empty(ui: &mut Ui, ctx: &Ctx<'_>, query: &str) {
    use crate::app::Command;
    let theme = tokens(ui);
    ui.vertical_centered(|ui| {
        ui.add_space(60.0);
        if query.trim().is_empty() {
            ui.label(egui::RichText::new("No recommendations yet").font(theme::strong(size::TITLE)));
            let text = "This is where each recommendation stands with the government's response, your position and your actions.";
            ui.label(egui::RichText::new(text).color(theme.ink_second));
            ui.add_space(space::NORMAL);
            for command in [Command::ImportDocument, Command::AddRecommendation] {
                crate::ui::widgets::command_button(ui, ctx, command);
            }
        } else {
            ui.label(egui::RichText::new(format!("Nothing in the plan holds “{}”", query.trim())).font(theme::strong(size::TITLE)));
            ui.label(egui::RichText::new("Numbers, titles, texts, positions, actions, owners and due words were searched").color(theme.ink_second));
        }
    });
}
