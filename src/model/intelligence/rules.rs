//! The rules that a view is worked out by, and the date it is judged against.

use crate::model::due::Month;
use crate::model::triangulation::Thresholds;
use crate::model::xmr;
use chrono::NaiveDate;

/// What a person may set, and the date against which late is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The numbers behind the verdicts.
    pub thresholds: Thresholds,
    /// How charts are worked out.
    pub chart: xmr::Options,
    /// The date everything is judged against.
    pub as_at: NaiveDate,
    /// How many months after its end a month's data are late, where nobody said otherwise; 0 or more.
    pub late_after_months: i32,
    /// In how many working days a complaint is to be answered where it names no due date.
    pub answer_within: i32,
}

impl Rules {
    /// The rules as they are unless somebody sets them, as at a date.
    #[must_use]
    pub fn at(as_at: NaiveDate) -> Self {
        Self {
            thresholds: Thresholds::default(),
            chart: xmr::Options::default(),
            as_at,
            late_after_months: 2,
            answer_within: 25,
        }
    }

    /// Whether a month that did not come is late by now.
    #[must_use]
    pub fn is_late(&self, month: Month) -> bool {
        self.as_at >= month.plus(self.late_after_months.max(0)).last_day()
    }

    /// Whether a month begins after the date: nothing is said of it yet.
    #[must_use]
    pub fn is_ahead(&self, month: Month) -> bool {
        month.first_day() > self.as_at
    }

    /// The rule behind the verdicts, and how lateness is judged, a sentence for each part.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words = self.thresholds.words(&self.chart);
        words.push(format!(
            "A month that nobody marked is late when it has not come {} months after its end, if that source came from the provider before. Complaints without a due date are to be answered within {} working days.",
            self.late_after_months, self.answer_within
        ));
        words
    }
}
