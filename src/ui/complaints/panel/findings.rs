//! What the sources say together, as cards; and what a person made of it.

use super::super::ask::{FindingForm, Question};
use super::super::{ComplaintsTab, Layout, Spot};
use super::heading;
use crate::model::intelligence::{Found, Intelligence, View, lower_first, upper_first};
use crate::model::text::count;
use crate::model::triangulation::Verdict;
use crate::model::{Id, NotedFinding, intent};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::{Badge, draw_shape, link_button};
use egui::{Frame, Margin, RichText, Stroke, Ui, vec2};
use std::collections::BTreeMap;

/// How many rows stand behind findings, counted when they are shown.
pub(super) type Counts = BTreeMap<(Id, crate::model::intelligence::ThemeKey), usize>;

/// How many cards are shown at first.
const SHOWN: usize = 5;

/// Draws the findings, the most pressing first.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab) {
    let theme = tokens(ui);
    let Some(worked) = &tab.worked else { return };
    let given = worked.of.clone();
    let view = worked.view.clone();
    let pressing = |found: &&Found| matches!(found.verdict(), Verdict::Corroborated | Verdict::SingleSource);
    let most = worked.found.iter().filter(pressing).count();
    let shown = if tab.panel.all_findings { worked.found.len() } else { most.min(SHOWN) };
    let rest: Vec<(Verdict, usize)> = Verdict::ALL
        .into_iter()
        .map(|verdict| (verdict, worked.found.iter().skip(shown).filter(|found| found.verdict() == verdict).count()))
        .filter(|(_, number)| *number > 0)
        .collect();
    let cards: Vec<Found> = worked.found.iter().take(shown).cloned().collect();
    if most == 0 {
        let text = "No theme shows an adverse signal. That is not the same as good.";
        ui.add(egui::Label::new(RichText::new(text).color(theme.ink)).wrap());
    }
    for found in &cards {
        card(ui, ctx, tab, &given, &view, found);
    }
    if !rest.is_empty() {
        let what = if view.provider.is_some() { "theme" } else { "finding" };
        let words: Vec<String> = rest
            .iter()
            .map(|(verdict, number)| format!("{}: {}", upper_first(verdict.word()), count(*number, what)))
            .collect();
        let text = RichText::new(words.join(" · ")).size(size::SMALL).color(theme.ink_second);
        ui.add(egui::Label::new(text).wrap());
    }
    if tab.panel.all_findings || !rest.is_empty() {
        let word = if tab.panel.all_findings { "Show the most pressing" } else { "Show these too" };
        if link_button(ui, word).clicked() {
            tab.panel.all_findings = !tab.panel.all_findings;
        }
    }
}

/// The colour of a card's edge.
fn edge(theme: &theme::Tokens, verdict: Verdict) -> egui::Color32 {
    theme.tint(Badge::verdict(verdict).tone).ink
}

fn card(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab, given: &Intelligence, view: &View, found: &Found) {
    let theme = tokens(ui);
    let ink = edge(theme, found.verdict());
    let title = given.theme_title(found.theme).to_owned();
    let whose = given.provider_name(found.provider).to_owned();
    let head = match view.provider {
        Some(_) => format!("{title}: {}", found.verdict().word()),
        None => format!("{whose}, {}: {}", lower_first(&title), found.verdict().word()),
    };
    framed(ui, ink, |ui| {
        ui.horizontal_top(|ui| {
            let badge = Badge::verdict(found.verdict());
            if let Some(shape) = badge.shape {
                let (rect, _) = ui.allocate_exact_size(vec2(10.0 * shape.width(), size::LINE), egui::Sense::hover());
                draw_shape(ui.painter(), rect.center(), 10.0, shape, ink);
            }
            ui.add(egui::Label::new(RichText::new(&head).font(theme::strong(size::BODY))).wrap());
        });
        ui.add(egui::Label::new(found.words()).wrap());
        let key = (found.provider, found.theme);
        let rows = *tab
            .panel
            .counts
            .entry(key)
            .or_insert_with(|| given.rows(&view.for_provider(found.provider), found.theme, None).len());
        ui.horizontal_wrapped(|ui| {
            let words = match rows {
                0 => "No rows item by item".to_owned(),
                1 => "Open the row".to_owned(),
                rows => format!("Open the {rows} rows"),
            };
            let button = ui.add_enabled(rows > 0, egui::Button::new(words));
            let name = format!("Open the rows of {whose}, {title}");
            if button.accessible_name(name).clicked() {
                open_rows(tab, view, found);
            }
            if ctx.editable
                && ui
                    .button("Note a finding…")
                    .accessible_name(format!("Note a finding about {whose}, {title}"))
                    .clicked()
            {
                let form = FindingForm::new(found, ctx.as_at);
                ctx.send(Wish::Question(Box::new(Question::Finding(Box::new(form)))));
            }
        });
    });
}

/// Chooses the place that a finding is about, with all its sources.
fn open_rows(tab: &mut ComplaintsTab, view: &View, found: &Found) {
    if view.provider.is_none() && tab.layout == Layout::Themes {
        // the matrix of all has no line of one provider
        if let Some(view) = &mut tab.view {
            view.provider = Some(found.provider);
        }
    }
    if tab.layout == Layout::Providers {
        tab.about = Some(found.theme);
    }
    tab.choose(Spot { provider: Some(found.provider), theme: found.theme, source: None });
    tab.reveal = true;
    tab.panel.show_rows();
}

/// A card with a coloured edge.
fn framed(ui: &mut Ui, ink: egui::Color32, add: impl FnOnce(&mut Ui)) {
    let theme = tokens(ui);
    let frame = Frame::new()
        .fill(theme.paper)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(5)
        .inner_margin(Margin { left: 14, right: 8, top: 8, bottom: 8 });
    let response = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        add(ui);
    });
    let rect = response.response.rect;
    let bar = egui::Rect::from_min_size(rect.min, vec2(4.0, rect.height()));
    let corner = egui::CornerRadius { nw: 5, sw: 5, ne: 0, se: 0 };
    ui.painter().rect_filled(bar, corner, ink);
    ui.add_space(space::TIGHT);
}

/// What was noted of the view's provider, newest first.
pub(super) fn noted(ui: &mut Ui, ctx: &Ctx<'_>, tab: &ComplaintsTab) {
    let Some(worked) = &tab.worked else { return };
    let of = |row: &&&NotedFinding| worked.view.provider.is_none() || row.provider == worked.view.provider;
    let all = ctx.plan.findings_in_order();
    let rows: Vec<&NotedFinding> = all.iter().filter(of).rev().copied().collect();
    if rows.is_empty() {
        return;
    }
    heading(ui, "Noted findings");
    for row in rows {
        one(ui, ctx, worked.view.provider.is_none(), row);
    }
}

fn one(ui: &mut Ui, ctx: &Ctx<'_>, with_provider: bool, row: &NotedFinding) {
    let theme = tokens(ui);
    let name = super::super::linked::finding_about(ctx.plan, row, with_provider);
    framed(ui, theme.accent, |ui| {
        ui.label(RichText::new(&name).font(theme::strong(size::BODY)));
        let aside = super::super::linked::aside(row);
        ui.add(egui::Label::new(RichText::new(aside).size(size::SMALL).color(theme.ink_second)).wrap());
        if !row.judgement.is_empty() {
            ui.add(egui::Label::new(&row.judgement).wrap());
        }
        links(ui, ctx, row.id);
        if ctx.editable {
            ui.horizontal(|ui| {
                if link_button(ui, "Change…").accessible_name(format!("Change the finding {name}")).clicked() {
                    let form = FindingForm::of(row);
                    ctx.send(Wish::Question(Box::new(Question::Finding(Box::new(form)))));
                }
                let delete = link_button(ui, "Delete").on_hover_text("You can undo this");
                if delete.accessible_name(format!("Delete the finding {name}")).clicked() {
                    ctx.edit(intent::intelligence::delete_finding(ctx.plan, row.id));
                }
            });
        }
    });
}

/// The actions and recommendations that a finding leads to; a click leads there.
fn links(ui: &mut Ui, ctx: &Ctx<'_>, finding: Id) {
    let theme = tokens(ui);
    let mut rows: Vec<Id> =
        ctx.plan.finding_links.values().filter(|link| link.finding == finding).map(|link| link.row).collect();
    rows.sort_unstable();
    for id in rows {
        let (words, wish) = if let Some(action) = ctx.plan.actions.get(&id) {
            let due = ctx.index.due(ctx.plan, action).text();
            let parts = [action.text.clone(), due, action.owner.clone()];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            (format!("→ Action: {}", parts.join(" · ")), Wish::ShowAction(id))
        } else if let Some(row) = ctx.plan.recommendations.get(&id) {
            let name = format!("→ Recommendation {} {}", ctx.plan.reference_name(row), row.shown_title());
            (name.trim().to_owned(), Wish::Select(Some(id)))
        } else {
            continue;
        };
        ui.horizontal_top(|ui| {
            let room = ui.available_width() - if ctx.editable { 34.0 } else { 0.0 };
            ui.scope(|ui| {
                ui.set_max_width(room);
                let text = RichText::new(&words).size(size::SMALL).color(theme.accent);
                if ui.add(egui::Button::new(text).frame(false).wrap()).on_hover_text("Go there").clicked() {
                    ctx.send(wish);
                }
            });
            if ctx.editable {
                let cross = RichText::new("×").color(theme.ink_second);
                let button = ui.add(egui::Button::new(cross).frame(false)).on_hover_text("Take the finding off it");
                if button.accessible_name(format!("Take the finding off: {words}")).clicked() {
                    ctx.edit(intent::intelligence::unlink_finding(ctx.plan, finding, id));
                }
            }
        });
    }
}
