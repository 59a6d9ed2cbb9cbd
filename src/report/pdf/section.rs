//! Sections as the data their template reads: charts that follow each other stand beside each other.

use super::clean::Cleaner;
use super::data::nodes;
use crate::report::chart::{END, Place};
use crate::report::section::{Grid, Part, Plot, Section};
use serde_json::{Value, json};

/// The letters of the longest cell in a row that is not broken over pages.
const WHOLE: usize = 700;

pub(super) fn of(sections: &[Section], cleaner: &mut Cleaner<'_>) -> Vec<Value> {
    sections
        .iter()
        .map(|section| {
            json!({
                "title": cleaner.clean(&section.title),
                "level": section.level,
                "parts": parts(&section.parts, cleaner),
            })
        })
        .collect()
}

fn parts(parts: &[Part], cleaner: &mut Cleaner<'_>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    let mut plots: Vec<Value> = Vec::new();
    for part in parts {
        if let Part::Plot(each) = part {
            plots.push(plot(each, cleaner));
            continue;
        }
        together(&mut plots, &mut out);
        match part {
            Part::Words(blocks) => out.push(json!({"kind": "words", "nodes": nodes(blocks, cleaner)})),
            Part::Grid(each) => out.push(grid(each, cleaner)),
            Part::Plot(_) => {}
        }
    }
    together(&mut plots, &mut out);
    out
}

fn together(plots: &mut Vec<Value>, out: &mut Vec<Value>) {
    if !plots.is_empty() {
        out.push(json!({"kind": "plots", "plots": std::mem::take(plots)}));
    }
}

fn grid(grid: &Grid, cleaner: &mut Cleaner<'_>) -> Value {
    let columns: Vec<Value> = grid
        .columns
        .iter()
        .map(|column| json!({"title": cleaner.clean(&column.title), "share": column.share.max(1), "numbers": column.numbers}))
        .collect();
    let rows: Vec<Value> = grid
        .rows
        .iter()
        .map(|row| {
            let letters =
                |cell: &Vec<crate::report::paper::Block>| cell.iter().map(|block| block.text().len()).sum::<usize>();
            let whole = row.iter().map(letters).max().unwrap_or(0) <= WHOLE;
            let cells: Vec<Value> = row.iter().map(|cell| nodes(cell, cleaner)).collect();
            json!({"whole": whole, "cells": cells})
        })
        .collect();
    json!({"kind": "grid", "caption": cleaner.clean(&grid.caption), "columns": columns, "rows": rows})
}

fn share(place: Place) -> f64 {
    f64::from(place) / f64::from(END)
}

fn plot(plot: &Plot, cleaner: &mut Cleaner<'_>) -> Value {
    let named =
        |words: &[(Place, String)]| words.iter().map(|(at, words)| json!([share(*at), words])).collect::<Vec<_>>();
    let notes: Vec<String> = plot.notes.iter().map(|note| cleaner.clean(note)).collect();
    let lines: Vec<Value> = plot
        .lines
        .iter()
        .map(|line| json!({"mean": line.mean, "from": share(line.from), "to": share(line.to), "at": share(line.at)}))
        .collect();
    let run = |run: &Vec<(Place, Place)>| run.iter().map(|(x, y)| [share(*x), share(*y)]).collect::<Vec<_>>();
    let dots: Vec<Value> = plot
        .dots
        .iter()
        .map(|dot| json!({"x": share(dot.x), "y": share(dot.y), "sign": dot.sign.name(), "letter": dot.letter}))
        .collect();
    json!({
        "title": cleaner.clean(&plot.title),
        "description": cleaner.clean(&plot.description),
        "notes": notes,
        "months": named(&plot.months),
        "levels": named(&plot.levels),
        "lines": lines,
        "runs": plot.runs.iter().map(run).collect::<Vec<_>>(),
        "dots": dots,
        "breaks": plot.breaks.iter().map(|at| share(*at)).collect::<Vec<_>>(),
    })
}
