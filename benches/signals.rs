//! Reading an export of signals takes time in proportion to its rows: ten times the rows cost at most
//! 15 times as much. Ratios within one run; printed only are the time of 100,000 rows, how it stands to
//! parting the same text into cells, and the memory it took where the system says so.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench says what it measured, and where it cannot go on"
)]

use recap::import::signals::{Options, read};
use recap::model::signal::Source;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rows of a Datix export with a story of 400 characters in each.
fn incidents(count: usize) -> String {
    let story = "Nobody came when it was rung for, and the notes were not there. ".repeat(6);
    let mut text = String::from(
        "Datix ID,Category,Sub Category,Result,Actual Harm,Incident Date,Division,Speciality,Location (Exact),\
         What Happened?,Action Taken (at the time of the incident),Summary of Actions Taken (Investigation),\
         Lessons Learned\r\n",
    );
    for at in 0..count {
        let (day, month, ward) = (at % 28 + 1, at / 28 % 12 + 1, at % 20);
        text.push_str(&format!(
            "W{at},Patient: Records,Missing,No Harm,None (No harm),{day:02}/{month:02}/2013,Medicine,Cardiology,\
             Ward {ward},\"{story}\",Rang,Looked,Sign notes out when they leave ward {ward}\r\n",
        ));
    }
    text
}

/// The shorter of two runs: what else the machine does only lengthens one.
fn shorter(mut run: impl FnMut()) -> Duration {
    let mut once = || {
        let begun = Instant::now();
        run();
        begun.elapsed()
    };
    once().min(once())
}

fn reading(text: &str) -> Duration {
    shorter(|| {
        let reading = read("a.csv", text.as_bytes(), &Options::new(Source::Incident)).expect("incidents");
        assert_eq!(reading.signals.len(), text.lines().count() - 1, "each row is a signal");
        black_box(&reading);
    })
}

fn cells(text: &str) -> Duration {
    shorter(|| {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).expect("a record") {
            black_box(&record);
        }
    })
}

/// The most memory that the process has held, as Linux words it; blank elsewhere.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default().to_owned()
}

fn main() {
    let texts = [10_000, 100_000].map(incidents);
    let before = memory();
    let [few, many] = [&texts[0], &texts[1]].map(|text| reading(text));
    let bare = cells(&texts[1]);
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!("10,000 rows {few:.2?}, 100,000 rows {many:.2?}: {ratio:.1} times (promised: at most 15)");
    let parted = many.as_secs_f64() / bare.as_secs_f64();
    println!("parting 100,000 rows into cells {bare:.2?}: reading takes {parted:.1} times that");
    println!("{} MB of text; {before} before, {} after", texts[1].len() / 1_000_000, memory());
    assert!(ratio <= 15.0, "ten times the rows cost {ratio:.1} times as much; 15 is promised");
}
