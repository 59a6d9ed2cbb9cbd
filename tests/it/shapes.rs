//! Tables as other organisations make them: made-up ones of many shapes, each for what it is known for.

use recap::import::{
    self, Assigned, Level, Options, Proposal, Role, RowEdit, RowFate, RowHow, TableKind, TableReading,
};
use recap::model::catalogue::Catalogue;
use recap::model::{Action, ActionState, Id, Plan, PositionState, Recommendation, intent};

fn plan() -> Plan {
    let mut plan = Plan::default();
    let id = Id::NIL.derive(&["plan"]);
    intent::create_plan(id, "NHS Northmoor CCG", "Francis action plan", None).apply(&mut plan).expect("fits");
    plan
}

fn propose_with(plan: &Plan, name: &str, text: &str, ask: impl FnOnce(&mut Options<'_>)) -> Proposal {
    let catalogue = Catalogue::francis().expect("as shipped");
    let document = import::read(name, text.as_bytes()).expect("reads");
    let mut options = Options::new(&catalogue).as_at(chrono::NaiveDate::from_ymd_opt(2013, 5, 28));
    ask(&mut options);
    import::propose(plan, &document, &options).expect("understood")
}

/// Imports a document; checks that undo takes all of it back and that the same again changes nothing.
fn import_with(plan: &mut Plan, name: &str, text: &str, ask: impl Fn(&mut Options<'_>)) -> Proposal {
    let before = plan.clone();
    let proposal = propose_with(plan, name, text, &ask);
    let edit = proposal.edit(plan);
    edit.apply(plan).expect("fits");
    let mut undone = plan.clone();
    edit.inverse("Undo").apply(&mut undone).expect("fits");
    assert_eq!(undone, before, "one undo takes all of it back");
    let again = propose_with(plan, name, text, &ask).edit(plan);
    assert!(again.is_empty(), "again changes {:?}", again.changes.first());
    proposal
}

fn imported(name: &str, text: &str) -> (Plan, Proposal) {
    let mut plan = plan();
    let proposal = import_with(&mut plan, name, text, |_| ());
    (plan, proposal)
}

fn row<'p>(plan: &'p Plan, reference: &str) -> &'p Recommendation {
    plan.recommendation("francis-2013", reference).expect("the recommendation is in the plan")
}

fn position(plan: &Plan, reference: &str) -> (String, Option<PositionState>) {
    let found = plan.positions_of(row(plan, reference).id);
    let texts: Vec<&str> = found.iter().map(|row| row.text.as_str()).collect();
    (texts.join(" || "), found.last().and_then(|row| row.state))
}

fn actions(plan: &Plan, reference: &str) -> Vec<String> {
    plan.actions_of(row(plan, reference).id).iter().map(|action| action.text.clone()).collect()
}

fn action<'p>(plan: &'p Plan, text: &str) -> &'p Action {
    plan.actions.values().find(|action| action.text == text).expect("the action is in the plan")
}

fn remarks(plan: &Plan, of: Id) -> Vec<(String, String)> {
    let of = plan.remarks_in_order().into_iter().filter(|remark| remark.row == of);
    of.map(|remark| (remark.label.clone(), remark.text.clone())).collect()
}

fn remark(label: &str, text: &str) -> (String, String) {
    (label.to_owned(), text.to_owned())
}

fn evidence(plan: &Plan, reference: &str) -> Vec<(String, String)> {
    let index = recap::model::Index::of(plan);
    let found = index.evidence(plan, row(plan, reference).id);
    found.iter().map(|row| (row.kind.clone(), row.text.clone())).collect()
}

fn notes(proposal: &Proposal) -> String {
    proposal.notes.iter().map(|note| format!("{}: {}\n", note.line, note.text)).collect()
}

fn roles(table: &TableReading) -> Vec<Role> {
    table.columns.iter().map(|(_, role)| *role).collect()
}

// ---- shapes ----

#[test]
fn columns_stand_in_any_order_under_a_title_block() {
    let text = "NHS Northmoor CCG\t\t\t\t\t\n\
        Response to the inquiry\t\t\tVersion 3\t\t\n\
        2013\t\t\t\t\t\n\
        By when\tLead\tAction required\tRAG\tOur response\tRec no.\n\
        July 2013\tQuality Lead\tAgree the extract\tA\tA monthly report comes\tRec 120\n\
        August 2013\tHead of Contracting\tVisit the wards\tG\tSix visits since January\tR124\n";
    let (plan, proposal) = imported("a.txt", text);
    use Role::{Action as Do, Due, Owner, Position, Reference, State};
    assert_eq!(roles(&proposal.tables[0]), [Due, Owner, Do, State, Position, Reference]);
    assert_eq!(position(&plan, "120").0, "A monthly report comes");
    let done = action(&plan, "Visit the wards");
    assert_eq!((done.owner.as_str(), done.due_words.as_str()), ("Head of Contracting", "August 2013"));
    let fates: Vec<&RowFate> = proposal.tables[0].grid.iter().map(|row| &row.fate).collect();
    let recommendation = |reference: &str| RowFate::Recommendations(vec![reference.to_owned()]);
    let (title, header) = (RowFate::Title, RowFate::Header);
    assert_eq!(fates, [&title, &title, &title, &header, &recommendation("120"), &recommendation("124")]);
    assert!(notes(&proposal).contains("Version 3"), "the title block is told: {}", notes(&proposal));
}

#[test]
fn numbers_are_written_in_many_ways_and_a_row_may_be_for_several() {
    let text = "Recs,Current position,Actions\n\
        Rec 123,Alerts come in,Ask the practices\n\
        R124,Contracts are signed,\n\
        125.,Schemes are signed,\n\
        126 & 127,Handed over,Count the posts\n\
        \"132-134\",Monitored each month,Write the steps\n";
    let (plan, _) = imported("a.csv", text);
    let references: Vec<&str> = plan.recommendations_in_order().iter().map(|row| row.reference.as_str()).collect();
    assert_eq!(references, ["123", "124", "125", "126", "127", "132", "133", "134"]);
    for reference in ["132", "133", "134"] {
        assert_eq!(position(&plan, reference).0, "Monitored each month", "each has the position");
        assert_eq!(actions(&plan, reference), ["Write the steps"], "and the action");
    }
    assert_eq!(plan.actions.len(), 3, "one action for three recommendations, not three");
    assert_eq!(plan.served_by(action(&plan, "Count the posts").id).len(), 2, "126 and 127");
}

#[test]
fn a_counter_of_the_rows_is_no_recommendations_number_where_a_column_says_it_has_them() {
    for counter in ["Ask", "No."] {
        let text = format!(
            "{counter}\tRec no\tOur position\tActions\n1\t123\tAlerts come in\tAsk the practices\n\
             2\tR124\tContracts are signed\tRead them\n3\t125 & 126\tSchemes are signed\t\n"
        );
        let (plan, _) = imported("a.txt", &text);
        let references: Vec<&str> = plan.recommendations_in_order().iter().map(|row| row.reference.as_str()).collect();
        assert_eq!(references, ["123", "124", "125", "126"], "{counter}");
    }
}

#[test]
fn a_table_without_a_header_is_read_as_the_one_before_it() {
    let text = "<h2>Commissioning</h2><table>\
        <tr><th>No</th><th>Gaps</th><th>What we do now</th><th>Next steps</th><th>Who</th></tr>\
        <tr><td>123</td><td>Nothing is read</td><td>Alerts come in</td><td>Write the form</td><td>Chief Nurse</td></tr>\
        </table><h2>Local scrutiny</h2><table>\
        <tr><td>138</td><td>There is no plan</td><td>Plans are asked for</td><td>Ask each trust</td><td>Chair</td></tr>\
        </table><p>Those who were there: the whole group.</p><table>\
        <tr><td>Dr Smith</td><td>Chair</td><td>Northmoor</td><td>GP</td><td>present</td></tr></table>";
    let (plan, proposal) = imported("a.html", text);
    assert_eq!(position(&plan, "138").0, "Plans are asked for\nGap: There is no plan");
    assert_eq!(action(&plan, "Ask each trust").owner, "Chair");
    assert!(notes(&proposal).contains("read as those of the table before it"), "{}", notes(&proposal));
    assert_eq!(plan.actions.len(), 2, "a table of other things is none: {}", notes(&proposal));
    let said = [Assigned { table: 0, column: 1, role: Role::Assurance }];
    let proposal = propose_with(&plan, "a.html", text, |options| options.columns = said.to_vec());
    assert_eq!(roles(&proposal.tables[1])[1], Role::Assurance, "what is said of the first holds for the second");
}

#[test]
fn a_row_that_is_called_something_else_is_not_put_to_the_one_above() {
    let text = "Rec no\tOur position\tActions\n136\tMinutes are kept\tSet up a panel\n\
        138 (i)\tPlans are asked for.\tAsk the trusts\n138 (ii)\tNone came\t\nTotal\t3\t2\n";
    let (plan, proposal) = imported("a.txt", text);
    assert_eq!(position(&plan, "136").0, "Minutes are kept");
    assert_eq!(position(&plan, "138").0, "Plans are asked for.\nNone came");
    assert_eq!(actions(&plan, "136"), ["Set up a panel"]);
    let said = notes(&proposal);
    assert!(said.contains("\"138 (i)\" is read as 138"), "{said}");
    assert!(said.contains("\"Total\" is no recommendation's number: Total | 3 | 2"), "{said}");
    assert_eq!(proposal.tables[0].grid[4].fate, RowFate::NotTaken);
}

#[test]
fn rows_marked_continued_go_on_with_the_row_before() {
    let text = "Rec | Recommendation | Current position | Actions\n---|---|---|---\n\
        109 | Methods of complaint | Three ways to reach us: letter, telephone and | Add a web form\n\
        109 (cont.) | | e-mail, with a leaflet. | Print in large print\n\
        120 | Access to data | Monthly numbers | Agree the extract\n\
        | | Access to data (continued) | No themes yet. | Ask for themes\n";
    let (plan, proposal) = imported("a.md", text);
    assert_eq!(proposal.rows.len(), 2, "{}", notes(&proposal));
    assert_eq!(position(&plan, "109").0, "Three ways to reach us: letter, telephone and e-mail, with a leaflet.");
    assert!(position(&plan, "120").0.ends_with("No themes yet."), "{:?}", position(&plan, "120"));
    assert!(!row(&plan, "120").shown_text().contains("continued"), "the mark is no word of the recommendation");
    assert_eq!(proposal.tables[0].grid[2].fate, RowFate::GoesOn(vec!["109".into()]));
}

#[test]
fn gap_evidence_and_assurance_have_places() {
    let text = "Ref\tCurrent position\tGap\tEvidence\tSources of assurance\n\
        109\tThree ways to reach us\tNo form in large print\tLeaflet, 2012 edition\tMonthly report to the Quality Committee\n\
        120\tA monthly report\tNone\tLeaflet, 2012 edition\tN/A\n";
    let (plan, _) = imported("a.txt", text);
    assert_eq!(position(&plan, "109").0, "Three ways to reach us\nGap: No form in large print", "printed with it");
    assert_eq!(position(&plan, "120").0, "A monthly report\nGap: None", "that there is none is said");
    let (leaflet, report) =
        (remark("", "Leaflet, 2012 edition"), remark("assurance", "Monthly report to the Quality Committee"));
    assert_eq!(evidence(&plan, "109"), [leaflet.clone(), report]);
    assert_eq!(evidence(&plan, "120"), [leaflet]);
    assert_eq!(plan.evidence.len(), 2, "one leaflet behind two recommendations");
    assert_eq!(remarks(&plan, row(&plan, "120").id), [remark("Sources of assurance", "N/A")], "no evidence, and kept");
}

#[test]
fn several_bullets_of_evidence_are_several_things() {
    let text = "<table><tr><th>No</th><th>Our response</th><th>Evidence</th></tr>\
        <tr><td>139</td><td>Tested by visits</td><td><ul><li>Visit notes</li><li>Ward survey</li></ul></td></tr></table>";
    let (plan, _) = imported("a.html", text);
    let texts: Vec<String> = evidence(&plan, "139").into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["Visit notes", "Ward survey"]);
}

#[test]
fn a_colour_is_the_positions_state_or_the_actions_by_where_it_stands() {
    let of_position = "Rec\tCurrent position\tRAG\tAction\tLead\n\
        120\tA monthly report\tAmber\tAgree the extract\tQuality Lead\n\
        124\tSigned\tGreen\t\t\n\
        129\tNothing yet\tR\t\t\n\
        140\tWe sit on the group\tA/G\t\t\n";
    let (plan, _) = imported("a.txt", of_position);
    let states = ["120", "124", "129", "140"].map(|reference| position(&plan, reference).1);
    use PositionState::{Gap, InPlace, Partly};
    assert_eq!(states, [Some(Partly), Some(InPlace), Some(Gap), None]);
    assert_eq!(action(&plan, "Agree the extract").state, ActionState::NotStarted, "not the action's");
    assert_eq!(remarks(&plan, row(&plan, "140").id), [remark("RAG", "A/G")], "what is not understood is kept");

    let of_actions = "Rec\tCurrent position\tAction\tLead\tRAG\n\
        120\tA monthly report\tAgree the extract\tQuality Lead\tG\n\
        124\tSigned\tVisit the wards\tQuality Lead\tComplete\n";
    let (plan, proposal) = imported("a.txt", of_actions);
    assert_eq!(position(&plan, "120").1, None, "not the position's");
    let agreed = action(&plan, "Agree the extract");
    assert_eq!(agreed.state, ActionState::InProgress, "green alone closes no action");
    assert_eq!(remarks(&plan, agreed.id), [remark("RAG", "G")], "and its letter is kept");
    let visited = action(&plan, "Visit the wards");
    assert_eq!((visited.state, remarks(&plan, visited.id).len()), (ActionState::Complete, 0), "a word says it all");
    assert!(
        proposal.notes.iter().any(|note| note.level == Level::Kept && note.text.contains("\"RAG\": G")),
        "and told"
    );
}

#[test]
fn a_key_says_what_the_colours_mean() {
    let text = "RAG key: Red = not started, Amber = in progress, Green = complete\n\n\
        Action\tLead\tBy when\tRAG\n\
        Agree the extract\tQuality Lead\tJuly 2013\tGreen\n\
        Visit the wards\tQuality Lead\tJuly 2013\tR\n";
    let (plan, _) = imported("a.txt", text);
    assert_eq!(action(&plan, "Agree the extract").state, ActionState::Complete, "as the key says");
    assert_eq!(action(&plan, "Visit the wards").state, ActionState::NotStarted);
    assert!(plan.remarks.is_empty(), "nothing is left to keep: {:?}", plan.remarks);
}

#[test]
fn an_action_plan_alone_has_progress_and_a_column_of_its_own() {
    let text = "Key responsibility\tActions\tLead\tTimescale\tProgress to date\tCost code\n\
        Hear from patients\tAsk carers\tPatient lead\tJuly 2013\tForty asked\tK9\n\
        Hear from patients (cont.)\tVisit the wards\tPatient lead\tAugust 2013\t\t\n\
        Act early\tWrite the ladder\tChief Nurse\tongoing\tDrafted\tK11\n";
    let (plan, proposal) = imported("a.txt", text);
    assert_eq!(proposal.tables[0].kind, TableKind::ActionPlan);
    assert_eq!(plan.responsibilities.len(), 2, "the second row goes on");
    let asked = action(&plan, "Ask carers");
    assert_eq!(plan.updates_of(asked.id)[0].note, "Forty asked", "progress on the action");
    assert_eq!(remarks(&plan, asked.id), [remark("Cost code", "K9")]);
    let note = proposal.notes.iter().find(|note| note.text.contains("Cost code")).expect("it is told");
    assert!(note.level == Level::Kept && note.text.contains("beside 2 rows") && note.text.contains("K9"), "{note:?}");
}

#[test]
fn two_columns_of_positions_are_a_position_and_progress() {
    let text = "Rec;Our response;Progress to date;Action\n\
        120;We ask every month;Two of three trusts answer;\n\
        124;Signed in May;Visits begun;Visit the wards\n";
    let (plan, _) = imported("a.csv", text);
    let words = "We ask every month\nProgress to date: Two of three trusts answer";
    assert_eq!(position(&plan, "120").0, words, "without an action it belongs to the position");
    assert_eq!(position(&plan, "124").0, "Signed in May");
    assert_eq!(plan.updates_of(action(&plan, "Visit the wards").id)[0].note, "Visits begun", "with one, to that");
}

#[test]
fn a_header_of_two_lines_names_its_columns() {
    let text = "Rec\tCurrent position\tAction plan\t\t\n\
        \t\tWhat we will do\tWho\tWhen\n\
        120\tA monthly report\tAgree the extract\tQuality Lead\tJuly 2013\n";
    let (plan, proposal) = imported("a.txt", text);
    let agreed = action(&plan, "Agree the extract");
    assert_eq!(
        (agreed.owner.as_str(), agreed.due_words.as_str()),
        ("Quality Lead", "July 2013"),
        "{}",
        notes(&proposal)
    );
}

#[test]
fn a_table_of_numbers_states_and_owners_keeps_the_owners() {
    let text = "No\tStandard\tCCG response\tLead\tBy when\n\
        120\tAccess to complaints\tA monthly report comes from the support unit\tQuality Lead\tJuly 2013\n";
    let (plan, _) = imported("a.txt", text);
    assert!(plan.actions.is_empty(), "nothing says what is to be done");
    let kept = [remark("Lead", "Quality Lead"), remark("By when", "July 2013")];
    assert_eq!(remarks(&plan, row(&plan, "120").id), kept, "but who and when are kept");
}

#[test]
fn an_answer_beside_the_position_is_the_ccgs_own() {
    let text = "Rec,Our response,Current position\n120,Accepted,A monthly report\n124,Accepted in part,Signed\n126,Yes,Done\n127,Maybe,Five posts\n";
    let (plan, proposal) = imported("a.csv", text);
    use recap::model::Acceptance::{Accepted, InPart};
    let answers = ["120", "124", "126", "127"].map(|reference| row(&plan, reference).acceptance);
    assert_eq!(answers, [Some(Accepted), Some(InPart), Some(Accepted), None], "{:?}", roles(&proposal.tables[0]));
    assert_eq!(remarks(&plan, row(&plan, "127").id), [remark("Our response", "Maybe")]);
}

// ---- what a cell says ----

#[test]
fn two_actions_in_one_cell_are_two() {
    let cases: &[(&str, &[&str])] = &[
        ("Agree the extract; review the contract", &["Agree the extract", "review the contract"]),
        ("(a) Agree the extract (b) Review the contract", &["Agree the extract", "Review the contract"]),
        ("(i) Agree the extract; and (ii) review the contract", &["Agree the extract", "review the contract"]),
        ("1. Agree the extract 2. Review the contract", &["Agree the extract", "Review the contract"]),
        ("Agree the extract<br>Review the contract", &["Agree the extract", "Review the contract"]),
        (
            "Agree the extract, the dates and the form; themes are to follow",
            &["Agree the extract, the dates and the form; themes are to follow"],
        ),
        ("We will: (a) agree it; (b) review it", &["We will: (a) agree it; (b) review it"]),
    ];
    for (cell, expected) in cases {
        let text = format!(
            "Rec | Current position | Actions | Lead\n---|---|---|---\n120 | A report | {cell} | Quality Lead\n"
        );
        let (plan, _) = imported("a.md", &text);
        assert_eq!(actions(&plan, "120"), *expected, "{cell}");
        assert!(plan.actions.values().all(|action| action.owner == "Quality Lead"), "one owner for all: {cell}");
    }
}

#[test]
fn dates_and_owners_that_are_marked_alike_belong_to_their_actions() {
    let text = "Rec | Position | Actions | Lead | By when\n---|---|---|---|---\n\
        120 | A report | (a) Agree the extract (b) Review the contract | (a) Quality Lead (b) Head of Contracting | (a) July 2013 (b) May 2014\n";
    let (plan, _) = imported("a.md", text);
    let told = |text: &str| (action(&plan, text).owner.clone(), action(&plan, text).due_words.clone());
    assert_eq!(told("Agree the extract"), remark("Quality Lead", "July 2013"));
    assert_eq!(told("Review the contract"), remark("Head of Contracting", "May 2014"));
    assert!(plan.open_choices().is_empty(), "the document pairs them itself: {:?}", plan.open_choices());
}

#[test]
fn none_and_not_applicable_and_a_dash_stay_three_answers() {
    let text = "Rec\tCurrent position\tActions\tLead\n120\tNone\tNone\tNone\n124\tN/A\tN/A\tN/A\n126\t-\t-\t-\n127\tNo\tNo\tNo\n132\t0\t\t\n";
    let (plan, proposal) = imported("a.txt", text);
    for (reference, words) in [("120", "None"), ("124", "N/A"), ("126", "-")] {
        assert_eq!(position(&plan, reference).0, words, "the position as written");
        let kept = [remark("Actions", words), remark("Lead", words)];
        assert_eq!(remarks(&plan, row(&plan, reference).id), kept, "the answer as written");
        assert!(actions(&plan, reference).is_empty(), "and no action is made of it");
    }
    assert_eq!(actions(&plan, "127"), ["No"], "no is none of these");
    assert_eq!(position(&plan, "132").0, "0", "nor is nought");
    assert!(notes(&proposal).contains("stands \"N/A\""), "{}", notes(&proposal));
}

#[test]
fn an_answer_in_a_row_for_two_recommendations_is_each_ones() {
    let (plan, _) = imported("a.txt", "Rec\tCurrent position\tActions\n126 & 127\tIn place\tN/A\n");
    for reference in ["126", "127"] {
        assert_eq!(remarks(&plan, row(&plan, reference).id), [remark("Actions", "N/A")], "{reference}");
    }
}

// ---- what a person decides ----

const UNKNOWN: &str =
    "Rec\tCurrent position\tPriority\tWatch list\n120\tA monthly report\tHigh\tYes\n124\tSigned\tLow\t\n";

#[test]
fn a_column_that_is_not_understood_is_kept_and_comes_back_from_json() {
    let (plan, proposal) = imported("a.txt", UNKNOWN);
    let kept = [remark("Priority", "High"), remark("Watch list", "Yes")];
    assert_eq!(remarks(&plan, row(&plan, "120").id), kept, "with its heading");
    assert!(plan.remarks.values().all(|remark| remark.source.starts_with("a.txt, ")), "and where it stood");
    let told = proposal.notes.iter().filter(|note| note.level == Level::Kept).count();
    assert_eq!(told, 2, "once a column: {}", notes(&proposal));
    let json = recap::report::json::write(&plan, &[], &[]);
    let mut again = Plan::default();
    let edit = import::json::read(&json, &again).expect("reads").edit;
    edit.apply(&mut again).expect("fits");
    assert_eq!(again.remarks, plan.remarks, "there and back");
}

#[test]
fn a_column_can_be_given_a_meaning_or_left_out() {
    let mut plan = plan();
    let proposal = import_with(&mut plan, "a.txt", UNKNOWN, |options| {
        options.columns = vec![
            Assigned { table: 0, column: 2, role: Role::Action },
            Assigned { table: 0, column: 3, role: Role::Ignore },
        ];
    });
    assert_eq!(actions(&plan, "120"), ["High"], "as asked");
    assert!(plan.remarks.is_empty(), "left out means left out");
    assert!(notes(&proposal).contains("Left out, as you asked: column \"Watch list\""), "{}", notes(&proposal));
}

#[test]
fn tables_of_one_shape_have_one_key() {
    let key = |text: &str| propose_with(&plan(), "a.txt", text, |_| ()).tables[0].layout_key();
    let other = "REC\tCurrent  position\tPriority\tWatch list\n139\tTested\tHigh\tNo\n";
    assert_eq!(key(UNKNOWN), key(other), "however it is spaced and spelt in capitals");
    assert_ne!(key(UNKNOWN), key("Rec\tCurrent position\tPriority\n139\tTested\tHigh\n"), "a column less");
}

const CUT: &str = "Rec\tCurrent position\tActions\n\
    120\tThe report comes monthly from the\tAgree the extract\n\
    \tSupport unit. It is late\tReview the\n\
    124\tSigned\tVisit the wards\n";

#[test]
fn rows_can_be_joined_and_left_out() {
    let asked = |row, how| move |options: &mut Options<'_>| options.rows = vec![RowEdit { table: 0, row, how }];
    let mut joined = plan();
    let proposal = import_with(&mut joined, "a.txt", CUT, asked(2, RowHow::JoinToAbove));
    assert_eq!(
        position(&joined, "120").0,
        "The report comes monthly from the Support unit. It is late",
        "one sentence"
    );
    assert_eq!(proposal.tables[0].grid[2].fate, RowFate::GoesOn(vec!["120".into()]));
    assert_eq!(proposal.tables[0].grid[2].edited, Some(RowHow::JoinToAbove));

    let mut without = plan();
    let proposal = import_with(&mut without, "a.txt", CUT, asked(3, RowHow::Leave));
    assert!(without.recommendation("francis-2013", "124").is_none(), "left out");
    assert_eq!(proposal.tables[0].grid[3].fate, RowFate::LeftOut);
    assert!(notes(&proposal).contains("4: Left out, as you asked: 124 | Signed"), "{}", notes(&proposal));
}

#[test]
fn a_row_that_was_healed_can_be_parted() {
    let cut = "Rec | Current position | Actions\n---|---|---\n120 | Monthly report | Agree the extract with the\n\n\
        Rec | Current position | Actions\n---|---|---\n| | | trust and the board\n";
    let (healed, _) = imported("a.md", cut);
    assert_eq!(actions(&healed, "120"), ["Agree the extract with the trust and the board"], "over the page");
    let mut parted = plan();
    import_with(&mut parted, "a.md", cut, |options| {
        options.rows = vec![RowEdit { table: 0, row: 3, how: RowHow::OfItsOwn }];
    });
    assert_eq!(
        actions(&parted, "120"),
        ["Agree the extract with the", "trust and the board"],
        "unless a person says so"
    );
}

#[test]
fn a_row_before_the_first_recommendation_is_noted_with_its_place() {
    let text = "Rec\tRecommendation\tCurrent position\n\tSome words of nobody's. They belong nowhere.\tMore\n120\tAccess\tMonthly\n";
    let (_, proposal) = imported("a.txt", text);
    let note = proposal.notes.iter().find(|note| note.text.contains("words of nobody's")).expect("it is told");
    assert_eq!((note.line, note.level), (2, Level::Unread), "{note:?}");
    assert_eq!(proposal.tables[0].grid[1].fate, RowFate::NotTaken);
}

// ---- names ----

const SLIP: &str = "Rec\tPosition\tActions\tLead\tPartners\n\
    120\tMonthly\tAgree the extract\tAccountable Officer\tNHS Eastmere CCG\n\
    124\tSigned\tVisit the wards\tAccountable Officer\tNHS Eastmere CCG\n\
    126\tDone\tRead the files\tAccountable Oficer\tNHS Eastmer CCG\n\
    127\tFive posts\tCount the posts\tAccountable Oficer\t\n\
    132\tMonthly\tWrite the steps\tAccountable Officer\t\n";

#[test]
fn a_name_that_is_almost_another_is_offered_and_stays_as_written_unasked() {
    let (plan, proposal) = imported("a.txt", SLIP);
    let offered: Vec<_> = proposal
        .names
        .iter()
        .map(|name| (name.field, name.written.as_str(), name.instead.as_str(), name.actions))
        .collect();
    let expected = [
        ("owner", "Accountable Oficer", "Accountable Officer", 2),
        ("partners", "NHS Eastmer CCG", "NHS Eastmere CCG", 1),
    ];
    assert_eq!(offered, expected, "once a name, for all its actions");
    assert_eq!(action(&plan, "Read the files").owner, "Accountable Oficer", "as written");
}

#[test]
fn a_name_counts_once_a_cell_and_where_no_action_is_made_too() {
    let offered = |text: &str| {
        let (_, proposal) = imported("a.txt", text);
        proposal.names.iter().map(|name| (name.written.clone(), name.instead.clone())).collect::<Vec<_>>()
    };
    let expected = [("Accountable Oficer".to_owned(), "Accountable Officer".to_owned())];
    let head = "Rec\tPosition\tActions\tLead\n";
    let many = format!(
        "{head}120\tMonthly\tNone\tAccountable Officer\n124\tSigned\tRead it\tAccountable Officer\n\
         126\tDone\t(a) Visit the wards (b) Ask the staff (c) Report it\tAccountable Oficer\n"
    );
    assert_eq!(offered(&many), expected, "three actions of one cell do not outvote two cells");
    let once = format!("{head}124\tSigned\tRead it\tAccountable Officer\n126\tDone\tAsk it\tAccountable Oficer\n");
    assert_eq!(offered(&once), expected, "of two that stand once the first is taken for right");
}

#[test]
fn a_name_that_was_taken_stays_when_the_document_comes_again() {
    let mut plan = plan();
    let mut proposal = propose_with(&plan, "a.txt", SLIP, |_| ());
    proposal.names.iter_mut().for_each(|name| name.take = true);
    proposal.edit(&plan).apply(&mut plan).expect("fits");
    assert!(plan.actions.values().all(|action| action.owner == "Accountable Officer"), "one answer for all");
    assert_eq!(action(&plan, "Read the files").partners, "NHS Eastmere CCG");
    let again = propose_with(&plan, "a.txt", SLIP, |_| ());
    assert!(again.names.is_empty() && again.edit(&plan).is_empty(), "it is not asked again: {:?}", again.names);
    assert_eq!(again.open_choices(), 0, "and nothing is left open");
}

#[test]
fn an_owner_of_the_plan_is_known_to_the_next_document() {
    let (mut plan, _) =
        imported("a.txt", "Rec\tPosition\tActions\tLead\n120\tMonthly\tAgree it\tHead of Contracting\n");
    let next = "Rec\tPosition\tActions\tLead\n124\tSigned\tVisit the wards\tHead of Contarcting\n";
    let proposal = import_with(&mut plan, "b.txt", next, |_| ());
    assert_eq!(proposal.names.len(), 1, "{:?}", proposal.names);
    assert_eq!(proposal.names[0].instead, "Head of Contracting");
    let wards = "Rec\tPosition\tActions\tLead\n126\tDone\tRead it\tWard 1 lead\n127\tDone\tCount it\tWard 2 lead\n";
    assert!(propose_with(&plan, "c.txt", wards, |_| ()).names.is_empty(), "a number makes another name");
}

#[test]
fn the_import_is_called_by_what_it_brings() {
    let text = "Rec\tPosition\tActions\n120\tMonthly\tAgree it\n124\tSigned\t\n";
    let (mut plan, proposal) = imported("a.txt", text);
    assert_eq!(plan.recommendations.len(), proposal.rows.len());
    let next = "Rec\tPosition\tActions\n120\tWeekly\tRead it\n124\tSigned and read\t\n";
    let later = chrono::NaiveDate::from_ymd_opt(2013, 9, 30);
    let proposal = propose_with(&plan, "b.txt", next, |options| options.as_at = later);
    let edit = proposal.edit(&plan);
    assert_eq!(edit.label, "Import b.txt: 1 action, 2 positions", "new positions of known recommendations are said");
    edit.apply(&mut plan).expect("fits");
}
