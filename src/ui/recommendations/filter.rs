//! The rows that the grid draws: headings, and the recommendations under those that are open.

use crate::model::view::{GroupKey, List};
use crate::model::{Id, Plan};
use std::collections::BTreeSet;

/// A row of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridRow {
    /// A heading, by its number among the grid's headings.
    Heading(usize),
    /// A recommendation.
    Recommendation(Id),
}

/// What a heading says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What it stands for.
    pub key: GroupKey,
    /// Its words.
    pub title: String,
    /// How many recommendations are shown under it, if it is open.
    pub recommendations: usize,
    /// How many actions serve them.
    pub actions: usize,
    /// Folded.
    pub closed: bool,
}

/// The rows of a list, and its headings. While something is searched for, folded headings are open: a match is never
/// hidden.
#[must_use]
pub fn rows(plan: &Plan, list: &List, closed: &BTreeSet<GroupKey>, searching: bool) -> (Vec<GridRow>, Vec<Heading>) {
    let (mut rows, mut headings) = (Vec::with_capacity(list.shown), Vec::new());
    for group in &list.groups {
        let folded = list.has_headings && !searching && closed.contains(&group.key);
        if list.has_headings {
            rows.push(GridRow::Heading(headings.len()));
            headings.push(Heading {
                key: group.key.clone(),
                title: group.key.title(plan),
                recommendations: group.rows.len(),
                actions: group.actions,
                closed: folded,
            });
        }
        if !folded {
            rows.extend(group.rows.iter().copied().map(GridRow::Recommendation));
        }
    }
    (rows, headings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::catalogue::Catalogue;
    use crate::model::view::{Group, Look, View};
    use crate::model::{EditBuilder, Index};
    use chrono::NaiveDate;

    fn plan() -> Plan {
        let catalogue = Catalogue::francis().expect("as shipped");
        let mut plan = Plan::default();
        let mut edit = EditBuilder::new(&plan, "Add");
        catalogue.add_to(&mut edit, Id::NIL.derive(&["plan"]), &catalogue.select("all").expect("all"));
        edit.finish().apply(&mut plan).expect("fits");
        plan
    }

    /// How many recommendations are drawn.
    fn drawn(plan: &Plan, query: &str, group: Group, closed: &BTreeSet<GroupKey>) -> usize {
        let mut look = Look { view: View { group, ..View::default() }, ..Look::default() };
        look.view.filter.text = query.into();
        let list = look.list(plan, &Index::of(plan), NaiveDate::default());
        let (rows, _) = rows(plan, &list, closed, !query.trim().is_empty());
        rows.iter().filter(|row| matches!(row, GridRow::Recommendation(_))).count()
    }

    #[test]
    fn the_search_narrows_and_folds() {
        let plan = plan();
        for (query, expected) in [("", 37), ("  ", 37), ("CORPORATE MEMORY", 1), ("no such words", 0)] {
            assert_eq!(drawn(&plan, query, Group::Theme, &BTreeSet::new()), expected, "{query:?}");
        }
    }

    #[test]
    fn folded_headings_hide_their_rows_but_not_from_a_search() {
        let plan = plan();
        let mut closed: BTreeSet<GroupKey> = plan.themes.keys().map(|id| GroupKey::Theme(Some(*id))).collect();
        closed.insert(GroupKey::Owner(String::new()));
        for group in [Group::Theme, Group::Owner] {
            assert_eq!(drawn(&plan, "", group, &closed), 0, "all folded, by {group}");
            assert_eq!(
                drawn(&plan, "corporate memory", group, &closed),
                1,
                "a match is shown all the same, by {group}"
            );
        }
        assert_eq!(drawn(&plan, "", Group::State, &closed), 37, "other headings were not folded");
    }
}
