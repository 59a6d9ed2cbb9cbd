//! A block of cells laid over the grid from its cursor on: what each cell would change, before anything is changed.
//!
//! Nothing that stands in the plan is lost by it: a blank cell leaves what it falls on, actions and evidence are added
//! beside those that are there, a due that stands is not put off without a reason.

use super::catalogue::Catalogue;
use super::intent::put_evidence_link;
use super::printed::{self, Facts};
use super::text::{blocks, count, fold, same_words, tidy, words_key};
use super::view::Column;
use super::{
    Acceptance, Action, Edit, EditBuilder, Evidence, Id, Index, Link, Plan, Position, PositionState, Recommendation,
    Theme, order,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What becomes of one cell of the block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It takes the place of what stands there.
    Replaces,
    /// It fills what was blank.
    Fills,
    /// So many things are added beside what stands there.
    Adds(usize),
    /// The plan says it already.
    Same,
    /// It is blank, and leaves what stands there.
    Blank,
    /// It is not taken, and why.
    Left(&'static str),
}

impl Fate {
    /// Whether it changes the plan.
    #[must_use]
    pub fn changes(&self) -> bool {
        matches!(self, Self::Replaces | Self::Fills | Self::Adds(_))
    }
}

/// One cell of the block over one cell of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// The recommendation it falls on.
    pub row: Id,
    /// The column.
    pub column: Column,
    /// What was pasted.
    pub pasted: String,
    /// What stands there.
    pub before: String,
    /// What becomes of it.
    pub fate: Fate,
}

/// A block over the grid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Block {
    /// The change, "Paste 12 cells".
    pub edit: Edit,
    /// Cell by cell, row by row.
    pub landings: Vec<Landing>,
    /// Rows of the block below the grid's last row; nothing of them is taken.
    pub rows_over: usize,
    /// Columns of the block beyond the grid's last column; nothing of them is taken.
    pub columns_over: usize,
}

/// Lays cells over rows and columns of the grid, from the first of each on. Positions are written as at a date.
/// `new` is an id that no row has yet.
#[must_use]
pub fn block(
    plan: &Plan,
    index: &Index,
    over: (&[Id], &[Column]),
    cells: &[Vec<String>],
    as_at: NaiveDate,
    new: Id,
) -> Block {
    let (rows, columns) = over;
    let themes = plan.themes.values().map(|theme| (words_key(&theme.title), theme.id)).collect();
    let evidence = plan.evidence.values().map(|row| (words_key(&row.text), row.id)).collect();
    let catalogue = Catalogue::francis().ok();
    let edit = EditBuilder::new(plan, "Paste");
    let last = Last::of(plan);
    let mut over = Over { index, as_at, new, edit, themes, evidence, catalogue, made: 0, last };
    let mut landings = Vec::new();
    for (id, pasted) in rows.iter().zip(cells) {
        let Some(row) = plan.recommendations.get(id) else { continue };
        for (column, text) in columns.iter().zip(pasted) {
            let pasted = tidy(text);
            let before = over.before(row, *column);
            let fate = if pasted.is_empty() { Fate::Blank } else { over.put(row, *column, &pasted, &before) };
            landings.push(Landing { row: *id, column: *column, pasted, before, fate });
        }
    }
    let changed = landings.iter().filter(|landing| landing.fate.changes()).count();
    over.edit.label(format!("Paste {}", count(changed, "cell")));
    let width = cells.iter().map(Vec::len).max().unwrap_or(0);
    Block {
        edit: over.edit.finish(),
        landings,
        rows_over: cells.len().saturating_sub(rows.len()),
        columns_over: width.saturating_sub(columns.len()),
    }
}

/// The last sort keys, those of the edit too.
struct Last {
    theme: String,
    /// Of the actions that stand alone.
    action: String,
    evidence: String,
    /// Of each recommendation's actions.
    links: BTreeMap<Id, String>,
}

impl Last {
    fn of(plan: &Plan) -> Self {
        let mut links: BTreeMap<Id, String> = BTreeMap::new();
        for link in plan.links.values() {
            let last = links.entry(link.recommendation).or_default();
            if link.order > *last {
                last.clone_from(&link.order);
            }
        }
        Self {
            theme: plan.themes.values().map(|row| row.order.clone()).max().unwrap_or_default(),
            action: plan.actions_under(None).last().map(|row| row.order.clone()).unwrap_or_default(),
            evidence: plan.evidence.values().map(|row| row.order.clone()).max().unwrap_or_default(),
            links,
        }
    }

    /// The next key behind the last one, which it then is.
    fn next(last: &mut String) -> String {
        *last = order::between(last, "");
        last.clone()
    }
}

struct Over<'p> {
    index: &'p Index,
    as_at: NaiveDate,
    new: Id,
    edit: EditBuilder<'p>,
    /// Themes by their words, those of this edit too.
    themes: BTreeMap<String, Id>,
    evidence: BTreeMap<String, Id>,
    catalogue: Option<Catalogue>,
    /// How many rows were made so far: what their ids come of.
    made: usize,
    last: Last,
}

impl Over<'_> {
    fn id(&mut self) -> Id {
        self.made += 1;
        self.new.derive(&["pasted", &self.made.to_string()])
    }

    /// What stands in a cell, as far as pasting is about it.
    fn before(&self, row: &Recommendation, column: Column) -> String {
        let plan = self.edit.plan();
        let lines = |lines: Vec<&str>| lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let now = self.index.positions_at(plan, row.id, self.as_at);
        let actions = self.index.actions(plan, row.id);
        match column {
            Column::Reference => row.reference.clone(),
            Column::Recommendation => row.shown_text().to_owned(),
            Column::Response => lines(vec![&row.response_status, &row.response]),
            Column::Position => now.last().map(|position| position.text.clone()).unwrap_or_default(),
            Column::State => now.last().and_then(|position| position.state).map_or("", PositionState::word).to_owned(),
            Column::Theme => {
                row.theme.and_then(|id| plan.themes.get(&id)).map(|row| row.title.clone()).unwrap_or_default()
            }
            Column::Report => row.report.clone(),
            Column::Answer => lines(vec![row.acceptance.map_or("", Acceptance::word), &row.acceptance_reason]),
            Column::Owners => lines(actions.iter().map(|action| action.owner.as_str()).collect()),
            Column::Due => lines(actions.iter().map(|action| action.due_words.as_str()).collect()),
            Column::Actions => lines(actions.iter().map(|action| action.text.as_str()).collect()),
            Column::Evidence => lines(self.index.evidence(plan, row.id).iter().map(|row| row.text.as_str()).collect()),
        }
    }

    fn put(&mut self, row: &Recommendation, column: Column, text: &str, before: &str) -> Fate {
        let fate = if before.is_empty() { Fate::Fills } else { Fate::Replaces };
        if same_words(text, before) && before.lines().count() == text.lines().count() {
            return Fate::Same;
        }
        match column {
            Column::Reference => Fate::Left("numbers are not pasted over"),
            Column::Report => Fate::Left("reports are not pasted over"),
            Column::Recommendation => self.wording(row, text, fate),
            Column::Response => {
                let (status, words) = response(text);
                self.edit.update::<Recommendation>(row.id, |row| {
                    if !status.is_empty() {
                        status.clone_into(&mut row.response_status);
                    }
                    if !words.is_empty() {
                        row.response = words;
                    }
                });
                fate
            }
            Column::Position => self.position(row.id, text, fate),
            Column::State => match PositionState::from_word(text) {
                Some(state) => {
                    self.write_position(row.id, |position| position.state = Some(state));
                    fate
                }
                None => Fate::Left("no state: in place, partly, gap, planned, waiting or no longer needed"),
            },
            Column::Theme => {
                self.theme(row, text);
                fate
            }
            Column::Answer => self.answer(row.id, text, fate),
            Column::Owners => self.owners(row.id, text, fate),
            Column::Due => self.dues(row.id, text),
            Column::Actions => self.actions(row.id, text),
            Column::Evidence => self.evidence(row.id, text),
        }
    }

    /// Published words stay; what differs from them is the CCG's wording.
    fn wording(&mut self, row: &Recommendation, text: &str, fate: Fate) -> Fate {
        let catalogue = self.catalogue.as_ref();
        let published = catalogue.is_some_and(|c| c.report.key == row.report && c.entry(&row.reference).is_some());
        // a cell that was copied from a grid has the title above the words
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let titled = !rest.is_empty() && same_words(first, row.shown_title());
        let words = if titled { rest } else { text };
        if same_words(words, row.shown_text()) {
            return Fate::Same;
        }
        self.edit.update::<Recommendation>(row.id, |row| {
            if !published && row.local_text.is_empty() {
                words.clone_into(&mut row.text);
            } else if same_words(words, &row.text) {
                row.local_text.clear();
            } else {
                words.clone_into(&mut row.local_text);
            }
        });
        fate
    }

    /// Writes the position of the date; one of an earlier date is history, and a new one goes on from it.
    fn write_position(&mut self, row: Id, change: impl FnOnce(&mut Position)) {
        let plan = self.edit.plan();
        let id = self.new.derive(&["position", &row.to_string()]);
        if self.edit.current::<Position>(id).is_some() {
            self.edit.update::<Position>(id, change);
            return;
        }
        let last = self.index.positions_at(plan, row, self.as_at).last().copied();
        match last {
            Some(last) if last.as_at.is_none_or(|date| date == self.as_at) => {
                self.edit.update::<Position>(last.id, change);
            }
            _ => {
                let from = last.cloned().unwrap_or_default();
                let mut position = Position { id, recommendation: row, as_at: Some(self.as_at), ..from };
                change(&mut position);
                self.edit.put(&position);
            }
        }
    }

    /// A position; its state may stand on a line above it, as papers have it.
    fn position(&mut self, row: Id, text: &str, fate: Fate) -> Fate {
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let (state, words) = match printed::read_position(first) {
            Some((state, _)) if !rest.is_empty() => (state, rest),
            _ => (None, text),
        };
        let now = self.index.positions_at(self.edit.plan(), row, self.as_at);
        let is_said = now.last().is_some_and(|position| {
            same_words(&position.text, words) && state.is_none_or(|state| position.state == Some(state))
        });
        if is_said {
            return Fate::Same;
        }
        self.write_position(row, |position| {
            words.clone_into(&mut position.text);
            position.state = state.or(position.state);
        });
        fate
    }

    fn theme(&mut self, row: &Recommendation, text: &str) {
        let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let key = words_key(&title);
        let theme = match self.themes.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.id();
                self.edit.put(&Theme { id, title, order: Last::next(&mut self.last.theme) });
                self.themes.insert(key, id);
                id
            }
        };
        self.edit.update::<Recommendation>(row.id, |row| row.theme = Some(theme));
    }

    fn answer(&mut self, row: Id, text: &str, fate: Fate) -> Fate {
        let (first, reason) = text.split_once('\n').unwrap_or((text, ""));
        let answer = Acceptance::from_word(first).or_else(|| printed::read_answer(first).map(|(answer, _)| answer));
        let Some(answer) = answer else {
            return Fate::Left(
                "no answer: accepted, accepted in part, accepted in principle, not accepted or not for us",
            );
        };
        self.edit.update::<Recommendation>(row, |row| {
            row.acceptance = Some(answer);
            if !reason.is_empty() {
                reason.clone_into(&mut row.acceptance_reason);
            }
        });
        fate
    }

    /// One owner is all actions' owner; several are the actions' in their order.
    fn owners(&mut self, row: Id, text: &str, fate: Fate) -> Fate {
        let actions: Vec<Id> = self.index.actions(self.edit.plan(), row).iter().map(|action| action.id).collect();
        let lines: Vec<&str> = blocks(text).map(|block| block.text).collect();
        if actions.is_empty() {
            return Fate::Left("no action here that could have an owner");
        }
        if lines.len() > 1 && lines.len() != actions.len() {
            return Fate::Left("not as many owners as there are actions");
        }
        for (at, action) in actions.iter().enumerate() {
            let owner = lines.get(at).or(lines.first()).copied().unwrap_or_default();
            self.edit.update::<Action>(*action, |row| owner.clone_into(&mut row.owner));
        }
        fate
    }

    fn dues(&mut self, row: Id, text: &str) -> Fate {
        let plan = self.edit.plan();
        let actions = self.index.actions(plan, row);
        let lines: Vec<&str> = blocks(text).map(|block| block.text).collect();
        if actions.is_empty() {
            return Fate::Left("no action here that could be due");
        }
        if lines.len() > 1 && lines.len() != actions.len() {
            return Fate::Left("not as many dues as there are actions");
        }
        let bare = |action: &Action| action.due_words.is_empty() && action.original_due_words.is_empty();
        let mut given = 0;
        for (at, action) in actions.iter().enumerate().filter(|(_, action)| bare(action)) {
            let words = lines.get(at).or(lines.first()).copied().unwrap_or_default();
            self.edit.update::<Action>(action.id, |row| words.clone_into(&mut row.due_words));
            given += 1;
        }
        match given {
            0 => Fate::Left("the actions have a due: a new one is given with its reason, under Due…"),
            _ if given == actions.len() => Fate::Fills,
            given => Fate::Adds(given),
        }
    }

    /// Adds actions, one a paragraph or bullet, beside those that are there.
    fn actions(&mut self, row: Id, text: &str) -> Fate {
        let actions = self.index.actions(self.edit.plan(), row);
        let mut known: Vec<String> = actions.iter().map(|action| words_key(&action.text)).collect();
        let mut made: Vec<Action> = Vec::new();
        let mut at_new = false;
        for block in blocks(text) {
            // the line that our own papers have under each action
            if let Some(facts) = Facts::read(block.text).filter(|_| block.bullet.is_none()) {
                if let Some(action) = made.last_mut().filter(|_| at_new) {
                    (action.owner, action.partners, action.due_words) = (facts.owner, facts.partners, facts.due);
                    (action.state, action.tentative, action.done_on) = (facts.state, facts.tentative, facts.done_on);
                }
                continue;
            }
            let key = words_key(block.text);
            at_new = !known.contains(&key);
            if at_new {
                known.push(key);
                made.push(Action { id: self.id(), text: block.text.to_owned(), ..Action::default() });
            }
        }
        let number = made.len();
        for action in made {
            let order = Last::next(&mut self.last.action);
            let place = Last::next(self.last.links.entry(row).or_default());
            self.edit.put(&Link {
                id: Link::id_of(row, action.id),
                recommendation: row,
                action: action.id,
                order: place,
            });
            self.edit.put(&Action { order, ..action });
        }
        if number == 0 { Fate::Same } else { Fate::Adds(number) }
    }

    /// Adds evidence, one a paragraph or bullet; what the plan has is linked.
    fn evidence(&mut self, row: Id, text: &str) -> Fate {
        let shown: Vec<Id> = self.index.evidence(self.edit.plan(), row).iter().map(|row| row.id).collect();
        let mut added = 0;
        for block in blocks(text) {
            let key = words_key(block.text);
            let id = match self.evidence.get(&key) {
                Some(id) if shown.contains(id) => continue,
                Some(id) => *id,
                None => {
                    let id = self.id();
                    let order = Last::next(&mut self.last.evidence);
                    self.edit.put(&Evidence { id, order, text: block.text.to_owned(), ..Evidence::default() });
                    self.evidence.insert(key, id);
                    id
                }
            };
            put_evidence_link(&mut self.edit, row, id);
            added += 1;
        }
        if added == 0 { Fate::Same } else { Fate::Adds(added) }
    }
}

/// A response's status and words: the status is a short line without an end.
fn response(text: &str) -> (String, String) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let known = ["accept", "agree", "reject", "noted", "not accept", "not agree", "partial", "partly", "under consid"];
    let is_status = first.split_whitespace().count() <= 5 && known.iter().any(|word| fold(first).starts_with(word));
    if is_status { (first.trim_end_matches('.').to_owned(), rest.to_owned()) } else { (String::new(), text.to_owned()) }
}

#[cfg(test)]
mod tests;
