//! The comparison as a paper: a table with both plans side by side, words that only one of them has in bold.

use super::{Compared, NOT_SHARED};
use crate::model::compare::{Kind, Pair, Part, Row, Side, Status, Told, are_alike};
use crate::model::printed::{capital, day};
use crate::model::state::Shown;
use crate::model::state::StateWords;
use crate::model::text::{self, Run as Differ, word_diff};
use crate::model::{Action, Id, Plan};
use crate::report::appendix::front;
use crate::report::paper::{Block, Figures, Paper, Run};
use crate::report::section::{Grid, GridColumn, Part as Piece, Section, quiet, strong, words};
use crate::report::{Options, ReportName, status};

/// The paper that says that nothing is compared.
pub(in crate::report) fn nothing(plan: &Plan, options: &Options) -> Paper {
    Paper {
        title: ReportName::Compare.title().to_owned(),
        empty: "No plan is compared with this one. Open a neighbour's plan on the Compare tab, or use recap compare.",
        ..front(plan, ReportName::Compare, options)
    }
}

pub(in crate::report) fn build(of: &Compared<'_>, options: &Options) -> Paper {
    let mut summary = vec![words(format!("{}.", of.summary()))];
    let filtered = of.filtered();
    if !filtered.is_empty() {
        summary.push(strong(format!("Not all is shown: {filtered}.")));
    }
    let how = "The two plans are held against each other by report and reference. Words that only one of two texts \
               has are bold, where the texts have much in common; bullets, case and spaces do not count.";
    summary.push(quiet(how));
    summary.extend(of.notes.iter().map(|note| quiet(note.clone())));
    Paper {
        title: ReportName::Compare.title().to_owned(),
        subtitle: format!("{} and {}", of.us(), of.them()),
        as_at: of.sides(),
        summary,
        figures: vec![figures(of)],
        sections: sections(of),
        ..front(of.mine.plan, ReportName::Compare, options)
    }
}

fn figures(of: &Compared<'_>) -> Figures {
    let kinds = [
        ("Recommendations", Kind::Recommendation),
        ("Key responsibilities", Kind::Responsibility),
        ("Actions that stand alone", Kind::Alone),
    ];
    let row = |(name, kind): (&str, Kind)| {
        let count = |status| of.comparison.rows.iter().filter(|row| row.kind == kind && row.status == status).count();
        let numbers = [Status::Same, Status::Differs, Status::OnlyMine, Status::OnlyTheirs].map(count);
        let all: usize = numbers.iter().sum();
        // actions that stand alone are one row, which says nothing as a number
        (all > 0 && kind != Kind::Alone).then(|| {
            let name = std::iter::once(name.to_owned());
            name.chain(numbers.iter().map(ToString::to_string)).collect::<Vec<_>>()
        })
    };
    Figures {
        title: "How the two plans stand to each other".into(),
        columns: vec!["What", "Same", "Differs", "Only ours", "Only theirs"],
        rows: kinds.into_iter().filter_map(row).collect(),
    }
}

fn heading(of: &Compared<'_>, row: &Row) -> String {
    match row.kind {
        Kind::Recommendation => match row.theme(of.mine, of.theirs) {
            "" => "Recommendations under no theme".to_owned(),
            theme => theme.to_owned(),
        },
        Kind::Responsibility => "Key responsibilities with actions at no recommendation".to_owned(),
        Kind::Alone => "Actions at no recommendation and under no responsibility".to_owned(),
    }
}

fn sections(of: &Compared<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let shown = of.shown();
    if shown.is_empty() {
        let none = words("No row is left of what was asked for.");
        return vec![Section::new("Nothing to show", vec![Piece::Words(vec![none])])];
    }
    for row in shown {
        let title = heading(of, row);
        if sections.last().is_none_or(|last| last.title != title) {
            let columns =
                vec![GridColumn::words("What", 22), GridColumn::words(of.us(), 39), GridColumn::words(of.them(), 39)];
            let caption = format!("{title}: both plans side by side");
            let grid = Grid { caption, columns, rows: Vec::new() };
            sections.push(Section::new(title, vec![Piece::Grid(grid)]));
        }
        if let Some(Piece::Grid(grid)) = sections.last_mut().and_then(|section| section.parts.first_mut()) {
            if row.kind != Kind::Alone {
                grid.rows.push(head(of, row));
            }
            grid.rows.extend(row.pairs.iter().map(|pair| action_row(of, pair)));
        }
    }
    sections
}

/// A recommendation or responsibility: what it is and how it stands, then each side.
fn head(of: &Compared<'_>, row: &Row) -> Vec<Vec<Block>> {
    let (reference, title) = row.name(of.mine, of.theirs);
    let mut what = vec![strong(format!("{reference} {title}").trim().to_owned()), quiet(of.status(row))];
    if !row.not_shared.is_empty() {
        what.push(quiet(format!("Not shared: {}", row.not_shared.words())));
    }
    vec![what, side(of, row, Which::Ours), side(of, row, Which::Theirs)]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Ours,
    Theirs,
}

fn side(of: &Compared<'_>, row: &Row, which: Which) -> Vec<Block> {
    let (this, id, other, other_id) = match which {
        Which::Ours => (of.mine, row.mine, of.theirs, row.theirs),
        Which::Theirs => (of.theirs, row.theirs, of.mine, row.mine),
    };
    let Some(id) = id else { return vec![quiet("Not in this plan")] };
    if row.kind == Kind::Responsibility {
        let text =
            |side: Side<'_>, id: Id| side.plan.responsibilities.get(&id).map_or("", |row| row.text.as_str()).to_owned();
        let mine = text(this, id);
        let theirs = other_id.map(|id| text(other, id)).filter(|_| row.differs.contains(Part::Wording));
        let mut blocks = marked(&mine, theirs.as_deref());
        let due = this.timescales(id);
        blocks.extend(line("Due", &due));
        return blocks;
    }
    let mut blocks = Vec::new();
    let state = this.told(Part::State, id);
    match &state {
        Told::NotShared => blocks.push(quiet(format!("State {NOT_SHARED}"))),
        Told::Blank => {}
        Told::Words(word) => {
            let state = crate::model::PositionState::from_word(word).map(status::position);
            blocks.extend(state.map(|state| Block::paragraph(vec![Run::State(state)])));
        }
    }
    match this.told(Part::Position, id) {
        Told::NotShared => blocks.push(quiet(format!("Position {NOT_SHARED}"))),
        Told::Blank => blocks.push(quiet("No position")),
        Told::Words(text) => {
            let theirs = other_id.map(|id| other.told(Part::Position, id));
            let against = theirs.as_ref().filter(|_| row.differs.contains(Part::Position)).map(Told::text);
            blocks.extend(marked(&text, against));
            let date = this.position_day(id).filter(|date| *date != this.as_at);
            blocks.extend(date.map(|date| quiet(format!("as at {}", day(date)))));
        }
    }
    for (part, name) in
        [(Part::Wording, "Own wording"), (Part::Acceptance, "Answer"), (Part::Response, "Government response")]
    {
        // what both have alike stands in every appendix
        if row.differs.contains(part) || (part == Part::Wording && other_id.is_none()) {
            let told = this.told(part, id);
            let against = other_id.map(|id| other.told(part, id));
            if part == Part::Wording && !told.text().is_empty() {
                blocks.push(quiet(format!("{name}:")));
                blocks.extend(marked(told.text(), against.as_ref().map(Told::text)));
            } else {
                blocks.extend(line(name, &told));
            }
        }
    }
    blocks
}

/// A name and what is said; nothing for a blank.
fn line(name: &str, told: &Told<'_>) -> Option<Block> {
    let said = match told {
        Told::Blank => return None,
        Told::NotShared => NOT_SHARED.to_owned(),
        Told::Words(text) => capital(text),
    };
    Some(Block::paragraph(vec![Run::Quiet(format!("{name}: ")), Run::Plain(said)]))
}

/// A text with the words that the other has not in bold.
fn marked(text: &str, other: Option<&str>) -> Vec<Block> {
    let Some(other) = other.filter(|other| are_alike(text, other)) else { return Block::of(text).collect() };
    let differ = |block: text::Block<'_>| Block {
        bullet: block.bullet,
        under: false,
        runs: runs(block.text, &unbulleted(other)),
    };
    text::blocks(text).map(differ).collect()
}

/// The other's words in one line, to be held against each paragraph.
fn unbulleted(text: &str) -> String {
    text::blocks(text).map(|block| block.text).collect::<Vec<_>>().join(" ")
}

fn runs(text: &str, other: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for piece in word_diff(text, other) {
        match piece {
            Differ::New(_) => {}
            Differ::Same(words) => match runs.last_mut() {
                Some(Run::Plain(before)) => before.push_str(words),
                _ => runs.push(Run::Plain(words.to_owned())),
            },
            Differ::Gone(words) => match runs.last_mut() {
                Some(Run::Strong(before)) => before.push_str(words),
                _ => runs.push(Run::Strong(words.to_owned())),
            },
        }
    }
    runs
}

fn action_row(of: &Compared<'_>, pair: &Pair) -> Vec<Vec<Block>> {
    vec![vec![quiet(of.pair_status(pair))], action(of, pair, Which::Ours), action(of, pair, Which::Theirs)]
}

fn action(of: &Compared<'_>, pair: &Pair, which: Which) -> Vec<Block> {
    let (this, id, other, other_id) = match which {
        Which::Ours => (of.mine, pair.mine, of.theirs, pair.theirs),
        Which::Theirs => (of.theirs, pair.theirs, of.mine, pair.mine),
    };
    let find = |side: Side<'_>, id: Option<Id>| -> Option<Action> { side.plan.actions.get(&id?).cloned() };
    let Some(action) = find(this, id) else {
        let words = if this.shares_actions() { "Not in this plan" } else { "Actions are not shared" };
        return vec![quiet(words)];
    };
    let against = find(other, other_id).filter(|_| pair.differs.contains(Part::Actions)).map(|row| row.text);
    let mut blocks = marked(&action.text, against.as_deref());
    let shown = Shown::of(action.state)
        .tentative(action.tentative)
        .overdue(this.index.is_overdue(this.plan, &action, this.as_at));
    let state = match this.told_of(Part::Progress, &action) {
        Told::NotShared => vec![Run::Quiet(format!("State {NOT_SHARED}"))],
        _ => vec![Run::State(status::shown(&StateWords::default(), shown))],
    };
    let said = |part: Part| match this.told_of(part, &action) {
        Told::NotShared => vec![Run::Quiet(format!("{} {NOT_SHARED}", capital(part.word())))],
        Told::Blank => Vec::new(),
        Told::Words(text) if pair.differs.contains(part) => vec![Run::Strong(text.into_owned())],
        Told::Words(text) => vec![Run::Plain(text.into_owned())],
    };
    blocks.push(Block::paragraph(status::joined([state, said(Part::Owner), said(Part::Due)])));
    if which == Which::Theirs {
        blocks.extend(
            pair.news.iter().filter_map(|id| this.plan.updates.get(id)).filter(|row| !row.note.is_empty()).map(
                |note| {
                    let date = note.date.map(|date| format!("{}: ", day(date))).unwrap_or_default();
                    Block::paragraph(vec![Run::Quiet(date), Run::Plain(note.note.clone())])
                },
            ),
        );
    }
    blocks
}
