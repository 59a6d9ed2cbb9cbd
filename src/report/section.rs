//! Parts of a paper that have a heading of their own: words, tables of their own columns, and charts.

use super::chart::Place;
use super::paper::{Block, Run};

/// A part of a paper under its heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// The heading; blank for what goes on with the section before.
    pub title: String,
    /// Its level: 2 for a part of the paper, 3 for a part of that.
    pub level: u8,
    /// What stands there, in its order.
    pub parts: Vec<Part>,
}

/// What stands in a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Paragraphs and bullets.
    Words(Vec<Block>),
    /// A table.
    Grid(Grid),
    /// A chart.
    Plot(Box<Plot>),
}

/// A table with columns of its own. The first cell of a row names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<GridColumn>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Vec<Block>>>,
}

/// A column of such a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridColumn {
    /// Its heading.
    pub title: String,
    /// Its share of the width beside the shares of the others.
    pub share: u16,
    /// Whether it holds numbers, which stand at the right.
    pub numbers: bool,
}

/// A series by month as it is drawn. Places run from the left and from below.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plot {
    /// Its heading.
    pub title: String,
    /// All that it shows, for those who cannot see it.
    pub description: String,
    /// What a reader must know of it, printed below.
    pub notes: Vec<String>,
    /// Words along the axis below.
    pub months: Vec<(Place, String)>,
    /// Words along the axis at the left.
    pub levels: Vec<(Place, String)>,
    /// Means and limits.
    pub lines: Vec<PlotLine>,
    /// The values, joined where no month is missing between them.
    pub runs: Vec<Vec<(Place, Place)>>,
    /// The values as signs.
    pub dots: Vec<PlotDot>,
    /// Where new limits begin.
    pub breaks: Vec<Place>,
}

/// A level line of a chart, from one place to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlotLine {
    /// Whether it is a mean, drawn whole, rather than a limit, drawn dashed.
    pub mean: bool,
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// How high it lies.
    pub at: Place,
}

/// A value of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlotDot {
    /// From the left.
    pub x: Place,
    /// From below.
    pub y: Place,
    /// What it means.
    pub sign: PlotSign,
    /// The rule that marks it, by its letter; blank for none.
    pub letter: &'static str,
}

/// What a value means, known by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlotSign {
    /// ● The ups and downs of every month.
    Common,
    /// ▲ A special cause in the adverse direction.
    Concern,
    /// ◆ A special cause in the good direction.
    Improvement,
    /// ■ A special cause where neither direction is good.
    Neutral,
}

impl PlotSign {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Common, Self::Concern, Self::Improvement, Self::Neutral];

    /// Its name in the templates.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Common => "common",
            Self::Concern => "concern",
            Self::Improvement => "improvement",
            Self::Neutral => "neutral",
        }
    }

    /// What it means.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Common => "ups and downs of every month",
            Self::Concern => "special cause, adverse",
            Self::Improvement => "special cause, good",
            Self::Neutral => "special cause, neither good nor bad by itself",
        }
    }
}

/// The letters beside the signs, with the rules that they stand for.
pub const LETTERS: &str = "O outside a limit, T trend, 2 two in three near a limit, S shift";

impl GridColumn {
    /// A column of words.
    #[must_use]
    pub fn words(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share, numbers: false }
    }

    /// A column of numbers.
    #[must_use]
    pub fn numbers(title: impl Into<String>, share: u16) -> Self {
        Self { title: title.into(), share, numbers: true }
    }
}

impl Section {
    /// A part of the paper.
    #[must_use]
    pub fn new(title: impl Into<String>, parts: Vec<Part>) -> Self {
        Self { title: title.into(), level: 2, parts }
    }

    /// A part of the part before.
    #[must_use]
    pub fn under(title: impl Into<String>, parts: Vec<Part>) -> Self {
        Self { title: title.into(), level: 3, parts }
    }

    /// Every block of words, in tables too.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.parts.iter().flat_map(|part| -> Box<dyn Iterator<Item = &Block>> {
            match part {
                Part::Words(blocks) => Box::new(blocks.iter()),
                Part::Grid(grid) => Box::new(grid.rows.iter().flatten().flatten()),
                Part::Plot(_) => Box::new(std::iter::empty()),
            }
        })
    }

    /// Its lines as plain text.
    pub(super) fn to_lines(&self, line: impl Fn(&Block) -> String) -> Vec<String> {
        let mut lines = vec![format!("\n{} {}", "=".repeat(usize::from(self.level)), self.title)];
        for part in &self.parts {
            match part {
                Part::Words(blocks) => lines.extend(blocks.iter().map(&line)),
                Part::Grid(grid) => {
                    lines.push(format!("[{}]", grid.caption));
                    let titles: Vec<&str> = grid.columns.iter().map(|column| column.title.as_str()).collect();
                    lines.push(titles.join(" | "));
                    let cell = |cell: &Vec<Block>| cell.iter().map(&line).collect::<Vec<_>>().join(" / ");
                    lines.extend(grid.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ")));
                }
                Part::Plot(plot) => {
                    lines.push(format!("(chart) {}", plot.title));
                    lines.push(plot.description.clone());
                    lines.extend(plot.notes.iter().map(|note| format!("~{note}~")));
                }
            }
        }
        lines
    }
}

/// A paragraph of plain words.
pub(super) fn words(text: impl Into<String>) -> Block {
    Block::paragraph(vec![Run::Plain(text.into())])
}

/// A paragraph of what the program says.
pub(super) fn quiet(text: impl Into<String>) -> Block {
    Block::paragraph(vec![Run::Quiet(text.into())])
}

/// A paragraph to be seen first.
pub(super) fn strong(text: impl Into<String>) -> Block {
    Block::paragraph(vec![Run::Strong(text.into())])
}
