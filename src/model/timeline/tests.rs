use super::*;
use crate::model::due::Month;
use crate::model::state::Shown;
use crate::model::{Action, ActionState, EditBuilder, Link, Recommendation, Responsibility, Theme, Timescale, Update};
use chrono::NaiveDate;
use std::collections::BTreeSet;

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a date")
}

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn action(name: &str, due: &str) -> Action {
    Action { id: id(name), order: name.into(), text: name.into(), due_words: due.into(), ..Action::default() }
}

/// Actions of their own, and two responsibilities: one timescale over two actions, two over two.
fn plan() -> Plan {
    let mut plan = Plan::default();
    let mut edit = EditBuilder::new(&plan, "Fill");
    for name in ["one", "two"] {
        edit.put(&Responsibility { id: id(name), order: name.into(), text: name.into() });
    }
    edit.put(&Theme { id: id("theme"), order: "1".into(), title: "Complaints".into() });
    edit.put(&Recommendation { id: id("9"), reference: "9".into(), theme: Some(id("theme")), ..Default::default() });
    edit.put(&Link {
        id: Link::id_of(id("9"), id("june")),
        recommendation: id("9"),
        action: id("june"),
        ..Link::default()
    });
    for row in [
        Action { owner: "Quality lead; Medical director".into(), ..action("june", "June 2013") },
        Action { state: ActionState::Complete, done_on: Some(day("2013-06-10")), ..action("june done", "June 2013") },
        Action { tentative: true, ..action("maybe", "June 2013") },
        Action { state: ActionState::OnHold, partners: "NHS Eastmere CCG".into(), ..action("held", "May 2013") },
        action("named day", "by 5 July 2013"),
        action("start", "From August 2013"),
        action("again", "quarterly"),
        Action { next_review: Some(day("2013-07-10")), ..action("always", "ongoing") },
        action("some time", "TBC"),
        action("never said", ""),
    ] {
        edit.put(&row);
    }
    for (name, of) in [("one a", "one"), ("one b", "one"), ("two a", "two"), ("two b", "two")] {
        edit.put(&Action { responsibility: Some(id(of)), ..action(name, "") });
    }
    edit.put(&Timescale { id: id("t1"), responsibility: id("one"), words: "July 2013".into(), ..Default::default() });
    let paired = Some(id("two a"));
    edit.put(&Timescale {
        id: id("t2"),
        responsibility: id("two"),
        words: "July 2013".into(),
        action: paired,
        ..Default::default()
    });
    edit.put(&Timescale {
        id: id("t3"),
        responsibility: id("two"),
        words: "October 2013".into(),
        ..Default::default()
    });
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

fn lanes(plan: &Plan, as_at: &str, filter: &Filter) -> Vec<(String, Vec<String>)> {
    let timeline = Timeline::of(plan, &Index::of(plan));
    let board = timeline.board(plan, day(as_at), filter);
    let words = |card: &Card| timeline.entries()[card.entry].text(plan).to_owned();
    board
        .lanes
        .iter()
        .filter(|lane| !lane.cards.is_empty())
        .map(|lane| (lane.key.to_string(), lane.cards.iter().map(words).collect()))
        .collect()
}

fn keys(lanes: &[(String, Vec<String>)]) -> Vec<(&str, usize)> {
    lanes.iter().map(|(key, cards)| (key.as_str(), cards.len())).collect()
}

#[test]
fn every_card_stands_in_one_lane() {
    let plan = plan();
    let lanes = lanes(&plan, "2013-07-01", &Filter::default());
    assert_eq!(
        keys(&lanes),
        [
            ("overdue", 1),
            ("2013-05", 1),
            ("2013-06", 2),
            ("2013-07", 3),
            ("2013-10", 1),
            ("ongoing", 1),
            ("recurring", 1),
            ("from", 1),
            ("none", 2),
        ],
        "{lanes:?}"
    );
    assert_eq!(lanes[0].1, ["june"], "not what is done, tentative or on hold");
    assert_eq!(lanes[3].1, ["named day", "one", "two a"], "a named day before the month's end; a pair is the action's");
    assert_eq!(lanes[4].1, ["two"], "what nobody has paired stands at the responsibility");
}

#[test]
fn a_named_day_is_overdue_from_the_next_and_a_month_when_it_is_over() {
    let plan = plan();
    let late =
        |as_at: &str| lanes(&plan, as_at, &Filter::default()).first().map(|lane| lane.1.clone()).expect("a lane");
    assert_eq!(late("2013-07-05"), ["june"]);
    assert_eq!(late("2013-07-06"), ["june", "named day"]);
    assert_eq!(late("2013-08-01"), ["june", "named day", "one", "two a"]);
}

#[test]
fn a_responsibility_lists_the_actions_without_a_due_and_is_done_when_they_are() {
    let mut plan = plan();
    let of = |plan: &Plan, name: &str| {
        let timeline = Timeline::of(plan, &Index::of(plan));
        let place = timeline.place_of(DueRow::Timescale(id(name))).expect("there");
        timeline.entries()[place].clone()
    };
    assert_eq!(of(&plan, "t1").actions, [id("one a"), id("one b")]);
    assert_eq!(of(&plan, "t3").actions, [id("two b")], "the other is paired");
    assert_eq!(of(&plan, "t2").kind, Kind::Action(id("two a")));
    for name in ["one a", "one b"] {
        assert_ne!(of(&plan, "t1").state, ActionState::Complete, "before {name}");
        let mut edit = EditBuilder::new(&plan, "Done");
        edit.update::<Action>(id(name), |row| row.state = ActionState::Complete);
        edit.finish().apply(&mut plan).expect("fits");
    }
    assert_eq!(of(&plan, "t1").state, ActionState::Complete, "all its actions are");
}

#[test]
fn each_filter_narrows_and_its_count_is_what_it_would_show() {
    let plan = plan();
    let timeline = Timeline::of(&plan, &Index::of(&plan));
    let as_at = day("2013-07-01");
    let base = Filter { mine: Mine::parse("medical director"), ..Filter::default() };
    let facets = timeline.facets(&plan, as_at, &base);
    let shown = |filter: Filter| timeline.board(&plan, as_at, &filter).shown;
    for choice in &facets.owners {
        let owners = BTreeSet::from([choice.value.clone()]);
        assert_eq!(shown(Filter { owners, ..base.clone() }), choice.count, "owner {:?}", choice.value);
    }
    for choice in &facets.states {
        let states = BTreeSet::from([choice.value]);
        assert_eq!(shown(Filter { states, ..base.clone() }), choice.count, "{}", choice.value);
    }
    for choice in &facets.responsibilities {
        let responsibilities = BTreeSet::from([choice.value]);
        assert_eq!(shown(Filter { responsibilities, ..base.clone() }), choice.count, "{:?}", choice.value);
    }
    let names: Vec<_> = facets.owners.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(names, ["Medical director", "Quality lead", ""], "two in one cell are two; none stands last");
    assert_eq!((facets.mine, shown(Filter { only_mine: true, ..base.clone() })), (1, 1));
    assert_eq!(
        (facets.soon, shown(Filter { only_soon: true, ..base.clone() })),
        (2, 2),
        "the named day and the review"
    );
    assert_eq!(shown(Filter { only_soon: true, weeks: 5, ..base.clone() }), 4, "and the month's end");
    assert_eq!(shown(Filter { themes: [Some(id("theme"))].into(), ..base.clone() }), 1);
    assert_eq!(shown(Filter { recommendations: [None].into(), ..base.clone() }), 12, "those that serve none");
    assert_eq!(shown(Filter { partners: ["NHS Eastmere CCG".into()].into(), ..base.clone() }), 1);
    assert_eq!(shown(Filter { text: "ONE b".into(), ..base.clone() }), 1, "found by an action under it");
    assert_eq!(
        shown(Filter { states: [Shown::Overdue].into(), only_mine: true, ..base }),
        1,
        "kinds are joined by and"
    );
}

#[test]
fn what_was_put_off_twice_is_counted() {
    let mut plan = plan();
    let mut edit = EditBuilder::new(&plan, "Revise");
    edit.update::<Action>(id("june"), |row| {
        row.original_due_words = "March 2013".into();
        row.due_words = "June 2013".into();
    });
    for (date, due) in [("2013-03-30", "May 2013"), ("2013-04-20", "April 2013"), ("2013-05-30", "June 2013")] {
        edit.put(&Update {
            id: id(date),
            action: id("june"),
            date: Some(day(date)),
            due: due.into(),
            ..Update::default()
        });
    }
    edit.finish().apply(&mut plan).expect("fits");
    let timeline = Timeline::of(&plan, &Index::of(&plan));
    let entry = &timeline.entries()[timeline.place_of(DueRow::Action(id("june"))).expect("there")];
    assert_eq!(entry.slips, 2, "to May, forward to April, to June");
    assert_eq!(timeline.facets(&plan, day("2013-07-01"), &Filter::default()).slipped_twice, 1);
}

#[test]
fn the_burn_up_counts_what_was_due_and_done_by_then() {
    let plan = plan();
    let timeline = Timeline::of(&plan, &Index::of(&plan));
    let burn = timeline.burn_up(&plan, day("2013-07-15"), &Filter::default());
    let at = |year, month| {
        let month = Month { year, month };
        burn.months.iter().find(|row| row.month == month).map(|row| (row.due, row.done)).expect("on the axis")
    };
    assert_eq!(at(2013, 5), (1, Some(0)));
    assert_eq!(at(2013, 6), (3, Some(1)), "done on the tenth");
    assert_eq!(at(2013, 7), (6, Some(1)));
    assert_eq!(at(2013, 10), (7, None), "nobody knows yet");
    assert_eq!((burn.all, burn.done, burn.undated), (12, 1, 0), "the tentative one is in neither");
}

#[test]
fn a_chart_has_a_bar_for_every_action_and_for_what_is_not_paired() {
    let plan = plan();
    let index = Index::of(&plan);
    let timeline = Timeline::of(&plan, &index);
    let chart = timeline.chart(&plan, &index, day("2013-07-15"), &Filter::default(), GroupBy::Responsibility);
    let groups: Vec<(&str, usize)> =
        chart.groups.iter().map(|group| (group.title.as_str(), group.bars.len())).collect();
    assert_eq!(groups, [("one", 2), ("two", 3), ("Under no responsibility", 10)]);
    assert!(chart.groups[0].bars.iter().all(|bar| bar.inherited && bar.action.is_some()), "each action's");
    let open = chart.groups[1].bars.iter().find(|bar| bar.action == Some(id("two b"))).expect("a row of its own");
    assert_eq!(
        (&open.shape, open.row),
        (&Shape::Unpaired, DueRow::Timescale(id("t3"))),
        "nobody has said which of two is its due; it leads to where that is said"
    );
    assert_eq!((chart.first, chart.last), (Month { year: 2013, month: 5 }, Month { year: 2013, month: 10 }));
    let again = chart.groups[2].bars.iter().find(|bar| bar.text == "again").expect("there");
    assert!(matches!(&again.shape, Shape::Recurring(months) if !months.is_empty()), "{:?}", again.shape);
}

#[test]
fn the_months_of_a_chart_reach_back_to_what_was_begun_and_on_to_what_comes_again() {
    let mut plan = Plan::default();
    let mut edit = EditBuilder::new(&plan, "Fill");
    edit.put(&Action { starts_on: Some(day("2013-02-11")), ..action("begun", "June 2013") });
    edit.put(&action("again", "quarterly"));
    edit.finish().apply(&mut plan).expect("fits");
    let index = Index::of(&plan);
    let chart = Timeline::of(&plan, &index).chart(&plan, &index, day("2013-06-15"), &Filter::default(), GroupBy::Owner);
    assert_eq!(chart.first, Month { year: 2013, month: 2 }, "the start is on the chart");
    assert_eq!(chart.last, Month { year: 2013, month: 9 }, "a quarter ahead, so that the next time is seen");
}

#[test]
fn a_timescale_with_one_of_its_actions_done_is_not_done_on_that_day() {
    let mut plan = plan();
    let finish = |plan: &mut Plan, name: &str, on: &str| {
        let row = plan.actions.get_mut(&id(name)).expect("there");
        (row.state, row.done_on) = (ActionState::Complete, Some(day(on)));
    };
    let done_on = |plan: &Plan| {
        let timeline = Timeline::of(plan, &Index::of(plan));
        let place = timeline.place_of(DueRow::Timescale(id("t1"))).expect("a card");
        timeline.entries()[place].done_on
    };
    finish(&mut plan, "one a", "2013-05-21");
    assert_eq!(done_on(&plan), None, "one is left");
    finish(&mut plan, "one b", "2013-05-03");
    assert_eq!(done_on(&plan), Some(day("2013-05-21")), "the last of them");
}

#[test]
fn partners_are_told_apart_by_commas_and_a_role_by_any_of_its_parts_is_mine() {
    let mut plan = plan();
    let row = plan.actions.get_mut(&id("held")).expect("there");
    row.partners = "CQC, Healthwatch Northmoor".into();
    row.owner = "Complaints manager, CSU".into();
    let timeline = Timeline::of(&plan, &Index::of(&plan));
    let facets = timeline.facets(&plan, day("2013-05-28"), &Filter::default());
    let partners: Vec<_> = facets.partners.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(partners, ["CQC", "Healthwatch Northmoor", ""]);
    assert!(facets.owners.iter().any(|choice| choice.value == "Complaints manager, CSU"), "a role may have a comma");
    for settings in ["Complaints manager", "complaints manager, CSU"] {
        let filter = Filter { mine: Mine::parse(settings), ..Filter::default() };
        assert_eq!(timeline.facets(&plan, day("2013-05-28"), &filter).mine, 1, "{settings}");
    }
}
