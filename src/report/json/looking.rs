//! How the plan is looked at: views that were saved, and what a person said to gaps.

use super::field;
use crate::model::{GapAnswer, SavedView};
use serde_json::{Value, json};

/// The definition stays the text it is in the plan.
pub(super) fn saved_view(row: &SavedView) -> Value {
    json!({
        "id": field(&row.id),
        "name": field(&row.name),
        "definition": field(&row.definition),
    })
}

pub(super) fn gap_answer(row: &GapAnswer) -> Value {
    json!({
        "id": field(&row.id),
        "rule": field(&row.rule),
        "row": field(&row.row),
        "about": field(&row.about),
        "reason": field(&row.reason),
        "date": field(&row.date),
    })
}
