//! What came of each provider's sources, month by month, and what did not: to be seen, and to be said.

mod grid;
mod overview;

use super::Outcome;
use crate::model::due::Month;
use crate::model::intelligence::Intelligence;
use crate::model::intent::intelligence::set_receipts;
use crate::model::signal::Source;
use crate::model::triangulation::ReceiptState;
use crate::model::{Id, Plan, Receipt};
use crate::ui::context::Ctx;
use crate::ui::theme::{Tone, size, tokens};
use crate::ui::widgets::{Shape, draw_shape, icon_button, pill::sentence_case};
use egui::{ComboBox, Key, Modifiers, RichText, TextEdit, Ui};
use egui_material_icons::icons::{ICON_CHEVRON_LEFT, ICON_CHEVRON_RIGHT};
use overview::Overview;
use std::sync::Arc;

/// What the dialog remembers between frames.
#[derive(Default)]
pub struct Receipts {
    /// Whose are shown; `None` for an overview of all.
    provider: Option<Id>,
    /// Whether somebody chose whose; before that a plan's only provider is shown.
    chosen: bool,
    last: Option<Month>,
    /// Twelve months rather than twenty-four.
    short: bool,
    cursor: Place,
    /// Whether the cursor was put into the last month, which is looked at first.
    begun: bool,
    /// The other corner of what is selected.
    anchor: Place,
    /// Open the menu at the cursor, or close it.
    menu: Option<bool>,
    refocus: bool,
    note: String,
    overview: Overview,
}

/// A cell: a source, and a month from the first that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Place {
    row: usize,
    column: usize,
}

/// The keys that say a state.
const KEYS: [(ReceiptState, Key); 5] = [
    (ReceiptState::Received, Key::R),
    (ReceiptState::Expected, Key::E),
    (ReceiptState::Late, Key::L),
    (ReceiptState::NeverAsked, Key::N),
    (ReceiptState::NotApplicable, Key::A),
];

/// Width of an entry of the menu in points.
const ENTRY: f32 = 220.0;

/// What a state looks like.
fn look(state: ReceiptState) -> (Shape, Tone) {
    match state {
        ReceiptState::Received => (Shape::Disc, Tone::Good),
        ReceiptState::Expected => (Shape::Clock, Tone::Blue),
        ReceiptState::Late => (Shape::Triangle, Tone::Bad),
        ReceiptState::NeverAsked => (Shape::Ring, Tone::Grey),
        ReceiptState::NotApplicable => (Shape::Dash, Tone::Grey),
    }
}

/// Draws the dialog. `intelligence` is `None` until it is worked out: then only what was said is shown.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, receipts: &mut Receipts, intelligence: Option<&Arc<Intelligence>>) -> Outcome {
    if ctx.plan.providers.is_empty() {
        ui.label("The plan has no provider yet. Providers come with the first import, or are added under Providers.");
        return Outcome::Open;
    }
    if !receipts.chosen && receipts.provider.is_none() {
        let mut providers = ctx.plan.providers.keys();
        receipts.provider = providers.next().copied().filter(|_| providers.next().is_none());
    }
    receipts.provider = receipts.provider.filter(|id| ctx.plan.providers.contains_key(id));
    receipts.bar(ui, ctx, intelligence);
    legend(ui);
    match receipts.provider {
        None => {
            if let Some(provider) = receipts.overview(ui, ctx, intelligence) {
                (receipts.provider, receipts.chosen) = (Some(provider), true);
            }
        }
        Some(provider) => {
            grid::show(ui, ctx, receipts, provider, intelligence.map(AsRef::as_ref));
            receipts.below(ui, ctx, provider);
        }
    }
    Outcome::Open
}

impl Receipts {
    /// Of one provider; of all where none is given.
    #[must_use]
    pub fn of(provider: Option<Id>) -> Self {
        Self { provider, chosen: provider.is_some(), ..Self::default() }
    }

    fn months(&self) -> Vec<Month> {
        let last = self.last.unwrap_or_else(|| Month::of(chrono::NaiveDate::MIN));
        let span = if self.short { 12 } else { 24 };
        (0..span).rev().map(|back| last.plus(-back)).collect()
    }

    /// Whose, and which months.
    fn bar(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, intelligence: Option<&Arc<Intelligence>>) {
        let begin = || intelligence.map_or_else(|| Month::of(ctx.as_at), |all| all.last_whole_month());
        let last = *self.last.get_or_insert_with(begin);
        ui.horizontal_wrapped(|ui| {
            let name = |id: Id| ctx.plan.providers.get(&id).map_or("", |row| row.name.as_str());
            let shown = self.provider.map_or("All providers", name);
            let combo = ComboBox::from_id_salt("whose receipts").width(300.0).truncate().selected_text(shown);
            let response = combo.show_ui(ui, |ui| {
                let all = ctx.plan.providers_in_order();
                let choices = std::iter::once(None).chain(all.iter().map(|row| Some(row.id)));
                for id in choices {
                    if ui.selectable_label(self.provider == id, id.map_or("All providers", name)).clicked() {
                        (self.provider, self.chosen) = (id, true);
                    }
                }
            });
            response.response.accessible_name(format!("Provider: {shown}"));
            if icon_button(ui, ICON_CHEVRON_LEFT, "Earlier months", true).clicked() {
                self.last = Some(last.plus(-3));
            }
            let months = self.months();
            let words = months.first().zip(months.last()).map(|(a, b)| format!("{} to {}", a.label(), b.label()));
            ui.label(words.unwrap_or_default());
            if icon_button(ui, ICON_CHEVRON_RIGHT, "Later months", true).clicked() {
                self.last = Some(last.plus(3));
            }
            ui.selectable_value(&mut self.short, true, "12 months");
            ui.selectable_value(&mut self.short, false, "24 months");
        });
    }

    /// What is selected: from the first row and column to the last, both with it.
    fn selected(&self) -> (std::ops::RangeInclusive<usize>, std::ops::RangeInclusive<usize>) {
        let (a, b) = (self.cursor, self.anchor);
        (a.row.min(b.row)..=a.row.max(b.row), a.column.min(b.column)..=a.column.max(b.column))
    }

    fn is_selected(&self, place: Place) -> bool {
        let (rows, columns) = self.selected();
        rows.contains(&place.row) && columns.contains(&place.column)
    }

    /// "Complaints, May 2013", "3 sources, April 2013 to June 2013".
    fn selected_words(&self) -> String {
        let (rows, columns) = self.selected();
        let months = self.months();
        let what = match Source::ALL.get(rows).unwrap_or_default() {
            [one] => crate::model::intelligence::upper_first(one.several()),
            all if all.len() == Source::ALL.len() => "All sources".to_owned(),
            several => format!("{} sources", several.len()),
        };
        let label = |at: &usize| months.get(*at).map(|month| month.label()).unwrap_or_default();
        match (label(columns.start()), label(columns.end())) {
            (first, last) if first == last => format!("{what}, {first}"),
            (first, last) => format!("{what}, {first} to {last}"),
        }
    }

    /// Says of what is selected whether it came.
    fn say(&mut self, ctx: &Ctx<'_>, provider: Id, state: Option<ReceiptState>) {
        let (rows, columns) = self.selected();
        let sources = Source::ALL.get(rows).unwrap_or_default();
        let months = self.months();
        let months = months.get(columns).unwrap_or_default();
        let edit = set_receipts(ctx.plan, provider, sources, months, state, &self.note);
        if !edit.is_empty() {
            ctx.edit(edit);
        }
        self.note.clear();
        self.menu = Some(false);
        self.refocus = true;
    }

    /// The states to choose from, for what is selected.
    fn menu(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, provider: Id) {
        ui.label(RichText::new(self.selected_words()).size(size::SMALL).color(tokens(ui).ink_second));
        for (state, key) in KEYS {
            if entry(ui, state, key).clicked() {
                self.say(ctx, provider, Some(state));
            }
        }
        ui.separator();
        let button =
            egui::Button::new("Take back what was said").shortcut_text("Del").min_size(egui::vec2(ENTRY, 26.0));
        if ui.add(button).on_hover_text("It then shows again what follows from the data").clicked() {
            self.say(ctx, provider, None);
        }
    }

    /// The note, and how the keys work.
    fn below(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, provider: Id) {
        let theme = tokens(ui);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(self.selected_words()).font(crate::ui::theme::strong(size::BODY)));
            let note = said(ctx.plan, provider, self.cursor, &self.months()).map(|row| row.note.as_str());
            if let Some(note) = note.filter(|note| !note.is_empty()) {
                ui.label(format!("Note: {note}"));
            }
        });
        if ctx.editable {
            ui.horizontal(|ui| {
                let edit = TextEdit::singleline(&mut self.note)
                    .hint_text(RichText::new("Promised for 12 July").color(theme.ink_faint))
                    .desired_width(320.0)
                    .margin(egui::Margin::symmetric(8, 5));
                ui.label("A note on what you mark next");
                ui.add(edit).accessible_name("A note on what you mark next");
            });
            let words = "Click a cell or press Enter to say what came. Drag, or Shift with the arrows, selects several; a source's or a month's name selects all of it. R, E, L, N and A mark at once, Delete takes back.";
            ui.add(egui::Label::new(RichText::new(words).size(size::SMALL).color(theme.ink_second)).wrap());
        }
    }

    /// The keys of the grid, while a cell of it has the focus.
    fn keys(&mut self, ui: &Ui, ctx: &Ctx<'_>, provider: Id) -> bool {
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let (rows, columns) = (Source::ALL.len(), self.months().len());
        let mut moved = false;
        for (key, down, right) in
            [(Key::ArrowUp, -1, 0), (Key::ArrowDown, 1, 0), (Key::ArrowLeft, 0, -1), (Key::ArrowRight, 0, 1)]
        {
            let shift = pressed(Modifiers::SHIFT, key);
            if shift || pressed(Modifiers::NONE, key) {
                let step = |at: usize, by: isize, all: usize| at.saturating_add_signed(by).min(all.saturating_sub(1));
                self.cursor =
                    Place { row: step(self.cursor.row, down, rows), column: step(self.cursor.column, right, columns) };
                if !shift {
                    self.anchor = self.cursor;
                }
                moved = true;
            }
        }
        if !ctx.editable {
            return moved;
        }
        for (state, key) in KEYS {
            if pressed(Modifiers::NONE, key) {
                self.say(ctx, provider, Some(state));
            }
        }
        if pressed(Modifiers::NONE, Key::Delete) || pressed(Modifiers::NONE, Key::Backspace) {
            self.say(ctx, provider, None);
        }
        if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::NONE, Key::Space) {
            self.menu = Some(true);
        }
        moved
    }
}

/// What somebody said of a cell.
fn said<'p>(plan: &'p Plan, provider: Id, place: Place, months: &[Month]) -> Option<&'p Receipt> {
    let (source, month) = (Source::ALL.get(place.row)?, months.get(place.column)?);
    plan.receipts.get(&Receipt::id_of(provider, *source, *month))
}

fn entry(ui: &mut Ui, state: ReceiptState, key: Key) -> egui::Response {
    let (shape, tone) = look(state);
    let word = sentence_case(state.word());
    let button =
        egui::Button::new(format!("       {word}")).shortcut_text(key.name()).min_size(egui::vec2(ENTRY, 26.0));
    let response = ui.add(button).accessible_name(&word);
    let at = response.rect.left_center() + egui::vec2(11.0, 0.0);
    draw_shape(ui.painter(), at, 11.0, shape, tokens(ui).tint(tone).ink);
    response
}

/// The shapes with their words.
fn legend(ui: &mut Ui) {
    let theme = tokens(ui);
    ui.horizontal_wrapped(|ui| {
        for state in ReceiptState::ALL {
            let (shape, tone) = look(*state);
            let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 16.0), egui::Sense::hover());
            draw_shape(ui.painter(), rect.center(), 10.0, shape, theme.tint(tone).ink);
            ui.label(RichText::new(sentence_case(state.word())).size(size::SMALL));
        }
        let words = "On a tinted ground: somebody said so. Without: it follows from the data.";
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
    });
}
