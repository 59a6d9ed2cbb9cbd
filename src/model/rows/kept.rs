//! Rows about how the plan is looked at: views that were saved, and what a person said to gaps.

use crate::model::Id;
use crate::model::record::record;
use chrono::NaiveDate;

record!(
    /// A way to look at the grid, kept under a name.
    SavedView {
        /// Place among the views.
        order: String,
        /// Its name, "For the March meeting".
        name: String,
        /// What is shown and how, as JSON: see [`crate::model::view::View`].
        definition: String,
    }
);

record!(
    /// What a person said to a gap: that it is none, and why. Its id is derived from the gap, so that two sides that
    /// answer the same one make the same row.
    GapAnswer {
        /// The word of the rule that found it: see [`crate::model::gap::Rule`].
        rule: String,
        /// The row that the gap stands at.
        row: Id,
        /// What sets it apart from another gap of that rule at that row; blank where there can be but one.
        about: String,
        /// Why it is no issue.
        reason: String,
        /// When that was said.
        date: Option<NaiveDate>,
    }
);

impl GapAnswer {
    /// The id of the answer to a gap of a plan.
    #[must_use]
    pub fn id_of(plan: Id, rule: &str, row: Id, about: &str) -> Id {
        plan.derive(&["answer to a gap", rule, &row.to_string(), about])
    }
}
