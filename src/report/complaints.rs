//! The integrated complaints report: what came, what all sources say together, what is done about it. As a paper for
//! a committee, as a workbook, and its matrix as comma separated values.
//!
//! It is for publication unless it is asked for as internal. What is published is settled once, in `numbers` and
//! `series`, before any form of it is made: small numbers are hidden, all others rounded, and more hidden where a
//! small one could be worked out. No form of the report reads a count from anywhere else.

mod book;
mod counts;
mod coverage;
mod doing;
mod findings;
mod matrix;
mod numbers;
mod paper;
mod plot;
mod rule;
mod series;
mod share;
mod table;
mod timeliness;

pub use counts::{PublishedCount, period, published};

pub(super) use book::{empty as empty_workbook, write as workbook};
pub(super) use paper::{build, nothing};
pub(super) use table::rows as matrix_rows;

use super::Source;
use crate::model::due::Month;
use crate::model::intelligence::{Intelligence, Picture, Timeliness, View, periods, upper_first};
use crate::model::signal::Held;
use crate::model::{Id, Index, Plan};
use chrono::NaiveDate;
use numbers::Numbers;
use series::Told as ToldSeries;

/// What stands on every page of a report that shows small numbers.
pub const INTERNAL: &str = "For internal use: holds small numbers";

/// All that the report says, settled.
pub(super) struct Told<'a> {
    pub(super) plan: &'a Plan,
    pub(super) index: &'a Index,
    pub(super) of: &'a Intelligence,
    /// What was looked at; always counts, never rates, by whose base a count could be worked out.
    pub(super) view: View,
    /// Signals of the period whole; none in what is published.
    pub(super) held: &'a [Held],
    pub(super) internal: bool,
    pub(super) as_at: NaiveDate,
    pub(super) picture: Picture,
    pub(super) timeliness: Timeliness,
    series: Vec<ToldSeries>,
    numbers: Numbers,
}

impl<'a> Told<'a> {
    /// Settles the report; `None` for a plan of whose signals nothing is known.
    pub(super) fn of(source: &Source<'a>, as_at: NaiveDate) -> Option<Self> {
        let signals = source.signals?;
        let of = signals.intelligence;
        let view = View { rate: false, ..signals.view.clone() };
        let picture = of.picture(&view);
        if picture.sources.is_empty() || picture.providers.is_empty() {
            return None;
        }
        let timeliness = of.timeliness(&view);
        let charts = series::of(of, &view, &picture);
        let numbers = Numbers::of(&picture, &timeliness, &charts, signals.internal);
        let series = charts.into_iter().map(|chart| ToldSeries::of(chart, &numbers, of, signals.internal)).collect();
        Some(Self {
            plan: source.plan,
            index: source.index,
            of,
            view,
            held: if signals.internal { signals.held } else { &[] },
            internal: signals.internal,
            as_at,
            picture,
            timeliness,
            series,
            numbers,
        })
    }

    /// The period in words, with a capital.
    pub(super) fn period(&self) -> String {
        upper_first(&periods::words(self.view.from, self.view.to))
    }

    /// A provider's name.
    pub(super) fn name(&self, provider: Id) -> &str {
        self.of.provider_name(provider)
    }

    /// The months of the period.
    pub(super) fn months(&self) -> Vec<Month> {
        self.view.months()
    }
}
