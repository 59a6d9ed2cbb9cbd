//! The grid: recommendations under themes, with frozen number and header.

use super::cell::{self, Part, default_width, least_width};
use super::cursor::{self, Cursor};
use super::filter::{GridRow, Heading};
use super::header;
use super::heights::{ById, CAP, Estimator, LayoutKey, RowHeights, Sized};
use super::links;
use super::moving::{self, Moving};
use super::viewing::Worked;
use crate::model::text::count;
use crate::model::view::{Column, Filter, Group, GroupKey, Sort, Widths};
use crate::model::{Id, Recommendation};
use crate::ui::context::{Ctx, Wish};
use crate::ui::find::Find;
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
    /// What else rows must be; what is searched for stands in `query`.
    pub filter: Filter,
    /// What rows are sorted by; nothing for the plan's order.
    pub sort: Vec<Sort>,
    /// What they stand under.
    pub group: Group,
    /// How wide columns are, where somebody chose it.
    pub widths: Widths,
    /// The saved view that was chosen.
    pub chosen: Option<Id>,
    /// Headings that are folded.
    pub closed: BTreeSet<GroupKey>,
    /// Rows that are selected together; blank where it is the cursor's row alone. See `select`.
    pub marked: BTreeSet<Id>,
    /// Where a range of them begins.
    pub(super) anchor: Option<Id>,
    /// Rows that are shown whole however long.
    opened: BTreeSet<Id>,
    /// The rows that are shown.
    pub rows: Vec<GridRow>,
    /// What their headings say, by number.
    pub headings: Vec<Heading>,
    pub(super) worked: Worked,
    /// Whether a recommendation may stand under several headings.
    pub(super) repeats: bool,
    /// The row that was clicked or stepped to last, by its number: tells apart the places of one recommendation.
    pub(super) place: Option<usize>,
    pub(super) filled_of: Option<(u64, chrono::NaiveDate)>,
    /// Stamps of what rows show, so that a row that comes back into the list is known at once.
    stamps: ById<u64>,
    stamps_of: Option<(u64, chrono::NaiveDate, Vec<Column>)>,
    /// The heading that is dragged, and where the headings of columns are.
    pub(super) header: header::Header,
    pub(super) heights: RowHeights,
    estimator: Option<(f32, Estimator)>,
    /// Bring this row into view.
    scroll_to: Option<Id>,
    /// What is typed into the menu of views.
    pub(super) naming: String,
    /// How wide the right part of the bar was last, in points.
    pub(super) bar_right: f32,
    /// Stepping through what is searched for.
    pub find: Find,
    /// What is being dragged.
    pub(super) moving: Moving,
    /// The cell that the cursor stands on, and the one that is open.
    pub cursor: Cursor,
}

impl Default for Grid {
    fn default() -> Self {
        Self {
            columns: Column::USUAL.to_vec(),
            query: String::new(),
            filter: Filter::default(),
            sort: Vec::new(),
            group: Group::default(),
            widths: Widths::new(),
            chosen: None,
            closed: BTreeSet::new(),
            marked: BTreeSet::new(),
            anchor: None,
            opened: BTreeSet::new(),
            rows: Vec::new(),
            headings: Vec::new(),
            worked: Worked::default(),
            repeats: false,
            place: None,
            filled_of: None,
            stamps: ById::default(),
            stamps_of: None,
            header: header::Header::default(),
            heights: RowHeights::default(),
            estimator: None,
            scroll_to: None,
            naming: String::new(),
            bar_right: 400.0,
            find: Find::default(),
            moving: Moving::default(),
            cursor: Cursor::default(),
        }
    }
}

impl Grid {
    /// Brings a row into view in the next frame.
    pub fn scroll_to(&mut self, id: Id) {
        self.scroll_to = Some(id);
    }

    /// Shows a row whole that is cut; gives whether it was.
    pub fn open_row(&mut self, id: Id) -> bool {
        let cut = self.opened.insert(id);
        if cut {
            self.heights.forget(id);
            self.filled_of = None;
        }
        cut
    }

    /// The recommendations that can be stepped through, in order.
    #[must_use]
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = Id> + '_ {
        self.rows.iter().filter_map(|row| if let GridRow::Recommendation(id) = row { Some(*id) } else { None })
    }

    /// The recommendation `by` rows further from the selected one; the first if none is selected.
    #[must_use]
    pub fn step(&mut self, from: Option<Id>, by: isize) -> Option<Id> {
        let is_row = |at: &usize| matches!(self.rows.get(*at), Some(GridRow::Recommendation(_)));
        let places: Vec<usize> = (0..self.rows.len()).filter(is_row).collect();
        let last = places.len().checked_sub(1)?;
        let at = from.and_then(|from| self.row_of(from)).and_then(|row| places.iter().position(|at| *at == row));
        let to = *places.get(at.map_or(0, |at| at.saturating_add_signed(by).min(last)))?;
        self.place = Some(to);
        match self.rows.get(to) {
            Some(GridRow::Recommendation(id)) => Some(*id),
            _ => None,
        }
    }

    /// Draws the grid.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, selected: Option<Id>) {
        self.update_rows(ctx);
        self.begin_open_cell(ctx);
        if self.rows.is_empty() {
            self.empty(ui, ctx);
            return;
        }
        let id = TableState::id(ui, egui::IdSalt::new("recommendations"));
        let widths = self.set_widths(ui, id);
        if ui.input(|input| input.pointer.any_pressed()) {
            let drawn = self.columns.iter().copied().zip(widths.iter().copied());
            self.header.pressed = drawn.collect();
        }
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
            && let Some(row) = self.row_of(target)
            && !self.fills_the_screen(row, ui.available_height() - HEADER)
        {
            table = table.scroll_to_row(row as u64, None::<Align>);
        }
        // a few points that do not fit are not worth that everything moves
        let wider = widths.iter().sum::<f32>() - ui.available_width() > 24.0;
        if std::mem::take(&mut self.cursor.show_column)
            && wider
            && let Some(column) = self.columns.iter().position(|column| *column == self.cursor_column())
            && column > 0
        {
            table = table.scroll_to_column(column, None);
        }
        ui.style_mut().visuals.widgets.noninteractive.bg_stroke = Stroke::NONE;
        self.cursor.node = None;
        let all = ui.available_rect_before_wrap();
        let mut delegate = Delegate { grid: self, ctx, selected, widths };
        table.show(ui, &mut delegate);
        moving::finish(ui, ctx, self);
        self.cursor.typing = !ctx.drafts.is_empty();
        cursor::take_keys(ui, all, self.cursor.node);
        self.note_widths(ui, ctx, id);
    }

    /// Whether a row is higher than the screen and on it: then it is looked at already, wherever it begins.
    fn fills_the_screen(&self, row: usize, height: f32) -> bool {
        let tall = self.heights.top(row + 1) - self.heights.top(row) > height;
        tall && self.cursor.visible.contains(&(row as u64))
    }

    /// Measures a row anew: what it holds is drawn another way.
    pub(super) fn measure_again(&mut self, id: Id) {
        self.heights.forget(id);
        self.filled_of = None;
    }

    /// Gives the table the widths from the settings; the last column takes what is left.
    fn set_widths(&self, ui: &Ui, id: egui::Id) -> Vec<f32> {
        let chosen = |column: &Column| self.widths.get(column).map(|width| f32::from(*width));
        let set = |column: &Column| chosen(column).unwrap_or(default_width(*column));
        let mut widths: Vec<f32> = self.columns.iter().map(set).collect();
        let used: f32 = widths.iter().sum();
        let spare = ui.available_width() - used - 10.0;
        if spare > 0.0 {
            // the wide columns share what a large screen has to spare, but for those that somebody made as wide as they are
            let wide = |column: &Column| match column {
                column if self.widths.contains_key(column) => 0.0,
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
        // when the mouse is let go, what was dragged is read first
        let dragging = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
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
    fn note_widths(&mut self, ui: &Ui, ctx: &Ctx<'_>, id: egui::Id) {
        if !ui.input(|input| input.pointer.any_released()) {
            return;
        }
        let Some(state) = TableState::load(ui.ctx(), id) else { return };
        // by column: a menu may have changed which are shown, and in what order, in this very frame
        for (column, was) in std::mem::take(&mut self.header.pressed) {
            if let Some(width) = state.col_widths.get(&egui::Id::unique(column.name()))
                && (width - was).abs() > 0.5
            {
                self.widths.insert(column, width.round().clamp(40.0, 900.0) as u16);
                ctx.send(Wish::KeepColumns);
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
        self.fill_heights(ctx, key);
    }

    /// Works out where each row begins, at the widths that were drawn last. Does nothing before the first frame.
    pub fn update_heights_again(&mut self, ctx: &Ctx<'_>) {
        self.fill_heights(ctx, self.heights.key().clone());
    }

    fn fill_heights(&mut self, ctx: &Ctx<'_>, key: LayoutKey) {
        let widths = key.widths.clone();
        let Some((_, estimator)) = &self.estimator else { return };
        let columns = &self.columns;
        let is_same =
            |of: &(u64, chrono::NaiveDate, Vec<Column>)| (of.0, of.1, &of.2) == (ctx.revision, ctx.as_at, columns);
        if !self.stamps_of.as_ref().is_some_and(is_same) {
            self.stamps.clear();
            self.stamps_of = Some((ctx.revision, ctx.as_at, columns.clone()));
        }
        let stamps = &mut self.stamps;
        let rows = self.rows.iter().map(|row| match row {
            GridRow::Heading(_) => Sized::Fixed(THEME_ROW),
            GridRow::Recommendation(id) => {
                Sized::Words(*id, *stamps.entry(*id).or_insert_with(|| stamp(ctx, *id, columns)))
            }
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
    fn prepare(&mut self, info: &PrefetchInfo) {
        self.grid.cursor.visible = info.visible_rows.clone();
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let Some(column) = self.grid.columns.get(cell.col_range.start).copied() else { return };
        header::cell(ui, self.ctx, self.grid, column);
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let Some(row) = self.grid.rows.get(row_nr as usize).copied() else { return };
        match row {
            GridRow::Heading(heading) => self.heading_row(ui, heading),
            GridRow::Recommendation(id) => self.recommendation_row(ui, row_nr as usize, id),
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some(GridRow::Recommendation(id)) = self.grid.rows.get(cell.row_nr as usize).copied() else { return };
        let Some(row) = self.ctx.plan.recommendations.get(&id) else { return };
        let Some(column) = self.grid.columns.get(cell.col_nr).copied() else { return };
        let is_open = self.grid.cursor.open.as_ref().is_some_and(|open| open.row == id && open.column == column);
        // where it stands a second time, its words are read there
        if is_open && self.grid.row_of(id) == usize::try_from(cell.row_nr).ok() {
            self.grid.open_cell_ui(ui, self.ctx, row);
            return;
        }
        let theme = tokens(ui);
        let parts = cell::parts(self.ctx, row, column);
        let rect = ui.max_rect();
        let inner = cell::inner(rect);
        let cut = self.is_cut(id, rect);
        let bottom = if cut { rect.bottom() - MORE } else { rect.bottom() };
        let clip = ui.clip_rect().intersect(Rect::from_min_max(rect.min, pos2(rect.right(), bottom)));
        let painter = ui.painter().with_clip_rect(clip);
        let mut marks = self.grid.marks(id, column);
        cell::paint_marked(&painter, theme, &parts, inner.min, inner.width(), bottom, &mut marks);
        self.grid.show_match(ui, id, &marks);
        links::draw(ui, self.ctx, row, column, &parts, (inner.min, inner.width(), bottom));
        let lost = links::lost(self.ctx, row, column, &parts);
        let is_cursor = self.selected == Some(id) && column == self.grid.cursor_column() && !self.grid.is_open();
        if is_cursor && self.grid.row_of(id) == usize::try_from(cell.row_nr).ok() {
            let active = ui.memory(|memory| memory.has_focus(cursor::keyboard()));
            cursor::paint_frame(ui, theme, rect, active);
            self.grid.cursor.node = Some(ui.unique_id());
        }
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Cell);
            node.set_label(format!("{}: {}{lost}", column.name(), cell::spoken(&parts, self.ctx.state_words)));
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

    /// Whether a row that is as high as `rect` shows only its beginning, or was opened.
    fn is_cut(&self, id: Id, rect: Rect) -> bool {
        // a row with an open cell is as high as that needs
        let is_open = self.grid.open_height(id).is_some();
        !is_open && (self.grid.opened.contains(&id) || rect.height() >= CAP + MORE - 0.5)
    }

    fn heading_row(&mut self, ui: &mut Ui, number: usize) {
        let Some(Heading { key, title, recommendations, actions, closed }) = self.grid.headings.get(number) else {
            return;
        };
        let (recommendations, actions, closed) = (*recommendations, *actions, *closed);
        let theme = tokens(ui);
        let rect = ui.max_rect();
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, theme.band);
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line_faint));
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
            let name = format!("{} {title}, {counts}, {}", key.kind(), if closed { "folded" } else { "open" });
            response.widget_info(|| egui::WidgetInfo::labeled(Role::Row, true, &name));
        }
        let theme = if let GroupKey::Theme(id) = key { Some(*id) } else { None };
        if response.clicked() {
            self.grid.fold(number);
        }
        if let Some(id) = theme {
            moving::heading(ui, self.ctx, self.grid, id);
        }
    }

    fn recommendation_row(&mut self, ui: &mut Ui, place: usize, id: Id) {
        let theme = tokens(ui);
        let Some(row) = self.ctx.plan.recommendations.get(&id) else { return };
        let rect = ui.max_rect();
        let open = self.grid.open_height(id);
        // while something is typed, here or in the editor, the rows show it
        let typing = self.grid.cursor.typing || !self.ctx.drafts.is_empty();
        if !self.grid.heights.is_exact(id) || open.is_some() || typing {
            let painter = ui.painter().clone();
            let hidden = self.grid.cursor.open.as_ref().filter(|open| open.row == id).map(|open| open.column);
            let columns = self.columns().filter(|(column, _)| Some(*column) != hidden);
            let height = row_height(self.ctx, id, columns, |parts, width| cell::measure(&painter, theme, parts, width));
            let height = capped(height, self.grid.opened.contains(&id)).max(open.unwrap_or_default());
            if self.grid.heights.measured(place, id, height) != 0.0 {
                ui.ctx().request_repaint();
                // where it stands a second time, that place has to move too
                self.grid.filled_of = self.grid.filled_of.filter(|_| !self.grid.repeats);
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
        // its number can be dragged
        let sense = if scrolling { Sense::click() } else { Sense::click_and_drag() };
        let response = ui.interact(rect, ui.unique_id().with(("row", scrolling)), sense);
        if marked && !scrolling {
            super::select::tick(ui.painter(), theme, rect);
        }
        if scrolling {
            let name = row_name(self.ctx, row);
            response.widget_info(|| egui::WidgetInfo::selected(Role::Row, true, selected, &name));
        }
        if response.clicked() || response.double_clicked() {
            self.grid.place = Some(place);
        }
        let widths = &self.widths;
        let under = response
            .interact_pointer_pos()
            .and_then(|at| cursor::column_at(&self.grid.columns, widths, rect.left(), at.x));
        // the first of two clicks may have brought the editor, and moved the columns from under the second
        let twice = response.double_clicked() && selected;
        let column = under.filter(|_| !twice).unwrap_or(self.grid.cursor_column());
        if response.double_clicked() {
            self.ctx.send(Wish::OpenCell { row: id, column, typed: String::new() });
        } else if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(cursor::keyboard()));
            self.grid.set_cursor(column);
            let wish = self.grid.clicked(id, ui.input(|input| input.modifiers), self.selected);
            self.ctx.send(wish);
        }
        moving::row(ui, self.ctx, self.grid, (place, id), (!scrolling).then_some(&response));
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

pub(super) fn bounds(rect: Rect) -> egui::accesskit::Rect {
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
