//! Which column holds the values, which their dates or words, and whether the first row is a heading.

use super::{Row, SeriesRefused, date, number};

/// What each column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) values: usize,
    /// The dates, or else the words, that the values are of.
    pub(super) at: Option<usize>,
    /// Whether those are dates.
    pub(super) dated: bool,
    /// Whether the first row is a heading.
    pub(super) header: bool,
}

/// What stands in a column below the first row.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    filled: usize,
    numbers: usize,
    dates: usize,
}

impl Held {
    fn of(rows: &[Row], column: usize) -> Self {
        let mut held = Self::default();
        for cell in rows.iter().map(|row| row.cell(column)).filter(|cell| !number::is_blank(cell)) {
            held.filled += 1;
            if number::read(cell).is_some() {
                held.numbers += 1;
            } else if date(cell).is_some() {
                held.dates += 1;
            }
        }
        held
    }

    /// Half is enough: the cells that are none are then refused one by one, instead of the column being
    /// passed over.
    fn is_numbers(self) -> bool {
        self.numbers > 0 && self.numbers * 2 >= self.filled
    }

    fn is_dates(self) -> bool {
        !self.is_numbers() && self.dates > 0 && self.dates * 2 >= self.filled
    }
}

impl Columns {
    pub(super) fn of(rows: &[Row]) -> Result<Self, SeriesRefused> {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        // the first row may be a heading, and says nothing unless it is the only one
        let body = if rows.len() > 1 { &rows[1..] } else { rows };
        let held: Vec<Held> = (0..width).map(|column| Held::of(body, column)).collect();
        let mut numbers: Vec<usize> = (0..width).filter(|column| held[*column].is_numbers()).collect();
        let dates = (0..width).find(|column| held[*column].is_dates());
        let counter = (numbers.len() > 1).then(|| numbers[0]).filter(|column| is_counter(rows, *column));
        numbers.retain(|column| Some(*column) != counter);
        let values = match numbers[..] {
            [values] => values,
            [first, second, ..] => {
                let name = |column| column_name(rows, column);
                return Err(SeriesRefused::SeveralColumns { first: name(first), second: name(second) });
            }
            [] => {
                let row = body.first();
                let text = row.map(|row| row.cells.join(", ")).unwrap_or_default();
                return Err(SeriesRefused::NoNumbers { row: row.map_or(1, |row| row.number), text });
            }
        };
        let words =
            || (0..width).find(|column| *column != values && held[*column].filled > 0 && !held[*column].is_numbers());
        let header = rows.first().is_some_and(|first| {
            let (value, at) = (first.cell(values), dates.map(|column| first.cell(column)));
            let no_number = number::read(value).is_none();
            match at {
                Some(at) if date(at).is_some() => false,
                // "Month,2013" is a heading, "05/31/2013,12" a date that cannot be read
                Some(at) => no_number || !at.contains(|c: char| c.is_ascii_digit()),
                None => no_number && !number::is_blank(value),
            }
        });
        Ok(Self { values, at: dates.or(counter).or_else(words), dated: dates.is_some(), header })
    }
}

/// Whether a column numbers the rows: each number is one more than the one above.
fn is_counter(rows: &[Row], column: usize) -> bool {
    let first = usize::from(number::read(rows[0].cell(column)).is_none());
    let numbers: Option<Vec<f64>> =
        rows[first..].iter().map(|row| number::read(row.cell(column)).map(|number| number.value)).collect();
    numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[1] - pair[0] == 1.0))
}

fn column_name(rows: &[Row], column: usize) -> String {
    let heading = rows.first().map_or("", |row| row.cell(column));
    if heading.is_empty() || number::read(heading).is_some() {
        format!("column {}", column + 1)
    } else {
        format!("\"{heading}\"")
    }
}

/// Where commas stand in the lines of a file that has no other separator, they may part columns or thousands.
/// Gives the text, and the number of its first line, where they part thousands in one column; nothing where
/// they part columns.
///
/// # Errors
/// When every line can be read in both ways.
pub(super) fn thousands_or_columns(text: &str, delimiter: u8) -> Result<Option<(usize, &str)>, SeriesRefused> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    if delimiter != b',' || text.contains('"') {
        return Ok(None);
    }
    let Some((first, _)) = lines.clone().next() else { return Ok(None) };
    let heading = number::read(first).is_none();
    let body = || lines.clone().skip(usize::from(heading));
    let one_column =
        body().next().is_some() && body().all(|(line, _)| number::is_blank(line) || number::read(line).is_some());
    if !one_column {
        return Ok(None);
    }
    // a heading, or a row without a comma, says how many columns there are
    if heading {
        return Ok((!first.contains(',')).then_some((1, text)));
    }
    match lines.clone().find(|(line, _)| line.contains(',')) {
        Some((line, row)) if body().all(|(line, _)| line.contains(',')) => {
            Err(SeriesRefused::Comma { row, text: line.to_owned() })
        }
        _ => Ok(Some((1, text))),
    }
}
