//! Edits that go with what sources say: themes, providers, receipts, imports, findings, levels of watch.

mod findings;
mod providers;
mod receipts;
mod themes;

pub use findings::{
    change_finding, delete_finding, delete_rebase, delete_watch_level, link_finding, note_finding, rebase_chart,
    set_watch_level, unlink_finding,
};
pub use providers::{
    add_alias, add_provider, delete_provider, move_provider, put_alias, put_provider, rename_provider,
};
pub use receipts::{Covers, Taken, put_received, set_receipts, take_batch};
pub use themes::{
    add_signal_theme, begin_signal_themes, delete_signal_theme, map_subject, map_subjects, merge_signal_themes,
    move_signal_theme, put_signal_themes, rename_signal_theme, set_not_asked, unmap_subject,
};

use crate::model::order;

/// The sort key that puts a row right before another, or last where there is no other. `rows` are the ids and keys of
/// all rows in their order.
fn order_before(
    rows: &[(crate::model::Id, String)],
    moved: crate::model::Id,
    before: Option<crate::model::Id>,
) -> String {
    let others: Vec<&(crate::model::Id, String)> = rows.iter().filter(|(id, _)| *id != moved).collect();
    let at = before.and_then(|before| others.iter().position(|(id, _)| *id == before)).unwrap_or(others.len());
    let key = |place: Option<usize>| place.and_then(|place| others.get(place)).map_or("", |(_, key)| key.as_str());
    order::between(key(at.checked_sub(1)), key(Some(at)))
}

#[cfg(test)]
mod tests;
