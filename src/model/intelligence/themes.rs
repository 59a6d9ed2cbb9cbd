//! What signals are about: from the subjects that sources word to the themes of the plan.

use super::view::ThemeKey;
use crate::model::signal::{Facts, Place, Source};
use crate::model::text::words_key;
use crate::model::theme_map::ThemeMap;
use crate::model::{Id, Plan, SignalTheme, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// The place of all signals together.
pub(super) const ALL: usize = 0;

/// A theme as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeName {
    /// Which row.
    pub key: ThemeKey,
    /// Its heading.
    pub title: String,
}

/// The rows of the matrix, and where subjects lead.
#[derive(Debug, Clone)]
pub(super) struct Themes {
    /// All, then the plan's, then what is not mapped.
    pub(super) names: Vec<ThemeName>,
    /// Sources that say nothing about a theme, a bit each.
    not_asked: Vec<u32>,
    /// For each set of subjects: where its themes begin in `places`.
    starts: Vec<u32>,
    places: Vec<u16>,
    no_subject: Vec<bool>,
}

/// Where a subject leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    /// To the theme at a place.
    To(usize),
    /// A person said that it belongs to none.
    Nowhere,
    /// Nobody said.
    Unknown,
}

/// Finds where subjects lead, by what is looked up once a text.
pub(super) struct Guide<'p> {
    plan: &'p Plan,
    shipped: ThemeMap,
    by_id: BTreeMap<Id, usize>,
    by_title: BTreeMap<String, usize>,
    known: BTreeMap<String, Leads>,
}

/// The themes that signals are shown under: the plan's, or where it has none yet those that ship.
#[must_use]
pub fn themes_of(plan: &Plan) -> Vec<SignalTheme> {
    let own = plan.signal_themes_in_order();
    if !own.is_empty() {
        return own.into_iter().cloned().collect();
    }
    let of = plan.id();
    let shipped = ThemeMap::shipped();
    let theme =
        |title: &str| SignalTheme { id: SignalTheme::id_of(of, title), title: title.into(), ..Default::default() };
    shipped.themes().map(theme).collect()
}

impl<'p> Guide<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let themes = themes_of(plan);
        let by_id = themes.iter().zip(1..).map(|(row, place)| (row.id, place)).collect();
        let mut by_title = BTreeMap::new();
        for (row, place) in themes.iter().zip(1..) {
            by_title.entry(words_key(&row.title)).or_insert(place);
        }
        Self { plan, shipped: ThemeMap::shipped(), by_id, by_title, known: BTreeMap::new() }
    }

    /// What a person mapped goes first, then a theme of that very name, then the shipped list.
    pub(super) fn leads(&mut self, subject: &str) -> Leads {
        if let Some(known) = self.known.get(subject) {
            return *known;
        }
        let found = self.find(subject);
        self.known.insert(subject.to_owned(), found);
        found
    }

    fn find(&self, subject: &str) -> Leads {
        let key = words_key(subject);
        if let Some(row) = self.plan.subjects.get(&Subject::id_of(self.plan.id(), subject)) {
            return match row.theme {
                None => Leads::Nowhere,
                Some(theme) => self.by_id.get(&theme).map_or(Leads::Unknown, |place| Leads::To(*place)),
            };
        }
        if let Some(place) = self.by_title.get(&key) {
            return Leads::To(*place);
        }
        let shipped = self.shipped.find(subject).map(|(mapped, _)| self.shipped_place(&mapped.theme));
        shipped.flatten().map_or(Leads::Unknown, Leads::To)
    }

    fn shipped_place(&self, title: &str) -> Option<usize> {
        self.by_id.get(&SignalTheme::id_of(self.plan.id(), title)).copied()
    }

    /// Themes whose subjects are almost like one, the likest first.
    pub(super) fn near(&self, subject: &str) -> Vec<(usize, String)> {
        let near = self.shipped.near(subject);
        near.iter()
            .filter_map(|one| Some((self.shipped_place(&one.mapped.theme)?, one.mapped.subject.clone())))
            .collect()
    }
}

impl Themes {
    pub(super) fn of(plan: &Plan, facts: &Facts, guide: &mut Guide<'_>) -> Self {
        let rows = themes_of(plan);
        let name = |key: ThemeKey, title: &str| ThemeName { key, title: title.to_owned() };
        let mut names = vec![name(ThemeKey::All, "All signals")];
        names.extend(rows.iter().map(|row| name(ThemeKey::Theme(row.id), &row.title)));
        names.push(name(ThemeKey::Unmapped, "Not mapped"));
        let mut not_asked = vec![0];
        not_asked.extend(rows.iter().map(bits));
        not_asked.push(0);
        let unmapped = names.len() - 1;
        let mut themes = Self { names, not_asked, starts: vec![0], places: Vec::new(), no_subject: Vec::new() };
        for set in &facts.subjects {
            let mut places = BTreeSet::from([ALL]);
            places.extend(set.iter().map(|subject| match guide.leads(subject) {
                Leads::To(place) => place,
                Leads::Nowhere | Leads::Unknown => unmapped,
            }));
            if set.is_empty() {
                places.insert(unmapped);
            }
            themes.no_subject.push(set.is_empty());
            themes.places.extend(places.iter().filter_map(|place| u16::try_from(*place).ok()));
            themes.starts.push(u32::try_from(themes.places.len()).unwrap_or(u32::MAX));
        }
        themes
    }

    /// How many rows.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The place of what is not mapped.
    pub(super) fn unmapped(&self) -> usize {
        self.names.len() - 1
    }

    pub(super) fn place(&self, key: ThemeKey) -> Option<usize> {
        self.names.iter().position(|name| name.key == key)
    }

    /// The distinct themes of a set of subjects, all together among them.
    pub(super) fn of_set(&self, set: Place) -> &[u16] {
        let at = set as usize;
        let range = self.starts.get(at).zip(self.starts.get(at + 1));
        range.and_then(|(start, end)| self.places.get(*start as usize..*end as usize)).unwrap_or_default()
    }

    /// Whether a set has no subject.
    pub(super) fn says_nothing(&self, set: Place) -> bool {
        self.no_subject.get(set as usize).copied().unwrap_or(true)
    }

    /// Whether a person said that a source says nothing about a theme.
    pub(super) fn is_not_asked(&self, theme: usize, source: Source) -> bool {
        self.not_asked.get(theme).is_some_and(|bits| bits & (1 << source as usize) != 0)
    }
}

fn bits(row: &SignalTheme) -> u32 {
    row.not_asked.lines().filter_map(Source::from_word).fold(0, |bits, source| bits | 1 << source as usize)
}

/// A subject that leads to no theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmapped {
    /// As the source words it.
    pub subject: String,
    /// How many signals have it.
    pub signals: u64,
    /// How many measures are of it.
    pub measures: u64,
    /// Whether a person said that it belongs to no theme; such a one is settled.
    pub settled: bool,
    /// Themes that are offered for it, the likest first.
    pub near: Vec<Offered>,
}

/// A theme that is offered for a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The theme.
    pub theme: Id,
    /// Its title.
    pub title: String,
    /// The known subject that is almost like it.
    pub like: String,
}

/// The subjects that lead to no theme, the most frequent first.
pub(super) fn unmapped(plan: &Plan, facts: &Facts, themes: &Themes) -> Vec<Unmapped> {
    let mut guide = Guide::of(plan);
    let mut sets = vec![0_u64; facts.subjects.len()];
    for fact in &facts.signals {
        if let Some(count) = sets.get_mut(fact.subjects as usize) {
            *count += 1;
        }
    }
    let mut found: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (set, signals) in facts.subjects.iter().zip(sets) {
        for subject in set.iter().map(String::as_str).collect::<BTreeSet<_>>() {
            found.entry(subject).or_default().0 += signals;
        }
    }
    for fact in facts.measures.iter().filter(|fact| fact.measure.source.is_measured()) {
        found.entry(fact.measure.what.as_str()).or_default().1 += 1;
    }
    let mut list = Vec::new();
    for (subject, (signals, measures)) in found {
        let leads = guide.leads(subject);
        if matches!(leads, Leads::To(_)) || signals + measures == 0 {
            continue;
        }
        let settled = leads == Leads::Nowhere;
        let near = if settled { Vec::new() } else { guide.near(subject) };
        let offered = near.into_iter().filter_map(|(place, like)| {
            let name = themes.names.get(place)?;
            Some(Offered { theme: name.key.id()?, title: name.title.clone(), like })
        });
        list.push(Unmapped { subject: subject.to_owned(), signals, measures, settled, near: offered.collect() });
    }
    list.sort_by(|a, b| {
        let rank = |one: &Unmapped| (one.settled, std::cmp::Reverse(one.signals + one.measures));
        rank(a).cmp(&rank(b)).then_with(|| a.subject.cmp(&b.subject))
    });
    list
}
