//! What a shared file says of itself.

use super::error::Fault;
use super::rows::{id, text};
use super::{journal, open::ReadOnlyReason};
use crate::model::{Entity, Id};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};
use std::collections::BTreeSet;

/// What a shared file is: made by whom, when, for whom, why, and what it holds and does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The share's id, which its source's log carries too.
    pub id: Id,
    /// The id of the plan that it was made of.
    pub origin: Id,
    /// The last entry of that plan's journal when it was made.
    pub base: Id,
    /// The organisation that made it.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Who it is for.
    pub for_whom: String,
    /// What for.
    pub why: String,
    /// What it holds, in words.
    pub goes: Vec<String>,
    /// What was left out, in words.
    pub left_out: Vec<String>,
    /// Kinds of row that were left out whole, by their words, and single fields, "evidence.held".
    pub withheld: BTreeSet<String>,
    /// Whether it was made to be edited and to come back.
    pub to_edit: bool,
}

impl Manifest {
    /// Whether the share left out this field, or all rows of its kind: a blank there says nothing.
    #[must_use]
    pub fn withholds(&self, entity: Entity, field: &str) -> bool {
        self.withheld.contains(entity.word()) || self.withheld.contains(&format!("{entity}.{field}"))
    }

    /// Why the file can only be read, if that is so.
    #[must_use]
    pub(super) fn read_only(&self) -> Option<ReadOnlyReason> {
        (!self.to_edit).then_some(ReadOnlyReason::Shared)
    }
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned)
}

/// A file's manifest; `None` where it is no shared file.
pub(super) fn read(file: &Connection) -> Result<Option<Manifest>, Fault> {
    let sql =
        "SELECT id, origin, base, made_by, made_at, for_whom, why, goes, left_out, withheld, to_edit FROM manifest";
    let found = file
        .query_row(sql, [], |row| {
            let read = || -> Result<Manifest, Fault> {
                let own = |place: usize| Ok::<_, Fault>(text(row.get_ref(place)?)?.to_owned());
                Ok(Manifest {
                    id: id(row.get_ref(0)?)?,
                    origin: id(row.get_ref(1)?)?,
                    base: id(row.get_ref(2)?)?,
                    made_by: own(3)?,
                    made_at: journal::time(&own(4)?)?,
                    for_whom: own(5)?,
                    why: own(6)?,
                    goes: lines(&own(7)?).collect(),
                    left_out: lines(&own(8)?).collect(),
                    withheld: lines(&own(9)?).collect(),
                    to_edit: row.get(10)?,
                })
            };
            Ok(read())
        })
        .optional()?;
    found.transpose()
}

/// Writes a file's manifest; a file has one at most.
pub(super) fn write(file: &Connection, manifest: &Manifest) -> Result<(), Fault> {
    let withheld: Vec<&str> = manifest.withheld.iter().map(String::as_str).collect();
    file.execute(
        "INSERT INTO manifest (id, origin, base, made_by, made_at, for_whom, why, goes, left_out, withheld, to_edit)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            manifest.id.to_string(),
            manifest.origin.to_string(),
            manifest.base.to_string(),
            manifest.made_by,
            journal::written(manifest.made_at),
            manifest.for_whom,
            manifest.why,
            manifest.goes.join("\n"),
            manifest.left_out.join("\n"),
            withheld.join("\n"),
            manifest.to_edit,
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::schema;

    #[test]
    fn a_manifest_reads_back_as_written() {
        let mut file = Connection::open_in_memory().expect("opens");
        schema::climb(&mut file, schema::LADDER).expect("climbs");
        assert_eq!(read(&file).expect("reads"), None, "no shared file");
        let id = |name: &str| Id::NIL.derive(&[name]);
        let manifest = Manifest {
            id: id("share"),
            origin: id("plan"),
            base: id("entry"),
            made_by: "NHS Northmoor CCG".into(),
            made_at: DateTime::default(),
            for_whom: "NHS Southmoor CCG".into(),
            why: String::new(),
            goes: vec!["17 recommendations".into()],
            left_out: vec!["signals".into(), "history".into()],
            withheld: BTreeSet::from(["evidence.held".into(), "remark".into()]),
            to_edit: false,
        };
        write(&file, &manifest).expect("writes");
        let read = read(&file).expect("reads").expect("there");
        assert_eq!(read, manifest, "as written");
        assert!(read.withholds(Entity::Evidence, "held") && read.withholds(Entity::Remark, "text"), "left out");
        assert!(!read.withholds(Entity::Evidence, "text"), "what went");
    }
}
