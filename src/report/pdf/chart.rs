//! A chart as the data its template reads: places as shares of the axis.

use super::clean::Cleaner;
use crate::report::chart::{Bar, BurnUp, Chart, END, Place, Span};
use serde_json::{Value, json};

fn share(place: Place) -> f64 {
    f64::from(place) / f64::from(END)
}

fn span(span: &Span) -> Value {
    json!({"label": span.label, "from": share(span.from), "to": share(span.to)})
}

pub(super) fn of(chart: &Chart, cleaner: &mut Cleaner<'_>) -> Value {
    let groups: Vec<Value> = chart
        .groups
        .iter()
        .map(|group| {
            let rows: Vec<Value> = group.rows.iter().map(|row| bar(row, cleaner)).collect();
            json!({"title": cleaner.clean(&group.title), "rows": rows})
        })
        .collect();
    let states: Vec<Value> = chart
        .states
        .iter()
        .map(|state| json!([cleaner.clean(&state.word), state.mark.name(), state.tone.name()]))
        .collect();
    json!({
        "title": chart.title,
        "description": cleaner.clean(&chart.description),
        "spans": chart.spans.iter().map(span).collect::<Vec<_>>(),
        "ticks": chart.ticks.iter().map(span).collect::<Vec<_>>(),
        "as_at": share(chart.as_at),
        "as_at_label": chart.as_at_label,
        "states": states,
        "signs": chart.signs.iter().map(|sign| [sign.name(), sign.words()]).collect::<Vec<_>>(),
        "groups": groups,
    })
}

fn bar(bar: &Bar, cleaner: &mut Cleaner<'_>) -> Value {
    let lines: Vec<String> = bar.lines.iter().map(|line| cleaner.clean(line)).collect();
    let strokes: Vec<Value> = bar
        .strokes
        .iter()
        .map(|stroke| json!({"from": share(stroke.from), "to": share(stroke.to), "kind": stroke.kind.name()}))
        .collect();
    let signs: Vec<Value> = bar.signs.iter().map(|(at, sign)| json!([share(*at), sign.name()])).collect();
    json!({
        "lines": lines,
        "mark": bar.state.mark.name(),
        "tone": bar.state.tone.name(),
        "remark": bar.remark,
        "strokes": strokes,
        "signs": signs,
    })
}

pub(super) fn burn_up(burn: &BurnUp, spans: &[Span]) -> Value {
    let most = burn.most.max(1) as f64;
    let height = |count: usize| count as f64 / most;
    let due: Vec<[f64; 2]> = burn.points.iter().map(|point| [share(point.at), height(point.due)]).collect();
    let done = burn.points.iter().filter_map(|point| point.done);
    let done: Vec<[f64; 2]> = done.map(|(at, count)| [share(at), height(count)]).collect();
    let last_done = burn.points.iter().rev().find_map(|point| point.done).map_or(0, |(_, count)| count);
    json!({
        "title": burn.title,
        "description": burn.description,
        "spans": spans.iter().map(span).collect::<Vec<_>>(),
        "due": due,
        "done": done,
        "most": burn.most,
        "due_label": format!("{} due", burn.points.last().map_or(0, |point| point.due)),
        "done_label": format!("{last_done} done"),
        "note": burn.note,
    })
}
