//! What is deleted takes with it what is about it, and comes back whole.

use super::*;
use crate::model::due::Month;
use crate::model::signal::Source;
use crate::model::triangulation::ReceiptState;
use crate::model::{Plan, Value, Watch, intent};

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn plan() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None).apply(&mut plan).expect("a new plan");
    let mut edit = EditBuilder::new(&plan, "Add");
    for name in ["hospital", "clinic"] {
        edit.put(&Provider { id: id(name), name: name.into(), ..Provider::default() });
        let (source, month) = (Source::Complaint, Month { year: 2013, month: 4 });
        edit.put(&Receipt {
            id: Receipt::id_of(id(name), source, month),
            provider: id(name),
            source: Some(source),
            month: Some(month),
            state: Some(ReceiptState::Late),
            note: "Asked twice".into(),
        });
    }
    for name in ["care", "food"] {
        edit.put(&SignalTheme { id: id(name), title: name.into(), ..SignalTheme::default() });
        edit.put(&Subject { id: Subject::id_of(id("plan"), name), text: name.into(), theme: Some(id(name)) });
    }
    edit.put(&Batch { id: id("batch"), provider: Some(id("hospital")), ..Batch::default() });
    let finding = |name: &str| NotedFinding {
        id: id(name),
        provider: Some(id("hospital")),
        theme: Some(id("care")),
        judgement: name.into(),
        ..NotedFinding::default()
    };
    edit.put(&Action { id: id("action"), text: "Ask them".into(), ..Action::default() });
    edit.put(&Recommendation { id: id("rec"), reference: "9".into(), ..Recommendation::default() });
    for name in ["first", "second"] {
        edit.put(&finding(name));
        for row in [id("action"), id("rec")] {
            edit.put(&FindingLink { id: FindingLink::id_of(id(name), row), finding: id(name), row });
        }
    }
    let watch = WatchLevel { provider: id("hospital"), level: Some(Watch::Enhanced), ..WatchLevel::default() };
    edit.put(&WatchLevel { id: id("watch"), finding: Some(id("first")), ..watch.clone() });
    edit.put(&WatchLevel { id: id("elsewhere"), provider: id("clinic"), finding: Some(id("first")), ..watch });
    let rebase = |name: &str, provider: &str| Rebase {
        id: id(name),
        provider: id(provider),
        source: Some(Source::Complaint),
        theme: Some(id("care")),
        ..Rebase::default()
    };
    edit.put(&rebase("rebase", "hospital"));
    edit.put(&rebase("rebase elsewhere", "clinic"));
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// The fields of rows that name a row which the plan has not.
fn dangling(plan: &Plan) -> Vec<String> {
    let mut found = Vec::new();
    for (entity, row) in Entity::ALL.iter().flat_map(|kind| plan.ids(*kind).into_iter().map(move |row| (*kind, row))) {
        for (field, value) in plan.filled(entity, row) {
            let Value::Text(text) = value else { continue };
            let Ok(other) = text.parse::<Id>() else { continue };
            if !Entity::ALL.iter().any(|kind| plan.has(*kind, other)) {
                found.push(format!("{entity}.{field}"));
            }
        }
    }
    found
}

/// The plan without a row; that nothing dangles and undo brings all of it back is wanted here.
fn without(entity: Entity, row: &str) -> Plan {
    let before = plan();
    assert_eq!(dangling(&before), Vec::<String>::new(), "to begin with");
    let mut edit = EditBuilder::new(&before, "Delete");
    super::row(&mut edit, entity, id(row));
    let edit = edit.finish();
    let mut after = before.clone();
    edit.apply(&mut after).expect("fits");
    assert!(!after.has(entity, id(row)), "{row} is gone");
    assert_eq!(dangling(&after), Vec::<String>::new(), "without {row}");
    let mut undone = after.clone();
    edit.inverse("Undo").apply(&mut undone).expect("fits");
    assert_eq!(undone, before, "undo brings all of it back");
    after
}

#[test]
fn a_provider_goes_with_what_is_its_own_and_findings_stay() {
    let after = without(Entity::Provider, "hospital");
    assert_eq!((after.receipts.len(), after.watch_levels.len(), after.rebases.len()), (1, 1, 1), "the clinic's stay");
    assert_eq!((after.findings.len(), after.findings[&id("first")].provider), (2, None));
    assert_eq!(after.batches[&id("batch")].provider, None);
}

#[test]
fn a_theme_of_signals_goes_with_its_subjects_and_charts() {
    let after = without(Entity::SignalTheme, "care");
    assert_eq!((after.subjects.len(), after.rebases.len()), (1, 0), "the other theme keeps its subject");
    assert_eq!((after.findings.len(), after.findings[&id("second")].theme), (2, None));
}

#[test]
fn a_finding_goes_with_its_links_and_what_it_led_to_stays() {
    let after = without(Entity::NotedFinding, "first");
    assert_eq!((after.finding_links.len(), after.watch_levels.len(), after.actions.len()), (2, 2, 1));
    assert_eq!(after.watch_levels[&id("watch")].finding, None);
}

#[test]
fn an_action_or_recommendation_goes_with_its_links_to_findings() {
    for (entity, row) in [(Entity::Action, "action"), (Entity::Recommendation, "rec")] {
        let after = without(entity, row);
        assert_eq!((after.findings.len(), after.finding_links.len()), (2, 2), "{row}");
    }
}

#[test]
fn rows_that_nothing_hangs_on_go_alone() {
    for (entity, row) in [(Entity::Batch, "batch"), (Entity::WatchLevel, "watch"), (Entity::Rebase, "rebase")] {
        let (before, after) = (plan(), without(entity, row));
        let count = |plan: &Plan| Entity::ALL.iter().map(|kind| plan.ids(*kind).len()).sum::<usize>();
        assert_eq!(count(&after), count(&before) - 1, "{row}");
    }
}
