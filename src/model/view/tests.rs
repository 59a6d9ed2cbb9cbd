//! Views over a small made-up plan, and over anything.

use super::*;
use crate::model::{
    Acceptance, Action, ActionState, EditBuilder, Evidence, EvidenceLink, Link, Position, PositionState,
    Recommendation, Report, Theme, Update, intent,
};
use proptest::prelude::*;

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2013, month, day).expect("a date")
}

/// Number, theme, response, answer, state, actions as owner and due, evidence.
type Line<'t> =
    (&'t str, &'t str, &'t str, Option<Acceptance>, Option<PositionState>, &'t [(&'t str, &'t str)], &'t str);

const LINES: [Line<'_>; 6] = [
    ("10", "A", "Accepted", Some(Acceptance::Accepted), Some(PositionState::Gap), &[("Lead nurse", "July 2013")], ""),
    (
        "9",
        "A",
        "Accepted in part",
        None,
        Some(PositionState::Partly),
        &[("Board secretary; Lead nurse", "March 2013"), ("", "")],
        "Minutes",
    ),
    ("2.5.10", "B", "", Some(Acceptance::NotForUs), None, &[], ""),
    ("2.5.3", "B", "Accepted", None, Some(PositionState::InPlace), &[("Lead nurse", "June 2014")], "Audit of SIs"),
    ("R2", "", "Accepted", None, Some(PositionState::Gap), &[], "Café rota"),
    ("", "", "", None, None, &[("Board secretary", "")], ""),
];

fn plan() -> Plan {
    let mut plan = Plan::default();
    intent::create_plan(id("plan"), "NHS Northmoor CCG", "Plan", Some(day(5, 28))).apply(&mut plan).expect("fits");
    let mut edit = EditBuilder::new(&plan, "Fill");
    edit.put(&Report { id: id("report"), key: "f".into(), short_title: "Francis".into(), ..Report::default() });
    for (order, title) in [("1", "B"), ("2", "A"), ("3", "Empty")] {
        edit.put(&Theme { id: id(title), order: order.into(), title: title.into() });
    }
    for (at, (number, theme, response, answer, state, actions, evidence)) in LINES.into_iter().enumerate() {
        let row = Recommendation {
            id: id(&format!("row {number}")),
            order: format!("{at}1"),
            report: "f".into(),
            reference: number.into(),
            theme: (!theme.is_empty()).then(|| id(theme)),
            title: format!("Title of {number}"),
            response_status: response.into(),
            acceptance: answer,
            ..Recommendation::default()
        };
        if state.is_some() {
            let text = format!("Reports of SIs under {number}");
            edit.put(&Position {
                id: id(&format!("position {number}")),
                recommendation: row.id,
                as_at: None,
                text,
                state,
            });
        }
        for (place, (owner, due)) in actions.iter().enumerate() {
            let action = Action {
                id: id(&format!("action {number} {place}")),
                text: "Do it".into(),
                owner: (*owner).into(),
                due_words: (*due).into(),
                ..Action::default()
            };
            let order = place.to_string();
            edit.put(&Link { id: Link::id_of(row.id, action.id), recommendation: row.id, action: action.id, order });
            edit.put(&action);
        }
        if !evidence.is_empty() {
            let shows = Evidence { id: id(evidence), text: evidence.into(), ..Evidence::default() };
            let link = EvidenceLink::id_of(row.id, shows.id);
            edit.put(&EvidenceLink { id: link, recommendation: row.id, evidence: shows.id, order: "1".into() });
            edit.put(&shows);
        }
        edit.put(&row);
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

fn look(plan: &Plan, view: &View) -> List {
    Look { view: view.clone(), ..Look::default() }.list(plan, &Index::of(plan), day(5, 28))
}

/// The numbers that a view shows, from top to bottom.
fn shown(plan: &Plan, view: &View) -> Vec<String> {
    look(plan, view).rows().map(|id| plan.recommendations[&id].reference.clone()).collect()
}

fn filtered(change: impl Fn(&mut Filter)) -> View {
    let mut view = View { group: Group::None, ..View::default() };
    change(&mut view.filter);
    view
}

#[test]
fn each_filter_lets_through_what_it_says_and_all_combine() {
    type Case<'c> = (&'c str, Box<dyn Fn(&mut Filter)>, &'c [&'c str]);
    let switch = |switch: Switch| {
        Box::new(move |filter: &mut Filter| {
            filter.switches.insert(switch);
        })
    };
    let cases: Vec<Case<'_>> = vec![
        ("nothing chosen", Box::new(|_| ()), &["2.5.10", "2.5.3", "10", "9", "R2", ""]),
        ("spaces are no search", Box::new(|f| f.text = "  ".into()), &["2.5.10", "2.5.3", "10", "9", "R2", ""]),
        ("SI finds SIs", Box::new(|f| f.text = "SI".into()), &["2.5.3", "10", "9", "R2"]),
        ("accents fold", Box::new(|f| f.text = "cafe".into()), &["R2"]),
        ("a theme", Box::new(|f| f.themes = [Some(id("A"))].into()), &["10", "9"]),
        ("no theme, or one", Box::new(|f| f.themes = [None, Some(id("B"))].into()), &["2.5.10", "2.5.3", "R2", ""]),
        ("no response", Box::new(|f| f.responses = [String::new()].into()), &["2.5.10", ""]),
        ("an answer", Box::new(|f| f.answers = [Some(Acceptance::NotForUs)].into()), &["2.5.10"]),
        ("no answer", Box::new(|f| f.answers = [None].into()), &["2.5.3", "9", "R2", ""]),
        (
            "two states",
            Box::new(|f| f.states = [Some(PositionState::Gap), Some(PositionState::Partly)].into()),
            &["10", "9", "R2"],
        ),
        ("no state", Box::new(|f| f.states = [None].into()), &["2.5.10", ""]),
        ("one of several owners", Box::new(|f| f.owners = ["Lead nurse".to_owned()].into()), &["2.5.3", "10", "9"]),
        ("no owner", Box::new(|f| f.owners = [String::new()].into()), &["2.5.10", "9", "R2"]),
        ("no action", switch(Switch::NoAction), &["2.5.10", "R2"]),
        ("no position", switch(Switch::NoPosition), &["2.5.10", ""]),
        ("no evidence", switch(Switch::NoEvidence), &["2.5.10", "10", ""]),
        ("overdue", switch(Switch::Overdue), &["9"]),
        (
            "kinds are joined by and",
            Box::new(|f| {
                f.states = [Some(PositionState::Gap)].into();
                f.switches = [Switch::NoAction].into();
            }),
            &["R2"],
        ),
        ("a theme that is gone", Box::new(|f| f.themes = [Some(id("gone"))].into()), &[]),
    ];
    let plan = plan();
    for (what, change, expected) in cases {
        assert_eq!(shown(&plan, &filtered(change)), expected, "{what}");
    }
}

#[test]
fn facets_count_what_each_choice_would_show_beside_the_others() {
    let plan = plan();
    let view = filtered(|filter| {
        filter.states = [Some(PositionState::Gap)].into();
        filter.switches = [Switch::NoAction].into();
    });
    let facets = look(&plan, &view).facets;
    let states: Vec<(Option<PositionState>, usize)> = facets.states.iter().map(|c| (c.value, c.count)).collect();
    assert_eq!(states, [(Some(PositionState::Gap), 1), (None, 1)], "of those without an action");
    assert_eq!(facets.switches[&Switch::NoAction], 1, "of those in the gap, without an action");
    assert_eq!(facets.switches[&Switch::Overdue], 0);
    assert_eq!(facets.shown, 1);
    let gone = look(&plan, &filtered(|filter| filter.owners = ["Somebody who left".to_owned()].into())).facets;
    assert!(
        gone.owners.iter().any(|c| c.value == "Somebody who left" && c.count == 0),
        "what is chosen stays to be seen"
    );
    let owners: Vec<&str> = gone.owners.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(owners.last(), Some(&""), "none last: {owners:?}");
}

#[test]
fn every_column_sorts_as_people_count_and_blanks_come_last_both_ways() {
    let cases: [(Column, &[&str], &[&str]); 9] = [
        (Column::Reference, &["2.5.3", "2.5.10", "9", "10", "R2", ""], &["R2", "10", "9", "2.5.10", "2.5.3", ""]),
        (Column::Response, &["2.5.3", "10", "R2", "9", "2.5.10", ""], &["9", "2.5.3", "10", "R2", "2.5.10", ""]),
        (Column::Actions, &["2.5.3", "10", "", "9", "2.5.10", "R2"], &["9", "2.5.3", "10", "", "2.5.10", "R2"]),
        (Column::Theme, &["2.5.10", "2.5.3", "10", "9", "R2", ""], &["10", "9", "2.5.10", "2.5.3", "R2", ""]),
        (Column::Answer, &["10", "2.5.10", "2.5.3", "9", "R2", ""], &["2.5.10", "10", "2.5.3", "9", "R2", ""]),
        (Column::State, &["2.5.3", "9", "10", "R2", "2.5.10", ""], &["10", "R2", "9", "2.5.3", "2.5.10", ""]),
        (Column::Owners, &["", "9", "2.5.3", "10", "2.5.10", "R2"], &["2.5.3", "10", "9", "", "2.5.10", "R2"]),
        (Column::Due, &["9", "10", "2.5.3", "2.5.10", "R2", ""], &["2.5.3", "10", "9", "2.5.10", "R2", ""]),
        (Column::Evidence, &["2.5.3", "R2", "9", "2.5.10", "10", ""], &["9", "R2", "2.5.3", "2.5.10", "10", ""]),
    ];
    let plan = plan();
    for (column, up, down) in cases {
        for (descending, expected) in [(false, up), (true, down)] {
            let view = View { group: Group::None, sort: vec![Sort { column, descending }], ..View::default() };
            assert_eq!(shown(&plan, &view), expected, "by {column}, descending: {descending}");
        }
    }
}

#[test]
fn a_heading_is_clicked_up_down_and_back_and_with_shift_beside_the_others() {
    let mut view = View::default();
    let up = |column| Sort { column, descending: false };
    let down = |column| Sort { column, descending: true };
    let steps = [
        (Column::State, false, vec![up(Column::State)]),
        (Column::Due, true, vec![up(Column::State), up(Column::Due)]),
        (Column::Due, true, vec![up(Column::State), down(Column::Due)]),
        (Column::State, true, vec![down(Column::State), down(Column::Due)]),
        (Column::State, true, vec![down(Column::Due)]),
        (Column::Reference, false, vec![up(Column::Reference)]),
        (Column::Reference, false, vec![down(Column::Reference)]),
        (Column::Reference, false, vec![]),
    ];
    for (column, beside, expected) in steps {
        view.sort_by(column, beside);
        assert_eq!(view.sort, expected, "after {column}");
    }
}

#[test]
fn two_keys_sort_one_within_the_other() {
    let sort = [(Column::State, true), (Column::Reference, false)];
    let sort = sort.map(|(column, descending)| Sort { column, descending }).to_vec();
    let view = View { group: Group::None, sort, ..View::default() };
    assert_eq!(shown(&plan(), &view), ["10", "R2", "9", "2.5.3", "2.5.10", ""]);
}

#[test]
fn rows_stand_under_headings_in_their_order_and_under_each_owner() {
    let plan = plan();
    let grouped = |group: Group, filter: Filter| -> Vec<(String, usize, usize)> {
        let list = look(&plan, &View { group, filter, ..View::default() });
        list.groups.iter().map(|group| (group.key.title(&plan), group.rows.len(), group.actions)).collect()
    };
    let told = |rows: &[(&str, usize, usize)]| -> Vec<(String, usize, usize)> {
        rows.iter().map(|(title, rows, actions)| ((*title).to_owned(), *rows, *actions)).collect()
    };
    let all = Filter::default;
    assert_eq!(
        grouped(Group::Theme, all()),
        told(&[("B", 2, 1), ("A", 2, 3), ("Empty", 0, 0), ("Without a theme", 2, 1)]),
        "in the plan's order, empty ones too"
    );
    let gap = Filter { states: [Some(PositionState::Gap)].into(), ..Filter::default() };
    assert_eq!(grouped(Group::Theme, gap), told(&[("A", 1, 1), ("Without a theme", 1, 0)]), "only what is left");
    assert_eq!(
        grouped(Group::State, all()),
        told(&[("In place", 1, 1), ("Partly", 1, 2), ("Gap", 2, 1), ("No state", 2, 1)])
    );
    assert_eq!(
        grouped(Group::Owner, all()),
        told(&[("Board secretary", 2, 3), ("Lead nurse", 3, 4), ("No owner", 3, 2)])
    );
    let nurse = Filter { owners: ["Lead nurse".to_owned()].into(), ..Filter::default() };
    assert_eq!(grouped(Group::Owner, nurse), told(&[("Lead nurse", 3, 4)]), "the other owners were not asked for");
    assert_eq!(grouped(Group::Report, all()), told(&[("Francis", 6, 5)]));
    assert_eq!(
        grouped(Group::Response, all()),
        told(&[("Accepted", 3, 2), ("Accepted in part", 1, 2), ("No response recorded", 2, 1)])
    );
    let list = look(&plan, &View { group: Group::Owner, ..View::default() });
    assert_eq!((list.shown, list.of, list.rows().count()), (6, 6, 8), "each counted once, however often it stands");
}

#[test]
fn changes_count_for_the_recommendations_that_they_belong_to() {
    let plan = plan();
    let index = Index::of(&plan);
    let changed = |edit: &dyn Fn(&Plan, &mut EditBuilder<'_>)| -> Vec<String> {
        let mut builder = EditBuilder::new(&plan, "Change");
        edit(&plan, &mut builder);
        let edit = builder.finish();
        let mut after = plan.clone();
        edit.apply(&mut after).expect("fits");
        let found = changed_recommendations(&after, &Index::of(&after), &net(edit.changes));
        index
            .recommendations
            .iter()
            .filter(|id| found.contains(id))
            .map(|id| plan.recommendations[id].reference.clone())
            .collect()
    };
    let row = |number: &str| id(&format!("row {number}"));
    assert_eq!(changed(&|_, e| e.update::<Recommendation>(row("9"), |r| r.response = "Yes".into())), ["9"]);
    assert_eq!(changed(&|_, e| e.update::<Recommendation>(row("9"), |r| r.order = "zz".into())), [""; 0], "moved");
    assert_eq!(changed(&|_, e| e.update::<Position>(id("position R2"), |r| r.text = "New".into())), ["R2"]);
    assert_eq!(changed(&|_, e| e.delete::<Position>(id("position 10"))), ["10"], "what it pointed at before");
    assert_eq!(changed(&|_, e| e.update::<Action>(id("action 9 0"), |r| r.state = ActionState::Complete)), ["9"]);
    let update = Update { id: id("note"), action: id("action 2.5.3 0"), note: "Begun".into(), ..Update::default() };
    assert_eq!(changed(&|_, e| e.put(&update)), ["2.5.3"], "a note on its action");
    assert_eq!(changed(&|_, e| e.delete::<EvidenceLink>(EvidenceLink::id_of(row("9"), id("Minutes")))), ["9"]);
    let linked = |e: &mut EditBuilder<'_>| intent::put_link(e, row("2.5.10"), id("action 9 0"));
    assert_eq!(changed(&|_, e| linked(e)), ["2.5.10"], "it was linked; the other one was not touched");
    let renamed = |e: &mut EditBuilder<'_>| e.update::<Theme>(id("A"), |r| r.title = "Z".into());
    assert_eq!(changed(&|_, e| renamed(e)), [""; 0], "a heading's name is no change of its rows");
}

#[test]
fn what_was_changed_and_changed_back_was_not_changed() {
    let plan = plan();
    let set = |plan: &Plan, title: &str| {
        let mut edit = EditBuilder::new(plan, "Title");
        edit.update::<Recommendation>(id("row 9"), |row| row.title = title.into());
        edit.finish()
    };
    let mut now = plan;
    let there = set(&now, "Other");
    there.apply(&mut now).expect("fits");
    let back = there.inverse("Undo");
    assert_eq!(net(there.changes.iter().cloned()).len(), 1);
    assert_eq!(net(there.changes.into_iter().chain(back.changes)), []);
}

#[test]
fn changed_since_shows_all_until_the_history_has_answered() {
    let plan = plan();
    let view = filtered(|filter| filter.changed_since = Some(day(5, 1)));
    assert_eq!(look(&plan, &view).shown, 6, "nothing is left out on a guess");
    let changed = Some(Arc::new([id("row 9")].into()));
    assert_eq!(Look { view, changed, ..Look::default() }.list(&plan, &Index::of(&plan), day(5, 28)).shown, 1);
}

#[test]
fn what_a_paper_says_of_its_rows() {
    let plan = plan();
    let mut view = View::default();
    assert_eq!(view.words(&plan, &look(&plan, &view)), "", "all of it, as the plan has it");
    view.filter.states = [Some(PositionState::Gap), Some(PositionState::Partly), None].into();
    view.filter.themes = [Some(id("A")), None].into();
    view.filter.changed_since = None;
    view.sort =
        vec![Sort { column: Column::Due, descending: true }, Sort { column: Column::Reference, descending: false }];
    view.group = Group::State;
    assert_eq!(
        view.words(&plan, &look(&plan, &view)),
        "4 of 6 recommendations; theme: none, A; state: partly, gap, none. \
         Sorted by next due, last first, then by number. Grouped by state."
    );
}

#[test]
fn a_definition_that_is_none_is_told_and_what_it_does_not_know_is_passed_over() {
    for broken in ["", "[]", "{\"columns\":5}", "{\"sort\":[{\"column\":[]}]}", "not json"] {
        assert!(View::read(broken).is_err(), "{broken:?}");
    }
    let read = View::read("{}").expect("a view of nothing chosen");
    assert_eq!((read.view, read.unknown), (View::default(), vec![]));
    let newer = r#"{"filter":{"states":["partly","quite good",null],"mood":"fine","switches":["no smile"],"changed_since":"soon"},
        "columns":["actions","mood","reference","actions"],"sort":[{"column":"mood"},{"column":"due","descending":true}],
        "group":"mood","widths":{"due":5,"mood":7},"more":1}"#;
    let read = View::read(newer).expect("as far as it is known");
    assert_eq!(read.view.filter.states, [Some(PositionState::Partly), None].into());
    assert_eq!(read.view.columns, [Column::Reference, Column::Actions], "each once, the number first");
    assert_eq!(read.view.sort, [Sort { column: Column::Due, descending: true }]);
    assert_eq!(read.view.group, Group::Theme);
    assert_eq!(read.view.widths, [(Column::Due, 40)].into());
    assert_eq!(read.unknown, ["quite good", "no smile", "soon", "mood", "mood", "mood", "mood"]);
}

#[test]
fn columns_move_and_hide_but_the_number_stays_first() {
    let mut view = View::default();
    view.move_column(Column::Actions, 1);
    view.move_column(Column::Reference, 3);
    view.move_column(Column::Response, 0);
    assert_eq!(
        view.columns,
        [Column::Reference, Column::Response, Column::Actions, Column::Recommendation, Column::Position]
    );
    view.show_column(Column::Reference, false);
    view.show_column(Column::Actions, false);
    view.show_column(Column::Due, true);
    view.show_column(Column::Due, true);
    assert_eq!(
        view.columns,
        [Column::Reference, Column::Response, Column::Recommendation, Column::Position, Column::Due]
    );
}

fn views() -> impl Strategy<Value = View> {
    let theme = prop_oneof![Just(None), Just(Some(id("A"))), Just(Some(id("gone")))];
    let state = prop::option::of(prop::sample::select(PositionState::ALL));
    let answer = prop::option::of(prop::sample::select(Acceptance::ALL));
    let filter = (
        "[a-zé “]{0,6}",
        prop::collection::btree_set(theme, 0..3),
        prop::collection::btree_set(state, 0..3),
        prop::collection::btree_set(answer, 0..3),
        prop::collection::btree_set(prop_oneof![Just(String::new()), Just("Lead nurse".to_owned())], 0..3),
        prop::collection::btree_set(prop::sample::select(Switch::ALL), 0..3),
        prop::option::of((1..13_u32, 1..28_u32).prop_map(|(month, at)| day(month, at))),
    );
    let sort = prop::collection::vec((prop::sample::select(Column::ALL), any::<bool>()), 0..3);
    let columns = prop::collection::vec(prop::sample::select(Column::ALL), 0..5);
    let widths = prop::collection::btree_map(prop::sample::select(Column::ALL), 40..=900_u16, 0..4);
    (filter, sort, prop::sample::select(Group::ALL), columns, widths).prop_map(
        |(filter, sort, group, columns, widths)| {
            let (text, themes, states, answers, owners, switches, changed_since) = filter;
            let text = text.trim().to_owned();
            let filter = Filter { text, themes, states, answers, owners, switches, changed_since, ..Filter::default() };
            let mut keys: Vec<Sort> = Vec::new();
            for (column, descending) in sort {
                if keys.iter().all(|key| key.column != column) {
                    keys.push(Sort { column, descending });
                }
            }
            View { filter, sort: keys, group, columns: tidy_columns(columns), widths }
        },
    )
}

proptest! {
    #[test]
    fn a_view_reads_back_as_it_was_written(view in views()) {
        let read = View::read(&view.definition()).expect("its own");
        prop_assert_eq!(read.unknown, Vec::<String>::new());
        // no column at all is written by nobody: the number is always there
        prop_assert_eq!(read.view, view);
    }

    #[test]
    fn whatever_is_chosen_rows_are_of_the_plan_counts_hold_and_facets_keep_their_promise(view in views()) {
        let plan = plan();
        let list = look(&plan, &view);
        let once: BTreeSet<Id> = list.rows().collect();
        prop_assert_eq!(once.len(), list.shown, "each counted once");
        prop_assert!(list.shown <= list.of);
        if view.group != Group::Owner && view.group != Group::State {
            prop_assert_eq!(list.rows().count(), list.shown, "each stands once");
        }
        // a facet's count is what choosing it alone of its kind would show
        for choice in &list.facets.states {
            let mut other = view.clone();
            other.filter.states = [choice.value].into();
            prop_assert_eq!(look(&plan, &other).shown, choice.count, "state {:?}", choice.value);
        }
        for (switch, count) in &list.facets.switches {
            let mut other = view.clone();
            other.filter.switches.insert(*switch);
            prop_assert_eq!(look(&plan, &other).shown, *count, "{}", switch);
        }
        // sorting moves rows and loses none
        let unsorted = View { sort: Vec::new(), ..view };
        let same: BTreeSet<Id> = look(&plan, &unsorted).rows().collect();
        prop_assert_eq!(once, same);
    }
}
