//! What withheld texts have in common, however they are looked for: each is wanted until it is seen in the copy, and
//! passed over where it stands in what goes as well.

/// What is known of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is looked for.
    Wanted,
    /// It stands in the copy.
    Seen,
    /// It stands in what goes as well.
    Goes,
}

/// A set of texts that are looked for.
pub(super) trait Sought {
    /// Turns the texts that stand here from one state to another; how many they were.
    fn turn(&mut self, bytes: &[u8], from: State, to: State) -> usize;

    /// How many stand in the copy and not in what goes, as far as it was looked at.
    fn seen(&self) -> usize;

    /// The same, to be changed.
    fn seen_mut(&mut self) -> &mut usize;

    /// Notes the texts that stand in a part of the copy.
    fn see(&mut self, bytes: &[u8]) {
        let turned = self.turn(bytes, State::Wanted, State::Seen);
        *self.seen_mut() += turned;
    }

    /// Passes over the texts that stand in what goes as well.
    fn pass_over(&mut self, goes: &[u8]) {
        if self.seen() > 0 {
            let turned = self.turn(goes, State::Seen, State::Goes);
            *self.seen_mut() -= turned;
        }
    }
}
