//! A timeline as it is drawn, before it is drawn: rows with marks over months, and what is due and done
//! as two lines. PDF and web page draw the same; both tell marks by their shapes.

use super::paper::State;

/// A place along the axis, in ten-thousandths of its length from its beginning: 0 to 10,000.
pub type Place = u32;

/// The end of the axis.
pub const END: Place = 10_000;

/// Rows over months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its heading.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The upper line of the axis: quarters or financial years.
    pub spans: Vec<Span>,
    /// The lower line of the axis: months or quarters. None where years are all that fits.
    pub ticks: Vec<Span>,
    /// The date it is judged against.
    pub as_at: Place,
    /// That date in words, "as at 28 May 2013".
    pub as_at_label: String,
    /// The states that its rows have, each once.
    pub states: Vec<State>,
    /// The kinds of sign that its rows have, each once.
    pub signs: Vec<Sign>,
    /// Its rows under their headings.
    pub groups: Vec<Rows>,
    /// What is due and done by when, where anything has a date.
    pub burn_up: Option<BurnUp>,
}

/// A stretch of the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Its words.
    pub label: String,
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The heading, cut to one line.
    pub title: String,
    /// The rows.
    pub rows: Vec<Bar>,
}

/// A row: what it is about, and what stands where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Its words on one line or two, cut where they are more.
    pub lines: Vec<String>,
    /// Its state.
    pub state: State,
    /// Said in the row where there is nothing to draw.
    pub remark: &'static str,
    /// The lines, drawn before the signs.
    pub strokes: Vec<Stroke>,
    /// The signs on it.
    pub signs: Vec<(Place, Sign)>,
}

/// A line from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// How it is drawn.
    pub kind: StrokeKind,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrokeKind {
    /// Solid: the time in which it is to be done.
    Work,
    /// Dashed: from the first due to the present one.
    PutOff,
    /// Solid with an arrow's head: without an end.
    Onwards,
}

impl StrokeKind {
    /// Its name in the template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::PutOff => "put-off",
            Self::Onwards => "onwards",
        }
    }
}

/// A sign on a row, known by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// ▷ Where work begins.
    Start,
    /// ◇ The due before it was first revised.
    First,
    /// ◆ The due.
    Due,
    /// ○ One of many times.
    Again,
    /// ✓ Where it was done.
    Done,
}

impl Sign {
    /// Its name in the template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::First => "first",
            Self::Due => "due",
            Self::Again => "again",
            Self::Done => "done",
        }
    }

    /// What it means.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Start => "starts",
            Self::First => "first due",
            Self::Due => "due",
            Self::Again => "recurs",
            Self::Done => "done",
        }
    }
}

/// What was to be done, and what was done, by the end of each month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BurnUp {
    /// Its heading.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The months.
    pub points: Vec<Point>,
    /// The highest number on it, at least 1.
    pub most: usize,
    /// What more there is to know.
    pub note: String,
}

/// A month of the burn-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The month in words.
    pub month: String,
    /// Its end.
    pub at: Place,
    /// How many were due by then.
    pub due: usize,
    /// Where the number of those done is drawn, and the number; `None` after the chart's date.
    pub done: Option<(Place, usize)>,
}
