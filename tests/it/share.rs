//! A copy for somebody else: what is in it, what is not, and what is left where it fails.
#![expect(clippy::expect_used, reason = "a helper of a test fails as the test does")]

mod files;
mod leaks;

use crate::store::{Place, at};
use recap::app::sharing::{self, Asked, Preview, Shared};
use recap::app::{WholePlan, begin};
use recap::model::intelligence::Rules;
use recap::model::{Plan, Value};
use recap::share::{Part, Scope, SignalsAs, Wanted};
use recap::store::{EntryKind, PlanFile, Stamp, StoreError, Wanted as Opened};
use std::path::{Path, PathBuf};

/// A folder with the sample plan, which has something in every part.
pub(crate) struct Desk {
    place: Place,
    pub(crate) file: PlanFile,
}

pub(crate) fn who(seconds: i64) -> Stamp<'static> {
    Stamp { who: "J. Verysecretname", at: at(seconds), kind: EntryKind::Edit }
}

pub(crate) fn asked(scope: Scope) -> Asked {
    let wanted = Wanted {
        for_whom: "NHS Southmoor CCG".into(),
        why: "Joint actions for our shared provider".into(),
        scope,
        to_edit: false,
    };
    Asked { wanted, rules: Rules::at(at(0).date_naive()), looked_at: None }
}

pub(crate) fn everything() -> Scope {
    let scope = Part::ALL.iter().fold(Scope::default(), |scope, part| scope.with(*part));
    scope.signals(SignalsAs::Rows)
}

impl Desk {
    pub(crate) fn sample() -> Self {
        let place = Place::new();
        let whole: WholePlan = begin::sample_plan(at(0).date_naive()).expect("the sample is sound");
        let path = place.path("Something about a patient.db");
        let file = PlanFile::create_with(&path, whole.edit_with_batch(), &whole.incoming(), &who(0)).expect("makes it");
        Self { place, file }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.place.path(name)
    }

    pub(crate) fn plan(&self) -> Plan {
        self.file.read().expect("reads")
    }

    pub(crate) fn preview(&self, scope: Scope) -> Preview {
        sharing::preview(&self.file, &asked(scope)).expect("previews")
    }

    pub(crate) fn try_share(&mut self, asked: &Asked, name: &str) -> Result<Shared, StoreError> {
        let to = self.path(name);
        let page = sharing::page_beside(&to);
        let stamp = Stamp { kind: EntryKind::Share, ..who(60) };
        sharing::share(&mut self.file, asked, &to, Some(&page), &stamp, &mut |_| true)
    }

    pub(crate) fn share(&mut self, scope: Scope, name: &str) -> Shared {
        self.try_share(&asked(scope), name).expect("shares")
    }

    /// What lies in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        names(self.place.folder.path())
    }
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("reads").flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

pub(crate) fn read_only(path: &Path) -> PlanFile {
    PlanFile::open(path, Opened::ReadOnly).expect("opens")
}

/// The texts of a plan's fields.
pub(crate) fn texts(plan: &Plan, entity: recap::model::Entity, field: &str) -> Vec<String> {
    let value = |id| plan.value(entity, id, field);
    let text = |value| match value {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    plan.ids(entity).into_iter().filter_map(|id| text(value(id))).collect()
}
