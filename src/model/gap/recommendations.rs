//! Gaps of recommendations: decision, action, promise, evidence, and positions that repeat each other.

use super::{Gap, Look, Rule, references};
use crate::model::text::{self, blocks, fold};
use crate::model::{Acceptance, Entity, Id, Position, PositionState, Recommendation};
use std::collections::HashMap;

/// A position of fewer words says too little to be taken for a copy: "In place", "See above".
const SAYS_SOMETHING: usize = 8;

pub(super) fn gaps(look: &Look<'_>) -> Vec<Gap> {
    let repeated = repeated(look);
    let mut found = Vec::new();
    for id in &look.index.recommendations {
        let Some(row) = look.plan.recommendations.get(id) else { continue };
        let now = look.index.positions_at(look.plan, row.id, look.as_at);
        found.extend(undecided(row));
        found.extend(without_action(look, row, &now));
        found.extend(promise(look, row, &now));
        found.extend(without_evidence(look, row, &now));
        found.extend(references::gaps(look, row, &now));
        found.extend(repeated.get(&row.id).map(|first| same_position(look, row, *first)));
    }
    found
}

fn undecided(row: &Recommendation) -> Option<Gap> {
    row.acceptance.is_none().then(|| {
        let text = "The plan does not say whether the CCG accepts it";
        Gap::at(Rule::NoDecision, Entity::Recommendation, row.id, text)
    })
}

fn is_accepted(row: &Recommendation) -> bool {
    matches!(row.acceptance, Some(Acceptance::Accepted | Acceptance::InPart | Acceptance::InPrinciple))
}

fn is_finished(state: Option<PositionState>) -> bool {
    matches!(state, Some(PositionState::InPlace | PositionState::NoLongerNeeded))
}

fn without_action(look: &Look<'_>, row: &Recommendation, now: &[&Position]) -> Option<Gap> {
    let finished = !now.is_empty() && now.iter().all(|position| is_finished(position.state));
    if !is_accepted(row) || finished || !look.index.actions(look.plan, row.id).is_empty() {
        return None;
    }
    let text = match now.last() {
        None => "Accepted, but it has no position and no action".to_owned(),
        Some(position) => match position.state {
            Some(state) => format!("Accepted, its position is \"{state}\", and it has no action"),
            None => "Accepted, nothing says that it is in place, and it has no action".to_owned(),
        },
    };
    Some(Gap::at(Rule::NoAction, Entity::Recommendation, row.id, text))
}

/// Whether a text promises something of the action plan: "this will be reflected in the action plan".
pub(super) fn promises(text: &str) -> Option<&str> {
    const WILL: [&str; 7] = ["reflected", "included", "addressed", "set out", "picked up", "incorporated", "covered"];
    blocks(text).map(|block| block.text).find_map(|line| {
        line.split_inclusive(['.', ';']).map(str::trim).find(|sentence| {
            let folded = fold(sentence);
            let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
            words.match_indices("action plan").any(|(at, _)| WILL.iter().any(|will| words[..at].contains(will)))
        })
    })
}

fn promise(look: &Look<'_>, row: &Recommendation, now: &[&Position]) -> Option<Gap> {
    if !look.index.actions(look.plan, row.id).is_empty() {
        return None;
    }
    now.iter().find(|position| promises(&position.text).is_some())?;
    let words = references::key_words(&[row.shown_title(), row.shown_text()].map(str::to_owned));
    let nearest = look
        .plan
        .actions
        .values()
        .map(|action| (words.intersection(&references::key_words(&[action.text.clone()])).count(), action))
        .max_by(|(a, left), (b, right)| a.cmp(b).then(right.id.cmp(&left.id)))
        .filter(|(shared, _)| *shared >= 3);
    let gap = |text: &str| Gap::at(Rule::Promise, Entity::Recommendation, row.id, text);
    Some(match nearest {
        Some((_, action)) => gap(
            "Its position promises something in the action plan; no action is linked with it. One there may be meant",
        )
        .with(Entity::Action, action.id),
        None => gap("Its position promises something in the action plan, and nothing there is about it"),
    })
}

fn without_evidence(look: &Look<'_>, row: &Recommendation, now: &[&Position]) -> Option<Gap> {
    let in_place = now.iter().any(|position| position.state == Some(PositionState::InPlace));
    (in_place && look.index.evidence(look.plan, row.id).is_empty()).then(|| {
        Gap::at(Rule::NoEvidence, Entity::Recommendation, row.id, "Said to be in place, and no evidence shows it")
    })
}

/// Recommendations whose position says word for word what an earlier one's says, with that earlier one.
fn repeated(look: &Look<'_>) -> HashMap<Id, Id> {
    let mut first: HashMap<String, Id> = HashMap::new();
    let mut found = HashMap::new();
    for id in &look.index.recommendations {
        for position in look.index.positions_at(look.plan, *id, look.as_at) {
            let key = text::words_key(&position.text);
            if key.split(' ').count() >= SAYS_SOMETHING {
                let of = *first.entry(key).or_insert(*id);
                if of != *id {
                    found.entry(*id).or_insert(of);
                }
            }
        }
    }
    found
}

fn same_position(look: &Look<'_>, row: &Recommendation, first: Id) -> Gap {
    let name = look.plan.recommendations.get(&first).map(|row| look.plan.reference_name(row)).unwrap_or_default();
    let text = format!("Its position says word for word what that on {name} says");
    Gap::at(Rule::Repeated, Entity::Recommendation, row.id, text).with(Entity::Recommendation, first)
}
