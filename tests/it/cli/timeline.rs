//! The timeline from the command line, in words and as JSON.

use super::Shell;
use serde_json::Value;
use std::collections::BTreeMap;

/// The lanes that hold a card, with how many.
fn lanes(value: &Value) -> Vec<(String, usize)> {
    let lanes = value["lanes"].as_array().expect("a list").iter();
    let counts = lanes
        .map(|lane| (lane["key"].as_str().expect("a key").to_owned(), lane["cards"].as_array().expect("a list").len()));
    counts.filter(|(_, count)| *count > 0).collect()
}

fn cards(value: &Value) -> Vec<Value> {
    let lanes = value["lanes"].as_array().expect("a list").iter();
    lanes.flat_map(|lane| lane["cards"].as_array().expect("a list").clone()).collect()
}

#[test]
fn every_card_stands_in_one_lane_and_says_all_that_scripts_need() {
    let shell = Shell::with_sample();
    let plan = shell.exported("plan.db");
    let value = shell.json("timeline plan.db", 0);
    assert_eq!(value["as_at"], plan["plan"]["as_at"], "the plan's own date");
    let keys: Vec<&str> =
        value["lanes"].as_array().expect("a list").iter().map(|lane| lane["key"].as_str().expect("a key")).collect();
    for fixed in ["overdue", "ongoing", "recurring", "from", "none"] {
        assert_eq!(keys.iter().filter(|key| **key == fixed).count(), 1, "{fixed} is there once: {keys:?}");
    }
    assert_eq!(keys[0], "overdue", "what is late comes first");
    let months: Vec<&&str> = keys.iter().filter(|key| key.starts_with("20")).collect();
    assert!(months.is_sorted() && !months.is_empty(), "months in their order: {months:?}");
    let cards = cards(&value);
    assert_eq!(value["shown"], cards.len(), "every card is counted");
    let count = |key: &str, wanted: Value| cards.iter().filter(|card| card[key] == wanted).count();
    assert_eq!(value["complete"], count("state", "complete".into()));
    assert_eq!(value["overdue"], count("overdue", true.into()));
    // what the plan's own JSON calls the same thing has the same name and value
    let actions: BTreeMap<&str, &Value> = plan["actions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| (row["id"].as_str().expect("an id"), row))
        .collect();
    let mut told: Vec<&str> = Vec::new();
    for card in &cards {
        let id = card["id"].as_str().expect("an id");
        match card["kind"].as_str() {
            Some("action") => {
                let action = actions[id];
                told.push(id);
                for key in ["text", "owner", "partners", "state", "tentative", "done_on", "next_review"] {
                    assert_eq!(card[key], action[key], "{key} of {id}");
                }
                if card["timescale"].is_null() {
                    assert_eq!((&card["due_words"], &card["due"]), (&action["due_words"], &action["due"]), "{id}");
                }
            }
            Some("responsibility") => {
                assert!(card["responsibility"].is_string() && card["timescale"] == card["id"], "{card}");
                told.extend(card["actions"].as_array().expect("a list").iter().filter_map(Value::as_str));
            }
            other => panic!("no such kind: {other:?}"),
        }
    }
    let missing: Vec<&&str> = actions.keys().filter(|id| !told.contains(id)).collect();
    assert!(missing.is_empty(), "every action is a card or listed under one: {missing:?}");
    let revised: Vec<&Value> = cards.iter().filter(|card| !card["original"].is_null()).collect();
    assert!(!revised.is_empty(), "the sample has a revised due");
    for card in revised {
        assert_eq!(card["revised"], card["due_words"], "the words now");
        assert_eq!(card["moves"][0]["words"], card["original"], "the words at first");
    }
    let last = value["burn_up"]["months"].as_array().and_then(|months| months.last()).expect("a month");
    assert!(last["due"].as_u64() <= value["burn_up"]["all"].as_u64(), "no more is due than there is");
}

#[test]
fn words_tell_the_same_lanes_and_the_file_is_only_read() {
    let shell = Shell::with_sample();
    let words = shell.leaves_all("timeline", || shell.done("timeline plan.db --as-at 2014-06-01"));
    let value = shell.json("timeline plan.db --as-at 2014-06-01", 0);
    assert!(words.starts_with("NHS Northmoor CCG"), "whose it is: {words}");
    let count = format!("Timeline as at 1 June 2014: {} items", value["shown"]);
    assert!(words.contains(&count), "{count}: {words}");
    for (key, cards) in lanes(&value) {
        let lane = value["lanes"].as_array().and_then(|all| all.iter().find(|lane| lane["key"] == key.as_str()));
        let label = lane.and_then(|lane| lane["label"].as_str()).expect("a label");
        let heading = words.lines().find(|line| line.starts_with(label)).unwrap_or_else(|| panic!("{label}: {words}"));
        assert!(heading.ends_with(&format!(": {cards}")), "{heading} has {cards}");
    }
    assert!(words.contains("Q1 2013/14") || words.contains("Q2 2013/14"), "months say their quarter: {words}");
    assert!(words.contains("Owner: ") && words.contains("Serves: "), "{words}");
}

#[test]
fn a_real_plan_has_its_months_and_turns_red_only_when_the_date_moves() {
    let Some(seed) = crate::import::seed_path("004_0dcf8a2201acf66b.txt") else { return };
    let shell = Shell::with_new_plan();
    let seed = seed.display().to_string();
    let ran = shell.run_each(["import", "plan.db", seed.as_str(), "--as-at", "2013-05-28"]);
    assert!(matches!(ran.status, Some(0 | 1)), "{}", ran.message);
    let value = shell.json("timeline plan.db --as-at 2013-05-28", 0);
    let dated: Vec<(String, usize)> = lanes(&value).into_iter().filter(|(key, _)| key != "none").collect();
    let wanted = [("2013-06", 2), ("2013-07", 6), ("2013-08", 2), ("2013-10", 1), ("ongoing", 1)];
    assert_eq!(dated, wanted.map(|(key, count)| (key.to_owned(), count)), "as at the paper's date");
    assert_eq!(value["overdue"], 0, "nothing is late in May");
    let later = shell.json("timeline plan.db --as-at 2013-09-01", 0);
    assert_eq!(later["overdue"], 10, "in September June, July and August are over");
    assert_eq!(lanes(&later)[0], ("overdue".to_owned(), 10), "and stand in the first lane");
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let shell = Shell::with_sample();
    let said = shell.run("timeline plan.db --as-at 28/05/2013");
    assert_eq!(said.status, Some(2), "{}", said.message);
    assert!(said.message.contains("YYYY-MM-DD"), "{}", said.message);
    shell.refused("timeline gone.db", 4);
}
