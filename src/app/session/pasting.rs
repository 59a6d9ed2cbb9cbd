//! Pasting: what was on the clipboard, taken as a table of a plan or laid over the grid. Both are shown first.

use super::documents::of_document;
use super::{Reading, Session, Task, Waiting};
use crate::app::job::{Ended, JobKind, Outcome};
use crate::app::{Notice, Trouble};
use crate::import::{self, Pasted, TableKind};
use crate::model::paste::{self, Block};
use crate::model::view::Column;
use crate::model::{Id, Index, Plan};
use chrono::NaiveDate;
use std::sync::Arc;

/// What was on the clipboard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clip {
    /// As a page, if it was there in that form.
    pub html: Option<String>,
    /// As text.
    pub text: String,
}

/// Where a block of cells goes that is no table of its own: the grid's rows and columns from the cursor on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PasteAt {
    /// From the cursor's row down.
    pub rows: Vec<Id>,
    /// From the cursor's column to the right.
    pub columns: Vec<Column>,
}

/// A block that waits for a decision.
pub struct BlockWaiting {
    /// Its cells.
    pub cells: Vec<Vec<String>>,
    /// Where it goes.
    pub at: PasteAt,
    /// What it would change.
    pub block: Block,
    /// The date that its positions are written as at.
    pub as_at: NaiveDate,
    /// The same as a table with numbers of its own, where it can be read as one.
    table: Option<Box<Waiting>>,
}

impl BlockWaiting {
    /// Whether it can be read as a table with numbers of its own.
    #[must_use]
    pub fn reads_as_table(&self) -> bool {
        self.table.is_some()
    }
}

impl Session {
    /// Reads what was on the clipboard. A table with numbers waits as [`Session::proposal`]; a column or a block waits
    /// as [`Session::block`], if there is a place for it.
    pub fn paste(&mut self, clip: Clip, at: Option<PasteAt>) {
        self.when_saved(Task::Paste(clip, at));
    }

    pub(super) fn start_paste(&mut self, clip: Clip, at: Option<PasteAt>) {
        let Some(open) = &self.open else { return };
        let (plan, index, as_at) = (Arc::clone(&open.plan), Arc::clone(&open.index), open.as_at);
        let layouts = self.settings.layouts.clone();
        self.jobs.start(JobKind::Paste, move |progress| {
            progress.at(0.1)?;
            let Pasted { document, cells } = import::pasted(clip.html.as_deref(), &clip.text);
            progress.at(0.4)?;
            let table = match document {
                Ok(document) => of_document(&plan, document, &layouts, Some(as_at)),
                Err(error) => Err(Trouble::new(sentence(&error.to_string()), "Copy the table again, and paste it.")),
            };
            progress.at(0.8)?;
            let outcome = decide(&plan, &index, table, cells, at, as_at)?;
            progress.at(1.0)?;
            Ok(outcome)
        });
    }

    /// Writes the block that waits, as one change.
    pub fn accept_block(&mut self) {
        let Some(waiting) = self.block.take() else { return };
        let edit = waiting.block.edit;
        if edit.is_empty() {
            self.notices.push(Notice::note("Nothing was pasted", "The plan says all of it already."));
            return;
        }
        self.notices.push(Notice::done(edit.label.clone()));
        self.edit(edit);
    }

    /// Reads the block that waits as a table with numbers of its own instead.
    pub fn block_as_table(&mut self) {
        if let Some(table) = self.block.take().and_then(|waiting| waiting.table) {
            self.proposal = Some(*table);
        }
    }

    /// Puts the block in one cell: its lines are paragraphs of it.
    pub fn block_in_one_cell(&mut self) {
        let (Some(waiting), Some(open)) = (&mut self.block, &self.open) else { return };
        let lines: Vec<&str> = waiting.cells.iter().flatten().map(String::as_str).collect();
        waiting.cells = vec![vec![lines.join("\n")]];
        waiting.block = laid(&open.plan, &open.index, &waiting.cells, &waiting.at, waiting.as_at);
    }
}

/// What is done with what was read: several columns with numbers of their own are a table; else it goes to the cursor.
fn decide(
    plan: &Plan,
    index: &Index,
    table: Result<Waiting, Trouble>,
    cells: Vec<Vec<String>>,
    at: Option<PasteAt>,
    as_at: NaiveDate,
) -> Result<Outcome, Ended> {
    let several = cells.iter().map(Vec::len).max().unwrap_or(0) > 1;
    let at = at.filter(|at| !at.rows.is_empty() && !cells.is_empty());
    match (table, at) {
        (Ok(table), None) => Ok(Outcome::Proposal(table)),
        (Ok(table), Some(_)) if several && has_rows(&table) => Ok(Outcome::Proposal(table)),
        (table, Some(at)) => {
            let block = laid(plan, index, &cells, &at, as_at);
            let table = table.ok().filter(has_rows).map(Box::new);
            Ok(Outcome::Block(Box::new(BlockWaiting { cells, at, block, as_at, table })))
        }
        (Err(trouble), None) => Err(trouble.into()),
    }
}

/// Whether anything of a plan was found under numbers, responsibilities or a heading for actions.
fn has_rows(waiting: &Waiting) -> bool {
    let Waiting::Tables { proposal, .. } = waiting else { return true };
    let known = |kind: TableKind| matches!(kind, TableKind::Recommendations | TableKind::ActionPlan);
    let any = proposal.rows.len() + proposal.responsibilities.len() + proposal.actions.len() > 0;
    any && proposal.tables.iter().any(|table| known(table.kind))
}

fn laid(plan: &Plan, index: &Index, cells: &[Vec<String>], at: &PasteAt, as_at: NaiveDate) -> Block {
    paste::block(plan, index, (&at.rows, &at.columns), cells, as_at, Id::random())
}

fn sentence(text: &str) -> String {
    crate::model::text::sentence_case(text)
}

impl Reading {
    /// A reading whose positions are of a date, where the document states none itself.
    pub(super) fn as_at(date: Option<NaiveDate>) -> Self {
        Self { as_at: date, ..Self::default() }
    }
}
