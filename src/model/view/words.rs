//! What a view shows, in words: for the paper that is printed from it, and for whoever hears it.

use super::arrange::report_name;
use super::{Filter, Group, List, Switch, View};
use crate::model::printed::day;
use crate::model::text::count;
use crate::model::{Acceptance, Plan, PositionState};

impl Switch {
    /// As the filter bar has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoAction => "No action",
            Self::NoPosition => "No position",
            Self::NoEvidence => "No evidence",
            Self::Overdue => "Overdue",
        }
    }
}

impl Group {
    /// As the menu has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Theme => "Theme",
            Self::Report => "Report",
            Self::Response => "Government response",
            Self::State => "State",
            Self::Owner => "Owner",
            Self::None => "Nothing",
        }
    }
}

impl Filter {
    /// What it lets through, kind by kind: "state: partly, gap", "no action".
    #[must_use]
    pub fn words(&self, plan: &Plan) -> Vec<String> {
        let mut parts = Vec::new();
        let mut kind = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                parts.push(format!("{name}: {}", values.join(", ")));
            }
        };
        let or = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
        let theme =
            |id| plan.themes.get(&id).map_or_else(|| "a theme that was deleted".to_owned(), |row| row.title.clone());
        kind("theme", self.themes.iter().map(|id| id.map_or_else(|| "none".to_owned(), theme)).collect());
        kind("report", self.reports.iter().map(|key| or(report_name(plan, key), "none")).collect());
        kind("government response", self.responses.iter().map(|word| or(word, "none recorded")).collect());
        let answer = |answer: &Option<Acceptance>| answer.map_or("none", Acceptance::word).to_owned();
        kind("our answer", self.answers.iter().map(answer).collect());
        let state = |state: &Option<PositionState>| state.map_or("none", PositionState::word).to_owned();
        kind("state", in_offered_order(&self.states).iter().map(state).collect());
        kind("owner", self.owners.iter().map(|name| or(name, "none")).collect());
        parts.extend(self.switches.iter().map(|switch| switch.word().to_owned()));
        parts.extend(self.changed_since.map(|date| format!("changed since {}", day(date))));
        let text = self.text.trim();
        if !text.is_empty() {
            parts.push(format!("holding “{text}”"));
        }
        parts
    }
}

/// States as they are offered, none last.
fn in_offered_order(states: &std::collections::BTreeSet<Option<PositionState>>) -> Vec<Option<PositionState>> {
    let some = states.iter().copied().filter(Option::is_some);
    some.chain(states.contains(&None).then_some(None)).collect()
}

impl View {
    /// Which rows a list of it holds and how they stand, for the paper: "14 of 22 recommendations; state: partly, gap.
    /// Sorted by next due." Blank where all of them stand as the plan has them.
    #[must_use]
    pub fn words(&self, plan: &Plan, list: &List) -> String {
        let mut sentences = Vec::new();
        let filter = self.filter.words(plan);
        if !filter.is_empty() {
            sentences.push(format!("{}; {}.", self.how_many(list), filter.join("; ")));
        }
        let keys: Vec<String> = self
            .sort
            .iter()
            .map(|sort| format!("{}{}", sort.column.spoken(), if sort.descending { ", last first" } else { "" }))
            .collect();
        if !keys.is_empty() {
            sentences.push(format!("Sorted by {}.", keys.join(", then by ")));
        }
        match self.group {
            Group::Theme | Group::None => {}
            Group::Owner => {
                sentences.push(
                    "Under each owner; a recommendation whose actions have several owners stands under each."
                        .to_owned(),
                );
            }
            group => sentences.push(format!("Grouped by {}.", group.name().to_lowercase())),
        }
        sentences.join(" ")
    }

    /// "14 of 22 recommendations", or all of them.
    #[must_use]
    pub fn how_many(&self, list: &List) -> String {
        if self.filter.is_empty() && list.shown == list.of {
            count(list.of, "recommendation")
        } else {
            format!("{} of {}", list.shown, count(list.of, "recommendation"))
        }
    }
}
