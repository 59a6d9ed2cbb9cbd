//! What a cell of the comparison holds: parts as the grid's cells have them, and for each the text of the other plan
//! that it is held against, so that the words which only one of them has can be marked.

use super::{Sides, TableRow};
use crate::model::compare::{Comparison, Kind, Pair, Part as Of, Row, Side, Status, Told, are_alike};
use crate::model::intent::Adopt;
use crate::model::printed::{capital, day};
use crate::model::state::{Shown, StateWords};
use crate::model::text::{self, Run, same_words, word_diff};
use crate::model::{Id, PositionState};
use crate::ui::recommendations::cell::{Face, Lead, Part};
use crate::ui::theme::Tone;
use crate::ui::widgets::pill::Badge;
use std::sync::Arc;

/// A cell.
#[derive(Default)]
pub(super) struct Cell<'p> {
    pub(super) parts: Vec<Part<'p>>,
    /// What each part is held against; `None` where nothing of it is marked.
    pub(super) against: Vec<Option<Arc<str>>>,
    /// Whether it is painted: only then it matters what is marked.
    painted: bool,
}

impl<'p> Cell<'p> {
    fn push(&mut self, part: Part<'p>) {
        self.parts.push(part);
        self.against.push(None);
    }

    fn aside(&mut self, words: impl Into<String>) {
        self.push(part(words.into(), Face::Aside, Lead::None));
    }

    /// A text with the words marked that the other has not.
    fn text(&mut self, words: &str, face: Face, other: Option<&str>) {
        let other: Option<Arc<str>> = other.filter(|other| self.painted && are_alike(words, other)).map(|other| {
            let blocks: Vec<&str> = text::blocks(other).map(|block| block.text).collect();
            blocks.join(" ").into()
        });
        for block in text::blocks(words) {
            self.parts.push(part(block.text.to_owned(), face, block.bullet.map_or(Lead::None, Lead::Bullet)));
            self.against.push(other.clone());
        }
    }
}

fn part<'p>(text: String, face: Face, lead: Lead) -> Part<'p> {
    Part::Text { text: text.into(), aside: "".into(), face, lead }
}

/// The columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    What,
    Ours,
    Theirs,
}

impl Column {
    pub(super) const ALL: [Self; 3] = [Self::What, Self::Ours, Self::Theirs];
}

/// A row's status as a badge.
fn badge(status: Status) -> Badge {
    use crate::ui::widgets::Shape;
    let (word, tone, shape) = match status {
        Status::Same => ("Same", Tone::Grey, Shape::Tick),
        Status::Differs => ("Differs", Tone::Amber, Shape::Diamond),
        Status::OnlyMine => ("Only ours", Tone::Blue, Shape::Ring),
        Status::OnlyTheirs => ("Only theirs", Tone::Purple, Shape::Disc),
    };
    Badge { word: word.to_owned(), tone, shape: Some(shape) }
}

/// The cell of a row, to be measured.
pub(super) fn cell<'p>(sides: Sides<'p>, comparison: &Comparison, at: TableRow, column: Column) -> Cell<'p> {
    filled(Cell::default(), sides, comparison, at, column)
}

/// The cell of a row, with what is marked in it.
pub(super) fn painted<'p>(sides: Sides<'p>, comparison: &Comparison, at: TableRow, column: Column) -> Cell<'p> {
    filled(Cell { painted: true, ..Cell::default() }, sides, comparison, at, column)
}

fn filled<'p>(mut cell: Cell<'p>, sides: Sides<'p>, comparison: &Comparison, at: TableRow, column: Column) -> Cell<'p> {
    let Some(row) = comparison.rows.get(at.row) else { return cell };
    match (at.pair.and_then(|pair| row.pairs.get(pair)), column) {
        (Some(pair), Column::What) => about_pair(&mut cell, row, pair),
        (Some(pair), Column::Ours) => action(&mut cell, sides, pair, Column::Ours),
        (Some(pair), Column::Theirs) => action(&mut cell, sides, pair, Column::Theirs),
        (None, Column::What) => about(&mut cell, sides, row),
        (None, _) => side(&mut cell, sides, row, column),
    }
    cell
}

fn about(cell: &mut Cell<'_>, sides: Sides<'_>, row: &Row) {
    let (reference, title) = row.name(sides.mine, sides.theirs);
    cell.push(part(format!("{reference} {title}").trim().to_owned(), Face::Title, Lead::None));
    if row.kind == Kind::Responsibility {
        cell.aside("Key responsibility");
    }
    cell.push(Part::Pill(badge(row.status)));
    if row.status == Status::Differs {
        cell.aside(capital(&row.differs.words()));
    }
    if !row.not_shared.is_empty() {
        cell.aside(format!("Not shared: {}", row.not_shared.words()));
    }
}

fn about_pair(cell: &mut Cell<'_>, row: &Row, pair: &Pair) {
    let name = match (pair.joint, row.kind) {
        (true, _) => "Joint action",
        (false, Kind::Alone) => "Action at no recommendation",
        (false, _) => "Action",
    };
    cell.push(part(name.to_owned(), if pair.joint { Face::Title } else { Face::Second }, Lead::None));
    let words = match (pair.mine, pair.theirs) {
        (Some(_), None) => "Only ours".to_owned(),
        (None, _) => "Only theirs".to_owned(),
        _ if pair.elsewhere => "Stands at another place in one of the plans".to_owned(),
        _ if pair.differs.is_empty() => "Same".to_owned(),
        _ => format!("Differs: {}", pair.differs.words()),
    };
    cell.aside(words);
}

fn side(cell: &mut Cell<'_>, sides: Sides<'_>, row: &Row, column: Column) {
    let (this, id, other, other_id) = turned(sides, (row.mine, row.theirs), column);
    let Some(id) = id else {
        cell.aside("Not in this plan");
        return;
    };
    if row.kind == Kind::Responsibility {
        responsibility(cell, row, (this, id), (other, other_id));
        return;
    }
    match this.told(Of::State, id) {
        Told::NotShared => cell.aside("State not shared"),
        Told::Blank => {}
        Told::Words(word) => {
            if let Some(state) = PositionState::from_word(&word) {
                cell.push(Part::Pill(Badge::position(state)));
            }
        }
    }
    let against = |part: Of| other_id.filter(|_| row.differs.contains(part)).map(|id| other.told(part, id));
    match this.told(Of::Position, id) {
        Told::NotShared => cell.aside("Position not shared"),
        Told::Blank => cell.aside("No position"),
        Told::Words(words) => {
            cell.text(&words, Face::First, against(Of::Position).as_ref().map(Told::text));
            if let Some(date) = this.position_day(id).filter(|date| *date != this.as_at) {
                cell.aside(format!("as at {}", day(date)));
            }
        }
    }
    for (of, name) in [(Of::Wording, "Own wording"), (Of::Acceptance, "Answer"), (Of::Response, "Government response")]
    {
        if !row.differs.contains(of) && (other_id.is_some() || of != Of::Wording) {
            continue;
        }
        match this.told(of, id) {
            Told::NotShared => cell.aside(format!("{name} not shared")),
            Told::Blank => {
                if other_id.is_some() {
                    cell.aside(format!("No {}", name.to_lowercase()));
                }
            }
            Told::Words(words) => {
                // in one paragraph: a cell that is cut must not end in a name alone
                let named = |words: &str| format!("{name}: {words}");
                let other = against(of).map(|told| named(told.text()));
                cell.text(&named(&words), Face::First, other.as_deref());
            }
        }
    }
}

fn responsibility<'p>(
    cell: &mut Cell<'_>,
    row: &Row,
    (this, id): (Side<'p>, Id),
    (other, other_id): (Side<'p>, Option<Id>),
) {
    let text = |side: Side<'p>, id: Id| side.plan.responsibilities.get(&id).map_or("", |row| row.text.as_str());
    let against = other_id.filter(|_| row.differs.contains(Of::Wording)).map(|id| text(other, id));
    cell.text(text(this, id), Face::First, against);
    match this.timescales(id) {
        Told::NotShared => cell.aside("Timescales not shared"),
        Told::Blank => {}
        Told::Words(words) => cell.aside(format!("Due: {words}")),
    }
}

fn turned<'p, T>(sides: Sides<'p>, (mine, theirs): (T, T), column: Column) -> (Side<'p>, T, Side<'p>, T) {
    if column == Column::Theirs {
        (sides.theirs, theirs, sides.mine, mine)
    } else {
        (sides.mine, mine, sides.theirs, theirs)
    }
}

fn action(cell: &mut Cell<'_>, sides: Sides<'_>, pair: &Pair, column: Column) {
    let (this, id, other, other_id) = turned(sides, (pair.mine, pair.theirs), column);
    let Some(action) = id.and_then(|id| this.plan.actions.get(&id)) else {
        cell.aside(if this.shares_actions() { "Not in this plan" } else { "Actions are not shared" });
        return;
    };
    let against = other_id.filter(|_| pair.differs.contains(Of::Actions)).and_then(|id| other.plan.actions.get(&id));
    cell.text(&action.text, Face::First, against.map(|row| row.text.as_str()));
    match this.told_of(Of::Progress, action) {
        Told::NotShared => cell.aside("State not shared"),
        _ => {
            let late = this.index.is_overdue(this.plan, action, this.as_at);
            let shown = Shown::of(action.state).tentative(action.tentative).overdue(late);
            cell.push(Part::Pill(Badge::shown(shown, &StateWords::default())));
        }
    }
    for (of, name) in [(Of::Owner, "Owner"), (Of::Due, "Due")] {
        let told = this.told_of(of, action);
        let differs = pair.differs.contains(of);
        match told {
            Told::NotShared => cell.aside(format!("{name} not shared")),
            Told::Blank if differs => cell.aside(format!("{name}: blank")),
            Told::Blank => {}
            Told::Words(words) => {
                let theirs = other_id.and_then(|id| other.plan.actions.get(&id)).map(|row| other.told_of(of, row));
                cell.parts.push(part(format!("{name}: {words}"), Face::Aside, Lead::None));
                // held against the other's line, so that the name is the same in both
                let line = theirs.filter(|_| differs).map(|told| format!("{name}: {}", told.text()).into());
                cell.against.push(line);
            }
        }
    }
    if column == Column::Theirs {
        for note in pair.news.iter().filter_map(|id| this.plan.updates.get(id)).filter(|row| !row.note.is_empty()) {
            let date = note.date.map(|date| format!("{}: ", day(date))).unwrap_or_default();
            cell.aside(format!("{date}{}", note.note));
        }
    }
}

/// What a row offers to take over, with the words of its buttons.
pub(super) fn offers(sides: Sides<'_>, comparison: &Comparison, at: TableRow) -> Vec<(Adopt, &'static str)> {
    let Some(row) = comparison.rows.get(at.row) else { return Vec::new() };
    if let Some(pair) = at.pair.map(|pair| row.pairs.get(pair)) {
        let Some(Pair { theirs: Some(theirs), mine, elsewhere, .. }) = pair.cloned() else { return Vec::new() };
        let here = row
            .theirs
            .is_some_and(|id| sides.theirs.index.actions(sides.theirs.plan, id).iter().any(|a| a.id == theirs));
        return match mine {
            None if row.mine.is_some() || row.kind != Kind::Recommendation => {
                vec![(Adopt::Action { theirs }, "Take over this action")]
            }
            Some(_) if elsewhere && here && row.mine.is_some() => vec![(Adopt::Action { theirs }, "Link it here too")],
            _ => Vec::new(),
        };
    }
    match (row.kind, row.mine, row.theirs) {
        (Kind::Recommendation, None, Some(theirs)) => {
            vec![(Adopt::Recommendation { theirs }, "Take over this recommendation")]
        }
        (Kind::Recommendation, Some(mine), Some(theirs)) => {
            let mut offers = Vec::new();
            if row.differs.contains(Of::Position) && !says_already(sides, mine, theirs) {
                offers.push((Adopt::Position { mine, theirs }, "Take over the position"));
            }
            if row.differs.contains(Of::Wording) && !sides.theirs.told(Of::Wording, theirs).text().is_empty() {
                offers.push((Adopt::Wording { mine, theirs }, "Take over the wording"));
            }
            offers
        }
        _ => Vec::new(),
    }
}

/// Whether theirs is blank, or one of our positions of the date says it already.
fn says_already(sides: Sides<'_>, mine: Id, theirs: Id) -> bool {
    let told = sides.theirs.told(Of::Position, theirs);
    let now = sides.mine.index.positions_at(sides.mine.plan, mine, sides.mine.as_at);
    told.text().is_empty() || now.iter().any(|row| same_words(&row.text, told.text()))
}

/// The places of the words that only `text` has, beside `other`: what is marked.
pub(super) fn marks(text: &str, other: &str) -> Vec<std::ops::Range<usize>> {
    let mut marks: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    for run in word_diff(text, other) {
        match run {
            Run::New(_) => {}
            Run::Same(words) => at += words.len(),
            Run::Gone(words) => {
                let end = at + words.len();
                match marks.last_mut() {
                    Some(last) if last.end == at => last.end = end,
                    _ => marks.push(at..end),
                }
                at = end;
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_only_one_has_are_marked() {
        let text = "Monthly report to the Board";
        let found = marks(text, "Quarterly report to the Board");
        assert_eq!(found.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), ["Monthly"]);
        assert!(marks(text, text).is_empty(), "nothing");
        assert_eq!(marks("café Ω", "Ω").first().map(|range| &"café Ω"[range.clone()]).map(str::trim), Some("café"));
    }
}
