//! A cell that is open: what it shows can be changed where it stands, and its row grows with it.
//!
//! What can be changed is a list of `slots`, one below the other; one of them has the cursor. Texts are drafts, the
//! same that the editor beside the grid shows; a choice is made when the cursor leaves it.

mod choice;
mod place;
mod slots;
mod text;

use super::cursor::keyboard;
use crate::app::DraftKey;
use crate::app::draft::Began;
use crate::model::view::Column;
use crate::model::{Entity, Id, Recommendation, intent};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::link_button;
use choice::Picking;
use egui::{RichText, Ui};
pub use slots::why_not;
use slots::{Slot, SlotKey};
use std::collections::{BTreeMap, BTreeSet};

/// Where the cursor goes when a cell closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    /// It stays on the cell.
    Here,
    /// To the next cell, or the one before.
    Beside(isize),
    /// Somewhere else already.
    Elsewhere,
}

/// A cell that is being changed.
#[derive(Debug)]
pub struct OpenCell {
    /// The recommendation.
    pub row: Id,
    /// Which of its cells.
    pub column: Column,
    /// What was typed before it was on screen.
    pub typed: String,
    /// Where the cursor is; `None` before the cell was drawn.
    at: Option<SlotKey>,
    /// The cursor has to be put there.
    fresh: bool,
    /// It was drawn in the last frame.
    drawn: bool,
    /// Rows that may be begun in it; the last of each kind is still blank.
    news: Vec<Id>,
    /// What each text was when the cell was opened.
    began: BTreeMap<DraftKey, Began>,
    /// Texts that were typed into.
    touched: BTreeSet<DraftKey>,
    /// Where the cursor was last, to see that it moved.
    line: Option<(DraftKey, usize)>,
    /// The mouse was pressed outside the cell: it closes when it is let go, and nothing moves under a click.
    pressed_outside: bool,
    /// Texts of our own that were emptied to be written anew: what is published does not come back at once.
    emptied: BTreeSet<DraftKey>,
    /// The position of an earlier date is changed, not a new one begun.
    old: bool,
    picking: Option<Picking>,
    /// What it needs from top to bottom, in points.
    height: f32,
}

impl OpenCell {
    /// A cell that opens, with what was typed to open it.
    #[must_use]
    pub fn new(row: Id, column: Column, typed: &str) -> Self {
        Self {
            row,
            column,
            typed: typed.to_owned(),
            at: None,
            fresh: true,
            drawn: false,
            news: vec![Id::random()],
            began: BTreeMap::new(),
            touched: BTreeSet::new(),
            line: None,
            pressed_outside: false,
            emptied: BTreeSet::new(),
            old: false,
            picking: None,
            height: 0.0,
        }
    }

    /// Whether it is on screen and has the cursor.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.drawn && !self.fresh
    }

    /// Called before the rows are drawn: a cell that was scrolled away is not drawn.
    fn begin_frame(&mut self) {
        self.drawn = false;
    }

    /// Draws the cell. Gives how it closes, if it does.
    fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) -> Option<Close> {
        self.drawn = true;
        self.renew(ctx);
        let slots = slots::of(ctx, row, self);
        if self.at.is_none_or(|at| !slots.iter().any(|slot| slot.key() == Some(at))) {
            self.at = slots::main(&slots, self.column);
            self.fresh = true;
        }
        ui.spacing_mut().item_spacing.y = 3.0;
        let mut close = None;
        let mut focused = None;
        for slot in &slots {
            let (step, has_keys) = match slot {
                Slot::Text(text) => text::show(self, ui, ctx, text),
                Slot::Choice(choice) => choice::show(self, ui, ctx, row, choice),
                Slot::Words(words) => (None, note(ui, words)),
                Slot::EditOld => (None, self.edit_old(ui)),
            };
            focused = if has_keys { slot.key() } else { focused };
            close = close.or(step);
        }
        if let Some(at) = focused.filter(|at| self.at != Some(*at)) {
            // a click put the cursor elsewhere in the cell
            self.leave(ctx, row);
            self.at = Some(at);
            // a list takes the keyboard when it is drawn; a field has it already
            self.fresh = matches!(at, SlotKey::Choice(_));
        }
        close.and_then(|step| self.step(ctx, row, &slots, step))
    }

    /// Another blank row once the last one has words.
    fn renew(&mut self, ctx: &Ctx<'_>) {
        let (column, row) = (self.column, self.row);
        let entity = if column == Column::Evidence { Entity::Evidence } else { Entity::Action };
        let has_words = |id: &Id| !ctx.text(DraftKey::New(entity, row, *id)).is_empty();
        if self.news.last().is_none_or(has_words) {
            self.news.push(Id::random());
        }
    }

    /// Goes on within the cell, or gives how it closes.
    fn step(&mut self, ctx: &Ctx<'_>, row: &Recommendation, slots: &[Slot], step: Step) -> Option<Close> {
        if step == Step::TakeBack {
            self.take_back(ctx);
            return Some(Close::Here);
        }
        self.leave(ctx, row);
        let by = match step {
            Step::Save | Step::TakeBack => return Some(Close::Here),
            Step::On(by) => by,
        };
        let keys: Vec<SlotKey> = slots.iter().filter_map(Slot::key).collect();
        let now = keys.iter().position(|key| Some(*key) == self.at)?;
        match now.checked_add_signed(by).and_then(|to| keys.get(to)) {
            Some(to) => {
                self.at = Some(*to);
                self.fresh = true;
                None
            }
            None => Some(Close::Beside(by)),
        }
    }

    /// The cursor leaves a slot: what was typed or chosen there is saved.
    fn leave(&mut self, ctx: &Ctx<'_>, row: &Recommendation) {
        if let Some(picking) = self.picking.take() {
            picking.choose(ctx, row);
        }
        ctx.send(Wish::Flush);
    }

    /// Esc: every text is again what it was when the cell was opened, saved meanwhile or not.
    fn take_back(&mut self, ctx: &Ctx<'_>) {
        self.picking = None;
        for (key, was) in self.began.iter().filter(|(key, _)| self.touched.contains(key)) {
            ctx.send(Wish::Forget(*key));
            let now = Began::of(ctx.plan, *key);
            if now == *was {
                continue;
            }
            match (*key, was.row, now.row) {
                (DraftKey::Position(..), None, Some(new)) => ctx.edit(intent::take_back_position(ctx.plan, new)),
                (DraftKey::New(Entity::Evidence, ..), None, Some(new)) => {
                    ctx.edit(intent::delete_evidence(ctx.plan, new));
                }
                (DraftKey::New(..), None, Some(new)) => ctx.edit(intent::delete_action(ctx.plan, new)),
                _ => {
                    ctx.send(Wish::Typed(*key, was.text.clone()));
                    ctx.send(Wish::Flush);
                }
            }
        }
    }

    /// Whether somebody went elsewhere: a click outside, or the keyboard is at something else.
    fn was_left(&mut self, ui: &Ui, ctx: &Ctx<'_>, rect: egui::Rect) -> bool {
        if ctx.asking || egui::Popup::is_any_open(ui.ctx()) || self.fresh {
            return false;
        }
        let (pressed, released) = ui.input(|input| {
            let at = if input.pointer.any_pressed() { input.pointer.interact_pos() } else { None };
            (at, input.pointer.any_released())
        });
        if let Some(at) = pressed {
            self.pressed_outside = !rect.intersect(ui.clip_rect()).contains(at);
        }
        let clicked = released && std::mem::take(&mut self.pressed_outside);
        let focused = ui.memory(|memory| memory.focused());
        clicked || focused.is_some_and(|id| id != keyboard() && !self.owns(id))
    }

    fn owns(&self, id: egui::Id) -> bool {
        self.began.keys().any(|key| text::id_of(*key) == id) || choice::owns(id)
    }

    fn edit_old(&mut self, ui: &mut Ui) -> bool {
        if link_button(ui, "Edit the old one").clicked() {
            self.old = true;
            self.at = None;
        }
        false
    }

    /// Leaves the cell: what was typed is saved.
    fn end(&mut self, ctx: &Ctx<'_>) {
        match ctx.plan.recommendations.get(&self.row) {
            Some(row) => self.leave(ctx, row),
            None => ctx.send(Wish::Flush),
        }
    }
}

/// What a key in a slot comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Save and close; the cursor stays on the cell.
    Save,
    /// As it was, and close.
    TakeBack,
    /// To the next slot, or the one before; beyond them to the next cell.
    On(isize),
}

fn note(ui: &mut Ui, words: &str) -> bool {
    let theme = tokens(ui);
    let text = RichText::new(words).size(size::SMALL).color(theme.ink_second);
    ui.add(egui::Label::new(text).wrap().selectable(false));
    ui.add_space(space::TIGHT - 3.0);
    false
}
