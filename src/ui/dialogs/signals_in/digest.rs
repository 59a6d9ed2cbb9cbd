//! What is shown of a file that was read, worked out once a reading and not once a frame: it may have a
//! hundred thousand rows.

use crate::app::SignalsWaiting;
use crate::import::signals::{Decision, Rows};
use crate::model::Plan;
use crate::model::intelligence::periods::words as period_words;
use crate::model::signal::Source;
use crate::model::text::count;
use crate::store::Standing;
use std::sync::Arc;

/// What is shown, in words.
#[derive(Default)]
pub(super) struct Digest {
    rows: Option<Arc<Rows>>,
    is_compared: bool,
    /// The file, and how much is in it.
    pub(super) file: String,
    pub(super) columns_words: String,
    pub(super) whose_words: String,
    pub(super) rows_words: String,
    /// How many are new, changed and known; `None` until the file of the plan has answered.
    pub(super) standing: Option<[usize; 3]>,
    /// Of which kinds they are.
    pub(super) kinds: String,
    /// What will be marked as received, a line each.
    pub(super) received: Vec<String>,
    /// Providers that the plan would gain.
    pub(super) gains: Vec<String>,
    /// The names of providers, those first of which a person has to say something.
    pub(super) order: Vec<usize>,
    /// What keeps it from being imported.
    pub(super) missing: Option<String>,
    /// Rows that are left out because somebody left their provider out.
    pub(super) left_out: usize,
    /// The columns that are dropped, with what they may say.
    pub(super) dropped: Vec<String>,
    /// Notes of the reading that mean something in a window.
    pub(super) notes: Vec<String>,
}

impl Digest {
    /// Works everything out anew where something changed.
    pub(super) fn follow(&mut self, plan: &Plan, waiting: &SignalsWaiting) {
        let same = self.rows.as_ref().is_some_and(|rows| Arc::ptr_eq(rows, &waiting.rows));
        if same && self.is_compared == waiting.compared.is_some() {
            return;
        }
        *self = Self::of(plan, waiting);
    }

    fn of(plan: &Plan, waiting: &SignalsWaiting) -> Self {
        let proposal = &waiting.proposal;
        let (reading, rows) = (&proposal.reading, &waiting.rows);
        let standing = waiting.compared.as_ref().map(|compared| {
            [Standing::New, Standing::Updated, Standing::Unchanged].map(|standing| compared.count(standing))
        });
        let mut order: Vec<usize> = (0..proposal.whose.len()).collect();
        order.sort_by_key(|at| !matches!(proposal.whose[*at].decision, Decision::Open(_)));
        let open = proposal.open().len();
        let left_out = proposal.whose.iter().filter(|one| one.decision == Decision::LeftOut).map(|one| one.rows).sum();
        let dropped = reading.columns.iter().filter(|column| !column.kept);
        let dropped = dropped.filter_map(|column| Some(format!("{} ({})", column.label, column.private?)));
        let gains = proposal.whose.iter().filter(|one| one.decision == Decision::New);
        let received = rows.covered.iter().map(|covered| {
            let name = proposal.provider_name(plan, covered.provider);
            let what = crate::model::intelligence::upper_first(covered.source.several());
            format!("{what} of {name}, {}", period_words(covered.from, covered.to))
        });
        Self {
            file: format!("{} · {} · {}", proposal.name, count(reading.summary.rows, "row"), reading.summary.encoding),
            columns_words: columns_words(waiting),
            whose_words: whose_words(proposal.whose.len(), open),
            rows_words: rows_words(waiting, left_out),
            left_out,
            dropped: dropped.collect(),
            standing,
            kinds: kinds(waiting),
            received: received.collect(),
            gains: gains.map(|one| one.given.clone()).collect(),
            order,
            missing: missing(waiting),
            // what a verb says of its own options says nothing here
            notes: reading.notes.iter().filter(|note| !note.contains("--")).cloned().collect(),
            rows: Some(Arc::clone(rows)),
            is_compared: waiting.compared.is_some(),
        }
    }
}

fn columns_words(waiting: &SignalsWaiting) -> String {
    let columns = &waiting.proposal.reading.columns;
    let dropped = columns.iter().filter(|column| column.private.is_some() && !column.kept).count();
    let words = count(columns.len(), "column");
    if dropped > 0 { format!("{words}, {dropped} dropped") } else { words }
}

fn whose_words(all: usize, open: usize) -> String {
    match (all, open) {
        (all, 0) => count(all, "provider"),
        (all, open) if all == open => format!("Providers: {open} to decide"),
        (all, open) => format!("{}, {open} to decide", count(all, "provider")),
    }
}

/// "4 rows left out, 2 places to check".
fn rows_words(waiting: &SignalsWaiting, left_out: usize) -> String {
    let reading = &waiting.proposal.reading;
    let out = reading.refused.len() + reading.set_aside.len() + waiting.rows.twice + left_out;
    let check = reading.summary.kept_hits + reading.ambiguous_dates.count;
    match (out, check) {
        (0, 0) => "No row left out".to_owned(),
        (out, 0) => format!("{} left out", count(out, "row")),
        (0, check) => format!("{} to check", count(check, "place")),
        (out, check) => format!("{} left out, {} to check", count(out, "row"), count(check, "place")),
    }
}

fn kinds(waiting: &SignalsWaiting) -> String {
    let summary = &waiting.proposal.reading.summary;
    let named = |word: &str, number: usize| match Source::from_word(word) {
        Some(source) if number != 1 => format!("{number} {}", source.several()),
        _ => format!("{number} {word}"),
    };
    let mut parts: Vec<String> = summary.by_source.iter().map(|(word, number)| named(word, *number)).collect();
    if summary.measures > 0 {
        parts.push(format!("{} by month", count(summary.measures, "number")));
    }
    parts.join(", ")
}

/// What is still to be said before it can be imported.
fn missing(waiting: &SignalsWaiting) -> Option<String> {
    let open = waiting.proposal.open();
    if let Some(nobody) = open.iter().find(|one| one.given.is_empty()) {
        let rows = count(nobody.rows, "row");
        return Some(format!("Say whose they are: {rows} of the file name no provider"));
    }
    match open.as_slice() {
        [] => {}
        [one] => return Some(format!("Say which provider “{}” is, under Providers", one.given)),
        several => return Some(format!("Say of {} names which provider they are, under Providers", several.len())),
    }
    let options = waiting.options();
    if options.from.zip(options.to).is_some_and(|(from, to)| from > to) {
        return Some("The first month covered is after the last".to_owned());
    }
    let rows = &waiting.rows;
    if rows.covered.is_empty() {
        let nothing = rows.signals.is_empty() && rows.measures.is_empty();
        return Some(match (nothing, rows.left_out) {
            (true, 1..) => "All rows are left out: nothing would come in".to_owned(),
            (true, 0) => {
                "No row could be read. If there was nothing to report, say whose file it is and which months it covers"
                    .to_owned()
            }
            _ => "No row says a month: say which months the export covers".to_owned(),
        });
    }
    waiting.compared.is_none().then(|| "Looking which rows the plan has already".to_owned())
}
