//! The fields that every signal has.

use super::{SignalForm, hardness_words, written};
use crate::app::draft;
use crate::model::Plan;
use crate::model::intelligence::upper_first;
use crate::model::signal::{CountedBy, Hardness, Source};
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::{field, link_button, writing};
use chrono::NaiveDate;
use egui::{CollapsingHeader, ComboBox, Key, Response, RichText, TextEdit, Ui};

impl SignalForm {
    /// What it is, whose, and when.
    pub(super) fn head(&mut self, ui: &mut Ui, plan: &Plan, as_at: NaiveDate, first: bool) {
        ui.columns(3, |columns| {
            let left = egui::Layout::top_down(egui::Align::Min);
            columns[0].with_layout(left, |ui| self.source_field(ui));
            columns[1].with_layout(left, |ui| self.provider_field(ui, plan, first));
            columns[2].with_layout(left, |ui| self.date_field(ui, as_at));
        });
    }

    fn source_field(&mut self, ui: &mut Ui) {
        field::label(ui, "What it is");
        let shown = upper_first(self.source.word());
        let combo = ComboBox::from_id_salt("source").width(ui.available_width()).selected_text(&shown).height(420.0);
        let response = combo.show_ui(ui, |ui| {
            // what comes as numbers by month is not told in a sentence
            let now = self.source;
            for source in Source::ALL.iter().filter(|source| !source.is_measured() || **source == now) {
                if ui.selectable_label(self.source == *source, upper_first(source.word())).clicked() {
                    self.set_source(*source);
                }
            }
        });
        response.response.accessible_name(format!("What it is: {shown}"));
    }

    fn provider_field(&mut self, ui: &mut Ui, plan: &Plan, first: bool) {
        field::label(ui, "Provider");
        let named = self.provider.and_then(|id| plan.providers.get(&id)).map_or("Choose", |row| row.name.as_str());
        let shown = if self.naming.is_some() { "A new provider" } else { named };
        let combo = ComboBox::from_id_salt("provider").width(ui.available_width()).truncate().selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            for row in plan.providers_in_order() {
                let is = self.naming.is_none() && self.provider == Some(row.id);
                if ui.selectable_label(is, &row.name).clicked() {
                    (self.provider, self.naming) = (Some(row.id), None);
                }
            }
            if ui.selectable_label(self.naming.is_some(), "A new provider…").clicked() {
                self.naming.get_or_insert_default();
            }
        });
        let response = response.response.accessible_name(format!("Provider: {shown}"));
        if first && self.provider.is_none() && self.naming.is_none() {
            response.request_focus();
        }
        if let Some(mut name) = self.naming.take() {
            let edit = TextEdit::singleline(&mut name).hint_text("Its name").desired_width(f32::INFINITY);
            let response =
                ui.add(edit.margin(egui::Margin::symmetric(8, 5))).accessible_name("Name of the new provider");
            if first {
                response.request_focus();
            }
            self.note_enter(ui, &response);
            self.naming = Some(name);
        }
    }

    fn date_field(&mut self, ui: &mut Ui, as_at: NaiveDate) {
        let name = match self.source.counted_by() {
            CountedBy::Received => "Received on",
            CountedBy::Happened => "Happened on",
        };
        field::label(ui, name);
        let mut date = std::mem::take(&mut self.date);
        let response = line(ui, &mut date, name, "28 May 2013");
        self.date = date;
        self.note_enter(ui, &response);
        // the week before is what people mean when it is not the day itself
        let on = draft::parse_date(&self.date);
        ui.horizontal_wrapped(|ui| {
            if let Some(before) = on.and_then(|day| day.pred_opt())
                && link_button(ui, "A day earlier").clicked()
            {
                self.date = written(Some(before));
            }
            if on.is_some_and(|day| day != as_at) && link_button(ui, "As-at date").clicked() {
                self.date = written(Some(as_at));
            }
        });
        if on.is_none() && self.date.trim().is_empty() && self.held.signal.month.is_some() {
            let month = self.held.signal.month.map(|month| month.label()).unwrap_or_default();
            ui.label(RichText::new(format!("Only the month is known: {month}")).size(size::SMALL));
        }
    }

    /// What it is about, what it was, and what kind of knowledge it is.
    pub(super) fn body(&mut self, ui: &mut Ui, first: bool) {
        let theme = tokens(ui);
        ui.add_space(space::TIGHT);
        field::label(ui, "What it is about; several with a semicolon between");
        let entered = self.subjects.show(ui, first);
        self.entered |= entered;
        field::label(ui, "What it was");
        let hint = "Without names, or anything that says who somebody is";
        writing::text_box(ui, "What it was", &mut self.held.signal.text, 3, hint);
        ui.horizontal_wrapped(|ui| {
            for hardness in Hardness::ALL {
                ui.radio_value(&mut self.held.signal.hardness, *hardness, hardness_words(*hardness));
            }
        });
        if self.source.is_item_by_item() || self.held.signal.adverse.is_some() {
            ui.horizontal_wrapped(|ui| {
                ui.label("Judged");
                for (value, words) in [(None, "Not yet"), (Some(true), "Adverse"), (Some(false), "Not adverse")] {
                    ui.radio_value(&mut self.held.signal.adverse, value, words);
                }
                let words = "Such a source signals when an item is judged adverse.";
                ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
            });
        }
    }

    /// Where in the provider it was.
    pub(super) fn place(&mut self, ui: &mut Ui) {
        let signal = &mut self.held.signal;
        let filled = !signal.service.is_empty() || !signal.site.is_empty();
        let title = "Where in the provider";
        CollapsingHeader::new(title).id_salt(title).default_open(filled).show(ui, |ui| {
            ui.columns(2, |columns| {
                field::label(&mut columns[0], "Service or division");
                line(&mut columns[0], &mut signal.service, "Service or division", "Medicine");
                field::label(&mut columns[1], "Site or ward");
                line(&mut columns[1], &mut signal.site, "Site or ward", "Ward 7");
            });
        });
    }

    /// Enter in a field of one line is as good as the button.
    pub(super) fn note_enter(&mut self, ui: &Ui, response: &Response) {
        self.entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    }
}

/// A field of one line.
pub(super) fn line(ui: &mut Ui, text: &mut String, name: &str, hint: &str) -> Response {
    let hint = RichText::new(hint).color(tokens(ui).ink_faint);
    let edit = TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY);
    ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name(name)
}
