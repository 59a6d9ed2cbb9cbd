//! The verb that looks whether the file is sound, and what a careful reader of the plan would ask.

use super::arguments::Check;
use super::output::Output;
use super::{DONE, Desk, LEFT, Stop, judged_at};
use crate::model::Index;
use crate::model::compare::Withheld;
use crate::model::gap::{asked, open};
use crate::report::gaps;
use crate::store::Soundness;
use chrono::Utc;
use serde_json::{Value, json};

/// The file's soundness, then the plan's gaps. A damaged file is told first; its gaps are those of what can be read.
pub(super) fn check(desk: &Desk<'_>, check: &Check, output: &mut Output) -> Result<u8, Stop> {
    let now = Utc::now();
    let file = desk.open_to_read(&check.plan, now)?;
    let soundness = file.check()?;
    let read = file.read();
    let withheld = file.manifest().map(|one| Withheld::new(one.withheld.clone())).unwrap_or_default();
    file.close();
    let plan = match read {
        Ok(plan) => plan,
        // what is wrong was found: a file that cannot be read has no gaps to tell
        Err(_) if !soundness.sound => {
            let value = json!({ "file": file_value(&soundness), "as_at": null, "open": null, "gaps": [] });
            output.result(|| value, || file_words(&soundness));
            return Ok(LEFT);
        }
        Err(error) => return Err(error.into()),
    };
    let as_at = judged_at(check.as_at, &plan, now);
    let index = Index::of(&plan);
    let all = asked(&plan, &index, as_at, &withheld);
    let left = open(&all);
    output.result(
        || {
            let gaps = gaps::json(&plan, &index, &all);
            json!({ "file": file_value(&soundness), "as_at": as_at, "open": left, "gaps": gaps })
        },
        || {
            let mut words = format!("{}\n{}", file_words(&soundness), gaps::words(&plan, &index, &all, as_at));
            if !withheld.is_empty() {
                words.push_str("\n\nWhat this copy was shared without is not asked about.");
            }
            words
        },
    );
    Ok(if soundness.sound && left == 0 { DONE } else { LEFT })
}

fn file_value(soundness: &Soundness) -> Value {
    json!({ "sound": soundness.sound, "findings": findings(soundness) })
}

fn findings(soundness: &Soundness) -> Vec<Value> {
    let one = |finding: &crate::store::Finding| {
        json!({
            "text": finding.what,
            "entity": finding.row.map(|(entity, _)| entity.word()),
            "id": finding.row.map(|(_, id)| id),
            "field": finding.field,
            "harmless": finding.harmless,
        })
    };
    soundness.findings.iter().map(one).collect()
}

fn file_words(soundness: &Soundness) -> String {
    let mut lines: Vec<String> = soundness.findings.iter().map(|finding| format!("- {}", finding.what)).collect();
    lines.insert(0, if soundness.sound { "The file is sound".into() } else { "The file is damaged".into() });
    if !soundness.sound {
        lines.push("Restore a backup to a new file, and keep this one: see `recap backups`.".into());
    }
    lines.join("\n")
}
