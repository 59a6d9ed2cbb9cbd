//! Where the CCG stood at any two dates, and new positions of a date.

use crate::model::intent::row_name;
use crate::model::plan::current_of;
use crate::model::{Edit, EditBuilder, Entity, Id, Plan, Position, PositionState};
use chrono::NaiveDate;

/// A moment that a position is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// What came without a date.
    Undated,
    /// As at a date.
    On(NaiveDate),
}

impl Moment {
    /// In words: "28 May 2013", "Undated".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Undated => "Undated".to_owned(),
            Self::On(date) => date.format("%-d %B %Y").to_string(),
        }
    }
}

/// Where the CCG stood at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The moment that was asked for.
    pub moment: Moment,
    /// The date that the words speak for; none where they came undated, or there are none.
    pub speaks: Option<NaiveDate>,
    /// What was said, positions of one date under each other; blank where nothing was.
    pub text: String,
    /// The states that were given, in the same order, each once.
    pub states: Vec<PositionState>,
    /// Whether there was a position at all: a blank one is one.
    pub any: bool,
}

impl Stand {
    /// Where the CCG stood, from a recommendation's positions in date order.
    #[must_use]
    pub fn of(positions: &[&Position], moment: Moment) -> Self {
        let there: Vec<&Position> = match moment {
            Moment::Undated => positions.iter().copied().filter(|row| row.as_at.is_none()).collect(),
            Moment::On(date) => current_of(positions, date),
        };
        let texts: Vec<&str> = there.iter().map(|row| row.text.as_str()).filter(|text| !text.is_empty()).collect();
        let mut states: Vec<PositionState> = Vec::new();
        for state in there.iter().filter_map(|row| row.state) {
            if !states.contains(&state) {
                states.push(state);
            }
        }
        let (text, any) = (texts.join("\n"), !there.is_empty());
        Self { moment, speaks: there.first().and_then(|row| row.as_at), text, states, any }
    }

    /// What is said above it: "As at 1 June 2013, from the position of 28 May 2013".
    #[must_use]
    pub fn heading(&self) -> String {
        match (self.moment, self.speaks) {
            (Moment::Undated, _) => "Undated".to_owned(),
            (moment, None) if self.any => format!("As at {}, from an undated position", moment.words()),
            (moment, None) => format!("As at {}: no position yet", moment.words()),
            (Moment::On(date), Some(speaks)) if speaks == date => format!("As at {}", self.moment.words()),
            (moment, Some(speaks)) => {
                format!("As at {}, from the position of {}", moment.words(), Moment::On(speaks).words())
            }
        }
    }

    /// What came of the state between then and now: "Gap, then Partly"; blank where neither has one, or it
    /// is the same.
    #[must_use]
    pub fn state_change(&self, now: &Self) -> String {
        let words = |states: &[PositionState]| match states {
            [] => "no state".to_owned(),
            states => states.iter().map(|state| state.word()).collect::<Vec<_>>().join(" and "),
        };
        if self.states == now.states {
            return String::new();
        }
        format!("{}, now {}", words(&self.states), words(&now.states))
    }
}

/// The moments that a recommendation's positions speak for, from the first: undated before any date.
#[must_use]
pub fn moments(positions: &[&Position]) -> Vec<Moment> {
    let mut all: Vec<Moment> = positions.iter().map(|row| row.as_at.map_or(Moment::Undated, Moment::On)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The two moments that are held against each other at first: now is the view's date, then is the moment of the
/// last position before the one that speaks now; without one, of the first after it.
#[must_use]
pub fn usual(positions: &[&Position], as_at: NaiveDate) -> (Moment, Moment) {
    let now = Moment::On(as_at);
    let speaks = Stand::of(positions, now).speaks.map_or(Moment::Undated, Moment::On);
    let all = moments(positions);
    let before = all.iter().copied().rfind(|moment| *moment < speaks);
    let after = all.iter().copied().find(|moment| *moment > speaks);
    match (before, after) {
        (Some(before), _) => (before, now),
        (None, Some(after)) => (now, after),
        (None, None) => (now, now),
    }
}

/// The positions of a recommendation that are of exactly this date.
#[must_use]
pub fn as_dated<'p>(positions: &[&'p Position], date: NaiveDate) -> Vec<&'p Position> {
    positions.iter().copied().filter(|row| row.as_at == Some(date)).collect()
}

/// A new position of a date, which begins with the words and the state of the one before it: what stood there
/// stays readable. Nothing where one of that date stands already: that one is to be edited.
#[must_use]
pub fn start_position(plan: &Plan, recommendation: Id, new: Id, date: NaiveDate) -> Edit {
    let positions = plan.positions_of(recommendation);
    if !as_dated(&positions, date).is_empty() {
        return Edit::default();
    }
    let before = current_of(&positions, date).last().copied().cloned().unwrap_or_default();
    let name = row_name(plan, Entity::Recommendation, recommendation);
    let mut edit = EditBuilder::new(plan, format!("New position on {name} as at {}", Moment::On(date).words()));
    edit.put(&Position { id: new, recommendation, as_at: Some(date), text: before.text, state: before.state });
    edit.finish()
}

/// Takes a position out; the others stay.
#[must_use]
pub fn delete_position(plan: &Plan, position: Id) -> Edit {
    let of = plan.positions.get(&position).map(|row| row.recommendation).unwrap_or_default();
    let label = format!("Delete a position on {}", row_name(plan, Entity::Recommendation, of));
    let mut edit = EditBuilder::new(plan, label);
    crate::model::delete::row(&mut edit, Entity::Position, position);
    edit.finish()
}
