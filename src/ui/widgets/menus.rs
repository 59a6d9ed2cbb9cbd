//! What menus of filters and dates have in common.

use crate::app::draft;
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::link_button;
use chrono::NaiveDate;
use egui::{RichText, ScrollArea, Ui};
use std::collections::BTreeSet;

/// The longest words of a choice, in characters; the whole is told on hover.
const LONGEST: usize = 60;

/// A list to tick: each choice with how many it would leave.
pub fn tick_list<'c, T: Clone + Ord + 'c>(
    ui: &mut Ui,
    all: impl Iterator<Item = (&'c T, usize)>,
    chosen: &mut BTreeSet<T>,
    word: impl Fn(&T) -> String,
) {
    let mut all = all.peekable();
    if all.peek().is_none() {
        ui.label(RichText::new("Nothing to choose from").color(tokens(ui).ink_second));
    }
    ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        for (value, count) in all {
            let whole = word(value);
            let mut on = chosen.contains(value);
            let response = ui.checkbox(&mut on, format!("{} · {count}", short(&whole, LONGEST)));
            if response.on_hover_text(&whole).changed() {
                if on {
                    chosen.insert(value.clone());
                } else {
                    chosen.remove(value);
                }
            }
        }
    });
    if !chosen.is_empty() && link_button(ui, "Choose none").clicked() {
        chosen.clear();
    }
}

/// A text cut to so many characters, with an ellipsis where it is longer.
#[must_use]
pub fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    format!("{}…", cut.trim_end())
}

/// A field for any other date than those that a menu offers, under a label; `name` is what a screen reader says, `button`
/// what the button that takes the date says. Gives the date once it is entered.
pub fn other_date(
    ui: &mut Ui,
    label: &str,
    name: &'static str,
    button: impl Fn(NaiveDate) -> String,
) -> Option<NaiveDate> {
    let theme = tokens(ui);
    let id = egui::Id::unique(name);
    let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    ui.label(label);
    let hint = RichText::new("28 May 2013").color(theme.ink_faint);
    let edit = egui::TextEdit::singleline(&mut typed)
        .hint_text(hint)
        .desired_width(200.0)
        .margin(egui::Margin::symmetric(8, 5))
        .background_color(theme.ground);
    let response = ui.add(edit).accessible_name(name);
    let entered =
        response.lost_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
    let date = draft::parse_date(&typed);
    if !typed.is_empty() && date.is_none() {
        ui.label(RichText::new("Write it as 28 May 2013 or 28/05/2013").size(size::SMALL));
    }
    let used = date.filter(|date| ui.button(button(*date)).clicked() || entered);
    if used.is_some() {
        typed.clear();
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
    used
}
