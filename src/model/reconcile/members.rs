//! Texts that are lists, merged member by member, and sort keys.

use crate::model::text::words_key;
use crate::model::{Entity, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What stands between the members of a field that is a list; `None` for any other field.
pub(super) fn separator(entity: Entity, field: &str) -> Option<char> {
    match (entity, field) {
        (Entity::Action, "partners") => Some(','),
        (Entity::Provider, "aliases") | (Entity::SignalTheme, "not_asked") | (Entity::NotedFinding, "sources") => {
            Some('\n')
        }
        _ => None,
    }
}

/// Whether two sides that differ in a field take the lesser value, and nobody is asked: a sort key, or what a mark
/// of a merge says of a copy that both took.
pub(super) fn takes_lesser(entity: Entity, field: &str) -> bool {
    is_sort_key(field) || entity == Entity::MergeMark
}

/// Whether a field says where its row stands among others, and nothing else.
pub(super) fn is_sort_key(field: &str) -> bool {
    field == "order"
}

/// What a field comes to that both sides changed and nobody need be asked about: a list, member by member, or a
/// sort key. `None` for any other field.
pub(in crate::model) fn together(
    entity: Entity,
    field: &str,
    base: &Value,
    mine: &Value,
    theirs: &Value,
) -> Option<Value> {
    if takes_lesser(entity, field) {
        return Some(lesser(mine, theirs).clone());
    }
    separator(entity, field).map(|separator| merged(base, mine, theirs, separator))
}

/// The lesser of two sort keys; a blank one is none.
pub(super) fn lesser<'v>(mine: &'v Value, theirs: &'v Value) -> &'v Value {
    match (mine, theirs) {
        (Value::Null, other) | (other, Value::Null) => other,
        _ => mine.min(theirs),
    }
}

/// What both sides make of a list together: what neither took out, then what either put in. The same whichever
/// side it is asked from.
pub(super) fn merged(base: &Value, mine: &Value, theirs: &Value, separator: char) -> Value {
    let [base, ours, others] = [base, mine, theirs].map(|value| members(value, separator));
    let keys = |list: &[(String, String)]| list.iter().map(|(key, _)| key.clone()).collect::<BTreeSet<_>>();
    let (in_base, in_ours, in_others) = (keys(&base), keys(&ours), keys(&others));
    let stays = |key: &String| match (in_ours.contains(key), in_others.contains(key)) {
        (true, true) => true,
        (false, false) => false,
        _ => !in_base.contains(key),
    };
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    let as_base: BTreeSet<&String> = base.iter().map(|(_, words)| words).collect();
    for (key, words) in ours.iter().chain(&others) {
        // a spelling that somebody changed goes before the one it had
        let better = match spelled.get(key) {
            None => true,
            Some(known) => (as_base.contains(words), words) < (as_base.contains(known), known),
        };
        if better {
            spelled.insert(key.clone(), words.clone());
        }
    }
    let mut seen = BTreeSet::new();
    let mut list: Vec<String> = Vec::new();
    for (key, _) in &base {
        if stays(key) && seen.insert(key.clone()) {
            list.extend(spelled.get(key).cloned());
        }
    }
    list.extend(
        spelled.iter().filter(|(key, _)| !in_base.contains(*key) && stays(key)).map(|(_, words)| words.clone()),
    );
    // where one side has just these, its own way of writing them stands
    let wanted: BTreeSet<&String> = list.iter().collect();
    let mut as_written: Vec<&Value> = Vec::new();
    for (value, its) in [(mine, &ours), (theirs, &others)] {
        if its.iter().map(|(_, words)| words).collect::<BTreeSet<_>>() == wanted && its.len() == list.len() {
            as_written.push(value);
        }
    }
    if let Some(value) = as_written.into_iter().min() {
        return value.clone();
    }
    if list.is_empty() {
        return Value::Null;
    }
    let between = if separator == ',' { ", ".to_owned() } else { separator.to_string() };
    Value::Text(list.join(&between))
}

/// The members of a list with the key under which they are the same.
fn members(value: &Value, separator: char) -> Vec<(String, String)> {
    let Value::Text(text) = value else { return Vec::new() };
    let one = |part: &str| (words_key(part), part.trim().to_owned());
    text.split(separator).map(one).filter(|(_, words)| !words.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(base: &str, mine: &str, theirs: &str) -> String {
        let value = |text: &str| Value::Text(text.to_owned());
        let one = merged(&value(base), &value(mine), &value(theirs), ',');
        assert_eq!(one, merged(&value(base), &value(theirs), &value(mine), ','), "the same from the other side");
        one.to_string()
    }

    #[test]
    fn partners_that_either_side_adds_come_and_those_that_one_takes_out_go() {
        assert_eq!(of("CQC, Monitor", "CQC, Monitor, Healthwatch", "CQC"), "CQC, Healthwatch");
        assert_eq!(of("CQC", "CQC, the council", "CQC, Healthwatch"), "CQC, Healthwatch, the council");
        assert_eq!(of("CQC", "", "CQC, Healthwatch"), "Healthwatch", "taken out here, added to there");
        assert_eq!(of("", "CQC", "cqc"), "CQC", "one member however it is spelled");
    }

    #[test]
    fn the_lesser_key_is_the_same_from_both_sides() {
        let (a, b) = (Value::Text("a".into()), Value::Text("b".into()));
        assert_eq!((lesser(&a, &b), lesser(&b, &a), lesser(&Value::Null, &b)), (&a, &a, &b));
    }
}
