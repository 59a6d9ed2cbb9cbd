//! Two plans beside each other: what both say of a recommendation, what differs, what only one of them has.
//!
//! Recommendations belong together by report and reference, not by id: a neighbour's plan was made apart. "Same"
//! means the same words ([`super::text::same_words`]); blank is not "none", and what a shared copy left out is
//! neither ([`Told::NotShared`]). Every step goes through keyed maps, so that the work grows with the plans and no
//! faster.

mod actions;
mod filter;
mod key;
mod side;

pub use filter::{Counts, Filter, Joint, texts};
pub use key::matching;
pub use side::{Side, Told, Withheld, are_alike, due_of, source_name, whose};

use super::value::vocabulary;
use super::{Action, Id, Plan, Responsibility};
use std::collections::{HashMap, HashSet, VecDeque};

vocabulary!(
    /// How two plans stand to each other in one row.
    Status, "a status of a comparison", {
        /// Both have it, and say the same.
        Same = "same",
        /// Both have it, and something differs.
        Differs = "differs",
        /// Only our plan has it.
        OnlyMine = "only mine",
        /// Only their plan has it.
        OnlyTheirs = "only theirs",
    }
);

vocabulary!(
    /// A part of a row that is held against the other plan's.
    Part, "a part of a comparison", {
        /// The organisation's own title and wording.
        Wording = "local wording",
        /// The organisation's own answer to the recommendation.
        Acceptance = "acceptance",
        /// The government's answer, in its word.
        Response = "government response",
        /// Where the organisation stands, as at the side's date.
        Position = "position",
        /// The same in a word.
        State = "state",
        /// Which actions there are, and their words.
        Actions = "actions",
        /// How far an action has got.
        Progress = "state of an action",
        /// The role that has an action.
        Owner = "owner",
        /// Due words of an action or responsibility.
        Due = "due",
    }
);

/// Some parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts(u16);

impl Parts {
    /// Adds one.
    pub fn insert(&mut self, part: Part) {
        self.0 |= 1 << part as u16;
    }

    /// Adds others.
    pub fn extend(&mut self, others: Self) {
        self.0 |= others.0;
    }

    /// Whether it is among them.
    #[must_use]
    pub fn contains(self, part: Part) -> bool {
        self.0 & (1 << part as u16) != 0
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// All of them, in the order of [`Part::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Part> {
        Part::ALL.iter().copied().filter(move |part| self.contains(*part))
    }

    /// In words: "position, owner"; blank for none.
    #[must_use]
    pub fn words(self) -> String {
        self.iter().map(Part::word).collect::<Vec<_>>().join(", ")
    }
}

/// An action of one plan, or one that both have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pair {
    /// Ours.
    pub mine: Option<Id>,
    /// Theirs.
    pub theirs: Option<Id>,
    /// One action in two plans: it has the same id in both.
    pub joint: bool,
    /// The other plan has it too, but not here.
    pub elsewhere: bool,
    /// What differs; of an action that only one plan has, [`Part::Actions`].
    pub differs: Parts,
    /// Their notes of progress on a joint action that we have not, oldest first.
    pub news: Vec<Id>,
}

impl Pair {
    /// Whether they tell something of a joint action that we do not know: notes, or another state.
    #[must_use]
    pub fn has_progress(&self) -> bool {
        self.joint && (!self.news.is_empty() || self.differs.contains(Part::Progress))
    }
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A recommendation, with the actions that serve it.
    Recommendation,
    /// A key responsibility, with those of its actions that serve no recommendation.
    Responsibility,
    /// Actions that stand neither at a recommendation nor under a responsibility.
    Alone,
}

/// One row of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub kind: Kind,
    /// Our row.
    pub mine: Option<Id>,
    /// Theirs.
    pub theirs: Option<Id>,
    /// How they stand to each other.
    pub status: Status,
    /// What differs, in itself or in its actions.
    pub differs: Parts,
    /// What could not be held against each other because a side does not share it.
    pub not_shared: Parts,
    /// Their actions and ours.
    pub pairs: Vec<Pair>,
}

impl Row {
    /// Whether one of its actions is in both plans under one id.
    #[must_use]
    pub fn is_joint(&self) -> bool {
        self.pairs.iter().any(|pair| pair.joint)
    }

    /// Whether they tell something of a joint action that we do not know.
    #[must_use]
    pub fn has_progress(&self) -> bool {
        self.pairs.iter().any(Pair::has_progress)
    }
}

/// Two plans held against each other. Holds ids only, so that it can live beside the plans.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Recommendations in our order, those that only they have after them in theirs; then responsibilities and
    /// actions that stand at no recommendation.
    pub rows: Vec<Row>,
    /// Both have the same id: one is a copy of the other, and could be merged.
    pub one_plan: bool,
}

impl Comparison {
    /// Compares two plans, each as at its side's date.
    #[must_use]
    pub fn of(mine: Side<'_>, theirs: Side<'_>) -> Self {
        let work = Work::new(mine, theirs);
        let mut rows = work.recommendations();
        rows.extend(work.responsibilities());
        rows.extend(work.alone());
        Self { rows, one_plan: mine.plan.id() == theirs.plan.id() && !mine.plan.id().is_nil() }
    }

    /// How many recommendations stand how.
    #[must_use]
    pub fn recommendations(&self, status: Status) -> usize {
        self.rows.iter().filter(|row| row.kind == Kind::Recommendation && row.status == status).count()
    }
}

/// What is looked up again and again.
struct Work<'p> {
    mine: Side<'p>,
    theirs: Side<'p>,
}

/// Two lists brought together: in the order of the first, what only the second has after it. What has one key
/// several times is paired in its order.
fn paired<T: Copy, K: std::hash::Hash + Eq>(
    mine: &[T],
    theirs: &[T],
    key_mine: impl Fn(T) -> K,
    key_theirs: impl Fn(T) -> K,
) -> Vec<(Option<T>, Option<T>)> {
    let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::with_capacity(theirs.len());
    for (place, row) in theirs.iter().enumerate() {
        waiting.entry(key_theirs(*row)).or_default().push_back(place);
    }
    let mut taken = vec![false; theirs.len()];
    let mut pairs = Vec::with_capacity(mine.len() + theirs.len());
    for row in mine {
        let place = waiting.get_mut(&key_mine(*row)).and_then(VecDeque::pop_front);
        if let Some(place) = place {
            taken[place] = true;
        }
        pairs.push((Some(*row), place.map(|place| theirs[place])));
    }
    pairs.extend(theirs.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(row, _)| (None, Some(*row))));
    pairs
}

impl<'p> Work<'p> {
    fn new(mine: Side<'p>, theirs: Side<'p>) -> Self {
        Self { mine, theirs }
    }

    fn recommendations(&self) -> Vec<Row> {
        let (mine, theirs) = (self.mine, self.theirs);
        let keys = key::Keys::of(mine.plan, theirs.plan);
        let key = |plan: &Plan, id: Id| plan.recommendations.get(&id).map(|row| keys.of_row(row));
        let pairs = paired(
            &mine.index.recommendations,
            &theirs.index.recommendations,
            |id| key(mine.plan, id),
            |id| key(theirs.plan, id),
        );
        pairs.into_iter().map(|(ours, other)| self.recommendation(ours, other)).collect()
    }

    fn recommendation(&self, mine: Option<Id>, theirs: Option<Id>) -> Row {
        let (mut differs, mut not_shared) = (Parts::default(), Parts::default());
        if let (Some(ours), Some(other)) = (mine, theirs) {
            for part in [Part::Wording, Part::Acceptance, Part::Response, Part::Position, Part::State] {
                match self.mine.told(part, ours).same(&self.theirs.told(part, other)) {
                    Some(true) => {}
                    Some(false) => differs.insert(part),
                    None => not_shared.insert(part),
                }
            }
        }
        let of = |side: Side<'p>, id: Option<Id>| id.map(|id| side.index.actions(side.plan, id)).unwrap_or_default();
        let pairs = self.pairs(&of(self.mine, mine), &of(self.theirs, theirs));
        self.row(Kind::Recommendation, (mine, theirs), pairs, (differs, not_shared))
    }

    /// Puts a row together: what its actions differ in counts with it.
    fn row(
        &self,
        kind: Kind,
        (mine, theirs): (Option<Id>, Option<Id>),
        pairs: Vec<Pair>,
        (mut differs, mut not_shared): (Parts, Parts),
    ) -> Row {
        let shared = self.mine.shares_actions() && self.theirs.shares_actions();
        if shared {
            pairs.iter().for_each(|pair| differs.extend(pair.differs));
        } else {
            not_shared.insert(Part::Actions);
        }
        not_shared.extend(self.mine.withheld.of_actions());
        not_shared.extend(self.theirs.withheld.of_actions());
        let has = match kind {
            // it is no row of a plan: whose it is, its actions say
            Kind::Alone => (pairs.iter().any(|p| p.mine.is_some()), pairs.iter().any(|p| p.theirs.is_some())),
            _ => (mine.is_some(), theirs.is_some()),
        };
        let status = match has {
            (true, false) => Status::OnlyMine,
            (false, true) => Status::OnlyTheirs,
            _ if differs.is_empty() => Status::Same,
            _ => Status::Differs,
        };
        Row { kind, mine, theirs, status, differs, not_shared, pairs }
    }

    /// Responsibilities that have actions which serve no recommendation, or no actions at all, in either plan.
    fn responsibilities(&self) -> Vec<Row> {
        let rows = |side: Side<'p>| -> Vec<&'p Responsibility> { side.plan.responsibilities_in_order() };
        let (ours, others) = (rows(self.mine), rows(self.theirs));
        let same_id: HashSet<Id> = self.theirs.plan.responsibilities.keys().copied().collect();
        let both = |id: Id| same_id.contains(&id) && self.mine.plan.responsibilities.contains_key(&id);
        let key = |row: &Responsibility| {
            if both(row.id) { (Some(row.id), String::new()) } else { (None, super::text::words_key(&row.text)) }
        };
        let pairs = paired(&ours, &others, key, key);
        let row = |(mine, theirs): (Option<&'p Responsibility>, Option<&'p Responsibility>)| {
            let stands = |side: Side<'p>, row: Option<&Responsibility>| {
                row.is_some_and(|row| {
                    let all = side.index.actions_under(side.plan, Some(row.id));
                    all.is_empty() || all.iter().any(|action| side.serves_none(action.id))
                })
            };
            if !stands(self.mine, mine) && !stands(self.theirs, theirs) {
                return None;
            }
            Some(self.responsibility(mine, theirs))
        };
        pairs.into_iter().filter_map(row).collect()
    }

    fn responsibility(&self, mine: Option<&Responsibility>, theirs: Option<&Responsibility>) -> Row {
        let (mut differs, mut not_shared) = (Parts::default(), Parts::default());
        if let (Some(ours), Some(other)) = (mine, theirs) {
            // of one id, and reworded since
            if !side::same(&ours.text, &other.text) {
                differs.insert(Part::Wording);
            }
            match self.mine.timescales(ours.id).same(&self.theirs.timescales(other.id)) {
                Some(true) => {}
                Some(false) => differs.insert(Part::Due),
                None => not_shared.insert(Part::Due),
            }
        }
        let of = |side: Side<'p>, row: Option<&Responsibility>| -> Vec<&'p Action> {
            let Some(row) = row else { return Vec::new() };
            let mut all = side.index.actions_under(side.plan, Some(row.id));
            all.retain(|action| side.serves_none(action.id));
            all
        };
        let pairs = self.pairs(&of(self.mine, mine), &of(self.theirs, theirs));
        let ids = (mine.map(|row| row.id), theirs.map(|row| row.id));
        self.row(Kind::Responsibility, ids, pairs, (differs, not_shared))
    }

    /// Actions that stand alone, in one row.
    fn alone(&self) -> Option<Row> {
        let of = |side: Side<'p>| -> Vec<&'p Action> {
            let mut all = side.index.actions_under(side.plan, None);
            all.retain(|action| side.serves_none(action.id));
            all
        };
        let pairs = self.pairs(&of(self.mine), &of(self.theirs));
        let blank = (Parts::default(), Parts::default());
        (!pairs.is_empty()).then(|| self.row(Kind::Alone, (None, None), pairs, blank))
    }
}

#[cfg(test)]
pub(crate) mod tests;
