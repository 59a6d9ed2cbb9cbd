//! Print: the report as it will look, then saved or opened.

mod signals;

use super::Outcome;
use crate::app::job::JobKind;
use crate::model::compare::Filter;
use crate::model::intelligence::View as SignalView;
use crate::model::view::{List, Look, View};
use crate::report::{Manner, ReportName};
use crate::ui::App;
use crate::ui::files::Purpose;
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::widgets::{field, primary_button};
use egui::{RichText, ScrollArea, Ui};

/// What is printed and how.
pub struct Print {
    /// Which report.
    pub report: ReportName,
    /// 10 point instead of 12.
    pub compact: bool,
    /// In a calendar a reminder so many days before, or none.
    pub alarm_days: Option<u32>,
    /// Shows small numbers as they are, and marks every page.
    pub internal: bool,
    /// The provider and period of a report on signals; `None` for the usual ones.
    pub view: Option<SignalView>,
    /// The rows of a comparison that are printed.
    pub rows: Filter,
    /// What the list of recommendations shows, and how much that is.
    shown: Option<(Look, String)>,
    /// Prints only that.
    only_shown: bool,
    asked: Option<(ReportName, Manner)>,
    /// The page that is looked at, from 0.
    page: usize,
    /// The page that was asked to be drawn.
    drawing: Option<usize>,
    picture: Option<(usize, egui::TextureHandle)>,
}

impl Print {
    /// Begins with a report.
    #[must_use]
    pub fn of(report: ReportName) -> Self {
        Self {
            report,
            compact: false,
            alarm_days: None,
            internal: false,
            view: None,
            rows: Filter::default(),
            shown: None,
            only_shown: false,
            asked: None,
            page: 0,
            drawing: None,
            picture: None,
        }
    }

    /// The same for a provider and a period, as they are looked at.
    #[must_use]
    pub fn about(self, view: SignalView) -> Self {
        Self { view: Some(view), ..self }
    }

    /// How the report is wanted.
    #[must_use]
    pub fn manner(&self) -> Manner {
        let of_signals = self.report.is_of_signals();
        Manner {
            compact: self.compact,
            alarm_days: self.alarm_days,
            internal: self.internal && of_signals,
            view: self.view.clone().filter(|_| of_signals),
            rows: self.rows.clone(),
            look: self.look().cloned(),
        }
    }

    /// Offers to print what the list of recommendations shows. Nothing is offered where that is all of it.
    pub fn list(&mut self, look: &Look, list: &List, only: bool) {
        if !look.view.is_like(&View::default()) {
            self.shown = Some((look.clone(), look.view.how_many(list)));
            self.only_shown = only;
        }
    }

    fn look(&self) -> Option<&Look> {
        let wanted = self.only_shown && self.report == ReportName::Appendix;
        self.shown.as_ref().filter(|_| wanted).map(|(look, _)| look)
    }
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, print: &mut Print, app: &mut App) -> Outcome {
    // a reminder changes the calendar, not the pages
    let wanted = (print.report, Manner { alarm_days: None, ..print.manner() });
    if print.asked.as_ref() != Some(&wanted) {
        print.asked = Some(wanted.clone());
        (print.page, print.drawing, print.picture) = (0, None, None);
        app.session.print(wanted.0, wanted.1);
    }
    let height = ui.ctx().content_rect().height() - 190.0;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(210.0);
            ScrollArea::vertical().id_salt("ways to print").max_height(height + 40.0).show(ui, |ui| {
                options(ui, print, app);
                ways_out(ui, print, app);
            });
        });
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            pages(ui, print, app, height);
        });
    });
    Outcome::Open
}

fn options(ui: &mut Ui, print: &mut Print, app: &mut App) {
    field::label(ui, "Report");
    let compared = app.session.comparing.as_ref().is_some_and(|comparing| comparing.comparison.is_some());
    for name in ReportName::PAPERS.into_iter().chain(compared.then_some(ReportName::Compare)) {
        ui.radio_value(&mut print.report, name, name.title());
    }
    if print.report == ReportName::Compare {
        of_two(ui, print, app);
    }
    if print.report.is_of_signals() {
        signals::options(ui, print, app);
    }
    if print.report == ReportName::Appendix {
        as_listed(ui, print);
    }
    ui.add_space(space::NORMAL);
    field::label(ui, "Size of print");
    ui.radio_value(&mut print.compact, false, "12 point, as accessible papers need");
    ui.radio_value(&mut print.compact, true, "10 point, fewer pages");
    ui.add_space(space::WIDE);
}

/// Whether all recommendations are printed, or what the list shows.
fn as_listed(ui: &mut Ui, print: &mut Print) {
    let Some((look, many)) = &print.shown else { return };
    ui.add_space(space::NORMAL);
    field::label(ui, "Recommendations");
    let tip = "Its rows in its order, under its headings and in its columns; the paper says which they are";
    ui.radio_value(&mut print.only_shown, true, "Only what the list shows").on_hover_text(tip);
    let name = if look.name.is_empty() { String::new() } else { format!("{}: ", look.name) };
    ui.indent("how many", |ui| {
        ui.label(RichText::new(format!("{name}{many}")).size(size::SMALL).color(tokens(ui).ink_second));
    });
    ui.radio_value(&mut print.only_shown, false, "All of them, as the plan has them");
}

/// Whether all rows of a comparison are printed, or those that the tab shows.
fn of_two(ui: &mut Ui, print: &mut Print, app: &App) {
    let shown = app.session.comparing.as_ref().map(|comparing| comparing.filter.clone()).unwrap_or_default();
    if shown.is_all() {
        return;
    }
    ui.add_space(space::NORMAL);
    field::label(ui, "Rows");
    if ui.radio(!print.rows.is_all(), "Those on screen; what is left out is said").clicked() {
        print.rows = shown;
    }
    if ui.radio(print.rows.is_all(), "All rows").clicked() {
        print.rows = Filter::default();
    }
}

fn ways_out(ui: &mut Ui, print: &mut Print, app: &mut App) {
    let ready = app.session.printed.is_some();
    ui.add_enabled_ui(ready, |ui| {
        if primary_button(ui, "Save as PDF…").clicked() {
            app.ask_with_name(Purpose::SavePdf, ".pdf");
        }
        if ui.button("Open in the PDF viewer").on_hover_text("From there you can print it on paper").clicked() {
            app.session.open_printed();
        }
    });
    if ui.button("Save as Word document…").clicked() {
        app.ask_with_name(Purpose::SaveWord, ".docx");
    }
    if ui.button("Save as web page…").on_hover_text("One file that every browser shows and prints").clicked() {
        app.ask_with_name(Purpose::SaveWebPage, ".html");
    }
    let row = match print.report {
        ReportName::Compare => "a row for each recommendation and action, both plans in it",
        ReportName::Gaps => "a row for each gap",
        report if report.is_of_signals() => "the matrix, a row for each cell",
        _ if print.look().is_some() => "a row for each recommendation of the list",
        _ => "a row for each action",
    };
    if ui.button("Save as CSV…").on_hover_text(format!("The report's table, {row}")).clicked() {
        app.ask_with_name(Purpose::SaveCsv, ".csv");
    }
    if print.report == ReportName::Compare {
        let table = "The same table, to sort and filter, and a sheet that says what was compared";
        if ui.button("Save as Excel workbook…").on_hover_text(table).clicked() {
            app.ask_with_name(Purpose::SaveExcel, ".xlsx");
        }
    }
    let table = match print.report {
        ReportName::Gaps => Some("The same table, to sort and filter"),
        _ if print.look().is_some() => {
            Some("The list as a table, to sort and filter, and a sheet that says what it shows")
        }
        _ => None,
    };
    if let Some(table) = table
        && ui.button("Save as Excel workbook…").on_hover_text(table).clicked()
    {
        app.ask_with_name(Purpose::SaveExcel, ".xlsx");
    }
    if print.report.is_of_signals() {
        let sheets =
            "Coverage, findings, matrix, series and timeliness, a sheet each; for internal use the signals too";
        if ui.button("Save as Excel workbook…").on_hover_text(sheets).clicked() {
            app.ask_with_name(Purpose::SaveExcel, ".xlsx");
        }
    }
    if print.report == ReportName::Timeline {
        let dates = "What falls due as all-day events for Outlook and other calendars; a second import changes them";
        if ui.button("Save as calendar (.ics)…").on_hover_text(dates).clicked() {
            app.ask_with_name(Purpose::SaveCalendar, ".ics");
        }
        reminder(ui, print);
    }
    ui.add_space(space::WIDE);
    field::label(ui, "The whole plan");
    let edited = "Every sheet of the plan, to edit in Excel and import again: what was changed comes back";
    let table_only = matches!(print.report, ReportName::Compare | ReportName::Gaps) || print.look().is_some();
    let whole = !print.report.is_of_signals() && !table_only;
    if whole && ui.button("Save as Excel workbook…").on_hover_text(edited).clicked() {
        app.ask_with_name(Purpose::SaveExcel, ".xlsx");
    }
    if ui.button("Save as JSON…").on_hover_text("Everything the plan holds, to read in again").clicked() {
        app.ask_with_name(Purpose::SaveJson, ".json");
    }
}

/// Whether the calendar's events ring, and how long before.
fn reminder(ui: &mut Ui, print: &mut Print) {
    let word = |days: Option<u32>| match days {
        None => "No reminder".to_owned(),
        Some(1) => "Reminder a day before".to_owned(),
        Some(days) => format!("Reminder {days} days before"),
    };
    let shown = word(print.alarm_days);
    let combo = egui::ComboBox::from_id_salt("reminder").width(190.0).selected_text(&shown);
    let response = combo.show_ui(ui, |ui| {
        for days in [None, Some(1), Some(3), Some(7), Some(14), Some(28)] {
            ui.selectable_value(&mut print.alarm_days, days, word(days));
        }
    });
    response.response.accessible_name(format!("In the calendar: {shown}"));
}

fn pages(ui: &mut Ui, print: &mut Print, app: &mut App, height: f32) {
    let theme = tokens(ui);
    let Some(printed) = &app.session.printed else {
        waiting(ui, app);
        return;
    };
    let (count, replaced) = (printed.count(), printed.replaced());
    turn(ui, print, count);
    if !replaced.is_empty() {
        let letters: String = replaced.iter().take(20).collect();
        let text = format!("The printing fonts lack some characters; □ stands for them: {letters}");
        ui.label(RichText::new(text).color(theme.tint(Tone::Amber).ink));
    }
    let width = ui.available_width() - 16.0;
    // A4 across is 842 points wide; drawn as sharp as the screen shows it
    let scale = (width * ui.pixels_per_point() / 842.0).clamp(0.5, 4.0);
    if print.drawing != Some(print.page) {
        print.drawing = Some(print.page);
        app.session.draw_page(print.page, scale);
    }
    if let Some((number, picture)) = app.session.page.take() {
        let image = egui::ColorImage::from_rgba_premultiplied([picture.width, picture.height], &picture.rgba);
        let name = format!("page {number}");
        print.picture = Some((number, ui.ctx().load_texture(name, image, egui::TextureOptions::LINEAR)));
    }
    ScrollArea::vertical().max_height(height).auto_shrink(false).show(ui, |ui| match &print.picture {
        Some((number, texture)) => {
            let size = texture.size_vec2() * (width / texture.size_vec2().x);
            let image = egui::Image::new((texture.id(), size)).alt_text(format!("Page {} of {count}", number + 1));
            egui::Frame::new().stroke(egui::Stroke::new(1.0, theme.line)).show(ui, |ui| ui.add(image));
        }
        None => {
            ui.label("Drawing the page…");
        }
    });
}

/// The buttons that turn the pages.
fn turn(ui: &mut Ui, print: &mut Print, count: usize) {
    let last = count.saturating_sub(1);
    ui.horizontal(|ui| {
        if ui.add_enabled(print.page > 0, egui::Button::new("‹ Previous page")).clicked() {
            print.page -= 1;
        }
        ui.label(format!("Page {} of {count}", print.page + 1));
        if ui.add_enabled(print.page < last, egui::Button::new("Next page ›")).clicked() {
            print.page += 1;
        }
    });
    print.page = print.page.min(last);
}

fn waiting(ui: &mut Ui, app: &mut App) {
    let running = app.session.jobs.states().into_iter().find(|job| job.kind == JobKind::Print);
    match running {
        Some(job) => {
            ui.label("Making the PDF…");
            ui.add(egui::ProgressBar::new(job.done).desired_width(260.0));
            if ui.button("Cancel").clicked() {
                app.session.jobs.cancel(JobKind::Print);
            }
        }
        None if app.session.waits_for_signals() => {
            ui.label("Counting the signals…");
        }
        None if app.session.waits_to_save() => {
            ui.label("Saving the last changes first…");
        }
        None => {
            ui.label("The PDF was not made");
        }
    }
}
