//! The table: what it is about, ours, theirs; only the rows on screen are laid out.

use super::cell::{self, Cell, Column};
use super::{CompareTab, Sides, TableRow};
use crate::app::Comparing;
use crate::model::compare::Comparison;
use crate::model::{Id, intent::Adopt};
use crate::ui::context::{Ctx, Wish};
use crate::ui::recommendations::cell::{self as grid, Face, Lead, Part};
use crate::ui::recommendations::heights::{CAP, Estimator, LayoutKey, Sized};
use crate::ui::theme::{self, Tokens, Tone, size, space, tokens};
use crate::ui::widgets::pill::{self, paint_pill};
use egui::accesskit::Role;
use egui::cache::{ComputerMut, FrameCache};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Key, Modifiers, Painter, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};
use egui_table::{
    CellInfo, Column as TableColumn, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate, TableState,
};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::Arc;

/// Height of the header in points.
const HEADER: f32 = 34.0;
/// Room for the buttons under a cell.
const BUTTONS: f32 = 30.0;
/// Room for "more" under a cut row.
const MORE: f32 = 22.0;

pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut CompareTab, comparing: &Comparing) {
    let Some(comparison) = comparing.comparison.clone() else { return };
    let sides = Sides::of(ctx.plan, ctx.index, ctx.as_at, ctx.today, comparing);
    keys(ui, ctx, tab, sides, &comparison);
    let room = (ui.available_width() - 12.0).max(560.0);
    let widths: Vec<f32> = [0.24, 0.38, 0.38].iter().map(|share| (room * share).floor()).collect();
    let id = TableState::id(ui, egui::IdSalt::new("comparison"));
    let mut state = TableState::load(ui.ctx(), id).unwrap_or_default();
    for (column, width) in Column::ALL.iter().zip(&widths) {
        state.col_widths.insert(column_id(*column), *width);
    }
    state.store(ui.ctx(), id);
    update_heights(ui, tab, comparing, sides, &comparison, &widths);
    let column = |(column, width): (&Column, &f32)| TableColumn::new(*width).resizable(false).id(column_id(*column));
    let mut table = Table::new()
        .id_salt("comparison")
        .num_rows(tab.rows.len() as u64)
        .columns(Column::ALL.iter().zip(&widths).map(column).collect::<Vec<_>>())
        .num_sticky_cols(1)
        .headers([HeaderRow::new(HEADER)]);
    if let Some(row) = tab.scroll_to.take() {
        table = table.scroll_to_row(row as u64, None::<Align>);
    }
    ui.style_mut().visuals.widgets.noninteractive.bg_stroke = Stroke::NONE;
    let mut delegate = Delegate { tab, ctx, sides, comparison: &comparison, widths };
    table.show(ui, &mut delegate);
}

fn column_id(column: Column) -> egui::Id {
    egui::Id::unique(("comparison", column as u8))
}

/// Arrows step through the rows; Ctrl+Enter takes over what the selected row offers first.
fn keys(ui: &Ui, ctx: &Ctx<'_>, tab: &mut CompareTab, sides: Sides<'_>, comparison: &Comparison) {
    if ctx.asking || ui.ctx().text_edit_focused() {
        return;
    }
    let take = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    if let Some((row, _)) = tab.selected.filter(|_| take && ctx.editable).and_then(|place| tab.rows.get(place))
        && let Some((adopt, _)) = cell::offers(sides, comparison, *row).first()
    {
        ctx.send(Wish::Adopt(*adopt));
    }
    if ui.ctx().memory(|memory| memory.focused().is_some()) {
        return;
    }
    let steps: [(Key, isize); 6] = [
        (Key::ArrowDown, 1),
        (Key::ArrowUp, -1),
        (Key::PageDown, 5),
        (Key::PageUp, -5),
        (Key::Home, isize::MIN / 2),
        (Key::End, isize::MAX / 2),
    ];
    for (key, by) in steps {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            let last = tab.rows.len().saturating_sub(1);
            let first = if key == Key::End { last } else { 0 };
            let to = tab.selected.map_or(first, |at| at.saturating_add_signed(by).min(last));
            (tab.selected, tab.scroll_to) = (Some(to), Some(to));
        }
    }
}

fn update_heights(
    ui: &Ui,
    tab: &mut CompareTab,
    comparing: &Comparing,
    sides: Sides<'_>,
    comparison: &Comparison,
    widths: &[f32],
) {
    let pixels = ui.pixels_per_point();
    let key = LayoutKey { widths: widths.to_vec(), pixels_per_point: pixels };
    if tab.filled && *tab.heights.key() == key {
        return;
    }
    if tab.estimator.as_ref().is_none_or(|(of, _)| *of != pixels) {
        tab.estimator = Some((pixels, Estimator::new(ui.ctx())));
    }
    if tab.stamps_of != comparing.stamp() {
        tab.stamps.clear();
        tab.stamps_of = comparing.stamp();
    }
    let CompareTab { rows, stamps, heights, estimator, opened, .. } = tab;
    let Some((_, estimator)) = estimator else { return };
    let places: std::collections::HashMap<Id, TableRow> = rows.iter().map(|(row, id)| (*id, *row)).collect();
    let sized = rows
        .iter()
        .map(|(row, id)| Sized::Words(*id, *stamps.entry(*id).or_insert_with(|| stamp(sides, comparison, *row))));
    heights.fill(key, sized, |id| {
        let Some(row) = places.get(&id) else { return size::LINE };
        let height = needed(sides, comparison, *row, widths, |parts, width| estimator.estimate(parts, width));
        capped(height, opened.contains(&id))
    });
    tab.filled = true;
}

/// A stamp of what a row shows.
fn stamp(sides: Sides<'_>, comparison: &Comparison, row: TableRow) -> u64 {
    let mut hasher = DefaultHasher::new();
    for column in Column::ALL {
        cell::cell(sides, comparison, row, column).parts.hash(&mut hasher);
    }
    cell::offers(sides, comparison, row).len().hash(&mut hasher);
    hasher.finish()
}

/// The height of a row's words and buttons.
fn needed(
    sides: Sides<'_>,
    comparison: &Comparison,
    row: TableRow,
    widths: &[f32],
    measure: impl Fn(&[Part<'_>], f32) -> f32,
) -> (f32, f32) {
    let cells = Column::ALL.iter().zip(widths);
    let heights = cells
        .map(|(column, width)| measure(&cell::cell(sides, comparison, row, *column).parts, width - 2.0 * space::CELL));
    let words = heights.fold(size::LINE, f32::max) + 2.0 * space::CELL_TOP;
    (words, if cell::offers(sides, comparison, row).is_empty() { 0.0 } else { BUTTONS })
}

/// A row's height on screen: cut if it is very long, with room for "more" or "less".
fn capped((words, buttons): (f32, f32), opened: bool) -> f32 {
    let words = words.ceil();
    buttons + if opened { words + MORE } else { words.min(CAP + MORE) }
}

struct Delegate<'t, 'c, 'p> {
    tab: &'t mut CompareTab,
    ctx: &'c Ctx<'p>,
    sides: Sides<'c>,
    comparison: &'c Comparison,
    widths: Vec<f32>,
}

impl TableDelegate for Delegate<'_, '_, '_> {
    fn prepare(&mut self, _info: &PrefetchInfo) {}

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let theme = tokens(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, theme.paper);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.line));
        let name = match Column::ALL[cell.col_range.start.min(2)] {
            Column::What => "What".to_owned(),
            Column::Ours => self.sides.us(),
            Column::Theirs => self.sides.them(),
        };
        let at = pos2(rect.left() + space::CELL, rect.center().y);
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        painter.text(at, egui::Align2::LEFT_CENTER, &name, theme::strong(size::SMALL), theme.ink_second);
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::ColumnHeader);
            node.set_label(name);
        });
    }

    fn row_ui(&mut self, ui: &mut Ui, row_nr: u64) {
        let place = row_nr as usize;
        let Some((row, id)) = self.tab.rows.get(place).copied() else { return };
        let theme = tokens(ui);
        let rect = ui.max_rect();
        if !self.tab.heights.is_exact(id) {
            let painter = ui.painter().clone();
            let measure = |parts: &[Part<'_>], width: f32| grid::measure(&painter, theme, parts, width);
            let height = needed(self.sides, self.comparison, row, &self.widths, measure);
            if self.tab.heights.measured(place, id, capped(height, self.tab.opened.contains(&id))) != 0.0 {
                ui.ctx().request_repaint();
            }
        }
        let selected = self.tab.selected == Some(place);
        let ground = if selected {
            theme.accent_ground
        } else if row.pair.is_none() {
            theme.ground
        } else {
            theme.paper
        };
        ui.painter().rect_filled(rect, 0.0, ground);
        let line = if row.pair.is_none() { theme.line } else { theme.line_faint };
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, line));
        // the row is drawn twice, frozen part and scrolling part: it is one row to a screen reader
        let scrolling = ui.clip_rect().left() > rect.left() + 1.0;
        if selected && !scrolling {
            ui.painter().rect_filled(Rect::from_min_size(rect.min, vec2(3.0, rect.height())), 0.0, theme.accent);
        }
        let response = ui.interact(rect, ui.unique_id().with(("row", scrolling)), Sense::click());
        if scrolling {
            let words = cell::cell(self.sides, self.comparison, row, Column::What);
            let name = grid::spoken(&words.parts, self.ctx.state_words);
            response.widget_info(|| egui::WidgetInfo::selected(Role::Row, true, selected, &name));
        }
        if response.clicked() {
            self.tab.selected = Some(place);
            response.surrender_focus();
        }
        if scrolling {
            self.more(ui, id, rect, row);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some((row, id)) = self.tab.rows.get(cell.row_nr as usize).copied() else { return };
        let Some(column) = Column::ALL.get(cell.col_nr).copied() else { return };
        let theme = tokens(ui);
        let words = cell::painted(self.sides, self.comparison, row, column);
        let offers = cell::offers(self.sides, self.comparison, row);
        let rect = ui.max_rect();
        let mut bottom = rect.bottom() - if offers.is_empty() { 0.0 } else { BUTTONS };
        if self.is_cut(id, rect, !offers.is_empty()) {
            bottom -= MORE;
        }
        let inner = grid::inner(rect);
        let clip = ui.clip_rect().intersect(Rect::from_min_max(rect.min, pos2(rect.right(), bottom)));
        let painter = ui.painter().with_clip_rect(clip);
        paint(ui, &painter, theme, &words, inner.min, inner.width(), bottom);
        if column == Column::Theirs && !offers.is_empty() {
            self.buttons(ui, rect, &offers);
        }
        let whose = match column {
            Column::What => "What".to_owned(),
            Column::Ours => self.sides.us(),
            Column::Theirs => self.sides.them(),
        };
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Cell);
            node.set_label(format!("{whose}: {}", grid::spoken(&words.parts, self.ctx.state_words)));
        });
    }

    fn row_top_offset(&self, _ctx: &egui::Context, _table_id: egui::Id, row_nr: u64) -> f32 {
        self.tab.heights.top(row_nr as usize)
    }
}

impl Delegate<'_, '_, '_> {
    /// Whether a row that is as high as `rect` shows only its beginning, or was opened.
    fn is_cut(&self, id: Id, rect: Rect, buttons: bool) -> bool {
        let buttons = if buttons { BUTTONS } else { 0.0 };
        self.tab.opened.contains(&id) || rect.height() >= CAP + MORE + buttons - 0.5
    }

    /// The buttons that take something over, under their cell.
    fn buttons(&self, ui: &mut Ui, rect: Rect, offers: &[(Adopt, &'static str)]) {
        let place = Rect::from_min_max(
            pos2(rect.left() + space::CELL, rect.bottom() - BUTTONS),
            pos2(rect.right() - 4.0, rect.bottom() - 4.0),
        );
        let source = crate::model::compare::source_name(self.sides.theirs.plan);
        ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
            ui.horizontal(|ui| {
                for (adopt, words) in offers {
                    let text = egui::RichText::new(*words).size(size::SMALL);
                    let response = ui.add_enabled(self.ctx.editable, egui::Button::new(text));
                    let tip = format!("From {source}; the source is noted beside it (Ctrl+Enter on the selected row)");
                    if response.on_hover_text(tip).on_disabled_hover_text("Your plan can only be read").clicked() {
                        self.ctx.send(Wish::Adopt(*adopt));
                    }
                }
            });
        });
    }

    /// The word under a row that is cut.
    fn more(&mut self, ui: &mut Ui, id: Id, rect: Rect, row: TableRow) {
        let theme = tokens(ui);
        let buttons = !cell::offers(self.sides, self.comparison, row).is_empty();
        if !self.is_cut(id, rect, buttons) {
            return;
        }
        let word = if self.tab.opened.contains(&id) { "Less" } else { "More" };
        let left = rect.left() + self.widths[0] + space::CELL;
        let top = rect.bottom() - MORE - if buttons { BUTTONS } else { 0.0 };
        let place = Rect::from_min_size(pos2(left, top), vec2(60.0, MORE - 2.0));
        let response = ui.interact(place, ui.unique_id().with("more"), Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, format!("{word} of this row")));
        let font = theme::strong(size::SMALL);
        ui.painter().text(place.left_center(), egui::Align2::LEFT_CENTER, format!("{word}…"), font, theme.accent);
        if response.clicked() {
            if !self.tab.opened.remove(&id) {
                self.tab.opened.insert(id);
            }
            self.tab.heights.forget(id);
            self.tab.filled = false;
            ui.ctx().request_repaint();
        }
    }
}

/// What differs is worked out once as long as it is on screen.
#[derive(Default)]
struct Marks;

impl ComputerMut<(&str, &str), Arc<Vec<Range<usize>>>> for Marks {
    fn compute(&mut self, (text, other): (&str, &str)) -> Arc<Vec<Range<usize>>> {
        Arc::new(cell::marks(text, other))
    }
}

/// Paints a cell: as the grid does, with the words underlined that the other plan has not.
fn paint(ui: &Ui, painter: &Painter, theme: &Tokens, cell: &Cell<'_>, at: Pos2, width: f32, bottom: f32) {
    let mut y = at.y;
    for (part, against) in cell.parts.iter().zip(&cell.against) {
        if y >= bottom {
            break;
        }
        match (part, against) {
            (Part::Text { text, face, lead, .. }, Some(other)) => {
                let marks = ui.memory_mut(|memory| {
                    let cache = memory.caches.cache::<FrameCache<Arc<Vec<Range<usize>>>, Marks>>();
                    Arc::clone(cache.get((text.as_ref(), other.as_ref())))
                });
                let galley = painter.layout_job(marked(theme, text, &marks, *face, (width - lead.indent()).max(20.0)));
                let height = galley.size().y;
                if matches!(lead, Lead::Bullet(_)) {
                    let blank = Part::Text { text: "".into(), aside: "".into(), face: *face, lead: *lead };
                    grid::paint(painter, theme, &[blank], pos2(at.x, y), width, bottom);
                }
                let lines = galley.rows.iter().map(|row| row.rect().bottom());
                if let Some(whole) = lines.take_while(|line| y + line <= bottom + 0.5).last() {
                    // a line under words lies a little below their line
                    let shown = painter.clip_rect().intersect(Rect::everything_above(y + whole + 3.0));
                    painter.with_clip_rect(shown).galley(pos2(at.x + lead.indent(), y), galley, theme.ink);
                }
                y += height + part.gap();
            }
            (Part::Pill(badge), _) => {
                paint_pill(painter, theme, pos2(at.x, y), width, badge);
                y += pill::HEIGHT + part.gap();
            }
            (part, None) => {
                let one = std::slice::from_ref(part);
                grid::paint(painter, theme, one, pos2(at.x, y), width, bottom);
                y += grid::measure(painter, theme, one, width);
            }
        }
    }
}

fn marked(theme: &Tokens, text: &str, marks: &[Range<usize>], face: Face, width: f32) -> LayoutJob {
    let plain = TextFormat {
        font_id: face.font(),
        color: if face == Face::Aside { theme.ink_second } else { theme.ink },
        line_height: Some(face.line()),
        ..TextFormat::default()
    };
    let differs = TextFormat { underline: Stroke::new(1.5, theme.tint(Tone::Amber).ink), ..plain.clone() };
    let mut job = LayoutJob::default();
    let mut at = 0;
    for mark in marks {
        job.append(text.get(at..mark.start).unwrap_or_default(), 0.0, plain.clone());
        job.append(text.get(mark.clone()).unwrap_or_default(), 0.0, differs.clone());
        at = mark.end;
    }
    job.append(text.get(at..).unwrap_or_default(), 0.0, plain);
    job.wrap.max_width = width;
    job
}
