//! Signals in, by the names and keys that a person has.

use super::*;
use egui::{Key, Modifiers};
use recap::model::due::Month;
use recap::model::intent::intelligence::add_provider;
use recap::model::signal::Source;
use recap::model::triangulation::ReceiptState;
use recap::model::{Batch, Id, Provider, Receipt};

const HOSPITAL: &str = "Northmoor Hospitals";

/// An export without a column for the provider; two of its columns say who somebody is.
const EXPORT: &str = "Datix ID,Date received,Subject,Patient name,Ward,Date of birth\n\
    C1,03/05/2013,Communications,Secret One,Ward 7,01/02/1940\n\
    C2,14/05/2013,Parking meters,Secret Two,Ward 7,01/02/1941\n\
    C3,28/06/2013,Communications; Parking meters,Secret Three,Ward 9,01/02/1942\n";

impl Window {
    /// A plan with one provider.
    fn with_provider() -> Self {
        let mut desk = Desk::new();
        let path = desk.path("north.db");
        desk.session.new_plan(&path, "NHS Northmoor CCG", "none");
        desk.until("the plan is open", |session| session.open.is_some());
        let row = Provider { id: Id::random(), name: HOSPITAL.into(), ..Provider::default() };
        let edit = add_provider(&desk.plan(), row);
        desk.session.edit(edit);
        desk.saved();
        let day = chrono::NaiveDate::from_ymd_opt(2013, 7, 10).expect("a date");
        desk.session.open.as_mut().expect("open").as_at = day;
        Self::on(desk)
    }

    /// Begins the import of a file of that text.
    fn import_signals(&mut self, name: &str, text: &str) {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("writes");
        *self.answers.path.borrow_mut() = Some(path);
        self.run(Command::ImportSignals);
        self.until("it is read and compared", is_compared);
    }

    /// Says that all rows are the provider's.
    fn of_the_hospital(&mut self) {
        self.click("Whose all rows are: Not said");
        self.click(HOSPITAL);
        self.until("it is read again", |app| {
            app.session.signals.as_ref().is_some_and(recap::app::SignalsWaiting::is_ready)
        });
    }

    /// Takes the export in.
    fn with_signals() -> Self {
        let mut window = Self::with_provider();
        window.import_signals("complaints.csv", EXPORT);
        window.of_the_hospital();
        window.click("Import");
        window.until("the dialog is done with", |app| app.dialog.is_none());
        window.saved();
        window
    }

    /// Clicks a button where a word beside it is the same.
    fn click_button(&mut self, name: &str) {
        self.harness.get_by_role_and_label(Role::Button, name).click();
        self.harness.run_steps(3);
    }

    fn is_disabled(&self, name: &str) -> bool {
        self.harness.get_by_label(name).accesskit_node().is_disabled()
    }

    fn batch(&self) -> Batch {
        self.plan().batches.values().next().expect("one came in").clone()
    }

    fn hospital(&self) -> Id {
        self.plan().providers_in_order()[0].id
    }

    fn receipt(&self, source: Source, month: &str) -> Option<ReceiptState> {
        let month = Month::parse(month).expect("a month");
        self.plan().receipts.get(&Receipt::id_of(self.hospital(), source, month)).and_then(|row| row.state)
    }

    fn last_undo(&self) -> String {
        let open = self.app().session.open.as_ref();
        open.and_then(|open| open.reversible.undo.clone()).expect("something to undo")
    }
}

fn is_compared(app: &App) -> bool {
    app.session.signals.as_ref().is_some_and(|waiting| waiting.compared.is_some())
}

#[test]
fn an_export_without_providers_is_asked_whose_it_is_and_comes_in_as_one_change() {
    let mut window = Window::with_provider();
    window.import_signals("complaints.csv", EXPORT);
    window.harness.get_by_label("What the rows are: Complaints");
    window.harness.get_by_label("Say whose they are: 3 rows of the file name no provider");
    assert!(window.is_disabled("Import"), "not before it is said");
    window.of_the_hospital();
    window.harness.get_by_label("3 new");
    window.harness.get_by_label_contains("1 subject leads to no theme yet");
    assert!(window.plan().batches.is_empty(), "nothing is written before it is accepted");
    window.click("Import");
    window.until("the dialog is done with", |app| app.dialog.is_none());
    window.saved();
    let batch = window.batch();
    assert_eq!((batch.outcome.as_str(), batch.kept.as_str()), ("3 new", ""), "what it came to; nothing was kept");
    assert_eq!(window.receipt(Source::Complaint, "2013-06"), Some(ReceiptState::Received), "what came is marked");
    let undo = window.last_undo();
    window.undo(&undo);
    let plan = window.plan();
    assert!(plan.batches.is_empty() && plan.receipts.is_empty(), "one undo takes all of it back");
}

#[test]
fn identifiable_columns_are_dropped_and_one_is_kept_by_a_tick_that_is_recorded() {
    let mut window = Window::with_provider();
    window.import_signals("complaints.csv", EXPORT);
    window.of_the_hospital();
    window.click("6 columns, 2 dropped");
    window.harness.get_by_label("May say who somebody is: dates of birth or ages");
    assert!(window.harness.query_by_label_contains("Secret").is_none(), "no sample of what is dropped");
    window.click("Keep “Patient name”");
    let kept = |app: &App| {
        let waiting = app.session.signals.as_ref();
        waiting.is_some_and(|waiting| waiting.proposal.reading.columns.iter().any(|column| column.kept))
    };
    window.until("it is read again", |app| kept(app) && is_compared(app));
    window.harness.get_by_label("Kept, though it may hold names. This is recorded.");
    window.click("Import");
    window.until("the dialog is done with", |app| app.dialog.is_none());
    window.saved();
    assert_eq!(window.batch().kept, "Patient name", "recorded in the batch");
}

#[test]
fn what_a_column_holds_is_changed_and_remembered_for_the_next_file_of_that_shape() {
    let mut window = Window::with_provider();
    let text = EXPORT.replace("Subject", "Shelf mark");
    window.import_signals("complaints.csv", &text);
    window.of_the_hospital();
    window.click("6 columns, 2 dropped");
    let subjects = |app: &App| {
        let waiting = app.session.signals.as_ref();
        waiting.map_or(0, |w| w.proposal.signals.iter().filter(|held| !held.signal.subjects.is_empty()).count())
    };
    window.click("What “Ward” holds: Site");
    window.click("Subject");
    window.until("the ward is the subject", |app| {
        is_compared(app)
            && app.session.signals.as_ref().is_some_and(|w| w.proposal.signals[0].signal.subjects == ["Ward 7"])
    });
    window.click("Import");
    window.until("the dialog is done with", |app| app.dialog.is_none());
    window.saved();
    window.import_signals("next.csv", &text.replace("C1", "C4"));
    assert_eq!(subjects(window.app()), 3, "as it was said to be");
    window.click("6 columns, 2 dropped");
    assert!(
        window.harness.query_all_by_label("As you said for an earlier file").count() > 0,
        "and it says how it knows"
    );
}

#[test]
fn a_name_that_is_almost_a_provider_s_has_to_be_decided() {
    let mut window = Window::with_provider();
    window.import_signals("complaints.csv", "Reference,Received,Subject,Trust\n1,03/05/2013,Food,Nortmoor Hospitals\n");
    window.harness.get_by_label("Say which provider “Nortmoor Hospitals” is, under Providers");
    assert!(window.is_disabled("Import"), "not before it is said");
    window.click("Providers: 1 to decide");
    window.click(&format!("It is {HOSPITAL}"));
    window.until("it is compared again", |app| {
        app.session.signals.as_ref().is_some_and(recap::app::SignalsWaiting::is_ready)
    });
    window.click("Import");
    window.until("the dialog is done with", |app| app.dialog.is_none());
    window.saved();
    let plan = window.plan();
    assert_eq!(plan.providers.len(), 1, "it is no new one");
    assert_eq!(plan.providers_in_order()[0].aliases, "Nortmoor Hospitals", "the name is remembered");
}

#[test]
fn the_same_file_again_says_that_nothing_is_new() {
    let mut window = Window::with_signals();
    window.import_signals("complaints.csv", EXPORT);
    window.of_the_hospital();
    window.harness.get_by_label("3 unchanged");
    assert!(window.harness.query_by_label("3 new").is_none(), "none is doubled");
    window.click("Import nothing");
    assert!(window.app().dialog.is_none() && window.app().session.signals.is_none(), "left");
    assert_eq!(window.plan().batches.len(), 1, "as it was");
}

#[test]
fn the_months_that_an_export_covers_are_marked_though_they_have_no_row() {
    let mut window = Window::with_provider();
    window.import_signals("complaints.csv", EXPORT);
    window.of_the_hospital();
    for (name, month) in [("First month covered", "January 2013"), ("Last month covered", "06/2013")] {
        window.harness.get_by_label(name).focus();
        window.harness.run_steps(2);
        window.harness.get_by_label(name).type_text(month);
        window.harness.run_steps(2);
        window.harness.key_press(Key::Enter);
        window.harness.run_steps(2);
    }
    window.until("it is read again", |app| {
        let waiting = app.session.signals.as_ref();
        waiting.is_some_and(|waiting| waiting.is_ready() && waiting.options().to.is_some())
    });
    window.harness.get_by_label(&format!("Complaints of {HOSPITAL}, January 2013 to June 2013"));
    window.click("Import");
    window.until("the dialog is done with", |app| app.dialog.is_none());
    window.saved();
    assert_eq!(window.receipt(Source::Complaint, "2013-02"), Some(ReceiptState::Received), "a zero, and no gap");
    assert_eq!(window.receipt(Source::Complaint, "2012-12"), None, "not before");
}

#[test]
fn an_import_that_is_cancelled_while_it_is_written_leaves_nothing() {
    let mut window = Window::with_provider();
    let mut text = String::from("Reference,Received,Subject\n");
    (0..20_000).for_each(|at| text.push_str(&format!("C{at},{:02}/05/2013,Communications\n", at % 28 + 1)));
    window.import_signals("complaints.csv", &text);
    window.of_the_hospital();
    window.click("Import");
    window.click("Cancel");
    window.until("it is stopped", |app| {
        app.dialog.is_none() && app.session.notices.iter().any(|notice| notice.text == "The import was stopped")
    });
    assert!(window.plan().batches.is_empty() && window.plan().receipts.is_empty(), "the plan is as it was");
    window.run(Command::Providers);
    window.until("its signals are counted", |app| app.dialog.is_some());
    window.until_label("No signal is of it.");
}

impl Window {
    /// Draws frames until something of that name is on screen.
    fn until_label(&mut self, name: &str) {
        let begun = Instant::now();
        while self.harness.query_by_label(name).is_none() {
            assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain for {name}");
            self.harness.run_steps(1);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn a_signal_is_put_in_with_a_few_keys_and_taken_back() {
    let mut window = Window::with_provider();
    window.run(Command::AddSignal);
    let line = window.harness.get_by_role_and_label(Role::TextInput, "What it is about");
    assert!(line.accesskit_node().is_focused(), "ready to type: source, provider and date are filled in");
    line.type_text("communic");
    window.harness.run_steps(3);
    window.harness.key_press(Key::ArrowDown);
    window.harness.run_steps(2);
    window.harness.key_press(Key::Enter);
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("Counts under: ");
    window.harness.key_press(Key::Enter);
    window.harness.run_steps(3);
    window.until("it is in", |app| app.dialog.is_none());
    window.saved();
    let batch = window.batch();
    assert!(batch.by_hand && batch.source == Some(Source::GpAlert), "{batch:?}");
    assert_eq!(batch.from.map(|month| month.to_string()).as_deref(), Some("2013-07"), "in the month looked from");
    window.until_facts(1);
    window.undo("Add a signal: GP alert");
    window.until_facts(0);
}

impl Window {
    fn until_facts(&mut self, number: usize) {
        let begun = Instant::now();
        loop {
            let facts = self.harness.state_mut().app.session.facts();
            if facts.is_some_and(|facts| facts.signals.len() == number) {
                return;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain for {number} signals");
            self.harness.run_steps(1);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

#[test]
fn a_complaint_by_hand_has_its_due_day_worked_out_and_warns_of_what_says_who_somebody_is() {
    let mut window = Window::with_provider();
    window.run(Command::AddSignal);
    window.click("What it is: GP alert");
    window.click("Complaint");
    window.harness.get_by_label("Due 25 working days after it was received, the agreed 25");
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "What it was").focus();
    window.harness.run_steps(2);
    let text = "Her NHS number is 943 476 5919";
    window.harness.get_by_role_and_label(Role::MultilineTextInput, "What it was").type_text(text);
    window.harness.run_steps(3);
    window.harness.get_by_label_contains("“What it was” may say who somebody is: NHS number");
    window.click("Cancel");
    assert!(window.plan().batches.is_empty(), "nothing was put in");
}

#[test]
fn coverage_is_said_by_click_and_by_keys_and_one_undo_takes_a_range_back() {
    let mut window = Window::with_provider();
    window.run(Command::Receipts);
    window.until_label("Complaints, May 2013: never asked");
    window.click("Complaints, May 2013: never asked");
    window.click_button("Received");
    window.saved();
    window.until_label("Complaints, May 2013: received");
    assert_eq!(window.receipt(Source::Complaint, "2013-05"), Some(ReceiptState::Received), "as was clicked");
    window.harness.key_press(Key::ArrowDown);
    window.harness.run_steps(2);
    for _ in 0..2 {
        window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
        window.harness.run_steps(2);
    }
    window.harness.key_press(Key::N);
    window.harness.run_steps(2);
    window.saved();
    for month in ["2013-03", "2013-04", "2013-05"] {
        assert_eq!(window.receipt(Source::Pals, month), Some(ReceiptState::NeverAsked), "{month}, by keys");
    }
    assert_eq!(window.plan().receipts.len(), 4, "and no others");
    window.click("Close");
    let undo = window.last_undo();
    window.undo(&undo);
    assert_eq!(window.plan().receipts.len(), 1, "the range was one change");
}

#[test]
fn a_whole_row_of_coverage_is_said_at_once_with_a_note() {
    let mut window = Window::with_provider();
    window.run(Command::Receipts);
    window.click("12 months");
    window.harness.get_by_role_and_label(Role::TextInput, "A note on what you mark next").focus();
    window.harness.run_steps(2);
    window.harness.get_by_role_and_label(Role::TextInput, "A note on what you mark next").type_text("No such service");
    window.harness.run_steps(2);
    window.click("Staff surveys: every month shown");
    window.click_button("Not applicable");
    window.saved();
    let plan = window.plan();
    assert_eq!(plan.receipts.len(), 12, "each month of the row");
    assert!(plan.receipts.values().all(|row| row.note == "No such service"), "with the note");
}

#[test]
fn mapping_a_subject_changes_what_its_theme_counts() {
    let mut window = Window::with_signals();
    window.run(Command::SignalThemes);
    window.until_label("Not mapped: 1 subject");
    let theme = recap::model::intelligence::themes_of(&window.plan())[0].clone();
    let counted = |window: &Window| {
        let start = format!("{}: ", theme.title);
        let all = window.harness.query_all_by_role(Role::Button);
        let mut names = all.filter_map(|node| node.accesskit_node().label());
        names.find(|name| name.starts_with(&start)).expect("the theme with its count")
    };
    let before = counted(&window);
    window.click("Map “Parking meters” to a theme");
    window.click(&theme.title);
    window.saved();
    window.until_label("Not mapped");
    assert_ne!(counted(&window), before, "its signals are counted there");
    window.click("Close");
    window.undo(&format!("Map \"Parking meters\" to \"{}\"", theme.title));
    assert!(window.plan().subjects.is_empty(), "as before");
}

#[test]
fn a_provider_with_signals_is_not_deleted_and_the_reason_is_on_screen() {
    let mut window = Window::with_signals();
    window.run(Command::Providers);
    window.until_label("3 signals are of it.");
    window.click("Delete this provider");
    window.harness.get_by_label_contains("It cannot be deleted: 3 signals are of it");
    window.saved();
    assert_eq!(window.plan().providers.len(), 1, "it stands");
    window.harness.get_by_label("Name of a provider to add").focus();
    window.harness.run_steps(2);
    window.harness.get_by_label("Name of a provider to add").type_text("Eastmoor Community");
    window.harness.run_steps(2);
    window.click("Add");
    window.saved();
    window.until_label("No signal is of it.");
    window.click("Delete this provider");
    window.saved();
    assert_eq!(window.plan().providers.len(), 1, "one that has none goes");
}

#[test]
fn the_numbers_of_the_rule_are_set_in_the_settings_and_set_back() {
    let mut window = Window::sample();
    window.run(Command::Settings);
    window.click("The rule behind verdicts and charts");
    window.click("A source never asked for counts as missing");
    let settings = |window: &Window| window.app().session.settings.rules;
    assert!(!settings(&window).never_asked_counts, "it holds at once");
    window.click("All as usual");
    assert_eq!(settings(&window), recap::app::RuleSettings::default(), "as usual");
}
