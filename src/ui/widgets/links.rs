//! Words in a text that lead somewhere: where they stand once the text is laid out, and how they look.

use crate::model::story::{Link, Points};
use crate::ui::theme::{Tokens, Tone};
use egui::{Color32, Galley, Painter, Pos2, Rect, Stroke, pos2};
use std::ops::Range;
use std::sync::Arc;

/// Where bytes of a laid-out text stand, a place for each line that they go over, from the text's left top corner.
#[must_use]
pub fn places(galley: &Galley, range: &Range<usize>) -> Vec<Rect> {
    let text = galley.text();
    let characters = |bytes: usize| text.get(..bytes).map_or(0, |part| part.chars().count());
    let (from, to) = (characters(range.start), characters(range.end));
    let mut found = Vec::new();
    let mut at = 0;
    for row in &galley.rows {
        let glyphs = &row.row.glyphs;
        let first = from.saturating_sub(at).min(glyphs.len());
        let end = to.saturating_sub(at).min(glyphs.len());
        if let Some(part) = glyphs.get(first..end)
            && let (Some(left), Some(right)) = (part.first(), part.last())
        {
            let area = row.rect();
            let (left, right) = (row.pos.x + left.pos.x, row.pos.x + right.pos.x + right.advance_width);
            found.push(Rect::from_min_max(pos2(left, area.top()), pos2(right, area.bottom())));
        }
        at += glyphs.len() + usize::from(row.ends_with_newline);
    }
    found
}

/// The ink of words that lead somewhere; of those whose target is gone or not known, another.
#[must_use]
pub fn ink(theme: &Tokens, points: &Points) -> Color32 {
    match points {
        Points::At(_) => theme.accent,
        Points::Gone(_) | Points::Unknown => theme.tint(Tone::Amber).ink,
    }
}

/// Draws words that lead somewhere over a text that is painted already, with their line: whole where they lead to
/// something, dashed where not.
pub fn paint(painter: &Painter, theme: &Tokens, galley: &Arc<Galley>, at: Pos2, places: &[Rect], points: &Points) {
    let ink = ink(theme, points);
    for place in places {
        let place = place.translate(at.to_vec2());
        let clipped = painter.with_clip_rect(painter.clip_rect().intersect(place));
        clipped.galley_with_override_text_color(at, Arc::clone(galley), ink);
        underline(painter, place, points, ink);
    }
}

/// The line under words that lead somewhere.
pub fn underline(painter: &Painter, place: Rect, points: &Points, ink: Color32) {
    let y = place.bottom() - 2.5;
    let stroke = Stroke::new(1.0, ink);
    match points {
        Points::At(_) => {
            painter.hline(place.x_range(), y, stroke);
        }
        Points::Gone(_) | Points::Unknown => {
            let ends = [pos2(place.left(), y), pos2(place.right(), y)];
            painter.extend(egui::Shape::dashed_line(&ends, stroke, 3.0, 2.0));
        }
    }
}

/// What a screen reader is told of words that lead somewhere, and what is told on hover.
#[must_use]
pub fn said(text: &str, link: &Link, told: &str) -> String {
    let words = text.get(link.range.clone()).unwrap_or_default();
    format!("{words}: {told}")
}
