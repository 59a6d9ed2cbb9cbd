//! What is asked of a file first: what its rows are, whose they are, which months it covers.

use super::{hint, warning};
use crate::app::{SignalsWaiting, draft};
use crate::import::signals::{Column, Options, Role};
use crate::model::Plan;
use crate::model::due::Month;
use crate::model::intelligence::upper_first;
use crate::model::signal::Source;
use crate::ui::theme::tokens;
use crate::ui::widgets::field;
use egui::{ComboBox, Key, Response, RichText, TextEdit, Ui};

/// What is being typed, and what of the file the questions need.
#[derive(Default)]
pub(super) struct Asked {
    from: String,
    to: String,
    name: String,
    naming: bool,
    /// The months, as they were read last: typing follows them when they change.
    read: Option<(Option<Month>, Option<Month>)>,
    /// The place of the reading that is shown.
    of: usize,
    /// The column that names providers.
    column: Option<String>,
    seen: String,
}

impl Asked {
    /// Takes over what a new reading says.
    pub(super) fn follow(&mut self, waiting: &SignalsWaiting) {
        let of = std::ptr::from_ref(waiting.proposal.as_ref()).addr();
        let months = (waiting.options().from, waiting.options().to);
        if self.of == of && self.read == Some(months) {
            return;
        }
        let words = |month: Option<Month>| month.map(Month::label).unwrap_or_default();
        // only what changed: the other field may be typed into just now
        if self.read.is_none_or(|read| read.0 != months.0) {
            self.from = words(months.0);
        }
        if self.read.is_none_or(|read| read.1 != months.1) {
            self.to = words(months.1);
        }
        self.read = Some(months);
        self.of = of;
        let names = |column: &&Column| matches!(column.role, Role::Provider | Role::ProviderCode) && column.is_read();
        self.column = waiting.proposal.reading.columns.iter().find(names).map(|column| column.label.clone());
        let summary = &waiting.proposal.reading.summary;
        let month = |text: &Option<String>| text.as_deref().and_then(Month::parse).map(Month::label);
        self.seen = match (month(&summary.first_month), month(&summary.last_month)) {
            (Some(first), Some(last)) if first == last => format!(", {first}"),
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        };
    }

    /// Draws the questions beside each other; gives another way to read, if one was asked for.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        plan: &Plan,
        waiting: &SignalsWaiting,
        options: &Options,
    ) -> Option<Options> {
        let (mut source, mut provider, mut months) = (None, None, None);
        ui.columns(3, |columns| {
            // the columns' own layout would stretch the lines of wrapped words to their width
            let left = egui::Layout::top_down(egui::Align::Min);
            columns[0].with_layout(left, |ui| source = what(ui, waiting, options));
            columns[1].with_layout(left, |ui| provider = self.whose(ui, plan, options));
            columns[2].with_layout(left, |ui| months = self.months(ui, options));
        });
        source.or(provider).or(months)
    }

    fn whose(&mut self, ui: &mut Ui, plan: &Plan, options: &Options) -> Option<Options> {
        field::label(ui, "Whose they are");
        let mut asked = None;
        let shown = if self.naming { "A new provider" } else { options.provider.as_deref().unwrap_or("Not said") };
        let combo = ComboBox::from_id_salt("whose").width(ui.available_width()).truncate().selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            if ui.selectable_label(!self.naming && options.provider.is_none(), "Not said").clicked() {
                self.naming = false;
                asked = Some(None);
            }
            for row in plan.providers_in_order() {
                if ui.selectable_label(options.provider.as_ref() == Some(&row.name), &row.name).clicked() {
                    self.naming = false;
                    asked = Some(Some(row.name.clone()));
                }
            }
            if ui.selectable_label(self.naming, "A new provider…").clicked() {
                self.naming = true;
            }
        });
        response.response.accessible_name(format!("Whose all rows are: {shown}"));
        if self.naming {
            ui.horizontal(|ui| {
                let width = ui.available_width() - 70.0;
                let edit = TextEdit::singleline(&mut self.name).hint_text("Its name").desired_width(width);
                let response = ui_add(ui, edit, "Name of the new provider");
                let entered = entered(ui, &response);
                let name = self.name.trim().to_owned();
                if ui.add_enabled(!name.is_empty(), egui::Button::new("Use it")).clicked()
                    || (entered && !name.is_empty())
                {
                    self.naming = false;
                    asked = Some(Some(name));
                }
            });
        }
        match (&self.column, &options.provider) {
            (Some(column), _) => hint(
                ui,
                &format!("The column “{column}” names them. Say here only whose the rows are that name nobody."),
            ),
            (None, Some(_)) => hint(ui, "All rows of the file are counted as this provider's."),
            (None, None) => warning(ui, "The file names no provider: say whose its rows are."),
        }
        let provider = asked.filter(|asked| *asked != options.provider)?;
        Some(Options { provider, ..options.clone() })
    }

    fn months(&mut self, ui: &mut Ui, options: &Options) -> Option<Options> {
        let theme = tokens(ui);
        field::label(ui, "Months that the export covers");
        let mut changed = false;
        ui.horizontal(|ui| {
            let width = (ui.available_width() - 54.0) / 2.0;
            for (at, (text, name)) in
                [(&mut self.from, "First month covered"), (&mut self.to, "Last month covered")].into_iter().enumerate()
            {
                if at == 1 {
                    ui.label("to");
                }
                let hint = RichText::new("as the rows say").color(theme.ink_faint);
                let response = ui_add(ui, TextEdit::singleline(text).hint_text(hint).desired_width(width), name);
                changed |= response.lost_focus();
            }
        });
        let read = |text: &str| match text.trim() {
            "" => Some(None),
            words => draft::parse_month(words).map(Some),
        };
        match (read(&self.from), read(&self.to)) {
            (Some(from), Some(to)) if from.zip(to).is_some_and(|(from, to)| from > to) => {
                warning(ui, "The first month is after the last.");
                None
            }
            (Some(from), Some(to)) => {
                hint(
                    ui,
                    &format!(
                        "Months without a row are then zeros and not gaps. Left blank: from the first row to the last{}.",
                        self.seen
                    ),
                );
                let differs = (from, to) != (options.from, options.to);
                (changed && differs).then(|| Options { from, to, ..options.clone() })
            }
            _ => {
                warning(ui, "Write a month as April 2013, 04/2013 or 2013-04.");
                None
            }
        }
    }
}

fn what(ui: &mut Ui, waiting: &SignalsWaiting, options: &Options) -> Option<Options> {
    field::label(ui, "What the rows are");
    let mut asked = None;
    let shown = upper_first(options.source.several());
    let combo = ComboBox::from_id_salt("what").width(ui.available_width()).truncate().height(420.0);
    let response = combo.selected_text(&shown).show_ui(ui, |ui| {
        for source in Source::ALL {
            let words = upper_first(source.several());
            if ui.selectable_label(options.source == *source, words).clicked() && options.source != *source {
                asked = Some(Options { source: *source, ..options.clone() });
            }
        }
    });
    response.response.accessible_name(format!("What the rows are: {shown}"));
    let sheets = &waiting.proposal.reading.sheets;
    if sheets.len() > 1 {
        let every = "Every sheet with the same headings";
        let shown = options.sheet.as_deref().unwrap_or(every);
        let combo = ComboBox::from_id_salt("sheet").width(ui.available_width()).truncate().selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            let choices = std::iter::once(None).chain(sheets.iter().map(Some));
            for sheet in choices {
                let is = options.sheet.as_ref() == sheet;
                if ui.selectable_label(is, sheet.map_or(every, String::as_str)).clicked() && !is {
                    asked = Some(Options { sheet: sheet.cloned(), ..options.clone() });
                }
            }
        });
        response.response.accessible_name(format!("Sheet of the workbook: {shown}"));
    }
    hint(ui, "A guess from the file's name and headings; what you choose here counts.");
    asked
}

fn ui_add(ui: &mut Ui, edit: TextEdit<'_>, name: &str) -> Response {
    ui.add(edit.margin(egui::Margin::symmetric(8, 5))).accessible_name(name)
}

fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}
