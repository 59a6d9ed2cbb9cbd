//! A copy read back: every table held against what was to go, and no other one filled.

use super::super::error::Fault;
use super::super::{journal, manifest, open, rows, schema, signals};
use super::{FirstEntry, ToShare};
use crate::model::Entity;
use crate::model::signal::Held;
use rusqlite::Connection;
use std::path::Path;

fn wrong(what: impl Into<String>) -> Fault {
    Fault::Unproven(what.into())
}

fn count(file: &Connection, sql: &str) -> Result<usize, Fault> {
    let count: i64 = file.query_row(sql, [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn expect(found: usize, wanted: usize, of: &str) -> Result<(), Fault> {
    if found == wanted { Ok(()) } else { Err(wrong(format!("{found} {of} instead of {wanted}"))) }
}

/// Reads the copy back.
pub(super) fn read_back(copy: &Path, what: &ToShare<'_>, entry: &FirstEntry) -> Result<(), Fault> {
    let file = open::connect(copy, false)?;
    schema_is_ours(&file)?;
    withheld_is_blank(&file, what)?;
    if rows::read_plan(&file)? != *what.plan {
        return Err(wrong("its rows are not those that were to go"));
    }
    one_entry(&file, what, entry)?;
    if manifest::read(&file)?.as_ref() != Some(what.manifest) {
        return Err(wrong("its manifest is not as it was written"));
    }
    if super::counts::read(&file)? != what.counts {
        return Err(wrong("its counts are not those that were to go"));
    }
    signals_are(&file, what)?;
    file.close().map_err(|(_, error)| Fault::Sql(error))
}

/// Nothing but the tables that every plan has, no page that is not in use, nothing written of the program but its
/// version.
fn schema_is_ours(file: &Connection) -> Result<(), Fault> {
    let differences = schema::differences(file, schema::LADDER, schema::newest(schema::LADDER))?;
    if let Some(what) = differences.wrong.into_iter().chain(differences.foreign).next() {
        return Err(wrong(what));
    }
    expect(count(file, "PRAGMA freelist_count")?, 0, "unused pages")?;
    expect(count(file, "SELECT count(*) FROM entry_was")?, 0, "earlier entries")?;
    let meta: Vec<(String, String)> = file
        .prepare("SELECT key, value FROM meta")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let ours = [("made_by".to_owned(), schema::MADE_BY.to_owned())];
    if meta == ours { Ok(()) } else { Err(wrong("it says more of itself than which program made it")) }
}

/// The allow-list once more, asked of the tables themselves: a kind that does not go has no row, a field that does
/// not go is blank in all of them.
fn withheld_is_blank(file: &Connection, what: &ToShare<'_>) -> Result<(), Fault> {
    for entity in Entity::ALL {
        let table = entity.word();
        if what.manifest.withheld.contains(table) {
            expect(count(file, &format!("SELECT count(*) FROM \"{table}\""))?, 0, &format!("rows of \"{table}\""))?;
        }
    }
    for (table, field) in what.manifest.withheld.iter().filter_map(|name| name.split_once('.')) {
        let sql = format!("SELECT count(*) FROM \"{table}\" WHERE \"{field}\" IS NOT NULL");
        expect(count(file, &sql)?, 0, &format!("values of \"{table}.{field}\""))?;
    }
    Ok(())
}

/// One entry of the journal that says nothing but that the rows came to be.
fn one_entry(file: &Connection, what: &ToShare<'_>, entry: &FirstEntry) -> Result<(), Fault> {
    expect(count(file, "SELECT count(*) FROM entry")?, 1, "entries of history")?;
    let sql =
        "SELECT id, at, who, kind, label, checksum FROM entry WHERE seq = 1 AND reverses IS NULL AND changes = ?1";
    let mut statement = file.prepare(sql)?;
    let mut rows = statement.query([&entry.changes])?;
    let at = journal::written(what.manifest.made_at);
    let kind = journal::EntryKind::Edit.word();
    let wanted = [&entry.id.to_string(), &at, &what.manifest.made_by, kind, what.label, &entry.checksum];
    let same = match rows.next()? {
        Some(row) => {
            let cells = wanted.iter().enumerate();
            cells
                .map(|(place, wanted)| Ok(rows::text(row.get_ref(place)?)? == *wanted))
                .collect::<Result<Vec<_>, Fault>>()?
        }
        None => vec![false],
    };
    if same.contains(&false) { Err(wrong("its history is not the one entry that it was to have")) } else { Ok(()) }
}

fn signals_are(file: &Connection, what: &ToShare<'_>) -> Result<(), Fault> {
    expect(count(file, "SELECT count(*) FROM signal")?, what.signals.len(), "signals")?;
    expect(count(file, "SELECT count(*) FROM measure")?, what.measures.len(), "measures")?;
    let batches: Vec<(i64, String)> = file
        .prepare("SELECT number, id FROM signal_batch")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let wanted: Vec<(i64, String)> = what.batch.map(|id| (1, id.to_string())).into_iter().collect();
    if batches != wanted {
        return Err(wrong("its signals are not in one batch of their own"));
    }
    if what.batch.is_none() {
        expect(count(file, "SELECT count(*) FROM signal_stream")?, 0, "sources of signals")?;
        return expect(count(file, "SELECT count(*) FROM signal_part")?, 0, "parts of signals");
    }
    // a source of which nothing goes, or a provider that does not, would say that there was something
    let unused = "SELECT count(*) FROM signal_stream
                  WHERE number NOT IN (SELECT stream FROM signal) AND number NOT IN (SELECT stream FROM measure)";
    expect(count(file, unused)?, 0, "sources without signals")?;
    expect(count(file, "SELECT count(*) FROM signal WHERE referenced OR \"text\" IS NOT NULL")?, 0, "references")?;
    let mut wanted = what.signals.iter();
    let mut same = true;
    signals::each_held(file, &mut |held: Held| {
        same &= wanted.next().is_some_and(|one| (one.provider, &one.signal) == (held.provider, &held.signal));
    })?;
    if !same || wanted.next().is_some() || signals::all_measures(file)? != what.measures {
        return Err(wrong("its signals are not those that were to go"));
    }
    Ok(())
}
