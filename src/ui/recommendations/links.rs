//! Words in the grid's cells that point at another recommendation: blue and underlined, a click leads there. They
//! print as the words they are.

use super::cell::{self, Part};
use crate::model::story::{Points, links_in, points_at};
use crate::model::view::Column;
use crate::model::{CrossReference, Recommendation};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::tokens;
use crate::ui::widgets::links;
use egui::accesskit::Role;
use egui::{CursorIcon, Pos2, Rect, Sense, Ui};

/// Whether a column holds prose of the recommendation itself.
fn has_prose(column: Column) -> bool {
    matches!(column, Column::Recommendation | Column::Response | Column::Position | Column::Answer)
}

/// Draws the links of a cell over its parts, which are painted already from `at` as far as `bottom`.
pub(super) fn draw(
    ui: &Ui,
    ctx: &Ctx<'_>,
    row: &Recommendation,
    column: Column,
    parts: &[Part<'_>],
    (at, width, bottom): (Pos2, f32, f32),
) {
    if !has_prose(column) || ctx.plan.cross_references.is_empty() {
        return;
    }
    let references = ctx.plan.cross_references_of(row.id);
    if references.is_empty() {
        return;
    }
    let theme = tokens(ui);
    let visible = ui.clip_rect().intersect(Rect::everything_above(bottom));
    let painter = ui.painter().with_clip_rect(visible);
    for (number, (part, at, galley)) in cell::placed(&painter, theme, parts, at, width).into_iter().enumerate() {
        let Part::Text { text, .. } = part else { continue };
        if at.y >= bottom {
            break;
        }
        for link in links_in(text, &references) {
            let Some(reference) = references.iter().find(|row| row.id == link.reference) else { continue };
            let points = points_at(ctx.plan, reference, ctx.story.gone());
            // a cut row ends with a whole line
            let mut places = links::places(&galley, &link.range);
            places.retain(|place| at.y + place.bottom() <= bottom + 0.5);
            links::paint(&painter, theme, &galley, at, &places, &points);
            let name = links::said(text, &link, &points.words(ctx.plan));
            let id = ui.unique_id().with(("link", number, link.range.start));
            click(ui, ctx, (&places, at, id), &points, &name, row);
        }
    }
}

/// A click leads to what is meant; where that is not there, to the row itself, whose editor tells more.
fn click(
    ui: &Ui,
    ctx: &Ctx<'_>,
    (places, at, id): (&[Rect], Pos2, egui::Id),
    points: &Points,
    name: &str,
    row: &Recommendation,
) {
    for (number, place) in places.iter().enumerate() {
        let place = place.translate(at.to_vec2()).intersect(ui.clip_rect());
        if !place.is_positive() {
            continue;
        }
        // not a stop of the Tab key: the editor beside the grid has the same link for keys
        let response = ui.interact(place, id.with(number), Sense::CLICK);
        let response = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(name);
        if number == 0 {
            response.widget_info(|| egui::WidgetInfo::labeled(Role::Link, true, name));
        }
        if response.clicked() {
            let target = if let Points::At(target) = points { *target } else { row.id };
            ctx.send(Wish::Select(Some(target)));
        }
    }
}

/// What a screen reader is told after a cell's words: which of them point nowhere any more.
pub(super) fn lost(ctx: &Ctx<'_>, row: &Recommendation, column: Column, parts: &[Part<'_>]) -> String {
    if !has_prose(column) || ctx.plan.cross_references.is_empty() {
        return String::new();
    }
    let references: Vec<&CrossReference> = ctx.plan.cross_references_of(row.id);
    let mut told = String::new();
    for reference in &references {
        let points = points_at(ctx.plan, reference, ctx.story.gone());
        let stands =
            |part: &Part<'_>| matches!(part, Part::Text { text, .. } if !links_in(text, &[reference]).is_empty());
        if !matches!(points, Points::At(_)) && parts.iter().any(stands) {
            told.push_str(&format!(". {}: {}", reference.words, points.words(ctx.plan)));
        }
    }
    told
}
