//! Signals counted by provider, source, theme and month: one pass, into flat arrays.

use super::axis::{Axis, SOURCES};
use super::themes::{ALL, Themes};
use super::view::View;
use crate::model::Id;
use crate::model::signal::{Fact, Facts, Source};
use std::collections::BTreeMap;

/// What could not be put into a cell, and what has no theme. Told beside the matrix, so that no signal goes unseen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unplaced {
    /// Signals of nobody, or of a provider that the plan no longer has.
    pub no_provider: u64,
    /// Signals without a month, or with one that cannot be meant.
    pub no_month: u64,
    /// Signals of the view's providers and period that say no subject; they count as not mapped.
    pub no_subject: u64,
    /// Signals of the view's providers and period in months that a person marked as not received: in no count.
    pub not_received: u64,
}

/// The counts of one provider's source.
#[derive(Debug, Clone, Default)]
struct Slab {
    counts: Vec<u32>,
    /// Only of sources that are judged item by item.
    adverse: Vec<u32>,
    unjudged: Vec<u32>,
}

/// Counts by provider, source, theme and month.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    months: usize,
    slabs: Vec<Option<Slab>>,
    pub(super) no_provider: u64,
    pub(super) no_month: u64,
}

/// Places of facts' providers among the plan's.
pub(super) fn providers(facts: &Facts, places: &BTreeMap<Id, usize>) -> Vec<Option<usize>> {
    facts.providers.iter().map(|id| places.get(id.as_ref()?).copied()).collect()
}

/// Which hardnesses the signals of each source have: hard, soft.
pub(super) fn kinds(facts: &Facts) -> [[bool; 2]; SOURCES] {
    let mut kinds = [[false; 2]; SOURCES];
    for fact in &facts.signals {
        kinds[fact.source as usize][fact.hardness as usize] = true;
    }
    kinds
}

/// Which facts a view takes, but for provider, period and source.
pub(super) struct Sieve {
    hardness: Option<crate::model::signal::Hardness>,
    /// Places of services that are taken; `None` for all.
    services: Option<Vec<bool>>,
}

impl Sieve {
    pub(super) fn open() -> Self {
        Self { hardness: None, services: None }
    }

    pub(super) fn of(view: &View, facts: &Facts) -> Self {
        let services = view.service.as_ref().map(|wanted| facts.services.iter().map(|name| name == wanted).collect());
        Self { hardness: view.hardness, services }
    }

    pub(super) fn takes(&self, fact: &Fact) -> bool {
        self.hardness.is_none_or(|hardness| fact.hardness == hardness)
            && self.services.as_ref().is_none_or(|taken| taken.get(fact.service as usize).copied().unwrap_or(false))
    }
}

/// Whether a source's items are judged one by one in counting; measured ones are where they come as items.
pub(super) fn is_judged(source: Source) -> bool {
    source.is_item_by_item() || source.is_measured()
}

impl Tally {
    pub(super) fn of(facts: &Facts, themes: &Themes, axis: Axis, providers: &[Option<usize>], sieve: &Sieve) -> Self {
        let known = providers.iter().flatten().max().map_or(0, |last| last + 1);
        let mut tally = Self { months: axis.len, slabs: vec![None; known * SOURCES], no_provider: 0, no_month: 0 };
        let size = themes.len() * axis.len;
        for fact in &facts.signals {
            if !sieve.takes(fact) {
                continue;
            }
            let Some(provider) = providers.get(fact.provider as usize).copied().flatten() else {
                tally.no_provider += 1;
                continue;
            };
            let Some(month) = fact.month.and_then(|month| axis.place(month)) else {
                tally.no_month += 1;
                continue;
            };
            let judged = is_judged(fact.source);
            let slab = tally.slabs[provider * SOURCES + fact.source as usize].get_or_insert_with(|| {
                let beside = if judged { size } else { 0 };
                Slab { counts: vec![0; size], adverse: vec![0; beside], unjudged: vec![0; beside] }
            });
            for theme in themes.of_set(fact.subjects) {
                let at = usize::from(*theme) * axis.len + month;
                slab.counts[at] += 1;
                if judged {
                    slab.adverse[at] += u32::from(fact.adverse == Some(true));
                    slab.unjudged[at] += u32::from(fact.adverse.is_none());
                }
            }
        }
        tally
    }

    fn slab(&self, provider: usize, source: Source) -> Option<&Slab> {
        self.slabs.get(provider * SOURCES + source as usize)?.as_ref()
    }

    /// The counts of a theme by month; empty where no signal of the source came.
    pub(super) fn months(&self, provider: usize, source: Source, theme: usize) -> &[u32] {
        let row = |slab| Self::row(self.months, slab, theme);
        self.slab(provider, source).map_or(&[], |slab| row(&slab.counts))
    }

    /// Items judged adverse and not judged, by month.
    pub(super) fn judged(&self, provider: usize, source: Source, theme: usize) -> (&[u32], &[u32]) {
        let row = |slab| Self::row(self.months, slab, theme);
        self.slab(provider, source).map_or((&[], &[]), |slab| (row(&slab.adverse), row(&slab.unjudged)))
    }

    fn row(months: usize, counts: &[u32], theme: usize) -> &[u32] {
        counts.get(theme * months..(theme + 1) * months).unwrap_or_default()
    }

    /// Whether any signal came in a month.
    pub(super) fn came(&self, provider: usize, source: Source, month: usize) -> bool {
        self.months(provider, source, ALL).get(month).is_some_and(|count| *count > 0)
    }

    /// Whether a theme has any signal of a source, of whatever provider.
    pub(super) fn any_of(&self, source: Source, theme: usize) -> bool {
        let providers = self.slabs.len() / SOURCES;
        (0..providers).any(|provider| self.months(provider, source, theme).iter().any(|count| *count > 0))
    }
}
