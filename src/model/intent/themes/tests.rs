use super::*;
use crate::model::Value;
use proptest::prelude::*;

fn id(name: &str) -> Id {
    Id::NIL.derive(&[name])
}

fn plan() -> Plan {
    let mut plan = Plan::default();
    super::super::create_plan(id("plan"), "NHS Northmoor CCG", "Plan", None).apply(&mut plan).expect("fits");
    let mut edit = EditBuilder::new(&plan, "Fill");
    for (theme, key) in [("A", "1"), ("B", "2"), ("C", "3")] {
        edit.put(&Theme { id: id(theme), order: key.into(), title: format!("Theme {theme}") });
    }
    for (theme, number, key) in [("A", "1", "5"), ("A", "2", "6"), ("B", "3", "1"), ("B", "4", "7"), ("", "5", "6")] {
        let theme = (!theme.is_empty()).then(|| id(theme));
        let row = Recommendation { id: id(number), reference: number.into(), theme, ..Recommendation::default() };
        edit.put(&Recommendation { order: key.into(), ..row });
    }
    edit.finish().apply(&mut plan).expect("fits");
    plan
}

/// "Theme A: 1 2; Theme B: 3 4; Theme C: ; -: 5"
fn told(plan: &Plan) -> String {
    let themes = plan.themes_in_order();
    let groups = themes.iter().map(|theme| (theme.title.as_str(), Some(theme.id))).chain([("-", None)]);
    let of = |(title, theme)| {
        let numbers: Vec<&str> = under(plan, theme).iter().map(|row| row.reference.as_str()).collect();
        format!("{title}: {}", numbers.join(" "))
    };
    groups.map(of).collect::<Vec<_>>().join("; ")
}

#[test]
fn each_edit_of_a_theme_is_one_named_step_that_undo_takes_back() {
    let plan = plan();
    let cases: &[(Edit, &str, &str)] = &[
        (
            add_theme(&plan, id("D"), " Theme D "),
            "Add the theme \"Theme D\"",
            "Theme A: 1 2; Theme B: 3 4; Theme C: ; Theme D: ; -: 5",
        ),
        (
            rename_theme(&plan, id("A"), "Complaints"),
            "Rename the theme \"Theme A\" to \"Complaints\"",
            "Complaints: 1 2; Theme B: 3 4; Theme C: ; -: 5",
        ),
        (
            move_theme(&plan, id("C"), Some(id("A"))),
            "Move the theme \"Theme C\"",
            "Theme C: ; Theme A: 1 2; Theme B: 3 4; -: 5",
        ),
        (move_theme(&plan, id("A"), None), "Move the theme \"Theme A\"", "Theme B: 3 4; Theme C: ; Theme A: 1 2; -: 5"),
        (
            merge_themes(&plan, id("A"), id("B")),
            "Merge the theme \"Theme A\" into \"Theme B\"",
            "Theme B: 3 4 1 2; Theme C: ; -: 5",
        ),
        (
            merge_themes(&plan, id("B"), id("C")),
            "Merge the theme \"Theme B\" into \"Theme C\"",
            "Theme A: 1 2; Theme C: 3 4; -: 5",
        ),
        (delete_theme(&plan, id("B")), "Delete the theme \"Theme B\"", "Theme A: 1 2; Theme C: ; -: 5 3 4"),
    ];
    for (edit, label, expected) in cases {
        let mut changed = plan.clone();
        edit.apply(&mut changed).expect("fits");
        assert_eq!((edit.label.as_str(), told(&changed).as_str()), (*label, *expected));
        edit.inverse("Undo").apply(&mut changed).expect("fits");
        assert_eq!(changed, plan, "{label}");
    }
}

#[test]
fn a_theme_is_not_merged_into_itself_and_not_moved_where_it_stands() {
    let plan = plan();
    assert!(merge_themes(&plan, id("A"), id("A")).is_empty(), "it would be gone");
    assert!(merge_themes(&plan, id("A"), id("gone")).is_empty(), "into what is not there");
    assert!(move_theme(&plan, id("A"), Some(id("B"))).is_empty(), "it stands there");
    assert_eq!(nudge_theme(&plan, id("A"), Step::Up), None, "the first");
    assert_eq!(nudge_theme(&plan, id("C"), Step::Down), None, "the last");
    let mut moved = plan.clone();
    nudge_theme(&plan, id("A"), Step::Down).expect("moves").apply(&mut moved).expect("fits");
    nudge_theme(&moved, id("C"), Step::Up).expect("moves").apply(&mut moved).expect("fits");
    assert_eq!(told(&moved), "Theme B: 3 4; Theme C: ; Theme A: 1 2; -: 5");
}

const CATALOGUE: &str = r#"{
  "format": "recap-catalogue/1",
  "report": {"key": "r", "title": "Report", "short_title": "Report", "published": null},
  "sections": ["Theme A", "Staffing"],
  "recommendations": [
    {"reference": "1.5", "title": "", "section": "Theme A", "text": "t", "response": null},
    {"reference": "1.6", "title": "", "section": "Theme A", "text": "t", "response": null},
    {"reference": "9", "title": "", "section": "Theme A", "text": "t", "response": null},
    {"reference": "7", "title": "", "section": "Staffing", "text": "t", "response": null}
  ]}"#;

#[test]
fn what_is_added_from_the_catalogue_stands_where_its_number_belongs() {
    let catalogue = Catalogue::parse(CATALOGUE).expect("a catalogue");
    let add = |plan: &mut Plan, selection: &str| {
        let edit = add_from_catalogue(plan, &catalogue, &catalogue.select(selection).expect("there"));
        edit.apply(plan).expect("fits");
        edit.label
    };
    let mut plan = plan();
    assert_eq!(add(&mut plan, "all"), "Add 4 recommendations");
    assert_eq!(told(&plan), "Theme A: 1 1.5 1.6 2 9; Theme B: 3 4; Theme C: ; Staffing: 7; -: 5");
    let mut plan = self::plan();
    nudge(&mut plan, "1");
    assert_eq!(add(&mut plan, "1.5"), "Add recommendation 1.5");
    assert_eq!(told(&plan), "Theme A: 2 1 1.5; Theme B: 3 4; Theme C: ; -: 5", "a theme in an order of its own");
}

fn nudge(plan: &mut Plan, reference: &str) {
    let edit = super::super::nudge_recommendations(plan, &[id(reference)], Step::Down).expect("moves");
    edit.apply(plan).expect("fits");
}

#[test]
fn one_of_our_own_comes_with_its_report_and_its_theme() {
    let mut plan = plan();
    let own = Own {
        reference: " L1 ".into(),
        report: "CQC inspection, 2014".into(),
        title: "Visits".into(),
        text: "Visit at night.".into(),
        theme: "theme b".into(),
    };
    assert!(!own.is_taken(&plan), "free");
    let (edit, row) = add_own(&plan, &own, [id("new"), id("new theme")]);
    assert_eq!(edit.label, "Add recommendation L1");
    edit.apply(&mut plan).expect("fits");
    assert_eq!(told(&plan), "Theme A: 1 2; Theme B: 3 4 L1; Theme C: ; -: 5", "at the end of a theme that is there");
    let report = plan.reports.values().next().expect("added");
    assert_eq!((report.key.as_str(), report.short_title.as_str()), ("cqc-inspection-2014", "CQC inspection, 2014"));
    assert_eq!(plan.recommendations[&row].report, report.key, "it comes from it");
    assert!(own.is_taken(&plan), "the number in that report");
    let elsewhere = Own { report: String::new(), theme: "Visits".into(), ..own };
    assert!(!elsewhere.is_taken(&plan), "the same number in no report is another");
    let (edit, row) = add_own(&plan, &elsewhere, [id("new"), id("new theme")]);
    edit.apply(&mut plan).expect("fits");
    assert_eq!((row, plan.recommendations[&row].theme), (id("new"), Some(id("new theme"))), "under a new theme");
    assert_eq!(plan.value(Entity::Theme, id("new theme"), "title"), Some(Value::Text("Visits".into())));
}

proptest! {
    #[test]
    fn merging_and_deleting_lose_no_recommendation(from in 0usize..3, into in 0usize..3) {
        let plan = plan();
        let names = ["A", "B", "C"];
        for edit in [merge_themes(&plan, id(names[from]), id(names[into])), delete_theme(&plan, id(names[from]))] {
            let mut changed = plan.clone();
            edit.apply(&mut changed).expect("fits");
            prop_assert_eq!(changed.recommendations.len(), plan.recommendations.len());
            prop_assert!(changed.recommendations.values().all(|row| row.theme.is_none_or(|id| changed.themes.contains_key(&id))));
            // rows of other themes are not touched
            let touched = edit.rows().into_iter().filter(|(entity, _)| *entity == Entity::Recommendation);
            for (_, row) in touched {
                prop_assert_eq!(plan.recommendations[&row].theme, Some(id(names[from])));
            }
        }
    }
}
