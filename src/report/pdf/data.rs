//! A paper as the data its template reads: all words cleaned, bullets gathered into nested lists.

use super::chart;
use super::clean::Cleaner;
use super::section;
use crate::report::paper::{Block, Column, Figures, Group, Paper, Row, Run};
use serde_json::{Value, json};

/// A bullet of several lines with fewer bytes than this is not broken over pages.
const WHOLE: usize = 600;

/// The most bytes a heading in the table may have.
const HEADING: usize = 800;

/// The paper as JSON.
pub(super) fn of(paper: &Paper, compact: bool, cleaner: &mut Cleaner<'_>) -> String {
    let groups: Vec<Value> = paper.groups.iter().map(|row| group(row, &paper.columns, cleaner)).collect();
    let figures: Vec<Value> = paper.figures.iter().map(|each| figures(each, cleaner)).collect();
    let burn = paper.chart.as_ref().and_then(|drawn| drawn.burn_up.as_ref().map(|burn| (burn, &drawn.spans)));
    let burn_up = burn.map(|(burn, spans)| chart::burn_up(burn, spans));
    let chart = paper.chart.as_ref().map(|drawn| chart::of(drawn, cleaner));
    let columns: Vec<Value> =
        paper.columns.iter().map(|column| json!({"title": column.title, "share": column.share})).collect();
    json!({
        "document": cut(&cleaner.clean(&paper.full_title()), 1_000),
        "running": [cut(&cleaner.clean(&paper.organisation), 80), cut(&cleaner.clean(&paper.title), 80)],
        "organisation": cleaner.clean(&paper.organisation),
        "title": cleaner.clean(&paper.title),
        "subtitle": cleaner.clean(&paper.subtitle),
        "version": cleaner.clean(&paper.version),
        "as_at": cleaner.clean(&paper.as_at),
        "size": if compact { 10 } else { 12 },
        "summary": nodes(&paper.summary, cleaner),
        "figures": figures,
        "burn_up": burn_up,
        "chart": chart,
        "columns": columns,
        "groups": groups,
        "sections": section::of(&paper.sections, cleaner),
        "mark": paper.mark,
        "empty": if paper.is_empty() { paper.empty } else { "" },
    })
    .to_string()
}

fn figures(figures: &Figures, cleaner: &mut Cleaner<'_>) -> Value {
    let rows: Vec<Vec<String>> =
        figures.rows.iter().map(|row| row.iter().map(|cell| cleaner.clean(cell)).collect()).collect();
    json!({"title": figures.title, "columns": figures.columns, "rows": rows})
}

/// A text's beginning, where it has more characters than that.
fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A heading must fit on the page that it is repeated on: of a very long one only the beginning is
/// the heading, and the whole of it stands under it.
fn group(group: &Group, columns: &[Column], cleaner: &mut Cleaner<'_>) -> Value {
    let rows: Vec<Value> = group.rows.iter().map(|each| row(each, columns, cleaner)).collect();
    let length = group.title.len() + group.notes.iter().map(|note| note.text().len()).sum::<usize>();
    let (title, notes) = (cleaner.clean(&group.title), nodes(&group.notes, cleaner));
    let (head, notes, rest) = if length <= HEADING {
        (title, notes, Value::Array(Vec::new()))
    } else {
        let whole = Block::paragraph(vec![Run::Strong(group.title.clone())]);
        let rest: Vec<Block> = std::iter::once(whole).chain(group.notes.iter().cloned()).collect();
        (cut(&title, HEADING / 4), Value::Array(Vec::new()), nodes(&rest, cleaner))
    };
    json!({
        "label": group.label,
        "title": head,
        "notes": notes,
        "rest": rest,
        "repeats": group.repeats,
        "rows": rows,
    })
}

/// Whether a row has so few lines that it stays on one page. What is too long for that would leave
/// pages half empty.
fn is_short(row: &Row, columns: &[Column]) -> bool {
    const LINES: usize = 12;
    // across the page some 125 letters of 12 points stand on a line
    let lines = |(cell, column): (&Vec<Block>, &Column)| {
        let letters = usize::from(column.share).max(1) * 5 / 4;
        cell.iter().map(|block| block.text().len() / letters + 1).sum::<usize>()
    };
    row.cells.iter().zip(columns).map(lines).max().unwrap_or(0) <= LINES
}

fn row(row: &Row, columns: &[Column], cleaner: &mut Cleaner<'_>) -> Value {
    let long = row.reference.len() + row.title.len() > HEADING;
    let whole = || Block::paragraph(vec![Run::Strong(format!("{} {}", row.reference, row.title))]);
    let mut cells: Vec<Value> = Vec::with_capacity(row.cells.len());
    for (place, cell) in row.cells.iter().enumerate() {
        if long && place == 0 {
            let cell: Vec<Block> = std::iter::once(whole()).chain(cell.iter().cloned()).collect();
            cells.push(nodes(&cell, cleaner));
        } else {
            cells.push(nodes(cell, cleaner));
        }
    }
    let [reference, title] = [&row.reference, &row.title].map(|text| {
        let text = cleaner.clean(text);
        if long { cut(&text, HEADING / 8) } else { text }
    });
    json!({"reference": reference, "title": title, "whole": is_short(row, columns), "cells": cells})
}

/// Blocks as paragraphs (an object) and lists (an array of items, each an array of nodes).
pub(super) fn nodes(blocks: &[Block], cleaner: &mut Cleaner<'_>) -> Value {
    let mut out: Vec<Value> = Vec::new();
    let mut rest = blocks;
    while let Some((first, after)) = rest.split_first() {
        let Some(level) = first.bullet else {
            out.push(paragraph([first], cleaner));
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
        // what stands under a bullet is another line of its words
        let lines = inside.iter().take_while(|block| block.under).count();
        let (lines, inside) = inside.split_at(lines);
        let mut item = vec![paragraph(std::iter::once(first).chain(lines), cleaner)];
        if let Value::Array(inside) = nodes(inside, cleaner) {
            item.extend(inside);
        }
        items.push(Value::Array(item));
        rest = next;
    }
    Value::Array(items)
}

/// Lines of one paragraph. One of several lines stays on its page with its state; a state on a line
/// of its own stays with the words after it.
fn paragraph<'b>(lines: impl IntoIterator<Item = &'b Block>, cleaner: &mut Cleaner<'_>) -> Value {
    let mut runs: Vec<Value> = Vec::new();
    let (mut count, mut length) = (0, 0);
    let mut heads = false;
    for line in lines {
        heads = count == 0 && line.bullet.is_none() && matches!(line.runs.first(), Some(Run::State(_)));
        if count > 0 {
            runs.push(json!(["break", ""]));
        }
        count += 1;
        length += line.runs.iter().map(|each| each.text().len()).sum::<usize>();
        runs.extend(line.runs.iter().map(|each| run(each, cleaner)));
    }
    json!({"runs": runs, "whole": count > 1 && length < WHOLE, "heads": heads})
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
