//! `recap merge`: previews that write nothing, conflicts that are kept and said, copies that cannot be merged.

use super::Shell;
use crate::store::at;
use recap::model::{Action, Id, Plan, Recommendation, intent};
use recap::store::{EntryKind, PlanFile, Stamp, Wanted};
use std::path::Path;

/// Changes a plan's file as a person would.
fn change(path: &Path, seconds: i64, edit: impl FnOnce(&Plan) -> recap::model::Edit) {
    let home = path.with_file_name("home");
    let mut file = PlanFile::open(path, Wanted::Write { backups: &home, now: at(0) }).expect("opens");
    let edit = edit(&file.read().expect("reads"));
    let stamp = Stamp { who: "Somebody else", at: at(seconds), kind: EntryKind::Edit };
    file.commit(&edit, &stamp).expect("commits").expect("an entry");
}

fn first_action(plan: &Plan) -> Id {
    plan.actions_under(None).first().map_or_else(|| *plan.actions.keys().next().expect("one"), |row| row.id)
}

/// The sample plan, and a copy that was edited on both sides.
fn two() -> Shell {
    let shell = Shell::with_sample();
    std::fs::copy(shell.path("plan.db"), shell.path("copy.db")).expect("copies");
    let wording = |words: &'static str| {
        move |plan: &Plan| {
            let id = plan.recommendations_in_order()[0].id;
            intent::update::<Recommendation>(plan, id, "Change our wording", |row| row.local_text = words.into())
        }
    };
    change(&shell.path("copy.db"), 100, wording("As they would have it"));
    change(&shell.path("copy.db"), 200, |plan| {
        intent::update::<Action>(plan, first_action(plan), "Change owner", |row| row.owner = "Their lead".into())
    });
    change(&shell.path("plan.db"), 300, wording("As we would have it"));
    shell
}

#[test]
fn a_preview_says_what_would_come_and_writes_nothing() {
    let shell = two();
    let bytes = |name: &str| std::fs::read(shell.path(name)).expect("reads");
    let before = (bytes("plan.db"), bytes("copy.db"));
    let value = shell.json("merge plan.db copy.db --preview", 1);
    assert_eq!((bytes("plan.db"), bytes("copy.db")), before, "both as they were");
    assert_eq!(value["written"], false);
    let conflict = &value["conflicts"][0];
    for (key, wanted) in [
        ("entity", "recommendation"),
        ("field", "local_text"),
        ("mine", "As we would have it"),
        ("theirs", "As they would have it"),
    ] {
        assert_eq!(conflict[key], wanted, "{key}: {conflict:#}");
    }
    assert!(conflict["base"].is_null() && conflict["id"].is_string(), "blank before: {conflict:#}");
    assert_eq!(value["changes"].as_array().map(Vec::len), Some(1), "{value:#}");
    assert_eq!(value["changes"][0]["theirs"], "Their lead");
    assert_eq!(value["deletions_kept"], serde_json::json!([]));
    let ran = shell.run("merge plan.db copy.db --preview");
    assert_eq!(ran.status, Some(1), "{}", ran.message);
    for words in [
        "CONFLICT: Our wording of recommendation",
        "ours:   As we would have it",
        "now:    Their lead",
        "nothing was written",
    ] {
        assert!(ran.result.contains(words), "{words}: {}", ran.result);
    }
    for beside in ["copy.db-journal", "copy.db.open", "plan.db-journal"] {
        assert!(!shell.path(beside).exists(), "{beside}");
    }
}

#[test]
fn a_merge_keeps_ours_or_theirs_after_a_backup_and_can_be_undone() {
    let shell = two();
    let value = shell.json("merge plan.db copy.db", 1);
    assert_eq!(value["written"], true);
    assert_eq!(value["conflicts"][0]["kept"], "mine");
    shell.sound("plan.db");
    assert!(shell.done("backups plan.db").contains("merge"), "a backup before it");
    assert!(shell.done("merge plan.db copy.db").starts_with("Nothing to take"), "a second time");
    shell.done("undo plan.db");
    let value = shell.json("merge plan.db copy.db --conflicts theirs", 0);
    assert_eq!(value["conflicts"][0]["kept"], "theirs");
    shell.sound("plan.db");
    let history = shell.done("history plan.db");
    assert!(history.contains("Merge 2 changes from the copy “copy.db”"), "{history}");
}

#[test]
fn what_is_no_copy_is_refused_and_says_what_to_do_instead() {
    let shell = two();
    shell.done("new other.db --organisation Southmoor");
    let ran = shell.run("merge plan.db other.db");
    assert_eq!(ran.status, Some(3), "{}", ran.message);
    assert!(
        ran.message.contains("another plan (Southmoor)") && ran.message.contains("recap compare"),
        "{}",
        ran.message
    );
    let before = std::fs::read(shell.path("plan.db")).expect("there");
    assert!(shell.done("merge plan.db plan.db").contains("Nothing to take"), "itself");
    assert!(std::fs::read(shell.path("plan.db")).expect("there") == before, "as it was");
    assert_eq!(shell.run("merge plan.db gone.db").status, Some(4), "not there");
    assert_eq!(shell.run("merge plan.db").status, Some(2), "no copy named");
}

#[test]
fn a_copy_that_did_the_same_is_noted_as_taken_once() {
    let shell = Shell::with_sample();
    let (plan, copy) = (shell.path("plan.db"), shell.path("copy.db"));
    std::fs::copy(&plan, &copy).expect("copies");
    for (path, seconds) in [(&plan, 100), (&copy, 200)] {
        change(path, seconds, |plan| {
            intent::update::<Action>(plan, first_action(plan), "Change owner", |row| row.owner = "Quality lead".into())
        });
    }
    let before = std::fs::read(&plan).expect("reads");
    assert!(shell.done("merge plan.db copy.db --preview").starts_with("Nothing to take"), "looked at");
    assert!(std::fs::read(&plan).expect("reads") == before, "and not noted");
    assert!(shell.done("merge plan.db copy.db").ends_with("It is noted that it was taken.\n"), "noted");
    assert!(shell.done("history plan.db").contains("Note that the copy “copy.db” was taken"), "and told");
    let noted = std::fs::read(&plan).expect("reads");
    assert!(!shell.done("merge plan.db copy.db").contains("noted"), "once");
    assert!(std::fs::read(&plan).expect("reads") == noted, "as it was");
    shell.sound("plan.db");
}
