//! What both sides began from, row by row and field by field.

use crate::model::{Id, InPlan, Plan, Value};

/// What two copies began from.
#[derive(Debug, Clone, Copy)]
pub struct Bases<'a> {
    /// As this side had it then.
    pub mine: &'a Plan,
    /// As the other side had it then: the same, but for a shared copy, which began without what was withheld.
    pub theirs: &'a Plan,
    /// Where each took the other before it knew that it was taken itself: theirs as it was taken here, and ours
    /// as it was taken there. Neither holds the other.
    pub crossed: Option<(&'a Plan, &'a Plan)>,
    /// What each had when one was shared from the other: where these differ, it was withheld, and a blank in the
    /// copy is no change as long as it stays one, however often they met since.
    pub shared: Option<(&'a Plan, &'a Plan)>,
}

impl<'a> Bases<'a> {
    /// One plan that both began from.
    #[must_use]
    pub fn one(plan: &'a Plan) -> Self {
        Self { mine: plan, theirs: plan, crossed: None, shared: None }
    }

    /// The same from the other side.
    #[must_use]
    pub fn swapped(self) -> Self {
        let crossed = self.crossed.map(|(taken, given)| (given, taken));
        let shared = self.shared.map(|(mine, theirs)| (theirs, mine));
        Self { mine: self.theirs, theirs: self.mine, crossed, shared }
    }
}

/// What a row began from.
#[derive(Clone, Copy)]
pub(super) struct RowBase<'a, T> {
    mine: Option<&'a T>,
    theirs: Option<&'a T>,
    crossed: Option<(Option<&'a T>, Option<&'a T>)>,
    shared: Option<(Option<&'a T>, Option<&'a T>)>,
}

/// What a field began from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldBase {
    pub(super) mine: Value,
    pub(super) theirs: Value,
    /// Crossed copies that each decided it otherwise: either is what one side began from.
    pub(super) either: Option<[Value; 2]>,
    /// Whether there was a row.
    pub(super) known: bool,
}

impl<'a, T: InPlan> RowBase<'a, T> {
    pub(super) fn of(bases: &Bases<'a>, id: Id) -> Self {
        let row = |plan: &'a Plan| plan.row::<T>(id);
        let crossed = bases.crossed.map(|(taken, given)| (row(taken), row(given)));
        let shared = bases.shared.map(|(mine, theirs)| (row(mine), row(theirs)));
        Self { mine: row(bases.mine), theirs: row(bases.theirs), crossed, shared }
    }

    /// Whether the row was there, as this side and as the other side had it.
    pub(super) fn exists(&self) -> [bool; 2] {
        let plain = [self.mine.is_some(), self.theirs.is_some()];
        match self.crossed {
            None => plain,
            Some((taken, given)) => {
                // who left it as it was does not decide
                let then = if taken.is_some() == plain[1] { given.is_some() } else { taken.is_some() };
                [then, then]
            }
        }
    }

    /// Whether the row was in only one of the two when one was shared from the other: in this side's, in the
    /// other's.
    pub(super) fn withheld(&self) -> [bool; 2] {
        let [mine, theirs] = self.shared.map_or([false, false], |(mine, theirs)| [mine.is_some(), theirs.is_some()]);
        [mine && !theirs, theirs && !mine]
    }

    /// Whether the other side's row is as it had it when one was shared from the other.
    pub(super) fn is_as_shared(&self, theirs: &T) -> bool {
        self.shared.and_then(|(_, then)| then).is_some_and(|then| then == theirs)
    }

    /// What this and the other side had in a field when one was shared from the other, where that differs.
    pub(super) fn withheld_field(&self, name: &str) -> Option<[Value; 2]> {
        let (Some(mine), Some(theirs)) = self.shared? else { return None };
        let values = [mine, theirs].map(|row| row.get(name).unwrap_or_default());
        (values[0] != values[1]).then_some(values)
    }

    pub(super) fn field(&self, name: &str) -> FieldBase {
        let blank = || T::ENTITY.blank(name);
        let value = |row: Option<&T>| row.and_then(|row| row.get(name)).unwrap_or_else(blank);
        let (mine, theirs) = (value(self.mine), value(self.theirs));
        let [known, _] = self.exists();
        let same = |value: Value| FieldBase { mine: value.clone(), theirs: value, either: None, known };
        match self.crossed {
            None => FieldBase { mine, theirs, either: None, known: self.mine.is_some() || self.theirs.is_some() },
            Some((None, None)) => same(blank()),
            Some((Some(row), None) | (None, Some(row))) => same(value(Some(row))),
            Some((Some(taken), Some(given))) => {
                let (taken, given) = (value(Some(taken)), value(Some(given)));
                if taken == given || given == mine {
                    same(taken)
                } else if taken == theirs {
                    same(given)
                } else {
                    FieldBase { mine, theirs, either: Some([taken, given]), known }
                }
            }
        }
    }
}
