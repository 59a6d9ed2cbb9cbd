//! The columns of a file: what each is read as, how that is known, and which are dropped because they may
//! say who somebody is.

use crate::app::SignalsWaiting;
use crate::import::signals::{Column as Read, How, Options, Role};
use crate::ui::theme::{self, Tone, size, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, pill};
use egui::{Align, Checkbox, ComboBox, Label, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

/// Height of a column's row in points: two lines.
const ROW: f32 = 36.0;
/// Height of the list of meanings in points.
const MEANINGS: f32 = 420.0;

/// Draws the columns; gives another way to read them, if one was asked for.
pub(super) fn show(ui: &mut Ui, waiting: &SignalsWaiting, options: &Options, height: f32) -> Option<Options> {
    let theme = tokens(ui);
    let columns = &waiting.proposal.reading.columns;
    let mut asked = None;
    let width = ui.available_width() - 60.0;
    ui.push_id("columns of signals", |ui| {
        ui.set_min_height(height);
        let builder = TableBuilder::new(ui)
            .striped(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(width * 0.24).clip(true))
            .column(Column::exact(width * 0.19))
            .column(Column::exact(width * 0.29))
            .column(Column::remainder().clip(true))
            .min_scrolled_height(height - 24.0)
            .max_scroll_height(height - 24.0);
        let table = builder.header(22.0, |mut header| {
            for words in ["Column", "Read as", "How that is known", "For example"] {
                header.col(|ui| {
                    ui.label(RichText::new(words).font(theme::strong(size::SMALL)).color(theme.ink_second));
                });
            }
        });
        table.body(|body| {
            body.rows(ROW, columns.len(), |mut row| {
                let column = &columns[row.index()];
                row.col(|ui| {
                    let label = Label::new(RichText::new(&column.label).font(theme::strong(size::BODY))).truncate();
                    ui.add(label);
                });
                row.col(|ui| asked = meaning(ui, waiting, options, column).or(asked.take()));
                row.col(|ui| asked = known(ui, waiting, options, column).or(asked.take()));
                row.col(|ui| samples(ui, column));
            });
        });
    });
    asked
}

/// What a column is read as, to be changed; a dropped one is not read as anything.
fn meaning(ui: &mut Ui, waiting: &SignalsWaiting, options: &Options, column: &Read) -> Option<Options> {
    if column.private.is_some() && !column.kept {
        pill(ui, &Badge { word: "Dropped".into(), tone: Tone::Grey, shape: None });
        return None;
    }
    let words = |role: Role| sentence_case(role.word());
    let shown = if column.kept && column.role == Role::LeftOut { "Free text".into() } else { words(column.role) };
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("role", column.number)).width(ui.available_width() - 8.0).truncate();
    let response = combo.height(MEANINGS).selected_text(&shown).show_ui(ui, |ui| {
        for role in Role::ALL {
            if ui.selectable_label(column.role == *role, words(*role)).clicked() && column.role != *role {
                chosen = Some(*role);
            }
        }
    });
    response.response.accessible_name(format!("What “{}” holds: {shown}", column.label));
    chosen.map(|role| with_role(options, named(waiting, column), role))
}

/// How it is known, or why it is dropped, with the tick that keeps it.
fn known(ui: &mut Ui, waiting: &SignalsWaiting, options: &Options, column: &Read) -> Option<Options> {
    let theme = tokens(ui);
    let can_keep = column.private.is_some() || column.role == Role::LeftOut;
    let mut kept = column.kept;
    let mut asked = None;
    if can_keep || kept {
        let tick = ui.add(Checkbox::new(&mut kept, "Keep")).accessible_name(format!("Keep “{}”", column.label));
        let tip = "What is kept stands in the plan as free text, and the import records that it was kept";
        if tick.on_hover_text(tip).changed() {
            asked = Some(with_keep(options, named(waiting, column), kept));
        }
    }
    let (words, warns) = match (column.private, column.kept) {
        (Some(why), false) => (format!("May say who somebody is: {why}"), false),
        (Some(why), true) => (format!("Kept, though it may hold {why}. This is recorded."), true),
        (None, true) => ("Kept as free text".to_owned(), false),
        (None, false) => (how_words(column.how).to_owned(), false),
    };
    let ink = if warns { theme.tint(Tone::Amber).ink } else { theme.ink_second };
    ui.add(Label::new(RichText::new(words).size(size::SMALL).color(ink)).wrap());
    asked
}

fn how_words(how: How) -> &'static str {
    match how {
        How::Given => "As you said",
        How::Remembered => "As you said for an earlier file",
        How::Heading => "By its heading",
        How::Part => "By words in its heading",
        How::Alike => "Its heading is almost a known one",
        How::Content => "By what stands in it",
        How::Unknown => "Not recognised: nothing is taken of it",
    }
}

fn samples(ui: &mut Ui, column: &Read) {
    let theme = tokens(ui);
    let words = match column.samples.as_slice() {
        [] if column.private.is_some() => "not shown".to_owned(),
        [] => "blank".to_owned(),
        samples => samples.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(" · "),
    };
    let label = Label::new(RichText::new(&words).size(size::SMALL).color(theme.ink_second)).truncate();
    let response = ui.add(label);
    if !column.samples.is_empty() {
        response.on_hover_text(column.samples.join("\n"));
    }
}

/// The words by which a column is named: its heading, or where that names two or none its letter.
fn named(waiting: &SignalsWaiting, column: &Read) -> String {
    let columns = &waiting.proposal.reading.columns;
    let alone = columns.iter().filter(|other| other.label.eq_ignore_ascii_case(&column.label)).count() == 1;
    match column.label.strip_prefix("column ") {
        None if alone => column.label.clone(),
        _ => letters(column.number),
    }
}

/// "A", "Z", "AA": the letter over a column of a sheet, whose places count from 1.
fn letters(place: usize) -> String {
    let (mut name, mut rest) = (String::new(), place);
    while rest > 0 {
        name.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    name
}

fn with_role(options: &Options, name: String, role: Role) -> Options {
    let mut options = options.clone();
    options.map.retain(|(other, of)| *of != name && (*other != role || role == Role::LeftOut));
    options.map.push((role, name));
    options
}

fn with_keep(options: &Options, name: String, kept: bool) -> Options {
    let mut options = options.clone();
    options.keep.retain(|other| *other != name);
    if kept {
        options.keep.push(name);
    }
    options
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_the_letters_of_a_sheet() {
        for (place, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")] {
            assert_eq!(super::letters(place), letters);
        }
    }
}
