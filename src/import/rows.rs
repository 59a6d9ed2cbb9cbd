//! The rows of a table of recommendations: what one row is, what goes on over a page, what is a theme.

use super::columns::Columns;
use super::grid::{Grid, GridRow};
use super::heal::{self, Manner};
use super::items;
use super::number;
use super::ours::Ours;
use super::place::Places;
use super::printed_cells;
use super::proposal::{Level, Note};
use super::role::Role;
use super::understood::{self, Heading, Headings, KeptCell, RecommendationRow, RowFate, Segment, Understood};
use crate::model::catalogue::Catalogue;
use crate::model::printed;
use crate::model::text::{blocks, fold, same_words, words_key};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Reads a table of recommendations into `found`; its rows stand under `theme` until a row in it
/// names another. Gives what became of each row.
pub(super) fn read(
    grid: &Grid,
    columns: &Columns,
    catalogue: &Catalogue,
    theme: Option<&str>,
    found: &mut Understood,
) -> Vec<RowFate> {
    let mut reader = Reader {
        columns,
        headings: columns.headings(),
        catalogue,
        first: found.rows.len(),
        theme: None,
        known: BTreeMap::new(),
        new_page: false,
        found,
    };
    if let Some(theme) = theme {
        reader.theme(grid.line, theme);
    }
    let mut fates = Vec::with_capacity(grid.rows.len());
    for (at, row) in grid.rows.iter().enumerate() {
        reader.new_page = (reader.new_page || row.starts_page) && !row.own;
        let fate = if let Some(theme) = columns.sections.get(&at) {
            reader.theme(row.row.line, theme);
            RowFate::Theme(theme.clone())
        } else if !columns.headers.contains(&at) {
            let fate = reader.row(row);
            reader.new_page = false;
            fate
        } else {
            // a header stands on top of a page
            reader.new_page = true;
            columns.fate_of_header(at)
        };
        fates.push(fate);
    }
    let first = reader.first;
    reader.finish(first);
    fates
}

struct Reader<'a> {
    columns: &'a Columns,
    headings: Headings,
    catalogue: &'a Catalogue,
    /// Where this table's rows begin in `found.rows`.
    first: usize,
    theme: Option<usize>,
    /// This table's rows by their numbers.
    known: BTreeMap<Vec<String>, usize>,
    /// Whether nothing but the header stood on this page yet.
    new_page: bool,
    found: &'a mut Understood,
}

/// A row of the table with its number taken out.
struct Part<'a> {
    row: &'a GridRow,
    references: Vec<String>,
    /// The text cell without the number that led it.
    text: String,
    continued: bool,
}

impl Reader<'_> {
    fn cell<'r>(&self, row: &'r GridRow, role: Role) -> &'r str {
        self.columns.of(role).map_or("", |column| row.row.text(column))
    }

    fn theme(&mut self, line: usize, title: &str) {
        self.theme = Some(place_of(&mut self.found.themes, line, title));
    }

    fn row(&mut self, row: &GridRow) -> RowFate {
        if self.is_theme(row) {
            let title: String = row.row.cells.iter().map(|cell| cell.text.as_str()).collect();
            let title = number::continued(&title).filter(|rest| !rest.is_empty()).unwrap_or(&title).to_owned();
            self.theme(row.row.line, &title);
            return RowFate::Theme(title);
        }
        if self.is_foreign(row) {
            let number = self.cell(row, Role::Reference).to_owned();
            let why = format!("Not taken, since \"{number}\" is no recommendation's number: ");
            self.lost(row, &why);
            return RowFate::NotTaken;
        }
        let part = self.part(row);
        let last = self.found.rows.len().checked_sub(1).filter(|last| *last >= self.first);
        if part.references.is_empty() {
            match last {
                Some(last) => {
                    self.join(last, &part);
                    RowFate::GoesOn(self.found.rows[last].references.clone())
                }
                None => {
                    self.lost(row, "Not taken, before the first recommendation: ");
                    RowFate::NotTaken
                }
            }
        } else if let Some(earlier) = self.known.get(&part.references).copied() {
            if Some(earlier) != last {
                let lines = [self.found.rows[earlier].line, row.row.line];
                let places = self.found.places.all(&lines);
                let text = format!("{} stands at {places}: put together", part.references.join(", "));
                self.note(row.row.line, text, Level::Info);
            }
            self.join(earlier, &part);
            RowFate::GoesOn(part.references)
        } else {
            self.add(&part);
            RowFate::Recommendations(part.references)
        }
    }

    fn part<'r>(&mut self, row: &'r GridRow) -> Part<'r> {
        let number = self.cell(row, Role::Reference).to_owned();
        let text = self.cell(row, Role::Text).to_owned();
        let mut part = Part { row, references: Vec::new(), text: text.clone(), continued: self.new_page };
        if let Some(references) = number::whole_cell(&number) {
            if let Some(whole) = number::without_item(&number) {
                self.note(row.row.line, format!("\"{number}\" is read as {whole}"), Level::Info);
            }
            part.references = references;
            part.continued |= fold(&number).contains("cont");
        } else if let Some((reference, rest)) = number::leading(&number) {
            part.references = vec![reference];
            part.text = heal::join(rest, &text, Manner::List, None);
        } else if !number.is_empty() {
            let text = format!("\"{number}\" stands where a recommendation's number is expected");
            self.note(row.row.line, text, Level::Unread);
            part.text = if text_is_blank(&part.text) { number } else { format!("{number}\n{}", part.text) };
        } else if self.columns.of(Role::Reference).is_none()
            && let Some((reference, rest)) = number::leading(&text)
        {
            part.references = vec![reference];
            part.text = rest.to_owned();
        }
        if let Some(rest) = number::continued(&part.text).filter(|rest| !rest.contains('\n')) {
            // "Access to data (cont.)" repeats what the row is called
            let last = self.found.rows.get(self.first..).and_then(<[_]>::last);
            let known = last.is_some_and(|last| words_key(&last.text).starts_with(&words_key(rest)));
            part.continued |= !row.own;
            part.text = if known { String::new() } else { rest.to_owned() };
        }
        part
    }

    /// One filled cell that reads as a heading and does not go on with the row before.
    fn is_theme(&self, row: &GridRow) -> bool {
        let mut filled = row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty());
        let (Some((column, cell)), None) = (filled.next(), filled.next()) else { return false };
        let role = self.columns.roles.get(column).copied().unwrap_or(Role::Unknown);
        let leading = column == 0 || matches!(role, Role::Reference | Role::Theme | Role::Title | Role::Text);
        let text = cell.text.as_str();
        let heading = !text.contains('\n')
            && text.split_whitespace().count() <= 16
            && text.starts_with(char::is_uppercase)
            && !text.ends_with(['.', ',', ';'])
            && number::whole_cell(text).is_none()
            && number::leading(text).is_none();
        if !(leading && heading) {
            return false;
        }
        let before = self.found.rows.get(self.first..).and_then(<[_]>::last).map_or("", |last| match role {
            Role::Title => last.title.as_str(),
            _ => last.text.as_str(),
        });
        !self.new_page
            || before.is_empty()
            || heal::join(before, text, Manner::Prose, None).contains(&format!("\n{text}"))
    }

    fn add(&mut self, part: &Part<'_>) {
        let row = part.row;
        let own_theme = self.cell(row, Role::Theme).to_owned();
        if !own_theme.is_empty() {
            self.theme(row.row.line, &own_theme);
        }
        let mut new = RecommendationRow {
            line: row.row.line,
            references: part.references.clone(),
            theme: self.theme,
            title: self.cell(row, Role::Title).replace('\n', " "),
            text: part.text.clone(),
            response: self.cell(row, Role::Response).to_owned(),
            position: self.cell(row, Role::Position).to_owned(),
            acceptance: self.cell(row, Role::Acceptance).to_owned(),
            progress: self.columns.text(row, Role::Progress),
            gap: self.columns.text(row, Role::Gap),
            evidence: self.columns.text(row, Role::Evidence),
            assurance: self.columns.text(row, Role::Assurance),
            state: self.state(row),
            reasons: self.cell(row, Role::Reasons).to_owned(),
            as_at: day_of(self.cell(row, Role::PositionDate)),
            kept: self.columns.kept(row),
            headings: self.headings.clone(),
            before: self
                .found
                .rows
                .get(self.first..)
                .and_then(<[_]>::last)
                .filter(|last| last.theme == self.theme)
                .and_then(|last| last.references.last().cloned()),
            ..RecommendationRow::default()
        };
        new.segments.extend(Some(self.segment(row)).filter(|segment| !segment.is_blank()));
        self.known.insert(part.references.clone(), self.found.rows.len());
        self.found.rows.push(new);
    }

    /// Where the CCG stands, in a word.
    fn state(&self, row: &GridRow) -> String {
        let of_position = self.columns.text(row, Role::PositionState);
        let state =
            if self.columns.state_is_of_actions() { String::new() } else { self.columns.text(row, Role::State) };
        if of_position.is_empty() { state } else { of_position }
    }

    fn segment(&self, row: &GridRow) -> Segment {
        let cell = |role| self.cell(row, role).to_owned();
        Segment {
            line: row.row.line,
            serves: Vec::new(),
            action: self.columns.text(row, Role::Action),
            owner: cell(Role::Owner),
            partners: cell(Role::Partners),
            due: cell(Role::Due),
            state: if self.columns.state_is_of_actions() { cell(Role::State) } else { String::new() },
            manner: match self.columns.paper {
                Some(Ours::Appendix) => understood::Manner::Printed,
                Some(_) => understood::Manner::OneARow,
                None => understood::Manner::Anyones,
            },
            facts: None,
            progress: String::new(),
            kept: Vec::new(),
            headings: self.headings.clone(),
        }
    }

    /// Puts a part of a row to the row it belongs to, cell by cell.
    fn join(&mut self, at: usize, part: &Part<'_>) {
        let row = part.row;
        let manner = if part.continued { Manner::Prose } else { Manner::List };
        let entry = self.found.rows[at].references.first().and_then(|reference| self.catalogue.entry(reference));
        let (new, state) = (self.segment(row), self.state(row));
        let (title, response) = (self.cell(row, Role::Title), self.cell(row, Role::Response));
        let (position, acceptance) = (self.cell(row, Role::Position), self.cell(row, Role::Acceptance));
        let into = &mut self.found.rows[at];
        into.joins.extend(part.continued.then_some(row.row.line));
        append(&mut into.title, &title.replace('\n', " "), Manner::Prose, entry.map(|entry| entry.title.as_str()));
        into.title = into.title.replace('\n', " ");
        append(&mut into.text, &part.text, manner, entry.map(|entry| entry.text.as_str()));
        append(&mut into.response, response, manner, None);
        append(&mut into.position, position, manner, None);
        append(&mut into.acceptance, acceptance, Manner::List, None);
        let columns = self.columns;
        append(&mut into.progress, &columns.text(row, Role::Progress), manner, None);
        append(&mut into.gap, &columns.text(row, Role::Gap), manner, None);
        append(&mut into.evidence, &columns.text(row, Role::Evidence), manner, None);
        append(&mut into.assurance, &columns.text(row, Role::Assurance), manner, None);
        append(&mut into.state, &state, Manner::List, None);
        into.kept.extend(columns.kept(row));
        match into.segments.last_mut() {
            Some(last) if part.continued => join_segment(last, &new),
            _ if new.is_blank() => {}
            Some(last) if new.action.is_empty() || same_words(&last.action, &new.action) => join_segment(last, &new),
            _ => into.segments.push(new),
        }
    }

    /// Whether a row has a name of its own where the number stands, "Total" or "A1": within a page it
    /// belongs to no recommendation, and least of all to the one above it.
    fn is_foreign(&self, row: &GridRow) -> bool {
        let number = self.cell(row, Role::Reference);
        let named = number.chars().any(char::is_alphanumeric) && !number.contains('\n');
        let read = || number::whole_cell(number).is_some() || number::leading(number).is_some();
        let beside = row.row.cells.iter().filter(|cell| !cell.text.is_empty()).count() > 1;
        named && beside && !self.new_page && !read() && number::continued(number).is_none()
    }

    fn lost(&mut self, row: &GridRow, why: &str) {
        let words: Vec<&str> = row.row.cells.iter().map(|c| c.text.as_str()).filter(|text| !text.is_empty()).collect();
        let text = format!("{why}{}", words.join(" | ").replace('\n', " / "));
        self.note(row.row.line, text, Level::Unread);
    }

    fn note(&mut self, line: usize, text: String, level: Level) {
        self.found.notes.push(Note { line, text, level });
    }

    /// Splits what stands in one cell, when the whole of each row is known.
    fn finish(self, first: usize) {
        let titled = self.columns.of(Role::Title).is_some();
        let printed = self.columns.paper == Some(Ours::Appendix);
        for row in &mut self.found.rows[first..] {
            match self.columns.paper {
                Some(Ours::Appendix) => printed_cells::read_row(row),
                Some(Ours::AppendixValues) => printed_cells::read_status(row),
                _ => {}
            }
            if !titled {
                let entry = row.references.first().and_then(|reference| self.catalogue.entry(reference));
                let (title, text) = split_title(&row.text, entry.map(|entry| entry.text.as_str()), printed);
                let known = row
                    .text
                    .split_once('\n')
                    .filter(|(first, _)| printed && entry.is_some_and(|entry| same_words(first, &entry.title)));
                let (title, text) = known.unwrap_or((title, text));
                (row.title, row.text) = (title.to_owned(), text.to_owned());
            }
            beside_the_position(row);
            row.kept = together(std::mem::take(&mut row.kept));
        }
    }
}

/// Puts what has a column of its own and belongs to the position under it: what is missing, and what
/// has been done since, unless that is progress on the row's only action.
fn beside_the_position(row: &mut RecommendationRow) {
    let progress = std::mem::take(&mut row.progress);
    match &mut row.segments[..] {
        [only] if only.items().len() == 1 && !items::is_answer(&only.action) => {
            only.progress = progress;
        }
        _ => add_headed(&mut row.position, &row.headings.of(Role::Progress), &progress),
    }
    add_headed(&mut row.position, "Gap", &row.gap);
}

/// Adds words under their column's heading: "Gap: no form in large print".
fn add_headed(position: &mut String, heading: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    let mut parts = blocks(words);
    let alone = parts.next().filter(|first| first.bullet.is_none() && parts.next().is_none());
    if !position.is_empty() {
        position.push('\n');
    }
    match alone {
        Some(only) => position.push_str(&format!("{heading}: {}", only.text)),
        None => position.push_str(&format!("{heading}:\n{words}")),
    }
}

/// The cells of one column that a page break cut, as one.
fn together(cells: Vec<KeptCell>) -> Vec<KeptCell> {
    let mut once: Vec<KeptCell> = Vec::new();
    for cell in cells {
        match once.iter_mut().find(|known| known.label == cell.label) {
            Some(known) => append(&mut known.text, &cell.text, Manner::List, None),
            None => once.push(cell),
        }
    }
    once
}

/// The rows of all tables with each recommendation once: one that stands in a row with others has
/// that row's words too, and its actions stand with the first of them.
pub(super) fn each_once(
    rows: Vec<RecommendationRow>,
    places: &Places,
    notes: &mut Vec<Note>,
) -> Vec<RecommendationRow> {
    let mut once: Vec<RecommendationRow> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for mut row in rows {
        row.segments.iter_mut().for_each(|segment| segment.serves.clone_from(&row.references));
        for (nth, reference) in row.references.iter().enumerate() {
            let mut alone = RecommendationRow { references: vec![reference.clone()], ..row.clone() };
            if nth > 0 {
                // an answer that there are no actions is one for each
                alone.segments.retain(|segment| items::is_answer(&segment.action));
            }
            match known.get(reference) {
                Some(at) => merge(&mut once[*at], alone, places, notes),
                None => {
                    known.insert(reference.clone(), once.len());
                    once.push(alone);
                }
            }
        }
    }
    once
}

/// Puts what a later row says of a recommendation to what an earlier one said.
fn merge(into: &mut RecommendationRow, more: RecommendationRow, places: &Places, notes: &mut Vec<Note>) {
    if into.line != more.line {
        let places = places.all(&[into.line, more.line]);
        let text = format!("{} stands at {places}: put together", more.references.join(", "));
        notes.push(Note { line: more.line, text, level: Level::Info });
    }
    for (cell, other) in [
        (&mut into.text, &more.text),
        (&mut into.response, &more.response),
        (&mut into.position, &more.position),
        (&mut into.acceptance, &more.acceptance),
        (&mut into.evidence, &more.evidence),
        (&mut into.assurance, &more.assurance),
        (&mut into.state, &more.state),
    ] {
        append(cell, other, Manner::List, None);
    }
    if into.title.is_empty() {
        into.title = more.title;
    } else if !(more.title.is_empty() || same_words(&into.title, &more.title)) {
        let text = format!("Not taken, a second title of {}: {}", into.references.join(", "), more.title);
        notes.push(Note { line: more.line, text, level: Level::Unread });
    }
    into.theme = into.theme.or(more.theme);
    into.before = into.before.take().or(more.before);
    into.joins.extend(more.joins);
    into.shown.extend(more.shown);
    into.segments.extend(more.segments);
    into.kept = together(std::mem::take(&mut into.kept).into_iter().chain(more.kept).collect());
}

/// The day in a cell, as figures or in words.
fn day_of(cell: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(cell.trim(), "%Y-%m-%d").ok().or_else(|| printed::read_day(cell))
}

fn text_is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The place of a heading, added if no theme has its words.
fn place_of(themes: &mut Vec<Heading>, line: usize, title: &str) -> usize {
    let title = title.replace('\n', " ");
    let known = themes.iter().position(|theme| words_key(&theme.title) == words_key(&title));
    known.unwrap_or_else(|| {
        themes.push(Heading { line, title: title.trim_start_matches(['•', ' ']).to_owned() });
        themes.len() - 1
    })
}

/// Appends a cell; one that says the same again (a number's cells repeated) adds nothing.
fn append(cell: &mut String, more: &str, manner: Manner, published: Option<&str>) {
    if !(more.is_empty() || same_words(cell, more)) {
        *cell = heal::join(cell, more, manner, published);
    }
}

/// Joins what a page break cut off a row's actions.
pub(super) fn join_segment(into: &mut Segment, more: &Segment) {
    into.action = heal::join(&into.action, &more.action, Manner::Prose, None);
    into.owner = heal::join(&into.owner, &more.owner, Manner::List, None);
    into.partners = heal::join(&into.partners, &more.partners, Manner::List, None);
    into.due = heal::join(&into.due, &more.due, Manner::List, None);
    into.state = heal::join(&into.state, &more.state, Manner::List, None);
    into.progress = heal::join(&into.progress, &more.progress, Manner::Prose, None);
    into.kept = together(std::mem::take(&mut into.kept).into_iter().chain(more.kept.iter().cloned()).collect());
}

/// Parts "Title. Text …" where the first sentence reads as a title; the published text says where it
/// does not.
fn split_title<'t>(text: &'t str, published: Option<&str>, by_line: bool) -> (&'t str, &'t str) {
    let sentence = text.match_indices(". ").map(|(at, _)| (at, at + 2)).filter(|_| !by_line);
    let line = text.match_indices('\n').map(|(at, _)| (at, at + 1));
    let Some((end, start)) = sentence.chain(line).min() else { return ("", text) };
    let (head, rest) = (text[..end].trim(), text[start..].trim_start());
    let modal = |word: &str| matches!(word, "should" | "must" | "shall" | "will" | "need" | "needs");
    let key = words_key(head);
    let words = key.split(' ').count();
    let opens_the_text = published.is_some_and(|published| words > 3 && words_key(published).starts_with(&key));
    if words > 20 || key.split(' ').any(modal) || opens_the_text || head.starts_with('•') {
        return ("", text);
    }
    (head, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_split_from_its_text() {
        assert_eq!(
            split_title("Access to data. Boards should see it.", None, false),
            ("Access to data", "Boards should see it.")
        );
        assert_eq!(split_title("Boards should see it. Monthly.", None, false), ("", "Boards should see it. Monthly."));
        assert_eq!(split_title("Access to data\nBoards see it.", None, false), ("Access to data", "Boards see it."));
        let published = Some("Boards hold the data themselves. They see it.");
        assert_eq!(
            split_title("Boards hold the data themselves. They see it.", published, false).0,
            "",
            "that is the text"
        );
    }
}
