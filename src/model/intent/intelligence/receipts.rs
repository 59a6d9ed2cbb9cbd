//! Edits of what came and what did not, and of an import as a whole.

use super::providers::{name_of, put_alias, put_provider};
use super::themes::begin_signal_themes;
use crate::model::due::Month;
use crate::model::signal::Source;
use crate::model::text::count;
use crate::model::triangulation::ReceiptState;
use crate::model::{Batch, Edit, EditBuilder, Id, Plan, Provider, Receipt};

/// The most months that one import can cover: a mistyped year makes no million of rows.
const MOST_MONTHS: i32 = 240;

/// Says of a provider's sources and months whether they came; `None` takes back what was said. A blank note leaves the
/// one that stands there.
#[must_use]
pub fn set_receipts(
    plan: &Plan,
    provider: Id,
    sources: &[Source],
    months: &[Month],
    state: Option<ReceiptState>,
    note: &str,
) -> Edit {
    let name = name_of(plan, provider);
    let what = match (sources, months) {
        ([source], [month]) => format!("{source} of {name} for {}", month.label()),
        _ => format!("{} of {name}", count(sources.len() * months.len(), "receipt")),
    };
    let label = match state {
        Some(state) => format!("Mark {what} as {state}"),
        None => format!("Take back what was said of {what}"),
    };
    let mut edit = EditBuilder::new(plan, label);
    for (source, month) in sources.iter().flat_map(|source| months.iter().map(move |month| (*source, *month))) {
        let id = Receipt::id_of(provider, source, month);
        match state {
            None => edit.delete::<Receipt>(id),
            Some(state) => put_receipt(&mut edit, provider, source, month, state, note),
        }
    }
    edit.finish()
}

fn put_receipt(
    edit: &mut EditBuilder<'_>,
    provider: Id,
    source: Source,
    month: Month,
    state: ReceiptState,
    note: &str,
) {
    let id = Receipt::id_of(provider, source, month);
    let held = edit.current::<Receipt>(id).map(|row| row.note).unwrap_or_default();
    let note = if note.trim().is_empty() { held } else { note.trim().to_owned() };
    edit.put(&Receipt { id, provider, source: Some(source), month: Some(month), state: Some(state), note });
}

/// Marks months as received, whatever stood there: what came is received.
pub fn put_received(edit: &mut EditBuilder<'_>, covers: &Covers) {
    let months = covers.from.months_to(covers.to).clamp(-1, MOST_MONTHS - 1);
    for step in 0..=months {
        let month = covers.from.plus(step);
        put_receipt(edit, covers.provider, covers.source, month, ReceiptState::Received, "");
    }
}

/// A provider's source that an import covers, from one month to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covers {
    /// Whose.
    pub provider: Id,
    /// Of which kind of source.
    pub source: Source,
    /// The first month.
    pub from: Month,
    /// The last month.
    pub to: Month,
}

/// All that an import changes in a plan, beside its signals.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Taken {
    /// The import itself. While its row stands its signals count.
    pub batch: Batch,
    /// Providers that the plan did not have; each with an id of its own.
    pub providers: Vec<Provider>,
    /// Other names that providers are known by from now on; of new ones too.
    pub aliases: Vec<(Id, String)>,
    /// What came.
    pub receipts: Vec<Covers>,
    /// What the journal says: "Import 120 complaints from april.csv".
    pub label: String,
}

/// The one edit of an import, or of what was put in by hand.
#[must_use]
pub fn take_batch(plan: &Plan, taken: &Taken) -> Edit {
    let mut edit = EditBuilder::new(plan, taken.label.clone());
    begin_signal_themes(&mut edit);
    for provider in &taken.providers {
        put_provider(&mut edit, provider.clone());
    }
    for (provider, alias) in &taken.aliases {
        put_alias(&mut edit, *provider, alias);
    }
    edit.put(&taken.batch);
    for covers in &taken.receipts {
        // of a provider that is none nothing can be said
        if edit.current::<Provider>(covers.provider).is_some() {
            put_received(&mut edit, covers);
        }
    }
    edit.finish()
}
