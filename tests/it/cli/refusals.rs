//! Exit statuses, and what becomes of a file that is refused or only read.

use super::{Shell, fixture};
use crate::store::faults::{half_written, protect};
use rusqlite::Connection;

/// Every verb that must be able to trust a plan, on `plan.db`.
fn verbs_on_a_plan() -> Vec<String> {
    let import = format!("import plan.db {}", fixture("northmoor.txt"));
    let mut lines = vec![format!("{import} --preview"), import];
    let others = [
        "export plan.db out.pdf",
        "export plan.db out.docx",
        "export plan.db out.json",
        "check plan.db",
        "history plan.db",
        "undo plan.db",
        "redo plan.db",
    ];
    lines.extend(others.map(str::to_owned));
    lines
}

/// Wants every verb to refuse `plan.db` in the same words, and to leave it and its folder alone.
fn all_refuse(shell: &Shell, status: i32, says: &str) {
    for line in verbs_on_a_plan() {
        let said = shell.leaves_all(&line, || shell.refused(&line, status));
        assert!(said.contains(says), "recap {line}: {said}");
        assert!(said.trim_end().lines().count() == 2, "recap {line}: what happened, and what to do: {said}");
    }
    shell.leaves_all("backups", || {
        let ran = shell.run("backups plan.db");
        assert_eq!(ran.status, Some(0), "the way out of it");
        assert!(ran.message.contains(says), "{}", ran.message);
    });
}

#[test]
fn what_is_no_sound_plan_is_refused_by_every_verb_and_left_as_it_is() {
    let whole = {
        let shell = Shell::with_sample();
        std::fs::read(shell.path("plan.db")).expect("reads")
    };
    let cases: [(&[u8], &str); 4] = [
        (b"Recommendation\tPosition\n9\tGap\n", "this is a text file, not a plan"),
        (b"", "the file is empty"),
        (&whole[..whole.len() / 2], "it is cut short"),
        (&whole[..50], "it is cut short"),
    ];
    for (bytes, says) in cases {
        let shell = Shell::new();
        shell.write("plan.db", bytes);
        all_refuse(&shell, 3, says);
    }
}

#[test]
fn somebody_elses_database_is_refused_by_every_verb() {
    let shell = Shell::new();
    let other = Connection::open(shell.path("plan.db")).expect("opens");
    other.execute_batch("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('theirs');").expect("runs");
    drop(other);
    all_refuse(&shell, 3, "a database of another program");
}

#[test]
fn a_newer_plan_is_refused_by_every_verb_and_says_what_made_it() {
    let shell = Shell::with_sample();
    let newer = Connection::open(shell.path("plan.db")).expect("opens");
    newer.execute_batch("UPDATE meta SET value = 'Recap 9.0'; PRAGMA user_version = 7;").expect("runs");
    drop(newer);
    all_refuse(&shell, 3, "made by a newer Recap, Recap 9.0");
}

#[test]
fn a_plan_that_is_not_there_is_not_made() {
    all_refuse(&Shell::new(), 4, "there is no such file or folder: plan.db");
}

#[test]
fn wrong_usage_is_told_apart_from_refused_files() {
    let shell = Shell::with_sample();
    let lines = [
        "check",
        "check plan.db other.db",
        "export plan.db",
        "export plan.db out.pdf --report timetable",
        "export plan.db out.pdf --as-at 28/05/2013",
        "import plan.db a.txt --as-at 31-02-2013",
        "new other.db",
        "new other.db --organisation=",
        "backups plan.db --restore 20130528-100000-day",
        "history plan.db --limit few",
        "--nonsense",
    ];
    shell.leaves_all("wrong usage", || {
        for line in lines {
            let ran = shell.run(line);
            assert_eq!((ran.status, ran.result.as_str()), (Some(2), ""), "recap {line}: {}", ran.message);
            assert!(ran.message.starts_with("error: "), "recap {line}: {}", ran.message);
        }
        for selection in ["5000", "144-123", "some"] {
            let line = format!("new other.db --organisation Northmoor --recommendations {selection}");
            let said = shell.refused(&line, 2);
            assert!(said.contains(selection) && said.contains("123-144"), "names it, and shows how: {said}");
        }
        for (name, ending) in [("out.odt", "\".odt\""), ("out", "\".\"")] {
            let said = shell.refused(&format!("export plan.db {name}"), 2);
            assert!(
                said.contains(ending) && said.contains(".pdf, .docx, .html, .xlsx, .csv, .ics and .json"),
                "{said}"
            );
        }
    });
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let shell = Shell::with_sample();
    shell.write("mine.db", "something of mine");
    shell.leaves_all("refused", || {
        for name in ["mine.db", "plan.db", "."] {
            for line in [format!("new {name} --organisation Northmoor"), format!("sample {name}")] {
                let said = shell.refused(&line, 3);
                assert!(said.contains("it was left as it is") && said.contains("another name"), "{said}");
            }
        }
        for line in ["new no/folder/plan.db --organisation Northmoor", "sample no/folder/plan.db"] {
            let said = shell.refused(line, 4);
            assert!(said.contains("no such file or folder") && !said.contains("plan.db"), "the folder: {said}");
        }
    });
}

#[test]
fn a_report_that_cannot_be_written_leaves_nothing_half_done() {
    let shell = Shell::with_sample();
    std::fs::create_dir(shell.path("out.json")).expect("makes");
    shell.leaves_all("refused", || {
        let said = shell.refused("export plan.db no/folder/out.json", 4);
        assert!(said.contains("the folder is not there"), "{said}");
        assert!(shell.refused("export plan.db out.json", 4).contains("out.json"), "a folder of that name");
    });
}

#[test]
fn a_report_never_takes_the_place_of_the_plan_itself() {
    let shell = Shell::with_sample();
    std::fs::rename(shell.path("plan.db"), shell.path("plan.json")).expect("renames");
    #[cfg(unix)]
    std::os::unix::fs::symlink("plan.json", shell.path("link.json")).expect("links");
    let names =
        if cfg!(unix) { vec!["plan.json", "./plan.json", "link.json"] } else { vec!["plan.json", "./plan.json"] };
    shell.leaves_all("refused", || {
        for name in names {
            let said = shell.refused(&format!("export plan.json {name}"), 3);
            assert!(said.contains("the plan itself") && said.contains("another name"), "{said}");
        }
    });
    shell.sound("plan.json");
}

#[test]
fn a_row_that_the_plan_never_had_is_no_empty_history() {
    let shell = Shell::with_sample();
    let said = shell.refused("history plan.db --row 7d1f4a52-0c7e-4a39-9d0e-2f6f1f0f5a11", 3);
    assert!(said.contains("7d1f4a52") && said.contains("recap export"), "{said}");
    let said = shell.refused("history plan.db --row 123", 3);
    assert!(said.contains("\"123\" is not a row id"), "a reference is no id: {said}");
}

#[test]
fn verbs_that_read_write_nothing_beside_what_they_were_asked_for() {
    let shell = Shell::with_sample();
    shell.leaves_all("reading", || {
        shell.sound("plan.db");
        for line in ["history plan.db", "backups plan.db"] {
            shell.done(line);
        }
        shell.run(&format!("import plan.db {} --preview", fixture("northmoor.md")));
    });
    let before = shell.files();
    shell.done("export plan.db out.json");
    let mut after = shell.files();
    assert!(after.remove(std::ffi::OsStr::new("out.json")).is_some(), "written");
    assert!(after == before, "and nothing else");
}

/// `plan.db` as a program left it that was killed in the middle of a change, and that plan's rows.
fn killed() -> (Shell, usize) {
    let (place, plan) = half_written();
    let shell = Shell::new();
    for name in ["plan.db", "plan.db-journal"] {
        std::fs::copy(place.path("crashed").join(name), shell.path(name)).expect("copies");
    }
    (shell, plan.actions.len())
}

#[test]
fn a_change_that_a_kill_cut_off_is_taken_back_by_whichever_verb_comes_first() {
    let preview = format!("import plan.db {} --preview", fixture("northmoor.csv"));
    for line in
        ["check plan.db", "history plan.db", "export plan.db out.json", "undo plan.db", "backups plan.db", &preview]
    {
        let (shell, actions) = killed();
        let ran = shell.run(line);
        assert!(matches!(ran.status, Some(0 | 1)) && !ran.message.contains("closed"), "recap {line}: {}", ran.message);
        assert!(!shell.path("plan.db-journal").exists(), "recap {line}: put right");
        shell.sound("plan.db");
        if line != "undo plan.db" {
            let plan = shell.exported("plan.db");
            assert_eq!(plan["actions"].as_array().map(Vec::len), Some(actions), "recap {line}: as before the change");
            assert!(!plan.to_string().contains("Half"), "recap {line}: nothing of it is left");
        }
    }
}

#[test]
fn a_cut_off_change_where_nothing_can_be_written_is_told_and_not_shown() {
    let (shell, _) = killed();
    protect(&shell.path("plan.db"), true);
    all_refuse(&shell, 4, "not closed properly");
    protect(&shell.path("plan.db"), false);
}

#[test]
fn a_plan_that_is_being_written_says_so_and_is_not_waited_for_without_end() {
    let shell = Shell::with_sample();
    let writer = Connection::open(shell.path("plan.db")).expect("opens");
    writer.execute_batch("BEGIN EXCLUSIVE").expect("locks");
    for line in ["check plan.db", "undo plan.db"] {
        let said = shell.refused(line, 4);
        assert!(said.contains("being written") && said.contains("Try again"), "recap {line}: {said}");
    }
    writer.execute_batch("ROLLBACK").expect("unlocks");
    shell.sound("plan.db");
}

/// A name that is no text cannot stand in JSON as it is; it is no reason to fail.
#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_no_text_is_written_all_the_same() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let shell = Shell::with_sample();
    let name = OsStr::from_bytes(b"caf\xe9.json");
    let ran = shell.run_each([OsStr::new("export"), OsStr::new("plan.db"), name, OsStr::new("--json")]);
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    let value: serde_json::Value = serde_json::from_str(&ran.result).expect("one value");
    assert_eq!(value["written"], "caf\u{fffd}.json");
    assert!(shell.place.folder.path().join(name).exists(), "under its own name");
}
