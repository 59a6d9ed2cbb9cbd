//! An edit held against a plan that moved on under it, field by field: what the edit started from is the
//! base, what the plan holds now is theirs, what the edit would write is mine.

use super::{Change, EXISTS, Edit, Entity, Id, Plan, Value, reconcile};
use std::collections::BTreeSet;

/// A field that both sides changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The kind of row.
    pub entity: Entity,
    /// Which row.
    pub row: Id,
    /// Which field.
    pub field: &'static str,
    /// What stood there before either changed it.
    pub base: Value,
    /// What stands there now.
    pub theirs: Value,
    /// What the edit would write.
    pub mine: Value,
}

/// What becomes of an edit on a plan that moved on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// It goes through, without what the plan holds already. It may be empty.
    Fits(Edit),
    /// Both sides changed something differently: a person decides.
    Clashes(Vec<Clash>),
    /// Rows that it changes are there no more.
    RowsGone(BTreeSet<(Entity, Id)>),
    /// It deletes rows that were changed meanwhile: they stay until a person decides.
    DeletesChanged(Vec<Clash>),
}

/// Holds an edit against the plan as it is now.
#[must_use]
pub fn hold(edit: &Edit, now: &Plan) -> Held {
    let exists = |wanted: &Value| -> BTreeSet<(Entity, Id)> {
        let of = edit
            .changes
            .iter()
            .filter(|change| change.field == EXISTS && (change.after == Value::Null) == (*wanted == Value::Null));
        of.map(|change| (change.entity, change.row)).collect()
    };
    let (adds, deletes) = (exists(&Value::Int(1)), exists(&Value::Null));
    let lacking = |(entity, row): &(Entity, Id)| !now.has(*entity, *row) && !adds.contains(&(*entity, *row));
    let gone: BTreeSet<_> = edit.rows().into_iter().filter(lacking).collect();
    let really_gone: BTreeSet<_> = gone.difference(&deletes).copied().collect();
    if !really_gone.is_empty() {
        return Held::RowsGone(really_gone);
    }
    let changed: Vec<Clash> = deletes.difference(&gone).flat_map(|row| changed_since(edit, now, *row)).collect();
    if !changed.is_empty() {
        return Held::DeletesChanged(changed);
    }
    let mut fits = Vec::new();
    let mut clashes = Vec::new();
    for change in &edit.changes {
        let row = (change.entity, change.row);
        // both deleted it
        if gone.contains(&row) {
            continue;
        }
        let there = now.has(change.entity, change.row);
        if change.field == EXISTS {
            if there != (change.after != Value::Null) {
                fits.push(change.clone());
            }
            continue;
        }
        let found = if there {
            now.value(change.entity, change.row, change.field).unwrap_or_default()
        } else {
            change.before.clone()
        };
        let blank = change.entity.blank(change.field);
        if found == change.after {
            continue;
        }
        let Change { entity, row: id, field, before, after } = change;
        if found == *before || (adds.contains(&row) && found == blank) {
            fits.push(Change { before: found, ..change.clone() });
        } else if let Some(after) = reconcile::together(*entity, field, before, after, &found) {
            // by the rules of merging: lists member by member, of sort keys the lesser
            fits.push(Change { before: found, after, ..change.clone() });
        } else {
            let (entity, row, field) = (*entity, *id, *field);
            clashes.push(Clash { entity, row, field, base: before.clone(), theirs: found, mine: after.clone() });
        }
    }
    fits.retain(|change| change.before != change.after);
    if clashes.is_empty() {
        Held::Fits(Edit { label: edit.label.clone(), changes: fits })
    } else {
        Held::Clashes(clashes)
    }
}

/// What a row that an edit deletes holds now and did not when the edit was made.
fn changed_since(edit: &Edit, now: &Plan, (entity, row): (Entity, Id)) -> Vec<Clash> {
    let mut changed = Vec::new();
    for field in entity.fields().iter().copied() {
        let theirs = now.value(entity, row, field).unwrap_or_default();
        let named = edit.changes.iter().find(|c| (c.entity, c.row, c.field) == (entity, row, field));
        let blank = entity.blank(field);
        let base = named.map_or_else(|| blank.clone(), |change| change.before.clone());
        // a sort key says nothing to a person: a row that was only moved goes all the same
        if base != theirs && field != "order" {
            changed.push(Clash { entity, row, field, base, theirs, mine: blank });
        }
    }
    changed
}

/// The same edit so that it starts from the plan as it is now: what both changed is written over, what it
/// deletes goes as it is now. Rows that are gone stay gone.
#[must_use]
pub fn over(edit: &Edit, now: &Plan) -> Edit {
    let mut changes = Vec::with_capacity(edit.changes.len());
    let mut deleted = BTreeSet::new();
    for change in &edit.changes {
        let row = (change.entity, change.row);
        let there = now.has(change.entity, change.row);
        let deletes =
            edit.changes.iter().any(|c| c.field == EXISTS && c.after == Value::Null && (c.entity, c.row) == row);
        if deletes {
            if there && deleted.insert(row) {
                changes.extend(deletion(now, change.entity, change.row));
            }
        } else if change.field == EXISTS {
            if !there {
                changes.push(change.clone());
            }
        } else if there {
            let before = now.value(change.entity, change.row, change.field).unwrap_or_default();
            changes.push(Change { before, ..change.clone() });
        } else {
            changes.push(change.clone());
        }
    }
    changes.retain(|change| change.before != change.after);
    Edit { label: edit.label.clone(), changes }
}

fn deletion(plan: &Plan, entity: Entity, row: Id) -> Vec<Change> {
    let emptied = plan.filled(entity, row).into_iter().map(|(field, before)| {
        let after = entity.blank(field);
        Change { entity, row, field, before, after }
    });
    let goes = Change { entity, row, field: EXISTS, before: Value::Int(1), after: Value::Null };
    emptied.filter(|change| change.before != change.after).chain([goes]).collect()
}

/// The edit that makes one plan another.
#[must_use]
pub fn difference(from: &Plan, to: &Plan, label: &str) -> Edit {
    let mut changes = Vec::new();
    for entity in Entity::ALL.iter().copied() {
        let new: BTreeSet<Id> = to.ids(entity).into_iter().collect();
        for row in from.ids(entity).into_iter().filter(|id| !new.contains(id)) {
            changes.extend(deletion(from, entity, row));
        }
        for row in new {
            let there = from.has(entity, row);
            if !there {
                changes.push(Change { entity, row, field: EXISTS, before: Value::Null, after: Value::Int(1) });
            }
            for field in entity.fields().iter().copied() {
                let before =
                    if there { from.value(entity, row, field).unwrap_or_default() } else { entity.blank(field) };
                let after = to.value(entity, row, field).unwrap_or_default();
                if before != after {
                    changes.push(Change { entity, row, field, before, after });
                }
            }
        }
    }
    Edit { label: label.to_owned(), changes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, EditBuilder, Theme};

    fn id(name: &str) -> Id {
        Id::NIL.derive(&[name])
    }

    fn plan() -> Plan {
        let mut plan = Plan::default();
        let mut edit = EditBuilder::new(&plan, "Add");
        edit.put(&Action { id: id("a"), text: "Agree it".into(), owner: "Quality lead".into(), ..Action::default() });
        edit.put(&Action { id: id("b"), text: "Report it".into(), ..Action::default() });
        edit.finish().apply(&mut plan).expect("fits");
        plan
    }

    fn with(plan: &Plan, change: impl FnOnce(&mut EditBuilder<'_>)) -> (Edit, Plan) {
        let mut edit = EditBuilder::new(plan, "Change");
        change(&mut edit);
        let edit = edit.finish();
        let mut after = plan.clone();
        edit.apply(&mut after).expect("fits");
        (edit, after)
    }

    fn owner(plan: &Plan, row: &str, words: &str) -> (Edit, Plan) {
        with(plan, |edit| edit.update::<Action>(id(row), |action| action.owner = words.into()))
    }

    #[test]
    fn what_the_other_side_left_alone_goes_through() {
        let plan = plan();
        let (mine, _) = owner(&plan, "a", "Mine");
        let (_, now) = owner(&plan, "b", "Theirs");
        assert_eq!(hold(&mine, &now), Held::Fits(mine), "another row");
    }

    #[test]
    fn the_same_on_both_sides_is_no_conflict_and_no_change() {
        let plan = plan();
        let (mine, now) = owner(&plan, "a", "Both");
        assert_eq!(hold(&mine, &now), Held::Fits(Edit { label: "Change".into(), changes: Vec::new() }));
    }

    #[test]
    fn a_field_that_both_changed_shows_all_three() {
        let plan = plan();
        let (mine, _) = owner(&plan, "a", "Mine");
        let (_, now) = owner(&plan, "a", "Theirs");
        let Held::Clashes(clashes) = hold(&mine, &now) else { panic!("both changed it") };
        let texts = [&clashes[0].base, &clashes[0].theirs, &clashes[0].mine].map(ToString::to_string);
        assert_eq!(texts, ["Quality lead", "Theirs", "Mine"]);
        let mut kept = now.clone();
        over(&mine, &now).apply(&mut kept).expect("starts from what is there now");
        assert_eq!(kept.actions[&id("a")].owner, "Mine", "once a person says so");
    }

    #[test]
    fn a_row_that_one_deleted_and_the_other_changed_waits_for_a_person() {
        let plan = plan();
        let (deletes, without) = with(&plan, |edit| edit.delete::<Action>(id("a")));
        let (mine, changed) = owner(&plan, "a", "Mine");
        assert_eq!(hold(&mine, &without), Held::RowsGone(BTreeSet::from([(Entity::Action, id("a"))])));
        let Held::DeletesChanged(changes) = hold(&deletes, &changed) else { panic!("it was changed") };
        assert_eq!(changes[0].theirs, Value::Text("Mine".into()), "what would be lost");
        let mut gone = changed.clone();
        over(&deletes, &changed).apply(&mut gone).expect("deletes it as it is now");
        assert_eq!(gone, without, "once a person says so");
        assert_eq!(hold(&deletes, &without), Held::Fits(Edit { label: "Change".into(), changes: Vec::new() }), "both");
    }

    #[test]
    fn a_list_that_both_changed_is_brought_together_and_nobody_is_asked() {
        let partners = |plan: &Plan, words: &str| {
            with(plan, |edit| edit.update::<Action>(id("a"), |action| action.partners = words.into()))
        };
        let (_, plan) = partners(&plan(), "Public Health, Healthwatch");
        let (mine, _) = partners(&plan, "Public Health, Healthwatch, Area Team");
        let (_, now) = partners(&plan, "Healthwatch");
        let Held::Fits(edit) = hold(&mine, &now) else { panic!("nothing to ask") };
        let mut both = now;
        edit.apply(&mut both).expect("starts from what is there now");
        assert_eq!(both.actions[&id("a")].partners, "Healthwatch, Area Team", "theirs out, mine in");
    }

    #[test]
    fn a_row_that_both_added_is_one() {
        let plan = plan();
        let theme = |title: &str| Theme { id: id("t"), title: title.into(), ..Theme::default() };
        let (mine, _) = with(&plan, |edit| edit.put(&theme("Complaints")));
        let (_, same) = with(&plan, |edit| edit.put(&theme("Complaints")));
        let (_, blank) = with(&plan, |edit| edit.put(&theme("")));
        let (_, other) = with(&plan, |edit| edit.put(&theme("Concerns")));
        assert!(matches!(hold(&mine, &same), Held::Fits(edit) if edit.is_empty()), "the same");
        let Held::Fits(fills) = hold(&mine, &blank) else { panic!("theirs is blank") };
        let mut filled = blank;
        fills.apply(&mut filled).expect("fits");
        assert_eq!(filled.themes[&id("t")].title, "Complaints");
        assert!(matches!(hold(&mine, &other), Held::Clashes(_)), "two titles");
    }

    #[test]
    fn the_difference_makes_one_plan_the_other() {
        let plan = plan();
        let (_, other) = with(&plan, |edit| {
            edit.delete::<Action>(id("a"));
            edit.update::<Action>(id("b"), |action| action.owner = "Somebody".into());
            edit.put(&Theme { id: id("t"), title: "Complaints".into(), ..Theme::default() });
        });
        let mut made = plan.clone();
        difference(&plan, &other, "All of it").apply(&mut made).expect("fits");
        assert_eq!(made, other);
        assert!(difference(&plan, &plan, "").is_empty(), "nothing");
    }
}
