//! Why a document could not be read.

/// A document that gives no proposal; the message says what happened and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Nothing in it.
    #[error("the document is empty: there is nothing to read in {name}")]
    Empty {
        /// The document.
        name: String,
    },
    /// More than is read.
    #[error(
        "the document has {megabytes} MB; more than {limit} MB is not read as a plan. Save the pages with the tables alone, and import those: {name}"
    )]
    TooLarge {
        /// Its size.
        megabytes: usize,
        /// The most that is read.
        limit: usize,
        /// The document.
        name: String,
    },
    /// More cells than any plan has.
    #[error(
        "the document has {cells} cells; more than {limit} are not read as a plan. Save the tables of the plan alone, and import those: {name}"
    )]
    TooManyCells {
        /// Its cells, or what separates them.
        cells: usize,
        /// The most that are read.
        limit: usize,
        /// The document.
        name: String,
    },
    /// Not text.
    #[error(
        "this is {found}, not a text, Markdown, HTML or CSV file. Open it in the program that made it, save it as a web page, CSV or text, and import that: {name}"
    )]
    NotText {
        /// What it looks like.
        found: &'static str,
        /// The document.
        name: String,
    },
    /// A plan's own file.
    #[error(
        "this is a plan or another database, not a document. Where it is a plan, export it as .json, and import that: {name}"
    )]
    Plan {
        /// The file.
        name: String,
    },
    /// An ending that no reader is for.
    #[error(
        "files that end in .{ending} cannot be read; those that end in .txt, .md, .html, .csv, .tsv or .json can: {name}"
    )]
    Ending {
        /// The ending.
        ending: String,
        /// The document.
        name: String,
    },
    /// Readable, but no plan in it.
    #[error(
        "no recommendations or actions were found in {name}. Looked for: a table with a column of recommendation numbers (\"123\", \"Rec 123\" or \"123. Title\"), a table headed Key responsibility, Action and Timescale, and a paper's summary sheet. {seen}"
    )]
    NothingFound {
        /// The document.
        name: String,
        /// What was there instead.
        seen: String,
    },
}
