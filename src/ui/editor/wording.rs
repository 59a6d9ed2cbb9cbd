//! What was published, and how the CCG words it: the words marked in which they differ.

use super::Editor;
use super::recommendation::section;
use crate::app::DraftKey;
use crate::model::catalogue::is_published;
use crate::model::story::words_apart;
use crate::model::text::count;
use crate::model::{Entity, Recommendation};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::{Show, differing, field, link_button, text_field};
use egui::{RichText, Ui};

impl Editor {
    pub(super) fn wording(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let key = |field| DraftKey::Field(Entity::Recommendation, row.id, field);
        let published = is_published(row);
        if published {
            self.published(ui, ctx, row);
        } else {
            section(ui, "Text");
            ui.columns_const(|[left, right]| {
                text_field(left, ctx, key("reference"), "Number", 1);
                text_field(right, ctx, key("section"), "Section", 1);
            });
            text_field(ui, ctx, key("title"), "Title", 1);
            let response = text_field(ui, ctx, key("text"), "Text", 4);
            self.note_selection(ui, &response, &ctx.text(key("text")));
            let report = ctx.plan.reports.values().find(|report| report.key == row.report);
            let report = report.map_or("No report", |report| report.title.as_str());
            ui.label(RichText::new(format!("Of: {report}")).size(size::SMALL).color(tokens(ui).ink_second));
        }
        let open = self.wording_open || !row.local_text.is_empty() || !row.local_title.is_empty();
        if open {
            text_field(ui, ctx, key("local_title"), "Our title, where it differs", 1);
            let response = text_field(ui, ctx, key("local_text"), "Our wording, where it differs", 4);
            self.note_selection(ui, &response, &ctx.text(key("local_text")));
            if !published {
                differences(ui, ctx, row);
            }
        } else if ctx.editable && link_button(ui, "Word it differently here").clicked() {
            self.wording_open = true;
        }
    }

    /// The published text, and what our wording makes of it while it is typed.
    fn published(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        section(ui, "Published text");
        let theme = tokens(ui);
        let [title, text] = ours(ctx, row);
        let differs = !title.is_empty() || !text.is_empty();
        if differs {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(told(row, &title, &text)).size(size::SMALL).color(theme.ink_second));
                let word = if self.as_published { "Show the differences" } else { "As published" };
                if link_button(ui, word).clicked() {
                    self.as_published = !self.as_published;
                }
            });
        }
        if differs && !self.as_published {
            differences(ui, ctx, row);
            if text.is_empty() {
                super::reading::text(ui, ctx, row.id, &row.text);
            }
            let note = "Struck through: published, and not in ours. Underlined: only in ours.";
            ui.add(egui::Label::new(RichText::new(note).size(size::TINY).color(theme.ink_second)).wrap());
            return;
        }
        ui.label(RichText::new(&row.title).font(theme::strong(size::SMALL)).color(theme.ink_second));
        super::reading::text(ui, ctx, row.id, &row.text);
        if !row.section.is_empty() {
            let of = format!("In the report under “{}”", row.section);
            ui.add(egui::Label::new(RichText::new(of).size(size::SMALL).color(theme.ink_second)).wrap());
        }
    }
}

/// Our title and wording as they stand in their fields; blank where they are as published.
fn ours(ctx: &Ctx<'_>, row: &Recommendation) -> [String; 2] {
    let of = |field: &'static str, published: &str| {
        let text = ctx.text(DraftKey::Field(Entity::Recommendation, row.id, field));
        if text.trim() == published.trim() { String::new() } else { text }
    };
    [of("local_title", &row.title), of("local_text", &row.text)]
}

/// "Our wording differs in 2 words", "Our title differs".
fn told(row: &Recommendation, title: &str, text: &str) -> String {
    let apart = if text.is_empty() { 0 } else { words_apart(&row.text, text) };
    match (title.is_empty(), text.is_empty()) {
        (false, true) => "Our title differs".to_owned(),
        (_, false) if apart == 0 => "Our wording differs in its lines and marks only".to_owned(),
        (true, _) => format!("Our wording differs in {}", count(apart, "word")),
        (false, _) => format!("Our wording differs in {}, and our title", count(apart, "word")),
    }
}

fn differences(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    let [title, text] = ours(ctx, row);
    if !title.is_empty() && !row.title.is_empty() {
        field::label(ui, "Title");
        differing(ui, "Our title beside the published one", &row.title, &title, Show::Both);
    }
    if !text.is_empty() && !row.text.is_empty() {
        field::label(ui, "Wording");
        differing(ui, "Our wording beside the published text", &row.text, &text, Show::Both);
    }
}
