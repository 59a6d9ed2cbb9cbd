//! Recommendations of the report's catalogue: searched by number and words, ticked, added together.

use crate::model::catalogue::{Catalogue, CatalogueEntry};
use crate::model::find::{around, places};
use crate::model::intent::add_from_catalogue;
use crate::model::text::{count, fold};
use crate::model::{Plan, Recommendation};
use crate::ui::context::{Ctx, Wish};
use crate::ui::dialogs::Outcome;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::themes::Arrange;
use crate::ui::widgets::{field, link_button, primary_button};
use egui::{Checkbox, Label, RichText, ScrollArea, TextEdit, Ui};
use std::collections::BTreeSet;

/// Draws the list.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, query: &mut String, chosen: &mut BTreeSet<String>) -> Outcome {
    let theme = tokens(ui);
    let Ok(catalogue) = Catalogue::francis() else { return Outcome::Close };
    field::label(ui, &format!("From the {}", catalogue.report.short_title));
    let hint = RichText::new("Words, a number, or several: 123-126, 1").color(theme.ink_faint);
    let edit = TextEdit::singleline(query).hint_text(hint).desired_width(f32::INFINITY);
    ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name("Search the report's recommendations");
    let found = matching(&catalogue, query);
    let free: Vec<&&CatalogueEntry> = found.iter().filter(|entry| !is_there(ctx.plan, &catalogue, entry)).collect();
    ui.horizontal(|ui| {
        let words = format!("{} found, {} of them in the plan", found.len(), found.len() - free.len());
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
        let all = free.iter().all(|entry| chosen.contains(&entry.reference));
        if !free.is_empty() && !all && link_button(ui, &format!("Tick all {}", free.len())).clicked() {
            chosen.extend(free.iter().map(|entry| entry.reference.clone()));
        }
        if !chosen.is_empty() && link_button(ui, "Tick none").clicked() {
            chosen.clear();
        }
    });
    let height = (ui.ctx().content_rect().height() - 360.0).max(140.0);
    ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show(ui, |ui| {
        if found.is_empty() {
            let words = format!("No recommendation of the {} holds that", catalogue.report.short_title);
            ui.label(RichText::new(words).color(theme.ink_second));
        }
        let mut section = None;
        for entry in &found {
            if section != Some(&entry.section) {
                section = Some(&entry.section);
                ui.add_space(space::TIGHT);
                let title = entry.section.as_deref().unwrap_or("Without a section");
                ui.label(RichText::new(title).font(theme::strong(size::SMALL)).color(theme.ink_second));
            }
            line(ui, entry, is_there(ctx.plan, &catalogue, entry), query, chosen);
        }
    });
    ui.add_space(space::TIGHT);
    add(ui, ctx, &catalogue, chosen)
}

/// The entries that hold what is searched for, in the report's order.
fn matching<'c>(catalogue: &'c Catalogue, query: &str) -> Vec<&'c CatalogueEntry> {
    let query = query.trim();
    let numbers = catalogue.select(query).ok().filter(|_| !matches!(query, "" | "all" | "none"));
    let mut found = numbers.unwrap_or_else(|| {
        let wanted = fold(query);
        let holds = |entry: &&CatalogueEntry| {
            let section = entry.section.as_deref().unwrap_or_default();
            [&entry.reference, &entry.title, &entry.text, section].iter().any(|text| fold(text).contains(&wanted))
        };
        catalogue.recommendations.iter().filter(holds).collect()
    });
    let rank = |entry: &CatalogueEntry| catalogue.sections.iter().position(|one| Some(one) == entry.section.as_ref());
    found.sort_by_key(|entry| rank(entry));
    found
}

fn is_there(plan: &Plan, catalogue: &Catalogue, entry: &CatalogueEntry) -> bool {
    plan.recommendation(&catalogue.report.key, &entry.reference).is_some()
}

fn line(ui: &mut Ui, entry: &CatalogueEntry, there: bool, query: &str, chosen: &mut BTreeSet<String>) {
    let theme = tokens(ui);
    let mut ticked = there || chosen.contains(&entry.reference);
    let title = format!("{}  {}", entry.reference, entry.title);
    ui.horizontal(|ui| {
        let tick = Checkbox::new(&mut ticked, title.as_str());
        let name = if there { format!("{title}, in the plan already") } else { title.clone() };
        let response = ui.add_enabled(!there, tick).accessible_name(name).on_hover_text(&entry.text);
        if response.changed() {
            if ticked {
                chosen.insert(entry.reference.clone());
            } else {
                chosen.remove(&entry.reference);
            }
        }
        if there {
            ui.label(RichText::new("in the plan").size(size::SMALL).color(theme.ink_second));
        }
    });
    // words that only its text holds are shown where they stand
    let in_title = !places(&title, query).is_empty();
    if let Some(place) = places(&entry.text, query.trim()).first().filter(|_| !in_title) {
        let [before, words, behind] = around(&entry.text, place, 60);
        let mut job = egui::text::LayoutJob::default();
        let format = |strong: bool| egui::text::TextFormat {
            font_id: if strong { theme::strong(size::SMALL) } else { theme::regular(size::SMALL) },
            color: theme.ink_second,
            background: if strong { theme.found } else { egui::Color32::TRANSPARENT },
            ..Default::default()
        };
        job.append(&before, 0.0, format(false));
        job.append(&words, 0.0, format(true));
        job.append(&behind, 0.0, format(false));
        ui.horizontal(|ui| {
            ui.add_space(26.0);
            ui.add(Label::new(job).truncate());
        });
    }
}

fn add(ui: &mut Ui, ctx: &Ctx<'_>, catalogue: &Catalogue, chosen: &BTreeSet<String>) -> Outcome {
    let entries: Vec<&CatalogueEntry> = catalogue
        .recommendations
        .iter()
        .filter(|entry| chosen.contains(&entry.reference) && !is_there(ctx.plan, catalogue, entry))
        .collect();
    let name = match entries.len() {
        0 => "Add".to_owned(),
        number => format!("Add {}", count(number, "recommendation")),
    };
    let clicked = ui.add_enabled_ui(!entries.is_empty(), |ui| primary_button(ui, &name).clicked()).inner;
    if let (true, Some(first)) = (clicked, entries.first()) {
        ctx.edit(add_from_catalogue(ctx.plan, catalogue, &entries));
        let id = Recommendation::id_of(ctx.plan.id(), &catalogue.report.key, &first.reference);
        ctx.send(Wish::Arrange(Arrange::Show(id)));
        return Outcome::Close;
    }
    Outcome::Open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_is_searched_by_numbers_and_by_words() {
        let catalogue = Catalogue::francis().expect("as shipped");
        let found = |query: &str| -> Vec<&str> {
            matching(&catalogue, query).iter().map(|entry| entry.reference.as_str()).collect()
        };
        assert_eq!(found("").len(), 37, "all");
        assert_eq!(found(" 124 "), ["124"], "a number");
        assert_eq!(found("123-126").len(), 4, "a range");
        assert_eq!(found("12"), ["12"], "a number that is one");
        let begins = found("13");
        assert!(begins.len() > 5 && begins.contains(&"130"), "a number's beginning: {begins:?}");
        assert_eq!(found("CORPORATE MEMORY").len(), 1, "words, whatever their case");
        assert!(found("no such words").is_empty(), "none");
    }
}
