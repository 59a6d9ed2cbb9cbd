//! Backups: checked, thinned, restored; never a bad one for a good one.

use super::{Place, assert_sound, at, owner, stamp};
use chrono::{DateTime, TimeDelta, Utc};
use recap::model::Id;
use recap::store::{BackupReason, PlanFile, StoreError, Wanted, backup};
use rusqlite::Connection;

#[test]
fn a_backup_is_listed_and_restored_to_a_new_file() {
    let (place, mut file) = Place::with_plan();
    let plan = file.read().expect("reads");
    let made = backup::make(&file, &place.backups(), BackupReason::Import, at(0)).expect("makes");
    file.commit(&owner(&plan, "a9", "Somebody"), &stamp(100)).expect("commits");
    let later = backup::make(&file, &place.backups(), BackupReason::Day, at(200)).expect("makes");
    let listed = backup::list(&place.backups(), Some(file.plan_id()));
    assert_eq!(listed, [later, made.clone()], "newest first");
    assert_eq!(
        (made.organisation.as_str(), made.reason, made.made),
        ("NHS Northmoor CCG", BackupReason::Import, at(0))
    );
    assert_eq!(made.id, "20130528-100000-import");
    assert!(backup::list(&place.backups(), Some(Id::NIL)).is_empty(), "of that plan only");
    assert_eq!(backup::list(&place.backups(), None).len(), 2, "or of all");
    let out = place.path("restored.db");
    backup::restore(&made, &out).expect("restores");
    let restored = super::open(&out).expect("opens");
    assert_eq!(restored.read().expect("reads"), plan, "as it was");
    assert_sound(&restored);
    assert!(matches!(backup::restore(&made, &out), Err(StoreError::Exists { .. })), "never over a file");
}

#[test]
fn an_unchanged_plan_needs_no_second_backup() {
    let (place, file) = Place::with_plan();
    let first = backup::make(&file, &place.backups(), BackupReason::Day, at(0)).expect("makes");
    assert_eq!(backup::make(&file, &place.backups(), BackupReason::Import, at(500)).expect("makes"), first);
    // but the copy must still be good
    let mut bytes = std::fs::read(&first.path).expect("reads");
    let letter = bytes.windows(5).position(|window| window == b"Agree").expect("there");
    bytes[letter] ^= 0x20;
    std::fs::write(&first.path, bytes).expect("writes");
    let second = backup::make(&file, &place.backups(), BackupReason::Import, at(500)).expect("makes");
    assert_ne!(second.path, first.path, "a good one beside it");
    let refused = backup::restore(&first, &place.path("restored.db")).expect_err("not sound");
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
    assert!(!place.path("restored.db").exists(), "nothing is restored");
}

#[test]
fn a_damaged_plan_makes_no_backup() {
    let (place, file) = Place::with_plan();
    let good = backup::make(&file, &place.backups(), BackupReason::Day, at(0)).expect("makes");
    file.close();
    let tool = Connection::open(place.plan()).expect("opens");
    tool.execute_batch("UPDATE \"action\" SET owner = 'Nobody knows why'").expect("runs");
    tool.execute_batch("UPDATE entry SET id = '00000000-0000-4000-8000-000000000000' WHERE seq = 2").expect("runs");
    drop(tool);
    let file = place.open().expect("opens");
    let refused = backup::make(&file, &place.backups(), BackupReason::Day, at(100)).expect_err("not sound");
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused}");
    assert_eq!(backup::list(&place.backups(), None), [good], "the good one stays, alone");
    let folder = place.backups().join(file.plan_id().to_string());
    assert_eq!(std::fs::read_dir(folder).expect("reads").count(), 1, "and nothing unfinished");
}

#[test]
fn backups_of_one_second_are_kept_apart() {
    let (place, mut file) = Place::with_plan();
    for words in ["A", "B"] {
        backup::make(&file, &place.backups(), BackupReason::Asked, at(0)).expect("makes");
        let plan = file.read().expect("reads");
        file.commit(&owner(&plan, "a9", words), &stamp(0)).expect("commits");
    }
    let ids: Vec<_> = backup::list(&place.backups(), None).into_iter().map(|backup| backup.id).collect();
    assert_eq!(ids, ["20130528-100000-asked-2", "20130528-100000-asked"]);
}

#[test]
fn a_plan_to_read_only_can_be_backed_up() {
    let (place, file) = Place::with_plan();
    file.close();
    let file = PlanFile::open(&place.plan(), Wanted::ReadOnly).expect("opens");
    backup::make(&file, &place.backups(), BackupReason::Asked, at(0)).expect("makes");
}

fn days_before(now: DateTime<Utc>, days: &[i64]) -> Vec<DateTime<Utc>> {
    days.iter().map(|day| now - TimeDelta::days(*day)).collect()
}

#[test]
fn old_backups_are_thinned_to_days_weeks_and_months() {
    let now = at(0);
    let few = days_before(now, &[0, 100, 400, 900]);
    assert_eq!(backup::keep(&few, now).len(), 4, "a few are all kept, however old");
    let hourly: Vec<_> = (0..48).map(|hour| now - TimeDelta::hours(hour)).collect();
    let kept = backup::keep(&hourly, now);
    assert_eq!(kept.len(), 12, "the ten newest, and the last of yesterday and of the day before");
    assert!(kept.contains(&now), "the newest first of all");
    let daily = days_before(now, &(0..400).collect::<Vec<_>>());
    let kept = backup::keep(&daily, now);
    let aged = |from: i64, to: i64| kept.iter().filter(|at| (from..=to).contains(&(now - **at).num_days())).count();
    assert_eq!(aged(0, 14), 15, "each day of two weeks");
    assert!((6..=8).contains(&aged(15, 61)), "each week of two months: {}", aged(15, 61));
    assert!((11..=13).contains(&aged(62, 400)), "each month after: {}", aged(62, 400));
    let again = backup::keep(&kept.iter().copied().collect::<Vec<_>>(), now);
    assert_eq!(again, kept, "thinning twice deletes nothing more");
}

#[test]
fn making_one_deletes_only_what_is_not_kept() {
    let (place, mut file) = Place::with_plan();
    let mut made = Vec::new();
    for number in 0..13 {
        let plan = file.read().expect("reads");
        file.commit(&owner(&plan, "a9", &number.to_string()), &stamp(number * 100)).expect("commits");
        made.push(backup::make(&file, &place.backups(), BackupReason::Asked, at(number)).expect("makes"));
    }
    made.reverse();
    assert_eq!(backup::list(&place.backups(), None), made[..10], "the ten newest");
}
