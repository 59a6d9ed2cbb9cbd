//! New rows of a workbook that was imported before: a row that a person added has no id, so it is known
//! again by what it says, and after it was edited in Excel by what it said.

use super::compare::{Compare, Place};
use super::value::short;
use super::{Found, ReadRow, ReadSheet};
use crate::model::text::words_key;
use crate::model::workbook::{self, Column, Kind, Sheet};
use crate::model::{Entity, Id, intent};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How alike two rows' words must be, from 0 to 1: for one that came from this very workbook and was
/// not touched in the plan, and for any other that the plan has since.
const SAME_WORKBOOK: f64 = 0.5;
const ANY: f64 = 0.75;
/// More pairs than this are not compared word by word.
const MOST_PAIRS: usize = 200_000;

/// A row without an id.
pub(super) struct New<'r> {
    pub(super) row: &'r ReadRow,
    pub(super) id: Id,
    key: Vec<String>,
}

/// A row that the plan has since the workbook was made.
struct Since {
    id: Id,
    key: Vec<String>,
    /// It came from this workbook, and says what it said there.
    untouched: bool,
}

impl Compare<'_> {
    /// A row with the id that the same row has when the same workbook is imported again.
    pub(super) fn known_by_words<'r>(
        &self,
        layout: &'static Sheet,
        row: &'r ReadRow,
        seen: &mut BTreeMap<Vec<String>, usize>,
    ) -> New<'r> {
        let words = |cell: &Option<Found>| cell.as_ref().map(Found::words).unwrap_or_default();
        let key = key_of(layout, row.cells.iter().map(words));
        let nth = seen.entry(key.clone()).or_default();
        *nth += 1;
        New { row, id: self.id_of(layout, &key, *nth), key }
    }

    fn id_of(&self, layout: &Sheet, key: &[String], nth: usize) -> Id {
        let (key, nth) = (key.join("\u{1f}"), nth.to_string());
        self.book.plan.derive(&["workbook row", &self.book.made, layout.name, &key, &nth])
    }

    /// Of new rows those that the plan has not; one that it has in other words is changed there, or
    /// told where that cannot be said for certain.
    pub(super) fn not_yet_there<'r>(&mut self, sheet: &ReadSheet, rows: Vec<New<'r>>) -> Vec<New<'r>> {
        let layout = sheet.layout;
        let (there, mut rows): (Vec<New<'r>>, Vec<New<'r>>) =
            rows.into_iter().partition(|new| self.plan.has(layout.entity, new.id));
        let there: BTreeSet<Id> = there.iter().map(|new| new.id).collect();
        let mut since = if rows.is_empty() { Vec::new() } else { self.since(layout, &there) };
        let mut by_key: HashMap<Vec<String>, Vec<Id>> = HashMap::new();
        for row in since.iter().rev() {
            by_key.entry(row.key.clone()).or_default().push(row.id);
        }
        let mut same = BTreeSet::new();
        rows.retain(|new| match by_key.get_mut(&new.key).and_then(Vec::pop) {
            Some(id) => !same.insert(id),
            None => true,
        });
        since.retain(|row| !same.contains(&row.id));
        if rows.len().saturating_mul(since.len()) > MOST_PAIRS {
            return rows;
        }
        let (mut left, mut unsure) = (Vec::new(), Vec::new());
        for new in rows {
            match nearest(layout, &new, since.iter().filter(|row| row.untouched), SAME_WORKBOOK) {
                Some(at) => {
                    let row = since.iter().position(|row| row.id == at).map(|at| since.swap_remove(at));
                    if let Some(row) = row {
                        self.edited_again(layout, &new, &row);
                    }
                }
                None => unsure.push(new),
            }
        }
        for new in unsure {
            match nearest(layout, &new, since.iter(), ANY) {
                Some(id) => {
                    since.retain(|row| row.id != id);
                    self.looks_like(layout, &new, id);
                }
                None => left.push(new),
            }
        }
        left
    }

    /// The plan's rows of a kind that the workbook was not made with, and that none of its rows is.
    fn since(&self, layout: &'static Sheet, there: &BTreeSet<Id>) -> Vec<Since> {
        let entity = layout.entity;
        let ids = self.plan.ids(entity).into_iter();
        let new = ids.filter(|id| !(there.contains(id) || self.book.known.contains_key(&(entity, *id))));
        let row = |id: Id| {
            let cell =
                |column: &Column| workbook::cell(self.plan, &self.index, self.book.as_at, column, entity, id).words();
            let key = key_of(layout, layout.columns.iter().map(cell));
            // a workbook seldom has one row more than a few times
            let untouched = (1..=3).any(|nth| self.id_of(layout, &key, nth) == id);
            Since { id, key, untouched }
        };
        new.map(row).collect()
    }

    /// A row that came from this workbook and was edited in it since.
    fn edited_again(&mut self, layout: &'static Sheet, new: &New<'_>, row: &Since) {
        let cells = layout.columns.iter().zip(&new.row.cells).zip(new.key.iter().zip(&row.key));
        for ((column, found), (theirs, mine)) in cells {
            // a blank in a list of words says nothing
            let listed = matches!(column.kind, Kind::Word(_) | Kind::YesNo);
            let says = |found: &&Found| !(listed && found.words().trim().is_empty());
            if let Some(found) = found.as_ref().filter(says)
                && theirs != mine
            {
                self.take(Place { layout, row: new.row, column }, row.id, found);
            }
        }
    }

    fn looks_like(&mut self, layout: &'static Sheet, new: &New<'_>, id: Id) {
        let Some(column) = layout.columns.iter().find(|column| matches!(column.kind, Kind::Text)) else { return };
        let mine = workbook::cell(self.plan, &self.index, self.book.as_at, column, layout.entity, id).words();
        let noun = intent::noun(layout.entity);
        let problem = format!(
            "this new row looks like the {noun} “{}” that came into the plan since the workbook was made, and is not \
             added a second time; change it in the plan, or export the workbook again and go on in that",
            short(&mine)
        );
        self.conflicts += 1;
        self.warn(Place { layout, row: new.row, column }, &problem);
    }
}

/// What a row says, the same for its cells in Excel and for what the plan shows of it.
fn key_of(layout: &Sheet, cells: impl Iterator<Item = String>) -> Vec<String> {
    let part = |(column, words): (&Column, String)| match column.kind {
        Kind::Computed => String::new(),
        // an action that begins with a question mark is tentative whatever its cell says
        Kind::YesNo if layout.entity == Entity::Action => String::new(),
        Kind::YesNo if words.trim().is_empty() => "no".to_owned(),
        Kind::Word(_) if words.trim().is_empty() => layout.entity.blank(column.field).to_string(),
        Kind::Serves => {
            let names = words.split([',', ';', '\n']).map(|name| words_key(name.trim()));
            let names: BTreeSet<String> = names.filter(|name| !name.is_empty()).collect();
            names.into_iter().collect::<Vec<_>>().join(",")
        }
        _ => words_key(&words),
    };
    layout.columns.iter().zip(cells).map(part).collect()
}

/// The row that says nearly the same and hangs on the same, if one does.
fn nearest<'s>(layout: &Sheet, new: &New<'_>, rows: impl Iterator<Item = &'s Since>, least: f64) -> Option<Id> {
    let text = layout.columns.iter().position(|column| matches!(column.kind, Kind::Text))?;
    let hangs = |column: &Column| {
        matches!(
            (layout.entity, column.kind),
            (Entity::Position | Entity::CrossReference, Kind::Recommendation)
                | (Entity::Timescale, Kind::Responsibility)
                | (Entity::Update, Kind::Action)
                | (Entity::WatchLevel | Entity::Rebase | Entity::NotedFinding, Kind::Provider)
        )
    };
    let parents: Vec<usize> = (0..layout.columns.len()).filter(|at| hangs(&layout.columns[*at])).collect();
    let alike = |row: &'s Since| {
        let together = parents.iter().all(|at| new.key.get(*at) == row.key.get(*at));
        let share = if together { shared(new.key.get(text)?, row.key.get(text)?) } else { 0.0 };
        (share >= least).then_some((share, row.id))
    };
    rows.filter_map(alike).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, id)| id)
}

/// The share of their words that two texts have in common.
fn shared(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split_whitespace().collect(), b.split_whitespace().collect());
    let mut rest = b.clone();
    let common = a.iter().filter(|word| {
        let at = rest.iter().position(|other| other == *word);
        at.map(|at| rest.swap_remove(at)).is_some()
    });
    2.0 * common.count() as f64 / (a.len() + b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_share_the_words_they_have_in_common() {
        let cases = [("a b c", "a b c", 1.0), ("a b c d", "a b x y", 0.5), ("", "", 0.0), ("a a", "a", 2.0 / 3.0)];
        for (a, b, expected) in cases {
            assert!((shared(a, b) - expected).abs() < 1e-9, "{a:?} and {b:?}: {}", shared(a, b));
        }
    }
}
