//! The arguments: what can be typed after `recap`.

use crate::model::due::Month;
use crate::model::signal::Source;
use crate::share::SignalsAs;
use chrono::NaiveDate;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

/// What was asked for.
#[derive(Debug, Clone)]
pub enum Invocation {
    /// A verb.
    Verb(Box<Verb>),
    /// The window.
    Window(Window),
}

/// A verb with its arguments.
#[derive(Debug, Clone)]
pub struct Verb {
    pub(super) action: Action,
    /// Machine-readable output.
    pub json: bool,
}

/// The window with its arguments.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// The plan to open.
    pub plan: Option<PathBuf>,
    /// The renderer to use, `wgpu` or `glow`.
    pub renderer: Option<String>,
    /// Close by itself after so many seconds.
    pub close_after: Option<f32>,
}

/// A CCG's answer to an inquiry report as a living plan. Without a verb, opens the window.
#[derive(Debug, Parser)]
#[command(name = "recap", version, about, disable_help_subcommand = true)]
struct Line {
    #[command(subcommand)]
    action: Option<Action>,
    /// Machine-readable output
    #[arg(long, global = true)]
    json: bool,
    /// The plan to open in the window
    plan: Option<PathBuf>,
    /// Draw with this renderer
    #[arg(long, value_parser = ["wgpu", "glow"])]
    renderer: Option<String>,
    /// Close the window by itself after so many seconds
    #[arg(long, hide = true)]
    close_after: Option<f32>,
}

#[derive(Debug, Clone, Subcommand)]
pub(super) enum Action {
    /// Make a new plan
    New(New),
    /// Make the sample plan of a made-up CCG
    Sample(PlanArgument),
    /// Take the tables of a document in
    Import(Import),
    /// Take signals in: complaints, incidents, surveys and what else is known of providers
    ImportSignals(ImportSignals),
    /// Write a report, as .xlsx or .json the whole plan, as .ics what falls due
    Export(Export),
    /// Make a copy for somebody else: what goes, without history, signals and names of users
    Share(Share),
    /// What falls due when, who has it and what is late
    Timeline(Timeline),
    /// What complaints, incidents, surveys and other sources say together, and where it cannot be told
    Triangulate(Triangulate),
    /// Hold a neighbour's plan against your own; neither file changes
    Compare(Compare),
    /// Chart one column of values: mean, limits, and which points are more than ups and downs
    Xmr(Chart),
    /// Take over another copy of the plan: one that came back, or one that somebody edited
    Merge(Merge),
    /// Look whether the plan's file is sound, then what a careful reader would ask: its gaps
    Check(Check),
    /// Who changed what, newest first
    History(History),
    /// Take the last change back
    Undo(PlanArgument),
    /// Do again what was taken back
    Redo(PlanArgument),
    /// List a plan's backups, or restore one to a new file
    Backups(Backups),
}

#[derive(Debug, Clone, Args)]
pub(super) struct PlanArgument {
    /// The plan file
    pub(super) plan: PathBuf,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Check {
    /// The plan file
    pub(super) plan: PathBuf,
    /// What it is judged against, where not the plan's own date: YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<NaiveDate>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct New {
    /// The plan file to make
    pub(super) plan: PathBuf,
    /// Whose plan it is
    #[arg(long, value_parser = filled)]
    pub(super) organisation: String,
    /// Which of the catalogue's recommendations it begins with: all, none, or numbers and ranges, 123-144,1
    #[arg(long, default_value = "none")]
    pub(super) recommendations: String,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Merge {
    /// The plan file that is merged into
    pub(super) mine: PathBuf,
    /// The copy; it is only read
    pub(super) theirs: PathBuf,
    /// Say what would come over, and change nothing
    #[arg(long)]
    pub(super) preview: bool,
    /// Where both changed one thing differently, keep ours or theirs; without this ours is kept and it is listed
    #[arg(long, value_enum, value_name = "SIDE")]
    pub(super) conflicts: Option<KeepSide>,
}

/// Whose words stand where both changed one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum KeepSide {
    /// The plan's that is merged into.
    Ours,
    /// The copy's.
    Theirs,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Import {
    /// The plan file
    pub(super) plan: PathBuf,
    /// The document: .docx .docm .xlsx .xlsm .xls .ods .txt .md .html .csv .json;
    /// the plan's own .xlsx as it was exported gives back what was changed in it
    pub(super) source: PathBuf,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub(super) preview: bool,
    /// The date of its positions, where the document states none: YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<NaiveDate>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct ImportSignals {
    /// The plan file
    pub(super) plan: PathBuf,
    /// The export: .csv with any separator and encoding, .txt, .xlsx .xlsm .xls .ods
    pub(super) source: PathBuf,
    /// The kind of source: complaint, PALS, incident, serious incident, patient survey, staff survey,
    /// Friends and Family Test (fft), CQC, Healthwatch, GP alert, quality visit, patient story
    #[arg(long = "source", value_name = "KIND", value_parser = super::signals::kind)]
    pub(super) source_kind: Source,
    /// The provider of all rows that name none
    #[arg(long, value_name = "NAME")]
    pub(super) provider: Option<String>,
    /// The first month that the file covers, where that is not the first in it
    #[arg(long, value_name = "YYYY-MM", value_parser = super::signals::month)]
    pub(super) from: Option<Month>,
    /// The last month that it covers
    #[arg(long, value_name = "YYYY-MM", value_parser = super::signals::month)]
    pub(super) to: Option<Month>,
    /// Say what would come in, and change nothing
    #[arg(long)]
    pub(super) preview: bool,
    /// Which column is which, where it is not understood by itself: "received=Date logged"
    #[arg(long, value_name = "FIELD=COLUMN")]
    pub(super) map: Vec<String>,
    /// Keep a column that is dropped because it may say who somebody is
    #[arg(long, value_name = "COLUMN")]
    pub(super) keep: Vec<String>,
    /// Whose rows a name in the file means: "RXX=Northmoor Hospitals", "=new" for a new provider, "=none" to
    /// leave them out
    #[arg(long, value_name = "NAME=PROVIDER")]
    pub(super) same: Vec<String>,
    /// The sheet to read, where not all that are alike
    #[arg(long)]
    pub(super) sheet: Option<String>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Export {
    /// The plan file
    pub(super) plan: PathBuf,
    /// The file to write: .pdf .docx .html .csv for a report, .xlsx .json for the whole plan,
    /// .ics for what falls due; with --report complaints, signals or gaps .xlsx holds that report
    pub(super) out: PathBuf,
    /// Which report; complaints is what all sources of signals say together, signals the rows themselves, gaps what a
    /// careful reader would ask
    #[arg(long, default_value = "appendix", value_parser = ["appendix", "action-plan", "timeline", "complaints", "signals", "gaps"])]
    pub(super) report: String,
    /// Of the appendix what a saved view of the plan shows: its rows, order, headings and columns
    #[arg(long, value_name = "NAME")]
    pub(super) view: Option<String>,
    /// What it is judged against, where not the plan's own date: YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<NaiveDate>,
    /// 10 point instead of 12
    #[arg(long)]
    pub(super) compact: bool,
    /// In an .ics calendar a reminder so many days before
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=365))]
    pub(super) alarm: Option<u32>,
    /// Of complaints and signals the first month; without either the last full quarter of which anything came,
    /// or all signals
    #[arg(long, value_name = "YYYY-MM", value_parser = super::signals::month)]
    pub(super) from: Option<Month>,
    /// The last month
    #[arg(long, value_name = "YYYY-MM", value_parser = super::signals::month)]
    pub(super) to: Option<Month>,
    /// Only this provider
    #[arg(long, value_name = "NAME")]
    pub(super) provider: Option<String>,
    /// Show small numbers as they are, and mark every page as for internal use
    #[arg(long)]
    pub(super) internal: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Share {
    /// The plan file
    pub(super) plan: PathBuf,
    /// The copy to make; its name should say nothing about a patient
    #[arg(value_name = "OUT.db")]
    pub(super) out: PathBuf,
    /// Who it is for
    #[arg(long = "for", value_name = "WHO")]
    pub(super) for_whom: Option<String>,
    /// What for
    #[arg(long, value_name = "TEXT")]
    pub(super) why: Option<String>,
    /// Signals: none; counts, with small numbers hidden; or rows, without references and kept texts
    #[arg(long, value_name = "none|counts|rows", default_value = "none", value_parser = signals_as)]
    pub(super) signals: SignalsAs,
    /// Make it to be edited and to come back; without this it can only be read
    #[arg(long)]
    pub(super) to_edit: bool,
    /// What goes as well: evidence, summary, remarks
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    pub(super) with: Vec<String>,
    /// What does not go: responses, positions, actions, providers
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    pub(super) without: Vec<String>,
    /// A web page of the same beside it, for somebody who has no Recap
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<PathBuf>,
    /// Say what would go and what should be looked at, and make nothing
    #[arg(long)]
    pub(super) preview: bool,
}

fn signals_as(word: &str) -> Result<SignalsAs, String> {
    SignalsAs::from_word(word).ok_or_else(|| "signals go as none, counts or rows".to_owned())
}

#[derive(Debug, Clone, Args)]
pub(super) struct Timeline {
    /// The plan file
    pub(super) plan: PathBuf,
    /// What it is judged against, where not the plan's own date: YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<NaiveDate>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Triangulate {
    /// The plan file
    pub(super) plan: PathBuf,
    /// The first month of the period; without either the last full quarter of which anything came
    #[arg(long, value_name = "YYYY-MM", value_parser = super::signals::month)]
    pub(super) from: Option<Month>,
    /// The last month; alone, the three months that end with it
    #[arg(long, value_name = "YYYY-MM", value_parser = super::signals::month)]
    pub(super) to: Option<Month>,
    /// Only this provider
    #[arg(long, value_name = "NAME")]
    pub(super) provider: Option<String>,
    /// What it is judged against, where not the plan's own date: YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<NaiveDate>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Compare {
    /// Your plan
    #[arg(value_name = "MINE.db")]
    pub(super) mine: PathBuf,
    /// The neighbour's plan, or a copy that was shared; it is only read
    #[arg(value_name = "THEIRS.db")]
    pub(super) theirs: PathBuf,
    /// Look both plans' positions up at this date, where not each at its own: YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_at: Option<NaiveDate>,
    /// Write the comparison: .pdf .docx .html .xlsx .csv
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// 10 point instead of 12
    #[arg(long)]
    pub(super) compact: bool,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Chart {
    /// The values: separated by commas, semicolons or tabs, in any encoding; one column of numbers, and if
    /// you like their dates or names in another, with or without headings; - for standard input
    #[arg(value_name = "FILE.csv")]
    pub(super) file: PathBuf,
    /// Let every moving range count for the limits, as Making Data Count's workbook does, instead of leaving
    /// out once those that stand out
    #[arg(long)]
    pub(super) no_screen: bool,
    /// Begin new limits at the Nth point, counted from 1 in the order of dates; may be given several times
    #[arg(long, value_name = "N")]
    pub(super) rebase: Vec<usize>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct History {
    /// The plan file
    pub(super) plan: PathBuf,
    /// Only changes of this row, by its id
    #[arg(long)]
    pub(super) row: Option<String>,
    /// Only changes of this field: text, owner, due_words
    #[arg(long)]
    pub(super) field: Option<String>,
    /// At most so many
    #[arg(long)]
    pub(super) limit: Option<usize>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Backups {
    /// The plan file; it need not be readable any more
    pub(super) plan: PathBuf,
    /// Restore this backup to a new file
    #[arg(long, num_args = 2, value_names = ["ID", "OUT.db"])]
    pub(super) restore: Option<Vec<PathBuf>>,
}

fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "write the date as YYYY-MM-DD, 2013-05-28".to_owned())
}

fn filled(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("say whose plan it is".to_owned()) } else { Ok(text.to_owned()) }
}

/// The verbs' names.
pub(super) fn verbs() -> Vec<String> {
    Line::command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect()
}

pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, clap::Error> {
    let line = Line::try_parse_from(arguments)?;
    if line.action.is_some() && (line.plan.is_some() || line.renderer.is_some() || line.close_after.is_some()) {
        let what = "what is for the window stands before a verb, which opens none\n";
        return Err(Line::command().error(clap::error::ErrorKind::ArgumentConflict, what));
    }
    Ok(match line.action {
        Some(action) => Invocation::Verb(Box::new(Verb { action, json: line.json })),
        None => Invocation::Window(Window { plan: line.plan, renderer: line.renderer, close_after: line.close_after }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Result<Invocation, clap::Error> {
        parse(std::iter::once("recap").chain(words.iter().copied()).map(OsString::from))
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Line::command().debug_assert();
    }

    #[test]
    fn a_plan_alone_opens_the_window_and_a_verb_does_not() {
        assert!(matches!(of(&["plan.db"]), Ok(Invocation::Window(Window { plan: Some(_), .. }))), "a plan");
        assert!(matches!(of(&[]), Ok(Invocation::Window(Window { plan: None, .. }))), "nothing");
        assert!(matches!(of(&["check", "plan.db", "--json"]), Ok(Invocation::Verb(verb)) if verb.json), "a verb");
        assert!(of(&["import", "plan.db", "a.txt", "--as-at", "28/05/2013"]).is_err(), "dates are ISO for machines");
        assert!(of(&["new", "plan.db"]).is_err(), "whose plan?");
        assert!(
            matches!(of(&["--json", "check", "plan.db"]), Ok(Invocation::Verb(verb)) if verb.json),
            "before it too"
        );
        assert!(of(&["--renderer", "glow", "check", "plan.db"]).is_err(), "no window, no renderer");
        assert!(of(&["new", "plan.db", "--organisation", " "]).is_err(), "whose plan?");
    }
}
