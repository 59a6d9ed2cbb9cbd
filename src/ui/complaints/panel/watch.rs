//! How closely a provider is watched, and was.

use super::super::ComplaintsTab;
use super::super::ask::{Question, WatchForm};
use super::heading;
use crate::model::{WatchLevel, intent};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, Tone, size, tokens};
use crate::ui::widgets::{Badge, link_button, pill};
use egui::{Frame, Margin, RichText, Stroke, Ui};

/// Draws the level of the view's provider; of the chosen one where all are looked at.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &ComplaintsTab) {
    let theme = tokens(ui);
    let Some(worked) = &tab.worked else { return };
    let Some(provider) = worked.view.provider.or(tab.cursor.and_then(|spot| spot.provider)) else { return };
    let name = worked.of.provider_name(provider);
    let frame = Frame::new()
        .fill(theme.paper)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(5)
        .inner_margin(Margin { left: 12, right: 8, top: 8, bottom: 8 });
    let words =
        if worked.view.provider.is_some() { "Watch level".to_owned() } else { format!("Watch level of {name}") };
    heading(ui, &words);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let level = ctx.plan.watch_level(provider, ctx.as_at);
        ui.horizontal_wrapped(|ui| {
            match level.and_then(|row| row.level) {
                Some(watch) => pill(ui, &Badge::watch(watch)),
                None => pill(ui, &Badge { word: "Not said".into(), tone: Tone::Grey, shape: None }),
            };
            if let Some(row) = level {
                ui.label(since(row));
            }
        });
        if let Some(row) = level {
            aside(ui, row);
        }
        ui.horizontal(|ui| {
            if ctx.editable
                && ui.button("Change…").accessible_name(format!("Change the watch level of {name}")).clicked()
            {
                let form = WatchForm::new(provider, level, ctx.as_at);
                ctx.send(Wish::Question(Box::new(Question::Watch(form))));
            }
        });
        history(ui, ctx, provider, level);
    });
}

fn day(date: chrono::NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

fn since(row: &WatchLevel) -> String {
    let since = row.date.map(|date| format!("since {}", day(date)));
    let review = row.review.map(|date| format!("review {}", day(date)));
    let parts: Vec<String> = [since, review].into_iter().flatten().collect();
    parts.join(", ")
}

fn aside(ui: &mut Ui, row: &WatchLevel) {
    let theme = tokens(ui);
    if !row.reason.is_empty() {
        ui.add(egui::Label::new(&row.reason).wrap());
    }
    if !row.shared.is_empty() {
        let text = RichText::new(format!("Shared with: {}", row.shared)).color(theme.ink_second);
        ui.add(egui::Label::new(text).wrap());
    }
}

/// The levels before, and any that begins later than the date that is looked from.
fn history(ui: &mut Ui, ctx: &Ctx<'_>, provider: crate::model::Id, now: Option<&WatchLevel>) {
    let theme = tokens(ui);
    let mut rows: Vec<&WatchLevel> = ctx.plan.watch_levels.values().filter(|row| row.provider == provider).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.date, row.id)));
    if rows.is_empty() {
        return;
    }
    let title = RichText::new(format!("History ({})", rows.len())).font(theme::regular(size::SMALL));
    egui::CollapsingHeader::new(title).id_salt(("watch", provider)).show(ui, |ui| {
        for row in rows {
            let level = row.level.map_or("not said", crate::model::Watch::word);
            let is_now = if now.is_some_and(|now| now.id == row.id) { " (holds)" } else { "" };
            let words = format!("{}{is_now}: {}", crate::model::intelligence::upper_first(level), since(row));
            ui.add(egui::Label::new(RichText::new(&words).size(size::SMALL)).wrap());
            let more: Vec<&str> =
                [row.reason.as_str(), row.shared.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            if !more.is_empty() {
                let text = RichText::new(more.join(" · ")).size(size::SMALL).color(theme.ink_second);
                ui.add(egui::Label::new(text).wrap());
            }
            if ctx.editable {
                let delete = link_button(ui, "Delete").on_hover_text("Set by mistake. You can undo this");
                if delete.accessible_name(format!("Delete the watch level {words}")).clicked() {
                    ctx.edit(intent::intelligence::delete_watch_level(ctx.plan, row.id));
                }
            }
        }
    });
}
