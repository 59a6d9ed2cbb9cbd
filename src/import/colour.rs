//! Cell colours that stand for a word: red, amber, green, and blue for done.

/// The words that a colour stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rag {
    Red,
    Amber,
    Green,
    Blue,
}

impl Rag {
    /// The word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Red => "Red",
            Self::Amber => "Amber",
            Self::Green => "Green",
            Self::Blue => "Blue",
        }
    }

    /// What a colour stands for; a pale one, a grey or any other stands for nothing.
    pub(super) fn of(colour: [u8; 3]) -> Option<Self> {
        let [red, green, blue] = colour.map(i32::from);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let spread = most - least;
        // dull or dark: a third of the way from grey at least, and not near black
        if spread * 100 < most * 45 || most < 96 {
            return None;
        }
        let turn = if most == red {
            (green - blue) * 60 / spread
        } else if most == green {
            120 + (blue - red) * 60 / spread
        } else {
            240 + (red - green) * 60 / spread
        };
        match turn.rem_euclid(360) {
            0..=14 | 346..=359 => Some(Self::Red),
            20..=65 => Some(Self::Amber),
            80..=165 => Some(Self::Green),
            190..=250 => Some(Self::Blue),
            _ => None,
        }
    }

    /// Whether a cell's text leaves it to its colour: it is blank, or holds the colour's own letter.
    fn is_for(self, text: &str) -> bool {
        let text = text.trim();
        let letter = self.word().get(..1).unwrap_or_default();
        text.is_empty() || text.eq_ignore_ascii_case(letter)
    }
}

/// For each cell of a row, its text and its colour, the word that its colour is to be read as. A colour
/// that the words of the row stand on too is decoration.
pub(super) fn words_of_row(cells: &[(&str, Option<[u8; 3]>)]) -> Vec<Option<Rag>> {
    let words = cells.iter().filter(|(text, _)| text.trim().chars().count() > 1);
    let said: Vec<Option<[u8; 3]>> = words.map(|(_, fill)| *fill).collect();
    let word = |(text, fill): &(&str, Option<[u8; 3]>)| {
        let rag = fill.and_then(Rag::of)?;
        let stands_out = !said.is_empty() && !said.contains(fill);
        (rag.is_for(text) && (stands_out || !text.trim().is_empty())).then_some(rag)
    };
    cells.iter().map(word).collect()
}

/// What to say of colours that were read: "1 Red, 2 Green".
pub(super) fn told(counts: impl Iterator<Item = (Rag, usize)>) -> String {
    counts.map(|(rag, count)| format!("{count} {}", rag.word())).collect::<Vec<_>>().join(", ")
}

/// "FFC000", "#ffc000" or "FFFFC000" as red, green and blue.
pub(super) fn from_hex(hex: &str) -> Option<[u8; 3]> {
    let hex = hex.trim().trim_start_matches('#');
    let hex = if hex.len() == 8 { hex.get(2..)? } else { hex };
    let number = (hex.len() == 6).then(|| u32::from_str_radix(hex, 16).ok()).flatten()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_colours_have_a_word_and_pale_ones_none() {
        for (hex, word) in [
            ("FF0000", Some(Rag::Red)),
            ("C00000", Some(Rag::Red)),
            ("FFC000", Some(Rag::Amber)),
            ("FFFF00", Some(Rag::Amber)),
            ("#92d050", Some(Rag::Green)),
            ("FF00B050", Some(Rag::Green)),
            ("0070C0", Some(Rag::Blue)),
            ("FFFFFF", None),
            ("D9D9D9", None),
            ("000000", None),
            ("DCE6F1", None),
            ("7030A0", None),
        ] {
            assert_eq!(from_hex(hex).and_then(Rag::of), word, "{hex}");
        }
        assert_eq!(from_hex("transparent"), None, "no colour");
        assert!(Rag::Green.is_for(" g "), "its letter");
        assert!(!Rag::Green.is_for("A"), "another letter says more than the colour");
    }
}
