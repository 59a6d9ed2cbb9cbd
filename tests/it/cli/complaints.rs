//! The complaints report and the rows of signals from the command line.

use super::Shell;
use crate::complaints::sheets;
use std::fmt::Write as _;

/// A year of complaints; some are small numbers, and some begin with what Excel takes for a formula.
fn filled() -> Shell {
    let shell = Shell::with_new_plan();
    let mut text = "Reference,Provider,Date received,Date closed,Subject,Service,Status,Outcome,Learning,Improvement,Adverse,Handling concern\n".to_owned();
    for month in 1..=12 {
        for number in 0..9 {
            let _ = writeln!(
                text,
                "C{month}-{number},Northmoor General,{:02}/{month:02}/2013,,Waiting times; Staff numbers,Medicine,Open,,,,,",
                number + 14
            );
        }
    }
    for (place, odd) in
        ["=1+1", "+44 20", "-5", "@SUM(A1)", "=HYPERLINK(\"\"http://x\"\")", "\t=1", "\r=2", "-"].iter().enumerate()
    {
        let _ = writeln!(
            text,
            "\"{odd}\",Eastmoor Community,{:02}/05/2013,30/05/2013,\"Privacy, dignity and wellbeing, Food\",\"{odd}\",Closed,Upheld,\"{odd}\",\"First line\nand another\",no,yes",
            place + 14
        );
    }
    text.push_str(",Eastmoor Community,20/06/2013,,Attitude,,,,,,,\n,Eastmoor Community,20/06/2013,,Attitude,,,,,,,\n");
    shell.write("complaints.csv", text);
    shell.done("import-signals plan.db complaints.csv --source complaint");
    shell.write(
        "pals.csv",
        "PALS number,Provider,Date received,Subject,Hard or soft\nP1,Northmoor General,14/05/2013,Food,hard\n",
    );
    shell.done("import-signals plan.db pals.csv --source pals");
    shell.write(
        "visits.csv",
        "Visit reference,Provider,Month,Theme,Adverse\nV1,Northmoor General,May 2013,Staffing levels,yes\n",
    );
    shell.done("import-signals plan.db visits.csv --source visit");
    shell
}

/// Writes the rows of signals; what is said of guarded cells is not asked here.
fn export_rows(shell: &Shell, name: &str) {
    let ran = shell.run(&format!("export plan.db {name} --report signals --internal"));
    assert_eq!(ran.status, Some(0), "{name}: {}", ran.message);
}

#[test]
fn rows_go_out_and_come_back_as_they_were() {
    let shell = filled();
    let before = shell.exported("plan.db");
    for name in ["signals.csv", "signals.xlsx"] {
        export_rows(&shell, name);
        let line = format!("import-signals plan.db {name} --source complaint");
        let preview = shell.json(&format!("{line} --preview"), 0);
        assert_eq!(preview["counts"]["unchanged"], 12 * 9 + 8 + 2 + 1 + 1, "{name}: {preview:#}");
        assert_eq!((&preview["counts"]["new"], &preview["counts"]["updated"]), (&0.into(), &0.into()), "{name}");
        assert_eq!(preview["dropped"].as_array().map(Vec::len), Some(0), "{name}: {:#}", preview["dropped"]);
        assert_eq!(
            (&preview["set_aside"], &preview["refused"]),
            (&serde_json::json!([]), &serde_json::json!([])),
            "{name}"
        );
        let written = shell.json(&line, 0);
        assert_eq!(written["written"], false, "{name}: nothing to write: {written:#}");
    }
    assert_eq!(shell.exported("plan.db"), before, "the plan is as it was");
}

#[test]
fn rows_put_in_by_hand_are_known_again_by_their_key() {
    let shell = filled();
    export_rows(&shell, "all.csv");
    let all = std::fs::read_to_string(shell.path("all.csv")).expect("written");
    let without: Vec<&str> = all.lines().filter(|line| line.contains("Attitude")).collect();
    assert_eq!(without.len(), 2, "two that have no reference");
    let keys: Vec<&str> = without.iter().filter_map(|line| line.rsplit(',').next()).collect();
    assert_ne!(keys[0], keys[1], "and are two all the same");
    shell.write("turned.csv", format!("{}\n{}\n{}\n", all.lines().next().expect("headings"), without[1], without[0]));
    let preview = shell.json("import-signals plan.db turned.csv --source complaint --preview", 0);
    assert_eq!(preview["counts"]["unchanged"], 2, "in whatever order they come");
}

#[test]
fn no_cell_is_a_formula() {
    let shell = filled();
    let ran = shell.run("export plan.db rows.csv --report signals --internal");
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    assert!(ran.message.contains("would be taken for formulas"), "and it is said: {}", ran.message);
    let text = std::fs::read_to_string(shell.path("rows.csv")).expect("written");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut guarded = 0;
    for cell in reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(cell == "-" || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        guarded += usize::from(cell.starts_with('\''));
    }
    assert!(guarded >= 10, "{guarded}");
    export_rows(&shell, "rows.xlsx");
    let ran = shell.run("export plan.db book.xlsx --report complaints --internal --from 2013-04 --to 2013-06");
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    for name in ["rows.xlsx", "book.xlsx"] {
        let bytes = std::fs::read(shell.path(name)).expect("written");
        let all = sheets(&bytes);
        let cells: Vec<&String> = all.iter().flat_map(|(_, rows)| rows.iter().flatten()).collect();
        assert!(cells.iter().any(|cell| *cell == "=1+1"), "{name}: as it was written");
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes)).expect("a workbook");
        for sheet in calamine::Reader::sheet_names(&book) {
            let formulas = calamine::Reader::worksheet_formula(&mut book, &sheet).expect("reads");
            assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{name}, {sheet}: no formula");
        }
    }
}

#[test]
fn the_report_is_published_unless_it_is_asked_for_inside() {
    let shell = filled();
    for ending in ["pdf", "html", "docx", "xlsx", "csv"] {
        let ran = shell.run(&format!("export plan.db report.{ending} --report complaints --from 2013-04 --to 2013-06"));
        assert_eq!(ran.status, Some(0), "{ending}: {}", ran.message);
        assert!(!ran.message.contains("internal"), "{ending}: {}", ran.message);
        let ran = shell
            .run(&format!("export plan.db inside.{ending} --report complaints --from 2013-04 --to 2013-06 --internal"));
        assert!(ran.message.contains("For internal use: holds small numbers"), "{ending}: {}", ran.message);
    }
    let read = |name: &str| std::fs::read_to_string(shell.path(name)).expect("written");
    let line =
        |text: &str| text.lines().find(|line| line.contains("Food") || line.contains("Environment")).map(str::to_owned);
    assert!(!read("report.csv").contains(",8,"), "rounded");
    assert!(read("report.html").contains("Small numbers are hidden"));
    assert!(line(&read("inside.csv")).is_some(), "themes are told");
    let one =
        shell.run_each(["export", "plan.db", "one.html", "--report", "complaints", "--provider", "eastmoor community"]);
    assert_eq!(one.status, Some(0), "{}", one.message);
    assert!(!read("one.html").contains("Northmoor General"), "one provider alone");
}

#[test]
fn what_cannot_be_written_is_said_and_nothing_is() {
    let shell = filled();
    for (line, said) in [
        ("out.csv --report signals", "--internal"),
        ("out.xlsx --report signals", "not for publication"),
        ("out.pdf --report signals --internal", ".csv or .xlsx"),
        ("out.ics --report complaints", "choose the timeline"),
        ("out.pdf --report appendix --internal", "are for --report complaints"),
        ("out.pdf --from 2013-04", "are for --report complaints"),
        ("out.pdf --report complaints --from 2013-06 --to 2013-04", "later"),
        ("out.pdf --report complaints --from June", "YYYY-MM"),
        ("out.pdf --report complaints --provider Westmoor", "has no provider \"Westmoor\""),
        ("out.txt --report complaints", "cannot be written"),
        ("out.pdf --report weather", "weather"),
    ] {
        let ran = shell.run(&format!("export plan.db {line}"));
        assert_eq!(ran.status, Some(2), "{line}: {}", ran.message);
        assert!(ran.message.contains(said), "{line}: {}", ran.message);
        assert!(!shell.path("out.pdf").exists() && !shell.path("out.csv").exists(), "{line}: nothing is written");
    }
}

#[test]
fn without_signals_there_is_a_page_that_says_so() {
    let shell = Shell::with_new_plan();
    shell.done("export plan.db none.html --report complaints");
    let page = std::fs::read_to_string(shell.path("none.html")).expect("written");
    assert!(page.contains("This plan has no signals yet"), "{page}");
    shell.done("export plan.db none.pdf --report complaints");
    shell.done("export plan.db none.csv --report signals --internal");
}

#[test]
fn a_month_that_never_came_is_not_received_because_rows_come_back() {
    let shell = Shell::with_new_plan();
    for (name, day) in [("january.csv", "14/01/2013"), ("march.csv", "14/03/2013")] {
        shell.write(name, format!("Reference,Provider,Date received,Subject\n{name},Northmoor General,{day},Food\n"));
        shell.done(&format!("import-signals plan.db {name} --source complaint"));
    }
    export_rows(&shell, "rows.csv");
    shell.done("import-signals plan.db rows.csv --source complaint");
    let value = shell.json("triangulate plan.db --from 2013-02 --to 2013-02 --as-at 2013-06-30", 0);
    let cells = value["cells"].as_array().expect("a list").iter();
    let february: Vec<_> = cells.filter(|cell| cell["source"] == "complaint").collect();
    assert!(!february.is_empty());
    assert!(february.iter().all(|cell| cell["count"].is_null()), "no data, and no zero: {february:?}");
}

#[test]
fn text_that_was_kept_comes_back_where_it_is_kept_again() {
    let shell = Shell::with_new_plan();
    shell.write(
        "told.csv",
        "Reference,Provider,Date received,Subject,What happened\nC1,Northmoor General,14/05/2013,Food,=It was cold\n",
    );
    let import = |name: &str, keep: &str| {
        let line = ["import-signals", "plan.db", name, "--source", "complaint", "--json", "--keep", keep];
        let ran = shell.run_each(line);
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.message);
        serde_json::from_str::<serde_json::Value>(&ran.result).expect("JSON")
    };
    import("told.csv", "What happened");
    let ran = shell.run("export plan.db rows.csv --report signals --internal");
    assert!(ran.message.contains("--keep \"Kept text\""), "it is said how: {}", ran.message);
    assert_eq!(import("rows.csv", "Kept text")["counts"]["unchanged"], 1, "as it was");
}
