//! Whole signals and measures to and from rows.

use super::super::error::Fault;
use super::super::rows::text;
use super::live;
use crate::model::due::Month;
use crate::model::signal::{Hardness, Held, Measure, MeasureFact, Scoring, Signal, Source};
use crate::model::{FieldValue as _, Id};
use chrono::NaiveDate;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, Row};
use std::collections::{BTreeSet, HashMap};

/// A source of a provider, by its number.
pub(super) type Streams = HashMap<i64, (Source, Option<Id>)>;

/// All streams of the file.
pub(super) fn streams(file: &Connection) -> Result<Streams, Fault> {
    let mut statement = file.prepare("SELECT number, source, provider FROM signal_stream")?;
    let mut rows = statement.query([])?;
    let mut streams = Streams::new();
    while let Some(row) = rows.next()? {
        let word = text(row.get_ref(1)?)?;
        let source = Source::from_word(word).ok_or_else(|| unfit("source", word))?;
        let provider = match text(row.get_ref(2)?)? {
            "" => None,
            id => Some(id.parse().map_err(|_| unfit("provider", id))?),
        };
        streams.insert(row.get(0)?, (source, provider));
    }
    Ok(streams)
}

/// A value that a signal cannot have.
pub(super) fn unfit(what: &str, found: &str) -> Fault {
    let found: String = found.chars().take(60).collect();
    Fault::Damaged(format!("the {what} of a signal is \"{found}\""))
}

/// The columns of a whole signal, in the order of [`signal`] and of [`values`].
pub(super) const COLUMNS: &str = "digest, referenced, \"row\", adverse, handling_concern, hard, received, happened, due, \
     closed, \"month\", \"key\", subjects, service, outcome, grade, specialty, site, state, learning, improvement, \"text\"";

/// What is written into [`COLUMNS`]; the digest is that of [`digest`], the days are those of [`days`].
pub(super) fn values<'s>(signal: &'s Signal, digest: i64, days: &'s [Option<Day>; 4]) -> [ToSqlOutput<'s>; 22] {
    fn date(day: Option<&Day>) -> ToSqlOutput<'_> {
        day.map_or(owned(Value::Null), |day| ToSqlOutput::Borrowed(ValueRef::Text(&day.0)))
    }
    let [received, happened, due, closed] = days;
    let truth = |value: Option<bool>| owned(value.map_or(Value::Null, |value| Value::Integer(i64::from(value))));
    [
        owned(Value::Integer(digest)),
        owned(Value::Integer(i64::from(signal.has_reference()))),
        owned(Value::Integer(i64::try_from(signal.row).unwrap_or(0))),
        truth(signal.adverse),
        truth(signal.handling_concern),
        owned(Value::Integer(i64::from(signal.hardness == Hardness::Hard))),
        date(received.as_ref()),
        date(happened.as_ref()),
        date(due.as_ref()),
        date(closed.as_ref()),
        owned(signal.month.map_or(Value::Null, |month| Value::Text(month.to_string()))),
        ToSqlOutput::Borrowed(ValueRef::Text(signal.key.as_bytes())),
        subjects(&signal.subjects),
        words_or_null(&signal.service),
        words_or_null(&signal.outcome),
        words_or_null(&signal.grade),
        words_or_null(&signal.specialty),
        words_or_null(&signal.site),
        words_or_null(&signal.state),
        words_or_null(&signal.learning),
        words_or_null(&signal.improvement),
        words_or_null(&signal.text),
    ]
}

fn owned(value: Value) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(value)
}

fn words_or_null(text: &str) -> ToSqlOutput<'_> {
    if text.is_empty() { owned(Value::Null) } else { ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())) }
}

/// Subjects as they are written.
pub(super) fn subjects(subjects: &[String]) -> ToSqlOutput<'_> {
    match subjects {
        [] => owned(Value::Null),
        [one] => words_or_null(one),
        several => owned(Value::Text(several.join("\n"))),
    }
}

/// A day as YYYY-MM-DD; chrono's own words of it take several times as long, and there are four to a signal.
pub(super) struct Day([u8; 10]);

impl Day {
    /// `None` for a day that cannot be written so: no file holds one, as none can be read.
    fn of(date: NaiveDate) -> Option<Self> {
        use chrono::Datelike as _;
        let year = u32::try_from(date.year()).ok().filter(|year| *year < 10_000)?;
        let digit = |number: u32| u8::try_from(number % 10).map_or(b'0', |digit| b'0' + digit);
        let (month, day) = (date.month(), date.day());
        let [a, b, c, d] = [year / 1_000, year / 100, year / 10, year].map(digit);
        let [e, f, g, h] = [month / 10, month, day / 10, day].map(digit);
        Some(Self([a, b, c, d, b'-', e, f, b'-', g, h]))
    }
}

/// The days of a signal: received, happened, due, closed.
pub(super) fn days(signal: &Signal) -> [Option<Day>; 4] {
    [signal.received, signal.happened, signal.due, signal.closed].map(|date| date.and_then(Day::of))
}

/// A number made of all that a signal says, but for where it stands in its source: FNV-1a, which gives the
/// same on every machine and in every version.
pub(super) fn digest(signal: &Signal) -> i64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |bytes: &[u8]| {
        for byte in bytes.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for text in [
        &signal.reference,
        &signal.service,
        &signal.outcome,
        &signal.grade,
        &signal.specialty,
        &signal.site,
        &signal.state,
        &signal.learning,
        &signal.improvement,
        &signal.text,
    ] {
        take(text.as_bytes());
    }
    for date in [signal.received, signal.happened, signal.due, signal.closed] {
        use chrono::Datelike as _;
        take(&date.map_or(0, |date| date.num_days_from_ce()).to_le_bytes());
    }
    let (year, month) = signal.month.map_or((0, 0), |month| (month.year, month.month));
    take(&year.to_le_bytes());
    take(&month.to_le_bytes());
    for truth in [signal.adverse, signal.handling_concern, Some(signal.hardness == Hardness::Hard)] {
        take(&[truth.map_or(2, u8::from)]);
    }
    for subject in &signal.subjects {
        take(subject.as_bytes());
    }
    i64::from_le_bytes(hash.to_le_bytes())
}

pub(super) fn date(cell: ValueRef<'_>) -> Result<Option<NaiveDate>, Fault> {
    if cell == ValueRef::Null {
        return Ok(None);
    }
    let words = text(cell)?;
    let part = |range: std::ops::Range<usize>| words.get(range).and_then(|digits| digits.parse::<u32>().ok());
    let read = match (words.len(), part(0..4), part(5..7), part(8..10)) {
        (10, Some(year), Some(month), Some(day)) => {
            NaiveDate::from_ymd_opt(i32::try_from(year).unwrap_or_default(), month, day)
        }
        _ => None,
    };
    read.map(Some).ok_or_else(|| unfit("date", words))
}

pub(super) fn month(cell: ValueRef<'_>) -> Result<Option<Month>, Fault> {
    if cell == ValueRef::Null {
        return Ok(None);
    }
    let words = text(cell)?;
    Month::parse(words).map(Some).ok_or_else(|| unfit("month", words))
}

pub(super) fn truth(cell: ValueRef<'_>) -> Result<Option<bool>, Fault> {
    match cell {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(0) => Ok(Some(false)),
        ValueRef::Integer(1) => Ok(Some(true)),
        _ => Err(unfit("judgement", "neither yes nor no")),
    }
}

pub(super) fn words(cell: ValueRef<'_>) -> Result<&str, Fault> {
    if cell == ValueRef::Null { Ok("") } else { text(cell) }
}

/// A signal from a row: its number, its stream, then [`COLUMNS`]. With the digest that it was written with.
pub(super) fn signal(row: &Row<'_>, streams: &Streams) -> Result<(Held, i64), Fault> {
    let stream: i64 = row.get(1)?;
    let (source, provider) =
        streams.get(&stream).copied().ok_or_else(|| Fault::Damaged("a signal is of no source".into()))?;
    let own = |column: usize| -> Result<String, Fault> { Ok(words(row.get_ref(column + 2)?)?.to_owned()) };
    let day = |column: usize| -> Result<Option<NaiveDate>, Fault> { date(row.get_ref(column + 2)?) };
    let key = own(11)?;
    let referenced: bool = row.get(3)?;
    let hard: bool = row.get(7)?;
    let line: i64 = row.get(4)?;
    let signal = Signal {
        reference: if referenced { key.clone() } else { String::new() },
        key,
        received: day(6)?,
        happened: day(7)?,
        due: day(8)?,
        closed: day(9)?,
        month: month(row.get_ref(12)?)?,
        subjects: words(row.get_ref(14)?)?.split('\n').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        service: own(13)?,
        outcome: own(14)?,
        grade: own(15)?,
        specialty: own(16)?,
        site: own(17)?,
        state: own(18)?,
        learning: own(19)?,
        improvement: own(20)?,
        text: own(21)?,
        adverse: truth(row.get_ref(5)?)?,
        handling_concern: truth(row.get_ref(6)?)?,
        hardness: if hard { Hardness::Hard } else { Hardness::Soft },
        row: usize::try_from(line).unwrap_or(0),
        ..Signal::new(source)
    };
    Ok((Held { number: row.get(0)?, provider, signal }, row.get(2)?))
}

/// Signals by their numbers, in that order.
pub(super) fn some(file: &Connection, numbers: &[i64]) -> Result<Vec<Held>, Fault> {
    let (streams, live) = (streams(file)?, live(file)?);
    let sql = format!("SELECT number, stream, {COLUMNS}, batch, gone FROM signal WHERE number = ?1");
    let mut statement = file.prepare(&sql)?;
    let mut found = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut rows = statement.query([number])?;
        if let Some(row) = rows.next()?
            && counts(row, 24, &live)?
        {
            found.push(signal(row, &streams)?.0);
        }
    }
    Ok(found)
}

/// Whether a row counts, by its batch and whether it says that there is no such signal any more.
fn counts(row: &Row<'_>, batch: usize, live: &BTreeSet<i64>) -> Result<bool, Fault> {
    Ok(live.contains(&row.get(batch)?) && !row.get::<_, bool>(batch + 1)?)
}

/// All signals that count.
pub(in super::super) fn each(file: &Connection, with: &mut dyn FnMut(Held)) -> Result<(), Fault> {
    let (streams, live) = (streams(file)?, live(file)?);
    let sql = format!("SELECT number, stream, {COLUMNS}, batch, gone FROM signal WHERE old = 0 ORDER BY number");
    let mut statement = file.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if counts(row, 24, &live)? {
            with(signal(row, &streams)?.0);
        }
    }
    Ok(())
}

/// All measures that count.
pub(in super::super) fn measures(file: &Connection) -> Result<Vec<MeasureFact>, Fault> {
    let (streams, live) = (streams(file)?, live(file)?);
    let mut statement = file.prepare(
        "SELECT batch, gone, stream, \"row\", \"month\", months, what, service, site, scoring, numerator, denominator
         FROM measure WHERE old = 0 ORDER BY number",
    )?;
    let mut rows = statement.query([])?;
    let mut measures = Vec::new();
    while let Some(row) = rows.next()? {
        if !counts(row, 0, &live)? {
            continue;
        }
        let stream: i64 = row.get(2)?;
        let (source, provider) =
            streams.get(&stream).copied().ok_or_else(|| Fault::Damaged("a measure is of no source".into()))?;
        let measure = one_measure(row, source, 3)?;
        measures.push(MeasureFact { provider, measure });
    }
    Ok(measures)
}

/// A measure from a row that has its columns from one place on: row, month, months, what, service, site, scoring,
/// numerator, denominator.
pub(super) fn one_measure(row: &Row<'_>, source: Source, from: usize) -> Result<Measure, Fault> {
    let line: i64 = row.get(from)?;
    let scoring = text(row.get_ref(from + 6)?)?;
    Ok(Measure {
        source,
        provider_given: String::new(),
        provider: None,
        month: month(row.get_ref(from + 1)?)?.ok_or_else(|| unfit("month", ""))?,
        months: row.get(from + 2)?,
        what: text(row.get_ref(from + 3)?)?.to_owned(),
        numerator: row.get(from + 7)?,
        denominator: row.get(from + 8)?,
        scoring: if scoring.is_empty() {
            None
        } else {
            Some(Scoring::from_word(scoring).ok_or_else(|| unfit("scoring rule", scoring))?)
        },
        service: text(row.get_ref(from + 4)?)?.to_owned(),
        site: text(row.get_ref(from + 5)?)?.to_owned(),
        row: usize::try_from(line).unwrap_or(0),
    })
}

/// A provider as a stream names it.
pub(super) fn provider_word(provider: Option<Id>) -> String {
    provider.map(|id| id.to_value().to_string()).unwrap_or_default()
}
