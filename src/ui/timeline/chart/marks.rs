//! The marks of a row: its bar, its start, its first due, its due, when it was done.

use super::axis::{Axis, Part};
use crate::model::state::Shown;
use crate::model::timeline::{Bar, Shape};
use crate::ui::theme::{self, Tint, Tokens, Tone, size};
use crate::ui::widgets::{Badge, Shape as Sign, draw_shape};
use chrono::NaiveDate;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, Painter, Pos2, Rangef, Rect, Stroke, pos2, vec2};

/// Height of a bar.
const BAR: f32 = 16.0;
/// How long a bar is whose start is not known.
const STUB: f32 = 46.0;
/// How much of that is dotted.
const DOTTED: f32 = 18.0;
/// Half of a done mark's circle.
const TICK: f32 = 7.5;
/// Half of a due's diamond.
const DIAMOND: f32 = 5.0;

/// What a row's marks are drawn with.
pub(super) struct Pen<'a> {
    pub(super) painter: &'a Painter,
    pub(super) theme: &'a Tokens,
    pub(super) axis: Axis,
    pub(super) as_at: NaiveDate,
    /// The row's ground.
    pub(super) ground: Color32,
}

/// Where a bar begins.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Begin {
    /// At its start.
    Known(f32),
    /// Before the first month.
    Before(f32),
    /// Nobody said: a stub, dotted at its left.
    Unknown(f32),
}

impl Begin {
    /// A bar that should reach a place; one that starts there or after it is a stub too.
    fn of(axis: &Axis, bar: &Bar, until: f32) -> Self {
        match bar.start.map(|start| (axis.is_before(start), axis.day(start, Part::Begin))) {
            Some((true, x)) => Self::Before(x),
            Some((false, x)) if x < until - 4.0 => Self::Known(x),
            _ => Self::Unknown(until - STUB),
        }
    }

    fn x(self) -> f32 {
        let (Self::Known(x) | Self::Before(x) | Self::Unknown(x)) = self;
        x
    }
}

impl Pen<'_> {
    /// Draws a row's marks.
    pub(super) fn draw(&self, bar: &Bar, badge: &Badge, row: Rect) {
        let tint = self.theme.tint(badge.tone);
        let right = match &bar.shape {
            Shape::Until { last, first } => self.until(bar, tint, row, *last, *first),
            Shape::Onwards => self.onwards(bar, tint, row),
            Shape::Recurring(months) if months.is_empty() => return self.undated(row, "how often?"),
            Shape::Recurring(months) => self.recurring(bar, tint, row, months),
            Shape::Unpaired => return self.undated(row, "not paired with a timescale"),
            Shape::None if bar.due_words.trim().is_empty() => return self.undated(row, "no due"),
            Shape::None => return self.undated(row, &format!("“{}”", super::words::one_line(&bar.due_words))),
        };
        let right = match self.done_at(bar) {
            Some(x) => {
                self.tick(pos2(x, row.center().y));
                right.max(x + TICK + 1.0)
            }
            None => right,
        };
        if !self.out_of_sight(bar, row, right) {
            self.word(badge, tint, row, right);
        }
    }

    /// Says at the edge when a row is due all of whose marks are scrolled out of sight. Gives whether it
    /// did.
    fn out_of_sight(&self, bar: &Bar, row: Rect, right: f32) -> bool {
        let (named, day) = match &bar.shape {
            Shape::Until { last, .. } => ("due", Some(*last)),
            Shape::Onwards => ("from", bar.start),
            _ => return false,
        };
        let Some(day) = day else { return false };
        let first = if let Shape::Until { first, .. } = bar.shape { first } else { None };
        let earliest = [first, bar.done_on, bar.start].into_iter().flatten().fold(day, NaiveDate::min);
        let left = self.axis.day(earliest, Part::Begin) - STUB;
        let clip = self.painter.clip_rect();
        let month = day.format("%b %Y");
        let (x, align, words) = if left > clip.right() {
            (clip.right() - 10.0, Align2::RIGHT_CENTER, format!("{named} {month} →"))
        } else if right < clip.left() {
            (clip.left() + 8.0, Align2::LEFT_CENTER, format!("← {named} {month}"))
        } else {
            return false;
        };
        let ink = self.theme.ink_second;
        self.painter.text(pos2(x, row.center().y), align, words, theme::regular(size::TINY), ink);
        true
    }

    /// Where its tick stands: only what is done has one, though it may keep an older date.
    fn done_at(&self, bar: &Bar) -> Option<f32> {
        let done = bar.done_on.filter(|_| bar.state == Shown::Complete);
        done.map(|done| self.axis.day(done, Part::Noon))
    }

    fn as_at(&self) -> f32 {
        self.axis.day(self.as_at, Part::End)
    }

    /// A bar to its due. Gives the right edge of what was drawn.
    fn until(&self, bar: &Bar, tint: Tint, row: Rect, last: NaiveDate, first: Option<NaiveDate>) -> f32 {
        let y = row.center().y;
        let due = self.axis.day(last, Part::End);
        let first = first.map(|first| self.axis.day(first, Part::End));
        let first_end = first.filter(|first| *first < due).unwrap_or(due);
        // what was done before its due was begun before that
        let done = self.done_at(bar).map_or(first_end, |done| done.min(first_end));
        let mut begin = Begin::of(&self.axis, bar, done);
        // begun only after its first due: the bar stands where the work does
        if let (Begin::Unknown(_), Some(_)) = (begin, bar.start) {
            begin = Begin::of(&self.axis, bar, due);
        }
        let main = first_end.max(begin.x());
        let mut right = due + DIAMOND;
        if bar.state == Shown::Overdue {
            self.late(row, due, self.as_at());
            right = right.max(self.as_at());
        }
        if main < due {
            // what it was put off by
            let put_off = Rect::from_x_y_ranges(Rangef::new(main, due), band(row, BAR));
            self.painter.rect_filled(put_off, 0.0, pale(tint.ground, bar));
        }
        self.bar(begin, main, row, tint, bar);
        if let Some(first) = first {
            let points = [pos2(first, y), pos2(due, y)];
            self.painter.extend(egui::Shape::dotted_line(&points, tint.ink, 4.0, 0.9));
            self.diamond(pos2(first, y), tint.ink, false);
            right = right.max(first + DIAMOND);
        }
        self.diamond(pos2(due, y), tint.ink, true);
        right
    }

    /// A bar that goes on: an arrow to the chart's edge, or an end where it was done. Gives where there is
    /// room for a word.
    fn onwards(&self, bar: &Bar, tint: Tint, row: Rect) -> f32 {
        if let Some(end) = self.done_at(bar) {
            self.bar(Begin::of(&self.axis, bar, end), end, row, tint, bar);
            return end;
        }
        const HEAD: f32 = 9.0;
        let end = self.axis.right() - HEAD;
        let begin = match bar.start {
            Some(_) => Begin::of(&self.axis, bar, end),
            None => Begin::Unknown(self.as_at().min(end) - STUB),
        };
        self.bar(begin, end, row, tint, bar);
        let (top, bottom) = (row.center().y - BAR / 2.0 - 3.0, row.center().y + BAR / 2.0 + 3.0);
        let head = vec![pos2(end, top), pos2(end + HEAD, row.center().y), pos2(end, bottom)];
        self.painter.add(egui::Shape::convex_polygon(head, pale(tint.ink, bar), Stroke::NONE));
        // its right end is mostly out of sight
        let left = begin.x() + if matches!(begin, Begin::Unknown(_)) { DOTTED } else { 2.0 };
        left.max(self.painter.clip_rect().left())
    }

    /// A mark in each month, on a thin line.
    fn recurring(&self, bar: &Bar, tint: Tint, row: Rect, months: &[crate::model::due::Month]) -> f32 {
        let y = row.center().y;
        let at = |month: &crate::model::due::Month| self.axis.month(*month) + self.axis.month_width() / 2.0;
        let ink = pale(tint.ink, bar);
        let start = bar.start.filter(|start| !self.axis.is_before(*start));
        let from = start.map(|start| self.axis.day(start, Part::Begin)).or_else(|| months.first().map(at));
        if let (Some(from), Some(to)) = (from, months.last().map(at)) {
            self.painter.hline(Rangef::new(from, to.max(from)), y, Stroke::new(1.0, ink.gamma_multiply(0.6)));
        }
        if let Some(start) = start {
            self.start(self.axis.day(start, Part::Begin), row, ink);
        }
        for month in months {
            self.diamond(pos2(at(month), y), ink, true);
        }
        months.last().map(at).unwrap_or_default() + DIAMOND
    }

    /// The bar itself, with its start or a dotted left end.
    fn bar(&self, begin: Begin, end: f32, row: Rect, tint: Tint, bar: &Bar) {
        let ys = band(row, BAR);
        let line = Stroke::new(1.0, pale(tint.ink, bar));
        let solid = match begin {
            Begin::Unknown(x) => (x + DOTTED).min(end),
            Begin::Known(x) | Begin::Before(x) => x,
        };
        let rect = Rect::from_x_y_ranges(Rangef::new(solid, end), ys);
        let ground = if bar.state == Shown::NotStarted { self.theme.paper } else { pale(tint.ground, bar) };
        self.painter.rect_filled(rect, 0.0, ground);
        let edge = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
        self.painter.line(edge.to_vec(), line);
        match begin {
            Begin::Known(x) => self.start(x, row, tint.ink),
            Begin::Before(_) => {}
            Begin::Unknown(x) => {
                for y in [ys.min, ys.max] {
                    let points = [pos2(solid - 2.5, y), pos2(x.min(solid), y)];
                    self.painter.extend(egui::Shape::dotted_line(&points, line.color, 4.5, 0.9));
                }
            }
        }
    }

    /// A start: a post at the bar's left end, a little taller than it.
    fn start(&self, x: f32, row: Rect, ink: Color32) {
        let post = Rect::from_x_y_ranges(Rangef::new(x - 1.0, x + 1.5), band(row, BAR + 5.0));
        self.painter.rect_filled(post, 0.5, ink);
    }

    /// From a due that is over to the as-at date: dashed.
    fn late(&self, row: Rect, from: f32, to: f32) {
        let tint = self.theme.tint(Tone::Bad);
        let rect = Rect::from_x_y_ranges(Rangef::new(from, to.max(from)), band(row, BAR - 6.0));
        self.painter.rect_filled(rect, 0.0, tint.ground.gamma_multiply(0.7));
        let points = [pos2(from, rect.center().y), pos2(to, rect.center().y)];
        self.painter.extend(egui::Shape::dashed_line(&points, Stroke::new(2.0, tint.ink), 5.0, 3.0));
    }

    /// A due: full; the first one, before it was put off: hollow.
    fn diamond(&self, centre: Pos2, ink: Color32, full: bool) {
        let points = [vec2(0.0, -1.0), vec2(1.0, 0.0), vec2(0.0, 1.0), vec2(-1.0, 0.0)];
        let points = points.map(|point| centre + point * DIAMOND).to_vec();
        let fill = if full { ink } else { self.ground };
        // the edge in the ground's colour keeps a full one apart from its bar
        let edge = if full { Stroke::new(1.0, self.ground) } else { Stroke::new(1.4, ink) };
        self.painter.add(egui::Shape::convex_polygon(points, fill, edge));
    }

    /// When it was done: a tick in a circle.
    fn tick(&self, centre: Pos2) {
        let ink = self.theme.tint(Tone::Good).ink;
        self.painter.circle(centre, TICK, self.ground, Stroke::new(1.4, ink));
        draw_shape(self.painter, centre, 8.0, Sign::Tick, ink);
    }

    /// The state's word at the right of all marks, where there is room.
    fn word(&self, badge: &Badge, tint: Tint, row: Rect, right: f32) {
        let galley = self.painter.layout_no_wrap(badge.word.clone(), theme::regular(size::TINY), tint.ink);
        let width = galley.size().x;
        let mut left = right + 6.0;
        let now = self.as_at();
        if left - 4.0 < now && now < left + width + 4.0 {
            left = now + 6.0;
        }
        let edge = self.painter.clip_rect().right().min(self.axis.right() + super::axis::MARGIN);
        if left + width <= edge {
            self.painter.galley(pos2(left, row.center().y - galley.size().y / 2.0), galley, tint.ink);
        }
    }

    /// What has no place on the chart: its words beside the as-at date.
    fn undated(&self, row: Rect, words: &str) {
        let ink = self.theme.ink_second;
        let clip = self.painter.clip_rect().shrink2(vec2(8.0, 0.0));
        let mut job = LayoutJob::simple_singleline(words.to_owned(), theme::regular(size::TINY), ink);
        job.wrap = TextWrapping::truncate_at_width(clip.width().max(10.0));
        let galley = self.painter.layout_job(job);
        let width = galley.size().x;
        // at the line's left where the chart ends with it, and never scrolled away
        let right = self.as_at() + 8.0;
        let x = if right + width > self.axis.right() + super::axis::MARGIN { right - 16.0 - width } else { right };
        let x = x.min(clip.right() - width).max(clip.left());
        self.painter.galley(pos2(x, row.center().y - galley.size().y / 2.0), galley, ink);
    }
}

/// What a due that is inherited is drawn in: a little paler.
fn pale(colour: Color32, bar: &Bar) -> Color32 {
    if bar.inherited { colour.gamma_multiply(0.7) } else { colour }
}

fn band(row: Rect, height: f32) -> Rangef {
    Rangef::new(row.center().y - height / 2.0, row.center().y + height / 2.0)
}

/// A mark of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    /// A bar with a start.
    Start,
    /// A bar without.
    NoStart,
    /// The first due.
    First,
    /// The due.
    Due,
    /// When it was done.
    Done,
    /// How late it is.
    Late,
}

impl Sample {
    /// All of them with their words, as the key has them.
    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self::Start, "start"),
        (Self::NoStart, "start not known"),
        (Self::First, "first due"),
        (Self::Due, "due"),
        (Self::Done, "done"),
        (Self::Late, "overdue"),
    ];

    /// The room its mark takes.
    pub(super) fn width(self) -> f32 {
        match self {
            Self::Start => 16.0,
            Self::NoStart => 30.0,
            Self::First | Self::Due => 10.0,
            Self::Done => 16.0,
            Self::Late => 22.0,
        }
    }

    /// Draws it.
    pub(super) fn draw(self, pen: &Pen<'_>, rect: Rect) {
        let tint = pen.theme.tint(Tone::Grey);
        let ys = Rangef::new(rect.center().y - 5.0, rect.center().y + 5.0);
        let line = Stroke::new(1.0, tint.ink);
        let open = |left: f32| {
            let points =
                [pos2(left, ys.min), pos2(rect.right(), ys.min), pos2(rect.right(), ys.max), pos2(left, ys.max)];
            pen.painter.line(points.to_vec(), line);
        };
        match self {
            Self::Start => {
                let post = Rect::from_x_y_ranges(Rangef::new(rect.left(), rect.left() + 2.5), ys.expand(2.0));
                open(rect.left() + 1.0);
                pen.painter.rect_filled(post, 0.5, tint.ink);
            }
            Self::NoStart => {
                open(rect.left() + 16.0);
                for y in [ys.min, ys.max] {
                    let points = [pos2(rect.left() + 13.5, y), pos2(rect.left(), y)];
                    pen.painter.extend(egui::Shape::dotted_line(&points, tint.ink, 4.5, 0.9));
                }
            }
            Self::First => pen.diamond(rect.center(), tint.ink, false),
            Self::Due => pen.diamond(rect.center(), tint.ink, true),
            Self::Done => pen.tick(rect.center()),
            Self::Late => pen.late(rect, rect.left(), rect.right()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;
    use crate::model::due::Month;
    use crate::model::timeline::DueRow;

    #[test]
    fn a_bar_begins_at_its_start_and_is_a_stub_where_nobody_said_when() {
        let april = Month { year: 2013, month: 4 };
        let axis = Axis::of(april, april.plus(11), 720.0);
        let begin = |start: Option<(i32, u32, u32)>| {
            let start = start.and_then(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
            let bar = Bar {
                row: DueRow::Action(Id::NIL),
                action: None,
                text: String::new(),
                owner: String::new(),
                due_words: String::new(),
                inherited: false,
                start,
                shape: Shape::Onwards,
                done_on: None,
                state: Shown::InProgress,
                slips: 0,
            };
            Begin::of(&axis, &bar, 180.0)
        };
        assert_eq!(begin(Some((2013, 5, 1))), Begin::Known(60.0), "where May begins");
        assert_eq!(begin(None), Begin::Unknown(180.0 - STUB), "short, before its due");
        assert_eq!(begin(Some((2013, 9, 1))), Begin::Unknown(180.0 - STUB), "a start after the due is no bar");
        assert_eq!(begin(Some((2001, 1, 1))), Begin::Before(0.0), "no start is marked where none is on the chart");
    }
}
