//! What a table's columns mean: from their headings and from what stands in them, never from their
//! place alone.

use super::grid::{Grid, GridRow};
use super::number;
use super::ours::Ours;
use super::proposal::{Level, Note};
use super::role::{Role, reference_label, role_of_label};
use super::understood::{Headings, KeptCell, RowFate, Why};
use crate::model::catalogue::Catalogue;
use crate::model::text::{fold, words_key};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A table's columns as they were understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// Each column's meaning.
    pub(super) roles: Vec<Role>,
    /// Each column's heading, as written.
    pub(super) labels: Vec<String>,
    /// Which of our own papers it is a table of.
    pub(super) paper: Option<Ours>,
    /// Rows that are headers, or titles above them.
    pub(super) headers: BTreeSet<usize>,
    /// The first of them that is a header.
    pub(super) header: usize,
    /// Rows that are a theme with the header repeated beside it.
    pub(super) sections: BTreeMap<usize, String>,
    /// Whether its header is the one of a table before it.
    pub(super) goes_on: bool,
    /// What a person should know of the reading.
    pub(super) notes: Vec<Note>,
}

impl Columns {
    /// The column with a meaning.
    pub(super) fn of(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|found| *found == role)
    }

    /// What a row has under a meaning: the cells of all columns that have it.
    pub(super) fn text(&self, row: &GridRow, role: Role) -> String {
        let cells = self.roles.iter().enumerate().filter(|(_, found)| **found == role);
        let cells = cells.map(|(column, _)| row.row.text(column)).filter(|text| !text.is_empty());
        cells.take(if role.may_repeat() { usize::MAX } else { 1 }).collect::<Vec<_>>().join("\n")
    }

    /// What a row among the headers is: the titles above the header are none of it.
    pub(super) fn fate_of_header(&self, at: usize) -> RowFate {
        if at < self.header { RowFate::Title } else { RowFate::Header }
    }

    /// The headings of the columns that have a meaning of their own.
    pub(super) fn headings(&self) -> Headings {
        let named = self.roles.iter().copied().zip(self.labels.iter().map(|label| label.replace('\n', " ")));
        Headings(Arc::new(named.filter(|(_, label)| !label.is_empty()).collect()))
    }

    /// The cells of columns that were not understood, each with its column's heading.
    pub(super) fn kept(&self, row: &GridRow) -> Vec<KeptCell> {
        let mut kept = Vec::new();
        for (column, cell) in row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            let role = self.roles.get(column).copied().unwrap_or(Role::Unknown);
            let second = !role.may_repeat() && self.of(role) != Some(column);
            if role == Role::Unknown || second {
                let label = self.labels.get(column).map(|label| label.replace('\n', " ")).unwrap_or_default();
                let label = if label.is_empty() { format!("No heading, column {}", column + 1) } else { label };
                kept.push(KeptCell { line: cell.line, label, text: cell.text.clone(), why: Why::Column });
            }
        }
        kept
    }

    /// Whether the column of states is about the actions: what stands nearest before it says so, or
    /// its heading does.
    pub(super) fn state_is_of_actions(&self) -> bool {
        let Some(state) = self.of(Role::State) else { return true };
        let before = |roles: &[Role]| self.roles[..state].iter().rposition(|role| roles.contains(role));
        let of_actions = before(&[Role::Action, Role::Owner, Role::Due, Role::Partners]);
        let named = fold(&self.labels[state]).contains("action");
        self.of(Role::Action).is_some() && (named || of_actions > before(&[Role::Position, Role::Gap, Role::Progress]))
    }
}

/// Reads the columns of a grid; `before` are those of the last table of as many columns that had a header.
pub(super) fn read(grid: &Grid, catalogue: &Catalogue, before: Option<&Columns>) -> Columns {
    let width = grid.width();
    let mut columns =
        Columns { roles: vec![Role::Unknown; width], labels: vec![String::new(); width], ..Columns::default() };
    let ours = Ours::find(grid);
    columns.paper = ours.map(|(ours, _)| ours);
    match ours {
        Some((_, header)) => take_header(grid, header, &mut columns),
        None => {
            if find_sections(grid, &mut columns).is_none() {
                find_header(grid, &mut columns);
            }
            if let Some(before) = before {
                go_on_under(before, grid, &mut columns);
            }
        }
    }
    let body: Vec<&GridRow> = body_rows(grid, &columns);
    let content: Vec<Content> = (0..width).map(|column| Content::of(&body, column)).collect();
    let mut given: Vec<Option<Role>> = vec![None; width];
    match columns.paper {
        Some(ours) => {
            for (label, given) in columns.labels.iter().zip(&mut given) {
                *given = ours.role(label);
            }
        }
        None => by_content(&body, &content, catalogue, &columns.labels, &mut given),
    }
    by_label(&content, &mut columns, &mut given);
    if given.iter().flatten().any(|role| matches!(role, Role::Reference | Role::Text)) {
        by_what_is_left(&content, &mut columns, &mut given);
    }
    columns.roles = given.into_iter().map(|role| role.unwrap_or(Role::Unknown)).collect();
    for note in columns.notes.iter_mut().filter(|note| note.line == 0) {
        note.line = grid.line;
    }
    columns
}

/// Gives a table without a header the headings of the one before, where it has as many columns and
/// the same stands in the telling one: authors head the first of several tables only.
fn go_on_under(before: &Columns, grid: &Grid, columns: &mut Columns) {
    let has_header = !columns.headers.is_empty() || !columns.sections.is_empty();
    if has_header || before.labels.len() != columns.labels.len() || before.paper.is_some() {
        return;
    }
    let cells = |role: Role| {
        let column = before.of(role);
        column.map(|column| grid.rows.iter().map(move |row| row.row.text(column)).filter(|text| !text.is_empty()))
    };
    let alike = match (cells(Role::Reference), cells(Role::Action)) {
        (Some(mut numbers), _) => numbers.any(|text| number::whole_cell(text).is_some()),
        (None, Some(mut actions)) => actions.any(|text| text.split_whitespace().count() > 2),
        (None, None) => false,
    };
    if alike {
        columns.goes_on = true;
        columns.labels.clone_from(&before.labels);
        let text =
            "The table has no header: its columns are read as those of the table before it that has as many".to_owned();
        columns.notes.push(Note { line: 0, text, level: Level::Info });
    }
}

/// The rows that are neither header nor section.
fn body_rows<'g>(grid: &'g Grid, columns: &Columns) -> Vec<&'g GridRow> {
    let rows = grid.rows.iter().enumerate();
    rows.filter(|(at, _)| !columns.headers.contains(at) && !columns.sections.contains_key(at))
        .map(|(_, row)| row)
        .collect()
}

/// Themes that carry the header with them: rows with no number, a heading in one column and
/// different words beside it each time.
fn find_sections(grid: &Grid, columns: &mut Columns) -> Option<usize> {
    let mut found: BTreeMap<usize, Vec<(usize, Role, String)>> = BTreeMap::new();
    for (at, row) in grid.rows.iter().enumerate() {
        let filled: Vec<usize> = (0..row.row.cells.len()).filter(|column| !row.row.text(*column).is_empty()).collect();
        if let [theme, column] = filled[..]
            && number::whole_cell(row.row.text(theme)).is_none()
            && role_of_label(row.row.text(theme)).is_none()
            && let Some(role) = role_of_label(row.row.text(column))
        {
            found.entry(column).or_default().push((at, role, row.row.text(theme).to_owned()));
        }
    }
    let (column, rows) = found.into_iter().max_by_key(|(_, rows)| rows.len())?;
    if rows.len() < 2 {
        return None;
    }
    let mut labels: Vec<(String, Role, Vec<usize>)> = Vec::new();
    for (at, role, theme) in rows {
        columns.sections.insert(at, theme);
        let (label, line) = (grid.rows[at].row.text(column).to_owned(), grid.rows[at].row.line);
        match labels.iter_mut().find(|(known, _, _)| words_key(known) == words_key(&label)) {
            Some((_, _, lines)) => lines.push(line),
            None => labels.push((label, role, vec![line])),
        }
    }
    labels.sort_by_key(|(_, _, lines)| std::cmp::Reverse(lines.len()));
    let (label, _, _) = labels.first()?;
    columns.labels[column].clone_from(label);
    for (other, role, lines) in labels.iter().skip(1) {
        let is_read = if role_of_label(label) == Some(*role) {
            "both are read as one column"
        } else {
            "it is one column of one kind throughout"
        };
        let text =
            format!("The column headed \"{label}\" is headed \"{other}\" at {}; {is_read}", grid.places.all(lines));
        columns.notes.push(Note { line: lines[0], text, level: Level::Info });
    }
    Some(column)
}

/// The header: of the first rows the one with most headings; what stands above it is a title, and
/// the same row further down is a page's repeat of it.
fn find_header(grid: &Grid, columns: &mut Columns) {
    let score = |row: &GridRow| {
        let cells: Vec<&str> =
            row.row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let known = cells.iter().filter(|text| role_of_label(text).is_some()).count();
        if known * 2 >= cells.len() { known } else { 0 }
    };
    // a year or a version alone in a line is a title's
    let body = |row: &GridRow| {
        let filled = row.row.cells.iter().filter(|cell| !cell.text.is_empty()).count();
        filled > 1 && row.row.cells.iter().any(|cell| number::whole_cell(&cell.text).is_some())
    };
    let first_body = grid.rows.iter().position(body);
    let until = first_body.unwrap_or(grid.rows.len()).min(10);
    let best = (0..until).map(|at| (score(&grid.rows[at]), at)).filter(|(known, _)| *known > 0);
    let Some((known, header)) = best.max_by_key(|(known, at)| (*known, std::cmp::Reverse(*at))) else { return };
    // one word that is a heading's may as well be a theme, unless numbers follow it
    if known < 2 && first_body != Some(header + 1) {
        return;
    }
    take_header(grid, header, columns);
    second_line(grid, header, columns);
}

/// Takes a row for the header: what stands above it are titles, and the same further down is a page's
/// repeat of it.
fn take_header(grid: &Grid, header: usize, columns: &mut Columns) {
    columns.headers.extend(0..=header);
    columns.header = header;
    for (column, label) in columns.labels.iter_mut().enumerate() {
        grid.rows[header].row.text(column).clone_into(label);
    }
    for above in &grid.rows[..header] {
        let words: Vec<&str> = above.row.cells.iter().map(|c| c.text.as_str()).filter(|t| !t.is_empty()).collect();
        // a web page's caption says the heading again
        let said = |known: &str| words_key(known).ends_with(&words_key(&words.join(" ")));
        if said(&grid.heading) || said(&grid.section) {
            continue;
        }
        let text = format!("Above the header stands: {}", words.join(" | ").replace('\n', " "));
        columns.notes.push(Note { line: above.row.line, text, level: Level::Info });
    }
    let key = |row: &GridRow| row.row.cells.iter().map(|c| words_key(&c.text)).collect::<Vec<_>>().join("\u{1f}");
    let wanted = key(&grid.rows[header]);
    let repeats = (header + 1..grid.rows.len()).filter(|at| key(&grid.rows[*at]) == wanted);
    columns.headers.extend(repeats);
}

/// A header of two lines: "Action plan" over "What", "Who", "When". The lower one names the columns.
fn second_line(grid: &Grid, header: usize, columns: &mut Columns) {
    let Some(row) = grid.rows.get(header + 1) else { return };
    let filled: Vec<(usize, &str)> = (0..row.row.cells.len())
        .map(|column| (column, row.row.text(column)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if filled.len() < 2 || !filled.iter().all(|(_, text)| role_of_label(text).is_some()) {
        return;
    }
    columns.headers.insert(header + 1);
    for (column, text) in filled {
        text.clone_into(&mut columns.labels[column]);
    }
}

/// What a column's cells are like.
#[derive(Debug, Default)]
struct Content {
    filled: usize,
    words: usize,
    numbers: usize,
    leading: usize,
    responses: usize,
    answers: usize,
}

impl Content {
    fn of(body: &[&GridRow], column: usize) -> Self {
        let mut content = Self::default();
        for text in body.iter().map(|row| row.row.text(column)).filter(|text| !text.is_empty()) {
            content.filled += 1;
            content.words += text.split_whitespace().count();
            content.numbers += usize::from(number::whole_cell(text).is_some());
            content.leading += usize::from(number::leading(text).is_some());
            content.answers += usize::from(super::response::acceptance(text).is_some());
            content.responses += usize::from(super::response::looks_like_one(text));
        }
        content
    }

    fn average(&self) -> usize {
        self.words / self.filled.max(1)
    }
}

/// Whether numbers that no heading calls so may be recommendations': others of the table's headings
/// belong to a plan, or there is text beside them, or they are published. Prices are none of these.
fn are_references(
    column: usize,
    body: &[&GridRow],
    content: &[Content],
    headed: &[Option<Role>],
    catalogue: &Catalogue,
) -> bool {
    /// Fewer words in a cell are a name or a figure, no text.
    const TEXT: usize = 6;
    let of_a_plan = headed.iter().flatten().any(|role| !matches!(role, Role::Reference | Role::Title | Role::State));
    let beside = |c: usize| c != column && content[c].average() >= TEXT;
    let published = || {
        let cells = body.iter().filter_map(|row| number::whole_cell(row.row.text(column)));
        let known = cells.filter(|found| found.iter().all(|reference| catalogue.entry(reference).is_some()));
        known.count() * 2 > content[column].numbers
    };
    of_a_plan || (0..content.len()).any(beside) || published()
}

/// Numbers, answers in the government's words, and the published text itself need no heading.
fn by_content(
    body: &[&GridRow],
    content: &[Content],
    catalogue: &Catalogue,
    labels: &[String],
    given: &mut [Option<Role>],
) {
    let headed: Vec<Option<Role>> = labels.iter().map(|label| role_of_label(label)).collect();
    // the numbers of an action plan's rows are no recommendations'
    let may_number = |c: &usize| {
        matches!(headed[*c], None | Some(Role::Reference | Role::Text | Role::Title | Role::Theme))
            && !headed.contains(&Some(Role::Responsibility))
    };
    let numbers = (0..content.len()).filter(may_number).filter(|c| {
        let Content { numbers, filled, .. } = content[*c];
        let headed_so = headed[*c] == Some(Role::Reference);
        numbers > 0 && (headed_so || numbers * 2 >= filled && are_references(*c, body, content, &headed, catalogue))
    });
    // a heading that says so counts for more than a counter of rows beside it
    let told = |c: usize| labels.get(c).map_or(0, |label| reference_label(label));
    if let Some(column) = numbers.max_by_key(|c| (told(*c), content[*c].numbers, std::cmp::Reverse(*c))) {
        given[column] = Some(Role::Reference);
        let entry = |row: &GridRow| {
            let references = number::whole_cell(row.row.text(column))?;
            catalogue.entry(references.first()?)
        };
        let likeness = |c: usize, published: &dyn Fn(&GridRow) -> Option<String>| {
            let texts = body.iter().filter(|row| !row.row.text(c).is_empty());
            let counts = texts.filter_map(|row| Some(shared_words(row.row.text(c), &published(row)?)));
            let (shared, all) = counts.fold((0, 0), |(shared, all), (s, a)| (shared + s, all + a));
            shared as f64 / all.max(1) as f64
        };
        let best = |published: &dyn Fn(&GridRow) -> Option<String>, except: Option<usize>, at_least: usize| {
            (0..content.len())
                .filter(|c| *c != column && Some(*c) != except && content[*c].average() >= at_least)
                .map(|c| (likeness(c, published), c))
                .filter(|(share, _)| *share > 0.6)
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .map(|(_, c)| c)
        };
        let text = best(&|row| entry(row).map(|entry| entry.text.clone()), None, 8);
        let title = best(&|row| entry(row).map(|entry| entry.title.clone()), text, 1);
        for (found, role) in [(text, Role::Text), (title, Role::Title)] {
            if let Some(found) = found {
                given[found] = Some(role);
            }
        }
    } else if let Some(column) =
        (0..content.len()).filter(may_number).filter(|c| content[*c].leading > 0).max_by_key(|c| content[*c].leading)
    {
        given[column] = Some(Role::Text);
    }
    for (column, content) in content.iter().enumerate() {
        let asked = headed[column] == Some(Role::Acceptance);
        if given[column].is_none() && !asked && content.responses > 1 && content.responses * 10 >= content.filled * 6 {
            given[column] = Some(Role::Response);
        }
    }
}

/// How many of a text's words the published one has, and how many it has itself.
fn shared_words(text: &str, published: &str) -> (usize, usize) {
    let (text, published) = (words_key(text), words_key(published));
    let published: BTreeSet<&str> = published.split(' ').collect();
    let words: Vec<&str> = text.split(' ').collect();
    (words.iter().filter(|word| published.contains(*word)).count(), words.len())
}

/// Headings, where the cells do not say otherwise; one that stands over cells of another kind moves
/// to the next column that has none.
fn by_label(content: &[Content], columns: &mut Columns, given: &mut [Option<Role>]) {
    let mut displaced: Vec<(usize, Role)> = Vec::new();
    for (column, label) in columns.labels.iter().enumerate() {
        if columns.paper.is_some() && given[column].is_some() {
            continue;
        }
        let Some(mut role) = role_of_label(label) else { continue };
        let Content { answers, filled, .. } = content[column];
        if role == Role::Position && answers > 0 && answers * 10 >= filled * 6 {
            role = Role::Acceptance;
        }
        if role == Role::Position && given[column].is_none() && given.contains(&Some(role)) {
            role = second_position(&columns.labels, column, given);
        }
        match given[column] {
            None if !given.contains(&Some(role)) || role.may_repeat() => given[column] = Some(role),
            Some(found) if found == role || matches!((found, role), (Role::Text, Role::Theme | Role::Title)) => {}
            Some(Role::Reference) if role == Role::Text => {}
            // a second column of one kind stays unknown: which counts, a person says
            None => {}
            Some(_) => displaced.push((column, role)),
        }
    }
    for (column, role) in displaced {
        if given.contains(&Some(role)) {
            continue;
        }
        let free =
            |c: &usize| given[*c].is_none() && content[*c].filled > 0 && role_of_label(&columns.labels[*c]).is_none();
        let place = (column + 1..given.len()).find(free).or_else(|| (0..column).rev().find(free));
        let label = &columns.labels[column];
        let line = 0;
        if let Some(place) = place {
            given[place] = Some(role);
            let text = format!(
                "The heading \"{label}\" stands over column {}, its cells are in column {}: columns are read by what is in them",
                column + 1,
                place + 1
            );
            columns.notes.push(Note { line, text, level: Level::Info });
        }
    }
    if columns.roles.iter().all(|role| *role == Role::Unknown) && columns.labels.iter().all(String::is_empty) {
        let text = "The table has no header: its columns are read by what is in them".to_owned();
        columns.notes.push(Note { line: 0, text, level: Level::Info });
    }
}

/// What a second column of positions is: one of the two that speaks of progress is that.
fn second_position(labels: &[String], column: usize, given: &mut [Option<Role>]) -> Role {
    let progress = |column: usize| {
        let label = fold(&labels[column]);
        ["progress", "update"].iter().any(|word| label.contains(word))
    };
    let first = given.iter().position(|role| *role == Some(Role::Position));
    if progress(column) || given.contains(&Some(Role::Progress)) {
        return Role::Progress;
    }
    if let Some(first) = first.filter(|first| progress(*first)) {
        given[first] = Some(Role::Progress);
    }
    Role::Position
}

/// A table of recommendations has a title in short cells, a text and a position in long ones. A
/// column with a heading that is not understood is none of the first two.
fn by_what_is_left(content: &[Content], columns: &mut Columns, given: &mut [Option<Role>]) {
    let led = given.iter().all(|role| *role != Some(Role::Reference));
    // a stray word or two beside the table is no column of it
    let most = content.iter().map(|content| content.filled).max().unwrap_or(0);
    let open = |given: &[Option<Role>]| -> Vec<usize> {
        (0..given.len()).filter(|c| given[*c].is_none() && content[*c].filled * 2 > most).collect()
    };
    for column in open(given).into_iter().filter(|column| columns.labels[*column].is_empty()) {
        let has = |role: Role| given.contains(&Some(role));
        let role = if !led && !has(Role::Title) && content[column].average() <= 12 && !has(Role::Text) {
            Role::Title
        } else if !led && !has(Role::Text) {
            Role::Text
        } else if !has(Role::Position) && !has(Role::Action) {
            Role::Position
        } else {
            continue;
        };
        given[column] = Some(role);
    }
    let position = given
        .iter()
        .flatten()
        .any(|role| matches!(role, Role::Position | Role::Action | Role::Gap | Role::Evidence | Role::Assurance));
    // a code or a letter is no position
    const SAYING: usize = 3;
    let said = |column: usize| content[column].average() >= SAYING;
    if let ([column], false) = (open(given).as_slice(), position)
        && said(*column)
    {
        given[*column] = Some(Role::Position);
        let text =
            format!("The column \"{}\" is taken for the position: no other column can be it", columns.labels[*column]);
        columns.notes.push(Note { line: 0, text, level: Level::Info });
    }
}
