//! Beside the board: everything of one card, and what can be done with it.

use super::ask::{Ask, Asking};
use super::{TimelineTab, actions_of};
use crate::app::DraftKey;
use crate::model::due::{Due, Every, Month, meanings};
use crate::model::intent;
use crate::model::timeline::{DueRow, Entry, Kind};
use crate::model::{Entity, Id};
use crate::ui::context::{Ctx, Wish};
use crate::ui::editor::{action_card, action_fields, due_in_words, notes, remarks};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, field, icon_button, link_button, pill};
use egui::{RichText, ScrollArea, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_HISTORY};

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub(super) struct DetailsView {
    /// It is shown.
    pub(super) shown: bool,
    /// Put the keyboard's focus into it in the next frame.
    pub(super) focus: bool,
    open_action: Option<Id>,
}

/// Draws the panel for a row.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab, row: DueRow) {
    let theme = tokens(ui);
    let Some((_, timeline)) = &tab.timeline else { return };
    let Some(entry) = timeline.place_of(row).and_then(|place| timeline.entry(place)) else { return };
    let view = &mut tab.details;
    let mut close = false;
    ui.horizontal(|ui| {
        let what = match entry.kind {
            Kind::Action(_) => "Action",
            Kind::Responsibility(_) => "Key responsibility",
        };
        ui.label(RichText::new(what).color(theme.ink_second));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = icon_button(ui, ICON_CLOSE, "Close the card", true);
            if std::mem::take(&mut view.focus) {
                button.request_focus();
            }
            close = button.clicked();
            if icon_button(ui, ICON_HISTORY, "History of this card", true).clicked() {
                ctx.send(Wish::HistoryOf(row.id()));
            }
        });
    });
    ScrollArea::vertical().id_salt(("card", row)).auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::NORMAL);
        ui.add(egui::Label::new(RichText::new(entry.text(ctx.plan)).font(theme::strong(size::BODY))).wrap());
        let overdue = entry.is_overdue(ctx.as_at);
        let shown = crate::model::state::Shown::of(entry.state).tentative(entry.tentative).overdue(overdue);
        pill(ui, &Badge::shown(shown, ctx.state_words));
        ui.add_space(space::TIGHT);
        if ctx.editable {
            buttons(ui, ctx, tab.timeline.as_ref().map(|(_, timeline)| actions_of(timeline, &[row])), entry);
        }
        dues(ui, ctx, entry);
        match entry.kind {
            Kind::Action(id) => action(ui, ctx, entry, id),
            Kind::Responsibility(id) => responsibility(ui, ctx, &mut view.open_action, entry, id),
        }
        links(ui, ctx, entry);
        ui.add_space(40.0);
    });
    if close {
        tab.details.shown = false;
    }
}

/// Why there is no tick to take back.
const OVER_BY_ACTIONS: &str = "Nobody ticked it: all its actions are done with. Change the progress of one below";

fn buttons(ui: &mut Ui, ctx: &Ctx<'_>, actions: Option<Vec<Id>>, entry: &Entry) {
    let actions = actions.unwrap_or_default();
    let ask = |ask: Ask, words: &str| {
        ctx.send(Wish::Ask(Box::new(Asking::new(ask, words.to_owned(), ctx.as_at))));
    };
    ui.horizontal_wrapped(|ui| {
        if ui.button("New due…").on_hover_text("R; or drag the card, or Ctrl+Right").clicked() {
            ask(Ask::Revise(vec![entry.row]), entry.due_words(ctx.plan));
        }
        if entry.is_over() {
            let edit = intent::reopen(ctx.plan, &[entry.row]);
            let button = ui.add_enabled(!edit.is_empty(), egui::Button::new("Reopen"));
            let tip = "Takes the tick back; notes stay";
            if button.on_hover_text(tip).on_disabled_hover_text(OVER_BY_ACTIONS).clicked() {
                ctx.edit(edit);
            }
        } else if ui.button("Done…").on_hover_text("D").clicked() {
            ask(Ask::Complete(vec![entry.row]), "");
        }
        if !actions.is_empty() && ui.button("Note…").on_hover_text("N").clicked() {
            ask(Ask::Note(actions.clone()), "");
        }
        ui.menu_button("More ▾", |ui| more(ui, ctx, &actions, entry, &ask))
            .response
            .accessible_name("More for this card");
    });
    ui.add_space(space::TIGHT);
}

fn more(ui: &mut Ui, ctx: &Ctx<'_>, actions: &[Id], entry: &Entry, ask: &impl Fn(Ask, &str)) {
    ui.set_min_width(200.0);
    if !actions.is_empty() {
        if ui.button("Next review…").clicked() {
            ask(Ask::Review(actions.to_vec()), "");
        }
        if ui.button("Owner…").clicked() {
            ask(Ask::Owner(actions.to_vec()), "");
        }
    }
    if let Kind::Action(id) = entry.kind {
        if ui.button("Split…").clicked() {
            ask(Ask::Split(id), "");
        }
        if ui.button("Duplicate").clicked() {
            ctx.edit(intent::duplicate_action(ctx.plan, id, Id::random()));
        }
    }
    if let DueRow::Timescale(id) = entry.row {
        if ui.button("Whose due is this?…").on_hover_text("P").clicked() {
            ask(Ask::Pair(id), "");
        }
        let paired = ctx.plan.timescales.get(&id).is_some_and(|row| row.action.is_some());
        if paired && ui.button("Take it off its action").clicked() {
            ctx.edit(intent::pair(ctx.plan, id, None));
        }
    }
}

/// The due as it is, how it is read, and every due before it.
fn dues(ui: &mut Ui, ctx: &Ctx<'_>, entry: &Entry) {
    let theme = tokens(ui);
    field::label(ui, "Due");
    let words = entry.due_words(ctx.plan);
    let words = if words.is_empty() { "No date" } else { words };
    ui.add(egui::Label::new(words).wrap());
    let reading = RichText::new(format!("Read as: {}", due_in_words(entry.due))).size(size::SMALL);
    ui.label(reading.color(theme.ink_second));
    if entry.due.must_ask() {
        which(ui, ctx, entry);
    }
    overrule(ui, ctx, entry);
    let moves = entry.moves(ctx.plan, ctx.index);
    if moves.len() > 1 {
        ui.add_space(space::TIGHT);
        let slipped = match entry.slips {
            0 => "How it was before".to_owned(),
            1 => "Slipped once".to_owned(),
            2 => "Slipped twice".to_owned(),
            more => format!("Slipped {more} times"),
        };
        field::label(ui, &slipped);
        for step in moves {
            let when = step.date.map(|day| format!(", {}", day.format("%-d %B %Y"))).unwrap_or_default();
            let why = if step.reason.is_empty() { String::new() } else { format!(": {}", step.reason) };
            let line = format!("{}{when}{why}", step.words);
            let text = RichText::new(line).size(size::SMALL).color(theme.ink_second);
            ui.add(egui::Label::new(text).wrap());
        }
    }
    ui.add_space(space::NORMAL);
}

/// Words that mean two things: the person says which, and the answer is kept.
fn which(ui: &mut Ui, ctx: &Ctx<'_>, entry: &Entry) {
    let theme = tokens(ui);
    let text = RichText::new("This can mean two things. Which?").size(size::SMALL);
    ui.label(text.color(theme.tint(theme::Tone::Amber).ink));
    ui.horizontal_wrapped(|ui| {
        for meant in meanings(entry.due_words(ctx.plan), ctx.plan.due_anchor()) {
            if ui.add_enabled(ctx.editable, egui::Button::new(sentence_case(&meant.words()))).clicked() {
                ctx.edit(intent::read_due_as(ctx.plan, entry.row, Some(meant)));
            }
        }
    });
}

/// How the due is read is not always how it is meant.
fn overrule(ui: &mut Ui, ctx: &Ctx<'_>, entry: &Entry) {
    if !ctx.editable || entry.due_words(ctx.plan).is_empty() {
        return;
    }
    let overruled = match entry.row {
        DueRow::Action(id) => ctx.plan.actions.get(&id).is_some_and(|row| !row.due_reading.is_empty()),
        DueRow::Timescale(id) => ctx.plan.timescales.get(&id).is_some_and(|row| !row.reading.is_empty()),
    };
    if overruled && link_button(ui, "Read the words again").clicked() {
        ctx.edit(intent::read_due_as(ctx.plan, entry.row, None));
    }
    let menu = ui.menu_button(RichText::new("Read it otherwise ▾").size(size::SMALL), |ui| {
        ui.set_min_width(210.0);
        let set = |ui: &Ui, due: Due| {
            ctx.edit(intent::read_due_as(ctx.plan, entry.row, Some(due)));
            ui.close();
        };
        let from = Month::of(ctx.as_at);
        ui.menu_button("By the end of a month", |ui| {
            ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                for months in -3..24 {
                    let month = from.plus(months);
                    if ui.button(month.label()).clicked() {
                        set(ui, Due::Month { month, day: None });
                    }
                }
            });
        });
        ui.menu_button("Again and again", |ui| {
            for every in Every::ALL {
                let due = Due::Recurring { every: Some(*every), start: None };
                if ui.button(sentence_case(&due_in_words(due))).clicked() {
                    set(ui, due);
                }
            }
        });
        if ui.button("Ongoing").clicked() {
            set(ui, Due::Ongoing);
        }
        if ui.button("No date").clicked() {
            set(ui, Due::None);
        }
    });
    menu.response.on_hover_text("The words stay as they are");
}

fn action(ui: &mut Ui, ctx: &Ctx<'_>, entry: &Entry, id: Id) {
    let Some(row) = ctx.plan.actions.get(&id) else { return };
    if !ctx.index.updates(ctx.plan, id).is_empty() {
        field::label(ui, "Progress notes");
        notes(ui, ctx, id);
        ui.add_space(space::NORMAL);
    }
    crate::ui::complaints::linked_findings(ui, ctx, id);
    ui.push_id(("details", entry.row), |ui| action_fields(ui, ctx, row, false));
    remarks(ui, ctx, id);
}

fn responsibility(ui: &mut Ui, ctx: &Ctx<'_>, open: &mut Option<Id>, entry: &Entry, id: Id) {
    let theme = tokens(ui);
    field::text_field(ui, ctx, DraftKey::Field(Entity::Responsibility, id, "text"), "Key responsibility", 3);
    ui.add_space(space::NORMAL);
    let several = ctx.index.timescales(ctx.plan, id).len() > 1;
    let heading = if several { "Its actions that no timescale was paired with" } else { "Its actions" };
    field::label(ui, heading);
    if entry.actions.is_empty() {
        ui.label(RichText::new("None").color(theme.ink_second));
    }
    for row in entry.actions.iter().filter_map(|id| ctx.plan.actions.get(id)) {
        action_card(ui, ctx, open, row, None);
        if let DueRow::Timescale(timescale) = entry.row
            && several
            && ctx.editable
            && link_button(ui, "This is its due").on_hover_text("Pairs the timescale with this action").clicked()
        {
            ctx.edit(intent::pair(ctx.plan, timescale, Some(row.id)));
        }
        ui.separator();
    }
}

/// The recommendations it serves, each leading to its row of the grid.
fn links(ui: &mut Ui, ctx: &Ctx<'_>, entry: &Entry) {
    if entry.recommendations().is_empty() {
        return;
    }
    ui.add_space(space::NORMAL);
    field::label(ui, "Recommendations it serves");
    for row in entry.recommendations().iter().filter_map(|id| ctx.plan.recommendations.get(id)) {
        let words = format!("{} {}", ctx.plan.reference_name(row), row.shown_title());
        if link_button(ui, words.trim()).on_hover_text("Show it in the grid").clicked() {
            ctx.send(Wish::Select(Some(row.id)));
        }
    }
}
