//! A copy for somebody else: what would go, looked at first; then the copy, its proof, and the log.

use super::preview::{self, Found, References};
use super::project::{self, project};
use super::scope::{Scope, SignalsAs};
use super::words::{self, Counted};
use crate::model::signal::{Held, Measure, MeasureFact, Signal};
use crate::model::{Edit, EditBuilder, Id, Plan, Share};
use crate::store::{Access, EntryKind, Manifest, PlanFile, SharedCount, SharedFile, Stamp, StoreError, ToShare};
use chrono::{DateTime, NaiveDate, Utc};
use std::path::Path;

/// What a person wants to share.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Who it is for, "NHS Southmoor CCG".
    pub for_whom: String,
    /// What for.
    pub why: String,
    /// What goes.
    pub scope: Scope,
    /// Made to be edited, and to come back.
    pub to_edit: bool,
}

/// What goes, ready to be written.
pub struct Contents {
    /// The plan that it was made of.
    source: Plan,
    /// The last entry of its journal then.
    base: Id,
    /// The rows that go, without the batch of signals.
    pub plan: Plan,
    /// Signals that go, with keys that no other share has.
    pub(super) signals: Vec<Held>,
    /// The rows that they have in the source.
    pub(super) numbers: Vec<i64>,
    pub(super) measures: Vec<MeasureFact>,
    /// Signals that go as counts.
    pub counts: Vec<SharedCount>,
    /// Of signals that go, how many had a reference.
    pub(super) references: usize,
    /// Of signals that go, how many had a kept text.
    pub(super) kept_texts: usize,
    /// The references of all signals.
    pub(super) reference_words: References,
    scope: Scope,
    /// What goes, counted.
    pub goes: Vec<Counted>,
    /// What stays behind, counted.
    pub left_out: Vec<Counted>,
}

impl Contents {
    /// Works out what would go. `counts` is asked for only where signals go as counts, and is given their file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(file: &PlanFile, scope: &Scope, counts: &[SharedCount]) -> Result<Self, StoreError> {
        // first, so that whatever is written while the rest is read is noticed when the copy is made
        let base = file.last_entry()?;
        let source = file.read()?;
        let beside = file.beside()?;
        let rows = scope.signals == SignalsAs::Rows;
        let (mut references, mut kept_texts) = (0, 0);
        let (mut words, mut signals, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        // random, and kept nowhere: what is derived from it is fresh in each share and leads back to nothing
        let secret = Id::random();
        file.each_signal(|held| {
            if rows {
                references += usize::from(held.signal.has_reference());
                kept_texts += usize::from(!held.signal.text.is_empty());
                numbers.push(held.number);
                signals.push(signal_that_goes(&held, secret, &source));
            }
            if held.signal.has_reference() {
                words.push(held.signal.reference);
            }
        })?;
        let measures = if rows { file.held_measures()? } else { Vec::new() };
        let measures: Vec<MeasureFact> = measures.into_iter().map(|fact| measure_that_goes(fact, &source)).collect();
        let subjects = signals.iter().flat_map(|held| held.signal.subjects.iter().map(String::as_str));
        let subjects = subjects.chain(measures.iter().map(|fact| fact.measure.what.as_str()));
        let subjects = project::subject_ids(source.id(), subjects);
        let plan = project(&source, scope, &subjects);
        let counts = if scope.signals == SignalsAs::Counts { counts.to_vec() } else { Vec::new() };
        let mut contents = Self {
            base,
            plan,
            signals,
            numbers,
            measures,
            counts,
            references,
            kept_texts,
            reference_words: References::of(words),
            scope: scope.clone(),
            goes: Vec::new(),
            left_out: Vec::new(),
            source,
        };
        contents.goes = words::goes(&contents, scope);
        contents.left_out = words::left_out(&contents.source, &contents, scope, &beside);
        Ok(contents)
    }

    /// What in the texts that go may say who somebody is, and references of signals among them. It helps; it never
    /// says that the rest is anonymous.
    #[must_use]
    pub fn findings(&self, wanted: &Wanted) -> Vec<Found> {
        preview::find(self, [("for_whom", &wanted.for_whom), ("why", &wanted.why)])
    }

    /// The last entry of the plan's journal when this was worked out.
    #[must_use]
    pub fn base(&self) -> Id {
        self.base
    }

    /// The plan that it is made of.
    #[must_use]
    pub fn source(&self) -> &Plan {
        &self.source
    }

    /// What the copy will say of itself.
    #[must_use]
    pub fn manifest(&self, wanted: &Wanted, at: DateTime<Utc>) -> Manifest {
        let lines = |list: &[Counted]| list.iter().map(ToString::to_string).collect();
        Manifest {
            id: Id::random(),
            origin: self.source.id(),
            base: self.base,
            made_by: self.source.info().organisation,
            made_at: DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at),
            for_whom: one_line(&wanted.for_whom),
            why: one_line(&wanted.why),
            goes: lines(&self.goes),
            left_out: lines(&self.left_out),
            withheld: self.scope.withheld(),
            to_edit: wanted.to_edit,
        }
    }
}

/// Words as a manifest has them: it is read line by line.
fn one_line(text: &str) -> String {
    text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A signal as it goes: without reference, kept text and place in its source, with a key of its own.
fn signal_that_goes(held: &Held, secret: Id, source: &Plan) -> Held {
    let signal = &held.signal;
    Held {
        number: 0,
        provider: held.provider.filter(|id| source.providers.contains_key(id)),
        signal: Signal {
            key: secret.derive(&["signal", &held.number.to_string()]).to_string(),
            received: signal.received,
            happened: signal.happened,
            due: signal.due,
            closed: signal.closed,
            month: signal.month,
            subjects: signal.subjects.clone(),
            service: signal.service.clone(),
            specialty: signal.specialty.clone(),
            site: signal.site.clone(),
            state: signal.state.clone(),
            outcome: signal.outcome.clone(),
            grade: signal.grade.clone(),
            adverse: signal.adverse,
            handling_concern: signal.handling_concern,
            learning: signal.learning.clone(),
            improvement: signal.improvement.clone(),
            hardness: signal.hardness,
            ..Signal::new(signal.source)
        },
    }
}

fn measure_that_goes(fact: MeasureFact, source: &Plan) -> MeasureFact {
    let provider = fact.provider.filter(|id| source.providers.contains_key(id));
    let measure = Measure { provider_given: String::new(), provider: None, row: 0, ..fact.measure };
    MeasureFact { provider, measure }
}

/// A copy that was made and logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What the copy says of itself.
    pub manifest: Manifest,
    /// Its SHA-256 and size.
    pub file: SharedFile,
    /// The entry that logged it, for memory to apply.
    pub entry: Option<crate::store::Entry>,
}

/// Makes the copy, proves it, and logs it in the plan that it was made of. `names` must not be in it: of the person at
/// the desk, say. Whatever fails, there is no copy.
///
/// # Errors
/// As [`PlanFile::share_to`], and when the log cannot be written.
pub fn make(
    file: &mut PlanFile,
    contents: &Contents,
    wanted: &Wanted,
    to: &Path,
    stamp: &Stamp<'_>,
    go_on: &mut dyn FnMut(f32) -> bool,
) -> Result<Made, StoreError> {
    if let Access::ReadOnly(reason) = *file.access() {
        return Err(StoreError::ReadOnly { reason, path: file.path().to_owned() });
    }
    let manifest = contents.manifest(wanted, stamp.at);
    let today = stamp.at.with_timezone(&chrono::Local).date_naive();
    let mut plan = contents.plan.clone();
    let has_signals = !contents.signals.is_empty() || !contents.measures.is_empty();
    let batch = has_signals.then(Id::random);
    if let Some(id) = batch {
        plan.batches.insert(id, project::batch(id, &manifest.made_by, today));
    }
    let name = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (own, stem) = own_names(file.path());
    let names = [stamp.who.to_owned(), own, stem];
    let label = format!("Shared by {}", manifest.made_by);
    let what = ToShare {
        source: &contents.source,
        plan: &plan,
        batch,
        signals: &contents.signals,
        measures: &contents.measures,
        counts: &contents.counts,
        manifest: &manifest,
        label: &label,
        names: &names,
    };
    let made = file.share_to(to, &what, go_on)?;
    let log = log(&contents.source, &manifest, name, &made.sha256, today);
    let entry = file.commit(&log, &Stamp { kind: EntryKind::Share, ..*stamp }).inspect_err(|_| {
        // what is not in the log was not shared
        std::fs::remove_file(to).ok();
    })?;
    Ok(Made { manifest, file: made, entry })
}

/// The name of the plan's file, which may say more than the plan does: with and without its ending.
fn own_names(path: &Path) -> (String, String) {
    let [name, stem] = [path.file_name(), path.file_stem()];
    let words = |name: Option<&std::ffi::OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    (words(name), words(stem))
}

/// The entry of the source's log.
fn log(plan: &Plan, manifest: &Manifest, file: String, sha256: &str, today: NaiveDate) -> Edit {
    let whom = if manifest.for_whom.is_empty() { "somebody" } else { &manifest.for_whom };
    let mut edit = EditBuilder::new(plan, format!("Shared a copy with {whom}"));
    edit.put(&Share {
        id: manifest.id,
        date: Some(today),
        for_whom: manifest.for_whom.clone(),
        why: manifest.why.clone(),
        goes: manifest.goes.join("\n"),
        left_out: manifest.left_out.join("\n"),
        file,
        sha256: sha256.to_owned(),
        base: manifest.base,
        to_edit: manifest.to_edit,
    });
    edit.finish()
}

/// A name for the copy's file that says nothing about a patient: organisation, date, for whom.
#[must_use]
pub fn file_name(organisation: &str, today: NaiveDate, for_whom: &str) -> String {
    // "NHS Southmoor CCG (quality team)" is for NHS Southmoor CCG
    let whom = short(for_whom.split(['(', ',', ';', '\n']).next().unwrap_or_default());
    let ours = short(organisation);
    let ours = if ours.is_empty() { "Recap".to_owned() } else { ours };
    let whom = if whom.is_empty() { whom } else { format!(" for {whom}") };
    format!("{ours} plan {}{whom}.db", today.format("%Y-%m-%d"))
}

/// An organisation's name as a part of a file's name, without what file systems do not take.
fn short(name: &str) -> String {
    let name = name.trim();
    let plain = name.strip_prefix("NHS ").unwrap_or(name);
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'');
    let clean: String = plain.chars().map(|c| if fits(c) { c } else { ' ' }).collect();
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(60).collect::<String>().trim_matches([' ', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
    }

    #[test]
    fn the_files_name_says_whose_when_and_for_whom() {
        let name = |whose: &str, whom: &str| file_name(whose, day("2013-05-28"), whom);
        assert_eq!(
            name("NHS Northmoor CCG", "NHS Southmoor CCG"),
            "Northmoor CCG plan 2013-05-28 for Southmoor CCG.db"
        );
        assert_eq!(name("", ""), "Recap plan 2013-05-28.db");
        assert_eq!(name("A/B:C*", "The council (adult care), third floor"), "A B C plan 2013-05-28 for The council.db");
    }
}
