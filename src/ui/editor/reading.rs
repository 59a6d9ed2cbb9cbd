//! Texts to read: paragraphs and bullets, with words that point at another recommendation as links.

use crate::model::story::{Link, Points, links_in, points_at};
use crate::model::{CrossReference, Id, text};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::links;
use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, CursorIcon, RichText, Sense, Stroke, Ui};

/// A text of a recommendation, to read. Words that point elsewhere lead there by click, or with Tab and Enter.
pub(super) fn text(ui: &mut Ui, ctx: &Ctx<'_>, row: Id, words: &str) {
    let references = ctx.plan.cross_references_of(row);
    let ink = tokens(ui).ink_second;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for block in text::blocks(words) {
            match block.bullet {
                Some(level) => {
                    ui.horizontal_top(|ui| {
                        ui.add_space(12.0 * f32::from(level));
                        let (rect, _) = ui.allocate_exact_size(egui::vec2(8.0, size::LINE), Sense::hover());
                        ui.painter().circle_filled(rect.center(), 1.9, ink);
                        paragraph(ui, ctx, block.text, &references, ink);
                    });
                }
                None => paragraph(ui, ctx, block.text, &references, ink),
            }
        }
    });
}

fn paragraph(ui: &mut Ui, ctx: &Ctx<'_>, words: &str, references: &[&CrossReference], ink: Color32) {
    let found = links_in(words, references);
    if found.is_empty() {
        ui.add(egui::Label::new(RichText::new(words).color(ink)).wrap());
        return;
    }
    let theme = tokens(ui);
    let led: Vec<(Link, Points)> = found
        .into_iter()
        .filter_map(|link| {
            let reference = references.iter().find(|row| row.id == link.reference)?;
            let points = points_at(ctx.plan, reference, ctx.story.gone());
            Some((link, points))
        })
        .collect();
    let format = |color| TextFormat {
        font_id: theme::regular(size::BODY),
        color,
        line_height: Some(size::LINE),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    let mut at = 0;
    for (link, points) in &led {
        job.append(&words[at..link.range.start], 0.0, format(ink));
        job.append(&words[link.range.clone()], 0.0, format(links::ink(theme, points)));
        at = link.range.end;
    }
    job.append(&words[at..], 0.0, format(ink));
    job.wrap.max_width = ui.available_width();
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, words));
    for (link, points) in &led {
        let places = links::places(&galley, &link.range);
        let name = links::said(words, link, &points.words(ctx.plan));
        for (number, place) in places.iter().enumerate() {
            let place = place.translate(rect.min.to_vec2());
            links::underline(ui.painter(), place, points, links::ink(theme, points));
            // one stop of the Tab key for a link, however many lines it goes over
            let sense = if number == 0 { Sense::click() } else { Sense::CLICK };
            let link = ui.interact(place, response.id.with((link.range.start, number)), sense);
            let link = link.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&name);
            if number == 0 {
                link.widget_info(|| egui::WidgetInfo::labeled(Role::Link, true, &name));
            }
            if link.has_focus() {
                ui.painter().rect_stroke(
                    place.expand(1.0),
                    2.0,
                    Stroke::new(1.5, theme.accent),
                    egui::StrokeKind::Outside,
                );
            }
            if let (true, Points::At(target)) = (link.clicked(), points) {
                ctx.send(Wish::Select(Some(*target)));
            }
        }
    }
    ui.painter().galley(rect.min, galley, ink);
}
