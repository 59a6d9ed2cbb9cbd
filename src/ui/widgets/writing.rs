//! A field of several lines: bullets while typing, and Tab that moves them or leaves.
//!
//! The keys are looked at before egui's own field sees them ([`keys`]), the rest is put right after it
//! ([`show`]): what was typed is then in the text in the order it was typed, however many keys came in one frame.

use crate::app::bullets::{self, How, Shift};
use crate::ui::theme::tokens;
use egui::text::{CCursor, CCursorRange};
use egui::{Event, EventFilter, FocusDirection, Id, Key, Modifiers, Rect, Response, TextEdit, Ui};
use std::ops::Range;

/// What leaves the field and what does not is decided by [`keys`].
const FILTER: EventFilter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false };
/// The same, where Esc takes back what was typed.
pub const FILTER_WITH_ESC: EventFilter = EventFilter { escape: true, ..FILTER };

/// What the keys before the field came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keys {
    /// The text is another one.
    pub changed: bool,
    /// Tab, or Shift+Tab, leaves the field.
    pub leaves: Option<FocusDirection>,
}

/// A field after it was drawn.
pub struct Written {
    /// How it was used; `changed()` where the text is another one.
    pub response: Response,
    /// Where the cursor is: after so many characters, and on the screen; `None` without the keyboard.
    pub cursor: Option<(usize, Rect)>,
}

/// Whether exactly this key was pressed, with these modifiers and no others; it is used up.
#[must_use]
pub fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    ui.input_mut(|input| {
        let at = input.events.iter().position(|event| is_key(event, modifiers, key));
        at.map(|at| input.events.remove(at)).is_some()
    })
}

fn is_key(event: &Event, modifiers: Modifiers, wanted: Key) -> bool {
    matches!(event, Event::Key { key, pressed: true, modifiers: held, .. }
        if *key == wanted && held.matches_exact(modifiers))
}

/// Takes the keys that are more than typing: Tab and Shift+Tab at a bullet's start, and the bullet key.
pub fn keys(ui: &Ui, id: Id, text: &mut String) -> Keys {
    let mut keys = Keys::default();
    if !ui.memory(|memory| memory.has_focus(id)) {
        return keys;
    }
    // in the first frame of its focus egui takes Tab and arrows for its own
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    one_tab_a_frame(ui, id);
    if pressed(ui, Modifiers::COMMAND | Modifiers::SHIFT, Key::L) {
        let (changed, selected) = bullets::toggle(text, &selection(ui, id, text));
        *text = changed;
        select(ui, id, &selected);
        keys.changed = true;
    }
    let ways = [
        (Modifiers::SHIFT, Shift::Higher, FocusDirection::Previous),
        (Modifiers::NONE, Shift::Deeper, FocusDirection::Next),
    ];
    for (modifiers, way, direction) in ways {
        if !pressed(ui, modifiers, Key::Tab) {
            continue;
        }
        let selected = selection(ui, id, text);
        let shifted = if selected.is_empty() { bullets::shift(text, selected.start, way) } else { None };
        match shifted {
            Some((changed, cursor)) => {
                *text = changed;
                select(ui, id, &(cursor..cursor));
                keys.changed = true;
            }
            None => keys.leaves = Some(direction),
        }
    }
    keys
}

/// Where keys came before a Tab in this frame, the Tab and what follows wait for the next: what it means depends on
/// the text.
fn one_tab_a_frame(ui: &Ui, id: Id) {
    let kept = id.with("kept for the next frame");
    let waiting: Vec<Event> = ui.data_mut(|data| data.remove_temp(kept)).unwrap_or_default();
    let later = ui.input_mut(|input| {
        input.events.splice(0..0, waiting);
        let is_input =
            |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Key { pressed: true, .. });
        let tab = |event: &Event| matches!(event, Event::Key { key: Key::Tab, pressed: true, .. });
        let first = input.events.iter().position(tab)?;
        let after_others = input.events[..first].iter().any(is_input);
        let second = input.events[first + 1..].iter().position(is_input).map(|at| first + 1 + at);
        let from = if after_others { Some(first) } else { second };
        from.map(|from| input.events.split_off(from))
    });
    if let Some(later) = later {
        ui.data_mut(|data| data.insert_temp(kept, later));
        ui.ctx().request_repaint();
    }
}

/// Draws the field. `dress` says how it looks; the id and the keys are seen to here.
pub fn show(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    dress: impl for<'t> FnOnce(TextEdit<'t>) -> TextEdit<'t>,
) -> Written {
    let before = text.clone();
    let (pasted, composing) = ui.input(|input| {
        let any = |is: fn(&Event) -> bool| input.events.iter().any(is);
        (any(|event| matches!(event, Event::Paste(_))), any(|event| matches!(event, Event::Ime(_))))
    });
    let output = dress(TextEdit::multiline(text).event_filter(FILTER)).id(id).show(ui);
    let response = output.response.response;
    if response.changed()
        && !composing
        && let Some(range) = output.cursor_range.filter(CCursorRange::is_empty)
    {
        let how = if pasted { How::Pasted } else { How::Typed };
        if let Some((changed, cursor)) = bullets::typed(&before, text, range.primary.index.0, how) {
            *text = changed;
            select(ui, id, &(cursor..cursor));
            ui.ctx().request_repaint();
        }
    }
    let place = |range: CCursorRange| {
        let line = output.galley.pos_from_cursor(range.primary);
        (range.primary.index.0, line.translate(output.galley_pos.to_vec2()))
    };
    Written { cursor: output.cursor_range.map(place), response }
}

/// A field of several lines that is no draft: a reason that is asked for, a note. `name` is what a screen reader says,
/// and is another one for each field of a form.
pub fn text_box(ui: &mut Ui, name: &str, text: &mut String, rows: usize, hint: &str) -> Response {
    let id = ui.make_persistent_id(("lines", name));
    let keys = keys(ui, id, text);
    if let Some(direction) = keys.leaves {
        ui.memory_mut(|memory| memory.move_focus(direction));
    }
    let hint = egui::RichText::new(hint.to_owned()).color(tokens(ui).ink_faint);
    let mut written = show(ui, id, text, |edit| {
        let edit = edit.desired_rows(rows).desired_width(f32::INFINITY);
        edit.margin(egui::Margin::symmetric(8, 6)).hint_text(hint)
    });
    if keys.changed {
        written.response.mark_changed();
    }
    written.response.accessible_name(name)
}

/// What is selected in a field, in characters; its end where nobody was in it yet.
fn selection(ui: &Ui, id: Id, text: &str) -> Range<usize> {
    let range = TextEdit::load_state(ui.ctx(), id).and_then(|state| state.cursor.char_range());
    let end = text.chars().count();
    range.map_or(end..end, |range| {
        let range = range.as_sorted_char_range();
        range.start.0.min(end)..range.end.0.min(end)
    })
}

/// Selects some of a field's text, or puts the cursor there.
pub fn select(ui: &Ui, id: Id, range: &Range<usize>) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(range.start), CCursor::new(range.end));
    state.cursor.set_char_range(Some(range));
    TextEdit::store_state(ui.ctx(), id, state);
}
