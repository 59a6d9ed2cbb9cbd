//! Gaps: what a careful reader of the plan would ask about, and a governing body does. Each has its reason and
//! the row it stands at; a person may answer that it is none.
//!
//! Nothing here is an error: a plan with gaps prints and travels like any other.

mod actions;
mod asked;
mod nearest;
mod needs;
mod recommendations;
mod references;
mod repeated;
#[cfg(test)]
mod tests;
mod yearly;

pub use asked::{Asked, Place, asked, open, place};

use super::value::vocabulary;
use super::{CrossReference, Entity, GapAnswer, Id, Index, Plan};
use chrono::NaiveDate;
use std::collections::HashMap;

vocabulary!(
    /// What kind of gap it is.
    Rule, "a kind of gap", {
        /// Accepted, not finished, and nothing is going to be done.
        NoAction = "no action",
        /// "This will be reflected in the action plan", and nothing there is about it.
        Promise = "promise not kept",
        /// The same promise, where an action may be what it means, and is not linked.
        Unlinked = "promise not linked",
        /// "The CCG should …", and nothing is going to be done.
        Need = "need without action",
        /// Nothing says where the CCG stands.
        NoPosition = "no position",
        /// Words that point at another recommendation, which does not say what they claim, or is not there.
        Reference = "reference does not fit",
        /// The same position under two recommendations.
        Repeated = "same position twice",
        /// Said to be in place, and nothing shows it.
        NoEvidence = "no evidence",
        /// Said to be in place, and what shows it is past the day until which it holds.
        OldEvidence = "evidence out of date",
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

impl Rule {
    /// As a heading over gaps of this kind.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NoAction => "Accepted, not finished, no action",
            Self::Promise => "Promise not kept",
            Self::Unlinked => "Promise not linked",
            Self::Need => "A need, and no action",
            Self::NoPosition => "No position",
            Self::Reference => "Reference does not fit",
            Self::Repeated => "Same position twice",
            Self::NoEvidence => "In place without evidence",
            Self::OldEvidence => "Evidence out of date",
            Self::NoDecision => "No decision",
            Self::NoOwner => "No owner",
            Self::NoDue => "No due",
            Self::DueNotRead => "Due cannot be read",
            Self::Tentative => "Tentative too long",
            Self::Yearly => "Yearly report due",
        }
    }

    /// What settles a gap of this kind.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::NoAction => "Add or link an action, or say in the position that it is in place.",
            Self::Promise => "Add the action that was promised, or change the position.",
            Self::Unlinked => "Link the action that is meant, or add one.",
            Self::Need => "Add or link an action, or change the position.",
            Self::NoPosition => "Say where you stand.",
            Self::Reference => "Say it in words, or point at what is meant.",
            Self::Repeated => "Say of each recommendation where you stand on it.",
            Self::NoEvidence => "Add or link what shows it.",
            Self::OldEvidence => "Add newer evidence, or say until when it holds.",
            Self::NoDecision => "Say whether you accept it.",
            Self::NoOwner => "Name who has it, by role.",
            Self::NoDue => "Say when it is due.",
            Self::DueNotRead => "Write it as a month or a day, or say how it is meant.",
            Self::Tentative => "Confirm it, or drop it.",
            Self::Yearly => "Publish the report, and put it here as evidence with its date.",
        }
    }
}

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

    /// The id that the answer to it has in a plan.
    #[must_use]
    pub fn answer_id(&self, plan: Id) -> Id {
        GapAnswer::id_of(plan, self.rule.word(), self.row, &self.about)
    }

    /// Whether it is the same gap as another, whatever is said of it.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        (self.rule, self.row, &self.about) == (other.rule, other.row, &other.about)
    }

    fn with(self, entity: Entity, row: Id) -> Self {
        Self { other: Some((entity, row)), ..self }
    }
}

/// The gaps of a plan as at a date: those of recommendations in the grid's order, then those of actions in the
/// action plan's, then the plan's own.
#[must_use]
pub fn gaps(plan: &Plan, index: &Index, as_at: NaiveDate) -> Vec<Gap> {
    let look = Look::of(plan, index, as_at);
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
    /// The words that point elsewhere, by the recommendation in which they stand.
    references: HashMap<Id, Vec<&'p CrossReference>>,
}

impl<'p> Look<'p> {
    fn of(plan: &'p Plan, index: &'p Index, as_at: NaiveDate) -> Self {
        let mut references: HashMap<Id, Vec<&CrossReference>> = HashMap::new();
        for row in plan.cross_references.values() {
            references.entry(row.recommendation).or_default().push(row);
        }
        Self { plan, index, as_at, references }
    }
}
