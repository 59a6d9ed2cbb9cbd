//! The rows of a table of responsibilities and actions.

use super::columns::{Columns, Role};
use super::grid::{Grid, GridRow};
use super::heal::{self, Manner};
use super::proposal::{Level, Note};
use super::rows::join_segment;
use super::understood::{ResponsibilityRow, Segment, Understood};
use crate::model::text::words_key;
use std::collections::BTreeMap;

/// Reads a table of responsibilities, or of actions alone, into `found`.
pub(super) fn read(grid: &Grid, columns: &Columns, found: &mut Understood) {
    let first_action = found.actions.len();
    let (mut begun, mut new_page) = (false, false);
    for (at, row) in grid.rows.iter().enumerate() {
        new_page |= row.starts_page;
        if columns.headers.contains(&at) {
            new_page = true;
            continue;
        }
        if let Some(theme) = columns.sections.get(&at) {
            let text = format!("Not taken, a heading among the actions: {theme}");
            found.notes.push(Note { line: row.row.line, text, level: Level::Unread });
            continue;
        }
        let starts_page = std::mem::take(&mut new_page);
        let segment = segment(row, columns);
        let responsibility = columns.of(Role::Responsibility).map_or("", |column| row.row.text(column));
        unknown_cells(row, columns, found);
        if columns.of(Role::Responsibility).is_none() {
            let goes_on = starts_page && found.actions.len() > first_action;
            match found.actions.last_mut() {
                Some(last) if goes_on && is_rest(last, &segment) => join_segment(last, &segment),
                _ => found.actions.push(segment),
            }
            continue;
        }
        let last = found.responsibilities.last_mut().filter(|_| begun);
        match last {
            Some(last) if goes_on(last, responsibility, starts_page) => {
                last.joins.extend(starts_page.then_some(row.row.line));
                join(last, responsibility, segment, starts_page);
            }
            _ if responsibility.is_empty() => found.actions.push(segment),
            _ => {
                begun = true;
                let segments = if segment.is_blank() { Vec::new() } else { vec![segment] };
                let text = responsibility.to_owned();
                found.responsibilities.push(ResponsibilityRow {
                    line: row.row.line,
                    text,
                    segments,
                    joins: Vec::new(),
                });
            }
        }
    }
}

/// The responsibilities of all tables, each once: one that stands in two places has the actions of both.
pub(super) fn each_once(rows: Vec<ResponsibilityRow>) -> Vec<ResponsibilityRow> {
    let mut once: Vec<ResponsibilityRow> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let place = *places.entry(words_key(&row.text)).or_insert(once.len());
        match once.get_mut(place) {
            Some(earlier) => {
                earlier.segments.extend(row.segments);
                earlier.joins.extend(row.joins);
            }
            None => once.push(row),
        }
    }
    once
}

/// A row with no responsibility of its own, or the rest of the one that a page break cut.
fn goes_on(last: &ResponsibilityRow, responsibility: &str, starts_page: bool) -> bool {
    let cut = || !heal::join(&last.text, responsibility, Manner::List, None).contains('\n');
    responsibility.is_empty() || (starts_page && cut())
}

fn join(last: &mut ResponsibilityRow, responsibility: &str, segment: Segment, starts_page: bool) {
    last.text = heal::join(&last.text, responsibility, Manner::Prose, None);
    match last.segments.last_mut() {
        Some(cut) if starts_page => join_segment(cut, &segment),
        _ if segment.is_blank() => {}
        _ => last.segments.push(segment),
    }
}

/// Whether the first row of a page is the rest of an action: only it has no owner and date of its own.
fn is_rest(last: &Segment, segment: &Segment) -> bool {
    let whole = heal::join(&last.action, &segment.action, Manner::Prose, None);
    segment.action.is_empty() || whole.lines().count() < last.action.lines().count() + segment.action.lines().count()
}

fn segment(row: &GridRow, columns: &Columns) -> Segment {
    let cell = |role| columns.of(role).map_or("", |column| row.row.text(column)).to_owned();
    Segment {
        line: row.row.line,
        serves: Vec::new(),
        action: cell(Role::Action),
        owner: cell(Role::Owner),
        partners: cell(Role::Partners),
        due: cell(Role::Due),
        state: cell(Role::State),
        progress: cell(Role::Position),
    }
}

fn unknown_cells(row: &GridRow, columns: &Columns, found: &mut Understood) {
    let taken =
        [Role::Responsibility, Role::Action, Role::Owner, Role::Partners, Role::Due, Role::State, Role::Position];
    for (column, cell) in row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
        let role = columns.roles.get(column).copied().unwrap_or(Role::Unknown);
        if !taken.contains(&role) || columns.of(role) != Some(column) {
            let label = columns.labels.get(column).map_or("", String::as_str);
            let text = format!("Not taken, from column \"{label}\": {}", cell.text.replace('\n', " / "));
            found.notes.push(Note { line: cell.line, text, level: Level::Unread });
        }
    }
}
