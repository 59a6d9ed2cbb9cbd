//! What our own papers say in the cells of their tables, beside the plan's words: the line under each
//! action, the organisation's answer and the evidence beside a position, who recorded a response.

use super::understood::{Manner, RecommendationRow, Segment};
use super::{items, response};
use crate::model::printed::{self, EvidenceFacts, Facts};
use crate::model::text::{Block, blocks, tidy};

/// An action of a cell, with what a paper of ours says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    pub(super) facts: Option<Facts>,
}

impl Segment {
    /// Its actions.
    pub(super) fn items(&self) -> Vec<Item> {
        match self.manner {
            Manner::Anyones => loose(&self.action),
            Manner::Printed => printed_actions(&self.action),
            Manner::OneARow if self.action.trim().is_empty() => Vec::new(),
            Manner::OneARow => vec![Item { text: self.action.clone(), facts: self.facts.clone() }],
        }
    }
}

/// Actions as anybody writes them.
fn loose(cell: &str) -> Vec<Item> {
    items::actions(cell).into_iter().map(|text| Item { text, facts: None }).collect()
}

/// Actions as our appendix has them: a bullet each, and under it the line that says who has it. What
/// has no such line was written by somebody since, and is read as anybody's.
fn printed_actions(cell: &str) -> Vec<Item> {
    let mut found = Vec::new();
    let mut open: Vec<Block<'_>> = Vec::new();
    let by_hand = |open: &mut Vec<Block<'_>>| loose(&text_of(&std::mem::take(open), false));
    for block in blocks(cell) {
        let facts = Facts::read(block.text).filter(|_| block.bullet.is_none() && !open.is_empty());
        if let Some(facts) = facts {
            let text = text_of(&std::mem::take(&mut open), true);
            found.push(Item { text, facts: Some(facts) });
            continue;
        }
        if block.bullet == Some(0) {
            found.append(&mut by_hand(&mut open));
        }
        open.push(block);
    }
    found.append(&mut by_hand(&mut open));
    found
}

/// Lines as a text again; an action's own bullets stand one level deeper on paper.
fn text_of(lines: &[Block<'_>], action: bool) -> String {
    let line = |(at, block): (usize, &Block<'_>)| {
        let level = match block.bullet {
            Some(_) if action && at == 0 => None,
            Some(level) => Some(usize::from(if action { level.saturating_sub(1) } else { level })),
            None => None,
        };
        level.map_or_else(|| block.text.to_owned(), |level| format!("{}• {}", "  ".repeat(level), block.text))
    };
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// Takes what the appendix says beside the plan's words out of a row's cells, to fields of its own.
pub(super) fn read_row(row: &mut RecommendationRow) {
    let text = row.text.strip_suffix(printed::OWN_WORDING).map(|text| text.trim_end().to_owned());
    row.text = text.unwrap_or_else(|| std::mem::take(&mut row.text));
    let by = row.response.lines().last().and_then(|line| line.strip_prefix(printed::RECORDED_BY)).map(str::to_owned);
    if let Some(by) = by {
        row.response_by = by;
        let lines: Vec<&str> = row.response.lines().collect();
        row.response = lines[..lines.len() - 1].join("\n");
    }
    read_status(row);
    read_position(row);
}

/// The response's status stands on a line of its own, whatever its words are; a blank cell says that
/// the plan has none.
pub(super) fn read_status(row: &mut RecommendationRow) {
    /// A line of more words is a sentence.
    const STATUS: usize = 6;
    let known = response::split(&row.response);
    let (first, rest) = row.response.split_once('\n').unwrap_or((&row.response, ""));
    let short = first.split_whitespace().count() <= STATUS && !first.ends_with(['.', ':']);
    let (status, words) = match known.0.is_empty() && short && !rest.is_empty() {
        true => (first.to_owned(), rest.to_owned()),
        false => known,
    };
    (row.response_status, row.response) = (Some(status), words);
}

/// A position's cell: the organisation's answer with its reasons, the line over the position, the
/// position itself, the evidence.
fn read_position(row: &mut RecommendationRow) {
    let cell = std::mem::take(&mut row.position);
    let mut lines: Vec<&str> = cell.lines().collect();
    while let Some(shown) = lines.last().and_then(|line| EvidenceFacts::read(line)) {
        row.shown.insert(0, shown);
        lines.pop();
    }
    let answer = lines.first().and_then(|line| printed::read_answer(line));
    if let Some((answer, of)) = answer {
        answer.word().clone_into(&mut row.acceptance);
        row.answered = of;
        lines.remove(0);
    }
    // the line over the position; without an answer above it, it is the first
    let reach = if answer.is_some() { lines.len() } else { 1 };
    let line = |line: &&str| **line == *printed::POSITION || printed::read_position(line).is_some();
    if let Some(at) = lines.iter().take(reach).position(line) {
        (row.reasons, lines) = (tidy(&lines[..at].join("\n")), lines.split_off(at));
        if let Some((state, of)) = printed::read_position(lines.remove(0)) {
            row.state = state.map_or_else(String::new, |state| state.word().to_owned());
            row.as_at = of;
        }
    }
    row.position = tidy(&lines.join("\n"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actions(cell: &str) -> Vec<(String, String)> {
        let said =
            |facts: Option<Facts>| facts.map_or_else(String::new, |facts| format!("{}/{}", facts.owner, facts.due));
        printed_actions(cell).into_iter().map(|item| (item.text, said(item.facts))).collect()
    }

    fn item(text: &str, said: &str) -> (String, String) {
        (text.to_owned(), said.to_owned())
    }

    #[test]
    fn a_line_of_ours_belongs_to_the_action_above_it_and_nobody_elses_does() {
        let cell = "• Agree the extract\nNot started · Chair · July 2013\n• Do (a) this and (b) that:\n  • one\nand\n    • two\nOverdue, in progress";
        let expected =
            [item("Agree the extract", "Chair/July 2013"), item("Do (a) this and (b) that:\n• one\nand\n  • two", "/")];
        assert_eq!(actions(cell), expected, "whole, with their own lines");
        let by_hand = "• Ask the trust\n• Agree it\nOn hold\nVisit · monthly · with the lead";
        let expected = [item("Ask the trust", ""), item("Agree it", "/"), item("Visit · monthly · with the lead", "")];
        assert_eq!(actions(by_hand), expected, "what was typed in since is an action of its own");
        assert_eq!(actions("Not started"), [item("Not started", "")], "there is no action above it");
    }

    #[test]
    fn a_positions_cell_is_parted_into_what_was_put_there() {
        let read = |cell: &str| {
            let mut row = RecommendationRow { position: cell.into(), ..RecommendationRow::default() };
            read_row(&mut row);
            [row.acceptance, row.reasons, row.state, row.position, row.shown.len().to_string()].join("|")
        };
        let cases = [
            ("It is done.\nAll of it.", "|||It is done.\nAll of it.|0"),
            ("Partly\n• One\n• Two\nEvidence: Walk-round · audit", "||partly|• One\n• Two|1"),
            ("Our answer: accepted, 1 May 2013\nBecause.\nWhere we stand:\nHere.", "accepted|Because.||Here.|0"),
            ("Our answer: not for us\nIn place · as at 1 May 2013\nHere.", "not for us||in place|Here.|0"),
            ("Our answer is in the letter\nPartly agreed", "|||Our answer is in the letter\nPartly agreed|0"),
            (
                "We agree.\nIn place\nEvidence: none is held\nin the file",
                "|||We agree.\nIn place\nEvidence: none is held\nin the file|0",
            ),
        ];
        for (cell, expected) in cases {
            assert_eq!(read(cell), expected, "{cell}");
        }
    }
}
