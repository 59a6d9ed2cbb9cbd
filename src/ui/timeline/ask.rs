//! What the timeline asks before it changes something, and the dialogs that ask it.

mod fields;

use crate::app::draft::parse_date;
use crate::model::due::Month;
use crate::model::text::count;
use crate::model::timeline::{DueRow, LaneKey};
use crate::model::{ActionState, Edit, Id, Plan, intent};
use crate::ui::context::Ctx;
use crate::ui::dialogs::Outcome;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::primary_button;
use chrono::NaiveDate;
use egui::{RichText, Ui};
use fields::{about, due_of, filled, had_due, parts};

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
    /// Enter was pressed in a field of one line.
    entered: bool,
    /// A title of its own, and what is to be known of what it is about; blank for none.
    told: Option<(String, String)>,
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
            entered: false,
            told: None,
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

    /// The same under another title, with a note on what it is about.
    #[must_use]
    pub fn told(mut self, title: String, note: String) -> Self {
        self.told = Some((title, note));
        self
    }

    /// The dialog's title.
    #[must_use]
    pub fn title(&self) -> String {
        if let Some((title, _)) = &self.told {
            return title.clone();
        }
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

    /// Whether nothing is missing. The change itself is worked out when it is asked for: thousands of
    /// cards may be chosen.
    fn is_complete(&self, plan: &Plan) -> bool {
        let dated = parse_date(&self.date).is_some();
        match &self.ask {
            Ask::Revise(rows) => {
                let words = self.words.trim();
                let told = self.correction || !had_due(plan, rows) || (dated && !self.reason.trim().is_empty());
                let moves = rows.len() > 1 || rows.iter().any(|row| due_of(plan, *row, true).1 != words);
                !words.is_empty() && told && moves
            }
            Ask::Complete(_) => dated,
            Ask::Note(_) => dated && !(self.reason.trim().is_empty() && self.state.is_none()),
            Ask::Review(_) => dated || self.date.trim().is_empty(),
            Ask::Owner(_) | Ask::Pair(_) => true,
            Ask::Split(_) => filled(&self.parts) > 1,
        }
    }

    /// The change that what was typed comes to; `None` where nothing changes.
    fn edit(&self, ctx: &Ctx<'_>) -> Option<Edit> {
        let plan = ctx.plan;
        let date = parse_date(&self.date);
        let edit = match &self.ask {
            Ask::Revise(rows) if self.correction => intent::correct_due(plan, rows, &self.words),
            Ask::Revise(rows) => {
                let on = date.unwrap_or(ctx.as_at);
                intent::revise_due(plan, rows, &self.words, on, &self.reason, Id::random())
            }
            Ask::Complete(rows) => intent::complete(plan, rows, date?, &self.reason, Id::random()),
            Ask::Note(actions) => intent::add_note(plan, actions, date?, &self.reason, self.state, Id::random()),
            Ask::Review(actions) => intent::set_next_review(plan, actions, date),
            Ask::Owner(actions) => intent::set_owners(plan, actions, &self.words),
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
        if let Some((_, note)) = self.told.as_ref().filter(|(_, note)| !note.is_empty()) {
            ui.label(RichText::new(note).size(size::SMALL).color(tokens(ui).ink_second));
        }
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
        let complete = self.is_complete(ctx.plan);
        let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let entered = complete && (std::mem::take(&mut self.entered) || entered);
        let mut done = false;
        ui.horizontal(|ui| {
            let pressed = ui.add_enabled_ui(complete, |ui| primary_button(ui, self.verb())).inner;
            let why = "Something is still missing: the due, the date, or the reason";
            done = pressed.on_disabled_hover_text(why).clicked() || entered;
            if ui.button("Cancel").clicked() {
                self.ready = false;
            }
            ui.label(RichText::new("Ctrl+Enter").size(size::SMALL).color(tokens(ui).ink_second));
        });
        if !self.ready {
            return Outcome::Close;
        }
        if !done {
            return Outcome::Open;
        }
        if let Some(edit) = self.edit(ctx) {
            ctx.edit(edit);
        }
        Outcome::Close
    }

    /// Enter in a field of one line is as good as the button.
    fn note_enter(&mut self, ui: &Ui, response: &egui::Response) {
        self.entered |= response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
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
}
