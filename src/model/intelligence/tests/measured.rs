use super::fixture::{QUIET, World, cell, id, month, nth, theme};
use crate::model::Subject;
use crate::model::intelligence::{ThemeKey, Unit, View};
use crate::model::signal::{Scoring, Source};
use crate::model::triangulation::{Cell, Reading};

const HOSPITALS: &str = "Northmoor Hospitals";
const COMMUNITY: &str = "Northmoor Community";

#[test]
fn scoring_rules_are_never_one_series() {
    let mut world = World::of(&[HOSPITALS]);
    world.rules = crate::model::intelligence::Rules::at(super::fixture::day("2014-12-31"));
    for at in ["2014-07", "2014-08", "2014-09", "2014-10", "2014-11"] {
        let good = if at < "2014-10" { 30.0 } else { 90.0 };
        world.measure(HOSPITALS, Source::FriendsAndFamily, at, "A&E", (good, Some(100.0)));
    }
    let view = |to: &str| View::of(month("2014-07"), month(to));
    let sorted = world.sorted();
    let chart = |to: &str| sorted.chart(&view(to), id(HOSPITALS), ThemeKey::All, Source::FriendsAndFamily);
    let (then, now) = (chart("2014-09"), chart("2014-11"));
    assert_eq!((then.len(), now.len()), (1, 1), "one each");
    assert_eq!((then[0].scoring, then[0].series.points.len()), (Some(Scoring::NetScore), 3), "to September");
    assert_eq!((now[0].scoring, now[0].series.points.len()), (Some(Scoring::Recommend), 2), "from October");
    assert_eq!((then[0].unit, now[0].unit), (Unit::Score, Unit::Percent), "a net score is no share");
    let picture = sorted.picture(&view("2014-11"));
    let found = cell(&picture, HOSPITALS, ThemeKey::All, Source::FriendsAndFamily);
    assert_eq!((found.shown().as_str(), found.scoring), ("90%", Some(Scoring::Recommend)), "of the newer rule alone");
}

#[test]
fn shares_are_pooled_by_their_bases_and_a_total_goes_before_its_parts() {
    let mut world = World::of(&[HOSPITALS]);
    for (site, good, of) in [("North", 10.0, 10.0), ("South", 0.0, 30.0)] {
        world.measure(HOSPITALS, Source::FriendsAndFamily, "2013-05", "A&E", (good, Some(of))).site = site.into();
    }
    let shown = |world: &World| {
        let picture = world.picture("2013-05", "2013-05");
        cell(&picture, HOSPITALS, ThemeKey::All, Source::FriendsAndFamily).shown()
    };
    assert_eq!(shown(&world), "25", "10 of 40, not the mean of 100 and 0");
    world.measure(HOSPITALS, Source::FriendsAndFamily, "2013-05", "A&E", (20.0, Some(40.0)));
    assert_eq!(shown(&world), "50", "the hospital's own number, not both added");
    world.measure(HOSPITALS, Source::FriendsAndFamily, "2013-06", "A&E", (0.0, Some(0.0)));
    let picture = world.picture("2013-06", "2013-06");
    let empty = cell(&picture, HOSPITALS, ThemeKey::All, Source::FriendsAndFamily);
    assert_eq!((empty.value, empty.count), (None, None), "nobody answered is no nought");
}

#[test]
fn a_survey_covers_the_themes_it_asks_about_and_no_others() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    world.measure(HOSPITALS, Source::StaffSurvey, "2013-05", "Enough staff to do my job", (40.0, Some(100.0)));
    world.received(COMMUNITY, Source::StaffSurvey, "2013-05", "2013-05");
    world.put(&Subject {
        id: Subject::id_of(id("plan"), "Enough staff to do my job"),
        text: "Enough staff to do my job".into(),
        theme: theme("Staffing levels").id(),
    });
    let picture = world.picture("2013-05", "2013-05");
    let at = |provider: &str, key| cell(&picture, provider, key, Source::StaffSurvey);
    assert_eq!(at(HOSPITALS, theme("Staffing levels")).shown(), "40%");
    assert_eq!(at(HOSPITALS, theme("Medication")).cell, Cell::NotAsked, "no question about it");
    assert_eq!(at(HOSPITALS, ThemeKey::All).cell, Cell::NotAsked, "nor one about all");
    assert_eq!(at(COMMUNITY, theme("Staffing levels")).shown(), "no number", "received, and nothing said: no nought");
}

#[test]
fn fewer_who_would_recommend_is_adverse_and_so_are_more_who_are_harassed() {
    let mut world = World::of(&[HOSPITALS]);
    let ask = |world: &mut World, what: &str, last: f64| {
        for (place, value) in QUIET.iter().enumerate() {
            let value = if place == 23 { last } else { 40.0 + *value as f64 };
            world.measure(HOSPITALS, Source::StaffSurvey, &nth(place), what, (value, Some(100.0)));
        }
        let picture = world.picture("2013-12", "2013-12");
        world.facts.measures.clear();
        cell(&picture, HOSPITALS, ThemeKey::All, Source::StaffSurvey).reading
    };
    for (what, last, wanted) in [
        ("Would recommend", 10.0, Reading::Adverse),
        ("Would recommend", 90.0, Reading::Better),
        ("Experienced harassment", 90.0, Reading::Adverse),
        ("Did not experience harassment", 90.0, Reading::Better),
    ] {
        assert_eq!(ask(&mut world, what, last), Some(wanted), "{what}, {last}");
    }
}

#[test]
fn scores_without_a_base_stay_apart_and_the_worst_of_them_is_read() {
    let mut world = World::of(&[HOSPITALS]);
    for (place, value) in QUIET.iter().enumerate() {
        let value = *value as f64;
        world.measure(HOSPITALS, Source::PatientSurvey, &nth(place), "Felt heard", (value, None));
        let last = if place == 23 { 1.0 } else { value + 50.0 };
        world.measure(HOSPITALS, Source::PatientSurvey, &nth(place), "Clean ward", (last, None));
    }
    let view = View::of(month("2013-12"), month("2013-12"));
    let keys = [ThemeKey::All, theme("Cleanliness and infection"), theme("Communication and listening")];
    let sorted = world.sorted();
    let charts: usize =
        keys.iter().map(|key| sorted.chart(&view, id(HOSPITALS), *key, Source::PatientSurvey).len()).sum();
    assert_eq!(charts, 2, "each its own chart");
    let picture = sorted.picture(&view);
    let readings = |row: &crate::model::intelligence::Row| row.cells[0].reading;
    assert!(picture.providers[0].rows.iter().any(|row| readings(row) == Some(Reading::Adverse)), "the worst is read");
}

#[test]
fn activity_is_a_base_and_never_a_count() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    for at in ["2013-04", "2013-05"] {
        for provider in [HOSPITALS, COMMUNITY] {
            world.signals(6, provider, Source::Complaint, at, &["Medication"]);
        }
        world.measure(HOSPITALS, Source::Complaint, at, "Number of contacts", (2000.0, None));
    }
    world.measure(COMMUNITY, Source::Complaint, "2013-05", "Number of contacts", (1000.0, None));
    let view = View { rate: true, ..View::of(month("2013-04"), month("2013-05")) };
    let picture = world.sorted().picture(&view);
    let at = |provider: &str| cell(&picture, provider, ThemeKey::All, Source::Complaint);
    assert_eq!((at(HOSPITALS).shown().as_str(), at(HOSPITALS).count), ("3 per 1,000", Some(12)), "12 of 4,000");
    assert_eq!((at(COMMUNITY).shown().as_str(), at(COMMUNITY).unit), ("12", Unit::Count), "April's is not known");
    let rolled = picture.overall[0].cells[0];
    assert_eq!((rolled.count, rolled.unit, rolled.shown()), (Some(24), Unit::Count, "24".into()), "counts over all");
    let chart = &world.sorted().chart(&view, id(HOSPITALS), ThemeKey::All, Source::Complaint)[0];
    assert_eq!((chart.unit, chart.base.as_deref()), (Unit::PerThousand, Some("Number of contacts")), "and the chart");
    for (what, is) in [
        ("Contacts", true),
        ("Occupied bed days", true),
        ("A&E attendances", true),
        ("Total admissions", true),
        ("Cancelled appointments", false),
        ("Complaints received", false),
        ("Inpatients", false),
    ] {
        let found = world.measure(HOSPITALS, Source::Complaint, "2013-05", what, (1.0, None)).is_activity();
        assert_eq!(found, is, "{what}");
    }
}

#[test]
fn counts_by_somebody_else_stand_where_no_items_came() {
    let mut world = World::of(&[HOSPITALS]);
    world.measure(HOSPITALS, Source::Complaint, "2013-04", "Complaints received", (9.0, None));
    world.measure(HOSPITALS, Source::Complaint, "2013-04", "Complaints closed", (4.0, None));
    world.measure(HOSPITALS, Source::Complaint, "2013-05", "Complaints received", (8.0, None));
    world.measure(HOSPITALS, Source::Complaint, "2013-04", "Waiting times: Count", (3.0, None));
    world.signals(2, HOSPITALS, Source::Complaint, "2013-05", &["Waiting times"]);
    let count = |from: &str, to: &str, key| {
        let picture = world.picture(from, to);
        cell(&picture, HOSPITALS, key, Source::Complaint).count
    };
    assert_eq!(count("2013-04", "2013-04", ThemeKey::All), Some(9), "what was received, not what was closed as well");
    assert_eq!(count("2013-05", "2013-05", ThemeKey::All), Some(2), "where items came they are counted");
    assert_eq!(count("2013-04", "2013-05", ThemeKey::All), Some(11), "together");
    assert_eq!(count("2013-04", "2013-04", theme("Waiting and access")), Some(3), "by subject");
    assert_eq!(count("2013-04", "2013-04", theme("Medication")), None, "nobody said: no nought");
    assert_eq!(count("2013-05", "2013-05", theme("Medication")), Some(0), "items came, and none about it");
}

#[test]
fn a_count_of_one_subject_is_never_the_total_and_a_total_goes_before_its_parts() {
    let mut world = World::of(&[HOSPITALS]);
    let heading = |subject: &str| format!("{subject}: Total new complaints");
    for (subject, value) in
        [("All aspects of clinical treatment", 5.0), ("Consent", 2.0), ("Parked bicycles", 1.0), ("Waiting times", 4.0)]
    {
        world.measure(HOSPITALS, Source::Complaint, "2013-04", &heading(subject), (value, None));
    }
    let shown = |world: &World, key| {
        let picture = world.picture("2013-04", "2013-04");
        cell(&picture, HOSPITALS, key, Source::Complaint).shown()
    };
    assert_eq!(shown(&world, ThemeKey::All), "no number", "subjects are never added up to a total");
    assert_eq!(shown(&world, theme("Clinical care and treatment")), "7", "two subjects of one theme");
    assert_eq!(shown(&world, ThemeKey::Unmapped), "1", "nobody mapped it");
    world.measure(HOSPITALS, Source::Complaint, "2013-04", &heading("Total"), (10.0, None));
    assert_eq!(shown(&world, ThemeKey::All), "10", "the total that was given");
    for (what, value) in [("A&E", 30.0), ("Inpatients", 60.0), ("All services", 50.0)] {
        world.measure(HOSPITALS, Source::FriendsAndFamily, "2013-04", what, (value, Some(100.0)));
    }
    let picture = world.picture("2013-04", "2013-04");
    let test = cell(&picture, HOSPITALS, ThemeKey::All, Source::FriendsAndFamily);
    assert_eq!(test.of, Some((50.0, 100.0)), "of all services, not those and their parts");
}

#[test]
fn a_quarter_counts_where_all_of_it_lies_in_the_period() {
    let mut world = World::of(&[HOSPITALS]);
    for (at, value) in [("2013-01", 30.0), ("2013-04", 40.0)] {
        world.measure(HOSPITALS, Source::Complaint, at, "Complaints received", (value, None)).months = 3;
    }
    let shown = |from: &str, to: &str| {
        let picture = world.picture(from, to);
        cell(&picture, HOSPITALS, ThemeKey::All, Source::Complaint).shown()
    };
    assert_eq!(shown("2013-04", "2013-06"), "40", "the quarter");
    assert_eq!(shown("2013-01", "2013-06"), "70", "both");
    assert_eq!(shown("2013-05", "2013-06"), "no number", "a part of it cannot be known");
    let view = View::of(month("2013-04"), month("2013-06"));
    let chart = &world.sorted().chart(&view, id(HOSPITALS), ThemeKey::All, Source::Complaint)[0];
    assert_eq!((chart.span, chart.series.points[1].at.as_str()), (3, "April 2013 to June 2013"), "by quarter");
    assert!(chart.missing.is_empty() && chart.series.missing.is_empty(), "no month between is missing");
}
