//! Labelled fields of a form. What is typed is a draft; it is saved when the cursor leaves, on
//! Ctrl+Enter, or after a second at rest; Esc takes it back.

use crate::app::draft::{self, Asks};
use crate::app::{DraftKey, Way};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::writing;
use egui::{EventFilter, Key, Modifiers, Response, RichText, TextEdit, Ui};

/// A label above a field.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    let theme = tokens(ui);
    ui.label(RichText::new(text).font(theme::strong(size::SMALL)).color(theme.ink_second))
}

/// A text of one or more lines under a label. `rows` is how many lines it has at least; 1 makes a
/// single-line field.
pub fn text_field(ui: &mut Ui, ctx: &Ctx<'_>, key: DraftKey, name: &str, rows: usize) -> Response {
    label(ui, name);
    bare_field(ui, ctx, key, name, rows, "")
}

/// A date under a label, written as people write one.
pub fn date_field(ui: &mut Ui, ctx: &Ctx<'_>, key: DraftKey, name: &str) -> Response {
    label(ui, name);
    bare_field(ui, ctx, key, name, 1, "e.g. 28 May 2013")
}

/// A field without a label above it; `name` is still what a screen reader says.
pub fn bare_field(ui: &mut Ui, ctx: &Ctx<'_>, key: DraftKey, name: &str, rows: usize, hint: &str) -> Response {
    let theme = tokens(ui);
    let id = field_id(ui, key, ctx);
    let mut text = shown_text(ui, ctx, key, id);
    let hint = RichText::new(hint.to_owned()).color(theme.ink_faint);
    // Esc is ours while the field has focus: it takes back what was typed
    let escaped = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let save = ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let response = if rows == 1 {
        // Tab leaves it as egui has it
        let filter = EventFilter { tab: false, ..writing::FILTER_WITH_ESC };
        let edit = TextEdit::singleline(&mut text).id(id).event_filter(filter);
        ui.add(dressed(edit, hint, ctx))
    } else {
        let keys = writing::keys(ui, id, &mut text);
        if let Some(direction) = keys.leaves {
            ui.memory_mut(|memory| memory.move_focus(direction));
        }
        let mut response = writing::show(ui, id, &mut text, |edit| {
            dressed(edit.desired_rows(rows).event_filter(writing::FILTER_WITH_ESC), hint, ctx)
        })
        .response;
        if keys.changed {
            response.mark_changed();
        }
        response
    };
    let response = response.accessible_name(name);
    if is_led_to(ui, key) {
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
    }
    if escaped {
        ctx.send(Wish::Forget(key));
        forget_shown(ui, id);
        response.surrender_focus();
    } else if response.changed() {
        remember_shown(ui, id, &text);
        ctx.send(Wish::Typed(key, text));
    } else if response.lost_focus() || save {
        ctx.send(Wish::Flush);
    }
    troubles(ui, ctx, key, name);
    response
}

fn dressed<'t>(edit: TextEdit<'t>, hint: RichText, ctx: &Ctx<'_>) -> TextEdit<'t> {
    let margin = egui::Margin::symmetric(8, 6);
    edit.desired_width(f32::INFINITY).margin(margin).hint_text(hint).interactive(ctx.editable)
}

/// What stands in the way of saving what was typed into a field, and what to do; nothing is drawn where nothing does.
pub(in crate::ui) fn troubles(ui: &mut Ui, ctx: &Ctx<'_>, key: DraftKey, name: &str) {
    asks(ui, ctx, key, name);
    if let Some(problem) = ctx.drafts.get(key).and_then(|draft| draft.problem.clone()) {
        let words = RichText::new(format!("Not saved: {problem}")).size(size::SMALL);
        ui.add(egui::Label::new(words.color(tokens(ui).tint(theme::Tone::Bad).ink)).wrap());
    }
}

/// The text of a field. What is saved has no spaces at its end; who is still typing there keeps them, or the words
/// would run together after a pause.
pub(in crate::ui) fn shown_text(ui: &Ui, ctx: &Ctx<'_>, key: DraftKey, id: egui::Id) -> String {
    let text = ctx.text(key);
    if ctx.drafts.get(key).is_none() && ui.memory(|memory| memory.has_focus(id)) {
        let typed = ui.data(|data| data.get_temp::<String>(id.with("typed")));
        return typed.filter(|typed| draft::clean(typed) == text).unwrap_or(text);
    }
    text
}

/// Remembers what was typed into a field, for [`shown_text`].
pub(in crate::ui) fn remember_shown(ui: &Ui, id: egui::Id, text: &str) {
    ui.data_mut(|data| data.insert_temp(id.with("typed"), text.to_owned()));
}

/// Forgets it: it was taken back.
pub(in crate::ui) fn forget_shown(ui: &Ui, id: egui::Id) {
    ui.data_mut(|data| data.remove_temp::<String>(id.with("typed")));
}

/// Puts the cursor into a field and brings it into view, as soon as it is drawn: it may stand in what is only being
/// opened. One that is not drawn soon is forgotten.
pub fn lead_to(ui: &Ui, key: DraftKey) {
    let now = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| data.insert_temp(egui::Id::unique("field that is led to"), Some((key, now))));
}

/// Whether somebody is led to this field now.
fn is_led_to(ui: &Ui, key: DraftKey) -> bool {
    const SOON: u64 = 120;
    let id = egui::Id::unique("field that is led to");
    let now = ui.ctx().cumulative_pass_nr();
    let wanted = ui.data(|data| data.get_temp::<Option<(DraftKey, u64)>>(id)).flatten();
    let is = wanted.is_some_and(|(wanted, since)| wanted == key && now.saturating_sub(since) < SOON);
    if is {
        ui.data_mut(|data| data.insert_temp(id, None::<(DraftKey, u64)>));
    }
    is
}

/// Says under a field that somebody else changed it too, and leads to the choice.
fn asks(ui: &mut Ui, ctx: &Ctx<'_>, key: DraftKey, name: &str) {
    let Some(asks) = ctx.drafts.get(key).and_then(|draft| draft.asks.as_ref()) else { return };
    let words = match asks {
        Asks::Changed { .. } => "Somebody else changed this, too. Yours is not saved.",
        Asks::Gone { .. } => "Somebody else deleted this. Yours is not saved.",
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(words).size(size::SMALL).color(tokens(ui).tint(theme::Tone::Bad).ink));
        if super::link_button(ui, "Decide…").accessible_name(format!("Decide: {name}")).clicked() {
            ctx.send(Wish::Way(Way::Decide));
        }
    });
}

/// The id of a field. It changes when the saved text changes from outside, so that the field's own
/// undo cannot bring back what somebody else replaced.
fn field_id(ui: &Ui, key: DraftKey, ctx: &Ctx<'_>) -> egui::Id {
    let id = egui::Id::unique(("field", key));
    if ctx.drafts.get(key).is_none() && !ui.memory(|memory| memory.has_focus(id)) {
        let saved = draft::saved_text(ctx.plan, key);
        let seen = egui::Id::unique(("field text", key));
        let known = ui.data(|data| data.get_temp::<String>(seen));
        if known.as_deref() != Some(saved.as_str()) {
            if known.is_some()
                && let Some(mut state) = TextEdit::load_state(ui.ctx(), id)
            {
                state.clear_undoer();
                TextEdit::store_state(ui.ctx(), id, state);
            }
            ui.data_mut(|data| data.insert_temp(seen, saved));
        }
    }
    id
}

/// A choice from a list under a label. `None` stands for "not filled". Gives the new choice.
pub fn choice_field<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    editable: bool,
    current: Option<T>,
    all: &[T],
    word: impl Fn(T) -> String,
) -> Option<Option<T>> {
    label(ui, name);
    let shown = current.map_or_else(|| "–".to_owned(), &word);
    let mut chosen = None;
    ui.add_enabled_ui(editable, |ui| {
        let combo =
            egui::ComboBox::from_id_salt(name).width(ui.available_width()).selected_text(shown.clone()).truncate();
        let response = combo.show_ui(ui, |ui| {
            if ui.selectable_label(current.is_none(), "–").on_hover_text("Not filled").clicked() {
                chosen = Some(None);
            }
            for term in all {
                if ui.selectable_label(current == Some(*term), word(*term)).clicked() {
                    chosen = Some(Some(*term));
                }
            }
        });
        response.response.accessible_name(format!("{name}: {shown}"));
    });
    chosen.filter(|chosen| *chosen != current)
}
