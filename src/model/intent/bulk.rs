//! Edits of several recommendations at once, each one step of undo: theme, state, an action for all of them, a
//! second one like each, deleting.

use super::{put_theme, row_name};
use crate::model::text::count;
use crate::model::timeline::DueRow;
use crate::model::{
    Action, Edit, EditBuilder, Entity, EvidenceLink, Id, Index, Link, Plan, Position, PositionState, Recommendation,
    delete, order,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// "recommendation 9", "5 recommendations".
fn named(plan: &Plan, rows: &[Id]) -> String {
    match rows {
        [row] => row_name(plan, Entity::Recommendation, *row),
        _ => count(rows.len(), "recommendation"),
    }
}

/// Of some ids those that the plan has as recommendations, each once, in their order.
fn there(plan: &Plan, rows: &[Id]) -> Vec<Id> {
    let mut seen = BTreeSet::new();
    rows.iter().copied().filter(|id| plan.recommendations.contains_key(id) && seen.insert(*id)).collect()
}

/// The actions of recommendations, each once, in the order of the rows.
#[must_use]
pub fn actions_of_all(plan: &Plan, index: &Index, rows: &[Id]) -> Vec<Id> {
    let mut seen = BTreeSet::new();
    let actions = rows.iter().flat_map(|row| index.actions(plan, *row)).map(|action| action.id);
    actions.filter(|id| seen.insert(*id)).collect()
}

/// Where the dues of actions stand: at the timescales that were paired with an action, else at itself.
#[must_use]
pub fn due_rows(plan: &Plan, actions: &[Id]) -> Vec<DueRow> {
    let mut paired: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for row in plan.timescales.values() {
        if let Some(action) = row.action {
            paired.entry(action).or_default().push(row.id);
        }
    }
    let of = |id: &Id| {
        let own = plan.actions.get(id).is_some_and(|row| !row.due_words.is_empty() || !row.due_reading.is_empty());
        match paired.get(id).filter(|_| !own) {
            Some(timescales) => timescales.iter().map(|id| DueRow::Timescale(*id)).collect(),
            None => vec![DueRow::Action(*id)],
        }
    };
    actions.iter().flat_map(of).collect()
}

/// The theme that recommendations are put under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnderTheme {
    /// One that the plan has.
    Of(Id),
    /// A new one with an id that no row has yet, and its title.
    New(Id, String),
    /// None.
    Without,
}

/// Puts recommendations under a theme, after what stands there. Where the rows there are in the order of their
/// numbers, so are these. What stands there already stays where it is.
#[must_use]
pub fn set_theme(plan: &Plan, rows: &[Id], under: &UnderTheme) -> Edit {
    let (theme, title) = match under {
        UnderTheme::Of(id) => (Some(*id), plan.themes.get(id).map(|row| row.title.clone()).unwrap_or_default()),
        UnderTheme::New(id, title) => (Some(*id), title.trim().to_owned()),
        UnderTheme::Without => (None, String::new()),
    };
    let is_there = |row: &Recommendation| row.theme.filter(|id| plan.themes.contains_key(id)) == theme;
    let moved: Vec<Id> = there(plan, rows)
        .into_iter()
        .filter(|id| plan.recommendations.get(id).is_some_and(|row| !is_there(row)))
        .collect();
    let label = match under {
        UnderTheme::Without => format!("Take {} out of its theme", named(plan, &moved)),
        _ => format!("Move {} to theme “{title}”", named(plan, &moved)),
    };
    let label = if moved.len() > 1 { label.replace("of its theme", "of their themes") } else { label };
    let mut edit = EditBuilder::new(plan, label);
    if moved.is_empty() {
        return edit.finish();
    }
    if let UnderTheme::New(id, title) = under {
        put_theme(&mut edit, *id, title.trim());
    }
    let last = plan.recommendations.values().filter(|row| is_there(row)).map(|row| row.order.as_str()).max();
    // where nothing has a place of its own, numbers say the order
    let numbered = last.is_some_and(str::is_empty);
    let keys = if numbered { vec![String::new(); moved.len()] } else { order::after(last.unwrap_or(""), moved.len()) };
    for (id, key) in moved.into_iter().zip(keys) {
        edit.update::<Recommendation>(id, |row| (row.theme, row.order) = (theme, key));
    }
    edit.finish()
}

/// What setting the state of positions would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatesSet {
    /// Positions of the date, or undated, that get another state.
    pub changed: usize,
    /// Recommendations that get a new position as at the date, with the words of the one before.
    pub continued: usize,
    /// Recommendations without a position, that get one without words.
    pub begun: usize,
    /// Recommendations that are in that state already.
    pub same: usize,
}

/// Sets the state of the positions of recommendations as at a date, and says what that comes to. A position of an
/// earlier date is history: it stays, and a new one goes on with its words. `new` is an id that no row has yet.
#[must_use]
pub fn set_position_states(
    plan: &Plan,
    index: &Index,
    rows: &[Id],
    as_at: NaiveDate,
    state: Option<PositionState>,
    new: Id,
) -> (Edit, StatesSet) {
    let rows = there(plan, rows);
    let label = match state {
        Some(state) => format!("Set the position of {} to {state}", named(plan, &rows)),
        None => format!("Clear the state of {}", named(plan, &rows)),
    };
    let mut edit = EditBuilder::new(plan, label);
    let mut set = StatesSet::default();
    for id in rows {
        let now = index.positions_at(plan, id, as_at);
        let mut put = |text: &str| {
            let position = new.derive(&["position", &id.to_string()]);
            edit.put(&Position { id: position, recommendation: id, as_at: Some(as_at), text: text.to_owned(), state });
        };
        match now.last() {
            _ if now.iter().all(|position| position.state == state) && (!now.is_empty() || state.is_none()) => {
                set.same += 1;
            }
            Some(last) if last.as_at.is_none_or(|date| date == as_at) => {
                set.changed += 1;
                for position in now {
                    edit.update::<Position>(position.id, |row| row.state = state);
                }
            }
            Some(last) => {
                set.continued += 1;
                put(&last.text);
            }
            None => {
                set.begun += 1;
                put("");
            }
        }
    }
    (edit.finish(), set)
}

/// Puts an action at the end of the actions of recommendations that it does not serve yet.
fn put_links(edit: &mut EditBuilder<'_>, rows: &[Id], action: Id) {
    let mut last: BTreeMap<Id, &str> = BTreeMap::new();
    for link in edit.plan().links.values() {
        let order = last.entry(link.recommendation).or_default();
        *order = (*order).max(link.order.as_str());
    }
    for row in rows {
        let id = Link::id_of(*row, action);
        if edit.current::<Link>(id).is_none() {
            let order = order::between(last.get(row).copied().unwrap_or_default(), "");
            edit.put(&Link { id, recommendation: *row, action, order });
        }
    }
}

/// Lets an action that the plan has serve recommendations; those it serves already stay as they are.
#[must_use]
pub fn link_to_all(plan: &Plan, rows: &[Id], action: Id) -> Edit {
    let serves = |row: &Id| plan.links.contains_key(&Link::id_of(*row, action));
    let rows: Vec<Id> = there(plan, rows).into_iter().filter(|row| !serves(row)).collect();
    let mut edit = EditBuilder::new(plan, format!("Link an action to {}", named(plan, &rows)));
    if plan.actions.contains_key(&action) {
        put_links(&mut edit, &rows, action);
    }
    edit.finish()
}

/// Adds an action that serves all of some recommendations.
#[must_use]
pub fn add_to_all(plan: &Plan, rows: &[Id], action: Action) -> Edit {
    let rows = there(plan, rows);
    let mut edit = EditBuilder::new(plan, format!("Add an action to {}", named(plan, &rows)));
    let id = action.id;
    super::put_action(&mut edit, action, None);
    put_links(&mut edit, &rows, id);
    edit.finish()
}

/// A reference like another that is free: "9a" for "9", "9b" where that is taken, "10b" for "10a".
#[must_use]
pub fn free_reference(reference: &str, taken: impl Fn(&str) -> bool) -> String {
    let whole = reference.trim();
    let stem = whole
        .strip_suffix(|c: char| c.is_ascii_lowercase())
        .filter(|stem| stem.ends_with(|c: char| c.is_ascii_digit()));
    let stem = stem.unwrap_or(whole);
    let stem = if stem.is_empty() { "New " } else { stem };
    let mut number = 0_usize;
    loop {
        // a to z, then aa, ab …: as columns of a sheet are counted
        let (mut rest, mut letters) = (number, String::new());
        loop {
            letters.insert(0, char::from(b'a' + u8::try_from(rest % 26).unwrap_or(0)));
            if rest < 26 {
                break;
            }
            rest = rest / 26 - 1;
        }
        let free = format!("{stem}{letters}");
        if !taken(&free) {
            return free;
        }
        number += 1;
    }
}

/// Adds a recommendation like each of some, right behind it, under a reference that is free: the words as they are
/// shown as its own, the answers, the positions as at a date; the same actions and the same evidence. Gives the edit
/// and the new rows. `new` is an id that no row has yet.
#[must_use]
pub fn duplicate(plan: &Plan, index: &Index, rows: &[Id], as_at: NaiveDate, new: Id) -> (Edit, Vec<Id>) {
    let rows = there(plan, rows);
    let mut edit = EditBuilder::new(plan, format!("Duplicate {}", named(plan, &rows)));
    let mut taken: BTreeSet<(String, String)> =
        plan.recommendations.values().map(|row| (row.report.clone(), row.reference.to_lowercase())).collect();
    let ordered: Vec<&Recommendation> =
        index.recommendations.iter().filter_map(|id| plan.recommendations.get(id)).collect();
    let next: BTreeMap<Id, &Recommendation> = ordered.windows(2).map(|pair| (pair[0].id, pair[1])).collect();
    let mut made = Vec::new();
    for row in rows.iter().filter_map(|id| plan.recommendations.get(id)) {
        let id = new.derive(&["duplicate", &row.id.to_string()]);
        let is_taken = |reference: &str| taken.contains(&(row.report.clone(), reference.to_lowercase()));
        let reference = free_reference(&row.reference, is_taken);
        taken.insert((row.report.clone(), reference.to_lowercase()));
        // rows of one sort key stand by their numbers
        let behind = next.get(&row.id).filter(|next| next.theme == row.theme).map_or("", |next| next.order.as_str());
        let tied = behind == row.order;
        let order = if tied || row.order.is_empty() { row.order.clone() } else { order::between(&row.order, behind) };
        edit.put(&Recommendation {
            id,
            order,
            reference,
            title: row.shown_title().to_owned(),
            text: row.shown_text().to_owned(),
            local_title: String::new(),
            local_text: String::new(),
            ..row.clone()
        });
        duplicate_what_belongs(&mut edit, index, row.id, id, as_at);
        made.push(id);
    }
    (edit.finish(), made)
}

/// Positions of the date as rows of their own; actions and evidence by links.
fn duplicate_what_belongs(edit: &mut EditBuilder<'_>, index: &Index, from: Id, to: Id, as_at: NaiveDate) {
    let plan = edit.plan();
    for position in index.positions_at(plan, from, as_at) {
        let id = to.derive(&["position", &position.id.to_string()]);
        edit.put(&Position { id, recommendation: to, ..position.clone() });
    }
    let actions = index.actions(plan, from);
    for (action, order) in actions.iter().zip(order::after("", actions.len())) {
        edit.put(&Link { id: Link::id_of(to, action.id), recommendation: to, action: action.id, order });
    }
    let evidence = index.evidence(plan, from);
    for (shown, order) in evidence.iter().zip(order::after("", evidence.len())) {
        let id = EvidenceLink::id_of(to, shown.id);
        edit.put(&EvidenceLink { id, recommendation: to, evidence: shown.id, order });
    }
}

/// Deletes recommendations with what belongs to them; their actions and their evidence stay. The bin has them from
/// then on: see [`crate::model::bin`].
#[must_use]
pub fn delete_recommendations(plan: &Plan, rows: &[Id]) -> Edit {
    let rows = there(plan, rows);
    let mut edit = EditBuilder::new(plan, format!("Delete {}", named(plan, &rows)));
    for row in rows {
        delete::row(&mut edit, Entity::Recommendation, row);
    }
    edit.finish()
}

#[cfg(test)]
mod tests;
