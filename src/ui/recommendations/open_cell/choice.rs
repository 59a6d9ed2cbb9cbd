//! A choice in an open cell: a list that arrows and first letters go through. It is made when the cursor leaves it.

use super::slots::{ChoiceSlot, SlotKey, What};
use super::{OpenCell, Step};
use crate::model::view::Column;
use crate::model::{Acceptance, Entity, Id, PositionState, Recommendation, intent, text};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, size, tokens};
use crate::ui::widgets::pill::{self, Badge, paint_pill, sentence_case};
use crate::ui::widgets::{Shape, draw_shape, writing};
use egui::accesskit::Role;
use egui::{Event, EventFilter, Key, Modifiers, Sense, TextEdit, Ui, pos2, vec2};

/// Height of a line of the list in points.
const LINE: f32 = 22.0;
/// As many themes are offered at once.
const OFFERED: usize = 12;

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pick {
    None,
    State(PositionState),
    Answer(Acceptance),
    Theme(Id),
    NewTheme(String),
}

/// A choice that is being made.
#[derive(Debug)]
pub(super) struct Picking {
    what: What,
    options: Vec<Pick>,
    at: usize,
    /// What was typed to find it.
    words: String,
    /// Somebody went to another one than stood there.
    moved: bool,
}

fn id_of(what: What) -> egui::Id {
    egui::Id::unique(("choice in a cell", what))
}

/// Whether something that has the keyboard is a choice in a cell.
pub(super) fn owns(id: egui::Id) -> bool {
    [What::State, What::Answer, What::Theme].into_iter().any(|what| id_of(what) == id)
}

/// Draws it. Gives what a key in it comes to, and whether it has the keyboard.
pub(super) fn show(
    open: &mut OpenCell,
    ui: &mut Ui,
    ctx: &Ctx<'_>,
    row: &Recommendation,
    slot: &ChoiceSlot,
) -> (Option<Step>, bool) {
    let current = current(ctx, row, slot.what);
    if open.at != Some(SlotKey::Choice(slot.what)) {
        return (None, at_rest(ui, ctx, slot, &current));
    }
    let kept = open.picking.take().filter(|picking| picking.what == slot.what);
    let mut picking = kept.unwrap_or_else(|| Picking::new(ctx, slot.what, &current));
    let id = id_of(slot.what);
    if open.fresh && !ctx.asking {
        open.fresh = false;
        ui.memory_mut(|memory| memory.request_focus(id));
        let typed = std::mem::take(&mut open.typed);
        picking.typed(ctx, &typed, &current);
        let end = picking.words.chars().count();
        writing::select(ui, id, &(end..end));
        ui.ctx().request_repaint();
    }
    let mut step = None;
    if ui.memory(|memory| memory.has_focus(id)) {
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
        step = picking.keys(ui, ctx, &current);
    }
    if slot.what == What::Theme {
        picking.words_field(ui, ctx, id, &slot.name, &current);
    } else {
        list_focus(ui, id, &slot.name);
    }
    let clicked = picking.list(ui, ctx, &current);
    // in the cell of the position the words come next
    let done = if open.column == Column::State || slot.what != What::State { Step::Save } else { Step::On(1) };
    let step = step.or(clicked.then_some(Step::Save)).map(|step| if step == Step::Save { done } else { step });
    if step.is_some() {
        ui.memory_mut(|memory| memory.surrender_focus(id));
    }
    open.picking = Some(picking);
    (step, step.is_none() && ui.memory(|memory| memory.has_focus(id)))
}

/// The list as something that has the keyboard.
fn list_focus(ui: &mut Ui, id: egui::Id, name: &str) {
    let rect = egui::Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), 1.0));
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    response.widget_info(|| egui::WidgetInfo::labeled(Role::ListBox, true, name));
}

/// What stands there while the cursor is elsewhere; a click goes to it.
fn at_rest(ui: &mut Ui, ctx: &Ctx<'_>, slot: &ChoiceSlot, current: &Pick) -> bool {
    let theme = tokens(ui);
    let badge = match current {
        Pick::State(state) => Badge::position(*state),
        pick => Badge { word: label(ctx, slot.what, pick), tone: theme::Tone::Grey, shape: None },
    };
    let width = (pill::width(ui.painter(), &badge) + 1.0).min(ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(width, pill::HEIGHT), Sense::click());
    paint_pill(ui.painter(), theme, rect.min, width, &badge);
    let name = format!("{}: {}", slot.name, badge.word);
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text("Choose another").clicked()
}

fn current(ctx: &Ctx<'_>, row: &Recommendation, what: What) -> Pick {
    match what {
        What::State => {
            let state = ctx.index.positions_at(ctx.plan, row.id, ctx.as_at).last().and_then(|now| now.state);
            state.map_or(Pick::None, Pick::State)
        }
        What::Answer => row.acceptance.map_or(Pick::None, Pick::Answer),
        What::Theme => row.theme.map_or(Pick::None, Pick::Theme),
    }
}

fn label(ctx: &Ctx<'_>, what: What, pick: &Pick) -> String {
    match pick {
        Pick::None => match what {
            What::State => "No state".into(),
            What::Answer => "No answer yet".into(),
            What::Theme => "Without a theme".into(),
        },
        Pick::State(state) => sentence_case(state.word()),
        Pick::Answer(answer) => sentence_case(answer.word()),
        Pick::Theme(id) => ctx.plan.themes.get(id).map_or_else(String::new, |theme| theme.title.clone()),
        Pick::NewTheme(title) => format!("New theme “{title}”"),
    }
}

fn options(ctx: &Ctx<'_>, what: What, words: &str) -> Vec<Pick> {
    let none = std::iter::once(Pick::None);
    match what {
        What::State => PositionState::ALL.iter().map(|state| Pick::State(*state)).chain(none).collect(),
        What::Answer => Acceptance::ALL.iter().map(|answer| Pick::Answer(*answer)).chain(none).collect(),
        What::Theme => {
            let wanted = text::fold(words.trim());
            let themes = ctx.plan.themes_in_order();
            let found = themes.iter().filter(|theme| text::fold(&theme.title).contains(&wanted));
            let mut options: Vec<Pick> = found.map(|theme| Pick::Theme(theme.id)).take(OFFERED).collect();
            let is_new = !wanted.is_empty() && !themes.iter().any(|theme| text::fold(&theme.title) == wanted);
            if is_new {
                options.push(Pick::NewTheme(words.trim().to_owned()));
            } else if wanted.is_empty() {
                options.push(Pick::None);
            }
            options
        }
    }
}

impl Picking {
    fn new(ctx: &Ctx<'_>, what: What, current: &Pick) -> Self {
        let mut options = options(ctx, what, "");
        if !options.contains(current) {
            options.insert(0, current.clone());
        }
        let at = options.iter().position(|pick| pick == current).unwrap_or(0);
        Self { what, options, at, words: String::new(), moved: false }
    }

    /// Makes the choice, if another was gone to.
    pub(super) fn choose(self, ctx: &Ctx<'_>, row: &Recommendation) {
        let Some(pick) = self.options.get(self.at).filter(|_| self.moved) else { return };
        if *pick == current(ctx, row, self.what) {
            return;
        }
        let name = intent::row_name(ctx.plan, Entity::Recommendation, row.id);
        let update = |label: String, change: &dyn Fn(&mut Recommendation)| {
            ctx.edit(intent::update::<Recommendation>(ctx.plan, row.id, &label, change));
        };
        let state = |state| {
            ctx.edit(intent::set_position_state(ctx.plan, row.id, Id::random(), ctx.as_at, state));
        };
        match (self.what, pick.clone()) {
            (What::State, Pick::State(chosen)) => state(Some(chosen)),
            (What::State, _) => state(None),
            (What::Answer, pick) => {
                let answer = if let Pick::Answer(answer) = pick { Some(answer) } else { None };
                update(format!("Change our answer to {name}"), &|row| row.acceptance = answer);
            }
            (What::Theme, Pick::NewTheme(title)) => {
                ctx.edit(intent::into_new_theme(ctx.plan, row.id, Id::random(), &title));
            }
            (What::Theme, pick) => {
                let theme = if let Pick::Theme(theme) = pick { Some(theme) } else { None };
                update(format!("Change theme of {name}"), &|row| row.theme = theme);
            }
        }
    }

    /// Letters go to the next one that begins so; a theme is found by any of its words.
    fn typed(&mut self, ctx: &Ctx<'_>, typed: &str, current: &Pick) {
        if self.what == What::Theme {
            self.words.push_str(typed);
            self.find(ctx, current);
            return;
        }
        for letter in typed.chars() {
            let wanted = text::fold(&letter.to_string());
            let begins = |pick: &Pick| text::fold(&label(ctx, self.what, pick)).starts_with(&wanted);
            let count = self.options.len();
            let found = (1..=count).map(|by| (self.at + by) % count).find(|at| begins(&self.options[*at]));
            if let Some(at) = found {
                self.at = at;
                self.moved = true;
            }
        }
    }

    fn find(&mut self, ctx: &Ctx<'_>, current: &Pick) {
        if self.words.trim().is_empty() {
            *self = Self { words: std::mem::take(&mut self.words), ..Self::new(ctx, self.what, current) };
        } else {
            self.options = options(ctx, self.what, &self.words);
            self.at = 0;
            self.moved = true;
        }
    }

    fn keys(&mut self, ui: &Ui, ctx: &Ctx<'_>, current: &Pick) -> Option<Step> {
        let last = self.options.len().saturating_sub(1);
        let all = isize::MAX / 2;
        let in_field = self.what == What::Theme;
        for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::Home, -all), (Key::End, all)] {
            // in the field Home and End are the text's
            while !(in_field && by.abs() > 1) && writing::pressed(ui, Modifiers::NONE, key) {
                self.at = self.at.saturating_add_signed(by).min(last);
                self.moved = true;
            }
        }
        if !in_field {
            let mut typed = String::new();
            ui.input_mut(|input| {
                input.events.retain(|event| match event {
                    Event::Text(text) => {
                        typed.push_str(text);
                        false
                    }
                    _ => true,
                });
            });
            self.typed(ctx, &typed, current);
        }
        let steps = [
            (Modifiers::NONE, Key::Escape, Step::TakeBack),
            (Modifiers::NONE, Key::Enter, Step::Save),
            (Modifiers::COMMAND, Key::Enter, Step::Save),
            (Modifiers::SHIFT, Key::Tab, Step::On(-1)),
            (Modifiers::NONE, Key::Tab, Step::On(1)),
        ];
        steps.into_iter().find(|(modifiers, key, _)| writing::pressed(ui, *modifiers, *key)).map(|(_, _, step)| step)
    }

    /// Where a theme is looked for, or a new one named.
    fn words_field(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, id: egui::Id, name: &str, current: &Pick) {
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        let hint = egui::RichText::new("Find a theme, or name a new one").color(tokens(ui).ink_second);
        let edit = TextEdit::singleline(&mut self.words)
            .id(id)
            .event_filter(filter)
            .return_key(None)
            .hint_text(hint)
            .desired_width(f32::INFINITY);
        if ui.add(edit).accessible_name(name).changed() {
            self.find(ctx, current);
        }
    }

    /// Draws what can be chosen; gives true if one was clicked on.
    fn list(&mut self, ui: &mut Ui, ctx: &Ctx<'_>, current: &Pick) -> bool {
        let theme = tokens(ui);
        let mut clicked = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, pick) in self.options.iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
            if place == self.at {
                ui.painter().rect_filled(rect, 3.0, theme.accent_ground);
                let bar = egui::Rect::from_min_size(rect.min, vec2(2.0, rect.height()));
                ui.painter().rect_filled(bar, 0.0, theme.accent);
            } else if response.hovered() {
                ui.painter().rect_filled(rect, 3.0, theme.ground);
            }
            let words = label(ctx, self.what, pick);
            let width = rect.width() - 26.0;
            if let Pick::State(state) = pick {
                paint_pill(ui.painter(), theme, rect.min + vec2(6.0, 2.0), width, &Badge::position(*state));
            } else {
                let job =
                    egui::text::LayoutJob::simple_singleline(words.clone(), theme::regular(size::BODY), theme.ink);
                let job = egui::text::LayoutJob { wrap: egui::text::TextWrapping::truncate_at_width(width), ..job };
                let galley = ui.painter().layout_job(job);
                let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
                ui.painter().galley(at, galley, theme.ink);
            }
            if pick == current {
                draw_shape(ui.painter(), pos2(rect.right() - 9.0, rect.center().y), 10.0, Shape::Tick, theme.accent);
            }
            let here = place == self.at;
            response.widget_info(|| egui::WidgetInfo::selected(Role::ListBoxOption, true, here, &words));
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                clicked = Some(place);
            }
        }
        if let Some(place) = clicked {
            self.at = place;
            self.moved = true;
        }
        clicked.is_some()
    }
}
