//! All rows of a source, in order: the first ones say what the columns are, then each is read.

use super::chunk::{CHUNK, Chunk, Late};
use super::columns::{self, HEADER_WITHIN};
use super::date::{self, Period};
use super::measures::{self, Group};
use super::providers::Providers;
use super::role::Role;
use super::rows::{self, Memory, Row, Table};
use super::source::{Form, Rows};
use super::{Dropped, Options, Reading, Reason, Refused, SetAside, SignalsError};
use crate::model::Id;
use crate::model::due::Month;
use crate::model::signal::{CountedBy, Signal, Source};
use crate::model::text::{count, fold};
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

/// How many rows are looked at before any is read.
const HEAD: usize = 400;
/// How often the progress is told, in rows.
const EVERY: usize = 1_000;

/// A sheet, or all of a file that has none.
enum Sheet {
    /// Its first rows, until there are enough of them.
    Head(Vec<(usize, Vec<String>)>),
    /// Its columns are known.
    Body(Box<Body>),
    /// It is not read.
    Passed,
}

struct Body {
    table: Table,
    groups: Vec<Group>,
    /// The headings, to pass over them where a page repeats them.
    header: Vec<String>,
}

/// The rows of a source on their way into a reading.
pub(super) struct Intake<'o> {
    name: String,
    options: &'o Options,
    go_on: &'o mut dyn FnMut(usize, f32) -> bool,
    sheet: Sheet,
    sheet_name: String,
    sheets: Vec<String>,
    reading: Reading,
    providers: Providers<'o>,
    memory: Memory,
    /// Where a signal with a key stands, by the hash of source, provider and key.
    at: HashMap<u64, usize>,
    /// How often a key made of content was met.
    again: HashMap<u64, usize>,
    months: Option<(Month, Month)>,
    seen: usize,
    /// What stood where no headings were found.
    no_headings: String,
    has_table: bool,
    given: Given<'o>,
}

/// What was handed on before the source was read to its end.
#[derive(Default)]
struct Given<'o> {
    /// Takes what is handed on, and says whether to go on; without it all stays in the reading.
    to: Option<&'o mut dyn FnMut(Chunk) -> bool>,
    /// The signals that were handed on: a row below may be of one of them.
    chunks: Vec<Arc<Vec<Signal>>>,
    /// Those of them that have gained subjects since, by their places.
    late: BTreeMap<usize, Signal>,
    /// How many names of providers were handed on.
    names: usize,
    refused: bool,
}

impl Given<'_> {
    /// How many signals were handed on.
    fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// A signal that was handed on, as it is by now.
    fn signal(&self, at: usize) -> Option<&Signal> {
        self.late.get(&at).or_else(|| self.chunks.get(at / CHUNK)?.get(at % CHUNK))
    }
}

impl Rows for Intake<'_> {
    fn sheet(&mut self, name: &str) -> Result<(), SignalsError> {
        self.end_sheet()?;
        name.clone_into(&mut self.sheet_name);
        self.sheets.push(name.to_owned());
        let wanted = self.options.sheet.as_ref().is_none_or(|wanted| fold(wanted.trim()) == fold(name.trim()));
        self.sheet = if wanted { Sheet::Head(Vec::new()) } else { Sheet::Passed };
        Ok(())
    }

    fn row(&mut self, line: usize, cells: &[&str], share: f32) -> Result<(), SignalsError> {
        self.seen += 1;
        if self.seen.is_multiple_of(EVERY) && !(self.go_on)(self.seen, share) {
            return Err(SignalsError::Stopped);
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        match &mut self.sheet {
            Sheet::Passed => Ok(()),
            Sheet::Head(head) => {
                head.push((line, cells.iter().map(|cell| (*cell).to_owned()).collect()));
                if head.len() >= HEAD { self.end_head() } else { Ok(()) }
            }
            Sheet::Body(_) => {
                self.body_row(line, cells);
                if self.given.refused { Err(SignalsError::Stopped) } else { Ok(()) }
            }
        }
    }
}

impl<'o> Intake<'o> {
    pub(super) fn new(name: &str, options: &'o Options, go_on: &'o mut dyn FnMut(usize, f32) -> bool) -> Self {
        Self {
            name: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
            options,
            go_on,
            sheet: Sheet::Head(Vec::new()),
            sheet_name: String::new(),
            sheets: Vec::new(),
            reading: Reading::default(),
            providers: Providers::new(&options.providers),
            memory: Memory::default(),
            at: HashMap::new(),
            again: HashMap::new(),
            months: None,
            seen: 0,
            no_headings: String::new(),
            has_table: false,
            given: Given::default(),
        }
    }

    /// Hands signals on as soon as there are [`CHUNK`] of them; an answer of `false` stops the reading.
    pub(super) fn giving(mut self, to: &'o mut dyn FnMut(Chunk) -> bool) -> Self {
        self.given.to = Some(to);
        self
    }

    /// Hands on what there is.
    fn give(&mut self) {
        let Some(to) = &mut self.given.to else { return };
        let signals = Arc::new(std::mem::take(&mut self.reading.signals));
        self.reading.signals.reserve(CHUNK);
        let named = self.providers.since(self.given.names);
        self.given.names += named.len();
        self.given.chunks.push(Arc::clone(&signals));
        self.given.refused = !to(Chunk { signals, named });
    }

    fn end_sheet(&mut self) -> Result<(), SignalsError> {
        if matches!(&self.sheet, Sheet::Head(_)) { self.end_head() } else { Ok(()) }
    }

    /// Reads the columns off the first rows, then those rows.
    fn end_head(&mut self) -> Result<(), SignalsError> {
        let Sheet::Head(head) = std::mem::replace(&mut self.sheet, Sheet::Passed) else { return Ok(()) };
        if head.is_empty() {
            return Ok(());
        }
        let found = match columns::find(&head, self.options) {
            Ok(found) => found,
            // a column that a person named need not be on every sheet
            Err(SignalsError::NoSuchColumn { .. }) if self.has_table => None,
            Err(error) => return Err(error),
        };
        let Some(found) = found else {
            self.pass("no row of headings was found on it");
            if self.no_headings.is_empty() {
                let first = head.first().map(|(_, cells)| cells.join(", ")).unwrap_or_default();
                self.no_headings = format!("the first row is {}", rows::quoted(&first));
            }
            return Ok(());
        };
        if self.has_table && self.reading.mapping.header != found.key {
            self.pass("its headings are others; name it to read it alone");
            return Ok(());
        }
        let header = found.header;
        let titles = head.iter().take(header).flat_map(|(_, cells)| cells.iter().map(String::as_str));
        let period = titles.chain([self.sheet_name.as_str()]).find_map(period_in);
        if !self.has_table {
            self.reading.mapping = found.mapping();
        }
        self.has_table = true;
        let labels = head[header].1.clone();
        let table = Table::new(found, period);
        if self.reading.columns.is_empty() {
            self.reading.columns.clone_from(&table.columns);
        }
        let groups = measures::groups(&table, self.options.source);
        self.sheet = Sheet::Body(Box::new(Body { table, groups, header: labels }));
        for (line, cells) in head.iter().skip(header + 1) {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            self.body_row(*line, &cells);
        }
        Ok(())
    }

    fn pass(&mut self, why: &str) {
        if !self.sheet_name.is_empty() {
            self.reading.notes.push(format!("Sheet {} is not read: {why}", self.sheet_name));
        }
    }

    fn body_row(&mut self, line: usize, cells: &[&str]) {
        let sheet = std::mem::replace(&mut self.sheet, Sheet::Passed);
        if let Sheet::Body(body) = &sheet {
            let repeated = body.header.len() == cells.len() && body.header.iter().zip(cells).all(|(a, b)| a == b);
            if !repeated {
                self.reading.summary.rows += 1;
                if body.groups.is_empty() { self.item(body, line, cells) } else { self.numbers(body, line, cells) }
            }
        }
        self.sheet = sheet;
    }

    fn item(&mut self, body: &Body, row: usize, cells: &[&str]) {
        match rows::signal(&body.table, cells, row, self.options, &mut self.memory, &mut self.reading) {
            Row::Refused(reason) => self.reading.refused.push(Refused { row, reason }),
            Row::Aside(reason, why) => {
                let reference = body.table.text(cells, Role::Reference);
                self.reading.set_aside.push(SetAside { row, reference, reason, why });
            }
            Row::Signal(mut signal) => {
                signal.provider_given = self.provider_of(&body.table, cells);
                signal.provider = self.known(&signal.provider_given, row);
                self.put(*signal);
            }
        }
    }

    fn numbers(&mut self, body: &Body, row: usize, cells: &[&str]) {
        let given = self.provider_of(&body.table, cells);
        let folded = fold(&given);
        let all = folded.starts_with("england") || folded == "total" || folded == "grand total" || folded == "national";
        let first = cells.iter().map(|cell| fold(cell.trim())).find(|cell| !cell.is_empty()).unwrap_or_default();
        if all || first == "total" || first == "grand total" || first.starts_with("england") {
            let (reference, why) = (String::new(), "it adds up other rows".to_owned());
            self.reading.set_aside.push(SetAside { row, reference, reason: Reason::Total, why });
            return;
        }
        match measures::read(&body.table, &body.groups, cells, row, self.options, &mut self.reading) {
            Err(reason) => self.reading.refused.push(Refused { row, reason }),
            Ok(measures) => {
                let provider = self.known(&given, row);
                for mut measure in measures {
                    measure.provider_given.clone_from(&given);
                    measure.provider.clone_from(&provider);
                    self.count(measure.month, given.is_empty());
                    self.reading.measures.push(measure);
                }
            }
        }
    }

    /// The provider as the row names it, or as the person did for all that name none.
    fn provider_of(&self, table: &Table, cells: &[&str]) -> String {
        let named = table.first(cells, Role::Provider).or_else(|| table.first(cells, Role::ProviderCode));
        match named {
            Some((_, cell)) => rows::clean(cell),
            None => self.options.provider.clone().unwrap_or_default(),
        }
    }

    fn known(&mut self, given: &str, row: usize) -> Option<String> {
        if given.is_empty() { None } else { self.providers.take(given, row) }
    }

    /// Counts the month of a signal or a measure.
    fn count(&mut self, month: Month, without_provider: bool) {
        let (first, last) = self.months.unwrap_or((month, month));
        self.months = Some((first.min(month), last.max(month)));
        let before = self.options.from.is_some_and(|from| month < from);
        let after = self.options.to.is_some_and(|to| month > to);
        self.reading.summary.outside_period += usize::from(before || after);
        self.reading.summary.without_provider += usize::from(without_provider);
    }

    /// Takes a signal, unless a row above has its reference.
    fn put(&mut self, mut signal: Signal) {
        self.reading.summary.without_reference += usize::from(!signal.has_reference());
        if signal.key.is_empty() {
            signal.key = if signal.has_reference() { signal.reference.clone() } else { self.key_of_content(&signal) };
        }
        let hash = hash(&[signal.source.word(), &signal.provider_given, &fold(&signal.key)]);
        if let Some(at) = self.at.get(&hash) {
            self.again(*at, signal);
            return;
        }
        self.at.insert(hash, self.given.chunks.len() * CHUNK + self.reading.signals.len());
        if let Some(month) = signal.counted_month() {
            self.count(month, signal.provider_given.is_empty());
        }
        let summary = &mut self.reading.summary;
        summary.counted_by_other_date += usize::from(signal.is_counted_by_other_date());
        *summary.by_source.entry(signal.source.word()).or_default() += 1;
        self.reading.signals.push(signal);
        if self.given.to.is_some() && self.reading.signals.len() == CHUNK {
            self.give();
        }
    }

    /// A row whose reference an earlier one has: another subject of it, or a duplicate.
    fn again(&mut self, at: usize, signal: Signal) {
        let here = at.checked_sub(self.given.chunks.len() * CHUNK);
        let first = match here {
            Some(here) => self.reading.signals.get(here),
            None => self.given.signal(at),
        };
        let Some(first) = first else { return };
        let differs = differences(first, &signal);
        let mut subjects = first.subjects.clone();
        if differs.is_empty() && rows::add_subjects(&mut subjects, &signal.subjects) {
            self.reading.summary.merged += 1;
            if let Some(first) = here.and_then(|here| self.reading.signals.get_mut(here)) {
                first.subjects = subjects;
            } else if let Some(first) = self.given.signal(at) {
                let changed = Signal { subjects, ..first.clone() };
                self.given.late.insert(at, changed);
            }
            return;
        }
        let (row, reference) = (signal.row, signal.reference);
        let why = if differs.is_empty() {
            format!("the same as row {}", first.row)
        } else {
            format!("row {} has this reference, and differs in {}", first.row, differs.join(", "))
        };
        self.reading.set_aside.push(SetAside { row, reference, reason: Reason::Duplicate, why });
    }

    /// A key of what does not change in the life of a signal; what is alike is numbered, as two like
    /// rows are two signals.
    fn key_of_content(&mut self, signal: &Signal) -> String {
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let month = signal.month.map(|month| month.to_string()).unwrap_or_default();
        let key = Id::NIL.derive(&[
            signal.source.word(),
            &signal.provider_given,
            &date(signal.received),
            &date(signal.happened),
            &month,
            &signal.subjects.join("\n"),
            &signal.service,
            &signal.specialty,
            &signal.site,
        ]);
        let key = key.to_string();
        let times = self.again.entry(hash(&[&key])).or_default();
        *times += 1;
        if *times == 1 { key } else { format!("{key}#{times}") }
    }

    /// The reading, when all rows have gone by; what was handed on is not in it.
    pub(super) fn finish(mut self, form: Form) -> Result<(Reading, Late), SignalsError> {
        self.end_sheet()?;
        self.give();
        if self.given.refused {
            return Err(SignalsError::Stopped);
        }
        if let Some(sheet) = self.options.sheet.as_ref().filter(|_| !self.has_table && self.no_headings.is_empty()) {
            let (sheet, has, name) = (sheet.clone(), self.sheets.join(", "), self.name);
            return Err(SignalsError::NoSuchSheet { sheet, has, name });
        }
        if !self.has_table {
            let seen = if self.no_headings.is_empty() { "nothing stands there".to_owned() } else { self.no_headings };
            return Err(SignalsError::NoHeadings { seen, name: self.name });
        }
        let known = self.providers.is_known_at_all();
        let mut reading = self.reading;
        reading.sheets = self.sheets;
        reading.providers = self.providers.finish();
        reading.dropped = reading
            .columns
            .iter()
            .filter(|column| !column.kept)
            .filter_map(|column| {
                Some(Dropped { number: column.number, column: column.label.clone(), why: column.private? })
            })
            .collect();
        reading.notes.splice(0..0, form.notes);
        let summary = &mut reading.summary;
        form.encoding.clone_into(&mut summary.encoding);
        summary.signals = self.given.len() + reading.signals.len();
        summary.measures = reading.measures.len();
        summary.set_aside = reading.set_aside.len();
        summary.refused = reading.refused.len();
        summary.first_month = self.months.map(|(first, _)| first.to_string());
        summary.last_month = self.months.map(|(_, last)| last.to_string());
        notes(&mut reading, self.options, known);
        Ok((reading, Late { chunks: self.given.chunks, changed: self.given.late }))
    }
}

fn hash(parts: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}

/// The fields, but for subjects, in which two rows of one reference differ.
fn differences(a: &Signal, b: &Signal) -> Vec<&'static str> {
    let fields = [
        ("date received", a.received != b.received),
        ("date it happened", a.happened != b.happened || a.month != b.month),
        ("due date", a.due != b.due),
        ("closing date", a.closed != b.closed),
        ("service", a.service != b.service),
        ("specialty", a.specialty != b.specialty),
        ("site", a.site != b.site),
        ("state", a.state != b.state),
        ("outcome", a.outcome != b.outcome),
        ("grade", a.grade != b.grade),
        ("judgement", a.adverse != b.adverse || a.handling_concern != b.handling_concern),
        ("learning", a.learning != b.learning || a.improvement != b.improvement),
        ("text", a.text != b.text),
    ];
    fields.into_iter().filter(|(_, differ)| *differ).map(|(field, _)| field).collect()
}

/// What a person should know, in sentences.
fn notes(reading: &mut Reading, options: &Options, providers_known: bool) {
    let summary = &reading.summary;
    let mut notes = Vec::new();
    if summary.without_provider > 0 {
        notes.push(format!(
            "{} without a provider; say whose they are with --provider",
            count(summary.without_provider, "row")
        ));
    }
    let unknown = reading.providers.iter().filter(|seen| seen.provider.is_none()).count();
    if providers_known && unknown > 0 {
        notes.push(format!("{} of a provider that the plan does not have", count(unknown, "name")));
    }
    if summary.counted_by_other_date > 0 {
        let (missing, other) = match options.source.counted_by() {
            CountedBy::Received => ("received", "happened"),
            CountedBy::Happened => ("happened", "received"),
        };
        let rows = count(summary.counted_by_other_date, "row");
        notes.push(format!("{rows} without the date it {missing} counted by the date it {other}"));
    }
    if summary.outside_period > 0 {
        notes.push(format!(
            "{} outside the months that the source is said to cover",
            count(summary.outside_period, "row")
        ));
    }
    if summary.follow_ups > 0 && options.source == Source::Complaint {
        notes.push(format!(
            "{} of an earlier complaint, by its type; counted as a complaint",
            count(summary.follow_ups, "follow-up")
        ));
    }
    reading.notes.extend(notes);
}

/// The period that a title or a sheet's name has in it: "FFT data - March 2014".
fn period_in(text: &str) -> Option<Period> {
    let text = text.trim();
    if text.len() > 200 {
        return None;
    }
    date::period(text).filter(|_| text.len() > 4).or_else(|| {
        let words: Vec<&str> =
            text.split_whitespace().map(|word| word.trim_matches(['(', ')', ',', ':', '.'])).collect();
        let months = |length: usize| words.windows(length).find_map(|words| date::period(&words.join(" ")));
        months(3).or_else(|| months(2)).or_else(|| months(1).filter(|period| period.months != 12))
    })
}

const _: () = assert!(HEADER_WITHIN < HEAD, "the headings are among the rows that are looked at");
