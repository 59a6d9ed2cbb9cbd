//! The timeline's filters, each with how many cards its choices would show.

use super::TimelineTab;
use crate::model::state::Shown;
use crate::model::timeline::{Choice, Facets};
use crate::model::{Id, Plan};
use crate::ui::context::{Ctx, Wish};
use crate::ui::widgets::menus::{short, tick_list};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{chip, drop_down, link_button};
use egui::Ui;
use std::collections::BTreeSet;

/// Below this width the filters that are used less stand in one menu.
const ROOM_FOR_ALL: f32 = 720.0;
/// Below this one the switches stand there too.
const ROOM_FOR_SWITCHES: f32 = 430.0;

/// Draws the filters.
pub(super) fn filters(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab, room: f32) {
    let Some(worked) = &tab.worked else { return };
    let facets = worked.facets.clone();
    let filter = &mut tab.filter;
    people(ui, "owners", "Owner", &facets.owners, &mut filter.owners);
    let word = |state: Shown| sentence_case(ctx.state_words.word(state));
    choices(ui, "states", "State", &facets.states, &mut filter.states, |state| word(*state));
    if room > ROOM_FOR_ALL {
        rows(ui, ctx, tab, &facets);
    }
    if room > ROOM_FOR_SWITCHES {
        switches(ui, ctx, tab, &facets, room);
    }
    let narrow = room <= ROOM_FOR_ALL;
    let more = chip(ui, "More ▾", false);
    egui::Popup::menu(&more).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_min_width(230.0);
        if room <= ROOM_FOR_SWITCHES {
            switches(ui, ctx, tab, &facets, room);
        }
        if narrow {
            rows(ui, ctx, tab, &facets);
            soon(ui, tab, &facets);
            ui.separator();
        }
        people(ui, "partners", "Partner", &facets.partners, &mut tab.filter.partners);
        let name = |id: &Option<Id>| recommendation(ctx.plan, *id);
        choices(
            ui,
            "recommendations",
            "Recommendation",
            &facets.recommendations,
            &mut tab.filter.recommendations,
            name,
        );
        ui.separator();
        ui.checkbox(&mut tab.empty_months, "Show empty months");
        let mut shown = !tab.burn_up_hidden;
        if ui.checkbox(&mut shown, "Show due and done").changed() {
            tab.burn_up_hidden = !shown;
        }
    });
    if !tab.filter.is_empty() && link_button(ui, "Show all").clicked() {
        tab.filter.clear();
    }
}

/// Responsibility and theme.
fn rows(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab, facets: &Facets) {
    let theme_name = |id: &Option<Id>| {
        id.and_then(|id| ctx.plan.themes.get(&id)).map_or_else(|| "No theme".to_owned(), |row| row.title.clone())
    };
    choices(ui, "themes", "Theme", &facets.themes, &mut tab.filter.themes, theme_name);
    let heading = |id: &Option<Id>| {
        let row = id.and_then(|id| ctx.plan.responsibilities.get(&id));
        row.map_or_else(|| "Under no responsibility".to_owned(), |row| row.text.clone())
    };
    let chosen = &mut tab.filter.responsibilities;
    choices(ui, "responsibilities", "Responsibility", &facets.responsibilities, chosen, heading);
}

/// What is on or off.
fn switches(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab, facets: &Facets, room: f32) {
    let mine = format!("Mine · {}", facets.mine);
    let response = chip(ui, &mine, tab.filter.only_mine);
    if tab.filter.mine.0.is_empty() {
        if response.on_hover_text("Say first, in the settings, which roles are yours").clicked() {
            ctx.send(Wish::Run(crate::app::Command::Settings));
        }
    } else if response.on_hover_text(format!("Owned or shared by: {}", tab.filter.mine.0.join(", "))).clicked() {
        tab.filter.only_mine = !tab.filter.only_mine;
    }
    if room > ROOM_FOR_ALL {
        soon(ui, tab, facets);
    }
    let twice = format!("Slipped twice · {}", facets.slipped_twice);
    if chip(ui, &twice, tab.filter.slipped_twice).on_hover_text("Put off twice or more").clicked() {
        tab.filter.slipped_twice = !tab.filter.slipped_twice;
    }
}

/// Due in the next weeks, and how many those are.
fn soon(ui: &mut Ui, tab: &mut TimelineTab, facets: &Facets) {
    let weeks = tab.filter.soon_weeks();
    let words = if weeks == 1 { "Due in a week".to_owned() } else { format!("Due in {weeks} weeks") };
    let label = format!("{words} · {}", facets.soon);
    let on = tab.filter.only_soon;
    drop_down(ui, "soon", &label, on, |ui| {
        ui.checkbox(&mut tab.filter.only_soon, "Show only these");
        ui.label("In the next");
        for choice in [1, 2, 4, 6, 8, 13, 26] {
            let words = if choice == 1 { "week".to_owned() } else { format!("{choice} weeks") };
            if ui.radio(weeks == choice, words).clicked() {
                tab.filter.weeks = choice;
                tab.filter.only_soon = true;
            }
        }
    });
}

fn recommendation(plan: &Plan, id: Option<Id>) -> String {
    let Some(row) = id.and_then(|id| plan.recommendations.get(&id)) else { return "Serves none".into() };
    format!("{} {}", plan.reference_name(row), row.shown_title()).trim().to_owned()
}

fn people(ui: &mut Ui, id: &str, name: &str, all: &[Choice<String>], chosen: &mut BTreeSet<String>) {
    let none = format!("No {}", name.to_lowercase());
    choices(ui, id, name, all, chosen, |value: &String| if value.is_empty() { none.clone() } else { value.clone() });
}

/// A chip that opens a list to tick.
fn choices<T: Clone + Ord>(
    ui: &mut Ui,
    id: &str,
    name: &str,
    all: &[Choice<T>],
    chosen: &mut BTreeSet<T>,
    word: impl Fn(&T) -> String,
) {
    let label = match chosen.iter().next() {
        None => name.to_owned(),
        Some(one) if chosen.len() == 1 => format!("{}: {}", name, short(&word(one), 22)),
        Some(_) => format!("{name}: {}", chosen.len()),
    };
    drop_down(ui, id, &label, !chosen.is_empty(), |ui| {
        ui.set_min_width(220.0);
        ui.set_max_width(420.0);
        tick_list(ui, all.iter().map(|choice| (&choice.value, choice.count)), chosen, &word);
    });
}
