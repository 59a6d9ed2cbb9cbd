//! Whether a plan file is sound: SQLite's own checks, the schema, every row, and whether the journal,
//! replayed from nothing, gives exactly the rows.
//!
//! The last finds what SQLite cannot see: a changed byte in a text, and a change of which only half
//! was copied because the file was taken without the `-journal` beside it.

use super::error::Fault;
use super::{journal, open, rows, schema, signals};
use crate::model::{EXISTS, Entity, Id, InPlan, Plan, Value, Visit, intent};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// More findings than this help nobody.
const MOST: usize = 200;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Soundness {
    /// Whether nothing is wrong. A finding alone does not make a file unsound: see [`Finding::harmless`].
    pub sound: bool,
    /// What is to be said.
    pub findings: Vec<Finding>,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finding {
    /// In words.
    pub what: String,
    /// The row it is about.
    pub row: Option<(Entity, Id)>,
    /// The field it is about.
    pub field: Option<&'static str>,
    /// Said, but nothing to worry about: a view or index that somebody added, which is never run.
    pub harmless: bool,
}

impl Finding {
    fn of(what: impl Into<String>) -> Self {
        Self { what: what.into(), ..Self::default() }
    }
}

/// Checks a file through and through.
pub(super) fn check(file: &Connection) -> Soundness {
    let mut findings = Vec::new();
    let ladder = schema::LADDER;
    gather(&mut findings, open::integrity(file, "100"), |lines| lines.into_iter().map(Finding::of).collect());
    gather(&mut findings, open::dangling(file), |lines| lines.into_iter().map(Finding::of).collect());
    gather(&mut findings, schema::differences(file, ladder, schema::newest(ladder)), |differences| {
        let harmless = |what| Finding { harmless: true, ..Finding::of(what) };
        let wrong = differences.wrong.into_iter().map(Finding::of);
        wrong.chain(differences.foreign.into_iter().map(harmless)).collect()
    });
    let mut plan = Plan::default();
    for entity in Entity::ALL {
        let read = entity.visit(ReadEach { file, plan: &mut plan });
        gather(&mut findings, read, |found| found);
    }
    if plan.infos.len() != 1 {
        findings.push(Finding::of(format!("the file holds {} plans, not one", plan.infos.len())));
    }
    gather(&mut findings, signals::check(file), |lines| lines.into_iter().map(Finding::of).collect());
    let (replayed, found) = replay(file);
    let whole_journal = found.is_empty();
    findings.extend(found);
    // against half a journal every later row would differ, which says nothing new
    if whole_journal {
        findings.extend(differences(&plan, &replayed));
    }
    let sound = findings.iter().all(|finding| finding.harmless);
    findings.truncate(MOST);
    Soundness { sound, findings }
}

fn gather<T>(findings: &mut Vec<Finding>, result: Result<T, Fault>, say: impl FnOnce(T) -> Vec<Finding>) {
    match result {
        Ok(found) => findings.extend(say(found)),
        Err(fault) => findings.push(Finding::of(words(fault))),
    }
}

fn words(fault: Fault) -> String {
    match fault {
        Fault::Damaged(what) | Fault::Unfit(what) | Fault::Unproven(what) => what,
        Fault::Sql(error) => format!("it cannot be read to the end: {error}"),
        Fault::Edit(error) => error.to_string(),
        Fault::Io(error) => format!("it cannot be read to the end: {error}"),
        Fault::Told(error) => error.to_string(),
        Fault::Exists
        | Fault::HalfWritten
        | Fault::NoFolder(_)
        | Fault::ReadOnly(_)
        | Fault::Underneath
        | Fault::Stopped => "it cannot be read to the end".to_owned(),
    }
}

/// Reads the rows of a kind one by one, so that a bad one does not hide the others.
struct ReadEach<'a> {
    file: &'a Connection,
    plan: &'a mut Plan,
}

impl Visit for ReadEach<'_> {
    type Output = Result<Vec<Finding>, Fault>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let mut findings = Vec::new();
        let mut statement = self.file.prepare(&rows::select(T::ENTITY))?;
        let mut lines = statement.query([])?;
        while let Some(line) = lines.next()? {
            let row: T = match rows::row(line) {
                Ok(row) => row,
                Err(fault) => {
                    findings.push(Finding::of(words(fault)));
                    continue;
                }
            };
            let id = row.id();
            // read in a lenient spelling is not written in ours: something else wrote it
            for (column, field) in std::iter::once("id").chain(T::FIELDS.iter().copied()).enumerate() {
                let ours = if column == 0 { Some(Value::Text(id.to_string())) } else { row.get(field) };
                if ours != Some(rows::value(line.get_ref(column)?)?) {
                    let what = format!("the {field} of {} {id} is not written as Recap writes it", T::ENTITY);
                    findings.push(Finding { row: Some((T::ENTITY, id)), ..Finding::of(what) });
                }
            }
            T::rows_mut(self.plan).insert(id, row);
        }
        Ok(findings)
    }
}

/// The plan that the journal leads to, and what is wrong with the journal.
fn replay(file: &Connection) -> (Plan, Vec<Finding>) {
    let mut plan = Plan::default();
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = 1;
    let read = journal::each(file, |entry| match entry {
        Err(fault) => findings.push(Finding::of(words(fault))),
        Ok(entry) => {
            if entry.seq != next {
                findings.push(Finding::of(format!("the history has no entry {next}")));
            }
            next = entry.seq + 1;
            if entry.reverses.is_some_and(|reversed| !seen.contains(&reversed)) {
                findings
                    .push(Finding::of(format!("entry {} of the history takes back one that is missing", entry.seq)));
            }
            seen.insert(entry.id);
            if let Err(error) = entry.edit.apply(&mut plan) {
                findings.push(Finding::of(format!("entry {} of the history does not fit: {error}", entry.seq)));
            }
        }
    });
    gather(&mut findings, read, |()| Vec::new());
    (plan, findings)
}

/// How the rows differ from what the journal leads to, field by field.
fn differences(plan: &Plan, replayed: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entity in Entity::ALL.iter().copied() {
        let ids: BTreeSet<Id> = plan.ids(entity).into_iter().chain(replayed.ids(entity)).collect();
        for id in ids {
            let finding = |what: String, field| Finding { what, row: Some((entity, id)), field, harmless: false };
            match (plan.has(entity, id), replayed.has(entity, id)) {
                (true, false) => {
                    let name = intent::row_name(plan, entity, id);
                    findings.push(finding(format!("the {name} ({id}) is not in the history"), Some(EXISTS)));
                }
                (false, true) => {
                    let name = intent::row_name(replayed, entity, id);
                    findings.push(finding(format!("the {name} ({id}) is missing; the history has it"), Some(EXISTS)));
                }
                _ => {
                    for field in entity.fields() {
                        let (found, wanted) = (plan.value(entity, id, field), replayed.value(entity, id, field));
                        if found != wanted {
                            let what = format!(
                                "the {} of {} ({id}) is \"{}\"; the history says \"{}\"",
                                intent::field_name(field),
                                intent::row_name(plan, entity, id),
                                cut(found),
                                cut(wanted)
                            );
                            findings.push(finding(what, Some(field)));
                        }
                    }
                }
            }
        }
    }
    findings
}

fn cut(value: Option<Value>) -> String {
    let text = value.unwrap_or_default().to_string();
    let mut cut: String = text.chars().take(60).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}
