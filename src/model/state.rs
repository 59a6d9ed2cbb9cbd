//! How an action's state is shown: what was recorded, and what follows from it as at a date.

use super::value::vocabulary;
use super::{ActionState, Id, Plan, StateWord};
use std::collections::BTreeMap;

vocabulary!(
    /// A state of an action as people see it. Overdue and tentative are no states of their own in
    /// the plan: the one is worked out, the other stands beside the state.
    Shown, "a state of an action", {
        /// Nobody has begun.
        NotStarted = "not started",
        /// Under way.
        InProgress = "in progress",
        /// Done.
        Complete = "complete",
        /// Not done, and its due is over.
        Overdue = "overdue",
        /// Stopped for now.
        OnHold = "on hold",
        /// Given up with reason.
        NoLongerNeeded = "no longer needed",
        /// Not confirmed, so never overdue.
        Tentative = "tentative",
    }
);

impl Shown {
    /// A recorded state as it is shown.
    #[must_use]
    pub fn of(state: ActionState) -> Self {
        match state {
            ActionState::NotStarted => Self::NotStarted,
            ActionState::InProgress => Self::InProgress,
            ActionState::Complete => Self::Complete,
            ActionState::OnHold => Self::OnHold,
            ActionState::NoLongerNeeded => Self::NoLongerNeeded,
        }
    }

    /// The same of something that may be tentative: what is over stays so.
    #[must_use]
    pub fn tentative(self, is: bool) -> Self {
        let open = matches!(self, Self::NotStarted | Self::InProgress | Self::OnHold);
        if is && open { Self::Tentative } else { self }
    }

    /// The same of something that may be late: what is over, on hold or tentative never is.
    #[must_use]
    pub fn overdue(self, is: bool) -> Self {
        let open = matches!(self, Self::NotStarted | Self::InProgress);
        if is && open { Self::Overdue } else { self }
    }

    /// The letter that most NHS papers give this state: blue is done, red is late, amber needs an
    /// eye, green is on its way. What has none is neither.
    #[must_use]
    pub fn usual_letter(self) -> &'static str {
        match self {
            Self::Complete => "B",
            Self::Overdue => "R",
            Self::OnHold => "A",
            Self::InProgress => "G",
            Self::NotStarted | Self::NoLongerNeeded | Self::Tentative => "",
        }
    }
}

/// A plan's own words and letters for states, by state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateWords(BTreeMap<Shown, (String, String)>);

impl StateWords {
    /// Those of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let rows = plan.state_words.values().filter_map(|row| {
            Some((Shown::from_word(&row.key)?, (row.word.trim().to_owned(), row.letter.trim().to_owned())))
        });
        Self(rows.collect())
    }

    /// The word for a state, in lower case where it is ours.
    #[must_use]
    pub fn word(&self, state: Shown) -> &str {
        self.0.get(&state).map(|(word, _)| word.as_str()).filter(|word| !word.is_empty()).unwrap_or(state.word())
    }

    /// The letter for a state; blank for none.
    #[must_use]
    pub fn letter(&self, state: Shown) -> &str {
        self.0.get(&state).map_or("", |(_, letter)| letter.as_str())
    }
}

impl StateWord {
    /// The id of the word for a state in a plan, the same on every side that sets it.
    #[must_use]
    pub fn id_of(plan: Id, state: Shown) -> Id {
        plan.derive(&["state word", state.word()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_tentative_or_on_hold_is_never_overdue() {
        use ActionState::{Complete, InProgress, NoLongerNeeded, NotStarted, OnHold};
        let cases = [
            (NotStarted, false, false, Shown::NotStarted),
            (NotStarted, false, true, Shown::Overdue),
            (InProgress, false, true, Shown::Overdue),
            (InProgress, true, true, Shown::Tentative),
            (OnHold, false, true, Shown::OnHold),
            (Complete, true, true, Shown::Complete),
            (NoLongerNeeded, true, true, Shown::NoLongerNeeded),
        ];
        for (state, tentative, overdue, shown) in cases {
            assert_eq!(
                Shown::of(state).tentative(tentative).overdue(overdue),
                shown,
                "{state}, {tentative}, {overdue}"
            );
        }
    }

    #[test]
    fn a_plan_without_words_of_its_own_has_ours_and_no_letters() {
        let mut plan = Plan::default();
        let row = StateWord {
            id: StateWord::id_of(Id::NIL, Shown::Complete),
            key: "complete".into(),
            word: "Delivered".into(),
            letter: "B".into(),
        };
        plan.state_words.insert(row.id, row);
        let words = StateWords::of(&plan);
        assert_eq!((words.word(Shown::Complete), words.letter(Shown::Complete)), ("Delivered", "B"));
        assert_eq!((words.word(Shown::Overdue), words.letter(Shown::Overdue)), ("overdue", ""), "not set");
    }
}
