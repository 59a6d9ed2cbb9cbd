//! What a document says, before it is held against a plan.

use super::place::Places;
use super::proposal::{Note, RowHow};
use super::role::Role;
use crate::model::printed::{EvidenceFacts, Facts, TimescaleFacts};
use crate::model::text::words_key;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

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
    /// Whether it is a paper of ours: its date is the day that somebody looked at, and dates nothing
    /// that the plan has.
    pub(super) ours: bool,
    /// The lines of paragraphs that belong to a table below them.
    pub(super) of_tables: BTreeSet<usize>,
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
    /// Its rows as they stand in the document, each with what became of it.
    #[serde(skip)]
    pub grid: Vec<SourceRow>,
}

impl TableReading {
    /// What tables of one shape have in common, in any document: their headings in order, however
    /// they are spaced and spelt in capitals. Meanings that a person gave columns hold for all of them.
    #[must_use]
    pub fn layout_key(&self) -> String {
        self.columns.iter().map(|(label, _)| words_key(label)).collect::<Vec<_>>().join("|")
    }
}

/// A row of a table as it stands in the document.
#[derive(Debug, Clone)]
pub struct SourceRow {
    /// The line it begins on.
    pub line: usize,
    /// Its cells' words.
    pub cells: Vec<String>,
    /// What became of it.
    pub fate: RowFate,
    /// What a person asked for.
    pub edited: Option<RowHow>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum RowFate {
    /// It stands above the header.
    Title,
    /// It is the header, or a page's repeat of it.
    Header,
    /// It is a theme.
    Theme(String),
    /// These recommendations begin in it.
    Recommendations(Vec<String>),
    /// It goes on with what a row before it said of these recommendations.
    GoesOn(Vec<String>),
    /// This responsibility begins in it.
    Responsibility(String),
    /// It goes on with this responsibility.
    Under(String),
    /// Actions that stand alone.
    Actions,
    /// It belongs to the summary sheet.
    Sheet,
    /// A person left it out.
    LeftOut,
    /// Nothing was taken from it; the notes say why.
    #[default]
    NotTaken,
}

impl RowFate {
    /// The same for a row that was joined to the one above it.
    pub(super) fn joined(&self) -> Self {
        match self {
            Self::Recommendations(references) => Self::GoesOn(references.clone()),
            Self::Responsibility(text) => Self::Under(text.clone()),
            other => other.clone(),
        }
    }
}

/// The headings of a table's columns by what they mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Headings(pub(super) Arc<Vec<(Role, String)>>);

impl Headings {
    /// The heading that a meaning has in this table, or else the words for it.
    pub(super) fn of(&self, role: Role) -> String {
        let found = self.0.iter().find(|(given, _)| *given == role).map(|(_, label)| label.clone());
        found.unwrap_or_else(|| {
            let name = role.name();
            name.get(..1).map(str::to_uppercase).unwrap_or_default() + name.get(1..).unwrap_or_default()
        })
    }
}

/// A cell that the plan has no field for.
#[derive(Debug, Clone)]
pub(super) struct KeptCell {
    pub(super) line: usize,
    pub(super) label: String,
    pub(super) text: String,
    pub(super) why: Why,
}

/// Why a cell is kept beside its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Its column was not understood.
    Column,
    /// It says that there is nothing: "None", "N/A", "-".
    Nothing,
    /// Its word, letter or colour is no state that is known, or says more than one.
    State,
    /// It stands beside actions that are none, or several.
    Beside,
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
    pub(super) progress: String,
    pub(super) gap: String,
    pub(super) evidence: String,
    pub(super) assurance: String,
    /// Where the CCG stands, in a word, a letter or a colour.
    pub(super) state: String,
    /// The day of the position, where the row says it.
    pub(super) as_at: Option<NaiveDate>,
    /// When the organisation answered, and why so.
    pub(super) answered: Option<NaiveDate>,
    pub(super) reasons: String,
    /// The response's status, where it stands apart from the words.
    pub(super) response_status: Option<String>,
    /// Who recorded the response.
    pub(super) response_by: String,
    /// Evidence as our own appendix says it.
    pub(super) shown: Vec<EvidenceFacts>,
    /// Cells of columns that were not understood.
    pub(super) kept: Vec<KeptCell>,
    pub(super) headings: Headings,
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
    /// Timescales that stand apart from the actions.
    pub(super) timescales: Vec<PrintedTimescale>,
    /// Cells of columns that were not understood, in rows without an action.
    pub(super) kept: Vec<KeptCell>,
}

/// A timescale of a responsibility in a paper of ours.
#[derive(Debug, Clone, Default)]
pub(super) struct PrintedTimescale {
    pub(super) line: usize,
    pub(super) facts: TimescaleFacts,
    /// The line of the action that it is paired with.
    pub(super) beside: Option<usize>,
}

/// How the actions of a row are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Manner {
    /// As anybody writes them.
    #[default]
    Anyones,
    /// As our appendix does: each with a line that says its state, owner and due.
    Printed,
    /// As our action plan does: a row is one action, and its due its own.
    OneARow,
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
    pub(super) manner: Manner,
    /// What a paper of ours says of the row's one action.
    pub(super) facts: Option<Facts>,
    /// Progress on it.
    pub(super) progress: String,
    /// Cells of columns that were not understood, in a table of actions.
    pub(super) kept: Vec<KeptCell>,
    pub(super) headings: Headings,
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
