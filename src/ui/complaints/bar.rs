//! The bar above the matrix: whose signals, of when, how they are counted; what came, and the ways in.

mod period;

use super::{ComplaintsTab, Layout, Question};
use crate::app::Command;
use crate::model::intelligence::View;
use crate::model::signal::{Hardness, Source};
use crate::model::text::count;
use crate::ui::bars::is_narrow;
use crate::ui::context::{Ctx, Wish};
use crate::ui::theme::{size, tokens};
use crate::ui::widgets::buttons::command_tooltip;
use crate::ui::widgets::menus::short;
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{drop_down, link_button};
use egui::{Align, Button, Layout as Place, RichText, ScrollArea, Ui};
use egui_material_icons::icons::ICON_MORE_VERT;

/// What is being typed into the bar.
#[derive(Debug, Default)]
pub(super) struct BarView {
    from: String,
    to: String,
}

/// Below this width of the window the buttons stand in the menu.
const ROOM_FOR_BUTTONS: f32 = 1120.0;

/// Draws the bar.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab) {
    let buttons = ui.ctx().content_rect().width() >= ROOM_FOR_BUTTONS;
    ui.with_layout(Place::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if tab.view.is_some() && tab.given.is_some() {
            provider(ui, tab);
            period::show(ui, tab);
            counting(ui, tab, buttons);
            layout(ui, tab);
            about(ui, tab);
            more(ui, ctx, tab, buttons);
        }
        ui.with_layout(Place::right_to_left(Align::Center), |ui| {
            menu(ui, ctx, buttons);
            if buttons {
                for (command, words) in [
                    (Command::AddSignal, "+ Signal"),
                    (Command::ImportSignals, "Import…"),
                    (Command::Receipts, "Coverage"),
                ] {
                    let button = ui.add_enabled(command.enabled(ctx.now), Button::new(words));
                    if button.on_hover_text(command_tooltip(command)).clicked() {
                        ctx.send(Wish::Run(command));
                    }
                }
            }
            if !super::has_room(ui) {
                let word = if tab.panel.over { "Hide findings" } else { "What we can say" };
                if ui.button(word).clicked() {
                    tab.panel.over = !tab.panel.over;
                }
            }
            received(ui, tab);
        });
    });
}

/// How much came, as far as there is room to say it.
fn received(ui: &mut Ui, tab: &ComplaintsTab) {
    let Some(worked) = &tab.worked else { return };
    let (received, of) = worked.received();
    if of == 0 {
        return;
    }
    let whole = match worked.view.provider {
        Some(_) => format!("{received} of {} received for the whole period", count(of, "source")),
        None => format!("{received} of {} of all providers received for the whole period", count(of, "source")),
    };
    let words = match ui.available_width() {
        room if room > 240.0 => format!("{received} of {} received", count(of, "source")),
        room if room > 90.0 => format!("{received} of {of} received"),
        _ => return,
    };
    let text = RichText::new(words).color(tokens(ui).ink_second);
    ui.add(egui::Label::new(text).truncate()).on_hover_text(whole);
}

fn provider(ui: &mut Ui, tab: &mut ComplaintsTab) {
    let (Some(given), Some(view)) = (tab.given.clone(), &mut tab.view) else { return };
    let name = view.provider.map_or("All providers", |id| given.provider_name(id));
    let most = if is_narrow(ui) { 16 } else { 34 };
    let label = short(name, most);
    let mut chosen = None;
    drop_down(ui, "provider", &label, view.provider.is_some(), |ui| {
        ui.set_min_width(220.0);
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            if ui.radio(view.provider.is_none(), "All providers").clicked() {
                chosen = Some(None);
                ui.close();
            }
            for one in given.providers() {
                if ui.radio(view.provider == Some(one.id), &one.name).clicked() {
                    chosen = Some(Some(one.id));
                    ui.close();
                }
            }
        });
    });
    if let Some(id) = chosen {
        view.provider = id;
        if tab.layout == Layout::Providers && id.is_some() {
            tab.layout = Layout::Themes;
        }
    }
}

fn counting(ui: &mut Ui, tab: &mut ComplaintsTab, room: bool) {
    let Some(view) = &mut tab.view else { return };
    if !room {
        return;
    }
    rates(ui, view);
}

fn rates(ui: &mut Ui, view: &mut View) {
    let label = if view.rate { "Rate" } else { "Count" };
    drop_down(ui, "count or rate", label, view.rate, |ui| {
        ui.set_min_width(230.0);
        if ui.radio(!view.rate, "Count").clicked() {
            view.rate = false;
            ui.close();
        }
        let tip = "Where the provider's activity is known for every month; elsewhere the count stays";
        if ui.radio(view.rate, "Rate per 1,000 of activity").on_hover_text(tip).clicked() {
            view.rate = true;
            ui.close();
        }
    });
}

fn layout(ui: &mut Ui, tab: &mut ComplaintsTab) {
    let label = Layout::ALL.iter().find(|(layout, _)| *layout == tab.layout).map_or("", |(_, name)| name);
    let short = if is_narrow(ui) { label.split(' ').next().unwrap_or(label) } else { label };
    let mut chosen = None;
    drop_down(ui, "layout", short, tab.layout != Layout::Themes, |ui| {
        ui.set_min_width(200.0);
        for (layout, name) in Layout::ALL {
            if ui.radio(tab.layout == layout, name).clicked() {
                chosen = Some(layout);
                ui.close();
            }
        }
    });
    if let Some(layout) = chosen {
        tab.layout = layout;
        if let Some(view) = tab.view.as_mut().filter(|_| layout == Layout::Providers) {
            view.provider = None;
        }
    }
}

/// What the lines of providers are about.
fn about(ui: &mut Ui, tab: &mut ComplaintsTab) {
    if tab.layout != Layout::Providers {
        return;
    }
    let Some(given) = tab.given.clone() else { return };
    let now = tab.worked.as_ref().map_or(crate::model::intelligence::ThemeKey::All, |worked| worked.about);
    let label = short(given.theme_title(now), 22);
    drop_down(ui, "about", &label, now.id().is_some(), |ui| {
        ui.set_min_width(200.0);
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for name in given.themes() {
                if ui.radio(name.key == now, &name.title).clicked() {
                    tab.about = Some(name.key);
                    ui.close();
                }
            }
        });
    });
}

/// Filters that are used less.
fn more(ui: &mut Ui, ctx: &Ctx<'_>, tab: &mut ComplaintsTab, buttons: bool) {
    let (Some(given), Some(view)) = (tab.given.clone(), &mut tab.view) else { return };
    let narrowed = usize::from(view.hardness.is_some())
        + usize::from(view.service.is_some())
        + usize::from(!view.sources.is_empty());
    let label = match narrowed {
        0 => "More".to_owned(),
        _ => format!("More: {narrowed}"),
    };
    drop_down(ui, "more filters", &label, narrowed > 0, |ui| {
        ui.set_min_width(200.0);
        if !buttons {
            rates(ui, view);
        }
        drop_down(ui, "hardness", "Hard or soft", view.hardness.is_some(), |ui| {
            ui.set_min_width(160.0);
            if ui.radio(view.hardness.is_none(), "Both").clicked() {
                view.hardness = None;
            }
            for (hardness, tip) in
                [(Hardness::Hard, "Counted, graded or inspected"), (Hardness::Soft, "Somebody's word, a worry")]
            {
                let on = view.hardness == Some(hardness);
                if ui.radio(on, sentence_case(hardness.word())).on_hover_text(tip).clicked() {
                    view.hardness = Some(hardness);
                }
            }
        });
        drop_down(ui, "service", "Service", view.service.is_some(), |ui| {
            ui.set_min_width(200.0);
            let services = given.services();
            if services.is_empty() {
                ui.label("No source names a service");
            }
            ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                if ui.radio(view.service.is_none(), "All services").clicked() {
                    view.service = None;
                }
                for service in services {
                    if ui.radio(view.service.as_deref() == Some(service), service).clicked() {
                        view.service = Some(service.to_owned());
                    }
                }
            });
        });
        drop_down(ui, "sources", "Sources", !view.sources.is_empty(), |ui| {
            ui.set_min_width(220.0);
            let text = "Verdicts then rest on these alone";
            ui.label(RichText::new(text).size(size::SMALL).color(tokens(ui).ink_second));
            for source in Source::ALL {
                let mut on = view.takes(*source);
                if ui.checkbox(&mut on, sentence_case(source.several())).changed() {
                    toggle(view, *source, on);
                }
            }
        });
        if narrowed > 0 && link_button(ui, "Show all").clicked() {
            (view.sources, view.hardness, view.service) = (Vec::new(), None, None);
        }
        if ctx.plan.providers.is_empty() {
            ui.label("The plan has no providers yet");
        }
    });
}

fn toggle(view: &mut View, source: Source, on: bool) {
    let mut sources: Vec<Source> = Source::ALL.iter().copied().filter(|one| view.takes(*one)).collect();
    sources.retain(|one| *one != source);
    if on {
        sources.push(source);
        sources.sort_unstable();
    }
    // none at all would show nothing: it means all again
    view.sources = if sources.len() == Source::ALL.len() { Vec::new() } else { sources };
}

fn menu(ui: &mut Ui, ctx: &Ctx<'_>, buttons: bool) {
    let icon = RichText::new(ICON_MORE_VERT.codepoint).font(egui::FontId::new(18.0, ICON_MORE_VERT.font_family()));
    let menu = ui.menu_button(icon, |ui| {
        ui.set_min_width(200.0);
        let first: &[Command] =
            if buttons { &[] } else { &[Command::Receipts, Command::ImportSignals, Command::AddSignal] };
        for command in first.iter().chain(&[Command::Providers, Command::SignalThemes]) {
            let button = ui.add_enabled(command.enabled(ctx.now), Button::new(command.offer().name));
            if button.on_hover_text(command_tooltip(*command)).clicked() {
                ctx.send(Wish::Run(*command));
                ui.close();
            }
        }
        ui.separator();
        if ui.button("Rule of the verdicts…").on_hover_text("Sentence by sentence, as it stands").clicked() {
            ctx.send(Wish::Question(Box::new(Question::Rule)));
            ui.close();
        }
    });
    menu.response.accessible_name("More about signals").on_hover_text("Providers, themes, rule");
}
