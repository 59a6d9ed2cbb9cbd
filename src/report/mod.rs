//! Papers out: a plan becomes a [`Paper`] that knows no format, and a paper becomes PDF, Word or a web
//! page; the whole plan becomes a workbook or JSON, its tables CSV, its dues a calendar.
//!
//! Nothing here changes a plan or asks the clock; what a paper says depends on the plan and the
//! [`Options`] alone, so that the same two give the same bytes.

mod action_plan;
mod appendix;
pub mod chart;
pub mod csv;
pub mod docx;
pub mod html;
pub mod ics;
pub mod json;
pub mod paper;
pub mod pdf;
mod printable;
mod save;
mod status;
mod svg;
pub mod timeline;
pub mod triangulation;
pub mod xlsx;
pub mod xmr;

use crate::model::value::vocabulary;
use crate::model::{Index, Plan, text};
use chrono::{DateTime, NaiveDate, Utc};
use std::path::Path;

pub use paper::Paper;
pub use save::save;

vocabulary!(
    /// A paper that a plan can be printed as.
    ReportName, "the name of a report", {
        /// Recommendations with response, position and actions.
        Appendix = "appendix",
        /// Responsibilities with actions, owners and timescales.
        ActionPlan = "action-plan",
        /// What falls due month by month, with owners, states and progress.
        Timeline = "timeline",
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
        }
    }
}

/// How a person wants a paper made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// 10 point instead of 12.
    pub compact: bool,
    /// In a calendar a reminder so many days before, or none.
    pub alarm_days: Option<u32>,
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

/// Puts a paper together.
#[must_use]
pub fn build(plan: &Plan, index: &Index, name: ReportName, options: &Options) -> Paper {
    match name {
        ReportName::Appendix => appendix::build(plan, index, options),
        ReportName::ActionPlan => action_plan::build(plan, index, options),
        ReportName::Timeline => timeline::build(plan, index, options),
    }
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
        notes
    }
}

/// Writes a report or, for `.json` and `.xlsx`, the whole plan, for `.ics` the timeline's dates to a file, by the file's ending.
///
/// # Errors
/// When the ending is none that is written, the work was given up, or the file cannot be written; no
/// half file is left.
pub fn export(
    plan: &Plan,
    index: &Index,
    name: ReportName,
    options: &Options,
    to: &Path,
    progress: Progress<'_>,
) -> Result<Exported, ReportError> {
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut exported = Exported::default();
    let bytes = match ending.as_str() {
        "pdf" => {
            let pdf = pdf::write(&build(plan, index, name, options), options, progress)?;
            exported.replaced = pdf.replaced;
            pdf.bytes
        }
        "docx" => docx::write(&build(plan, index, name, options), options)?,
        "html" | "htm" => html::write(&build(plan, index, name, options)).into_bytes(),
        "xlsx" => xlsx::write(plan, index, options, progress)?,
        "csv" => {
            let csv = csv::write(plan, index, name, options)?;
            exported.guarded = csv.guarded;
            csv.bytes
        }
        "ics" => {
            let made = timeline::calendar::calendar(plan, index, options);
            (exported.undated, exported.unsure) = (made.undated, made.unsure);
            made.text.into_bytes()
        }
        "json" => json::write(plan, &[], &[]).into_bytes(),
        _ => return Err(ReportError::Ending(ending)),
    };
    save(to, &bytes)?;
    Ok(exported)
}
