//! The report from the open plan: it waits for the signals to be counted, and for the rows that it shows.

use super::sheets;
use crate::session::Desk;
use recap::app::Level;
use recap::model::signal::{Held, Signal, Source};
use recap::model::{EditBuilder, Id, Provider};
use recap::report::{Manner, ReportName};

fn with_signals() -> Desk {
    let mut desk = Desk::with_plan();
    let provider = Id::NIL.derive(&["Northmoor General"]);
    let plan = desk.plan();
    let mut edit = EditBuilder::new(&plan, "Add a provider");
    edit.put(&Provider { id: provider, order: "1".into(), name: "Northmoor General".into(), ..Provider::default() });
    desk.session.edit(edit.finish());
    for number in 0..3 {
        let signal = Signal {
            reference: format!("C-{number}"),
            received: "2013-06-14".parse().ok(),
            subjects: vec!["Food".into()],
            learning: "Warm plates".into(),
            ..Signal::new(Source::Complaint)
        };
        desk.session.put_signal(Held { number: 0, provider: Some(provider), signal });
    }
    desk.saved();
    desk
}

fn write(desk: &mut Desk, name: ReportName, file: &str, internal: bool) -> Vec<u8> {
    desk.session.notices.clear();
    let path = desk.path(file);
    desk.session.export(name, Manner { internal, ..Manner::default() }, &path);
    desk.until("it is written", |session| session.notices.iter().any(|notice| notice.level == Level::Done));
    std::fs::read(&path).expect("written")
}

#[test]
fn it_is_printed_and_written_as_soon_as_the_signals_are_counted() {
    let mut desk = with_signals();
    desk.session.print(ReportName::Complaints, Manner::default());
    desk.until("the PDF is made", |session| session.printed.is_some());
    assert!(!desk.session.waits_for_signals(), "nothing is left to wait for");
    let published = write(&mut desk, ReportName::Complaints, "published.html", false);
    let page = String::from_utf8(published).expect("text");
    assert!(page.contains("Northmoor General") && !page.contains("Warm plates"), "for publication");
    let internal = write(&mut desk, ReportName::Complaints, "internal.xlsx", true);
    let rows = sheets(&internal).into_iter().find(|(name, _)| name == "Rows").expect("rows").1;
    assert_eq!(rows.len(), 4, "its rows: {rows:?}");
    let all = String::from_utf8(write(&mut desk, ReportName::Signals, "rows.csv", true)).expect("text");
    assert_eq!(all.matches("Warm plates").count(), 3, "{all}");
}

#[test]
fn rows_are_refused_where_nobody_said_that_they_are_for_internal_use() {
    let mut desk = with_signals();
    let path = desk.path("rows.csv");
    desk.session.export(ReportName::Signals, Manner::default(), &path);
    desk.until("it is refused", |session| session.notices.iter().any(|notice| notice.text.contains("publication")));
    assert!(!path.exists(), "nothing is written");
}
