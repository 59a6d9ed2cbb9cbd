//! A batch in: what it changes, its rows, and what they make old.

use super::super::error::Fault;
use super::writer::Writer;
use super::{held, live};
use crate::model::signal::{Held, MeasureFact, Scoring, Signal, Source};
use crate::model::{Edit, Entity, Id};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::{BTreeSet, HashMap};

/// How often the progress is told, in rows.
const EVERY: usize = 1_000;

/// What comes in together. No key may stand in it twice.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// The id of the [`crate::model::Batch`] that makes it count.
    pub batch: Id,
    /// Signals.
    pub signals: &'a [Held],
    /// Measures.
    pub measures: &'a [MeasureFact],
    /// Signals that are no more, by their rows in the file.
    pub gone: &'a [i64],
}

impl Incoming<'_> {
    /// Whether nothing comes in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.signals.is_empty() && self.measures.is_empty() && self.gone.is_empty()
    }
}

/// What an incoming row is beside what the file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The file has none of its key.
    New,
    /// The file's says something else.
    Updated,
    /// The file's says the same.
    Unchanged,
}

/// What incoming rows are beside what the file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Compared {
    /// Each signal, in the order given.
    pub signals: Vec<Standing>,
    /// Each measure, in the order given.
    pub measures: Vec<Standing>,
}

impl Compared {
    /// How many signals and measures are so.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.signals.iter().chain(&self.measures).filter(|one| **one == standing).count()
    }

    /// Whether the file holds all of it already.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.count(Standing::Unchanged) == self.signals.len() + self.measures.len()
    }
}

/// The numbers of streams by source and provider.
pub(super) struct Streams {
    known: HashMap<(Source, Option<Id>), i64>,
    /// Those that had rows before: only in them can a key be known.
    filled: BTreeSet<i64>,
}

impl Streams {
    fn read(file: &Connection) -> Result<Self, Fault> {
        let known = held::streams(file)?.into_iter().map(|(number, stream)| (stream, number)).collect();
        let sql = "SELECT DISTINCT stream FROM signal_part";
        let filled = file.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Self { known, filled })
    }

    /// The stream to look in; `None` where no row can be known.
    fn filled(&self, source: Source, provider: Option<Id>) -> Option<i64> {
        if self.filled.is_empty() {
            return None;
        }
        self.known.get(&(source, provider)).copied().filter(|stream| self.filled.contains(stream))
    }

    /// The stream to write to, made if it is new.
    pub(super) fn number(&mut self, file: &Connection, source: Source, provider: Option<Id>) -> Result<i64, Fault> {
        if let Some(number) = self.known.get(&(source, provider)) {
            return Ok(*number);
        }
        file.execute(
            "INSERT INTO signal_stream (source, provider) VALUES (?1, ?2)",
            params![source.word(), held::provider_word(provider)],
        )?;
        let number = file.last_insert_rowid();
        self.known.insert((source, provider), number);
        Ok(number)
    }
}

/// What a signal is beside what the file holds.
pub(super) struct Beside {
    pub(super) standing: Standing,
    /// Of what is to be written.
    pub(super) digest: i64,
    /// With what its source does not say as the file has it; `None` where it is written as it came.
    pub(super) filled: Option<Box<Signal>>,
}

/// Looks up what counts now, of a key.
pub(super) struct Known<'f> {
    signal: rusqlite::Statement<'f>,
    whole: rusqlite::Statement<'f>,
    by_number: held::Streams,
    measure: rusqlite::Statement<'f>,
    live: BTreeSet<i64>,
    pub(super) streams: Streams,
}

impl<'f> Known<'f> {
    pub(super) fn new(file: &'f Connection) -> Result<Self, Fault> {
        Ok(Self {
            signal: file.prepare(
                "SELECT batch, gone, digest, number FROM signal WHERE stream = ?1 AND \"key\" = ?2 AND old = 0
                 ORDER BY batch DESC",
            )?,
            whole: file.prepare(&format!("SELECT number, stream, {} FROM signal WHERE number = ?1", held::COLUMNS))?,
            by_number: held::streams(file)?,
            measure: file.prepare(
                "SELECT batch, gone, numerator, denominator FROM measure
                 WHERE stream = ?1 AND \"month\" = ?2 AND what = ?3 AND months = ?4 AND service = ?5 AND site = ?6
                 AND scoring = ?7 AND old = 0 ORDER BY batch DESC",
            )?,
            live: live(file)?,
            streams: Streams::read(file)?,
        })
    }

    /// What a signal is beside what the file holds of its key.
    pub(super) fn signal(&mut self, signal: &Signal, provider: Option<Id>, digest: i64) -> Result<Beside, Fault> {
        let as_is = |standing| Beside { standing, digest, filled: None };
        let Some(stream) = self.streams.filled(signal.source, provider) else { return Ok(as_is(Standing::New)) };
        let mut rows = self.signal.query(params![stream, signal.key])?;
        while let Some(row) = rows.next()? {
            if !self.live.contains(&row.get(0)?) {
                continue;
            }
            let known: i64 = row.get(2)?;
            let standing = standing((!row.get::<_, bool>(1)?).then_some(known == digest));
            if standing != Standing::Updated || signal.unsaid.is_empty() {
                return Ok(as_is(standing));
            }
            let filled = self.whole.query_row([row.get::<_, i64>(3)?], |row| Ok(held::signal(row, &self.by_number)))?;
            let filled = signal.filled_from(&filled?.0.signal);
            let digest = held::digest(&filled);
            let standing = if digest == known { Standing::Unchanged } else { standing };
            return Ok(Beside { standing, digest, filled: Some(Box::new(filled)) });
        }
        Ok(as_is(Standing::New))
    }

    pub(super) fn measure(&mut self, fact: &MeasureFact) -> Result<Standing, Fault> {
        let measure = &fact.measure;
        let Some(stream) = self.streams.filled(measure.source, fact.provider) else { return Ok(Standing::New) };
        let key = params![
            stream,
            measure.month.to_string(),
            measure.what,
            measure.months,
            measure.service,
            measure.site,
            scoring(measure.scoring),
        ];
        let mut rows = self.measure.query(key)?;
        while let Some(row) = rows.next()? {
            if self.live.contains(&row.get(0)?) {
                let held: (f64, Option<f64>) = (row.get(2)?, row.get(3)?);
                let same = held == (measure.numerator, measure.denominator);
                return Ok(standing((!row.get::<_, bool>(1)?).then_some(same)));
            }
        }
        Ok(Standing::New)
    }
}

/// What a row is beside one that counts; `None` for one that says that there is no such signal any more.
fn standing(known: Option<bool>) -> Standing {
    match known {
        None => Standing::New,
        Some(true) => Standing::Unchanged,
        Some(false) => Standing::Updated,
    }
}

pub(super) fn scoring(rule: Option<Scoring>) -> &'static str {
    rule.map_or("", Scoring::word)
}

pub(super) fn compare(file: &Connection, incoming: &Incoming<'_>) -> Result<Compared, Fault> {
    let mut known = Known::new(file)?;
    Ok(Compared {
        signals: incoming
            .signals
            .iter()
            .map(|one| Ok(known.signal(&one.signal, one.provider, held::digest(&one.signal))?.standing))
            .collect::<Result<_, Fault>>()?,
        measures: incoming.measures.iter().map(|one| known.measure(one)).collect::<Result<_, _>>()?,
    })
}

/// Writes the rows of a batch that say something new. They count once the batch stands in the plan.
pub(in super::super) fn write(
    file: &Connection,
    incoming: &Incoming<'_>,
    go_on: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<(), Fault> {
    let all = incoming.signals.len() + incoming.measures.len();
    let mut done = 0;
    let mut step = move || {
        done += 1;
        if done % EVERY == 0 && !go_on(done, all) { Err(Fault::Stopped) } else { Ok(()) }
    };
    let mut rows = Writer::new(file, incoming.batch)?;
    rows.gone(incoming.gone)?;
    for one in incoming.signals {
        step()?;
        rows.signal(&one.signal, one.provider)?;
    }
    for one in incoming.measures {
        step()?;
        rows.measure(one)?;
    }
    rows.end()
}

/// Forgets what came under a batch's id before and was taken back: it comes anew.
pub(super) fn forget(file: &Connection, batch: Id) -> Result<(), Fault> {
    let sql = "SELECT number, EXISTS (SELECT 1 FROM \"batch\" WHERE \"batch\".id = signal_batch.id)
               FROM signal_batch WHERE id = ?1";
    let before: Option<(i64, bool)> =
        file.query_row(sql, [batch.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match before {
        None => Ok(()),
        Some((_, true)) => Err(Fault::Unfit("a batch of signals of this id is in the plan already".into())),
        Some((number, false)) => {
            for table in ["signal", "measure", "signal_part"] {
                file.execute(&format!("DELETE FROM {table} WHERE batch = ?1"), [number])?;
            }
            file.execute("DELETE FROM signal_batch WHERE number = ?1", [number])?;
            Ok(())
        }
    }
}

/// After an edit: where it made batches count, or no longer, the rows of their keys are told anew which of
/// them is old.
pub(in super::super) fn batches_changed(file: &Connection, edit: &Edit) -> Result<(), Fault> {
    let batches: BTreeSet<Id> = edit
        .changes
        .iter()
        .filter(|change| change.entity == Entity::Batch && change.field == crate::model::EXISTS)
        .map(|change| change.row)
        .collect();
    for batch in batches {
        let number: Option<i64> = file
            .query_row("SELECT number FROM signal_batch WHERE id = ?1", [batch.to_string()], |row| row.get(0))
            .optional()?;
        if let Some(number) = number {
            tell_old(file, number)?;
        }
    }
    Ok(())
}

/// A row is old where a later batch that counts has one of its key. Streams of one batch have no old rows.
fn tell_old(file: &Connection, batch: i64) -> Result<(), Fault> {
    let sql = "SELECT stream FROM signal_part AS mine WHERE batch = ?1
               AND EXISTS (SELECT 1 FROM signal_part AS other WHERE other.stream = mine.stream AND other.batch <> ?1)";
    let streams: Vec<i64> = file.prepare(sql)?.query_map([batch], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let newer = "SELECT 1 FROM signal_batch AS later JOIN \"batch\" ON \"batch\".id = later.id
                 WHERE later.number = newer.batch";
    let measure_key =
        "newer.\"month\" = measure.\"month\" AND newer.what = measure.what AND newer.months = measure.months
                       AND newer.service = measure.service AND newer.site = measure.site
                       AND newer.scoring = measure.scoring";
    for stream in streams {
        file.execute(
            &format!(
                "UPDATE signal SET old = EXISTS (
                     SELECT 1 FROM signal AS newer WHERE newer.stream = signal.stream AND newer.\"key\" = signal.\"key\"
                     AND newer.batch > signal.batch AND EXISTS ({newer}))
                 WHERE stream = ?1 AND \"key\" IN (SELECT \"key\" FROM signal WHERE stream = ?1 AND batch = ?2)"
            ),
            [stream, batch],
        )?;
        file.execute(
            &format!(
                "UPDATE measure SET old = EXISTS (
                     SELECT 1 FROM measure AS newer WHERE newer.stream = measure.stream AND {measure_key}
                     AND newer.batch > measure.batch AND EXISTS ({newer}))
                 WHERE stream = ?1 AND \"month\" IN (SELECT \"month\" FROM measure WHERE stream = ?1 AND batch = ?2)"
            ),
            [stream, batch],
        )?;
    }
    Ok(())
}
