//! Other words in place of some, everywhere in the plan, after a preview of each place.

use super::Outcome;
use crate::model::find::{Part, Replacement, Sought, around, replace, replacements};
use crate::model::intent;
use crate::model::text::{count, sentence_case};
use crate::ui::context::Ctx;
use crate::ui::theme::{self, Tokens, Tone, size, space, tokens};
use crate::ui::widgets::{field, link_button, primary_button};
use egui::text::{LayoutJob, TextFormat};
use egui::{Checkbox, Label, RichText, ScrollArea, Stroke, TextEdit, Ui};
use std::collections::BTreeSet;

/// Characters that are shown on each side of a place.
const AROUND: usize = 48;
/// Height of one place in the list, in points.
const LINE: f32 = 44.0;
/// A plan with more rows than this is looked through only when typing rests, for so many seconds.
const LARGE: usize = 3000;
const REST: f64 = 0.25;

/// What was filled in so far.
pub struct Replace {
    sought: Sought,
    with: String,
    parts: Vec<Part>,
    found: Vec<Replacement>,
    /// Each place: which of the texts, and which of its places.
    places: Vec<(usize, usize)>,
    /// Places that stay as they are.
    left_out: BTreeSet<(usize, usize)>,
    /// What the list was made for.
    of: Option<(Sought, String, Vec<Part>, u64)>,
    changed: f64,
    begun: bool,
}

impl Replace {
    /// Asks about words, which may be blank.
    #[must_use]
    pub fn of(words: &str) -> Self {
        Self {
            sought: Sought::new(words),
            with: String::new(),
            parts: Part::ALL.to_vec(),
            found: Vec::new(),
            places: Vec::new(),
            left_out: BTreeSet::new(),
            of: None,
            changed: 0.0,
            begun: false,
        }
    }

    /// Makes the list anew where what it was made for changed. What was ticked off is forgotten then, unless only
    /// the new words changed.
    fn follow(&mut self, ui: &Ui, ctx: &Ctx<'_>) {
        let now = ui.input(|input| input.time);
        let key = (self.sought.clone(), self.with.clone(), self.parts.clone(), ctx.revision);
        if self.of.as_ref() == Some(&key) {
            return;
        }
        let rows = ctx.plan.recommendations.len() + ctx.plan.actions.len();
        if rows > LARGE && now < self.changed + REST {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(60));
            return;
        }
        let same_places = self.of.as_ref().is_some_and(|of| (&of.0, &of.2, of.3) == (&key.0, &key.2, key.3));
        if !same_places {
            self.left_out.clear();
        }
        // words are shown before there are others for them
        let with = if self.with == self.sought.words { "\u{0}" } else { self.with.as_str() };
        self.found = replacements(ctx.plan, ctx.index, &self.parts, &self.sought, with);
        self.places = self
            .found
            .iter()
            .enumerate()
            .flat_map(|(text, one)| (0..one.places.len()).map(move |place| (text, place)))
            .collect();
        self.of = Some(key);
    }

    /// What is left of the list when places that were ticked off are taken out.
    fn chosen(&self) -> Vec<Replacement> {
        let keep = |text: usize, place: usize| !self.left_out.contains(&(text, place));
        let all = self.found.iter().enumerate();
        all.filter_map(|(text, one)| one.only(|place| keep(text, place), &self.with)).collect()
    }
}

/// Draws the dialog.
pub fn show(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Replace) -> Outcome {
    let theme = tokens(ui);
    fields(ui, state);
    parts(ui, state);
    let words = "What the report and the government say stays as it was published.";
    ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
    ui.separator();
    state.follow(ui, ctx);
    let left = state.places.len() - state.left_out.len();
    summary(ui, state, left);
    let height = (ui.ctx().content_rect().height() - 400.0).max(110.0);
    let area = ScrollArea::vertical().id_salt("places").max_height(height).auto_shrink([false, false]);
    area.show_rows(ui, LINE, state.places.len(), |ui, range| {
        for number in range {
            if let Some(place) = state.places.get(number).copied() {
                line(ui, ctx, state, place);
            }
        }
    });
    ui.add_space(space::TIGHT);
    let same = state.with == state.sought.words;
    let name = if left == 0 { "Replace".to_owned() } else { format!("Replace {}", count(left, "place")) };
    let ready = left > 0 && !same;
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        if ui.add_enabled_ui(ready, |ui| primary_button(ui, &name).clicked()).inner {
            ctx.edit(replace(ctx.plan, &state.chosen(), &state.sought.words, &state.with));
            outcome = Outcome::Close;
        }
        if ui.button("Cancel").clicked() {
            outcome = Outcome::Close;
        }
        let words = if same && left > 0 {
            "The new words are the same as the old"
        } else if left > 0 && state.with.is_empty() {
            "With nothing in their place, the words are taken out"
        } else {
            "One step: one Undo takes all of it back"
        };
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
    });
    outcome
}

fn fields(ui: &mut Ui, state: &mut Replace) {
    let width = (ui.available_width() - space::WIDE) / 2.0 - 20.0;
    let mut changed = false;
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            field::label(ui, "Replace");
            let edit = TextEdit::singleline(&mut state.sought.words).desired_width(width);
            let response = ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name("Words to replace");
            changed |= response.changed();
            if !std::mem::replace(&mut state.begun, true) {
                response.request_focus();
            }
        });
        ui.add_space(space::NORMAL);
        ui.vertical(|ui| {
            field::label(ui, "With");
            let edit = TextEdit::singleline(&mut state.with).desired_width(width);
            let response = ui.add(edit.margin(egui::Margin::symmetric(8, 6))).accessible_name("Words in their place");
            changed |= response.changed();
        });
    });
    if changed {
        state.changed = ui.input(|input| input.time);
    }
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut state.sought.case, "Match large and small letters");
        ui.checkbox(&mut state.sought.whole, "Whole words only").on_hover_text("Not “SI” in “SIs” or “position”");
    });
}

/// Which parts of the plan are looked at.
fn parts(ui: &mut Ui, state: &mut Replace) {
    field::label(ui, "In");
    ui.horizontal_wrapped(|ui| {
        for part in Part::ALL {
            let mut is = state.parts.contains(part);
            if ui.checkbox(&mut is, sentence_case(part.word())).changed() {
                state.parts.retain(|other| other != part);
                if is {
                    state.parts.push(*part);
                }
                state.parts.sort_by_key(|part| Part::ALL.iter().position(|other| other == part));
            }
        }
    });
}

fn summary(ui: &mut Ui, state: &mut Replace, left: usize) {
    let words = match state.places.len() {
        _ if state.sought.words.trim().is_empty() => {
            "Type the words to replace; each place is shown here first".to_owned()
        }
        0 => format!("“{}” stands nowhere in these parts", state.sought.words),
        all if left == all => format!("{} in {}", count(all, "place"), count(state.found.len(), "text")),
        all => format!("{left} of {} ticked", count(all, "place")),
    };
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(words).font(theme::strong(size::BODY)));
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
        if !state.left_out.is_empty() && link_button(ui, "Tick all").clicked() {
            state.left_out.clear();
        }
        if left > 0 && !state.places.is_empty() && link_button(ui, "Tick none").clicked() {
            state.left_out = state.places.iter().copied().collect();
        }
    });
}

/// One place: where it is, and the words before and after in their line.
fn line(ui: &mut Ui, ctx: &Ctx<'_>, state: &mut Replace, place: (usize, usize)) {
    let theme = tokens(ui);
    let Some(one) = state.found.get(place.0) else { return };
    let Some(range) = one.places.get(place.1) else { return };
    let [before, old, behind] = around(&one.before, range, AROUND);
    let mut name = sentence_case(&intent::place_name(ctx.plan, one.entity, one.row, one.field));
    if one.field == "text"
        && let Some(date) = ctx.plan.positions.get(&one.row).and_then(|position| position.as_at)
    {
        name.push_str(&format!(", as at {}", date.format("%-d %B %Y")));
    }
    let mut ticked = !state.left_out.contains(&place);
    let spoken = format!("{name}: “{before}{old}{behind}” becomes “{before}{}{behind}”", state.with);
    ui.allocate_ui(egui::vec2(ui.available_width(), LINE), |ui| {
        ui.set_min_height(LINE);
        ui.vertical(|ui| {
            // no more than its line in the list: all are as high
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = 20.0;
            let tick =
                ui.add(Checkbox::new(&mut ticked, RichText::new(&name).size(size::SMALL).color(theme.ink_second)));
            if tick.accessible_name(spoken).changed() {
                if ticked {
                    state.left_out.remove(&place);
                } else {
                    state.left_out.insert(place);
                }
            }
            ui.horizontal(|ui| {
                ui.add_space(18.0);
                let new = if ticked { state.with.as_str() } else { "" };
                ui.add(Label::new(words(theme, &before, (&old, new, ticked), &behind)).truncate());
            });
        });
    });
}

/// "…reports reach ~~us~~ them every…": what goes is struck out, what comes is underlined.
fn words(theme: &Tokens, before: &str, (old, new, ticked): (&str, &str, bool), behind: &str) -> LayoutJob {
    let plain = TextFormat { font_id: theme::regular(size::BODY), color: theme.ink, ..TextFormat::default() };
    let strong = TextFormat { font_id: theme::strong(size::BODY), ..plain.clone() };
    let (gone, come) = (theme.tint(Tone::Bad), theme.tint(Tone::Good));
    let mut job = LayoutJob::default();
    job.append(before, 0.0, plain.clone());
    if ticked {
        let format = TextFormat {
            color: gone.ink,
            background: gone.ground,
            strikethrough: Stroke::new(1.0, gone.ink),
            ..plain.clone()
        };
        job.append(old, 0.0, format);
        if !new.is_empty() {
            let underline = Stroke::new(1.0, come.ink);
            job.append(new, 3.0, TextFormat { color: come.ink, background: come.ground, underline, ..strong });
        }
    } else {
        job.append(old, 0.0, strong);
    }
    job.append(behind, 0.0, plain);
    job
}
