//! The rows of a table of recommendations: what one row is, what goes on over a page, what is a theme.

use super::columns::{Columns, Role};
use super::grid::{Grid, GridRow};
use super::heal::{self, Manner};
use super::number;
use super::place::Places;
use super::proposal::{Level, Note};
use super::understood::{Heading, RecommendationRow, Segment, Understood};
use crate::model::catalogue::Catalogue;
use crate::model::text::{fold, same_words, words_key};
use std::collections::BTreeMap;

/// Reads a table of recommendations into `found`; its rows stand under `theme` until a row in it
/// names another.
pub(super) fn read(grid: &Grid, columns: &Columns, catalogue: &Catalogue, theme: Option<&str>, found: &mut Understood) {
    let mut reader = Reader {
        columns,
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
    for (at, row) in grid.rows.iter().enumerate() {
        reader.new_page |= row.starts_page;
        if let Some(theme) = columns.sections.get(&at) {
            reader.theme(row.row.line, theme);
        } else if !columns.headers.contains(&at) {
            reader.row(row);
            reader.new_page = false;
        } else {
            // a header stands on top of a page
            reader.new_page = true;
        }
    }
    let first = reader.first;
    reader.finish(first);
}

struct Reader<'a> {
    columns: &'a Columns,
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

    fn row(&mut self, row: &GridRow) {
        if self.is_theme(row) {
            let title: String = row.row.cells.iter().map(|cell| cell.text.as_str()).collect();
            self.theme(row.row.line, &title);
            return;
        }
        let part = self.part(row);
        let last = self.found.rows.len().checked_sub(1).filter(|last| *last >= self.first);
        if part.references.is_empty() {
            match last {
                Some(last) => self.join(last, &part),
                None => self.lost(row),
            }
        } else if let Some(earlier) = self.known.get(&part.references).copied() {
            if Some(earlier) != last {
                let lines = [self.found.rows[earlier].line, row.row.line];
                let places = self.found.places.all(&lines);
                let text = format!("{} stands at {places}: put together", part.references.join(", "));
                self.note(row.row.line, text, Level::Info);
            }
            self.join(earlier, &part);
        } else {
            self.add(&part);
        }
    }

    fn part<'r>(&mut self, row: &'r GridRow) -> Part<'r> {
        let number = self.cell(row, Role::Reference).to_owned();
        let text = self.cell(row, Role::Text).to_owned();
        let mut part = Part { row, references: Vec::new(), text: text.clone(), continued: self.new_page };
        if let Some(references) = number::whole_cell(&number) {
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
        self.unknown_cells(row);
    }

    fn segment(&self, row: &GridRow) -> Segment {
        let cell = |role| self.cell(row, role).to_owned();
        Segment {
            line: row.row.line,
            serves: Vec::new(),
            action: self.actions(row),
            owner: cell(Role::Owner),
            partners: cell(Role::Partners),
            due: cell(Role::Due),
            state: cell(Role::State),
            progress: String::new(),
        }
    }

    /// All columns of actions, where there are several.
    fn actions(&self, row: &GridRow) -> String {
        let cells = self.columns.roles.iter().enumerate().filter(|(_, role)| **role == Role::Action);
        cells.map(|(column, _)| row.row.text(column)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Puts a part of a row to the row it belongs to, cell by cell.
    fn join(&mut self, at: usize, part: &Part<'_>) {
        let row = part.row;
        let manner = if part.continued { Manner::Prose } else { Manner::List };
        let entry = self.found.rows[at].references.first().and_then(|reference| self.catalogue.entry(reference));
        let new = self.segment(row);
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
        match into.segments.last_mut() {
            Some(last) if part.continued => join_segment(last, &new),
            _ if new.is_blank() => {}
            Some(last) if new.action.is_empty() || same_words(&last.action, &new.action) => join_segment(last, &new),
            _ => into.segments.push(new),
        }
        self.unknown_cells(row);
    }

    fn unknown_cells(&mut self, row: &GridRow) {
        for (column, cell) in row.row.cells.iter().enumerate() {
            if self.columns.roles.get(column).copied().unwrap_or(Role::Unknown) == Role::Unknown
                && !cell.text.is_empty()
            {
                let label = self.columns.labels.get(column).filter(|label| !label.is_empty());
                let name =
                    label.map_or_else(|| format!("column {}", column + 1), |label| format!("column \"{label}\""));
                self.note(
                    cell.line,
                    format!("Not taken, from {name}: {}", cell.text.replace('\n', " / ")),
                    Level::Unread,
                );
            }
        }
    }

    fn lost(&mut self, row: &GridRow) {
        let words: Vec<&str> = row.row.cells.iter().map(|c| c.text.as_str()).filter(|text| !text.is_empty()).collect();
        let text = format!("Not taken, before the first recommendation: {}", words.join(" | ").replace('\n', " / "));
        self.note(row.row.line, text, Level::Unread);
    }

    fn note(&mut self, line: usize, text: String, level: Level) {
        self.found.notes.push(Note { line, text, level });
    }

    /// Splits what stands in one cell, when the whole of each row is known.
    fn finish(self, first: usize) {
        let titled = self.columns.of(Role::Title).is_some();
        for row in &mut self.found.rows[first..] {
            if !titled {
                let entry = row.references.first().and_then(|reference| self.catalogue.entry(reference));
                let (title, text) = split_title(&row.text, entry.map(|entry| entry.text.as_str()));
                (row.title, row.text) = (title.to_owned(), text.to_owned());
            }
        }
    }
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
                alone.segments.clear();
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
    into.segments.extend(more.segments);
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
}

/// Parts "Title. Text …" where the first sentence reads as a title; the published text says where it
/// does not.
fn split_title<'t>(text: &'t str, published: Option<&str>) -> (&'t str, &'t str) {
    let sentence = text.match_indices(". ").map(|(at, _)| (at, at + 2));
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
            split_title("Access to data. Boards should see it.", None),
            ("Access to data", "Boards should see it.")
        );
        assert_eq!(split_title("Boards should see it. Monthly.", None), ("", "Boards should see it. Monthly."));
        assert_eq!(split_title("Access to data\nBoards see it.", None), ("Access to data", "Boards see it."));
        let published = Some("Boards hold the data themselves. They see it.");
        assert_eq!(split_title("Boards hold the data themselves. They see it.", published).0, "", "that is the text");
    }
}
