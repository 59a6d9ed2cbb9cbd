//! Verbs about the plan's file: new, sample, backups.

use super::arguments::{Backups, New, PlanArgument};
use super::output::{Output, shown};
use super::{DONE, Desk, Stop};
use crate::app::WholePlan;
use crate::app::begin::{new_plan_edit, sample_plan};
use crate::model::Id;
use crate::store::backup::{self, Backup};
use crate::store::{EntryKind, PlanFile, Stamp};
use chrono::{Local, Utc};
use serde_json::json;
use std::path::Path;

pub(super) fn new(desk: &Desk<'_>, new: &New, output: &mut Output) -> Result<u8, Stop> {
    let first = new_plan_edit(&new.organisation, &new.recommendations).map_err(Stop::usage)?;
    create(desk, &new.plan, &WholePlan::rows_only(first), output)
}

pub(super) fn sample(desk: &Desk<'_>, sample: &PlanArgument, output: &mut Output) -> Result<u8, Stop> {
    let today = Utc::now().with_timezone(&Local).date_naive();
    let first = sample_plan(today).map_err(|trouble| Stop::failed(trouble.what, trouble.remedy))?;
    create(desk, &sample.plan, &first, output)
}

fn create(desk: &Desk<'_>, path: &Path, first: &WholePlan, output: &mut Output) -> Result<u8, Stop> {
    let stamp = Stamp { who: &desk.who, at: Utc::now(), kind: EntryKind::Edit };
    let file = PlanFile::create_with(path, first.edit_with_batch(), &first.incoming(), &stamp)?;
    let plan = file.read()?;
    file.close();
    let (rows, actions) = (plan.recommendations.len(), plan.actions.len());
    let value = json!({ "plan": shown(path), "id": plan.id(), "recommendations": rows, "actions": actions });
    output.result(|| value, || format!("Made {} with {rows} recommendations and {actions} actions", path.display()));
    Ok(DONE)
}

pub(super) fn backups(desk: &Desk<'_>, backups: &Backups, output: &mut Output) -> Result<u8, Stop> {
    let list = backup::list(&desk.folders.backups(), plan_of(desk, &backups.plan, output));
    if let Some([id, out]) = backups.restore.as_deref() {
        return restore(&list, &id.to_string_lossy(), out, output);
    }
    let value = json!({ "backups": list.iter().map(one).collect::<Vec<_>>() });
    let words = || match list.is_empty() {
        true => "No backups".into(),
        false => list.iter().map(line).collect::<Vec<_>>().join("\n"),
    };
    output.result(|| value, words);
    Ok(DONE)
}

/// The plan whose backups are wanted. One whose file is damaged or gone is the very one that needs
/// them: then it may be any of them.
fn plan_of(desk: &Desk<'_>, path: &Path, output: &mut Output) -> Option<Id> {
    match desk.open_to_read(path, Utc::now()) {
        Ok(file) => Some(file.plan_id()),
        Err(error) => {
            output.note(&format!("{error}\nThe backups of every plan on this computer are looked through."));
            None
        }
    }
}

fn restore(list: &[Backup], id: &str, out: &Path, output: &mut Output) -> Result<u8, Stop> {
    let found: Vec<&Backup> = list.iter().filter(|backup| backup.id == id).collect();
    let one = match found.as_slice() {
        [one] => one,
        [] => {
            let what = format!("there is no backup called {id}");
            return Err(Stop::refused(what, "`recap backups PLAN.db` lists those of a plan."));
        }
        // an id is a moment, and a night's work may save several plans in one
        several => {
            let lines: Vec<String> =
                several.iter().map(|one| format!("{}: {}", one.organisation, one.path.display())).collect();
            let what = format!("{} plans have a backup called {id}, and which one is meant is not known", lines.len());
            return Err(Stop::refused(what, format!("Copy yours under a new name:\n{}", lines.join("\n"))));
        }
    };
    backup::restore(one, out)?;
    let value = json!({ "restored": shown(out), "from": one.id });
    output.result(|| value, || format!("Restored to {}", out.display()));
    Ok(DONE)
}

fn one(backup: &Backup) -> serde_json::Value {
    json!({
        "id": backup.id,
        "plan": backup.plan,
        "organisation": backup.organisation,
        "as_at": backup.as_at,
        "made": backup.made,
        "reason": backup.reason.word(),
        "size": backup.size,
        "path": shown(&backup.path),
    })
}

fn line(backup: &Backup) -> String {
    let made = backup.made.format("%Y-%m-%d %H:%M UTC");
    format!("{}  {made}  {}  {} kB", backup.id, backup.organisation, backup.size.div_ceil(1024))
}
