//! What a person must decide before it is written: both sides changed one thing differently, or one
//! deleted what the other changed. Shown with what stood there before, and decided one by one.

use super::OpenPlan;
use super::draft::{Asks, Draft, DraftKey, value_of};
use super::open_plan::Pending;
use crate::model::hold::{self, Clash, Held};
use crate::model::intent::{field_name, noun, place_name, row_name, value_words};
use crate::model::{EXISTS, Entity, FieldValue as _, Id, Plan, Value};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Which conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKey {
    /// A text that is being typed.
    Draft(DraftKey),
    /// Something else that was done and waits: which, and which part of it.
    Edit(u64, usize),
}

/// Both sides of a conflict, as a person reads them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Which it is.
    pub key: ConflictKey,
    /// What it is about: "our wording of recommendation 124".
    pub name: String,
    /// What stood there before either changed it.
    pub base: String,
    /// What was done here.
    pub mine: String,
    /// What they made of it; `None` where they deleted it.
    pub theirs: Option<String>,
    /// Who they are; blank where it is not known.
    pub who: String,
    /// When they did.
    pub at: Option<DateTime<Utc>>,
    /// Whether another text can be written in place of both.
    pub third: bool,
}

/// What a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// What was done here is written over theirs; what they deleted comes back.
    Mine,
    /// What they did stays.
    Theirs,
    /// Another text than either.
    Third(String),
}

/// Something that was done here and waits for a person.
#[derive(Debug, Clone)]
pub(super) struct Parked {
    number: u64,
    pub(super) pending: Pending,
    held: Held,
    decided: BTreeMap<usize, Value>,
}

impl OpenPlan {
    /// Holds something that was done here against the plan as it is now: what fits comes back, the rest
    /// waits for a person.
    pub(super) fn held(&mut self, pending: Pending) -> Option<Pending> {
        self.parked_so_far += 1;
        self.held_as(self.parked_so_far, pending)
    }

    fn held_as(&mut self, number: u64, pending: Pending) -> Option<Pending> {
        match hold::hold(&pending.edit, &self.plan) {
            Held::Fits(edit) => Some(Pending { edit, ..pending }),
            held => {
                self.parked.push(Parked { number, pending, held, decided: BTreeMap::new() });
                None
            }
        }
    }

    /// How many things a person must decide.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.conflicts().len()
    }

    /// What a person must decide, in a steady order.
    #[must_use]
    pub fn conflicts(&self) -> Vec<Conflict> {
        let drafts = self.drafts.asking().map(|(key, draft)| self.of_draft(key, draft));
        let parked = self.parked.iter().flat_map(|parked| self.of_parked(parked));
        drafts.chain(parked).collect()
    }

    fn of_draft(&self, key: DraftKey, draft: &Draft) -> Conflict {
        let row = draft.began.row.unwrap_or(Id::NIL);
        let field = if let DraftKey::Field(_, _, field) = key { field } else { "text" };
        let name = match (key, &draft.asks) {
            (DraftKey::Field(..), Some(Asks::Gone { name })) if field == "text" => name.clone(),
            (DraftKey::Field(..), Some(Asks::Gone { name })) => format!("{} of {name}", field_name(field)),
            _ => draft_name(&self.plan, key),
        };
        let theirs = match &draft.asks {
            Some(Asks::Changed { theirs }) => Some(theirs.clone()),
            _ => None,
        };
        let third = theirs.is_some();
        self.by_them(
            row,
            field,
            Conflict {
                key: ConflictKey::Draft(key),
                name,
                base: draft.began.text.clone(),
                mine: draft.text.clone(),
                theirs,
                who: String::new(),
                at: None,
                third,
            },
        )
    }

    fn of_parked(&self, parked: &Parked) -> Vec<Conflict> {
        let conflict = |place, name, base, mine, theirs, third| Conflict {
            key: ConflictKey::Edit(parked.number, place),
            name,
            base,
            mine,
            theirs,
            who: String::new(),
            at: None,
            third,
        };
        let label = parked.pending.edit.label.clone();
        match &parked.held {
            Held::Fits(_) => Vec::new(),
            Held::Clashes(clashes) => {
                let open = clashes.iter().enumerate().filter(|(place, _)| !parked.decided.contains_key(place));
                open.map(|(place, clash)| {
                    let [base, mine, theirs] =
                        [&clash.base, &clash.mine, &clash.theirs].map(|value| self.words(clash.field, value));
                    let name = place_name(&self.plan, clash.entity, clash.row, clash.field);
                    let third = takes_words(&self.plan, clash);
                    self.by_them(clash.row, clash.field, conflict(place, name, base, mine, Some(theirs), third))
                })
                .collect()
            }
            Held::RowsGone(rows) => {
                let row = rows.first().map_or(Id::NIL, |(_, row)| *row);
                let told = parked.pending.edit.changes.iter().filter(|change| change.field != EXISTS);
                let mine: Vec<String> = told
                    .map(|change| format!("{}: {}", field_name(change.field), self.words(change.field, &change.after)))
                    .take(12)
                    .collect();
                vec![self.by_them(row, EXISTS, conflict(0, label, String::new(), mine.join("\n"), None, false))]
            }
            Held::DeletesChanged(clashes) => {
                let Some(first) = clashes.first() else { return Vec::new() };
                let told = |value: fn(&Clash) -> &Value| {
                    let line = |clash: &Clash| {
                        format!("{}: {}", field_name(clash.field), self.words(clash.field, value(clash)))
                    };
                    clashes.iter().map(line).take(12).collect::<Vec<_>>().join("\n")
                };
                let (base, theirs) = (told(|clash| &clash.base), told(|clash| &clash.theirs));
                let mine = "Deleted".to_owned();
                vec![self.by_them(first.row, first.field, conflict(0, label, base, mine, Some(theirs), false))]
            }
        }
    }

    fn words(&self, field: &str, value: &Value) -> String {
        if *value == Value::Null { String::new() } else { value_words(&self.plan, field, value) }
    }

    fn by_them(&self, row: Id, field: &str, conflict: Conflict) -> Conflict {
        let entry = self.others.of(row, field);
        let who = entry.map(|entry| entry.who.clone()).unwrap_or_default();
        Conflict { who, at: entry.map(|entry| entry.at), ..conflict }
    }

    /// Does as a person decided. Gives what cannot be done, in words.
    pub(super) fn decide(&mut self, key: ConflictKey, decision: &Decision) -> Result<(), String> {
        match key {
            ConflictKey::Draft(key) => self.decide_draft(key, decision),
            ConflictKey::Edit(number, place) => self.decide_parked(number, place, decision),
        }
    }

    fn decide_draft(&mut self, key: DraftKey, decision: &Decision) -> Result<(), String> {
        let Some(draft) = self.drafts.get(key) else { return Ok(()) };
        let text = match decision {
            Decision::Theirs => {
                self.drafts.drop(key);
                return Ok(());
            }
            Decision::Mine => draft.text.clone(),
            Decision::Third(text) => text.clone(),
        };
        if matches!(draft.asks, Some(Asks::Gone { .. })) {
            // the text is written once the row is there again
            let row = match (key, draft.began.row) {
                (DraftKey::Field(entity, id, _), _) => (entity, id),
                (DraftKey::New(entity, _, new), Some(_)) => (entity, new),
                (DraftKey::New(_, id, _), None) => (Entity::Recommendation, id),
                (DraftKey::Position(id, _), _) if !self.plan.has(Entity::Recommendation, id) => {
                    (Entity::Recommendation, id)
                }
                (DraftKey::Position(id, _), row) => {
                    row.map_or((Entity::Recommendation, id), |row| (Entity::Position, row))
                }
            };
            return self.bring_back(row);
        }
        let plan = std::sync::Arc::clone(&self.plan);
        self.drafts.decided(&plan, key, text);
        Ok(())
    }

    fn bring_back(&mut self, row: (Entity, Id)) -> Result<(), String> {
        let Some(edit) = self.others.bring_back(&self.plan, row) else {
            return Err("It cannot be brought back from here. Copy your text, and look for it in a backup.".into());
        };
        self.enqueue(Pending::done(edit));
        Ok(())
    }

    fn decide_parked(&mut self, number: u64, place: usize, decision: &Decision) -> Result<(), String> {
        let Some(at) = self.parked.iter().position(|parked| parked.number == number) else { return Ok(()) };
        let plan = std::sync::Arc::clone(&self.plan);
        match &self.parked[at].held {
            Held::Fits(_) => {}
            Held::Clashes(clashes) => {
                let (all, Some(clash)) = (clashes.len(), clashes.get(place)) else { return Ok(()) };
                let value = match decision {
                    Decision::Mine => clash.mine.clone(),
                    Decision::Theirs => clash.theirs.clone(),
                    Decision::Third(text) => value_of(clash.field, text).map_err(|error| error.to_string())?,
                };
                self.parked[at].decided.insert(place, value);
                if self.parked[at].decided.len() < all {
                    return Ok(());
                }
            }
            Held::RowsGone(rows) => {
                for row in if *decision == Decision::Mine { rows.clone() } else { Default::default() } {
                    self.bring_back(row)?;
                }
            }
            Held::DeletesChanged(_) => {}
        }
        let Parked { mut pending, held, decided, .. } = self.parked.remove(at);
        match held {
            Held::Clashes(clashes) => {
                for (place, clash) in clashes.iter().enumerate() {
                    let same = |change: &&mut crate::model::Change| {
                        (change.entity, change.row, change.field) == (clash.entity, clash.row, clash.field)
                    };
                    if let (Some(change), Some(value)) =
                        (pending.edit.changes.iter_mut().find(same), decided.get(&place))
                    {
                        change.after = value.clone();
                    }
                }
                pending.edit = hold::over(&pending.edit, &plan);
                self.enqueue(pending);
            }
            Held::DeletesChanged(_) if *decision == Decision::Mine => {
                pending.edit = hold::over(&pending.edit, &plan);
                self.enqueue(pending);
            }
            // it starts from the rows as they come back
            Held::RowsGone(_) if *decision == Decision::Mine => self.enqueue(pending),
            _ => {}
        }
        Ok(())
    }

    /// Holds what waits for a person against the plan as it is now: what fits by now goes on its way.
    pub(super) fn hold_parked(&mut self) {
        for parked in std::mem::take(&mut self.parked) {
            if let Some(pending) = self.held_as(parked.number, parked.pending) {
                self.enqueue(pending);
            }
        }
    }
}

/// How the place is named that a draft is typed into.
#[must_use]
pub fn draft_name(plan: &Plan, key: DraftKey) -> String {
    match key {
        DraftKey::Field(entity, id, field) => place_name(plan, entity, id, field),
        DraftKey::Position(id, as_at) => {
            let of = row_name(plan, Entity::Recommendation, id);
            format!("position of {of} as at {}", as_at.format("%-d %B %Y"))
        }
        DraftKey::New(entity, of, id) if !plan.has(entity, id) => {
            format!("new {} at {}", noun(entity), row_name(plan, Entity::Recommendation, of))
        }
        DraftKey::New(entity, _, id) => place_name(plan, entity, id, "text"),
    }
}

/// Whether any words can stand in a field: not in a date, a state or the name of a row.
fn takes_words(plan: &Plan, clash: &Clash) -> bool {
    let text = |value: &Value| *value == Value::Null || String::from_value(value).is_ok();
    let any = Value::Text("any words".to_owned());
    text(&clash.mine)
        && text(&clash.theirs)
        && crate::model::intent::set_field(plan, clash.entity, clash.row, clash.field, any).is_ok()
}
