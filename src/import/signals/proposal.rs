//! What a source would bring into a plan: whose its rows are, which months they cover, and what a person has
//! still to say.
//!
//! A name of a provider that is only almost one of the plan's is never taken for it, nor for a new one:
//! a person says which. A name like none of them is a new provider.

use super::chunk::Came;
use super::{KnownProvider, Mapping, Options, Reading, Role, SeenProvider, SignalsError, read_while};
use crate::model::due::Month;
use crate::model::intent::intelligence::Covers;
use crate::model::signal::{Held, MeasureFact, Signal, Source};
use crate::model::text::{count, fold};
use crate::model::theme_map::ThemeMap;
use crate::model::{Batch, Id, Plan};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Whose the rows of one name are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// A provider of the plan.
    Known(Id),
    /// One that the plan does not have yet.
    New,
    /// A person has to say: it is spelt almost like these.
    Open(Vec<String>),
    /// Nobody's: they are left out.
    LeftOut,
}

/// A name of a provider in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// As the source has it, or as the person named it for the whole file; blank where nobody said.
    pub given: String,
    /// How many signals and measures have it.
    pub rows: usize,
    /// Whose they are.
    pub decision: Decision,
}

/// Providers with a name each.
pub type NamedProviders = Vec<(Id, String)>;

/// A source that was read, and what it would bring into a plan.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The file's name.
    pub name: String,
    /// How it was asked to be read.
    pub options: Options,
    /// What was read, but for its signals and measures, which stand below.
    pub reading: Reading,
    /// The signals; [`Held::provider`] is filled by [`Proposal::incoming`].
    pub signals: Vec<Held>,
    /// The measures.
    pub measures: Vec<MeasureFact>,
    /// Whose they are, in the order in which the names stand in the source.
    pub whose: Vec<Whose>,
    plan: Id,
}

/// What goes into the plan.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Signals with their providers; no key stands twice.
    pub signals: Vec<Held>,
    /// Measures with theirs.
    pub measures: Vec<MeasureFact>,
    /// What came, by provider and source.
    pub covered: Vec<Covers>,
    /// Rows left out because a row above has their source, provider and key.
    pub twice: usize,
    /// Rows of providers that were left out.
    pub left_out: usize,
    /// Signals that went into the file while the source was read, and are not here.
    pub gone_by: usize,
}

/// The first and the last month that was seen of each source of each provider, and each that has a signal.
#[derive(Debug, Default)]
pub(super) struct Months {
    seen: BTreeMap<(Id, Source), Option<(Month, Month)>>,
    with_signals: BTreeSet<(Id, Source, Month)>,
    last: Option<(Id, Source, Month)>,
}

impl Months {
    pub(super) fn take(&mut self, signal: &Signal, provider: Id) {
        if let Some(month) = signal.counted_month() {
            let one = (provider, signal.source, month);
            // exports are mostly sorted
            if self.last != Some(one) {
                self.add(provider, signal.source, month, month);
                self.with_signals.insert(one);
                self.last = Some(one);
            }
        }
    }

    /// Of rows that we wrote ourselves only the months that have any: between two of them another may never have
    /// come, and is no month without signals.
    fn with_rows(&self) -> Vec<Covers> {
        let mut covered: Vec<Covers> = Vec::new();
        for (provider, source, month) in self.with_signals.iter().copied() {
            match covered.last_mut() {
                Some(last) if (last.provider, last.source) == (provider, source) && last.to.next() == month => {
                    last.to = month;
                }
                _ => covered.push(Covers { provider, source, from: month, to: month }),
            }
        }
        covered
    }

    fn add(&mut self, provider: Id, source: Source, from: Month, to: Month) {
        let held = self.seen.entry((provider, source)).or_default();
        let (first, last) = held.unwrap_or((from, to));
        *held = Some((first.min(from), last.max(to)));
    }
}

impl Options {
    /// As a plan has it: its providers, what was said of files with the same headings, its subjects.
    #[must_use]
    pub fn of(plan: &Plan, source: Source) -> Self {
        let lines = |text: &str| text.lines().map(str::to_owned).filter(|line| !line.is_empty()).collect();
        let known =
            |row: &crate::model::Provider| KnownProvider { name: row.name.clone(), aliases: lines(&row.aliases) };
        let mut batches: Vec<&Batch> = plan.batches.values().filter(|batch| !batch.header.is_empty()).collect();
        batches.sort_by_key(|batch| (batch.taken_on, batch.id));
        let mapping = |batch: &&Batch| Mapping { header: batch.header.clone(), roles: lines(&batch.roles) };
        Self {
            providers: plan.providers_in_order().into_iter().map(known).collect(),
            remembered: batches.iter().map(mapping).collect(),
            themes: Some(own_subjects(plan)),
            ..Self::new(source)
        }
    }
}

/// The shipped subjects and those that were mapped in the plan.
fn own_subjects(plan: &Plan) -> ThemeMap {
    let mut map = ThemeMap::shipped();
    for subject in plan.subjects.values() {
        if let Some(theme) = subject.theme.and_then(|id| plan.signal_themes.get(&id)) {
            map.add(&theme.title, &subject.text);
        }
    }
    map
}

/// Reads a source and says what it would bring into a plan.
///
/// # Errors
/// As [`super::read_while`].
pub fn propose(
    plan: &Plan,
    name: &str,
    bytes: &[u8],
    options: &Options,
    go_on: &mut dyn FnMut(usize, f32) -> bool,
) -> Result<Proposal, SignalsError> {
    let reading = read_while(name, bytes, options, go_on)?;
    let mut names = Names::default();
    names.count(reading.signals.iter().map(|signal| signal.provider_given.as_str()));
    Ok(proposal_of(plan, name, reading, options, names))
}

/// What a reading would bring, with the names that its signals have.
pub(super) fn proposal_of(
    plan: &Plan,
    name: &str,
    mut reading: Reading,
    options: &Options,
    mut names: Names,
) -> Proposal {
    let signals: Vec<Held> = std::mem::take(&mut reading.signals)
        .into_iter()
        .map(|signal| Held { number: 0, provider: None, signal })
        .collect();
    let measures: Vec<MeasureFact> = std::mem::take(&mut reading.measures)
        .into_iter()
        .map(|measure| MeasureFact { provider: None, measure })
        .collect();
    names.count(measures.iter().map(|fact| fact.measure.provider_given.as_str()));
    let whose = whose(plan, &reading, options, &names.rows);
    Proposal {
        name: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
        options: options.clone(),
        reading,
        signals,
        measures,
        whose,
        plan: plan.id(),
    }
}

/// How many signals and measures have each name of a provider.
#[derive(Default)]
pub(super) struct Names {
    rows: BTreeMap<String, usize>,
}

impl Names {
    pub(super) fn count<'n>(&mut self, mut names: impl Iterator<Item = &'n str>) {
        // most stand in runs
        let Some(mut last) = names.next() else { return };
        let mut run = 1;
        for name in names {
            if name == last {
                run += 1;
                continue;
            }
            self.add(last, run);
            (last, run) = (name, 1);
        }
        self.add(last, run);
    }

    fn add(&mut self, name: &str, rows: usize) {
        match self.rows.get_mut(name) {
            Some(before) => *before += rows,
            None => drop(self.rows.insert(name.to_owned(), rows)),
        }
    }
}

/// Whose the rows of a name are, as far as the plan says it.
pub(super) fn known_as(plan: &Plan, seen: &SeenProvider) -> Decision {
    let row = seen.provider.as_deref().and_then(|name| plan.providers.values().find(|row| row.name == name));
    match row {
        Some(row) => Decision::Known(row.id),
        None if seen.near.is_empty() => Decision::New,
        None => Decision::Open(seen.near.clone()),
    }
}

/// The id of the provider that a name would be, were it new in a plan.
pub(super) fn new_id(plan: Id, given: &str) -> Id {
    plan.derive(&["provider", &fold(given.trim())])
}

/// The names of a source, each with whose it is as far as that is known.
fn whose(plan: &Plan, reading: &Reading, options: &Options, rows: &BTreeMap<String, usize>) -> Vec<Whose> {
    let mut all: Vec<Whose> = reading
        .providers
        .iter()
        .map(|seen| {
            let rows = rows.get(seen.given.as_str()).copied().unwrap_or(0);
            Whose { given: seen.given.clone(), rows, decision: known_as(plan, seen) }
        })
        .collect();
    // a file without a row says that there were none: its provider is the one that the person named
    if let Some(said) = options.provider.as_ref().filter(|said| !all.iter().any(|one| one.given == **said)) {
        let (provider, near) = super::providers::known(&options.providers, said);
        let seen = SeenProvider { given: said.clone(), provider, near, rows: 0, row: 0 };
        all.push(Whose { given: said.clone(), rows: 0, decision: known_as(plan, &seen) });
    }
    if let Some(nobodys) = rows.get("") {
        all.push(Whose { given: String::new(), rows: *nobodys, decision: Decision::Open(Vec::new()) });
    }
    all
}

impl Proposal {
    /// Says whose the rows of a name are.
    pub fn decide(&mut self, given: &str, decision: &Decision) {
        for one in self.whose.iter_mut().filter(|one| one.given == given) {
            one.decision = decision.clone();
        }
    }

    /// The names of which a person has still to say whose they are.
    #[must_use]
    pub fn open(&self) -> Vec<&Whose> {
        self.whose.iter().filter(|one| matches!(one.decision, Decision::Open(_))).collect()
    }

    /// The id of the provider that a name would be, were it new; the same on every side that takes it.
    #[must_use]
    pub fn new_id(&self, given: &str) -> Id {
        new_id(self.plan, given)
    }

    /// What goes into the plan as it was decided so far. What is open is left out.
    #[must_use]
    pub fn incoming(&self) -> Rows {
        self.incoming_after(Came::default())
    }

    /// The same, after signals that went by before.
    #[must_use]
    pub(super) fn incoming_after(&self, came: Came) -> Rows {
        let ids: BTreeMap<&str, Id> = self
            .whose
            .iter()
            .filter_map(|one| match &one.decision {
                Decision::Known(id) => Some((one.given.as_str(), *id)),
                Decision::New => Some((one.given.as_str(), self.new_id(&one.given))),
                Decision::Open(_) | Decision::LeftOut => None,
            })
            .collect();
        let Came { mut months, count: gone_by, twice, left_out } = came;
        let mut rows = Rows { gone_by, twice, left_out, ..Rows::default() };
        // no key stands twice under one name, so it can only where a provider has several
        let mut names: BTreeMap<Id, usize> = BTreeMap::new();
        for id in ids.values() {
            *names.entry(*id).or_default() += 1;
        }
        let several = |provider: &Id| names.get(provider).is_some_and(|names| *names > 1);
        let mut seen = HashSet::new();
        for held in &self.signals {
            let Some(provider) = ids.get(held.signal.provider_given.as_str()) else {
                rows.left_out += 1;
                continue;
            };
            if !several(provider) || seen.insert((held.signal.source, *provider, held.signal.key.as_str())) {
                months.take(&held.signal, *provider);
                rows.signals.push(Held { provider: Some(*provider), ..held.clone() });
            } else {
                rows.twice += 1;
            }
        }
        let mut seen = HashSet::new();
        for fact in &self.measures {
            let measure = &fact.measure;
            let Some(provider) = ids.get(measure.provider_given.as_str()) else {
                rows.left_out += 1;
                continue;
            };
            let place = (measure.service.as_str(), measure.site.as_str(), measure.scoring);
            if seen.insert((measure.source, *provider, measure.month, measure.months, measure.what.as_str(), place)) {
                rows.measures.push(MeasureFact { provider: Some(*provider), ..fact.clone() });
            } else {
                rows.twice += 1;
            }
        }
        rows.covered = self.covered(&rows, &ids, months);
        rows
    }

    /// The months that came: those that the person said, else from the first month of the data to the last.
    fn covered(&self, rows: &Rows, ids: &BTreeMap<&str, Id>, mut months: Months) -> Vec<Covers> {
        let ours = self.reading.columns.iter().any(|column| column.role == Role::Key && column.is_read());
        if ours && self.options.from.is_none() && self.options.to.is_none() {
            return months.with_rows();
        }
        // what was exported may hold nothing of a provider: it came all the same
        for id in ids.values() {
            months.seen.entry((*id, self.options.source)).or_default();
        }
        for fact in rows.measures.iter().filter(|fact| !fact.measure.is_activity()) {
            let from = fact.measure.month;
            let last = i32::try_from(fact.measure.months.clamp(1, 12)).unwrap_or(1) - 1;
            if let Some(provider) = fact.provider {
                months.add(provider, fact.measure.source, from, from.plus(last));
            }
        }
        let covered = months.seen.into_iter().filter_map(|((provider, source), seen)| {
            let from = self.options.from.or(seen.map(|(first, _)| first))?;
            let to = self.options.to.or(seen.map(|(_, last)| last))?;
            (from <= to).then_some(Covers { provider, source, from, to })
        });
        let mut covered: Vec<Covers> = covered.collect();
        // as the names stand in the source
        let place = |id: Id| self.whose.iter().position(|one| ids.get(one.given.as_str()) == Some(&id));
        covered.sort_by_key(|one| (place(one.provider), one.source));
        covered
    }

    /// The providers that the plan would gain, with their ids, and the names that are remembered for those
    /// it has.
    #[must_use]
    pub fn names(&self, plan: &Plan) -> (NamedProviders, NamedProviders) {
        let (mut new, mut aliases) = (Vec::new(), Vec::new());
        for one in self.whose.iter().filter(|one| !one.given.is_empty()) {
            match &one.decision {
                Decision::New => new.push((self.new_id(&one.given), one.given.clone())),
                Decision::Known(id) => {
                    let known = plan.providers.get(id);
                    let has = known.is_some_and(|row| {
                        fold(&row.name) == fold(&one.given) || row.aliases.lines().any(|line| line == one.given)
                    });
                    if !has {
                        aliases.push((*id, one.given.clone()));
                    }
                }
                Decision::Open(_) | Decision::LeftOut => {}
            }
        }
        (new, aliases)
    }

    /// The batch as it is written down.
    #[must_use]
    pub fn batch(&self, id: Id, rows: &Rows, taken_on: chrono::NaiveDate, outcome: String) -> Batch {
        let kept = self.reading.columns.iter().filter(|column| column.kept).map(|column| column.label.clone());
        let one = match rows.covered.as_slice() {
            [first, rest @ ..] if rest.iter().all(|other| other.provider == first.provider) => Some(first.provider),
            _ => None,
        };
        Batch {
            id,
            name: self.name.clone(),
            source: Some(self.options.source),
            provider: one,
            taken_on: Some(taken_on),
            by_hand: false,
            from: rows.covered.iter().map(|covered| covered.from).min(),
            to: rows.covered.iter().map(|covered| covered.to).max(),
            kept: kept.collect::<Vec<_>>().join("\n"),
            header: self.reading.mapping.header.clone(),
            roles: self.reading.mapping.roles.join("\n"),
            outcome,
        }
    }

    /// What the history calls it.
    #[must_use]
    pub fn label(&self, rows: &Rows) -> String {
        let what = match (rows.gone_by + rows.signals.len(), rows.measures.len()) {
            (signals, 0) => count(signals, "signal"),
            (0, measures) => count(measures, "number"),
            (signals, measures) => format!("{} and {}", count(signals, "signal"), count(measures, "number")),
        };
        format!("Import {what} from {}", self.name)
    }
}
