//! What a pasted column or block would change, cell by cell, before it does.

use super::Outcome;
use crate::app::Session;
use crate::model::paste::{Fate, Landing};
use crate::model::text::count;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{Badge, link_button, pill, primary_button};
use egui::{RichText, ScrollArea, Ui};
use egui_extras::{Column, TableBuilder};

/// Height of a row of the preview in points: three lines.
const ROW: f32 = 60.0;

/// Draws the preview.
pub fn show(ui: &mut Ui, session: &mut Session) -> Outcome {
    let theme = tokens(ui);
    let (Some(waiting), Some(open)) = (&session.block, &session.open) else { return Outcome::Close };
    let block = &waiting.block;
    let names: Vec<&str> = {
        let wide = waiting.cells.iter().map(Vec::len).max().unwrap_or(0);
        waiting.at.columns.iter().take(wide).map(|column| column.name()).collect()
    };
    let first = waiting.at.rows.first().and_then(|id| open.plan.recommendations.get(id));
    let from = first.map(|row| open.plan.reference_name(row)).unwrap_or_default();
    let rows = count(waiting.cells.len(), "row");
    ui.label(format!("{rows} from recommendation {from} down, into: {}", names.join(", ")));
    let mut notes = Vec::new();
    if block.rows_over > 0 {
        notes.push(format!("{} below the last recommendation: not taken", count(block.rows_over, "row")));
    }
    if block.columns_over > 0 {
        notes.push(format!("{} beyond the last one shown: not taken", count(block.columns_over, "column")));
    }
    for note in notes {
        ui.label(RichText::new(note).color(theme.tint(Tone::Amber).ink));
    }
    ui.add_space(space::TIGHT);
    let landings: Vec<&Landing> = block.landings.iter().filter(|landing| landing.fate != Fate::Blank).collect();
    let changed = landings.iter().filter(|landing| landing.fate.changes()).count();
    ui.scope(|ui| table(ui, open, &landings));
    ui.add_space(space::NORMAL);
    let lines = waiting.cells.len() > 1 && waiting.cells.iter().all(|row| row.len() < 2);
    let reads_as_table = waiting.reads_as_table();
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        let words = if changed == 0 { "Done".to_owned() } else { format!("Paste {}", count(changed, "cell")) };
        if primary_button(ui, &words).clicked()
            || ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter))
        {
            session.accept_block();
            outcome = Outcome::Close;
            return;
        }
        if link_button(ui, "Paste nothing").clicked() {
            outcome = Outcome::Close;
        }
        if lines && link_button(ui, "All lines into one cell").clicked() {
            session.block_in_one_cell();
        }
        if reads_as_table && link_button(ui, "Read it as a table with numbers").clicked() {
            session.block_as_table();
            outcome = Outcome::Close;
        }
        let words = "Nothing is changed before you decide. It is one change, and one undo takes it back.";
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
    });
    outcome
}

/// What becomes of a cell, in a word, and how much that matters.
fn fate(fate: &Fate) -> (String, Tone) {
    match fate {
        Fate::Replaces => ("Replaces".into(), Tone::Amber),
        Fate::Fills => ("Fills".into(), Tone::Good),
        Fate::Adds(number) => (format!("Adds {number}"), Tone::Good),
        Fate::Same | Fate::Blank => ("As it is".into(), Tone::Grey),
        Fate::Left(_) => ("Not taken".into(), Tone::Bad),
    }
}

fn table(ui: &mut Ui, open: &crate::app::OpenPlan, landings: &[&Landing]) {
    let theme = tokens(ui);
    let height = (ui.ctx().content_rect().height() - 290.0).max(160.0);
    let wide = ((ui.available_width() - 330.0) / 2.0).max(140.0);
    ScrollArea::horizontal().id_salt("pasted across").max_height(height).show(ui, |ui| {
        let builder = TableBuilder::new(ui)
            .id_salt("pasted")
            .striped(false)
            .cell_layout(egui::Layout::top_down(egui::Align::Min))
            .column(Column::exact(60.0))
            .column(Column::exact(130.0))
            .column(Column::exact(96.0))
            .columns(Column::initial(wide).at_least(120.0).clip(true), 2)
            .min_scrolled_height(120.0)
            .max_scroll_height(height - 30.0);
        let headed = builder.header(26.0, |mut header| {
            for title in ["No.", "Column", "Becomes", "What stands there", "What was pasted"] {
                header.col(|ui| {
                    ui.label(RichText::new(title).font(theme::strong(size::SMALL)).color(theme.ink_second));
                });
            }
        });
        headed.body(|body| {
            body.rows(ROW, landings.len(), |mut row| {
                let landing = landings[row.index()];
                let reference = open.plan.recommendations.get(&landing.row).map_or("", |row| &row.reference);
                row.col(|ui| {
                    ui.label(RichText::new(reference).font(theme::strong(size::BODY)));
                });
                row.col(|ui| {
                    ui.label(landing.column.name());
                });
                row.col(|ui| {
                    let (word, tone) = fate(&landing.fate);
                    pill(ui, &Badge { word, tone, shape: None });
                });
                row.col(|ui| words(ui, &landing.before, theme.ink_second));
                row.col(|ui| match landing.fate {
                    Fate::Left(why) => {
                        let ink = theme.tint(Tone::Bad).ink;
                        words(ui, &format!("{} – {why}", landing.pasted), ink);
                    }
                    _ => words(ui, &landing.pasted, theme.ink),
                });
            });
        });
    });
}

/// The first lines of a cell; all of it under the pointer.
fn words(ui: &mut Ui, text: &str, ink: egui::Color32) {
    let short: String = text.chars().take(220).collect();
    let font = theme::regular(size::SMALL);
    let mut job = egui::text::LayoutJob::simple(short, font, ink, ui.available_width());
    job.wrap.max_rows = 3;
    let label = egui::Label::new(job).wrap().selectable(false).show_tooltip_when_elided(false);
    let response = ui.add(label);
    if text.chars().count() > 60 || text.lines().count() > 3 {
        response.on_hover_text(text);
    }
}
