//! A recommendation's own fields.

use super::Editor;
use crate::app::{Command, DraftKey};
use crate::model::catalogue::Catalogue;
use crate::model::text::{Run, word_diff};
use crate::model::{Acceptance, Action, Entity, Id, Position, PositionState, Recommendation, intent, text};
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, Tokens, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, choice_field, date_field, field, link_button, pill, text_field};
use egui::text::{LayoutJob, TextFormat};
use egui::{RichText, Ui};
use std::sync::OnceLock;

/// Draws two fields side by side.
fn two(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    ui.columns_const(|[a, b]| {
        left(a);
        right(b);
    });
}

pub(super) fn section(ui: &mut Ui, name: &str) {
    let theme = tokens(ui);
    ui.add_space(space::NORMAL);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, theme.line_faint));
    ui.add_space(space::TIGHT);
    ui.label(RichText::new(name).font(theme::strong(size::BODY)));
}

/// Whether a recommendation's words are the catalogue's, which nobody changes.
fn is_published(row: &Recommendation) -> bool {
    static CATALOGUE: OnceLock<Option<Catalogue>> = OnceLock::new();
    let catalogue = CATALOGUE.get_or_init(|| Catalogue::francis().ok());
    catalogue.as_ref().is_some_and(|c| c.report.key == row.report && c.entry(&row.reference).is_some())
}

impl Editor {
    pub(super) fn recommendation(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        self.position(ui, ctx, row);
        self.earlier(ui, ctx, row);
        self.actions(ui, ctx, row);
        self.evidence(ui, ctx, row);
        if !ctx.plan.findings_about(row.id).is_empty() {
            section(ui, "Findings");
            crate::ui::complaints::findings_list(ui, ctx, row.id);
        }
        answer(ui, ctx, row);
        response(ui, ctx, row);
        self.wording(ui, ctx, row);
        cross_references(ui, ctx, row);
        super::remarks(ui, ctx, row.id);
        self.delete(ui, ctx, row);
        ui.add_space(40.0);
    }

    fn position(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let now = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at);
        let current = now.last().copied();
        let day = ctx.as_at.format("%-d %B %Y");
        let key = DraftKey::Position(row.id, ctx.as_at);
        let response = text_field(ui, ctx, key, &format!("Current position, as at {day}"), 4);
        if std::mem::take(&mut self.focus_position) {
            response.request_focus();
            response.scroll_to_me(Some(egui::Align::Center));
        }
        if let Some(old) = current.filter(|position| position.as_at.is_some_and(|date| date < ctx.as_at)) {
            let date = old.as_at.unwrap_or_default().format("%-d %B %Y");
            ui.horizontal_wrapped(|ui| {
                let theme = tokens(ui);
                let note = format!("This is the position of {date}. What you type starts a new one as at {day}.");
                ui.label(RichText::new(note).size(size::SMALL).color(theme.ink_second));
                if ctx.editable && link_button(ui, "Edit the old one").clicked() {
                    self.old_position = Some(old.id);
                }
            });
        }
        let state = current.and_then(|position| position.state);
        two(
            ui,
            |ui| {
                let word = |state: PositionState| sentence_case(state.word());
                if let Some(state) = choice_field(ui, "State", ctx.editable, state, PositionState::ALL, word) {
                    ctx.edit(intent::set_position_state(ctx.plan, row.id, Id::random(), ctx.as_at, state));
                }
            },
            |ui| {
                let word = |answer: Acceptance| sentence_case(answer.word());
                if let Some(answer) =
                    choice_field(ui, "Our answer", ctx.editable, row.acceptance, Acceptance::ALL, word)
                {
                    let label =
                        format!("Change our answer to {}", intent::row_name(ctx.plan, Entity::Recommendation, row.id));
                    ctx.edit(intent::update::<Recommendation>(ctx.plan, row.id, &label, |row| row.acceptance = answer));
                }
            },
        );
    }

    /// Positions other than the current ones, newest first; each can be edited where it stands.
    fn earlier(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let current: Vec<Id> = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at).iter().map(|p| p.id).collect();
        let shown_in_field = current.last().copied();
        for position in ctx.index.positions(ctx.plan, row.id).into_iter().rev() {
            let editing = self.old_position == Some(position.id);
            if Some(position.id) == shown_in_field && !editing {
                continue;
            }
            self.earlier_position(ui, ctx, position, editing);
        }
    }

    fn earlier_position(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, position: &Position, editing: bool) {
        let theme = tokens(ui);
        let when = match position.as_at {
            Some(date) if date > ctx.as_at => format!("Later, as at {}", date.format("%-d %B %Y")),
            Some(date) if date == ctx.as_at => "Also as at this date".to_owned(),
            Some(date) => format!("Before, as at {}", date.format("%-d %B %Y")),
            None => "Undated".to_owned(),
        };
        ui.add_space(space::TIGHT);
        ui.horizontal(|ui| {
            field::label(ui, &when);
            if let Some(state) = position.state {
                pill(ui, &Badge::position(state));
            }
            if ctx.editable && link_button(ui, if editing { "Done" } else { "Edit" }).clicked() {
                self.old_position = (!editing).then_some(position.id);
            }
        });
        if editing {
            field::bare_field(ui, ctx, DraftKey::Field(Entity::Position, position.id, "text"), &when, 3, "");
            date_field(ui, ctx, DraftKey::Field(Entity::Position, position.id, "as_at"), "Its date");
        } else {
            blocks(ui, theme, &position.text);
        }
    }

    fn actions(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        section(ui, "Actions");
        let actions = ctx.index.actions(ctx.plan, row.id);
        if actions.is_empty() {
            ui.label(RichText::new("No action yet").color(tokens(ui).ink_second));
        }
        for action in actions {
            super::action_card(ui, ctx, &mut self.open_action, action, Some(row.id));
        }
        if !ctx.editable {
            return;
        }
        ui.horizontal(|ui| {
            if ui.button("+ Action").on_hover_text(Command::AddAction.offer().tooltip).clicked() {
                ctx.send(Wish::Run(Command::AddAction));
            }
            if link_button(ui, "Link existing…").clicked() {
                self.link_query = if self.link_query.is_some() { None } else { Some(String::new()) };
            }
        });
        self.link_existing(ui, ctx, row);
    }

    /// Actions of the plan that do not serve this recommendation yet, by what is typed.
    fn link_existing(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let Some(query) = &mut self.link_query else { return };
        let edit = egui::TextEdit::singleline(query).hint_text("Words of the action").desired_width(f32::INFINITY);
        ui.add(edit).accessible_name("Find an action to link");
        let wanted = text::fold(query.trim());
        let linked: Vec<Id> = ctx.index.actions(ctx.plan, row.id).iter().map(|action| action.id).collect();
        let matches = |action: &&Action| !linked.contains(&action.id) && text::fold(&action.text).contains(&wanted);
        let mut chosen = None;
        for action in ctx.plan.actions.values().filter(matches).take(8) {
            let short: String = action.text.chars().take(90).collect();
            let response = ui.add(egui::Button::new(short).frame(false).wrap());
            if response.on_hover_text("Link this action to the recommendation").clicked() {
                chosen = Some(action.id);
            }
        }
        if let Some(action) = chosen {
            let label = format!("Link an action to {}", intent::row_name(ctx.plan, Entity::Recommendation, row.id));
            let mut edit = crate::model::EditBuilder::new(ctx.plan, label);
            intent::put_link(&mut edit, row.id, action);
            ctx.edit(edit.finish());
            self.link_query = None;
        }
    }

    fn wording(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        let published = is_published(row);
        let differs = !row.local_text.is_empty() && !row.text.is_empty();
        section(ui, if published { "Published text" } else { "Text" });
        if published {
            let theme = tokens(ui);
            ui.label(RichText::new(&row.title).font(theme::strong(size::SMALL)).color(theme.ink_second));
            if differs {
                ui.add(egui::Label::new(diff_job(theme, &row.text, &row.local_text)).wrap());
                let note = "Marked: words of the published text that our wording leaves out";
                ui.label(RichText::new(note).size(size::TINY).color(theme.ink_second));
            } else {
                blocks(ui, theme, &row.text);
            }
        } else {
            text_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "reference"), "Number", 1);
            text_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "title"), "Title", 1);
            text_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "text"), "Text", 4);
        }
        let open = self.published_open || !row.local_text.is_empty() || !row.local_title.is_empty();
        if open {
            text_field(
                ui,
                ctx,
                DraftKey::Field(Entity::Recommendation, row.id, "local_title"),
                "Our title, where it differs",
                1,
            );
            text_field(
                ui,
                ctx,
                DraftKey::Field(Entity::Recommendation, row.id, "local_text"),
                "Our wording, where it differs",
                4,
            );
        } else if ctx.editable && link_button(ui, "Word it differently here").clicked() {
            self.published_open = true;
        }
        theme_choice(ui, ctx, row);
    }

    fn delete(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
        if !ctx.editable {
            return;
        }
        section(ui, "Take out of the plan");
        if self.confirm_delete == Some(row.id) {
            ui.horizontal_wrapped(|ui| {
                ui.label("Its positions and remarks go with it; its actions and evidence stay. You can undo this.");
                if ui.button("Delete").clicked() {
                    self.confirm_delete = None;
                    ctx.edit(intent::delete_recommendation(ctx.plan, row.id));
                }
                if link_button(ui, "Keep it").clicked() {
                    self.confirm_delete = None;
                }
            });
        } else if link_button(ui, "Delete this recommendation…").clicked() {
            self.confirm_delete = Some(row.id);
        }
    }
}

fn answer(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    if row.acceptance.is_none() && row.acceptance_reason.is_empty() && row.acceptance_date.is_none() {
        return;
    }
    section(ui, "Our answer");
    date_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "acceptance_date"), "Given on");
    text_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "acceptance_reason"), "Reason", 2);
}

fn response(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    section(ui, "Government response");
    two(
        ui,
        |ui| {
            text_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "response_status"), "Answer", 1);
        },
        |ui| {
            text_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "response_by"), "As recorded by", 1);
        },
    );
    text_field(ui, ctx, DraftKey::Field(Entity::Recommendation, row.id, "response"), "In its words", 3);
}

fn theme_choice(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    let themes = ctx.plan.themes_in_order();
    let ids: Vec<Id> = themes.iter().map(|theme| theme.id).collect();
    let name = |id: Id| ctx.plan.themes.get(&id).map_or_else(String::new, |theme| theme.title.clone());
    ui.add_space(space::TIGHT);
    if let Some(theme) = choice_field(ui, "Theme", ctx.editable, row.theme, &ids, name) {
        let label = format!("Change theme of {}", intent::row_name(ctx.plan, Entity::Recommendation, row.id));
        ctx.edit(intent::update::<Recommendation>(ctx.plan, row.id, &label, |row| row.theme = theme));
    }
}

/// "See above" and its like, as links to what they mean.
fn cross_references(ui: &mut Ui, ctx: &Ctx<'_>, row: &Recommendation) {
    let references = ctx.plan.cross_references_of(row.id);
    if references.is_empty() {
        return;
    }
    section(ui, "Points at");
    for reference in references {
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("“{}”", reference.words));
            match reference.target.and_then(|id| ctx.plan.recommendations.get(&id)) {
                Some(target) => {
                    let name = format!("{} {}", target.reference, target.shown_title());
                    if link_button(ui, &name).clicked() {
                        ctx.send(Wish::Select(Some(target.id)));
                    }
                }
                None => {
                    let theme = tokens(ui);
                    ui.label(
                        RichText::new("It is not known what this means").color(theme.tint(theme::Tone::Amber).ink),
                    );
                }
            }
        });
    }
}

/// A text's paragraphs and bullets, to read.
pub(super) fn blocks(ui: &mut Ui, theme: &Tokens, words: &str) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for block in text::blocks(words) {
            let label = egui::Label::new(RichText::new(block.text).color(theme.ink_second)).wrap();
            match block.bullet {
                Some(level) => {
                    ui.horizontal_top(|ui| {
                        ui.add_space(12.0 * f32::from(level));
                        let (rect, _) = ui.allocate_exact_size(egui::vec2(8.0, size::LINE), egui::Sense::hover());
                        ui.painter().circle_filled(rect.center(), 1.9, theme.ink_second);
                        ui.add(label);
                    });
                }
                None => {
                    ui.add(label);
                }
            }
        }
    });
}

/// The published text with the words marked that the local one leaves out or changes.
fn diff_job(theme: &Tokens, published: &str, local: &str) -> LayoutJob {
    let mut job = LayoutJob::default();
    let format = |background| TextFormat {
        font_id: theme::regular(size::BODY),
        color: theme.ink_second,
        background,
        ..TextFormat::default()
    };
    for run in word_diff(published, local) {
        match run {
            Run::Same(text) => job.append(text, 0.0, format(egui::Color32::TRANSPARENT)),
            Run::Gone(text) => job.append(text, 0.0, format(theme.mark)),
            Run::New(_) => {}
        }
    }
    job
}
