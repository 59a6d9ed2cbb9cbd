//! What two copies began from, found by the ids of their journals' entries.
//!
//! An id is the same in every copy that has its entry. The base is the newest entry that both hold; for a shared
//! copy, the entry of the source that its share mark names, and the first of its own. Where one was merged into the
//! other before, the entry that the merge names is newer than that and goes before it.

use super::Bases;
use crate::model::{Edit, Id, Plan};
use std::collections::BTreeMap;

/// One copy with its history.
pub trait History {
    /// How reading it fails.
    type Error;

    /// The copy as it is now.
    fn plan(&self) -> &Plan;
    /// Its entries' ids, oldest first.
    fn ids(&self) -> &[Id];
    /// Ids that entries had before they were extended, with the place of the entry among [`History::ids`].
    fn was(&self) -> &[(Id, usize)];
    /// For a shared copy, the entry of its source's journal that it was made at.
    fn share_base(&self) -> Option<Id>;
    /// The edits of the entries after a place, oldest first.
    ///
    /// # Errors
    /// When the history cannot be read.
    fn edits_after(&self, place: usize) -> Result<Vec<Edit>, Self::Error>;
    /// The edit of the entry at a place.
    ///
    /// # Errors
    /// When the history cannot be read.
    fn edit_at(&self, place: usize) -> Result<Option<Edit>, Self::Error>;
}

/// Why there is no base to merge against.
#[derive(Debug, thiserror::Error)]
pub enum NoBase<E> {
    /// They are two plans, not two copies of one.
    #[error("they are different plans, not copies of one")]
    OtherPlan,
    /// Copies of one plan by their id, and yet no entry is in both journals.
    #[error("their histories have no change in common")]
    NothingCommon,
    /// The share mark names an entry that is not in the other journal.
    #[error("it is a shared copy of a plan that this file's history does not know")]
    OtherSource,
    /// History does not lead from the base to what a file holds.
    #[error("going back over its history does not lead to what both began from")]
    NotAsWritten,
    /// A file cannot be read.
    #[error(transparent)]
    Read(E),
}

/// What two copies began from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    mine: Plan,
    theirs: Option<Plan>,
    crossed: Option<Box<(Plan, Plan)>>,
    /// What each began from, where one of them is a shared copy of the other and they met since.
    shared: Option<Box<(Plan, Plan)>>,
}

impl Common {
    /// As it is needed for reconciling.
    #[must_use]
    pub fn bases(&self) -> Bases<'_> {
        Bases {
            mine: &self.mine,
            theirs: self.theirs.as_ref().unwrap_or(&self.mine),
            crossed: self.crossed.as_ref().map(|pair| (&pair.0, &pair.1)),
            shared: match (&self.theirs, &self.shared) {
                (Some(theirs), _) => Some((&self.mine, theirs)),
                (None, shared) => shared.as_ref().map(|pair| (&pair.0, &pair.1)),
            },
        }
    }
}

/// Where an entry stands in a journal, and whether it was extended since it had that id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct At {
    place: usize,
    extended: bool,
}

impl At {
    /// One that was extended since says less than the same entry as it is now.
    fn is_after(self, other: Self) -> bool {
        (self.place, !self.extended) > (other.place, !other.extended)
    }
}

/// A journal's entries by every id they ever had.
struct Places(BTreeMap<Id, At>);

impl Places {
    fn of<H: History>(side: &H) -> Self {
        let was = side.was().iter().map(|(id, place)| (*id, At { place: *place, extended: true }));
        let now = side.ids().iter().enumerate().map(|(place, id)| (*id, At { place, extended: false }));
        Self(was.chain(now).collect())
    }

    /// The newest entry that any of the ids names.
    fn newest(&self, ids: impl Iterator<Item = Id>) -> Option<At> {
        ids.filter_map(|id| self.0.get(&id).copied()).max_by_key(|at| (at.place, !at.extended))
    }
}

/// Finds what two copies began from.
///
/// # Errors
/// When they are no copies of one plan, or one of them was changed by something else than Recap.
pub fn common<H: History, G: History<Error = H::Error>>(mine: &H, theirs: &G) -> Result<Common, NoBase<H::Error>> {
    if mine.plan().id() != theirs.plan().id() {
        return Err(NoBase::OtherPlan);
    }
    let (in_mine, in_theirs) = (Places::of(mine), Places::of(theirs));
    let first = origin(mine, theirs, &in_mine, &in_theirs)?;
    // how far each was taken into the other already
    let taken = in_theirs.newest(marks(mine.plan())).filter(|at| at.is_after(first.theirs));
    let given = in_mine.newest(marks(theirs.plan())).filter(|at| at.is_after(first.mine));
    let taken = taken.map(|at| Ok((at, parted(theirs, at)?))).transpose()?;
    let given = given.map(|at| Ok((at, parted(mine, at)?))).transpose()?;
    match (taken, given) {
        (None, None) => Ok(first.common()),
        (Some((_, plan)), None) | (None, Some((_, plan))) => Ok(first.later(plan)),
        (Some((at_theirs, taken)), Some((at_mine, given))) => {
            // of two bases one that holds the other is the newer
            if in_theirs.newest(marks(&given)).is_some_and(|at| at.place >= at_theirs.place) {
                Ok(first.later(given))
            } else if in_mine.newest(marks(&taken)).is_some_and(|at| at.place >= at_mine.place) {
                Ok(first.later(taken))
            } else {
                Ok(Common { crossed: Some(Box::new((taken, given))), ..first.common() })
            }
        }
    }
}

/// The entries that a plan's marks name.
fn marks(plan: &Plan) -> impl Iterator<Item = Id> {
    plan.merge_marks.values().map(|mark| mark.entry)
}

/// The newest state that both journals lead back to.
struct Origin {
    mine: At,
    theirs: At,
    plan: Plan,
    other: Option<Plan>,
}

impl Origin {
    fn common(self) -> Common {
        Common { mine: self.plan, theirs: self.other, crossed: None, shared: None }
    }

    /// A later state that both know. What a shared copy never held is still known from how they parted.
    fn later(self, plan: Plan) -> Common {
        let shared = self.other.map(|other| Box::new((self.plan, other)));
        Common { mine: plan, theirs: None, crossed: None, shared }
    }
}

fn origin<H: History, G: History<Error = H::Error>>(
    mine: &H,
    theirs: &G,
    in_mine: &Places,
    in_theirs: &Places,
) -> Result<Origin, NoBase<H::Error>> {
    let shared_entry = in_theirs.0.iter().filter_map(|(id, theirs)| Some((*in_mine.0.get(id)?, *theirs)));
    let newest = shared_entry.max_by_key(|(mine, theirs)| (mine.place, !mine.extended, !theirs.extended));
    if let Some((at_mine, at_theirs)) = newest {
        return plain(mine, theirs, at_mine, at_theirs);
    }
    let start = At { place: 0, extended: false };
    let source = |base: Option<Id>, places: &Places| base.map(|base| places.0.get(&base).copied());
    let (at_mine, at_theirs) = match (source(theirs.share_base(), in_mine), source(mine.share_base(), in_theirs)) {
        (Some(Some(at)), _) => (at, start),
        (_, Some(Some(at))) => (start, at),
        (Some(None), _) | (_, Some(None)) => return Err(NoBase::OtherSource),
        (None, None) => return Err(NoBase::NothingCommon),
    };
    let (plan, other) = (rewound(mine, at_mine)?, rewound(theirs, at_theirs)?);
    Ok(Origin { mine: at_mine, theirs: at_theirs, plan, other: Some(other) })
}

/// Two plain copies: what each leads back to must be the same.
fn plain<H: History, G: History<Error = H::Error>>(
    mine: &H,
    theirs: &G,
    at_mine: At,
    at_theirs: At,
) -> Result<Origin, NoBase<H::Error>> {
    let (here, there) = (rewound(mine, at_mine)?, rewound(theirs, at_theirs)?);
    if !at_mine.extended && !at_theirs.extended {
        return if here == there {
            Ok(Origin { mine: at_mine, theirs: at_theirs, plan: here, other: None })
        } else {
            Err(NoBase::NotAsWritten)
        };
    }
    // one that was extended since leads back only to what the extended entry made of its field: the other one
    // knows what it said when they parted, and where both extended it nobody does
    let plan = match (at_mine.extended, at_theirs.extended) {
        (true, false) => there.clone(),
        (false, _) => here.clone(),
        (true, true) => before(mine, at_mine, here.clone())?,
    };
    if before(mine, at_mine, here)? != before(theirs, at_theirs, there)? {
        return Err(NoBase::NotAsWritten);
    }
    Ok(Origin { mine: at_mine, theirs: at_theirs, plan, other: None })
}

/// A copy as it was when it was taken. An entry that was extended since is left out: its field is asked about
/// rather than lost.
fn parted<H: History>(side: &H, at: At) -> Result<Plan, NoBase<H::Error>> {
    let plan = rewound(side, at)?;
    if at.extended { before(side, at, plan) } else { Ok(plan) }
}

/// A copy as it was after an entry. Of one that was extended since, its newest words stand.
fn rewound<H: History>(side: &H, at: At) -> Result<Plan, NoBase<H::Error>> {
    let mut plan = side.plan().clone();
    for edit in side.edits_after(at.place).map_err(NoBase::Read)?.iter().rev() {
        edit.inverse("").apply(&mut plan).map_err(|_| NoBase::NotAsWritten)?;
    }
    Ok(plan)
}

/// A copy as it was before an entry, from what it was after it.
fn before<H: History>(side: &H, at: At, mut plan: Plan) -> Result<Plan, NoBase<H::Error>> {
    if let Some(edit) = side.edit_at(at.place).map_err(NoBase::Read)? {
        edit.inverse("").apply(&mut plan).map_err(|_| NoBase::NotAsWritten)?;
    }
    Ok(plan)
}
