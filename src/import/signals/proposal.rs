//! What a source would bring into a plan: whose its rows are, which months they cover, and what a person has
//! still to say.
//!
//! A name of a provider that is only almost one of the plan's is never taken for it, nor for a new one:
//! a person says which. A name like none of them is a new provider.

use super::{KnownProvider, Mapping, Options, Reading, Role, SignalsError, read_while};
use crate::model::due::Month;
use crate::model::intent::intelligence::Covers;
use crate::model::signal::{Held, MeasureFact, Source};
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
    let mut reading = read_while(name, bytes, options, go_on)?;
    let signals: Vec<Held> = std::mem::take(&mut reading.signals)
        .into_iter()
        .map(|signal| Held { number: 0, provider: None, signal })
        .collect();
    let measures: Vec<MeasureFact> = std::mem::take(&mut reading.measures)
        .into_iter()
        .map(|measure| MeasureFact { provider: None, measure })
        .collect();
    let whose = whose(plan, &reading, options, &signals, &measures);
    Ok(Proposal {
        name: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
        options: options.clone(),
        reading,
        signals,
        measures,
        whose,
        plan: plan.id(),
    })
}

/// The names of a source, each with whose it is as far as that is known.
fn whose(plan: &Plan, reading: &Reading, options: &Options, signals: &[Held], measures: &[MeasureFact]) -> Vec<Whose> {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let names = signals.iter().map(|held| held.signal.provider_given.as_str());
    for name in names.chain(measures.iter().map(|fact| fact.measure.provider_given.as_str())) {
        *rows.entry(name).or_default() += 1;
    }
    let named = |name: &str| plan.providers.values().find(|row| row.name == name).map(|row| row.id);
    let mut all: Vec<Whose> = reading
        .providers
        .iter()
        .map(|seen| {
            let decision = match seen.provider.as_deref().and_then(named) {
                Some(id) => Decision::Known(id),
                None if seen.near.is_empty() => Decision::New,
                None => Decision::Open(seen.near.clone()),
            };
            Whose { given: seen.given.clone(), rows: rows.get(seen.given.as_str()).copied().unwrap_or(0), decision }
        })
        .collect();
    // a file without a row says that there were none: its provider is the one that the person named
    if let Some(said) = options.provider.as_ref().filter(|said| !all.iter().any(|one| one.given == **said)) {
        let known = super::providers::known(&options.providers, said);
        let decision = match known.0.and_then(|name| named(&name)) {
            Some(id) => Decision::Known(id),
            None if known.1.is_empty() => Decision::New,
            None => Decision::Open(known.1),
        };
        all.push(Whose { given: said.clone(), rows: 0, decision });
    }
    if let Some(nobodys) = rows.get("") {
        all.push(Whose { given: String::new(), rows: *nobodys, decision: Decision::Open(Vec::new()) });
    }
    all
}

impl Proposal {
    /// Says whose the rows of a name are.
    pub fn decide(&mut self, given: &str, decision: Decision) {
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
        self.plan.derive(&["provider", &fold(given.trim())])
    }

    /// What goes into the plan as it was decided so far. What is open is left out.
    #[must_use]
    pub fn incoming(&self) -> Rows {
        let ids: BTreeMap<&str, Id> = self
            .whose
            .iter()
            .filter_map(|one| match &one.decision {
                Decision::Known(id) => Some((one.given.as_str(), *id)),
                Decision::New => Some((one.given.as_str(), self.new_id(&one.given))),
                Decision::Open(_) | Decision::LeftOut => None,
            })
            .collect();
        let mut rows = Rows::default();
        let mut seen = HashSet::new();
        for held in &self.signals {
            let Some(provider) = ids.get(held.signal.provider_given.as_str()) else {
                rows.left_out += 1;
                continue;
            };
            if seen.insert((held.signal.source, *provider, held.signal.key.as_str())) {
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
        rows.covered = self.covered(&rows, &ids);
        rows
    }

    /// The months that came: those that the person said, else from the first month of the data to the last.
    fn covered(&self, rows: &Rows, ids: &BTreeMap<&str, Id>) -> Vec<Covers> {
        let ours = self.reading.columns.iter().any(|column| column.role == Role::Key && column.is_read());
        if ours && self.options.from.is_none() && self.options.to.is_none() {
            return months_with_rows(rows);
        }
        let mut months: BTreeMap<(Id, Source), Option<(Month, Month)>> = BTreeMap::new();
        // what was exported may hold nothing of a provider: it came all the same
        for id in ids.values() {
            months.insert((*id, self.options.source), None);
        }
        let mut take = |provider: Option<Id>, source: Source, from: Month, to: Month| {
            if let Some(provider) = provider {
                let held = months.entry((provider, source)).or_default();
                let (first, last) = held.unwrap_or((from, to));
                *held = Some((first.min(from), last.max(to)));
            }
        };
        for held in &rows.signals {
            if let Some(month) = held.signal.counted_month() {
                take(held.provider, held.signal.source, month, month);
            }
        }
        for fact in rows.measures.iter().filter(|fact| !fact.measure.is_activity()) {
            let from = fact.measure.month;
            let last = i32::try_from(fact.measure.months.clamp(1, 12)).unwrap_or(1) - 1;
            take(fact.provider, fact.measure.source, from, from.plus(last));
        }
        let covered = months.into_iter().filter_map(|((provider, source), seen)| {
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
    pub fn names(&self, plan: &Plan) -> (Vec<(Id, String)>, Vec<(Id, String)>) {
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
        let what = match (rows.signals.len(), rows.measures.len()) {
            (signals, 0) => count(signals, "signal"),
            (0, measures) => count(measures, "number"),
            (signals, measures) => format!("{} and {}", count(signals, "signal"), count(measures, "number")),
        };
        format!("Import {what} from {}", self.name)
    }
}

/// Of rows that we wrote ourselves only the months that have any: between two of them another may never have come,
/// and is no month without signals.
fn months_with_rows(rows: &Rows) -> Vec<Covers> {
    let found = rows.signals.iter();
    let found = found.filter_map(|held| Some((held.provider?, held.signal.source, held.signal.counted_month()?)));
    let months: BTreeSet<(Id, Source, Month)> = found.collect();
    let mut covered: Vec<Covers> = Vec::new();
    for (provider, source, month) in months {
        match covered.last_mut() {
            Some(last) if (last.provider, last.source) == (provider, source) && last.to.next() == month => {
                last.to = month;
            }
            _ => covered.push(Covers { provider, source, from: month, to: month }),
        }
    }
    covered
}
