//! The evidence behind a recommendation, and what a document said that the plan has no field for.

use super::Editor;
use super::position::warn;
use super::recommendation::section;
use crate::app::DraftKey;
use crate::model::{Entity, Evidence, Id, Recommendation, intent, story, text};
use crate::ui::context::Ctx;
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::{date_field, field, link_button, text_field};
use egui::{RichText, Ui};

/// How much evidence is offered at once for linking.
const OFFERED: usize = 8;

impl Editor {
    pub(super) fn evidence(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let behind = ctx.index.evidence(ctx.plan, row.id);
        if story::lacks_evidence(ctx.plan, ctx.index, row.id, ctx.as_at) {
            ui.horizontal_wrapped(|ui| warn(ui, "It is said to be in place, and no evidence shows it"));
        }
        if behind.is_empty() {
            ui.label(RichText::new("No evidence yet").color(tokens(ui).ink_second));
        }
        for evidence in behind {
            self.evidence_card(ui, ctx, row.id, evidence);
        }
        if !ctx.editable {
            return;
        }
        ui.horizontal(|ui| {
            if ui.button("+ Evidence").on_hover_text("Add evidence for what is said here").clicked() {
                let new = Evidence { id: Id::random(), ..Evidence::default() };
                self.open_evidence = Some(new.id);
                ctx.edit(intent::add_evidence(ctx.plan, new, Some(row.id)));
            }
            let button = link_button(ui, "Link existing evidence…");
            if button.clicked() {
                self.evidence_query = if self.evidence_query.is_some() { None } else { Some(String::new()) };
            }
        });
        self.link_evidence(ui, ctx, row.id);
    }

    /// Evidence in a line, and when opened all its fields.
    fn evidence_card(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, recommendation: Id, evidence: &Evidence) {
        let theme = tokens(ui);
        let open = self.open_evidence == Some(evidence.id);
        let words = if evidence.text.is_empty() { "New evidence" } else { &evidence.text };
        let verb = if open { "Close" } else { "Edit" };
        let button = ui.add(egui::Button::new(words).frame(false).wrap().selected(open));
        let button = button.on_hover_text(format!("{verb} this evidence"));
        if button.accessible_name(format!("{verb} evidence: {words}")).clicked() {
            self.open_evidence = (!open).then_some(evidence.id);
        }
        let elsewhere = shown_elsewhere(ctx, evidence.id, recommendation);
        let aside = aside(evidence, &elsewhere, ctx.as_at);
        if !aside.is_empty() {
            ui.add(egui::Label::new(RichText::new(aside).size(size::SMALL).color(theme.ink_second)).wrap());
        }
        if let Some(last) = evidence.valid_until.filter(|_| story::is_out_of_date(evidence, ctx.as_at)) {
            let told = format!("It was valid until {} only", last.format("%-d %B %Y"));
            ui.horizontal_wrapped(|ui| warn(ui, &told));
        }
        if open {
            egui::Frame::new().fill(theme.ground).corner_radius(4).inner_margin(egui::Margin::same(10)).show(
                ui,
                |ui| {
                    evidence_fields(ui, ctx, evidence);
                    self.evidence_place(ui, ctx, recommendation, evidence);
                },
            );
        }
    }

    fn evidence_place(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, recommendation: Id, evidence: &Evidence) {
        let others: Vec<&Recommendation> =
            ctx.index.shown_by(ctx.plan, evidence.id).into_iter().filter(|row| row.id != recommendation).collect();
        if !others.is_empty() {
            ui.horizontal_wrapped(|ui| {
                let second = tokens(ui).ink_second;
                ui.label(RichText::new("Also behind").size(size::SMALL).color(second));
                for row in others {
                    let name = ctx.plan.reference_name(row);
                    let button = link_button(ui, &name).on_hover_text(row.shown_title());
                    if button.accessible_name(format!("Go to recommendation {name}")).clicked() {
                        Self::go(ctx, row.id);
                    }
                }
                ui.label(RichText::new("What you change here changes there, too.").size(size::SMALL).color(second));
            });
        }
        if !ctx.editable {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            if link_button(ui, "Take it off this recommendation").clicked() {
                ctx.edit(intent::unlink_evidence(ctx.plan, recommendation, evidence.id));
            }
            if link_button(ui, "Delete this evidence").on_hover_text("From all recommendations").clicked() {
                self.open_evidence = None;
                ctx.edit(intent::delete_evidence(ctx.plan, evidence.id));
            }
        });
    }

    /// Evidence of the plan that does not stand behind this recommendation yet, by what is typed.
    fn link_evidence(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, recommendation: Id) {
        let Some(query) = &mut self.evidence_query else { return };
        let edit = egui::TextEdit::singleline(query).hint_text("Words of the evidence").desired_width(f32::INFINITY);
        ui.add(edit).accessible_name("Find evidence to link");
        let wanted = text::fold(query.trim());
        let linked: Vec<Id> = ctx.index.evidence(ctx.plan, recommendation).iter().map(|row| row.id).collect();
        let matches = |row: &&Evidence| {
            let words = text::fold(&format!("{} {} {}", row.text, row.kind, row.held));
            !linked.contains(&row.id) && words.contains(&wanted)
        };
        let mut chosen = None;
        for evidence in ctx.plan.evidence_in_order().into_iter().filter(matches).take(OFFERED) {
            let short = text::excerpt(&evidence.text, "", 90);
            let behind = shown_elsewhere(ctx, evidence.id, recommendation);
            let offered = if behind.is_empty() { short } else { format!("{short} (behind {behind})") };
            let response = ui.add(egui::Button::new(offered).frame(false).wrap());
            if response.on_hover_text("Link this evidence to the recommendation").clicked() {
                chosen = Some(evidence.id);
            }
        }
        if let Some(evidence) = chosen {
            ctx.edit(intent::link_evidence(ctx.plan, recommendation, evidence));
            self.evidence_query = None;
        }
    }
}

/// The other recommendations that evidence stands behind: "133, 134"; blank for none.
fn shown_elsewhere(ctx: &Ctx<'_>, evidence: Id, but: Id) -> String {
    let rows = ctx.index.shown_by(ctx.plan, evidence).into_iter().filter(|row| row.id != but);
    rows.map(|row| ctx.plan.reference_name(row)).collect::<Vec<_>>().join(", ")
}

/// What stands small under the evidence's words.
fn aside(evidence: &Evidence, elsewhere: &str, as_at: chrono::NaiveDate) -> String {
    let day = |date: chrono::NaiveDate| date.format("%-d %B %Y").to_string();
    let until = evidence.valid_until.filter(|_| !story::is_out_of_date(evidence, as_at));
    let until = until.map(|date| format!("valid until {}", day(date)));
    let held = if evidence.held.is_empty() { String::new() } else { format!("held: {}", evidence.held) };
    let also = if elsewhere.is_empty() { String::new() } else { format!("also behind {elsewhere}") };
    let parts =
        [evidence.kind.clone(), evidence.date.map(day).unwrap_or_default(), held, until.unwrap_or_default(), also];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn evidence_fields(ui: &mut Ui, ctx: &Ctx<'_>, evidence: &Evidence) {
    let key = |field| DraftKey::Field(Entity::Evidence, evidence.id, field);
    text_field(ui, ctx, key("text"), "What it is", 2);
    ui.columns_const(|[left, right]| {
        text_field(left, ctx, key("kind"), "Kind", 1);
        text_field(right, ctx, key("held"), "Where it is held", 1);
    });
    ui.columns_const(|[left, right]| {
        date_field(left, ctx, key("date"), "Its own date");
        date_field(right, ctx, key("valid_until"), "Valid until");
    });
}

/// What was kept of the columns that were not understood; nothing is drawn where there is none.
pub fn remarks(ui: &mut Ui, ctx: &Ctx<'_>, row: Id) {
    let kept = ctx.index.remarks(ctx.plan, row);
    if kept.is_empty() {
        return;
    }
    section(ui, "Also in the document");
    for remark in kept {
        let name = if remark.label.is_empty() { "No heading" } else { &remark.label };
        let key = |field| DraftKey::Field(Entity::Remark, remark.id, field);
        ui.horizontal_wrapped(|ui| {
            field::label(ui, name).on_hover_text(&remark.source);
            if ctx.editable {
                let button = link_button(ui, "Delete").accessible_name(format!("Delete remark: {name}"));
                if button.clicked() {
                    ctx.edit(intent::delete_remark(ctx.plan, remark.id));
                }
            }
        });
        field::bare_field(ui, ctx, key("label"), &format!("Heading of the remark {name}"), 1, "Heading");
        field::bare_field(ui, ctx, key("text"), &format!("Remark: {name}"), 2, "");
    }
}
