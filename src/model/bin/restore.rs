//! Bringing rows back: the inverse of what of a deletion still fits.

use super::{Gone, KINDS, Past, gone, name_of, with_belongings};
use crate::model::intent::{free_reference, noun};
use crate::model::refers::{self, Reference};
use crate::model::text::count;
use crate::model::{Change, EXISTS, Edit, Entity, Id, Plan, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What bringing rows back comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Restored {
    /// The change.
    pub edit: Edit,
    /// What could not come back as it was, a sentence each.
    pub left: Vec<String>,
}

type Row = (Entity, Id);

/// Brings rows back with what went with them, as they were when they were deleted. Each is given by the entry that
/// deleted it, its kind and its id. What no longer fits the plan is left out or left blank, and told.
#[must_use]
pub fn restore(plan: &Plan, past: &[Past<'_>], wanted: &[(Id, Entity, Id)]) -> Restored {
    let entries: Vec<(Gone<'_>, BTreeSet<Id>, &Edit)> = past
        .iter()
        .filter_map(|entry| {
            let roots: BTreeSet<Id> =
                wanted.iter().filter(|(of, _, _)| *of == entry.id).map(|(_, _, row)| *row).collect();
            (!roots.is_empty()).then(|| (gone(entry.edit), roots, entry.edit))
        })
        .collect();
    let mut back = Back { plan, fields: BTreeMap::new(), left: BTreeMap::new() };
    for (gone, roots, _) in &entries {
        for row in with_belongings(gone, roots) {
            if !plan.has(row.0, row.1)
                && let Some(fields) = gone.get(&row)
            {
                back.fields.entry(row).or_insert_with(|| fields.iter().map(|(k, v)| (*k, (*v).clone())).collect());
            }
        }
    }
    back.drop_what_has_no_owner();
    back.blank_what_names_nothing();
    back.free_numbers();
    let mut changes = back.rows();
    for (_, _, edit) in &entries {
        changes.extend(back.put_back(edit));
    }
    let roots: Vec<(Row, String)> = wanted
        .iter()
        .map(|(_, entity, row)| (*entity, *row))
        .filter_map(|row| back.fields.get(&row).map(|fields| (row, called(row.0, fields))))
        .collect();
    let left =
        back.left.into_iter().map(|(words, times)| if times > 1 { format!("{words} ({times} times)") } else { words });
    Restored { edit: Edit { label: label(&roots), changes }, left: left.collect() }
}

/// "recommendation 120", "action “Agree the extract”".
fn called(entity: Entity, fields: &BTreeMap<&'static str, Value>) -> String {
    let borrowed: BTreeMap<&'static str, &Value> = fields.iter().map(|(field, value)| (*field, value)).collect();
    match (entity, fields.get("reference")) {
        (Entity::Recommendation, Some(Value::Text(reference))) => format!("recommendation {reference}"),
        _ => {
            let name = name_of(entity, &borrowed);
            let short: String = name.chars().take(40).collect();
            let dots = if short.len() < name.len() { "…" } else { "" };
            format!("{} “{short}{dots}”", noun(entity))
        }
    }
}

fn label(roots: &[(Row, String)]) -> String {
    if let [(_, name)] = roots {
        return format!("Bring back {name}");
    }
    let kinds = KINDS.iter().filter_map(|kind| {
        let number = roots.iter().filter(|((entity, _), _)| entity == kind).count();
        (number > 0).then(|| count(number, noun(*kind)))
    });
    let kinds: Vec<String> = kinds.collect();
    match kinds.as_slice() {
        [] => "Bring back nothing".into(),
        [rest @ .., last] if !rest.is_empty() => format!("Bring back {} and {last}", rest.join(", ")),
        all => format!("Bring back {}", all.join("")),
    }
}

/// The rows that come back, with their fields.
struct Back<'p> {
    plan: &'p Plan,
    fields: BTreeMap<Row, BTreeMap<&'static str, Value>>,
    /// What is told, and how often it is so.
    left: BTreeMap<String, usize>,
}

impl Back<'_> {
    fn is_there(&self, reference: &Reference, id: Id) -> bool {
        reference.to.iter().any(|entity| self.plan.has(*entity, id) || self.fields.contains_key(&(*entity, id)))
    }

    fn tell(&mut self, words: String) {
        *self.left.entry(words).or_default() += 1;
    }

    /// A link to an action that is gone has nothing to come back to.
    fn drop_what_has_no_owner(&mut self) {
        loop {
            let lost = |(row, fields): (&Row, &BTreeMap<&'static str, Value>)| {
                refers::of(row.0).filter(|reference| !reference.optional).find_map(|reference| {
                    let named = fields.get(reference.field).and_then(|value| reference.named(value));
                    let whole = named.is_some_and(|id| self.is_there(reference, id));
                    (!whole).then_some((*row, *reference))
                })
            };
            let lost: Vec<(Row, Reference)> = self.fields.iter().filter_map(lost).collect();
            if lost.is_empty() {
                return;
            }
            for (row, reference) in lost {
                self.fields.remove(&row);
                let of = noun(reference.to[0]);
                let article = if of.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
                self.tell(format!("A {} stays out: it belongs to {article} {of} that is not in the plan", noun(row.0)));
            }
        }
    }

    /// A theme, a report that is gone: the row comes back without it.
    fn blank_what_names_nothing(&mut self) {
        let mut blank: Vec<(Row, &'static str, String)> = Vec::new();
        for (row, fields) in &self.fields {
            for reference in refers::of(row.0).filter(|reference| reference.optional) {
                let named = fields.get(reference.field).and_then(|value| reference.named(value));
                if named.is_some_and(|id| !self.is_there(reference, id)) {
                    blank.push((*row, reference.field, reference.field.to_owned()));
                }
            }
            if row.0 == Entity::Recommendation
                && let Some(Value::Text(key)) = fields.get("report")
                && !self.plan.reports.values().any(|report| report.key == *key)
            {
                blank.push((*row, "report", "report".to_owned()));
            }
        }
        for (row, field, words) in blank {
            let name = self.fields.get(&row).map(|fields| called(row.0, fields)).unwrap_or_default();
            if let Some(fields) = self.fields.get_mut(&row) {
                fields.remove(field);
            }
            let name = crate::model::text::sentence_case(&name);
            self.tell(format!("{name} comes back without its {words}, which is not in the plan any more"));
        }
    }

    /// A recommendation whose number was given to another one meanwhile gets one that is free.
    fn free_numbers(&mut self) {
        let text = |fields: &BTreeMap<&'static str, Value>, field: &str| match fields.get(field) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let plan = self.plan;
        let mut given: BTreeSet<(String, String)> = BTreeSet::new();
        let mut renamed = Vec::new();
        let rows = self.fields.iter_mut().filter(|(row, _)| row.0 == Entity::Recommendation);
        for fields in rows.map(|(_, fields)| fields) {
            let (report, reference) = (text(fields, "report"), text(fields, "reference"));
            let is_taken = |wanted: &str| {
                plan.recommendation(&report, wanted).is_some()
                    || given.contains(&(report.clone(), wanted.to_lowercase()))
            };
            let mut now = reference.clone();
            if !reference.is_empty() && is_taken(&reference) {
                now = free_reference(&reference, is_taken);
                fields.insert("reference", Value::Text(now.clone()));
                renamed.push((reference, now.clone()));
            }
            given.insert((report, now.to_lowercase()));
        }
        for (was, now) in renamed {
            self.tell(format!("Recommendation {was} comes back as {now}: the plan has another {was}"));
        }
    }

    fn rows(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        for ((entity, row), fields) in &self.fields {
            let (entity, row) = (*entity, *row);
            changes.push(Change { entity, row, field: EXISTS, before: Value::Null, after: Value::Int(1) });
            for (field, value) in fields {
                let before = entity.blank(field);
                if before != *value {
                    changes.push(Change { entity, row, field, before, after: value.clone() });
                }
            }
        }
        changes
    }

    /// What rows that stayed said of the ones that went: a recommendation its theme, a cross-reference its target.
    /// Where something else stands there by now, that stays.
    fn put_back(&mut self, edit: &Edit) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut changed_since: BTreeMap<(Entity, &'static str), usize> = BTreeMap::new();
        for change in edit.changes.iter().filter(|change| change.field != EXISTS) {
            let (entity, row, field) = (change.entity, change.row, change.field);
            let reference = refers::of(entity).find(|reference| reference.field == field);
            let named = reference.and_then(|reference| {
                let id = reference.named(&change.before)?;
                reference.to.iter().any(|entity| self.fields.contains_key(&(*entity, id))).then_some(id)
            });
            if named.is_none() || !self.plan.has(entity, row) {
                continue;
            }
            let now = self.plan.value(entity, row, field).unwrap_or_default();
            if now == change.after {
                changes.push(Change { entity, row, field, before: now, after: change.before.clone() });
            } else if now != change.before {
                *changed_since.entry((entity, field)).or_default() += 1;
            }
        }
        for ((entity, field), number) in changed_since {
            let (rows, has) = (count(number, noun(entity)), if number == 1 { "has" } else { "have" });
            self.tell(format!("{rows} {has} another {field} since, and keep{} it", if number == 1 { "s" } else { "" }));
        }
        changes
    }
}
