use super::*;
use crate::model::due::Month;
use crate::model::intelligence::themes_of;
use crate::model::signal::Source;
use crate::model::triangulation::ReceiptState;
use crate::model::{
    Action, Batch, Edit, Id, NotedFinding, Plan, Provider, Rebase, Receipt, Recommendation, SignalTheme, Subject,
    intent,
};

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn month(text: &str) -> Month {
    Month::parse(text).expect("a month")
}

fn plan() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(id("plan"), "NHS Northmoor CCG", "Plan", None).apply(&mut plan).expect("fits");
    let hospitals = Provider { id: id("h"), name: "Northmoor Hospitals".into(), ..Provider::default() };
    let edit = add_provider(&plan, hospitals);
    apply(&mut plan, &edit);
    plan
}

/// Applies an edit, and checks that taking it back leaves nothing behind.
fn apply(plan: &mut Plan, edit: &Edit) {
    let before = plan.clone();
    edit.apply(plan).expect("fits");
    let mut back = plan.clone();
    edit.inverse("Undo").apply(&mut back).expect("is taken back");
    assert_eq!(back, before, "{} is taken back whole", edit.label);
}

fn theme(title: &str) -> Id {
    SignalTheme::id_of(id("plan"), title)
}

fn titles(plan: &Plan) -> Vec<String> {
    plan.signal_themes_in_order().iter().map(|row| row.title.clone()).collect()
}

#[test]
fn the_first_edit_of_a_theme_makes_the_shipped_ones_the_plans_own_in_their_order() {
    let mut plan = plan();
    let shipped: Vec<String> = themes_of(&plan).into_iter().map(|row| row.title).collect();
    assert_eq!(shipped.len(), 14, "those that ship are shown");
    let edit = rename_signal_theme(&plan, theme("Staffing levels"), "Enough staff");
    apply(&mut plan, &edit);
    let renamed: Vec<String> = shipped.iter().map(|title| title.replace("Staffing levels", "Enough staff")).collect();
    assert_eq!(titles(&plan), renamed, "one was renamed, all are there, in their order");
    assert!(put_signal_themes(&plan).is_empty(), "they are put once");
    let edit = add_signal_theme(&plan, id("parking"), " Parking ");
    apply(&mut plan, &edit);
    assert_eq!(titles(&plan).last().map(String::as_str), Some("Parking"), "a new one stands last");
    let edit = move_signal_theme(&plan, id("parking"), Some(theme("Medication")));
    apply(&mut plan, &edit);
    let order = titles(&plan);
    let place = |title: &str| order.iter().position(|one| one == title).expect("is there");
    assert_eq!(place("Parking") + 1, place("Medication"), "right before the other");
}

#[test]
fn merging_themes_leads_all_their_subjects_on_but_those_that_a_person_put_elsewhere() {
    let mut plan = plan();
    let (from, into) = (theme("Staffing levels"), theme("Patient safety"));
    let edit = map_subject(&plan, "Too few nurses", Some(from));
    apply(&mut plan, &edit);
    let edit = map_subject(&plan, "Staff numbers", None);
    apply(&mut plan, &edit);
    let edit = merge_signal_themes(&plan, from, into, &["Staffing (nursing)".to_owned()]);
    apply(&mut plan, &edit);
    let leads = |text: &str| plan.subjects.get(&Subject::id_of(id("plan"), text)).map(|row| row.theme);
    assert_eq!(leads("Too few nurses"), Some(Some(into)), "mapped by a person");
    assert_eq!(leads("staffing (nursing)"), Some(Some(into)), "in use, by the shipped list");
    assert_eq!(leads("Staff numbers"), Some(None), "set apart by a person");
    assert_eq!(titles(&plan).len(), 13, "one theme fewer");
    assert!(merge_signal_themes(&plan, into, into, &[]).is_empty(), "with itself nothing is merged");
    assert!(merge_signal_themes(&plan, from, into, &[]).is_empty(), "one that is gone cannot be");
}

#[test]
fn a_renamed_provider_is_still_known_by_its_old_name() {
    let mut plan = plan();
    let edit = rename_provider(&plan, id("h"), "Northmoor University Hospitals");
    apply(&mut plan, &edit);
    assert_eq!(plan.providers[&id("h")].aliases, "Northmoor Hospitals", "the old name");
    let edit = add_alias(&plan, id("h"), "RX1\n");
    apply(&mut plan, &edit);
    assert!(add_alias(&plan, id("h"), "northmoor  hospitals").is_empty(), "known already");
    assert_eq!(plan.providers[&id("h")].aliases.lines().count(), 2, "a line each");
}

#[test]
fn an_import_is_one_edit_and_what_came_is_received_whatever_was_said() {
    let mut plan = plan();
    let months = [month("2013-04"), month("2013-05")];
    let edit = set_receipts(&plan, id("h"), &[Source::Complaint], &months, Some(ReceiptState::Late), "rang them");
    apply(&mut plan, &edit);
    let taken = Taken {
        batch: Batch { id: id("batch"), name: "may.csv".into(), ..Batch::default() },
        providers: vec![Provider { id: id("c"), name: "Northmoor Community".into(), ..Provider::default() }],
        aliases: vec![(id("c"), "NCH".into()), (id("h"), "RX1".into())],
        receipts: vec![
            Covers { provider: id("h"), source: Source::Complaint, from: month("2013-05"), to: month("2013-06") },
            Covers { provider: id("c"), source: Source::Complaint, from: month("2013-06"), to: month("2013-06") },
            Covers { provider: id("nobody"), source: Source::Complaint, from: month("2013-06"), to: month("2013-06") },
        ],
        label: "Import 12 complaints from may.csv".into(),
    };
    let edit = take_batch(&plan, &taken);
    assert_eq!(edit.label, taken.label, "one entry");
    apply(&mut plan, &edit);
    let state = |provider: &str, at: &str| {
        let id = Receipt::id_of(id(provider), Source::Complaint, month(at));
        plan.receipts.get(&id).and_then(|row| row.state)
    };
    assert_eq!(state("h", "2013-04"), Some(ReceiptState::Late), "not covered");
    assert_eq!(state("h", "2013-05"), Some(ReceiptState::Received), "it came");
    assert_eq!(state("c", "2013-06"), Some(ReceiptState::Received), "of the new provider");
    assert_eq!(plan.receipts.len(), 4, "nothing of a provider that is none");
    assert_eq!(
        plan.receipts[&Receipt::id_of(id("h"), Source::Complaint, month("2013-05"))].note,
        "rang them",
        "the note stays"
    );
    let orders: Vec<&str> = plan.providers_in_order().iter().map(|row| row.name.as_str()).collect();
    assert_eq!(orders, ["Northmoor Hospitals", "Northmoor Community"], "the new one last");
    assert_eq!(plan.providers[&id("c")].aliases, "NCH", "an alias of a new one");
    let edit = set_receipts(&plan, id("h"), &[Source::Complaint], &months, None, "");
    apply(&mut plan, &edit);
    assert_eq!(plan.receipts.len(), 2, "what was said is taken back");
}

#[test]
fn a_finding_leads_to_an_action_made_there_and_then() {
    let mut plan = plan();
    let mut edit = crate::model::EditBuilder::new(&plan, "Fill");
    edit.put(&Recommendation { id: id("133"), reference: "133".into(), ..Recommendation::default() });
    edit.finish().apply(&mut plan).expect("fits");
    let finding =
        NotedFinding { id: id("f"), provider: Some(id("h")), judgement: "Look".into(), ..NotedFinding::default() };
    let action = Action { id: id("a"), text: "Visit the ward".into(), ..Action::default() };
    let edit = note_finding(&plan, &finding, &[], &[id("133")], Some(action));
    apply(&mut plan, &edit);
    for row in ["a", "133"] {
        let found: Vec<Id> = plan.findings_about(id(row)).iter().map(|row| row.id).collect();
        assert_eq!(found, [id("f")], "{row} shows the finding");
    }
    let served: Vec<Id> = plan.served_by(id("a")).iter().map(|row| row.id).collect();
    assert_eq!(served, [id("133")], "the action serves the recommendation");
    let edit = unlink_finding(&plan, id("f"), id("133"));
    apply(&mut plan, &edit);
    assert!(plan.findings_about(id("133")).is_empty(), "taken off");
    let edit = delete_finding(&plan, id("f"));
    apply(&mut plan, &edit);
    assert!(plan.finding_links.is_empty() && plan.actions.contains_key(&id("a")), "its links go, the action stays");
}

#[test]
fn a_chart_is_rebased_once_at_a_month() {
    let mut plan = plan();
    let rebase = |name: &str, reason: &str| Rebase {
        id: id(name),
        provider: id("h"),
        source: Some(Source::Complaint),
        theme: None,
        month: Some(month("2013-05")),
        reason: reason.into(),
    };
    let edit = rebase_chart(&plan, &rebase("one", "New form"));
    apply(&mut plan, &edit);
    let edit = rebase_chart(&plan, &rebase("two", "New complaints form"));
    apply(&mut plan, &edit);
    let reasons: Vec<&str> = plan.rebases.values().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["New complaints form"], "one mark, the newer reason");
}
