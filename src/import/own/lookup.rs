//! Rows by the words that cells call them by, looked up once for all the rows of a workbook.

use super::compare::Compare;
use crate::model::text::words_key;
use crate::model::{Entity, Id, InPlan, Recommendation};
use std::collections::HashMap;

/// The rows of one kind by their words.
#[derive(Default)]
pub(super) struct Names {
    exact: HashMap<String, Id>,
    /// The same in another dress: case, bullets and the shapes of dashes do not count.
    alike: HashMap<String, Id>,
}

impl Names {
    fn add(&mut self, words: &str, id: Id) {
        self.exact.entry(words.trim().to_owned()).or_insert(id);
        self.alike.entry(words_key(words)).or_insert(id);
    }

    fn get(&self, wanted: &str) -> Option<Id> {
        self.exact.get(wanted).or_else(|| self.alike.get(&words_key(wanted))).copied()
    }
}

/// What was looked up so far. A kind is listed when it is first asked for: by then its own sheet was
/// read, since what others hang on comes first.
#[derive(Default)]
pub(super) struct Lookup {
    names: HashMap<Entity, Names>,
    /// Recommendations by their full name and by their bare number.
    numbers: Option<[HashMap<String, Vec<Id>>; 2]>,
}

impl Compare<'_> {
    /// A row by its words, exactly or in another dress.
    pub(super) fn by_words<T: InPlan>(&mut self, wanted: &str, words: impl Fn(&T) -> &String) -> Option<Id> {
        if !self.lookup.names.contains_key(&T::ENTITY) {
            let mut names = Names::default();
            for row in self.all::<T>() {
                names.add(words(&row), row.id());
            }
            self.lookup.names.insert(T::ENTITY, names);
        }
        self.lookup.names.get(&T::ENTITY).and_then(|names| names.get(wanted))
    }

    /// A row that a cell has just added.
    pub(super) fn named(&mut self, entity: Entity, words: &str, id: Id) {
        if let Some(names) = self.lookup.names.get_mut(&entity) {
            names.add(words, id);
        }
    }

    /// The recommendations that are called so, by their full name or else by their number alone.
    pub(super) fn called(&mut self, name: &str) -> Vec<Id> {
        if self.lookup.numbers.is_none() {
            let mut numbers = <[HashMap<String, Vec<Id>>; 2]>::default();
            for row in self.all::<Recommendation>() {
                let full = self.plan.reference_name(&row).to_ascii_lowercase();
                numbers[0].entry(full).or_default().push(row.id);
                numbers[1].entry(row.reference.trim().to_ascii_lowercase()).or_default().push(row.id);
            }
            self.lookup.numbers = Some(numbers);
        }
        let name = name.to_ascii_lowercase();
        let numbers = self.lookup.numbers.iter().flatten();
        numbers.filter_map(|known| known.get(&name)).next().cloned().unwrap_or_default()
    }
}
