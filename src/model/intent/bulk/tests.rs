//! What several recommendations at once come to, case by case.

use super::*;
use crate::model::{ActionState, CrossReference, Evidence, Theme, Timescale, intent};

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

const THEN: &str = "2013-03-26";
const NOW: &str = "2013-05-28";

/// Four recommendations under two themes: 9 has a position of today, 10 one of March, 11 none, 12 an undated one.
/// Action "a" serves 9 and 10, "b" serves 10.
fn plan() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None).apply(&mut plan).expect("a new plan");
    let mut edit = EditBuilder::new(&plan, "Fill");
    for (order, title) in [("1", "Complaints"), ("2", "Standards")] {
        edit.put(&Theme { id: id(title), order: order.into(), title: title.into() });
    }
    for (reference, theme, order) in [("9", "Complaints", "1"), ("10", "Complaints", "2"), ("11", "Standards", "1")] {
        edit.put(&Recommendation {
            id: id(reference),
            reference: reference.into(),
            theme: Some(id(theme)),
            order: order.into(),
            title: format!("Title {reference}"),
            text: "Published words".into(),
            response_status: "Accepted".into(),
            ..Recommendation::default()
        });
    }
    edit.put(&Recommendation { id: id("12"), reference: "12".into(), local_text: "Ours".into(), ..Default::default() });
    for (of, date, state) in [
        ("9", Some(NOW), Some(PositionState::Gap)),
        ("10", Some(THEN), Some(PositionState::Partly)),
        ("12", None, None),
    ] {
        edit.put(&Position {
            id: id(&format!("position on {of}")),
            recommendation: id(of),
            as_at: date.map(day),
            text: format!("Where we stand on {of}"),
            state,
        });
    }
    for action in ["a", "b"] {
        edit.put(&Action { id: id(action), text: action.into(), order: action.into(), ..Action::default() });
    }
    for (row, action) in [("9", "a"), ("10", "a"), ("10", "b")] {
        edit.put(&Link {
            id: Link::id_of(id(row), id(action)),
            recommendation: id(row),
            action: id(action),
            order: action.into(),
        });
    }
    edit.put(&Evidence { id: id("minutes"), text: "Minutes".into(), ..Evidence::default() });
    intent::put_evidence_link(&mut edit, id("9"), id("minutes"));
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

fn ids(names: &[&str]) -> Vec<Id> {
    names.iter().map(|name| id(name)).collect()
}

/// Applies an edit, and looks that one undo takes all of it back.
fn applied(plan: &Plan, edit: &Edit) -> Plan {
    let mut after = plan.clone();
    edit.apply(&mut after).unwrap_or_else(|error| panic!("“{}” fits: {error}", edit.label));
    let mut back = after.clone();
    edit.inverse("Undo").apply(&mut back).expect("it can be taken back");
    assert_eq!(back, *plan, "one undo takes back “{}”", edit.label);
    after
}

fn in_order(plan: &Plan) -> Vec<&str> {
    plan.recommendations_in_order().iter().map(|row| row.reference.as_str()).collect()
}

#[test]
fn a_theme_takes_rows_at_its_end_and_leaves_those_it_has() {
    let complaints = UnderTheme::Of(id("Complaints"));
    let new = UnderTheme::New(id("new"), " Openness ".into());
    let cases: [(&[&str], &UnderTheme, &str, &[&str]); 6] = [
        (&["11"], &complaints, "Move recommendation 11 to theme “Complaints”", &["9", "10", "11", "12"]),
        (&["12", "11"], &complaints, "Move 2 recommendations to theme “Complaints”", &["9", "10", "12", "11"]),
        (&["9", "11"], &complaints, "Move recommendation 11 to theme “Complaints”", &["9", "10", "11", "12"]),
        (&["9", "12"], &new, "Move 2 recommendations to theme “Openness”", &["10", "11", "9", "12"]),
        (&["9"], &UnderTheme::Without, "Take recommendation 9 out of its theme", &["10", "11", "9", "12"]),
        (&["9", "11"], &UnderTheme::Without, "Take 2 recommendations out of their themes", &["10", "9", "11", "12"]),
    ];
    for (rows, under, label, order) in cases {
        let plan = plan();
        let edit = set_theme(&plan, &ids(rows), under);
        assert_eq!(edit.label, label);
        let after = applied(&plan, &edit);
        assert_eq!(in_order(&after), order, "{label}");
    }
    assert!(set_theme(&plan(), &ids(&["9", "10"]), &complaints).is_empty(), "they stand there already");
}

#[test]
fn a_state_goes_to_the_position_of_the_date_and_history_stays() {
    let plan = plan();
    let index = Index::of(&plan);
    let rows = ids(&["9", "10", "11", "12"]);
    let partly = Some(PositionState::Partly);
    let set = |state| set_position_states(&plan, &index, &rows, day(NOW), state, id("new"));
    let (edit, told) = set(partly);
    assert_eq!(told, StatesSet { changed: 2, continued: 0, begun: 1, same: 1 }, "10 is partly already");
    assert_eq!(edit.label, "Set the position of 4 recommendations to partly");
    let (edit, told) = set(Some(PositionState::InPlace));
    assert_eq!(told, StatesSet { changed: 2, continued: 1, begun: 1, same: 0 });
    let after = applied(&plan, &edit);
    let then = after.positions_at(id("10"), day(THEN));
    assert_eq!((then[0].state, then[0].text.as_str()), (partly, "Where we stand on 10"), "March is as it was");
    for row in rows.clone() {
        let now = after.positions_at(row, day(NOW));
        assert!(now.iter().all(|position| position.state == Some(PositionState::InPlace)) && now.len() == 1);
    }
    let now = after.positions_at(id("10"), day(NOW));
    assert_eq!(now[0].text, "Where we stand on 10", "the words go on");
    let (edit, told) = set(None);
    assert_eq!((told.changed, told.continued, told.same), (1, 1, 2), "no state is a state of its own");
    assert_eq!(edit.label, "Clear the state of 4 recommendations");
}

#[test]
fn an_action_is_linked_once_to_each_and_stays_one() {
    let plan = plan();
    let edit = link_to_all(&plan, &ids(&["9", "11", "12", "11"]), id("b"));
    assert_eq!(edit.label, "Link an action to 3 recommendations");
    let after = applied(&plan, &edit);
    assert_eq!(after.served_by(id("b")).len(), 4, "10 had it");
    let of_9: Vec<&str> = after.actions_of(id("9")).iter().map(|action| action.text.as_str()).collect();
    assert_eq!(of_9, ["a", "b"], "at the end");
    assert!(link_to_all(&plan, &ids(&["9", "10"]), id("a")).is_empty(), "it serves both");
    assert!(link_to_all(&plan, &ids(&["9"]), id("none")).is_empty(), "no such action");
    let new = Action { id: id("c"), text: "Ask the trust".into(), ..Action::default() };
    let edit = add_to_all(&plan, &ids(&["9", "11"]), new);
    assert_eq!(edit.label, "Add an action to 2 recommendations");
    let after = applied(&plan, &edit);
    assert_eq!((after.actions.len(), after.served_by(id("c")).len()), (3, 2), "one action");
}

#[test]
fn the_actions_of_several_are_counted_once_and_a_paired_due_is_the_timescales() {
    let mut plan = plan();
    let index = Index::of(&plan);
    let actions = actions_of_all(&plan, &index, &ids(&["10", "9", "11"]));
    assert_eq!(actions, ids(&["a", "b"]), "a serves two");
    let timescale = Timescale { id: id("t"), action: Some(id("a")), words: "July".into(), ..Timescale::default() };
    plan.timescales.insert(timescale.id, timescale);
    assert_eq!(due_rows(&plan, &actions), [DueRow::Timescale(id("t")), DueRow::Action(id("b"))]);
    plan.actions.get_mut(&id("a")).expect("there").due_words = "May".into();
    assert_eq!(due_rows(&plan, &actions)[0], DueRow::Action(id("a")), "its own words come first");
}

#[test]
fn a_free_reference_is_the_next_letter() {
    let cases: [(&str, &[&str], &str); 8] = [
        ("9", &[], "9a"),
        ("9", &["9a", "9b"], "9c"),
        ("10a", &["10a"], "10b"),
        ("2.5.3", &[], "2.5.3a"),
        ("R2", &[], "R2a"),
        ("local", &[], "locala"),
        ("", &[], "New a"),
        (" 9 ", &["9a"], "9b"),
    ];
    for (reference, taken, free) in cases {
        assert_eq!(free_reference(reference, |wanted| taken.contains(&wanted)), free, "{reference} beside {taken:?}");
    }
    let mut all = BTreeSet::new();
    for _ in 0..60 {
        let free = free_reference("9", |wanted| all.contains(wanted));
        assert!(all.insert(free), "each is another");
    }
    assert!(all.contains("9z") && all.contains("9aa"), "after z comes aa");
}

#[test]
fn a_duplicate_stands_behind_its_row_with_its_position_and_the_same_actions() {
    let plan = plan();
    let index = Index::of(&plan);
    let (edit, made) = duplicate(&plan, &index, &ids(&["9", "10", "12"]), day(NOW), id("new"));
    assert_eq!((edit.label.as_str(), made.len()), ("Duplicate 3 recommendations", 3));
    let after = applied(&plan, &edit);
    assert_eq!(in_order(&after), ["9", "9a", "10", "10a", "11", "12", "12a"]);
    let [nine, ten, twelve] = [&made[0], &made[1], &made[2]].map(|id| &after.recommendations[id]);
    assert_eq!((nine.title.as_str(), nine.response_status.as_str()), ("Title 9", "Accepted"), "its words");
    assert_eq!((twelve.text.as_str(), twelve.local_text.as_str()), ("Ours", ""), "what is shown is its own text");
    let positions = after.positions_of(ten.id);
    assert_eq!((positions.len(), positions[0].as_at), (1, Some(day(THEN))), "the one that counts, of its own date");
    assert_eq!(after.actions.len(), 2, "no action twice");
    let actions: Vec<Id> = after.actions_of(ten.id).iter().map(|action| action.id).collect();
    assert_eq!(actions, ids(&["a", "b"]), "the same ones");
    assert_eq!(after.evidence_links.len(), 2, "what shows that it is so shows it here, too");
    let index = Index::of(&after);
    let (again, _) = duplicate(&after, &index, &ids(&["9"]), day(NOW), id("again"));
    assert_eq!(in_order(&applied(&after, &again))[..3], ["9", "9b", "9a"], "right behind it");
}

#[test]
fn deleting_several_leaves_no_row_that_points_at_them() {
    let mut plan = plan();
    for (of, target) in [("9", "10"), ("11", "9")] {
        let row = CrossReference {
            id: id(&format!("see {target}")),
            recommendation: id(of),
            words: "See above".into(),
            target: Some(id(target)),
        };
        plan.cross_references.insert(row.id, row);
    }
    for rows in [ids(&["9", "10"]), ids(&["10", "9"])] {
        let edit = delete_recommendations(&plan, &rows);
        assert_eq!(edit.label, "Delete 2 recommendations");
        let after = applied(&plan, &edit);
        assert_eq!(crate::model::refers::dangling(&after), [], "whole");
        assert_eq!((after.recommendations.len(), after.actions.len()), (2, 2), "the actions stay");
        assert_eq!(after.actions[&id("a")].state, ActionState::NotStarted, "untouched");
    }
    assert!(delete_recommendations(&plan, &ids(&["none"])).is_empty(), "nothing of that id");
}
