//! From blocks to meaning: each table by what it is, then what stands around the tables.

use super::columns::{self, Columns};
use super::document::Document;
use super::grid::{EditedGrid, Grid, grids};
use super::ours::{self, Ours};
use super::proposal::{Level, Note, Options, RowHow};
use super::role::Role;
use super::understood::{RowFate, SourceRow, TableKind, TableReading, Understood};
use super::{action_plan, narrative, rows, sheet};
use crate::model::printed;
use crate::model::state::StateWords;
use crate::model::text::fold;
use std::collections::BTreeMap;

/// Understands a document, as far as it can be. `states` are the words that the plan it is read for
/// has for states.
pub(super) fn understand(document: &Document, options: &Options<'_>, states: &StateWords) -> Understood {
    let mut found = Understood { places: document.places.clone(), ..Understood::default() };
    let mut sheet_line = None;
    let grids = grids(document);
    // tables with a heading each are themes; one heading over one table is the document's
    let with_theme = grids.iter().filter(|grid| theme_of(grid).is_some()).count();
    let ours = grids.iter().any(|grid| Ours::find(grid).is_some());
    let themed = with_theme > 1 || ours;
    found.ours = ours;
    // the last header of each width, and whose it is
    let mut headed: BTreeMap<usize, (usize, Columns)> = BTreeMap::new();
    for (at, original) in grids.into_iter().enumerate() {
        let asked: BTreeMap<usize, RowHow> =
            options.rows.iter().filter(|edit| edit.table == at).map(|edit| (edit.row, edit.how)).collect();
        let source = source_rows(&original, &asked);
        let EditedGrid { mut grid, places } = original.edited(&asked);
        ours::in_our_words(&mut grid, states);
        let grid = &grid;
        let mut columns = Columns::default();
        let mut fates = Vec::new();
        let kind = if sheet::is_sheet(grid) {
            sheet_line.get_or_insert(grid.line);
            sheet::read(grid, &mut found);
            fates = vec![RowFate::Sheet; grid.rows.len()];
            TableKind::Sheet
        } else {
            let before = headed.get(&grid.width());
            columns = columns::read(grid, options.catalogue, before.map(|(_, columns)| columns));
            // what a person said of the table whose header it has holds here, too
            let whose = before.filter(|_| columns.goes_on).map_or(at, |(whose, _)| *whose);
            for table in if whose == at { vec![at] } else { vec![whose, at] } {
                for assigned in options.columns.iter().filter(|assigned| assigned.table == table) {
                    if let Some(role) = columns.roles.get_mut(assigned.column) {
                        *role = assigned.role;
                    }
                }
            }
            found.notes.append(&mut columns.notes);
            if columns.labels.iter().any(|label| !label.is_empty()) {
                headed.insert(columns.labels.len(), (whose, columns.clone()));
            }
            note_left_out(grid, &columns, &mut found);
            table(grid, &columns, options, themed, &mut fates, &mut found)
        };
        let readable = columns.labels.iter().cloned().zip(columns.roles.iter().copied()).collect();
        let rows = with_fates(source, &places, &fates, &mut found);
        found.tables.push(TableReading {
            line: grid.line,
            heading: grid.heading.clone(),
            kind,
            columns: readable,
            rows: rows.len(),
            grid: rows,
        });
    }
    sheet::read_around(document, sheet_line, &mut found);
    found.date = sheet::stated_date(document, &found);
    narrative::read(document, &mut found);
    found.rows = rows::each_once(std::mem::take(&mut found.rows), &document.places, &mut found.notes);
    found.responsibilities = action_plan::each_once(std::mem::take(&mut found.responsibilities));
    found
}

/// A table's rows as they stand in the document.
fn source_rows(grid: &Grid, asked: &BTreeMap<usize, RowHow>) -> Vec<SourceRow> {
    let row = |(at, row): (usize, &super::grid::GridRow)| SourceRow {
        line: row.row.line,
        cells: row.row.cells.iter().map(|cell| cell.text.clone()).collect(),
        fate: RowFate::default(),
        edited: asked.get(&at).copied(),
    };
    grid.rows.iter().enumerate().map(row).collect()
}

/// The same with what became of each; what a person left out is said.
fn with_fates(
    mut source: Vec<SourceRow>,
    places: &[Option<(usize, bool)>],
    fates: &[RowFate],
    found: &mut Understood,
) -> Vec<SourceRow> {
    for (row, place) in source.iter_mut().zip(places) {
        row.fate = match place {
            None => {
                let words: Vec<&str> = row.cells.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
                let text = format!("Left out, as you asked: {}", words.join(" | ").replace('\n', " / "));
                found.notes.push(Note { line: row.line, text, level: Level::Info });
                RowFate::LeftOut
            }
            Some((at, joined)) => {
                let fate = fates.get(*at).cloned().unwrap_or_default();
                if *joined { fate.joined() } else { fate }
            }
        };
    }
    source
}

/// Says which columns a person left out.
fn note_left_out(grid: &Grid, columns: &Columns, found: &mut Understood) {
    for column in (0..columns.roles.len()).filter(|column| columns.roles[*column] == Role::Ignore) {
        let filled = grid.rows.iter().filter(|row| !row.row.text(column).is_empty()).count();
        let name = match columns.labels[column].replace('\n', " ") {
            label if label.is_empty() => (column + 1).to_string(),
            label => format!("\"{label}\""),
        };
        let text = format!("Left out, as you asked: column {name}, with words in {filled} rows");
        found.notes.push(Note { line: grid.line, text, level: Level::Info });
    }
}

/// Whether a document is a timeline that this program wrote.
pub(super) fn is_timeline(document: &Document) -> bool {
    grids(document).iter().any(ours::is_timeline)
}

/// The theme that the heading over a table is.
fn theme_of(grid: &Grid) -> Option<&str> {
    if let Some((ours, _)) = Ours::find(grid) {
        // our own headings are themes whatever they say
        let theme = grid.headed && ours == Ours::Appendix && grid.heading != printed::NO_THEME;
        return theme.then_some(grid.heading.as_str());
    }
    let folded = fold(&grid.heading);
    let part = ["appendix", "annex", "table", "page"].iter().any(|word| folded.starts_with(word));
    // the name of a sheet that says what its table is, or nothing, is no theme
    let named = super::role::role_of_label(&grid.heading).is_some() || is_sheet_name(&folded);
    (grid.headed && !part && !named && !folded.contains("action plan")).then_some(grid.heading.as_str())
}

/// "Sheet1": the name that a sheet has until somebody gives it one.
fn is_sheet_name(folded: &str) -> bool {
    folded.strip_prefix("sheet").is_some_and(|number| number.trim().chars().all(|c| c.is_ascii_digit()))
}

fn table(
    grid: &Grid,
    columns: &Columns,
    options: &Options<'_>,
    themed: bool,
    fates: &mut Vec<RowFate>,
    found: &mut Understood,
) -> TableKind {
    let plan = columns.of(Role::Action).is_some() || columns.of(Role::Responsibility).is_some();
    if columns.paper.is_some_and(Ours::is_action_plan) {
        *fates = action_plan::read(grid, columns, found);
        return TableKind::ActionPlan;
    }
    let numbered =
        columns.of(Role::Reference).is_some() || (columns.of(Role::Text).is_some() && !only_actions(columns));
    if numbered && columns.of(Role::Responsibility).is_none() {
        let before = found.rows.len();
        let theme = if themed { theme_of(grid) } else { None };
        *fates = rows::read(grid, columns, options.catalogue, theme, found);
        if found.rows.len() > before {
            return TableKind::Recommendations;
        }
    }
    if plan {
        *fates = action_plan::read(grid, columns, found);
        return TableKind::ActionPlan;
    }
    let words: Vec<String> = grid
        .rows
        .iter()
        .map(|row| {
            row.row.cells.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    let text = format!("Not taken, a table that was not understood: {}", words.join(" / ").replace('\n', " "));
    found.notes.push(Note { line: grid.line, text, level: Level::Unread });
    TableKind::Unknown
}

/// A table whose only text is its actions'.
fn only_actions(columns: &Columns) -> bool {
    columns.of(Role::Action).is_some() && columns.of(Role::Text).is_none() && columns.of(Role::Reference).is_none()
}
