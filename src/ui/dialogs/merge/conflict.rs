//! A field that both sides changed: what it was, what each made of it, and which shall stand.

use super::Asks;
use crate::app::MergeWaiting;
use crate::model::Value;
use crate::model::reconcile::told::{field_words, said, takes_words};
use crate::model::reconcile::{Answer, Conflict, Place};
use crate::share::merge::Merging;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{differ, writing};
use egui::{Frame, Margin, RichText, Stroke, Ui};
use std::collections::BTreeMap;

/// Draws the conflict.
pub(super) fn show(
    ui: &mut Ui,
    thirds: &mut BTreeMap<Place, String>,
    waiting: &MergeWaiting,
    merging: &Merging,
    conflict: &Conflict,
    asks: &mut Vec<Asks>,
) {
    let theme = tokens(ui);
    let Place { entity, row, field } = conflict.place;
    let plans = [&*merging.mine, &*merging.theirs];
    let name = field_words(plans[0], entity, row, field);
    let tint = theme.tint(Tone::Amber);
    let frame = Frame::new().stroke(Stroke::new(1.0, tint.ink)).inner_margin(Margin::same(10)).corner_radius(4);
    ui.add_space(space::TIGHT);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(format!("⚠ Both changed: {name}")).font(theme::strong(size::SMALL)).color(tint.ink));
        let say = |value: &Value| if *value == Value::Null { String::new() } else { said(plans, field, value) };
        let base = conflict.base.as_ref().map(say);
        differ::three(ui, ["Before", "Ours", "Theirs"], base.as_deref(), &say(&conflict.mine), &say(&conflict.theirs));
        ui.add_space(space::TIGHT);
        choose(ui, thirds, waiting, conflict, &name, asks);
    });
    ui.add_space(space::TIGHT);
}

fn choose(
    ui: &mut Ui,
    thirds: &mut BTreeMap<Place, String>,
    waiting: &MergeWaiting,
    conflict: &Conflict,
    name: &str,
    asks: &mut Vec<Asks>,
) {
    let place = conflict.place;
    let answer = waiting.answers.conflicts.get(&place);
    let mut choice = |ui: &mut Ui, words: &str, on: bool, to: Answer| {
        if ui.radio(on, words).accessible_name(format!("{words}: {name}")).clicked() {
            asks.push(Asks::Answer(place, Some(to)));
        }
    };
    let third = matches!(answer, Some(Answer::Text(_)));
    ui.horizontal_wrapped(|ui| {
        choice(ui, "Keep ours", answer == Some(&Answer::Ours), Answer::Ours);
        choice(ui, "Take theirs", answer == Some(&Answer::Theirs), Answer::Theirs);
        if takes_words(place.entity, place.field) {
            // it begins with our words: they are the ones that would stand
            let begun = thirds.get(&place).cloned().unwrap_or_else(|| conflict.mine.to_string());
            choice(ui, "Write a third", third, Answer::Text(text_value(&begun)));
        }
    });
    if !third {
        return;
    }
    let text = thirds.entry(place).or_insert_with(|| conflict.mine.to_string());
    if writing::text_box(ui, &format!("What shall stand: {name}"), text, 2, "").changed() {
        asks.push(Asks::Answer(place, Some(Answer::Text(text_value(text)))));
    }
}

fn text_value(text: &str) -> Value {
    if text.trim().is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
}
