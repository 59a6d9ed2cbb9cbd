//! Noting a finding: what one makes of it, and the recommendations and actions it bears on.

use super::{foot, line, text};
use crate::model::intelligence::{Found, periods, themes_of};
use crate::model::text::fold;
use crate::model::{Action, Id, NotedFinding, Plan, intent};
use crate::ui::context::Ctx;
use crate::ui::dialogs::Outcome;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::field;
use chrono::NaiveDate;
use egui::{RichText, ScrollArea, TextEdit, Ui};

/// How many rows are offered at once.
const OFFERED: usize = 30;

/// What is being noted.
#[derive(Debug, Clone)]
pub struct FindingForm {
    row: NotedFinding,
    new: bool,
    /// What the sources say, word by word.
    said: String,
    query: String,
    chosen: Vec<Id>,
    with_action: bool,
    action: Action,
    ready: bool,
}

impl FindingForm {
    /// A finding of the view, as at a date.
    #[must_use]
    pub fn new(found: &Found, as_at: NaiveDate) -> Self {
        let sources: Vec<&str> = found.sources().into_iter().map(|source| source.word()).collect();
        let row = NotedFinding {
            id: Id::random(),
            provider: Some(found.provider),
            theme: found.theme.id(),
            from: Some(found.from),
            to: Some(found.to),
            verdict: found.verdict().word().to_owned(),
            sources: sources.join("\n"),
            judgement: String::new(),
            date: Some(as_at),
        };
        Self { said: found.words(), new: true, ..Self::of(&row) }
    }

    /// One that was noted before, to change what was made of it.
    #[must_use]
    pub fn of(row: &NotedFinding) -> Self {
        Self {
            row: row.clone(),
            new: false,
            said: row.sources.lines().collect::<Vec<_>>().join(", "),
            query: String::new(),
            chosen: Vec::new(),
            with_action: false,
            action: Action { id: Id::random(), ..Action::default() },
            ready: false,
        }
    }

    /// Whether it was not noted before.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.new
    }

    /// Draws the form.
    pub fn show(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) -> Outcome {
        let height = (ui.ctx().content_rect().height() - 190.0).max(200.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - space::NORMAL);
            self.about(ui, ctx.plan);
            let judgement = text(ui, "What you make of it", &mut self.row.judgement, 3);
            if !std::mem::replace(&mut self.ready, true) {
                judgement.request_focus();
            }
            self.links(ui, ctx);
            self.new_action(ui);
        });
        let nothing = self.row.judgement.trim().is_empty() && self.chosen.is_empty() && !self.has_action();
        let missing = match () {
            () if self.with_action && !self.has_action() => Some("The new action has no words yet"),
            () if nothing && self.new => Some("Say what you make of it, or what it leads to"),
            () => None,
        };
        let verb = if self.new { "Note it" } else { "Save" };
        let form = self.clone();
        foot(ui, ctx, verb, missing, move || form.edit(ctx.plan))
    }

    fn has_action(&self) -> bool {
        self.with_action && !self.action.text.trim().is_empty()
    }

    /// One edit, and so one undo: the finding, its links, the new action.
    fn edit(mut self, plan: &Plan) -> crate::model::Edit {
        self.row.judgement = self.row.judgement.trim().to_owned();
        let (recommendations, actions): (Vec<Id>, Vec<Id>) =
            self.chosen.iter().partition(|id| plan.recommendations.contains_key(*id));
        let action = self.has_action().then(|| Action {
            text: self.action.text.trim().to_owned(),
            owner: self.action.owner.trim().to_owned(),
            due_words: self.action.due_words.trim().to_owned(),
            ..self.action.clone()
        });
        if !self.new && self.chosen.is_empty() && action.is_none() {
            return intent::intelligence::change_finding(plan, &self.row);
        }
        intent::intelligence::note_finding(plan, &self.row, &actions, &recommendations, action)
    }

    fn about(&self, ui: &mut Ui, plan: &Plan) {
        let theme = tokens(ui);
        let provider =
            self.row.provider.and_then(|id| plan.providers.get(&id)).map_or("All providers", |row| &row.name);
        let title = self.row.theme.and_then(|id| themes_of(plan).into_iter().find(|row| row.id == id));
        let title =
            title.map_or_else(|| "all themes".to_owned(), |row| crate::model::intelligence::lower_first(&row.title));
        let period = self.row.from.zip(self.row.to).map(|(from, to)| periods::words(from, to)).unwrap_or_default();
        let words = format!("{provider}, {title}, {period}: {}", self.row.verdict);
        ui.add(egui::Label::new(RichText::new(words).font(theme::strong(size::BODY))).wrap());
        if !self.said.is_empty() {
            ui.add(egui::Label::new(RichText::new(&self.said).color(theme.ink_second)).wrap());
        }
    }

    /// Recommendations and actions to tick, found by their words.
    fn links(&mut self, ui: &mut Ui, ctx: &Ctx<'_>) {
        let theme = tokens(ui);
        field::label(ui, "It bears on these recommendations and actions");
        let edit = TextEdit::singleline(&mut self.query)
            .hint_text(RichText::new("Number or words").color(theme.ink_faint))
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(8, 6));
        ui.add(edit).accessible_name("Find recommendations and actions");
        let wanted = fold(self.query.trim());
        let all = offered(ctx);
        let ticked: Vec<Id> = self.chosen.clone();
        let shown = all
            .iter()
            .filter(|(id, words)| ticked.contains(id) || (!wanted.is_empty() && fold(words).contains(&wanted)));
        let linked: Vec<Id> =
            ctx.plan.finding_links.values().filter(|link| link.finding == self.row.id).map(|link| link.row).collect();
        let frame = egui::Frame::new().fill(theme.ground).corner_radius(4).inner_margin(egui::Margin::same(6));
        let shown: Vec<&(Id, String)> = shown.filter(|(id, _)| !linked.contains(id)).take(OFFERED).collect();
        if shown.is_empty() {
            if !wanted.is_empty() {
                ui.label(RichText::new("Nothing has these words").size(size::SMALL).color(theme.ink_second));
            }
            return;
        }
        frame.show(ui, |ui| {
            ScrollArea::vertical().id_salt("bears on").max_height(150.0).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                for (id, words) in shown {
                    let mut on = self.chosen.contains(id);
                    let short: String = words.chars().take(110).collect();
                    if ui.checkbox(&mut on, short).on_hover_text(words).changed() {
                        self.chosen.retain(|one| one != id);
                        if on {
                            self.chosen.push(*id);
                        }
                    }
                }
            });
        });
    }

    fn new_action(&mut self, ui: &mut Ui) {
        ui.add_space(space::TIGHT);
        ui.checkbox(&mut self.with_action, "And a new action");
        if !self.with_action {
            return;
        }
        text(ui, "What is to be done", &mut self.action.text, 2);
        ui.columns_const(|[left, right]| {
            line(left, "Owner of the action", "The role that has it", &mut self.action.owner);
            line(right, "Due of the action, in your words", "By the end of July 2013", &mut self.action.due_words);
        });
        let text = "It serves the recommendations that are ticked above";
        ui.label(RichText::new(text).size(size::SMALL).color(tokens(ui).ink_second));
    }
}

/// Everything that can be ticked, with its words.
fn offered(ctx: &Ctx<'_>) -> Vec<(Id, String)> {
    let recommendations = ctx
        .index
        .recommendations
        .iter()
        .filter_map(|id| ctx.plan.recommendations.get(id))
        .map(|row| (row.id, format!("{} {}", ctx.plan.reference_name(row), row.shown_title()).trim().to_owned()));
    let actions = ctx.plan.actions.values().map(|row| {
        let owner = if row.owner.is_empty() { String::new() } else { format!(" ({})", row.owner) };
        (row.id, format!("Action: {}{owner}", row.text))
    });
    recommendations.chain(actions).collect()
}
