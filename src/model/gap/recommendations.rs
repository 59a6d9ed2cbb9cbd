//! Gaps of recommendations: decision, position, action, promise, evidence, and positions that repeat each other.

use super::nearest::Nearest;
use super::{Gap, Look, Rule, needs, references, repeated};
use crate::model::{Acceptance, Entity, Position, PositionState, Recommendation, text};
use std::cell::OnceCell;

pub(super) fn gaps(look: &Look<'_>) -> Vec<Gap> {
    let copies = repeated::copies(look);
    // only a plan that promises something needs the words of its actions
    let nearest = OnceCell::new();
    let mut found = Vec::new();
    for id in &look.index.recommendations {
        let Some(row) = look.plan.recommendations.get(id) else { continue };
        let now = look.index.positions_at(look.plan, row.id, look.as_at);
        found.extend(undecided(row));
        found.extend(without_position(row, &now));
        found.extend(without_action(look, row, &now));
        found.extend(still_to_do(look, row, &now, &nearest));
        found.extend(evidence(look, row, &now));
        found.extend(references::gaps(look, row, &now));
        found.extend(copies.get(&row.id).map(|copy| repeated::gap(look, row, copy)));
    }
    found
}

fn gap(rule: Rule, row: &Recommendation, text: impl Into<String>) -> Gap {
    Gap::at(rule, Entity::Recommendation, row.id, text)
}

fn undecided(row: &Recommendation) -> Option<Gap> {
    row.acceptance.is_none().then(|| gap(Rule::NoDecision, row, "The plan does not say whether the CCG accepts it"))
}

fn is_accepted(row: &Recommendation) -> bool {
    matches!(row.acceptance, Some(Acceptance::Accepted | Acceptance::InPart | Acceptance::InPrinciple))
}

fn is_finished(state: Option<PositionState>) -> bool {
    matches!(state, Some(PositionState::InPlace | PositionState::NoLongerNeeded))
}

/// What the CCG refused needs no position.
fn without_position(row: &Recommendation, now: &[&Position]) -> Option<Gap> {
    let says = |position: &&Position| !position.text.trim().is_empty() || position.state.is_some();
    let asked = row.acceptance.is_none() || is_accepted(row);
    (asked && !now.iter().any(says)).then(|| gap(Rule::NoPosition, row, "Nothing says where the CCG stands on it"))
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
    Some(gap(Rule::NoAction, row, text))
}

/// What the position promises or says to be needed, where no action is linked with the recommendation.
fn still_to_do<'p>(
    look: &Look<'p>,
    row: &Recommendation,
    now: &[&Position],
    nearest: &OnceCell<Nearest<'p>>,
) -> Option<Gap> {
    if !look.index.actions(look.plan, row.id).is_empty() {
        return None;
    }
    if now.iter().any(|position| needs::promises(&position.text).is_some()) {
        let gap = match nearest.get_or_init(|| Nearest::of(look)).to(row, now) {
            Some(action) => gap(
                Rule::Unlinked,
                row,
                format!(
                    "Its position promises something in the action plan, and no action is linked with it. This one may be \
                     meant: \"{}\"",
                    text::excerpt(&action.text, "", 90)
                ),
            )
            .with(Entity::Action, action.id),
            None => gap(
                Rule::Promise,
                row,
                "Its position promises something in the action plan, and nothing there is about it",
            ),
        };
        return Some(gap);
    }
    let need = now.iter().find_map(|position| needs::needs(&position.text))?;
    let said = text::excerpt(need, "", 140);
    let words = format!("Its position says what is still to be done, and no action is linked with it: \"{said}\"");
    Some(gap(Rule::Need, row, words))
}

fn evidence(look: &Look<'_>, row: &Recommendation, now: &[&Position]) -> Vec<Gap> {
    if !now.iter().any(|position| position.state == Some(PositionState::InPlace)) {
        return Vec::new();
    }
    let behind = look.index.evidence(look.plan, row.id);
    if behind.is_empty() {
        return vec![gap(Rule::NoEvidence, row, "Said to be in place, and no evidence shows it")];
    }
    let old = behind.into_iter().filter_map(|evidence| {
        let until = evidence.valid_until.filter(|until| *until < look.as_at)?;
        let what = text::excerpt(&evidence.text, "", 90);
        let words = format!("Its evidence was valid until {}: \"{what}\"", until.format("%-d %B %Y"));
        let gap = gap(Rule::OldEvidence, row, words).with(Entity::Evidence, evidence.id);
        Some(Gap { about: evidence.id.to_string(), ..gap })
    });
    old.collect()
}
