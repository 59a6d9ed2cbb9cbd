//! What each verb does, in words and as JSON.

use super::{Shell, fixture};
use recap::model::catalogue::Catalogue;
use rusqlite::Connection;
use std::path::Path;

#[test]
fn a_new_plan_begins_with_the_recommendations_that_were_asked_for() {
    let shell = Shell::new();
    let made = shell.run_each(["new", "plan.db", "--organisation", " NHS Northmoor CCG ", "--recommendations", "all"]);
    let all = Catalogue::francis().expect("as shipped").recommendations.len();
    assert_eq!(made.result, format!("Made plan.db with {all} recommendations and 0 actions\n"), "{}", made.message);
    let plan = shell.exported("plan.db");
    assert_eq!(plan["plan"]["organisation"], "NHS Northmoor CCG");
    let some = shell.json("new some.db --organisation Northmoor --recommendations 123-125,1", 0);
    assert_eq!((&some["plan"], &some["recommendations"], &some["actions"]), (&"some.db".into(), &4.into(), &0.into()));
    let plan = shell.exported("some.db");
    assert_eq!(plan["plan"]["id"], some["id"]);
    let references: Vec<_> =
        plan["recommendations"].as_array().expect("a list").iter().map(|r| &r["reference"]).collect();
    assert_eq!(references, ["1", "123", "124", "125"]);
    assert_eq!(shell.json("new none.db --organisation Northmoor", 0)["recommendations"], 0, "none unless asked");
    assert_eq!(shell.labels("some.db"), ["Create the plan"], "one entry, whatever it holds");
}

#[test]
fn the_sample_plan_is_filled_and_sound() {
    let shell = Shell::new();
    assert_eq!(shell.done("sample plan.db"), "Made plan.db with 22 recommendations and 46 actions\n");
    shell.sound("plan.db");
    let made = shell.json("sample other.db", 0);
    assert_eq!((&made["recommendations"], &made["actions"]), (&22.into(), &46.into()));
}

#[test]
fn each_ending_gives_a_file_of_its_kind() {
    let shell = Shell::with_sample();
    let starts = |name: &str, with: &[u8]| {
        let bytes = std::fs::read(shell.path(name)).expect("written");
        assert!(bytes.starts_with(with) && bytes.len() > 5_000, "{name}: {} bytes", bytes.len());
    };
    assert_eq!(shell.done("export plan.db appendix.pdf --compact"), "Wrote appendix.pdf\n");
    starts("appendix.pdf", b"%PDF-");
    shell.done("export plan.db Appendix.DOCX");
    starts("Appendix.DOCX", b"PK");
    shell.done("export plan.db actions.docx --report action-plan");
    starts("actions.docx", b"PK");
    let read = |name: &str| std::fs::read(shell.path(name)).expect("written");
    assert_ne!(read("Appendix.DOCX"), read("actions.docx"), "two reports");
    shell.done("export plan.db plan.json");
    starts("plan.json", b"{");
    shell.write("old.json", "an older export");
    shell.done("export plan.db old.json");
    assert_eq!(read("old.json"), read("plan.json"), "an export takes the place of an older one");
}

#[test]
fn a_report_is_as_at_the_plans_own_date_unless_told_otherwise() {
    let shell = Shell::with_sample();
    let own = shell.exported("plan.db")["plan"]["as_at"].clone();
    assert!(own.is_string(), "the sample has a date");
    let written = shell.json("export plan.db a.docx", 0);
    assert_eq!(
        (&written["written"], &written["as_at"], &written["replaced"]),
        (&"a.docx".into(), &own, &serde_json::json!([]))
    );
    assert_eq!(shell.json("export plan.db a.docx --as-at 2013-12-31", 0)["as_at"], "2013-12-31");
}

#[test]
fn json_goes_out_and_into_a_new_plan_without_loss() {
    let shell = Shell::with_sample();
    shell.done("export plan.db first.json");
    shell.done("new copy.db --organisation Somebody");
    assert_eq!(shell.done("import copy.db first.json"), "Import the plan of NHS Northmoor CCG\n");
    shell.done("export copy.db second.json");
    let read = |name: &str| std::fs::read_to_string(shell.path(name)).expect("written");
    assert!(read("first.json") == read("second.json"), "byte for byte");
    assert_eq!(shell.done("import copy.db first.json"), "Nothing changes: the plan holds all of it\n");
    let again = shell.json("import copy.db first.json", 0);
    assert_eq!((&again["written"], &again["changes"]), (&false.into(), &0.into()));
    assert_eq!(shell.labels("copy.db").len(), 2, "made, and filled");
    shell.sound("copy.db");
}

#[test]
fn check_names_what_is_wrong_and_says_what_to_do() {
    let shell = Shell::with_sample();
    let sound = shell.json("check plan.db", 1);
    assert_eq!(sound["file"], serde_json::json!({ "sound": true, "findings": [] }), "its gaps are no findings");
    let tool = Connection::open(shell.path("plan.db")).expect("opens");
    let action: String = tool.query_row("SELECT id FROM \"action\" LIMIT 1", [], |row| row.get(0)).expect("reads");
    tool.execute("UPDATE \"action\" SET owner = 'Nobody knows why' WHERE id = ?1", [&action]).expect("runs");
    drop(tool);
    let said = shell.run("check plan.db");
    assert_eq!((said.status, said.message.as_str()), (Some(1), ""));
    assert!(
        said.result.starts_with("The file is damaged\n- ") && said.result.contains("Nobody knows why"),
        "{}",
        said.result
    );
    assert!(said.result.contains("recap backups"), "says what to do: {}", said.result);
    let found = shell.json("check plan.db", 1);
    assert_eq!(found["file"]["sound"], false);
    let finding = &found["file"]["findings"][0];
    assert_eq!(
        (&finding["entity"], &finding["id"], &finding["field"]),
        (&"action".into(), &action.into(), &"owner".into())
    );
}

#[test]
fn history_tells_who_changed_what_newest_first() {
    let shell = Shell::with_new_plan();
    shell.run(&format!("import plan.db {}", fixture("northmoor.txt")));
    let words = shell.done("history plan.db");
    let lines: Vec<&str> = words.lines().collect();
    assert!(
        lines[0].contains("Quality lead  Import northmoor.txt") && lines[1].ends_with("Create the plan"),
        "{words}"
    );
    assert_eq!(shell.done("history plan.db --limit 1").lines().collect::<Vec<_>>(), lines[..1]);
    let entry = shell.json("history plan.db --limit 1", 0)["entries"][0].clone();
    assert_eq!(
        (&entry["who"], &entry["kind"], &entry["reverses"]),
        (&"Quality lead".into(), &"import".into(), &().into())
    );
    assert!(entry["changes"].as_array().expect("a list").len() > 20, "all of it: {entry}");
    let id = shell.exported("plan.db")["actions"][0]["id"].as_str().expect("an id").to_owned();
    let words = shell.done(&format!("history plan.db --row {id}"));
    assert!(
        words.contains("\n    action added\n") && words.contains("\n    text: blank -> \"?Ask"),
        "of one action: {words}"
    );
    let row = shell.json(&format!("history plan.db --row {id}"), 0);
    assert_eq!(row["entries"].as_array().expect("a list").len(), 1, "only what touched it");
    assert!(row["entries"][0]["changes"].as_array().expect("a list").iter().all(|change| change["row"] == *id));
    assert!(!words.contains("order:") && words.contains("tentative: no -> yes"), "as people read it: {words}");
    let field = shell.json(&format!("history plan.db --row {id} --field text"), 0);
    let changes = field["entries"][0]["changes"].as_array().expect("a list");
    assert!(changes.iter().all(|change| change["field"] == "text"), "of one field: {field}");
    let said = shell.refused("history plan.db --field colour", 3);
    assert!(said.contains("no row has a field \"colour\"") && said.contains("due_words"), "with those it has: {said}");
}

#[test]
fn history_names_providers_and_what_they_answered() {
    let shell = Shell::with_new_plan();
    let mut plan = shell.exported("plan.db");
    let (provider, finding) = (uuid("1"), uuid("2"));
    plan["providers"] = serde_json::json!([{ "id": provider, "name": "Northmoor General Hospital" }]);
    plan["findings"] =
        serde_json::json!([{ "id": finding, "judgement": "Late", "provider": provider, "from": "2013-04" }]);
    shell.write("first.json", plan.to_string());
    shell.run("import plan.db first.json");
    plan["providers"][0]["board_response"] = "Received in May".into();
    shell.write("second.json", plan.to_string());
    shell.run("import plan.db second.json");
    let words = shell.done(&format!("history plan.db --row {provider}"));
    for said in [
        "    board response: blank -> \"Received in May\"",
        "    provider Northmoor General Hospital added",
        "    name: blank -> \"Northmoor General Hospital\"",
    ] {
        assert!(words.lines().any(|line| line == said), "{said}: {words}");
    }
    let words = shell.done(&format!("history plan.db --row {finding}"));
    for said in [
        "    finding: Northmoor General Hospital, all themes, April 2013 added",
        "    provider: blank -> \"Northmoor General Hospital\"",
        "    first month: blank -> \"2013-04\"",
    ] {
        assert!(words.lines().any(|line| line == said), "{said}: {words}");
    }
    let of_field = shell.done(&format!("history plan.db --row {provider} --field board_response"));
    assert_eq!(of_field.lines().filter(|line| !line.starts_with(' ')).count(), 1, "{of_field}");
}

fn uuid(name: &str) -> String {
    recap::model::Id::NIL.derive(&[name]).to_string()
}

#[test]
fn undo_and_redo_say_what_they_did_and_when_nothing_is_left() {
    let shell = Shell::with_new_plan();
    shell.leaves_all("nothing to do", || {
        assert_eq!(shell.done("undo plan.db"), "Nothing to undo\n", "the plan itself stays");
        assert_eq!(shell.done("redo plan.db"), "Nothing to redo\n");
        assert_eq!(shell.json("undo plan.db", 0), serde_json::json!({ "done": null }));
    });
    shell.run(&format!("import plan.db {}", fixture("northmoor.html")));
    let imported = shell.labels("plan.db").remove(0);
    assert_eq!(shell.done("undo plan.db"), format!("Undo: {imported}\n"));
    assert_eq!(shell.done("undo plan.db"), "Nothing to undo\n");
    assert_eq!(shell.done("redo plan.db"), format!("Redo: {imported}\n"));
    let done = shell.json("undo plan.db", 0)["done"].clone();
    assert_eq!((&done["kind"], &done["label"]), (&"undo".into(), &format!("Undo: {imported}").into()));
    assert_eq!(shell.json("redo plan.db", 0)["done"]["kind"], "redo");
    assert_eq!(shell.labels("plan.db").len(), 6, "each is an entry of its own");
}

#[test]
fn a_backup_is_listed_and_restored_to_a_new_file() {
    let shell = Shell::with_new_plan();
    assert_eq!(shell.done("backups plan.db"), "No backups\n");
    let before = shell.exported("plan.db");
    shell.run(&format!("import plan.db {}", fixture("northmoor.txt")));
    let listed = shell.json("backups plan.db", 0)["backups"].clone();
    assert_eq!(listed.as_array().expect("a list").len(), 1, "made before the import: {listed}");
    let one = &listed[0];
    assert_eq!(
        (&one["reason"], &one["organisation"], &one["plan"]),
        (&"import".into(), &"Northmoor".into(), &before["plan"]["id"])
    );
    let id = one["id"].as_str().expect("an id");
    assert!(shell.done("backups plan.db").starts_with(&format!("{id}  ")), "by the name it is restored by");
    let line = format!("backups plan.db --restore {id} restored.db");
    assert_eq!(shell.done(&line), "Restored to restored.db\n");
    assert_eq!(shell.exported("restored.db"), before, "as before the import");
    assert!(shell.refused(&line, 3).contains("there is a file of this name already"), "never over a file");
    let value = shell.json(&format!("backups plan.db --restore {id} again.db"), 0);
    assert_eq!(value, serde_json::json!({ "restored": "again.db", "from": id }));
    let unknown = shell.refused("backups plan.db --restore 20130528-100000-day x.db", 3);
    assert!(unknown.contains("no backup called 20130528-100000-day") && unknown.contains("recap backups"), "{unknown}");
    let nowhere = shell.refused(&format!("backups plan.db --restore {id} no/folder/x.db"), 4);
    assert!(
        nowhere.contains("no such file or folder") && !nowhere.contains("x.db"),
        "the folder is missing: {nowhere}"
    );
}

#[test]
fn the_backups_of_a_damaged_or_lost_plan_are_found() {
    let shell = Shell::with_new_plan();
    shell.run(&format!("import plan.db {}", fixture("northmoor.txt")));
    let listed = shell.done("backups plan.db");
    for (name, content) in [("gone.db", None), ("empty.db", Some("")), ("text.db", Some("not a plan"))] {
        if let Some(content) = content {
            shell.write(name, content);
        }
        let ran = shell.run(&format!("backups {name}"));
        assert_eq!((ran.status, &ran.result), (Some(0), &listed), "{name}: of every plan");
        assert!(ran.message.contains(name), "{name}: and says why: {}", ran.message);
    }
    let id = listed.split(' ').next().expect("an id");
    assert_eq!(shell.run(&format!("backups gone.db --restore {id} back.db")).status, Some(0));
    assert_eq!(shell.exported("back.db")["plan"]["organisation"], "Northmoor");
}

/// A night's work may save several plans in one second, and so under one id.
#[test]
fn a_backup_of_another_plan_is_never_restored_for_ones_own() {
    let shell = Shell::new();
    let mut ids = Vec::new();
    for name in ["Northmoor", "Southmoor"] {
        shell.done(&format!("new {name}.db --organisation {name}"));
        shell.run(&format!("import {name}.db {}", fixture("northmoor.txt")));
        let backup = shell.json(&format!("backups {name}.db"), 0)["backups"][0].clone();
        let path = backup["path"].as_str().expect("a path");
        std::fs::rename(path, Path::new(path).with_file_name("20130528-100000-import.db")).expect("renames");
        ids.push(backup["plan"].as_str().expect("an id").to_owned());
    }
    for name in ["Northmoor", "Southmoor"] {
        shell.done(&format!("backups {name}.db --restore 20130528-100000-import {name}-back.db"));
        assert_eq!(shell.exported(&format!("{name}-back.db"))["plan"]["organisation"], *name);
    }
    let said = shell.refused("backups gone.db --restore 20130528-100000-import x.db", 3);
    assert!(ids.iter().all(|id| said.contains(id.as_str())), "both are named, with their places: {said}");
}
