//! The themes that signals are counted under, and the subjects that lead to each.

mod digest;
mod subjects;

use super::Outcome;
use crate::model::intelligence::{Intelligence, themes_of};
use crate::model::intent::intelligence::{
    add_signal_theme, delete_signal_theme, merge_signal_themes, move_signal_theme, rename_signal_theme, set_not_asked,
};
use crate::model::signal::{Facts, Source};
use crate::model::text::{count, same_words};
use crate::model::{Id, SignalTheme};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{field, icon_button, pill::sentence_case};
use digest::Digest;
use egui::{Button, ComboBox, Key, Label, RichText, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD};
use std::sync::Arc;

/// What the dialog remembers between frames.
#[derive(Default)]
pub struct SignalThemes {
    /// The theme that is shown; `None` for the subjects that lead to none.
    pub selected: Option<Id>,
    begun: bool,
    adding: String,
    title: String,
    /// Whose title stands in the field, and what it was.
    titled: Option<(Id, String)>,
    digest: Digest,
}

/// Draws the dialog. Without facts and intelligence the themes stand there without their counts.
pub fn show(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    state: &mut SignalThemes,
    facts: Option<&Arc<Facts>>,
    intelligence: Option<&Arc<Intelligence>>,
) -> Outcome {
    if let (Some(facts), Some(intelligence)) = (facts, intelligence) {
        state.digest.follow(ctx.plan, facts, intelligence);
    } else {
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
    }
    let themes = themes_of(ctx.plan);
    if !state.begun && state.digest.is_ready() {
        // what is left to do comes first; where nothing is, the first theme
        state.begun = true;
        if state.digest.open() == 0 && state.selected.is_none() {
            state.selected = themes.first().map(|row| row.id);
        }
    }
    // one that was just added is not in the plan for a moment
    let shown = state.selected.and_then(|id| themes.iter().find(|row| row.id == id));
    let height = (ui.ctx().content_rect().height() - 190.0).clamp(200.0, 560.0);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(300.0);
            list(ui, ctx, state, &themes, height);
        });
        ui.separator();
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ui.set_min_height(height);
            match shown {
                Some(row) => details(ui, ctx, state, row, &themes, intelligence, height),
                None => subjects::unmapped(ui, ctx, &state.digest, &themes, height),
            }
        });
    });
    Outcome::Open
}

fn list(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut SignalThemes, themes: &[SignalTheme], height: f32) {
    let area = ScrollArea::vertical().id_salt("themes").max_height(height - 44.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        let open = state.digest.open();
        let words = if open > 0 { format!("Not mapped: {}", count(open, "subject")) } else { "Not mapped".to_owned() };
        entry(ui, &mut state.selected, None, &words, None);
        for row in themes {
            let number = state.digest.theme(row.id).map(|theme| theme.signals);
            entry(ui, &mut state.selected, Some(row.id), &row.title, number);
        }
    });
    if !ctx.editable {
        return;
    }
    ui.horizontal(|ui| {
        let hint = RichText::new("Title of another").color(tokens(ui).ink_faint);
        let edit = TextEdit::singleline(&mut state.adding).hint_text(hint).desired_width(200.0);
        let response = ui.add(edit.margin(egui::Margin::symmetric(8, 5))).accessible_name("Title of a theme to add");
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let title = state.adding.trim().to_owned();
        let free = !title.is_empty() && !themes.iter().any(|row| same_words(&row.title, &title));
        if (ui.add_enabled(free, Button::new("Add")).clicked() || entered) && free {
            let id = Id::random();
            ctx.edit(add_signal_theme(ctx.plan, id, &title));
            state.selected = Some(id);
            state.adding.clear();
        }
    });
}

fn entry(ui: &mut Ui, selected: &mut Option<Id>, id: Option<Id>, title: &str, number: Option<u64>) {
    let chosen = *selected == id;
    let button = Button::selectable(chosen, title.to_owned())
        .truncate()
        .right_text(number.map(|n| n.to_string()).unwrap_or_default());
    let response = ui.add_sized([ui.available_width() - 6.0, 26.0], button);
    let held = |number| format!("{title}: {}", count(usize::try_from(number).unwrap_or(usize::MAX), "signal"));
    let spoken = number.map_or_else(|| title.to_owned(), held);
    if response.accessible_name(spoken).clicked() {
        *selected = id;
    }
}

fn details(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    state: &mut SignalThemes,
    row: &SignalTheme,
    themes: &[SignalTheme],
    intelligence: Option<&Arc<Intelligence>>,
    height: f32,
) {
    title_field(ui, ctx, state, row, themes);
    if ctx.editable {
        ui.horizontal_wrapped(|ui| {
            places(ui, ctx, row.id, themes);
            let combo = ComboBox::from_id_salt("merge").selected_text("Merge into…").width(170.0);
            let response = combo.show_ui(ui, |ui| {
                for other in themes.iter().filter(|other| other.id != row.id) {
                    if ui.selectable_label(false, &other.title).clicked() {
                        let in_use = intelligence.map(|all| all.subjects_of(row.id)).unwrap_or_default();
                        ctx.edit(merge_signal_themes(ctx.plan, row.id, other.id, &in_use));
                        state.selected = Some(other.id);
                    }
                }
            });
            response.response.accessible_name(format!("Merge “{}” into another theme", row.title));
            let tip = "Its subjects then lead to no theme until they are mapped again. Undo brings it back";
            if ui.button("Delete this theme").on_hover_text(tip).clicked() {
                ctx.edit(delete_signal_theme(ctx.plan, row.id));
                state.selected = None;
            }
        });
    }
    let area = ScrollArea::vertical().id_salt(("subjects", row.id)).max_height(height - 120.0).auto_shrink(false);
    area.show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        subjects::of_theme(ui, ctx, &state.digest, row, themes);
        ui.add_space(space::NORMAL);
        not_asked(ui, ctx, row);
    });
}

fn title_field(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut SignalThemes, row: &SignalTheme, themes: &[SignalTheme]) {
    let now = (row.id, row.title.clone());
    if state.titled.as_ref() != Some(&now) {
        state.title.clone_from(&row.title);
        state.titled = Some(now);
    }
    field::label(ui, "Title");
    let taken = themes.iter().any(|other| other.id != row.id && same_words(&other.title, state.title.trim()));
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut state.title).desired_width(ui.available_width() - 90.0);
        let edit = edit.font(theme::strong(size::BODY)).interactive(ctx.editable).margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit).accessible_name("Title of this theme");
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let title = state.title.trim();
        let can = ctx.editable && !title.is_empty() && title != row.title && !taken;
        if (ui.add_enabled(can, Button::new("Rename")).clicked() || entered) && can {
            ctx.edit(rename_signal_theme(ctx.plan, row.id, title));
        }
    });
    if taken {
        let words = "Another theme has that title. To make one of the two, merge them.";
        ui.label(RichText::new(words).size(size::SMALL).color(tokens(ui).tint(Tone::Bad).ink));
    }
}

/// Earlier or later in the list.
fn places(ui: &mut Ui, ctx: &Ctx<'_>, id: Id, themes: &[SignalTheme]) {
    let Some(at) = themes.iter().position(|row| row.id == id) else { return };
    if icon_button(ui, ICON_ARROW_UPWARD, "Move it up", at > 0).clicked()
        && let Some(before) = at.checked_sub(1).and_then(|at| themes.get(at))
    {
        ctx.edit(move_signal_theme(ctx.plan, id, Some(before.id)));
    }
    if icon_button(ui, ICON_ARROW_DOWNWARD, "Move it down", at + 1 < themes.len()).clicked() {
        ctx.edit(move_signal_theme(ctx.plan, id, themes.get(at + 2).map(|row| row.id)));
    }
}

/// The sources that say nothing about a theme.
fn not_asked(ui: &mut Ui, ctx: &Ctx<'_>, row: &SignalTheme) {
    ui.label(RichText::new("Sources that say nothing about it").font(theme::strong(size::BODY)));
    let words = "The matrix then shows “not asked” for them and not a zero, and they do not count as missing.";
    ui.add(Label::new(RichText::new(words).size(size::SMALL).color(tokens(ui).ink_second)).wrap());
    let mut silent: Vec<Source> = row.not_asked.lines().filter_map(Source::from_word).collect();
    ui.horizontal_wrapped(|ui| {
        for source in Source::ALL {
            let mut is = silent.contains(source);
            let tick = egui::Checkbox::new(&mut is, sentence_case(source.several()));
            let spoken = format!("{} say nothing about it", sentence_case(source.several()));
            if ui.add_enabled(ctx.editable, tick).accessible_name(spoken).changed() {
                silent.retain(|other| other != source);
                if is {
                    silent.push(*source);
                }
                ctx.edit(set_not_asked(ctx.plan, row.id, &silent));
            }
        }
    });
}
