//! Moving recommendations to another place in their theme, or into another theme.

use crate::model::order;
use crate::model::text::count;
use crate::model::{Edit, EditBuilder, Id, Plan, Recommendation};
use std::collections::BTreeSet;

/// Where recommendations are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The theme; `None` for those without one.
    pub theme: Option<Id>,
    /// The recommendation of it that they stand before; `None` for the end.
    pub before: Option<Id>,
}

/// One place further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// The recommendations of each theme in the plan's order; those without a theme come last, if there are any or
/// there are no themes.
fn by_theme(plan: &Plan) -> Vec<(Option<Id>, Vec<&Recommendation>)> {
    let mut groups: Vec<(Option<Id>, Vec<&Recommendation>)> =
        plan.themes_in_order().iter().map(|theme| (Some(theme.id), Vec::new())).collect();
    let mut loose = Vec::new();
    for row in plan.recommendations_in_order() {
        match groups.iter_mut().find(|(theme, _)| row.theme.is_some() && *theme == row.theme) {
            Some((_, rows)) => rows.push(row),
            None => loose.push(row),
        }
    }
    if !loose.is_empty() || groups.is_empty() {
        groups.push((None, loose));
    }
    groups
}

/// Puts recommendations at a place, in the order they stand in. Nothing changes where they stand there already.
#[must_use]
pub fn put_recommendations(plan: &Plan, chosen: &[Id], place: Place) -> Edit {
    let chosen: BTreeSet<Id> = chosen.iter().copied().collect();
    let groups = by_theme(plan);
    let moved: Vec<&Recommendation> =
        groups.iter().flat_map(|(_, rows)| rows).copied().filter(|row| chosen.contains(&row.id)).collect();
    let theme = place.theme.filter(|theme| plan.themes.contains_key(theme));
    let there = groups.iter().find(|(of, _)| *of == theme).map(|(_, rows)| rows.as_slice()).unwrap_or_default();
    let from = place.before.and_then(|before| there.iter().position(|row| row.id == before)).unwrap_or(there.len());
    let stays = |rows: &[&'_ Recommendation]| -> Vec<(Id, String)> {
        rows.iter().filter(|row| !chosen.contains(&row.id)).map(|row| (row.id, row.order.clone())).collect()
    };
    let (before, behind) = (stays(&there[..from]), stays(&there[from..]));
    let mut edit = EditBuilder::new(plan, label(plan, &moved, theme));
    let now = before.iter().map(|(id, _)| *id).chain(moved.iter().map(|row| row.id));
    if now.chain(behind.iter().map(|(id, _)| *id)).eq(there.iter().map(|row| row.id)) {
        return edit.finish();
    }
    let ids: Vec<Id> = moved.iter().map(|row| row.id).collect();
    set_keys(&mut edit, &before, &ids, &behind);
    for id in ids {
        edit.update::<Recommendation>(id, |row| row.theme = theme);
    }
    edit.finish()
}

/// Gives rows that stand between others keys for it; each list holds ids, and those that stay their keys, in order.
pub(super) fn set_keys(edit: &mut EditBuilder<'_>, before: &[(Id, String)], put: &[Id], behind: &[(Id, String)]) {
    let keys = |rows: &'_ [(Id, String)]| rows.iter().map(|(_, key)| key.clone()).collect::<Vec<_>>();
    let (low, high) = (keys(before), keys(behind));
    let low: Vec<&str> = low.iter().map(String::as_str).collect();
    let high: Vec<&str> = high.iter().map(String::as_str).collect();
    let fit = order::fit(&low, put.len(), &high);
    let rows = before[fit.kept..].iter().map(|(id, _)| *id).chain(put.iter().copied());
    for (id, key) in rows.chain(behind.iter().map(|(id, _)| *id)).zip(fit.keys) {
        edit.update::<Recommendation>(id, |row| row.order = key);
    }
}

/// Moves recommendations one place up or down as one block, over their theme's edge into the next theme. `None`
/// where they stand at the very beginning or end.
#[must_use]
pub fn nudge_recommendations(plan: &Plan, chosen: &[Id], step: Step) -> Option<Edit> {
    let groups = by_theme(plan);
    let is = |row: &&Recommendation| chosen.contains(&row.id);
    let place = match step {
        Step::Up => {
            let group = groups.iter().position(|(_, rows)| rows.iter().any(&is))?;
            let (theme, rows) = groups.get(group)?;
            let first = rows.iter().position(is)?;
            match first.checked_sub(1).and_then(|above| rows.get(above)) {
                Some(above) => Place { theme: *theme, before: Some(above.id) },
                None => Place { theme: groups.get(group.checked_sub(1)?)?.0, before: None },
            }
        }
        Step::Down => {
            let group = groups.iter().rposition(|(_, rows)| rows.iter().any(&is))?;
            let (theme, rows) = groups.get(group)?;
            let last = rows.iter().rposition(is)?;
            if last + 1 < rows.len() {
                Place { theme: *theme, before: rows.get(last + 2).map(|row| row.id) }
            } else {
                let (theme, rows) = groups.get(group + 1)?;
                Place { theme: *theme, before: rows.first().map(|row| row.id) }
            }
        }
    };
    Some(put_recommendations(plan, chosen, place)).filter(|edit| !edit.is_empty())
}

fn label(plan: &Plan, moved: &[&Recommendation], theme: Option<Id>) -> String {
    let what = match moved {
        [one] => format!("recommendation {}", one.reference),
        several => count(several.len(), "recommendation"),
    };
    if moved.iter().all(|row| row.theme == theme) {
        return format!("Move {what}");
    }
    match theme.and_then(|id| plan.themes.get(&id)) {
        Some(theme) => format!("Move {what} to \"{}\"", theme.title),
        None => format!("Move {what} out of its theme"),
    }
}

#[cfg(test)]
mod tests;
