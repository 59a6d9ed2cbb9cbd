//! The history of a recommendation: which rows belong to its story, what the journal tells of them, and what it
//! knows of targets that words pointed at.

use super::GoneTarget;
use crate::model::intent::{field_name, is_told, noun, value_words};
use crate::model::text::{excerpt, sentence_case};
use crate::model::{Change, EXISTS, Edit, Entity, Id, Plan, Value, refers};
use std::collections::{BTreeMap, BTreeSet};

/// The rows of a recommendation's story: itself, its positions, links, cross-references and remarks, its actions
/// and evidence, and what was noted of them; also those that are there no more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Family {
    recommendation: Id,
    rows: BTreeSet<Id>,
}

/// Which rows a row belongs to, by a field that may not be blank, as far as that makes it a part of the story.
fn belongs_by(entity: Entity, field: &str) -> bool {
    match entity {
        // an action's link to another recommendation is that one's story
        Entity::Link | Entity::EvidenceLink => field == "recommendation",
        _ => refers::of(entity).any(|reference| reference.field == field && !reference.optional),
    }
}

/// What a link of the recommendation brings into its story.
fn brings(entity: Entity, field: &str) -> bool {
    matches!((entity, field), (Entity::Link, "action") | (Entity::EvidenceLink, "evidence"))
}

fn named(value: &Value) -> Option<Id> {
    match value {
        Value::Text(text) => text.parse().ok().filter(|id: &Id| !id.is_nil()),
        Value::Null | Value::Int(_) => None,
    }
}

impl Family {
    /// The story of a recommendation before anything is known of it. The journal tells all of it: every row came in
    /// by an entry.
    #[must_use]
    pub fn of(recommendation: Id) -> Self {
        Self { recommendation, rows: BTreeSet::from([recommendation]) }
    }

    /// Takes in rows that changes tie to it: what was linked, noted or said once belongs to the story.
    pub fn grow(&mut self, changes: &[Change]) {
        let mut linked = Vec::new();
        for change in changes.iter().filter(|change| belongs_by(change.entity, change.field)) {
            let ids = [named(&change.before), named(&change.after)];
            if ids.into_iter().flatten().any(|id| self.rows.contains(&id)) {
                self.rows.insert(change.row);
                linked.push((change.entity, change.row));
            }
        }
        for change in changes.iter().filter(|change| brings(change.entity, change.field)) {
            if linked.contains(&(change.entity, change.row)) {
                self.rows.extend([named(&change.before), named(&change.after)].into_iter().flatten());
            }
        }
    }

    /// The changes of an entry that are a part of the story, and rows that went with one of its rows: what is to
    /// come back comes back with them.
    #[must_use]
    pub fn part(&self, edit: &Edit) -> Vec<Change> {
        let ties = |change: &&Change| {
            let tie = refers::of(change.entity).any(|one| one.field == change.field && !one.optional);
            tie && change.after == Value::Null && named(&change.before).is_some_and(|id| self.rows.contains(&id))
        };
        let with: BTreeSet<Id> = edit.changes.iter().filter(ties).map(|change| change.row).collect();
        let part = |change: &&Change| self.rows.contains(&change.row) || with.contains(&change.row);
        edit.changes.iter().filter(part).cloned().collect()
    }

    /// The recommendation.
    #[must_use]
    pub fn recommendation(&self) -> Id {
        self.recommendation
    }
}

/// What became of a row in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It came.
    Added,
    /// It went.
    Deleted,
    /// Some of its fields changed.
    Changed,
}

/// A field of a row in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldField {
    /// Which.
    pub field: &'static str,
    /// What people call it.
    pub name: String,
    /// What stood there.
    pub before: Value,
    /// What stood there from then on.
    pub after: Value,
    /// The same as a person reads them; blank for nothing.
    pub words: [String; 2],
}

/// A row in an entry, as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRow {
    /// Its kind.
    pub entity: Entity,
    /// Which.
    pub row: Id,
    /// What became of it.
    pub what: What,
    /// "Position as at 28 May 2013", "Action “Agree the extract”".
    pub name: String,
    /// What of it changed, or what it held.
    pub fields: Vec<ToldField>,
}

/// Names of rows that are there no more, as the entries of a story give them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(BTreeMap<(Id, &'static str), Value>);

/// The fields by which rows are named.
const NAMING: &[&str] = &["text", "as_at", "words", "action", "evidence", "reference", "label", "note", "title"];

impl Names {
    /// Takes in an entry. Give the newest first: the last word that a row had is its name.
    pub fn learn(&mut self, edit: &Edit) {
        for change in edit.changes.iter().filter(|change| NAMING.contains(&change.field)) {
            for value in [&change.after, &change.before] {
                if *value != Value::Null {
                    self.0.entry((change.row, change.field)).or_insert_with(|| value.clone());
                    break;
                }
            }
        }
    }

    fn value(&self, plan: &Plan, entity: Entity, row: Id, field: &'static str) -> Option<Value> {
        let now = plan.value(entity, row, field).filter(|value| *value != Value::Null);
        now.or_else(|| self.0.get(&(row, field)).cloned())
    }

    /// What a row is called, whether it is there or not.
    #[must_use]
    pub fn of(&self, plan: &Plan, entity: Entity, row: Id) -> String {
        let quoted =
            |noun: &str, entity: Entity, row: Id, field: &'static str| match self.value(plan, entity, row, field) {
                Some(text) => format!("{noun} “{}”", excerpt(&text.to_string(), "", 60)),
                None => noun.to_owned(),
            };
        let through = |field: &'static str| self.value(plan, entity, row, field).as_ref().and_then(named);
        let name = match entity {
            Entity::Position => match self.value(plan, entity, row, "as_at") {
                Some(date) => format!("position as at {}", day(&date)),
                None => "undated position".to_owned(),
            },
            Entity::Recommendation => match self.value(plan, entity, row, "reference") {
                Some(number) => format!("recommendation {number}"),
                None => noun(entity).to_owned(),
            },
            Entity::Link => through("action").map_or_else(
                || "link to an action".to_owned(),
                |action| format!("link to {}", quoted("action", Entity::Action, action, "text")),
            ),
            Entity::EvidenceLink => through("evidence").map_or_else(
                || "link to evidence".to_owned(),
                |evidence| format!("link to {}", quoted("evidence", Entity::Evidence, evidence, "text")),
            ),
            Entity::Action => quoted("action", entity, row, "text"),
            Entity::Evidence => quoted("evidence", entity, row, "text"),
            Entity::CrossReference => quoted("words", entity, row, "words"),
            Entity::Remark => quoted("remark", entity, row, "label"),
            Entity::Update => quoted("progress note", entity, row, "note"),
            _ => noun(entity).to_owned(),
        };
        sentence_case(&name)
    }
}

/// A date as people read it; anything else as it is.
fn day(value: &Value) -> String {
    use crate::model::FieldValue as _;
    let date = chrono::NaiveDate::from_value(value);
    date.map_or_else(|_| value.to_string(), |date| date.format("%-d %B %Y").to_string())
}

/// A value as a person reads it; blank for nothing.
#[must_use]
pub fn words_of(plan: &Plan, names: &Names, field: &str, value: &Value) -> String {
    use crate::model::FieldValue as _;
    if *value == Value::Null {
        return String::new();
    }
    if chrono::NaiveDate::from_value(value).is_ok() {
        return day(value);
    }
    let words = value_words(plan, field, value);
    // the id of a row that is gone says nothing
    let lost = named(value).filter(|id| words == id.to_string());
    match (lost, field) {
        (Some(id), "action") => names.of(plan, Entity::Action, id),
        (Some(id), "evidence") => names.of(plan, Entity::Evidence, id),
        (Some(id), "target" | "recommendation") => names.of(plan, Entity::Recommendation, id),
        (Some(_), _) => "a row that is there no more".to_owned(),
        (None, _) => words,
    }
}

/// Fields that only say which row a row belongs to: its name says that.
fn is_tie(entity: Entity, field: &str) -> bool {
    belongs_by(entity, field) || brings(entity, field)
}

/// What an entry did, row by row: the recommendation first, then in the order of the entry. What says nothing to a
/// person (sort keys, ties between rows) is left out, and rows of which nothing else changed.
#[must_use]
pub fn told(plan: &Plan, names: &Names, edit: &Edit) -> Vec<ToldRow> {
    let mut rows: Vec<ToldRow> = Vec::new();
    for change in &edit.changes {
        let key = (change.entity, change.row);
        let place = rows.iter().position(|row| (row.entity, row.row) == key).unwrap_or_else(|| {
            let name = names.of(plan, change.entity, change.row);
            rows.push(ToldRow { entity: key.0, row: key.1, what: What::Changed, name, fields: Vec::new() });
            rows.len() - 1
        });
        let row = &mut rows[place];
        if change.field == EXISTS {
            row.what = if change.after == Value::Null { What::Deleted } else { What::Added };
        } else if is_told(change.field) && !is_tie(change.entity, change.field) {
            let words = [&change.before, &change.after].map(|value| words_of(plan, names, change.field, value));
            row.fields.push(ToldField {
                field: change.field,
                name: sentence_case(&field_name(change.field)),
                before: change.before.clone(),
                after: change.after.clone(),
                words,
            });
        }
    }
    let come_and_go: BTreeSet<(Id, bool)> = rows
        .iter()
        .filter(|row| matches!(row.entity, Entity::Action | Entity::Evidence) && row.what != What::Changed)
        .map(|row| (row.row, row.what == What::Added))
        .collect();
    let with_its_end = |row: &ToldRow| {
        let end = match row.entity {
            Entity::Link => "action",
            Entity::EvidenceLink => "evidence",
            _ => return false,
        };
        let id = edit.changes.iter().filter(|change| (change.row, change.field) == (row.row, end));
        let ids = id.flat_map(|change| [named(&change.before), named(&change.after)]).flatten();
        ids.into_iter().any(|id| come_and_go.contains(&(id, row.what == What::Added)))
    };
    // a link that comes or goes with what it links says nothing beside it
    rows.retain(|row| if row.what == What::Changed { !row.fields.is_empty() } else { !with_its_end(row) });
    rows.sort_by_key(|row| row.entity != Entity::Recommendation);
    rows
}

/// The targets that entries took from words, by cross-reference: the newest entry that did counts. Give entries
/// from the newest on; `wanted` shrinks to what is still to be found.
pub fn find_gone(edit: &Edit, wanted: &mut BTreeSet<Id>, found: &mut BTreeMap<Id, GoneTarget>) {
    let taken = |change: &&Change| {
        change.entity == Entity::CrossReference && change.field == "target" && wanted.contains(&change.row)
    };
    let changes: Vec<(Id, Option<Id>)> = edit
        .changes
        .iter()
        .filter(taken)
        .map(|change| (change.row, named(&change.before).filter(|_| change.after == Value::Null)))
        .collect();
    for (row, target) in changes {
        wanted.remove(&row);
        let Some(target) = target else { continue };
        let of = |field: &str| {
            let one = edit.changes.iter().find(|change| (change.row, change.field) == (target, field));
            one.map(|change| change.before.to_string()).unwrap_or_default()
        };
        let went = edit
            .changes
            .iter()
            .any(|change| (change.row, change.field) == (target, EXISTS) && change.after == Value::Null);
        if went {
            let title = if of("local_title").is_empty() { of("title") } else { of("local_title") };
            found.insert(row, GoneTarget { id: target, reference: of("reference"), title });
        }
    }
}
