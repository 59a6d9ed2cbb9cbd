//! Gaps of whole plans: what the three real documents hold, what the paper says, what is kept and shared.

use crate::import::{S0, S1, S4, import_into, seed};
use crate::out::{day, new_plan, options, sample};
use recap::model::compare::Withheld;
use recap::model::gap::{Asked, Rule, asked, place};
use recap::model::{Acceptance, Entity, Index, Plan, Recommendation, intent};
use recap::report::{self, ReportName, csv};

/// What is asked of a plan, as at a date.
fn gaps(plan: &Plan, as_at: &str) -> Vec<Asked> {
    asked(plan, &Index::of(plan), day(as_at), &Withheld::default())
}

/// The references at which a rule finds something, in the grid's order.
fn at(plan: &Plan, rule: Rule) -> Vec<String> {
    let index = Index::of(plan);
    let all = gaps(plan, "2013-05-28").into_iter().filter(|one| one.gap.rule == rule);
    all.map(|one| place(plan, &index, one.gap.entity, one.gap.row).reference).collect()
}

/// How many gaps each rule finds, those that find none left out.
fn counts(plan: &Plan) -> Vec<(Rule, usize)> {
    let all = gaps(plan, "2013-05-28");
    let count = |rule: &Rule| (*rule, all.iter().filter(|one| one.gap.rule == *rule).count());
    Rule::ALL.iter().map(count).filter(|(_, count)| *count > 0).collect()
}

/// A plan made of a real document, where it is at hand.
fn of(name: &str) -> Option<Plan> {
    let bytes = seed(name)?;
    let mut plan = new_plan();
    import_into(&mut plan, name, &bytes);
    Some(plan)
}

/// The other row that a gap of a rule at a reference is about, by its reference.
fn other(plan: &Plan, rule: Rule, reference: &str) -> Option<String> {
    let index = Index::of(plan);
    let all = gaps(plan, "2013-05-28");
    let found = all
        .iter()
        .find(|one| one.gap.rule == rule && place(plan, &index, one.gap.entity, one.gap.row).reference == reference)?;
    let (entity, row) = found.gap.other?;
    (entity == Entity::Recommendation).then(|| place(plan, &index, entity, row).reference)
}

#[test]
fn wiltshires_plan_breaks_three_promises_and_one_reference() {
    let Some(plan) = of(S4) else { return };
    assert_eq!(at(&plan, Rule::Promise), ["138", "141", "144"], "promised, and nothing in the action plan is about it");
    assert_eq!(at(&plan, Rule::Unlinked), ["136", "142", "143"], "something there may be meant");
    assert_eq!(at(&plan, Rule::Reference), ["131"], "\"As above\"; the other references say what they claim");
    let wanted = [
        (Rule::Promise, 3),
        (Rule::Unlinked, 3),
        (Rule::Reference, 1),
        (Rule::NoDecision, 22),
        (Rule::NoOwner, 19),
        // those under a responsibility with one timescale inherit it
        (Rule::NoDue, 9),
    ];
    assert_eq!(counts(&plan), wanted);
}

#[test]
fn coventrys_plan_says_seven_things_that_should_be_done_and_three_twice() {
    let Some(plan) = of(S1) else { return };
    assert_eq!(at(&plan, Rule::Need), ["3", "7", "12", "132", "134", "139", "173"], "\"The CCG should …\", no action");
    let twice = ["124", "133", "140"].map(|reference| other(&plan, Rule::Repeated, reference).unwrap_or_default());
    assert_eq!(twice, ["17", "109", "35"], "the same position under two numbers");
    let wanted = [(Rule::Need, 7), (Rule::Repeated, 3), (Rule::NoDecision, 36), (Rule::Yearly, 1)];
    assert_eq!(counts(&plan), wanted, "it answers recommendation 1, and no progress was ever published");
}

#[test]
fn tower_hamlets_plan_has_actions_without_owner_or_due_and_a_blank_position() {
    let Some(plan) = of(S0) else { return };
    assert_eq!(at(&plan, Rule::NoPosition), ["126"]);
    assert_eq!(at(&plan, Rule::Need), ["142"], "\"in place but needs developing\"");
    let wanted =
        [(Rule::Need, 1), (Rule::NoPosition, 1), (Rule::NoDecision, 17), (Rule::NoOwner, 10), (Rule::NoDue, 10)];
    assert_eq!(counts(&plan), wanted);
}

#[test]
fn an_accepted_recommendation_of_the_real_plan_without_action_is_found_once_it_is_decided() {
    let Some(mut plan) = of(S4) else { return };
    let row = plan.recommendation("francis-2013", "128").expect("it is there").id;
    let accept = |row: &mut Recommendation| row.acceptance = Some(Acceptance::Accepted);
    intent::update(&plan, row, "Accept it", accept).apply(&mut plan).expect("fits");
    assert_eq!(at(&plan, Rule::NoAction), ["128"]);
    assert!(!at(&plan, Rule::NoDecision).contains(&"128".to_owned()), "it is decided");
}

/// The sample with two of its gaps answered.
fn answered() -> Plan {
    let mut plan = sample();
    let all = gaps(&plan, "2013-05-28");
    let undecided: Vec<_> = all.iter().filter(|one| one.gap.rule == Rule::NoDecision).map(|one| &one.gap).collect();
    let reason = "The board decides in July\n• the paper is written";
    intent::answer_gaps(&plan, &undecided, reason, day("2013-06-03")).apply(&mut plan).expect("fits");
    plan
}

#[test]
fn the_paper_tells_open_gaps_by_kind_and_the_answered_ones_last() {
    let plan = answered();
    let paper = report::build(&plan, &Index::of(&plan), ReportName::Gaps, &options());
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("gaps", paper.to_text());
    });
}

#[test]
fn a_plan_without_gaps_prints_a_paper_that_says_so() {
    let plan = new_plan();
    let paper = report::build(&plan, &Index::of(&plan), ReportName::Gaps, &options());
    assert!(paper.to_text().contains("No gaps were found"), "{}", paper.to_text());
}

#[test]
fn the_table_has_a_row_a_gap_with_what_was_said_to_it() {
    let plan = answered();
    let index = Index::of(&plan);
    let bytes = csv::write(&plan, &index, ReportName::Gaps, &options()).expect("writes").bytes;
    let text = String::from_utf8(bytes).expect("text");
    let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    let place = |name: &str| header.iter().position(|title| title == name).expect("a column");
    let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), gaps(&plan, "2013-05-28").len());
    let last: Vec<_> = rows.iter().rev().take(2).collect();
    for row in &last {
        assert_eq!((&row[place("Gap")], &row[place("Answered")]), ("No decision", "yes"));
        assert_eq!(
            (&row[place("Answered on")], row[place("Reason")].lines().next()),
            ("2013-06-03", Some("The board decides in July"))
        );
    }
    assert!(rows.iter().rev().skip(2).all(|row| &row[place("Answered")] == "no"), "the open ones first");
}
