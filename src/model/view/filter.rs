//! Which recommendations are shown.

use super::facts::{Facts, NO_STATE, Row, bit, place};
use crate::model::{Acceptance, Id, PositionState, text};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What is chosen; nothing chosen lets everything through. What is chosen of one kind is joined by "or", the kinds by
/// "and".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words that must stand in the recommendation or in what is shown with it; case and accents do not count.
    pub text: String,
    /// Themes; `None` for none.
    pub themes: BTreeSet<Option<Id>>,
    /// Keys of reports.
    pub reports: BTreeSet<String>,
    /// The government's responses in a word; blank for none.
    pub responses: BTreeSet<String>,
    /// The CCG's own answers; `None` for none.
    pub answers: BTreeSet<Option<Acceptance>>,
    /// States of the position; `None` for no state.
    pub states: BTreeSet<Option<PositionState>>,
    /// Owners of its actions; blank for an action without one, or no action.
    pub owners: BTreeSet<String>,
    /// What must be missing or late.
    pub switches: BTreeSet<Switch>,
    /// Only what was changed on this day or later, by the history.
    pub changed_since: Option<NaiveDate>,
}

crate::model::value::vocabulary!(
    /// Something that is so or not.
    Switch, "a switch of the filter", {
        /// No action serves it.
        NoAction = "no action",
        /// Nothing is said of where the CCG stands as at the date.
        NoPosition = "no position",
        /// Nothing shows that what is said is so.
        NoEvidence = "no evidence",
        /// An action of it is late.
        Overdue = "overdue",
    }
);

impl Switch {
    pub(super) fn holds(self, row: &Row) -> bool {
        match self {
            Self::NoAction => row.no_action,
            Self::NoPosition => row.no_position,
            Self::NoEvidence => row.no_evidence,
            Self::Overdue => row.overdue,
        }
    }
}

impl Filter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { text, themes, reports, responses, answers, states, owners, switches, changed_since } = self;
        let chosen = themes.len() + reports.len() + responses.len() + answers.len() + states.len() + owners.len();
        chosen + switches.len() == 0 && text.trim().is_empty() && changed_since.is_none()
    }

    pub(super) fn ready(&self, facts: &Facts, changed: Option<&BTreeSet<Id>>) -> Ready {
        let words = text::fold(self.text.trim());
        let state = |state: &Option<PositionState>| state.map_or(1 << NO_STATE, bit);
        let answer = |answer: &Option<Acceptance>| 1_u8 << place(*answer);
        // until the history has answered, nothing is left out for it
        let since = changed.filter(|_| self.changed_since.is_some());
        let mut ready = Ready {
            words: (!words.is_empty()).then_some(words),
            themes: chosen(&self.themes, facts.themes.all()),
            reports: chosen(&self.reports, facts.reports.all()),
            responses: chosen(&self.responses, facts.responses.all()),
            owners: chosen(&self.owners, facts.owners.all()),
            answers: self.answers.iter().map(answer).fold(0, |bits, bit| bits | bit),
            states: self.states.iter().map(state).fold(0, |bits, bit| bits | bit),
            switches: self.switches.iter().copied().collect(),
            changed: since.map(|ids| facts.rows.iter().map(|row| ids.contains(&row.id)).collect()),
            tests: Vec::new(),
        };
        ready.tests = Test::ALL.into_iter().filter(|test| ready.asks(*test)).collect();
        ready
    }
}

/// Which of all values are chosen; `None` where none was, so that all are let through.
fn chosen<T: Ord>(chosen: &BTreeSet<T>, all: &[T]) -> Option<Vec<bool>> {
    (!chosen.is_empty()).then(|| all.iter().map(|value| chosen.contains(value)).collect())
}

/// One kind of choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Theme,
    Report,
    Response,
    Answer,
    State,
    Owner,
    Switch(Switch),
    Changed,
    Text,
}

impl Test {
    /// Every kind; the search of texts, which takes longest, last.
    pub(super) const ALL: [Self; 12] = [
        Self::Theme,
        Self::Report,
        Self::Response,
        Self::Answer,
        Self::State,
        Self::Owner,
        Self::Switch(Switch::NoAction),
        Self::Switch(Switch::NoPosition),
        Self::Switch(Switch::NoEvidence),
        Self::Switch(Switch::Overdue),
        Self::Changed,
        Self::Text,
    ];
}

/// A filter made ready for the facts of a plan.
pub(super) struct Ready {
    words: Option<String>,
    themes: Option<Vec<bool>>,
    reports: Option<Vec<bool>>,
    responses: Option<Vec<bool>>,
    owners: Option<Vec<bool>>,
    answers: u8,
    states: u8,
    switches: Vec<Switch>,
    changed: Option<Vec<bool>>,
    /// The kinds that anything is chosen of: only those are asked.
    tests: Vec<Test>,
}

/// What a filter says to a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is shown.
    Shown,
    /// One kind of choice alone leaves it out: that one's other choices would show it.
    But(Test),
    /// It is not shown, and no single choice would change that.
    Out,
}

impl Ready {
    pub(super) fn fate(&self, facts: &Facts, place: usize) -> Fate {
        let row = &facts.rows[place];
        let mut failed = None;
        for test in self.tests.iter().copied() {
            if !self.passes(test, facts, place, row) {
                if failed.is_some() {
                    return Fate::Out;
                }
                failed = Some(test);
            }
        }
        failed.map_or(Fate::Shown, Fate::But)
    }

    /// Whether anything is chosen of a kind.
    fn asks(&self, test: Test) -> bool {
        match test {
            Test::Theme => self.themes.is_some(),
            Test::Report => self.reports.is_some(),
            Test::Response => self.responses.is_some(),
            Test::Answer => self.answers != 0,
            Test::State => self.states != 0,
            Test::Owner => self.owners.is_some(),
            Test::Switch(switch) => self.switches.contains(&switch),
            Test::Changed => self.changed.is_some(),
            Test::Text => self.words.is_some(),
        }
    }

    fn passes(&self, test: Test, facts: &Facts, place: usize, row: &Row) -> bool {
        let has = |chosen: &Option<Vec<bool>>, number: usize| chosen.as_ref().is_none_or(|chosen| chosen[number]);
        match test {
            Test::Theme => has(&self.themes, row.theme),
            Test::Report => has(&self.reports, row.report),
            Test::Response => has(&self.responses, row.response),
            Test::Answer => self.answers == 0 || self.answers & (1 << row.answer) != 0,
            Test::State => self.states == 0 || self.states & row.states != 0,
            Test::Owner => self.owners.is_none() || row.owners.iter().any(|owner| has(&self.owners, *owner)),
            Test::Switch(switch) => !self.switches.contains(&switch) || switch.holds(row),
            Test::Changed => has(&self.changed, place),
            Test::Text => self.words.as_ref().is_none_or(|words| facts.texts()[place].contains(words.as_str())),
        }
    }
}
