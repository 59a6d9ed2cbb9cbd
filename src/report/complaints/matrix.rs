//! Themes down, sources across, for each provider.

use super::Told;
use super::coverage::ABREAST;
use super::findings;
use crate::model::intelligence::{MatrixCell, ProviderPicture, Row, ThemeKey, lower_first, upper_first};
use crate::model::signal::Source;
use crate::model::triangulation::{Cell, Reading};
use crate::report::paper::{Block, Mark, Run, State, Tone};
use crate::report::section::{Grid, GridColumn, Part, Section, quiet, words};

/// The mark and the word for what a cell's data say, as far as they say anything.
pub(super) fn state(reading: Reading) -> Option<State> {
    let (mark, tone) = match reading {
        Reading::Adverse => (Mark::Triangle, Tone::Bad),
        Reading::Moved => (Mark::Diamond, Tone::Open),
        Reading::Better => (Mark::Tick, Tone::Good),
        Reading::Quiet | Reading::Unclear => return None,
    };
    Some(State { mark, tone, word: upper_first(reading.word()) })
}

/// The word for what a cell's data say.
pub(super) fn said(cell: &MatrixCell) -> &'static str {
    match cell.reading {
        None => "",
        Some(Reading::Unclear) if cell.source.is_item_by_item() => "not judged",
        Some(reading) => reading.word(),
    }
}

/// The rows that are printed. The total of a source is no sum of its themes, and what is published does not stand
/// beside what it could be held against.
pub(super) fn rows<'p>(told: &Told<'_>, provider: &'p ProviderPicture) -> impl Iterator<Item = &'p Row> {
    let internal = told.internal;
    provider.rows.iter().filter(move |row| internal || row.theme != ThemeKey::All)
}

pub(super) fn section(told: &Told<'_>) -> Vec<Section> {
    let about = "For each theme and source the number in the period, and what the chart of that source says of it. \
                 Signals about several themes count under each, so the numbers of themes do not add up.";
    let mut sections = vec![Section::new("Matrix of themes and sources", vec![Part::Words(vec![words(about)])])];
    for provider in &told.picture.providers {
        let parts = told
            .picture
            .sources
            .chunks(ABREAST)
            .enumerate()
            .map(|(chunk, sources)| Part::Grid(grid(told, provider, chunk * ABREAST, sources)));
        sections.push(Section::under(provider.provider.name.clone(), parts.collect()));
    }
    sections
}

fn grid(told: &Told<'_>, provider: &ProviderPicture, first: usize, sources: &[Source]) -> Grid {
    let mut columns = vec![GridColumn::words("Theme", 18)];
    let unit = |place: usize| {
        let mut cells = provider.rows.iter().filter_map(|row| row.cells.get(first + place));
        cells.find(|cell| cell.value.is_some()).map(|cell| cell.scoring.map_or(cell.unit.word(), |rule| rule.word()))
    };
    columns.extend(sources.iter().enumerate().map(|(place, source)| {
        let name = upper_first(source.word());
        let title = match unit(place) {
            Some("count") | None => name,
            Some(unit) => format!("{name}, {unit}"),
        };
        GridColumn::words(title, 10)
    }));
    columns.push(GridColumn::words("Together", 12));
    let rows = rows(told, provider).map(|row| {
        let cells = row.cells.iter().skip(first).take(sources.len()).map(|one| cell(told, one));
        let together = row
            .found
            .as_ref()
            .filter(|found| found.theme != ThemeKey::All)
            .map(|found| vec![Block::paragraph(vec![Run::State(findings::state(found.verdict()))])]);
        let title = words(told.of.theme_title(row.theme));
        std::iter::once(vec![title]).chain(cells).chain([together.unwrap_or_default()]).collect()
    });
    Grid { caption: format!("Themes and sources, {}", lower_first(&told.period())), columns, rows: rows.collect() }
}

fn cell(told: &Told<'_>, cell: &MatrixCell) -> Vec<Block> {
    let shown = told.numbers.words(cell);
    if cell.cell.words().is_some() {
        return vec![quiet(shown)];
    }
    let mut lines = vec![words(shown)];
    match cell.reading.and_then(state) {
        Some(state) => lines.push(Block::paragraph(vec![Run::State(state)])),
        None => lines.push(quiet(said(cell))),
    }
    if let Cell::Data { part: true, .. } = cell.cell {
        lines.push(quiet(format!("{} of {} months", cell.covered.received, cell.covered.of)));
    }
    lines
}
