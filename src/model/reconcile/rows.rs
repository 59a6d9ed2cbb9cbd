//! Every row of both sides, held against what it began from.

use super::base::{FieldBase, RowBase};
use super::{Change, Conflict, Kept, Lapsed, Place, Reconciled, Side, Sides, Twins, What, Why, members};
use crate::model::{Entity, Id, InPlan, Position, Value, Visit};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// All that differs. Subjects are not known yet, and stand for the rows themselves; of kept deletions there are
/// those that were changed.
pub(super) fn find(sides: &Sides<'_>) -> Reconciled {
    let mut found = Reconciled::default();
    for entity in Entity::ALL {
        entity.visit(Compare { sides, found: &mut found });
    }
    found.twins = twins(sides, &found);
    found
}

struct Compare<'a, 'p> {
    sides: &'a Sides<'p>,
    found: &'a mut Reconciled,
}

impl Visit for Compare<'_, '_> {
    type Output = ();

    fn visit<T: InPlan>(mut self) {
        let mut mine = T::rows(self.sides.mine).values().peekable();
        let mut theirs = T::rows(self.sides.theirs).values().peekable();
        loop {
            let order = match (mine.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => a.id().cmp(&b.id()),
            };
            let ours = if order == Ordering::Greater { None } else { mine.next() };
            let others = if order == Ordering::Less { None } else { theirs.next() };
            match (ours, others) {
                (Some(a), Some(b)) if a != b => self.both(a, b),
                (Some(a), None) => self.only_mine(a),
                (None, Some(b)) => self.only_theirs(b),
                _ => {}
            }
        }
    }
}

impl<'p> Compare<'_, 'p> {
    fn base<T: InPlan>(&self, id: Id) -> RowBase<'p, T> {
        RowBase::of(&self.sides.bases, id)
    }

    fn both<T: InPlan>(&mut self, mine: &T, theirs: &T) {
        let base = self.base::<T>(mine.id());
        let subject = (T::ENTITY, mine.id());
        for field in T::FIELDS {
            let (ours, others) = (mine.get(field).unwrap_or_default(), theirs.get(field).unwrap_or_default());
            if ours == others {
                continue;
            }
            let place = Place { entity: T::ENTITY, row: mine.id(), field };
            let withheld = base.withheld_field(field);
            let base = base.field(field);
            let judged = match &withheld {
                // they never saw what stands here, and wrote nothing
                Some([_, then]) if *then == others => Judged::Keep,
                // this copy never saw what stood there, and it was changed since
                Some([then, _]) if *then == ours && ours == T::ENTITY.blank(field) => Judged::Take(others.clone()),
                _ => judge(place, &ours, &others, &base),
            };
            match judged {
                Judged::Keep => {}
                Judged::Take(to) => {
                    let what = What::Changed { mine: ours, to };
                    self.found.changes.push(Change { place, what, subject });
                }
                Judged::Conflict => {
                    let base = (base.known && base.either.is_none()).then_some(base.mine);
                    self.found.conflicts.push(Conflict { place, base, mine: ours, theirs: others, subject });
                }
            }
        }
    }

    fn only_mine<T: InPlan>(&mut self, mine: &T) {
        let base = self.base::<T>(mine.id());
        let [_, theirs_had] = base.exists();
        let [never_theirs, _] = base.withheld();
        if !theirs_had || never_theirs {
            return;
        }
        let (entity, row) = (T::ENTITY, mine.id());
        if is_changed(mine, &base, Side::Mine) {
            let kept = Kept { entity, row, deleted_by: Side::Theirs, why: Why::Changed, subject: (entity, row) };
            self.found.deletions_kept.push(kept);
        } else {
            self.found.lapsed.push(Lapsed { entity, row, deleted_by: Side::Theirs });
            let place = Place::row(entity, row);
            self.found.changes.push(Change { place, what: What::Removed, subject: (entity, row) });
        }
    }

    fn only_theirs<T: InPlan>(&mut self, theirs: &T) {
        let base = self.base::<T>(theirs.id());
        let [mine_had, theirs_had] = base.exists();
        let (entity, row) = (T::ENTITY, theirs.id());
        let [_, never_ours] = base.withheld();
        // withheld from this copy, or made by the share in theirs: nobody added it
        if never_ours && base.is_as_shared(theirs) {
            return;
        }
        if !mine_had || !theirs_had || never_ours {
            let place = Place::row(entity, row);
            self.found.changes.push(Change { place, what: What::Added, subject: (entity, row) });
        } else if is_changed(theirs, &base, Side::Theirs) {
            let kept = Kept { entity, row, deleted_by: Side::Mine, why: Why::Changed, subject: (entity, row) };
            self.found.deletions_kept.push(kept);
        } else {
            self.found.lapsed.push(Lapsed { entity, row, deleted_by: Side::Mine });
        }
    }
}

/// Whether a row says anything else than what it began from. That it was moved among others does not count.
fn is_changed<T: InPlan>(row: &T, base: &RowBase<'_, T>, side: Side) -> bool {
    T::FIELDS.iter().filter(|field| !members::is_sort_key(field)).any(|field| {
        let now = row.get(field).unwrap_or_default();
        let untouched = base
            .withheld_field(field)
            .is_some_and(|[mine, theirs]| now == if side == Side::Mine { mine } else { theirs });
        let base = base.field(field);
        !untouched
            && match &base.either {
                Some(either) => !either.contains(&now),
                None => now != if side == Side::Mine { base.mine } else { base.theirs },
            }
    })
}

/// What is to be done about a field that the sides have otherwise.
enum Judged {
    Keep,
    Take(Value),
    Conflict,
}

fn judge(place: Place, mine: &Value, theirs: &Value, base: &FieldBase) -> Judged {
    if let Some(either) = &base.either {
        match (either.contains(mine), either.contains(theirs)) {
            (false, true) => return Judged::Keep,
            (true, false) => return Judged::Take(theirs.clone()),
            _ => {}
        }
    } else if *theirs == base.theirs {
        return Judged::Keep;
    } else if *mine == base.mine && base.mine == base.theirs {
        return Judged::Take(theirs.clone());
    }
    let together = match members::separator(place.entity, place.field) {
        Some(separator) => members::merged(&base.mine, mine, theirs, separator),
        None if members::takes_lesser(place.entity, place.field) => members::lesser(mine, theirs).clone(),
        None => return Judged::Conflict,
    };
    if together == *mine { Judged::Keep } else { Judged::Take(together) }
}

/// Positions that both sides made for one recommendation and date.
fn twins(sides: &Sides<'_>, found: &Reconciled) -> Vec<Twins> {
    let new: Vec<&Position> = found
        .changes
        .iter()
        .filter(|change| change.place.entity == Entity::Position && change.what == What::Added)
        .filter_map(|change| sides.theirs.row::<Position>(change.place.row))
        .collect();
    if new.is_empty() {
        return Vec::new();
    }
    let mut ours: BTreeMap<(Id, Option<NaiveDate>), Vec<Id>> = BTreeMap::new();
    let made_here = |row: &&Position| {
        let known = RowBase::<Position>::of(&sides.bases, row.id).exists();
        known == [false, false] && !sides.theirs.has(Entity::Position, row.id)
    };
    for row in sides.mine.positions.values().filter(made_here) {
        ours.entry((row.recommendation, row.as_at)).or_default().push(row.id);
    }
    let pairs = new.iter().flat_map(|theirs| {
        let mine = ours.get(&(theirs.recommendation, theirs.as_at)).into_iter().flatten();
        mine.map(|mine| Twins { recommendation: theirs.recommendation, mine: *mine, theirs: theirs.id })
    });
    pairs.collect()
}
