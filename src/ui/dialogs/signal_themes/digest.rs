//! What is counted under each theme, worked out once a change and not once a frame.

use crate::model::intelligence::{Intelligence, Unmapped, themes_of};
use crate::model::signal::Facts;
use crate::model::text::same_words;
use crate::model::theme_map::ThemeMap;
use crate::model::{Id, Plan, SignalTheme, Subject};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A subject that leads to a theme.
pub(super) struct Leading {
    pub(super) text: String,
    /// How many signals have it.
    pub(super) signals: u64,
    /// How it is known: "KO41a 2015 on", "mapped here".
    pub(super) known: String,
    /// Whether a person mapped it.
    pub(super) own: bool,
}

/// A theme with what leads to it.
#[derive(Default)]
pub(super) struct Counted {
    /// Signals with at least one of its subjects, each once.
    pub(super) signals: u64,
    /// The subjects in use, the most frequent first; then those that a person mapped and nothing has.
    pub(super) subjects: Vec<Leading>,
    /// Subjects that ship with it and that no signal has.
    pub(super) unused: Vec<String>,
}

/// All themes, and what leads to none.
#[derive(Default)]
pub(super) struct Digest {
    of: Option<(Arc<Facts>, Arc<Intelligence>)>,
    themes: BTreeMap<Id, Counted>,
    pub(super) unmapped: Vec<Unmapped>,
}

impl Digest {
    pub(super) fn is_ready(&self) -> bool {
        self.of.is_some()
    }

    pub(super) fn theme(&self, id: Id) -> Option<&Counted> {
        self.themes.get(&id)
    }

    /// How many subjects nobody has said anything of.
    pub(super) fn open(&self) -> usize {
        self.unmapped.iter().filter(|one| !one.settled).count()
    }

    /// Works everything out anew where something changed.
    pub(super) fn follow(&mut self, plan: &Plan, facts: &Arc<Facts>, intelligence: &Arc<Intelligence>) {
        let same = |(of, by): &(Arc<Facts>, Arc<Intelligence>)| Arc::ptr_eq(of, facts) && Arc::ptr_eq(by, intelligence);
        if self.of.as_ref().is_some_and(same) {
            return;
        }
        self.unmapped = intelligence.unmapped();
        self.themes = counted(plan, facts, intelligence);
        self.of = Some((Arc::clone(facts), Arc::clone(intelligence)));
    }
}

fn counted(plan: &Plan, facts: &Facts, intelligence: &Intelligence) -> BTreeMap<Id, Counted> {
    let themes = themes_of(plan);
    let mut leads: HashMap<String, usize> = HashMap::new();
    for (at, row) in themes.iter().enumerate() {
        leads.extend(intelligence.subjects_of(row.id).into_iter().map(|subject| (subject, at)));
    }
    let mut sets = vec![0_u64; facts.subjects.len()];
    for fact in &facts.signals {
        if let Some(number) = sets.get_mut(fact.subjects as usize) {
            *number += 1;
        }
    }
    let mut signals = vec![0_u64; themes.len()];
    let mut subjects: HashMap<&str, u64> = HashMap::new();
    for (set, number) in facts.subjects.iter().zip(sets) {
        let of: BTreeSet<usize> = set.iter().filter_map(|subject| leads.get(subject).copied()).collect();
        of.into_iter().for_each(|at| signals[at] += number);
        for subject in set.iter().map(String::as_str).collect::<BTreeSet<_>>() {
            *subjects.entry(subject).or_default() += number;
        }
    }
    let shipped = ThemeMap::shipped();
    let theme = |(at, row): (usize, &SignalTheme)| {
        let texts = leads.iter().filter(|(_, of)| **of == at).map(|(text, _)| text.as_str());
        let counted = of_theme(plan, row, texts, &subjects, &shipped);
        (row.id, Counted { signals: signals[at], ..counted })
    };
    themes.iter().enumerate().map(theme).collect()
}

fn of_theme<'t>(
    plan: &Plan,
    row: &SignalTheme,
    texts: impl Iterator<Item = &'t str>,
    counts: &HashMap<&str, u64>,
    shipped: &ThemeMap,
) -> Counted {
    let is_own = |text: &str| plan.subjects.contains_key(&Subject::id_of(plan.id(), text));
    let mut subjects: Vec<Leading> = texts
        .map(|text| {
            let own = is_own(text);
            let known = match shipped.find(text) {
                _ if own => "mapped here".to_owned(),
                _ if same_words(&row.title, text) => "its own name".to_owned(),
                Some((mapped, _)) => mapped.scheme.clone(),
                None => String::new(),
            };
            Leading { text: text.to_owned(), signals: counts.get(text).copied().unwrap_or(0), known, own }
        })
        .collect();
    for own in plan.subjects.values().filter(|subject| subject.theme == Some(row.id)) {
        if !subjects.iter().any(|one| same_words(&one.text, &own.text)) {
            subjects.push(Leading { text: own.text.clone(), signals: 0, known: "mapped here".into(), own: true });
        }
    }
    subjects.sort_by(|a, b| b.signals.cmp(&a.signals).then_with(|| a.text.cmp(&b.text)));
    let ships = shipped.subjects().filter(|mapped| {
        SignalTheme::id_of(plan.id(), &mapped.theme) == row.id
            && !is_own(&mapped.subject)
            && !subjects.iter().any(|one| same_words(&one.text, &mapped.subject))
    });
    let unused = ships.map(|mapped| format!("{} ({})", mapped.subject, mapped.scheme)).collect();
    Counted { signals: 0, subjects, unused }
}
