//! The log of copies that were made of this plan.

use crate::model::{Plan, Share};
use crate::ui::theme::{self, size, space, tokens};
use egui::{Label, RichText, ScrollArea, Ui};

/// Draws the log, the newest first.
pub(super) fn show(ui: &mut Ui, plan: &Plan) {
    if plan.shares.is_empty() {
        ui.label("No copy of this plan was shared yet");
        return;
    }
    let mut shares: Vec<&Share> = plan.shares.values().collect();
    shares.sort_by_key(|share| std::cmp::Reverse((share.date, share.id)));
    let height = ui.ctx().content_rect().height() - 190.0;
    ScrollArea::vertical().id_salt("earlier copies").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for share in shares {
            one(ui, share);
            ui.add_space(space::NORMAL);
        }
    });
}

/// Whom a copy was for, in words.
fn whom(share: &Share) -> &str {
    if share.for_whom.is_empty() { "nobody was named" } else { &share.for_whom }
}

fn one(ui: &mut Ui, share: &Share) {
    let second = tokens(ui).ink_second;
    let day = share.date.map(|date| date.format("%-d %B %Y").to_string()).unwrap_or_default();
    let title = format!("{day}: {}", whom(share));
    ui.label(RichText::new(title).font(theme::strong(size::BODY)));
    let manner = if share.to_edit { "to be edited and to come back" } else { "to be read only" };
    let why = if share.why.is_empty() { String::new() } else { format!("{} · ", share.why) };
    ui.add(Label::new(format!("{why}{manner}")).wrap());
    ui.add(Label::new(&share.file).wrap().selectable(true));
    let sum = RichText::new(format!("SHA-256 {}", share.sha256)).monospace().size(size::SMALL).color(second);
    ui.add(Label::new(sum).wrap().selectable(true));
    let head = egui::CollapsingHeader::new("What went and what was left out").id_salt(share.id.to_string());
    let shown = head.show(ui, |ui| {
        super::side_by_side(ui, |ui| lines(ui, "Went", &share.goes), |ui| lines(ui, "Left out", &share.left_out));
    });
    shown.header_response.accessible_name(format!("What went and what was left out on {day}, {}", whom(share)));
}

fn lines(ui: &mut Ui, title: &str, text: &str) {
    ui.label(RichText::new(title).font(theme::strong(size::SMALL)));
    for line in text.lines() {
        ui.add(Label::new(format!("• {line}")).wrap());
    }
}
