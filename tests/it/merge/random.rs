//! Files merged after random changes on both sides: sound, whole, and undone byte for byte.

use super::{as_json, delete, open, take};
use crate::store::{Place, assert_sound, id, stamp};
use proptest::prelude::*;
use recap::model::reconcile::Answer;
use recap::model::{Action, Edit, Entity, Id, Plan, Position, Recommendation, intent, refers};
use recap::store::PlanFile;

/// A random change of a plan, by what a person can do.
fn change(plan: &Plan, side: &str, step: usize, (what, which): (u8, u8)) -> Edit {
    let pick = |entity: Entity| {
        let ids = plan.ids(entity);
        (!ids.is_empty()).then(|| ids[usize::from(which) % ids.len()])
    };
    let words = format!("{side} {step}");
    let new = id(&words);
    let (action, recommendation) = (pick(Entity::Action), pick(Entity::Recommendation));
    match (what % 9, action, recommendation) {
        (0, Some(action), _) => intent::update::<Action>(plan, action, "Change", |row| row.owner = words),
        (1, Some(action), _) => {
            intent::update::<Action>(plan, action, "Change", |row| row.partners = format!("CQC, {words}"))
        }
        (2, _, Some(of)) => intent::update::<Recommendation>(plan, of, "Change", |row| row.local_text = words),
        (3, _, Some(of)) => intent::add_action(plan, Action { id: new, text: words, ..Action::default() }, Some(of)),
        (4, _, Some(of)) => {
            let date = chrono::NaiveDate::from_ymd_opt(2013, 6, 1 + u32::from(which % 3)).expect("a day");
            intent::write_position(plan, of, new, date, &words)
        }
        (5, Some(action), _) => delete(plan, Entity::Action, action),
        (6, _, Some(of)) => delete(plan, Entity::Recommendation, of),
        (7, ..) => pick(Entity::Theme).map_or_else(Edit::default, |id| delete(plan, Entity::Theme, id)),
        _ => pick(Entity::Position).map_or_else(Edit::default, |position| {
            intent::update::<Position>(plan, position, "Change", |row| row.text = words)
        }),
    }
}

fn go_on(file: &mut PlanFile, side: &str, from: i64, steps: &[(u8, u8)]) {
    for (number, step) in steps.iter().enumerate() {
        let edit = change(&file.read().expect("reads"), side, number, *step);
        let seconds = from + 20 * i64::try_from(number).expect("few");
        file.commit(&edit, &stamp(seconds)).expect("commits");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_merged_file_is_sound_and_undo_gives_back_every_byte_of_its_json(
        ours in proptest::collection::vec(any::<(u8, u8)>(), 0..7),
        theirs in proptest::collection::vec(any::<(u8, u8)>(), 1..7),
        keep_theirs in any::<bool>(),
    ) {
        let (place, mut mine) = Place::with_plan();
        let copy = place.path("copy.db");
        mine.copy_to(&copy).expect("copies");
        go_on(&mut mine, "ours", 100, &ours);
        let mut file = open(&copy).expect("opens");
        go_on(&mut file, "theirs", 110, &theirs);
        file.close();
        let before = as_json(&mine);
        let answer = if keep_theirs { Answer::Theirs } else { Answer::Ours };
        let (_, done) = take(&mut mine, &copy, answer);
        let plan = mine.read().expect("reads");
        prop_assert_eq!(refers::dangling(&plan), vec![]);
        prop_assert!(plan.id() == Id::NIL.derive(&["plan"]));
        if done.is_some() {
            mine.undo(&stamp(2_000)).expect("undoes").expect("one step");
            prop_assert_eq!(as_json(&mine), before);
            assert_sound(&mine);
        }
    }
}
