//! Matches of the search, marked in a cell: a ground under the words, and a frame round the one that is stepped to.

use crate::model::find::Sought;
use crate::ui::theme::Tokens;
use egui::{Galley, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};
use std::ops::Range;

/// What is marked in a cell.
#[derive(Debug, Default)]
pub struct Marks {
    /// What is looked for; `None` where nothing is.
    pub sought: Option<Sought>,
    /// Which of the cell's matches is the one that is stepped to.
    pub current: Option<usize>,
    /// Where that one was painted, if it was.
    pub at: Option<Rect>,
    seen: usize,
}

impl Marks {
    /// Marks of a search, with the match of this cell that is stepped to.
    #[must_use]
    pub fn new(sought: Sought, current: Option<usize>) -> Self {
        Self { sought: Some(sought), current, ..Self::default() }
    }

    /// Paints what belongs under a text that is about to be painted; nothing below `bottom`.
    pub fn under(&mut self, painter: &Painter, theme: &Tokens, galley: &Galley, at: Pos2, bottom: f32) {
        let Some(sought) = &self.sought else { return };
        for place in sought.places(galley.text()) {
            let current = self.current == Some(self.seen);
            self.seen += 1;
            for rect in rects(galley, &place) {
                let rect = rect.translate(at.to_vec2());
                if rect.bottom() > bottom + 0.5 {
                    continue;
                }
                mark(painter, theme, rect.expand2(egui::vec2(1.0, 0.0)), current);
                if current {
                    self.at = Some(self.at.map_or(rect, |first| first.union(rect)));
                }
            }
        }
    }

    /// Marks a pill that holds the words. It is painted before the pill, around it.
    pub fn pill(&mut self, painter: &Painter, theme: &Tokens, word: &str, rect: Rect) {
        let Some(sought) = &self.sought else { return };
        for _ in sought.places(word) {
            let current = self.current == Some(self.seen);
            self.seen += 1;
            mark(painter, theme, rect.expand(2.0), current);
            if current {
                self.at = Some(rect);
            }
        }
    }
}

fn mark(painter: &Painter, theme: &Tokens, rect: Rect, current: bool) {
    painter.rect_filled(rect, 2.0, theme.found);
    if current {
        painter.rect_stroke(rect, 2.0, Stroke::new(1.5, theme.accent), StrokeKind::Outside);
    }
}

/// Where a piece of a text is drawn: a rectangle for each line it stands in.
fn rects(galley: &Galley, place: &Range<usize>) -> Vec<Rect> {
    let text = galley.text();
    let start = text[..place.start].chars().count();
    let end = start + text[place.clone()].chars().count();
    let mut found = Vec::new();
    let mut first = 0;
    for row in &galley.rows {
        let count = row.glyphs.len();
        let (from, to) = (start.max(first), end.min(first + count));
        if from < to {
            let x = |number: usize| row.glyphs.get(number).map_or(row.size.x, |glyph| glyph.pos.x) + row.pos.x;
            let (left, right) = (x(from - first), x(to - first));
            found.push(Rect::from_min_max(pos2(left, row.rect().top()), pos2(right, row.rect().bottom())));
        }
        first += count + usize::from(row.ends_with_newline);
    }
    found
}
