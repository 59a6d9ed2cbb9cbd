//! The bin: what was deleted from the plan, to bring back.

use super::Outcome;
use crate::app::{Notice, Session};
use crate::model::bin::{self, Deleted, Past, Restored};
use crate::model::intent::noun;
use crate::model::text::{count, fold};
use crate::model::{Entity, Id};
use crate::store::{Entry, EntryKind};
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, field, link_button, pill, primary_button};
use chrono::Local;
use egui::{RichText, ScrollArea, Ui};
use std::collections::BTreeSet;

/// What the bin shows, and what of it was chosen.
#[derive(Debug, Default)]
pub struct Bin {
    query: String,
    chosen: BTreeSet<(Entity, Id)>,
    rows: Vec<Deleted>,
    /// The plan's state that the rows were worked out for.
    of: Option<u64>,
}

fn past(entries: &[Entry]) -> Vec<Past<'_>> {
    let of = |entry: &Entry| entry.kind == EntryKind::Undo;
    let past = entries.iter();
    past.map(|entry| Past { id: entry.id, at: entry.at, who: &entry.who, undoes: of(entry), edit: &entry.edit })
        .collect()
}

/// Draws the bin.
pub fn show(ui: &mut Ui, state: &mut Bin, session: &mut Session) -> Outcome {
    let theme = tokens(ui);
    let (Some(entries), Some(open)) = (&session.deletions, &session.open) else {
        ui.label("Looking through the history…");
        return Outcome::Open;
    };
    if state.of != Some(open.revision) {
        state.rows = bin::deleted(&open.plan, &past(entries));
        let there: BTreeSet<(Entity, Id)> = state.rows.iter().map(|row| (row.entity, row.row)).collect();
        state.chosen.retain(|row| there.contains(row));
        state.of = Some(open.revision);
    }
    if state.rows.is_empty() {
        ui.label("The bin is empty");
        let words = "Recommendations, actions, themes, evidence, responsibilities and timescales that are deleted stay here, \
                     with all that went with them, and can be brought back at any time.";
        ui.add(egui::Label::new(RichText::new(words).color(theme.ink_second)).wrap());
        return Outcome::Open;
    }
    let words = "What is brought back comes with all that went with it, and is one change that can be undone.";
    ui.add(egui::Label::new(RichText::new(words).color(theme.ink_second)).wrap());
    field::label(ui, "Find in the bin");
    let edit = egui::TextEdit::singleline(&mut state.query).desired_width(f32::INFINITY);
    ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name("Find in the bin");
    ui.add_space(space::TIGHT);
    list(ui, state);
    ui.add_space(space::NORMAL);
    let editable = open.editable();
    let mut wanted: Option<Vec<(Id, Entity, Id)>> = None;
    ui.horizontal(|ui| {
        let words = match state.chosen.len() {
            0 => "Bring back".to_owned(),
            number => format!("Bring back {}", count(number, "item")),
        };
        let enabled = editable && !state.chosen.is_empty();
        if ui.add_enabled_ui(enabled, |ui| primary_button(ui, &words)).inner.clicked() {
            let rows = state.rows.iter().filter(|row| state.chosen.contains(&(row.entity, row.row)));
            wanted = Some(rows.map(|row| (row.entry, row.entity, row.row)).collect());
        }
        if !editable {
            ui.label(RichText::new("This plan can only be read").size(size::SMALL).color(theme.ink_second));
        }
    });
    if let Some(wanted) = wanted {
        let Restored { edit, left } = bin::restore(&open.plan, &past(entries), &wanted);
        let label = edit.label.clone();
        state.chosen.clear();
        session.edit(edit);
        session.notices.push(match left.is_empty() {
            true => Notice::done(label.replacen("Bring back", "Brought back:", 1)),
            false => Notice::note(label.replacen("Bring back", "Brought back:", 1), format!("{}.", left.join(". "))),
        });
    }
    Outcome::Open
}

fn list(ui: &mut Ui, state: &mut Bin) {
    let theme = tokens(ui);
    let wanted = fold(state.query.trim());
    let found: Vec<&Deleted> = state
        .rows
        .iter()
        .filter(|row| fold(&format!("{} {} {}", row.name, row.label, row.who)).contains(&wanted))
        .collect();
    if found.is_empty() {
        ui.label("Nothing in the bin holds these words");
        return;
    }
    let height = (ui.ctx().content_rect().height() - 330.0).max(160.0);
    let chosen = &mut state.chosen;
    // all rows are of one height: a bin of thousands is drawn as far as it is seen
    let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
    area.show_rows(ui, 58.0, found.len(), |ui, range| {
        for row in &found[range] {
            let key = (row.entity, row.row);
            let mut ticked = chosen.contains(&key);
            ui.push_id(row.row.to_string(), |ui| {
                ui.allocate_ui(egui::vec2(ui.available_width(), 58.0), |ui| {
                    ui.set_min_height(58.0 - ui.spacing().item_spacing.y);
                    ui.horizontal(|ui| {
                        let tick = ui.checkbox(&mut ticked, "").on_hover_text(&row.name);
                        tick.widget_info(|| {
                            let name = format!("{} {}", sentence_case(noun(row.entity)), row.name);
                            egui::WidgetInfo::selected(egui::accesskit::Role::CheckBox, true, ticked, name)
                        });
                        pill(ui, &Badge { word: sentence_case(noun(row.entity)), tone: Tone::Grey, shape: None });
                        ui.add(egui::Label::new(&row.name).truncate());
                    });
                    let when = row.at.with_timezone(&Local).format("%-d %B %Y, %H:%M");
                    let mut words = format!("{when} · {} · {}", row.who, row.label);
                    ui.spacing_mut().interact_size.y = size::SMALL_LINE;
                    ui.spacing_mut().item_spacing.y = 0.0;
                    if !row.with.is_empty() {
                        words.push_str(&format!(" · with {}", row.with));
                    }
                    ui.horizontal(|ui| {
                        ui.add_space(26.0);
                        let words = RichText::new(words).size(size::SMALL).color(theme.ink_second);
                        ui.add(egui::Label::new(words).truncate());
                    });
                });
            });
            if ticked {
                chosen.insert(key);
            } else {
                chosen.remove(&key);
            }
        }
    });
    let all = found.iter().all(|row| chosen.contains(&(row.entity, row.row)));
    let words = if all { "Choose none".to_owned() } else { format!("Choose all {}", found.len()) };
    if found.len() > 1 && link_button(ui, &words).clicked() {
        for row in found {
            if all {
                chosen.remove(&(row.entity, row.row));
            } else {
                chosen.insert((row.entity, row.row));
            }
        }
    }
}
