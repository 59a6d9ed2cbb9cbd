//! Words that point at another recommendation: whether it is there, and says what they claim.

use super::{Gap, Look, Rule};
use crate::model::text::{blocks, fold, same_words};
use crate::model::{CrossReference, Entity, Position, Recommendation};
use std::collections::BTreeSet;

/// Shorter words ("the", "has", "all") are in every text.
const LONG: usize = 5;

/// A sentence of fewer such words claims too little to be held against anything.
const CLAIMS_SOMETHING: usize = 4;

pub(super) fn gaps(look: &Look<'_>, row: &Recommendation, now: &[&Position]) -> Vec<Gap> {
    let mut rows = look.plan.cross_references_of(row.id);
    rows.sort_by_key(|reference| reference.id);
    rows.into_iter().filter_map(|reference| gap(look, row, now, reference)).collect()
}

fn gap(look: &Look<'_>, row: &Recommendation, now: &[&Position], words: &CrossReference) -> Option<Gap> {
    let said = &words.words;
    let at =
        |text: String| Gap { about: said.clone(), ..Gap::at(Rule::Reference, Entity::Recommendation, row.id, text) };
    let Some(target) = words.target.and_then(|id| look.plan.recommendations.get(&id)) else {
        return Some(at(format!("It says \"{said}\", and what that means is not there or not known")));
    };
    let name = look.plan.reference_name(target);
    let meant = at(String::new()).with(Entity::Recommendation, target.id);
    // in place of a text it claims that the two say the same
    if same_words(row.shown_text(), said) {
        let text = format!("\"{said}\" stands for its text, but {name} is another recommendation");
        return Some(Gap { text, ..meant });
    }
    let there = look.index.positions_at(look.plan, target.id, look.as_at);
    let claimed = now.iter().find_map(|position| claim(&position.text, said))?;
    let mut texts: Vec<String> = there.iter().map(|position| position.text.clone()).collect();
    texts.extend([target.shown_title().to_owned(), target.shown_text().to_owned()]);
    let held = key_words(&texts);
    let shared = claimed.intersection(&held).count();
    (claimed.len() >= CLAIMS_SOMETHING && shared * 3 < claimed.len())
        .then(|| Gap { text: format!("It says \"{said}\", but {name} says little of what follows"), ..meant })
}

/// The long words of the sentence that the words stand in, without the words themselves.
fn claim(text: &str, said: &str) -> Option<BTreeSet<String>> {
    let line = blocks(text).map(|block| block.text).find(|line| fold(line).contains(&fold(said)))?;
    Some(key_words(&[fold(line).replace(&fold(said), " ")]))
}

/// The long words of texts, folded.
pub(super) fn key_words(texts: &[String]) -> BTreeSet<String> {
    let folded = texts.iter().map(|text| fold(text));
    folded
        .flat_map(|text| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LONG);
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}
