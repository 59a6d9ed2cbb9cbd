//! Tables that this program writes, known by their headings: their columns are not guessed.

use super::grid::{Grid, GridRow};
use super::role::Role;
use crate::model::printed;
use crate::model::state::StateWords;

/// A table that this program writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ours {
    /// The appendix, as Word and web pages have it.
    Appendix,
    /// The action plan.
    ActionPlan,
    /// The appendix as separated values.
    AppendixValues,
    /// The action plan as separated values.
    ActionPlanValues,
}

/// In a table of ours, says states in our words where a plan's own stand: its papers print those.
pub(super) fn in_our_words(grid: &mut Grid, words: &StateWords) {
    if *words == StateWords::default() || Ours::find(grid).is_none() {
        return;
    }
    for cell in grid.rows.iter_mut().flat_map(|row| &mut row.row.cells) {
        let lines = cell.text.lines().map(|line| printed::in_our_words(line, words).unwrap_or_else(|| line.to_owned()));
        cell.text = lines.collect::<Vec<_>>().join("\n");
    }
}

/// Whether a table is of a timeline that this program wrote: it shows what other papers hold.
pub(super) fn is_timeline(grid: &Grid) -> bool {
    let ours = |row: &GridRow| {
        let cells = || row.row.cells.iter().map(|cell| cell.text.as_str());
        let filled = cells().filter(|text| !text.trim().is_empty()).count();
        (filled == printed::TIMELINE.len() && printed::has_headings(cells(), &printed::TIMELINE))
            || printed::has_headings(cells(), &printed::TIMELINE_VALUES)
    };
    grid.rows.iter().take(3).any(ours)
}

impl Ours {
    /// Each with its headings, the more telling first.
    const ALL: [(Self, &'static [&'static str]); 4] = [
        (Self::AppendixValues, printed::APPENDIX_VALUES),
        (Self::ActionPlanValues, printed::ACTION_PLAN_VALUES),
        (Self::Appendix, &printed::APPENDIX),
        (Self::ActionPlan, &printed::ACTION_PLAN),
    ];

    /// What the headings of a row are those of.
    fn of(row: &GridRow) -> Option<Self> {
        let cells = || row.row.cells.iter().map(|cell| cell.text.as_str());
        Self::ALL.into_iter().find(|(_, headings)| printed::has_headings(cells(), headings)).map(|(ours, _)| ours)
    }

    /// Where a table of ours has its header, below a caption perhaps.
    pub(super) fn find(grid: &Grid) -> Option<(Self, usize)> {
        grid.rows.iter().take(3).enumerate().find_map(|(at, row)| Some((Self::of(row)?, at)))
    }

    /// Whether a row of it is one action.
    pub(super) fn is_action_plan(self) -> bool {
        matches!(self, Self::ActionPlan | Self::ActionPlanValues)
    }

    /// What a column of ours holds.
    pub(super) fn role(self, heading: &str) -> Option<Role> {
        let values = matches!(self, Self::AppendixValues | Self::ActionPlanValues);
        let role = match heading.trim() {
            "No." if !self.is_action_plan() => Role::Reference,
            "Recommendations" if self.is_action_plan() => Role::Serves,
            "Key responsibility" if self.is_action_plan() => Role::Responsibility,
            "Recommendation" => Role::Text,
            "Government response" => Role::Response,
            "Current position" => Role::Position,
            "Actions" | "Action" => Role::Action,
            "Owner" => Role::Owner,
            "Partners" => Role::Partners,
            "Timescale" => Role::Due,
            "State" => Role::State,
            "Theme" if values => Role::Theme,
            "Title" if values => Role::Title,
            "Acceptance" if values => Role::Acceptance,
            "Why" if values => Role::Reasons,
            "Position as at" if values => Role::PositionDate,
            "Position in a word" if values => Role::PositionState,
            "Evidence" if values => Role::Evidence,
            "Overdue" if values => Role::Computed,
            _ => return None,
        };
        Some(role)
    }
}
