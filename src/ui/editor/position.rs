//! Where the CCG stands: the position as at the date, its state, the CCG's answer, and positions of other dates.

use super::{Editor, EditorTab};
use crate::app::{DraftKey, draft};
use crate::model::story::{self, as_dated, delete_position, start_position};
use crate::model::{Acceptance, Entity, Id, Position, PositionState, Recommendation, intent};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, Shape, choice_field, date_field, draw_shape, field, link_button, pill, text_field};
use chrono::NaiveDate;
use egui::{RichText, Sense, Ui};

fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

impl Editor {
    pub(super) fn position(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let now = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at);
        let current = now.last().copied();
        let today = day(ctx.as_at);
        let key = DraftKey::Position(row.id, ctx.as_at);
        let response = text_field(ui, ctx, key, &format!("Current position, as at {today}"), 4);
        self.note_selection(ui, &response, &ctx.text(key));
        if std::mem::take(&mut self.focus_position) {
            response.request_focus();
            response.scroll_to_me(Some(egui::Align::Center));
        }
        if let Some(old) = current.filter(|position| position.as_at.is_some_and(|date| date < ctx.as_at)) {
            let date = day(old.as_at.unwrap_or_default());
            ui.horizontal_wrapped(|ui| {
                let theme = tokens(ui);
                let note = format!("This is the position of {date}. What you type starts a new one as at {today}.");
                ui.label(RichText::new(note).size(size::SMALL).color(theme.ink_second));
                if ctx.editable && link_button(ui, "Edit the old one").clicked() {
                    self.old_position = Some(old.id);
                }
            });
        }
        let state = current.and_then(|position| position.state);
        ui.columns_const(|[left, right]| {
            if let Some(state) = state_field(left, "State", ctx.editable, state) {
                ctx.edit(intent::set_position_state(ctx.plan, row.id, Id::random(), ctx.as_at, state));
            }
            answer_choice(right, ctx, row);
        });
        self.flag_evidence(ui, ctx, row);
    }

    /// What is in place has to be shown by something.
    fn flag_evidence(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        if !story::lacks_evidence(ctx.plan, ctx.index, row.id, ctx.as_at) {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            warn(ui, "In place, and no evidence shows it");
            if ctx.editable && link_button(ui, "Add evidence…").clicked() {
                self.lead_to(EditorTab::Evidence);
            }
        });
    }

    /// Positions other than the current ones, newest first; each can be edited where it stands.
    pub(super) fn earlier(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let current: Vec<Id> = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at).iter().map(|p| p.id).collect();
        let shown_in_field = current.last().copied();
        let positions = ctx.index.positions(ctx.plan, row.id);
        for position in positions.iter().rev() {
            let editing = self.old_position == Some(position.id);
            if Some(position.id) == shown_in_field && !editing {
                continue;
            }
            self.earlier_position(ui, ctx, position, editing);
        }
        ui.add_space(space::TIGHT);
        ui.horizontal_wrapped(|ui| {
            if ctx.editable && self.new_position.is_none() && link_button(ui, "New position as at…").clicked() {
                self.new_position = Some(day(ctx.as_at));
            }
            if positions.len() > 1 && link_button(ui, "Then and now…").clicked() {
                let opened = self.then_now.is_none().then(super::then_now::ThenNow::default);
                self.then_now = opened;
            }
        });
        self.new_position(ui, ctx, row, &positions);
    }

    fn earlier_position(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, position: &Position, editing: bool) {
        let when = match position.as_at {
            Some(date) if date > ctx.as_at => format!("Later, as at {}", day(date)),
            Some(date) if date == ctx.as_at => "Also as at this date".to_owned(),
            Some(date) => format!("Before, as at {}", day(date)),
            None => "Undated".to_owned(),
        };
        ui.add_space(space::TIGHT);
        ui.horizontal(|ui| {
            field::label(ui, &when);
            if let Some(state) = position.state {
                pill(ui, &Badge::position(state));
            }
            let word = if editing { "Done" } else { "Edit" };
            if ctx.editable && link_button(ui, word).accessible_name(format!("{word}: {when}")).clicked() {
                self.old_position = (!editing).then_some(position.id);
            }
        });
        if !editing {
            super::reading::text(ui, ctx, position.recommendation, &position.text);
            return;
        }
        let key = DraftKey::Field(Entity::Position, position.id, "text");
        let response = field::bare_field(ui, ctx, key, &when, 3, "");
        self.note_selection(ui, &response, &ctx.text(key));
        ui.columns_const(|[left, right]| {
            date_field(left, ctx, DraftKey::Field(Entity::Position, position.id, "as_at"), "Its date");
            let name = format!("Its state: {when}");
            if let Some(state) = state_field(right, &name, ctx.editable, position.state) {
                let of = intent::row_name(ctx.plan, Entity::Recommendation, position.recommendation);
                let label = format!("Change state of {of}");
                ctx.edit(intent::update::<Position>(ctx.plan, position.id, &label, |row| row.state = state));
            }
        });
        let delete = link_button(ui, "Delete this position").on_hover_text("You can undo this");
        if delete.accessible_name(format!("Delete this position: {when}")).clicked() {
            self.old_position = None;
            ctx.edit(delete_position(ctx.plan, position.id));
        }
    }

    /// Asks for the date of a new position.
    fn new_position(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation, positions: &[&Position]) {
        let Some(typed) = &mut self.new_position else { return };
        let theme = tokens(ui);
        field::label(ui, "New position as at");
        let edit = egui::TextEdit::singleline(typed)
            .hint_text(RichText::new("e.g. 28 May 2013").color(theme.ink_faint))
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 6));
        ui.add(edit).accessible_name("Date of the new position");
        let date = draft::parse_date(typed);
        let taken = date.is_some_and(|date| !as_dated(positions, date).is_empty());
        let note = match date {
            None => "A date, as 28 May 2013 or 28/05/2013".to_owned(),
            Some(date) if taken => format!("There is a position of {} already: edit that one", day(date)),
            Some(_) => "It begins with the words and the state before it. Those stay as they are.".to_owned(),
        };
        ui.add(egui::Label::new(RichText::new(note).size(size::SMALL).color(theme.ink_second)).wrap());
        let mut done = false;
        ui.horizontal(|ui| {
            let start = ui.add_enabled(date.is_some() && !taken, egui::Button::new("Start it"));
            if let (true, Some(date)) = (start.clicked(), date) {
                let id = Id::random();
                ctx.edit(start_position(ctx.plan, row.id, id, date));
                let now = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at).last().and_then(|row| row.as_at);
                // one that is not what the field above shows is opened where it stands
                let shown_above = date <= ctx.as_at && now.is_none_or(|now| now < date);
                self.old_position = (!shown_above).then_some(id);
                self.focus_position = shown_above;
                done = true;
            }
            if link_button(ui, "Cancel").accessible_name("Cancel the new position").clicked() {
                done = true;
            }
            if let Some(date) = date.filter(|date| *date != ctx.as_at)
                && link_button(ui, &format!("Look at the plan as at {}", day(date))).clicked()
            {
                ctx.send(Wish::AsAt(date));
            }
        });
        if done {
            self.new_position = None;
        }
    }
}

fn answer_choice(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    let word = |answer: Acceptance| sentence_case(answer.word());
    let chosen = choice_field(ui, "Our answer", ctx.editable, row.acceptance, Acceptance::ALL, word);
    if let Some(answer) = chosen {
        let label = format!("Change our answer to {}", intent::row_name(ctx.plan, Entity::Recommendation, row.id));
        ctx.edit(intent::update::<Recommendation>(ctx.plan, row.id, &label, |row| row.acceptance = answer));
    }
}

/// When the CCG gave its answer, and why.
pub(super) fn answer_details(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    super::recommendation::section(ui, "Our answer");
    if row.acceptance.is_none() {
        let words = RichText::new("Not given yet: choose it beside the state").color(tokens(ui).ink_second);
        ui.add(egui::Label::new(words).wrap());
    }
    let key = |field| DraftKey::Field(Entity::Recommendation, row.id, field);
    date_field(ui, ctx, key("acceptance_date"), "Given on");
    text_field(ui, ctx, key("acceptance_reason"), "Reason", 2);
}

/// A choice of a state, with its shape before the word.
fn state_field(
    ui: &mut Ui,
    name: &str,
    editable: bool,
    current: Option<PositionState>,
) -> Option<Option<PositionState>> {
    /// Room for a shape before a word, in spaces.
    const ROOM: &str = "      ";
    field::label(ui, name);
    let shown = current.map_or_else(|| "–".to_owned(), |state| sentence_case(state.word()));
    let words = if current.is_some() { format!("{ROOM}{shown}") } else { shown.clone() };
    let mut chosen = None;
    let shape = |ui: &Ui, at: egui::Pos2, state: PositionState| {
        let badge = Badge::position(state);
        if let Some(shape) = badge.shape {
            draw_shape(ui.painter(), at, 10.0, shape, tokens(ui).tint(badge.tone).ink);
        }
    };
    ui.add_enabled_ui(editable, |ui| {
        let combo = egui::ComboBox::from_id_salt(name).width(ui.available_width()).selected_text(words).truncate();
        let response = combo.show_ui(ui, |ui| {
            if ui.selectable_label(current.is_none(), "–").on_hover_text("Not filled").clicked() {
                chosen = Some(None);
            }
            for state in PositionState::ALL.iter().copied() {
                let word = sentence_case(state.word());
                let line = ui.selectable_label(current == Some(state), format!("{ROOM}{word}"));
                shape(ui, line.rect.left_center() + egui::vec2(16.0, 0.0), state);
                if line.accessible_name(word).clicked() {
                    chosen = Some(Some(state));
                }
            }
        });
        if let Some(state) = current {
            shape(ui, response.response.rect.left_center() + egui::vec2(16.0, 0.0), state);
        }
        response.response.accessible_name(format!("{name}: {shown}"));
    });
    chosen.filter(|chosen| *chosen != current)
}

/// A sentence that somebody should look at, with its triangle.
pub(super) fn warn(ui: &mut Ui, words: &str) {
    let ink = tokens(ui).tint(Tone::Amber).ink;
    let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, size::LINE), Sense::hover());
    draw_shape(ui.painter(), rect.center(), 9.0, Shape::Triangle, ink);
    ui.label(RichText::new(words).size(size::SMALL).color(ink));
}
