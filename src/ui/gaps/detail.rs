//! The gap that is looked at: why it is one, what settles it, and the answer that it is none.

use super::list::Listed;
use super::{GapsPanel, lead};
use crate::app::{Command, Gaps};
use crate::model::gap::{Asked, Gap, Rule, place};
use crate::model::printed::day;
use crate::model::text::sentence_case;
use crate::model::{Acceptance, Action, EditBuilder, Entity, Evidence, GapAnswer, Id, Recommendation, intent};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{Badge, choice_field, field, icon_button, link_button, pill, primary_button};
use egui::{Align, Label, Layout, RichText, TextEdit, Ui};
use egui_material_icons::icons::{ICON_CHEVRON_LEFT, ICON_CHEVRON_RIGHT};

impl GapsPanel {
    pub(super) fn detail(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, gaps: &Gaps, listed: &Listed<'_>) {
        let Some(current) = self.current.clone() else { return };
        let now = gaps.all.iter().find(|one| one.gap.is(&current.gap));
        let gap = now.map_or(&current.gap, |one| &one.gap);
        self.steps(ui, gap, current.place, listed.gaps.len());
        what(ui, ctx, gap);
        match now {
            None => settled(ui),
            Some(Asked { gap, answer: Some(answer) }) => answered(ui, ctx, gap, answer),
            Some(Asked { gap, answer: None }) => {
                self.settle(ui, ctx, gap);
                self.answer(ui, ctx, gap, listed);
            }
        }
    }

    /// What kind it is and "3 of 84", with the buttons that go on and back.
    fn steps(&mut self, ui: &mut Ui, gap: &Gap, at: usize, of: usize) {
        let theme = tokens(ui);
        ui.horizontal(|ui| {
            pill(ui, &Badge { word: gap.rule.title().to_owned(), tone: Tone::Amber, shape: None });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if icon_button(ui, ICON_CHEVRON_RIGHT, "Next gap (F8)", at + 1 < of).clicked() {
                    self.step = Some(1);
                }
                if icon_button(ui, ICON_CHEVRON_LEFT, "Previous gap (Shift+F8)", at > 0).clicked() {
                    self.step = Some(-1);
                }
                let words = format!("{} of {of}", (at + 1).min(of.max(1)));
                ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
            });
        });
    }

    /// What settles it in the plan.
    fn settle(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, gap: &Gap) {
        let theme = tokens(ui);
        ui.add(Label::new(RichText::new(gap.rule.remedy()).color(theme.ink_second)).wrap());
        ui.add_space(space::TIGHT);
        if !ctx.editable {
            return;
        }
        if gap.rule == Rule::NoDecision {
            decide(ui, ctx, gap.row);
            return;
        }
        ui.horizontal_wrapped(|ui| {
            match gap.rule {
                Rule::Unlinked => link(ui, ctx, gap),
                Rule::Tentative => confirm(ui, ctx, gap),
                Rule::NoEvidence | Rule::Yearly => add_evidence(ui, ctx, gap),
                _ => {}
            }
            if matches!(gap.rule, Rule::NoAction | Rule::Promise | Rule::Unlinked | Rule::Need)
                && ui.button("Add an action").on_hover_text("To this recommendation").clicked()
            {
                ctx.send(Wish::Select(Some(gap.row)));
                ctx.send(Wish::Run(Command::AddAction));
            }
            if let Some(key) = lead::field(gap, ctx.as_at)
                && ui.button(lead::words(gap)).clicked()
            {
                ctx.send(Wish::ShowGap(Box::new(gap.clone())));
                field::lead_to(ui, key);
            }
        });
    }

    /// "Not an issue, because …".
    fn answer(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, gap: &Gap, listed: &Listed<'_>) {
        ui.add_space(space::NORMAL);
        field::label(ui, "Not an issue, because");
        let reason = self.reasons.entry(gap.answer_id(ctx.plan.id())).or_default();
        let edit = TextEdit::multiline(reason)
            .id(super::reason_id(ctx, gap))
            .desired_rows(2)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 6))
            .interactive(ctx.editable);
        let response = ui.add(edit).accessible_name("Not an issue, because");
        let entered =
            response.has_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let same = listed.of_rule(gap.rule).count();
        if same > 1 {
            let words = format!("Same answer to all {same} of this kind");
            ui.checkbox(&mut self.every, words);
        }
        let filled = !reason.trim().is_empty();
        let ready = ctx.editable && filled;
        let pressed = ui.add_enabled_ui(ready, |ui| primary_button(ui, "Keep this answer")).inner;
        let tip = "It is kept in the plan with today's date, and can be taken back";
        if pressed.on_hover_text(tip).on_disabled_hover_text("Write the reason first").clicked() || (entered && ready) {
            let every: Vec<&Gap> =
                if self.every && same > 1 { listed.of_rule(gap.rule).map(|one| &one.gap).collect() } else { vec![gap] };
            ctx.edit(intent::answer_gaps(ctx.plan, &every, reason, ctx.today));
            self.every = false;
        }
    }
}

/// What kind of gap it is, where, and why.
fn what(ui: &mut Ui, ctx: &Ctx<'_>, gap: &Gap) {
    let theme = tokens(ui);
    let of = place(ctx.plan, ctx.index, gap.entity, gap.row);
    let name = if gap.entity == Entity::Action { of.name.clone() } else { of.words() };
    ui.add(Label::new(RichText::new(name).font(theme::strong(size::BODY))).wrap());
    let small = |text: String| Label::new(RichText::new(text).size(size::SMALL).color(theme.ink_second)).wrap();
    if gap.entity == Entity::Action {
        ui.add(small(match of.reference.as_str() {
            "" => "An action under no recommendation".to_owned(),
            serves => format!("An action of {serves}"),
        }));
    }
    ui.add(Label::new(&gap.text).wrap());
    if let Some((Entity::Recommendation, other)) = gap.other {
        let words = place(ctx.plan, ctx.index, Entity::Recommendation, other).words();
        if !words.is_empty() && link_button(ui, &format!("Look at {words}")).clicked() {
            ctx.send(Wish::Select(Some(other)));
        }
    }
    ui.add_space(space::TIGHT);
}

fn settled(ui: &mut Ui) {
    let theme = tokens(ui);
    let words = RichText::new("✓ Settled: nothing is left to ask here").color(theme.tint(Tone::Good).ink);
    ui.add(Label::new(words).wrap());
}

/// What was said to it, and how to take that back.
fn answered(ui: &mut Ui, ctx: &Ctx<'_>, gap: &Gap, answer: &GapAnswer) {
    let date = answer.date.map(|date| format!(", {}", day(date))).unwrap_or_default();
    field::label(ui, &format!("Not an issue{date}"));
    ui.add(Label::new(&answer.reason).wrap());
    let tip = "It is asked again, and the reason goes; you can undo this";
    if ctx.editable && link_button(ui, "Take this answer back").on_hover_text(tip).clicked() {
        ctx.edit(intent::take_back_answers(ctx.plan, &[gap]));
    }
}

fn decide(ui: &mut Ui, ctx: &Ctx<'_>, row: Id) {
    let Some(recommendation) = ctx.plan.recommendations.get(&row) else { return };
    let name = format!("Our answer to {}", ctx.plan.reference_name(recommendation));
    let word = |answer: Acceptance| sentence_case(answer.word());
    if let Some(answer) = choice_field(ui, &name, ctx.editable, recommendation.acceptance, Acceptance::ALL, word) {
        let label = format!("Change our answer to {}", intent::row_name(ctx.plan, Entity::Recommendation, row));
        ctx.edit(intent::update::<Recommendation>(ctx.plan, row, &label, |row| row.acceptance = answer));
    }
}

/// Links the action that a promise may mean.
fn link(ui: &mut Ui, ctx: &Ctx<'_>, gap: &Gap) {
    let Some((Entity::Action, action)) = gap.other else { return };
    if ui.button("Link that action").clicked() {
        let name = intent::row_name(ctx.plan, Entity::Recommendation, gap.row);
        let mut edit = EditBuilder::new(ctx.plan, format!("Link an action to {name}"));
        intent::put_link(&mut edit, gap.row, action);
        ctx.edit(edit.finish());
    }
}

fn confirm(ui: &mut Ui, ctx: &Ctx<'_>, gap: &Gap) {
    if ui.button("Confirm it").on_hover_text("It is no longer tentative").clicked() {
        let edit = intent::update::<Action>(ctx.plan, gap.row, "Confirm an action", |row| row.tentative = false);
        ctx.edit(edit);
    }
}

/// Adds evidence and leads to its words.
fn add_evidence(ui: &mut Ui, ctx: &Ctx<'_>, gap: &Gap) {
    if ui.button("Add evidence").clicked() {
        let new = Evidence { id: Id::random(), ..Evidence::default() };
        let leads = Gap { other: Some((Entity::Evidence, new.id)), ..gap.clone() };
        field::lead_to(ui, crate::app::DraftKey::Field(Entity::Evidence, new.id, "text"));
        ctx.edit(intent::add_evidence(ctx.plan, new, Some(gap.row)));
        ctx.send(Wish::ShowGap(Box::new(leads)));
    }
}
