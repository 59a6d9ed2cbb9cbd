//! The timeline in plain words, for a terminal.

use super::{Item, View, lane_label, one_line};
use crate::model::{Index, Plan, printed, text};
use crate::report::status;
use chrono::NaiveDate;

/// The timeline as at a date, lane by lane.
#[must_use]
pub fn words(plan: &Plan, index: &Index, as_at: NaiveDate) -> String {
    let view = View::of(plan, index, as_at);
    let mut lines = Vec::new();
    let info = plan.info();
    let names: Vec<&str> =
        [info.organisation.as_str(), info.title.as_str()].into_iter().filter(|name| !name.is_empty()).collect();
    lines.push(names.join(" – "));
    let board = &view.board;
    let items = text::count(board.shown, "item");
    lines.push(format!(
        "Timeline as at {}: {items}, {} complete, {} overdue",
        status::date(as_at),
        board.complete,
        board.overdue
    ));
    for lane in &board.lanes {
        lines.push(String::new());
        if lane.cards.is_empty() {
            lines.push(format!("{}: none", lane_label(lane.key)));
            continue;
        }
        lines.push(format!("{}: {}", lane_label(lane.key), lane.cards.len()));
        view.items(lane).for_each(|item| card(&view, &item, &mut lines));
    }
    lines.join("\n")
}

fn card(view: &View<'_>, item: &Item<'_>, lines: &mut Vec<String>) {
    let what = if item.is_responsibility() { "Responsibility: " } else { "" };
    lines.push(format!("- {what}{} [{}]", one_line(item.text()), status::shown(&view.words, item.shown()).word));
    let mut fact = |label: &str, words: &str| {
        if !words.trim().is_empty() {
            lines.push(format!("    {label}: {}", one_line(words)));
        }
    };
    fact("Owner", &printed::people(&item.owner(), &item.partners()));
    let was = item.was();
    let was = if was.is_empty() { String::new() } else { format!(" ({})", was.join("; ")) };
    fact("Due", &format!("{}{was}", item.due_words()));
    fact("Next", &item.next().into_iter().map(|month| month.label()).collect::<Vec<_>>().join(", "));
    fact("Done", &item.entry.done_on.filter(|_| item.entry.is_over()).map(status::date).unwrap_or_default());
    fact("Next review", &item.entry.next_review.map(status::date).unwrap_or_default());
    fact("Serves", &item.recommendations().join(", "));
    for action in item.under() {
        fact("Action", &action.text);
    }
}
