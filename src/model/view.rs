//! How the grid is looked at: which rows, in which order, under which headings, in which columns.
//!
//! A [`View`] is what a person chose. [`Facts`] are what is known of each recommendation as at a date, worked out once a
//! revision, so that a keystroke in the search box costs a search of plain texts and some counting. From the two come the
//! [`List`] that is shown and the [`Facets`] that say what each further choice would leave.

mod arrange;
mod changed;
mod definition;
mod facets;
mod facts;
mod filter;
mod sorting;
#[cfg(test)]
mod tests;
mod words;

use super::value::vocabulary;
use super::{Id, Index, Plan};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use arrange::{GroupKey, List, ListGroup};
pub use changed::{changed_recommendations, net};
pub use definition::{BadDefinition, Read};
pub use facets::{Choice, Facets};
pub use facts::{Facts, next_due, owners_of};
pub use filter::{Filter, Switch};
pub use sorting::Order;

vocabulary!(
    /// A column of the grid.
    Column, "a column of the grid", {
        /// The number.
        Reference = "reference",
        /// Title and text.
        Recommendation = "recommendation",
        /// The government's: status and words.
        Response = "response",
        /// As at the date.
        Position = "position",
        /// With state and due.
        Actions = "actions",
        /// The theme.
        Theme = "theme",
        /// The report it comes from.
        Report = "report",
        /// The CCG's answer, with date and reason.
        Answer = "answer",
        /// The state of the position, in a word.
        State = "state",
        /// Who has its actions.
        Owners = "owners",
        /// The due of its actions that comes first.
        Due = "due",
        /// What shows that it is so.
        Evidence = "evidence",
    }
);

impl Column {
    /// Those that are shown until somebody chooses, in their order.
    pub const USUAL: [Self; 5] = [Self::Reference, Self::Recommendation, Self::Response, Self::Position, Self::Actions];

    /// Its heading.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reference => "Ref",
            Self::Recommendation => "Recommendation",
            Self::Response => "Government response",
            Self::Position => "Current position",
            Self::Actions => "Actions",
            Self::Theme => "Theme",
            Self::Report => "Report",
            Self::Answer => "Our answer",
            Self::State => "State",
            Self::Owners => "Owners",
            Self::Due => "Next due",
            Self::Evidence => "Evidence",
        }
    }

    /// Its heading where it stands in a sentence, and says what it is sorted by.
    #[must_use]
    pub fn spoken(self) -> &'static str {
        match self {
            Self::Reference => "number",
            Self::Recommendation => "title",
            Self::Response => "government response",
            Self::Position => "current position",
            Self::Actions => "number of actions",
            Self::Theme => "theme",
            Self::Report => "report",
            Self::Answer => "our answer",
            Self::State => "state",
            Self::Owners => "owner",
            Self::Due => "next due",
            Self::Evidence => "evidence",
        }
    }
}

vocabulary!(
    /// What rows stand under.
    Group, "what rows are grouped by", {
        /// The plan's themes.
        Theme = "theme",
        /// The report a recommendation comes from.
        Report = "report",
        /// What the government answered.
        Response = "response",
        /// Where the CCG stands.
        State = "state",
        /// Who has its actions: under each of them.
        Owner = "owner",
        /// Nothing: one list.
        None = "nothing",
    }
);

#[expect(clippy::derivable_impls, reason = "the vocabulary! macro leaves no place for #[default]")]
impl Default for Group {
    fn default() -> Self {
        Self::Theme
    }
}

/// A column that rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// Which.
    pub column: Column,
    /// The largest, latest or last first. What is blank comes last either way.
    pub descending: bool,
}

/// The widths of columns in points, where a person chose them: 40 to 900.
pub type Widths = BTreeMap<Column, u16>;

/// A way to look at the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Which rows.
    pub filter: Filter,
    /// The first counts most; nothing for the plan's own order.
    pub sort: Vec<Sort>,
    /// What they stand under.
    pub group: Group,
    /// From left to right; the number is always the first.
    pub columns: Vec<Column>,
    /// How wide they are, where that was chosen.
    pub widths: Widths,
}

impl Default for View {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            sort: Vec::new(),
            group: Group::default(),
            columns: Column::USUAL.to_vec(),
            widths: Widths::new(),
        }
    }
}

/// A view with what of it only the history knows: what was changed since its date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// The name it is kept under; blank where it is kept under none, or was changed since.
    pub name: String,
    /// The view.
    pub view: View,
    /// The recommendations that were changed since the filter's date; `None` where it has none, or nobody asked yet.
    pub changed: Option<Arc<BTreeSet<Id>>>,
}

impl Look {
    /// What is shown of a plan as at a date.
    #[must_use]
    pub fn list(&self, plan: &Plan, index: &Index, as_at: NaiveDate) -> List {
        let facts = Facts::of(plan, index, as_at);
        let order = Order::of(plan, index, &facts, &self.view.sort, as_at);
        List::of(plan, &facts, &order, &self.view.filter, self.view.group, self.changed.as_deref())
    }
}

impl View {
    /// A click on a column's heading: up, down, and back to the plan's order. With `beside`, the column comes after those
    /// that rows are sorted by already.
    pub fn sort_by(&mut self, column: Column, beside: bool) {
        sorting::click(&mut self.sort, column, beside);
    }

    /// Shows a column after the others, or hides it; the number stays.
    pub fn show_column(&mut self, column: Column, shown: bool) {
        show_column(&mut self.columns, column, shown);
    }

    /// Moves a column to a place among the others; the number stays the first.
    pub fn move_column(&mut self, column: Column, to: usize) {
        move_column(&mut self.columns, column, to);
    }

    /// The same but for how wide columns are: a pixel more is no other view.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let alike = |view: &Self| Self { widths: Widths::new(), ..view.clone() };
        alike(self) == alike(other)
    }

    /// Without themes that the plan does not have; gives how many those were.
    pub fn fit(&mut self, plan: &Plan) -> usize {
        let before = self.filter.themes.len();
        self.filter.themes.retain(|theme| theme.is_none_or(|id| plan.themes.contains_key(&id)));
        before - self.filter.themes.len()
    }
}

/// Shows a column after the others, or hides it; the number stays.
pub fn show_column(columns: &mut Vec<Column>, column: Column, shown: bool) {
    if column == Column::Reference || columns.contains(&column) == shown {
        return;
    }
    if shown {
        columns.push(column);
    } else {
        columns.retain(|other| *other != column);
    }
}

/// Moves a column to a place among those that are shown, from 0; the number stays the first.
pub fn move_column(columns: &mut Vec<Column>, column: Column, to: usize) {
    let Some(from) = columns.iter().position(|other| *other == column).filter(|from| *from > 0) else { return };
    let moved = columns.remove(from);
    columns.insert(to.clamp(1, columns.len().max(1)), moved);
}

/// Columns as the grid can show them: each once, the number first.
#[must_use]
pub fn tidy_columns(columns: impl IntoIterator<Item = Column>) -> Vec<Column> {
    let mut tidy = vec![Column::Reference];
    for column in columns {
        if !tidy.contains(&column) {
            tidy.push(column);
        }
    }
    tidy
}
