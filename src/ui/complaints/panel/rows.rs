//! The rows behind a cell, a page at a time; and one of them whole.

use super::super::{ComplaintsTab, Spot};
use super::heading;
use crate::model::calendar::working_days_between;
use crate::model::intelligence::{Intelligence, View, lower_first, upper_first};
use crate::model::signal::{Held, Outcome, Signal, Source};
use crate::model::text::count;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::{icon_button, link_button};
use egui::{RichText, ScrollArea, Sense, Stroke, Ui, vec2};
use egui_material_icons::icons::ICON_ARROW_BACK;
use std::sync::Arc;

/// How many rows are asked for at once.
const PAGE: usize = 200;

/// What the list of rows remembers.
#[derive(Debug, Default)]
pub(in super::super) struct RowsView {
    of: Option<(Arc<Intelligence>, View, Spot)>,
    numbers: Vec<i64>,
    page: usize,
}

impl RowsView {
    /// Finds the rows behind a place, where it or what is known has changed.
    pub(in super::super) fn update(&mut self, given: &Arc<Intelligence>, view: &View, spot: Spot) {
        let same = self.of.as_ref().is_some_and(|(of, was, at)| Arc::ptr_eq(of, given) && (was, *at) == (view, spot));
        if same {
            return;
        }
        let whose = spot.provider.map_or_else(|| View { provider: None, ..view.clone() }, |id| view.for_provider(id));
        self.numbers = given.rows(&whose, spot.theme, spot.source);
        let moved = self.of.as_ref().is_none_or(|(_, was, at)| (was, *at) != (view, spot));
        if moved {
            self.page = 0;
        }
        self.page = self.page.min(self.numbers.len().saturating_sub(1) / PAGE);
        self.of = Some((Arc::clone(given), view.clone(), spot));
    }

    /// The rows to ask the file for.
    pub(in super::super) fn wanted(&self) -> Option<Vec<i64>> {
        let page = self.page_numbers();
        (!page.is_empty()).then(|| page.to_vec())
    }

    fn page_numbers(&self) -> &[i64] {
        let from = self.page * PAGE;
        self.numbers.get(from..(from + PAGE).min(self.numbers.len())).unwrap_or_default()
    }
}

/// What the rows are called: "14 complaints in this cell".
fn named(tab: &ComplaintsTab, spot: Spot) -> String {
    let rows = tab.panel.rows.numbers.len();
    let Some(worked) = &tab.worked else { return String::new() };
    let what = match spot.source {
        Some(source) if rows == 1 => source.word().to_owned(),
        Some(source) => source.several().to_owned(),
        None if rows == 1 => "row".to_owned(),
        None => "rows".to_owned(),
    };
    let about = lower_first(worked.of.theme_title(spot.theme));
    let number = if rows == 0 { "No".to_owned() } else { rows.to_string() };
    match spot.theme.id() {
        Some(_) => format!("{number} {what} about {about}"),
        None => format!("{number} {what}, {about}"),
    }
}

/// Draws the rows of the chosen place.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab) {
    let theme = tokens(ui);
    let Some(spot) = tab.cursor else { return };
    let response = heading(ui, &named(tab, spot));
    if std::mem::take(&mut tab.panel.reveal_rows) {
        response.scroll_to_me(Some(egui::Align::Min));
    }
    let page = tab.panel.rows.page_numbers();
    if page.is_empty() {
        let text = match spot.source {
            Some(source) if source.is_measured() => "What is counted here came as numbers, not item by item.",
            _ => "Nothing stands behind this cell item by item.",
        };
        ui.add(egui::Label::new(RichText::new(text).color(theme.ink_second)).wrap());
        return;
    }
    let held = ctx.signals.unwrap_or_default();
    let of_page = |number: &i64| held.iter().find(|held| held.number == *number);
    if page.iter().all(|number| of_page(number).is_none()) {
        ui.label(RichText::new("Reading the rows…").color(theme.ink_second));
        return;
    }
    let with_source = spot.source.is_none();
    let mut opened = None;
    for held in page.iter().filter_map(of_page) {
        if row(ui, ctx, held, with_source) {
            opened = Some(held.number);
        }
    }
    pages(ui, tab);
    if opened.is_some() {
        tab.panel.one = opened;
    }
}

fn pages(ui: &mut Ui, tab: &mut ComplaintsTab) {
    let all = tab.panel.rows.numbers.len();
    if all <= PAGE {
        return;
    }
    let rows = &mut tab.panel.rows;
    let last = (all - 1) / PAGE;
    let (from, to) = (rows.page * PAGE + 1, ((rows.page + 1) * PAGE).min(all));
    ui.horizontal(|ui| {
        if ui.add_enabled(rows.page > 0, egui::Button::new("‹")).accessible_name("Rows before").clicked() {
            rows.page -= 1;
            tab.panel.reveal_rows = true;
        }
        ui.label(format!("{from} to {to} of {all}"));
        if ui.add_enabled(rows.page < last, egui::Button::new("›")).accessible_name("Rows after").clicked() {
            rows.page += 1;
            tab.panel.reveal_rows = true;
        }
    });
}

/// Where an item has got to: "open, day 24 of 25", "upheld · rota changed".
fn state(ctx: &Ctx<'_>, signal: &Signal) -> String {
    let mut parts = Vec::new();
    if signal.source == Source::Complaint && signal.closed.is_none_or(|closed| closed > ctx.as_at) {
        let within = ctx.settings.rules.at(ctx.as_at).answer_within;
        parts.push(match (signal.due, signal.received) {
            (Some(due), _) if due < ctx.as_at => format!("open, was due {}", due.format("%-d %b %Y")),
            (Some(due), _) => format!("open, due {}", due.format("%-d %b %Y")),
            (None, Some(received)) if received <= ctx.as_at => {
                format!("open, day {} of {within}", working_days_between(received, ctx.as_at))
            }
            _ => "open".to_owned(),
        });
    } else if !signal.outcome.is_empty() {
        let read = Outcome::read(&signal.outcome);
        parts.push(read.map_or_else(|| signal.outcome.to_lowercase(), |outcome| outcome.word().to_owned()));
    } else if !signal.state.is_empty() {
        parts.push(signal.state.to_lowercase());
    }
    if signal.source.is_item_by_item() {
        parts.push(match signal.adverse {
            Some(true) => "judged adverse".to_owned(),
            Some(false) => "judged not adverse".to_owned(),
            None => "not judged".to_owned(),
        });
    }
    if !signal.grade.is_empty() {
        parts.push(signal.grade.clone());
    }
    if !signal.learning.is_empty() {
        parts.push(lower_first(&signal.learning));
    }
    parts.join(" · ")
}

fn when(signal: &Signal) -> String {
    let date = signal.date_that_counts().or(signal.received).or(signal.happened);
    match (date, signal.counted_month()) {
        (Some(date), _) => date.format("%-d %b %y").to_string(),
        (None, Some(month)) => month.first_day().format("%b %y").to_string(),
        (None, None) => "no date".to_owned(),
    }
}

fn row(ui: &mut Ui, ctx: &Ctx<'_>, held: &Held, with_source: bool) -> bool {
    let theme = tokens(ui);
    let signal = &held.signal;
    let what = if with_source { upper_first(signal.source.word()) } else { String::new() };
    let place = [signal.site.as_str(), signal.service.as_str()].into_iter().find(|part| !part.is_empty());
    let parts = [what.as_str(), signal.reference.as_str(), place.unwrap_or_default()];
    let first: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let state = state(ctx, signal);
    let subjects = signal.subjects.join("; ");
    let inner = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let (rect, _) = ui.allocate_exact_size(vec2(62.0, size::SMALL_LINE), Sense::hover());
        let font = theme::regular(size::SMALL);
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, when(signal), font, theme.ink_second);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width() - 4.0);
            let line = |ui: &mut Ui, words: &str, ink| {
                if !words.is_empty() {
                    let text = RichText::new(words).size(size::SMALL).color(ink);
                    ui.add(egui::Label::new(text).wrap().selectable(false));
                }
            };
            line(ui, &first.join(" · "), theme.ink);
            line(ui, &subjects, theme.ink_second);
            line(ui, &state, theme.ink_second);
        });
    });
    let rect = inner.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() + 2.5, Stroke::new(1.0, theme.line_faint));
    let response = inner.response.interact(Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    let name = format!("Row {}, {}, {subjects}, {state}", first.join(", "), when(signal));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &name));
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 3.0, Stroke::new(1.5, theme.accent), egui::StrokeKind::Outside);
    }
    response.clicked()
}

/// Draws one signal whole.
pub(super) fn whole(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab) {
    let theme = tokens(ui);
    let held = ctx.signals.unwrap_or_default().iter().find(|held| Some(held.number) == tab.panel.one);
    let Some(held) = held else {
        tab.panel.one = None;
        return;
    };
    let signal = &held.signal;
    let mut back = false;
    ui.horizontal(|ui| {
        back = icon_button(ui, ICON_ARROW_BACK, "Back to what we can say", true).clicked();
        let title = format!("{} {}", upper_first(signal.source.word()), signal.reference);
        ui.add(egui::Label::new(RichText::new(title.trim()).font(theme::strong(size::HEADING))).truncate());
    });
    let whose = tab
        .worked
        .as_ref()
        .zip(held.provider)
        .map_or(signal.provider_given.as_str(), |(worked, id)| worked.of.provider_name(id));
    ui.label(RichText::new(whose).size(size::SMALL).color(theme.ink_second));
    ui.add_space(space::TIGHT);
    ScrollArea::vertical().id_salt("one signal").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::NORMAL);
        for (name, words) in fields(signal) {
            ui.label(RichText::new(name).font(theme::strong(size::SMALL)).color(theme.ink_second));
            ui.add(egui::Label::new(words).wrap());
            ui.add_space(2.0);
        }
        if ctx.editable {
            ui.add_space(space::NORMAL);
            ui.horizontal(|ui| {
                if ui.button("Edit…").accessible_name("Edit this signal").clicked() {
                    ctx.send(Wish::EditSignal(Box::new(held.clone())));
                }
                let delete = link_button(ui, "Delete").on_hover_text("It no longer counts. You can undo this");
                if delete.accessible_name("Delete this signal").clicked() {
                    ctx.send(Wish::DeleteSignals(vec![held.number]));
                    back = true;
                }
            });
        }
    });
    if back {
        tab.panel.one = None;
        tab.panel.reveal_rows = true;
    }
}

/// What a signal says, as far as it says anything.
fn fields(signal: &Signal) -> Vec<(&'static str, String)> {
    let day = |date: Option<chrono::NaiveDate>| date.map(|date| date.format("%-d %B %Y").to_string());
    let yes = |said: Option<bool>, yes: &str, no: &str| said.map(|said| if said { yes } else { no }.to_owned());
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let days = signal.received.zip(signal.closed).filter(|(received, closed)| received <= closed);
    let days = days.map(|(received, closed)| {
        let days = working_days_between(received, closed);
        count(usize::try_from(days).unwrap_or(0), "working day")
    });
    let closed = day(signal.closed).map(|closed| match &days {
        Some(days) => format!("{closed}, after {days}"),
        None => closed,
    });
    let counted = signal.counted_month().map(|month| {
        let other =
            if signal.is_counted_by_other_date() { ", by the other date: the one that counts is not said" } else { "" };
        format!("{}{other}", month.label())
    });
    let all = [
        ("About", text(&signal.subjects.join("\n"))),
        ("Received", day(signal.received)),
        ("Happened", day(signal.happened)),
        ("Counts in", counted),
        ("Answer due", day(signal.due)),
        ("Closed", closed),
        ("State", text(&signal.state)),
        ("Outcome", text(&signal.outcome)),
        ("Grade or harm", text(&signal.grade)),
        ("Judged", yes(signal.adverse, "Adverse", "Not adverse")),
        ("Its handling", yes(signal.handling_concern, "Gives concern", "Gives no concern")),
        ("What was learnt", text(&signal.learning)),
        ("What was made better", text(&signal.improvement)),
        ("Service", text(&signal.service)),
        ("Specialty", text(&signal.specialty)),
        ("Site or ward", text(&signal.site)),
        ("Kind", Some(upper_first(signal.hardness.word()))),
        ("Text that was kept", text(&signal.text)),
    ];
    all.into_iter().filter_map(|(name, words)| Some((name, words?))).collect()
}
