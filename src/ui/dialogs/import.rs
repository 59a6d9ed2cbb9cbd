//! The import's preview: what was understood of a document, and what of it is taken.

use super::{Outcome, workbook};
use crate::app::{Reading, Session, Waiting, draft};
use crate::import::json::JsonImport;
use crate::import::{
    Answer, DateSource, Level, Proposal, ProposedAction, ProposedChoice, ProposedField, ProposedRow, Status,
};
use crate::model::intent::{field_name, noun};
use crate::model::text::count;
use crate::ui::theme::{self, Tone, size, space, tokens};
use crate::ui::widgets::pill::sentence_case;
use crate::ui::widgets::{Badge, link_button, pill, primary_button};
use egui::{RichText, ScrollArea, Ui};

/// What the preview remembers between frames.
#[derive(Debug, Default)]
pub struct Preview {
    part: Part,
    date: String,
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
            let (asked, left) = tables(ui, preview, proposal);
            let outcome = decide(ui, session, "Import what is ticked", left);
            if let Some(date) = asked {
                session.read_again(Reading { as_at: Some(date), ..reading });
            }
            outcome
        }
    }
}

/// Draws what tables would change; gives the date that was asked for, and what stays open.
fn tables(ui: &mut Ui, preview: &mut Preview, proposal: &mut Proposal) -> (Option<chrono::NaiveDate>, usize) {
    let theme = tokens(ui);
    ui.label(RichText::new(&proposal.name).color(theme.ink_second));
    let asked = dates(ui, preview, proposal);
    parts(ui, preview, proposal);
    scrolled(ui, preview.part as u8, |ui| match preview.part {
        Part::Rows => proposal.rows.iter_mut().for_each(|row| recommendation(ui, row)),
        Part::ActionPlan => action_plan(ui, proposal),
        Part::Sheet => sheet(ui, proposal),
        Part::Questions => questions(ui, proposal),
        Part::Notes => notes(ui, proposal),
    });
    (asked, open(proposal))
}

fn scrolled(ui: &mut Ui, salt: u8, add: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - 290.0).max(160.0);
    ScrollArea::vertical().id_salt(("preview", salt)).max_height(height).auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        add(ui);
    });
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
        (Part::Questions, count(open(proposal), "open question"), proposal.candidates.len() + proposal.choices.len()),
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

/// "line 12" or "lines 12 and 18: joined over a page break".
fn place(line: usize, joins: &[usize]) -> String {
    if joins.is_empty() {
        return format!("line {line}");
    }
    let lines: Vec<String> = joins.iter().map(ToString::to_string).collect();
    format!("line {line}, joined with line {}", lines.join(", "))
}

/// A row's head: whether it is taken, what it is, where it stands.
fn head(ui: &mut Ui, take: &mut bool, status: Status, title: &str, place: &str) {
    let theme = tokens(ui);
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled(status != Status::Same, egui::Checkbox::without_text(take))
            .accessible_name(format!("Take {title}"));
        pill(ui, &status_badge(status));
        ui.label(RichText::new(title).font(theme::strong(size::BODY)));
        ui.label(RichText::new(place).size(size::SMALL).color(theme.ink_second));
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

fn recommendation(ui: &mut Ui, row: &mut ProposedRow) {
    let title = format!("{} {}", row.row.reference, row.row.shown_title());
    let salt = row.row.id.to_string();
    ui.push_id(salt, |ui| {
        head(ui, &mut row.take, row.status, &title, &place(row.line, &row.joins));
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
                    action_lines(ui, action);
                }
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
        _ => words(ui, "Position", &position.row.text),
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

fn action_lines(ui: &mut Ui, action: &mut ProposedAction) {
    ui.push_id(action.row.id.to_string(), |ui| {
        let due = if action.row.due_words.is_empty() { String::new() } else { format!(" · {}", action.row.due_words) };
        head(
            ui,
            &mut action.take,
            action.status,
            &format!("Action: {}{due}", action.row.text),
            &place(action.line, &[]),
        );
        for field in &mut action.fields {
            field_lines(ui, field);
        }
    });
}

fn action_plan(ui: &mut Ui, proposal: &mut Proposal) {
    for row in &mut proposal.responsibilities {
        ui.push_id(row.row.id.to_string(), |ui| {
            head(ui, &mut row.take, row.status, &row.row.text, &place(row.line, &row.joins));
            indented(ui, |ui| {
                for field in &mut row.fields {
                    field_lines(ui, field);
                }
                for action in &mut row.actions {
                    action_lines(ui, action);
                }
                for timescale in &mut row.timescales {
                    head(
                        ui,
                        &mut timescale.take,
                        timescale.status,
                        &format!("Timescale: {}", timescale.row.words),
                        &place(timescale.line, &[]),
                    );
                }
            });
        });
    }
    for action in &mut proposal.actions {
        action_lines(ui, action);
    }
}

fn sheet(ui: &mut Ui, proposal: &mut Proposal) {
    for field in &mut proposal.paper {
        let salt = field.row.key.clone();
        ui.push_id(salt, |ui| {
            head(ui, &mut field.take, field.status, &field.row.label, &place(field.line, &[]));
            indented(ui, |ui| {
                ui.add(egui::Label::new(&field.row.text).wrap());
                for field in &mut field.fields {
                    field_lines(ui, field);
                }
            });
        });
    }
}

fn questions(ui: &mut Ui, proposal: &mut Proposal) {
    let theme = tokens(ui);
    let note = "What you leave open stays in the plan under Choices, to be settled when you like.";
    ui.label(RichText::new(note).color(theme.ink_second));
    let responsibilities = &proposal.responsibilities;
    for choice in proposal.choices.iter_mut().chain(&mut proposal.candidates) {
        let of = responsibilities.iter().find(|row| Some(row.row.id) == choice.row.subject);
        question(ui, choice, of.map(|row| row.row.text.as_str()));
    }
}

fn question(ui: &mut Ui, choice: &mut ProposedChoice, responsibility: Option<&str>) {
    let theme = tokens(ui);
    ui.push_id(choice.row.id.to_string(), |ui| {
        ui.add_space(space::TIGHT);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(super::choices::asked(choice.row.kind)).font(theme::strong(size::BODY)));
            let place = place(choice.line, &[]);
            let place = if choice.heading.is_empty() { place } else { format!("{} · {place}", choice.heading) };
            ui.label(RichText::new(place).size(size::SMALL).color(theme.ink_second));
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

fn notes(ui: &mut Ui, proposal: &Proposal) {
    let theme = tokens(ui);
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
            ui.label(RichText::new(format!("line {}", note.line)).size(size::SMALL).color(theme.ink_second));
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
