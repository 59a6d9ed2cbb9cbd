//! What a position says of what is still to be done: promises of the action plan, and needs.

use crate::model::text::{blocks, fold};

/// The sentence that promises something of the action plan: "this will be reflected in the action plan".
pub(super) fn promises(text: &str) -> Option<&str> {
    const KEPT_THERE: [&str; 7] =
        ["reflected", "included", "addressed", "set out", "picked up", "incorporated", "covered"];
    find(text, |words| {
        words.match_indices("action plan").any(|(at, _)| KEPT_THERE.iter().any(|kept| words[..at].contains(kept)))
    })
}

/// What a text says that the organisation itself ought to do, from its subject on to the sentence's end: "The CCG should
/// …", "needs developing".
pub(super) fn needs(text: &str) -> Option<&str> {
    blocks(text).find_map(|block| block.text.split_inclusive(['.', ';']).map(str::trim).find_map(need))
}

fn need(sentence: &str) -> Option<&str> {
    const WHO: [&str; 5] = ["ccg", "we", "group", "board", "committee"];
    const NO_DEED: [&str; 6] = ["a", "an", "the", "any", "there", "this"];
    const BEHIND: [&str; 5] = ["developing", "further", "improving", "strengthening", "work"];
    // where each word begins, and the word folded
    let spaced = sentence.split_whitespace();
    let words: Vec<(usize, String)> =
        spaced.map(|word| (word.as_ptr() as usize - sentence.as_ptr() as usize, bare(word))).collect();
    let word = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    for at in 0..words.len() {
        let length = match word(at) {
            "should" | "must" => 1,
            "need" | "needs" if word(at + 1) == "to" => 2,
            // "in place but needs developing"
            "need" | "needs" if BEHIND.contains(&word(at + 1)) => return Some(sentence),
            _ => continue,
        };
        if at == 0 && length == 2 {
            return Some(sentence);
        }
        // a question names no deed: "the team, should an issue …"
        if at > 0 && WHO.contains(&word(at - 1)) && !NO_DEED.contains(&word(at + length)) && at + length < words.len() {
            let from = if at > 1 && word(at - 2) == "the" { at - 2 } else { at - 1 };
            return words.get(from).and_then(|(begins, _)| sentence.get(*begins..));
        }
    }
    None
}

/// A word folded, without the stops and brackets around it.
fn bare(word: &str) -> String {
    fold(word).trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The first sentence of a text for which something holds; it is told the sentence folded, with single spaces.
fn find(text: &str, holds: impl Fn(&str) -> bool) -> Option<&str> {
    let holds = |sentence: &&str| {
        let folded = fold(sentence);
        holds(&folded.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    blocks(text).find_map(|block| block.text.split_inclusive(['.', ';']).map(str::trim).find(holds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_names_the_action_plan() {
        let cases = [
            ("Plans for failing providers exist; this will be reflected in the action plan the CCG develops.", true),
            ("This needs work\n• and will be included in the CCG's action plan", true),
            ("The action plan was agreed in May", false),
            ("This is reflected in every contract", false),
        ];
        for (text, expected) in cases {
            assert_eq!(promises(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_need_is_what_the_organisation_ought_to_do() {
        let cases = [
            ("The CCG should check the references exist in current contracts.", true),
            ("Reports come monthly. The CCG should define the process.", true),
            ("• Information flows are in place but needs developing.", true),
            ("We need to agree indicators", true),
            ("Need to ensure that contracts say so", true),
            ("Commissioners should require access to complaints", false),
            ("It would refer to the Area Team should an issue not be resolved", false),
            ("The CCG would ask the board should the trust not answer", false),
            ("Basics need to be right first!", false),
            ("The subgroup meets monthly", false),
        ];
        for (text, expected) in cases {
            assert_eq!(needs(text).is_some(), expected, "{text}");
        }
        let joined =
            "The CCG has staff and expertise of its own Reports come monthly The CCG should define who reads them.";
        assert_eq!(needs(joined), Some("The CCG should define who reads them."), "where the document lost its stops");
    }
}
