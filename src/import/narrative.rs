//! Actions that stand in prose: bullets under a heading "Action", and "The CCG should …" inside a
//! position. They are offered, never created unasked.

use super::document::{BlockKind, Document};
use super::grid::{block_text, is_furniture};
use super::proposal::{Level, Note};
use super::understood::{Candidate, Understood};
use crate::model::text::{blocks, words_key};

/// Reads both kinds into `found`, and says what prose was passed over.
pub(super) fn read(document: &Document, found: &mut Understood) {
    under_headings(document, found);
    let mut inside = Vec::new();
    for row in &found.rows {
        for text in should_sentences(&row.position) {
            let reference = row.references.first().cloned();
            inside.push(Candidate { line: row.line, text, reference, heading: String::new() });
        }
    }
    found.candidates.extend(inside);
}

fn under_headings(document: &Document, found: &mut Understood) {
    let (mut section, mut in_actions) = (String::new(), false);
    let mut passed: Vec<usize> = Vec::new();
    for block in &document.blocks {
        let text = block_text(block);
        match &block.kind {
            BlockKind::Heading(_) | BlockKind::Paragraph(_) if is_action_heading(text) => in_actions = true,
            BlockKind::Heading(_) => (section, in_actions) = (text.to_owned(), false),
            BlockKind::Bullet(_) if in_actions => {
                let candidate =
                    Candidate { line: block.line, text: text.to_owned(), reference: None, heading: section.clone() };
                found.candidates.push(candidate);
            }
            BlockKind::Paragraph(_) if after_action_label(text).is_some() => {
                let text = after_action_label(text).unwrap_or(text).to_owned();
                found.candidates.push(Candidate { line: block.line, text, reference: None, heading: section.clone() });
            }
            BlockKind::Table(_) => in_actions = false,
            BlockKind::Paragraph(_) | BlockKind::Bullet(_) => {
                in_actions = false;
                let taken = found.of_tables.contains(&block.line);
                if !taken && !on_sheet(found, text) && !is_furniture(text) {
                    passed.push(block.line);
                }
            }
        }
    }
    if let (Some(first), Some(last)) = (passed.first(), passed.last()) {
        let count = passed.len();
        let between = document.places.ends(*first, *last);
        let text = format!("Not taken: {count} paragraphs and bullets of prose, between {between}");
        let text =
            if count == 1 { format!("Not taken: one paragraph of prose, at {}", document.place(*first)) } else { text };
        found.notes.push(Note { line: *first, text, level: Level::Unread });
    }
}

/// Whether the summary sheet has each line of a paragraph.
fn on_sheet(found: &Understood, text: &str) -> bool {
    text.lines().all(|line| {
        let value = line.split_once(':').map_or(line, |(_, value)| value).trim();
        found.paper.iter().any(|field| field.text.contains(line) || (!value.is_empty() && field.text == value))
    })
}

fn is_action_heading(text: &str) -> bool {
    let key = words_key(text);
    matches!(
        key.trim_end_matches(':'),
        "action" | "actions" | "action(s)" | "our actions" | "actions required" | "next steps"
    )
}

fn after_action_label(text: &str) -> Option<&str> {
    ["Action: ", "Actions: ", "ACTION: "].iter().find_map(|label| text.strip_prefix(label))
}

/// The sentences of a position that say what the CCG should do.
fn should_sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks(text) {
        let starts: Vec<usize> =
            block.text.match_indices(" should ").filter_map(|(at, _)| subject_start(&block.text[..at])).collect();
        for (place, start) in starts.iter().enumerate() {
            let until = starts.get(place + 1).copied().unwrap_or(block.text.len());
            found.push(sentence(&block.text[*start..until]).to_owned());
        }
    }
    found
}

/// Where the subject "The CCG", "We", "NHS Northmoor CCG" begins, when a text ends with it.
fn subject_start(before: &str) -> Option<usize> {
    for subject in ["The CCG", "This CCG", "Our CCG", "We"] {
        if let Some(rest) = before.strip_suffix(subject)
            && (rest.is_empty() || rest.ends_with(' '))
        {
            return Some(rest.len());
        }
    }
    let name = before.strip_suffix(" CCG")?;
    let start = name.rfind("NHS ")?;
    (name[start..].split(' ').count() <= 5).then_some(start)
}

/// Up to the end of the sentence: a full stop before a capital, or the next sentence about the CCG
/// where no stop was written.
fn sentence(text: &str) -> &str {
    let stop =
        text.match_indices(". ").find(|(at, _)| text[at + 2..].starts_with(char::is_uppercase)).map(|(at, _)| at + 1);
    let next = text.match_indices(" The CCG ").map(|(at, _)| at).find(|at| *at > 0);
    let end = stop.into_iter().chain(next).min().unwrap_or(text.len());
    text[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_ccg_should_do_is_found_in_prose() {
        let text =
            "The CCG has staff The CCG should agree a process with the lead. It is monitored.\nWe should ask. Fine";
        assert_eq!(should_sentences(text), ["The CCG should agree a process with the lead.", "We should ask."]);
        assert!(should_sentences("Providers should report, as the CCG should know").is_empty(), "others' duties");
        assert_eq!(should_sentences("NHS Northmoor CCG should write"), ["NHS Northmoor CCG should write"]);
    }
}
