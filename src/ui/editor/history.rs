//! The editor's tab of history: who changed what of the recommendation and of all that belongs to it, before and
//! after, and what stood there put back.

use super::Editor;
use crate::app::story::{PAGE, RowHistory};
use crate::model::story::history::{Names, ToldField, ToldRow, What, told, words_of};
use crate::model::story::{NotBack, bring_back, put_back};
use crate::model::text::count;
use crate::model::{Change, Edit, Entity, Id, Recommendation};
use crate::store::Entry;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::{Show, differing, link_button, primary_button};
use chrono::Local;
use egui::{Label, RichText, Ui};
use std::collections::BTreeSet;

/// At most so many rows of one entry are shown at first; an import has hundreds.
const ROWS: usize = 6;

/// A field's earlier value or a deleted row that waits for a second click: entry, row, field (blank for the row).
type Place = (Id, Id, &'static str);

/// How the history is looked at.
#[derive(Debug, Default)]
pub(super) struct Looking {
    /// How many entries are asked for; 0 before any are.
    most: usize,
    /// What the lines were worked out from.
    of: Option<(Id, u64, usize, Option<Id>)>,
    names: Names,
    lines: Vec<Vec<ToldRow>>,
    /// Entries that are shown whole.
    opened: BTreeSet<Id>,
    restoring: Option<Place>,
}

impl Looking {
    fn work_out(&mut self, ctx: &Ctx<'_>, history: &RowHistory) {
        // an entry that further typing extended has another id
        let newest = history.entries.first().map(|entry| entry.id);
        let key = (history.row, ctx.revision, history.entries.len(), newest);
        if self.of == Some(key) {
            return;
        }
        self.names = Names::default();
        history.entries.iter().for_each(|entry| self.names.learn(&entry.edit));
        self.lines = history.entries.iter().map(|entry| told(ctx.plan, &self.names, &entry.edit)).collect();
        self.of = Some(key);
    }
}

impl Editor {
    pub(super) fn row_history(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let most = self.history.most.max(PAGE);
        if !ctx.story.is_asked(row.id, ctx.revision, most) {
            ctx.send(Wish::Story(row.id, most));
        }
        let Some(history) = ctx.story.history(row.id) else {
            ui.label("Reading the history…");
            return;
        };
        self.history.work_out(ctx, history);
        let looking = &mut self.history;
        let lines = std::mem::take(&mut looking.lines);
        for (entry, rows) in history.entries.iter().zip(&lines).filter(|(_, rows)| !rows.is_empty()) {
            one_entry(ui, ctx, looking, entry, rows, row.id);
        }
        looking.lines = lines;
        if history.entries.is_empty() {
            ui.label("Nothing of it was changed yet");
        }
        if history.more {
            ui.add_space(space::NORMAL);
            if ui.button("Show earlier changes").clicked() {
                looking.most = most + PAGE;
            }
        }
    }
}

fn one_entry(ui: &mut Ui, ctx: &Ctx<'_>, looking: &mut Looking, entry: &Entry, rows: &[ToldRow], of: Id) {
    let theme = tokens(ui);
    ui.add_space(space::NORMAL);
    ui.add(Label::new(RichText::new(&entry.edit.label).font(theme::strong(size::BODY))).wrap());
    let when = entry.at.with_timezone(&Local).format("%-d %B %Y, %H:%M");
    let who = format!("{when} · {}", entry.who);
    ui.label(RichText::new(who).size(size::SMALL).color(theme.ink_second));
    let whole = looking.opened.contains(&entry.id);
    let shown = if whole { rows.len() } else { rows.len().min(ROWS) };
    for row in &rows[..shown] {
        ui.add_space(2.0);
        one_row(ui, ctx, looking, entry, row, of);
    }
    if shown < rows.len() {
        let word = format!("and {} more", rows.len() - shown);
        if link_button(ui, &word).accessible_name(format!("{word} of: {}", entry.edit.label)).clicked() {
            looking.opened.insert(entry.id);
        }
    }
    ui.add_space(space::TIGHT);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, theme.line_faint));
}

fn heading(ui: &mut Ui, words: &str) {
    let theme = tokens(ui);
    ui.add(Label::new(RichText::new(words).font(theme::strong(size::SMALL)).color(theme.ink_second)).wrap());
}

fn one_row(ui: &mut Ui, ctx: &Ctx<'_>, looking: &mut Looking, entry: &Entry, row: &ToldRow, of: Id) {
    match row.what {
        What::Changed => {
            for field in &row.fields {
                // of the recommendation itself the field says enough
                let name =
                    if row.row == of { field.name.clone() } else { format!("{}: {}", row.name, lower(&field.name)) };
                heading(ui, &name);
                let [before, after] = &field.words;
                differing(ui, &name, before, after, Show::Both);
                field_back(ui, ctx, looking, entry, row, (field, &name));
            }
        }
        What::Added => {
            heading(ui, &format!("{} added", row.name));
            // what was published is told under its own name, not as what somebody wrote
            if row.row != of {
                main_words(ui, row, 1);
            }
        }
        What::Deleted => {
            heading(ui, &format!("{} deleted", row.name));
            main_words(ui, row, 0);
            row_back(ui, ctx, looking, entry, row);
        }
    }
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// What a row that came or went held: its words, then its other fields in one line.
fn main_words(ui: &mut Ui, row: &ToldRow, side: usize) {
    let theme = tokens(ui);
    let text = |field: &&ToldField| matches!(field.field, "text" | "words" | "note");
    for field in row.fields.iter().filter(text).filter(|field| !field.words[side].is_empty()) {
        // an action's name holds its words already where they are short
        if !row.name.ends_with(&format!("“{}”", field.words[side])) {
            ui.add(Label::new(&field.words[side]).wrap());
        }
    }
    // a position's date stands in its name
    let named = |field: &&ToldField| row.entity == Entity::Position && field.field == "as_at";
    let others =
        row.fields.iter().filter(|field| !text(field) && !named(field)).filter(|field| !field.words[side].is_empty());
    let others: Vec<String> =
        others.take(8).map(|field| format!("{}: {}", lower(&field.name), field.words[side])).collect();
    if !others.is_empty() {
        let words = RichText::new(others.join(" · ")).size(size::SMALL).color(theme.ink_second);
        ui.add(Label::new(words).wrap());
    }
}

/// Puts back what stood in a field before an entry, after showing what that replaces.
fn field_back(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    looking: &mut Looking,
    entry: &Entry,
    row: &ToldRow,
    (field, name): (&ToldField, &str),
) {
    if !ctx.editable {
        return;
    }
    let change = Change {
        entity: row.entity,
        row: row.row,
        field: field.field,
        before: field.before.clone(),
        after: field.after.clone(),
    };
    let back = match put_back(ctx.plan, &looking.names, &change, &field.before, &entry.edit) {
        // what stands there now needs no way back
        Err(NotBack::Same) => return,
        back => back,
    };
    let place = (entry.id, row.row, field.field);
    let now = ctx.plan.value(row.entity, row.row, field.field).unwrap_or_default();
    let now = words_of(ctx.plan, &looking.names, field.field, &now);
    let then = &field.words[0];
    restore(ui, ctx, looking, place, ["Put back what stood before…", "Put this back", name], back, |ui| {
        differing(ui, "It would become", &now, then, Show::Both);
    });
}

/// Brings back a row that an entry deleted.
fn row_back(ui: &mut Ui, ctx: &Ctx<'_>, looking: &mut Looking, entry: &Entry, row: &ToldRow) {
    if !ctx.editable || ctx.plan.has(row.entity, row.row) {
        return;
    }
    let back = bring_back(ctx.plan, &looking.names, row.entity, row.row, &entry.edit);
    let with = back.as_ref().map(|edit| edit.rows().len().saturating_sub(1)).unwrap_or_default();
    restore(ui, ctx, looking, (entry.id, row.row, ""), ["Bring it back…", "Bring it back", &row.name], back, |ui| {
        let told = match with {
            0 => "It comes back as it was".to_owned(),
            with => format!("It comes back as it was, with what went with it ({})", count(with, "row")),
        };
        ui.add(Label::new(told).wrap());
    });
}

/// The link that asks, then what would happen and the button that does it; or why it cannot be done.
fn restore(
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    looking: &mut Looking,
    place: Place,
    [ask, word, name]: [&str; 3],
    back: Result<Edit, NotBack>,
    show: impl FnOnce(&mut Ui),
) {
    let theme = tokens(ui);
    let edit = match back {
        Ok(edit) => edit,
        Err(why) => {
            let told = RichText::new(format!("Cannot come back: {}", lower(&why.words()))).size(size::SMALL);
            ui.add(Label::new(told.color(theme.ink_second)).wrap());
            return;
        }
    };
    if looking.restoring != Some(place) {
        let asked = ask.trim_end_matches('…');
        if link_button(ui, ask).accessible_name(format!("{asked}: {name}")).clicked() {
            looking.restoring = Some(place);
        }
        return;
    }
    let frame = egui::Frame::new().fill(theme.ground).corner_radius(4).inner_margin(egui::Margin::same(10));
    frame.show(ui, |ui| {
        heading(ui, "This is what it would replace");
        show(ui);
        ui.horizontal(|ui| {
            if primary_button(ui, word).accessible_name(format!("{word} now: {name}")).clicked() {
                looking.restoring = None;
                ctx.edit(edit);
            }
            if link_button(ui, "Leave it").clicked() {
                looking.restoring = None;
            }
        });
    });
}
