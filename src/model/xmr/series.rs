//! A series: values in their order, each with the words for when it was.

use super::{Options, Xmr, XmrError};
use crate::model::due::Month;
use std::collections::BTreeMap;

/// Values in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// In time order.
    pub points: Vec<Observation>,
    /// Months between the first and the last for which there is no value. They are no points and no zeros.
    pub missing: Vec<Month>,
}

/// A value of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// When it was or what it is of, in the words of whoever gave it; blank for none.
    pub at: String,
    /// The month, where one is known.
    pub month: Option<Month>,
    /// The value.
    pub value: f64,
}

/// Why values make no series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// Which of two values would be the month's?
    #[error("{} stands there twice", .0.label())]
    Twice(Month),
}

impl Series {
    /// A series by month, in any order; `None` for a month without data.
    ///
    /// # Errors
    /// When a month stands there twice.
    pub fn by_month(values: impl IntoIterator<Item = (Month, Option<f64>)>) -> Result<Self, SeriesError> {
        let mut months: BTreeMap<Month, Option<f64>> = BTreeMap::new();
        for (month, value) in values {
            if months.insert(month, value).is_some() {
                return Err(SeriesError::Twice(month));
            }
        }
        let known = months.into_iter().filter_map(|(month, value)| Some((month, value?)));
        let point = |(month, value): (Month, f64)| Observation { at: month.label(), month: Some(month), value };
        let points: Vec<Observation> = known.map(point).collect();
        let missing = missing(&points);
        Ok(Self { points, missing })
    }

    /// A series of points in their order. Months that are missing between them are known where it is one by
    /// month: each point has a month, each comes after the one before, and some by one month only.
    #[must_use]
    pub fn of(points: Vec<Observation>) -> Self {
        let months: Option<Vec<Month>> = points.iter().map(|point| point.month).collect();
        let steps: Vec<i32> = months.unwrap_or_default().windows(2).map(|pair| pair[0].months_to(pair[1])).collect();
        let by_month = steps.iter().all(|step| *step > 0) && steps.contains(&1);
        let missing = if by_month { missing(&points) } else { Vec::new() };
        Self { points, missing }
    }

    /// Its chart, with new groups from months on: each begins with the first point at or after its month.
    ///
    /// # Errors
    /// As [`Xmr::of`].
    pub fn chart(&self, rebase: &[Month], options: &Options) -> Result<Xmr, XmrError> {
        let place = |month: &Month| {
            let at = |point: &Observation| point.month.is_some_and(|at| at >= *month);
            self.points.iter().position(at).unwrap_or(self.points.len())
        };
        let places: Vec<usize> = rebase.iter().map(place).collect();
        self.chart_from(&places, options)
    }

    /// Its chart, with new groups from places (from 0) on.
    ///
    /// # Errors
    /// As [`Xmr::of`].
    pub fn chart_from(&self, rebase: &[usize], options: &Options) -> Result<Xmr, XmrError> {
        let values: Vec<f64> = self.points.iter().map(|point| point.value).collect();
        Xmr::of(&values, rebase, options)
    }
}

/// The months that lie between those of points, which rise.
fn missing(points: &[Observation]) -> Vec<Month> {
    // a year that was mistyped would make a list without end
    const MOST: usize = 1200;
    let months: Vec<Month> = points.iter().filter_map(|point| point.month).collect();
    let between = |pair: &[Month]| {
        let (from, to) = (pair[0], pair[1]);
        std::iter::successors(Some(from.next()), |month| Some(month.next())).take_while(move |month| *month < to)
    };
    months.windows(2).flat_map(between).take(MOST).collect()
}
