use super::*;
use crate::model::{Index, Recommendation, Responsibility, timeline};

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

/// One responsibility with two timescales and two actions; the first action serves a recommendation.
fn plan() -> Plan {
    let mut plan = Plan::default();
    let mut edit = EditBuilder::new(&plan, "Fill");
    edit.put(&Responsibility { id: id("r"), text: "Openness".into(), ..Responsibility::default() });
    edit.put(&Recommendation { id: id("9"), reference: "9".into(), ..Recommendation::default() });
    for (order, name) in ["a", "b"].into_iter().enumerate() {
        let words = if name == "a" { "June 2013" } else { "" };
        edit.put(&Action {
            id: id(name),
            order: format!("{}", order + 1),
            text: format!("Action {name}"),
            owner: "Quality lead".into(),
            responsibility: Some(id("r")),
            due_words: words.into(),
            ..Action::default()
        });
    }
    edit.put(&Link { id: Link::id_of(id("9"), id("a")), recommendation: id("9"), action: id("a"), order: "1".into() });
    for name in ["May 2013", "July 2013"] {
        edit.put(&Timescale { id: id(name), responsibility: id("r"), words: name.into(), ..Timescale::default() });
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

fn apply(plan: &mut Plan, edit: &Edit) {
    let before = plan.clone();
    edit.apply(plan).expect("fits");
    let mut back = plan.clone();
    edit.inverse("Undo").apply(&mut back).expect("undoes");
    assert_eq!(back, before, "{}: undone as one", edit.label);
}

#[test]
fn a_note_on_a_ticked_timescale_is_kept_with_the_actions_it_stands_for() {
    let mut plan = plan();
    let row = [DueRow::Timescale(id("May 2013"))];
    assert!(takes_note(&plan, &row));
    let edit = complete(&plan, &row, day("2013-05-20"), "Signed off by the board", id("new"));
    apply(&mut plan, &edit);
    let notes: Vec<_> = plan.updates_of(id("b")).iter().map(|row| (row.note.clone(), row.state)).collect();
    assert_eq!(notes, [("Signed off by the board".to_owned(), None)], "b has no due but the timescale");
    assert!(plan.updates_of(id("a")).is_empty(), "a has a due of its own");
    assert!(takes_note(&plan, &[DueRow::Action(id("a"))]));
    let pairing = pair(&plan, id("July 2013"), Some(id("b")));
    apply(&mut plan, &pairing);
    assert!(!takes_note(&plan, &row), "nothing is left under it to keep a note");
}

#[test]
fn a_revised_due_keeps_the_first_the_last_and_every_reason() {
    let mut plan = plan();
    let row = [DueRow::Action(id("a"))];
    for (words, reason, new) in [("August 2013", "Waiting for legal advice", "1"), ("May 2013", "Ready early", "2")] {
        let edit = revise_due(&plan, &row, words, day("2013-06-20"), reason, id(new));
        assert_eq!(edit.label, "Revise due of an action");
        apply(&mut plan, &edit);
    }
    let action = &plan.actions[&id("a")];
    assert_eq!((action.original_due_words.as_str(), action.due_words.as_str()), ("June 2013", "May 2013"));
    let index = Index::of(&plan);
    let moves = timeline::moves(&plan, &index, action);
    let mut told: Vec<_> = moves.iter().map(|step| (step.words, step.reason)).collect();
    told[1..].sort_unstable();
    assert_eq!(
        told,
        [("June 2013", ""), ("August 2013", "Waiting for legal advice"), ("May 2013", "Ready early")],
        "the whole story"
    );
    let same = revise_due(&plan, &row, " May 2013 ", day("2013-06-21"), "", id("3"));
    assert!(same.is_empty(), "the same words are no revision");
}

#[test]
fn a_due_that_is_given_for_the_first_time_is_no_revision() {
    let mut plan = plan();
    let edit = revise_due(&plan, &[DueRow::Action(id("b"))], "July 2013", day("2013-06-20"), "", id("1"));
    apply(&mut plan, &edit);
    assert_eq!(plan.actions[&id("b")].due_words, "July 2013");
    assert!(plan.updates.is_empty() && plan.actions[&id("b")].original_due_words.is_empty(), "nothing slipped");
}

#[test]
fn a_timescales_revisions_are_never_overwritten() {
    let mut plan = plan();
    let row = DueRow::Timescale(id("May 2013"));
    for (words, new) in [("June 2013", "1"), ("July 2013", "2")] {
        let edit = revise_due(&plan, &[row], words, day(&format!("2013-05-0{new}")), words, id(new));
        apply(&mut plan, &edit);
    }
    let timescale = &plan.timescales[&id("May 2013")];
    assert_eq!((timescale.original.as_str(), timescale.reason.as_str()), ("May 2013", "July 2013"));
    let index = Index::of(&plan);
    let all = timeline::Timeline::of(&plan, &index);
    let entry = all.entry(all.place_of(row).expect("there")).expect("there");
    let words: Vec<_> = entry.moves(&plan, &index).iter().map(|step| step.words.to_owned()).collect();
    assert_eq!((words, entry.slips), (vec!["May 2013".into(), "June 2013".into(), "July 2013".into()], 2));
}

#[test]
fn what_is_done_has_a_date_and_a_note_and_can_be_reopened() {
    let mut plan = plan();
    let rows = [DueRow::Action(id("a")), DueRow::Timescale(id("July 2013"))];
    let edit = complete(&plan, &rows, day("2013-06-28"), "Minutes published", id("1"));
    assert_eq!(edit.label, "Complete 1 action and 1 timescale");
    apply(&mut plan, &edit);
    let action = &plan.actions[&id("a")];
    assert_eq!((action.state, action.done_on), (ActionState::Complete, Some(day("2013-06-28"))));
    for name in ["a", "b"] {
        let notes: Vec<_> = plan.updates_of(id(name)).iter().map(|row| row.note.clone()).collect();
        assert_eq!(notes, ["Minutes published"], "with {name}, which is ticked or stands under what is");
    }
    assert_eq!(plan.timescales[&id("July 2013")].done_on, Some(day("2013-06-28")));
    let edit = reopen(&plan, &rows);
    apply(&mut plan, &edit);
    assert_eq!((plan.actions[&id("a")].state, plan.actions[&id("a")].done_on), (ActionState::InProgress, None));
    assert!(!plan.timescales[&id("July 2013")].done && plan.updates.len() == 2, "the notes stay");
}

#[test]
fn a_paired_action_is_done_when_the_last_of_its_timescales_is() {
    let mut plan = plan();
    for timescale in ["May 2013", "July 2013"] {
        let edit = pair(&plan, id(timescale), Some(id("b")));
        apply(&mut plan, &edit);
    }
    for (timescale, done) in [("May 2013", false), ("July 2013", true)] {
        let edit = complete(&plan, &[DueRow::Timescale(id(timescale))], day("2013-07-30"), "", id(timescale));
        apply(&mut plan, &edit);
        assert_eq!(plan.actions[&id("b")].state == ActionState::Complete, done, "after {timescale}");
    }
}

#[test]
fn a_timescale_is_paired_only_within_its_responsibility() {
    let mut plan = plan();
    let mut edit = EditBuilder::new(&plan, "Add");
    edit.put(&Action { id: id("other"), ..Action::default() });
    let edit = edit.finish();
    apply(&mut plan, &edit);
    assert!(pair(&plan, id("May 2013"), Some(id("other"))).is_empty(), "it stands elsewhere");
}

#[test]
fn the_imports_question_is_answered_when_every_timescale_has_its_action() {
    let mut plan = plan();
    let mut edit = EditBuilder::new(&plan, "Ask");
    let question = Choice {
        id: id("q"),
        kind: ChoiceKind::Pairing,
        subject: Some(id("r")),
        field: "action".into(),
        ..Choice::default()
    };
    edit.put(&question);
    let edit = edit.finish();
    apply(&mut plan, &edit);
    for (timescale, open) in [("May 2013", 1), ("July 2013", 0)] {
        let edit = pair(&plan, id(timescale), Some(id("b")));
        apply(&mut plan, &edit);
        assert_eq!(plan.open_choices().len(), open, "after {timescale}");
    }
}

#[test]
fn a_split_action_stands_in_its_order_with_owner_due_and_links() {
    let mut plan = plan();
    let texts = ["Write it", " ", "Agree it", "Publish it"].map(String::from);
    let edit = split_action(&plan, id("a"), &texts, id("new"));
    apply(&mut plan, &edit);
    let under: Vec<_> = plan.actions_under(Some(id("r"))).iter().map(|row| row.text.clone()).collect();
    assert_eq!(under, ["Write it", "Agree it", "Publish it", "Action b"], "beside each other");
    let serving: Vec<_> = plan.actions_of(id("9")).iter().map(|row| row.text.clone()).collect();
    assert_eq!(serving, ["Write it", "Agree it", "Publish it"], "each serves what the one served");
    assert!(plan.actions_of(id("9")).iter().all(|row| row.due_words == "June 2013" && row.owner == "Quality lead"));
}

#[test]
fn a_duplicate_has_not_begun() {
    let mut plan = plan();
    let edit = complete(&plan, &[DueRow::Action(id("a"))], day("2013-06-28"), "", id("1"));
    apply(&mut plan, &edit);
    let edit = duplicate_action(&plan, id("a"), id("copy"));
    apply(&mut plan, &edit);
    let copy = &plan.actions[&id("copy")];
    assert_eq!((copy.state, copy.done_on, copy.due_words.as_str()), (ActionState::NotStarted, None, "June 2013"));
    assert_eq!(plan.actions_of(id("9")).len(), 2, "it serves the same");
}

#[test]
fn several_actions_are_changed_as_one() {
    let mut plan = plan();
    let both = [id("a"), id("b")];
    for edit in [
        set_owners(&plan, &both, "Head of contracting"),
        set_states(&plan, &both, ActionState::OnHold, day("2013-06-01")),
        set_tentative(&plan, &both, true),
        set_next_review(&plan, &both, Some(day("2013-09-30"))),
        add_note(&plan, &both, day("2013-06-01"), "Waiting", None, id("n")),
    ] {
        assert!(edit.label.contains("2 actions"), "{}", edit.label);
        apply(&mut plan, &edit);
    }
    for action in plan.actions.values() {
        assert_eq!((action.owner.as_str(), action.state), ("Head of contracting", ActionState::OnHold));
    }
    assert_eq!(plan.updates.len(), 2, "a note each");
}

#[test]
fn a_word_for_a_state_goes_when_it_is_ours_again() {
    let mut plan = plan();
    for (word, letter, rows) in [("Delivered", "B", 1), ("Complete", "", 0)] {
        let edit = set_state_word(&plan, Shown::Complete, word, letter);
        apply(&mut plan, &edit);
        assert_eq!(plan.state_words.len(), rows, "{word}");
    }
}
