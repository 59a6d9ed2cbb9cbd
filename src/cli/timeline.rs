//! The verb that tells the timeline.

use super::arguments::Timeline;
use super::output::Output;
use super::{DONE, Desk, Stop, judged_at};
use crate::model::Index;
use crate::report;
use chrono::Utc;

pub(super) fn timeline(desk: &Desk<'_>, asked: &Timeline, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    let file = desk.open_to_read(&asked.plan, now)?;
    let plan = file.read()?;
    file.close();
    let as_at = judged_at(asked.as_at, &plan, now);
    let index = Index::of(&plan);
    output.result(
        || report::timeline::json(&plan, &index, as_at),
        || report::timeline::words(&plan, &index, as_at).trim_end().to_owned(),
    );
    Ok(DONE)
}
