//! The words on a chart: months and values along its edges, limits on their lines, rules beside their points.

use super::plot::{Drawing, ink};
use crate::model::intelligence::{Charted, Unit};
use crate::model::xmr::{Label, Point, Side};
use crate::ui::theme::{self, Tokens, size};
use egui::{Align2, Color32, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};
use egui_plot::PlotTransform;
use std::ops::Range;

/// Draws the words.
pub(super) fn show(ui: &Ui, theme: &Tokens, drawing: &Drawing<'_>, rect: Rect, transform: &PlotTransform) {
    let painter = ui.painter();
    let mut words = Words { painter, theme, taken: Vec::new(), within: rect.expand2(vec2(4.0, 2.0)) };
    values(&words, drawing, rect, transform);
    months(&words, drawing, rect, transform);
    words.avoid(drawing, transform);
    limits(&mut words, drawing, rect, transform);
    if drawing.small {
        return;
    }
    rebased(&mut words, drawing, rect, transform);
    missing(&mut words, drawing, rect, transform);
    rules(&mut words, drawing, transform);
}

/// Words that keep out of each other's way.
struct Words<'p> {
    painter: &'p Painter,
    theme: &'p Tokens,
    taken: Vec<Rect>,
    within: Rect,
}

impl Words<'_> {
    /// Draws words near a place, moved up or down where others stand already. Gives whether there was room.
    fn put(&mut self, align: Align2, at: Pos2, text: &str, ink: Color32, step: f32) -> bool {
        let galley = self.painter.layout_no_wrap(text.to_owned(), theme::regular(size::TINY), ink);
        for moved in 0..6 {
            let mut rect = align.anchor_size(at + vec2(0.0, step * moved as f32), galley.size());
            let out = (rect.right() - self.within.right()).max(0.0) - (self.within.left() - rect.left()).max(0.0);
            rect = rect.translate(vec2(-out, 0.0));
            let free = self.taken.iter().all(|other| !other.intersects(rect));
            if free && rect.top() >= self.within.top() - 2.0 && rect.bottom() <= self.within.bottom() + 2.0 {
                // on a ground of its own, so that a line behind it does not strike it through
                self.painter.rect_filled(rect.expand2(vec2(2.0, -1.0)), 2.0, self.theme.paper.gamma_multiply(0.86));
                self.painter.galley(rect.min, galley, ink);
                self.taken.push(rect);
                return true;
            }
        }
        false
    }
}

impl Words<'_> {
    /// Draws words beyond the end of a line, a little moved where another line ends close by.
    fn beyond(&mut self, at: Pos2, text: &str, ink: Color32) {
        let galley = self.painter.layout_no_wrap(text.to_owned(), theme::regular(size::TINY), ink);
        let moves = [0.0, -6.0, 6.0, -12.0, 12.0, -18.0, 18.0];
        let rects =
            moves.map(|by| Align2::LEFT_CENTER.anchor_size(at + vec2(0.0, by), galley.size()).shrink2(vec2(0.0, 1.5)));
        let free = |rect: &Rect| self.taken.iter().all(|other| !other.intersects(*rect));
        let rect = rects.iter().copied().find(free).unwrap_or(rects[0]);
        // the lines may end before the axis does, where nothing came since
        self.painter.rect_filled(rect.expand2(vec2(2.0, 0.0)), 2.0, self.theme.paper.gamma_multiply(0.86));
        self.painter.galley(rect.min - vec2(0.0, 1.5), galley, ink);
        self.taken.push(rect);
    }

    /// Keeps words off the points.
    fn avoid(&mut self, drawing: &Drawing<'_>, transform: &PlotTransform) {
        let places = (0..drawing.chart.xmr.points.len()).filter_map(|at| drawing.place(at, transform));
        self.taken.extend(places.map(|place| Rect::from_center_size(place, vec2(8.0, 8.0))));
    }
}

/// Steps of the value axis: 1, 2 or 5 times a power of ten.
fn step(range: f64, most: f64) -> f64 {
    let rough = (range / most).max(1e-9);
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough).unwrap_or(power)
}

fn values(words: &Words<'_>, drawing: &Drawing<'_>, rect: Rect, transform: &PlotTransform) {
    let (low, high) = drawing.range;
    let mut step = step(high - low, f64::from(rect.height()) / 34.0);
    if drawing.chart.unit == Unit::Count {
        step = step.max(1.0).round();
    }
    let first = (low / step).ceil() as i64;
    let last = (high / step).floor() as i64;
    let number = |place: i64| place as f64 * step;
    let places = (-step.log10().floor()).clamp(0.0, 4.0) as usize;
    for value in (first..=last).take(40).map(number) {
        let y = transform.position_from_point_y(value);
        words.painter.hline(rect.x_range(), y, Stroke::new(1.0, words.theme.line_faint.gamma_multiply(0.7)));
        let text = format!("{value:.places$}");
        let font = theme::regular(size::TINY);
        words.painter.text(pos2(rect.left() - 5.0, y), Align2::RIGHT_CENTER, text, font, words.theme.ink_second);
    }
}

/// As many months as there is room for; the year where it begins.
fn months(words: &Words<'_>, drawing: &Drawing<'_>, rect: Rect, transform: &PlotTransform) {
    let count = drawing.months() as i32;
    let each = f64::from(rect.width()) / f64::from(count.max(1));
    let least = 48.0 / each;
    let every = [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|every| f64::from(*every) >= least).unwrap_or(240);
    let stroke = Stroke::new(1.0, words.theme.line);
    words.painter.hline(rect.x_range(), rect.bottom(), stroke);
    let mut said = None;
    for place in (0..count).step_by(usize::try_from(every).unwrap_or(1)) {
        let month = drawing.first().plus(place);
        let format = if said == Some(month.year) { "%b" } else { "%b %y" };
        said = Some(month.year);
        let x = transform.position_from_point_x(f64::from(place));
        words.painter.vline(x, egui::Rangef::new(rect.bottom(), rect.bottom() + 3.0), stroke);
        let text = month.first_day().format(format).to_string();
        let font = theme::regular(size::TINY);
        let x = x.clamp(rect.left() + 10.0, rect.right() - 12.0);
        words.painter.text(pos2(x, rect.bottom() + 4.0), Align2::CENTER_TOP, text, font, words.theme.ink_second);
    }
}

/// Mean and limits named on their lines: beyond the right end those that hold now, at the left end of its stretch
/// those of one before.
fn limits(words: &mut Words<'_>, drawing: &Drawing<'_>, rect: Rect, transform: &PlotTransform) {
    let chart = drawing.chart;
    let counts = matches!(chart.unit, Unit::Count | Unit::PerThousand);
    for (place, group) in chart.xmr.groups.iter().enumerate() {
        let last = place + 1 == chart.xmr.groups.len();
        let Some(start) = drawing.x(group.range.start).filter(|_| !drawing.small || last) else { continue };
        let trial = if group.trial && !drawing.small { ", trial" } else { "" };
        let end = group.range.end.checked_sub(1).and_then(|last| drawing.x(last));
        let end = end.map_or(rect.right(), |x| transform.position_from_point_x(x + 0.5));
        let mut lines = vec![("mean ", group.mean, "")];
        // limits without width lie on the mean
        if let Some(limits) = group.limits.filter(|limits| limits.upper > limits.lower) {
            lines.push(("upper limit ", limits.upper, trial));
            if !(counts && limits.lower <= 0.0) {
                lines.push(("lower limit ", limits.lower, trial));
            }
        }
        for (name, value, trial) in lines {
            let name = if drawing.small { "" } else { name };
            let number = match chart.unit {
                Unit::Percent => format!("{value:.0}%"),
                Unit::PerThousand => format!("{value:.2}"),
                _ => format!("{value:.1}"),
            };
            let y = transform.position_from_point_y(value);
            let text = format!("{name}{number}{trial}");
            let ink = words.theme.ink_second;
            if last {
                words.beyond(pos2(end.min(rect.right()) + 4.0, y), &text, ink);
            } else {
                let x = transform.position_from_point_x(start - 0.4).max(rect.left()) + 3.0;
                words.put(Align2::LEFT_BOTTOM, pos2(x, y - 1.0), &text, ink, 14.0);
            }
        }
    }
}

fn rebased(words: &mut Words<'_>, drawing: &Drawing<'_>, rect: Rect, transform: &PlotTransform) {
    for mark in &drawing.chart.rebased {
        let Some(x) = drawing.x(mark.place) else { continue };
        let x = transform.position_from_point_x(x - 0.5);
        let reason: String = mark.reason.chars().take(44).collect();
        let text = if reason.is_empty() { "new limits".to_owned() } else { format!("new limits: {reason}") };
        words.put(Align2::LEFT_TOP, pos2(x + 4.0, rect.top() + 1.0), &text, words.theme.accent, 13.0);
    }
}

/// "no data" once over each stretch of months that did not come.
fn missing(words: &mut Words<'_>, drawing: &Drawing<'_>, rect: Rect, transform: &PlotTransform) {
    let mut stretch: Option<(f64, f64)> = None;
    let mut stretches = Vec::new();
    for at in drawing.chart.missing.iter().map(|month| drawing.x_of(*month)) {
        match &mut stretch {
            Some((_, to)) if at - *to < 1.5 => *to = at,
            _ => stretches.extend(stretch.replace((at, at))),
        }
    }
    stretches.extend(stretch);
    for (from, to) in stretches {
        let x = transform.position_from_point_x(f64::midpoint(from, to));
        words.put(Align2::CENTER_BOTTOM, pos2(x, rect.bottom() - 3.0), "no data", words.theme.ink_second, -13.0);
    }
}

/// Each run of points of one rule with its word, once.
fn rules(words: &mut Words<'_>, drawing: &Drawing<'_>, transform: &PlotTransform) {
    let chart = drawing.chart;
    let mut shift_told = 0;
    for (at, point) in chart.xmr.points.iter().enumerate() {
        let Some(place) = drawing.place(at, transform).filter(|_| point.label.is_special()) else { continue };
        let run = run_of(chart, at);
        let told = match point.label {
            Label::Shift => at < shift_told,
            _ => run.start < at,
        };
        if told {
            continue;
        }
        if point.label == Label::Shift {
            shift_told = run.end;
        }
        let text = rule_words(point.label, point.toward, run.len());
        let ink = ink(words.theme, chart.xmr.judge(at, chart.good));
        match point.side {
            Side::Below => words.put(Align2::CENTER_TOP, place + vec2(0.0, 8.0), &text, ink, 13.0),
            _ => words.put(Align2::CENTER_BOTTOM, place - vec2(0.0, 8.0), &text, ink, -13.0),
        };
    }
}

/// The points that a point's rule speaks of: for a shift all about it that lie on its side of the mean, whatever
/// else they are; for another rule those beside it that are alike.
fn run_of(chart: &Charted, at: usize) -> Range<usize> {
    let points = &chart.xmr.points;
    let point = points[at];
    let alike = |other: &Point| match point.label {
        Label::Shift => other.side == point.side,
        _ => (other.label, other.toward) == (point.label, point.toward),
    };
    let group = chart.xmr.group_of(at).map_or(0..points.len(), |group| group.range.clone());
    let before = points[group.start..at].iter().rev().take_while(|other| alike(other)).count();
    let after = points[at..group.end].iter().take_while(|other| alike(other)).count();
    at - before..at + after
}

fn rule_words(label: Label, toward: Side, run: usize) -> String {
    let word = label.word();
    match (label, toward) {
        (Label::Trend, Side::Below) => format!("{word}: {run} falling"),
        (Label::Trend, _) => format!("{word}: {run} rising"),
        (Label::Shift, _) => format!("{word}: {run} {} the mean", toward.word().unwrap_or("off")),
        _ => word.to_owned(),
    }
}
