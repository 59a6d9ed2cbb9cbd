//! The action timeline on its way out: the same cards in the same lanes as the window's board, as a
//! paper, a table, a calendar, JSON or plain words. What is said of a card is said here once, so that
//! no form knows more or less than another.

pub(super) mod calendar;
mod chart;
mod json;
mod paper;
pub(super) mod table;
mod words;

pub use json::json;
pub use words::words;

pub(super) use paper::build;

use crate::model::due::{Due, Month};
use crate::model::reference::natural_cmp;
use crate::model::state::{Shown, StateWords};
use crate::model::timeline::{Board, Card, DueRow, Entry, Filter, Kind, Lane, LaneKey, Move, Timeline};
use crate::model::{Action, ActionState, Index, Plan, Responsibility, Update};
use chrono::NaiveDate;

/// A plan's timeline as at a date.
pub(super) struct View<'p> {
    pub(super) plan: &'p Plan,
    pub(super) index: &'p Index,
    pub(super) as_at: NaiveDate,
    pub(super) timeline: Timeline,
    pub(super) board: Board,
    pub(super) words: StateWords,
}

impl<'p> View<'p> {
    pub(super) fn of(plan: &'p Plan, index: &'p Index, as_at: NaiveDate) -> Self {
        let timeline = Timeline::of(plan, index);
        let board = timeline.board(plan, as_at, &Filter::default());
        Self { plan, index, as_at, timeline, board, words: StateWords::of(plan) }
    }

    /// The cards of a lane.
    pub(super) fn items<'v>(&'v self, lane: &'v Lane) -> impl Iterator<Item = Item<'v>> {
        let item = |card: &Card| {
            let entry = self.timeline.entry(card.entry)?;
            Some(Item { view: self, entry, card: *card, lane: lane.key })
        };
        lane.cards.iter().filter_map(item)
    }
}

/// A card with all that is said of it.
#[derive(Clone, Copy)]
pub(super) struct Item<'v> {
    view: &'v View<'v>,
    pub(super) entry: &'v Entry,
    card: Card,
    pub(super) lane: LaneKey,
}

impl<'v> Item<'v> {
    /// The action it is about, where it is one.
    fn action(&self) -> Option<&'v Action> {
        match self.entry.kind {
            Kind::Action(id) => self.view.plan.actions.get(&id),
            Kind::Responsibility(_) => None,
        }
    }

    pub(super) fn is_responsibility(&self) -> bool {
        matches!(self.entry.kind, Kind::Responsibility(_))
    }

    pub(super) fn text(&self) -> &'v str {
        self.entry.text(self.view.plan)
    }

    pub(super) fn owner(&self) -> String {
        self.entry.owner(self.view.plan)
    }

    /// Who else is in it: for a responsibility every partner of its actions once.
    pub(super) fn partners(&self) -> String {
        let mut partners: Vec<&str> = Vec::new();
        for action in self.action().into_iter().chain(self.under()) {
            let words = action.partners.trim();
            if !words.is_empty() && !partners.contains(&words) {
                partners.push(words);
            }
        }
        partners.join(", ")
    }

    /// The actions that a responsibility's card stands for.
    pub(super) fn under(&self) -> Vec<&'v Action> {
        self.entry.actions.iter().filter_map(|id| self.view.plan.actions.get(id)).collect()
    }

    /// The responsibility it stands under or is about.
    pub(super) fn responsibility(&self) -> Option<&'v Responsibility> {
        self.entry.responsibility().and_then(|id| self.view.plan.responsibilities.get(&id))
    }

    /// The recommendations it serves, as this plan says them.
    pub(super) fn recommendations(&self) -> Vec<String> {
        let plan = self.view.plan;
        let rows = self.entry.recommendations().iter().filter_map(|id| plan.recommendations.get(id));
        let mut names: Vec<String> = rows.map(|row| plan.reference_name(row)).collect();
        names.sort_by(|a, b| natural_cmp(a, b));
        names
    }

    /// The due as it was written.
    pub(super) fn due_words(&self) -> &'v str {
        self.entry.due_words(self.view.plan)
    }

    /// Whether a person's reading of the due words stands in place of ours.
    pub(super) fn is_overruled(&self) -> bool {
        let plan = self.view.plan;
        let code = match self.entry.row {
            DueRow::Action(id) => plan.actions.get(&id).map(|row| row.due_reading.as_str()),
            DueRow::Timescale(id) => plan.timescales.get(&id).map(|row| row.reading.as_str()),
        };
        code.and_then(Due::from_code).is_some()
    }

    /// Its dues in the order they held, the present one last.
    pub(super) fn moves(&self) -> Vec<Move<'v>> {
        self.entry.moves(self.view.plan, self.view.index)
    }

    /// What the due was before, each with why it was given up: "was May 2013: awaiting guidance".
    pub(super) fn was(&self) -> Vec<String> {
        let moves = self.moves();
        let earlier = moves.windows(2).map(|pair| match (pair[0].words, pair[1].reason.trim()) {
            ("", reason) => format!("at first without a date: {reason}").trim_end_matches(": ").to_owned(),
            (words, "") => format!("was {words}"),
            (words, reason) => format!("was {words}: {reason}"),
        });
        earlier.collect()
    }

    pub(super) fn shown(&self) -> Shown {
        self.card.state(self.entry)
    }

    pub(super) fn is_complete(&self) -> bool {
        self.entry.state == ActionState::Complete
    }

    /// The months of the year from the timeline's date in which what recurs falls.
    pub(super) fn next(&self) -> Vec<Month> {
        let first = Month::of(self.view.as_at);
        match self.entry.due {
            Due::Recurring { .. } => self.entry.due.occurrences(first, first.plus(11)),
            _ => Vec::new(),
        }
    }

    pub(super) fn is_overdue(&self) -> bool {
        self.card.overdue
    }

    /// The latest note of progress that is not dated after the timeline's date; for a responsibility
    /// that of any of its actions.
    pub(super) fn note(&self) -> Option<&'v Update> {
        let (view, as_at) = (self.view, self.view.as_at);
        let actions = self.action().into_iter().chain(self.under());
        let notes = actions.flat_map(|action| view.index.updates(view.plan, action.id));
        let told = notes.filter(|row| !row.note.trim().is_empty() && row.date.is_none_or(|day| day <= as_at));
        told.max_by_key(|row| row.date)
    }
}

/// A month as a lane's heading says it: "July 2013, Q2 2013/14".
fn month_label(month: Month) -> String {
    format!("{}, Q{} {}", month.label(), month.quarter(), month.financial_year())
}

/// A lane's heading on paper.
fn lane_label(key: LaneKey) -> String {
    match key {
        LaneKey::Month(month) => month_label(month),
        other => other.label(),
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
