//! All providers: how many months of each source came.

use super::Receipts;
use crate::model::Id;
use crate::model::due::Month;
use crate::model::intelligence::{Intelligence, upper_first};
use crate::model::signal::Source;
use crate::model::triangulation::Covered;
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::link_button;
use egui::{Align, Label, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};
use std::sync::Arc;

/// Height of a provider's row in points.
const ROW: f32 = 30.0;

/// The counts, kept as long as nothing changes.
#[derive(Default)]
pub(super) struct Overview {
    of: Option<(Arc<Intelligence>, Vec<Month>)>,
    sources: Vec<Source>,
    rows: Vec<(Id, String, Vec<Option<Covered>>)>,
}

impl Overview {
    fn follow(&mut self, intelligence: &Arc<Intelligence>, months: Vec<Month>) {
        let same = self.of.as_ref().is_some_and(|(of, those)| Arc::ptr_eq(of, intelligence) && *those == months);
        if same {
            return;
        }
        let providers = intelligence.providers();
        let knows = |source: &&Source| providers.iter().any(|one| intelligence.knows(one.id, **source));
        self.sources = Source::ALL.iter().filter(knows).copied().collect();
        let covered = |provider: Id, source: Source| {
            let states = months.iter().filter_map(|month| intelligence.coverage(provider, source, *month));
            intelligence.knows(provider, source).then(|| Covered::over(states))
        };
        let row = |id: Id, name: &str| {
            (id, name.to_owned(), self.sources.iter().map(|source| covered(id, *source)).collect())
        };
        self.rows = providers.iter().map(|one| row(one.id, &one.name)).collect();
        self.of = Some((Arc::clone(intelligence), months));
    }
}

impl Receipts {
    /// Draws the table; gives the provider that was chosen in it.
    pub(super) fn overview(
        &mut self,
        ui: &mut Ui,
        ctx: &Ctx<'_>,
        intelligence: Option<&Arc<Intelligence>>,
    ) -> Option<Id> {
        let Some(intelligence) = intelligence else {
            ui.label("Counting what came…");
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
            return None;
        };
        self.overview.follow(intelligence, self.months());
        let overview = &self.overview;
        let theme = tokens(ui);
        let mut chosen = None;
        if overview.sources.is_empty() {
            let words = "Nothing came yet of any source. Choose a provider to say what was asked of it.";
            ui.label(words);
        }
        let height = (ui.ctx().content_rect().height() - 260.0).max(150.0);
        let columns = overview.sources.len().max(1) as f32;
        let name = (ui.available_width() - 18.0 - columns * 92.0).clamp(190.0, 330.0);
        let room = (ui.available_width() - 18.0 - name) / columns - ui.spacing().item_spacing.x;
        let builder = TableBuilder::new(ui)
            .striped(true)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(name).clip(true))
            .columns(Column::exact(room.clamp(52.0, 130.0)), overview.sources.len())
            .max_scroll_height(height);
        let table = builder.header(40.0, |mut header| {
            let head = |ui: &mut Ui, words: &str| {
                ui.add(
                    Label::new(RichText::new(words).font(theme::strong(size::SMALL)).color(theme.ink_second)).wrap(),
                );
            };
            header.col(|ui| head(ui, "Provider"));
            for source in &overview.sources {
                header.col(|ui| head(ui, &upper_first(source.several())));
            }
        });
        table.body(|body| {
            body.rows(ROW, overview.rows.len(), |mut row| {
                let (id, name, cells) = &overview.rows[row.index()];
                row.col(|ui| {
                    if link_button(ui, name).on_hover_text("Its months one by one").clicked() {
                        chosen = Some(*id);
                    }
                });
                for covered in cells {
                    row.col(|ui| {
                        let ink =
                            if covered.is_some_and(|one| one.received > 0) { theme.ink } else { theme.ink_second };
                        ui.label(RichText::new(words(*covered)).size(size::SMALL).color(ink))
                            .on_hover_text(hover(*covered));
                    });
                }
            });
        });
        if !ctx.editable {
            ui.label(RichText::new("The plan can only be read").size(size::SMALL).color(theme.ink_second));
        }
        chosen
    }
}

/// "18 of 24"; a source that nothing is known of is not zero of anything.
fn words(covered: Option<Covered>) -> String {
    match covered {
        None => "never asked".to_owned(),
        Some(covered) if covered.of == 0 => "does not apply".to_owned(),
        Some(covered) => format!("{} of {}", covered.received, covered.of),
    }
}

fn hover(covered: Option<Covered>) -> String {
    match covered {
        None => "Nothing of it came, and nobody said that it was asked for".to_owned(),
        Some(covered) if covered.of == 0 => "Not applicable in these months".to_owned(),
        Some(covered) => format!("{} of {} months received; worst: {}", covered.received, covered.of, covered.receipt),
    }
}
