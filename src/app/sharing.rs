//! A copy of the plan for somebody else, as the window and the command line make it: what would go, then the copy
//! with its log, and beside it a page to read.

use super::Trouble;
use crate::model::intelligence::{Intelligence, Rules};
use crate::model::{Entity, Id, Plan, intent};
use crate::report::complaints::{self, PublishedCount};
use crate::report::copy::{About, page};
use crate::report::{self, Options};
use crate::share::{self, Contents, Counted, Found, FoundIn, Made, SignalsAs, Wanted};
use crate::store::{Manifest, PlanFile, SharedCount, Stamp, StoreError};
use chrono::{DateTime, Local, NaiveDate, Utc};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is wanted, and what it depends on beside the plan.
#[derive(Debug, Clone)]
pub struct Asked {
    /// For whom, why, what.
    pub wanted: Wanted,
    /// The rules behind counts, and the date they are judged against.
    pub rules: Rules,
    /// The state of the plan that the person looked at, by [`Preview::base`]: no other is shared. `None` for whatever
    /// it is.
    pub looked_at: Option<Id>,
}

/// What would leave, looked at before it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What was asked for.
    pub wanted: Wanted,
    /// The last entry of the plan's journal then.
    pub base: Id,
    /// What goes.
    pub goes: Vec<Counted>,
    /// What stays behind.
    pub left_out: Vec<Counted>,
    /// What in the texts that go may say who somebody is.
    pub findings: Vec<PreviewFinding>,
    /// The counts, where signals go so.
    pub counts: Vec<SharedCount>,
}

/// Something in a text that goes, with the name of its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewFinding {
    /// What and where.
    pub found: Found,
    /// The place in words: "recommendation 17, position".
    pub place: String,
    /// What of the window shows it: a recommendation, or an action.
    pub leads_to: Option<(Entity, Id)>,
}

/// A copy that was made, and what lies beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// What was made and logged.
    pub made: Made,
    /// Where the copy lies.
    pub path: PathBuf,
    /// Where the page to read lies.
    pub reading_copy: Option<PathBuf>,
    /// Why there is no such page, though one was wanted.
    pub no_reading_copy: Option<String>,
}

/// Works out what would go, and what in it should be looked at.
///
/// # Errors
/// When the plan's file cannot be read.
pub fn preview(file: &PlanFile, asked: &Asked) -> Result<Preview, StoreError> {
    let contents = contents(file, asked)?;
    let plan = contents.source();
    let findings = contents.findings(&asked.wanted).into_iter().map(|found| PreviewFinding {
        place: place(plan, &found),
        leads_to: leads_to(plan, found.place),
        found,
    });
    Ok(Preview {
        base: contents.base(),
        findings: findings.collect(),
        goes: contents.goes.clone(),
        left_out: contents.left_out.clone(),
        counts: contents.counts.clone(),
        wanted: asked.wanted.clone(),
    })
}

fn contents(file: &PlanFile, asked: &Asked) -> Result<Contents, StoreError> {
    let counts = if asked.wanted.scope.signals == SignalsAs::Counts { counts(file, asked)? } else { Vec::new() };
    Contents::of(file, &asked.wanted.scope, &counts)
}

fn counts(file: &PlanFile, asked: &Asked) -> Result<Vec<SharedCount>, StoreError> {
    let plan = file.read()?;
    let of = Intelligence::of(&plan, &Arc::new(file.facts()?), asked.rules);
    let cell = |one: PublishedCount| SharedCount {
        provider: one.provider,
        source: one.source,
        theme: one.theme,
        from: one.from.to_string(),
        to: one.to.to_string(),
        count: one.count,
    };
    Ok(complaints::published(&plan, &of).into_iter().map(cell).collect())
}

/// The counts of a shared file as the report has them, for tables.
#[must_use]
pub fn as_published(counts: &[SharedCount]) -> Vec<PublishedCount> {
    use crate::model::due::Month;
    let cell = |one: &SharedCount| {
        Some(PublishedCount {
            provider: one.provider.clone(),
            source: one.source.clone(),
            theme: one.theme.clone(),
            from: Month::parse(&one.from)?,
            to: Month::parse(&one.to)?,
            count: one.count.clone(),
        })
    };
    counts.iter().filter_map(cell).collect()
}

/// Where something was found, in words.
fn place(plan: &Plan, found: &Found) -> String {
    let field = intent::field_name(found.field);
    match found.place {
        FoundIn::Row(entity, id) => {
            let at = match leads_to(plan, found.place) {
                Some((Entity::Recommendation, at)) => plan.recommendations.get(&at),
                _ => None,
            };
            let name = match at {
                Some(row) if entity == Entity::Recommendation => format!("recommendation {}", plan.reference_name(row)),
                Some(row) => format!("{} at recommendation {}", intent::noun(entity), plan.reference_name(row)),
                None => intent::row_name(plan, entity, id),
            };
            // the one text that most rows have needs no name
            if found.field == "text" && entity != Entity::Recommendation { name } else { format!("{name}, {field}") }
        }
        FoundIn::Signal(number) => format!("signal {number}, {field}"),
        FoundIn::Share => field,
    }
}

/// The recommendation or action at which a row is seen.
fn leads_to(plan: &Plan, place: FoundIn) -> Option<(Entity, Id)> {
    let FoundIn::Row(entity, id) = place else { return None };
    let recommendation = |id: Id| Some((Entity::Recommendation, id));
    let action = |id: Id| match plan.served_by(id).first() {
        Some(row) => Some((Entity::Recommendation, row.id)),
        None => Some((Entity::Action, id)),
    };
    match entity {
        Entity::Recommendation => recommendation(id),
        Entity::Action => action(id),
        Entity::Position => recommendation(plan.positions.get(&id)?.recommendation),
        Entity::Update => action(plan.updates.get(&id)?.action),
        Entity::CrossReference => recommendation(plan.cross_references.get(&id)?.recommendation),
        Entity::Evidence => {
            let link = plan.evidence_links.values().find(|link| link.evidence == id)?;
            recommendation(link.recommendation)
        }
        Entity::Remark => {
            let row = plan.remarks.get(&id)?.row;
            if plan.recommendations.contains_key(&row) { recommendation(row) } else { action(row) }
        }
        _ => None,
    }
}

/// Makes the copy, logs it, and writes the page to read beside it where one is wanted. Whatever fails before the log
/// is written, there is no copy; a page that cannot be written is told, and the copy stands.
///
/// # Errors
/// As [`share::make`]; and where something stands in the page's place already.
pub fn share(
    file: &mut PlanFile,
    asked: &Asked,
    to: &Path,
    reading_copy: Option<&Path>,
    stamp: &Stamp<'_>,
    go_on: &mut dyn FnMut(f32) -> bool,
) -> Result<Shared, StoreError> {
    if let Some(path) = reading_copy.filter(|path| path.symlink_metadata().is_ok()) {
        return Err(StoreError::Exists { path: path.to_owned() });
    }
    let contents = contents(file, asked)?;
    if asked.looked_at.is_some_and(|base| base != contents.base()) {
        return Err(StoreError::Unfit("it was changed since you looked at what goes".into()));
    }
    let made = share::make(file, &contents, &asked.wanted, to, stamp, go_on)?;
    let mut shared = Shared { made, path: to.to_owned(), reading_copy: None, no_reading_copy: None };
    if let Some(path) = reading_copy {
        let page = reading_page(&contents, &shared.made.manifest, stamp.at, asked.rules.as_at);
        match report::save(path, page.as_bytes()) {
            Ok(()) => shared.reading_copy = Some(path.to_owned()),
            Err(error) => shared.no_reading_copy = Some(error.to_string()),
        }
    }
    Ok(shared)
}

fn reading_page(contents: &Contents, manifest: &Manifest, now: DateTime<Utc>, as_at: NaiveDate) -> String {
    let options = Options { as_at, compact: false, alarm_days: None, generated: now };
    let about = About { lines: about(manifest), goes: manifest.goes.clone(), left_out: manifest.left_out.clone() };
    page(&contents.plan, &about, &as_published(&contents.counts), &options)
}

/// What a shared copy is, a sentence each: who made it, when, for whom and why, and what can be done with it.
#[must_use]
pub fn about(manifest: &Manifest) -> Vec<String> {
    let whom = if manifest.for_whom.is_empty() { String::new() } else { format!(" for {}", manifest.for_whom) };
    let made_by = if manifest.made_by.is_empty() { "Somebody" } else { &manifest.made_by };
    let day = manifest.made_at.with_timezone(&Local).format("%-d %B %Y");
    let mut lines = vec![format!("{made_by} made this copy of its plan{whom} on {day}.")];
    if !manifest.why.is_empty() {
        lines.push(format!("What for: {}.", manifest.why.trim_end_matches('.')));
    }
    lines.push(if manifest.to_edit {
        format!("It was made to be edited and sent back: {made_by} can then take the changes over.")
    } else {
        "It was made to be read.".to_owned()
    });
    lines
}

/// The name that is offered for the copy.
#[must_use]
pub fn file_name(plan: &Plan, today: NaiveDate, for_whom: &str) -> String {
    share::file_name(&plan.info().organisation, today, for_whom)
}

/// The page that lies beside a copy: its name with another ending.
#[must_use]
pub fn page_beside(copy: &Path) -> PathBuf {
    copy.with_extension("html")
}

/// Why a copy was not made, as a person is told it.
#[must_use]
pub fn trouble(error: &StoreError, to: &Path) -> Trouble {
    Trouble::new(error.to_string(), error.remedy()).about(to)
}
