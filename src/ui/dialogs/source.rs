//! The document's own table beside what was understood of it: what each column holds can be said,
//! and rows can be joined, parted and left out.

use crate::app::Reading;
use crate::import::{Assigned, Places, Proposal, Role, RowEdit, RowFate, RowHow, SourceRow, TableKind, TableReading};
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use egui::text::LayoutJob;
use egui::{Align, Color32, ComboBox, Label, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder};

/// Height of a row of the source in points: three lines; the whole cell is shown under the pointer.
const ROW: f32 = 56.0;
/// The lines of a cell that are shown.
const LINES: usize = 3;
/// Width of the column that says what became of a row, in points.
const FATE: f32 = 76.0;
/// Height of the list of meanings in points: half of them are seen at once, and that there are more.
const MEANINGS: f32 = 420.0;
/// Height of the header in points: what the column holds, and its heading.
const HEADER: f32 = 56.0;

/// What the source's side remembers between frames.
#[derive(Debug, Default)]
pub struct SourceView {
    /// The table that is shown, as its place in [`Proposal::tables`].
    table: usize,
    /// The row that is looked at, as its place in the table.
    row: Option<usize>,
    /// Bring it into view.
    scroll: bool,
    /// What is looked at beside it.
    kind: Option<TableKind>,
}

impl SourceView {
    /// Shows the row that begins on a line, or the one before it.
    pub fn go_to(&mut self, proposal: &Proposal, line: usize) {
        let holds = |table: &TableReading| {
            let first = table.grid.first().is_some_and(|row| row.line <= line);
            first && table.grid.last().is_some_and(|row| line <= row.line)
        };
        let Some(table) = proposal.tables.iter().position(holds) else { return };
        self.table = table;
        self.row = proposal.tables[table].grid.iter().rposition(|row| row.line <= line);
        self.scroll = true;
    }

    /// Shows the first table of a kind, when that kind begins to be looked at.
    pub fn follow(&mut self, proposal: &Proposal, kind: TableKind) {
        if self.kind.replace(kind) != Some(kind)
            && let Some(first) = proposal.tables.iter().position(|table| table.kind == kind)
        {
            (self.table, self.row) = (first, None);
        }
    }

    /// Whether there is a table to show.
    #[must_use]
    pub fn has_source(proposal: &Proposal) -> bool {
        proposal.tables.iter().any(|table| !table.grid.is_empty())
    }

    /// Draws the source; gives another way to read it, if one was asked for.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        proposal: &Proposal,
        places: &Places,
        reading: &Reading,
        height: f32,
    ) -> Option<Reading> {
        let mut asked = None;
        self.table = self.table.min(proposal.tables.len().saturating_sub(1));
        self.choose_table(ui, proposal, places);
        let table = proposal.tables.get(self.table)?;
        ui.push_id(self.table, |ui| {
            let room = height - 84.0;
            if let Some((column, role)) = self.grid(ui, places, table, room) {
                asked = Some(with_column(reading, self.table, column, role));
            }
            if let Some((row, how)) = self.row_choices(ui, places, table) {
                asked = Some(with_row(reading, self.table, row, how));
            }
        });
        asked
    }

    fn choose_table(&mut self, ui: &mut Ui, proposal: &Proposal, places: &Places) {
        let name = |at: usize, table: &TableReading| {
            let heading: String = table.heading.chars().take(50).collect();
            let place = places.name(table.line);
            if heading.is_empty() { format!("Table {}, {place}", at + 1) } else { format!("{heading} ({place})") }
        };
        let Some(shown) = proposal.tables.get(self.table) else { return };
        let combo = ComboBox::from_id_salt("table").width(ui.available_width() - space::WIDE);
        let response = combo.selected_text(name(self.table, shown)).show_ui(ui, |ui| {
            for (at, table) in proposal.tables.iter().enumerate() {
                if ui.selectable_label(at == self.table, name(at, table)).clicked() {
                    (self.table, self.row) = (at, None);
                }
            }
        });
        response.response.accessible_name("Table of the document");
    }

    /// The cells; gives a column and what it was said to hold.
    fn grid(&mut self, ui: &mut Ui, places: &Places, table: &TableReading, height: f32) -> Option<(usize, Role)> {
        let theme = tokens(ui);
        // a summary sheet has cells, but no columns with a meaning
        let cells = table.grid.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let columns = table.columns.len().max(cells);
        // between columns there is a gap, and at the end room for the bar
        let gaps = ui.spacing().item_spacing.x * (columns + 1) as f32 + ui.spacing().scroll.bar_width;
        let width = ((ui.available_width() - FATE - gaps) / columns.max(1) as f32).clamp(110.0, 260.0);
        let mut asked = None;
        egui::ScrollArea::horizontal().id_salt("across").max_height(height).show(ui, |ui| {
            let mut builder = TableBuilder::new(ui)
                .id_salt("source")
                .striped(false)
                .sense(Sense::click())
                .cell_layout(egui::Layout::top_down(Align::Min))
                .column(Column::exact(FATE))
                .columns(Column::initial(width).at_least(80.0).clip(true).resizable(true), columns)
                .min_scrolled_height(60.0)
                .max_scroll_height(height - HEADER);
            if let (true, Some(row)) = (std::mem::take(&mut self.scroll), self.row) {
                builder = builder.scroll_to_row(row, Some(Align::Center));
            }
            let header = builder.header(HEADER, |mut header| {
                header.col(|ui| {
                    ui.label(RichText::new("Becomes").size(size::SMALL).color(theme.ink_second));
                });
                for (at, (label, role)) in table.columns.iter().enumerate() {
                    header.col(|ui| {
                        if let Some(role) = role_choice(ui, at, label, *role) {
                            asked = Some((at, role));
                        }
                    });
                }
                (table.columns.len()..columns).for_each(|_| {
                    header.col(|_| {});
                });
            });
            header.body(|body| {
                body.rows(ROW, table.grid.len(), |mut row| {
                    let at = row.index();
                    let source = &table.grid[at];
                    row.set_selected(self.row == Some(at));
                    row.col(|ui| fate(ui, source, &places.name(source.line)));
                    for column in 0..columns {
                        row.col(|ui| cell(ui, source, column));
                    }
                    if row.response().clicked() {
                        self.row = Some(at);
                    }
                });
            });
        });
        asked
    }

    /// What can be done with the row that is looked at.
    fn row_choices(&mut self, ui: &mut Ui, places: &Places, table: &TableReading) -> Option<(usize, Option<RowHow>)> {
        let theme = tokens(ui);
        let Some((at, row)) = self.row.and_then(|at| Some((at, table.grid.get(at)?))) else {
            let hint = "Choose a row to join it to the one above, to part it, or to leave it out";
            ui.label(RichText::new(hint).size(size::SMALL).color(theme.ink_second));
            return None;
        };
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(places.name(row.line)).font(theme::strong(size::SMALL)));
            let choices = [
                (None, "As it was understood"),
                (Some(RowHow::JoinToAbove), "Join to the row above"),
                (Some(RowHow::OfItsOwn), "A row of its own"),
                (Some(RowHow::Leave), "Leave out"),
            ];
            for (how, words) in choices {
                if ui.selectable_label(row.edited == how, words).clicked() && row.edited != how {
                    asked = Some((at, how));
                }
            }
        });
        asked
    }
}

/// What people call what a column holds.
fn role_words(role: Role) -> String {
    sentence_case(role.name())
}

fn role_choice(ui: &mut Ui, column: usize, label: &str, role: Role) -> Option<Role> {
    let theme = tokens(ui);
    let mut asked = None;
    let ink = if role == Role::Unknown { theme.tint(Tone::Amber).ink } else { theme.ink };
    let shown = RichText::new(role_words(role)).color(ink);
    let combo =
        ComboBox::from_id_salt(("column", column)).width(ui.available_width() - 6.0).truncate().height(MEANINGS);
    let response = combo.selected_text(shown).show_ui(ui, |ui| {
        for other in Role::ALL {
            if ui.selectable_label(*other == role, role_words(*other)).clicked() && *other != role {
                asked = Some(*other);
            }
        }
    });
    let name = if label.is_empty() {
        format!("What column {} holds", column + 1)
    } else {
        format!("What “{label}” holds")
    };
    response.response.accessible_name(name);
    let label = if label.is_empty() { "no heading" } else { label };
    ui.add(Label::new(RichText::new(label).font(theme::strong(size::SMALL)).color(theme.ink_second)).truncate());
    asked
}

/// What became of a row, in a word.
fn fate(ui: &mut Ui, row: &SourceRow, place: &str) {
    let theme = tokens(ui);
    let (words, tone) = match &row.fate {
        RowFate::Title => ("Title".to_owned(), Tone::Grey),
        RowFate::Header => ("Header".to_owned(), Tone::Grey),
        RowFate::Theme(_) => ("Theme".to_owned(), Tone::Blue),
        RowFate::Recommendations(references) => (references.join(", "), Tone::Good),
        RowFate::GoesOn(references) => (format!("↳ {}", references.join(", ")), Tone::Good),
        RowFate::Responsibility(_) => ("Key resp.".to_owned(), Tone::Good),
        RowFate::Under(_) => ("↳".to_owned(), Tone::Good),
        RowFate::Actions => ("Actions".to_owned(), Tone::Good),
        RowFate::Sheet => ("Summary sheet".to_owned(), Tone::Grey),
        RowFate::LeftOut => ("Left out".to_owned(), Tone::Amber),
        RowFate::NotTaken => ("Not taken".to_owned(), Tone::Amber),
    };
    let ink = theme.tint(tone).ink;
    ui.add(Label::new(RichText::new(words).font(theme::strong(size::SMALL)).color(ink)).wrap().selectable(false))
        .on_hover_text(place);
}

fn cell(ui: &mut Ui, row: &SourceRow, column: usize) {
    let Some(text) = row.cells.get(column).filter(|text| !text.is_empty()) else { return };
    // three lines of a narrow column; a galley of a whole page would be laid out for nothing
    let short: String = text.chars().take(160).collect();
    let font = theme::regular(size::SMALL);
    let mut job = LayoutJob::simple(short, font, Color32::PLACEHOLDER, ui.available_width());
    job.wrap.max_rows = LINES;
    let response = ui.add(Label::new(job).wrap().selectable(false).show_tooltip_when_elided(false));
    // a shorter one is seen whole
    if text.contains('\n') || text.chars().count() > 30 {
        response.on_hover_text(text);
    }
}

fn with_column(reading: &Reading, table: usize, column: usize, role: Role) -> Reading {
    let mut reading = reading.clone();
    reading.columns.retain(|other| (other.table, other.column) != (table, column));
    reading.columns.push(Assigned { table, column, role });
    reading
}

fn with_row(reading: &Reading, table: usize, row: usize, how: Option<RowHow>) -> Reading {
    let mut reading = reading.clone();
    reading.rows.retain(|other| (other.table, other.row) != (table, row));
    reading.rows.extend(how.map(|how| RowEdit { table, row, how }));
    reading
}
