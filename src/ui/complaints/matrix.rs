//! The matrix on screen: lines and sources, with the first two columns frozen.

mod paint;

pub(super) use paint::hatch;

use super::sheet::{Ground, Line, Sheet, Shown, head};
use super::{ComplaintsTab, Layout, Spot, keys};
use crate::model::Id;
use crate::model::signal::Source;
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tokens, size, tokens};
use crate::ui::widgets::pill;
use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate, TableState};

/// Height of the header in points.
const HEADER: f32 = 40.0;
/// Height of a line in points.
const LINE: f32 = 31.0;
/// Height of a line with a second line of words.
const TALL: f32 = 41.0;
/// The narrowest column of a source.
const LEAST: f32 = 74.0;
/// The room that the chart and what is under it need below the matrix.
const BELOW: f32 = 352.0;

/// What was done with the matrix.
enum Done {
    /// A place was chosen, and its rows are wanted.
    Chose(Spot),
    /// A provider was chosen.
    Provider(Id),
}

/// Draws the matrix; `room` is the height that the tab has.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab, room: f32) {
    let Some(worked) = &tab.worked else { return };
    let sheet = &worked.sheet;
    let line = match worked.layout {
        Layout::Providers => TALL + 4.0,
        _ if sheet.tall => TALL,
        _ => LINE,
    };
    let most = (room - BELOW).max(HEADER + 6.0 * LINE);
    let all = HEADER + line * sheet.lines.len() as f32;
    let room = ui.available_width() - if all > most { 8.0 } else { 1.0 };
    let widths = widths(room, sheet, worked.layout == Layout::Providers);
    let spills = widths.iter().sum::<f32>() > room + 1.0;
    let height = (all + if spills { 12.0 } else { 2.0 }).min(most);
    let theme = tokens(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    ui.painter().rect_filled(rect, 4.0, theme.paper);
    ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, theme.line), StrokeKind::Outside);
    let reveal = std::mem::take(&mut tab.reveal);
    let done = {
        let ui = &mut ui.new_child(egui::UiBuilder::new().max_rect(rect));
        ui.style_mut().visuals.widgets.noninteractive.bg_stroke = Stroke::NONE;
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let id = TableState::id(ui, egui::IdSalt::new("matrix"));
        let mut state = TableState::load(ui.ctx(), id).unwrap_or_default();
        let columns = widths.iter().enumerate().map(|(place, width)| {
            let column = egui::Id::unique(("matrix column", place));
            state.col_widths.insert(column, *width);
            Column::new(*width).range(*width..=*width).resizable(false).id(column)
        });
        let columns: Vec<Column> = columns.collect();
        state.store(ui.ctx(), id);
        let mut table = Table::new()
            .id_salt("matrix")
            .num_rows(sheet.lines.len() as u64)
            .columns(columns)
            .num_sticky_cols(2)
            .headers([HeaderRow::new(HEADER)]);
        if reveal
            && let Some(spot) = tab.cursor
            && let Some(at) = sheet.line_of(spot)
        {
            table = table.scroll_to_row(at as u64, None);
            if let Some(column) = sheet.column_of(spot.source) {
                table = table.scroll_to_column(column + 2, None);
            }
        }
        let mut delegate =
            Delegate { sheet, layout: worked.layout, cursor: tab.cursor, line, editable: ctx.editable, done: None };
        table.show(ui, &mut delegate);
        delegate.done
    };
    match done {
        Some(Done::Chose(spot)) => {
            tab.choose(spot);
            tab.panel.show_rows();
        }
        Some(Done::Provider(id)) => {
            tab.layout = Layout::Themes;
            if let Some(view) = &mut tab.view {
                view.provider = Some(id);
            }
            tab.cursor = None;
        }
        None => {}
    }
}

/// The widths of the columns: what the first two leave is shared by the sources.
fn widths(room: f32, sheet: &Sheet, providers: bool) -> Vec<f32> {
    let narrow = room < 700.0;
    let second: f32 = match () {
        () if providers => 108.0,
        () if sheet.tall && !narrow => 150.0,
        () => 122.0,
    };
    let least = match () {
        () if narrow => 124.0,
        () if providers => 190.0,
        () => 146.0,
    };
    let sources = sheet.heads.len().max(1) as f32;
    // the words first, as far as every source keeps its room
    let first = (room - second - LEAST * sources).clamp(least, 236.0).floor();
    let each = ((room - first - second) / sources).clamp(LEAST, 150.0).floor();
    let spare = (room - first - second - each * sources).max(0.0).floor();
    let mut widths = vec![first + spare, second];
    widths.extend(sheet.heads.iter().map(|_| each));
    widths
}

struct Delegate<'s> {
    sheet: &'s Sheet,
    layout: Layout,
    cursor: Option<Spot>,
    line: f32,
    editable: bool,
    done: Option<Done>,
}

impl TableDelegate for Delegate<'_> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let theme = tokens(ui);
        let rect = ui.max_rect();
        let column = cell.col_range.start;
        ui.painter().rect_filled(rect, 0.0, theme.paper);
        let edge = Stroke::new(1.0, theme.line);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, edge);
        ui.painter().vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, theme.line_faint));
        let source = column.checked_sub(2).and_then(|place| self.sheet.heads.get(place));
        let words = source.map_or_else(|| self.sheet.corner[column.min(1)], |source| head(*source));
        let spoken = source.map_or(words, |source| source.word());
        let left = column < 2;
        let font = theme::strong(size::TINY);
        let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, theme.ink_second, rect.width() - 2.0);
        job.halign = if left { egui::Align::LEFT } else { egui::Align::Center };
        let galley = ui.painter().layout_job(job);
        let x = if left { rect.left() + 8.0 } else { rect.center().x };
        let at = pos2(x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, theme.ink_second);
        let response = ui.interact(rect, ui.unique_id().with("head"), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(Role::ColumnHeader, true, spoken));
        if let Some(source) = source {
            response.on_hover_text(about(*source));
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let sheet = self.sheet;
        let Some(line) = sheet.lines.get(usize::try_from(cell.row_nr).unwrap_or(usize::MAX)) else { return };
        let theme = tokens(ui);
        let rect = ui.max_rect();
        let ground = if line.is_total { theme.band } else { theme.paper };
        ui.painter().rect_filled(rect, 0.0, ground);
        match cell.col_nr {
            0 => self.title(ui, line, rect),
            1 => self.badge(ui, line, rect),
            column => {
                if let Some(shown) = line.cells.get(column - 2) {
                    self.number(ui, shown, rect);
                }
            }
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line_faint));
        ui.painter().vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, theme.line_faint));
    }

    fn row_top_offset(&self, _ctx: &egui::Context, _table_id: egui::Id, row_nr: u64) -> f32 {
        row_nr as f32 * self.line
    }
}

impl Delegate<'_> {
    fn title(&mut self, ui: &mut Ui, line: &Line, rect: Rect) {
        let theme = tokens(ui);
        let id = egui::Id::unique(("matrix title", line.spot.provider, line.spot.theme));
        let response = ui.interact(rect, id, Sense::click());
        let selected = self.cursor.is_some_and(|spot| same_line(spot, line.spot));
        if selected {
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, theme.accent);
        }
        let ink = if self.layout == Layout::Providers { theme.accent } else { theme.ink };
        let width = rect.width() - 14.0;
        let title = paint::title_words(ui.painter(), &line.title, ink, width);
        let aside = paint::cut(ui.painter(), &line.aside, theme::regular(size::TINY), theme.ink_second, width);
        paint::two_lines(
            ui.painter(),
            pos2(rect.left() + 8.0, rect.center().y),
            title,
            (!line.aside.is_empty()).then_some(aside),
        );
        let name = match self.layout {
            Layout::Providers => format!("Show {}", line.title),
            _ => format!("All sources of {}", line.title),
        };
        response.widget_info(|| egui::WidgetInfo::selected(Role::RowHeader, true, selected, &name));
        focus_ring(ui, theme, &response, rect);
        let response = match line.is_total {
            true => response.on_hover_text("Every signal counted once, whatever it is about. One with three subjects stands under three themes, so themes do not add up to this."),
            false => response.on_hover_text(&line.title),
        };
        if response.clicked() {
            self.done = match (self.layout, line.spot.provider) {
                (Layout::Providers, Some(id)) => Some(Done::Provider(id)),
                _ => Some(Done::Chose(line.spot)),
            };
        }
    }

    fn badge(&mut self, ui: &mut Ui, line: &Line, rect: Rect) {
        let theme = tokens(ui);
        let id = egui::Id::unique(("matrix verdict", line.spot.provider, line.spot.theme));
        let response = ui.interact(rect, id, Sense::click());
        let tall = if line.beside.is_empty() { 0.0 } else { 8.0 };
        if let Some(badge) = &line.badge {
            let at = pos2(rect.left() + 7.0, rect.center().y - pill::HEIGHT / 2.0 - tall);
            pill::paint_pill(ui.painter(), theme, at, rect.width() - 10.0, badge);
        } else {
            let at = pos2(rect.left() + 8.0, rect.center().y);
            ui.painter().text(at, Align2::LEFT_CENTER, "–", theme::regular(size::BODY), theme.ink_second);
        }
        if !line.beside.is_empty() {
            let words = paint::cut(
                ui.painter(),
                &line.beside,
                theme::regular(size::TINY),
                theme.ink_second,
                rect.width() - 14.0,
            );
            ui.painter().galley(pos2(rect.left() + 8.0, rect.center().y + 4.0), words, theme.ink_second);
        }
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, self.editable, &line.spoken));
        focus_ring(ui, theme, &response, rect);
        if response.on_hover_text(&line.spoken).clicked() {
            self.done = Some(Done::Chose(line.spot));
        }
    }

    fn number(&mut self, ui: &mut Ui, shown: &Shown, rect: Rect) {
        let theme = tokens(ui);
        let response = ui.interact(rect, keys::cell_id(shown.spot), Sense::click());
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(rect));
        match shown.ground {
            Ground::Hatched => hatch(&painter, rect, theme),
            Ground::Tint(share) if share > 0.0 => {
                painter.rect_filled(rect, 0.0, theme.paper.lerp_to_gamma(theme.heat, 0.14 + 0.86 * share));
            }
            Ground::Tint(_) | Ground::Plain => {}
        }
        paint::number(&painter, theme, shown, rect);
        let selected = self.cursor == Some(shown.spot);
        if selected {
            ui.painter().rect_stroke(rect.shrink(1.0), 1.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
        }
        response.widget_info(|| egui::WidgetInfo::selected(Role::Button, true, selected, &shown.spoken));
        focus_ring(ui, theme, &response, rect);
        if response.on_hover_text(&shown.spoken).clicked() {
            self.done = Some(Done::Chose(shown.spot));
        }
    }
}

fn same_line(a: Spot, b: Spot) -> bool {
    (a.provider, a.theme) == (b.provider, b.theme)
}

fn focus_ring(ui: &Ui, theme: &Tokens, response: &egui::Response, rect: Rect) {
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink(1.0), 1.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
}

/// What a source's column counts.
fn about(source: Source) -> String {
    let what = crate::model::intelligence::named(&[source]);
    let by = match source.counted_by() {
        crate::model::signal::CountedBy::Received => "in the month they were received",
        crate::model::signal::CountedBy::Happened => "in the month they happened",
    };
    match () {
        () if source.is_item_by_item() => {
            format!("{what}, {by}. Too seldom for a chart: it signals when an item is judged adverse.")
        }
        () if source.is_measured() => format!("{what}: a share or a score of the period, of one scoring rule."),
        () => format!("{what}, {by}."),
    }
}

/// The place that an arrow leads to.
pub(super) fn step(sheet: &Sheet, spot: Spot, right: isize, down: isize) -> Option<Spot> {
    let line = sheet.line_of(spot)?.saturating_add_signed(down).min(sheet.lines.len().checked_sub(1)?);
    let last = sheet.heads.len().checked_sub(1)?;
    let column = sheet.column_of(spot.source).map_or(0, |column| column.saturating_add_signed(right).min(last));
    sheet.lines.get(line)?.cells.get(column).map(|cell| cell.spot)
}
