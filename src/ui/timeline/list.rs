//! The timeline as a table: every card a row, sorted as one likes.

use super::card::{beside, cut, owner, spoken, story};
use super::{TimelineTab, Worked, serves};
use crate::model::due::{Due, Month};
use crate::model::reference::natural_cmp;
use crate::model::text::fold;
use crate::model::timeline::{Card, DueRow, Entry, LaneKey, Timeline};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::{Badge, pill};
use egui::{Align, Button, Layout, RichText, Sense, Stroke, Ui};
use egui_extras::{Column as TableColumn, TableBuilder, TableRow};

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Column {
    /// When it is due.
    #[default]
    Due,
    /// What is to be done.
    Action,
    /// Who has it.
    Owner,
    /// How far it has got.
    State,
    /// The recommendations it serves.
    Serves,
    /// What it was due before.
    Slipped,
}

impl Column {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Due, "Due"),
        (Self::Action, "Action or responsibility"),
        (Self::Owner, "Owner"),
        (Self::State, "State"),
        (Self::Serves, "Recommendations"),
        (Self::Slipped, "Slipped"),
    ];
}

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub(super) struct ListView {
    by: Column,
    descending: bool,
    rows: Vec<(LaneKey, Card, DueRow)>,
    of: Option<(u64, chrono::NaiveDate, crate::model::timeline::Filter, Column, bool)>,
    /// Bring this row into view.
    pub(super) reveal: Option<DueRow>,
}

/// Height of a row: two lines.
const ROW: f32 = 44.0;

impl ListView {
    /// The row so many places further; the first without one to start from.
    pub(super) fn step(&self, from: Option<DueRow>, by: isize) -> Option<DueRow> {
        let last = self.rows.len().checked_sub(1)?;
        let at = from.and_then(|from| self.rows.iter().position(|(_, _, row)| *row == from));
        let to = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
        self.rows.get(to).map(|(_, _, row)| *row)
    }

    fn update(&mut self, ctx: &Ctx<'_>, timeline: &Timeline, worked: &Worked) {
        let key = (worked.of.0, worked.of.1, worked.of.2.clone(), self.by, self.descending);
        if self.of.as_ref() == Some(&key) {
            return;
        }
        let lanes = worked.board.lanes.iter();
        let cards = lanes.flat_map(|lane| lane.cards.iter().map(|card| (lane.key, *card)));
        let mut rows: Vec<(LaneKey, Card, &Entry)> =
            cards.filter_map(|(key, card)| Some((key, card, timeline.entry(card.entry)?))).collect();
        match self.by {
            Column::Due => {}
            Column::Action => rows.sort_by_cached_key(|(_, _, entry)| fold(entry.text(ctx.plan))),
            Column::Owner => rows.sort_by_cached_key(|(_, _, entry)| {
                let owner = entry.owner(ctx.plan);
                (owner.is_empty(), fold(&owner))
            }),
            Column::State => rows.sort_by_key(|(_, card, entry)| card.state(entry)),
            Column::Serves => {
                let first = |entry: &Entry| serves(ctx.plan, entry);
                rows.sort_by(|a, b| natural_cmp(&first(a.2), &first(b.2)));
            }
            Column::Slipped => rows.sort_by_key(|(_, _, entry)| std::cmp::Reverse(entry.slips)),
        }
        if self.descending {
            rows.reverse();
        }
        self.rows = rows.into_iter().map(|(key, card, entry)| (key, card, entry.row)).collect();
        self.of = Some(key);
    }
}

/// Draws the list.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut TimelineTab) {
    let mut clicked = None;
    {
        let TimelineTab { timeline, worked, list, chosen, cursor, .. } = tab;
        let (Some((_, timeline)), Some(worked)) = (timeline, worked) else { return };
        list.update(ctx, timeline, worked);
        let until = Month::of(ctx.as_at).plus(12);
        let reveal = list.reveal.take();
        let theme = tokens(ui);
        egui::Frame::new().fill(theme.paper).show(ui, |ui| {
            let wide = ui.available_width();
            let mut table = TableBuilder::new(ui)
                .striped(false)
                .sense(Sense::click())
                .cell_layout(Layout::left_to_right(Align::Min))
                .column(TableColumn::initial(130.0).at_least(90.0).clip(true).resizable(true))
                .column(TableColumn::remainder().at_least(220.0).clip(true))
                .column(TableColumn::initial(150.0).at_least(80.0).clip(true).resizable(true))
                .column(TableColumn::initial(148.0).at_least(110.0).clip(true).resizable(true))
                .column(TableColumn::initial(120.0).at_least(70.0).clip(true).resizable(true))
                .column(TableColumn::initial((wide * 0.2).clamp(100.0, 260.0)).at_least(80.0).clip(true));
            if let Some(row) = reveal
                && let Some(place) = list.rows.iter().position(|(_, _, other)| *other == row)
            {
                table = table.scroll_to_row(place, None);
            }
            let mut sort = None;
            let table = table.header(30.0, |mut header| {
                for (column, name) in Column::ALL {
                    header.col(|ui| {
                        if heading(ui, name, (list.by == column).then_some(list.descending)) {
                            sort = Some(column);
                        }
                    });
                }
            });
            table.body(|body| {
                body.rows(ROW, list.rows.len(), |mut row| {
                    let Some((key, card, of)) = list.rows.get(row.index()).copied() else { return };
                    let Some(entry) = timeline.entry(card.entry) else { return };
                    row.set_selected(chosen.contains(&of) || *cursor == Some(of));
                    cells(&mut row, ctx, key, card, entry, until);
                    let response = row.response();
                    let name = spoken(ctx, card, entry);
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Row, true, &name));
                    if response.clicked() {
                        clicked = Some((of, response.ctx.input(|input| input.modifiers)));
                    }
                });
            });
            if let Some(column) = sort {
                list.descending = list.by == column && !list.descending;
                list.by = column;
            }
        });
    }
    match clicked {
        Some((row, modifiers)) if modifiers.command => tab.toggle(row),
        Some((row, modifiers)) if modifiers.shift => tab.choose_to(row),
        Some((row, _)) => {
            tab.chosen.clear();
            tab.cursor = Some(row);
            tab.details.shown = true;
        }
        None => {}
    }
}

/// A heading that sorts; `descending` is `None` for a column that the list is not sorted by.
fn heading(ui: &mut Ui, name: &str, descending: Option<bool>) -> bool {
    let theme = tokens(ui);
    let arrow = match descending {
        None => "",
        Some(false) => " ▴",
        Some(true) => " ▾",
    };
    let text = RichText::new(format!("{name}{arrow}")).font(theme::strong(size::SMALL)).color(theme.ink_second);
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    let centred = |ui: &mut Ui| {
        ui.add_space(8.0);
        let response = ui.add(Button::new(text).frame(false).truncate()).on_hover_text("Sort");
        response.accessible_name(format!("Sort by {name}")).clicked()
    };
    ui.with_layout(Layout::left_to_right(Align::Center), centred).inner
}

fn cells(row: &mut TableRow<'_, '_>, ctx: &Ctx<'_>, key: LaneKey, card: Card, entry: &Entry, until: Month) {
    let body = |ui: &mut Ui, words: &str| {
        let theme = tokens(ui);
        padded(ui, |ui| {
            cut(ui, words, theme::regular(size::SMALL), theme.ink_second, 2);
        });
    };
    row.col(|ui| {
        let words = entry.due_words(ctx.plan);
        let words = if words.is_empty() { key.label() } else { words.to_owned() };
        let beside = match entry.due {
            Due::Recurring { .. } | Due::Ongoing => beside(ctx, card, entry, until).replace(&words, ""),
            _ => String::new(),
        };
        let beside = beside.trim_start_matches("; ");
        body(ui, if beside.is_empty() { words } else { format!("{words} ({beside})") }.as_str());
    });
    row.col(|ui| {
        let theme = tokens(ui);
        padded(ui, |ui| {
            cut(ui, entry.text(ctx.plan), theme::regular(size::BODY), theme.ink, 2);
        });
    });
    row.col(|ui| body(ui, &owner(ctx.plan, entry)));
    row.col(|ui| {
        padded(ui, |ui| {
            pill(ui, &Badge::shown(card.state(entry), ctx.state_words));
        });
    });
    row.col(|ui| body(ui, &serves(ctx.plan, entry)));
    row.col(|ui| body(ui, &story(ctx, entry)));
}

fn padded(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens(ui).line_faint));
    let frame = egui::Frame::new().inner_margin(egui::Margin { left: 8, right: 4, top: 5, bottom: 3 });
    frame.show(ui, |ui| {
        ui.with_layout(Layout::top_down(Align::Min), add);
    });
}
