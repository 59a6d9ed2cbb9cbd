//! A paper that knows no format: title, columns, and rows of cells under headings.

use super::ReportName;
use super::chart::Chart;
use super::section::Section;
use crate::model::{Id, text};

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Which report it is.
    pub name: ReportName,
    /// The plan it was made of.
    pub plan: Id,
    /// Whose it is.
    pub organisation: String,
    /// The plan's title.
    pub title: String,
    /// What the paper shows of it.
    pub subtitle: String,
    /// The plan's version and status, where it has them.
    pub version: String,
    /// "Position as at 28 May 2013".
    pub as_at: String,
    /// What is said before the table.
    pub summary: Vec<Block>,
    /// Numbers before the table.
    pub figures: Vec<Figures>,
    /// What is drawn beside it, where the format can.
    pub chart: Option<Chart>,
    /// The table's columns.
    pub columns: Vec<Column>,
    /// Its rows under their headings.
    pub groups: Vec<Group>,
    /// What stands there when there are no rows and no sections.
    pub empty: &'static str,
    /// Parts with headings of their own, in place of the table.
    pub sections: Vec<Section>,
    /// What stands on every page to say for whom it is; blank for nothing.
    pub mark: &'static str,
}

/// A small table of numbers: names in its first column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// What it shows.
    pub title: String,
    /// Its columns' headings.
    pub columns: Vec<&'static str>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub title: &'static str,
    /// Its share of the width, in hundredths.
    pub share: u16,
}

/// Rows under a heading; a heading without words is not printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// What kind of heading it is, printed small before it.
    pub label: &'static str,
    /// The heading.
    pub title: String,
    /// What stands under the heading.
    pub notes: Vec<Block>,
    /// Whether the heading is said again where its rows go over a page.
    pub repeats: bool,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of cells. One that has a number or title says them again where it breaks over a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its number.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// A cell for each column.
    pub cells: Vec<Vec<Block>>,
}

/// A paragraph or a bullet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// `None` for a paragraph, else the bullet's level from 0.
    pub bullet: Option<u8>,
    /// Whether it stands under the bullet before it, as part of it.
    pub under: bool,
    /// Its words.
    pub runs: Vec<Run>,
}

/// Words of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// What the plan says.
    Plain(String),
    /// The same, to be seen first.
    Strong(String),
    /// What the program says about it.
    Quiet(String),
    /// A state: a shape and a word.
    State(State),
}

/// How a state is shown; never by its tone alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its shape.
    pub mark: Mark,
    /// Its tone.
    pub tone: Tone,
    /// Its word, with a capital.
    pub word: String,
}

/// The shape of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// ○
    Circle,
    /// ◐
    Half,
    /// ●
    Dot,
    /// ✓
    Tick,
    /// ▲
    Triangle,
    /// ‖
    Bars,
    /// ?
    Question,
    /// ◷
    Clock,
    /// ◇
    Diamond,
    /// –
    Dash,
}

impl Column {
    /// Columns with these headings and shares.
    #[must_use]
    pub fn all(titles: &[&'static str], shares: &[u16]) -> Vec<Self> {
        titles.iter().zip(shares).map(|(title, share)| Self { title, share: *share }).collect()
    }
}

impl Mark {
    /// Its name in the templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Half => "half",
            Self::Dot => "dot",
            Self::Tick => "tick",
            Self::Triangle => "triangle",
            Self::Bars => "bars",
            Self::Question => "question",
            Self::Clock => "clock",
            Self::Diamond => "diamond",
            Self::Dash => "dash",
        }
    }
}

/// The tone of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Under way.
    Active,
    /// Needs an eye kept on it.
    Watch,
    /// Needs something done.
    Bad,
    /// Open.
    Open,
    /// Nothing to say.
    Plain,
}

impl Tone {
    /// Its name in the templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Active => "active",
            Self::Watch => "watch",
            Self::Bad => "bad",
            Self::Open => "open",
            Self::Plain => "plain",
        }
    }
}

impl Run {
    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Strong(text) | Self::Quiet(text) => text,
            Self::State(state) => &state.word,
        }
    }
}

impl Block {
    /// A paragraph.
    #[must_use]
    pub fn paragraph(runs: Vec<Run>) -> Self {
        Self { bullet: None, under: false, runs }
    }

    /// A bullet of the outermost level.
    #[must_use]
    pub fn bullet(runs: Vec<Run>) -> Self {
        Self { bullet: Some(0), under: false, runs }
    }

    /// A line that is part of the bullet before it.
    #[must_use]
    pub fn under(runs: Vec<Run>) -> Self {
        Self { bullet: None, under: true, runs }
    }

    /// The paragraphs and bullets of a cell of the plan.
    pub fn of(cell: &str) -> impl Iterator<Item = Self> {
        text::blocks(cell).map(|block| Self {
            bullet: block.bullet,
            under: false,
            runs: vec![Run::Plain(block.text.to_owned())],
        })
    }

    /// Its words.
    #[must_use]
    pub fn text(&self) -> String {
        self.runs.iter().map(Run::text).collect()
    }
}

impl Paper {
    /// What the file's properties call it.
    #[must_use]
    pub fn full_title(&self) -> String {
        let parts = [&self.organisation, &self.title, &self.subtitle];
        let filled: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        filled.join(" – ")
    }

    /// Whether there is neither a row nor a section to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty() && !self.has_rows()
    }

    /// Whether the table has a row.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        self.groups.iter().any(|group| !group.rows.is_empty())
    }

    /// Every block of the summary, of every cell and of every section.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        let in_table = self
            .groups
            .iter()
            .flat_map(|group| group.notes.iter().chain(group.rows.iter().flat_map(|row| row.cells.iter().flatten())));
        self.summary.iter().chain(in_table).chain(self.sections.iter().flat_map(Section::blocks))
    }

    /// The paper as plain text: for tests, and for those who want to see what it is made of.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines = vec![self.full_title(), self.version.clone(), self.as_at.clone()];
        if !self.mark.is_empty() {
            lines.push(self.mark.to_owned());
        }
        if self.is_empty() {
            lines.push(self.empty.to_owned());
        }
        lines.extend(self.summary.iter().map(line));
        for figures in &self.figures {
            lines.push(format!("\n== {}", figures.title));
            lines.push(figures.columns.join(" | "));
            lines.extend(figures.rows.iter().map(|row| row.join(" | ")));
        }
        lines.extend(self.sections.iter().flat_map(|section| section.to_lines(line)));
        for group in &self.groups {
            lines.push(format!("\n== {} {}", group.label, group.title).trim_end().to_owned());
            lines.extend(group.notes.iter().map(line));
            for row in &group.rows {
                lines.push(format!("-- {} {}", row.reference, row.title).trim_end().to_owned());
                for (column, cell) in self.columns.iter().zip(&row.cells) {
                    lines.push(format!("[{}]", column.title));
                    lines.extend(cell.iter().map(line));
                }
            }
        }
        lines.join("\n")
    }
}

fn line(block: &Block) -> String {
    let marks = |run: &Run| match run {
        Run::Plain(text) => text.clone(),
        Run::Strong(text) => format!("*{text}*"),
        Run::Quiet(text) => format!("~{text}~"),
        Run::State(state) => format!("<{} {}>", state.mark.name(), state.word),
    };
    let words: String = block.runs.iter().map(marks).collect();
    match (block.bullet, block.under) {
        (Some(level), _) => format!("{}• {words}", "  ".repeat(usize::from(level))),
        (None, true) => format!("  {words}"),
        (None, false) => words,
    }
}
