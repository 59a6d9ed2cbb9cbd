//! A chart of one column of values from the command line.

use super::Shell;
use serde_json::Value;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The example that NHSRplotthedots publishes to show what screening does.
const PUBLISHED: &str = "1\n2\n1\n2\n10\n1\n2\n1\n2\n1\n2\n1\n2\n1\n2\n1\n2\n1\n";

fn shell(text: &str) -> Shell {
    let shell = Shell::new();
    shell.write("v.csv", text);
    shell
}

fn rounded(value: &Value) -> String {
    format!("{:.2}", value.as_f64().unwrap_or(f64::NAN))
}

/// Twenty months of complaints from April 2012 that go up and down, then seven that are more.
fn months() -> String {
    let counts = [12, 8].into_iter().cycle().take(20).chain([11, 13, 11, 14, 12, 11, 13]);
    let rows =
        counts.enumerate().map(|(at, count)| format!("01/{:02}/{},{count}\n", (at + 3) % 12 + 1, 2012 + (at + 3) / 12));
    format!("Month,Complaints\n{}", rows.collect::<String>())
}

#[test]
fn the_published_example_has_its_limits() {
    let shell = shell(PUBLISHED);
    for (line, upper, lower, screened, left_out) in
        [("xmr v.csv", "4.60", "-0.72", true, 2), ("xmr v.csv --no-screen", "6.95", "-3.06", false, 0)]
    {
        let chart = shell.json(line, 0);
        let told = (rounded(&chart["mean"]), rounded(&chart["upper"]), rounded(&chart["lower"]));
        assert_eq!(told, ("1.94".to_owned(), upper.to_owned(), lower.to_owned()), "{line}: {chart:#}");
        assert_eq!((&chart["screened"], &chart["left_out"]), (&screened.into(), &left_out.into()), "{line}");
        let points = chart["points"].as_array().expect("a list");
        let labels: Vec<(&Value, &Value)> = points.iter().map(|point| (&point["label"], &point["side"])).collect();
        assert_eq!(labels.len(), 18, "{line}: every value is a point");
        assert_eq!(labels[4], (&"outside".into(), &"above".into()), "{line}: the ten");
        assert_eq!(labels[0], (&"common cause".into(), &"below".into()), "{line}: a one");
        assert_eq!(points[4]["value"], 10.0, "{line}");
    }
}

#[test]
fn dates_labels_and_groups_are_told() {
    let shell = shell(&months());
    let chart = shell.json("xmr v.csv", 0);
    let points = chart["points"].as_array().expect("a list");
    assert_eq!(
        (&chart["name"], &points[0]["month"], &points[0]["at"]),
        (&"Complaints".into(), &"2012-04".into(), &"01/04/2012".into())
    );
    for point in &points[20..] {
        assert_eq!((&point["label"], &point["side"]), (&"shift".into(), &"above".into()), "{point}");
    }
    let split = shell.json("xmr v.csv --rebase 21", 0);
    let groups = split["groups"].as_array().expect("a list");
    let told: Vec<(&Value, &Value, &Value)> =
        groups.iter().map(|group| (&group["from"], &group["to"], &group["trial"])).collect();
    assert_eq!(told, [(&1.into(), &20.into(), &false.into()), (&21.into(), &27.into(), &true.into())], "{split:#}");
    assert_eq!(split["mean"], groups[1]["mean"], "what holds now stands at the top");
    assert_eq!(groups[0]["mean"], 10.0, "of the first twenty");
    let labels = split["points"].as_array().expect("a list").iter().map(|point| point["label"].clone());
    assert!(labels.into_iter().all(|label| label == "common cause"), "no shift within a group: {split:#}");
    let three = shell.json("xmr v.csv --rebase 21 --rebase 5", 0);
    assert_eq!(three["groups"].as_array().map(Vec::len), Some(3), "several, in any order");
}

#[test]
fn words_say_the_same_and_how_far_to_trust_it() {
    let shell = shell(&months());
    let words = shell.leaves_all("xmr", || shell.done("xmr v.csv"));
    assert!(words.starts_with("Complaints: 27 points, 01/04/2012 to 01/06/2014\nMean 10.56, limits "), "{words}");
    assert!(words.contains("27  01/06/2014  13  shift, above\n"), "{words}");
    assert!(words.contains("\n 2  01/05/2012   8  common cause\n"), "{words}");
    assert!(words.contains("left out of the limits, 0 of 26 here"), "{words}");
    assert!(words.contains("A shift is 7 points") && !words.contains("Trial") && !words.contains("Small"), "{words}");
    let open = shell.done("xmr v.csv --no-screen --rebase 25");
    assert!(open.contains("Not screened") && open.contains("Points 25 to 27: mean 12"), "{open}");
    assert!(open.contains("Trial limits (points 25 to 27): they rest on fewer than 13 points"), "{open}");
    shell.write("few.csv", "Apr-13;2\nMay-13;\nJul-13;3\nJun-13;1\n");
    let few = shell.done("xmr few.csv");
    assert!(few.contains("few.csv: 3 points, Apr-13 to Jul-13\n"), "the file's name where no heading is: {few}");
    for note in ["by date", "No value in 1 row (2)", "Trial limits:", "Small counts:", "No data for 1 month (May 2013)"]
    {
        assert!(few.contains(note), "{note}: {few}");
    }
    shell.write("one.csv", "85%\n");
    assert!(shell.done("xmr one.csv").contains("Mean 85%; one point has no limits"), "one point");
    let one = shell.json("xmr one.csv", 0);
    assert_eq!((&one["unit"], &one["upper"], &one["small"]), (&"%".into(), &Value::Null, &false.into()), "{one:#}");
}

#[test]
fn what_cannot_be_charted_is_refused_with_its_row_and_status() {
    let shell = shell("Month,N\nApr-13,3\nMay-13,few\nJun-13,4\n");
    let said = shell.refused("xmr v.csv", 3);
    assert!(said.contains("row 3: \"few\""), "{said}");
    shell.write("v.csv", "3\n4\n");
    for number in ["0", "1", "3"] {
        let said = shell.refused(&format!("xmr v.csv --rebase {number}"), 2);
        assert!(said.contains("choose one from 2 to 2"), "{number}: {said}");
    }
    assert_eq!(shell.run("xmr v.csv --rebase last").status, Some(2), "no number");
    assert_eq!(shell.run("xmr").status, Some(2), "no file");
    assert!(shell.refused("xmr gone.csv", 4).contains("gone.csv"), "names it");
    shell.write("v.csv", "");
    assert!(shell.refused("xmr v.csv", 3).contains("empty"), "nothing in it");
}

#[test]
fn standard_input_is_a_file_too() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_recap"))
        .args(["xmr", "-", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("a pipe").write_all(PUBLISHED.as_bytes()).expect("writes");
    let output = child.wait_with_output().expect("ends");
    let chart: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((output.status.code(), rounded(&chart["upper"])), (Some(0), "4.60".to_owned()), "as from a file");
    assert_eq!(chart["name"], "standard input", "{chart:#}");
}
