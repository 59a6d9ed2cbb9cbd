//! The timeline as bars over months: one row an action, under headings.

mod axis;
mod marks;
mod row;
mod words;

use super::TimelineTab;
use crate::model::Id;
use crate::model::due::Month;
use crate::model::timeline::{Bar, Chart, DueRow, Filter, GroupBy, Timeline};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tokens, Tone, size, tokens};
use axis::{Axis, Part};
use chrono::NaiveDate;
use egui::{Button, EventFilter, Key, Layout, Modifiers, Rect, RichText, ScrollArea, Sense, Stroke, Ui};
use egui::{UiBuilder, WidgetInfo, pos2, vec2};
use marks::{Pen, Sample};
use row::{HEADING, ROW};

/// A row of the chart: actions of one responsibility share their due's row.
type BarKey = (DueRow, Option<Id>);

/// Height of the choices and the key above the chart.
const CONTROLS: f32 = 36.0;

/// What the chart remembers between frames.
#[derive(Debug, Default)]
pub(super) struct ChartView {
    by: GroupBy,
    of: Option<(u64, NaiveDate, Filter, GroupBy)>,
    chart: Option<Chart>,
    /// Every row from the top down: its group, its place in it, its distance from the top.
    lines: Vec<(usize, usize, f32)>,
    /// The groups' tops and bottoms.
    groups: Vec<(f32, f32)>,
    /// The row that keys act on.
    at: Option<BarKey>,
    /// Bring this row into view and give it the focus.
    reveal: Option<usize>,
    /// The as-at date was brought into view once.
    placed: bool,
}

impl ChartView {
    /// Works the chart out, where anything has changed since the last frame.
    fn update(&mut self, ctx: &Ctx<'_>, timeline: &Timeline, filter: &Filter) {
        let known = self.of.as_ref().is_some_and(|(revision, as_at, of, by)| {
            (*revision, *as_at, *by) == (ctx.revision, ctx.as_at, self.by) && of == filter
        });
        if known {
            return;
        }
        let chart = timeline.chart(ctx.plan, ctx.index, ctx.as_at, filter, self.by);
        self.lines.clear();
        self.groups.clear();
        let mut y = 0.0;
        for (place, group) in chart.groups.iter().enumerate() {
            let top = y;
            y += HEADING;
            for bar in 0..group.bars.len() {
                self.lines.push((place, bar, y));
                y += ROW;
            }
            self.groups.push((top, y));
        }
        self.chart = Some(chart);
        self.of = Some((ctx.revision, ctx.as_at, filter.clone(), self.by));
        if self.at.is_some_and(|at| self.line_of(at).is_none()) {
            self.at = None;
        }
    }

    fn bar(&self, line: usize) -> Option<&Bar> {
        let (group, bar, _) = *self.lines.get(line)?;
        self.chart.as_ref()?.groups.get(group)?.bars.get(bar)
    }

    fn line_of(&self, key: BarKey) -> Option<usize> {
        (0..self.lines.len()).find(|line| self.bar(*line).is_some_and(|bar| (bar.row, bar.action) == key))
    }

    /// Whether a row is the one with the cursor: of several with the same due the one that was
    /// clicked, or all of them where it came from elsewhere.
    fn is_at(&self, bar: &Bar, cursor: Option<DueRow>) -> bool {
        cursor == Some(bar.row) && self.at.is_none_or(|at| at.0 != bar.row || at.1 == bar.action)
    }

    /// The row that a key leads to; the first without one to start from.
    fn step(&self, key: Key, cursor: Option<DueRow>) -> Option<usize> {
        let last = self.lines.len().checked_sub(1)?;
        let at = (0..=last).find(|line| self.bar(*line).is_some_and(|bar| self.is_at(bar, cursor)));
        match (key, at) {
            (Key::Home, _) | (_, None) => Some(0),
            (Key::End, _) => Some(last),
            (Key::ArrowUp, Some(at)) => Some(at.saturating_sub(1)),
            (_, Some(at)) => Some((at + 1).min(last)),
        }
    }
}

/// Draws the chart.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab) {
    if let Some((_, timeline)) = &tab.timeline {
        tab.chart.update(ctx, timeline, &tab.filter);
    }
    let along = keys(ui, ctx, tab);
    let theme = tokens(ui);
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, theme.paper);
    let (top, rest) = room.split_top_bottom_at_y(room.top() + CONTROLS);
    controls(ui, ctx, tab, top);
    let view = &mut tab.chart;
    let Some((first, last)) = view.chart.as_ref().map(|chart| (chart.first, chart.last)) else { return };
    // what the months do not need is the words'
    let usual = (rest.width() * 0.28).clamp(200.0, 330.0);
    let column = (rest.width() - Axis::ease(first, last)).min(rest.width() * 0.42).max(usual);
    let split = rest.left() + column.round();
    let (head, body) = rest.split_top_bottom_at_y(rest.top() + axis::HEADER);
    let axis = Axis::of(first, last, body.right() - split - axis::MARGIN);
    let mut area = ScrollArea::both().id_salt("chart").auto_shrink(false);
    if !std::mem::replace(&mut view.placed, true) {
        // what is due next stands in the middle, what was before at its left
        let now = axis.day(ctx.as_at, Part::End);
        area = area.horizontal_scroll_offset((now - (body.right() - split) * 0.45).max(0.0));
    }
    let mut touched = None;
    let axis = ui
        .scope_builder(UiBuilder::new().max_rect(body), |ui| {
            let output = area.show_viewport(ui, |ui, seen| {
                if along != 0.0 {
                    ui.scroll_with_delta(vec2(along * axis.month_width(), 0.0));
                }
                let origin = ui.max_rect().min;
                let frame = Frame { origin, body, split, axis: axis.at_left(origin.x + split - body.left()) };
                touched = rows(ui, ctx, view, (tab.cursor, &tab.chosen), &frame, seen);
                let height = view.groups.last().map_or(0.0, |(_, bottom)| *bottom);
                let whole = vec2(split - body.left() + axis.length() + axis::MARGIN, height);
                ui.allocate_rect(Rect::from_min_size(origin, whole), Sense::hover());
                frame.axis
            });
            output.inner
        })
        .inner;
    if header(ui, theme, ctx, head, split, &axis) {
        view.placed = false;
        ui.request_repaint();
    }
    happened(tab, touched.as_ref());
}

/// Where the chart stands in this frame.
struct Frame {
    /// The contents' top left corner, which scrolling moves.
    origin: egui::Pos2,
    /// What is in sight of them.
    body: Rect,
    split: f32,
    axis: Axis,
}

/// What was done with a row.
enum Touch {
    /// It was clicked.
    Clicked(BarKey, Modifiers),
    /// It got the keyboard's focus.
    Focused(BarKey),
}

/// Draws the rows and headings in sight.
fn rows(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    view: &mut ChartView,
    (cursor, chosen): (Option<DueRow>, &std::collections::BTreeSet<DueRow>),
    frame: &Frame,
    seen: Rect,
) -> Option<Touch> {
    let theme = tokens(ui);
    let Frame { origin, body, split, axis } = *frame;
    let months = Rect::from_min_max(pos2(split, body.top()), body.max);
    axis::grid(&ui.painter().with_clip_rect(months), theme, &axis, months, ctx.as_at);
    let whole = ui.clip_rect();
    // rows pass under the heading that stays at the top
    ui.set_clip_rect(whole.intersect(Rect::from_min_max(pos2(body.left(), body.top() + HEADING), body.max)));
    let reveal = view.reveal.take();
    let first = view.lines.partition_point(|(_, _, y)| y + ROW < seen.top());
    let last = view.lines.partition_point(|(_, _, y)| *y <= seen.bottom());
    let outside = reveal.filter(|line| !(first..last).contains(line));
    let mut touched = None;
    for line in (first..last).chain(outside) {
        let (Some(bar), Some((_, _, y))) = (view.bar(line), view.lines.get(line)) else { continue };
        let rect = Rect::from_min_size(pos2(body.left(), origin.y + y), vec2(body.width(), ROW));
        let key = (bar.row, bar.action);
        let selected = view.is_at(bar, cursor) || chosen.contains(&bar.row);
        let response = row::show(ui, ctx, rect, &row::Drawn { bar, key, selected, by: view.by, split, axis });
        let revealed = reveal == Some(line);
        if revealed {
            response.request_focus();
        } else if response.gained_focus() {
            touched = Some(Touch::Focused(key));
        }
        if revealed || response.gained_focus() {
            ui.scroll_to_rect(Rect::from_min_max(rect.min - vec2(0.0, HEADING), rect.max), None);
        }
        if response.clicked() {
            touched = Some(Touch::Clicked(key, ui.input(|input| input.modifiers)));
        }
    }
    ui.set_clip_rect(whole);
    let now = axis.day(ctx.as_at, Part::End);
    ui.painter().with_clip_rect(months).vline(now, months.y_range(), Stroke::new(1.5, theme.accent));
    ui.painter().vline(split, body.y_range(), Stroke::new(1.0, theme.line));
    let Some(chart) = &view.chart else { return touched };
    for ((top, bottom), group) in view.groups.iter().zip(&chart.groups) {
        if *bottom < seen.top() || *top > seen.bottom() {
            continue;
        }
        // the heading of the rows at the top stays until the next one pushes it out
        let y = (origin.y + top).max(body.top()).min(origin.y + bottom - HEADING);
        row::heading(ui, Rect::from_min_size(pos2(body.left(), y), vec2(body.width(), HEADING)), group);
    }
    touched
}

fn happened(tab: &mut TimelineTab, touched: Option<&Touch>) {
    match touched {
        Some(Touch::Clicked(key, modifiers)) if modifiers.command => {
            tab.chart.at = Some(*key);
            tab.toggle(key.0);
        }
        Some(Touch::Clicked(key, _)) => {
            tab.chosen.clear();
            tab.chart.at = Some(*key);
            tab.cursor = Some(key.0);
            tab.details.shown = true;
        }
        Some(Touch::Focused(key)) => {
            tab.chart.at = Some(*key);
            tab.cursor = Some(key.0);
        }
        None => {}
    }
}

/// The months above what scrolls, and what the column beside them holds. Gives whether the as-at date
/// is to be brought into view.
fn header(ui: &Ui, theme: &Tokens, ctx: &Ctx<'_>, rect: Rect, split: f32, axis: &Axis) -> bool {
    let (left, right) = rect.split_left_right_at_x(split);
    let label = axis::header(ui.painter(), theme, axis, right, ctx.as_at);
    let painter = ui.painter();
    painter.rect_filled(left, 0.0, theme.paper);
    let at = pos2(left.left() + 12.0, left.bottom() - 6.0);
    painter.text(at, egui::Align2::LEFT_BOTTOM, "Action, owner and due", theme::strong(size::SMALL), theme.ink_second);
    painter.hline(left.x_range(), left.bottom(), Stroke::new(1.0, theme.line));
    painter.vline(split, rect.y_range(), Stroke::new(1.0, theme.line));
    label.is_some_and(|label| {
        let response = ui.interact(label, egui::Id::unique("chart as at"), Sense::click());
        let name = "Bring the as-at date into view";
        response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Button, true, name));
        if response.has_focus() {
            painter.rect_stroke(label, 3.0, Stroke::new(1.5, theme.ink), egui::StrokeKind::Outside);
        }
        response.on_hover_text(name).clicked()
    })
}

/// What the rows are grouped by, and what the marks mean.
fn controls(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab, rect: Rect) {
    let theme = tokens(ui);
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    let inner = rect.shrink2(vec2(12.0, 3.0));
    let layout = Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new("Group by").size(size::SMALL).color(theme.ink_second));
        for (by, name) in
            [(GroupBy::Responsibility, "Responsibility"), (GroupBy::Owner, "Owner"), (GroupBy::Theme, "Theme")]
        {
            let on = tab.chart.by == by;
            let font = if on { theme::strong(size::SMALL) } else { theme::regular(size::SMALL) };
            let ink = if on { theme.accent } else { theme.ink };
            let ground = if on { theme.tint(Tone::Blue).ground } else { theme.paper };
            let text = RichText::new(name).font(font).color(ink);
            let button = Button::new(text).fill(ground).stroke(Stroke::NONE).min_size(vec2(0.0, 24.0));
            let response = ui.add(button);
            let spoken = format!("Group by {}", name.to_lowercase());
            response.widget_info(|| WidgetInfo::selected(egui::accesskit::Role::Button, true, on, &spoken));
            if response.clicked() {
                tab.chart.by = by;
            }
        }
        ui.add_space(12.0);
        key_to_marks(ui, ctx);
    });
}

/// The marks with their words, from the right; those that do not fit are left out whole.
fn key_to_marks(ui: &mut Ui, ctx: &Ctx<'_>) {
    let theme = tokens(ui);
    let room = ui.available_rect_before_wrap();
    let painter = ui.painter().clone();
    let words: Vec<_> = Sample::ALL
        .iter()
        .map(|(sample, word)| {
            let galley = painter.layout_no_wrap((*word).to_owned(), theme::regular(size::TINY), theme.ink_second);
            (*sample, galley)
        })
        .collect();
    let width =
        |(sample, galley): &(Sample, std::sync::Arc<egui::Galley>)| sample.width() + 5.0 + galley.size().x + 16.0;
    let mut fit = words.len();
    while fit > 0 && words[..fit].iter().map(width).sum::<f32>() - 16.0 > room.width() {
        fit -= 1;
    }
    let mut x = room.right() - words[..fit].iter().map(width).sum::<f32>() + 16.0;
    let now = Month::of(ctx.as_at);
    let pen = Pen { painter: &painter, theme, axis: Axis::of(now, now, 1.0), as_at: ctx.as_at, ground: theme.paper };
    for one in &words[..fit] {
        let (sample, galley) = one;
        let mark = Rect::from_min_max(pos2(x, room.top()), pos2(x + sample.width(), room.bottom()));
        sample.draw(&pen, mark);
        let at = pos2(mark.right() + 5.0, room.center().y - galley.size().y / 2.0);
        painter.galley(at, galley.clone(), theme.ink_second);
        x += width(one);
    }
}

/// Does what the keys ask for while a row, or nothing, has the focus. Gives by how many months to
/// scroll.
fn keys(ui: &Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab) -> f32 {
    let on_row = tab.chart.at.map(row::id).filter(|id| ui.memory(|memory| memory.has_focus(*id)));
    let free = ui.memory(|memory| memory.focused().is_none());
    if ctx.asking || ui.ctx().text_edit_focused() || !(on_row.is_some() || free) {
        return 0.0;
    }
    if let Some(id) = on_row {
        // the arrows are the chart's while a row has the focus
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    if ui.input(|input| arrows.iter().any(|key| input.key_pressed(*key))) {
        // a row that has had the focus for one frame only could not keep egui from moving it
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    }
    for key in [Key::ArrowUp, Key::ArrowDown, Key::Home, Key::End] {
        if pressed(key)
            && let Some(line) = tab.chart.step(key, tab.cursor)
            && let Some(at) = tab.chart.bar(line).map(|bar| (bar.row, bar.action))
        {
            tab.chart.at = Some(at);
            tab.chart.reveal = Some(line);
            tab.cursor = Some(at.0);
        }
    }
    if pressed(Key::Escape) {
        tab.chosen.clear();
        tab.details.shown = false;
    }
    if tab.cursor.is_some() && pressed(Key::Enter) {
        tab.details.shown = true;
        tab.details.focus = true;
    }
    if let Some(cursor) = tab.cursor.or_else(|| tab.chosen.first().copied()).filter(|_| ctx.editable) {
        super::keys::ask_by_key(ctx, tab, cursor, &|modifiers, key| {
            ui.input_mut(|input| input.consume_key(modifiers, key))
        });
    }
    [(Key::ArrowLeft, 1.0), (Key::ArrowRight, -1.0)].iter().filter(|(key, _)| pressed(*key)).map(|(_, by)| by).sum()
}
