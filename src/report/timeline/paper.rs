//! The timeline as a paper: a summary, then month by month what is due.

use super::{Item, View, chart, lane_label, one_line};
use crate::model::due::Month;
use crate::model::printed::{self, Facts};
use crate::model::timeline::{Filter, Lane, LaneKey};
use crate::model::{Id, Index, Plan, text};
use crate::report::appendix::front;
use crate::report::paper::{Block, Column, Figures, Group, Paper, Row, Run};
use crate::report::{Options, ReportName, status};
use std::collections::{BTreeMap, BTreeSet};

const COLUMNS: [Column; 5] = [
    Column { title: "Action", share: 35 },
    Column { title: "Owner", share: 16 },
    Column { title: "Due", share: 15 },
    Column { title: "State", share: 15 },
    Column { title: "Latest progress", share: 19 },
];

pub(in crate::report) fn build(plan: &Plan, index: &Index, options: &Options) -> Paper {
    let view = View::of(plan, index, options.as_at);
    let mut listed = Listed::default();
    let filled = view.board.lanes.iter().filter(|lane| !lane.cards.is_empty());
    let groups: Vec<Group> = filled.map(|lane| group(&view, lane, &mut listed)).collect();
    let mut figures = Vec::new();
    let owners = by_owner(&view);
    if owners.rows.len() > 1 {
        figures.push(owners);
    }
    Paper {
        subtitle: "Action timeline by due month".into(),
        summary: summary(&view),
        figures,
        chart: chart::chart(&view, plan, index),
        columns: COLUMNS.to_vec(),
        groups,
        empty: "This plan has no actions yet.",
        ..front(plan, ReportName::Timeline, options)
    }
}

/// Where the actions of a responsibility were listed first: by their ids, the due of that card.
#[derive(Default)]
struct Listed(BTreeMap<Vec<Id>, String>);

fn summary(view: &View<'_>) -> Vec<Block> {
    let board = &view.board;
    if board.shown == 0 {
        return Vec::new();
    }
    let undated = board.lane(LaneKey::None).map_or(0, |lane| lane.cards.len());
    let counts = format!(
        "{}: {} complete, {} overdue, {undated} without a date",
        text::count(board.shown, "item"),
        board.complete,
        board.overdue
    );
    let what = "An item is an action, or a timescale of a key responsibility with the actions that share it.";
    vec![Block::paragraph(vec![Run::Strong(counts)]), Block::paragraph(vec![Run::Quiet(what.into())])]
}

/// How many items each owner has. An item with several owners counts under each.
fn by_owner(view: &View<'_>) -> Figures {
    let facets = view.timeline.facets(view.plan, view.as_at, &Filter::default());
    let rows = facets.owners.iter().map(|choice| {
        let filter = Filter { owners: BTreeSet::from([choice.value.clone()]), ..Filter::default() };
        let board = view.timeline.board(view.plan, view.as_at, &filter);
        let name = if choice.value.is_empty() { "No owner named" } else { &choice.value };
        let numbers = [board.shown, board.complete, board.overdue];
        std::iter::once(name.to_owned()).chain(numbers.map(|number| number.to_string())).collect()
    });
    Figures { title: "By owner".into(), columns: vec!["Owner", "Items", "Complete", "Overdue"], rows: rows.collect() }
}

fn group(view: &View<'_>, lane: &Lane, listed: &mut Listed) -> Group {
    let complete = view.items(lane).filter(|item| item.is_complete()).count();
    let count = match (lane.key, complete) {
        (LaneKey::Overdue, _) | (_, 0) => text::count(lane.cards.len(), "item"),
        (_, complete) => format!("{}, {complete} complete", text::count(lane.cards.len(), "item")),
    };
    Group {
        title: lane_label(lane.key),
        notes: vec![Block::paragraph(vec![Run::Quiet(count)])],
        repeats: true,
        rows: view.items(lane).map(|item| row(view, &item, listed)).collect(),
        ..Group::default()
    }
}

fn row(view: &View<'_>, item: &Item<'_>, listed: &mut Listed) -> Row {
    let state = status::told(&view.words, item.shown(), item.entry.state, item.entry.done_on);
    let owner = printed::people(&item.owner(), &item.partners());
    Row {
        cells: vec![
            action(view, item, listed),
            status::line(&owner),
            due(item),
            vec![Block::paragraph(state)],
            progress(item),
        ],
        ..Row::default()
    }
}

fn quiet(words: String) -> Block {
    Block::paragraph(vec![Run::Quiet(words)])
}

/// What is to be done, and what for. The actions that several timescales of one responsibility share
/// are listed at the first of them.
fn action(view: &View<'_>, item: &Item<'_>, listed: &mut Listed) -> Vec<Block> {
    let mut cell: Vec<Block> = Block::of(item.text()).collect();
    if item.is_responsibility() {
        let label = Run::Quiet("Key responsibility: ".into());
        match cell.first_mut() {
            Some(first) if first.bullet.is_none() => first.runs.insert(0, label),
            _ => cell.insert(0, Block::paragraph(vec![label])),
        }
        let under = item.under();
        match listed.0.get(&item.entry.actions) {
            _ if under.is_empty() => cell.push(quiet("No actions of its own".into())),
            Some(first) => {
                let count = text::count(under.len(), "action");
                cell.push(quiet(format!("The same {count} as listed under the timescale {first}")));
            }
            None => {
                listed.0.insert(item.entry.actions.clone(), one_line(item.due_words()));
                for action in under {
                    cell.push(Block::bullet(vec![Run::Plain(one_line(&action.text))]));
                    let facts = Facts::of(view.plan, view.index, action, view.as_at);
                    let state = status::action(&view.words, &facts);
                    cell.push(Block::under(status::joined([state, vec![Run::Plain(status::owner(action))]])));
                }
            }
        }
    } else if let Some(responsibility) = item.responsibility() {
        cell.push(quiet(format!("Key responsibility: {}", one_line(&responsibility.text))));
    }
    match &item.recommendations()[..] {
        [] => {}
        [one] => cell.push(quiet(format!("Recommendation {one}"))),
        many => cell.push(quiet(format!("Recommendations {}", many.join(", ")))),
    }
    cell
}

/// The due as it was written, what it was before and why, and when it comes up next.
fn due(item: &Item<'_>) -> Vec<Block> {
    let mut cell = status::line(item.due_words());
    cell.extend(item.was().into_iter().map(quiet));
    let next = item.next();
    if item.entry.due.must_ask() {
        cell.push(quiet("how often is still to be said".into()));
    }
    if !next.is_empty() {
        cell.push(quiet(next_words(&next)));
    }
    if let Some(day) = item.entry.next_review.filter(|_| !item.entry.is_over()) {
        cell.push(quiet(format!("next review {}", status::date(day))));
    }
    cell
}

/// The next months in which something recurs, the first few by name.
fn next_words(months: &[Month]) -> String {
    const NAMED: usize = 4;
    let named: Vec<String> = months.iter().take(NAMED).map(|month| month.label()).collect();
    let on = months.get(NAMED..).and_then(<[Month]>::last).map(|last| format!(", and on to {}", last.label()));
    format!("next in {}{}", named.join(", "), on.unwrap_or_default())
}

fn progress(item: &Item<'_>) -> Vec<Block> {
    let Some(note) = item.note() else { return Vec::new() };
    let day = note.date.map(|day| quiet(status::date(day)));
    day.into_iter().chain(Block::of(&note.note)).collect()
}
