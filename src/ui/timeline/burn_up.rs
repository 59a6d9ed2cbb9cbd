//! What was due and done by then, as two lines; and who has how much.

use super::TimelineTab;
use crate::model::due::Month;
use crate::model::timeline::{BurnUp, Choice};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tokens, Tone, size, tokens};
use chrono::{Datelike as _, NaiveDate};
use egui::{Align2, Button, Painter, Pos2, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};
use std::collections::BTreeMap;

/// Height of the strip in points.
pub(super) const HEIGHT: f32 = 112.0;

/// Draws the strip.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab) {
    let theme = tokens(ui);
    let room = ui.available_rect_before_wrap();
    let right = if room.width() > 760.0 { 330.0 } else { 0.0 };
    let chart = Rect::from_min_max(room.min, pos2(room.right() - right - 20.0, room.bottom()));
    let Some(worked) = &tab.worked else { return };
    lines(ui, chart, ctx.as_at, &worked.burn_up);
    if right > 0.0 {
        let x = room.right() - right;
        let stroke = Stroke::new(1.0, theme.line);
        ui.painter().line_segment([pos2(x - 14.0, room.top()), pos2(x - 14.0, room.bottom())], stroke);
        let rect = Rect::from_min_max(pos2(x, room.top()), room.max);
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| by_owner(ui, tab));
    }
}

/// The two lines over the months, each with its name and number at its end.
fn lines(ui: &mut Ui, rect: Rect, as_at: NaiveDate, burn: &BurnUp) {
    let theme = tokens(ui);
    let response = ui.interact(rect, egui::Id::unique("due and done"), Sense::hover());
    let name = in_words(as_at, burn);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, &name));
    response.on_hover_text(&name);
    let painter = ui.painter_at(rect);
    let title = "Actions and timescales due and done";
    painter.text(rect.min, Align2::LEFT_TOP, title, theme::regular(size::TINY), theme.ink_second);
    let plot = Rect::from_min_max(rect.min + vec2(8.0, 20.0), rect.max - vec2(64.0, 16.0));
    let Some((first, last)) = burn.months.first().zip(burn.months.last()) else { return };
    let span = first.month.months_to(last.month).max(1) as f32 + 1.0;
    let most = burn.months.iter().map(|row| row.due).max().unwrap_or(0).max(burn.done).max(1) as f32;
    // a month's value stands at its end
    let x = |months: f32| plot.left() + plot.width() * months / span;
    let y = |value: usize| plot.bottom() - plot.height() * value as f32 / most;
    let place = |month: Month| first.month.months_to(month) as f32;
    months(&painter, theme, plot, burn, &x);
    let start = pos2(x(0.0), y(0));
    let due = burn.months.iter().map(|row| pos2(x(place(row.month) + 1.0), y(row.due)));
    let due: Vec<Pos2> = std::iter::once(start).chain(due).collect();
    painter.extend(egui::Shape::dashed_line(&due, Stroke::new(1.5, theme.ink_faint), 4.0, 3.0));
    let now = place(Month::of(as_at)) + day_share(as_at);
    let done = burn.months.iter().filter_map(|row| {
        let at = (place(row.month) + 1.0).min(now);
        Some(pos2(x(at), y(row.done?)))
    });
    let done: Vec<Pos2> = std::iter::once(start).chain(done).collect();
    painter.line(done.clone(), Stroke::new(2.0, theme.accent));
    let label = |align: Align2, at: Pos2, words: String, ink| {
        // on a ground of its own, so that a line behind it does not strike it through
        let galley = painter.layout_no_wrap(words, theme::regular(size::TINY), ink);
        let place = align.anchor_size(at, galley.size());
        painter.rect_filled(place.expand2(vec2(2.0, 0.0)), 2.0, theme.paper);
        painter.galley(place.min, galley, ink);
    };
    if let Some(end) = due.last() {
        label(Align2::LEFT_CENTER, *end + vec2(6.0, 0.0), format!("due {}", last.due), theme.ink_second);
    }
    if let Some(end) = done.last() {
        let near = due.last().is_some_and(|due| (due.x - end.x).abs() < 40.0 && (due.y - end.y).abs() < 12.0);
        let low = end.y > plot.bottom() - 8.0;
        let beside = if low {
            -8.0
        } else if near {
            12.0
        } else {
            0.0
        };
        label(Align2::LEFT_CENTER, *end + vec2(6.0, beside), format!("done {}", burn.done), theme.accent);
    }
    let at = x(now).clamp(plot.left(), plot.right());
    painter.line_segment([pos2(at, plot.top() - 4.0), pos2(at, plot.bottom())], Stroke::new(1.0, theme.accent));
    let words = format!("as at {}", as_at.format("%-d %B %Y"));
    let align = if at > plot.right() - 110.0 { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let beside = if align == Align2::LEFT_CENTER { 4.0 } else { -4.0 };
    label(align, pos2(at + beside, plot.top() - 1.0), words, theme.accent);
}

/// How far into its month a day is: 1 at its end.
fn day_share(day: NaiveDate) -> f32 {
    day.day() as f32 / Month::of(day).last_day().day() as f32
}

/// The months' names under the lines, as many as there is room for.
fn months(painter: &Painter, theme: &Tokens, plot: Rect, burn: &BurnUp, x: &impl Fn(f32) -> f32) {
    let each = plot.width() / burn.months.len() as f32;
    let every = (46.0 / each).ceil().max(1.0);
    // with the year beside it each name needs more room
    let every = if every > 6.0 { (72.0 / each).ceil() } else { every } as usize;
    painter.line_segment([plot.left_bottom(), plot.right_bottom()], Stroke::new(1.0, theme.line));
    for (place, row) in burn.months.iter().enumerate().step_by(every) {
        let format = if place == 0 || row.month.month == 1 || every > 6 { "%b %Y" } else { "%b" };
        let words = row.month.first_day().format(format).to_string();
        let at = pos2(x(place as f32), plot.bottom() + 3.0);
        painter.text(at, Align2::LEFT_TOP, words, theme::regular(size::TINY), theme.ink_second);
    }
}

/// The strip in words.
fn in_words(as_at: NaiveDate, burn: &BurnUp) -> String {
    let now = Month::of(as_at);
    let due = burn.months.iter().find(|row| row.month == now).map_or(0, |row| row.due);
    let undated = match burn.undated {
        0 => String::new(),
        some => format!("; {some} of them without the date on which they were done"),
    };
    format!(
        "As at {}: {} done of {}, {due} due by the end of the month{undated}. Tentative and given-up ones are in neither.",
        as_at.format("%-d %B %Y"),
        burn.done,
        burn.all,
    )
}

/// Who has how much, and how much of it is late; a click shows only theirs.
fn by_owner(ui: &mut Ui, tab: &mut TimelineTab) {
    const MOST: usize = 4;
    let theme = tokens(ui);
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.spacing_mut().interact_size.y = 17.0;
    ui.spacing_mut().button_padding.y = 0.0;
    ui.label(RichText::new("By owner").font(theme::strong(size::SMALL)));
    let Some(worked) = &tab.worked else { return };
    let mut owners: Vec<Choice<String>> = worked.facets.owners.clone();
    owners.sort_by_key(|choice| std::cmp::Reverse(choice.count));
    let late = late_by_owner(tab);
    let mut chosen = None;
    for choice in owners.iter().take(MOST) {
        let name = if choice.value.is_empty() { "No owner" } else { &choice.value };
        let late = late.get(&choice.value).copied().unwrap_or(0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let text = RichText::new(format!("{name} {}", choice.count)).size(size::SMALL).color(theme.ink_second);
            let room = if late > 0 { ui.available_width() - 90.0 } else { ui.available_width() };
            let button = ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(Button::new(text).frame(false).truncate())
            });
            if button.inner.on_hover_text("Show only these").clicked() {
                chosen = Some(choice.value.clone());
            }
            if late > 0 {
                let ink = theme.tint(Tone::Bad).ink;
                let (rect, _) = ui.allocate_exact_size(vec2(10.0, 12.0), Sense::hover());
                let shape = crate::ui::widgets::Shape::Triangle;
                crate::ui::widgets::draw_shape(ui.painter(), rect.center(), 9.0, shape, ink);
                ui.label(RichText::new(format!("{late} overdue")).size(size::SMALL).color(ink));
            }
        });
    }
    if owners.len() > MOST {
        let words = crate::model::text::count(owners.len() - MOST, "more owner");
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
    }
    if let Some(owner) = chosen {
        tab.filter.owners = [owner].into();
    }
}

fn late_by_owner(tab: &TimelineTab) -> BTreeMap<String, usize> {
    let (Some((_, timeline)), Some(worked)) = (&tab.timeline, &tab.worked) else { return BTreeMap::new() };
    let mut late = BTreeMap::new();
    let cards = worked.board.lanes.iter().flat_map(|lane| &lane.cards).filter(|card| card.overdue);
    for entry in cards.filter_map(|card| timeline.entry(card.entry)) {
        let owners = timeline.owners(entry);
        if owners.is_empty() {
            *late.entry(String::new()).or_default() += 1;
        }
        for owner in owners {
            *late.entry(owner.to_owned()).or_default() += 1;
        }
    }
    late
}
