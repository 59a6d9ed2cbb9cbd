//! The action plan: key responsibilities with their timescales, and under each its actions.

use super::appendix::front;
use super::paper::{Block, Column, Group, Paper, Row, Run};
use super::{Options, ReportName, status};
use crate::model::due::Due;
use crate::model::printed::{self, Facts, TimescaleFacts};
use crate::model::state::StateWords;
use crate::model::{Action, ActionState, Id, Index, Plan, Timescale};

const SHARES: [u16; 5] = [36, 20, 15, 13, 16];

pub(super) fn build(plan: &Plan, index: &Index, options: &Options) -> Paper {
    let mut groups: Vec<Group> = Vec::new();
    let words = StateWords::of(plan);
    for responsibility in plan.responsibilities_in_order() {
        let mut rows = rows(plan, index, &words, Some(responsibility.id), options);
        if rows.is_empty() {
            let none = vec![Block::paragraph(vec![Run::Quiet(printed::NO_ACTIONS.into())])];
            rows.push(Row { cells: vec![none, Vec::new(), Vec::new(), Vec::new(), Vec::new()], ..Row::default() });
        }
        groups.push(Group {
            label: printed::RESPONSIBILITY,
            title: responsibility.text.clone(),
            notes: timescales(plan, index, responsibility.id, options),
            repeats: true,
            rows,
        });
    }
    let alone = rows(plan, index, &words, None, options);
    if !alone.is_empty() {
        let title = if groups.is_empty() { "" } else { printed::NO_RESPONSIBILITY };
        groups.push(Group { title: title.into(), repeats: true, rows: alone, ..Group::default() });
    }
    Paper {
        subtitle: "Responsibilities, actions and timescales".into(),
        columns: Column::all(&printed::ACTION_PLAN, &SHARES),
        groups,
        empty: "This plan has no actions yet.",
        ..front(plan, ReportName::ActionPlan, options)
    }
}

/// The timescales that stand at a responsibility, on a line under it.
fn timescales(plan: &Plan, index: &Index, responsibility: Id, options: &Options) -> Vec<Block> {
    let under = index.actions_under(plan, Some(responsibility));
    let all_complete = !under.is_empty() && under.iter().all(|row| row.state == ActionState::Complete);
    let rows: Vec<TimescaleFacts> = index
        .timescales(plan, responsibility)
        .into_iter()
        .map(|row| timescale(plan, row, all_complete, options))
        .collect();
    printed::timescale_lines(&rows).into_iter().map(timescale_line).collect()
}

fn timescale_line(rows: &[TimescaleFacts]) -> Block {
    let mut runs = vec![Run::Quiet(printed::timescale_label(rows).into())];
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            runs.push(Run::Quiet("; ".into()));
        }
        runs.push(Run::Strong(row.words.clone()));
        let remarks = row.remarks();
        if !remarks.is_empty() {
            runs.push(Run::Quiet(format!(" ({remarks})")));
        }
    }
    Block::paragraph(runs)
}

fn timescale(plan: &Plan, row: &Timescale, all_complete: bool, options: &Options) -> TimescaleFacts {
    let paired = row.action.and_then(|id| plan.actions.get(&id));
    let done = row.done || paired.map_or(all_complete, |action| action.state == ActionState::Complete);
    let revised = !row.original.is_empty() && row.original != row.words;
    TimescaleFacts {
        words: row.words.clone(),
        done,
        overdue: !done && Due::of(&row.words, &row.reading, plan.due_anchor()).is_past(options.as_at),
        was: if revised { row.original.clone() } else { String::new() },
        reason: row.reason.clone(),
    }
}

fn rows(plan: &Plan, index: &Index, words: &StateWords, responsibility: Option<Id>, options: &Options) -> Vec<Row> {
    let actions = index.actions_under(plan, responsibility).into_iter();
    actions.map(|action| row(plan, index, words, action, options)).collect()
}

fn row(plan: &Plan, index: &Index, words: &StateWords, action: &Action, options: &Options) -> Row {
    let facts = Facts::of(plan, index, action, options.as_at);
    let serves: Vec<String> = index.served(plan, action.id).iter().map(|row| plan.reference_name(row)).collect();
    Row {
        cells: vec![
            Block::of(&action.text).collect(),
            status::line(&facts.owner_cell()),
            status::line(&facts.due_cell()),
            vec![Block::paragraph(status::action(words, &facts))],
            status::line(&serves.join(", ")),
        ],
        ..Row::default()
    }
}
