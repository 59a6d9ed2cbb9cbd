//! How complaints were answered, provider by provider; and the subjects that lead to no theme.

use super::ComplaintsTab;
use crate::app::Command;
use crate::model::intelligence::{Answered, Timeliness, Unmapped};
use crate::model::intent;
use crate::model::text::count;
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::{Shape, command_button, draw_shape, link_button};
use egui::{Align, Frame, Label, Layout, Margin, RichText, ScrollArea, Sense, Stroke, Ui, vec2};
use egui_extras::{Column, TableBuilder};

/// How many subjects are listed before the rest is only counted.
const SUBJECTS: usize = 40;
/// Height of a line in points.
const LINE: f32 = 36.0;

/// Draws the view.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &ComplaintsTab) {
    let Some(worked) = &tab.worked else { return };
    let period = super::period_words(worked.view.from, worked.view.to);
    card(ui, |ui| answers(ui, &worked.timeliness, &period));
    ui.add_space(space::NORMAL);
    card(ui, |ui| subjects(ui, ctx, &worked.unmapped));
    ui.add_space(space::WIDE);
}

fn card(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let theme = tokens(ui);
    let frame = Frame::new()
        .fill(theme.paper)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(5)
        .inner_margin(Margin::symmetric(14, 10));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        add(ui);
    });
}

/// A column of the table: its heading, what it means, and its number.
type Told = (&'static str, &'static str, fn(&Answered) -> String);

const COLUMNS: [Told; 12] = [
    ("Received", "Complaints received in the period", |one| one.received.to_string()),
    ("Closed", "Of those, closed by the as-at date", |one| one.closed.to_string()),
    ("In time", "Of the closed that can be judged: answered by their due date, or within the agreed limit", in_time),
    ("Median days", "Working days in England from received to closed, the one in the middle", |one| {
        one.median_days().map_or_else(|| "–".into(), |days| crate::model::intelligence::Unit::Count.words(days))
    }),
    ("Longest", "Working days from received to closed, the longest", |one| {
        one.longest_days().map_or_else(|| "–".into(), |days| days.to_string())
    }),
    ("Open", "Still open at the as-at date", |one| one.open.to_string()),
    ("Open and late", "Of the open, past their due date or the agreed limit", |one| one.open_late.to_string()),
    ("Upheld", "Upheld, and in part", |one| match one.partly_upheld {
        0 => one.upheld.to_string(),
        part => format!("{} + {part} in part", one.upheld),
    }),
    ("Not upheld", "Closed and not upheld", |one| one.not_upheld.to_string()),
    ("Learning", "Saying what was learnt", |one| one.with_learning.to_string()),
    ("Made better", "Saying what was made better", |one| one.with_improvement.to_string()),
    ("Handling", "Whose handling gives concern, as recommendation 133 asks", |one| one.handling_concerns.to_string()),
];

fn in_time(one: &Answered) -> String {
    match one.percent_in_time() {
        Some(share) => format!("{share:.0}% ({} of {})", one.in_time, one.judged),
        None => "–".to_owned(),
    }
}

fn answers(ui: &mut Ui, told: &Timeliness, period: &str) {
    let theme = tokens(ui);
    let title = format!("How complaints received in {period} were answered");
    ui.label(RichText::new(title).font(theme::strong(size::BODY)));
    let date = told.as_at.format("%-d %B %Y");
    let text = format!(
        "As at {date}. In time: by the due date, or where none is named within {} working days.",
        told.answer_within
    );
    ui.add(Label::new(RichText::new(text).size(size::SMALL).color(theme.ink_second)).wrap());
    ui.add_space(space::TIGHT);
    if told.providers.is_empty() {
        ui.label(
            RichText::new("No complaint was received in this period, as far as anybody sent any")
                .color(theme.ink_second),
        );
        return;
    }
    let mut lines: Vec<(&str, &Answered)> =
        told.providers.iter().map(|one| (one.provider.name.as_str(), &one.answered)).collect();
    if lines.len() > 1 {
        lines.push(("All of them", &told.all));
    }
    let others: f32 = COLUMNS.iter().map(|(name, ..)| width_of(name) + 4.0).sum();
    let first = (ui.available_width() - others - 6.0).clamp(120.0, 240.0);
    ScrollArea::horizontal().id_salt("answers").show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut table = TableBuilder::new(ui)
            .id_salt("answers")
            .striped(false)
            .vscroll(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(first).clip(true));
        for (name, ..) in COLUMNS {
            table = table.column(Column::exact(width_of(name)).clip(true));
        }
        let table = table.header(36.0, |mut header| {
            header.col(|ui| head(ui, "Provider", "Who was complained of"));
            for (name, tip, _) in COLUMNS {
                header.col(|ui| head(ui, name, tip));
            }
        });
        table.body(|body| {
            body.rows(LINE, lines.len(), |mut row| {
                let (name, answered) = lines[row.index()];
                let is_all = lines.len() > 1 && row.index() + 1 == lines.len();
                row.col(|ui| {
                    rule_below(ui);
                    ui.add(Label::new(RichText::new(name).font(theme::strong(size::SMALL))).wrap()).on_hover_text(name);
                });
                for (column, tip, number) in COLUMNS {
                    row.col(|ui| {
                        rule_below(ui);
                        number_cell(ui, name, column, tip, &number(answered), is_all);
                    });
                }
            });
        });
    });
    let said = &told.all;
    let notes = [
        (said.open_without_date, "open, with neither a due date nor a day received to judge by"),
        (said.outcome_not_said, "closed without saying how"),
    ];
    let notes: Vec<String> =
        notes.into_iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
    if !notes.is_empty() {
        ui.add_space(space::TIGHT);
        ui.label(RichText::new(notes.join(" · ")).size(size::SMALL).color(theme.ink_second));
    }
}

/// The width of a column in points.
fn width_of(name: &str) -> f32 {
    match name {
        "In time" => 104.0,
        "Upheld" => 90.0,
        _ => 50.0,
    }
}

fn head(ui: &mut Ui, words: &str, tip: &str) {
    let theme = tokens(ui);
    rule_below(ui);
    let text = RichText::new(words).font(theme::strong(size::TINY)).color(theme.ink_second);
    ui.add(Label::new(text).wrap()).on_hover_text(tip);
}

fn rule_below(ui: &Ui) {
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens(ui).line_faint));
}

fn number_cell(ui: &mut Ui, provider: &str, column: &str, tip: &str, words: &str, is_all: bool) {
    let theme = tokens(ui);
    let late = column == "Open and late" && words != "0";
    let concern = column == "Handling" && words != "0";
    let ink = if late || concern { theme.tint(Tone::Bad).ink } else { theme.ink };
    if late {
        let (rect, _) = ui.allocate_exact_size(vec2(11.0, 12.0), Sense::hover());
        draw_shape(ui.painter(), rect.center(), 9.0, Shape::Triangle, ink);
    }
    let font = if is_all { theme::strong(size::SMALL) } else { theme::regular(size::SMALL) };
    let response = ui.add(Label::new(RichText::new(words).font(font).color(ink)).truncate());
    let name = format!("{provider}, {}: {words}", column.to_lowercase());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Cell, true, &name));
    response.on_hover_text(tip);
}

/// Subjects that lead to no theme, each with what it may belong to.
fn subjects(ui: &mut Ui, ctx: &Ctx<'_>, all: &[Unmapped]) {
    let theme = tokens(ui);
    let open: Vec<&Unmapped> = all.iter().filter(|one| !one.settled).collect();
    ui.horizontal(|ui| {
        ui.label(RichText::new("Subjects that lead to no theme").font(theme::strong(size::BODY)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| command_button(ui, ctx, Command::SignalThemes));
    });
    let settled = all.len() - open.len();
    let aside = match settled {
        0 => String::new(),
        _ => format!(" {} set apart by hand.", count(settled, "subject")),
    };
    if open.is_empty() {
        let text = format!("Every subject leads to a theme, or was set apart.{aside}");
        ui.label(RichText::new(text).color(theme.ink_second));
        return;
    }
    let text = format!("Their signals are counted under \"Not mapped\".{aside}");
    ui.label(RichText::new(text).size(size::SMALL).color(theme.ink_second));
    ui.add_space(space::TIGHT);
    for one in open.iter().take(SUBJECTS) {
        subject(ui, ctx, one);
    }
    if open.len() > SUBJECTS {
        let text = format!("and {}", count(open.len() - SUBJECTS, "more subject"));
        ui.label(RichText::new(text).color(theme.ink_second));
    }
}

fn subject(ui: &mut Ui, ctx: &Ctx<'_>, one: &Unmapped) {
    let theme = tokens(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(&one.subject);
        let mut parts = Vec::new();
        if one.signals > 0 {
            parts.push(count(usize::try_from(one.signals).unwrap_or(usize::MAX), "signal"));
        }
        if one.measures > 0 {
            parts.push(count(usize::try_from(one.measures).unwrap_or(usize::MAX), "measure"));
        }
        ui.label(RichText::new(parts.join(", ")).size(size::SMALL).color(theme.ink_second));
        if !ctx.editable {
            return;
        }
        for offered in one.near.iter().take(2) {
            let button = ui.button(format!("{}?", offered.title)).on_hover_text(format!("Like \"{}\"", offered.like));
            let name = format!("Map {} to {}", one.subject, offered.title);
            if button.accessible_name(name).clicked() {
                ctx.edit(intent::intelligence::map_subject(ctx.plan, &one.subject, Some(offered.theme)));
            }
        }
        let apart = link_button(ui, "Belongs to none").on_hover_text("It is not asked about again");
        if apart.accessible_name(format!("{} belongs to no theme", one.subject)).clicked() {
            ctx.edit(intent::intelligence::map_subject(ctx.plan, &one.subject, None));
        }
    });
}
