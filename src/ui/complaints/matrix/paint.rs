//! What stands in a cell of the matrix, painted.

use super::super::sheet::{Ground, Shown};
use crate::ui::theme::{self, Tokens, size};
use egui::{Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

/// The number with its mark; words where there is none.
pub(super) fn number(painter: &Painter, theme: &Tokens, shown: &Shown, rect: Rect) {
    if shown.text.is_empty() {
        let font = theme::regular(size::TINY);
        let mut job =
            egui::text::LayoutJob::simple(shown.instead.to_owned(), font, theme.ink_second, rect.width() - 6.0);
        job.halign = egui::Align::Center;
        let galley = painter.layout_job(job);
        let at = pos2(rect.center().x, rect.center().y - galley.size().y / 2.0);
        if shown.ground == Ground::Hatched {
            let ground = Rect::from_center_size(rect.center(), galley.size()).expand2(vec2(3.0, 0.0));
            painter.rect_filled(ground, 2.0, theme.paper);
        }
        painter.galley(at, galley, theme.ink_second);
        return;
    }
    let number = painter.layout_no_wrap(shown.text.clone(), theme::regular(size::BODY), theme.ink);
    let two = !shown.under.is_empty();
    let part = shown.part.then(|| painter.layout_no_wrap("part".into(), theme::regular(size::TINY), theme.ink_second));
    let mark = if shown.mark.is_some() && !two { 14.0 } else { 0.0 };
    let wide = number.size().x + mark + part.as_ref().map_or(0.0, |part| part.size().x + 4.0);
    let y = rect.center().y - if two { 8.0 } else { 0.0 };
    let mut x = rect.center().x - wide / 2.0;
    let at = pos2(x, y - number.size().y / 2.0);
    x += number.size().x;
    painter.galley(at, number, theme.ink);
    if let Some(mark) = shown.mark.filter(|_| !two) {
        mark.draw(painter, theme, pos2(x + 9.5, y), 9.5);
        x += 14.0;
    }
    if let Some(part) = part {
        painter.galley(pos2(x + 4.0, y - part.size().y / 2.0), part, theme.ink_second);
    }
    if let Some(mark) = shown.mark.filter(|_| two) {
        let words = painter.layout_no_wrap(shown.under.clone(), theme::regular(size::TINY), theme.ink_second);
        let left = rect.center().x - (words.size().x + 13.0) / 2.0;
        let y = rect.center().y + 9.0;
        mark.draw(painter, theme, pos2(left + 4.5, y), 9.0);
        painter.galley(pos2(left + 13.0, y - words.size().y / 2.0), words, theme.ink_second);
    }
}

/// Slanted lines: nothing was received.
pub(in crate::ui::complaints) fn hatch(painter: &Painter, rect: Rect, theme: &Tokens) {
    let painter = painter.with_clip_rect(painter.clip_rect().intersect(rect));
    let stroke = Stroke::new(1.5, theme.hatch);
    // on lines of the screen, so that cells beside each other go on without a seam
    let first = ((rect.left() - rect.bottom()) / 7.0).floor() as i32;
    let last = ((rect.right() - rect.top()) / 7.0).ceil() as i32;
    let sum = |place: i32| place as f32 * 7.0;
    for place in first..=last {
        let offset = sum(place);
        let from: Pos2 = pos2(rect.top() + offset, rect.top());
        let to: Pos2 = pos2(rect.bottom() + offset, rect.bottom());
        painter.line_segment([from, to], stroke);
    }
}

pub(super) fn cut(
    painter: &Painter,
    words: &str,
    font: egui::FontId,
    ink: Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(10.0));
    painter.layout_job(job)
}

/// A title: small and on two lines, where it would not fit on one.
pub(super) fn title_words(painter: &Painter, words: &str, ink: Color32, width: f32) -> Words {
    let whole = painter.layout_no_wrap(words.to_owned(), theme::strong(size::BODY), ink);
    if whole.size().x <= width {
        return whole;
    }
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), theme::strong(size::SMALL), ink, width);
    job.wrap.max_rows = 2;
    job.wrap.overflow_character = Some('…');
    for section in &mut job.sections {
        section.format.line_height = Some(14.0);
    }
    painter.layout_job(job)
}

pub(super) type Words = std::sync::Arc<egui::Galley>;

pub(super) fn two_lines(painter: &Painter, left: Pos2, first: Words, second: Option<Words>) {
    let tall = second.as_ref().map_or(0.0, |second| second.size().y);
    let top = left.y - (first.size().y + tall) / 2.0;
    let below = top + first.size().y;
    painter.galley(pos2(left.x, top), first, Color32::PLACEHOLDER);
    if let Some(second) = second {
        painter.galley(pos2(left.x, below), second, Color32::PLACEHOLDER);
    }
}
