//! A row of the chart: what is to be done and by whom at the left, its marks over the months.

use super::axis::Axis;
use super::marks::Pen;
use super::{BarKey, words};
use crate::model::text::count;
use crate::model::timeline::{Bar, ChartGroup, GroupBy};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::{Badge, draw_shape};
use egui::accesskit::Role;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Painter, Rect, Response, RichText, Sense, Stroke, Ui, WidgetInfo, pos2};
use std::sync::Arc;

/// Height of a row.
pub(super) const ROW: f32 = 38.0;
/// Height of a group's heading.
pub(super) const HEADING: f32 = 28.0;

/// What a row needs to be drawn.
pub(super) struct Drawn<'a> {
    pub(super) bar: &'a Bar,
    pub(super) key: BarKey,
    /// It is the one that keys act on, or is chosen.
    pub(super) selected: bool,
    /// What the heading above says already.
    pub(super) by: GroupBy,
    /// Where the months begin on the screen.
    pub(super) split: f32,
    pub(super) axis: Axis,
}

/// The name of a row for the keyboard's focus.
pub(super) fn id(key: BarKey) -> egui::Id {
    egui::Id::unique(("chart row", key))
}

/// Draws a row into a rectangle as wide as the chart.
pub(super) fn show(ui: &Ui, ctx: &Ctx<'_>, rect: Rect, drawn: &Drawn<'_>) -> Response {
    let theme = tokens(ui);
    let Drawn { bar, .. } = *drawn;
    let response = ui.interact(rect, id(drawn.key), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Row, true, drawn.selected, words::spoken(bar, ctx.state_words)));
    let badge = Badge::shown(bar.state, ctx.state_words);
    let ground = if drawn.selected {
        theme.accent_ground
    } else if response.hovered() {
        theme.ground
    } else {
        theme.paper
    };
    let (left, right) = rect.split_left_right_at_x(drawn.split);
    let over = ui.painter().with_clip_rect(right.intersect(ui.clip_rect()));
    if ground != theme.paper {
        over.rect_filled(right, 0.0, ground);
    }
    Pen { painter: &over, theme, axis: drawn.axis, as_at: ctx.as_at, ground }.draw(bar, &badge, right);
    let painter = ui.painter().with_clip_rect(left.intersect(ui.clip_rect()));
    painter.rect_filled(left, 0.0, ground);
    if let Some(shape) = badge.shape {
        let at = pos2(left.left() + 19.0, left.top() + 14.0);
        draw_shape(&painter, at, 10.0, shape, theme.tint(badge.tone).ink);
    }
    let x = left.left() + 32.0;
    let room = left.right() - 10.0 - x;
    let text = cut(&painter, &words::title(bar, drawn.by), theme::regular(size::BODY), theme.ink, room);
    painter.galley(pos2(x, left.top() + 5.0), text, theme.ink);
    let below = words::below(bar, drawn.by);
    let below = cut(&painter, &below, theme::regular(size::TINY), theme.ink_second, room);
    painter.galley(pos2(x, left.top() + 20.5), below, theme.ink_second);
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line_faint));
    if drawn.selected {
        let mark = Rect::from_min_max(rect.min, pos2(rect.left() + 3.0, rect.bottom()));
        ui.painter().rect_filled(mark, 0.0, theme.accent);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect.shrink(1.0), 3.0, Stroke::new(1.5, theme.accent), egui::StrokeKind::Inside);
    }
    response.on_hover_ui_at_pointer(|ui| hover(ui, ctx, bar))
}

fn hover(ui: &mut Ui, ctx: &Ctx<'_>, bar: &Bar) {
    let theme = tokens(ui);
    ui.set_max_width(380.0);
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.label(RichText::new(bar.text.trim()).font(theme::strong(size::BODY)));
    for fact in words::facts(bar, ctx.state_words) {
        let fact = crate::ui::widgets::pill::sentence_case(&fact);
        ui.label(RichText::new(fact).size(size::SMALL).color(theme.ink_second));
    }
}

/// Draws a group's heading with its count; the whole of it on hover.
pub(super) fn heading(ui: &Ui, rect: Rect, group: &ChartGroup) {
    let theme = tokens(ui);
    let response = ui.interact(rect, egui::Id::unique(("chart group", &group.title)), Sense::hover());
    let name = format!("{}, {}", words::one_line(&group.title), count(group.bars.len(), "row"));
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &name));
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme.band);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    let number = cut(painter, &group.bars.len().to_string(), theme::regular(size::SMALL), theme.ink_second, 80.0);
    let room = rect.width() - 12.0 - number.size().x - 30.0;
    let title = cut(painter, &words::one_line(&group.title), theme::strong(size::SMALL), theme.ink, room);
    let middle = |galley: &Galley| rect.center().y - galley.size().y / 2.0;
    let x = rect.left() + 12.0;
    let after = x + title.size().x + 8.0;
    let elided = title.elided;
    painter.galley(pos2(x, middle(&title)), title, theme.ink);
    painter.galley(pos2(after, middle(&number)), number, theme.ink_second);
    if elided {
        response.on_hover_text(group.title.trim());
    }
}

/// A text in one line, with dots where there is more.
fn cut(painter: &Painter, text: &str, font: FontId, ink: Color32, room: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = TextWrapping::truncate_at_width(room.max(10.0));
    painter.layout_job(job)
}
