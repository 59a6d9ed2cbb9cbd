//! The complaints tab by the names and keys that a person has.

use super::*;
use egui::{Key, Modifiers};
use recap::app::worker::OpenFor;
use recap::model::due::Month;
use recap::model::intent::intelligence::{Covers, Taken, set_receipts, take_batch};
use recap::model::signal::{Held, Signal, Source};
use recap::model::triangulation::ReceiptState;
use recap::model::{Batch, Id, Provider, Watch};
use recap::store::{EntryKind, Incoming, PlanFile, Stamp, Wanted};
use recap::ui::complaints::Layout;

const GENERAL: &str = "Northmoor General";
const HILLSIDE: &str = "Hillside Care Home";
/// The cell that the tests begin with: complaints about staffing levels, January to March 2013.
const STAFFING: &str = "Staffing levels, complaint: 42";

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn month(text: &str) -> Month {
    Month::parse(text).expect("a month")
}

/// A month's items of a source about a subject, a day apart.
fn items(provider: &str, source: Source, at: Month, subject: &str, count: usize) -> Vec<Held> {
    let one = |number: usize| {
        let day = at.first_day() + chrono::Days::new(number as u64);
        let reference = format!("{}-{at}-{subject}-{number:02}", source.word());
        let signal = Signal {
            key: reference.clone(),
            reference,
            received: Some(day),
            happened: Some(day),
            closed: Some(day + chrono::Days::new(20)),
            outcome: "Upheld".into(),
            learning: "Rota changed".into(),
            subjects: vec![subject.to_owned()],
            site: "Ward 8".into(),
            ..Signal::new(source)
        };
        Held { number: 0, provider: Some(id(provider)), signal }
    };
    (0..count).map(one).collect()
}

/// Two years of two providers: staffing rises at the end of one, in complaints and in GP alerts; its PALS sent
/// nothing since the new year. Of the other there are complaints alone.
fn signals() -> Vec<Held> {
    let mut all = Vec::new();
    for step in 0..24 {
        let at = month("2011-04").plus(step);
        let usual = [6, 7, 5, 6, 8, 6][step as usize % 6];
        let staffing = if step >= 21 { 14 } else { usual };
        all.extend(items(GENERAL, Source::Complaint, at, "Staffing levels", staffing));
        all.extend(items(GENERAL, Source::GpAlert, at, "Staffing levels", staffing));
        all.extend(items(GENERAL, Source::Complaint, at, "Zebra crossings", usize::from(step == 22)));
        if step < 21 {
            all.extend(items(GENERAL, Source::Pals, at, "Staffing levels", usual));
        }
        all.extend(items(HILLSIDE, Source::Complaint, at, "Medication", usual));
    }
    all
}

fn fill(path: &std::path::Path, home: &std::path::Path) {
    let now = chrono::DateTime::from_timestamp(1_369_700_000, 0).expect("a time");
    let mut file = PlanFile::open(path, Wanted::Write { backups: home, now }).expect("opens");
    let plan = file.read().expect("reads");
    let covers = |provider: &str, source, to: &str| Covers {
        provider: id(provider),
        source,
        from: month("2011-04"),
        to: month(to),
    };
    let provider = |name: &str| Provider { id: id(name), name: name.into(), ..Provider::default() };
    let taken = Taken {
        batch: Batch { id: id("batch"), name: "made up".into(), ..Batch::default() },
        providers: vec![provider(GENERAL), provider(HILLSIDE)],
        receipts: vec![
            covers(GENERAL, Source::Complaint, "2013-03"),
            covers(GENERAL, Source::GpAlert, "2013-03"),
            covers(GENERAL, Source::Pals, "2012-12"),
            covers(HILLSIDE, Source::Complaint, "2013-03"),
        ],
        label: "Import made-up signals".into(),
        ..Taken::default()
    };
    let edit = take_batch(&plan, &taken);
    let incoming = Incoming { batch: id("batch"), signals: &signals(), measures: &[], gone: &[] };
    let stamp = Stamp { who: "Quality lead", at: now, kind: EntryKind::Import };
    file.take_signals(&incoming, &edit, &stamp, &mut |_, _| true).expect("takes").expect("an entry");
    let plan = file.read().expect("reads");
    let late = [month("2013-01"), month("2013-02"), month("2013-03")];
    let edit = set_receipts(&plan, id(GENERAL), &[Source::Pals], &late, Some(ReceiptState::Late), "asked twice");
    file.commit(&edit, &Stamp { kind: EntryKind::Edit, ..stamp }).expect("commits");
}

impl Window {
    /// A plan with made-up signals, on its complaints tab, as at May 2013.
    fn complaints() -> Self {
        let mut desk = Desk::with_plan();
        let path = desk.path("plan.db");
        desk.session.close_plan();
        desk.until("it is closed", |session| session.open.is_none());
        fill(&path, &desk.path("home"));
        desk.session.open_plan(&path, OpenFor::Editing);
        desk.until("it is open", |session| session.open.is_some());
        let mut window = Self::on(desk);
        let date = chrono::NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
        window.harness.state_mut().app.wishes.borrow_mut().push(Wish::AsAt(date));
        window.run(Command::Complaints);
        window.until("it is counted", |app| app.complaints.view.is_some());
        window.harness.run_steps(3);
        window
    }

    /// The same, of one provider.
    fn general() -> Self {
        let mut window = Self::complaints();
        window.provider(Some(GENERAL));
        window
    }

    fn provider(&mut self, name: Option<&str>) {
        let view = self.harness.state_mut().app.complaints.view.as_mut().expect("a view");
        view.provider = name.map(id);
        self.harness.run_steps(4);
    }

    /// What something that begins so is called, of a role.
    fn named(&self, role: Role, start: &str) -> String {
        let all = self.harness.query_all_by_role(role);
        let mut names = all.filter_map(|node| node.accesskit_node().label());
        let names: Vec<String> = names.by_ref().collect();
        let found = names.iter().find(|name| name.starts_with(start)).cloned();
        found.unwrap_or_else(|| panic!("a {role:?} that begins \"{start}\" among {names:?}"))
    }

    fn cell(&self, start: &str) -> String {
        self.named(Role::Button, start)
    }

    /// Whether words stand anywhere on the screen.
    fn says(&self, words: &str) -> bool {
        let all = self.harness.query_all_by_role(Role::Label);
        let mut texts = all.filter_map(|node| node.accesskit_node().value().or(node.accesskit_node().label()));
        texts.any(|text| text.contains(words))
    }

    fn rows_here(&mut self) {
        self.until("the rows are read", |app| app.session.asked_signals.is_some());
    }

    fn fill_in(&mut self, role: Role, name: &str, text: &str) {
        self.harness.get_by_role_and_label(role, name).focus();
        self.harness.run_steps(2);
        self.harness.get_by_role_and_label(role, name).type_text(text);
        self.harness.run_steps(2);
    }
}

#[test]
fn no_data_is_no_zero_and_not_asked_is_neither() {
    let mut window = Window::general();
    assert_eq!(
        window.cell("Communication and listening, complaint"),
        "Communication and listening, complaint: 0, too few to tell"
    );
    assert_eq!(window.cell("Staffing levels, PALS"), "Staffing levels, PALS: no data");
    let cell = window.cell(STAFFING);
    assert_eq!(
        cell,
        "Staffing levels, complaint: 42, adverse; January 2013 outside, above; February 2013 outside, above; March 2013 outside, above"
    );
    window.harness.key_press(Key::Home);
    window.harness.run_steps(4);
    assert_eq!(
        window.cell("All, each once, complaint"),
        "All, each once, complaint: 43, adverse; January 2013 outside, above; February 2013 outside, above; March 2013 outside, above",
        "the one about crossings is among them"
    );
    window.harness.key_press(Key::End);
    window.harness.run_steps(4);
    assert_eq!(
        window.cell("Not mapped, complaint: 1"),
        "Not mapped, complaint: 1, adverse; February 2013 outside, above"
    );
    assert!(window.says("2 of 3 sources received"), "PALS did not come");
}

#[test]
fn a_verdict_says_what_it_rests_on_and_the_rule_is_a_click_away() {
    let mut window = Window::general();
    let verdict = window.cell("Staffing levels: corroborated");
    let words = "Complaints and GP alerts each show a special cause in the adverse direction. PALS comments were not received for the whole period.";
    assert_eq!(verdict, format!("Staffing levels: corroborated. {words}"));
    assert!(window.says(words), "the card says it too");
    window.click("the rule");
    for sentence in window.app().session.rules().expect("rules").words() {
        assert!(window.says(&sentence), "{sentence}");
    }
    window.click("Close");
}

#[test]
fn a_click_on_a_number_opens_the_rows_behind_it_and_one_of_them_whole() {
    let mut window = Window::general();
    window.harness.key_press(Key::Home);
    window.harness.run_steps(4);
    let cell = window.cell("All, each once, complaint");
    window.click(&cell);
    window.rows_here();
    assert!(window.says("43 complaints, all signals"), "as many as the number says");
    let row = window.cell("Row complaint-2013-02-Zebra crossings-00");
    assert!(row.contains("Ward 8") && row.contains("upheld") && row.contains("rota changed"), "{row}");
    window.click(&row);
    assert!(window.says("1 February 2013") && window.says("Zebra crossings"), "all of it");
    window.click("Delete this signal");
    window.saved();
    window.until("it is counted anew", |app| app.session.asked_signals.as_ref().is_some_and(|rows| rows.len() == 42));
    window.cell("All, each once, complaint: 42");
    window.undo("Delete 1 signal");
    window.until("it is back", |app| app.session.asked_signals.as_ref().is_some_and(|rows| rows.len() == 43));
}

#[test]
fn a_finding_with_a_new_action_is_one_undo_and_stands_at_the_action() {
    let mut window = Window::general();
    window.click("Note a finding about Northmoor General, Staffing levels");
    assert!(window.harness.get_by_label("Note it").accesskit_node().is_disabled(), "nothing is said yet");
    window.fill_in(Role::MultilineTextInput, "What you make of it", "Nights are short");
    window.fill_in(Role::TextInput, "Find recommendations and actions", "124");
    let tick = window.named(Role::CheckBox, "124 ");
    window.click(&tick);
    window.click("And a new action");
    window.fill_in(Role::MultilineTextInput, "What is to be done", "Visit ward 8 at night");
    window.fill_in(Role::TextInput, "Owner of the action", "Quality lead");
    window.fill_in(Role::TextInput, "Due of the action, in your words", "July 2013");
    window.click("Note it");
    window.saved();
    let plan = window.plan();
    let action = plan.actions.values().next().expect("the new action").clone();
    assert_eq!(
        (action.text.as_str(), action.owner.as_str(), action.due_words.as_str()),
        ("Visit ward 8 at night", "Quality lead", "July 2013")
    );
    let finding = plan.findings_about(action.id)[0].clone();
    assert_eq!((finding.judgement.as_str(), finding.verdict.as_str()), ("Nights are short", "corroborated"));
    assert_eq!((finding.from, finding.to), (Some(month("2013-01")), Some(month("2013-03"))), "the period looked at");
    assert_eq!(plan.served_by(action.id)[0].reference, "124", "it serves what was ticked");
    window.click("→ Action: Visit ward 8 at night · July 2013 · Quality lead");
    assert_eq!(window.app().tab, recap::ui::Tab::Timeline, "the link leads to the action");
    let card = window.named(Role::Button, "Card: Visit ward 8 at night");
    assert!(card.contains("Finding: Northmoor General, staffing levels"), "the card tells why: {card}");
    window.provider(None);
    window.click("Show the finding: Northmoor General, staffing levels");
    assert_eq!(window.app().tab, recap::ui::Tab::Complaints, "and back to where it was seen");
    assert_eq!(window.app().complaints.view.as_ref().and_then(|view| view.provider), Some(id(GENERAL)));
    let served = plan.recommendation("francis-2013", "124").expect("in the catalogue").id;
    window.harness.state_mut().app.wishes.borrow_mut().push(Wish::Select(Some(served)));
    window.harness.run_steps(4);
    window.click("Show the finding: Northmoor General, staffing levels");
    assert_eq!(window.app().tab, recap::ui::Tab::Complaints, "the recommendation shows it too");
    window.undo("Note a finding about Northmoor General");
    let plan = window.plan();
    assert!(plan.findings.is_empty() && plan.finding_links.is_empty() && plan.actions.is_empty(), "all of it at once");
}

#[test]
fn the_level_of_watch_is_set_with_its_reason_and_its_history_stays() {
    let mut window = Window::general();
    for (level, why) in [("Enhanced", "Staffing"), ("Escalated", "A death")] {
        window.click("Change the watch level of Northmoor General");
        window.click(level);
        assert!(window.harness.get_by_label("Set the level").accesskit_node().is_disabled(), "a reason is asked for");
        window.fill_in(Role::MultilineTextInput, "Why", why);
        window.fill_in(Role::TextInput, "To be looked at again on", "2 September 2013");
        window.click("Set the level");
        window.saved();
    }
    let plan = window.plan();
    let date = chrono::NaiveDate::from_ymd_opt(2013, 5, 28).expect("a date");
    let now = plan.watch_level(id(GENERAL), date).expect("a level");
    assert_eq!((now.level, now.reason.as_str()), (Some(Watch::Escalated), "A death"));
    assert!(window.says("since 28 May 2013, review 2 September 2013"), "it is said");
    window.harness.get_by_label("History (2)");
}

#[test]
fn a_chart_tells_itself_in_words_and_point_by_point() {
    let mut window = Window::general();
    let cell = window.cell(STAFFING);
    window.click(&cell);
    let chart = window.named(Role::Figure, "Chart: ");
    for part in [
        "Complaints about staffing levels, Northmoor General. 24 months, mean ",
        "January 2013 outside, above: concern",
        "Less is better.",
    ] {
        assert!(chart.contains(part), "{part} is said by {chart}");
    }
    window.harness.get_by_label(&chart).focus();
    window.harness.run_steps(2);
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(2);
    assert!(window.says("Point 1 of 24: April 2011, 6; common cause"), "the first");
    window.harness.key_press(Key::ArrowLeft);
    window.harness.run_steps(2);
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(2);
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(2);
    assert!(window.says("Point 3 of 24: June 2011, 5; common cause"), "further");
}

#[test]
fn a_chart_with_missing_months_says_so_and_draws_no_zero() {
    let mut window = Window::general();
    let cell = window.cell("Staffing levels, PALS");
    window.click(&cell);
    let chart = window.named(Role::Figure, "Chart: ");
    assert!(
        chart.contains("21 months") && chart.contains("No data, which is no zero: January 2013 to March 2013."),
        "{chart}"
    );
}

#[test]
fn new_limits_have_a_reason_and_can_be_taken_back() {
    let mut window = Window::general();
    let cell = window.cell(STAFFING);
    window.click(&cell);
    window.click("Limits of the chart");
    window.click("New limits from a month…");
    window.click("First month of the new limits: –");
    window.click("January 2012");
    assert!(window.harness.get_by_label("Set the limits").accesskit_node().is_disabled(), "a reason is asked for");
    window.fill_in(Role::MultilineTextInput, "What changed", "A new complaints form");
    window.click("Set the limits");
    window.saved();
    window.until("it is counted anew", |app| app.session.jobs.states().is_empty());
    window.harness.run_steps(3);
    let chart = window.named(Role::Figure, "Chart: ");
    assert!(chart.contains("New limits from January 2012: A new complaints form."), "{chart}");
    assert_eq!(window.plan().rebases.len(), 1);
    window.click("Limits of the chart");
    window.click("Take back the new limits from January 2012: A new complaints form");
    window.saved();
    assert!(window.plan().rebases.is_empty(), "as before");
}

#[test]
fn arrows_move_among_the_cells_and_enter_opens_the_rows() {
    let mut window = Window::general();
    let cell = window.cell(STAFFING);
    window.click(&cell);
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(3);
    let pals = window.harness.get_by_label("Staffing levels, PALS: no data");
    assert!(pals.accesskit_node().is_focused(), "one cell to the right");
    window.harness.key_press(Key::ArrowRight);
    window.harness.run_steps(3);
    let alerts = window.cell("Staffing levels, GP alert: 42");
    assert!(window.harness.get_by_label(&alerts).accesskit_node().is_focused(), "and one more");
    window.harness.key_press(Key::Enter);
    window.harness.run_steps(3);
    window.rows_here();
    assert!(window.says("42 GP alerts about staffing levels"), "its rows");
    window.harness.key_press(Key::ArrowUp);
    window.harness.run_steps(3);
    let above = window.cell("Medication, GP alert: 0");
    assert!(window.harness.get_by_label(&above).accesskit_node().is_focused(), "a line up");
}

#[test]
fn all_providers_are_rolled_up_by_name_and_a_small_chart_leads_to_one() {
    let mut window = Window::complaints();
    let cell = window.cell("Staffing levels, complaint: 42");
    assert_eq!(cell, "Staffing levels, complaint: 42, 2 providers with data, 1 adverse");
    let verdict = window.cell("Staffing levels: corroborated");
    assert!(verdict.contains("Northmoor General corroborated; Hillside Care Home "), "who says what: {verdict}");
    window.click(&cell);
    let hillside = window.cell("Small chart: Complaints about staffing levels, Hillside Care Home.");
    assert!(hillside.contains("24 months, mean 0"), "received, and zero: {hillside}");
    let small = window.cell("Small chart: Complaints about staffing levels, Northmoor General.");
    window.click(&small);
    assert_eq!(window.app().complaints.view.as_ref().and_then(|view| view.provider), Some(id(GENERAL)));
    window.named(Role::Figure, "Chart: Complaints about staffing levels, Northmoor General.");
}

#[test]
fn providers_down_shows_their_watch_and_leads_to_one() {
    let mut window = Window::complaints();
    window.harness.state_mut().app.complaints.layout = Layout::Providers;
    window.harness.run_steps(4);
    let line = window.cell("Northmoor General, watch: not said; themes: 1 corroborated");
    assert!(line.contains("1 corroborated"), "{line}");
    window.cell("Northmoor General, complaint: 43");
    assert_eq!(window.cell("Hillside Care Home, PALS"), "Hillside Care Home, PALS: not asked");
    window.click("Show Hillside Care Home");
    assert_eq!(window.app().complaints.view.as_ref().and_then(|view| view.provider), Some(id(HILLSIDE)));
    window.cell("Medication, complaint: 20");
}

#[test]
fn subjects_that_lead_nowhere_are_settled_with_a_click() {
    let mut window = Window::general();
    window.click("Timeliness and subjects");
    window.harness.get_by_label("Northmoor General, received: 43");
    window.harness.get_by_label("Northmoor General, in time: 100% (43 of 43)");
    assert!(window.says("Zebra crossings"), "it leads to no theme");
    window.click("Zebra crossings belongs to no theme");
    window.saved();
    window.until("it is counted anew", |app| app.session.jobs.states().is_empty());
    window.harness.run_steps(3);
    assert!(window.harness.query_by_label("Zebra crossings belongs to no theme").is_none(), "settled");
    assert!(window.says("Every subject leads to a theme, or was set apart. 1 subject set apart by hand."));
}

#[test]
fn the_period_goes_back_and_forth_by_its_length() {
    let mut window = Window::general();
    window.click("The period before");
    let view = window.app().complaints.view.clone().expect("a view");
    assert_eq!((view.from, view.to), (month("2012-10"), month("2012-12")));
    window.cell("Staffing levels, PALS: 18");
    window.click("The period after");
    window.cell("Staffing levels, PALS: no data");
}

#[test]
fn without_signals_the_tab_says_what_it_is_for_and_offers_the_first_steps() {
    let mut window = Window::on(Desk::with_plan());
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    window.harness.run_steps(3);
    window.until("it is looked for", |app| app.complaints.view.is_some());
    window.harness.get_by_label("No signals yet");
    for step in [Command::ImportSignals, Command::AddSignal, Command::Providers] {
        assert!(!window.harness.get_by_label(step.offer().name).accesskit_node().is_disabled(), "{step:?}");
    }
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    window.harness.run_steps(3);
    assert_eq!(window.app().tab, recap::ui::Tab::ActionPlan, "the numbers follow the rail");
}

#[test]
fn a_narrow_window_keeps_what_can_be_said_a_click_away() {
    let mut window = Window::general();
    window.harness.set_size(egui::vec2(1024.0, 768.0));
    window.harness.run_steps(4);
    assert!(!window.says("Watch level"), "the matrix has the room");
    window.click("What we can say");
    assert!(window.says("Watch level"), "over the matrix");
    window.click("Close what we can say");
    assert!(!window.says("Watch level"), "away again");
}
