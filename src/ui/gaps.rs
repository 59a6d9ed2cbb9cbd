//! The panel of gaps, beside the grid and the action plan: what a careful reader would ask, one by one, each led to
//! where it stands, settled there or answered here.

mod detail;
mod lead;
mod list;

use super::context::{Ctx, Wish};
use super::theme::{self, size, space, tokens};
use super::widgets::{chip, icon_button};
use crate::app::{Command, Gaps};
use crate::model::Id;
use crate::model::gap::{Gap, Rule};
use crate::report::ReportName;
use egui::{Align, ComboBox, Layout, RichText, Ui};
use egui_material_icons::icons::{ICON_CLOSE, ICON_PRINT};
use list::Listed;
use std::collections::HashMap;

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub struct GapsPanel {
    /// Whether it is open.
    pub shown: bool,
    /// The kind that is listed; `None` for all.
    rule: Option<Rule>,
    /// Those that were answered are listed, not the open ones.
    answered: bool,
    /// The gap that is looked at. It stays when it is settled, until another is chosen.
    current: Option<Current>,
    /// So many gaps on or back, asked for by a key.
    step: Option<isize>,
    /// Bring the one that is looked at into view.
    bring: bool,
    /// And give it the keys.
    focus: bool,
    /// Reasons that were begun, by the answer that they would be.
    reasons: HashMap<Id, String>,
    /// The answer is for all gaps of the kind.
    every: bool,
    /// How high what is looked at was when it was last drawn, in points.
    height: f32,
    /// It is about to have another height, and the list with it.
    resized: bool,
    /// A row of the list has the keys.
    has_keys: bool,
    /// The plan that all this is of.
    plan: Id,
}

/// The gap that is looked at.
#[derive(Debug, Clone)]
struct Current {
    gap: Gap,
    /// Its place in the list when it was last there.
    place: usize,
}

impl GapsPanel {
    /// Opens it, with the keys on its list.
    pub fn open(&mut self) {
        (self.shown, self.focus, self.bring) = (true, true, true);
    }

    /// Goes so many gaps on or back, in the next frame.
    pub fn step(&mut self, by: isize) {
        self.shown = true;
        self.step = Some(by);
    }

    /// Draws the panel. `gaps` are none until they were looked for.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, gaps: Option<&Gaps>) {
        let Some(gaps) = gaps else {
            self.header(ui, ctx, None);
            ui.label(RichText::new("Looking for gaps…").color(tokens(ui).ink_second));
            return;
        };
        if self.plan != ctx.plan.id() {
            // what was begun in another plan is none of this one's
            *self = Self { shown: true, focus: self.focus, step: self.step, plan: ctx.plan.id(), ..Self::default() };
        }
        self.bring |= std::mem::take(&mut self.resized);
        let listed = Listed::of(&gaps.all, self.rule, self.answered);
        self.follow(ui, ctx, &listed);
        self.header(ui, ctx, Some(gaps));
        self.filter(ui, gaps, &listed);
        if self.current.is_some() {
            self.below(ui, ctx, gaps, &listed);
        }
        if listed.gaps.is_empty() {
            nothing(ui, gaps, self.answered);
        } else {
            self.list(ui, ctx, &listed);
        }
    }

    /// The gap that is looked at, below the list: as high as it needs, as long as some of the list stays in view.
    fn below(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, gaps: &Gaps, listed: &Listed<'_>) {
        const MARGIN: f32 = 8.0;
        const LIST: f32 = 120.0;
        let most = ui.available_height() - LIST;
        let height = (self.height + 2.0 * MARGIN).clamp(100.0, most.max(100.0));
        let frame = egui::Frame::new().inner_margin(egui::Margin { left: 0, right: 4, top: 8, bottom: 8 });
        let panel = egui::Panel::bottom("gap that is looked at").resizable(false).exact_size(height).frame(frame);
        let needs = panel.show(ui, |ui| {
            let area = egui::ScrollArea::vertical().id_salt("gap").auto_shrink(false);
            let shown = area.show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 6.0);
                self.detail(ui, ctx, gaps, listed);
            });
            shown.content_size.y
        });
        if (needs.inner - self.height).abs() > 0.5 {
            (self.height, self.resized) = (needs.inner, true);
            ui.ctx().request_repaint();
        }
    }

    /// Keeps the place of the one that is looked at, and goes where a key asked to go.
    fn follow(&mut self, ui: &Ui, ctx: &Ctx<'_>, listed: &Listed<'_>) {
        let found = self.current.as_ref().and_then(|current| listed.place(&current.gap));
        if let (Some(current), Some(place)) = (&mut self.current, found) {
            current.place = place;
        }
        let Some(by) = self.step.take() else { return };
        let last = listed.gaps.len().saturating_sub(1);
        let to = match (&self.current, found) {
            (None, _) if by > 0 => 0,
            (None, _) => last,
            (_, Some(place)) => place.saturating_add_signed(by),
            // it was settled: the next one stands in its place
            (Some(current), None) if by > 0 => current.place.saturating_add_signed(by - 1),
            (Some(current), None) => current.place.saturating_add_signed(by),
        };
        if let Some(next) = listed.gaps.get(to.min(last)) {
            let reason = self.current.as_ref().map(|current| reason_id(ctx, &current.gap));
            let answering = reason.is_some_and(|id| ui.memory(|memory| memory.has_focus(id)));
            let typing = ui.ctx().text_edit_focused() && !answering;
            self.focus |= self.has_keys;
            self.choose(ui, ctx, &next.gap, to.min(last), typing);
            if answering {
                ui.memory_mut(|memory| memory.request_focus(reason_id(ctx, &next.gap)));
            }
        }
    }

    /// Looks at a gap, and leads to where it stands; with the cursor in the field that settles it if asked.
    fn choose(&mut self, ui: &Ui, ctx: &Ctx<'_>, gap: &Gap, place: usize, typing: bool) {
        self.current = Some(Current { gap: gap.clone(), place });
        (self.bring, self.every) = (true, false);
        ctx.send(Wish::ShowGap(Box::new(gap.clone())));
        if typing && let Some(key) = lead::field(gap, ctx.as_at) {
            super::widgets::field::lead_to(ui, key);
        }
    }

    fn header(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, gaps: Option<&Gaps>) {
        let theme = tokens(ui);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Gaps").font(theme::strong(size::HEADING)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, ICON_CLOSE, "Close the gaps", true).clicked() {
                    ctx.send(Wish::Run(Command::Gaps));
                }
                if icon_button(ui, ICON_PRINT, "Print the gaps…", gaps.is_some()).clicked() {
                    ctx.send(Wish::PrintReport(ReportName::Gaps));
                }
            });
        });
        let words = "What a careful reader would ask";
        ui.add(egui::Label::new(RichText::new(words).size(size::SMALL).color(theme.ink_second)).wrap());
        ui.add_space(space::TIGHT);
    }

    fn filter(&mut self, ui: &mut Ui, gaps: &Gaps, listed: &Listed<'_>) {
        ui.horizontal(|ui| {
            for (answered, name, count) in [(false, "Open", gaps.open), (true, "Answered", gaps.all.len() - gaps.open)]
            {
                if chip(ui, &format!("{name} {count}"), self.answered == answered).clicked() {
                    self.answered = answered;
                    self.current = None;
                }
            }
        });
        ui.add_space(space::TIGHT);
        let word = |rule: Option<Rule>| match rule {
            None => format!("All kinds ({})", listed.all),
            Some(rule) => format!("{} ({})", rule.title(), listed.counts.get(&rule).copied().unwrap_or(0)),
        };
        let shown = word(self.rule);
        let combo = ComboBox::from_id_salt("kind of gap").width(ui.available_width() - 4.0).selected_text(&shown);
        let response = combo.truncate().show_ui(ui, |ui| {
            for rule in std::iter::once(None).chain(listed.counts.keys().copied().map(Some)) {
                ui.selectable_value(&mut self.rule, rule, word(rule));
            }
        });
        response.response.accessible_name(format!("Kind of gap: {shown}"));
        ui.add_space(space::TIGHT);
    }
}

/// The field for the reason why a gap is none.
fn reason_id(ctx: &Ctx<'_>, gap: &Gap) -> egui::Id {
    egui::Id::unique(("reason", gap.answer_id(ctx.plan.id())))
}

/// What stands there in place of the list.
fn nothing(ui: &mut Ui, gaps: &Gaps, answered: bool) {
    let theme = tokens(ui);
    let (head, text) = match (answered, gaps.open) {
        (true, _) => (
            "Nothing answered yet",
            "What you say is not an issue is kept here, with your reason and the date. It can be opened again.",
        ),
        (false, 0) => (
            "No open gaps",
            "Promises without an action, references that do not fit, actions without an owner or a due, and the like \
             are listed here as soon as there are any.",
        ),
        (false, _) => ("None of this kind", "Choose another kind above."),
    };
    ui.add_space(space::WIDE);
    ui.label(RichText::new(head).font(theme::strong(size::BODY)));
    ui.add(egui::Label::new(RichText::new(text).color(theme.ink_second)).wrap());
}
