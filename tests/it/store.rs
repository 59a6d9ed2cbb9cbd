//! Tests of `store`: the plan file's promises.
#![expect(clippy::expect_used, clippy::panic, reason = "a helper of a test fails as the test does")]

mod backups;
pub(crate) mod faults;
mod foreign;
mod journal;
mod refusals;
mod signals;
mod underneath;

use chrono::{DateTime, TimeDelta, Utc};
use recap::model::{Action, Edit, EditBuilder, Id, Link, Plan, Position, Recommendation, Theme, intent};
use recap::store::{EntryKind, PlanFile, Stamp, StoreError, Wanted};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// So many seconds after ten o'clock on the day of Wiltshire's paper.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    "2013-05-28T10:00:00Z".parse::<DateTime<Utc>>().expect("a time") + TimeDelta::seconds(seconds)
}

/// The quality lead, changing something.
pub(crate) fn stamp(seconds: i64) -> Stamp<'static> {
    Stamp { who: "Quality lead", at: at(seconds), kind: EntryKind::Edit }
}

pub(crate) fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

/// A folder with a plan in it.
pub(crate) struct Place {
    pub(crate) folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn plan(&self) -> PathBuf {
        self.path("plan.db")
    }

    pub(crate) fn backups(&self) -> PathBuf {
        self.path("backups")
    }

    /// A new plan with two themes, three recommendations, positions, actions and links.
    pub(crate) fn with_plan() -> (Self, PlanFile) {
        let place = Self::new();
        let first = intent::create_plan(id("plan"), "NHS Northmoor CCG", "Francis action plan", None);
        let mut file = PlanFile::create(&place.plan(), &first, &stamp(0)).expect("makes a plan");
        let plan = file.read().expect("reads");
        file.commit(&some_rows(&plan), &Stamp { kind: EntryKind::Import, ..stamp(1) }).expect("commits");
        (place, file)
    }

    pub(crate) fn open(&self) -> Result<PlanFile, StoreError> {
        open(&self.plan())
    }
}

/// Opens to write.
pub(crate) fn open(path: &Path) -> Result<PlanFile, StoreError> {
    let backups = path.with_file_name("backups");
    PlanFile::open(path, Wanted::Write { backups: &backups, now: at(0) })
}

fn some_rows(plan: &Plan) -> Edit {
    let mut edit = EditBuilder::new(plan, "Import a document");
    for theme in ["Complaints", "Patient safety"] {
        edit.put(&Theme { id: id(theme), title: theme.into(), order: theme.to_lowercase() });
    }
    for (number, reference) in ["9", "123", "2.5.10"].into_iter().enumerate() {
        let recommendation = Recommendation {
            id: id(reference),
            report: "francis-2013".into(),
            reference: reference.into(),
            theme: (number > 0).then(|| id("Complaints")),
            text: format!("Recommendation {reference}: “complaints” – heard £"),
            ..Recommendation::default()
        };
        edit.put(&recommendation);
        let text = "No\nNone\n0".into();
        let position = Position {
            id: id(&format!("p{reference}")),
            recommendation: recommendation.id,
            text,
            ..Position::default()
        };
        edit.put(&position);
        let action = Action {
            id: id(&format!("a{reference}")),
            text: "Agree the extract".into(),
            due_words: "From June 2013".into(),
            ..Action::default()
        };
        edit.put(&action);
        edit.put(&Link {
            id: Link::id_of(recommendation.id, action.id),
            recommendation: recommendation.id,
            action: action.id,
            order: "1".into(),
        });
    }
    edit.finish()
}

/// An edit of one field.
pub(crate) fn owner(plan: &Plan, action: &str, words: &str) -> Edit {
    intent::update::<Action>(plan, id(action), "Change owner of action", |row| row.owner = words.into())
}

/// Everything a person could see of a file.
pub(crate) fn everything(file: &PlanFile) -> Result<(Plan, Vec<recap::store::Entry>), StoreError> {
    Ok((file.read()?, file.history(&recap::store::HistoryOf::default())?))
}

pub(crate) fn assert_sound(file: &PlanFile) {
    let soundness = file.check().expect("can be checked");
    assert!(soundness.sound, "{:#?}", soundness.findings);
}
