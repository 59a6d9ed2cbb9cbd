//! The organisations that the CCG commissions from: their names, what they were asked, and what they answered.

use super::Outcome;
use crate::app::DraftKey;
use crate::model::intent::intelligence::{add_provider, delete_provider, move_provider, rename_provider};
use crate::model::signal::Facts;
use crate::model::text::{count, same_words};
use crate::model::{Entity, Id, Plan, Provider};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{field, icon_button, text_field};
use egui::{Button, Key, Label, RichText, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the dialog remembers between frames.
#[derive(Default)]
pub struct Providers {
    /// The provider that is shown; the first until one is chosen.
    pub selected: Option<Id>,
    adding: String,
    name: String,
    /// Whose name stands in the field, and what it was.
    named: Option<(Id, String)>,
    refused: Option<String>,
    counts: Counts,
}

/// How much is of each provider, kept as long as the facts stay.
#[derive(Default)]
struct Counts {
    of: Option<Arc<Facts>>,
    by: BTreeMap<Id, (usize, usize)>,
}

impl Counts {
    fn follow(&mut self, facts: Option<&Arc<Facts>>) {
        let Some(facts) = facts else { return };
        if self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, facts)) {
            return;
        }
        let mut places = vec![0_usize; facts.providers.len()];
        for fact in &facts.signals {
            if let Some(number) = places.get_mut(fact.provider as usize) {
                *number += 1;
            }
        }
        self.by.clear();
        for (id, number) in facts.providers.iter().zip(places) {
            if let Some(id) = id {
                self.by.entry(*id).or_default().0 += number;
            }
        }
        for id in facts.measures.iter().filter_map(|fact| fact.provider) {
            self.by.entry(id).or_default().1 += 1;
        }
        self.of = Some(Arc::clone(facts));
    }

    /// Signals and numbers of a provider; `None` until the file has answered.
    fn of(&self, id: Id) -> Option<(usize, usize)> {
        self.of.as_ref().map(|_| self.by.get(&id).copied().unwrap_or_default())
    }
}

/// Draws the dialog. `facts` are `None` until the file has answered.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Providers, facts: Option<&Arc<Facts>>) -> Outcome {
    state.counts.follow(facts);
    let all = ctx.plan.providers_in_order();
    // one that was just added is not in the plan for a moment
    let known = state.selected.filter(|id| ctx.plan.providers.contains_key(id));
    let shown = known.or_else(|| all.first().map(|row| row.id));
    let height = (ui.ctx().content_rect().height() - 200.0).clamp(200.0, 520.0);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(290.0);
            list(ui, ctx, state, &all, shown, height);
        });
        ui.separator();
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ui.set_min_height(height);
            match shown.and_then(|id| ctx.plan.providers.get(&id)) {
                Some(row) => details(ui, ctx, state, row),
                None => {
                    ui.label("The plan has no provider yet. They come with the first import, or add one here.");
                }
            }
        });
    });
    Outcome::Open
}

fn list(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Providers, all: &[&Provider], shown: Option<Id>, height: f32) {
    let area = ScrollArea::vertical().id_salt("providers").max_height(height - 44.0).auto_shrink([false, true]);
    area.show_rows(ui, 26.0, all.len(), |ui, range| {
        for row in range.filter_map(|at| all.get(at)) {
            let chosen = shown == Some(row.id);
            let button = Button::selectable(chosen, row.name.as_str()).truncate();
            if ui.add_sized([ui.available_width() - 6.0, 26.0], button.right_text("")).clicked() && !chosen {
                ctx.send(Wish::Flush);
                state.selected = Some(row.id);
                state.refused = None;
            }
        }
    });
    if !ctx.editable {
        return;
    }
    ui.horizontal(|ui| {
        let hint = RichText::new("Name of another").color(tokens(ui).ink_faint);
        let edit = TextEdit::singleline(&mut state.adding).hint_text(hint).desired_width(190.0);
        let response = ui.add(edit.margin(egui::Margin::symmetric(8, 5))).accessible_name("Name of a provider to add");
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let name = state.adding.trim().to_owned();
        let free = !name.is_empty() && !is_taken(ctx.plan, &name, None);
        if (ui.add_enabled(free, Button::new("Add")).clicked() || entered) && free {
            let row = Provider { id: Id::random(), name, ..Provider::default() };
            state.selected = Some(row.id);
            ctx.edit(add_provider(ctx.plan, row));
            state.adding.clear();
        }
    });
    if is_taken(ctx.plan, state.adding.trim(), None) {
        problem(ui, "The plan has a provider of that name.");
    }
}

/// Whether another provider has a name or goes by it.
fn is_taken(plan: &Plan, name: &str, besides: Option<Id>) -> bool {
    let mut others = plan.providers.values().filter(|row| Some(row.id) != besides);
    !name.is_empty()
        && others.any(|row| same_words(&row.name, name) || row.aliases.lines().any(|l| same_words(l, name)))
}

fn details(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Providers, row: &Provider) {
    name_field(ui, ctx, state, row);
    let key = |field| DraftKey::Field(Entity::Provider, row.id, field);
    text_field(ui, ctx, key("kind"), "Kind, such as acute hospital or community services", 1);
    text_field(ui, ctx, key("aliases"), "Other names that sources use for it, one on a line", 3);
    text_field(ui, ctx, key("board_response"), "How its board answered the report", 2);
    text_field(ui, ctx, key("action_plan"), "State of its own action plan", 2);
    ui.add_space(space::NORMAL);
    let words = match state.counts.of(row.id) {
        None => "Counting its signals…".to_owned(),
        Some((0, 0)) => "No signal is of it.".to_owned(),
        Some(of) => format!("{} are of it.", held(of)),
    };
    ui.label(RichText::new(words).size(size::SMALL).color(tokens(ui).ink_second));
    if !ctx.editable {
        return;
    }
    ui.horizontal(|ui| {
        places(ui, ctx, row.id);
        if ui.button("Delete this provider").clicked() {
            delete(ctx, state, row);
        }
    });
    if let Some(refused) = &state.refused {
        problem(ui, refused);
    }
}

fn name_field(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Providers, row: &Provider) {
    let now = (row.id, row.name.clone());
    if state.named.as_ref() != Some(&now) {
        state.name.clone_from(&row.name);
        state.named = Some(now);
    }
    field::label(ui, "Name");
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut state.name).desired_width(ui.available_width() - 90.0);
        let edit = edit.font(theme::strong(size::BODY)).interactive(ctx.editable).margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit).accessible_name("Name of this provider");
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let name = state.name.trim();
        let can = ctx.editable && !name.is_empty() && name != row.name && !is_taken(ctx.plan, name, Some(row.id));
        let button = ui.add_enabled(can, Button::new("Rename"));
        let button = button.on_hover_text("The old name is kept among the others: sources go on using it");
        if (button.clicked() || entered) && can {
            ctx.edit(rename_provider(ctx.plan, row.id, name));
        }
    });
    if is_taken(ctx.plan, state.name.trim(), Some(row.id)) {
        problem(ui, "Another provider has that name.");
    }
}

/// Earlier or later in the list.
fn places(ui: &mut Ui, ctx: &Ctx<'_>, id: Id) {
    let all = ctx.plan.providers_in_order();
    let Some(at) = all.iter().position(|row| row.id == id) else { return };
    if icon_button(ui, ICON_ARROW_UPWARD, "Move it up", at > 0).clicked()
        && let Some(before) = at.checked_sub(1).and_then(|at| all.get(at))
    {
        ctx.edit(move_provider(ctx.plan, id, Some(before.id)));
    }
    if icon_button(ui, ICON_ARROW_DOWNWARD, "Move it down", at + 1 < all.len()).clicked() {
        ctx.edit(move_provider(ctx.plan, id, all.get(at + 2).map(|row| row.id)));
    }
}

/// Deletes a provider that nothing is of; else says why not.
fn delete(ctx: &Ctx<'_>, state: &mut Providers, row: &Provider) {
    match state.counts.of(row.id) {
        None => state.refused = Some("Its signals are still being counted. Try again in a moment.".into()),
        Some((0, 0)) => {
            state.refused = None;
            ctx.edit(delete_provider(ctx.plan, row.id));
        }
        Some(of) => {
            state.refused = Some(format!(
                "It cannot be deleted: {} are of it, and would be of nobody. Delete them first, or undo the import that they came with.",
                held(of)
            ));
        }
    }
}

/// "120 signals and 24 numbers by month".
fn held((signals, measures): (usize, usize)) -> String {
    match (signals, measures) {
        (signals, 0) => count(signals, "signal"),
        (0, measures) => format!("{} by month", count(measures, "number")),
        (signals, measures) => format!("{} and {} by month", count(signals, "signal"), count(measures, "number")),
    }
}

fn problem(ui: &mut Ui, words: &str) {
    let theme = tokens(ui);
    ui.add(Label::new(RichText::new(words).size(size::SMALL).color(theme.tint(Tone::Bad).ink)).wrap());
}
