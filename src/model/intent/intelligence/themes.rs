//! Edits of the themes that signals are shown under, and of where subjects lead.

use super::order_before;
use crate::model::intelligence::themes_of;
use crate::model::signal::Source;
use crate::model::text::count;
use crate::model::theme_map::ThemeMap;
use crate::model::{Edit, EditBuilder, Entity, Id, NotedFinding, Plan, Rebase, SignalTheme, Subject, delete, order};

/// Puts the shipped themes into a plan that has none, inside another edit: from then on they are its own.
pub fn begin_signal_themes(edit: &mut EditBuilder<'_>) {
    let plan = edit.plan();
    if !plan.signal_themes.is_empty() || !edit.added::<SignalTheme>().is_empty() {
        return;
    }
    let themes = themes_of(plan);
    for (theme, order) in themes.iter().zip(order::after("", themes.len())) {
        edit.put(&SignalTheme { order, ..theme.clone() });
    }
}

/// Puts the shipped themes into a plan that has none.
#[must_use]
pub fn put_signal_themes(plan: &Plan) -> Edit {
    let mut edit = EditBuilder::new(plan, "Begin the list of themes of signals");
    begin_signal_themes(&mut edit);
    edit.finish()
}

/// The themes of the edit so far, in order.
fn in_order(edit: &EditBuilder<'_>) -> Vec<(Id, String)> {
    let held = edit.plan().signal_themes.keys().filter_map(|id| edit.current::<SignalTheme>(*id));
    let mut rows: Vec<(String, Id)> = held.chain(edit.added()).map(|row| (row.order, row.id)).collect();
    rows.sort();
    rows.into_iter().map(|(order, id)| (id, order)).collect()
}

/// Adds a theme after the last.
#[must_use]
pub fn add_signal_theme(plan: &Plan, id: Id, title: &str) -> Edit {
    let title = title.trim().to_owned();
    let mut edit = EditBuilder::new(plan, format!("Add the theme \"{title}\""));
    begin_signal_themes(&mut edit);
    let last = in_order(&edit).pop().map_or_else(String::new, |(_, order)| order);
    edit.put(&SignalTheme { id, title, order: order::between(&last, ""), ..SignalTheme::default() });
    edit.finish()
}

/// Gives a theme another title; what was mapped to it stays so.
#[must_use]
pub fn rename_signal_theme(plan: &Plan, id: Id, title: &str) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Rename the theme \"{}\"", title_of(plan, id)));
    begin_signal_themes(&mut edit);
    edit.update::<SignalTheme>(id, |row| title.trim().clone_into(&mut row.title));
    edit.finish()
}

/// Moves a theme before another, or to the end.
#[must_use]
pub fn move_signal_theme(plan: &Plan, id: Id, before: Option<Id>) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Move the theme \"{}\"", title_of(plan, id)));
    begin_signal_themes(&mut edit);
    let order = order_before(&in_order(&edit), id, before);
    edit.update::<SignalTheme>(id, |row| row.order = order);
    edit.finish()
}

/// Deletes a theme: its subjects lead nowhere from then on.
#[must_use]
pub fn delete_signal_theme(plan: &Plan, id: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Delete the theme \"{}\"", title_of(plan, id)));
    begin_signal_themes(&mut edit);
    delete::row(&mut edit, Entity::SignalTheme, id);
    edit.finish()
}

/// Makes one theme of two: what led to `from` leads to `into`. `in_use` are subjects of the plan's signals that lead
/// to `from` ([`crate::model::intelligence::Intelligence::subjects_of`]); those that ship are known here.
#[must_use]
pub fn merge_signal_themes(plan: &Plan, from: Id, into: Id, in_use: &[String]) -> Edit {
    let label = format!("Merge the theme \"{}\" into \"{}\"", title_of(plan, from), title_of(plan, into));
    let mut edit = EditBuilder::new(plan, label);
    begin_signal_themes(&mut edit);
    if from == into || [from, into].iter().any(|id| edit.current::<SignalTheme>(*id).is_none()) {
        return EditBuilder::new(plan, "Merge themes").finish();
    }
    for row in plan.subjects.values().filter(|row| row.theme == Some(from)) {
        edit.update::<Subject>(row.id, |row| row.theme = Some(into));
    }
    let shipped = ThemeMap::shipped();
    let of = plan.id();
    let known = shipped.subjects().filter(|mapped| SignalTheme::id_of(of, &mapped.theme) == from);
    let title = title_of(plan, from);
    let texts =
        known.map(|mapped| mapped.subject.as_str()).chain(in_use.iter().map(String::as_str)).chain([title.as_str()]);
    for text in texts.filter(|text| !text.trim().is_empty()) {
        // what a person mapped elsewhere, or set apart, stays there
        if edit.current::<Subject>(Subject::id_of(of, text)).is_none() {
            put_subject(&mut edit, text, Some(into));
        }
    }
    for row in plan.rebases.values().filter(|row| row.theme == Some(from)) {
        edit.update::<Rebase>(row.id, |row| row.theme = Some(into));
    }
    for row in plan.findings.values().filter(|row| row.theme == Some(from)) {
        edit.update::<NotedFinding>(row.id, |row| row.theme = Some(into));
    }
    // all that pointed at it points elsewhere by now, and deleting would take that along
    edit.delete::<SignalTheme>(from);
    edit.finish()
}

fn put_subject(edit: &mut EditBuilder<'_>, text: &str, theme: Option<Id>) {
    let id = Subject::id_of(edit.plan().id(), text);
    edit.put(&Subject { id, text: text.trim().to_owned(), theme });
}

/// Maps a subject to a theme; `None` says that it belongs to no theme.
#[must_use]
pub fn map_subject(plan: &Plan, text: &str, theme: Option<Id>) -> Edit {
    map_subjects(plan, &[text.to_owned()], theme)
}

/// Maps several subjects to one theme.
#[must_use]
pub fn map_subjects(plan: &Plan, texts: &[String], theme: Option<Id>) -> Edit {
    let what = match texts {
        [one] => format!("\"{}\"", one.trim()),
        several => count(several.len(), "subject"),
    };
    let to = theme.map_or_else(|| "no theme".to_owned(), |id| format!("\"{}\"", title_of(plan, id)));
    let mut edit = EditBuilder::new(plan, format!("Map {what} to {to}"));
    begin_signal_themes(&mut edit);
    for text in texts {
        put_subject(&mut edit, text, theme);
    }
    edit.finish()
}

/// Takes back what a person said of a subject: it leads where the shipped list says.
#[must_use]
pub fn unmap_subject(plan: &Plan, text: &str) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Take back the mapping of \"{}\"", text.trim()));
    edit.delete::<Subject>(Subject::id_of(plan.id(), text));
    edit.finish()
}

/// Says which sources say nothing about a theme.
#[must_use]
pub fn set_not_asked(plan: &Plan, theme: Id, sources: &[Source]) -> Edit {
    let label = format!("Say which sources do not cover the theme \"{}\"", title_of(plan, theme));
    let mut edit = EditBuilder::new(plan, label);
    begin_signal_themes(&mut edit);
    let words: Vec<&str> = Source::ALL.iter().filter(|one| sources.contains(one)).map(|one| one.word()).collect();
    edit.update::<SignalTheme>(theme, |row| row.not_asked = words.join("\n"));
    edit.finish()
}

fn title_of(plan: &Plan, id: Id) -> String {
    themes_of(plan).into_iter().find(|row| row.id == id).map(|row| row.title).unwrap_or_default()
}
