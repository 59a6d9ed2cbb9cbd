//! `recap check`: the file's soundness, then the plan's gaps.

use super::*;
use serde_json::{Value, json};

fn gaps<'v>(value: &'v Value, rule: &str) -> Vec<&'v Value> {
    let all = value["gaps"].as_array().expect("a list");
    all.iter().filter(|gap| gap["rule"] == rule).collect()
}

#[test]
fn a_plan_without_gaps_is_done_with_and_one_with_gaps_ends_with_one() {
    let shell = Shell::with_new_plan();
    let words = shell.done("check plan.db --as-at 2013-05-28");
    assert_eq!(words, "The file is sound\nNo open gaps as at 28 May 2013\n");
    let value = shell.json("check plan.db --as-at 2013-05-28", 0);
    let sound = json!({ "sound": true, "findings": [] });
    assert_eq!(value, json!({ "file": sound, "as_at": "2013-05-28", "open": 0, "gaps": [] }));
    shell.done("new some.db --organisation Northmoor --recommendations 123");
    let ran = shell.run("check some.db --as-at 2013-05-28");
    assert_eq!((ran.status, ran.message.as_str()), (Some(1), ""));
    let wanted = "The file is sound\n\
                  2 open gaps as at 28 May 2013\n\n\
                  No position (1). Say where you stand.\n\
                  - 123 Responsibility for monitoring delivery of standards and quality: Nothing says where the CCG \
                  stands on it\n\n\
                  No decision (1). Say whether you accept it.\n\
                  - 123 Responsibility for monitoring delivery of standards and quality: The plan does not say whether \
                  the CCG accepts it\n";
    assert_eq!(ran.result, wanted);
}

#[test]
fn each_gap_says_as_json_what_where_and_whether_it_is_answered() {
    let shell = Shell::with_sample();
    let value = shell.json("check plan.db", 1);
    assert_eq!(value["as_at"], "2013-05-28", "the plan's own date");
    let plan = shell.exported("plan.db");
    let [old] = gaps(&value, "evidence out of date")[..] else { panic!("one: {value}") };
    assert_eq!(
        (&old["entity"], &old["reference"], &old["answered"], &old["reason"]),
        (&json!("recommendation"), &json!("174"), &json!(false), &Value::Null)
    );
    assert_eq!(old["other"]["entity"], "evidence");
    let ids: Vec<&Value> = plan["evidence"].as_array().expect("a list").iter().map(|row| &row["id"]).collect();
    assert!(ids.contains(&&old["other"]["id"]), "the evidence it is about: {old}");
    for gap in value["gaps"].as_array().expect("a list") {
        for key in ["rule", "entity", "id", "text", "name"] {
            assert!(gap[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {gap}");
        }
    }
    let read = |unread: &str| {
        gaps(&value, "due cannot be read")
            .iter()
            .any(|gap| gap["text"].as_str().is_some_and(|text| text.contains(unread)))
    };
    assert!(read("bi monthly") && read("TBC") && read("within a suitable timeframe"), "{value}");
}

#[test]
fn what_is_judged_follows_the_date_that_is_asked_for() {
    let shell = Shell::with_sample();
    let tentative = |date: &str| {
        let value = shell.json(&format!("check plan.db --as-at {date}"), 1);
        assert_eq!(value["as_at"], date);
        gaps(&value, "tentative too long").len()
    };
    let (may, december) = (tentative("2013-05-28"), tentative("2013-12-31"));
    assert!(may < december, "{may} in May, {december} in December");
    let yearly = |date: &str| gaps(&shell.json(&format!("check plan.db --as-at {date}"), 1), "yearly report").len();
    assert_eq!((yearly("2013-05-28"), yearly("2015-06-01")), (0, 1));
    let ran = shell.run("check plan.db --as-at tomorrow");
    assert_eq!((ran.status, ran.result.as_str()), (Some(2), ""), "wrong usage: {}", ran.message);
}

#[test]
fn an_answered_gap_is_told_with_its_reason_and_keeps_no_status() {
    let shell = Shell::with_new_plan();
    shell.done("new some.db --organisation Northmoor --recommendations 123");
    let mut plan = shell.exported("some.db");
    let row = plan["recommendations"][0]["id"].clone();
    let answer = |rule: &str| {
        let reason = "Not for us to say";
        json!({ "rule": rule, "row": row, "about": null, "reason": reason, "date": "2013-06-03" })
    };
    plan["gap_answers"] = json!([answer("no decision"), answer("no position")]);
    shell.write("answered.json", plan.to_string());
    shell.done("import some.db answered.json");
    let value = shell.json("check some.db --as-at 2013-06-30", 0);
    assert_eq!(value["open"], 0);
    let [gap] = gaps(&value, "no decision")[..] else { panic!("it is told: {value}") };
    assert_eq!(
        (&gap["answered"], &gap["reason"], &gap["answered_on"]),
        (&json!(true), &json!("Not for us to say"), &json!("2013-06-03"))
    );
    let words = shell.done("check some.db --as-at 2013-06-30");
    assert!(words.starts_with("The file is sound\nNo open gaps, 2 answered as at 30 June 2013\n"), "{words}");
    assert!(words.contains("because: Not for us to say (3 June 2013)"), "{words}");
}

#[test]
fn the_gaps_go_out_as_a_report_of_every_kind() {
    let shell = Shell::with_sample();
    for (name, begins) in
        [("gaps.pdf", &b"%PDF-"[..]), ("gaps.docx", b"PK"), ("gaps.xlsx", b"PK"), ("gaps.html", b"<!DOCTYPE")]
    {
        assert_eq!(shell.done(&format!("export plan.db {name} --report gaps")), format!("Wrote {name}\n"));
        let bytes = std::fs::read(shell.path(name)).expect("written");
        assert!(bytes.starts_with(begins) && bytes.len() > 4_000, "{name}: {} bytes", bytes.len());
    }
    shell.done("export plan.db gaps.csv --report gaps");
    let csv = std::fs::read_to_string(shell.path("gaps.csv")).expect("text");
    let value = shell.json("check plan.db", 1);
    let all = value["gaps"].as_array().map_or(0, Vec::len);
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.records().filter_map(Result::ok).count(), all, "a row for each gap");
}
