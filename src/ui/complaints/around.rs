//! What stands around the matrix: what its marks mean, what else is worth a look, and what is there instead of it.

use super::{ComplaintsTab, Layout, Question, sheet};
use crate::app::Command;
use crate::model::intelligence::View;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::link_button;
use egui::{CentralPanel, Frame, Margin, RichText, Ui};

/// What the marks mean, and the way to the rule.
pub(super) fn legend(ui: &mut Ui, ctx: &Ctx<'_>, tab: &ComplaintsTab) {
    let theme = tokens(ui);
    let Some(worked) = &tab.worked else { return };
    let spacing = ui.spacing_mut();
    let usual = (spacing.item_spacing, spacing.interact_size, spacing.button_padding);
    spacing.item_spacing = egui::vec2(4.0, 2.0);
    spacing.interact_size.y = 14.0;
    spacing.button_padding = egui::Vec2::ZERO;
    ui.horizontal_wrapped(|ui| {
        let words = |ui: &mut Ui, text: &str| {
            ui.label(RichText::new(text).size(size::TINY).color(theme.ink_second));
        };
        for (mark, text) in [
            (sheet::Mark::Adverse, "adverse ·"),
            (sheet::Mark::Moved, "moved, neither way good ·"),
            (sheet::Mark::Better, "better ·"),
        ] {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(10.0, 12.0), egui::Sense::hover());
            mark.draw(ui.painter(), theme, rect.center(), 9.0);
            words(ui, text);
        }
        let from = worked.of.rules().thresholds.corroborated_from;
        words(ui, "hatched: nothing received, no zero ·");
        words(ui, &format!("corroborated: {from} or more independent types,"));
        let link = RichText::new("the rule").size(size::TINY).color(theme.accent).underline();
        let link = ui.add(egui::Button::new(link).frame(false));
        if link.on_hover_text("How verdicts are reached, sentence by sentence").clicked() {
            ctx.send(Wish::Question(Box::new(Question::Rule)));
        }
    });
    let spacing = ui.spacing_mut();
    (spacing.item_spacing, spacing.interact_size, spacing.button_padding) = usual;
}

/// What else is worth a look, in a line.
pub(super) fn below(ui: &mut Ui, tab: &mut ComplaintsTab) {
    let theme = tokens(ui);
    let Some(worked) = &tab.worked else { return };
    let all = &worked.timeliness.all;
    let mut parts = Vec::new();
    if all.received > 0 {
        let in_time = all.percent_in_time().map_or_else(String::new, |share| format!(", {share:.0}% answered in time"));
        parts.push(format!("{} complaints received{in_time}, {} open and late", all.received, all.open_late));
    }
    let open = worked.unmapped.iter().filter(|one| !one.settled).count();
    if open > 0 {
        parts.push(format!("{} lead to no theme", crate::model::text::count(open, "subject")));
    }
    parts.extend(sheet::unplaced_words(&worked.picture.unplaced));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(parts.join(" · ")).size(size::SMALL).color(theme.ink_second));
        if link_button(ui, "Timeliness and subjects")
            .on_hover_text("How complaints were answered, and what is not mapped")
            .clicked()
        {
            tab.layout = Layout::Timeliness;
        }
    });
}

/// What the tab is for, and the first steps.
pub(super) fn empty(ui: &mut Ui, ctx: &Ctx<'_>) {
    let theme = tokens(ui);
    let frame = Frame::new().fill(theme.ground).inner_margin(Margin::same(14));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        ui.vertical(|ui| {
        ui.set_max_width(640.0);
        ui.label(RichText::new("No signals yet").font(theme::strong(size::TITLE)));
        let text = "This is where complaints stand beside incidents, surveys, the Friends and Family Test, CQC and Healthwatch, GP alerts, visits and patient stories: by provider, theme and month. It says which themes more than one independent source points to, and where nothing was sent.";
        ui.add(egui::Label::new(RichText::new(text).color(theme.ink_second)).wrap());
        ui.add_space(space::NORMAL);
        let steps = [
            (Command::ImportSignals, "An export of complaints or incidents, a survey, a list: CSV or Excel"),
            (Command::AddSignal, "A phone call, a visit, a patient story"),
            (Command::Providers, "The organisations that you commission from, and the names they go by"),
        ];
        for (command, words) in steps {
            ui.horizontal(|ui| {
                ui.scope(|ui| {
                    ui.set_min_width(150.0);
                    crate::ui::widgets::command_button(ui, ctx, command);
                });
                ui.label(RichText::new(words).color(theme.ink_second));
            });
        }
        });
    });
}

/// Nothing of the view is there to show.
pub(super) fn nothing_here(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab) {
    let theme = tokens(ui);
    ui.label(RichText::new("Nothing to show for these filters").font(theme::strong(size::HEADING)));
    let no_providers = tab.given.as_ref().is_none_or(|given| given.providers().is_empty());
    let text = if no_providers {
        "Signals are shown by provider, and the plan has none yet."
    } else {
        "No source of this provider, of these kinds, is known: neither data nor a receipt."
    };
    ui.label(RichText::new(text).color(theme.ink_second));
    ui.add_space(space::TIGHT);
    ui.horizontal(|ui| {
        if no_providers {
            crate::ui::widgets::command_button(ui, ctx, Command::Providers);
        } else if ui.button("Show all").clicked()
            && let Some(view) = &mut tab.view
        {
            *view = View { from: view.from, to: view.to, ..View::of(view.from, view.to) };
        }
    });
}
