//! What an import would do to a plan, item by item, for a person to look at and change before
//! anything is written.

use super::decode::Cleaned;
use super::names::ProposedName;
use super::place::Places;
use super::resolve::Answer;
use super::role::Role;
use super::understood::TableReading;
use crate::model::catalogue::Catalogue;
use crate::model::{
    Action, Choice, CrossReference, Entity, Evidence, Id, PaperField, Position, Recommendation, Remark, Report,
    Responsibility, Theme, Timescale, Update,
};
use chrono::NaiveDate;
use serde::Serialize;

/// How a document is to be read.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// The date of its positions where the document states none itself.
    pub as_at: Option<NaiveDate>,
    /// The report that its numbers are from.
    pub catalogue: &'a Catalogue,
    /// Columns that a person gave a meaning.
    pub columns: Vec<Assigned>,
    /// Rows that a person joined, parted or left out.
    pub rows: Vec<RowEdit>,
}

impl<'a> Options<'a> {
    /// The document's own date or none, columns as they are understood.
    #[must_use]
    pub fn new(catalogue: &'a Catalogue) -> Self {
        Self { as_at: None, catalogue, columns: Vec::new(), rows: Vec::new() }
    }

    /// The same with a date for a document that states none.
    #[must_use]
    pub fn as_at(mut self, date: Option<NaiveDate>) -> Self {
        self.as_at = date;
        self
    }
}

/// A column that a person gave a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// The table, as its place in [`Proposal::tables`].
    pub table: usize,
    /// The column, from 0.
    pub column: usize,
    /// What it holds.
    pub role: Role,
}

/// What a person wants done with a row before anything is read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowEdit {
    /// The table, as its place in [`Proposal::tables`].
    pub table: usize,
    /// The row, as its place in [`TableReading::grid`].
    pub row: usize,
    /// What is to be done.
    pub how: RowHow,
}

/// How a row is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowHow {
    /// Cell by cell as the rest of the row above it.
    JoinToAbove,
    /// Never as the rest of what stood before it: what it says are paragraphs and actions of their own.
    OfItsOwn,
    /// Not at all.
    Leave,
}

/// How an item of a document stands to the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The plan has it.
    #[default]
    Same,
    /// The plan has it not.
    Added,
    /// The plan says something else in its place.
    Differs,
}

/// How a document's wording of a recommendation stands to the published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// The same words.
    #[default]
    Published,
    /// The published words with some left out.
    Shortened,
    /// Other words.
    Local,
    /// No words: the published ones stand in.
    Missing,
    /// The catalogue does not have this recommendation.
    NotInCatalogue,
}

/// Something to know about a place in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The line, or the place that [`Proposal::place`] names, from 1; 0 for the whole document.
    pub line: usize,
    /// What there is to know.
    pub text: String,
    /// How much it matters.
    pub level: Level,
}

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// How something was read.
    Info,
    /// Words of the document that have no field in the plan and are kept beside their row.
    Kept,
    /// Words of the document that have no place in the plan.
    Unread,
}

/// Where the date of the positions is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// The document states it, in these words.
    Document {
        /// The line it stands on.
        line: usize,
        /// The words.
        words: String,
    },
    /// It was given with the import.
    Given,
    /// There is none: positions stay undated.
    None,
}

/// What an import would do.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The document's name.
    pub name: String,
    /// How its places are named.
    pub places: Places,
    /// What was cleaned out of its text.
    pub cleaned: Cleaned,
    /// Its encoding.
    pub encoding: &'static str,
    /// The date of its positions.
    pub as_at: Option<NaiveDate>,
    /// Where that date is from.
    pub as_at_source: DateSource,
    /// The date that the plan is given, where it has none and the document states one.
    pub plan_date: Option<NaiveDate>,
    /// The report, where the plan does not answer it yet.
    pub report: Option<Report>,
    /// Headings over recommendations.
    pub themes: Vec<ProposedTheme>,
    /// Recommendations with what stands in their rows.
    pub rows: Vec<ProposedRow>,
    /// Key responsibilities with their actions and timescales.
    pub responsibilities: Vec<ProposedResponsibility>,
    /// Actions that stand alone.
    pub actions: Vec<ProposedAction>,
    /// The summary sheet.
    pub paper: Vec<ProposedPaper>,
    /// Words that may be actions.
    pub candidates: Vec<ProposedChoice>,
    /// Other questions that the document leaves open.
    pub choices: Vec<ProposedChoice>,
    /// Names that are spelt almost like one that is used more.
    pub names: Vec<ProposedName>,
    /// What else to know, by line.
    pub notes: Vec<Note>,
    /// How each table was read.
    pub tables: Vec<TableReading>,
}

/// A heading over recommendations.
#[derive(Debug, Clone)]
pub struct ProposedTheme {
    /// The line it stands on.
    pub line: usize,
    /// Whether the plan has it.
    pub status: Status,
    /// Whether it is taken.
    pub take: bool,
    /// The row, without its order.
    pub row: Theme,
}

/// One field of a row that the plan has.
#[derive(Debug, Clone)]
pub struct ProposedField {
    /// The line it stands on.
    pub line: usize,
    /// The kind of the row.
    pub entity: Entity,
    /// The row.
    pub row: Id,
    /// The field.
    pub field: &'static str,
    /// What the plan says.
    pub mine: String,
    /// What the document says.
    pub theirs: String,
    /// [`Status::Added`] where the plan's field is blank.
    pub status: Status,
    /// Whether the document's words are taken; for ones that differ, not unless a person says so.
    pub take: bool,
    /// Whether a person said before that the plan's words stay.
    pub settled: bool,
}

/// A recommendation with what stands in its row.
#[derive(Debug, Clone)]
pub struct ProposedRow {
    /// The line it begins on.
    pub line: usize,
    /// The lines of what a page break cut off and was joined.
    pub joins: Vec<usize>,
    /// The recommendation as the plan will have it, without its order.
    pub row: Recommendation,
    /// [`Status::Added`] for a new one; else whether anything in it is added or differs.
    pub status: Status,
    /// Whether anything of the row is taken.
    pub take: bool,
    /// Whether the plan has the recommendation.
    pub exists: bool,
    /// The document's wording of it.
    pub wording: Wording,
    /// What the document says in fields that the plan has.
    pub fields: Vec<ProposedField>,
    /// The position.
    pub position: Option<ProposedPosition>,
    /// The actions.
    pub actions: Vec<ProposedAction>,
    /// Words in it that point elsewhere.
    pub pointers: Vec<ProposedPointer>,
    /// What shows that the position is so.
    pub evidence: Vec<ProposedEvidence>,
    /// What is kept of cells that the plan has no field for.
    pub remarks: Vec<ProposedRemark>,
}

/// A position.
#[derive(Debug, Clone)]
pub struct ProposedPosition {
    /// The line it stands on.
    pub line: usize,
    /// Against the positions that the plan has.
    pub status: Status,
    /// Whether it is taken.
    pub take: bool,
    /// The position; where it differs, the plan's own row with the document's words.
    pub row: Position,
    /// The plan's words of the same date, where they differ.
    pub mine: String,
    /// Whether a person said before that the plan's words stay.
    pub settled: bool,
}

/// An action.
#[derive(Debug, Clone)]
pub struct ProposedAction {
    /// The line it stands on.
    pub line: usize,
    /// Against the actions in the same place of the plan.
    pub status: Status,
    /// Whether it is taken.
    pub take: bool,
    /// The action, without its order.
    pub row: Action,
    /// What the document says in fields of an action that the plan has.
    pub fields: Vec<ProposedField>,
    /// The recommendations it serves.
    pub serves: Vec<Id>,
    /// Progress on it.
    pub progress: Option<Update>,
    /// What is kept of cells that the plan has no field for.
    pub remarks: Vec<ProposedRemark>,
}

/// Evidence that stands behind a recommendation.
#[derive(Debug, Clone)]
pub struct ProposedEvidence {
    /// The line it stands on.
    pub line: usize,
    /// Against the plan's, its link to the recommendation too.
    pub status: Status,
    /// Whether it is taken.
    pub take: bool,
    /// The evidence, without its order; the plan's own row where it has it.
    pub row: Evidence,
}

/// A cell that the plan has no field for, with its column's heading.
#[derive(Debug, Clone)]
pub struct ProposedRemark {
    /// The line it stands on.
    pub line: usize,
    /// Against the plan's.
    pub status: Status,
    /// Whether it is taken.
    pub take: bool,
    /// The row, without its order.
    pub row: Remark,
}

/// A key responsibility.
#[derive(Debug, Clone)]
pub struct ProposedResponsibility {
    /// The line it begins on.
    pub line: usize,
    /// The lines of what was joined to it.
    pub joins: Vec<usize>,
    /// Against the plan's.
    pub status: Status,
    /// Whether anything of it is taken.
    pub take: bool,
    /// The row, without its order.
    pub row: Responsibility,
    /// What differs in one that the plan has.
    pub fields: Vec<ProposedField>,
    /// Its actions.
    pub actions: Vec<ProposedAction>,
    /// Its timescales.
    pub timescales: Vec<ProposedTimescale>,
    /// What is kept of cells that the plan has no field for.
    pub remarks: Vec<ProposedRemark>,
}

/// Due words at a responsibility.
#[derive(Debug, Clone)]
pub struct ProposedTimescale {
    /// The line it stands on.
    pub line: usize,
    /// Against the plan's.
    pub status: Status,
    /// Whether it is taken.
    pub take: bool,
    /// The row, without its order.
    pub row: Timescale,
}

/// A field of the summary sheet.
#[derive(Debug, Clone)]
pub struct ProposedPaper {
    /// The line it stands on.
    pub line: usize,
    /// Against the plan's.
    pub status: Status,
    /// Whether it is taken.
    pub take: bool,
    /// The row, without its order.
    pub row: PaperField,
    /// What differs in one that the plan has.
    pub fields: Vec<ProposedField>,
}

/// Words that point at another recommendation.
#[derive(Debug, Clone)]
pub struct ProposedPointer {
    /// Against the plan's.
    pub status: Status,
    /// The row.
    pub row: CrossReference,
}

/// A question that the document leaves open.
#[derive(Debug, Clone)]
pub struct ProposedChoice {
    /// The line it stands on.
    pub line: usize,
    /// [`Status::Same`] where the plan has the question already.
    pub status: Status,
    /// The question, without its order.
    pub row: Choice,
    /// The heading or the recommendation it stands under.
    pub heading: String,
    /// Answers to choose from, where there are few.
    pub options: Vec<(String, Answer)>,
    /// What was chosen; `None` leaves the question open in the plan.
    pub answer: Option<Answer>,
}

impl ProposedChoice {
    /// Whether nobody has answered it yet, in the plan or here.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.row.answer.is_empty()
    }
}

impl Proposal {
    /// What a place of the document is called: "line 12", "table 2, row 3", "Actions, row 12".
    #[must_use]
    pub fn place(&self, line: usize) -> String {
        self.places.name(line)
    }

    /// Every field that the document words otherwise than the plan.
    pub fn fields(&self) -> impl Iterator<Item = &ProposedField> {
        let rows = self.rows.iter().flat_map(|row| &row.fields);
        let responsibilities = self.responsibilities.iter().flat_map(|row| &row.fields);
        let actions = self.all_actions().flat_map(|action| &action.fields);
        rows.chain(responsibilities).chain(actions).chain(self.paper.iter().flat_map(|field| &field.fields))
    }

    /// Every action in it, wherever it stands.
    pub fn all_actions(&self) -> impl Iterator<Item = &ProposedAction> {
        let rows = self.rows.iter().flat_map(|row| row.actions.iter());
        let responsibilities = self.responsibilities.iter().flat_map(|row| row.actions.iter());
        rows.chain(responsibilities).chain(self.actions.iter())
    }

    /// Every remark in it, wherever it stands.
    pub fn all_remarks(&self) -> impl Iterator<Item = &ProposedRemark> {
        let rows = self.rows.iter().flat_map(|row| &row.remarks);
        let responsibilities = self.responsibilities.iter().flat_map(|row| &row.remarks);
        rows.chain(responsibilities).chain(self.all_actions().flat_map(|action| &action.remarks))
    }

    /// How many questions would be left open in the plan.
    #[must_use]
    pub fn open_choices(&self) -> usize {
        let asked = self.candidates.iter().chain(&self.choices).filter(|choice| choice.is_open()).count();
        let differ = self.fields().filter(|field| field.is_open()).count();
        let positions = self.rows.iter().filter_map(|row| row.position.as_ref()).filter(|position| position.is_open());
        asked + differ + positions.count()
    }
}

impl ProposedField {
    /// Whether it differs and nobody has said whose words stay.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == Status::Differs && !self.take && !self.settled
    }
}

impl ProposedPosition {
    /// Whether it differs and nobody has said whose words stay.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.status == Status::Differs && !self.take && !self.settled
    }
}
