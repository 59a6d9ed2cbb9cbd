//! The import's preview: what was understood of a document, and what of it is taken.

use super::source::SourceView;
use super::{Outcome, workbook};
use crate::app::{Reading, Session, Waiting, draft};
use crate::import::json::JsonImport;
use crate::import::{
    Answer, DateSource, Level, Places, Proposal, ProposedAction, ProposedChoice, ProposedField, ProposedName,
    ProposedRemark, ProposedRow, Status, TableKind,
};
use crate::model::intent::{field_name, noun};
use crate::model::text::count;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, link_button, pill, primary_button, seen};
use egui::{RichText, ScrollArea, Ui};

/// What the preview remembers between frames.
#[derive(Debug, Default)]
pub struct Preview {
    part: Part,
    date: String,
    source: SourceView,
    /// What recommendations and loose actions took when they were last drawn, in points.
    heights: [Vec<f32>; 2],
}

/// What of the document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Rows,
    ActionPlan,
    Sheet,
    Questions,
    Notes,
}

/// Draws the preview.
pub fn show(ui: &mut Ui, preview: &mut Preview, session: &mut Session) -> Outcome {
    match &mut session.proposal {
        None => Outcome::Close,
        Some(Waiting::WholePlan { name, read, .. }) => {
            let empty = read.edit.is_empty();
            whole_plan(ui, name, read);
            decide(ui, session, if empty { "Done" } else { "Import the plan" }, 0)
        }
        Some(Waiting::Workbook { book, changes, delete }) => {
            let empty = changes.edit.is_empty() && delete.is_empty();
            scrolled(ui, 0, |ui| workbook::show(ui, &book.name, changes, delete));
            decide(ui, session, if empty { "Done" } else { "Import the changes" }, 0)
        }
        Some(Waiting::Tables { proposal, reading, .. }) => {
            let reading = reading.clone();
            let asked = tables(ui, preview, proposal, &reading);
            let left = open(proposal);
            let outcome = decide(ui, session, "Import what is ticked", left);
            if let Some(reading) = asked {
                session.read_again(reading);
            }
            outcome
        }
    }
}

/// Draws what tables would change, beside their source; gives another way to read them, if one was
/// asked for.
fn tables(ui: &mut Ui, preview: &mut Preview, proposal: &mut Proposal, reading: &Reading) -> Option<Reading> {
    let theme = tokens(ui);
    ui.label(RichText::new(&proposal.name).color(theme.ink_second));
    let date = dates(ui, preview, proposal);
    parts(ui, preview, proposal);
    let height = list_height(ui);
    let mut asked = date.map(|date| Reading { as_at: Some(date), ..reading.clone() });
    let mut lead = Lead { places: std::mem::take(&mut proposal.places), go: None };
    let beside =
        SourceView::has_source(proposal) && matches!(preview.part, Part::Rows | Part::ActionPlan | Part::Notes);
    let room = ui.available_width();
    ui.horizontal_top(|ui| {
        if beside {
            ui.vertical(|ui| {
                ui.set_width(room * 0.5);
                ui.set_height(height);
                asked = preview.source.show(ui, proposal, &lead.places, reading, height).or(asked.take());
            });
        }
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            understood(ui, &mut lead, preview, proposal, height);
        });
    });
    ui.separator();
    proposal.places = lead.places;
    match preview.part {
        Part::Rows => preview.source.follow(proposal, TableKind::Recommendations),
        Part::ActionPlan => preview.source.follow(proposal, TableKind::ActionPlan),
        _ => {}
    }
    if let Some(line) = lead.go {
        preview.source.go_to(proposal, line);
        if !beside {
            preview.part = Part::Rows;
        }
    }
    asked
}

fn understood(ui: &mut Ui, lead: &mut Lead, preview: &mut Preview, proposal: &mut Proposal, height: f32) {
    /// A row with its details closed, in points.
    const CLOSED: f32 = 52.0;
    let [rows, actions] = &mut preview.heights;
    list(ui, preview.part as u8, height, |ui| match preview.part {
        Part::Rows => seen(ui, rows, CLOSED, &mut proposal.rows, |ui, row| recommendation(ui, lead, row)),
        Part::ActionPlan => action_plan(ui, lead, actions, proposal),
        Part::Sheet => sheet(ui, lead, proposal),
        Part::Questions => questions(ui, lead, proposal),
        Part::Notes => notes(ui, lead, proposal),
    });
}

fn list_height(ui: &Ui) -> f32 {
    (ui.ctx().content_rect().height() - 290.0).max(160.0)
}

fn list(ui: &mut Ui, salt: u8, height: f32, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(("preview", salt)).max_height(height).auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        add(ui);
    });
}

fn scrolled(ui: &mut Ui, salt: u8, add: impl FnOnce(&mut Ui)) {
    let height = list_height(ui);
    list(ui, salt, height, add);
    ui.separator();
}

/// A plan that was exported as JSON: what it adds and changes, and what of it stays out.
fn whole_plan(ui: &mut Ui, name: &str, read: &JsonImport) {
    let theme = tokens(ui);
    ui.label(RichText::new(name).color(theme.ink_second));
    scrolled(ui, 0, |ui| {
        if read.edit.is_empty() {
            ui.label("The plan holds all of it already.");
        }
        for (kind, added, changed) in read.counts() {
            let noun = noun(kind);
            let words = match (added, changed) {
                (_, 0) => format!("{} added", count(added, noun)),
                (0, _) => format!("{} changed", count(changed, noun)),
                _ => format!("{} added, {changed} changed", count(added, noun)),
            };
            ui.label(words);
        }
        for warning in &read.warnings {
            ui.add(egui::Label::new(RichText::new(warning).color(theme.tint(Tone::Amber).ink)).wrap());
        }
    });
}

/// The date of the positions; asked for where the document states none.
fn dates(ui: &mut Ui, preview: &mut Preview, proposal: &Proposal) -> Option<chrono::NaiveDate> {
    let theme = tokens(ui);
    let day = |date: chrono::NaiveDate| date.format("%-d %B %Y").to_string();
    if let (Some(date), DateSource::Document { line, words }) = (proposal.as_at, &proposal.as_at_source) {
        let place = proposal.place(*line);
        ui.label(format!("Its positions stand as at {}, as {place} says: “{words}”", day(date)));
        return None;
    }
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        let words = match proposal.as_at {
            Some(date) => format!("Its positions are taken as at {}.", day(date)),
            None => "The document states no date. Its positions stand as at".into(),
        };
        ui.label(RichText::new(words).color(if proposal.as_at.is_none() {
            theme.tint(Tone::Amber).ink
        } else {
            theme.ink
        }));
        let edit = egui::TextEdit::singleline(&mut preview.date).hint_text("28 May 2013").desired_width(130.0);
        ui.add(edit).accessible_name("Date of the document's positions");
        let date = draft::parse_date(&preview.date);
        if ui.add_enabled(date.is_some(), egui::Button::new("Use this date")).clicked() {
            asked = date;
        }
    });
    asked
}

fn parts(ui: &mut Ui, preview: &mut Preview, proposal: &Proposal) {
    let unread = proposal.notes.iter().filter(|note| note.level == Level::Unread).count();
    let plan = proposal.responsibilities.len() + proposal.actions.len();
    let entries = [
        (Part::Rows, count(proposal.rows.len(), "recommendation"), proposal.rows.len()),
        (Part::ActionPlan, format!("Action plan: {}", count(proposal.responsibilities.len(), "responsibility")), plan),
        (Part::Sheet, format!("Summary sheet: {}", count(proposal.paper.len(), "field")), proposal.paper.len()),
        (Part::Questions, asked(proposal), proposal.candidates.len() + proposal.choices.len() + proposal.names.len()),
        (
            Part::Notes,
            if unread > 0 { format!("Notes: {unread} not taken") } else { "Notes".into() },
            proposal.notes.len(),
        ),
    ];
    if entries.iter().any(|(part, _, number)| *part == preview.part && *number == 0)
        && let Some((part, ..)) = entries.iter().find(|(_, _, number)| *number > 0)
    {
        preview.part = *part;
    }
    ui.horizontal_wrapped(|ui| {
        for (part, name, number) in entries {
            if number > 0 {
                ui.selectable_value(&mut preview.part, part, name);
            }
        }
    });
    ui.add_space(space::TIGHT);
}

/// What is to be answered: questions, and names that may be misspelt.
fn asked(proposal: &Proposal) -> String {
    let questions = count(open(proposal), "open question");
    match (proposal.names.len(), open(proposal)) {
        (0, _) => questions,
        (names, 0) => format!("{} to check", count(names, "name")),
        (names, _) => format!("{questions}, {} to check", count(names, "name")),
    }
}

fn open(proposal: &Proposal) -> usize {
    proposal
        .candidates
        .iter()
        .chain(&proposal.choices)
        .filter(|choice| choice.answer.is_none() && choice.status != Status::Same)
        .count()
}

fn status_badge(status: Status) -> Badge {
    let (word, tone) = match status {
        Status::Same => ("In the plan", Tone::Grey),
        Status::Added => ("New", Tone::Good),
        Status::Differs => ("Differs", Tone::Amber),
    };
    Badge { word: word.into(), tone, shape: None }
}

/// How each item leads to its place in the document.
struct Lead {
    places: Places,
    /// The line that was asked for in this frame.
    go: Option<usize>,
}

impl Lead {
    /// "line 12" or "line 12, joined with line 18": leads there.
    fn place(&mut self, ui: &mut Ui, line: usize, joins: &[usize]) {
        let mut words = self.places.name(line);
        if !joins.is_empty() {
            words.push_str(&format!(", joined with {}", self.places.all(joins)));
        }
        let link = ui.add(egui::Link::new(RichText::new(&words).size(size::SMALL)));
        if link.on_hover_text("Show it in the document").clicked() {
            self.go = Some(line);
        }
    }
}

/// A row's head: whether it is taken, what it is, where it stands.
fn head(ui: &mut Ui, lead: &mut Lead, item: (&mut bool, Status), title: &str, line: usize, joins: &[usize]) {
    let (take, status) = item;
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled(status != Status::Same, egui::Checkbox::without_text(take))
            .accessible_name(format!("Take {title}"));
        pill(ui, &status_badge(status));
        ui.label(RichText::new(title).font(theme::strong(size::BODY)));
        lead.place(ui, line, joins);
    });
}

/// What belongs to the row above, from under its title on.
fn indented<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.horizontal_top(|ui| {
        ui.add_space(28.0);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            add(ui);
        });
    });
}

fn words(ui: &mut Ui, what: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let theme = tokens(ui);
    ui.label(RichText::new(what).font(theme::strong(size::SMALL)).color(theme.ink_second));
    ui.add(egui::Label::new(text).wrap());
}

fn recommendation(ui: &mut Ui, lead: &mut Lead, row: &mut ProposedRow) {
    let title = format!("{} {}", row.row.reference, row.row.shown_title());
    let salt = row.row.id.to_string();
    ui.push_id(salt, |ui| {
        head(ui, lead, (&mut row.take, row.status), &title, row.line, &row.joins);
        let details = egui::CollapsingHeader::new(sentence_case(&recommendation_summary(row)))
            .id_salt("details")
            .default_open(row.status == Status::Differs);
        indented(ui, |ui| {
            details.show(ui, |ui| {
                if !row.exists {
                    words(ui, "Text", row.row.shown_text());
                    words(
                        ui,
                        "Government response",
                        format!("{} {}", row.row.response_status, row.row.response).trim(),
                    );
                }
                if let Some(position) = &mut row.position {
                    position_lines(ui, position);
                }
                for field in &mut row.fields {
                    field_lines(ui, field);
                }
                for action in &mut row.actions {
                    action_lines(ui, lead, action);
                }
                for evidence in &mut row.evidence {
                    let title = format!("Evidence: {}", evidence.row.text);
                    head(ui, lead, (&mut evidence.take, evidence.status), &title, evidence.line, &[]);
                }
                remarks(ui, lead, &mut row.remarks);
                for pointer in &row.pointers {
                    let target = if pointer.row.target.is_some() {
                        "leads to a recommendation"
                    } else {
                        "is open: it is not known what it means"
                    };
                    ui.label(format!("“{}” {target}", pointer.row.words));
                }
            })
        });
    });
    ui.add_space(space::TIGHT);
}

/// What the plan has no field for, kept with its heading.
fn remarks(ui: &mut Ui, lead: &mut Lead, remarks: &mut [ProposedRemark]) {
    for remark in remarks {
        let title = format!("{}: {}", remark.row.label, remark.row.text);
        head(ui, lead, (&mut remark.take, remark.status), &title, remark.line, &[]);
    }
}

fn recommendation_summary(row: &ProposedRow) -> String {
    let position = match row.position.as_ref().map(|position| position.status) {
        Some(Status::Added) => "new position",
        Some(Status::Differs) => "position differs",
        Some(Status::Same) => "position as in the plan",
        None => "no position",
    };
    let new = row.actions.iter().filter(|action| action.status == Status::Added).count();
    let differs = row.fields.iter().filter(|field| field.status == Status::Differs).count();
    let mut summary = format!("{position}, {}", count(new, "new action"));
    let evidence = row.evidence.iter().filter(|evidence| evidence.status == Status::Added).count();
    let of_actions = row.actions.iter().flat_map(|action| &action.remarks);
    let kept = row.remarks.iter().chain(of_actions).filter(|remark| remark.status == Status::Added).count();
    for (number, noun) in [(evidence, "new evidence item"), (kept, "kept cell")] {
        if number > 0 {
            summary.push_str(&format!(", {}", count(number, noun)));
        }
    }
    if differs > 0 {
        summary.push_str(&format!(", {} that differ", count(differs, "field")));
    }
    summary
}

fn position_lines(ui: &mut Ui, position: &mut crate::import::ProposedPosition) {
    match position.status {
        Status::Differs => {
            words(ui, "The plan's position of that date", &position.mine);
            words(ui, "The document's", &position.row.text);
            ui.checkbox(&mut position.take, "Take the document's");
        }
        _ => {
            let state = position.row.state.map(|state| format!(": {}", state.word())).unwrap_or_default();
            let what = format!("Position{state}");
            words(ui, &what, if position.row.text.is_empty() { "no words" } else { &position.row.text });
        }
    }
}

fn field_lines(ui: &mut Ui, field: &mut ProposedField) {
    if field.status == Status::Same {
        return;
    }
    let name = sentence_case(&field_name(field.field));
    words(ui, &format!("{name}, as the plan has it"), if field.mine.is_empty() { "blank" } else { &field.mine });
    words(ui, &format!("{name}, as the document has it"), &field.theirs);
    ui.checkbox(&mut field.take, "Take the document's");
}

fn action_lines(ui: &mut Ui, lead: &mut Lead, action: &mut ProposedAction) {
    ui.push_id(action.row.id.to_string(), |ui| {
        let title = format!("Action: {}", action.row.text);
        head(ui, lead, (&mut action.take, action.status), &title, action.line, &[]);
        indented(ui, |ui| {
            let theme = tokens(ui);
            let facts = action_facts(action);
            ui.add(egui::Label::new(RichText::new(facts).size(size::SMALL).color(theme.ink_second)).wrap());
            if let Some(progress) = &action.progress {
                words(ui, "Progress", &progress.note);
            }
            for field in &mut action.fields {
                field_lines(ui, field);
            }
            remarks(ui, lead, &mut action.remarks);
        });
    });
}

/// Who has an action, when it is due and how far it is, as they were understood.
fn action_facts(action: &ProposedAction) -> String {
    let row = &action.row;
    let named = |name: &str, words: &str| if words.is_empty() { String::new() } else { format!("{name} {words}") };
    let owner = if row.owner.is_empty() { "no owner".to_owned() } else { row.owner.clone() };
    let parts = [owner, named("with", &row.partners), named("due", &row.due_words), row.state.word().to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ").replace('\n', ", ")
}

fn action_plan(ui: &mut Ui, lead: &mut Lead, heights: &mut Vec<f32>, proposal: &mut Proposal) {
    for row in &mut proposal.responsibilities {
        ui.push_id(row.row.id.to_string(), |ui| {
            head(ui, lead, (&mut row.take, row.status), &row.row.text, row.line, &row.joins);
            indented(ui, |ui| {
                for field in &mut row.fields {
                    field_lines(ui, field);
                }
                for action in &mut row.actions {
                    action_lines(ui, lead, action);
                }
                for timescale in &mut row.timescales {
                    head(
                        ui,
                        lead,
                        (&mut timescale.take, timescale.status),
                        &format!("Timescale: {}", timescale.row.words),
                        timescale.line,
                        &[],
                    );
                }
                remarks(ui, lead, &mut row.remarks);
            });
        });
    }
    seen(ui, heights, 44.0, &mut proposal.actions, |ui, action| action_lines(ui, lead, action));
}

fn sheet(ui: &mut Ui, lead: &mut Lead, proposal: &mut Proposal) {
    for field in &mut proposal.paper {
        let salt = field.row.key.clone();
        ui.push_id(salt, |ui| {
            head(ui, lead, (&mut field.take, field.status), &field.row.label, field.line, &[]);
            indented(ui, |ui| {
                ui.add(egui::Label::new(&field.row.text).wrap());
                for field in &mut field.fields {
                    field_lines(ui, field);
                }
            });
        });
    }
}

fn questions(ui: &mut Ui, lead: &mut Lead, proposal: &mut Proposal) {
    let theme = tokens(ui);
    if proposal.choices.len() + proposal.candidates.len() > 0 {
        let note = "What you leave open stays in the plan under Choices, to be settled when you like.";
        ui.label(RichText::new(note).color(theme.ink_second));
    }
    for name in &mut proposal.names {
        almost(ui, lead, name);
    }
    let responsibilities = &proposal.responsibilities;
    for choice in proposal.choices.iter_mut().chain(&mut proposal.candidates) {
        let of = responsibilities.iter().find(|row| Some(row.row.id) == choice.row.subject);
        question(ui, lead, choice, of.map(|row| row.row.text.as_str()));
    }
}

/// A name that is almost another's.
fn almost(ui: &mut Ui, lead: &mut Lead, name: &mut ProposedName) {
    ui.push_id((name.field, name.written.clone()), |ui| {
        ui.add_space(space::TIGHT);
        ui.horizontal_wrapped(|ui| {
            let asked = format!("Is “{}” the same as “{}”?", name.written, name.instead);
            ui.label(RichText::new(asked).font(theme::strong(size::BODY)));
            lead.place(ui, name.line, &[]);
        });
        ui.horizontal_wrapped(|ui| {
            ui.selectable_value(&mut name.take, false, "Keep it as written");
            let words = format!("Write “{}” at {}", name.instead, count(name.actions, "action"));
            ui.selectable_value(&mut name.take, true, words);
        });
        ui.separator();
    });
}

fn question(ui: &mut Ui, lead: &mut Lead, choice: &mut ProposedChoice, responsibility: Option<&str>) {
    let theme = tokens(ui);
    ui.push_id(choice.row.id.to_string(), |ui| {
        ui.add_space(space::TIGHT);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(super::choices::asked(choice.row.kind)).font(theme::strong(size::BODY)));
            ui.label(RichText::new(&choice.heading).size(size::SMALL).color(theme.ink_second));
            lead.place(ui, choice.line, &[]);
        });
        if let Some(responsibility) = responsibility {
            ui.add(egui::Label::new(RichText::new(responsibility).color(theme.ink_second)).wrap());
        }
        ui.add(egui::Label::new(&choice.row.text).wrap());
        if choice.status == Status::Same {
            ui.label(RichText::new("The plan has this question already").size(size::SMALL).color(theme.ink_second));
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.selectable_value(&mut choice.answer, None, "Leave open");
            for (word, answer) in &choice.options {
                ui.selectable_value(&mut choice.answer, Some(answer.clone()), word);
            }
            if !choice.options.iter().any(|(_, answer)| *answer == Answer::Dismiss) {
                ui.selectable_value(&mut choice.answer, Some(Answer::Dismiss), "Dismiss");
            }
        });
        ui.separator();
    });
}

fn notes(ui: &mut Ui, lead: &mut Lead, proposal: &Proposal) {
    if proposal.cleaned.total() > 0 {
        let words = format!("{} characters that no one sees were cleaned out of the text", proposal.cleaned.total());
        ui.label(words);
    }
    for note in &proposal.notes {
        ui.horizontal_wrapped(|ui| {
            let badge = match note.level {
                Level::Info => Badge { word: "Read as".into(), tone: Tone::Grey, shape: None },
                Level::Kept => Badge { word: "Kept".into(), tone: Tone::Grey, shape: None },
                Level::Unread => Badge { word: "Not taken".into(), tone: Tone::Amber, shape: None },
            };
            pill(ui, &badge);
            if note.line > 0 {
                lead.place(ui, note.line, &[]);
            }
            ui.add(egui::Label::new(&note.text).wrap());
        });
    }
}

fn decide(ui: &mut Ui, session: &mut Session, accept: &str, left: usize) -> Outcome {
    let theme = tokens(ui);
    let mut outcome = Outcome::Open;
    ui.horizontal(|ui| {
        if primary_button(ui, accept).clicked() {
            session.accept_proposal();
            outcome = Outcome::Close;
        }
        if link_button(ui, "Import nothing").clicked() {
            outcome = Outcome::Close;
        }
        let words = "Nothing is written before you decide. The whole import is one change, and one undo takes it back.";
        ui.label(RichText::new(words).size(size::SMALL).color(theme.ink_second));
        if left > 0 {
            ui.label(
                RichText::new(format!("{} stay open", count(left, "question")))
                    .size(size::SMALL)
                    .color(theme.tint(Tone::Amber).ink),
            );
        }
    });
    outcome
}
