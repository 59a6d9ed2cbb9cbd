//! Positions that repeat another recommendation's, word for word: all of it, or more than half of either.

use super::{Gap, Look, Rule};
use crate::model::text::{blocks, fold};
use crate::model::{Entity, Id, Recommendation};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A position of fewer words says too little to be taken for a copy: "In place", "See above". Copies are known by
/// runs of so many words.
const RUN: usize = 8;

/// Of a copy of a part so many words must be the same: fewer are a turn of phrase.
const PART: usize = 12;

/// What a recommendation's position repeats.
pub(super) struct Copy {
    of: Id,
    how: How,
}

#[derive(Clone, Copy)]
enum How {
    Whole,
    /// Most of it stands there, too.
    Most,
    /// It says what the other says, and more.
    More,
}

/// A position that was read, with how many words it has.
struct Read {
    recommendation: Id,
    words: usize,
}

/// Recommendations whose position repeats an earlier one's, with that earlier one. Every word is looked at once.
pub(super) fn copies(look: &Look<'_>) -> HashMap<Id, Copy> {
    let mut read: Vec<Read> = Vec::new();
    let mut holders: HashMap<u64, usize> = HashMap::new();
    let mut found = HashMap::new();
    for id in &look.index.recommendations {
        for position in look.index.positions_at(look.plan, *id, look.as_at) {
            let words = words(&position.text);
            let runs: Vec<u64> = words.windows(RUN).map(key).collect();
            if let Some(copy) = most_of(*id, words.len(), &runs, &holders, &read) {
                found.entry(*id).or_insert(copy);
            }
            for run in runs {
                holders.entry(run).or_insert(read.len());
            }
            read.push(Read { recommendation: *id, words: words.len() });
        }
    }
    found
}

/// What a run of words is known by, the same in every program.
fn key(run: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    run.hash(&mut hasher);
    hasher.finish()
}

fn words(text: &str) -> Vec<String> {
    let letters = |c: char| c.is_alphanumeric() || c == '\'';
    let folded = blocks(text).map(|block| fold(block.text));
    folded
        .flat_map(|line| {
            let words = line.split(|c: char| !letters(c)).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}

/// The earlier position of another recommendation with which one has most in common, if that is enough.
fn most_of(row: Id, words: usize, runs: &[u64], holders: &HashMap<u64, usize>, read: &[Read]) -> Option<Copy> {
    // by earlier position: up to where the words are counted, and how many of them are the same
    let mut same: HashMap<usize, (usize, usize)> = HashMap::new();
    for (at, run) in runs.iter().enumerate() {
        let Some(holder) = holders.get(run) else { continue };
        let (end, count) = same.entry(*holder).or_default();
        *count += at + RUN - at.max(*end);
        *end = at + RUN;
    }
    let others = same.into_iter().filter_map(|(at, (_, count))| Some((count, read.get(at)?, at)));
    let others = others.filter(|(_, other, _)| other.recommendation != row);
    let (count, other, _) = others.max_by_key(|(count, _, at)| (*count, std::cmp::Reverse(*at)))?;
    let how = match () {
        () if count == words && count == other.words => How::Whole,
        () if count < PART => return None,
        () if count * 2 >= words => How::Most,
        () if count * 2 >= other.words => How::More,
        () => return None,
    };
    Some(Copy { of: other.recommendation, how })
}

/// The gap of a recommendation whose position is a copy.
pub(super) fn gap(look: &Look<'_>, row: &Recommendation, copy: &Copy) -> Gap {
    let name = look.plan.recommendations.get(&copy.of).map(|row| look.plan.reference_name(row)).unwrap_or_default();
    let text = match copy.how {
        How::Whole => format!("Its position says word for word what that on {name} says"),
        How::Most => format!("Most of its position stands word for word on {name}, too"),
        How::More => format!("Its position says word for word most of what that on {name} says, and more"),
    };
    let gap = Gap::at(Rule::Repeated, Entity::Recommendation, row.id, text);
    Gap { about: copy.of.to_string(), ..gap.with(Entity::Recommendation, copy.of) }
}
