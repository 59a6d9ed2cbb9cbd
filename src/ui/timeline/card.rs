//! One card: what, who, how far, which recommendations, and what it slipped from.

use super::serves;
use crate::model::due::Due;
use crate::model::state::Shown;
use crate::model::timeline::{Card, DueRow, Entry, Kind};
use crate::model::{Id, Plan};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tone, size, tokens};
use crate::ui::widgets::{Badge, pill};
use chrono::NaiveDate;
use egui::{Align, CornerRadius, Frame, Label, Layout, Margin, Rect, Response, RichText, Sense, Stroke, Ui, UiBuilder};

/// What is dragged over the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Dragged {
    /// Cards, to another lane.
    Cards(Vec<DueRow>),
    /// An action of a responsibility, onto the timescale that is its due.
    Action(Id),
}

/// What a card needs to be drawn.
pub(super) struct Drawn<'a> {
    pub(super) card: Card,
    pub(super) entry: &'a Entry,
    pub(super) chosen: bool,
    pub(super) cursor: bool,
}

/// What was done with a card.
pub(super) struct Touched {
    pub(super) response: Response,
    /// It was clicked, on one of its actions perhaps.
    pub(super) clicked: bool,
    /// An action was dropped on it.
    pub(super) pair_with: Option<Id>,
}

/// How many of a responsibility's actions a card lists.
const MOST_ACTIONS: usize = 5;

/// The dates before the present one, as people say it: "was May 2013, then June 2013: waiting for
/// legal advice".
pub(super) fn story(ctx: &Ctx<'_>, entry: &Entry) -> String {
    let moves = entry.moves(ctx.plan, ctx.index);
    let Some((last, before)) = moves.split_last().filter(|(_, before)| !before.is_empty()) else {
        return String::new();
    };
    let words: Vec<&str> = before.iter().map(|step| step.words).collect();
    let reason = if last.reason.is_empty() { String::new() } else { format!(": {}", last.reason) };
    format!("was {}{reason}", words.join(", then "))
}

/// What a card says of its lane beside the lane's heading: a named day, the next review, the next
/// occurrences, the start.
pub(super) fn beside(ctx: &Ctx<'_>, card: Card, entry: &Entry, until: crate::model::due::Month) -> String {
    let day = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    let due = match entry.due {
        Due::Month { day: Some(named), .. } => format!("by {}", day(named)),
        Due::Month { month, .. } if card.overdue => format!("due {}", month.label()),
        Due::From { start } => format!("from {}", start.label()),
        Due::Recurring { every, .. } => {
            let next = entry.due.occurrences(crate::model::due::Month::of(ctx.as_at), until);
            let next: Vec<String> =
                next.iter().take(3).map(|month| month.first_day().format("%b %Y").to_string()).collect();
            let often = every.map_or_else(|| "how often? ".to_owned(), |_| String::new());
            let words = entry.due_words(ctx.plan);
            if next.is_empty() {
                format!("{often}{words}")
            } else {
                format!("{often}{words}; next {}", next.join(", "))
            }
        }
        Due::None => entry.due_words(ctx.plan).to_owned(),
        Due::Ongoing | Due::Month { .. } => String::new(),
    };
    match entry.next_review {
        Some(review) if !entry.is_over() => {
            let late = if review < ctx.as_at { "review was due" } else { "next review" };
            format!("{due}{}{late} {}", if due.is_empty() { "" } else { "; " }, day(review))
        }
        _ => due,
    }
}

const NO_OWNER: &str = "No owner";

/// Who has a card, or that nobody has.
pub(super) fn owner(plan: &Plan, entry: &Entry) -> String {
    let owner = entry.owner(plan);
    if owner.is_empty() { NO_OWNER.into() } else { owner }
}

/// "Finding: Northmoor General, staffing levels": what sources said that led to a card's actions; blank for
/// nothing.
fn found(ctx: &Ctx<'_>, entry: &Entry) -> String {
    if ctx.plan.finding_links.is_empty() {
        return String::new();
    }
    let own = match entry.kind {
        Kind::Action(id) => Some(id),
        Kind::Responsibility(_) => None,
    };
    let findings = own.iter().chain(&entry.actions).flat_map(|id| ctx.plan.findings_about(*id));
    let mut words: Vec<String> =
        findings.map(|row| crate::ui::complaints::finding_about(ctx.plan, row, true)).collect();
    words.sort();
    words.dedup();
    match words.as_slice() {
        [] => String::new(),
        [one] => format!("Finding: {one}"),
        many => format!("Findings: {}", many.join("; ")),
    }
}

/// What a screen reader says of a card.
pub(super) fn spoken(ctx: &Ctx<'_>, card: Card, entry: &Entry) -> String {
    let state = ctx.state_words.word(card.state(entry)).to_owned();
    let mut parts = vec![entry.text(ctx.plan).to_owned(), state, owner(ctx.plan, entry)];
    parts.push(format!("due {}", entry.due_words(ctx.plan)));
    parts.push(story(ctx, entry));
    parts.push(serves(ctx.plan, entry));
    parts.push(found(ctx, entry));
    if let Kind::Responsibility(_) = entry.kind {
        parts.push(crate::model::text::count(entry.actions.len(), "action"));
    }
    parts.retain(|part| !part.is_empty() && part != "due ");
    format!("Card: {}", parts.join(", "))
}

/// Draws a card into a width. Its height is what it needs.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, drawn: &Drawn<'_>, until: crate::model::due::Month) -> Touched {
    let theme = tokens(ui);
    let Drawn { card, entry, chosen, cursor } = *drawn;
    let id = egui::Id::unique(("card", entry.row));
    let (line, width) = if chosen || cursor { (theme.accent, 1.6) } else { (theme.line, 1.0) };
    let frame = Frame::new()
        .fill(if chosen { theme.accent_ground } else { theme.paper })
        .stroke(Stroke::new(width, line))
        .corner_radius(CornerRadius::same(5))
        .inner_margin(Margin::symmetric(10, 8));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 2.0;
        contents(ui, ctx, card, entry, until)
    });
    let rect = shown.response.rect;
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let mut pair_with = None;
    let mut clicked = response.clicked();
    for (action, line) in shown.inner {
        // an action of the card can be dragged by itself, onto the timescale that is its due
        let line = ui.interact(line, egui::Id::unique(("card action", entry.row, action)), Sense::click_and_drag());
        clicked |= line.clicked();
        line.dnd_set_drag_payload(Dragged::Action(action));
        let said = ctx.plan.actions.get(&action).map_or("", |row| row.text.as_str());
        line.on_hover_cursor(egui::CursorIcon::Grab)
            .on_hover_text("Drag it onto the timescale that is its due")
            .widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, format!("Its action: {said}"))
            });
    }
    if ctx.editable && matches!(entry.row, DueRow::Timescale(_)) {
        // a timescale is the due of actions of its own responsibility, and of no others
        let belongs = |dragged: &Dragged| match dragged {
            Dragged::Action(id) => {
                ctx.plan.actions.get(id).and_then(|row| row.responsibility) == entry.responsibility()
            }
            Dragged::Cards(_) => false,
        };
        if response.dnd_hover_payload::<Dragged>().is_some_and(|dragged| belongs(&dragged)) {
            ui.painter().rect_stroke(rect, 5.0, Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
        }
        if response.dnd_hover_payload::<Dragged>().is_some_and(|dragged| belongs(&dragged))
            && let Some(dragged) = response.dnd_release_payload::<Dragged>()
            && let Dragged::Action(action) = *dragged
        {
            pair_with = Some(action);
        }
    }
    let name = spoken(ctx, card, entry);
    response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, chosen, &name));
    if response.has_focus() {
        ui.painter().rect_stroke(rect.expand(1.5), 6.0, Stroke::new(1.5, theme.accent), egui::StrokeKind::Inside);
    }
    Touched { response, clicked, pair_with }
}

/// Draws what stands in a card; gives where its actions are listed.
fn contents(ui: &mut Ui, ctx: &Ctx<'_>, card: Card, entry: &Entry, until: crate::model::due::Month) -> Vec<(Id, Rect)> {
    let theme = tokens(ui);
    cut(ui, entry.text(ctx.plan), theme::regular(size::BODY), theme.ink, 5);
    let story = story(ctx, entry);
    if !story.is_empty() {
        cut(ui, &story, theme::regular(size::SMALL), theme.ink_second, 3);
    }
    let beside = beside(ctx, card, entry, until);
    if !beside.is_empty() {
        cut(ui, &beside, theme::regular(size::SMALL), theme.ink_second, 3);
    }
    let found = found(ctx, entry);
    if !found.is_empty() {
        cut(ui, &found, theme::regular(size::SMALL), theme.tint(Tone::Blue).ink, 2);
    }
    let lines = listed(ui, ctx, entry);
    ui.add_space(2.0);
    let owner = owner(ctx.plan, entry);
    let ink = if owner == NO_OWNER { theme.tint(Tone::Amber).ink } else { theme.ink_second };
    cut(ui, &owner, theme::regular(size::SMALL), ink, 2);
    ui.add_space(1.0);
    state_row(ui, ctx, card, entry);
    lines
}

/// The actions under a responsibility, a line each.
fn listed(ui: &mut Ui, ctx: &Ctx<'_>, entry: &Entry) -> Vec<(Id, Rect)> {
    let theme = tokens(ui);
    let mut lines = Vec::new();
    for action in entry.actions.iter().take(MOST_ACTIONS).filter_map(|id| ctx.plan.actions.get(id)) {
        let badge = Badge::shown(Shown::of(action.state).tentative(action.tentative), ctx.state_words);
        let line = ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            let (rect, _) = ui.allocate_exact_size(egui::vec2(10.0, size::SMALL_LINE), Sense::hover());
            if let Some(shape) = badge.shape {
                crate::ui::widgets::draw_shape(ui.painter(), rect.center(), 8.0, shape, theme.tint(badge.tone).ink);
            }
            cut(ui, &action.text, theme::regular(size::SMALL), theme.ink_second, 2);
        });
        lines.push((action.id, line.response.rect));
    }
    if entry.actions.len() > MOST_ACTIONS {
        let more = format!("and {} more", entry.actions.len() - MOST_ACTIONS);
        ui.label(RichText::new(more).size(size::SMALL).color(theme.ink_second));
    }
    lines
}

/// What it serves at the left, the state at the right; below each other where both do not fit.
fn state_row(ui: &mut Ui, ctx: &Ctx<'_>, card: Card, entry: &Entry) {
    let theme = tokens(ui);
    let badge = Badge::shown(card.state(entry), ctx.state_words);
    let width = ui.available_width();
    let pill_width = pill::width(ui.painter(), &badge).min(width);
    let serves = serves(ctx.plan, entry);
    let top = ui.cursor().min;
    let left = Rect::from_min_size(top, egui::vec2((width - pill_width - 6.0).max(40.0), 60.0));
    let words = ui.scope_builder(UiBuilder::new().max_rect(left).layout(Layout::top_down(Align::Min)), |ui| {
        cut(ui, &serves, theme::regular(size::SMALL), theme.ink_second, 3);
    });
    let at = egui::pos2(top.x + width - pill_width, top.y);
    pill::paint_pill(ui.painter(), theme, at, pill_width + 1.0, &badge);
    let below = words.response.rect.bottom().max(at.y + pill::HEIGHT);
    let used = Rect::from_min_max(top, egui::pos2(top.x + width, below));
    ui.advance_cursor_after_rect(used);
}

/// A text in at most so many lines, with dots where there is more; the whole of it on hover.
pub(super) fn cut(ui: &mut Ui, text: &str, font: egui::FontId, ink: egui::Color32, rows: usize) -> Response {
    let mut job = egui::text::LayoutJob::simple(text.trim().to_owned(), font, ink, ui.available_width());
    job.wrap.max_rows = rows;
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let elided = galley.elided;
    let response = ui.add(Label::new(galley).selectable(false).sense(Sense::hover()));
    if elided { response.on_hover_text(text) } else { response }
}
