//! A text in an open cell.

use super::slots::{Look, SlotKey, TextSlot};
use super::{OpenCell, Step};
use crate::app::DraftKey;
use crate::app::draft::Began;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::{field, writing};
use egui::{FocusDirection, Key, Modifiers, TextEdit, Ui, vec2};

/// How much stays free above the line that is typed in: the header of the table stands there.
const ABOVE: f32 = 46.0;
/// As wide as the words before a field, in points.
const LABEL: f32 = 46.0;
/// And below it.
const BELOW: f32 = 14.0;

/// The id of a text's field. The editor beside the grid may show the same text at the same time.
pub(super) fn id_of(key: DraftKey) -> egui::Id {
    egui::Id::unique(("cell", key))
}

/// Draws it. Gives what a key in it comes to, and whether it has the keyboard.
pub(super) fn show(open: &mut OpenCell, ui: &mut Ui, ctx: &Ctx<'_>, slot: &TextSlot) -> (Option<Step>, bool) {
    let (key, id) = (slot.key, id_of(slot.key));
    open.began.entry(key).or_insert_with(|| Began::of(ctx.plan, key));
    let mut text = text_of(open, ui, ctx, slot);
    let mut changed = false;
    if open.at == Some(SlotKey::Text(key)) && open.fresh && !ctx.asking {
        changed = enter(open, ui, id, &mut text);
    }
    let mut step = None;
    // Esc in the first frame of the focus takes that away before anybody is asked
    let lost = open.at == Some(SlotKey::Text(key)) && ui.memory(|memory| memory.focused().is_none());
    if lost || ui.memory(|memory| memory.has_focus(id)) {
        step = keys_of(ui, slot.look);
    }
    let keys = writing::keys(ui, id, &mut text);
    step = step.or(keys.leaves.map(|way| Step::On(if way == FocusDirection::Previous { -1 } else { 1 })));
    let response = draw(ui, id, &mut text, slot, &mut open.line);
    if changed || keys.changed || response.changed() {
        typed(open, ui, ctx, slot, text);
    }
    field::troubles(ui, ctx, key, &slot.name);
    let has_keys = ui.memory(|memory| memory.has_focus(id));
    if step.is_some() {
        // the field gives the keyboard up before another takes it
        ui.memory_mut(|memory| memory.surrender_focus(id));
        return (step, false);
    }
    (step, has_keys)
}

/// Puts the cursor to the end of a text that the cell was opened for, with what was typed to open it.
fn enter(open: &mut OpenCell, ui: &Ui, id: egui::Id, text: &mut String) -> bool {
    let typed = std::mem::take(&mut open.typed);
    text.push_str(&typed);
    open.fresh = false;
    ui.memory_mut(|memory| memory.request_focus(id));
    let end = text.chars().count();
    writing::select(ui, id, &(end..end));
    ui.ctx().request_repaint();
    !typed.is_empty()
}

/// Keys that end or go on.
fn keys_of(ui: &Ui, look: Look) -> Option<Step> {
    if writing::pressed(ui, Modifiers::NONE, Key::Escape) {
        return Some(Step::TakeBack);
    }
    if writing::pressed(ui, Modifiers::COMMAND, Key::Enter) {
        return Some(Step::Save);
    }
    let one_line = matches!(look, Look::Title | Look::Line);
    (one_line && writing::pressed(ui, Modifiers::NONE, Key::Enter)).then_some(Step::On(1))
}

fn draw(
    ui: &mut Ui,
    id: egui::Id,
    text: &mut String,
    slot: &TextSlot,
    cursor: &mut Option<(DraftKey, usize)>,
) -> egui::Response {
    let theme = tokens(ui);
    let font = if slot.look == Look::Title { theme::strong(size::BODY) } else { theme::regular(size::BODY) };
    let ink = if slot.look == Look::Published { theme.ink_second } else { theme.ink };
    let hint = slot.hint;
    let shown = |ui: &mut Ui| {
        writing::show(ui, id, text, |edit: TextEdit<'_>| {
            let edit = edit.event_filter(writing::FILTER_WITH_ESC).text_color(ink).desired_width(f32::INFINITY);
            let hint = egui::RichText::new(hint).font(font.clone()).color(theme.ink_second);
            edit.font(font).frame(egui::Frame::NONE).margin(egui::Margin::ZERO).desired_rows(1).hint_text(hint)
        })
    };
    let written = if slot.label.is_empty() {
        shown(ui)
    } else {
        let inner = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let words = egui::RichText::new(slot.label).size(size::SMALL).color(theme.ink_second);
            let label = egui::Label::new(words).selectable(false).extend();
            let left = ui.cursor().left();
            ui.add(label);
            let used = ui.cursor().left() - left;
            ui.add_space((LABEL - used).max(0.0));
            shown(ui)
        });
        inner.inner
    };
    let response = written.response.accessible_name(&slot.name);
    let has_keys = ui.memory(|memory| memory.has_focus(id));
    if has_keys && slot.several {
        let line = egui::Rect::from_min_max(
            response.rect.left_bottom() + vec2(0.0, 1.0),
            response.rect.right_bottom() + vec2(0.0, 2.0),
        );
        ui.painter().rect_filled(line, 0.0, theme.accent);
    }
    if let Some((at, line)) = written.cursor.filter(|(at, _)| has_keys && *cursor != Some((slot.key, *at))) {
        *cursor = Some((slot.key, at));
        // the table's own header and edge cover what the field thinks is in view
        ui.scroll_to_rect(line.with_min_y(line.top() - ABOVE).with_max_y(line.bottom() + BELOW), None);
    }
    response
}

/// What the field shows: our wording, or what is published until it is changed.
fn text_of(open: &OpenCell, ui: &Ui, ctx: &Ctx<'_>, slot: &TextSlot) -> String {
    let text = field::shown_text(ui, ctx, slot.key, id_of(slot.key));
    match &slot.published {
        Some(published) if text.is_empty() && !open.emptied.contains(&slot.key) => published.clone(),
        _ => text,
    }
}

fn typed(open: &mut OpenCell, ui: &Ui, ctx: &Ctx<'_>, slot: &TextSlot, text: String) {
    let text = if matches!(slot.look, Look::Title | Look::Line) { text.replace('\n', " ") } else { text };
    if text.is_empty() {
        open.emptied.insert(slot.key);
    } else {
        open.emptied.remove(&slot.key);
    }
    // what says the same as what is published is no wording of our own
    let text = if slot.published.as_ref() == Some(&text) { String::new() } else { text };
    field::remember_shown(ui, id_of(slot.key), &text);
    open.touched.insert(slot.key);
    ctx.send(Wish::Typed(slot.key, text));
}
