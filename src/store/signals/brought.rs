//! Signals that come over with another copy of the plan, by the batch: read one by one and written anew.

use super::super::error::Fault;
use super::super::foreign::Foreign;
use super::super::rows::{id, text};
use super::held;
use super::writer::Writer;
use crate::model::Id;
use crate::model::signal::{MeasureFact, Source};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;

/// What came over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Brought {
    /// Signals.
    pub signals: usize,
    /// Measures.
    pub measures: usize,
    /// Rows that could not be read, and were left out.
    pub left_out: usize,
}

const SIGNAL: [&str; 27] = [
    "number",
    "batch",
    "stream",
    "old",
    "gone",
    "digest",
    "referenced",
    "row",
    "adverse",
    "handling_concern",
    "hard",
    "received",
    "happened",
    "due",
    "closed",
    "month",
    "key",
    "subjects",
    "service",
    "outcome",
    "grade",
    "specialty",
    "site",
    "state",
    "learning",
    "improvement",
    "text",
];

const MEASURE: [&str; 14] = [
    "number",
    "batch",
    "stream",
    "old",
    "gone",
    "row",
    "month",
    "months",
    "what",
    "service",
    "site",
    "scoring",
    "numerator",
    "denominator",
];

/// Writes the rows of batches under new numbers, in the order in which they came in the other file. A signal of a
/// provider that the plan will not have is of none.
pub(in super::super) fn bring(
    file: &Connection,
    batches: &[Id],
    theirs: &Foreign,
    providers: &BTreeSet<Id>,
) -> Result<Brought, Fault> {
    let mut brought = Brought::default();
    let wanted: BTreeSet<Id> = batches.iter().copied().collect();
    let has = theirs.has_table("signal_batch", &["number", "id"])
        && theirs.has_table("signal_stream", &["number", "source", "provider"]);
    if wanted.is_empty() || !has {
        return Ok(brought);
    }
    let their = theirs.connection();
    let streams = streams(their, providers)?;
    let mut statement = their.prepare("SELECT number, id FROM signal_batch NOT INDEXED ORDER BY number")?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let (Ok(number), Ok(batch)) = (row.get::<_, i64>(0), id(row.get_ref(1)?)) else { continue };
        if !wanted.contains(&batch) {
            continue;
        }
        let mut write = Writer::new(file, batch)?;
        if theirs.has_table("signal", &SIGNAL) {
            let sql =
                format!("SELECT number, stream, {}, gone FROM signal NOT INDEXED WHERE batch = ?1", held::COLUMNS);
            each(their, &sql, number, &mut brought.left_out, |row| {
                let (held, _) = held::signal(row, &streams)?;
                let gone: bool = row.get(24)?;
                brought.signals += usize::from(!gone);
                write.as_it_is(&held.signal, held.provider, gone)
            })?;
        }
        if theirs.has_table("measure", &MEASURE) {
            let sql = "SELECT number, stream, \"row\", \"month\", months, what, service, site, scoring, numerator,
                       denominator, gone FROM measure NOT INDEXED WHERE batch = ?1";
            each(their, sql, number, &mut brought.left_out, |row| {
                let (fact, gone) = measure(row, &streams)?;
                brought.measures += usize::from(!gone);
                write.measure_as_it_is(&fact, gone)
            })?;
        }
        write.end()?;
    }
    Ok(brought)
}

/// Every row of a batch; one that cannot be read is counted and passed over.
fn each(
    their: &Connection,
    sql: &str,
    batch: i64,
    left_out: &mut usize,
    mut with: impl FnMut(&Row<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = their.prepare(&format!("{sql} ORDER BY number"))?;
    let mut rows = statement.query([batch])?;
    while let Some(row) = rows.next()? {
        match with(row) {
            Ok(()) => {}
            Err(Fault::Damaged(_) | Fault::Sql(rusqlite::Error::InvalidColumnType(..))) => *left_out += 1,
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// The other file's sources of providers; what is none of ours is passed over, and its signals with it.
fn streams(their: &Connection, providers: &BTreeSet<Id>) -> Result<held::Streams, Fault> {
    let mut statement = their.prepare("SELECT number, source, provider FROM signal_stream NOT INDEXED")?;
    let mut rows = statement.query([])?;
    let mut streams = held::Streams::new();
    while let Some(row) = rows.next()? {
        let (Ok(number), ValueRef::Text(_), ValueRef::Text(_)) =
            (row.get::<_, i64>(0), row.get_ref(1)?, row.get_ref(2)?)
        else {
            continue;
        };
        let (Ok(source), Ok(provider)) = (text(row.get_ref(1)?), text(row.get_ref(2)?)) else { continue };
        let Some(source) = Source::from_word(source) else { continue };
        let provider = provider.parse::<Id>().ok().filter(|id| providers.contains(id));
        streams.insert(number, (source, provider));
    }
    Ok(streams)
}

/// A measure and whether it says that there is no such measure any more.
fn measure(row: &Row<'_>, streams: &held::Streams) -> Result<(MeasureFact, bool), Fault> {
    let stream: i64 = row.get(1)?;
    let (source, provider) =
        streams.get(&stream).copied().ok_or_else(|| Fault::Damaged("a measure is of no source".into()))?;
    Ok((MeasureFact { provider, measure: held::one_measure(row, source, 2)? }, row.get(11)?))
}
