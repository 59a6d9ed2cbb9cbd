//! Signals in the open plan: read, taken in, put in by hand, counted, without a screen.
#![expect(clippy::panic, reason = "a helper of a test fails as the test does")]

use crate::session::Desk;
use recap::app::{SignalsWaiting, Writing};
use recap::import::signals::{Decision, Options};
use recap::model::Id;
use recap::model::intelligence::{Intelligence, ThemeKey, View};
use recap::model::signal::{Held, Signal, Source};
use recap::model::triangulation::ReceiptState;
use std::fmt::Write as _;
use std::sync::Arc;

/// A Datix export, which names no provider.
fn datix(rows: usize) -> String {
    let mut text = "Datix ID,Category,Incident Date\n".to_owned();
    for row in 0..rows {
        let _ = writeln!(text, "W{row},Medication,{:02}/{:02}/2013", row % 28 + 1, row % 3 + 1);
    }
    text
}

impl Desk {
    fn counted(&mut self) -> Arc<Intelligence> {
        for _ in 0..2_000 {
            self.session.tick();
            let asked = self.session.intelligence();
            let working = !self.session.jobs.states().is_empty();
            if let Some(intelligence) =
                asked.filter(|_| !working && self.session.open.as_ref().is_some_and(|open| !open.busy()))
            {
                self.session.tick();
                return intelligence;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        panic!("waited in vain for what the sources say");
    }

    /// Once more after a change: what is old is given as long as the newer is worked on.
    fn counted_anew(&mut self) -> Arc<Intelligence> {
        self.saved();
        drop(self.counted());
        std::thread::sleep(std::time::Duration::from_millis(50));
        self.counted()
    }

    fn all(&mut self) -> usize {
        let of = self.counted_anew();
        let mut view = of.usual_view();
        (view.from, view.to) = ("2013-01".parse_month(), "2013-12".parse_month());
        of.rows(&view, ThemeKey::All, None).len()
    }
}

trait ParseMonth {
    fn parse_month(&self) -> recap::model::due::Month;
}

impl ParseMonth for str {
    fn parse_month(&self) -> recap::model::due::Month {
        recap::model::due::Month::parse(self).expect("a month")
    }
}

#[test]
fn a_file_is_read_asked_about_taken_in_and_undone() {
    let mut desk = Desk::with_plan();
    let path = desk.path("datix.csv");
    std::fs::write(&path, datix(90)).expect("writes");
    let options = Options::of(&desk.plan(), Source::Incident);
    desk.session.read_signals(&path, options.clone());
    desk.until("it is read", |session| {
        session.signals.as_ref().is_some_and(|waiting| waiting.proposal.signals.len() == 90)
    });
    let waiting = desk.session.signals.as_ref().expect("waits");
    assert!(!waiting.is_ready(), "nobody said whose they are");
    assert_eq!(waiting.proposal.open()[0].rows, 90);
    desk.session.accept_signals();
    assert!(desk.session.signals.is_some(), "not before it is said");
    desk.session.read_signals_again(Options { provider: Some("Northmoor General".into()), ..options });
    desk.until("it is read again", |session| session.signals.as_ref().is_some_and(SignalsWaiting::is_ready));
    desk.session.accept_signals();
    assert_eq!(desk.all(), 90);
    let plan = desk.plan();
    assert_eq!((plan.providers.len(), plan.batches.len()), (1, 1));
    assert_eq!(plan.receipts.len(), 3, "three months came");
    assert_eq!(
        desk.session.open.as_ref().and_then(|open| open.reversible.undo.clone()).as_deref(),
        Some("Import 90 signals from datix.csv")
    );
    desk.session.undo();
    desk.until("it is taken back", |session| session.open.as_ref().is_some_and(|open| open.plan.batches.is_empty()));
    assert_eq!(desk.all(), 0, "they no longer count");
    assert!(desk.plan().providers.is_empty(), "one change, one undo");
    desk.session.redo();
    assert_eq!(desk.all(), 90, "and do again");
}

#[test]
fn what_is_left_out_is_said_and_a_file_of_nobody_changes_nothing() {
    let mut desk = Desk::with_plan();
    let path = desk.path("datix.csv");
    std::fs::write(&path, datix(10)).expect("writes");
    let options = Options::of(&desk.plan(), Source::Incident);
    desk.session.read_signals(&path, options);
    desk.until("it is read", |session| session.signals.as_ref().is_some_and(|waiting| waiting.compared.is_some()));
    desk.session.decide_provider("", &Decision::LeftOut);
    let waiting = desk.session.signals.as_ref().expect("waits");
    assert_eq!((waiting.rows.left_out, waiting.rows.signals.len()), (10, 0));
    desk.session.accept_signals();
    assert!(desk.session.signals.is_some() && desk.plan().batches.is_empty(), "there is nothing to take");
}

#[test]
fn stopped_while_it_is_written_the_plan_is_as_it_was() {
    let mut desk = Desk::with_plan();
    let (path, file) = (desk.path("datix.csv"), desk.path("plan.db"));
    std::fs::write(&path, datix(30_000)).expect("writes");
    let options = Options { provider: Some("Northmoor General".into()), ..Options::of(&desk.plan(), Source::Incident) };
    desk.session.read_signals(&path, options);
    desk.until("it is read", |session| session.signals.as_ref().is_some_and(SignalsWaiting::is_ready));
    let before = std::fs::read(&file).expect("reads");
    desk.session.accept_signals();
    desk.session.writing_signals().map(Writing::stop).expect("it is being written");
    desk.until("it has stopped", |session| session.writing_signals().is_none());
    assert!(std::fs::read(&file).expect("reads") == before, "to the byte");
    assert!(desk.plan().batches.is_empty(), "and in memory");
    assert!(desk.session.notices.iter().any(|notice| notice.text.contains("stopped")), "and it is said");
    assert_eq!(desk.all(), 0);
}

#[test]
fn a_signal_put_in_by_hand_is_one_change_and_marks_its_month_as_received() {
    let mut desk = Desk::with_plan();
    let provider = Id::random();
    let row = recap::model::Provider { id: provider, name: "Northmoor General".into(), ..Default::default() };
    let edit = recap::model::intent::intelligence::add_provider(&desk.plan(), row);
    desk.session.edit(edit);
    desk.saved();
    let story = Signal {
        received: "2013-05-03".parse().ok(),
        subjects: vec!["Staffing levels".into()],
        text: "Rang three times before anybody came".into(),
        ..Signal::new(Source::PatientStory)
    };
    desk.session.put_signal(Held { number: 0, provider: Some(provider), signal: story });
    assert_eq!(desk.all(), 1);
    let of = desk.counted();
    let coverage = of.coverage(provider, Source::PatientStory, "2013-05".parse_month());
    assert_eq!(coverage, Some(ReceiptState::Received));
    let numbers = of.rows(&View::of("2013-05".parse_month(), "2013-05".parse_month()), ThemeKey::All, None);
    desk.session.ask_signals(numbers);
    desk.until("it is there whole", |session| session.asked_signals.is_some());
    let mut held = desk.session.asked_signals.clone().expect("it is").remove(0);
    assert_eq!(held.signal.text, "Rang three times before anybody came");
    held.signal.adverse = Some(true);
    desk.session.put_signal(held);
    assert_eq!(desk.all(), 1, "changed, not doubled");
    desk.session.undo();
    assert_eq!(desk.all(), 1, "as it was before");
    let numbers = desk.counted().rows(&View::of("2013-05".parse_month(), "2013-05".parse_month()), ThemeKey::All, None);
    desk.session.delete_signals(numbers);
    assert_eq!(desk.all(), 0, "deleted");
    desk.session.undo();
    assert_eq!(desk.all(), 1, "and back");
    let labels = desk.session.open.as_ref().map(|open| open.reversible.clone()).expect("open");
    assert_eq!(labels.undo.as_deref(), Some("Add a signal: patient story"), "each by its name");
}

#[test]
fn a_neighbour_s_json_brings_its_signals_into_the_window() {
    let mut desk = Desk::new();
    let sample = desk.path("sample.db");
    desk.session.sample_plan(&sample);
    desk.until("it is open", |session| session.open.is_some());
    let whole = desk.counted();
    let view = whole.usual_view();
    let rows = whole.rows(&view, ThemeKey::All, None).len();
    assert!(rows > 100, "the sample has signals: {rows}");
    let json = desk.path("sample.json");
    desk.session.export(recap::report::ReportName::Appendix, recap::report::Manner::default(), &json);
    desk.until("it is written", |_| json.exists());
    let other = desk.path("other.db");
    desk.session.new_plan(&other, "NHS Eastmoor CCG", "none");
    desk.until("the other is open", |session| {
        session.open.as_ref().is_some_and(|open| open.path.ends_with("other.db"))
    });
    desk.session.import(&json);
    desk.until("it is read", |session| session.proposal.is_some());
    desk.session.accept_proposal();
    desk.until("it is taken", |session| session.open.as_ref().is_some_and(|open| !open.plan.batches.is_empty()));
    let taken = desk.counted_anew();
    assert_eq!(taken.rows(&view, ThemeKey::All, None).len(), rows, "every one");
    desk.session.undo();
    desk.until("it is taken back", |session| session.open.as_ref().is_some_and(|open| open.plan.batches.is_empty()));
    assert!(desk.counted_anew().rows(&view, ThemeKey::All, None).is_empty(), "in one step");
}
