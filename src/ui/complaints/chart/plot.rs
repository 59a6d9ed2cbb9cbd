//! One chart drawn: values with mean and limits, special causes by shape, colour and word, months without data
//! as hatched gaps.

use super::labels;
use crate::model::due::Month;
use crate::model::intelligence::{Charted, Unit, View};
use crate::model::xmr::{Judgement, Label, Side};
use crate::ui::complaints::matrix::hatch;
use crate::ui::theme::{Tokens, tokens};
use egui::{Color32, Rect, Response, Sense, Ui, UiBuilder, Vec2, pos2, vec2};
use egui_plot::{Line, LineStyle, MarkerShape, Plot, PlotBounds, PlotPoint, PlotTransform, PlotUi, Points, VLine};

/// A chart, and how it is to be drawn.
pub(super) struct Drawing<'c> {
    pub(super) chart: &'c Charted,
    pub(super) view: &'c View,
    /// The lowest and the highest value of the axis.
    pub(super) range: (f64, f64),
    /// Beside others: fewer words.
    pub(super) small: bool,
}

/// What was drawn.
pub(super) struct Drawn {
    pub(super) response: Response,
    /// The point near the pointer.
    pub(super) near: Option<usize>,
}

/// The axis that charts have in common.
pub(super) fn range(charts: &[Charted]) -> (f64, f64) {
    let counts = charts.iter().all(|chart| matches!(chart.unit, Unit::Count | Unit::PerThousand));
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for chart in charts {
        let limits = chart.xmr.groups.iter().filter_map(|group| group.limits);
        let lines = limits.flat_map(|limits| [limits.lower, limits.upper]);
        for value in chart.xmr.points.iter().map(|point| point.value).chain(lines) {
            (low, high) = (low.min(value), high.max(value));
        }
    }
    if !low.is_finite() || !high.is_finite() {
        return (0.0, 1.0);
    }
    if counts {
        low = 0.0;
    }
    let whole = charts.iter().all(|chart| chart.unit == Unit::Count);
    let most = if whole { f64::max(high, 2.0) } else { f64::max(high, low + 1e-6) };
    let room = most - low;
    (low - room * 0.06, most + room * 0.14)
}

impl Drawing<'_> {
    /// Draws it. `point` is the one that keys have led to.
    pub(super) fn show(&self, ui: &mut Ui, id: egui::Id, size: Vec2, point: Option<usize>) -> Drawn {
        let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
        let theme = tokens(ui);
        let left = if self.small { 24.0 } else { 34.0 };
        // the lines that hold now are named beyond their right end, where no point is
        let right = if self.small { 34.0 } else { 106.0 };
        let rect = Rect::from_min_max(whole.min + vec2(left, 2.0), whole.max - vec2(right, 18.0));
        let bounds = PlotBounds::from_min_max([-0.7, self.range.0], [self.months() - 0.3, self.range.1]);
        let transform = PlotTransform::new(rect, bounds, false);
        self.ground(ui, theme, rect, &transform);
        // a child of its own: the room is taken already
        {
            let ui = &mut ui.new_child(UiBuilder::new().max_rect(rect));
            let plot = Plot::new(("xmr", id))
                .width(rect.width())
                .height(rect.height())
                .show_background(false)
                .show_axes(false)
                .show_grid(false)
                .show_x(false)
                .show_y(false)
                .show_crosshair(false)
                .allow_zoom(false)
                .allow_drag(false)
                .allow_scroll(false)
                .allow_boxed_zoom(false)
                .allow_axis_zoom_drag(false)
                .allow_double_click_reset(false)
                .sense(Sense::hover());
            plot.show(ui, |plot| {
                plot.set_plot_bounds(bounds);
                self.lines(plot, theme);
                self.points(plot, theme);
            });
        }
        labels::show(ui, theme, self, rect, &transform);
        let response = ui.interact(whole, id, Sense::click());
        if response.has_focus() {
            let stroke = egui::Stroke::new(1.5, theme.accent);
            ui.painter().rect_stroke(whole, 3.0, stroke, egui::StrokeKind::Inside);
        }
        if let Some(place) = point.and_then(|place| self.place(place, &transform)) {
            ui.painter().circle_stroke(place, 9.0, egui::Stroke::new(2.0, theme.accent));
        }
        let near = response.hover_pos().and_then(|pointer| {
            let places = (0..self.chart.series.points.len()).filter_map(|at| Some((at, self.place(at, &transform)?)));
            let apart = places.map(|(at, place)| (at, (place.x - pointer.x).abs()));
            let nearest = apart.min_by(|a, b| a.1.total_cmp(&b.1));
            nearest.filter(|(_, apart)| *apart < 16.0).map(|(at, _)| at)
        });
        Drawn { response, near }
    }

    /// The month that the axis begins with.
    pub(super) fn first(&self) -> Month {
        self.chart.series.points.iter().find_map(|point| point.month).unwrap_or(self.view.from)
    }

    /// How many months the axis has.
    pub(super) fn months(&self) -> f64 {
        f64::from(self.first().months_to(self.view.to).clamp(0, 1200)) + 1.0
    }

    /// Where a month stands on the axis, in months from its begin.
    pub(super) fn x_of(&self, month: Month) -> f64 {
        f64::from(self.first().months_to(month))
    }

    /// Where a point stands: in the middle of its months.
    pub(super) fn x(&self, place: usize) -> Option<f64> {
        let month = self.chart.series.points.get(place)?.month?;
        Some(self.x_of(month) + f64::from(self.chart.span.max(1) - 1) / 2.0)
    }

    /// Where a point is on the screen.
    pub(super) fn place(&self, place: usize, transform: &PlotTransform) -> Option<egui::Pos2> {
        let value = self.chart.xmr.points.get(place)?.value;
        Some(transform.position_from_point(&PlotPoint::new(self.x(place)?, value)))
    }

    /// The months of the view's period, and those of which nothing came.
    fn ground(&self, ui: &Ui, theme: &Tokens, rect: Rect, transform: &PlotTransform) {
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(rect));
        let band = |from: f64, to: f64| {
            let x = |value| transform.position_from_point_x(value);
            Rect::from_min_max(pos2(x(from), rect.top()), pos2(x(to), rect.bottom()))
        };
        let (from, to) = (self.x_of(self.view.from), self.x_of(self.view.to));
        painter.rect_filled(band(from - 0.5, to + 0.5), 0.0, theme.accent_ground);
        for month in &self.chart.missing {
            let at = self.x_of(*month);
            hatch(&painter, band(at - 0.5, at + 0.5), theme);
        }
    }

    fn lines(&self, plot: &mut PlotUi<'_>, theme: &Tokens) {
        let counts = matches!(self.chart.unit, Unit::Count | Unit::PerThousand);
        for (number, group) in self.chart.xmr.groups.iter().enumerate() {
            let (Some(from), Some(to)) =
                (self.x(group.range.start), group.range.end.checked_sub(1).and_then(|last| self.x(last)))
            else {
                continue;
            };
            let from = if number == 0 { from - 0.4 } else { from - 0.5 };
            let to = to + 0.5;
            let flat = |value: f64| vec![[from, value], [to, value]];
            plot.line(Line::new("", flat(group.mean)).color(theme.ink_second).width(1.4).allow_hover(false));
            let Some(limits) = group.limits else { continue };
            for limit in [limits.lower, limits.upper] {
                if counts && limit <= 0.0 {
                    continue;
                }
                let style = LineStyle::Dashed { length: 6.0 };
                let line = Line::new("", flat(limit)).color(theme.ink_faint).width(1.2);
                plot.line(line.style(style).allow_hover(false));
            }
        }
        for mark in &self.chart.rebased {
            let at = self.x(mark.place).map_or(0.0, |x| x - 0.5);
            let style = LineStyle::Dotted { spacing: 4.0 };
            plot.vline(VLine::new("", at).color(theme.accent).width(1.4).style(style).allow_hover(false));
        }
        // months without data break the line
        let mut run: Vec<[f64; 2]> = Vec::new();
        let mut before: Option<f64> = None;
        let step = f64::from(self.chart.span.max(1)) + 0.01;
        for (at, point) in self.chart.xmr.points.iter().enumerate() {
            let Some(x) = self.x(at) else { continue };
            if before.is_some_and(|before| x - before > step) {
                draw_run(plot, theme, std::mem::take(&mut run));
            }
            run.push([x, point.value]);
            before = Some(x);
        }
        draw_run(plot, theme, run);
    }

    fn points(&self, plot: &mut PlotUi<'_>, theme: &Tokens) {
        let radius = if self.small { 2.4 } else { 3.8 };
        for (at, point) in self.chart.xmr.points.iter().enumerate() {
            let Some(x) = self.x(at) else { continue };
            let (shape, ink) = look(theme, point.label, point.toward, self.chart.xmr.judge(at, self.chart.good));
            let larger = if point.label.is_special() { radius * 1.25 } else { radius };
            let points = Points::new("", vec![[x, point.value]]).shape(shape).color(ink).radius(larger);
            plot.points(points.filled(true).allow_hover(false));
        }
    }
}

fn draw_run(plot: &mut PlotUi<'_>, theme: &Tokens, run: Vec<[f64; 2]>) {
    if run.len() > 1 {
        plot.line(Line::new("", run).color(theme.ink_faint).width(1.2).allow_hover(false));
    }
}

/// The shape of a rule, and the colour of what it means.
fn look(theme: &Tokens, label: Label, toward: Side, judged: Option<Judgement>) -> (MarkerShape, Color32) {
    let shape = match (label, toward) {
        (Label::CommonCause, _) => MarkerShape::Circle,
        (Label::Outside, Side::Below) => MarkerShape::Down,
        (Label::Outside, _) => MarkerShape::Up,
        (Label::Trend, _) => MarkerShape::Diamond,
        (Label::TwoInThree, _) => MarkerShape::Cross,
        (Label::Shift, _) => MarkerShape::Square,
    };
    (shape, ink(theme, judged))
}

/// The colour of what a point means.
pub(super) fn ink(theme: &Tokens, judged: Option<Judgement>) -> Color32 {
    match judged {
        Some(Judgement::Improvement) => theme.improvement,
        Some(Judgement::Concern) => theme.concern,
        Some(Judgement::Neutral) => theme.neutral,
        Some(Judgement::CommonCause) | None => theme.common,
    }
}
