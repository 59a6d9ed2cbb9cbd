//! The counts of the published report as a list, for a copy of the plan that somebody else gets.

use super::{Told, matrix};
use crate::model::due::Month;
use crate::model::intelligence::{Intelligence, View, upper_first};
use crate::model::triangulation::Cell;
use crate::model::{Index, Plan};
use crate::report::{Signals, Source};

/// A cell of the published report's matrix, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCount {
    /// The provider's name.
    pub provider: String,
    /// The kind of source.
    pub source: String,
    /// The theme's title.
    pub theme: String,
    /// The first month.
    pub from: Month,
    /// The last one.
    pub to: Month,
    /// What is published: a number or share, `*`, or why there is none: "no data".
    pub count: String,
}

/// The period that is told of: the last twelve months that are over.
#[must_use]
pub fn period(of: &Intelligence) -> (Month, Month) {
    let last = of.last_whole_month();
    (last.plus(-11), last)
}

/// All cells of that period by the rules of the published report: small numbers hidden, all others rounded, more
/// hidden where a small one could be worked out, and no total of all themes. A source of which nothing came says so.
#[must_use]
pub fn published(plan: &Plan, of: &Intelligence) -> Vec<PublishedCount> {
    let (from, to) = period(of);
    let view = View::of(from, to);
    let signals = Signals { intelligence: of, view: &view, held: &[], internal: false };
    let index = Index::default();
    let source = Source::new(plan, &index).with(signals);
    let Some(told) = Told::of(&source, of.rules().as_at) else { return Vec::new() };
    let mut counts = Vec::new();
    for provider in &told.picture.providers {
        for row in matrix::rows(&told, provider) {
            for cell in &row.cells {
                let part = match cell.cell {
                    Cell::Data { part: true, .. } => {
                        format!(" ({} of {} months came)", cell.covered.received, cell.covered.of)
                    }
                    _ => String::new(),
                };
                counts.push(PublishedCount {
                    provider: provider.provider.name.clone(),
                    source: upper_first(cell.source.word()),
                    theme: of.theme_title(row.theme).to_owned(),
                    from,
                    to,
                    count: format!("{}{part}", told.numbers.words(cell)),
                });
            }
        }
    }
    counts
}
