//! Signals from the command line: what comes in, what is left out, and what the sources say together.

use super::Shell;
use serde_json::Value;
use std::fmt::Write as _;

/// Complaints of two providers over two years. At Northmoor staffing complaints rise in the last half year; each
/// complaint has a patient's name and number beside it.
fn complaints() -> String {
    let mut text = "Reference,Provider,Date received,Subject,Patient name,NHS number,Date closed,Outcome\n".to_owned();
    let mut number = 0;
    let mut add = |provider: &str, month: u32, day: usize, subject: &str| {
        number += 1;
        let (year, month) = (2011 + (month + 6) / 12, (month + 6) % 12 + 1);
        let day = day % 28 + 1;
        let _ =
            writeln!(text, "C-{number:04},{provider},{day:02}/{month:02}/{year},{subject},Mrs A,9434765919,,Upheld");
    };
    for month in 0..24 {
        let rise = if month >= 18 { 9 } else { 0 };
        for day in 0..6 + (month as usize % 3) + rise {
            add("Northmoor General", month, day, "Staff numbers");
        }
        for day in 0..7 - (month as usize % 2) {
            add("Northmoor General", month, day, "Waiting times; Communications");
            add("Eastmoor Community", month, day, "Waiting times");
        }
    }
    text
}

/// Serious incidents at Northmoor, which rise in the last half year too; the export names no provider.
fn incidents() -> String {
    let mut text = "StEIS number;Incident Date;Category\n".to_owned();
    for month in 0..24_u32 {
        let (year, of_year) = (2011 + (month + 6) / 12, (month + 6) % 12 + 1);
        for number in 0..6 + month % 2 + if month >= 18 { 12 } else { 0 } {
            let _ = writeln!(text, "S{month}-{number};{:02}/{of_year:02}/{year};Staffing", number % 28 + 1);
        }
    }
    text
}

fn texts<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
    value.as_array().expect("a list").iter().map(|one| one[key].as_str().unwrap_or("null")).collect()
}

fn filled() -> Shell {
    let shell = Shell::with_new_plan();
    shell.write("complaints.csv", complaints());
    shell.write("incidents.csv", incidents());
    shell.done("import-signals plan.db complaints.csv --source complaint");
    shell.run_each(["import-signals", "plan.db", "incidents.csv", "--source", "si", "--provider", "Northmoor General"]);
    shell
}

#[test]
fn an_export_comes_in_without_what_says_who_somebody_is() {
    let shell = Shell::with_new_plan();
    shell.write("complaints.csv", complaints());
    let before = std::fs::read(shell.path("plan.db")).expect("reads");
    let preview = shell.json("import-signals plan.db complaints.csv --source complaint --preview", 0);
    assert!(std::fs::read(shell.path("plan.db")).expect("reads") == before, "a preview writes nothing");
    let rows = complaints().lines().count() - 1;
    assert_eq!(preview["counts"]["new"], rows, "all are new");
    assert_eq!(preview["written"], false);
    assert_eq!(texts(&preview["dropped"], "column"), ["Patient name", "NHS number"], "each is listed");
    assert_eq!(texts(&preview["providers"], "decision"), ["new", "new"]);
    assert_eq!(
        preview["received"][0],
        serde_json::json!({ "provider": "Northmoor General", "source": "complaint", "from": "2011-07", "to": "2013-06" })
    );
    let written = shell.json("import-signals plan.db complaints.csv --source complaint", 0);
    assert_eq!(written["written"], true);
    let file = std::fs::read(shell.path("plan.db")).expect("reads");
    for private in ["9434765919", "Mrs A"] {
        assert!(
            !file.windows(private.len()).any(|window| window == private.as_bytes()),
            "{private} is not in the file"
        );
    }
    let again = shell.json("import-signals plan.db complaints.csv --source complaint", 0);
    assert_eq!((&again["written"], &again["counts"]["unchanged"]), (&false.into(), &rows.into()), "nothing twice");
    let history = shell.json("history plan.db", 0);
    assert_eq!(history["entries"].as_array().or(history.as_array()).expect("a list").len(), 2, "one import, one entry");
    shell.done("undo plan.db");
    let preview = shell.json("import-signals plan.db complaints.csv --source complaint --preview", 0);
    assert_eq!(preview["counts"]["new"], rows, "undone, none of it counts");
    shell.done("redo plan.db");
    shell.sound("plan.db");
}

#[test]
fn a_changed_row_is_an_update_and_a_kept_column_is_written_down() {
    let shell = filled();
    shell.write(
        "later.csv",
        "Reference,Provider,Date received,Subject,Patient name\nC-0001,Northmoor General,01/07/2011,Attitude,Mrs B\n",
    );
    let line = "import-signals plan.db later.csv --source complaint --json --keep";
    let ran = shell.run_each(line.split(' ').chain(["Patient name"]));
    let value: Value = serde_json::from_str(&ran.result).expect("JSON");
    assert_eq!(
        (&value["counts"]["updated"], &value["counts"]["updated_rows"][0]),
        (&1.into(), &2.into()),
        "{}",
        ran.message
    );
    let plan = shell.exported("plan.db");
    let batches = plan["batches"].as_array().expect("a list");
    let kept = |batch: &Value| batch["kept"].as_array().is_some_and(|list| list.contains(&"Patient name".into()));
    assert!(batches.iter().any(kept), "what was kept is written down: {batches:?}");
}

/// Complaints of one provider, so many that they are handed on in several parts, and rows below them.
fn many(below: &[&str]) -> String {
    let mut text = "Reference,Provider,Date received,Subject\n".to_owned();
    for number in 0..9_000 {
        let (day, month) = (number % 28 + 1, number % 12 + 1);
        let _ = writeln!(text, "C-{number:05},Northmoor General,{day:02}/{month:02}/2012,Staff numbers");
    }
    for row in below {
        let _ = writeln!(text, "{row}");
    }
    text
}

const LATE: [&str; 4] = [
    "C-00001,Northmoor General,02/02/2012,Food",
    "C-08999,Northmoor General,12/12/2012,Parking",
    "C-00001,Northmoor General,02/02/2012,Parking",
    "C-00001,Northmoor General,02/02/2012,Food",
];

/// What both the preview and the import tell.
fn told(mut value: Value) -> Value {
    value.as_object_mut().expect("an object").remove("written");
    value
}

/// The signals of a plan in JSON, by their references.
fn signal(shell: &Shell, reference: &str) -> Vec<Value> {
    let plan = shell.exported("plan.db");
    let all = plan["signals"].as_array().expect("a list").iter();
    all.filter(|one| one["reference"] == reference).cloned().collect()
}

#[test]
fn a_subject_named_thousands_of_rows_below_is_one_of_the_complaint() {
    let shell = Shell::with_new_plan();
    shell.write("late.csv", many(&LATE));
    let preview = shell.json("import-signals plan.db late.csv --source complaint --preview", 0);
    let written = shell.json("import-signals plan.db late.csv --source complaint", 0);
    assert_eq!((&written["counts"]["new"], &written["written"]), (&9_000.into(), &true.into()));
    assert_eq!((&written["summary"]["merged"], &written["summary"]["set_aside"]), (&3.into(), &1.into()));
    assert_eq!(told(written), told(preview), "what is read at once is read alike");
    let subjects = |reference: &str| -> Vec<Value> {
        signal(&shell, reference).iter().map(|one| one["subjects"].clone()).collect()
    };
    assert_eq!(subjects("C-00001"), [serde_json::json!(["Staff numbers", "Food", "Parking"])], "all of them");
    assert_eq!(subjects("C-08999"), [serde_json::json!(["Staff numbers", "Parking"])], "within one part");
    shell.sound("plan.db");
    let before = std::fs::read(shell.path("plan.db")).expect("reads");
    assert!(
        shell.done("import-signals plan.db late.csv --source complaint").contains("Nothing changes"),
        "with all of its subjects it is what the plan holds, though its first row alone is not"
    );
    assert!(std::fs::read(shell.path("plan.db")).expect("reads") == before, "nothing was written");
    shell.write("later.csv", many(&[LATE[0], "C-00002,Northmoor General,03/03/2012,Food", "C-99999,,03/03/2012,Food"]));
    let line = ["import-signals", "plan.db", "later.csv", "--source", "complaint", "--json", "--same", "=none"];
    let ran = shell.run_each(line.iter().chain(&["--preview"]));
    let preview: Value = serde_json::from_str(&ran.result).expect("JSON");
    let written: Value = serde_json::from_str(&shell.run_each(line).result).expect("JSON");
    let updated = &written["counts"]["updated_rows"];
    assert_eq!(updated, &serde_json::json!([3, 4, 9_001]), "fewer, more and fewer subjects");
    assert_eq!(told(written), told(preview));
    assert_eq!(subjects("C-00002"), [serde_json::json!(["Staff numbers", "Food"])]);
    shell.sound("plan.db");
    shell.done("undo plan.db");
    assert_eq!(subjects("C-00001"), [serde_json::json!(["Staff numbers", "Food", "Parking"])], "as it was");
}

#[test]
fn a_name_that_is_asked_about_below_thousands_of_rows_leaves_the_plan_as_it_was() {
    let shell = filled();
    let folder = |path: &std::path::Path| {
        let entries = std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        entries.collect::<std::collections::BTreeSet<_>>()
    };
    let near = "C-1,Northmoor Generel,03/03/2012,Food";
    for (name, below, extra, said) in [
        ("near.csv", near, &[][..], "almost Northmoor General"),
        ("nobody.csv", "C-1,,03/03/2012,Food", &[], "name no provider"),
        (
            "absent.csv",
            near,
            &["--same", "Northmoor Generel=new", "--same", "Westmoor=new"],
            "no provider \"Westmoor\"",
        ),
    ] {
        shell.write(name, many(&[below]));
        let before = std::fs::read(shell.path("plan.db")).expect("reads");
        let files = folder(shell.path("plan.db").parent().expect("a folder"));
        let line = ["import-signals", "plan.db", name, "--source", "complaint"];
        let ran = shell.run_each(line.iter().chain(extra));
        assert!(matches!(ran.status, Some(2 | 3)), "{name}: {:?}", ran.status);
        assert!(ran.message.contains(said), "{name}: {}", ran.message);
        assert!(std::fs::read(shell.path("plan.db")).expect("reads") == before, "{name}: to the byte");
        assert_eq!(folder(shell.path("plan.db").parent().expect("a folder")), files, "{name}: nothing lies beside it");
    }
    let line = ["import-signals", "plan.db", "near.csv", "--source", "complaint", "--same", "Northmoor Generel=none"];
    assert_eq!(shell.run_each(line).status, Some(0), "said, it comes in");
    shell.sound("plan.db");
}

#[test]
fn one_reference_under_two_names_of_a_provider_is_one_complaint() {
    let shell = filled();
    let below = [
        "C-00005,Eastmoor Community,06/06/2012,Food",
        "C-00005,NHS Northmoor General Trust,06/06/2012,Food",
        "C-08998,NHS Northmoor General Trust,11/11/2012,Food",
        "C-77777,NHS Northmoor General Trust,11/11/2012,Food",
        "C-00005,NHS Northmoor General Trust,06/06/2012,Parking",
        "C-77777,NHS Northmoor General Trust,11/11/2012,Parking",
    ];
    shell.write("two.csv", many(&below));
    let preview = shell.json("import-signals plan.db two.csv --source complaint --preview", 0);
    let written = shell.json("import-signals plan.db two.csv --source complaint", 0);
    assert_eq!(written["twice"], 2, "the first of each is taken: {}", written["counts"]);
    assert_eq!(told(written), told(preview));
    let subjects = |reference: &str| -> Vec<Value> {
        signal(&shell, reference).iter().map(|one| one["subjects"].clone()).collect()
    };
    let (staff, food) = (serde_json::json!(["Staff numbers"]), serde_json::json!(["Food"]));
    let of_both = subjects("C-00005");
    assert!(of_both.len() == 2 && of_both.contains(&staff) && of_both.contains(&food), "each once: {of_both:?}");
    assert_eq!(subjects("C-08998"), [staff], "once");
    assert_eq!(subjects("C-77777"), [serde_json::json!(["Food", "Parking"])]);
    shell.sound("plan.db");
}

#[test]
fn the_backup_before_an_import_is_of_the_plan_as_it_was() {
    let shell = filled();
    shell.write("many.csv", many(&[]));
    let before = shell.exported("plan.db");
    shell.done("import-signals plan.db many.csv --source complaint");
    let backups = shell.json("backups plan.db", 0);
    let newest = backups["backups"].as_array().or(backups.as_array()).expect("a list")[0]["path"].clone();
    let path = newest.as_str().expect("a path").to_owned();
    let ran = shell.run_each(["export", path.as_str(), "backup.json"]);
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    let backup: Value =
        serde_json::from_slice(&std::fs::read(shell.path("backup.json")).expect("reads")).expect("JSON");
    assert!(backup == before, "as it was before");
}

#[test]
fn whose_rows_they_are_is_asked_and_never_guessed() {
    let shell = filled();
    let before = std::fs::read(shell.path("plan.db")).expect("reads");
    for (extra, said) in [
        (&[][..], "name no provider"),
        (&["--provider", "Northmoor Generel"], "almost Northmoor General"),
        (&["--provider", "Northmoor Generel", "--same", "Northmoor Generel=Westmoor"], "has no provider \"Westmoor\""),
        (&["--map", "weather=Category"], "--map"),
        (&["--from", "2013-06", "--to", "2013-05"], "later"),
        (&["--from", "June"], "YYYY-MM"),
    ] {
        let line = ["import-signals", "plan.db", "incidents.csv", "--source", "incident"];
        let ran = shell.run_each(line.iter().chain(extra));
        assert!(matches!(ran.status, Some(2 | 3)), "{extra:?}: {:?}", ran.status);
        assert!(ran.message.contains(said), "{extra:?}: {}", ran.message);
        assert!(std::fs::read(shell.path("plan.db")).expect("reads") == before, "{extra:?}: as it was");
    }
    let line =
        ["import-signals", "plan.db", "incidents.csv", "--source", "incident", "--provider", "Northmoor Generel"];
    let ran = shell.run_each(line.iter().chain(&["--same", "Northmoor Generel=Northmoor General"]));
    assert_eq!(ran.status, Some(0), "{}", ran.message);
    let plan = shell.exported("plan.db");
    let provider = &plan["providers"].as_array().expect("a list")[0];
    assert_eq!(provider["aliases"][0], "Northmoor Generel", "and is remembered");
    let ran = shell.run_each(line.iter().chain(&["--preview"]));
    assert_eq!(ran.status, Some(0), "known from then on: {}", ran.message);
}

#[test]
fn no_rows_for_a_period_that_was_covered_are_a_zero_and_else_no_data() {
    let shell = filled();
    shell.write("none.csv", "StEIS number,Incident Date,Category\n");
    let line = "import-signals plan.db none.csv --source si --from 2013-04 --to 2013-06 --provider";
    assert_eq!(shell.run_each(line.split(' ').chain(["Eastmoor Community"])).status, Some(0));
    let value = shell.json("triangulate plan.db --from 2013-04 --to 2013-06", 0);
    let cell = |provider: &str, source: &str| {
        let cells = value["cells"].as_array().expect("a list").iter();
        let mut found = cells.filter(|cell| {
            cell["provider"] == provider && cell["source"] == source && cell["theme"] == "Staffing levels"
        });
        found.next().expect("a cell").clone()
    };
    let zero = cell("Eastmoor Community", "serious incident");
    assert_eq!((&zero["count"], &zero["coverage"]), (&0.into(), &"received".into()), "it came, and there were none");
    let earlier = shell.json("triangulate plan.db --from 2012-04 --to 2012-06", 0);
    let cells = earlier["cells"].as_array().expect("a list").iter();
    let nothing = cells.filter(|cell| cell["provider"] == "Eastmoor Community" && cell["source"] == "serious incident");
    for cell in nothing {
        assert!(cell["count"].is_null() && cell["rate"].is_null(), "nothing came: {cell}");
        assert_ne!(cell["coverage"], "received");
    }
}

#[test]
fn two_sources_that_rise_together_corroborate() {
    let shell = filled();
    let value = shell.json("triangulate plan.db --from 2013-04 --to 2013-06", 0);
    let finding = |provider: &str, theme: &str| {
        let findings = value["findings"].as_array().expect("a list").iter();
        let mut found = findings.filter(|one| one["provider"] == provider && one["theme"] == theme);
        found.next().expect("a finding").clone()
    };
    let staffing = finding("Northmoor General", "Staffing levels");
    assert_eq!(staffing["verdict"], "corroborated");
    assert_eq!(staffing["sources"], serde_json::json!(["complaint", "serious incident"]));
    assert_eq!(staffing["period"], "2013-04/2013-06");
    assert_ne!(finding("Eastmoor Community", "Staffing levels")["verdict"], "corroborated", "each provider by itself");
    let series = value["series"].as_array().expect("a list").iter();
    let mut charts = series.filter(|one| {
        one["provider"] == "Northmoor General" && one["theme"] == "Staffing levels" && one["source"] == "complaint"
    });
    let chart = charts.next().expect("a series");
    let points = chart["points"].as_array().expect("a list");
    assert_eq!((points.len(), points[0]["month"].as_str()), (24, Some("2011-07")));
    assert!(points.iter().any(|point| point["label"] != "common cause"), "the rise is marked");
    assert!(chart["mean"].is_number() && chart["lower"].is_number() && chart["upper"].is_number());
    assert!(chart["screened"].is_boolean());
    // a complaint about two things counts once in the total and once under each
    let count = |theme: &str| {
        let cells = value["cells"].as_array().expect("a list").iter();
        let of = cells.filter(|cell| {
            cell["provider"] == "Northmoor General" && cell["source"] == "complaint" && cell["theme"] == theme
        });
        of.filter_map(|cell| cell["count"].as_u64()).sum::<u64>()
    };
    assert_eq!(count("All signals"), count("Staffing levels") + count("Waiting and access"), "waiting complaints once");
    assert_eq!(count("Waiting and access"), count("Communication and listening"), "and once under each");
    let one = shell.run_each(["triangulate", "plan.db", "--provider", "eastmoor community"]);
    assert!(one.result.contains("Eastmoor Community") && !one.result.contains("Northmoor General"), "{}", one.result);
    assert!(one.result.contains("Corroborated: adverse signals from 2"), "the rule is printed");
    assert_eq!(shell.run("triangulate plan.db --provider Westmoor").status, Some(2), "no such provider");
}

#[test]
fn the_sample_tells_one_story_a_false_alarm_and_a_provider_that_cannot_be_seen() {
    let shell = Shell::with_sample();
    let value = shell.json("triangulate plan.db", 0);
    assert_eq!((&value["from"], &value["to"]), (&"2013-01".into(), &"2013-03".into()), "the last full quarter");
    let findings = value["findings"].as_array().expect("a list");
    let with = |verdict: &str| {
        let of = findings.iter().filter(|one| one["verdict"] == verdict);
        of.map(|one| format!("{}: {}", one["provider"], one["theme"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(with("corroborated"), ["Northmoor General Hospital NHS Foundation Trust: Staffing levels"]);
    let alone = with("single source");
    assert!(
        alone.iter().any(|one| one == "Westering Mental Health NHS Foundation Trust: Waiting and access"),
        "{alone:?}"
    );
    let blind = with("blind");
    assert!(blind.iter().all(|one| one.starts_with("Larchfield Hospital")) && blind.len() == 14, "{blind:?}");
    let months = |source: &str| {
        let series = value["series"].as_array().expect("a list").iter().filter(|one| one["source"] == source);
        series.map(|one| one["points"].as_array().expect("a list").len()).max()
    };
    assert_eq!(months("complaint"), Some(24), "two years");
}

#[test]
fn a_plan_s_json_takes_its_signals_along() {
    let shell = Shell::with_sample();
    shell.done("export plan.db plan.json");
    shell.done("new other.db --organisation Northmoor");
    shell.done("import other.db plan.json");
    let read = |name: &str| std::fs::read(shell.path(name)).expect("reads");
    shell.done("export other.db other.json");
    assert!(read("plan.json") == read("other.json"), "byte for byte");
    let before = read("other.db");
    assert!(shell.done("import other.db plan.json").contains("Nothing changes"), "all of it is there");
    assert!(read("other.db") == before, "nothing was written");
    shell.sound("other.db");
    shell.done("undo other.db");
    let value = shell.json("triangulate other.db", 0);
    assert_eq!(value["cells"], serde_json::json!([]), "its signals go with it");
    shell.done("redo other.db");
    shell.done("export other.db again.json");
    assert!(read("plan.json") == read("again.json"), "and come back");
}

#[test]
fn what_a_file_has_no_column_for_stays_as_it_is_known() {
    let shell = Shell::with_new_plan();
    let line = "import-signals plan.db first.csv --source complaint --provider Moorline --keep Story";
    shell.write(
        "first.csv",
        "Reference,Date received,Subject,Outcome,Lessons learned,Story\nC-1,03/05/2013,Food,Upheld,A menu,It was cold\n",
    );
    shell.done(line);
    shell.write("later.csv", "Reference,Date received,Subject,Outcome\nC-1,03/05/2013,Staffing,\n");
    let preview = shell.json("import-signals plan.db later.csv --source complaint --provider Moorline --preview", 0);
    assert_eq!(preview["counts"]["updated"], 1, "the subject is another");
    shell.done("import-signals plan.db later.csv --source complaint --provider Moorline");
    let signal = shell.exported("plan.db")["signals"][0].clone();
    assert_eq!((&signal["learning"], &signal["text"]), (&"A menu".into(), &"Story: It was cold".into()), "not said");
    assert_eq!(signal["subjects"], serde_json::json!(["Staffing"]), "said");
    assert!(signal.get("outcome").is_none(), "a blank that was said is one: {signal}");
    let again = shell.done("import-signals plan.db later.csv --source complaint --provider Moorline");
    assert!(again.contains("Nothing changes"), "{again}");
    shell.sound("plan.db");
}
