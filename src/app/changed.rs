//! What was changed since a day, asked of the file once for each state of the plan.

use crate::model::Id;
use chrono::{DateTime, Local, NaiveDate, NaiveTime, TimeZone as _, Utc};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What was asked for and what is known.
#[derive(Debug, Default)]
pub struct ChangedSince {
    /// For which state of the plan and which day the file was asked last.
    pub(super) asked: Option<(u64, NaiveDate)>,
    /// The plan and the day that the answer is for, and the recommendations.
    pub(super) known: Option<(Id, NaiveDate, Arc<BTreeSet<Id>>)>,
}

/// When a day begins where the user is.
#[must_use]
pub fn start_of(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // where clocks are put forward at midnight, the day begins an hour later
    let local = Local.from_local_datetime(&midnight).earliest();
    local.map_or_else(|| Utc.from_utc_datetime(&midnight), |time| time.with_timezone(&Utc))
}
