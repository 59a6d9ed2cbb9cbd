//! Withheld texts shorter than a piece: names, references, a word or two. Looked for whole.
//!
//! Most places are passed over by their first four bytes; what may begin there is then looked up by its length. So
//! the time does not grow with the number of texts.

use super::pieces::PIECE;
use super::sought::{Sought, State};
use super::withheld::LEAST;
use std::collections::HashMap;

/// How many bytes of texts are looked for at once.
const MOST_BYTES: usize = 4 << 20;
/// What spreads four bytes over the sieve.
const SPREAD: u32 = 0x9e37_79b1;
/// How many bits of them choose a place of the sieve.
const SIEVE_BITS: u32 = 20;

/// A set of short texts.
pub(super) struct Short {
    texts: HashMap<Box<[u8]>, State>,
    /// Of the texts with the same first four bytes a bit for each length.
    lengths: HashMap<u32, u32>,
    /// A bit for first bytes that some text has.
    sieve: Vec<u64>,
    bytes: usize,
    seen: usize,
}

impl Default for Short {
    fn default() -> Self {
        Self {
            texts: HashMap::new(),
            lengths: HashMap::new(),
            sieve: vec![0; 1 << (SIEVE_BITS - 6)],
            bytes: 0,
            seen: 0,
        }
    }
}

fn sieve_place(first: u32) -> (usize, u64) {
    let at = first.wrapping_mul(SPREAD) >> (32 - SIEVE_BITS);
    (usize::try_from(at / 64).unwrap_or(0), 1 << (at % 64))
}

impl Short {
    /// Takes a text in, if it is one; whether the set is full now.
    pub(super) fn add(&mut self, text: &[u8]) -> bool {
        if (LEAST..PIECE).contains(&text.len()) && !self.texts.contains_key(text) {
            self.bytes += text.len();
            self.texts.insert(text.into(), State::Wanted);
            let first = text[..LEAST].iter().fold(0, |first, byte| first << 8 | u32::from(*byte));
            *self.lengths.entry(first).or_default() |= 1 << text.len();
            let (word, bit) = sieve_place(first);
            self.sieve[word] |= bit;
        }
        self.bytes >= MOST_BYTES
    }

    /// Forgets all texts.
    pub(super) fn clear(&mut self) {
        self.texts.clear();
        self.lengths.clear();
        self.sieve.fill(0);
        (self.bytes, self.seen) = (0, 0);
    }

    /// Whether there is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Turns the texts that begin here; how many they were.
    fn turn_here(&mut self, first: u32, bytes: &[u8], from: State, to: State) -> usize {
        let mut turned = 0;
        let mut lengths = self.lengths.get(&first).copied().unwrap_or(0);
        while lengths != 0 {
            let length = usize::try_from(lengths.trailing_zeros()).unwrap_or(0);
            lengths &= lengths - 1;
            if let Some(state) = bytes.get(..length).and_then(|text| self.texts.get_mut(text))
                && *state == from
            {
                *state = to;
                turned += 1;
            }
        }
        turned
    }
}

impl Sought for Short {
    fn turn(&mut self, bytes: &[u8], from: State, to: State) -> usize {
        if self.texts.is_empty() {
            return 0;
        }
        // out of the way of what is turned, so that the loop need not look it up again for every byte
        let sieve = std::mem::take(&mut self.sieve);
        let (mut turned, mut first) = (0, 0_u32);
        for (end, byte) in bytes.iter().enumerate() {
            first = first << 8 | u32::from(*byte);
            let (word, bit) = sieve_place(first);
            if sieve[word] & bit != 0
                && let Some(start) = (end + 1).checked_sub(LEAST)
            {
                turned += self.turn_here(first, &bytes[start..], from, to);
            }
        }
        self.sieve = sieve;
        turned
    }

    fn seen(&self) -> usize {
        self.seen
    }

    fn seen_mut(&mut self) -> &mut usize {
        &mut self.seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(texts: &[&str]) -> Short {
        let mut short = Short::default();
        for text in texts {
            short.add(text.as_bytes());
        }
        short
    }

    #[test]
    fn a_short_text_is_seen_whole_and_passed_over_where_it_goes_too() {
        let texts = ["C/0041", "C/00412", "Ward 4", "abc", "a text that is long enough to be one of pieces"];
        let seen = |bytes: &[u8]| {
            let mut short = set(&texts);
            short.see(bytes);
            short.seen()
        };
        assert_eq!(seen(b"xxabcxx a text that is long enough to be one of pieces"), 0, "too short, too long");
        assert_eq!(seen(b"about C/0041."), 1, "a reference");
        assert_eq!(seen(b"about C/00412 and C/00412"), 2, "and the longer one, each once");
        assert_eq!(seen(b"about C/004"), 0, "not a part of it");
        let mut short = set(&texts);
        short.see(b"C/0041 on Ward 4");
        short.pass_over(b"the visit to Ward 4 went well");
        assert_eq!(short.seen(), 1, "the ward goes as well");
        short.pass_over(b"C/0041");
        assert_eq!(short.seen(), 0);
    }

    proptest! {
        #[test]
        fn what_is_seen_is_what_stands_there(
            texts in proptest::collection::vec("[ab]{4,8}", 1..12),
            bytes in "[ab]{0,60}",
        ) {
            let mut short = Short::default();
            for text in &texts {
                short.add(text.as_bytes());
            }
            short.see(bytes.as_bytes());
            let distinct: std::collections::BTreeSet<&String> = texts.iter().collect();
            let stand = distinct.iter().filter(|text| bytes.contains(text.as_str())).count();
            prop_assert_eq!(short.seen(), stand);
        }
    }
}
