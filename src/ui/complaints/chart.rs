//! The charts under the matrix: one, or one for each provider beside each other.

mod labels;
mod plot;
mod words;

use super::ask::{Question, RebaseForm};
use super::{ComplaintsTab, Layout, Spot};
use crate::model::due::Month;
use crate::model::intelligence::{Charted, Intelligence, View, lower_first, upper_first};
use crate::model::intent;
use crate::model::signal::Source;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use egui::{Frame, Margin, RichText, Stroke, Ui, vec2};
use plot::Drawing;
use std::sync::Arc;

/// What the charts remember between frames.
#[derive(Debug, Default)]
pub(super) struct ChartView {
    of: Option<(Arc<Intelligence>, View, Spot, bool)>,
    charts: Vec<Charted>,
    /// The point that keys have led to.
    point: Option<usize>,
    /// The month under the pointer when the menu was opened.
    menu_month: Option<Month>,
}

impl ChartView {
    /// Works out the charts of a place, where it or what is known has changed.
    pub(super) fn update(&mut self, given: &Arc<Intelligence>, view: &View, spot: Spot, multiples: bool) {
        let same = self.of.as_ref().is_some_and(|(of, was, at, several)| {
            Arc::ptr_eq(of, given) && (was, *at, *several) == (view, spot, multiples)
        });
        if same {
            return;
        }
        self.charts = match (spot.source, spot.provider.filter(|_| !multiples)) {
            (None, _) => Vec::new(),
            (Some(source), Some(provider)) => given.chart(view, provider, spot.theme, source),
            (Some(source), None) => given.charts(&View { provider: None, ..view.clone() }, spot.theme, source),
        };
        self.point = None;
        self.of = Some((Arc::clone(given), view.clone(), spot, multiples));
    }
}

/// Draws the charts of the chosen place; `room` is the height that is left of the tab.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab, room: f32) {
    let theme = tokens(ui);
    let Some((given, view, spot, _)) = tab.chart.of.clone() else { return };
    let Some(source) = spot.source else { return };
    let charts = std::mem::take(&mut tab.chart.charts);
    let frame = Frame::new()
        .fill(theme.paper)
        .stroke(Stroke::new(1.0, theme.line))
        .corner_radius(5)
        .inner_margin(Margin { left: 12, right: 10, top: 8, bottom: 8 });
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        heading(ui, ctx, tab, &charts, spot);
        match charts.as_slice() {
            [] => none(ui, tab, spot, source),
            [one] if spot.provider.is_some() && !tab.multiples => {
                let height = (room - 136.0).clamp(160.0, 330.0);
                single(ui, ctx, tab, one, &view, height);
                notes(ui, &given, one);
            }
            several => multiples(ui, tab, several, &view),
        }
    });
    tab.chart.charts = charts;
}

/// What the chart shows, and what can be done with it.
fn heading(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab, charts: &[Charted], spot: Spot) {
    let Some(worked) = &tab.worked else { return };
    let given = Arc::clone(&worked.of);
    let title = title(&given, charts, spot);
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 22.0;
        let room = (ui.available_width() - 260.0).max(120.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            let label = egui::Label::new(RichText::new(&title).font(theme::strong(size::BODY))).truncate();
            ui.add(label).on_hover_text(&title);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if let ([one], true) = (charts, ctx.editable && spot.provider.is_some()) {
                let button = ui.menu_button("Limits ▾", |ui| limits_menu(ui, ctx, one, None));
                let tip = "New limits from a month on, where something changed that is known";
                button.response.accessible_name("Limits of the chart").on_hover_text(tip);
            }
            if spot.provider.is_some() && given.providers().len() > 1 {
                let response = ui.checkbox(&mut tab.multiples, "All providers");
                response.on_hover_text("A small chart of each provider, on one scale");
            }
        });
    });
}

fn title(given: &Intelligence, charts: &[Charted], spot: Spot) -> String {
    let by = match charts.first().map(|one| one.span) {
        Some(3) => ", by quarter",
        Some(12) => ", by year",
        Some(1) => ", by month",
        _ => "",
    };
    let unit = match charts.first() {
        Some(one) if one.unit != crate::model::intelligence::Unit::Count => format!(", {}", one.unit.word()),
        _ => String::new(),
    };
    let whose = spot.provider.map_or("all providers", |id| given.provider_name(id));
    let about = match (charts.first(), spot.source) {
        (Some(one), _) if charts.len() == 1 => one.title.clone(),
        (_, Some(source)) => {
            let source = upper_first(source.several());
            match spot.theme.id() {
                Some(_) => format!("{source} about {}", lower_first(given.theme_title(spot.theme))),
                None => format!("{source}: {}", lower_first(given.theme_title(spot.theme))),
            }
        }
        _ => String::new(),
    };
    format!("{about}{by}{unit} · {whose}")
}

/// New limits, and those that there are.
fn limits_menu(ui: &mut Ui, ctx: &Ctx<'_>, chart: &Charted, month: Option<Month>) {
    ui.set_min_width(240.0);
    let words = match month {
        Some(month) => format!("New limits from {}…", month.label()),
        None => "New limits from a month…".to_owned(),
    };
    if ui.add_enabled(ctx.editable, egui::Button::new(words)).clicked() {
        let form = RebaseForm::new(chart, month);
        ctx.send(Wish::Question(Box::new(Question::Rebase(form))));
        ui.close();
    }
    for mark in &chart.rebased {
        let reason = if mark.reason.is_empty() { String::new() } else { format!(": {}", mark.reason) };
        let words = format!("Take back the new limits from {}{reason}", mark.month.label());
        if ui.add_enabled(ctx.editable, egui::Button::new(words)).clicked() {
            ctx.edit(intent::intelligence::delete_rebase(ctx.plan, mark.id));
            ui.close();
        }
    }
}

fn single(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab, chart: &Charted, view: &View, height: f32) {
    let drawing = Drawing { chart, view, range: plot::range(std::slice::from_ref(chart)), small: false };
    let id = egui::Id::unique("chart");
    let drawn = drawing.show(ui, id, vec2(ui.available_width(), height), tab.chart.point);
    let name = format!("Chart: {}, {}. {}", chart.title, chart.provider_name, chart.words().join(" "));
    let said = tab.chart.point.map(|place| words::point(chart, place));
    let response = drawn.response.clone();
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::accesskit::Role::Figure, true, &name);
        info.current_text_value.clone_from(&said);
        info
    });
    points_by_key(ui, &response, chart, &mut tab.chart.point);
    if let Some(place) = drawn.near {
        response.clone().on_hover_text_at_pointer(words::point(chart, place));
    }
    if response.secondary_clicked() {
        tab.chart.menu_month = drawn.near.and_then(|place| chart.series.points.get(place)?.month);
    }
    let month = tab.chart.menu_month;
    if ctx.editable {
        response.context_menu(|ui| limits_menu(ui, ctx, chart, month));
    }
    if let Some(said) = said {
        ui.label(RichText::new(said).font(theme::strong(size::SMALL)));
    }
}

/// Left and right lead from point to point while the chart has the focus.
fn points_by_key(ui: &Ui, response: &egui::Response, chart: &Charted, point: &mut Option<usize>) {
    if !response.has_focus() {
        if response.lost_focus() {
            *point = None;
        }
        return;
    }
    let filter = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let Some(last) = chart.series.points.len().checked_sub(1) else { return };
    let pressed = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if pressed(egui::Key::ArrowLeft) {
        *point = Some(point.map_or(last, |at| at.saturating_sub(1)));
    }
    if pressed(egui::Key::ArrowRight) {
        *point = Some(point.map_or(0, |at| (at + 1).min(last)));
    }
    if pressed(egui::Key::Escape) {
        *point = None;
    }
}

/// How far the chart can be trusted, and how it was worked out.
fn notes(ui: &mut Ui, given: &Intelligence, chart: &Charted) {
    let theme = tokens(ui);
    let options = given.rules().chart;
    let mut notes = chart.notes();
    notes.push(format!(
        "A shift is {} on one side of the mean, a trend {} rising or falling.",
        options.shift, options.trend
    ));
    let text = RichText::new(notes.join(" ")).size(size::TINY).color(theme.ink_second);
    ui.add(egui::Label::new(text).wrap());
}

/// Why there is no chart, and what there is instead.
fn none(ui: &mut Ui, tab: &ComplaintsTab, spot: Spot, source: Source) {
    let theme = tokens(ui);
    let cells = tab.worked.iter().flat_map(|worked| &worked.picture.providers);
    let cell = cells
        .filter(|one| spot.provider.is_none_or(|id| id == one.provider.id))
        .flat_map(|one| &one.rows)
        .filter(|row| row.theme == spot.theme)
        .flat_map(|row| &row.cells)
        .find(|cell| cell.source == source);
    let text = match cell {
        Some(cell) if cell.cell.words() == Some("not asked") => {
            "No chart: nobody was asked, or this source says nothing about the theme. That is no zero.".to_owned()
        }
        Some(cell) if cell.cell.words() == Some("not applicable") => {
            "No chart: this source has nothing to say of such a provider.".to_owned()
        }
        _ if source.is_item_by_item() => {
            let what = upper_first(source.several());
            format!(
                "{what} come item by item, too seldom for a chart. They signal when one is judged adverse: open the rows beside."
            )
        }
        Some(cell) if cell.cell.words() == Some("no data") => {
            "No chart: nothing was received. That is no zero.".to_owned()
        }
        _ => "No chart: nothing to draw was received up to the end of the period.".to_owned(),
    };
    ui.add_space(space::NORMAL);
    ui.add(egui::Label::new(RichText::new(text).color(theme.ink_second)).wrap());
    ui.add_space(space::NORMAL);
}

/// A small chart of each, on one scale.
fn multiples(ui: &mut Ui, tab: &mut ComplaintsTab, charts: &[Charted], view: &View) {
    const HEIGHT: f32 = 118.0;
    let theme = tokens(ui);
    let columns = ((ui.available_width() / 290.0).floor() as usize).clamp(1, 4);
    let gap = 14.0;
    let width = (ui.available_width() - gap * (columns - 1) as f32) / columns as f32;
    let range = plot::range(charts);
    let one_provider = charts.iter().all(|one| one.provider == charts[0].provider);
    let mut chosen = None;
    for (line, row) in charts.chunks(columns).enumerate() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (place, chart) in row.iter().enumerate() {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    let name = if one_provider { chart.title.as_str() } else { chart.provider_name.as_str() };
                    // a chart that ends before the period says nothing of it
                    let came = view.months().iter().any(|month| !chart.missing.contains(month));
                    let said = if came { sentence_case(chart.reading.word()) } else { "No data".to_owned() };
                    ui.horizontal(|ui| {
                        let label = RichText::new(name).font(theme::strong(size::SMALL));
                        ui.scope(|ui| {
                            ui.set_max_width(width - 100.0);
                            ui.add(egui::Label::new(label).truncate());
                        });
                        ui.label(RichText::new(&said).size(size::TINY).color(theme.ink_second));
                    });
                    let drawing = Drawing { chart, view, range, small: true };
                    let id = egui::Id::unique(("small chart", line, place));
                    let drawn = drawing.show(ui, id, vec2(width, HEIGHT), None);
                    let words = format!("Small chart: {}, {name}. {}", chart.title, chart.words().join(" "));
                    drawn
                        .response
                        .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, &words));
                    let hover = match drawn.near {
                        Some(point) => words::point(chart, point),
                        None => format!("{name}: click for the chart alone"),
                    };
                    if drawn.response.on_hover_text_at_pointer(hover).clicked() {
                        chosen = Some((chart.provider, chart.theme, chart.source));
                    }
                });
            }
        });
    }
    let text = "All on one scale. A provider without a chart sent nothing of this source.";
    ui.label(RichText::new(text).size(size::TINY).color(theme.ink_second));
    if let Some((provider, theme, source)) = chosen {
        tab.multiples = false;
        if tab.layout == Layout::Themes
            && let Some(view) = &mut tab.view
        {
            view.provider = Some(provider);
        }
        tab.cursor = Some(Spot { provider: Some(provider), theme, source: Some(source) });
    }
}
