//! One row of the timeline: an action with a due of its own, or a timescale of a responsibility.

use super::facets::Names;
use super::slips::{moves, slips, slips_of_timescale};
use crate::model::due::Due;
use crate::model::text::fold;
use crate::model::{Action, ActionState, Id, Index, Plan, Timescale};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The row whose due it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DueRow {
    /// An action with due words of its own, or with none at all.
    Action(Id),
    /// A timescale, of a responsibility or paired with an action.
    Timescale(Id),
}

impl DueRow {
    /// The row's id.
    #[must_use]
    pub fn id(self) -> Id {
        match self {
            Self::Action(id) | Self::Timescale(id) => id,
        }
    }
}

/// What a card is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One action.
    Action(Id),
    /// A timescale of a responsibility, with the actions that have none of their own.
    Responsibility(Id),
}

impl Kind {
    /// Its name in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Action(_) => "action",
            Self::Responsibility(_) => "responsibility",
        }
    }
}

/// A row of the timeline. What depends on a date is asked of it with that date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The row whose due it is.
    pub row: DueRow,
    /// What it is about.
    pub kind: Kind,
    /// The reading of its due words.
    pub due: Due,
    /// The reading of the words before the first revision; the same where it was never revised.
    pub first: Due,
    /// How often it was put off.
    pub slips: usize,
    /// How far it has got; for a responsibility how far its actions have, or that it was ticked.
    pub state: ActionState,
    /// Not confirmed.
    pub tentative: bool,
    /// When it was done, where that is known.
    pub done_on: Option<NaiveDate>,
    /// When it is looked at next.
    pub next_review: Option<NaiveDate>,
    /// The actions under it: none for an action.
    pub actions: Vec<Id>,
    pub(super) owners: Vec<u32>,
    pub(super) partners: Vec<u32>,
    pub(super) themes: Vec<Option<Id>>,
    pub(super) recommendations: Vec<Id>,
    pub(super) responsibility: Option<Id>,
}

impl Entry {
    /// Whether it is late as at a date.
    #[must_use]
    pub fn is_overdue(&self, as_at: NaiveDate) -> bool {
        use ActionState::{Complete, NoLongerNeeded, OnHold};
        !self.tentative && !matches!(self.state, Complete | NoLongerNeeded | OnHold) && self.due.is_past(as_at)
    }

    /// Whether nothing is left to do.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.state, ActionState::Complete | ActionState::NoLongerNeeded)
    }

    /// What it says.
    #[must_use]
    pub fn text<'p>(&self, plan: &'p Plan) -> &'p str {
        match self.kind {
            Kind::Action(id) => plan.actions.get(&id).map_or("", |row| &row.text),
            Kind::Responsibility(id) => plan.responsibilities.get(&id).map_or("", |row| &row.text),
        }
    }

    /// Who has it: for a responsibility every owner of its actions once.
    #[must_use]
    pub fn owner(&self, plan: &Plan) -> String {
        match self.kind {
            Kind::Action(id) => plan.actions.get(&id).map(|row| row.owner.clone()).unwrap_or_default(),
            Kind::Responsibility(_) => {
                let mut owners: Vec<&str> = Vec::new();
                for action in self.actions.iter().filter_map(|id| plan.actions.get(id)) {
                    if !action.owner.is_empty() && !owners.contains(&action.owner.as_str()) {
                        owners.push(&action.owner);
                    }
                }
                owners.join(", ")
            }
        }
    }

    /// The due as it was written.
    #[must_use]
    pub fn due_words<'p>(&self, plan: &'p Plan) -> &'p str {
        match self.row {
            DueRow::Action(id) => plan.actions.get(&id).map_or("", |row| &row.due_words),
            DueRow::Timescale(id) => plan.timescales.get(&id).map_or("", |row| &row.words),
        }
    }

    /// The due words before the first revision, where there was one.
    #[must_use]
    pub fn original<'p>(&self, plan: &'p Plan) -> &'p str {
        match self.row {
            DueRow::Action(id) => plan.actions.get(&id).map_or("", |row| &row.original_due_words),
            DueRow::Timescale(id) => plan.timescales.get(&id).map_or("", |row| &row.original),
        }
    }

    /// The recommendations it serves, in the grid's order.
    #[must_use]
    pub fn recommendations(&self) -> &[Id] {
        &self.recommendations
    }

    /// The responsibility it stands under or is about.
    #[must_use]
    pub fn responsibility(&self) -> Option<Id> {
        self.responsibility
    }

    pub(super) fn searched(&self, plan: &Plan) -> String {
        let mut text = format!("{}\n{}\n{}", self.text(plan), self.owner(plan), self.due_words(plan));
        for id in &self.recommendations {
            text.push_str(plan.recommendations.get(id).map_or("", |row| &row.reference));
            text.push('\n');
        }
        for action in self.actions.iter().filter_map(|id| plan.actions.get(id)) {
            text.push_str(&action.text);
            text.push('\n');
        }
        fold(&text)
    }
}

/// The actions under a responsibility that have no due of their own and are paired with no timescale.
pub(super) fn without_own_due(plan: &Plan, index: &Index, responsibility: Id) -> Vec<Id> {
    let timescales = index.timescales(plan, responsibility);
    let paired = |id: Id| timescales.iter().any(|row| row.action == Some(id));
    let under = index.actions_under(plan, Some(responsibility));
    under.into_iter().filter(|row| !has_own_due(row) && !paired(row.id)).map(|row| row.id).collect()
}

fn has_own_due(action: &Action) -> bool {
    !action.due_words.is_empty() || !action.due_reading.is_empty()
}

/// What is worked out once for all rows with the same words.
struct Readings<'p> {
    known: HashMap<(&'p str, &'p str), Due>,
    anchor: Option<NaiveDate>,
    /// Where each recommendation stands in the grid.
    places: HashMap<Id, usize>,
}

impl<'p> Readings<'p> {
    fn of(&mut self, words: &'p str, overruled: &'p str) -> Due {
        *self.known.entry((words, overruled)).or_insert_with(|| Due::of(words, overruled, self.anchor))
    }
}

/// All of a plan's entries, sorted.
pub(super) fn entries(plan: &Plan, index: &Index, names: &mut Names) -> Vec<Entry> {
    let mut readings = Readings {
        known: HashMap::new(),
        anchor: plan.due_anchor(),
        places: index.recommendations.iter().copied().zip(0..).collect(),
    };
    let mut entries = Vec::with_capacity(plan.actions.len() + plan.timescales.len());
    let headings = plan.responsibilities_in_order();
    for heading in &headings {
        let timescales = index.timescales(plan, heading.id);
        let without = if timescales.is_empty() { Vec::new() } else { without_own_due(plan, index, heading.id) };
        for row in &timescales {
            entries.push(of_timescale(plan, index, row, &without, names, &mut readings));
        }
        for action in index.actions_under(plan, Some(heading.id)) {
            if has_own_due(action) || timescales.is_empty() {
                entries.push(of_action(plan, index, action, names, &mut readings));
            }
        }
    }
    for action in index.actions_under(plan, None) {
        entries.push(of_action(plan, index, action, names, &mut readings));
    }
    entries.sort_by_key(|entry| entry.due.last_day().unwrap_or(NaiveDate::MAX));
    entries
}

fn of_action<'p>(
    plan: &'p Plan,
    index: &Index,
    action: &'p Action,
    names: &mut Names,
    readings: &mut Readings<'p>,
) -> Entry {
    let due = readings.of(&action.due_words, &action.due_reading);
    let original = action.original_due_words.as_str();
    let updates = index.updates(plan, action.id);
    let moved = !original.is_empty() || updates.iter().any(|row| !row.due.is_empty());
    let mut entry = Entry {
        row: DueRow::Action(action.id),
        kind: Kind::Action(action.id),
        due,
        first: if original.is_empty() { due } else { readings.of(original, "") },
        slips: if moved { slips(plan, &moves(plan, index, action)) } else { 0 },
        state: action.state,
        tentative: action.tentative,
        done_on: action.done_on,
        next_review: action.next_review,
        actions: Vec::new(),
        owners: Vec::new(),
        partners: Vec::new(),
        themes: Vec::new(),
        recommendations: Vec::new(),
        responsibility: action.responsibility,
    };
    gather(plan, index, &mut entry, &[action], names);
    entry
}

fn of_timescale<'p>(
    plan: &'p Plan,
    index: &Index,
    row: &'p Timescale,
    without: &[Id],
    names: &mut Names,
    readings: &mut Readings<'p>,
) -> Entry {
    let paired = row.action.and_then(|id| plan.actions.get(&id));
    let actions: Vec<Id> = if paired.is_some() { Vec::new() } else { without.to_vec() };
    let rows: Vec<&Action> = match paired {
        Some(action) => vec![action],
        None => actions.iter().filter_map(|id| plan.actions.get(id)).collect(),
    };
    let due = readings.of(&row.words, &row.reading);
    let state = if row.done { ActionState::Complete } else { together(&rows) };
    // the last of several actions says when all were done, one of them does not
    let last_done = || rows.iter().filter_map(|action| action.done_on).max().filter(|_| state == ActionState::Complete);
    let mut entry = Entry {
        row: DueRow::Timescale(row.id),
        kind: paired.map_or(Kind::Responsibility(row.responsibility), |action| Kind::Action(action.id)),
        due,
        first: if row.original.is_empty() { due } else { readings.of(&row.original, "") },
        slips: slips_of_timescale(plan, index, row),
        state,
        tentative: !row.done && !rows.is_empty() && rows.iter().all(|action| action.tentative),
        done_on: row.done_on.or_else(last_done),
        next_review: rows.iter().filter_map(|action| action.next_review).min(),
        actions,
        owners: Vec::new(),
        partners: Vec::new(),
        themes: Vec::new(),
        recommendations: Vec::new(),
        responsibility: Some(row.responsibility),
    };
    gather(plan, index, &mut entry, &rows, names);
    entry.recommendations.sort_by_key(|id| readings.places.get(id).copied());
    entry
}

/// How far several actions have got together: done when all are done with and one was done.
fn together(actions: &[&Action]) -> ActionState {
    use ActionState::{Complete, InProgress, NoLongerNeeded, NotStarted, OnHold};
    let all = |states: &[ActionState]| !actions.is_empty() && actions.iter().all(|row| states.contains(&row.state));
    if all(&[NoLongerNeeded]) {
        NoLongerNeeded
    } else if all(&[Complete, NoLongerNeeded]) {
        Complete
    } else if all(&[OnHold, Complete, NoLongerNeeded]) {
        OnHold
    } else if actions.iter().any(|row| matches!(row.state, InProgress | Complete)) {
        InProgress
    } else {
        NotStarted
    }
}

/// What an entry is filtered by: its actions' owners, partners, recommendations and their themes.
fn gather(plan: &Plan, index: &Index, entry: &mut Entry, actions: &[&Action], names: &mut Names) {
    for action in actions {
        names.split(&action.owner, &mut entry.owners);
        names.split_partners(&action.partners, &mut entry.partners);
        for row in index.served(plan, action.id) {
            if !entry.recommendations.contains(&row.id) {
                entry.recommendations.push(row.id);
            }
            if !entry.themes.contains(&row.theme) {
                entry.themes.push(row.theme);
            }
        }
    }
}
