//! Excel, CSV and web pages out, and the workbook back in.

mod back;
mod pages;
pub(crate) mod workbook;

use chrono::{NaiveDate, TimeZone as _, Utc};
use recap::import;
use recap::model::catalogue::Catalogue;
use recap::model::{Id, Index, Plan, intent};
use recap::report::{Options, json};

const SAMPLE: &str = include_str!("../../assets/sample-plan.json");
const SEEDS: [&str; 3] = ["000_591d45c0c3b4f0cd.txt", "001_b5b686d37bfa995f.txt", "004_0dcf8a2201acf66b.txt"];

pub(crate) fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

pub(crate) fn options() -> Options {
    let generated = Utc.with_ymd_and_hms(2013, 5, 28, 9, 30, 0).single().expect("a time");
    Options { as_at: day("2013-05-28"), compact: false, alarm_days: None, generated }
}

pub(crate) fn new_plan() -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["northmoor"]);
    intent::create_plan(id, "NHS Northmoor CCG", "Francis action plan", None).apply(&mut plan).expect("a new plan");
    plan
}

fn from_json(text: &str) -> Plan {
    let mut plan = new_plan();
    import::json::read(text, &plan).expect("reads").edit.apply(&mut plan).expect("fits");
    plan
}

pub(crate) fn sample() -> Plan {
    from_json(SAMPLE)
}

/// A plan made of a document.
fn imported(name: &str, bytes: &[u8]) -> Plan {
    let mut plan = new_plan();
    let catalogue = Catalogue::francis().expect("as shipped");
    let document = import::read(name, bytes).expect("reads");
    let proposal = import::propose(&plan, &document, &import::Options::new(&catalogue)).expect("understood");
    proposal.edit(&plan).apply(&mut plan).expect("fits");
    plan
}

/// The sample plan, and the plans of the real documents that are at hand.
pub(crate) fn plans() -> Vec<(&'static str, Plan)> {
    let seeds = SEEDS.into_iter().filter_map(|name| Some((name, imported(name, &crate::import::seed(name)?))));
    std::iter::once(("the sample plan", sample())).chain(seeds).collect()
}

/// The words of a text, whatever stands between them.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// All the texts that a report has of a plan, as its JSON holds them.
fn texts(plan: &Plan) -> Vec<String> {
    let mut texts = Vec::new();
    for row in plan.recommendations.values() {
        texts.extend([row.shown_title().to_owned(), row.shown_text().to_owned(), row.response.clone()]);
    }
    let index = Index::of(plan);
    for id in &index.recommendations {
        texts.extend(index.positions_at(plan, *id, options().as_at).iter().map(|row| row.text.clone()));
        texts.extend(index.actions(plan, *id).iter().flat_map(|row| [row.text.clone(), row.owner.clone()]));
    }
    texts
}

/// Wants every text to stand in another with all its words in their order.
fn wants_all(what: &str, texts: &[String], within: &str) {
    let within = format!(" {} ", words(within).join(" "));
    for text in texts {
        let wanted = words(text).join(" ");
        assert!(within.contains(&format!(" {wanted} ")) || wanted.is_empty(), "{what} lost: {text}");
    }
}

fn as_json(plan: &Plan) -> String {
    json::write(plan, &[], &[])
}
