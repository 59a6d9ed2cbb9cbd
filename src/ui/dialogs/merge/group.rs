//! What a copy would bring to one recommendation, or to another subject.

use super::{Asks, conflict};
use crate::app::MergeWaiting;
use crate::model::reconcile::told::{change_words, kept_words, row_text, said, subject_words};
use crate::model::reconcile::{Change, Grouped, Kept, Place, Side, What, Why};
use crate::model::{Entity, Id, intent};
use crate::share::merge::Merging;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{Show, differing, link_button};
use egui::{RichText, Ui};
use std::collections::BTreeMap;

/// Draws the group.
pub(super) fn show(
    ui: &mut Ui,
    thirds: &mut BTreeMap<Place, String>,
    waiting: &MergeWaiting,
    merging: &Merging,
    subject: (Entity, Id),
    group: &Grouped<'_>,
    asks: &mut Vec<Asks>,
) {
    let theme = tokens(ui);
    let name = subject_words([&merging.mine, &merging.theirs], subject);
    ui.add_space(space::NORMAL);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&name).font(theme::strong(size::BODY)));
        if group.changes.len() > 1 {
            tick_all(ui, waiting, group, &name, asks);
        }
    });
    for one in &group.conflicts {
        conflict::show(ui, thirds, waiting, merging, one, asks);
    }
    for change in &group.changes {
        line(ui, waiting, merging, change, asks);
    }
    for kept in &group.kept {
        stays(ui, waiting, merging, kept, asks);
    }
    let twins = merging.found.twins.iter().filter(|twins| subject == (Entity::Recommendation, twins.recommendation));
    for _ in twins {
        let words = "Both sides made a position for the same date: both are kept.";
        ui.label(RichText::new(words).color(theme.tint(Tone::Amber).ink));
    }
    ui.add_space(space::NORMAL);
    ui.separator();
}

fn tick_all(ui: &mut Ui, waiting: &MergeWaiting, group: &Grouped<'_>, name: &str, asks: &mut Vec<Asks>) {
    let places: Vec<Place> = group.changes.iter().map(|change| change.place).collect();
    let none = places.iter().all(|place| waiting.answers.unticked.contains(place));
    let words = if none { "Take all of it" } else { "Take none of it" };
    let response = link_button(ui, words).accessible_name(format!("{words}: {name}"));
    if response.clicked() {
        asks.push(Asks::Tick(places, none));
    }
}

/// A change with its tick, and what it says.
fn line(ui: &mut Ui, waiting: &MergeWaiting, merging: &Merging, change: &Change, asks: &mut Vec<Asks>) {
    let theme = tokens(ui);
    let words = change_words(&merging.mine, &merging.theirs, change);
    let mut on = !waiting.answers.unticked.contains(&change.place);
    if ui.checkbox(&mut on, &words).changed() {
        asks.push(Asks::Tick(vec![change.place], on));
    }
    let plans = [&*merging.mine, &*merging.theirs];
    let Place { entity, row, field } = change.place;
    ui.indent(("says", change.place.field, row.to_string()), |ui| match &change.what {
        What::Changed { mine, to } if intent::is_told(field) => {
            let (old, new) = (said(plans, field, mine), said(plans, field, to));
            differing(ui, "From ours to theirs", &old, &new, Show::Both);
        }
        What::Changed { .. } => {}
        What::Added | What::Removed => {
            let plan = if change.what == What::Removed { plans[0] } else { plans[1] };
            if let Some(text) = row_text(plan, entity, row) {
                ui.add(egui::Label::new(RichText::new(text).color(theme.ink_second)).wrap());
            }
        }
    });
}

/// A row that one side deleted and that is kept. One that was deleted here can be left deleted.
fn stays(ui: &mut Ui, waiting: &MergeWaiting, merging: &Merging, kept: &Kept, asks: &mut Vec<Asks>) {
    let words = kept_words([&merging.mine, &merging.theirs], kept);
    if kept.deleted_by == Side::Mine && kept.why == Why::Changed {
        let place = Place::row(kept.entity, kept.row);
        let mut on = !waiting.answers.unticked.contains(&place);
        if ui.checkbox(&mut on, &words).changed() {
            asks.push(Asks::Tick(vec![place], on));
        }
    } else {
        let theme = tokens(ui);
        ui.add(egui::Label::new(RichText::new(words).color(theme.ink_second)).wrap());
    }
}
