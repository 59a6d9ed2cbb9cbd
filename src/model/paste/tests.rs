//! What a block of cells does to the cells it falls on, case by case.

use super::*;
use crate::model::intent::{self, put_theme};

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Two recommendations: 9 with a position of March, an action with a due and one without; 10 with nothing.
fn plan() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(id("plan"), "NHS Northmoor CCG", "", None).apply(&mut plan).expect("a new plan");
    let mut edit = EditBuilder::new(&plan, "Fill");
    put_theme(&mut edit, id("care"), "Care");
    for reference in ["9", "10"] {
        let (title, text) = ("Title".to_owned(), format!("Words of {reference}"));
        let row = Recommendation { id: id(reference), reference: reference.into(), title, text, ..Default::default() };
        edit.put(&row);
    }
    let position = Position { id: id("p"), recommendation: id("9"), text: "Then".into(), ..Position::default() };
    edit.put(&Position { as_at: Some(day("2013-03-26")), state: Some(PositionState::Gap), ..position });
    for (action, due) in [("Agree it", "May 2013"), ("Ask them", "")] {
        let (text, due_words) = (action.to_owned(), due.to_owned());
        edit.put(&Action { id: id(action), text, due_words, order: action.into(), ..Action::default() });
        let link = Link {
            id: Link::id_of(id("9"), id(action)),
            recommendation: id("9"),
            action: id(action),
            ..Link::default()
        };
        edit.put(&Link { order: action.into(), ..link });
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// Pastes one cell; gives its fate and the plan with it.
fn pasted(reference: &str, column: Column, text: &str) -> (Fate, Plan) {
    let plan = plan();
    let cells = vec![vec![text.to_owned()]];
    let made = block(&plan, &Index::of(&plan), (&[id(reference)], &[column]), &cells, day("2013-05-28"), id("new"));
    let mut after = plan.clone();
    made.edit.apply(&mut after).expect("it fits");
    assert_eq!(made.landings[0].fate.changes(), after != plan, "what it says is what it does: {text}");
    (made.landings[0].fate.clone(), after)
}

#[test]
fn each_column_takes_what_it_shows() {
    let adds = Fate::Adds;
    let cases: [(&str, Column, &str, Fate); 22] = [
        ("9", Column::Recommendation, "Our words", Fate::Replaces),
        ("9", Column::Recommendation, "Title\nWords of 9", Fate::Same),
        ("9", Column::Response, "Accepted in part\nBecause.", Fate::Fills),
        ("9", Column::Position, "Now", Fate::Replaces),
        ("9", Column::Position, "Then.", Fate::Same),
        ("10", Column::Position, "Partly\n- one\n- two", Fate::Fills),
        ("9", Column::State, "In Place", Fate::Replaces),
        ("9", Column::Theme, "care", Fate::Fills),
        ("9", Column::Theme, "Something new", Fate::Fills),
        ("9", Column::Answer, "accepted\nIt is right.", Fate::Fills),
        ("9", Column::Owners, "Chair", Fate::Fills),
        ("9", Column::Owners, "Chair\nQuality lead", Fate::Fills),
        ("9", Column::Due, "July 2013", adds(1)),
        ("9", Column::Actions, "• Agree it\n• Visit the wards", adds(1)),
        ("10", Column::Actions, "Agree it\nVisit the wards", adds(2)),
        ("9", Column::Actions, "Agree it.", Fate::Same),
        ("9", Column::Evidence, "Minutes\nAudit", adds(2)),
        ("9", Column::Evidence, "  ", Fate::Blank),
        ("9", Column::Position, "", Fate::Blank),
        ("10", Column::Actions, "• Ask the trust\nNot started · Chair · July 2013", adds(1)),
        ("9", Column::State, "Gap", Fate::Same),
        ("9", Column::Reference, "9", Fate::Same),
    ];
    for (row, column, text, fate) in cases {
        assert_eq!(pasted(row, column, text).0, fate, "{text:?} on {}", column.name());
    }
    for (row, column, text) in [
        ("9", Column::Reference, "11"),
        ("9", Column::State, "Sort of"),
        ("9", Column::Answer, "Perhaps"),
        ("9", Column::Owners, "a\nb\nc"),
        ("10", Column::Owners, "Chair"),
        ("10", Column::Due, "July 2013"),
    ] {
        assert!(matches!(pasted(row, column, text).0, Fate::Left(why) if !why.is_empty()), "{text:?} is told");
    }
}

#[test]
fn what_stood_there_is_not_lost() {
    let (_, plan) = pasted("9", Column::Position, "Now");
    let positions = plan.positions_of(id("9"));
    let told: Vec<_> = positions.iter().map(|p| (p.text.as_str(), p.state)).collect();
    assert_eq!(told, [("Then", Some(PositionState::Gap)), ("Now", Some(PositionState::Gap))], "March is history");
    let (_, plan) = pasted("10", Column::Position, "Partly\n- one\n- two");
    let position = plan.positions_of(id("10"))[0];
    assert_eq!((position.text.as_str(), position.state), ("• one\n• two", Some(PositionState::Partly)));
    let (_, plan) = pasted("9", Column::Due, "July 2013");
    assert_eq!(plan.actions[&id("Agree it")].due_words, "May 2013", "what was promised stays");
    assert_eq!(plan.actions[&id("Ask them")].due_words, "July 2013");
    let (_, plan) = pasted("10", Column::Actions, "• Ask the trust\nNot started · Chair · July 2013");
    let action = plan.actions_of(id("10"))[0];
    assert_eq!((action.owner.as_str(), action.due_words.as_str()), ("Chair", "July 2013"), "as our papers say it");
}

#[test]
fn a_block_falls_row_by_row_and_what_has_no_place_is_counted() {
    let plan = plan();
    let cells: Vec<Vec<String>> = [["Now", "In place", "x"], ["Here", "", "y"], ["Nowhere", "", ""]]
        .iter()
        .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
        .collect();
    let over = (&[id("9"), id("10")][..], &[Column::Position, Column::State][..]);
    let made = block(&plan, &Index::of(&plan), over, &cells, day("2013-05-28"), id("new"));
    assert_eq!((made.rows_over, made.columns_over, made.landings.len()), (1, 1, 4));
    assert_eq!(made.edit.label, "Paste 3 cells");
    let mut after = plan.clone();
    made.edit.apply(&mut after).expect("fits");
    let now = after.positions_at(id("9"), day("2013-05-28"));
    assert_eq!(
        (now.len(), now[0].text.as_str(), now[0].state),
        (1, "Now", Some(PositionState::InPlace)),
        "one position"
    );
    assert_eq!(after.positions_of(id("10"))[0].text, "Here");
    made.edit.inverse("Undo").apply(&mut after).expect("one undo");
    assert_eq!(after, plan);
}

#[test]
fn a_new_theme_and_new_evidence_are_made_once() {
    let plan = plan();
    let cells = vec![vec!["Openness".to_owned(), "Minutes".to_owned()]; 2];
    let over = (&[id("9"), id("10")][..], &[Column::Theme, Column::Evidence][..]);
    let made = block(&plan, &Index::of(&plan), over, &cells, day("2013-05-28"), id("new"));
    let mut after = plan;
    made.edit.apply(&mut after).expect("fits");
    assert_eq!((after.themes.len(), after.evidence.len(), after.evidence_links.len()), (2, 1, 2));
}
