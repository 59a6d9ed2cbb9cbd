//! The command line: the same program without a window, for nights, scripts and tests.
//!
//! Every verb prints words for people, or with `--json` one JSON value; messages go to standard
//! error. Exit status: 0 done; 1 from `check` (gaps left open, or not sound), `import` (choices left open) and
//! `merge` (conflicts left); 2 wrong usage; 3 the file or input was refused; 4 it could not be read or written. Nothing here may know
//! the window.

mod arguments;
mod check;
mod compare;
mod documents;
mod journal;
mod merge;
mod output;
mod plans;
mod share;
mod signals;
mod timeline;
mod triangulate;
mod views;
mod xmr;

pub use arguments::{Invocation, Verb, Window};

use crate::app::{Folders, Trouble};
use crate::model::Plan;
use crate::store::{PlanFile, StoreError, Wanted};
use arguments::Action;
use chrono::{DateTime, Local, NaiveDate, Utc};
use output::Output;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// Done.
const DONE: u8 = 0;
/// Done, and something is left to look at.
const LEFT: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// The file or the input was refused.
const REFUSED: u8 = 3;
/// It could not be read or written.
const FAILED: u8 = 4;

/// Reads the arguments: a verb, or the window with perhaps a plan.
///
/// # Errors
/// When they make no sense, or ask for help or the version: [`say`] prints that.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, clap::Error> {
    arguments::parse(arguments)
}

/// Prints what the arguments asked for instead of work: help, the version, or what is wrong.
#[must_use]
pub fn say(said: &clap::Error) -> ExitCode {
    let printed = said.print().is_ok();
    if said.use_stderr() || !printed { ExitCode::from(USAGE) } else { ExitCode::SUCCESS }
}

/// Says that there is no window, and which verbs work without one.
#[must_use]
pub fn no_window(why: &str) -> ExitCode {
    let text = format!("{why}.\nThese work without a window: {}. See `recap --help`.", arguments::verbs().join(", "));
    output::complain(&text);
    ExitCode::from(FAILED)
}

/// Runs a verb.
#[must_use]
pub fn run(verb: Verb, folders: &Folders) -> ExitCode {
    let mut output = Output::new(verb.json);
    let desk = Desk { folders, who: crate::app::Settings::load(&folders.settings()).0.who() };
    let result = match verb.action {
        Action::New(new) => plans::new(&desk, &new, &mut output),
        Action::Sample(sample) => plans::sample(&desk, &sample, &mut output),
        Action::Check(check) => check::check(&desk, &check, &mut output),
        Action::Backups(backups) => plans::backups(&desk, &backups, &mut output),
        Action::Import(import) => documents::import(&desk, &import, &mut output),
        Action::ImportSignals(import) => signals::import(&desk, &import, &mut output),
        Action::Timeline(of) => timeline::timeline(&desk, &of, &mut output),
        Action::Triangulate(asked) => triangulate::triangulate(&desk, &asked, &mut output),
        Action::Compare(asked) => compare::compare(&desk, &asked, &mut output),
        Action::Xmr(chart) => xmr::xmr(&chart, &mut output),
        Action::Export(export) => documents::export(&desk, &export, &mut output),
        Action::Share(wanted) => share::share(&desk, &wanted, &mut output),
        Action::Merge(asked) => merge::merge(&desk, &asked, &mut output),
        Action::History(history) => journal::history(&desk, &history, &mut output),
        Action::Undo(plan) => journal::undo(&desk, &plan, &mut output),
        Action::Redo(plan) => journal::redo(&desk, &plan, &mut output),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(stop) => {
            output.stop(&stop);
            ExitCode::from(stop.status)
        }
    }
}

/// What verbs need beside their arguments.
struct Desk<'a> {
    folders: &'a Folders,
    who: String,
}

impl Desk<'_> {
    /// Opens a plan for a verb that only reads.
    fn open_to_read(&self, plan: &Path, now: DateTime<Utc>) -> Result<PlanFile, StoreError> {
        PlanFile::open_to_read(plan, &self.folders.backups(), now)
    }

    fn open_to_change(&self, plan: &Path, now: DateTime<Utc>) -> Result<PlanFile, StoreError> {
        PlanFile::open(plan, Wanted::Write { backups: &self.folders.backups(), now })
    }
}

/// The date that a plan is judged against: the one that was asked for, else its own, else today.
fn judged_at(asked: Option<NaiveDate>, plan: &Plan, now: DateTime<Utc>) -> NaiveDate {
    asked.or(plan.info().as_at).unwrap_or_else(|| now.with_timezone(&Local).date_naive())
}

/// Whether two names lead to one file that is there.
fn same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// Why a verb ended early.
#[derive(Debug)]
struct Stop {
    /// The exit status.
    status: u8,
    /// What happened, to what.
    what: String,
    /// What to do.
    remedy: String,
}

impl Stop {
    fn usage(trouble: Trouble) -> Self {
        Self { status: USAGE, what: trouble.what, remedy: trouble.remedy }
    }

    fn refused(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status: REFUSED, what: what.into(), remedy: remedy.into() }
    }

    fn failed(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status: FAILED, what: what.into(), remedy: remedy.into() }
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        let status = if error.refused() { REFUSED } else { FAILED };
        Self { status, what: error.to_string(), remedy: error.remedy().to_owned() }
    }
}
