//! Backups: checked copies in the user's data folder, one folder a plan, thinned with time.

use super::error::{Fault, StoreError};
use super::new_file::NewFile;
use super::open::{self, Wanted};
use super::{PlanFile, journal};
use crate::model::value::vocabulary;
use crate::model::{Id, PlanInfo};
use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

vocabulary!(
    /// Why a backup was made.
    BackupReason, "a reason for a backup", {
        /// Before a document is read in.
        Import = "import",
        /// Before another copy's changes are taken over.
        Merge = "merge",
        /// Before the file is brought to a newer schema.
        Upgrade = "upgrade",
        /// The first change of a day.
        Day = "day",
        /// Somebody asked for it.
        Asked = "asked",
    }
);

/// A checked copy of a plan as it was at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// What it is called on the command line: `20130528-101500-import`.
    pub id: String,
    /// Whose copy it is.
    pub plan: Id,
    /// The organisation, as the copy has it.
    pub organisation: String,
    /// The plan's date, as the copy has it.
    pub as_at: Option<NaiveDate>,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// What for.
    pub reason: BackupReason,
    /// In bytes.
    pub size: u64,
    /// Where it is.
    pub path: PathBuf,
}

const STAMP: &str = "%Y%m%d-%H%M%S";

/// Makes a backup of a plan, checked through before it gets its name; a plan that is not sound makes
/// none, so that no bad copy ever stands for a good one. Gives back the last one if nothing changed
/// since and that one is still sound. Older ones that [`keep`] does not name are then deleted.
///
/// # Errors
/// When the plan is not sound, or the folder cannot be written to.
pub fn make(plan: &PlanFile, folder: &Path, reason: BackupReason, now: DateTime<Utc>) -> Result<Backup, StoreError> {
    let last_entry = journal::last_id(&plan.file).map_err(|fault| fault.at(&plan.path))?;
    if let Some(latest) = list(folder, Some(plan.plan_id())).into_iter().next()
        && let Ok(copy) = PlanFile::open(&latest.path, Wanted::ReadOnly)
        && journal::last_id(&copy.file).is_ok_and(|id| id == last_entry)
        && copy.check().is_ok_and(|soundness| soundness.sound)
    {
        return Ok(latest);
    }
    let sound = |copy: &Path| is_sound(copy, &plan.path);
    copy(&plan.file, &plan.path, plan.plan_id(), folder, reason, now, sound)
}

/// Makes a backup of a file of an older schema, of which only SQLite's own checks can be asked.
pub(super) fn before_upgrade(file: &Connection, folder: &Path, now: DateTime<Utc>) -> Result<Backup, StoreError> {
    let path = PathBuf::from(file.path().unwrap_or_default());
    let plan: String =
        file.query_row("SELECT id FROM \"plan\"", [], |row| row.get(0)).map_err(|error| Fault::Sql(error).at(&path))?;
    let plan: Id = plan.parse().map_err(|_| Fault::Damaged("the plan has no id".into()).at(&path))?;
    let sound = |copy: &Path| {
        let wrong = open::connect(copy, false).and_then(|copy| open::integrity(&copy, "1"));
        match wrong.map_err(|fault| fault.at(copy))?.into_iter().next() {
            None => Ok(()),
            Some(what) => Err(StoreError::Damaged { what, path: path.clone() }),
        }
    };
    copy(file, &path, plan, folder, BackupReason::Upgrade, now, sound)
}

fn copy(
    file: &Connection,
    source: &Path,
    plan: Id,
    folder: &Path,
    reason: BackupReason,
    now: DateTime<Utc>,
    sound: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<Backup, StoreError> {
    let parent = folder;
    let folder = parent.join(plan.to_string());
    std::fs::create_dir_all(&folder).map_err(|error| Fault::Io(error).at(&folder))?;
    let (id, target) = free_name(&folder, reason, now);
    let new = NewFile::at(&target).map_err(|fault| fault.at(&target))?;
    vacuum_into(file, source, new.path())?;
    sound(new.path())?;
    new.place().map_err(|fault| fault.at(&target))?;
    let made = describe(&target, plan, &id).ok_or(StoreError::Gone { path: target })?;
    thin(&list(parent, Some(plan)), &made, now);
    Ok(made)
}

/// Writes a plan's copy where a person wants it, checked through before it gets its name.
pub(super) fn copy_to(plan: &PlanFile, target: &Path) -> Result<(), StoreError> {
    let new = NewFile::at(target).map_err(|fault| fault.at(target))?;
    vacuum_into(&plan.file, &plan.path, new.path())?;
    is_sound(new.path(), &plan.path)?;
    new.place().map_err(|fault| fault.at(target))
}

/// VACUUM INTO reads every page, carries no deleted text, and syncs what it wrote.
fn vacuum_into(file: &Connection, source: &Path, target: &Path) -> Result<(), StoreError> {
    match target.to_str().map(|path| file.execute("VACUUM INTO ?1", [path])) {
        Some(Ok(_)) => Ok(()),
        Some(Err(error)) => Err(blame(error, source, target)),
        None => {
            Err(StoreError::Other { detail: "the folder's name is not readable text".to_owned(), path: target.into() })
        }
    }
}

/// Whether a copy of a plan is sound, its history and all.
fn is_sound(copy: &Path, source: &Path) -> Result<(), StoreError> {
    let findings = PlanFile::open(copy, Wanted::ReadOnly)?.check()?.findings;
    match findings.into_iter().find(|finding| !finding.harmless) {
        None => Ok(()),
        Some(finding) => Err(StoreError::Damaged { what: finding.what, path: source.to_owned() }),
    }
}

/// A copy fails for the plan's sake or for the place it goes to.
fn blame(error: rusqlite::Error, source: &Path, folder: &Path) -> StoreError {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Fault::Sql(error).at(source)
        }
        _ => Fault::Sql(error).at(folder),
    }
}

fn free_name(folder: &Path, reason: BackupReason, now: DateTime<Utc>) -> (String, PathBuf) {
    let stem = format!("{}-{reason}", now.format(STAMP));
    let mut number = 1;
    loop {
        let id = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
        let path = folder.join(format!("{id}.db"));
        if path.symlink_metadata().is_err() {
            return (id, path);
        }
        number += 1;
    }
}

/// The backups in a folder, of one plan or of all, newest first. Files that are no backup, or that
/// cannot be read, are left out.
#[must_use]
pub fn list(folder: &Path, plan: Option<Id>) -> Vec<Backup> {
    let mut backups = Vec::new();
    for (name, path) in entries(folder) {
        let Ok(of) = name.parse::<Id>() else { continue };
        if plan.is_none_or(|plan| plan == of) {
            let files = entries(&path);
            let named = files.iter().filter_map(|(name, path)| Some((name.strip_suffix(".db")?, path)));
            backups.extend(named.filter_map(|(id, path)| describe(path, of, id)));
        }
    }
    backups.sort_by(|a, b| b.made.cmp(&a.made).then_with(|| b.id.cmp(&a.id)));
    backups
}

fn entries(folder: &Path) -> Vec<(String, PathBuf)> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten();
    found.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path()))).collect()
}

fn describe(path: &Path, plan: Id, id: &str) -> Option<Backup> {
    let (stamp, reason) = (id.get(..15)?, id.get(16..)?);
    let reason = BackupReason::from_word(reason.split('-').next()?)?;
    let made = NaiveDateTime::parse_from_str(stamp, STAMP).ok()?.and_utc();
    // only what the list shows: a backup was checked when it was made, and is again when restored
    let file = open::connect(path, false).ok()?;
    let info = file
        .query_row("SELECT organisation, as_at FROM \"plan\" WHERE id = ?1", [plan.to_string()], |row| {
            let date: Option<String> = row.get(1)?;
            Ok(PlanInfo {
                organisation: row.get::<_, Option<String>>(0)?.unwrap_or_default(),
                as_at: date.and_then(|date| date.parse().ok()),
                ..PlanInfo::default()
            })
        })
        .ok()?;
    let size = std::fs::metadata(path).ok()?.len();
    let (organisation, as_at) = (info.organisation, info.as_at);
    Some(Backup { id: id.to_owned(), plan, organisation, as_at, made, reason, size, path: path.to_owned() })
}

/// Restores a backup to a new file, checked before it gets its name.
///
/// # Errors
/// When there is a file of that name, it cannot be written, or the backup is no longer sound.
pub fn restore(backup: &Backup, out: &Path) -> Result<(), StoreError> {
    let new = NewFile::at(out).map_err(|fault| fault.at(out))?;
    std::fs::copy(&backup.path, new.path()).map_err(|error| Fault::Io(error).at(out))?;
    let written = std::fs::OpenOptions::new().write(true).open(new.path()).and_then(|file| file.sync_all());
    written.map_err(|error| Fault::Io(error).at(out))?;
    let damaged = |what: String| StoreError::Damaged { what, path: backup.path.clone() };
    let copy = PlanFile::open(new.path(), Wanted::ReadOnly).map_err(|error| match error {
        StoreError::Damaged { what, .. } => damaged(what),
        other => other,
    })?;
    if let Some(finding) = copy.check()?.findings.into_iter().find(|finding| !finding.harmless) {
        return Err(damaged(finding.what));
    }
    copy.close();
    new.place().map_err(|fault| fault.at(out))
}

/// How many of the newest are kept whatever their age.
const RECENT: usize = 10;

/// Which backups to keep, given when each was made: the ten newest, then the last of each day for two
/// weeks, of each week for two months, and of each month for ever.
#[must_use]
pub fn keep(made: &[DateTime<Utc>], now: DateTime<Utc>) -> BTreeSet<DateTime<Utc>> {
    let newest_first: BTreeSet<_> = made.iter().copied().collect();
    let mut kept = BTreeSet::new();
    let mut periods = BTreeSet::new();
    for (place, at) in newest_first.into_iter().rev().enumerate() {
        let (age, day) = (now - at, at.date_naive());
        let period = if age <= TimeDelta::days(14) {
            (0, day.num_days_from_ce())
        } else if age <= TimeDelta::days(61) {
            (1, day.iso_week().year() * 100 + i32::try_from(day.iso_week().week()).unwrap_or(0))
        } else {
            (2, day.year() * 100 + i32::try_from(day.month()).unwrap_or(0))
        };
        // the newest of a period comes first
        if periods.insert(period) || place < RECENT {
            kept.insert(at);
        }
    }
    kept
}

/// Deletes a plan's backups that [`keep`] does not name, once a new one is made.
fn thin(backups: &[Backup], made: &Backup, now: DateTime<Utc>) {
    let kept = keep(&backups.iter().map(|backup| backup.made).collect::<Vec<_>>(), now);
    for backup in backups.iter().filter(|backup| backup.id != made.id && !kept.contains(&backup.made)) {
        // one that cannot be deleted is one too many, and no loss
        std::fs::remove_file(&backup.path).ok();
    }
}
