//! The orders in which people see providers, themes of signals, and what hangs on them.

use super::Plan;
use crate::model::reference::natural_cmp;
use crate::model::{
    Action, Batch, Id, NotedFinding, Provider, Rebase, Receipt, Recommendation, Share, SignalTheme, Subject, WatchLevel,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Plan {
    /// Providers in the plan's order.
    #[must_use]
    pub fn providers_in_order(&self) -> Vec<&Provider> {
        let mut rows: Vec<_> = self.providers.values().collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// The themes of signals, in the plan's order.
    #[must_use]
    pub fn signal_themes_in_order(&self) -> Vec<&SignalTheme> {
        let mut rows: Vec<_> = self.signal_themes.values().collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// What was noted of findings, oldest first.
    #[must_use]
    pub fn findings_in_order(&self) -> Vec<&NotedFinding> {
        let mut rows: Vec<_> = self.findings.values().collect();
        rows.sort_by_key(|row| (row.date, row.id));
        rows
    }

    /// The findings that lead to an action or bear on a recommendation, oldest first.
    #[must_use]
    pub fn findings_about(&self, row: Id) -> Vec<&NotedFinding> {
        let links = self.finding_links.values().filter(|link| link.row == row);
        let mut rows: Vec<_> = links.filter_map(|link| self.findings.get(&link.finding)).collect();
        rows.sort_by_key(|row| (row.date, row.id));
        rows
    }

    /// How closely a provider is watched as at a date: the latest level dated on or before it, else an
    /// undated one.
    #[must_use]
    pub fn watch_level(&self, provider: Id, as_at: NaiveDate) -> Option<&WatchLevel> {
        let of_it = self.watch_levels.values().filter(|row| row.provider == provider);
        of_it.filter(|row| row.date.is_none_or(|date| date <= as_at)).max_by_key(|row| (row.date, row.id))
    }

    /// The subjects of a theme or, for `None`, of none, by their text.
    #[must_use]
    pub fn subjects_of(&self, theme: Option<Id>) -> Vec<&Subject> {
        let mut rows: Vec<_> = self.subjects.values().filter(|row| row.theme == theme).collect();
        rows.sort_by(|a, b| a.text.cmp(&b.text).then(a.id.cmp(&b.id)));
        rows
    }

    /// Receipts by provider, source and month.
    #[must_use]
    pub fn receipts_in_order(&self) -> Vec<&Receipt> {
        let place = self.provider_places();
        let mut rows: Vec<_> = self.receipts.values().collect();
        rows.sort_by_key(|row| (place.get(&row.provider), row.source, row.month, row.id));
        rows
    }

    /// Batches, the oldest first.
    #[must_use]
    pub fn batches_in_order(&self) -> Vec<&Batch> {
        let mut rows: Vec<_> = self.batches.values().collect();
        rows.sort_by_key(|row| (row.taken_on, row.id));
        rows
    }

    /// The levels at which a provider was watched, the oldest first.
    #[must_use]
    pub fn watch_levels_of(&self, provider: Id) -> Vec<&WatchLevel> {
        let mut rows: Vec<_> = self.watch_levels.values().filter(|row| row.provider == provider).collect();
        rows.sort_by_key(|row| (row.date, row.id));
        rows
    }

    /// Re-basings by provider, source and month.
    #[must_use]
    pub fn rebases_in_order(&self) -> Vec<&Rebase> {
        let place = self.provider_places();
        let mut rows: Vec<_> = self.rebases.values().collect();
        rows.sort_by_key(|row| (place.get(&row.provider), row.source, row.month, row.id));
        rows
    }

    /// The actions that a finding leads to.
    #[must_use]
    pub fn actions_of_finding(&self, finding: Id) -> Vec<&Action> {
        let links = self.finding_links.values().filter(|link| link.finding == finding);
        let mut rows: Vec<_> = links.filter_map(|link| self.actions.get(&link.row)).collect();
        rows.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
        rows
    }

    /// The recommendations that a finding bears on, in natural order of their references.
    #[must_use]
    pub fn recommendations_of_finding(&self, finding: Id) -> Vec<&Recommendation> {
        let links = self.finding_links.values().filter(|link| link.finding == finding);
        let mut rows: Vec<_> = links.filter_map(|link| self.recommendations.get(&link.row)).collect();
        rows.sort_by(|a, b| natural_cmp(&a.reference, &b.reference).then(a.id.cmp(&b.id)));
        rows
    }

    /// Copies that were made for others, the oldest first.
    #[must_use]
    pub fn shares_in_order(&self) -> Vec<&Share> {
        let mut rows: Vec<_> = self.shares.values().collect();
        rows.sort_by_key(|row| (row.date, row.id));
        rows
    }

    fn provider_places(&self) -> BTreeMap<Id, usize> {
        self.providers_in_order().iter().enumerate().map(|(place, row)| (row.id, place)).collect()
    }
}
