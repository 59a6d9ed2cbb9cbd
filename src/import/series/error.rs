//! Why a file gives no series.

use super::ImportError;

/// A file that gives no series; the message says what happened, in which row, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeriesRefused {
    /// No text.
    #[error("this is {found}, not comma-separated values. Save its sheet as CSV, and read that: {name}")]
    NotText {
        /// What it looks like.
        found: &'static str,
        /// The file.
        name: String,
    },
    /// Nothing in it, or too much.
    #[error(transparent)]
    Unread(ImportError),
    /// No column of numbers.
    #[error(
        "no column holds numbers. Give one column of values, and if you like their dates or names in another: row {row} is \"{text}\""
    )]
    NoNumbers {
        /// A row that shows it.
        row: usize,
        /// What stands there.
        text: String,
    },
    /// Which of them?
    #[error(
        "{first} and {second} both hold numbers, and one series has one column of values. Take out the columns that are not meant"
    )]
    SeveralColumns {
        /// A column, by its heading or number.
        first: String,
        /// Another.
        second: String,
    },
    /// A comma that may part columns or thousands.
    #[error(
        "row {row}: \"{text}\" may be one number or two columns, and so may every other row. Put a heading above each column, quotes around numbers with a comma, or a semicolon between columns"
    )]
    Comma {
        /// The first such row.
        row: usize,
        /// What stands there.
        text: String,
    },
    /// A cell among the values.
    #[error(
        "row {row}: \"{text}\" cannot be read as a number. Put it right, leave the cell blank where there is no data, or take the row out"
    )]
    Value {
        /// Its row, from 1.
        row: usize,
        /// What stands there.
        text: String,
    },
    /// A cell among the dates.
    #[error(
        "row {row}: \"{text}\" cannot be read as a date (31/05/2013, May 2013, 2013-05). Put it right, or take the row out"
    )]
    Date {
        /// Its row, from 1.
        row: usize,
        /// What stands there.
        text: String,
    },
    /// Percentages among other numbers.
    #[error("row {row}: \"{text}\": some values have a % sign and some have none. Write all of them in one way")]
    Percent {
        /// The first row that is written otherwise.
        row: usize,
        /// What stands there.
        text: String,
    },
    /// Two values for one date.
    #[error("row {row}: \"{at}\" stands in row {first} too. One date has one value: take one of the rows out")]
    Twice {
        /// The later row.
        row: usize,
        /// The earlier one.
        first: usize,
        /// The date, as it stands there.
        at: String,
    },
}
