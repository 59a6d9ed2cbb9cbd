//! A row to a signal.

use super::columns::{Column, Columns};
use super::date::{self, Period, Said};
use super::role::Role;
use super::{AmbiguousDate, KeptHit, Options, Reading, Reason, subjects};
use crate::import::Cleaned;
use crate::import::decode;
use crate::import::document::written;
use crate::model::due::Month;
use crate::model::identifiable;
use crate::model::signal::{CountedBy, Facet, Hardness, Signal, Source, Unsaid};
use crate::model::text::fold;
use chrono::NaiveDate;
use std::collections::HashMap;

/// The most ambiguous dates that are listed, and the most findings in texts.
const MOST_DATES: usize = 20;
const MOST_HITS: usize = 1_000;
/// The most different cells of subjects that are remembered as they were split.
const MOST_SPLIT: usize = 20_000;

/// The columns of a table by what they hold.
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    by_role: Vec<Vec<usize>>,
    kept: Vec<usize>,
    /// The columns whose words are searched for what may say who somebody is.
    searched: Vec<usize>,
    /// What the titles above the headings, or the sheet's name, say of the months.
    pub(super) period: Option<Period>,
    /// What no column says: of a signal that is known already it stays as it is.
    unsaid: Unsaid,
}

/// What each of these roles says; one of them is enough.
const SAYS: &[(Facet, &[Role])] = &[
    (Facet::Received, &[Role::Received, Role::Date]),
    (Facet::Happened, &[Role::Happened, Role::Date]),
    (Facet::Due, &[Role::Due]),
    (Facet::Closed, &[Role::Closed]),
    (Facet::Subjects, &[Role::Subject, Role::SubSubject]),
    (Facet::Service, &[Role::Service]),
    (Facet::Specialty, &[Role::Specialty]),
    (Facet::Site, &[Role::Site]),
    (Facet::State, &[Role::State]),
    (Facet::Outcome, &[Role::Outcome]),
    (Facet::Grade, &[Role::Grade]),
    (Facet::Adverse, &[Role::Adverse]),
    (Facet::HandlingConcern, &[Role::HandlingConcern]),
    (Facet::Learning, &[Role::Learning]),
    (Facet::Improvement, &[Role::Improvement]),
    (Facet::Hardness, &[Role::Hardness]),
];

impl Table {
    pub(super) fn new(found: Columns, period: Option<Period>) -> Self {
        let mut by_role = vec![Vec::new(); Role::ALL.len()];
        let (mut kept, mut searched) = (Vec::new(), Vec::new());
        for (at, column) in found.columns.iter().enumerate().filter(|(_, column)| column.is_read()) {
            let role = column.role;
            if role == Role::LeftOut {
                kept.push(at);
            } else {
                by_role[role as usize].push(at);
            }
            let organisation = matches!(role, Role::Provider | Role::ProviderCode | Role::Period | Role::Question);
            if !role.is_date() && !role.is_number() && !organisation {
                searched.push(at);
            }
        }
        for columns in &mut by_role {
            columns.sort_by_key(|at| (found.columns[*at].rank, *at));
        }
        let silent = SAYS.iter().filter(|(_, roles)| roles.iter().all(|role| by_role[*role as usize].is_empty()));
        let mut unsaid = silent.fold(Unsaid::default(), |unsaid, (what, _)| unsaid.and(*what));
        if kept.is_empty() {
            unsaid = unsaid.and(Facet::Text);
        }
        Self { columns: found.columns, by_role, kept, searched, period, unsaid }
    }

    /// The columns that hold something, the preferred one first.
    pub(super) fn of(&self, role: Role) -> &[usize] {
        &self.by_role[role as usize]
    }

    pub(super) fn has(&self, role: Role) -> bool {
        !self.of(role).is_empty()
    }

    /// Whether we wrote the rows: their subjects stand on lines of their own, and their keys beside them.
    pub(super) fn is_ours(&self) -> bool {
        self.has(Role::Key)
    }

    /// The first cell that says something under a role, and its column.
    pub(super) fn first<'c>(&self, cells: &[&'c str], role: Role) -> Option<(usize, &'c str)> {
        let cell = |at: &usize| cells.get(*at).map(|cell| (*at, cell.trim()));
        self.of(role).iter().filter_map(cell).find(|(_, cell)| !cell.is_empty())
    }

    /// The words of that cell.
    pub(super) fn text(&self, cells: &[&str], role: Role) -> String {
        self.first(cells, role).map(|(_, cell)| clean(cell)).unwrap_or_default()
    }

    pub(super) fn label(&self, at: usize) -> &str {
        self.columns.get(at).map_or("", |column| &column.label)
    }
}

/// A cell's words on one line, with nothing that cannot be shown, and without the apostrophe that keeps
/// programs from taking it for a formula.
pub(super) fn clean(cell: &str) -> String {
    let cell = cell.trim();
    let cell = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell);
    if is_plain(cell) {
        return cell.to_owned();
    }
    let cleaned = decode::clean(cell, &mut Cleaned::default());
    cleaned.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether there is nothing in a cell to clean: most are so, and cleaning takes long.
fn is_plain(cell: &str) -> bool {
    let mut before = b' ';
    cell.bytes().all(|byte| {
        let plain = (b' '..0x7f).contains(&byte) && (byte != b' ' || before != b' ');
        before = byte;
        plain
    })
}

/// Several lines of words, without such an apostrophe.
fn lines(cell: &str) -> String {
    let cell = cell.trim();
    let cell = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell);
    let one = is_plain(cell) && cell.starts_with(|c: char| c.is_ascii_alphanumeric());
    if one {
        return cell.to_owned();
    }
    written(&decode::clean(cell, &mut Cleaned::default()))
}

/// What a row is.
pub(super) enum Row {
    Signal(Box<Signal>),
    Aside(Reason, String),
    Refused(String),
}

/// What is remembered from one row to the next.
#[derive(Default)]
pub(super) struct Memory {
    split: HashMap<String, Vec<String>>,
    /// Of each column that is searched, the last cell in which nothing was found: most stand in runs.
    harmless: Vec<String>,
}

/// Reads a row as a signal, but for its provider and its key.
pub(super) fn signal(
    table: &Table,
    cells: &[&str],
    row: usize,
    options: &Options,
    memory: &mut Memory,
    reading: &mut Reading,
) -> Row {
    if let Some((reason, why)) = set_aside(table, cells) {
        return Row::Aside(reason, why);
    }
    let mut signal = Signal::new(source(table, cells, options.source, reading));
    signal.row = row;
    if let Err(reason) = dates(table, cells, &mut signal, reading) {
        return Row::Refused(reason);
    }
    if signal.counted_month().is_none() {
        return Row::Refused("it has no date, so it is in no month".to_owned());
    }
    signal.reference = table.text(cells, Role::Reference);
    signal.key = table.text(cells, Role::Key);
    signal.subjects = subjects_of(table, cells, options, memory);
    let text = |role| table.text(cells, role);
    signal.service = text(Role::Service);
    signal.specialty = text(Role::Specialty);
    signal.site = text(Role::Site);
    signal.state = text(Role::State);
    signal.outcome = text(Role::Outcome);
    signal.grade = text(Role::Grade);
    signal.adverse = table.first(cells, Role::Adverse).and_then(|(_, cell)| judged(cell));
    signal.handling_concern = table.first(cells, Role::HandlingConcern).and_then(|(_, cell)| judged(cell));
    let told = |role| table.first(cells, role).map(|(_, cell)| lines(cell)).unwrap_or_default();
    signal.learning = told(Role::Learning);
    signal.improvement = told(Role::Improvement);
    if let Some(hardness) = Hardness::from_word(&text(Role::Hardness)) {
        signal.hardness = hardness;
    }
    signal.text = kept_text(table, cells);
    signal.unsaid = table.unsaid;
    search(table, cells, row, memory, reading);
    Row::Signal(Box::new(signal))
}

/// What the row's own type says it is, where that is another source.
fn source(table: &Table, cells: &[&str], source: Source, reading: &mut Reading) -> Source {
    // rows that we wrote say it in our words
    if let Some(said) = table.first(cells, Role::Source).and_then(|(_, cell)| Source::from_word(cell)) {
        return said;
    }
    let Some((_, kind)) = table.first(cells, Role::Kind) else { return source };
    let kind = fold(kind);
    let words = || kind.split(|c: char| !c.is_alphanumeric());
    // FU1, FLR1, FL1
    let follow_up = |word: &str| {
        let number = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        !number.is_empty() && ["fu", "flr", "fl"].contains(&&word[..word.len() - number.len()])
    };
    reading.summary.follow_ups += usize::from(words().any(follow_up));
    match source {
        Source::Complaint if words().any(|word| word == "pals") && !kind.contains("complaint") => Source::Pals,
        Source::Pals if kind.contains("complaint") && !words().any(|word| word == "pals") => Source::Complaint,
        other => other,
    }
}

/// Why a row is no signal, by the words of its state, type, outcome, subject and reference.
fn set_aside(table: &Table, cells: &[&str]) -> Option<(Reason, String)> {
    for role in [Role::State, Role::Kind, Role::Outcome, Role::Subject, Role::SubSubject] {
        for at in table.of(role) {
            let Some(cell) = cells.get(*at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) else { continue };
            if let Some(reason) = reason_in(cell, matches!(role, Role::Subject | Role::SubSubject)) {
                return Some((reason, format!("{}: {}", table.label(*at), short(cell))));
            }
        }
    }
    let (at, reference) = table.first(cells, Role::Reference)?;
    let folded = fold(reference);
    let first = folded.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let reason = match first {
        "test" | "testing" | "dummy" => Reason::Test,
        "total" | "grand" if folded.contains("total") => Reason::Total,
        _ => return None,
    };
    Some((reason, format!("{}: {}", table.label(at), short(reference))))
}

fn reason_in(cell: &str, is_subject: bool) -> Option<Reason> {
    // most cells have none of it, and folding each of them costs more than looking
    let bytes = cell.as_bytes();
    let hinted = bytes.iter().enumerate().any(|(at, byte)| {
        let hint: &[u8] = match byte {
            b'i' => b"ithdr",
            b'r' => b"rror",
            b'e' => b"est",
            b'u' => b"uplic",
            _ => return false,
        };
        bytes[at..].starts_with(hint)
    });
    if !hinted && bytes.iter().any(u8::is_ascii_lowercase) {
        return None;
    }
    let folded = fold(cell);
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let error = [
        "opened in error",
        "logged in error",
        "created in error",
        "entered in error",
        "raised in error",
        "recorded in error",
        "reported in error",
        "added in error",
        "error record",
    ];
    let withdrawn = if is_subject { words.contains("complaint withdrawn") } else { words.contains("withdrawn") };
    Some(match () {
        () if words.starts_with("not ") => return None,
        () if error.iter().any(|error| words.contains(error)) => Reason::OpenedInError,
        () if withdrawn => Reason::Withdrawn,
        () if matches!(
            words,
            "test" | "testing" | "test record" | "test case" | "test only" | "test complaint" | "test incident"
        ) =>
        {
            Reason::Test
        }
        () if !is_subject && words.starts_with("duplicate") => Reason::Duplicate,
        () => return None,
    })
}

/// A cell's beginning, for a message; nothing of one that may say who somebody is.
fn short(cell: &str) -> String {
    let cell = clean(cell);
    if !identifiable::find(&cell).is_empty() {
        return "(not shown)".to_owned();
    }
    let short: String = cell.chars().take(40).collect();
    if short.len() < cell.len() { format!("{short}…") } else { short }
}

fn dates(table: &Table, cells: &[&str], signal: &mut Signal, reading: &mut Reading) -> Result<(), String> {
    let row = signal.row;
    let mut read = |role| -> Result<Option<NaiveDate>, String> {
        for at in table.of(role) {
            let Some(cell) = cells.get(*at) else { continue };
            match date::read(cell) {
                Said::Nothing => {}
                Said::Impossible => {
                    return Err(format!("{} is no date (day/month/year), in {}", quoted(cell), table.label(*at)));
                }
                Said::Day { date, ambiguous } => {
                    if ambiguous {
                        note_ambiguous(reading, row, table.label(*at), cell, date);
                    }
                    return Ok(Some(date));
                }
            }
        }
        Ok(None)
    };
    signal.received = read(Role::Received)?;
    signal.happened = read(Role::Happened)?;
    signal.due = read(Role::Due)?;
    signal.closed = read(Role::Closed)?;
    let date = read(Role::Date)?;
    let counting = match signal.source.counted_by() {
        CountedBy::Received => &mut signal.received,
        CountedBy::Happened => &mut signal.happened,
    };
    *counting = counting.or(date);
    if signal.received.is_none() && signal.happened.is_none() {
        signal.month = month(table, cells)?;
    }
    Ok(())
}

/// The month of a row that says no day.
fn month(table: &Table, cells: &[&str]) -> Result<Option<Month>, String> {
    let Some((at, cell)) = table.first(cells, Role::Period) else {
        return Ok(table.period.filter(|period| period.months == 1).map(|period| period.first));
    };
    match date::period(cell) {
        Some(Period { first, months: 1 }) => Ok(Some(first)),
        Some(_) => {
            Err(format!("{} is more than a month, in {}; what has no day needs one", quoted(cell), table.label(at)))
        }
        None => Err(format!("{} is no month, in {}", quoted(cell), table.label(at))),
    }
}

/// A cell in quotation marks.
pub(super) fn quoted(cell: &str) -> String {
    format!("\"{}\"", short(cell))
}

fn note_ambiguous(reading: &mut Reading, row: usize, column: &str, cell: &str, date: NaiveDate) {
    let dates = &mut reading.ambiguous_dates;
    dates.count += 1;
    if dates.first.len() < MOST_DATES {
        let (column, words) = (column.to_owned(), clean(cell));
        dates.first.push(AmbiguousDate { row, column, words, read_as: date.to_string() });
    }
}

/// The subjects of a row; where none is named, those one level down.
fn subjects_of(table: &Table, cells: &[&str], options: &Options, memory: &mut Memory) -> Vec<String> {
    for role in [Role::Subject, Role::SubSubject] {
        let mut all: Vec<String> = Vec::new();
        for at in table.of(role) {
            let Some(cell) = cells.get(*at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) else { continue };
            let split = match memory.split.get(cell) {
                Some(split) => split.clone(),
                None => {
                    let words = decode::clean(cell, &mut Cleaned::default());
                    let split = match table.is_ours() {
                        true => subjects::lines(&words),
                        false => subjects::split(&words, options.themes()),
                    };
                    if memory.split.len() < MOST_SPLIT {
                        memory.split.insert(cell.to_owned(), split.clone());
                    }
                    split
                }
            };
            if all.is_empty() {
                all = split;
            } else {
                add_subjects(&mut all, &split);
            }
        }
        if !all.is_empty() {
            return all;
        }
    }
    Vec::new()
}

/// Adds the subjects that are not there yet; says whether there were any.
pub(super) fn add_subjects(subjects: &mut Vec<String>, more: &[String]) -> bool {
    let before = subjects.len();
    for subject in more {
        if !subjects.iter().any(|other| fold(other) == fold(subject)) {
            subjects.push(subject.clone());
        }
    }
    subjects.len() > before
}

/// Whether a cell judges something adverse; `None` where it does not say.
fn judged(cell: &str) -> Option<bool> {
    const BAD: &[&str] = &[
        "yes",
        "y",
        "true",
        "1",
        "adverse",
        "negative",
        "inadequate",
        "requires improvement",
        "not met",
        "not compliant",
        "non compliant",
        "non-compliant",
        "action needed",
        "concern",
        "concerns",
    ];
    const GOOD: &[&str] = &[
        "no",
        "n",
        "false",
        "0",
        "not adverse",
        "positive",
        "good",
        "outstanding",
        "met",
        "compliant",
        "none",
        "no concern",
        "no concerns",
        "neutral",
        "favourable",
    ];
    let words = fold(cell.trim());
    if BAD.contains(&words.as_str()) {
        return Some(true);
    }
    GOOD.contains(&words.as_str()).then_some(false)
}

/// What columns hold that a person kept, each with its heading.
fn kept_text(table: &Table, cells: &[&str]) -> String {
    let mut text = String::new();
    for at in &table.kept {
        let Some(cell) = cells.get(*at).filter(|cell| !cell.trim().is_empty()) else { continue };
        if !text.is_empty() {
            text.push('\n');
        }
        // of rows that we wrote it says itself of which column it was
        if !(table.is_ours() && table.label(*at) == crate::model::signal::KEPT_HEADING) {
            text.push_str(table.label(*at));
            text.push_str(": ");
        }
        text.push_str(&lines(cell));
    }
    text
}

/// Lists what may say who somebody is in the words that are taken.
fn search(table: &Table, cells: &[&str], row: usize, memory: &mut Memory, reading: &mut Reading) {
    memory.harmless.resize(table.searched.len(), String::new());
    for (at, harmless) in table.searched.iter().zip(&mut memory.harmless) {
        let Some(cell) = cells.get(*at).filter(|cell| **cell != harmless.as_str()) else { continue };
        let found = identifiable::find(cell);
        if found.is_empty() {
            harmless.clear();
            harmless.push_str(cell);
        }
        for finding in found {
            reading.summary.kept_hits += 1;
            if reading.kept_hits.len() < MOST_HITS {
                let column = table.label(*at).to_owned();
                reading.kept_hits.push(KeptHit { row, column, kind: finding.kind });
            }
        }
    }
}
