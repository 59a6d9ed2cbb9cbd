//! Which cards are shown.

use super::{Entry, Timeline};
use crate::model::state::Shown;
use crate::model::text::{fold, same_words};
use crate::model::{Id, Plan};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeSet, HashSet};

/// Whose cards are "mine": the names and roles of the person at the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mine(pub Vec<String>);

impl Mine {
    /// From what stands in the settings: names and roles with commas, semicolons or line ends between.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let names = text.split([';', ',', '\n']).map(str::trim).filter(|name| !name.is_empty());
        Self(names.map(str::to_owned).collect())
    }
}

/// What is chosen; nothing chosen lets everything through. What is chosen of one kind is joined by
/// "or", the kinds by "and".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words that must stand in the card, its actions, owners or recommendation numbers.
    pub text: String,
    /// Owners; blank for none.
    pub owners: BTreeSet<String>,
    /// Partners; blank for none.
    pub partners: BTreeSet<String>,
    /// Responsibilities; `None` for none.
    pub responsibilities: BTreeSet<Option<Id>>,
    /// Themes of the recommendations it serves; `None` for none.
    pub themes: BTreeSet<Option<Id>>,
    /// Recommendations; `None` for those that serve none.
    pub recommendations: BTreeSet<Option<Id>>,
    /// States as they are shown.
    pub states: BTreeSet<Shown>,
    /// Only those of the person at the screen.
    pub only_mine: bool,
    /// Who that is.
    pub mine: Mine,
    /// Only what falls due, or is to be looked at, soon.
    pub only_soon: bool,
    /// How soon, in weeks from the as-at date: 1 to 52.
    pub weeks: u32,
    /// Only what was put off twice or more.
    pub slipped_twice: bool,
}

/// One kind of choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Text,
    Owner,
    Partner,
    Responsibility,
    Theme,
    Recommendation,
    State,
    Mine,
    Soon,
    SlippedTwice,
}

impl Test {
    pub(super) const ALL: &'static [Self] = &[
        Self::Text,
        Self::Owner,
        Self::Partner,
        Self::Responsibility,
        Self::Theme,
        Self::Recommendation,
        Self::State,
        Self::Mine,
        Self::Soon,
        Self::SlippedTwice,
    ];

    /// Whether it is on or off, with nothing to choose from.
    pub(super) fn is_switch(self) -> bool {
        matches!(self, Self::Mine | Self::Soon | Self::SlippedTwice)
    }
}

/// A filter made ready for one timeline and one date.
pub(super) struct Ready<'f> {
    filter: &'f Filter,
    as_at: NaiveDate,
    soon_until: NaiveDate,
    owners: People,
    partners: People,
    mine: HashSet<u32>,
    /// Whether each entry has the words.
    has_words: Option<Vec<bool>>,
}

struct People {
    none: bool,
    numbers: HashSet<u32>,
}

impl People {
    fn of(timeline: &Timeline, chosen: &BTreeSet<String>) -> Self {
        let numbers = chosen.iter().filter_map(|name| timeline.names.known(name)).collect();
        Self { none: chosen.contains(""), numbers }
    }

    fn has(&self, numbers: &[u32]) -> bool {
        (self.none && numbers.is_empty()) || numbers.iter().any(|number| self.numbers.contains(number))
    }
}

impl Filter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let chosen = self.owners.len()
            + self.partners.len()
            + self.responsibilities.len()
            + self.themes.len()
            + self.recommendations.len()
            + self.states.len();
        chosen == 0 && self.text.trim().is_empty() && !self.only_mine && !self.only_soon && !self.slipped_twice
    }

    /// Takes every choice back, but not who "mine" is nor how soon "soon" is.
    pub fn clear(&mut self) {
        *self = Self { mine: std::mem::take(&mut self.mine), weeks: self.weeks, ..Self::default() };
    }

    /// How many weeks "soon" is; four where nobody said.
    #[must_use]
    pub fn soon_weeks(&self) -> u32 {
        if self.weeks == 0 { 4 } else { self.weeks.min(52) }
    }

    pub(super) fn ready<'f>(&'f self, timeline: &Timeline, plan: &Plan, as_at: NaiveDate) -> Ready<'f> {
        // a role with a comma in its name stands in the settings in parts, and two roles in one cell too
        let parts = |name: &str| name.split(',').any(|part| self.mine.0.iter().any(|mine| same_words(mine, part)));
        let is_mine = |name: &str| parts(name) || self.mine.0.iter().any(|mine| same_words(mine, name));
        let names = timeline.names.all().iter().enumerate();
        let mine = names.filter(|(_, name)| is_mine(name)).filter_map(|(at, _)| u32::try_from(at).ok());
        let words: Vec<String> = fold(&self.text).split_whitespace().map(str::to_owned).collect();
        let has_words = (!words.is_empty()).then(|| {
            let has = |text: &String| words.iter().all(|word| text.contains(word.as_str()));
            timeline.texts(plan).iter().map(has).collect()
        });
        Ready {
            filter: self,
            as_at,
            soon_until: as_at.checked_add_days(Days::new(u64::from(self.soon_weeks()) * 7)).unwrap_or(as_at),
            owners: People::of(timeline, &self.owners),
            partners: People::of(timeline, &self.partners),
            mine: mine.collect(),
            has_words,
        }
    }
}

impl Ready<'_> {
    pub(super) fn lets(&self, place: usize, entry: &Entry) -> bool {
        Test::ALL.iter().all(|test| self.passes(*test, place, entry))
    }

    pub(super) fn passes(&self, test: Test, place: usize, entry: &Entry) -> bool {
        let filter = self.filter;
        match test {
            Test::Text => self.has_words.as_ref().is_none_or(|has| has.get(place).copied().unwrap_or(false)),
            Test::Owner => filter.owners.is_empty() || self.owners.has(&entry.owners),
            Test::Partner => filter.partners.is_empty() || self.partners.has(&entry.partners),
            Test::Responsibility => {
                filter.responsibilities.is_empty() || filter.responsibilities.contains(&entry.responsibility)
            }
            Test::Theme => filter.themes.is_empty() || any_or_none(&filter.themes, &entry.themes),
            Test::Recommendation => {
                filter.recommendations.is_empty()
                    || (entry.recommendations.is_empty() && filter.recommendations.contains(&None))
                    || entry.recommendations.iter().any(|id| filter.recommendations.contains(&Some(*id)))
            }
            Test::State => {
                filter.states.is_empty()
                    || filter.states.contains(
                        &Shown::of(entry.state).tentative(entry.tentative).overdue(entry.is_overdue(self.as_at)),
                    )
            }
            Test::Mine => !filter.only_mine || self.would_pass(test, entry),
            Test::Soon => !filter.only_soon || self.would_pass(test, entry),
            Test::SlippedTwice => !filter.slipped_twice || self.would_pass(test, entry),
        }
    }

    /// What a switch would let through if it were on.
    pub(super) fn would_pass(&self, test: Test, entry: &Entry) -> bool {
        match test {
            Test::Mine => entry.owners.iter().chain(&entry.partners).any(|number| self.mine.contains(number)),
            Test::Soon => {
                let soon = |day: NaiveDate| (self.as_at..=self.soon_until).contains(&day);
                !entry.is_over() && (entry.due.last_day().is_some_and(soon) || entry.next_review.is_some_and(soon))
            }
            Test::SlippedTwice => entry.slips >= 2,
            _ => true,
        }
    }
}

fn any_or_none(chosen: &BTreeSet<Option<Id>>, of: &[Option<Id>]) -> bool {
    (of.is_empty() && chosen.contains(&None)) || of.iter().any(|id| chosen.contains(id))
}
