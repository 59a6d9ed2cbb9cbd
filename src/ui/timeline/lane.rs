//! One lane of the board: its heading, and those of its cards that are in sight.

use super::card::{self, Dragged, Drawn};
use crate::model::Id;
use crate::model::due::Month;
use crate::model::timeline::{DueRow, Lane, LaneKey, Timeline};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tone, size, tokens};
use crate::ui::widgets::{Shape, draw_shape};
use chrono::NaiveDate;
use egui::{Align2, Rect, Response, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use std::collections::{BTreeSet, HashMap};

/// Width of a lane in points.
pub(super) const WIDTH: f32 = 200.0;
/// Height of a lane's heading.
pub(super) const HEADING: f32 = 48.0;
/// Width of a gap between lanes, for months without cards.
pub(super) const GAP: f32 = 26.0;
/// What a card that was not drawn yet is taken to need.
const GUESS: f32 = 112.0;
/// Between two cards, and around them.
const SPACE: f32 = 8.0;

/// What a lane needs to be drawn.
pub(super) struct LaneDrawn<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) lane: &'a Lane,
    pub(super) until: Month,
    pub(super) chosen: &'a BTreeSet<DueRow>,
    pub(super) cursor: Option<DueRow>,
    /// Bring this card into view and give it the focus.
    pub(super) reveal: Option<DueRow>,
}

/// What happened in a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    /// A card was clicked.
    Clicked(DueRow, egui::Modifiers),
    /// A card was clicked twice.
    Opened(DueRow),
    /// A card is dragged.
    DragStarted(DueRow),
    /// Something was dropped on the lane.
    Dropped(LaneKey, Dragged),
    /// An action was dropped on a timescale.
    Paired(Id, Id),
    /// A card got the keyboard's focus.
    Focused(DueRow),
}

/// Draws a lane into a rectangle.
pub(super) fn show(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    rect: Rect,
    drawn: &LaneDrawn<'_>,
    heights: &mut HashMap<DueRow, f32>,
    events: &mut Vec<Event>,
) {
    let theme = tokens(ui);
    let key = drawn.lane.key;
    let body = Rect::from_min_max(pos2(rect.left(), rect.top() + HEADING), rect.max);
    heading(ui, ctx, Rect::from_min_max(rect.min, pos2(rect.right(), body.top())), drawn.lane);
    if key == LaneKey::Overdue && !drawn.lane.cards.is_empty() {
        ui.painter().rect_filled(body, 0.0, theme.tint(Tone::Bad).ground.gamma_multiply(0.55));
    }
    let target = ui.interact(body, egui::Id::unique(("lane", key)), Sense::hover());
    dropped(ui, ctx, &target, key, events);
    let line = [rect.right_top(), rect.right_bottom()];
    ui.painter().line_segment(line, Stroke::new(1.0, theme.line));
    ui.scope_builder(UiBuilder::new().max_rect(body.shrink2(vec2(0.0, 1.0))).id_salt(key), |ui| {
        ScrollArea::vertical().id_salt(("lane", key)).auto_shrink(false).show_viewport(ui, |ui, seen| {
            cards(ui, ctx, seen, drawn, heights, events);
        });
    });
}

fn cards(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    seen: Rect,
    drawn: &LaneDrawn<'_>,
    heights: &mut HashMap<DueRow, f32>,
    events: &mut Vec<Event>,
) {
    let origin = ui.max_rect().min;
    let width = WIDTH - 2.0 * SPACE - 1.0;
    let mut y = SPACE;
    for card in &drawn.lane.cards {
        let Some(entry) = drawn.timeline.entry(card.entry) else { continue };
        let height = heights.get(&entry.row).copied().unwrap_or(GUESS);
        let revealed = drawn.reveal == Some(entry.row);
        if revealed || (y + height >= seen.top() && y <= seen.bottom()) {
            let rect = Rect::from_min_size(origin + vec2(SPACE, y), vec2(width, height));
            let one = Drawn {
                card: *card,
                entry,
                chosen: drawn.chosen.contains(&entry.row),
                cursor: drawn.cursor == Some(entry.row),
            };
            let touched = ui
                .scope_builder(UiBuilder::new().max_rect(rect).id_salt(entry.row), |ui| {
                    card::show(ui, ctx, &one, drawn.until)
                })
                .inner;
            let response = &touched.response;
            heights.insert(entry.row, response.rect.height());
            if revealed {
                response.request_focus();
                response.scroll_to_me(None);
            }
            note(ctx, entry.row, &touched, events);
            y += response.rect.height() + SPACE;
        } else {
            y += height + SPACE;
        }
    }
    // the whole lane's height, so that its bar is right before all of it was seen
    ui.allocate_rect(Rect::from_min_size(origin, vec2(width, y)), Sense::hover());
}

fn note(ctx: &Ctx<'_>, row: DueRow, touched: &card::Touched, events: &mut Vec<Event>) {
    let response = &touched.response;
    if response.gained_focus() {
        events.push(Event::Focused(row));
    }
    if response.double_clicked() {
        events.push(Event::Opened(row));
    } else if touched.clicked {
        events.push(Event::Clicked(row, response.ctx.input(|input| input.modifiers)));
    }
    if ctx.editable && response.drag_started() {
        events.push(Event::DragStarted(row));
    }
    if let (Some(action), DueRow::Timescale(timescale)) = (touched.pair_with, row) {
        events.push(Event::Paired(timescale, action));
    }
}

/// Takes what is dropped on a lane, and shows that it can be.
pub(super) fn dropped(ui: &Ui, ctx: &Ctx<'_>, target: &Response, key: LaneKey, events: &mut Vec<Event>) {
    let theme = tokens(ui);
    let takes = ctx.editable && !matches!(key, LaneKey::Overdue | LaneKey::Recurring);
    let over = target.dnd_hover_payload::<Dragged>().is_some_and(|dragged| matches!(*dragged, Dragged::Cards(_)));
    if takes && over {
        ui.painter().rect_stroke(target.rect, 2.0, Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
    }
    if takes
        && over
        && let Some(dragged) = target.dnd_release_payload::<Dragged>()
    {
        events.push(Event::Dropped(key, (*dragged).clone()));
    }
}

fn heading(ui: &Ui, ctx: &Ctx<'_>, rect: Rect, lane: &Lane) {
    let theme = tokens(ui);
    let now = lane.key == LaneKey::Month(Month::of(ctx.as_at));
    ui.painter().rect_filled(rect, 0.0, theme.paper);
    let (line, ink) =
        if now { (Stroke::new(2.0, theme.accent), theme.accent) } else { (Stroke::new(1.0, theme.line), theme.ink) };
    ui.painter().line_segment([rect.left_bottom(), rect.right_bottom()], line);
    let mut left = rect.left() + 10.0;
    let middle = rect.top() + 17.0;
    if lane.key == LaneKey::Overdue {
        draw_shape(ui.painter(), pos2(left + 5.0, middle), 10.0, Shape::Triangle, theme.tint(Tone::Bad).ink);
        left += 16.0;
    }
    let title = lane.key.label();
    ui.painter().text(pos2(left, middle), Align2::LEFT_CENTER, &title, theme::strong(size::BODY), ink);
    let number = lane.cards.len().to_string();
    let right = pos2(rect.right() - 11.0, middle);
    ui.painter().text(right, Align2::RIGHT_CENTER, &number, theme::regular(size::BODY), theme.ink_second);
    let under = under(lane.key, ctx.as_at, now);
    let at = pos2(rect.left() + 10.0, rect.top() + 35.0);
    ui.painter().text(at, Align2::LEFT_CENTER, &under, theme::regular(size::TINY), theme.ink_second);
    let spoken = format!("{title}, {under}: {}", crate::model::text::count(lane.cards.len(), "card"));
    let response = ui.interact(rect, egui::Id::unique(("lane heading", lane.key)), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, &spoken));
}

/// What stands small under a lane's name.
fn under(key: LaneKey, as_at: NaiveDate, now: bool) -> String {
    match key {
        LaneKey::Overdue => format!("before {}", as_at.format("%-d %B %Y")),
        LaneKey::Month(month) => {
            let quarter = format!("Q{} {}", month.quarter(), month.financial_year());
            if now { format!("{quarter} · now") } else { quarter }
        }
        LaneKey::Ongoing => "with no end".into(),
        LaneKey::Recurring => "again and again".into(),
        LaneKey::From => "never overdue".into(),
        LaneKey::None => "no day can be read".into(),
    }
}

/// Draws months without cards as a narrow strip that a card can be dropped on.
pub(super) fn gap(ui: &mut Ui, ctx: &Ctx<'_>, rect: Rect, (first, last): (Month, Month), events: &mut Vec<Event>) {
    let theme = tokens(ui);
    let words = if first == last { first.label() } else { format!("{} to {}", first.label(), last.label()) };
    ui.painter().line_segment([rect.right_top(), rect.right_bottom()], Stroke::new(1.0, theme.line));
    let target = ui.interact(rect, egui::Id::unique(("gap", first)), Sense::hover());
    dropped(ui, ctx, &target, LaneKey::Month(first), events);
    let galley = ui.painter().layout_no_wrap(words.clone(), theme::regular(size::TINY), theme.ink_second);
    let at = pos2(rect.center().x + galley.size().y / 2.0, rect.top() + HEADING + 10.0);
    let text = egui::epaint::TextShape::new(at, galley, theme.ink_second).with_angle(std::f32::consts::FRAC_PI_2);
    ui.painter().add(text);
    let name = format!("No cards in {words}");
    target.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &name));
    target.on_hover_text(name);
}
