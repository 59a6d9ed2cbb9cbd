//! The timeline by keyboard: moving among cards, and moving cards.

use super::ask::{Ask, Asking};
use super::{TimelineTab, View, actions_of};
use crate::model::due::{Due, Month};
use crate::model::timeline::{DueRow, LaneKey};
use crate::ui::context::{Ctx, Wish};
use egui::{Key, Modifiers, Ui};

/// Where a key leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Up,
    Down,
    Left,
    Right,
    First,
    Last,
}

/// Does what the keys ask for. Nothing fires while something is typed or asked.
pub(super) fn act(ui: &Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab) {
    let on_card = tab.cursor.is_some_and(|row| ui.memory(|memory| memory.has_focus(egui::Id::unique(("card", row)))));
    let free = ui.memory(|memory| memory.focused().is_none());
    if ctx.asking || ui.ctx().text_edit_focused() || !(on_card || free) {
        return;
    }
    let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if on_card && let Some(row) = tab.cursor {
        // the arrows are the board's while a card has the focus
        let filter = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(egui::Id::unique(("card", row)), filter));
    }
    if tab.view == View::Chart {
        return;
    }
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    if ui.input(|input| arrows.iter().any(|key| input.key_pressed(*key))) {
        // a card that has had the focus for one frame only could not keep egui from moving it
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    }
    if pressed(Modifiers::COMMAND, Key::A) {
        tab.chosen = tab.in_order().into_iter().collect();
    }
    for (key, by) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1)] {
        if pressed(Modifiers::COMMAND, key) {
            push(ctx, tab, by);
        }
    }
    for (key, step) in [
        (Key::ArrowUp, Step::Up),
        (Key::ArrowDown, Step::Down),
        (Key::ArrowLeft, Step::Left),
        (Key::ArrowRight, Step::Right),
        (Key::Home, Step::First),
        (Key::End, Step::Last),
    ] {
        let shift = pressed(Modifiers::SHIFT, key);
        if (shift || pressed(Modifiers::NONE, key))
            && let Some(row) = tab.step(step)
        {
            if shift {
                tab.choose_to(row);
            }
            tab.cursor = Some(row);
            tab.board.reveal = Some(row);
            tab.list.reveal = Some(row);
        }
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        tab.chosen.clear();
        tab.details.shown = false;
    }
    if let Some(cursor) = tab.cursor {
        if pressed(Modifiers::NONE, Key::Enter) {
            tab.details.shown = true;
            tab.details.focus = true;
        }
        if pressed(Modifiers::NONE, Key::Space) {
            tab.toggle(cursor);
        }
    }
    // chosen cards are asked about even where none of them has the cursor
    if ctx.editable
        && let Some(row) = tab.cursor.or_else(|| tab.chosen.first().copied())
    {
        ask_by_key(ctx, tab, row, &pressed);
    }
}

/// A new due, done, a note, whose due: what has a letter of its own.
pub(super) fn ask_by_key(ctx: &Ctx<'_>, tab: &TimelineTab, cursor: DueRow, pressed: &impl Fn(Modifiers, Key) -> bool) {
    let rows = tab.targets();
    let Some((_, timeline)) = &tab.timeline else { return };
    let asks = [
        (Key::R, Some(Ask::Revise(rows.clone()))),
        (Key::D, Some(Ask::Complete(rows.clone()))),
        (Key::N, Some(Ask::Note(actions_of(timeline, &rows))).filter(|_| !actions_of(timeline, &rows).is_empty())),
        (
            Key::P,
            match cursor {
                DueRow::Timescale(id) => Some(Ask::Pair(id)),
                DueRow::Action(_) => None,
            },
        ),
    ];
    for (key, ask) in asks {
        if pressed(Modifiers::NONE, key)
            && let Some(ask) = ask
        {
            let words = if matches!(ask, Ask::Revise(_)) { tab.due_words(ctx, &rows) } else { String::new() };
            ctx.send(Wish::Ask(Box::new(Asking::new(ask, words, ctx.as_at))));
        }
    }
}

/// Asks to move the cards by a month.
fn push(ctx: &Ctx<'_>, tab: &TimelineTab, by: i32) {
    let rows = tab.targets();
    let Some((_, timeline)) = tab.timeline.as_ref().filter(|_| ctx.editable && !rows.is_empty()) else { return };
    let due = |row: &DueRow| match timeline.entry(timeline.place_of(*row)?)?.due {
        Due::Month { month, .. } => Some(month),
        _ => None,
    };
    // what has no month goes to the month of the date
    let month = rows.iter().filter_map(due).max().map_or_else(|| Month::of(ctx.as_at), |month| month.plus(by));
    tab.move_to(ctx, rows, LaneKey::Month(month));
}

impl TimelineTab {
    /// The due words that all of several rows have; blank where they differ.
    pub(super) fn due_words(&self, ctx: &Ctx<'_>, rows: &[DueRow]) -> String {
        let Some((_, timeline)) = &self.timeline else { return String::new() };
        let words = |row: &DueRow| timeline.entry(timeline.place_of(*row)?).map(|entry| entry.due_words(ctx.plan));
        let mut all = rows.iter().filter_map(words);
        let first = all.next().unwrap_or_default();
        if all.all(|words| words == first) { first.to_owned() } else { String::new() }
    }

    /// The card that a key leads to from the one with the cursor; the first card without one.
    fn step(&self, step: Step) -> Option<DueRow> {
        let (_, timeline) = self.timeline.as_ref()?;
        if self.view == View::List {
            return self.list.step(
                self.cursor,
                match step {
                    Step::Up | Step::Left => -1,
                    Step::Down | Step::Right => 1,
                    Step::First => isize::MIN / 2,
                    Step::Last => isize::MAX / 2,
                },
            );
        }
        let filled = self.worked.as_ref()?.board.lanes.iter().filter(|lane| !lane.cards.is_empty());
        let lanes: Vec<Vec<DueRow>> = filled
            .map(|lane| {
                lane.cards.iter().filter_map(|card| timeline.entry(card.entry)).map(|entry| entry.row).collect()
            })
            .collect();
        let at = self.cursor.and_then(|row| {
            lanes.iter().enumerate().find_map(|(x, lane)| Some((x, lane.iter().position(|other| *other == row)?)))
        });
        let Some((x, y)) = at else { return lanes.first()?.first().copied() };
        let (x, y) = match step {
            Step::Up => (x, y.saturating_sub(1)),
            Step::Down => (x, y + 1),
            Step::Left => (x.saturating_sub(1), y),
            Step::Right => ((x + 1).min(lanes.len() - 1), y),
            Step::First => (0, 0),
            Step::Last => (lanes.len() - 1, usize::MAX),
        };
        let lane = lanes.get(x)?;
        lane.get(y.min(lane.len().checked_sub(1)?)).copied()
    }
}
