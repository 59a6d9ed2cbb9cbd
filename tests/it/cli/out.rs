//! Excel, CSV and web pages from the command line, and the workbook back in.

use super::Shell;
use crate::out::workbook::{edited, set};

#[test]
fn each_ending_gives_a_file_of_its_kind_and_what_was_guarded_is_said() {
    let shell = Shell::with_sample();
    let read = |name: &str| std::fs::read(shell.path(name)).expect("written");
    shell.done("export plan.db plan.xlsx");
    assert!(read("plan.xlsx").starts_with(b"PK"));
    shell.done("export plan.db page.html --report action-plan");
    assert!(read("page.html").starts_with(b"<!DOCTYPE html>"));
    shell.done("export plan.db table.csv");
    assert!(read("table.csv").starts_with("\u{feff}No.,Theme".as_bytes()));
    shell.write("formula.csv", "Rec no,Current position,Actions,Lead\n123,Some words,Agree an extract,@quality team\n");
    shell.run("import plan.db formula.csv");
    let ran = shell.run("export plan.db guarded.csv");
    assert_eq!(ran.status, Some(0));
    assert!(
        ran.message.contains("1 cell would be taken for formulas") && ran.message.contains("apostrophe"),
        "{}",
        ran.message
    );
}

#[test]
fn our_own_workbook_comes_back_as_the_changes_made_in_it() {
    let shell = Shell::with_sample();
    shell.done("export plan.db plan.xlsx");
    let labels = shell.labels("plan.db");
    assert_eq!(shell.done("import plan.db plan.xlsx"), "Nothing changes: the plan holds all of it\n");
    assert_eq!(shell.labels("plan.db"), labels, "no entry");
    let bytes = std::fs::read(shell.path("plan.xlsx")).expect("written");
    shell.write("edited.xlsx", edited(&bytes, "Actions", |cells| set(cells, 1, "Owner", "Board secretary")));
    assert_eq!(
        shell.done("import plan.db edited.xlsx"),
        concat!(
            "Actions, row 2, Owner: “Associate Director of Quality” becomes “Board secretary”\n",
            "Import edited.xlsx: 1 action changed\n"
        )
    );
    let gone = edited(&bytes, "Actions", |cells| drop(cells.remove(1)));
    shell.write("gone.xlsx", gone);
    let before = shell.exported("plan.db");
    let ran = shell.run("import plan.db gone.xlsx");
    assert_eq!(ran.status, Some(1), "something is left to settle");
    assert!(
        ran.result.contains("Gone from the workbook, and kept in the plan, which the plan changed since: action"),
        "{}",
        ran.result
    );
    assert_eq!(shell.exported("plan.db"), before, "nothing is deleted unasked");
    let value = shell.json("import plan.db gone.xlsx", 1);
    assert_eq!(value["missing"][0]["entity"], "action");
}

#[test]
fn a_workbook_makes_an_empty_plan_whole() {
    let shell = Shell::with_sample();
    shell.done("export plan.db plan.xlsx");
    shell.done("new other.db --organisation Northmoor");
    let ran = shell.run("import other.db plan.xlsx");
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    assert!(ran.result.contains("Signals do not travel in a workbook"), "{}", ran.result);
    let (made, mut wanted) = (shell.exported("other.db"), shell.exported("plan.db"));
    for without in ["signals", "measures", "receipts", "batches"] {
        wanted[without] = serde_json::json!([]);
    }
    assert_eq!(made, wanted, "all but signals, and what says that they came");
}

#[test]
fn a_saved_view_is_exported_by_its_name_and_the_paper_says_which_rows_it_holds() {
    let shell = Shell::with_sample();
    let mut json = shell.exported("plan.db");
    let definition = serde_json::json!({
        "filter": { "states": ["gap", "waiting"] }, "group": "owner", "columns": ["reference", "state", "actions"],
        "sort": [{ "column": "due", "descending": true }], "mood": 1
    });
    json["saved_views"] = serde_json::json!([
        { "id": "0192b0c4-0000-7000-8000-000000000001", "name": "For the March meeting", "definition": definition.to_string() },
        { "id": "0192b0c4-0000-7000-8000-000000000002", "name": "Broken", "definition": "no view" },
    ]);
    shell.write("views.json", json.to_string());
    shell.done("import plan.db views.json");
    let run = |view: &str, out: &str| shell.run_each(["export", "plan.db", out, "--view", view]);
    assert_eq!(run("for the march MEETING", "list.csv").status, Some(0));
    let table = std::fs::read_to_string(shell.path("list.csv")).expect("written");
    assert!(table.starts_with("\u{feff}Owner,No.,State,Actions\r\n"), "{}", &table[..80]);
    assert!(table.contains("Gap") && !table.contains("Partly"), "only what the view shows");
    assert_eq!(run("For the March meeting", "list.html").status, Some(0));
    let page = std::fs::read_to_string(shell.path("list.html")).expect("written");
    assert!(
        page.contains("View: For the March meeting. ") && page.contains(" of 22 recommendations; state: gap, waiting.")
    );
    assert!(page.contains("Sorted by next due, last first."), "and how they stand");
    for out in ["list.docx", "list.xlsx", "list.pdf"] {
        assert_eq!(run("For the March meeting", out).status, Some(0), "{out}");
    }
    let book = std::fs::read(shell.path("list.xlsx")).expect("written");
    let cells = crate::out::workbook::cells(&book, "Recommendations");
    assert_eq!(cells[0].iter().map(ToString::to_string).collect::<Vec<_>>(), ["Owner", "No.", "State", "Actions"]);
    let ran = run("Easter", "other.csv");
    assert_eq!(ran.status, Some(3));
    assert!(
        ran.message.contains("no view named") && ran.message.contains("For the March meeting, Broken"),
        "{}",
        ran.message
    );
    let ran = run("Broken", "other.csv");
    assert_eq!(ran.status, Some(3));
    assert!(ran.message.contains("not written down as a view"), "{}", ran.message);
    assert_eq!(run("Broken", "plan.json").status, Some(2), "the whole plan follows no view");
    let ran = shell.run("export plan.db x.pdf --report timeline --view Broken");
    assert_eq!(ran.status, Some(2), "{}", ran.message);
}
