//! The rows of a table of responsibilities and actions.

use super::columns::Columns;
use super::grid::{Grid, GridRow};
use super::heal::{self, Manner};
use super::number;
use super::proposal::{Level, Note};
use super::role::Role;
use super::rows::join_segment;
use super::understood::{Headings, KeptCell, ResponsibilityRow, RowFate, Segment, Understood, Why};
use crate::model::text::words_key;
use std::collections::BTreeMap;

/// Reads a table of responsibilities, or of actions alone, into `found`. Gives what became of each row.
pub(super) fn read(grid: &Grid, columns: &Columns, found: &mut Understood) -> Vec<RowFate> {
    let headings = columns.headings();
    let mut fates = Vec::with_capacity(grid.rows.len());
    let first_action = found.actions.len();
    let (mut begun, mut new_page) = (false, false);
    for (at, row) in grid.rows.iter().enumerate() {
        new_page = (new_page || row.starts_page) && !row.own;
        if columns.headers.contains(&at) {
            new_page = true;
            fates.push(columns.fate_of_header(at));
            continue;
        }
        if let Some(theme) = columns.sections.get(&at) {
            let text = format!("Not taken, a heading among the actions: {theme}");
            found.notes.push(Note { line: row.row.line, text, level: Level::Unread });
            fates.push(RowFate::NotTaken);
            continue;
        }
        let starts_page = std::mem::take(&mut new_page);
        let segment = segment(row, columns, &headings);
        let named = columns.of(Role::Responsibility).map_or("", |column| row.row.text(column));
        let repeated = number::continued(named).filter(|_| begun && !row.own);
        let responsibility = match (repeated, found.responsibilities.last()) {
            // "Hear from patients (cont.)" repeats what the row is called
            (Some(rest), Some(last)) if words_key(&last.text).starts_with(&words_key(rest)) => "",
            _ => named,
        };
        if columns.of(Role::Responsibility).is_none() {
            fates.push(RowFate::Actions);
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
                fates.push(RowFate::Under(last.text.clone()));
            }
            _ if responsibility.is_empty() => {
                found.actions.push(segment);
                fates.push(RowFate::Actions);
            }
            _ => {
                begun = true;
                fates.push(RowFate::Responsibility(responsibility.to_owned()));
                let (segments, kept) = parted(segment);
                let text = responsibility.to_owned();
                found.responsibilities.push(ResponsibilityRow {
                    line: row.row.line,
                    text,
                    segments,
                    joins: Vec::new(),
                    kept,
                });
            }
        }
    }
    fates
}

/// A row's actions; without any, what was kept of it belongs to the responsibility.
fn parted(mut segment: Segment) -> (Vec<Segment>, Vec<KeptCell>) {
    if segment.action.is_empty() {
        let kept = std::mem::take(&mut segment.kept);
        return (if segment.is_blank() { Vec::new() } else { vec![segment] }, kept);
    }
    (vec![segment], Vec::new())
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
                earlier.kept.extend(row.kept);
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
        _ => {
            let (segments, kept) = parted(segment);
            last.segments.extend(segments);
            last.kept.extend(kept);
        }
    }
}

/// Whether the first row of a page is the rest of an action: only it has no owner and date of its own.
fn is_rest(last: &Segment, segment: &Segment) -> bool {
    let whole = heal::join(&last.action, &segment.action, Manner::Prose, None);
    segment.action.is_empty() || whole.lines().count() < last.action.lines().count() + segment.action.lines().count()
}

fn segment(row: &GridRow, columns: &Columns, headings: &Headings) -> Segment {
    let cell = |role| columns.text(row, role);
    let progress = if columns.of(Role::Progress).is_some() { Role::Progress } else { Role::Position };
    Segment {
        line: row.row.line,
        serves: Vec::new(),
        action: cell(Role::Action),
        owner: cell(Role::Owner),
        partners: cell(Role::Partners),
        due: cell(Role::Due),
        state: cell(Role::State),
        progress: cell(progress),
        kept: kept(row, columns, progress),
        headings: headings.clone(),
    }
}

/// What of a row has no place among actions: columns that were not understood, and those that belong
/// to recommendations.
fn kept(row: &GridRow, columns: &Columns, progress: Role) -> Vec<KeptCell> {
    const TAKEN: &[Role] = &[Role::Responsibility, Role::Action, Role::Owner, Role::Partners, Role::Due, Role::State];
    let mut kept = columns.kept(row);
    for (column, cell) in row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
        let role = columns.roles.get(column).copied().unwrap_or(Role::Unknown);
        let listed =
            matches!(role, Role::Unknown | Role::Ignore) || (!role.may_repeat() && columns.of(role) != Some(column));
        if !(listed || TAKEN.contains(&role) || role == progress) {
            let label =
                columns.labels.get(column).map(|label| label.replace('\n', " ")).filter(|label| !label.is_empty());
            let label = label.unwrap_or_else(|| format!("No heading, column {}", column + 1));
            kept.push(KeptCell { line: cell.line, label, text: cell.text.clone(), why: Why::Column });
        }
    }
    kept
}
