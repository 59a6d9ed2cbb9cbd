//! What others changed while the plan was open here: by recommendation, who, when and what.

use super::Outcome;
use crate::app::others::{about, person, things, who};
use crate::app::{OpenPlan, Session};
use crate::model::intent::{field_name, is_told, noun, place_name, value_words};
use crate::model::text::{count, sentence_case};
use crate::model::{Change, EXISTS, Edit, Entity, Id, Plan, Value};
use crate::store::Entry;
use crate::ui::theme::{self, size, space, tokens};
use crate::ui::widgets::differ::{Show, differing};
use crate::ui::widgets::{link_button, primary_button};
use chrono::Local;
use egui::{Label, RichText, ScrollArea, Ui};
use std::collections::BTreeSet;

/// More than this is not shown at once; the history has it all.
const MOST: usize = 400;

/// Their changes, put in order once.
#[derive(Debug, Default)]
pub struct Theirs {
    from: usize,
    told: usize,
    heading: String,
    groups: Vec<Group>,
    more: usize,
}

/// The changes about one recommendation, or about none.
#[derive(Debug)]
struct Group {
    recommendation: Option<Id>,
    title: String,
    lines: Vec<Line>,
}

/// One change.
#[derive(Debug)]
struct Line {
    /// "Our title".
    what: String,
    /// "Safety lead, 28 May at 10:15".
    by: String,
    /// Before and after; none for a row that came or went without words.
    texts: Option<(String, String)>,
}

impl Theirs {
    /// What nobody here has looked at yet; all that is known where that is nothing.
    #[must_use]
    pub fn of(open: &OpenPlan, me: &str) -> Self {
        let all = open.others.all();
        let new = open.others.unseen().len();
        let from = if new == 0 { 0 } else { all.len() - new };
        let mut list = Self { from, ..Self::default() };
        list.fill(open, me);
        list
    }

    fn fill(&mut self, open: &OpenPlan, me: &str) {
        let all = open.others.all();
        let entries = all.get(self.from..).unwrap_or_default();
        let mut list = Self { from: self.from, told: all.len(), ..Self::default() };
        list.heading = format!("{} changed {}.", who(entries, me), count(things(entries), "thing"));
        let mut shown = 0;
        for entry in entries {
            for (recommendation, line) in lines(&open.plan, entry, me) {
                shown += 1;
                if shown > MOST {
                    list.more += 1;
                    continue;
                }
                match list.groups.iter_mut().find(|group| group.recommendation == recommendation) {
                    Some(group) => group.lines.push(line),
                    None => {
                        let title = title(&open.plan, recommendation);
                        list.groups.push(Group { recommendation, title, lines: vec![line] });
                    }
                }
            }
        }
        let places = open.index.recommendations.iter().enumerate().map(|(place, id)| (*id, place));
        let places: std::collections::BTreeMap<Id, usize> = places.collect();
        list.groups.sort_by_key(|group| {
            group.recommendation.map_or(usize::MAX, |id| places.get(&id).copied().unwrap_or(usize::MAX - 1))
        });
        *self = list;
    }
}

fn title(plan: &Plan, recommendation: Option<Id>) -> String {
    let Some(id) = recommendation else { return "The plan as a whole".to_owned() };
    match plan.recommendations.get(&id) {
        Some(row) => format!("Recommendation {} {}", row.reference, row.shown_title()).trim().to_owned(),
        None => "A recommendation that was deleted".to_owned(),
    }
}

/// The changes of an entry that say something to a person. A row that came or went is one of them, with its words.
fn lines(plan: &Plan, entry: &Entry, me: &str) -> Vec<(Option<Id>, Line)> {
    let by = person(&entry.who, me);
    let by = format!("{}, {}", by.trim_end_matches(','), entry.at.with_timezone(&Local).format("%-d %B at %H:%M"));
    let came_or_went = |change: &&Change| change.field == EXISTS;
    let whole: BTreeSet<(Entity, Id)> =
        entry.edit.changes.iter().filter(came_or_went).map(|change| (change.entity, change.row)).collect();
    let mut lines = Vec::new();
    for change in &entry.edit.changes {
        let is_whole = whole.contains(&(change.entity, change.row));
        let line = match (change.field, is_whole) {
            (EXISTS, _) => came(plan, &entry.edit, change),
            (_, true) => None,
            (field, _) if !is_told(field) => None,
            (field, _) => {
                let what = match (change.entity, field) {
                    // the heading says which recommendation
                    (Entity::Recommendation, _) => field_name(field),
                    (Entity::Position, "text") => "position".to_owned(),
                    (Entity::Position, _) => format!("{} of the position", field_name(field)),
                    (entity, _) => place_name(plan, entity, change.row, field),
                };
                let words =
                    |value: &Value| if *value == Value::Null { String::new() } else { value_words(plan, field, value) };
                Some((what, Some((words(&change.before), words(&change.after)))))
            }
        };
        if let Some((what, texts)) = line {
            lines.push((about(plan, entry, change), Line { what: sentence_case(&what), by: by.clone(), texts }));
        }
    }
    lines
}

/// A row that came or went, with its words. Links say nothing besides the row that they link.
fn came(plan: &Plan, edit: &Edit, change: &Change) -> Option<(String, Option<(String, String)>)> {
    let gone = change.after == Value::Null;
    if change.entity == Entity::Link
        && edit.changes.iter().any(|one| one.entity == Entity::Action && one.field == EXISTS)
    {
        return None;
    }
    let words = edit.changes.iter().find(|one| {
        one.row == change.row && matches!(one.field, "text" | "words" | "title" | "name" | "label" | "local_title")
    });
    let value = words.map(|one| if gone { &one.before } else { &one.after });
    let text = value.map(ToString::to_string).unwrap_or_default();
    let what = format!("{} {}", noun(change.entity), if gone { "deleted" } else { "added" });
    let name = if change.entity == Entity::Link {
        "Action ".to_owned() + if gone { "taken off" } else { "linked" }
    } else {
        what
    };
    let text = if change.entity == Entity::Link { linked(plan, edit, change) } else { text };
    let texts = (!text.is_empty()).then(|| if gone { (text, String::new()) } else { (String::new(), text) });
    Some((name, texts))
}

fn linked(plan: &Plan, edit: &Edit, change: &Change) -> String {
    let of = edit.changes.iter().find(|one| one.row == change.row && one.field == "action");
    let value = of.map(|one| if one.before == Value::Null { &one.after } else { &one.before });
    value.map(|value| value_words(plan, "action", value)).unwrap_or_default()
}

/// Draws the list. `lead` is told which recommendation to go to.
pub fn show(ui: &mut Ui, state: &mut Theirs, session: &Session, lead: &mut Option<Id>) -> Outcome {
    let Some(open) = &session.open else { return Outcome::Close };
    if state.told != open.others.all().len() {
        state.fill(open, &session.settings.who());
    }
    let theme = tokens(ui);
    ui.add(Label::new(&state.heading).wrap());
    let note = "It is in the plan already. Struck through is what went, underlined what is new.";
    ui.add(Label::new(RichText::new(note).size(size::SMALL).color(theme.ink_second)).wrap());
    ui.add_space(space::NORMAL);
    let mut outcome = Outcome::Open;
    let room = (ui.available_height() - 52.0).max(160.0);
    ScrollArea::vertical().max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - space::WIDE);
        for (place, group) in state.groups.iter().enumerate() {
            ui.push_id(place, |ui| {
                let there = group.recommendation.filter(|id| open.plan.recommendations.contains_key(id));
                match there {
                    Some(id) => {
                        if link_button(ui, &group.title).on_hover_text("Go to this recommendation").clicked() {
                            *lead = Some(id);
                            outcome = Outcome::Close;
                        }
                    }
                    None => {
                        ui.label(RichText::new(&group.title).font(theme::strong(size::BODY)));
                    }
                }
                for line in &group.lines {
                    one(ui, line);
                }
                ui.add_space(space::NORMAL);
            });
        }
        if state.more > 0 {
            ui.label(format!("and {} more: the history has them all", state.more));
        }
    });
    ui.add_space(space::NORMAL);
    if primary_button(ui, "Close this list").clicked() {
        outcome = Outcome::Close;
    }
    outcome
}

fn one(ui: &mut Ui, line: &Line) {
    let theme = tokens(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&line.what).font(theme::strong(size::SMALL)));
        ui.label(RichText::new(&line.by).size(size::SMALL).color(theme.ink_second));
    });
    if let Some((before, after)) = &line.texts {
        differing(ui, &line.what, before, after, Show::Both);
    }
    ui.add_space(space::TIGHT);
}
