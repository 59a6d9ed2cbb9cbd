//! One of two plans: what it says of each part, as at its date, and what it does not share.

use super::{Part, Parts};
use crate::model::printed::day;
use crate::model::{Action, Entity, Id, Index, Plan, text};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};

/// What a shared copy left out: kinds of row by their words, and single fields, `evidence.held`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Withheld(BTreeSet<String>);

impl Withheld {
    /// What a manifest names.
    #[must_use]
    pub fn new(names: BTreeSet<String>) -> Self {
        Self(names)
    }

    /// Whether nothing was left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a field, or all rows of its kind, was left out.
    #[must_use]
    pub fn hides(&self, entity: Entity, field: &str) -> bool {
        !self.0.is_empty() && (self.0.contains(entity.word()) || self.0.contains(&format!("{entity}.{field}")))
    }

    /// The parts of actions that were left out while the actions themselves are there.
    pub(super) fn of_actions(&self) -> Parts {
        let mut parts = Parts::default();
        for (part, field) in [(Part::Progress, "state"), (Part::Owner, "owner"), (Part::Due, "due_words")] {
            if self.hides(Entity::Action, field) {
                parts.insert(part);
            }
        }
        parts
    }
}

/// What a plan says in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told<'p> {
    /// These words.
    Words(Cow<'p, str>),
    /// Nothing.
    Blank,
    /// Its copy was made without it: what it says is not known.
    NotShared,
}

impl<'p> Told<'p> {
    pub(super) fn of(words: impl Into<Cow<'p, str>>) -> Self {
        let words = words.into();
        if words.trim().is_empty() { Self::Blank } else { Self::Words(words) }
    }

    /// Whether two say the same; `None` where one of them is not shared.
    #[must_use]
    pub fn same(&self, other: &Told<'_>) -> Option<bool> {
        match (self, other) {
            (Told::NotShared, _) | (_, Told::NotShared) => None,
            (Told::Blank, Told::Blank) => Some(true),
            (Told::Words(a), Told::Words(b)) => Some(same(a, b)),
            _ => Some(false),
        }
    }

    /// The words; blank where there are none, or none are known.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Told::Words(words) => words,
            Told::Blank | Told::NotShared => "",
        }
    }
}

/// Whether two texts say the same; blank is not the same as any mark or word.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || (a.trim().is_empty() == b.trim().is_empty() && text::same_words(a, b))
}

/// Whether two texts have so much in common that marking the words which only one of them has tells something: of
/// two texts that were written apart every other word would be marked. Judged by the longer words of the shorter.
#[must_use]
pub fn are_alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let folded = text::fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
        words.map(str::to_owned).collect()
    };
    let (a, b) = (words(a), words(b));
    let least = a.len().min(b.len());
    least > 0 && a.intersection(&b).count() * 5 >= least * 2
}

/// One of the two plans.
#[derive(Debug, Clone, Copy)]
pub struct Side<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// Its rows by what they belong to.
    pub index: &'p Index,
    /// The date that positions are looked up at.
    pub as_at: NaiveDate,
    /// What it leaves out.
    pub withheld: &'p Withheld,
}

impl<'p> Side<'p> {
    /// What it says of a part of a recommendation.
    #[must_use]
    pub fn told(&self, part: Part, recommendation: Id) -> Told<'p> {
        let Some(row) = self.plan.recommendations.get(&recommendation) else { return Told::Blank };
        let hidden = |field: &str| self.withheld.hides(Entity::Recommendation, field);
        match part {
            Part::Wording if hidden("local_text") => Told::NotShared,
            Part::Wording if row.local_title.is_empty() => Told::of(row.local_text.as_str()),
            Part::Wording => Told::of(format!("{}\n{}", row.local_title, row.local_text)),
            Part::Acceptance if hidden("acceptance") => Told::NotShared,
            Part::Acceptance => row.acceptance.map_or(Told::Blank, |answer| Told::of(answer.word())),
            Part::Response if hidden("response_status") => Told::NotShared,
            Part::Response => Told::of(row.response_status.as_str()),
            Part::Position if self.withheld.hides(Entity::Position, "text") => Told::NotShared,
            Part::Position => self.position(recommendation),
            Part::State if self.withheld.hides(Entity::Position, "state") => Told::NotShared,
            Part::State => {
                let now = self.index.positions_at(self.plan, recommendation, self.as_at);
                let state = now.iter().rev().find_map(|row| row.state);
                state.map_or(Told::Blank, |state| Told::of(state.word()))
            }
            Part::Actions | Part::Progress | Part::Owner | Part::Due => Told::Blank,
        }
    }

    fn position(&self, recommendation: Id) -> Told<'p> {
        match self.index.positions_at(self.plan, recommendation, self.as_at).as_slice() {
            [] => Told::Blank,
            [only] => Told::of(only.text.as_str()),
            several => Told::of(several.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n")),
        }
    }

    /// The day that its position on a recommendation is of; `None` for none, or an undated one.
    #[must_use]
    pub fn position_day(&self, recommendation: Id) -> Option<NaiveDate> {
        self.index.positions_at(self.plan, recommendation, self.as_at).last().and_then(|row| row.as_at)
    }

    /// What it says of a part of an action.
    #[must_use]
    pub fn told_of(&self, part: Part, action: &'p Action) -> Told<'p> {
        let hidden = |field: &str| self.withheld.hides(Entity::Action, field);
        match part {
            Part::Actions => Told::of(action.text.as_str()),
            Part::Progress if hidden("state") => Told::NotShared,
            Part::Progress => Told::of(if action.tentative {
                Cow::Owned(format!("{}, tentative", action.state))
            } else {
                Cow::Borrowed(action.state.word())
            }),
            Part::Owner if hidden("owner") => Told::NotShared,
            Part::Owner => Told::of(action.owner.as_str()),
            Part::Due if hidden("due_words") => Told::NotShared,
            Part::Due => Told::of(due_of(self.plan, self.index, action)),
            _ => Told::Blank,
        }
    }

    /// The due words that stand at a responsibility.
    #[must_use]
    pub fn timescales(&self, responsibility: Id) -> Told<'p> {
        if self.withheld.hides(Entity::Timescale, "words") {
            return Told::NotShared;
        }
        let rows = self.index.timescales(self.plan, responsibility);
        Told::of(rows.iter().map(|row| row.words.as_str()).collect::<Vec<_>>().join("; "))
    }

    /// Whether actions and what they serve were not left out.
    #[must_use]
    pub fn shares_actions(&self) -> bool {
        !self.withheld.hides(Entity::Action, "text") && !self.withheld.hides(Entity::Link, "action")
    }

    /// Whether an action serves no recommendation.
    pub(super) fn serves_none(&self, action: Id) -> bool {
        !self.index.serves_any(action)
    }
}

/// The due words of an action, its own or those it inherits, without reading them: see [`Index::due`].
#[must_use]
pub fn due_of<'p>(plan: &'p Plan, index: &Index, action: &'p Action) -> Cow<'p, str> {
    if !action.due_words.is_empty() || action.responsibility.is_none() {
        return Cow::Borrowed(&action.due_words);
    }
    Cow::Owned(index.due(plan, action).text())
}

/// Whose plan one of two is, by its organisation; `else_called` where it says none, or both say the same.
#[must_use]
pub fn whose(side: Side<'_>, beside: Side<'_>, else_called: &str) -> String {
    let name = side.plan.info().organisation;
    let same = name.trim() == beside.plan.info().organisation.trim();
    if same || name.trim().is_empty() { else_called.to_owned() } else { name }
}

/// What a plan is called where something of it is named: "NHS Southmoor CCG's plan of 28 May 2013".
#[must_use]
pub fn source_name(plan: &Plan) -> String {
    let info = plan.info();
    let whose = match info.organisation.trim() {
        "" => "another organisation's plan".to_owned(),
        name => format!("{name}'s plan"),
    };
    info.as_at.map_or(whose.clone(), |date| format!("{whose} of {}", day(date)))
}
