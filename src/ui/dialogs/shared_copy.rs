//! A copy that somebody shared, opened: what it is, on top of the window and in full.

use super::Outcome;
use super::share::side_by_side;
use crate::app::Session;
use crate::app::sharing::{about, as_published};
use crate::report::complaints::PublishedCount;
use crate::store::{Manifest, SharedCount};
use crate::ui::context::Wish;
use crate::ui::theme::{self, Tone, size, space, tokens};
use egui::{Label, RichText, ScrollArea, Ui};
use std::cell::RefCell;

/// Draws the line that says on top of everything what the open plan is.
pub fn banner(ui: &mut Ui, manifest: &Manifest, wishes: &RefCell<Vec<Wish>>) {
    let tint = tokens(ui).tint(Tone::Blue);
    let frame = egui::Frame::new().fill(tint.ground).inner_margin(egui::Margin::symmetric(14, 6));
    egui::Panel::top("shared copy").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Shared copy.").font(theme::strong(size::BODY)).color(tint.ink));
            ui.add(Label::new(RichText::new(about(manifest).join(" ")).color(tint.ink)).wrap());
            let button = ui.button("What it holds…").on_hover_text("What went into this copy, and what was left out");
            if button.clicked() {
                wishes.borrow_mut().push(Wish::SharedCopy);
            }
        });
    });
}

/// Draws what the copy is in full, with its table of counts.
pub fn show(ui: &mut Ui, session: &Session) -> Outcome {
    let Some(open) = &session.open else { return Outcome::Close };
    let Some(manifest) = &open.manifest else { return Outcome::Close };
    let height = ui.ctx().content_rect().height() - 170.0;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for line in about(manifest) {
            ui.add(Label::new(line).wrap());
        }
        ui.add_space(space::NORMAL);
        side_by_side(ui, |ui| lines(ui, "It holds", &manifest.goes), |ui| lines(ui, "Left out", &manifest.left_out));
        counts(ui, &open.shared_counts);
    });
    Outcome::Open
}

fn lines(ui: &mut Ui, title: &str, items: &[String]) {
    ui.label(RichText::new(title).font(theme::strong(size::BODY)));
    for item in items {
        ui.add(Label::new(format!("• {item}")).wrap());
    }
}

fn counts(ui: &mut Ui, counts: &[SharedCount]) {
    let counts = as_published(counts);
    let Some(first) = counts.first() else { return };
    let second = tokens(ui).ink_second;
    ui.add_space(space::NORMAL);
    let period = format!("Signals, {} to {}", first.from.label(), first.to.label());
    ui.label(RichText::new(period).font(theme::strong(size::BODY)));
    let rule = "* is a number from 1 to 7, or one that would give such a number away. All others are to the nearest 5; a \
                zero is a zero. \"No data\" and \"not asked\" are no numbers.";
    ui.add(Label::new(RichText::new(rule).size(size::SMALL).color(second)).wrap());
    let mut rest = counts.as_slice();
    while let Some(first) = rest.first() {
        let end = rest.iter().position(|one| one.provider != first.provider).unwrap_or(rest.len());
        let (own, others) = rest.split_at(end);
        ui.add_space(space::NORMAL);
        ui.label(RichText::new(&first.provider).font(theme::strong(size::BODY)));
        table(ui, own);
        rest = others;
    }
}

/// Each once, in the order in which they come.
fn distinct<'c>(cells: &'c [PublishedCount], of: impl Fn(&'c PublishedCount) -> &'c str) -> Vec<&'c str> {
    let mut seen: Vec<&str> = Vec::new();
    for cell in cells {
        if !seen.contains(&of(cell)) {
            seen.push(of(cell));
        }
    }
    seen
}

fn table(ui: &mut Ui, own: &[PublishedCount]) {
    let sources = distinct(own, |one| &one.source);
    let themes = distinct(own, |one| &one.theme);
    ScrollArea::horizontal().id_salt(("counts", &own[0].provider)).show(ui, |ui| {
        egui::Grid::new(("counts", &own[0].provider)).striped(true).spacing([14.0, 4.0]).show(ui, |ui| {
            ui.label(RichText::new("Theme").font(theme::strong(size::SMALL)));
            for source in &sources {
                ui.label(RichText::new(*source).font(theme::strong(size::SMALL)));
            }
            ui.end_row();
            for theme in themes {
                ui.label(theme);
                for source in &sources {
                    let found = own.iter().find(|one| one.theme == theme && one.source == *source);
                    ui.label(found.map_or("", |one| one.count.as_str()));
                }
                ui.end_row();
            }
        });
    });
}
