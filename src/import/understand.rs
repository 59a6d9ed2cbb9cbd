//! From blocks to meaning: each table by what it is, then what stands around the tables.

use super::columns::{self, Columns, Role};
use super::document::Document;
use super::grid::{Grid, grids};
use super::proposal::{Level, Note, Options};
use super::understood::{TableKind, TableReading, Understood};
use super::{action_plan, narrative, rows, sheet};
use crate::model::text::fold;

/// Understands a document, as far as it can be.
pub(super) fn understand(document: &Document, options: &Options<'_>) -> Understood {
    let mut found = Understood { places: document.places.clone(), ..Understood::default() };
    let mut sheet_line = None;
    let grids = grids(document);
    // tables with a heading each are themes; one heading over one table is the document's
    let themed = grids.iter().filter(|grid| theme_of(grid).is_some()).count() > 1;
    for (at, grid) in grids.iter().enumerate() {
        let mut columns = Columns::default();
        let kind = if sheet::is_sheet(grid) {
            sheet_line.get_or_insert(grid.line);
            sheet::read(grid, &mut found);
            TableKind::Sheet
        } else {
            columns = columns::read(grid, options.catalogue);
            for assigned in options.columns.iter().filter(|assigned| assigned.table == at) {
                if let Some(role) = columns.roles.get_mut(assigned.column) {
                    *role = assigned.role;
                }
            }
            found.notes.append(&mut columns.notes);
            table(grid, &columns, options, themed, &mut found)
        };
        let readable = columns.labels.iter().cloned().zip(columns.roles.iter().copied()).collect();
        found.tables.push(TableReading {
            line: grid.line,
            heading: grid.heading.clone(),
            kind,
            columns: readable,
            rows: grid.rows.len(),
        });
    }
    sheet::read_around(document, sheet_line, &mut found);
    found.date = sheet::stated_date(document, &found);
    narrative::read(document, &mut found);
    found.rows = rows::each_once(std::mem::take(&mut found.rows), &document.places, &mut found.notes);
    found.responsibilities = action_plan::each_once(std::mem::take(&mut found.responsibilities));
    found
}

/// The theme that the heading over a table is.
fn theme_of(grid: &Grid) -> Option<&str> {
    let folded = fold(&grid.heading);
    let part = ["appendix", "annex", "table", "page"].iter().any(|word| folded.starts_with(word));
    // the name of a sheet that says what its table is, or nothing, is no theme
    let named = columns::role_of_label(&grid.heading).is_some() || is_sheet_name(&folded);
    (grid.headed && !part && !named && !folded.contains("action plan")).then_some(grid.heading.as_str())
}

/// "Sheet1": the name that a sheet has until somebody gives it one.
fn is_sheet_name(folded: &str) -> bool {
    folded.strip_prefix("sheet").is_some_and(|number| number.trim().chars().all(|c| c.is_ascii_digit()))
}

fn table(grid: &Grid, columns: &Columns, options: &Options<'_>, themed: bool, found: &mut Understood) -> TableKind {
    let plan = columns.of(Role::Action).is_some() || columns.of(Role::Responsibility).is_some();
    let numbered =
        columns.of(Role::Reference).is_some() || (columns.of(Role::Text).is_some() && !only_actions(columns));
    if numbered && columns.of(Role::Responsibility).is_none() {
        let before = found.rows.len();
        let theme = if themed { theme_of(grid) } else { None };
        rows::read(grid, columns, options.catalogue, theme, found);
        if found.rows.len() > before {
            return TableKind::Recommendations;
        }
    }
    if plan {
        action_plan::read(grid, columns, found);
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
