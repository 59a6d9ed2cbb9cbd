//! The action plan: key responsibilities with their timescales, and under each its actions.

use super::appendix::front;
use super::paper::{Block, Column, Group, Paper, Row, Run};
use super::{Options, ReportName, status};
use crate::model::due::Due;
use crate::model::state::StateWords;
use crate::model::{Action, ActionState, Id, Index, Plan, Timescale};

const COLUMNS: [Column; 5] = [
    Column { title: "Action", share: 36 },
    Column { title: "Owner", share: 20 },
    Column { title: "Timescale", share: 15 },
    Column { title: "State", share: 13 },
    Column { title: "Recommendations", share: 16 },
];

pub(super) fn build(plan: &Plan, index: &Index, options: &Options) -> Paper {
    let mut groups: Vec<Group> = Vec::new();
    let words = StateWords::of(plan);
    for responsibility in plan.responsibilities_in_order() {
        let mut rows = rows(plan, index, &words, Some(responsibility.id), options);
        if rows.is_empty() {
            let none = vec![Block::paragraph(vec![Run::Quiet("No actions yet".into())])];
            rows.push(Row { cells: vec![none, Vec::new(), Vec::new(), Vec::new(), Vec::new()], ..Row::default() });
        }
        groups.push(Group {
            label: "Key responsibility",
            title: responsibility.text.clone(),
            notes: timescales(plan, index, responsibility.id, options),
            repeats: true,
            rows,
        });
    }
    let alone = rows(plan, index, &words, None, options);
    if !alone.is_empty() {
        let title = if groups.is_empty() { "" } else { "Actions under no key responsibility" };
        groups.push(Group { title: title.into(), repeats: true, rows: alone, ..Group::default() });
    }
    Paper {
        subtitle: "Responsibilities, actions and timescales".into(),
        columns: COLUMNS.to_vec(),
        groups,
        empty: "This plan has no actions yet.",
        ..front(plan, ReportName::ActionPlan, options)
    }
}

/// The timescales that stand at a responsibility, on one line under it.
fn timescales(plan: &Plan, index: &Index, responsibility: Id, options: &Options) -> Vec<Block> {
    let rows = index.timescales(plan, responsibility);
    if rows.is_empty() {
        return Vec::new();
    }
    let label = if rows.len() == 1 { "Timescale: " } else { "Timescales: " };
    let all_complete = {
        let under = index.actions_under(plan, Some(responsibility));
        !under.is_empty() && under.iter().all(|row| row.state == ActionState::Complete)
    };
    let mut runs = vec![Run::Quiet(label.into())];
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            runs.push(Run::Quiet("; ".into()));
        }
        runs.push(Run::Strong(row.words.clone()));
        let remarks = remarks(plan, row, all_complete, options);
        if !remarks.is_empty() {
            runs.push(Run::Quiet(format!(" ({})", remarks.join("; "))));
        }
    }
    vec![Block::paragraph(runs)]
}

fn remarks(plan: &Plan, row: &Timescale, all_complete: bool, options: &Options) -> Vec<String> {
    let mut remarks = Vec::new();
    let paired = row.action.and_then(|id| plan.actions.get(&id));
    let done = row.done || paired.map_or(all_complete, |action| action.state == ActionState::Complete);
    if done {
        remarks.push("done".into());
    } else if Due::of(&row.words, &row.reading, plan.due_anchor()).is_past(options.as_at) {
        remarks.push("overdue".into());
    }
    if !row.original.is_empty() && row.original != row.words {
        remarks.push(format!("was {}", row.original));
    }
    if !row.reason.is_empty() {
        remarks.push(row.reason.clone());
    }
    remarks
}

fn rows(plan: &Plan, index: &Index, words: &StateWords, responsibility: Option<Id>, options: &Options) -> Vec<Row> {
    let actions = index.actions_under(plan, responsibility).into_iter();
    actions.map(|action| row(plan, index, words, action, options)).collect()
}

fn row(plan: &Plan, index: &Index, words: &StateWords, action: &Action, options: &Options) -> Row {
    let due = status::due(plan, index, action);
    let state = status::action(words, action, index.is_overdue(plan, action, options.as_at));
    let serves: Vec<String> = index.served(plan, action.id).iter().map(|row| plan.reference_name(row)).collect();
    Row {
        cells: vec![
            Block::of(&action.text).collect(),
            status::line(&status::owner(action)),
            status::line(&due),
            vec![Block::paragraph(state)],
            status::line(&serves.join(", ")),
        ],
        ..Row::default()
    }
}
