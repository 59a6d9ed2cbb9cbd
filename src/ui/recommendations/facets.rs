//! The filters of the bar: what can be chosen, with how many recommendations each choice would show.

use super::Grid;
use crate::model::view::{Choice, Facets, Group, Switch};
use crate::model::{Acceptance, Plan, PositionState};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tone, size, tokens};
use crate::ui::widgets::menus::{other_date, short, tick_list};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{chip, drop_down, link_button};
use chrono::{Days, NaiveDate};
use egui::containers::menu::is_in_menu;
use egui::{Rect, Response, RichText, Sense, Stroke, Ui, WidgetInfo, accesskit::Role, pos2, vec2};
use std::collections::BTreeSet;

/// A part of the bar, in the order in which it stands there. What does not fit goes under "More".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Theme,
    Response,
    State,
    Switch(Switch),
    Changed,
    Owner,
    Answer,
    Report,
}

/// All of them.
pub(super) const PARTS: [Part; 11] = [
    Part::Theme,
    Part::Response,
    Part::State,
    Part::Switch(Switch::NoAction),
    Part::Switch(Switch::Overdue),
    Part::Changed,
    Part::Owner,
    Part::Answer,
    Part::Switch(Switch::NoPosition),
    Part::Switch(Switch::NoEvidence),
    Part::Report,
];

impl Part {
    /// Whether there is anything to choose: a plan that answers one report has one kind of report only.
    pub(super) fn is_offered(self, ctx: &Ctx<'_>, grid: &Grid) -> bool {
        match self {
            Self::Report => ctx.plan.reports.len() > 1 || self.is_on(grid),
            Self::Theme => !ctx.plan.themes.is_empty() || self.is_on(grid),
            _ => true,
        }
    }

    /// Whether something is chosen.
    pub(super) fn is_on(self, grid: &Grid) -> bool {
        let filter = &grid.filter;
        match self {
            Self::Theme => !filter.themes.is_empty(),
            Self::Response => !filter.responses.is_empty(),
            Self::State => !filter.states.is_empty(),
            Self::Owner => !filter.owners.is_empty(),
            Self::Answer => !filter.answers.is_empty(),
            Self::Report => !filter.reports.is_empty(),
            Self::Switch(switch) => filter.switches.contains(&switch),
            Self::Changed => filter.changed_since.is_some(),
        }
    }

    /// What it is called, and what it is called while nothing is chosen.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Theme => ("Theme", "All themes"),
            Self::Response => ("Response", "Any response"),
            Self::State => ("State", "Any state"),
            Self::Owner => ("Owner", "Any owner"),
            Self::Answer => ("Our answer", "Any answer"),
            Self::Report => ("Report", "All reports"),
            Self::Switch(switch) => (switch.name(), switch.name()),
            Self::Changed => ("Changed since", "Changed since…"),
        }
    }

    /// Its words on the bar: what is chosen, as far as there is room for it.
    pub(super) fn label(self, ctx: &Ctx<'_>, grid: &Grid, facets: &Facets) -> String {
        let filter = &grid.filter;
        let (name, nothing) = self.names();
        let lower = |word: &str| word.to_lowercase();
        let chosen: Vec<String> = match self {
            Self::Theme => filter.themes.iter().map(|theme| theme_word(ctx.plan, theme)).collect(),
            Self::Response => filter.responses.iter().map(|word| lower(&response_word(word))).collect(),
            Self::State => filter.states.iter().map(|state| lower(&state_word(state))).collect(),
            Self::Owner => filter.owners.iter().map(|name| owner_word(name)).collect(),
            Self::Answer => filter.answers.iter().map(|answer| lower(&answer_word(answer))).collect(),
            Self::Report => filter.reports.iter().map(|key| report_word(ctx.plan, key)).collect(),
            Self::Switch(switch) => {
                return format!("{name} · {}", facets.switches.get(&switch).copied().unwrap_or_default());
            }
            Self::Changed => {
                let Some(day) = filter.changed_since else { return nothing.to_owned() };
                let waiting = if grid.waits_for_history() { ": reading…" } else { "" };
                return format!("{name} {}{waiting}", day.format("%-d %B %Y"));
            }
        };
        match chosen.as_slice() {
            [] => nothing.to_owned(),
            [one] => format!("{name}: {}", short(one, 24)),
            several => {
                let words = several.join(", ");
                if words.chars().count() <= 26 {
                    format!("{name}: {words}")
                } else {
                    format!("{name}: {}", several.len())
                }
            }
        }
    }

    /// Takes back what was chosen.
    fn clear(self, grid: &mut Grid) {
        let filter = &mut grid.filter;
        match self {
            Self::Theme => filter.themes.clear(),
            Self::Response => filter.responses.clear(),
            Self::State => filter.states.clear(),
            Self::Owner => filter.owners.clear(),
            Self::Answer => filter.answers.clear(),
            Self::Report => filter.reports.clear(),
            Self::Switch(switch) => drop(filter.switches.remove(&switch)),
            Self::Changed => filter.changed_since = None,
        }
    }

    /// Draws it.
    pub(super) fn show(self, ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, facets: &Facets) {
        let label = self.label(ctx, grid, facets);
        let on = self.is_on(grid);
        if let Self::Switch(switch) = self {
            switch_chip(ui, grid, switch, &label, on);
            return;
        }
        let (name, _) = self.names();
        let id = format!("recommendations {name}");
        if !on || is_in_menu(ui) {
            drop_down(ui, &id, &label, on, |ui| self.choose(ui, ctx, grid, facets));
            return;
        }
        let (response, cross) = held(ui, &label, Some(name));
        let close = egui::PopupCloseBehavior::CloseOnClickOutside;
        let popup = egui::Popup::menu(&response).id(egui::Id::unique(("filter", &id))).close_behavior(close);
        popup.show(|ui| self.choose(ui, ctx, grid, facets));
        if cross.is_some_and(|cross| cross.clicked()) {
            self.clear(grid);
        }
    }

    fn choose(self, ui: &mut Ui, ctx: &Ctx<'_>, grid: &mut Grid, facets: &Facets) {
        let plan = ctx.plan;
        let filter = &mut grid.filter;
        match self {
            Self::Theme => choices(ui, &facets.themes, &mut filter.themes, |theme| theme_word(plan, theme)),
            Self::Response => choices(ui, &facets.responses, &mut filter.responses, |word| response_word(word)),
            Self::State => choices(ui, &facets.states, &mut filter.states, state_word),
            Self::Owner => choices(ui, &facets.owners, &mut filter.owners, |name| owner_word(name)),
            Self::Answer => choices(ui, &facets.answers, &mut filter.answers, answer_word),
            Self::Report => choices(ui, &facets.reports, &mut filter.reports, |key| report_word(plan, key)),
            Self::Changed => changed_since(ui, ctx, &mut filter.changed_since),
            Self::Switch(_) => {}
        }
    }
}

fn theme_word(plan: &Plan, theme: &Option<crate::model::Id>) -> String {
    theme.and_then(|id| plan.themes.get(&id)).map_or_else(|| "No theme".to_owned(), |row| row.title.clone())
}

fn response_word(word: &str) -> String {
    if word.is_empty() { "No response recorded".to_owned() } else { word.to_owned() }
}

fn state_word(state: &Option<PositionState>) -> String {
    state.map_or_else(|| "No state".to_owned(), |state| sentence_case(state.word()))
}

fn answer_word(answer: &Option<Acceptance>) -> String {
    answer.map_or_else(|| "No answer".to_owned(), |answer| sentence_case(answer.word()))
}

fn owner_word(name: &str) -> String {
    if name.is_empty() { "No owner".to_owned() } else { name.to_owned() }
}

fn report_word(plan: &Plan, key: &str) -> String {
    let report = plan.reports.values().find(|report| report.key == key);
    report.map_or_else(|| "No report".to_owned(), |report| report.short_title.clone())
}

fn switch_chip(ui: &mut Ui, grid: &mut Grid, switch: Switch, label: &str, on: bool) {
    let tip = match switch {
        Switch::NoAction => "Only recommendations that no action serves",
        Switch::NoPosition => "Only where nothing is said of where you stand as at the date",
        Switch::NoEvidence => "Only where nothing shows that what is said is so",
        Switch::Overdue => "Only where an action is late as at the date",
    };
    let mut ticked = on;
    let response = match on {
        _ if is_in_menu(ui) => ui.checkbox(&mut ticked, label),
        true => held(ui, label, None).0,
        false => chip(ui, label, false),
    };
    if response.on_hover_text(tip).clicked() && !grid.filter.switches.remove(&switch) {
        grid.filter.switches.insert(switch);
    }
}

/// A blue pill with a cross; for one that opens a menu the cross is a button of its own, named after what it clears.
fn held(ui: &mut Ui, label: &str, clears: Option<&str>) -> (Response, Option<Response>) {
    const CROSS: f32 = 24.0;
    let theme = tokens(ui);
    let galley = ui.painter().layout_no_wrap(label.to_owned(), theme::regular(size::SMALL), theme.accent);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 10.0 + CROSS, 24.0), Sense::click());
    let painter = ui.painter();
    painter.rect_filled(rect, 12.0, theme.tint(Tone::Blue).ground);
    let edge = if response.has_focus() { 2.5 } else { 1.0 };
    painter.rect_stroke(rect, 12.0, Stroke::new(edge, theme.accent), egui::StrokeKind::Inside);
    let top = rect.center().y - galley.size().y / 2.0;
    painter.galley(pos2(rect.left() + 10.0, top), galley, theme.accent);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, true, label));
    let place = Rect::from_min_max(pos2(rect.right() - CROSS, rect.top()), rect.max);
    let cross = clears.map(|name| {
        let cross = ui.interact(place, response.id.with("clear"), Sense::click());
        cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Clear filter: {name}")));
        cross.on_hover_text("Clear this filter")
    });
    let strong = cross.as_ref().is_some_and(|cross| cross.hovered() || cross.has_focus());
    let line = Stroke::new(if strong { 2.4 } else { 1.5 }, theme.accent);
    let at = pos2(place.left() + 10.0, place.center().y);
    for way in [vec2(3.2, 3.2), vec2(3.2, -3.2)] {
        ui.painter().line_segment([at - way, at + way], line);
    }
    (response, cross)
}

/// A list to tick.
fn choices<T: Clone + Ord>(ui: &mut Ui, all: &[Choice<T>], chosen: &mut BTreeSet<T>, word: impl Fn(&T) -> String) {
    ui.set_min_width(230.0);
    ui.set_max_width(420.0);
    tick_list(ui, all.iter().map(|choice| (&choice.value, choice.count)), chosen, word);
}

/// Since which day: a usual one, or any.
fn changed_since(ui: &mut Ui, ctx: &Ctx<'_>, since: &mut Option<NaiveDate>) {
    ui.set_min_width(230.0);
    let day = |date: NaiveDate| date.format("%-d %B %Y").to_string();
    let before = |days| ctx.today.checked_sub_days(Days::new(days));
    let offers = [
        (Some(ctx.today), "Today"),
        (before(7), "In the last 7 days"),
        (before(30), "In the last 30 days"),
        (ctx.plan.info().as_at, "Since the paper's date"),
    ];
    for (date, words) in offers {
        let Some(date) = date else { continue };
        if ui.radio(*since == Some(date), format!("{words} · {}", day(date))).clicked() {
            *since = Some(date);
        }
    }
    ui.separator();
    let entered =
        other_date(ui, "Since another day", "Changed since another day", |date| format!("Since {}", day(date)));
    *since = entered.or(*since);
    let told = "By this plan's history: positions, actions with their dues, evidence and the recommendation's own words. What was changed and changed back does not count.";
    note(ui, told);
    if since.is_some() && link_button(ui, "Any time").clicked() {
        *since = None;
    }
}

/// Small words in a menu, wrapped and not stretched as its buttons are.
pub(super) fn note(ui: &mut Ui, words: &str) {
    let words = RichText::new(words).size(size::SMALL).color(tokens(ui).ink_second);
    // a menu stretches what is in it, and would stretch the words, too
    ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| ui.add(egui::Label::new(words).wrap()));
}

/// What rows stand under, and folding.
pub(super) fn groups(ui: &mut Ui, grid: &mut Grid) {
    let name = grid.group.name().to_lowercase();
    let label = if grid.group == Group::None { "Not grouped".to_owned() } else { format!("By {name}") };
    drop_down(ui, "group", &label, grid.group != Group::Theme, |ui| {
        ui.label(RichText::new("Group by").color(tokens(ui).ink_second));
        for group in Group::ALL {
            ui.radio_value(&mut grid.group, *group, group.name());
        }
        ui.separator();
        for (fold, words) in [(true, "Fold all headings"), (false, "Open all headings")] {
            if ui.button(words).clicked() {
                grid.fold_all(fold);
                ui.close();
            }
        }
    });
}
