use super::*;
use crate::model::compare::tests::{Made, day, id};
use crate::model::compare::{Comparison, Status, Withheld};
use crate::model::{Acceptance, ActionState, Index, PositionState, Responsibility, Theme, Timescale};

const SOURCE: &str = "NHS Southmoor CCG's plan of 28 May 2013";

/// Applies what is taken over, and once more, which must change nothing.
fn taken(adopt: Adopt, mine: &Made, theirs: &Made) -> (Plan, Edit) {
    let index = Index::of(&theirs.plan);
    let none = Withheld::default();
    let as_at = day("2013-05-28");
    let side = Side { plan: &theirs.plan, index: &index, as_at, withheld: &none };
    let edit = adopt.edit(&mine.plan, side, as_at);
    let mut plan = mine.plan.clone();
    edit.apply(&mut plan).expect("fits");
    let again = adopt.edit(&plan, side, as_at);
    assert!(again.is_empty() && again.label.is_empty(), "twice: {again:?}");
    assert_eq!(crate::model::refers::dangling(&plan), [], "nothing points at nothing");
    (plan, edit)
}

fn status(mine: &Plan, theirs: &Plan) -> (Status, bool) {
    let (ours, others) = (Index::of(mine), Index::of(theirs));
    let none = Withheld::default();
    let side = |plan, index| Side { plan, index, as_at: day("2013-05-28"), withheld: &none };
    let found = Comparison::of(side(mine, &ours), side(theirs, &others));
    (found.rows[0].status, found.rows[0].is_joint())
}

fn sources(plan: &Plan, row: Id) -> Vec<(&str, &str)> {
    plan.remarks.values().filter(|remark| remark.row == row).map(|r| (r.label.as_str(), r.text.as_str())).collect()
}

#[test]
fn a_position_becomes_a_new_one_and_overwrites_none() {
    let mine = Made::new("Northmoor").recommendation("9").position("9", "2013-03-26", "Nothing yet");
    let state = Some(PositionState::Gap);
    let old = mine.plan.positions.values().next().expect("one").clone();
    let mine = mine.put(Position { state, ..old.clone() });
    let theirs = Made::new("Southmoor").recommendation("9").position("9", "2013-05-01", "Monthly report");
    let adopt = Adopt::Position { mine: mine.of("9"), theirs: theirs.of("9") };
    let (plan, edit) = taken(adopt, &mine, &theirs);
    assert_eq!(edit.label, format!("Take over the position on recommendation 9 from {SOURCE}"));
    let texts: Vec<_> = plan.positions_of(mine.of("9")).iter().map(|p| (p.text.as_str(), p.as_at, p.state)).collect();
    let wanted = [("Nothing yet", old.as_at, state), ("Monthly report", Some(day("2013-05-28")), state)];
    assert_eq!(texts, wanted, "of our date, with our own state: where we stand we say ourselves");
    assert_eq!(sources(&plan, mine.of("9")), [("Taken from", "NHS Southmoor CCG's plan of 28 May 2013 (position)")]);
}

#[test]
fn a_position_of_the_same_day_stands_beside_ours_even_where_it_was_taken_and_reworded() {
    let mine = Made::new("Northmoor").recommendation("9").position("9", "2013-05-28", "Ours");
    let theirs = Made::new("Southmoor").recommendation("9").position("9", "2013-05-01", "Theirs");
    let adopt = Adopt::Position { mine: mine.of("9"), theirs: theirs.of("9") };
    let (plan, _) = taken(adopt, &mine, &theirs);
    assert_eq!(plan.positions.len(), 2, "ours stays");
    let mut reworded = Made { plan };
    for row in reworded.plan.positions.values_mut().filter(|row| row.text == "Theirs") {
        row.text = "Theirs, as we say it".into();
    }
    let (plan, _) = taken(adopt, &reworded, &theirs);
    let mut texts: Vec<_> = plan.positions.values().map(|row| row.text.as_str()).collect();
    texts.sort_unstable();
    assert_eq!(texts, ["Ours", "Theirs", "Theirs, as we say it"], "no words are lost");
}

#[test]
fn a_wording_takes_the_place_of_ours_and_of_nothing_else() {
    let worded = |made: Made, title: &str, text: &str| {
        let row = made.plan.recommendations[&made.of("9")].clone();
        made.put(Recommendation { local_title: title.into(), local_text: text.into(), ..row })
    };
    let mine = worded(Made::new("Northmoor").recommendation("9"), "Our title", "Our words");
    let theirs = worded(Made::new("Southmoor").recommendation("9"), "", "Their words");
    let (plan, edit) = taken(Adopt::Wording { mine: mine.of("9"), theirs: theirs.of("9") }, &mine, &theirs);
    let row = &plan.recommendations[&mine.of("9")];
    assert_eq!((row.local_title.as_str(), row.local_text.as_str()), ("Our title", "Their words"));
    let before = edit.changes.iter().find(|change| change.field == "local_text").expect("changed");
    assert_eq!(before.before.to_string(), "Our words", "what stood there is in the history");
    let blank = Made::new("Westmoor").recommendation("9");
    let (plan, _) = taken(Adopt::Wording { mine: mine.of("9"), theirs: blank.of("9") }, &mine, &blank);
    assert_eq!(plan, mine.plan, "nothing to take");
}

#[test]
fn an_action_keeps_its_id_and_comes_not_started() {
    let of = |whose: &str| Responsibility {
        id: id(&format!("{whose} resp")),
        text: if whose == "Northmoor" { "hear from patients." } else { "Hear from patients" }.into(),
        ..Responsibility::default()
    };
    let mine = Made::new("Northmoor").recommendation("9").recommendation("10").put(of("Northmoor"));
    let theirs =
        Made::new("Southmoor").recommendation("9").recommendation("10").recommendation("11").put(of("Southmoor"));
    let due = Timescale {
        id: id("t"),
        responsibility: id("Southmoor resp"),
        words: "June 2013".into(),
        ..Timescale::default()
    };
    let joint = Action {
        id: id("joint"),
        text: "Agree it".into(),
        responsibility: Some(id("Southmoor resp")),
        owner: "Quality lead".into(),
        partners: "The council".into(),
        state: ActionState::Complete,
        done_on: Some(day("2013-05-01")),
        ..Action::default()
    };
    let theirs = theirs.put(due).action("9", joint.clone()).action("10", joint.clone()).action("11", joint);
    let (plan, edit) = taken(Adopt::Action { theirs: id("joint") }, &mine, &theirs);
    let row = &plan.actions[&id("joint")];
    assert_eq!(edit.label, format!("Take over an action from {SOURCE}"));
    assert_eq!((row.state, row.done_on), (ActionState::NotStarted, None), "we have not begun");
    assert_eq!(
        (row.owner.as_str(), row.partners.as_str(), row.due_words.as_str()),
        ("Quality lead", "The council", "June 2013")
    );
    assert_eq!(row.responsibility, Some(id("Northmoor resp")), "found by its words");
    let mut serves: Vec<_> = plan.links.values().map(|link| link.recommendation).collect();
    serves.sort_unstable();
    let mut wanted = vec![mine.of("9"), mine.of("10")];
    wanted.sort_unstable();
    assert_eq!(serves, wanted, "those that we have");
    assert_eq!(sources(&plan, id("joint")), [("Taken from", SOURCE)]);
    assert_eq!(status(&plan, &theirs.plan), (Status::Differs, true), "joint, and their state is seen");
}

#[test]
fn a_due_without_a_year_keeps_the_year_it_had_there() {
    let mut mine = Made::new("Northmoor").recommendation("9");
    let info = crate::model::PlanInfo { as_at: Some(day("2014-02-01")), ..mine.plan.info() };
    mine = mine.put(info);
    let theirs = Made::new("Southmoor").recommendation("9");
    let theirs = theirs.action("9", Action { id: id("a"), due_words: "by 31 July".into(), ..Action::default() });
    let (plan, _) = taken(Adopt::Action { theirs: id("a") }, &mine, &theirs);
    let row = &plan.actions[&id("a")];
    let read = |row: &Action, plan: &Plan| Due::of(&row.due_words, &row.due_reading, plan.due_anchor());
    assert_eq!(read(row, &plan), read(&theirs.plan.actions[&id("a")], &theirs.plan), "July 2013");
    assert_eq!(row.due_words, "by 31 July", "as they wrote it");
}

#[test]
fn a_recommendation_comes_with_its_position_and_actions_and_without_their_answer() {
    let theme =
        |whose: &str| Theme { id: id(&format!("{whose} theme")), title: "Complaints".into(), ..Theme::default() };
    let mine = Made::new("Northmoor").put(theme("Northmoor"));
    let theirs = Made::new("Southmoor").recommendation("9").put(theme("Southmoor"));
    let row = theirs.plan.recommendations[&theirs.of("9")].clone();
    let report = Report {
        id: id("report"),
        key: "francis-2013".into(),
        short_title: "Francis report".into(),
        ..Report::default()
    };
    let theirs = theirs
        .put(Recommendation {
            theme: Some(id("Southmoor theme")),
            text: "Published".into(),
            local_text: "Their words".into(),
            acceptance: Some(Acceptance::Accepted),
            acceptance_reason: "Board, 1 May".into(),
            ..row
        })
        .put(report)
        .position("9", "2013-05-28", "Monthly report")
        .action("9", Action { id: id("a"), text: "First".into(), ..Action::default() })
        .action(
            "9",
            Action { id: id("b"), text: "Second".into(), state: ActionState::InProgress, ..Action::default() },
        );
    let (plan, edit) = taken(Adopt::Recommendation { theirs: theirs.of("9") }, &mine, &theirs);
    assert_eq!(edit.label, format!("Take over recommendation 9 from {SOURCE}"));
    let row = plan.recommendations.values().next().expect("there");
    assert_eq!(row.id, Recommendation::id_of(plan.id(), "francis-2013", "9"), "as if it were added from the catalogue");
    assert_eq!(
        (row.theme, row.local_text.as_str(), row.acceptance),
        (Some(id("Northmoor theme")), "Their words", None)
    );
    assert!(row.acceptance_reason.is_empty() && plan.reports.len() == 1);
    let actions: Vec<_> = plan.actions_of(row.id).iter().map(|row| (row.text.as_str(), row.state)).collect();
    assert_eq!(actions, [("First", ActionState::NotStarted), ("Second", ActionState::NotStarted)], "in their order");
    assert_eq!(
        plan.positions.values().next().map(|row| (row.text.as_str(), row.state)),
        Some(("Monthly report", None))
    );
    assert_eq!(sources(&plan, row.id), [("Taken from", SOURCE)]);
    assert_eq!(status(&plan, &theirs.plan), (Status::Differs, true), "their answer and states stay theirs");
}

#[test]
fn nothing_is_taken_from_what_was_not_shared() {
    let mine = Made::new("Northmoor").recommendation("9");
    let theirs = Made::new("Southmoor").recommendation("9").position("9", "2013-05-28", "Secret");
    let index = Index::of(&theirs.plan);
    let withheld = Withheld::new(["position".to_owned()].into());
    let side = Side { plan: &theirs.plan, index: &index, as_at: day("2013-05-28"), withheld: &withheld };
    let adopt = Adopt::Position { mine: mine.of("9"), theirs: theirs.of("9") };
    assert!(adopt.edit(&mine.plan, side, day("2013-05-28")).is_empty());
}
