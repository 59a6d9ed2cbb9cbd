//! The rows of a table of responsibilities and actions.

use super::columns::Columns;
use super::grid::{Grid, GridRow};
use super::heal::{self, Manner};
use super::number;
use super::ours::Ours;
use super::proposal::{Level, Note};
use super::role::Role;
use super::rows::join_segment;
use super::understood::{
    Headings, KeptCell, Manner as Written, PrintedTimescale, ResponsibilityRow, RowFate, Segment, Understood, Why,
};
use crate::model::ActionState;
use crate::model::printed::{self, Facts, TimescaleFacts};
use crate::model::text::words_key;
use std::collections::BTreeMap;

/// Reads a table of responsibilities, or of actions alone, into `found`. Gives what became of each row.
pub(super) fn read(grid: &Grid, columns: &Columns, found: &mut Understood) -> Vec<RowFate> {
    if let Some(under) = heading_above(grid, columns, found) {
        return read_under(under, grid, columns, found);
    }
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
                let text = responsibility.to_owned();
                let mut new = ResponsibilityRow { line: row.row.line, text, ..ResponsibilityRow::default() };
                take(&mut new, segment);
                found.responsibilities.push(new);
            }
        }
    }
    fates
}

/// Puts a row to its responsibility. In our own values, one without an action is a timescale.
fn take(into: &mut ResponsibilityRow, segment: Segment) {
    if segment.manner == Written::OneARow && segment.action.is_empty() && !segment.due.is_empty() {
        let done = segment.state == "done";
        let facts = TimescaleFacts { words: segment.due, done, ..TimescaleFacts::default() };
        into.timescales.push(PrintedTimescale { line: segment.line, facts, beside: None });
        into.kept.extend(segment.kept);
        return;
    }
    let (segments, kept) = parted(segment);
    into.segments.extend(segments);
    into.kept.extend(kept);
}

/// What stands over a table of actions that names no responsibility in its rows.
struct Above {
    line: usize,
    /// Blank where the heading says that there is none.
    responsibility: String,
    timescales: Vec<PrintedTimescale>,
}

/// The responsibility that the heading over a table names, with the timescales under it.
fn heading_above(grid: &Grid, columns: &Columns, found: &mut Understood) -> Option<Above> {
    if columns.of(Role::Responsibility).is_some() {
        return None;
    }
    let named = |(_, text): &&(usize, String)| printed::read_responsibility(text).is_some();
    let at = grid.above.iter().rev().find(named)?;
    let responsibility = printed::read_responsibility(&at.1)?.to_owned();
    found.of_tables.insert(at.0);
    let mut timescales = Vec::new();
    for (line, text) in grid.above.iter().filter(|(line, _)| *line > at.0) {
        let rows = printed::read_timescales(text).filter(|_| !responsibility.is_empty());
        let Some(rows) = rows else { continue };
        found.of_tables.insert(*line);
        timescales.extend(rows.into_iter().map(|facts| PrintedTimescale { line: *line, facts, beside: None }));
    }
    Some(Above { line: at.0, responsibility, timescales })
}

/// Reads a table whose actions all stand under one responsibility.
fn read_under(above: Above, grid: &Grid, columns: &Columns, found: &mut Understood) -> Vec<RowFate> {
    let headings = columns.headings();
    let Above { line, responsibility, timescales } = above;
    let mut fates = Vec::with_capacity(grid.rows.len());
    let mut segments = Vec::new();
    let mut kept = Vec::new();
    for (at, row) in grid.rows.iter().enumerate() {
        if columns.headers.contains(&at) {
            fates.push(columns.fate_of_header(at));
            continue;
        }
        let segment = segment(row, columns, &headings);
        fates.push(if responsibility.is_empty() { RowFate::Actions } else { RowFate::Under(responsibility.clone()) });
        if segment.action != printed::NO_ACTIONS {
            let (its, beside) = parted(segment);
            segments.extend(its);
            kept.extend(beside);
        }
    }
    if responsibility.is_empty() {
        found.actions.extend(segments);
        return fates;
    }
    let mut row =
        ResponsibilityRow { line, text: responsibility, segments, timescales, kept, ..ResponsibilityRow::default() };
    if columns.paper == Some(Ours::ActionPlan) {
        inherit(&mut row);
    }
    found.responsibilities.push(row);
    fates
}

/// Tells an action's own due words from those of a timescale: on paper each action has its due beside
/// it, wherever it is from.
fn inherit(row: &mut ResponsibilityRow) {
    let filled: Vec<&mut Segment> = row.segments.iter_mut().filter(|segment| !segment.action.is_empty()).collect();
    // were an unpaired timescale everyone's, no action could be without a due
    let shared = row.timescales.len() == 1 && filled.iter().all(|segment| !segment.due.is_empty());
    for segment in filled {
        let timescales = &row.timescales;
        let free = |words: &str| {
            let mut all = timescales.iter();
            all.position(|timescale| timescale.beside.is_none() && timescale.facts.words == words)
        };
        let places = match free(&segment.due) {
            Some(at) => Some(vec![at]),
            None if segment.due.is_empty() => None,
            None => segment.due.split("; ").map(free).collect(),
        };
        let revised = segment.facts.as_ref().is_some_and(|facts| !facts.was.is_empty());
        let Some(places) = places.filter(|_| !revised) else { continue };
        segment.due.clear();
        if let Some(facts) = &mut segment.facts {
            facts.due.clear();
        }
        for at in places.into_iter().filter(|_| !shared) {
            row.timescales[at].beside = Some(segment.line);
        }
    }
    untick(row);
}

/// A timescale is done when all its actions are: that is worked out again, and no tick.
fn untick(row: &mut ResponsibilityRow) {
    let complete = |segment: &Segment| segment.facts.as_ref().is_some_and(|facts| facts.state == ActionState::Complete);
    let all = !row.segments.is_empty() && row.segments.iter().all(complete);
    for timescale in &mut row.timescales {
        let beside = timescale.beside.and_then(|line| row.segments.iter().find(|segment| segment.line == line));
        timescale.facts.done &= !beside.map_or(all, complete);
    }
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
                earlier.timescales.extend(row.timescales);
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
            take(last, segment);
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
    let printed = columns.paper.is_some_and(Ours::is_action_plan);
    let mut segment = Segment {
        line: row.row.line,
        serves: serves(&cell(Role::Serves)),
        action: cell(Role::Action),
        owner: cell(Role::Owner),
        partners: cell(Role::Partners),
        due: cell(Role::Due),
        state: cell(Role::State),
        manner: if printed { Written::OneARow } else { Written::Anyones },
        facts: None,
        progress: cell(progress),
        kept: kept(row, columns, progress),
        headings: headings.clone(),
    };
    if columns.paper == Some(Ours::ActionPlan) {
        read_facts(&mut segment);
    }
    segment
}

/// The recommendations that an action serves; words that are no numbers are none.
fn serves(cell: &str) -> Vec<String> {
    cell.split(',').filter_map(number::whole_cell).flatten().collect()
}

/// What the cells of our own action plan say of its action; a cell that somebody wrote since is read
/// as anybody's.
fn read_facts(segment: &mut Segment) {
    let (owner, partners) = printed::read_owner(&segment.owner);
    let (due, was) = printed::read_due(&segment.due);
    if let Some(facts) = Facts::read_state(&segment.state) {
        facts.state.word().clone_into(&mut segment.state);
        segment.facts =
            Some(Facts { owner: owner.clone(), partners: partners.clone(), due: due.clone(), was, ..facts });
    }
    (segment.owner, segment.partners, segment.due) = (owner, partners, due);
}

/// What of a row has no place among actions: columns that were not understood, and those that belong
/// to recommendations.
fn kept(row: &GridRow, columns: &Columns, progress: Role) -> Vec<KeptCell> {
    const TAKEN: &[Role] = &[
        Role::Responsibility,
        Role::Action,
        Role::Owner,
        Role::Partners,
        Role::Due,
        Role::State,
        Role::Serves,
        Role::Computed,
    ];
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
