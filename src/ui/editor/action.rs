//! An action as a card: its words and state, and when opened all its fields.

use crate::app::DraftKey;
use crate::model::due::{Due, meanings};
use crate::model::state::Shown;
use crate::model::{Action, ActionState, Entity, Id, intent, story};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, choice_field, date_field, draw_shape, link_button, text_field};
use egui::{RichText, Sense, Ui};

/// Draws an action. `open` is the one whose fields are shown; `under` is the recommendation it is
/// shown at, if any.
pub fn action_card(ui: &mut Ui, ctx: &Ctx<'_>, open: &mut Option<Id>, action: &Action, under: Option<Id>) {
    let is_open = *open == Some(action.id);
    let response = headline(ui, ctx, action, is_open, under);
    if response.clicked() {
        *open = (!is_open).then_some(action.id);
    }
    if is_open {
        let theme = tokens(ui);
        egui::Frame::new().fill(theme.ground).corner_radius(4).inner_margin(egui::Margin::same(10)).show(ui, |ui| {
            action_fields(ui, ctx, action, true);
            crate::ui::complaints::linked_findings(ui, ctx, action.id);
            super::remarks(ui, ctx, action.id);
            place(ui, ctx, action, under);
        });
    }
}

fn headline(ui: &mut Ui, ctx: &Ctx<'_>, action: &Action, is_open: bool, under: Option<Id>) -> egui::Response {
    let theme = tokens(ui);
    let overdue = ctx.index.is_overdue(ctx.plan, action, ctx.as_at);
    let badge = Badge::shown(Shown::of(action.state).tentative(action.tentative).overdue(overdue), ctx.state_words);
    let owner = if action.owner.is_empty() { "No owner" } else { &action.owner };
    let due = ctx.index.due(ctx.plan, action);
    let due = match due.text() {
        words if words.is_empty() => "no date".into(),
        words if due.inherited => format!("{words} (from its responsibility)"),
        words => words,
    };
    let inner = ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, size::LINE), Sense::hover());
        if let Some(shape) = badge.shape {
            draw_shape(ui.painter(), rect.center(), 10.0, shape, theme.tint(badge.tone).ink);
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let words = if action.text.is_empty() { "New action" } else { &action.text };
            ui.add(egui::Label::new(words).wrap().selectable(false));
            let elsewhere = under.map(|_| super::actions::served(ctx, action.id, under)).unwrap_or_default();
            let also = if elsewhere.is_empty() { String::new() } else { format!(" · also at {elsewhere}") };
            let aside = format!("{} · {owner} · {due}{also}", badge.word);
            ui.add(
                egui::Label::new(RichText::new(aside).size(size::SMALL).color(theme.ink_second))
                    .wrap()
                    .selectable(false),
            );
        });
    });
    let response = inner.response.interact(Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    let verb = if is_open { "Close" } else { "Edit" };
    let name = format!("{verb} action: {}, {}", action.text, badge.word);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name));
    response
}

/// Everything of an action that can be typed or chosen.
///
/// The due is left out where `with_due` is false: the timeline asks for the reason of a new one.
pub fn action_fields(ui: &mut Ui, ctx: &Ctx<'_>, action: &Action, with_due: bool) {
    let key = |field| DraftKey::Field(Entity::Action, action.id, field);
    text_field(ui, ctx, key("text"), "Action", 2);
    ui.columns_const(|[left, right]| {
        let word = |state: ActionState| sentence_case(ctx.state_words.word(Shown::of(state)));
        if let Some(Some(state)) =
            choice_field(left, "Progress", ctx.editable, Some(action.state), ActionState::ALL, word)
        {
            // with it comes or goes the day it was done, as everywhere else
            ctx.edit(intent::set_states(ctx.plan, &[action.id], state, ctx.as_at));
        }
        text_field(right, ctx, key("owner"), "Owner", 1);
    });
    if with_due {
        text_field(ui, ctx, key("due_words"), "Due, in your words", 1);
        due_reading(ui, ctx, action);
    }
    let mut tentative = action.tentative;
    if ui
        .add_enabled(ctx.editable, egui::Checkbox::new(&mut tentative, "Tentative: not confirmed, never overdue"))
        .changed()
    {
        let label = if tentative { "Mark an action as tentative" } else { "Confirm an action" };
        ctx.edit(intent::update::<Action>(ctx.plan, action.id, label, |row| row.tentative = tentative));
    }
    ui.columns_const(|[left, right]| {
        text_field(left, ctx, key("partners"), "Partners", 1);
        date_field(right, ctx, key("done_on"), "Done on");
        date_field(left, ctx, key("starts_on"), "Starts on");
        date_field(right, ctx, key("next_review"), "Next review");
    });
}

/// The notes on an action, newest first. They are never overwritten, so there is nothing to type into.
pub fn notes(ui: &mut Ui, ctx: &Ctx<'_>, action: Id) {
    let theme = tokens(ui);
    for update in ctx.index.updates(ctx.plan, action).into_iter().rev() {
        let when = update.date.map_or_else(|| "Undated".into(), |date| date.format("%-d %B %Y").to_string());
        let due = if update.due.is_empty() { String::new() } else { format!("due from then on {}", update.due) };
        let state = update.state.map(|state| sentence_case(ctx.state_words.word(Shown::of(state)))).unwrap_or_default();
        let parts = [state, update.note.clone(), due, update.reason.clone()];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let text = RichText::new(format!("{when}: {}", parts.join(" · "))).size(size::SMALL).color(theme.ink_second);
        ui.add(egui::Label::new(text).wrap());
    }
}

/// What the due words are read as; where they can mean two things, which.
pub(super) fn due_reading(ui: &mut Ui, ctx: &Ctx<'_>, action: &Action) {
    let theme = tokens(ui);
    let due = Due::of(&action.due_words, &action.due_reading, ctx.plan.due_anchor());
    let set = |code: String| {
        ctx.edit(intent::update::<Action>(ctx.plan, action.id, "Say how the due is meant", |row| {
            row.due_reading = code;
        }));
    };
    if due.must_ask() {
        ui.label(
            RichText::new("This can mean two things. Which?").size(size::SMALL).color(theme.tint(Tone::Amber).ink),
        );
        ui.horizontal_wrapped(|ui| {
            for meant in meanings(&action.due_words, ctx.plan.due_anchor()) {
                if ui.add_enabled(ctx.editable, egui::Button::new(capital(&meant.words()))).clicked() {
                    set(meant.code());
                }
            }
        });
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("Read as: {}", due_in_words(due))).size(size::SMALL).color(theme.ink_second));
        if !action.due_reading.is_empty() && ctx.editable && link_button(ui, "Read the words again").clicked() {
            set(String::new());
        }
    });
}

/// A reading as people say it.
#[must_use]
pub fn due_in_words(due: Due) -> String {
    match due {
        Due::None => "no date".into(),
        Due::Ongoing => "ongoing".into(),
        Due::Month { day: Some(day), .. } => format!("by {}", day.format("%-d %B %Y")),
        Due::Month { month, .. } => format!("by the end of {}", month.label()),
        Due::From { start } => format!("starts in {}", start.label()),
        Due::Recurring { .. } => due.words(),
    }
}

/// A phrase as a button says it.
pub(in crate::ui) fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Where an action stands: its responsibility, the recommendations it serves, and how to take it away.
fn place(ui: &mut Ui, ctx: &Ctx<'_>, action: &Action, under: Option<Id>) {
    let responsibilities: Vec<Id> = ctx.plan.responsibilities_in_order().iter().map(|row| row.id).collect();
    if !responsibilities.is_empty() {
        let name = |id: Id| ctx.plan.responsibilities.get(&id).map_or_else(String::new, |row| row.text.clone());
        if let Some(chosen) =
            choice_field(ui, "Key responsibility", ctx.editable, action.responsibility, &responsibilities, name)
        {
            ctx.edit(intent::update::<Action>(ctx.plan, action.id, "Change responsibility of an action", |row| {
                row.responsibility = chosen;
            }));
        }
    }
    elsewhere(ui, ctx, action, under);
    notes(ui, ctx, action.id);
    if !ctx.editable {
        return;
    }
    ui.add_space(space::TIGHT);
    if let Some(recommendation) = under {
        order(ui, ctx, action, recommendation);
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(recommendation) = under
            && link_button(ui, "Take off this recommendation").clicked()
        {
            ctx.edit(intent::unlink(ctx.plan, recommendation, action.id));
        }
        if link_button(ui, "Delete the action").on_hover_text("You can undo this").clicked() {
            ctx.edit(intent::delete_action(ctx.plan, action.id));
        }
    });
}

/// Where else an action stands: it is one action, and what is changed here changes there.
fn elsewhere(ui: &mut Ui, ctx: &Ctx<'_>, action: &Action, under: Option<Id>) {
    let others: Vec<_> =
        ctx.index.served(ctx.plan, action.id).into_iter().filter(|row| Some(row.id) != under).collect();
    if others.is_empty() {
        return;
    }
    let small = |words: &str| RichText::new(words.to_owned()).size(size::SMALL).color(tokens(ui).ink_second);
    let (before, after) = if under.is_some() {
        ("Stands also at", small("What you change here changes there, too."))
    } else {
        ("Serves recommendations", small(""))
    };
    let before = small(before);
    ui.horizontal_wrapped(|ui| {
        ui.label(before);
        for row in others {
            let name = ctx.plan.reference_name(row);
            let button = link_button(ui, &name).on_hover_text(row.shown_title());
            if button.accessible_name(format!("Go to recommendation {name}")).clicked() {
                ctx.send(Wish::Select(Some(row.id)));
            }
        }
        if !after.is_empty() {
            ui.label(after);
        }
    });
}

/// Its place among the recommendation's actions.
fn order(ui: &mut Ui, ctx: &Ctx<'_>, action: &Action, recommendation: Id) {
    let all = ctx.index.actions(ctx.plan, recommendation);
    if all.len() < 2 {
        return;
    }
    let place = all.iter().position(|other| other.id == action.id).unwrap_or_default();
    ui.horizontal(|ui| {
        let told = format!("{} of {} here", place + 1, all.len());
        ui.label(RichText::new(told).size(size::SMALL).color(tokens(ui).ink_second));
        for (word, by, can) in [("Move up", -1, place > 0), ("Move down", 1, place + 1 < all.len())] {
            let button = ui.add_enabled(can, egui::Button::new(word).small());
            if button.accessible_name(format!("{word}: {}", action.text)).clicked() {
                ctx.edit(story::move_action(ctx.plan, recommendation, action.id, by));
            }
        }
    });
}
