//! Documents into a plan without anybody there to ask.

use super::{Shell, fixture};
use crate::store::faults::protect;
use serde_json::json;

/// Two recommendations with positions, and no date anywhere.
const UNDATED: &str = "Recommendation,Current position,Actions\n\
    123,The extract comes each quarter,Agree an extract with the trust\n\
    124,A lead was named,\n";

#[test]
fn an_import_is_one_entry_and_the_same_again_changes_nothing() {
    for name in ["northmoor.txt", "northmoor.md", "northmoor.html", "northmoor.csv"] {
        let shell = Shell::with_new_plan();
        let line = format!("import plan.db {}", fixture(name));
        let first = shell.run(&line);
        assert!(first.result.contains(&format!("\nImport {name}: ")), "{name}: {}{}", first.result, first.message);
        let labels = shell.labels("plan.db");
        assert_eq!(labels.len(), 2, "{name}: {labels:?}");
        shell.leaves_all(name, || {
            let again = shell.run(&line);
            assert!(
                again.result.ends_with("\nNothing changes: the plan holds all of it\n"),
                "{name}: {}",
                again.result
            );
            assert_eq!(again.status, first.status, "{name}: what is open is still open");
            let value = shell.json(&line, again.status.unwrap_or(-1));
            assert_eq!((&value["written"], &value["changes"]), (&json!(false), &json!(0)), "{name}");
        });
        assert_eq!(shell.labels("plan.db"), labels, "{name}: no entry");
        shell.sound("plan.db");
    }
}

#[test]
fn a_preview_says_the_same_and_writes_nothing() {
    let shell = Shell::with_new_plan();
    let line = format!("import plan.db {}", fixture("northmoor.txt"));
    let (preview, value) = shell.leaves_all("preview", || {
        let preview = shell.run(&format!("{line} --preview"));
        (preview, shell.json(&format!("{line} --preview"), 1))
    });
    assert_eq!(value["written"], false);
    assert!(value["changes"].as_u64() > Some(20), "{}", value["changes"]);
    assert_eq!(shell.done("backups plan.db"), "No backups\n", "none was needed");
    let told = preview.result.strip_suffix("Preview: nothing was written\n").expect("says that it is one");
    let ran = shell.run(&line);
    assert!(ran.result.starts_with(told), "the same words: {}", ran.result);
    assert_eq!(ran.status, preview.status, "the same status");
}

#[test]
fn undo_takes_an_import_back_whole() {
    let shell = Shell::with_sample();
    let before = shell.exported("plan.db");
    shell.run(&format!("import plan.db {}", fixture("northmoor.html")));
    let after = shell.exported("plan.db");
    assert_ne!(after, before);
    shell.done("undo plan.db");
    assert_eq!(shell.exported("plan.db"), before);
    shell.done("redo plan.db");
    assert_eq!(shell.exported("plan.db"), after);
}

#[test]
fn without_a_date_positions_are_undated_and_listed_never_todays() {
    let shell = Shell::with_new_plan();
    shell.write("plan.csv", UNDATED);
    let ran = shell.run("import plan.db plan.csv");
    assert_eq!(ran.status, Some(1), "something is left to settle: {}{}", ran.result, ran.message);
    assert!(ran.result.contains("2 positions have no date"), "{}", ran.result);
    let plan = shell.exported("plan.db");
    let positions: Vec<_> = plan["recommendations"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|row| row["positions"].as_array())
        .flatten()
        .collect();
    assert_eq!(positions.len(), 2);
    assert!(positions.iter().all(|position| position["as_at"].is_null()), "{positions:?}");
    let open = shell.json("import plan.db plan.csv", 1)["open"].clone();
    let kinds: Vec<_> = open.as_array().expect("a list").iter().map(|open| &open["kind"]).collect();
    assert_eq!(kinds, ["undated position", "undated position"], "listed");
}

#[test]
fn with_a_date_given_nothing_is_left_open() {
    let shell = Shell::with_new_plan();
    shell.write("plan.csv", UNDATED);
    let words = shell.done("import plan.db plan.csv --as-at 2013-05-28");
    assert!(words.contains("as at 2013-05-28 (given)"), "{words}");
    let plan = shell.exported("plan.db");
    assert_eq!(plan["recommendations"][0]["positions"][0]["as_at"], "2013-05-28");
}

#[test]
fn a_document_without_a_plan_is_told_what_was_looked_for() {
    let shell = Shell::with_new_plan();
    shell.write("letter.txt", "Dear colleague,\n\nThank you for your letter about the inquiry.\n");
    shell.write("suppliers.csv", "Item,Supplier\nTea,The dairy\nCoffee,The market\n");
    shell.write("prices.csv", "Item,Price\nTea,80p\nCoffee,95p\n");
    shell.leaves_all("refused", || {
        for name in ["letter.txt", "suppliers.csv", "prices.csv"] {
            let said = shell.refused(&format!("import plan.db {name}"), 3);
            assert!(said.contains(name) && said.contains("a table with a column of recommendation numbers"), "{said}");
        }
    });
}

#[test]
fn what_is_no_document_is_refused_with_a_way_on() {
    let shell = Shell::with_new_plan();
    shell.done("sample other.db");
    shell.write("scan.txt", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n");
    shell.write("notes.pages", "123\tAgree\n");
    shell.write("blank.txt", " \n");
    shell.write("half.json", "{ \"format\": ");
    shell.write("some.json", "{ \"format\": \"something else\" }");
    let cases = [
        ("plan.db", 3, "the plan itself"),
        ("other.db", 3, "export it as .json, and import that: other.db"),
        ("scan.txt", 3, "a PDF"),
        ("notes.pages", 3, ".csv"),
        ("blank.txt", 3, "empty"),
        ("half.json", 3, "not JSON"),
        ("some.json", 3, "no plan that this program can read"),
        ("missing.txt", 4, "missing.txt"),
        (".", 4, "could not be read"),
    ];
    shell.leaves_all("refused", || {
        for (source, status, says) in cases {
            let said = shell.refused(&format!("import plan.db {source}"), status);
            assert!(said.contains(says), "{source}: {said}");
        }
    });
    assert_eq!(shell.done("backups plan.db"), "No backups\n", "nothing was begun");
}

#[test]
fn a_plan_that_can_only_be_read_takes_a_preview_and_no_import() {
    let shell = Shell::with_new_plan();
    shell.write("plan.csv", UNDATED);
    protect(&shell.path("plan.db"), true);
    shell.leaves_all("read only", || {
        let said = shell.refused("import plan.db plan.csv", 4);
        assert!(said.contains("the file is write-protected") && said.contains("save a copy elsewhere"), "{said}");
        assert_eq!(shell.run("import plan.db plan.csv --preview").status, Some(1), "looking is free");
    });
    protect(&shell.path("plan.db"), false);
}
