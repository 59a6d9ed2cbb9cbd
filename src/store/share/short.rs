//! Withheld texts shorter than a piece: names, references, a word or two. Looked for whole.

use super::pieces::PIECE;
use aho_corasick::{AhoCorasick, BuildError, MatchKind};
use std::collections::HashSet;

/// Below this a text stands anywhere by chance.
const LEAST: usize = 4;
/// How many bytes of texts are looked for at once: the machine that finds them takes about a hundred times that.
const MOST_BYTES: usize = 1 << 20;

/// A set of short texts.
#[derive(Default)]
pub(super) struct Short {
    texts: HashSet<Vec<u8>>,
    bytes: usize,
}

/// What looks for them.
pub(super) struct Looking {
    machine: AhoCorasick,
    wanted: Vec<bool>,
    left: usize,
}

impl Short {
    /// Takes a text in, if it is one; whether the set is full now.
    pub(super) fn add(&mut self, text: &[u8]) -> bool {
        if (LEAST..PIECE).contains(&text.len()) && !self.texts.contains(text) {
            self.bytes += text.len();
            self.texts.insert(text.to_vec());
        }
        self.bytes >= MOST_BYTES
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Looks for the texts of the set, which is empty then.
    pub(super) fn looking(&mut self) -> Result<Looking, BuildError> {
        self.bytes = 0;
        let mut texts: Vec<Vec<u8>> = self.texts.drain().collect();
        texts.sort_unstable();
        let machine = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&texts)?;
        Ok(Looking { machine, wanted: vec![true; texts.len()], left: texts.len() })
    }
}

impl Looking {
    /// Passes over the texts that stand in what goes as well.
    pub(super) fn pass_over(&mut self, goes: &[u8]) {
        if self.left == 0 {
            return;
        }
        for found in self.machine.find_overlapping_iter(goes) {
            let wanted = &mut self.wanted[found.pattern().as_usize()];
            self.left -= usize::from(std::mem::replace(wanted, false));
        }
    }

    /// Where the first text that is looked for begins.
    pub(super) fn found_in(&self, bytes: &[u8]) -> Option<usize> {
        if self.left == 0 {
            return None;
        }
        let wanted = |found: &aho_corasick::Match| self.wanted[found.pattern().as_usize()];
        self.machine.find_overlapping_iter(bytes).find(wanted).map(|found| found.start())
    }

    /// Whether nothing is looked for any more.
    pub(super) fn is_empty(&self) -> bool {
        self.left == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_found_whole_and_passed_over_where_it_goes_too() {
        let mut short = Short::default();
        for text in ["C/0041", "Ward 4", "abc", "a text that is long enough to be one of pieces"] {
            short.add(text.as_bytes());
        }
        let mut looking = short.looking().expect("builds");
        assert_eq!(looking.found_in(b"xxabcxx"), None, "three letters say nothing");
        assert_eq!(looking.found_in(b"about C/0041."), Some(6), "a reference");
        assert_eq!(looking.found_in(b"about C/004"), None, "not a part of it");
        looking.pass_over(b"the visit to Ward 4 went well");
        assert_eq!(looking.found_in(b"on Ward 4"), None, "it goes as well");
        assert!(looking.found_in(b"C/0041").is_some() && !looking.is_empty(), "the other is still looked for");
        assert!(short.is_empty(), "a set is looked for once");
    }
}
