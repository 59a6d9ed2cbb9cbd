//! The flat arrays against a recount that anybody can follow.

use super::fixture::{World, cell, id, month, theme};
use crate::model::intelligence::{Picture, ThemeKey, View};
use crate::model::signal::Source;
use proptest::prelude::*;

const PROVIDERS: [&str; 3] = ["Hospitals", "Community", "Ambulance"];
const SUBJECTS: [(&str, Option<&str>); 5] = [
    ("Staff numbers", Some("Staffing levels")),
    ("Medication", Some("Medication")),
    ("Prescribing errors", Some("Medication")),
    ("Lost hats", None),
    ("Late buses", None),
];
const SOURCES: [Source; 3] = [Source::Complaint, Source::Incident, Source::Cqc];

type Drawn = (usize, usize, i32, Vec<usize>);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let one = (0..PROVIDERS.len(), 0..SOURCES.len(), 0..6_i32, prop::collection::vec(0..SUBJECTS.len(), 0..4));
    prop::collection::vec(one, 1..60)
}

fn world(drawn: &[Drawn]) -> World {
    let mut world = World::of(&PROVIDERS);
    for (provider, source, step, subjects) in drawn {
        let mut subjects: Vec<&str> = subjects.iter().map(|place| SUBJECTS[*place].0).collect();
        subjects.dedup();
        let at = month("2013-01").plus(*step).to_string();
        world.signal(PROVIDERS[*provider], SOURCES[*source], &at, &subjects);
    }
    world
}

fn is_about(drawn: &Drawn, key: ThemeKey) -> bool {
    let themes = || drawn.3.iter().map(|place| SUBJECTS[*place].1);
    match key {
        ThemeKey::All => true,
        ThemeKey::Unmapped => drawn.3.is_empty() || themes().any(|title| title.is_none()),
        ThemeKey::Theme(_) => themes().flatten().any(|title| theme(title) == key),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_picture_is_a_naive_recount(drawn in drawn(), from in 0..6_i32, months in 0..6_i32) {
        let world = world(&drawn);
        let sorted = world.sorted();
        let first = month("2013-01");
        let view = View::of(first.plus(from), first.plus((from + months).min(5)));
        let picture = sorted.picture(&view);
        let last = from + view.from.months_to(view.to);
        for (place, name) in PROVIDERS.iter().enumerate() {
            for source in &picture.sources {
                for row in &picture.themes {
                    let fits = |one: &&Drawn| {
                        one.0 == place && SOURCES[one.1] == *source && (from..=last).contains(&one.2) && is_about(one, row.key)
                    };
                    let naive = drawn.iter().filter(fits).count();
                    let found = cell(&picture, name, row.key, *source);
                    // months without a signal of the source did not come, so a count is there only where one did
                    prop_assert_eq!(found.count.unwrap_or(0), naive as u64);
                    let of = view.for_provider(id(name));
                    prop_assert_eq!(sorted.rows(&of, row.key, Some(*source)).len(), naive);
                }
            }
        }
    }

    #[test]
    fn the_providers_sum_to_all_of_them(drawn in drawn()) {
        let sorted = world(&drawn).sorted();
        let view = View::of(month("2013-01"), month("2013-06"));
        let whole = sorted.picture(&view);
        let parts: Vec<Picture> = PROVIDERS.iter().map(|name| sorted.picture(&view.for_provider(id(name)))).collect();
        for (row, rolled) in whole.overall.iter().enumerate() {
            for (column, source) in whole.sources.iter().enumerate() {
                let count = |part: &Picture| {
                    let same = part.providers[0].rows.iter().find(|one| one.theme == whole.themes[row].key)?;
                    same.cells.iter().find(|cell| cell.source == *source)?.count
                };
                let sum: u64 = parts.iter().filter_map(count).sum();
                prop_assert_eq!(rolled.cells[column].count.unwrap_or(0), sum);
            }
        }
    }
}
