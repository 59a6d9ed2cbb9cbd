//! What would leave: counted, with what stays, and with what should be looked at first.

use crate::app::Trouble;
use crate::app::session::Sharing;
use crate::app::sharing::{Preview, PreviewFinding};
use crate::model::Entity;
use crate::share::{Counted, Found};
use crate::ui::context::Wish;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::link_button;
use egui::text::{LayoutJob, TextFormat};
use egui::{Label, RichText, Ui};

/// More findings than this nobody reads through; the command line has them all.
const SHOWN: usize = 200;

/// Draws it; gives the place that the person wants to see.
pub(super) fn show(ui: &mut Ui, preview: Option<&Preview>, sharing: &Sharing) -> Option<Wish> {
    if let Some(trouble) = &sharing.trouble {
        problem(ui, "The copy was not made", trouble);
    }
    let Some(preview) = preview else {
        match &sharing.no_preview {
            Some(trouble) => problem(ui, "It is not known what would leave", trouble),
            None => {
                ui.label("Looking at what would leave…");
            }
        }
        return None;
    };
    let lead = findings(ui, &preview.findings);
    ui.add_space(space::NORMAL);
    super::side_by_side(ui, |ui| list(ui, "Goes", &preview.goes), |ui| list(ui, "Stays here", &preview.left_out));
    lead
}

fn problem(ui: &mut Ui, what: &str, trouble: &Trouble) {
    let tint = tokens(ui).tint(Tone::Bad);
    egui::Frame::new().fill(tint.ground).inner_margin(egui::Margin::same(8)).show(ui, |ui| {
        ui.add(Label::new(RichText::new(format!("{what}: {}", trouble.what)).color(tint.ink)).wrap());
        ui.add(Label::new(&trouble.remedy).wrap());
    });
    ui.add_space(space::NORMAL);
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(theme::strong(size::BODY)));
}

fn list(ui: &mut Ui, title: &str, items: &[Counted]) {
    heading(ui, title);
    if items.is_empty() {
        ui.label("Nothing");
    }
    for item in items {
        ui.add(Label::new(format!("• {item}")).wrap());
    }
}

fn findings(ui: &mut Ui, findings: &[PreviewFinding]) -> Option<Wish> {
    let second = tokens(ui).ink_second;
    heading(
        ui,
        &match findings.len() {
            0 => {
                "Nothing was found that looks like a person's number, date of birth, address or titled name".to_owned()
            }
            1 => "One place to look at before it goes".to_owned(),
            more => format!("{more} places to look at before it goes"),
        },
    );
    let careful = "Recap looks for forms: NHS numbers, dates of birth, postcodes, phone numbers, e-mail addresses, names \
                   with a title, and references of your signals. It does not find a name without a title, or a story \
                   that only one person can have. Whether a text is safe to pass on, only reading it can tell.";
    ui.add(Label::new(RichText::new(careful).size(size::SMALL).color(second)).wrap());
    let mut lead = None;
    for finding in findings.iter().take(SHOWN) {
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.spacing_mut().interact_size.y = 20.0;
            ui.add_space(space::NORMAL);
            ui.add(Label::new(shown(ui, &finding.found)).wrap());
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(&finding.place).size(size::SMALL).color(second));
                if let Some(wish) = finding.leads_to.and_then(wish) {
                    let name = format!("Show {}", finding.place);
                    if link_button(ui, "Show it").accessible_name(name).clicked() {
                        lead = Some(wish);
                    }
                }
            });
        });
    }
    if findings.len() > SHOWN {
        ui.label(format!("and {} more", findings.len() - SHOWN));
    }
    lead
}

/// What was found, marked among the words beside it.
fn shown(ui: &Ui, found: &Found) -> LayoutJob {
    let theme = tokens(ui);
    let strong = theme::strong(size::BODY);
    let plain = egui::TextStyle::Body.resolve(ui.style());
    let (before, after) = found.beside();
    let format = |font: &egui::FontId| TextFormat::simple(font.clone(), theme.ink);
    let mut job = LayoutJob::default();
    job.append(&format!("{}: ", found.kind), 0.0, format(&strong));
    job.append(&before, 0.0, format(&plain));
    job.append(found.words(), 0.0, TextFormat { background: theme.mark, ..format(&strong) });
    job.append(&after, 0.0, format(&plain));
    job
}

fn wish((entity, id): (Entity, crate::model::Id)) -> Option<Wish> {
    match entity {
        Entity::Recommendation => Some(Wish::Select(Some(id))),
        Entity::Action => Some(Wish::ShowAction(id)),
        _ => None,
    }
}
