//! What of a document has no field in the plan and is kept beside its row; and its evidence.

use super::items;
use super::proposal::{Level, Note, ProposedEvidence, ProposedRemark, Status};
use super::propose::Against;
use super::role::Role;
use super::understood::{KeptCell, RecommendationRow, Segment, Why};
use crate::model::printed::EvidenceFacts;
use crate::model::text::{blocks, count, same_words, words_key};
use crate::model::{Entity, Evidence, EvidenceLink, Id, Position, PositionState, Remark};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// How many cells of a column a note lists.
const LISTED: usize = 20;

/// A column whose cells are kept: the lines they stand on, and the first words.
#[derive(Debug, Default)]
pub(super) struct KeptColumn {
    lines: Vec<usize>,
    words: Vec<String>,
}

impl Against<'_> {
    /// A cell as a remark at a row.
    pub(super) fn remark(&mut self, of: Id, cell: &KeptCell) -> ProposedRemark {
        let same = |mine: &&&Remark| same_words(&mine.label, &cell.label) && same_words(&mine.text, &cell.text);
        let id = of.derive(&["remark", &words_key(&cell.label), &words_key(&cell.text)]);
        let mine = self.index.remarks(self.plan, of);
        let mine = mine.iter().find(same).copied().or_else(|| self.plan.remarks.get(&id));
        let source = format!("{}, {}", self.document.name, self.document.place(cell.line));
        let new =
            Remark { id, row: of, label: cell.label.clone(), text: cell.text.clone(), source, order: String::new() };
        let status = if mine.is_some() { Status::Same } else { Status::Added };
        self.note_kept(cell);
        ProposedRemark { line: cell.line, status, take: true, row: mine.cloned().unwrap_or(new) }
    }

    /// Says that a cell is kept; of a column once for all its rows.
    fn note_kept(&mut self, cell: &KeptCell) {
        let words = cell.text.replace('\n', " / ");
        let since = match cell.why {
            Why::Column => {
                let column = self.kept_columns.entry(cell.label.clone()).or_default();
                // one row may be for several recommendations
                if column.lines.last() != Some(&cell.line) {
                    column.lines.push(cell.line);
                    column.words.extend((column.words.len() < LISTED).then_some(words));
                }
                return;
            }
            // what is no action is told where the actions are read
            Why::Nothing => return,
            Why::State => "no field says quite that",
            Why::Beside => "it belongs to no one action",
        };
        let text = format!("Kept beside its row, since {since}, from \"{}\": {words}", cell.label);
        self.note(cell.line, text, Level::Kept);
    }

    /// Notes on the columns whose cells are kept.
    pub(super) fn kept_notes(&mut self) {
        for (label, column) in std::mem::take(&mut self.kept_columns) {
            let Some(line) = column.lines.first().copied() else { continue };
            let rows = count(column.lines.len(), "row");
            let more = column.lines.len() - column.words.len();
            let more = if more > 0 { format!(" | and {more} more") } else { String::new() };
            let words = column.words.join(" | ");
            let text = format!("The column \"{label}\" was not understood. It is kept beside {rows}: {words}{more}");
            self.proposal.notes.push(Note { line, text, level: Level::Kept });
        }
    }

    /// What of a row's own cells is kept at its recommendation.
    pub(super) fn row_remarks(&mut self, row: &RecommendationRow, recommendation: Id) -> Vec<ProposedRemark> {
        let mut cells = row.kept.clone();
        let cell = |role, text: &str, why| KeptCell {
            line: row.line,
            label: row.headings.of(role),
            text: text.to_owned(),
            why,
        };
        for (role, text) in [(Role::Evidence, &row.evidence), (Role::Assurance, &row.assurance)] {
            cells.extend(items::is_answer(text).then(|| cell(role, text, Why::Nothing)));
        }
        if !row.acceptance.is_empty() && super::response::acceptance(&row.acceptance).is_none() {
            cells.push(cell(Role::Acceptance, &row.acceptance, Why::State));
        }
        if !row.state.is_empty() && self.key.position(&row.state).is_none_or(|read| !read.whole) {
            cells.push(cell(Role::State, &row.state, Why::State));
        }
        cells.iter().map(|cell| self.remark(recommendation, cell)).collect()
    }

    /// What stands beside actions and has no place with one of them: `count` of them were made.
    pub(super) fn segment_remarks(&self, segment: &Segment, count: usize, inherits_due: bool) -> Vec<KeptCell> {
        let mut rest: Vec<(Role, &str, Why)> = Vec::new();
        let nothing = items::is_answer(&segment.action);
        if nothing {
            rest.push((Role::Action, &segment.action, Why::Nothing));
        }
        if count == 0 {
            rest.extend([
                (Role::Owner, segment.owner.as_str(), Why::Beside),
                (Role::Partners, segment.partners.as_str(), Why::Beside),
            ]);
            if !inherits_due {
                rest.push((Role::Due, &segment.due, Why::Beside));
            }
        }
        match self.key.action(&segment.state) {
            _ if count == 0 => rest.push((Role::State, &segment.state, Why::Beside)),
            Some(read) if read.whole => {}
            _ => rest.push((Role::State, &segment.state, Why::State)),
        }
        if count != 1 {
            rest.push((Role::Progress, &segment.progress, Why::Beside));
        }
        let rest = rest.into_iter().filter(|(_, words, _)| !words.is_empty());
        let cell = |(role, words, why): (Role, &str, Why)| KeptCell {
            line: segment.line,
            label: segment.headings.of(role),
            text: words.to_owned(),
            why,
        };
        let mut cells: Vec<KeptCell> = rest.map(cell).collect();
        cells.extend(segment.kept.iter().cloned());
        cells
    }

    /// The state that a row's word, letter or colour stands for.
    pub(super) fn position_state(&self, row: &RecommendationRow) -> Option<PositionState> {
        self.key.position(&row.state).map(|read| read.state)
    }

    /// The plan's position on a recommendation, where it says the same or stands at the same date.
    pub(super) fn known_position(&self, recommendation: Id, text: &str, date: Option<NaiveDate>) -> Option<&Position> {
        let existing = self.index.positions(self.plan, recommendation);
        let by_words = existing.iter().find(|row| !text.is_empty() && same_words(&row.text, text)).copied();
        by_words.or_else(|| existing.into_iter().find(|row| row.as_at == date))
    }

    /// Each paragraph and bullet of the evidence, and of what assures: one thing that shows it.
    pub(super) fn evidence(&mut self, row: &RecommendationRow, recommendation: Id) -> Vec<ProposedEvidence> {
        let mut found: Vec<ProposedEvidence> = Vec::new();
        let plain = [(&row.evidence, ""), (&row.assurance, "assurance")];
        let plain = plain.into_iter().filter(|(cell, _)| !items::is_answer(cell)).flat_map(|(cell, kind)| {
            blocks(cell).map(|block| EvidenceFacts {
                text: block.text.to_owned(),
                kind: kind.to_owned(),
                ..EvidenceFacts::default()
            })
        });
        for facts in plain.chain(row.shown.iter().cloned()) {
            let EvidenceFacts { text, kind, date, held, valid_until } = facts;
            let id = self.plan.id().derive(&["evidence", &words_key(&text)]);
            let known = self.evidence_by_words.get(&words_key(&text)).and_then(|id| self.plan.evidence.get(id));
            let known = known.or_else(|| self.plan.evidence.get(&id));
            let new = Evidence { id, text, kind, date, held, valid_until, ..Evidence::default() };
            let kept = known.cloned().unwrap_or(new);
            if found.iter().any(|other| other.row.id == kept.id) {
                continue;
            }
            let linked = self.plan.has(Entity::EvidenceLink, EvidenceLink::id_of(recommendation, kept.id));
            let status = if linked { Status::Same } else { Status::Added };
            found.push(ProposedEvidence { line: row.line, status, take: true, row: kept });
        }
        found
    }
}

/// The plan's evidence by its words.
pub(super) fn evidence_by_words(plan: &crate::model::Plan) -> BTreeMap<String, Id> {
    plan.evidence.values().map(|row| (words_key(&row.text), row.id)).collect()
}
