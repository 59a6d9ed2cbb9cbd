//! Rows that signals bring with them, for the tests of every way out and back; and what history says of them.
#![expect(clippy::expect_used, reason = "a helper of a test fails as the test does")]

use chrono::NaiveDate;
use recap::model::due::Month;
use recap::model::signal::{Hardness, Held, Measure, MeasureFact, Scoring, Signal, Source};
use recap::model::triangulation::ReceiptState;
use recap::model::{
    Batch, Edit, EditBuilder, Entity, FindingLink, Id, NotedFinding, Plan, Provider, Rebase, Receipt, SignalTheme,
    Subject, Value, Watch, WatchLevel, intent, order,
};

pub(crate) fn id(name: &str) -> Id {
    Id::NIL.derive(&["intelligence", name])
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

fn month(text: &str) -> Month {
    Month::parse(text).expect("a month")
}

/// The sort keys of two rows as imports give them.
fn first() -> String {
    order::after("", 2).swap_remove(0)
}

fn second() -> String {
    order::after("", 2).swap_remove(1)
}

/// A plan without a row of those kinds: what tests of them begin with.
pub(crate) fn without_intelligence(mut plan: Plan) -> Plan {
    plan.providers.clear();
    plan.signal_themes.clear();
    plan.subjects.clear();
    plan.receipts.clear();
    plan.batches.clear();
    plan.findings.clear();
    plan.finding_links.clear();
    plan.watch_levels.clear();
    plan.rebases.clear();
    plan
}

/// Rows of each kind; the findings lead to the plan's first action and bear on its first recommendation.
pub(crate) fn some_intelligence(plan: &Plan) -> Edit {
    let mut edit = EditBuilder::new(plan, "Add providers and what is known of them");
    providers(&mut edit);
    for (source, text, state, note) in [
        (Source::Complaint, "2013-04", ReceiptState::Received, "None"),
        (Source::Complaint, "2013-05", ReceiptState::Late, ""),
        (Source::Incident, "2013-04", ReceiptState::NeverAsked, "0"),
    ] {
        let (provider, month) = (id("hospital"), month(text));
        let id = Receipt::id_of(provider, source, month);
        let (source, month, state) = (Some(source), Some(month), Some(state));
        edit.put(&Receipt { id, provider, source, month, state, note: note.into() });
    }
    themes(&mut edit, plan.id());
    edit.put(&Batch {
        id: id("batch"),
        name: "datix-april.csv".into(),
        source: Some(Source::Complaint),
        provider: Some(id("hospital")),
        taken_on: day("2013-05-03"),
        by_hand: false,
        from: Some(month("2013-04")),
        to: Some(month("2013-05")),
        kept: "Outcome".into(),
        header: "ref|first received".into(),
        roles: "reference\nreceived".into(),
        outcome: "120 new, 3 updated".into(),
    });
    edit.put(&Batch { id: id("by hand"), name: "A phone call".into(), by_hand: true, ..Batch::default() });
    findings(&mut edit);
    edit.put(&Rebase {
        id: id("rebase"),
        provider: id("hospital"),
        source: Some(Source::Complaint),
        theme: Some(id("communication")),
        month: Some(month("2013-02")),
        reason: "The ward moved".into(),
    });
    edit.finish()
}

fn providers(edit: &mut EditBuilder<'_>) {
    edit.put(&Provider {
        id: id("hospital"),
        order: first(),
        name: "Northmoor General Hospital".into(),
        kind: "acute hospital".into(),
        aliases: "NGH\nNorthmoor Hospitals".into(),
        board_response: "Asked for in May".into(),
        action_plan: "None".into(),
    });
    edit.put(&Provider {
        id: id("community"),
        order: second(),
        name: "Northmoor Community Services".into(),
        ..Provider::default()
    });
}

fn themes(edit: &mut EditBuilder<'_>, plan: Id) {
    edit.put(&SignalTheme {
        id: id("communication"),
        order: first(),
        title: "Communication".into(),
        not_asked: "incident\nstaff survey".into(),
    });
    let shipped = "Falls";
    edit.put(&SignalTheme {
        id: SignalTheme::id_of(plan, shipped),
        order: second(),
        title: shipped.into(),
        ..SignalTheme::default()
    });
    for (text, theme) in
        [("Not told of a delay", Some("communication")), ("Car park", None), ("Told late", Some("communication"))]
    {
        edit.put(&Subject { id: Subject::id_of(plan, text), text: text.into(), theme: theme.map(id) });
    }
}

fn findings(edit: &mut EditBuilder<'_>) {
    let plan = edit.plan();
    edit.put(&NotedFinding {
        id: id("finding"),
        provider: Some(id("hospital")),
        theme: Some(id("communication")),
        from: Some(month("2013-04")),
        to: Some(month("2013-06")),
        verdict: "corroborated".into(),
        sources: "complaint\nincident".into(),
        judgement: "Two wards do not tell families".into(),
        date: day("2013-07-02"),
    });
    edit.put(&NotedFinding { id: id("all"), judgement: "Nothing else".into(), ..NotedFinding::default() });
    let recommendation = plan.recommendations_in_order().first().map(|row| row.id);
    for row in recommendation.into_iter().chain(plan.actions.keys().next().copied()) {
        edit.put(&FindingLink { id: FindingLink::id_of(id("finding"), row), finding: id("finding"), row });
    }
    edit.put(&WatchLevel {
        id: id("routine"),
        provider: id("hospital"),
        level: Some(Watch::Routine),
        ..WatchLevel::default()
    });
    edit.put(&WatchLevel {
        id: id("enhanced"),
        provider: id("hospital"),
        level: Some(Watch::Enhanced),
        date: day("2013-07-03"),
        reason: "Complaints and incidents agree".into(),
        review: day("2013-10-01"),
        shared: "CQC, 4 July".into(),
        finding: Some(id("finding")),
    });
}

/// Signals that say all there is to say, and next to nothing.
pub(crate) fn some_signals() -> Vec<Held> {
    let whole = Signal {
        key: "C/2013/17".into(),
        reference: "C/2013/17".into(),
        received: day("2013-06-03"),
        happened: day("2013-05-31"),
        due: day("2013-07-15"),
        closed: day("2013-07-01"),
        month: Some(month("2013-06")),
        subjects: vec!["Not told of a delay".into(), "None".into()],
        service: "Surgery".into(),
        specialty: "Urology".into(),
        site: "Ward 4".into(),
        state: "0".into(),
        outcome: "Partially Upheld".into(),
        grade: "No".into(),
        adverse: Some(true),
        handling_concern: Some(false),
        learning: "Say who calls whom".into(),
        improvement: "A board on the ward".into(),
        hardness: Hardness::Soft,
        text: "Summary\n\"He said\" \u{1f600}".into(),
        row: 7,
        ..Signal::new(Source::Complaint)
    };
    let bare = Signal { key: id("content").to_string(), ..Signal::new(Source::PatientStory) };
    let nobodys = Signal { key: "9".into(), provider_given: "Somewhere".into(), ..Signal::new(Source::Pals) };
    vec![
        Held { number: 0, provider: Some(id("hospital")), signal: whole },
        Held { number: 0, provider: Some(id("community")), signal: bare },
        Held { number: 0, provider: None, signal: nobodys },
    ]
}

/// Measures with and without a base, with a nought, and with more digits than most.
pub(crate) fn some_measures() -> Vec<MeasureFact> {
    let measure = |numerator, denominator| Measure {
        source: Source::FriendsAndFamily,
        provider_given: String::new(),
        provider: None,
        month: month("2013-04"),
        months: 3,
        what: "A&E".into(),
        numerator,
        denominator,
        scoring: Some(Scoring::NetScore),
        service: "Emergency".into(),
        site: "None".into(),
        row: 2,
    };
    let plain = Measure {
        source: Source::StaffSurvey,
        months: 12,
        scoring: None,
        service: String::new(),
        site: String::new(),
        row: 0,
        ..measure(0.1 + 0.2, None)
    };
    let of = |provider: &str, measure| MeasureFact { provider: Some(id(provider)), measure };
    vec![
        of("hospital", measure(-12.0, Some(60.0))),
        of("hospital", Measure { what: "Wards".into(), ..measure(0.0, Some(0.0)) }),
        of("community", plain),
        MeasureFact { provider: None, measure: measure(7.123_456_789_012_345, Some(1e300)) },
    ]
}

/// A plan made with nothing but those rows.
fn plan() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None).apply(&mut plan).expect("a new plan");
    some_intelligence(&plan).apply(&mut plan).expect("fits");
    plan
}

#[test]
fn rows_are_named_as_people_call_them() {
    let plan = plan();
    let receipt = Receipt::id_of(id("hospital"), Source::Complaint, month("2013-04"));
    for (entity, row, name) in [
        (Entity::Provider, id("hospital"), "provider Northmoor General Hospital"),
        (Entity::SignalTheme, id("communication"), "theme of signals Communication"),
        (Entity::Subject, Subject::id_of(plan.id(), "Car park"), "subject of signals Car park"),
        (Entity::Receipt, receipt, "receipt from Northmoor General Hospital: complaint, April 2013"),
        (Entity::Batch, id("batch"), "batch of signals datix-april.csv"),
        (
            Entity::NotedFinding,
            id("finding"),
            "finding: Northmoor General Hospital, Communication, April 2013 to June 2013",
        ),
        (Entity::NotedFinding, id("all"), "finding: all providers, all themes"),
        (Entity::WatchLevel, id("enhanced"), "level of watch of Northmoor General Hospital"),
        (Entity::Rebase, id("rebase"), "re-basing of a chart of Northmoor General Hospital, complaint"),
        (Entity::Provider, id("nobody"), "provider"),
        (Entity::Recommendation, id("nobody"), "recommendation"),
    ] {
        assert_eq!(intent::row_name(&plan, entity, row), name);
    }
}

#[test]
fn values_that_are_ids_are_told_as_names() {
    let plan = plan();
    let words = |field: &str, name: &str| intent::value_words(&plan, field, &Value::Text(id(name).to_string()));
    assert_eq!(words("provider", "community"), "Northmoor Community Services");
    assert_eq!(words("theme", "communication"), "Communication", "a theme of signals as well as one of the plan");
    assert_eq!(words("finding", "all"), "all providers, all themes");
    assert_eq!(intent::value_words(&plan, "by_hand", &Value::Int(0)), "no");
    let said = intent::set_field(&plan, Entity::Provider, id("hospital"), "board_response", Value::Text("Here".into()));
    assert_eq!(said.expect("fits").label, "Change board response of provider Northmoor General Hospital");
}
