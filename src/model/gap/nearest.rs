//! Which action of the plan a promise may mean: the one that shares most of the words that tell something.

use super::Look;
use crate::model::text::{blocks, fold};
use crate::model::{Action, Position, Recommendation};
use std::collections::{BTreeSet, HashMap};

/// So many words that tell something must be shared.
const SHARED: usize = 3;

/// Shorter words tell nothing.
const SHORT: usize = 4;

/// Words that stand in every text and tell nothing of what it is about.
const EMPTY: &[&str] = &[
    "about",
    "above",
    "across",
    "action",
    "actions",
    "after",
    "again",
    "against",
    "also",
    "because",
    "been",
    "before",
    "being",
    "below",
    "between",
    "both",
    "could",
    "each",
    "ensure",
    "every",
    "from",
    "further",
    "given",
    "have",
    "having",
    "here",
    "into",
    "make",
    "more",
    "most",
    "much",
    "need",
    "needs",
    "number",
    "only",
    "other",
    "over",
    "place",
    "recommendation",
    "recommendations",
    "reflected",
    "relation",
    "same",
    "shall",
    "should",
    "some",
    "such",
    "system",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "through",
    "under",
    "upon",
    "used",
    "very",
    "want",
    "well",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "will",
    "with",
    "within",
    "would",
    "your",
];

const ENDINGS: [&str; 9] = ["ments", "ment", "ings", "ing", "ies", "ed", "es", "ly", "s"];

/// The words of a text that tell what it is about, folded and without their endings.
pub(super) fn telling(text: &str) -> BTreeSet<String> {
    let folded = fold(text).replace("action plan", " ");
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.len() >= SHORT && word.chars().any(char::is_alphabetic));
    words.filter(|word| EMPTY.binary_search(word).is_err()).map(stem).collect()
}

fn stem(word: &str) -> String {
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= SHORT));
    stem.unwrap_or(word).to_owned()
}

/// The words of a plan's actions, to look promises up in.
pub(super) struct Nearest<'p> {
    actions: Vec<&'p Action>,
    by_word: HashMap<String, Vec<usize>>,
    /// Words of nearly every position: the organisation's own name.
    house: BTreeSet<String>,
}

impl<'p> Nearest<'p> {
    pub(super) fn of(look: &Look<'p>) -> Self {
        let house = house_words(look.plan.positions.values());
        let actions: Vec<&Action> = look.plan.actions.values().collect();
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, action) in actions.iter().enumerate() {
            for word in telling(&action.text) {
                by_word.entry(word).or_default().push(at);
            }
        }
        // what half of the actions say points at none of them; and a plan of thousands need not look at thousands
        let most = (actions.len() / 2).clamp(3, 100);
        by_word.retain(|_, at| at.len() <= most);
        Self { actions, by_word, house }
    }

    /// The action that a recommendation's positions may mean: of those that share enough words the one that shares
    /// the rarest.
    pub(super) fn to(&self, row: &Recommendation, now: &[&Position]) -> Option<&'p Action> {
        let mut words = telling(row.shown_title());
        words.extend(now.iter().flat_map(|position| telling(&position.text)));
        let mut shared: HashMap<usize, (usize, f64)> = HashMap::new();
        for at in words.difference(&self.house).filter_map(|word| self.by_word.get(word)) {
            // a word of few actions tells more than one of many
            let worth = ((1.0 + self.actions.len() as f64) / at.len() as f64).ln();
            for action in at {
                let found = shared.entry(*action).or_default();
                *found = (found.0 + 1, found.1 + worth);
            }
        }
        let near = shared.into_iter().filter(|(_, (words, _))| *words >= SHARED);
        let best = near.max_by(|(a, (_, mine)), (b, (_, theirs))| mine.total_cmp(theirs).then(b.cmp(a)));
        best.and_then(|(at, _)| self.actions.get(at).copied())
    }
}

fn house_words<'p>(positions: impl Iterator<Item = &'p Position>) -> BTreeSet<String> {
    let mut count = 0;
    let mut often: HashMap<String, usize> = HashMap::new();
    for position in positions {
        count += 1;
        let text: Vec<&str> = blocks(&position.text).map(|block| block.text).collect();
        for word in telling(&text.join(" ")) {
            *often.entry(word).or_default() += 1;
        }
    }
    // of a handful of positions every word may stand in most
    let is_house = |times: usize| count >= 8 && times * 3 > count * 2;
    often.into_iter().filter(|(_, times)| is_house(*times)).map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_tell_something_are_looked_at() {
        let words =
            telling("This should be reflected in the action plan: engaging patients, patient engagement (2013)");
        assert_eq!(Vec::from_iter(words), ["engag", "engage", "patient"]);
    }

    #[test]
    fn the_empty_words_are_in_order_as_the_search_wants_them() {
        assert!(EMPTY.is_sorted());
    }
}
