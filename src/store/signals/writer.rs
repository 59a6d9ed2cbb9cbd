//! The rows of a batch, written one by one.

use super::super::error::{Fault, StoreError};
use super::held;
use super::take::{self, Beside, Known, Standing};
use crate::model::Id;
use crate::model::signal::{Hardness, MeasureFact, Signal, Source};
use rusqlite::{Connection, OptionalExtension as _, Statement, params};
use std::collections::BTreeMap;
use std::path::Path;

/// A batch in the making, see [`super::super::PlanFile::take_signals_by`]. No key may come twice.
pub struct Batching<'f> {
    rows: Writer<'f>,
    path: &'f Path,
}

impl<'f> Batching<'f> {
    pub(super) fn new(file: &'f Connection, batch: Id, path: &'f Path) -> Result<Self, Fault> {
        Ok(Self { rows: Writer::new(file, batch)?, path })
    }

    pub(super) fn end(self) -> Result<(), Fault> {
        self.rows.end()
    }

    /// Writes a signal, unless the file says the same of it; what it is beside what the file holds.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn signal(&mut self, signal: &Signal, provider: Option<Id>) -> Result<Standing, StoreError> {
        self.rows.signal(signal, provider).map_err(|fault| fault.at(self.path))
    }

    /// Writes a signal of this batch anew that has gained subjects since; `before` is what it was found to be.
    ///
    /// # Errors
    /// As [`Batching::signal`].
    pub fn signal_again(
        &mut self,
        before: Standing,
        signal: &Signal,
        provider: Option<Id>,
    ) -> Result<Standing, StoreError> {
        self.rows.signal_again(before, signal, provider).map_err(|fault| fault.at(self.path))
    }

    /// Writes a measure, unless the file says the same of it; what it is beside what the file holds.
    ///
    /// # Errors
    /// As [`Batching::signal`].
    pub fn measure(&mut self, fact: &MeasureFact) -> Result<Standing, StoreError> {
        self.rows.measure(fact).map_err(|fault| fault.at(self.path))
    }
}

pub(super) struct Writer<'f> {
    file: &'f Connection,
    batch: i64,
    known: Known<'f>,
    signal: Statement<'f>,
    measure: Statement<'f>,
    change: Statement<'f>,
    take_back: Statement<'f>,
    /// How many rows were written of each stream.
    parts: BTreeMap<i64, usize>,
}

impl<'f> Writer<'f> {
    pub(super) fn new(file: &'f Connection, batch: Id) -> Result<Self, Fault> {
        take::forget(file, batch)?;
        file.execute("INSERT INTO signal_batch (id) VALUES (?1)", [batch.to_string()])?;
        let batch = file.last_insert_rowid();
        let places: Vec<String> = (3..25).map(|place| format!("?{place}")).collect();
        let signal = format!(
            "INSERT INTO signal (batch, stream, old, gone, {}) VALUES (?1, ?2, 0, 0, {})",
            held::COLUMNS,
            places.join(", ")
        );
        let measure = "INSERT INTO measure (batch, stream, old, gone, \"row\", \"month\", months, what, service, site,
             scoring, numerator, denominator) VALUES (?1, ?2, 0, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let change = "UPDATE signal SET subjects = ?1, digest = ?2 WHERE stream = ?3 AND \"key\" = ?4 AND batch = ?5";
        let take_back = "DELETE FROM signal WHERE stream = ?1 AND \"key\" = ?2 AND batch = ?3";
        Ok(Self {
            file,
            batch,
            known: Known::new(file)?,
            signal: file.prepare(&signal)?,
            measure: file.prepare(measure)?,
            change: file.prepare(change)?,
            take_back: file.prepare(take_back)?,
            parts: BTreeMap::new(),
        })
    }

    pub(super) fn signal(&mut self, signal: &Signal, provider: Option<Id>) -> Result<Standing, Fault> {
        let beside = self.known.signal(signal, provider, held::digest(signal))?;
        if beside.standing != Standing::Unchanged {
            self.insert(beside.filled.as_deref().unwrap_or(signal), provider, beside.digest)?;
        }
        Ok(beside.standing)
    }

    fn insert(&mut self, signal: &Signal, provider: Option<Id>, digest: i64) -> Result<(), Fault> {
        let stream = self.stream(signal.source, provider)?;
        self.signal.raw_bind_parameter(1, self.batch)?;
        self.signal.raw_bind_parameter(2, stream)?;
        let days = held::days(signal);
        for (place, value) in held::values(signal, digest, &days).iter().enumerate() {
            self.signal.raw_bind_parameter(place + 3, value)?;
        }
        self.signal.raw_execute()?;
        Ok(())
    }

    fn signal_again(&mut self, before: Standing, signal: &Signal, provider: Option<Id>) -> Result<Standing, Fault> {
        let Beside { standing, digest, filled } = self.known.signal(signal, provider, held::digest(signal))?;
        let signal = filled.as_deref().unwrap_or(signal);
        let (was_written, is_new) = (before != Standing::Unchanged, standing != Standing::Unchanged);
        if !was_written {
            if is_new {
                self.insert(signal, provider, digest)?;
            }
            return Ok(standing);
        }
        let stream = self.known.streams.number(self.file, signal.source, provider)?;
        if is_new {
            self.change.execute(params![held::subjects(&signal.subjects), digest, stream, signal.key, self.batch])?;
        } else {
            // with all of its subjects it is what the file holds already
            self.take_back.execute(params![stream, signal.key, self.batch])?;
            if let Some(rows) = self.parts.get_mut(&stream) {
                *rows = rows.saturating_sub(1);
            }
        }
        Ok(standing)
    }

    /// Writes a signal of another copy's batch, whatever this file says of it; `gone` says that it is no more.
    pub(super) fn as_it_is(&mut self, signal: &Signal, provider: Option<Id>, gone: bool) -> Result<(), Fault> {
        if !gone {
            return self.insert(signal, provider, held::digest(signal));
        }
        let stream = self.stream(signal.source, provider)?;
        self.file.execute(
            "INSERT INTO signal (batch, stream, old, gone, digest, referenced, \"row\", hard, \"key\")
             VALUES (?1, ?2, 0, 1, 0, ?3, 0, ?4, ?5)",
            params![self.batch, stream, signal.has_reference(), signal.hardness == Hardness::Hard, signal.key],
        )?;
        Ok(())
    }

    /// The same for a measure.
    pub(super) fn measure_as_it_is(&mut self, fact: &MeasureFact, gone: bool) -> Result<(), Fault> {
        self.insert_measure(fact)?;
        if gone {
            let sql = "UPDATE measure SET gone = 1 WHERE number = ?1";
            self.file.execute(sql, [self.file.last_insert_rowid()])?;
        }
        Ok(())
    }

    /// The stream of a row that is written now.
    fn stream(&mut self, source: Source, provider: Option<Id>) -> Result<i64, Fault> {
        let stream = self.known.streams.number(self.file, source, provider)?;
        *self.parts.entry(stream).or_default() += 1;
        Ok(stream)
    }

    pub(super) fn measure(&mut self, fact: &MeasureFact) -> Result<Standing, Fault> {
        let standing = self.known.measure(fact)?;
        if standing == Standing::Unchanged {
            return Ok(standing);
        }
        self.insert_measure(fact)?;
        Ok(standing)
    }

    fn insert_measure(&mut self, fact: &MeasureFact) -> Result<(), Fault> {
        let measure = &fact.measure;
        let stream = self.stream(measure.source, fact.provider)?;
        self.measure.execute(params![
            self.batch,
            stream,
            i64::try_from(measure.row).unwrap_or(0),
            measure.month.to_string(),
            measure.months,
            measure.what,
            measure.service,
            measure.site,
            take::scoring(measure.scoring),
            measure.numerator,
            measure.denominator,
        ])?;
        Ok(())
    }

    /// Says of signals that they are no more: a row of their key with nothing in it but that.
    pub(super) fn gone(&mut self, numbers: &[i64]) -> Result<(), Fault> {
        let mut find = self.file.prepare("SELECT stream, \"key\", referenced, hard FROM signal WHERE number = ?1")?;
        let mut insert = self.file.prepare(
            "INSERT INTO signal (batch, stream, old, gone, digest, referenced, \"row\", hard, \"key\")
             VALUES (?1, ?2, 0, 1, 0, ?3, 0, ?4, ?5)",
        )?;
        for number in numbers {
            let row: Option<(i64, String, i64, i64)> =
                find.query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).optional()?;
            let Some((stream, key, referenced, hard)) = row else { continue };
            *self.parts.entry(stream).or_default() += 1;
            insert.execute(params![self.batch, stream, referenced, hard, key])?;
        }
        Ok(())
    }

    /// Notes which streams the batch has rows of.
    pub(super) fn end(self) -> Result<(), Fault> {
        let mut part = self.file.prepare("INSERT OR IGNORE INTO signal_part (stream, batch) VALUES (?1, ?2)")?;
        for (stream, _) in self.parts.iter().filter(|(_, rows)| **rows > 0) {
            part.execute([*stream, self.batch])?;
        }
        Ok(())
    }
}
