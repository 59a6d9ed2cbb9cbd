//! The plan's themes: named, put in order, added, made one of two, deleted.

use super::Outcome;
use crate::app::Command;
use crate::model::intent::{Step, add_theme, delete_theme, merge_themes, rename_theme, theme_titled};
use crate::model::text::{count, same_words};
use crate::model::{Id, Theme};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::themes::Arrange;
use crate::ui::widgets::{field, icon_button, link_button, primary_button};
use egui::{
    Align, Button, ComboBox, CursorIcon, Key, Label, Layout, Modifiers, RichText, ScrollArea, Sense, TextEdit, Ui,
};
use egui_material_icons::icons::{ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_DELETE, ICON_DRAG_INDICATOR};
use std::collections::HashMap;

/// What the dialog remembers between frames.
#[derive(Default)]
pub struct Themes {
    adding: String,
    /// The title that is being typed, and whose it is.
    typing: Option<(Id, String)>,
    /// What is asked about a theme, under it.
    asking: Option<(Id, Asking)>,
    /// The theme that is dragged.
    dragged: Option<Id>,
    /// Whose line has the focus, and on which part of it.
    focus: Option<(Id, Spot)>,
    /// The same, to be given the focus again: its line has moved, or an arrow took it elsewhere.
    refocus: Option<(Id, Spot)>,
    /// The order of the last frame.
    order: Vec<Id>,
    /// What was done last, to be taken back here.
    done: Option<String>,
}

/// A part of a line that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spot {
    Grip,
    Title,
    Up,
    Down,
    Merge,
    Delete,
}

impl Themes {
    /// Notes a part of a theme's line that has the focus, and gives it the focus again where its line has moved.
    fn seen(&mut self, id: Id, spot: Spot, response: &egui::Response) {
        if self.refocus == Some((id, spot)) {
            self.refocus = None;
            response.request_focus();
            self.focus = Some((id, spot));
        } else if response.has_focus() {
            self.focus = Some((id, spot));
        }
    }
}

/// What is asked before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// Into which.
    Merge(Option<Id>),
    /// Whether its recommendations shall be without a theme.
    Delete,
}

/// How many recommendations stand under each theme, and under none.
struct Counts(HashMap<Option<Id>, usize>);

impl Counts {
    fn of(ctx: &Ctx<'_>) -> Self {
        let mut counts = HashMap::new();
        for row in ctx.plan.recommendations.values() {
            *counts.entry(row.theme.filter(|id| ctx.plan.themes.contains_key(id))).or_default() += 1;
        }
        Self(counts)
    }

    fn get(&self, theme: Option<Id>) -> usize {
        self.0.get(&theme).copied().unwrap_or(0)
    }

    fn words(&self, theme: Option<Id>) -> String {
        count(self.get(theme), "recommendation")
    }
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Themes) -> Outcome {
    let theme = tokens(ui);
    let themes: Vec<Theme> = ctx.plan.themes_in_order().into_iter().cloned().collect();
    let counts = Counts::of(ctx);
    keys(ui, ctx, state);
    let words = "The headings that recommendations stand under, on screen and in print, in this order. \
                 Drag one by its dots, or press Alt+Up or Alt+Down in its line.";
    ui.add(Label::new(RichText::new(words).color(theme.ink_second)).wrap());
    ui.add_space(space::TIGHT);
    let height = (ui.ctx().content_rect().height() - 250.0).max(140.0);
    ScrollArea::vertical().id_salt("themes").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        if themes.is_empty() {
            ui.label(RichText::new("No themes yet: all recommendations stand in one list").color(theme.ink_second));
        }
        let mut lines = Vec::new();
        let order: Vec<Id> = themes.iter().map(|row| row.id).collect();
        let before = state.focus.take();
        if state.order != order {
            // parts are known by their place in the list: the focus must be told where its theme went
            state.refocus = state.refocus.or(before);
            state.order = order;
        }
        for (place, row) in themes.iter().enumerate() {
            let top = ui.cursor().top();
            line(ui, ctx, state, row, (place, &themes), &counts);
            lines.push((row.id, egui::Rangef::new(top, ui.cursor().top())));
            if state.asking.is_some_and(|(id, _)| id == row.id) {
                ask(ui, ctx, state, row, &themes, &counts);
            }
        }
        if state.dragged.is_some() {
            drag(ui, ctx, state, &lines);
        }
        if counts.get(None) > 0 && !themes.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(36.0);
                ui.label(RichText::new(format!("Without a theme: {}", counts.words(None))).color(theme.ink_second));
            });
        }
    });
    if ctx.editable {
        ui.separator();
        add(ui, ctx, state);
    }
    Outcome::Open
}

/// Alt+Up and Alt+Down move the line that has the focus, and leave it there.
fn keys(ui: &Ui, ctx: &Ctx<'_>, state: &mut Themes) {
    let Some((id, spot)) = state.focus.filter(|_| ctx.editable) else { return };
    for (key, step) in [(Key::ArrowUp, Step::Up), (Key::ArrowDown, Step::Down)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::ALT, key)) {
            ctx.send(Wish::Arrange(Arrange::NudgeTheme(id, step)));
            state.done = None;
            // an arrow would take the focus of a button elsewhere
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
            state.refocus = Some((id, spot));
        }
    }
}

fn line(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    state: &mut Themes,
    row: &Theme,
    (place, themes): (usize, &[Theme]),
    counts: &Counts,
) {
    let theme = tokens(ui);
    ui.push_id(row.id, |ui| {
        ui.horizontal(|ui| {
            let dragged = state.dragged == Some(row.id);
            let icon = RichText::new(ICON_DRAG_INDICATOR.codepoint)
                .font(egui::FontId::new(18.0, ICON_DRAG_INDICATOR.font_family()))
                .color(if dragged { theme.accent } else { theme.ink_second });
            let grip = Button::new(icon).frame(false).sense(Sense::click_and_drag()).min_size(egui::vec2(28.0, 28.0));
            let grip = ui.add_enabled(ctx.editable && themes.len() > 1, grip);
            let grip = grip.accessible_name(format!("Move “{}”: drag, or Alt+Up and Alt+Down", row.title));
            if grip.drag_started() {
                state.dragged = Some(row.id);
            }
            state.seen(row.id, Spot::Grip, &grip);
            if grip.hovered() {
                ui.ctx().set_cursor_icon(CursorIcon::Grab);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ctx.editable {
                    buttons(ui, ctx, state, row, (place, themes), counts);
                }
                let words = RichText::new(counts.words(Some(row.id))).color(theme.ink_second);
                ui.allocate_ui_with_layout(egui::vec2(132.0, 28.0), Layout::right_to_left(Align::Center), |ui| {
                    ui.set_min_width(132.0);
                    ui.label(words);
                });
                let title = title(ui, ctx, state, row);
                state.seen(row.id, Spot::Title, &title);
            });
        });
        let taken = state.typing.as_ref().filter(|(id, _)| *id == row.id).and_then(|(_, typed)| {
            themes.iter().find(|other| other.id != row.id && same_words(&other.title, typed.trim()))
        });
        if let Some(other) = taken {
            let words = format!("“{}” is there already. To make one theme of the two, merge them.", other.title);
            ui.label(RichText::new(words).size(size::SMALL).color(theme.tint(Tone::Bad).ink));
        }
    });
}

/// The buttons of a line.
fn buttons(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    state: &mut Themes,
    row: &Theme,
    (place, themes): (usize, &[Theme]),
    counts: &Counts,
) {
    let delete = icon_button(ui, ICON_DELETE, &format!("Delete “{}”", row.title), true);
    if delete.clicked() {
        if counts.get(Some(row.id)) == 0 {
            state.done = Some(format!("Deleted “{}”", row.title));
            ctx.edit(delete_theme(ctx.plan, row.id));
        } else {
            toggle(state, row.id, Asking::Delete);
        }
    }
    let merge = ui.add_enabled(themes.len() > 1, Button::new("Merge…"));
    let merge = merge.accessible_name(format!("Merge “{}” into another theme", row.title));
    let merge = merge.on_hover_text("Make one theme of two: its recommendations go to the other one");
    if merge.clicked() {
        toggle(state, row.id, Asking::Merge(None));
    }
    let down = icon_button(ui, ICON_ARROW_DOWNWARD, &format!("Move “{}” down", row.title), place + 1 < themes.len());
    let up = icon_button(ui, ICON_ARROW_UPWARD, &format!("Move “{}” up", row.title), place > 0);
    for (button, step) in [(&down, Step::Down), (&up, Step::Up)] {
        if button.clicked() {
            state.done = None;
            ctx.send(Wish::Arrange(Arrange::NudgeTheme(row.id, step)));
        }
    }
    let spots = [(Spot::Delete, &delete), (Spot::Merge, &merge), (Spot::Down, &down), (Spot::Up, &up)];
    for (spot, response) in spots {
        state.seen(row.id, spot, response);
    }
}

fn toggle(state: &mut Themes, id: Id, asking: Asking) {
    let same = state
        .asking
        .is_some_and(|(of, now)| of == id && std::mem::discriminant(&now) == std::mem::discriminant(&asking));
    state.asking = (!same).then_some((id, asking));
}

/// The title, renamed where it stands: on Enter or when the cursor leaves; Esc takes back what was typed.
fn title(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Themes, row: &Theme) -> egui::Response {
    let id = egui::Id::unique(("theme title", row.id));
    let mut text = match &state.typing {
        Some((of, typed)) if *of == row.id => typed.clone(),
        _ => row.title.clone(),
    };
    let focused = ui.memory(|memory| memory.has_focus(id));
    if focused && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        state.typing = None;
        ui.memory_mut(|memory| memory.surrender_focus(id));
        text.clone_from(&row.title);
    }
    let edit = TextEdit::singleline(&mut text).id(id).desired_width(ui.available_width() - 16.0);
    let edit = edit.interactive(ctx.editable).margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(edit).accessible_name(format!("Title of the theme “{}”", row.title));
    if response.changed() {
        state.typing = Some((row.id, text));
    }
    if response.lost_focus()
        && let Some((_, typed)) = state.typing.take_if(|(of, _)| *of == row.id)
    {
        let typed = typed.trim();
        let taken = ctx.plan.themes.values().any(|other| other.id != row.id && same_words(&other.title, typed));
        if !typed.is_empty() && typed != row.title && !taken {
            state.done = None;
            ctx.edit(rename_theme(ctx.plan, row.id, typed));
        }
    }
    response
}

/// What merging or deleting comes to, and the choice.
fn ask(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Themes, row: &Theme, themes: &[Theme], counts: &Counts) {
    let Some((_, asking)) = state.asking else { return };
    let frame =
        egui::Frame::new().fill(tokens(ui).ground).corner_radius(4).inner_margin(egui::Margin::symmetric(12, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        match asking {
            Asking::Delete => {
                let one = counts.get(Some(row.id)) == 1;
                let words = format!(
                    "Delete “{}”? Its {} {} in the plan, under “Without a theme”.",
                    row.title,
                    counts.words(Some(row.id)),
                    if one { "stays" } else { "stay" }
                );
                ui.add(Label::new(words).wrap());
                ui.horizontal(|ui| {
                    if primary_button(ui, "Delete the theme").clicked() {
                        state.asking = None;
                        state.done = Some(format!("Deleted “{}”", row.title));
                        ctx.edit(delete_theme(ctx.plan, row.id));
                    }
                    if ui.button("Cancel").clicked() {
                        state.asking = None;
                    }
                });
            }
            Asking::Merge(into) => merge(ui, ctx, state, row, into, themes, counts),
        }
    });
}

fn merge(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    state: &mut Themes,
    row: &Theme,
    into: Option<Id>,
    themes: &[Theme],
    counts: &Counts,
) {
    let chosen = into.and_then(|into| themes.iter().find(|other| other.id == into));
    ui.horizontal(|ui| {
        ui.label(format!("Merge “{}” into", short(&row.title)));
        let shown = chosen.map_or("Choose a theme", |other| other.title.as_str());
        let combo = ComboBox::from_id_salt("into").selected_text(shown).width(260.0).truncate();
        let response = combo.show_ui(ui, |ui| {
            for other in themes.iter().filter(|other| other.id != row.id) {
                if ui.selectable_label(into == Some(other.id), &other.title).clicked() {
                    state.asking = Some((row.id, Asking::Merge(Some(other.id))));
                }
            }
        });
        response.response.accessible_name(format!("Theme to merge it into: {shown}"));
    });
    let words = match (chosen, counts.get(Some(row.id))) {
        (None, _) => "One of the two stays: the one you choose here, with its title and its place.".to_owned(),
        (Some(other), 0) => {
            format!("“{}” has no recommendations. It is gone then, and “{}” stays as it is.", row.title, other.title)
        }
        (Some(other), number) => format!(
            "{} of “{}” {} to the end of “{}”, which keeps its title and its place. “{}” is gone then.",
            if number == 1 { "The recommendation".to_owned() } else { format!("The {number} recommendations") },
            row.title,
            if number == 1 { "goes" } else { "go" },
            other.title,
            row.title,
        ),
    };
    ui.add(Label::new(RichText::new(words).color(tokens(ui).ink_second)).wrap());
    ui.horizontal(|ui| {
        let clicked = ui.add_enabled_ui(chosen.is_some(), |ui| primary_button(ui, "Merge the two").clicked()).inner;
        if let (true, Some(other)) = (clicked, chosen) {
            state.asking = None;
            state.done = Some(format!("Merged “{}” into “{}”", row.title, other.title));
            ctx.edit(merge_themes(ctx.plan, row.id, other.id));
        }
        if ui.button("Cancel").clicked() {
            state.asking = None;
        }
    });
}

/// A title that leaves room beside it.
fn short(title: &str) -> String {
    match title.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title.to_owned(),
    }
}

/// A line shows where the theme that is dragged would go.
fn drag(ui: &Ui, ctx: &Ctx<'_>, state: &mut Themes, lines: &[(Id, egui::Rangef)]) {
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let below = lines.iter().find(|(_, at)| pointer.y < at.center());
    let before = below.map(|(id, _)| *id);
    let y = below.map_or_else(|| lines.last().map_or(pointer.y, |(_, at)| at.max), |(_, at)| at.min);
    ui.painter().hline(ui.max_rect().x_range(), y - 2.0, egui::Stroke::new(3.0, tokens(ui).accent));
    if !ui.input(|input| input.pointer.primary_down())
        && let Some(id) = state.dragged.take()
        && before != Some(id)
    {
        state.done = None;
        ctx.send(Wish::Arrange(Arrange::Theme { id, before }));
    }
}

fn add(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Themes) {
    let title = state.adding.trim().to_owned();
    let taken = theme_titled(ctx.plan, &title).filter(|_| !title.is_empty());
    field::label(ui, "Add a theme");
    ui.horizontal(|ui| {
        let hint = RichText::new("Its title").color(tokens(ui).ink_faint);
        let edit = TextEdit::singleline(&mut state.adding).hint_text(hint).desired_width(300.0);
        let response = ui.add(edit.margin(egui::Margin::symmetric(8, 5))).accessible_name("Title of a theme to add");
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let free = !title.is_empty() && taken.is_none();
        if (ui.add_enabled(free, Button::new("Add")).clicked() || entered) && free {
            ctx.edit(add_theme(ctx.plan, Id::random(), &title));
            state.adding.clear();
            state.done = None;
            response.request_focus();
        }
        if let Some(done) = state.done.clone() {
            ui.add_space(space::WIDE);
            ui.label(RichText::new(done).color(tokens(ui).tint(Tone::Good).ink));
            if link_button(ui, "Undo").clicked() {
                state.done = None;
                ctx.send(Wish::Run(Command::Undo));
            }
        }
    });
    if taken.is_some() {
        ui.label(RichText::new("The plan has that theme already").size(size::SMALL).color(tokens(ui).ink_second));
    }
}
