use super::fixture::{World, cell, day, hard, id, month, theme};
use crate::model::intelligence::{Rules, ThemeKey, View};
use crate::model::signal::{Hardness, Source};
use crate::model::triangulation::{Cell, ReceiptState};
use crate::model::{SignalTheme, Subject};

const HOSPITALS: &str = "Northmoor Hospitals";
const COMMUNITY: &str = "Northmoor Community";

#[test]
fn one_complaint_counts_once_in_all_and_once_under_each_theme_of_its_subjects() {
    let mut world = World::of(&[HOSPITALS]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &["Waiting times", "Appointments", "Staff numbers"]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &["Waiting times", "Parked bicycles", "Lost hats"]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &[]);
    let picture = world.picture("2013-05", "2013-05");
    let count = |key| cell(&picture, HOSPITALS, key, Source::Complaint).count;
    assert_eq!(count(ThemeKey::All), Some(3), "each once in all");
    assert_eq!(count(theme("Waiting and access")), Some(2), "two subjects of one theme count once under it");
    assert_eq!(count(theme("Staffing levels")), Some(1), "and once under the other");
    assert_eq!(count(theme("Medication")), Some(0), "received, and none about it: a zero");
    assert_eq!(count(ThemeKey::Unmapped), Some(2), "one with two unknown subjects, one with none");
    assert_eq!(picture.unplaced.no_subject, 1, "and it is said how many say no subject");
    assert_eq!(picture.overall[0].cells[0].count, Some(3), "over all providers too");
}

#[test]
fn no_data_not_asked_not_applicable_and_zero_are_four_things() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    world.received(HOSPITALS, Source::Complaint, "2013-05", "2013-05");
    world.said(COMMUNITY, Source::Complaint, "2013-05", "2013-05", ReceiptState::Late);
    world.said(HOSPITALS, Source::Incident, "2013-05", "2013-05", ReceiptState::NotApplicable);
    world.signal(COMMUNITY, Source::GpAlert, "2013-05", &["Medication"]);
    let picture = world.picture("2013-05", "2013-05");
    let shown = |provider: &str, source| {
        let cell = cell(&picture, provider, theme("Staffing levels"), source);
        (cell.shown(), cell.count)
    };
    assert_eq!(shown(HOSPITALS, Source::Complaint), ("0".into(), Some(0)), "received, and none");
    assert_eq!(shown(COMMUNITY, Source::Complaint), ("no data".into(), None), "late");
    assert_eq!(shown(HOSPITALS, Source::Incident), ("not applicable".into(), None), "has none");
    assert_eq!(shown(HOSPITALS, Source::GpAlert), ("not asked".into(), None), "never asked for");
    assert_eq!(shown(COMMUNITY, Source::GpAlert), ("0".into(), Some(0)), "of another theme came");
    let rolled = picture.overall[0].cells.iter().find(|cell| cell.source == Source::Complaint).expect("a column");
    assert_eq!((rolled.with_data, rolled.no_data, rolled.count), (1, 1, Some(0)), "over all: of one of two");
}

#[test]
fn a_month_that_did_not_come_is_no_point_and_one_without_rows_is_a_zero() {
    let mut world = World::of(&[HOSPITALS]);
    for at in ["2013-01", "2013-02", "2013-04", "2013-06"] {
        world.signals(6, HOSPITALS, Source::Complaint, at, &["Medication"]);
    }
    world.received(HOSPITALS, Source::Complaint, "2013-03", "2013-03");
    let view = View::of(month("2013-06"), month("2013-07"));
    let chart = &world.sorted().chart(&view, id(HOSPITALS), ThemeKey::All, Source::Complaint)[0];
    let values: Vec<f64> = chart.series.points.iter().map(|point| point.value).collect();
    assert_eq!(values, [6.0, 6.0, 0.0, 6.0, 6.0], "March came and was empty");
    assert_eq!(chart.missing, [month("2013-05"), month("2013-07")], "May and July did not come");
    assert_eq!(chart.series.missing, [month("2013-05")], "between the points");
    let words = chart.words().join(" ");
    assert!(words.contains("No data, which is no zero: May 2013, July 2013."), "{words}");
}

#[test]
fn receipts_that_nobody_marked_are_implied() {
    let mut world = World::of(&[HOSPITALS]);
    world.rules = Rules::at(day("2013-08-31"));
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &[]);
    world.said(HOSPITALS, Source::Complaint, "2013-11", "2013-11", ReceiptState::NotApplicable);
    let sorted = world.sorted();
    for (at, wanted) in [
        ("2013-04", Some(ReceiptState::NeverAsked)),
        ("2013-05", Some(ReceiptState::Received)),
        ("2013-06", Some(ReceiptState::Late)),
        ("2013-07", Some(ReceiptState::Expected)),
        ("2013-08", Some(ReceiptState::Expected)),
        ("2013-09", None),
        ("2013-11", Some(ReceiptState::NotApplicable)),
        ("2031-01", None),
        ("1999-01", Some(ReceiptState::NeverAsked)),
    ] {
        assert_eq!(sorted.coverage(id(HOSPITALS), Source::Complaint, month(at)), wanted, "{at}");
    }
    let never = sorted.coverage(id(HOSPITALS), Source::Incident, month("2013-05"));
    assert_eq!(never, Some(ReceiptState::NeverAsked), "nothing of that source ever came");
    assert!(!sorted.knows(id(HOSPITALS), Source::Incident), "so it is no column");
}

#[test]
fn what_came_goes_before_a_mark_that_it_is_expected_but_not_before_one_that_it_is_late() {
    let mut world = World::of(&[HOSPITALS]);
    world.said(HOSPITALS, Source::Complaint, "2013-05", "2013-05", ReceiptState::Expected);
    world.said(HOSPITALS, Source::Complaint, "2013-06", "2013-06", ReceiptState::Late);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &[]);
    world.signal(HOSPITALS, Source::Complaint, "2013-06", &[]);
    let picture = world.picture("2013-05", "2013-06");
    let found = cell(&picture, HOSPITALS, ThemeKey::All, Source::Complaint);
    assert_eq!((found.count, found.cell.words()), (Some(1), None), "half of June is no month");
    assert_eq!(picture.unplaced.not_received, 1, "and that is told");
}

#[test]
fn mapping_moves_counts_between_themes_and_never_changes_the_total() {
    let mut world = World::of(&[HOSPITALS]);
    world.signals(3, HOSPITALS, Source::Complaint, "2013-05", &["Lost hats"]);
    world.signals(2, HOSPITALS, Source::Complaint, "2013-05", &["Staff numbers"]);
    let staffing = SignalTheme::id_of(id("plan"), "Staffing levels");
    let count = |world: &World, key| {
        let picture = world.picture("2013-05", "2013-05");
        let rows = &picture.providers[0].rows;
        rows.iter().find(|row| row.theme == key).and_then(|row| row.cells[0].count)
    };
    let all = |world: &World| {
        (count(world, ThemeKey::All), count(world, ThemeKey::Theme(staffing)), count(world, ThemeKey::Unmapped))
    };
    assert_eq!(all(&world), (Some(5), Some(2), Some(3)), "as it ships");
    let map = |text: &str, theme| Subject { id: Subject::id_of(id("plan"), text), text: text.into(), theme };
    world.put(&map("lost  HATS", Some(staffing)));
    assert_eq!(all(&world), (Some(5), Some(5), None), "mapped, whatever case and spaces; nothing is unmapped");
    world.put(&map("Staff numbers", None));
    assert_eq!(all(&world), (Some(5), Some(3), Some(2)), "a person goes before the shipped list");
    let unmapped = world.sorted().unmapped();
    assert_eq!(
        unmapped.iter().map(|one| (one.subject.as_str(), one.settled)).collect::<Vec<_>>(),
        [("Staff numbers", true)]
    );
}

#[test]
fn subjects_to_be_mapped_are_listed_by_how_many_have_them_with_what_is_near() {
    let mut world = World::of(&[HOSPITALS]);
    world.signals(2, HOSPITALS, Source::Complaint, "2013-05", &["Lost hats"]);
    world.signals(5, HOSPITALS, Source::Complaint, "2013-05", &["Perscribing errors", "Medication"]);
    let unmapped = world.sorted().unmapped();
    let listed: Vec<(&str, u64)> = unmapped.iter().map(|one| (one.subject.as_str(), one.signals)).collect();
    assert_eq!(listed, [("Perscribing errors", 5), ("Lost hats", 2)], "the most frequent first");
    assert_eq!(unmapped[0].near[0].title, "Medication", "offered, not taken");
    assert!(unmapped[1].near.is_empty(), "nothing is like it");
}

#[test]
fn a_theme_that_was_renamed_keeps_what_leads_to_it_and_one_that_is_gone_does_not() {
    let mut world = World::of(&[HOSPITALS]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &["Staff numbers"]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &["Enough staff"]);
    let ThemeKey::Theme(staffing) = theme("Staffing levels") else { panic!("a theme") };
    let edit = crate::model::intent::intelligence::rename_signal_theme(&world.plan, staffing, "Enough staff");
    edit.apply(&mut world.plan).expect("fits");
    let picture = world.picture("2013-05", "2013-05");
    let found = cell(&picture, HOSPITALS, theme("Staffing levels"), Source::Complaint);
    assert_eq!(found.count, Some(2), "by the shipped list, and by its own new name");
    let edit = crate::model::intent::intelligence::delete_signal_theme(&world.plan, staffing);
    edit.apply(&mut world.plan).expect("fits");
    let picture = world.picture("2013-05", "2013-05");
    assert_eq!(cell(&picture, HOSPITALS, ThemeKey::Unmapped, Source::Complaint).count, Some(2), "lead nowhere");
}

#[test]
fn what_has_no_provider_or_no_month_is_told() {
    let mut world = World::of(&[HOSPITALS]);
    world.signal("", Source::Complaint, "2013-05", &[]);
    world.signal("Gone", Source::Complaint, "2013-05", &[]);
    world.signal(HOSPITALS, Source::Complaint, "", &[]);
    world.signal(HOSPITALS, Source::Complaint, "0213-05", &[]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &[]);
    let picture = world.picture("2013-05", "2013-05");
    assert_eq!((picture.unplaced.no_provider, picture.unplaced.no_month), (2, 2), "told");
    assert_eq!(picture.providers[0].totals()[0].count, Some(1), "and not counted");
}

#[test]
fn a_filter_of_hardness_or_service_counts_anew_and_leaves_out_what_has_none() {
    let mut world = World::of(&[HOSPITALS]);
    let ward = world.service("Ward 10");
    world.signals(2, HOSPITALS, Source::Complaint, "2013-05", &[]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &[]).service = ward;
    world.signal(HOSPITALS, Source::GpAlert, "2013-05", &[]);
    hard(world.signal(HOSPITALS, Source::Pals, "2013-05", &[]));
    let sorted = world.sorted();
    let view = View::of(month("2013-05"), month("2013-05"));
    let picture = sorted.picture(&View { hardness: Some(Hardness::Hard), ..view.clone() });
    assert_eq!(picture.sources, [Source::Complaint, Source::Pals], "GP alerts are soft, and no zero of hard ones");
    let picture = sorted.picture(&View { service: Some("Ward 10".into()), ..view.clone() });
    let counts: Vec<Option<u64>> = picture.providers[0].totals().iter().map(|cell| cell.count).collect();
    assert_eq!(counts, [Some(1), Some(0), Some(0)], "of that ward, the others received and none");
    assert_eq!(sorted.services(), ["Ward 10"], "what can be chosen");
    assert_eq!(
        sorted.rows(&View { service: Some("Ward 10".into()), ..view.clone() }, ThemeKey::All, None),
        [3],
        "rows"
    );
    let picture = sorted.picture(&View { sources: vec![Source::Pals], ..view });
    assert_eq!(picture.sources, [Source::Pals], "only what was chosen");
}

#[test]
fn the_rows_behind_a_cell_are_those_that_it_counts() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    world.signal(HOSPITALS, Source::Complaint, "2013-04", &["Medication"]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &["Medication", "Staff numbers"]).received =
        Some(day("2013-05-02"));
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &["Medication"]).received = Some(day("2013-05-20"));
    world.signal(HOSPITALS, Source::Incident, "2013-05", &["Medication"]);
    world.signal(COMMUNITY, Source::Complaint, "2013-05", &["Medication"]);
    let sorted = world.sorted();
    let view = View::of(month("2013-04"), month("2013-05")).for_provider(id(HOSPITALS));
    assert_eq!(sorted.rows(&view, theme("Medication"), Some(Source::Complaint)), [3, 2, 1], "newest first");
    assert_eq!(sorted.rows(&view, theme("Staffing levels"), None), [2], "of every source");
    assert_eq!(sorted.rows(&view, ThemeKey::All, None).len(), 4, "of one provider");
}

#[test]
fn a_source_that_does_not_cover_a_theme_is_not_asked_there() {
    let mut world = World::of(&[HOSPITALS]);
    world.signal(HOSPITALS, Source::Complaint, "2013-05", &["Medication"]);
    let ThemeKey::Theme(medication) = theme("Medication") else { panic!("a theme") };
    let edit = crate::model::intent::intelligence::set_not_asked(&world.plan, medication, &[Source::Complaint]);
    edit.apply(&mut world.plan).expect("fits");
    let picture = world.picture("2013-05", "2013-05");
    let at = |key| cell(&picture, HOSPITALS, key, Source::Complaint);
    assert_eq!(at(theme("Medication")).cell, Cell::NotAsked, "a person said so");
    assert_eq!(at(ThemeKey::All).count, Some(1), "all together still counts it");
}
