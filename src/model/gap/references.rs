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
    let rows = look.references.get(&row.id).into_iter().flatten();
    rows.filter_map(|reference| gap(look, row, now, reference)).collect()
}

fn gap(look: &Look<'_>, row: &Recommendation, now: &[&Position], words: &CrossReference) -> Option<Gap> {
    let said = &words.words;
    let at =
        |text: String| Gap { about: said.clone(), ..Gap::at(Rule::Reference, Entity::Recommendation, row.id, text) };
    let Some(target) = words.target.and_then(|id| look.plan.recommendations.get(&id)) else {
        return Some(at(nowhere(look, row, said)));
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

/// What is said of words whose target is not there. In a position they still stand to be read; where none holds them
/// they stood in another cell, as a document's "As above" in place of a recommendation's text.
fn nowhere(look: &Look<'_>, row: &Recommendation, said: &str) -> String {
    let wanted = fold(said);
    let positions = look.index.positions(look.plan, row.id);
    let stands = positions.iter().any(|position| fold(&position.text).contains(&wanted));
    if stands || same_words(row.shown_text(), said) {
        return format!("It says \"{said}\", and what that means is not there or not known");
    }
    let shown = if row.text.is_empty() { "and it has no text of its own" } else { "its own text is shown instead" };
    format!("\"{said}\" was written here in place of words, and no other recommendation says the same; {shown}")
}

/// The long words that follow in the same sentence: "as stated above, …" claims that they are said there. "See above"
/// sends the reader there, and claims nothing.
fn claim(text: &str, said: &str) -> Option<BTreeSet<String>> {
    let said = fold(said);
    if said.starts_with("see") {
        return None;
    }
    let mut sentences = blocks(text).flat_map(|block| block.text.split_inclusive(['.', ';'])).map(fold);
    sentences.find_map(|sentence| sentence.split_once(&said).map(|(_, follows)| key_words(&[follows.to_owned()])))
}

/// The long words of texts, folded.
fn key_words(texts: &[String]) -> BTreeSet<String> {
    let folded = texts.iter().map(|text| fold(text));
    folded
        .flat_map(|text| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LONG);
            words.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
}
