use super::fixture::{QUIET, World, cell, id, month, nth, theme};
use crate::model::Rebase;
use crate::model::intelligence::{Found, Picture, ThemeKey, View};
use crate::model::signal::Source;
use crate::model::triangulation::{Reading, Verdict};

const HOSPITALS: &str = "Northmoor Hospitals";
const COMMUNITY: &str = "Northmoor Community";

/// Two quiet years of a source about staffing, with `last` in December 2013.
fn quiet(world: &mut World, provider: &str, source: Source, last: usize) {
    for (place, count) in QUIET.iter().enumerate() {
        let count = if place == 23 { last } else { *count };
        world.signals(count, provider, source, &nth(place), &["Staff numbers"]);
    }
}

fn found<'p>(picture: &'p Picture, provider: &str) -> &'p Found {
    let of = picture.providers.iter().find(|one| one.provider.id == id(provider)).expect("is in view");
    let row = of.rows.iter().find(|row| row.theme == theme("Staffing levels")).expect("is a row");
    row.found.as_ref().expect("has a verdict")
}

#[test]
fn two_types_of_source_corroborate_and_two_providers_do_not() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    quiet(&mut world, HOSPITALS, Source::Complaint, 30);
    quiet(&mut world, HOSPITALS, Source::GpAlert, 30);
    quiet(&mut world, COMMUNITY, Source::Complaint, 30);
    quiet(&mut world, COMMUNITY, Source::GpAlert, 7);
    let picture = world.picture("2013-10", "2013-12");
    assert_eq!(found(&picture, HOSPITALS).verdict(), Verdict::Corroborated, "both");
    assert_eq!(found(&picture, COMMUNITY).verdict(), Verdict::SingleSource, "one of both");
    assert_eq!(
        found(&picture, HOSPITALS).words(),
        "Complaints and GP alerts each show a special cause in the adverse direction."
    );
    let staffing = picture.overall.iter().find(|row| row.theme == theme("Staffing levels")).expect("a row");
    assert_eq!(staffing.verdict, Some(Verdict::Corroborated), "the most pressing of them");
    assert_eq!(staffing.verdicts, [(id(HOSPITALS), Verdict::Corroborated), (id(COMMUNITY), Verdict::SingleSource)]);
    assert_eq!(staffing.cells[0].adverse, 2, "complaints signal at two");
    assert_eq!(picture.providers[0].count(Verdict::Corroborated), 1, "counted beside the provider");
    let one = |provider: &str, alerts: &str| {
        let mut world = World::of(&[HOSPITALS, COMMUNITY]);
        quiet(&mut world, provider, Source::Complaint, 30);
        quiet(&mut world, alerts, Source::GpAlert, 30);
        world.picture("2013-10", "2013-12").overall.iter().map(|row| row.verdict).min().flatten()
    };
    assert_eq!(one(HOSPITALS, HOSPITALS), Some(Verdict::Corroborated), "of one provider");
    assert_eq!(one(HOSPITALS, COMMUNITY), Some(Verdict::SingleSource), "never across two");
}

#[test]
fn pals_and_complaints_are_one_type() {
    let mut world = World::of(&[HOSPITALS]);
    quiet(&mut world, HOSPITALS, Source::Complaint, 30);
    quiet(&mut world, HOSPITALS, Source::Pals, 30);
    let picture = world.picture("2013-12", "2013-12");
    assert_eq!(found(&picture, HOSPITALS).verdict(), Verdict::SingleSource, "one witness");
    let words = found(&picture, HOSPITALS).words();
    assert!(words.ends_with("They are one type of source."), "{words}");
}

#[test]
fn incidents_say_something_only_beside_an_adverse_source() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    quiet(&mut world, HOSPITALS, Source::Incident, 30);
    quiet(&mut world, HOSPITALS, Source::Complaint, 7);
    quiet(&mut world, COMMUNITY, Source::Incident, 30);
    quiet(&mut world, COMMUNITY, Source::Complaint, 30);
    let picture = world.picture("2013-12", "2013-12");
    assert_eq!(found(&picture, HOSPITALS).verdict(), Verdict::NoSignal, "more may be safer");
    assert_eq!(found(&picture, COMMUNITY).verdict(), Verdict::Corroborated, "beside complaints");
    let moved = cell(&picture, HOSPITALS, theme("Staffing levels"), Source::Incident);
    assert_eq!(moved.reading, Some(Reading::Moved), "it moved all the same");
    assert_eq!(moved.signalling.len(), 1, "and the month is marked");
    assert!(found(&picture, COMMUNITY).words().contains("Incidents moved beside that"), "told");
}

#[test]
fn an_item_that_was_judged_adverse_signals_and_one_that_nobody_judged_does_not() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    for provider in [HOSPITALS, COMMUNITY] {
        world.signal(provider, Source::Cqc, "2013-11", &["Staff numbers"]);
        world.signal(provider, Source::QualityVisit, "2013-11", &["Staff numbers"]).adverse = Some(false);
    }
    world.signal(HOSPITALS, Source::Cqc, "2013-11", &["Staff numbers"]).adverse = Some(true);
    let picture = world.picture("2013-11", "2013-11");
    assert_eq!(found(&picture, HOSPITALS).verdict(), Verdict::SingleSource, "judged adverse");
    assert!(found(&picture, HOSPITALS).words().starts_with("CQC findings have an item that was judged adverse."));
    assert_eq!(found(&picture, COMMUNITY).verdict(), Verdict::NoSignal, "a visit was judged, and not adverse");
    let open = cell(&picture, COMMUNITY, theme("Staffing levels"), Source::Cqc);
    assert_eq!((open.reading, open.unjudged_items), (Some(Reading::Unclear), 1), "nobody judged it");
}

#[test]
fn where_most_did_not_come_it_is_blind_and_an_adverse_signal_is_told_all_the_same() {
    let mut world = World::of(&[HOSPITALS, COMMUNITY]);
    quiet(&mut world, HOSPITALS, Source::Complaint, 30);
    for (provider, source) in [
        (HOSPITALS, Source::GpAlert),
        (HOSPITALS, Source::Healthwatch),
        (COMMUNITY, Source::Complaint),
        (COMMUNITY, Source::GpAlert),
    ] {
        world.received(provider, source, "2013-01", "2013-01");
    }
    let picture = world.picture("2013-10", "2013-12");
    assert_eq!(found(&picture, COMMUNITY).verdict(), Verdict::Blind, "nothing came");
    let hospitals = found(&picture, HOSPITALS);
    assert_eq!((hospitals.verdict(), hospitals.finding.is_blind), (Verdict::SingleSource, true), "told all the same");
    assert!(
        hospitals.words().contains("Only 1 of 3 sources that cover the theme were received."),
        "{}",
        hospitals.words()
    );
    assert!(hospitals.words().contains("Healthwatch reports and GP alerts were not received"), "which were late");
    let words = found(&picture, COMMUNITY).words();
    assert!(words.contains("Healthwatch reports were never asked for."), "{words}");
    assert_eq!(picture.providers[1].count(Verdict::Blind), 14, "in every theme");
}

#[test]
fn a_chart_has_new_limits_where_something_is_known_to_have_changed() {
    let mut world = World::of(&[HOSPITALS]);
    for (place, count) in QUIET.iter().enumerate() {
        let more = if place >= 12 { 20 } else { 0 };
        world.signals(count + more, HOSPITALS, Source::Complaint, &nth(place), &["Staff numbers"]);
    }
    let before = world.picture("2013-12", "2013-12");
    assert_eq!(found(&before, HOSPITALS).verdict(), Verdict::SingleSource, "a shift");
    let rebase = |name: &str, theme| Rebase {
        id: id(name),
        provider: id(HOSPITALS),
        source: Some(Source::Complaint),
        theme,
        month: Some(month("2013-01")),
        reason: "A new form".into(),
    };
    world.put(&rebase("other", theme("Medication").id()));
    assert_eq!(found(&world.picture("2013-12", "2013-12"), HOSPITALS).verdict(), Verdict::SingleSource, "of another");
    world.put(&rebase("all", None));
    assert_eq!(found(&world.picture("2013-12", "2013-12"), HOSPITALS).verdict(), Verdict::NoSignal, "known");
    let view = View::of(month("2013-12"), month("2013-12"));
    let chart = &world.sorted().chart(&view, id(HOSPITALS), theme("Staffing levels"), Source::Complaint)[0];
    assert_eq!((chart.xmr.groups.len(), chart.rebased[0].place), (2, 12), "from January on");
    assert!(chart.is_trial(), "twelve points");
    assert_eq!(chart.title, "Complaints about staffing levels");
    let words = chart.words().join(" ");
    assert!(words.contains("New limits from January 2013: A new form."), "{words}");
}

#[test]
fn a_chart_is_told_in_words() {
    let mut world = World::of(&[HOSPITALS]);
    quiet(&mut world, HOSPITALS, Source::Complaint, 30);
    let view = View::of(month("2013-12"), month("2013-12"));
    let chart = &world.sorted().chart(&view, id(HOSPITALS), ThemeKey::All, Source::Complaint)[0];
    let words = chart.words();
    assert_eq!(words[0], "24 months, mean 8.3, limits 4.1 to 12.5.");
    assert_eq!(words[1], "December 2013 outside, above: concern.");
}

#[test]
fn what_is_not_mapped_has_no_verdict() {
    let mut world = World::of(&[HOSPITALS]);
    for (place, count) in QUIET.iter().enumerate() {
        let count = if place == 23 { 30 } else { *count };
        world.signals(count, HOSPITALS, Source::Complaint, &nth(place), &["Lost hats"]);
        world.signals(count, HOSPITALS, Source::GpAlert, &nth(place), &["Late buses"]);
    }
    let picture = world.picture("2013-12", "2013-12");
    let row = picture.providers[0].rows.last().expect("a row");
    assert_eq!((row.theme, row.found.is_none()), (ThemeKey::Unmapped, true), "it is not about one thing");
    assert_eq!(row.cells[0].reading, Some(Reading::Adverse), "its cells have their own marks");
}
