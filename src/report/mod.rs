//! Papers out: a plan becomes a [`Paper`] that knows no format, and a paper becomes PDF, Word or a web
//! page; the whole plan becomes a workbook or JSON, its tables CSV, its dues a calendar.
//!
//! Nothing here changes a plan or asks the clock; what a paper says depends on the plan and the
//! [`Options`] alone, so that the same two give the same bytes.

mod action_plan;
mod appendix;
pub mod chart;
pub mod clipboard;
pub mod compare;
pub mod complaints;
pub mod copy;
pub mod csv;
pub mod docx;
pub mod gaps;
pub mod html;
pub mod ics;
pub mod json;
mod listing;
pub mod paper;
pub mod pdf;
mod printable;
mod save;
pub mod section;
mod sheets;
pub mod signals;
mod source;
mod status;
mod svg;
pub mod timeline;
pub mod triangulation;
pub mod xlsx;
pub mod xmr;

use crate::model::intelligence::View;
use crate::model::value::vocabulary;
use crate::model::{Index, Plan, text};
use chrono::{DateTime, NaiveDate, Utc};
use std::path::Path;

pub use compare::Compared;
pub use listing::Listed;
pub use paper::Paper;
pub use save::save;
pub use source::{Signals, Source};

vocabulary!(
    /// A paper that a plan can be printed as.
    ReportName, "the name of a report", {
        /// Recommendations with response, position and actions.
        Appendix = "appendix",
        /// Responsibilities with actions, owners and timescales.
        ActionPlan = "action-plan",
        /// What falls due month by month, with owners, states and progress.
        Timeline = "timeline",
        /// The integrated complaints report: what all sources say together.
        Complaints = "complaints",
        /// The signals themselves; for internal use, and as rows only.
        Signals = "signals",
        /// Two plans beside each other.
        Compare = "compare",
        /// What a careful reader would ask, and what was said to it.
        Gaps = "gaps",
    }
);

impl ReportName {
    /// As people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Appendix => "Appendix: current position",
            Self::ActionPlan => "Action plan",
            Self::Timeline => "Action timeline",
            Self::Complaints => "Complaints and other intelligence",
            Self::Signals => "Signals, row by row",
            Self::Compare => "Comparison of two plans",
            Self::Gaps => "Gaps in the plan",
        }
    }

    /// The reports that are papers.
    pub const PAPERS: [Self; 5] = [Self::Appendix, Self::ActionPlan, Self::Timeline, Self::Complaints, Self::Gaps];

    /// Whether it is made of the plan in memory alone.
    #[must_use]
    pub fn is_of_the_plan(self) -> bool {
        !self.is_of_signals() && self != Self::Compare
    }

    /// Whether it is made of signals, which lie in the file and not in the plan in memory.
    #[must_use]
    pub fn is_of_signals(self) -> bool {
        matches!(self, Self::Complaints | Self::Signals)
    }
}

/// How a person wants a report made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Manner {
    /// 10 point instead of 12.
    pub compact: bool,
    /// In a calendar a reminder so many days before, or none.
    pub alarm_days: Option<u32>,
    /// Shows small numbers as they are, and marks every page for internal use.
    pub internal: bool,
    /// Of a report on signals the provider and the period; `None` for the usual one, and for all rows.
    pub view: Option<View>,
    /// Of a comparison which rows are shown.
    pub rows: crate::model::compare::Filter,
    /// Of the appendix what the list shows, in its order, under its headings and in its columns; `None` for all of it.
    pub look: Option<crate::model::view::Look>,
}

/// What a paper depends on beside the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The date that everything is judged against.
    pub as_at: NaiveDate,
    /// 10 point instead of 12.
    pub compact: bool,
    /// In a calendar a reminder so many days before, or none.
    pub alarm_days: Option<u32>,
    /// When the paper is made; stands in the file's properties only, and counts a calendar's changes up.
    pub generated: DateTime<Utc>,
}

/// The work was given up because somebody asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// Told how far the work has got (0 to 1); its error ends the work.
pub type Progress<'a> = &'a dyn Fn(f32) -> Result<(), Cancelled>;

/// A paper that could not be made or written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Somebody asked for it to end.
    #[error("cancelled")]
    Cancelled(#[from] Cancelled),
    /// A kind of file that is not written.
    #[error("a file that ends in \".{0}\" cannot be written; .pdf, .docx, .html, .xlsx, .csv, .ics and .json can")]
    Ending(String),
    /// Rows of signals were asked for as a paper.
    #[error("signals row by row are written as .csv or .xlsx, not as .{0}; name the file so, or choose another report")]
    NoPaper(String),
    /// A calendar was asked for of two plans.
    #[error("a calendar holds what falls due in one plan; export the timeline of each")]
    NoCalendarOfTwo,
    /// A calendar was asked for of what a list shows.
    #[error("what a list shows is written as .pdf, .docx, .html, .csv and .xlsx, not as .{0}")]
    NotOfList(String),
    /// A comparison was asked for without a plan to compare with.
    #[error("no plan is compared with this one; open a neighbour's plan first, or use recap compare")]
    NothingCompared,
    /// Rows of signals were asked for, and not for internal use.
    #[error(
        "signals row by row show single people's complaints and are not for publication; say that they are for internal use (--internal, or the tick in the print dialog)"
    )]
    Internal,
    /// A calendar was asked for of a report that has no dates of actions.
    #[error("a calendar holds what falls due, and the report on signals has none of it; choose the timeline")]
    NoCalendar,
    /// The pages could not be laid out, which is a fault of this program.
    #[error("the paper could not be laid out, and no file was written: {0}")]
    Layout(String),
    /// There is no room left.
    #[error("the disk is full, and no file was written; make room or choose another place: {0}")]
    DiskFull(String),
    /// The folder is gone, a share perhaps.
    #[error("the folder is not there, and no file was written; choose another: {0}")]
    NoFolder(String),
    /// Somebody else has it, or it may not be written.
    #[error(
        "the file may not be written; close it where it is open, or choose another name or folder ({reason}): {path}"
    )]
    Refused {
        /// What the system said.
        reason: String,
        /// Which file.
        path: String,
    },
    /// Something else went wrong on the way to the disk.
    #[error("the file could not be written, what was there before is as it was ({reason}): {path}")]
    Unwritten {
        /// What the system said.
        reason: String,
        /// Which file.
        path: String,
    },
}

/// Puts a paper together that is made of the plan alone; see [`Source::paper`].
#[must_use]
pub fn build(plan: &Plan, index: &Index, name: ReportName, options: &Options) -> Paper {
    Source::new(plan, index).paper(name, options)
}

/// A file that was written, and what there is to say of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exported {
    /// The characters that no font has and that □ stands for.
    pub replaced: Vec<char>,
    /// How many cells got an apostrophe, so that no program takes them for formulas.
    pub guarded: usize,
    /// How many open cards of the timeline have no date and are not in the calendar.
    pub undated: usize,
    /// How many days of the calendar lie in years whose bank holidays are not known.
    pub unsure: usize,
    /// What a person should look at before it is passed on.
    pub remarks: Vec<String>,
}

impl Exported {
    /// What a person is told beside that the file was written.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.replaced.is_empty() {
            let letters: String = self.replaced.iter().collect();
            notes.push(format!("The printing fonts lack some characters; □ stands for them: {letters}"));
        }
        if self.guarded > 0 {
            let cells = text::count(self.guarded, "cell");
            notes.push(format!(
                "{cells} would be taken for formulas by Excel and begin with an apostrophe in the file; importing it takes the apostrophe off again"
            ));
        }
        if self.undated > 0 {
            let are = if self.undated == 1 { "has no date and is" } else { "have no date and are" };
            notes.push(format!("{} {are} not in the calendar", text::count(self.undated, "card")));
        }
        if self.unsure > 0 {
            let (_, last) = crate::model::calendar::years();
            let days = text::count(self.unsure, "day");
            notes.push(format!("Bank holidays are known to {last}: {days} of the calendar may fall on one"));
        }
        notes.extend(self.remarks.iter().cloned());
        notes
    }
}

/// Writes a report that is made of the plan alone; see [`Source::export`].
///
/// # Errors
/// As [`Source::export`].
pub fn export(
    plan: &Plan,
    index: &Index,
    name: ReportName,
    options: &Options,
    to: &Path,
    progress: Progress<'_>,
) -> Result<Exported, ReportError> {
    Source::new(plan, index).export(name, options, to, progress)
}
