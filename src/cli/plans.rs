//! Verbs about the plan's file: new, sample, check, backups.

use super::arguments::{Backups, New, PlanArgument};
use super::output::Output;
use super::{DONE, Desk, LEFT, Stop};
use crate::app::begin::{new_plan_edit, sample_edit};
use crate::model::{Edit, Id};
use crate::store::backup::{self, Backup};
use crate::store::{EntryKind, PlanFile, Stamp, Wanted};
use chrono::Utc;
use serde_json::json;
use std::path::Path;

pub(super) fn new(desk: &Desk<'_>, new: &New, output: &mut Output) -> Result<u8, Stop> {
    let first = new_plan_edit(&new.organisation, &new.recommendations)?;
    create(desk, &new.plan, &first, output)
}

pub(super) fn sample(desk: &Desk<'_>, sample: &PlanArgument, output: &mut Output) -> Result<u8, Stop> {
    create(desk, &sample.plan, &sample_edit()?, output)
}

fn create(desk: &Desk<'_>, path: &Path, first: &Edit, output: &mut Output) -> Result<u8, Stop> {
    let stamp = Stamp { who: &desk.who, at: Utc::now(), kind: EntryKind::Edit };
    let file = PlanFile::create(path, first, &stamp)?;
    let plan = file.read()?;
    file.close();
    let (rows, actions) = (plan.recommendations.len(), plan.actions.len());
    let value = json!({ "plan": path, "id": plan.id(), "recommendations": rows, "actions": actions });
    output.result(|| value, || format!("Made {} with {rows} recommendations and {actions} actions", path.display()));
    Ok(DONE)
}

/// The file's soundness; a plan's gaps have their place beside it.
pub(super) fn check(check: &PlanArgument, output: &mut Output) -> Result<u8, Stop> {
    let file = PlanFile::open(&check.plan, Wanted::ReadOnly)?;
    let soundness = file.check()?;
    file.close();
    let findings: Vec<_> = soundness
        .findings
        .iter()
        .map(|finding| {
            json!({
                "text": finding.what,
                "entity": finding.row.map(|(entity, _)| entity.word()),
                "id": finding.row.map(|(_, id)| id),
                "field": finding.field,
                "harmless": finding.harmless,
            })
        })
        .collect();
    let value = json!({ "file": { "sound": soundness.sound, "findings": findings }, "gaps": [] });
    let words = || {
        let mut lines: Vec<String> = soundness.findings.iter().map(|finding| format!("- {}", finding.what)).collect();
        lines.insert(0, if soundness.sound { "The file is sound".into() } else { "The file is damaged".into() });
        lines.join("\n")
    };
    output.result(|| value, words);
    Ok(if soundness.sound { DONE } else { LEFT })
}

pub(super) fn backups(desk: &Desk<'_>, backups: &Backups, output: &mut Output) -> Result<u8, Stop> {
    let folder = desk.folders.backups();
    if let Some([id, out]) = backups.restore.as_deref() {
        let wanted = id.to_string_lossy();
        let found = backup::list(&folder, None).into_iter().find(|backup| backup.id == wanted);
        let Some(found) = found else {
            return Err(Stop::refused(
                format!("There is no backup called {wanted}"),
                "`recap backups PLAN.db` lists them.",
            ));
        };
        backup::restore(&found, out)?;
        let value = json!({ "restored": out, "from": found.id });
        output.result(|| value, || format!("Restored to {}", out.display()));
        return Ok(DONE);
    }
    let list = backup::list(&folder, plan_of(&backups.plan, output)?);
    let value = json!({ "backups": list.iter().map(one).collect::<Vec<_>>() });
    let words = || match list.is_empty() {
        true => "No backups".into(),
        false => list.iter().map(line).collect::<Vec<_>>().join("\n"),
    };
    output.result(|| value, words);
    Ok(DONE)
}

/// The plan whose backups are wanted. One whose file is damaged or gone is the very one that needs
/// them: then all are listed.
fn plan_of(path: &Path, output: &mut Output) -> Result<Option<Id>, Stop> {
    match PlanFile::open(path, Wanted::ReadOnly) {
        Ok(file) => Ok(Some(file.plan_id())),
        Err(error) => {
            output.note(&format!("{error}\nThese are the backups of every plan on this computer."));
            Ok(None)
        }
    }
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
        "path": backup.path,
    })
}

fn line(backup: &Backup) -> String {
    let made = backup.made.format("%Y-%m-%d %H:%M UTC");
    format!("{}  {made}  {}  {} kB", backup.id, backup.organisation, backup.size.div_ceil(1024))
}
