//! Papers as Word documents, to be pasted into a governing body's pack: real headings, real lists,
//! and a table whose header row repeats under each heading.

mod section;

use super::paper::{Block, Figures, Group, Paper, Row, Run as Words};
use super::printable::printable;
use super::{Options, ReportError};
use docx_rs::{
    AbstractNumbering, AlignmentType, BorderType, BreakType, Docx, Footer, Header, IndentLevel, Level, LevelJc,
    LevelText, LineSpacing, NumPages, NumberFormat, Numbering, NumberingId, PageMargin, PageNum, PageOrientationType,
    Paragraph, Run, RunFonts, SpecialIndentType, Start, Style, StyleType, Tab, TabValueType, Table, TableBorder,
    TableBorderPosition, TableBorders, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType, XMLDocx,
};
use std::io::Cursor;

/// A4 on its side with margins of 15 mm, in twentieths of a point.
const PAGE: (u32, u32) = (16838, 11906);
const MARGIN: i32 = 850;
const WIDTH: usize = 16838 - 2 * 850;
/// The share of the column for numbers, where rows have them.
const NUMBER_SHARE: usize = 7;
const LIST: usize = 2;
const BLUE: &str = "005EB8";
const SECOND: &str = "4C6272";

/// Makes the Word document of a paper.
///
/// # Errors
/// When the parts cannot be packed, which is a fault of this program.
pub fn write(paper: &Paper, options: &Options) -> Result<Vec<u8>, ReportError> {
    let mut docx = styled(frame(paper), options.compact);
    docx = docx.add_paragraph(styled_text("Heading1", &paper.title));
    docx = docx.add_paragraph(Paragraph::new().add_run(Run::new().add_text(printable(&paper.subtitle)).size(26)));
    let facts = [&paper.organisation, &paper.version, &paper.as_at].map(String::as_str);
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    docx = docx.add_paragraph(Paragraph::new().add_run(quiet(&facts.join("  ·  "))));
    if paper.is_empty() {
        docx = docx.add_paragraph(Paragraph::new().add_run(Run::new().add_text(paper.empty)));
    }
    if !paper.mark.is_empty() {
        docx = docx.add_paragraph(Paragraph::new().add_run(marked(paper.mark)));
    }
    for block in paragraphs(&paper.summary) {
        docx = docx.add_paragraph(block);
    }
    for each in &paper.figures {
        docx = docx.add_paragraph(styled_text("Heading2", &each.title).keep_next(true)).add_table(figures(each));
    }
    for group in paper.groups.iter().filter(|group| !group.rows.is_empty()) {
        docx = headed(docx, group).add_table(table(paper, group));
    }
    for each in &paper.sections {
        docx = section::add(docx, each);
    }
    if paper.chart.is_some() {
        let words = "The chart of this report is in its PDF and its web page; Word has the table only.";
        docx = docx.add_paragraph(Paragraph::new().add_run(quiet(words)));
    }
    docx = docx.add_paragraph(Paragraph::new()); // Word wants one after the last table
    let mut parts = docx.build();
    complete(&mut parts, paper, options);
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(|error| ReportError::Layout(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// What docx-rs leaves out, written into its parts before they are packed: rows that repeat as
/// headers, the language, the title.
fn complete(parts: &mut XMLDocx, paper: &Paper, options: &Options) {
    // only header rows are kept whole, and text is escaped, so the mark stands nowhere else
    let document = String::from_utf8_lossy(&parts.document);
    parts.document = document.replace("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />").into_bytes();
    let styles = String::from_utf8_lossy(&parts.styles);
    let language = "<w:lang w:val=\"en-GB\" w:eastAsia=\"en-GB\" w:bidi=\"ar-SA\" /></w:rPr></w:rPrDefault>";
    parts.styles = styles.replacen("</w:rPr></w:rPrDefault>", language, 1).into_bytes();
    let made = options.generated.format("%Y-%m-%dT%H:%M:%SZ");
    let (title, creator) = (escaped(&paper.full_title()), escaped(&paper.organisation));
    parts.doc_props.core = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>en-GB</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:modified></cp:coreProperties>"
    )
    .into_bytes();
}

fn escaped(text: &str) -> String {
    printable(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The page with its header and footer.
fn frame(paper: &Paper) -> Docx {
    let line = |style| Paragraph::new().style(style).add_tab(Tab::new().val(TabValueType::Right).pos(WIDTH));
    let small = |text: &str| Run::new().add_text(printable(text));
    let mut head = Header::new();
    if !paper.mark.is_empty() {
        let mark = Paragraph::new().style("Header").align(AlignmentType::Center).add_run(marked(paper.mark));
        head = head.add_paragraph(mark);
    }
    let header = line("Header")
        .add_run(small(&paper.organisation).bold())
        .add_run(small(&format!("  {}", paper.title)))
        .add_run(Run::new().add_tab())
        .add_run(small(&paper.as_at));
    let footer = line("Footer")
        .add_run(small(&paper.subtitle))
        .add_run(Run::new().add_tab())
        .add_run(small("Page "))
        .add_page_num(PageNum::new())
        .add_run(small(" of "))
        .add_num_pages(NumPages::new());
    let margin = PageMargin::new().top(1134).bottom(1020).left(MARGIN).right(MARGIN).header(567).footer(510);
    Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_orient(PageOrientationType::Landscape)
        .page_margin(margin)
        .header(head.add_paragraph(header))
        .footer(Footer::new().add_paragraph(footer))
}

fn styled(docx: Docx, compact: bool) -> Docx {
    let size = if compact { 20 } else { 24 };
    let arial = || RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial").east_asia("Arial");
    let spacing = |before: u32, after: u32| LineSpacing::new().before(before).after(after);
    let heading = |id: &str, name: &str, level: usize, size: usize, before: u32| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .q_format(true)
            .outline_lvl(level)
            .bold()
            .size(size)
            .line_spacing(spacing(before, 80))
    };
    let margin = |name: &str| {
        Style::new(name, StyleType::Paragraph).name(name.to_lowercase()).based_on("Normal").size(18).color(SECOND)
    };
    let list = Style::new("ListBullet", StyleType::Paragraph).name("List Bullet").based_on("Normal");
    let mut bullets = AbstractNumbering::new(LIST);
    for (level, mark) in ["•", "◦", "▪", "•", "◦"].into_iter().enumerate() {
        let indent = i32::try_from(200 * (level + 1)).unwrap_or_default();
        let hanging = Some(SpecialIndentType::Hanging(200));
        bullets = bullets.add_level(
            Level::new(level, Start::new(1), NumberFormat::new("bullet"), LevelText::new(mark), LevelJc::new("left"))
                .indent(Some(indent), hanging, None, None),
        );
    }
    docx.default_fonts(arial())
        .default_size(size)
        .default_line_spacing(spacing(0, 60))
        .add_style(heading("Heading1", "heading 1", 0, 38, 0))
        .add_style(heading("Heading2", "heading 2", 1, size + 2, 280))
        .add_style(heading("Heading3", "heading 3", 2, size, 200))
        .add_style(margin("Header"))
        .add_style(margin("Footer"))
        .add_style(list.line_spacing(spacing(0, 40)))
        .add_abstract_numbering(bullets)
        .add_numbering(Numbering::new(LIST, LIST))
}

fn styled_text(style: &str, text: &str) -> Paragraph {
    Paragraph::new().style(style).add_run(Run::new().add_text(printable(text)))
}

fn quiet(text: &str) -> Run {
    Run::new().add_text(printable(text)).color(SECOND)
}

/// For whom the paper is, to be seen first.
fn marked(text: &str) -> Run {
    Run::new().add_text(printable(text)).bold().color("A3181C")
}

/// A group's heading, kept with its table.
fn headed(mut docx: Docx, group: &Group) -> Docx {
    if !group.title.is_empty() {
        let label = if group.label.is_empty() { String::new() } else { format!("{}: ", group.label) };
        let text = format!("{label}{}", group.title);
        docx = docx.add_paragraph(styled_text("Heading2", &text).keep_next(true));
    }
    for note in &group.notes {
        docx = docx.add_paragraph(paragraphs(std::slice::from_ref(note)).remove(0).keep_next(true));
    }
    docx
}

/// A small table of numbers: half as wide as the page, as wide where it has many columns.
fn figures(figures: &Figures) -> Table {
    const NUMBER: usize = 1500;
    let numbers = figures.columns.len().saturating_sub(1);
    let mut widths = vec![WIDTH / 3];
    widths.extend(std::iter::repeat_n(NUMBER, numbers));
    let side = |at: usize| if at == 0 { AlignmentType::Left } else { AlignmentType::Right };
    let cell = |at: usize, run: Run| {
        let paragraph = Paragraph::new().align(side(at)).add_run(run);
        TableCell::new().width(widths[at], WidthType::Dxa).add_paragraph(paragraph)
    };
    let head = figures.columns.iter().enumerate();
    let head = head.map(|(at, title)| cell(at, Run::new().add_text(*title).bold().color(BLUE))).collect();
    let mut rows = vec![TableRow::new(head).cant_split()];
    rows.extend(figures.rows.iter().map(|row| {
        let cells = row.iter().enumerate().take(widths.len());
        TableRow::new(cells.map(|(at, text)| cell(at, Run::new().add_text(printable(text)))).collect())
    }));
    framed(rows, widths)
}

fn table(paper: &Paper, group: &Group) -> Table {
    let numbered = paper.groups.iter().flat_map(|group| &group.rows).any(|row| !row.reference.is_empty());
    let mut titles: Vec<(&str, usize)> =
        paper.columns.iter().map(|column| (column.title, usize::from(column.share))).collect();
    if numbered {
        titles.insert(0, ("No.", NUMBER_SHARE));
    }
    let shares: usize = titles.iter().map(|(_, share)| share).sum();
    let widths: Vec<usize> = titles.iter().map(|(_, share)| WIDTH * share / shares.max(1)).collect();
    let head = titles.iter().zip(&widths).map(|((title, _), width)| {
        let title = Run::new().add_text(*title).bold().color(BLUE);
        TableCell::new().width(*width, WidthType::Dxa).add_paragraph(Paragraph::new().keep_next(true).add_run(title))
    });
    let mut rows = vec![TableRow::new(head.collect()).cant_split()];
    rows.extend(group.rows.iter().map(|each| row(each, numbered, &widths)));
    framed(rows, widths)
}

/// Rows with a line above and below each.
fn framed(rows: Vec<TableRow>, widths: Vec<usize>) -> Table {
    let line = |position| TableBorder::new(position).border_type(BorderType::Single).size(4).color("AEB7BD");
    let borders = TableBorders::with_empty()
        .set(line(TableBorderPosition::Top))
        .set(line(TableBorderPosition::Bottom))
        .set(line(TableBorderPosition::InsideH));
    let width = widths.iter().sum();
    Table::new(rows)
        .set_grid(widths)
        .width(width, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .margins(TableCellMargins::new().margin(60, 100, 60, 100))
        .set_borders(borders)
}

fn row(row: &Row, numbered: bool, widths: &[usize]) -> TableRow {
    let mut cells: Vec<Vec<Paragraph>> = row.cells.iter().map(|cell| paragraphs(cell)).collect();
    let strong = |text: &str| Paragraph::new().add_run(Run::new().add_text(printable(text)).bold());
    if !row.title.is_empty()
        && let Some(first) = cells.first_mut()
    {
        first.insert(0, strong(&row.title).keep_next(true));
    }
    if numbered {
        cells.insert(0, vec![strong(&row.reference)]);
    }
    let cell = |(paragraphs, width): (Vec<Paragraph>, &usize)| {
        let cell = TableCell::new().width(*width, WidthType::Dxa);
        if paragraphs.is_empty() {
            return cell.add_paragraph(Paragraph::new()); // a cell without a paragraph is a damaged file to Word
        }
        paragraphs.into_iter().fold(cell, TableCell::add_paragraph)
    };
    TableRow::new(cells.into_iter().zip(widths).map(cell).collect())
}

/// Blocks as paragraphs; a line under a bullet is a line of the bullet's paragraph.
fn paragraphs(blocks: &[Block]) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for block in blocks {
        let (mut paragraph, broken) = match (block.under, out.pop()) {
            (true, Some(paragraph)) => (paragraph, true),
            (_, earlier) => {
                out.extend(earlier);
                (Paragraph::new(), false)
            }
        };
        if let Some(level) = block.bullet {
            let level = IndentLevel::new(usize::from(level));
            paragraph = paragraph.style("ListBullet").numbering(NumberingId::new(LIST), level);
        }
        if broken {
            paragraph = paragraph.add_run(Run::new().add_break(BreakType::TextWrapping));
        }
        out.push(block.runs.iter().map(run).fold(paragraph, Paragraph::add_run));
    }
    out
}

fn run(words: &Words) -> Run {
    match words {
        Words::Plain(text) => Run::new().add_text(printable(text)),
        Words::Strong(text) => Run::new().add_text(printable(text)).bold(),
        Words::Quiet(text) => quiet(text),
        // the word alone: a shape would hang on the reader's fonts
        Words::State(state) => Run::new().add_text(printable(&state.word)).bold(),
    }
}
