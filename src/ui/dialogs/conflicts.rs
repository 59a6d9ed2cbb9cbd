//! What was changed here and elsewhere: shown side by side, decided one by one, written then.

use super::Outcome;
use crate::app::others::person;
use crate::app::{Conflict, ConflictKey, Decision, OpenPlan, Session};
use crate::model::text::{count, sentence_case};
use crate::ui::theme::{space, tokens};
use crate::ui::widgets::sides::{Choice, Sides, sides};
use crate::ui::widgets::{link_button, primary_button};
use chrono::Local;
use egui::{Label, RichText, ScrollArea, Ui};
use std::collections::BTreeMap;

/// What was chosen so far.
#[derive(Debug, Default)]
pub struct Conflicts {
    choices: BTreeMap<ConflictKey, Choice>,
}

/// Draws them. The dialog goes by itself once nothing is left to decide.
pub fn show(ui: &mut Ui, state: &mut Conflicts, session: &mut Session) -> Outcome {
    let found = session.open.as_ref().map(OpenPlan::conflicts).unwrap_or_default();
    if found.is_empty() {
        return Outcome::Close;
    }
    let theme = tokens(ui);
    let me = session.settings.who();
    let intro = "You and somebody else changed the same thing. Nothing was overwritten: the file holds theirs, and \
                 yours is kept here, not saved, until you decide. If you keep yours, theirs stays in the history.";
    ui.add(Label::new(RichText::new(intro).color(theme.ink_second)).wrap());
    ui.add_space(space::NORMAL);
    let room = (ui.available_height() - 52.0).max(160.0);
    ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        for (place, conflict) in found.iter().enumerate() {
            if place > 0 {
                ui.separator();
            }
            ui.push_id(conflict.key, |ui| one(ui, conflict, &me, state.choices.entry(conflict.key).or_default()));
        }
    });
    ui.add_space(space::NORMAL);
    let chosen = |one: &&Conflict| state.choices.get(&one.key).is_some_and(|choice| *choice != Choice::Open);
    let ready = found.iter().filter(chosen).count();
    let mut outcome = Outcome::Open;
    ui.horizontal_wrapped(|ui| {
        let words = if found.len() == 1 {
            "Save this decision".to_owned()
        } else {
            format!("Save {}", count(ready, "decision"))
        };
        if ui.add_enabled_ui(ready > 0, |ui| primary_button(ui, &words)).inner.clicked() {
            for (key, choice) in std::mem::take(&mut state.choices) {
                decide(session, key, choice);
            }
        }
        if found.len() > 1 {
            for (word, choice) in [("Keep all of yours", Choice::Mine), ("Take all of theirs", Choice::Theirs)] {
                if ui.button(word).clicked() {
                    state.choices = found.iter().map(|conflict| (conflict.key, choice.clone())).collect();
                }
            }
        }
        if link_button(ui, "Decide later").clicked() {
            outcome = Outcome::Close;
        }
    });
    outcome
}

fn one(ui: &mut Ui, conflict: &Conflict, me: &str, choice: &mut Choice) {
    let who = person(&conflict.who, me);
    let who = who.trim_end_matches(',');
    let other = match conflict.at {
        Some(at) => format!("{who}, {}", at.with_timezone(&Local).format("%-d %B at %H:%M")),
        None => who.to_owned(),
    };
    let name = sentence_case(&conflict.name);
    let shown = Sides {
        name: &name,
        other: &other,
        base: Some(&conflict.base),
        mine: &conflict.mine,
        theirs: conflict.theirs.as_deref(),
        third: conflict.third,
    };
    sides(ui, &shown, choice);
}

fn decide(session: &mut Session, key: ConflictKey, choice: Choice) {
    let decision = match choice {
        Choice::Open => return,
        Choice::Mine => Decision::Mine,
        Choice::Theirs => Decision::Theirs,
        Choice::Third(text) => Decision::Third(text),
    };
    session.decide(key, &decision);
}
