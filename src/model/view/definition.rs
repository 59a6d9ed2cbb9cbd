//! A view written down, and read back. What a newer program wrote into it is passed over; what is no view is refused.

use super::{Column, Filter, Group, Sort, Switch, View, Widths, tidy_columns};
use crate::model::{Acceptance, Id, PositionState};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The definition of a saved view is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what the view shows is not written down as a view: {0}")]
pub struct BadDefinition(String);

/// A view that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The view, as far as it was understood.
    pub view: View,
    /// Words in it that this program does not know and passed over.
    pub unknown: Vec<String>,
}

/// As it is written down: words and ids only.
#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct Written {
    filter: WrittenFilter,
    sort: Vec<WrittenSort>,
    group: String,
    columns: Vec<String>,
    widths: BTreeMap<String, u16>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct WrittenFilter {
    text: String,
    themes: Vec<Option<String>>,
    reports: Vec<String>,
    responses: Vec<String>,
    answers: Vec<Option<String>>,
    states: Vec<Option<String>>,
    owners: Vec<String>,
    switches: Vec<String>,
    changed_since: Option<String>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
struct WrittenSort {
    column: String,
    descending: bool,
}

/// Words as what they mean; those that mean nothing are kept aside.
struct Reader(Vec<String>);

impl Reader {
    fn known<T>(&mut self, word: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let known = read(word);
        if known.is_none() {
            self.0.push(word.to_owned());
        }
        known
    }

    /// A choice that may be "none", which is no word.
    fn choices<T: Ord>(&mut self, words: &[Option<String>], read: impl Fn(&str) -> Option<T>) -> BTreeSet<Option<T>> {
        let mut all = BTreeSet::new();
        for word in words {
            match word {
                None => drop(all.insert(None)),
                Some(word) => all.extend(self.known(word, &read).map(Some)),
            }
        }
        all
    }
}

impl View {
    /// Writes it down as JSON.
    #[must_use]
    pub fn definition(&self) -> String {
        let Self { filter, sort, group, columns, widths } = self;
        let words = |texts: &BTreeSet<String>| texts.iter().cloned().collect();
        let written = Written {
            filter: WrittenFilter {
                text: filter.text.trim().to_owned(),
                themes: filter.themes.iter().map(|theme| theme.map(|id| id.to_string())).collect(),
                reports: words(&filter.reports),
                responses: words(&filter.responses),
                answers: filter.answers.iter().map(|answer| answer.map(|answer| answer.word().to_owned())).collect(),
                states: filter.states.iter().map(|state| state.map(|state| state.word().to_owned())).collect(),
                owners: words(&filter.owners),
                switches: filter.switches.iter().map(|switch| switch.word().to_owned()).collect(),
                changed_since: filter.changed_since.map(|day| day.format("%Y-%m-%d").to_string()),
            },
            sort: sort
                .iter()
                .map(|sort| WrittenSort { column: sort.column.word().to_owned(), descending: sort.descending })
                .collect(),
            group: group.word().to_owned(),
            columns: columns.iter().map(|column| column.word().to_owned()).collect(),
            widths: widths.iter().map(|(column, width)| (column.word().to_owned(), *width)).collect(),
        };
        // words, numbers and lists of them cannot fail to be written
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Reads what [`View::definition`] wrote, or a newer program: words it does not know are passed over and told.
    ///
    /// # Errors
    /// When it is no JSON, or not of a view.
    pub fn read(definition: &str) -> Result<Read, BadDefinition> {
        let bad = |error: serde_json::Error| BadDefinition(error.to_string());
        // a list of values in order would be taken for one, too
        let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(definition).map_err(bad)?;
        let written: Written = serde_json::from_value(fields.into()).map_err(bad)?;
        let mut reader = Reader(Vec::new());
        let filter = read_filter(&mut reader, written.filter);
        let mut sort: Vec<Sort> = Vec::new();
        for key in &written.sort {
            let column = reader.known(&key.column, Column::from_word);
            if let Some(column) = column.filter(|column| sort.iter().all(|sort| sort.column != *column)) {
                sort.push(Sort { column, descending: key.descending });
            }
        }
        let group = match written.group.as_str() {
            "" => Group::default(),
            word => reader.known(word, Group::from_word).unwrap_or_default(),
        };
        let columns: Vec<Column> =
            written.columns.iter().filter_map(|word| reader.known(word, Column::from_word)).collect();
        let columns = if columns.is_empty() { Column::USUAL.to_vec() } else { tidy_columns(columns) };
        let mut widths = Widths::new();
        for (word, width) in &written.widths {
            if let Some(column) = reader.known(word, Column::from_word) {
                widths.insert(column, (*width).clamp(40, 900));
            }
        }
        Ok(Read { view: Self { filter, sort, group, columns, widths }, unknown: reader.0 })
    }
}

fn read_filter(reader: &mut Reader, written: WrittenFilter) -> Filter {
    let day = |word: &str| NaiveDate::parse_from_str(word, "%Y-%m-%d").ok();
    let switches = &written.switches;
    Filter {
        text: written.text,
        themes: reader.choices(&written.themes, |word| word.parse::<Id>().ok()),
        reports: written.reports.into_iter().collect(),
        responses: written.responses.into_iter().collect(),
        answers: reader.choices(&written.answers, Acceptance::from_word),
        states: reader.choices(&written.states, PositionState::from_word),
        owners: written.owners.into_iter().collect(),
        switches: switches.iter().filter_map(|word| reader.known(word, Switch::from_word)).collect(),
        changed_since: written.changed_since.and_then(|word| reader.known(&word, day)),
    }
}
