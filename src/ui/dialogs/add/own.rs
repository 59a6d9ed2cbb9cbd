//! One of the CCG's own recommendations: number, report, title, words, theme.

use crate::model::intent::{Own, add_own};
use crate::model::{Id, Plan};
use crate::ui::context::{Ctx, Wish};
use crate::ui::dialogs::Outcome;
use crate::ui::theme::{Tone, size, space, tokens};
use crate::ui::themes::Arrange;
use crate::ui::widgets::{field, primary_button};
use egui::{ComboBox, Margin, RichText, TextEdit, Ui};

/// What was filled in so far.
#[derive(Debug, Default)]
pub(super) struct Form {
    own: Own,
    /// A report that is not in the plan is typed.
    new_report: bool,
    /// A theme that is not in the plan is typed.
    new_theme: bool,
}

impl Form {
    /// A form whose recommendation stands under a theme, blank for none.
    #[must_use]
    pub(super) fn under(theme: &str) -> Self {
        Self { own: Own { theme: theme.to_owned(), ..Own::default() }, ..Self::default() }
    }
}

/// Draws the form.
pub(super) fn show(ui: &mut Ui, ctx: &Ctx<'_>, form: &mut Form) -> Outcome {
    let theme = tokens(ui);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(110.0);
            single(ui, "Number", "Number of your own recommendation", &mut form.own.reference);
        });
        ui.add_space(space::NORMAL);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            single(ui, "Title", "Title of your own recommendation", &mut form.own.title);
        });
    });
    field::label(ui, "What it says");
    let edit = TextEdit::multiline(&mut form.own.text).desired_rows(4).desired_width(f32::INFINITY);
    ui.add(edit.margin(Margin::symmetric(8, 6))).accessible_name("What your own recommendation says");
    let reports: Vec<String> = ctx.plan.reports.values().map(|report| report.short_title.clone()).collect();
    let themes: Vec<String> = ctx.plan.themes_in_order().iter().map(|theme| theme.title.clone()).collect();
    let names = ["Report", "None: our own", "Another report…", "Title of the report"];
    choice(ui, &names, &reports, &mut form.own.report, &mut form.new_report);
    let names = ["Theme", "Without a theme", "A new theme…", "Title of the theme"];
    choice(ui, &names, &themes, &mut form.own.theme, &mut form.new_theme);
    ui.add_space(space::NORMAL);
    let missing = missing(ctx.plan, &form.own);
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        if ui.add_enabled_ui(missing.is_none(), |ui| primary_button(ui, "Add your own").clicked()).inner {
            let (edit, id) = add_own(ctx.plan, &form.own, [Id::random(), Id::random()]);
            ctx.edit(edit);
            ctx.send(Wish::Arrange(Arrange::Show(id)));
            outcome = Outcome::Close;
        }
        if let Some(words) = missing {
            let tone = if form.own.reference.trim().is_empty() { theme.ink_second } else { theme.tint(Tone::Bad).ink };
            ui.label(RichText::new(words).size(size::SMALL).color(tone));
        }
    });
    outcome
}

/// What keeps it from being added.
fn missing(plan: &Plan, own: &Own) -> Option<String> {
    let number = own.reference.trim();
    if number.is_empty() {
        return Some("It needs a number, for instance L1".to_owned());
    }
    let report = own.report_of(plan).map_or("of your own", |report| report.short_title.as_str());
    own.is_taken(plan).then(|| match own.report_of(plan) {
        Some(_) => format!("The plan has {number} of the {report} already"),
        None => format!("The plan has a {number} {report} already"),
    })
}

fn single(ui: &mut Ui, label: &str, name: &str, text: &mut String) {
    field::label(ui, label);
    let edit = TextEdit::singleline(text).desired_width(f32::INFINITY);
    ui.add(edit.margin(Margin::symmetric(8, 6))).accessible_name(name);
}

/// One of what the plan has, none, or a new one that is typed. `names`: the field, none, new, and the typed one's.
fn choice(ui: &mut Ui, names: &[&str; 4], all: &[String], value: &mut String, typed: &mut bool) {
    let [name, none, new, title] = *names;
    field::label(ui, name);
    ui.horizontal(|ui| {
        let shown = if *typed {
            new
        } else if value.is_empty() {
            none
        } else {
            value.as_str()
        }
        .to_owned();
        let combo = ComboBox::from_id_salt(name).width(260.0).selected_text(shown.as_str()).truncate();
        let response = combo.show_ui(ui, |ui| {
            let (now, typing) = (shown.clone(), *typed);
            let mut pick = |ui: &mut Ui, words: &str, is: bool, to: Option<&str>| {
                if ui.selectable_label(is, words).clicked() {
                    *typed = to.is_none();
                    *value = to.unwrap_or_default().to_owned();
                }
            };
            pick(ui, none, !typing && now == none, Some(""));
            for one in all {
                pick(ui, one, !typing && now == *one, Some(one));
            }
            pick(ui, new, typing, None);
        });
        response.response.accessible_name(format!("{name}: {shown}"));
        if *typed {
            let hint = RichText::new(title).color(tokens(ui).ink_faint);
            let edit = TextEdit::singleline(value).hint_text(hint).desired_width(ui.available_width() - 20.0);
            ui.add(edit.margin(Margin::symmetric(8, 5))).accessible_name(title);
        }
    });
}
