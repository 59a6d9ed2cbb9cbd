//! The whole story of a recommendation: where it stood at two dates, how its wording differs from what was
//! published, what words in it point at, what shows that it is so, and who changed what when.
//!
//! All of it follows from the plan and its journal. What is put back is a new edit like any other.

pub mod history;
mod links;
mod order;
mod restore;
#[cfg(test)]
mod tests;
mod then_now;

pub use links::{
    GoneTarget, Link, Points, add_reference, lacking_targets, links_in, number_in, point_at, points_at,
    remove_reference, targets,
};
pub use order::move_action;
pub use restore::{NotBack, bring_back, put_back};
pub use then_now::{Moment, Stand, as_dated, delete_position, moments, start_position, usual};

use super::text::{Run, word_diff};
use super::{Evidence, Id, Index, Plan, PositionState};
use chrono::NaiveDate;

/// How many words two texts differ in: where words replace each other, the larger number of the two. Bullets and
/// other marks are none.
#[must_use]
pub fn words_apart(old: &str, new: &str) -> usize {
    // a bullet or a dash is no word
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    let count = |text: &str| text.split_whitespace().filter(is_word).count();
    let (mut apart, mut gone, mut added) = (0, 0, 0);
    for run in word_diff(old, new) {
        match run {
            Run::Gone(text) => gone += count(text),
            Run::New(text) => added += count(text),
            // a space between two words that both differ parts nothing
            Run::Same(text) if text.trim().is_empty() => {}
            Run::Same(_) => {
                apart += gone.max(added);
                (gone, added) = (0, 0);
            }
        }
    }
    apart + gone.max(added)
}

/// Whether a recommendation is said to be in place as at a date, and nothing shows it.
#[must_use]
pub fn lacks_evidence(plan: &Plan, index: &Index, recommendation: Id, as_at: NaiveDate) -> bool {
    let now = index.positions_at(plan, recommendation, as_at);
    now.iter().any(|position| position.state == Some(PositionState::InPlace))
        && index.evidence(plan, recommendation).is_empty()
}

/// Whether evidence can be relied on as at a date no more.
#[must_use]
pub fn is_out_of_date(evidence: &Evidence, as_at: NaiveDate) -> bool {
    evidence.valid_until.is_some_and(|last| last < as_at)
}
