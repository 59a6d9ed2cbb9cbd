//! Signals in: exports of complaints, incidents and surveys to [`Signal`]s and [`Measure`]s.
//!
//! [`read`] goes over a source once, row by row, and holds what is taken of it, never the source: the
//! first rows say what each column is, the others stream past. Nothing here writes to a plan, opens a
//! file or knows the clock.
//!
//! The steps, a file each: `source` (bytes to rows), `heading` and `role` (what a heading says),
//! `private` (which columns say who somebody is), `columns` (which row holds the headings, what each
//! column is), `rows` (a row to a signal), `measures` (a row to measures), `date`, `subjects`,
//! `providers` (what single cells say), `intake` (all of it in order, and what is said of it), `proposal`
//! (what it would bring into a plan), `told` (that in words), `guess` (the kind of source, to be confirmed),
//! `chunk` (signals handed on while others are still read).
//!
//! Invariants: a column that may say who somebody is leaves nothing behind, not even a sample, unless a
//! person kept it; a column that is not understood is not taken; a row is a signal or measures, or is
//! listed with its number and the reason; a number that is not there is no nought.

mod chunk;
mod columns;
mod date;
mod error;
mod guess;
mod heading;
mod intake;
mod measures;
mod private;
mod proposal;
mod providers;
mod role;
mod rows;
mod source;
mod subjects;
mod told;

pub use chunk::{Chunk, Late, Sorter, propose_giving};
pub use columns::{Column, How, Mapping};
pub use error::SignalsError;
pub use guess::{guess_source, source_by_name};
pub use private::Private;
pub use proposal::{Decision, NamedProviders, Proposal, Rows, Whose, propose};
pub use providers::{KnownProvider, SeenProvider};
pub use role::Role;

use crate::model::due::Month;
use crate::model::identifiable::Identifier;
use crate::model::signal::{Measure, Signal, Source};
use crate::model::theme_map::ThemeMap;
use crate::model::value::vocabulary;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a person says of a source, and what the plan knows.
#[derive(Debug, Clone)]
pub struct Options {
    /// The kind of source.
    pub source: Source,
    /// The provider of all rows that name none.
    pub provider: Option<String>,
    /// The first month that the source covers.
    pub from: Option<Month>,
    /// The last one.
    pub to: Option<Month>,
    /// Which column is which, against what the reading makes of it: a role and a column's heading, what
    /// stands before or in its brackets, or its letter.
    pub map: Vec<(Role, String)>,
    /// Columns to keep that are dropped otherwise.
    pub keep: Vec<String>,
    /// What a person said of files with the same headings; the last one of a header counts.
    pub remembered: Vec<Mapping>,
    /// The providers of the plan.
    pub providers: Vec<KnownProvider>,
    /// The sheets to read; where none is named, those that have the headings of the first.
    pub sheet: Option<String>,
    /// Subjects and themes, for subjects with commas and columns without a heading; where none are
    /// given, the shipped ones.
    pub themes: Option<ThemeMap>,
}

static SHIPPED: LazyLock<ThemeMap> = LazyLock::new(ThemeMap::shipped);

impl Options {
    /// Nothing said but the kind of source.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self {
            source,
            provider: None,
            from: None,
            to: None,
            map: Vec::new(),
            keep: Vec::new(),
            remembered: Vec::new(),
            providers: Vec::new(),
            sheet: None,
            themes: None,
        }
    }

    fn themes(&self) -> &ThemeMap {
        self.themes.as_ref().unwrap_or(&SHIPPED)
    }
}

vocabulary!(
    /// Why a row is set aside.
    Reason, "a reason to set a row aside", {
        /// Its complaint was withdrawn.
        Withdrawn = "withdrawn",
        /// It should never have been opened.
        OpenedInError = "opened in error",
        /// Somebody tried the system.
        Test = "test",
        /// Another row has its reference.
        Duplicate = "duplicate",
        /// It adds up other rows.
        Total = "total",
    }
);

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A row that is no signal, for a reason that is no fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SetAside {
    /// Its number in the source.
    pub row: usize,
    /// Its reference; blank where it has none.
    pub reference: String,
    /// The reason.
    pub reason: Reason,
    /// What shows it.
    pub why: String,
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Its number in the source.
    pub row: usize,
    /// What is wrong with it, and in which column.
    pub reason: String,
}

/// A column of which nothing is taken because it may say who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Its place, from 1.
    pub number: usize,
    /// Its heading.
    pub column: String,
    /// What it holds.
    pub why: Private,
}

/// Something in a text that was kept that may say who somebody is. What it is does not stand here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeptHit {
    /// The row's number in the source.
    pub row: usize,
    /// The column's heading.
    pub column: String,
    /// What was found.
    pub kind: Identifier,
}

/// A date that would be another one with the month first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmbiguousDate {
    /// The row's number in the source.
    pub row: usize,
    /// The column's heading.
    pub column: String,
    /// As it stands.
    pub words: String,
    /// As it was read, `YYYY-MM-DD`.
    pub read_as: String,
}

/// Dates that would be others with the month first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AmbiguousDates {
    /// How many.
    pub count: usize,
    /// The first of them, at most twenty.
    pub first: Vec<AmbiguousDate>,
}

/// A source as it was read.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Reading {
    /// The columns, in their order.
    pub columns: Vec<Column>,
    /// The sheets of a workbook, in their order; none of a file that has none.
    #[serde(skip)]
    pub sheets: Vec<String>,
    /// The items.
    pub signals: Vec<Signal>,
    /// The numbers.
    pub measures: Vec<Measure>,
    /// Rows that are neither, for a reason that is no fault.
    pub set_aside: Vec<SetAside>,
    /// Rows that cannot be read.
    pub refused: Vec<Refused>,
    /// Columns that may say who somebody is, of which nothing was taken.
    pub dropped: Vec<Dropped>,
    /// What may say who somebody is in texts that were taken; the first thousand.
    pub kept_hits: Vec<KeptHit>,
    /// Dates that would be others with the month first.
    pub ambiguous_dates: AmbiguousDates,
    /// The providers that were named.
    pub providers: Vec<SeenProvider>,
    /// What a person has said of these headings, to be remembered.
    pub mapping: Mapping,
    /// Counts.
    pub summary: Summary,
    /// What else a person should know.
    pub notes: Vec<String>,
}

/// Counts of a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// How the source is written: its encoding, or `workbook`.
    pub encoding: String,
    /// Rows below the headings that have anything in them.
    pub rows: usize,
    /// Signals.
    pub signals: usize,
    /// Measures.
    pub measures: usize,
    /// Rows set aside.
    pub set_aside: usize,
    /// Rows refused.
    pub refused: usize,
    /// Rows that only name another subject of a signal that stands above.
    pub merged: usize,
    /// Signals by the word of their source: a file of complaints may hold PALS comments.
    pub by_source: BTreeMap<&'static str, usize>,
    /// Signals without a reference, known by what they say.
    pub without_reference: usize,
    /// Signals and measures whose provider nobody said.
    pub without_provider: usize,
    /// Signals counted by another date than the one that counts for their source.
    pub counted_by_other_date: usize,
    /// Signals and measures outside the months that the source is said to cover.
    pub outside_period: usize,
    /// Follow-ups of complaints: their type says FU, FLR or FL and a number.
    pub follow_ups: usize,
    /// Measures of which a number is hidden in the source (`*`, `<5`).
    pub hidden_numbers: usize,
    /// What was found in texts that were taken, however many are listed.
    pub kept_hits: usize,
    /// The first month of what was read, `YYYY-MM`.
    pub first_month: Option<String>,
    /// The last one.
    pub last_month: Option<String>,
}

/// Reads a source.
///
/// # Errors
/// When the source is no table, is too large, has no headings, or has no column that a person named.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Reading, SignalsError> {
    read_while(name, bytes, options, &mut |_, _| true)
}

/// Reads a source, and says after every thousand rows how many there were and how much of it that is (0
/// to 1; 0 throughout for a workbook, whose length nobody knows); `false` for an answer stops it.
///
/// # Errors
/// As [`read`], and [`SignalsError::Stopped`].
pub fn read_while(
    name: &str,
    bytes: &[u8],
    options: &Options,
    go_on: &mut dyn FnMut(usize, f32) -> bool,
) -> Result<Reading, SignalsError> {
    let mut intake = intake::Intake::new(name, options, go_on);
    let form = source::read(name, bytes, &mut intake)?;
    Ok(intake.finish(form)?.0)
}
