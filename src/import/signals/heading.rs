//! A heading of an export, folded so that its dress does not matter.

use crate::model::text::fold;

/// A heading and the forms in which it may be known.
#[derive(Debug, Clone, Default)]
pub(super) struct Heading {
    /// As it stands, spaces collapsed.
    pub(super) label: String,
    /// All of it; before its brackets; in them without brackets of their own; in them. Words only.
    pub(super) forms: Vec<String>,
}

impl Heading {
    pub(super) fn new(text: &str) -> Self {
        let label = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let folded = fold(&label).replace('%', " percentage ");
        let mut forms = vec![words(&folded)];
        if let Some((before, rest)) = folded.split_once(['(', '[']) {
            let inside = rest.rsplit_once([')', ']']).map_or(rest, |(inside, _)| inside);
            let bare = inside.split_once(['(', '[']).map_or(inside, |(bare, _)| bare);
            forms.extend([words(before), words(bare), words(inside)]);
        } else if let Some((before, _)) = folded.rsplit_once(" - ") {
            forms.push(words(before));
        }
        forms.retain(|form| !form.is_empty());
        forms.dedup();
        Self { label, forms }
    }

    /// Whether some words stand in it, one after the other.
    pub(super) fn has(&self, phrase: &str) -> bool {
        self.forms.iter().any(|form| {
            form == phrase
                || form.match_indices(phrase).any(|(at, _)| {
                    let end = at + phrase.len();
                    (at == 0 || form.as_bytes()[at - 1] == b' ') && (end == form.len() || form.as_bytes()[end] == b' ')
                })
        })
    }

    /// The key under which a person's words name it: a mapping, a column to keep.
    pub(super) fn key(&self) -> &str {
        self.forms.first().map_or("", String::as_str)
    }
}

/// The words of a text, letters and digits only.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_by_all_of_it_and_by_its_brackets() {
        let radar = Heading::new("Complaint  Response Provided (Specialty\n(Main))");
        assert_eq!(radar.label, "Complaint Response Provided (Specialty (Main))", "spaces are one");
        assert_eq!(
            radar.forms,
            [
                "complaint response provided specialty main",
                "complaint response provided",
                "specialty",
                "specialty main"
            ]
        );
        assert_eq!(Heading::new("% positive").forms, ["percentage positive"], "a sign is a word");
        assert!(radar.has("response provided") && !radar.has("response prov"), "whole words");
        assert!(Heading::new("").forms.is_empty(), "a blank one");
    }
}
