//! Two plans beside each other, from two files to what a person takes over: session, reports and the verb.

use crate::cli::Shell;
use crate::session::Desk;
use crate::store::{id, stamp};
use chrono::NaiveDate;
use recap::app::{Level, Session, begin};
use recap::model::compare::{Comparison, Filter, Side, Status, Withheld};
use recap::model::intent::Adopt;
use recap::model::{
    Action, ActionState, EditBuilder, Id, Index, Link, Plan, PlanInfo, Position, PositionState, Responsibility, Update,
};
use recap::report::{self, Compared, ReportName, Source};
use recap::store::{Foreign, PlanFile};
use std::path::Path;

pub(crate) fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

/// Makes a plan file of an organisation: four recommendations, what it says and does.
pub(crate) fn make(path: &Path, organisation: &str, fill: impl FnOnce(&mut EditBuilder<'_>)) -> Plan {
    let first = begin::new_plan_edit(organisation, "123-126").expect("in the catalogue");
    let mut file = PlanFile::create(path, &first, &stamp(0)).expect("makes a plan");
    let plan = file.read().expect("reads");
    let mut edit = EditBuilder::new(&plan, "Fill");
    edit.update::<PlanInfo>(plan.id(), |info| info.as_at = Some(day("2013-05-28")));
    fill(&mut edit);
    file.commit(&edit.finish(), &stamp(100)).expect("commits");
    file.read().expect("reads")
}

pub(crate) fn reference(plan: &Plan, number: &str) -> Id {
    plan.recommendation("francis-2013", number).expect("in the plan").id
}

pub(crate) fn position(edit: &mut EditBuilder<'_>, number: &str, text: &str, state: PositionState) {
    let recommendation = reference(edit.plan(), number);
    let id = recommendation.derive(&["position"]);
    let as_at = Some(day("2013-05-01"));
    edit.put(&Position { id, recommendation, as_at, text: text.into(), state: Some(state) });
}

#[expect(clippy::needless_pass_by_value, reason = "actions are made where they are put")]
pub(crate) fn action(edit: &mut EditBuilder<'_>, number: &str, action: Action) {
    let recommendation = reference(edit.plan(), number);
    let id = Link::id_of(recommendation, action.id);
    edit.put(&Link { id, recommendation, action: action.id, order: "1".into() });
    edit.put(&action);
}

/// Ours: a position that differs in a word, one joint action, one action in the same words, one of our own.
pub(crate) fn ours(path: &Path) -> Plan {
    make(path, "NHS Northmoor CCG", |edit| {
        position(edit, "123", "Monthly report to the Board", PositionState::InPlace);
        position(edit, "124", "Quality schedule in every contract", PositionState::Partly);
        let joint = Action { id: id("joint"), text: "Agree one visit plan".into(), ..Action::default() };
        action(edit, "123", joint);
        action(edit, "124", Action { id: id("ours same"), text: "Audit the contracts".into(), ..Action::default() });
        action(edit, "125", Action { id: id("ours"), text: "Train the contract team".into(), ..Action::default() });
    })
}

/// Theirs: the joint action further on, with a note; a recommendation's position that we have not; an action alone.
pub(crate) fn theirs(path: &Path) -> Plan {
    make(path, "NHS Southmoor CCG", |edit| {
        position(edit, "123", "Quarterly report to the Board", PositionState::InPlace);
        position(edit, "124", "Quality schedule in every contract.", PositionState::Partly);
        position(edit, "126", "Handover file kept by the practice lead", PositionState::Gap);
        let joint = Action {
            id: id("joint"),
            text: "Agree one visit plan".into(),
            state: ActionState::InProgress,
            owner: "Head of quality".into(),
            due_words: "July 2013".into(),
            ..Action::default()
        };
        action(edit, "123", joint);
        edit.put(&Update {
            id: id("their note"),
            action: id("joint"),
            date: Some(day("2013-05-20")),
            note: "First draft with the providers".into(),
            ..Update::default()
        });
        action(
            edit,
            "124",
            Action { id: id("theirs same"), text: "• audit the contracts".into(), ..Action::default() },
        );
        let mapped = Action {
            id: id("theirs"),
            text: "Map who keeps which record".into(),
            owner: "Practice lead".into(),
            state: ActionState::Complete,
            due_words: "June 2013".into(),
            ..Action::default()
        };
        action(edit, "126", mapped);
        edit.put(&Responsibility { id: id("hear"), text: "Hear from patients".into(), ..Responsibility::default() });
    })
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("there")
}

/// A session with our plan open beside theirs.
fn beside() -> Desk {
    let mut desk = Desk::new();
    ours(&desk.path("ours.db"));
    theirs(&desk.path("theirs.db"));
    let (mine, other) = (desk.path("ours.db"), desk.path("theirs.db"));
    desk.session.open_plan(&mine, recap::app::worker::OpenFor::Editing);
    desk.until("ours is open", |session| session.open.is_some());
    desk.session.compare_with(&other);
    desk.until("they are compared", compared);
    desk
}

/// Whether what is shown is of the plan as it is.
fn compared(session: &Session) -> bool {
    let of = session.comparing.as_ref().and_then(recap::app::Comparing::stamp);
    session.open.as_ref().is_some_and(|open| of.is_some_and(|of| of.0 == open.revision))
}

fn statuses(session: &Session) -> Vec<(String, Status)> {
    let (Some(open), Some(comparing)) = (&session.open, &session.comparing) else { return Vec::new() };
    let comparison = comparing.comparison.as_ref().expect("compared");
    let name = |id: Option<Id>| id.and_then(|id| open.plan.recommendations.get(&id)).map(|row| row.reference.clone());
    comparison.rows.iter().map(|row| (name(row.mine).unwrap_or_default(), row.status)).collect()
}

#[test]
fn two_files_are_compared_and_neither_changes() {
    let desk = beside();
    let found = statuses(&desk.session);
    let of = |reference: &str, status| (reference.to_owned(), status);
    let wanted = [
        of("123", Status::Differs),
        of("124", Status::Same),
        of("125", Status::Differs),
        of("126", Status::Differs),
        of("", Status::OnlyTheirs),
    ];
    assert_eq!(found, wanted);
    let comparing = desk.session.comparing.as_ref().expect("beside");
    assert!(comparing.theirs.said().is_empty() && !comparing.is_copy_of(desk.plan().id()));
    let recent = desk.session.settings.compared.first().expect("remembered");
    assert_eq!((recent.organisation.as_str(), recent.as_at), ("NHS Southmoor CCG", Some(day("2013-05-28"))));
    let theirs_before = bytes(&desk.path("theirs.db"));
    assert!(!desk.path("theirs.db-journal").exists() && !desk.path("theirs.db.open").exists(), "nothing beside it");
    assert_eq!(theirs_before, bytes(&desk.path("theirs.db")));
}

#[test]
fn what_is_taken_over_is_saved_named_and_seen_as_joint_at_the_next_compare() {
    let mut desk = beside();
    let before = bytes(&desk.path("theirs.db"));
    desk.session.adopt(Adopt::Action { theirs: id("theirs") });
    desk.saved();
    desk.until("it is compared anew", compared);
    let plan = desk.plan();
    let row = &plan.actions[&id("theirs")];
    assert_eq!((row.owner.as_str(), row.state), ("Practice lead", ActionState::NotStarted));
    let taken = plan.remarks.values().find(|remark| remark.row == row.id).expect("its source");
    assert_eq!((taken.label.as_str(), taken.text.as_str()), ("Taken from", "NHS Southmoor CCG's plan of 28 May 2013"));
    let comparing = desk.session.comparing.as_ref().expect("beside");
    let comparison = comparing.comparison.as_ref().expect("compared");
    let of_126 = comparison.rows.iter().find(|row| row.mine == Some(reference(&plan, "126"))).expect("there");
    assert!(of_126.is_joint() && of_126.has_progress(), "they have done it, and that is seen: {of_126:?}");
    let label = "Take over an action from NHS Southmoor CCG's plan of 28 May 2013";
    let undo = desk.session.open.as_ref().and_then(|open| open.reversible.undo.clone());
    assert_eq!(undo.as_deref(), Some(label));
    desk.session.adopt(Adopt::Action { theirs: id("theirs") });
    desk.saved();
    assert_eq!(*desk.plan(), *plan, "twice changes nothing");
    assert!(desk.session.notices.iter().any(|notice| notice.text == "Nothing was taken over"), "and it is said");
    desk.session.undo();
    desk.until("it is taken back", |session| {
        session.open.as_ref().is_some_and(|open| !open.plan.actions.contains_key(&id("theirs")))
    });
    assert!(bytes(&desk.path("theirs.db")) == before, "their file is as it was");
}

#[test]
fn a_position_is_taken_over_as_a_new_one_of_our_date() {
    let mut desk = beside();
    let (mine, theirs) = {
        let theirs = &desk.session.comparing.as_ref().expect("beside").theirs.plan;
        (reference(&desk.plan(), "123"), reference(theirs, "123"))
    };
    desk.session.adopt(Adopt::Position { mine, theirs });
    desk.saved();
    let plan = desk.plan();
    let texts: Vec<_> = plan.positions_of(mine).iter().map(|row| (row.as_at, row.text.clone())).collect();
    let wanted = [
        (Some(day("2013-05-01")), "Monthly report to the Board"),
        (Some(day("2013-05-28")), "Quarterly report to the Board"),
    ];
    assert_eq!(texts, wanted.map(|(date, text)| (date, text.to_owned())));
    desk.until("it is compared anew", compared);
    let differs = desk.session.comparing.as_ref().and_then(|comparing| comparing.comparison.as_ref());
    let row = differs.and_then(|found| found.rows.iter().find(|row| row.mine == Some(mine))).expect("there");
    assert!(!row.differs.words().contains("position"), "now they say the same: {}", row.differs.words());
}

#[test]
fn a_file_that_cannot_be_compared_is_said_and_the_plan_stays() {
    let mut desk = beside();
    std::fs::write(desk.path("letter.docx"), b"PK\x03\x04....word/document.xml").expect("writes");
    let letter = desk.path("letter.docx");
    desk.session.compare_with(&letter);
    desk.until("it is refused", |session| session.notices.iter().any(|notice| notice.level == Level::Problem));
    let told = desk.session.notices.last().expect("said").text.clone();
    assert!(told.contains("cannot be compared") && told.contains("Word document"), "{told}");
    assert!(desk.session.comparing.is_some(), "what was beside stays");
    let mine = desk.path("ours.db");
    desk.session.open_plan(&mine, recap::app::worker::OpenFor::Editing);
    desk.until("another plan is open", |session| session.comparing.is_none());
}

/// Both plans as a report takes them.
struct Two {
    ours: (Plan, Index),
    theirs: (Plan, Index),
    comparison: Comparison,
}

impl Two {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (a, b) = (ours(&folder.path().join("a.db")), theirs(&folder.path().join("b.db")));
        Self::of(a, b)
    }

    fn of(a: Plan, b: Plan) -> Self {
        let (ours, theirs) = (Index::of(&a), Index::of(&b));
        let none = Withheld::default();
        let as_at = day("2013-05-28");
        let side = |plan, index| Side { plan, index, as_at, withheld: &none };
        let comparison = Comparison::of(side(&a, &ours), side(&b, &theirs));
        Self { ours: (a, ours), theirs: (b, theirs), comparison }
    }

    fn with<T>(&self, filter: &Filter, notes: &[String], what: impl FnOnce(Source<'_>) -> T) -> T {
        let none = Withheld::default();
        let as_at = day("2013-05-28");
        let mine = Side { plan: &self.ours.0, index: &self.ours.1, as_at, withheld: &none };
        let theirs = Side { plan: &self.theirs.0, index: &self.theirs.1, as_at, withheld: &none };
        let compared = Compared { mine, theirs, comparison: &self.comparison, filter, notes };
        what(Source::new(&self.ours.0, &self.ours.1).beside(compared))
    }
}

fn options() -> report::Options {
    report::Options { as_at: day("2013-05-28"), compact: false, alarm_days: None, generated: crate::store::at(0) }
}

#[test]
fn the_paper_for_a_cluster_meeting() {
    let notes = vec!["3 rows of their file could not be used as they stand; the rest is compared.".to_owned()];
    let paper = Two::new().with(&Filter::default(), &notes, |source| source.paper(ReportName::Compare, &options()));
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => true }, {
        insta::assert_snapshot!("comparison", paper.to_text());
    });
}

#[test]
fn what_is_filtered_is_said_in_every_form() {
    let two = Two::new();
    let filter = Filter { status: Some(Status::Same), text: "contract".into(), ..Filter::default() };
    let said = "only what is the same, only rows that hold \"contract\"";
    let text = two.with(&filter, &[], |source| source.paper(ReportName::Compare, &options()).to_text());
    assert!(text.contains(&format!("Not all is shown: {said}")), "{text}");
    assert!(text.contains("Audit the contracts") && !text.contains("Train the contract team"), "{text}");
    let folder = tempfile::tempdir().expect("a folder");
    for ending in ["pdf", "docx", "html", "xlsx", "csv"] {
        let to = folder.path().join(format!("both.{ending}"));
        two.with(&filter, &[], |source| source.export(ReportName::Compare, &options(), &to, &|_| Ok(())))
            .expect("writes");
        assert!(bytes(&to).len() > 200, "{ending}");
    }
    let csv = String::from_utf8(bytes(&folder.path().join("both.csv"))).expect("text");
    let mut lines = csv.lines();
    let heading = lines.next().expect("headings");
    assert!(
        heading.contains("NHS Northmoor CCG: position,") && heading.contains("NHS Southmoor CCG: position,"),
        "{heading}"
    );
    assert_eq!(lines.count(), 2, "a recommendation and its action: {csv}");
    let refused = two.with(&filter, &[], |source| {
        source.export(ReportName::Compare, &options(), &folder.path().join("both.ics"), &|_| Ok(()))
    });
    assert!(refused.is_err_and(|error| error.to_string().contains("one plan")), "no calendar of two");
    let alone = Source::new(&two.ours.0, &two.ours.1);
    let refused = alone.export(ReportName::Compare, &options(), &folder.path().join("none.xlsx"), &|_| Ok(()));
    assert!(refused.is_err_and(|error| error.to_string().contains("no plan is compared")), "nothing beside it");
}

/// Blank, none and not shared are three things on paper too.
#[test]
fn what_is_not_shared_is_said_and_never_blank() {
    let two = Two::new();
    let withheld = Withheld::new(["position".to_owned(), "action.owner".to_owned()].into());
    let none = Withheld::default();
    let as_at = day("2013-05-28");
    let mine = Side { plan: &two.ours.0, index: &two.ours.1, as_at, withheld: &none };
    let theirs = Side { plan: &two.theirs.0, index: &two.theirs.1, as_at, withheld: &withheld };
    let comparison = Comparison::of(mine, theirs);
    let filter = Filter::default();
    let compared = Compared { mine, theirs, comparison: &comparison, filter: &filter, notes: &[] };
    let paper = Source::new(&two.ours.0, &two.ours.1).beside(compared).paper(ReportName::Compare, &options());
    let text = paper.to_text();
    assert!(text.contains("Position (not shared)") && text.contains("Owner (not shared)"), "{text}");
    let json = report::compare::json(&compared);
    let first = &json["recommendations"][0];
    assert!(first["theirs"]["position"].is_null(), "{first}");
    assert_eq!(first["theirs"]["not_shared"], serde_json::json!(["position", "state"]));
}

fn shell() -> Shell {
    let shell = Shell::new();
    ours(&shell.path("ours.db"));
    theirs(&shell.path("theirs.db"));
    shell
}

#[test]
fn the_verb_says_what_differs_and_changes_neither_file() {
    let shell = shell();
    let before = (bytes(&shell.path("ours.db")), bytes(&shell.path("theirs.db")));
    let words = shell.done("compare ours.db theirs.db");
    for wanted in [
        "NHS Northmoor CCG's plan of 28 May 2013; NHS Southmoor CCG's plan of 28 May 2013",
        "Of 4 recommendations: 1 the same, 3 different",
        "Differs\n  123 ",
        "1 joint action",
        "Only NHS Southmoor CCG\n  Key responsibility: Hear from patients",
    ] {
        assert!(words.contains(wanted), "{wanted:?} in {words}");
    }
    let value = shell.json("compare ours.db theirs.db", 0);
    let rows = value["recommendations"].as_array().expect("a list");
    let told: Vec<_> = rows.iter().map(|row| (row["reference"].as_str(), row["status"].as_str())).collect();
    let wanted = [("123", "differs"), ("124", "same"), ("125", "differs"), ("126", "differs")];
    assert_eq!(told, wanted.map(|(reference, status)| (Some(reference), Some(status))));
    assert_eq!(rows[0]["mine"]["position"], "Monthly report to the Board");
    assert_eq!(rows[0]["theirs"]["position"], "Quarterly report to the Board");
    assert_eq!(rows[0]["actions"][0]["joint"], true);
    assert_eq!(rows[0]["actions"][0]["news"][0]["note"], "First draft with the providers");
    assert!(rows[2]["theirs"]["position"].is_null() && rows[2]["theirs"]["id"].is_string(), "blank, and there");
    assert_eq!(value["theirs"]["organisation"], "NHS Southmoor CCG");
    assert_eq!((value["bad"].as_array().map(Vec::len), value["ignored"].as_array().map(Vec::len)), (Some(0), Some(0)));
    assert!(before == (bytes(&shell.path("ours.db")), bytes(&shell.path("theirs.db"))), "as they were");
}

#[test]
fn the_verb_looks_at_another_date_and_writes_a_file() {
    let shell = shell();
    let value = shell.json("compare ours.db theirs.db --as-at 2013-04-01", 0);
    assert_eq!(value["recommendations"][0]["mine"]["position"], serde_json::Value::Null, "before the first position");
    for ending in ["pdf", "docx", "html", "xlsx", "csv"] {
        let words = shell.done(&format!("compare ours.db theirs.db --out both.{ending}"));
        assert!(
            words.ends_with(&format!("Wrote both.{ending}\n")) || words.ends_with(&format!("Wrote both.{ending}")),
            "{words}"
        );
        assert!(shell.path(&format!("both.{ending}")).exists());
    }
    assert_eq!(shell.run("compare ours.db theirs.db --out both.txt").status, Some(2), "no such kind");
    let before = bytes(&shell.path("theirs.db"));
    assert_eq!(shell.run("compare ours.db theirs.db --out theirs.db").status, Some(3), "never over a plan");
    assert!(before == bytes(&shell.path("theirs.db")));
}

#[test]
fn the_verb_lists_what_was_bad_and_refuses_what_is_no_plan() {
    let shell = shell();
    let tool = rusqlite::Connection::open(shell.path("theirs.db")).expect("opens");
    tool.execute_batch(
        "PRAGMA foreign_keys = OFF; DELETE FROM \"action\" WHERE text LIKE 'Map%'; CREATE VIEW spy AS SELECT 1;",
    )
    .expect("runs");
    drop(tool);
    let value = shell.json("compare ours.db theirs.db", 0);
    assert_eq!(value["bad"][0]["table"], "link", "{}", value["bad"]);
    assert_eq!(value["bad"][0]["why"], "its action is not there; left out");
    assert_eq!(value["ignored"], serde_json::json!(["the view spy"]));
    let words = shell.done("compare ours.db theirs.db");
    assert!(words.contains("could not be used") && words.contains("the view spy"), "{words}");
    std::fs::write(shell.path("letter.db"), b"Dear colleague").expect("writes");
    let refused = shell.run("compare ours.db letter.db");
    assert_eq!(refused.status, Some(3), "{}", refused.message);
    assert!(refused.message.contains("a text file"), "{}", refused.message);
    assert_eq!(shell.run("compare ours.db none.db").status, Some(4));
    let copy = shell.json("compare ours.db ours.db", 0);
    assert_eq!(copy["one_plan"], true);
    assert_eq!(copy["counts"]["same"], 4);
}

/// Real documents of two CCGs, where they are at hand.
#[test]
fn two_real_plans_compare() {
    let seeds = Path::new("/work/shared/seeds");
    if !seeds.exists() {
        println!("skipped: the real documents are not here");
        return;
    }
    let mut documents: Vec<_> =
        std::fs::read_dir(seeds).expect("reads").map(|entry| entry.expect("an entry").path()).collect();
    documents.sort();
    let shell = Shell::new();
    for (name, sources) in [("a", &documents[..1]), ("b", &documents[1..])] {
        shell.done(&format!("new {name}.db --organisation {name}"));
        for source in sources {
            let ran = shell.run(&format!("import {name}.db {} --as-at 2013-05-28", source.display()));
            assert!(matches!(ran.status, Some(0 | 1)), "{}", ran.message);
        }
    }
    let value = shell.json("compare a.db b.db", 0);
    let back = shell.json("compare b.db a.db", 0);
    let count = |value: &serde_json::Value, status: &str| value["counts"][status].as_u64().expect("a number");
    assert!(count(&value, "differs") > 5 && count(&value, "only theirs") > 5, "{}", value["counts"]);
    assert_eq!(count(&value, "only mine"), count(&back, "only theirs"), "turned round, the same turned round");
    assert_eq!(count(&value, "differs"), count(&back, "differs"));
    assert_eq!(value["bad"].as_array().map(Vec::len), Some(0));
    let file = Foreign::read(&shell.path("b.db")).expect("reads");
    assert!(file.is_clean() && !file.plan.recommendations.is_empty());
}
