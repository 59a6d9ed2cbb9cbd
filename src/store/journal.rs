//! The journal: every edit of a plan with who and when, and what undo and redo would take next.

use super::error::Fault;
use super::rows::{id, text};
use crate::model::value::vocabulary;
use crate::model::{Change, EXISTS, Edit, Id, Value};
use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

vocabulary!(
    /// How an edit came about.
    EntryKind, "a kind of journal entry", {
        /// A person changed something.
        Edit = "edit",
        /// A document was read in. Never extended by what follows.
        Import = "import",
        /// An entry was taken back.
        Undo = "undo",
        /// A taking back was taken back.
        Redo = "redo",
        /// Another copy's changes were taken over.
        Merge = "merge",
        /// A copy was made for somebody: it happened, so it is no step of undo.
        Share = "share",
    }
);

/// One entry: an edit as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its own id, the same in every copy of the plan that has it.
    pub id: Id,
    /// Its place in this file.
    pub seq: i64,
    /// When, to the millisecond.
    pub at: DateTime<Utc>,
    /// Who.
    pub who: String,
    /// How it came about.
    pub kind: EntryKind,
    /// The entry that it takes back.
    pub reverses: Option<Id>,
    /// What was changed.
    pub edit: Edit,
}

/// Which entries to list.
#[derive(Debug, Clone, Copy, Default)]
pub struct HistoryOf<'a> {
    /// Only those that touch this row, with only its changes in them.
    pub row: Option<Id>,
    /// Only those that touch a field of this name, with only its changes in them.
    pub field: Option<&'a str>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// What undo and redo would do, by the label of the act they would take back or do again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reversible {
    /// What undo takes back.
    pub undo: Option<String>,
    /// What redo does again.
    pub redo: Option<String>,
}

/// One step of undo or redo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The entry to take back.
    pub(super) entry: Id,
    /// What the person once did, however often it was taken back since.
    pub(super) label: String,
}

/// The steps that undo and redo have before them, the next one last.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Steps {
    pub(super) undo: Vec<Step>,
    pub(super) redo: Vec<Step>,
}

impl Steps {
    /// The next steps, passing over entries that are not this person's to take back.
    pub(super) fn reversible(self, not_ours: impl Fn(Id) -> bool) -> Reversible {
        let label = |steps: Vec<Step>| steps.into_iter().rfind(|step| !not_ours(step.entry)).map(|step| step.label);
        Reversible { undo: label(self.undo), redo: label(self.redo) }
    }
}

/// The time as the file has it.
pub(super) fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub(super) fn time(text: &str) -> Result<DateTime<Utc>, Fault> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .map_err(|_| Fault::Damaged("an entry of the history has no time".into()))
}

pub(super) const COLUMNS: &str = "seq, id, at, who, kind, label, reverses, checksum, changes";

/// What a changed byte anywhere in an entry would make differ; SQLite does not notice one in a text.
fn checksum(seq: i64, parts: [&str; 7]) -> String {
    let seq = seq.to_string();
    let mut all = vec![seq.as_str()];
    all.extend(parts);
    Id::NIL.derive(&all).to_string()
}

/// An entry from the columns of [`COLUMNS`].
pub(super) fn entry(row: &Row<'_>) -> Result<Entry, Fault> {
    let damaged = |seq: i64| Fault::Damaged(format!("entry {seq} of the history is not as it was written"));
    let seq: i64 = row.get(0)?;
    let mut cells = [""; 8];
    for (place, cell) in cells.iter_mut().enumerate() {
        // only `reverses` may be blank
        if place != 5 || row.get_ref(6)? != rusqlite::types::ValueRef::Null {
            *cell = text(row.get_ref(place + 1)?)?;
        }
    }
    let [_, at, who, kind, label, reverses, sum, changes] = cells;
    if checksum(seq, [cells[0], at, who, kind, label, reverses, changes]) != sum {
        return Err(damaged(seq));
    }
    let changes: Vec<Change> = serde_json::from_str(changes).map_err(|_| damaged(seq))?;
    Ok(Entry {
        id: id(row.get_ref(1)?)?,
        seq,
        at: time(at)?,
        who: who.to_owned(),
        kind: EntryKind::from_word(kind).ok_or_else(|| damaged(seq))?,
        reverses: if reverses.is_empty() { None } else { Some(id(row.get_ref(6)?)?) },
        edit: Edit { label: label.to_owned(), changes },
    })
}

/// Writes an entry, in place of the one of the same number if there is one.
pub(super) fn write(file: &Connection, entry: &Entry) -> Result<(), Fault> {
    let changes = serde_json::to_string(&entry.edit.changes)
        .map_err(|error| Fault::Unfit(format!("it cannot be written down: {error}")))?;
    write_changes(file, entry, &changes, &sum(entry, &changes))
}

/// The checksum of an entry, with its changes written down.
pub(super) fn sum(entry: &Entry, changes: &str) -> String {
    let Entry { id, seq, at, who, kind, reverses, edit } = entry;
    let reversed = reverses.map(|id| id.to_string()).unwrap_or_default();
    checksum(*seq, [&id.to_string(), &written(*at), who, kind.word(), &edit.label, &reversed, changes])
}

/// Writes an entry whose changes are written down already, with its checksum.
pub(super) fn write_changes(file: &Connection, entry: &Entry, changes: &str, sum: &str) -> Result<(), Fault> {
    let Entry { id, seq, at, who, kind, reverses, edit } = entry;
    let (id, at, reverses) = (id.to_string(), written(*at), reverses.map(|id| id.to_string()));
    file.execute(
        &format!("INSERT OR REPLACE INTO entry ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
        params![seq, id, at, who, kind.word(), edit.label, reverses, sum, changes],
    )?;
    Ok(())
}

/// Keeps the id that an entry had before it was extended: a copy of the file that was made in between has it.
pub(super) fn was(file: &Connection, before: Id, seq: i64) -> Result<(), Fault> {
    file.execute("INSERT INTO entry_was (id, seq) VALUES (?1, ?2)", params![before.to_string(), seq])?;
    Ok(())
}

/// Where the journal ends: an entry without its changes.
pub(super) struct Last {
    pub(super) seq: i64,
    pub(super) at: DateTime<Utc>,
    pub(super) who: String,
    pub(super) kind: Option<EntryKind>,
}

/// The last entry, read without its changes: an import's run to megabytes.
pub(super) fn last(file: &Connection) -> Result<Option<Last>, Fault> {
    let mut statement = file.prepare("SELECT seq, at, who, kind FROM entry ORDER BY seq DESC LIMIT 1")?;
    let mut rows = statement.query([])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some(Last {
        seq: row.get(0)?,
        at: time(text(row.get_ref(1)?)?)?,
        who: text(row.get_ref(2)?)?.to_owned(),
        kind: EntryKind::from_word(text(row.get_ref(3)?)?),
    }))
}

/// The id of the last entry: two copies of a plan that have the same one are the same.
pub(super) fn last_id(file: &Connection) -> Result<Option<String>, Fault> {
    Ok(file.query_row("SELECT id FROM entry ORDER BY seq DESC LIMIT 1", [], |row| row.get(0)).optional()?)
}

/// The one entry that a condition on the table selects.
pub(super) fn find(file: &Connection, column: &str, key: &dyn rusqlite::ToSql) -> Result<Entry, Fault> {
    let mut statement = file.prepare(&format!("SELECT {COLUMNS} FROM entry WHERE {column} = ?1"))?;
    let mut rows = statement.query([key])?;
    match rows.next()? {
        Some(row) => entry(row),
        None => Err(Fault::Damaged("an entry of the history is missing".into())),
    }
}

/// Whether an entry was called so before it was extended.
pub(super) fn was_called(file: &Connection, id: Id, seq: i64) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM entry_was WHERE id = ?1 AND seq = ?2)";
    Ok(file.query_row(sql, params![id.to_string(), seq], |row| row.get(0))?)
}

/// Every entry from the first, given one by one.
pub(super) fn each(file: &Connection, mut with: impl FnMut(Result<Entry, Fault>)) -> Result<(), Fault> {
    let mut statement = file.prepare(&format!("SELECT {COLUMNS} FROM entry ORDER BY seq"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        with(entry(row));
    }
    Ok(())
}

/// The entries from a number on, oldest first.
pub(super) fn from(file: &Connection, seq: i64) -> Result<Vec<Entry>, Fault> {
    let mut statement = file.prepare(&format!("SELECT {COLUMNS} FROM entry WHERE seq >= ?1 ORDER BY seq"))?;
    let mut rows = statement.query([seq])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

/// The changes of the entries from a time on, oldest first.
pub(super) fn since(file: &Connection, at: DateTime<Utc>) -> Result<Vec<Change>, Fault> {
    // times are written so that they sort as texts
    let mut statement = file.prepare(&format!("SELECT {COLUMNS} FROM entry WHERE at >= ?1 ORDER BY seq"))?;
    let mut rows = statement.query([written(at)])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.extend(entry(row)?.edit.changes);
    }
    Ok(changes)
}

/// What undo and redo have before them: an edit can be taken back, which ends what could be redone.
/// The first entry made the plan and stays.
pub(super) fn steps(file: &Connection) -> Result<Steps, Fault> {
    let sql = "SELECT id, kind, label, reverses FROM entry WHERE seq > (SELECT min(seq) FROM entry) ORDER BY seq";
    let mut statement = file.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut steps = Steps::default();
    while let Some(row) = rows.next()? {
        let entry = id(row.get_ref(0)?)?;
        let reverses: Option<String> = row.get(3)?;
        let taken = |from: &mut Vec<Step>| {
            let place = from.iter().rposition(|step| reverses == Some(step.entry.to_string()))?;
            Some(from.remove(place).label)
        };
        match EntryKind::from_word(text(row.get_ref(1)?)?) {
            Some(EntryKind::Undo) => {
                let label = taken(&mut steps.undo);
                steps.redo.extend(label.map(|label| Step { entry, label }));
            }
            Some(EntryKind::Redo) => {
                let label = taken(&mut steps.redo);
                steps.undo.extend(label.map(|label| Step { entry, label }));
            }
            Some(EntryKind::Edit | EntryKind::Import | EntryKind::Merge) => {
                steps.undo.push(Step { entry, label: text(row.get_ref(2)?)?.to_owned() });
                steps.redo.clear();
            }
            Some(EntryKind::Share) => {}
            None => return Err(Fault::Damaged("an entry of the history is of no kind".into())),
        }
    }
    Ok(steps)
}

/// The entries that delete rows, newest first.
pub(super) fn deletions(file: &Connection) -> Result<Vec<Entry>, Fault> {
    // as a change is written down; a text that says the same is told apart below
    let sieve = format!("\"field\":\"{EXISTS}\",\"before\":1,\"after\":null");
    let sql = format!("SELECT {COLUMNS} FROM entry WHERE instr(changes, ?1) ORDER BY seq DESC");
    let mut statement = file.prepare(&sql)?;
    let mut rows = statement.query([sieve])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    let deletes =
        |entry: &Entry| entry.edit.changes.iter().any(|change| change.field == EXISTS && change.after == Value::Null);
    entries.retain(deletes);
    Ok(entries)
}

/// Entries, newest first.
pub(super) fn history(file: &Connection, of: &HistoryOf<'_>) -> Result<Vec<Entry>, Fault> {
    let row = of.row.map(|id| id.to_string());
    // a cheap sieve: whether the words occur at all; the changes themselves decide
    let sql = format!(
        "SELECT {COLUMNS} FROM entry WHERE (?1 IS NULL OR instr(changes, ?1)) AND (?2 IS NULL OR instr(changes, ?2))
         ORDER BY seq DESC"
    );
    let mut statement = file.prepare(&sql)?;
    let mut rows = statement.query(params![row, of.field])?;
    let mut entries = Vec::new();
    while entries.len() < of.limit.unwrap_or(usize::MAX) {
        let Some(line) = rows.next()? else { break };
        let mut entry = entry(line)?;
        if of.row.is_some() || of.field.is_some() {
            let wanted = |change: &Change| {
                of.row.is_none_or(|row| row == change.row) && of.field.is_none_or(|field| field == change.field)
            };
            entry.edit.changes.retain(wanted);
            if entry.edit.is_empty() {
                continue;
            }
        }
        entries.push(entry);
    }
    Ok(entries)
}
