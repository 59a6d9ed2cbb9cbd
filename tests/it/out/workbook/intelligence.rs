//! Providers and what is known of them in the workbook, there and back.

use super::{applied, cells, changes, column, edited, exported, id as row_id, read, saved, set, sheets, text};
use crate::intelligence::{id, some_intelligence, without_intelligence};
use crate::out::{as_json, day, sample};
use calamine::Data;
use recap::model::due::Month;
use recap::model::signal::Source;
use recap::model::triangulation::ReceiptState;
use recap::model::{Entity, Id, Plan, Receipt, Subject, Watch};
use std::collections::BTreeSet;

/// The sample plan without providers and all that.
fn bare() -> Plan {
    without_intelligence(sample())
}

fn plan() -> Plan {
    let mut plan = bare();
    some_intelligence(&plan).apply(&mut plan).expect("fits");
    plan
}

const SHEETS: [&str; 8] = [
    "Providers",
    "Levels of watch",
    "Findings",
    "Themes of signals",
    "Subjects of signals",
    "Receipts",
    "Re-basings",
    "Batches of signals",
];

#[test]
fn out_and_back_changes_nothing_and_fills_an_empty_plan() {
    let plan = plan();
    let bytes = exported(&plan);
    for (how, bytes) in [("as written", bytes.clone()), ("saved by another program", saved(&sheets(&bytes)))] {
        let changes = changes(&bytes, &plan);
        assert_eq!(changes.edit.changes, [], "{how}");
        assert_eq!((changes.warnings.as_slice(), changes.missing.as_slice()), (&[][..], &[][..]), "{how}");
        let (theirs, warnings) = read(&bytes).to_plan().expect("a plan");
        assert_eq!(warnings, Vec::<String>::new(), "{how}");
        assert_eq!(as_json(&theirs), as_json(&plan), "{how}: byte for byte");
        assert_eq!(theirs, plan, "{how}: row for row");
    }
}

#[test]
fn a_plan_without_providers_has_none_of_their_sheets() {
    let names = |plan: &Plan| sheets(&exported(plan)).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let (without, with) = (names(&bare()), names(&plan()));
    for name in SHEETS {
        assert!(!without.iter().any(|sheet| sheet == name), "{name} would be empty");
        assert!(with.iter().any(|sheet| sheet == name), "{name} of {with:?}");
    }
}

/// The row of a sheet with an id.
fn at(sheet: &super::Cells, wanted: Id) -> usize {
    (1..sheet.len()).find(|row| row_id(sheet, *row) == wanted).expect("the row")
}

/// Sets one cell, takes the workbook in, and wants one change.
fn taken(sheet: &str, row: Id, title: &str, words: &str) -> Plan {
    let plan = plan();
    let bytes = edited(&exported(&plan), sheet, |cells| set(cells, at(cells, row), title, words));
    let changes = changes(&bytes, &plan);
    assert_eq!(changes.warnings, Vec::<String>::new(), "{sheet}, {title}");
    assert_eq!(changes.edit.changes.len(), 1, "{sheet}, {title}: {:?}", changes.edit.changes);
    let after = applied(&changes, &plan);
    assert!(read(&bytes).against(&after, &BTreeSet::new()).edit.is_empty(), "{sheet}, {title}: twice is once");
    after
}

#[test]
fn a_changed_cell_is_one_change_whatever_the_sheet() {
    let after = taken("Providers", id("hospital"), "Board response", "No");
    assert_eq!(after.providers[&id("hospital")].board_response, "No");
    let after = taken("Levels of watch", id("enhanced"), "Level of watch", "Escalated");
    assert_eq!(after.watch_levels[&id("enhanced")].level, Some(Watch::Escalated));
    let after = taken("Levels of watch", id("enhanced"), "Provider", "Northmoor community services");
    assert_eq!(after.watch_levels[&id("enhanced")].provider, id("community"), "by its name, whatever its case");
    let after = taken("Findings", id("finding"), "Last month", "July 2013");
    assert_eq!(after.findings[&id("finding")].to, Month::parse("2013-07"));
    let after = taken("Findings", id("finding"), "Theme of signals", "");
    assert_eq!(after.findings[&id("finding")].theme, None, "of all themes");
    let after = taken("Themes of signals", id("communication"), "Theme of signals", "Being told");
    assert_eq!(after.signal_themes[&id("communication")].title, "Being told");
    let subject = Subject::id_of(plan().id(), "Car park");
    let after = taken("Subjects of signals", subject, "Theme of signals", "Communication");
    assert_eq!(after.subjects[&subject].theme, Some(id("communication")));
    let receipt = Receipt::id_of(id("hospital"), Source::Complaint, Month::parse("2013-05").expect("a month"));
    let after = taken("Receipts", receipt, "Data", "received");
    assert_eq!(after.receipts[&receipt].state, Some(ReceiptState::Received));
    let after = taken("Re-basings", id("rebase"), "First month of the new limits", "03/2013");
    assert_eq!(after.rebases[&id("rebase")].month, Month::parse("2013-03"));
    let after = taken("Batches of signals", id("batch"), "Name", "Complaints of April");
    assert_eq!(after.batches[&id("batch")].header, "ref|first received", "what stands in no cell stays");
}

#[test]
fn the_numbers_of_a_finding_are_its_links_and_its_actions_stay() {
    let plan = plan();
    let bytes =
        edited(&exported(&plan), "Findings", |cells| set(cells, at(cells, id("finding")), "Recommendations", "124"));
    let after = applied(&changes(&bytes, &plan), &plan);
    let numbers = after.recommendations_of_finding(id("finding"));
    assert_eq!(numbers.iter().map(|row| row.reference.as_str()).collect::<Vec<_>>(), ["124"]);
    assert_eq!(after.actions_of_finding(id("finding")), plan.actions_of_finding(id("finding")));
}

fn with_row(bytes: &[u8], sheet: &str, filled: &[(&str, &str)]) -> Vec<u8> {
    edited(bytes, sheet, |cells| {
        let mut row = vec![Data::Empty; cells[0].len()];
        for (title, words) in filled {
            row[column(cells, title)] = text(words);
        }
        cells.push(row);
    })
}

#[test]
fn new_rows_are_added_once_and_hang_on_what_they_name() {
    let plan = plan();
    let mut bytes = exported(&plan);
    for (sheet, filled) in [
        ("Providers", &[("Provider", "Northmoor Ambulance")][..]),
        ("Themes of signals", &[("Theme of signals", "Waiting")]),
        ("Subjects of signals", &[("Subject as sources word it", "Late"), ("Theme of signals", "Waiting")]),
        (
            "Levels of watch",
            &[("Provider", "Northmoor Ambulance"), ("Level of watch", "routine"), ("From", "1 June 2013")],
        ),
        (
            "Receipts",
            &[("Provider", "Northmoor Ambulance"), ("Source", "complaint"), ("Month", "May 2013"), ("Data", "late")],
        ),
        ("Findings", &[("Provider", "Northmoor Ambulance"), ("Judgement", "Slow"), ("Recommendations", "124")]),
        (
            "Re-basings",
            &[
                ("Provider", "Northmoor Ambulance"),
                ("Source", "incident"),
                ("First month of the new limits", "May 2013"),
            ],
        ),
    ] {
        bytes = with_row(&bytes, sheet, filled);
    }
    let changes = changes(&bytes, &plan);
    assert_eq!(changes.warnings, Vec::<String>::new());
    let after = applied(&changes, &plan);
    let new = after.providers.values().find(|row| row.name == "Northmoor Ambulance").expect("added");
    assert_eq!(after.providers_in_order().last().map(|row| row.id), Some(new.id), "behind the others");
    let month = Month::parse("2013-05").expect("a month");
    assert!(
        after.receipts.contains_key(&Receipt::id_of(new.id, Source::Complaint, month)),
        "with the id it has on every side"
    );
    assert_eq!(after.watch_levels_of(new.id)[0].date, Some(day("2013-06-01")));
    let subject = &after.subjects[&Subject::id_of(plan.id(), "Late")];
    assert_eq!(subject.theme.map(|theme| after.signal_themes[&theme].title.as_str()), Some("Waiting"));
    let finding = after.findings.values().find(|row| row.judgement == "Slow").expect("added");
    assert_eq!((finding.provider, after.recommendations_of_finding(finding.id).len()), (Some(new.id), 1));
    assert_eq!(after.rebases.values().filter(|row| row.provider == new.id).count(), 1);
    let again = read(&bytes).against(&after, &BTreeSet::new());
    assert!(again.edit.is_empty(), "{:?}", again.edit.changes);
    assert_eq!(again.warnings, Vec::<String>::new());
}

#[test]
fn what_cannot_stand_is_told_with_its_place_and_changes_nothing() {
    let plan = plan();
    let mut bytes = exported(&plan);
    for (sheet, filled) in [
        ("Receipts", &[("Provider", "Nobody"), ("Source", "complaint"), ("Month", "May 2013"), ("Data", "late")][..]),
        ("Receipts", &[("Provider", "Northmoor General Hospital"), ("Month", "May 2013"), ("Data", "late")]),
        (
            "Receipts",
            &[
                ("Provider", "Northmoor General Hospital"),
                ("Source", "complaint"),
                ("Month", "May 2013"),
                ("Data", "received"),
            ],
        ),
        ("Batches of signals", &[("Name", "mine")]),
    ] {
        bytes = with_row(&bytes, sheet, filled);
    }
    bytes = edited(&bytes, "Receipts", |cells| set(cells, 1, "Month", ""));
    bytes = edited(&bytes, "Findings", |cells| set(cells, 1, "First month", "soon"));
    let changes = changes(&bytes, &plan);
    assert!(changes.edit.is_empty(), "{:?}", changes.edit.changes);
    for said in [
        "Receipts, row 5, Provider: no provider is called \"Nobody\"",
        "Receipts, row 6, Source: a new row needs it",
        "Receipts, row 7, Provider: the plan has this receipt already",
        "Batches of signals, row 4, Name: a row cannot be added",
        "Receipts, row 2, Month: a row of this sheet needs it",
        "Findings, row 2, First month: \"soon\" is not a month",
    ] {
        assert!(changes.warnings.iter().any(|warning| warning.starts_with(said)), "{said}: {:#?}", changes.warnings);
    }
}

#[test]
fn a_provider_that_is_gone_is_asked_about_and_goes_with_what_hangs_on_it() {
    let plan = plan();
    let bytes = exported(&plan);
    let row = at(&cells(&bytes, "Providers"), id("hospital"));
    let bytes = edited(&bytes, "Providers", |cells| drop(cells.remove(row)));
    let left = changes(&bytes, &plan);
    assert!(left.edit.is_empty(), "nothing unasked");
    assert_eq!(left.missing[0].name, "provider “Northmoor General Hospital”");
    let asked = read(&bytes).against(&plan, &BTreeSet::from([(Entity::Provider, id("hospital"))]));
    let after = applied(&asked, &plan);
    assert_eq!((after.providers.len(), after.receipts.len(), after.watch_levels.len()), (1, 0, 0));
}
