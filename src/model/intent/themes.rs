//! Edits of the themes that group recommendations, and recommendations that are added under them.

use super::moves::{Step, set_keys};
use super::put_theme;
use crate::model::catalogue::{Catalogue, CatalogueEntry};
use crate::model::reference::natural_cmp;
use crate::model::text::{count, fold, same_words};
use crate::model::{Edit, EditBuilder, Entity, Id, Plan, Recommendation, Report, Theme, delete, order};

fn title_of(plan: &Plan, id: Id) -> &str {
    plan.themes.get(&id).map_or("", |theme| &theme.title)
}

/// The theme with a title, whatever its case and dress.
#[must_use]
pub fn theme_titled(plan: &Plan, title: &str) -> Option<Id> {
    plan.themes.values().find(|theme| same_words(&theme.title, title)).map(|theme| theme.id)
}

/// Adds a theme after the last.
#[must_use]
pub fn add_theme(plan: &Plan, id: Id, title: &str) -> Edit {
    let title = title.trim();
    let mut edit = EditBuilder::new(plan, format!("Add the theme \"{title}\""));
    put_theme(&mut edit, id, title);
    edit.finish()
}

/// Gives a theme another title; its recommendations stay under it.
#[must_use]
pub fn rename_theme(plan: &Plan, id: Id, title: &str) -> Edit {
    let title = title.trim();
    let mut edit = EditBuilder::new(plan, format!("Rename the theme \"{}\" to \"{title}\"", title_of(plan, id)));
    edit.update::<Theme>(id, |theme| title.clone_into(&mut theme.title));
    edit.finish()
}

/// Moves a theme, with all under it, before another, or to the end.
#[must_use]
pub fn move_theme(plan: &Plan, id: Id, before: Option<Id>) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Move the theme \"{}\"", title_of(plan, id)));
    let all = plan.themes_in_order();
    let from = before.and_then(|before| all.iter().position(|theme| theme.id == before)).unwrap_or(all.len());
    let others = |themes: &[&Theme]| -> Vec<(Id, String)> {
        themes.iter().filter(|theme| theme.id != id).map(|theme| (theme.id, theme.order.clone())).collect()
    };
    let (above, below) = (others(&all[..from]), others(&all[from..]));
    let ids = |rows: &[(Id, String)]| rows.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let now = [ids(&above), vec![id], ids(&below)].concat();
    if !plan.themes.contains_key(&id) || now.iter().eq(all.iter().map(|theme| &theme.id)) {
        return edit.finish();
    }
    let keys = |rows: &'_ [(Id, String)]| rows.iter().map(|(_, key)| key.clone()).collect::<Vec<_>>();
    let (low, high) = (keys(&above), keys(&below));
    let low: Vec<&str> = low.iter().map(String::as_str).collect();
    let high: Vec<&str> = high.iter().map(String::as_str).collect();
    let fit = order::fit(&low, 1, &high);
    for (id, key) in now.into_iter().skip(fit.kept).zip(fit.keys) {
        edit.update::<Theme>(id, |theme| theme.order = key);
    }
    edit.finish()
}

/// Moves a theme one place up or down; `None` where it is the first or the last.
#[must_use]
pub fn nudge_theme(plan: &Plan, id: Id, step: Step) -> Option<Edit> {
    let all = plan.themes_in_order();
    let at = all.iter().position(|theme| theme.id == id)?;
    let before = match step {
        Step::Up => Some(all.get(at.checked_sub(1)?)?.id),
        Step::Down => {
            all.get(at + 1)?;
            all.get(at + 2).map(|theme| theme.id)
        }
    };
    Some(move_theme(plan, id, before))
}

/// Recommendations under a theme, or under none, in order.
fn under(plan: &Plan, theme: Option<Id>) -> Vec<&Recommendation> {
    let theme_of = |row: &Recommendation| row.theme.filter(|theme| plan.themes.contains_key(theme));
    plan.recommendations_in_order().into_iter().filter(|row| theme_of(row) == theme).collect()
}

/// Puts all recommendations of a theme behind those of another, or of none, inside an edit that deletes it.
fn empty_into(edit: &mut EditBuilder<'_>, from: Id, into: Option<Id>) {
    let plan = edit.plan();
    let there: Vec<(Id, String)> = under(plan, into).iter().map(|row| (row.id, row.order.clone())).collect();
    let moved: Vec<Id> = under(plan, Some(from)).iter().map(|row| row.id).collect();
    delete::row(edit, Entity::Theme, from);
    set_keys(edit, &there, &moved, &[]);
    for id in moved {
        edit.update::<Recommendation>(id, |row| row.theme = into);
    }
}

/// Makes one theme of two: the recommendations of `from` come behind those of `into`, whose title and place stay,
/// and `from` is gone.
#[must_use]
pub fn merge_themes(plan: &Plan, from: Id, into: Id) -> Edit {
    let label = format!("Merge the theme \"{}\" into \"{}\"", title_of(plan, from), title_of(plan, into));
    let mut edit = EditBuilder::new(plan, label);
    if from != into && [from, into].iter().all(|id| plan.themes.contains_key(id)) {
        empty_into(&mut edit, from, Some(into));
    }
    edit.finish()
}

/// Deletes a theme; its recommendations stay, without a theme.
#[must_use]
pub fn delete_theme(plan: &Plan, id: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Delete the theme \"{}\"", title_of(plan, id)));
    if plan.themes.contains_key(&id) {
        empty_into(&mut edit, id, None);
    }
    edit.finish()
}

/// Adds recommendations of a report's catalogue, each under the theme named for its section and there where its
/// number belongs, if that theme goes by numbers; else at its end. What the plan has already stays as it is.
#[must_use]
pub fn add_from_catalogue(plan: &Plan, catalogue: &Catalogue, entries: &[&CatalogueEntry]) -> Edit {
    let mut edit = EditBuilder::new(plan, "Add");
    catalogue.add_to(&mut edit, plan.id(), entries);
    let added: Vec<Recommendation> = edit.added();
    edit.label(match &added[..] {
        [one] => format!("Add recommendation {}", one.reference),
        several => format!("Add {}", count(several.len(), "recommendation")),
    });
    let themes: std::collections::BTreeSet<Option<Id>> = added.iter().map(|row| row.theme).collect();
    for theme in themes {
        let there = under(plan, theme);
        if !there.is_empty() {
            let mut new: Vec<&Recommendation> = added.iter().filter(|row| row.theme == theme).collect();
            new.sort_by(|a, b| natural_cmp(&a.reference, &b.reference));
            put_by_number(&mut edit, &there, &new);
        }
    }
    edit.finish()
}

/// Gives new rows of a theme keys between those that stand there; both lists are in order.
fn put_by_number(edit: &mut EditBuilder<'_>, there: &[&Recommendation], new: &[&Recommendation]) {
    let goes_by_number = there.windows(2).all(|pair| natural_cmp(&pair[0].reference, &pair[1].reference).is_le());
    let place = |row: &Recommendation| {
        let above = |other: &&Recommendation| natural_cmp(&other.reference, &row.reference).is_le();
        if goes_by_number { there.partition_point(above) } else { there.len() }
    };
    let mut rows: Vec<(Id, String)> = there.iter().map(|row| (row.id, row.order.clone())).collect();
    // from the last place to the first, so that places before it stay what they are
    let mut new: Vec<(usize, Id)> = new.iter().map(|row| (place(row), row.id)).collect();
    while let Some((at, _)) = new.last().copied() {
        let first = new.iter().position(|(place, _)| *place == at).unwrap_or_default();
        let group: Vec<Id> = new.drain(first..).map(|(_, id)| id).collect();
        set_keys(edit, &rows[..at], &group, &rows[at..]);
        for (id, key) in &mut rows {
            if let Some(row) = edit.current::<Recommendation>(*id) {
                *key = row.order;
            }
        }
        let key = |id: &Id| edit.current::<Recommendation>(*id).map(|row| row.order).unwrap_or_default();
        let group: Vec<(Id, String)> = group.iter().map(|id| (*id, key(id))).collect();
        rows.splice(at..at, group);
    }
}

/// One of the CCG's own recommendations, as a form has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Own {
    /// Its number; never blank.
    pub reference: String,
    /// The title of the report it comes from: one of the plan's, or a new one; blank for none.
    pub report: String,
    /// Its title.
    pub title: String,
    /// Its words.
    pub text: String,
    /// The title of its theme: one of the plan's, or a new one; blank for none.
    pub theme: String,
}

impl Own {
    /// The report of the plan that it names.
    #[must_use]
    pub fn report_of<'p>(&self, plan: &'p Plan) -> Option<&'p Report> {
        let named = |title: &str| !title.is_empty() && same_words(title, &self.report);
        plan.reports.values().find(|report| named(&report.short_title) || named(&report.title))
    }

    fn report_key(&self, plan: &Plan) -> String {
        self.report_of(plan).map_or_else(|| key_of(&self.report), |report| report.key.clone())
    }

    /// Whether the plan has its number already, in the same report.
    #[must_use]
    pub fn is_taken(&self, plan: &Plan) -> bool {
        plan.recommendation(&self.report_key(plan), &self.reference).is_some()
    }
}

/// A report's key, made of its title: `cqc-inspection-2014`.
fn key_of(title: &str) -> String {
    let words = fold(title);
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Adds one of the CCG's own recommendations at the end of its theme, with the report and the theme if they are new.
/// `new` are ids for the recommendation, where it comes from no report, and for the theme.
#[must_use]
pub fn add_own(plan: &Plan, own: &Own, new: [Id; 2]) -> (Edit, Id) {
    let reference = own.reference.trim().to_owned();
    let report = own.report_key(plan);
    let mut edit = EditBuilder::new(plan, format!("Add recommendation {reference}"));
    if own.report_of(plan).is_none() && !report.is_empty() {
        let title = own.report.trim().to_owned();
        let id = plan.id().derive(&["report", &report]);
        edit.put(&Report { id, key: report.clone(), short_title: title.clone(), title, published: None });
    }
    let theme = (!own.theme.trim().is_empty()).then(|| {
        theme_titled(plan, &own.theme).unwrap_or_else(|| {
            put_theme(&mut edit, new[1], own.theme.trim());
            new[1]
        })
    });
    let id = if report.is_empty() { new[0] } else { Recommendation::id_of(plan.id(), &report, &reference) };
    let (title, text) = (own.title.trim().to_owned(), own.text.trim().to_owned());
    edit.put(&Recommendation { id, reference, report, theme, title, text, ..Recommendation::default() });
    let there: Vec<(Id, String)> = under(plan, theme).iter().map(|row| (row.id, row.order.clone())).collect();
    set_keys(&mut edit, &there, &[id], &[]);
    (edit.finish(), id)
}

#[cfg(test)]
mod tests;
