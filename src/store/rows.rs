//! Rows of a plan to and from their tables: one table a kind, named by its word, its columns named
//! and ordered as the model's fields.

use super::error::Fault;
use crate::model::{
    Action, BadValue, Batch, CrossReference, Entity, Evidence, EvidenceLink, FindingLink, Id, InPlan, Link,
    NotedFinding, Plan, Position, Provider, Rebase, Receipt, Recommendation, Responsibility, SignalTheme, Subject,
    Theme, Timescale, Update, Value, Visit, WatchLevel, intent,
};
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;

/// The columns of a kind's table, quoted ("order" is a word of SQL), the id first.
fn columns(entity: Entity) -> String {
    let mut columns = "id".to_owned();
    for field in entity.fields() {
        columns.push_str(&format!(", \"{field}\""));
    }
    columns
}

/// What selects whole rows of a kind.
pub(super) fn select(entity: Entity) -> String {
    format!("SELECT {} FROM \"{}\"", columns(entity), entity.word())
}

/// What writes a whole new row.
pub(super) fn insert(entity: Entity) -> String {
    let count = entity.fields().len() + 1;
    let places: Vec<String> = (1..=count).map(|place| format!("?{place}")).collect();
    format!("INSERT INTO \"{}\" ({}) VALUES ({})", entity.word(), columns(entity), places.join(", "))
}

fn upsert(entity: Entity) -> String {
    let sets: Vec<String> = entity.fields().iter().map(|field| format!("\"{field}\" = excluded.\"{field}\"")).collect();
    format!("{} ON CONFLICT (id) DO UPDATE SET {}", insert(entity), sets.join(", "))
}

/// A column's value as the model has it.
pub(super) fn value(cell: ValueRef<'_>) -> Result<Value, Fault> {
    match cell {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(text) => match std::str::from_utf8(text) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(_) => Err(Fault::Damaged("a text is not readable".into())),
        },
        ValueRef::Real(_) | ValueRef::Blob(_) => Err(Fault::Damaged("a value is neither text nor number".into())),
    }
}

/// A text column.
pub(super) fn text(cell: ValueRef<'_>) -> Result<&str, Fault> {
    match cell {
        ValueRef::Text(text) => std::str::from_utf8(text).map_err(|_| Fault::Damaged("a text is not readable".into())),
        _ => Err(Fault::Damaged("a text is missing".into())),
    }
}

/// An id column.
pub(super) fn id(cell: ValueRef<'_>) -> Result<Id, Fault> {
    text(cell)?.parse().map_err(|error: crate::model::BadId| Fault::Damaged(error.to_string()))
}

fn bound(value: Value) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(match value {
        Value::Null => Owned::Null,
        Value::Int(number) => Owned::Integer(number),
        Value::Text(text) => Owned::Text(text),
    })
}

/// A value as it is bound, without a copy of its text.
pub(super) fn borrowed(value: &Value) -> ToSqlOutput<'_> {
    match value {
        Value::Null => ToSqlOutput::Owned(Owned::Null),
        Value::Int(number) => ToSqlOutput::Owned(Owned::Integer(*number)),
        Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
    }
}

/// A whole row, from the columns that [`select`] names.
pub(super) fn row<T: InPlan>(row: &Row<'_>) -> Result<T, Fault> {
    let id = id(row.get_ref(0)?)?;
    let mut column = 0;
    let next = || {
        column += 1;
        value(row.get_ref(column)?)
    };
    let unfit = |field: &'static str, error: BadValue| {
        Fault::Damaged(format!("the {field} of {} {id}: {error}", intent::noun(T::ENTITY)))
    };
    T::from_values(id, next, unfit)
}

struct ReadAll<'a> {
    file: &'a Connection,
    plan: &'a mut Plan,
}

impl Visit for ReadAll<'_> {
    type Output = Result<(), Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let mut statement = self.file.prepare(&select(T::ENTITY))?;
        let mut found = statement.query([])?;
        let mut rows = Vec::new();
        while let Some(line) = found.next()? {
            let row = row::<T>(line)?;
            rows.push((row.id(), row));
        }
        // one sorted batch is built faster than a tree grown row by row
        *T::rows_mut(self.plan) = rows.into_iter().collect();
        Ok(())
    }
}

/// Every row of the file.
pub(super) fn read_plan(file: &Connection) -> Result<Plan, Fault> {
    let mut plan = Plan::default();
    for entity in Entity::ALL {
        entity.visit(ReadAll { file, plan: &mut plan })?;
    }
    match dangling(&plan) {
        Some(what) => Err(Fault::Damaged(what)),
        None => Ok(plan),
    }
}

/// A row that belongs to a row which does not exist, in words: what the foreign keys forbid.
fn dangling(plan: &Plan) -> Option<String> {
    fn missing<T: InPlan, P: InPlan>(plan: &Plan, belongs: impl Fn(&T) -> Option<Id>) -> Option<String> {
        let parents = P::rows(plan);
        let orphan = |row: &&T| belongs(row).is_some_and(|id| !parents.contains_key(&id));
        T::rows(plan).values().find(orphan).map(|_| without(T::ENTITY.word(), P::ENTITY.word()))
    }
    missing::<Recommendation, Theme>(plan, |row| row.theme)
        .or_else(|| missing::<Position, Recommendation>(plan, |row| Some(row.recommendation)))
        .or_else(|| missing::<Action, Responsibility>(plan, |row| row.responsibility))
        .or_else(|| missing::<Timescale, Responsibility>(plan, |row| Some(row.responsibility)))
        .or_else(|| missing::<Timescale, Action>(plan, |row| row.action))
        .or_else(|| missing::<Update, Action>(plan, |row| Some(row.action)))
        .or_else(|| missing::<Link, Recommendation>(plan, |row| Some(row.recommendation)))
        .or_else(|| missing::<Link, Action>(plan, |row| Some(row.action)))
        .or_else(|| missing::<CrossReference, Recommendation>(plan, |row| Some(row.recommendation)))
        .or_else(|| missing::<CrossReference, Recommendation>(plan, |row| row.target))
        .or_else(|| missing::<EvidenceLink, Recommendation>(plan, |row| Some(row.recommendation)))
        .or_else(|| missing::<EvidenceLink, Evidence>(plan, |row| Some(row.evidence)))
        .or_else(|| missing::<Subject, SignalTheme>(plan, |row| row.theme))
        .or_else(|| missing::<Receipt, Provider>(plan, |row| Some(row.provider)))
        .or_else(|| missing::<Batch, Provider>(plan, |row| row.provider))
        .or_else(|| missing::<NotedFinding, Provider>(plan, |row| row.provider))
        .or_else(|| missing::<NotedFinding, SignalTheme>(plan, |row| row.theme))
        .or_else(|| missing::<FindingLink, NotedFinding>(plan, |row| Some(row.finding)))
        .or_else(|| missing::<WatchLevel, Provider>(plan, |row| Some(row.provider)))
        .or_else(|| missing::<WatchLevel, NotedFinding>(plan, |row| row.finding))
        .or_else(|| missing::<Rebase, Provider>(plan, |row| Some(row.provider)))
        .or_else(|| missing::<Rebase, SignalTheme>(plan, |row| row.theme))
}

/// The words for a row that belongs to none.
pub(super) fn without(child: &str, parent: &str) -> String {
    let noun = |table: &str| {
        let noun =
            Entity::from_word(table).map_or_else(|| table.replace('_', " "), |kind| intent::noun(kind).to_owned());
        let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {noun}")
    };
    format!("{} belongs to {} that does not exist", noun(child), noun(parent))
}

/// The rows of one kind out of a set.
fn ids_of(rows: &BTreeSet<(Entity, Id)>, entity: Entity) -> Vec<Id> {
    rows.iter().filter(|(kind, _)| *kind == entity).map(|(_, id)| *id).collect()
}

struct Load<'a> {
    file: &'a Connection,
    ids: &'a [Id],
    plan: &'a mut Plan,
}

impl Visit for Load<'_> {
    type Output = Result<(), Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let mut statement = self.file.prepare(&format!("{} WHERE id = ?1", select(T::ENTITY)))?;
        for id in self.ids {
            let mut found = statement.query([id.to_string()])?;
            if let Some(line) = found.next()? {
                T::rows_mut(self.plan).insert(*id, row::<T>(line)?);
            }
        }
        Ok(())
    }
}

/// A plan of only those rows, as far as the file has them.
pub(super) fn load(file: &Connection, rows: &BTreeSet<(Entity, Id)>) -> Result<Plan, Fault> {
    let mut plan = Plan::default();
    for entity in Entity::ALL {
        let ids = ids_of(rows, *entity);
        if !ids.is_empty() {
            entity.visit(Load { file, ids: &ids, plan: &mut plan })?;
        }
    }
    Ok(plan)
}

struct Delete<'a> {
    file: &'a Connection,
    ids: &'a [Id],
    plan: &'a Plan,
}

impl Visit for Delete<'_> {
    type Output = Result<(), Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let mut delete = self.file.prepare(&format!("DELETE FROM \"{}\" WHERE id = ?1", T::ENTITY.word()))?;
        for id in self.ids.iter().filter(|id| self.plan.row::<T>(**id).is_none()) {
            delete.execute([id.to_string()])?;
        }
        Ok(())
    }
}

struct Upsert<'a> {
    file: &'a Connection,
    ids: &'a [Id],
    plan: &'a Plan,
}

impl Visit for Upsert<'_> {
    type Output = Result<(), Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let mut upsert = self.file.prepare(&upsert(T::ENTITY))?;
        for row in self.ids.iter().filter_map(|id| self.plan.row::<T>(*id)) {
            upsert.raw_bind_parameter(1, row.id().to_string())?;
            for (place, field) in T::FIELDS.iter().enumerate() {
                upsert.raw_bind_parameter(place + 2, bound(row.get(field).unwrap_or_default()))?;
            }
            upsert.raw_execute()?;
        }
        Ok(())
    }
}

/// Writes those rows as the plan has them; what it has not is deleted.
pub(super) fn save(file: &Connection, plan: &Plan, rows: &BTreeSet<(Entity, Id)>) -> Result<(), Fault> {
    // what belongs to a row goes before the row: SQLite then has nothing to look through for each
    for entity in Entity::ALL.iter().rev() {
        let ids = ids_of(rows, *entity);
        if !ids.is_empty() {
            entity.visit(Delete { file, ids: &ids, plan })?;
        }
    }
    for entity in Entity::ALL {
        let ids = ids_of(rows, *entity);
        if !ids.is_empty() {
            entity.visit(Upsert { file, ids: &ids, plan })?;
        }
    }
    Ok(())
}
