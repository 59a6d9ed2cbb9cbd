//! The report that is owed at least once a year: recommendation 1 of the Francis report asks every organisation
//! to publish "on a regular basis but not less than once a year" how far it has got.

use super::{Gap, Look, Rule};
use crate::model::text::fold;
use crate::model::{Acceptance, Entity, Evidence};
use chrono::{Months, NaiveDate};

/// The recommendation that asks for it.
const ASKED_BY: (&str, &str) = ("francis-2013", "1");

pub(super) fn gap(look: &Look<'_>) -> Option<Gap> {
    let row = look.plan.recommendation(ASKED_BY.0, ASKED_BY.1)?;
    if matches!(row.acceptance, Some(Acceptance::NotAccepted)) {
        return None;
    }
    let behind = look.index.evidence(look.plan, row.id);
    let reports = behind.into_iter().filter(|evidence| is_report(evidence)).filter_map(|evidence| evidence.date);
    let known = reports.chain(look.plan.due_anchor()).filter(|date| *date <= look.as_at).max();
    let Some(published) = known else {
        let text = "Progress is to be published at least once a year; the plan knows of no report, and has no date";
        return Some(Gap::at(Rule::Yearly, Entity::Recommendation, row.id, text));
    };
    let due = published.checked_add_months(Months::new(12))?;
    (look.as_at > due).then(|| {
        let text = format!(
            "Progress is to be published at least once a year; the last date the plan knows of is {}, so it was due by {}",
            words(published),
            words(due)
        );
        Gap::at(Rule::Yearly, Entity::Recommendation, row.id, text)
    })
}

/// Whether evidence says of itself that progress was reported: minutes of a meeting publish nothing.
fn is_report(evidence: &Evidence) -> bool {
    const SAY_SO: [&str; 6] = ["report", "progress", "paper", "update", "review", "year"];
    let said = fold(&format!("{} {}", evidence.text, evidence.kind));
    SAY_SO.iter().any(|word| said.contains(word))
}

fn words(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
