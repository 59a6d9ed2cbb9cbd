//! Withheld texts as pieces of [`PIECE`] bytes at every offset, looked for in bytes of any kind.
//!
//! A rolling hash finds the places where a piece may stand; the bytes themselves decide. Time grows with the bytes
//! that are looked through, memory with the pieces, of which one set holds so many and no more.

use super::sought::{Sought, State};

/// The length of a piece. Shorter texts are looked for whole, see [`super::short`].
pub(super) const PIECE: usize = 24;

/// The hash's base: odd, so that no byte is ever multiplied away.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// What spreads a hash over the table: its low bits depend on the last bytes only.
const SPREAD: u64 = 0xd6e8_feb8_6659_fd93;
/// The base to the power of a piece's length.
const LEAVES: u64 = {
    let (mut power, mut step) = (1_u64, 0);
    while step < PIECE {
        power = power.wrapping_mul(BASE);
        step += 1;
    }
    power
};

/// A place in the table.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u64,
    /// Where the piece begins in the texts; [`FREE`] for none.
    at: u32,
    state: State,
}

const FREE: u32 = u32::MAX;
const NONE: Slot = Slot { hash: 0, at: FREE, state: State::Wanted };
/// How large the table is at first, a power of two; it grows as it fills.
const FIRST_SLOTS: usize = 1 << 12;

/// A set of pieces.
pub(super) struct Pieces {
    texts: Vec<u8>,
    slots: Vec<Slot>,
    /// Two bits a hash in one word, so that nearly all places are passed over without a look at the table.
    sieve: Vec<u64>,
    count: usize,
    seen: usize,
    most: usize,
    most_bytes: usize,
}

impl Pieces {
    /// A set that holds at most so many pieces.
    pub(super) fn new(most: usize) -> Self {
        let most = most.max(1);
        Self {
            texts: Vec::new(),
            slots: vec![NONE; FIRST_SLOTS],
            sieve: vec![0; FIRST_SLOTS / 8],
            count: 0,
            seen: 0,
            most,
            most_bytes: most.saturating_mul(32).min(FREE as usize / 2),
        }
    }

    /// Forgets all pieces.
    pub(super) fn clear(&mut self) {
        if self.count > 0 {
            self.slots.fill(NONE);
            self.sieve.fill(0);
        }
        self.texts.clear();
        (self.count, self.seen) = (0, 0);
    }

    /// Whether no piece is looked for.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes in the pieces of a text and says where it had to stop, the set being full: what begins there is for
    /// the next set. `None` when all of it is in.
    pub(super) fn add(&mut self, text: &[u8]) -> Option<usize> {
        if text.len() < PIECE {
            return None;
        }
        let room = self.most_bytes.saturating_sub(self.texts.len()).max(if self.count == 0 { PIECE } else { 0 });
        let (part, cut) = if text.len() > room { (&text[..room], true) } else { (text, false) };
        let (begins, before) = (self.texts.len(), self.count);
        self.texts.extend_from_slice(part);
        let mut stopped = (cut || part.len() < PIECE).then(|| (part.len() + 1).saturating_sub(PIECE));
        let mut roll = Roll::default();
        for (end, byte) in part.iter().enumerate() {
            let leaving = if end < PIECE { 0 } else { part[end - PIECE] };
            roll.step(*byte, leaving);
            if end + 1 >= PIECE {
                let start = end + 1 - PIECE;
                if self.count == self.most {
                    stopped = Some(start);
                    break;
                }
                self.insert(roll.hash, begins + start);
            }
        }
        if self.count == before {
            // all of it is known already
            self.texts.truncate(begins);
        }
        stopped
    }

    fn insert(&mut self, hash: u64, at: usize) {
        let Ok(at_short) = u32::try_from(at) else { return };
        let mut place = self.place(hash);
        loop {
            let slot = self.slots[place];
            if slot.at == FREE {
                break;
            }
            if slot.hash == hash && self.piece(slot.at) == &self.texts[at..at + PIECE] {
                return;
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
        self.put(place, Slot { hash, at: at_short, state: State::Wanted });
        self.count += 1;
        if self.count * 2 > self.slots.len() {
            self.grow();
        }
    }

    fn put(&mut self, place: usize, slot: Slot) {
        self.slots[place] = slot;
        let (word, bits) = sieve_place(self.sieve.len(), slot.hash);
        self.sieve[word] |= bits;
    }

    fn grow(&mut self) {
        let slots = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![NONE; slots]);
        self.sieve = vec![0; slots / 8];
        for slot in old.into_iter().filter(|slot| slot.at != FREE) {
            let mut place = self.place(slot.hash);
            while self.slots[place].at != FREE {
                place = (place + 1) & (slots - 1);
            }
            self.put(place, slot);
        }
    }

    fn piece(&self, at: u32) -> &[u8] {
        let at = at as usize;
        &self.texts[at..at + PIECE]
    }

    fn place(&self, hash: u64) -> usize {
        let bits = self.slots.len().trailing_zeros();
        usize::try_from(hash.wrapping_mul(SPREAD) >> (64 - bits)).unwrap_or(0)
    }

    /// The slot of a piece; `None` where it is none of the set.
    fn slot_of(&self, hash: u64, bytes: &[u8]) -> Option<usize> {
        let mut place = self.place(hash);
        loop {
            let slot = self.slots[place];
            if slot.at == FREE {
                return None;
            }
            if slot.hash == hash && self.piece(slot.at) == bytes {
                return Some(place);
            }
            place = (place + 1) & (self.slots.len() - 1);
        }
    }

    fn turn_one(&mut self, hash: u64, bytes: &[u8], from: State, to: State) -> usize {
        let Some(place) = self.slot_of(hash, bytes).filter(|place| self.slots[*place].state == from) else { return 0 };
        self.slots[place].state = to;
        1
    }
}

impl Sought for Pieces {
    fn turn(&mut self, bytes: &[u8], from: State, to: State) -> usize {
        let Some((first, rest)) = bytes.split_at_checked(PIECE) else { return 0 };
        if self.count == 0 {
            return 0;
        }
        // out of the way of what is turned, so that the loop need not look it up again for every byte
        let sieve = std::mem::take(&mut self.sieve);
        let mut roll = Roll::default();
        first.iter().for_each(|byte| roll.step(*byte, 0));
        let mut turned = self.turn_one(roll.hash, first, from, to);
        // what comes at the end, and what leaves at the beginning
        for (left, (comes, leaves)) in rest.iter().zip(bytes).enumerate() {
            roll.step(*comes, *leaves);
            let (word, bits) = sieve_place(sieve.len(), roll.hash);
            if sieve[word] & bits == bits {
                turned += self.turn_one(roll.hash, &bytes[left + 1..left + 1 + PIECE], from, to);
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

/// The word of a sieve of so many (a power of two) that a hash belongs to, and its bits there.
fn sieve_place(words: usize, hash: u64) -> (usize, u64) {
    let spread = hash.wrapping_mul(SPREAD);
    let word = usize::try_from(spread >> 32).unwrap_or(0) & (words - 1);
    (word, 1 << (spread >> 26 & 63) | 1 << (spread >> 20 & 63))
}

/// The hash of the last [`PIECE`] bytes.
#[derive(Default)]
struct Roll {
    hash: u64,
}

impl Roll {
    fn step(&mut self, comes: u8, leaves: u8) {
        let without = u64::from(leaves).wrapping_mul(LEAVES);
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(u64::from(comes)).wrapping_sub(without);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(texts: &[&[u8]]) -> Pieces {
        let mut pieces = Pieces::new(1 << 12);
        for text in texts {
            assert_eq!(pieces.add(text), None, "there is room");
        }
        pieces
    }

    #[test]
    fn a_text_below_the_length_of_a_piece_is_none() {
        assert!(set(&[b"twenty-three bytes long"]).is_empty(), "shorter texts are looked for whole");
        assert!(!set(&[b"twenty-four bytes, look!"]).is_empty(), "this is one");
    }

    #[test]
    fn a_full_set_says_where_it_stopped_and_the_next_goes_on_there() {
        let text: Vec<u8> = (0..200_u8).collect();
        let mut pieces = Pieces::new(50);
        let (mut from, mut sets) = (0, 0);
        loop {
            let stopped = pieces.add(&text[from..]);
            sets += 1;
            // each piece stands in one of the sets
            let end = stopped.map_or(text.len(), |stopped| from + stopped + PIECE - 1);
            pieces.see(&text[from..end]);
            assert_eq!(pieces.seen(), end - from + 1 - PIECE, "from the first on");
            let Some(stopped) = stopped else { break };
            assert!(stopped > 0, "it goes on");
            from += stopped;
            pieces.clear();
        }
        assert_eq!(sets, (200 - PIECE + 1).div_ceil(50), "no piece is left out");
    }

    #[test]
    fn the_same_text_again_takes_no_room() {
        let mut pieces = set(&[b"The patient's daughter rang on Monday about the ward."]);
        let (count, bytes) = (pieces.count, pieces.texts.len());
        assert_eq!(pieces.add(b"The patient's daughter rang on Monday"), None);
        assert_eq!((pieces.count, pieces.texts.len()), (count, bytes), "known already");
    }

    proptest! {
        #[test]
        fn a_planted_piece_is_found_wherever_it_stands(
            text in proptest::collection::vec(any::<u8>(), PIECE..90),
            before in proptest::collection::vec(any::<u8>(), 0..120),
            after in proptest::collection::vec(any::<u8>(), 0..120),
            start in 0..70_usize,
        ) {
            let mut pieces = set(&[&text]);
            let start = start.min(text.len() - PIECE);
            let bytes = [&before[..], &text[start..start + PIECE], &after].concat();
            pieces.see(&bytes);
            prop_assert!(pieces.seen() > 0, "it is found");
        }

        #[test]
        fn what_goes_as_well_is_passed_over_and_nothing_else(
            goes in "[a-c ]{24,60}",
            kept in "[a-c ]{24,60}",
        ) {
            let mut pieces = set(&[kept.as_bytes()]);
            pieces.see(format!("{goes} {kept}").as_bytes());
            let distinct: std::collections::BTreeSet<&[u8]> = kept.as_bytes().windows(PIECE).collect();
            prop_assert_eq!(pieces.seen(), distinct.len(), "all of them stand there");
            pieces.pass_over(goes.as_bytes());
            let alone = distinct.iter().filter(|piece| !goes.as_bytes().windows(PIECE).any(|one| one == **piece));
            prop_assert_eq!(pieces.seen(), alone.count(), "those that do not go");
        }
    }
}
