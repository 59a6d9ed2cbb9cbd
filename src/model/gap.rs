//! Gaps: what a careful reader of the plan would ask about, and a governing body does. Each has its reason and
//! the row it stands at; a person may answer that it is none.
//!
//! Nothing here is an error: a plan with gaps prints and travels like any other.

mod actions;
mod recommendations;
mod references;
#[cfg(test)]
mod tests;
mod yearly;

use super::value::vocabulary;
use super::{Entity, Id, Index, Plan};
use chrono::NaiveDate;

vocabulary!(
    /// What kind of gap it is.
    Rule, "a kind of gap", {
        /// Accepted, not finished, and nothing is going to be done.
        NoAction = "no action",
        /// "This will be reflected in the action plan", and nothing there is linked with it.
        Promise = "promise not kept",
        /// Words that point at another recommendation, which does not say what they claim, or is not there.
        Reference = "reference does not fit",
        /// The same position under two recommendations.
        Repeated = "same position twice",
        /// Said to be in place, and nothing shows it.
        NoEvidence = "no evidence",
        /// The CCG has not said whether it accepts the recommendation.
        NoDecision = "no decision",
        /// Nobody has it.
        NoOwner = "no owner",
        /// No word says when.
        NoDue = "no due",
        /// The words that say when cannot be read as a date.
        DueNotRead = "due cannot be read",
        /// Not confirmed for too long.
        Tentative = "tentative too long",
        /// The progress report that is owed at least once a year.
        Yearly = "yearly report",
    }
);

/// For so many days after the plan's date, or the last progress on it, an action may be tentative.
pub const TENTATIVE_DAYS: i64 = 60;

/// One gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Which rule found it.
    pub rule: Rule,
    /// The kind of row it stands at.
    pub entity: Entity,
    /// The row it stands at.
    pub row: Id,
    /// Another row that it is about: where the same position stands, the action that may be meant.
    pub other: Option<(Entity, Id)>,
    /// What sets it apart from another gap of the same rule at the same row; blank where there can be but one. An
    /// answer is kept under it.
    pub about: String,
    /// Why it is one, in a sentence.
    pub text: String,
}

impl Gap {
    fn at(rule: Rule, entity: Entity, row: Id, text: impl Into<String>) -> Self {
        Self { rule, entity, row, other: None, about: String::new(), text: text.into() }
    }

    fn with(self, entity: Entity, row: Id) -> Self {
        Self { other: Some((entity, row)), ..self }
    }
}

/// The gaps of a plan as at a date: those of recommendations in the grid's order, then those of actions in the
/// action plan's, then the plan's own.
#[must_use]
pub fn gaps(plan: &Plan, index: &Index, as_at: NaiveDate) -> Vec<Gap> {
    let look = Look { plan, index, as_at };
    let mut found = recommendations::gaps(&look);
    found.extend(actions::gaps(&look));
    found.extend(yearly::gap(&look));
    found
}

/// What a rule is given.
struct Look<'p> {
    plan: &'p Plan,
    index: &'p Index,
    as_at: NaiveDate,
}
