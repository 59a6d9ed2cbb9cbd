//! What the timeline asks before it changes something, and the dialogs that ask it.

use crate::app::draft::parse_date;
use crate::model::due::{Due, Month, read_from};
use crate::model::state::Shown;
use crate::model::text::count;
use crate::model::timeline::{DueRow, LaneKey};
use crate::model::{ActionState, Edit, Id, Plan, intent};
use crate::ui::context::Ctx;
use crate::ui::dialogs::Outcome;
use crate::ui::editor::due_in_words;
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{field, link_button, primary_button};
use chrono::NaiveDate;
use egui::{RichText, TextEdit, Ui};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// A new due, and why.
    Revise(Vec<DueRow>),
    /// When it was done.
    Complete(Vec<DueRow>),
    /// What there is to say of the progress.
    Note(Vec<Id>),
    /// When it is looked at next.
    Review(Vec<Id>),
    /// Who has it.
    Owner(Vec<Id>),
    /// What the several actions are.
    Split(Id),
    /// Whose due a timescale is.
    Pair(Id),
}

/// An open question with what has been typed so far.
#[derive(Debug, Clone)]
pub struct Asking {
    /// What is asked.
    pub ask: Ask,
    words: String,
    reason: String,
    date: String,
    correction: bool,
    state: Option<ActionState>,
    parts: Vec<String>,
    paired: Option<Id>,
    ready: bool,
    /// The new due is known, by a drag or a key: only the reason is left to say.
    moved: bool,
}

impl Asking {
    /// Asks, with what is most likely the answer filled in.
    #[must_use]
    pub fn new(ask: Ask, words: String, as_at: NaiveDate) -> Self {
        let date = as_at.format("%-d %B %Y").to_string();
        Self {
            ask,
            words,
            reason: String::new(),
            date,
            correction: false,
            state: None,
            parts: Vec::new(),
            paired: None,
            ready: false,
            moved: false,
        }
    }

    /// A due in another lane.
    #[must_use]
    pub fn revise(rows: Vec<DueRow>, to: LaneKey, as_at: NaiveDate) -> Option<Self> {
        let words = match to {
            LaneKey::Month(month) => month.label(),
            LaneKey::Ongoing => "Ongoing".into(),
            LaneKey::None => "TBC".into(),
            LaneKey::From => format!("From {}", Month::of(as_at).label()),
            LaneKey::Recurring | LaneKey::Overdue => return None,
        };
        Some(Self { moved: true, ..Self::new(Ask::Revise(rows), words, as_at) })
    }

    /// The dialog's title.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.ask {
            Ask::Revise(rows) if rows.len() > 1 => format!("New due of {}", count(rows.len(), "card")),
            Ask::Revise(_) => "New due".into(),
            Ask::Complete(rows) if rows.len() > 1 => format!("{} done", count(rows.len(), "card")),
            Ask::Complete(_) => "Done".into(),
            Ask::Note(actions) if actions.len() > 1 => format!("Progress of {}", count(actions.len(), "action")),
            Ask::Note(_) => "Progress".into(),
            Ask::Review(_) => "Next review".into(),
            Ask::Owner(actions) if actions.len() > 1 => format!("Owner of {}", count(actions.len(), "action")),
            Ask::Owner(_) => "Owner".into(),
            Ask::Split(_) => "Split the action".into(),
            Ask::Pair(_) => "Whose due is this?".into(),
        }
    }

    fn prepare(&mut self, plan: &Plan) {
        match &self.ask {
            Ask::Split(id) if self.parts.is_empty() => {
                let text = plan.actions.get(id).map(|row| row.text.clone()).unwrap_or_default();
                self.parts = parts(&text);
            }
            Ask::Pair(timescale) => self.paired = plan.timescales.get(timescale).and_then(|row| row.action),
            Ask::Owner(actions) => {
                let mut owners = actions.iter().filter_map(|id| plan.actions.get(id)).map(|row| row.owner.as_str());
                let first = owners.next().unwrap_or_default();
                if owners.all(|owner| owner == first) {
                    first.clone_into(&mut self.words);
                }
            }
            Ask::Review(actions) => {
                let next = actions.iter().filter_map(|id| plan.actions.get(id)?.next_review).min();
                self.date = next.map(|day| day.format("%-d %B %Y").to_string()).unwrap_or_default();
            }
            _ => {}
        }
    }

    /// The change that what was typed comes to; `None` while something is missing.
    fn edit(&self, ctx: &Ctx<'_>) -> Option<Edit> {
        let plan = ctx.plan;
        let date = parse_date(&self.date);
        let edit = match &self.ask {
            Ask::Revise(_) if self.words.trim().is_empty() => return None,
            Ask::Revise(rows) if self.correction => intent::correct_due(plan, rows, &self.words),
            Ask::Revise(rows) => {
                if self.reason.trim().is_empty() && had_due(plan, rows) {
                    return None;
                }
                intent::revise_due(plan, rows, &self.words, date?, &self.reason, Id::random())
            }
            Ask::Complete(rows) => intent::complete(plan, rows, date?, &self.reason, Id::random()),
            Ask::Note(_) if self.reason.trim().is_empty() && self.state.is_none() => return None,
            Ask::Note(actions) => intent::add_note(plan, actions, date?, &self.reason, self.state, Id::random()),
            Ask::Review(actions) if self.date.trim().is_empty() => intent::set_next_review(plan, actions, None),
            Ask::Review(actions) => intent::set_next_review(plan, actions, Some(date?)),
            Ask::Owner(actions) => intent::set_owners(plan, actions, &self.words),
            Ask::Split(_) if filled(&self.parts) < 2 => return None,
            Ask::Split(action) => intent::split_action(plan, *action, &self.parts, Id::random()),
            Ask::Pair(timescale) => intent::pair(plan, *timescale, self.paired),
        };
        (!edit.is_empty()).then_some(edit)
    }

    /// Draws the question.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
        let first = !self.ready;
        if first {
            self.prepare(ctx.plan);
            self.ready = true;
        }
        about(ui, ctx, &self.ask);
        match self.ask.clone() {
            Ask::Revise(rows) => self.revise_fields(ui, ctx, &rows, first),
            Ask::Complete(rows) => {
                self.date_field(ui, ctx, "Done on");
                if intent::takes_note(ctx.plan, &rows) {
                    self.reason_field(ui, "Note, for the record", first);
                }
            }
            Ask::Note(_) => {
                self.reason_field(ui, "What there is to say", first);
                self.date_field(ui, ctx, "As at");
                self.state_field(ui, ctx);
            }
            Ask::Review(_) => self.date_field(ui, ctx, "To be looked at on; blank for no more"),
            Ask::Owner(_) => self.owner_field(ui, ctx, first),
            Ask::Split(_) => self.split_fields(ui),
            Ask::Pair(timescale) => self.pair_fields(ui, ctx, timescale),
        }
        ui.add_space(space::NORMAL);
        let edit = self.edit(ctx);
        let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let mut done = false;
        ui.horizontal(|ui| {
            let pressed = ui.add_enabled_ui(edit.is_some(), |ui| primary_button(ui, self.verb())).inner;
            let why = "Something is still missing: the due, the date, or the reason";
            done = pressed.on_hover_text("Ctrl+Enter").on_disabled_hover_text(why).clicked() || entered;
            if ui.button("Cancel").clicked() {
                self.ready = false;
            }
        });
        if !self.ready {
            return Outcome::Close;
        }
        match edit {
            Some(edit) if done => {
                ctx.edit(edit);
                Outcome::Close
            }
            _ => Outcome::Open,
        }
    }

    fn verb(&self) -> &'static str {
        match self.ask {
            Ask::Revise(_) if self.correction => "Correct it",
            Ask::Revise(_) => "Move it",
            Ask::Complete(_) => "Tick it done",
            Ask::Note(_) => "Add the note",
            Ask::Review(_) | Ask::Owner(_) | Ask::Pair(_) => "Save",
            Ask::Split(_) => "Split it",
        }
    }

    fn revise_fields(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, rows: &[DueRow], first: bool) {
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

    fn reason_field(&mut self, ui: &mut Ui, name: &str, focus: bool) {
        field::label(ui, name);
        let edit = TextEdit::multiline(&mut self.reason)
            .desired_rows(2)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit).accessible_name(name);
        if focus {
            response.request_focus();
        }
    }

    fn date_field(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, name: &str) {
        let theme = tokens(ui);
        field::label(ui, name);
        ui.horizontal(|ui| {
            let hint = RichText::new("28 May 2013").color(theme.ink_faint);
            let edit = TextEdit::singleline(&mut self.date)
                .desired_width(160.0)
                .hint_text(hint)
                .margin(egui::Margin::symmetric(8, 6));
            ui.add(edit).accessible_name(name);
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

    fn state_field(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let word = |state: ActionState| sentence_case(ctx.state_words.word(Shown::of(state)));
        let chosen =
            field::choice_field(ui, "State from then on, if it changes", true, self.state, ActionState::ALL, word);
        if let Some(state) = chosen {
            self.state = state;
        }
    }

    fn owner_field(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, first: bool) {
        field::label(ui, "The role that has it");
        let edit =
            TextEdit::singleline(&mut self.words).desired_width(f32::INFINITY).margin(egui::Margin::symmetric(8, 6));
        let response = ui.add(edit).accessible_name("The role that has it");
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

    fn split_fields(&mut self, ui: &mut Ui) {
        let theme = tokens(ui);
        let text = "Each becomes an action with the same owner, due and recommendations. The first keeps the history.";
        ui.add(egui::Label::new(RichText::new(text).size(size::SMALL).color(theme.ink_second)).wrap());
        for (place, part) in self.parts.iter_mut().enumerate() {
            let name = format!("Action {}", place + 1);
            field::label(ui, &name);
            let edit = TextEdit::multiline(part)
                .desired_rows(2)
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(8, 6));
            ui.add(edit).accessible_name(name);
        }
        if link_button(ui, "+ One more").clicked() {
            self.parts.push(String::new());
        }
    }

    fn pair_fields(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, timescale: Id) {
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

fn filled(parts: &[String]) -> usize {
    parts.iter().filter(|part| !part.trim().is_empty()).count()
}

/// An action's words where they fall apart: lines, semicolons, sentences; at least two parts, the
/// last perhaps blank.
fn parts(text: &str) -> Vec<String> {
    let split = |at: &[char]| -> Vec<String> {
        let pieces = text.split(at).map(|piece| piece.trim().trim_start_matches(['•', '-']).trim());
        pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
    };
    let lines = split(&['\n']);
    let parts = if lines.len() > 1 { lines } else { split(&[';']) };
    if parts.len() > 1 { parts } else { vec![text.to_owned(), String::new()] }
}

/// Whether any of the rows had a due before: then a new one is a revision.
fn had_due(plan: &Plan, rows: &[DueRow]) -> bool {
    rows.iter().any(|row| match row {
        DueRow::Action(id) => {
            plan.actions.get(id).is_some_and(|row| !row.due_words.is_empty() || !row.original_due_words.is_empty())
        }
        DueRow::Timescale(id) => {
            plan.timescales.get(id).is_some_and(|row| !row.words.is_empty() || !row.original.is_empty())
        }
    })
}

/// What the question is about.
fn about(ui: &mut Ui, ctx: &Ctx<'_>, ask: &Ask) {
    let theme = tokens(ui);
    let due = |row: &DueRow| match row {
        DueRow::Action(id) => {
            ctx.plan.actions.get(id).map(|row| (row.text.clone(), row.due_words.clone())).unwrap_or_default()
        }
        DueRow::Timescale(id) => {
            let row = ctx.plan.timescales.get(id);
            let of = row.and_then(|row| ctx.plan.responsibilities.get(&row.responsibility));
            // what is paired is asked about by the words on its card: the action's
            let paired = row.and_then(|row| ctx.plan.actions.get(&row.action?)).map(|action| action.text.clone());
            let paired = paired.filter(|_| !matches!(ask, Ask::Pair(_)));
            (
                paired.or_else(|| of.map(|of| of.text.clone())).unwrap_or_default(),
                row.map(|row| row.words.clone()).unwrap_or_default(),
            )
        }
    };
    let action = |id: &Id| due(&DueRow::Action(*id));
    let all: Vec<(String, String)> = match ask {
        Ask::Revise(rows) | Ask::Complete(rows) => rows.iter().map(due).collect(),
        Ask::Note(ids) | Ask::Review(ids) | Ask::Owner(ids) => ids.iter().map(action).collect(),
        Ask::Split(id) => vec![action(id)],
        Ask::Pair(id) => vec![due(&DueRow::Timescale(*id))],
    };
    const MOST: usize = 4;
    for (text, words) in all.iter().take(MOST) {
        let short: String = text.chars().take(220).collect();
        let dots = if short.len() < text.len() { "…" } else { "" };
        ui.add(egui::Label::new(format!("{short}{dots}")).wrap());
        if !words.is_empty() {
            ui.label(RichText::new(format!("due {words}")).size(size::SMALL).color(theme.ink_second));
        }
    }
    if all.len() > MOST {
        ui.label(RichText::new(format!("and {} more", all.len() - MOST)).color(theme.ink_second));
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
