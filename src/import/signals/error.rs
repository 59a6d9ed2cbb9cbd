//! Why a source gives no signals.

use crate::import::ImportError;

/// A source that gives no signals; the message says what happened and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignalsError {
    /// It could not be read at all.
    #[error("{0}")]
    Import(ImportError),
    /// It is larger than is read in its form.
    #[error(
        "{name} is too large to be read as it is ({what}). Open it in the program that made it, save it as CSV, or as several files of a year each, and import those"
    )]
    TooLarge {
        /// How large.
        what: String,
        /// The source.
        name: String,
    },
    /// No row of headings.
    #[error(
        "no row of column headings was found in {name}. Looked for headings such as Reference, Date received, Subject, Provider in the first 40 rows; {seen}. Say which column is which with --map FIELD=COLUMN"
    )]
    NoHeadings {
        /// What stands there instead.
        seen: String,
        /// The source.
        name: String,
    },
    /// A column that a person named and that is not there.
    #[error("there is no column \"{column}\"; those that are named most like it: {near}")]
    NoSuchColumn {
        /// What the person named.
        column: String,
        /// What is there, in quotation marks.
        near: String,
    },
    /// A sheet that a person named and that is not there.
    #[error("{name} has no sheet \"{sheet}\"; it has {has}")]
    NoSuchSheet {
        /// What the person named.
        sheet: String,
        /// What is there.
        has: String,
        /// The source.
        name: String,
    },
    /// A quotation mark that is never closed swallows the rows after it.
    #[error(
        "a quotation mark that opens near line {line} of {name} is never closed, so the rows after it cannot be told apart. Close it, or save the file again from the program that made it"
    )]
    OpenQuote {
        /// The line of the row it stands in.
        line: usize,
        /// The source.
        name: String,
    },
    /// The person stopped it.
    #[error("the import was stopped; nothing was taken")]
    Stopped,
}

impl SignalsError {
    /// An error of the readers that plans come through, in words that fit a source of signals.
    pub(super) fn of(error: ImportError) -> Self {
        match error {
            ImportError::TooLarge { megabytes, name, .. } => Self::TooLarge { what: format!("{megabytes} MB"), name },
            ImportError::TooManyCells { limit, name, .. } => {
                Self::TooLarge { what: format!("more than {limit} cells"), name }
            }
            ImportError::UnpacksTooLarge { limit, name } => {
                Self::TooLarge { what: format!("it unpacks to more than {limit} MB"), name }
            }
            ImportError::TooManyParts { limit, name } => {
                Self::TooLarge { what: format!("more than {limit} parts or sheets"), name }
            }
            other => Self::Import(other),
        }
    }
}
