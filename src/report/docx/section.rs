//! Sections in Word: headings, tables of their own columns, and charts in words, as Word gets no drawing.

use super::{WIDTH, framed, paragraphs, quiet, run, styled_text};
use crate::report::paper::Block;
use crate::report::printable::printable;
use crate::report::section::{Grid, Part, Plot, Section};
use docx_rs::{AlignmentType, Docx, Paragraph, Run, Table, TableCell, TableRow, WidthType};

/// The most columns that are set in the paper's own size.
const WIDE: usize = 7;

/// Adds a section.
pub(super) fn add(mut docx: Docx, section: &Section) -> Docx {
    if !section.title.is_empty() {
        let style = if section.level > 2 { "Heading3" } else { "Heading2" };
        docx = docx.add_paragraph(styled_text(style, &section.title).keep_next(true));
    }
    for part in &section.parts {
        docx = match part {
            Part::Words(blocks) => paragraphs(blocks).into_iter().fold(docx, Docx::add_paragraph),
            Part::Grid(each) => {
                if !each.caption.is_empty() {
                    let caption = Run::new().add_text(printable(&each.caption)).bold();
                    docx = docx.add_paragraph(Paragraph::new().keep_next(true).add_run(caption));
                }
                docx.add_table(grid(each)).add_paragraph(Paragraph::new())
            }
            Part::Plot(each) => plot(docx, each),
        };
    }
    docx
}

/// What the chart shows, in words.
fn plot(docx: Docx, plot: &Plot) -> Docx {
    let title = Run::new().add_text(printable(&plot.title)).bold();
    let docx = docx
        .add_paragraph(Paragraph::new().keep_next(true).add_run(title))
        .add_paragraph(Paragraph::new().add_run(Run::new().add_text(printable(&plot.description))));
    if plot.notes.is_empty() {
        docx
    } else {
        docx.add_paragraph(Paragraph::new().add_run(quiet(&plot.notes.join(" "))))
    }
}

fn grid(grid: &Grid) -> Table {
    let shares: usize = grid.columns.iter().map(|column| usize::from(column.share.max(1))).sum();
    let width = |share: u16| WIDTH * usize::from(share.max(1)) / shares.max(1);
    let widths: Vec<usize> = grid.columns.iter().map(|column| width(column.share)).collect();
    let size = (grid.columns.len() > WIDE).then_some(18);
    let sized = |run: Run| match size {
        Some(size) => run.size(size),
        None => run,
    };
    let side = |numbers: bool| if numbers { AlignmentType::Right } else { AlignmentType::Left };
    let head = grid.columns.iter().zip(&widths).map(|(column, width)| {
        let title = sized(Run::new().add_text(printable(&column.title)).bold().color(super::BLUE));
        let paragraph = Paragraph::new().keep_next(true).align(side(column.numbers)).add_run(title);
        TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph)
    });
    let mut rows = vec![TableRow::new(head.collect()).cant_split()];
    for row in &grid.rows {
        let cells = row.iter().zip(&grid.columns).zip(&widths).map(|((cell, column), width)| {
            let made = TableCell::new().width(*width, WidthType::Dxa);
            if cell.is_empty() {
                return made.add_paragraph(Paragraph::new());
            }
            let lines = if size.is_some() { small(cell, sized) } else { paragraphs(cell) };
            lines.into_iter().map(|line| line.align(side(column.numbers))).fold(made, TableCell::add_paragraph)
        });
        rows.push(TableRow::new(cells.collect()));
    }
    framed(rows, widths)
}

/// Blocks as paragraphs of smaller print; cells of wide tables hold no lists.
fn small(cell: &[Block], sized: impl Fn(Run) -> Run) -> Vec<Paragraph> {
    cell.iter()
        .map(|block| block.runs.iter().map(|words| sized(run(words))).fold(Paragraph::new(), Paragraph::add_run))
        .collect()
}
