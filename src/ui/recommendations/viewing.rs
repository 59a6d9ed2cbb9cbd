//! The view that the grid shows, and what follows from it: rows, headings, counts.

use super::Grid;
use super::cell::default_width;
use super::filter::{self, GridRow};
use crate::app::Session;
use crate::app::settings::PlanColumns;
use crate::model::view::{Column, Facets, Facts, Filter, Group, GroupKey, List, Look, Order, Sort, View};
use crate::model::{Id, Plan, SavedView};
use crate::ui::context::Ctx;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What was worked out last, and of what.
#[derive(Default)]
pub(super) struct Worked {
    /// The plan that the columns were taken from the settings for.
    plan: Option<Id>,
    facts_of: Option<(u64, NaiveDate)>,
    facts: Facts,
    order_of: Option<Vec<Sort>>,
    order: Order,
    /// What of the history the filter needs; `None` until it was read.
    changed: Option<Arc<BTreeSet<Id>>>,
    rows_of: Option<RowsOf>,
    list: List,
}

/// What rows depend on.
#[derive(Clone, PartialEq)]
struct RowsOf {
    plan: (u64, NaiveDate),
    filter: Filter,
    query: String,
    group: Group,
    sort: Vec<Sort>,
    closed: BTreeSet<GroupKey>,
    changed: Option<Arc<BTreeSet<Id>>>,
}

impl Grid {
    /// The view as it is looked at.
    #[must_use]
    pub fn view(&self) -> View {
        View {
            filter: self.whole_filter(),
            sort: self.sort.clone(),
            group: self.group,
            columns: self.columns.clone(),
            widths: self.widths.clone(),
        }
    }

    /// The filter with what stands in the search box.
    fn whole_filter(&self) -> Filter {
        Filter { text: self.narrowed_by().trim().to_owned(), ..self.filter.clone() }
    }

    /// Looks at a view.
    pub fn look_at(&mut self, view: View) {
        let View { mut filter, sort, group, columns, widths } = view;
        self.query = std::mem::take(&mut filter.text);
        (self.filter, self.sort, self.group, self.columns, self.widths) = (filter, sort, group, columns, widths);
    }

    /// The view with what the history says for it, for print and export.
    #[must_use]
    pub fn look(&self, plan: &Plan) -> Look {
        let view = self.view();
        let name = self.chosen_view(plan).filter(|_| !self.is_changed(plan)).map(|row| row.name.clone());
        Look { name: name.unwrap_or_default(), view, changed: self.worked.changed.clone() }
    }

    /// The saved view that was chosen.
    #[must_use]
    pub fn chosen_view<'p>(&self, plan: &'p Plan) -> Option<&'p SavedView> {
        self.chosen.and_then(|id| plan.saved_views.get(&id))
    }

    /// Whether what is looked at differs from the saved view that was chosen.
    #[must_use]
    pub fn is_changed(&self, plan: &Plan) -> bool {
        let Some(row) = self.chosen_view(plan) else { return false };
        let Ok(read) = View::read(&row.definition) else { return true };
        let mut kept = read.view;
        kept.fit(plan);
        !kept.is_like(&self.view())
    }

    /// Whether anything is filtered or searched for.
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        !self.filter.is_empty() || !self.narrowed_by().trim().is_empty()
    }

    /// Takes every filter back; order, headings and columns stay.
    pub fn show_all(&mut self) {
        self.filter = Filter::default();
        self.query.clear();
    }

    /// What can be chosen, with counts.
    #[must_use]
    pub(super) fn facets(&self) -> &Facets {
        &self.worked.list.facets
    }

    /// How many recommendations are shown, each counted once, folded or not.
    #[must_use]
    pub fn shown(&self) -> usize {
        self.worked.list.shown
    }

    /// Whether rows stand as the plan has them: all of them, in its order, under its themes.
    #[must_use]
    pub fn is_in_plan_order(&self) -> bool {
        self.sort.is_empty() && self.group == Group::Theme
    }

    /// Whether the history is still being read for the filter.
    #[must_use]
    pub fn waits_for_history(&self) -> bool {
        self.filter.changed_since.is_some() && self.worked.changed.is_none()
    }

    /// What the grid needs of the session before a frame is drawn: another plan's columns, and what the history says.
    pub fn prepare(&mut self, session: &mut Session) {
        let Some(plan) = session.open.as_ref().map(|open| open.plan.id()) else { return };
        if self.worked.plan != Some(plan) {
            let columns = session.settings.columns_of(plan);
            let first = self.worked.plan.is_none();
            (self.columns, self.widths) = (columns.shown, columns.widths);
            self.worked.plan = Some(plan);
            if !first {
                // what was looked for in another plan says nothing of this one
                (self.sort, self.group, self.chosen) = (Vec::new(), Group::default(), None);
                self.closed.clear();
                self.show_all();
            }
        }
        self.worked.changed = self.filter.changed_since.and_then(|day| session.changed_since(day));
    }

    /// The columns for the settings.
    #[must_use]
    pub fn kept_columns(&self) -> PlanColumns {
        let plan = self.worked.plan.unwrap_or_default();
        PlanColumns { plan, shown: self.columns.clone(), widths: self.widths.clone() }
    }

    /// Works out which rows are shown, if anything changed that they depend on. A keystroke in the search box costs one
    /// search of plain texts, counting, and putting rows in order.
    pub fn update_rows(&mut self, ctx: &Ctx<'_>) {
        let of = (ctx.revision, ctx.as_at);
        let is_same = self.worked.rows_of.as_ref().is_some_and(|was| {
            was.plan == of
                && was.query == self.narrowed_by()
                && was.filter == self.filter
                && was.group == self.group
                && was.sort == self.sort
                && was.closed == self.closed
                && was.changed == self.worked.changed
        });
        if is_same {
            return;
        }
        let filter = self.whole_filter();
        let query = self.narrowed_by().to_owned();
        let worked = &mut self.worked;
        if worked.facts_of != Some(of) {
            worked.facts_of = Some(of);
            worked.facts = Facts::of(ctx.plan, ctx.index, ctx.as_at);
            worked.order_of = None;
        }
        if worked.order_of.as_ref() != Some(&self.sort) {
            worked.order = Order::of(ctx.plan, ctx.index, &worked.facts, &self.sort, ctx.as_at);
            worked.order_of = Some(self.sort.clone());
        }
        worked.list = List::of(ctx.plan, &worked.facts, &worked.order, &filter, self.group, worked.changed.as_deref());
        let searching = !filter.text.is_empty();
        (self.rows, self.headings) = filter::rows(ctx.plan, &worked.list, &self.closed, searching);
        worked.rows_of = Some(RowsOf {
            plan: of,
            filter: self.filter.clone(),
            query,
            group: self.group,
            sort: self.sort.clone(),
            closed: self.closed.clone(),
            changed: worked.changed.clone(),
        });
        self.repeats = matches!(self.group, Group::Owner | Group::State);
        self.filled_of = None;
        self.forget_hidden();
    }

    /// The folded words that the search looks in, for the benchmark.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        self.worked.facts.texts()
    }

    /// What stands under each heading, folded or not; one list where there are no headings.
    pub fn under_headings(&self) -> impl Iterator<Item = &Vec<Id>> {
        self.worked.list.groups.iter().map(|group| &group.rows)
    }

    /// Folds every heading, or opens all.
    pub fn fold_all(&mut self, fold: bool) {
        self.closed =
            if fold { self.headings.iter().map(|heading| heading.key.clone()).collect() } else { BTreeSet::new() };
    }

    /// Folds a heading, or opens it.
    pub fn fold(&mut self, heading: usize) {
        if let Some(heading) = self.headings.get(heading)
            && !self.closed.remove(&heading.key)
        {
            self.closed.insert(heading.key.clone());
        }
    }

    /// The row of a recommendation on the grid; the first where it stands in several places.
    #[must_use]
    pub fn row_of(&self, id: Id) -> Option<usize> {
        let at = self.place.filter(|at| self.rows.get(*at) == Some(&GridRow::Recommendation(id)));
        at.or_else(|| self.rows.iter().position(|row| *row == GridRow::Recommendation(id)))
    }

    /// Sorts by a column as a click on its heading does.
    pub(super) fn sort_by(&mut self, column: Column, beside: bool) {
        let mut view = View { sort: std::mem::take(&mut self.sort), ..View::default() };
        view.sort_by(column, beside);
        self.sort = view.sort;
    }

    /// How wide a column is, in points: as it was drawn last, with what it has of the room to spare.
    pub(super) fn width_of(&self, column: Column) -> u16 {
        let at = self.columns.iter().position(|other| *other == column);
        let drawn = at.and_then(|at| self.heights.key().widths.get(at)).copied();
        let chosen = self.widths.get(&column).copied();
        chosen.unwrap_or_else(|| drawn.unwrap_or_else(|| default_width(column)).round() as u16)
    }
}
