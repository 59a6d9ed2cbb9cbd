//! The board: lanes side by side, cards that are dragged from one to another.

use super::ask::{Ask, Asking};
use super::card::Dragged;
use super::lane::{self, Event, LaneDrawn};
use super::{TimelineTab, Worked};
use crate::model::due::Month;
use crate::model::intent;
use crate::model::text::count;
use crate::model::timeline::{Board, DueRow, Lane, LaneKey};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{size, tokens};
use chrono::NaiveDate;
use egui::{DragAndDrop, Rect, RichText, ScrollArea, Sense, Ui, pos2, vec2};
use std::collections::HashMap;

/// What the board remembers between frames.
#[derive(Debug, Default)]
pub(super) struct BoardView {
    heights: HashMap<DueRow, f32>,
    /// Bring this card into view and give it the focus in the next frame.
    pub(super) reveal: Option<DueRow>,
}

impl BoardView {
    pub(super) fn forget_heights(&mut self) {
        self.heights.clear();
    }
}

/// A column of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// A lane, with cards or without.
    Lane(Lane),
    /// Months without cards, folded.
    Gap(Month, Month),
}

/// How many months without cards are shown as lanes at most.
const MOST_EMPTY: i32 = 120;

/// The columns of a board from left to right. The month of the date has a lane of its own even if
/// nothing is due in it; other empty lanes are left out, empty months are folded or shown.
pub(super) fn columns(board: &Board, as_at: NaiveDate, empty_months: bool) -> Vec<Column> {
    let now = Month::of(as_at);
    let (first, last) = board.range().map_or((now, now), |(first, last)| (first.min(now), last.max(now)));
    let unfold = empty_months && first.months_to(last) <= MOST_EMPTY;
    let mut columns: Vec<Column> = Vec::new();
    let mut at = first;
    let mut months = board.lanes.iter().filter_map(|lane| match lane.key {
        LaneKey::Month(month) => Some((month, lane)),
        _ => None,
    });
    let mut next = months.next();
    while at <= last {
        if next.as_ref().is_some_and(|(month, _)| *month == at) {
            columns.extend(next.take().map(|(_, lane)| Column::Lane(lane.clone())));
            next = months.next();
        } else if unfold || at == now {
            columns.push(Column::Lane(Lane { key: LaneKey::Month(at), cards: Vec::new() }));
        } else if let Some(Column::Gap(_, end)) = columns.last_mut() {
            *end = at;
        } else {
            columns.push(Column::Gap(at, at));
        }
        at = at.next();
    }
    let of = |key| board.lane(key).filter(|lane| !lane.cards.is_empty()).cloned().map(Column::Lane);
    let before = of(LaneKey::Overdue).into_iter();
    let after = [LaneKey::Ongoing, LaneKey::Recurring, LaneKey::From, LaneKey::None].into_iter().filter_map(of);
    before.chain(columns).chain(after).collect()
}

/// Draws the board.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab) {
    let mut events = Vec::new();
    let reveal = tab.board.reveal.take();
    {
        let TimelineTab { timeline, worked, board, chosen, cursor, empty_months, .. } = tab;
        let (Some((_, timeline)), Some(Worked { board: lanes, .. })) = (timeline, worked) else { return };
        let columns = columns(lanes, ctx.as_at, *empty_months);
        let until = Month::of(ctx.as_at).plus(12).max(lanes.range().map_or(Month::of(ctx.as_at), |(_, last)| last));
        ScrollArea::horizontal().id_salt("board").auto_shrink(false).show_viewport(ui, |ui, seen| {
            let origin = ui.max_rect().min;
            let height = ui.available_height();
            let mut x = 0.0;
            for column in &columns {
                let width = if matches!(column, Column::Gap(..)) { lane::GAP } else { lane::WIDTH };
                let rect = Rect::from_min_size(pos2(origin.x + x, origin.y), vec2(width, height));
                let holds = |lane: &Lane| {
                    lane.cards.iter().any(|card| timeline.entry(card.entry).map(|entry| entry.row) == reveal)
                };
                match column {
                    Column::Gap(first, last) => lane::gap(ui, ctx, rect, (*first, *last), &mut events),
                    Column::Lane(lane) => {
                        let in_sight = x + width >= seen.left() && x <= seen.right();
                        if in_sight || (reveal.is_some() && holds(lane)) {
                            let drawn = LaneDrawn { timeline, lane, until, chosen, cursor: *cursor, reveal };
                            lane::show(ui, ctx, rect, &drawn, &mut board.heights, &mut events);
                        }
                        if reveal.is_some() && holds(lane) {
                            // the lane's own scrolling keeps for itself where its card would be shown
                            ui.scroll_to_rect(rect, None);
                        }
                    }
                }
                x += width;
            }
            ui.allocate_rect(Rect::from_min_size(origin, vec2(x, height)), Sense::hover());
            scroll_while_dragging(ui);
        });
    }
    for event in events {
        happened(ctx, tab, event);
    }
    ghost(ui, tab);
}

/// Near the board's edges, dragging scrolls.
fn scroll_while_dragging(ui: &Ui) {
    const NEAR: f32 = 48.0;
    let Some(pointer) = ui.ctx().pointer_latest_pos().filter(|_| DragAndDrop::has_payload_of_type::<Dragged>(ui.ctx()))
    else {
        return;
    };
    let clip = ui.clip_rect();
    let by = if pointer.x > clip.right() - NEAR {
        -14.0
    } else if pointer.x < clip.left() + NEAR {
        14.0
    } else {
        return;
    };
    ui.scroll_with_delta(vec2(by, 0.0));
    ui.ctx().request_repaint();
}

fn happened(ctx: &Ctx<'_>, tab: &mut TimelineTab, event: Event) {
    match event {
        Event::Clicked(row, modifiers) if modifiers.shift => tab.choose_to(row),
        Event::Clicked(row, modifiers) if modifiers.command => tab.toggle(row),
        Event::Clicked(row, _) => {
            tab.chosen.clear();
            tab.cursor = Some(row);
            tab.details.shown = true;
            // the panel takes room: what was clicked stays in view, and has the keys
            tab.board.reveal = Some(row);
        }
        Event::Opened(row) => {
            tab.cursor = Some(row);
            tab.details.shown = true;
            tab.details.focus = true;
        }
        Event::Focused(row) => tab.cursor = Some(row),
        Event::DragStarted(row) => {
            let rows = if tab.chosen.contains(&row) { tab.chosen.iter().copied().collect() } else { vec![row] };
            tab.dragged_now = Some(Dragged::Cards(rows));
        }
        Event::Dropped(key, Dragged::Cards(rows)) => tab.move_to(ctx, rows, key),
        Event::Dropped(_, Dragged::Action(_)) => {}
        Event::Paired(timescale, action) => {
            let edit = intent::pair(ctx.plan, timescale, Some(action));
            if edit.is_empty() {
                let asking = Asking::new(Ask::Pair(timescale), String::new(), ctx.as_at);
                ctx.send(Wish::Ask(Box::new(asking)));
            } else {
                ctx.edit(edit);
            }
        }
    }
}

impl TimelineTab {
    /// Asks for the reason of a move to another lane; nothing is asked where nothing moves.
    pub(super) fn move_to(&self, ctx: &Ctx<'_>, rows: Vec<DueRow>, key: LaneKey) {
        let stays = rows.iter().all(|row| self.lane_of(*row) == Some(key));
        if !stays && let Some(asking) = Asking::revise(rows, key, ctx.as_at) {
            ctx.send(Wish::Ask(Box::new(asking)));
        }
    }

    /// The lane that a row's card stands in.
    pub(super) fn lane_of(&self, row: DueRow) -> Option<LaneKey> {
        let (_, timeline) = self.timeline.as_ref()?;
        let place = timeline.place_of(row)?;
        let lanes = &self.worked.as_ref()?.board.lanes;
        lanes.iter().find(|lane| lane.cards.iter().any(|card| card.entry == place)).map(|lane| lane.key)
    }

    /// The cards in the order they are shown: lane by lane.
    pub(super) fn in_order(&self) -> Vec<DueRow> {
        let (Some((_, timeline)), Some(worked)) = (&self.timeline, &self.worked) else { return Vec::new() };
        let cards = worked.board.lanes.iter().flat_map(|lane| &lane.cards);
        cards.filter_map(|card| timeline.entry(card.entry)).map(|entry| entry.row).collect()
    }

    pub(super) fn toggle(&mut self, row: DueRow) {
        if !self.chosen.remove(&row) {
            self.chosen.insert(row);
        }
        self.cursor = Some(row);
    }

    /// Chooses every card from the one with the cursor to this one.
    pub(super) fn choose_to(&mut self, row: DueRow) {
        let all = self.in_order();
        let place = |row: DueRow| all.iter().position(|other| *other == row);
        let to = place(row);
        let from = self.cursor.and_then(place).or(to);
        if let (Some(from), Some(to)) = (from, to) {
            self.chosen.extend(&all[from.min(to)..=from.max(to)]);
        }
        self.cursor = Some(row);
    }
}

/// What is dragged follows the pointer.
fn ghost(ui: &Ui, tab: &mut TimelineTab) {
    if let Some(dragged) = tab.dragged_now.take() {
        DragAndDrop::set_payload(ui.ctx(), dragged);
    }
    let Some(dragged) = DragAndDrop::payload::<Dragged>(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_latest_pos() else { return };
    let theme = tokens(ui);
    let words = match &*dragged {
        Dragged::Cards(rows) => count(rows.len(), "card"),
        Dragged::Action(_) => "1 action".to_owned(),
    };
    let area = egui::Area::new(egui::Id::unique("dragged")).order(egui::Order::Tooltip).interactable(false);
    area.fixed_pos(pointer + vec2(12.0, 10.0)).show(ui.ctx(), |ui| {
        let frame = egui::Frame::new().fill(theme.accent).corner_radius(4).inner_margin(egui::Margin::symmetric(8, 4));
        frame.show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(words).size(size::SMALL).color(theme.on_accent)).extend());
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(months: &[(i32, u32)]) -> Board {
        let lane = |key| Lane { key, cards: vec![crate::model::timeline::Card { entry: 0, overdue: false }] };
        let mut lanes: Vec<Lane> =
            months.iter().map(|(year, month)| lane(LaneKey::Month(Month { year: *year, month: *month }))).collect();
        lanes.push(lane(LaneKey::Ongoing));
        lanes.push(Lane { key: LaneKey::None, cards: Vec::new() });
        Board { lanes, ..Board::default() }
    }

    fn words(columns: &[Column]) -> Vec<String> {
        let word = |column: &Column| match column {
            Column::Lane(lane) => format!("{} {}", lane.key, lane.cards.len()),
            Column::Gap(first, last) => format!("{first}..{last}"),
        };
        columns.iter().map(word).collect()
    }

    #[test]
    fn empty_months_are_folded_but_the_month_of_the_date_has_a_lane() {
        let as_at = NaiveDate::from_ymd_opt(2013, 9, 12).expect("a date");
        let board = board(&[(2013, 6), (2013, 7), (2014, 1)]);
        assert_eq!(
            words(&columns(&board, as_at, false)),
            ["2013-06 1", "2013-07 1", "2013-08..2013-08", "2013-09 0", "2013-10..2013-12", "2014-01 1", "ongoing 1"]
        );
        assert_eq!(columns(&board, as_at, true).len(), 9, "each month from June to January, and ongoing");
    }

    #[test]
    fn a_date_years_away_makes_no_hundred_lanes() {
        let as_at = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        let board = board(&[(2013, 6)]);
        assert_eq!(words(&columns(&board, as_at, true)), ["2013-06 1", "2013-07..2026-10", "2026-11 0", "ongoing 1"]);
    }
}
