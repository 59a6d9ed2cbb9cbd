//! Rows one by one: what can be used goes into the plan, what cannot is listed with the reason.

use super::super::error::Fault;
use super::BadRow;
use super::layout::Layout;
use crate::model::{Id, InPlan, Plan, Rows, Value, Visit};
use chrono::{Datelike as _, NaiveDate};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

/// The longest text of one field, in bytes; a position is a few thousand.
const LONGEST: usize = 1 << 20;

/// More rows of one kind than a plan can come to: a page of the file that leads to itself is read for ever.
const MOST_ROWS: usize = 1_000_000;

/// After so many rows that cannot be used, a table is given up.
const MOST_BAD: usize = 2_000;

/// Reads the usable rows of one kind.
pub(super) struct ReadUsable<'a> {
    pub(super) file: &'a Connection,
    pub(super) layout: &'a mut Layout,
    pub(super) plan: &'a mut Plan,
    pub(super) bad: &'a mut Vec<BadRow>,
}

impl Visit for ReadUsable<'_> {
    type Output = Result<(), Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let table = T::ENTITY.word();
        let Some(as_ours) = self.layout.table(table) else { return Ok(()) };
        let there = self.layout.columns(self.file, table, T::FIELDS)?;
        if !self.layout.has(self.file, table, &["id"]) {
            self.layout.notes.push(format!("the table {table} has no ids; it was not read"));
            return Ok(());
        }
        let missing: Vec<_> =
            T::FIELDS.iter().zip(&there).filter(|(_, there)| !**there).map(|(name, _)| *name).collect();
        if !as_ours && !missing.is_empty() {
            let told = format!("the table {table} has not {}: read as blank", missing.join(", "));
            self.layout.notes.push(told);
        }
        let mut reading = Reading::<T>::new(&there);
        let select = select(table, T::FIELDS, &there);
        let forward = reading.all(self.file, &select);
        // what lies behind a damaged page is read from the other end
        let backward = match &forward {
            Err(_) if as_ours => reading.all(self.file, &format!("{select} ORDER BY id DESC")),
            _ => Ok(()),
        };
        if let Err(what) = forward {
            let read = reading.rows.len();
            let rest =
                if as_ours && backward.is_ok() { "most of it could be read all the same" } else { "the rest is lost" };
            self.layout.notes.push(format!("the table {table} is damaged ({what}): {read} rows were read, {rest}"));
        }
        self.bad.append(&mut reading.bad);
        reading.rows.sort_by_key(|(id, _)| *id);
        *T::rows_mut(self.plan) = reading.rows.into_iter().collect::<Rows<T>>();
        Ok(())
    }
}

fn select(table: &str, fields: &[&str], there: &[bool]) -> String {
    let mut columns = "id".to_owned();
    for (field, there) in fields.iter().zip(there) {
        if *there {
            columns.push_str(&format!(", \"{field}\""));
        }
    }
    // an index of theirs may hold other rows than the table
    format!("SELECT {columns} FROM \"{table}\" NOT INDEXED")
}

/// The rows of one kind, as they come.
struct Reading<T> {
    /// Which fields have a column; the others are blank.
    there: Vec<bool>,
    /// Which fields hold a date.
    dates: Vec<bool>,
    rows: Vec<(Id, T)>,
    seen: std::collections::HashSet<Id>,
    bad: Vec<BadRow>,
    /// Whether the table is read a second time, from its end.
    again: bool,
}

impl<T: InPlan> Reading<T> {
    fn new(there: &[bool]) -> Self {
        Self {
            there: there.to_vec(),
            dates: T::FIELDS.iter().map(|field| is_date::<T>(field)).collect(),
            rows: Vec::new(),
            seen: std::collections::HashSet::new(),
            bad: Vec::new(),
            again: false,
        }
    }

    /// Reads until the end or what SQLite cannot read, which is given back in words.
    fn all(&mut self, file: &Connection, sql: &str) -> Result<(), String> {
        let again = std::mem::replace(&mut self.again, true);
        let mut statement = file.prepare(sql).map_err(|error| error.to_string())?;
        let mut found = statement.query([]).map_err(|error| error.to_string())?;
        while let Some(row) = found.next().map_err(|error| error.to_string())? {
            if self.rows.len() >= MOST_ROWS || self.bad.len() >= MOST_BAD {
                return Err("too many rows, or too many that cannot be used".into());
            }
            match self.usable(row) {
                Ok((id, row)) => {
                    if self.seen.insert(id) {
                        self.rows.push((id, row));
                    } else if again {
                        // the two readings met
                        return Ok(());
                    } else {
                        self.refuse(&id.to_string(), "it is there twice; the first was taken".into());
                    }
                }
                Err(_) if again => {}
                Err((id, why)) => self.refuse(&id, why),
            }
        }
        Ok(())
    }

    fn refuse(&mut self, id: &str, why: String) {
        self.bad.push(BadRow { table: T::ENTITY.word(), id: id.to_owned(), why });
    }

    /// A row, or its id as far as it can be read and what is wrong with it.
    fn usable(&self, row: &Row<'_>) -> Result<(Id, T), (String, String)> {
        let (told, id) = match row.get_ref(0) {
            Ok(ValueRef::Text(text)) => match std::str::from_utf8(text) {
                Ok(text) => (short(text), text.parse::<Id>().ok()),
                Err(_) => (short(&String::from_utf8_lossy(text)), None),
            },
            _ => (String::new(), None),
        };
        let Some(id) = id.filter(|id| !id.is_nil()) else { return Err((told, "its id is none; left out".into())) };
        let (mut column, mut field) = (0, 0);
        let next = || -> Result<Value, String> {
            let at = field;
            field += 1;
            if !self.there[at] {
                return Ok(T::ENTITY.blank(T::FIELDS[at]));
            }
            column += 1;
            let cell = row.get_ref(column).map_err(|error| error.to_string())?;
            value(cell, self.dates[at]).map_err(|what| format!("the {} {what}; left out", named(T::FIELDS[at])))
        };
        let unfit =
            |field: &'static str, error: crate::model::BadValue| format!("the {}: {error}; left out", named(field));
        T::from_values(id, next, unfit).map(|row| (id, row)).map_err(|why| (told, why))
    }
}

fn named(field: &str) -> String {
    field.replace('_', " ")
}

fn short(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

/// A cell as the model has it, or why it cannot be.
fn value(cell: ValueRef<'_>, date: bool) -> Result<Value, &'static str> {
    match cell {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(text) if text.len() > LONGEST => Err("is longer than any text of a plan"),
        ValueRef::Text(text) => {
            let text = std::str::from_utf8(text).map_err(|_| "is not readable text")?;
            if date && !has_a_year_of_ours(text) {
                return Err("is no date that a plan can have");
            }
            Ok(Value::Text(text.to_owned()))
        }
        ValueRef::Real(_) | ValueRef::Blob(_) => Err("is neither text nor number"),
    }
}

/// Whether a field of a kind holds a day: it takes one, and takes no other text.
fn is_date<T: InPlan>(field: &str) -> bool {
    let takes = |text: &str| T::default().set(field, &Value::Text(text.into())).is_ok();
    takes("2013-05-28") && !takes("words")
}

/// The file's own rule for dates (four digits): with a year beyond them, counting days overflows.
fn has_a_year_of_ours(text: &str) -> bool {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_or(true, |day| (1..=9999).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, Batch, Position};

    #[test]
    fn a_field_that_holds_a_day_is_known() {
        assert!(is_date::<Position>("as_at") && is_date::<Action>("done_on"), "days");
        assert!(!is_date::<Action>("text") && !is_date::<Batch>("from") && !is_date::<Position>("recommendation"));
    }

    #[test]
    fn a_day_beyond_counting_is_refused() {
        assert!(value(ValueRef::Text(b"+200000-01-01"), true).is_err());
        assert!(value(ValueRef::Text(b"+200000-01-01"), false).is_ok(), "as words it may stand");
    }
}
