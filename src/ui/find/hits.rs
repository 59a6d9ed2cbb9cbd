//! Where in the grid's cells the words of the search stand: row by row, a few milliseconds a frame.

use crate::model::Id;
use crate::model::find::Sought;
use crate::model::intent::Step;
use crate::model::view::Column;
use crate::ui::context::Ctx;
use crate::ui::recommendations::cell::{self, Part};
use std::time::Instant;

/// One match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The recommendation.
    pub row: Id,
    /// The column; `None` for words that no column shows, such as partners of an action.
    pub column: Option<Column>,
    /// Which of the cell's matches, from 0.
    pub nth: usize,
}

/// What matches depend on.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// The words.
    pub sought: Sought,
    /// The plan's revision and the date of the view.
    pub of: (u64, chrono::NaiveDate),
    /// The columns that are shown.
    pub columns: Vec<Column>,
    /// The rows that are listed, also in folded themes, in their order.
    pub rows: Vec<Id>,
    /// Whether only rows that hold the words are listed.
    pub narrowed: bool,
}

/// Matches of one cell.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// Which of the rows.
    place: usize,
    row: Id,
    column: Option<Column>,
    count: usize,
}

/// The matches found so far.
#[derive(Debug, Default)]
pub struct Hits {
    key: Option<Key>,
    looked: usize,
    found: Vec<Found>,
}

impl Hits {
    /// Looks on for what a key says, until all is looked through or it is time; gives whether all is.
    pub fn look(&mut self, ctx: &Ctx<'_>, key: Key, until: Option<Instant>) -> bool {
        if self.key.as_ref() != Some(&key) {
            *self = Self { key: Some(key), ..Self::default() };
        }
        let Some(key) = &self.key else { return true };
        while let Some(row) = key.rows.get(self.looked) {
            look_into(ctx, key, (self.looked, *row), &mut self.found);
            self.looked += 1;
            if until.is_some_and(|until| Instant::now() >= until) {
                break;
            }
        }
        self.looked >= key.rows.len()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.iter().map(|found| found.count).sum()
    }

    /// Whether any were looked for.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.key.is_some()
    }

    /// Which number a match has, from 0.
    #[must_use]
    pub fn number(&self, hit: Hit) -> Option<usize> {
        let mut before = 0;
        for found in &self.found {
            if (found.row, found.column) == (hit.row, hit.column) {
                return (hit.nth < found.count).then_some(before + hit.nth);
            }
            before += found.count;
        }
        None
    }

    fn at(&self, number: usize) -> Option<Hit> {
        let mut before = 0;
        for found in &self.found {
            if number < before + found.count {
                return Some(Hit { row: found.row, column: found.column, nth: number - before });
            }
            before += found.count;
        }
        None
    }

    /// The match after or before another; without one, from a row on. Gives whether it went on from the other end.
    #[must_use]
    pub fn step(&self, from: Option<Hit>, row: Option<Id>, step: Step) -> Option<(Hit, bool)> {
        let last = self.count().checked_sub(1)?;
        let (number, around) = match (from.and_then(|hit| self.number(hit)), step) {
            (Some(number), Step::Down) if number < last => (number + 1, false),
            (Some(_), Step::Down) => (0, true),
            (Some(0), Step::Up) => (last, true),
            (Some(number), Step::Up) => (number - 1, false),
            (None, step) => self.beside(row, step, last),
        };
        Some((self.at(number)?, around))
    }

    fn beside(&self, row: Option<Id>, step: Step, last: usize) -> (usize, bool) {
        let place = row.and_then(|row| self.key.as_ref()?.rows.iter().position(|other| *other == row));
        let Some(place) = place else { return (if step == Step::Down { 0 } else { last }, false) };
        let before: usize = self.found.iter().filter(|found| found.place < place).map(|found| found.count).sum();
        match step {
            Step::Down if before > last => (0, true),
            Step::Down => (before, false),
            Step::Up => before.checked_sub(1).map_or((last, true), |number| (number, false)),
        }
    }
}

fn look_into(ctx: &Ctx<'_>, key: &Key, (place, id): (usize, Id), into: &mut Vec<Found>) {
    let Some(row) = ctx.plan.recommendations.get(&id) else { return };
    let count = |column: Column| cell::parts(ctx, row, column).iter().map(|part| in_part(part, &key.sought)).sum();
    let before = into.len();
    for column in &key.columns {
        let count = count(*column);
        if count > 0 {
            into.push(Found { place, row: id, column: Some(*column), count });
        }
    }
    if into.len() > before {
        return;
    }
    // a row that holds the words only where nothing is shown is one stop
    let hidden = Column::ALL.iter().find(|column| !key.columns.contains(column) && count(**column) > 0);
    if hidden.is_some() || key.narrowed {
        into.push(Found { place, row: id, column: hidden.copied(), count: 1 });
    }
}

/// The text of a part as it is drawn.
#[must_use]
pub fn text_of(part: &Part<'_>) -> String {
    match part {
        Part::Text { text, aside, .. } => format!("{text}{aside}"),
        Part::Pill(badge) => badge.word.clone(),
    }
}

fn in_part(part: &Part<'_>, sought: &Sought) -> usize {
    match part {
        Part::Text { text, aside, .. } if aside.is_empty() => sought.places(text).len(),
        _ => sought.places(&text_of(part)).len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> Id {
        Id::NIL.derive(&[&number.to_string()])
    }

    /// Five rows; two matches in the actions of row 1, one in its position, one in row 3.
    fn hits() -> Hits {
        let found = |place, column, count| Found { place, row: id(place), column: Some(column), count };
        let key = Key {
            sought: Sought::new("words"),
            of: (1, chrono::NaiveDate::default()),
            columns: Column::USUAL.to_vec(),
            rows: (0..5).map(id).collect(),
            narrowed: false,
        };
        let found = vec![found(1, Column::Position, 1), found(1, Column::Actions, 2), found(3, Column::Position, 1)];
        Hits { key: Some(key), looked: 5, found }
    }

    #[test]
    fn steps_go_from_match_to_match_and_around() {
        let hits = hits();
        assert_eq!(hits.count(), 4);
        let hit = |number| hits.at(number).expect("there");
        assert_eq!(hit(2), Hit { row: id(1), column: Some(Column::Actions), nth: 1 });
        assert_eq!(hits.at(4), None);
        let cases = [
            (Some(hit(0)), None, Step::Down, 1, false),
            (Some(hit(2)), None, Step::Down, 3, false),
            (Some(hit(3)), None, Step::Down, 0, true),
            (Some(hit(0)), None, Step::Up, 3, true),
            (Some(hit(3)), None, Step::Up, 2, false),
            // without a match: from the row that is selected
            (None, None, Step::Down, 0, false),
            (None, None, Step::Up, 3, false),
            (None, Some(id(1)), Step::Down, 0, false),
            (None, Some(id(2)), Step::Down, 3, false),
            (None, Some(id(4)), Step::Down, 0, true),
            (None, Some(id(2)), Step::Up, 2, false),
            (None, Some(id(1)), Step::Up, 3, true),
            (None, Some(id(9)), Step::Down, 0, false),
        ];
        for (from, row, step, expected, around) in cases {
            assert_eq!(hits.step(from, row, step), Some((hit(expected), around)), "{from:?} {row:?} {step:?}");
        }
        assert_eq!(Hits::default().step(None, None, Step::Down), None, "nothing found");
    }
}
