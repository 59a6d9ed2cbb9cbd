//! Row heights: all estimated, those on screen measured, kept until what they hold changes.
//!
//! egui forgets a layout that it did not draw in the last frame, so heights are kept here. A guess
//! by summing glyph widths is some ninety times cheaper than laying out and seldom a line off.

use super::cell::{Face, PILL_GAP, Part};
use crate::model::Id;
use crate::ui::theme::space;
use crate::ui::widgets::pill;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

/// A row is cut at this many points, some 12 lines, unless it is opened.
pub const CAP: f32 = 12.0 * crate::ui::theme::size::LINE + 2.0 * space::CELL_TOP;

/// Widths of glyphs, to guess where lines break.
pub struct Estimator {
    body: Glyphs,
    title: Glyphs,
    aside: Glyphs,
}

struct Glyphs {
    ascii: [f32; 128],
    others: BTreeMap<char, f32>,
    usual: f32,
}

impl Glyphs {
    fn of(fonts: &mut egui::epaint::text::FontsView<'_>, face: Face) -> Self {
        let font = face.font();
        let mut ascii = [0.0; 128];
        for (code, width) in (0u8..).zip(ascii.iter_mut()) {
            if code >= 32 {
                *width = fonts.glyph_width(&font, char::from(code));
            }
        }
        // what CCGs' texts hold beside ASCII; anything else counts as a wide letter
        let others = "‘’“”–—•…£éèáöüñçâêîô".chars().map(|c| (c, fonts.glyph_width(&font, c))).collect();
        Self { usual: ascii[usize::from(b'm')], ascii, others }
    }

    fn width(&self, c: char) -> f32 {
        match self.ascii.get(c as usize) {
            Some(width) => *width,
            None => self.others.get(&c).copied().unwrap_or(self.usual),
        }
    }
}

impl Estimator {
    /// Looks up the widths once.
    #[must_use]
    pub fn new(ctx: &egui::Context) -> Self {
        ctx.fonts_mut(|fonts| Self {
            body: Glyphs::of(fonts, Face::First),
            title: Glyphs::of(fonts, Face::Title),
            aside: Glyphs::of(fonts, Face::Aside),
        })
    }

    fn glyphs(&self, face: Face) -> &Glyphs {
        match face {
            Face::Title => &self.title,
            Face::First | Face::Second => &self.body,
            Face::Aside => &self.aside,
        }
    }

    /// How many lines a text takes when words wrap at a width; an aside goes on in the last line.
    fn lines(&self, text: &str, aside: &str, face: Face, width: f32) -> usize {
        let mut line = Line { lines: 1, x: 0.0, word: 0.0, width };
        for c in text.chars() {
            line.take(c, self.glyphs(face).width(c));
        }
        for c in aside.chars() {
            line.take(c, self.aside.width(c));
        }
        line.end();
        line.lines
    }

    /// The height of a cell's parts for a width, nearly.
    #[must_use]
    pub fn estimate(&self, parts: &[Part<'_>], width: f32) -> f32 {
        let height = |part: &Part<'_>| match part {
            Part::Pill(_) => pill::HEIGHT + PILL_GAP,
            Part::Text { text, aside, face, lead } => {
                self.lines(text, aside, *face, (width - lead.indent()).max(20.0)) as f32 * face.line() + part.gap()
            }
        };
        parts.iter().map(height).sum()
    }
}

/// Greedy word wrap.
struct Line {
    lines: usize,
    /// How far the line goes, with its spaces.
    x: f32,
    /// How wide the word is that has begun.
    word: f32,
    width: f32,
}

impl Line {
    fn take(&mut self, c: char, width: f32) {
        if c == ' ' {
            self.end();
            self.x += width;
        } else {
            self.word += width;
            if matches!(c, '-' | '/' | '–') {
                self.end();
            }
        }
    }

    fn end(&mut self) {
        if self.word > 0.0 && self.x > 0.0 && self.x + self.word > self.width {
            self.lines += 1;
            self.x = 0.0;
        }
        self.x += self.word;
        while self.x > self.width && self.word > self.width {
            self.lines += 1;
            self.x -= self.width;
        }
        self.word = 0.0;
    }
}

/// What a layout depends on beside the words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LayoutKey {
    /// Column widths in points.
    pub widths: Vec<f32>,
    /// Pixels a point: rounding differs.
    pub pixels_per_point: f32,
}

/// Hashes ids by what is random in them already: thousands are looked up for every letter of a search.
#[derive(Debug, Clone, Copy, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for eight in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..eight.len()].copy_from_slice(eight);
            self.0 = (self.0.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
}

/// Something kept by a row's id.
pub type ById<T> = HashMap<Id, T, BuildHasherDefault<IdHasher>>;

#[derive(Debug, Clone, Copy)]
struct Kept {
    /// What the row held when it was measured.
    stamp: u64,
    height: f32,
    exact: bool,
}

/// The heights of all rows, and where each begins.
#[derive(Debug, Default)]
pub struct RowHeights {
    key: LayoutKey,
    kept: ById<Kept>,
    /// Where row `i` begins, and last where the table ends. In f64: thousands of rows add up.
    tops: Vec<f64>,
}

/// A row as heights see it.
pub enum Sized {
    /// Always as high.
    Fixed(f32),
    /// As high as its words need: its id, a stamp of what it holds, and a guess made only if needed.
    Words(Id, u64),
}

impl RowHeights {
    /// Takes in rows that may have changed: what is known of unchanged rows is kept, the rest guessed.
    pub fn fill(&mut self, key: LayoutKey, rows: impl Iterator<Item = Sized>, mut guess: impl FnMut(Id) -> f32) {
        if key != self.key {
            self.kept.clear();
            self.key = key;
        }
        self.tops.clear();
        self.tops.push(0.0);
        let mut top = 0.0;
        for row in rows {
            top += f64::from(match row {
                Sized::Fixed(height) => height,
                Sized::Words(id, stamp) => match self.kept.get(&id) {
                    Some(kept) if kept.stamp == stamp => kept.height,
                    _ => {
                        let height = guess(id);
                        self.kept.insert(id, Kept { stamp, height, exact: false });
                        height
                    }
                },
            });
            self.tops.push(top);
        }
    }

    /// Whether a row was measured, not guessed.
    #[must_use]
    pub fn is_exact(&self, id: Id) -> bool {
        self.kept.get(&id).is_some_and(|kept| kept.exact)
    }

    /// Takes in a measured height of row number `place`; gives by how much it differs from the guess.
    pub fn measured(&mut self, place: usize, id: Id, height: f32) -> f32 {
        let Some(kept) = self.kept.get_mut(&id) else { return 0.0 };
        let difference = height - kept.height;
        kept.height = height;
        kept.exact = true;
        if difference != 0.0 {
            for top in self.tops.iter_mut().skip(place + 1) {
                *top += f64::from(difference);
            }
        }
        difference
    }

    /// Forgets a row: it was opened or closed.
    pub fn forget(&mut self, id: Id) {
        self.kept.remove(&id);
    }

    /// Where a row begins, in points from the first; the number after the last gives the end.
    #[must_use]
    pub fn top(&self, row: usize) -> f32 {
        self.tops.get(row).or(self.tops.last()).copied().unwrap_or(0.0) as f32
    }

    /// The key that heights hold for.
    #[must_use]
    pub fn key(&self) -> &LayoutKey {
        &self.key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_rows_keep_their_height_and_changed_ones_are_guessed_anew() {
        let ids = [Id::NIL.derive(&["a"]), Id::NIL.derive(&["b"])];
        let mut heights = RowHeights::default();
        let key = LayoutKey { widths: vec![100.0], pixels_per_point: 1.0 };
        let rows = |stamp: u64| [Sized::Fixed(30.0), Sized::Words(ids[0], 1), Sized::Words(ids[1], stamp)].into_iter();
        heights.fill(key.clone(), rows(1), |_| 50.0);
        assert_eq!(heights.measured(1, ids[0], 60.0), 10.0, "ten more than guessed");
        assert_eq!([heights.top(1), heights.top(2), heights.top(3)], [30.0, 90.0, 140.0], "what follows moves down");
        heights.fill(key, rows(2), |_| 70.0);
        assert_eq!([heights.top(2), heights.top(3)], [90.0, 160.0], "only the changed row is guessed again");
        assert!(heights.is_exact(ids[0]) && !heights.is_exact(ids[1]), "and known to be a guess");
    }
}
