//! What tables and columns a file has of ours, and what is in it that is not.

use super::super::error::Fault;
use super::super::schema;
use super::KNOWN;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use std::collections::{BTreeMap, BTreeSet};

/// Of objects that are not ours so many are named; the rest are counted.
const NAMED: usize = 50;

/// What a file is made of, as far as it concerns us.
pub(super) struct Layout {
    /// The file's schema, one of ours.
    pub(super) version: i64,
    /// Plain tables by name, and whether each is made as Recap makes it.
    tables: BTreeMap<String, bool>,
    /// What is not ours, by kind and name.
    pub(super) ignored: Vec<String>,
    /// What is to be said of whole tables.
    pub(super) notes: Vec<String>,
}

/// One object of a schema, its texts made readable.
struct Object {
    kind: String,
    name: String,
    sql: String,
    /// Whether rows of it lie in the file: a view and a virtual table have none.
    plain: bool,
}

fn objects(file: &Connection) -> Result<Vec<Object>, Fault> {
    let mut statement = file.prepare("SELECT type, name, sql, rootpage FROM sqlite_schema")?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |at: usize| -> Result<String, Fault> {
            Ok(match row.get_ref(at)? {
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                _ => String::new(),
            })
        };
        let plain = matches!(row.get_ref(3)?, ValueRef::Integer(page) if page > 0);
        found.push(Object { kind: text(0)?, name: text(1)?, sql: text(2)?, plain });
    }
    Ok(found)
}

impl Layout {
    pub(super) fn of(file: &Connection) -> Result<Self, Fault> {
        let version = schema::version(file)?;
        if version < 1 || version > schema::newest(KNOWN) {
            return Err(Fault::Damaged("its marks changed while it was being read".into()));
        }
        let expected = schema::expected(KNOWN, version)?;
        let mut layout = Self { version, tables: BTreeMap::new(), ignored: Vec::new(), notes: Vec::new() };
        let mut others = 0;
        let mut seen = BTreeSet::new();
        for Object { kind, name, sql, plain } in objects(file)? {
            if name.starts_with("sqlite_") {
                continue;
            }
            let key = (kind, name);
            match expected.get(&key) {
                Some(made) => {
                    let as_ours = *made == sql;
                    let (kind, name) = &key;
                    if !as_ours {
                        layout.notes.push(not_as_ours(kind, name, plain));
                    }
                    if kind == "table" && plain {
                        layout.tables.insert(name.clone(), as_ours);
                    }
                    seen.insert(key);
                }
                None if layout.ignored.len() < NAMED => layout.ignored.push(told(&key.0, &key.1)),
                None => others += 1,
            }
        }
        if others > 0 {
            layout.ignored.push(format!("{others} more"));
        }
        let missing = expected.keys().filter(|key| !seen.contains(*key));
        layout.notes.extend(missing.map(|(kind, name)| format!("the {kind} {name} is missing")));
        Ok(layout)
    }

    /// Whether a plain table of that name is there, and made as ours.
    pub(super) fn table(&self, name: &str) -> Option<bool> {
        self.tables.get(name).copied()
    }

    /// Which of these columns a plain table has, none of them computed. One that is made as ours has all that its
    /// schema has.
    pub(super) fn columns(&self, file: &Connection, table: &str, wanted: &[&str]) -> Result<Vec<bool>, Fault> {
        if self.table(table).is_none() {
            return Ok(vec![false; wanted.len()]);
        }
        let mut statement = file.prepare("SELECT name, hidden FROM pragma_table_xinfo(?1)")?;
        let mut rows = statement.query([table])?;
        let mut stored = BTreeSet::new();
        while let Some(row) = rows.next()? {
            if let (ValueRef::Text(name), ValueRef::Integer(0)) = (row.get_ref(0)?, row.get_ref(1)?) {
                stored.insert(String::from_utf8_lossy(name).to_ascii_lowercase());
            }
        }
        Ok(wanted.iter().map(|name| stored.contains(*name)).collect())
    }

    /// Whether a table is plain and has all of these columns.
    pub(super) fn has(&self, file: &Connection, table: &str, columns: &[&str]) -> bool {
        self.columns(file, table, columns).is_ok_and(|found| found.iter().all(|there| *there))
    }
}

fn not_as_ours(kind: &str, name: &str, plain: bool) -> String {
    match (kind, plain) {
        ("table", true) => format!("the table {name} is not made as Recap makes it; it was read as far as it goes"),
        ("table", false) => format!("the table {name} is not made as Recap makes it; it was not read"),
        _ => format!("the {kind} {name} is not made as Recap makes it; it was not used"),
    }
}

/// An object that is not ours, by kind and name, short enough to be listed.
fn told(kind: &str, name: &str) -> String {
    let kind = match kind {
        "table" | "index" | "trigger" | "view" => kind,
        _ => "object",
    };
    let name: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    format!("the {kind} {name}")
}
