//! The subjects of a theme, and those that lead to none, each to be mapped.

use super::digest::{Digest, Leading};
use crate::model::intelligence::Unmapped;
use crate::model::intent::intelligence::{map_subject, unmap_subject};
use crate::model::text::count;
use crate::model::{Id, SignalTheme};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, space, tokens};
use egui::{CollapsingHeader, ComboBox, Label, RichText, ScrollArea, Ui};

/// Height of a subject's row in points, and of one with offers under it.
const ROW: f32 = 30.0;
const OFFER: f32 = 58.0;

/// The subjects that lead to a theme.
pub(super) fn of_theme(ui: &mut Ui, ctx: &Ctx<'_>, digest: &Digest, row: &SignalTheme, themes: &[SignalTheme]) {
    let Some(counted) = digest.theme(row.id) else {
        ui.label("Counting…");
        return;
    };
    let words = match counted.signals {
        0 => "No signal is counted under it yet".to_owned(),
        1 => "1 signal is counted under it".to_owned(),
        many => format!("{many} signals are counted under it, each once"),
    };
    ui.label(RichText::new(words).font(theme::strong(size::BODY)));
    let area = ScrollArea::vertical().id_salt("in use").max_height(300.0).auto_shrink([false, true]);
    area.show_rows(ui, ROW, counted.subjects.len(), |ui, range| {
        for one in range.filter_map(|at| counted.subjects.get(at)) {
            ui.push_id(&one.text, |ui| leading(ui, ctx, one, row.id, themes));
        }
    });
    if !counted.unused.is_empty() {
        let title = format!("Also leading here, though no signal has it: {}", count(counted.unused.len(), "subject"));
        CollapsingHeader::new(title).id_salt("unused").show(ui, |ui| {
            for text in &counted.unused {
                ui.add(Label::new(RichText::new(text).size(size::SMALL).color(tokens(ui).ink_second)).wrap());
            }
        });
    }
}

fn leading(ui: &mut Ui, ctx: &Ctx<'_>, one: &Leading, of: Id, themes: &[SignalTheme]) {
    let theme = tokens(ui);
    ui.horizontal(|ui| {
        ui.set_height(ROW - 6.0);
        let room = (ui.available_width() - 330.0).max(120.0);
        cut(ui, room, &one.text);
        let known = format!("{} · {}", count(usize::try_from(one.signals).unwrap_or(usize::MAX), "signal"), one.known);
        ui.scope(|ui| {
            ui.set_width(170.0);
            ui.add(Label::new(RichText::new(known).size(size::SMALL).color(theme.ink_second)).truncate());
        });
        let back = one.own.then_some("As the shipped list has it");
        choose(ui, ctx, &one.text, Some(of), themes, back);
    });
}

/// A text in so much room; all of it under the pointer.
fn cut(ui: &mut Ui, width: f32, text: &str) {
    ui.scope(|ui| {
        ui.set_width(width);
        ui.add(Label::new(text).truncate());
    });
}

/// The list that maps a subject.
fn choose(ui: &mut Ui, ctx: &Ctx<'_>, text: &str, now: Option<Id>, themes: &[SignalTheme], back: Option<&str>) {
    if !ctx.editable {
        return;
    }
    let combo = ComboBox::from_id_salt("map").width(130.0).selected_text("Map to…").height(420.0);
    let response = combo.show_ui(ui, |ui| {
        for row in themes.iter().filter(|row| Some(row.id) != now) {
            if ui.selectable_label(false, &row.title).clicked() {
                ctx.edit(map_subject(ctx.plan, text, Some(row.id)));
            }
        }
        ui.separator();
        if ui.selectable_label(false, "Set apart: no theme").clicked() {
            ctx.edit(map_subject(ctx.plan, text, None));
        }
        if let Some(back) = back
            && ui.selectable_label(false, back).clicked()
        {
            ctx.edit(unmap_subject(ctx.plan, text));
        }
    });
    response.response.accessible_name(format!("Map “{text}” to a theme"));
}

/// The subjects that lead to no theme, with what is offered for each.
pub(super) fn unmapped(ui: &mut Ui, ctx: &Ctx<'_>, digest: &Digest, themes: &[SignalTheme], height: f32) {
    let theme = tokens(ui);
    if !digest.is_ready() {
        ui.label("Counting…");
        return;
    }
    if digest.unmapped.is_empty() {
        ui.label("Every subject in use leads to a theme.");
        return;
    }
    let words = "Subjects as the sources word them that lead to no theme. Their signals count in all, but under no theme. What is mapped once is known in the next import.";
    ui.add(Label::new(RichText::new(words).size(size::SMALL).color(theme.ink_second)).wrap());
    let area = ScrollArea::vertical().id_salt("unmapped").max_height(height - 50.0).auto_shrink(false);
    area.show_rows(ui, OFFER, digest.unmapped.len(), |ui, range| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        for one in range.filter_map(|at| digest.unmapped.get(at)) {
            ui.push_id(&one.subject, |ui| {
                ui.scope(|ui| {
                    ui.set_height(OFFER - 6.0);
                    subject(ui, ctx, one, themes);
                });
            });
        }
    });
}

fn subject(ui: &mut Ui, ctx: &Ctx<'_>, one: &Unmapped, themes: &[SignalTheme]) {
    let theme = tokens(ui);
    ui.horizontal(|ui| {
        let room = (ui.available_width() - 320.0).max(120.0);
        ui.scope(|ui| {
            ui.set_width(room);
            ui.add(Label::new(RichText::new(&one.subject).font(theme::strong(size::BODY))).truncate());
        });
        ui.scope(|ui| {
            ui.set_width(160.0);
            ui.label(RichText::new(held(one)).size(size::SMALL).color(theme.ink_second));
        });
        let back = one.settled.then_some("Not set apart any more");
        choose(ui, ctx, &one.subject, None, themes, back);
    });
    ui.horizontal(|ui| {
        if one.settled {
            ui.label(RichText::new("Set apart: it belongs to no theme").size(size::SMALL).color(theme.ink_second));
        } else if one.near.is_empty() {
            ui.label(RichText::new("Nothing known is like it").size(size::SMALL).color(theme.ink_second));
        }
        for near in one.near.iter().take(2).filter(|_| ctx.editable) {
            let tip = format!("It is almost “{}”", near.like);
            let button = ui.button(&near.title).accessible_name(format!("Map “{}” to {}", one.subject, near.title));
            if button.on_hover_text(tip).clicked() {
                ctx.edit(map_subject(ctx.plan, &one.subject, Some(near.theme)));
            }
            ui.label(RichText::new(format!("like “{}”", near.like)).size(size::SMALL).color(theme.ink_second));
        }
    });
}

fn held(one: &Unmapped) -> String {
    let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    match (one.signals, one.measures) {
        (signals, 0) => count(number(signals), "signal"),
        (0, measures) => count(number(measures), "number"),
        (signals, measures) => {
            format!("{}, {}", count(number(signals), "signal"), count(number(measures), "number"))
        }
    }
}
