use super::*;
use crate::model::Theme;
use proptest::prelude::*;

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

/// A plan with themes A, B and C; each recommendation as "theme number key", `-` for none and for a blank key.
fn plan(rows: &[&str]) -> Plan {
    let mut plan = Plan::default();
    let mut edit = EditBuilder::new(&plan, "Fill");
    for theme in ["A", "B", "C"] {
        edit.put(&Theme { id: id(theme), order: theme.to_lowercase(), title: theme.into() });
    }
    for row in rows {
        let mut words = row.split(' ').map(|word| if word == "-" { "" } else { word });
        let mut next = || words.next().unwrap_or_default().to_owned();
        let (theme, reference, order) = (next(), next(), next());
        let theme = (!theme.is_empty()).then(|| id(&theme));
        edit.put(&Recommendation { id: id(&reference), theme, order, reference, ..Recommendation::default() });
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// "A: 1 2; B: 3; C:"
fn told(plan: &Plan) -> String {
    let of = |(theme, rows): (Option<Id>, Vec<&Recommendation>)| {
        let name = theme.map_or("-", |id| &plan.themes[&id].title);
        let numbers: Vec<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
        format!("{name}: {}", numbers.join(" "))
    };
    by_theme(plan).into_iter().map(of).collect::<Vec<_>>().join("; ")
}

#[test]
fn alt_up_and_down_go_by_one_and_over_the_edge_of_a_theme() {
    let rows = ["A 1 1", "A 2 2", "A 3 3", "B 4 1", "- 5 1"];
    let cases: &[(&[&str], Step, Option<&str>)] = &[
        (&["2"], Step::Up, Some("A: 2 1 3; B: 4; C: ; -: 5")),
        (&["2"], Step::Down, Some("A: 1 3 2; B: 4; C: ; -: 5")),
        (&["1"], Step::Up, None),
        (&["3"], Step::Down, Some("A: 1 2; B: 3 4; C: ; -: 5")),
        (&["4"], Step::Up, Some("A: 1 2 3 4; B: ; C: ; -: 5")),
        // an empty theme is a stop as any other
        (&["4"], Step::Down, Some("A: 1 2 3; B: ; C: 4; -: 5")),
        (&["5"], Step::Up, Some("A: 1 2 3; B: 4; C: 5")),
        (&["5"], Step::Down, None),
        (&["2", "3"], Step::Up, Some("A: 2 3 1; B: 4; C: ; -: 5")),
        (&["1", "2"], Step::Down, Some("A: 3 1 2; B: 4; C: ; -: 5")),
        (&["3", "2"], Step::Down, Some("A: 1; B: 2 3 4; C: ; -: 5")),
        // rows that stand apart come together
        (&["1", "3"], Step::Down, Some("A: 2; B: 1 3 4; C: ; -: 5")),
        (&[], Step::Down, None),
    ];
    for (chosen, step, expected) in cases {
        let mut plan = plan(&rows);
        let chosen: Vec<Id> = chosen.iter().map(|name| id(name)).collect();
        let edit = nudge_recommendations(&plan, &chosen, *step);
        assert_eq!(edit.is_some(), expected.is_some(), "{chosen:?} {step:?}");
        if let (Some(edit), Some(expected)) = (edit, expected) {
            edit.apply(&mut plan).expect("fits");
            assert_eq!(told(&plan), *expected, "{chosen:?} {step:?}");
        }
    }
}

#[test]
fn in_a_plan_without_rows_outside_themes_the_last_row_has_nowhere_to_go() {
    let plan = plan(&["A 1 1", "C 2 1"]);
    assert_eq!(nudge_recommendations(&plan, &[id("2")], Step::Down), None, "it is not taken out of its theme");
}

#[test]
fn labels_say_what_went_where() {
    let plan = plan(&["A 1 1", "A 2 2", "B 3 1"]);
    let label = |chosen: &[&str], theme: Option<&str>, before: Option<&str>| {
        let chosen: Vec<Id> = chosen.iter().map(|name| id(name)).collect();
        put_recommendations(&plan, &chosen, Place { theme: theme.map(id), before: before.map(id) }).label
    };
    assert_eq!(label(&["2"], Some("A"), Some("1")), "Move recommendation 2");
    assert_eq!(label(&["1", "2"], Some("B"), None), "Move 2 recommendations to \"B\"");
    assert_eq!(label(&["3"], None, None), "Move recommendation 3 out of its theme");
}

#[test]
fn rows_that_share_a_key_are_told_apart_only_where_something_comes_between_them() {
    let mut plan = plan(&["A 1 5", "A 2 5", "A 3 5", "A 4 5", "A 9 1"]);
    assert_eq!(told(&plan), "A: 9 1 2 3 4; B: ; C: ", "by number");
    let edit = put_recommendations(&plan, &[id("9")], Place { theme: Some(id("A")), before: Some(id("3")) });
    edit.apply(&mut plan).expect("fits");
    assert_eq!(told(&plan), "A: 1 2 9 3 4; B: ; C: ");
    assert_eq!(plan.recommendations[&id("1")].order, "5", "those before keep theirs");
}

proptest! {
    #[test]
    fn only_what_was_chosen_moves_in_its_own_order_and_undo_brings_it_back(
        themes in proptest::collection::vec(0usize..4, 1..14),
        chosen in proptest::collection::btree_set(0usize..14, 1..6),
        theme in 0usize..4,
        before in proptest::option::of(0usize..14),
    ) {
        let names = ["A", "B", "C", "-"];
        let keys = order::after("", themes.len());
        let rows: Vec<String> = themes.iter().zip(keys).enumerate()
            .map(|(i, (theme, key))| format!("{} {i} {key}", names[*theme])).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let plan = plan(&rows);
        let chosen: Vec<Id> = chosen.iter().map(|i| id(&i.to_string())).collect();
        let theme = (theme < 3).then(|| id(names[theme]));
        let before = before.map(|i| id(&i.to_string()));
        let edit = put_recommendations(&plan, &chosen, Place { theme, before });
        // keys are all different here: nobody else's row is touched
        prop_assert!(edit.rows().iter().all(|(_, row)| chosen.contains(row)), "{edit:?}");
        let mut after = plan.clone();
        edit.apply(&mut after).expect("fits");
        let list = |plan: &Plan, moved: bool| -> Vec<Id> {
            plan.recommendations_in_order().iter().map(|row| row.id).filter(|id| chosen.contains(id) == moved).collect()
        };
        prop_assert_eq!(list(&plan, true), list(&after, true), "in their order");
        prop_assert_eq!(list(&plan, false), list(&after, false), "the others in theirs");
        for id in list(&after, true) {
            prop_assert_eq!(after.recommendations[&id].theme, theme);
        }
        edit.inverse("Undo").apply(&mut after).expect("fits");
        prop_assert_eq!(after, plan);
    }
}
