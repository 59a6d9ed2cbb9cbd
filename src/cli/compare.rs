//! The verb that holds a neighbour's plan against one's own.

use super::arguments::Compare;
use super::documents::not_written;
use super::output::{Output, shown};
use super::{DONE, Desk, Stop, judged_at, same_file};
use crate::app::Theirs;
use crate::model::Index;
use crate::model::compare::{Comparison, Filter, Side, Withheld};
use crate::report::{self, Compared, ReportName, Source, compare};
use crate::store::Foreign;
use chrono::Utc;
use serde_json::json;

pub(super) fn compare(desk: &Desk<'_>, asked: &Compare, output: &mut Output) -> Result<u8, Stop> {
    if let Some(out) = asked.out.as_ref().filter(|out| same_file(out, &asked.mine) || same_file(out, &asked.theirs)) {
        let what = format!("this is one of the two plans, which no report takes the place of: {}", out.display());
        return Err(Stop::refused(what, "Choose another name; both plans were left as they are."));
    }
    let now = Utc::now();
    let file = desk.open_to_read(&asked.mine, now)?;
    let plan = file.read()?;
    let ours = file.manifest().map(|one| Withheld::new(one.withheld.clone())).unwrap_or_default();
    let theirs = Theirs::from(Foreign::read(&asked.theirs)?);
    file.close();
    let index = Index::of(&plan);
    let as_at = judged_at(asked.as_at, &plan, now);
    let mine = Side { plan: &plan, index: &index, as_at, withheld: &ours };
    let theirs_side = theirs.side(judged_at(asked.as_at, &theirs.plan, now));
    let comparison = Comparison::of(mine, theirs_side);
    let mut notes = theirs.said();
    if comparison.one_plan {
        notes.insert(0, "Both files are copies of one plan.".to_owned());
    }
    let filter = Filter::default();
    let compared = Compared { mine, theirs: theirs_side, comparison: &comparison, filter: &filter, notes: &notes };
    let mut written = None;
    if let Some(out) = &asked.out {
        let options = report::Options { as_at, compact: asked.compact, alarm_days: None, generated: now };
        let source = Source::new(&plan, &index).beside(compared);
        let exported = source.export(ReportName::Compare, &options, out, &|_| Ok(()));
        for note in exported.map_err(|error| not_written(&error))?.notes() {
            output.note(&note);
        }
        written = Some(shown(out));
    }
    output.result(
        || {
            let mut value = compare::json(&compared);
            let bad = theirs.bad.iter().map(|row| json!({ "table": row.table, "id": row.id, "why": row.why }));
            value["bad"] = bad.collect();
            value["ignored"] = json!(theirs.ignored);
            value["notes"] = json!(theirs.notes);
            value["theirs"]["shared"] = json!(theirs.manifest.as_ref().map(|one| {
                json!({ "made_by": one.made_by, "made_at": one.made_at, "for": one.for_whom, "why": one.why,
                    "left_out": one.left_out, "to_edit": one.to_edit })
            }));
            value["written"] = json!(written);
            value
        },
        || {
            let mut words = compare::words(&compared);
            for row in theirs.bad.iter().take(MOST_TOLD) {
                words.push_str(&format!("\nNot usable: {row}"));
            }
            if theirs.bad.len() > MOST_TOLD {
                words.push_str(&format!("\nNot usable: {} more; --json has all", theirs.bad.len() - MOST_TOLD));
            }
            if let Some(out) = &asked.out {
                words.push_str(&format!("\nWrote {}", out.display()));
            }
            words
        },
    );
    Ok(DONE)
}

/// So many rows that could not be used are listed in a terminal.
const MOST_TOLD: usize = 20;
