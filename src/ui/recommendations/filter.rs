//! Which rows the grid shows: all, or those that hold what is searched for.

use crate::model::{Id, Index, Plan, text};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A row of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GridRow {
    /// A theme's heading, or the heading over rows without a theme.
    Theme {
        /// The theme.
        theme: Option<Id>,
        /// How many recommendations are shown under it, if it is open.
        recommendations: usize,
        /// How many actions serve them.
        actions: usize,
        /// Folded.
        closed: bool,
    },
    /// A recommendation.
    Recommendation(Id),
}

/// The words of a recommendation and all that is shown with it, folded: what the search looks in.
/// Kept for a revision and a date, so that a keystroke costs one search of plain text.
#[derive(Debug, Default)]
pub struct SearchTexts {
    of: Option<(u64, NaiveDate)>,
    texts: BTreeMap<Id, String>,
}

impl SearchTexts {
    /// The folded texts as of a revision.
    pub fn get(&mut self, plan: &Plan, index: &Index, revision: u64, as_at: NaiveDate) -> &BTreeMap<Id, String> {
        if self.of != Some((revision, as_at)) {
            self.of = Some((revision, as_at));
            self.texts = index.recommendations.iter().map(|id| (*id, searchable(plan, index, *id, as_at))).collect();
        }
        &self.texts
    }
}

fn searchable(plan: &Plan, index: &Index, id: Id, as_at: NaiveDate) -> String {
    let mut words = String::new();
    let mut add = |text: &str| {
        words.push_str(text);
        words.push('\n');
    };
    if let Some(row) = plan.recommendations.get(&id) {
        for text in [
            &row.reference,
            &row.title,
            &row.text,
            &row.local_title,
            &row.local_text,
            &row.response_status,
            &row.response,
        ] {
            add(text);
        }
    }
    for position in index.positions_at(plan, id, as_at) {
        add(&position.text);
        add(position.state.map_or("", crate::model::PositionState::word));
    }
    for action in index.actions(plan, id) {
        let due = index.due(plan, action).text();
        for text in [&action.text, &action.owner, &action.partners, &due] {
            add(text);
        }
    }
    text::fold(&words)
}

/// The rows to show, in order: each theme's heading and then its rows. While something is searched
/// for, themes without a match are left out and folded ones are open. A plan without themes has no
/// headings.
#[must_use]
pub fn rows(
    plan: &Plan,
    index: &Index,
    texts: &BTreeMap<Id, String>,
    query: &str,
    closed: &BTreeSet<Option<Id>>,
) -> Vec<GridRow> {
    let wanted = text::fold(query.trim());
    let mut shown: Vec<(Option<Id>, Vec<Id>)> =
        plan.themes_in_order().iter().map(|theme| (Some(theme.id), Vec::new())).collect();
    shown.push((None, Vec::new()));
    let places: BTreeMap<Option<Id>, usize> = shown.iter().enumerate().map(|(i, (theme, _))| (*theme, i)).collect();
    for id in &index.recommendations {
        let Some(row) = plan.recommendations.get(id) else { continue };
        let found = wanted.is_empty() || texts.get(id).is_some_and(|text| text.contains(&wanted));
        if found {
            let theme = row.theme.filter(|theme| plan.themes.contains_key(theme));
            shown[places[&theme]].1.push(*id);
        }
    }
    let mut rows = Vec::new();
    for (theme, ids) in shown {
        if ids.is_empty() && (theme.is_none() || !wanted.is_empty()) {
            continue;
        }
        let actions: BTreeSet<Id> =
            ids.iter().flat_map(|id| index.actions(plan, *id)).map(|action| action.id).collect();
        let folded = wanted.is_empty() && closed.contains(&theme);
        if !plan.themes.is_empty() {
            rows.push(GridRow::Theme { theme, recommendations: ids.len(), actions: actions.len(), closed: folded });
        }
        if !folded {
            rows.extend(ids.into_iter().map(GridRow::Recommendation));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EditBuilder;
    use crate::model::catalogue::Catalogue;

    fn plan() -> Plan {
        let catalogue = Catalogue::francis().expect("as shipped");
        let mut plan = Plan::default();
        let mut edit = EditBuilder::new(&plan, "Add");
        catalogue.add_to(&mut edit, Id::NIL.derive(&["plan"]), &catalogue.select("all").expect("all"));
        edit.finish().apply(&mut plan).expect("fits");
        plan
    }

    fn found(plan: &Plan, query: &str) -> usize {
        let index = Index::of(plan);
        let mut texts = SearchTexts::default();
        let texts = texts.get(plan, &index, 1, NaiveDate::default());
        rows(plan, &index, texts, query, &BTreeSet::new())
            .iter()
            .filter(|row| matches!(row, GridRow::Recommendation(_)))
            .count()
    }

    #[test]
    fn the_search_narrows_and_folds() {
        let plan = plan();
        assert_eq!(found(&plan, ""), 37, "all");
        assert_eq!(found(&plan, "  "), 37, "spaces are no search");
        assert_eq!(found(&plan, "CORPORATE MEMORY"), 1, "case does not count");
        assert_eq!(found(&plan, "no such words"), 0, "none");
    }

    #[test]
    fn folded_themes_hide_their_rows_but_not_from_a_search() {
        let plan = plan();
        let index = Index::of(&plan);
        let mut texts = SearchTexts::default();
        let texts = texts.get(&plan, &index, 1, NaiveDate::default());
        let closed: BTreeSet<Option<Id>> = plan.themes.keys().map(|id| Some(*id)).collect();
        let recommendations = |query: &str| {
            rows(&plan, &index, texts, query, &closed)
                .into_iter()
                .filter(|row| matches!(row, GridRow::Recommendation(_)))
                .count()
        };
        assert_eq!(recommendations(""), 0, "all folded");
        assert_eq!(recommendations("corporate memory"), 1, "a match is shown all the same");
    }
}
