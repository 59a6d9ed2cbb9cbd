//! What a complaint has besides: its way through the provider, how it ended, what was learnt.

use super::fields::line;
use super::{SignalForm, written};
use crate::app::draft;
use crate::model::calendar;
use crate::model::signal::Outcome;
use crate::model::text::count;
use crate::ui::theme::{Tone, size, tokens};
use crate::ui::widgets::{field, pill::sentence_case, writing};
use chrono::{Datelike as _, NaiveDate};
use egui::{ComboBox, Label, RichText, Ui};

impl SignalForm {
    /// Draws the fields; `within` is the agreed limit in working days.
    pub(super) fn complaint(&mut self, ui: &mut Ui, within: i32) {
        let received = draft::parse_date(&self.date);
        if !self.due_typed {
            self.due = written(received.map(|day| calendar::add_working_days(day, within)));
        }
        ui.columns(3, |columns| {
            let ui = &mut columns[0];
            field::label(ui, "Reference");
            let tip = "The same reference of the same provider again changes that one instead of adding another";
            let response = line(ui, &mut self.held.signal.reference, "Reference", "").on_hover_text(tip);
            self.note_enter(ui, &response);
            let ui = &mut columns[1];
            field::label(ui, "Answer due");
            let response = line(ui, &mut self.due, "Answer due", "3 July 2013");
            self.due_typed |= response.changed();
            self.note_enter(ui, &response);
            let ui = &mut columns[2];
            field::label(ui, "Closed on");
            let response = line(ui, &mut self.closed, "Closed on", "blank while it is open");
            self.note_enter(ui, &response);
        });
        self.days(ui, received, within);
        ui.columns(3, |columns| {
            let ui = &mut columns[0];
            field::label(ui, "How far it has got");
            let response = line(ui, &mut self.held.signal.state, "How far it has got", "Being investigated");
            self.note_enter(ui, &response);
            outcome(&mut columns[1], &mut self.held.signal.outcome);
            handling(&mut columns[2], &mut self.held.signal.handling_concern);
        });
        for (name, text) in [
            ("What was learnt", &mut self.held.signal.learning),
            ("What was made better", &mut self.held.signal.improvement),
        ] {
            field::label(ui, name);
            writing::text_box(ui, name, text, 1, "");
        }
    }

    /// How long it took or may take, in working days in England.
    fn days(&self, ui: &mut Ui, received: Option<NaiveDate>, within: i32) {
        let Some(received) = received else { return };
        let days = |to: NaiveDate| calendar::working_days_between(received, to);
        let number = |days: i32| count(usize::try_from(days.max(0)).unwrap_or(0), "working day");
        let (due, closed) = (draft::parse_date(&self.due), draft::parse_date(&self.closed));
        let mut words = Vec::new();
        let mut warns = false;
        if let Some(due) = due {
            let how = if self.due_typed { String::new() } else { format!(", the agreed {within}") };
            words.push(format!("Due {} after it was received{how}", number(days(due))));
            warns |= due < received;
        }
        if let Some(closed) = closed {
            words.push(format!("closed after {}", number(days(closed))));
            warns |= closed < received;
            if let Some(due) = due.filter(|due| closed > *due) {
                words.push(format!("{} late", number(calendar::working_days_between(due, closed))));
            }
        }
        if words.is_empty() {
            return;
        }
        let mut text = words.join("; ");
        if warns {
            text = "A date is before the one on which it was received".into();
        } else if ![Some(received), due, closed].into_iter().flatten().all(|day| calendar::covers(day.year())) {
            text.push_str(" (the bank holidays of that year are not known)");
        }
        let theme = tokens(ui);
        let ink = if warns { theme.tint(Tone::Amber).ink } else { theme.ink_second };
        ui.add(Label::new(RichText::new(text).size(size::SMALL).color(ink)).wrap());
    }
}

fn outcome(ui: &mut Ui, outcome: &mut String) {
    field::label(ui, "Outcome");
    let shown = if outcome.is_empty() { "Not yet".to_owned() } else { sentence_case(outcome) };
    let combo = ComboBox::from_id_salt("outcome").width(ui.available_width()).selected_text(&shown);
    let response = combo.show_ui(ui, |ui| {
        if ui.selectable_label(outcome.is_empty(), "Not yet").clicked() {
            outcome.clear();
        }
        for one in Outcome::ALL {
            if ui.selectable_label(Outcome::read(outcome) == Some(*one), sentence_case(one.word())).clicked() {
                one.word().clone_into(outcome);
            }
        }
    });
    response.response.accessible_name(format!("Outcome: {shown}"));
}

fn handling(ui: &mut Ui, concern: &mut Option<bool>) {
    let name = "The handling gives concern";
    field::label(ui, name).on_hover_text("As recommendation 133 asks: how the provider dealt with the complaint");
    let word = |value: Option<bool>| match value {
        None => "Not said",
        Some(true) => "Yes",
        Some(false) => "No",
    };
    let combo = ComboBox::from_id_salt("handling").width(ui.available_width()).selected_text(word(*concern));
    let response = combo.show_ui(ui, |ui| {
        for value in [None, Some(true), Some(false)] {
            ui.selectable_value(concern, value, word(value));
        }
    });
    response.response.accessible_name(format!("{name}: {}", word(*concern)));
}
