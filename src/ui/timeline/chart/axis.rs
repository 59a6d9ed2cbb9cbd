//! The months of the chart: where a day stands, the frozen header, the lines between months.

use crate::model::due::Month;
use crate::ui::theme::{self, Tokens, size};
use chrono::{Datelike as _, NaiveDate};
use egui::{Align2, Painter, Rangef, Rect, Stroke, pos2, vec2};

/// Height of the header: the as-at date, quarters, months.
pub(super) const HEADER: f32 = 54.0;
/// Beside the last month, for the words of what is due at its end.
pub(super) const MARGIN: f32 = 76.0;
/// The width of a month where not all of them fit.
const USUAL: f32 = 60.0;
/// The widest that a month is drawn.
const MOST: f32 = 240.0;
/// Where the quarters' line of the header begins.
const QUARTERS: f32 = 19.0;
/// Where the months' line of the header begins.
const MONTHS: f32 = 35.0;

/// Which part of a day a mark stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Its beginning: a start.
    Begin,
    /// Its middle: what was done on it.
    Noon,
    /// Its end: a due, so that a month's end is the edge of its column.
    End,
}

/// The months side by side, where they stand on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Axis {
    first: Month,
    months: i32,
    left: f32,
    width: f32,
}

impl Axis {
    /// The months from one to another. They share the room where all fit, else they have their usual
    /// width and are scrolled.
    pub(super) fn of(first: Month, last: Month, room: f32) -> Self {
        let months = (first.months_to(last) + 1).max(1);
        let share = room / months as f32;
        let width = if share >= USUAL - 4.0 { share.min(MOST) } else { USUAL };
        Self { first, months, left: 0.0, width }
    }

    /// The room that months need for all of their words to stand beside their marks.
    pub(super) fn ease(first: Month, last: Month) -> f32 {
        (first.months_to(last) + 1) as f32 * 84.0 + MARGIN
    }

    /// The same months, the first of them beginning elsewhere.
    pub(super) fn at_left(self, left: f32) -> Self {
        Self { left, ..self }
    }

    /// From the first month's left edge to the last one's right edge.
    pub(super) fn length(&self) -> f32 {
        self.width * self.months as f32
    }

    /// The last month's right edge.
    pub(super) fn right(&self) -> f32 {
        self.left + self.length()
    }

    /// The width of a month.
    pub(super) fn month_width(&self) -> f32 {
        self.width
    }

    /// Where a month begins; not held within the chart.
    pub(super) fn month(&self, month: Month) -> f32 {
        self.left + self.width * self.first.months_to(month) as f32
    }

    /// Where a day stands; what lies beyond the chart stands at its edge.
    pub(super) fn day(&self, day: NaiveDate, part: Part) -> f32 {
        let month = Month::of(day);
        let of = match part {
            Part::Begin => day.day() as f32 - 1.0,
            Part::Noon => day.day() as f32 - 0.5,
            Part::End => day.day() as f32,
        };
        let share = of / month.last_day().day() as f32;
        (self.month(month) + self.width * share).clamp(self.left, self.right())
    }

    /// Whether a day lies before the first month.
    pub(super) fn is_before(&self, day: NaiveDate) -> bool {
        Month::of(day) < self.first
    }

    /// The months that are in sight between two edges, and one beside them.
    fn seen(&self, between: Rangef) -> impl Iterator<Item = Month> {
        let place = |x: f32| ((x - self.left) / self.width).floor().clamp(0.0, self.months as f32 - 1.0) as i32;
        let first = self.first;
        (place(between.min)..=place(between.max)).map(move |place| first.plus(place))
    }
}

/// Draws the lines between months and quarters, and the ground of the as-at date's month.
pub(super) fn grid(painter: &Painter, theme: &Tokens, axis: &Axis, rect: Rect, as_at: NaiveDate) {
    let now = Month::of(as_at);
    for month in axis.seen(rect.x_range()) {
        let x = axis.month(month);
        if month == now {
            let column = Rect::from_min_size(pos2(x, rect.top()), vec2(axis.width, rect.height()));
            painter.rect_filled(column, 0.0, theme.accent_ground);
        }
        let line = if begins_quarter(month) { theme.line } else { theme.line_faint };
        painter.vline(x, rect.y_range(), Stroke::new(1.0, line));
    }
    painter.vline(axis.right(), rect.y_range(), Stroke::new(1.0, theme.line));
}

/// Draws the header over what is in sight of the months. Gives where the as-at date is named, where its
/// line is out of sight.
pub(super) fn header(painter: &Painter, theme: &Tokens, axis: &Axis, rect: Rect, as_at: NaiveDate) -> Option<Rect> {
    painter.rect_filled(rect, 0.0, theme.paper);
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let seen: Vec<Month> = axis.seen(rect.x_range()).collect();
    for (place, month) in seen.iter().enumerate() {
        let x = axis.month(*month);
        if place == 0 || begins_quarter(*month) {
            quarter(&painter, theme, axis, rect, *month);
        }
        let top = if begins_quarter(*month) { QUARTERS } else { MONTHS };
        let line = Rangef::new(rect.top() + top, rect.bottom());
        painter.vline(x, line, Stroke::new(1.0, theme.line));
        let year = if place == 0 || month.month == 1 || axis.width > 90.0 { "%b %Y" } else { "%b" };
        let words = month.first_day().format(year).to_string();
        let now = *month == Month::of(as_at);
        let (font, ink) =
            if now { (theme::strong(size::TINY), theme.accent) } else { (theme::regular(size::TINY), theme.ink) };
        painter.text(pos2(x + 6.0, rect.top() + MONTHS + 1.0), Align2::LEFT_TOP, words, font, ink);
    }
    painter.vline(axis.right(), Rangef::new(rect.top() + QUARTERS, rect.bottom()), Stroke::new(1.0, theme.line));
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    as_at_label(&painter, theme, axis, rect, as_at)
}

fn begins_quarter(month: Month) -> bool {
    month.month % 3 == 1
}

/// A financial quarter's name over as much of it as is in sight, in full where it fits.
fn quarter(painter: &Painter, theme: &Tokens, axis: &Axis, rect: Rect, month: Month) {
    let into = (month.month as i32 - 1) % 3;
    let left = axis.month(month.plus(-into)).max(axis.left).max(rect.left()) + 6.0;
    let right = axis.month(month.plus(3 - into)).min(axis.right()).min(rect.right()) - 4.0;
    let names = [format!("Q{} {}", month.quarter(), month.financial_year()), format!("Q{}", month.quarter())];
    for name in names {
        let galley = painter.layout_no_wrap(name, theme::regular(size::TINY), theme.ink_second);
        if galley.size().x <= right - left {
            painter.galley(pos2(left, rect.top() + QUARTERS), galley, theme.ink_second);
            return;
        }
    }
}

/// The as-at date over its line; at the edge, with an arrow, where the line is out of sight.
fn as_at_label(painter: &Painter, theme: &Tokens, axis: &Axis, rect: Rect, as_at: NaiveDate) -> Option<Rect> {
    let x = axis.day(as_at, Part::End);
    let day = as_at.format("%-d %B %Y");
    let words = if x < rect.left() {
        format!("← as at {day}")
    } else if x > rect.right() {
        format!("as at {day} →")
    } else {
        format!("as at {day}")
    };
    let galley = painter.layout_no_wrap(words, theme::strong(size::TINY), theme.on_accent);
    let width = galley.size().x + 12.0;
    let left = (x - width / 2.0).clamp(rect.left() + 2.0, (rect.right() - width - 2.0).max(rect.left() + 2.0));
    let flag = Rect::from_min_size(pos2(left, rect.top() + 2.0), vec2(width, 16.0));
    painter.rect_filled(flag, 3.0, theme.accent);
    painter.galley(pos2(left + 6.0, flag.center().y - galley.size().y / 2.0), galley, theme.on_accent);
    painter.vline(x, Rangef::new(flag.bottom(), rect.bottom()), Stroke::new(1.5, theme.accent));
    (!rect.x_range().contains(x)).then_some(flag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(months: i32, room: f32) -> Axis {
        let first = Month { year: 2013, month: 4 };
        Axis::of(first, first.plus(months - 1), room)
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a date")
    }

    #[test]
    fn a_month_is_due_at_its_right_edge_and_begins_at_its_left() {
        let axis = axis(12, 720.0).at_left(100.0);
        assert_eq!(axis.day(day(2013, 5, 31), Part::End), 220.0, "where June's column begins");
        assert_eq!(axis.day(day(2013, 6, 1), Part::Begin), 220.0, "a start on the first");
        assert!(axis.day(day(2013, 6, 1), Part::Noon) > 220.0, "done on the first is done in June");
        assert_eq!(axis.day(day(2030, 1, 1), Part::End), axis.right(), "what lies beyond stands at the edge");
        assert_eq!(axis.day(day(1999, 1, 1), Part::End), 100.0, "on both sides");
    }

    #[test]
    fn months_share_the_room_where_all_fit_and_are_scrolled_where_not() {
        assert_eq!(axis(12, 840.0).length(), 840.0, "all of the room");
        assert_eq!(axis(24, 840.0).month_width(), 60.0, "too many: the usual width");
        assert_eq!(axis(1, 840.0).month_width(), 240.0, "one month is not drawn as wide as the window");
    }
}
