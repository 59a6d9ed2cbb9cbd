//! Which provider of the plan a name means.

use crate::model::text::fold;
use serde::Serialize;
use std::collections::BTreeMap;

/// How alike two names have to be to be offered, of 1.
const ALIKE: f64 = 0.82;
/// The most that are offered for one name.
const MOST_OFFERED: usize = 3;
/// Comparing each of more names with each provider takes long; they are no names of providers.
const MOST_COMPARED: usize = 500;

/// A provider of the plan and the other names it is known by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownProvider {
    /// Its name in the plan.
    pub name: String,
    /// Codes, former names and spellings that were said to mean it.
    pub aliases: Vec<String>,
}

/// A provider's name in a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenProvider {
    /// As the source has it.
    pub given: String,
    /// The provider it means.
    pub provider: Option<String>,
    /// Where it means none: those it is spelt almost like, the likest first.
    pub near: Vec<String>,
    /// How many rows have it.
    pub rows: usize,
    /// The first of them.
    pub row: usize,
}

/// The names that were seen.
pub(super) struct Providers<'o> {
    /// Names and aliases, folded, and the provider.
    known: BTreeMap<String, &'o str>,
    names: Vec<&'o str>,
    seen: Vec<SeenProvider>,
    at: BTreeMap<String, usize>,
    /// The one of the last row: exports are mostly of one provider, or sorted.
    last: usize,
}

impl<'o> Providers<'o> {
    pub(super) fn new(known: &'o [KnownProvider]) -> Self {
        let mut map = BTreeMap::new();
        for provider in known {
            for name in provider.aliases.iter().chain([&provider.name]) {
                map.insert(key(name), provider.name.as_str());
            }
        }
        map.remove("");
        let names = known.iter().map(|provider| provider.name.as_str()).collect();
        Self { known: map, names, seen: Vec::new(), at: BTreeMap::new(), last: 0 }
    }

    /// The provider that a name means; the row is counted for it.
    pub(super) fn take(&mut self, given: &str, row: usize) -> Option<String> {
        if self.seen.get(self.last).is_none_or(|seen| seen.given != given) {
            self.last = match self.at.get(given) {
                Some(at) => *at,
                None => self.add(given, row),
            };
        }
        let seen = self.seen.get_mut(self.last)?;
        seen.rows += 1;
        seen.provider.clone()
    }

    fn add(&mut self, given: &str, row: usize) -> usize {
        let key = key(given);
        let provider = self.known.get(&key).map(|name| (*name).to_owned());
        let near = if provider.is_none() && self.seen.len() < MOST_COMPARED { self.near(&key) } else { Vec::new() };
        self.seen.push(SeenProvider { given: given.to_owned(), provider, near, rows: 0, row });
        self.at.insert(given.to_owned(), self.seen.len() - 1);
        self.seen.len() - 1
    }

    fn near(&self, wanted: &str) -> Vec<String> {
        let mut near: Vec<(f64, &str)> =
            self.known.iter().filter_map(|(key, name)| likeness(wanted, key).map(|alike| (alike, *name))).collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let mut names: Vec<String> = Vec::new();
        for (_, name) in near {
            if !names.iter().any(|other| other == name) && names.len() < MOST_OFFERED {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// The names that were seen, but for the first so many.
    pub(super) fn since(&self, first: usize) -> Vec<SeenProvider> {
        self.seen.get(first..).unwrap_or_default().to_vec()
    }

    /// Whether there are providers to hold a name against.
    pub(super) fn is_known_at_all(&self) -> bool {
        !self.names.is_empty()
    }

    pub(super) fn finish(self) -> Vec<SeenProvider> {
        self.seen
    }
}

/// The provider that a name means, or those that it is spelt almost like.
pub(super) fn known(providers: &[KnownProvider], name: &str) -> (Option<String>, Vec<String>) {
    let mut all = Providers::new(providers);
    let known = all.take(name, 0);
    let near = all.finish().into_iter().next().map(|seen| seen.near).unwrap_or_default();
    (known, near)
}

/// How alike two keys are, if they are enough. All words of one in the other are a near miss, too:
/// "Northmoor General" of "Northmoor General Hospitals".
fn likeness(a: &str, b: &str) -> Option<f64> {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let within = short.len() > 4 && short.split(' ').all(|word| long.split(' ').any(|other| other == word));
    if within {
        return Some(0.95);
    }
    Some(strsim::normalized_damerau_levenshtein(a, b)).filter(|alike| *alike >= ALIKE)
}

/// A name without what all providers are called.
fn key(name: &str) -> String {
    let folded = fold(name).replace('&', " and ").replace('\'', "");
    const COMMON: [&str; 8] = ["the", "nhs", "trust", "foundation", "ft", "ltd", "limited", "plc"];
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let own: Vec<&str> = words.iter().copied().filter(|word| !COMMON.contains(word)).collect();
    if own.is_empty() { words.join(" ") } else { own.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_known_by_its_names_and_offered_for_what_is_almost_one() {
        let known = [
            KnownProvider { name: "Northmoor Hospitals NHS Foundation Trust".into(), aliases: vec!["ZZ1".into()] },
            KnownProvider { name: "Eastmoor Community".into(), aliases: vec!["Eastmoor Primary Care Trust".into()] },
        ];
        let mut providers = Providers::new(&known);
        let north = Some("Northmoor Hospitals NHS Foundation Trust".to_owned());
        for name in ["NORTHMOOR HOSPITALS NHS TRUST", "zz1", "The Northmoor Hospitals"] {
            assert_eq!(providers.take(name, 2), north, "{name}");
        }
        assert_eq!(providers.take("Eastmoor Primary Care", 3).as_deref(), Some("Eastmoor Community"), "a former name");
        assert_eq!(providers.take("Nortmoor Hospitals", 4), None, "a slip is not taken");
        assert_eq!(providers.take("Westmoor", 5), None, "another");
        providers.take("zz1", 6);
        let seen = providers.finish();
        assert_eq!(seen[4].near, north.into_iter().collect::<Vec<_>>(), "but offered");
        assert!(seen[5].near.is_empty(), "nothing is like it: {:?}", seen[5]);
        assert_eq!((seen[1].given.as_str(), seen[1].rows, seen[1].row), ("zz1", 2, 2), "rows are counted");
    }
}
