//! The one way in: an edit and its journal entry in one transaction.

use super::Stamp;
use super::error::Fault;
use super::journal::{self, Entry, EntryKind};
use super::{open, rows, signals};
use crate::model::{Change, EXISTS, Edit, EditError, Entity, Id, InPlan, Value, Visit};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior, ffi};

/// Edits of one field by one person within this time are one entry.
const MOMENT: TimeDelta = TimeDelta::seconds(60);

/// Runs work in a transaction that is committed if it made an entry, and taken back if it did not.
pub(super) fn transact(
    file: &mut Connection,
    work: impl FnOnce(&Connection) -> Result<Option<Entry>, Fault>,
) -> Result<Option<Entry>, Fault> {
    let transaction = Transaction::new(file, TransactionBehavior::Immediate)?;
    let Some(entry) = work(&transaction)? else { return Ok(None) };
    // not `commit`, which would take back at once what we want to look at when it fails
    if let Err(error) = transaction.execute_batch("COMMIT") {
        let orphaned = error.sqlite_error().is_some_and(|e| e.extended_code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY);
        let what = if orphaned { open::dangling(&transaction)?.into_iter().next() } else { None };
        return Err(what.map_or(Fault::Sql(error), Fault::Unfit));
    }
    Ok(Some(entry))
}

/// Writes an edit and its entry; `None` if it changes nothing.
pub(super) fn write(
    file: &Connection,
    edit: &Edit,
    stamp: &Stamp<'_>,
    reverses: Option<Id>,
) -> Result<Option<Entry>, Fault> {
    let edit = as_written(edit)?;
    if edit.is_empty() {
        return Ok(None);
    }
    let touched = edit.rows();
    let mut scratch = rows::load(file, &touched)?;
    edit.apply(&mut scratch)?;
    rows::save(file, &scratch, &touched).map_err(|fault| refused(fault, &edit))?;
    if touched.iter().any(|(entity, _)| *entity == Entity::PlanInfo) {
        one_plan(file)?;
    }
    signals::batches_changed(file, &edit)?;
    let last = journal::last(file)?;
    let mut entry = Entry {
        id: Id::random(),
        seq: last.as_ref().map_or(1, |last| last.seq + 1),
        at: to_the_millisecond(stamp.at),
        who: stamp.who.replace('\0', ""),
        kind: stamp.kind,
        reverses,
        edit,
    };
    match last.map(|last| extended(file, &last, &entry)).transpose()?.flatten() {
        None => journal::write(file, &entry)?,
        Some((whole, before)) => {
            journal::write(file, &whole)?;
            journal::was(file, before, whole.seq)?;
            // what memory must do is only what was new
            entry = Entry { edit: entry.edit, ..whole };
        }
    }
    Ok(Some(entry))
}

/// The last entry and a new one in one, where they are one person's typing in one field. It gets a
/// new id, since an entry that two files have is the same in both, and comes with the id it had before.
fn extended(file: &Connection, last: &journal::Last, new: &Entry) -> Result<Option<(Entry, Id)>, Fault> {
    let [change] = new.edit.changes.as_slice() else { return Ok(None) };
    let passed = new.at - last.at;
    let same_moment = passed >= TimeDelta::zero() && passed <= MOMENT;
    let both_edits = new.kind == EntryKind::Edit && last.kind == Some(EntryKind::Edit);
    if !both_edits || !same_moment || last.who != new.who || change.field == EXISTS {
        return Ok(None);
    }
    // moving is no typing: each move is a step of its own
    if change.field == "order" {
        return Ok(None);
    }
    let last = journal::find(file, "seq", &last.seq)?;
    let [before] = last.edit.changes.as_slice() else { return Ok(None) };
    let same_field = (before.entity, before.row, before.field) == (change.entity, change.row, change.field);
    // there and back again is two entries: one without a change could be neither undone nor replayed
    if !same_field || before.before == change.after {
        return Ok(None);
    }
    let changes = vec![Change { before: before.before.clone(), ..change.clone() }];
    let before = last.id;
    Ok(Some((Entry { id: new.id, edit: Edit { label: new.edit.label.clone(), changes }, ..last }, before)))
}

fn to_the_millisecond(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at)
}

/// The edit as the file has its values: without NUL, at which SQLite's own functions stop, and each
/// spelled as its field spells it, so that what is read back later is what the journal says.
fn as_written(edit: &Edit) -> Result<Edit, EditError> {
    let mut changes = Vec::with_capacity(edit.changes.len());
    for change in &edit.changes {
        let spelled = |value: &Value| change.entity.visit(Spell { field: change.field, value });
        let change = Change { before: spelled(&change.before)?, after: spelled(&change.after)?, ..change.clone() };
        if change.before != change.after {
            changes.push(change);
        }
    }
    Ok(Edit { label: edit.label.replace('\0', ""), changes })
}

struct Spell<'a> {
    field: &'static str,
    value: &'a Value,
}

impl Visit for Spell<'_> {
    type Output = Result<Value, EditError>;

    fn visit<T: InPlan>(self) -> Self::Output {
        if self.field == EXISTS {
            return Ok(if *self.value == Value::Null { Value::Null } else { Value::Int(1) });
        }
        let clean = match self.value {
            Value::Text(text) if text.contains('\0') => Value::Text(text.replace('\0', "")),
            other => other.clone(),
        };
        let mut row = T::default();
        row.set(self.field, &clean).map_err(|error| EditError::Unfit {
            entity: T::ENTITY,
            field: self.field,
            error,
        })?;
        Ok(row.get(self.field).unwrap_or_default())
    }
}

/// A row that its table refuses is the edit's fault, not the file's.
fn refused(fault: Fault, edit: &Edit) -> Fault {
    match fault {
        Fault::Sql(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
            Fault::Unfit(format!("\"{}\" leaves a row without what it must have ({error})", edit.label))
        }
        other => other,
    }
}

/// A file holds one plan.
fn one_plan(file: &Connection) -> Result<(), Fault> {
    let count: i64 = file.query_row("SELECT count(*) FROM \"plan\"", [], |row| row.get(0))?;
    if count == 1 { Ok(()) } else { Err(Fault::Unfit(format!("a file holds one plan, this would make it {count}"))) }
}

#[cfg(test)]
mod tests {
    use crate::model::{Action, EditBuilder, Id, intent};
    use crate::store::{EntryKind, PlanFile, Stamp, StoreError};
    use chrono::DateTime;

    #[test]
    fn a_full_disk_leaves_the_plan_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = intent::create_plan(Id::NIL.derive(&["plan"]), "NHS Northmoor CCG", "", None);
        let stamp = Stamp { who: "Somebody", at: DateTime::default(), kind: EntryKind::Edit };
        let mut file = PlanFile::create(&folder.path().join("plan.db"), &first, &stamp).expect("makes a plan");
        let plan = file.read().expect("reads");
        let mut edit = EditBuilder::new(&plan, "Much");
        edit.put(&Action { id: Id::NIL.derive(&["a"]), text: "long ".repeat(100_000), ..Action::default() });
        let edit = edit.finish();
        // SQLite answers a limit of its own as it answers the disk's
        let pages: i64 = file.file.pragma_query_value(None, "page_count", |row| row.get(0)).expect("reads");
        file.file.pragma_update_and_check(None, "max_page_count", pages + 3, |_| Ok(())).expect("sets");
        assert!(matches!(file.commit(&edit, &stamp), Err(StoreError::DiskFull { .. })), "no room");
        assert_eq!(file.read().expect("reads"), plan, "as it was");
        assert!(file.check().expect("checks").sound, "and sound");
        file.file.pragma_update_and_check(None, "max_page_count", 1_000_000, |_| Ok(())).expect("sets");
        file.commit(&edit, &stamp).expect("there is room again");
    }
}
