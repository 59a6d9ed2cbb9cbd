//! What a signal is about: one line, completed from what is known.

use crate::import::signals::Options;
use crate::model::Plan;
use crate::model::intelligence::themes_of;
use crate::model::signal::{Facts, Source};
use crate::model::text::fold;
use crate::model::theme_map::ThemeMap;
use crate::ui::theme::{size, tokens};
use egui::{Button, Key, Label, Modifiers, RichText, TextEdit, Ui};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most completions that are offered.
const MOST: usize = 6;

/// The line, and what it is completed from.
#[derive(Default)]
pub(super) struct Subjects {
    text: String,
    /// What is offered, by its folded words.
    known: BTreeMap<String, String>,
    themes: ThemeMap,
    of: Option<(u64, usize)>,
    /// The completion that the arrows are on.
    at: Option<usize>,
}

impl Subjects {
    pub(super) fn of(list: &[String]) -> Self {
        Self { text: list.join("; "), ..Self::default() }
    }

    /// As it stands in the field.
    pub(super) fn typed(&self) -> &str {
        &self.text
    }

    pub(super) fn is_blank(&self) -> bool {
        self.list().is_empty()
    }

    /// The subjects, each once.
    pub(super) fn list(&self) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        for subject in self.text.split([';', '\n']).map(str::trim).filter(|subject| !subject.is_empty()) {
            if !list.iter().any(|other| fold(other) == fold(subject)) {
                list.push(subject.to_owned());
            }
        }
        list
    }

    /// Takes in what the plan and its signals know.
    pub(super) fn follow(&mut self, plan: &Plan, facts: Option<&Arc<Facts>>) {
        let number = plan.subjects.len() + plan.signal_themes.len();
        let now = (number as u64, facts.map_or(0, |facts| Arc::as_ptr(facts).addr()));
        if self.of == Some(now) {
            return;
        }
        self.of = Some(now);
        self.themes = Options::of(plan, Source::Complaint).themes.unwrap_or_default();
        for row in themes_of(plan) {
            self.themes.add(&row.title, &row.title);
        }
        let known = self.themes.subjects().map(|mapped| mapped.subject.clone());
        let used = facts.into_iter().flat_map(|facts| facts.subjects.iter().flatten().cloned());
        self.known = used.chain(known).map(|subject| (fold(&subject), subject)).collect();
    }

    /// What stands after the last semicolon.
    fn fragment(&self) -> &str {
        self.text.rsplit(';').next().unwrap_or_default().trim()
    }

    /// What that may become: what begins so first.
    fn offers(&self) -> Vec<String> {
        let wanted = fold(self.fragment());
        if wanted.chars().count() < 2 || self.known.contains_key(&wanted) {
            return Vec::new();
        }
        let begins = self.known.iter().filter(|(key, _)| key.starts_with(&wanted));
        let holds = self.known.iter().filter(|(key, _)| !key.starts_with(&wanted) && key.contains(&wanted));
        begins.chain(holds).map(|(_, subject)| subject.clone()).take(MOST).collect()
    }

    fn take(&mut self, subject: &str) {
        let kept = self.text.rfind(';').map_or("", |at| &self.text[..=at]);
        let space = if kept.is_empty() { "" } else { " " };
        self.text = format!("{kept}{space}{subject}");
        self.at = None;
    }

    /// Draws the line; gives whether Enter was pressed in it to be done.
    pub(super) fn show(&mut self, ui: &mut Ui, focus: bool) -> bool {
        let theme = tokens(ui);
        let offers = self.offers();
        let id = egui::Id::unique("subjects of a signal");
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let mut takes = None;
        if has_focus && !offers.is_empty() {
            self.at = self.at.map(|at| at.min(offers.len() - 1));
            let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if pressed(Key::ArrowDown) {
                self.at = Some(self.at.map_or(0, |at| (at + 1).min(offers.len() - 1)));
            }
            if pressed(Key::ArrowUp) {
                self.at = self.at.and_then(|at| at.checked_sub(1));
            }
            if self.at.is_some() && pressed(Key::Enter) {
                takes = self.at;
            }
        } else {
            self.at = None;
        }
        let hint = RichText::new("Communication; waiting times").color(theme.ink_faint);
        let edit = TextEdit::singleline(&mut self.text).id(id).hint_text(hint).desired_width(f32::INFINITY);
        let response = ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name("What it is about");
        if focus {
            response.request_focus();
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if response.changed() {
            self.at = None;
        }
        if !offers.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().button_padding.y = 2.0;
                for (at, offer) in offers.iter().enumerate() {
                    let short: String = offer.chars().take(60).collect();
                    if ui.add(Button::selectable(self.at == Some(at), short)).on_hover_text("Down and Enter").clicked()
                    {
                        takes = Some(at);
                    }
                }
            });
        }
        if let Some(subject) = takes.and_then(|at| offers.get(at)) {
            self.take(subject);
            if let Some(mut state) = TextEdit::load_state(ui.ctx(), id) {
                let end = egui::text::CCursor::new(self.text.chars().count());
                state.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
                TextEdit::store_state(ui.ctx(), id, state);
            }
            response.request_focus();
        }
        self.leads(ui);
        entered && takes.is_none()
    }

    /// The themes that it counts under.
    fn leads(&self, ui: &mut Ui) {
        let list = self.list();
        if list.is_empty() {
            return;
        }
        let mut themes: Vec<&str> = Vec::new();
        let mut unknown = false;
        for subject in &list {
            match self.themes.find(subject) {
                Some((mapped, _)) if !themes.contains(&mapped.theme.as_str()) => themes.push(&mapped.theme),
                Some(_) => {}
                None => unknown = true,
            }
        }
        let mut words =
            if themes.is_empty() { String::new() } else { format!("Counts under: {}. ", themes.join(", ")) };
        if unknown {
            words.push_str("What no theme knows counts as not mapped until it is mapped.");
        }
        ui.add(Label::new(RichText::new(words).size(size::SMALL).color(tokens(ui).ink_second)).wrap());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_fragment_is_completed_and_each_subject_stands_once() {
        let mut subjects = Subjects::of(&["Food".to_owned()]);
        subjects.follow(&Plan::default(), None);
        subjects.text.push_str("; communic");
        let offers = subjects.offers();
        assert!(offers.iter().any(|offer| offer == "Communications"), "{offers:?}");
        subjects.take("Communications");
        assert_eq!(subjects.list(), ["Food", "Communications"], "after what stood there");
        subjects.text.push_str("; food");
        assert_eq!(subjects.list().len(), 2, "the same in other letters is no other");
        assert!(subjects.offers().is_empty(), "what is whole is not completed");
    }
}
