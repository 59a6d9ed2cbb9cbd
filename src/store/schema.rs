//! The file's marks and its schema: a ladder of numbered steps, each applied once.

use super::error::Fault;
use crate::model::Entity;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// `RCAP`: how a plan is told from any other SQLite file.
pub(super) const APPLICATION_ID: i32 = 0x5243_4150;

/// What made the file, for the message that an older program shows.
pub(super) const MADE_BY: &str = concat!("Recap ", env!("CARGO_PKG_VERSION"));

/// The steps to the newest schema; a file's `user_version` says how many of them it has taken.
pub(super) type Ladder = &'static [&'static str];

/// Ours.
pub(super) const LADDER: Ladder = &[
    include_str!("migrations/001.sql"),
    include_str!("migrations/002.sql"),
    include_str!("migrations/003.sql"),
    include_str!("migrations/004.sql"),
    include_str!("migrations/005.sql"),
    include_str!("migrations/006.sql"),
];

/// The version that a ladder leads to.
pub(super) fn newest(ladder: Ladder) -> i64 {
    i64::try_from(ladder.len()).unwrap_or(i64::MAX)
}

/// The schema that a file says it has.
pub(super) fn version(file: &Connection) -> Result<i64, Fault> {
    Ok(file.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// The kinds of row that a file has a table for: one of an older schema has not all of them.
pub(super) fn kinds(file: &Connection) -> Result<Vec<Entity>, Fault> {
    let tables = objects(file)?;
    let has = |entity: &Entity| tables.contains_key(&("table".to_owned(), entity.word().to_owned()));
    Ok(Entity::ALL.iter().copied().filter(has).collect())
}

/// Takes the steps that are left, all or none of them. A new file takes all, so that the way up is
/// walked by every plan that is made.
pub(super) fn climb(file: &mut Connection, ladder: Ladder) -> Result<(), Fault> {
    let step = file.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let from = usize::try_from(version(&step)?).unwrap_or(0);
    if from < ladder.len() {
        for sql in &ladder[from..] {
            step.execute_batch(sql)?;
        }
        step.pragma_update(None, "application_id", APPLICATION_ID)?;
        step.pragma_update(None, "user_version", newest(ladder))?;
        step.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('made_by', ?1)", [MADE_BY])?;
    }
    step.commit()?;
    Ok(())
}

/// The objects of a schema: kind and name, and the text that makes each.
pub(super) type Objects = BTreeMap<(String, String), String>;

fn objects(file: &Connection) -> Result<Objects, rusqlite::Error> {
    let sql = "SELECT type, name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";
    file.prepare(sql)?.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?)))?.collect()
}

/// How a file's schema differs from the one that the first `version` steps make.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Differences {
    /// What is missing or made otherwise; such a file is not to be trusted.
    pub(super) wrong: Vec<String>,
    /// What we did not make. It is never run: triggers and views are off.
    pub(super) foreign: Vec<String>,
}

/// Compares a file's schema with what its version should have.
pub(super) fn differences(file: &Connection, ladder: Ladder, version: i64) -> Result<Differences, Fault> {
    let expected = expected(ladder, version)?;
    let found = objects(file)?;
    let mut differences = Differences::default();
    for ((kind, name), sql) in &expected {
        match found.get(&(kind.clone(), name.clone())) {
            None => differences.wrong.push(format!("the {kind} {name} is missing")),
            Some(other) if other != sql => {
                differences.wrong.push(format!("the {kind} {name} is not made as Recap makes it"));
            }
            Some(_) => {}
        }
    }
    for (kind, name) in found.keys().filter(|key| !expected.contains_key(key)) {
        differences.foreign.push(format!("the {kind} {name} was not made by Recap"));
    }
    Ok(differences)
}

pub(super) fn expected(ladder: Ladder, version: i64) -> Result<Objects, Fault> {
    static OURS: OnceLock<Objects> = OnceLock::new();
    let ours = std::ptr::eq(ladder, LADDER) && version == newest(LADDER);
    if let Some(objects) = OURS.get().filter(|_| ours) {
        return Ok(objects.clone());
    }
    let scratch = Connection::open_in_memory()?;
    for sql in &ladder[..usize::try_from(version).unwrap_or(0).min(ladder.len())] {
        scratch.execute_batch(sql)?;
    }
    let objects = objects(&scratch)?;
    Ok(if ours { OURS.get_or_init(|| objects).clone() } else { objects })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Acceptance, ActionState, ChoiceKind, PlanStatus, PositionState, Value};

    fn made(ladder: Ladder) -> Connection {
        let mut file = Connection::open_in_memory().expect("opens");
        climb(&mut file, ladder).expect("climbs");
        file
    }

    #[test]
    fn columns_are_named_and_ordered_as_the_models_fields() {
        let file = made(LADDER);
        for entity in Entity::ALL {
            let mut statement = file.prepare("SELECT name FROM pragma_table_info(?1)").expect("prepares");
            let columns: Vec<String> = statement
                .query_map([entity.word()], |row| row.get(0))
                .expect("runs")
                .collect::<Result<_, _>>()
                .expect("reads");
            assert_eq!(columns[0], "id", "{entity}");
            assert_eq!(columns[1..], *entity.fields(), "{entity}");
        }
    }

    #[test]
    fn each_vocabulary_of_the_model_is_the_files_and_no_other_word_is() {
        fn words<T: Copy + crate::model::FieldValue>(all: &[T]) -> Vec<Value> {
            all.iter().map(|term| term.to_value()).collect()
        }
        let file = made(LADDER);
        file.execute_batch("PRAGMA foreign_keys = OFF").expect("off");
        let cases = [
            ("plan", "status", words(PlanStatus::ALL)),
            ("position", "state", words(PositionState::ALL)),
            ("recommendation", "acceptance", words(Acceptance::ALL)),
            ("action", "state", words(ActionState::ALL)),
            ("update", "state", words(ActionState::ALL)),
            ("choice", "kind", words(ChoiceKind::ALL)),
            ("entry", "kind", words(crate::store::EntryKind::ALL)),
        ];
        for (table, column, words) in cases {
            let sql: String = file
                .query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [table], |row| row.get(0))
                .expect("there");
            let listed: Vec<Value> = sql
                .split(&format!("{column} = '"))
                .skip(1)
                .filter_map(|rest| Some(Value::Text(rest.split_once('\'')?.0.to_owned())))
                .collect();
            assert_eq!(listed, words, "{table}.{column}");
        }
    }

    #[test]
    fn the_ladder_goes_up_whole_or_not_at_all() {
        const ONE: Ladder = &[LADDER[0]];
        const TWO: Ladder = &[LADDER[0], "CREATE TABLE later (id TEXT) STRICT;"];
        const BROKEN: Ladder = &[LADDER[0], "CREATE TABLE later (id TEXT) STRICT;", "CREATE NONSENSE;"];
        let mut file = made(ONE);
        assert!(climb(&mut file, BROKEN).is_err(), "the third step fails");
        assert_eq!(version(&file).expect("reads"), 1, "so the second was not taken");
        climb(&mut file, TWO).expect("climbs");
        assert_eq!(version(&file).expect("reads"), 2, "one step up");
        assert_eq!(differences(&file, TWO, 2).expect("reads"), Differences::default(), "the same as made new");
    }

    #[test]
    fn a_file_that_climbed_is_the_same_as_one_made_new() {
        const ONE: Ladder = &[LADDER[0]];
        let mut file = made(ONE);
        assert!(!kinds(&file).expect("reads").contains(&Entity::Evidence), "schema 1 has no evidence");
        climb(&mut file, LADDER).expect("climbs");
        let newest = newest(LADDER);
        assert_eq!(differences(&file, LADDER, newest).expect("reads"), Differences::default(), "object for object");
        assert_eq!(kinds(&file).expect("reads"), Entity::ALL, "a table a kind of row");
    }

    #[test]
    fn a_changed_or_foreign_object_is_named() {
        let file = made(LADDER);
        file.execute_batch("DROP TABLE \"link\"; CREATE VIEW spy AS SELECT * FROM \"action\";").expect("runs");
        let found = differences(&file, LADDER, newest(LADDER)).expect("reads");
        assert_eq!(found.wrong, ["the table link is missing"]);
        assert_eq!(found.foreign, ["the view spy was not made by Recap"]);
    }
}
