//! The rail, the bar with the plan's name, the bar with the filters, and messages.

use super::context::Wish;
use super::theme::{self, Tone, size, space, tokens};
use super::widgets::buttons::command_tooltip;
use super::widgets::menus::other_date;
use super::widgets::{icon_button, pill::Badge, primary_button};
use super::{App, Tab};
use crate::app::command::Circumstances;
use crate::app::job::JobKind;
use crate::app::{Command, Level, OpenPlan, Session, Way, away};
use crate::model::PlanStatus;
use chrono::{DateTime, Local, Utc};
use egui::{Align, Button, Layout, RichText, Sense, Ui, pos2, vec2};
use egui_material_icons::MaterialIcon;
use egui_material_icons::icons::{
    ICON_CHECKLIST, ICON_CLOSE, ICON_COMPARE_ARROWS, ICON_FLAG, ICON_FORUM, ICON_HELP, ICON_MENU, ICON_REDO, ICON_RULE,
    ICON_SETTINGS, ICON_TABLE_ROWS, ICON_UNDO, ICON_VIEW_KANBAN,
};
use std::cell::RefCell;

/// The rail with a place for every tab that works.
///
/// `gaps` says whether the gaps are open beside what is shown.
pub fn rail(ui: &mut Ui, tab: Tab, session: &Session, gaps: bool, wishes: &RefCell<Vec<Wish>>) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let run = |command| wishes.borrow_mut().push(Wish::Run(command));
    for (command, icon, of) in [
        (Command::Recommendations, ICON_TABLE_ROWS, Tab::Recommendations),
        (Command::Timeline, ICON_VIEW_KANBAN, Tab::Timeline),
        (Command::Complaints, ICON_FORUM, Tab::Complaints),
        (Command::ActionPlan, ICON_CHECKLIST, Tab::ActionPlan),
        (Command::Compare, ICON_COMPARE_ARROWS, Tab::Compare),
    ] {
        if rail_entry(ui, icon, command.offer().name, tab == of, None, egui::accesskit::Role::Tab, command) {
            run(command);
        }
    }
    ui.with_layout(Layout::bottom_up(Align::Center), |ui| {
        let button = egui::accesskit::Role::Button;
        if rail_entry(ui, ICON_HELP, "Help", false, None, button, Command::Keys) {
            run(Command::Keys);
        }
        if rail_entry(ui, ICON_SETTINGS, "Settings", false, None, button, Command::Settings) {
            run(Command::Settings);
        }
        let open = session.open.as_ref().map_or(0, |open| open.plan.open_choices().len());
        let amber = (open, Tone::Amber);
        if open > 0 && rail_entry(ui, ICON_RULE, "Choices", false, Some(amber), button, Command::OpenChoices) {
            run(Command::OpenChoices);
        }
        let asked = session.open.as_ref().and_then(|open| open.gaps.as_ref()).map_or(0, |gaps| gaps.open);
        let red = (asked > 0).then_some((asked, Tone::Bad));
        if rail_entry(ui, ICON_FLAG, "Gaps", gaps, red, button, Command::Gaps) {
            run(Command::Gaps);
        }
    });
}

fn rail_entry(
    ui: &mut Ui,
    icon: MaterialIcon,
    name: &str,
    selected: bool,
    number: Option<(usize, Tone)>,
    role: egui::accesskit::Role,
    command: Command,
) -> bool {
    let theme = tokens(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 49.0), Sense::click());
    let ink = if selected { theme.accent } else { theme.ink_second };
    if selected || response.hovered() || response.has_focus() {
        let ground = if selected { theme.tint(Tone::Blue).ground } else { theme.ground };
        ui.painter().rect_filled(rect, 5.0, ground);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 5.0, egui::Stroke::new(1.5, theme.accent), egui::StrokeKind::Inside);
    }
    let font = egui::FontId::new(20.0, icon.font_family());
    ui.painter().text(pos2(rect.center().x, rect.top() + 17.0), egui::Align2::CENTER_CENTER, icon.codepoint, font, ink);
    let font = if selected { theme::strong(size::TINY) } else { theme::regular(size::TINY) };
    let under = pos2(rect.center().x, rect.bottom() - 12.0);
    match number {
        Some((number, tone)) => {
            // room for every digit
            let width = if number < 100 { 20.0 } else { 6.0 + 7.0 * number.to_string().len() as f32 };
            let aside = vec2(width * 0.45, 0.0);
            let drawn = ui.painter().text(under - aside, egui::Align2::CENTER_CENTER, name, font, ink);
            let tint = theme.tint(tone);
            let middle = pos2(drawn.right() + 4.0 + width / 2.0, under.y);
            let ball = egui::Rect::from_center_size(middle, vec2(width, 15.0));
            ui.painter().rect_filled(ball, 7.0, tint.ground);
            ui.painter().text(
                ball.center(),
                egui::Align2::CENTER_CENTER,
                number.to_string(),
                theme::strong(size::TINY),
                tint.ink,
            );
        }
        None => {
            ui.painter().text(under, egui::Align2::CENTER_CENTER, name, font, ink);
        }
    }
    let spoken = number.map_or_else(|| name.to_owned(), |(number, _)| format!("{name}: {number} open"));
    response.widget_info(|| match role {
        egui::accesskit::Role::Tab => egui::WidgetInfo::selected(role, true, selected, &spoken),
        _ => egui::WidgetInfo::labeled(role, true, &spoken),
    });
    response.on_hover_text(command_tooltip(command)).clicked()
}

/// The bar with the plan's name, date, search, undo, saved state and print.
pub fn top(ui: &mut Ui, app: &mut App, now: Circumstances) {
    let App { session, wishes, grid, timeline, focus_search, tab, .. } = app;
    let today = session.today();
    let silent = session.silent_for();
    let Some(open) = &session.open else { return };
    let info = open.plan.info();
    let narrow = is_narrow(ui);
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let others = if narrow { 480.0 } else { 640.0 };
        let room = (ui.available_width() - others).max(40.0);
        let name = format!("{} · {}", info.organisation, info.title);
        ui.scope(|ui| {
            ui.set_max_width(room);
            let text = RichText::new(&name).font(theme::strong(size::TITLE));
            let response = ui.add(egui::Label::new(text).truncate().sense(Sense::click()));
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, format!("Plan: {name}"))
            });
            if response.on_hover_text(command_tooltip(Command::PlanDetails)).clicked() {
                wishes.borrow_mut().push(Wish::Run(Command::PlanDetails));
            }
        });
        if ui.available_width() > 420.0 {
            status_pill(ui, &info.version, info.status);
        }
        as_at_menu(ui, open, today, wishes);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            more_menu(ui, open, now, wishes);
            if primary_button(ui, "Print…").on_hover_text(command_tooltip(Command::Print)).clicked() {
                wishes.borrow_mut().push(Wish::Run(Command::Print));
            }
            saved_state(ui, open, silent, wishes, narrow);
            reversals(ui, open, now, wishes);
            let query = match tab {
                Tab::Recommendations => Some(&mut grid.query),
                Tab::Timeline => Some(&mut timeline.filter.text),
                Tab::Compare => session.comparing.as_mut().map(|comparing| &mut comparing.filter.text),
                Tab::Complaints | Tab::ActionPlan => None,
            };
            if let Some(query) = query.filter(|_| !narrow) {
                let field = search(ui, query, focus_search);
                if *tab == Tab::Recommendations {
                    super::find::enter(ui, &field, wishes);
                }
            }
        });
    });
}

/// Whether the bar has no room for everything: a small screen, or a large zoom. The search is then
/// in the bar below.
#[must_use]
pub fn is_narrow(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < 1000.0
}

fn status_pill(ui: &mut Ui, version: &str, status: Option<PlanStatus>) {
    let word = if version.is_empty() { status.map_or("", PlanStatus::word) } else { version };
    if !word.is_empty() {
        super::widgets::pill(ui, &Badge { word: word.to_owned(), tone: Tone::Grey, shape: None });
    }
}

fn as_at_menu(ui: &mut Ui, open: &OpenPlan, today: chrono::NaiveDate, wishes: &RefCell<Vec<Wish>>) {
    let day = |date: chrono::NaiveDate| date.format("%-d %B %Y").to_string();
    let label = format!("As at {}", day(open.as_at));
    // a click into the field for another date must not close the menu
    let close = egui::PopupCloseBehavior::CloseOnClickOutside;
    let config = egui::containers::menu::MenuConfig::new().close_behavior(close);
    let button = egui::containers::menu::MenuButton::new(format!("{label} ▾")).config(config);
    let (response, _) = button.ui(ui, |ui| {
        ui.set_min_width(230.0);
        let send = |ui: &Ui, date| {
            wishes.borrow_mut().push(Wish::AsAt(date));
            ui.close();
        };
        if let Some(date) = open.plan.info().as_at
            && ui.button(format!("The paper's date, {}", day(date))).clicked()
        {
            send(ui, date);
        }
        if ui.button(format!("Today, {}", day(today))).clicked() {
            send(ui, today);
        }
        ui.separator();
        let words = |date: chrono::NaiveDate| format!("Use {}", date.format("%-d %B %Y"));
        if let Some(date) = other_date(ui, "Another date", "Another as-at date", words) {
            send(ui, date);
        }
    });
    let tip = "Everything is judged against this date: positions, and what is overdue. Changing it changes nothing in the plan.";
    response.accessible_name(label).on_hover_text(tip);
}

/// The search box.
pub fn search(ui: &mut Ui, query: &mut String, focus: &mut bool) -> egui::Response {
    let width = (ui.available_width() - 8.0).clamp(90.0, 250.0);
    let hint = if width < 190.0 { "Search" } else { "Search the plan   Ctrl+F" };
    let hint = RichText::new(hint).color(tokens(ui).ink_faint);
    let edit =
        egui::TextEdit::singleline(query).hint_text(hint).desired_width(width).margin(egui::Margin::symmetric(8, 5));
    let response = ui.add(edit).accessible_name("Search the plan");
    if std::mem::take(focus) {
        response.request_focus();
    }
    if response.has_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        query.clear();
        response.surrender_focus();
    }
    response
}

/// "Undo: Change owner of an action"; none for a command that reverses nothing, or has nothing to.
fn reversal_name(command: Command, open: &OpenPlan) -> Option<String> {
    let label = match command {
        Command::Undo => open.reversible.undo.as_ref(),
        Command::Redo => open.reversible.redo.as_ref(),
        _ => None,
    }?;
    Some(format!("{}: {label}", command.offer().name))
}

fn reversals(ui: &mut Ui, open: &OpenPlan, now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    for (command, icon) in [(Command::Redo, ICON_REDO), (Command::Undo, ICON_UNDO)] {
        let name = reversal_name(command, open).unwrap_or_else(|| command.offer().name.to_owned());
        if icon_button(ui, icon, &name, command.enabled(now)).clicked() {
            wishes.borrow_mut().push(Wish::Run(command));
        }
    }
}

/// A time as the user's clock shows it.
#[must_use]
pub fn clock_time(at: DateTime<Utc>) -> String {
    at.with_timezone(&Local).format("%H:%M").to_string()
}

fn saved_state(ui: &mut Ui, open: &OpenPlan, silent: Option<i64>, wishes: &RefCell<Vec<Wish>>, narrow: bool) {
    let theme = tokens(ui);
    let small = |text: String| RichText::new(text).size(size::SMALL).color(theme.ink_second);
    if let Some(away) = &open.away {
        let unsaved = if open.all_saved() { String::new() } else { format!(" · {} not saved", open.unsaved()) };
        let text = RichText::new(format!("{}{unsaved}", away::short(away))).color(theme.tint(Tone::Bad).ink);
        if ui.add(Button::new(text)).on_hover_text(away::what(away)).clicked() {
            wishes.borrow_mut().push(Wish::Way(Way::Away));
        }
    } else if let Some(seconds) = silent {
        let text = RichText::new(format!("No answer · {} not saved", open.unsaved())).color(theme.tint(Tone::Bad).ink);
        if ui.add(Button::new(text)).on_hover_text(away::silent(seconds)).clicked() {
            wishes.borrow_mut().push(Wish::Way(Way::Away));
        }
    } else if open.undecided() > 0 {
        let text =
            RichText::new(format!("{} to decide · not saved", open.undecided())).color(theme.tint(Tone::Bad).ink);
        let tip = "Changed here and elsewhere: say which shall stand";
        if ui.add(Button::new(text)).on_hover_text(tip).clicked() {
            wishes.borrow_mut().push(Wish::Way(Way::Decide));
        }
    } else if !open.editable() {
        super::widgets::pill(ui, &Badge { word: "Read-only".into(), tone: Tone::Amber, shape: None });
    } else if let Some(problem) = open.not_saved() {
        let text = RichText::new("Not saved. Try again").color(theme.tint(Tone::Bad).ink);
        if ui.add(Button::new(text)).on_hover_text(problem).clicked() {
            wishes.borrow_mut().push(Wish::Retry);
        }
    } else if open.busy() {
        ui.label(small("Saving…".into()));
    } else {
        let words = open.saved.map_or_else(String::new, |at| format!(" {}", clock_time(at)));
        let words = format!("✓ All changes saved{words}");
        if narrow {
            ui.label(small("✓".into())).on_hover_text(words);
        } else {
            ui.label(small(words));
        }
    }
}

fn more_menu(ui: &mut Ui, open: &OpenPlan, now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    let icon = RichText::new(ICON_MENU.codepoint).font(egui::FontId::new(18.0, ICON_MENU.font_family()));
    let menu = ui.menu_button(icon, |ui| {
        ui.set_min_width(240.0);
        let groups: [&[Command]; 6] = [
            &[Command::Undo, Command::Redo],
            &[Command::NewPlan, Command::OpenPlan, Command::SaveCopy, Command::ClosePlan],
            &[Command::ImportDocument, Command::Print],
            &[Command::AddRecommendation, Command::PlanDetails, Command::OpenChoices],
            &[Command::History],
            &[Command::Settings, Command::Keys, Command::Quit],
        ];
        for (i, group) in groups.iter().enumerate() {
            if i > 0 {
                ui.separator();
            }
            for command in *group {
                let name = reversal_name(*command, open).unwrap_or_else(|| command.offer().name.to_owned());
                menu_entry(ui, *command, name, now, wishes);
            }
            if group.contains(&Command::Undo) {
                ui.menu_button("Rows, pasting and the bin", |ui| rows_menu(ui, now, wishes));
            }
            if group.contains(&Command::ImportDocument) {
                ui.menu_button("Copies and neighbours", |ui| copies_menu(ui, now, wishes));
            }
            if group.contains(&Command::History) {
                ui.menu_button("Backups and the file", |ui| {
                    entries(ui, &[Command::Backups, Command::CheckFile], now, wishes);
                });
            }
            if group.contains(&Command::OpenChoices) {
                ui.menu_button("Find, replace, order", |ui| order_menu(ui, now, wishes));
                // a menu of its own: all entries one below the other would leave a small screen
                ui.menu_button("Signals and providers", |ui| signals_menu(ui, now, wishes));
            }
        }
    });
    menu.response.accessible_name("Menu").on_hover_text("Menu");
}

/// What is done with the selected rows, and where they come from and go.
fn rows_menu(ui: &mut Ui, now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    entries(ui, &[Command::Duplicate, Command::DeleteRows, Command::PasteTable, Command::Bin], now, wishes);
}

/// What leaves, what comes back, and other organisations' plans.
fn copies_menu(ui: &mut Ui, now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    entries(ui, &[Command::Share, Command::CompareWith, Command::MergeCopy], now, wishes);
}

/// What finds things, and what puts them in order.
fn order_menu(ui: &mut Ui, now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    let groups: [&[Command]; 2] = [
        &[Command::Find, Command::FindNext, Command::FindPrevious, Command::Replace, Command::GoTo],
        &[Command::Themes, Command::MoveUp, Command::MoveDown],
    ];
    for (i, group) in groups.iter().enumerate() {
        if i > 0 {
            ui.separator();
        }
        entries(ui, group, now, wishes);
    }
}

fn signals_menu(ui: &mut Ui, now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    let of_signals =
        [Command::ImportSignals, Command::AddSignal, Command::Receipts, Command::Providers, Command::SignalThemes];
    entries(ui, &of_signals, now, wishes);
}

/// Entries one below the other.
fn entries(ui: &mut Ui, commands: &[Command], now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    ui.set_min_width(240.0);
    for command in commands {
        menu_entry(ui, *command, command.offer().name.to_owned(), now, wishes);
    }
}

fn menu_entry(ui: &mut Ui, command: Command, name: String, now: Circumstances, wishes: &RefCell<Vec<Wish>>) {
    let offer = command.offer();
    let mut button = Button::new(name);
    if let Some(shortcut) = offer.shortcut {
        button = button.shortcut_text(shortcut.to_string());
    }
    if ui.add_enabled(command.enabled(now), button).on_hover_text(offer.tooltip).clicked() {
        wishes.borrow_mut().push(Wish::Run(command));
        ui.close();
    }
}

/// Messages, and what is being worked on, at the lower edge.
pub fn notices(ui: &mut Ui, session: &mut Session, wishes: &RefCell<Vec<Wish>>) {
    let theme = tokens(ui);
    let running: Vec<_> = session.jobs.states().into_iter().filter(is_told).collect();
    let opening = session.opening().map(|path| path.display().to_string());
    if session.notices.is_empty() && running.is_empty() && opening.is_none() {
        return;
    }
    let mut put_away = None;
    let mut cancel = None;
    let area = egui::Area::new(egui::Id::unique("notices")).order(egui::Order::Foreground);
    // above the bar for the rows that are selected
    let foot = ui.data(|data| data.get_temp::<f32>(super::recommendations::bulk_bar::height_id())).unwrap_or(0.0);
    area.anchor(egui::Align2::LEFT_BOTTOM, vec2(space::RAIL + space::WIDE, -space::WIDE - foot)).show(ui.ctx(), |ui| {
        ui.set_max_width(560.0);
        for job in running {
            card(ui, theme.accent, |ui| {
                ui.horizontal(|ui| {
                    ui.label(job.kind.words());
                    ui.add(egui::ProgressBar::new(job.done).desired_width(160.0).show_percentage());
                    if ui.button("Cancel").clicked() {
                        cancel = Some(job.kind);
                    }
                });
            });
        }
        if let Some(path) = &opening {
            card(ui, theme.accent, |ui| {
                ui.label("Opening the plan…");
                ui.label(RichText::new(path).size(size::SMALL).color(theme.ink_second));
            });
        }
        let from = session.notices.len().saturating_sub(4);
        for (i, notice) in session.notices.iter().enumerate().skip(from) {
            let edge = match notice.level {
                Level::Done => theme.tint(Tone::Good).ink,
                Level::Note => theme.accent,
                Level::Problem => theme.tint(Tone::Bad).ink,
            };
            card(ui, edge, |ui| {
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width(480.0);
                        ui.add(egui::Label::new(RichText::new(&notice.text).font(theme::strong(size::BODY))).wrap());
                        if !notice.hint.is_empty() {
                            ui.add(egui::Label::new(&notice.hint).wrap());
                        }
                        if let Some(path) = &notice.path {
                            ui.add(
                                egui::Label::new(
                                    RichText::new(path.display().to_string()).size(size::SMALL).color(theme.ink_second),
                                )
                                .wrap(),
                            );
                        }
                        if let Some(way) = notice.way
                            && ui.button(way.words()).clicked()
                        {
                            wishes.borrow_mut().push(Wish::Way(way));
                        }
                    });
                    if icon_button(ui, ICON_CLOSE, &format!("Dismiss: {}", notice.text), true).clicked() {
                        put_away = Some(i);
                    }
                });
            });
        }
    });
    if let Some(i) = put_away {
        session.notices.remove(i);
    }
    if let Some(kind) = cancel {
        session.jobs.cancel(kind);
    }
}

/// Whether a job is shown here: after half a second, unless the dialog that waits for it shows it.
fn is_told(job: &crate::app::job::JobState) -> bool {
    !matches!(job.kind, JobKind::Signals | JobKind::Gaps) && job.running >= std::time::Duration::from_millis(500)
}

fn card(ui: &mut Ui, edge: egui::Color32, add: impl FnOnce(&mut Ui)) {
    let theme = tokens(ui);
    let frame = egui::Frame::new()
        .fill(theme.paper)
        .stroke(egui::Stroke::new(1.0, theme.line))
        .corner_radius(5)
        .shadow(egui::Shadow { offset: [0, 2], blur: 10, spread: 0, color: egui::Color32::from_black_alpha(30) })
        .inner_margin(egui::Margin { left: 16, right: 8, top: 8, bottom: 8 });
    let response = frame.show(ui, add).response;
    let bar = egui::Rect::from_min_size(response.rect.min, vec2(4.0, response.rect.height()));
    ui.painter().rect_filled(bar, 2.0, edge);
}
