//! Lists to read: history, backups, what checking the file found.

use super::Outcome;
use crate::app::Session;
use crate::model::intent::{field_name, is_told, row_name, value_words};
use crate::model::{Change, EXISTS, Id, Plan, Value};
use crate::store::Entry;
use crate::ui::files::{Picker, Purpose};
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use chrono::{DateTime, Local, Utc};
use egui::{RichText, ScrollArea, Ui};

fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%-d %B %Y, %H:%M").to_string()
}

/// Draws the changes of a row, or all.
pub fn history(ui: &mut Ui, session: &Session, row: Option<Id>) -> Outcome {
    let theme = tokens(ui);
    let (Some(entries), Some(open)) = (&session.history, &session.open) else {
        ui.label("Reading the history…");
        return Outcome::Open;
    };
    if entries.is_empty() {
        ui.label("Nothing was changed yet");
    }
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        for entry in entries {
            let title = RichText::new(&entry.edit.label).font(theme::strong(size::BODY));
            let head = egui::CollapsingHeader::new(title).id_salt(entry.id.to_string());
            head.show(ui, |ui| changes(ui, &open.plan, entry, row));
            let who = format!("{} · {}", moment(entry.at), entry.who);
            ui.label(RichText::new(who).size(size::SMALL).color(theme.ink_second));
            ui.add_space(space::TIGHT);
        }
    });
    Outcome::Open
}

/// At most this many changes of one entry are shown; an import has thousands.
const SHOWN: usize = 60;

fn changes(ui: &mut Ui, plan: &Plan, entry: &Entry, row: Option<Id>) {
    let theme = tokens(ui);
    let about = |change: &&Change| row.is_none_or(|row| change.row == row) && is_told(change.field);
    let all: Vec<&Change> = entry.edit.changes.iter().filter(about).collect();
    for change in all.iter().take(SHOWN) {
        let name = sentence_case(&row_name(plan, change.entity, change.row));
        let words = match (change.field, &change.after) {
            (EXISTS, Value::Null) => format!("{name} deleted"),
            (EXISTS, _) => format!("{name} added"),
            (field, _) => format!("{name}: {}", field_name(field)),
        };
        ui.label(RichText::new(words).font(theme::strong(size::SMALL)));
        if change.field != EXISTS {
            let shown = |value: &Value| value_words(plan, change.field, value);
            ui.add(
                egui::Label::new(RichText::new(format!("before: {}", shown(&change.before))).color(theme.ink_second))
                    .wrap(),
            );
            ui.add(egui::Label::new(format!("after: {}", shown(&change.after))).wrap());
        }
    }
    if all.len() > SHOWN {
        ui.label(format!("and {} more", all.len() - SHOWN));
    }
}

/// Draws the plan's backups.
pub fn backups(ui: &mut Ui, session: &Session, picker: &mut dyn Picker) -> Outcome {
    let theme = tokens(ui);
    let text =
        "Recap keeps earlier states of this plan on this computer: before each import, and once a day when it changes.";
    ui.add(egui::Label::new(RichText::new(text).color(theme.ink_second)).wrap());
    ui.add_space(space::NORMAL);
    let Some(backups) = &session.backups else {
        ui.label("Looking for backups…");
        return Outcome::Open;
    };
    if backups.is_empty() {
        ui.label("No backup of this plan yet");
    }
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        for backup in backups {
            ui.horizontal(|ui| {
                ui.label(RichText::new(moment(backup.made)).font(theme::strong(size::BODY)));
                ui.label(
                    RichText::new(format!("{} · {} kB", backup.reason, backup.size.div_ceil(1024)))
                        .color(theme.ink_second),
                );
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let response =
                        ui.button("Restore to a new file…").on_hover_text("The plan you have stays as it is");
                    if response
                        .accessible_name(format!("Restore the backup of {} to a new file", moment(backup.made)))
                        .clicked()
                    {
                        picker.ask(Purpose::Restore(backup.id.clone()), "Restored plan.db");
                    }
                });
            });
        }
    });
    Outcome::Open
}

/// Draws what checking the file found.
pub fn check(ui: &mut Ui, session: &Session) -> Outcome {
    let theme = tokens(ui);
    let Some(soundness) = &session.checked else {
        ui.label("Checking the file…");
        return Outcome::Open;
    };
    if soundness.sound {
        ui.label(RichText::new("The file is sound").font(theme::strong(size::BODY)).color(theme.tint(Tone::Good).ink));
        ui.label(
            "Every page, every row and every link was read, and the history leads to exactly what the plan holds.",
        );
        return Outcome::Open;
    }
    ui.label(RichText::new("The file is damaged").font(theme::strong(size::BODY)).color(theme.tint(Tone::Bad).ink));
    ui.label("Save a copy now, then restore a backup to a new file and compare the two.");
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        for finding in &soundness.findings {
            ui.add(egui::Label::new(format!("• {}", finding.what)).wrap());
        }
    });
    Outcome::Open
}
