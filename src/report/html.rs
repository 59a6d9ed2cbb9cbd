//! Papers as a web page: one file with everything in it, no scripts, nothing fetched. Headings, a
//! caption and scoped headers for screen readers; a style for the screen and one for paper.

use super::chart::{BurnUp, Point};
use super::paper::{Block, Figures, Group, Mark, Paper, Row, Run, State};
use super::printable::printable;
use super::section::{Grid, Part, Section};
use super::svg;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Set in the page itself, so that it looks the same wherever it is opened. Every colour has a
/// contrast of at least 4.5 to its ground; states say their word.
const STYLE: &str = include_str!("../../assets/report/page.css");

/// Rows with a cell of more letters, some ten lines, may break over pages: kept whole, they would
/// leave pages half empty.
const LONG_CELL: usize = 350;

/// Makes the page of a paper.
#[must_use]
pub fn write(paper: &Paper) -> String {
    write_together(std::slice::from_ref(paper))
}

/// Makes one page of several papers on one plan; the first gives it its name.
#[must_use]
pub fn write_together(papers: &[Paper]) -> String {
    let mut page = String::with_capacity(64 * 1024);
    page.push_str("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let title = papers.first().map(Paper::full_title).unwrap_or_default();
    put(&mut page, format_args!("<title>{}</title>\n", escaped(&title)));
    put(&mut page, format_args!("<style>\n{STYLE}</style>\n"));
    if let Some(paper) = papers.iter().find(|paper| !paper.mark.is_empty()) {
        put(&mut page, format_args!("<style>\n{}</style>\n", on_every_page(paper.mark)));
    }
    page.push_str("</head>\n<body>\n");
    if let Some(paper) = papers.first() {
        header(&mut page, paper);
    }
    page.push_str("<main>\n");
    let mut plots = 0;
    for (at, paper) in papers.iter().enumerate() {
        if at > 0 {
            put(&mut page, format_args!("<h1>{}</h1>\n", escaped(&paper.subtitle)));
        }
        contents(&mut page, paper, &mut plots);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn header(page: &mut String, paper: &Paper) {
    page.push_str("<header>\n");
    put(page, format_args!("<h1>{}</h1>\n", escaped(&paper.title)));
    for line in [&paper.subtitle, &paper.organisation, &paper.version, &paper.as_at] {
        if !line.is_empty() {
            put(page, format_args!("<p>{}</p>\n", escaped(line)));
        }
    }
    page.push_str("</header>\n");
}

/// What a paper says, without its title.
fn contents(page: &mut String, paper: &Paper, plots: &mut usize) {
    if !paper.mark.is_empty() {
        put(page, format_args!("<p class=\"mark\">{}</p>\n", escaped(paper.mark)));
    }
    if paper.is_empty() {
        put(page, format_args!("<p>{}</p>\n", escaped(paper.empty)));
    }
    blocks(page, &paper.summary);
    for each in &paper.figures {
        figures(page, each);
    }
    if let Some(chart) = &paper.chart
        && let Some(burn) = &chart.burn_up
    {
        svg::burn_up(page, burn, &chart.spans);
    }
    let numbered = paper.groups.iter().flat_map(|group| &group.rows).any(|row| !row.reference.is_empty());
    for group in paper.groups.iter().filter(|group| !group.rows.is_empty()) {
        table(page, paper, group, numbered);
    }
    for each in &paper.sections {
        section(page, each, plots);
    }
    if let Some(chart) = &paper.chart {
        svg::chart(page, chart);
        if let Some(burn) = &chart.burn_up {
            page.push_str("<section>\n");
            figures(page, &numbers(burn));
            page.push_str("</section>\n");
        }
    }
}

pub(super) fn put(page: &mut String, words: std::fmt::Arguments<'_>) {
    let written = page.write_fmt(words);
    debug_assert!(written.is_ok(), "a string takes all that is written to it");
}

/// A text as a page says it; what has no shape is left out, as on paper.
pub(super) fn escaped(text: &str) -> String {
    let text: Cow<'_, str> = printable(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A heading with its table. The caption says for screen readers what the table shows.
fn table(page: &mut String, paper: &Paper, group: &Group, numbered: bool) {
    page.push_str("<section>\n");
    if !group.title.is_empty() {
        let label = if group.label.is_empty() { String::new() } else { format!("{}: ", group.label) };
        put(page, format_args!("<h2>{}{}</h2>\n", escaped(&label), escaped(&group.title)));
    }
    blocks(page, &group.notes);
    page.push_str("<table>\n");
    let caption = if group.title.is_empty() { &paper.subtitle } else { &group.title };
    put(page, format_args!("<caption>{}</caption>\n<colgroup>", escaped(caption)));
    if numbered {
        page.push_str("<col class=\"number\">");
    }
    for column in &paper.columns {
        let share = column.share;
        if numbered {
            // what the number's column leaves; else browsers widen that instead
            put(page, format_args!("<col style=\"width:calc((100% - 4.5rem) * {share} / 100)\">"));
        } else {
            put(page, format_args!("<col style=\"width:{share}%\">"));
        }
    }
    page.push_str("</colgroup>\n<thead>\n<tr>");
    if numbered {
        page.push_str("<th scope=\"col\">No.</th>");
    }
    for column in &paper.columns {
        put(page, format_args!("<th scope=\"col\">{}</th>", escaped(column.title)));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for each in &group.rows {
        row(page, each, numbered);
    }
    page.push_str("</tbody>\n</table>\n</section>\n");
}

/// The style that says on every printed page, in its margins above and below, for whom it is.
fn on_every_page(mark: &str) -> String {
    let mark = escaped(mark).replace('\\', "").replace("&quot;", "");
    let look = format!("content: \"{mark}\"; font: bold 10pt Arial, sans-serif; color: #a3181c;");
    format!("@media print {{ @page {{ margin-top: 20mm; @top-center {{ {look} }} @bottom-center {{ {look} }} }} }}\n")
}

/// A part with its heading. Charts are numbered through the page, for their titles' ids.
fn section(page: &mut String, section: &Section, plots: &mut usize) {
    page.push_str("<section>\n");
    if !section.title.is_empty() {
        let level = section.level.clamp(2, 6);
        put(page, format_args!("<h{level}>{}</h{level}>\n", escaped(&section.title)));
    }
    for part in &section.parts {
        match part {
            Part::Words(words) => blocks(page, words),
            Part::Grid(each) => grid(page, each),
            Part::Plot(each) => {
                svg::plot(page, each, *plots);
                *plots += 1;
            }
        }
    }
    page.push_str("</section>\n");
}

/// A table with columns of its own.
fn grid(page: &mut String, grid: &Grid) {
    put(page, format_args!("<table class=\"grid\">\n<caption>{}</caption>\n<colgroup>", escaped(&grid.caption)));
    let all: u32 = grid.columns.iter().map(|column| u32::from(column.share)).sum();
    for column in &grid.columns {
        let share = f64::from(column.share) * 100.0 / f64::from(all.max(1));
        put(page, format_args!("<col style=\"width:{share:.1}%\">"));
    }
    page.push_str("</colgroup>\n<thead>\n<tr>");
    let side = |numbers: bool| if numbers { " class=\"number\"" } else { "" };
    for column in &grid.columns {
        put(page, format_args!("<th scope=\"col\"{}>{}</th>", side(column.numbers), escaped(&column.title)));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &grid.rows {
        page.push_str("<tr>");
        for (at, (cell, column)) in row.iter().zip(&grid.columns).enumerate() {
            let tag = if at == 0 { "th scope=\"row\"" } else { "td" };
            put(page, format_args!("<{tag}{}>", side(column.numbers)));
            blocks(page, cell);
            page.push_str(if at == 0 { "</th>" } else { "</td>" });
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

/// A small table of numbers.
fn figures(page: &mut String, figures: &Figures) {
    put(page, format_args!("<table class=\"figures\">\n<caption>{}</caption>\n<thead>\n<tr>", escaped(&figures.title)));
    for title in &figures.columns {
        put(page, format_args!("<th scope=\"col\">{}</th>", escaped(title)));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &figures.rows {
        page.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let cell = escaped(cell);
            if at == 0 {
                put(page, format_args!("<th scope=\"row\">{cell}</th>"));
            } else {
                put(page, format_args!("<td>{cell}</td>"));
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
}

/// The burn-up's numbers, for those who cannot see the drawing or want to work with them.
fn numbers(burn: &BurnUp) -> Figures {
    let row = |point: &Point| {
        let done = point.done.map(|(_, done)| done.to_string()).unwrap_or_default();
        vec![point.month.clone(), point.due.to_string(), done]
    };
    let note = if burn.note.is_empty() { String::new() } else { format!(" ({})", burn.note) };
    Figures {
        title: format!("{}, in numbers{note}", burn.title),
        columns: vec!["Month", "Due by its end", "Done by its end"],
        rows: burn.points.iter().map(row).collect(),
    }
}

fn row(page: &mut String, row: &Row, numbered: bool) {
    let letters =
        |cell: &Vec<Block>| cell.iter().flat_map(|block| &block.runs).map(|run| run.text().len()).sum::<usize>();
    page.push_str(if row.cells.iter().map(letters).max() > Some(LONG_CELL) { "<tr class=\"long\">" } else { "<tr>" });
    if numbered {
        put(page, format_args!("<th scope=\"row\">{}</th>", escaped(&row.reference)));
    }
    for (at, cell) in row.cells.iter().enumerate() {
        // where no number names the row, its first cell does
        let names = at == 0 && !numbered;
        page.push_str(if names { "<th scope=\"row\" class=\"words\">" } else { "<td>" });
        if at == 0 && !row.title.is_empty() {
            put(page, format_args!("<p><strong>{}</strong></p>", escaped(&row.title)));
        }
        blocks(page, cell);
        page.push_str(if names { "</th>" } else { "</td>" });
    }
    page.push_str("</tr>\n");
}

/// Paragraphs and nested lists; a line under a bullet stands in its item.
fn blocks(page: &mut String, blocks: &[Block]) {
    // for each open list whether an item of it is open
    let mut depth = 0;
    for (at, block) in blocks.iter().enumerate() {
        match block.bullet {
            Some(level) => {
                let wanted = usize::from(level) + 1;
                if depth >= wanted {
                    page.push_str("</li>");
                    while depth > wanted {
                        page.push_str("</ul></li>");
                        depth -= 1;
                    }
                }
                while depth < wanted {
                    page.push_str("<ul>");
                    depth += 1;
                    // a level that is left out still is an item of the list it stands in
                    if depth < wanted {
                        page.push_str("<li>");
                    }
                }
                page.push_str("<li>");
                runs(page, &block.runs);
            }
            None if block.under && depth > 0 => {
                // on a line of its own by its style: read back, it stays with the bullet
                page.push_str(" <span class=\"facts\">");
                runs(page, &block.runs);
                page.push_str("</span>");
            }
            None => {
                close(page, &mut depth);
                page.push_str("<p>");
                runs(page, &block.runs);
                page.push_str("</p>");
            }
        }
        if at + 1 == blocks.len() {
            close(page, &mut depth);
        }
    }
}

fn close(page: &mut String, depth: &mut usize) {
    while *depth > 0 {
        page.push_str("</li></ul>");
        *depth -= 1;
    }
}

fn runs(page: &mut String, runs: &[Run]) {
    for run in runs {
        match run {
            Run::Plain(text) => page.push_str(&escaped(text)),
            Run::Strong(text) => put(page, format_args!("<strong>{}</strong>", escaped(text))),
            Run::Quiet(text) => put(page, format_args!("<span class=\"quiet\">{}</span>", escaped(text))),
            Run::State(State { mark, tone, word }) => {
                let (tone, shape) = (tone.name(), shape(*mark));
                let word = escaped(word);
                // the shape is set by the style: read aloud and copied is the word alone
                put(page, format_args!("<span class=\"state {tone}\" data-shape=\"{shape}\">{word}</span>"));
            }
        }
    }
}

pub(super) fn shape(mark: Mark) -> char {
    match mark {
        Mark::Circle => '○',
        Mark::Half => '◐',
        Mark::Dot => '●',
        Mark::Tick => '✓',
        Mark::Triangle => '▲',
        Mark::Bars => '‖',
        Mark::Question => '?',
        Mark::Clock => '◷',
        Mark::Diamond => '◇',
        Mark::Dash => '–',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bullet(level: u8, text: &str) -> Block {
        Block { bullet: Some(level), under: false, runs: vec![Run::Plain(text.into())] }
    }

    #[test]
    fn lists_are_closed_however_they_are_nested() {
        let plain = |text: &str| Block::paragraph(vec![Run::Plain(text.into())]);
        let cases = [
            (vec![bullet(0, "a"), bullet(0, "b")], "<ul><li>a</li><li>b</li></ul>"),
            (vec![bullet(0, "a"), bullet(1, "b"), bullet(0, "c")], "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
            (vec![plain("a"), bullet(0, "b"), plain("c")], "<p>a</p><ul><li>b</li></ul><p>c</p>"),
            (vec![bullet(1, "a")], "<ul><li><ul><li>a</li></ul></li></ul>"),
            (
                vec![bullet(0, "a"), Block::under(vec![Run::Quiet("b".into())])],
                "<ul><li>a <span class=\"facts\"><span class=\"quiet\">b</span></span></li></ul>",
            ),
        ];
        for (given, expected) in cases {
            let mut page = String::new();
            blocks(&mut page, &given);
            assert_eq!(page, expected);
        }
    }

    #[test]
    fn words_are_never_markup() {
        assert_eq!(escaped("<script>\"a\" & b</script>"), "&lt;script&gt;&quot;a&quot; &amp; b&lt;/script&gt;");
    }
}
