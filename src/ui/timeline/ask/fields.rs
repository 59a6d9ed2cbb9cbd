//! The fields of the timeline's questions, and what they say of the cards they are about.

use super::{Ask, Asking};
use crate::app::draft::parse_date;
use crate::model::due::{Due, read_from};
use crate::model::state::Shown;
use crate::model::timeline::DueRow;
use crate::model::{ActionState, Id, Plan};
use crate::ui::context::Ctx;
use crate::ui::editor::due_in_words;
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{field, link_button, writing};
use egui::{RichText, TextEdit, Ui};

impl Asking {
    pub(super) fn revise_fields(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, rows: &[DueRow], first: bool) {
        let theme = tokens(ui);
        field::label(ui, "Due, in your words");
        ui.horizontal(|ui| {
            let month = match read_in(ctx.plan, &self.words) {
                Due::Month { month, .. } => Some(month),
                _ => None,
            };
            let step = |ui: &mut Ui, sign: &str, name: &str| {
                ui.add_enabled(month.is_some(), egui::Button::new(sign))
                    .accessible_name(name)
                    .on_hover_text(name)
                    .clicked()
            };
            let back = step(ui, "‹", "A month earlier");
            let field =
                TextEdit::singleline(&mut self.words).desired_width(260.0).margin(egui::Margin::symmetric(8, 6));
            let response = ui.add(field).accessible_name("Due, in your words");
            self.note_enter(ui, &response);
            if first && !self.moved {
                response.request_focus();
                select_all(ui, response.id, &self.words);
            }
            let on = step(ui, "›", "A month later");
            if let Some(month) = month.filter(|_| back != on) {
                self.words = month.plus(if on { 1 } else { -1 }).label();
            }
        });
        let reading = due_in_words(read_in(ctx.plan, &self.words));
        ui.label(RichText::new(format!("Read as: {reading}")).size(size::SMALL).color(theme.ink_second));
        repeats(ui, &mut self.words);
        if had_due(ctx.plan, rows) {
            let words = "Only a correction: it was never due then";
            ui.checkbox(&mut self.correction, words).on_hover_text("Nothing is recorded as put off");
            if !self.correction {
                self.reason_field(ui, "Why, kept for ever", first && self.moved);
                self.date_field(ui, ctx, "Agreed on");
            }
        }
    }

    pub(super) fn reason_field(&mut self, ui: &mut Ui, name: &str, focus: bool) {
        field::label(ui, name);
        let response = writing::text_box(ui, name, &mut self.reason, 2, "");
        if focus {
            response.request_focus();
        }
    }

    pub(super) fn date_field(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, name: &str) {
        let theme = tokens(ui);
        field::label(ui, name);
        ui.horizontal(|ui| {
            let hint = RichText::new("28 May 2013").color(theme.ink_faint);
            let edit = TextEdit::singleline(&mut self.date)
                .desired_width(160.0)
                .hint_text(hint)
                .margin(egui::Margin::symmetric(8, 6));
            let response = ui.add(edit).accessible_name(name);
            self.note_enter(ui, &response);
            for (words, day) in [("as-at date", ctx.as_at), ("today", ctx.today)] {
                let written = day.format("%-d %B %Y").to_string();
                if self.date != written && link_button(ui, &format!("{} ({written})", sentence_case(words))).clicked() {
                    self.date = written;
                }
            }
        });
        if !self.date.trim().is_empty() && parse_date(&self.date).is_none() {
            let text = RichText::new("Write it as 28 May 2013 or 28/05/2013").size(size::SMALL);
            ui.label(text.color(theme.tint(Tone::Bad).ink));
        }
    }

    pub(super) fn state_field(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let word = |state: ActionState| sentence_case(ctx.state_words.word(Shown::of(state)));
        let chosen =
            field::choice_field(ui, "State from then on, if it changes", true, self.state, ActionState::ALL, word);
        if let Some(state) = chosen {
            self.state = state;
        }
    }

    pub(super) fn owner_field(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, first: bool) {
        field::label(ui, "The role that has it");
        let edit =
            TextEdit::singleline(&mut self.words).desired_width(f32::INFINITY).margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit).accessible_name("The role that has it");
        self.note_enter(ui, &response);
        if first {
            response.request_focus();
        }
        let mut owners: Vec<&str> = ctx.plan.actions.values().map(|row| row.owner.trim()).collect();
        owners.sort_unstable();
        owners.dedup();
        ui.horizontal_wrapped(|ui| {
            for owner in owners.into_iter().filter(|owner| !owner.is_empty() && *owner != self.words).take(12) {
                if link_button(ui, owner).clicked() {
                    owner.clone_into(&mut self.words);
                    break;
                }
            }
        });
    }

    pub(super) fn split_fields(&mut self, ui: &mut Ui) {
        let theme = tokens(ui);
        let text = "Each becomes an action with the same owner, due and recommendations. The first keeps the history.";
        ui.add(egui::Label::new(RichText::new(text).size(size::SMALL).color(theme.ink_second)).wrap());
        for (place, part) in self.parts.iter_mut().enumerate() {
            let name = format!("Action {}", place + 1);
            field::label(ui, &name);
            writing::text_box(ui, &name, part, 2, "");
        }
        if link_button(ui, "+ One more").clicked() {
            self.parts.push(String::new());
        }
    }

    pub(super) fn pair_fields(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, timescale: Id) {
        let Some(row) = ctx.plan.timescales.get(&timescale) else { return };
        ui.radio_value(&mut self.paired, None, "Of the whole responsibility");
        for (place, action) in ctx.index.actions_under(ctx.plan, Some(row.responsibility)).into_iter().enumerate() {
            let number = place + 1;
            let key =
                number_key(number).filter(|key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, *key)));
            let label = format!("{number}. {}", action.text);
            if ui.radio(self.paired == Some(action.id), label).clicked() || key.is_some() {
                self.paired = Some(action.id);
            }
        }
    }
}

/// What the due words come to in a plan: without a year they are read from the plan's own date on.
fn read_in(plan: &Plan, words: &str) -> Due {
    read_from(words, plan.due_anchor())
}

/// Selects what stands in a field, so that typing replaces it.
fn select_all(ui: &Ui, field: egui::Id, text: &str) {
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let all =
        egui::text::CCursorRange::two(egui::text::CCursor::new(0), egui::text::CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ui.ctx(), field);
}

fn number_key(number: usize) -> Option<egui::Key> {
    egui::Key::from_name(&number.to_string()).filter(|_| number < 10)
}

pub(super) fn filled(parts: &[String]) -> usize {
    parts.iter().filter(|part| !part.trim().is_empty()).count()
}

/// An action's words where they fall apart: lines, semicolons, sentences; at least two parts, the
/// last perhaps blank.
pub(super) fn parts(text: &str) -> Vec<String> {
    let split = |at: &[char]| -> Vec<String> {
        let pieces = text.split(at).map(|piece| piece.trim().trim_start_matches(['•', '-']).trim());
        pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
    };
    let lines = split(&['\n']);
    let parts = if lines.len() > 1 { lines } else { split(&[';']) };
    if parts.len() > 1 { parts } else { vec![text.to_owned(), String::new()] }
}

/// Whether any of the rows had a due before: then a new one is a revision.
pub(super) fn had_due(plan: &Plan, rows: &[DueRow]) -> bool {
    rows.iter().any(|row| match row {
        DueRow::Action(id) => {
            plan.actions.get(id).is_some_and(|row| !row.due_words.is_empty() || !row.original_due_words.is_empty())
        }
        DueRow::Timescale(id) => {
            plan.timescales.get(id).is_some_and(|row| !row.words.is_empty() || !row.original.is_empty())
        }
    })
}

/// What a question about a row calls it, and its due. What is paired is asked about by the words on
/// its card, the action's; whose due it is, by the responsibility's.
pub(super) fn due_of(plan: &Plan, row: DueRow, as_paired: bool) -> (&str, &str) {
    match row {
        DueRow::Action(id) => plan.actions.get(&id).map_or(("", ""), |row| (&row.text, &row.due_words)),
        DueRow::Timescale(id) => {
            let Some(row) = plan.timescales.get(&id) else { return ("", "") };
            let of = plan.responsibilities.get(&row.responsibility).map_or("", |of| of.text.as_str());
            let paired = row.action.filter(|_| as_paired).and_then(|id| plan.actions.get(&id));
            (paired.map_or(of, |action| &action.text), &row.words)
        }
    }
}

/// What the question is about.
pub(super) fn about(ui: &mut Ui, ctx: &Ctx<'_>, ask: &Ask) {
    const MOST: usize = 4;
    let theme = tokens(ui);
    let (rows, all): (Vec<DueRow>, usize) = match ask {
        Ask::Revise(rows) | Ask::Complete(rows) => (rows.iter().take(MOST).copied().collect(), rows.len()),
        Ask::Note(ids) | Ask::Review(ids) | Ask::Owner(ids) => {
            (ids.iter().take(MOST).map(|id| DueRow::Action(*id)).collect(), ids.len())
        }
        Ask::Split(id) => (vec![DueRow::Action(*id)], 1),
        Ask::Pair(id) => (vec![DueRow::Timescale(*id)], 1),
    };
    for row in rows {
        let (text, words) = due_of(ctx.plan, row, !matches!(ask, Ask::Pair(_)));
        let short: String = text.chars().take(220).collect();
        let dots = if short.len() < text.len() { "…" } else { "" };
        ui.add(egui::Label::new(format!("{short}{dots}")).wrap());
        if !words.is_empty() {
            ui.label(RichText::new(format!("due {words}")).size(size::SMALL).color(theme.ink_second));
        }
    }
    if all > MOST {
        ui.label(RichText::new(format!("and {} more", all - MOST)).color(theme.ink_second));
    }
    ui.add_space(space::TIGHT);
}

/// Quick answers for what comes again.
fn repeats(ui: &mut Ui, words: &mut String) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(10.0, 2.0);
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().button_padding.y = 1.0;
        for quick in ["Weekly", "Monthly", "Every two months", "Quarterly", "Every six months", "Annually", "Ongoing"] {
            if words != quick && link_button(ui, quick).clicked() {
                quick.clone_into(words);
            }
        }
    });
}
