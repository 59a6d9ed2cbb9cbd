//! New rows of a workbook that comes back cost time in proportion to their number: ten times the rows (5,000 new
//! actions) at most 25 times as much (each against every other would be 100). A ratio within one run; milliseconds are only printed.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use calamine::{Reader as _, Xlsx};
use chrono::{NaiveDate, TimeZone as _, Utc};
use recap::import::own;
use recap::model::catalogue::Catalogue;
use recap::model::workbook::MARK_SHEET;
use recap::model::{EditBuilder, Id, Index, Plan, intent};
use recap::report::{Options, xlsx};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

fn plan() -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["bench"]);
    intent::create_plan(id, "NHS Northmoor CCG", "Bench", None).apply(&mut plan).expect("fits");
    let catalogue = Catalogue::francis().expect("as shipped");
    let mut edit = EditBuilder::new(&plan, "Add");
    catalogue.add_to(&mut edit, id, &catalogue.select("123-144").expect("there"));
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// The plan's workbook as somebody sends it back: the sheet that marks it as ours, and so many new actions.
fn returned(plan: &Plan, rows: usize) -> Vec<u8> {
    let generated = Utc.with_ymd_and_hms(2013, 5, 28, 9, 30, 0).single().expect("a time");
    let as_at = NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
    let options = Options { as_at, compact: false, alarm_days: None, generated };
    let bytes = xlsx::write(plan, &Index::of(plan), &options, &|_| Ok(())).expect("writes");
    let mut ours: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut book = Workbook::new();
    for name in ["Actions", MARK_SHEET] {
        let range = ours.worksheet_range(name).expect("a sheet");
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name").set_hidden(name == MARK_SHEET);
        let header = usize::from(name == "Actions");
        let kept = if header == 1 { 1 } else { range.height() };
        for (row, cells) in (0_u32..).zip(range.rows().take(kept)) {
            for (column, cell) in (0_u16..).zip(cells) {
                sheet.write_string(row, column, cell.to_string()).expect("written");
            }
        }
        let titles: Vec<String> = range.rows().next().expect("titles").iter().map(ToString::to_string).collect();
        for number in 0..rows * header {
            let words = [
                ("Action", format!("Write letter {number} to the provider")),
                ("Key responsibility", format!("A responsibility of its own, {}", number % 40)),
                ("Recommendations", "123; 124".to_owned()),
                ("Timescale", "July 2013".to_owned()),
            ];
            for (title, words) in words {
                let column = titles.iter().position(|other| other == title).expect("the column");
                let (row, column) = (u32::try_from(number + 1), u16::try_from(column));
                sheet.write_string(row.expect("fits"), column.expect("fits"), words).expect("written");
            }
        }
    }
    book.save_to_buffer().expect("saved")
}

/// The shortest of three runs: what else the machine does only lengthens one.
fn shortest(plan: &Plan, rows: usize) -> Duration {
    let book = own::read("plan.xlsx", &returned(plan, rows)).expect("reads").expect("it is ours");
    let once = |_| {
        let begun = Instant::now();
        let changes = black_box(book.against(plan, &BTreeSet::new()));
        let took = begun.elapsed();
        let mut after = plan.clone();
        changes.edit.apply(&mut after).expect("fits");
        assert_eq!(after.actions.len(), rows, "each row is an action");
        took
    };
    (0..3).map(once).min().expect("three runs")
}

fn main() {
    let plan = plan();
    let (few, many) = (shortest(&plan, 500), shortest(&plan, 5_000));
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!("500 new rows: {:.1} ms", few.as_secs_f64() * 1e3);
    println!("5,000 new rows: {:.1} ms, {ratio:.1} times (promised 25)", many.as_secs_f64() * 1e3);
    assert!(ratio <= 25.0, "{ratio:.1} times for ten times the rows");
}
