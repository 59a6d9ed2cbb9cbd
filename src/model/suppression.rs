//! Small numbers hidden in what is published: 1 to 7 as `*`, every other count to the nearest 5, and as many
//! more hidden as it takes that no hidden number can be worked out from the totals.
//!
//! The reader that is guarded against knows this rule, adds up rows and columns, and even knows which of the
//! hidden cells are small. What such a reader can find out is exact: counts in a table with totals are a flow
//! through a network, each with a least and a most, and how far one of them can move while all the others stay
//! within theirs is a greatest flow (`network`). A number is safe when at least [`OPEN`] values of it agree
//! with everything that is shown.
//!
//! Totals must be sums of the cells. Complaints by subject are not: one with three subjects is counted under
//! each. Such a table is published without the totals that its cells do not add up to.

mod network;
pub mod sums;

use network::{Bounds, Network};

/// The smallest and the largest count that is hidden. Source: NHS practice for published counts of people.
pub const SMALL: std::ops::RangeInclusive<u64> = 1..=7;
/// To what the other counts are rounded.
pub const ROUND_TO: u64 = 5;
/// How many values of a hidden number must agree with what is shown.
pub const OPEN: u64 = 3;
/// The largest count that is taken: far above any of the NHS, and sums of them do not overflow.
pub const MOST: u64 = 1_000_000_000;

/// Which totals are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// A total for each row.
    pub rows: bool,
    /// A total for each column.
    pub columns: bool,
    /// One of all cells.
    pub all: bool,
}

impl Totals {
    /// All of them.
    pub const ALL: Self = Self { rows: true, columns: true, all: true };
    /// None: cells that do not add up.
    pub const NONE: Self = Self { rows: false, columns: false, all: false };
}

/// A published number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// To the nearest 5; a zero is one.
    Number(u64),
    /// Hidden, being small or to guard another.
    Hidden,
}

impl Shown {
    /// As it is printed.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Hidden => "*".to_owned(),
        }
    }
}

/// A table as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Row by row; `None` where there is no count: no data, not asked.
    pub cells: Vec<Vec<Option<Shown>>>,
    /// A total a row; empty where not asked for.
    pub row_totals: Vec<Shown>,
    /// A total a column; empty where not asked for.
    pub column_totals: Vec<Shown>,
    /// The total of all; `None` where not asked for.
    pub total: Option<Shown>,
}

/// Why a table is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SuppressionError {
    /// Rows of different widths.
    #[error("row {row} has {found} cells and the first row {wanted}: a table has rows of one width")]
    Ragged {
        /// The row, from 1.
        row: usize,
        /// Its cells.
        found: usize,
        /// Those of the first row.
        wanted: usize,
    },
    /// A count beyond [`MOST`].
    #[error("row {row} holds {count}, which is no count of the NHS")]
    TooLarge {
        /// The row, from 1.
        row: usize,
        /// The count.
        count: u64,
    },
}

/// A count by itself, as it is published; see [`sums`] for counts that hang together.
#[must_use]
pub fn alone(count: u64) -> Shown {
    if SMALL.contains(&count) { Shown::Hidden } else { Shown::Number(rounded(count)) }
}

/// Whether a series may be drawn in what is published. One with a small value may not: a line or its axis
/// would give the number away; it is described in words.
#[must_use]
pub fn may_be_drawn(counts: impl IntoIterator<Item = u64>) -> bool {
    !counts.into_iter().any(|count| SMALL.contains(&count))
}

fn rounded(count: u64) -> u64 {
    count.saturating_add(ROUND_TO / 2) / ROUND_TO * ROUND_TO
}

/// A table as it is published; `None` for a cell without a count. Which numbers are hidden beyond the small
/// ones depends on the counts alone: the smallest one beside a number that is not safe, cells before totals.
///
/// # Errors
/// When rows differ in width, or a count is beyond [`MOST`].
pub fn publish(rows: &[Vec<Option<u64>>], totals: Totals) -> Result<Published, SuppressionError> {
    let width = rows.first().map_or(0, Vec::len);
    for (row, cells) in (1..).zip(rows) {
        if cells.len() != width {
            return Err(SuppressionError::Ragged { row, found: cells.len(), wanted: width });
        }
        if let Some(count) = cells.iter().flatten().copied().find(|count| *count > MOST) {
            return Err(SuppressionError::TooLarge { row, count });
        }
    }
    let mut table = Guarded::of(rows, width, totals);
    table.guard();
    Ok(table.published(rows, width, totals))
}

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Cell,
    Total,
    /// A total that is not printed.
    Unprinted,
}

/// A number of the table.
#[derive(Debug, Clone, Copy)]
struct Entry {
    count: u64,
    hidden: bool,
    place: Place,
}

impl Entry {
    fn cell(count: u64) -> Self {
        Self { count, hidden: SMALL.contains(&count), place: Place::Cell }
    }

    fn total(count: u64, printed: bool) -> Self {
        let place = if printed { Place::Total } else { Place::Unprinted };
        Self { count, hidden: printed && SMALL.contains(&count), place }
    }

    /// What a reader knows of it. A hidden total may be small or not; of a hidden cell it is known which.
    fn bounds(self) -> Bounds {
        let (low, high) = match self.count {
            _ if self.place == Place::Unprinted => (0, None),
            count if !self.hidden && count == 0 => (0, Some(0)),
            count if !self.hidden => {
                let shown = rounded(count);
                ((shown - ROUND_TO / 2).max(SMALL.end() + 1), Some(shown + ROUND_TO / 2))
            }
            _ if self.place == Place::Total => (*SMALL.start(), None),
            count if SMALL.contains(&count) => (*SMALL.start(), Some(*SMALL.end())),
            _ => (SMALL.end() + 1, None),
        };
        Bounds { low, high }
    }
}

/// The table as a network, each entry an edge: a row's total flows into the row, through its cells into the
/// columns, out by the columns' totals, and back as the total of all.
struct Guarded {
    entries: Vec<Entry>,
    network: Network,
    width: usize,
    height: usize,
}

impl Guarded {
    fn of(rows: &[Vec<Option<u64>>], width: usize, totals: Totals) -> Self {
        let height = rows.len();
        let (source, sink) = (height + width, height + width + 1);
        let mut guarded = Self { entries: Vec::new(), network: Network::new(sink + 1), width, height };
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                // a cell without a count adds nothing to any total, which a reader is told
                guarded.add(row, height + column, Entry::cell(cell.unwrap_or(0)));
            }
        }
        for (row, cells) in rows.iter().enumerate() {
            let total = cells.iter().flatten().sum();
            guarded.add(source, row, Entry::total(total, totals.rows));
        }
        for column in 0..width {
            let total = rows.iter().filter_map(|cells| cells[column]).sum();
            guarded.add(height + column, sink, Entry::total(total, totals.columns));
        }
        let total = rows.iter().flatten().flatten().sum();
        guarded.add(sink, source, Entry::total(total, totals.all));
        guarded
    }

    fn add(&mut self, from: usize, to: usize, entry: Entry) {
        self.network.add(from, to, entry.count, entry.bounds());
        self.entries.push(entry);
    }

    /// Hides more until every hidden number is safe. One that is safe stays so: what is hidden later only
    /// leaves more room. It ends: with every total hidden that is not zero, nothing says anything of a small
    /// cell.
    fn guard(&mut self) {
        let hidden = |place: &usize| self.entries[*place].hidden;
        let mut to_check: Vec<usize> = (0..self.entries.len()).rev().filter(hidden).collect();
        while let Some(place) = to_check.last().copied() {
            if self.network.freedom(place, OPEN - 1) >= OPEN - 1 {
                to_check.pop();
                continue;
            }
            let Some(next) = self.next_to_hide(place) else { return };
            self.entries[next].hidden = true;
            self.network.set_bounds(next, self.entries[next].bounds());
            to_check.insert(0, next);
        }
    }

    /// The smallest number that is shown and no zero: in the same row or column, cells first, else anywhere.
    fn next_to_hide(&self, beside: usize) -> Option<usize> {
        let can = |place: &usize| {
            let entry = self.entries[*place];
            !entry.hidden && entry.place != Place::Unprinted && entry.count > 0
        };
        let order = |place: &usize| {
            let entry = self.entries[*place];
            (!self.network.touch(beside, *place), entry.place, entry.count, *place)
        };
        (0..self.entries.len()).filter(can).min_by_key(order)
    }

    fn published(&self, rows: &[Vec<Option<u64>>], width: usize, totals: Totals) -> Published {
        let shown = |place: usize| {
            let entry = self.entries[place];
            if entry.hidden { Shown::Hidden } else { Shown::Number(rounded(entry.count)) }
        };
        let cell = |row: usize, column: usize| rows[row][column].map(|_| shown(row * width + column));
        let first = self.height * self.width;
        let list = |from: usize, count: usize, printed: bool| {
            if printed { (from..from + count).map(shown).collect() } else { Vec::new() }
        };
        Published {
            cells: (0..self.height).map(|row| (0..width).map(|column| cell(row, column)).collect()).collect(),
            row_totals: list(first, self.height, totals.rows),
            column_totals: list(first + self.height, self.width, totals.columns),
            total: totals.all.then(|| shown(first + self.height + self.width)),
        }
    }
}

#[cfg(test)]
mod tests;
