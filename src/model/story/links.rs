//! Words that point at another recommendation ("See above"), as links: where they stand in a text, what they lead
//! to, and how a person sets them.

use crate::model::intent::row_name;
use crate::model::text::fold;
use crate::model::{CrossReference, Edit, EditBuilder, Entity, Id, Plan, find};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Words of a text that point elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where they stand, in bytes of the text: whole characters.
    pub range: Range<usize>,
    /// The cross-reference whose words they are.
    pub reference: Id,
}

/// A recommendation that words pointed at and that was taken out of the plan since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneTarget {
    /// Its id: it may have come back.
    pub id: Id,
    /// Its number.
    pub reference: String,
    /// Its title as it last was.
    pub title: String,
}

/// What words point at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Points {
    /// A recommendation of the plan.
    At(Id),
    /// One that is not there: why, as the end of a sentence, "recommendation 133, which was taken out".
    Gone(String),
    /// Nobody has said.
    Unknown,
}

impl Points {
    /// In words: "Points at recommendation 133".
    #[must_use]
    pub fn words(&self, plan: &Plan) -> String {
        match self {
            Self::At(id) => {
                let row = plan.recommendations.get(id);
                let title = row.map_or("", |row| row.shown_title());
                let name = row_name(plan, Entity::Recommendation, *id);
                if title.is_empty() { format!("Points at {name}") } else { format!("Points at {name}, {title}") }
            }
            Self::Gone(what) => format!("Points at {what}"),
            Self::Unknown => "It is not known what this points at".to_owned(),
        }
    }
}

/// Where the words of cross-references stand in a text, from its beginning. Where two would lie over each other,
/// the longer words win; words within a longer word ("see 13" in "see 133") are none.
#[must_use]
pub fn links_in(text: &str, references: &[&CrossReference]) -> Vec<Link> {
    if text.is_empty() || references.is_empty() {
        return Vec::new();
    }
    let mut sorted: Vec<&&CrossReference> = references.iter().filter(|row| !row.words.trim().is_empty()).collect();
    sorted.sort_by_key(|row| (std::cmp::Reverse(row.words.len()), row.id));
    let mut found: Vec<Link> = Vec::new();
    for reference in sorted {
        for range in find::places(text, reference.words.trim()) {
            let free = found.iter().all(|link| link.range.end <= range.start || range.end <= link.range.start);
            if free && stands_alone(text, &range) {
                found.push(Link { range, reference: reference.id });
            }
        }
    }
    found.sort_by_key(|link| link.range.start);
    found
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !inside(before) && !inside(after)
}

/// What a cross-reference leads to. `gone` holds what the journal says of targets that were taken out.
#[must_use]
pub fn points_at(plan: &Plan, reference: &CrossReference, gone: &BTreeMap<Id, GoneTarget>) -> Points {
    if let Some(id) = reference.target.filter(|id| plan.recommendations.contains_key(id)) {
        return Points::At(id);
    }
    if let Some(was) = gone.get(&reference.id).filter(|was| !plan.recommendations.contains_key(&was.id)) {
        return Points::Gone(format!("recommendation {}, which was taken out", was.reference));
    }
    match number_in(&reference.words) {
        Some(number) if !plan.recommendations.values().any(|row| row.reference.eq_ignore_ascii_case(number)) => {
            Points::Gone(format!("{number}, which is not in this plan"))
        }
        _ => Points::Unknown,
    }
}

/// The number that words name, "127" of "As stated in section 127 above".
#[must_use]
pub fn number_in(words: &str) -> Option<&str> {
    let mut trimmed = words.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    trimmed.rfind(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The cross-references that lead nowhere: what the journal is asked about.
#[must_use]
pub fn lacking_targets(plan: &Plan) -> BTreeSet<Id> {
    plan.cross_references.values().filter(|row| row.target.is_none()).map(|row| row.id).collect()
}

/// Makes words of a recommendation point at another. Words that point somewhere already are pointed anew.
#[must_use]
pub fn add_reference(plan: &Plan, new: Id, recommendation: Id, words: &str, target: Id) -> Edit {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || target == recommendation {
        return Edit::default();
    }
    let same = |row: &&CrossReference| row.recommendation == recommendation && fold(&row.words) == fold(&words);
    if let Some(there) = plan.cross_references.values().find(same) {
        return point_at(plan, there.id, Some(target));
    }
    let to = row_name(plan, Entity::Recommendation, target);
    let mut edit = EditBuilder::new(plan, format!("Point “{words}” at {to}"));
    edit.put(&CrossReference { id: new, recommendation, words, target: Some(target) });
    edit.finish()
}

/// Says what a cross-reference means; `None`: that it is not known. What an import asked about it is answered.
#[must_use]
pub fn point_at(plan: &Plan, reference: Id, target: Option<Id>) -> Edit {
    let Some(row) = plan.cross_references.get(&reference) else { return Edit::default() };
    let label = match target {
        Some(target) => format!("Point “{}” at {}", row.words, row_name(plan, Entity::Recommendation, target)),
        None => format!("“{}” points at nothing known", row.words),
    };
    let mut edit = EditBuilder::new(plan, label);
    edit.update::<CrossReference>(reference, |row| row.target = target);
    if let Some(target) = target.and_then(|target| plan.recommendations.get(&target)) {
        settle(&mut edit, reference, &target.reference);
    }
    edit.finish()
}

fn settle(edit: &mut EditBuilder<'_>, reference: Id, answer: &str) {
    let open = edit.plan().choices.values().filter(|row| row.subject == Some(reference) && row.answer.is_empty());
    for choice in open {
        edit.update::<crate::model::Choice>(choice.id, |row| answer.clone_into(&mut row.answer));
    }
}

/// Makes words plain words again.
#[must_use]
pub fn remove_reference(plan: &Plan, reference: Id) -> Edit {
    let Some(row) = plan.cross_references.get(&reference) else { return Edit::default() };
    let mut edit = EditBuilder::new(plan, format!("“{}” points at nothing any more", row.words));
    crate::model::delete::row(&mut edit, Entity::CrossReference, reference);
    edit.finish()
}

/// Recommendations that words of `from` could point at, by number or by words, at most so many: the number that is
/// typed first, then numbers that begin so, then titles that hold the words; with nothing typed those before it.
#[must_use]
pub fn targets(plan: &Plan, from: Id, query: &str, most: usize) -> Vec<Id> {
    let all = plan.recommendations_in_order();
    let wanted = fold(query.trim());
    if wanted.is_empty() {
        let place = all.iter().position(|row| row.id == from).unwrap_or(all.len());
        return all[..place].iter().rev().take(most).map(|row| row.id).collect();
    }
    let rank = |number: &str, title: &str| {
        let (number, title) = (fold(number), fold(title));
        if number == wanted {
            Some(0)
        } else if number.starts_with(&wanted) {
            Some(1)
        } else {
            title.contains(&wanted).then_some(2)
        }
    };
    let mut found: Vec<(i32, usize, Id)> = all
        .iter()
        .enumerate()
        .filter(|(_, row)| row.id != from)
        .filter_map(|(place, row)| Some((rank(&row.reference, row.shown_title())?, place, row.id)))
        .collect();
    found.sort_unstable();
    found.into_iter().take(most).map(|(_, _, id)| id).collect()
}
