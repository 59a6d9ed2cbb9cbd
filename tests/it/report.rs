//! Papers: what is in them, and that they can be made of anything.

use chrono::{NaiveDate, TimeZone as _, Utc};
use recap::model::{Id, Index, Plan, intent};
use recap::report::{self, Options, Paper, ReportName, pdf};

const SAMPLE: &str = include_str!("../../assets/sample-plan.json");

fn sample() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(Id::NIL, "", "", None).apply(&mut plan).expect("a new plan");
    let import = recap::import::json::read(SAMPLE, &plan).expect("reads");
    import.edit.apply(&mut plan).expect("fits");
    plan
}

fn options() -> Options {
    Options {
        as_at: NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date"),
        compact: false,
        generated: Utc.with_ymd_and_hms(2013, 5, 28, 9, 30, 0).single().expect("a time"),
    }
}

fn paper(plan: &Plan, name: ReportName) -> Paper {
    report::build(plan, &Index::of(plan), name, &options())
}

fn pdf(paper: &Paper) -> pdf::Pdf {
    pdf::write(paper, &options(), &|_| Ok(())).expect("a PDF")
}

#[test]
fn looks() {
    let Ok(folder) = std::env::var("RECAP_LOOK") else { return };
    for name in [ReportName::Appendix, ReportName::ActionPlan] {
        let start = std::time::Instant::now();
        let made = pdf(&paper(&sample(), name));
        println!("{name}: {} pages, {:?}, {:?}", made.pages, start.elapsed(), made.replaced);
        report::save(&std::path::Path::new(&folder).join(format!("{name}.pdf")), &made.bytes).expect("saved");
    }
}
