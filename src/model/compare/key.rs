//! What makes a recommendation of one plan that of another.

use crate::model::text::{fold, words_key};
use crate::model::{Id, Plan, Recommendation, catalogue::Catalogue};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Report and reference, with case and spaces folded; where the report is no published one that both can mean,
/// the title too.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RowKey {
    report: String,
    reference: String,
    title: String,
}

/// The reports whose numbers mean the same in every plan.
fn published() -> &'static HashSet<String> {
    static KNOWN: OnceLock<HashSet<String>> = OnceLock::new();
    KNOWN.get_or_init(|| Catalogue::francis().map(|known| folded(&known.report.key)).into_iter().collect())
}

fn folded(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|c| !c.is_whitespace());
    folded
}

/// How keys are made for two plans.
pub(super) struct Keys {
    /// Reports that stand for themselves: published ones, and those that both plans have by key and title.
    known: HashSet<String>,
}

impl Keys {
    pub(super) fn of(mine: &Plan, theirs: &Plan) -> Self {
        let named = |plan: &Plan| -> HashSet<(String, String)> {
            let rows = plan.reports.values().filter(|row| !row.key.is_empty());
            rows.map(|row| (folded(&row.key), words_key(&row.title))).collect()
        };
        let (ours, others) = (named(mine), named(theirs));
        let shared = ours.intersection(&others).filter(|(_, title)| !title.is_empty()).map(|(key, _)| key.clone());
        Self { known: published().iter().cloned().chain(shared).collect() }
    }

    pub(super) fn of_row(&self, row: &Recommendation) -> RowKey {
        let report = folded(&row.report);
        let title = if self.known.contains(&report) { String::new() } else { words_key(row.shown_title()) };
        // a report of one's own is called what it is called: the title tells
        let report = if title.is_empty() { report } else { String::new() };
        RowKey { report, reference: folded(&row.reference), title }
    }
}

/// Which of our recommendations are theirs, in the order that they were named.
#[must_use]
pub fn matching(mine: &Plan, theirs: &Plan, wanted: &[Id]) -> Vec<Option<Id>> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let keys = Keys::of(mine, theirs);
    let ours: HashMap<RowKey, Id> = mine.recommendations.values().rev().map(|row| (keys.of_row(row), row.id)).collect();
    let found = |id: &Id| ours.get(&keys.of_row(theirs.recommendations.get(id)?)).copied();
    wanted.iter().map(found).collect()
}
