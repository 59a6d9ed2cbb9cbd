//! What would come in, and what would not: counts, with the rows behind them to be opened.

use super::digest::Digest;
use super::{Part, heading, hint, warning};
use crate::app::SignalsWaiting;
use crate::model::text::count;
use crate::ui::theme::size as theme_size;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets::{Badge, link_button, pill};
use egui::{CollapsingHeader, Label, RichText, ScrollArea, Ui};

/// Height of a line in points, and the most of a list that is seen at once.
const LINE: f32 = 20.0;
const LIST: f32 = 220.0;

/// What comes in. Gives another part, if one was asked for.
pub(super) fn comes(ui: &mut Ui, digest: &Digest, waiting: &SignalsWaiting) -> Option<Part> {
    let reading = &waiting.proposal.reading;
    let mut part = None;
    ui.horizontal_wrapped(|ui| {
        let mut badge = |number: usize, word: &str, tone| {
            if number > 0 {
                pill(ui, &Badge { word: format!("{number} {word}"), tone, shape: None });
            }
        };
        if let Some([new, updated, unchanged]) = digest.standing {
            badge(new, "new", Tone::Good);
            badge(updated, "updated", Tone::Blue);
            badge(unchanged, "unchanged", Tone::Grey);
        }
        badge(reading.set_aside.len(), "set aside", Tone::Grey);
        badge(reading.refused.len(), "refused", Tone::Bad);
    });
    if let Some([0, 0, unchanged]) = digest.standing.filter(|standing| standing[2] > 0) {
        let words = if unchanged == 1 { "Its one row is" } else { "All rows are" };
        hint(ui, &format!("{words} in the plan already, as they stand here."));
    }
    if !digest.kinds.is_empty() {
        ui.add(Label::new(format!("Read: {}", digest.kinds)).wrap());
    }
    if !digest.gains.is_empty() {
        listed(ui, &format!("{} to be added", count(digest.gains.len(), "new provider")), true, &digest.gains);
    }
    if !digest.received.is_empty() {
        listed(ui, "Will be marked as received", true, &digest.received);
    }
    if !digest.dropped.is_empty() {
        listed(ui, "Dropped, as it may say who somebody is", true, &[digest.dropped.join(", ")]);
    }
    unmapped(ui, &waiting.unmapped);
    if reading.summary.kept_hits > 0 {
        let found = count(reading.summary.kept_hits, "place");
        warning(ui, &format!("{found} in text that is kept may say who somebody is."));
        if link_button(ui, "Show them").clicked() {
            part = Some(Part::Rows);
        }
    }
    for note in &digest.notes {
        hint(ui, note);
    }
    part
}

fn unmapped(ui: &mut Ui, unmapped: &[(String, usize)]) {
    if unmapped.is_empty() {
        return;
    }
    let (words, them) = match unmapped.len() {
        1 => ("1 subject leads to no theme yet".to_owned(), "it"),
        many => (format!("{many} subjects lead to no theme yet"), "them"),
    };
    let row = |at: usize| unmapped.get(at).map(|(subject, rows)| format!("{subject}: {}", count(*rows, "row")));
    list(ui, &words, false, unmapped.len(), row);
    hint(ui, &format!("The rows count as not mapped until you map {them} under Themes of signals; nothing is lost."));
}

/// What does not come in, and what is to be checked.
pub(super) fn rows(ui: &mut Ui, digest: &Digest, waiting: &SignalsWaiting) {
    let reading = &waiting.proposal.reading;
    let rows = &waiting.rows;
    if digest.rows_words == "No row left out" {
        ui.label("Every row of the file comes in, and nothing in it needs a second look.");
    }
    if !reading.refused.is_empty() {
        let line = |at: usize| reading.refused.get(at).map(|one| format!("Row {}: {}", one.row, one.reason));
        list(
            ui,
            &format!("{} refused: they cannot be read", count(reading.refused.len(), "row")),
            true,
            reading.refused.len(),
            line,
        );
    }
    if !reading.set_aside.is_empty() {
        let line = |at: usize| {
            let one = reading.set_aside.get(at)?;
            let reference = if one.reference.is_empty() { String::new() } else { format!(" {}", one.reference) };
            Some(format!("Row {}{reference}, {}: {}", one.row, one.reason, one.why))
        };
        list(ui, &format!("{} set aside", count(reading.set_aside.len(), "row")), true, reading.set_aside.len(), line);
    }
    if rows.twice > 0 {
        hint(ui, &format!("{} left out: a row above has the same reference", count(rows.twice, "row")));
    }
    if digest.left_out > 0 {
        hint(ui, &format!("{} not taken: you left the provider out", count(digest.left_out, "row")));
    }
    if reading.summary.kept_hits > 0 {
        let found = count(reading.summary.kept_hits, "place");
        let line =
            |at: usize| reading.kept_hits.get(at).map(|hit| format!("Row {}, “{}”: {}", hit.row, hit.column, hit.kind));
        let title = format!("{found} in text that is kept may say who somebody is");
        list(ui, &title, true, reading.kept_hits.len(), line);
        more(ui, reading.kept_hits.len(), reading.summary.kept_hits);
    }
    let dates = &reading.ambiguous_dates;
    if dates.count > 0 {
        let title = format!("{} could also be read with the month first", count(dates.count, "date"));
        let line = |at: usize| {
            let one = dates.first.get(at)?;
            Some(format!("Row {}, “{}”: {} was read as {}", one.row, one.column, one.words, day(&one.read_as)))
        };
        list(ui, &title, false, dates.first.len(), line);
        more(ui, dates.first.len(), dates.count);
        hint(
            ui,
            "Dates are read as in the UK, the day first. If these are wrong, the export was made with American dates: make it again with the day first.",
        );
    }
}

/// "2013-05-03" as people write it.
fn day(text: &str) -> String {
    let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d");
    date.map_or_else(|_| text.to_owned(), |date| date.format("%-d %B %Y").to_string())
}

fn more(ui: &mut Ui, shown: usize, all: usize) {
    if all > shown {
        hint(ui, &format!("and {} more", all - shown));
    }
}

fn listed(ui: &mut Ui, title: &str, open: bool, lines: &[String]) {
    list(ui, title, open, lines.len(), |at| lines.get(at).cloned());
}

/// Lines under a heading that opens; only those on screen are worked out.
fn list(ui: &mut Ui, title: &str, open: bool, lines: usize, line: impl Fn(usize) -> Option<String>) {
    ui.add_space(space::TIGHT);
    if open && lines == 1 {
        heading(ui, title);
        ui.add(Label::new(line(0).unwrap_or_default()).wrap());
        return;
    }
    CollapsingHeader::new(title).id_salt(title).default_open(open && lines < 60).show(ui, |ui| {
        let area = ScrollArea::vertical().id_salt(("list", title)).max_height(LIST).auto_shrink([false, true]);
        area.show_rows(ui, LINE, lines, |ui, range| {
            for at in range {
                let words = line(at).unwrap_or_default();
                let size = egui::vec2(ui.available_width(), LINE - ui.spacing().item_spacing.y);
                ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.set_min_size(size);
                    ui.add(Label::new(RichText::new(&words).size(theme_size::SMALL)).truncate());
                });
            }
        });
    });
}
