//! A paper as the data its template reads: all words cleaned, bullets gathered into nested lists.

use super::clean::Cleaner;
use crate::report::paper::{Block, Group, Paper, Row, Run};
use serde_json::{Value, json};

/// The paper as JSON.
pub(super) fn of(paper: &Paper, compact: bool, cleaner: &mut Cleaner<'_>) -> String {
    let groups: Vec<Value> = paper.groups.iter().map(|row| group(row, cleaner)).collect();
    let columns: Vec<Value> =
        paper.columns.iter().map(|column| json!({"title": column.title, "share": column.share})).collect();
    json!({
        "document": cleaner.clean(&paper.full_title()),
        "organisation": cleaner.clean(&paper.organisation),
        "title": cleaner.clean(&paper.title),
        "subtitle": cleaner.clean(&paper.subtitle),
        "version": cleaner.clean(&paper.version),
        "as_at": cleaner.clean(&paper.as_at),
        "size": if compact { 10 } else { 12 },
        "columns": columns,
        "groups": groups,
        "empty": if paper.is_empty() { paper.empty } else { "" },
    })
    .to_string()
}

fn group(group: &Group, cleaner: &mut Cleaner<'_>) -> Value {
    let rows: Vec<Value> = group.rows.iter().map(|each| row(each, cleaner)).collect();
    json!({
        "label": group.label,
        "title": cleaner.clean(&group.title),
        "notes": nodes(&group.notes, cleaner),
        "repeats": group.repeats,
        "rows": rows,
    })
}

fn row(row: &Row, cleaner: &mut Cleaner<'_>) -> Value {
    let cells: Vec<Value> = row.cells.iter().map(|cell| nodes(cell, cleaner)).collect();
    json!({
        "reference": cleaner.clean(&row.reference),
        "title": cleaner.clean(&row.title),
        "cells": cells,
    })
}

/// Blocks as paragraphs (an object) and lists (an array of items, each an array of nodes).
fn nodes(blocks: &[Block], cleaner: &mut Cleaner<'_>) -> Value {
    let mut out: Vec<Value> = Vec::new();
    let mut rest = blocks;
    while let Some((first, after)) = rest.split_first() {
        let Some(level) = first.bullet else {
            out.push(paragraph(first, cleaner));
            rest = after;
            continue;
        };
        // a list runs as long as its bullets, what is under them, and deeper ones
        let length =
            rest.iter().take_while(|block| block.under || block.bullet.is_some_and(|own| own >= level)).count();
        let (list, after) = rest.split_at(length);
        out.push(items(list, level, cleaner));
        rest = after;
    }
    Value::Array(out)
}

fn items(list: &[Block], level: u8, cleaner: &mut Cleaner<'_>) -> Value {
    let mut items: Vec<Value> = Vec::new();
    let mut rest = list;
    while let Some((first, after)) = rest.split_first() {
        let length = after.iter().take_while(|block| block.under || block.bullet != Some(level)).count();
        let (inside, next) = after.split_at(length);
        let mut item = vec![paragraph(first, cleaner)];
        if let Value::Array(inside) = nodes(inside, cleaner) {
            item.extend(inside);
        }
        items.push(Value::Array(item));
        rest = next;
    }
    Value::Array(items)
}

fn paragraph(block: &Block, cleaner: &mut Cleaner<'_>) -> Value {
    let runs: Vec<Value> = block.runs.iter().map(|each| run(each, cleaner)).collect();
    json!({"runs": runs})
}

fn run(run: &Run, cleaner: &mut Cleaner<'_>) -> Value {
    let text = cleaner.clean(run.text());
    match run {
        Run::Plain(_) => Value::String(text),
        Run::Strong(_) => json!(["strong", text]),
        Run::Quiet(_) => json!(["quiet", text]),
        Run::State(state) => json!(["state", text, state.mark.name(), state.tone.name()]),
    }
}
