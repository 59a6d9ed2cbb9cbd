//! The matrix on screen: lines and sources, with the first two columns frozen.

use super::sheet::{Ground, Line, Sheet, Shown, head};
use super::{ComplaintsTab, Layout, Spot, keys};
use crate::model::Id;
use crate::model::signal::Source;
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tokens, size, tokens};
use crate::ui::widgets::pill;
use egui::accesskit::Role;
use egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
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
        let title = title_words(ui.painter(), &line.title, ink, width);
        let aside = cut(ui.painter(), &line.aside, theme::regular(size::TINY), theme.ink_second, width);
        two_lines(
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
            let words =
                cut(ui.painter(), &line.beside, theme::regular(size::TINY), theme.ink_second, rect.width() - 14.0);
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
        paint_number(&painter, theme, shown, rect);
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

/// The number with its mark; words where there is none.
fn paint_number(painter: &Painter, theme: &Tokens, shown: &Shown, rect: Rect) {
    if shown.text.is_empty() {
        let font = theme::regular(size::TINY);
        let mut job =
            egui::text::LayoutJob::simple(shown.instead.to_owned(), font, theme.ink_second, rect.width() - 6.0);
        job.halign = egui::Align::Center;
        let galley = painter.layout_job(job);
        let at = pos2(rect.center().x, rect.center().y - galley.size().y / 2.0);
        if shown.ground == Ground::Hatched {
            let ground = Rect::from_center_size(rect.center(), galley.size()).expand2(vec2(3.0, 0.0));
            painter.rect_filled(ground, 2.0, theme.paper);
        }
        painter.galley(at, galley, theme.ink_second);
        return;
    }
    let number = painter.layout_no_wrap(shown.text.clone(), theme::regular(size::BODY), theme.ink);
    let two = !shown.under.is_empty();
    let part = shown.part.then(|| painter.layout_no_wrap("part".into(), theme::regular(size::TINY), theme.ink_second));
    let mark = if shown.mark.is_some() && !two { 14.0 } else { 0.0 };
    let wide = number.size().x + mark + part.as_ref().map_or(0.0, |part| part.size().x + 4.0);
    let y = rect.center().y - if two { 8.0 } else { 0.0 };
    let mut x = rect.center().x - wide / 2.0;
    let at = pos2(x, y - number.size().y / 2.0);
    x += number.size().x;
    painter.galley(at, number, theme.ink);
    if let Some(mark) = shown.mark.filter(|_| !two) {
        mark.draw(painter, theme, pos2(x + 9.5, y), 9.5);
        x += 14.0;
    }
    if let Some(part) = part {
        painter.galley(pos2(x + 4.0, y - part.size().y / 2.0), part, theme.ink_second);
    }
    if let Some(mark) = shown.mark.filter(|_| two) {
        let words = painter.layout_no_wrap(shown.under.clone(), theme::regular(size::TINY), theme.ink_second);
        let left = rect.center().x - (words.size().x + 13.0) / 2.0;
        let y = rect.center().y + 9.0;
        mark.draw(painter, theme, pos2(left + 4.5, y), 9.0);
        painter.galley(pos2(left + 13.0, y - words.size().y / 2.0), words, theme.ink_second);
    }
}

/// Slanted lines: nothing was received.
pub(super) fn hatch(painter: &Painter, rect: Rect, theme: &Tokens) {
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    let stroke = Stroke::new(1.5, theme.hatch);
    // on lines of the screen, so that cells beside each other go on without a seam
    let first = ((rect.left() - rect.bottom()) / 7.0).floor() as i32;
    let last = ((rect.right() - rect.top()) / 7.0).ceil() as i32;
    let sum = |place: i32| place as f32 * 7.0;
    for place in first..=last {
        let offset = sum(place);
        let from: Pos2 = pos2(rect.top() + offset, rect.top());
        let to: Pos2 = pos2(rect.bottom() + offset, rect.bottom());
        painter.line_segment([from, to], stroke);
    }
}

fn cut(painter: &Painter, words: &str, font: egui::FontId, ink: Color32, width: f32) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(10.0));
    painter.layout_job(job)
}

/// A title: small and on two lines, where it would not fit on one.
fn title_words(painter: &Painter, words: &str, ink: Color32, width: f32) -> Words {
    let whole = painter.layout_no_wrap(words.to_owned(), theme::strong(size::BODY), ink);
    if whole.size().x <= width {
        return whole;
    }
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), theme::strong(size::SMALL), ink, width);
    job.wrap.max_rows = 2;
    job.wrap.overflow_character = Some('…');
    for section in &mut job.sections {
        section.format.line_height = Some(14.0);
    }
    painter.layout_job(job)
}

type Words = std::sync::Arc<egui::Galley>;

fn two_lines(painter: &Painter, left: Pos2, first: Words, second: Option<Words>) {
    let tall = second.as_ref().map_or(0.0, |second| second.size().y);
    let top = left.y - (first.size().y + tall) / 2.0;
    let below = top + first.size().y;
    painter.galley(pos2(left.x, top), first, Color32::PLACEHOLDER);
    if let Some(second) = second {
        painter.galley(pos2(left.x, below), second, Color32::PLACEHOLDER);
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
