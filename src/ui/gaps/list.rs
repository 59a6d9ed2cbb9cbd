//! The list: headings of kinds with their counts, a row for each gap. Only what is in view is drawn.

use super::GapsPanel;
use crate::model::gap::{Asked, Gap, Rule, place};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tone, size, tokens};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Key, Modifiers, Rect, Response, ScrollArea, Sense, Ui, pos2, vec2};
use std::collections::BTreeMap;

/// Heights in points.
const HEADING: f32 = 28.0;
const SHORT: f32 = 30.0;
const LONG: f32 = 44.0;

/// How high a gap's row is: where the heading says all of it, a second line would say it again.
fn height(one: &Asked) -> f32 {
    let said = matches!(
        one.gap.rule,
        Rule::Promise | Rule::Unlinked | Rule::NoDecision | Rule::NoOwner | Rule::NoPosition | Rule::NoEvidence
    );
    if said && one.answer.is_none() { SHORT } else { LONG }
}

/// The gaps that are listed, by kind.
pub(super) struct Listed<'g> {
    /// Those that are listed, in the list's order.
    pub(super) gaps: Vec<&'g Asked>,
    /// How many there are of each kind, whatever kind is listed.
    pub(super) counts: BTreeMap<Rule, usize>,
    /// How many of all kinds.
    pub(super) all: usize,
}

impl<'g> Listed<'g> {
    pub(super) fn of(all: &'g [Asked], rule: Option<Rule>, answered: bool) -> Self {
        let mut by_rule: BTreeMap<Rule, Vec<&Asked>> = BTreeMap::new();
        for one in all.iter().filter(|one| one.answer.is_some() == answered) {
            by_rule.entry(one.gap.rule).or_default().push(one);
        }
        let counts: BTreeMap<Rule, usize> = by_rule.iter().map(|(rule, gaps)| (*rule, gaps.len())).collect();
        let all = counts.values().sum();
        let listed = by_rule.into_iter().filter(|(of, _)| rule.is_none_or(|rule| rule == *of));
        Self { gaps: listed.flat_map(|(_, gaps)| gaps).collect(), counts, all }
    }

    /// Where a gap stands in the list.
    pub(super) fn place(&self, gap: &Gap) -> Option<usize> {
        self.gaps.iter().position(|one| one.gap.is(gap))
    }

    /// The listed ones of a kind.
    pub(super) fn of_rule(&self, rule: Rule) -> impl Iterator<Item = &'g Asked> + '_ {
        self.gaps.iter().copied().filter(move |one| one.gap.rule == rule)
    }

    /// Whether a heading stands over the gap at a place.
    fn begins(&self, place: usize) -> bool {
        place == 0 || self.gaps[place - 1].gap.rule != self.gaps[place].gap.rule
    }
}

impl GapsPanel {
    pub(super) fn list(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, listed: &Listed<'_>) {
        let headings = (0..listed.gaps.len()).filter(|place| listed.begins(*place)).count();
        let rows: f32 = listed.gaps.iter().map(|one| height(one)).sum();
        let whole = headings as f32 * HEADING + rows;
        self.has_keys = false;
        let current = self.current.as_ref().and_then(|current| listed.place(&current.gap));
        let mut chosen = None;
        ScrollArea::vertical().id_salt("gaps").auto_shrink(false).show_viewport(ui, |ui, view| {
            ui.set_height(whole);
            let (left, right) = (ui.max_rect().left(), ui.max_rect().right() - 6.0);
            let top = ui.max_rect().top();
            let mut y = 0.0;
            for (at, one) in listed.gaps.iter().enumerate() {
                if listed.begins(at) {
                    if y + HEADING >= view.top() && y <= view.bottom() {
                        let rect = Rect::from_min_max(pos2(left, top + y), pos2(right, top + y + HEADING));
                        let count = listed.counts.get(&one.gap.rule).copied().unwrap_or(0);
                        heading(ui, rect, one.gap.rule, count);
                    }
                    y += HEADING;
                }
                let high = height(one);
                let rect = Rect::from_min_max(pos2(left, top + y), pos2(right, top + y + high));
                let is_current = current == Some(at);
                if is_current && std::mem::take(&mut self.bring) {
                    // with its heading, and a little of what comes before and after
                    ui.scroll_to_rect(rect.expand2(vec2(0.0, HEADING)), None);
                }
                if y + high >= view.top() && y <= view.bottom() {
                    let response = row(ui, ctx, rect, one, is_current);
                    if self.focus && (is_current || current.is_none()) {
                        self.focus = false;
                        response.request_focus();
                    }
                    if response.clicked() {
                        chosen = Some((at, false));
                    }
                    if response.double_clicked() {
                        chosen = Some((at, true));
                    }
                    self.arrows(ui, &response);
                }
                y += high;
            }
        });
        if let Some((at, typing)) = chosen {
            self.choose(ui, ctx, &listed.gaps[at].gap, at, typing);
            self.bring = false;
        }
    }

    /// The arrows go through the list, however long it is.
    fn arrows(&mut self, ui: &Ui, response: &Response) {
        if !response.has_focus() {
            return;
        }
        self.has_keys = true;
        let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                (self.step, self.focus) = (Some(by), true);
            }
        }
    }
}

fn heading(ui: &Ui, rect: Rect, rule: Rule, count: usize) {
    let theme = tokens(ui);
    ui.painter().rect_filled(rect, 0.0, theme.band);
    let middle = pos2(rect.left() + 8.0, rect.center().y);
    let drawn =
        ui.painter().text(middle, egui::Align2::LEFT_CENTER, rule.title(), theme::strong(size::SMALL), theme.ink);
    let at = pos2(drawn.right() + 8.0, rect.center().y);
    let words = count.to_string();
    ui.painter().text(at, egui::Align2::LEFT_CENTER, words, theme::regular(size::SMALL), theme.ink_second);
    let response = ui.interact(rect, egui::Id::unique(("kind of gap", rule.word())), Sense::hover());
    let spoken = format!("{}: {count}", rule.title());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, &spoken));
}

fn row(ui: &Ui, ctx: &Ctx<'_>, rect: Rect, one: &Asked, current: bool) -> Response {
    let theme = tokens(ui);
    let gap = &one.gap;
    let place = place(ctx.plan, ctx.index, gap.entity, gap.row);
    let response = ui.interact(rect, egui::Id::unique(("gap", gap.rule.word(), gap.row, &gap.about)), Sense::click());
    if current || response.hovered() || response.has_focus() {
        let ground = if current { theme.tint(Tone::Blue).ground } else { theme.ground };
        ui.painter().rect_filled(rect, 0.0, ground);
    }
    if current {
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 0.0, theme.accent);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.5, theme.accent);
        ui.painter().rect_stroke(rect.shrink(1.0), 3.0, stroke, egui::StrokeKind::Inside);
    }
    let width = rect.width() - 16.0;
    let format = |font, color| TextFormat { font_id: font, color, ..TextFormat::default() };
    let mut first = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
    if !place.reference.is_empty() {
        first.append(&format!("{}  ", place.reference), 0.0, format(theme::strong(size::BODY), theme.ink));
    }
    first.append(&place.name, 0.0, format(theme::regular(size::BODY), theme.ink));
    if rect.height() < f32::midpoint(SHORT, LONG) {
        let galley = ui.painter().layout_job(first);
        ui.painter().galley(rect.min + vec2(8.0, 6.0), galley, theme.ink);
    } else {
        let said = one.answer.as_ref().map_or(gap.text.as_str(), |answer| answer.reason.as_str());
        let said: Vec<&str> = said.split_whitespace().collect();
        let mut second = LayoutJob { wrap: TextWrapping::truncate_at_width(width), ..LayoutJob::default() };
        second.append(&said.join(" "), 0.0, format(theme::regular(size::SMALL), theme.ink_second));
        for (job, y) in [(first, 4.0), (second, 23.0)] {
            let galley = ui.painter().layout_job(job);
            ui.painter().galley(rect.min + vec2(8.0, y), galley, theme.ink);
        }
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme.line_faint));
    let spoken = format!("{}: {}. {}", gap.rule.title(), place.words(), gap.text);
    response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::ListBoxOption, true, current, &spoken));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
