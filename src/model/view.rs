//! How the grid is looked at: its columns.

use super::value::vocabulary;

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
}
