//! What is asked before several recommendations are changed at once: a theme, a state, an action for all of them.

use super::Outcome;
use crate::model::intent::{self, UnderTheme};
use crate::model::state::Shown;
use crate::model::text::{count, fold};
use crate::model::{Action, ActionState, Edit, Id, PositionState};
use crate::ui::context::Ctx;
use crate::ui::theme::{size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{field, primary_button};
use egui::{RichText, ScrollArea, TextEdit, Ui};

/// What is set for all of some recommendations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The theme they stand under.
    Theme,
    /// Who has their actions.
    Owner,
    /// The state of their positions, or of their actions.
    State,
    /// The due of their actions.
    Due,
    /// One action for all of them.
    Link,
}

/// At most so many actions are listed; typing narrows them.
const LISTED: usize = 60;

/// The question with what was answered so far.
#[derive(Debug)]
pub struct Bulk {
    what: What,
    rows: Vec<Id>,
    /// The actions of the rows.
    actions: Vec<Id>,
    /// The theme that was chosen; within it `None` for none.
    theme: Option<Option<Id>>,
    words: String,
    of_actions: bool,
    position: Option<Option<PositionState>>,
    action_state: Option<ActionState>,
    /// What the state that was chosen would do, and for which choice that was worked out.
    told: Option<(Option<PositionState>, String)>,
    /// The actions that hold what was typed, in the order of their words, and what that was.
    found: Option<(String, Vec<Id>)>,
    link: Option<Id>,
    owner: String,
    due: String,
    ready: bool,
}

impl Bulk {
    /// Asks about recommendations and the actions that serve them.
    #[must_use]
    pub fn new(what: What, rows: Vec<Id>, actions: Vec<Id>) -> Self {
        Self {
            what,
            rows,
            actions,
            theme: None,
            words: String::new(),
            of_actions: false,
            position: None,
            action_state: None,
            told: None,
            found: None,
            link: None,
            owner: String::new(),
            due: String::new(),
            ready: false,
        }
    }

    /// The dialog's title.
    #[must_use]
    pub fn title(&self) -> String {
        let rows = count(self.rows.len(), "recommendation");
        match self.what {
            What::Theme => format!("Theme of {rows}"),
            What::Link => format!("An action for {rows}"),
            _ => format!("State of {rows}"),
        }
    }

    /// Draws the question.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
        let first = !std::mem::replace(&mut self.ready, true);
        about(ui, ctx, &self.rows);
        match self.what {
            What::Theme => self.theme_fields(ui, ctx, first),
            What::Link => self.link_fields(ui, ctx, first),
            _ => self.state_fields(ui, ctx),
        }
        ui.add_space(space::NORMAL);
        let entered = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let verb = self.verb();
        let mut outcome = Outcome::Open;
        ui.horizontal(|ui| {
            let pressed = ui.add_enabled_ui(verb.is_some(), |ui| {
                primary_button(ui, verb.as_deref().unwrap_or("Save")).on_disabled_hover_text("Choose something first")
            });
            if verb.is_some() && (pressed.inner.clicked() || entered) {
                if let Some(edit) = self.edit(ctx).filter(|edit| !edit.is_empty()) {
                    ctx.edit(edit);
                }
                outcome = Outcome::Close;
            }
            if ui.button("Cancel").clicked() {
                outcome = Outcome::Close;
            }
            ui.label(RichText::new("Ctrl+Enter").size(size::SMALL).color(tokens(ui).ink_second));
        });
        outcome
    }

    fn theme_fields(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, first: bool) {
        ScrollArea::vertical().max_height(300.0).auto_shrink([false, true]).show(ui, |ui| {
            for theme in ctx.plan.themes_in_order() {
                if ui.radio(self.theme == Some(Some(theme.id)), &theme.title).clicked() {
                    (self.theme, self.words) = (Some(Some(theme.id)), String::new());
                }
            }
            if ui.radio(self.theme == Some(None), "Without a theme").clicked() {
                (self.theme, self.words) = (Some(None), String::new());
            }
        });
        let response = line(ui, "Or a new theme", &mut self.words);
        if first && ctx.plan.themes.is_empty() {
            response.request_focus();
        }
        if response.changed() {
            self.theme = None;
        }
    }

    fn state_fields(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let day = ctx.as_at.format("%-d %B %Y");
        let rows = count(self.rows.len(), "recommendation");
        ui.radio_value(&mut self.of_actions, false, format!("Where we stand: the positions of {rows} as at {day}"));
        ui.add_enabled_ui(!self.actions.is_empty(), |ui| {
            let words = format!("How far the actions are: {} of {rows}", count(self.actions.len(), "action"));
            ui.radio_value(&mut self.of_actions, true, words);
        });
        ui.add_space(space::TIGHT);
        if self.of_actions {
            let word = |state: ActionState| sentence_case(ctx.state_words.word(Shown::of(state)));
            for state in ActionState::ALL {
                ui.radio_value(&mut self.action_state, Some(*state), word(*state));
            }
            if self.action_state == Some(ActionState::Complete) {
                small(ui, &format!("Those that are not complete yet are done on {day}"));
            }
            return;
        }
        for state in PositionState::ALL {
            ui.radio_value(&mut self.position, Some(Some(*state)), sentence_case(state.word()));
        }
        ui.radio_value(&mut self.position, Some(None), "No state");
        let Some(state) = self.position else { return };
        if self.told.as_ref().is_none_or(|(of, _)| *of != state) {
            let (_, set) = intent::set_position_states(ctx.plan, ctx.index, &self.rows, ctx.as_at, state, Id::random());
            let parts = [
                (set.changed, "changed as it stands"),
                (set.continued, "continued: a new position of this date with the words of the one before, which stays"),
                (set.begun, "begun: a position of this date without words"),
                (set.same, "in that state already"),
            ];
            let parts = parts.into_iter().filter(|(number, _)| *number > 0);
            let words: Vec<String> = parts.map(|(number, words)| format!("{number} {words}")).collect();
            self.told = Some((state, words.join("\n")));
        }
        if let Some((_, words)) = &self.told {
            small(ui, words);
        }
    }

    fn link_fields(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, first: bool) {
        let response = line(ui, "Find an action of the plan, or write a new one", &mut self.words);
        if first {
            response.request_focus();
        }
        if response.changed() {
            self.link = None;
        }
        let wanted = fold(self.words.trim());
        if self.found.as_ref().is_none_or(|(of, _)| *of != wanted) {
            let texts = ctx.plan.actions.values().map(|action| (fold(&action.text), action.id));
            let mut found: Vec<(String, Id)> = texts.filter(|(text, _)| text.contains(&wanted)).collect();
            found.sort();
            self.found = Some((wanted.clone(), found.into_iter().map(|(_, id)| id).collect()));
        }
        let found = self.found.as_ref().map(|(_, found)| found.as_slice()).unwrap_or_default();
        let height = 240.0;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for action in found.iter().filter_map(|id| ctx.plan.actions.get(id)).take(LISTED) {
                let serves = ctx.index.served(ctx.plan, action.id).len();
                let short: String = action.text.chars().take(140).collect();
                let words = format!("{short} (serves {})", count(serves, "recommendation"));
                if ui.radio(self.link == Some(action.id), words).clicked() {
                    self.link = Some(action.id);
                }
            }
        });
        if found.len() > LISTED {
            small(ui, &format!("and {} more: type some words of it", found.len() - LISTED));
        } else if found.is_empty() && !wanted.is_empty() {
            small(ui, "No action of the plan holds these words: it becomes a new one");
        }
        if self.link.is_none() && !self.words.trim().is_empty() {
            ui.columns_const(|[left, right]| {
                line(left, "Owner of the new action", &mut self.owner);
                line(right, "Due of the new action, in your words", &mut self.due);
            });
        }
    }

    /// What the button says; `None` while something is missing.
    fn verb(&self) -> Option<String> {
        let rows = count(self.rows.len(), "recommendation");
        let words = self.words.trim();
        match self.what {
            What::Theme => (self.theme.is_some() || !words.is_empty()).then(|| format!("Move {rows}")),
            What::Link if self.link.is_some() => Some(format!("Link it to {rows}")),
            What::Link => (!words.is_empty()).then(|| format!("Add it to {rows}")),
            _ if self.of_actions => self.action_state.map(|_| format!("Set {}", count(self.actions.len(), "action"))),
            _ => self.position.map(|_| format!("Set {rows}")),
        }
    }

    fn edit(&self, ctx: &Ctx<'_>) -> Option<Edit> {
        let (plan, rows) = (ctx.plan, &self.rows);
        let words = self.words.trim();
        Some(match self.what {
            What::Theme => {
                let same = plan.themes.values().find(|theme| fold(theme.title.trim()) == fold(words));
                let under = match self.theme {
                    Some(Some(theme)) => UnderTheme::Of(theme),
                    Some(None) => UnderTheme::Without,
                    None => {
                        same.map_or_else(|| UnderTheme::New(Id::random(), words.into()), |row| UnderTheme::Of(row.id))
                    }
                };
                intent::set_theme(plan, rows, &under)
            }
            What::Link => match self.link {
                Some(action) => intent::link_to_all(plan, rows, action),
                None => {
                    let (owner, due_words) = (self.owner.trim().to_owned(), self.due.trim().to_owned());
                    let action = Action { id: Id::random(), text: words.into(), owner, due_words, ..Action::default() };
                    intent::add_to_all(plan, rows, action)
                }
            },
            _ if self.of_actions => intent::set_states(plan, &self.actions, self.action_state?, ctx.as_at),
            _ => intent::set_position_states(plan, ctx.index, rows, ctx.as_at, self.position?, Id::random()).0,
        })
    }
}

/// The numbers of the recommendations that it is about.
fn about(ui: &mut Ui, ctx: &Ctx<'_>, rows: &[Id]) {
    const MOST: usize = 14;
    let of = rows.iter().filter_map(|id| ctx.plan.recommendations.get(id)).take(MOST);
    let mut words = of.map(|row| ctx.plan.reference_name(row)).collect::<Vec<_>>().join(", ");
    if rows.len() > MOST {
        words.push_str(&format!(" and {} more", rows.len() - MOST));
    }
    ui.add(egui::Label::new(RichText::new(words).color(tokens(ui).ink_second)).wrap());
    ui.add_space(space::TIGHT);
}

fn small(ui: &mut Ui, words: &str) {
    ui.add(egui::Label::new(RichText::new(words).size(size::SMALL).color(tokens(ui).ink_second)).wrap());
}

fn line(ui: &mut Ui, name: &str, text: &mut String) -> egui::Response {
    field::label(ui, name);
    let edit = TextEdit::singleline(text).desired_width(f32::INFINITY).margin(egui::Margin::symmetric(8, 6));
    ui.add(edit).accessible_name(name)
}
