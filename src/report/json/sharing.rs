//! Copies that were made for others, and how far copies that came back were taken over.

use super::field;
use crate::model::{MergeMark, Share};
use serde_json::{Value, json};

pub(super) fn share(row: &Share) -> Value {
    json!({
        "id": field(&row.id),
        "date": field(&row.date),
        "for_whom": field(&row.for_whom),
        "why": field(&row.why),
        "goes": field(&row.goes),
        "left_out": field(&row.left_out),
        "file": field(&row.file),
        "sha256": field(&row.sha256),
        "base": field(&row.base),
        "to_edit": row.to_edit,
    })
}

pub(super) fn merge_mark(row: &MergeMark) -> Value {
    json!({
        "id": field(&row.id),
        "entry": field(&row.entry),
        "from_whom": field(&row.from_whom),
        "date": field(&row.date),
    })
}
