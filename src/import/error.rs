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
        "this is {found}, not a text, Word, Excel, Markdown, HTML or CSV file. Open it in the program that made it, save it as .docx, .xlsx or text, and import that: {name}"
    )]
    NotText {
        /// What it looks like.
        found: &'static str,
        /// The document.
        name: String,
    },
    /// A password stands before it.
    #[error(
        "the document is protected with a password and cannot be read. Open it in the program that made it, save a copy without the password, and import that: {name}"
    )]
    Protected {
        /// The document.
        name: String,
    },
    /// A file of a program whose newer kind is read.
    #[error(
        "this is {found}, which is not read. Open it in the program that made it, save it as {save_as}, and import that: {name}"
    )]
    OtherKind {
        /// What it is.
        found: &'static str,
        /// As what it can be saved to be read.
        save_as: &'static str,
        /// The document.
        name: String,
    },
    /// Small as it lies, very large unpacked.
    #[error(
        "the document unpacks to more than {limit} MB, as no plan does; nothing of it was read. If it is meant to be a plan, save the pages with the tables alone, and import those: {name}"
    )]
    UnpacksTooLarge {
        /// The most that is unpacked.
        limit: u64,
        /// The document.
        name: String,
    },
    /// More parts or sheets than any document has.
    #[error(
        "the document has more than {limit} parts or sheets, as no plan does; nothing of it was read. Save the tables of the plan alone, and import those: {name}"
    )]
    TooManyParts {
        /// The most that are read.
        limit: usize,
        /// The document.
        name: String,
    },
    /// A package that is not whole.
    #[error(
        "the document is damaged: {what}. Open it in the program that made it, save it again, and import that: {name}"
    )]
    Damaged {
        /// What is wrong with it.
        what: &'static str,
        /// The document.
        name: String,
    },
    /// Our own workbook in a format in which its cells are no longer what was written.
    #[error(
        "this is a plan's own workbook, saved as another kind of file than .xlsx: what was changed in it cannot be told any more. Open it in the program that saved it, save it as .xlsx (Excel Workbook), and import that: {name}"
    )]
    OwnWorkbook {
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
        "files that end in .{ending} cannot be read; those that end in .docx, .xlsx, .xls, .ods, .txt, .md, .html, .csv, .tsv or .json can: {name}"
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
    /// A timeline that this program wrote.
    #[error(
        "{0} is a timeline that Recap made: it shows a plan as at a date, and half of it is worked out. Import the plan's workbook, its action plan or its appendix instead"
    )]
    Timeline(String),
}
