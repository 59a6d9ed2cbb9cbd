//! What a document says, before it is held against a plan.

use super::columns::Role;
use super::place::Places;
use super::proposal::Note;
use chrono::NaiveDate;
use serde::Serialize;

/// All that was understood of a document.
#[derive(Debug, Default)]
pub(super) struct Understood {
    pub(super) date: Option<StatedDate>,
    pub(super) paper: Vec<SheetField>,
    pub(super) themes: Vec<Heading>,
    pub(super) rows: Vec<RecommendationRow>,
    pub(super) responsibilities: Vec<ResponsibilityRow>,
    /// Actions of a table without recommendations and responsibilities.
    pub(super) actions: Vec<Segment>,
    pub(super) candidates: Vec<Candidate>,
    pub(super) notes: Vec<Note>,
    pub(super) tables: Vec<TableReading>,
    /// How the document's places are named.
    pub(super) places: Places,
}

/// A date that the document states of itself.
#[derive(Debug, Clone)]
pub(super) struct StatedDate {
    pub(super) date: NaiveDate,
    pub(super) line: usize,
    pub(super) words: String,
}

/// How a table was read.
#[derive(Debug, Clone, Serialize)]
pub struct TableReading {
    /// The line it begins on.
    pub line: usize,
    /// The heading above it.
    pub heading: String,
    /// What it was taken for.
    pub kind: TableKind,
    /// Each column's heading and what it was taken for.
    pub columns: Vec<(String, Role)>,
    /// How many rows it has, headers and continued rows too.
    pub rows: usize,
}

/// What a table was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// The paper's summary sheet.
    Sheet,
    /// Recommendations.
    Recommendations,
    /// Responsibilities, or actions alone.
    ActionPlan,
    /// Not understood; its words are in the notes.
    Unknown,
}

/// A heading with its line.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) line: usize,
    pub(super) title: String,
}

/// A field of the summary sheet.
#[derive(Debug, Clone)]
pub(super) struct SheetField {
    pub(super) line: usize,
    pub(super) key: String,
    pub(super) label: String,
    pub(super) text: String,
}

/// A row of recommendations.
#[derive(Debug, Clone, Default)]
pub(super) struct RecommendationRow {
    pub(super) line: usize,
    /// One, or several that share the row.
    pub(super) references: Vec<String>,
    /// Its place in [`Understood::themes`].
    pub(super) theme: Option<usize>,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) response: String,
    pub(super) position: String,
    pub(super) acceptance: String,
    pub(super) segments: Vec<Segment>,
    /// The lines of what was joined to it.
    pub(super) joins: Vec<usize>,
    /// The recommendation in the row before it, in its table and under its theme.
    pub(super) before: Option<String>,
}

/// A key responsibility with what stands beside it.
#[derive(Debug, Clone, Default)]
pub(super) struct ResponsibilityRow {
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) segments: Vec<Segment>,
    pub(super) joins: Vec<usize>,
}

/// Actions with what stands beside them in one row of the table.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    pub(super) line: usize,
    /// The recommendations whose row it is.
    pub(super) serves: Vec<String>,
    pub(super) action: String,
    pub(super) owner: String,
    pub(super) partners: String,
    pub(super) due: String,
    pub(super) state: String,
    /// Progress, in a table of actions.
    pub(super) progress: String,
}

impl Segment {
    pub(super) fn is_blank(&self) -> bool {
        [&self.action, &self.owner, &self.partners, &self.due, &self.state, &self.progress]
            .iter()
            .all(|text| text.is_empty())
    }
}

/// Words that may be an action.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) line: usize,
    pub(super) text: String,
    /// The recommendation in whose cell they stand.
    pub(super) reference: Option<String>,
    /// The heading they stand under.
    pub(super) heading: String,
}
